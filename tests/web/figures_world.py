"""Of each organisation of the small world a figure that was spoken of, and a comment on it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from remit.records.audit import SYSTEM, Event, create
from remit.records.talk.models import FigureTie, FrozenFigure, Remark
from tests.web.world import ORGANISATIONS, add_action

METRIC = "ae.four-hours"


def fill_figures() -> None:
    for code in ORGANISATIONS:
        add_remark(code, add_figure(code), f"Of ASK{code}: a ward was closed")


def add_figure(code: str, **fields: Any) -> Any:
    kept: dict[str, Any] = {
        "metric": METRIC, "metric_name": "A&E within four hours", "is_counted": True,
        "unit": "percent", "period": "Mar 2026", "period_start": date(2026, 3, 1),
        "period_end": date(2026, 3, 31), "value": 70.0, "numerator": 700.0, "denominator": 1000.0,
        "status": "reported", "rows": "[]", "version": "older", "known_until": date(2026, 4, 14),
        "digest": f"of-{code}",
    }  # fmt: skip
    return create(Event(SYSTEM, code, "add"), FrozenFigure, organisation=code, **(kept | fields))


def add_remark(code: str, figure: Any, text: str, **fields: Any) -> Any:
    kept = {"said_at": datetime(2026, 4, 20, 9, tzinfo=UTC), "said_by": SYSTEM, "said_for": code}
    return create(
        Event(SYSTEM, code, "comment"), Remark, organisation=code, figure=figure, text=text,
        **(kept | fields),
    )  # fmt: skip


def add_tie(figure: Any, action_id: str, remark: Any = None, **fields: Any) -> Any:
    code = figure.organisation
    action = add_action(action_id, f"ASK{code}", **fields)
    event = Event(SYSTEM, code, "add")
    return create(event, FigureTie, figure=figure, remark=remark, action=action)


def said_of(code: str) -> int:
    """The number of the figure of an organisation that was spoken of; 0 where there is none."""
    found = FrozenFigure.objects.filter(organisation=code).order_by("pk").first()
    return found.pk if found else 0
