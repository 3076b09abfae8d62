"""Activity records: their columns, what is rejected, and integer cells equal on every engine."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.shift.records.activity import Activity, ReadCounts, open_activity
    from remit.shift.records.cubes import CELL, SUMS, cube, patients_by_setting
    from remit.shift.records.quarters import calendar, quarter_label, quarter_number

_HOMES = {
    "Activity": "activity",
    "ReadCounts": "activity",
    "open_activity": "activity",
    "calendar": "quarters",
    "quarter_label": "quarters",
    "quarter_number": "quarters",
    "CELL": "cubes",
    "SUMS": "cubes",
    "cube": "cubes",
    "patients_by_setting": "cubes",
}

__all__ = [
    "CELL",
    "SUMS",
    "Activity",
    "ReadCounts",
    "calendar",
    "cube",
    "open_activity",
    "patients_by_setting",
    "quarter_label",
    "quarter_number",
]


def __getattr__(name: str) -> object:
    """A name, from the module that has it, when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
