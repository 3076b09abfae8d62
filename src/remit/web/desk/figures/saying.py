"""Saying something of a figure, an ask or an action; the figure is kept as it stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.asks.register.numbering import next_id
from remit.records.audit import create
from remit.records.loading import model
from remit.records.talk.models import FigureTie, FrozenFigure, Remark, RemarkMention
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.published import check_say, user_can_say
from remit.web.access.relations import name_of
from remit.web.access.visibility import visible
from remit.web.desk.figures.forms import FigureRemarkForm, RemarkForm
from remit.web.desk.figures.mentions import choices_for
from remit.web.desk.figures.pages import figure_view, folder, told
from remit.web.desk.figures.standing import since_said
from remit.web.desk.writing import TABLES, acting_for, add_record, event_of, home_of
from remit.web.figures.held import FigureHeld, figure_of
from remit.web.figures.place import NothingPublished


@require_http_methods(["GET", "HEAD", "POST"])
def figure_say(request: Any, code: str, metric: str) -> HttpResponse:
    """Comment on a figure, or hang an action on it; one that changed meanwhile is shown first."""
    check_say(request.person, code)
    view = figure_view(request, code, metric, request.GET.get("period", ""))
    found: FigureHeld = view["figure"]
    form = FigureRemarkForm(request.POST or None, choices=choices_for(request.person, code))
    status, clash = 200, False
    if request.method == "POST":
        status = 400
        if form.is_valid():
            clash = form.cleaned_data["seen"] != found.digest
            if not clash:
                said = say_of_figure(request.person, view["version"], found, form.cleaned_data)
                messages.success(
                    request, f"It is kept, with the figure as it stands: {found.words}."
                )
                return redirect("figure_said", number=said.pk)
            status = 409
    view |= {"form": form, "clash": clash}
    return render(request, "figure_say.html.jinja", view, status=status)


def say_of_figure(person: Person, version: Any, found: FigureHeld, given: dict[str, Any]) -> Any:
    """Keep a figure, what was said and the action, each with its entry, or none of them.

    Parameters
    ----------
    person
        Who says it.
    version
        The version that the figure stands in.
    found
        The figure, with the rows behind it.
    given
        As the form was filled in.
    """
    code = found.organisation
    with transaction.atomic():
        frozen = frozen_of(person, version, found)
        remark = None
        if given["text"]:
            remark = _remark(person, code, given, figure=frozen)
        if given["action"]:
            number = next_id(TABLES, "Action", "action_id", "ACT")
            action = add_record(
                person, "Action", code, action_id=number, organisation=code, what=given["action"],
                owner=given["owner"], due_on=given["due_on"],
                conversation=f"{found.metric_name}, {found.period}",
            )  # fmt: skip
            create(
                event_of(person, code, "add"), FigureTie,
                figure=frozen, remark=remark, action=action,
            )  # fmt: skip
    return frozen


def frozen_of(person: Person, version: Any, found: FigureHeld) -> Any:
    """A figure as it is kept: once, however often it is spoken of while it stays as it is.

    Parameters
    ----------
    person
        Who speaks of it.
    version
        The version that it stands in.
    found
        The figure, with the rows behind it.
    """
    held = FrozenFigure.objects.filter(organisation=found.organisation, digest=found.digest).first()
    if held is not None:
        return held
    event = event_of(person, found.organisation, "add")
    return create(
        event, FrozenFigure, **found.kept, version=version.name, known_until=version.known_on
    )


def _remark(person: Person, code: str, given: dict[str, Any], **about: Any) -> Any:
    event = event_of(person, code, "comment")
    made = create(
        event, Remark, organisation=code, text=given["text"], said_at=timezone.now(),
        said_by=event.who, said_for=acting_for(person, code), **about,
    )  # fmt: skip
    for one in dict.fromkeys(given["roles"]):
        organisation, role = one.split(":")
        create(event, RemarkMention, remark=made, organisation=organisation, role=role)
    return made


@require_safe
def figure_said(request: Any, number: int) -> HttpResponse:
    """A figure when it was spoken of, the figure now, and what changed between."""
    person = request.person
    frozen = get_object_or_404(visible(FrozenFigure.objects.all(), person), pk=number)
    try:
        version, now = figure_of(folder(), frozen.organisation, frozen.metric, frozen.period)
    except NothingPublished:
        version, now = None, None
    ties = visible(FigureTie.objects.filter(figure=frozen).select_related("action"), person)
    view = {
        "frozen": frozen,
        "name": name_of(frozen.organisation, person.on),
        "version": version,
        "now": now,
        "since": since_said(frozen, now),
        "remarks": told(visible(Remark.objects.filter(figure=frozen), person)),
        "actions": [tie.action for tie in ties.order_by("pk")],
        "may_say": permissions.user_can_write(person, frozen),
        "today": person.on,
    }
    return render(request, "figure_said.html.jinja", view)


@require_POST
def ask_remark(request: Any, ask_id: str) -> HttpResponse:
    """Comment on an ask."""
    return _of_record(request, "Ask", ask_id)


@require_POST
def action_remark(request: Any, action_id: str) -> HttpResponse:
    """Comment on an action."""
    return _of_record(request, "Action", action_id)


def _of_record(request: Any, kind: str, key: str) -> HttpResponse:
    record, form = remark_to_make(request.person, kind, key, request.POST)
    if not form.is_valid():
        view = {"form": form, "kind": kind.lower(), "record": record}
        return render(request, "remark_form.html.jinja", view, status=400)
    with transaction.atomic():
        keep_remark(request.person, kind, record, form)
    messages.success(request, "Your comment is kept.")
    if answer := str(request.POST.get("answer", "")).strip():
        request.session["answer typed"] = [record.pk, answer]
    return redirect(kind.lower(), record.pk)


def remark_to_make(person: Person, kind: str, key: str, data: Any) -> tuple[Any, Any]:
    """An ask or an action that the person may comment on, and the form of the comment.

    Parameters
    ----------
    person
        Who says it.
    kind
        The model.
    key
        The record's identifier.
    data
        What was sent.

    Raises
    ------
    Http404
        If they may not see it.
    PermissionDenied
        If they may see it and not write there.
    """
    record = get_object_or_404(visible(model(kind).objects.all(), person), pk=key)
    permissions.check_write(person, record)
    code = home_of(record)
    check_say(person, code)
    return record, RemarkForm(data, choices=choices_for(person, code))


def keep_remark(person: Person, kind: str, record: Any, form: RemarkForm) -> Any:
    """Keep a comment on an ask or an action.

    Parameters
    ----------
    person
        Who says it.
    kind
        ``Ask`` or ``Action``.
    record
        Of what it is.
    form
        What was said; it was looked through.
    """
    about = {f"{kind.lower()}_id": record.pk}
    return _remark(person, home_of(record), form.cleaned_data, **about)


def remark_typed(request: Any, record: Any) -> RemarkForm | None:
    """The comment that was typed beside another form of the same page; None where there is none.

    Parameters
    ----------
    request
        What was sent.
    record
        The ask or the action.
    """
    if not str(request.POST.get("text", "")).strip():
        return None
    check_say(request.person, home_of(record))
    return RemarkForm(request.POST, choices=choices_for(request.person, home_of(record)))


def remarks_on(request: Any, kind: str, record: Any) -> dict[str, Any]:
    """What the page of an ask or an action shows of comments: those that are there, and a form.

    Parameters
    ----------
    request
        Who asks.
    kind
        ``ask`` or ``action``.
    record
        The record.
    """
    person = request.person
    rows = visible(Remark.objects.filter(**{f"{kind}_id": record.pk}), person)
    code = home_of(record)
    form = RemarkForm(choices=choices_for(person, code)) if user_can_say(person, code) else None
    return {"remarks": told(rows), "remark_form": form, "remark_kind": kind}
