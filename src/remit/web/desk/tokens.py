"""Tokens of the person's own programs: made, shown once, ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.people.models import ApiToken
from remit.web.people.tokens import MOST_DAYS, end_token, make_token

_TEXT = {"class": "nhsuk-input"}


class TokenForm(forms.Form):
    """What a token is for, what it may, where, and how long."""

    name = forms.CharField(
        label="What it is for",
        max_length=100,
        widget=forms.TextInput(attrs=_TEXT),
        error_messages={"required": "Enter what it is for"},
    )
    may_write = forms.BooleanField(label="It may also enter and change records", required=False)
    organisation = forms.ChoiceField(
        label="Where", required=False, widget=forms.Select(attrs={"class": "nhsuk-select"})
    )
    days = forms.IntegerField(
        label="For how many days",
        help_text=f"{MOST_DAYS} at most",
        min_value=1,
        max_value=MOST_DAYS,
        initial=90,
        widget=forms.NumberInput(attrs={**_TEXT, "inputmode": "numeric"}),
    )

    def __init__(self, person: Any, *given: Any) -> None:
        super().__init__(*given)
        codes = sorted(person.codes(Permission.EXPORT))
        named = [(code, f"{name_of(code, person.on)} ({code})") for code in codes]
        self.fields["organisation"].choices = [("", "Wherever my roles reach"), *named]


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: Any) -> HttpResponse:
    """The person's tokens, and a form for another; a new one is shown this once."""
    form = TokenForm(request.person, request.POST or None)
    made = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = make_token(
            request.user, said["name"], request.person.on, days=said["days"],
            may_write=said["may_write"], organisation=said["organisation"],
        )  # fmt: skip
        form = TokenForm(request.person)
    rows = list(ApiToken.objects.filter(account=request.user).order_by("-pk"))
    view = {
        "form": form,
        "made": made,
        "may_make": request.person.may_anywhere(Permission.EXPORT),
        "rows": [(one, one.holds(request.person.on)) for one in rows],
        "holding": sum(one.holds(request.person.on) for one in rows),
    }
    return render(request, "tokens.html.jinja", view, status=400 if form.errors else 200)


@require_POST
def token_ended(request: Any, number: int) -> HttpResponse:
    """End one of the person's own tokens."""
    held = get_object_or_404(ApiToken, pk=number, account=request.user)
    end_token(held, who=f"account-{request.user.pk}")
    messages.success(request, f"The token “{held.name}” opens nothing any more.")
    return redirect("tokens")
