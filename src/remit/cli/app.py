"""All commands, put together; the module of each is loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command

from remit.cli.common import with_common_options
from remit.cli.output import say
from remit.words.nearest import did_you_mean

_HOMES = {
    "ingest": "figures.ingest:ingest",
    "sources": "figures.sources:sources",
    "fetch": "figures.fetch:fetch",
    "metrics": "figures.metrics:metrics_app",
    "assess": "standings.assess:assess",
    "explain": "standings.explain:explain",
    "league": "standings.league:league",
    "movement": "standings.movement:movement",
    "sensitivity": "standings.sensitivity:sensitivity",
    "what-if": "standings.what_if:what_if",
    "route": "standings.route:route",
    "preview": "standings.preview:preview",
    "spc": "figures.spc:spc",
    "org": "people.org:org",
    "system": "standings.system:system",
    "who": "people.who:who_app",
    "oversight": "people.oversight:oversight_app",
    "demo": "demo:demo",
    "framework": "standings.framework:framework_app",
    "capability": "standings.capability:capability_app",
    "site": "standings.site:app",
    "report": "figures.report:report",
    "commentary": "figures.commentary:commentary",
    "asks": "asks.commands:asks_app",
    "survey": "survey.commands:survey_app",
    "practices": "practice.practices:practices_app",
    "shift": "shift.commands:shift_app",
    "move": "shift.move:move_app",
    "peers": "practice.peers:peers",
    "deviants": "practice.deviants:deviants",
    "annual": "annual.commands:annual_app",
    "web": "web.commands:web_app",
}
"""Command → module of ``remit.cli`` and the function or group of commands in it."""


class _Commands(TyperGroup):
    """Commands that are imported one by one: a command does not wait for the others' libraries."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(_HOMES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in _HOMES:
            return None
        module, _, attribute = _HOMES[cmd_name].partition(":")
        return _as_command(cmd_name, getattr(import_module(f"remit.cli.{module}"), attribute))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except TyperException as error:
            if "Did you mean" not in error.message:
                error.message += did_you_mean(args[0], _HOMES)
            raise


def _as_command(name: str, found: typer.Typer | Callable[..., Any]) -> Any:
    holder = typer.Typer(
        rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False
    )
    # With a callback, Typer keeps a holder of one command as a group.
    holder.callback()(lambda: None)
    if isinstance(found, typer.Typer):
        holder.add_typer(found, name=name)
    else:
        holder.command(name)(found)
    return with_common_options(get_command(holder).commands[name])  # type: ignore[attr-defined]


def build_app() -> typer.Typer:
    """The ``remit`` command with all its subcommands."""
    app = typer.Typer(
        name="remit",
        help="From published figures to judgements that a board can check.",
        cls=_Commands,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(_version)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        say(f"remit {version('remit')}")
        raise typer.Exit


def _version(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and stop.", callback=_print_version),
    ] = False,
) -> None:
    """From published figures to judgements that a board can check."""
