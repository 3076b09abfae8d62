"""Groups that no column holds: a respondent's ICB or region, by the register."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from remit.model.errors import SurveyError
from remit.model.period import parse_period
from remit.model.questionnaire import SurveyGroup, Wave
from remit.register import load_register
from remit.surveys.reading.answers import Cut


def cuts_by_register(
    groups: Iterable[SurveyGroup], units: Cut | None, wave: Wave
) -> dict[str, Cut]:
    """The cuts of groups that are declared ``by_register``.

    Parameters
    ----------
    groups
        Those of the questionnaire.
    units
        The organisations for which respondents speak, by code; who is not on the register, or had
        no such area on that day, is in no group.
    wave
        The wave; its period says the day.

    Raises
    ------
    SurveyError
        If there is such a group and no organisation is known, or the wave has no period.

    Examples
    --------
    >>> cuts_by_register(questionnaire.groups, units, wave)["icb"].labels  # doctest: +SKIP
    ('ZB1', 'ZB2')
    """
    wanted = [one for one in groups if one.by_register]
    if not wanted:
        return {}
    if units is None or not wave.period:
        lacking = "no column of organisations (unit)" if units is None else "no period"
        raise SurveyError(
            f"{wanted[0].id} is to be found by the register, and the wave {wave.id} has {lacking}"
        )
    return {one.id: _cut(one, units, wave) for one in wanted}


def _cut(group: SurveyGroup, units: Cut, wave: Wave) -> Cut:
    period = parse_period(wave.period)
    if period is None:
        raise SurveyError(f"the wave {wave.id}: {wave.period!r} is no financial year")
    register = load_register()
    find = register.lead_icb if group.by_register == "icb" else register.region
    known = [register.find(code.upper()) for code in units.labels]
    areas = [one and find(one.code, period.end) for one in known]
    labels = sorted({one.code for one in areas if one})
    places = [labels.index(one.code) if one else -1 for one in areas]
    # The last is that of respondents of whom no organisation is known: their code is -1.
    codes = np.array([*places, -1], dtype=np.int32)[units.codes]
    return Cut(group.id, group.name, tuple(labels), codes)
