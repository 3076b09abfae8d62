"""The files behind all figures, and the rows that were not taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remit.files.delimited import csv_text
from remit.model.observation import Rejection, Source
from remit.pages.frame.links import Link, Page, PageKind
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import Results
from remit.words.sentences import count_words

SHOWN_REJECTIONS = 500
"""A page of more rows is slow to open; the file to download has them all."""


@dataclass(frozen=True, slots=True)
class SourcesView:
    """Every file that was read."""

    title: str
    lead: str
    sources: tuple[Source, ...]
    rejections: Link | None


@dataclass(frozen=True, slots=True)
class RejectionsView:
    """Every row that was not taken, with its reason."""

    title: str
    lead: str
    rows: tuple[Rejection, ...]
    total: int
    download: Page


def pages(periods: Sequence[Results]) -> Iterator[Planned]:
    """The page of sources, and that of rejected rows where there are any."""
    yield Planned(Page(PageKind.SOURCES), lambda: sources_view(periods))
    if rejections_of(periods):
        yield Planned(
            Page(PageKind.REJECTIONS),
            lambda: rejections_view(periods),
            (Page(PageKind.REJECTIONS_FILE), lambda _: rejections_csv(periods)),
        )


def sources_view(periods: Sequence[Results]) -> SourcesView:
    """The page of sources."""
    sources = sources_of(periods)
    read = sum(source.rows_read for source in sources)
    accepted = sum(source.rows_accepted for source in sources)
    rejected = sum(source.rows_rejected for source in sources)
    link = Link(count_words(rejected, "rejected row"), Page(PageKind.REJECTIONS))
    return SourcesView(
        title="Sources",
        lead=(
            f"{count_words(len(sources), 'file')} with {count_words(read, 'row')}: "
            f"{accepted:,} accepted and {rejected:,} rejected. Every row is one or the other."
        ),
        sources=sources,
        rejections=link if rejections_of(periods) else None,
    )


def rejections_view(periods: Sequence[Results]) -> RejectionsView:
    """The page of rejections."""
    found = rejections_of(periods)
    return RejectionsView(
        title="Rejected rows",
        lead=(
            f"{count_words(len(found), 'row')} of the files could not be taken as a figure. Each "
            "is listed with its line, so that it can be found and put right."
        ),
        rows=found[:SHOWN_REJECTIONS],
        total=len(found),
        download=Page(PageKind.REJECTIONS_FILE),
    )


def sources_of(periods: Sequence[Results]) -> tuple[Source, ...]:
    """All files, each once, by name."""
    found = {s.source_id: s for results in periods for s in results.assessment.sources.values()}
    return tuple(sorted(found.values(), key=lambda source: (source.file_name, source.source_id)))


def rejections_of(periods: Sequence[Results]) -> tuple[Rejection, ...]:
    """All rejections, each once, by file and line."""
    found = {rejection for results in periods for rejection in results.assessment.rejections}
    return tuple(sorted(found, key=lambda r: (r.file, r.line, r.column, r.reason)))


def rejections_csv(periods: Sequence[Results]) -> str:
    """All rejections as a CSV file."""
    rows = ((r.file, str(r.line), r.column, r.value, r.reason) for r in rejections_of(periods))
    return csv_text(("file", "line", "column", "value", "reason"), rows)
