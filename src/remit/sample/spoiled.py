"""Rows that Remit must reject, put among the good ones (``oddities.REJECTED`` announces them)."""

from __future__ import annotations

from collections.abc import Callable

Row = list[str]
_CODE, _NAME, _METRIC, _VALUE, _ORGANISATION = 4, 5, 8, 12, 6


def with_spoiled_rows(file_name: str, rows: list[Row]) -> list[Row]:
    """The rows of a file, with the bad one that it is to hold."""
    spoil = _SPOILERS.get(file_name)
    return spoil(rows) if spoil else rows


def _unknown_organisation(rows: list[Row]) -> list[Row]:
    place = _place(rows, "ZA9", "OF0023")
    stranger = list(rows[place])
    stranger[_CODE], stranger[_NAME] = "ZQ7", "Northfold Independent Surgery Centre"
    return [*rows[: place + 1], stranger, *rows[place + 1 :]]


def _words_for_a_figure(rows: list[Row]) -> list[Row]:
    """A row for a trust that gives no other figure of this metric, so that no rank moves."""
    place = _place(rows, "ZA3", "OF0041")
    who = rows[_place(rows, "ZA8", "OF0023")][:_ORGANISATION]
    spoiled = [*who, *rows[place][_ORGANISATION:]]
    spoiled[_VALUE] = "awaiting validation"
    return [*rows[: place + 1], spoiled, *rows[place + 1 :]]


def _given_twice(rows: list[Row]) -> list[Row]:
    place = _place(rows, "ZC2", "OF0057")
    return [*rows[: place + 1], list(rows[place]), *rows[place + 1 :]]


def _place(rows: list[Row], code: str, metric_id: str) -> int:
    """Where the first row of a trust and metric stands."""
    return next(
        number
        for number, row in enumerate(rows)
        if row[_CODE] == code and row[_METRIC] == metric_id
    )


_SPOILERS: dict[str, Callable[[list[Row]], list[Row]]] = {
    "sample-acute-trust-data-q3-2025-26.csv": _unknown_organisation,
    "sample-acute-trust-data-q4-2025-26.csv": _words_for_a_figure,
    "sample-mental-health-and-community-trust-data-q1-q3-2025-26.csv": _given_twice,
}
