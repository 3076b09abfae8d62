"""Where the points of ``remit spc`` come from: a file of one's own, or metrics of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remit.cli.figures.spc_judged import JudgedSeries
from remit.cli.figures.spc_printing import print_own
from remit.cli.figures.spc_window import InWindow, SpcWindow, series_in
from remit.cli.output import say
from remit.model.errors import AssessmentError
from remit.model.fictional import sample_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import polars as pl

    from remit.series import Series
    from remit.signals.changes import Rebase, Targets
    from remit.signals.charts import Charts
    from remit.signals.goals_by_day import SeriesTargets
    from remit.signals.own.asked import AskedColumns
    from remit.signals.own_file import OwnFile
    from remit.signals.trajectories import Trajectories


@dataclass(frozen=True, slots=True)
class How:
    """How series are to be judged."""

    target: Targets
    rules: str
    baseline: int | None
    rebase: tuple[Rebase, ...]
    plans: Trajectories | None = None


def judge_file(
    path: Path, asked: AskedColumns, better: str | None, how: How, chart: str = "xmr"
) -> JudgedSeries:
    """Judge the series of a file, and print which columns were read and the account of its lines.

    Raises
    ------
    AssessmentError
        If it is not said which way is better, if the kind of chart knows no target, or if there
        is no line below the header.
    """
    if better is None:
        raise AssessmentError("say which way is better: --better higher, lower or neutral")
    own = _read_for(chart, path, asked)
    if not own.rows_read:
        raise AssessmentError(
            f"{path}: there is no line below the header; write one point a line and try again"
        )
    print_own(own)
    _refuse_contrary(own, better, how)
    if own.has_target and how.target is None and chart in {"xmr", "p-prime"}:
        how = replace(how, target="target")
    charts = _chart_of(chart, own, better, how)
    about = {
        "file": own.path.name,
        "sha256": own.sha256,
        "rows_read": own.rows_read,
        "rows_accepted": own.points.height,
        "rows_rejected": len(own.rejections),
        "chart": chart,
        "better": better,
        "target": _recorded(how.target),
        "read_as": list(own.notes),
    }
    if chart == "xmr":
        charts = replace(charts, mute=own.signs.clashing)
    percentages = charts.series["series"] if chart == "p-prime" else own.signs.percentages
    units = dict.fromkeys(percentages, "percent")
    return JudgedSeries(charts, better, about, own.rejections, units)


def _refuse_contrary(own: OwnFile, better: str, how: How) -> None:
    """Targets that say ``≤`` while a higher figure is called better would be judged upside down."""
    from remit.signals.own.figures import contrary_words

    for way, target in own.asks_for.items():
        said = contrary_words(f"the target '{target}'", way, better)
        if said and own.has_target and how.target is None:
            raise AssessmentError(f"{own.path.name}: {said}")


def _read_for(chart: str, path: Path, asked: AskedColumns) -> OwnFile:
    from remit.signals.own_file import read_points

    roles = {"p-prime": ("numerator", "denominator"), "t": ()}
    chosen = roles.get(chart, ("value",))
    return read_points(path, asked, chosen, one_a_date=chart != "g")


def _chart_of(chart: str, own: OwnFile, better: str, how: How) -> Charts:
    if chart in {"g", "t"}:
        return _rare(chart, own, better, how)
    from remit.signals.charts import spc
    from remit.signals.laney import p_prime

    return (p_prime if chart == "p-prime" else spc)(
        own.points,
        better=better,
        target=how.target,
        rules=how.rules,
        baseline=how.baseline,
        rebase=how.rebase,
    )


def _rare(chart: str, own: OwnFile, better: str, how: How) -> Charts:
    from remit.signals.rare import g_chart, t_chart

    if how.target is not None or how.rebase:
        raise AssessmentError(f"a {chart} chart of rare events knows no target and no re-basing")
    made = g_chart if chart == "g" else t_chart
    return made(own.points, better=better, rules=how.rules, baseline=how.baseline)


def judge_store(
    path: Path,
    metrics: Sequence[str],
    orgs: Sequence[str],
    cut: str | None,
    span: SpcWindow,
    how: How,
) -> JudgedSeries:
    """Judge metrics of the catalogue for organisations, from the figures of a store.

    Parameters
    ----------
    path
        The store.
    metrics, orgs
        What is judged; without organisations all trusts.
    cut
        A group of people.
    span
        The window, which is that of a report: so many years up to a period.
    how
        Rules, target and limits.

    The catalogue says which way is better and which goal or standard was in force when; a target
    that is given takes their place.
    """

    pairs = series_in(path, metrics, orgs, cut, span)
    found = [one.made for one in pairs]
    if all(made.frame.is_empty() for made in found):
        raise AssessmentError("no figure is held in the window; see --period and --years")
    for note in dict.fromkeys(note for one in found for note in one.notes):
        say(note)
    known = {m.id: m for one in found for m in one.metrics.values()}
    points, charts = _charts_of_store(pairs, known, how)
    of_series = points.unique("series")
    units = {name: known[m].unit for name, m in of_series.select("series", "metric_id").rows()}
    about = {
        "store": path.name,
        "metrics": list(metrics),
        "organisations": list(orgs),
        "cut": cut,
        "until": max(one.end for one in pairs).isoformat(),
        "years": span.years,
        "history": "with predecessors" if span.with_predecessors else "as published",
        "better": "as the catalogue says",
        "target": _recorded(how.target) or "as the catalogue says",
    }
    fictional = _fictional(found)
    if fictional:
        about["note"] = sample_sentence()
    better = dict(of_series.select("series", "better").rows())
    titles = _titles(found, known, of_series)
    measures = tuple(f"{m.id}: {m.name} ({m.unit})" for m in known.values())
    if how.plans is not None:
        about["trajectories"] = {"file": how.plans.file_name, "sha256": how.plans.sha256}
        _say_used(how.plans, points)
    return JudgedSeries(
        charts, better, about, (), units, fictional, titles, measures,
        _asked(pairs, of_series), _until(pairs, of_series), own_target=how.target is not None,
    )  # fmt: skip


def _titles(
    found: Sequence[Series], known: Mapping[str, Any], of_series: pl.DataFrame
) -> dict[str, str]:
    """What a chart of each series is called: its metric, its organisation and its group."""
    import polars as pl

    from remit.signals.of_series import EVERYBODY

    names = dict(pl.concat([o.frame.select("org_code", "org_name") for o in found]).rows())
    told = of_series.select("series", "metric_id", "org_code", "cut")
    return {
        series: f"{known[metric].name}: {names[code]}" + (f", {cut}" if cut != EVERYBODY else "")
        for series, metric, code, cut in told.iter_rows()
    }


def _say_used(plans: Trajectories, points: pl.DataFrame) -> None:
    """How many values of the user's own trajectories stand beside a point."""
    used, whole = points["trajectory"].count(), len(plans.figures)
    say(f"{plans.file_name}: {used:,} of {whole:,} values of trajectories stand beside a figure.")


def _until(pairs: Sequence[InWindow], names: pl.DataFrame) -> dict[str, date]:
    """The last day of the window of each series; what has closed is held against no later goal."""
    from remit.model.period import month
    from remit.register import load_register
    from remit.report.newest import while_open

    def end_of(code: str, end: date) -> date:
        body = load_register().find(code)
        return while_open(month(end.year, end.month), body).end if body else end

    ends = {
        (code, metric): end_of(code, pair.end)
        for pair in pairs
        for code, metric in pair.made.frame.select("org_code", "metric_id").unique().iter_rows()
    }
    named = names.select("series", "org_code", "metric_id").iter_rows()
    return {name: ends[code, metric] for name, code, metric in named}


def _charts_of_store(
    pairs: Sequence[InWindow], known: Mapping[str, Any], how: How
) -> tuple[pl.DataFrame, Charts]:
    """The points of series, and what the rules say of them."""
    import polars as pl

    from remit.signals.charts import spc
    from remit.signals.of_series import KEY, names_of_points, series_points, who_of_points

    points = pl.concat(
        [
            series_points(one, before, plans=how.plans)
            .join(who_of_points(one), on=[*KEY, "date"], how="left")
            .join(names_of_points(one), on=[*KEY, "date"], how="left")
            for one, before in ((pair.made, pair.before) for pair in pairs)
        ]
    ).with_columns(_label(known).alias("series"))
    charts = spc(
        points,
        better="better",
        target="target" if how.target is None else how.target,
        rules=how.rules,
        baseline=how.baseline,
        rebase=(*_of_members([pair.made for pair in pairs], points), *how.rebase),
    )
    more = points.drop("better", "target", "value", *KEY)
    joined = charts.points.join(more, on=["series", "date"], how="left")
    return points, replace(charts, points=joined)


def _asked(pairs: Sequence[InWindow], names: pl.DataFrame) -> dict[str, SeriesTargets]:
    """What the catalogue holds each series against."""
    from remit.signals.goals_by_day import series_targets
    from remit.signals.of_series import EVERYBODY

    found = (series_targets(pair.made, pair.before) for pair in pairs)
    held = {key: one for targets in found for key, one in targets.items()}
    named = names.select("series", "org_code", "metric_id", "cut").iter_rows()
    return {
        name: held[code, metric] if cut == EVERYBODY else replace(held[code, metric], own={})
        for name, code, metric, cut in named
    }


def _of_members(found: Sequence[Series], points: pl.DataFrame) -> Iterator[Rebase]:
    """The re-basings where members join or leave, by the names that the series have here."""
    from remit.signals.of_series import KEY, member_rebases

    names = {
        " · ".join(key): name
        for *key, name in points.unique("series").select(*KEY, "series").iter_rows()
    }
    for one in found:
        for rebase in member_rebases(one):
            if rebase.series in names:
                yield replace(rebase, series=names[rebase.series])


def _fictional(found: Sequence[Series]) -> bool:
    """Whether an organisation of the series is invented."""
    import polars as pl

    from remit.register import load_register

    register = load_register()
    series_of = pl.concat([one.frame.select("org_code", "org_name") for one in found]).unique()
    known = ((register.find(code), name) for code, name in series_of.iter_rows())
    # England has no entry in the register; its name says whether it is the sample's sum.
    return any(o.fictional if o else "fictional" in name for o, name in known)


def _label(known: Mapping[str, Any]) -> pl.Expr:
    """``RYJ · A&E: … · age: 0-4``: short where there is one metric only, or no cut."""
    import polars as pl

    from remit.signals.of_series import EVERYBODY

    parts = [pl.col("org_code")]
    if len(known) > 1:
        parts.append(pl.col("metric_id"))
    group = pl.when(pl.col("cut") != EVERYBODY).then("cut")
    return pl.concat_str([*parts, group], separator=" · ", ignore_nulls=True)


def _recorded(target: Targets) -> Any:
    """A target as it goes into the record of the run."""
    if target is None or isinstance(target, int | float | str):
        return target
    return [str(one) for one in target]
