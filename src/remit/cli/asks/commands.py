"""``remit asks``: what is asked of whom, the register of it, and what it costs."""

from __future__ import annotations

import typer

from remit.cli.asks import agreed as asks_agreed
from remit.cli.asks import entries as asks_entries
from remit.cli.asks import intake as asks_intake
from remit.cli.asks import keeping as asks_keeping
from remit.cli.asks.burden import burden
from remit.cli.asks.calendar import calendar
from remit.cli.asks.doubles import doubles
from remit.cli.asks.find import find
from remit.cli.asks.learnt import learnt
from remit.cli.asks.match import match
from remit.cli.asks.risk import risk_app
from remit.cli.asks.screen import screen

asks_app = typer.Typer(
    help="The register of asks: import, match, count, and follow up what is asked of whom.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

asks_app.command("import")(asks_intake.import_)
asks_app.command("imports")(asks_intake.imports)
asks_app.command("screen")(screen)
asks_app.command("undo")(asks_intake.undo)
asks_app.command("add")(asks_entries.add)
asks_app.command("list")(asks_entries.list_)
asks_app.command("find")(find)
asks_app.command("show")(asks_entries.show)
asks_app.command("edit")(asks_entries.edit)
asks_app.command("close")(asks_entries.close)
asks_app.command("remove")(asks_entries.remove)
asks_app.command("forget")(asks_keeping.forget)
asks_app.command("backup")(asks_keeping.backup)
asks_app.command("carry-over")(asks_keeping.carry_over)
asks_app.command("match")(match)
asks_app.command("doubles")(doubles)
asks_app.command("decide")(asks_agreed.decide)
asks_app.command("learnt")(learnt)
asks_app.command("burden")(burden)
asks_app.command("calendar")(calendar)
# The help of a group shows the names only of its own commands; these lines name those below.
asks_app.add_typer(
    asks_agreed.actions_app, name="actions", short_help="Actions agreed: list, add, done."
)
asks_app.add_typer(
    asks_agreed.friction_app, name="friction", short_help="Friction: list, add, settle."
)
asks_app.add_typer(risk_app, name="risk", short_help="Shared risks: list, show, add, close.")
