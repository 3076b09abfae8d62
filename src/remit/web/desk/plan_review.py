"""The review of a plan in force: what was found of each item, looked at once more, then kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.asks.register.typed import without_names
from remit.oversight import ActRefused, state_of
from remit.oversight.plan_items import PlanItem, items_of
from remit.oversight.shared_plan import (
    FINDINGS,
    REVIEWED_ON,
    SaidOfPlan,
    act_on_plan,
    plan_seen,
    sides_of,
    standing_of,
)
from remit.records.audit import ChangedMeanwhile, Event
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.policies import PolicyRefusal, check_act_on_plan
from remit.web.access.sides import actor_of
from remit.web.access.visibility import visible
from remit.web.desk.plan_acts import done_words, seen_of
from remit.web.desk.plan_reading import plan_or_404
from remit.words.days import day_words
from remit.words.sentences import sentence_case

_TEXT = {"class": "nhsuk-input"}


class ItemFoundForm(forms.Form):
    """What was found of one item."""

    found = forms.ChoiceField(
        label="What was found",
        choices=[("", "Choose"), *((key, sentence_case(told)) for key, told in FINDINGS.items())],
        widget=forms.Select(attrs={"class": "nhsuk-select"}),
        error_messages={"required": "Choose kept, partly kept or not kept"},
    )
    words = forms.CharField(
        label="In words", max_length=1000, widget=forms.Textarea(attrs={**_TEXT, "rows": 2}),
        error_messages={"required": "Enter what was found, in words"},
    )  # fmt: skip

    def clean_words(self) -> str:
        """Take names out."""
        return without_names(str(self.cleaned_data["words"]).strip())


class ReviewDayForm(forms.Form):
    """On which day the plan was reviewed."""

    day = forms.DateField(
        label="Day of the review",
        widget=forms.DateInput(attrs={**_TEXT, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day of the review",
                        "invalid": "Enter a day, such as 2026-04-30"},
    )  # fmt: skip

    def __init__(self, since: date | None, today: date, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._since, self._today = since, today

    def clean_day(self) -> date:
        """Refuse a day to come, and one before the plan was in force."""
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise forms.ValidationError("Enter a day that was: this one is to come")
        if self._since and day < self._since:
            raise forms.ValidationError(
                f"Enter a day from {day_words(self._since)} on, when the plan came into force"
            )
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def plan_review(request: Any, plan_id: str) -> HttpResponse:
    """Say what was found of each item; it is shown once more before it is kept.

    Raises
    ------
    Http404
        If the plan is not to be seen.
    """
    person = request.person
    found = plan_or_404(person, plan_id)
    standing = standing_of(found)
    state = state_of(standing.state)
    permissions.check_act_for(person, found, state.owner)
    check_act_on_plan(standing, "review", state.owner, actor_of(person, found))
    items, sent = items_of(standing.version.text), request.POST if request.POST else None
    versions = visible(model("together.PlanVersion").objects.filter(plan=found), person)
    newest = versions.order_by("number").last()
    day: Any = ReviewDayForm(newest.in_force_from, person.on, sent)
    each: list[tuple[PlanItem, Any]] = [
        (one, ItemFoundForm(sent, prefix=f"item-{one.id}")) for one in items
    ]
    whole = sent is not None and all([day.is_valid(), *(form.is_valid() for _, form in each)])
    forms_sent: list[Any] = [day, *(form for _, form in each)]
    faults = [one for one in forms_sent if one.errors]
    view = {"plan": found, "day": day, "each": each, "confirm": whole, "seen": plan_seen(found),
            "faults": faults}  # fmt: skip
    if request.method != "POST" or not whole:
        status = 400 if request.method == "POST" else 200
        return render(request, "plan_review.html.jinja", view, status=status)
    if not request.POST.get("confirmed") or request.POST.get("back"):
        view["confirm"] = not request.POST.get("back")
        return render(request, "plan_review.html.jinja", view)
    try:
        _keep(request, found, state.owner, _said(day, each))
    except ChangedMeanwhile:
        return render(request, "plan_review.html.jinja", view | {"clash": True}, status=409)
    found.refresh_from_db()
    act = next(one for one in state.acts if one.id == "review")
    messages.success(request, done_words(act, state_of(found.status).name))
    return redirect("plan", plan_id=found.pk)


def _said(day: Any, each: list[tuple[PlanItem, Any]]) -> list[SaidOfPlan]:
    """What the forms say: the day, and what was found of each item."""
    on = day_words(day.cleaned_data["day"])
    found = [
        SaidOfPlan(form.cleaned_data["found"], form.cleaned_data["words"], item.id)
        for item, form in each
    ]
    return [SaidOfPlan(REVIEWED_ON, f"Reviewed on {on}."), *found]


def _keep(request: Any, found: Any, part: str, said: list[SaidOfPlan]) -> None:
    actor = actor_of(request.person, found)
    event = Event(actor.person, sides_of(found)[part], "review")
    try:
        act_on_plan(event, found, "review", actor, seen=seen_of(request), also=said)
    except ActRefused as refused:
        raise PolicyRefusal(str(refused)) from None
