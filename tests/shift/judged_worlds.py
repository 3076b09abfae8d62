"""The estimator judged from outside: many runs of each world, and one table of what came of them.

``python -m tests.shift.judged_worlds --runs 100`` prints it; ``--worlds random moves`` takes some.
What it holds an answer to is in :mod:`tests.shift.worlds`, written without a look at the estimator.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from remit.engine.reading import Lazy, in_one_schema
from tests.shift.worlds import NONE, PLANTED, SERVICE, WORLDS, World, made

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


class InPolars:
    """Records in memory, behind what the estimator asks of an engine: two fifths of its time."""

    def __init__(self, records: pl.DataFrame) -> None:
        self.frame = nw.from_native(records.lazy())
        self.schema = dict(records.schema)
        self.files = (Path("records"),)

    def beside(self, table: pl.DataFrame) -> Lazy:
        return nw.from_native(table.lazy())

    def keep(self, frame: Lazy) -> Lazy:
        return nw.from_native(frame.to_native().collect().lazy())

    def parts(self, frame: Lazy, column: str, number: int) -> list[Lazy]:
        kept = self.keep(frame)
        return [kept.filter(nw.col(column) == one).drop(column) for one in range(number)]

    def collect(self, frame: Lazy, by: Sequence[str] = ()) -> pl.DataFrame:
        found = in_one_schema(frame.to_native().collect())
        return found.sort(by or found.columns, nulls_last=False)


def ask(question: Question) -> Answer:
    """Make a run, ask what the service did, and take down the answer."""
    from remit.shift.effect.result import measure_effect

    world = WORLDS[question.world]
    records = made(world, question.ratio, question.trend, question.run)
    found = measure_effect(InPolars(records), SERVICE, world.start)
    refused = "; ".join(f"{one.gate}: {one.reason}" for one in found.refused)
    if refused or found.ratio is None:
        return Answer(None, None, None, False, found.placebo_flags, refused or "no ratio")
    low, high = found.ratio.interval
    return Answer(found.ratio.ratio, low, high, found.claims, found.placebo_flags, "")


def ask_command(question: Question) -> Answer:
    """The same through ``remit shift effect`` and the file that it writes."""
    from remit.cli.run import run

    world = WORLDS[question.world]
    with tempfile.TemporaryDirectory() as folder:
        records, out = Path(folder) / "records.parquet", Path(folder) / "out"
        made(world, question.ratio, question.trend, question.run).write_parquet(records)
        start = ["--service", SERVICE, "--from", world.start.isoformat(), "--out", str(out)]
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            code = run(["shift", "effect", str(records), *start])
        assert code in {0, 1}, f"{question}: remit shift effect ended with {code}"
        return answer_in(out / "effect.json")


def answer_in(path: Path) -> Answer:
    """The answer that a file holds; the reasons of a refusal as one text."""
    held = json.loads(path.read_text(encoding="utf-8"))
    refused = json.dumps(held["refused"]) if held["refused"] else ""
    return Answer(
        held["ratio"],
        held["low"],
        held["high"],
        bool(held["claims"]),
        bool(held["placebo_flags"]),
        refused,
    )


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
        refused_well = self.rightly_refused >= REFUSED * len(self.refused)
        return refused_well and self._answers_bear()

    def _answers_bear(self) -> bool:
        covered, claimed = self.coverage or 0.0, self.claims or 0.0
        if self.ratio == NONE and claimed > FALSE:
            return False
        powerful = self.world.right != "must answer" or self.ratio == NONE or claimed >= POWER
        return covered >= COVERED and powerful


def _share(which: Iterable[bool]) -> float | None:
    held = list(which)
    return sum(held) / len(held) if held else None


def judge(questions: list[Question], processes: int = 2) -> Iterator[Judged]:
    """Ask all questions; what came of each world comes as soon as its runs are through."""
    kinds = list(dict.fromkeys((one.world, one.ratio, one.trend) for one in questions))
    for name, ratio, trend in kinds:
        mine = [
            one for one in questions if (one.world, one.ratio, one.trend) == (name, ratio, trend)
        ]
        if processes == 1:
            answers = [ask(one) for one in mine]
        else:
            answers = _pool(processes).map(ask, mine, chunksize=5)
        yield Judged(WORLDS[name], ratio, trend, tuple(answers))


_POOLS: dict[int, multiprocessing.pool.Pool] = {}


def _pool(processes: int) -> multiprocessing.pool.Pool:
    """One pool for all worlds; each process has one thread, since they are as many as cores."""
    if processes not in _POOLS:
        os.environ["POLARS_MAX_THREADS"] = "1"
        _POOLS[processes] = multiprocessing.get_context("spawn").Pool(processes)
    return _POOLS[processes]


def questions_of(names: Iterable[str], runs: int, *, trend: bool) -> list[Question]:
    """No effect and the planted one, without and (if asked) with a common trend."""
    return [
        Question(name, ratio, with_trend, run)
        for name in names
        for with_trend in ((False, True) if trend else (False,))
        for ratio in (NONE, PLANTED)
        for run in range(runs)
    ]


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
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--worlds", nargs="*", default=list(WORLDS), choices=list(WORLDS))
    parser.add_argument("--trend", action="store_true", help="with a common trend too")
    chosen = parser.parse_args()
    _say("| " + " | ".join(HEADER) + " |\n|" + " --- |" * len(HEADER))
    whys = []
    asked = questions_of(chosen.worlds, chosen.runs, trend=chosen.trend)
    for judged in judge(asked, chosen.processes):
        _say(line(judged))
        if judged.refused:
            whys.append(f"- {judged.world.name}, {judged.ratio}: {reasons(judged)}")
    _say("\n" + "\n".join(whys))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
