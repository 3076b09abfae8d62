"""The figures that changes are made to: a period recomputed, and its cut points settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from remit.assessment.improvement.changes import ChangedFigure, with_changes
from remit.assessment.result.assessment import Assessment
from remit.assessment.run import assess
from remit.assessment.scoring.implied_cut_points import implied_cut_points
from remit.catalogue import LoadedFramework, load_framework
from remit.frames.figures import Figures
from remit.model.errors import UnknownCode
from remit.words.nearest import nearest

if TYPE_CHECKING:
    from remit.assessment.judgement.records import Records
    from remit.register import Register

CutChoice = Literal["fixed", "recomputed"] | Sequence[float]
"""``fixed``: those of the period stay where they are; ``recomputed``: they move with the
scores; or the cut points themselves, which stay."""


@dataclass(frozen=True)
class Ground:
    """What changes are made to, and how figures are assessed: in ``recomputed`` mode.

    ``cut_points`` are those to assess changed figures with, or None where they move with the
    scores; ``held`` says in words which they are.
    """

    figures: Figures
    framework: LoadedFramework
    register: Register | None
    records: Records | None
    before: Assessment
    cut_points: tuple[float, ...] | None
    held: str

    def changed(self, code: str, changed: Sequence[ChangedFigure]) -> Assessment:
        """A fresh assessment of the figures with some of an organisation's changed."""
        return assess(
            with_changes(self.figures, self.before, code, changed),
            self.framework,
            self.before.period.label,
            mode="recomputed",
            cut_points=self.cut_points,
            register=self.register,
            records=self.records,
            replicates=None,
        )


def lay_ground(
    figures: Figures,
    code: str,
    *,
    framework: str | LoadedFramework,
    period: str | None,
    cut_points: CutChoice,
    register: Register | None,
    records: Records | None,
) -> Ground:
    """Assess the figures as they are, and settle the cut points.

    Raises
    ------
    AssessmentError
        If the figures cannot be assessed.
    UnknownCode
        If the organisation is not in them; the message names the nearest.
    """
    loaded = load_framework(framework) if isinstance(framework, str) else framework

    def as_is(cuts: Sequence[float] | None) -> Assessment:
        return assess(
            figures,
            loaded,
            period,
            mode="recomputed",
            cut_points=cuts,
            register=register,
            records=records,
            replicates=None,
        )

    before = as_is(None if isinstance(cut_points, str) else tuple(cut_points))
    _check_known(before, code)
    if cut_points == "recomputed":
        held = "Cut points are recomputed: they move with the scores."
        return Ground(figures, loaded, register, records, before, None, held)
    lines = implied_cut_points(before)
    if lines.values != before.cut_points.values:
        before = as_is(lines.values)
    held = f"Cut points are held fixed: {lines.origin}."
    return Ground(figures, loaded, register, records, before, lines.values, held)


def _check_known(before: Assessment, code: str) -> None:
    codes = before.standing["org_code"].to_list()
    if code not in codes:
        raise UnknownCode(
            f"{code} is not among the {len(codes)} organisations assessed for "
            f"{before.period.label}; nearest: {nearest(code, codes)}"
        )


def standing_notes(before: Assessment, code: str) -> list[str]:
    """Where the recomputed standing that changes start from is not the published one."""
    row = before.record(code)
    published = row["published_segment"]
    if published is None or published == row["adjusted_segment"]:
        return []
    return [
        f"As recomputed from the figures at hand the segment is {row['adjusted_segment']}; the "
        f"published one is {published}."
    ]
