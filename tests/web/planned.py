"""A plan in the small world, and how its sides act on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from remit.oversight.course import Actor
from remit.oversight.plan_items import PlanItem, items_of, text_of
from remit.oversight.shared_plan import (
    SaidOfPlan,
    act_on_plan,
    begin_plan,
    sides_of,
    standing_of,
)
from remit.records.audit import Event

SIDES = {"region": "ZR1", "icb": "ZB1", "trust": "ZA1"}
TO_SETTLE = (("hand-over", "region"), ("hand-in", "icb"), ("hand-in", "trust"))
TO_SIGNATURE = (*TO_SETTLE, ("put-to-signature", "region"))
ALL_SIGN = (("sign", "trust"), ("sign", "icb"), ("sign", "region"))
BOTH = frozenset({"write", "sign"})


WHOLE = text_of(
    [PlanItem("1", "Draft words", "A measure", "", "medical director", date(2099, 3, 31))]
)
"""An item that could be signed."""


def add_plan(text: str = WHOLE, plan_id: str = "PLAN-1", trust: str = "ZA1") -> Any:
    """A new plan, which the region drafts."""
    return begin_plan(
        Event("region", "ZR1", "add"), SIDES | {"trust": trust}, text,
        plan_id=plan_id, title="Plan of one year", period="2026/27",
    )  # fmt: skip


def act(plan: Any, *steps: tuple[str, ...]) -> Any:
    """Acts one after the other, each by a person of its side: act, side, and a text."""
    sides = sides_of(plan)
    for name, part, *text in steps:
        event = Event(f"{part} chief", sides[part], "submit")
        said = text[0] if text else None
        also = _found(plan) if name == "review" else ()
        actor = Actor(event.who, {part: BOTH})
        act_on_plan(event, plan, name, actor, text=said, signed_as="chair", also=also)
    plan.refresh_from_db()
    return plan


def _found(plan: Any) -> list[SaidOfPlan]:
    """That each item was kept."""
    items = items_of(standing_of(plan).version.text)
    return [SaidOfPlan("found-kept", "As said", one.id) for one in items]


AT: dict[str, tuple[tuple[str, ...], ...]] = {
    "draft": (),
    "comment": TO_SETTLE[:1],
    "check": TO_SETTLE[:2],
    "settle": TO_SETTLE,
    "sign-trust": TO_SIGNATURE,
    "sign-icb": (*TO_SIGNATURE, *ALL_SIGN[:1]),
    "sign-region": (*TO_SIGNATURE, *ALL_SIGN[:2]),
    "in-force": (*TO_SIGNATURE, *ALL_SIGN),
    "reviewed": (*TO_SIGNATURE, *ALL_SIGN, ("review", "region")),
}
"""Each state → the acts that lead to it."""
