"""``remit annual letter``: the letters of an assessment, as pages, Word and text to edit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.annual.options import (
    FolderArgument,
    OutFolder,
    checked,
    say_names,
    to_pass_on,
)
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.options import StoreOption, check_choice
from remit.cli.output import say, say_if_sample
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.annual.folder import AnnualFolder
    from remit.annual.letter import AnnualLetter


def letter(
    folder: FolderArgument,
    out: OutFolder,
    icb: Annotated[
        list[str] | None, typer.Option("--icb", help="One ICB's code; repeatable. All without it.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the letter of each ICB: as a page to print, as Word, and as text to edit.

    A letter in `letters/` is taken as people wrote it. Where there is none a first one is made of
    the findings by the template of the year: put its text into `letters/` and edit it there. Each
    sentence leads to its finding, and that to its evidence, counter-evidence, dissent and replies.
    Names of people are struck.

    A letter in which `remit annual check` finds a fault is written as a draft, with each fault on
    top and at its place, and the command ends with 1. With a store figures are held against it.
    """
    from remit.annual.letter import letters_of

    read, faults = checked(folder, store)
    codes = [check_choice(one.upper(), list(read.icbs), "--icb") for one in icb or read.icbs]
    read, faults = to_pass_on(read, faults)
    letters = letters_of(read, codes, faults)
    _write(read, letters, out)
    for one in letters:
        made = "a first one, from the findings" if one.is_first else f"from {one.text.file}"
        state = f"; a draft, with {count_words(len(one.faults), 'fault')}" if one.faults else ""
        say(f"{one.code}, {one.name}: {made}{state}.")
    say(f"Written to {out}; begin with {out / 'index.html'}.")
    say_names(read)
    say_if_sample(read.head.fictional, "the ICBs and findings of this assessment are")
    if any(one.faults for one in letters):
        say(f"Drafts are not to be sent; see remit annual check {folder}", err=True)
        raise typer.Exit(DONE_WITH_FINDINGS)


def _write(read: AnnualFolder, letters: list[AnnualLetter], out: Path) -> None:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.annual.letter import letter_text
    from remit.annual.outputs import letter_tables, sources_of
    from remit.catalogue.outputs import load_output
    from remit.exports.annual_letter import write_annual_letter
    from remit.files.datapackage import Package
    from remit.files.outputs import fresh_folder, write_files
    from remit.pages.annual.annual_site import write_letter_pages
    from remit.pages.frame.folders import SiteError, check_folder, note_files

    check_folder(out)
    try:
        with fresh_folder(out.resolve()) as fresh:
            write_letter_pages(read, letters, fresh)
            (fresh / "word").mkdir()
            documents = [f"word/{one.code}.docx" for one in letters]
            for one, name in zip(letters, documents, strict=True):
                write_annual_letter(read, one, fresh / name)
            texts = {f"{one.code}.txt": letter_text(one) for one in letters}
            write_files(fresh, texts)
            declared = load_output("annual-letter")
            package = Package(declared, sources_of(read), read.head.fictional, documents)
            write_files(fresh, letter_tables(read, letters), package=package)
            note_files(fresh)
    except OSError as error:
        raise SiteError(
            f"{out}: the letters cannot be written: {error.strerror or error}"
        ) from None
