"""Short sentences that say what a control chart shows, and never more than that.

A value that moves within its limits is no news; a sentence then says so and names no change.
"""

from __future__ import annotations

from collections.abc import Sequence

from remit.model.metric import Frequency, Metric
from remit.report.view import SeriesPoint
from remit.report.words import NO_TARGET
from remit.words.figures import decimals_of, number_words, value_words, with_unit
from remit.words.sentences import count_words, sentence_case

_UNITS = {
    Frequency.DAY: ("day", 0),
    Frequency.MONTH: ("month", 1),
    Frequency.QUARTER: ("quarter", 3),
    Frequency.YEAR: ("year", 12),
}
"""The unit of time in words, and how many months its points are apart."""

_VERDICTS = {
    "improvement": "special cause, for the better",
    "concern": "special cause, for the worse",
    "neutral": "special cause",
}
_ASSURED = {
    "pass": "As things are, it will meet the target of {target}.",
    "fail": "As things are, it will not meet the target of {target}.",
    "inconsistent": "It may meet or miss the target of {target} by chance.",
}


SMALL_BASE = 100
"""A rate whose denominator is smaller is told with what it was made of."""


def sentence(
    metric: Metric,
    points: Sequence[SeriesPoint],
    assurance: str,
    target: str,
    minimum: int,
    *,
    before: str = "",
) -> str:
    """What is to be said of a series at its latest point.

    Parameters
    ----------
    metric
        Its unit and how often it comes.
    points
        In the order of time; those without a value are gaps.
    assurance
        The code of the assurance icon.
    target
        The target in words.
    minimum
        How many points limits need.
    before
        The target at the latest point in words, where it is no longer the one in force.
    """
    held = [point for point in points if point.value is not None]
    if not held:
        return "No figure is held."
    last = held[-1]
    begin = f"{value_words(last.value, metric.unit)}{_small_base(metric, last)} in {last.label}."
    if last.mean is None:
        too_few = f"{count_words(len(held), 'point')}: too few for limits, which need {minimum}."
        changed = f" {_ahead(assurance, target, before, last)}" if before else ""
        met = _met(last, metric, before or target)
        return f"{begin} {sentence_case(too_few)}{met}{changed}"
    assured = _ahead(assurance, target, before, last)
    return " ".join(filter(None, [begin, _variation(metric, held), assured]))


def _small_base(metric: Metric, point: SeriesPoint) -> str:
    """What a rate was made of, where that is so little that a few people move it."""
    over, under = point.numerator, point.denominator
    if not metric.denominator or over is None or under is None or not 0 < under < SMALL_BASE:
        return ""
    word = "of" if metric.unit == "percent" else "over"
    return f" ({_people(over)} {word} {_people(under)}, a small base)"


def _people(count: float) -> str:
    """A count as it is; what was shared out by estimate with no more decimals than tell it."""
    decimals = 0 if count == int(count) else 1 if abs(count) >= 1 else 2
    return number_words(count, decimals)


def _ahead(assurance: str, target: str, before: str, last: SeriesPoint) -> str:
    """What is to be expected of the target, and that it was another where it was."""
    ahead = _ASSURED.get(assurance, "").format(target=target)
    if not before:
        return ahead
    now = (
        f"The target was {before} in {last.label}"
        if before != NO_TARGET
        else (f"There was no target in {last.label}")
    )
    if target == NO_TARGET:
        return f"{now}; none is in force in the report’s period."
    return f"{now}; in the report’s period it is {target}. {ahead}".strip()


def _met(last: SeriesPoint, metric: Metric, target: str) -> str:
    """Whether a value without limits meets its target now; nothing more can be said of it."""
    if last.target is None or last.value is None or metric.better == "neutral":
        return ""
    above = last.value >= last.target
    met = above if metric.better == "higher" else last.value <= last.target
    return f" It {'meets' if met else 'does not meet'} the target of {target} in {last.label}."


def _variation(metric: Metric, held: Sequence[SeriesPoint]) -> str:
    last = held[-1]
    verdict = _VERDICTS.get(last.kind)
    if verdict is None:
        return _usual(metric, held)
    return f"{_cause(metric, held)}: {verdict}."


def _usual(metric: Metric, held: Sequence[SeriesPoint]) -> str:
    last = held[-1]
    if last.lower is None or last.upper is None or last.lower == last.upper:
        return "It does not vary: no special cause."
    low, high = _possible(metric, held, last.lower, last.upper)
    return f"Within its process limits, {low} to {high}: no special cause."


def _possible(
    metric: Metric, held: Sequence[SeriesPoint], lower: float, upper: float
) -> tuple[str, str]:
    """Limits in words; a share is not said to run below 0% or above 100%, nor a count below 0."""
    values = [point.value for point in held if point.value is not None]
    if min(values) >= 0:
        lower = max(lower, 0.0)
    if metric.unit == "percent" and max(values) <= 100:
        upper = min(upper, 100.0)
    return value_words(lower, metric.unit), value_words(upper, metric.unit)


def _cause(metric: Metric, held: Sequence[SeriesPoint]) -> str:
    """Why the latest point is a special cause, by the rule that named it."""
    last = held[-1]
    match last.why:
        case "above_upper_limit":
            return f"Above its upper process limit of {_beside(last, last.upper, metric)}"
        case "below_lower_limit":
            return f"Below its lower process limit of {_beside(last, last.lower, metric)}"
        case "rising_trend" | "falling_trend":
            up = last.why == "rising_trend"
            run = _length(metric, held, _steps(held, 1 if up else -1) + 1)
            return f"It has {'risen' if up else 'fallen'} without a break over {run}"
        case "near_upper_limit" | "near_lower_limit":
            side = "upper" if last.why == "near_upper_limit" else "lower"
            return f"Its latest figures lie close to the {side} process limit"
        case _:
            above = last.why == "shift_above_mean"
            run = _length(metric, held, _on_one_side(held, 1 if above else -1))
            mean = _beside(last, last.mean, metric)
            return (
                f"It has been {'above' if above else 'below'} its process mean of {mean} for {run}"
            )


def _beside(point: SeriesPoint, other: float | None, metric: Metric) -> str:
    """A level that the value is set against, with as many decimals as tell the two apart."""
    own = value_words(point.value, metric.unit)
    said = value_words(other, metric.unit)
    if own != said or point.value is None or other is None:
        return said
    usual = decimals_of(metric.unit, other)
    for decimals in range(usual + 1, usual + 5):
        one, two = (number_words(value, decimals) for value in (point.value, other))
        if one != two:
            return f"{with_unit(two, metric.unit)} (it is at {with_unit(one, metric.unit)})"
    return said


def _on_one_side(held: Sequence[SeriesPoint], side: int) -> int:
    """How many of the latest points lie on a side of the mean, one after the other."""
    count = 0
    for point in reversed(held):
        if point.value is None or point.mean is None or (point.value - point.mean) * side <= 0:
            break
        count += 1
    return count


def _steps(held: Sequence[SeriesPoint], side: int) -> int:
    """How many of the latest steps from point to point go one way, one after the other."""
    values = [point.value for point in held if point.value is not None]
    count = 0
    for place in range(len(values) - 1, 0, -1):
        if (values[place] - values[place - 1]) * side <= 0:
            break
        count += 1
    return count


def _length(metric: Metric, held: Sequence[SeriesPoint], count: int) -> str:
    """A run as ``9 months``; as ``9 figures`` where there is a gap between them."""
    unit, step = _UNITS.get(metric.frequency or Frequency.MONTH, ("month", 1))
    first, last = held[-count].start, held[-1].start
    months = 12 * (last.year - first.year) + last.month - first.month
    apart = months if step else (last - first).days
    return count_words(count, unit if apart == (step or 1) * (count - 1) else "figure")
