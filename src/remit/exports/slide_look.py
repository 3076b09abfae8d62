"""Colours and letters of slides: Remit's own, or those of an organisation's theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DARK, WHITE = "212B32", "FFFFFF"
_NAMES = {
    "tx1": "TEXT_1", "tx2": "TEXT_2", "bg1": "BACKGROUND_1", "bg2": "BACKGROUND_2",
    **{f"accent{n}": f"ACCENT_{n}" for n in range(1, 7)},
}  # fmt: skip
_LEAST_CONTRAST = 3.0
"""What a line or a surface of a chart needs against its ground (WCAG 2.2, 1.4.11)."""

_WIDER = {
    "arial": 1.0, "helvetica": 1.0, "liberation sans": 1.0, "calibri": 0.93, "carlito": 0.93,
    "aptos": 1.0, "frutiger": 1.02, "times new roman": 0.95, "cambria": 0.97, "garamond": 0.9,
    "segoe ui": 1.03, "tahoma": 1.03, "trebuchet ms": 1.0, "georgia": 1.08, "century gothic": 1.14,
    "verdana": 1.22, "dejavu sans": 1.22, "lucida sans": 1.15, "courier new": 1.3, "impact": 1.0,
    "open sans": 1.12, "roboto": 1.0, "lato": 1.0, "montserrat": 1.22, "gill sans mt": 0.95,
}  # fmt: skip
_NOT_KNOWN = 1.2
"""A font that is not known is taken to be nearly as wide as the widest that are in use."""


def wider_than_arial(font: str) -> float:
    """How much wider the letters of a font are, as a factor; rather too much than too little."""
    return _WIDER.get(font.strip().lower(), _NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class SlideLook:
    """How words, tables and charts look.

    A colour is six hexadecimal digits or a name of the theme, such as ``accent1``.

    Attributes
    ----------
    font
        The name of the font; empty for the theme's.
    wider, wider_titles
        How much wider than Arial the letters are, of words and of titles.
    ink, quiet, ground
        The colours of words, of smaller ones, and of what is behind them.
    head, head_ink
        Ground and words of the head of a table.
    pale
        The ground of every second row; empty for none.
    line, goal
        The colours of a chart's figures and of its target.
    is_dark
        Whether the ground is dark.
    """

    font: str = "Arial"
    wider: float = 1.0
    wider_titles: float = 1.0
    ink: str = DARK
    quiet: str = "4C6272"
    ground: str = WHITE
    head: str = "005EB8"
    head_ink: str = WHITE
    pale: str = "F0F4F5"
    line: str = "005EB8"
    goal: str = "7C2855"
    is_dark: bool = False

    @property
    def worse(self) -> str:
        """The colour of what is worse than chance explains; a shape says it as well."""
        return "FFB07A" if self.is_dark else "A33D00"

    @property
    def better(self) -> str:
        """The colour of what is better than chance explains; a shape says it as well."""
        return "7CC0FF" if self.is_dark else "005EB8"


PLAIN = SlideLook()
"""The look without a template."""


def paint(colour: Any, code: str) -> None:
    """Give a colour of python-pptx its value: hexadecimal digits, or a name of the theme."""
    from pptx.dml.color import RGBColor
    from pptx.enum.dml import MSO_THEME_COLOR

    if code in _NAMES:
        colour.theme_color = getattr(MSO_THEME_COLOR, _NAMES[code])
    else:
        colour.rgb = RGBColor.from_string(code)  # type: ignore[no-untyped-call]


def luminance(code: str) -> float:
    """The relative luminance of a colour, from 0 (black) to 1 (white)."""
    parts = [int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21.

    >>> round(contrast("FFFFFF", "000000"))
    21
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def look_of(master: Any) -> SlideLook:
    """The look of a slide master: the fonts and colours of its theme."""
    return _look(_Theme(_theme_of(master.part), master._element))


def look_of_document(document: Any) -> SlideLook:
    """The look of a document of python-docx: the fonts and colours of its theme."""
    return _look(_Theme(_theme_of(document.part), None))


def _theme_of(part: Any) -> bytes:
    """The theme that a part has; empty where it has none."""
    for relation in part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            return bytes(relation.target_part.blob)
    return b""


def _look(theme: _Theme) -> SlideLook:
    """The look of a theme: of its accents those are taken that can be told from the ground."""
    ink = theme.ink
    ground = theme.value("bg1")
    is_dark = luminance(theme.value(ink)) > 0.4
    if contrast(ground, theme.value(ink)) < _LEAST_CONTRAST:
        # A picture or a fill stands behind: all that is known is that the ink can be read on it.
        ground = "000000" if is_dark else WHITE
    told = [
        name
        for name in (f"accent{n}" for n in range(1, 7))
        if contrast(theme.value(name), ground) >= _LEAST_CONTRAST
    ]
    head = told[0] if told else ink
    pale_words = contrast(theme.value(head), WHITE) >= contrast(theme.value(head), DARK)
    return SlideLook(
        font="",
        wider=wider_than_arial(theme.font("minor")),
        wider_titles=wider_than_arial(theme.font("major")),
        ink=ink, quiet=ink, ground=ground, head=head,
        head_ink=WHITE if pale_words else DARK,
        pale="",
        line=head,
        goal=told[1] if len(told) > 1 else ink,
        is_dark=is_dark,
    )  # fmt: skip


class _Theme:
    """Colours and fonts of a theme; what is missing is black, white or Arial.

    Parameters
    ----------
    blob
        Its XML; may be empty.
    master
        The element of a slide master; None for a document.
    """

    def __init__(self, blob: bytes, master: Any) -> None:
        from lxml import etree

        self._master = master
        self.colours = {"dk1": "000000", "lt1": WHITE, "dk2": "000000", "lt2": WHITE}
        self._fonts: dict[str, str] = {}
        try:
            safe = etree.XMLParser(resolve_entities=False, no_network=True)
            self._read(etree.fromstring(blob, safe))
        except (ValueError, etree.XMLSyntaxError):
            return

    def _read(self, theme: Any) -> None:
        space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
        for scheme in theme.findall(".//a:clrScheme/*", space):
            name = scheme.tag.rpartition("}")[2]
            for colour in scheme:
                code = colour.get("lastClr") or colour.get("val", "")
                if len(code) == 6 and set(code.upper()) <= set("0123456789ABCDEF"):
                    self.colours[name] = code.upper()
        for kind in ("major", "minor"):
            latin = theme.find(f".//a:{kind}Font/a:latin", space)
            if latin is not None:
                self._fonts[kind] = latin.get("typeface", "")

    def _said(self, path: str) -> list[Any]:
        """What stands in the master under a path."""
        return list(self._master.xpath(path)) if self._master is not None else []

    def font(self, kind: str) -> str:
        """The font of titles (``major``) or of words (``minor``)."""
        style = "titleStyle" if kind == "major" else "bodyStyle"
        for latin in self._said(f"p:txStyles/p:{style}/a:lvl1pPr//a:latin"):
            named = str(latin.get("typeface", ""))
            if named and not named.startswith("+"):
                return named
        return self._fonts.get(kind) or "Arial"

    def _mapped(self, name: str) -> str:
        """What the master calls a colour in the theme: ``bg1`` is ``lt1`` in most."""
        usual = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
        for found in self._said("p:clrMap"):
            return str(found.get(name, usual.get(name, name)))
        return usual.get(name, name)

    def value(self, code: str) -> str:
        """A colour in hexadecimal digits."""
        return self.colours.get(self._mapped(code), "000000") if code in _NAMES else code

    @property
    def ink(self) -> str:
        """The colour that the master gives its words."""
        for found in self._said("p:txStyles/p:bodyStyle/a:lvl1pPr/a:defRPr/a:solidFill/*"):
            code = str(found.get("val", ""))
            if code in _NAMES or (len(code) == 6 and found.tag.endswith("srgbClr")):
                return code
        return "tx1"
