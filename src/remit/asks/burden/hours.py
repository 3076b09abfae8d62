"""Hours of an ask: as written down, or a range from what is known of asks like it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean, quantiles

from remit.asks.matching.facets import function_counts
from remit.asks.senders.cues import cue_pattern
from remit.catalogue import declared
from remit.model.ask import Ask
from remit.model.intake import BurdenFile, Hours

OTHER = "other"
"""The function of an ask that no declared words fit."""


@dataclass(frozen=True, slots=True)
class HoursOfAsk:
    """The hours of one ask; for those written down all three are the same."""

    low: float
    middle: float
    high: float
    known: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """What an estimate rests on: the kind of ask, how many known hours, and their range."""

    kind: str
    known: int
    low: float
    middle: float
    high: float
    asks: int
    """How many asks without hours were given this range."""


class HoursReader:
    """Gives each ask its hours.

    An ask without hours takes the range of the register's own asks of the same channel and
    frequency, where there are enough; else of the channel; else of all; else the declared one.
    The range runs from the lower to the upper quartile, its middle is the mean (a sum of means is
    the expected sum); quartiles are those of ``statistics.quantiles(method="inclusive")``.

    Parameters
    ----------
    asks
        All asks of the register.
    declaration
        What is assumed where too little is known.
    """

    def __init__(self, asks: Iterable[Ask], declaration: BurdenFile) -> None:
        self._declared = declaration
        self._known: dict[tuple[str, ...], list[float]] = {}
        self._used: dict[str, Basis] = {}
        for ask in asks:
            if ask.hours_estimate is not None:
                for kind in _kinds(ask):
                    self._known.setdefault(kind, []).append(ask.hours_estimate)

    def of(self, ask: Ask) -> HoursOfAsk:
        """The hours of one ask; what its estimate rests on is remembered for :meth:`basis`."""
        if ask.hours_estimate is not None:
            told = ask.hours_estimate
            return HoursOfAsk(told, told, told, known=True)
        name, known, found = self._range(ask)
        before = self._used.get(name)
        count = before.asks + 1 if before else 1
        self._used[name] = Basis(name, known, found.low, found.middle, found.high, count)
        return HoursOfAsk(found.low, found.middle, found.high, known=False)

    def basis(self) -> tuple[Basis, ...]:
        """What the estimates so far rest on."""
        return tuple(self._used[name] for name in sorted(self._used))

    def _range(self, ask: Ask) -> tuple[str, int, Hours]:
        for kind in _kinds(ask):
            known = self._known.get(kind, [])
            if len(known) >= self._declared.enough:
                return f"the register's asks: {_in_words(kind)}", len(known), _quartiles(known)
        channel = ask.channel or ""
        if channel in self._declared.by_channel:
            return f"assumed: {channel}", 0, self._declared.by_channel[channel]
        return "assumed: any channel", 0, self._declared.otherwise


class FunctionReader:
    """Puts an ask to a function of the map of remits by the declared words."""

    def __init__(self, declaration: BurdenFile) -> None:
        self._words = declaration.functions
        self._functions = [(f.id, cue_pattern(f.words)) for f in declaration.functions]

    def of(self, ask: Ask) -> str:
        """The function whose words stand in the team, else in the title, else in the text.

        Of several the one with most different words is taken, then the earlier declared.
        """
        texts = (ask.from_team or "", ask.title)
        for counts in (*map(self._counts, texts), function_counts(ask, self._words)):
            if any(counts):
                return self._functions[counts.index(max(counts))][0]
        return OTHER

    def of_team(self, ask: Ask) -> str | None:
        """The function whose words stand in the column of teams; None where none does."""
        counts = self._counts(ask.from_team or "")
        return self._functions[counts.index(max(counts))][0] if any(counts) else None

    def _counts(self, text: str) -> list[int]:
        return [len({w.lower() for w in p.findall(text)}) for _, p in self._functions]


@cache
def load_burden(own: Path | None = None) -> BurdenFile:
    """What is assumed of hours, and the words of functions: Remit's, or a file of the user's own.

    Raises
    ------
    DeclarationError
        If the file is faulty; the message names file, line, key and remedy.
    """
    if own is not None:
        return declared.read(own).validate(BurdenFile)
    (file,) = declared.packaged("burden")
    return file.validate(BurdenFile)


def _kinds(ask: Ask) -> tuple[tuple[str, ...], ...]:
    channel, frequency = ask.channel or "", ask.frequency or ""
    return (channel, frequency), (channel,), ()


def _in_words(kind: tuple[str, ...]) -> str:
    return ", ".join(filter(None, kind)) or "all"


def _quartiles(known: list[float]) -> Hours:
    if len(known) == 1:
        return Hours(low=known[0], middle=known[0], high=known[0])
    lower, _, upper = quantiles(known, n=4, method="inclusive")
    mean = fmean(known)
    return Hours(low=min(lower, mean), middle=mean, high=max(upper, mean))
