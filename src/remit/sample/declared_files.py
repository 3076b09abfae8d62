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
from remit.model.publication import Measure, Publication
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
    "month_number": "2025 6",
    "quarter_end": "30/06/2025",
    "quarter_of_year": "2025-26 June",
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
    return {p.id: files for p in load_publications() if (files := tuple(files_of(folder, p)))}


def files_of(folder: Path, publication: Publication) -> Iterator[Path]:
    """Write the files of one publication into a folder that is there, one a layout."""
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
    header: Row = [*(column.name for column in layout.all_columns), *_bands(layout)]
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
    """An organisation's figures: the least, one more …; a part comes before what it is part of."""
    inner = sorted(layout.measures, key=lambda measure: -_depth(layout, measure))
    cells: dict[str, str | float] = {
        measure.column: _LEAST * (place + 1) + number for number, measure in enumerate(inner)
    }
    cells |= {column: next(iter(known)) for column, known in layout.words.items()}
    cells |= {cut.column: cut.whole[-1] for cut in layout.cuts}
    cells |= {area.column: _ICB for area in layout.area_sums}
    cells |= {only.column: _plainest(only.pattern) for only in layout.only if only.pattern != ".*"}
    cells |= _period(layout.period) if layout.period else {}
    for rate in layout.printed_rates:
        over, under = float(cells[rate.numerator]), float(cells[rate.denominator])
        cells[rate.column] = round(rate.scale * over / under, rate.decimals)
    if layout.organisation:
        cells[layout.organisation.column] = code
    names = [column.name for column in layout.all_columns]
    return [*(cells.get(name, "") for name in names), *_in_bands(layout, cells)]


def _depth(layout: Publication, measure: Measure) -> int:
    """How many figures a measure is part of, one within another."""
    whole = next((one for one in layout.measures if one.column == measure.part_of), None)
    return 1 + _depth(layout, whole) if whole else 0


def _bands(layout: Publication) -> list[str]:
    """A column at each edge that a sum goes from, and one up to each that it ends at."""
    edges = [m.between for m in layout.measures if m.between]
    ends = [f"Gt {e.below - 1:02} To {e.below:02} Weeks SUM 1" for e in edges if e.below]
    froms = sorted(e.at_least for e in edges if e.at_least)
    begins = [f"Gt {low:02} To {low + 1:02} Weeks SUM 1" for low in froms[:-1]]
    return [*ends, *begins, *(f"Gt {low:02} Weeks SUM 1" for low in froms[-1:])]


def _in_bands(layout: Publication, cells: Mapping[str, str | float]) -> list[str | float]:
    """Counts in those bands of which the sums are the figures; the larger the later they begin."""
    sums = [(m.between, float(cells[m.column])) for m in layout.measures if m.between]
    froms = sorted((e.at_least, value) for e, value in sums if e.at_least)
    beyond = [value for _, value in froms[1:]] + [0.0] * bool(froms)
    within = [value for e, value in sums if e.below]
    return [*within, *(value - more for (_, value), more in zip(froms, beyond, strict=True))]


def _period(place: PeriodPlace) -> Mapping[str, str]:
    written = _WRITTEN[place.of]
    if place.columns:
        return dict(zip(place.columns, written.split(), strict=True))
    return {place.column: written} if place.column else {}
