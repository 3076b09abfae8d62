"""What weighs in a report: how far a figure lies off, for how long, and at how many members."""

from __future__ import annotations

from collections.abc import Sequence

from remit.catalogue import load_weighing
from remit.model.metric import Better
from remit.report.spans import span_length
from remit.report.view import ReportLine
from remit.signals.points import meets


def weight(line: ReportLine, members: Sequence[ReportLine] = ()) -> float:
    """What a line weighs, by what is declared: for metrics of different units to be put in order.

    Parameters
    ----------
    line
        A line.
    members
        Those of members of its organisation in the same metric; of those that are alike each
        adds to it.

    Examples
    --------
    ``max(lines, key=weight)``
    """
    declared = load_weighing()
    if line.falls_short and not line.is_special:
        alike = sum(one.falls_short for one in members)
        return declared.weigh(_short_of_goal(line), missed_in_a_row(line), alike)
    alike = sum(one.variation.code == line.variation.code for one in members)
    return declared.weigh(distance(line), span_length(line), alike if line.is_special else 0)


def own_weight(line: ReportLine, members: Sequence[ReportLine] = ()) -> float:
    """What a goal weighs that the organisation itself misses, beside a concern of a member.

    Parameters
    ----------
    line
        Its own line.
    members
        As for :func:`weight`.

    Examples
    --------
    ``own_weight(line) > weight(line)``
    """
    return load_weighing().own_goal * weight(line, members)


def distance(line: ReportLine) -> float:
    """How far a value lies from its mean, as a multiple of the way from there to a limit.

    0 where there are no limits.
    """
    reach = _reach(line)
    if line.value is None or line.mean is None or not reach:
        return 0.0
    return abs(line.value - line.mean) / reach


def missed_in_a_row(line: ReportLine) -> int:
    """How many of the latest points with a value missed the target of their day, in a row."""
    count = 0
    for point in reversed([one for one in line.points if one.value is not None]):
        better = Better(line.metric.better)
        if point.target is None or meets(point.value, point.target, better):
            break
        count += 1
    return count


def _short_of_goal(line: ReportLine) -> float:
    """How far a value is short of its goal, as a multiple of the way from its mean to a limit."""
    if line.value is None or line.target is None:
        return distance(line)
    if meets(line.value, line.target, Better(line.metric.better)):
        return 0.0
    reach = _reach(line) or load_weighing().share_as_limit * abs(line.target)
    return abs(line.value - line.target) / reach if reach else 0.0


def _reach(line: ReportLine) -> float:
    """The way from the mean to a limit; 0 without limits."""
    if line.lower is None or line.upper is None or line.upper <= line.lower:
        return 0.0
    return (line.upper - line.lower) / 2
