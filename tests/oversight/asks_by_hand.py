"""A few fictional asks and what a matcher would say of them, small enough to plan by hand."""

from __future__ import annotations

from datetime import date

from remit.asks.matching.frames import make_frames
from remit.model.ask import AnswerState, Ask, AskAnswer, AskPair, AskRelation
from remit.oversight import Matched, Plan, load_rules, make_plan
from remit.remits import outside_subject

DAY = date(2026, 6, 1)
CODE, NAME = "XQ1", "Nowhere Hospitals NHS Trust"


def ask(
    ask_id: str,
    body: str,
    title: str,
    hours: float | None = 10,
    day: int = 1,
    channel: str = "email",
    text: str = "",
) -> Ask:
    return Ask(
        ask_id=ask_id,
        from_body=body,
        to_org_code=CODE,
        to_org_name=NAME,
        title=title,
        text=text,
        received_on=date(2026, 5, day),
        channel=channel,
        hours_estimate=hours,
    )


WAITS = "Patients waiting over 52 weeks, April, by specialty"
BACTERIA = "C. difficile cases in April"


def published(ask_id: str, coverage: str = "full", **more: object) -> AskAnswer:
    """A publication that surely answers an ask and comes before its due day, unless told."""
    given = {
        "publication": "rtt",
        "name": "RTT waiting times",
        "confidence": 0.9,
        "state": AnswerState.SURE,
        "out_by_due": True,
        **more,
    }
    return AskAnswer(ask_id=ask_id, rank=1, coverage=coverage, **given)  # type: ignore[arg-type]


def duplicates(*ids: str) -> list[AskPair]:
    return [
        AskPair(*sorted((a, b)), AskRelation.DUPLICATE, 0.9, "the same")
        for place, a in enumerate(ids)
        for b in ids[place + 1 :]
    ]


def matched(
    asks: list[Ask], pairs: list[AskPair] | None = None, answers: list[AskAnswer] | None = None
) -> Matched:
    return Matched(tuple(make_frames(asks)), tuple(pairs or ()), tuple(answers or ()))


def plan(
    asks: list[Ask], pairs: list[AskPair] | None = None, answers: list[AskAnswer] | None = None
) -> Plan:
    subject = outside_subject(CODE, NAME)
    return make_plan(
        asks, matched(asks, pairs, answers), subject, DAY, load_rules(), fictional=True
    )


def fates(made: Plan) -> dict[str, str]:
    return {one.ask.ask_id: one.fated.fate.value for one in made.asks}
