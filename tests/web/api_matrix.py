"""The declared access matrix of the API beyond asks and actions; read by ``test_api``.

``enter`` is for whoever writes for an organisation of their own, ``public`` for every token, since
published figures are public; the rules of ``plan`` are those of a plan for ZA1 that the region is
to settle.
"""

from __future__ import annotations

from typing import Any

from tests.web.figures_world import METRIC
from tests.web.together_world import number_of

OPERATIONS = {
    ("GET", "/api/conversations"): "list",
    ("POST", "/api/conversations"): "enter",
    ("GET", "/api/conversations/{conversation_id}"): "see",
    ("PATCH", "/api/conversations/{conversation_id}"): "change",
    ("POST", "/api/conversations/{conversation_id}/actions"): "add",
    ("POST", "/api/conversations/{conversation_id}/agenda"): "add",
    ("PATCH", "/api/conversations/{conversation_id}/agenda/{number}"): "change",
    ("DELETE", "/api/conversations/{conversation_id}/agenda/{number}"): "take",
    ("GET", "/api/meetings"): "file",
    ("GET", "/api/meetings/{number}"): "nobody",
    ("GET", "/api/frictions"): "list",
    ("POST", "/api/frictions"): "enter",
    ("GET", "/api/frictions/{friction_id}"): "see",
    ("PATCH", "/api/frictions/{friction_id}"): "change",
    ("POST", "/api/frictions/{friction_id}/settle"): "change",
    ("POST", "/api/frictions/{friction_id}/escalate"): "change",
    ("GET", "/api/risks"): "list",
    ("POST", "/api/risks"): "enter",
    ("GET", "/api/risks/{risk_id}"): "see",
    ("PATCH", "/api/risks/{risk_id}"): "change",
    ("PATCH", "/api/risks/{risk_id}/shares/{number}"): "change",
    ("POST", "/api/risks/{risk_id}/close"): "write",
    ("GET", "/api/commitments"): "list",
    ("POST", "/api/commitments"): "enter",
    ("GET", "/api/commitments/{commitment_id}"): "see",
    ("PATCH", "/api/commitments/{commitment_id}"): "change",
    ("POST", "/api/commitments/{commitment_id}/ties"): "add",
    ("DELETE", "/api/commitments/{commitment_id}/ties/{number}"): "take",
    ("GET", "/api/agreements"): "list",
    ("POST", "/api/agreements"): "enter",
    ("GET", "/api/agreements/{agreement_id}"): "see",
    ("PATCH", "/api/agreements/{agreement_id}"): "change",
    ("GET", "/api/plans"): "file",
    ("POST", "/api/plans"): "begin",
    ("GET", "/api/plans/{plan_id}"): "plan",
    ("PUT", "/api/plans/{plan_id}/items"): "settle",
    ("POST", "/api/plans/{plan_id}/acts"): "settle",
    ("GET", "/api/figures/site"): "public",
    ("GET", "/api/figures/{period}/standings"): "public",
    ("GET", "/api/figures/{period}/trusts/{code}"): "public",
    ("GET", "/api/reports/{code}"): "public",
    ("GET", "/api/reports/{code}/metrics/{metric}"): "public",
    ("GET", "/api/organisations/{code}/figures"): "public",
    ("GET", "/api/organisations/{code}/figures/{metric}"): "public",
    ("POST", "/api/organisations/{code}/figures/{metric}/comments"): "change",
    ("GET", "/api/comments"): "list",
    ("POST", "/api/asks/{ask_id}/comments"): "add",
    ("POST", "/api/actions/{action_id}/comments"): "add",
}
"""Each operation and what decides."""
TAKES = {"reader", "contributor", "signatory", "auditor"}
WRITES = {"contributor", "signatory"}


def address(path: str, code: str) -> str:
    """The address of an operation for an organisation; nothing where it is none of these."""
    if path not in {of_it for _, of_it in OPERATIONS}:
        return ""
    rule = {of_it: rule for (_, of_it), rule in OPERATIONS.items()}[path]
    given = {
        "conversation_id": f"CON-{code}", "friction_id": f"FR-{code}", "risk_id": f"RISK-{code}",
        "commitment_id": f"COM-{code}", "agreement_id": f"AGR-{code}", "plan_id": "PLAN-1",
        "number": number_of(code), "ask_id": f"ASK{code}", "action_id": f"ACT-{code}",
        "period": "2025-26-q1", "metric": METRIC, "code": "ZA1" if rule == "public" else code,
    }  # fmt: skip
    return path.format(**given)


def sent(method: str, path: str, code: str, seer: str) -> Any:
    """What an operation is sent."""
    if method == "GET":
        return None
    action = {"what": "Send it", "owner": "medical director", "organisation": code}
    risk = {"title": "Staff", "what": "Too few", "holder": "chief nurse", "others": ["ZA3"],
            "raised_on": "2026-01-05", "organisation": seer}  # fmt: skip
    aim = {"strategy": "Five-year strategy", "aim": "Care closer to home", "organisation": seer}
    friction = {"what": "Who leads", "organisation": seer, "between": ["ZA1", "ZB1"],
                "raised_on": "2026-01-05"}  # fmt: skip
    agreed = {"title": "Data", "text": "One return", "parties": ["ZA3"], "organisation": seer}
    said: dict[str, dict[str, Any]] = {
        "/api/conversations": {"title": "Review", "organisation": seer},
        "/api/conversations/{conversation_id}/actions": action,
        "/api/conversations/{conversation_id}/agenda": {"title": "Winter", "time": "tomorrow"},
        "/api/frictions": friction,
        "/api/frictions/{friction_id}/settle": {"settled_how": "So", "settled_on": "2026-11-01"},
        "/api/frictions/{friction_id}/escalate": {
            "escalated_to": "ZR1", "escalated_on": "2026-11-01",
        },
        "/api/risks": risk,
        "/api/commitments": aim,
        "/api/commitments/{commitment_id}/ties": {"kind": "ask", "target": f"ASK{code}"},
        "/api/agreements": agreed,
        "/api/plans": {
            "organisation": "ZA1", "title": "A plan", "period": "2026/27", "another": True,
        },
        "/api/plans/{plan_id}/items": {"items": [{"aim": "Fewer asks"}], "seen": 0},
        "/api/plans/{plan_id}/acts": {
            "act": "ask-again", "part": "region", "text": "Why", "seen": 0,
        },
        "/api/organisations/{code}/figures/{metric}/comments": {"text": "A ward was closed"},
        "/api/asks/{ask_id}/comments": {"text": "On its way"},
        "/api/actions/{action_id}/comments": {"text": "On its way"},
    }  # fmt: skip
    seen = {"seen": "another"} if OPERATIONS[method, path] == "change" else {}
    return {**seen, **said.get(path, {})}


def expected(role: str, sees: bool, seer: str) -> dict[str, set[int]]:
    """Rule → what may be answered; a change of what was not seen so is answered by how it is."""
    writes = role in WRITES
    told = seer in {"ZR1", "ZB1", "ZA1", "ENGLAND"}
    region = {"ZR1": {201}, "ZR2": {422}}.get(seer, {403})
    return {
        "change": ({409} if writes else {403}) if sees else {404},
        "add": ({201} if writes else {403}) if sees else {404},
        "take": ({204} if writes else {403}) if sees else {404},
        "enter": {201} if writes else {403},
        "public": {200},
        "nobody": {404} if role in TAKES else {403},
        "begin": region if writes else {403},
        "plan": ({200} if told else {404}) if role in TAKES else {403},
        "settle": ({409} if writes and seer == "ZR1" else {403}) if told else {404},
    }
