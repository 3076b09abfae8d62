"""A whole report as data: what its pages say and show, each published figure with its line.

The JSON follows ``static/report.schema.json``, which lies beside the pages. The points of the
charts are in a file for each metric (:mod:`remit.report.metric_figures`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from remit.catalogue.releases import Release
from remit.report.cards import Icon, MetricCard, ReportBody, Trace
from remit.report.commented import CommentShown
from remit.report.compared import AreaFigure, PeerFunnel, PeerGroup
from remit.report.lead import Lead
from remit.report.nine_cells import CellGrid
from remit.report.view import CutTable, Missing, ReportLine, ReportSource, ReportView

SCHEMA = "report.schema.json"
"""The schema of the JSON, which lies in ``static`` beside the pages."""

VERSION = 1
"""Raised where a field goes, changes its name or its meaning; a new field does not raise it."""

ROWS = "source-rows.csv"
"""Where every published figure behind all points stands, beside the JSON."""

FUNNEL_COLUMNS = (
    "code", "name", "numerator", "denominator", "value", "z", "z_adjusted", "inner_lower",
    "inner_upper", "outer_lower", "outer_upper", "verdict",
)  # fmt: skip

Data = dict[str, Any]


def report_data(view: ReportView, lead: Lead, cells: CellGrid) -> Data:
    """A report as data.

    Parameters
    ----------
    view
        The report.
    lead
        The sentence with which it begins.
    cells
        Its nine cells.

    Examples
    --------
    ``report_data(view, lead(view), cells_of(view))["lines"][0]["sentence"]``
    """
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "title": view.title,
        "lead": lead.sentence,
        "organisation": _body(view.body),
        "period": view.period,
        "as_at": _day(view.as_at),
        "made_on": view.made_on.isoformat(),
        "next_board": _day(view.next_board),
        "fictional": view.fictional,
        "rules": {"id": view.rules.id, "name": view.rules.name, "source": view.rules.source},
        "metrics": [_metric(one) for one in view.metrics],
        "organisations": [_body(section.body) for section in view.sections],
        "lines": [_line(one) for one in view.lines],
        "nine_cells": list(_cells(cells)),
        "funnels": [_funnel(one) for one in view.funnels],
        "groups_of_people": [_cut(one) for one in view.cuts],
        "missing": [_missing(one) for one in view.missing],
        "releases": [_release(one) for one in view.releases],
        "sources": [_source(one) for one in view.sources],
        "source_rows": ROWS,
    }


def _body(body: ReportBody) -> Data:
    return {"code": body.code, "name": body.name, "kind": body.kind}


def _metric(metric: MetricCard) -> Data:
    return {
        "id": metric.id,
        "name": metric.name,
        "unit": metric.unit,
        "better": metric.better,
        "aim": metric.aim,
        "horizon": metric.horizon,
        "setting": metric.setting,
        "definition": metric.made_of,
        "source": metric.source,
    }


def _line(line: ReportLine) -> Data:
    """A metric of an organisation: its latest figure, what is said of it, and what beside it."""
    return {
        "id": line.id,
        "organisation": line.body.code,
        "metric": line.metric.id,
        "group": line.cut,
        "period": line.period,
        "value": line.value,
        "said": line.said,
        "target": line.target,
        "target_said": line.target_said,
        "mean": line.mean,
        "lower_limit": line.lower,
        "upper_limit": line.upper,
        "n_points": line.n_points,
        "variation": _icon(line.variation),
        "assurance": _icon(line.assurance),
        "goal_for_later": line.later,
        "headline": line.headline,
        "sentence": line.sentence,
        "late": line.late,
        "made_of_whom": line.who,
        "areas": [_area(one) for one in line.compared.areas],
        "peers": _peers(line.compared.peers) if line.compared.peers else None,
        "comments": [_comment(one) for one in line.said_of.comments],
        "from": list(_traces(line.traces)),
    }


def _icon(icon: Icon) -> Data:
    return {"code": icon.code, "words": icon.words}


def _area(area: AreaFigure) -> Data:
    return {
        "level": area.level,
        "name": area.name,
        "value": area.value,
        "said": area.said,
        "basis": area.basis,
        "from": list(_traces(area.traces)),
    }


def _peers(group: PeerGroup) -> Data:
    return {
        "kind": group.noun,
        "median": group.median,
        "lower_quartile": group.lower,
        "upper_quartile": group.upper,
        "place": group.place,
        "verdict": group.verdict,
        "figures": [
            {**_body(one.body), "value": one.value, "said": one.said, "verdict": one.verdict}
            for one in group.figures
        ],
    }


def _comment(shown: CommentShown) -> Data:
    one = shown.comment
    return {
        "month": one.label,
        "what_happened": one.what_happened,
        "action": one.action,
        "owner": one.owner,
        "due": _day(one.due),
        "status": one.status,
        "question": shown.question,
        "overdue": shown.overdue,
        "file": one.file,
        "line": one.line,
    }


def _traces(traces: Iterable[Trace]) -> Iterator[Data]:
    for one in traces:
        yield {
            "organisation": one.org_code,
            "measure": one.measure,
            "period": one.period,
            "value": one.value,
            "status": one.status,
            "file": one.source,
            "line": one.line,
            "column": one.column,
        }


def _cells(grid: CellGrid) -> Iterator[Data]:
    for row in grid.rows:
        for cell in row.cells:
            for one in cell.entries:
                yield {
                    "metric": one.metric_id,
                    "variation": one.variation,
                    "assurance": one.assurance,
                    "own": one.own,
                    "members": list(one.bodies),
                    "note": one.note,
                    "needs_attention": cell.attention,
                }


def _funnel(funnel: PeerFunnel) -> Data:
    made = funnel.made.points
    return {
        "id": funnel.id,
        "metric": funnel.metric.id,
        "kind": funnel.noun,
        "period": funnel.period,
        "target": funnel.made.target,
        "dispersion": funnel.made.dispersion,
        "points": [
            {name: _number(value) for name, value in row.items()}
            for row in made.select(FUNNEL_COLUMNS).iter_rows(named=True)
        ],
    }


def _cut(cut: CutTable) -> Data:
    return {
        "id": cut.id,
        "metric": cut.metric.id,
        "organisation": cut.body.code,
        "dimension": cut.dimension,
        "period": cut.period,
        "everybody": cut.everybody,
        "sentence": cut.sentence,
        "rows": [
            {
                "group": row.cut,
                "value": row.value,
                "said": row.said,
                "gap": row.gap,
                "variation": _icon(row.variation),
                "from": list(_traces(row.traces)),
            }
            for row in cut.rows
        ],
    }


def _missing(one: Missing) -> Data:
    return {
        "organisation": one.body.code,
        "metric": one.metric.id,
        "expected": one.expected,
        "held": one.held,
        "reason": one.reason,
    }


def _release(one: Release) -> Data:
    return {
        "publication": one.publication,
        "period": one.period,
        "on": one.on.isoformat(),
        "verified": one.verified,
        "source": one.source,
        "metrics": list(one.metrics),
    }


def _source(one: ReportSource) -> Data:
    return {
        "number": one.number,
        "file": one.file_name,
        "publication": one.publication,
        "published_on": _day(one.published_on),
        "sha256": one.sha256,
        "licence": one.licence,
        "url": one.url,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: object) -> object:
    """A figure that JSON has a place for."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
