"""The figures that changes are made to: a period recomputed, and its cut points settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypedDict

import polars as pl

from remit.assessment.improvement.changes import ChangedFigure, with_changes
from remit.assessment.result.assessment import Assessment, CutPoints, Mode
from remit.assessment.run import assess, framework_of
from remit.assessment.scoring.implied_cut_points import implied_cut_points
from remit.catalogue import LoadedFramework
from remit.frames.figures import Figures
from remit.model.errors import UnknownCode
from remit.words.nearest import nearest

if TYPE_CHECKING:
    from remit.assessment.judgement.records import Records
    from remit.register import Register

CutChoice = Literal["fixed", "recomputed"] | Sequence[float] | CutPoints
"""``fixed``: those of the period stay where they are; ``recomputed``: they move with the
scores; or the cut points themselves, which stay."""


class StartingChoices(TypedDict, total=False):
    """By what changed figures are assessed; what is left out is as :func:`lay_ground` has it.

    Attributes
    ----------
    framework
        A framework's identifier, the path of a user's own, or one already loaded.
    period
        A quarter; may be left out if the figures are of one.
    cut_points
        See ``CutChoice``. Fixed ones lie between the published segments where these are known.
    """

    framework: str | LoadedFramework
    period: str | None
    cut_points: CutChoice
    register: Register | None
    records: Records | None


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
    cut_points: CutPoints | None
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
    framework: str | LoadedFramework | None = None,
    period: str | None = None,
    cut_points: CutChoice = "fixed",
    register: Register | None = None,
    records: Records | None = None,
) -> Ground:
    """Assess the figures as they are, and settle the cut points.

    Raises
    ------
    AssessmentError
        If the figures cannot be assessed.
    UnknownCode
        If the organisation is not in them; the message names the nearest.
    """
    loaded = framework_of(figures, framework, period)

    def as_is(mode: Mode | None, cuts: Sequence[float] | CutPoints | None = None) -> Assessment:
        return assess(
            figures,
            loaded,
            period,
            mode=mode,
            cut_points=cuts,
            register=register,
            records=records,
            replicates=None,
        )

    if cut_points == "recomputed":
        before = as_is("recomputed")
        _check_judged(before, code)
        held = "Cut points are recomputed: they move with the scores."
        return Ground(figures, loaded, register, records, before, None, held)
    before = as_is("recomputed", _of_the_period(as_is) if cut_points == "fixed" else cut_points)
    _check_judged(before, code)
    lines = before.cut_points
    held = f"Cut points are held fixed at {lines.shown}: {lines.origin}."
    return Ground(figures, loaded, register, records, before, lines, held)


def _of_the_period(as_is: Callable[[Mode | None], Assessment]) -> CutPoints:
    """The cut points of the period's result as it is shown everywhere else.

    Figures without published scores may have published segments, which imply them just the same.
    """
    shown = as_is(None)
    segment = pl.col("published_unadjusted_segment").alias("segment")
    if shown.cut_points.basis != "population":
        return shown.cut_points
    known = shown.standing.select("average_score", segment)
    return implied_cut_points(known, shown.cut_points, shown.framework)


def _check_judged(before: Assessment, code: str) -> None:
    codes = before.standing["org_code"].to_list()
    if code in before.not_judged:
        raise UnknownCode(before.why_absent(code))
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
