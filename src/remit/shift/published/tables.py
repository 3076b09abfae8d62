"""The tables of the published shift, as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from remit.shift.published.compare import FUNNEL_COLUMNS, RANK_COLUMNS, funnels_of, ranks_of
from remit.shift.published.horizon import today_tomorrow
from remit.shift.published.movement import moves_of
from remit.shift.published.run import PublishedShift
from remit.shift.published.year import MeasureYear

_CODES = {"area_code": "org_code", "area_name": "org_name"}

MEASURE_COLUMNS = (
    "measure",
    "name",
    "side",
    "horizon",
    "towards",
    "level",
    "org_code",
    "org_name",
    "span",
    "period_label",
    "numerator",
    "denominator",
    "people",
    "need_index",
    "value",
    "need_value",
    "unit",
    "status",
    "reason",
    "moves",
    "points",
    "since",
    "whose",
    "made",
)


def tables_of(made: PublishedShift) -> dict[str, pl.DataFrame]:
    """All tables by the name of their file.

    Examples
    --------
    ``tables_of(published_shift(store))["ranks"]``
    """
    years = list(made.found.values())
    moves = {of.measure.id: moves_of(of) for of in years}
    spans = [_year_rows(of, made, moves[of.measure.id]) for of in years]
    measures = pl.concat([*spans, *(_period_rows(of, made) for of in years)])
    areas = measures.filter(pl.col("span") == "year")
    return {
        "measures": measures,
        "ranks": _all((ranks_of(of) for of in years), RANK_COLUMNS),
        "funnel": _all((funnels_of(of) for of in years), FUNNEL_COLUMNS),
        "today_tomorrow": today_tomorrow(made.measures, areas),
        "completeness": completeness_table(made),
        "groups": made.groups,
        "not_read": not_read_table(made),
    }


def _all(parts: Iterator[pl.DataFrame], shape: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=shape), *parts])


def _year_rows(of: MeasureYear, made: PublishedShift, moves: pl.DataFrame) -> pl.DataFrame:
    rows = of.areas.join(moves, on=["level", "area_code"], how="left", maintain_order="left")
    return _rows(of, rows.with_columns(pl.lit(made.year.label).alias("period_label")), "year")


def _period_rows(of: MeasureYear, made: PublishedShift) -> pl.DataFrame:
    """The periods of the year as they are; values of areas that are withheld are left out."""
    within = of.points.filter(pl.col("period_start") >= made.year.start)
    status = of.areas.select("level", "area_code", "status", "reason")
    rows = within.drop("status").join(status, on=["level", "area_code"], maintain_order="left")
    read = pl.col("status") == "read"
    rows = rows.with_columns(
        *(pl.when(read).then(name).alias(name) for name in ("value", "need_value")),
        pl.lit(None, pl.String).alias("moves"),
        pl.lit(None, pl.Int64).alias("points"),
        pl.lit(None, pl.Date).alias("since"),
    )
    return _rows(of, rows, "period")


def _rows(of: MeasureYear, rows: pl.DataFrame, span: str) -> pl.DataFrame:
    measure = of.measure
    said = {
        "measure": measure.id,
        "name": measure.name,
        "side": measure.side,
        "horizon": measure.horizon,
        "towards": measure.towards,
        "span": span,
        "unit": measure.unit,
        "whose": measure.whose,
    }
    told = rows.rename(_CODES).with_columns(pl.lit(text).alias(key) for key, text in said.items())
    return told.select(MEASURE_COLUMNS)


def completeness_table(made: PublishedShift) -> pl.DataFrame:
    """A row a measure and area, and one for each measure as a whole, before anything else.

    Examples
    --------
    ``completeness_table(made).filter(passes=False)``
    """
    rows: list[dict[str, Any]] = []
    for one in made.measures:
        if one.is_read:
            of = made.found.get(one.id)
            rows.append(_whole(one.id, of, made))
            rows += [] if of is None else _by_area(of)
    return pl.DataFrame(rows, schema=_COMPLETENESS)


_COMPLETENESS = {
    "measure": pl.String,
    "level": pl.String,
    "org_code": pl.String,
    "org_name": pl.String,
    "passes": pl.Boolean,
    "reason": pl.String,
    "areas": pl.Int64,
    "areas_expected": pl.Int64,
    "periods": pl.Int64,
    "periods_needed": pl.Int64,
    "first_period": pl.String,
    "last_period": pl.String,
    "members": pl.Int64,
    "members_expected": pl.Int64,
    "without": pl.String,
    "lowest": pl.Float64,
    "highest": pl.Float64,
    "most_spread": pl.Float64,
    "recording_changes": pl.String,
}


def _whole(name: str, of: MeasureYear | None, made: PublishedShift) -> dict[str, Any]:
    """The measure as a whole: how many ICBs, how far apart, and what was recorded otherwise."""
    if of is None:
        said = f"the figures have none of {made.year.label}"
        return {"measure": name, "level": "all", "passes": False, "reason": said}
    icbs = of.areas.filter(level="icb")
    gate = of.measure.gate
    return {
        "measure": name,
        "level": "all",
        "passes": of.passes,
        "reason": of.reason,
        "areas": icbs.filter(pl.col("reason").is_in(["", of.reason])).height,
        "areas_expected": of.expected,
        "periods_needed": gate.least_periods if gate else None,
        "lowest": of.lowest,
        "highest": of.highest,
        "most_spread": gate.most_spread if gate else None,
        "recording_changes": "; ".join(f"{c.since}: {c.what}" for c in of.measure.changes),
    }


def _by_area(of: MeasureYear) -> list[dict[str, Any]]:
    gate = of.measure.gate
    return [
        {
            "measure": of.measure.id,
            "level": row["level"],
            "org_code": row["area_code"],
            "org_name": row["area_name"],
            "passes": row["status"] == "read",
            "reason": row["reason"],
            "periods": row["periods"],
            "periods_needed": gate.least_periods if gate else None,
            "first_period": row["first_period"],
            "last_period": row["last_period"],
            "members": row["present"],
            "members_expected": row["expected"],
            "without": row["without"],
        }
        for row in of.areas.to_dicts()
    ]


def not_read_table(made: PublishedShift) -> pl.DataFrame:
    """The measures that no file is read of, with what is needed.

    Examples
    --------
    ``not_read_table(made)["needs"]``
    """
    rows = [
        (
            ", ".join(f.id for f in made.frameworks if one.id in f.measures),
            one.id,
            one.name,
            one.side,
            one.horizon,
            one.definition,
            one.needs,
            one.source,
        )
        for one in made.not_read
    ]
    names = (
        "framework",
        "measure",
        "name",
        "side",
        "horizon",
        "definition",
        "needs",
        "source",
    )
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
