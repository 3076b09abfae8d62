"""What ``remit spc`` prints: the account of the lines and the table of icons in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from remit.cli.output import say
from remit.model.errors import AssessmentError
from remit.model.plain_text import shown_on_one_line
from remit.words.sentences import count_words, listed, lowered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from remit.cli.figures.spc_judged import JudgedSeries
    from remit.cli.tables import Side
    from remit.signals.charts import Charts
    from remit.signals.own_file import OwnFile
    from remit.signals.series_in_words import ToldSeries

_COLUMNS = ("Series", "Latest", "Value", "Limits", "Variation", "Target", "Assurance")
_SHOWN_SERIES = 60
_SHOWN_REJECTIONS = 10
_SENTENCES = 10
"""Of so many series at most the sentences are printed beneath the table."""
_SHOWN_WHO = 12


def print_own(own: OwnFile) -> None:
    """Say how many lines became points, and what is wrong with the others."""
    rejected, name = len(own.rejections), shown_on_one_line(own.path.name)
    for note in own.notes:
        say(f"{name}: {shown_on_one_line(note)}.")
    read = f"{own.rows_read:,} {own.noun}s"
    say(f"{name}: {read} = {own.points.height:,} points + {rejected:,} rejected")
    for one in own.rejections[:_SHOWN_REJECTIONS]:
        place = f", column {one.column}" if one.column else ""
        say(f"  line {one.line}{place} “{shown_on_one_line(one.value[:80])}”: {one.reason}")
    if rejected > _SHOWN_REJECTIONS:
        say(f"  and {rejected - _SHOWN_REJECTIONS:,} more; --out writes all to rejections.csv")


def print_table(
    judged: JudgedSeries, only: str | None = None, title: str = "Control charts"
) -> None:
    """Print one line a series: its latest figure, limits, and the two icons in words.

    Names of series are folded, never cut. A lower limit below 0 of what cannot be negative is
    printed as 0, with a note; the figures themselves stay as they were worked out.
    """
    from remit.cli.tables import Grid

    charts = judged.charts
    rows = charts.series.to_dicts()
    if only is not None:
        rows = [row for row in rows if row["series"] == only] or _no_such(only)
    targets = {row["target"] for row in rows}
    said = f", target {targets.pop():g}" if len(targets) == 1 and None not in targets else ""
    grid = Grid(title=f"{title}, rules {charts.rules.label}{said}", title_side="left")
    left_out = {"Target"} if said or not targets - {None} else set()
    for name in _COLUMNS:
        if name not in left_out:
            side: Side = "right" if name in {"Value", "Target"} else "left"
            grid.column(name, side, fold=name == "Series")
    floored = judged.floored() & {row["series"] for row in rows}
    told = _told(judged, [row["series"] for row in rows[:_SHOWN_SERIES]])
    for row in rows[:_SHOWN_SERIES]:
        row.update(_limits_told(told[row["series"]]))
        if row["series"] in floored and row["lower_limit"] is not None:
            row["lower_limit"] = 0.0
        cells = dict(zip(_COLUMNS, _cells(row, told[row["series"]]), strict=True))
        grid.row(*(cells[name] for name in _COLUMNS if name not in left_out))
    for line in judged.measures:
        say(line)
    grid.show()
    for line in judged.asked_lines([row["series"] for row in rows[:_SHOWN_SERIES]]):
        say(f"{line}.")
    if floored:
        say(
            f"Lower limits below 0 are shown as 0 ({len(floored)} of {len(rows)} series): a count "
            "or a percentage cannot be below 0. Files and charts have them as worked out."
        )
    if len(rows) > _SHOWN_SERIES:
        say(f"and {len(rows) - _SHOWN_SERIES:,} more series; --out writes all of them")
    _print_who(charts, [row["series"] for row in rows])
    _print_sentences(told)
    _print_baseline(told, judged.charts.baseline)
    _print_idle(charts)
    few = sum(bool(row["trial_limits"]) for row in rows)
    if few:
        say(
            f"No limits are shown of {few} of {count_words(len(rows), 'series', 'series')}: "
            f"they need {charts.rules.minimum_points} points."
        )


def _print_who(charts: Charts, names: list[str]) -> None:
    """Of whom the latest points are made; what holds for all is said once."""
    import polars as pl

    if "who" not in charts.points.columns:
        return
    held = charts.points.filter(pl.col("series").is_in(names), pl.col("value").is_not_null())
    last = held.sort("series", "date").unique("series", keep="last", maintain_order=True)
    told: dict[str, list[str]] = {}
    for name, who in last.select("series", "who").iter_rows():
        told.setdefault(who, []).append(name)
    for who, of in list(told.items())[:_SHOWN_WHO]:
        of_whom = "all series" if len(of) == last.height > 1 else _first_names(of)
        say(f"Who is in it, {of_whom}: {lowered(who)}")
    if len(told) > _SHOWN_WHO:
        say(f"and {len(told) - _SHOWN_WHO:,} more; --out writes all of them to points.csv")


def _first_names(names: list[str]) -> str:
    more = [f"{len(names) - 3} more"] if len(names) > 3 else []
    return listed([*names[:3], *more])


def _no_such(only: str) -> list[dict[str, Any]]:
    raise AssessmentError(f"--only: there is no series {only!r} in the figures")


def _print_idle(charts: Charts) -> None:
    """Re-basings that lie after the last point of their series."""
    import polars as pl

    days = charts.points.filter(pl.col("value").is_not_null()).select("series", "date")
    for rebase in charts.rebases:
        own = pl.lit(value=True) if rebase.series is None else pl.col("series") == rebase.series
        if days.filter(own, pl.col("date") >= rebase.on).is_empty():
            whose = f" of {shown_on_one_line(rebase.series)}" if rebase.series else ""
            why = shown_on_one_line(rebase.reason)
            say(
                f"The re-basing on {rebase.on} ({why}) lies after the last point{whose}: it "
                "changes nothing."
            )


def _print_baseline(told: Mapping[str, ToldSeries], baseline: int | None) -> None:
    """Where a baseline changes nothing, since there are fewer points."""
    counts = {name: len(one.charted.stretch) for name, one in told.items() if one.charted.held}
    short = {name: count for name, count in counts.items() if baseline and count < baseline}
    for name, count in list(short.items())[:_SENTENCES]:
        say(
            f"{shown_on_one_line(name)}: The baseline of {baseline:,} points is longer than "
            f"the {count:,} that it is made from: mean and limits are of all of them."
        )
    if len(short) > _SENTENCES:
        say(f"and {len(short) - _SENTENCES:,} more with fewer points than the baseline")


def _print_sentences(told: Mapping[str, ToldSeries]) -> None:
    """The sentences of a few series; of many only what their charts cannot say."""
    from remit.signals.targets import target_steps

    if len(told) <= _SENTENCES:
        for name, one in told.items():
            say(f"{shown_on_one_line(name)}: {one.sentence}")
            steps = target_steps(one.charted.points, one.charted.unit)
            if steps.endswith(" since"):
                say(f"The target changes: {steps}.")
        return
    withheld = {
        name: [notice.words for notice in one.found.notices if notice.withholds]
        for name, one in told.items()
        if one.found is not None
    }
    silent = {name: words for name, words in withheld.items() if words}
    for name, words in list(silent.items())[:_SENTENCES]:
        say(f"{shown_on_one_line(name)}: {' '.join(words)}")
    if len(silent) > _SENTENCES:
        say(f"and {len(silent) - _SENTENCES:,} more without a verdict; --out writes all sentences")


def _told(judged: JudgedSeries, names: Sequence[str]) -> dict[str, ToldSeries]:
    """Some of the series as every medium tells them."""
    import polars as pl

    points = judged.charts.points.filter(pl.col("series").is_in(names))
    parts = points.partition_by("series", as_dict=True, maintain_order=True)
    return {str(name): judged.told(str(name), part) for (name,), part in parts.items()}


def _limits_told(told: ToldSeries) -> dict[str, float | None]:
    """The limits as every medium shows them: none where they would rest on too few points."""
    last = told.charted.held[-1] if told.charted.held else None
    return {
        "lower_limit": last.lower if last else None,
        "upper_limit": last.upper if last else None,
    }


def _cells(row: dict[str, Any], told: ToldSeries) -> tuple[str, ...]:
    from remit.words.figures import value_words

    def shown(key: str) -> str:
        return "–" if row[key] is None else value_words(row[key], "")

    limits = "–" if row["lower_limit"] is None else f"{shown('lower_limit')} to "
    return (
        shown_on_one_line(str(row["series"])),
        "–" if row["latest_date"] is None else str(row["latest_date"]),
        shown("latest_value"),
        limits if limits == "–" else limits + shown("upper_limit"),
        told.variation_words,
        shown("target"),
        told.assurance_words,
    )
