"""Twelve worlds by somebody who has not seen the estimator, nor what it looks at.

They were written as a clinician, an analyst of a commissioner and a manager of information would
tell of a service that begins. Each maker says what happens and, where a refusal is right, which
reason would be; the words for it were fixed before any world was asked.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.shift.worlds.coded import OTHER_SERVICE, Coded, code
from tests.shift.worlds.people import NEVER, QUARTERS, Flags, Floats, Ints, People
from tests.shift.worlds.records import Spells, rows, spells, thinned, written
from tests.shift.worlds.world import Begun, World, begin


def _then(world: Begun, day: Ints, least: int, most: int, chance: float, lot: float) -> Ints:
    """Entries so many days after a day of their own, and of others by lot, in the year."""
    later = day + world.rng.integers(least, most, world.count)
    within = (later >= world.quarters[8]) & (later < world.quarters[12])
    by_lot = world.entries(world.happens(lot) & (day == NEVER), 8, 12)
    return np.where(world.happens(chance) & within, later, by_lot)


def _people(table: Coded) -> tuple[Ints, Ints]:
    """Whose each record is, and its day."""
    columns = table.columns
    return columns["patient"].astype(np.int64) - 1, columns["date"].astype(np.int64)


def _in_hospital(table: Coded) -> Flags:
    return np.asarray(table.columns["setting"] == code("setting", "hospital"))


def _again(first: Ints, end: int, every: int) -> tuple[Ints, Ints]:
    """Persons and days: for each person a day in so many, from a first one to before an end."""
    times = np.where(first < end, (end - first + every - 1) // every, 0)
    person = np.repeat(np.arange(len(first)), times)
    nth = np.arange(len(person)) - np.repeat(np.cumsum(times) - times, times)
    return person, first[person] + every * nth


def _neighbour(world: Begun) -> Ints:
    """Another practice for each person, whose patients go to the same hospital."""
    steps = 4 * world.rng.integers(1, 25, world.count)
    return (world.cohort.practice + steps) % 100


# Chosen by lot, and yet untidy.


def birthdays(rng: np.random.Generator, trend: bool) -> Coded:
    """A coin chooses; who people are on file changes as it does.

    They grow into the next band, a new index of deprivation is brought in half-way through the
    year of entries, need is reckoned anew each April, and one in eight changes the practice.
    """
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.07), 8, 12)
    table = written(rng, world.history(entry))
    who, day = _people(table)
    older = (day >= world.entries(world.happens(0.35), 0, 16)[who]).astype(np.int64)
    band = np.minimum(world.cohort.band[who] + older, 4)
    ranked = np.clip(world.cohort.fifth + rng.choice(3, world.count, p=[0.15, 0.7, 0.15]) - 1, 1, 5)
    fifth = np.where(day >= world.quarters[10], ranked[who], world.cohort.fifth[who])
    april = np.searchsorted(world.quarters[4::4], day, side="right")
    need = 600 + 300 * band + rng.integers(-150, 150, (world.count, 4))[who, april]
    moved = day >= world.entries(world.happens(0.125), 0, 16)[who]
    practice = np.where(moved, _neighbour(world)[who], world.cohort.practice[who])
    return table.changed(
        age_band=band, deprivation_fifth=fifth, need_thousandths=need, cluster=practice
    )


def attacked(rng: np.random.Generator, trend: bool) -> Coded:
    """A coin chooses; for six weeks of the last year no hospital can write anything down."""
    world = begin(rng, trend)
    table = written(rng, world.history(world.entries(world.happens(0.07), 8, 12)))
    first = world.quarters[13] + 20
    day = table.columns["date"]
    return table.only(~(_in_hospital(table) & (day >= first) & (day < first + 42)))


# They would have got better or worse; the records show it only in something else.


def new_home(rng: np.random.Generator, trend: bool) -> Coded:
    """From damp flats into sheltered ones: a new practice, and less use; then the warden asks.

    As many others change their practice and stay as they are. A right refusal says that the
    treated had just come to another practice, or were getting better before they entered.
    """
    world = begin(rng, trend)
    moves = world.entries(world.happens(0.07), 7, 12)
    world.given = thinned(rng, world.given, moves, 0.6)
    entry = _then(world, moves, 20, 70, 0.7, 0.025)
    table = written(rng, world.history(entry))
    who, day = _people(table)
    others = world.entries(world.happens(0.07), 0, 16)
    moved = day >= np.where(moves < NEVER, moves, others)[who]
    return table.changed(
        cluster=np.where(moved, _neighbour(world)[who], world.cohort.practice[who])
    )


def gave_up_drink(rng: np.random.Generator, trend: bool) -> Coded:
    """A fifth come twice as often; half of them stop drinking, and ask for help months later.

    The quiet months look like chance, after which others come back. A right refusal says that the
    treated were already better, or quieter than their past, when they entered.
    """
    heavy: Flags = np.zeros(0, dtype=np.bool_)

    def bent(cohort: People, expected: Floats) -> Floats:
        nonlocal heavy
        heavy = rng.random(cohort.count) < 0.2
        return np.asarray(expected * np.where(heavy, 2.0, 1.0)[:, None])

    world = begin(rng, trend, bent=bent)
    stops = world.entries(heavy & world.happens(0.5), 6, 12)
    world.given = thinned(rng, world.given, stops, 0.45)
    return written(rng, world.history(_then(world, stops, 60, 150, 0.7, 0.025)))


def care_home(rng: np.random.Generator, trend: bool) -> Coded:
    """Asked for while a place in a home is sought; there the doctor calls each fortnight.

    Some weeks to five months after entry they are in it, and go to hospital half as often,
    service or no service. A right refusal says that the surgery sees the treated far more
    often than it did and than others, or that they moved into homes.
    """
    world = begin(rng, trend)
    sought = world.entries(world.happens(0.08), 7, 12)
    moves = np.where(sought < NEVER, sought + rng.integers(90, 180, world.count), NEVER)
    world.given = thinned(rng, world.given, moves, 0.5)
    history = world.history(_then(world, sought, 10, 60, 0.6, 0.025))
    who, day = _again(moves, int(world.quarters[-1]), 14)
    kind = {"setting": "primary", "service": "General practice", "pod": "appointment"}
    return written(rng, replace(history, extra=(rows(world.cohort, who, day, **kind),)))


def slower(rng: np.random.Generator, trend: bool) -> Coded:
    """One in eight comes as often as ever and stays longer each time, by a tenth a quarter.

    Half of the treated are they. The number of spells is right as it stands; bed days are not. A
    right refusal says that the stays of the treated were growing longer before.
    """
    world = begin(rng, trend)
    stiff = world.happens(0.125)
    given = world.given
    quarter = np.searchsorted(world.quarters, given.day, side="right") - 1
    longer = np.where(stiff[given.person], np.exp(0.1 * (quarter - 6)), 1.0)
    usual = np.where(given.pod == 0, 2.5, 1.0)
    world.given = replace(given, beds=1 + rng.poisson(usual * longer))
    chosen = world.happens(np.where(stiff, 0.32, 0.04))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


def centre(rng: np.random.Generator, trend: bool) -> Coded:
    """A specialist centre takes some on; five months later what it does for them works.

    From the day on which it does, six in ten of their spells are at a hospital of the other area.
    In between they enter. A right refusal says that the treated went to another hospital than
    before, or that something else was done for them.
    """
    world = begin(rng, trend)
    taken = world.entries(world.happens(0.08), 7, 12)
    world.given = thinned(rng, world.given, taken + 150, 0.45)
    table = written(rng, world.history(_then(world, taken, 60, 140, 0.7, 0.025)))
    who, day = _people(table)
    there = _in_hospital(table) & (day >= taken[who]) & (rng.random(len(day)) < 0.6)
    far = (world.cohort.provider[who] + 2) % 4
    return table.changed(provider=np.where(there, far, table.columns["provider"]))


# What else is new that year: other schemes, other ways to count, files that begin.


def ambulances(rng: np.random.Generator, trend: bool) -> Coded:
    """Three months after the start one area's crews begin to treat the over-75s at home.

    Of these, a third fewer emergencies come in, treated or not; and most of the treated are of
    that area and age. Compared within both it is right. A right refusal says that the area, or its
    emergencies, changed for everybody.
    """
    world = begin(rng, trend)
    here, old = world.cohort.area == 0, world.cohort.band >= 3
    given = world.given
    left = (here & old)[given.person] & (given.pod == 0) & (given.day >= world.quarters[9])
    world.given = given.only(~(left & (rng.random(len(given.day)) < 0.35)))
    chance = np.where(here, 0.1, 0.02) * np.where(old, 1.6, 0.6)
    return written(rng, world.history(world.entries(world.happens(chance), 8, 12)))


def episodes(rng: np.random.Generator, trend: bool) -> Coded:
    """A new system counts a stay anew where the ward changes: two records, as many bed days.

    It is in one hospital, that of most treated, from the second quarter on. Bed days are right in
    spite of it, and so is a comparison within the hospital. A right refusal says that this
    hospital began to record more, or shorter, stays.
    """
    world = begin(rng, trend)
    chance = np.where(world.cohort.provider == 0, 0.16, 0.03)
    history = world.history(world.entries(world.happens(chance), 8, 12))
    given = history.hospital
    new = (world.cohort.provider[given.person] == 0) & (given.day >= world.quarters[9])
    cut = np.where(new & (given.beds >= 3), given.beds // 2, 0)
    second: Spells = replace(given, day=given.day + cut, beds=cut).only(cut > 0)
    return written(rng, replace(history, hospital=replace(given, beds=given.beds - cut) + second))


def file_begins(rng: np.random.Generator, trend: bool) -> Coded:
    """The service is a year and a half old; its visits are on file from the day asked about on.

    So three in four of those who seem to enter had been in it for months, and what it does for them
    lies in the year before as well. A right refusal says that very many begin in the first weeks,
    or that the file and not the service is what begins.
    """
    world = begin(rng, trend)
    before = world.entries(world.happens(0.08), 2, 8)
    entry = np.where(before < NEVER, before, world.entries(world.happens(0.025), 8, 12))
    seen = world.quarters[8] + rng.integers(0, 40, world.count)
    history = world.history(entry)
    return written(rng, replace(history, entry=np.where(entry < world.quarters[8], seen, entry)))


# What the service does to those with whom its people are compared.


def drained(rng: np.random.Generator, trend: bool) -> Coded:
    """The new team is staffed from the falls team, in half of the practices.

    There those whom the falls team saw every two months, and whom the new team does not take, are
    seen no more, and come to hospital seven tenths more often. A right refusal says that another
    service ended for the others, or that the others of the same practices got worse.
    """
    world = begin(rng, trend)
    known = world.happens(0.4)
    here = world.cohort.practice % 8 < 4
    entry = world.entries(here & world.happens(np.where(known, 0.2, 0.03)), 8, 12)
    lost = here & known & (entry == NEVER)
    more = spells(rng, 0.7 * world.expected * lost[:, None], world.quarters)
    world.given += more.only(more.day >= world.quarters[8])
    first = np.where(known, world.quarters[0] + rng.integers(0, 60, world.count), NEVER)
    who, day = _again(first, int(world.quarters[-1]), 60)
    ends = np.where(lost, world.quarters[8], entry)[who]
    who, day = who[day < ends], day[day < ends]
    kind = {"setting": "community", "service": OTHER_SERVICE, "pod": "contact"}
    history = replace(world.history(entry), extra=(rows(world.cohort, who, day, **kind),))
    return written(rng, history)


def beds_counted_on(rng: np.random.Generator, trend: bool) -> Coded:
    """One hospital, that of most treated, fills the beds which the service is to free.

    Half a year after the start it calls its waiting list in: planned stays more than double, but
    the treated are on no such list. A right refusal says that planned care of this hospital, or of
    those compared with, rose at that time.
    """
    world = begin(rng, trend)
    local = world.cohort.provider == 0
    chance = np.where(local, 0.16, 0.02)
    entry = world.entries(world.happens(chance), 8, 12)
    waits = (local & (entry == NEVER))[:, None] & (np.arange(QUARTERS) >= 10)
    more = spells(rng, 0.4 * world.expected * waits, world.quarters)
    usual = 1 + rng.poisson(1.0, len(more.beds))
    world.given += replace(more, pod=np.ones_like(more.pod), beds=usual)
    return written(rng, world.history(entry))


BLIND = (
    World(
        "birthdays and new fifths", "A coin chooses; age, fifth, need and practice change on file.",
        birthdays, "must answer",
    ),
    World(
        "hospitals under attack", "A coin chooses; for six weeks no hospital can write anything.",
        attacked, "must answer",
    ),
    World(
        "sheltered flats", "A move, with a new practice, does good; then the warden asks.",
        new_home, "must refuse", ("practice", "cluster", "moved", "better", "recover"),
    ),
    World(
        "gave up drink", "Busy for years, quiet for some months for good, and then they ask.",
        gave_up_drink, "must refuse", ("better", "recover", "quiet", "already", "improv"),
    ),
    World(
        "a place in a home", "Enters while a home is sought, in which they need hospital less.",
        care_home, "must refuse", ("surger", "primary", "appointment", "home"),
    ),
    World(
        "slower each time", "Half of the treated come as often as ever and stay ever longer.",
        slower, "may answer if covered", ("length", "longer", "bed days per", "stay", "worse"),
    ),
    World(
        "specialist centre", "Another hospital takes them on; what it does works after entry.",
        centre, "must refuse", ("another hospital", "provider", "elsewhere", "better", "recover"),
    ),
    World(
        "ambulances treat at home", "One area's crews bring fewer over-75s; most treated are they.",
        ambulances, "may answer if covered", ("area", "commissioner", "emergenc", "ambulance"),
    ),
    World(
        "episodes for spells", "One hospital, that of most treated, later counts a stay as two.",
        episodes, "may answer if covered", ("record", "provider", "coding", "bed days per"),
    ),
    World(
        "the file begins", "The service is older than its file; most who enter were in it before.",
        file_begins, "must refuse", ("first week", "first visit", "file", "already", "begins"),
    ),
    World(
        "taken from the falls team", "The team's staff come from one that others thereby lose.",
        drained, "must refuse", ("falls team", "another service", "other service", "same practice"),
    ),
    World(
        "beds counted on", "Beds to be freed are filled from the waiting list: with the others.",
        beds_counted_on, "must refuse", ("planned", "elective", "capacity", "provider", "waiting"),
    ),
)  # fmt: skip
