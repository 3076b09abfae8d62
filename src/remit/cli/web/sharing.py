"""``remit web sharing``: agreements that widen or narrow who sees whose records."""

from __future__ import annotations

from typing import Annotated

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

sharing_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@sharing_app.command("list")
def list_(folder: FolderArgument) -> None:
    """List the agreements, those that ended among them."""
    from remit.cli.tables import show_records

    opened(folder)
    from remit.web.people.models import SharingAgreement

    kept = list(SharingAgreement.objects.order_by("pk"))
    if not kept:
        say("There is no agreement: register and map of remits alone say who sees what")
        return
    show_records(
        [
            {
                "Number": str(one.pk),
                "What": f"{one.seer} {'sees' if one.sees else 'does not see'} {one.seen}",
                "Title": one.title,
                "Source": one.source,
                "From": f"{one.valid_from}",
                "Until": f"{one.valid_until or ''}",
            }
            for one in kept
        ]
    )


@sharing_app.command("add")
def add(
    folder: FolderArgument,
    seer: Annotated[str, typer.Argument(help="The organisation that would see.")],
    seen: Annotated[str, typer.Argument(help="The organisation whose records they are.")],
    title: Annotated[str, typer.Option("--title", help="What people call the agreement.")],
    source: Annotated[str, typer.Option("--source", help="The document in which it stands.")],
    sees: Annotated[
        bool,
        typer.Option(
            "--widens/--narrows", help="Whether it opens the records, or keeps them apart."
        ),
    ],
    start: FromOption = None,
    until: UntilOption = None,
) -> None:
    """Keep an agreement that one organisation may, or may not, see the records of another.

    It is one way: for both ways keep two. One that narrows outweighs one that widens.
    """
    opened(folder)
    from remit.web.running.sharing import add_sharing

    first, last = span_of(start, until)
    made = add_sharing(seer, seen, sees=sees, title=title, source=source, on=first, until=last)
    verb = "sees" if sees else "does not see"
    say(f"Agreement {made.pk}: {seer} {verb} the records of {seen} from {first} on")


@sharing_app.command("end")
def end(
    folder: FolderArgument,
    number: Annotated[int, typer.Argument(help="Its number: remit web sharing list DIR.")],
) -> None:
    """End an agreement from today on; register and map of remits say again who sees what."""
    opened(folder)
    from remit.web.running.sharing import end_sharing

    ended = end_sharing(number, day_of_today())
    say(f"Ended agreement {ended.pk}, “{ended.title}”")
