"""``remit framework new`` and its like: files of one's own, from a template to a check."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from remit.cli.asked import MetricsOption, NamedFrameworkOption, chosen_framework
from remit.cli.output import say
from remit.cli.writing import OutOption, write_new
from remit.model.errors import AssessmentError


def new_framework(
    framework_id: Annotated[str, typer.Argument(help="Its identifier, such as our-system-2026.")],
    out: OutOption = None,
) -> None:
    """Write a commented template of a framework; it passes `remit framework check`."""
    from remit.catalogue.templates import framework_template

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", framework_id):
        raise AssessmentError(
            f"{framework_id!r} is no identifier; use small letters, digits and hyphens"
        )
    write_new(framework_template(framework_id, _first_of_financial_year()), out)


def _first_of_financial_year() -> date:
    today = datetime.now().date()
    return date(today.year if today.month >= 4 else today.year - 1, 4, 1)


def new_judgements(
    framework: Annotated[str, typer.Argument(help="A framework that judges, such as nof-2022-23.")],
    codes: Annotated[
        list[str] | None, typer.Argument(help="Codes of those judged.", show_default=False)
    ] = None,
    metrics: MetricsOption = None,
    out: OutOption = None,
) -> None:
    """Write a commented template of segments by judgement."""
    from remit.catalogue.templates import judgements_template
    from remit.register import load_register

    found = chosen_framework(framework, metrics).framework
    if found.segments.cut_points.basis != "judgement":
        raise AssessmentError(f"{found.id} sets segments by a score, not by judgement")
    register = load_register()
    known = [register.get(code.strip().upper()).code for code in codes or ()]
    write_new(judgements_template(found, known), out)


def check_judgements(
    file: Annotated[Path, typer.Argument(help="A YAML file of judgements.")],
    framework: NamedFrameworkOption = None,
    metrics: MetricsOption = None,
) -> None:
    """Check a file of judgements; faults are named by file, line and key."""
    from remit.assessment.judgement.judgement import check_judgements as checked
    from remit.catalogue import declared
    from remit.model.judgement import JudgementFile
    from remit.register import load_register

    read = declared.read(file)
    named = framework or read.validate(JudgementFile).framework
    judgements = checked(read, chosen_framework(named, metrics).framework, load_register())
    number = len(judgements.content.judgements)
    say(f"{file}: in order. {number} judgements for {judgements.content.framework}.")
