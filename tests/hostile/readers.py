"""What other programs would make of Remit's files: live formulas, links, markup, broken XML."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLAIN_NUMBER = re.compile(r"[+-](?=\.?\d)[\d,]*(\.\d+)?(e[+-]?\d+)?%?", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_DATA = re.compile(r"window\.remit[A-Z]\w+ = (?P<json>[\[{].*[\]}]);")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def is_live(cell: str) -> bool:
    """Whether a spreadsheet program may take a cell of a CSV file for a formula."""
    bare = cell.lstrip(" \u00a0\"'\u200b\ufeff") if not cell.startswith("'") else cell
    return bare.startswith(_STARTS) and not _PLAIN_NUMBER.fullmatch(bare)


def csv_rows(text: str) -> list[list[str]]:
    """The rows of a CSV text, which has no live cell and no control character."""
    assert not _CONTROL.search(text), ascii(text)[:300]
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for row in rows:
        assert not [cell for cell in row if is_live(cell)]
    return rows


def sheet_texts(path: Path) -> set[str]:
    """All texts of a workbook's cells; it has no formula and no link to anywhere outside."""
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        parts = {name: book.read(name) for name in book.namelist()}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            root = ElementTree.fromstring(content)
            assert root.find(f".//{_MAIN}f") is None, name
            assert root.find(f".//{_MAIN}definedName[@name='x']") is None
            assert b'TargetMode="External"' not in content, name
            for link in root.iter(f"{_MAIN}hyperlink"):
                assert link.get("location"), name
        assert not name.startswith("xl/externalLinks"), name
    shared = ElementTree.fromstring(parts["xl/sharedStrings.xml"])
    return {
        _unescaped("".join(text.text or "" for text in one.iter(f"{_MAIN}t")))
        for one in shared.iter(f"{_MAIN}si")
    }


def _unescaped(text: str) -> str:
    """As a spreadsheet program reads what stands for a character, such as ``_x005F_``."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def office_text(path: Path) -> str:
    """All words of a document or a deck; each part is whole XML without a field or a link out."""
    words: list[str] = []
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            content = package.read(name)
            root = ElementTree.fromstring(content)
            assert b'TargetMode="External"' not in content, name
            for element in root.iter():
                tag = element.tag.rsplit("}", 1)[-1]
                assert tag not in {"instrText", "fldSimple"}, name
                if tag == "t":
                    words.append(element.text or "")
                elif tag in {"br", "p"}:
                    words.append("\n")
                elif tag == "tab":
                    words.append("\t")
    return "".join(words)


class Page(HTMLParser):
    """The words of a page and its elements."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._silent = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words."""
        return "".join(self.words)


def page_text(path: Path) -> str:
    """The words of a page; nothing in it runs that Remit did not put there."""
    text = path.read_text(encoding="utf-8")
    assert not _CONTROL.search(text), path
    page = Page(text)
    for tag, attributes in page.elements:
        assert tag not in {"img", "iframe", "object", "embed", "base"}, (path, tag)
        assert not [name for name in attributes if name.startswith("on")], (path, tag, attributes)
        for name in ("href", "src", "action", "xlink:href"):
            address = (attributes.get(name) or "").strip().lower()
            scheme = address.partition(":")[0] if ":" in address.split("/")[0] else ""
            assert scheme in {"", "http", "https", "mailto"}, (path, address)
        if tag == "script":
            own_script(path, attributes.get("src") or "")
    return page.text


def own_script(path: Path, source: str) -> None:
    """A page's script lies beside the page; what it says of organisations is data, never code."""
    assert not source.startswith("/"), (path, source)
    assert ":" not in source, (path, source)
    script = (path.parent / source).resolve()
    assert script.is_file(), (path, source)
    if script.parent.name == "static" and script.name != "search-index.js":
        return
    # Split by line feeds alone: other ends of lines would end a line of a script too.
    for line in script.read_text(encoding="utf-8").removesuffix("\n").split("\n"):
        data = _DATA.fullmatch(line)
        assert data, (script, "is neither one of Remit's scripts nor data")
        assert not set(line) & set("<>&\u2028\u2029"), script
        json.loads(data["json"])


def svg_text(path: Path) -> str:
    """The words of a picture, which is whole XML without a script or a link."""
    root = ElementTree.fromstring(path.read_bytes())
    for element in root.iter():
        assert element.tag.rsplit("}", 1)[-1] not in {"script", "a", "foreignObject", "image"}
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
    return " ".join(root.itertext())


def all_files(folder: Path) -> Iterator[Path]:
    """Every file below a folder."""
    return (path for path in folder.rglob("*") if path.is_file())
