"""Roles that a comment can be for: those that somebody holds who sees the organisation."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from remit.web.access.person import Person
from remit.web.access.relations import name_of, sight
from remit.web.access.roles import role
from remit.web.people.models import AccountMembership, SharingAgreement


def choices_for(person: Person, code: str) -> list[tuple[str, str]]:
    """The roles that a comment on an organisation can be for, the organisation's own first.

    Nobody is offered who would not see the comment: what is said reaches no further by it.

    Parameters
    ----------
    person
        Who speaks; the day is theirs.
    code
        The organisation of which is spoken.
    """
    on = person.on
    agreements = [one for one in SharingAgreement.objects.filter(seen=code) if one.holds(on)]
    in_force = AccountMembership.objects.filter(valid_from__lte=on, account__is_active=True).filter(
        Q(valid_until=None) | Q(valid_until__gt=on)
    )
    held = set(in_force.order_by().values_list("organisation", "role").distinct())
    found = [
        (organisation, key)
        for organisation, key in held
        if sight(organisation, code, on, agreements).allowed
    ]
    found.sort(key=lambda one: (one[0] != code, name_of(one[0], on), one[1]))
    return [
        (f"{organisation}:{key}", f"{role(key).name}, {name_of(organisation, on)}")
        for organisation, key in found
    ]


def for_roles_of(rows: Any, person: Person) -> Any:
    """Of some comments those that are for a role which the person holds, each role for itself."""
    from remit.records.talk.models import RemarkMention

    condition = Q(pk__in=[])
    for held in person.held:
        condition |= Q(organisation=held.organisation, role=held.role.key)
    return rows.filter(pk__in=RemarkMention.objects.filter(condition).values("remark"))
