"""What is done to findings: found right, replied to, answered, and met with an action."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from remit.asks.register.numbering import next_id
from remit.records.audit import change, create
from remit.records.loading import model
from remit.records.year.models import YearCheck, YearFinding, YearReply, YearTie
from remit.web.access import permissions
from remit.web.access.assessed import check_answer_reply, check_check_finding
from remit.web.desk.together.pages import edited, entered, mark_of, one_seen, written_whole
from remit.web.desk.writing import (
    TABLES,
    add_record,
    event_of,
    remove_record,
    right_at,
)
from remit.web.desk.year.forms import AnswerForm, FindingActionForm, ReplyForm
from remit.web.desk.year.standing import is_signed

_LARGEST = 2**63


@require_POST
@written_whole
def finding_right(request: Any, finding_id: str) -> HttpResponse:
    """The organisation itself finds nothing wrong with a finding about it."""
    person = request.person
    found = one_seen(request, YearFinding, finding_id)
    permissions.check_speak_for(person, found.organisation)
    check_check_finding(found, is_signed=is_signed(found))
    if not found.checks.filter(digest=found.digest).exists():
        roles = [one.role.key for one in person.held if one.organisation == found.organisation]
        create(event_of(person, found.organisation, "check"), YearCheck, finding=found,
               digest=found.digest, checked_on=person.on, checked_as=roles[0])  # fmt: skip
    messages.success(request, "Kept: nothing is wrong with it.")
    return redirect("finding", finding_id=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def finding_reply(request: Any, finding_id: str) -> HttpResponse:
    """The organisation itself says what is wrong with a finding about it."""
    person = request.person
    found = one_seen(request, YearFinding, finding_id)
    permissions.check_speak_for(person, found.organisation)
    check_check_finding(found, is_signed=is_signed(found))

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        said = {"said_on": person.on.isoformat(), "says": given["says"]}
        if not found.replies.filter(**said).exists():
            create(event_of(person, found.organisation, "comment"), YearReply, finding=found,
                   **said)  # fmt: skip
        return ("finding", found.pk)

    form = ReplyForm(request.POST or None)
    heading = "Say what is wrong with the finding"
    return entered(request, form, keep, heading=heading, crumbs=crumbs_of(found))


def crumbs_of(found: Any) -> list[tuple[str, str]]:
    """What stands above the pages of a finding."""
    return [
        ("The year’s findings", reverse("findings")),
        (f"Finding {found.name}", reverse("finding", args=[found.pk])),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def reply_answer(request: Any, finding_id: str, reply: int) -> HttpResponse:
    """Whoever wrote a finding says what came of a reply on it."""
    person = request.person
    found = one_seen(request, YearFinding, finding_id)
    one = found.replies.filter(pk=reply).first() if reply < _LARGEST else None
    if one is None:
        raise Http404
    permissions.check_speak_for(person, found.owner)
    check_answer_reply(one, is_signed=is_signed(found))

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        change(event_of(person, found.owner, "settle"), one, **given)
        return ("finding", found.pk)

    initial = {"outcome": one.outcome, "reason": one.reason}
    form = AnswerForm(request.POST or None, initial=initial)
    heading = f"Answer the reply on finding {found.name}"
    return edited(request, form, keep, heading=heading, crumbs=crumbs_of(found), mark=mark_of(one))


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def finding_action(request: Any, finding_id: str) -> HttpResponse:
    """An action that answers a finding: one that is there already, or a new one."""
    person = request.person
    found = one_seen(request, YearFinding, finding_id)
    permissions.check_write(person, found)

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        key = given["number"] or _new_action(person, found, given)
        if not found.ties.filter(action=key).exists():
            add_record(person, YearTie, right_at(person, found), finding=found, action_id=key)
        return ("finding", found.pk)

    form = FindingActionForm(request.POST or None, person=person, organisation=found.organisation)
    heading = f"Answer finding {found.name} with an action"
    return entered(request, form, keep, heading=heading, crumbs=crumbs_of(found))


def _new_action(person: Any, found: Any, given: dict[str, Any]) -> str:
    permissions.check_write_at(person, found.organisation)
    number = next_id(TABLES, "Action", "action_id", "ACT")
    said = {name: given[name] for name in ("what", "owner", "due_on")}
    add_record(person, model("Action"), found.organisation, action_id=number,
               organisation=found.organisation, conversation=f"Finding {found.name} of "
               f"{found.year_name}", **said)  # fmt: skip
    return str(number)


@require_POST
@written_whole
def finding_untied(request: Any, finding_id: str, tie: int) -> HttpResponse:
    """An action no longer answers a finding; who changed what keeps it."""
    found = one_seen(request, YearFinding, finding_id)
    permissions.check_write(request.person, found)
    one = found.ties.filter(pk=tie).first() if tie < _LARGEST else None
    if one is None:
        raise Http404
    remove_record(request.person, one)
    messages.success(request, "The action no longer answers the finding.")
    return redirect("finding", finding_id=found.pk)
