"""The catalogue: reads and checks Remit's declarations (frameworks, metrics, publications).

What is asked for loads its module: who reads one small file does not wait for all the models.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.catalogue.declared import Declared, packaged, parse, read
    from remit.catalogue.difference import FrameworkDifference, compare
    from remit.catalogue.entries import lag_days, load_entries
    from remit.catalogue.fingerprint import Hashes, split
    from remit.catalogue.glossary import Glossary, load_glossary
    from remit.catalogue.library import (
        LoadedFramework,
        check_framework,
        check_publication,
        framework_in_force,
        load_computed_metrics,
        load_coverage,
        load_figure_limits,
        load_framework,
        load_metrics,
        load_movement_tests,
        load_publications,
        load_weighing,
        packaged_frameworks,
        read_metrics,
        scored_publications,
    )
    from remit.catalogue.metrics import MetricCatalogue
    from remit.catalogue.targets import load_targets, targets_of

__all__ = [
    "Declared",
    "FrameworkDifference",
    "Glossary",
    "Hashes",
    "LoadedFramework",
    "MetricCatalogue",
    "check_framework",
    "check_publication",
    "compare",
    "framework_in_force",
    "lag_days",
    "load_computed_metrics",
    "load_coverage",
    "load_entries",
    "load_figure_limits",
    "load_framework",
    "load_glossary",
    "load_metrics",
    "load_movement_tests",
    "load_publications",
    "load_targets",
    "load_weighing",
    "packaged",
    "packaged_frameworks",
    "parse",
    "read",
    "read_metrics",
    "scored_publications",
    "split",
    "targets_of",
]

_HOMES = (
    "declared",
    "entries",
    "glossary",
    "checks",
    "fingerprint",
    "difference",
    "metrics",
    "targets",
    "library",
)
"""From the lightest to the heaviest."""


def __getattr__(name: str) -> object:
    """Find a public name in the first module that has it."""
    if name in __all__:
        for home in _HOMES:
            found = getattr(import_module(f"{__name__}.{home}"), name, None)
            if found is not None:
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
