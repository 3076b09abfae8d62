"""Ten worlds that were written last, when the gates stood; none was changed after they were asked.

Whoever wrote them knew what the gates look at, and chose kinds that none of them was made for.
Which words name a right reason was fixed before the first run.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.shift.worlds.coded import Coded, code
from tests.shift.worlds.people import NEVER, QUARTERS, Flags, Floats, Ints, People, rebuilt
from tests.shift.worlds.records import spells, spells_on, written
from tests.shift.worlds.world import Begun, World, begin


def recovering(rng: np.random.Generator, trend: bool) -> Coded:
    """A tenth of people get steadily better, by a tenth a quarter; half of the treated are they."""
    better: Flags = np.zeros(0, dtype=np.bool_)
    course = np.exp(0.1 * (7.5 - np.arange(QUARTERS)))

    def bent(cohort: People, expected: Floats) -> Floats:
        nonlocal better
        better = rng.random(cohort.count) < 0.1
        return np.asarray(expected * np.where(better[:, None], course, 1.0))

    world = begin(rng, trend, bent=bent)
    chosen = world.happens(np.where(better, 0.35, 0.04))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


def _more(world: Begun, times: float, first: Ints, end: Ints) -> None:
    """Give each person so many times more spells from the day after one until before another."""
    more = spells(world.rng, times * world.expected, world.quarters)
    person = more.person
    world.given += more.only((more.day > first[person]) & (more.day < end[person]))


def diagnosed(rng: np.random.Generator, trend: bool) -> Coded:
    """One in ten is told of a new illness, which from then on takes half as much again.

    Seven in ten of them enter on the day that they are told.
    """
    world = begin(rng, trend)
    told = world.entries(world.happens(0.1), 8, 12)
    _more(world, 0.5, told, np.full(world.count, NEVER))
    return written(rng, world.history(np.where(world.happens(0.7), told, NEVER)))


def operated(rng: np.random.Generator, trend: bool) -> Coded:
    """One in ten has a planned operation, after a bad year; it cures, service or no service.

    Six in ten of them enter within three weeks after it.
    """
    world = begin(rng, trend)
    day = world.entries(world.happens(0.1), 8, 12)
    _more(world, 1.0, day - 365, day)
    who = np.flatnonzero(day < NEVER)
    stay = spells_on(rng, who, day[who])
    world.given += replace(stay, pod=np.ones_like(stay.pod))
    enters = (day < NEVER) & world.happens(0.6)
    entry = np.where(enters, day + rng.integers(4, 21, world.count), NEVER)
    entry = np.where(entry < world.quarters[12], entry, NEVER)
    return written(rng, world.history(entry))


def waiting(rng: np.random.Generator, trend: bool) -> Coded:
    """One in ten is put on a list for an operation, which comes in one to eleven months.

    Six in ten of them have the service from that day on; others on the list do not.
    """
    world = begin(rng, trend)
    listed = world.entries(world.happens(0.1), 8, 12)
    who = np.flatnonzero(listed < NEVER)
    stay = spells_on(rng, who, listed[who] + rng.integers(30, 335, len(who)))
    world.given += replace(stay, pod=np.ones_like(stay.pod))
    return written(rng, world.history(np.where(world.happens(0.6), listed, NEVER)))


def last_months(rng: np.random.Generator, trend: bool) -> Coded:
    """One in twenty dies, as a column says, and uses four times as much in the half year before.

    Half of them enter three to six months before they die; others by a coin.
    """
    world = begin(rng, trend)
    day = world.entries(world.happens(0.05), 9, 16)
    _more(world, 3.0, day - 182, day)
    late = (day < NEVER) & world.happens(0.5)
    by_lot = world.entries(world.happens(0.04) & ~(day < NEVER), 8, 12)
    entry = np.where(late, day - rng.integers(90, 182, world.count), by_lot)
    inside = (entry >= world.quarters[8]) & (entry < world.quarters[12])
    until = np.minimum(day, world.quarters[-1])
    history = world.history(np.where(inside, entry, NEVER), until)
    return written(rng, history.with_deaths(until < world.quarters[-1]))


def poorer(rng: np.random.Generator, trend: bool) -> Coded:
    """Two fifths, the most deprived, use a twentieth more each quarter; most treated are theirs."""
    course = np.exp(0.05 * (np.arange(QUARTERS) - 7.5))

    def bent(cohort: People, expected: Floats) -> Floats:
        return np.asarray(expected * np.where(cohort.fifth[:, None] <= 2, course, 1.0))

    world = begin(rng, trend, bent=bent)
    chosen = world.happens(np.where(world.cohort.fifth <= 2, 0.14, 0.02))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


def late_feed(rng: np.random.Generator, trend: bool) -> Coded:
    """The records of the first hospital, that of most treated, begin a year before the service."""
    world = begin(rng, trend)
    first = world.cohort.provider[world.given.person] == 0
    world.given = world.given.only(~first | (world.given.day >= world.quarters[4]))
    chosen = world.happens(np.where(world.cohort.provider == 0, 0.2, 0.02))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


def regulars(rng: np.random.Generator, trend: bool) -> Coded:
    """A hundred people come once a week for good, for a day each; half of them are treated."""
    regular: Flags = np.zeros(0, dtype=np.bool_)

    def bent(cohort: People, expected: Floats) -> Floats:
        nonlocal regular
        regular = rng.random(cohort.count) < 0.005
        return expected + np.where(regular[:, None], 13.0, 0.0)

    world = begin(rng, trend, bent=bent)
    beds = np.where(regular[world.given.person], 1, world.given.beds)
    world.given = replace(world.given, beds=beds)
    chosen = world.happens(np.where(regular, 0.5, 0.07))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


def large_practice(rng: np.random.Generator, trend: bool) -> Coded:
    """Three in ten people and six in ten treated are of one practice; practices' years differ."""
    practice: Ints = np.zeros(0, dtype=np.int64)

    def bent(cohort: People, expected: Floats) -> Floats:
        nonlocal practice
        practice = np.where(rng.random(cohort.count) < 0.3, 0, cohort.practice)
        years = np.repeat(rng.normal(0, 0.1, (100, QUARTERS // 4)), 4, axis=1)
        return np.asarray(expected * np.exp(years)[practice])

    world = begin(rng, trend, bent=bent)
    provider = practice % 4
    changed = {"practice": practice, "provider": provider, "area": provider // 2}
    world.cohort = rebuilt(world.cohort, **changed)
    chosen = world.happens(np.where(practice == 0, 0.12, 0.035))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


def silent(rng: np.random.Generator, trend: bool) -> Coded:
    """Half of the practices have the service; the others' appointments end half a year early."""
    world = begin(rng, trend)
    here = world.cohort.practice // 4 % 2 == 0
    table = written(rng, world.history(world.entries(here & world.happens(0.14), 8, 12)))
    held = table.columns
    stopped = (held["setting"] == code("setting", "primary")) & (held["cluster"] // 4 % 2 == 1)
    return table.only(~(stopped & (held["date"] >= world.quarters[14])))


_RECORDING = ("recording", "recorded", "records less", "records more", "provider", "gap", "coding")
FRESH = (
    World(
        "recovering", "Half of those enter who get steadily better, which nobody records.",
        recovering, "must refuse", ("recover", "get better", "gets better", "getting better"),
    ),
    World(
        "new diagnosis", "Enters on the day of a diagnosis, which from then on takes more care.",
        diagnosed, "must refuse", ("diagnos", "illness", "crisis"),
    ),
    World(
        "operated on", "Enters soon after a planned operation that cures.",
        operated, "must refuse", ("operation", "elective", "planned", "referral after"),
    ),
    World(
        "waiting for surgery", "Enters when put on a list for an operation, which comes.",
        waiting, "must refuse", ("waiting", "elective", "planned", "operation"),
    ),
    World(
        "last months of life", "Enters in the last half year, when use is high; deaths are said.",
        last_months, "may answer if covered", ("death", "dies", "died", "rising", "surviv"),
    ),
    World(
        "poorer by the year", "The deprived use more year by year; most of the treated are they.",
        poorer, "may answer if covered", ("depriv", "poor", "rising illness"),
    ),
    World(
        "feed begins late", "One hospital, that of most treated, is on file for one year before.",
        late_feed, "may answer if covered", (*_RECORDING, "two years before"),
    ),
    World(
        "regular attenders", "A hundred people come every week; half of them are treated.",
        regulars, "may answer if covered", ("regular", "overlap", "placebo", "too little"),
    ),
    World(
        "one large practice", "Six in ten of the treated are of one practice; years differ.",
        large_practice, "may answer if covered", ("cluster", "practice"),
    ),
    World(
        "surgeries fall silent", "Appointments end half a year early where the service is not.",
        silent, "may answer if covered", (*_RECORDING, "vanish", "surger", "primary"),
    ),
)  # fmt: skip
