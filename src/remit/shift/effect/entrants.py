"""Whether the answer depends on when people entered: then it is not the service alone.

People enter over a year or so, and for each the years that are compared lie before their own entry.
What chose them may have looked at one year for all. For those who enter late that is the year with
which they are compared, though for those who enter at once it is the one in which people are alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import exp, log

from remit.shift.effect.asked import Asked
from remit.shift.effect.estimate import ByEntry, Matched
from remit.shift.effect.gates import USE, GateFigure, ratio_words, told
from remit.words.figures import number_words

MEASURES = {
    "bed_days": "hospital bed days",
    "quantity": "hospital activity",
    "cost_pence": "cost of hospital care",
}
"""The outcomes in words."""
NAME = "early and late entrants"


def agreeing(matched: Matched, asked: Asked) -> Iterator[GateFigure]:
    """Whether those of each quarter of entry give one answer, by whichever year.

    Parameters
    ----------
    matched
        Those with the service and those alike.
    asked
        The question, with its limits.
    """
    found = matched.by_entry(*USE)
    if len(found.looks) < 2:
        return
    yield _one_answer(found, asked)
    yield _one_year(matched, asked)


def _one_answer(found: ByEntry, asked: Asked) -> GateFigure:
    """Cochran's Q over the quarters of entry, and a line through them."""
    level = asked.rules.gates.entrants_alarm / 2  # one half each
    line = found.trend()
    both = 2 * min(line.chance(above=True), line.chance(above=False))
    first, last = (number_words(exp(found.values[at]), 2) for at in (0, -1))
    return GateFigure(
        NAME,
        "the ratio of those who entered in the last quarter over that of those who entered in the "
        "first, by a line through the quarters of entry",
        told(line),
        line.limit(level / 2) if line.value > 0 else 1 / line.limit(level / 2),
        f"Early and late entrants do not agree: after entry {MEASURES[asked.outcome]} were {first} "
        "times those of people alike for those who entered in the first quarter, and "
        f"{last} times in the last. So it is not the service alone: those who entered later were "
        "chosen otherwise, or by a year that is not the one in which people are alike.",
        min(found.heterogeneity(), both),
        level,
    )


def _one_year(matched: Matched, asked: Asked) -> GateFigure:
    """Whether the answer would be another by the year that lies two years before the start.

    Those who enter at once are compared with that year in any case. For the others the year that is
    compared with begins later. Who is alike, or apart for good, was so in both of them.
    """
    limits = asked.rules.gates
    own, moved = matched.contrast(*USE), matched.contrast(["earlier"], ["at_start"])
    # Who is frail for good is so a little more in the year that is nearer to the matched one.
    margin = log(1 + limits.entrants)
    beyond = replace(moved, value=abs(moved.value) - margin)
    limit = exp(margin) * moved.limit(limits.entrants_alarm)
    by_start = replace(own, value=own.value + moved.value)
    return GateFigure(
        NAME,
        "the ratio by the year that lies two years before the start for all, over that by the one "
        "that does so before each entry",
        told(moved),
        limit if moved.value > 0 else 1 / limit,
        f"Early and late entrants do not agree: by {MEASURES[asked.outcome]} of the year that lies "
        f"two years before each entry the ratio would be {ratio_words(own)} and by that of the "
        f"year two years before the start, for all, {ratio_words(by_start)}. Between these years "
        "those with the service changed against people alike, by themselves: they were chosen by "
        "one of them, or were getting better or worse already. So it is not the service alone."
        if beyond.is_known and beyond.value > 0
        else "",
        beyond.chance(above=True),
        limits.entrants_alarm,
    )
