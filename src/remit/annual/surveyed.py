"""Whether a figure of a survey changed beyond chance: as the survey tested it.

Two waves make no control chart. The survey compares them with a correction for all that it
compares, and gives the chance along with the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from remit.catalogue import load_publications
from remit.model.metric import Better

if TYPE_CHECKING:
    from remit.model.metric import Metric
    from remit.series import Series
    from remit.store import Store

_RESULTS = "survey-results"
_AGREE, _CHANCE = "-agree", "-p-adjusted"
BEYOND_CHANCE = 0.05


def survey_signals(
    store: Store, made: Series, metric: Metric, as_at: date | None = None
) -> Mapping[tuple[str, date], Any]:
    """By organisation and first day: improved, worsened or none, where the survey tested it.

    Parameters
    ----------
    store, made, metric
        The store, a series of it, and its metric; one that is of no survey has none.
    as_at
        Only what the store knew on this day.

    Examples
    --------
    ``survey_signals(store, made, metric).get(("ZB1", date(2024, 4, 1)))``
    """
    (publication,) = [one for one in load_publications() if one.id == _RESULTS]
    (first, *_) = metric.measures
    chance = first.removesuffix(_AGREE) + _CHANCE
    if chance not in publication.counts:
        return {}
    held = store.observations(metrics=[chance], as_at=as_at)
    p_of = {
        (row["org_code"], row["period_start"]): row["value"]
        for row in held.to_dicts()
        if row["value"] is not None
    }
    found = {}
    rows = made.frame.sort("org_code", "period_start").to_dicts()
    for before, now in pairwise(rows):
        key = (now["org_code"], now["period_start"])
        both = before["org_code"] == now["org_code"] and None not in (before["value"], now["value"])
        if both and key in p_of:
            found[key] = _said(before["value"], now["value"], p_of[key], metric.better)
    return found


def _said(before: float, now: float, chance: float, better: Better) -> str:
    if chance >= BEYOND_CHANCE or better is Better.NEUTRAL:
        return "none"
    return "improved" if (now > before) == (better is Better.HIGHER) else "worsened"
