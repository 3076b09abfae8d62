"""The names of columns where several stand under one head: ``Available: General & Acute``.

A workbook made to be read prints one name under each of several merged heads. What a column is of
is said by both; the head stands above the first of its columns only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from remit.model.publication import Publication, folded

Rows = Sequence[Sequence[str]]


def named_columns(
    rows: Rows, index: int, publication: Publication | None = None
) -> tuple[str, ...]:
    """The names of the columns in the row at an index, tidied.

    Parameters
    ----------
    rows
        Of the sheet, from its first.
    index
        Of the header.
    publication
        Where it says ``heads``, a name that stands in the header more than once is written after
        the head that it stands under, which is in the nearest filled row above.
    """
    names = _tidied(tuple(rows[index]))
    if publication is None or not publication.heads:
        return names
    often = Counter(folded(name) for name in names if name)
    heads = _heads(rows, index, len(names))
    return tuple(
        f"{head}: {name}" if head and often[folded(name)] > 1 else name
        for head, name in zip(heads, names, strict=True)
    )


@lru_cache(maxsize=4_096)
def _tidied(row: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a row with single blanks; each layout asks for the same rows."""
    return tuple(" ".join(cell.split()) for cell in row)


def _heads(rows: Rows, index: int, width: int) -> list[str]:
    """The head above each column: what is written there or, in merged cells, left of it."""
    above = next((row for row in reversed(rows[:index]) if any(c.strip() for c in row)), ())
    written = [" ".join(cell.split()) for cell in above[:width]]
    written += [""] * (width - len(written))
    found, last = [], ""
    for head in written:
        last = head or last
        found.append(last)
    return found
