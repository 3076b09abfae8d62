"""Control charts: signal or noise, over many series at once.

``remit.spc(frame, …)`` and ``remit.spc.charts.spc`` are the same function: this module can be
called, so that the room and its main function share one name (see docs/decisions).
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from remit.spc.changes import Rebase, Target
    from remit.spc.charts import Charts, spc
    from remit.spc.rule_sets import load_rules, rule_set_names

__all__ = ["Charts", "Rebase", "Target", "load_rules", "rule_set_names", "spc"]

_HOMES = {
    "Charts": "charts",
    "Rebase": "changes",
    "Target": "changes",
    "load_rules": "rule_sets",
    "rule_set_names": "rule_sets",
    "spc": "charts",
}


def __getattr__(name: str) -> object:
    """Load the public names when first used, so that the command line starts quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module 'remit.spc' has no attribute {name!r}")
    return getattr(import_module(f"remit.spc.{_HOMES[name]}"), name)


class _Room(ModuleType):
    """A room that can be called by its main function's name."""

    def __call__(self, frame: Any, **how: Any) -> Charts:
        """Tell signal from noise in many series; see :func:`remit.spc.charts.spc`."""
        from remit.spc.charts import spc

        return spc(frame, **how)


sys.modules[__name__].__class__ = _Room
