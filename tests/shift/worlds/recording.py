"""Worlds in which what is written down changes, and not what happens."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.shift.worlds.coded import SERVICE, Coded, code, joined
from tests.shift.worlds.people import NEVER, QUARTERS, Floats, People
from tests.shift.worlds.records import Spells, rows, thinned, written
from tests.shift.worlds.world import Begun, World, begin


def _at_one_hospital(world: Begun) -> np.ndarray:
    """Most of the service's patients are those of the first hospital."""
    return world.happens(np.where(world.cohort.provider == 0, 0.2, 0.02))


def level(rng: np.random.Generator, trend: bool) -> Coded:
    """From the third quarter of entries on the first hospital writes down seven spells in ten."""
    world = begin(rng, trend)
    entry = world.entries(_at_one_hospital(world), 8, 10)
    late = (world.given.day >= world.quarters[10]) & (
        world.cohort.provider[world.given.person] == 0
    )
    world.given = world.given.only(~late | (rng.random(len(late)) < 0.7))
    return written(rng, world.history(entry))


def gap(rng: np.random.Generator, trend: bool) -> Coded:
    """The first hospital's records of half a year, in the middle of the outcome, are missing."""
    world = begin(rng, trend)
    entry = world.entries(_at_one_hospital(world), 8, 10)
    missing = (world.given.day >= world.quarters[13]) & (world.given.day < world.quarters[15])
    missing &= world.cohort.provider[world.given.person] == 0
    world.given = world.given.only(~missing)
    return written(rng, world.history(entry))


def boundary(rng: np.random.Generator, trend: bool) -> Coded:
    """A hospital and its practices go to the other commissioner, and to another provider's code."""
    world = begin(rng, trend)
    chosen = world.happens(np.where(world.cohort.provider == 1, 0.15, 0.04))
    table = written(rng, world.history(world.entries(chosen, 8, 10)))
    held = table.columns
    moved = (world.cohort.provider == 1)[held["patient"] - 1]
    moved &= held["date"] >= world.quarters[10]
    in_hospital = moved & (held["setting"] == code("setting", "hospital"))
    return table.changed(
        commissioner=np.where(moved, code("commissioner", "ZB2"), held["commissioner"]),
        provider=np.where(in_hospital, code("provider", "ZA6"), held["provider"]),
    )


def dip(rng: np.random.Generator, trend: bool) -> Coded:
    """In the earliest year everybody stays away from hospital, the frail most of all."""
    earliest = np.arange(QUARTERS) < 4

    def bent(cohort: People, expected: Floats) -> Floats:
        away = np.where(cohort.frailty > 1.2, 0.45, 0.75)[:, None]
        return np.asarray(expected * np.where(earliest, away, 1.0))

    world = begin(rng, trend, bent=bent)
    chance = np.minimum(0.055 * world.cohort.frailty**1.5, 0.6)
    return written(rng, world.history(world.entries(world.happens(chance))))


def twice(rng: np.random.Generator, trend: bool) -> Coded:
    """Each visit of the service is a hospital outpatient attendance too, without a bed day."""
    world = begin(rng, trend)
    table = written(rng, world.history(world.entries(world.happens(0.07), 8, 12)))
    visits = table.only(table.columns["service"] == code("service", SERVICE))
    first = visits.columns["commissioner"] == code("commissioner", "ZB1")
    again = visits.changed(
        setting=code("setting", "hospital"),
        service=code("service", "Outpatients"),
        pod=code("pod", "outpatient"),
        provider=np.where(first, code("provider", "ZA1"), code("provider", "ZA6")),
    )
    return joined(table, again)


def virtual_beds(rng: np.random.Generator, trend: bool) -> Coded:
    """Entry, and a second time some months later, is also a hospital spell of three bed days."""
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.07), 8, 12)
    who = np.flatnonzero(entry < NEVER)
    person = np.concatenate([who, who])
    day = entry[person] + np.concatenate([0 * who, rng.integers(150, 500, len(who))])
    in_time = day < world.quarters[-1]
    extra = rows(
        world.cohort, person[in_time], day[in_time], setting="hospital", service="Virtual ward",
        pod="elective", bed_days=3,
    )  # fmt: skip
    return written(rng, replace(world.history(entry), extra=(extra,)))


def hospital_only(rng: np.random.Generator, trend: bool) -> Coded:
    """Only hospital and the service are on file: who has neither does not exist."""
    world = begin(rng, trend)
    history = world.history(world.entries(world.happens(0.07), 8, 12))
    return written(rng, replace(history, with_surgery=False))


def services(rng: np.random.Generator, trend: bool) -> Coded:
    """Another service, which works, goes to four in ten of the treated and few of the others."""
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.07), 8, 12)
    beside = world.happens(np.where(entry < NEVER, 0.4, 0.06))
    other = np.where(beside, np.where(entry < NEVER, entry + 7, world.day_in(8, 12)), NEVER)
    world.given = _kept(world, other)
    return written(rng, replace(world.history(entry), other_entry=other))


def _kept(world: Begun, other: np.ndarray) -> Spells:
    """What the other service leaves: 0.6."""
    return thinned(world.rng, world.given, other, 0.6)


_RECORDING = ("recording", "recorded", "provider", "gap", "coverage", "coding")
_OTHERS = ("other service", "another service", "second service", "falls team")
_UNSEEN = ("on file", "no records", "not seen", "zero", "visible")
_TWICE = ("day of entry", "same day", "twice", "on the day")
RECORDING = (
    World(
        "recording level", "One hospital, that of most treated, later writes down seven in ten.",
        level, "may answer if covered", _RECORDING,
    ),
    World(
        "recording gap", "One hospital, that of most treated, lacks half a year of the outcome.",
        gap, "may answer if covered", _RECORDING,
    ),
    World(
        "boundary change", "A hospital and its patients change commissioner and provider code.",
        boundary, "may answer if covered", (*_RECORDING, "commissioner", "area", "boundary"),
    ),
    World(
        "pandemic-like dip", "In the earliest year all stay away, the frail most; they are chosen.",
        dip, "may answer if covered", (*_RECORDING, "placebo", "year before", "earlier", "dip"),
    ),
    World(
        "visits counted twice", "The service's visits are outpatients too; no bed day more.",
        twice, "may answer if covered", _TWICE,
    ),
    World(
        "virtual beds counted", "The service's own bed days are written down as the hospital's.",
        virtual_beds, "must refuse", _TWICE,
    ),
    World(
        "hospital records alone", "A coin chooses; people without hospital use are not on file.",
        hospital_only, "may answer if covered", _UNSEEN,
    ),
    World(
        "several services", "A second service, which works, goes to the treated above all.",
        services, "must refuse", _OTHERS,
    ),
)  # fmt: skip
