"""``remit asks match --store``: the published figures that answer asks."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.api import read_each
from remit.cli.run import run
from remit.sample import write_correspondence, write_monthly
from remit.store import Store


def test_a_figure_is_ready_to_send_and_its_absence_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    months = write_monthly(tmp_path / "files")
    december = next(m.path for m in months if m.path.name == "sample-Monthly-AE-December-2025.csv")
    with Store.open(tmp_path / "s.duckdb") as store:
        store.ingest(read_each([december]))
    asks, _ = write_correspondence(tmp_path / "asks")
    out = tmp_path / "out"
    # Exit code 1: one of the sample's asks has a date that is none.
    command = ["asks", "match", str(asks), "--store", str(tmp_path / "s.duckdb"), "--out", str(out)]
    assert run(command) == 1
    assert "Figures ready to send: for " in capsys.readouterr().out
    with (out / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (share,) = [r for r in rows if r["ask_id"] == "A04" and r["metric"] == "ae.four-hours"]
    assert (share["org_code"], share["period"], share["status"]) == ("ZA1", "Dec 2025", "reported")
    assert share["files"] == december.name
    with december.open(encoding="utf-8-sig", newline="") as file:
        (own,) = [r for r in csv.DictReader(file) if r["Org Code"] == "ZA1"]
    seen = sum(int(n) for name, n in own.items() if name.startswith("A&E attendances"))
    late = sum(int(n) for name, n in own.items() if name.startswith("Attendances over 4hrs"))
    assert float(share["denominator"]) == seen
    assert float(share["value"]) == pytest.approx(100 * (seen - late) / seen)
    (absent,) = [r for r in rows if r["ask_id"] == "A08"]
    assert absent["value"] == ""
    assert "remit ingest" in absent["why_not"]
