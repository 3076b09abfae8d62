"""What people had becomes records: hospital spells, the surgery's appointments, the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tests.shift.worlds.coded import KINDS, OTHER_SERVICE, SERVICE, Coded, Codes, code, joined
from tests.shift.worlds.people import NEVER, Flags, Floats, Ints, People


@dataclass(frozen=True, slots=True)
class Spells:
    """Hospital spells, an array for each column.

    Attributes
    ----------
    pod
        The code of an emergency (0) or an elective stay (1).
    fate
        A spell is there if its fate is below the ratio that is planted.
    """

    person: Ints
    day: Ints
    pod: Ints
    beds: Ints
    fate: Floats

    def only(self, which: Flags) -> Spells:
        return Spells(*(column[which] for column in self._columns()))

    def count(self, people: int, first: int, end: int, pod: int | None = None) -> Ints:
        """How many each person had from a day to before another."""
        within = (first <= self.day) & (self.day < end)
        within &= True if pod is None else self.pod == pod
        return np.bincount(self.person[within], minlength=people)

    def __add__(self, other: Spells) -> Spells:
        pairs = zip(self._columns(), other._columns(), strict=True)
        return Spells(*(np.concatenate(pair) for pair in pairs))

    def _columns(self) -> tuple[Ints, Ints, Ints, Ints, Floats]:
        return self.person, self.day, self.pod, self.beds, self.fate


def spells(rng: np.random.Generator, expected: Floats, quarters: Ints) -> Spells:
    """Spells at the rates that are expected; seven in ten are emergencies."""
    times = rng.poisson(expected)
    person, quarter = (np.repeat(at, times[times > 0]) for at in np.nonzero(times))
    day = rng.integers(quarters[quarter], quarters[quarter + 1])
    return Spells(person, day, *_kinds(rng, len(person)), np.zeros(len(person)))


def spells_on(rng: np.random.Generator, person: Ints, day: Ints) -> Spells:
    """An emergency for each person named, on the day beside it."""
    pod, beds = _kinds(rng, len(person))
    return Spells(person, day, np.zeros_like(pod), beds, np.zeros(len(person)))


def _kinds(rng: np.random.Generator, count: int) -> tuple[Ints, Ints]:
    pod = (rng.random(count) > 0.7).astype(np.int64)
    return pod, 1 + rng.poisson(np.where(pod == 0, 2.5, 1.0))


def thinned(rng: np.random.Generator, given: Spells, entry: Ints, ratio: float) -> Spells:
    """What another service leaves: each spell after entry stays with a chance of ``ratio``."""
    after = given.day > entry[given.person]
    return given.only(~after | (rng.random(len(after)) < ratio))


def fated(rng: np.random.Generator, given: Spells, entry: Ints) -> Spells:
    """The spells with their fate: each after entry stays with a chance of the planted ratio.

    This is the truth of every world: whoever is kept in a comparison, and whenever, the treated
    have ``ratio`` times the later use that they would have had.
    """
    after = given.day > entry[given.person]
    return replace(given, fate=np.where(after, rng.random(len(after)), 0.0))


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
    with_surgery
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
    extra: Sequence[Coded] = field(default=())

    def with_deaths(self, died: Flags) -> History:
        """The same with a column of deaths: who left by death."""
        return replace(self, died=died, says_died=True)


def written(rng: np.random.Generator, history: History) -> Coded:
    """The records of a history, in the columns of the contract."""
    given = history.hospital.only(history.hospital.day < history.until[history.hospital.person])
    parts = [_hospital(given, history.cohort), _visits(rng, history, history.entry, SERVICE)]
    if history.other_entry is not None:
        parts.append(_visits(rng, history, history.other_entry, OTHER_SERVICE))
    if history.with_surgery:
        parts.append(_surgery(rng, history))
    table = joined(*parts, *history.extra)
    if history.says_died:
        left = np.where(history.died, history.until, -1)[table.columns["patient"] - 1]
        table = Coded({**table.columns, "died_on": left.astype(np.int32)}, table.fate)
    return table


def _hospital(given: Spells, cohort: People) -> Coded:
    cost = 60_000 + 39_000 * given.beds
    table = rows(
        cohort, given.person, given.day, setting="hospital", service="Medicine", pod=given.pod,
        bed_days=given.beds, cost=cost,
    )  # fmt: skip
    return replace(table, fate=given.fate)


def _surgery(rng: np.random.Generator, history: History) -> Coded:
    """A record in a quarter for a third of people."""
    quarters, cohort = history.quarters, history.cohort
    seen = rng.random((cohort.count, len(quarters) - 1), dtype=np.float32) < 0.35
    person, quarter = np.nonzero(seen)
    day = rng.integers(quarters[quarter], quarters[quarter + 1])
    here = day < history.until[person]
    kind = {"setting": "primary", "service": "General practice", "pod": "appointment"}
    return rows(cohort, person[here], day[here], **kind)


def _visits(rng: np.random.Generator, history: History, entry: Ints, name: str) -> Coded:
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
    pod: str | Ints,
    bed_days: Ints | int = 0,
    cost: Ints | int = 4_000,
) -> Coded:
    """Records in the columns of the contract; where a column is one number, it is that of all."""
    columns: dict[str, Codes | int] = {
        "patient": person + 1,
        "date": day,
        "provider": _providers(cohort, setting)[person],
        "commissioner": cohort.area[person],
        "cluster": cohort.practice[person],
        "setting": code("setting", setting),
        "service": code("service", service),
        "pod": code("pod", pod) if isinstance(pod, str) else pod,
        "quantity": 1,
        "bed_days": bed_days,
        "cost_pence": cost,
        "age_band": cohort.band[person],
        "deprivation_fifth": cohort.fifth[person],
        "need_thousandths": 600 + 300 * cohort.band[person],
    }
    none = Coded({name: np.zeros(0) for name in KINDS}, np.zeros(len(person)))
    return none.changed(**columns)


def _providers(cohort: People, setting: str) -> Ints:
    match setting:
        case "hospital":
            return cohort.provider
        case "community":
            return code("provider", "ZC1") + cohort.area
        case _:
            return code("provider", "ZP1") + cohort.practice
