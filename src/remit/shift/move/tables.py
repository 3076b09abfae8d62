"""A move as tables: money in whole pence, shares in per cent."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from remit.shift.move.conditions import conditions
from remit.shift.move.result import MoveResult
from remit.shift.move.sharing import SHARING_RULES
from remit.shift.move.years import BREAK_EVEN_YEARS, MoveYear
from remit.words.figures import data_number

_DECIMALS = 6


def move_tables(found: MoveResult) -> Mapping[str, pl.DataFrame]:
    """All tables of a move, by name.

    Parameters
    ----------
    found
        The move.

    Examples
    --------
    >>> move_tables(found)["years"]["stranded_pence"].to_list()[-1]  # doctest: +SKIP
    128480000
    """
    return {
        "years": pl.DataFrame([_year(one) for one in found.years]),
        "likely": _likely(found),
        "steps": _steps(found),
        "payment": _payment(found),
        "costs": _costs(found),
        "services": _services(found),
        "resources": _resources(found),
        "occupancy": _occupancy(found),
        "sharing": _sharing(found),
        "conditions": _conditions(found),
    }


def percent(share: Fraction) -> float:
    """A share in per cent."""
    return data_number(float(share) * 100, _DECIMALS)


def move_record(found: MoveResult) -> dict[str, Any]:
    """What a move comes to, and what it was worked out from, for a program."""
    plan, trust = found.plan, found.model.trust
    return {
        "organisation": trust.organisation,
        "name": trust.name,
        "fictional": trust.fictional,
        "source": trust.source,
        "prices": trust.prices,
        "files": dict(found.model.files),
        "service": plan.service,
        "share_percent": percent(plan.share),
        "years": plan.years,
        "capacity": "new" if plan.growing else "existing",
        "payment": found.rule.id,
        "payment_verified": found.rule.verified,
        "draws": found.odds.draws,
        "seed": found.odds.seed,
        "interval_percent": trust.interval_percent,
        "break_even_year": found.break_even,
        "break_even_within_years": BREAK_EVEN_YEARS,
        "chance_of_break_even": found.odds.within_five,
        "break_even_is": found.odds.verdict,
        "chance_that_a_unit_closes": found.odds.closes,
        "moved": _year(found.moved),
    }


def _year(one: MoveYear) -> dict[str, Any]:
    return {
        "year": one.year,
        "share_percent": percent(one.share),
        "average_cost_pence": one.average,
        "variable_saved_pence": one.variable_saved,
        "units_closed": one.units_closed,
        "units_saved_pence": one.units_saved,
        "released_pence": one.released,
        "saved_pence": one.saved,
        "stranded_pence": one.stranded,
        "income_lost_pence": one.income_lost,
        "avoided_pence": one.avoided,
        "avoided_capital_pence": one.avoided_capital,
        "contacts": one.contacts,
        "receiver_cost_pence": one.receiver_cost,
        "transition_pence": one.transition,
        "capital_pence": one.capital,
        "trust_net_pence": one.trust_net,
        "icb_net_pence": one.icb_net,
        "receiver_net_pence": one.receiver_net,
        "system_net_pence": one.system_net,
        "cumulative_pence": one.cumulative,
    }


def _likely(found: MoveResult) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "year": one.year,
            "figure": one.figure,
            "low_pence": one.low,
            "declared_pence": one.declared,
            "high_pence": one.high,
        }
        for one in found.odds.ranges
    )


def _steps(found: MoveResult) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "share_percent": percent(one.share),
            "average_cost_pence": one.average,
            "variable_saved_pence": one.variable_saved,
            "units_closed": one.units_closed,
            "units_saved_pence": one.units_saved,
            "saved_pence": one.saved,
            "stranded_pence": one.stranded,
        }
        for one in found.steps
    )


def _payment(found: MoveResult) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "share_percent": percent(step.share),
            "rule": rule,
            "rule_name": found.model.rules[rule].name,
            "verified": found.model.rules[rule].verified,
            "income_lost_pence": one.income_lost,
            "paid_to_receiver_pence": one.paid_to_receiver,
            "stranded_pence": step.stranded,
            "trust_net_pence": one.net,
        }
        for step in found.steps
        for rule, one in step.by_rule.items()
    )


def _costs(found: MoveResult) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "cost": one.name,
            "service": one.service,
            "kind": one.kind,
            "before_pence": one.before,
            "after_pence": one.after,
            "saved_pence": one.saved,
            "average_cost_pence": one.average,
            "stranded_pence": one.stranded,
            "unit": one.unit,
            "units_before": one.units_before,
            "units_closed": one.units_closed,
        }
        for one in found.changes
    )


def _services(found: MoveResult) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "service": one.service,
            "service_name": one.name,
            "activity_before": one.activity_before,
            "activity_after": one.activity_after,
            "minimum_activity": one.minimum,
            "income_before_pence": one.income_before,
            "income_after_pence": one.income_after,
            "cost_before_pence": one.cost_before,
            "cost_after_pence": one.cost_after,
            "margin_before_pence": one.margin_before,
            "margin_after_pence": one.margin_after,
            "below_before": one.was_below,
            "below_after": one.is_below,
            "weakened": "; ".join(one.weakened),
        }
        for one in found.services
    )


_RESOURCES = {
    "resource": pl.String, "resource_name": pl.String, "resource_kind": pl.String,
    "unit": pl.String, "units_before": pl.Int64, "units_after": pl.Int64,
    "use_before": pl.Int64, "use_after": pl.Int64, "minimum_use": pl.Int64,
    "below_after": pl.Boolean, "needed_by": pl.String,
}  # fmt: skip
"""A trust may share nothing among its services; the table then has its heads alone."""


def _resources(found: MoveResult) -> pl.DataFrame:
    rows = [
        (one.resource, one.name, one.kind, one.unit, one.units_before, one.units_after,
         one.use_before, one.use_after, one.minimum, one.is_below, "; ".join(one.needed_by))
        for one in found.resources
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=_RESOURCES, orient="row")


_OCCUPANCY = {
    "cost": pl.String, "unit": pl.String, "open": pl.Int64, "capacity": pl.Int64,
    "mean_use": pl.Float64, "safe_use": pl.Float64, "days_over_share": pl.Float64,
    "is_enough": pl.Boolean,
}  # fmt: skip


def _occupancy(found: MoveResult) -> pl.DataFrame:
    rows = [
        (one.name, one.unit, one.open, one.capacity, data_number(one.mean_use, _DECIMALS),
         data_number(one.safe_use, _DECIMALS), data_number(one.chance_over, _DECIMALS),
         one.is_enough)
        for one in found.kept_open
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=_OCCUPANCY, orient="row")


def _sharing(found: MoveResult) -> pl.DataFrame:
    names = {one.id: one.name for one in SHARING_RULES}
    return pl.DataFrame(
        {
            "year": one.year,
            "sharing_rule": one.rule,
            "sharing_name": names[one.rule],
            "stranded_pence": one.stranded,
            "icb_pence": one.icb,
            "trust_pence": one.trust,
            "receiver_pence": one.receiver,
        }
        for one in found.strands
    )


_CONDITIONS = {
    "condition": pl.String, "figure": pl.Int64, "unit": pl.String, "year": pl.Int64,
    "state": pl.String,
}  # fmt: skip


def _conditions(found: MoveResult) -> pl.DataFrame:
    rows = [(one.what, one.figure, one.unit, one.year, one.state) for one in conditions(found)]
    return pl.DataFrame(rows, schema=_CONDITIONS, orient="row")
