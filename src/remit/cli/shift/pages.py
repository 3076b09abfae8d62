"""``remit shift pages``: is care moving closer to home, as pages to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.options import StoreOption
from remit.cli.output import say, say_if_sample

if TYPE_CHECKING:
    import polars as pl

    from remit.pages.shift.shift_beside import ShiftBeside
    from remit.shift.published.run import PublishedShift


_SPREADSHEET = "shift.xlsx"


def pages(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    store: StoreOption = None,
    framework: Annotated[
        str | None, typer.Option("--framework", help="One shift framework; all if left out.")
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(
            "--year", help="A financial year; else the one with a figure of most measures."
        ),
    ] = None,
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            "--beside",
            help="A folder that `remit shift records`, `decompose` or `effect` wrote as CSV: what "
            "it tells stands on the first page; repeatable.",
        ),
    ] = None,
) -> None:
    """Build pages: first the answer with how sure, then each measure and ICB, then the method.

    The tables stand beside them, as `remit shift published --out` writes them, and with the extra
    packs a spreadsheet.
    """
    from remit.cli.shift.published import made_of
    from remit.pages.frame.folders import check_folder
    from remit.pages.shift.shift_beside import parts_beside
    from remit.pages.shift.shift_view import home_view
    from remit.shift.published.tables import tables_of
    from remit.words.sentences import count_words

    check_folder(out)
    parts = parts_beside(beside or [])
    made = made_of(store, framework, year)
    tables = tables_of(made)
    count = _write(made, tables, out, parts)
    say(home_view(made, tables).claim)
    say(f"{count_words(count, 'page')} written to {out}; begin with {out / 'index.html'}.")
    say_if_sample(made.fictional)


def _write(
    made: PublishedShift, tables: dict[str, pl.DataFrame], out: Path, parts: list[ShiftBeside]
) -> int:
    """Write all files into a folder beside, which then takes the place of ``out``."""
    from remit.files.extras import installed, missing
    from remit.files.outputs import fresh_folder
    from remit.pages.frame.folders import SiteError, note_files
    from remit.pages.shift.shift_site import write_shift_pages
    from remit.shift.published.written import write_published

    office = installed("packs")
    offered = [("Spreadsheet (xlsx)", _SPREADSHEET)] if office else []
    if not office:
        say(f"{missing('packs', 'Spreadsheets (xlsx)')}; the pages are made without one.")
    try:
        with fresh_folder(out.resolve()) as fresh:
            count = write_shift_pages(made, tables, fresh, parts, offered)
            write_published(made, tables, fresh / "data")
            if office:
                from remit.exports.shift_sheets import write_shift_sheets

                write_shift_sheets(made, tables, fresh / _SPREADSHEET, parts)
            note_files(fresh)
    except OSError as error:
        raise SiteError(f"{out}: the pages cannot be written: {error.strerror or error}") from None
    return count
