"""Groups that no column holds: a respondent's ICB or region, by the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from remit.model.errors import SurveyError
from remit.model.period import parse_period
from remit.model.questionnaire import Questionnaire, SurveyGroup, Wave
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
        The wave; its period says the day. Without either it has no such cut.

    Examples
    --------
    >>> cuts_by_register(questionnaire.groups, units, wave)["icb"].labels  # doctest: +SKIP
    ('ZB1', 'ZB2')
    """
    if units is None or not wave.period:
        return {}
    return {one.id: _cut(one, units, wave) for one in groups if one.by_register}


def lacking(questionnaire: Questionnaire, units: Cut | None, wave: Wave) -> Iterator[str]:
    """What a wave lacks for groups by the register, and for figures of those it asked about.

    Examples
    --------
    >>> list(lacking(questionnaire, None, wave))  # doctest: +SKIP
    ['2026: which organisation a respondent speaks for is not known, so it has no group icb']
    """
    groups = ", ".join(one.id for one in questionnaire.groups if one.by_register)
    if groups and units is None:
        yield (
            f"{wave.id}: which organisation a respondent speaks for is not known, so it has no "
            f"group {groups}"
        )
    if not wave.period and (groups or questionnaire.about):
        what = [f"group {groups}"] if groups else []
        what += ["figures for a store"] if questionnaire.about else []
        yield (
            f"{wave.id}: the questionnaire does not say of which year it is (waves, period: "
            f'"2025/26"), so it has no {" and no ".join(what)}'
        )


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
