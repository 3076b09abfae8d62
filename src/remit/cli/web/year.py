"""``remit web annual``: the year's assessment comes into an instance, and goes out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.web.instances import FolderArgument, opened
from remit.words.sentences import count_words, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from remit.web.running.year_folder import YearRejected
    from remit.web.running.year_in import YearTaken

annual_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
OrganisationOption = Annotated[
    str,
    typer.Option("--organisation", help="Who writes it, by its code; its region if left out."),
]
_SHOWN = 30


@annual_app.command("import")
def import_(
    folder: FolderArgument,
    assessment: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="An assessment that remit annual keeps.")
    ],
    organisation: OrganisationOption = "",
    since: Annotated[
        str,
        typer.Option("--since", help="The mark of the state from which the folder began."),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would come of it.")
    ] = False,
) -> None:
    """Bring a year's assessment into an instance: its findings, replies and letters.

    Its files are kept byte for byte. The same folder again changes nothing. One that differs is
    taken only if it began from what is kept now; else it is said what differs, nothing is
    overwritten, and the command ends with 1, as it does where a part could not be taken.

    \b
    remit web annual import demo/web demo/annual/now
    """
    opened(folder)
    from remit.web.running.year_in import bring_in

    taken = bring_in(assessment, organisation=organisation, since=since, dry_run=dry_run)
    if taken.clashes:
        _say_clashes(taken)
        raise typer.Exit(DONE_WITH_FINDINGS)
    counts = [
        count_words(taken.files, "file"), count_words(taken.findings, "finding"),
        count_words(taken.replies, "reply", "replies"), count_words(taken.letters, "letter"),
    ]  # fmt: skip
    say(f"{taken.owner}, {taken.year}: {listed(counts)}.")
    say_rejected(taken.rejected)
    if dry_run:
        say("Nothing was kept: this was a dry run.")
    elif taken.written:
        said = "is kept" if taken.written == 1 else "are kept"
        say(f"{count_words(taken.written, 'change')} {said}. Mark of this state: {taken.mark}")
    else:
        say(f"It was here already as it is; nothing was changed. Mark of this state: {taken.mark}")
    if taken.rejected:
        raise typer.Exit(DONE_WITH_FINDINGS)


def say_rejected(rejected: Sequence[YearRejected]) -> None:
    """Say what was not taken in, and why."""
    if rejected:
        said = "was" if len(rejected) == 1 else "were"
        say(f"{count_words(len(rejected), 'part')} {said} not taken:")
    for one in rejected[:_SHOWN]:
        say(f"  {one.where}: {one.reason}")
    if len(rejected) > _SHOWN:
        say(f"  and {len(rejected) - _SHOWN:,} more")


def _say_clashes(taken: YearTaken) -> None:
    say(f"{taken.owner}, {taken.year}: nothing was changed, since the instance holds something "
        "else:", err=True)  # fmt: skip
    for one in taken.clashes[:_SHOWN]:
        say(f"  {one}", err=True)
    if len(taken.clashes) > _SHOWN:
        say(f"  and {len(taken.clashes) - _SHOWN:,} more", err=True)
    say(
        f"What is kept now has the mark {taken.mark}. If the folder began from that, add --since "
        f"{taken.mark}; else export what is kept, bring your changes over, and import that.",
        err=True,
    )


@annual_app.command("export")
def export(
    folder: FolderArgument,
    year: Annotated[str, typer.Argument(metavar="YEAR", help="The year, such as 2024-25.")],
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="The new folder.")],
    organisation: OrganisationOption = "",
) -> None:
    """Write a year's assessment as the folder that it came in as, for remit annual.

    Where nothing was said here, each file is the same to the byte. Replies that were said or
    answered here are written to replies.csv; the command says what has no place in the folder.

    \b
    remit web annual export demo/web 2024-25 north
    """
    opened(folder)
    from remit.web.running.year_out import write_out

    made = write_out(year, out, organisation)
    say(f"{made.owner}, {made.year}: {count_words(made.files, 'file')} in {out}. Mark of this "
        f"state: {made.mark}")  # fmt: skip
    if made.replies:
        say(f"replies.csv has {count_words(made.replies, 'reply', 'replies')} that the instance "
            "holds and the folder did not, or not so.")  # fmt: skip
    if left := [count_words(count, name, _PLURAL.get(name, "")) for name, count in made.left.items()
                if count]:  # fmt: skip
        say(f"Only in the instance, since the folder has no place for it: {listed(left)}.")


_PLURAL = {"check of facts": "checks of facts"}
