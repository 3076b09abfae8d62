"""What may be concluded of a series at its latest point: its two icons, and why there are none.

Limits speak of what is to come only while the process runs as it did when they were made. They do
not where the latest point is a signal, or where its own latest points belie them; then what is
seen is said, and from when new limits could be made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from remit.model.metric import Better
from remit.signals.fit import would_fit
from remit.signals.fitness import Notice, is_best_possible, notices
from remit.signals.points import Charted, Point, assured, meets
from remit.signals.rule_sets import RuleSet
from remit.signals.yearly import NO_YEARS, Yearly

_OF_LIMITS = frozenset({"limits", "fit"})
"""Faults of limits: nothing that rests on them is said."""

MISSED = frozenset({"fail", "missed", "missed_lately"})
"""Codes of assurance of a target that is missed, whether or not limits say so."""

_LATER = {"missed": "short", "missed_lately": "short_lately"}
SHORT = frozenset(_LATER.values())
"""Codes of assurance of a goal that is not reached, and whose day is yet to come."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Both icons of a series, and what they rest on.

    Attributes
    ----------
    variation
        The code of the icon, as :attr:`Charted.variation`; ``no_verdict`` where the chart cannot
        speak.
    assurance
        ``pass``, ``fail`` or ``inconsistent`` by the limits; ``met_lately``, ``missed_lately`` or
        ``mixed_lately`` where they do not hold for the process as it is now; ``missed`` or
        ``too_few`` without limits; ``no_target``; ``no_verdict``. Of a goal for later ``short``
        and ``short_lately`` stand for ``missed`` and ``missed_lately``.
    target
        The target that it was held against.
    recent, met
        The latest points that are held against the target, and how many of them meet it.
    since, after
        The first point of the process as it is now, where that can be told, and how many points
        there are from it on.
    notices
        What else must be known of the chart.
    by_year
        How yearly means stand, which are no target of a month.
    year_missed
        Whether a goal that is a yearly mean was missed by a year that is new.
    """

    variation: str
    assurance: str
    target: float | None = None
    recent: tuple[Point, ...] = ()
    met: int = 0
    since: Point | None = None
    after: int = 0
    notices: tuple[Notice, ...] = ()
    by_year: Yearly = NO_YEARS
    year_missed: bool = False


def conclude(
    charted: Charted,
    rules: RuleSet,
    target: float | None,
    by_year: Yearly = NO_YEARS,
    *,
    is_later: bool = False,
) -> Conclusion:
    """What may be concluded of a series that has a value.

    Parameters
    ----------
    charted
        The series after the rules.
    rules
        The rule set; its ``outlook`` says how many points must bear the limits out.
    target
        The target that it is held against; None without one.
    by_year
        How yearly means stand.
    is_later
        Whether the target is a goal that is due after the latest figure's period.

    Examples
    --------
    ``conclude(charted, load_rules("mdc-nhsr"), 78.0).assurance``
    """
    found = _of_months(charted, rules, target)
    missed = by_year.misses(rules.outlook.new_months)
    code = _LATER.get(found.assurance, found.assurance) if is_later else found.assurance
    return replace(found, assurance=code, by_year=by_year, year_missed=missed)


def _of_months(charted: Charted, rules: RuleSet, target: float | None) -> Conclusion:
    found = notices(charted, target, rules.outlook.most_outside)
    withheld: set[str] = {notice.withholds for notice in found}
    variation = "no_verdict" if withheld & {"all", *_OF_LIMITS} else charted.variation
    since, after = _anew(charted, rules, withheld)
    if target is None or charted.better is Better.NEUTRAL:
        return Conclusion(variation, "no_target", since=since, after=after, notices=found)
    if withheld & {"all", "target"}:
        return Conclusion(variation, "no_verdict", target, notices=found)
    recent = charted.stretch[-rules.outlook.recent :]
    met = sum(meets(point.value, target, charted.better) for point in recent)
    last = recent[-1]
    if last.mean is None:
        few = "too_few" if meets(last.value, target, charted.better) else "missed"
        return Conclusion(variation, few, target, recent, met, notices=found)
    code = assured(last, target, charted.better)
    edge = code == "inconsistent" and is_best_possible(charted, target)
    if (
        withheld & _OF_LIMITS
        or last.lower is None
        or edge
        or _is_belied(code, recent, met, rules.outlook.contrary)
    ):
        code = _lately(met, len(recent), meets(last.value, target, charted.better))
    return Conclusion(variation, code, target, recent, met, since, after, found)


def _is_belied(code: str, recent: Sequence[Point], met: int, contrary: int) -> bool:
    """Whether what limits say of the target does not hold for the process as it is now."""
    if code not in {"pass", "fail"}:
        return False
    against = met if code == "fail" else len(recent) - met
    return bool(recent[-1].rule) or against >= contrary


def _lately(met: int, of: int, now: bool) -> str:
    if now and 2 * met >= of:
        return "met_lately"
    return "missed_lately" if not now and 2 * met <= of else "mixed_lately"


def _anew(charted: Charted, rules: RuleSet, withheld: set[str]) -> tuple[Point | None, int]:
    """From when new limits could be made; where these do not fit, only if the new ones would."""
    if withheld & {"all", "limits"} or charted.held[-1].mean is None:
        return None, 0
    since, after = _start(charted.stretch, rules)
    if since is None or "fit" not in withheld or after < rules.minimum_points:
        return since, after
    fits = would_fit(charted.stretch[-after:], rules.limits, rules.outlook.most_outside)
    return (since, after) if fits else (None, 0)


def _start(stretch: Sequence[Point], rules: RuleSet) -> tuple[Point | None, int]:
    """The first point of the last long run on the latest point's side of the mean.

    A single month on the other side does not end what has gone on for years, so the run need not
    reach the latest point, but the points that are held against the target.
    """
    outlook = rules.outlook
    sides = [_side(point) for point in stretch]
    found, place = None, 0
    for side, run in groupby(sides):
        length = len(list(run))
        reaches = place + length > len(stretch) - outlook.recent
        if place and side and side == sides[-1] and length >= outlook.run and reaches:
            found = place
        place += length
    return (None, 0) if found is None else (stretch[found], len(stretch) - found)


def _side(point: Point) -> int:
    if point.value is None or point.mean is None:
        return 0
    return (point.value > point.mean) - (point.value < point.mean)
