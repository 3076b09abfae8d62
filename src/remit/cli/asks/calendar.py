"""``remit asks calendar``: the meetings of a calendar, their hours, people and horizons."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.asks.options import SendersOption, day_option
from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.output import say

if TYPE_CHECKING:
    from remit.asks.calendar import CalendarRead
    from remit.model.observation import Rejection

_SHOWN = 10


def calendar(
    file: Annotated[Path, typer.Argument(help="A calendar (.ics).")],
    first: Annotated[datetime, day_option("--from", "The first day, included.")],
    last: Annotated[datetime, day_option("--to", "The last day, included.")],
    out: Annotated[
        Path, typer.Option("--out", help="The folder for calendar.json and calendar.csv.")
    ],
    zone: Annotated[str, typer.Option("--zone", help="Where days are counted.")] = "Europe/London",
    own: Annotated[
        str | None,
        typer.Option(
            "--own",
            help="Whose calendar it is: a domain, or a name on nhs.net. By default the one that "
            "is at most of its meetings.",
        ),
    ] = None,
    senders: SendersOption = None,
    words: Annotated[
        Path | None,
        typer.Option("--meetings", help="A YAML file of words in place of Remit's own."),
    ] = None,
) -> None:
    """Count a calendar's meetings: hours, people, oversight, and minutes of today and tomorrow.

    Cancelled meetings are left out; a series is followed with its exceptions. Exit code 1 says
    that events were rejected; calendar.json and the screen name them.

    \b
    remit asks calendar diary.ics --from 2025-09-01 --to 2025-11-30 --out diary
    """
    from remit.asks.calendar import load_meetings, read_calendar, write_calendar
    from remit.asks.senders import load_senders

    read = read_calendar(
        file,
        first.date(),
        last.date(),
        zone_name=zone,
        own=own,
        senders=load_senders(*(senders or [])),
        words=load_meetings(words),
    )
    written = write_calendar(read, out)
    _print(read)
    say(f"Written: {written[0]} and {written[1]}.")
    raise typer.Exit(DONE_WITH_FINDINGS if read.rejections else DONE)


def _print(read: CalendarRead) -> None:
    from remit.asks.calendar import tally

    totals = tally(read)["totals"]
    say(
        f"{read.file}: {totals['occurrences_all']} meetings from {read.first} to {read.last}, "
        f"of {read.own or 'an organisation that the file does not tell'}.\n"
        f"Oversight: {totals['oversight_occurrences']} meetings, "
        f"{totals['oversight_hours']:g} hours, {totals['oversight_person_hours']:g} person-hours; "
        f"{totals['minutes_today']} minutes on today, {totals['minutes_tomorrow']} on tomorrow, "
        f"{totals['minutes_neither']} on neither."
    )
    if read.unknown_zones:
        say(f"Unknown time zones, read as local time: {', '.join(read.unknown_zones)}.")
    for note in read.notes:
        say(f"  {note}")
    accepted = read.events_read - len(read.rejections)
    say(f"Events read: {read.events_read}; taken: {accepted}; rejected: {len(read.rejections)}.")
    print_rejections(read.rejections)


def print_rejections(
    rejections: tuple[Rejection, ...] | list[Rejection], *, values: bool = False
) -> None:
    """The first rejections, each with file, line and reason, and how many more there are.

    ``values`` shows what stands there as well, where that was screened.
    """
    for fault in rejections[:_SHOWN]:
        where = f"{fault.file}, line {fault.line}"
        there = f": {fault.value!r}" if values and fault.value else ""
        say(f"  {where}{f', {fault.column}' if fault.column else ''}: {fault.reason}{there}")
    if len(rejections) > _SHOWN:
        say(f"  … and {len(rejections) - _SHOWN} more")
