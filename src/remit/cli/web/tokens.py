"""``remit web token``: tokens of programs, as whoever runs an instance sees and ends them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from remit.cli.output import say
from remit.cli.web.instances import FolderArgument, opened
from remit.words.sentences import count_words

token_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@token_app.command("list")
def list_(
    folder: FolderArgument,
    email: Annotated[
        str | None, typer.Option("--of", metavar="EMAIL", help="Those of this account alone.")
    ] = None,
) -> None:
    """List the tokens of programs: whose, what for, what they may, and until when.

    The tokens themselves are kept nowhere and cannot be shown.
    """
    from remit.cli.tables import show_records

    opened(folder)
    from remit.web.people.asking import today
    from remit.web.running.accounts import tokens_of

    day = today()
    found = tokens_of(email)
    if not found:
        say("No program has a token")
        return
    show_records(
        [
            {
                "Number": str(one.pk),
                "Account": one.account.email,
                "For": one.name,
                "May": "read and write" if one.may_write else "read",
                "Where": one.organisation or "all of its roles",
                "Used": str(one.used_on or "never"),
                "State": _state(one, day),
            }
            for one in found
        ]
    )


def _state(one: Any, day: Any) -> str:
    if one.ended_at is not None:
        return f"ended on {one.ended_at.date()}"
    if not one.account.is_active:
        return "account switched off"
    return f"until {one.ends_on}" if day < one.ends_on else f"over since {one.ends_on}"


@token_app.command("end")
def end(
    folder: FolderArgument,
    number: Annotated[
        int | None, typer.Argument(help="Its number: remit web token list.", show_default=False)
    ] = None,
    email: Annotated[
        str | None, typer.Option("--all-of", metavar="EMAIL", help="All tokens of this account.")
    ] = None,
) -> None:
    """End a token, or all of an account, from this moment on; the audit says so."""
    opened(folder)
    from remit.web.people.asking import today
    from remit.web.running.accounts import end_tokens

    ended = end_tokens(today(), number=number, email=email)
    say(f"Ended {count_words(ended, 'token')}{f' of {email}' if email else ''}")
