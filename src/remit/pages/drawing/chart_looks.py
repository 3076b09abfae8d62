"""How control charts are laid out: on a page, and as a file of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartLook:
    """How a chart is laid out.

    Attributes
    ----------
    left, right
        The part of the width that points are drawn in, in per cent; figures stand to its left.
    top, base, height
        Where the highest and the lowest value lie, and how high the picture is, in pixels.
    figures_gap, dates_drop, dates_css
        How far figures stand from the left edge and dates below the base; how dates look.
    dates
        So many dates fit; up to ``ends_only`` points have but the first and the last.
    evenly
        Each point as far from the next as any, gaps being points too, and each level half a step
        longer than its points; else time runs evenly, so that a gap is seen as one.
    in_full
        The file stands alone: its legend has the figures, its rule set is part of the picture.
    """

    left: float
    right: float
    top: float
    base: float
    height: float
    figures_gap: float
    dates_drop: float
    dates_css: str
    dates: int
    ends_only: int
    evenly: bool
    in_full: bool


ON_A_PAGE = ChartLook(
    9.0, 98.0, 28.0, 228.0, 258.0, 1.0, 22.0, "axis", 4, 0, evenly=True, in_full=False
)
AS_A_FILE = ChartLook(
    13.0, 97.0, 26.0, 246.0, 290.0, 1.5, 20.0, "", 3, 4, evenly=False, in_full=True
)
