"""The forms, with the checks of the register of asks: a role is no name, names are taken out."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.asks.register.typed import check_role, without_names
from remit.model.errors import AskError

_TEXT = {"class": "nhsuk-input"}


class ActionForm(forms.Form):
    """An action: what, whose, by when."""

    what = forms.CharField(
        label="What is to be done",
        max_length=500,
        widget=forms.Textarea(attrs={**_TEXT, "rows": 3}),
        error_messages={"required": "Enter what is to be done"},
    )
    owner = forms.CharField(
        label="Who owns it",
        help_text="A role, such as chief operating officer; not a name",
        max_length=100,
        widget=forms.TextInput(attrs=_TEXT),
        error_messages={"required": "Enter the role that owns it"},
    )
    due_on = forms.DateField(
        label="Due",
        required=False,
        widget=forms.DateInput(attrs={**_TEXT, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a day, such as 2026-04-30"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """The values that stood on the page, as a digest: by it a change by another is noticed."""

    def clean_owner(self) -> str:
        """Refuse what reads as a person's name."""
        owner = str(self.cleaned_data["owner"]).strip()
        try:
            check_role(owner)
        except AskError as error:
            raise forms.ValidationError(str(error)) from None
        return owner

    def clean_what(self) -> str:
        """Take names out, as the register of asks does."""
        return without_names(str(self.cleaned_data["what"]).strip())


class SeveralForm(ActionForm):
    """What is to change of several actions: an owner, a day, or both; blank leaves it as it is."""

    what = None

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        """Something is to change."""
        given: dict[str, Any] = super().clean()
        kept = {name: given.get(name) for name in ("owner", "due_on")}
        if not self.errors and not any(kept.values()):
            self.add_error("owner", "Enter an owner, a day, or both")
        return kept


class ClosingForm(forms.Form):
    """Why an ask is closed or opened again."""

    answer = forms.CharField(
        label="How it was answered",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={**_TEXT, "rows": 3}),
    )

    def clean_answer(self) -> str:
        """Take names out."""
        return without_names(str(self.cleaned_data["answer"]).strip())


def chosen_ids(given: Any) -> list[str]:
    """The identifiers that were ticked, each once."""
    return list(dict.fromkeys(str(one) for one in given.getlist("id")))[:1000]
