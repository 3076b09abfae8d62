"""The declared access matrix of findings, letters and practices; read by ``test_access_matrix``.

In the world of the matrix each organisation writes the finding about itself, so that who writes it
is *the organisation itself*; other pairs are in ``test_year``.
"""

from __future__ import annotations

from typing import Any

LOOK, SEND, FORM = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")
RULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "findings": ("list", LOOK),
    "finding": ("see", LOOK),
    "finding_right": ("signed", SEND),
    "finding_reply": ("signed", FORM),
    "reply_answer": ("signed", FORM),
    "finding_action": ("write", FORM),
    "finding_untied": ("write", SEND),
    "year_letter": ("see", LOOK),
    "year_letter_file": ("take", LOOK),
    "year_letter_signed": ("sign", SEND),
    "practices": ("signed in", LOOK),
    "practice": ("signed in", LOOK),
    "practice_copied": ("enter", FORM),
}
WHOLE_LISTS = {"findings"}


def arguments(name: str, code: str) -> list[Any] | None:
    """What stands in an address; None where it is none of these."""
    if name not in RULES or name in {"findings", "practices"}:
        return None
    if name.startswith("practice"):
        return ["ZR1-round"]
    if name.startswith("year_letter"):
        return [f"LET-{code}"]
    key = f"FIN-{code}"
    if name == "reply_answer":
        return [key, number_of("YearReply", key)]
    return [key, number_of("YearTie", key)] if name == "finding_untied" else [key]


def number_of(kind: str, finding: str) -> int:
    """The number of what hangs on a finding."""
    from django.apps import apps

    return int(apps.get_model("year", kind).objects.get(finding=finding).pk)


def sent(code: str, seer: str) -> dict[str, dict[str, Any]]:
    """What a form of each address sends."""
    action = {"what": "Send the plan", "owner": "medical director"}
    return {
        "finding_reply": {"says": "It was June"},
        "reply_answer": {"outcome": "accepted"},
        "finding_action": {**action, "number": ""},
        "practice_copied": {**action, "organisation": seer},
    }
