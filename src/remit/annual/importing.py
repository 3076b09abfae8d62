"""Evidence from a spreadsheet: every row is taken or refused with its line and reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from remit.annual.folder import AnnualFolder
from remit.annual.rows import Row, key_of, rows_of
from remit.annual.screening import screened
from remit.catalogue.declared import in_plain_words
from remit.files.delimited import records_csv
from remit.files.reading import read_bytes
from remit.files.workbooks import open_workbook
from remit.model.annual_records import Evidence
from remit.model.errors import AnnualError

_SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_ALSO: Final[Mapping[str, str]] = {
    "type": "kind", "kind_of_evidence": "kind", "evidence_type": "kind",
    "icb_code": "icb", "org_code": "icb", "organisation_code": "icb", "code": "icb",
    "quote": "quotation", "extract": "quotation", "date": "on", "dated": "on", "day": "on",
    "source_file": "file", "file_name": "file", "page_number": "page", "stakeholder": "body",
    "organisation": "body", "view": "says", "comment": "says", "indicator": "metric",
    "figure": "value", "reference": "id", "ref": "id", "evidence_id": "id",
}  # fmt: skip
"""Headings as people write them, and the keys that they stand for."""
_KINDS = {
    "quote": "passage", "document": "passage", "stakeholder": "view", "stakeholder view": "view",
    "metric": "figure", "number": "figure", "last year": "last_year",
}  # fmt: skip
EVIDENCE_COLUMNS: Final = tuple(Evidence.model_fields)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is no item of evidence."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedEvidence:
    """What a spreadsheet gave: items, rows that were refused, texts from which names were taken."""

    items: tuple[Evidence, ...]
    refused: tuple[RefusedRow, ...]
    struck: int
    unread: tuple[str, ...]


def import_evidence(folder: AnnualFolder, path: Path) -> ImportedEvidence:
    """Read evidence from a CSV file or the first sheet of a workbook; nothing is written.

    Parameters
    ----------
    folder
        The assessment that it is for: identifiers that it has are taken.
    path
        The spreadsheet; its headings are the keys of evidence.

    Raises
    ------
    AnnualError
        If it cannot be read, or no heading is a key of evidence.

    Examples
    --------
    ``import_evidence(read_assessment(Path("north")), Path("evidence.xlsx")).items``
    """
    rows = list(_rows(path))
    heads = {name for _, row in rows for name in row}
    if not {"kind", "icb"} <= heads:
        raise AnnualError(
            f"{path}: evidence needs the headings kind and icb; there are "
            f"{', '.join(sorted(heads)) or 'none'}"
        )
    known = tuple(one.name for one in folder.icbs.values())
    taken, items, refused, struck = set(folder.evidence), [], [], 0
    for line, row in rows:
        cells = {name: cell for name, cell in row.items() if name in EVIDENCE_COLUMNS}
        cells["id"] = cells.get("id") or _free(taken)
        for name in ("quotation", "says"):
            plain = screened(cells.get(name, ""), (*known, cells.get("body", "")))
            struck += plain != cells.get(name, "")
            cells[name] = plain
        try:
            item = _checked(folder, cells, taken)
        except ValueError as fault:
            refused.append(RefusedRow(line, _told(fault)))
        else:
            taken.add(item.id)
            items.append(item)
    unread = tuple(sorted(heads - set(EVIDENCE_COLUMNS)))
    return ImportedEvidence(tuple(items), tuple(refused), struck, unread)


def evidence_csv(folder: AnnualFolder, items: tuple[Evidence, ...]) -> str:
    """``evidence.csv`` with what it held and the new items below."""
    held = [one.record for one in folder.evidence.values() if one.file == "evidence.csv"]
    return records_csv([one.model_dump() for one in (*held, *items)], EVIDENCE_COLUMNS)


def _checked(folder: AnnualFolder, cells: Mapping[str, str], taken: set[str]) -> Evidence:
    item = Evidence.model_validate({name: cell for name, cell in cells.items() if cell})
    if item.id in taken:
        raise ValueError(f"id: {item.id!r} is taken already")
    known = {*folder.icbs, folder.head.region}
    if others := [code for code in item.icb if code not in known]:
        raise ValueError(f"icb: {', '.join(others)} is not assessed here")
    return item


def _told(fault: ValueError) -> str:
    if isinstance(fault, ValidationError):
        said = in_plain_words(fault)
        return "; ".join(f"{'.'.join(map(str, where))}: {words}" for where, words in said)
    return str(fault)


def _free(taken: set[str]) -> str:
    number = 1
    while f"I{number}" in taken:
        number += 1
    return f"I{number}"


def _rows(path: Path) -> Iterator[Row]:
    for line, cells in rows_of(path) if path.suffix.lower() not in _SHEETS else _sheet(path):
        row = {_ALSO.get(key_of(name), key_of(name)): cell for name, cell in cells.items()}
        kind = row.get("kind", "").strip().lower()
        row["kind"] = _KINDS.get(kind, kind.replace(" ", "_"))
        row["icb"] = row.get("icb", "").upper()
        yield line, row


def _sheet(path: Path) -> Iterator[Row]:
    """The rows of the first sheet that is shown."""
    book = open_workbook(path, read_bytes(path, error=AnnualError), error=AnnualError)
    name = next((one for one in book.names if one not in book.hidden), None)
    header: list[str] = []
    for line, cells in enumerate(book.rows(name) if name else (), start=1):
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            continue
        if not header:
            header = texts
            continue
        yield line, {head: text for head, text in zip(header, texts, strict=False) if head}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
