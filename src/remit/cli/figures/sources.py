"""``remit sources``: what lies in the store, what was not taken, and what Remit can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from remit.cli.output import TextCsvOrJson, give, say
from remit.files.delimited import records_csv
from remit.files.jsons import json_text

if TYPE_CHECKING:
    from remit.model.observation import Rejection, TotalCheck
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
        _list_differences([pair for pair in totals if pair[1].difference], output)
    elif notes:
        _list_notes(_fetched(store, day, all_vintages, "notes"), output)
    elif rejections:
        _list_rejections(_fetched(store, day, all_vintages, "rejections"), output)
    else:
        _list_sources(_files(store, day, all_vintages), output)


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


def _list_rejections(found: Sequence[tuple[StoredSource, Rejection]], output: str) -> None:
    if output == "text":
        say("\n".join(_rejection_lines(found)))
        return
    _write(_REJECTION_COLUMNS, [_rejection_row(*pair) for pair in found], output)


def _list_sources(found: Sequence[StoredSource], output: str) -> None:
    if output == "text":
        say("\n".join(_source_lines(found)))
        return
    _write(_SOURCE_COLUMNS, [_source_row(source) for source in found], output)


def _list_known(output: str) -> None:
    from remit.catalogue import load_publications

    known = sorted(load_publications(), key=lambda publication: publication.name)
    if output == "text":
        for one in known:
            say(f"{one.name} ({one.id})\n    {one.publisher}: {one.landing_page}")
        return
    rows = [{name: getattr(one, name) for name in _KNOWN_COLUMNS} for one in known]
    _write(_KNOWN_COLUMNS, rows, output)


def _list_differences(found: Sequence[tuple[StoredSource, TotalCheck]], output: str) -> None:
    if output == "text":
        lines = [difference_line(check) for _, check in found]
        say("\n".join(lines or ["Every printed total is the sum of its rows."]))
        return
    names = _DIFFERENCE_COLUMNS
    rows = [
        {"source_id": source.source_id, **{name: getattr(check, name) for name in names[1:]}}
        for source, check in found
    ]
    _write(names, rows, output)


def _list_notes(found: Sequence[tuple[StoredSource, str]], output: str) -> None:
    if output == "text":
        lines = [f"{source.file_name}: {note}" for source, note in found]
        say("\n".join(lines or ["Every column and sheet of the files was read or is known."]))
        return
    rows = [{"source_id": s.source_id, "file": s.file_name, "note": note} for s, note in found]
    _write(_NOTE_COLUMNS, rows, output)


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
        word = "published" if source.published_on else "ingested"
        yield f"{INDENT}known from {source.known_from} ({word})"
        if len(source.scopes) > SHOWN_SCOPES and source.scopes == source.current_scopes:
            yield f"{INDENT}{len(source.scopes)} parts: {first_scopes(source.scopes)}"
            continue
        for scope in source.scopes:
            replaced = "" if scope in source.current_scopes else " (replaced by a later vintage)"
            yield f"{INDENT}{scope}{replaced}"


def _rejection_lines(refused: Sequence[tuple[StoredSource, Rejection]]) -> Iterator[str]:
    if not refused:
        yield "No row was rejected."
    for _, rejection in refused:
        yield rejection_line(rejection)


def _source_row(source: StoredSource) -> dict[str, Any]:
    return {name: getattr(source, name) for name in _SOURCE_COLUMNS}


def _rejection_row(source: StoredSource, rejection: Rejection) -> dict[str, Any]:
    row = {name: getattr(rejection, name) for name in _REJECTION_COLUMNS[1:]}
    return {"source_id": source.source_id, **row}


def _write(columns: Sequence[str], rows: Sequence[dict[str, Any]], output: str) -> None:
    if output == "json":
        give(json_text(rows))
        return
    give(records_csv(rows, columns))
