"""A second look before a plan is signed or put to signature: what it is, and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from remit.model.plan_course import PlanAct
from remit.oversight.plan_told import PlanTold, side_words
from remit.oversight.shared_plan import SaidOfPlan
from remit.web.desk.plan_asks import with_twice
from remit.web.desk.plans import OpenAct

_NOT_AGAIN = frozenset({"act", "confirmed", "csrfmiddlewaretoken"})


def asks_again(request: Any, act: PlanAct) -> bool:
    """Whether an act is to be looked at once more before it is done.

    Parameters
    ----------
    request
        The request, which says so where it comes from the second look.
    act
        The act.
    """
    return (act.does == "sign" or act.whole) and "confirmed" not in request.POST


def confirm_page(
    request: Any, found: Any, did: OpenAct, told: PlanTold, also: Sequence[SaidOfPlan]
) -> HttpResponse:
    """The page with one button, which sends again what was sent.

    Parameters
    ----------
    request
        The request.
    found
        The plan.
    did
        The act, its side and the form with the role in which is signed.
    told
        The plan as the person sees it.
    also
        What was typed beside it.
    """
    view = {
        "plan": found,
        "did": did,
        "shown": with_twice(told, request.person, found.organisation),
        "signed_as": did.form.cleaned_data["signed_as"] if did.form is not None else "",
        "typed": [one.text for one in also],
        "mine": [one for one in told.views if one.is_remark and one.by == side_words()[did.part]],
        "sent": [(name, value) for name, value in request.POST.items() if name not in _NOT_AGAIN],
    }
    return render(request, "plan_confirm.html.jinja", view)
