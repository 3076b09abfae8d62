"""Lines of a table that are no rows of it: notes, headings between rows, the header once more.

One law for files of text and for sheets. Such lines are counted for no row, and told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from remit.files.numbers import number_in
from remit.words.sentences import count_words, listed

NOTE, HEADER = "a note or a heading", "the header again"

_LEAST_WIDTH = 4
"""In a narrower table a line of one text may be a row."""
_FEWEST_LETTERS, _FEWEST_WORDS = 4, 3
_NAMED = 5
_PART = 0.5
_CODE = re.compile(r"[A-Z0-9]{3}|(?=[A-Z0-9]*[0-9])[A-Z0-9]{3,9}")
_BEGINS = re.compile(
    r"(?:please )?note[s:.]?\b.*|foot ?notes?\b.*|sources?\b.*|contacts?\b.*|e-?mail\b.*"
    r"|published\b.*|revised\b.*|copyright\b.*|[*†‡§©]+(?: .*)?"
    r"|[([]?[0-9]{1,2}(?:[)\].:](?: .*)?)?|[([]?[a-z][)\].:](?: .*)?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Asides:
    """The lines under one header that are no rows of its table."""

    header: Sequence[str]
    _found: dict[str, list[int]] = field(default_factory=dict)
    _before: Sequence[str] = ()

    def takes(self, line: int, cells: Sequence[str]) -> bool:
        """Whether a line is none of the rows; it is then remembered.

        Parameters
        ----------
        line
            Where it stands.
        cells
            Not all of them blank.
        """
        kind = self._kind(cells) if self._may_be(cells) else ""
        if kind:
            self._found.setdefault(kind, []).append(line)
        else:
            self._before = cells
        return bool(kind)

    @property
    def notes(self) -> tuple[str, ...]:
        """In words, how many lines are no rows, and where they stand."""
        return tuple(
            f"{count_words(len(lines), 'line')} not read, as it is {kind}: {_places(lines)}"
            if len(lines) == 1
            else f"{count_words(len(lines), 'line')} not read, each {kind}: {_places(lines)}"
            for kind, lines in self._found.items()
        )

    def _may_be(self, cells: Sequence[str]) -> bool:
        """What can be told quickly, as it is asked for each row: half of it is blank or missing."""
        width = len(self.header)
        if width < _LEAST_WIDTH:
            return False
        filled = len(cells) - cells.count("")
        return filled <= _PART * width or cells[0].strip() == self.header[0]

    def _kind(self, cells: Sequence[str]) -> str:
        filled = {place: text for place, cell in enumerate(cells) if (text := cell.strip())}
        if all(self._names_column(place, text) for place, text in filled.items()):
            return HEADER if len(filled) > 1 else ""
        is_short = len(cells) < len(self.header)
        says = _says_note(filled, fewest_words=_FEWEST_WORDS if is_short else 1)
        return NOTE if says and not self._is_rest(filled) else ""

    def _names_column(self, place: int, text: str) -> bool:
        if place >= len(self.header):
            return False
        name, said = self.header[place], " ".join(text.split())
        return said == name or name.endswith(f": {said}")

    def _is_rest(self, filled: dict[int, str]) -> bool:
        """Whether a lone text is what is left of a row: the row before has it in its place too."""
        before = self._before
        return len(filled) == 1 and any(
            place < len(before) and before[place].strip() == text for place, text in filled.items()
        )


def _says_note(filled: dict[int, str], fewest_words: int) -> bool:
    """One text by itself, or several of which the first is a sign or a word of notes.

    A line that has not all cells of the header may be a damaged row: it must say more.
    """
    first, *rest = filled.values()
    begins = bool(_BEGINS.fullmatch(" ".join(first.split())))
    if not rest:
        return _is_worded(first) and (begins or len(first.split()) >= fewest_words)
    return begins and any(map(_is_worded, rest)) and not any(map(_is_figure, rest))


def _is_worded(text: str) -> bool:
    if _is_figure(text) or text.startswith("#") or text.upper() in ("NULL", "NONE"):
        return False
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS


def _is_figure(text: str) -> bool:
    """Whether a cell holds what rows hold: a number or a code."""
    return bool(_CODE.fullmatch(text)) or number_in(text.removesuffix("%")) is not None


def _places(lines: Sequence[int]) -> str:
    """The lines, those that follow each other as from and to."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and runs[-1][-1] == line - 1:
            runs[-1] = [runs[-1][0], line]
        else:
            runs.append([line])
    named = [" to ".join(map(str, run)) for run in runs[:_NAMED]]
    return listed([*named, "others"] if len(runs) > _NAMED else named)
