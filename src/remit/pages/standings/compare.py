"""Remit's figure beside the published one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from remit.pages.standings.cells import SourceCell
from remit.pages.standings.results import MetricScore
from remit.words.figures import NONE, number_words, signed_words

TOLERANCE = 0.01 + 1e-9
"""Scores are published to two decimals; a last digit may differ by rounding alone."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure, as Remit has it and as it was published.

    ``same`` is None where there is nothing to compare with; ``cells`` say where the published
    figure stands.
    """

    label: str
    ours: str
    published: str
    same: bool | None
    difference: str = ""
    cells: tuple[SourceCell, ...] = ()

    @property
    def verdict(self) -> str:
        """The outcome in words."""
        if self.same is None:
            return "Not published" if self.published == NONE else "Not recomputed"
        if self.same:
            return "Same" if self.ours == self.published else "Within 0.01"
        if self.difference:
            return f"Differs by {self.difference}"
        return "Differs"

    @property
    def mark(self) -> str:
        """The outcome as a table's short mark."""
        if self.same is not False:
            return self.verdict
        return f"{self.label} differs: published {self.published}"


def compare_scores(label: str, ours: float | None, published: float | None) -> Comparison:
    """Two scores; they are the same if they differ by no more than 0.01."""
    same, difference = None, ""
    if ours is not None and published is not None:
        same = abs(ours - published) <= TOLERANCE
        difference = "" if same else signed_words(ours - published)
    return Comparison(label, number_words(ours), number_words(published), same, difference)


def compare_metric(score: MetricScore) -> Comparison:
    """A metric's scores; one that was ranked among too few is not compared."""
    ours = score.recomputed_score if score.comparable else None
    return compare_scores("Score", ours, score.published_score)


def standing_at(comparison: Comparison, cells: tuple[SourceCell, ...]) -> Comparison:
    """The comparison with the cells of its published figure."""
    return replace(comparison, cells=cells)


def compare_segments(label: str, ours: int | None, published: int | None) -> Comparison:
    """Two segments or ranks."""
    same = ours == published if ours is not None and published is not None else None
    return Comparison(label, whole(ours), whole(published), same)


def whole(number: int | None) -> str:
    """A whole number, or a dash."""
    return NONE if number is None else str(number)
