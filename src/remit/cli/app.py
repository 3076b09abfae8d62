"""All commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from remit.cli.assess import assess
from remit.cli.capability import capability_app
from remit.cli.demo import demo
from remit.cli.explain import explain
from remit.cli.framework import framework_app
from remit.cli.ingest import ingest, sources
from remit.cli.league import league
from remit.cli.movement import movement
from remit.cli.org import org
from remit.cli.route import route
from remit.cli.sensitivity import sensitivity
from remit.cli.site import app as site_app
from remit.cli.system import system
from remit.cli.what_if import what_if


def build_app() -> typer.Typer:
    """The ``remit`` command with all its subcommands."""
    app = typer.Typer(
        name="remit",
        help="From published figures to judgements that a board can check.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(_version)
    commands = (
        *(ingest, sources, assess, explain, league, movement, sensitivity, what_if, route),
        *(org, system, demo),
    )
    for command in commands:
        app.command()(command)
    app.add_typer(framework_app, name="framework")
    app.add_typer(capability_app, name="capability")
    app.add_typer(site_app, name="site")
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"remit {version('remit')}")
        raise typer.Exit


def _version(
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and stop.", callback=_print_version),
    ] = False,
) -> None:
    """From published figures to judgements that a board can check."""
