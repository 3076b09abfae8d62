"""Further worlds: what others get beside the service, and where its people live."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.shift.worlds.coded import Coded
from tests.shift.worlds.people import NEVER, QUARTERS, Floats, People
from tests.shift.worlds.records import thinned, written
from tests.shift.worlds.world import World, begin


def rival(rng: np.random.Generator, trend: bool) -> Coded:
    """Half of the practices have the service; of the others' people half get one that works too."""
    world = begin(rng, trend)
    here = world.cohort.practice // 4 % 2 == 0
    entry = world.entries(here & world.happens(0.14), 8, 12)
    other = world.entries(~here & world.happens(0.5), 8, 10)
    world.given = thinned(rng, world.given, other, 0.6)
    return written(rng, replace(world.history(entry), other_entry=other))


def another_name(rng: np.random.Generator, trend: bool) -> Coded:
    """Four in ten of the others get the same service, with the same effect, under another name."""
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.07), 8, 12)
    other = np.where(entry == NEVER, world.entries(world.happens(0.4), 8, 12), NEVER)
    history = world.history(np.minimum(entry, other))
    return written(rng, replace(history, entry=entry, other_entry=other))


def two_areas(rng: np.random.Generator, trend: bool) -> Coded:
    """The second commissioner's people use more, and less by the quarter since the service began.

    The fall is that of all its people, treated or not; most of the treated are its.
    """
    fall = np.exp(-0.05 * np.maximum(np.arange(QUARTERS) - 7, 0))

    def bent(cohort: People, expected: Floats) -> Floats:
        return np.asarray(expected * np.where(cohort.area[:, None] == 1, 1.7 * fall, 1.0))

    world = begin(rng, trend, bent=bent)
    chosen = world.happens(np.where(world.cohort.area == 1, 0.12, 0.02))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


def mergers(rng: np.random.Generator, trend: bool) -> Coded:
    """Practices whose patients use least begin first; half of all practices merge meanwhile.

    From its day on a practice that is taken over is recorded under the code of the other.
    """
    level = np.exp(rng.normal(0, 0.3, 100))
    world = begin(rng, trend, bent=lambda cohort, given: given * level[cohort.practice][:, None])
    begins = np.select([level < np.quantile(level, 0.2), level < np.quantile(level, 0.4)], [8, 10])
    first = begins[world.cohort.practice]
    day = rng.integers(world.quarters[np.maximum(first, 8)], world.quarters[12])
    entry = np.where((first > 0) & world.happens(0.2), day, NEVER)
    table = written(rng, world.history(entry))
    cluster = table.columns["cluster"]
    taken = cluster // 4 % 2 == 1
    taken &= table.columns["date"] >= world.quarters[rng.integers(9, 14, 100)][cluster]
    taken &= (rng.random(100) < 0.5)[cluster]
    return table.changed(cluster=np.where(taken, cluster - 4, cluster))


def homes(rng: np.random.Generator, trend: bool) -> Coded:
    """One in ten lives in a home, one to a practice; what goes round strikes a whole home.

    Half of the homes have the service for seven in ten of their people, and nobody else has it.
    """
    resident = np.zeros(0, dtype=np.bool_)
    outbreaks = np.exp(rng.normal(-0.125, 0.5, (100, QUARTERS)))

    def bent(cohort: People, expected: Floats) -> Floats:
        nonlocal resident
        resident = rng.random(cohort.count) < 0.1
        times = 2 * outbreaks[cohort.practice]
        return np.asarray(expected * np.where(resident[:, None], times, 1.0))

    world = begin(rng, trend, bent=bent)
    served = (rng.random(100) < 0.5)[world.cohort.practice] & resident
    return written(rng, world.history(world.entries(served & world.happens(0.7), 8, 10)))


def heavy_tail(rng: np.random.Generator, trend: bool) -> Coded:
    """Some 170 are treated; one stay in a hundred lasts for a season, one in a thousand a year."""
    world = begin(rng, trend)
    stay = 1 + np.exp(rng.normal(0.3, 1.6, len(world.given.day))).astype(np.int64)
    world.given = replace(world.given, beds=np.minimum(stay, 365))
    return written(rng, world.history(world.entries(world.happens(0.0085), 8, 12)))


def in_steps(rng: np.random.Generator, trend: bool) -> Coded:
    """Each quarter 15 practices begin; levels of practices differ much, and years a little."""
    level = np.exp(rng.normal(0, 0.4, 100))
    world = begin(
        rng, trend, shocks=0.1, bent=lambda cohort, given: given * level[cohort.practice][:, None]
    )
    starts = np.repeat([8, 9, 10, 11, -1], [15, 15, 15, 15, 40])
    first = rng.permutation(starts)[world.cohort.practice]
    day = rng.integers(world.quarters[np.maximum(first, 8)], world.quarters[12])
    entry = np.where((first > 0) & world.happens(0.3), day, NEVER)
    return written(rng, world.history(entry))


def spill_over(rng: np.random.Generator, trend: bool) -> Coded:
    """Half of the practices begin; what they learn helps their other patients just as much."""
    world = begin(rng, trend)
    here = (rng.random(100) < 0.5)[world.cohort.practice]
    entry = world.entries(here & world.happens(0.14), 8, 12)
    learnt = np.where(here, world.quarters[9], NEVER)
    history = world.history(np.minimum(entry, learnt))
    return written(rng, replace(history, entry=entry))


_OTHERS = ("other service", "another service", "second service", "another name", "falls team")
_AREA = ("commissioner", "area", "provider", "recording", "trend", "overlap")
_CLUSTERED = ("cluster", "practice", "merge", "placebo", "overlap", "control")
_FEW = ("few", "treated", "cluster", "control", "overlap", "power", "tail", "long stay")
SHARING = (
    World(
        "rival for the others", "Half of the others get another service, which works.",
        rival, "must refuse", _OTHERS,
    ),
    World(
        "another name", "Four in ten of the others get the same service under another name.",
        another_name, "must refuse", _OTHERS,
    ),
    World(
        "two areas", "One area uses more, and less year by year; most of the treated are there.",
        two_areas, "may answer if covered", _AREA,
    ),
    World(
        "mergers", "The practices that use least begin; half of the practices merge meanwhile.",
        mergers, "may answer if covered", _CLUSTERED,
    ),
    World(
        "nursing homes", "People of half of the homes; what goes round strikes a whole home.",
        homes, "may answer if covered", (*_CLUSTERED, "home"),
    ),
    World(
        "few with long stays", "170 are treated, and some stays last for months.",
        heavy_tail, "may answer if covered", _FEW,
    ),
    World(
        "roll-out in steps", "15 practices begin each quarter; practices differ much.",
        in_steps, "must answer",
    ),
    World(
        "spill-over", "Half of the practices begin, and help their other patients as much.",
        spill_over, "must refuse", ("spill", "same practice", "practices that", "practices with"),
    ),
)  # fmt: skip
