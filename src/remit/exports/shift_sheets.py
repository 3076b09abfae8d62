"""Whether care moves closer to home as an accessible spreadsheet: the answer, measures, ICBs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from remit.exports.sheet_values import number
from remit.exports.workbook import NOT_APPLICABLE, Front, SheetTable, Value, write_book
from remit.files.extras import need
from remit.model.fictional import sample_sentence
from remit.pages.shift.shift_beside import ShiftBeside
from remit.pages.shift.shift_view import home_view
from remit.shift.published.movement import MOVE_WORDS
from remit.shift.published.run import PublishedShift
from remit.shift.published.year import READ

Row = Mapping[str, Any]
Tables = Mapping[str, pl.DataFrame]

_FICTIONAL = sample_sentence("the organisations and figures in this file are")
_COVER = 100
_MARKS = (
    "This sheet holds one table. [x] means that no figure is held or that it is withheld, "
    f"{NOT_APPLICABLE} that none applies. Notes are on the sheet notes."
)
_NOTES = {
    "need": "By need: held against people weighted by their need for this care, where the "
    "allocations have such a weight.",
    "moves": "Which way is told by a control chart (special cause at the end of the year) and not "
    "by two points.",
    "place": "Place 1 is the highest value. A place is no judgement: neighbours differ by chance.",
}
_FROM_NEED = "By need"
_MOVES = "Which way it moves"


def write_shift_sheets(
    made: PublishedShift, tables: Tables, path: Path, beside: Sequence[ShiftBeside] = ()
) -> None:
    """Write the measures of a year as a spreadsheet; its figures are those of the tables.

    Parameters
    ----------
    made, tables
        The measures, and their tables.
    path
        The file, ending in ``.xlsx``.
    beside
        What activity records tell, where there are some.

    Examples
    --------
    >>> write_shift_sheets(made, tables_of(made), Path("shift.xlsx"))  # doctest: +SKIP
    """
    need("packs", "Spreadsheets (xlsx)")
    home = home_view(made, tables)
    mark = _FICTIONAL if made.fictional else ""
    intro = [
        *filter(None, [mark]),
        f"Published figures, {made.year.label}.",
        home.claim,
        home.leads,
        *(f"England. {line}" for line in home.lines),
    ]
    about = [*home.notes, "Values have at most four decimals; the csv files have them unrounded."]
    front = Front("Is care moving closer to home?", intro, about, _COVER)
    sheets = [one for one in shift_sheets(made, tables, beside) if one.rows]
    write_book(path, front, sheets, mark=mark, instructions=_MARKS, notes=_NOTES)


def shift_sheets(
    made: PublishedShift, tables: Tables, beside: Sequence[ShiftBeside] = ()
) -> Iterator[SheetTable]:
    """The sheets; one without a row is left out of the file.

    Parameters
    ----------
    made, tables, beside
        As for :func:`write_shift_sheets`.

    Examples
    --------
    >>> [one.name for one in shift_sheets(made, tables)]  # doctest: +SKIP
    """
    yield _answer(made, tables)
    yield _measures(made)
    yield _by_icb(made, tables)
    yield _by_need(made, tables)
    yield _withheld(made, tables)
    yield _not_read(tables)
    for one in beside:
        if one.rows:
            heads = tuple(head[0] for head in one.head)
            yield SheetTable(one.id, one.title, " ".join(one.said), heads, one.rows)
    yield SheetTable(
        "sources", "Files that every figure comes from", "One row for each file.",
        ("Publication", "File", "SHA-256"),
        tuple((one.publication_name, one.file_name, one.sha256) for one in made.sources),
    )  # fmt: skip


def _of_year(tables: Tables, level: str) -> list[dict[str, Any]]:
    return tables["measures"].filter(level=level, span="year").to_dicts()


def _answer(made: PublishedShift, tables: Tables) -> SheetTable:
    rows = tuple(
        (row["name"], row["side"], row["horizon"], row["towards"], _value(row, "value"),
         _need(made, row), row["unit"], _moves(row))
        for row in _of_year(tables, "england")
    )  # fmt: skip
    return SheetTable(
        "answer",
        f"England in {made.year.label}: which way each measure moves",
        "One row for each measure that has a figure of England.",
        ("Measure", "Side", "Horizon", "Closer to home is", "England", _FROM_NEED, "Unit", _MOVES),
        rows,
        ((_FROM_NEED, "need"), (_MOVES, "moves")),
    )


def _measures(made: PublishedShift) -> SheetTable:
    rows = tuple(
        (
            one.measure.name, one.measure.definition, one.measure.numerator,
            one.measure.denominator, one.measure.unit, number(one.lowest), number(one.highest),
            "read" if one.passes else "withheld", one.measure.note or NOT_APPLICABLE,
            one.measure.source,
        )
        for one in made.found.values()
    )  # fmt: skip
    return SheetTable(
        "measures", "The measures that a file is read of",
        "One row for each measure with a figure of the year.",
        ("Measure", "What it is", "Above the line", "Below the line", "Unit", "Lowest ICB",
         "Highest ICB", "State", "What a reader must know", "Source"), rows,
    )  # fmt: skip


def _by_icb(made: PublishedShift, tables: Tables) -> SheetTable:
    places = {(row["org_code"], row["measure"]): row for row in tables["ranks"].to_dicts()}
    rows = tuple(
        (row["org_code"], row["org_name"], row["name"], _value(row, "value"), row["unit"],
         *_place(places.get((row["org_code"], row["measure"])), "rank"), _moves(row))
        for row in _of_year(tables, "icb")
    )  # fmt: skip
    return SheetTable(
        "by-icb", f"Each measure of each ICB in {made.year.label}",
        "One row for each ICB and measure. Measures that are withheld have no place.",
        ("Code", "ICB", "Measure", "Value", "Unit", "Place", "Of", _MOVES), rows,
        (("Place", "place"), (_MOVES, "moves")),
    )  # fmt: skip


def _by_need(made: PublishedShift, tables: Tables) -> SheetTable:
    names = {one.measure.id: one.measure for one in made.found.values()}
    rows = tuple(
        (row["org_code"], row["org_name"], names[row["measure"]].name, number(row["value"]),
         number(row["need_value"]), names[row["measure"]].unit, row["rank"], row["need_rank"],
         row["places"], "yes" if row["large_move"] else "no")
        for row in tables["ranks"].to_dicts() if row["need_rank"] is not None
    )  # fmt: skip
    return SheetTable(
        "by-need", f"Per head and per need-weighted head in {made.year.label}",
        "One row for each ICB and measure that has a need weight. Places moved are above 0 where "
        "an ICB comes further down once its need is allowed for.",
        ("Code", "ICB", "Measure", "Per head", _FROM_NEED, "Unit", "Place", "Place by need",
         "Places moved", "Ten places or more"), rows,
        ((_FROM_NEED, "need"), ("Place", "place")),
    )  # fmt: skip


def _withheld(made: PublishedShift, tables: Tables) -> SheetTable:
    """Measures that failed their gate, and areas that lack a figure of one that passed."""
    rows = [
        (one.measure.name, "every ICB", NOT_APPLICABLE, one.reason)
        for one in made.found.values()
        if not one.passes
    ]
    none = f"the figures have none of {made.year.label}"
    rows += [(one.name, "every area", NOT_APPLICABLE, none) for one in made.without_figure]
    passed = [name for name, one in made.found.items() if one.passes]
    lacking = tables["measures"].filter(
        (pl.col("span") == "year") & (pl.col("status") != READ) & pl.col("measure").is_in(passed)
    )
    rows += [
        (row["name"], row["org_name"], row["org_code"], row["reason"] or "no figure")
        for row in lacking.to_dicts()
    ]
    return SheetTable(
        "withheld", "What is withheld, and why",
        "One row for each measure that failed its gate, and for each area that lacks a figure of "
        "one that passed.",
        ("Measure", "Area", "Code", "Why"), tuple(rows),
    )  # fmt: skip


def _not_read(tables: Tables) -> SheetTable:
    columns = {
        "name": "Measure", "framework": "Framework", "side": "Side", "needs": "What is needed",
        "definition": "What it is", "source": "Source",
    }  # fmt: skip
    rows = tables["not_read"].select(list(columns)).rows()
    return SheetTable(
        "not-read", "What no file is read of yet, and what is needed", "One row for each measure.",
        tuple(columns.values()),
        tuple(tuple(cell or NOT_APPLICABLE for cell in row) for row in rows),
    )  # fmt: skip


def _value(row: Row, name: str) -> Value:
    return number(row[name] if row["status"] == READ else None)


def _need(made: PublishedShift, row: Row) -> Value:
    """The figure by need; that none can be is told where the measure has no need weight."""
    return _value(row, "need_value") if made.found[row["measure"]].measure.need else NOT_APPLICABLE


def _moves(row: Row) -> str:
    return MOVE_WORDS.get(row["moves"] or "", NOT_APPLICABLE)


def _place(row: Row | None, name: str) -> tuple[Value, Value]:
    if row is None or row[name] is None:
        return NOT_APPLICABLE, NOT_APPLICABLE
    return row[name], row["of"]
