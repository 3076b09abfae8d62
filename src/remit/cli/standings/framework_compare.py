"""``remit framework diff`` and ``compare``: two frameworks, by their text and by their effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asked import Asked, CodeArgument, MetricsOption, asking, chosen_framework
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import TextOrJson, answer, say
from remit.files.jsons import json_text
from remit.words.figures import number_words
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.assessment.comparison.side_by_side import MetricBeside, SideBySide
    from remit.assessment.result.assessment import Assessment
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
    return count_words(number, "difference") if number else "the same"


@asking(without=("framework", "cut_points", "capability"), mode="recomputed")
def compare(
    code: CodeArgument,
    framework_a: Annotated[str, typer.Argument(help="A framework, or a YAML file.")],
    framework_b: Annotated[str, typer.Argument(help="The other framework, or a YAML file.")],
    asked: Asked,
    cut_points_a: CutPoints = None,
    cut_points_b: CutPoints = None,
    output: TextOrJson = "text",
) -> None:
    """Put one organisation under two frameworks side by side.

    Where a framework's thresholds are an input and are not given, its segment stays blank.
    """
    from remit.assessment.comparison.side_by_side import side_by_side

    first = replace(asked, framework=framework_a, cut_points=cut_points_a)
    second = replace(asked, framework=framework_b, cut_points=cut_points_b)
    figures = first.figures(asked.period, second.loaded)
    one, two = (_assessed(figures, side) for side in (first, second))
    found = side_by_side(one, two, code.strip().upper())
    answer(output, text=lambda: _print(found), json=lambda: json_text(asdict(found)))


def _assessed(figures: Figures, asked: Asked) -> Assessment:
    """One framework's result; an option that it has no use for is not held against it."""
    from remit.assessment.run import assess

    framework = asked.loaded.framework
    cuts = framework.segments.cut_points
    of_use = replace(
        asked,
        judgements=asked.judgements if cuts.basis == "judgement" else None,
        system_weight=asked.system_weight if framework.system_adjustment else None,
    )
    judged_by = of_use.judged_by
    if asked.cut_points is None and cuts.are_unknown:
        judged_by["cut_points"] = ()
    return assess(figures, asked.loaded, asked.period, **judged_by, replicates=None)


def _print(found: SideBySide) -> None:
    from remit.cli.tables import Grid

    say(f"{found.org_name} ({found.org_code}), {found.period}")
    grid = Grid("", f"A: {found.one.framework}", f"B: {found.two.framework}")
    sides = (found.one, found.two)
    grid.row("Average score", *(number_words(side.score) for side in sides))
    grid.row("Scores in it", *(str(side.n_metrics) for side in sides))
    grid.row("Segment", *(str(side.segment or "–") for side in sides))
    grid.row("Rank in its kind", *(str(side.rank or "–") for side in sides), last=True)
    for domain in found.domains:
        grid.row(domain.domain, number_words(domain.one), number_words(domain.two))
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
    scores = f"{number_words(metric.one)} and {number_words(metric.two)}"
    head = f"  {metric.metric_id} {metric.name}: {scores}"
    if metric.same_rule:
        return [f"{head}, by the same rule"]
    first, second = metric.rule_one or "not used", metric.rule_two or "not used"
    return [head, f"      A: {first}", f"      B: {second}"]
