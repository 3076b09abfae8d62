"""The one sentence about a series: what a control chart shows, and never more than that.

A value that moves within its limits is no news; a sentence then says so and names no change.
Report, pages, slides, spreadsheet and drawn charts print this sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from remit.model.metric import Better
from remit.signals.conclusion import Conclusion
from remit.signals.goal_later import aim_words, off_words
from remit.signals.icons import CONCERN, IMPROVEMENT
from remit.signals.points import Charted, Point, meets
from remit.signals.rule_sets import RuleSet
from remit.signals.seen import Seen, told_decimals
from remit.signals.targets import NONE
from remit.words.figures import number_words, value_words

_VERDICTS = {
    IMPROVEMENT: "special cause, for the better",
    CONCERN: "special cause, for the worse",
}
_ASSURED = {
    "pass": "As things are, it will meet {aim}.",
    "fail": "As things are, it will not meet {aim}.",
    "inconsistent": "It may meet or miss {aim} by chance.",
}
_THEN = {
    "pass": "As things were {when}, it would meet {aim}.",
    "fail": "As things were {when}, it would not meet {aim}.",
    "inconsistent": "As things were {when}, it might meet or miss {aim} by chance.",
}
"""Of a target that another has followed, or of a figure of months ago."""
SEEN = frozenset({"met_lately", "missed_lately", "mixed_lately", "short_lately"})
"""Codes of assurance of which only what was seen is said."""

SMALL_BASE = 100
"""A rate whose denominator is smaller is told with what it was made of."""


def sentence(
    charted: Charted,
    rules: RuleSet,
    found: Conclusion | None,
    target: str,
    *,
    since: str = "",
    is_old: bool = False,
    later: str = "",
) -> str:
    """What is to be said of a series at its latest point.

    Parameters
    ----------
    charted
        The series after the rules.
    rules
        The rule set that judged it.
    found
        What is concluded of it (:func:`remit.signals.conclusion.conclude`); None of a series
        without a value.
    target
        The target in words.
    since
        The target in force at the end of the report's period in words, where it is another.
    is_old
        Whether the latest figure is months old, so that it tells of then and not of now.
    later
        The month by which the target is due, where it is a goal and that comes after the figure.

    Examples
    --------
    ``78.0% in Jun 2025. It has been below its process mean of 79.7% for 9 months: special cause,
    for the worse. As things are, it will not meet the target of at least 95%.``
    """
    if found is None:
        return "No figure is held."
    last, minimum = charted.held[-1], rules.minimum_points
    aim = aim_words(target, later)
    alone = last.mean is None
    begin = f"{latest_words(charted, last, found)}{small_base(charted.unit, last)}"
    when = f"{'in' if charted.has_periods else 'on'} {last.label}"
    begin = f"{begin} {when}."
    if found.variation == "no_verdict":
        shown = _misfit(found)
    elif alone:
        too_few = f"{few_words(charted)}; a usual range needs {minimum}."
        met = "" if found.assurance == "no_verdict" else _met(last, charted, aim, when, later)
        shown = f"{too_few}{met}"
    else:
        shown = _variation(charted, rules)
    then = when if since or is_old else ""
    ahead = _since(_assured(charted, rules, found, aim, then), target, since, when)
    more = (notice.words for notice in found.notices if notice.withholds != "fit")
    years = (*found.by_year.sentences, _standard(charted, rules, found))
    return " ".join(filter(None, [begin, shown, ahead, *years, *more, charted.members]))


def few_words(charted: Charted) -> str:
    """How much a series has from which limits could be made.

    Examples
    --------
    ``3 months held``; ``3 months since its limits began anew`` where there are earlier figures
    """
    count = len(charted.stretch)
    since = "held" if count == len(charted.held) else "since its limits began anew"
    return f"{Seen(charted).length(count)} {since}"


def _misfit(found: Conclusion) -> str:
    """That limits do not fit, and what would; a date stands beside the target where one is seen."""
    said = "".join(notice.words for notice in found.notices if notice.withholds == "fit")
    if not said or (found.since is not None and found.assurance in SEEN):
        return said
    if found.since is None:
        return f"{said} A run chart, its figures with their median, shows more."
    return f"{said} Consider re-basing from {found.since.label} if you know what changed."


def latest_words(charted: Charted, point: Point, found: Conclusion) -> str:
    """A value in words, so that it can be told apart from its target, its limits and its mean."""
    target = point.target if point.mean is None else found.target
    judged = point.mean is None or found.assurance in SEEN
    decimals = told_decimals(charted.unit, point)
    if target is None or not judged or charted.better is Better.NEUTRAL:
        return value_words(point.value, charted.unit, decimals=decimals)
    return value_words(
        point.value,
        charted.unit,
        beside=lambda shown: meets(shown, target, charted.better),
        decimals=decimals,
    )


def small_base(unit: str, point: Point) -> str:
    """What a rate was made of, where that is so little that a few people move it.

    Parameters
    ----------
    unit
        That of the rate.
    point
        The point.

    Examples
    --------
    `` (5 of 7, a small base)``
    """
    over, under = point.numerator, point.denominator
    if over is None or under is None or not 0 < under < SMALL_BASE:
        return ""
    word = "of" if unit == "percent" else "over"
    return f" ({_people(over)} {word} {_people(under)}, a small base)"


def _people(count: float) -> str:
    """A count as it is; what was shared out by estimate with no more decimals than tell it."""
    decimals = 0 if count == int(count) else 1 if abs(count) >= 1 else 2
    return number_words(count, decimals)


def _assured(charted: Charted, rules: RuleSet, found: Conclusion, aim: str, then: str) -> str:
    """What is to be expected of a target; where that cannot be told, how often it was met.

    ``then`` is when that was, where it does not tell of now.
    """
    expected = _THEN if then else _ASSURED
    code, recent = found.assurance, found.recent
    if code in SEEN:
        return f"{_seen(charted, found, aim)}{_rebased(rules, found, charted)}."
    if code != "inconsistent":
        return expected.get(code, "").format(aim=aim, when=then)
    if recent[-1].rule:
        return f"{_seen(charted, found, aim)}{_rebased(rules, found, charted)}."
    if found.met in {0, len(recent)}:
        other = "miss" if found.met else "meet"
        return f"{_seen(charted, found, aim)}; within its limits it may {other} it by chance."
    return expected[code].format(aim=aim, when=then)


def _seen(charted: Charted, found: Conclusion, aim: str) -> str:
    """``It met the target of at least 78% in 12 of the last 12 months``."""
    often = "none" if not found.met else str(found.met)
    span = f"{often} of the last {Seen(charted).length(len(found.recent))}"
    if all(point.target == found.target for point in found.recent):
        return f"It met {aim} in {span}"
    return f"Held against {aim}, it met it in {span}"


def _standard(charted: Charted, rules: RuleSet, found: Conclusion) -> str:
    """How often the standard was met beside a goal that is a yearly mean and judges no month."""
    standard = found.by_year.standard
    if standard is None or standard.number is None:
        return ""
    recent = charted.stretch[-rules.outlook.recent :]
    met = sum(meets(point.value, standard.number, charted.better) for point in recent)
    span = f"{met or 'none'} of the last {Seen(charted).length(len(recent))}"
    return f"It met the standard of {standard.words} in {span}."


def _rebased(rules: RuleSet, found: Conclusion, charted: Charted) -> str:
    """From when new limits could be made, where the process has changed for good."""
    if found.since is None:
        return ""
    begin = f"; its limits rest on older ones: consider re-basing from {found.since.label}"
    if found.after >= rules.minimum_points:
        return f"{begin} if you know what changed"
    have = Seen(charted).length(found.after)
    return f"{begin} if you know what changed; it needs {rules.minimum_points} (now {have})"


def _since(judged: str, target: str, since: str, when: str) -> str:
    """How it stood to its target, and that another is in force by now where one is."""
    if not since:
        return judged
    now = f"in the report’s period {'there' if since in NONE else 'it'} is {since}"
    if target in NONE:
        return f"There was {target} {when}; {now}."
    return f"{judged} The target was {target} {when}; {now}.".strip()


def _met(last: Point, charted: Charted, aim: str, when: str, later: str) -> str:
    """Whether a value without limits meets its target now; nothing more can be said of it."""
    if last.target is None or last.value is None or charted.better is Better.NEUTRAL:
        return ""
    met = meets(last.value, last.target, charted.better)
    if later and met:
        return f" It already meets {aim}."
    if later:
        off = off_words(last.value, last.target, charted.better, charted.unit)
        return f" It is {off} {aim}." if off else f" It does not yet meet {aim}."
    return f" It {'meets' if met else 'does not meet'} {aim} {when}."


def _variation(charted: Charted, rules: RuleSet) -> str:
    last = charted.held[-1]
    if not last.rule:
        return _usual(charted, last)
    cause = rules.rule_of(last.rule).sentence(Seen(charted))
    return f"{cause}: {_VERDICTS.get(last.kind, 'special cause')}."


def _usual(charted: Charted, last: Point) -> str:
    if last.lower is None or last.upper is None or last.lower == last.upper:
        return "It does not vary: no special cause."
    low, high = possible_limits(charted, last.lower, last.upper)
    return f"Within its process limits, {low} to {high}: no special cause."


def possible_limits(charted: Charted, lower: float, upper: float) -> tuple[str, str]:
    """Limits in words; a share is not said to run below 0% or above 100%, nor a count below 0.

    They have as many decimals as tell the latest value from the one that it lies beyond.

    Parameters
    ----------
    charted
        The series, which has a value.
    lower, upper
        The limits of its latest point.

    Examples
    --------
    ``possible_limits(charted, -1.2, 4.4)`` is ``("0.0%", "4.4%")``
    """
    values = [point.value for point in charted.held if point.value is not None]
    low, high = limits_that_can_be(values, charted.unit, lower, upper)
    decimals = told_decimals(charted.unit, charted.held[-1])
    said = [value_words(limit, charted.unit, decimals=decimals) for limit in (low, high)]
    return said[0], said[1]


def limits_that_can_be(
    values: Sequence[float], unit: str, lower: float, upper: float
) -> tuple[float, float]:
    """Limits of which neither is below 0% or above 100% of a share, nor below 0 of a count.

    Parameters
    ----------
    values
        Those of the series.
    unit
        Theirs, as the catalogue names it; where it is empty, anything can be.
    lower, upper
        The limits as the rules made them.

    Examples
    --------
    >>> limits_that_can_be([1.0, 99.0], "percent", -3.0, 104.0)
    (0.0, 100.0)
    """
    if unit and min(values) >= 0:
        lower = max(lower, 0.0)
    if unit == "percent" and max(values) <= 100:
        upper = min(upper, 100.0)
    return lower, upper
