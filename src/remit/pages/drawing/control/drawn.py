"""What a drawn control chart is: its drawings for each width, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from remit.pages.drawing.charts import Band, Dot, LineMark, Text
from remit.signals.changes import Rebase


@dataclass(frozen=True, slots=True)
class DrawnNote:
    """A numbered note at its month; ``label`` is that month, ``text`` what it says."""

    number: int
    on: date
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Caption:
    """What is written on and below a chart.

    ``title`` is its finding in short, ``finding`` the whole sentence. ``rules`` and ``label`` are
    those of the rule set; ``asked`` are the goal and the standard, each with whose it is;
    ``planned`` says whose the trajectory is, ``plan_place`` in which file and lines it stands.
    """

    id: str
    title: str
    finding: str
    rules: str
    label: str
    unit: str = ""
    rebases: tuple[Rebase, ...] = ()
    baseline: int | None = None
    asked: tuple[str, ...] = ()
    notes: tuple[DrawnNote, ...] = ()
    about: str = ""
    better: str = ""
    planned: str = ""
    plan_place: str = ""


@dataclass(frozen=True, slots=True)
class SpcLook:
    """The size of a drawing in pixels, and whether its points have names to be pointed at."""

    name: str
    width: float
    height: float
    named: bool = False


WIDE = SpcLook("wide", 750.0, 380.0, named=True)
NARROW = SpcLook("narrow", 343.0, 300.0)
SMALL = SpcLook("small", 288.0, 290.0)
LOOKS = (WIDE, NARROW, SMALL)
"""For a wide screen, for a phone of 375 pixels, and for one of 320."""


@dataclass(frozen=True, slots=True)
class NamedDot(Dot):
    """A point with the words that name it."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """The sign of a note (a number) or of a change (a letter), and the place that it is about."""

    x: float
    y: float
    sign: str
    at_x: float
    at_y: float


@dataclass(frozen=True, slots=True)
class SpcDrawing:
    """One drawing: its marks from back to front, all places in pixels."""

    look: SpcLook
    bands: tuple[Band, ...]
    lines: tuple[LineMark, ...]
    paths: tuple[tuple[tuple[float, float], ...], ...]
    dots: tuple[NamedDot, ...]
    texts: tuple[Text, ...]
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class SpcKey:
    """An entry of the key: the sign by its name, how that is drawn, and what it means."""

    sign: str
    words: str
    drawn: Markup


@dataclass(frozen=True, slots=True)
class NoteBelow:
    """An entry of the list below a chart: its sign on the chart, when, and what is to be known."""

    sign: str
    when: str
    words: str


@dataclass(frozen=True, slots=True)
class SpcPicture:
    """A drawing as a page shows it, and for which width."""

    look: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class SpcChart:
    """A control chart: one drawing for each width, and its words, which all say the same.

    ``title`` is the finding in short, ``about`` what the chart is of, ``finding`` the sentence.
    """

    id: str
    title: str
    finding: str
    about: str = ""
    drawings: tuple[SpcDrawing, ...] = ()
    pictures: tuple[SpcPicture, ...] = ()
    key: tuple[SpcKey, ...] = ()
    notes: tuple[NoteBelow, ...] = ()
    legend: str = ""

    @property
    def wide(self) -> SpcDrawing:
        """The drawing for a wide screen and for a file."""
        return self.drawings[0]
