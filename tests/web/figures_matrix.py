"""The declared access matrix of figures and of what is said of them; read by the access matrix.

Declared: published figures are public, so whoever is signed in sees them, with or without a role.
"""

from __future__ import annotations

from typing import Any

from tests.web.figures_world import METRIC, said_of

LOOK, SEND, FORM = ("GET", "HEAD"), ("POST",), ("GET", "HEAD", "POST")
RULES: dict[str, tuple[str, tuple[str, ...]]] = {
    "figures": ("list", LOOK),
    "figures_of": ("signed in", LOOK),
    "figure": ("signed in", LOOK),
    "figure_say": ("write", FORM),
    "figure_said": ("see", LOOK),
    "figures_pages": ("signed in", LOOK),
    "figures_report": ("signed in", LOOK),
    "remarks": ("list", LOOK),
    "remarks_file": ("file", LOOK),
    "ask_remark": ("write", SEND),
    "action_remark": ("write", SEND),
}
WHOLE_LISTS = {"remarks", "remarks_file"}
"""Lists that show a comment of each organisation that the person sees."""


def arguments(name: str, code: str) -> list[Any] | None:
    """What stands in an address; None where it is none of these."""
    return {
        "figures_of": [code],
        "figure": [code, METRIC],
        "figure_say": [code, METRIC],
        "figure_said": [said_of(code)] if name == "figure_said" else [],
        "figures_pages": ["index.html"],
        "figures_report": ["ZA1", "index.html"],
        "ask_remark": [f"ASK{code}"],
        "action_remark": [f"ACT-{code}"],
    }.get(name)


def sent(code: str) -> dict[str, dict[str, Any]]:
    """What a form of each address sends."""
    del code
    return {
        "figure_say": {"text": "A ward was closed", "seen": "another"},
        "ask_remark": {"text": "It is on its way"},
        "action_remark": {"text": "It is on its way"},
    }
