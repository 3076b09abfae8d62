"""Small tables of what stands in the records: places, ages, days; text becomes numbers by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import narwhals.stable.v2 as nw
import polars as pl

from remit.model.errors import ActivityError
from remit.shift.effect.asked import Asked, as_day, day_number
from remit.shift.effect.source import Lazy, RecordSource
from remit.shift.records.columns import DIED_ON
from remit.words.nearest import did_you_mean

_AGE = re.compile(r"\d+")
_DAY = "date"
_ALMOST_ONE = 1.02


@dataclass(frozen=True, slots=True)
class Codes:
    """What stands in the records.

    Attributes
    ----------
    first, last
        The first and the last day with a record, as day numbers.
    calendar
        Each day between them (``date``, ``day``).
    clusters
        Each practice or place (``cluster``, ``cluster_code``, ``home``): the number of the
        provider that gives most of its hospital care before the start is its home.
    providers
        Each provider of hospital care (``provider``, ``provider_code``).
    ages
        Each age band (``age_band``, ``age_code``).
    pods
        The points of delivery that are emergency admissions; all of the hospital's where none is.
    all_pods
        Whether none was known as an emergency, so that every hospital record counts as one.
    entries
        How many entered the service on each day (``day``, ``people``).
    services
        Each service (``service``, ``service_code``).
    people
        How many people there are in the records; until they are counted as many as there are
        records, which is the most there can be.
    one_a_quarter
        Whether people have no more than one record of hospital use a quarter, so that how ill they
        were is told by what it sums, and not by how many there are.
    """

    first: int
    last: int
    calendar: pl.DataFrame
    clusters: pl.DataFrame
    providers: pl.DataFrame
    ages: pl.DataFrame
    pods: tuple[str, ...]
    all_pods: bool
    entries: pl.DataFrame
    services: pl.DataFrame
    people: int
    one_a_quarter: bool

    def is_large(self, asked: Asked) -> bool:
        """Whether there are so many people that each is looked at only once."""
        return self.people > asked.rules.looks_for_people

    def entered(self, asked: Asked) -> int:
        """How many people have their first record of the service in the quarters of entry."""
        return int(self.entries.filter(self._during(asked))["people"].sum())

    def outside(self, asked: Asked) -> int:
        """How many have it at another time."""
        return int(self.entries.filter(~self._during(asked))["people"].sum())

    def _during(self, asked: Asked) -> pl.Expr:
        start, end = asked.quarter(0), asked.quarter(asked.entry_quarters)
        return (pl.col("day") >= start) & (pl.col("day") < end)


def read_codes(source: RecordSource, asked: Asked) -> Codes:
    """The small tables of the records that are open.

    Raises
    ------
    ActivityError
        If there are no records, or none of the service.
    """
    rows = source.frame
    services = _distinct(source, rows, "service")
    _check_service(services, asked.service)
    ends = source.collect(
        rows.select(nw.col(_DAY).min().alias("first"), nw.col(_DAY).max().alias("last"))
    )
    first, last = ends.row(0)
    calendar = _calendar(first, last)
    stays = _stays(source, asked)
    providers = _coded(stays, "provider")
    pods = _distinct(source, _hospital(rows, asked), "pod")["pod"].drop_nulls().to_list()
    emergencies = tuple(pod for pod in pods if _is_emergency(pod, asked))
    return Codes(
        first=day_number(first),
        last=day_number(last),
        calendar=calendar,
        clusters=_clusters(source, stays, providers),
        providers=providers,
        ages=_ages(_distinct(source, rows, "age_band"), asked),
        pods=emergencies or tuple(pods),
        all_pods=not emergencies,
        entries=_entries(source, asked, calendar),
        services=_coded(services, "service"),
        people=int(services["records"].sum()),
        one_a_quarter=_one_a_quarter(source, asked),
    )


def _one_a_quarter(source: RecordSource, asked: Asked) -> bool:
    used = _hospital(source.frame, asked).filter(
        nw.col(_DAY) >= as_day(asked.quarter(-1)),
        nw.col(_DAY) < asked.start,
        nw.col(asked.outcome).cast(nw.Int64) > 0,
    )
    both = (nw.len().alias("records"), nw.col("patient").n_unique().alias("people"))
    records, people = source.collect(used.select(*both)).row(0)
    return bool(records) and bool(records <= people * _ALMOST_ONE)


def _check_service(found: pl.DataFrame, service: str) -> None:
    known = found["service"].drop_nulls().to_list()
    if not known:
        raise ActivityError("the records name no service in their column service")
    if service not in known:
        raise ActivityError(
            f"no record is of the service {service!r}.{did_you_mean(service, known)}"
        )


def _hospital(rows: Lazy, asked: Asked) -> Lazy:
    # A record without a service is another's: to compare a blank gives neither yes nor no.
    own = (nw.col("service") == asked.service).fill_null(False)
    return rows.filter(nw.col("setting") == "hospital", ~own)


def _distinct(source: RecordSource, rows: Lazy, column: str) -> pl.DataFrame:
    return source.collect(rows.group_by(column).agg(nw.len().alias("records")))


def _calendar(first: date, last: date) -> pl.DataFrame:
    days = pl.date_range(first, last, "1d", eager=True).alias(_DAY)
    start = day_number(first)
    return pl.DataFrame([days, pl.Series("day", range(start, start + len(days)), dtype=pl.Int64)])


def _coded(found: pl.DataFrame, column: str) -> pl.DataFrame:
    names = found[column].drop_nulls().unique().sort()
    codes = pl.Series(f"{column}_code", range(1, len(names) + 1), dtype=pl.Int64)
    return pl.DataFrame([names, codes])


def _ages(found: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    bands = found["age_band"].drop_nulls().unique().sort()
    codes = [_age_code(band, asked.rules.cuts.age) for band in bands]
    return pl.DataFrame([bands, pl.Series("age_code", codes, dtype=pl.Int64)])


def _age_code(band: str, cuts: tuple[int, ...]) -> int:
    found = _AGE.search(band)
    if found is None:
        return len(cuts) + 1
    return sum(int(found.group()) >= cut for cut in cuts)


def _is_emergency(pod: str, asked: Asked) -> bool:
    return pod.strip().lower() in asked.rules.emergency_pods


def _stays(source: RecordSource, asked: Asked) -> pl.DataFrame:
    """Hospital records by practice and provider, and how many of them are before the start."""
    before = nw.when(nw.col(_DAY) < asked.start).then(nw.lit(1)).count()
    counted = _hospital(source.frame, asked).group_by("cluster", "provider")
    return source.collect(counted.agg(before.cast(nw.Int64).alias("records")))


def _clusters(source: RecordSource, stays: pl.DataFrame, providers: pl.DataFrame) -> pl.DataFrame:
    """Clusters with their home: on equal numbers the first provider by name."""
    names = _coded(_distinct(source, source.frame, "cluster"), "cluster")
    counted = stays.filter(pl.col("records") > 0)
    homes = (
        counted.join(providers, on="provider")
        .sort("records", "provider_code", descending=[True, False])
        .unique("cluster", keep="first", maintain_order=True)
        .select("cluster", home="provider_code")
    )
    return names.join(homes, on="cluster", how="left").with_columns(
        pl.col("home").fill_null(0).cast(pl.Int64)
    )


def _entries(source: RecordSource, asked: Asked, calendar: pl.DataFrame) -> pl.DataFrame:
    served = source.frame.filter(nw.col("service") == asked.service)
    firsts = served.group_by("patient").agg(nw.col(_DAY).min().alias(_DAY))
    counted = source.collect(firsts.group_by(_DAY).agg(nw.len().alias("people")))
    return counted.join(calendar, on=_DAY).select("day", "people").sort("day")


def has_deaths(source: RecordSource) -> bool:
    """Whether the records say who died."""
    return DIED_ON in source.frame.collect_schema().names()
