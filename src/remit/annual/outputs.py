"""What a check finds, as a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import polars as pl

from remit.annual.answers import ConcernAnswer
from remit.annual.checks.faults import AnnualFault
from remit.annual.folder import AnnualFolder
from remit.annual.letter import AnnualLetter
from remit.annual.letters import alike
from remit.annual.rollup import RolledFinding, RollUp, TwoYears
from remit.annual.views import asked_views
from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.outputs import write_files
from remit.model.errors import AnnualError

FAULT_COLUMNS = ("kind", "icb", "finding", "where", "message")


def write_faults(folder: AnnualFolder, faults: Sequence[AnnualFault], out: Path) -> None:
    """Write ``faults.csv``, which has no row where nothing was found, and ``coverage.csv``.

    Parameters
    ----------
    folder
        The assessment that was checked.
    faults
        What was found.
    out
        The folder to write to.

    Examples
    --------
    ``write_faults(read, check_assessment(read), Path("faults"))``
    """
    package = Package(
        load_output("annual-check"), sources_of(folder), fictional=folder.head.fictional
    )
    tables = {"faults.csv": faults_table(faults), "coverage.csv": _coverage(folder)}
    write_files(out, tables, package=package, error=AnnualError)


def faults_table(faults: Iterable[AnnualFault]) -> pl.DataFrame:
    """Faults as a table, one row each."""
    rows = [tuple(getattr(one, name) for name in FAULT_COLUMNS) for one in faults]
    schema = dict.fromkeys(FAULT_COLUMNS, pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _coverage(folder: AnnualFolder) -> pl.DataFrame:
    """Headings and duties of each ICB with their findings, views that are asked with items."""
    rows = []
    for code in folder.icbs:
        mine = [one.record for one in folder.of_icb(code)]
        for heading in folder.year.headings:
            names = [one.id for one in mine if one.heading == heading.id]
            rows.append((code, "heading", heading.id, heading.name, "; ".join(names)))
        for duty in folder.year.duties:
            names = [one.id for one in mine if duty.id in one.duties]
            rows.append((code, "duty", duty.id, duty.name, "; ".join(names)))
        for view in asked_views(folder, code):
            names = [one.id for one in view.items]
            rows.append((code, "view", "", view.body, "; ".join(names)))
    schema = dict.fromkeys(("icb", "part", "id", "name", "findings"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def sources_of(folder: AnnualFolder) -> list[PackageSource]:
    """The files from which the stored figures came."""
    names = dict.fromkeys(one.record.source_file for one in folder.figures)
    return [PackageSource(name) for name in names if name]


def letter_tables(folder: AnnualFolder, letters: Sequence[AnnualLetter]) -> dict[str, pl.DataFrame]:
    """The sentences of letters with findings and faults, all faults, and replies, as tables."""
    sentences = [row for one in letters for row in _sentences(one)]
    names = ("icb", "place", "sentence", "findings", "standing", "fault")
    schema = {name: pl.Int64 if name == "place" else pl.String for name in names}
    replies = [
        (r.icb, r.finding, r.on, r.says, r.outcome, r.reason)
        for r in (one.record for one in folder.replies)
    ]
    told = ("icb", "finding", "on", "says", "outcome", "reason")
    faults = dict.fromkeys(fault for one in letters for fault in one.faults)
    return {
        "sentences.csv": pl.DataFrame(sentences, schema=schema, orient="row"),
        "replies.csv": pl.DataFrame(replies, schema=dict.fromkeys(told, pl.String), orient="row"),
        "faults.csv": faults_table(faults),
    }


def _sentences(letter: AnnualLetter) -> Iterator[tuple[str, int, str, str, str, str]]:
    number = 0
    for index, block in enumerate(letter.text.blocks):
        for place, one in enumerate(block.statements):
            number += 1
            standing = "yes" if alike(one.text) in letter.standing else "no"
            faults = [f"{f.kind}: {f.message}" for f in letter.faults_at(index, place)]
            names = "; ".join(one.findings)
            yield letter.code, number, one.text, names, standing, " ".join(faults)


def rollup_tables(rolled: RollUp) -> dict[str, pl.DataFrame]:
    """The roll-up as tables: findings, counts, and what was said two years running."""
    counts = [(c.heading, c.rung, c.findings, "; ".join(c.icbs)) for c in rolled.counts]
    schema = {"heading": pl.String, "rung": pl.String, "findings": pl.Int64, "icbs": pl.String}
    return {
        "findings.csv": _frame(RolledFinding, rolled.findings),
        "counts.csv": pl.DataFrame(counts, schema=schema, orient="row"),
        "two-years.csv": two_years_table(rolled.two_years),
        "concerns.csv": _concerns(one for mine in rolled.answers.values() for one in mine),
    }


def _concerns(answers: Iterable[ConcernAnswer]) -> pl.DataFrame:
    names = ("icb", "from_icb", "concern", "statement", "became", "finding", "reason")
    rows = [tuple(getattr(one, name) for name in names) for one in answers]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def two_years_table(rows: Sequence[TwoYears]) -> pl.DataFrame:
    """What was said in two years, one row for each pair of findings."""
    return _frame(TwoYears, rows)


def write_comparison(
    now: AnnualFolder, rows: Sequence[TwoYears], concerns: Sequence[ConcernAnswer], out: Path
) -> None:
    """Write what was said in two years, and what became of last year's concerns.

    Parameters
    ----------
    now
        This year's assessment.
    rows, concerns
        What is to be written.
    out
        The folder to write to.

    Examples
    --------
    ``write_comparison(now, compare_years(last, now), answers_between(last, now), Path("two"))``
    """
    tables = {"compare.csv": two_years_table(rows), "concerns.csv": _concerns(concerns)}
    declared = load_output("annual-compare")
    package = Package(declared, sources_of(now), fictional=now.head.fictional)
    write_files(out, tables, package=package, error=AnnualError)


def _frame(kind: type[RolledFinding] | type[TwoYears], rows: Sequence[object]) -> pl.DataFrame:
    names = [one.name for one in fields(kind)]
    cells = [tuple(getattr(row, name) for name in names) for row in rows]
    return pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
