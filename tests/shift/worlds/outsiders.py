"""Twelve worlds by an outsider: somebody who has not seen the estimator, nor what it looks at.

In two of them lots are drawn, and the records are untidy. In five those who enter would have got
better or worse anyway, and it shows only beside the count of their stays: at the outpatient clinic,
in their fifth, in how close stays lie, on prescriptions, in a nurse who comes no more. In three
something else is recorded, paid or opened meanwhile, and in two the service strikes the others.
What is right, and the words of a right refusal, were fixed before any world was asked.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.shift.worlds.coded import DISTRICT, SAME_DAY, Coded, code
from tests.shift.worlds.people import NEVER, Ints
from tests.shift.worlds.records import Spells, rows, spells, thinned, written
from tests.shift.worlds.world import Begun, World, begin


def _told(world: Begun, since: Ints, least: int, most: int) -> Ints:
    """Seven in ten enter so many days after a day of theirs; of those without one, one in 40."""
    day = since + world.rng.integers(least, most, world.count)
    in_year = (world.quarters[8] <= day) & (day < world.quarters[12])
    rest = world.entries((since == NEVER) & world.happens(0.025), 8, 12)
    return np.where(in_year & world.happens(0.7), day, rest)


def _worse(world: Begun, since: Ints, share: float) -> None:
    """From a day of theirs on they come that much more often, for good."""
    given = spells(world.rng, share * world.expected * (since < NEVER)[:, None], world.quarters)
    world.given += given.only(given.day >= since[given.person])


def _later(since: Ints, days: int) -> Ints:
    return np.where(since < NEVER, since + days, NEVER)


def _series(world: Begun, first: Ints, times: int, every: int) -> tuple[Ints, Ints]:
    """Who is seen, and when: so many times from a first day on, while the file lasts."""
    who = np.repeat(np.flatnonzero(first < NEVER), times)
    day = first[who] + np.tile(every * np.arange(times), len(who) // max(times, 1))
    here = day < world.quarters[-1]
    return who[here], day[here]


# Lots are drawn, and the records are untidy.


def month_ends(rng: np.random.Generator, trend: bool) -> Coded:
    """Lots are drawn within each age band, five times as many places for the oldest as the young.

    Every hospital writes all stays of a month under its last day. What is planted goes by that day.
    """
    world = begin(rng, trend)
    month = world.given.day.astype("datetime64[D]").astype("datetime64[M]")
    last = (month + 1).astype("datetime64[D]").astype(np.int64) - 1
    world.given = replace(world.given, day=last)
    chance = np.array([0.03, 0.04, 0.06, 0.1, 0.15])[world.cohort.band]
    return written(rng, world.history(world.entries(world.happens(chance), 8, 12)))


def block_contract(rng: np.random.Generator, trend: bool) -> Coded:
    """A coin chooses; money goes its own way, and stays and bed days are as ever.

    Prices rise by 7% each April. One hospital sends no cost for a year and a half; another is paid
    one sum for any stay from half a year after the start on.
    """
    world = begin(rng, trend)
    table = written(rng, world.history(world.entries(world.happens(0.07), 8, 12)))
    columns = table.columns
    quarter = np.searchsorted(world.quarters, columns["date"], side="right") - 1
    hospital = columns["setting"] == code("setting", "hospital")
    cost = columns["cost_pence"] * 1.07 ** (quarter // 4)
    cost = np.where(hospital & (columns["provider"] == 0) & (quarter >= 10), 180_000, cost)
    cost = np.where(hospital & (columns["provider"] == 3) & (quarter < 6), 0, cost)
    return table.changed(cost_pence=cost.astype(np.int64))


# They would have got better or worse; how often they come to hospital does not tell of it before.


def right_tablets(rng: np.random.Generator, trend: bool) -> Coded:
    """An outpatient clinic sees them monthly for half a year until the tablets are right.

    Then it lets them go, with a letter that names the service. From ten months after the first
    visit on they have half as many stays; until then as many as ever. Others are seen now and then.
    A right refusal says that the treated had been outpatients, or were getting better anyway.
    """
    world = begin(rng, trend)
    since = world.entries(world.happens(0.1), 5, 9)
    world.given = thinned(rng, world.given, since + 300, 0.5)
    entry = _told(world, since, 200, 280)
    often = _series(world, since, 7, 30)
    ever = np.nonzero(rng.random((world.count, 16)) < 0.08)
    when = rng.integers(world.quarters[ever[1]], world.quarters[ever[1] + 1])
    who, day = np.append(often[0], ever[0]), np.append(often[1], when)
    seen = rows(
        world.cohort, who, day, setting="hospital", service="Outpatients", pod="outpatient",
        cost=15_000,
    )  # fmt: skip
    return written(rng, replace(world.history(entry), extra=(seen,)))


def evicted(rng: np.random.Generator, trend: bool) -> Coded:
    """They lose their homes and find rooms in the poorest streets; the housing officer refers them.

    The practice stays theirs, and so does their hospital use until eight months later: from then on
    it is seven tenths more. Compared with others whose fifth fell it is right. A right refusal says
    that the deprivation fifth of the treated had changed, or that they were getting worse.
    """
    world = begin(rng, trend)
    since = world.entries(world.happens(0.12) & (world.cohort.fifth >= 2), 5, 9)
    _worse(world, _later(since, 240), 0.7)
    table = written(rng, world.history(_told(world, since, 150, 230)))
    moved = table.columns["date"] >= since[table.columns["patient"] - 1]
    return table.changed(deprivation_fifth=np.where(moved, 1, table.columns["deprivation_fifth"]))


def closer(rng: np.random.Generator, trend: bool) -> Coded:
    """For nine months their stays are as many as ever, yet one comes six days after the other.

    The ward sees them come back and tells the team. From ten months on they come seven tenths more
    often. A right refusal says that the treated had been readmitted, that their stays lay close
    together, or that they were getting worse.
    """
    world = begin(rng, trend, base=0.5)
    since = world.entries(world.happens(0.1), 5, 9)
    world.given = _close(rng, world.given, since)
    _worse(world, _later(since, 300), 0.7)
    return written(rng, world.history(_told(world, since, 270, 330)))


def _close(rng: np.random.Generator, given: Spells, since: Ints) -> Spells:
    """The stays of nine months, six days apart about a day within them."""
    start = since[given.person]
    at = np.flatnonzero((given.day >= start) & (given.day < start + 270))
    at = at[np.lexsort((given.day[at], given.person[at]))]
    person = given.person[at]
    rank = np.arange(len(at)) - np.searchsorted(person, person)
    half = np.bincount(person, minlength=len(since))[person] // 2
    middle = since + rng.integers(30, 240, len(since))
    day = given.day.copy()
    day[at] = np.clip(middle[person] + 6 * (rank - half), since[person], since[person] + 269)
    return replace(given, day=day)


def prescriptions(rng: np.random.Generator, trend: bool) -> Coded:
    """At the surgery the quantity is items prescribed: for them two more every hundred days.

    They are seen there as often as others, and are in hospital as often, until ten months after it
    began to rise; from then on seven tenths more often. The pharmacist tells them of the service. A
    right refusal says that quantities at the surgery had risen, or that they were getting worse.
    """
    world = begin(rng, trend)
    since = world.entries(world.happens(0.1), 5, 9)
    _worse(world, _later(since, 300), 0.7)
    table = written(rng, world.history(_told(world, since, 260, 320)))
    columns = table.columns
    days = np.clip(columns["date"] - since[columns["patient"] - 1], 0, None)
    items = 1 + rng.poisson(2 + 0.02 * days)
    surgery = columns["setting"] == code("setting", "primary")
    return table.changed(quantity=np.where(surgery, items, columns["quantity"]))


def wound_healed(rng: np.random.Generator, trend: bool) -> Coded:
    """The district nurse has dressed a wound for ten months; it heals, and she comes no more.

    At her last visits she leaves word of the service. From four months after the last on they come
    to hospital half as often, until then as ever. To one in 25 of the rest she comes to the end. A
    right refusal says that another community service ended before entry, or that they got better.
    """
    world = begin(rng, trend)
    healed = world.entries(world.happens(0.1), 7, 11)
    world.given = thinned(rng, world.given, healed + 120, 0.5)
    entry = _told(world, healed, 20, 90)
    first = np.where(healed < NEVER, healed - 300, NEVER)
    dressed = _series(world, first, 11, 28)
    long = world.entries((healed == NEVER) & world.happens(0.04), 0, 8)
    ever = _series(world, long, 52, 28)
    who, day = (np.append(*pair) for pair in zip(dressed, ever, strict=True))
    kind = {"setting": "community", "service": DISTRICT, "pod": "contact"}
    return written(
        rng, replace(world.history(entry), extra=(rows(world.cohort, who, day, **kind),))
    )


# What else is recorded, paid or opened meanwhile.


def same_day(rng: np.random.Generator, trend: bool) -> Coded:
    """One hospital, that of most treated, later has a unit for short stays that is community's.

    From half a year after the start on its stays of one or two days are contacts of that unit,
    under the same provider. Compared within hospitals it is right. A right refusal says that this
    provider's short stays went, or that its records changed.
    """
    world = begin(rng, trend)
    chance = np.where(world.cohort.provider == 0, 0.16, 0.03)
    table = written(rng, world.history(world.entries(world.happens(chance), 8, 12)))
    columns = table.columns
    unit = (columns["setting"] == code("setting", "hospital")) & (columns["provider"] == 0)
    unit &= (columns["date"] >= world.quarters[10]) & (columns["bed_days"] <= 2)
    new = {
        "setting": code("setting", "community"),
        "service": code("service", SAME_DAY),
        "pod": code("pod", "contact"),
        "bed_days": 0,
    }
    changed = {name: np.where(unit, to, columns[name]) for name, to in new.items()}
    return replace(table.changed(**changed), fate=np.where(unit, 0.0, table.fate))


def delegated(rng: np.random.Generator, trend: bool) -> Coded:
    """Specialised care, paid for nationally till then, comes on the file of one commissioner.

    It was always there. From a year after the start on its long planned stays are on file in that
    area, where nearly all of the treated live. Compared within areas it is right. A right refusal
    says that planned stays, or the records of this commissioner, are more than they were.
    """
    world = begin(rng, trend)
    here = world.cohort.area == 0
    entry = world.entries(world.happens(np.where(here, 0.12, 0.01)), 8, 12)
    special = spells(rng, 0.3 * world.expected * here[:, None], world.quarters)
    special = special.only(special.day >= world.quarters[12])
    beds = 2 + rng.poisson(4.0, len(special.beds))
    world.given += replace(special, pod=np.ones_like(special.pod), beds=beds)
    return written(rng, world.history(entry))


def evening_surgeries(rng: np.random.Generator, trend: bool) -> Coded:
    """Half of the practices open in the evening as the service begins, and refer six in seven.

    All their people have more appointments from then on, and from a quarter later four in ten
    emergencies fewer, in the service or not. Compared within practices it is right. A right refusal
    says that appointments, or emergencies, changed in the practices of the treated.
    """
    world = begin(rng, trend)
    here = world.cohort.practice % 8 < 4
    entry = world.entries(world.happens(np.where(here, 0.12, 0.02)), 8, 12)
    given = world.given
    opened = here[given.person] & (given.day >= world.quarters[9]) & (given.pod == 0)
    world.given = given.only(~(opened & (rng.random(len(opened)) < 0.4)))
    who, quarter = np.nonzero(here[:, None] & (rng.random((world.count, 8)) < 0.25))
    day = rng.integers(world.quarters[quarter + 8], world.quarters[quarter + 9])
    kind = {"setting": "primary", "service": "General practice", "pod": "appointment"}
    return written(
        rng, replace(world.history(entry), extra=(rows(world.cohort, who, day, **kind),))
    )


# What the service does to those with whom its people are compared.


def open_door(rng: np.random.Generator, trend: bool) -> Coded:
    """Where most of the treated would go beds are free, and the emergency department fills them.

    From half a year after the start on others of that hospital are kept for a night or two whom it
    used to send home: their emergencies more than double. A right refusal says that short
    emergencies of the others, or of that provider, rose.
    """
    world = begin(rng, trend)
    here = world.cohort.provider == 0
    entry = world.entries(world.happens(np.where(here, 0.16, 0.02)), 8, 12)
    others = (here & (entry == NEVER))[:, None]
    kept = spells(rng, 1.0 * world.expected * others, world.quarters)
    kept = kept.only(kept.day >= world.quarters[10])
    beds = 1 + rng.poisson(0.5, len(kept.beds))
    world.given += replace(kept, pod=np.zeros_like(kept.pod), beds=beds)
    return written(rng, world.history(entry))


def transport(rng: np.random.Generator, trend: bool) -> Coded:
    """The team books its area's patient transport for its people, and others have no way to come.

    From a quarter after the start on eight in ten planned stays of the others there fall away. So
    the service looks harmful against its neighbours; against the other area it is right. A right
    refusal says that planned stays of the others, or of that area, fell.
    """
    world = begin(rng, trend)
    here = world.cohort.area == 0
    entry = world.entries(world.happens(np.where(here, 0.12, 0.015)), 8, 12)
    given = world.given
    stranded = (here & (entry == NEVER))[given.person] & (given.day >= world.quarters[9])
    lost = stranded & (given.pod == 1) & (rng.random(len(stranded)) < 0.8)
    world.given = given.only(~lost)
    return written(rng, world.history(entry))


OUTSIDERS = (
    World(
        "under the month's last day", "Lots by age band; a month's stays all have its last day.",
        month_ends, "must answer",
    ),
    World(
        "block contract", "A coin chooses; prices rise, one hospital's cost is late, one's flat.",
        block_contract, "must answer",
    ),
    World(
        "the right tablets", "Outpatients for half a year, then let go with a letter; they mend.",
        right_tablets, "must refuse", ("outpatient", "clinic", "better", "recover", "improv"),
    ),
    World(
        "evicted", "Fell to the poorest fifth some months before they enter; use rises later.",
        evicted, "may answer if covered", ("depriv", "fifth", "poor", "moved", "worse"),
    ),
    World(
        "closer together", "As many stays as ever, six days apart; then they come more often.",
        closer, "must refuse", ("readmi", "close together", "interval", "worse"),
    ),
    World(
        "longer prescriptions", "The surgery prescribes ever more items; use rises later.",
        prescriptions, "must refuse", ("quantit", "surger", "primary", "prescri", "worse"),
    ),
    World(
        "the wound has healed", "The district nurse comes no more, and they enter; they mend.",
        wound_healed, "must refuse", ("nurs", "another service", "better", "recover"),
    ),
    World(
        "same-day unit", "One hospital's short stays, most treated's, become community contacts.",
        same_day, "may answer if covered", ("short", "provider", "record", "community"),
    ),
    World(
        "specialised care delegated", "One area's long planned stays are on file from one day on.",
        delegated, "may answer if covered",
        ("planned", "elective", "commissioner", "area"),
    ),
    World(
        "evening surgeries", "Practices that refer open longer: fewer emergencies for all there.",
        evening_surgeries, "may answer if covered",
        ("practice", "appointment", "surger", "primary", "emergenc"),
    ),
    World(
        "the open door", "Freed beds are filled with others whom the hospital used to send home.",
        open_door, "must refuse", ("emergenc", "provider", "capacity", "short"),
    ),
    World(
        "seats in the transport", "The team takes the area's transport; others miss planned stays.",
        transport, "may answer if covered",
        ("planned", "elective", "area", "commissioner"),
    ),
)  # fmt: skip
