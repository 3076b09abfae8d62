"""``remit practices report``: a register of practices as pages to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.output import say, say_if_sample
from remit.cli.practice.register import (
    ByOption,
    DeviantsOption,
    OnOption,
    PeersOption,
    RegisterArgument,
    counted,
)

if TYPE_CHECKING:
    from remit.practice.register.writing import RegisterSpread
    from remit.practice.spread.reading import EffectRead


def report(
    register: RegisterArgument,
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    on: OnOption = None,
    by: ByOption = "quarter",
    peers: PeersOption = None,
    deviants: DeviantsOption = None,
    effect: Annotated[
        list[Path] | None,
        typer.Option("--effect", help="A folder of `remit practices effect`; repeatable."),
    ] = None,
) -> None:
    """Build pages on a register: all practices, and of each who has it, how it spread, which peers
    have it, and whether it did any good.

    The tables of `remit practices spread` stand beside them, in data. With faults in the register
    the exit code is 1.

    \b
    remit practices report practices --effect effect --out pages
    """
    from remit.pages.frame.folders import check_folder
    from remit.pages.practice.register_view import effects_of, register_home
    from remit.practice.spread.reading import read_effect
    from remit.words.sentences import count_words

    check_folder(out)
    found = counted(register, on, by, peers, deviants)
    read = found.register
    effects = effects_of(found, [read_effect(one) for one in effect or []])
    count = _write(found, effects, out)
    say(register_home(found, effects).claim)
    if read.faults:
        faults = count_words(len(read.faults), "fault")
        say(f"{faults} in the register: see {out / 'data' / 'faults.csv'}.")
    say(f"{count_words(count, 'page')} written to {out}; begin with {out / 'index.html'}.")
    say_if_sample(bool(read.fictional))
    raise typer.Exit(DONE_WITH_FINDINGS if read.faults else DONE)


def _write(found: RegisterSpread, effects: dict[str, list[EffectRead]], out: Path) -> int:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.files.outputs import fresh_folder
    from remit.pages.frame.folders import SiteError, note_files
    from remit.pages.practice.register_site import write_register_pages
    from remit.practice.register.writing import write_register_spread

    try:
        with fresh_folder(out.resolve()) as fresh:
            count = write_register_pages(found, effects, fresh)
            write_register_spread(found, fresh / "data")
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the pages cannot be written: {error.strerror or error}") from None
    return count
