"""Who may see published figures, and who may speak of them; pairs as in ``permissions``.

Declared: what was published is public, so whoever is signed in sees every figure, in whatever role
and without one. That somebody spoke of a figure is a record of the organisation it is of, and is
seen by whoever may see its records.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from remit.web.access.permissions import user_can_read
from remit.web.access.person import Person
from remit.web.access.roles import Permission


def user_can_see_figures(account: Any) -> bool:
    """Whether they see published figures: all who are signed in do."""
    return bool(account.is_authenticated)


def check_see_figures(account: Any) -> None:
    """Refuse whoever is not signed in."""
    if not user_can_see_figures(account):
        raise PermissionDenied("Sign in to see figures.")


def user_can_say(person: Person, organisation: str) -> bool:
    """Whether they may comment on an organisation's figures, and hang actions on them."""
    return person.may(Permission.WRITE, organisation)


def check_say(person: Person, organisation: str) -> None:
    """Refuse whoever may not comment on an organisation's figures.

    Raises
    ------
    Http404
        If they may not even see its records.
    PermissionDenied
        If they may see them and enter none.
    """
    if not user_can_read(person, organisation):
        raise Http404
    if not user_can_say(person, organisation):
        raise PermissionDenied("Your roles do not let you comment there.")
