"""``remit ingest`` and ``remit sources``: what goes into the store, and what lies in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.progress import Progress
from remit.model.plain_text import shown_on_one_line
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.model.observation import Rejection, TotalCheck
    from remit.publications.files.folders import Meant
    from remit.publications.rows.reading import Reading, ReadingContext
    from remit.store import FileReport, IngestReport, ScopeReport, Store, StoredSource
    from remit.store.intake import Incoming

_SHOWN_REJECTIONS = 5
SHOWN_SCOPES = 4
_NAMED_FILES = 12
_LONGEST_NOTE = 160
INDENT = " " * 33

StoreOption = Annotated[
    Path, typer.Option("--store", envvar="REMIT_STORE", help="The store's file")
]
DEFAULT_STORE = Path("remit.duckdb")


def ingest(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files as published (CSV, Excel, zip), folders of them, or patterns"),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    period: Annotated[
        str | None,
        typer.Option(help='The period of files that do not tell it: "2025/26 Q1", "Jun 2025"'),
    ] = None,
    published_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day on which the files were published"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done; keep nothing")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Take in all files, or none if one cannot be read")
    ] = False,
    wait: Annotated[
        float, typer.Option(min=0, help="How many seconds to wait for others who use the store")
    ] = 30,
    remove: Annotated[
        str | None, typer.Option(metavar="SOURCE_ID", help="Take a file out of the store again")
    ] = None,
) -> None:
    """Read published files and keep every figure with its file and line.

    A folder stands for all tables in it and in the folders below. Each file is taken in whole or
    not at all; what cannot be read is listed at the end, and stops the others only with --strict.
    A file that is there already changes nothing; a revised file is a new vintage, and the older
    one stays.

    \b
    remit ingest nof-acute.csv
    remit ingest downloads --published-on 2025-09-09
    remit ingest downloads --strict
    remit ingest nof-acute-v2.csv --dry-run
    remit ingest --remove e7d3d45fa7ddef85
    """
    if bool(files) == (remove is not None):
        raise typer.BadParameter("give files to take in, or --remove with a source to take out")
    if remove is not None:
        _remove(store, remove, wait, dry_run)
        return
    with TemporaryDirectory(prefix="remit-") as folder:
        read = _read_all(files or [], _context(period, published_on), Path(folder), strict=strict)
        report = _keep(read.readings, store, wait, dry_run=dry_run, strict=strict)
    _print_ingest(report, read.names)
    _print_rejections([r for reading in read.readings for r in reading.rejections], store, dry_run)
    differing = [c for reading in read.readings for c in reading.checks if c.difference]
    _print_differences(differing, store, dry_run)
    _print_not_taken(read.faults)
    if dry_run:
        say("This was a dry run: nothing was kept.")
    found = report.rows_rejected or differing or read.faults
    raise typer.Exit(DONE_WITH_FINDINGS if found else DONE)


def _keep(
    readings: Sequence[Incoming], store: Path, wait: float, *, dry_run: bool, strict: bool
) -> IngestReport:
    with _opened(store, wait, dry_run) as opened, Progress("Keeping", len(readings)) as shown:
        return opened.ingest(_shown(readings, shown), dry_run=dry_run, together=strict)


# Reading -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Read:
    """The files that were read, and those that were not, each with the reason."""

    readings: list[Incoming] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """The files' names; with their folders where two have the same."""
    faults: list[str] = field(default_factory=list)


def _read_all(
    arguments: Sequence[Path], context: ReadingContext, folder: Path, *, strict: bool
) -> _Read:
    """Read all files before the store is opened, so that others wait for it only briefly.

    Figures of large files wait in the folder.
    """
    from remit.model.errors import PublicationError
    from remit.publications.files.folders import meant_by
    from remit.publications.rows.set_aside import set_aside

    meant = meant_by(arguments)
    paths = list(meant.files)
    if len(paths) > len(arguments):
        say(_files_in_words(paths), err=True)
    _say_passed_over(meant)
    read = _Read(faults=list(meant.barred))
    alike = Counter(path.name for path in paths)
    with Progress("Reading", len(paths)) as shown:
        for path in paths:
            shown.begin(path.name)
            rows = 0
            for reading in _readings(path, context, read.faults):
                rows += reading.source.rows_read
                read.readings.append(set_aside(reading, folder))
                read.names.append(_name(path, reading, in_full=alike[path.name] > 1))
            shown.end(rows)
    if read.faults and (strict or not read.readings):
        raise PublicationError("\n".join([*read.faults, "Nothing was taken in."]))
    return read


def _readings(path: Path, context: ReadingContext, faults: list[str]) -> Iterator[Reading]:
    """What was read of one file; of what cannot be, the reason goes to the faults."""
    from remit.publications.recognise import read_each
    from remit.publications.rows.reading import Reading

    try:
        for found in read_each(path, context):
            if isinstance(found, Reading):
                yield found
            else:
                faults.append(str(found))
    except MemoryError:
        faults.append(f"{path}: the memory does not suffice; close other programs")


def _name(path: Path, reading: Reading, *, in_full: bool) -> str:
    """The name of a file; with its folder, and that of a member of an archive with its place."""
    named = reading.source.file_name
    member = named.removeprefix(f"{shown_on_one_line(path.name)}/")
    whole = str(path) if in_full else path.name
    return whole if member == named else f"{whole}/{member}"


def _say_passed_over(meant: Meant) -> None:
    for paths, what in (
        (meant.passing, "temporary or system"),
        (meant.no_tables, "other"),
    ):
        if paths:
            count = count_words(len(paths), "file").replace(" ", f" {what} ", 1)
            say(f"Passed over: {count}: {_named(paths)}", err=True)


def _files_in_words(paths: Sequence[Path]) -> str:
    return f"Reading {count_words(len(paths), 'file')}: {_named(paths)}"


def _named(paths: Iterable[Path]) -> str:
    names = list(dict.fromkeys(shown_on_one_line(path.name) for path in paths))
    more = f" and {len(names) - _NAMED_FILES} more" if len(names) > _NAMED_FILES else ""
    return f"{', '.join(names[:_NAMED_FILES])}{more}"


def _context(period: str | None, published_on: datetime | None) -> ReadingContext:
    from remit.catalogue import load_metrics
    from remit.model.asked_period import asked_period
    from remit.model.period import today
    from remit.publications.rows.reading import ReadingContext
    from remit.register import load_register

    release = asked_period(period) if period is not None else None
    day = published_on.date() if published_on else None
    if day and day > today():
        raise typer.BadParameter(f"--published-on {day} is in the future")
    return ReadingContext(load_register(), load_metrics(), release, day)


def _shown(readings: Sequence[Incoming], shown: Progress) -> Iterator[Incoming]:
    for reading in readings:
        shown.begin(reading.source.file_name)
        yield reading
        shown.end(reading.source.rows_read)


def _opened(path: Path, wait: float, dry_run: bool) -> Store:
    """The store; a dry run does not make one that is not there."""
    from remit.files.database import place_of
    from remit.store import Store

    place = place_of(path)
    if dry_run and not place.exists() and place.parent.is_dir():
        return Store.in_memory()
    return Store.open(path, wait_seconds=wait)


# Saying what was done ----------------------------------------------------------------------------


def _print_ingest(report: IngestReport, names: Sequence[str]) -> None:
    say(f"{'Rows':>9} = {'accepted':>8} + {'rejected':>8}  File")
    for file, name in zip(report.files, names, strict=True):
        say(count_line(file, name))
        for line in _standing(file):
            say(f"{INDENT}{line}")
    if len(report.files) > 1:
        say(count_line(report, f"in {count_words(len(report.files), 'file')}"))


def count_line(counts: FileReport | IngestReport | StoredSource, what: str) -> str:
    """The rows of a file: read, accepted, rejected."""
    read, accepted, rejected = counts.rows_read, counts.rows_accepted, counts.rows_rejected
    return f"{read:>9,} = {accepted:>8,} + {rejected:>8,}  {shown_on_one_line(what)}"


def _standing(file: FileReport) -> Iterator[str]:
    yield f"{file.publication_name}; source {file.source_id}"
    yield from (unread_line(note) for note in file.unread)
    if file.outcome == "already there":
        yield "already there: nothing changed" + (f"; {file.note}" if file.note else "")
    elif not file.scopes:
        yield "new, but without a single accepted row"
    if len(file.scopes) > SHOWN_SCOPES and not any(s.before or s.after for s in file.scopes):
        yield f"{len(file.scopes)} parts, all new: {first_scopes([s.scope for s in file.scopes])}"
        return
    for scope in file.scopes:
        yield _scope_line(scope)


def unread_line(note: str) -> str:
    """What was not read of a file; a long list of columns is cut short."""
    plain = shown_on_one_line(note)
    if len(plain) <= _LONGEST_NOTE:
        return f"Note: {plain}"
    return f"Note: {plain[: _LONGEST_NOTE - 2].rstrip(' ,')} … (whole: remit sources --notes)"


def first_scopes(scopes: Sequence[str]) -> str:
    """The first few parts of a long list."""
    return f"{', '.join(scopes[:SHOWN_SCOPES])} …"


def _scope_line(scope: ScopeReport) -> str:
    if scope.before:
        what = "in place of the third party's copy" if scope.outranks else "new vintage of"
        said = (
            f"{scope.scope}: {what} {scope.before} (figures changed {scope.changed:,}, "
            f"added {scope.added:,}, gone {scope.gone:,})"
        )
    else:
        older = "a copy of what is there" if scope.outranked else "older than what is there"
        said = f"{scope.scope}: {older if scope.after else 'new'}"
    why = "is later"
    if scope.outranked or scope.revised:
        why = "is the publisher's own" if scope.outranked else "is by its name a revision of it"
    if scope.undated and scope.changed and not scope.after:
        said += (
            "; neither file says when it was published: this one counts, as it came later; if "
            f"{scope.before} is the newer, take both in with --published-on"
        )
    return said + (f"; {scope.after} {why} and stays current" if scope.after else "")


def _print_rejections(rejections: Sequence[Rejection], store: Path, dry_run: bool) -> None:
    if not rejections:
        return
    say(f"\n{len(rejections):,} row(s) rejected:")
    alike = _alike(rejections)
    for group in alike[:_SHOWN_REJECTIONS]:
        more = f" (and {len(group) - 1:,} more rows like it)" if len(group) > 1 else ""
        say(f"  {rejection_line(group[0])}{more}")
    rest = sum(len(group) for group in alike[_SHOWN_REJECTIONS:])
    if rest:
        say(f"  and {rest:,} more")
    if not dry_run:
        say(f"See all of them with: remit sources --rejections --store {store}")


def _print_differences(differing: Sequence[TotalCheck], store: Path, dry_run: bool) -> None:
    if not differing:
        return
    say(f"\n{len(differing):,} printed total(s) differ from the sum of their rows:")
    largest = sorted(differing, key=lambda check: -abs(check.difference))
    for check in largest[:_SHOWN_REJECTIONS]:
        say(f"  {difference_line(check)}")
    if len(differing) > _SHOWN_REJECTIONS:
        say(f"  and {len(differing) - _SHOWN_REJECTIONS:,} more, all smaller or as large")
    if not dry_run:
        say(f"See all of them with: remit sources --differences --store {store}")


def _print_not_taken(faults: Sequence[str]) -> None:
    if faults:
        say(f"\n{count_words(len(faults), 'file')} not taken in:")
        for fault in faults:
            say(f"  {shown_on_one_line(fault)}")


def difference_line(check: TotalCheck) -> str:
    """One printed total that is not the sum of its rows, in words."""
    return (
        f"{check.file}, line {check.line}, column {check.column}: {check.name}: printed "
        f"{check.printed:,.10g}, sum {check.summed:,.10g}, difference {check.difference:+,.10g}"
    )


def _alike(rejections: Iterable[Rejection]) -> list[list[Rejection]]:
    """Rejections that differ by their line only, together."""
    groups: dict[tuple[str, ...], list[Rejection]] = {}
    for one in rejections:
        groups.setdefault((one.file, one.column, one.value, one.reason), []).append(one)
    return list(groups.values())


def rejection_line(rejection: Rejection) -> str:
    """One rejected row in words."""
    place = f", column {rejection.column}" if rejection.column else ""
    value = f" “{shown_on_one_line(rejection.value[:80])}”" if rejection.value else ""
    reason = shown_on_one_line(rejection.reason)
    return f"{shown_on_one_line(rejection.file)}, line {rejection.line}{place}{value}: {reason}"


# Taking out --------------------------------------------------------------------------------------


def _remove(path: Path, source_id: str, wait: float, dry_run: bool) -> None:
    from remit.files.database import place_of
    from remit.model.errors import StoreError
    from remit.store import Store

    if not place_of(path).exists():
        raise StoreError(f"{path}: there is no store")
    with Store.open(path, wait_seconds=wait, must_exist=True) as store:
        report = store.remove(source_id, dry_run=dry_run)
    verb = "Would remove" if dry_run else "Removed"
    say(f"{verb} {report.source.file_name}: {report.observations:,} figures.")
    for scope, holder in report.scopes:
        say(f"  {scope}: {f'{holder} is current' if holder else 'nothing is left of it'}")
