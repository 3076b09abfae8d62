"""The window of ``remit spc --metric``, and the series in it: those of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remit.model.errors import SeriesError

if TYPE_CHECKING:
    from remit.model.organisation import Organisation
    from remit.series import Series
    from remit.series.areas import Level
    from remit.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class SpcWindow:
    """Which figures of a store are judged: those of a report, if nothing else is said."""

    period: str | None = None
    years: int | None = None
    with_predecessors: bool = False


@dataclass(frozen=True, slots=True)
class InWindow:
    """Series of one level, the months before them that goals are counted from, and the end."""

    made: Series
    before: Series | None
    end: date


@dataclass(frozen=True, slots=True)
class _Part:
    """Organisations that one window holds for: their level, its end, and the day of its areas."""

    level: Level
    end: date
    on: date


def series_in(
    path: Path, metrics: Sequence[str], orgs: Sequence[str], cut: str | None, span: SpcWindow
) -> list[InWindow]:
    """The series asked for, level by level.

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
    ``series_in(Path("remit.duckdb"), ["ae.four-hours"], ["RYJ"], None, SpcWindow())``
    """
    from remit.catalogue import load_computed_metrics
    from remit.series import chosen
    from remit.series.parts import is_of_cut
    from remit.store import Store

    known = list(load_computed_metrics().values())
    wanted = [*chosen(metrics), *(() if span.period else known)]
    measures = sorted({measure for metric in wanted for measure in metric.measures})
    # The store is given back before anything is judged: whoever writes waits for a query only.
    with Store.open(path, read_only=True) as store:
        held = store.snapshot(measures, groups=lambda one: bool(cut) and is_of_cut(one, cut or ""))
    parts = _parts(orgs, _end_of(span, held))
    return [
        _in_window(held, list(metrics), codes, cut, part, span) for part, codes in parts.items()
    ]


def _end_of(span: SpcWindow, held: Snapshot) -> Callable[[Organisation | None], date]:
    """The last day of the window of an organisation, as that of its report."""
    from remit.catalogue import load_computed_metrics
    from remit.model.asked_period import asked_period
    from remit.register import load_register
    from remit.report.expected import over
    from remit.report.newest import newest_month, while_open

    if span.period is not None:
        asked = over(asked_period(span.period), date.today()).end
        return lambda _: asked
    newest = newest_month(held, list(load_computed_metrics().values()), None, load_register())
    return cache(lambda body: (while_open(newest, body) if body else newest).end)


def _in_window(
    held: Any,
    metrics: list[str],
    codes: list[str] | None,
    cut: str | None,
    part: _Part,
    span: SpcWindow,
) -> InWindow:
    from remit.report.expected import YEARS, first_day
    from remit.series import series
    from remit.signals.goals_by_day import counted_before

    start = first_day(part.end, YEARS if span.years is None else span.years)
    how: dict[str, Any] = {
        "organisations": codes,
        "on": part.on,
        "with_predecessors": span.with_predecessors,
    }
    made = series(held, metrics, part.level, cut=cut, start=start, end=part.end, **how)
    counted, since = counted_before(made, start) if cut is None else ([], start)
    before = None
    if counted:
        try:
            before = series(held, counted, part.level, start=since, end=start, **how)
        except SeriesError:
            before = None
    return InWindow(made, before, part.end)


def _parts(
    orgs: Sequence[str], end_of: Callable[[Organisation | None], date]
) -> dict[_Part, list[str] | None]:
    """Codes by their level and window; without any, all trusts."""
    from remit.model.organisation import OrganisationType
    from remit.register import load_register
    from remit.report.bodies import shown_on

    if not orgs:
        return {_Part("trust", end_of(None), end_of(None)): None}
    levels: dict[OrganisationType, Level] = {
        OrganisationType.ICB: "icb",
        OrganisationType.REGION: "region",
    }
    register = load_register()
    out: dict[_Part, list[str] | None] = {}
    for code in (org.strip().upper() for org in orgs):
        found = register.find(code)
        level: Level = "england" if code == "ENG" else "trust"
        end = on = end_of(found)
        if found is not None:
            level, on = levels.get(found.type, "trust"), shown_on(register, code, end)
        part = _Part(level, end, on)
        out[part] = [*(out.get(part) or []), code]
    return out
