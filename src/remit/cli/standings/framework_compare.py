"""``remit framework diff`` and ``compare``: two frameworks, by their text and by their effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.options import (
    AsAtOption,
    Files,
    MetricsOption,
    ModeOption,
    PeriodOption,
    StoreOption,
    check_choice,
    chosen_framework,
    parse_cut_points,
    parse_mode,
)
from remit.cli.output import give, say
from remit.cli.standings.records import (
    JudgementsOption,
    SystemWeightOption,
    gather_judged,
    gather_records,
)
from remit.files.jsons import json_text

if TYPE_CHECKING:
    from remit.assessment.comparison.side_by_side import MetricBeside, SideBySide
    from remit.assessment.result.assessment import Assessment, Mode
    from remit.catalogue import LoadedFramework
    from remit.catalogue.difference import Section
    from remit.frames.figures import Figures

Name = Annotated[str, typer.Argument(help="A framework's identifier, or a YAML file.")]
CutPoints = Annotated[str | None, typer.Option(help="Its cut points, where they are an input.")]


def diff(
    old: Name,
    new: Annotated[str, typer.Argument(help="The other framework.")],
    metrics: MetricsOption = None,
) -> None:
    """Compare two frameworks: what can change a result, and what is only wording.

    Exit code 1 says that they differ.
    """
    from remit.catalogue import compare as differences

    found = differences(chosen_framework(old, metrics), chosen_framework(new, metrics))
    for title, sections in (("What scores", found.scoring), ("Wording", found.wording)):
        say(f"{title}: {_counted(sections)}")
        for section in sections:
            say(f"  {section.title}")
            for change in section.changes:
                say(f"    {change}")
    if found.scoring or found.wording:
        raise typer.Exit(DONE_WITH_FINDINGS)


def _counted(sections: Sequence[Section]) -> str:
    number = sum(len(section.changes) for section in sections)
    if not number:
        return "the same"
    return f"{number} difference{'' if number == 1 else 's'}"


def compare(
    code: Annotated[str, typer.Argument(help="The organisation's code, such as RYJ.")],
    framework_a: Annotated[str, typer.Argument(help="A framework, or a YAML file.")],
    framework_b: Annotated[str, typer.Argument(help="The other framework, or a YAML file.")],
    files: Files = None,
    store: StoreOption = None,
    period: PeriodOption = None,
    mode: ModeOption = "recomputed",
    cut_points_a: CutPoints = None,
    cut_points_b: CutPoints = None,
    metrics: MetricsOption = None,
    judgements: JudgementsOption = None,
    system_weight: SystemWeightOption = None,
    as_at: AsAtOption = None,
    output: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Put one organisation under two frameworks side by side.

    Where a framework's thresholds are an input and are not given, its segment stays blank.
    """
    from remit.assessment.comparison.side_by_side import side_by_side

    check_choice(output, ("text", "json"), "--format")
    both = [chosen_framework(name, metrics) for name in (framework_a, framework_b)]
    figures = gather_judged(files, store, period, as_at, judgements, *both)
    one, two = (
        _assessed(figures, loaded, period, parse_mode(mode), cuts, judgements, system_weight)
        for loaded, cuts in zip(both, (cut_points_a, cut_points_b), strict=True)
    )
    found = side_by_side(one, two, code.strip().upper())
    if output == "json":
        give(json_text(asdict(found)))
    else:
        _print(found)


def _assessed(
    figures: Figures,
    loaded: LoadedFramework,
    period: str | None,
    mode: Mode | None,
    cut_points: str | None,
    judgements: Path | None,
    system_weight: float | None,
) -> Assessment:
    """One framework's result; an option that it has no use for is not held against it."""
    from remit.assessment.run import assess

    framework = loaded.framework
    cuts = framework.segments.cut_points
    judged = judgements if cuts.basis == "judgement" else None
    weight = system_weight if framework.system_adjustment else None
    points = parse_cut_points(cut_points)
    if points is None and cuts.basis == "thresholds" and cuts.thresholds is None:
        points = ()
    records = gather_records(loaded, judged, system_weight=weight)
    return assess(
        figures, loaded, period, mode=mode, cut_points=points, records=records, replicates=None
    )


def _print(found: SideBySide) -> None:
    from remit.cli.tables import Grid

    say(f"{found.org_name} ({found.org_code}), {found.period}")
    grid = Grid("", f"A: {found.one.framework}", f"B: {found.two.framework}")
    sides = (found.one, found.two)
    grid.row("Average score", *(_number(side.score) for side in sides))
    grid.row("Scores in it", *(str(side.n_metrics) for side in sides))
    grid.row("Segment", *(str(side.segment or "–") for side in sides))
    grid.row("Rank in its kind", *(str(side.rank or "–") for side in sides), last=True)
    for domain in found.domains:
        grid.row(domain.domain, _number(domain.one), _number(domain.two))
    grid.show()
    differing = found.differing()
    say(f"{len(differing)} of {len(found.metrics)} metrics differ in rule or score.")
    for metric in differing:
        for line in _metric(metric):
            say(line)
    for letter, side in zip("AB", sides, strict=True):
        say(f"\n{letter}: {side.name}")
        for note in side.notes:
            say(f"  {note}")


def _metric(metric: MetricBeside) -> list[str]:
    head = f"  {metric.metric_id} {metric.name}: {_number(metric.one)} and {_number(metric.two)}"
    if metric.same_rule:
        return [f"{head}, by the same rule"]
    return [head, f"      A: {metric.rule_one or 'not used'}", f"      B: {_or_not(metric)}"]


def _or_not(metric: MetricBeside) -> str:
    return metric.rule_two or "not used"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
