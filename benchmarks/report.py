"""How long ``remit report`` takes beside the same command of another checkout, as ratios.

    python benchmarks/report.py OTHER/.venv/bin/python .venv/bin/python FILES… --of QHM Y60

Each checkout makes a store of its own of FILES, since stores of two versions may differ; then
reports are made in turn (other, this, other, this …), each as a process of its own, with pages,
spreadsheet, slides and document. What counts is the time of the processor (user and system), which
a shared machine falsifies least; the ratio is that of the medians, and the quarters of the ratios
of neighbouring runs say how sure it is. Of several organisations the last line holds each against
the first: a region of 51 is to take no more than five times as long as an ICB of 11.

Where the time goes: an ICB with 11 trusts, 111 published files, 2.6 million figures, on a machine
that others used (figures of two runs of 19.4 and 15.1 s compare with each other alone); seconds of
processor before the store was asked for groups of people that are shown alone, and after. The
store 1.0 and 0.6; series, charts and comparison 8.5 and 4.5, of which the own counts of everybody
1.3, levels added up 1.2, charts 0.5, figures behind points 0.4; loading the libraries 4.2 and 4.7
(3.0 of it compiling: no bytecode was kept then; it is now, as for a user), spreadsheet 3.1
and 3.3, pages 2.5 and 2.1, slides 0.9 and 1.1, document 0.4 and 0.4. Since then charts
share what three widths have in common: 10.1 s beside 18.7 s of the version of autumn 2026, three
pairs of 0.49 to 0.55 on a quiet machine. The bar is 0.42; the writer of workbooks works a look's
number out for each cell, which a way round it would take another twentieth off.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
from pathlib import Path

from ingest import REMIT, Run, measured, tell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("other", help="the Python of the checkout to compare with")
    parser.add_argument("this", help="the Python of this one")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--of", nargs="+", required=True, help="codes of organisations")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    print(f"{'':<42}{'other s':>9}{'this s':>9}{'ratio':>8}{'MB':>11}   quarters of the ratio")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pythons = {"other": chosen.other, "this": chosen.this}
        for side, python in pythons.items():
            files = map(str, chosen.files)
            call = [python, "-c", REMIT, "ingest", *files, "--store", folder / side, "--quiet"]
            subprocess.run(call, check=False)
        medians = []
        for code in chosen.of:
            runs = in_turn(pythons, code, folder, chosen.rounds)
            tell(f"report of {code}", runs["other"], runs["this"])
            medians.append(statistics.median(run.seconds for run in runs["this"]))
    for code, median in zip(chosen.of[1:], medians[1:], strict=True):
        print(f"{code} takes {median / medians[0]:.2f} times as long as {chosen.of[0]}")


def in_turn(pythons: dict[str, str], code: str, folder: Path, rounds: int) -> dict[str, list[Run]]:
    """The runs of each checkout in turn; the first of each warms up and is left out."""
    found: dict[str, list[Run]] = {side: [] for side in pythons}
    for number in range(rounds + 1):
        for side, python in pythons.items():
            out = folder / f"report-{side}"
            call = [python, "-c", REMIT, "report", code, "--store", str(folder / side)]
            took = measured([*call, "--out", str(out), "--quiet"])
            if number:
                found[side].append(took)
    return found


if __name__ == "__main__":
    main()
