"""``remit web practices``: a register of practices, put before everybody who is signed in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.web.instances import FolderArgument, opened
from remit.cli.web.year import say_rejected
from remit.words.sentences import count_words


def practices(
    folder: FolderArgument,
    register: Annotated[
        Path, typer.Argument(metavar="REGISTER", help="A register that remit practices keeps.")
    ],
    organisation: Annotated[
        str, typer.Option("--organisation", help="The code of the organisation that keeps it.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would come of it.")
    ] = False,
) -> None:
    """Put a register of practices before everybody who is signed in.

    It takes the place of what the same organisation's register said before. Ends with 1 where a
    row was not taken.

    \b
    remit web practices demo/web demo/practice/register --organisation ZR1
    """
    opened(folder)
    from remit.web.running.practices_in import bring_practices

    taken = bring_practices(register, organisation, dry_run=dry_run)
    say(f"{organisation}: {count_words(taken.practices, 'practice')} and "
        f"{count_words(taken.adoptions, 'adoption')}.")  # fmt: skip
    say_rejected(taken.rejected)
    if dry_run:
        say("Nothing was kept: this was a dry run.")
    elif not taken.written:
        say("It was here already as it is; nothing was changed.")
    else:
        said = "is" if taken.written == 1 else "are"
        say(f"{count_words(taken.written, 'change')} {said} kept. Whoever is signed in finds it "
            "at /practices/")  # fmt: skip
    if taken.rejected:
        raise typer.Exit(DONE_WITH_FINDINGS)
