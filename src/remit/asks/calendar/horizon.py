"""Whether a line of an agenda is today's running, tomorrow's health, or neither."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from remit.asks.calendar.agenda import AgendaLine
from remit.asks.senders.cues import cue_pattern
from remit.model.meeting import HorizonCue, MeetingFile

LineHorizon = Literal["today", "tomorrow", "neither"]

_YEAR = re.compile(r"(?<![\d/])(20[2-9]\d)(?![\d])")
_YEAR_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a meeting by horizon; what is left of its length is neither."""

    today: int
    tomorrow: int
    listed: float
    """All minutes that the agenda states, welcome and breaks included."""


class HorizonReader:
    """Places lines by the words of the declaration; the title decides where a line is silent."""

    def __init__(self, declared: MeetingFile) -> None:
        self._declared = declared
        self._procedural = cue_pattern(declared.procedural)

    def minutes(self, lines: Iterable[AgendaLine], title: str, year: int) -> Minutes:
        """Add up an agenda's minutes by horizon, to whole minutes."""
        sums: dict[LineHorizon, float] = {"today": 0.0, "tomorrow": 0.0, "neither": 0.0}
        for line in lines:
            sums[self.of_line(line.words, title, year)] += line.minutes
        return Minutes(round(sums["today"]), round(sums["tomorrow"]), sum(sums.values()))

    def of_line(self, words: str, title: str, year: int) -> LineHorizon:
        """Where one line belongs.

        Parameters
        ----------
        words
            The line without its time.
        title
            The title of the meeting.
        year
            The year in which it takes place: years well after it speak for tomorrow.
        """
        lean = self._lean(words, year)
        if lean is None:
            if not words or self._procedural.search(words):
                return "neither"
            lean = self._lean(title, year) or 0.0
        elif lean == 0:
            lean = self._lean(title, year) or 0.0
        return "tomorrow" if lean > 0 else "today"

    def is_topic(self, words: str) -> bool:
        """Whether a line names something of today or tomorrow."""
        return self._lean(words, 2000) is not None

    def _lean(self, text: str, year: int) -> float | None:
        """Above nought for tomorrow, below for today; None where no word speaks."""
        ahead = [int(found) for found in _YEAR.findall(text)]
        far = any(found >= year + self._declared.years_ahead for found in ahead) and year > 2000
        later = _weight(self._declared.tomorrow, text) + (_YEAR_WEIGHT if far else 0.0)
        now = _weight(self._declared.today, text)
        return None if not later and not now else later - now


def _weight(cues: Iterable[HorizonCue], text: str) -> float:
    """The weights of all different words found; a word counts once."""
    return sum(
        cue.weight * len({found.lower() for found in cue_pattern(cue.words).findall(text)})
        for cue in cues
    )
