"""The catalogue: reads and checks Remit's declarations (frameworks, metrics, publications)."""

from remit.catalogue.declared import Declared, packaged, parse, read
from remit.catalogue.difference import FrameworkDifference, compare
from remit.catalogue.fingerprint import Hashes, fingerprint, split
from remit.catalogue.library import (
    LoadedFramework,
    check_framework,
    load_computed_metrics,
    load_figure_limits,
    load_framework,
    load_metrics,
    load_publications,
    packaged_frameworks,
    read_metrics,
    scored_publications,
)
from remit.catalogue.metrics import MetricCatalogue

__all__ = [
    "Declared",
    "FrameworkDifference",
    "Hashes",
    "LoadedFramework",
    "MetricCatalogue",
    "check_framework",
    "compare",
    "fingerprint",
    "load_computed_metrics",
    "load_figure_limits",
    "load_framework",
    "load_metrics",
    "load_publications",
    "packaged",
    "packaged_frameworks",
    "parse",
    "read",
    "read_metrics",
    "scored_publications",
    "split",
]
