"""Remit: from published figures to judgements that a board can check.

``remit.read`` reads official files, ``remit.assess`` applies an oversight framework to them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.api import assess, read
    from remit.register import load_register

__all__ = ["assess", "load_register", "read"]

_HOMES = {"assess": "remit.api", "read": "remit.api", "load_register": "remit.register"}


def __getattr__(name: str) -> object:
    """Load the public functions when first used, so that the command line starts quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module 'remit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
