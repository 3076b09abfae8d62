"""Illness that rises unrecorded: a slope, where a service that works makes a step."""

from __future__ import annotations

from math import exp, log

from remit.shift.effect.asked import Asked
from remit.shift.effect.estimate import Matched
from remit.shift.effect.gates import USE, GateFigure
from remit.words.figures import number_words


def rising_illness(matched: Matched, asked: Asked) -> GateFigure:
    """Whether use of those with the service rises against people alike, before entry and after it.

    Who is referred because somebody saw them get worse, which no record tells, goes on to get
    worse. So their use rises against that of others before the matched year and until entry, and
    again from entry on. A service that works takes a step down at entry, whatever its size, and no
    slope: the step is left out on both sides, and the gate closes as often where a service works
    as where it does nothing. (An effect that wears off rises too. Then the year after entry is no
    answer either.)

    A rise of use after entry, which the answer would call harm, is believed only if the course
    does not point upwards at all beyond its own error.

    Parameters
    ----------
    matched
        Those with the service and those alike.
    asked
        The question, with its limits.
    """
    limits = asked.rules.gates
    course, found = matched.slope(), matched.contrast(*USE)
    margin = log(1 + limits.rising)
    limit = course.limit(limits.rising_alarm, margin)
    is_harm = found.is_known and found.leaves_out_one and found.ratio > 1
    if is_harm:
        limit = min(limit, max(exp(limits.signs * course.error), exp(margin)))
    figure = course.ratio if course.is_known else None
    closes = figure is not None and figure > limit
    return GateFigure(
        "rising illness",
        "rise of hospital use by the year, before entry and after it apart from the step at entry, "
        "with the service over without",
        figure,
        limit,
        f"Against people alike, the use of those with the service rises {_times(figure)} by the "
        "year, before entry and again after it, whatever happened at entry itself: they were "
        "getting worse, unrecorded, or what the service did wears off. What they would have used "
        "cannot be told from people alike."
        if closes
        else "",
        course.chance(above=True),
    )


def _times(figure: float | None) -> str:
    return f"{number_words(figure or 1.0, 2)} times"
