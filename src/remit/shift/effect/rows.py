"""A record as a few small numbers: whoever reads it again has no text and no join to pay for.

A comparison reads records more than once, and of very many lays them down in between
(:mod:`~remit.shift.effect.parts`). So what stands in ten columns of a record is put into two whole
numbers: ``who`` (practice, age, deprivation) and ``what`` (served, or in which hospital, or which
other service). The functions here take them apart again.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from remit.shift.effect.asked import Asked
from remit.shift.effect.codes import Codes, has_deaths
from remit.shift.effect.looks import NEVER
from remit.shift.effect.source import Lazy, RecordSource
from remit.shift.records.columns import DIED_ON

_FIFTHS, _AGES, _CLUSTERS = 8, 16, 8_388_608
WHO = _FIFTHS * _AGES * _CLUSTERS
"""``who`` lies below this, which 32 bits hold."""

BESIDE = ("kind", "worth", "need", "amount")
"""The setting, what a stay cost, the need weight, which may be blank, and the quantity."""
KINDS = {"primary": 1, "mental_health": 2, "community": 3}

_SERVED = -1
_ELSEWHERE = -2


def rows_of(source: RecordSource, codes: Codes, asked: Asked) -> Lazy:
    """The rows as numbers: ``patient``, ``day``, ``who``, ``what``, ``use``, and ``died``.

    Each engine works out only those that are asked of it. A day of death, or one after all
    others, is there only where the records tell deaths. Beside these there are :data:`BESIDE`,
    which very many rows are laid down without.

    Parameters
    ----------
    source
        The records.
    codes
        What stands in them.
    asked
        The question.
    """
    rows = source.frame.join(source.beside(codes.calendar), on="date", how="inner")
    deaths = has_deaths(source)
    if deaths:
        days = codes.calendar.rename({"date": DIED_ON, "day": "died"})
        rows = rows.join(source.beside(days), on=DIED_ON, how="left")
    return (
        rows.join(source.beside(codes.clusters), on="cluster", how="left")
        .join(source.beside(codes.ages), on="age_band", how="left")
        .join(source.beside(codes.providers), on="provider", how="left")
        .join(source.beside(codes.services), on="service", how="left")
        .select(
            "patient",
            "day",
            _who().alias("who"),
            _what(codes, asked).cast(nw.Int64).alias("what"),
            nw.col(asked.outcome).cast(nw.Int64).fill_null(0).alias("use"),
            *([nw.col("died").fill_null(NEVER)] if deaths else []),
            _kind().cast(nw.Int64).alias("kind"),
            nw.col(_worth(asked)).cast(nw.Int64).fill_null(0).alias("worth"),
            nw.col("need_thousandths").cast(nw.Int64).alias("need"),
            nw.col("quantity").cast(nw.Int64).fill_null(0).alias("amount"),
        )
    )


def _kind() -> nw.Expr:
    """The number of a setting, as :data:`KINDS` has it; 0 is any other."""
    said = nw.lit(0)
    for name, number in KINDS.items():
        setting = (nw.col("setting") == name).fill_null(False)
        said = nw.when(setting).then(nw.lit(number)).otherwise(said)
    return said


def _worth(asked: Asked) -> str:
    """What a stay is worth beside its outcome: its cost, or where that is compared its days."""
    return "bed_days" if asked.outcome == "cost_pence" else "cost_pence"


def _who() -> nw.Expr:
    fifth = nw.col("deprivation_fifth").cast(nw.Int64).fill_null(0).clip(0, _FIFTHS - 1)
    cluster, age = nw.col("cluster_code").fill_null(0), nw.col("age_code").fill_null(_AGES - 1)
    return (cluster * _AGES + age) * _FIFTHS + fifth


def _what(codes: Codes, asked: Asked) -> nw.Expr:
    served = (nw.col("service") == asked.service).fill_null(False)
    hospital = (nw.col("setting") == "hospital").fill_null(False)
    emergency = nw.col("pod").is_in(list(codes.pods)).fill_null(False).cast(nw.Int64)
    stay = nw.col("provider_code").fill_null(0) * 2 + emergency
    elsewhere = _ELSEWHERE - nw.when(nw.col("setting") != "hospital").then(
        nw.col("service_code").fill_null(0)
    ).otherwise(nw.lit(0))
    return (
        nw.when(served)
        .then(nw.lit(_SERVED))
        .otherwise(nw.when(hospital).then(stay).otherwise(elsewhere))
    )


def is_served() -> nw.Expr:
    """Whether a record is of the service."""
    return nw.col("what") == _SERVED


def is_hospital() -> nw.Expr:
    """Whether a record is of a hospital, and not of the service."""
    return nw.col("what") >= 0


def is_other() -> nw.Expr:
    """Whether a record is of another service that has a name, and of no hospital."""
    return nw.col("what") < _ELSEWHERE


def provider(stay: nw.Expr) -> nw.Expr:
    """The number of a hospital record's provider; 0 is unknown.

    Parameters
    ----------
    stay
        What ``what`` holds of a hospital record.
    """
    return stay // 2


def is_at(home: nw.Expr) -> nw.Expr:
    """Whether a hospital record is of this provider; cheaper for each record than to divide.

    Parameters
    ----------
    home
        The number of the provider.
    """
    return nw.col("what") - emergency() == home * 2


def emergency() -> nw.Expr:
    """1 where a hospital record is an emergency admission, else 0."""
    return nw.col("what") % 2


def other_service() -> nw.Expr:
    """The number of the other service."""
    return _ELSEWHERE - nw.col("what")


def fifth() -> nw.Expr:
    """The fifth of deprivation of a record; 0 is unknown."""
    return nw.col("who") % _FIFTHS


def says_deaths(rows: Lazy) -> bool:
    """Whether the rows have days of death."""
    return "died" in rows.collect_schema().names()


def who_is(who: nw.Expr) -> list[nw.Expr]:
    """Practice, age and deprivation, as ``cluster_code``, ``age_code`` and ``fifth``.

    Parameters
    ----------
    who
        The number, or one of which it is what is left when :data:`WHO` is taken out.
    """
    return [
        (who % _FIFTHS).cast(nw.Int64).alias("fifth"),
        (who // _FIFTHS % _AGES).cast(nw.Int64).alias("age_code"),
        (who // (_FIFTHS * _AGES) % _CLUSTERS).cast(nw.Int64).alias("cluster_code"),
    ]
