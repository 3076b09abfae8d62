"""What each person used and when, as whole numbers, on any engine: from rows to one row a look.

All sums of a look are worked out in one pass of a person's rows (:func:`uses_of`). A further one is
a further ``_summed`` there, its name in :data:`USES`, and in ``SUMS`` of
:mod:`~remit.shift.effect.strata` if cells have it: that takes one second of a processor for 100
million records, of which 30 million are of hospitals. What a record must be asked for it should
stand in ``what`` (:mod:`~remit.shift.effect.rows`): another column of a row is laid down and read
again for each record. Reading ``source.frame`` once more takes up to five seconds, to group it by
person twenty or more. Another band in ``STRATUM`` or ``CELL`` makes cells as many times as many;
they are held in memory.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes
from remit.shift.effect.looks import LATER, NEVER, Looks
from remit.shift.effect.rows import BESIDE as ROW_BESIDE
from remit.shift.effect.rows import (
    KINDS,
    WHO,
    emergency,
    fifth,
    is_at,
    is_hospital,
    is_served,
    provider,
    says_deaths,
    who_is,
)
from remit.shift.effect.source import Lazy, RecordSource
from remit.shift.effect.strata import BESIDE, COUNTED_APART, COURSE, STAYS

_STAYS_APART = 1_073_741_824
"""Whoever is in which hospital, and how, lies below this; days are counted in it."""


def _one(said: nw.Expr) -> nw.Expr:
    return nw.when(said).then(nw.lit(1)).otherwise(nw.lit(0)).cast(nw.Int64)


def people_of(rows: Lazy, quarters: pl.DataFrame, asked: Asked) -> Lazy:
    """One row a person: entry, when last seen, who that is, and the place among days of entry.

    The latest record before the start tells a person's practice, age and deprivation. Its day and
    they are one whole number, so that the greatest of these is the latest, and no row needs an
    order.

    Parameters
    ----------
    rows
        What :func:`~remit.shift.effect.rows.rows_of` gives.
    quarters
        The quarters of entry, as :func:`~remit.shift.effect.looks.quarters_of_entry` gives them.
    asked
        The question.
    """
    day, own = nw.col("day"), is_served()
    start = asked.quarter(0)
    known = ~own & (day < start)
    who = day * WHO + nw.col("who")
    seen = [
        _latest(~own & (day < row["q0"])).alias(f"seen_{row['look']}")
        for row in quarters.iter_rows(named=True)
    ]
    deaths = [nw.col("died").min().cast(nw.Int64)] if says_deaths(rows) else []
    people = rows.group_by("patient").agg(
        nw.when(own).then(day).otherwise(nw.lit(NEVER)).min().cast(nw.Int64).alias("entry"),
        nw.when(known).then(who).otherwise(nw.lit(-1)).max().cast(nw.Int64).alias("who"),
        nw.when(known).then(day).otherwise(nw.lit(0)).sum().cast(nw.Int64).alias("days"),
        *deaths,
        *seen,
    )
    return people if deaths else people.with_columns(nw.lit(NEVER).cast(nw.Int64).alias("died"))


def _latest(said: nw.Expr) -> nw.Expr:
    return nw.when(said).then(nw.col("day")).otherwise(nw.lit(-1)).max().cast(nw.Int64)


def looks_of(people: Lazy, looks: Looks, source: RecordSource, codes: Codes, asked: Asked) -> Lazy:
    """One row a person and quarter in which that person is looked at, with the day of the look.

    Those with the service (``arm`` 1) are looked at on the day of entry, those who never have it
    (0) on the days that :func:`~remit.shift.effect.looks.plan_looks` gives, and so are those who
    have it after such a day (2): what they use tells whether to leave them out makes a difference.

    Parameters
    ----------
    people
        What :func:`people_of` gives.
    looks
        The quarters of entry, and days.
    source
        The engine.
    codes
        What stands in the records.
    asked
        The question.
    """
    start, end = asked.quarter(0), asked.quarter(asked.entry_quarters)
    entry = nw.col("entry")
    people = people.with_columns(_unpacked())
    quarters = source.beside(looks.quarters)
    treated = people.filter(entry >= start, entry < end).with_columns(
        _look_of(entry, looks).alias("look"), entry.alias("index"), nw.lit(1).alias("arm")
    )
    own = nw.when((entry >= start) & (entry < end)).then(_look_of(entry, looks)).otherwise(-1)
    others = (
        people.filter(entry >= start)
        .with_columns(
            (nw.col("days") % asked.rules.places_of_days).alias("place"), own.alias("own")
        )
        .join(source.beside(looks.places), on="place", how="inner")
        .filter(entry > nw.col("index"), nw.col("own") != nw.col("look"))
        .with_columns(nw.when(entry == NEVER).then(nw.lit(0)).otherwise(nw.lit(LATER)).alias("arm"))
        .drop("place", "own")
    )
    both = nw.concat([_in_order(treated), _in_order(others)], how="vertical")
    return both.join(quarters, on="look", how="inner").with_columns(*_times(codes, asked))


_KEPT = (
    "patient", "look", "index", "arm", "cluster_code", "age_code", "fifth",
    "died", "seen_before", "who",
)  # fmt: skip


def _in_order(people: Lazy) -> Lazy:
    names = [n for n in people.collect_schema().names() if n.startswith("seen_")]
    said = nw.lit(-1)
    for name in names:
        said = nw.when(nw.col("look") == int(name[5:])).then(nw.col(name)).otherwise(said)
    numbers = ("look", "index", "arm")
    return people.with_columns(
        said.cast(nw.Int64).alias("seen_before"), *(nw.col(one).cast(nw.Int64) for one in numbers)
    ).select(*_KEPT)


def _unpacked() -> list[nw.Expr]:
    who = nw.when(nw.col("who") < 0).then(nw.lit(0)).otherwise(nw.col("who"))
    return who_is(who)


def _look_of(entry: nw.Expr, looks: Looks) -> nw.Expr:
    said = nw.lit(-1)
    for row in looks.quarters.iter_rows(named=True):
        said = nw.when(entry >= row["q0"]).then(nw.lit(row["look"])).otherwise(said)
    return said


def _times(codes: Codes, asked: Asked) -> list[nw.Expr]:
    """When following ends, and whether a person may be compared at all."""
    due = _least(nw.col("index") + asked.rules.follow_up_days, codes.last)
    end = nw.when(nw.col("died") < due).then(nw.col("died")).otherwise(due)
    long_enough = due - nw.col("index") >= asked.rules.least_follow_up_days
    known = (nw.col("who") >= 0) & (nw.col("seen_before") >= nw.col("m4"))
    alive = nw.col("died") >= nw.col("index")
    return [
        due.cast(nw.Int64).alias("due"),
        end.cast(nw.Int64).alias("end"),
        _one(~known).alias("unknown"),
        _one(known & ~long_enough).alias("short"),
        _one(known & long_enough & ~alive).alias("dead"),
        _one(known & long_enough & alive).alias("able"),
    ]


def _least(left: nw.Expr, right: int) -> nw.Expr:
    return nw.when(left < right).then(left).otherwise(nw.lit(right))


def uses_of(rows: Lazy, looks: Lazy, source: RecordSource, codes: Codes, asked: Asked) -> Lazy:
    """What each looked-at person used in hospital in each window, one row a look.

    Whether people are still there is told by records of every setting; of very many people by
    those of hospitals alone, which are far fewer.

    Parameters
    ----------
    rows
        What :func:`~remit.shift.effect.rows.rows_of` gives.
    looks
        What :func:`looks_of` gives.
    source
        The engine.
    codes
        What stands in the records.
    asked
        The question.
    """
    large = codes.is_large(asked)
    wide = not large and set(ROW_BESIDE) <= set(rows.collect_schema().names())
    told = [*map(nw.col, ROW_BESIDE), fifth().alias("fifth")] if wide else []
    events = rows.filter(is_hospital() if large else ~is_served()).select(
        "patient", "day", "use", "what", emergency().alias("emergency"), *told
    )
    windows = looks.join(_homes(source, codes), on="cluster_code", how="left").select(
        "patient", "look", "index", "due", "end", "q0", "m1", "m2", "m3", "m4", "m6", "m8", "home"
    )
    day, use = nw.col("day"), nw.col("use")
    index, end, q0 = (nw.col(one) for one in ("index", "end", "q0"))
    after = (day > index) & (day <= end)
    month = index + 30
    recent = (day < index) & (day >= index - asked.rules.emergency_days)
    month_ago = (day < index) & (day >= index - 30)

    stay = nw.lit(True) if large else is_hospital()

    def between(first: str, after_last: str) -> nw.Expr:
        return stay & (day >= nw.col(first)) & (day < nw.col(after_last))

    used = use > 0
    first, matched = asked.quarter(-2 * YEAR), asked.quarter(-YEAR)
    place = nw.when(stay & (day < q0)).then(day * _STAYS_APART + nw.col("what"))
    return (
        events.join(windows, on="patient", how="inner")
        .group_by("patient", "look")
        .agg(
            *(_summed(f"u{n}", between(*ends), use) for n, ends in _QUARTERS.items()),
            *(_summed(f"c{n}", between(*ends) & used) for n, ends in _QUARTERS.items()),
            _summed("earlier", between("m8", "m4"), use),
            _summed("at_start", stay & (day >= first) & (day < matched), use),
            _summed("later", stay & after, use),
            _summed("emergencies", stay & recent, nw.col("emergency")),
            _summed("fresh", stay & month_ago, nw.col("emergency")),
            _summed("on_day", stay & (day == index)),
            _summed("near", stay & after & (day <= month)),
            _summed("far", stay & after & (day > month)),
            _summed("first", after & (day <= index + HALF)),
            *_course(stay & used),
            *_planned(stay & used, month_ago, after),
            *_apart(stay & used, nw.lit(False) if large else ~is_hospital(), after),
            *(_beside(is_hospital(), is_hospital() & used) if wide else []),
            _summed("final", (day > index + HALF) & (day > codes.last - HALF)),
            place.otherwise(nw.lit(-1)).max().cast(nw.Int64).alias("place"),
        )
    )


def _summed(name: str, said: nw.Expr, what: nw.Expr | None = None) -> nw.Expr:
    if what is None:  # counting takes two thirds of the time that adding ones takes
        return nw.when(said).then(nw.lit(1)).count().cast(nw.Int64).alias(name)
    return nw.when(said).then(what).otherwise(nw.lit(0)).sum().cast(nw.Int64).alias(name)


def _course(used: nw.Expr) -> list[nw.Expr]:
    """When hospital care was had before the matched year, until the day, and after it.

    And whether any record at all shows people in that earlier year, and in its first half.
    """
    day, index, m8 = (nw.col(one) for one in ("day", "index", "m8"))
    earlier = (day >= m8) & (day < nw.col("m4"))
    before = used & (earlier | ((day >= nw.col("q0")) & (day < index)))
    since = used & (day > index)
    spans = (("before", before, day - m8), ("since", since, day - index))
    return [
        _summed("known", earlier),
        _summed("known_early", earlier & (day < nw.col("m6"))),
        *(_summed(f"times_{span}", said) for span, said, _ in spans),
        *(_summed(f"days_{span}", said, days) for span, said, days in spans),
        *(_summed(f"squares_{span}", said, days * days) for span, said, days in spans),
    ]


def _planned(used: nw.Expr, month_ago: nw.Expr, after: nw.Expr) -> list[nw.Expr]:
    """Stays of the year before the matched one and of that after entry, and planned ones of them.

    And planned stays of the month before entry.
    """
    day, planned = nw.col("day"), nw.col("emergency") == 0
    earlier = (day >= nw.col("m8")) & (day < nw.col("m4"))
    return [
        _summed("stays_earlier", used & earlier),
        _summed("stays_later", used & after),
        _summed("planned_earlier", used & planned & earlier),
        _summed("planned_later", used & planned & after),
        _summed("operated", used & planned & month_ago),
    ]


def _apart(used: nw.Expr, beside: nw.Expr, after: nw.Expr) -> list[nw.Expr]:
    """What strata leave apart: just before entry, at the usual hospital, and outside hospitals."""
    day = nw.col("day")
    earlier = (day >= nw.col("m8")) & (day < nw.col("m4"))
    gap = (day >= nw.col("q0")) & (day < nw.col("index"))
    usual = used & is_at(nw.col("home"))
    return [
        _summed("planned_gap", used & gap & (nw.col("emergency") == 0)),
        _summed("usual_earlier", usual & earlier),
        _summed("usual_later", usual & after),
        _summed("beside_earlier", beside & earlier),
        _summed("beside_later", beside & after),
    ]


def _beside(stay: nw.Expr, used: nw.Expr) -> list[nw.Expr]:
    """What else the records of the two years before the quarter of entry say (``BESIDE``)."""
    day, need = nw.col("day"), nw.col("need")
    earlier = (day >= nw.col("m8")) & (day < nw.col("m4"))
    year = (day >= nw.col("m4")) & (day < nw.col("q0"))
    sums = [
        _summed("planned_year", used & year & (nw.col("emergency") == 0)),
        _summed("beside_year", ~stay & year),
    ]
    for when, then in (("earlier", earlier), ("year", year)):
        told = then & ~need.is_null()
        sums += [
            _summed(f"worth_{when}", used & then, nw.col("worth")),
            _summed(f"need_{when}", told, need),
            _summed(f"told_{when}", told),
            _summed(f"visits_{when}", stay & ~used & then),
            _summed(f"amount_{when}", ~stay & then, nw.col("amount")),
            _summed(f"fifths_{when}", then, nw.col("fifth")),
            _summed(f"seen_{when}", then & (nw.col("fifth") > 0)),
            *(
                _summed(f"{name.split('_')[0]}_{when}", then & ~stay & (nw.col("kind") == number))
                for name, number in KINDS.items()
            ),
        ]
    return sums


def _homes(source: RecordSource, codes: Codes) -> Lazy:
    return source.beside(codes.clusters.select("cluster_code", "home"))


YEAR = 4
"""Quarters of a year."""
HALF = 182
"""Days of half a year."""
_QUARTERS = {
    1: ("m1", "q0"), 2: ("m2", "m1"), 3: ("m3", "m2"), 4: ("m4", "m3"),
}  # fmt: skip
"""Where the quarters before that of entry begin and end, the latest first."""

USES = (
    "u1", "u2", "u3", "u4", "c1", "c2", "c3", "c4", "earlier", "at_start", "later",
    "emergencies", "fresh", "on_day", "near", "far", "first", "final",
    "known_early", "known", *STAYS[:4], "operated", *COURSE, *COUNTED_APART,
)  # fmt: skip
"""The sums that :func:`uses_of` gives."""


def features(uses: Lazy, seen: Lazy, source: RecordSource, codes: Codes) -> Lazy:
    """One row a look with all that strata and sums are made of; people without use have zeros.

    Parameters
    ----------
    uses
        What :func:`uses_of` gives.
    seen
        What :func:`looks_of` gives.
    source
        The engine.
    codes
        What stands in the records.
    """
    beside = [one for one in BESIDE if one in uses.collect_schema().names()]
    return (
        seen.join(uses, on=["patient", "look"], how="left")
        .join(_homes(source, codes), on="cluster_code", how="left")
        .with_columns(*(nw.col(one).fill_null(0) for one in (*USES, *beside)), *_areas())
    )


def _areas() -> list[nw.Expr]:
    """The provider of the latest stay before the quarter of entry, else that of the practice."""
    place = nw.col("place").fill_null(-1)
    stay = nw.when(place >= 0).then(place).otherwise(nw.lit(0)) % _STAYS_APART
    area = nw.when(place >= 0).then(provider(stay)).otherwise(nw.col("home").fill_null(0))
    return [area.cast(nw.Int64).alias("area")]
