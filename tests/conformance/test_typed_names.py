"""Names as people type them, against the list of them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from remit.model.errors import UnknownCode
from remit.register import load_register

pytestmark = pytest.mark.conformance

REGISTER = load_register()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_the_right_one_is_among_three_and_no_wrong_one_is_answered(shared_data: Path) -> None:
    rows = _rows(shared_data / "cases/org-names-typed.tsv")
    near = [row for row in rows if row["code"] in _nearest(row["typed"])]
    # The aliases of everyday use were put together with this list in view: a fitted figure.
    assert len(near) / len(rows) >= 0.85
    assert [row for row in rows if _answered(row["typed"]) not in (None, row["code"])] == []


def _nearest(typed: str) -> list[str]:
    return [one.code for one in REGISTER.nearest(typed)]


def _answered(typed: str) -> str | None:
    try:
        return REGISTER.named(typed).code
    except UnknownCode:
        return None


def test_names_are_those_of_the_day(shared_data: Path) -> None:
    rows = _rows(shared_data / "cases/org-names-of-the-day.tsv")
    assert rows
    for row in rows:
        day = date.fromisoformat(row["day"])
        assert REGISTER.get(row["code"]).name_on(day) == list(row.values())[2]
