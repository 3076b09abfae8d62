"""The one function that decides what a person sees: pages, lists, search, counts, files, changes."""

from __future__ import annotations

from typing import Any

from remit.web.access.person import Person
from remit.web.access.roles import Permission

TENANTS: dict[str, tuple[str, ...] | str] = {
    "records.Ask": ("to_org_code",),
    "records.Action": ("ask__to_org_code",),
    "people.AccountMembership": ("organisation",),
}
"""Model → the paths that lead to the organisations whose record a row is.

A row is seen by whoever may see one of them. A model without an entry is shown to nobody.
"""


class NoTenants(Exception):
    """Rows of this model belong to no organisation, so nobody can be let see them."""


def visible(rows: Any, person: Person, permission: Permission = Permission.READ) -> Any:
    """Those of some rows at whose organisations a person has a permission.

    Parameters
    ----------
    rows
        A query of Django's over a model with tenants.
    person
        Who asks.
    permission
        What they are to do with them; to see them if left out.

    Raises
    ------
    NoTenants
        If it is not declared to whom the rows belong.

    Examples
    --------
    >>> visible(Ask.objects.all(), request.person).count()  # doctest: +SKIP
    3
    """
    from django.db.models import Q

    paths = TENANTS.get(rows.model._meta.label)
    if paths is None or isinstance(paths, str):
        raise NoTenants(rows.model._meta.label)
    codes = sorted(person.codes(permission))
    wanted = Q()
    for path in paths:
        wanted |= Q(**{f"{path}__in": codes})
    return rows.filter(wanted)
