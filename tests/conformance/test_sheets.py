"""The sheets of published workbooks: one pattern and the parser find the same in each."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from remit.files.sheet_xml import look_by_parser
from remit.files.usual_sheet import look_by_pattern


def sheets(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*.xls[xm]")):
        if not zipfile.is_zipfile(path):
            continue  # locked by a password
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    yield f"{path.name}, {name}", archive.read(name)


def test_the_pattern_knows_all_published_sheets_and_finds_what_the_parser_finds(
    shared_data: Path,
) -> None:
    found = 0
    for name, xml in sheets(shared_data):
        assert look_by_pattern(xml) == look_by_parser(xml), name
        found += 1
    assert found > 200
