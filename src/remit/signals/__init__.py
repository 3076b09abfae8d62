"""Control charts: signal or noise, over many series at once.

``remit.spc(frame, …)`` is :func:`remit.signals.of_frame.spc`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.signals.changes import Rebase, Target
    from remit.signals.charts import Charts
    from remit.signals.of_frame import UnfitChart, spc
    from remit.signals.rule_sets import load_rules, rule_set_names

__all__ = ["Charts", "Rebase", "Target", "UnfitChart", "load_rules", "rule_set_names", "spc"]

_HOMES = {
    "Charts": "charts",
    "Rebase": "changes",
    "Target": "changes",
    "UnfitChart": "of_frame",
    "load_rules": "rule_sets",
    "rule_set_names": "rule_sets",
    "spc": "of_frame",
}


def __getattr__(name: str) -> object:
    """Load the public names when first used, so that the command line starts quickly."""
    if name not in _HOMES:
        raise AttributeError(f"module 'remit.signals' has no attribute {name!r}")
    return getattr(import_module(f"remit.signals.{_HOMES[name]}"), name)
