"""Templates as organisations have them, made for the tests: other papers, places and names."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pptx
from docx.shared import Cm
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

Build = Callable[[Any], None]
LOGO = "ORGANISATION"
FONT = b"Arial"


def deck(path: Path, build: Build, width: float = 13.333, height: float = 7.5) -> Path:
    """A template of python-pptx's own master, stretched to a size, as ``build`` changes it."""
    made = pptx.Presentation()
    across, down = width / 10, height / 7.5
    for holder in (made.slide_master, *made.slide_layouts):
        for shape in holder.shapes:
            if shape._element.xpath(".//a:xfrm"):
                shape.left, shape.width = round(shape.left * across), round(shape.width * across)
                shape.top, shape.height = round(shape.top * down), round(shape.height * down)
    made.slide_width, made.slide_height = Inches(width), Inches(height)
    build(made)
    made.save(str(path))
    return repack(path, {r"theme/theme\d+\.xml": lambda xml: xml.replace(b"Calibri", FONT)})


def repack(path: Path, changed: Mapping[str, Callable[[bytes], bytes]], **more: bytes) -> Path:
    """Change parts of an office file, and add others (dots for slashes are not touched)."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for pattern, change in changed.items():
        for name in [name for name in parts if re.search(pattern, name)]:
            parts[name] = change(parts[name])
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **more}.items():
            archive.writestr(name, content)
    path.write_bytes(packed.getvalue())
    return path


def plain(_: Any) -> None:
    """Nothing is changed."""


def corporate(made: Any) -> None:
    """A logo at the upper right, a band at the foot, a slide of its own, larger titles."""
    master = made.slide_master
    logo = master.shapes._spTree
    _box(logo, made.slide_width - Inches(2.2), Inches(0.2), Inches(2), Inches(0.9), LOGO, 901)
    _box(logo, 0, made.slide_height - Inches(0.25), made.slide_width, Inches(0.25), "", 902)
    slide = made.slides.add_slide(made.slide_layouts[0])
    slide.shapes.title.text = "OUR OWN COVER"


def dark(made: Any) -> None:
    """White letters on a dark ground, by the map of colours of the master."""
    mapped = made.slide_master._element.find(qn("p:clrMap"))
    for name, colour in {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}.items():
        mapped.set(name, colour)


def blank_alone(made: Any) -> None:
    """One layout, without any placeholder."""
    layouts = made.slide_layouts
    for layout in [one for one in layouts if one.name != "Blank"]:
        layouts.remove(layout)


def renamed(made: Any) -> None:
    """Layouts and placeholders in another language; nothing goes by the English names."""
    for number, layout in enumerate(made.slide_layouts):
        layout._element.cSld.set("name", f"Diseño {number}")
        for shape in layout.placeholders:
            shape._element.nvSpPr.cNvPr.set("name", f"Marcador {number}")


def right_to_left(made: Any) -> None:
    """Titles and words from right to left."""
    styles = made.slide_master._element.find(qn("p:txStyles"))
    for level in styles.iter(qn("a:lvl1pPr")):
        level.set("rtl", "1")
        level.set("algn", "r")


def capitals(made: Any) -> None:
    """Titles in capitals of a wide font."""
    path = "p:txStyles/p:titleStyle/a:lvl1pPr/a:defRPr"
    for letters in made.slide_master._element.xpath(path):
        letters.set("cap", "all")
        for latin in letters.findall(qn("a:latin")):
            latin.set("typeface", "Verdana")


def side_title(made: Any) -> None:
    """All titles in a narrow column at the left."""
    for layout in made.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.type in {1, 3}:
                shape.left, shape.top = Inches(0.4), Inches(0.6)
                shape.width, shape.height = Inches(3), Inches(5)


def for_findings(made: Any) -> None:
    """A layout of its own for findings, with a place for each part."""
    layout = made.slide_layouts[5]
    layout._element.cSld.set("name", "Board finding")
    tree = layout.shapes._spTree
    places = {
        "Subtitle": ("body", 0.7, 1.55, 12, 0.5), "Chart": ("chart", 0.7, 2.1, 6.4, 2.6),
        "Comparison": ("tbl", 7.4, 2.1, 5.3, 2.6), "What happened": ("body", 0.7, 4.9, 3.8, 1.55),
        "Action": ("body", 4.8, 4.9, 3.8, 1.55),
        "Asked of the board": ("body", 8.9, 4.9, 3.8, 1.55),
        "Source": ("body", 0.7, 6.5, 12, 0.4),
    }  # fmt: skip
    for number, (name, (kind, *sides)) in enumerate(places.items(), start=20):
        left, top, width, height = (Inches(side) for side in sides)
        tree.append(parse_xml(
            f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{number}' name='{name}'/>"
            f"<p:cNvSpPr/><p:nvPr><p:ph type='{kind}' idx='{number}'/></p:nvPr></p:nvSpPr><p:spPr>"
            f"<a:xfrm><a:off x='{left}' y='{top}'/><a:ext cx='{width}' cy='{height}'/></a:xfrm>"
            "</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        ))  # fmt: skip


def _box(tree: Any, left: int, top: int, width: int, height: int, words: str, number: int) -> None:
    tree.append(parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{number}' name='Shape {number}'/>"
        f"<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x='{left}' y='{top}'/>"
        f"<a:ext cx='{width}' cy='{height}'/></a:xfrm><a:prstGeom prst='rect'><a:avLst/>"
        "</a:prstGeom><a:solidFill><a:schemeClr val='accent2'/></a:solidFill></p:spPr><p:txBody>"
        f"<a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang='en-GB' sz='1200'/><a:t>{words}</a:t></a:r>"
        "</a:p></p:txBody></p:sp>"
    ))  # fmt: skip


SIZES = {"16:9": (13.333, 7.5), "4:3": (10, 7.5), "A4": (11.69, 8.27), "upright": (7.5, 10.83)}
MASTERS: dict[str, tuple[Build, tuple[float, float]]] = {
    "4:3": (plain, SIZES["4:3"]),
    "A4 with logo and band": (corporate, SIZES["A4"]),
    "upright": (plain, SIZES["upright"]),
    "poster": (corporate, (33.1, 23.4)),
    "logo and band": (corporate, SIZES["16:9"]),
    "dark": (dark, SIZES["16:9"]),
    "no title": (blank_alone, SIZES["16:9"]),
    "renamed": (renamed, SIZES["4:3"]),
    "right to left": (right_to_left, SIZES["16:9"]),
    "capitals": (capitals, SIZES["4:3"]),
    "title at the side": (side_title, SIZES["16:9"]),
    "own layout for findings": (for_findings, SIZES["16:9"]),
}
"""What a template may be like → how it is made, and the size of its slides."""


def document(path: Path, build: Callable[[Any], None] = plain) -> Path:
    """A template of a document: A4 upright, Georgia, a head of its own."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    made.styles["Normal"].font.name = "Georgia"
    section.header.paragraphs[0].text = LOGO
    made.add_paragraph("OUR OWN WORDS")
    build(made)
    made.save(str(path))
    return path
