"""What pages, slides and documents say, block by block, each with where it stands.

A block is what is read in one breath: a heading, a paragraph, a cell, an entry of a list, the
sentence of a chart. Menus, heads, feet and forms are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_SAYS = {"h1", "h2", "h3", "h4", "p", "li", "summary", "figcaption", "td", "dd", "title"}
_AROUND = {"article", "tr", "details", "section", "figure"}
_APART = _SAYS | _AROUND | {"div", "th", "small", "ul", "ol", "dt"}
_SILENT = {"nav", "header", "footer", "form", "script", "style", "head", "button", "template"}
_EMPTY = {"br", "img", "input", "meta", "link", "hr", "source", "wbr", "col"}
_SPACE = re.compile(r"\s+")
_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“‘])")
_SHORTENED = re.compile(r"(?:\b(?:St|Mr|Dr|vs|No|e\.g|i\.e)\.)$")
FEWEST_WORDS = 5
"""What has fewer words is a label and no sentence."""


@dataclass(frozen=True, slots=True)
class Block:
    """What is read in one breath.

    Attributes
    ----------
    text
        Its words.
    place
        Where it stands: a page with the nearest anchor, a slide, a paragraph.
    kind
        The kind of page.
    around
        The words of what it stands in: a finding, a row, a folded part.
    """

    text: str
    place: str
    kind: str
    around: str

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences that are more than a label."""
        found: list[str] = []
        for part in _END.split(self.text):
            if found and _SHORTENED.search(found[-1]):
                found[-1] = f"{found[-1]} {part}"
            else:
                found.append(part)
        return tuple(one for one in found if len(one.split()) >= FEWEST_WORDS)


@dataclass
class _Node:
    tag: str
    id: str = ""
    parts: list[_Node | str] = field(default_factory=list)

    def text(self) -> str:
        """Its words and those of all within it, but for drawings."""
        said = [one if isinstance(one, str) else self._within(one) for one in self.parts]
        return _SPACE.sub(" ", "".join(said)).strip()

    @staticmethod
    def _within(node: _Node) -> str:
        if node.tag in _SILENT or node.tag == "svg":
            return ""
        apart = " " if node.tag in _APART else ""
        return f"{apart}{node.text()}{apart}" if apart else f"{node.raw()}"

    def raw(self) -> str:
        """Its words with the spaces at either end, as they run on in a line."""
        return "".join(one if isinstance(one, str) else self._within(one) for one in self.parts)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = _Node("html")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, dict(attrs).get("id") or "")
        self.open[-1].parts.append(node)
        if tag not in _EMPTY:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(_Node(tag, dict(attrs).get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def page_blocks(html: str, page: str, kind: str) -> tuple[Block, ...]:
    """The blocks of a page.

    Parameters
    ----------
    html
        Its source.
    page
        Its path, for those who look it up.
    kind
        Its kind.

    Examples
    --------
    >>> [b.text for b in page_blocks("<main><p>A <b>b</b> c.</p></main>", "x.html", "home")]
    ['A b c.']
    """
    tree = _Tree()
    tree.feed(html)
    return tuple(_walk(tree.root, page, kind, "", ""))


def _walk(node: _Node, page: str, kind: str, anchor: str, around: str) -> Iterator[Block]:
    if node.tag in _SILENT:
        return
    anchor = node.id or anchor
    if node.tag in _AROUND:
        around = node.text() or around
    inner = [one for one in node.parts if isinstance(one, _Node)]
    if node.tag in _SAYS and not any(_holds_block(one) for one in inner):
        text = node.text()
        # A cell that is no sentence is a figure, a label or a trace.
        if text and (node.tag != "td" or text.endswith(".")):
            yield Block(text, f"{page}#{anchor}" if anchor else page, kind, around)
        return
    for one in inner:
        # The names of dots and points within a chart are figures; its own title is a sentence.
        if one.tag != "title" or node.tag == "svg":
            yield from _walk(one, page, kind, anchor, around)


def _holds_block(node: _Node) -> bool:
    if node.tag in _SILENT or node.tag == "svg":
        return False
    inner = (one for one in node.parts if isinstance(one, _Node))
    return node.tag in _SAYS or any(_holds_block(one) for one in inner)


def slide_blocks(path: Path, place: str) -> tuple[Block, ...]:
    """The paragraphs and cells of slides."""
    from pptx import Presentation

    found = []
    for number, slide in enumerate(Presentation(str(path)).slides, start=1):
        said = [text for shape in slide.shapes for text in _shape(shape)]
        around = " ".join(said)
        found += [Block(text, f"{place}, slide {number}", "slide", around) for text in said]
    return tuple(found)


def _shape(shape: Any) -> Iterator[str]:
    if shape.has_text_frame:
        yield from (p.text.strip() for p in shape.text_frame.paragraphs if p.text.strip())
    if getattr(shape, "has_table", False) and shape.has_table:
        for row in shape.table.rows:
            yield from (cell.text.strip() for cell in row.cells if cell.text.strip())


def document_blocks(path: Path, place: str) -> tuple[Block, ...]:
    """The paragraphs and cells of a document, under the heading that stands last before them."""
    from docx import Document

    found, heading = [], ""
    document = Document(str(path))
    for paragraph in document.paragraphs:
        text = paragraph.text.strip()
        style = paragraph.style.name if paragraph.style is not None else ""
        if (style or "").startswith(("Heading", "Title")):
            heading = text
        if text:
            found.append(Block(text, f"{place}, “{heading}”", "document", f"{heading} {text}"))
    for table in document.tables:
        for row in table.rows:
            cells = [cell.text.strip() for cell in row.cells]
            found += [Block(c, f"{place}, a table", "document", " ".join(cells)) for c in cells]
    return tuple(found)
