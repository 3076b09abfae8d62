"""Remit: from published figures to judgements that a board can check.

``remit.read`` reads official files, ``remit.assess`` applies an oversight framework to them.
``remit.spc`` tells signal from noise in series of figures.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.api import assess, read
    from remit.register import load_register
    from remit.signals.of_frame import spc

__all__ = ["assess", "load_register", "read", "spc"]

_HOMES = {
    "assess": "remit.api",
    "load_register": "remit.register",
    "read": "remit.api",
    "spc": "remit.signals.of_frame",
}


def __getattr__(name: str) -> object:
    """Load the public functions when first used, so that the command line starts quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module 'remit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
