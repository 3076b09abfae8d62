"""``remit move run``: its files agree with each other, and what is asked wrongly is told."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest

from remit.cli.run import run
from tests.shift.move.models import written

ASKED = ("--service", "emergency-surgery", "--share", "20", "--years", "4", "--draws", "20")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    model = written(folder / "trust", "trust")
    assert run(["move", "run", str(model), *ASKED, "--out", str(folder / "out")]) == 0
    return folder / "out"


def table(made: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(made / f"{name}.csv")


def test_before_is_after_and_saved_in_the_file(made: Path) -> None:
    costs = table(made, "costs")
    assert costs["before_pence"].sum() == 6_090_000_000
    assert (costs["before_pence"] - costs["after_pence"] == costs["saved_pence"]).all()
    moved = table(made, "years").filter(pl.col("year") == 4).row(0, named=True)
    assert costs["saved_pence"].sum() == moved["saved_pence"]
    assert costs["stranded_pence"].sum() == moved["stranded_pence"]
    services = table(made, "services")
    assert services["cost_after_pence"].sum() == costs["after_pence"].sum()


def test_the_rules_stand_beside_the_same_stranded_cost(made: Path) -> None:
    payment = table(made, "payment").filter(pl.col("share_percent") == 20)
    assert payment["rule"].to_list() == [
        "activity",
        "aligned",
        "urgent-80-20",
        "block",
        "capitation",
    ]
    moved = table(made, "years").filter(pl.col("year") == 4).row(0, named=True)
    assert payment["stranded_pence"].unique().to_list() == [moved["stranded_pence"]]
    own = payment.filter(pl.col("rule") == "urgent-80-20").row(0, named=True)
    assert own["income_lost_pence"] == moved["income_lost_pence"]


def test_emergency_surgery_takes_the_rota_along(made: Path) -> None:
    """4,200 × 80% + 300 = 3,660 cases, fewer than the 3,800 that the rota needs."""
    resources = table(made, "resources")
    rota = resources.filter(pl.col("resource") == "surgical-rota").row(0, named=True)
    assert (rota["use_before"], rota["use_after"], rota["below_after"]) == (4500, 3660, True)
    services = table(made, "services")
    assert services.filter(pl.col("below_after"))["service"].to_list() == [
        "emergency-surgery",
        "paediatrics",
    ]


def test_the_record_names_what_it_was_worked_out_from(made: Path) -> None:
    told = json.loads((made / "move.json").read_text(encoding="utf-8"))
    assert (told["service"], told["years"], told["seed"], told["draws"]) == (
        "emergency-surgery", 4, 1, 20,
    )  # fmt: skip
    assert set(told["files"]) == {
        "move.yaml", "services.yaml", "costs.yaml", "resources.yaml", "receivers.yaml",
    }  # fmt: skip
    assert all(len(sha) == 64 for sha in told["files"].values())
    assert (told["break_even_is"], told["payment_verified"]) == ("unlikely", False)


def test_the_spreadsheet_has_every_table(made: Path) -> None:
    with ZipFile(made / "move.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
    for name in ("cover", "years", "steps", "payment", "costs", "services", "conditions"):
        assert f'name="{name}"' in names


def test_the_same_asked_again_makes_the_same(made: Path, tmp_path: Path) -> None:
    model = written(tmp_path / "trust", "trust")
    assert run(["move", "run", str(model), *ASKED, "--out", str(tmp_path / "out")]) == 0
    for name in ("index.html", "likely.csv", "years.csv", "move.json"):
        assert (tmp_path / "out" / name).read_bytes() == (made / name).read_bytes()


def test_tables_as_parquet_are_the_same(made: Path, tmp_path: Path) -> None:
    model = written(tmp_path / "trust", "trust")
    out = ["--out", str(tmp_path / "out"), "--format", "parquet"]
    assert run(["move", "run", str(model), *ASKED, *out]) == 0
    years = pl.read_parquet(tmp_path / "out" / "years.parquet")
    assert years["stranded_pence"].to_list() == table(made, "years")["stranded_pence"].to_list()
    assert years["stranded_pence"].dtype == pl.Int64


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--service", "surgery"), "'surgery' is no service of this model. It has older-people"),
        (("--service", "older-peple"), "Did you mean 'older-people'?"),
        (("--service", "paediatrics"), "receivers.yaml names nobody who takes over 'paediatrics'"),
        (("--share", "120"), "--share takes a per cent from 0 to 100"),
        (("--share", "-5"), "--share takes a per cent such as 20 or 12.5; got '-5'"),
        (("--share", "1e999999999"), "--share takes a per cent such as 20 or 12.5"),
        (("--share", "nan"), "--share takes a per cent such as 20 or 12.5"),
        (("--years", "0"), "--years takes 1 to 10, the horizon of the model"),
        (("--years", "11"), "--years takes 1 to 10, the horizon of the model"),
        (
            ("--payment", "blok"),
            "'blok' is no rule of payment of this model. Did you mean 'block'?",
        ),
        (("--capacity", "more"), "--capacity"),
        (("--draws", "0"), "--draws takes 1 to 100,000"),
        (("--seed", "-1"), "--seed takes 0 or more"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], told: str
) -> None:
    model = written(tmp_path / "trust", "trust")
    arguments = {**dict(zip(ASKED[::2], ASKED[1::2], strict=True)), **{asked[0]: asked[1]}}
    flat = [f"{name}={value}" for name, value in arguments.items()]
    assert run(["move", "run", str(model), *flat, "--out", str(tmp_path / "out")]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("share", "said"), [("12.5", "12.5%"), ("12.5%", "12.5%"), ("0", "0%")])
def test_a_share_may_have_decimals_and_a_sign(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], share: str, said: str
) -> None:
    model = written(tmp_path / "beds", "beds")
    asked = ["--service", "beds", "--share", share, "--draws", "2", "--out", str(tmp_path / "out")]
    assert run(["move", "run", str(model), *asked]) == 0
    assert f"Moving {said} of General medicine over 5 years." in capsys.readouterr().out


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    model = written(tmp_path / "beds", "beds")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "notes.txt").write_text("mine", encoding="utf-8")
    asked = ["--service", "beds", "--draws", "2", "--out", str(tmp_path / "theirs")]
    assert run(["move", "run", str(model), *asked]) == 2
    assert [one.name for one in (tmp_path / "theirs").iterdir()] == ["notes.txt"]


def test_words_of_a_model_are_text_on_the_page(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    change = ("name: General medicine", f'name: "{hostile}"')
    model = written(tmp_path / "beds", "beds", services=change)
    out = tmp_path / "out"
    assert run(["move", "run", str(model), "--service", "beds", "--draws", "2",
                "--out", str(out)]) == 0  # fmt: skip
    assert hostile not in (out / "index.html").read_text(encoding="utf-8")
