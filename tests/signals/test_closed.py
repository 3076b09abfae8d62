"""A trust that has closed is held against what was asked of it, not of those who go on."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from remit.api import read_each
from remit.cli.run import run
from remit.register import load_register
from remit.sample.region import TRUSTS
from remit.store import Store
from tests.signals.four_hours import readings_of_four_hours


def test_a_closed_trust_is_held_against_its_own_last_goal(tmp_path: Path) -> None:
    """It closes in September 2025, at 79%, over the goal of 78%; 82% are asked from 2026/27."""
    code = next(trust.code for trust in TRUSTS if 4 not in trust.quarters)
    closed = load_register().get(code).closed
    assert closed == date(2025, 9, 30)
    for folder in ("goes-on", "closed"):
        (tmp_path / folder).mkdir()
    store = tmp_path / "s.duckdb"
    with Store.open(store) as held:
        held.ingest(readings_of_four_hours(tmp_path / "goes-on", [80.0, 81.0] * 21))
        readings_of_four_hours(tmp_path / "closed", [79.0, 77.0] * 16 + [79.0])
        for path in sorted((tmp_path / "goes-on").glob("*.csv")):
            other = tmp_path / "closed" / path.name
            if other.exists():
                row = other.read_text("utf-8").splitlines()[1].replace("ZA1", code)
                both = f"{path.read_text('utf-8')}{row}\n"
                other.write_text(both, encoding="utf-8")
                held.ingest(read_each([other], published_on=date(2026, 8, 1)))
    out = tmp_path / "out"
    assert run(["spc", "--metric", "ae.four-hours", "--store", str(store), "--out", str(out)]) == 0
    said = {r["series"]: r for r in csv.DictReader((out / "said.csv").read_text().splitlines())}
    assert "82%" in said["ZA1"]["sentence"]
    assert "82%" not in said[code]["sentence"]
    assert "at least 78%" in said[code]["sentence"]
