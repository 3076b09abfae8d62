"""The data files beside the pages of a site: JSON, CSV, and the feed of what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from remit.files.delimited import csv_text
from remit.files.jsons import json_text
from remit.pages.frame.feed import Feed, atom
from remit.pages.frame.folders import write_page
from remit.pages.frame.links import Page, PageKind
from remit.pages.standings.changes import site_feed
from remit.pages.standings.held import HeldBuild, held_period
from remit.pages.standings.results import Results
from remit.pages.standings.standings_data import standings_data

SCHEMA = "site.schema.json"
"""The schema of ``site.json``, which lies in ``static`` beside the pages."""

VERSION = 1
"""That of ``site.json``, raised as that of the standings is."""

Data = Mapping[str, Any]

STANDING_HEADS = (
    "org_code", "org_name", "kind", "region_code", "icb_code", "segment", "adjusted_segment",
    "unadjusted_segment", "average_score", "n_metrics", "rank", "likely_score_low",
    "likely_score_high", "likely_rank_low", "likely_rank_high", "published_average_score",
    "published_segment", "published_rank", "file", "line",
)  # fmt: skip
"""The columns of ``standings.csv``; file and line are those of the published segment."""

FIGURE_HEADS = (
    "org_code", "metric_id", "metric", "value", "unit", "status", "period_label", "score",
    "basis", "rank", "population_size", "published_score", "file", "line", "column",
    "score_file", "score_line",
)  # fmt: skip
"""The columns of ``figures.csv``; of a value that was made of counts the JSON has the lines."""


def standing_rows(data: Data) -> Iterator[tuple[object, ...]]:
    """A row for each organisation of a period's data, in the order of ``STANDING_HEADS``."""
    files = {one["number"]: one["file"] for one in data["sources"]}
    for one in data["organisations"]:
        published = one["published"]
        place = published.get("segment", {}).get("from") or {}
        yield (
            *(one[name] for name in ("code", "name", "kind", "region", "icb", "segment",
                                     "adjusted_segment", "unadjusted_segment", "average_score",
                                     "n_scores", "rank")),
            *(one["likely_score"] or (None, None)),
            *(one["likely_rank"] or (None, None)),
            *(published.get(name, {}).get("value")
              for name in ("average_score", "segment", "rank")),
            files.get(place.get("file")),
            place.get("line"),
        )  # fmt: skip


def figure_rows(data: Data) -> Iterator[tuple[object, ...]]:
    """A row for each organisation and metric of a period, in the order of ``FIGURE_HEADS``."""
    files = {one["number"]: one["file"] for one in data["sources"]}
    names = {one["id"]: one["name"] for one in data["metrics"]}
    for organisation in data["organisations"]:
        for one in organisation["metrics"]:
            value, score = one["value_from"] or {}, one["published_score_from"] or {}
            yield (
                organisation["code"],
                one["metric"],
                names.get(one["metric"]),
                *(one[name] for name in ("value", "unit", "status", "reported_for", "score",
                                         "basis", "rank", "ranked", "published_score")),
                files.get(value.get("file")),
                value.get("line"),
                value.get("column"),
                files.get(score.get("file")),
                score.get("line"),
            )  # fmt: skip


def data_pages(periods: Sequence[Results]) -> tuple[Page, ...]:
    """The data files of a site, as pages that others can link to."""
    dated = (PageKind.STANDINGS_DATA, PageKind.STANDINGS_FILE, PageKind.FIGURES_FILE)
    return (
        Page(PageKind.SITE_DATA),
        Page(PageKind.FEED),
        *(one.page(kind) for one in periods for kind in dated),
    )


def write_data(folder: Path, periods: Sequence[Results], former: HeldBuild | None) -> None:
    """Write the data files of a site.

    Parameters
    ----------
    folder
        The folder of the pages.
    periods
        The assessments, oldest first.
    former
        What the build before held; None for the first.
    """
    held = []
    for one in periods:
        data = standings_data(one)
        held.append(held_period(data))
        for kind, text in (
            (PageKind.STANDINGS_DATA, json_text(data, indent=None) + "\n"),
            (PageKind.STANDINGS_FILE, csv_text(STANDING_HEADS, standing_rows(data))),
            (PageKind.FIGURES_FILE, csv_text(FIGURE_HEADS, figure_rows(data))),
        ):
            write_page(folder, one.page(kind).path, text)
    feed = site_feed(periods, held, former)
    write_page(folder, Page(PageKind.FEED).path, atom(feed))
    write_page(folder, Page(PageKind.SITE_DATA).path, json_text(_site(periods, feed)) + "\n")


def _site(periods: Sequence[Results], feed: Feed) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "fictional": any(one.fictional for one in periods),
        "periods": [
            {
                "period": one.period,
                "framework": one.framework.id,
                "organisations": len(one.standings),
                "standings": one.page(PageKind.STANDINGS_DATA).path,
            }
            for one in periods
        ],
        "feed": feed.id,
        "changes": [change.as_data() for change in feed.changes],
    }
