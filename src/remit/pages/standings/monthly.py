"""What a store holds month by month of the organisations of a site, judged by control charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from remit.assessment.result.assessment import Assessment
from remit.catalogue import load_computed_metrics
from remit.model.errors import SeriesError
from remit.model.metric import Frequency, Metric
from remit.model.organisation import TrustKind
from remit.register.register import Register
from remit.report.charting import charted
from remit.series import Level, own_figures, series
from remit.signals import load_rules
from remit.signals.points import Charted, Point

MONTHS = 24
"""So many of the latest months are shown; all that are held since ``_YEARS`` make the limits."""
_YEARS = 4


@dataclass(frozen=True, slots=True)
class Monthly:
    """The charts of organisations, by code and metric, and the metrics they are of."""

    metrics: Mapping[str, Metric]
    charts: Mapping[tuple[str, str], Charted]

    def of(self, code: str) -> dict[str, Charted]:
        """The charts of one organisation, by metric."""
        return {
            metric: self.charts[code, metric]
            for metric in self.metrics
            if (code, metric) in self.charts
        }

    def points(self, code: str, metric: str) -> tuple[Point, ...]:
        """The latest points of one chart; none where there is no chart."""
        found = self.charts.get((code, metric))
        return found.points[-MONTHS:] if found else ()


def monthly_of_assessment(
    held: Any, latest: Assessment, as_at: date | None = None
) -> Monthly | None:
    """What a store holds month by month of all that an assessment judges.

    Parameters
    ----------
    held
        The store.
    latest
        The latest assessment of a site.
    as_at
        Only what the store knew on this day.

    Examples
    --------
    ``build_site([assessment], out, monthly=monthly_of_assessment(store, assessment))``
    """
    codes: dict[Level, list[str]] = {"trust": [], "icb": []}
    for code, kind in latest.standing.select("org_code", "kind").iter_rows():
        codes["icb" if kind == TrustKind.ICB.value else "trust"].append(code)
    end = latest.period.end
    return monthly_of(held, codes, end, register=latest.register, as_at=as_at)


def monthly_of(
    held: Any,
    codes: Mapping[Level, Sequence[str]],
    end: date,
    *,
    register: Register,
    as_at: date | None = None,
) -> Monthly | None:
    """What is held month by month; None where that is nothing.

    Parameters
    ----------
    held
        A store, or figures.
    codes
        The organisations of each level.
    end
        The last day of the latest period of the site.
    register
        The organisations.
    as_at
        With a store, only what it knew on this day.

    Examples
    --------
    ``monthly_of(store, {"trust": ["ZA1", "ZA2"]}, date(2026, 3, 31), register=load_register())``
    """
    metrics = [m for m in load_computed_metrics().values() if m.frequency is Frequency.MONTH]
    once = own_figures(held, metrics, register=register, as_at=as_at)
    if once.own is None:
        return None
    charts: dict[tuple[str, str], Charted] = {}
    start = date(end.year - _YEARS, end.month, 1)
    for level, named in codes.items():
        wanted = [code for code in named if register.find(code)]
        try:
            made = series(
                once, metrics, level, organisations=list(wanted), start=start, end=end, on=end,
                as_at=as_at, register=register,
            )  # fmt: skip
        except SeriesError:
            continue
        drawn = charted(made, list(wanted), load_rules("mdc-nhsr"))
        charts |= {(code, metric): chart for (code, metric, _), chart in drawn.items()}
    there = {metric for _, metric in charts}
    return Monthly({m.id: m for m in metrics if m.id in there}, charts) if charts else None
