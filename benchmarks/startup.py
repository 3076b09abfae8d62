"""How long commands take to start, beside ``python -c "import polars"``, in the same run.

    python benchmarks/startup.py [--runs 15]

Told is the processor's time (of the user and of the system) of whole processes, the median of
several runs that take turns, and its ratio to that of polars. Compiled modules are kept from run to
run, as they are for whoever has installed Remit. ``remit org`` may take 1.5 times as long as
polars: beyond that the run ends with 1. The other commands have no bar.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

BAR = 1.5
REMIT = ("-c", "from remit.cli import main; main()")
BASE = "import polars"
BARRED = "remit org RYJ"
COMMANDS = {
    BASE: ("-c", "import polars"),
    BARRED: (*REMIT, "org", "RYJ"),
    "remit --version": (*REMIT, "--version"),
    "remit --help": (*REMIT, "--help"),
    "remit metrics": (*REMIT, "metrics"),
}
SAMPLE = "import sys, pathlib, remit.sample as s; s.write_sample(pathlib.Path(sys.argv[1]))"


def processor_seconds(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    """What one process of Python takes of the processor, its children included."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=environment,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise SystemExit(f"{' '.join(arguments)}: ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


def medians(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, float]:
    """Each command's median; the first turn, in which modules are compiled, does not count."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        subprocess.run([sys.executable, "-c", SAMPLE, f"{folder}/files"], check=True)
        assess = (*REMIT, "assess", f"{folder}/files", "--period", "2025/26 Q4")
        commands = {**commands, "remit assess (the sample's ten quarters)": assess}
        turns = [
            {name: processor_seconds(one, environment) for name, one in commands.items()}
            for _ in range(runs + 1)
        ]
    return {name: statistics.median(turn[name] for turn in turns[1:]) for name in commands}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    found = medians(COMMANDS, parser.parse_args().runs)
    for name, seconds in found.items():
        print(f"{seconds:8.3f} s  {seconds / found[BASE]:5.2f}  {name}")
    ratio = found[BARRED] / found[BASE]
    print(f"{BARRED}: {ratio:.2f} times as long as {BASE}; the bar is {BAR}")
    return 1 if ratio > BAR else 0


if __name__ == "__main__":
    sys.exit(main())
