"""A small fictional file of each publication, in each of its layouts.

What the declaration of a plain publication says of its table is enough to write one. For others the
sheets lie in ``published/``, or the sample's months and quarters have their files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

from remit.catalogue import load_publications
from remit.model.layout import PeriodPlace
from remit.model.publication import Publication
from remit.sample.monthly import write_table, write_workbook

Row = list[str | float]

_CODES = ("ZA1", "ZA5")
_ICB = "ZB1"
_LEAST = 100
_WRITTEN = {
    "any": "2025/26 Q1",
    "month": "June 2025",
    "day": "2025-06-30",
    "month_of_day": "30/06/2025",
    "month_of_year": "2025-26 JUNE",
    "quarter_end": "30/06/2025",
    "financial_year": "2025_26",
}
"""June 2025, or the first quarter of 2025/26, as the forms of a period write it."""


def write_declared(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Write the files into a folder, which is made if need be.

    Parameters
    ----------
    folder
        Where to write; files of the same names are replaced.

    Returns
    -------
    dict
        A publication's identifier → its files, one a layout. A publication that is read by a
        module of its own and whose files the sample's months or quarters have is not in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return {p.id: files for p in load_publications() if (files := tuple(_files(folder, p)))}


def _files(folder: Path, publication: Publication) -> Iterator[Path]:
    if publication.reader == "plain":
        for number, layout in enumerate(publication.each_layout, start=1):
            yield _write(folder / f"sample-{publication.id}-{number}", layout)
        return
    sheets = resources.files("remit.sample") / "published" / f"{publication.id}.tsv"
    if sheets.is_file():
        path = folder / f"sample-{publication.id}.xlsx"
        write_workbook(path, _sheets(sheets.read_text(encoding="utf-8")))
        yield path


def _sheets(text: str) -> dict[str, list[Row]]:
    """``# Name`` begins a sheet; the cells of a row are parted by tabs."""
    found: dict[str, list[Row]] = {}
    for line in text.splitlines():
        if line.startswith("# "):
            found[line[2:]] = []
        else:
            found[list(found)[-1]].append(list(line.split("\t")))
    return found


def _write(stem: Path, layout: Publication) -> Path:
    name = stem.name
    if layout.by_file_name:
        name += f"-{layout.by_file_name.words[0].lower()}"
    if layout.period and layout.period.file_name:
        name += f"-{_WRITTEN[layout.period.of]}"
    header: Row = [column.name for column in layout.all_columns]
    rows = [header, *(_row(layout, code, place) for place, code in enumerate(_CODES))]
    if layout.format == "csv":
        path = stem.with_name(f"{name}.csv")
        write_table(path, rows)
        return path
    path = stem.with_name(f"{name}.xlsx")
    above: list[Row] = [[_plainest(layout.title)]] if layout.title else []
    if layout.period and layout.period.above:
        above.append([layout.period.above, _WRITTEN[layout.period.of]])
    sheet = _plainest(layout.sheet) or "Data"
    if layout.period and layout.period.sheet_name:
        sheet = _WRITTEN[layout.period.of]
    write_workbook(path, {sheet: [*above, *rows]})
    return path


def _plainest(pattern: str) -> str:
    """The shortest text that a pattern of a sheet or title fits: its first branch."""
    return re.sub(r"\([^()]*\)\?|.[*?]", "", pattern).split("|")[0]


def _row(layout: Publication, code: str, place: int) -> Row:
    """An organisation's figures: the first measure's is the least, the next is one more …"""
    cells: dict[str, str | float] = {
        measure.column: _LEAST * (place + 1) + number
        for number, measure in enumerate(layout.measures)
    }
    cells |= {column: next(iter(known)) for column, known in layout.words.items()}
    cells |= {cut.column: cut.whole[-1] for cut in layout.cuts}
    cells |= {area.column: _ICB for area in layout.area_sums}
    cells |= _period(layout.period) if layout.period else {}
    for rate in layout.printed_rates:
        over, under = float(cells[rate.numerator]), float(cells[rate.denominator])
        cells[rate.column] = round(rate.scale * over / under, rate.decimals)
    if layout.organisation:
        cells[layout.organisation.column] = code
    return [cells.get(column.name, "") for column in layout.all_columns]


def _period(place: PeriodPlace) -> Mapping[str, str]:
    written = _WRITTEN[place.of]
    if place.columns:
        return dict(zip(place.columns, written.split(), strict=True))
    return {place.column: written} if place.column else {}
