"""What care the sample's people had: in hospital, at home, at the surgery, for the mind.

Two things are planted. From April 2024 half of the practices of ZB1 and ZB2 refer to a service that
begins then, the :data:`SERVICE`; it goes to people who were in hospital in the year before, and
from the day of entry :data:`KEPT_OF_HOSPITAL` of their later use of hospital is left. And ZB1 moves
a part of its outpatient clinics into the community, more in each quarter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from remit.sample.residents import END, QUARTERS, STARTS, Flags, Real, Residents, Whole

SERVICE = "Care at Home Team"
"""The service that begins in April 2024; no name of a real one."""
STARTS_IN = 8
"""The quarter in which it starts, 2024/25 Q1, counted from the first."""
KEPT_OF_HOSPITAL = 0.7
"""The ratio that is planted: what is left of the later hospital use of those who enter."""
MOVED_CLINICS = ("ZB1", 0.03)
"""A system, and the share of its outpatient clinics that moves into the community a quarter."""
_MOVED_CLINIC = "Clinic near home"
_NEVER = END + 1
_REFERRED = np.array(
    [[0, 0, 0], [0, 0, 0], [0.04, 0.30, 0.45], [0.25, 0.45, 0.55], *[[0.45, 0.55, 0.60]] * 2]
)
"""The chance of a referral, by band of age and by times in hospital in the year before."""


@dataclass(frozen=True, slots=True)
class CareKind:
    """A kind of care: where, by whom, and how often a quarter one of middle age has it."""

    setting: str
    service: str
    pod: str
    rate: float
    by_band: tuple[float, ...]
    pence: int
    bed_days: float = 0.0
    bed_pence: int = 0


_OLDER = (0.4, 0.6, 1.0, 2.0, 3.5, 5.5)
_YOUNGER = (0.8, 1.4, 1.0, 0.6, 0.5, 0.5)
_EVEN = (0.8, 0.9, 1.0, 1.3, 1.5, 1.5)
KINDS = (
    CareKind("hospital", "Medicine", "emergency", 0.032, _OLDER, 62_000, 5.0, 39_000),
    CareKind("hospital", "Surgery", "elective", 0.010, _OLDER, 240_000, 2.5, 41_000),
    CareKind("hospital", "Outpatients", "outpatient", 0.20, _EVEN, 15_600),
    CareKind("hospital", "Emergency department", "accident_and_emergency", 0.07, _EVEN, 21_300),
    CareKind("community", "District nursing", "contact", 0.06, _OLDER, 5_400),
    CareKind("primary", "General practice", "appointment", 0.35, _EVEN, 4_200),
    CareKind("mental_health", "Talking therapies", "contact", 0.03, _YOUNGER, 11_000),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Care:
    """Records of one kind of care, an array for each column."""

    kind: CareKind
    person: Whole
    day: Whole
    quantity: Whole
    bed_days: Whole
    pence: Whole


def all_care(people: Residents, draw: np.random.Generator) -> tuple[list[Care], Whole]:
    """The care of all kinds, and the day on which each person entered the service.

    Parameters
    ----------
    people
        Who may have had care.
    draw
        Where chance comes from.

    Returns
    -------
    tuple of list of Care and Whole
        Who never enters does so after the end.

    Examples
    --------
    ``care, entered = all_care(residents(draw), draw)``
    """
    need = _need(people, draw)
    given = [_given(kind, people, need, draw) for kind in KINDS]
    entered = _entries(people, given, draw)
    kept = [_shifted(one, entered, draw) if _in_hospital(one) else one for one in given]
    return [*_clinics(kept, people, draw), _visits(people, entered, draw)], entered


def _need(people: Residents, draw: np.random.Generator) -> Real:
    """What one needs in a quarter: frailty, and an illness that comes and goes."""
    ill = np.empty((len(people.born), QUARTERS))
    ill[:, 0] = draw.normal(0, 0.8, len(people.born))
    for quarter in range(1, QUARTERS):
        ill[:, quarter] = 0.6 * ill[:, quarter - 1] + draw.normal(0, 0.64, len(people.born))
    poverty = 1.3 - 0.1 * (people.fifth - 1)
    return np.asarray(np.exp(ill - 0.32) * (people.frailty * poverty)[:, None])


def _given(kind: CareKind, people: Residents, need: Real, draw: np.random.Generator) -> Care:
    expected = kind.rate * np.array(kind.by_band)[people.bands()] * need
    times = draw.poisson(expected)
    if kind.setting == "primary":  # the surgery's appointments of a quarter are one record
        person, quarter = np.nonzero(times)
        quantity = times[person, quarter]
    else:
        person, quarter = (np.repeat(at, times[times > 0]) for at in np.nonzero(times))
        quantity = np.ones(len(person), dtype=np.int64)
    day = draw.integers(STARTS[quarter], STARTS[quarter + 1])
    here = (people.joined[person] <= day) & (day < people.left[person])
    return _priced(kind, person[here], day[here], quantity[here], draw)


def _priced(
    kind: CareKind, person: Whole, day: Whole, quantity: Whole, draw: np.random.Generator
) -> Care:
    share = 1 / (1 + kind.bed_days)
    beds = draw.geometric(share, len(person)) - 1
    pence = quantity * kind.pence * draw.integers(80, 121, len(person)) // 100
    return Care(kind, person, day, quantity, beds, pence + beds * kind.bed_pence)


def _in_hospital(care: Care) -> bool:
    return care.kind.setting == "hospital"


def _entries(people: Residents, given: list[Care], draw: np.random.Generator) -> Whole:
    """When one enters, at half the practices: by age and times in hospital in the year before."""
    first, last = STARTS[STARTS_IN - 4], STARTS[STARTS_IN]
    times = np.zeros(len(people.born), dtype=np.int64)
    for one in given:
        if one.kind.pod in {"emergency", "accident_and_emergency"}:
            np.add.at(times, one.person[(first <= one.day) & (one.day < last)], 1)
    offered = (people.system < 2) & (people.practice % 4 < 2)
    chance = _REFERRED[people.bands()[:, STARTS_IN], np.minimum(times, 2)]
    day = draw.integers(last, STARTS[STARTS_IN + 4], len(times))
    here = (people.joined < last) & (day < people.left)
    enters = offered & here & (draw.random(len(times)) < chance)
    return np.where(enters, day, _NEVER)


def _shifted(care: Care, entered: Whole, draw: np.random.Generator) -> Care:
    """Hospital care after entry is thinned; nobody is in hospital on the day of entry."""
    since = care.day - entered[care.person]
    stays = (since < 0) | ((since > 0) & (draw.random(len(since)) < KEPT_OF_HOSPITAL))
    return _only(care, stays)


def _only(care: Care, which: Flags) -> Care:
    columns = (care.person, care.day, care.quantity, care.bed_days, care.pence)
    return Care(care.kind, *(column[which] for column in columns))


def _clinics(given: list[Care], people: Residents, draw: np.random.Generator) -> list[Care]:
    """The clinics of one system that move, from the quarter in which the service starts."""
    (clinics,) = (one for one in given if one.kind.pod == "outpatient")
    quarter = np.searchsorted(STARTS, clinics.day, side="right") - 1
    share = MOVED_CLINICS[1] * np.maximum(quarter - STARTS_IN + 1, 0)
    moves = (people.system[clinics.person] == 0) & (draw.random(len(share)) < share)
    near = CareKind("community", _MOVED_CLINIC, "contact", 0, (), clinics.kind.pence)
    moved = _only(clinics, moves)
    rest = [one for one in given if one is not clinics]
    cheaper = moved.pence * 9 // 10
    there = Care(near, moved.person, moved.day, moved.quantity, moved.bed_days, cheaper)
    return [*rest, _only(clinics, ~moves), there]


def _visits(people: Residents, entered: Whole, draw: np.random.Generator) -> Care:
    """The service's visits: one on the day of entry, and about one a fortnight for half a year."""
    who = np.flatnonzero(entered < _NEVER)
    more = draw.poisson(12, len(who))
    person = np.concatenate([who, np.repeat(who, more)])
    later = draw.integers(1, 183, more.sum())
    day = entered[person] + np.concatenate([np.zeros(len(who), dtype=np.int64), later])
    here = day < np.minimum(people.left[person], END)
    kind = CareKind("community", SERVICE, "contact", 0, (), 7_800)
    return _priced(kind, person[here], day[here], np.ones(here.sum(), dtype=np.int64), draw)
