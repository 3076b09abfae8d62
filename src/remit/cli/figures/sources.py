"""``remit sources``: what lies in the store, what was not taken, and what Remit can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from remit.cli.figures.ingest import (
    DEFAULT_STORE,
    INDENT,
    SHOWN_SCOPES,
    StoreOption,
    count_line,
    difference_line,
    first_scopes,
    rejection_line,
)
from remit.cli.output import TextCsvOrJson, give, give_json, say
from remit.files.delimited import records_csv

if TYPE_CHECKING:
    from remit.store import StoredSource


def sources(
    store: StoreOption = DEFAULT_STORE,
    rejections: Annotated[
        bool, typer.Option("--rejections", help="List the rows that were not taken, with reasons")
    ] = False,
    all_vintages: Annotated[
        bool, typer.Option("--all-vintages", help="List files that a later one has replaced too")
    ] = False,
    as_at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The files that were current on a day"),
    ] = None,
    differences: Annotated[
        bool,
        typer.Option("--differences", help="List printed totals that differ from their rows' sum"),
    ] = False,
    notes: Annotated[
        bool,
        typer.Option("--notes", help="List the columns and sheets of files that were not read"),
    ] = False,
    known: Annotated[
        bool,
        typer.Option("--known", help="List the publications that Remit reads; no store needed"),
    ] = False,
    output: TextCsvOrJson = "text",
) -> None:
    """List the files in the store, what was rejected of them, or what Remit can read.

    \b
    remit sources
    remit sources --known
    remit sources --all-vintages --format json
    remit sources --rejections --format csv > rejections.csv
    remit sources --differences
    remit sources --notes
    """
    if sum((rejections, differences, notes, known)) > 1:
        raise typer.BadParameter("give one of --rejections, --differences, --notes and --known")
    if known:
        _list_known(output)
        return
    day = as_at.date() if as_at else None
    # All is fetched, and the store given back, before a line is written: who reads a long list
    # page by page keeps nobody waiting.
    if differences:
        totals = _fetched(store, day, all_vintages, "total_checks")
        found = [pair for pair in totals if pair[1].difference]
        lines = [difference_line(check) for _, check in found]
        lines = lines or ["Every printed total is the sum of its rows."]
        _list(output, lines, _DIFFERENCE_COLUMNS, _of_file(found, _DIFFERENCE_COLUMNS))
    elif notes:
        found = _fetched(store, day, all_vintages, "notes")
        lines = [f"{source.file_name}: {note}" for source, note in found]
        lines = lines or ["Every column and sheet of the files was read or is known."]
        rows = ({"source_id": s.source_id, "file": s.file_name, "note": note} for s, note in found)
        _list(output, lines, _NOTE_COLUMNS, rows)
    elif rejections:
        found = _fetched(store, day, all_vintages, "rejections")
        lines = [rejection_line(one) for _, one in found] or ["No row was rejected."]
        _list(output, lines, _REJECTION_COLUMNS, _of_file(found, _REJECTION_COLUMNS))
    else:
        files = _files(store, day, all_vintages)
        rows = (_row(source, _SOURCE_COLUMNS) for source in files)
        _list(output, _source_lines(files), _SOURCE_COLUMNS, rows)


def _fetched(
    path: Path,
    day: date | None,
    all_vintages: bool,
    what: Literal["total_checks", "notes", "rejections"],
) -> list[tuple[StoredSource, Any]]:
    """What the store keeps of each file, each with its file."""
    from remit.store import Store

    with Store.open(path, read_only=True) as opened:
        found = opened.sources(day, all_vintages=all_vintages)
        return [(s, kept) for s in found for kept in getattr(opened, what)(s.source_id)]


def _files(path: Path, day: date | None, all_vintages: bool) -> list[StoredSource]:
    from remit.store import Store

    with Store.open(path, read_only=True) as opened:
        return opened.sources(day, all_vintages=all_vintages)


def _list_known(output: str) -> None:
    from remit.catalogue import load_publications

    known = sorted(load_publications(), key=lambda publication: publication.name)
    lines = (f"{one.name} ({one.id})\n    {one.publisher}: {one.landing_page}" for one in known)
    _list(output, lines, _KNOWN_COLUMNS, (_row(one, _KNOWN_COLUMNS) for one in known))


def _row(kept: object, columns: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in columns}


def _of_file(found: Sequence[tuple[StoredSource, Any]], columns: Sequence[str]) -> Iterator[Any]:
    """What is kept of each file as rows that begin with the file's identifier."""
    for source, kept in found:
        yield {"source_id": source.source_id, **_row(kept, columns[1:])}


def _list(
    output: str, lines: Iterable[str], columns: Sequence[str], rows: Iterable[dict[str, Any]]
) -> None:
    if output == "text":
        say("\n".join(lines))
    elif output == "json":
        give_json(list(rows))
    else:
        give(records_csv(rows, columns))


_NOTE_COLUMNS = ("source_id", "file", "note")
_KNOWN_COLUMNS = ("id", "name", "publisher", "landing_page", "licence")
_DIFFERENCE_COLUMNS = (
    "source_id",
    "file",
    "line",
    "column",
    "name",
    "printed",
    "summed",
    "difference",
)
_REJECTION_COLUMNS = ("source_id", "file", "line", "column", "value", "reason")
_SOURCE_COLUMNS = (
    "source_id",
    "publication",
    "publication_name",
    "file_name",
    "sha256",
    "published_on",
    "known_from",
    "ingested_at",
    "licence",
    "url",
    "rows_read",
    "rows_accepted",
    "rows_rejected",
    "third_party",
    "scopes",
    "current_scopes",
)


def _source_lines(found: Sequence[StoredSource]) -> Iterator[str]:
    if not found:
        yield "There is nothing in the store."
        return
    yield f"{'Rows':>9} = {'accepted':>8} + {'rejected':>8}  File"
    for source in found:
        yield count_line(source, source.file_name)
        yield f"{INDENT}{source.publication_name}; source {source.source_id}"
        if source.third_party:
            yield f"{INDENT}a third party's copy (made by: {source.third_party})"
        word = "published" if source.published_on else "ingested"
        yield f"{INDENT}known from {source.known_from} ({word})"
        if len(source.scopes) > SHOWN_SCOPES and source.scopes == source.current_scopes:
            yield f"{INDENT}{len(source.scopes)} parts: {first_scopes(source.scopes)}"
            continue
        for scope in source.scopes:
            replaced = "" if scope in source.current_scopes else f" (replaced by {_by(source)})"
            yield f"{INDENT}{scope}{replaced}"


def _by(source: StoredSource) -> str:
    return "the publisher's own file, or a later copy" if source.third_party else "a later vintage"
