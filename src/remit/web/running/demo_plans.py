"""Two plans of the demonstration: one half-way through its course, one in force with a dissent."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from remit.oversight import Actor
from remit.oversight.answered import REMARKS, answer_to
from remit.oversight.plan_items import PlanItem, text_of
from remit.oversight.shared_plan import (
    SaidOfPlan,
    act_on_plan,
    begin_plan,
    sides_of,
    views_seen,
)
from remit.records.audit import Event

_WHO = {"ZR1": "amara.bell", "ZB1": "ines.vale", "ZA1": "juno.marsh", "ZA2": "juno.marsh"}
_BOTH = frozenset({"write", "sign"})
_VERBS = {"comment": "comment", "correct": "check", "dissent": "dissent", "sign": "sign",
          "write": "edit"}  # fmt: skip
_SIGNED = (
    ("put-to-signature", "region", ""), ("sign", "trust", ""), ("sign", "icb", ""),
    ("dissent", "icb", "We would have begun with the wards that have most agency staff."),
    ("sign", "region", ""),
)  # fmt: skip


def fill_plans(today: date) -> None:
    """Put two plans into the demonstration, with days counted from today."""
    _half_way(today)
    _in_force(today)


def _half_way(today: date) -> None:
    items = (
        PlanItem("1", "Nobody waits longer than 65 weeks",
                 "Patients who wait longer than 65 weeks, at the end of each month",
                 "operational-performance", "chief operating officer", today + timedelta(days=90)),
        PlanItem("2", "One weekly return in place of two", "Returns a week on planned care",
                 "operational-performance", "company secretary", today + timedelta(days=30)),
        PlanItem("3", "The deficit is what the board has agreed", "Surplus or deficit by month",
                 "finance", "finance director", today + timedelta(days=120)),
    )  # fmt: skip
    plan = _begin(today, "PLAN-1", "One plan for planned care and money", "ZA1", items)
    _walk(plan, today, 9, (
        ("hand-over", "region", ""),
        ("comment", "icb", "The second return can end once the first has cancer waits."),
        ("hand-in", "icb", ""),
    ))  # fmt: skip


def _in_force(today: date) -> None:
    items = (PlanItem("1", "Agency spend is below the ceiling", "Agency spend by month",
                      "finance", "chief people officer", today + timedelta(days=60)),)  # fmt: skip
    plan = _begin(today, "PLAN-2", "One plan for agency staff", "ZA2", items)
    later = (
        PlanItem("1", "Agency spend is below the ceiling in every month", "Agency spend by month",
                 "finance", "chief people officer", today + timedelta(days=90)),
        PlanItem("2", "No shift above the price cap", "Shifts above the price cap, by week",
                 "finance", "medical director", today + timedelta(days=120)),
    )  # fmt: skip
    _walk(plan, today, 30, (
        ("hand-over", "region", ""), ("hand-in", "icb", ""),
        ("correct", "trust", "The ceiling is by month, not by year."), ("hand-in", "trust", ""),
        ("write", "region", text_of(later)), *_SIGNED,
    ))  # fmt: skip


def _begin(today: date, number: str, title: str, trust: str, items: tuple[PlanItem, ...]) -> Any:
    sides = {"region": "ZR1", "icb": "ZB1", "trust": trust}
    event = Event(_account("ZR1"), "ZR1", "add", when=_at(today - timedelta(days=40)))
    period = f"{today.year}/{(today.year + 1) % 100:02}"
    return begin_plan(event, sides, text_of(items), plan_id=number, title=title, period=period)


def _walk(plan: Any, today: date, days: int, steps: tuple[tuple[str, str, str], ...]) -> None:
    """Do acts one after the other, a day apart, the first so many days ago."""
    sides = sides_of(plan)
    for number, (act, part, text) in enumerate(steps):
        code, day = sides[part], today - timedelta(days=max(days - 2 * number, 1))
        event = Event(_account(code), code, _VERBS.get(act, "submit"), when=_at(day))
        actor = Actor(event.who, {part: _BOTH})
        also = _answers(plan) if act == "write" else ()
        act_on_plan(event, plan, act, actor, text=text, signed_as="chief executive", also=also)


def _answers(plan: Any) -> list[SaidOfPlan]:
    """All that was said is taken."""
    said = [one for one in views_seen(plan, "region") if one.kind in REMARKS]
    return [SaidOfPlan("taken", "Both items say by month now", answer_to(one.pk)) for one in said]


def _account(code: str) -> str:
    from remit.web.people.models import Account

    return f"account-{Account.objects.get(email=f'{_WHO[code]}@remit.example').pk}"


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)
