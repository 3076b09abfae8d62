"""The figures of one period, laid out for scoring: one row an organisation and metric."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from remit.catalogue import load_metrics
from remit.frames.figures import Figures
from remit.model.asked_period import asked_period
from remit.model.errors import AssessmentError, UnknownCode
from remit.model.framework import Framework
from remit.model.metric import Metric
from remit.model.observation import Status
from remit.model.organisation import TRUST_KINDS, SubjectKind
from remit.model.period import Period, parse_quarter, quarter_of
from remit.register.closing import why_not_open
from remit.words.kinds import kinds_in_words

if TYPE_CHECKING:
    from remit.register import Register


@dataclass(frozen=True, slots=True)
class Inputs:
    """What scoring starts from.

    ``cells`` has one row an organisation and scored metric; ``results`` one row an
    organisation and published result; ``kinds`` one row an organisation; ``expected`` says how
    many organisations of each kind the register knows on the period's last day; ``not_judged``
    is the kind of every organisation at hand that the framework does not judge. Such a one is in
    ``kinds`` and ``cells`` only where those judged are ranked or cut among its kind. ``others``
    are the frameworks whose published scores and results stand in the figures and were left out.
    """

    cells: pl.DataFrame
    results: pl.DataFrame
    kinds: pl.DataFrame
    expected: Mapping[str, int]
    period: Period
    fictional: bool
    observations: pl.DataFrame
    not_judged: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def at_hand(self) -> dict[str, int]:
        """How many organisations of each kind the figures speak of."""
        return Counter(self.kinds["org_kind"].to_list())


def choose_period(figures: Figures, wanted: str | None, *, elsewhere: bool = False) -> Period:
    """The period to assess: the one named, or the only one that the figures have.

    ``elsewhere`` says that there is more to judge by than the figures.

    Raises
    ------
    AssessmentError
        If the name is no quarter, or if the figures are of several quarters or none.
    """
    releases = figures.releases()
    if wanted is None:
        if len(releases) != 1:
            have = ", ".join(releases) or "none that is named"
            raise AssessmentError(f"say which period to assess with --period; there are: {have}")
        wanted = releases[0]
    period = quarter_named(wanted)
    if releases and period.label not in releases and not elsewhere:
        raise AssessmentError(
            f"there are no figures for {period.label}; there are some for: {', '.join(releases)}"
        )
    return period


def quarter_named(wanted: str) -> Period:
    """A quarter by the name that a user gives it.

    Raises
    ------
    AssessmentError
        If it is none.
    """
    period = parse_quarter(wanted)
    if period is None:
        raise AssessmentError(f"{wanted!r} is no quarter; write it as {_quarter_in(wanted)}")
    return period


def _quarter_in(wanted: str) -> str:
    """The quarter of a month that is named; an example where none is."""
    try:
        return quarter_of(asked_period(wanted).start).label
    except AssessmentError:
        return "2025/26 Q1"


def gather(
    figures: Figures,
    framework: Framework,
    metrics: Mapping[str, Metric],
    register: Register,
    period: Period,
    *,
    also: Sequence[str] = (),
) -> Inputs:
    """Lay out the figures of one period.

    ``also`` are organisations that are judged whether or not there are figures for them. What
    publications print for other frameworks is left out; in the user's own figures it is their word.

    Raises
    ------
    AssessmentError
        If there are none, or if fictional and real organisations are mixed.
    UnknownCode
        If an organisation is not on the register.
    """
    release = pl.col("release")
    rows = figures.observations.filter((release == period.label) | release.is_null())
    if rows.is_empty() and not also:
        raise AssessmentError(f"there are no figures for {period.label}")
    of_others = load_metrics().of_others(framework, period.end)
    strange = pl.col("metric_id").is_in(list(of_others)) & pl.col("source_id").is_not_null()
    others = {of_others[key] for key in rows.filter(strange)["metric_id"].unique()}
    kinds = _kinds(rows, also, register)
    fictional = _all_or_none_fictional(kinds["org_code"].to_list(), register)
    judged = pl.col("org_kind").is_in([kind.value for kind in framework.kinds])
    not_judged = kinds.filter(~judged).sort("org_code")
    if not_judged.height == kinds.height:
        raise AssessmentError(
            f"{framework.name} judges {kinds_in_words(framework.kinds)} only, and the figures "
            f"of {period.label} have none"
        )
    kinds = kinds.filter(pl.col("org_kind").is_in([kind.value for kind in framework.concerned]))
    rows = rows.filter(~strange).drop("org_kind")
    rows = rows.join(kinds, on="org_code", how="inner", maintain_order="left")
    return Inputs(
        cells=_cells(rows, framework, metrics).with_columns(_is_own(framework, metrics, period)),
        results=_results(rows, framework),
        kinds=kinds,
        expected=_expected(register, period.end, fictional),
        period=period,
        fictional=fictional,
        observations=rows,
        not_judged=dict(not_judged.iter_rows()),
        others=tuple(sorted(others)),
    )


def notes_on_closed(inputs: Inputs, register: Register) -> tuple[str, ...]:
    """Those that are judged and were open on no day of the period, as the register has it."""
    at = inputs.period
    codes = sorted(set(inputs.kinds["org_code"]) - set(inputs.not_judged))
    found = [
        f"{code} ({organisation.name}), which {why}"
        for code in codes
        if (organisation := register.get(code))
        and (why := why_not_open(organisation, at.start, at.end))
    ]
    if not found:
        return ()
    return (f"In the files of {at.label}, and not open then: {'; '.join(found)}.",)


def _kinds(rows: pl.DataFrame, also: Sequence[str], register: Register) -> pl.DataFrame:
    """Each organisation's kind: as the publication says, else as the register knows it."""
    stated = rows.group_by("org_code", maintain_order=True).agg(
        pl.col("org_kind").drop_nulls().first()
    )
    by_code = dict.fromkeys(also) | dict(stated.iter_rows())
    kinds = [(code, kind or _registered_kind(code, register)) for code, kind in by_code.items()]
    schema = {"org_code": pl.String, "org_kind": pl.String}
    return pl.DataFrame(kinds, schema=schema, orient="row")


def _registered_kind(code: str, register: Register) -> str:
    organisation = register.get(code)
    kind = organisation.judged_as
    if kind is None:
        raise UnknownCode(f"{code} ({organisation.name}) is no trust whose kind is known")
    return kind.value


def _all_or_none_fictional(codes: list[str], register: Register) -> bool:
    marks = {code: register.get(code).fictional for code in codes}
    if len(set(marks.values())) > 1:
        invented = ", ".join(code for code, mark in marks.items() if mark)
        raise AssessmentError(
            f"the figures mix fictional organisations ({invented}) with real ones; they cannot be "
            "ranked together"
        )
    return any(marks.values())


def _expected(register: Register, on: date, fictional: bool) -> dict[str, int]:
    trusts = {
        kind.value: len(register.trusts(on=on, kind=kind, fictional=fictional))
        for kind in TRUST_KINDS
    }
    return trusts | {SubjectKind.ICB.value: len(register.icbs(on=on, fictional=fictional))}


def _cells(rows: pl.DataFrame, framework: Framework, metrics: Mapping[str, Metric]) -> pl.DataFrame:
    """Values beside their published scores, one row an organisation and metric."""
    by_metric = {metric.id: metric for metric in framework.metrics}
    score_of = {metrics[m].score_id: m for m in by_metric if metrics[m].score_id}
    values = _one_value_each(rows.filter(pl.col("metric_id").is_in(list(by_metric))), metrics)
    scores = rows.filter(
        pl.col("metric_id").is_in(list(score_of)) & (pl.col("status") == Status.REPORTED.value)
    ).select(
        "org_code",
        "org_kind",
        pl.col("metric_id").replace_strict(score_of, return_dtype=pl.String),
        pl.col("value").alias("published_score"),
        pl.col("source_id").alias("score_source"),
        pl.col("source_row").alias("score_line"),
        pl.col("period_label").alias("score_period"),
    )
    key = ["org_code", "org_kind", "metric_id"]
    cells = values.join(scores.unique(key, keep="first"), on=key, how="full", coalesce=True)
    order = {metric_id: place for place, metric_id in enumerate(by_metric)}
    return (
        cells.with_columns(
            pl.col("metric_id").replace_strict(order, return_dtype=pl.Int64).alias("_order"),
            pl.coalesce("period_label", "score_period").alias("period_label"),
        )
        .sort("org_code", "_order")
        .drop("_order", "score_period")
    )


def _is_own(framework: Framework, metrics: Mapping[str, Metric], period: Period) -> pl.Expr:
    """``own_score``: whether a metric's published score is made by the framework itself."""
    known = load_metrics()
    scores = {scored.id: metrics[scored.id].score_id for scored in framework.metrics}
    own = [
        metric_id
        for metric_id, score in scores.items()
        if score and known.whose(score, period.end) in {None, framework.id}
    ]
    return pl.col("metric_id").is_in(own).alias("own_score")


def _one_value_each(rows: pl.DataFrame, metrics: Mapping[str, Metric]) -> pl.DataFrame:
    """One row an organisation and metric: the main unit if reported, else another unit."""
    main = {metric.id: metric.unit for metric in metrics.values()}
    unit = pl.col("metric_id").replace_strict(main, return_dtype=pl.String)
    filled = rows.with_columns(pl.col("unit").fill_null(unit))
    reported = pl.col("status") == Status.REPORTED.value
    return (
        filled.with_columns(
            ((pl.col("unit") == unit) & reported).alias("_best"), reported.alias("_next")
        )
        .sort("_best", "_next", descending=True, maintain_order=True)
        .unique(["org_code", "metric_id"], keep="first", maintain_order=True)
        .select(
            "org_code",
            "org_kind",
            "metric_id",
            "unit",
            "value",
            "status",
            "period_label",
            "published_rank",
            "published_median",
            "published_lower_quartile",
            "published_upper_quartile",
            pl.col("source_id").alias("value_source"),
            pl.col("source_row").alias("value_line"),
        )
    )


def _results(rows: pl.DataFrame, framework: Framework) -> pl.DataFrame:
    """Every reported figure by organisation and identifier.

    Where two files give the same result, the one that holds the metrics too goes first, so that
    a score and what it was made from stand in one file.
    """
    scored = [metric.id for metric in framework.metrics]
    with_metrics = rows.filter(pl.col("metric_id").is_in(scored))["source_id"].unique()
    reported = rows.filter(pl.col("status") == Status.REPORTED.value)
    first = pl.col("source_id").is_in(with_metrics.implode()).fill_null(value=False)
    return (
        reported.with_columns(first.alias("_first"))
        .sort("_first", descending=True, maintain_order=True)
        .unique(["org_code", "metric_id", "unit"], keep="first", maintain_order=True)
        .select(
            "org_code",
            "metric_id",
            "value",
            "published_rank",
            "source_id",
            "source_row",
            "source_column",
        )
    )
