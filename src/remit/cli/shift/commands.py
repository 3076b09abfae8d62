"""``remit shift``: is care moving closer to home, and what does a move leave behind."""

from __future__ import annotations

import typer

from remit.cli.shift.decompose import decompose
from remit.cli.shift.neighbourhood import neighbourhood

shift_app = typer.Typer(
    help="Is care moving from hospital to community: measures, records, and what a move costs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

shift_app.command("decompose")(decompose)
shift_app.command("neighbourhood")(neighbourhood)
