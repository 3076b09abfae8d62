"""Where a message ends and its signature begins."""

from __future__ import annotations

import re

from remit.asks.senders.cues import cue_pattern
from remit.model.intake import PersonalFile

_DELIMITER = re.compile(r"^\s*--\s*$")
_MOST_LINES = 12
_SIGN_OFF_WORDS = 6
_LONGEST_LINE = 90
_NO_SIGNATURE = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s")


class Signatures:
    """Cuts signatures off."""

    def __init__(self, words: PersonalFile) -> None:
        offs = cue_pattern(words.sign_offs).pattern
        self._sign_off = re.compile(rf"^\s*(?i:{offs})\b", re.M)

    def without(self, text: str) -> tuple[str, int]:
        """The text above its signature, and 1 if one was cut."""
        lines = text.splitlines()
        whole = len(lines)
        first = next((i for i, line in enumerate(lines) if _DELIMITER.match(line)), whole)
        del lines[first:]
        while (index := self._begins(lines)) is not None:
            del lines[index:]
        cut = len(lines) < len(text.rstrip().splitlines())
        return ("\n".join(lines), 1) if cut else (text, 0)

    def _begins(self, lines: list[str]) -> int | None:
        """The line with which a signature begins; only the last lines can be one."""
        while lines and not lines[-1].strip():
            lines.pop()
        for index in range(max(1, self._window(lines)), len(lines)):
            if self._signs_off(lines[index]) and _short(lines[index + 1 :]):
                return index
        return None

    @staticmethod
    def _window(lines: list[str]) -> int:
        """The first line behind which no more than a signature's lines have words."""
        left = _MOST_LINES
        for index in range(len(lines) - 1, -1, -1):
            left -= bool(lines[index].strip())
            if left < -1:
                return index + 1
        return 0

    def _signs_off(self, line: str) -> bool:
        return (
            len(line) <= _LONGEST_LINE
            and self._sign_off.match(line) is not None
            and len(line.split()) <= _SIGN_OFF_WORDS
        )


def _short(lines: list[str]) -> bool:
    told = [line.rstrip() for line in lines if line.strip()]
    return len(told) <= _MOST_LINES and all(
        len(line) <= _LONGEST_LINE and not line.endswith("?") and not _NO_SIGNATURE.match(line)
        for line in told
    )
