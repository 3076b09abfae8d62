"""The burden as CSV and JSON."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from remit.asks.burden.burden import BalanceLine, Burden, BurdenLine, MeetingLine
from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package
from remit.files.delimited import records_csv
from remit.files.jsons import json_text
from remit.files.outputs import write_files
from remit.model.errors import AskError
from remit.words.figures import data_number

_FILES: dict[str, tuple[str, type[Any]]] = {
    "burden.csv": ("lines", BurdenLine),
    "meetings.csv": ("meetings", MeetingLine),
    "balance.csv": ("balance", BalanceLine),
}


def burden_json(found: Burden) -> str:
    """The whole burden as JSON; figures are rounded to four decimal places."""
    return json_text(_rounded(asdict(found)), indent=1) + "\n"


def burden_csv(found: Burden, name: str) -> str:
    """One table of the burden as CSV: ``burden.csv``, ``meetings.csv`` or ``balance.csv``."""
    attribute, kind = _FILES[name]
    columns = [column.name for column in fields(kind)]
    lines = (_rounded(asdict(line)) for line in getattr(found, attribute))
    return records_csv(lines, columns)


def write_burden(found: Burden, folder: Path) -> list[Path]:
    """Write ``burden.json`` and the three tables into a folder, which is made if need be.

    Raises
    ------
    AskError
        If the folder cannot be written to.
    """
    texts = {"burden.json": burden_json(found)}
    texts |= {name: burden_csv(found, name) for name in _FILES}
    package = Package(load_output("burden"))
    return write_files(folder, texts, package=package, error=AskError)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return data_number(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(part) for part in value]
    return value
