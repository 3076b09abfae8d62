"""``remit annual rollup``: the summary of an assessment, a projection of its findings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.annual.options import FolderArgument, OutFolder, checked, say_names, to_pass_on
from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.options import StoreOption
from remit.cli.output import say, say_if_sample

if TYPE_CHECKING:
    from remit.annual.rollup import RollUp


def rollup(
    folder: FolderArgument,
    out: OutFolder,
    last_year: Annotated[
        Path | None,
        typer.Option(
            "--last-year", help="Last year's folder; that which assessment.yaml names without it."
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the regional or national summary: each sentence is a finding and leads to it.

    Nothing is written by hand, so that the same findings give the same files to the byte. Counts
    are by heading and rung of the ladder; with last year's folder it says what was said of whom
    two years running, also of ICBs that have merged. What became of last year's concerns stands
    below. Names of people are struck. Where `remit annual check` finds faults the summary is a
    draft and says so, and the command ends with 1.
    """
    from remit.annual.folder import read_assessment
    from remit.annual.personal import without_people
    from remit.annual.rollup import roll_up
    from remit.words.sentences import count_words

    read, faults = checked(folder, store)
    before = last_year or (folder / read.head.last_year if read.head.last_year else None)
    last = without_people(read_assessment(before)).folder if before else None
    read, faults = to_pass_on(read, faults)
    rolled = roll_up(read, last, faults=len(faults))
    _write(rolled, out)
    say(f"{read.year.name}: {count_words(len(rolled.findings), 'finding')}.")
    for rung in read.ladder.rungs:
        if count := sum(one.rung == rung.id for one in rolled.findings):
            say(f"  {rung.id}: {count}")
    if before:
        again = sum(one.said == "again" for one in rolled.two_years)
        say(f"Said two years running: {count_words(again, 'finding')}.")
    say(f"Written to {out}; begin with {out / 'index.html'}.")
    say_names(read)
    say_if_sample(read.head.fictional, "the ICBs and findings of this assessment are")
    if faults:
        told = count_words(len(faults), "fault")
        say(f"A draft, with {told}; see remit annual check {folder}", err=True)
        raise typer.Exit(DONE_WITH_FINDINGS)


def _write(rolled: RollUp, out: Path) -> None:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.annual.outputs import rollup_tables, sources_of
    from remit.annual.rollup import summary_text
    from remit.catalogue.outputs import load_output
    from remit.files.datapackage import Package
    from remit.files.outputs import fresh_folder, write_files
    from remit.pages.annual.annual_site import write_rollup_pages
    from remit.pages.frame.folders import SiteError, check_folder, note_files

    check_folder(out)
    read = rolled.folder
    try:
        with fresh_folder(out.resolve()) as fresh:
            write_rollup_pages(rolled, fresh)
            write_files(fresh, {"summary.txt": summary_text(rolled)})
            declared = load_output("annual-rollup")
            package = Package(declared, sources_of(read), fictional=read.head.fictional)
            write_files(fresh, rollup_tables(rolled), package=package)
            note_files(fresh)
    except OSError as error:
        raise SiteError(
            f"{out}: the summary cannot be written: {error.strerror or error}"
        ) from None
