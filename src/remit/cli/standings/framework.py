"""``remit framework``: list, show, check and compare oversight frameworks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asked import MetricsOption, chosen_framework
from remit.cli.options import check_choice
from remit.cli.output import TextOrJson, give_json, say
from remit.cli.standings.framework_compare import compare, diff
from remit.cli.standings.framework_own import check_judgements, new_framework, new_judgements
from remit.cli.writing import OutOption, write_again
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.catalogue import LoadedFramework
    from remit.model.framework import Framework

framework_app = typer.Typer(
    help="List, show, check and compare oversight frameworks.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(help="A framework's identifier, or a YAML file.")]


@framework_app.command("list")
def list_frameworks() -> None:
    """List the frameworks that come with Remit."""
    from remit.catalogue import load_framework, packaged_frameworks

    for name in packaged_frameworks():
        framework = load_framework(name).framework
        ends = framework.valid_to.isoformat() if framework.valid_to else "open"
        say(
            f"{framework.id}  version {framework.version}  "
            f"{framework.valid_from.isoformat()} to {ends}  {framework.name}"
        )


@framework_app.command("show")
def show_framework(
    name: Name,
    metrics: MetricsOption = None,
    output: TextOrJson = "text",
) -> None:
    """Show a framework: every metric's rule in words, domains, segments, limits and hashes."""
    loaded = chosen_framework(name, metrics)
    if output == "json":
        content = loaded.framework.model_dump(mode="json", by_alias=True)
        content["hashes"] = loaded.hashes.to_dict()
        give_json(content)
        return
    for line in _shown(loaded):
        say(line)


@framework_app.command("check")
def check(name: Name, metrics: MetricsOption = None) -> None:
    """Check a framework's declaration; faults are named by file, line and key."""
    from remit.words.kinds import kinds_in_words

    loaded = chosen_framework(name, metrics)
    framework = loaded.framework
    unverified = [metric.id for metric in framework.metrics if not metric.verified]
    say(
        f"{loaded.path}: in order. {count_words(len(framework.metrics), 'metric')} in "
        f"{count_words(len(framework.domains), 'domain')}; "
        f"it judges {kinds_in_words(framework.kinds)}."
    )
    if unverified:
        say(f"Rules marked as not verified: {', '.join(unverified)}.")
    _echo_hashes(loaded)


framework_app.command("diff")(diff)
framework_app.command("compare")(compare)
framework_app.command("new")(new_framework)
framework_app.command("new-judgements")(new_judgements)
framework_app.command("check-judgements")(check_judgements)


@framework_app.command("schema")
def schema(
    what: Annotated[
        str,
        typer.Argument(
            help="The kind, such as framework, metrics or publication; an unknown one lists all."
        ),
    ] = "framework",
    out: OutOption = None,
) -> None:
    """Print the JSON Schema of a declaration, with which editors complete and check as you type."""
    from remit.catalogue.schemas import SCHEMAS, schema_text

    check_choice(what, tuple(SCHEMAS), "the argument")
    text = schema_text(what)
    if out is None:
        say(text, nl=False)
    else:
        write_again(text, out)


def _shown(loaded: LoadedFramework) -> list[str]:
    from remit.assessment.explaining.words import population_in_words, rule_in_words

    framework = loaded.framework
    lines = [f"{framework.name} ({framework.id}, version {framework.version})", framework.summary]
    for domain in framework.domains:
        lines.append(f"\n{domain.name}")
        for scored in (m for m in framework.metrics if m.domain == domain.id):
            metric = loaded.metrics[scored.id]
            lines.append(f"  {scored.id}  {metric.name}")
            lines.append(f"      {rule_in_words(scored.rule, metric, loaded.metrics)}")
            if scored.rule.type in {"ranked", "standard_then_ranked", "tiers"}:
                lines.append(f"      {population_in_words(scored)}")
            lines.extend(
                f"      In {other.unit}: {rule_in_words(other.rule, metric, loaded.metrics)}"
                for other in scored.other_units
            )
            mark = "" if scored.verified else "Not verified. "
            if mark or scored.note:
                lines.append(f"      {mark}{scored.note}")
    lines.extend(_segments_shown(framework))
    lines.append("\nKnown limits")
    lines.extend(f"  - {limit}" for limit in framework.known_limits)
    lines.append(f"\nScoring hash {loaded.hashes.scoring}\nWording hash {loaded.hashes.wording}")
    return lines


def _segments_shown(framework: Framework) -> list[str]:
    """How segments come about, and what bears on them or stands beside them."""
    segments = framework.segments
    lines = ["\nSegments", *(f"  {n}: {label}" for n, label in sorted(segments.labels.items()))]
    cuts = segments.cut_points
    origin = {
        "quartiles": "Cut at the quartiles of the average scores.",
        "thresholds": "Cut at thresholds"
        + (f": {cuts.thresholds}." if cuts.thresholds else ", which are an input (--cut-points)."),
        "judgement": "Set by judgement: a record says by whom, when and on what evidence.",
    }[cuts.basis]
    lines.append(f"  {origin} {cuts.note}".rstrip())
    lines.extend(f"  {override.name}: {override.why}" for override in segments.overrides)
    lines.extend(
        f"  Not known: {step.name}. {step.note}".rstrip() for step in segments.unknown_steps
    )
    adjustment, capability = framework.system_adjustment, framework.capability
    if adjustment is not None:
        weight = "an input (--system-weight)" if adjustment.weight is None else adjustment.weight
        lines.append(
            f"  An ICB is adjusted for its system, by {adjustment.basis}; the system's weight is "
            f"{weight}. {adjustment.note}".rstrip()
        )
    if capability is not None:
        enters = "can enter the segment" if capability.effects else "is shown beside the segment"
        lines.append(f"  {capability.name} {enters}. {capability.note}".rstrip())
    return lines


def _echo_hashes(loaded: LoadedFramework) -> None:
    say(f"Scoring hash {loaded.hashes.scoring}")
    say(f"Wording hash {loaded.hashes.wording}")
