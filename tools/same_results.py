"""Prove that two checkouts give the same results: run both, compare every file.

Usage: ``.venv/bin/python tools/same_results.py OLD NEW --work FOLDER [--shared DATA]``

Each checkout (with its own ``.venv``, by ``make setup``) runs every ``--help``, every command of
OLD's documents on the fictional sample, and those of ``same_results.yaml``; what needs the
published files runs when their folder is given. Exit code 0: all the same, or listed in
``--expected`` with a reason; 1: there are differences; 2: the arguments are wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml
from same_files import DATABASES, Normaliser, difference, lines_of, normaliser
from same_plan import Scene, scenes
from same_run import Run, with_prerequisites

DECLARED = Path(__file__).with_suffix(".yaml")
TOLD = 8  # lines of a difference that are printed


@dataclass(frozen=True)
class Key:
    """A step: its scene, its command, and how often that came before in the scene."""

    scene: str
    command: str
    before: int


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same: an exit code, a file, or a whole command."""

    key: Key
    what: str
    lines: tuple[str, ...] = ()


# Comparing ---------------------------------------------------------------------------------------


class Side:
    """The results of one run."""

    def __init__(self, run: Run, found: list[Scene]) -> None:
        self.steps: dict[Key, Path] = {}
        self.clean: dict[str, Normaliser] = {}
        self.seconds = 0.0
        for scene in found:
            self._take(run.place(scene))

    def _take(self, place: Path) -> None:
        told = json.loads((place / "scene.json").read_text(encoding="utf-8"))
        days, places = map(date.fromisoformat, told["days"]), (told["checkout"], told["rooms"])
        self.clean[told["scene"]] = normaliser(*places, told["version"], days)
        times: Counter[str] = Counter()
        for path in sorted(place.glob("*/step.json")):
            step = json.loads(path.read_text(encoding="utf-8"))
            self.steps[Key(told["scene"], step["command"], times[step["command"]])] = path.parent
            times[step["command"]] += 1
            self.seconds += step["seconds"]

    def told(self, key: Key) -> dict[str, Any]:
        """What was kept of a step beside its files."""
        told: dict[str, Any] = json.loads((self.steps[key] / "step.json").read_text("utf-8"))
        return told

    def files(self, key: Key) -> dict[str, Path]:
        """What a step printed and wrote, by name."""
        place = self.steps[key]
        kept = {name: place / name for name in ("stdout", "stderr")}
        written = place / "files"
        return kept | {
            str(path.relative_to(written)): path for path in written.rglob("*") if path.is_file()
        }

    def lines(self, key: Key, path: Path) -> list[str]:
        """A file in lines, without what may differ between two runs."""
        lines = self.clean[key.scene]("\n".join(lines_of(path))).split("\n")
        return sorted(lines) if path.suffix in DATABASES else lines


class Comparison:
    """Two runs held against each other."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self.counts: Counter[str] = Counter()
        self.found: list[Difference] = []
        for key in dict.fromkeys([*old.steps, *new.steps]):
            if key in old.steps and key in new.steps:
                self.counts["commands run by both"] += 1
                self._step(key)
            else:
                self._alone(key, "command", key in old.steps)

    def _alone(self, key: Key, what: str, old: bool, name: str = "") -> None:
        side = "only old" if old else "only new"
        self.counts[f"{what}s {side}"] += 1
        self.found.append(Difference(key, f"{what} {side}{name and ': '}{name}"))

    def _step(self, key: Key) -> None:
        old, new = self.old.told(key), self.new.told(key)
        for what in ("exit", "gone"):
            self._note(key, what, difference([str(old[what])], [str(new[what])]))
        before, after = self.old.files(key), self.new.files(key)
        for name in sorted({*before, *after}):
            if name in before and name in after:
                self._file(key, name, before[name], after[name])
            else:
                self._alone(key, "file", name in before, name)

    def _file(self, key: Key, name: str, old: Path, new: Path) -> None:
        self.counts["files compared"] += 1
        if old.read_bytes() == new.read_bytes():
            self.counts["equal byte for byte"] += 1
            return
        lines = difference(self.old.lines(key, old), self.new.lines(key, new))
        self.counts["differing" if lines else "equal but for what is taken out"] += 1
        self._note(key, name, lines)

    def _note(self, key: Key, what: str, lines: list[str]) -> None:
        if lines:
            self.found.append(Difference(key, what, tuple(lines)))

    @property
    def taken_out(self) -> Counter[str]:
        """How often each thing that may differ was taken out."""
        sides = (*self.old.clean.values(), *self.new.clean.values())
        return sum((clean.counted for clean in sides), Counter[str]())


class Expected:
    """Differences that are meant, each with its reason.

    An entry has ``command`` and ``what`` as patterns (``*`` for anything), ``reason``, and may
    have ``lines``, a pattern that every line of the difference must fit.
    """

    def __init__(self, path: Path | None) -> None:
        self.entries = yaml.safe_load(path.read_text(encoding="utf-8")) if path else []
        self.used: Counter[int] = Counter()

    def reason(self, found: Difference) -> str | None:
        """Why a difference is meant; none if it is not."""
        for number, entry in enumerate(self.entries):
            fits = fnmatch(found.key.command, entry["command"])
            lines = re.compile(entry.get("lines", ""))
            if fits and fnmatch(found.what, entry["what"]) and all(map(lines.search, found.lines)):
                self.used[number] += 1
                return str(entry["reason"])
        return None

    def unused(self) -> list[str]:
        """The entries that fit nothing."""
        return [str(one) for number, one in enumerate(self.entries) if not self.used[number]]


# Telling -----------------------------------------------------------------------------------------


def tell(made: Comparison, expected: Expected) -> int:
    """Print what was compared and what differs; how many differences are not meant."""
    meant = [(found, expected.reason(found)) for found in made.found]
    for found, reason in meant:
        _tell_one(found, reason)
    names = ("commands only old", "commands only new", "files only old", "files only new")
    for name in ("commands run by both", *names, *made.counts):
        if name in made.counts or name in names:
            print(f"{made.counts.pop(name, 0):8,}  {name}")
    _tell_runs(made)
    for name, count in made.taken_out.items():
        print(f"{count:8,}  taken out: {name}")
    for entry in expected.unused():
        print(f"Expected, but not found: {entry}")
    wrong = sum(reason is None for _, reason in meant)
    print(f"{len(meant) - wrong} differences that are meant, {wrong} that are not.")
    return wrong


def _tell_one(found: Difference, reason: str | None) -> None:
    print(f"[{found.key.scene}] {found.key.command}\n  {found.what}")
    if reason:
        print(f"    meant: {reason}")
    for line in found.lines[:TOLD]:
        print(f"    {line[:240]}")
    if len(found.lines) > TOLD:
        print(f"    … and {len(found.lines) - TOLD} more lines")


def _tell_runs(made: Comparison) -> None:
    """How the commands ended, how long they took, and which commands nothing tried."""
    exits = Counter(made.new.told(key)["exit"] for key in made.new.steps)
    for code, count in sorted(exits.items()):
        print(f"{count:8,}  ended with exit code {code} (new)")
    for side, run in (("old", made.old), ("new", made.new)):
        print(f"{run.seconds:8,.0f}  seconds of all commands together ({side})")
    ran = [key.command for key in made.old.steps if not key.command.endswith("--help")]
    for key in made.old.steps:
        name = key.command.removesuffix(" --help")
        asked = re.compile(rf"\b{re.escape(name)}(?![\w-])")
        if name != key.command and not any(map(asked.search, ran)):
            print(f"Not tried: {name}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="same_results.py", description=__doc__)
    parser.add_argument("old", type=Path, help="the checkout of before")
    parser.add_argument("new", type=Path, help="the checkout of after")
    parser.add_argument("--work", type=Path, required=True, help="a folder for all results")
    parser.add_argument("--shared", type=Path, help="the folder of the published files")
    parser.add_argument("--commands", type=Path, default=DECLARED, help="what is run")
    parser.add_argument("--expected", type=Path, help="differences that are meant, with reasons")
    parser.add_argument("--only", default="*", help="scenes whose name fits, such as 'docs/*'")
    parser.add_argument("--keep-old", action="store_true", help="use OLD's results of before")
    parser.add_argument("--list", action="store_true", help="print the commands; run nothing")
    parser.add_argument("--jobs", type=int, default=2, help="how many scenes at once")
    return _run(parser.parse_args(arguments))


def _run(asked: argparse.Namespace) -> int:
    old, new, work = asked.old.resolve(), asked.new.resolve(), asked.work.resolve()
    shared = asked.shared.resolve() if asked.shared else None
    missing = [str(path) for path in (old, new, shared) if path and not path.is_dir()]
    if missing:
        print(f"No such folder: {', '.join(missing)}", file=sys.stderr)
        return 2
    declared = yaml.safe_load(asked.commands.read_text(encoding="utf-8"))
    sides = []
    for name, checkout in (("old", old), ("new", new)):
        found = scenes(old, checkout, declared, shared is not None)
        found = with_prerequisites([one for one in found if fnmatch(one.name, asked.only)], found)
        if asked.list:
            return _list(found)
        run, began = Run(checkout, work / "rooms", work / name, shared, old), time.monotonic()
        ran = run.all(found, asked.jobs, keep=asked.keep_old and name == "old")
        print(
            f"{name}: {len(ran)} scenes run in {time.monotonic() - began:.0f} seconds", flush=True
        )
        sides.append(Side(run, found))
    return 1 if tell(Comparison(*sides), Expected(asked.expected)) else 0


def _list(found: list[Scene]) -> int:
    for scene in found:
        print(*(f"{scene.name}: {step.said}" for step in scene.steps), sep="\n")
        print(*(f"{scene.name}: left out: {told}\n" for told in scene.left_out), sep="", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
