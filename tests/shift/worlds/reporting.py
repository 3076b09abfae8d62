"""Further worlds: hospitals stand still, extracts change, and people go out of sight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.shift.worlds.coded import SERVICE, Coded, code, joined
from tests.shift.worlds.people import NEVER, Flags
from tests.shift.worlds.records import History, written
from tests.shift.worlds.world import Begun, World, begin


def _at_first(world: Begun) -> Flags:
    """The spells at the first hospital, which most of the service's patients go to."""
    return world.cohort.provider[world.given.person] == 0


def _served_there(world: Begun) -> History:
    chosen = world.happens(np.where(world.cohort.provider == 0, 0.2, 0.02))
    return world.history(world.entries(chosen, 8, 12))


def strikes(rng: np.random.Generator, trend: bool) -> Coded:
    """In half of the outcome's year 45 of 100 spells of the first hospital are called off."""
    world = begin(rng, trend)
    day = world.given.day
    struck = (day >= world.quarters[12]) & (day < world.quarters[14]) & _at_first(world)
    world.given = world.given.only(~struck | (rng.random(len(struck)) < 0.55))
    return written(rng, _served_there(world))


def duplicates(rng: np.random.Generator, trend: bool) -> Coded:
    """From the outcome's year on four in ten spells of the first hospital are sent in twice."""
    world = begin(rng, trend)
    table = written(rng, _served_there(world))
    held = table.columns
    sent = (held["setting"] == code("setting", "hospital")) & (held["provider"] == 0)
    sent &= held["date"] >= world.quarters[12]
    return joined(table, table.only(sent & (rng.random(len(sent)) < 0.4)))


def shorter_stays(rng: np.random.Generator, trend: bool) -> Coded:
    """From the outcome's year on the first hospital counts half of a stay's later days.

    The others it counts for its virtual ward, whoever the patient is; spells are as before.
    """
    world = begin(rng, trend)
    late = (world.given.day >= world.quarters[12]) & _at_first(world)
    beds = world.given.beds
    world.given = replace(world.given, beds=np.where(late, 1 + (beds - 1) // 2, beds))
    return written(rng, _served_there(world))


def opt_outs(rng: np.random.Generator, trend: bool) -> Coded:
    """In the year of entries one in eight lets no more data out; the service's patients cannot."""
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.08), 8, 12)
    leaves = world.happens(0.125) & (entry == NEVER)
    until = np.where(leaves, world.day_in(10, 12), world.quarters[-1])
    return written(rng, world.history(entry, until))


def outside(rng: np.random.Generator, trend: bool) -> Coded:
    """A hospital that sends no records opens near a fifth of the practices; they have the service.

    From the last quarter of entries on it has a third of the spells of all their patients.
    """
    world = begin(rng, trend)
    near = world.cohort.practice % 5 == 0
    goes = near[world.given.person] & (world.given.day >= world.quarters[11])
    world.given = world.given.only(~goes | (rng.random(len(goes)) < 0.65))
    entry = world.entries(world.happens(np.where(near, 0.25, 0.02)), 8, 12)
    return written(rng, world.history(entry))


def own_code(rng: np.random.Generator, trend: bool) -> Coded:
    """The first hospital gives the service's patients a code of their own, as another provider.

    What they have there from entry on is recorded under the second hospital; nothing else changes.
    """
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.08), 8, 12)
    table = written(rng, world.history(entry))
    held = table.columns
    theirs = (held["setting"] == code("setting", "hospital")) & (held["provider"] == 0)
    theirs &= held["date"] > entry[held["patient"] - 1]
    return table.changed(provider=np.where(theirs, 1, held["provider"]))


def late_extract(rng: np.random.Generator, trend: bool) -> Coded:
    """The last quarter's records of long stays are not in yet: spells without a discharge."""
    world = begin(rng, trend)
    chance = np.minimum(0.055 * world.cohort.frailty**1.5, 0.6)
    entry = world.entries(world.happens(chance), 8, 12)
    still_in = (world.given.day >= world.quarters[15]) & (world.given.beds > 3)
    world.given = world.given.only(~still_in | (rng.random(len(still_in)) < 0.3))
    return written(rng, world.history(entry))


def unfiled_entry(rng: np.random.Generator, trend: bool) -> Coded:
    """Half of the service's patients have no first visit on file: their entry is written late."""
    world = begin(rng, trend)
    entry = world.entries(world.happens(0.08), 8, 11)
    table = written(rng, world.history(entry))
    held = table.columns
    unfiled = world.happens(0.5)[held["patient"] - 1]
    first = held["date"] == entry[held["patient"] - 1]
    return table.only(~((held["service"] == code("service", SERVICE)) & first & unfiled))


def pseudonyms(rng: np.random.Generator, trend: bool) -> Coded:
    """From the outcome's year on people of the first hospital have another pseudonym."""
    world = begin(rng, trend)
    table = written(rng, _served_there(world))
    patient = table.columns["patient"]
    renamed = (world.cohort.provider == 0)[patient - 1]
    renamed &= table.columns["date"] >= world.quarters[12]
    return table.changed(patient=np.where(renamed, patient + world.count, patient))


_RECORDING = ("recording", "recorded", "records less", "records more", "provider", "gap", "coding")
_LEFT = ("dead", "death", "dies", "surviv", "vanish", "opt out", "moved", "last quarter")
REPORTING = (
    World(
        "strikes", "In half of the outcome's year one hospital, that of most treated, does less.",
        strikes, "may answer if covered", (*_RECORDING, "strike"),
    ),
    World(
        "duplicates", "One hospital, that of most treated, later sends in four in ten twice.",
        duplicates, "may answer if covered", (*_RECORDING, "duplicate", "twice", "equal"),
    ),
    World(
        "shorter stays counted", "One hospital, that of most treated, later counts fewer bed days.",
        shorter_stays, "may answer if covered", (*_RECORDING, "bed days per"),
    ),
    World(
        "opt-outs", "One in eight of the others, and no treated, is later on no file.",
        opt_outs, "must refuse", _LEFT,
    ),
    World(
        "hospital outside", "A hospital that is on no file opens where the service is.",
        outside, "must refuse", (*_RECORDING, "outside", "elsewhere"),
    ),
    World(
        "code of their own", "The treated of one hospital are from entry on recorded as another's.",
        own_code, "may answer if covered", _RECORDING,
    ),
    World(
        "late extract", "Long stays of the last quarter are not on file yet; the frail are chosen.",
        late_extract, "may answer if covered",
        (*_RECORDING, "last quarter", "placebo", "not in yet"),
    ),
    World(
        "first visit not on file", "Half of the treated seem to enter some weeks after they did.",
        unfiled_entry, "may answer if covered", ("day of entry", "first visit", "first contact"),
    ),
    World(
        "new pseudonyms", "One hospital's people, and so most treated, later have new pseudonyms.",
        pseudonyms, "must refuse", (*_LEFT, "pseudonym"),
    ),
)  # fmt: skip
