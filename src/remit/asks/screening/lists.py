"""Long lists of words, searched as they lie: sorted lines, a word a line."""

from __future__ import annotations

import gzip
from functools import cache
from importlib import resources


class SortedWords:
    """Whether a word stands in a sorted list; nothing is unpacked into objects before it is asked.

    >>> "waits" in sorted_words("english")
    True
    """

    def __init__(self, lines: bytes) -> None:
        self._lines = lines

    def __contains__(self, word: str) -> bool:
        key, lines = word.encode(), self._lines
        low, high = 0, len(lines)
        while low < high:
            middle = (low + high) // 2
            start = lines.rfind(b"\n", low, middle) + 1 or low
            end = lines.find(b"\n", middle)
            line = lines[start:end]
            if line == key:
                return True
            low, high = (end + 1, high) if line < key else (low, start)
        return False

    def every(self) -> list[str]:
        """All lines, for a search that needs them at once."""
        return self._lines.decode().splitlines()

    def several(self) -> list[str]:
        """The lines of more than one word."""
        return [line for line in self._lines.decode().splitlines() if " " in line]


@cache
def sorted_words(name: str) -> SortedWords:
    """One of the lists that come with Remit: english, common, forenames, surnames, towns."""
    file = resources.files("remit") / "asks" / "screening" / "lists" / f"{name}.txt.gz"
    return SortedWords(gzip.decompress(file.read_bytes()))
