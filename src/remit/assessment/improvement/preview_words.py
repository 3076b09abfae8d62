"""What a preview says, in sentences that can be read out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from remit.words.figures import (
    NONE,
    number_words,
    published_words,
    rounded,
    score_words,
    typed_words,
)
from remit.words.sentences import count_words, listed, sentence_case

if TYPE_CHECKING:
    from remit.assessment.improvement.edges import MetricEdge
    from remit.assessment.improvement.preview import Preview, UnusedLine
    from remit.model.framework import Rounding

_DIGITS = 6
_TOLD = 5
"""So many edges are told, those with the fewest peers on the way."""

_FEW, _MOST_TOLD = 3, 20
"""More lines of other organisations are told together; of others so many one by one."""


def preview_words(found: Preview) -> Iterator[str]:
    """All that a preview says, the finding first.

    Parameters
    ----------
    found
        A preview.

    Examples
    --------
    ``print(*preview_words(preview(figures, "ZA4", given)), sep="\\n")``
    """
    period = found.after.period.label
    yield (
        f"{found.name} ({found.code}) would stand {_standing(found)}. As published for {period}, "
        f"recomputed: {_place(found.before.record(found.code), found.before.framework.rounding)}."
    )
    yield (
        f"Unpublished: {count_words(len(found.own), 'figure')} of {found.file_name}, which nobody "
        f"has published, among those of {period}, which are others' as published. Nothing of it "
        "is kept in a store."
    )
    yield from _edges(found)
    yield from found.flags
    own = (
        f"{one.id} {_after(one.after, one.unit)} (published: {_published(one.before, one.unit)})"
        for one in found.own
    )
    yield f"Its own figures: {'; '.join(own)}."
    added = [one.id for one in found.own if one.before is None and one.unit != "flag"]
    if added:
        each = "it adds a score" if len(added) == 1 else "each adds a score"
        yield f"No figure of {listed(added)} is published for it: {each} to the mean."
    if found.kept:
        yield (
            f"As published for {period}, since the file has no figure of them: "
            f"{listed(found.kept)}."
        )
    yield from _unused(found.unused)
    yield found.held


def _unused(lines: Sequence[UnusedLine]) -> Iterator[str]:
    """Each line that is not used; those of others together, where they are many."""
    others = [line for line in lines if line.is_of_another]
    if len(others) > _FEW:
        yield (
            f"Not used: {len(others):,} lines of other organisations, from line {others[0].line} "
            "on."
        )
        lines = [line for line in lines if not line.is_of_another]
    for line in lines[:_MOST_TOLD]:
        yield f"Not used: line {line.line} ({line.metric or 'no metric'}): {line.reason}."
    if len(lines) > _MOST_TOLD:
        yield f"Not used: {len(lines) - _MOST_TOLD:,} lines more; --format json has all."


def _standing(found: Preview) -> str:
    row = found.standing
    rounding = found.after.framework.rounding
    ends = (row["likely_score_low"], row["likely_score_high"])
    score = score_words(row["average_score"], rounding)
    likely = f" (likely {' to '.join(score_words(end, rounding) for end in ends)})"
    said = f"in segment {row['final_segment'] or NONE}, with an average score of {score}"
    said += likely if ends[0] is not None else ""
    if row["rank"] is None:
        return said
    ranks = (row["likely_rank_low"], row["likely_rank_high"])
    range_said = f" (likely {ranks[0]} to {ranks[1]})" if ranks[0] is not None else ""
    return f"{said} and rank {row['rank']} of {found.rivals}{range_said}"


def _place(row: Mapping[str, Any], rounding: Rounding) -> str:
    score = score_words(row["average_score"], rounding)
    return f"segment {row['final_segment'] or NONE}, score {score}, rank {row['rank'] or NONE}"


def _edges(found: Preview) -> Iterator[str]:
    if not found.edges:
        yield "No single figure would change the segment, all else as it is."
    for edge in found.edges[:_TOLD]:
        segments = sorted((edge.segment, edge.segment_there))
        base = found.bases.get(edge.metric_id)
        between = sentence_case(count_words(edge.passed, "peer"))
        yield (
            f"{_near(edge, base)} between segment {segments[0]} and "
            f"{segments[1]}: {edge.name} ({edge.metric_id}) is {_after(edge.value, edge.unit)}; "
            f"{edge.beyond or 'at'} {_after(edge.at, edge.unit)} the segment is "
            f"{edge.segment_there}, not {edge.segment}. {between} of {edge.peers} "
            f"{'lies' if edge.passed == 1 else 'lie'} on the way."
        )
    if (more := len(found.edges) - _TOLD) > 0:
        yield f"{sentence_case(count_words(more, 'edge'))} farther off: --format json has all."


def _near(edge: MetricEdge, base: tuple[float, bool] | None) -> str:
    if not rounded(edge.gap, _DIGITS):
        return "It stands right at the edge"
    return f"A difference of {_gap(edge, base)} decides"


def _gap(edge: MetricEdge, base: tuple[float, bool] | None) -> str:
    """How near, in the metric's own unit; in pounds or people too where the base is told."""
    gap = float(rounded(edge.gap, _DIGITS))
    if edge.unit != "percent":
        return typed_words(gap, edge.unit)
    points = f"{typed_words(gap, '')} percentage points".strip()
    if base is None:
        return points
    whole, is_money = base
    part = float(rounded(gap / 100 * whole, _DIGITS))
    if is_money:
        return f"£{number_words(part, 0)} ({points} of £{number_words(whole, 0)})"
    return f"{number_words(ceil(part), 0)} of {number_words(whole, 0)} ({points})"


def _after(value: float, unit: str) -> str:
    if unit == "flag":
        return "set" if value else "not set"
    return typed_words(float(rounded(value, _DIGITS)), unit)


def _published(value: float | None, unit: str) -> str:
    if unit == "flag":
        return "not told" if value is None else _after(value, unit)
    return published_words(value, unit)
