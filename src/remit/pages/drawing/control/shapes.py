"""A drawing of a control chart as SVG, for a page and for a file of its own."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from remit.pages.drawing.control.drawn import Badge, NamedDot, SpcDrawing, SpcPicture
from remit.pages.drawing.marks.mark import box, line, number, path, svg, text

_DOTS = {
    "circle": '<circle r="{r}"/>',
    "square": '<path d="M-4.2-4.2h8.4v8.4h-8.4z"/>',
    "triangle": '<path d="M0-5.6 5.4 4.2H-5.4z"/>',
    "diamond": '<path d="M0-6 6 0 0 6-6 0z"/>',
}
_SMALL, _USUAL, _LAST = 2.4, 3.4, 5.0
_MANY = 70


def picture_of(drawing: SpcDrawing, told: str) -> SpcPicture:
    """One drawing as a page shows it; ``told`` is its accessible name."""
    look = drawing.look
    size = (look.width, look.height)
    return SpcPicture(look.name, svg("control", size, told, shapes_of(drawing)))


def shapes_of(drawing: SpcDrawing) -> list[str]:
    """What a drawing draws, from back to front."""
    return [
        *(box(one.css, one.x, one.y, one.width, one.height) for one in drawing.bands),
        *(line(one.css, one.x1, one.y1, one.x2, one.y2) for one in drawing.lines),
        *map(path, drawing.paths),
        *(line("spc-stem", one.x, one.y + 9, one.at_x, one.at_y) for one in drawing.badges),
        *_dots(drawing),
        *(text(one.words, one.x, one.y, one.anchor, one.css) for one in drawing.texts),
        *map(_badge, drawing.badges),
    ]


def key_shapes(sign: str) -> Markup:
    """The sign of an entry of the key, in a frame of 22 by 14."""
    shape, _, css = sign.partition(" ")
    if sign in _SIGNS:
        return Markup(_SIGNS[sign])  # noqa: S704 -- places and classes of our own
    drawn = _DOTS[shape].format(r=_USUAL)
    return Markup(  # noqa: S704
        f'<g class="{css}" transform="translate(11 7)">{drawn}</g>'
    )


_SIGNS = {
    "range": box("spc-usual", 0, 1, 22, 12),
    "aim": line("spc-aim", 0, 7, 22, 7),
    "planned": line("spc-planned", 0, 7, 22, 7),
    "cut": line("spc-cut", 11, 0, 11, 14),
    "missing": line("spc-missing", 7, 3, 15, 11) + line("spc-missing", 15, 3, 7, 11),
}


def _dots(drawing: SpcDrawing) -> Iterator[str]:
    radius = _SMALL if len(drawing.dots) > _MANY or not drawing.look.named else _USUAL
    for dot in drawing.dots:
        yield _dot(dot, radius, named=drawing.look.named)


def _dot(dot: NamedDot, radius: float, *, named: bool) -> str:
    size = _LAST if dot.css.endswith(" spc-last") else radius
    name = f"<title>{escape(dot.words)}</title>" if named else ""
    at = f"{number(dot.x)} {number(dot.y)}"
    if dot.shape == "circle":
        place = f'cx="{number(dot.x)}" cy="{number(dot.y)}" r="{number(size)}"'
        return f'<circle class="{dot.css}" {place}>{name}</circle>'
    drawn = _DOTS[dot.shape]
    return f'<g class="{dot.css}" transform="translate({at})">{name}{drawn}</g>'


def _badge(badge: Badge) -> str:
    x, y = number(badge.x), number(badge.y)
    number_like = badge.sign.isdigit()
    ground = (
        f'<circle class="spc-badge" cx="{x}" cy="{y}" r="9"/>'
        if number_like
        else f'<rect class="spc-badge" x="{number(badge.x - 8.5)}" y="{number(badge.y - 8.5)}" '
        'width="17" height="17"/>'
    )
    return ground + text(badge.sign, badge.x, badge.y + 4.5, "middle", "spc-on-badge")
