"""Do providers record as before: a provider that changes its records looks like an effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import t as student

from remit.shift.effect.adding import added
from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes
from remit.shift.effect.gates import GateFigure, rare
from remit.shift.effect.looks import NEVER
from remit.shift.effect.rows import is_hospital
from remit.shift.effect.source import Lazy, RecordSource
from remit.words.figures import number_words, percent_words

Floats = NDArray[np.float64]
_TWO_YEARS = 8
_FREEDOM = 6
"""Eight quarters, less a level and a change by the year."""


@dataclass(frozen=True, slots=True)
class Recording:
    """Providers whose records changed, and what is said of it."""

    left_out: tuple[int, ...]
    notes: tuple[str, ...]
    largest: float

    def gate(self, kept: int, treated: int, asked: Asked) -> GateFigure:
        """Closed, if too few people with the service are left without those providers."""
        share = kept / max(treated, 1)
        closes = self.left_out and share < asked.rules.gates.kept
        return GateFigure(
            "recording",
            "largest change of what a provider records, against the others",
            self.largest,
            asked.rules.gates.recording,
            f"{' '.join(self.notes)} A provider records otherwise, or others come to it than "
            "before: the records do not tell which. Without those places "
            f"{percent_words(share)} of the people with the service are left."
            if closes
            else "",
        )


def recording_of(counts: pl.DataFrame, codes: Codes, asked: Asked) -> Recording:
    """Providers whose hospital records of people without the service break off or change level.

    Parameters
    ----------
    counts
        What :func:`recorded` gives.
    codes
        What stands in the records.
    asked
        The question.
    """
    numbers = quarters_seen(codes, asked)
    table = np.zeros((len(codes.providers), len(numbers)))
    places = (counts["provider_code"].to_numpy() - 1, counts["window"].to_numpy())
    table[places] = counts["records"].to_numpy()
    left_out, notes, largest = [], [], 0.0
    for row in range(len(table)):
        name, code = codes.providers.row(row)
        said, size = _fault(table, row, numbers, asked)
        if said:
            left_out.append(int(code))
            notes.append(f"{name} {said}.")
            largest = max(largest, size, key=abs)
    return Recording(tuple(left_out), tuple(notes), largest)


def quarters_seen(codes: Codes, asked: Asked) -> list[int]:
    """The quarters that are whole in the records, from two years before the start on."""
    ends = range(-8, asked.entry_quarters + 4)
    return [n for n in ends if asked.quarter(n + 1) <= codes.last + 8]


def recorded(
    parts: Iterable[tuple[Lazy, Lazy]], source: RecordSource, codes: Codes, asked: Asked
) -> pl.DataFrame:
    """Hospital records by provider and quarter, of people who never have the service.

    Parameters
    ----------
    parts
        The records in parts: what :func:`~remit.shift.effect.rows.rows_of` gives, and what
        :func:`~remit.shift.effect.features.people_of` gives of them.
    source
        The engine.
    codes
        What stands in the records.
    asked
        The question.
    """
    numbers = quarters_seen(codes, asked)
    begins = [asked.quarter(n) for n in numbers]
    days = codes.calendar.with_columns(
        window=pl.Series(np.searchsorted(begins, codes.calendar["day"].to_numpy(), "right") - 1)
    ).filter(pl.col("window") >= 0, pl.col("day") < asked.quarter(numbers[-1] + 1))
    windows = source.beside(days.select("day", "window"))
    counted = added(
        (source.collect(_of_others(rows, people, windows)) for rows, people in parts),
        ("what", "window"),
    )
    return (
        counted.group_by(pl.col("what").cast(pl.Int64) // 2, "window")
        .agg(pl.col("records").sum().cast(pl.Int64))
        .select(pl.col("what").alias("provider_code"), pl.col("window").cast(pl.Int64), "records")
        .filter(pl.col("provider_code") > 0)
        .sort("provider_code", "window")
    )


def _of_others(rows: Lazy, people: Lazy, windows: Lazy) -> Lazy:
    """Counted by what a record is, which says the provider: nothing is divided for each record."""
    served = people.filter(nw.col("entry") < NEVER).select("patient")
    return (
        rows.filter(is_hospital())
        .select("patient", "day", "what")
        .join(served, on="patient", how="anti")
        .join(windows, on="day", how="inner")
        .group_by("what", "window")
        .agg(nw.len().cast(nw.Int64).alias("records"))
    )


def _fault(table: Floats, row: int, quarters: list[int], asked: Asked) -> tuple[str, float]:
    """What is wrong with a provider's records, and how large it is."""
    limits = asked.rules.gates
    own = table[row]
    usual = float(np.median(own))
    if usual < 20:
        return "", 0.0
    others = table.sum(axis=0) - own
    least = float(own.min()) / usual
    if least < limits.gap:
        when = _label(quarters[int(own.argmin())])
        return f"has hardly any records in {when} ({percent_words(least)} of its usual)", least - 1
    if others.min() <= 0:
        return "", 0.0
    return _shift(np.log(own / others), own, others, quarters, asked)


def _shift(
    level: Floats, own: Floats, others: Floats, quarters: list[int], asked: Asked
) -> tuple[str, float]:
    """The largest change of level against the other providers, if it is large and sure."""
    limits = asked.rules.gates
    best, cut, size = 0.0, 0, 0.0
    for at in range(2, len(level) - 1):
        before, after = level[:at], level[at:]
        step = float(after.mean() - before.mean())
        residual = np.concatenate([before - before.mean(), after - after.mean()])
        chance = float((1 / own + 1 / others).mean())
        spread = max(float((residual**2).sum()) / max(len(level) - 2, 1), chance)
        z = abs(step) / np.sqrt(spread * (1 / len(before) + 1 / len(after)))
        if z > best:
            best, cut, size = float(z), at, step
    if best < limits.recording_z or abs(size) < log(1 + limits.recording):
        return "", 0.0
    times = float(np.exp(size))
    when = _label(quarters[cut])
    return (
        f"records {number_words(times, 2)} times as much from {when} on, against others",
        times - 1,
    )


def _label(number: int) -> str:
    if number < 0:
        return f"the quarter {-number} before the start"
    return f"the quarter {number + 1} from the start"


def not_in_yet(
    counts: pl.DataFrame, codes: Codes, left_out: tuple[int, ...], asked: Asked
) -> GateFigure:
    """Whether the last quarter has fewer records than the quarters before it let expect.

    It is held to the same quarter of the year before, and this change to that of the three
    quarters before the last: so neither a season nor a trend is taken for records that are not in.

    Parameters
    ----------
    counts
        What :func:`recorded` gives.
    codes
        What stands in the records.
    left_out
        Providers that are left out.
    asked
        The question, with its limits.
    """
    numbers, least = quarters_seen(codes, asked), asked.rules.gates.last_records
    mine = counts.filter(~pl.col("provider_code").is_in(list(left_out)))
    totals = np.bincount(mine["window"].to_numpy(), mine["records"].to_numpy(), len(numbers))
    what = "hospital records in the last quarter over what the quarters before let expect"
    if len(totals) < _TWO_YEARS or totals[-_TWO_YEARS:].min() <= 0:
        return GateFigure("last records", what, None, 1 - least)
    begins, ends = asked.quarter(numbers[-1]), asked.quarter(numbers[-1] + 1)
    totals[-1] *= (ends - begins) / (min(codes.last + 1, ends) - begins)
    changes = np.log(totals[-4:] / totals[-8:-4])
    off = float(changes[3] - changes[:3].mean())
    each = 1 / totals[-8:]
    chance = float(each[3] + each[7] + (each[:3].sum() + each[4:7].sum()) / 9)
    error = sqrt(max(chance, float(changes[:3].var(ddof=1)) * 4 / 3))
    return GateFigure(
        "last records",
        what,
        exp(off),
        1 - least,
        f"In the last quarter the files have {number_words(exp(off), 2)} times the hospital "
        "records that the quarters before let expect: they are not in yet. Ask again with all of "
        "them, or leave that quarter off."
        if off < log(1 - least)
        else "",
        float(student.cdf(off / error, _FREEDOM)),
        rare(asked),
    )
