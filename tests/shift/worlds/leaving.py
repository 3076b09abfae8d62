"""Worlds in which the treated die, or move away, more than others."""

from __future__ import annotations

import numpy as np

from tests.shift.worlds.coded import Coded
from tests.shift.worlds.people import NEVER, Ints
from tests.shift.worlds.records import written
from tests.shift.worlds.world import Begun, World, begin


def _leaves(world: Begun, entry: Ints, others: float, treated: float) -> Ints:
    """The day on which one leaves, by chances a quarter; the treated have theirs from entry on."""
    days = 91 * world.rng.exponential(1 / others, world.count)
    left = np.minimum(world.quarters[0] + days, world.quarters[-1]).astype(np.int64)
    more = entry + 1 + (91 * world.rng.exponential(1 / treated, world.count)).astype(np.int64)
    return np.where(entry < NEVER, np.minimum(np.maximum(left, entry + 1), more), left)


def deaths_unsaid(rng: np.random.Generator, trend: bool) -> Coded:
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.08), 8, 12)
    until = _leaves(world, entry, 0.004, 0.06)
    return written(rng, world.history(entry, until))


def deaths_said(rng: np.random.Generator, trend: bool) -> Coded:
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.08), 8, 12)
    until = _leaves(world, entry, 0.004, 0.06)
    history = world.history(entry, until)
    died = until < world.quarters[-1]
    return written(rng, history.with_deaths(died))


def moves(rng: np.random.Generator, trend: bool) -> Coded:
    """Deaths are said, and few die; those in the service go to care homes elsewhere."""
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.08), 8, 12)
    until = _leaves(world, entry, 0.006, 0.06)
    died = (until < world.quarters[-1]) & world.happens(0.1)
    return written(rng, world.history(entry, until).with_deaths(died))


_LEFT = ("dead", "death", "dies", "surviv", "vanish", "moves", "moved", "last quarter")
LEAVING = (
    World(
        "deaths unsaid", "The treated die fifteen times as often, and no column says so.",
        deaths_unsaid, "must refuse", _LEFT,
    ),
    World(
        "deaths said", "The same, with a column of deaths.",
        deaths_said, "may answer if covered", _LEFT,
    ),
    World(
        "moves", "The treated move away ten times as often; the column of deaths is of no help.",
        moves, "must refuse", _LEFT,
    ),
)  # fmt: skip
