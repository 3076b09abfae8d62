"""What others changed of the records that a person may see, since a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import Subquery
from django.urls import reverse

from remit.records.audit import VERBS
from remit.records.audit.declared import kept_to
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible

_LOOKED_AT = 300
_AT_A_TIME = 600
_PAGES = {
    "records.Action": ("action", "what"),
    "records.Ask": ("ask", "title"),
    "records.Friction": ("friction", "what"),
    "records.Risk": ("risk", "title"),
    "together.Agreement": ("agreement", "title"),
    "together.Commitment": ("commitment", "aim"),
    "together.Conversation": ("conversation", "title"),
    "together.Plan": ("plan", "title"),
    "year.YearFinding": ("finding", "statement"),
    "year.YearLetter": ("year_letter", "title"),
}
"""Kind in the audit → its page, and the field that says it in words."""
_PARTS = {
    "records.DecisionAsk": ((("records.Ask", "ask_id"),), "decided whether it is asked twice"),
    "records.FrictionAsk": ((("records.Friction", "friction_id"),), "changed its asks"),
    "records.FrictionBody": ((("records.Friction", "friction_id"),), "changed between whom it is"),
    "records.RiskShare": ((("records.Risk", "risk_id"),), "changed a share in it"),
    "talk.Remark": (
        (("records.Ask", "ask_id"), ("records.Action", "action_id")), "commented on it"
    ),
    "together.AgendaItem": ((("together.Conversation", "conversation_id"),), "changed its agenda"),
    "together.AgreementParty": ((("together.Agreement", "agreement_id"),), "changed who signs it"),
    "together.CommitmentParty": (
        (("together.Commitment", "commitment_id"),), "changed whom it binds"
    ),
    "together.CommitmentTie": (
        (("together.Commitment", "commitment_id"),), "changed what serves it"
    ),
    "together.ConversationParty": (
        (("together.Conversation", "conversation_id"),), "changed who takes part in it"
    ),
    "together.PlanSignature": ((("together.Plan", "version__plan_id"),), "signed it"),
    "together.PlanVersion": ((("together.Plan", "plan_id"),), "wrote on it"),
    "together.PlanView": ((("together.Plan", "version__plan_id"),), "said something of it"),
    "year.YearCheck": ((("year.YearFinding", "finding_id"),), "found nothing wrong with it"),
    "year.YearReply": ((("year.YearFinding", "finding_id"),), "said what is wrong with it"),
    "year.YearTie": ((("year.YearFinding", "finding_id"),), "changed what answers it"),
}  # fmt: skip
"""A part in the audit → the paths to the wholes on whose page it stands, and what was done."""
_PLAIN = frozenset({"add", "edit", "decide"})
"""The verbs that say less of a part than its own words."""
_SAID_WITH_IT = {
    "grant": "gave a right in it",
    "hold": "put a legal hold on it",
    "import": "brought it in",
    "submit": "handed it on",
    "put in force": "put it in force",
    "carry over": "carried it over",
}


@dataclass(frozen=True, slots=True)
class RecordMoved:
    """A record that others changed, by the last entry on it."""

    words: str
    address: str
    entry: Any
    did: str
    """What was done to it, such as ``changed it``."""


def moved_since(person: Person, since: datetime) -> list[RecordMoved]:
    """The records that others changed since a moment, the latest first, each once.

    Of the newest 300 entries that the person may be told of; each record, and each part of one that
    was changed, is then asked for by the one function that decides what is seen.

    Parameters
    ----------
    person
        Who asks.
    since
        The moment.

    Examples
    --------
    >>> moved_since(request.person, since)[0].words  # doctest: +SKIP
    'Send the plan'
    """
    if person.account is None:
        return []
    entries = list(islice(_by_others(person, since), _LOOKED_AT))
    wholes = _wholes(person, entries)
    latest: dict[tuple[str, str], Any] = {}
    for entry in entries:
        for whole in wholes.get((entry.kind, entry.target), ()):
            latest.setdefault(whole, entry)
    records = _seen(person, list(latest))
    return [
        RecordMoved(records[key], reverse(_PAGES[key[0]][0], args=[key[1]]), entry, _did(entry))
        for key, entry in latest.items()
        if key in records
    ]


def _did(entry: Any) -> str:
    if entry.kind in _PARTS and entry.what in _PLAIN:
        return _PARTS[entry.kind][1]
    return _SAID_WITH_IT.get(entry.what) or f"{VERBS[entry.what]} it"


def _wholes(person: Person, entries: list[Any]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """What each entry tells of → the records on whose pages that stands.

    A part is asked for by the one function that decides what is seen, as its whole is: a view that
    its writer has not shown yet moves no plan.
    """
    told = {(one.kind, one.target) for one in entries}
    found = {key: [key] for key in told if key[0] in _PAGES}
    for kind, (paths, _) in _PARTS.items():
        keys = [target for label, target in told if label == kind]
        if not keys:
            continue
        rows = visible(apps.get_model(kind).objects.filter(pk__in=keys), person)
        for pk, *there in rows.values_list("pk", *(path for _, path in paths)):
            named = zip(paths, there, strict=True)
            found[kind, str(pk)] = [(label, str(key)) for (label, _), key in named if key]
    return found


def _by_others(person: Person, since: datetime) -> Iterator[Any]:
    """The entries of others since a moment, the latest first.

    Entries are numbered as they come. So the moment is a number, and some of the newest are asked
    for at a time by whose they are: not all since then, of which there may be very many.
    """
    from remit.records.audit.models import AuditEntry, AuditParty

    first = AuditEntry.objects.filter(at__gt=since).order_by("at").values("number")[:1]
    of_codes = AuditParty.objects.filter(organisation__in=person.codes(Permission.READ))
    of_codes = of_codes.filter(entry__gte=Subquery(first)).order_by("-entry")
    mine, before = f"account-{person.account.pk}", None
    while True:
        rows = of_codes if before is None else of_codes.filter(entry__lt=before)
        some = list(rows.values_list("entry", flat=True)[:_AT_A_TIME])
        kinds = AuditEntry.objects.filter(kind__in=[*_PAGES, *_PARTS])
        # A year comes in at once, a hundred findings and more: these stand under what waits.
        kinds = kinds.exclude(kind__startswith="year.", what="import")
        found = kinds.in_bulk(some)
        told = _told(person, found)
        for number in sorted(found, reverse=True):
            if found[number].who != mine and found[number].number in told:
                yield found[number]
        if len(some) < _AT_A_TIME:
            return
        before = some[-1]


def _told(person: Person, entries: dict[int, Any]) -> set[int]:
    """Those of some entries that the person may be told of: not what is another's draft still."""
    from remit.records.audit.models import AuditParty

    held = [number for number, one in entries.items() if kept_to(apps.get_model(one.kind))]
    if not held:
        return set(entries)
    parties = visible(AuditParty.objects.filter(entry__in=held), person)
    return set(entries).difference(held).union(parties.values_list("entry", flat=True))


def _seen(person: Person, keys: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Which of some records the person may see, and what each is in words."""
    found = {}
    for kind, (_, field) in _PAGES.items():
        targets = [target for label, target in keys if label == kind]
        if not targets:
            continue
        rows = visible(apps.get_model(kind).objects.filter(pk__in=targets), person)
        for key, words in rows.values_list("pk", field):
            found[kind, key] = words or f"{kind.rpartition('.')[2]} {key}"
    return found
