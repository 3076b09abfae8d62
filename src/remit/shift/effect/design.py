"""What the design carries: how people came to the service, as far as records tell, and how strong
an unseen factor would have to be to explain the answer away."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal

import polars as pl

from remit.shift.effect.adding import added
from remit.shift.effect.asked import Asked
from remit.shift.effect.estimate import Contrast, Matched
from remit.shift.effect.looks import LATER
from remit.shift.effect.strata import SUMS
from remit.words.figures import number_words

Kind = Literal["as if by lot", "by practice", "chosen by use", "not told"]
_OF_USE: Final = ("last_quarter", "quarter_before", "rest_of_year", "emergencies", "seen")
_PEOPLE_DUE: Final = 5.0
"""A practice of which so many people were due, and nobody entered, is one without the service."""

_RARE: Final = 0.05
"""So rarely by chance use of one of the two years seems to predict entry where it does not."""

SAID: Final[dict[Kind, str]] = {
    "as if by lot": "Nothing in the use of the two years before predicts who entered, within area, "
    "age and deprivation: as if by lot, as far as use tells. Only who knows that lots were drawn "
    "knows that nothing else chose them.",
    "by practice": "Some practices have the service and others do not, and in those that have it "
    "nothing in the use of the two years before predicts who entered: a roll-out by practice.",
    "chosen by use": "Those with the service were chosen by their use, or by what goes with it: "
    "the answer rests on people alike in the records being alike in what no record shows too.",
    "not told": "How people came to the service cannot be told from the records.",
}


@dataclass(frozen=True, slots=True)
class Design:
    """How people came to the service.

    Attributes
    ----------
    kind
        As if by lot, by practice, or chosen by use.
    before
        Use in the year before entry and in that before it, with the service over without, in the
        practices that have it, within quarter of entry, area, age and deprivation; nothing where it
        is not known.
    without
        The share of practices that are without the service.
    """

    kind: Kind = "not told"
    before: tuple[Contrast, ...] = ()
    without: float = 0.0

    @property
    def says(self) -> str:
        """The same in a sentence."""
        return SAID[self.kind]


def design_of(cells: pl.DataFrame, asked: Asked) -> Design:
    """How people came to the service, as far as the records tell.

    Parameters
    ----------
    cells
        Those of people who can be compared.
    asked
        The question, with its limits.
    """
    limits, seen = asked.rules.gates, cells.filter(pl.col("arm") != LATER)
    people = seen.group_by("cluster_code").agg(
        pl.col("people").sum(), treated=pl.col("people").filter(pl.col("arm") == 1).sum()
    )
    everybody, entered = int(people["people"].sum()), int(people["treated"].sum())
    if not entered or entered == everybody:
        return Design()
    due = people.filter(pl.col("people") * entered >= _PEOPLE_DUE * everybody)
    without = due.filter(pl.col("treated") == 0).height / max(due.height, 1)
    there = people.filter(pl.col("treated") > 0).select("cluster_code")
    keys = ("look", "area", "age", "fifth", "cluster_code", "arm")
    able = seen.join(there, on="cluster_code", how="semi")
    # In one order: sums of floating-point numbers differ in their last digit by it.
    wide = added([able.select(*keys, *SUMS[:5])], keys)
    matched = Matched(
        wide.with_columns(pl.lit(0, pl.Int64).alias(one) for one in _OF_USE),
        asked.rules.least_controls,
    )
    if matched.kept == 0:
        return Design(without=without)
    before = tuple(matched.contrast([one], ["people"]) for one in ("year", "earlier"))
    if not all(one.is_known for one in before):
        return Design(without=without)
    if any(one.chance(one.value > 0) < _RARE / 2 / len(before) for one in before):
        return Design("chosen by use", before, without)
    return Design("by practice" if without > limits.practices_without else "as if by lot",
                  before, without)  # fmt: skip


def e_value(ratio: float) -> float:
    """How strong an unseen factor must be to make this ratio where there is none.

    By so many times at least it must make entry likelier, and by as many the change of use, beyond
    all that people are matched by: r + √(r (r − 1)), of the ratio or its reciprocal, whichever is
    above 1 (VanderWeele and Ding 2017, Annals of Internal Medicine 167, 268-274).

    >>> e_value(0.5) == e_value(2.0) == 2 + 2**0.5
    True
    """
    above = max(ratio, 1 / ratio)
    return above + sqrt(above * (above - 1))


def near_end(found: Contrast) -> float:
    """The end of a ratio's interval that is nearer to 1, or 1 if that lies within."""
    low, high = found.interval
    return high if high < 1 else low if low > 1 else 1.0


def strength(found: Contrast) -> str:
    """How strong an unseen factor would have to be, in a sentence."""
    if not found.leaves_out_one:
        return "Since the interval holds 1, there is nothing that an unseen factor need explain."
    whole, near = (number_words(e_value(one), 1) for one in (found.ratio, near_end(found)))
    return (
        "To explain the ratio away, something that no record shows would have to make both entry "
        f"and the change of use {whole} times as likely, beyond all that people are matched by; to "
        f"bring the interval to 1, {near} times (E-values)."
    )
