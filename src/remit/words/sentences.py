"""Counts and lists inside sentences."""

from __future__ import annotations

from collections.abc import Sequence


def count_words(count: int, noun: str, plural: str = "", *, none: str = "no") -> str:
    """A count with its noun.

    Parameters
    ----------
    count
        How many.
    noun
        One of them.
    plural
        Several of them, where that is not the noun with an s.
    none
        How none is said: ``no``, or ``0`` at the beginning of a sentence and in tables.

    Examples
    --------
    >>> count_words(1, "trust"), count_words(1204, "row"), count_words(0, "metric")
    ('1 trust', '1,204 rows', 'no metrics')
    """
    many = plural or f"{noun}s"
    return f"{f'{count:,}' if count else none} {noun if count == 1 else many}"


def listed(items: Sequence[str], word: str = "and") -> str:
    """Items as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a", "b"], "or")
    ('a, b and c', 'a or b')
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def range_words(low: str, high: str) -> str:
    """A range, or the one figure that it holds.

    >>> range_words("5", "8"), range_words("1", "1")
    ('5 to 8', '1')
    """
    return low if low == high else f"{low} to {high}"


def sentence_case(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """A text with a small letter at its beginning, as it stands inside a sentence."""
    return text[:1].lower() + text[1:]
