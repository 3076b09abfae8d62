"""A table with a column an organisation: each of them is a series."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from remit.signals.own.asked import AskedColumns
from remit.signals.own.columns import TableColumn, folded
from remit.signals.own.rates import is_ratio
from remit.signals.own.tables import OwnTable
from remit.signals.own.totals import is_total
from remit.words.sentences import count_words, listed

NAME, FIGURE = "organisation", "value"
_ALIKE = 50.0
"""Figures of one measure at several places differ by no more, in their middle values."""
_MEASURES = re.compile(
    r"%|#|£|\b(?:rate|rates|percent|percentage|pct|number|numbers|count|counts|total|attendances?|"
    r"admissions?|referrals?|discharges?|waits?|waiting|within|over|under|days?|hours?|hrs|mins?|"
    r"minutes?|weeks?|patients?|pathways|beds?|stays?|los|falls|deaths|infections?|incidents?|"
    r"complaints?|cost|costs|score|index|seen|treated|breaches|activity|volume|numerator|"
    r"denominator|num|den|denom|cases|cancelled|dna|occupancy|sickness|absence|staff|wte|fte|"
    r"value|figure|result|received|closed|actual|plan|planned|forecast|mortality|median|mean|"
    r"p\d\d|perf|performance|completed|started|calls|responses?|turnover|vacanc(?:y|ies))\b",
    re.IGNORECASE,
)


def turned(table: OwnTable, asked: AskedColumns) -> OwnTable | None:
    """A table with a line for each figure, where each column of figures is a series; else None.

    Parameters
    ----------
    table
        A table with a date on each line.
    asked
        Whoever names the value or the series has said how it is to be read.

    Examples
    --------
    ``turned(own_table(load(path), AskedColumns()), AskedColumns())``
    """
    if asked.value or asked.series or table.across:
        return None
    columns = table.columns
    held = _series_of(columns, asked)
    if held is None:
        return None
    sums = [column for column in held if is_total(column.name)]
    held = [column for column in held if column not in sums]
    kept = [column for column in columns if column not in (*held, *sums)]
    rows, lines, blank = [], [], 0
    for at, line in enumerate(table.raw.lines):
        rest = [column.cells[at] for column in kept]
        for column in held:
            blank += not column.cells[at]
            if column.cells[at]:
                rows.append([*rest, column.name, column.cells[at]])
                lines.append(line)
    raw = replace(table.raw, header=(*(c.name for c in kept), NAME, FIGURE), rows=rows, lines=lines)
    notes = [
        f"read each of {listed([c.label for c in held])} as a series, of one measure; if only one "
        "of them is meant, name it with --value-column"
    ]
    if sums:
        notes.append(
            f"left out, as a sum or an average of others: {listed([c.label for c in sums])}"
        )
    if blank:
        notes.append(f"{count_words(blank, 'blank cell')}: no points")
    return replace(table, raw=raw, notes=(*notes, *table.notes), is_turned=True)


def _series_of(columns: Sequence[TableColumn], asked: AskedColumns) -> list[TableColumn] | None:
    """The columns of figures, if they are of one measure at several places."""
    taken = {folded(name) for name in asked.names}
    plain = {folded(column.name) for column in columns} & {"value", "series"}
    dated = [column for column in columns if column.is_dated]
    held = [
        column for column in columns
        if column.is_figures and column.name and folded(column.name) not in taken
        and not (column.is_target or column.is_of_charts or column.is_counter)
        and not (column.is_named_key and not re.search(r"\d", column.name))
        and not (column.is_years or column.is_bare_months)
    ]  # fmt: skip
    if plain or not dated or len(held) < 2:
        return None
    named = [column for column in held if not is_total(column.name)]
    if len(named) < 2 or any(_MEASURES.search(column.name) for column in named):
        return None
    rated = any(is_ratio(c, [one for one in held if one != c]) for c in held)
    percents = {column.is_percent for column in named}
    if rated or len(percents) > 1:
        return None
    places = all(column.names_organisations for column in named)
    return held if places or _are_alike(named) else None


def _are_alike(columns: Sequence[TableColumn]) -> bool:
    """Whether the figures of all columns are of one size."""
    middles = [
        median([abs(n) for n in column.numbers() if n is not None] or [0.0]) for column in columns
    ]
    return min(middles) > 0 and max(middles) <= _ALIKE * min(middles)
