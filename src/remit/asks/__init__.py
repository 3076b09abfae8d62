"""Asks: what is asked of whom; the register of it, its doubles, its burden and its balance.

The register: :func:`open_register` opens its file, whose ``asks()`` and ``meetings()`` are what was
taken in by :func:`import_file`; :func:`decisions`, :func:`frictions`, :func:`risks` and
:func:`actions` are what people entered; :func:`burden` adds up hours. Calendars by themselves are
read by :func:`remit.asks.calendar.read_calendar`.
"""

from remit.asks.burden import Burden, FunctionReader, HoursReader, burden, load_burden
from remit.asks.intake.files import ImportOptions, import_file
from remit.asks.register import (
    Action,
    Register,
    RiskShare,
    SharedRisk,
    actions,
    decisions,
    frictions,
    open_register,
    risks,
)

__all__ = [
    "Action",
    "Burden",
    "FunctionReader",
    "HoursReader",
    "ImportOptions",
    "Register",
    "RiskShare",
    "SharedRisk",
    "actions",
    "burden",
    "decisions",
    "frictions",
    "import_file",
    "load_burden",
    "open_register",
    "risks",
]
