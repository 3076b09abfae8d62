"""The options that every command has, each said once.

A new option of all commands is a new parameter of ``_common``; what it sets stands in
``remit.cli.output``, where all that is said passes.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.main import get_command

from remit.cli.output import NO_COLOUR, QUIET


def _quiet(wanted: bool) -> None:
    if wanted:
        QUIET.set(True)


def _no_colour(wanted: bool) -> None:
    if wanted:
        NO_COLOUR.set(True)


def _common(
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet",
            help="Say nothing but what goes wrong; files, CSV and JSON are given all the same.",
            callback=_quiet,
        ),
    ] = False,
    no_colour: Annotated[
        bool, typer.Option("--no-colour", help="Print without colour.", callback=_no_colour)
    ] = False,
) -> None:
    """The common options, as the signature of a command that does nothing."""


def with_common_options(command: Any) -> Any:
    """A command, or each command of a group, with the options that all have."""
    for below in getattr(command, "commands", {}).values():
        with_common_options(below)
    if getattr(command, "invoke_without_command", True):
        command.params.extend(common_options())
    return command


def common_options() -> list[Any]:
    """The options that all commands have, as they stand in a command."""
    holder = typer.Typer(rich_markup_mode=None, add_completion=False)
    holder.command()(_common)
    options = [one for one in get_command(holder).params if one.name != "help"]
    for one in options:
        one.expose_value = False
    return options
