"""What a short pack leaves out, and where it is: nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from remit.exports.pack import PackAsked
from remit.exports.tables import PrintedCell, Table
from remit.report.findings import BoardFinding
from remit.report.view import ReportView
from remit.words.sentences import count_words, sentence_case


def where(pack: PackAsked, page: str, sheet: str) -> str:
    """Where something is that a pack leaves out.

    Parameters
    ----------
    pack
        What is written beside it.
    page
        The page of the report.
    sheet
        The sheet of the spreadsheet.

    Examples
    --------
    >>> where(PackAsked(beside=("xlsx",)), "index.html", "summary")
    'report.xlsx, sheet summary'
    """
    places = []
    if "pages" in pack.beside and page:
        places.append(page)
    if "xlsx" in pack.beside and sheet:
        places.append(f"report.xlsx, sheet {sheet}")
    return "; ".join(places) or "remit report … --length full"


def left_out_table(view: ReportView, drawn: Sequence[BoardFinding], pack: PackAsked) -> Table:
    """What stands elsewhere: each kind of it, how much, and where.

    Parameters
    ----------
    view
        The report.
    drawn
        The findings that have a slide.
    pack
        What is written beside it.
    """
    rows = tuple(
        (PrintedCell(what), PrintedCell(sentence_case(much)), PrintedCell(where(pack, *places)))
        for what, much, places in _kinds(view, drawn)
    )
    return Table(
        title="What this pack leaves out, and where it is",
        heads=("What", "How much", "Where"),
        shares=(3.4, 3.4, 5.2),
        rows=rows,
        finding=f"{sentence_case(count_words(len(rows), 'kind'))} of things stand elsewhere.",
    )


def _kinds(
    view: ReportView, drawn: Sequence[BoardFinding]
) -> Iterator[tuple[str, str, tuple[str, str]]]:
    lines = {one.line.id for one in drawn}
    left = [line for line in view.exceptions if line.id not in lines]
    yield (
        "All metrics, each with its chart",
        count_words(len(view.metrics), "metric"),
        ("metrics/index.html", "summary"),
    )
    yield (
        "Other exceptions",
        count_words(len(left), "exception", none="none"),
        ("index.html", "exceptions"),
    )
    if view.members:
        yield (
            "Each organisation by itself",
            count_words(len(view.members), "organisation"),
            ("the organisation’s own page", "summary"),
        )
    if view.cuts:
        yield (
            "Groups of people",
            count_words(len(view.cuts), "table"),
            ("groups.html", "inequalities"),
        )
    if view.comments:
        yield (
            "Comments and actions, those of earlier months too",
            count_words(len(view.comments), "comment"),
            ("beside each metric", "commentary"),
        )
    yield (
        "Missing or late",
        count_words(len(view.missing), "figure", none="none"),
        ("missing.html", "missing-or-late" if view.missing else ""),
    )
    yield (
        "Files, each with its fingerprint",
        count_words(len(view.sources), "file"),
        ("sources.html", "sources"),
    )
    yield "How the charts are made", view.rules.name, ("method.html", "rules")
