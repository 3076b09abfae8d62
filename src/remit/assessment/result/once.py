"""What follows from an assessment alone is worked out once for each, however often it is asked.

Pages and explanations ask for the same of every organisation: a mean, a table by organisation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


def by_organisation(table: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """The rows of each organisation, in the order of the table.

    >>> list(by_organisation(pl.DataFrame({"org_code": ["ZA1", "ZB1"]})))
    ['ZA1', 'ZB1']
    """
    return {str(code): rows for (code, *_), rows in _parts(table).items()}


def _parts(table: pl.DataFrame) -> dict[tuple[Any, ...], pl.DataFrame]:
    return table.partition_by("org_code", as_dict=True, maintain_order=True)
