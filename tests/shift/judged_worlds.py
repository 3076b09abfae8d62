"""The estimator judged from outside: many runs of each world, and one table of what came of them.

``python -m tests.shift.judged_worlds --runs 100`` prints it; ``--worlds random moves`` takes some,
``--keep FOLDER`` lays each answer down, so that a run that was broken off goes on where it stood.
Answers of another estimator, or of other worlds, are never taken up. What it holds an answer to
is in :mod:`tests.shift.worlds`, written without a look at the estimator.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from remit.shift.effect.asked import Asked, load_effect_rules
from remit.shift.effect.result import Effect, judged, not_asked
from tests.shift.counted_in_arrays import counted_in_arrays
from tests.shift.worlds import NONE, PLANTED, SERVICE, WORLDS, Coded, World, drawn

COVERED, MOST_COVERED, FALSE, REFUSED, POWER = 0.92, 0.98, 0.07, 0.95, 0.80
"""Bars: shares of answers that cover, of false claims, of right refusals, and power."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the estimator said of one run: a ratio with its interval, or why it says none."""

    ratio: float | None
    low: float | None
    high: float | None
    claims: bool
    placebo_flags: bool
    refused: str

    def covers(self, truth: float) -> bool:
        return self.low is not None and self.high is not None and self.low <= truth <= self.high


@dataclass(frozen=True, slots=True)
class Question:
    """One run of a world."""

    world: str
    ratio: float
    trend: bool
    run: int


def ask_both(world: World, trend: bool, run: int) -> dict[float, Answer]:
    """Draw a run, and ask what the service did: without an effect, and where one is planted."""
    coded = drawn(world, trend, run)
    return {ratio: answer_of(effect_of(coded.kept(ratio), world)) for ratio in (NONE, PLANTED)}


def effect_of(coded: Coded, world: World) -> Effect:
    """What the estimator says of records that are arrays."""
    asked = Asked(SERVICE, world.start, 4, "bed_days", load_effect_rules())
    counted, rows = counted_in_arrays(coded, asked)
    if (at_once := not_asked(counted.codes, asked)) is not None:
        return at_once
    found = judged(counted, asked)
    return replace(found, controls=rows.controls(found.strata))


def answer_of(found: Effect) -> Answer:
    """The answer, or the reasons of the refusal as one text."""
    refused = "; ".join(f"{one.gate}: {one.reason}" for one in found.refused)
    if refused or found.ratio is None:
        return Answer(None, None, None, False, found.placebo_flags, refused or "no ratio")
    low, high = found.ratio.interval
    return Answer(found.ratio.ratio, low, high, found.claims, found.placebo_flags, "")


def ask(question: Question) -> Answer:
    """One answer."""
    world = WORLDS[question.world]
    coded = drawn(world, question.trend, question.run)
    return answer_of(effect_of(coded.kept(question.ratio), world))


def told_by_command(coded: Coded, world: World) -> dict[str, Any]:
    """What ``remit shift effect`` writes of the same records, from a file and with its engine."""
    from remit.cli.run import run

    with tempfile.TemporaryDirectory() as folder:
        records, out = Path(folder) / "records.parquet", Path(folder) / "out"
        coded.frame().write_parquet(records)
        start = ["--service", SERVICE, "--from", world.start.isoformat(), "--out", str(out)]
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = run(["shift", "effect", str(records), *start])
        assert code in {0, 1}, f"{world.name}: remit shift effect ended with {code}"
        told: dict[str, Any] = json.loads((out / "effect.json").read_text(encoding="utf-8"))
        return told


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of the runs of a world with one planted ratio."""

    world: World
    ratio: float
    trend: bool
    answers: tuple[Answer, ...]

    @property
    def answered(self) -> list[Answer]:
        return [one for one in self.answers if not one.refused]

    @property
    def refused(self) -> list[str]:
        return [one.refused for one in self.answers if one.refused]

    @property
    def rightly_refused(self) -> int:
        """Refusals in which one of the right reasons is named."""
        words = self.world.because
        return sum(any(word in reason.lower() for word in words) for reason in self.refused)

    @property
    def coverage(self) -> float | None:
        return _share(one.covers(self.ratio) for one in self.answered)

    @property
    def claims(self) -> float | None:
        """Of all answers, those that claim an effect: false ones where none is planted."""
        return _share(one.claims for one in self.answered)

    @property
    def placebo(self) -> float | None:
        return _share(one.placebo_flags for one in self.answers)

    @property
    def bears(self) -> bool:
        """Whether the bars hold: of what is answered, or of what is refused, or of both parts."""
        count = len(self.answers)
        if len(self.answered) < (1 - REFUSED) * count and self.world.right != "must answer":
            return self.rightly_refused >= REFUSED * count
        if self.world.right == "must answer" and len(self.answered) < REFUSED * count:
            return False
        refused_badly = len(self.refused) - self.rightly_refused
        return refused_badly <= (1 - REFUSED) * count and self._answers_bear()

    def _answers_bear(self) -> bool:
        covered, claimed = self.coverage or 0.0, self.claims or 0.0
        if self.ratio == NONE and claimed > FALSE:
            return False
        powerful = self.world.right != "must answer" or self.ratio == NONE or claimed >= POWER
        return covered >= COVERED and powerful


def _share(which: Iterable[bool]) -> float | None:
    held = list(which)
    return sum(held) / len(held) if held else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be asked.

    Attributes
    ----------
    names
        The worlds.
    runs, first
        How many runs of each, and the number of the first.
    trends
        Without a common trend, with it, or both.
    processes
        How many at a time.
    keep
        A folder in which answers are laid down and looked up.
    """

    names: tuple[str, ...]
    runs: int
    first: int = 0
    trends: tuple[bool, ...] = (False,)
    processes: int = 2
    keep: Path | None = None

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + self.runs)


def judge(plan: Plan) -> Iterator[Judged]:
    """Ask all that is planned; what came of a world comes as soon as its runs are through."""
    for name in plan.names:
        for trend in plan.trends:
            held = _asked(plan, name, trend)
            for ratio in (NONE, PLANTED):
                answers = tuple(held[run][ratio] for run in plan.numbers)
                yield Judged(WORLDS[name], ratio, trend, answers)


def _asked(plan: Plan, name: str, trend: bool) -> dict[int, dict[float, Answer]]:
    kept = None if plan.keep is None else plan.keep / of_what() / f"{name}{' trend' * trend}.jsonl"
    held = {} if kept is None else _laid_down(kept)
    wanted = [(name, trend, run) for run in plan.numbers if run not in held]
    if plan.processes == 1 or len(wanted) < plan.processes:
        found: Iterable[tuple[int, dict[float, Answer]]] = map(_one, wanted)
    else:
        found = _pool(plan.processes).imap_unordered(_one, wanted, chunksize=5)
    for run, answers in found:
        held[run] = answers
        if kept is not None:
            _lay_down(kept, run, answers)
    return held


def _one(question: tuple[str, bool, int]) -> tuple[int, dict[float, Answer]]:
    name, trend, run = question
    return run, ask_both(WORLDS[name], trend, run)


def _laid_down(path: Path) -> dict[int, dict[float, Answer]]:
    """The answers of a file; a last line that was broken off is left out."""
    held = {}
    for one_line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        if one_line.endswith("}"):
            row = json.loads(one_line)
            held[row["run"]] = {float(one): Answer(*row[one]) for one in row if one != "run"}
    return held


def _lay_down(path: Path, run: int, answers: dict[float, Answer]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"run": run} | {str(ratio): astuple(one) for ratio, one in answers.items()}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def of_what() -> str:
    """What answers depend on: the estimator, its rules and the worlds, as a short name."""
    home = Path(__file__).parent
    remit = home.parents[1] / "src" / "remit"
    places = (
        remit / "shift" / "effect", remit / "declarations" / "shift" / "effect", home / "worlds",
    )  # fmt: skip
    files = [one for place in places for one in place.iterdir() if one.is_file()]
    held = hashlib.sha256()
    for one in (*sorted(files), home / "counted_in_arrays.py"):
        held.update(one.read_bytes())
    return held.hexdigest()[:12]


_POOLS: dict[int, multiprocessing.pool.Pool] = {}


def _pool(processes: int) -> multiprocessing.pool.Pool:
    """One pool for all worlds; each process has one thread, since they are as many as cores."""
    if processes not in _POOLS:
        os.environ["POLARS_MAX_THREADS"] = "1"
        _POOLS[processes] = multiprocessing.get_context("spawn").Pool(processes)
    return _POOLS[processes]


# The table ---------------------------------------------------------------------------------------

HEADER = (
    "world", "planted", "trend", "right", "runs", "answered", "middle", "covers", "claims",
    "placebo flags", "refused rightly", "bears",
)  # fmt: skip


def line(judged: Judged) -> str:
    """A row of the table, as Markdown."""
    ratios = sorted(one.ratio for one in judged.answered if one.ratio is not None)
    middle = f"{ratios[len(ratios) // 2]:.2f}" if ratios else "–"
    refused = f"{judged.rightly_refused} of {len(judged.refused)}" if judged.refused else "–"
    cells = (
        judged.world.name, f"{judged.ratio:.1f}", "yes" if judged.trend else "no",
        judged.world.right, len(judged.answers), len(judged.answered), middle,
        _percent(judged.coverage), _percent(judged.claims), _percent(judged.placebo), refused,
        "yes" if judged.bears else "**no**",
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}%"


def reasons(judged: Judged) -> str:
    """The reasons of the refusals, the most frequent first."""
    found = Counter(_start(reason) for reason in judged.refused).most_common(3)
    return "; ".join(f"{times} × {reason}" for reason, times in found)


def _start(reason: str) -> str:
    """A reason without its figures, so that equal ones are counted together."""
    words = "".join("#" if letter.isdigit() else letter for letter in reason)
    return words[:160]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="the number of the first run")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--worlds", nargs="*", default=list(WORLDS), choices=list(WORLDS))
    parser.add_argument("--trend", action="store_true", help="with a common trend too")
    parser.add_argument("--keep", type=Path, help="a folder for the answers")
    chosen = parser.parse_args()
    trends = (False, True) if chosen.trend else (False,)
    plan = Plan(
        tuple(chosen.worlds), chosen.runs, chosen.first, trends, chosen.processes, chosen.keep
    )
    _say("| " + " | ".join(HEADER) + " |\n|" + " --- |" * len(HEADER))
    whys = []
    for held in judge(plan):
        _say(line(held))
        if held.refused:
            whys.append(f"- {held.world.name}, {held.ratio}: {reasons(held)}")
    _say("\n" + "\n".join(whys))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
