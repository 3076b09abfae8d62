"""The people of the organisations that somebody looks after: seen, given a role, and ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.records.audit import Event, at_once, change, create
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import can_end_membership, check_end_membership
from remit.web.access.relations import name_of
from remit.web.access.roles import ROLES, Permission
from remit.web.access.visibility import visible
from remit.web.people.models import Account, AccountMembership
from remit.words.days import day_words

_MOST = 1000
_SELECT = {"class": "nhsuk-select"}
_TEXT = {"class": "nhsuk-input"}
_DAY = {**_TEXT, "type": "date"}
_NO_DAY = {"invalid": "Enter a day, such as 2026-04-30"}


class MembershipForm(forms.Form):
    """Whom an administrator gives which role, where, and from when until when."""

    email = forms.EmailField(
        label="The address at which they sign in",
        max_length=254,
        widget=forms.EmailInput(attrs=_TEXT),
        error_messages={"required": "Enter the address", "invalid": "Enter an e-mail address"},
    )
    organisation = forms.ChoiceField(
        label="Where",
        widget=forms.Select(attrs=_SELECT),
        error_messages={"invalid_choice": "Choose one of the organisations that you look after"},
    )
    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *((one.key, one.name) for one in ROLES)],
        widget=forms.Select(attrs=_SELECT),
        error_messages={"required": "Choose a role", "invalid_choice": "Choose a role of the list"},
    )
    begins = forms.DateField(
        label="From",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"required": "Enter the first day", **_NO_DAY},
    )
    ends = forms.DateField(
        label="Until",
        help_text="The first day on which it holds no longer",
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages=_NO_DAY,
    )

    def __init__(self, person: Person, *given: Any) -> None:
        super().__init__(*given, initial={"begins": person.on})
        self._person = person
        codes = sorted(person.at_home(Permission.MANAGE))
        self.fields["organisation"].choices = [
            (code, f"{name_of(code, person.on)} ({code})") for code in codes
        ]

    def clean_email(self) -> str:
        """There is an account, and it is another's: nobody gives a role to themselves."""
        email = str(self.cleaned_data["email"]).strip()
        found = Account.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise forms.ValidationError(
                "No account has this address. Whoever runs Remit makes one, or the person signs in "
                "once by the organisation's sign-in"
            )
        if found.pk == self._person.account.pk:
            raise forms.ValidationError(
                "This is your own account. Another administrator gives you a role"
            )
        self.cleaned_data["account"] = found
        return email

    def clean(self) -> dict[str, Any]:
        """From today on, and not over before it begins."""
        given: dict[str, Any] = super().clean()
        begins, ends = given.get("begins"), given.get("ends")
        if begins and begins < self._person.on:
            self.add_error("begins", f"Enter a day from {day_words(self._person.on)} on")
        if begins and ends and ends <= begins:
            self.add_error("ends", "Enter a day after the first, or leave it blank")
        return given


@require_safe
def people(request: Any) -> HttpResponse:
    """Who belongs to the organisations that the person looks after."""
    permissions.check_manage(request.person)
    rows = _looked_after(request.person).select_related("account")
    rows = rows.order_by("organisation", "account__name", "valid_from")[:_MOST]
    on = request.person.on
    # What may be ended: what is not over, came from no group, and is not one's own.
    account = request.person.account
    view = {"rows": [(one, can_end_membership(one, account, on)) for one in rows], "on": on}
    return render(request, "people.html.jinja", view)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_given(request: Any) -> HttpResponse:
    """Give somebody who has an account a role at an organisation that the person looks after."""
    person = request.person
    permissions.check_manage(person)
    form = MembershipForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with at_once():
            told = give_membership(person, form.cleaned_data)
        if told:
            form.add_error("role", told)
        else:
            messages.success(request, "The role is given. It stands in the list of all changes.")
            return redirect("people")
    view = {"form": form, "roles": ROLES}
    return render(request, "person_given.html.jinja", view, status=400 if form.errors else 200)


def give_membership(person: Person, given: dict[str, Any]) -> str:
    """Keep a membership; what stands in its way, or nothing.

    Parameters
    ----------
    person
        Who gives it.
    given
        As the form was filled in.
    """
    code, role, account = given["organisation"], given["role"], given["account"]
    permissions.check_manage_at(person, code)
    begins, ends = given["begins"], given["ends"]
    # One that was ended before it began was never in force, and stands in nobody's way.
    in_force = account.memberships.exclude(valid_until__lte=F("valid_from"))
    for held in in_force.filter(organisation=code, role=role):
        # Of two that overlap, ending the one would leave the other in force unseen.
        is_before = held.valid_until is not None and held.valid_until <= begins
        if not is_before and (ends is None or held.valid_from < ends):
            until = day_words(held.valid_until) if held.valid_until else "no end"
            return (f"{account.name} has this role there from {day_words(held.valid_from)} until "
                    f"{until} already")  # fmt: skip
    create(
        _event(person, code, "grant"), AccountMembership, account=account, organisation=code,
        role=role, valid_from=begins, valid_until=ends,
    )  # fmt: skip
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def membership_ended(request: Any, number: int) -> HttpResponse:
    """End a membership of an organisation that the person looks after, after a second look.

    Raises
    ------
    Http404
        If there is none, or it is another organisation's.
    PolicyRefusal
        If it is over, is the person's own, or comes from a group.
    """
    person = request.person
    permissions.check_manage(person)
    with at_once():
        held = get_object_or_404(_looked_after(person).select_related("account"), pk=number)
        permissions.check_manage_at(person, held.organisation)
        check_end_membership(held, person.account, person.on)
        if request.method != "POST":
            return render(request, "person_ended.html.jinja", {"held": held})
        event = _event(person, held.organisation, "withdraw")
        change(event, held, valid_until=max(person.on, held.valid_from))
    messages.success(request, f"{held.account.name} has this role no longer.")
    return redirect("people")


def _looked_after(person: Person) -> Any:
    return visible(AccountMembership.objects.all(), person, Permission.MANAGE)


def _event(person: Person, code: str, verb: str) -> Event:
    return Event(f"account-{person.account.pk}", code, verb, why=person.limits.through)
