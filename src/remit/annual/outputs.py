"""What a check finds, as a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import polars as pl

from remit.annual.checks.faults import AnnualFault
from remit.annual.folder import AnnualFolder
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
    schema = dict.fromkeys(FAULT_COLUMNS, pl.String)
    frame = pl.DataFrame([asdict(one) for one in faults], schema=schema)
    package = Package(
        load_output("annual-check"), sources_of(folder), fictional=folder.head.fictional
    )
    tables = {"faults.csv": frame, "coverage.csv": _coverage(folder)}
    write_files(out, tables, package=package, error=AnnualError)


def _coverage(folder: AnnualFolder) -> pl.DataFrame:
    """Each heading and duty of each ICB with the findings that cover it."""
    rows = []
    for code in folder.icbs:
        mine = [one.record for one in folder.of_icb(code)]
        for heading in folder.year.headings:
            names = [one.id for one in mine if one.heading == heading.id]
            rows.append((code, "heading", heading.id, heading.name, "; ".join(names)))
        for duty in folder.year.duties:
            names = [one.id for one in mine if duty.id in one.duties]
            rows.append((code, "duty", duty.id, duty.name, "; ".join(names)))
    schema = dict.fromkeys(("icb", "part", "id", "name", "findings"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def sources_of(folder: AnnualFolder) -> list[PackageSource]:
    """The files from which the stored figures came."""
    names = dict.fromkeys(one.record.source_file for one in folder.figures)
    return [PackageSource(name) for name in names if name]
