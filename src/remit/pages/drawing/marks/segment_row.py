"""The segments of some quarters in a row of small boxes, for a table; the last one is dark."""

from __future__ import annotations

from dataclasses import dataclass

from remit.pages.drawing.marks.mark import DrawnMark, box, svg, text
from remit.pages.drawing.marks.segment_strip import QuarterSegment, quarters_words

SIZE, _STEP = 18, 20
MOST = 6
"""So many quarters fit into a row of a table; older ones are left out."""


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """The segments of an organisation by quarter, oldest first; ``own`` is that of the page."""

    name: str
    quarters: tuple[QuarterSegment, ...]
    own: str


def segment_row_mark(given: SegmentRow) -> DrawnMark:
    """Segments over quarters in one row.

    >>> quarters = (QuarterSegment("Q1", 1), QuarterSegment("Q2", 3))
    >>> segment_row_mark(SegmentRow("ZA2", quarters, "Q2")).sentence
    'ZA2: segment 1 in Q1, and segment 3 in Q2.'
    """
    shown = given.quarters[-MOST:]
    shapes: list[str] = []
    for place, one in enumerate(shown):
        own = one.label == given.own
        x = place * _STEP + 0.5
        if one.segment is not None:
            shapes.append(box("step step--own" if own else "step", x, 0.5, SIZE, SIZE))
        words = str(one.segment) if one.segment is not None else "–"
        css = "on-dark" if own and one.segment is not None else "quiet"
        shapes.append(text(words, x + SIZE / 2, 14, "middle", css))
    sentence = f"{given.name}: {quarters_words(shown)}."
    width = max(len(shown) * _STEP, 1)
    return DrawnMark(svg("segment-row", (width, SIZE + 1), sentence, shapes), sentence)
