"""Figures of a year from a store: what changed beyond chance is proposed, and all are frozen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import isclose
from typing import TYPE_CHECKING, Any

import polars as pl

from remit.annual.folder import AnnualFolder
from remit.annual.freezing import as_frozen
from remit.annual.gaps import gaps_of
from remit.annual.groups import group_figures
from remit.annual.rows import PlacedRecord
from remit.annual.surveyed import survey_signals
from remit.catalogue.library import load_computed_metrics
from remit.model.annual import AnnualHeading, AnnualYear
from remit.model.annual_records import Evidence, FrozenFigure
from remit.model.errors import SeriesError, UnknownCode
from remit.model.metric import Metric
from remit.register import load_register

if TYPE_CHECKING:
    from remit.series import Series
    from remit.store import Store

_OF_KIND = {
    "special_cause_improvement": "improved",
    "special_cause_concern": "worsened",
    "common_cause": "none",
}
_KEY = ["org_code", "metric_id"]


def metrics_of(year: AnnualYear) -> list[Metric]:
    """The metrics whose aim is one of a heading of the year, and those that a heading names."""
    return [
        one
        for one in load_computed_metrics().values()
        if any(_is_under(one, heading) for heading in year.headings)
    ]


def _is_under(metric: Metric, heading: AnnualHeading) -> bool:
    return metric.aim in heading.aims or metric.id in heading.metrics


def frozen_figures(
    store: Store,
    codes: Sequence[str],
    year: AnnualYear,
    *,
    metrics: Iterable[Metric] | None = None,
    as_at: date | None = None,
    latest_only: bool = True,
) -> list[FrozenFigure]:
    """The figures of some ICBs in a year, each with whether it changed beyond chance.

    Parameters
    ----------
    store
        The store.
    codes
        ICBs; those that the register does not know have no figures.
    year
        The year: no later figure is looked at.
    metrics
        Which metrics; without it those whose aim is one of a heading of the year.
    as_at
        Only what the store knew on this day.
    latest_only
        The last figure of each metric in the year, or all of them.

    Examples
    --------
    ``frozen_figures(store, ["ZB1"], load_year("2024-25"))``
    """
    register = load_register()
    known = [code for code in codes if register.find(code)]
    wanted = list(metrics_of(year) if metrics is None else metrics)
    found: list[FrozenFigure] = []
    # Each by itself: metrics that the store has no figures of are passed over.
    for metric in wanted:
        made = _made(store, metric, known, year, as_at)
        if made is not None:
            found += _of_metric(store, made, metric, year, as_at, latest_only=latest_only)
    return sorted(found, key=lambda one: (codes.index(one.icb), one.metric, one.period_start))


def _made(
    store: Store, metric: Metric, codes: Sequence[str], year: AnnualYear, as_at: date | None
) -> Series | None:
    from remit.series import series

    if not codes:
        return None
    try:
        return series(
            store, metric.id, "icb", organisations=codes, end=year.ends, on=year.ends, as_at=as_at
        )
    except (SeriesError, UnknownCode):
        return None


def _of_metric(
    store: Store,
    made: Series,
    metric: Metric,
    year: AnnualYear,
    as_at: date | None,
    *,
    latest_only: bool,
) -> Iterator[FrozenFigure]:
    inside = made.frame.filter(
        (pl.col("period_start") >= year.starts) & pl.col("value").is_not_null()
    )
    if latest_only:
        inside = inside.sort("period_end").group_by(_KEY, maintain_order=True).last()
    if inside.is_empty():
        return
    signals = {**_signals(made), **survey_signals(store, made, metric, as_at)}
    yield from as_frozen(store, made, metric, inside, signals)


def _signals(made: Series) -> Mapping[tuple[str, date], Any]:
    """Whether each point changed beyond chance; none where its limits can judge nothing."""
    from remit.signals.of_series import of_series

    charts = of_series(made)
    judged = {
        row["org_code"]
        for row in charts.series.to_dicts()
        if not row["trial_limits"] and row["limits_fit"]
    }
    return {
        (row["org_code"], row["date"]): _OF_KIND.get(row["kind"] or "", "none")
        for row in charts.points.to_dicts()
        if row["org_code"] in judged
    }


def changed_beyond_chance(figures: Iterable[FrozenFigure]) -> list[FrozenFigure]:
    """The figures of everybody that changed beyond chance."""
    return [one for one in figures if one.signal in {"improved", "worsened"}]


def proposed_evidence(figures: Iterable[FrozenFigure], year: AnnualYear) -> list[Evidence]:
    """Items of evidence for the figures that changed beyond chance, by ICB and heading.

    Beside each stand the two groups of people that are furthest apart, where figures of groups are
    among those given.

    Examples
    --------
    ``proposed_evidence(frozen_figures(store, ["ZB1"], year), year)``
    """
    known = {metric.id: metric for metric in metrics_of(year)}
    found: list[Evidence] = []
    number = 0
    for icb, group in _by_icb(figures).items():
        for heading in year.headings:
            for one in changed_beyond_chance(group):
                metric = known.get(one.metric)
                if metric and _is_under(metric, heading):
                    number += 1
                    found.append(_item(icb, heading.id, one, number))
                    found += _of_groups(group, one, year, found[-1])
    return found


def _of_groups(
    figures: Iterable[FrozenFigure], one: FrozenFigure, year: AnnualYear, beside: Evidence
) -> Iterator[Evidence]:
    """The two groups that are furthest apart by each dimension, with the gap in words."""
    heading = next((each.id for each in year.headings if "inequalities" in each.aims), "")
    number = 0
    for gap in gaps_of(figures, one):
        for end in gap.ends or ():
            number += 1
            item = _item(one.icb, heading, end.now, number)
            yield item.model_copy(
                update={
                    "id": f"{beside.id}-{number}",
                    "speaks": "neither",
                    "cut": end.now.cut,
                    "says": f"{heading or 'beside'}: {gap.name}. {gap.said}",
                }
            )


def _by_icb(figures: Iterable[FrozenFigure]) -> dict[str, list[FrozenFigure]]:
    found: dict[str, list[FrozenFigure]] = {}
    for one in figures:
        found.setdefault(one.icb, []).append(one)
    return found


def _item(icb: str, heading: str, one: FrozenFigure, number: int) -> Evidence:
    from remit.words.days import span_words
    from remit.words.figures import data_number, decimals_of

    value = data_number(one.value, decimals_of(one.unit, one.value))
    return Evidence(
        id=f"P{number}",
        kind="figure",
        icb=(icb,),
        speaks="for" if one.signal == "improved" else "against",
        metric=one.metric,
        period=span_words(one.period_start, one.period_end),
        value=f"{value:g}" if abs(value) < 1e5 else f"{value:.10g}",
        unit=one.unit,
        says=f"{heading}: {one.name} {one.signal} by more than chance",
    )


def held_against(
    store: Store, folder: AnnualFolder
) -> tuple[AnnualFolder, list[tuple[PlacedRecord[FrozenFigure], FrozenFigure]]]:
    """A folder with what the store holds for its evidence, and frozen figures that differ from it.

    Parameters
    ----------
    store
        The store.
    folder
        The assessment; its figures count as they were known on the day that it names.

    Examples
    --------
    ``held_against(store, read_assessment(Path("north")))``
    """
    known = load_computed_metrics()
    names = {item.record.metric.strip() for item in folder.evidence.values()}
    names |= {one.record.metric for one in folder.figures}
    metrics = [known[name] for name in sorted(names) if name in known]
    held = frozen_figures(
        store, list(folder.icbs), folder.year, metrics=metrics, as_at=folder.head.as_at,
        latest_only=False,
    )  # fmt: skip
    held += _groups_held(store, folder)
    by_key = {_key(one): one for one in held}
    frozen = {_key(one.record) for one in folder.figures}
    more = [PlacedRecord(one, str(store.path), 0) for one in held if _key(one) not in frozen]
    differ = [
        (placed, by_key[key])
        for placed in folder.figures
        if (key := _key(placed.record)) in by_key
        and not isclose(by_key[key].value, placed.record.value, rel_tol=1e-9, abs_tol=1e-12)
    ]
    return folder.with_figures(more), differ


def _groups_held(store: Store, folder: AnnualFolder) -> list[FrozenFigure]:
    """What the store holds of the groups whose figures are frozen."""
    groups = [one.record for one in folder.figures if one.record.cut]
    return list(group_figures(store, groups, folder.year, as_at=folder.head.as_at).figures)


def _key(one: FrozenFigure) -> tuple[str, str, str, date, date]:
    return (one.icb, one.metric, one.cut, one.period_start, one.period_end)
