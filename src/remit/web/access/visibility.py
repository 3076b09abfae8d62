"""The one function that decides what a person sees: pages, lists, search, counts, files, audit."""

from __future__ import annotations

from typing import Any

from remit.records.audit import of_organisations
from remit.web.access.person import Person
from remit.web.access.roles import Permission


def visible(rows: Any, person: Person, permission: Permission = Permission.READ) -> Any:
    """Those of some rows at whose organisations a person has a permission.

    Whose a row is, its model declares (``TENANTS``); a row of several organisations is seen by
    whoever may see one of them. What is still its writer's alone (``KEPT_TO``), such as a draft or
    a view that is not shown yet, is seen by those alone who are at home with the writer; so are
    the entries of the audit that were written then.

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
    codes, at_home = person.codes(permission), person.at_home(permission)
    return of_organisations(rows, sorted(codes), sorted(at_home))


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
