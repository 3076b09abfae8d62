"""Messages with the right answers beside them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.asks import ImportOptions, import_file, open_register

pytestmark = pytest.mark.conformance


def test_days_due_of_messages(shared_data: Path) -> None:
    folder = shared_data / "cases" / "mails-due"
    with (folder / "wanted.tsv").open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file, delimiter="\t"))
    wrong = [
        (row["file"], row["phrase"], row["due"], got)
        for row in wanted
        if not _fits(row["due"], got := _due(folder / row["file"]))
    ]
    assert wrong == []


def _fits(wanted: str, got: str) -> bool:
    """``2026-04-03/10`` names two days, of which either is right."""
    first, *others = wanted.split("/")
    return got in {first, *(first[:8] + day for day in others)}


def _due(path: Path) -> str:
    with open_register(None) as register:
        done = import_file(register, path, ImportOptions(to_org="RYJ"))
        (ask,) = register.asks()
    told = any("not understood" in note for note in done.notes)
    assert told == (ask.due_on is None)
    return str(ask.due_on or "?")
