"""Remit: from published figures to judgements that a board can check.

``remit.read`` reads official files, ``remit.assess`` applies an oversight framework to them.
``remit.spc`` tells signal from noise in series of figures. ``remit.survey`` counts a survey.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.api import assess, read
    from remit.register import load_register
    from remit.signals.of_frame import spc
    from remit.surveys.of_frame import survey

__all__ = ["assess", "load_register", "read", "spc", "survey"]

_HOMES = {
    "assess": "remit.api",
    "load_register": "remit.register",
    "read": "remit.api",
    "spc": "remit.signals.of_frame",
    "survey": "remit.surveys.of_frame",
}


def __getattr__(name: str) -> object:
    """Load the public functions when first used, so that the command line starts quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module 'remit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
