"""Worlds that differ in when people enter, and in what happens to them about that day."""

from __future__ import annotations

from datetime import date

import numpy as np

from tests.shift.worlds.coded import Coded
from tests.shift.worlds.people import JANUARY, NEVER, QUARTERS, Floats, People
from tests.shift.worlds.records import Spells, spells, spells_on, written
from tests.shift.worlds.world import World, begin


def after_admission(rng: np.random.Generator, trend: bool) -> Coded:
    """The ward refers: one enters on the day of an emergency admission or up to two days after."""
    world = begin(rng, trend)
    first, end = world.quarters[8], world.quarters[12]
    mine = (world.given.pod == 0) & (world.given.day >= first) & (world.given.day < end)
    admitted = np.full(world.count, NEVER)
    np.minimum.at(admitted, world.given.person[mine], world.given.day[mine])
    day = admitted + rng.integers(0, 3, world.count)
    entry = np.where((day < end) & world.happens(0.2), day, NEVER)
    return written(rng, world.history(entry))


def winter(rng: np.random.Generator, trend: bool) -> Coded:
    """Quarters begin in January; a quarter of people have winters three times as bad."""
    chesty = np.array([3.0, 0.7, 0.6, 1.8])[np.arange(QUARTERS) % 4]
    others = np.array([1.1, 1.0, 0.9, 1.0])[np.arange(QUARTERS) % 4]

    def bent(cohort: People, expected: Floats) -> Floats:
        weak = rng.random(cohort.count) < 0.25
        return np.asarray(expected * np.where(weak[:, None], chesty, others))

    world = begin(rng, trend, quarters=JANUARY, bent=bent)
    by_use = np.array([0.02, 0.17, 0.30, 0.45])[np.minimum(world.uses(7, 8), 3)]
    return written(rng, world.history(world.entries(world.happens(by_use))))


def crisis(rng: np.random.Generator, trend: bool) -> Coded:
    """A blow falls, within a month the service comes; who had the blow is worse for long."""
    world = begin(rng, trend)
    struck = world.happens(0.09)
    onset = np.where(struck, world.day_in(8, 12), NEVER)
    quarter = np.searchsorted(world.quarters, onset, side="right")
    since = np.arange(QUARTERS)[None, :] - quarter[:, None]
    lasting = 0.8 * world.expected * ((since >= 0) & (since < 6))
    world.given += spells(rng, lasting, world.quarters)
    world.given += _blows(rng, np.flatnonzero(struck), onset)
    entry = np.where(struck & world.happens(0.8), onset + rng.integers(1, 31, world.count), NEVER)
    entry = np.where(entry < world.quarters[12], entry, NEVER)
    return written(rng, world.history(entry))


def _blows(rng: np.random.Generator, who: np.ndarray, onset: np.ndarray) -> Spells:
    """An emergency at the onset for six in ten, and on average one more in the months after."""
    at_once = who[rng.random(len(who)) < 0.6]
    later = np.repeat(who, rng.poisson(1.0, len(who)))
    day = onset[later] + 1 + rng.exponential(60, len(later)).astype(np.int64)
    blows = spells_on(rng, np.concatenate([at_once, later]), np.concatenate([onset[at_once], day]))
    return blows.only(blows.day < JANUARY[-1])


def rising(rng: np.random.Generator, trend: bool) -> Coded:
    """One in ten gets worse from the third quarter on; the referrer sees it, no record says it."""
    slope = np.exp(0.06 * np.maximum(np.arange(QUARTERS) - 2, 0))
    worse = np.zeros(0, dtype=np.bool_)

    def bent(cohort: People, expected: Floats) -> Floats:
        nonlocal worse
        worse = rng.random(cohort.count) < 0.1
        return np.asarray(expected * np.where(worse[:, None], slope, 1.0))

    world = begin(rng, trend, bent=bent)
    entry = world.entries(world.happens(np.where(worse, 0.5, 0.02)), 8, 10)
    return written(rng, world.history(entry))


def rolling(rng: np.random.Generator, trend: bool) -> Coded:
    """Each quarter of the year those are referred who were in hospital in the two before it."""
    world = begin(rng, trend)
    entry = np.full(world.count, NEVER)
    for quarter in range(8, 12):
        recent = np.minimum(world.uses(quarter - 2, quarter), 3)
        chosen = world.happens(np.array([0.005, 0.04, 0.09, 0.15])[recent]) & (entry == NEVER)
        entry = np.where(chosen, world.day_in(quarter, quarter + 1), entry)
    return written(rng, world.history(entry))


_AT_ENTRY = ("day of entry", "admission", "emergency", "90 days", "crisis")
_SEASON = ("season", "winter", "same months", "emergency", "placebo")
TIMING = (
    World(
        "referral after admission", "Enters on the day of an emergency, or up to two days later.",
        after_admission, "must refuse", _AT_ENTRY,
    ),
    World(
        "winter start", "Chosen in autumn by the last quarter's use; a quarter have bad winters.",
        winter, "may answer if covered", _SEASON,
        start=date(2024, 1, 1),
    ),
    World(
        "crisis", "Enters within a month of a blow that has lasting effects.",
        crisis, "must refuse", _AT_ENTRY,
    ),
    World(
        "rising illness", "Half of those enter who get steadily worse, which nobody records.",
        rising, "must refuse", ("rising", "worse", "trend", "placebo", "emergency"),
    ),
    World(
        "rolling referral", "In each quarter chosen by the use of the two before that.",
        rolling, "may answer if covered", (*_AT_ENTRY, "rising", "placebo"),
    ),
)  # fmt: skip
