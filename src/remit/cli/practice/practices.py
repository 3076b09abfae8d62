"""``remit practices``: what was taken up where, and whether it did any good."""

from __future__ import annotations

import typer

from remit.cli.practice.effect import effect

practices_app = typer.Typer(
    help="Practices that spread: who took them up, and whether their figures changed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
practices_app.command("effect")(effect)


@practices_app.callback()
def _group() -> None:
    """Keep the group where it has a single command."""
