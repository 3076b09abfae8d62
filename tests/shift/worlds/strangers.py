"""Twelve more worlds by somebody who has not seen the estimator, nor what it looks at.

In two of them lots are drawn and the records are untidy. In five those who enter would have got
better or worse anyway, and it shows elsewhere than in how often they come to hospital: in need, in
cost, in the kind of stay, at the memory clinic, at the surgery. In three something else begins that
year, and in two the service strikes those with whom its people are compared. What is right, and the
words of a right refusal, were fixed before any world was asked.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.shift.worlds.coded import ASSESSMENT, MEMORY, Coded, code, joined
from tests.shift.worlds.people import NEVER, QUARTERS, Flags, Floats, Ints, People, rebuilt
from tests.shift.worlds.records import fated, rows, spells, thinned, written
from tests.shift.worlds.world import Begun, World, begin


def _asked(world: Begun, since: Ints, after: tuple[int, int]) -> Ints:
    """Seven in ten enter so many days after a day of theirs, and of those without one a few."""
    day = since + world.rng.integers(*after, world.count)
    in_year = (world.quarters[8] <= day) & (day < world.quarters[12])
    few = world.entries((since == NEVER) & world.happens(0.025), 8, 12)
    return np.where(in_year & world.happens(0.7), day, few)


def _more(world: Begun, since: Ints, share: float) -> None:
    """From a day of theirs on people come that much more often, for good."""
    given = spells(world.rng, share * world.expected * (since < NEVER)[:, None], world.quarters)
    world.given += given.only(given.day >= since[given.person])


# Lots are drawn, and the records are untidy.


def places(rng: np.random.Generator, trend: bool) -> Coded:
    """Each practice draws lots for fourteen places, whether it has forty patients or a thousand.

    People of small practices come to hospital more often, as ever. So one in three is treated there
    and one in fifty elsewhere, and the treated are far above the rest before and after.
    """
    size = np.exp(rng.normal(0, 0.8, 100))
    practice: Ints = np.zeros(0, dtype=np.int64)

    def bent(cohort: People, expected: Floats) -> Floats:
        nonlocal practice
        practice = rng.choice(100, cohort.count, p=size / size.sum())
        return np.asarray(expected * (size[practice] ** -0.4)[:, None])

    world = begin(rng, trend, bent=bent)
    hospital = practice % 4
    world.cohort = rebuilt(world.cohort, practice=practice, provider=hospital, area=hospital // 2)
    drawn = np.lexsort((rng.random(world.count), practice))
    first = np.searchsorted(practice[drawn], np.arange(100))
    place = np.empty(world.count, dtype=np.int64)
    place[drawn] = np.arange(world.count) - first[practice[drawn]]
    return written(rng, world.history(world.entries(place < 14, 8, 12)))


def waves(rng: np.random.Generator, trend: bool) -> Coded:
    """A coin chooses; an illness goes from practice to practice, half a year in each.

    While it is there, people come two and a half times as often: in some places in the year before
    the service, in others in the year of entries or after it.
    """
    came = rng.integers(3, QUARTERS - 1, 100)

    def bent(cohort: People, expected: Floats) -> Floats:
        since = np.arange(QUARTERS) - came[cohort.practice][:, None]
        return np.asarray(expected * np.where((since == 0) | (since == 1), 2.5, 1.0))

    world = begin(rng, trend, bent=bent)
    return written(rng, world.history(world.entries(world.happens(0.07), 8, 12)))


# They would have got better or worse; how often they come to hospital does not tell of it before.


def memory_clinic(rng: np.random.Generator, trend: bool) -> Coded:
    """The memory clinic sees them, and tells them of the service; their minds go on failing.

    Until then they come to hospital like anybody. From five months after the first visit to the
    clinic on they come seven tenths more often. A right refusal says that the treated were with the
    mental health service, or another one, before they entered.
    """
    world = begin(rng, trend)
    seen = world.entries(world.happens(0.08), 7, 12)
    _more(world, np.where(seen < NEVER, seen + 150, NEVER), 0.7)
    who = np.repeat(np.flatnonzero(seen < NEVER), 6)
    day = seen[who] + np.tile(45 * np.arange(6), len(who) // 6)
    visits = rows(
        world.cohort, who, day, setting="mental_health", service=MEMORY, pod="contact"
    ).changed(provider=code("provider", "ZM1"))
    entry = _asked(world, seen, (25, 90))
    return written(rng, replace(world.history(entry), extra=(visits,)))


def need_had_risen(rng: np.random.Generator, trend: bool) -> Coded:
    """One in ten is told of further conditions in the year before: only the need weight tells.

    Half of them are offered the service. They come to hospital as often as ever until it starts,
    and six tenths more often from then on. Compared with others whose need rose it is right. A
    right refusal says that the need of the treated had risen.
    """
    world = begin(rng, trend)
    told = world.entries(world.happens(0.1), 4, 8)
    ill = told < NEVER
    _more(world, np.where(ill, world.quarters[8], NEVER), 0.6)
    entry = world.entries(world.happens(np.where(ill, 0.5, 0.025)), 8, 12)
    table = written(rng, world.history(entry))
    told_then = table.columns["date"] >= told[table.columns["patient"] - 1]
    return table.changed(need_thousandths=table.columns["need_thousandths"] + 700 * told_then)


def cheaper(rng: np.random.Generator, trend: bool) -> Coded:
    """One in eight mends: as many stays, as long, yet each with less done, by a tenth a quarter.

    Half of the treated are they. Once they are well, a quarter after the service starts, they come
    half as often. A right refusal says that the stays of the treated had been getting cheaper, or
    that the treated were getting better before.
    """
    world = begin(rng, trend)
    mends = world.happens(0.125)
    well = np.where(mends, world.quarters[9], NEVER)
    world.given = thinned(rng, world.given, well, 0.5)
    entry = world.entries(world.happens(np.where(mends, 0.32, 0.04)), 8, 12)
    table = written(rng, world.history(entry))
    columns = table.columns
    quarter = np.searchsorted(world.quarters, columns["date"], side="right") - 1
    theirs = mends[columns["patient"] - 1] & (columns["setting"] == code("setting", "hospital"))
    cost = columns["cost_pence"] * np.where(theirs, 1.8 * np.exp(-0.1 * quarter), 1.0)
    return table.changed(cost_pence=cost.astype(np.int64))


def under_control(rng: np.random.Generator, trend: bool) -> Coded:
    """A new treatment brings them in by appointment: as often, as long, and no more by ambulance.

    Three in four of their emergencies become planned stays. At the end of that year it has worked,
    and they come half as often. Somewhat before that they enter. A right refusal says that the
    emergencies of the treated had become planned stays, or that they were getting better before.
    """
    world = begin(rng, trend)
    since = world.entries(world.happens(0.1), 5, 9)
    given = world.given
    year = (given.day >= since[given.person]) & (given.day < since[given.person] + 365)
    planned = year & (rng.random(len(given.day)) < 0.75)
    world.given = replace(given, pod=np.where(planned, 1, given.pod))
    world.given = thinned(rng, world.given, since + 365, 0.5)
    return written(rng, world.history(_asked(world, since, (250, 350))))


def not_seen(rng: np.random.Generator, trend: bool) -> Coded:
    """The team goes to those whom the surgery has not seen for months; they take no tablets.

    They come to hospital as often as anybody, until they have been without for ten months; from
    then on seven tenths more often. Others have no appointment for as long by chance. A right
    refusal says that the surgery had ceased to see the treated.
    """
    world = begin(rng, trend)
    since = world.entries(world.happens(0.1), 5, 9)
    _more(world, np.where(since < NEVER, since + 300, NEVER), 0.7)
    table = written(rng, world.history(_asked(world, since, (260, 320))))
    day, away = table.columns["date"], since[table.columns["patient"] - 1]
    surgery = table.columns["setting"] == code("setting", "primary")
    return table.only(~(surgery & (day >= away) & (day < away + 400)))


# What else begins: other hospitals, other rows, a neighbour's file.


def gone_private(rng: np.random.Generator, trend: bool) -> Coded:
    """A private hospital that is on no file opens, to those who can pay.

    From three months after the start on, eight in ten planned stays and a quarter of emergencies of
    all but the two most deprived fifths are there; most of the treated are of these two. Compared
    within fifths it is right. A right refusal says that planned stays, or the records of some
    fifths, fell away.
    """
    world = begin(rng, trend)
    pays = world.cohort.fifth >= 3
    given = world.given
    opened = pays[given.person] & (given.day >= world.quarters[9])
    there = rng.random(len(opened)) < np.where(given.pod == 1, 0.8, 0.25)
    world.given = given.only(~(opened & there))
    chosen = world.happens(np.where(pays, 0.015, 0.13))
    return written(rng, world.history(world.entries(chosen, 8, 12)))


def one_row_a_quarter(rng: np.random.Generator, trend: bool) -> Coded:
    """A hospital, that of most treated, later sends a sum for each patient and quarter.

    The row holds how many stays there were, of how many bed days and pence, under the day of the
    last. So there are fewer rows of it, and as many stays. Whoever counts quantity or bed days is
    right. A right refusal says that this hospital began to record otherwise.
    """
    world = begin(rng, trend)
    chance = np.where(world.cohort.provider == 0, 0.16, 0.03)
    table = written(rng, world.history(world.entries(world.happens(chance), 8, 12)))
    columns = table.columns
    summed = (columns["setting"] == code("setting", "hospital")) & (columns["provider"] == 0)
    summed &= columns["date"] >= world.quarters[10]
    return joined(table.only(~summed), _sums(table.only(summed), world.quarters))


def _sums(stays: Coded, quarters: Ints) -> Coded:
    """A row for the stays of a patient in a quarter, after entry apart from before it.

    Each row has one fate, so that of stays, too, the planted ratio is what is left.
    """
    columns = stays.columns
    quarter = np.searchsorted(quarters, columns["date"], side="right")
    keys = (stays.fate > 0, columns["date"], quarter, columns["patient"])
    order = np.lexsort((keys[1], keys[0], keys[2], keys[3]))
    key = (columns["patient"].astype(np.int64) * 32 + quarter) * 2 + (stays.fate > 0)
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    last = np.append(first[1:], len(order)) - 1
    total = {
        name: np.add.reduceat(columns[name][order].astype(np.int64), first)
        for name in ("quantity", "bed_days", "cost_pence")
    }
    at = Coded({name: held[order][last] for name, held in columns.items()}, stays.fate[order][last])
    return at.changed(**total)


def neighbours_file(rng: np.random.Generator, trend: bool) -> Coded:
    """Twelve practices lie at the border; the hospital beyond it sends its file from one day on.

    People there have always been to it nearly as often as to their own; from a year after the
    start on it is on file. Most of the treated are not of these practices, but many are. Compared
    within practices it is right. A right refusal says that a hospital, or records of some
    practices, are new.
    """
    world = begin(rng, trend)
    border: Flags = world.cohort.practice < 12
    entry = world.entries(world.happens(np.where(border, 0.25, 0.045)), 8, 12)
    beyond = spells(rng, 0.8 * world.expected * border[:, None], world.quarters)
    beyond = fated(rng, beyond.only(beyond.day >= world.quarters[12]), entry)
    cost = 60_000 + 39_000 * beyond.beds
    sent = rows(
        world.cohort, beyond.person, beyond.day, setting="hospital", service="Medicine",
        pod=beyond.pod, bed_days=beyond.beds, cost=cost,
    ).changed(provider=code("provider", "ZA9"))  # fmt: skip
    sent = replace(sent, fate=beyond.fate)
    return written(rng, replace(world.history(entry), extra=(sent,)))


# What the service does to those with whom its people are compared.


def home_care_hours(rng: np.random.Generator, trend: bool) -> Coded:
    """The team buys the hours of home care of its area, and others wait in bed for theirs.

    From three months after the start on, others there above 75 stay eight tenths longer, and come
    as often. So of stays it is right, and of bed days it is not. A right refusal says that the
    stays of the others, or of that area, grew longer.
    """
    world = begin(rng, trend)
    here, old = world.cohort.area == 0, world.cohort.band >= 3
    chance = np.where(here, 0.12, 0.015) * np.where(old, 1.5, 0.8)
    entry = world.entries(world.happens(chance), 8, 12)
    given = world.given
    waits = (here & old & (entry == NEVER))[given.person] & (given.day >= world.quarters[9])
    days = rng.poisson(np.where(waits, 0.8 * given.beds, 0.0))
    world.given = replace(given, beds=given.beds + days)
    return written(rng, world.history(entry))


def sent_on(rng: np.random.Generator, trend: bool) -> Coded:
    """In half of the practices the team looks at every second patient, and takes a quarter on.

    The others it sends to hospital with what it has found: from then on they have planned stays
    enough to double their use. Those of other practices are as ever. A right refusal says that the
    others of the same practices changed, by planned stays, or were assessed by the team.
    """
    world = begin(rng, trend)
    here = world.cohort.practice % 8 < 4
    seen = world.entries(here & world.happens(0.5), 8, 12)
    taken = (seen < NEVER) & world.happens(0.25)
    entry = np.where(taken & (seen + 14 < world.quarters[12]), seen + 14, NEVER)
    on = (seen < NEVER) & (entry == NEVER)
    more = spells(rng, 0.9 * world.expected * on[:, None], world.quarters)
    more = more.only(more.day >= seen[more.person])
    beds = 1 + rng.poisson(1.0, len(more.beds))
    world.given += replace(more, pod=np.ones_like(more.pod), beds=beds)
    who = np.flatnonzero(seen < NEVER)
    looked = rows(
        world.cohort, who, seen[who], setting="community", service=ASSESSMENT, pod="contact"
    )
    return written(rng, replace(world.history(entry), extra=(looked,)))


STRANGERS = (
    World(
        "so many places each", "Fourteen by lot in each practice; small ones use more, as ever.",
        places, "must answer",
    ),
    World(
        "from practice to practice", "A coin chooses; an illness is half a year in each practice.",
        waves, "must answer",
    ),
    World(
        "memory clinic", "The clinic tells them of the service; their minds go on failing.",
        memory_clinic, "must refuse", ("mental", "memory", "clinic", "another service", "worse"),
    ),
    World(
        "need had risen", "The need weight of half of them rose the year before, use rises later.",
        need_had_risen, "may answer if covered", ("need", "weight", "condition", "worse"),
    ),
    World(
        "cheaper each time", "Half of the treated mend: as many stays, each with less done.",
        cheaper, "must refuse", ("cost", "cheap", "better", "recover", "improv"),
    ),
    World(
        "by appointment", "Emergencies became planned stays; what is done there works a year on.",
        under_control, "must refuse", ("planned", "elective", "emergenc", "better", "improv"),
    ),
    World(
        "not seen for months", "The surgery has not seen them for months; then they get worse.",
        not_seen, "must refuse", ("surger", "appointment", "primary", "not seen", "worse"),
    ),
    World(
        "gone private", "Stays of the better off, planned above all, go off file.",
        gone_private, "may answer if covered", ("planned", "elective", "depriv", "fifth", "record"),
    ),
    World(
        "one row a quarter", "One hospital, that of most treated, later sends sums of stays.",
        one_row_a_quarter, "may answer if covered", ("quantit", "record", "provider", "row"),
    ),
    World(
        "neighbour's file", "A hospital beyond the border is on file from one day on.",
        neighbours_file, "may answer if covered", ("provider", "practice", "record", "neighbour"),
    ),
    World(
        "home care hours", "The team takes up the area's home care; others wait for it in bed.",
        home_care_hours, "may answer if covered", ("longer", "length", "bed days per", "area"),
    ),
    World(
        "assessed and sent on", "Whom the team looks at and does not take, it sends to hospital.",
        sent_on, "must refuse", ("assess", "planned", "elective", "same practice", "others"),
    ),
)  # fmt: skip
