"""Series: a metric over time, made from counts for each trust, ICB, region and for England.

Public names: :func:`series` makes them, :class:`Series` holds them and says of each point from
which figures, lines and columns it was made; :func:`own_figures` makes what all levels share
once; :func:`cuts` lists the groups of people that the figures tell apart; :func:`chosen` finds the
metrics that identifiers name; :func:`for_quarter` makes the values that a framework scores.
"""

from remit.series.areas import LEVELS, Level
from remit.series.choice import chosen
from remit.series.cuts import cuts
from remit.series.making import series
from remit.series.once import OwnFigures, own_figures
from remit.series.quarter import QuarterFigures, for_quarter
from remit.series.result import Series

__all__ = [
    "LEVELS",
    "Level",
    "OwnFigures",
    "QuarterFigures",
    "Series",
    "chosen",
    "cuts",
    "for_quarter",
    "own_figures",
    "series",
]
