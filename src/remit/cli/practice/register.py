"""``remit practices new``, ``check`` and ``spread``: a register of practices."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.options import check_choice, parse_day
from remit.cli.output import say, say_if_sample

if TYPE_CHECKING:
    from remit.practice.register.curve import By
    from remit.practice.register.holding import PracticeRegister
    from remit.practice.register.writing import RegisterSpread

_SHOWN = 20
RegisterArgument = Annotated[
    Path, typer.Argument(help="A folder as `remit practices new` writes it, or one YAML file.")
]
OnOption = Annotated[
    str | None, typer.Option("--on", help="The day of the count (YYYY-MM-DD); by default today.")
]
ByOption = Annotated[
    str, typer.Option("--by", help="What a point of the curve is: month, quarter or year.")
]
PeersOption = Annotated[
    Path | None,
    typer.Option("--peers", help="Who is alike: peers.csv as `remit peers` writes it."),
]
DeviantsOption = Annotated[
    Path | None,
    typer.Option(
        "--deviants", help="Who does better for long: deviants.csv as `remit deviants` writes it."
    ),
]


def new(
    folder: Annotated[Path, typer.Argument(help="The folder to write; it is made if need be.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written; write nothing.")
    ] = False,
) -> None:
    """Write a folder of plain files for a register of practices, with every key explained.

    A file that is there already is never written over.

    \b
    remit practices new practices
    """
    from remit.files.new_file import write_new_file
    from remit.model.errors import PracticeError
    from remit.practice.register.starting import new_register_files

    files = new_register_files(str(folder))
    for name in files:
        if (folder / name).exists():
            raise PracticeError(f"{folder / name}: this file exists; name another folder")
    if dry_run:
        say(f"Would write to {folder}: {', '.join(files)}.")
        return
    try:
        for name, text in files.items():
            write_new_file(folder / name, text)
    except OSError as error:
        raise PracticeError(f"{folder}: it cannot be written: {error.strerror}") from None
    say(f"Written to {folder}: {', '.join(files)}.")
    say(f"Fill them in, then run: remit practices check {folder}")


def check(
    register: RegisterArgument,
    out: Annotated[
        Path | None, typer.Option("--out", help="A folder for faults.csv, all faults in one list.")
    ] = None,
    on: OnOption = None,
) -> None:
    """Find what is wrong with a register: codes, days, stages and metrics that are none, adoptions
    that are there twice or end before they begin, practices that nobody has, what has no source,
    and names of people. Ends with 1 where there is a fault.

    \b
    remit practices check practices --out faults
    """
    from remit.practice.register.checks import read_register
    from remit.practice.register.writing import write_register_faults

    read = read_register(register, parse_day(on, "--on"))
    _say_read(read)
    _say_faults(read)
    if out is not None:
        written = write_register_faults(read, out)
        say(f"Written: {', '.join(map(str, written))}.")
    say_if_sample(bool(read.fictional))
    raise typer.Exit(DONE_WITH_FINDINGS if read.faults else DONE)


def spread(
    register: RegisterArgument,
    out: Annotated[Path, typer.Option("--out", help="The folder for the tables.")],
    on: OnOption = None,
    by: ByOption = "quarter",
    peers: PeersOption = None,
    deviants: DeviantsOption = None,
) -> None:
    """Say of each practice who has it: of how many who could, since when, and whether that grows.

    Writes practices, adoptions and curve (practice, period, adopters, of, share), faults; with
    --peers who among whose peers has it, with --deviants who does better for long and has it. None
    of it is a proof of cause. With faults in the register the exit code is 1.

    \b
    remit practices spread practices --peers peers/peers.csv --out spread
    """
    from remit.practice.register.writing import write_register_spread

    found = counted(register, on, by, peers, deviants)
    read = found.register
    _say_read(read)
    _say_spread(found, found.on)
    _say_faults(read)
    written = write_register_spread(found, out)
    say(f"Written: {', '.join(map(str, written))}.")
    say_if_sample(bool(read.fictional))
    raise typer.Exit(DONE_WITH_FINDINGS if read.faults else DONE)


def counted(
    register: Path, on: str | None, by: str, peers: Path | None, deviants: Path | None
) -> RegisterSpread:
    """A register on a day, with peers and those who do better for long where they are named."""
    from remit.model.period import today
    from remit.practice.deviants.peer_groups import read_peer_groups
    from remit.practice.register.alongside import read_ahead
    from remit.practice.register.checks import read_register
    from remit.practice.register.writing import register_spread

    step = cast("By", check_choice(by, ("month", "quarter", "year"), "--by"))
    day = parse_day(on, "--on") or today()
    groups = read_peer_groups(peers) if peers else None
    ahead = read_ahead(deviants) if deviants else None
    return register_spread(read_register(register, day), day, step, peers=groups, ahead=ahead)


def _say_read(read: PracticeRegister) -> None:
    from remit.words.sentences import count_words

    lost = read.rows - read.accepted
    say(
        f"{count_words(len(read.practices), 'practice')}; "
        f"{count_words(read.rows, 'adoption')} read = {read.accepted:,} that count "
        f"+ {lost:,} that cannot."
    )


def _say_spread(found: RegisterSpread, day: date) -> None:
    from remit.practice.register.words import (
        NO_CAUSE,
        ONLY_WHO_IS_NAMED,
        ahead_sentence,
        spread_sentences,
    )
    from remit.words.days import day_words

    say(f"On {day_words(day)}:")
    for one in found.practices:
        say(f"  {' '.join(spread_sentences(found.register, one, day)).strip()}")
        if found.ahead is not None and found.register.practices[one.practice].metrics:
            ahead = [row for row in found.ahead if row.practice == one.practice]
            say(f"    {ahead_sentence(ahead, one)}")
    say(ONLY_WHO_IS_NAMED)
    if found.ahead is not None:
        say(NO_CAUSE)


def _say_faults(read: PracticeRegister) -> None:
    from remit.practice.register.faults import FAULT_KINDS
    from remit.words.sentences import count_words

    if not read.faults:
        say("No fault was found.")
        return
    say(f"{count_words(len(read.faults), 'fault')}:")
    for kind, means in FAULT_KINDS.items():
        if count := sum(one.kind == kind for one in read.faults):
            say(f"  {kind} ({count}): {means}")
    for one in read.faults[:_SHOWN]:
        value = f" {one.value!r}:" if one.value else ""
        say(f"  {one.file}, line {one.line}, {one.key or 'the whole row'}:{value} {one.message}")
    if len(read.faults) > _SHOWN:
        say(f"  and {len(read.faults) - _SHOWN:,} more; --out writes all of them")
