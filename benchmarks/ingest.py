"""How long ``remit ingest`` takes beside the same command of another checkout, as ratios.

    python benchmarks/ingest.py OTHER/.venv/bin/python .venv/bin/python [FILES…] [--rounds 9]
    python benchmarks/ingest.py OTHER/.venv/bin/python .venv/bin/python --list FILE --given-only

Whole processes, in turn (other, this, other, this …), on files of the fictional sample and on
FILES; each into a store that has to be made and into one that holds the sample. What counts is the
time of the processor (user and system), which a shared machine falsifies least. The ratio is that
of the medians; the quarters of the ratios of neighbouring runs say how sure it is. The most memory
that a run took stands beside it. ``--list`` names a file with a path a line, for many at once;
``--given-only`` takes these alone, into a new store, with no run to warm up.

Where the time goes: 116 published files, 3.7 million figures, 36 s of processor before the changes
of November 2026. To recognise 8.2 s, of which sheets opened and turned to text 6.0; figures read,
checked and put below each other 5.1; set aside on the disk 1.4; DuckDB 10.7 (insertion 6.3, commits
2.7, closing 1.1, vintages 0.6); start-up 1.0; the rest is the readers' own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

REMIT = "from remit.cli import main; main()"
_NOT_KEPT = "PYTHONDONTWRITEBYTECODE"
SAMPLE = """
import sys
from pathlib import Path
from remit.sample import write_monthly, write_sample
write_sample(Path(sys.argv[1]))
write_monthly(Path(sys.argv[2]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("other", help="the Python of the checkout to compare with")
    parser.add_argument("this", help="the Python of this one")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--list", type=Path, help="a file that names files, one a line")
    parser.add_argument("--given-only", action="store_true", help="no files of the sample")
    chosen = parser.parse_args()
    files = [
        *chosen.files,
        *(map(Path, chosen.list.read_text().splitlines()) if chosen.list else ()),
    ]
    both = [chosen.other, chosen.this]
    print(f"{'':<42}{'other s':>9}{'this s':>9}{'ratio':>8}{'MB':>11}   quarters of the ratio")
    with tempfile.TemporaryDirectory() as folder:
        if chosen.given_only:
            name = f"{len(files)} given, a new store"
            tell(name, *in_turn(both, files, None, Path(folder), chosen.rounds, warm_up=0))
            return
        held, cases = prepared(Path(folder), chosen.other, files)
        for name, taken in cases.items():
            for store in (None, held):
                runs = in_turn(both, taken, store, Path(folder), chosen.rounds)
                tell(f"{name}, {'a store that is there' if store else 'a new store'}", *runs)


def prepared(
    folder: Path, python: str, files: Sequence[Path]
) -> tuple[Path, dict[str, Sequence[Path]]]:
    """A store that holds the sample, and what is taken in."""
    subprocess.run([python, "-c", SAMPLE, folder / "files", folder / "monthly"], check=True)
    held = folder / "held.duckdb"
    ingest(python, [folder / "monthly"], held)
    quarters = sorted((folder / "files").glob("*.csv"))
    cases: dict[str, Sequence[Path]] = {
        "one file": quarters[:1],
        f"{len(quarters)} files": quarters,
    }
    if files:
        cases[files[0].name if len(files) == 1 else f"{len(files)} given"] = files
    return held, cases


def in_turn(
    pythons: Sequence[str],
    files: Sequence[Path],
    held: Path | None,
    folder: Path,
    rounds: int,
    *,
    warm_up: int = 1,
) -> list[list[Run]]:
    """The runs of each Python in turn; the first of each warm up and are left out."""
    seconds: list[list[Run]] = [[] for _ in pythons]
    for number in range(rounds + warm_up):
        for python, found in zip(pythons, seconds, strict=True):
            store = folder / "store.duckdb"
            for old in folder.glob("store.duckdb*"):
                old.unlink()
            if held:
                shutil.copy(held, store)
            took = ingest(python, files, store)
            if number >= warm_up:
                found.append(took)
    return seconds


class Run(NamedTuple):
    """Seconds of processor, and the most memory, of one ingest."""

    seconds: float
    megabytes: float


def ingest(python: str, files: Sequence[Path], store: Path) -> Run:
    """One ingest, as a process of its own."""
    return measured([python, "-c", REMIT, "ingest", *map(str, files), "--store", str(store)])


def measured(call: Sequence[str]) -> Run:
    """What a process takes, with compiled modules kept as on a user's machine."""
    kept = {name: value for name, value in os.environ.items() if name != _NOT_KEPT}
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=kept)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        sys.exit(process.stderr.read().decode() if process.stderr else "failed")
    process.returncode = 0
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def tell(name: str, other: Sequence[Run], this: Sequence[Run]) -> None:
    medians = [statistics.median(run.seconds for run in runs) for runs in (other, this)]
    most = [max(run.megabytes for run in runs) for runs in (other, this)]
    ratios = [b.seconds / a.seconds for a, b in zip(other, this, strict=True)]
    low, _, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    print(
        f"{name:<42}{medians[0]:>9.2f}{medians[1]:>9.2f}{medians[1] / medians[0]:>8.3f}"
        f"{most[0]:>6.0f}/{most[1]:.0f}   {low:.3f} to {high:.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
