"""How long ``remit ingest`` takes beside the same command of another checkout, as ratios.

    python benchmarks/ingest.py OTHER/.venv/bin/python .venv/bin/python [FILES…] [--rounds 9]

Whole processes, in turn (other, this, other, this …), on files of the fictional sample and on
FILES; each into a store that has to be made and into one that holds the sample. What counts is the
time of the processor (user and system), which a shared machine falsifies least. The ratio is that
of the medians; the quarters of the ratios of neighbouring runs say how sure it is.
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

REMIT = "from remit.cli import main; main()"
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
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        held, cases = prepared(Path(folder), chosen.other, chosen.files)
        print(f"{'':<42}{'other s':>9}{'this s':>9}{'ratio':>8}   quarters of the ratio")
        for name, files in cases.items():
            for store in (None, held):
                both = [chosen.other, chosen.this]
                seconds = in_turn(both, files, store, Path(folder), chosen.rounds)
                tell(f"{name}, {'a store that is there' if store else 'a new store'}", *seconds)


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
    pythons: Sequence[str], files: Sequence[Path], held: Path | None, folder: Path, rounds: int
) -> list[list[float]]:
    """Seconds of each Python, run by run; the first run of each warms up and is left out."""
    seconds: list[list[float]] = [[] for _ in pythons]
    for number in range(rounds + 1):
        for python, found in zip(pythons, seconds, strict=True):
            store = folder / "store.duckdb"
            for old in folder.glob("store.duckdb*"):
                old.unlink()
            if held:
                shutil.copy(held, store)
            took = ingest(python, files, store)
            if number:
                found.append(took)
    return seconds


def ingest(python: str, files: Sequence[Path], store: Path) -> float:
    """Seconds of processor that one ingest takes."""
    call = [python, "-c", REMIT, "ingest", *map(str, files), "--store", str(store)]
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        sys.exit(process.stderr.read().decode() if process.stderr else "failed")
    process.returncode = 0
    return used.ru_utime + used.ru_stime


def tell(name: str, other: Sequence[float], this: Sequence[float]) -> None:
    medians = statistics.median(other), statistics.median(this)
    low, _, high = statistics.quantiles([b / a for a, b in zip(other, this, strict=True)], n=4)
    print(
        f"{name:<42}{medians[0]:>9.2f}{medians[1]:>9.2f}{medians[1] / medians[0]:>8.3f}"
        f"   {low:.3f} to {high:.3f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
