"""A workbook of today's format (.xlsx, .xlsm), put together anew of the parts that hold cells."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from remit.files.archives import ArchiveError, printable, unpack
from remit.files.calamine import Rows, opened, rows_of
from remit.files.limits import SHEETS, WORKBOOK_BYTES
from remit.files.sheet_anew import escape, written_anew
from remit.files.sheet_marks import SheetMarks, marks_in
from remit.files.sheet_xml import (
    NAMESPACES,
    Look,
    SheetError,
    parse,
    refuse_many_tags,
)
from remit.files.usual_sheet import look_through

if TYPE_CHECKING:
    from xml.parsers import expat

_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_FIXED = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Override PartName="/xl/workbook.xml" '
    f'ContentType="{_SHEET_TYPE}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
}
_LARGEST_INDEX = 5_000_000
_SHARED = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}


class ArchiveParts:
    """The parts of an archive by their names, which are told apart without regard to case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members: dict[str, zipfile.ZipInfo] = {}
        self._left = WORKBOOK_BYTES.now
        for member in archive.infolist():
            name = _plain_name(member.filename)
            if name in self.members:
                raise ArchiveError(f"it holds {printable(name)} more than once")
            self.members[name] = member

    def read(self, name: str) -> bytes:
        """One part; empty where it is not there."""
        member = self.members.get(_plain_name(name))
        if member is None:
            return b""
        self._left -= member.file_size
        if self._left < 0:
            raise ArchiveError(
                f"what is to be read of it is larger than any known workbook; "
                f"{WORKBOOK_BYTES.remedy}"
            )
        return unpack(self.archive, member, WORKBOOK_BYTES)


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


@dataclass(frozen=True, slots=True)
class _Tag:
    local: str
    attributes: dict[str, str]


class NewWorkbook:
    """Sheets by name; what the library is given is written here, part for part."""

    def __init__(self, parts: ArchiveParts) -> None:
        main = _main_part(parts)
        tags = _tags(parts.read(main))
        related = _related(parts, main)
        self._is_1904 = any(
            tag.local == "workbookPr" and tag.attributes.get("date1904") in {"1", "true"}
            for tag in tags
        )
        sheets = [tag.attributes for tag in tags if tag.local == "sheet"]
        self.names = tuple(sheet.get("name", "") for sheet in sheets)
        _refuse_names(self.names)
        self.hidden = frozenset(
            sheet.get("name", "")
            for sheet in sheets
            if sheet.get("state", "").lower() in {"hidden", "veryhidden"}
        )
        self._shared = {
            place: _as_utf8(parts.read(target))
            for kind, place in _SHARED.items()
            for what, target in related.values()
            if what == kind
        }
        for xml in self._shared.values():
            refuse_many_tags(xml)
            if b"<!DOCTYPE" in xml:
                raise SheetError("its XML defines entities, as no workbook does")
        self._sheets = {
            sheet.get("name", ""): _sheet(parts, *related.get(_relation(sheet), ("", "")))
            for sheet in sheets
        }
        self._book: Any = None

    def look(self, name: str) -> Look:
        """Look a sheet through, before room is taken for it."""
        xml = self._sheets[name]
        return look_through(xml) if xml else Look()

    def marks(self, name: str) -> SheetMarks:
        """What of it is hidden, merged or shown as a percentage."""
        return marks_in(self._sheets[name], self._shared.get(_SHARED["styles"], b""))

    def read(self, name: str, look: Look) -> Rows:
        """Its cells; a sheet that is no table of cells has none."""
        xml = self._sheets[name]
        if not xml:
            return []
        if not look.usual:
            look.marked.clear()  # they are written in their places
            return rows_of(opened(self._packed({name: written_anew(xml)})), name)
        if self._book is None:
            self._book = opened(self._packed(self._sheets))
        return rows_of(self._book, name)

    def _packed(self, sheets: dict[str, bytes]) -> bytes:
        """An archive of these sheets and what they share, as plain as can be."""
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for place, text in {**_FIXED, **_index(list(sheets), self._is_1904)}.items():
                archive.writestr(place, text)
            for place, xml in self._shared.items():
                archive.writestr(place, xml)
            for number, xml in enumerate(sheets.values(), start=1):
                archive.writestr(f"xl/worksheets/sheet{number}.xml", xml)
        return packed.getvalue()


def _index(names: list[str], is_1904: bool) -> dict[str, str]:
    """The workbook's own part, and where its sheets are."""
    numbered = list(enumerate(names, start=1))
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="s{n}"/>' for n, name in numbered
    )
    places = {f"s{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered}
    places |= {kind: (kind, place.removeprefix("xl/")) for kind, place in _SHARED.items()}
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{place}"/>'
        for key, (kind, place) in places.items()
    )
    return {
        "xl/workbook.xml": f'<workbook xmlns="{NAMESPACES[0]}" xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{int(is_1904)}"/><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}">{relations}</Relationships>',
    }


def _sheet(parts: ArchiveParts, kind: str, target: str) -> bytes:
    """The XML of a sheet; nothing for a chart that is a sheet of its own."""
    if kind and kind != "worksheet":
        return b""
    xml = _as_utf8(parts.read(target)) if target else b""
    if not xml:
        raise SheetError("a sheet that it lists is not in it; download it again")
    return xml


def _refuse_names(names: tuple[str, ...]) -> None:
    if len(names) > SHEETS.now:
        raise SheetError(f"it has {len(names):,} sheets; {SHEETS.remedy}")
    if len(set(names)) < len(names):
        raise SheetError("two of its sheets have the same name; rename one of them")


def _main_part(parts: ArchiveParts) -> str:
    for tag in _tags(parts.read("_rels/.rels")):
        if tag.attributes.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(tag.attributes.get("Target", "").lstrip("/"))
    return "xl/workbook.xml"


def _related(parts: ArchiveParts, main: str) -> dict[str, tuple[str, str]]:
    """What the workbook refers to: key → its sort and the name of its part."""
    folder, name = posixpath.split(main)
    found = {}
    for tag in _tags(parts.read(f"{folder}/_rels/{name}.rels")):
        target = tag.attributes.get("Target", "").replace("\\", "/")
        kind = tag.attributes.get("Type", "").rpartition("/")[2]
        found[tag.attributes.get("Id", "")] = (
            kind,
            posixpath.normpath(posixpath.join("/", folder, target)),
        )
    return found


def _relation(sheet: dict[str, str]) -> str:
    keys = (value for key, value in sheet.items() if key.endswith("/relationships id"))
    return next(keys, "")


def _tags(xml: bytes) -> list[_Tag]:
    """All tags of a small part, by their names without the namespace."""
    found: list[_Tag] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append(_Tag(name.rpartition(" ")[2], attributes))

    def begin(parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = start

    if len(xml) > _LARGEST_INDEX:
        raise SheetError("the list of its sheets is longer than that of any workbook")
    if xml:
        parse(xml, begin)
    return found


def _as_utf8(xml: bytes) -> bytes:
    """A part in the one encoding that the library reads rightly."""
    declared = _ENCODING.match(xml[:500])
    if xml.startswith(_MARKS):
        encoding = "utf-16"
    elif declared and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}:
        encoding = declared[1].decode("ascii")
    else:
        return xml.removeprefix(b"\xef\xbb\xbf")
    try:
        text = xml.decode(encoding)
    except (UnicodeError, LookupError):
        raise SheetError(f"its XML is not in the encoding {encoding} that it declares") from None
    return re.sub(r"^\s*<\?xml.*?\?>", "", text, count=1, flags=re.DOTALL).encode()
