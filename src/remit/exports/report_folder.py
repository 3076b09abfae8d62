"""A report in a folder: pages, spreadsheet, slides, document and the rows behind them.

All is written beside the folder first, which then takes its place: whole or not at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from remit.catalogue.outputs import load_output
from remit.exports.pack import SHORT, PackAsked
from remit.exports.sheets import POINT_HEADS, points
from remit.files.datapackage import Package, PackageSource
from remit.files.delimited import csv_text
from remit.files.extras import need
from remit.files.outputs import fresh_folder, write_files
from remit.model.errors import AssessmentError
from remit.pages.frame.file_pages import FEED_FILE, REPORT_DATA
from remit.pages.frame.folders import MARKER, SiteError, check_folder, note_files, write_marker
from remit.pages.report.metric_page import files_of
from remit.pages.report.site import Download, write_report_pages
from remit.report import Report
from remit.report.commentary_file import COLUMNS, comment_rows
from remit.report.metric_figures import HEADS
from remit.words.sentences import count_words

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
    """What was written; ``files`` are those at the top of the folder.

    ``told`` is what must be known of the templates, and of comments that are kept and not used.
    """

    folder: Path
    pages: int
    files: tuple[str, ...]
    seconds: float
    told: tuple[str, ...] = ()


def write_report(
    report: Report,
    out: Path,
    formats: Sequence[str] = FORMATS,
    *,
    pack: PackAsked = SHORT,
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
    pack
        How slides and document are to be: short or full, in whose look, with how many charts.
    progress
        Told in words what is being done.

    Raises
    ------
    RemitError
        If a format is not known, or if the folder holds something else or cannot be written.
    """
    began = time.monotonic()
    check_formats(formats, pack.charts)
    check_folder(out)
    out = out.resolve()
    comments = _comments(report, out / COMMENTARY)
    try:
        with fresh_folder(out) as fresh:
            said = progress or (lambda _: None)
            pages, told = _fill(report, fresh, formats, pack, comments=comments, progress=said)
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the report cannot be written: {error.strerror or error}") from None
    if comments and not report.view.comments:
        kept = f"{out / COMMENTARY} is kept, and is not in this report; give it with --commentary."
        told = (*told, kept)
    files = sorted(p.name for p in out.iterdir() if p.is_file() and p.name != MARKER)
    return Written(out, pages, tuple(files), time.monotonic() - began, told)


def _comments(report: Report, earlier: Path) -> str:
    """The file of comments: those of the report, or those kept beside the earlier one.

    Raises
    ------
    SiteError
        If comments of the earlier report are not among those that were given.
    """
    kept = earlier.read_text(encoding="utf-8") if earlier.is_file() else ""
    if not report.view.comments:
        return kept
    made = csv_text(COLUMNS, comment_rows(report.view.comments))
    lost = set(kept.splitlines()) - set(made.splitlines())
    if lost:
        raise SiteError(
            f"{earlier} holds {count_words(len(lost), 'line')} of comments that are not among "
            "those given; give it too (--commentary may be repeated), or move it away"
        )
    return made


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
    report: Report,
    folder: Path,
    formats: Sequence[str],
    pack: PackAsked,
    *,
    comments: str,
    progress: Progress,
) -> tuple[int, tuple[str, ...]]:
    """Write everything into a fresh folder; the number of pages, and what is told of templates.

    Parameters
    ----------
    report, folder, formats, pack
        As for :func:`write_report`; the folder is empty.
    comments
        The text of the file of comments, which the next report reads again; empty without any.
    progress
        Told in words what is being done.
    """
    # The points of all charts have the marks of the spreadsheet where there is no figure.
    tables: dict[str, str | bytes | pl.DataFrame] = {
        ROWS: report.rows,
        POINTS: csv_text(POINT_HEADS, points(report.view.lines)),
    }
    if comments:
        tables[COMMENTARY] = comments
    write_files(folder, tables, package=_package(report, formats))
    made = [form for form in FORMATS if form in formats]
    pack = replace(pack, beside=tuple(form for form in made if form in {"pages", "xlsx"}))
    told: tuple[str, ...] = ()
    for form in made:
        progress({"pages": "pages", **{k: name for k, (name, _) in _NAMES.items()}}[form])
        told += _write_file(report, folder, form, pack)
    pages = 0
    if "pages" in made:
        offered = [Download(*_NAMES[form]) for form in made if form in _NAMES]
        offered.append(Download(POINTS, "All points of the charts (csv)"))
        if comments:
            offered.append(Download(COMMENTARY, "Comments and actions, for next month (csv)"))
        offered.append(Download(ROWS, "Every published figure behind them (csv)"))
        pages = write_report_pages(report.view, folder, offered)
    write_marker(folder, [report.view.period])
    return pages, told


def _package(report: Report, formats: Sequence[str]) -> Package:
    sources = [
        PackageSource(s.file_name, s.publication, s.url, s.sha256, s.published_on, s.licence)
        for s in report.view.sources
    ]
    beside = [name for form, (name, _) in _NAMES.items() if form in formats]
    of_pages = [files_of(one) for one in report.view.metrics] if "pages" in formats else []
    beside += [one["json"].path for one in of_pages]
    beside += [REPORT_DATA.path, FEED_FILE.path] if "pages" in formats else []
    return Package(
        load_output("report"),
        sources,
        report.view.fictional,
        beside,
        {one["csv"].path: HEADS for one in of_pages},
    )


def _write_file(report: Report, folder: Path, form: str, pack: PackAsked) -> tuple[str, ...]:
    """Write one file; the libraries of the others are not loaded. What is told of its template."""
    match form:
        case "xlsx":
            from remit.exports.spreadsheet import write_spreadsheet

            write_spreadsheet(report.view, folder / _NAMES[form][0])
        case "pptx":
            from remit.exports.slides import write_slides

            return write_slides(report.view, folder / _NAMES[form][0], pack)
        case "docx":
            from remit.exports.document import write_document

            return write_document(report.view, folder / _NAMES[form][0], pack)
    return ()
