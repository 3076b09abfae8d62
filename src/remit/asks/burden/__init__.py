"""Burden and balance: hours by body, function, channel and month; today against tomorrow."""

from __future__ import annotations

from remit.asks.burden.burden import (
    BalanceLine,
    Burden,
    BurdenLine,
    MeetingLine,
    burden,
)
from remit.asks.burden.files import burden_csv, burden_json, write_burden
from remit.asks.burden.hours import (
    Basis,
    FunctionReader,
    HoursOfAsk,
    HoursReader,
    load_burden,
)

__all__ = [
    "BalanceLine",
    "Basis",
    "Burden",
    "BurdenLine",
    "FunctionReader",
    "HoursOfAsk",
    "HoursReader",
    "MeetingLine",
    "burden",
    "burden_csv",
    "burden_json",
    "load_burden",
    "write_burden",
]
