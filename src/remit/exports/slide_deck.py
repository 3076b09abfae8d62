"""A deck of slides: titles, words, and tables that run on over several slides.

Letters are as large as their room allows and no smaller than the least that can be read; what does
not fit even so goes on on a slide of its own, or where whoever calls sends it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from remit.exports.finding_layout import holders_on, rooms_on
from remit.exports.fitting import RowRoom, pages
from remit.exports.rooms import INCH, Room, free_of, room_of
from remit.exports.slide_foot import SlideFoot
from remit.exports.slide_master import (
    SlideLayoutRoom,
    SlideMaster,
    kind_of,
    plain_master,
)
from remit.exports.slide_tables import put_table, torn_row
from remit.exports.slide_titles import TitleMaker
from remit.exports.slide_words import INSET, SaidWords, fitted, set_insets, write
from remit.exports.tables import PrintedCell, Table
from remit.model.plain_text import for_xml
from remit.words.days import day_words
from remit.words.sentences import count_words

TABLE_POINTS = 12.0
TEXT_POINTS = 18.0
_LINE_SIZES = (20.0, 18.0, 16.0, 14.0, 12.0)
_CAPTION_SIZES = (14.0, 13.0, 12.0, 11.0)
_FINDING = 1.28
"""How much larger than the other words of a caption its first paragraph is."""

_CHART_SHARE = 0.77


class Deck:
    """Slides one after the other.

    Parameters
    ----------
    title
        The title of the file.
    mark
        Words that stand at the foot of every slide; may be empty.
    master
        What the slides are made on; Remit's own plain slides if left out.
    """

    def __init__(self, title: str, mark: str, master: SlideMaster | None = None) -> None:
        self.master = master or plain_master()
        self.look = self.master.look
        self._deck = self.master.deck
        properties = self._deck.core_properties
        properties.title, properties.author = for_xml(title)[:255], "Remit"
        properties.language = "en-GB"
        self._mark = mark
        self._titles = TitleMaker(self.master)
        self._foot = SlideFoot(self.master, title, mark)
        self._rooms: dict[int, Room] = {}

    def save(self, path: Path) -> None:
        """Write the file."""
        self._deck.save(str(path))

    def dated(self, day: date) -> None:
        """The day that stands where a template has a place for one."""
        self._foot.dated(day_words(day))

    def sized(self, *points: float) -> tuple[float, ...]:
        """Sizes of letters as they are on slides of this size."""
        return tuple(round(number * self.master.scale, 1) for number in points)

    def slide(self, title: str, short: str = "") -> Any:
        """A new slide with a title, which is made unlike those before it.

        Parameters
        ----------
        title
            The title.
        short
            What stands there instead where the title does not fit in letters that can be read; the
            title then stands beneath it.
        """
        chosen = self.master.content
        slide, told, grown = self._begin(chosen, title, short)
        free = self._foot.above(chosen)
        if grown:
            free = free_of(free, [grown])
        self._rooms[slide.slide_id] = free
        if told != title and short:
            self._rooms[slide.slide_id] = self._finding_line(slide, free, title)
        return slide

    def _begin(
        self, chosen: SlideLayoutRoom, title: str, short: str, kept: Collection[int] = ()
    ) -> tuple[Any, str, Room | None]:
        """A slide with title and foot; of its other places only those with these indexes stay."""
        slide = self._deck.slides.add_slide(chosen.layout)
        holder, told, grown = self._titles.put(slide, chosen, title, short)
        stay = [one for one in slide.placeholders if one.placeholder_format.idx in kept]
        _drop_empty(slide, holder, *stay)
        self._foot.put(slide, chosen)
        return slide, told, grown

    def finding_slide(self, title: str, short: str) -> tuple[Any, dict[str, Any]]:
        """A slide for a finding, with the places that a template has for its parts.

        Parameters
        ----------
        title, short
            As for :meth:`slide`.
        """
        chosen, places = self.master.finding, self.master.places
        if chosen is None:
            return self.slide(title, short), {}
        slide, told, grown = self._begin(chosen, title, short, places.values())
        holders = holders_on(slide, places)
        if grown and any(grown.meets(room) for room in rooms_on(holders).values()):
            # The title has outgrown its place: the parts are arranged beneath it.
            for shape in holders.values():
                shape._element.getparent().remove(shape._element)
            self._rooms[slide.slide_id] = free_of(self._foot.above(chosen), [grown])
            return slide, {}
        if told != title and "subtitle" in holders:
            holders["long"] = holders["subtitle"]
        return slide, holders

    def room(self, slide: Any) -> Room:
        """What is free on a slide beneath or beside its title."""
        return self._rooms[slide.slide_id]

    def _finding_line(self, slide: Any, free: Room, words: str) -> Room:
        """A finding that is too long for the title, beneath it."""
        said = [SaidWords(words, strong=True)]
        points = self.sized(16)[0]
        while True:
            strip = free.upper(min(free.height / 3, self.height_of(said, free.width, points)))
            if self.height_of(said, free.width, points) <= free.height / 3 or points <= 11:
                break
            points -= 1
        self.box(slide, strip, said, (points,))
        return free.beneath(strip.height + 0.05)

    def height_of(self, said: Sequence[SaidWords], width: float, points: float) -> float:
        """How high a box of words must be."""
        from remit.exports.slide_words import said_height

        return said_height(said, width - 2 * INSET, points, self.look.wider) + INSET

    def opening(self, title: str, lines: Sequence[str]) -> None:
        """The first slide."""
        chosen = self.master.opening
        slide = self._deck.slides.add_slide(chosen.layout)
        words = [*lines, *filter(None, [self._mark])]
        holder, _, grown = self._titles.put(slide, chosen, title, "")
        below = next((s for s in slide.placeholders if kind_of(s) in {"subTitle", "body"}), None)
        place = room_of(below) if below is not None else None
        sides = Room(0, 0, self._deck.slide_width / INCH, self._deck.slide_height / INCH)
        if place and not place.is_inside(sides):
            place = None
        if self.master.is_plain:
            self._titles.on_blue(slide)
        sizes = self.sized(*_LINE_SIZES)
        said = [SaidWords(one) for one in words]
        above = grown or chosen.title
        if place is None or (above and above.meets(place)) or self._too_small(place, said):
            taken = [above] if above else []
            free = chosen.free if chosen.free.height > 1 else self.master.content.free
            below = self.box(slide, free_of(free, taken), said, sizes)[0]
        else:
            self._titles.lines(below, words, place, sizes)
        _drop_empty(slide, holder, below)

    def _too_small(self, place: Room, said: Sequence[SaidWords]) -> bool:
        """Whether lines do not fit in a place in letters that can be read."""
        least = self.sized(_LINE_SIZES[-1])[0]
        return place.width < 3 or self.height_of(said, place.width, least) > place.height

    def box(
        self,
        slide: Any,
        room: Room,
        said: Sequence[SaidWords],
        sizes: Sequence[float],
        *,
        into: Any = None,
    ) -> tuple[Any, list[SaidWords]]:
        """A box of words in a room, and what does not fit in it.

        Parameters
        ----------
        slide
            Where.
        room
            The room, which the box fills.
        said
            Its paragraphs.
        sizes
            The sizes that letters may have, the largest first.
        into
            A placeholder of that room, to be used instead of a new box.
        """
        points, kept, left = fitted(said, room, sizes, self.look.wider)
        box = slide.shapes.add_textbox(*room.emu) if into is None else into
        write(box.text_frame, kept, points, self.look)
        set_insets(box.text_frame)
        return box, left

    def first_that_fits(
        self,
        slide: Any,
        room: Room,
        choices: Sequence[str],
        sizes: Sequence[float],
        *,
        into: Any = None,
    ) -> None:
        """Quiet words in a room: the first of several that fit; else the beginning of the last.

        Parameters
        ----------
        slide, room
            Where.
        choices
            What may stand there, the longest first.
        sizes
            The sizes that letters may have, the largest first.
        """
        said = [[SaidWords(words, quiet=True)] for words in choices]
        fit = (one for one in said if not fitted(one, room, sizes, self.look.wider)[2])
        self.box(slide, room, next(fit, said[-1]), sizes, into=into)

    def text(self, title: str, paragraphs: Sequence[str]) -> None:
        """Slides of words; those that do not fit go on to the next."""
        left, number = [SaidWords(words) for words in paragraphs], 0
        parts: list[tuple[Any, list[SaidWords]]] = []
        points = self.sized(TEXT_POINTS)
        while left:
            number += 1
            slide = self.slide(title if number == 1 else f"{title} (continued)")
            before = len(left), sum(len(one.text) for one in left)
            _, left = self.box(slide, self.room(slide), left, points)
            if (len(left), sum(len(one.text) for one in left)) == before:
                points = self.sized(11)
            parts.append((slide, left))

    def table(self, table: Table) -> None:
        """A native table; its rows run on over as many slides as they need, heads repeated."""
        free = self.master.content.free
        points = self.sized(TABLE_POINTS)[0]
        free = self._foot.above(self.master.content)
        sheet = RowRoom(free.width / self.look.wider, free.height - self._spare(table), points)
        whole = [piece for row in table.rows for piece in torn_row(row, table, sheet)]
        rows = [tuple(cell.text for cell in row) for row in whole]
        groups = pages(rows, table.shares, table.heads, sheet)
        start = 0
        for number, group in enumerate(groups, start=1):
            part = whole[start : start + len(group)]
            start += len(group)
            title = _part(table.title, number, len(groups))
            slide = self.slide(title)
            frame = put_table(slide, self.room(slide), table, part, (points, self.look))
            self.describe(frame, f"Table: {title}. {table.finding}")

    def _spare(self, table: Table) -> float:
        """By how much the title of a table may grow beyond its place."""
        return self._titles.growth(self.master.content, f"{table.title} (88 of 88) [88]")

    def names(self, title: str, head: str, names: Sequence[str]) -> None:
        """A list of names in two columns, read across, over as many slides as it needs.

        Parameters
        ----------
        title
            The title of its slides.
        head
            What the names are of.
        names
            One for each cell.
        """
        cells = [PrintedCell(name) for name in names]
        pairs = [(cells[at], *(cells[at + 1 : at + 2] or [PrintedCell("")]))
                 for at in range(0, len(cells), 2)]  # fmt: skip
        finding = f"{count_words(len(names), head.lower())}."
        self.table(Table(title, (head, head), (1.0, 1.0), tuple(pairs), finding))

    def chart_room(self, slide: Any) -> Room:
        """Where the chart of a slide stands that has a caption beneath it."""
        free = self.room(slide)
        return free.upper(free.height * _CHART_SHARE)

    def caption(self, slide: Any, paragraphs: Sequence[str]) -> None:
        """The words beneath a chart; the first is the finding.

        What does not fit goes on on a slide of its own.
        """
        free = self.room(slide)
        said = [SaidWords(paragraphs[0], strong=True, size=_FINDING)]
        said += [SaidWords(words) for words in paragraphs[1:]]
        room = free.beneath(free.height * _CHART_SHARE + 0.05)
        _, left = self.box(slide, room, said, self.sized(*_CAPTION_SIZES))
        if left:
            self.text(f"{slide.shapes.title.text} (continued)", [one.text for one in left])

    def notes(self, slide: Any, words: str) -> None:
        """The speaker's notes of a slide."""
        page = slide.notes_slide
        frame = page.notes_text_frame
        if frame is None:
            frame = page.shapes.add_textbox(INCH, 5 * INCH, 5 * INCH, 4 * INCH).text_frame
        frame.text = for_xml(words)

    def describe(self, frame: Any, words: str) -> None:
        """The alternative text of a chart or a table."""
        frame._element.nvGraphicFramePr.cNvPr.set("descr", for_xml(words))


def _drop_empty(slide: Any, *kept: Any) -> None:
    """Take the placeholders away that nothing was put into: they would ask for words."""
    elements = [shape._element for shape in kept if shape is not None]
    for shape in list(slide.placeholders):
        if shape._element not in elements:
            shape._element.getparent().remove(shape._element)


def _part(title: str, number: int, of: int) -> str:
    return f"{title} ({number} of {of})" if of > 1 else title
