"""``remit practices``: what was taken up where, whether it did any good, and who does better."""

from __future__ import annotations

import typer

from remit.cli.practice.effect import effect
from remit.cli.practice.pages import pages
from remit.cli.practice.register import check, new, spread
from remit.cli.practice.register_pages import report

practices_app = typer.Typer(
    help="Practices: a register of them, who has which, whether one did any good, and pages.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
practices_app.command("new")(new)
practices_app.command("check")(check)
practices_app.command("spread")(spread)
practices_app.command("report")(report)
practices_app.command("effect")(effect)
practices_app.command("pages")(pages)
