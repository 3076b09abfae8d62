"""Answers that an export holds as codes of the tool's own, and whose words it does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

_CODE = re.compile(r"^AO?\d{1,3}$")
_MOST = 11


def bare_codes(given: pl.Series) -> tuple[str, ...]:
    """The codes in their order, where all answers are codes as LimeSurvey gives them; else none.

    >>> bare_codes(pl.Series(["A2", "A1", "A2"])), bare_codes(pl.Series(["A1", "Agree"]))
    (('A1', 'A2'), ())
    """
    found = sorted(given.unique().to_list(), key=lambda text: (len(text), text))
    fit = 2 <= len(found) <= _MOST and all(_CODE.match(text) for text in found)
    return tuple(found) if fit else ()


def scale_of_codes(codes: Sequence[str]) -> str:
    """The name of a scale that is drafted for codes.

    >>> scale_of_codes(("A1", "A2", "A5"))
    'codes-a1-to-a5'
    """
    return f"codes-{codes[0]}-to-{codes[-1]}".lower()


def scale_lines(scales: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Scales as they are drafted: the first half of the codes on one side, the last on the other.

    >>> list(scale_lines({}))
    []
    """
    if scales:
        yield "scales:  # guessed: the export has codes and no words; give each its label and its"
        yield "  # side, or export the full answers instead of their codes"
    for name, codes in scales.items():
        yield f"  {name}:"
        yield "    answers:"
        for place, code in enumerate(codes):
            rest = len(codes) - 1 - place
            means = "agree" if place < rest else "disagree" if place > rest else "neutral"
            yield f'      - {{label: "{code}", means: {means}}}'
