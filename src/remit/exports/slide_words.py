"""Words on slides: as large as their room allows, and what does not fit is handed back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from remit.exports.fitting import LINE, height_of, wrapped
from remit.exports.rooms import Room
from remit.exports.slide_look import SlideLook, paint
from remit.model.plain_text import for_xml

INSET = 0.1
"""What a shape keeps free at each side of its words and, by half, above and beneath them."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class SaidWords:
    """A paragraph; a strong one is bold, a quiet one in the quiet colour, ``size`` a factor."""

    text: str
    strong: bool = False
    quiet: bool = False
    size: float = 1.0


def said_height(
    paragraphs: Sequence[SaidWords], inches: float, points: float, wider: float
) -> float:
    """The height of paragraphs in inches, with half a line after each.

    Parameters
    ----------
    paragraphs
        What is said.
    inches
        The width of the lines.
    points
        The size of letters of a paragraph whose factor is 1.
    wider
        How much wider than Arial the font is.

    Examples
    --------
    >>> said_height([SaidWords("One line")], 4, 72, 1.0) > 1
    True
    """
    return sum(
        height_of([one.text], inches / wider, points * one.size, bold=one.strong)
        for one in paragraphs
    )


def fitted(
    paragraphs: Sequence[SaidWords], room: Room, sizes: Sequence[float], wider: float
) -> tuple[float, list[SaidWords], list[SaidWords]]:
    """The largest size in which paragraphs fit, what fits in it, and what is left.

    Parameters
    ----------
    paragraphs
        What is said.
    room
        Where, with its insets.
    sizes
        Sizes of letters, the largest first; something is left only in the last.
    wider
        How much wider than Arial the font is.

    Examples
    --------
    >>> fitted([SaidWords("Short")], Room(0, 0, 5, 1), (18, 12), 1.0)[0]
    18
    """
    inner, height = room.width - 2 * INSET, room.height - INSET
    for points in sizes:
        if said_height(paragraphs, inner, points, wider) <= height:
            return points, list(paragraphs), []
    points = sizes[-1]
    kept: list[SaidWords] = []
    for place, one in enumerate(paragraphs):
        used = said_height(kept, inner, points, wider)
        if used + said_height([one], inner, points, wider) > height:
            first, rest = _whole_sentences(one, inner / wider, points, height - used)
            if first is None and not kept:
                first, rest = _torn(one, inner / wider, points, height)
            left = [*([rest] if rest else []), *paragraphs[place + 1 :]]
            return points, [*kept, *([first] if first else [])], left
        kept.append(one)
    return points, kept, []


def _whole_sentences(
    one: SaidWords, inches: float, points: float, height: float
) -> tuple[SaidWords | None, SaidWords | None]:
    """A paragraph in two, at the end of the last sentence that fits."""
    said = _SENTENCE_END.split(one.text)
    for most in range(len(said) - 1, 0, -1):
        first = replace(one, text=" ".join(said[:most]))
        if said_height([first], inches, points, 1.0) <= height:
            return first, replace(one, text=" ".join(said[most:]))
    return None, one


def _torn(
    one: SaidWords, inches: float, points: float, height: float
) -> tuple[SaidWords | None, SaidWords | None]:
    """A paragraph in two, where not one sentence of it has room: it says that it goes on."""
    lines = wrapped(one.text, inches, points * one.size, bold=one.strong)
    most = int(height * 72 / (points * one.size) / LINE - 0.5)
    if most < 1:
        return None, one
    if most >= len(lines):
        return one, None
    # The last word makes room for the sign that the sentence goes on.
    begun, last = " ".join(lines[:most]).rpartition(" ")[::2]
    if not begun:
        return None, one
    return (
        replace(one, text=f"{begun} …"),
        replace(one, text=" ".join([last, *lines[most:]])),
    )


def write(frame: Any, paragraphs: Sequence[SaidWords], points: float, look: SlideLook) -> None:
    """Put paragraphs into a frame of text.

    Parameters
    ----------
    frame
        A text frame of python-pptx; what stands in it goes.
    paragraphs
        What is said.
    points
        The size of letters of a paragraph whose factor is 1.
    look
        Font and colours.
    """
    frame.word_wrap = True
    frame.clear()
    for number, one in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = for_xml(one.text)
        set_run(run, points * one.size, look.quiet if one.quiet else look.ink, look, one.strong)
        set_paragraph(paragraph, points * one.size / 2)


def set_paragraph(paragraph: Any, after: float) -> None:
    """Lay a paragraph out alike on every master: from left to right, no bullet, plain lines."""
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.line_spacing = 1.0
    paragraph.space_before, paragraph.space_after = Pt(0), Pt(after)
    layout = paragraph._p.get_or_add_pPr()
    for name, value in (("marL", "0"), ("indent", "0"), ("rtl", "0")):
        layout.set(name, value)
    if not layout.xpath("a:buNone"):
        layout.append(parse_xml(f"<a:buNone {nsdecls('a')}/>"))


def set_run(run: Any, points: float, colour: str, look: SlideLook, strong: bool) -> None:
    """The size, colour and weight of letters, and the font where the look has one of its own."""
    from pptx.util import Pt

    run.font.size, run.font.bold = Pt(points), strong
    if look.font:
        run.font.name = look.font
    paint(run.font.color, colour)


def set_insets(frame: Any) -> None:
    """The insets that words are measured with, whatever the master has."""
    from pptx.enum.text import MSO_AUTO_SIZE
    from pptx.util import Inches

    frame.margin_left = frame.margin_right = Inches(INSET)
    frame.margin_top = frame.margin_bottom = Inches(INSET / 2)
    frame.auto_size = MSO_AUTO_SIZE.NONE
