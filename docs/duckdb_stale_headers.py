"""Show that DuckDB 2.0.0 and 2.0.1 can lose a commit: run it with any Python that has duckdb.

    python duckdb_stale_headers.py            with strace, certain
    python duckdb_stale_headers.py --loop 500 without strace, by chance

Two processes insert one row each into one file. Both say that they are done. See
duckdb-stale-headers.md.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

INSERT = """
import sys, time, duckdb
path, row = sys.argv[1:]
while True:
    try:
        connection = duckdb.connect(path)
        break
    except duckdb.IOException as error:
        if "Could not set lock" not in str(error):
            raise
        time.sleep(0.005)
connection.execute("INSERT INTO t VALUES (?)", [int(row)])
connection.close()
"""


def main() -> int:
    """Print what each process said and which rows are in the file; 1 if a row is lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--loop", type=int, metavar="ROUNDS", help="without strace, so many times")
    parser.add_argument("--opening", type=int, default=3, help="which openat of the file is held")
    chosen = parser.parse_args()
    version = "import duckdb; print(duckdb.__version__)"
    said = subprocess.run(
        [sys.executable, "-c", version], capture_output=True, text=True, check=False
    )
    print(f"DuckDB {said.stdout.strip()}, Python {sys.version.split()[0]}, {sys.platform}")
    with tempfile.TemporaryDirectory() as folder:
        if chosen.loop:
            return by_chance(Path(folder), chosen.loop)
        return certain(Path(folder), chosen.opening)


def certain(folder: Path, opening: int) -> int:
    """Hold the first process before it opens the file for the third time; run the second."""
    if shutil.which("strace") is None:
        sys.exit("strace is not here; install it, or use --loop ROUNDS")
    path = new(folder / "t.duckdb")
    hold = f"inject=openat:delay_enter=3000000:when={opening}"
    strace = ["strace", "-f", "-o", str(folder / "log"), "-e", "trace=openat", "-P", str(path)]
    first = start(path, 1, [*strace, "-e", hold])
    time.sleep(1.5)
    second = start(path, 2)
    print(f"second process: {ended(second)}")
    print(f"first process, held at openat number {opening}: {ended(first)}")
    found = rows(path)
    print(f"rows: {found}")
    return int(found != [1, 2])


def by_chance(folder: Path, rounds: int) -> int:
    """Eight processes at once, again and again."""
    lost = refused = 0
    for number in range(rounds):
        path = new(folder / f"{number}.duckdb")
        others = [start(path, row) for row in range(8)]
        said = [ended(one) for one in others]
        refused += sum(one != "done" for one in said)
        lost += sum(one == "done" for one in said) - len(rows(path))
        for one in {one for one in said if one != "done"}:
            print(f"round {number}: {one}")
    print(f"{rounds} rounds, {rounds * 8} inserts: {refused} refused, {lost} lost without a word")
    return int(refused + lost > 0)


def new(path: Path) -> Path:
    """A file with an empty table, made by a process of its own."""
    make = "import sys, duckdb; duckdb.connect(sys.argv[1]).execute('CREATE TABLE t (a INTEGER)')"
    subprocess.run([sys.executable, "-c", make, str(path)], check=True)
    return path


def start(path: Path, row: int, under: list[str] | None = None) -> subprocess.Popen[str]:
    """A process that inserts one row."""
    command = [*(under or []), sys.executable, "-c", INSERT, str(path), str(row)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> str:
    """``done``, or the last line of its error."""
    _, errors = process.communicate()
    return "done" if process.returncode == 0 else errors.strip().splitlines()[-1]


def rows(path: Path) -> list[int]:
    """The rows that are in the file, read by a process of its own."""
    read = (
        "import sys, duckdb; found = duckdb.connect(sys.argv[1]).execute('FROM t ORDER BY a')\n"
        "print(*[row[0] for row in found.fetchall()])"
    )
    said = subprocess.run(
        [sys.executable, "-c", read, str(path)], capture_output=True, text=True, check=False
    )
    if said.returncode:
        return [-1]
    return [int(one) for one in said.stdout.split()]


if __name__ == "__main__":
    raise SystemExit(main())
