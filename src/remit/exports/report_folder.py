"""A report in a folder: pages, spreadsheet, slides, document and the rows behind them.

All is written beside the folder first, which then takes its place: whole or not at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from remit.catalogue.outputs import load_output
from remit.exports.choosing import CHARTS
from remit.exports.sheets import POINT_HEADS, points
from remit.files.datapackage import Package, PackageSource
from remit.files.delimited import csv_text
from remit.files.extras import need
from remit.files.outputs import fresh_folder, write_files
from remit.model.errors import AssessmentError
from remit.pages.frame.folders import MARKER, SiteError, check_folder, write_marker
from remit.pages.report.site import Download, write_report_pages
from remit.report import Report
from remit.report.commentary_file import COLUMNS, comment_rows

if TYPE_CHECKING:
    import polars as pl

FORMATS = ("pages", "xlsx", "pptx", "docx")
ROWS = "source-rows.csv"
POINTS = "points.csv"
COMMENTARY = "commentary.csv"

_NAMES = {
    "xlsx": ("report.xlsx", "Spreadsheet (xlsx)"),
    "pptx": ("report.pptx", "Slides (pptx)"),
    "docx": ("report.docx", "Document (docx)"),
}

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written; ``files`` are those at the top of the folder."""

    folder: Path
    pages: int
    files: tuple[str, ...]
    seconds: float


def write_report(
    report: Report,
    out: Path,
    formats: Sequence[str] = FORMATS,
    *,
    charts: int = CHARTS,
    progress: Progress | None = None,
) -> Written:
    """Write a report into a folder.

    Parameters
    ----------
    report
        The report.
    out
        The folder; it may be missing, empty, or one that Remit wrote, which is replaced.
    formats
        Any of ``pages``, ``xlsx``, ``pptx``, ``docx``.
    charts
        How many charts of exceptions slides and document carry at most.
    progress
        Told in words what is being done.

    Raises
    ------
    RemitError
        If a format is not known, or if the folder holds something else or cannot be written.
    """
    began = time.monotonic()
    check_formats(formats, charts)
    out = out.resolve()
    check_folder(out)
    try:
        with fresh_folder(out) as fresh:
            pages = _fill(report, fresh, formats, charts, progress or (lambda _: None))
    except OSError as error:
        raise SiteError(f"{out}: the report cannot be written: {error.strerror or error}") from None
    files = sorted(p.name for p in out.iterdir() if p.is_file() and p.name != MARKER)
    return Written(out, pages, tuple(files), time.monotonic() - began)


def check_formats(formats: Sequence[str], charts: int) -> None:
    """Whether a report can be written in these formats, with so many charts, before it is made.

    Raises
    ------
    RemitError
        If it cannot; the message says why.
    """
    unknown = [one for one in formats if one not in FORMATS]
    if unknown or not formats:
        raise AssessmentError(
            f"--formats takes any of {', '.join(FORMATS)}; got {', '.join(unknown) or 'none'}"
        )
    if charts < 0:
        raise AssessmentError(f"--charts takes a number from 0; got {charts}")
    if set(formats) & set(_NAMES):
        need("packs", "Reports as xlsx, pptx or docx (all but --formats pages)")


def _fill(
    report: Report, folder: Path, formats: Sequence[str], charts: int, progress: Progress
) -> int:
    """Write everything into a fresh folder; the number of pages."""
    # The points of all charts have the marks of the spreadsheet where there is no figure.
    tables: dict[str, str | bytes | pl.DataFrame] = {
        ROWS: report.rows,
        POINTS: csv_text(POINT_HEADS, points(report.view.lines)),
    }
    if kept := report.view.comments:
        tables[COMMENTARY] = csv_text(COLUMNS, comment_rows(kept))
    write_files(folder, tables, package=_package(report, formats))
    made = [form for form in FORMATS if form in formats]
    for form in made:
        progress({"pages": "pages", **{k: name for k, (name, _) in _NAMES.items()}}[form])
        _write_file(report, folder, form, charts)
    pages = 0
    if "pages" in made:
        offered = [Download(*_NAMES[form]) for form in made if form in _NAMES]
        offered.append(Download(POINTS, "All points of the charts (csv)"))
        if report.view.comments:
            offered.append(Download(COMMENTARY, "Comments and actions, for next month (csv)"))
        offered.append(Download(ROWS, "Every published figure behind them (csv)"))
        pages = write_report_pages(report.view, folder, offered)
    write_marker(folder, [report.view.period])
    return pages


def _package(report: Report, formats: Sequence[str]) -> Package:
    sources = [
        PackageSource(s.file_name, s.publication, s.url, s.sha256, s.published_on, s.licence)
        for s in report.view.sources
    ]
    beside = [name for form, (name, _) in _NAMES.items() if form in formats]
    return Package(load_output("report"), sources, report.view.fictional, beside)


def _write_file(report: Report, folder: Path, form: str, charts: int) -> None:
    """Write one file; the libraries of the others are not loaded."""
    match form:
        case "xlsx":
            from remit.exports.spreadsheet import write_spreadsheet

            write_spreadsheet(report.view, folder / _NAMES[form][0])
        case "pptx":
            from remit.exports.slides import write_slides

            write_slides(report.view, folder / _NAMES[form][0], charts)
        case "docx":
            from remit.exports.document import write_document

            write_document(report.view, folder / _NAMES[form][0], charts)
