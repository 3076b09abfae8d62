"""Hold what the tests run against the floor of each room: ``python tools/coverage_floors.py``.

It reads what ``coverage`` measured during ``make test``. The floors, and the files that are let off
with the reason why, stand in ``pyproject.toml`` under ``[tool.remit.coverage]``.
"""

import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROOMS = Path("src") / "remit"


@dataclass(slots=True)
class Counted:
    """Lines and branches of a room: how many there are, and how many were run."""

    lines: int = 0
    lines_run: int = 0
    branches: int = 0
    branches_run: int = 0

    def add(self, summary: Mapping[str, int]) -> None:
        """Add a file."""
        self.lines += summary["num_statements"]
        self.lines_run += summary["covered_lines"]
        self.branches += summary["num_branches"]
        self.branches_run += summary["covered_branches"]

    @property
    def shares(self) -> tuple[float, float]:
        """Per cent of lines and of branches; a room without any has all of them."""
        return (
            100 * self.lines_run / self.lines if self.lines else 100.0,
            100 * self.branches_run / self.branches if self.branches else 100.0,
        )


def main() -> int:
    """Print a table, and end with 1 where a room is below its floor."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors: Mapping[str, Any] = declared["tool"]["remit"]["coverage"]
    rooms = counted(measured(), frozenset(floors["let_off"]))
    below = False
    print(f"{'room':<16}{'lines':>8}{'run':>8}{'floor':>8}{'branches':>10}{'run':>8}{'floor':>8}")
    for room, found in sorted(rooms.items()):
        lower = floors["lower"].get(room)
        usual = floors["floors"].get(room, floors["floors"]["every room"])
        floor = lower["floor"] if lower else usual
        shares = found.shares
        under = any(share < least for share, least in zip(shares, floor, strict=True))
        below |= under
        said = "  BELOW" if under else f"  {lower['why']}" if lower else ""
        print(
            f"{room:<16}{found.lines:>8}{shares[0]:>7.1f}%{floor[0]:>7}%{found.branches:>10}"
            f"{shares[1]:>7.1f}%{floor[1]:>7}%{said}"
        )
    for name, why in floors["let_off"].items():
        print(f"let off: {name}: {why}")
    return int(below)


def measured() -> Mapping[str, Any]:
    """What was measured, by file."""
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], cwd=ROOT, check=True)
    out = ROOT / "build" / "coverage.json"
    out.parent.mkdir(exist_ok=True)
    # Some tests run a copy of the source to which they add files: those are nowhere now.
    subprocess.run([*coverage, "json", "--quiet", "-i", "-o", str(out)], cwd=ROOT, check=True)
    files: Mapping[str, Any] = json.loads(out.read_text(encoding="utf-8"))["files"]
    return files


def counted(files: Mapping[str, Any], let_off: frozenset[str]) -> dict[str, Counted]:
    """The counts of each room; those let off are in none."""
    rooms: dict[str, Counted] = defaultdict(Counted)
    for room, name, file in placed(files):
        if name not in let_off:
            rooms[room].add(file["summary"])
    return rooms


def placed(files: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each file with its room and its place below the rooms."""
    for name, file in files.items():
        path = Path(name.replace("\\", "/"))
        if ROOMS in path.parents:
            place = path.relative_to(ROOMS)
            yield place.parts[0] if len(place.parts) > 1 else "remit", place.as_posix(), file


if __name__ == "__main__":
    sys.exit(main())
