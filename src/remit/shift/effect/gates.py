"""Why there is no answer: each gate has its reason in plain words and its figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes
from remit.shift.effect.estimate import Matched
from remit.words.figures import number_words, percent_words

USE = (["later"], ["days", "earlier"])
"""The result: use a day after entry over use in the year before the matched one."""
LEVEL = (["later"], ["days"])
_SLACK = 14
"""Days at the beginning on which nobody need have a record."""
PLACEBO: tuple[Sequence[str], Sequence[str]] = (["earlier"], [])


TESTS: Final = 11
"""One-sided tests by which a gate may close: spike, placebo in odd years (2), survival (2), season
(2), practices (2), rising illness (2)."""


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
    """

    gate: str
    reason: str
    figure: float
    limit: float


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


def referral(cells: pl.DataFrame, asked: Asked) -> Iterator[Refusal]:
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
    if treated > limits.referral and treated > limits.referral_times * others:
        yield Refusal(
            "referral after admission",
            f"{percent_words(treated)} of those with the service had an emergency admission in the "
            f"month before entry, of the others {percent_words(others)}: they were referred out of "
            "a stay in hospital, and what follows is the course of that illness.",
            treated,
            limits.referral,
        )


def gates(matched: Matched, treated: int, asked: Asked) -> Iterator[Refusal]:
    """All gates that close on people who were made comparable.

    Parameters
    ----------
    matched
        Those with the service and those alike.
    treated
        How many people entered the service whom records show in the year before.
    asked
        The question, with its limits.
    """
    yield from _overlap(matched, treated, asked)
    if matched.kept == 0:
        return
    yield from _clusters(matched, asked)
    for gate in (_crisis, _survival, _season, _practices, _rising):
        yield from gate(matched, asked)


def rare(asked: Asked) -> float:
    """How rare a difference must be by chance before a gate closes.

    There are many gates, and together they may close by chance as seldom as is declared.

    Parameters
    ----------
    asked
        The question, with its limits.
    """
    return asked.rules.gates.alarm / TESTS


def _overlap(matched: Matched, treated: int, asked: Asked) -> Iterator[Refusal]:
    share = matched.kept / max(treated, 1)
    if share < asked.rules.gates.kept:
        yield Refusal(
            "overlap",
            f"For {percent_words(share)} alone of those with the service whom records show in the "
            "year before is there anybody alike without it; what holds for so few is no answer for "
            "the service.",
            share,
            asked.rules.gates.kept,
        )


def _clusters(matched: Matched, asked: Asked) -> Iterator[Refusal]:
    least = asked.rules.least_clusters
    if matched.clusters < least:
        yield Refusal(
            "clusters",
            f"The people come from {matched.clusters} practices or places; with fewer than {least} "
            "it cannot be said how uncertain the result is.",
            matched.clusters,
            least,
        )


def _crisis(matched: Matched, asked: Asked) -> Iterator[Refusal]:
    limits = asked.rules.gates
    treated, others = matched.share("on_day")
    if treated > limits.day_of_entry and treated > limits.day_of_entry_times * others:
        yield Refusal(
            "day of entry",
            f"On the day of entry {percent_words(treated)} of those with the service have a record "
            f"in hospital, of the others {percent_words(others)} on such a day: entry was in a "
            "crisis, or part of a stay in hospital, and what follows is that crisis.",
            treated,
            limits.day_of_entry,
        )
    spike = matched.contrast(["near"], ["far"])
    if spike.is_known and spike.ratio > limits.spike and spike.chance(above=True) < rare(asked):
        yield Refusal(
            "spike after entry",
            "In the month after entry those with the service use far more hospital care than later "
            f"in the year, {number_words(spike.ratio, 2)} times as much as the others: entry was "
            "in a crisis that the year before does not show.",
            spike.ratio,
            limits.spike,
        )


def _survival(matched: Matched, asked: Asked) -> Iterator[Refusal]:
    """Who dies or moves away has records in the half year after entry, not in the last half."""
    limits = asked.rules.gates
    left = matched.contrast(["final"], ["first"])
    if not left.is_known:
        return
    told = min(matched.share("first")) > limits.told
    least = limits.survival if told else limits.survival_untold
    if left.ratio < 1 - least and left.chance(above=False) < rare(asked):
        yield Refusal(
            "survival of records",
            "From the half year after entry to the last half year of the records people with the "
            f"service vanish from the records: {number_words(left.ratio, 2)} times as many of them "
            "are left as of the others. Who dies or moves away looks like a success. A column "
            "died_on would tell deaths.",
            left.ratio,
            1 - least,
        )
    elif told and left.ratio > 1 + least and left.chance(above=True) < rare(asked):
        yield Refusal(
            "survival of records",
            "From the half year after entry to the last half year of the records people without "
            f"the service vanish from the records: {number_words(left.ratio, 2)} times as many of "
            "those with it are left. Who dies or moves away looks like a success, here of no "
            "service.",
            left.ratio,
            1 + least,
        )


def _season(matched: Matched, asked: Asked) -> Iterator[Refusal]:
    limits = asked.rules.gates
    season = matched.contrast(["u4"], ["u3"])
    large = season.is_known and abs(season.value) > log(limits.season)
    if large and min(season.chance(above=True), season.chance(above=False)) < rare(asked):
        yield Refusal(
            "same months of the year before",
            "In the months of entry a year before, against those after them, people with the "
            f"service used {number_words(season.ratio, 2)} times as much as those alike: theirs "
            "is another season, and what follows entry is that season.",
            season.ratio,
            limits.season,
        )


def _practices(matched: Matched, asked: Asked) -> Iterator[Refusal]:
    """What else goes on where people are referred: seen in those who never have the service."""
    least = asked.rules.gates.practices
    seen = matched.swayed(*USE)
    if not seen.is_known or abs(seen.value) < log(1 + least):
        return
    if min(seen.chance(above=True), seen.chance(above=False)) < rare(asked):
        way = "improving" if seen.value < 0 else "getting worse"
        yield Refusal(
            "trend of practices",
            f"Practices that refer were {way} already, by themselves: people there who never have "
            f"the service changed their use {number_words(seen.ratio, 2)} times as much as people "
            "alike in other practices. What follows entry is that trend, or something else that "
            "began there.",
            seen.ratio,
            1 + least if seen.value > 0 else 1 / (1 + least),
        )


def _rising(matched: Matched, asked: Asked) -> Iterator[Refusal]:
    """Unrecorded illness that rises: in the year before the matched one, or in all signs of it.

    A rise of use after entry is believed only if the signs of rising illness together do not point
    to it: use that was lower in the earlier year, that rose within that year, between the matched
    year and the day of entry, or within the year after it.
    """
    limits = asked.rules.gates
    earlier = matched.contrast(*PLACEBO)
    slope = matched.contrast(["newer"], ["older"])
    after = matched.contrast(["late"], ["early"])
    waited = matched.contrast(["waited"])
    signs = sum(one.size for one in (slope, waited, after)) - earlier.size
    found = matched.contrast(*USE)
    is_harm = found.is_known and found.leaves_out_one and found.ratio > 1
    if earlier.chance(above=False) < rare(asked):
        yield _getting_worse(
            "Alike in the year before entry, those with the service had used "
            f"{number_words(earlier.ratio, 2)} times as much as the others in the year before that",
            earlier.ratio,
        )
    elif slope.chance(above=True) < rare(asked):
        yield _getting_worse(
            "Within the year before the matched one the use of those with the service rose to "
            f"{number_words(slope.ratio, 2)} times that of the others",
            slope.ratio,
        )
    elif is_harm and signs > limits.signs:
        yield _getting_worse(
            "Those with the service used more after entry than people alike, and their use in the "
            "year before the matched one and its course point to illness that was rising already",
            found.ratio,
        )


def _getting_worse(seen: str, figure: float) -> Refusal:
    return Refusal(
        "rising illness",
        f"{seen}: they were getting worse, unrecorded, and would have used more in any case.",
        figure,
        1,
    )
