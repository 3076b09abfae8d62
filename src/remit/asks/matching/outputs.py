"""Write what was found about asks as plain CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from pathlib import Path

from remit.asks.matching.figures import ReadyAnswer
from remit.asks.matching.matcher import MatchedAsks
from remit.asks.matching.plain_file import RejectedAsk
from remit.catalogue.outputs import load_output
from remit.files.datapackage import Package, PackageSource
from remit.files.delimited import csv_text
from remit.files.outputs import write_files
from remit.model.errors import AskError

Table = tuple[tuple[str, ...], Iterable[Sequence[object]]]


def write_matched(
    found: MatchedAsks,
    rejections: Sequence[RejectedAsk],
    folder: Path,
    ready: Sequence[ReadyAnswer] | None = None,
    source: str = "",
) -> list[str]:
    """Write all tables into a folder and return their file names.

    ``pairs.csv``, ``answered.csv`` and ``horizon.csv`` have the columns of labelled cases;
    ``clusters.csv`` and ``series.csv`` have one row for each ask in each; ``rejections.csv``
    is written even when it is empty, so that an old one never misleads. With ``ready``,
    ``answers.csv`` has the published figures, or why there is none. ``source`` names the list or
    the register that the asks come from.

    Raises
    ------
    AskError
        If the folder or a file in it cannot be written.
    """
    tables = _tables(found)
    tables["rejections.csv"] = _table(rejections, "line", "ask_id", "column", "value", "reason")
    if ready is not None:
        tables["answers.csv"] = _ready(ready)
    texts = {name: csv_text(header, rows) for name, (header, rows) in tables.items()}
    package = Package(load_output("matches"), [PackageSource(source)] if source else ())
    return [p.name for p in write_files(folder, texts, package=package, error=AskError)]


def _tables(found: MatchedAsks) -> dict[str, Table]:
    return {
        "pairs.csv": _table(
            found.pairs,
            *("ask_a", "ask_b", "relation", "confidence", "reason", "state", "other"),
        ),
        "unsure.csv": _table(found.close, "ask_a", "ask_b", "reading", "other", "reason"),
        "answered.csv": _table(
            found.answers,
            *("ask_id", "publication", "rank", "confidence", "state", "coverage", "reason"),
        ),
        "horizon.csv": _table(found.horizons, "ask_id", "horizon", "aim", "reason"),
        "clusters.csv": (("cluster_id", "ask_id", "role", "matter"), _cluster_rows(found)),
        "series.csv": (("series_id", "ask_id", "place", "reason"), _series_rows(found)),
    }


def _table(found: Iterable[object], *columns: str) -> Table:
    return columns, map(attrgetter(*columns), found)


def _ready(answers: Sequence[ReadyAnswer]) -> Table:
    header = (
        *("ask_id", "publication", "org_code", "metric", "period", "value", "numerator"),
        *("denominator", "status", "files", "why_not", "check"),
    )
    rows = [
        (
            *(a.ask_id, a.publication, a.org_code, a.metric_id, a.period_label, a.value),
            *(a.numerator, a.denominator, a.status, "; ".join(a.files), a.why_not, a.check),
        )
        for a in answers
    ]
    return header, rows


def _cluster_rows(found: MatchedAsks) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = []
    for one in found.clusters:
        rows += [(one.cluster_id, ask, "duplicate", one.reason) for ask in one.duplicates]
        rows += [(one.cluster_id, ask, "overlap", one.reason) for ask in one.overlaps]
    return rows


def _series_rows(found: MatchedAsks) -> list[Sequence[object]]:
    return [
        (one.series_id, ask, place, one.reason)
        for one in found.series
        for place, ask in enumerate(one.ask_ids, start=1)
    ]
