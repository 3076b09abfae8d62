"""``remit web``: an instance of the web application, made, checked, served, copied."""

from __future__ import annotations

import typer

from remit.cli.web.auditing import audit_app
from remit.cli.web.digests import digest
from remit.cli.web.instances import backup, check, init, migrate_from, restore, serve, worker
from remit.cli.web.practices import practices
from remit.cli.web.publishing import publish
from remit.cli.web.sharing import sharing_app
from remit.cli.web.tokens import token_app
from remit.cli.web.users import user_app
from remit.cli.web.year import annual_app

web_app = typer.Typer(
    help="The web application: one place where region, ICB and trust agree.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
web_app.command("init")(init)
web_app.command("serve")(serve)
web_app.command("worker")(worker)
web_app.command("check")(check)
web_app.command("backup")(backup)
web_app.command("restore")(restore)
web_app.command("migrate-from")(migrate_from)
web_app.command("publish")(publish)
web_app.command("digest")(digest)
web_app.command("practices")(practices)
web_app.add_typer(annual_app, name="annual", short_help="A year's assessment: import, export.")
web_app.add_typer(user_app, name="user", short_help="People: roles, list, add, give, end.")
web_app.add_typer(token_app, name="token", short_help="Tokens of programs: list, end.")
web_app.add_typer(
    sharing_app,
    name="sharing",
    short_help="Agreements that widen or narrow who sees what: list, add, end.",
)
web_app.add_typer(
    audit_app,
    name="audit",
    short_help="The audit: verify, part, erase, wipe, due, dispose, hold, holds, lift.",
)
