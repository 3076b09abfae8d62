"""Read back what exports wrote."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    """The cells of each sheet, in the order of the sheets."""
    book = CalamineWorkbook.from_path(path)
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def table_of(cells: list[list[Any]], head: str) -> list[dict[str, Any]]:
    """The rows beneath the row that begins with a head, by the first line of each head."""
    start = next(n for n, row in enumerate(cells) if str(row[0]).split("\n", maxsplit=1)[0] == head)
    names = [str(name).split("\n", maxsplit=1)[0] for name in cells[start]]
    return [dict(zip(names, row, strict=True)) for row in cells[start + 1 :]]


def parts(path: Path, pattern: str) -> list[ElementTree.Element]:
    """The XML parts of an office file whose name holds a pattern."""
    with zipfile.ZipFile(path) as file:
        names = [name for name in file.namelist() if pattern in name and name.endswith(".xml")]
        return [ElementTree.fromstring(file.read(name)) for name in names]
