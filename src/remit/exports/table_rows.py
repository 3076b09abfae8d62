"""The rows of a sheet's table, written as they are.

gptables would hold a format for every cell, and look at each cell eight times over; a sheet of
twelve thousand rows took longer than the rest of a report. A column has one look, so it has one
format. Rows cannot be let go as they are written (xlsxwriter's constant memory): a sheet's cells
are marked as a table for screen readers, which has to be told its heads when all is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_DAY = "d mmmm yyyy"
"""How a sheet shows a day, which stays a day to be sorted by."""
_SHORTHAND = re.compile(r"\[[\w\s]+\]")
"""Stands for a number that is not there, as ``[x]``: it aligns as numbers do."""


@dataclass(frozen=True, slots=True)
class TableBody:
    """The rows of a table, each cell filled, and which columns wrap their texts."""

    rows: Sequence[Sequence[str | float | int | date]]
    wrapped: frozenset[int] = frozenset()

    def looks(self, columns: int) -> list[dict[str, Any]]:
        """The look of each column: numbers to the right, but in the first, which names the row."""
        return [self._look(place) for place in range(columns)]

    def _look(self, place: int) -> dict[str, Any]:
        right = place > 0 and all(_is_number(row[place]) for row in self.rows)
        look: dict[str, Any] = {"align": "right" if right else "left", "valign": "top"}
        return {**look, "text_wrap": True} if place in self.wrapped else look

    def write(self, worksheet: Any, table: Any) -> list[int]:
        """Write heads and rows below what stands above the table, and mark them as a table.

        Parameters
        ----------
        worksheet
            A sheet of gptables, with its theme and its workbook.
        table
            The table of gptables with the heads; its rows are not looked at.

        Returns
        -------
        list of int
            The row and column after it.

        Examples
        --------
        ``TableBody([("ZA1", 4)]).write(worksheet, table)``
        """
        book, theme, head = worksheet._workbook, worksheet.theme, table.data_range[0]
        heads = [str(words) for words in table.table.columns]
        looks = self.looks(len(heads))
        of_heads = [book.add_format({**theme.column_heading_format, **look}) for look in looks]
        for place, words in enumerate(heads):
            worksheet.write_string(head, place, words, of_heads[place])
        formats = [book.add_format({**theme.data_format, **look}) for look in looks]
        days = dict[int, Any]()
        for number, row in enumerate(self.rows, start=head + 1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    if place not in days:
                        look = {**theme.data_format, **looks[place], "num_format": _DAY}
                        days[place] = book.add_format(look)
                    worksheet.write_datetime(number, place, value, days[place])
                    continue
                write = worksheet.write_string if isinstance(value, str) else worksheet.write_number
                write(number, place, value, formats[place])
        last = head + len(self.rows)
        columns = [
            {"header": words, "header_format": look}
            for words, look in zip(heads, of_heads, strict=True)
        ]
        asked = {"autofilter": False, "columns": columns, "style": None, "name": table.table_name}
        worksheet.add_table(head, 0, last, len(heads) - 1, {"header_row": True, **asked})
        return [last + 1, 0]


def _is_number(value: str | float | date) -> bool:
    return not isinstance(value, str) or _SHORTHAND.search(value) is not None
