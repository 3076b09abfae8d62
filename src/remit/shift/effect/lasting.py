"""Whether what sets those with the service apart is alike in them or lasts, or changes by itself.

A comparison holds for two reasons alone. Either people are alike in all that matters once they are
alike in the year before entry: then they were alike in the year before that as well. Or what sets
those with the service apart lasts: then their use ran beside that of the others over both years.
Where neither is so, what follows entry is how that difference goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import exp, log

import polars as pl

from remit.shift.effect.adding import added
from remit.shift.effect.asked import Asked
from remit.shift.effect.estimate import Contrast, Matched
from remit.shift.effect.gates import GateFigure, rare, ratio_words, told
from remit.shift.effect.strata import CELL, SUMS
from remit.words.figures import number_words, percent_words

_USED = ("last_quarter", "quarter_before", "rest_of_year", "emergencies", "seen", "whole_year")
"""What tells strata apart by what people used."""


def lasting(
    matched: Matched, usable: pl.DataFrame, says_deaths: bool, asked: Asked
) -> Iterator[GateFigure]:
    """The gates on what sets those with the service apart, before entry and after it.

    Parameters
    ----------
    matched
        Those with the service and those alike.
    usable
        Cells of all who can be compared.
    says_deaths
        Whether the records say who died.
    asked
        The question, with its limits.
    """
    yield from _lasts(matched, usable, asked)
    yield _planned_before(usable, asked)
    yield from _kinds_of_care(matched, asked)
    if says_deaths:
        yield _deaths(matched, asked)
    yield _more_use(matched, asked)


def _lasts(matched: Matched, usable: pl.DataFrame, asked: Asked) -> Iterator[GateFigure]:
    """Whether use in the earlier year differs one way, and its course to the next year the other.

    A lasting difference is in both years. Who gets better by himself used more in the earlier
    year, and less from year to year; who gets worse, the other way about.
    """
    limits = asked.rules.gates
    earlier = matched.contrast(["stays_earlier"])
    course = _without_use(usable, asked).contrast(["stays_year_known"], ["stays_earlier"])
    margin, chance = 1 + limits.passing, limits.passing_alarm
    for better in (True, False):
        before, after = (earlier, course) if better else (course, earlier)
        closes = (
            before.is_known
            and after.is_known
            and before.ratio > margin
            and after.ratio < 1 / margin
        )
        way = "getting better" if better else "getting worse"
        yield GateFigure(
            f"{way} already",
            "hospital records in the year before the matched one, with the service over people "
            "alike without",
            told(earlier),
            margin if better else 1 / margin,
            f"Those with the service were {way} already, by themselves: in the year before the "
            f"matched one they had {ratio_words(earlier)} the hospital records of people alike, "
            f"and from that year to the next their use changed {ratio_words(course)} as much as "
            "that of all others of their age and place. So what sets them apart does not last, "
            f"and what follows entry may be no more than that they go on {way}"
            f"{', or recover' if better else ''}."
            if closes
            else "",
            max(before.chance(above=True), after.chance(above=False)),
            chance,
        )


def _without_use(usable: pl.DataFrame, asked: Asked) -> Matched:
    """The same people, alike in quarter of entry, place and age alone, whatever they used."""
    zeros = [pl.lit(0, pl.Int64).alias(one) for one in _USED]
    wanted = usable.select(*CELL, *SUMS[:5], "stays_year_known", "stays_earlier")
    # In one order: sums of floating-point numbers differ in their last digit by it.
    return Matched(added([wanted.with_columns(zeros)], CELL), asked.rules.least_controls)


def _planned_before(usable: pl.DataFrame, asked: Asked) -> GateFigure:
    """Whether most enter after a planned stay: an operation, after which many need less."""
    limits = asked.rules.gates
    sums = usable.group_by("arm").agg(pl.col("operated", "people").sum())
    shares = {row["arm"]: row["operated"] / max(row["people"], 1) for row in sums.to_dicts()}
    treated, others = shares.get(1, 0.0), shares.get(0, 0.0)
    closes = treated > limits.planned_before and treated > limits.referral_times * others
    return GateFigure(
        "planned stay before entry",
        "share of those with the service who had a planned stay in the month before entry",
        treated,
        limits.planned_before,
        f"{percent_words(treated)} of those with the service had a planned (elective) stay in "
        f"the month before entry, of the others {percent_words(others)}: they entered after an "
        "operation or a treatment, and what follows is what that did."
        if closes
        else "",
    )


def _kinds_of_care(matched: Matched, asked: Asked) -> Iterator[GateFigure]:
    """Whether planned care changed quite otherwise than emergencies: a service does not do that."""
    limit = asked.rules.gates.kinds
    found = matched.contrast(
        ["planned_later", "urgent_earlier"], ["planned_earlier", "urgent_later"]
    )
    for more in (True, False):
        far = found.is_known and (found.value > log(limit) if more else found.value < -log(limit))
        yield GateFigure(
            "kinds of care",
            "change of planned stays over that of emergencies, with the service over without",
            told(found),
            limit if more else 1 / limit,
            "From the year before the matched one to that after entry the planned (elective) "
            f"stays of those with the service changed {ratio_words(found)} as much against their "
            "emergencies as those of people alike: an operation that they were waiting for, or a "
            "course of treatment, is in one of the years."
            if far
            else "",
            found.chance(above=more),
            rare(asked),
        )


def _deaths(matched: Matched, asked: Asked) -> GateFigure:
    """Whether those with the service die more often, where use rises before a death.

    Use is counted by the day alive. That does where the last months are like any others, which the
    people without the service who died tell.
    """
    limits = asked.rules.gates
    treated, others = (1 - alive for alive in matched.share("alive"))
    apart = matched.contrast(["alive"], ["people"])
    many = treated - others > limits.deaths
    times = _before_death(matched)
    return GateFigure(
        "deaths",
        "share who died before a year was over, with the service less without",
        treated - others,
        limits.deaths,
        f"{percent_words(treated)} of those with the service died before the year after entry was "
        f"over, of people alike {percent_words(others)}. Before a death use rises: people without "
        f"the service who died had {number_words(times, 2)} times the hospital records by the day "
        "of those who lived. That those with it were nearing death the year before does not show."
        if many and times > limits.deaths_times
        else "",
        apart.chance(above=False),
        limits.passing_alarm,
    )


def _before_death(matched: Matched) -> float:
    """Hospital records by the day of people without the service who died, over those who lived."""
    stays, days = matched.share("stays_later")[1], matched.share("days")[1]
    dying, days_dying = matched.share("stays_dying")[1], matched.share("days_dying")[1]
    if min(days_dying, days - days_dying, stays - dying) <= 0:
        return 1.0
    return (dying / days_dying) / ((stays - dying) / (days - days_dying))


def _more_use(matched: Matched, asked: Asked) -> GateFigure:
    """Whether use rises at entry: a harm is told from an illness that began then by no record.

    Stays are counted, which is surer than days. They are held to the earlier year as far as people
    differed in it already: wholly where that is sure, not at all where there is no sign of it.
    """
    limits = asked.rules.gates
    earlier = matched.contrast(["stays_earlier"])
    part = earlier.size**2 / (earlier.size**2 + 1)
    found = matched.powers({"stays_later": 1.0, "days": -1.0, "stays_earlier": -part})
    margin = log(1 + limits.more_use)
    beyond = replace(found, value=found.value - margin)
    return GateFigure(
        "more use after entry",
        "hospital records after entry, with the service over people alike without",
        told(found),
        _above(found, margin, limits.more_use_alarm),
        f"After entry those with the service had {ratio_words(found)} the hospital records of "
        "people alike. Whether the service did that, or an illness that began about entry and "
        "brought them to it, such as a new diagnosis or a crisis, is in no record. So no harm is "
        "claimed."
        if beyond.is_known and beyond.value > 0
        else "",
        beyond.chance(above=True),
        limits.more_use_alarm,
    )


def _above(found: Contrast, margin: float, chance: float) -> float:
    """From which ratio on a rise is beyond a margin by more than chance."""
    return exp(margin) * found.limit(chance)
