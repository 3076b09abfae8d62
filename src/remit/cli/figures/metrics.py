"""``remit metrics``: the metric catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.options import check_choice
from remit.cli.output import TextCsvOrJson, give, give_json, say
from remit.files.delimited import csv_text
from remit.model.errors import UnknownCode
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.model.metric import Metric
    from remit.model.target import DeclaredTarget

metrics_app = typer.Typer(
    name="metrics",
    help="The metric catalogue: what is measured, how, against which standard, and why.",
    invoke_without_command=True,
)

_AIMS = ("population_health", "inequalities", "productivity", "social_economic", "none")
_AIM_WORDS = {
    "population_health": "population health and care",
    "inequalities": "inequalities",
    "productivity": "productivity and value for money",
    "social_economic": "social and economic development",
    "none": "none of the four (operations, safety)",
}
_BETTER_WORDS = {
    "higher": "higher is better",
    "lower": "lower is better",
    "neutral": "neither way is better",
}

FileOption = Annotated[
    Path | None, typer.Option("--file", help="A YAML file of your own metrics instead.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


@metrics_app.callback()
def metrics(
    context: typer.Context,
    aim: Annotated[
        str | None, typer.Option(help=f"One of the four aims: {', '.join(_AIMS)}.")
    ] = None,
    horizon: Annotated[str | None, typer.Option(help="today or tomorrow.")] = None,
    publication: Annotated[
        str | None, typer.Option(help="Only metrics made from this publication's counts.")
    ] = None,
    search: Annotated[str | None, typer.Option(help="Words in the name or the reason.")] = None,
    file: FileOption = None,
    output: TextCsvOrJson = "text",
    as_json: JsonOption = False,
) -> None:
    """List the metrics; `remit metrics show ID` tells all of one.

    \b
    remit metrics --horizon tomorrow
    remit metrics --search "cancer" --format csv
    remit metrics show OF0010
    """
    if context.invoked_subcommand is not None:
        return
    if aim is not None:
        check_choice(aim, _AIMS, "--aim")
    if horizon is not None:
        check_choice(horizon, ("today", "tomorrow"), "--horizon")
    found = [
        metric
        for metric in _all(file).values()
        if (aim is None or metric.aim == aim)
        and (horizon is None or metric.horizon == horizon)
        and (search is None or _has(metric, search))
        and (publication is None or publication in _publications(metric))
    ]
    if publication is not None and not found:
        _check_publication(publication)
    _write_list(found, _output(output, as_json))


@metrics_app.command("show")
def show(
    metric_id: Annotated[str, typer.Argument(help="The metric's identifier")],
    file: FileOption = None,
    output: TextCsvOrJson = "text",
    as_json: JsonOption = False,
) -> None:
    """Tell all of one metric: how it is made, what it is held against, and why it matters."""
    from remit.words.nearest import nearest

    known = _all(file)
    if metric_id not in known:
        raise UnknownCode(
            f"There is no metric {metric_id!r} in the catalogue. "
            f"Nearest: {nearest(metric_id, known)}. `remit metrics` lists all."
        )
    metric = known[metric_id]
    if _output(output, as_json) == "text":
        say("\n".join(_described(metric)))
    else:
        _write([_row(metric)], _output(output, as_json))


def _all(file: Path | None) -> dict[str, Metric]:
    from remit.catalogue import load_computed_metrics, load_metrics, read_metrics

    if file is not None:
        return dict(read_metrics(file))
    return {**load_computed_metrics(), **load_metrics().metrics}


def _output(output: str, as_json: bool) -> str:
    return "json" if as_json else output


def _has(metric: Metric, words: str) -> bool:
    text = f"{metric.id} {metric.name} {metric.sub_domain} {metric.why_it_matters}".lower()
    return all(word in text for word in words.lower().split())


def _measures() -> dict[str, tuple[str, str]]:
    """Measure → its publication and what it counts, as far as publications declare them."""
    from remit.catalogue import load_publications

    return {
        measure.metric: (publication.id, measure.name or measure.column)
        for publication in load_publications()
        for measure in publication.measures
    }


def _publications(metric: Metric) -> set[str]:
    """The publications of a metric's measures, by identifier and by the measures' short name."""
    declared = _measures()
    short = {measure.split(".", 1)[0] for measure in metric.measures}
    return short | {declared[m][0] for m in metric.measures if m in declared}


def _check_publication(name: str) -> None:
    from remit.catalogue import load_publications
    from remit.words.nearest import nearest

    known = {publication.id for publication in load_publications()}
    if name not in known:
        raise UnknownCode(
            f"There is no publication {name!r}. Nearest: {nearest(name, sorted(known))}."
        )


# Listing -----------------------------------------------------------------------------------------


def _write_list(found: Sequence[Metric], output: str) -> None:
    if output != "text":
        _write([_row(metric) for metric in found], output)
        return
    say(_count(found))
    for metric in found:
        say(f"{metric.id}: {metric.name}")
        say(f"    {_in_short(metric)}")


def _in_short(metric: Metric) -> str:
    aim = "" if metric.aim == "none" else f"; aim: {_AIM_WORDS[metric.aim]}"
    points = f"each {metric.frequency}" if metric.frequency else "as published"
    return f"{metric.unit}, {_BETTER_WORDS[metric.better]}; {points}; {metric.horizon}{aim}"


def _count(found: Sequence[Metric]) -> str:
    today = sum(metric.horizon == "today" for metric in found)
    metrics = count_words(len(found), "metric", none="0")
    return f"{metrics}: {today} of today, {len(found) - today} of tomorrow"


def _described(metric: Metric) -> Iterator[str]:
    yield f"{metric.id}: {metric.name}"
    yield f"Why it matters: {metric.why_it_matters}"
    yield f"Unit: {metric.unit}; {_BETTER_WORDS[metric.better]}"
    yield f"Horizon: {metric.horizon}; aim: {_AIM_WORDS[metric.aim]}; setting: {metric.setting}"
    if metric.is_computed:
        yield from _recipe(metric)
    else:
        yield "Read as published; not made from counts."
    yield from _targets(metric)
    yield f"Source: {metric.source}"


def _recipe(metric: Metric) -> Iterator[str]:
    from remit.model.metric import uses_of
    from remit.series.who import HOW_AREAS_ARE_MADE

    names = _measures()
    for title, written in (("Numerator", metric.numerator), ("Denominator", metric.denominator)):
        yield f"{title}:" if written else f"{title}: none; it is a count"
        for use in uses_of(written):
            sign = "minus" if use.sign < 0 else "plus"
            absent = " (may be absent)" if use.optional else ""
            name = names.get(use.measure, ("", ""))[1]
            yield f"  {sign:<6}{use.measure}{f': {name}' if name else ''}{absent}"
    if metric.denominator_period == "latest":
        yield "  the base is the last one published by then"
    joined = "averaged" if metric.over_time == "mean" else "added up"
    yield f"Times {metric.scale:g}; a point each {metric.frequency}, finer counts {joined}"
    yield HOW_AREAS_ARE_MADE


def _targets(metric: Metric) -> Iterator[str]:
    """Standards, goals and marks, those of a kind together, each with whose it is."""
    from remit.catalogue import targets_of
    from remit.model.target import TargetKind

    held = targets_of(metric)
    if not held:
        yield "Standard or goal: none is declared."
    for kind in TargetKind:
        of_kind = [target for target in held if target.kind is kind]
        if of_kind:
            yield f"{kind.value.capitalize()}s:"
        yield from (f"  {_target(target)}" for target in of_kind)


def _target(target: DeclaredTarget) -> str:
    since = f"from {target.valid_from}" if target.valid_from else "from the beginning"
    until = f"to {target.last_day}" if target.last_day else "still in force"
    mean = ", as the mean of a year" if target.averaged_over == "year" else ""
    unsure = "" if target.verified else " (not verified)"
    who = target.bearers()
    floor = "a floor, " if target.is_floor else ""
    return f"{floor}{target.words}{mean}, {since}, {until}, for {who}: {target.source}{unsure}"


# For programs ------------------------------------------------------------------------------------


def _row(metric: Metric) -> dict[str, Any]:
    from remit.catalogue import targets_of
    from remit.model.target import TargetKind

    held = targets_of(metric)
    return {
        "metric_id": metric.id,
        "name": metric.name,
        "unit": metric.unit,
        "better": metric.better.value,
        "horizon": metric.horizon,
        "aim": metric.aim,
        "setting": metric.setting,
        "frequency": metric.frequency.value if metric.frequency else None,
        "numerator": list(metric.numerator),
        "denominator": list(metric.denominator),
        "scale": metric.scale if metric.is_computed else None,
        "standards": [_target_row(one) for one in held if one.kind is not TargetKind.GOAL],
        "goals": [_target_row(one) for one in held if one.kind is TargetKind.GOAL],
        "why_it_matters": metric.why_it_matters,
        "source": metric.source,
    }


def _target_row(target: DeclaredTarget) -> dict[str, Any]:
    days = {"valid_from": target.valid_from, "valid_to": target.last_day, "by": target.by}
    return {
        "id": target.id,
        "kind": target.kind.value,
        "bound": target.words,
        "binds": [bearer.value for bearer in target.binds],
        **{name: day and day.isoformat() for name, day in days.items()},
        "averaged_over": target.averaged_over,
        "set_by": target.set_by,
        "source": target.source,
        "verified": target.verified,
    }


def _write(rows: Sequence[dict[str, Any]], output: str) -> None:
    if output == "json":
        give_json(rows)
        return
    columns = list(rows[0]) if rows else ["metric_id"]
    give(csv_text(columns, ([_cell(value) for value in row.values()] for row in rows)))


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(_in_words(item) for item in value)
    return value


def _in_words(item: Any) -> str:
    if isinstance(item, str):
        return item
    return f"{item['bound']} ({item['valid_from'] or '…'} to {item['valid_to'] or '…'})"
