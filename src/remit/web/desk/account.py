"""The person's own account."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.web.access.relations import name_of
from remit.web.access.roles import ROLES, Permission


@require_safe
def account(request: Any) -> HttpResponse:
    """Who is signed in, in which roles, and how the account is secured."""
    person = request.person
    view = {
        "account": request.user,
        "held": [
            {
                "role": one.role,
                "code": one.organisation,
                "name": name_of(one.organisation, person.on),
            }
            for one in person.held
        ],
        "reach": len(person.codes(Permission.READ)),
        "roles": ROLES,
        "has_password": request.user.has_usable_password(),
        "has_second_factor": is_mfa_enabled(request.user),
    }
    return render(request, "account.html.jinja", view)
