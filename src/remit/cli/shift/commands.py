"""``remit shift``: is care moving closer to home."""

from __future__ import annotations

import typer

from remit.cli.shift.decompose import decompose
from remit.cli.shift.effect import effect
from remit.cli.shift.neighbourhood import neighbourhood
from remit.cli.shift.pages import pages
from remit.cli.shift.published import published
from remit.cli.shift.records import records

shift_app = typer.Typer(
    help="Is care moving from hospital to community: from records and from published files.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

shift_app.command("published")(published)
shift_app.command("records")(records)
shift_app.command("effect")(effect)
shift_app.command("decompose")(decompose)
shift_app.command("neighbourhood")(neighbourhood)
shift_app.command("pages")(pages)
