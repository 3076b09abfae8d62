"""What is said of a figure, an ask or an action: only what the file of comments can hold."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.asks.register.typed import check_role, without_names
from remit.files.no_values import words_fault
from remit.model.errors import AskError

_TEXT = {"class": "nhsuk-input"}


def _words(text: str) -> str:
    """Words as they are kept: without names and control signs, one kind of line break."""
    plain = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if fault := words_fault(plain):
        raise forms.ValidationError(fault[0].upper() + fault[1:])
    return without_names(plain)


class RemarkForm(forms.Form):
    """A comment, and the roles for whose holders it is."""

    text = forms.CharField(
        label="What you want to say",
        max_length=4000,
        widget=forms.Textarea(attrs={**_TEXT, "rows": 4}),
        error_messages={"required": "Enter what you want to say"},
    )
    roles = forms.MultipleChoiceField(
        label="For whom it is",
        help_text="They find it on the page Comments, under those for their role",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, *given: Any, choices: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["roles"].choices = choices

    def clean_text(self) -> str:
        """Refuse what no file of comments could hold; take names out."""
        return _words(str(self.cleaned_data["text"]))


class FigureRemarkForm(RemarkForm):
    """What happened to a figure, an action, or both: what a board's report has beside it."""

    field_order = ("text", "action", "owner", "due_on", "roles", "seen")

    text = forms.CharField(
        label="What happened",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={**_TEXT, "rows": 4}),
    )
    action = forms.CharField(
        label="Action",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={**_TEXT, "rows": 2}),
    )
    owner = forms.CharField(
        label="Who owns the action",
        help_text="A role, such as chief operating officer; not a name",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs=_TEXT),
    )
    due_on = forms.DateField(
        label="Action due",
        required=False,
        widget=forms.DateInput(attrs={**_TEXT, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a day, such as 2026-04-30"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """The figure that stood on the page, by its digest: one that changed meanwhile is noticed."""

    def clean_action(self) -> str:
        """As the comment; it is one line."""
        return _words(" ".join(str(self.cleaned_data["action"]).split()))

    def clean_owner(self) -> str:
        """Refuse what reads as a person's name."""
        owner = _words(" ".join(str(self.cleaned_data["owner"]).split()))
        try:
            check_role(str(self.cleaned_data["owner"]).strip())
        except AskError as error:
            raise forms.ValidationError(str(error)) from None
        return owner

    def clean(self) -> dict[str, Any]:
        """Something is said; an action has an owner; nothing of an action stands without one."""
        given: dict[str, Any] = super().clean()
        action, owner = given.get("action"), given.get("owner")
        if not given.get("text") and not action and not self.errors:
            self.add_error("text", "Enter what happened, or an action")
        if action and not owner and "owner" not in self.errors:
            self.add_error("owner", "Enter the role that owns the action")
        if not action and (owner or given.get("due_on")) and "action" not in self.errors:
            self.add_error("action", "Enter the action that has this owner or day")
        return given
