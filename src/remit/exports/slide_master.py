"""The slides that a deck is made on: plain ones, or the layouts of an organisation's template.

Of a template the layouts are chosen by what they hold: for the first slide the one with the large
title, for the others the one that leaves most room beneath or beside its title. What stands on a
layout (logos, bands, footers) is kept free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from remit.exports.finding_layout import places_of
from remit.exports.office_templates import OfficeTemplate
from remit.exports.rooms import INCH, Room, free_of, room_of
from remit.exports.slide_look import PLAIN, SlideLook, look_of
from remit.model.errors import AssessmentError
from remit.words.figures import number_words

WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.5
_EDGE = 0.3
LEAST_WIDTH, LEAST_HEIGHT = 5.5, 3.2
"""The least room, in inches, in which a finding with its chart can be read."""

_BACKGROUND = 0.6
"""A shape on a layout that covers more of the slide than this is its background."""

_VERTICAL = {"vert", "vert270", "eaVert", "wordArtVert", "mongolianVert", "wordArtVertRtl"}
_FOOTERS = {"ftr", "dt", "sldNum"}
_TITLES = {"title", "ctrTitle"}


@dataclass(frozen=True, slots=True)
class SlideLayoutRoom:
    """A layout, the room of its title (None where it has none), and what is free for the rest.

    ``is_cut`` says that a logo stands in the place of the title, whose room is smaller than that.
    """

    layout: Any
    title: Room | None
    free: Room
    is_cut: bool = False

    @property
    def others(self) -> list[Any]:
        """Its placeholders that are neither title nor footer."""
        return [s for s in self.layout.placeholders if kind_of(s) not in _TITLES | _FOOTERS]

    def footer(self, kind: str) -> Any:
        """Its placeholder of a footer (``ftr``), date (``dt``) or number (``sldNum``), or None."""
        return next((s for s in self.layout.placeholders if kind_of(s) == kind), None)


@dataclass(frozen=True, slots=True)
class SlideMaster:
    """What slides are made on.

    Attributes
    ----------
    deck
        The presentation of python-pptx, without slides, or with those that are kept.
    look
        Colours and fonts.
    opening, content
        The layouts of the first slide, and of all others.
    finding
        A layout of the organisation's own for findings, with a place for each part; or None.
    places
        Part of a finding → the index of its place on that layout.
    is_plain
        Whether it is Remit's own.
    notes
        What must be known of the template.
    """

    deck: Any
    look: SlideLook
    opening: SlideLayoutRoom
    content: SlideLayoutRoom
    finding: SlideLayoutRoom | None = None
    places: Mapping[str, int] = field(default_factory=dict)
    is_plain: bool = False
    notes: tuple[str, ...] = field(default=())

    @property
    def scale(self) -> float:
        """How much larger than usual the slides are: letters grow with them."""
        size = (self.deck.slide_width / INCH / WIDTH, self.deck.slide_height / INCH / HEIGHT)
        return float(max(1.0, min(size)))


def kind_of(placeholder: Any) -> str:
    """The type of a placeholder as its file has it: ``title``, ``body``, ``pic``, ``obj`` …"""
    found = placeholder._element.xpath(".//p:nvPr/p:ph/@type")
    return str(found[0]) if found else "obj"


def plain_master() -> SlideMaster:
    """Remit's own slides: white, 16:9, the title at the top."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in deck.slide_layouts:
        for shape in list(layout.placeholders):
            if kind_of(shape) in _FOOTERS:
                shape._element.getparent().remove(shape._element)
    first, other = deck.slide_layouts[0], deck.slide_layouts[5]
    wide = WIDTH - 2 * MARGIN
    _put(other.placeholders[0], Room(MARGIN, 0.3, wide, 0.85))
    _put(first.placeholders[0], Room(1, 2.0, WIDTH - 2, 1.4))
    _put(first.placeholders[1], Room(1, 3.6, WIDTH - 2, 2.6))
    free = Room(MARGIN, 1.25, wide, HEIGHT - 1.25 - 0.55)
    return SlideMaster(
        deck,
        PLAIN,
        SlideLayoutRoom(first, room_of(first.placeholders[0]), Room(1, 3.6, WIDTH - 2, 2.6)),
        SlideLayoutRoom(other, room_of(other.placeholders[0]), free),
        is_plain=True,
    )


def _put(shape: Any, room: Room) -> None:
    shape.left, shape.top, shape.width, shape.height = room.emu


def template_master(template: OfficeTemplate, *, keep: bool = False) -> SlideMaster:
    """An organisation's own slides.

    Parameters
    ----------
    template
        Its template.
    keep
        Its own slides stay, before those of the report.

    Raises
    ------
    AssessmentError
        If no layout of it has room for a report; the message says what to do.
    """
    deck = _opened(template)
    if not keep:
        _drop_slides(deck)
    found = [_measured(deck, layout) for master in deck.slide_masters
             for layout in master.slide_layouts]  # fmt: skip
    if not found:
        raise AssessmentError(
            f"--template {template.path} has no layout of slides; in PowerPoint add one with a "
            "title (View, Slide Master, Insert Layout) and save it"
        )
    content = max(found, key=_fitness)
    _refuse_narrow(template, content)
    opening = max(found, key=_as_opening)
    by_part = ((one, places_of(one.layout, one.others)) for one in found if one.title)
    finding, places = next(((one, there) for one, there in by_part if there), (None, {}))
    look = look_of(content.layout.slide_master)
    return SlideMaster(
        deck,
        look,
        opening,
        content,
        finding,
        places,
        notes=(*template.notes, *_told(template, content)),
    )


def _opened(template: OfficeTemplate) -> Any:
    from lxml.etree import LxmlError
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    damaged = (LxmlError, PythonPptxError, KeyError, ValueError, AttributeError, IndexError)
    try:
        deck = Presentation(template.stream())
        sides = deck.slide_width, deck.slide_height
        masters = [list(one.slide_layouts) for one in deck.slide_masters]
    except (*damaged, TypeError, AssertionError) as error:
        raise template.damaged(f"{type(error).__name__}: {error}") from None
    if not all(sides) or not masters:
        raise template.damaged("it has no size or no slide master")
    return deck


def _drop_slides(deck: Any) -> None:
    """Take the template's own slides out, and what speaks of them: sections and own shows."""
    from pptx.oxml.ns import qn

    root = deck.part._element
    for entry in list(root.sldIdLst if root.sldIdLst is not None else ()):
        deck.part.drop_rel(entry.rId)
        root.sldIdLst.remove(entry)
    for shows in root.findall(qn("p:custShowLst")):
        root.remove(shows)
    for extension in root.findall(f"{qn('p:extLst')}/{qn('p:ext')}"):
        if any(child.tag.endswith("}sectionLst") for child in extension):
            extension.getparent().remove(extension)


def _measured(deck: Any, layout: Any) -> SlideLayoutRoom:
    width, height = deck.slide_width / INCH, deck.slide_height / INCH
    whole = Room(0, 0, width, height)
    title = next((s for s in layout.placeholders if kind_of(s) in _TITLES), None)
    place = room_of(title) if title is not None and not _is_turned(title) else None
    if place is not None and not place.is_inside(whole):
        place = None
    standing = list(_standing(layout, whole))
    cut = _beside_logo(place, standing) if place else None
    taken = [*([cut] if cut else []), *standing]
    edge = _EDGE * max(1.0, min(width / WIDTH, height / HEIGHT))
    left, right = _sides(layout, place, width, edge)
    inner = Room(left, edge, right - left, height - 2 * edge)
    if place is None:
        strip = min(0.9, inner.height / 5)
        free = free_of(inner, taken)
        return SlideLayoutRoom(layout, None, free.beneath(strip))
    return SlideLayoutRoom(layout, cut, free_of(inner, taken), is_cut=cut != place)


def _beside_logo(title: Room, standing: list[Room]) -> Room:
    """The room of a title without a logo that stands in it, unless little would be left."""
    cut = free_of(title, standing)
    return cut if cut.size >= 0.5 * title.size and cut.height >= 0.8 * title.height else title


def _sides(layout: Any, title: Room | None, width: float, edge: float) -> tuple[float, float]:
    """The left and right margin: those of the title or, if it is wider, of the body."""
    bodies = [room_of(s) for s in layout.slide_master.placeholders if kind_of(s) == "body"]
    rooms = [room for room in (title, *bodies) if room is not None and room.width > width * 0.6]
    if not rooms:
        return edge, width - edge
    left = min(room.left for room in rooms)
    right = max(room.right for room in rooms)
    return max(left, edge / 2), min(right, width - edge / 2)


def _standing(layout: Any, whole: Room) -> Iterator[Room]:
    """What stands on a layout and its master: logos, bands, lines, and the footers."""
    above = layout._element.get("showMasterSp", "1") not in {"0", "false"}
    shapes = [*layout.shapes, *(layout.slide_master.shapes if above else ())]
    for shape in shapes:
        if shape.is_placeholder and (
            kind_of(shape) not in _FOOTERS or shape not in layout.placeholders
        ):
            continue
        room = room_of(shape)
        if room and 0 < room.size < _BACKGROUND * whole.size and room.meets(whole):
            yield room


def _is_turned(shape: Any) -> bool:
    """Whether its words run downwards, or it is turned round."""
    styles = [shape._element]
    parent = getattr(shape, "_base_placeholder", None)
    if parent is not None:
        styles.append(parent._element)
    for element in styles:
        found = element.xpath("p:txBody/a:bodyPr/@vert")
        if found:
            return str(found[0]) in _VERTICAL
    return bool(getattr(shape, "rotation", 0.0))


def _fitness(one: SlideLayoutRoom) -> float:
    """How fit a layout is for findings and tables."""
    titled = 100.0 if one.title is not None else 0.0
    kinds = [kind_of(s) for s in one.layout.placeholders]
    empty = 30.0 if not one.others else -2.0 * len(one.others)
    large = -40.0 if "ctrTitle" in kinds else 0.0
    readable = min(one.free.width / LEAST_WIDTH, one.free.height / LEAST_HEIGHT, 1.0)
    roomy = 200.0 * (readable >= 1) + 8 * min(one.free.size / 10, 12)
    return float(titled + empty + large + roomy)


def _as_opening(one: SlideLayoutRoom) -> float:
    kinds = [kind_of(s) for s in one.layout.placeholders]
    named = one.layout._element.get("type") == "title"
    body = any(kind in {"subTitle", "body"} for kind in kinds)
    return float(4 * named + 3 * ("ctrTitle" in kinds) + body + 2 * (one.title is not None))


def _refuse_narrow(template: OfficeTemplate, best: SlideLayoutRoom) -> None:
    free = best.free
    if free.width >= LEAST_WIDTH and free.height >= LEAST_HEIGHT:
        return
    raise AssessmentError(
        f"--template {template.path}: its layout with the most room ({best.layout.name!r}) leaves "
        f"{number_words(max(free.width, 0), 1)} by {number_words(max(free.height, 0), 1)} inches "
        f"beside its title, logo and footers; a finding needs {LEAST_WIDTH} by {LEAST_HEIGHT}. "
        "Add a layout with a title and nothing else (View, Slide Master, Insert Layout)"
    )


def _told(template: OfficeTemplate, content: SlideLayoutRoom) -> Iterator[str]:
    name = template.path.name
    yield f"Slides are made on the layout {content.layout.name!r} of {name}."
    if content.title is None:
        yield f"No layout of {name} has a title that can be used: titles stand at the top."
