"""Twelve worlds that were written before the estimator was changed for the fourth time.

They were written as somebody would who sends people to such a service, or works with its list, and
committed before a line of the estimator was touched. None was asked until it stood, and each was
then asked once. Which words name a right reason was fixed here as well.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.shift.worlds.coded import Coded
from tests.shift.worlds.people import NEVER, QUARTERS, Flags, Floats, Ints, People
from tests.shift.worlds.records import Spells, rows, spells, spells_on, written
from tests.shift.worlds.world import Begun, World, begin


def _more(world: Begun, times: float, first: Ints, end: Ints) -> Spells:
    """So many times more spells for each person from the day after one until before another."""
    more = spells(world.rng, times * world.expected, world.quarters)
    person = more.person
    return more.only((more.day > first[person]) & (more.day < end[person]))


def _inside(world: Begun, day: Ints, chosen: Flags) -> Ints:
    """The day as one of entry, of the chosen, if it lies in the service's year of entries."""
    within = (day >= world.quarters[8]) & (day < world.quarters[12])
    return np.where(chosen & within, day, NEVER)


def _either(first: Ints, second: Ints) -> Ints:
    return np.where(first < NEVER, first, second)


def old_list(rng: np.random.Generator, trend: bool) -> Coded:
    """The list of whom to ask was made from data of two years ago, by use in that year."""
    world = begin(rng, trend)
    chance = np.array([0.02, 0.06, 0.15, 0.3])[np.minimum(world.uses(0, 4), 3)]
    return written(rng, world.history(world.entries(world.happens(chance), 8, 12)))


def stroke(rng: np.random.Generator, trend: bool) -> Coded:
    """Four to nine months before entry an event, a bad two months, and then more care for good."""
    world = begin(rng, trend)
    day = world.entries(world.happens(0.08), 5, 11)
    who = np.flatnonzero(day < NEVER)
    forever = np.full(world.count, NEVER)
    soon = _more(world, 3.0, day, day + 60)
    world.given += spells_on(rng, who, day[who]) + soon + _more(world, 0.6, day, forever)
    after = _inside(world, day + rng.integers(120, 270, world.count), world.happens(0.6))
    by_lot = world.entries(world.happens(0.025) & (day == NEVER), 8, 12)
    return written(rng, world.history(_either(after, by_lot)))


def course(rng: np.random.Generator, trend: bool) -> Coded:
    """One in seventeen has eight planned days in hospital, three weeks apart, which then end.

    Six in ten of them enter in the first half of it, others by a coin.
    """
    world = begin(rng, trend)
    first = world.entries(world.happens(0.06), 7, 12)
    who = np.repeat(np.flatnonzero(first < NEVER), 8)
    days = first[who] + np.tile(21 * np.arange(8), len(who) // 8)
    stay = spells_on(rng, who, days)
    world.given += replace(stay, pod=np.ones_like(stay.pod), beds=np.ones_like(stay.beds))
    early = _inside(world, first + rng.integers(22, 84, world.count), world.happens(0.6))
    by_lot = world.entries(world.happens(0.03) & (first == NEVER), 8, 12)
    return written(rng, world.history(_either(early, by_lot)))


def surgery(rng: np.random.Generator, trend: bool) -> Coded:
    """One in ten falls ill: first come six appointments in four months, then more hospital care.

    Their doctor sends half of them to the service during the months of appointments.
    """
    world = begin(rng, trend)
    ill = world.entries(world.happens(0.1), 8, 12)
    forever = np.full(world.count, NEVER)
    world.given += _more(world, 0.7, ill + 120, forever)
    who = np.repeat(np.flatnonzero(ill < NEVER), 6)
    days = ill[who] + rng.integers(0, 120, len(who))
    seen = rows(
        world.cohort, who, days, setting="primary", service="General practice", pod="appointment"
    )
    asked = _inside(world, ill + rng.integers(60, 120, world.count), world.happens(0.5))
    by_lot = world.entries(world.happens(0.02) & (ill == NEVER), 8, 12)
    history = world.history(_either(asked, by_lot))
    return written(rng, replace(history, extra=(seen,)))


def still_ill(rng: np.random.Generator, trend: bool) -> Coded:
    """Referred by recent use; after four months of waiting only those start who are still ill."""
    world = begin(rng, trend)
    entry = np.full(world.count, NEVER)
    for quarter in range(7, 11):
        chance = np.array([0.0, 0.08, 0.2, 0.35])[np.minimum(world.uses(quarter - 1, quarter), 3)]
        referred = world.happens(chance) & (entry == NEVER)
        day = world.day_in(quarter, quarter + 1)
        starts = day + rng.integers(90, 150, world.count)
        given = world.given
        waits = (given.day >= day[given.person]) & (given.day < starts[given.person])
        ill = np.bincount(given.person[waits], minlength=world.count) > 0
        entry = _either(entry, _inside(world, starts, referred & (ill | world.happens(0.3))))
    return written(rng, world.history(entry))


def reaching(rng: np.random.Generator, trend: bool) -> Coded:
    """Offered above all to the most deprived, who use more, as they always did."""
    world = begin(rng, trend)
    chance = np.array([0.2, 0.1, 0.04, 0.02, 0.01])[world.cohort.fifth - 1]
    return written(rng, world.history(world.entries(world.happens(chance), 8, 12)))


def one_day(rng: np.random.Generator, trend: bool) -> Coded:
    """A coin chooses; all are written down as beginning on one day."""
    world = begin(rng, trend)
    entry = np.where(world.happens(0.07), world.quarters[8] + 30, NEVER)
    return written(rng, world.history(entry))


def stable(rng: np.random.Generator, trend: bool) -> Coded:
    """Two spells in a year ask for the service; it begins only after six weeks without one."""
    world = begin(rng, trend)
    day = world.day_in(8, 12)
    given = world.given
    before = day[given.person] - given.day
    weeks = np.bincount(given.person[(before >= 0) & (before < 42)], minlength=world.count)
    year = np.bincount(given.person[(before > 0) & (before < 365)], minlength=world.count)
    chosen = np.where(year >= 2, 0.25, 0.02)
    entry = np.where(world.happens(chosen) & (weeks == 0), day, NEVER)
    return written(rng, world.history(entry))


def long_stayers(rng: np.random.Generator, trend: bool) -> Coded:
    """Some stay long whenever they are in; ten days in the last year ask for the service."""
    world = begin(rng, trend)
    slow = np.exp(rng.normal(-0.18, 0.6, world.count))
    given = world.given
    usual = np.where(given.pod == 0, 2.5, 1.0) * slow[given.person]
    world.given = replace(given, beds=1 + rng.poisson(usual))
    year = (world.given.day >= world.quarters[4]) & (world.given.day < world.quarters[8])
    beds = np.bincount(world.given.person[year], world.given.beds[year], world.count)
    chance = np.where(beds >= 10, 0.25, 0.03)
    return written(rng, world.history(world.entries(world.happens(chance), 8, 12)))


def planned_stops(rng: np.random.Generator, trend: bool) -> Coded:
    """From a year after the start on six in ten planned stays are put off, everybody's.

    Half of people have hardly any planned stays, as ever; most of the treated are they.
    """
    world = begin(rng, trend)
    urgent = world.happens(0.5)
    given = world.given
    planned = rng.random(len(given.day)) < np.where(urgent[given.person], 0.05, 0.55)
    given = replace(given, pod=planned.astype(np.int64))
    off = planned & (given.day >= world.quarters[12]) & (rng.random(len(given.day)) < 0.6)
    world.given = given.only(~off)
    chosen = world.happens(np.where(urgent, 0.12, 0.02))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


def ups_and_downs(rng: np.random.Generator, trend: bool) -> Coded:
    """A tenth of people have three bad quarters, four good ones and so on; they enter when bad."""
    lasts = QUARTERS + 7
    phase: Ints = np.zeros(0, dtype=np.int64)
    cycling: Flags = np.zeros(0, dtype=np.bool_)

    def bent(cohort: People, expected: Floats) -> Floats:
        nonlocal phase, cycling
        phase = rng.integers(0, 7, cohort.count)
        cycling = rng.random(cohort.count) < 0.1
        bad = (np.arange(QUARTERS)[None, :] + phase[:, None] + lasts) % 7 < 3
        course = np.where(bad, 2.2, 0.6)
        return np.asarray(expected * np.where(cycling[:, None], course, 1.0))

    world = begin(rng, trend, bent=bent)
    quarter = rng.integers(8, 12, world.count)
    bad = (quarter + phase + lasts) % 7 < 3
    day = rng.integers(world.quarters[quarter], world.quarters[quarter + 1])
    chance = np.where(cycling, np.where(bad, 0.6, 0.0), 0.03)
    return written(rng, world.history(np.where(world.happens(chance), day, NEVER)))


def volunteers(rng: np.random.Generator, trend: bool) -> Coded:
    """A quarter of practices offer it and use less, as ever; who says yes is healthier, as ever."""
    willing: Flags = np.zeros(0, dtype=np.bool_)
    offers = np.arange(100) % 16 < 4

    def bent(cohort: People, expected: Floats) -> Floats:
        nonlocal willing
        willing = rng.random(cohort.count) < 0.4
        less = np.where(willing, 0.7, 1.0) * np.where(offers[cohort.practice], 0.85, 1.0)
        return np.asarray(expected * less[:, None])

    world = begin(rng, trend, shocks=0.08, bent=bent)
    chosen = offers[world.cohort.practice] & world.happens(np.where(willing, 0.45, 0.05))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


_ILL = ("illness", "crisis", "worse", "already", "placebo")
_WELL = ("recover", "get better", "getting better", "already", "placebo", "year before the matched")
UNSEEN = (
    World(
        "old list", "The list of whom to ask was made by use two years before.",
        old_list, "may answer if covered", _WELL,
    ),
    World(
        "after a stroke", "Enters four to nine months after an event with lasting effects.",
        stroke, "must refuse", (*_ILL, "emergency"),
    ),
    World(
        "course of treatment", "Enters during planned stays, three weeks apart, which then end.",
        course, "must refuse", ("elective", "planned", "course", "treatment", "illness"),
    ),
    World(
        "seen by the surgery first", "Appointments, then the service, then more hospital care.",
        surgery, "must refuse", ("surger", "primary", "appointment", "illness", "worse", "outside"),
    ),
    World(
        "still ill at the start", "Referred by recent use; begins if still ill after four months.",
        still_ill, "may answer if covered", ("wait", "emergency", "placebo", "illness"),
    ),
    World(
        "reaching the deprived", "Offered to the most deprived above all; nothing else changes.",
        reaching, "may answer if covered", ("depriv", "fifth"),
    ),
    World("all on one day", "A coin chooses, and all begin on one day.", one_day, "must answer"),
    World(
        "only the stable", "Two spells in a year, and then six weeks without one.",
        stable, "may answer if covered", ("emergency", "stable", "spike", "recent", "month"),
    ),
    World(
        "long stayers", "Chosen by bed days; some stay long whenever they are in.",
        long_stayers, "may answer if covered", ("bed days", "long", "stay", "placebo"),
    ),
    World(
        "planned care stops", "Later planned stays are put off; the treated had few, as ever.",
        planned_stops, "may answer if covered", ("planned", "elective", "kinds", "odd year"),
    ),
    World(
        "ups and downs", "Bad spells come back; who is in one enters.",
        ups_and_downs, "may answer if covered", (*_WELL, "season", "illness", "come and go"),
    ),
    World(
        "volunteers", "Who says yes, and the practices that offer it, use less, as ever.",
        volunteers, "may answer if covered", ("practice", "placebo"),
    ),
)  # fmt: skip
