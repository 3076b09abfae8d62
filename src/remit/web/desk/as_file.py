"""Rows as a CSV file that no spreadsheet takes for formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from remit.files.delimited import csv_text


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A file to keep.

    Parameters
    ----------
    name
        What it is called.
    columns
        The heading.
    rows
        The values, in the order of the columns.
    """
    answer = HttpResponse(csv_text(columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
