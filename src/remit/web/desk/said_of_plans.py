"""Entries on the parts of a plan in the field's words: versions by their number, flags by what they
mean, states by their name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from remit.oversight import state_of
from remit.records.audit import Told
from remit.records.loading import model
from remit.web.people.models import Account

FLAGS = {
    ("together.Plan", "is_shared"): ("shared with all its sides", "its first writer's alone"),
    ("together.PlanVersion", "is_fixed"): (
        "passed on: who changes it begins another version", "open to be written again",
    ),
    ("together.PlanView", "is_shared"): ("shown to the other sides", "its writer's alone"),
}  # fmt: skip
"""Kind and field → what is said once it is so, and once it is not."""
LABELS = {
    "moved_at": "with whose turn it is since",
    "in_force_from": "in force from",
    "handed_in_at": "said",
    "signed_as": "in the role of",
    "status": "where it stands",
}
_VERSION, _VIEW = "together.PlanVersion", "together.PlanView"
_SAID = {"comment": "comment", "correct": "corrected fact", "dissent": "dissent"}
NamesOfParts = Mapping[tuple[str, str], tuple[str, str]]
"""Kind and identifier → what a part of a plan is called, and the plan."""


def names_of_parts(entries: Iterable[Told]) -> dict[tuple[str, str], tuple[str, str]]:
    """What the versions of plans, and what was said of them, are called in some entries.

    Parameters
    ----------
    entries
        What the audit tells; whoever may read an entry may know of which version it is.
    """
    told = list(entries)
    parents = [(one.parent or "").partition(":") for one in told]
    versions = {one.target for one in told if one.kind == _VERSION}
    versions |= {key for kind, _, key in parents if kind == _VERSION}
    views = {one.target for one in told if one.kind == _VIEW}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    if versions:
        rows = model(_VERSION).objects.filter(pk__in=[one for one in versions if one.isdigit()])
        for key, number, plan in rows.values_list("pk", "number", "plan_id"):
            found[_VERSION, str(key)] = (f"version {number} of plan {plan}", plan)
    if views:
        rows = model(_VIEW).objects.filter(pk__in=[one for one in views if one.isdigit()])
        fields = ("pk", "kind", "organisation", "version__number", "version__plan_id")
        for key, kind, code, number, plan in rows.values_list(*fields):
            what = _SAID.get(kind, "word")
            found[_VIEW, str(key)] = (f"{what} of {code} on version {number} of plan {plan}", plan)
    return found


def state_words(value: Any) -> Any:
    """The name of a plan's state; what is none stays as it is."""
    try:
        return state_of(str(value)).name if value else value
    except KeyError:
        return value


def who_passed_on(plan: Any, parties: Any) -> dict[str, tuple[str, str]]:
    """Identifier of a version → who passed it on, and for whom, by the last entry that says so.

    Parameters
    ----------
    plan
        The plan.
    parties
        The parties of the entries that the person may read.
    """
    from remit.records.audit.models import AuditEntry, AuditValue

    keys = [str(key) for key in plan.versions.values_list("pk", flat=True)]
    rows = AuditEntry.objects.filter(kind=_VERSION, target__in=keys)
    fixed = AuditValue.objects.filter(field="is_fixed", new="true", entry__in=rows.values("number"))
    rows = rows.filter(number__in=fixed.values("entry")).filter(number__in=parties.values("entry"))
    found = {one.target: (one.who, one.acting_for) for one in rows.order_by("number")}
    ids = [who.removeprefix("account-") for who, _ in found.values()]
    accounts = Account.objects.filter(pk__in=[int(one) for one in ids if one.isdigit()])
    names = {f"account-{one.pk}": str(one.name) for one in accounts}
    return {key: (names.get(who, who), code) for key, (who, code) in found.items()}
