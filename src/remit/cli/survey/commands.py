"""``remit survey``: from an export of a survey tool to tables that can be published."""

from __future__ import annotations

import typer

from remit.cli.survey.check import check
from remit.cli.survey.compare import compare
from remit.cli.survey.new import new
from remit.cli.survey.report import report
from remit.cli.survey.staff import staff
from remit.cli.survey.tables import tables
from remit.cli.survey.themes import themes

survey_app = typer.Typer(
    help="What people say: an export becomes tables with bases, intervals and changes.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
survey_app.command("new")(new)
survey_app.command("check")(check)
survey_app.command("tables")(tables)
survey_app.command("compare")(compare)
survey_app.command("report")(report)
survey_app.command("themes")(themes)
survey_app.command("staff")(staff)
