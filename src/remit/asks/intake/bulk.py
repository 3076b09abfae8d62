"""Newsletters and automatic messages, which ask nothing of an organisation."""

from __future__ import annotations

import re

from remit.asks.intake.mail_files import Mail

AUTOMATIC = "an automatic message, no ask"
NEWSLETTER = "a newsletter, no ask"

_PRECEDENCE = frozenset({"auto_reply", "bulk", "junk"})
_NAMED = re.compile(
    r"\b(?:e-?newsletter|newsletter|bulletin|news\s?flash|(?:news\s?)?round-?up|digest|e-?news|"
    r"(?:weekly|monthly|daily|fortnightly) (?:update|briefing|news)|latest news|what['’]s new)\b",
    re.IGNORECASE,
)
_LOOKS = re.compile(
    r"\b(?:unsubscribe|view (?:this (?:e-?mail|message) )?in (?:your|a) browser|view online|"
    r"in this (?:issue|edition|week['’]s)|update (?:your )?(?:e-?mail )?preferences|"
    r"you (?:are|have) (?:receiv\w+|subscribed)|forward to a friend|"
    r"manage (?:your )?subscription)\b",
    re.IGNORECASE,
)
_FOR_ACTION = re.compile(
    r"\b(?:(?:action|response|reply|return) (?:is )?(?:required|needed|requested)|"
    r"for (?:your )?action)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:(?:please|kindly)\s+(?:\w+\s+){0,2}?(?:send|return|submit|provide|complete|supply|confirm|"
    r"reply|respond|let\s+(?:me|us))|(?:must|should|need\s+to|required\s+to)\s+(?:\w+\s+){0,2}?"
    r"(?:submit|return|respond|provide|complete)|action\s+required|return(?:s)?\s+(?:is|are)\s+due|"
    r"submission\s+deadline)\b",
    re.IGNORECASE,
)


def why_no_ask(message: Mail, bare_subject: str, automatic: tuple[str, ...]) -> str:
    """Why a message that nobody wrote to this organisation alone is no ask; blank where it may be.

    Parameters
    ----------
    message
        The message.
    bare_subject
        Its subject, without signs such as RE.
    automatic
        How the subjects of automatic messages begin.

    Notes
    -----
    A letter that goes out by a mailing list and asks for something is an ask.
    """
    automated = message.header("Auto-Submitted").lower()
    if (automated and automated != "no") or bare_subject.lower().startswith(automatic):
        return AUTOMATIC
    if message.header("Precedence").lower() in _PRECEDENCE or message.header("X-Autoreply"):
        return AUTOMATIC
    if message.parts.is_report:
        return AUTOMATIC
    return NEWSLETTER if _is_newsletter(message, bare_subject) else ""


def _is_newsletter(message: Mail, subject: str) -> bool:
    listed = comes_by_list(message)
    named, looks = _NAMED.search(subject) is not None, _LOOKS.search(message.whole) is not None
    if _FOR_ACTION.search(subject):
        return False
    if named and (listed or looks):
        return True
    return (listed or looks) and _REQUEST.search(f"{subject}\n{message.text}") is None


def comes_by_list(message: Mail) -> bool:
    """Whether a message went out by a mailing list."""
    names = ("List-Unsubscribe", "List-Id", "X-Campaign", "X-CampaignId")
    precedence = message.header("Precedence").lower()
    return precedence == "list" or any(message.header(name) for name in names)
