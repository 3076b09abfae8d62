"""``remit annual``: the year's judgement of each ICB, with its evidence."""

from __future__ import annotations

import typer

from remit.cli.annual.check import check
from remit.cli.annual.compare import compare
from remit.cli.annual.importing import import_sheet
from remit.cli.annual.letter import letter
from remit.cli.annual.new import new
from remit.cli.annual.rollup import rollup

annual_app = typer.Typer(
    help="The year's assessment of ICBs: evidence, findings, letters and what they lack.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
annual_app.command("new")(new)
annual_app.command("import")(import_sheet)
annual_app.command("check")(check)
annual_app.command("letter")(letter)
annual_app.command("rollup")(rollup)
annual_app.command("compare")(compare)
