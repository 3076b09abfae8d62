"""Boards' assessments of their own capability, by the domains that a framework declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.catalogue.library import load_framework, packaged_frameworks
from remit.model.capability import Capability
from remit.records.together.models import CapabilityAnswer
from remit.register.load import load_register
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.listing import list_page
from remit.web.desk.together.fields import ScreenedForm, lines
from remit.web.desk.together.pages import edited, mark_of, shown, written_whole
from remit.web.desk.writing import add_record, change_record

_TEXT = 5000
_ANSWERED = Q(answer__isnull=False)
_FOUNDED = _ANSWERED & Q(evidence__isnull=False)


class CapabilityForm(ScreenedForm):
    """A board's answer in one domain."""

    answer = lines("What the board says of itself", "Enter what the board says of itself",
                   most=_TEXT)  # fmt: skip
    evidence = lines("What it rests on", most=_TEXT,
                     hint="Papers, minutes, reports: each with where it is kept")  # fmt: skip


@dataclass(frozen=True, slots=True)
class BoardStands:
    """How far a board has come with a framework's domains."""

    code: str
    framework: str
    domains: int
    answered: int
    founded: int
    """Answered with evidence."""


def _declared(framework: str) -> Capability:
    """What a framework declares of capability.

    Raises
    ------
    Http404
        If there is no such framework, or it declares nothing of it.
    """
    if framework not in packaged_frameworks():
        raise Http404
    found = load_framework(framework).framework.capability
    if found is None:
        raise Http404
    return found


def frameworks_with_capability() -> list[str]:
    """The frameworks that declare an assessment of capability, the latest first."""
    known = (load_framework(name).framework for name in packaged_frameworks())
    found = [one for one in known if one.capability is not None]
    return [one.id for one in sorted(found, key=lambda one: one.valid_from, reverse=True)]


def _in_force(person: Person) -> str:
    """The latest framework with capability that has begun by the day."""
    known = frameworks_with_capability()
    begun = (one for one in known if load_framework(one).framework.valid_from <= person.on)
    return next(begun, known[-1])


def _boards(person: Person, capability: Capability) -> list[str]:
    """Whose boards a framework asks, of those that the person sees."""
    register = load_register()
    found = (register.find(code) for code in sorted(person.codes(Permission.READ)))
    return [
        one.code
        for one in found
        if one and one.judged_as in capability.kinds and one.exists(person.on)
    ]


@require_safe
def capability(request: Any) -> HttpResponse:
    """The boards that the person sees, those with the most open first."""
    person = request.person
    framework = request.GET.get("framework") or _in_force(person)
    declared = _declared(framework)
    rows = visible(CapabilityAnswer.objects.filter(framework=framework), person)
    counts = {
        row["organisation"]: row
        for row in rows.order_by()
        .values("organisation")
        .annotate(answered=Count("pk", filter=_ANSWERED), founded=Count("pk", filter=_FOUNDED))
    }
    size = len(declared.domains)
    boards = []
    for code in dict.fromkeys([*_boards(person, declared), *sorted(counts)]):
        one = counts.get(code, {"answered": 0, "founded": 0})
        boards.append(BoardStands(code, framework, size, one["answered"], one["founded"]))
    boards.sort(key=lambda one: (one.founded, one.answered, one.code))
    view = {
        "page": list_page(boards, request.GET),
        "framework": framework,
        "frameworks": frameworks_with_capability(),
        "declared": declared,
        "whole": sum(one.founded == size for one in boards),
        "given": request.GET,
    }
    return shown(request, "capability", view)


@require_safe
def board(request: Any, code: str, framework: str) -> HttpResponse:
    """One board's answers, domain by domain."""
    declared = _seen(request, code, framework)
    answers = _answers(request.person, code, framework)
    view = {
        "code": code,
        "framework": framework,
        "declared": declared,
        "answers": answers,
        "answered": sum(one.answer is not None for one in answers.values()),
        "founded": sum(bool(one.answer and one.evidence) for one in answers.values()),
        "may_answer": permissions.user_can_speak_for(request.person, code),
    }
    return shown(request, "board", view)


def _seen(request: Any, code: str, framework: str) -> Capability:
    if not permissions.user_can_read(request.person, code):
        raise Http404
    return _declared(framework)


def _answers(person: Person, code: str, framework: str) -> dict[str, Any]:
    """Domain → the board's answer."""
    rows = CapabilityAnswer.objects.filter(organisation=code, framework=framework)
    return {one.question: one for one in visible(rows, person)}


@require_http_methods(["GET", "HEAD", "POST"])
@written_whole
def board_answer(request: Any, code: str, framework: str, question: str) -> HttpResponse:
    """Answer in one domain; only the board's own organisation does."""
    person = request.person
    declared = _seen(request, code, framework)
    domain = next((one for one in declared.domains if one.id == question), None)
    if domain is None:
        raise Http404
    permissions.check_speak_for(person, code)
    rows = CapabilityAnswer.objects.filter(organisation=code, framework=framework)
    if request.method == "POST":
        rows = rows.select_for_update()
    found = rows.filter(question=question).first()

    def keep(given: dict[str, Any]) -> tuple[str, ...]:
        fields = {
            "answer": given["answer"],
            "evidence": given["evidence"] or None,
            "answered_on": person.on,
            "answered_as": _role_of(person, code),
        }
        if found is None:
            of = {"organisation": code, "framework": framework, "question": question}
            add_record(person, CapabilityAnswer, code, **of, **fields)
        else:
            change_record(person, found, "edit", **fields)
        return ("board", code, framework)

    initial = {name: getattr(found, name, None) for name in ("answer", "evidence")}
    crumbs = [
        ("Boards’ capability", reverse("capability")),
        (code, reverse("board", args=[code, framework])),
    ]
    form = CapabilityForm(request.POST or None, initial=initial)
    mark = mark_of(found) if found else "none"
    return edited(request, form, keep, heading=domain.name, crumbs=crumbs, mark=mark)


def _role_of(person: Person, code: str) -> str:
    """In which role somebody answers for an organisation."""
    return next(
        one.role.name.lower() for one in person.held
        if one.organisation == code and Permission.WRITE in one.role.at_home
    )  # fmt: skip
