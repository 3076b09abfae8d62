"""A report on a real ICB: figures as the published rows that it names have them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.api import merge, read_each
from remit.catalogue import load_computed_metrics
from remit.report import build_report
from remit.report.view import ReportView


@pytest.fixture(scope="module")
def ae(shared_data: Path) -> Path:
    return shared_data / "ae"


@pytest.fixture(scope="module")
def view(ae: Path) -> ReportView:
    files = sorted(ae.glob("Monthly-AE-*.csv")) + sorted(ae.glob("*2023*.csv"))
    known = load_computed_metrics()
    metrics = [metric for metric in known.values() if metric.id.startswith("ae.")]
    return build_report(merge(read_each(files)), "QHM", "Mar 2025", metrics=metrics).view


def test_the_figures_are_those_of_the_lines_that_are_named(view: ReportView, ae: Path) -> None:
    names = {source.number: source.file_name for source in view.sources}
    checked = 0
    for line in view.lines:
        for trace in line.traces:
            with (ae / names[trace.source]).open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.reader(file))
            cell = rows[trace.line - 1][[head.strip() for head in rows[0]].index(trace.column)]
            assert float(cell.replace(",", "")) == trace.value
            assert rows[trace.line - 1][1].strip() == trace.org_code
            checked += 1
    assert checked > 100


def test_the_icb_is_the_sum_of_its_trusts(view: ReportView) -> None:
    attendances = {
        line.body.code: line for line in view.lines if line.metric.id == "ae.attendances"
    }
    own = attendances.pop("QHM")
    assert own.period == "Mar 2025"
    assert own.value == sum(line.value or 0 for line in attendances.values())
    assert len(attendances) >= 7


def test_every_line_has_a_sentence_a_source_and_both_icons(view: ReportView) -> None:
    assert len(view.lines) > 30
    for line in view.lines:
        assert line.traces
        assert line.sentence.startswith(line.said)
        assert line.variation.words
        assert line.assurance.words
    assert not view.fictional
