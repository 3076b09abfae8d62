"""``remit fetch``: a publication's files from its official pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.output import say
from remit.cli.progress import downloading
from remit.model.errors import FetchError, UnknownCode
from remit.words.sentences import count_words

if TYPE_CHECKING:
    from remit.fetching import Fetched, Finding, Web
    from remit.model.period import Period
    from remit.model.publication import Publication
    from remit.publications.rows.reading import ReadingContext

_INDENT = " " * 12


def fetch(
    publication: Annotated[
        str | None,
        typer.Argument(help="A publication's identifier; `remit fetch --list` names all"),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(help='Only files of this month, quarter or year: "Jun 2025", "2024/25"'),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="The folder to keep the files in; else fetched/PUBLICATION"),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option("--store", envvar="REMIT_STORE", help="Take the files into this store too"),
    ] = None,
    page: Annotated[
        str | None, typer.Option(help="The page's address, where it has moved since")
    ] = None,
    list_only: Annotated[
        bool, typer.Option("--list", help="List what the pages link to; download nothing")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be downloaded; keep nothing")
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=1, help="Seconds after which a silent server is given up")
    ] = 30,
    pause: Annotated[
        float, typer.Option(min=0, help="Seconds between two requests, to be polite")
    ] = 1,
    most_mb: Annotated[
        int, typer.Option("--most-mb", min=1, max=100_000, help="The largest file that is taken")
    ] = 500,
    most_minutes: Annotated[
        int, typer.Option("--most-minutes", min=1, max=10_000, help="For all files of this run")
    ] = 120,
) -> None:
    """Download a publication's files from its official pages and check them.

    This is the one command that uses the network. Links are looked for on the page, since names
    of files carry suffixes that nobody can foresee; of several revisions the newest is taken.
    Each file is kept as published beside its sha256. A download that broke off is gone on with,
    and a file that has not changed is not downloaded again.

    \b
    remit fetch --list
    remit fetch ae-monthly --period "2024/25" --dry-run
    remit fetch ae-monthly --period "Jun 2025" --store remit.duckdb
    """
    from remit.fetching import Limits, Web

    if publication is None:
        _list_publications(list_only)
        return
    declared = _declared(publication, page)
    folder = to or Path("fetched") / declared.id
    limits = Limits(file_bytes=most_mb * 1_000_000, run_seconds=most_minutes * 60)
    web = Web(timeout=timeout, pause=pause, limits=limits)
    finding = _found(declared, _wanted(period), folder, web)
    _print_finding(finding, folder)
    if dry_run:
        say("This was a dry run: nothing was downloaded.")
    if not (dry_run or list_only):
        raise typer.Exit(_fetch_all(finding, folder, store, web))


def _found(publication: Publication, wanted: Period | None, folder: Path, web: Web) -> Finding:
    from remit.fetching import Overdue, Unreachable, by_hand, find

    try:
        return find(publication, web, wanted)
    except (Unreachable, Overdue) as error:
        raise FetchError(f"{error}.\n{by_hand(publication, folder)}") from None


# What is asked for -------------------------------------------------------------------------------


def _list_publications(asked: bool) -> None:
    from remit.catalogue import load_publications

    if not asked:
        raise typer.BadParameter("name a publication, or list all with --list")
    for one in load_publications():
        say(f"{one.id:<32}{one.name}")
        say(f"{'':<32}{one.landing_page}")
        say(f"{'':<32}{_known(one)}")


def _known(publication: Publication) -> str:
    if publication.links is None:
        return f"to be saved by hand: {publication.no_links}"
    seen = "seen to work" if publication.links.verified else "not yet tried on the page itself"
    return f"files such as {publication.links.example}; pattern {seen}"


def _declared(name: str, page: str | None) -> Publication:
    from remit.catalogue import load_publications
    from remit.words.nearest import nearest

    known = {one.id: one for one in load_publications()}
    if name not in known:
        raise UnknownCode(
            f"There is no publication {name!r}. Nearest: {nearest(name, known)}. "
            "`remit fetch --list` names all."
        )
    found = known[name]
    return found.model_copy(update={"landing_page": page}) if page else found


def _wanted(text: str | None) -> Period | None:
    from remit.model.asked_period import asked_period

    return None if text is None else asked_period(text)


# Downloading -------------------------------------------------------------------------------------


def _fetch_all(finding: Finding, folder: Path, store: Path | None, web: Web) -> int:
    """Fetch every file; one that fails does not keep the others back."""
    from remit.fetching import by_hand, fetch

    context = _context()
    done: list[Fetched] = []
    faults: list[str] = []
    with downloading(len(finding.files)) as step:
        for file in finding.files:
            try:
                made = fetch(
                    file,
                    finding.publication.id,
                    folder,
                    web=web,
                    context=context,
                    progress=step(file.name),
                )
            except FetchError as error:
                faults.append(str(error))
            else:
                done.append(made)
                _print_fetched(made)
    if not done:
        raise FetchError("\n".join([*faults, by_hand(finding.publication, folder)]))
    for fault in faults:
        say(fault, err=True)
    if store is not None:
        _take_in(done, store)
    untidy = any(f.reading.rejections or _differences(f) for f in done)
    return DONE_WITH_FINDINGS if faults or untidy else DONE


def _context() -> ReadingContext:
    from remit.catalogue import load_metrics
    from remit.publications.rows.reading import ReadingContext
    from remit.register import load_register

    return ReadingContext(load_register(), load_metrics())


def _differences(fetched: Fetched) -> int:
    return sum(1 for check in fetched.reading.checks if check.difference)


def _take_in(done: Sequence[Fetched], path: Path) -> None:
    from remit.store import Store

    with Store.open(path) as store:
        report = store.ingest([fetched.reading for fetched in done])
    outcomes = [file.outcome for file in report.files]
    counted = {said: outcomes.count(said) for said in dict.fromkeys(outcomes)}
    said = ", ".join(f"{number} {outcome}" for outcome, number in counted.items())
    say(f"Taken into {path}: {said}; {report.rows_accepted:,} rows accepted.")
    if report.rows_rejected:
        say(f"See those rejected with: remit sources --rejections --store {path}")


# Saying what was done ----------------------------------------------------------------------------


def _print_finding(finding: Finding, folder: Path) -> None:
    first, *further = finding.pages
    more = f" and {len(further)} pages that it names" if further else ""
    files = count_words(len(finding.files), "file", none="0")
    say(f"{finding.publication.name}: {files} on {first}{more}; to be kept in {folder}")
    if finding.publication.links and not finding.publication.links.verified:
        say("The pattern of its links has not been tried on the page itself yet.", err=True)
    if finding.unread:
        say(f"{finding.unread} more pages were not read; --period asks for fewer.", err=True)
    for file in finding.files:
        period = file.period.label if file.period else "all periods"
        older = ", ".join(file.instead_of)
        instead = f" (newest revision; instead of {older})" if older else ""
        say(f"{period:<{len(_INDENT)}}{file.name}{instead}")


def _print_fetched(fetched: Fetched) -> None:
    source = fetched.reading.source
    resumed = f", gone on from {fetched.resumed_from:,}" if fetched.resumed_from else ""
    say(f"{fetched.path}: {fetched.outcome}, {fetched.size:,} bytes{resumed}")
    say(f"{_INDENT}sha256 {fetched.sha256}")
    if fetched.earlier:
        say(f"{_INDENT}what lay there before is kept as {fetched.earlier.name}")
    say(
        f"{_INDENT}{source.rows_read:,} rows = {source.rows_accepted:,} accepted + "
        f"{source.rows_rejected:,} rejected"
    )
    if _differences(fetched):
        say(f"{_INDENT}{_differences(fetched)} printed totals differ from their rows' sum")
