"""The declared access matrix of what came of conversations; read by ``test_access_matrix``.

``enter`` is for whoever writes for an organisation of their own, whatever they look at.
"""

from __future__ import annotations

from typing import Any

from tests.web.together_world import number_of

LOOK, SEND, FORM = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")
RULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "conversations": ("list", LOOK),
    "conversation_new": ("enter", FORM),
    "conversation": ("see", LOOK),
    "conversation_change": ("write", FORM),
    "conversation_action": ("write", FORM),
    "agenda_new": ("write", FORM),
    "agenda_change": ("write", FORM),
    "agenda_removed": ("write", SEND),
    "frictions": ("list", LOOK),
    "friction_new": ("enter", FORM),
    "friction": ("see", LOOK),
    "friction_change": ("write", FORM),
    "friction_settled": ("write", FORM),
    "friction_escalated": ("write", FORM),
    "friction_answered": ("write", SEND),
    "risks": ("list", LOOK),
    "risk_new": ("enter", FORM),
    "risk": ("see", LOOK),
    "risk_change": ("write", FORM),
    "risk_share": ("write", FORM),
    "risk_closed": ("write", SEND),
    "commitments": ("list", LOOK),
    "commitment_new": ("enter", FORM),
    "commitments_unserved": ("list", LOOK),
    "commitment": ("see", LOOK),
    "commitment_change": ("write", FORM),
    "tie_new": ("write", FORM),
    "tie_removed": ("write", SEND),
    "agreements": ("list", LOOK),
    "agreement_new": ("enter", FORM),
    "agreement": ("see", LOOK),
    "agreement_change": ("write", FORM),
    "agreement_signed": ("sign", SEND),
    "capability": ("list", LOOK),
    "board": ("see", LOOK),
    "board_answer": ("speak", FORM),
}
WHOLE_LISTS = {"conversations", "frictions", "risks", "commitments", "agreements"}
"""Lists that show a record of each organisation that the person sees."""


def arguments(name: str, code: str) -> list[Any] | None:
    """What stands in an address; None where it is none of these."""
    kind, number = KINDS.get(name, ("", False))
    if not kind:
        return None
    if name in {"board", "board_answer"}:
        return [code, "nof-2025-26", "strategy"][: 2 if name == "board" else 3]
    if name == "commitments_unserved":
        return ["ask"]
    return [f"{kind}-{code}", number_of(code)] if number else [f"{kind}-{code}"]


KINDS = {
    "conversation": ("CON", False),
    "conversation_change": ("CON", False),
    "conversation_action": ("CON", False),
    "agenda_new": ("CON", False),
    "agenda_change": ("CON", True),
    "agenda_removed": ("CON", True),
    **dict.fromkeys(
        (
            "friction",
            "friction_change",
            "friction_settled",
            "friction_escalated",
            "friction_answered",
        ),
        ("FR", False),
    ),
    **dict.fromkeys(("risk", "risk_change", "risk_closed"), ("RISK", False)),
    "risk_share": ("RISK", True),
    **dict.fromkeys(("commitment", "commitment_change", "tie_new"), ("COM", False)),
    "tie_removed": ("COM", True),
    **dict.fromkeys(("agreement", "agreement_change", "agreement_signed"), ("AGR", False)),
    **dict.fromkeys(("board", "board_answer"), ("board", False)),
    "commitments_unserved": ("unserved", False),
}


def sent(code: str, seer: str) -> dict[str, dict[str, Any]]:
    """What a form of each address sends."""
    point = {"title": "Winter", "time": "tomorrow", "minutes": "10"}
    talk = {"title": "Review", "kind": "oversight"}
    aim = {"strategy": "Five-year strategy", "aim": "Care closer to home"}
    agreed = {"title": "Data", "text": "One return", "parties": "ZA3"}
    risk = {"title": "Staff", "what": "Too few", "holder": "chief nurse", "others": "ZA3",
            "raised_on": "2026-01-05"}  # fmt: skip
    return {
        "conversation_new": {**talk, "organisation": seer},
        "conversation_change": talk,
        "conversation_action": {
            "what": "Send it", "owner": "medical director", "organisation": code,
        },
        "agenda_new": point,
        "agenda_change": point,
        "friction_new": {
            "what": "Who leads", "organisation": seer, "between": "ZA1, ZB1",
            "raised_on": "2026-01-05",
        },
        "friction_change": {"what": "Who leads", "between": "ZA1", "raised_on": "2026-01-05"},
        "friction_settled": {"settled_how": "By the map", "settled_on": "2026-11-01"},
        "friction_answered": {"answer": "agree"},
        "friction_escalated": {"escalated_to": "ZR1", "escalated_on": "2026-11-01"},
        "commitment_new": {**aim, "organisation": seer},
        "commitment_change": aim,
        "tie_new": {"kind": "ask", "target": f"ASK{code}"},
        "agreement_new": {**agreed, "organisation": seer},
        "agreement_change": agreed,
        "agreement_signed": {"organisation": code},
        "board_answer": {"answer": "confirmed", "evidence": "board paper 12"},
        "risk_new": {**risk, "organisation": seer},
        "risk_change": risk,
        "risk_share": {"share": "half", "mitigation": "more posts"},
    }  # fmt: skip
