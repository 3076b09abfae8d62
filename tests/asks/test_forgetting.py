"""What is older than it has to be kept is forgotten, and nothing is left hanging."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.asks import RiskShare, actions, decisions, frictions, import_file, open_register, risks
from remit.asks.register import (
    AskRegister,
    add_action,
    add_friction,
    add_risk,
    close_risk,
    decide,
    done,
    first_day_kept,
    forget,
    imports,
    rejections,
    settle,
)
from remit.cli import main
from remit.model.errors import AskError

DAY = date(2024, 1, 1)
CSV = """ask_id,from_body,to_org_code,title,received_on
OLD1,CQC,ZA1,Closed long ago,2023-05-01
OLD2,CQC,ZA1,Open since long,2023-05-02
OLD3,CQC,ZA1,Closed with an open action,2023-05-03
NEW1,CQC,ZA1,This year,2025-05-01
NEW2,CQC,ZA1,This year too,2025-05-02
,,,,2025-05-02
"""


def filled(file: Path | None, folder: Path) -> AskRegister:
    (folder / "a.csv").write_text(CSV)
    register = open_register(file)
    import_file(register, folder / "a.csv")
    for ask_id in ("OLD1", "OLD3"):
        register.close_ask(ask_id, date(2023, 6, 1), "sent")
    decide(register, "merge", ["OLD1", "NEW1"])
    decide(register, "merge", ["OLD1", "NEW1", "NEW2"])
    add_action(register, "OLD1", "was done", "chair")
    done(register, "ACT-1", date(2023, 7, 1))
    add_action(register, "OLD3", "is open", "chair")
    add_action(register, "review of June", "was done too", "chair")
    done(register, "ACT-3", date(2023, 7, 1))
    add_action(register, "NEW1", "stays", "chair")
    add_friction(register, "settled", ["CQC", "ICB"], date(2023, 5, 1), ["OLD1"])
    settle(register, "FR-1", "so", date(2023, 6, 1))
    add_friction(register, "settled of late", ["CQC", "ICB"], date(2023, 5, 1), ["OLD1", "NEW1"])
    settle(register, "FR-2", "so", date(2025, 6, 1))
    shares = [RiskShare("ZA1", "beds"), RiskShare("ZB1", "crews")]
    for title in ("closed", "open"):
        add_risk(register, title, "what", "ICB, chair", shares, raised_on=date(2023, 1, 1))
    close_risk(register, "RISK-1", date(2023, 6, 1))
    return register


@pytest.fixture
def register(tmp_path: Path) -> AskRegister:
    return filled(None, tmp_path)


def test_closed_asks_go_with_what_hangs_on_them(register: AskRegister) -> None:
    told = forget(register, DAY)
    assert (told.asks, told.actions, told.decisions) == (1, 2, 1)
    assert (told.frictions, told.risks, told.imports, told.rejections) == (1, 1, 0, 0)
    assert told.still_open == ("OLD2", "OLD3")
    assert sorted(register.statuses()) == ["NEW1", "NEW2", "OLD2", "OLD3"]
    assert [a.action_id for a in actions(register)] == ["ACT-2", "ACT-4"]
    assert [d.ask_ids for d in decisions(register, everything=True)] == [("NEW1", "NEW2")]
    assert [(f.friction_id, f.ask_ids) for f in frictions(register)] == [("FR-2", ("NEW1",))]
    assert [risk.title for risk in risks(register)] == ["open"]
    assert register.changes("OLD1") == []


def test_open_ones_go_if_that_is_said(register: AskRegister) -> None:
    told = forget(register, DAY, also_open=True)
    assert (told.asks, told.still_open) == (3, ())
    assert sorted(register.statuses()) == ["NEW1", "NEW2"]
    assert [a.action_id for a in actions(register)] == ["ACT-4"]


def test_a_dry_run_says_the_same_and_keeps_all(register: AskRegister) -> None:
    before = [register.asks(), actions(register), decisions(register), frictions(register)]
    told = forget(register, DAY, dry_run=True)
    assert [register.asks(), actions(register), decisions(register), frictions(register)] == before
    assert forget(register, DAY) == told
    assert forget(register, DAY).asks == 0


def test_imports_go_when_nothing_of_them_is_left(register: AskRegister) -> None:
    assert len(rejections(register)) == 1
    told = forget(register, date(2099, 1, 1), also_open=True)
    assert (told.imports, told.rejections, told.asks) == (1, 1, 5)
    assert (imports(register), rejections(register), register.asks()) == ([], [], [])


def test_a_number_is_not_used_again(register: AskRegister) -> None:
    forget(register, date(2099, 1, 1), also_open=True)
    assert add_action(register, "review of July", "go on", "chair") == "ACT-5"
    assert add_friction(register, "x", ["CQC", "ICB"], DAY) == "FR-3"


@pytest.mark.parametrize(
    ("age", "day"),
    [
        ("2y", date(2022, 2, 28)), ("24m", date(2022, 2, 28)), ("90d", date(2023, 12, 1)),
        ("2 years", date(2022, 2, 28)), ("2023-04-01", date(2023, 4, 1)), ("0d", date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_ages(age: str, day: date) -> None:
    assert first_day_kept(age, date(2024, 2, 29)) == day


@pytest.mark.parametrize(
    "age", ["", "2", "2w", "-1d", "9999y", "2024-13-01", "2099-01-01", "y", "²y"]
)
def test_what_is_no_age_is_refused(age: str) -> None:
    with pytest.raises(AskError, match="--older-than"):
        first_day_kept(age, date(2024, 2, 29))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "asks.sqlite"
    filled(file, tmp_path).close()
    for more, said in (
        (["--dry-run"], "Would be forgotten, before 2024-01-01: 1 ask, 2 actions"),
        ([], "Forgotten, before 2024-01-01: 1 ask, 2 actions, 1 decision, 1 friction, 1 risk."),
        ([], "Forgotten, before 2024-01-01: nothing."),
    ):
        with pytest.raises(SystemExit) as stop:
            main(["asks", "forget", "--older-than", "2024-01-01", "--register", str(file), *more])
        out = capsys.readouterr().out
        assert stop.value.code == 0
        assert said in out
        assert "2 as old stay" in out
        assert "OLD2, OLD3" in out
