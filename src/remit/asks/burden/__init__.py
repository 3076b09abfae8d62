"""Burden and balance: hours by body, function, channel and month; today against tomorrow.

``remit.asks.burden`` can be called, as the function of that name in it is.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from remit.asks.burden.burden import Burden, burden
from remit.asks.burden.files import burden_csv, burden_json, write_burden
from remit.asks.burden.hours import FunctionReader, HoursReader, load_burden

__all__ = [
    "Burden",
    "FunctionReader",
    "HoursReader",
    "burden",
    "burden_csv",
    "burden_json",
    "load_burden",
    "write_burden",
]


class _Room(ModuleType):
    """A room that can be called by its main function's name."""

    def __call__(self, register: Any, **how: Any) -> Burden:
        """Add up hours; see :func:`remit.asks.burden.burden.burden`."""
        return burden(register, **how)


sys.modules[__name__].__class__ = _Room
