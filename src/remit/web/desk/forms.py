"""The forms, with the checks of the register of asks: a role is no name, names are taken out."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.asks.register.typed import check_role, without_names
from remit.model.errors import AskError

LARGEST_LIST = 1024 * 1024
LIST_ENDINGS = (".csv", ".xlsx", ".xlsm", ".ods", ".tsv")
_TEXT = {"class": "nhsuk-input"}
_LONGEST_NUMBER = 16


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


class ListForm(forms.Form):
    """A list of asks or actions, and the organisation of rows that name none."""

    file = forms.FileField(
        label="The file",
        help_text="CSV or Excel (.csv, .xlsx, .ods), up to 500 rows and 1 MB",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty; choose another",
            "missing": "Choose a file",
        },
    )
    to_org = forms.ChoiceField(
        label="Whose they are, where a row does not say",
        error_messages={
            "required": "Choose an organisation",
            "invalid_choice": "Choose an organisation of the list",
        },
    )

    def __init__(self, organisations: list[tuple[str, str]], *given: Any) -> None:
        super().__init__(*given)
        self.fields["to_org"].choices = organisations
        self.fields["to_org"].widget.choices = organisations

    def clean_file(self) -> Any:
        """No file of a kind or size that no list has."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_LIST:
            raise forms.ValidationError("The file is larger than 1 MB; send it in parts")
        if not str(file.name).lower().endswith(LIST_ENDINGS):
            raise forms.ValidationError(f"Choose a file of a kind such as {LIST_ENDINGS[0]}")
        return file


def chosen_ids(given: Any) -> list[str]:
    """The identifiers that were ticked, each once."""
    return list(dict.fromkeys(str(one) for one in given.getlist("id")))[:1000]


def seen_number(given: Any) -> int | None:
    """What a page had shown, by the number of its entry; None where no page of ours sent it.

    Examples
    --------
    >>> seen_number("12"), seen_number("²"), seen_number("9" * 5000), seen_number(None)
    (12, None, None, None)
    """
    text = str(given or "")
    return int(text) if text.isdecimal() and len(text) < _LONGEST_NUMBER else None
