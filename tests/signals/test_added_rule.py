"""A rule is one file: put beside the others, it is right in every command and every medium."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import polars as pl
import pytest

from remit.cli.run import run
from remit.signals import rule_sets, rules
from remit.store import Store
from tests.signals.four_hours import readings_of_four_hours

SIDED = '''
"""Points in a row far from the mean on one side.

For: a change of middling size.
Not for: a small one.
"""
from typing import Literal

import numpy as np
from pydantic import Field

from remit.signals.rule import HIGH, PointName, Rule, Sides, Tested
from remit.signals.seen import Seen
from remit.signals.stretches import changed, run_lengths


class FarRun(Rule):
    """Points in a row beyond a third of the way to a limit."""

    title = "Far run"
    family = "a run"
    low = PointName("far_below", "far below the mean")
    high = PointName("far_above", "far above the mean")
    kind: Literal["far_run"] = "far_run"
    points: int = Field(ge=2, description="So many points")

    @property
    def declared(self) -> str:
        return f"{self.points} points in a row beyond a third of the way to a limit"

    def test(self, of: Tested) -> Sides:
        third = (of.limits.upper - of.limits.mean) / 3
        far = np.where(np.abs(of.values - of.limits.mean) > third, of.side, 0).astype(np.int8)
        long = run_lengths(changed(far) | of.parts.first) >= self.points
        return np.where(long, far, 0).astype(np.int8)

    def sentence(self, seen: Seen) -> str:
        side = "above" if seen.side == HIGH else "below"
        mean = seen.beside(seen.latest.mean)
        return f"Its latest figures lie far {side} its process mean of {mean}"
'''
SIDELESS = '''
"""Points that swing up and down in turn.

For: two processes mixed, such as two sites that report in turn.
Not for: a change of level.
"""
from typing import Literal

import numpy as np
from pydantic import Field

from remit.signals.rule import NEITHER, PointName, Rule, Sides, Tested
from remit.signals.seen import Seen
from remit.signals.stretches import in_coming, in_last


class Alternating(Rule):
    """Points that swing up and down in turn."""

    title = "Alternating"
    family = "a run"
    neither = PointName("alternating", "up and down in turn")
    kind: Literal["alternating"] = "alternating"
    points: int = Field(ge=4, description="So many points")

    @property
    def declared(self) -> str:
        return f"{self.points} points in a row that swing up and down in turn"

    def test(self, of: Tested) -> Sides:
        step = np.zeros(len(of.values), dtype=np.int8)
        step[1:] = np.sign(np.diff(of.values))
        step[of.parts.first] = 0
        turn = np.zeros(len(step), dtype=bool)
        turn[1:] = step[1:] * step[:-1] == -1
        ends = in_last(turn, self.points - 2) == self.points - 2
        return np.where(in_coming(ends, self.points), NEITHER, 0).astype(np.int8)

    def sentence(self, seen: Seen) -> str:
        return "Its latest figures swing up and down in turn"
'''
RULE_SET = """\
schema: remit/spc-rules/1
id: our-board
version: "1"
name: Our own
source: Written for a test
limits: {multiplier: 2.66, near: [2, 3]}
rules:
  - {kind: KIND, points: 4}
minimum_points: 12
"""
# Mean 1203.6 / 24 = 50.15; ranges 19 of 1, 3.3, 3 of 0.2: mean 22.9 / 23; a third of 2.66 times
# that is 0.88, so that only the last four lie more than a third of the way to a limit in a row.
FAR = [49.0, 50.0] * 10 + [53.3, 53.5, 53.3, 53.5]
SWINGS = [50.0] * 12 + [50.0, 50.6, 50.0, 50.3]


@pytest.fixture(params=["far_run", "alternating"])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A rule's file in a folder that is searched for rules; all as before afterwards."""
    name = str(request.param)
    (tmp_path / "more").mkdir()
    text = SIDED if name == "far_run" else SIDELESS
    (tmp_path / "more" / f"{name}.py").write_text(text, encoding="utf-8")
    known = (rules.registry, rule_sets.rule_set_model, rule_sets.load_rules)
    rules.__path__.append(str(tmp_path / "more"))
    for one in known:
        one.cache_clear()
    yield name
    rules.__path__.remove(str(tmp_path / "more"))
    sys.modules.pop(f"remit.signals.rules.{name}", None)
    for one in known:
        one.cache_clear()


@pytest.fixture
def rule_set(kind: str, tmp_path: Path) -> Path:
    path = tmp_path / "ours.yaml"
    path.write_text(RULE_SET.replace("KIND", kind), encoding="utf-8")
    return path


SAID = {
    "far_run": (
        FAR,
        "far_above",
        "special cause: improvement (far above the mean)",
        "Its latest figures lie far above its process mean of 50.2",
        "special cause, for the better.",
        "■ improving",
    ),
    "alternating": (
        SWINGS,
        "alternating",
        "special cause (up and down in turn)",
        "Its latest figures swing up and down in turn",
        "special cause.",
        "● changed",
    ),
}


def test_the_command_names_the_point_in_its_table_files_and_chart(
    kind: str,
    rule_set: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    values, code, table, sentence, verdict, _ = SAID[kind]
    own = tmp_path / "own.csv"
    lines = [f"{2023 + n // 12}-{n % 12 + 1:02d}-01,{value}" for n, value in enumerate(values)]
    own.write_text("\n".join(["date,value", *lines]) + "\n", encoding="utf-8")
    out, svg = tmp_path / "out", tmp_path / "own.svg"
    asked = ["spc", str(own), "--better", "higher", "--rules", str(rule_set)]
    assert run([*asked, "--out", str(out), "--svg", str(svg)]) == 0
    assert table in capsys.readouterr().out
    assert pl.read_csv(out / "points.csv")["rule"].to_list()[-4:] == [code] * 4
    drawn = unescape(svg.read_text(encoding="utf-8"))
    assert f"{sentence}: {verdict}" in drawn
    said = "better than chance explains" if kind == "far_run" else "a pattern that chance does not"
    last = re.findall(r"<title>([^<]*20\d\d: [^<]*)</title>", drawn)[-4:]
    assert all(said in point for point in last), last


def test_the_report_says_the_same_and_names_the_rule(
    kind: str, rule_set: Path, tmp_path: Path
) -> None:
    values, _, table, sentence, verdict, icon = SAID[kind]
    store, out = tmp_path / "s.duckdb", tmp_path / "report"
    with Store.open(store) as held:
        held.ingest(readings_of_four_hours(tmp_path, values))
    asked = ["report", "ZA1", "--store", str(store), "--rules", str(rule_set), "--out", str(out)]
    assert run(asked) == 0
    page = (out / "metrics" / "ae-four-hours.html").read_text(encoding="utf-8")
    words = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
    assert re.search(rf"{re.escape(sentence)}%?: {re.escape(verdict)}", words)
    assert table in words
    assert icon in words
    method = (out / "method.html").read_text(encoding="utf-8")
    assert f"Special cause 1: {rules.registry()[kind](kind=kind, points=4).declared}." in method


def test_a_rule_that_nobody_has_written_is_refused_by_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, ours = tmp_path / "own.csv", tmp_path / "ours.yaml"
    own.write_text("date,value\n2025-01-01,1\n", encoding="utf-8")
    ours.write_text(RULE_SET.replace("KIND", "far_run"), encoding="utf-8")
    assert run(["spc", str(own), "--better", "higher", "--rules", str(ours)]) == 2
    said = capsys.readouterr().err
    assert "line 8, rules.0: 'far_run' is not allowed; use one of 'near_limits'," in said
