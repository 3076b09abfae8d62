"""What follows from an assessment alone is worked out once for each, however often it is asked.

Pages and explanations ask for the same of every organisation: a mean, a table by organisation.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import polars as pl

from remit.assessment.result.assessment import Assessment

Found = TypeVar("Found")


def once(make: Callable[[Assessment], Found]) -> Callable[[Assessment], Found]:
    """A function of an assessment whose result is kept with the assessment.

    Nothing may change what it gives.
    """

    @wraps(make)
    def kept(assessment: Assessment) -> Found:
        held = assessment.worked_out
        if make not in held:
            held[make] = make(assessment)
        found: Found = held[make]
        return found

    return kept


def rows_of(assessment: Assessment, table: str, code: str) -> list[dict[str, Any]]:
    """The rows of one organisation in a table of an assessment.

    Parameters
    ----------
    assessment, code
        The assessment and the organisation.
    table
        The table's name, such as ``metric_scores``.

    Examples
    --------
    ``rows_of(assessment, "domain_scores", "ZA1")``
    """
    key = ("rows", table)
    if key not in assessment.worked_out:
        assessment.worked_out[key] = _by_code(getattr(assessment, table))
    found: list[dict[str, Any]] = assessment.worked_out[key].get(code, [])
    return found


def _by_code(table: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in table.iter_rows(named=True):
        found.setdefault(row["org_code"], []).append(row)
    return found
