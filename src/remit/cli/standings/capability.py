"""``remit capability``: a board's self-assessment, from a template to a check."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asked import (
    CodeArgument,
    DeclaredFrameworkOption,
    MetricsOption,
    NamedFrameworkOption,
    chosen_framework,
)
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.writing import OutOption, write_new
from remit.model.errors import AssessmentError

if TYPE_CHECKING:
    from remit.model.capability import Capability
    from remit.model.framework import Framework

capability_app = typer.Typer(
    help="Write and check the record of a board's capability.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@capability_app.command("new")
def new(
    code: CodeArgument,
    framework: DeclaredFrameworkOption = "nof-2025-26",
    metrics: MetricsOption = None,
    out: OutOption = None,
) -> None:
    """Write a commented template with the framework's domains."""
    from remit.catalogue.templates import capability_template
    from remit.register import load_register

    found = chosen_framework(framework, metrics).framework
    capability = _declared(found)
    organisation = load_register().get(code.strip().upper())
    name = organisation.name_on(datetime.now().date())
    write_new(capability_template(found, capability, organisation.code, name), out)


@capability_app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="A YAML file of capability records.")],
    framework: NamedFrameworkOption = None,
    metrics: MetricsOption = None,
) -> None:
    """Check a file: faults end the check, gaps are listed.

    Exit code 1 says that a self-assessment leaves something open.
    """
    from remit.assessment.judgement.capability import check_capability, gaps
    from remit.catalogue import declared
    from remit.model.capability import CapabilityFile
    from remit.register import load_register

    read = declared.read(file)
    named = framework or read.validate(CapabilityFile).framework
    found = chosen_framework(named, metrics).framework
    records = check_capability(read, found, load_register()).content.records
    say(f"{file}: in order. {len(records)} records for {found.id}.")
    capability = _declared(found)
    if not capability.ratings:
        say(f"{found.id} defines no words for ratings: they are taken as written.")
    left = [f"{record.org}: {gap}" for record in records for gap in gaps(record, capability)]
    for line in left:
        say(f"  {line}")
    if left:
        raise typer.Exit(DONE_WITH_FINDINGS)


def _declared(framework: Framework) -> Capability:
    if framework.capability is None:
        raise AssessmentError(f"{framework.id} declares no assessment of capability")
    return framework.capability
