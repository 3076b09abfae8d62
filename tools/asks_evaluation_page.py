"""Keep figures of the matching of asks in a log, and write the page that shows them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

COLUMNS = ("date", "set", "way", "figure", "hits", "of", "share", "low", "high")
Row = dict[str, str]
FIGURES = (
    ("duplicates, precision", 0.85),
    ("duplicates, recall", 0.80),
    ("with overlaps, precision", 0.80),
    ("with overlaps, recall", 0.75),
    ("clusters, precision", None),
    ("clusters, recall", None),
    ("publication first", 0.80),
    ("publication among three", 0.90),
    ("sure, precision", 0.85),
    ("sure, recall", 0.40),
    ("sure where nothing is published", 0.02),
    ("horizon, three classes", 0.85),
    ("horizon, two classes", 0.90),
)
"""Each figure with what it must reach on topics left out; where nothing is published, at most."""
WAYS = ("unseen", "fitted", "topics out", "TF-IDF", "period and sender", "majority")
HEAD = """<!-- Written by tools/asks_evaluation.py; do not change by hand. -->

# How well asks are matched

Every figure of [matching asks](asks-matching.md) with its day, set, counts and 95% interval
(Wilson). All sets are fictional. They are kept apart from this repository. The log is [a
table](asks-evaluation.csv).

- **fitted**: the matcher as it is, on asks that its weights were fitted on. It flatters.
- **topics out**: for each field of the catalogue its asks are read without the spoken names of
  its entries and without the short forms that only they use, and are judged by weights of the
  other fields. New topics fare so, or a little better: other asks of a known topic are read with
  all names. The cues of what is wanted, the features, the table of horizons and the thresholds
  are not left out; the thresholds were chosen on these figures.
- **gap**: fitted less topics out.
- **unseen**: the matcher as it is, once, on asks that another hand wrote before the last change.
- **TF-IDF**: likeness of words and pairs of words; for pairs its thresholds are the best on these
  very asks.
- **period and sender**: asks of one recipient by two senders for periods that end on the same
  day.
- **majority**: the most frequent label, whatever is asked.

*Duplicates* and *with overlaps* count pairs. *Clusters* count asks (B cubed): which part of an
ask's group is right, and which part of its true group is found. *Sure* counts asks that a
publication is said to answer; labels that are open count neither way. *Must* is what is asked of
topics left out.
"""


class Counted(Protocol):
    """A share with its counts."""

    way: str
    name: str
    hits: int
    of: int

    @property
    def share(self) -> float:
        """Hits of all."""
        ...

    def interval(self) -> tuple[float, float]:
        """Its interval."""
        ...


def keep(figures: Iterable[Counted], name: str, log: Path, page: Path) -> None:
    """Add figures of a set to the log, in place of those of the same day, and write the page.

    Parameters
    ----------
    figures
        What was measured.
    name
        The set, in words.
    log, page
        The files.
    """
    today = date.today().isoformat()
    new = [_row(one, today, name) for one in figures]
    ways = {row["way"] for row in new}
    kept = [row for row in _read(log) if not (_same(row, today, name) and row["way"] in ways)]
    rows = [*kept, *new]
    with log.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    page.write_text(page_of(rows), encoding="utf-8")


def page_of(rows: Sequence[Row]) -> str:
    """The page of a log: for each day and set a table, the latest first."""
    runs = list(dict.fromkeys((row["date"], row["set"]) for row in rows))
    parts = [HEAD]
    for day, name in sorted(runs, key=lambda run: run[0], reverse=True):
        own = {(r["way"], r["figure"]): r for r in rows if _same(r, day, name)}
        parts.append(f"\n## {day}: {name}\n\n{_table(own)}")
    return "".join(parts)


def _row(one: Counted, today: str, name: str) -> Row:
    low, high = one.interval()
    numbers = (str(one.hits), str(one.of), f"{one.share:.4f}", f"{low:.4f}", f"{high:.4f}")
    return dict(zip(COLUMNS, (today, name, one.way, one.name, *numbers), strict=True))


def _same(row: Row, day: str, name: str) -> bool:
    return (row["date"], row["set"]) == (day, name)


def _read(log: Path) -> list[Row]:
    if not log.is_file():
        return []
    with log.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(own: dict[tuple[str, str], Row]) -> str:
    ways = [way for way in WAYS if any(way == key[0] for key in own)]
    gap = {"fitted", "topics out"} <= {*ways}
    head = ["figure", *ways, *(["gap"] if gap else []), "must"]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for figure, must in FIGURES:
        cells = [_cell(own.get((way, figure))) for way in ways]
        if gap:
            cells.append(_gap(own, figure))
        lines.append(f"| {figure} | {' | '.join(cells)} | {_must(figure, must)} |")
    return "\n".join([*lines, ""])


def _cell(row: Row | None) -> str:
    if row is None:
        return "–"
    share, low, high = (f"{float(row[name]):.2f}" for name in ("share", "low", "high"))
    return f"**{share}** ({row['hits']} of {row['of']}; {low} to {high})"


def _gap(own: dict[tuple[str, str], Row], figure: str) -> str:
    fitted, out = own.get(("fitted", figure)), own.get(("topics out", figure))
    if fitted is None or out is None:
        return "–"
    return f"{float(fitted['share']) - float(out['share']):+.2f}".replace("-", "−")


def _must(figure: str, must: float | None) -> str:
    if must is None:
        return "–"
    return f"at most {must:.2f}" if figure.startswith("sure where") else f"{must:.2f}"
