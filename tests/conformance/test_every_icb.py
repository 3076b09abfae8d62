"""Each ICB of 2026 and some that have closed: a report builds, nobody is silently missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from remit.api import merge, read_each
from remit.catalogue import load_computed_metrics
from remit.cli.run import run
from remit.frames.figures import Figures
from remit.register import load_register
from remit.report import build_report
from remit.report.view import ReportView
from remit.store import Store

REGISTER = load_register()
OPEN = [icb.code for icb in REGISTER.icbs(date(2026, 4, 1))]
CLOSED = ["QNQ", "QJG", "QH8"]
NO_FILES = {"cases", "manuals"}
FEW = ("ae.four-hours", "ae.attendances", "community.list", "virtual-ward.occupancy")


@pytest.fixture(scope="module")
def held(shared_data: Path) -> Figures:
    files = [
        *sorted((shared_data / "ae").glob("Monthly-AE-*.csv")),
        *sorted((shared_data / "community_waits").glob("*-March.xlsx")),
        *sorted((shared_data / "virtual_ward").glob("Monthly-*.xlsx")),
    ]
    return merge(read_each(files))


def check(view: ReportView, code: str) -> None:
    """Every trust of the ICB has a line, or a note says that it has none."""
    assert view.body.code == code
    assert view.own.lines
    on = max(date(2025, 4, 30), REGISTER.get(code).opened)
    shown = {section.body.code for section in view.sections}
    notes = " ".join(view.notes)
    for member in REGISTER.members(code, on):
        assert member.code in shown or member.code in notes, member.code
    for line in view.own.lines:
        named = r"The \d+ \w+ that the (?:register|publication) names for the ICB, "
        together = re.match(named, line.who)
        assert together or line.who.startswith(("The row", "The sum", "The figure")), line.who


def may_belong(code: str) -> set[str]:
    """Trusts whose ICB was divided, and of which the register does not know the part."""
    lost = [t for t in REGISTER.trusts(date(2026, 4, 1))
            if REGISTER.lead_icb(t.code, date(2026, 4, 1)) is None and t.lead_icbs]  # fmt: skip
    return {t.code for t in lost if code in
            {o.code for o in REGISTER.successors(t.lead_icbs[-1].code)}}  # fmt: skip


def test_a_report_of_every_icb_builds_and_leaves_nobody_out(held: Figures) -> None:
    """With few metrics, so that it takes a moment; all of them are tried by the one below."""
    assert len(OPEN) == 36
    known = load_computed_metrics()
    metrics = [known[name] for name in FEW]
    for code in [*OPEN, *CLOSED]:
        view = build_report(held, code, metrics=metrics).view
        check(view, code)
        four_hours = next(line for line in view.own.lines if line.metric.id == "ae.four-hours")
        if REGISTER.get(code).opened == date(2026, 4, 1):
            for lost in may_belong(code) - {"RYC"}:
                assert lost in four_hours.sentence, (code, lost)
            assert "opened on 1 April 2026" in " ".join(view.notes)
        if code in CLOSED:
            assert "closed on 31 March 2026" in " ".join(view.notes)


@pytest.fixture(scope="module")
def whole(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """All that lies in the folder; what cannot be read is named and stops nothing."""
    path = tmp_path_factory.mktemp("whole") / "s.duckdb"
    folders = [f for f in sorted(shared_data.iterdir()) if f.is_dir() and f.name not in NO_FILES]
    for folder in folders:
        run(["ingest", str(folder), "--store", str(path)])
    with Store.open(path, read_only=True) as store:
        yield store


@pytest.mark.evidence
@pytest.mark.parametrize("code", [*OPEN, *CLOSED])
def test_a_report_with_all_metrics_builds(whole: Store, code: str) -> None:
    view = build_report(whole, code).view
    check(view, code)
    assert len(view.own.lines) > 20
    assert {metric.setting for metric in view.metrics} > {"hospital", "community"}
