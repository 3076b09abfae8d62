"""How long ``remit site build`` takes beside the same command of another checkout, as a ratio.

    python benchmarks/site.py OTHER/.venv/bin/python .venv/bin/python FILES… [--rounds 5]

Sites of FILES are made in turn (other, this, other, this …), each by a process of its own. What
counts is the time of the processor (user and system), which a shared machine falsifies least; the
ratio is that of the medians, and the quarters of the ratios of neighbouring runs say how sure it
is. Compiled modules are kept from run to run, as they are for whoever has installed Remit; the
first run of each side compiles and does not count. Beside the ratio stand the pages and the
megabytes of both sites, for what is to be read on a page has grown since.

Where the time goes: the files of a framework's three quarters, 550 pages, 125 MB; seconds of
processor on a busy machine of two cores. Loading 0.7, files read and assessed 1.3; what trusts'
pages show 5.1 (by a profile about a quarter of it tables of metrics, a fifth each explanations and
what would change a standing), areas' 0.8, other pages 0.8; templates filled 3.1, of which trusts'
2.1; files written 0.7. The version of autumn 2026 that is the measure took 14.1 s for 540 pages of
38 MB, without comparisons, maps, data and named dots; this one 13.1 s: a ratio of 0.93 (three pairs
of 0.87 to 1.04). The bar is 0.7 and not reached. Before pages shared what they have in
common it was about 2 (one run).
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from ingest import REMIT, Run, measured, tell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("other", help="the Python of the checkout to compare with")
    parser.add_argument("this", help="the Python of this one")
    parser.add_argument(
        "files", nargs="+", type=Path, help="official files of one or more quarters"
    )
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    print(f"{'':<42}{'other s':>9}{'this s':>9}{'ratio':>8}{'MB':>11}   quarters of the ratio")
    with tempfile.TemporaryDirectory() as name:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{name}/compiled"
        runs: dict[str, list[Run]] = {"other": [], "this": []}
        for number in range(chosen.rounds + 1):
            for side, found in runs.items():
                took = built(getattr(chosen, side), chosen.files, Path(name) / side)
                if number:
                    found.append(took)
        tell("site build", runs["other"], runs["this"])
        for side in runs:
            print(f"{side}: {size_of(Path(name) / side)}")


def built(python: str, files: list[Path], folder: Path) -> Run:
    """One site, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    call = [python, "-c", REMIT, "site", "build", *map(str, files), "--quiet"]
    return measured([*call, "--out", str(folder)])


def size_of(folder: Path) -> str:
    """How much was written."""
    pages = sum(1 for _ in folder.rglob("*.html"))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return f"{pages} pages, {size / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
