"""Open concerns of last year are carried into the new one, through mergers and divisions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from remit.annual.carrying import concerns_for
from remit.annual.folder import read_assessment
from remit.annual.succession import heirs_among
from remit.cli.run import run
from remit.model.annual_records import AssessedIcb
from remit.register import load_register
from tests.annual.region import CODES, Region, clean_region
from tests.annual.test_check import faults


def concerns_of(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "concerns.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)["concerns"]
    return found


def new(folder: Path, last: Path, *asked: str) -> Path:
    assert run(["annual", "new", str(folder), "--last-year", str(last), *asked]) == 0
    return folder


def concerns_by_icb(made: Region) -> dict[str, list[str]]:
    """The open concerns of a region: its findings that tell one."""
    return {
        code: [
            one["id"]
            for one in made.findings
            if one["icb"] == code and one["direction"] == "concern"
        ]
        for code in CODES
    }


def test_a_merger_and_a_division_carry_every_open_concern(tmp_path: Path) -> None:
    """ZB1 and ZB2 became ZB6; ZB3 was divided between ZB6 and ZB7; ZB4 and ZB5 became ZB7."""
    made = clean_region(3, "2023-24")
    last = made.write(tmp_path / "last")
    icbs = [
        AssessedIcb(code="ZB6", name="One", predecessors=("ZB1", "ZB2", "ZB3")),
        AssessedIcb(code="ZB7", name="Other", predecessors=("ZB3", "ZB4", "ZB5")),
    ]
    found = concerns_for(read_assessment(last), lambda code: heirs_among(icbs, code))
    told = {(one.icb, one.from_icb, one.id) for one in found}
    heirs = {"ZB1": ["ZB6"], "ZB2": ["ZB6"], "ZB3": ["ZB6", "ZB7"], "ZB4": ["ZB7"],
             "ZB5": ["ZB7"]}  # fmt: skip
    for code, names in concerns_by_icb(made).items():
        assert names
        for heir in heirs[code]:
            assert {(heir, code, name) for name in names} <= told


def test_by_the_register_42_icbs_became_36_and_three_were_divided() -> None:
    register = load_register()
    before, now = register.icbs(date(2026, 3, 31)), register.icbs(date(2026, 4, 1))
    icbs = [AssessedIcb(code=one.code, name=one.name) for one in now]
    heirs = {one.code: heirs_among(icbs, one.code) for one in before}
    assert (len(before), len(now)) == (42, 36)
    assert all(heirs.values())
    assert sum(len(names) > 1 for names in heirs.values()) == 3


def test_a_concern_that_was_carried_and_taken_out_is_missed(tmp_path: Path) -> None:
    made = clean_region(3, "2023-24")
    last = made.write(tmp_path / "last")
    now = new(tmp_path / "now", last, "--year", "2024-25", "--region", "ZR1")
    listed = concerns_of(now)
    mine = concerns_by_icb(made)
    assert {*mine["ZB1"], *mine["ZB2"]} <= {one["id"] for one in listed}
    (now / "concerns.yaml").write_text(
        yaml.safe_dump({"schema": "remit/annual-concerns/1", "concerns": listed[1:]}), "utf-8"
    )
    found = [one for one in faults(now, tmp_path / "out") if one["kind"] == "concern_dropped"]
    assert len(found) == len(listed)
    gone = [one for one in found if "it is not among the concerns" in one["message"]]
    assert [listed[0]["id"] in one["message"] for one in gone] == [True]


def test_a_concern_of_a_divided_icb_is_answered_by_each_that_has_its_work(tmp_path: Path) -> None:
    made = clean_region(4)
    for one in made.icbs:
        one["predecessors"] = ["ZB0"] if one["code"] in {"ZB1", "ZB2"} else []
    mine = next(one for one in made.findings if one["icb"] == "ZB1")
    made.concerns.append(
        {"id": "C-old", "icb": "ZB0", "statement": "Waits were long.", "became": "closed",
         "finding": mine["id"]}
    )  # fmt: skip
    (found,) = faults(made.write(tmp_path / "region"), tmp_path / "out")
    assert (found["kind"], found["icb"]) == ("concern_dropped", "ZB2")
    assert "which is about ZB1, not ZB2" in found["message"]


def test_a_concern_may_be_continued_under_another_heading(tmp_path: Path) -> None:
    made = clean_region(4)
    mine = next(one for one in made.findings if one["icb"] == "ZB1")
    made.concerns.append(
        {"id": "C-moved", "icb": "ZB1", "heading": "social-value", "statement": "It was so.",
         "became": "continued", "finding": mine["id"]}
    )  # fmt: skip
    assert mine["heading"] != "social-value"
    assert faults(made.write(tmp_path / "region"), tmp_path / "out") == []
