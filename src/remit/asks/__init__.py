"""Asks: what is asked of whom; the register of it, its doubles, its burden and its balance.

The register: :func:`open_register` opens its file, whose ``asks()`` and ``meetings()`` are what was
taken in by :func:`import_file`; :func:`decisions`, :func:`frictions`, :func:`risks` and
:func:`actions` are what people entered; :func:`burden` adds up hours. Calendars by themselves are
read by :func:`remit.asks.calendar.read_calendar`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.asks.burden import Burden, FunctionReader, HoursReader, burden, load_burden
    from remit.asks.register import (
        Action,
        AskRegister,
        RiskShare,
        SharedRisk,
        actions,
        decisions,
        frictions,
        open_register,
        risks,
    )
    from remit.asks.register.files import ImportOptions, import_file

__all__ = [
    "Action",
    "AskRegister",
    "Burden",
    "FunctionReader",
    "HoursReader",
    "ImportOptions",
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

_HOMES = {
    "burden": ("Burden", "FunctionReader", "HoursReader", "load_burden"),
    "register.files": ("ImportOptions", "import_file"),
}
"""All other names are at home in the register."""


def __getattr__(name: str) -> object:
    """Load the public names when first used: a list of asks waits for no reader of calendars."""
    from importlib import import_module

    if name == "burden":  # the room is called as its main function is, and can be called itself
        return import_module("remit.asks.burden")
    if name not in __all__:
        raise AttributeError(f"module 'remit.asks' has no attribute {name!r}")
    home = next((home for home, names in _HOMES.items() if name in names), "register")
    return getattr(import_module(f"remit.asks.{home}"), name)
