"""How long the whole job takes, as a ratio to a bare pandas script on the same files.

    python benchmarks/assess.py FOLDER [--runs 7] [--profile]

FOLDER holds NHS England's trust data files. Both commands run as whole processes, start-up
included, in turn (A B A B …); the ratio is taken pair by pair and its median printed. The pandas
script reads the same files and computes only the mean of each trust's metric scores.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PANDAS = """
import sys
import pandas
frames = [pandas.read_csv(path) for path in sys.argv[1:]]
rows = pandas.concat(frames)
scores = rows[rows.Metric_ID.str.startswith("OF1")]
means = scores.groupby(["Trust_code", "Domain"]).Value.mean()
means.to_csv(sys.stdout)
"""


def main() -> None:
    arguments = _arguments()
    files = sorted(str(path) for path in arguments.folder.glob("*.csv"))
    with tempfile.TemporaryDirectory() as folder:
        job = ["assess", *files, "--period", "2025/26 Q1", "--out", folder]
        remit = [sys.executable, "-m", "remit", *job]
        bare = [sys.executable, "-c", PANDAS, *files]
        _time(remit), _time(bare)
        pairs = [(_time(remit), _time(bare)) for _ in range(arguments.runs)]
        _print(pairs)
        if arguments.profile:
            _profile(job)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    return parser.parse_args()


def _time(command: list[str]) -> float:
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        sys.exit(done.stderr.decode())
    return time.perf_counter() - begun


def _print(pairs: list[tuple[float, float]]) -> None:
    ratios = sorted(remit / bare for remit, bare in pairs)
    print(f"remit assess   median {statistics.median(a for a, _ in pairs):.2f} s")
    print(f"bare pandas    median {statistics.median(b for _, b in pairs):.2f} s")
    spread = f"({ratios[0]:.2f} to {ratios[-1]:.2f})"
    print(f"ratio          median {statistics.median(ratios):.2f} {spread}")


def _profile(job: list[str]) -> None:
    profile = cProfile.Profile()
    profile.enable()
    from remit.cli.run import run

    run(job)
    profile.disable()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
