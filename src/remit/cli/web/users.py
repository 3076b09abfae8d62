"""``remit web user``: accounts and their roles, as whoever runs an instance keeps them."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from remit.cli.output import say
from remit.cli.web.instances import (
    FolderArgument,
    FromOption,
    UntilOption,
    day_of_today,
    opened,
    span_of,
)
from remit.words.sentences import count_words

user_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

EmailArgument = Annotated[str, typer.Argument(metavar="EMAIL", help="The address of the account.")]


@user_app.command("roles")
def roles() -> None:
    """List the roles and what each may do."""
    from remit.cli.tables import show_pairs
    from remit.web.access.roles import ROLES

    show_pairs({f"{one.key}": one.description for one in ROLES})


def _way_in(account: Any) -> str:
    """By what somebody signs in; who has neither did not sign in from outside yet."""
    if account.has_usable_password():
        return "password"
    return "sign-in from outside" if account.socialaccount_set.all() else "no password"


@user_app.command("list")
def list_(folder: FolderArgument) -> None:
    """List the accounts, with their roles of today."""
    from remit.cli.tables import show_records

    opened(folder)
    from remit.web.people.models import Account

    day = day_of_today()
    show_records(
        [
            {
                "Address": one.email,
                "Name": one.name,
                "Signs in by": _way_in(one),
                "Roles": "; ".join(
                    f"{held.role} at {held.organisation}"
                    for held in one.memberships.all()
                    if held.holds(day)
                )
                or "none",
            }
            for one in Account.objects.order_by("email").prefetch_related(
                "memberships", "socialaccount_set"
            )
        ]
    )


@user_app.command("add")
def add(
    folder: FolderArgument,
    email: EmailArgument,
    name: Annotated[str, typer.Option("--name", help="The person's name.")],
    password_stdin: Annotated[
        bool,
        typer.Option(
            "--password-stdin", help="Read a password for emergencies from standard input."
        ),
    ] = False,
) -> None:
    """Make an account.

    It signs in by its password, and sets up a second factor when it first does. Whoever signs in by
    the organisation's own sign-in needs none: their account is made then, with the roles that
    groups.yaml gives their groups.
    """
    opened(folder)
    from remit.web.running.accounts import add_account

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    made = add_account(email, name, password)
    say(f"Made the account {made.email}. Give it a role: remit web user give {folder} {made.email} "
        "ORGANISATION ROLE")  # fmt: skip
    if password is None:
        say(
            "It has no password, so nobody can sign in with it. Who signs in by your "
            "organisation's own sign-in gets an account then; for others give --password-stdin."
        )


@user_app.command("give")
def give(
    folder: FolderArgument,
    email: EmailArgument,
    organisation: Annotated[str, typer.Argument(help="The organisation's code, or ENGLAND.")],
    role: Annotated[str, typer.Argument(help="One of: remit web user roles.")],
    start: FromOption = None,
    until: UntilOption = None,
) -> None:
    """Give an account a role at an organisation."""
    opened(folder)
    from remit.web.running.accounts import give_role

    first, last = span_of(start, until)
    give_role(email, organisation, role, first, last)
    say(f"{email} is {role} at {organisation} from {first} on")


@user_app.command("end")
def end(
    folder: FolderArgument,
    email: EmailArgument,
    organisation: Annotated[
        str | None, typer.Option("--organisation", help="This one alone; all if left out.")
    ] = None,
) -> None:
    """End the roles of an account from today on; what it did stays."""
    opened(folder)
    from remit.web.running.accounts import end_roles

    ended = end_roles(email, day_of_today(), organisation)
    say(f"Ended {count_words(ended, 'role')} of {email}")
