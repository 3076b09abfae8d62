"""What ``remit asks import`` costs, as a ratio of two checkouts: whole processes, turn about.

    python benchmarks/asks_import.py CHECKOUT_BEFORE CHECKOUT_AFTER [--rounds 5]

Each checkout has its own ``.venv``. A round imports each list into a register that is new; the cost
is the time of the processor, user and system, of the whole process. The ratio is that of the
medians. Then a list is imported again, and listed, which tells the cost of opening.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import tempfile
from pathlib import Path

SIZES = (1, 30, 368, 1_000, 10_000)
_HEAD = "ask_id,received_on,due_on,from_body,to_org_code,channel,title,text,hours_estimate\n"
_BODIES = ("CQC", "NHSE region", "ICB finance", "ICB performance team")
_WHAT = (
    "RTT 18 week share by specialty",
    "falls with harm by ward",
    "cancer 62 days with the reasons for breaches",
    "sickness rate and vacancies",
    "the recovery plan and where it stands",
    "ambulance handover over 60 minutes",
    "bed occupancy and patients ready to leave",
)


def make_list(path: Path, count: int) -> None:
    """A list of fictional asks, each with other words."""
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for number in range(count):
            day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
            what = _WHAT[number % len(_WHAT)]
            text = (
                f"Please send the {what} for the month before {day} and say what was done about "
                f"it since meeting {number}. The board wants it for its next session."
            )
            file.write(
                f"B{number},{day},,{_BODIES[number % 4]},ZA{number % 9},email,"
                f"Return {number}: {what},{text},{number % 7 + 1}\n"
            )


def cost(checkout: Path, arguments: list[str], folder: Path) -> float:
    """The seconds of the processor that a whole command takes."""
    remit = checkout / ".venv" / "bin" / "remit"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [str(remit), *arguments],
        cwd=folder,
        env={key: value for key, value in os.environ.items() if key != "REMIT_ASKS"},
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in {0, 1}:
        raise SystemExit(f"{remit} {' '.join(arguments)}: {done.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(checkouts: list[Path], count: int, rounds: int, folder: Path) -> None:
    """Print the medians and ratios for one size."""
    make_list(folder / "list.csv", count)
    found: dict[str, list[list[float]]] = {}
    for turn in range(rounds):
        for place, checkout in enumerate(checkouts):
            register = f"{place}-{count}-{turn}.register"
            again = ["asks", "import", "list.csv", "--yes", "--register", register]
            for name, arguments in (
                ("import", again),
                ("again", again),
                ("list", ["asks", "list", "--register", register]),
            ):
                costs = found.setdefault(name, [[] for _ in checkouts])
                costs[place].append(cost(checkout, arguments, folder))
    for name, costs in found.items():
        before, after = (statistics.median(one) for one in costs)
        print(
            f"{count:>7,} rows  {name:<7} before {before:7.2f} s  after {after:7.2f} s  "
            f"ratio {after / before:5.2f}",
            flush=True,
        )


def main() -> None:
    """Run the comparison that the arguments ask for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("before", type=Path)
    asked.add_argument("after", type=Path)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for count in given.sizes:
            compare(
                [given.before.resolve(), given.after.resolve()], count, given.rounds, Path(folder)
            )


if __name__ == "__main__":
    main()
