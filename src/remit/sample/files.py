"""The files of the sample, in the order in which they would have been published."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from remit.sample.region import ACUTE, AMBULANCE, MENTAL, QUARTERS
from remit.sample.rows import (
    LEAGUE_HEADER,
    TRUST_DATA_HEADER,
    Row,
    Sheet,
    league_rows,
    trust_data_rows,
    without_quarter,
)
from remit.sample.spoiled import with_spoiled_rows

_BOM = "\ufeff"
REVISED = 2
"""The quarter whose acute files are issued twice."""

_PUBLISHED_ON = {
    1: date(2025, 9, 9),
    2: date(2025, 12, 11),
    3: date(2026, 3, 12),
    4: date(2026, 6, 11),
}
_REVISED_ON = date(2026, 1, 22)


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """The files that were written.

    Attributes
    ----------
    published
        The files as first published.
    revised
        The files that replace parts of them: a new vintage of one quarter.
    """

    published: tuple[Path, ...]
    revised: tuple[Path, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """All files in the order in which to ingest them, the revised ones last."""
        return (*self.published, *self.revised)

    def published_on(self, path: Path) -> date:
        """The (invented) day on which a file was published."""
        if path in self.revised:
            return _REVISED_ON
        last_quarter = max(q for q in QUARTERS if f"q{q}-" in path.name)
        return _PUBLISHED_ON[last_quarter]


def write_sample(folder: Path) -> SampleFiles:
    """Write the sample's files into a folder, which is made if need be.

    Parameters
    ----------
    folder
        Where to write; files of the same names are replaced.

    Returns
    -------
    SampleFiles
        The paths, in the order in which to ingest them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    published = chain(_acute(folder), _mental_health(folder), _ambulance(folder))
    return SampleFiles(tuple(published), tuple(_revised(folder)))


def _acute(folder: Path) -> Iterator[Path]:
    """One pair of files a quarter; the first has no Quarter column, as in real life."""
    for quarter in QUARTERS:
        sheets = [Sheet(quarter, ACUTE, first_issue=quarter == REVISED)]
        with_quarter = quarter > 1
        yield from _pair(folder, "acute", f"q{quarter}-2025-26", sheets, with_quarter=with_quarter)


def _mental_health(folder: Path) -> Iterator[Path]:
    """Three quarters in one file, then one; units and an older name of the type differ."""
    sheets = [Sheet(quarter, MENTAL, percent="%") for quarter in QUARTERS]
    sheets[0] = Sheet(1, MENTAL, percent="%", trust_type="Non-acute hospital")
    yield from _pair(folder, "mental-health-and-community", "q1-q3-2025-26", sheets[:3])
    yield from _pair(folder, "mental-health-and-community", "q4-2025-26", sheets[3:])


def _ambulance(folder: Path) -> Iterator[Path]:
    sheets = [Sheet(quarter, AMBULANCE) for quarter in QUARTERS]
    yield from _pair(folder, "ambulance", "q1-q4-2025-26", sheets)


def _revised(folder: Path) -> Iterator[Path]:
    """By name they come after what they replace, so that a whole folder is read in good order."""
    yield from _pair(folder, "acute", f"q{REVISED}-2025-26_revised", [Sheet(REVISED, ACUTE)])


def _pair(
    folder: Path, kind: str, when: str, sheets: Sequence[Sheet], *, with_quarter: bool = True
) -> Iterator[Path]:
    """A trust data file and the league tables that go with it."""
    for content, header, make in (
        ("trust-data", TRUST_DATA_HEADER, trust_data_rows),
        ("league-table", LEAGUE_HEADER, league_rows),
    ):
        path = folder / f"sample-{kind}-{content}-{when}.csv"
        rows = with_spoiled_rows(path.name, [row for sheet in sheets for row in make(sheet)])
        table: Iterable[Row] = [header, *rows]
        _write(path, table if with_quarter else without_quarter(table))
        yield path


def _write(path: Path, rows: Iterable[Row]) -> None:
    """Write a table as the publisher does: UTF-8 with a byte order mark, lines by CRLF."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    path.write_bytes((_BOM + text.getvalue()).encode("utf-8"))
