"""Worlds that differ in who is chosen for the service."""

from __future__ import annotations

import numpy as np

from tests.shift.worlds.coded import Coded
from tests.shift.worlds.people import NEVER, Floats
from tests.shift.worlds.records import written
from tests.shift.worlds.world import Begun, World, begin


def random(rng: np.random.Generator, trend: bool) -> Coded:
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.07), 8, 12)
    return written(rng, world.history(entry))


def roll_out(rng: np.random.Generator, trend: bool) -> Coded:
    world = begin(rng, trend, shocks=0.1)
    starts = np.where(rng.random(100) < 0.5, rng.integers(8, 11, 100), -1)[world.cohort.practice]
    first = world.quarters[np.maximum(starts, 8)]
    day = rng.integers(first, world.quarters[12])
    entry = np.where((starts > 0) & world.happens(0.35), day, NEVER)
    return written(rng, world.history(entry))


def _recent(world: Begun) -> Floats:
    """The chance of a referral by use in the last two quarters, age and deprivation."""
    by_use = np.array([0.02, 0.11, 0.24, 0.40])[np.minimum(world.uses(6, 8), 3)]
    older = np.array([0.7, 0.9, 1.0, 1.2, 1.4])[world.cohort.band]
    return np.asarray(by_use * older * (1.2 - 0.06 * world.cohort.fifth))


def regression_to_the_mean(rng: np.random.Generator, trend: bool) -> Coded:
    world = begin(rng, trend)
    return written(rng, world.history(world.entries(world.happens(_recent(world)))))


def frailty(rng: np.random.Generator, trend: bool) -> Coded:
    world = begin(rng, trend)
    chance = np.minimum(0.055 * world.cohort.frailty**1.5, 0.6)
    return written(rng, world.history(world.entries(world.happens(chance))))


def practices(rng: np.random.Generator, trend: bool) -> Coded:
    world = begin(rng, trend, shocks=0.2)
    keen = np.exp(rng.normal(-0.3, 0.8, 100))[world.cohort.practice]
    chosen = world.happens(np.minimum(_recent(world) * keen, 0.7))
    return written(rng, world.history(world.entries(chosen)))


def twelve(rng: np.random.Generator, trend: bool) -> Coded:
    world = begin(rng, trend, practices=12, shocks=0.1)
    keen = np.exp(rng.normal(-0.1, 0.4, 12))[world.cohort.practice]
    chosen = world.happens(np.minimum(_recent(world) * keen, 0.7))
    return written(rng, world.history(world.entries(chosen)))


def few(rng: np.random.Generator, trend: bool) -> Coded:
    world = begin(rng, trend, base=0.02)
    return written(rng, world.history(world.entries(world.happens(0.0075), 8, 12)))


def keen(rng: np.random.Generator, trend: bool) -> Coded:
    """Half of the practices improve by themselves, year by year; they are the ones that refer."""
    better = np.arange(100) % 8 < 4
    fall = np.exp(-0.03 * np.arange(16))
    world = begin(
        rng, trend,
        bent=lambda cohort, expected: np.where(
            better[cohort.practice][:, None], expected * fall, expected
        ),
    )  # fmt: skip
    chosen = better[world.cohort.practice] & world.happens(0.14)
    return written(rng, world.history(world.entries(chosen, 8, 12)))


_CLUSTERED = ("cluster", "practice", "placebo", "control", "overlap")
_FEW = ("few", "treated", "cluster", "control", "overlap", "power")
CHOOSING = (
    World("random", "A coin chooses 7 in 100.", random, "must answer"),
    World(
        "roll-out", "Half of the practices begin, in steps; a coin chooses a third there.",
        roll_out, "must answer",
    ),
    World(
        "regression to the mean", "Chosen by use in the last two quarters, age and deprivation.",
        regression_to_the_mean, "may answer if covered", ("placebo", "overlap", "control"),
    ),
    World(
        "frailty", "Chosen by a frailty that nobody records.",
        frailty, "may answer if covered", ("placebo", "overlap", "control"),
    ),
    World(
        "practices", "As regression to the mean; practices differ, and from year to year.",
        practices, "may answer if covered", _CLUSTERED,
    ),
    World(
        "12 clusters", "The same with twelve practices in all.",
        twelve, "may answer if covered", _CLUSTERED,
    ),
    World(
        "few and mostly zero", "150 are treated, and nine in ten people have no bed day in a year.",
        few, "may answer if covered", _FEW,
    ),
    World(
        "keen practices", "Practices that refer were improving already, and go on to.",
        keen, "must refuse", ("trend", "placebo", "already", "improving"),
    ),
)  # fmt: skip
