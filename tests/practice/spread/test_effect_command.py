"""``remit practices effect``: two tables go in, an answer or its reasons come out."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS, WRONG_INPUT
from remit.cli.run import run
from remit.sample.spread import DOES_NOT, HELPED, WORKS, SpreadFiles, write_spread

HEAD = "code,metric,period,value,numerator,denominator,better\n"


@pytest.fixture
def sample(tmp_path: Path) -> SpreadFiles:
    return write_spread(tmp_path / "practice")


def _run(figures: Path, adoption: Path, out: Path, *more: str) -> int:
    return run(
        ["practices", "effect", "--input", str(figures), "--adoption", str(adoption),
         "--out", str(out), *more]
    )  # fmt: skip


def _answer(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "effect.json").read_text(encoding="utf-8"))
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_was_planted_is_found(sample: SpreadFiles, tmp_path: Path) -> None:
    assert _run(*sample, tmp_path / "out", "--practice", WORKS) == DONE
    found = _answer(tmp_path / "out")
    assert found["claims"] is True
    assert found["effect"]["low"] < HELPED < found["effect"]["high"] < 0
    assert "became better" in found["finding"]
    assert "no proof of cause" in found["caution"]
    members = _rows(tmp_path / "out" / "organisations.csv")
    assert [one["part"] for one in members].count("adopter") == found["adopters"] == 16


def test_a_practice_taken_up_after_a_bad_year_is_not_praised(
    sample: SpreadFiles, tmp_path: Path
) -> None:
    assert _run(*sample, tmp_path / "out", "--practice", DOES_NOT) == DONE_WITH_FINDINGS
    found = _answer(tmp_path / "out")
    assert found["claims"] is False
    assert [one["why"] for one in found["untold"]] == ["chosen"]
    assert found["finding"].startswith("No effect")


def test_several_practices_and_none_named(
    sample: SpreadFiles, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(*sample, tmp_path / "out") == WRONG_INPUT
    assert "--practice" in capsys.readouterr().err
    assert _run(*sample, tmp_path / "out", "--practice", "Morning bord round") == WRONG_INPUT
    assert "Morning board round" in capsys.readouterr().err


def test_by_hand(tmp_path: Path) -> None:
    """Base 2020/21 to 2021/22, 2022/23 left out, adoption in 2023/24, two years after it.

    Adopters 10, 10 then 14, 16: up 5; others 20, 20 then 21, 23: up 2; so 3 beyond. Six of each,
    all alike: no spread, and the interval is the figure itself.
    """
    years = ("2020/21", "2021/22", "2022/23", "2023/24", "2024/25")
    values = {"ZA": (10, 10, 10, 14, 16), "ZB": (20, 20, 20, 21, 23)}
    figures = tmp_path / "figures.csv"
    figures.write_text(
        HEAD
        + "".join(
            f"{kind}{one},Waits,{year},{value},,,higher\n"
            for kind, row in values.items()
            for one in range(6)
            for year, value in zip(years, row, strict=True)
        ),
        encoding="utf-8",
    )
    adoption = tmp_path / "adoption.csv"
    adoption.write_text(
        "code,adopted\n" + "".join(f"ZA{one},1 June 2023\n" for one in range(6)), encoding="utf-8"
    )
    assert _run(figures, adoption, tmp_path / "out") == DONE
    found = _answer(tmp_path / "out")
    assert found["effect"] == {"estimate": 3.0, "low": 3.0, "high": 3.0, "adopters": 6}
    course = {int(one["period"]): float(one["effect"])
              for one in _rows(tmp_path / "out" / "course.csv")}  # fmt: skip
    assert course == {-3: 0.0, -2: 0.0, -1: 0.0, 0: 3.0, 1: 3.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,adopted\nZS01,soon\nZS02,2023-05-01\n", "no day and no period"),
        ("code,adopted\nZS01,2023-05-01\nZS01,2024-05-01\n", "stands on line 2 with another day"),
        ("code,adopted\n,2023-05-01\nZS02,2023-05-01\n", "the cell is blank"),
        ("code,adopted\nQQ9,2023-05-01\nZS02,2023-05-01\n", "1 organisation without figures"),
    ],
)
def test_what_is_odd_in_the_table_of_adoption_is_told(
    sample: SpreadFiles, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text(text, encoding="utf-8")
    assert _run(sample.figures, odd, tmp_path / "out") in {DONE, DONE_WITH_FINDINGS}
    assert said in capsys.readouterr().out


def test_one_adopter_is_held_against_the_combination_of_others(
    sample: SpreadFiles, tmp_path: Path
) -> None:
    one = tmp_path / "one.csv"
    one.write_text("code,since\nZS05,2024-04-01\n", encoding="utf-8")
    _run(sample.figures, one, tmp_path / "out")
    found = _answer(tmp_path / "out")
    assert found["method"] == "combination"
    assert found["controls"] == 39
    weights = [float(row["weight"]) for row in _rows(tmp_path / "out" / "organisations.csv")
               if row["weight"]]  # fmt: skip
    assert sum(weights) == pytest.approx(1, abs=1e-4)


def test_who_adopted_within_the_skipped_year_is_left_out_with_that_reason(
    sample: SpreadFiles, tmp_path: Path
) -> None:
    """The figures begin in 2020/21 Q1: two quarters before adoption there are some, no base."""
    rows = [f"ZS{one:02},2024-04-01\n" for one in range(1, 8)]
    table = tmp_path / "table.csv"
    table.write_text("code,adopted\nZS30,2020/21 Q3\n" + "".join(rows), encoding="utf-8")
    _run(sample.figures, table, tmp_path / "out")
    (left,) = (row for row in _rows(tmp_path / "out" / "organisations.csv") if row["reason"])
    assert left["code"] == "ZS30"
    assert left["reason"].startswith("none of its figures is older than the 12 months before")


@pytest.mark.parametrize(
    ("adopters", "others", "said"),
    [
        (3, 20, "Only 3 adopters can be compared where at least 5 are needed."),
        (7, 2, "Only 2 others can be compared where at least 5 are needed."),
    ],
)
def test_it_is_said_who_is_too_few(
    adopters: int, others: int, said: str, sample: SpreadFiles, tmp_path: Path
) -> None:
    kept = {f"ZS{one:02}" for one in range(1, adopters + others + 1)}
    head, *rows = sample.figures.read_text(encoding="utf-8").splitlines()
    figures, table = tmp_path / "figures.csv", tmp_path / "table.csv"
    held = [row for row in rows if row.split(",")[0] in kept]
    figures.write_text("\n".join([head, *held, ""]), encoding="utf-8")
    named = [f"ZS{one:02},2023/24 Q1" for one in range(1, adopters + 1)]
    table.write_text("\n".join(["code,adopted", *named, ""]), encoding="utf-8")
    _run(figures, table, tmp_path / "out")
    assert said in [one["reason"] for one in _answer(tmp_path / "out")["untold"]]


def test_who_adopts_later_counts_among_the_others_until_then_and_that_is_said(
    sample: SpreadFiles, tmp_path: Path
) -> None:
    """Of 40 organisations five adopt early, and five a year later, who are among the 35 others."""
    early = [f"ZS{one:02},2023/24 Q1" for one in range(1, 6)]
    late = [f"ZS{one:02},2024/25 Q1" for one in range(6, 11)]
    table = tmp_path / "table.csv"
    table.write_text("\n".join(["code,adopted", *early, *late, ""]), encoding="utf-8")
    _run(sample.figures, table, tmp_path / "out")
    finding = _answer(tmp_path / "out")["finding"]
    assert "(10 adopters, 35 others)" in finding
    assert finding.endswith("5 of the others took it up later, and counted among them until then.")


def test_who_had_it_before_the_figures_begin_is_left_out_and_said(
    sample: SpreadFiles, tmp_path: Path
) -> None:
    rows = [f"ZS{one:02},2024-04-01\n" for one in range(1, 8)]
    table = tmp_path / "table.csv"
    table.write_text("code,adopted\nZS30,2019-01-01\n" + "".join(rows), encoding="utf-8")
    _run(sample.figures, table, tmp_path / "out")
    left = [row for row in _rows(tmp_path / "out" / "organisations.csv") if row["reason"]]
    assert [row["code"] for row in left] == ["ZS30"]
    assert "before there are figures" in left[0]["reason"]


def test_nobody_adopted_or_periods_of_two_lengths(
    sample: SpreadFiles, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("code,adopted\nZS01,never\n", encoding="utf-8")
    assert _run(sample.figures, table, tmp_path / "out") == WRONG_INPUT
    assert "no row says when" in capsys.readouterr().err
    mixed = tmp_path / "mixed.csv"
    mixed.write_text(
        HEAD + "ZS01,Waits,2024/25,1,,,lower\nZS02,Waits,2024/25 Q1,1,,,lower\n", encoding="utf-8"
    )
    table.write_text("code,adopted\nZS01,2024-04-01\n", encoding="utf-8")
    assert _run(mixed, table, tmp_path / "out") == WRONG_INPUT
    assert "all of one length" in capsys.readouterr().err
