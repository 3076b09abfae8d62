"""``remit web init``, ``serve``, ``worker``, ``check``, ``backup`` and ``restore``."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.words.sentences import count_words

FolderArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder of the instance, with its key.")
]
FromOption = Annotated[
    datetime | None,
    typer.Option("--from", formats=["%Y-%m-%d"], help="The first day; today if left out."),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option(
        "--until", formats=["%Y-%m-%d"], help="The first day on which it holds no longer."
    ),
]
_PORT = 8765


def span_of(start: datetime | None, until: datetime | None) -> tuple[date, date | None]:
    """The first day, today if it is left out, and the first on which something holds no longer."""
    return start.date() if start else day_of_today(), until.date() if until else None


def day_of_today() -> date:
    """The day of an open instance."""
    from remit.web.people.asking import today

    return today()


def opened(folder: Path, *, debug: bool = False) -> None:
    """Open an instance and set Django up for it."""
    from remit.web import open_instance, started

    started(open_instance(folder), debug=debug)


def init(
    folder: FolderArgument,
    demo: Annotated[
        bool, typer.Option("--demo", help="With invented people and the asks of the sample.")
    ] = False,
) -> None:
    """Make an instance, or bring its tables up to date.

    The folder holds the secret key and, without DATABASE_URL, the embedded database.
    """
    from remit.files.extras import need

    need("web", "The pages of remit web")
    from remit.web import make_instance, started

    instance = make_instance(folder, demo=demo)
    started(instance)
    from remit.web.running.tables import lay_tables

    lay_tables()
    say(f"The instance is in {folder}; its key ({folder / 'secret.key'}) is for you alone")
    if demo:
        from remit.web.running.demo import fill_demo

        people = count_words(fill_demo(), "invented person", "invented people")
        say(f"It is a demonstration with {people}. To open it: remit web serve {folder} --debug")
    else:
        say(f"Next: remit web user add {folder} EMAIL --name NAME, then remit web check {folder}")


def serve(
    folder: FolderArgument,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = _PORT,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Show faults, and let people be picked in a demonstration."),
    ] = False,
) -> None:
    """Serve the application until it is stopped.

    Without --debug it expects HTTPS: put a proxy before it, and say its address in REMIT_WEB_URL.
    """
    from remit.web.running.server import check_place
    from remit.web.running.server import serve as serve_it

    check_place(host, debug=debug)
    opened(folder, debug=debug)
    from remit.web.running.tables import lay_tables

    lay_tables()
    shown = f"[{host}]" if ":" in host else host
    say(f"Serving at http://{shown}:{port}/ (stop with Ctrl+C)")
    serve_it(host, port)


def worker(
    folder: FolderArgument,
    once: Annotated[
        bool, typer.Option("--once", help="End when nothing waits, instead of going on.")
    ] = False,
) -> None:
    """Work in the background: clear sessions that are over."""
    opened(folder)
    from remit.web.running.worker import work

    work(once=once)


def check(folder: FolderArgument) -> None:
    """Say what is in the way of opening an instance to people; 1 where anything is."""
    opened(folder)
    from remit.web.running.checking import faults, notes

    for line in notes():
        say(f"Note: {line}")
    found = faults()
    for line in found:
        say(line)
    say("Nothing is wrong." if not found else f"{count_words(len(found), 'finding')}.")
    if found:
        raise typer.Exit(DONE_WITH_FINDINGS)


def backup(
    folder: FolderArgument,
    copy: Annotated[Path, typer.Argument(metavar="COPY", help="The new folder of the copy.")],
) -> None:
    """Copy an instance, its key included, while it is in use."""
    from remit.web import open_instance

    opened(folder)
    from remit.web.running.copies import back_up

    back_up(open_instance(folder), copy)
    say(f"The copy is in {copy}. It holds the key: keep it as safe as the instance itself")


def restore(
    copy: Annotated[Path, typer.Argument(metavar="COPY", help="The folder of a copy.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new instance.")],
) -> None:
    """Make a new instance of a copy."""
    from remit.web import make_instance, open_instance, started
    from remit.web.instance import DEMO

    if folder.exists():
        from remit.web import InstanceError

        raise InstanceError(f"{folder}: this is there already; restore to a new folder")
    instance = make_instance(folder, demo=(copy / DEMO).exists())
    started(instance)
    from remit.web.running.copies import restore as restore_it
    from remit.web.running.tables import lay_tables

    restore_it(copy, instance)
    lay_tables()
    open_instance(folder)
    say(f"The instance is in {folder}. Look it over: remit web check {folder}")
    say(f"A copy has no figures; to have them here: remit web publish STORE {folder}")


def migrate_from(
    folder: FolderArgument,
    register: Annotated[
        Path, typer.Argument(metavar="REGISTER", help="A register that remit asks keeps.")
    ],
    organisation: Annotated[
        str, typer.Option("--organisation", help="The code of the organisation that kept it.")
    ],
) -> None:
    """Bring a register of asks into an instance that holds no records yet.

    Each row comes over with its identifier and is read back; the register itself is left as it is.
    """
    from remit.cli.tables import show_records

    opened(folder)
    from remit.web.running.moving import move_in

    moved = move_in(register, organisation)
    show_records([{"Kind": name, "Rows": count} for name, count in moved.items()])
    say(f"All of it is in {folder}. Look it over: remit web check {folder}")
