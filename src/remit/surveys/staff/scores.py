"""What the staff of each organisation said in one year: score, responses, ICB, kind, file, line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import polars as pl

from remit.catalogue import load_computed_metrics
from remit.model.errors import SeriesError, SurveyError
from remit.model.metric import Metric
from remit.model.observation import Source
from remit.model.organisation import OrganisationType, SubjectKind
from remit.register import Register, load_register
from remit.series import OwnFigures, own_figures, series
from remit.series.parts import EVERYBODY
from remit.words.sentences import listed

ENGAGEMENT = "staff-survey.engagement"
_FAMILY = "staff-survey."
_OWN_STAFF = "/staff"
_NOT_TAKEN_IN = (
    "there is no figure of the NHS Staff Survey; take in “NSS24 detailed spreadsheets "
    "organisational results.xlsx” or its like (`remit sources --known`), or name the file"
)

Whose = Literal["trust", "icb_staff", "other"]


@dataclass(frozen=True, slots=True)
class StaffScore:
    """One organisation's score on one metric; None where the publisher does not show it.

    ``whose`` tells trusts from ICBs' own staff and from others (support units, social enterprises).
    ``icb`` is the code of the ICB that a trust stands under, or whose own staff it is.
    """

    metric: str
    code: str
    name: str
    whose: Whose
    kind: SubjectKind | None
    subkind: str
    icb: str
    score: float | None
    responses: int | None
    status: str
    file: str
    line: int | None
    column: str


@dataclass(frozen=True)
class StaffSurvey:
    """One year: the metrics that were read, every organisation's scores, and the register's day."""

    year: str
    on: date
    metrics: Mapping[str, Metric]
    scores: tuple[StaffScore, ...]
    register: Register = field(repr=False)
    sources: tuple[Source, ...]
    fictional: bool

    def of(self, metric: str, whose: Whose = "trust") -> tuple[StaffScore, ...]:
        """The scores on one metric of trusts, or of others, in the order of their codes."""
        return tuple(one for one in self.scores if (one.metric, one.whose) == (metric, whose))

    def icb_name(self, code: str) -> str:
        """An ICB's name on the register's day."""
        return self.register.get(code).name_on(self.on)


def staff_survey(
    held: Any,
    *,
    year: str | None = None,
    on: date | None = None,
    register: Register | None = None,
) -> StaffSurvey:
    """The scores of one year, each with its responses, its ICB and its kind by the register.

    Parameters
    ----------
    held
        A store, or figures, as for :func:`remit.series.series`.
    year
        Such as ``2024``; the last that is there if left out.
    on
        The day whose register counts; the last of the year if left out. A trust that had closed by
        then stands under the ICB of who has its work.
    register
        The organisations; those that come with Remit if left out.

    Raises
    ------
    SurveyError
        If there is no figure of the survey, or none of that year.

    Examples
    --------
    >>> staff_survey(remit.read("NSS24.xlsx")).year  # doctest: +SKIP
    '2024'
    """
    register = register or load_register()
    family = [name for name in load_computed_metrics() if name.startswith(_FAMILY)]
    once = own_figures(held, family, register=register)
    if once.own is None:
        raise SurveyError(_NOT_TAKEN_IN)
    start, end, label = _span(once.own.points, year)
    points = once.own.points.filter(pl.col("period_start") == start, pl.col("cut") == EVERYBODY)
    day = on or end
    placed = _placed(once, family, (start, end), day)
    metrics = {one.id: one for one in once.metrics if one.id in set(points["metric_id"])}
    lines = _lines(once, metrics.values(), start)
    scores = [_score(row, register, day, placed, lines) for row in points.to_dicts()]
    order = {name: at for at, name in enumerate(metrics)}
    used = set(once.own.figures.filter(pl.col("period_start") == start)["source_id"])
    known = [register.find(one.code) for one in scores]
    return StaffSurvey(
        label,
        day,
        metrics,
        tuple(sorted(scores, key=lambda one: (order[one.metric], one.code))),
        register,
        tuple(source for key, source in once.counts.sources.items() if key in used),
        any(one.fictional for one in known if one is not None),
    )


def _span(points: pl.DataFrame, year: str | None) -> tuple[date, date, str]:
    """First and last day of a year, and how it is named."""
    held = points.select("period_start", "period_end", "period_label").unique().sort("period_start")
    found = held if year is None else held.filter(pl.col("period_label") == year.strip())
    if found.is_empty():
        years = listed([f"{one}" for one in held["period_label"]])
        raise SurveyError(f"there is no Staff Survey of {year!r}; there is {years}")
    start, end, label = found.row(-1)
    return start, end, label


def _placed(
    once: OwnFigures, family: Sequence[str], span: tuple[date, date], day: date
) -> dict[str, str]:
    """The ICB of each trust: where its figures go when those of ICBs are made."""
    start, end = span
    try:
        areas = series(once, family, "icb", start=start, end=end, on=day)
    except SeriesError:
        return {}
    return dict(areas.traces().select("org_code", "area_code").unique().iter_rows())


def _lines(once: OwnFigures, metrics: Any, start: date) -> dict[tuple[str, str], tuple[Any, ...]]:
    """File, line and column of each score, by metric and organisation."""
    if once.own is None:
        return {}
    files = {key: source.file_name for key, source in once.counts.sources.items()}
    figures = once.own.figures.filter(pl.col("period_start") == start, pl.col("cut") == EVERYBODY)
    held = {
        (row["measure"], row["org_code"]): (
            files.get(row["source_id"], ""),
            row["source_row"],
            row["source_column"],
        )
        for row in figures.to_dicts()
    }
    codes = figures["org_code"].unique().to_list()
    return {
        (metric.id, code): found
        for metric in metrics
        for code in codes
        if (found := held.get((metric.numerator[0], code)))
    }


def _score(
    row: Mapping[str, Any],
    register: Register,
    day: date,
    placed: Mapping[str, str],
    lines: Mapping[tuple[str, str], tuple[Any, ...]],
) -> StaffScore:
    code = row["org_code"]
    own_staff = code.removesuffix(_OWN_STAFF) if code.endswith(_OWN_STAFF) else ""
    known = register.find(own_staff or code)
    trust = known if known is not None and known.type is OrganisationType.TRUST else None
    name = known.name_on(day) if known is not None else code
    there = row["present"] and bool(row["denominator"])
    file, line, column = lines.get((row["metric_id"], code), ("", None, ""))
    return StaffScore(
        metric=row["metric_id"],
        code=code,
        name=f"{name}, its own staff" if own_staff else name,
        whose="trust" if trust else "icb_staff" if own_staff else "other",
        kind=trust.kind if trust else None,
        subkind=(trust.subkind or "") if trust else "",
        icb=placed.get(code, "") if trust else own_staff,
        score=row["numerator"] / row["denominator"] if there else None,
        responses=int(row["denominator"]) if there else None,
        status="reported" if there else str(row["why"] or "not_submitted"),
        file=file,
        line=line,
        column=column,
    )
