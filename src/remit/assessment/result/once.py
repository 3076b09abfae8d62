"""What follows from an assessment alone is worked out once for each, however often it is asked.

Pages and explanations ask for the same of every organisation: a mean, a table by organisation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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


def places(table: pl.DataFrame) -> Mapping[str, list[int]]:
    """Where the rows of each organisation stand in a table.

    >>> places(pl.DataFrame({"org_code": ["ZA1", "ZB1", "ZA1"]}))["ZA1"]
    [0, 2]
    """
    found: dict[str, list[int]] = {}
    for place, code in enumerate(table["org_code"].to_list()):
        found.setdefault(code, []).append(place)
    return found


def rows_at(table: pl.DataFrame, rows: Iterable[int]) -> list[dict[str, Any]]:
    """The rows of a table at some places."""
    return [table.row(place, named=True) for place in rows]
