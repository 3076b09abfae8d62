"""What there is of an organisation beside its asks and actions: plans, talk, pages of figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import reverse

from remit.model.errors import RemitError
from remit.oversight import state_of
from remit.records.audit import of_organisations
from remit.records.audit.declared import kept_to
from remit.register.load import load_register
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.figures.place import SITE, published, versions
from remit.words.days import day_words

_SHOWN = 5
_KINDS = (
    ("together.Plan", "plan", "plans", "title", "Plans"),
    ("records.Risk", "risk", "risks", "title", "Shared risks"),
    ("together.Conversation", "conversation", "conversations", "title", "Conversations"),
    ("records.Friction", "friction", "frictions", "what", "Frictions"),
    ("together.Commitment", "commitment", "commitments", "aim", "Commitments"),
)
"""Model, its page, its list, the field that says it in words, and the heading."""


def records_beside(person: Person, code: str) -> list[dict[str, Any]]:
    """The plans, risks, conversations, frictions and commitments of one that a person may see.

    Parameters
    ----------
    person
        Who asks.
    code
        The organisation, as holder or as a party.
    """
    found = []
    for label, page, listed, field, heading in _KINDS:
        rows = apps.get_model(label).objects.all()
        if kept_to(rows.model):  # of what may be another's draft still, visibility decides
            theirs = rows.filter(organisation=code)
        else:
            theirs = of_organisations(rows, [code], [code])
        seen = visible(rows, person).filter(pk__in=theirs.values("pk")).order_by("-pk")
        some = list(seen.values_list("pk", field)[: _SHOWN + 1])
        if some:
            shown = [key for key, _ in some[:_SHOWN]]
            states = _states(label, rows.filter(pk__in=shown))
            lines = [(words or key, reverse(page, args=[key]), states.get(key, ""))
                     for key, words in some[:_SHOWN]]  # fmt: skip
            more = reverse(listed) if len(some) > _SHOWN else ""
            found.append({"heading": heading, "lines": lines, "more": more})
    return found


def _states(label: str, rows: Any) -> dict[str, str]:
    """How each of some records stands, by its identifier; of a kind that has no state, nothing."""
    if label == "together.Plan":
        return {key: state_of(state).name for key, state in rows.values_list("pk", "status")}
    field = {"records.Risk": "closed_on", "records.Friction": "settled_on"}.get(label)
    if field is None:
        return {}
    done = "Settled" if field == "settled_on" else "Closed"
    days = rows.values_list("pk", field)
    return {key: f"{done} on {day_words(day)}" if day else "Open" for key, day in days}


def pages_of_figures(instance: Path, code: str) -> list[tuple[str, str]]:
    """The pages that were made of an organisation's figures, of the newest period that has them.

    Parameters
    ----------
    instance
        The folder of the instance.
    code
        The organisation.

    Returns
    -------
    list
        Words and address of each; none where nothing is published.
    """
    organisation = load_register().find(code)
    try:
        version = published(instance)
    except RemitError:
        return []
    if organisation is None or not version.has_site:
        return []
    site = versions(instance) / version.name / SITE
    found = list[tuple[str, str]]()
    wanted = [
        ("Segment, what weighs most and how sure that is", f"trusts/{code}.html"),
        ("Its trusts in one view", f"areas/{code}.html"),
    ]
    if organisation.kind:
        table = organisation.kind.replace("_", "-")
        wanted.append(("The league table that it stands in", f"league/{table}.html"))
    for words, path in wanted:
        periods = sorted((one.parts[-3] for one in site.glob(f"*/{path}")), reverse=True)
        if periods and (path.startswith(("trusts", "areas")) or found):
            period = found[0][1].split("/")[-3] if found else periods[0]
            if period in periods:
                found.append((words, reverse("figures_pages", args=[f"{period}/{path}"])))
    return found
