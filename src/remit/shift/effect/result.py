"""The question, asked of records: who is compared with whom, the gates, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from remit.model.effect_rules import EffectRules
from remit.model.errors import ActivityError
from remit.shift.effect.apart import left_apart
from remit.shift.effect.asked import OUTCOMES, Asked, as_day, load_effect_rules
from remit.shift.effect.codes import Codes, read_codes
from remit.shift.effect.counted import Counted, Counting
from remit.shift.effect.course import rising_illness
from remit.shift.effect.design import Design, design_of
from remit.shift.effect.entrants import agreeing
from remit.shift.effect.estimate import Contrast, Matched, no_strata
from remit.shift.effect.filed import first_weeks
from remit.shift.effect.gates import (
    LEVEL,
    PLACEBO,
    USE,
    GateFigure,
    Refusal,
    all_that_hold,
    gates,
    referral,
    two_years,
)
from remit.shift.effect.lasting import lasting
from remit.shift.effect.recording import Recording, not_in_yet, recording_of
from remit.shift.effect.source import RecordSource
from remit.shift.effect.staying import staying
from remit.shift.effect.strata import BESIDE, is_able
from remit.shift.effect.years import odd_years, others_begin

_YEARS = range(1900, 2200)
"""Those of which a start may be: quarters are counted from it in both directions."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a comparison came to.

    Attributes
    ----------
    asked
        The question.
    ratio
        The ratio of ratios; nothing if the answer is refused.
    level
        The matched ratio of use after entry alone; withheld where the placebo flags.
    placebo
        The same on the year before the matched one, where no service can have had an effect.
    treated, kept, dropped, controls, clusters
        How many people entered, were compared, were not, and with how many of how many practices.
    why_dropped
        How many for which reason.
    refused
        The gates that closed, the surest first; the answer stands only if none did.
    gates
        What each gate saw, whether it closed or not.
    notes
        What is to be said beside the answer.
    strata
        One row a stratum with somebody in the service.
    design
        How people came to the service, as far as the records tell.
    """

    asked: Asked
    ratio: Contrast | None = None
    level: Contrast | None = None
    placebo: Contrast | None = None
    treated: int = 0
    kept: int = 0
    controls: int = 0
    clusters: int = 0
    why_dropped: dict[str, int] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    gates: tuple[GateFigure, ...] = ()
    notes: tuple[str, ...] = ()
    strata: pl.DataFrame = field(default_factory=no_strata)
    design: Design = field(default_factory=Design)

    @property
    def dropped(self) -> int:
        """People who entered and were not compared."""
        return self.treated - self.kept

    @property
    def claims(self) -> bool:
        """Whether an effect is claimed: there is an answer, and its interval leaves 1 out."""
        return self.ratio is not None and self.ratio.leaves_out_one

    @property
    def placebo_flags(self) -> bool:
        """Whether the placebo finds a difference where there can be none."""
        return self.placebo is not None and self.placebo.is_known and self.placebo.leaves_out_one


def measure_effect(
    source: RecordSource,
    service: str,
    start: date,
    *,
    outcome: str = "bed_days",
    entry_quarters: int = 4,
    rules: EffectRules | None = None,
) -> Effect:
    """Did those who got a service use less hospital care than people alike without it.

    Parameters
    ----------
    source
        Records, as ``remit.engine.open_records`` gives them.
    service
        The service, as the column ``service`` names it.
    start
        The first day of entry.
    outcome
        ``bed_days``, ``quantity`` or ``cost_pence`` of hospital care.
    entry_quarters
        For how many quarters entry counts.
    rules
        How people are made comparable, if not as packaged.

    Raises
    ------
    ActivityError
        If the records lack the service, or the question cannot be asked of them.

    Examples
    --------
    >>> with open_records(["records"]) as records:  # doctest: +SKIP
    ...     found = measure_effect(records, "community nursing", date(2024, 4, 1))
    """
    if outcome not in OUTCOMES:
        raise ActivityError(f"--outcome takes one of {', '.join(OUTCOMES)}; got {outcome!r}")
    if not 1 <= entry_quarters <= 12:
        raise ActivityError(f"--entry takes 1 to 12 quarters; got {entry_quarters}")
    if start.year not in _YEARS:
        raise ActivityError(
            f"--from takes a day of the years {_YEARS[0]} to {_YEARS[-1]}; got {start}"
        )
    asked = Asked(service, start, entry_quarters, outcome, rules or load_effect_rules())
    codes = read_codes(source, asked)
    if (at_once := not_asked(codes, asked)) is not None:
        return at_once
    counting = Counting(source, codes, asked)
    found = judged(counting.counted(), asked)
    return replace(found, controls=counting.controls(found.strata))


def not_asked(codes: Codes, asked: Asked) -> Effect | None:
    """The refusal of a question that the records do not reach far enough for.

    Parameters
    ----------
    codes
        What stands in the records.
    asked
        The question.

    Raises
    ------
    ActivityError
        If nobody enters.
    """
    treated = codes.entered(asked)
    if treated == 0:
        days = sorted(codes.entries["day"].to_list())
        raise ActivityError(
            f"nobody has a first record of {asked.service!r} in the {asked.entry_quarters} "
            f"quarters from {asked.start}; people enter from {as_day(days[0])} to "
            f"{as_day(days[-1])}"
        )
    short = two_years(codes, asked)
    return None if short is None else Effect(asked, treated=treated, refused=(short,))


def judged(counted: Counted, asked: Asked) -> Effect:
    """The gates and the answer, of whole numbers alone.

    Parameters
    ----------
    counted
        What was counted in the records.
    asked
        The question.
    """
    codes, cells = counted.codes, counted.cells
    treated = codes.entered(asked)
    recording = recording_of(counted.recorded, codes, asked)
    able = cells.filter(is_able())
    usable = _without(able, recording.left_out)
    matched = Matched(usable, asked.rules.least_controls)
    why = _why_dropped(cells, usable, matched)
    # Whom no record shows in the year before is told among the dropped, and no want of overlap.
    known = treated - why["not seen in the year before"]
    found = (
        recording.gate(matched.kept, known, asked),
        not_in_yet(counted.recorded, codes, recording.left_out, asked),
        *referral(able, asked),
        *first_weeks(codes, asked),
        *others_begin(counted, asked),
        *gates(matched, known, asked),
        *(staying(matched, usable, asked) if matched.kept else ()),
        *((rising_illness(matched, asked),) if matched.kept else ()),
        *(agreeing(matched, asked) if matched.kept else ()),
        *(lasting(matched, usable, counted.says_deaths, asked) if matched.kept else ()),
        *(left_apart(matched, able, codes, asked) if matched.kept else ()),
        *odd_years(counted, matched, recording.left_out, asked),
    )
    seen = all_that_hold(found)
    measured = Effect(
        asked,
        level=_known(matched, LEVEL),
        placebo=_known(matched, PLACEBO),
        ratio=_known(matched, USE),
        treated=treated,
        kept=matched.kept,
        clusters=matched.clusters,
        why_dropped=why,
        refused=tuple(one.refusal for one in sorted(seen, key=_sure) if one.closed),
        gates=seen,
        notes=tuple(_notes(counted, asked, recording)),
        strata=matched.table,
        design=design_of(usable, asked),
    )
    return _withheld(measured)


def _sure(one: GateFigure) -> float:
    """How sure what a gate saw is: the surer, the less; what was counted is sure."""
    return one.chance or 0.0


def _without(cells: pl.DataFrame, areas: tuple[int, ...]) -> pl.DataFrame:
    return cells.filter(~pl.col("area").is_in(list(areas))) if areas else cells


def _known(matched: Matched, parts: tuple[Any, Any]) -> Contrast | None:
    if matched.kept == 0:
        return None
    found = matched.contrast(*parts)
    return found if found.is_known else None


def _withheld(found: Effect) -> Effect:
    """Without what may not be said: all if a gate closed, the level where the placebo flags."""
    refused = found.refused
    if found.ratio is None and not refused:
        refused = (
            Refusal("too little use", "Those compared used no hospital care, or too little, in a "
                    "year that is needed; there is no ratio.", found.kept, 1),
        )  # fmt: skip
    if refused:
        return replace(found, ratio=None, level=None, refused=refused)
    return replace(found, level=None) if found.placebo_flags else found


def _why_dropped(cells: pl.DataFrame, usable: pl.DataFrame, matched: Matched) -> dict[str, int]:
    """Why people with the service were not compared."""
    treated = cells.filter(pl.col("arm") == 1)
    able = int(treated.filter(is_able())["people"].sum())
    left = int(usable.filter(pl.col("arm") == 1)["people"].sum())
    return {
        "not seen in the year before": int(treated["unknown"].sum()),
        "not followed for long enough": int(treated["short"].sum()),
        "died before the day of entry": int(treated["dead"].sum()),
        "a provider changed what it records": able - left,
        "nobody alike": left - matched.kept,
    }


def _notes(counted: Counted, asked: Asked, recording: Recording) -> list[str]:
    codes, notes = counted.codes, list(recording.notes)
    if counted.says_deaths:
        notes.append("Deaths are taken from died_on: use is counted by the day alive.")
    if codes.all_pods:
        notes.append(
            "No point of delivery is known as an emergency admission; every hospital record of the "
            f"last {asked.rules.emergency_days} days counts as one."
        )
    if not set(BESIDE) <= set(counted.cells.columns):
        notes.append(
            "There are too many people to look at all of their records: what the cost and kind "
            "of stays, the need weight and contacts elsewhere say of people before entry was not "
            "looked at. Ask for one commissioner to have that looked at."
        )
    if outside := codes.outside(asked):
        notes.append(
            f"{outside} people have the service first at another time; they are on neither side. "
            "Where they were ill in the year after, those without the service look healthier."
        )
    return notes
