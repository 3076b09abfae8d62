"""``remit explain``: why an organisation stands where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.options import (
    AsAtOption,
    CutPointsOption,
    Files,
    FrameworkOption,
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
    CapabilityOption,
    JudgementsOption,
    SystemWeightOption,
    gather_judged,
    gather_records,
)
from remit.files.jsons import json_text

if TYPE_CHECKING:
    from remit.model.explanation import Step


def explain(
    code: Annotated[str, typer.Argument(help="The organisation's code, such as RYJ.")],
    files: Files = None,
    store: StoreOption = None,
    framework: FrameworkOption = "nof-2025-26",
    metrics: MetricsOption = None,
    period: PeriodOption = None,
    mode: ModeOption = None,
    cut_points: CutPointsOption = None,
    judgements: JudgementsOption = None,
    capability: CapabilityOption = None,
    system_weight: SystemWeightOption = None,
    as_at: AsAtOption = None,
    output: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Explain a segment step by step, down to the line of the publication."""
    from remit.assessment.run import assess as assess_figures

    check_choice(output, ("text", "json"), "--format")
    loaded = chosen_framework(framework, metrics)
    figures = gather_judged(files, store, period, as_at, judgements, loaded)
    result = assess_figures(
        figures,
        loaded,
        period,
        mode=parse_mode(mode),
        cut_points=parse_cut_points(cut_points),
        records=gather_records(loaded, judgements, capability, system_weight),
        replicates=None,
    )
    tree = result.explain(code.upper())
    if output == "json":
        give(json_text(tree.to_dict()))
        return
    if result.fictional:
        say("Sample data: this organisation and its figures are fictional.")
    for line in lines_of(tree):
        say(line)


def lines_of(step: Step, indent: str = "", branch: str = "") -> list[str]:
    """A tree as text, one step a line."""
    said = f"{step.label}: {step.value}" if step.value else step.label
    if step.because:
        said += f". {step.because}"
    if step.source is not None:
        said += f" [{step.source}]"
    lines = [f"{indent}{branch}{said}"]
    below = indent + {"": "", "├─ ": "│  ", "└─ ": "   "}[branch]
    for place, child in enumerate(step.steps, start=1):
        lines.extend(lines_of(child, below, "└─ " if place == len(step.steps) else "├─ "))
    return lines
