"""Since when the latest value of a line has been as it is, and what is usual for it, in words."""

from __future__ import annotations

from remit.model.metric import Better
from remit.report.view import ReportLine
from remit.signals.points import Charted, Point
from remit.signals.seen import Seen
from remit.signals.sentence import possible_limits, small_base
from remit.signals.spacing import spacing
from remit.words.figures import value_words, without_unit

_NONE_LATER = "; no later figure is held"
"""Whether a signal of months ago still holds nobody knows then."""


def usual_range(line: ReportLine) -> str:
    """What is usual for a line: ``3.0% to 4.4%``; empty where there are no limits."""
    if line.mean is None or not line.points:
        return ""
    last = _seen(line).latest
    if last.lower is None or last.upper is None:
        return ""
    low, high = possible_limits(_charted(line), last.lower, last.upper)
    return f"{without_unit(low, line.metric.unit)} to {high}"


def span_words(line: ReportLine) -> str:
    """Where the latest value stands and for how long, in a few words; empty where it is as usual.

    ``above the usual range for 2 months``, ``7 months below the mean``. Of a figure that is months
    old, when that was: ``… for 2 months up to Jul 2025; no later figure is held``.
    """
    said = _span(line, "the usual range")
    return f"{said} up to {line.period}{_NONE_LATER}" if said and line.dated else said


def span_length(line: ReportLine) -> int:
    """How many of the latest points the signal of a line is made of; 1 without one."""
    if not line.points or not line.is_special:
        return 1
    seen = _seen(line)
    if outside := _outside(seen):
        return outside
    if seen.latest.rule.endswith("trend"):
        return seen.steps() + 1
    return max(seen.on_one_side(), 1)


def is_outside(line: ReportLine) -> bool:
    """Whether the latest value of a signal lies beyond a process limit itself."""
    return bool(line.points and line.is_special and _outside(_seen(line)))


def said_words(line: ReportLine) -> str:
    """The latest value, with what it was made of where that is little: ``71.4% (5 of 7, …)``."""
    return f"{line.said}{_base(line)}"


def base_words(line: ReportLine) -> str:
    """What the latest value was made of where that is little: ``5 of 7, a small base``."""
    return _base(line).strip(" ()")


def _base(line: ReportLine) -> str:
    last = next((one for one in reversed(line.points) if one.value is not None), None)
    return small_base(line.metric.unit, last) if last else ""


def told_range(line: ReportLine) -> str:
    """As :func:`span_words`, with the range or the mean as numbers.

    ``above the usual 3.0% to 4.4% for 2 months``; its month is said before it.
    """
    mean = _seen(line).beside(line.mean) if line.points else ""
    said = _span(line, f"the usual {usual_range(line)}", mean)
    return f"{said} by then{_NONE_LATER}" if said and line.dated else said


def _span(line: ReportLine, usual: str, mean: str = "") -> str:
    if not line.points or not line.is_special:
        return ""
    seen = _seen(line)
    last = seen.latest
    side = "above" if last.side > 0 else "below"
    if outside := _outside(seen):
        held = f" for {seen.length(outside)}" if outside > 1 else ""
        just = "just " if mean and _is_near(line, seen) else ""
        return f"{just}{side} {usual}{held}"
    if last.rule.startswith("shift"):
        level = f"the mean of {mean}" if mean else "the mean"
        return f"{seen.length(seen.on_one_side())} {side} {level}"
    if last.rule.endswith("trend"):
        moved = "rising" if last.side > 0 else "falling"
        return f"{moved} for {seen.length(seen.steps() + 1)}"
    if last.rule.startswith("near"):
        end = "upper" if last.side > 0 else "lower"
        return f"repeatedly close to the {end} end of {usual}"
    return last.named


def _is_near(line: ReportLine, seen: Seen) -> bool:
    """Whether it takes more decimals than usual to tell a value from the limit beyond it."""
    limit = seen.latest.upper if seen.side > 0 else seen.latest.lower
    return value_words(limit, line.metric.unit) == value_words(line.value, line.metric.unit)


def _outside(seen: Seen) -> int:
    """How many of the latest points lie beyond a limit on the rule's side, in a row."""
    count = 0
    for point in reversed(seen.charted.stretch):
        if _beyond(point) != seen.side or not seen.side:
            break
        count += 1
    return count


def _beyond(point: Point) -> int:
    if point.value is None or point.lower is None or point.upper is None:
        return 0
    return (point.value > point.upper) - (point.value < point.lower)


def _seen(line: ReportLine) -> Seen:
    return Seen(_charted(line))


def _charted(line: ReportLine) -> Charted:
    noun = spacing([point.start for point in line.points])
    return Charted(line.points, line.metric.unit, Better(line.metric.better), noun)
