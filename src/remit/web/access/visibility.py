"""The one function that decides what a person sees: pages, lists, search, counts, files, audit."""

from __future__ import annotations

from typing import Any

from remit.records.audit import of_organisations
from remit.web.access.person import Person
from remit.web.access.roles import Permission


def visible(rows: Any, person: Person, permission: Permission = Permission.READ) -> Any:
    """Those of some rows at whose organisations a person has a permission.

    Whose a row is, its model declares (``TENANTS``); a row of several organisations is seen by
    whoever may see one of them.

    Parameters
    ----------
    rows
        A query of Django's over a model with organisations.
    person
        Who asks.
    permission
        What they are to do with them; to see them if left out.

    Raises
    ------
    RecordsError
        If the model does not declare whose its rows are.

    Examples
    --------
    >>> visible(Ask.objects.all(), request.person).count()  # doctest: +SKIP
    3
    """
    return of_organisations(rows, sorted(person.codes(permission)))


def allowed(record: Any, person: Person, permission: Permission) -> bool:
    """Whether a person has a permission at an organisation of a record.

    Parameters
    ----------
    record
        A row of a model with organisations.
    person
        Who asks.
    permission
        What they are to do with it.

    Examples
    --------
    >>> allowed(ask, request.person, Permission.WRITE)  # doctest: +SKIP
    False
    """
    rows = type(record)._base_manager.filter(pk=record.pk)
    return bool(visible(rows, person, permission).exists())
