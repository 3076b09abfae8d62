"""The foot of slides: what the report is, that its figures are invented, and the slide's number."""

from __future__ import annotations

from typing import Any

from remit.exports.fitting import inches_of
from remit.exports.rooms import Room, room_of
from remit.exports.slide_master import SlideLayoutRoom, SlideMaster, kind_of
from remit.exports.slide_words import INSET, SaidWords, set_insets, set_paragraph, set_run, write
from remit.model.plain_text import for_xml

_POINTS = 11.0
_HEIGHT = 0.35
_NUMBER_WIDTH = 0.9


class SlideFoot:
    """Fills the footers of a template, or stands in a strip beneath what is free.

    Parameters
    ----------
    master
        What the slides are made on.
    title
        The title of the report.
    mark
        The sentence of samples; may be empty.
    """

    def __init__(self, master: SlideMaster, title: str, mark: str) -> None:
        self._master = master
        self._mark = mark
        self._choices = [f"{title}. {mark}".strip(), *([mark] if mark else [title])]
        self._points = round(_POINTS * master.scale, 1)

    def above(self, chosen: SlideLayoutRoom) -> Room:
        """What is free above the foot."""
        free = chosen.free
        if self._master.is_plain or self._words(chosen.footer("ftr")):
            return free
        return Room(free.left, free.top, free.width, free.height - _HEIGHT * self._master.scale)

    def put(self, slide: Any, chosen: SlideLayoutRoom) -> None:
        """Fill the foot of a slide: footer, date and number where the layout has them."""
        footer = chosen.footer("ftr")
        words = self._words(footer)
        if words:
            self._fill(slide, footer, words)
        else:
            self._strip(slide, chosen)
        if (number := chosen.footer("sldNum")) is not None:
            self._number(self._clone(slide, number))
        if (day := chosen.footer("dt")) is not None:
            self._date(slide, day)

    def _words(self, footer: Any) -> str:
        """The longest words that fit in a footer in one line; none where it has no room."""
        place = room_of(footer) if footer is not None else None
        if place is None:
            return ""
        room = (place.width - 2 * INSET) / self._master.look.wider
        fit = (w for w in self._choices if inches_of(w, self._size(footer)) <= room)
        return next(fit, "")

    def _size(self, placeholder: Any) -> float:
        """The size of letters that the layout or its master gives a footer."""
        own = "p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz"
        found = placeholder._element.xpath(own)
        base = getattr(placeholder, "_base_placeholder", None)
        if not found and base is not None:
            found = base._element.xpath(own)
        return float(found[0]) / 100 if found else 12.0

    def _clone(self, slide: Any, placeholder: Any) -> Any:
        slide.shapes.clone_placeholder(placeholder)
        kind = kind_of(placeholder)
        return next(shape for shape in slide.placeholders if kind_of(shape) == kind)

    def _fill(self, slide: Any, placeholder: Any, words: str) -> None:
        from pptx.util import Pt

        frame = self._clone(slide, placeholder).text_frame
        frame.text = for_xml(words)
        for run in frame.paragraphs[0].runs:
            run.font.size = Pt(self._size(placeholder))

    def _date(self, slide: Any, placeholder: Any) -> None:
        """The day of the making, as it is printed elsewhere; not where it does not fit."""
        place = room_of(placeholder)
        if place and self._day:
            room = (place.width - 2 * INSET) / self._master.look.wider
            if inches_of(self._day, self._size(placeholder)) <= room:
                self._fill(slide, placeholder, self._day)

    _day = ""

    def dated(self, day: str) -> None:
        """What stands in a placeholder of a date."""
        self._day = day

    def _strip(self, slide: Any, chosen: SlideLayoutRoom) -> None:
        """A strip of its own: the words at the left, the number at the right."""
        height = _HEIGHT * self._master.scale
        free = chosen.free
        top = free.bottom + 0.07 if self._master.is_plain else free.bottom - height
        numbered = chosen.footer("sldNum") is None
        wide = free.width - (_NUMBER_WIDTH if numbered else 0)
        room = (wide - 2 * INSET) / self._master.look.wider
        fit = (w for w in self._choices if inches_of(w, self._points) <= room)
        words = next(fit, self._choices[-1])
        box = slide.shapes.add_textbox(*Room(free.left, top, wide, height).emu)
        points = self._points
        if inches_of(words, points) > room:
            points = max(8.0, points * room / inches_of(words, points))
        write(box.text_frame, [SaidWords(words, quiet=True)], points, self._master.look)
        set_insets(box.text_frame)
        if numbered:
            place = Room(free.right - _NUMBER_WIDTH, top, _NUMBER_WIDTH, height)
            self._number(slide.shapes.add_textbox(*place.emu), own=True)

    def _number(self, shape: Any, *, own: bool = False) -> None:
        """The number of the slide, as a field that follows when slides are moved."""
        from pptx.enum.text import PP_ALIGN
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        paragraph = shape.text_frame.paragraphs[0]
        if own:
            run = paragraph.add_run()
            run.text = " "
            set_run(run, self._points, self._master.look.quiet, self._master.look, strong=False)
            set_paragraph(paragraph, 0)
            paragraph.alignment = PP_ALIGN.RIGHT
            set_insets(shape.text_frame)
            letters = run._r.rPr
            paragraph._p.remove(run._r)
        field = parse_xml(
            f"<a:fld {nsdecls('a')} id='{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}' "
            "type='slidenum'><a:rPr lang='en-GB'/><a:t>‹#›</a:t></a:fld>"
        )
        if own:
            field.replace(field[0], letters)
        end = paragraph._p.find("{http://schemas.openxmlformats.org/drawingml/2006/main}endParaRPr")
        if end is not None:
            end.addprevious(field)
        else:
            paragraph._p.append(field)
