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


def duplicates(*ids: str) -> list[AskPair]:
    return [
        AskPair(*sorted((a, b)), AskRelation.DUPLICATE, 0.9, "the same")
        for place, a in enumerate(ids)
        for b in ids[place + 1 :]
    ]


def answer(ask_id: str, publication: str = "rtt", **more: object) -> AskAnswer:
    """What surely answers an ask whole and by its due day, but for what is said otherwise."""
    given: dict[str, object] = {
        "coverage": "full", "name": "RTT waiting times", "measure": "pathways over 52 weeks",
        "out_on": date(2026, 6, 14), "out_by_due": True, "state": AnswerState.SURE,
    }  # fmt: skip
    return AskAnswer(ask_id, publication, 1, 0.9, **(given | more))  # type: ignore[arg-type]


def matched(
    asks: list[Ask], pairs: list[AskPair] | None = None, answers: list[AskAnswer] | None = None
) -> Matched:
    return Matched(tuple(make_frames(asks)), tuple(pairs or ()), tuple(answers or ()))


def plan(
    asks: list[Ask],
    pairs: list[AskPair] | None = None,
    answers: list[AskAnswer] | None = None,
    closed: tuple[str, ...] = (),
) -> Plan:
    subject, found = outside_subject(CODE, NAME), matched(asks, pairs, answers)
    return make_plan(asks, found, subject, DAY, load_rules(), closed=closed, fictional=True)


def fates(made: Plan) -> dict[str, str]:
    return {one.ask.ask_id: one.fated.fate.value for one in made.asks}
