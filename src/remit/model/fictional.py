"""The sentence by which sample data are known wherever they are shown."""

from __future__ import annotations

ONE = "this organisation and its figures are"
"""The subject of the sentence where an answer is on one organisation."""


def sample_sentence(subject: str = "these organisations and figures are") -> str:
    """That what is shown is sample data, of which no figure may be taken for a real one's.

    >>> sample_sentence()
    'Sample data: these organisations and figures are fictional.'
    """
    return f"Sample data: {subject} fictional."
