"""The window of ``remit spc --metric``, and the series in it: those of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remit.model.errors import SeriesError

if TYPE_CHECKING:
    from remit.series import Series
    from remit.series.areas import Level

Made = tuple["Series", "Series | None"]
"""Series, and the months before them that their goals are counted from."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which figures of a store are judged: those of a report, if nothing else is said."""

    period: str | None = None
    years: int | None = None


def series_in(
    path: Path, metrics: Sequence[str], orgs: Sequence[str], cut: str | None, span: Span
) -> tuple[date, list[Made]]:
    """The last day of the window, and the series asked for, level by level.

    Parameters
    ----------
    path
        The store.
    metrics, orgs
        What is asked for; without organisations all trusts.
    cut
        A group of people.
    span
        The window.

    Examples
    --------
    ``series_in(Path("remit.duckdb"), ["ae.four-hours"], ["RYJ"], None, Span())``
    """
    from remit.catalogue import load_computed_metrics
    from remit.register import load_register
    from remit.report.expected import YEARS, first_day, over, report_period
    from remit.report.newest import newest_month
    from remit.series import chosen
    from remit.store import Store

    known = list(load_computed_metrics().values())
    wanted = [*chosen(metrics), *(() if span.period else known)]
    measures = sorted({measure for metric in wanted for measure in metric.measures})
    # The store is given back before anything is judged: whoever writes waits for a query only.
    with Store.open(path, read_only=True) as store:
        held = store.snapshot(measures, with_groups=cut is not None)
    if span.period:
        end = over(report_period(span.period), date.today()).end
    else:
        end = newest_month(held, known, None, load_register()).end
    start = first_day(end, YEARS if span.years is None else span.years)
    return end, [
        _made_of(held, list(metrics), level, codes, cut, (start, min(end, on)), on)
        for (level, on), codes in _by_level(orgs, end).items()
    ]


def _made_of(
    held: Any,
    metrics: list[str],
    level: Level,
    codes: list[str] | None,
    cut: str | None,
    between: tuple[date, date],
    on: date,
) -> Made:
    """Series of a level, and the months before them that their goals are counted from."""
    from remit.series import series
    from remit.signals.held import counted_before

    start, end = between
    made = series(held, metrics, level, organisations=codes, cut=cut, start=start, end=end, on=on)
    counted, since = counted_before(made, start) if cut is None else ([], start)
    if not counted:
        return made, None
    try:
        early = series(held, counted, level, organisations=codes, start=since, end=start, on=on)
    except SeriesError:
        early = None
    return made, early


def _by_level(orgs: Sequence[str], end: date) -> dict[tuple[Level, date], list[str] | None]:
    """Codes by the level that they are of and their last day; without any, all trusts."""
    from remit.model.organisation import OrganisationType
    from remit.register import load_register

    if not orgs:
        return {("trust", end): None}
    levels: dict[OrganisationType, Level] = {
        OrganisationType.ICB: "icb",
        OrganisationType.REGION: "region",
    }
    out: dict[tuple[Level, date], list[str] | None] = {}
    for code in (org.strip().upper() for org in orgs):
        found = load_register().find(code)
        level: Level = "england" if code == "ENG" else "trust"
        if found is not None:
            level = levels.get(found.type, "trust")
        on = min(end, found.closed) if found is not None and found.closed else end
        out[level, on] = [*(out.get((level, on)) or []), code]
    return out
