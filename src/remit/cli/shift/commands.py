"""``remit shift``: is care moving closer to home."""

from __future__ import annotations

import typer

from remit.cli.shift.published import published

shift_app = typer.Typer(
    help="Is care moving closer to home: published measures, and activity records.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

shift_app.command("published")(published)
