"""``remit shift effect``: the answer with its folder, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS, WRONG_INPUT
from remit.cli.run import run
from remit.shift.effect.result import measure_effect
from tests.shift.effect.own_worlds import SERVICE, START, InMemory, World, records

SEED = 1


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "records.parquet"
    records(World("random", 0.6, patients=8_000, practices=40), SEED).write_parquet(path)
    return path


def asked(path: Path, out: Path, *more: str) -> list[str]:
    start = ["--from", START.isoformat()]
    return ["shift", "effect", str(path), "--service", SERVICE, *start, "--out", str(out), *more]


def test_the_folder_has_what_is_promised(
    planted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(asked(planted, tmp_path / "out", "--format", "parquet")) == DONE
    told = json.loads((tmp_path / "out" / "effect.json").read_text("utf-8"))
    strata = pl.read_parquet(tmp_path / "out" / "strata.parquet")
    assert told["outcome"] == "bed_days"
    assert told["from"] == "2024-04-01"
    assert told["low"] < 0.6 < told["high"]
    assert told["low"] < told["ratio"] < told["high"] < 1
    assert told["claims"] is True
    assert told["refused"] == []
    assert told["kept"] + told["dropped"] == told["treated"]
    assert told["clusters"] == 40
    entered = pl.read_parquet(planted).filter(service=SERVICE)
    assert told["treated"] == entered["patient"].n_unique()
    assert strata.filter("kept")["treated"].sum() == told["kept"]
    assert sum(told["why_dropped"].values()) == told["dropped"]
    said = capsys.readouterr().out
    assert said.startswith("After entry the hospital bed days of those with community nursing were")


def test_one_year_before_is_refused_with_the_reason(
    planted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = tmp_path / "late.parquet"
    pl.read_parquet(planted).filter(pl.col("date") >= pl.date(2023, 4, 1)).write_parquet(late)
    assert run(asked(late, tmp_path / "out")) == DONE_WITH_FINDINGS
    told = json.loads((tmp_path / "out" / "effect.json").read_text("utf-8"))
    assert [one["gate"] for one in told["refused"]] == ["two years before"]
    assert told["refused"][0]["figure"] == 366
    assert told["ratio"] is None
    assert told["claims"] is False
    assert "two years are needed" in capsys.readouterr().out


def test_where_every_provider_breaks_off_there_is_nobody_to_compare(
    planted: Path, tmp_path: Path
) -> None:
    gap = pl.col("date").is_between(pl.date(2024, 1, 1), pl.date(2024, 3, 31))
    broken = pl.read_parquet(planted).filter(~(gap & (pl.col("setting") == "hospital")))
    broken.write_parquet(tmp_path / "broken.parquet")
    assert run(asked(tmp_path / "broken.parquet", tmp_path / "out")) == DONE_WITH_FINDINGS
    told = json.loads((tmp_path / "out" / "effect.json").read_text("utf-8"))
    assert "recording" in [one["gate"] for one in told["refused"]]
    assert (told["kept"], told["controls"]) == (0, 0)


def test_from_takes_a_quarter_as_well(planted: Path, tmp_path: Path) -> None:
    words = ["shift", "effect", str(planted), "--service", SERVICE, "--from", "2023/24 Q3"]
    assert run([*words, "--out", str(tmp_path / "out")]) == DONE_WITH_FINDINGS
    told = json.loads((tmp_path / "out" / "effect.json").read_text("utf-8"))
    assert told["from"] == "2023-10-01"
    assert told["refused"][0]["gate"] == "two years before"


def test_a_service_that_is_not_there_is_told(
    planted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--service", "comunity nursing", "--from", "2024-04-01", "--out", str(tmp_path / "o")]
    assert run(["shift", "effect", str(planted), *words]) == WRONG_INPUT
    assert "community nursing" in capsys.readouterr().err


def test_a_day_after_which_nobody_enters_is_told_with_the_days_on_which_they_do(
    planted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = pl.read_parquet(planted).filter(pl.col("service") == SERVICE)
    entered = mine.group_by("patient").agg(pl.col("date").min())["date"]
    words = ["--service", SERVICE, "--from", "2020-04-01", "--out", str(tmp_path / "o")]
    assert run(["shift", "effect", str(planted), *words]) == WRONG_INPUT
    assert f"people enter from {entered.min()} to {entered.max()}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"), [("--outcome", "beds"), ("--entry", "0"), ("--from", "April 2024")]
)
def test_a_wrong_option_is_told(
    option: str, value: str, planted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(asked(planted, tmp_path / "o", option, value)) == WRONG_INPUT
    assert option in capsys.readouterr().err


def test_a_hospital_record_without_a_service_counts_as_one(planted: Path, tmp_path: Path) -> None:
    hospital = pl.when(pl.col("setting") == "hospital").then(None).otherwise("service")
    blank = tmp_path / "blank.parquet"
    pl.read_parquet(planted).with_columns(hospital.alias("service")).write_parquet(blank)
    told = []
    for path in (planted, blank):
        assert run(asked(path, tmp_path / path.stem)) == DONE
        told.append(json.loads((tmp_path / path.stem / "effect.json").read_text("utf-8")))
    for name in ("ratio", "kept", "controls", "gates"):
        assert told[0][name] == told[1][name], name


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "9998-12-31"])
def test_a_day_far_from_any_record_is_refused(
    day: str, planted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--service", SERVICE, "--from", day, "--entry", "12", "--out", str(tmp_path / "o")]
    assert run(["shift", "effect", str(planted), *words]) == WRONG_INPUT
    assert "--from" in capsys.readouterr().err


def test_what_very_many_practices_are_called_does_not_move_the_answer() -> None:
    few = records(World("random", 0.6, patients=1_500, practices=12), SEED)
    others = pl.concat([few.head(1)] * 66_000).with_columns(
        pl.int_range(10**6, 10**6 + 66_000, dtype=few.schema["patient"]).alias("patient"),
        setting=pl.lit("primary"),
        service=pl.lit("gp"),
        date=pl.lit(START).dt.offset_by("-23mo"),
    )
    found = []
    for name in ("A{}", "ZZ{}"):
        named = others.with_columns(pl.format(name, "patient").alias("cluster"))
        one = measure_effect(InMemory(pl.concat([few, named])), SERVICE, START)
        found.append((one.kept, one.why_dropped, [each.figure for each in one.gates]))
    assert found[0] == found[1]
