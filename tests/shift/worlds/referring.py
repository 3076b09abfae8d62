"""Further worlds: who is referred, when, and who of them is written down.

They were written, as those of :mod:`tests.shift.worlds.reporting` and
:mod:`tests.shift.worlds.sharing`, after the first and by somebody who had seen no estimator either.
"""

from __future__ import annotations

import numpy as np

from tests.shift.worlds.coded import Coded
from tests.shift.worlds.people import NEVER, QUARTERS, Flags, Floats, Ints, People
from tests.shift.worlds.records import written
from tests.shift.worlds.world import Begun, Bent, World, begin

WINTER = np.arange(QUARTERS) % 4 == 3
"""The quarters from January to March, where the first begins in April."""


def slow(rng: np.random.Generator, trend: bool) -> Coded:
    """Use that has risen over three quarters is what the referrer sees; illness lasts for years."""
    world = begin(rng, trend, stays=0.9)
    before, between, last = (world.uses(quarter, quarter + 1) for quarter in (5, 6, 7))
    rise = np.where(between >= before, last - before, 0)
    chance = np.array([0.02, 0.25, 0.55])[np.clip(rise, 0, 2)]
    return written(rng, world.history(world.entries(world.happens(chance))))


def _weak(world_rng: np.random.Generator, share: float, times: Floats) -> tuple[Bent, list[Flags]]:
    """What makes some people's quarters worse by *times*, and who they are, once it has."""
    who: list[Flags] = []

    def bent(cohort: People, expected: Floats) -> Floats:
        who.append(world_rng.random(cohort.count) < share)
        return np.asarray(expected * np.where(who[0][:, None], times, 1.0))

    return bent, who


def winter_frailty(rng: np.random.Generator, trend: bool) -> Coded:
    """A fifth of people are as others are but for winter; in spring half of the chosen are they."""
    bent, weak = _weak(rng, 0.2, np.where(WINTER, 4.0, 1.0))
    world = begin(rng, trend, bent=bent)
    entry = world.entries(world.happens(np.where(weak[0], 0.22, 0.04)))
    return written(rng, world.history(entry))


def winter_months(rng: np.random.Generator, trend: bool) -> Coded:
    """The service runs from December to February; a quarter of people have bad winters."""
    bent, weak = _weak(rng, 0.25, np.where(WINTER, 3.0, 0.8))
    world = begin(rng, trend, bent=bent)
    december, march = world.quarters[10] + 61, world.quarters[11] + 59
    day = rng.integers(december, march, world.count)
    entry = np.where(world.happens(np.where(weak[0], 0.14, 0.05)), day, NEVER)
    return written(rng, world.history(entry))


def risk_score(rng: np.random.Generator, trend: bool) -> Coded:
    """Whoever had three emergencies in the year before is on the list, and all on it are taken."""
    world = begin(rng, trend)
    first, end = int(world.quarters[4]), int(world.quarters[8])
    emergencies = world.given.count(world.count, first, end, pod=0)
    return written(rng, world.history(world.entries(emergencies >= 3)))


def later_entrants(rng: np.random.Generator, trend: bool) -> Coded:
    """A coin chooses at first; in the year of the outcome those are taken who come to hospital."""
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.06), 8, 12)
    for quarter in range(12, QUARTERS):
        ill = world.uses(quarter, quarter + 1) > 0
        taken = ill & (entry == NEVER) & world.happens(0.3)
        entry = np.where(taken, world.quarters[quarter + 1] - 1, entry)
    return written(rng, world.history(entry))


def back_dated(rng: np.random.Generator, trend: bool) -> Coded:
    """A coin chooses; who is alive at the review after three months is written down from the start.

    Deaths are said: by frailty, from half a year before the service on.
    """
    world = begin(rng, trend)
    until = _dies(world, 0.05)
    day = world.day_in(8, 12)
    reviewed = world.happens(0.1) & (until > day + 91)
    history = world.history(np.where(reviewed, day, NEVER), until)
    return written(rng, history.with_deaths(until < world.quarters[-1]))


def _dies(world: Begun, chance: float) -> Ints:
    days = 91 * world.rng.exponential(1 / (chance * world.cohort.frailty))
    return np.minimum(world.quarters[6] + days, world.quarters[-1]).astype(np.int64)


def completers(rng: np.random.Generator, trend: bool) -> Coded:
    """A coin chooses; who comes to hospital in the first two months is taken off and left out."""
    world = begin(rng, trend)
    day = world.entries(world.happens(0.09), 8, 12)
    since = world.given.day - day[world.given.person]
    early = world.given.person[(since > 0) & (since <= 61)]
    dropped = np.bincount(early, minlength=world.count) > 0
    return written(rng, world.history(np.where(dropped, NEVER, day)))


def newcomers(rng: np.random.Generator, trend: bool) -> Coded:
    """A coin chooses ten times as many of those who have just come; their past is on no file."""
    world = begin(rng, trend)
    new = world.happens(0.15)
    since = np.where(new, world.day_in(3, 8), world.quarters[0])
    entry = world.entries(world.happens(np.where(new, 0.3, 0.03)), 8, 12)
    table = written(rng, world.history(entry))
    return table.only(table.columns["date"] >= since[table.columns["patient"] - 1])


_CHOSEN = ("placebo", "overlap", "control", "rising", "worse")
_SEASON = ("season", "winter", "same months", "placebo")
_LIST = ("overlap", "control", "alike", "without it")
_LATER = ("joined later", "later entr", "after the year", "who never", "still to come", "goes on")
_LIVED = (
    "immortal", "back-dated", "backdated", "surviv", "dead", "death", "dies", "vanish",
    "day of entry",
)  # fmt: skip
_STAYED = ("complet", "dropped", "first month", "first weeks", "soon after entry", "immortal")
_NEW = ("newcomer", "first record", "arriv", "moved here", "no records before", "on file before")
REFERRING = (
    World(
        "slow reversion", "Chosen by use that has risen; what made it rise lasts for years.",
        slow, "may answer if covered", _CHOSEN,
    ),
    World(
        "frail in winter alone", "Chosen in spring by a frailty that shows in winter alone.",
        winter_frailty, "may answer if covered", (*_CHOSEN, *_SEASON),
    ),
    World(
        "winter months alone", "Entries from December to February, of people with bad winters.",
        winter_months, "may answer if covered", _SEASON,
    ),
    World(
        "risk score", "All who had three emergencies in a year are chosen, and nobody else.",
        risk_score, "may answer if covered", _LIST,
    ),
    World(
        "later entrants", "In the outcome's year the service takes those who come to hospital.",
        later_entrants, "may answer if covered", _LATER,
    ),
    World(
        "back-dated entries", "Written down after three months, if alive, from the first day on.",
        back_dated, "may answer if covered", _LIVED,
    ),
    World(
        "completers", "Who is admitted in the first two months is struck off the service's list.",
        completers, "must refuse", _STAYED,
    ),
    World(
        "newcomers", "Six in ten of the treated came shortly before the service, of others one.",
        newcomers, "must refuse", _NEW,
    ),
)  # fmt: skip
