"""``remit spc``: signal or noise, in a file of one's own or in the figures of a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.figures import spc_options as ask
from remit.cli.figures.own_plans import TrajectoriesOption
from remit.cli.figures.plans import plans_of
from remit.cli.figures.spc_judged import JudgedSeries
from remit.cli.figures.spc_judging import How, judge_file, judge_store
from remit.cli.figures.spc_printing import print_table
from remit.cli.figures.spc_window import SpcWindow
from remit.cli.options import PredecessorsOption, StoreOption, check_choice, default_store
from remit.cli.output import say, say_if_sample
from remit.files.whole import write_whole
from remit.model.errors import AssessmentError

if TYPE_CHECKING:
    from remit.signals.changes import Rebase, Targets
    from remit.signals.own.asked import AskedColumns


def spc(
    file: ask.OwnFileArgument = None,
    series_column: ask.SeriesColumnOption = None,
    date_column: ask.DateColumnOption = None,
    value_column: ask.ValueColumnOption = None,
    numerator_column: ask.NumeratorColumnOption = None,
    denominator_column: ask.DenominatorColumnOption = None,
    target_column: ask.TargetColumnOption = None,
    sheet: ask.SheetOption = None,
    dates: ask.DatesOption = None,
    decimals: ask.DecimalsOption = None,
    chart: ask.ChartOption = "xmr",
    better: ask.BetterOption = None,
    target: ask.TargetOption = None,
    targets: ask.TargetsOption = None,
    trajectories: TrajectoriesOption = None,
    metric: ask.MetricOption = None,
    org: ask.OrgOption = None,
    cut: ask.CutOption = None,
    period: ask.PeriodOption = None,
    years: ask.YearsOption = None,
    store: StoreOption = None,
    rules: ask.RulesOption = "mdc-nhsr",
    baseline: ask.BaselineOption = None,
    rebase: ask.RebaseOption = None,
    with_predecessors: PredecessorsOption = False,
    only: ask.OnlyOption = None,
    svg: ask.SvgOption = None,
    out: ask.OutOption = None,
    dry_run: ask.DryRunOption = False,
) -> None:
    """Control charts (XmR): which figures are signal, and will the target be met.

    Give a file of your own (CSV or a workbook, months down or across), or metrics of the catalogue
    with a store. Columns that are not named are guessed, and it is said which were. Every line is
    a point or is rejected with its reason; with rejected lines the exit code is 1. Each output
    names the rule set.

    \b
    remit spc waits.csv --better lower --target 18 --out charts
    remit spc waits.csv --better lower --rules mdc-excel --only "Elm Trust" --svg elm.svg
    remit spc falls.csv --chart t --better higher
    remit spc --metric ae.four-hours --org RYJ --store remit.duckdb --svg ryj.svg
    """
    if target is not None and targets is not None:
        raise AssessmentError("give --target or --targets, not both")
    if better is not None:
        check_choice(better, ("higher", "lower", "neutral"), "--better")
    check_choice(chart, ("xmr", "p-prime", "g", "t"), "--chart")
    plans = plans_of(trajectories)
    how = How(_targets(target, targets, better), rules, baseline, _rebases(rebase), plans)
    if trajectories is not None and not metric:
        raise AssessmentError("--trajectories goes with --metric; a file of your own has --targets")
    if metric:
        if file is not None or better is not None or chart != "xmr":
            raise AssessmentError("--metric reads the store: leave out the file, --better, --chart")
        span = SpcWindow(period, years, with_predecessors)
        judged = judge_store(store or default_store(), metric, org or (), cut, span, how)
    else:
        if period is not None or years is not None:
            raise AssessmentError("--period and --years are for a --metric of the store")
        named = (date_column, value_column, numerator_column, denominator_column, target_column)
        asked = _asked(series_column, named, sheet, (dates, decimals))
        judged = judge_file(_named(file), asked, better, how, chart)
    say_if_sample(judged.fictional)
    print_table(judged, only)
    if not dry_run:
        _write(judged, only, svg, out)
    else:
        say("This was a dry run: nothing was written.")
    raise typer.Exit(DONE_WITH_FINDINGS if judged.rejections else DONE)


def _asked(
    series: list[str] | None,
    named: tuple[str | None, str | None, str | None, str | None, str | None],
    sheet: str | None,
    forms: tuple[str | None, str | None],
) -> AskedColumns:
    from remit.publications.files.decimal_commas import DECIMALS
    from remit.signals.dates import ORDERS
    from remit.signals.own.asked import AskedColumns

    dates, decimals = forms
    if decimals is not None:
        check_choice(decimals, DECIMALS, "--decimals")
    if dates is not None:
        check_choice(dates, ORDERS, "--dates")
    return AskedColumns(tuple(series or ()), *named, sheet=sheet, dates=dates, decimals=decimals)


def _named(file: Path | None) -> Path:
    if file is None:
        raise AssessmentError(
            "name the CSV file or the workbook, or a --metric; see remit spc --help"
        )
    return file


def _targets(target: str | None, targets: Path | None, better: str | None) -> Targets:
    if target is not None:
        from remit.signals.own.figures import target_in

        return target_in(target, better)
    if targets is None:
        return None
    from remit.signals.change_files import read_targets

    return read_targets(targets)


def _rebases(path: Path | None) -> tuple[Rebase, ...]:
    if path is None:
        return ()
    from remit.signals.change_files import read_rebases

    return read_rebases(path, say)


def _write(judged: JudgedSeries, only: str | None, svg: Path | None, out: Path | None) -> None:
    if svg is not None:
        _draw(judged, only, svg)
    if out is not None:
        from remit.signals.outputs import write_charts
        from remit.signals.series_in_words import told_all

        told = told_all(judged.charts, judged.told)
        made = write_charts(judged.charts, told, out, judged.rejections, judged.about)
        say(f"Written to {out}: {', '.join(path.name for path in made)}.")


def _draw(judged: JudgedSeries, only: str | None, svg: Path) -> None:
    import polars as pl

    from remit.pages.drawing.spc_chart import draw_series, standalone

    name = only or _one_series(judged)
    points = judged.charts.points.filter(pl.col("series") == name)
    title = judged.title_of(name) + (" (fictional)" if judged.fictional else "")
    chart = draw_series(
        points,
        judged.charts,
        title,
        better=judged.better_of(name),
        unit=judged.unit_of(name),
        held=judged.held_of(name),
        series=name,
        asked=judged.beside_of(name),
    )
    try:
        write_whole(svg, standalone(chart))
    except OSError as error:
        raise AssessmentError(f"{svg}: the chart cannot be written: {error.strerror}") from None
    say(f"Chart of {name} written to {svg}.")


def _one_series(judged: JudgedSeries) -> str:
    names: list[str] = judged.charts.series["series"].to_list()
    if len(names) != 1:
        raise AssessmentError(f"there are {len(names)} series; name one with --only")
    return names[0]
