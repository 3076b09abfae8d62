"""``remit explain``: why an organisation stands where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remit.cli.asked import Asked, CodeArgument, asking
from remit.cli.output import TextOrJson, answer, say, say_framework, say_if_sample
from remit.files.jsons import json_text
from remit.model.fictional import ONE

if TYPE_CHECKING:
    from remit.assessment.result.assessment import Assessment
    from remit.model.explanation import Step


@asking()
def explain(
    code: CodeArgument,
    asked: Asked,
    output: TextOrJson = "text",
) -> None:
    """Explain a segment step by step, down to the line of the publication."""
    result = asked.assessed()
    tree = result.explain(code.upper())
    answer(
        output,
        text=lambda: _print(tree, result),
        json=lambda: json_text(tree.to_dict()),
    )


def _print(tree: Step, result: Assessment) -> None:
    say_if_sample(result.fictional, ONE)
    say_framework(result.framework.name, result.period.label)
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
