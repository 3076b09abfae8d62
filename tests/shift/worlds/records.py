"""What people had becomes records: hospital spells, the surgery's appointments, the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from tests.shift.worlds.people import NEVER, Flags, Floats, Ints, People

SERVICE, OTHER_SERVICE = "Care at Home Team", "Falls Team"
PODS = ("emergency", "elective")


@dataclass(frozen=True, slots=True)
class Spells:
    """Hospital spells, an array for each column; ``pod`` is a number of :data:`PODS`."""

    person: Ints
    day: Ints
    pod: Ints
    beds: Ints

    def only(self, which: Flags) -> Spells:
        return Spells(self.person[which], self.day[which], self.pod[which], self.beds[which])

    def count(self, people: int, first: int, end: int, pod: int | None = None) -> Ints:
        """How many each person had from a day to before another."""
        within = (first <= self.day) & (self.day < end)
        within &= True if pod is None else self.pod == pod
        return np.bincount(self.person[within], minlength=people)

    def __add__(self, other: Spells) -> Spells:
        pairs = zip(self._columns(), other._columns(), strict=True)
        return Spells(*(np.concatenate(pair) for pair in pairs))

    def _columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        return self.person, self.day, self.pod, self.beds


def spells(rng: np.random.Generator, expected: Floats, quarters: Ints) -> Spells:
    """Spells at the rates that are expected; seven in ten are emergencies."""
    times = rng.poisson(expected)
    person, quarter = (np.repeat(at, times[times > 0]) for at in np.nonzero(times))
    day = rng.integers(quarters[quarter], quarters[quarter + 1])
    return Spells(person, day, *_kinds(rng, len(person)))


def spells_on(rng: np.random.Generator, person: Ints, day: Ints) -> Spells:
    """An emergency for each person named, on the day beside it."""
    pod, beds = _kinds(rng, len(person))
    return Spells(person, day, np.zeros_like(pod), beds)


def _kinds(rng: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    pod = (rng.random(count) > 0.7).astype(np.int64)
    return pod, 1 + rng.poisson(np.where(pod == 0, 2.5, 1.0))


def thinned(rng: np.random.Generator, given: Spells, entry: Ints, ratio: float) -> Spells:
    """What is left once the service works: each spell after entry stays with a chance of ``ratio``.

    This is the truth of every world: whoever is kept in a comparison, and whenever, the treated
    have ``ratio`` times the later use that they would have had.
    """
    after = given.day > entry[given.person]
    return given.only(~after | (rng.random(len(after)) < ratio))


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of a cohort, from which records are written.

    Attributes
    ----------
    entry
        The day on which one enters the service; :data:`NEVER` for most.
    until
        The first day on which one is no more here (dead, or moved away).
    died
        Whether one left by death; used where ``says_died``.
    other_entry
        The day on which one enters another service.
    extra
        Records that are in no other part.
    unseen
        Whether the surgery's appointments are on file.
    """

    cohort: People
    quarters: Ints
    hospital: Spells
    entry: Ints
    until: Ints
    died: Flags
    says_died: bool = False
    other_entry: Ints | None = None
    with_surgery: bool = True
    extra: Sequence[pl.DataFrame] = field(default=())


def written(rng: np.random.Generator, history: History) -> pl.DataFrame:
    """The records of a history, in the columns of the contract."""
    given = history.hospital.only(history.hospital.day < history.until[history.hospital.person])
    parts = [_hospital(given, history.cohort), _visits(rng, history, history.entry, SERVICE)]
    if history.other_entry is not None:
        parts.append(_visits(rng, history, history.other_entry, OTHER_SERVICE))
    if history.with_surgery:
        parts.append(_surgery(rng, history))
    table = pl.concat([*parts, *history.extra])
    if history.says_died:
        left = np.where(history.died, history.until, -1)[table["patient"].to_numpy() - 1]
        days = pl.Series(left, dtype=pl.Int32)
        died = pl.DataFrame({"died_on": days, "known": days >= 0}).select(
            pl.when("known").then("died_on").cast(pl.Date).alias("died_on")
        )
        table = table.with_columns(died["died_on"])
    return table


def _hospital(given: Spells, cohort: People) -> pl.DataFrame:
    kind = {"setting": "hospital", "service": "Medicine"}
    cost = 60_000 + 39_000 * given.beds
    pod = pl.Series(PODS).gather(given.pod)
    return rows(cohort, given.person, given.day, pod=pod, bed_days=given.beds, cost=cost, **kind)


def _surgery(rng: np.random.Generator, history: History) -> pl.DataFrame:
    """A record in a quarter for a third of people."""
    quarters, cohort = history.quarters, history.cohort
    seen = rng.random((cohort.count, len(quarters) - 1), dtype=np.float32) < 0.35
    person, quarter = np.nonzero(seen)
    day = rng.integers(quarters[quarter], quarters[quarter + 1])
    here = day < history.until[person]
    kind = {"setting": "primary", "service": "General practice", "pod": "appointment"}
    return rows(cohort, person[here], day[here], **kind)


def _visits(rng: np.random.Generator, history: History, entry: Ints, name: str) -> pl.DataFrame:
    """A visit on the day of entry, and four in the half year after it."""
    who = np.flatnonzero(entry < NEVER)
    later = np.concatenate([np.zeros((len(who), 1), int), rng.integers(1, 183, (len(who), 4))], 1)
    person, day = np.repeat(who, 5), (entry[who, None] + later).ravel()
    here = (day < history.until[person]) & (day < history.quarters[-1])
    kind = {"setting": "community", "service": name, "pod": "contact"}
    return rows(history.cohort, person[here], day[here], **kind)


def rows(
    cohort: People,
    person: Ints,
    day: Ints,
    *,
    setting: str,
    service: str,
    pod: str | pl.Series,
    bed_days: Ints | None = None,
    cost: Ints | None = None,
) -> pl.DataFrame:
    """Records in the columns of the contract."""
    count = len(person)
    where = _providers(cohort, setting).gather(person)
    need = 600 + 300 * cohort.band[person]
    return pl.DataFrame(
        {
            "patient": person + 1,
            "date": pl.Series(day, dtype=pl.Int32).cast(pl.Date),
            "provider": where,
            "commissioner": pl.Series(["ZB1", "ZB2"]).gather(cohort.area[person]),
            "cluster": _named("ZP", cohort.practice).gather(person),
            "setting": pl.repeat(setting, count, eager=True),
            "service": pl.repeat(service, count, eager=True),
            "pod": pod if isinstance(pod, pl.Series) else pl.repeat(pod, count, eager=True),
            "quantity": np.ones(count, dtype=np.int64),
            "bed_days": np.zeros(count, dtype=np.int64) if bed_days is None else bed_days,
            "cost_pence": np.full(count, 4_000) if cost is None else cost,
            "age_band": pl.Series(["18-39", "40-64", "65-74", "75-84", "85+"]).gather(
                cohort.band[person]
            ),
            "deprivation_fifth": cohort.fifth[person],
            "need_thousandths": need,
        }
    )


def _providers(cohort: People, setting: str) -> pl.Series:
    match setting:
        case "hospital":
            return pl.Series(["ZA1", "ZA2", "ZA6", "ZA7"]).gather(cohort.provider)
        case "community":
            return pl.Series(["ZC1", "ZC2"]).gather(cohort.area)
        case _:
            return _named("ZP", cohort.practice)


def _named(start: str, numbers: Ints) -> pl.Series:
    names = pl.Series([f"{start}{number + 1}" for number in range(int(numbers.max()) + 1)])
    return names.gather(numbers)
