"""Why there is no answer: each gate has its reason in plain words and its figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Final

import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes
from remit.shift.effect.estimate import Contrast, Matched
from remit.words.figures import number_words, percent_words

USE = (["later"], ["days", "earlier"])
"""The result: use a day after entry over use in the year before the matched one."""
LEVEL = (["later"], ["days"])
_SLACK = 14
"""Days at the beginning on which nobody need have a record."""
PLACEBO: tuple[Sequence[str], Sequence[str]] = (["earlier"], [])


_FALSE_REASONS = 0.05
TESTS: Final = 16
"""One-sided tests by which a gate may close: spike, completers, placebo in odd years (2), survival
(3), season (2), practices (2), kinds of care (2), newcomers, last records, first weeks. Rising
illness, what does not last, deaths and more use after entry have chances of their own."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A gate that closed.

    Attributes
    ----------
    gate
        Its name.
    reason
        Why there is no answer, in plain words.
    figure
        What was seen.
    limit
        From where on it closes.
    chance
        How rare so large a figure is by chance alone, one-sided; nothing where it was counted and
        not tested.
    """

    gate: str
    reason: str
    figure: float
    limit: float
    chance: float | None = None


@dataclass(frozen=True, slots=True)
class GateFigure:
    """What a gate saw, whether it closed or not.

    Attributes
    ----------
    gate
        Its name.
    what
        Which figure it looks at, in plain words.
    figure
        What was seen; nothing where it could not be told.
    limit
        From where on it closes.
    reason
        Why there is no answer; empty where what was seen is too small, however sure it is.
    chance
        How rare so large a figure is by chance alone, one-sided; nothing where it was counted and
        not tested.
    level
        How rare it must be for the gate to close.
    """

    gate: str
    what: str
    figure: float | None
    limit: float
    reason: str = ""
    chance: float | None = None
    level: float = 1.0

    @property
    def closed(self) -> bool:
        """Whether there is no answer for this."""
        return bool(self.reason) and (self.chance is None or self.chance < self.level)

    @property
    def refusal(self) -> Refusal:
        """The same as a reason for no answer."""
        figure = self.limit if self.figure is None else self.figure
        return Refusal(self.gate, self.reason, figure, self.limit, self.chance)


def told(found: Contrast) -> float | None:
    """The ratio of a comparison, where it is known."""
    return found.ratio if found.is_known else None


def ratio_words(found: Contrast) -> str:
    """The ratio in words, such as *1.25 times*."""
    return (
        f"{number_words(found.ratio, 2)} times" if found.is_known else "an unknown number of times"
    )


def two_years(codes: Codes, asked: Asked) -> Refusal | None:
    """Whether the records go back two years before the start, and on for long enough after it.

    Parameters
    ----------
    codes
        What stands in the records.
    asked
        The question.
    """
    before = asked.quarter(0) - codes.first
    wanted = asked.quarter(0) - asked.quarter(-8)
    if before < wanted - _SLACK:
        return Refusal(
            "two years before",
            f"The records begin {before} days before the start, and two years are needed: one in "
            "which people are alike, and one before it to compare with. With one alone, those who "
            "were chosen in a bad spell seem to get better by the service.",
            before,
            wanted,
        )
    after, least = codes.last - asked.quarter(0), asked.rules.least_follow_up_days
    if after < least:
        return Refusal(
            "year after",
            f"The records end {max(after, 0)} days after the start; at least {least} are needed.",
            after,
            least,
        )
    return None


def referral(cells: pl.DataFrame, asked: Asked) -> Iterator[GateFigure]:
    """Whether most entered within a month of an emergency admission, unlike anybody else.

    Parameters
    ----------
    cells
        Those of people who can be compared, whether there is anybody alike or not.
    asked
        The question.
    """
    limits = asked.rules.gates
    sums = cells.group_by("arm").agg(pl.col("follows", "people").sum())
    shares = {row["arm"]: row["follows"] / max(row["people"], 1) for row in sums.to_dicts()}
    treated, others = shares.get(1, 0.0), shares.get(0, 0.0)
    closes = treated > limits.referral and treated > limits.referral_times * others
    yield GateFigure(
        "referral after admission",
        "share of those with the service who had an emergency admission in the month before entry",
        treated,
        limits.referral,
        f"{percent_words(treated)} of those with the service had an emergency admission in the "
        f"month before entry, of the others {percent_words(others)}: they were referred out of "
        "a stay in hospital, and what follows is the course of that illness."
        if closes
        else "",
    )


def gates(matched: Matched, treated: int, asked: Asked) -> Iterator[GateFigure]:
    """The gates of people who were made comparable, but for those that have files of their own.

    Parameters
    ----------
    matched
        Those with the service and those alike.
    treated
        How many people entered the service whom records show in the year before.
    asked
        The question, with its limits.
    """
    yield _overlap(matched, treated, asked)
    if matched.kept == 0:
        return
    yield _clusters(matched, asked)
    for gate in (_day_of_entry, _spike, _season, _practices):
        yield gate(matched, asked)


def all_that_hold(seen: Sequence[GateFigure]) -> tuple[GateFigure, ...]:
    """What gates saw, with all reasons closed that hold once there is no answer.

    Whether there is an answer is held to a level at which a gate among so many hardly ever closes
    by chance. Once there is none, the other gates are held to the share of false reasons among
    those that are said (Benjamini and Hochberg): at most one in twenty.

    Parameters
    ----------
    seen
        What each gate saw.
    """
    if not any(one.closed for one in seen):
        return tuple(seen)
    chances = [one.chance or 0.0 for one in seen if one.reason]
    tests = max(sum(one.chance is not None for one in seen), 1)
    ranked = enumerate(sorted(chances), start=1)
    level = max((one for rank, one in ranked if one <= rank * _FALSE_REASONS / tests), default=0.0)
    return tuple(
        replace(one, level=1.0) if one.reason and (one.chance or 0.0) <= level else one
        for one in seen
    )


def rare(asked: Asked) -> float:
    """How rare a difference must be by chance before a gate closes.

    There are many gates, and together they may close by chance as seldom as is declared.

    Parameters
    ----------
    asked
        The question, with its limits.
    """
    return asked.rules.gates.alarm / TESTS


def _overlap(matched: Matched, treated: int, asked: Asked) -> GateFigure:
    share, least = matched.kept / max(treated, 1), asked.rules.gates.kept
    return GateFigure(
        "overlap",
        "share of those with the service for whom there is somebody alike without it",
        share,
        least,
        f"For {percent_words(share)} alone of those with the service whom records show in the "
        "year before is there anybody alike without it; what holds for so few is no answer for "
        "the service."
        if share < least
        else "",
    )


def _clusters(matched: Matched, asked: Asked) -> GateFigure:
    least = asked.rules.least_clusters
    return GateFigure(
        "clusters",
        "practices or places that the people come from",
        matched.clusters,
        least,
        f"The people come from {matched.clusters} practices or places; with fewer than {least} "
        "it cannot be said how uncertain the result is."
        if matched.clusters < least
        else "",
    )


def _day_of_entry(matched: Matched, asked: Asked) -> GateFigure:
    limits = asked.rules.gates
    treated, others = matched.share("on_day")
    closes = treated > limits.day_of_entry and treated > limits.day_of_entry_times * others
    return GateFigure(
        "day of entry",
        "share of those with the service with a hospital record on the day of entry",
        treated,
        limits.day_of_entry,
        f"On the day of entry {percent_words(treated)} of those with the service have a record "
        f"in hospital, of the others {percent_words(others)} on such a day: entry was in a "
        "crisis, or part of a stay in hospital, and what follows is that crisis."
        if closes
        else "",
    )


def _spike(matched: Matched, asked: Asked) -> GateFigure:
    limit = asked.rules.gates.spike
    spike = matched.contrast(["near"], ["far"])
    large = spike.is_known and spike.ratio > limit
    return GateFigure(
        "spike after entry",
        "hospital records in the month after entry over those later in the year, with the service "
        "over without",
        told(spike),
        limit,
        "In the month after entry those with the service use far more hospital care than later "
        f"in the year, {ratio_words(spike)} as much as the others: entry was in a crisis that the "
        "year before does not show."
        if large
        else "",
        spike.chance(above=True),
        rare(asked),
    )


def _season(matched: Matched, asked: Asked) -> GateFigure:
    limit = asked.rules.gates.season
    season = matched.contrast(["u4"], ["u3"])
    large = season.is_known and abs(season.value) > log(limit)
    return GateFigure(
        "same months of the year before",
        "use in the months of entry a year before over that in the months after them, with the "
        "service over without",
        told(season),
        limit,
        "In the months of entry a year before, against those after them, people with the "
        f"service used {ratio_words(season)} as much as those alike: theirs is another season, and "
        "what follows entry is that season."
        if large
        else "",
        season.chance(season.value > 0),
        rare(asked),
    )


def _practices(matched: Matched, asked: Asked) -> GateFigure:
    """What else goes on where people are referred: seen in those who never have the service."""
    least = asked.rules.gates.practices
    seen = matched.swayed(["stays_later"], ["days", "stays_earlier"])
    large = seen.is_known and abs(seen.value) >= log(1 + least)
    way = "improving" if seen.value < 0 else "getting worse"
    return GateFigure(
        "trend of practices",
        "change of use of people without the service, in practices that refer over others",
        told(seen),
        1 / (1 + least) if seen.value < 0 else 1 + least,
        f"Practices that refer were {way} already, by themselves: people there who never have "
        f"the service changed their use {ratio_words(seen)} as much as people alike in other "
        "practices. What follows entry is that trend, or something else that began there, such as "
        "care that is outside these records."
        if large
        else "",
        seen.chance(seen.value > 0),
        rare(asked),
    )
