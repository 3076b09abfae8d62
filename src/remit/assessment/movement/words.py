"""A movement in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from remit.assessment.movement.apportion import plain
from remit.assessment.movement.figures import MetricPart, Part, Waterfall
from remit.assessment.movement.two_periods import NO_VALUE, OTHER_RULE
from remit.assessment.result.assessment import CutPoints

_BECAUSE = {
    "own_values": "its own values changed",
    "others_values": "other trusts' values changed",
    "metric_set": "other metrics are scored or missing",
    "cut_points": "the cut points moved",
    "override": "an override began or ceased to apply",
}

Figures = tuple[Waterfall, Waterfall | None, Waterfall | None, Waterfall | None]


def sentence_of(figures: Figures, peers: int) -> str:
    """Score, segment and rank in a sentence each; ``peers`` are ranked in the later period."""
    score, unadjusted, adjusted, rank = figures
    said = [_score(score)]
    if adjusted is not None and unadjusted is not None:
        said.append(_segment(unadjusted, adjusted))
    if rank is not None:
        said.append(_rank(rank, peers))
    return " ".join(said)


def _score(score: Waterfall) -> str:
    moved = score.end_digits - score.start_digits
    parts = parts_in_words(score)
    if moved == 0:
        if not parts:
            return f"The score stayed at {score.shown_end}."
        return f"The score stayed at {score.shown_end}: {parts} cancel out."
    verb = "worsened" if moved > 0 else "improved"
    by = plain(abs(moved), score.decimals)
    return f"The score {verb} by {by} ({score.shown_start} to {score.shown_end}): {parts}."


def parts_in_words(figure: Waterfall) -> str:
    """The parts that are not nothing: "own values 0.02 worse, cut points 0.10 better"."""
    return _shares(figure, [part for part in figure.parts if part.digits])


def _segment(unadjusted: Waterfall, adjusted: Waterfall) -> str:
    if adjusted.start == adjusted.end:
        said = f"The segment stayed at {adjusted.shown_end}"
        if unadjusted.start != unadjusted.end:
            said += (
                f", though without an override it went from {unadjusted.shown_start} to "
                f"{unadjusted.shown_end}"
            )
        return f"{said}."
    verb = "fell" if adjusted.end > adjusted.start else "improved"
    said = f"The segment {verb} from {adjusted.shown_start} to {adjusted.shown_end}"
    return f"{said} {_why(adjusted)}."


def _why(segment: Waterfall) -> str:
    """Which causes made a change of segment: those that were needed, else those that sufficed."""
    needed = [part for part in segment.parts if part.decisive]
    if needed:
        without = {1: "that", 2: "either of the two"}.get(len(needed), "any one of them")
        stayed = f"without {without} it would have stayed at {segment.shown_start}"
        return f"because {_because(needed)}: {stayed}"
    enough = [part for part in segment.parts if part.sufficient]
    if enough:
        which = {1: "that", 2: "either of the two"}.get(len(enough), "any one of them")
        return f"because {_because(enough)}: {which} alone would have been enough"
    moved = sorted((p for p in segment.parts if p.digits), key=lambda p: -abs(p.value))
    if abs(moved[0].value) > abs(segment.change) / 2:
        return f"chiefly because {_because(moved[:1])} ({_shares(segment, moved)})"
    return f"through several causes, none of which decided it alone ({_shares(segment, moved)})"


def _because(parts: Sequence[Part]) -> str:
    return " and ".join(_BECAUSE[part.factor] for part in parts)


def _shares(figure: Waterfall, parts: Sequence[Part]) -> str:
    """Parts without signs, which would be read the other way: of scores and ranks less is better.

    So are segments.
    """
    return ", ".join(
        f"{part.label} {plain(abs(part.digits), figure.decimals)} "
        f"{'worse' if part.digits > 0 else 'better'}"
        for part in parts
    )


def _rank(rank: Waterfall, peers: int) -> str:
    if rank.start == rank.end:
        return f"The rank stayed at {rank.shown_end} of {peers}."
    parts = parts_in_words(rank)
    return f"The rank went from {rank.shown_start} to {rank.shown_end} of {peers}: {parts}."


def notes_of(
    cuts: tuple[CutPoints, CutPoints],
    periods: tuple[str, str],
    mode: str,
    metrics: Sequence[MetricPart],
) -> tuple[str, ...]:
    """What the split rests on, in whole sentences."""
    notes = [f"Cut points of {p}: {c.origin}." for p, c in zip(periods, cuts, strict=True)]
    if mode == "published":
        notes.append(
            "What a value would have scored in the other period is read off the published values "
            "and scores of the trusts at hand."
        )
    whole = [metric.metric_id for metric in metrics if metric.how in {NO_VALUE, OTHER_RULE}]
    if whole:
        notes.append(
            "Counted as own values, since own and others' cannot be told apart: "
            f"{', '.join(whole)}."
        )
    return tuple(notes)
