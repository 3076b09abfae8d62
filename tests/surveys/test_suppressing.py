"""A small base cannot be worked out: a solver tries, on tables of crossed groups.

The solver knows nothing of how rows were chosen. Its unknowns are the people of each cell, in whole
numbers; it knows the whole, every row that is shown, and what the reasons say of a hidden base.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from remit.cli.exit_codes import DONE, WRONG_INPUT
from remit.cli.run import run
from remit.surveys.suppressing import BASE_OPEN, COUNT_OPEN, SECOND, suppressed
from tests.surveys.exports import COLUMNS, QUESTIONNAIRE, write_small, write_wave

SIDES = ("n_agree", "n_neutral", "n_disagree")
COUNTS = ("base", *SIDES)
LEAST = 5
Cells = dict[tuple[str, str], tuple[int, int, int]]

cells = st.fixed_dictionaries({}, optional={
    (kind, region): st.tuples(*[st.integers(0, 5)] * 3)
    for kind in "abc" for region in "xyz"
}).filter(bool)  # fmt: skip


def rows_of(people: Cells) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Each row by cut and group, with the cells that add up to it."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {("all", "all"): list(people)}
    for kind, region in people:
        found.setdefault(("kind", kind), []).append((kind, region))
        found.setdefault(("region", region), []).append((kind, region))
        found["kind × region", f"{kind} × {region}"] = [(kind, region)]
    return dict(sorted(found.items()))


def table(people: Cells) -> pl.DataFrame:
    rows = []
    for (cut, group), parts in rows_of(people).items():
        counts = np.sum([people[part] for part in parts], axis=0)
        rows.append({"group_by": cut, "group": group, "base": int(counts.sum()),
                     **dict(zip(SIDES, map(int, counts), strict=True))})  # fmt: skip
    frame = pl.DataFrame(rows)
    return frame.select(pl.lit("2026").alias("wave"), pl.lit("heard").alias("item_id"), pl.all())


class Solver:
    """A reader who sets up equations, and tries them in whole numbers."""

    def __init__(self, people: Cells, shown: pl.DataFrame) -> None:
        self.people, self.cells = people, list(people)
        self.rows = rows_of(people)
        self.bounds: list[LinearConstraint] = []
        for row in shown.rows(named=True):
            key = (row["group_by"], row["group"])
            base = self.sum_of(key, COUNTS[0])
            if row["suppressed"] == SECOND:
                self.bounds.append(LinearConstraint(base, LEAST, np.inf))
            elif row["suppressed"]:
                self.bounds.append(LinearConstraint(base, 0, LEAST - 1))
            else:
                self.bounds += [LinearConstraint(self.sum_of(key, name), row[name], row[name])
                                for name in COUNTS]  # fmt: skip

    def sum_of(self, key: tuple[str, str], name: str) -> np.ndarray:
        found = np.zeros((len(self.cells), len(SIDES)))
        for part in self.rows[key]:
            found[self.cells.index(part), [SIDES.index(name)] if name in SIDES else [0, 1, 2]] = 1
        return found.reshape(-1)

    def reach(self, key: tuple[str, str], name: str, enough: int) -> int:
        """How far apart the least and the most are; no further than is enough."""
        aim = self.sum_of(key, name)
        truth = np.concatenate([self.people[cell] for cell in self.cells]) @ aim
        ends = [truth, truth]
        for end, sign in enumerate((1, -1)):
            if ends[1] - ends[0] < enough:
                found = milp(sign * aim, constraints=self.bounds, integrality=np.ones(len(aim)))
                assert found.success
                ends[end] = round(sign * found.fun)
        return min(enough, int(ends[1] - ends[0]))


def hidden(frame: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """The hidden rows with anybody in them."""
    out = frame.filter(pl.col("suppressed") != "")
    yield from out.select("group_by", "group").iter_rows()


def check(people: Cells) -> None:
    full = table(people)
    found = suppressed(full, LEAST, COUNTS)
    for before, after in zip(full.rows(named=True), found.rows(named=True), strict=True):
        assert not (before["base"] < LEAST and after["base"] is not None)
        assert after["suppressed"] or after["base"] == before["base"]
    if found.filter(pl.col("group_by") == "all")["suppressed"][0]:
        assert found["base"].null_count() == len(found)
        return
    why = pl.when(pl.col("base") < LEAST).then(pl.lit("small")).otherwise(pl.lit(SECOND))
    whole = pl.col("group_by") == "all"
    nothing = full.with_columns(pl.when(whole).then(pl.lit("")).otherwise(why).alias("suppressed"))
    solver, alone = Solver(people, found), Solver(people, nothing)
    sizes = {(one["group_by"], one["group"]): one["base"] for one in full.rows(named=True)}
    for key, name in itertools.product(hidden(found), COUNTS):
        if sizes[key]:
            declared = BASE_OPEN if name == "base" else COUNT_OPEN
            if solver.reach(key, name, declared) < declared:
                # What the whole alone tells (nobody of all agreed) is told by no other row.
                told = alone.reach(key, name, declared)
                assert solver.reach(key, name, declared) >= told, (key, name)


@settings(max_examples=12, deadline=None)
@given(cells)
def test_no_hidden_count_of_crossed_groups_can_be_worked_out(people: Cells) -> None:
    check(people)


@pytest.mark.evidence
@settings(max_examples=100, deadline=None)
@given(cells)
def test_no_hidden_count_of_many_tables_can_be_worked_out(people: Cells) -> None:
    check(people)


def test_a_cell_is_found_neither_by_its_row_nor_by_its_column() -> None:
    # The one small cell is a × x, 2. Beside it in its row one more goes, in its column one more;
    # and these two are told by their own column and row, so that the fourth corner goes too.
    people = {(kind, region): (3, 3, 3) for kind in "abc" for region in "xyz"}
    people["a", "x"] = (1, 1, 0)
    found = suppressed(table(people), LEAST, COUNTS)
    out = [group for cut, group in hidden(found) if cut == "kind × region"]
    assert len(out) == 4
    assert len({one[0] for one in out}) == len({one[-1] for one in out}) == 2
    assert [cut for cut, _ in hidden(found)] == ["kind × region"] * 4
    check(people)


def test_a_small_group_is_found_by_no_crossing() -> None:
    # Of c there are four, two each in x and y: their crossings are small too, and so are told.
    people = {("a", "x"): (9, 9, 9), ("a", "y"): (9, 9, 9), ("b", "x"): (6, 6, 6),
              ("b", "y"): (6, 6, 6), ("c", "x"): (1, 1, 0), ("c", "y"): (1, 0, 1)}  # fmt: skip
    found = suppressed(table(people), LEAST, COUNTS)
    crossed = {("kind × region", "c × x"), ("kind × region", "c × y")}
    assert {("kind", "c"), *crossed} < {*hidden(found)}
    check(people)


def test_nothing_is_hidden_where_no_base_is_small() -> None:
    found = suppressed(table({("a", "x"): (3, 2, 1), ("b", "x"): (4, 4, 4)}), LEAST, COUNTS)
    assert set(found["suppressed"]) == {""}
    assert found["base"].to_list() == [18, 6, 12, 6, 12, 18]


def test_what_nobody_at_all_said_hides_no_group() -> None:
    # Nobody of the whole is neutral: that is told by the whole, and no reason to hide b and c.
    people = {("a", "x"): (2, 0, 1), ("b", "x"): (6, 0, 6), ("c", "x"): (20, 0, 20)}
    found = suppressed(table(people), LEAST, COUNTS)
    assert ("kind", "c") not in {*hidden(found)}
    check(people)


def survey_tables(folder: Path, *more: str) -> dict[str, list[dict[str, str]]]:
    """A survey by kind and region and both, of two waves, with a least base of five."""
    files = []
    for year in (2025, 2026):
        rows = [
            (str(n), f"ZA{n}", kind, said, "Increased", "The ICB", "4", "", region)
            for n, (kind, said, region) in enumerate(_people(year))
        ]
        path = folder / f"people-{year}.csv"
        files.append(str(write_wave(path, tuple(rows), (*COLUMNS, "region"))))
    groups = "  - {id: region, name: Region, columns: [region]}\nitems:"
    text = QUESTIONNAIRE.replace("items:", groups, 1)
    (folder / "q.yaml").write_text(text, encoding="utf-8")
    asked = ["survey", "tables", *files, "--questionnaire", str(folder / "q.yaml"), *more]
    for cut in ("kind", "region", "kind,region"):
        asked += ["--by", cut]
    assert run([*asked, "--min-base", "5", "--out", str(folder / "out")]) == DONE
    found = {}
    for path in (folder / "out").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


def _people(year: int) -> Iterator[tuple[str, str, str]]:
    for kind, region in itertools.product(("acute", "community"), ("north", "south")):
        for n in range(14):
            yield kind, ("Agree", "Disagree", "Neither agree nor disagree")[n % 3], region
    yield from [("ambulance", "Agree", "north")] * (3 if year == 2025 else 7)
    yield from [("ambulance", "Disagree", "south")] * (2 if year == 2025 else 4)


def test_what_is_hidden_in_one_table_is_hidden_in_all(tmp_path: Path) -> None:
    found = survey_tables(tmp_path)
    keys = ("wave", "item_id", "group_by", "group")
    out = {name: {tuple(row[key] for key in keys) for row in found[name] if row["suppressed"]}
           for name in ("items", "answers", "weighted", "groups")}  # fmt: skip
    assert ("2025", "heard", "kind × region", "ambulance × north") in out["items"]
    assert out["items"] <= out["answers"]
    assert out["items"] == out["weighted"] == out["groups"]
    figures = {
        "items": ("base", "pct_agree", "blank"),
        "answers": ("n", "pct"),
        "weighted": ("base", "pct_agree", "se"),
        "groups": ("base", "base_others", "p"),
    }
    for name, columns in figures.items():
        hidden_rows = [row for row in found[name] if row["suppressed"]]
        assert {row[column] for row in hidden_rows for column in columns} == {""}


def test_a_change_tells_nothing_of_a_wave_in_which_a_group_is_hidden(tmp_path: Path) -> None:
    found = survey_tables(tmp_path)
    key = {"item_id": "heard", "group_by": "kind × region", "group": "ambulance × north"}
    (row,) = [one for one in found["changes"] if all(one[k] == v for k, v in key.items())]
    told = ("pct_now", "pct_before", "change", "p", "p_adjusted", "significant", "base_now",
            "base_before", "reason")  # fmt: skip
    assert {row[name] for name in told} == {""}
    assert (row["suppressed"], row["comparable"]) == ("the base is under 5", "true")


def test_that_a_hidden_group_is_nobody_is_told_by_no_reason(tmp_path: Path) -> None:
    before, now, questionnaire = write_small(tmp_path)
    out = tmp_path / "out"
    asked = ["--questionnaire", str(questionnaire), "--by", "kind", "--min-base", "2"]
    run(["survey", "tables", str(before), str(now), *asked, "--out", str(out)])
    with (out / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = [one for one in csv.DictReader(file) if one["suppressed"]]
    assert rows
    assert not [one for one in rows if "nobody" in one["reason"]]


def test_a_value_with_the_sign_of_crossings_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, now, questionnaire = write_small(tmp_path)
    write_wave(now, (("1", "ZA1", "acute × mental", "Agree", "", "", "", "", "x"),),
               (*COLUMNS, "region"))  # fmt: skip
    groups = "  - {id: region, name: Region, columns: [region]}\nitems:"
    questionnaire.write_text(QUESTIONNAIRE.replace("items:", groups, 1), encoding="utf-8")
    asked = ["survey", "tables", str(now), "--questionnaire", str(questionnaire)]
    assert run([*asked, "--by", "kind,region", "--out", str(tmp_path / "out")]) == WRONG_INPUT
    assert "cannot be crossed: 'acute × mental' holds the sign ×" in capsys.readouterr().err
