"""``remit web audit``: the chain verified, parts handed out, words erased, legal holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.web.instances import (
    FolderArgument,
    day_of_today,
    opened,
)
from remit.words.days import day_words
from remit.words.sentences import count_words

audit_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

KindArgument = Annotated[str, typer.Argument(metavar="KIND", help="Such as ask, action, risk.")]
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="The record's identifier.")]
WhyOption = Annotated[str, typer.Option("--why", help="The reason; the audit keeps it.")]
_MOST_TOLD = 20


@audit_app.command("verify")
def verify(
    folder: FolderArgument,
    anchor: Annotated[
        str | None,
        typer.Option("--anchor", help="What an earlier look printed last, as NUMBER:HASH."),
    ] = None,
) -> None:
    """Look through the whole chain, and hold every record against what its entries say.

    Note the anchor that it prints where nobody who holds the database can change it, such as the
    minutes, and give it to the next look: it shows a chain that was made anew.
    """
    opened(folder)
    from remit.web.running.auditing import looked_through

    found = looked_through(anchor)
    chain = found.chain
    if chain.holds:
        erased = f", {count_words(chain.erased, 'value')} of them erased" if chain.erased else ""
        say(f"The chain is whole: {count_words(chain.entries, 'entry', 'entries')}{erased}")
    else:
        say(f"The chain is broken at entry {chain.first_broken}: {chain.why}")
    for one in found.astray[:_MOST_TOLD]:
        say(f"{one.kind.rpartition('.')[2].lower()} {one.target}: {one.why}")
    if len(found.astray) > _MOST_TOLD:
        say(f"… and {count_words(len(found.astray) - _MOST_TOLD, 'record')} more")
    if not found.astray:
        say("Every record stands as its entries say")
    say(f"Anchor: {chain.last.number}:{chain.last.hash}")
    if not found.holds:
        raise typer.Exit(DONE_WITH_FINDINGS)


@audit_app.command("part")
def part(
    folder: FolderArgument,
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The folder for audit.csv and audit.json.")
    ],
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", help="All on its records: a request for information."),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option("--person", help="The address of an account: a subject access request."),
    ] = None,
    word: Annotated[
        list[str] | None,
        typer.Option("--word", help="With --person: also where this stands, such as initials."),
    ] = None,
) -> None:
    """Write the part of an organisation, or of a person, as CSV and JSON.

    Look through it before it leaves the house: a record that organisations share is in each one's
    part.
    """
    if (organisation is None) == (person is None):
        raise typer.BadParameter("give one of --organisation and --person")
    opened(folder)
    from remit.records.audit import write_part
    from remit.web.running.auditing import part_of_organisation, part_of_person

    if organisation is not None:
        entries = part_of_organisation(organisation)
    else:
        entries = part_of_person(str(person), word or [])
    write_part(out, entries)
    wrote = count_words(len(entries), "entry", "entries")
    say(f"Wrote {wrote} to {out}. Look through what is personal before it leaves the house")


@audit_app.command("erase")
def erase(
    folder: FolderArgument,
    kind: KindArgument,
    key: IdArgument,
    field: Annotated[list[str], typer.Argument(help="The fields whose words go.")],
    why: WhyOption,
) -> None:
    """Erase what stands and ever stood in fields of a record; the chain stays whole.

    The bytes go with: remit web audit wipe.
    """
    opened(folder)
    from remit.web.running.auditing import erase_words, record_of

    gone = erase_words(record_of(kind, key), field, why)
    say(f"Erased {count_words(gone, 'value')} of {kind} {key}. The bytes go with: "
        f"remit web audit wipe {folder}")  # fmt: skip


@audit_app.command("wipe")
def wipe(folder: FolderArgument) -> None:
    """Write the database's files anew, without what was erased; others wait meanwhile."""
    opened(folder)
    from remit.records.audit import is_wipe_due
    from remit.records.audit import wipe as write_anew

    if not is_wipe_due():
        say("Nothing was erased since the last time")
    elif write_anew():
        say("The database's files hold nothing of what was erased. Copies made before still do")
    else:
        say("Somebody reads at the moment, so the log could not be emptied: try again")
        raise typer.Exit(DONE_WITH_FINDINGS)


@audit_app.command("due")
def due(
    folder: FolderArgument,
    day: Annotated[
        datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help="Today if left out.")
    ] = None,
) -> None:
    """List the records that were kept as long as is declared; none goes by itself."""
    opened(folder)
    from remit.cli.tables import show_records
    from remit.records.audit import due as due_on

    found = [
        {
            "Kind": one.record._meta.model_name,
            "Record": str(one.record.pk),
            "Kept": count_words(one.retention.months, "month"),
            "Last written": day_words(one.last_written.date()),
            "Held": one.held,
        }
        for one in due_on(day.date() if day else day_of_today())
    ]
    if found:
        show_records(found)
    else:
        say("No record has been kept as long as is declared")


@audit_app.command("dispose")
def dispose(
    folder: FolderArgument,
    kind: KindArgument,
    key: IdArgument,
    why: WhyOption,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without this it is told alone.")
    ] = False,
) -> None:
    """Take a record away with its parts, and erase what the audit kept of them.

    What stays is who wrote when. It cannot be undone.
    """
    opened(folder)
    from remit.web.running.auditing import dispose_of, record_of

    record = record_of(kind, key)
    if not yes:
        say(f"{kind} {key} would go, with its parts and all that was kept of them; nothing was "
            "done. To do it, add --yes")  # fmt: skip
        return
    gone = dispose_of(record, why)
    say(f"Disposed of {kind} {key}: {count_words(gone, 'value')} of the audit erased. The bytes go "
        f"with: remit web audit wipe {folder}")  # fmt: skip


@audit_app.command("hold")
def hold(
    folder: FolderArgument,
    organisation: Annotated[str, typer.Argument(help="Whose hold it is.")],
    why: WhyOption,
    record: Annotated[
        tuple[str, str] | None,
        typer.Option("--record", metavar="KIND ID", help="One record; all of its if left out."),
    ] = None,
) -> None:
    """Put a legal hold on an organisation's records, or on one: nothing of them is erased."""
    opened(folder)
    from remit.web.running.auditing import hold as put_on
    from remit.web.running.auditing import record_of

    made = put_on(organisation, why, day_of_today(), record_of(*record) if record else None)
    what = " ".join(record) if record else f"all records of {organisation}"
    say(f"Legal hold {made.pk} is on {what}")


@audit_app.command("holds")
def holds(folder: FolderArgument) -> None:
    """List the legal holds, those that were lifted among them."""
    opened(folder)
    from remit.cli.tables import show_records
    from remit.web.running.auditing import holds as kept

    found = list(kept())
    if found:
        show_records(found)
    else:
        say("There is no legal hold")


@audit_app.command("lift")
def lift(
    folder: FolderArgument,
    number: Annotated[int, typer.Argument(help="Its number: remit web audit holds DIR.")],
    why: WhyOption,
) -> None:
    """Lift a legal hold from today on."""
    opened(folder)
    from remit.web.running.auditing import lift as lift_from

    lift_from(number, day_of_today(), why)
    say(f"Lifted legal hold {number}")
