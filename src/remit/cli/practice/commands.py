"""``remit practice``: what peers do better, as pages."""

from __future__ import annotations

import typer

from remit.cli.practice.pages import pages

practice_app = typer.Typer(
    help="What those alike do better, and what becomes of a practice that spreads.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
# With a callback, Typer keeps a group of one command as a group.
practice_app.callback()(lambda: None)
practice_app.command("pages")(pages)
