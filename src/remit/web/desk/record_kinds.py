"""Which kinds of records have a page and a history, what their parts are, what hangs on them."""

from __future__ import annotations

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "ask": ("records.Ask", ()),
    "action": ("records.Action", ()),
    "friction": ("records.Friction", ("records.FrictionBody", "records.FrictionAsk")),
    "risk": ("records.Risk", ("records.RiskShare",)),
    "commitment": (
        "together.Commitment",
        ("together.CommitmentParty", "together.CommitmentTie"),
    ),
    "agreement": ("together.Agreement", ("together.AgreementParty",)),
    "finding": ("year.YearFinding", ("year.YearReply", "year.YearCheck", "year.YearTie")),
    "conversation": (
        "together.Conversation",
        ("together.AgendaItem", "together.ConversationParty"),
    ),
}
"""What stands in an address, the name of its page too → the model whose history is shown, with
those of its parts that whoever sees the whole may see."""
HANGING: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "ask": (("talk.Remark", "ask", ("talk.RemarkMention",)), ("attached.Attachment", "ask", ())),
    "action": (
        ("talk.Remark", "action", ("talk.RemarkMention",)),
        ("attached.Attachment", "action", ()),
    ),
    "conversation": (("attached.Attachment", "conversation", ()),),
}
"""Kind → what hangs on it and has a rule of its own: its model, the field that names the record,
and its parts. What of it a person may see is told in the record's history."""

PLAN_PATHS = {
    "Plan": "pk",
    "PlanParty": "plan",
    "PlanVersion": "plan",
    "PlanView": "version__plan",
    "PlanSignature": "version__plan",
}
"""A plan's model and those of its parts → the field that leads to the plan. Each part is seen by a
rule of its own."""


def page_of(label: str) -> str:
    """The name of the page of a kind of records; blank where it has none.

    >>> page_of("year.YearFinding"), page_of("talk.Remark")
    ('finding', '')
    """
    pages = {whole: name for name, (whole, _) in KINDS.items()} | {"together.Plan": "plan"}
    return pages.get(label, "")
