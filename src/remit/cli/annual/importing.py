"""``remit annual import``: evidence in bulk from a spreadsheet."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from remit.cli.annual.options import FolderArgument
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.output import say


def import_sheet(
    folder: FolderArgument,
    sheet: Annotated[Path, typer.Argument(help="A CSV file or a workbook of evidence.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be taken; write nothing.")
    ] = False,
) -> None:
    """Take evidence from a spreadsheet into evidence.csv, below what it holds.

    Headings are the keys of evidence, as evidence.yaml explains them; every row is taken or refused
    with its line and reason. Names of people are taken out of quotations and views before they are
    kept. Ends with 1 where a row was refused.
    """
    from remit.annual.alone import alone_with_evidence, where_evidence_is
    from remit.annual.folder import read_assessment
    from remit.annual.importing import evidence_csv, import_evidence
    from remit.cli.writing import write_again
    from remit.words.sentences import count_words, listed

    # Alone from reading to writing: of two imports at once the second has what the first took.
    with nullcontext() if dry_run else alone_with_evidence(folder):
        read = read_assessment(folder)
        found = import_evidence(read, sheet)
        if found.items and not dry_run:
            write_again(evidence_csv(read, found.items), where_evidence_is(folder))
    say(f"{count_words(len(found.items), 'item')} of evidence; {len(found.refused)} refused.")
    for one in found.refused:
        say(f"  {sheet.name}, line {one.line}: {one.reason}")
    if found.struck:
        say(f"Personal data were taken out of {count_words(found.struck, 'text')}.")
    if found.unread:
        say(f"Columns that are not read: {listed(found.unread)}.")
    if found.refused:
        raise typer.Exit(DONE_WITH_FINDINGS)
