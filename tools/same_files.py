"""Are two files of two runs the same, but for what may differ from run to run?

Each kind of file is brought into lines of text: a workbook, slides or a document by their parts,
tables and databases by their rows, a page by what a reader sees of it, all else as it stands.
"""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

PACKED = {".xlsx", ".docx", ".pptx", ".zip", ".ods"}
TABLES = {".parquet"}
DATABASES = {".duckdb", ".sqlite"}
_SAID = {"alt", "aria-label", "href", "src", "title", "value", "datetime"}
_DRAWN = {"d", "points", "transform", "viewbox", "width", "height", "r"} | {
    f"{prefix}{axis}{end}" for prefix in ("", "c") for axis in "xy" for end in ("", "1", "2")
}


@dataclass
class Normaliser:
    """Takes out what differs between two runs of the same code, and counts what it took out.

    Attributes
    ----------
    rules : list of (name, pattern, what stands instead)
    counted : Counter
        How often each rule took something out.
    """

    rules: list[tuple[str, re.Pattern[str], str]]
    counted: Counter[str] = field(default_factory=Counter)

    def __call__(self, text: str) -> str:
        """The text without what may differ."""
        for name, pattern, instead in self.rules:
            text, found = pattern.subn(instead, text)
            self.counted[name] += found
        return text


def normaliser(checkout: str, rooms: str, version: str, days: Iterable[date]) -> Normaliser:
    """Take out a run's place, version, days and moments.

    A moment counts only on the days of the run: days and times in the data are results.

    Parameters
    ----------
    checkout, rooms : str
        The folder of the source, and that in which commands ran.
    version : str
        The version that the program names.
    days : iterable of date
        From the day on which the run began to that on which it ended.
    """
    written = sorted({form for day in days for form in _forms(day)}, reverse=True)
    day = "|".join(map(re.escape, written))
    clock = r"[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
    number = re.escape(version)
    return Normaliser(
        [
            ("folder of the checkout", re.compile(re.escape(checkout)), "<checkout>"),
            ("folder of the run", re.compile(re.escape(rooms)), "<rooms>"),
            (
                "version",
                re.compile(rf"(?i)(remit[ /]|remit\",\s*\"version\": \"){number}"),
                r"\1<v>",
            ),
            ("moment of the run", re.compile(rf"(?:{day}){clock}"), "<moment>"),
            ("day of the run", re.compile(rf"(?:{day})"), "<day>"),
            ("duration", re.compile(r"\bin \d+\.\d s\b"), "in <duration>"),
            ("made identifier of an ask", re.compile(r"\bA-[0-9a-f]{10}\b"), "A-<made>"),
            ("secret or fingerprint of a register", re.compile(r"secret:[0-9a-f]+"), "<secret>"),
        ]
    )


def _forms(day: date) -> tuple[str, ...]:
    """A day as Remit writes it."""
    return day.isoformat(), f"{day.day} {day:%B %Y}", f"{day.day} {day:%b %Y}", f"{day:%Y%m%d}"


# Each kind as lines ------------------------------------------------------------------------------


def lines_of(path: Path) -> list[str]:
    """A file's content as lines; of bytes that are no text, their number and a digest."""
    kind = path.suffix.lower()
    reader: Callable[[Path], list[str]] = _plain
    if kind in PACKED and zipfile.is_zipfile(path):
        reader = _parts
    elif kind in TABLES:
        reader = _table
    elif kind in DATABASES:
        reader = _database
    elif kind in {".html", ".htm"}:
        reader = _page
    return reader(path)


def _plain(path: Path) -> list[str]:
    return _text(path.read_bytes())


def _text(content: bytes) -> list[str]:
    try:
        return content.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        import hashlib

        return [f"{len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}"]


def _parts(path: Path) -> list[str]:
    """Every part, an XML element a line; the clock that stamps the parts is not looked at."""
    found: list[str] = []
    with zipfile.ZipFile(path) as packed:
        for name in sorted(packed.namelist()):
            content = packed.read(name)
            if name.endswith((".xml", ".rels")):
                content = content.replace(b"><", b">\n<")
            if Path(name).suffix in PACKED:
                content = str(_inner(content)).encode()
            found += [f"{name}: {line}" for line in _text(content)]
    return found


def _inner(content: bytes) -> list[str]:
    """The workbook that a chart keeps its figures in."""
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".zip") as kept:
        kept.write(content)
        kept.flush()
        return _parts(Path(kept.name))


def _table(path: Path) -> list[str]:
    """Columns with their types, then the rows in their order."""
    import duckdb

    with duckdb.connect() as connection:
        return _rows(connection.execute("SELECT * FROM read_parquet(?)", [str(path)]))


def _rows(cursor: Any) -> list[str]:
    columns = [f"{column[0]} {column[1]}" for column in cursor.description]
    return [" | ".join(columns), *map(_row, cursor.fetchall())]


def _row(row: tuple[Any, ...]) -> str:
    """A row in which a text is told from a number, and a moment reads as elsewhere."""
    return " | ".join(repr(cell) if isinstance(cell, str) else str(cell) for cell in row)


def _database(path: Path) -> list[str]:
    """Every table by its rows, in the order of their text: a database promises no other."""
    with path.open("rb") as opened:
        lite = opened.read(15) == b"SQLite format 3"
    return _sqlite(path) if lite else _duckdb(path)


def _sqlite(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        tables = [name for (name,) in connection.execute(named)]
        found = [line for table in tables for line in _dump(connection, table)]
    # Each register has a secret of its own; its fingerprints and stamps follow from that.
    return [re.sub(r"\b[0-9a-f]{12,64}\b", r"secret:\g<0>", line) for line in found]


def _duckdb(path: Path) -> list[str]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        named = "SELECT table_name FROM duckdb_tables() ORDER BY ALL"  # views are made of these
        tables = [name for (name,) in connection.execute(named).fetchall()]
        return [line for table in tables for line in _dump(connection, table)]


def _dump(connection: Any, table: str) -> list[str]:
    columns, *rows = _rows(connection.execute(f'SELECT * FROM "{table}"'))
    return [f"{table}: {line}" for line in (columns, *sorted(rows))]


class _Seen(HTMLParser):
    """What a page says and shows: its text, where its links lead, what its charts draw."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = [f"{name}={value}" for name, value in attrs if name in _SAID | _DRAWN]
        if told:
            self.found.append(f"<{tag} {' '.join(told)}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(" ".join(data.split()))


def _page(path: Path) -> list[str]:
    parser = _Seen()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser.found


# Two files ---------------------------------------------------------------------------------------


def difference(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """The lines that only one side has (``-`` old, ``+`` new), or that their order differs.

    Examples
    --------
    >>> difference(["a", "b"], ["a", "c"])
    ['- b', '+ c']
    """
    before, after = list(old), list(new)
    if before == after:
        return []
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    told = [f"- {line}" for line in gone.elements()] + [f"+ {line}" for line in come.elements()]
    return told or ["  the same lines in another order"]
