"""Whether a line of an agenda is today's running, tomorrow's health, or neither.

The matters of the horizon table say so, as they do for asks: first by the words by which an agenda
names them, then by what they cover.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from remit.asks.calendar.agenda import AgendaLine
from remit.asks.matching.matters import MatterReader, load_matters
from remit.asks.senders.cues import CueFinder, cue_pattern
from remit.model.ask import Horizon
from remit.model.meeting import MeetingFile
from remit.model.period import financial_year_of

LineHorizon = Literal["today", "tomorrow", "neither"]
_OWN: tuple[Horizon, Horizon] = (Horizon.TODAY, Horizon.TOMORROW)

_YEAR = re.compile(r"(?<![\d/])(20[2-9]\d)(?:\s*[-–]\s*(?:20)?([2-9]\d))?(?!\d|/\d)")
_FINANCIAL_YEAR = re.compile(r"(?<![\d/])(?:20)?([2-9]\d)/[2-9]\d(?![\d/])")
_COMING = re.compile(r"\b(?:from|to|by|until|towards)\s+(20[2-9]\d)(?!\d|/\d)", re.IGNORECASE)
_CENTURY = 2000
_AFTER_ALL = date(9998, 4, 1)
"""A day after which no year that is named lies."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a meeting by horizon; what is left of its length is neither."""

    today: int
    tomorrow: int
    listed: float
    """All minutes that the agenda states, welcome and breaks included."""


class HorizonReader:
    """Places lines by the table of matters; the title decides where a line is silent.

    Parameters
    ----------
    declared
        How calendars are read: lines that are neither, and words of a user's own.
    matters
        The table of matters.
    """

    def __init__(self, declared: MeetingFile, matters: MatterReader | None = None) -> None:
        self._matters = matters or load_matters()
        content = self._matters.content
        self._years_ahead = declared.years_ahead
        self._own = CueFinder({"today": declared.today, "tomorrow": declared.tomorrow})
        self._rules = CueFinder(
            {
                "procedural": declared.procedural,
                "ahead": content.ahead.words,
                "change": content.change,
            }
        )
        self._general = cue_pattern(content.general)
        self._named = CueFinder({matter.id: matter.agenda for matter in content.matters})

    def minutes(self, lines: Iterable[AgendaLine], title: str, on: date) -> Minutes:
        """Add up an agenda's minutes by horizon, to whole minutes."""
        sums: dict[LineHorizon, float] = {"today": 0.0, "tomorrow": 0.0, "neither": 0.0}
        for line in lines:
            sums[self.of_line(line.words, title, on)] += line.minutes
        return Minutes(round(sums["today"]), round(sums["tomorrow"]), sum(sums.values()))

    def of_line(self, words: str, title: str, on: date) -> LineHorizon:
        """Where one line belongs.

        Parameters
        ----------
        words
            The line without its time.
        title
            The title of the meeting.
        on
            The day on which it takes place: years after it speak for tomorrow.
        """
        side = self._by_name(words, on)
        if side is None and (not words or "procedural" in self._rules.found(words)):
            return "neither"
        for said in (words, title):
            side = side or self._by_name(said, on) or self._by_cover(said, on)
        return "tomorrow" if side is Horizon.TOMORROW else "today"

    def is_topic(self, words: str) -> bool:
        """Whether a line names something of today or tomorrow."""
        return self._by_name(words, _AFTER_ALL) is not None

    def _by_name(self, text: str, on: date) -> Horizon | None:
        """By words that name a side or a matter; None where there are none."""
        own = self._own.found(text)
        if own:
            return max(_OWN, key=lambda side: _length(own.get(side.value, set())))
        if "ahead" in self._rules.found(text) or self._looks_far(text, on):
            return Horizon.TOMORROW
        votes: dict[Horizon, int] = defaultdict(int)
        for name, cues in self._named.found(text).items():
            votes[self._matters.matters[name].horizon] += _length(cues)
        if not votes:
            return Horizon.TOMORROW if self._names_change(text, on) else None
        return self._settled(max(votes, key=lambda side: votes[side]), text, on)

    def _by_cover(self, text: str, on: date) -> Horizon | None:
        """By what the matters cover; None where no matter fits well."""
        found = self._matters.of_phrase(self._general.sub(" ", text))
        return self._settled(found.horizon, text, on) if found else None

    def _settled(self, side: Horizon, text: str, on: date) -> Horizon:
        """A matter of both is tomorrow's where a change to come is named, otherwise today's."""
        if side is not Horizon.BOTH:
            return side
        return Horizon.TOMORROW if self._names_change(text, on) else Horizon.TODAY

    def _names_change(self, text: str, on: date) -> bool:
        coming = any(int(year) >= on.year for year in _COMING.findall(text))
        begins = financial_year_of(on).start.year
        later = any(_CENTURY + int(year) > begins for year in _FINANCIAL_YEAR.findall(text))
        return coming or later or "change" in self._rules.found(text)

    def _looks_far(self, text: str, on: date) -> bool:
        """Whether a year is named that lies so far ahead that nothing of today is meant."""
        years = (
            _CENTURY + int(last) if last else int(first) for first, last in _YEAR.findall(text)
        )
        return any(year >= on.year + self._years_ahead for year in years)


def _length(cues: set[str]) -> int:
    return sum(len(cue) for cue in cues)
