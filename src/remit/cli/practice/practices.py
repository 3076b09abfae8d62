"""``remit practices``: what was taken up where, whether it did any good, and who does better."""

from __future__ import annotations

import typer

from remit.cli.practice.effect import effect
from remit.cli.practice.pages import pages

practices_app = typer.Typer(
    help="Practices that spread, and who does better for long: effects and pages.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
practices_app.command("effect")(effect)
practices_app.command("pages")(pages)
