"""What stands beside a figure: England's, the region's and the peers', of the same period.

A figure alone says little. Of another period none is compared: it is told with its date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from remit.report.cards import MetricCard, ReportBody, Trace
from remit.signals.funnel import Funnel, by_spread, chance_words, is_beyond
from remit.words.figures import rank_words
from remit.words.sentences import count_words, sentence_case

FEWEST_FOR_QUARTILES = 4
"""Of fewer peers a median says enough: a quarter of three is nobody."""


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """The figure of England or of a region beside that of an organisation.

    Attributes
    ----------
    level, name
        Whose it is.
    value
        That of the same period; None where it is not held.
    said
        As it is printed; where it is not held, with the newest that is.
    basis
        In a few words: ``as printed``, or how many together make it.
    who
        Of whom it is made, in a sentence.
    traces
        The published figures behind a printed row; those behind a sum are in ``source-rows.csv``.
    """

    level: Literal["england", "region"]
    name: str
    value: float | None
    said: str
    basis: str = ""
    who: str = ""
    traces: tuple[Trace, ...] = ()

    @property
    def cell(self) -> str:
        """Name, figure and what it is made of, for a cell: ``England 71.9% (as printed)``."""
        return f"{self.name} {self.said}" + (f" ({self.basis})" if self.basis else "")


@dataclass(frozen=True, slots=True)
class PeerFigure:
    """The figure of one peer; ``value`` is None where none of the same period is held.

    ``verdict`` is that of the funnel, empty where there is none; ``spread`` says that only limits
    widened by the spread among peers hold it.
    """

    body: ReportBody
    value: float | None
    said: str
    verdict: str = ""
    spread: bool = False

    @property
    def chance(self) -> str:
        """Whether chance explains how far it lies from the peers together; empty if not known."""
        return chance_words(self.verdict, spread=self.spread) if self.verdict else ""


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """The peers of an organisation: those that are chosen and of its kind, without itself.

    Attributes
    ----------
    noun
        What they are called together: ``acute trusts``.
    figures
        All of them, the best first and those without a figure of the period last.
    median, lower, upper
        The middle of their values, and its quartiles where there are enough for them.
    median_said, range_said
        As they are printed.
    place
        Its own place among them and itself, the best (or, of what is neither better nor worse,
        the highest) first.
    best_first
        Whether one end is better than the other.
    verdict, spread
        What the funnel says of the difference from the peers, empty where there is none; and
        whether only limits widened by the spread among them hold it.
    no_verdict
        Why there is none.
    """

    noun: str
    figures: tuple[PeerFigure, ...]
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    median_said: str = ""
    range_said: str = ""
    place: int | None = None
    best_first: bool = True
    verdict: str = ""
    spread: bool = False
    no_verdict: str = ""

    @property
    def chance(self) -> str:
        """Whether chance explains the difference from the peers; empty if not known."""
        return chance_words(self.verdict, spread=self.spread) if self.verdict else ""

    @property
    def chosen(self) -> int:
        """How many are chosen."""
        return len(self.figures)

    @property
    def count(self) -> int:
        """How many have a figure of the same period."""
        return sum(figure.value is not None for figure in self.figures)

    @property
    def absent(self) -> tuple[PeerFigure, ...]:
        """Those without a figure of the same period."""
        return tuple(figure for figure in self.figures if figure.value is None)

    @property
    def is_signal(self) -> bool:
        """Whether chance does not explain the difference from the peers."""
        return is_beyond(self.verdict)

    @property
    def cell(self) -> str:
        """Median, its own place and whether the difference is more than chance, for a cell."""
        if self.median is None:
            return f"No figure of {count_words(self.chosen, 'peer')} of the same period"
        said = [sentence_case(self.middle)]
        if self.place is not None:
            end = "best" if self.best_first else "highest"
            said.append(f"{rank_words(self.place, self.count + 1)}, {end} first")
        if self.verdict:
            said.append(self.chance)
        return "; ".join(said)

    @property
    def brief(self) -> str:
        """Median and place alone, for where there is no room for more; of a group that has one."""
        place = f", place {self.place} of {self.count + 1}" if self.place is not None else ""
        return f"{self.middle}{place}"

    @property
    def middle(self) -> str:
        """``median of 6 peers 65.0%``"""
        return f"median of {count_words(self.count, 'peer')} {self.median_said}"

    @property
    def sentence(self) -> str:
        """All of it in one or two sentences."""
        one = self.noun.removesuffix("s")
        if self.median is None and self.chosen == 1:
            return f"The one {one} among the peers has no figure of it."
        if self.median is None:
            return f"None of the {self.chosen} {self.noun} among the peers has a figure of it."
        counted = count_words(self.count, one)
        of = f"{self.count} of {self.chosen} {self.noun}" if self.absent else counted
        middle = f", half of them between {self.range_said}" if self.range_said else ""
        begin = f"Peers ({of}): median {self.median_said}{middle}."
        return " ".join((begin, *self._place()))

    def _place(self) -> Iterator[str]:
        if self.place is not None:
            end = "best" if self.best_first else "highest"
            yield f"Its own place is {rank_words(self.place, self.count + 1)}, the {end} first."
        if self.verdict:
            yield f"{sentence_case(self.chance)}."
        elif self.no_verdict:
            yield self.no_verdict


@dataclass(frozen=True, slots=True)
class StandsBeside:
    """What stands beside the latest value of a line; ``peers`` is None where none are chosen."""

    areas: tuple[AreaFigure, ...] = ()
    peers: PeerGroup | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """England, the region and the peers, each in a few words; empty where there is nothing."""
        said = tuple(area.cell for area in self.areas)
        return (*said, self.peers.cell) if self.peers else said

    @property
    def short(self) -> str:
        """All of it for one cell of a table."""
        return "; ".join(self.cells)

    @property
    def brief(self) -> str:
        """Names and figures alone, for a line below a finding; what they are made of is a row's."""
        said = [f"{area.name} {area.said}" for area in self.areas]
        group = self.peers
        if group is not None and group.median is not None:
            said.append(group.brief)
        return "; ".join(said)

    @property
    def sentence(self) -> str:
        """All of it in sentences, with what each figure is made of."""
        said = [f"{area.cell}." for area in self.areas]
        return " ".join([*said, self.peers.sentence] if self.peers else said)


NOTHING_BESIDE = StandsBeside()
"""What stands beside a line of which nobody has asked what does."""


@dataclass(frozen=True, slots=True)
class PeerFunnel:
    """Organisations of one kind in one metric and period, as a funnel.

    ``made.points`` has the columns ``name, code, numerator, denominator`` and those of the funnel.
    """

    id: str
    metric: MetricCard
    noun: str
    period: str
    codes: frozenset[str]
    made: Funnel = field(compare=False)

    @property
    def verdicts(self) -> dict[str, str]:
        """What it says of each organisation, by code."""
        return dict(self.made.points.select("code", "verdict").iter_rows())

    @property
    def by_spread(self) -> frozenset[str]:
        """Those that only limits widened by the spread among them hold, by code."""
        codes = self.made.points["code"]
        return frozenset(codes[row] for row in by_spread(self.made))
