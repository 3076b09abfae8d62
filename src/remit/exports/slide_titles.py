"""Titles of slides: in the template's place and letters, no longer than that place has room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from remit.exports.fitting import height_of
from remit.exports.rooms import Room
from remit.exports.slide_look import WHITE, SlideLook, paint
from remit.exports.slide_master import SlideLayoutRoom, SlideMaster, kind_of
from remit.exports.slide_words import INSET, set_insets, set_paragraph, set_run
from remit.model.plain_text import for_xml

_LARGEST, _LEAST = 28.0, 18.0
_OPENING = 40.0
_SMALLEST = 12.0
_CAPITALS = 1.2
_POSTER = 1.5
_BLUE = "005EB8"


class TitleMaker:
    """Puts titles on slides and keeps them apart from each other.

    Parameters
    ----------
    master
        What the slides are made on.
    """

    def __init__(self, master: SlideMaster) -> None:
        self._master = master
        self._given: set[str] = set()

    def put(
        self, slide: Any, chosen: SlideLayoutRoom, title: str, short: str
    ) -> tuple[Any, str, Room | None]:
        """Give a slide its title: the shape, which of the two stands there, and its new place.

        Parameters
        ----------
        slide
            A new slide.
        chosen
            Its layout.
        title, short
            What is to stand there; the second if the first does not fit in letters of a title.

        The place is None where it is that of the layout.
        """
        place = chosen.title or self._strip(chosen)
        least = _LEAST if short else _SMALLEST
        told = title
        points = self._fitting(chosen, place, title, least)
        if points is None and short:
            told, points = short, self._fitting(chosen, place, short, _SMALLEST)
        if points is None:
            points = _SMALLEST * self._master.scale
            needed = self._height(chosen, place, told, points)
            place = Room(place.left, place.top, place.width, max(needed, place.height))
        shape = self._holder(slide, place, moved=chosen.is_cut or place != chosen.title)
        self._write(shape, chosen, self._unique(for_xml(told)), points)
        return shape, told, place if place != chosen.title else None

    def growth(self, chosen: SlideLayoutRoom, title: str) -> float:
        """By how much the place of a title must grow for it, in inches."""
        place = chosen.title or self._strip(chosen)
        if self._fitting(chosen, place, title, _SMALLEST) is not None:
            return 0.0
        points = _SMALLEST * self._master.scale
        return max(0.0, self._height(chosen, place, title, points) - place.height) + 0.05

    def on_blue(self, slide: Any) -> None:
        """The first of the plain slides: white on blue."""
        slide.background.fill.solid()
        paint(slide.background.fill.fore_color, _BLUE)
        for run in (run for p in slide.shapes.title.text_frame.paragraphs for run in p.runs):
            paint(run.font.color, WHITE)

    def lines(self, shape: Any, said: Sequence[str], place: Room, sizes: Sequence[float]) -> None:
        """The lines beneath the title of the first slide.

        Parameters
        ----------
        shape
            The placeholder of a subtitle.
        said
            Its paragraphs.
        place
            Where it stands.
        sizes
            The sizes that letters may have, the largest first.
        """
        look, frame = self._master.look, shape.text_frame
        width = (place.width - 2 * INSET) / look.wider / _capitals(shape)
        points = next((s for s in sizes if height_of(said, width, s) <= place.height - INSET),
                      sizes[-1])  # fmt: skip
        frame.text = for_xml("\n".join(said))
        set_insets(frame)
        for paragraph in frame.paragraphs:
            set_paragraph(paragraph, points / 2)
            for run in paragraph.runs:
                self._letters(run, points, WHITE if self._master.is_plain else "", bold=None)

    def _strip(self, chosen: SlideLayoutRoom) -> Room:
        """Where a title stands on a layout without one: above what is free."""
        free = chosen.free
        return Room(free.left, free.top - 0.85, free.width, 0.8)

    def _fitting(
        self, chosen: SlideLayoutRoom, place: Room, title: str, least: float
    ) -> float | None:
        scale = self._master.scale
        begin = self._inherited(chosen)
        sizes = [begin * (1 - step / 20) for step in range(16) if begin * (1 - step / 20) >= least]
        for points in sizes or [least * scale]:
            if self._height(chosen, place, title, points) <= place.height:
                return round(points, 1)
        return None

    def _inherited(self, chosen: SlideLayoutRoom) -> float:
        """The size of letters that the master gives its titles, within what findings need."""
        opening = chosen is self._master.opening
        most = (_OPENING if opening else _LARGEST) * self._master.scale
        if self._master.is_plain:
            return most if opening else 24.0
        style = "p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/@sz"
        own = [
            size
            for shape in chosen.layout.placeholders
            if kind_of(shape) in {"title", "ctrTitle"}
            for size in shape._element.xpath("p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz")
        ]
        found = own or chosen.layout.slide_master._element.xpath(style)
        given = float(found[0]) / 100 if found else most
        # On a poster the letters of a master that was made for a screen are too small.
        return min(given, most) if self._master.scale < _POSTER else most

    def _height(self, chosen: SlideLayoutRoom, place: Room, title: str, points: float) -> float:
        wider = self._master.look.wider_titles * _title_capitals(chosen)
        return height_of([title], (place.width - 2 * INSET) / wider, points, bold=True) + INSET

    def _holder(self, slide: Any, place: Room, *, moved: bool) -> Any:
        holder = slide.shapes.title
        if holder is None:
            holder = _new_title(slide)
        if moved:
            holder.left, holder.top, holder.width, holder.height = place.emu
        return holder

    def _write(self, shape: Any, chosen: SlideLayoutRoom, title: str, points: float) -> None:
        shape.text_frame.text = title
        set_insets(shape.text_frame)
        plain = self._master.is_plain
        for paragraph in shape.text_frame.paragraphs:
            set_paragraph(paragraph, 0)
            for run in paragraph.runs:
                ink = self._master.look.ink if plain or chosen.title is None else ""
                self._letters(run, points, ink, bold=True if plain or not chosen.title else None)

    def _letters(self, run: Any, points: float, ink: str, *, bold: bool | None) -> None:
        """Size and, where the master does not say them, colour and weight."""
        look: SlideLook = self._master.look
        if ink:
            set_run(run, points, ink, look, bool(bold))
            return
        from pptx.util import Pt

        run.font.size = Pt(points)

    def _unique(self, title: str) -> str:
        found, number = title, 2
        while found in self._given:
            found, number = f"{title} [{number}]", number + 1
        self._given.add(found)
        return found


def _new_title(slide: Any) -> Any:
    """A title on a slide whose layout has none: readers and screen readers look for it."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    xml = (
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{max(_ids(slide)) + 1}' name='Title'/>"
        "<p:cNvSpPr><a:spLocks noGrp='1'/></p:cNvSpPr><p:nvPr><p:ph type='title'/></p:nvPr>"
        "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    slide.shapes._spTree.append(parse_xml(xml))
    return slide.shapes.title


def _ids(slide: Any) -> list[int]:
    return [1, *(int(found) for found in slide.shapes._spTree.xpath("//@id") if found.isdigit())]


def _title_capitals(chosen: SlideLayoutRoom) -> float:
    """How much wider titles are that the master sets in capitals."""
    for shape in chosen.layout.placeholders:
        if kind_of(shape) in {"title", "ctrTitle"}:
            return _capitals(shape)
    return 1.0


def _capitals(shape: Any) -> float:
    """How much wider the words of a placeholder are where the master sets them in capitals."""
    found = shape._element.xpath(".//a:lvl1pPr/a:defRPr/@cap")
    base = getattr(shape, "_base_placeholder", None)
    while not found and base is not None:
        found = base._element.xpath(".//a:lvl1pPr/a:defRPr/@cap")
        base = getattr(base, "_base_placeholder", None)
    if not found and kind_of(shape) in {"title", "ctrTitle"}:
        layout = getattr(shape.part, "slide_layout", None)
        master = layout.slide_master if layout is not None else shape.part.slide_master
        found = master._element.xpath("p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr/@cap")
    return _CAPITALS if found and str(found[0]) != "none" else 1.0
