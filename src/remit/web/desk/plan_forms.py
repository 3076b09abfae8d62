"""The forms of plans: a new plan, its items, what a side says, and the role in which one signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from remit.asks.register.typed import check_role, without_names
from remit.model.errors import AskError
from remit.oversight.plan_items import FIELDS, PlanItem
from remit.oversight.plan_leads import FunctionLed
from remit.oversight.plan_told import side_words

_TEXT = {"class": "nhsuk-input"}
_EMPTY_ROWS = 2
_MOST_ITEMS = 100


def _area(rows: int = 2) -> Any:
    return forms.Textarea(attrs={**_TEXT, "rows": rows})


def _role(text: str) -> str:
    """A role that reads as no person's name."""
    try:
        check_role(text)
    except AskError as error:
        raise forms.ValidationError(str(error)) from None
    return text


class PlanForm(forms.Form):
    """A new plan: for whom, called what, for which period."""

    organisation = forms.ChoiceField(
        label="For which trust", widget=forms.Select(attrs={"class": "nhsuk-select"}),
        error_messages={"required": "Choose a trust"},
    )  # fmt: skip
    title = forms.CharField(
        label="What it is called", max_length=200, widget=forms.TextInput(attrs=_TEXT),
        error_messages={"required": "Enter what the plan is called"},
    )  # fmt: skip
    period = forms.CharField(
        label="For which period", help_text="Such as 2026/27", max_length=40,
        widget=forms.TextInput(attrs=_TEXT), error_messages={"required": "Enter the period"},
    )  # fmt: skip

    another = forms.BooleanField(
        label="Begin another one all the same", required=False, widget=forms.CheckboxInput()
    )

    def __init__(self, trusts: Mapping[str, str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organisation"].choices = [("", "Choose a trust"), *trusts.items()]

    def clean_title(self) -> str:
        """Take names out."""
        return without_names(str(self.cleaned_data["title"]).strip())


class PlanItemForm(forms.Form):
    """One item; one whose aim is blank is left out."""

    id = forms.RegexField(r"^[0-9]{1,6}$", required=False, widget=forms.HiddenInput)
    aim = forms.CharField(
        label="What is to be reached", required=False, max_length=1000, widget=_area()
    )
    measure = forms.CharField(
        label="How it is measured", required=False, max_length=500, widget=_area()
    )
    function = forms.ChoiceField(
        label="Function", required=False,
        widget=forms.Select(attrs={"class": "nhsuk-select"}),
    )  # fmt: skip
    lead = forms.CharField(
        label="Who does it, and where", required=False, max_length=100,
        help_text="Such as chief operating officer of the trust",
        widget=forms.TextInput(attrs=_TEXT),
    )  # fmt: skip
    due = forms.DateField(
        label="Due", required=False,
        widget=forms.DateInput(attrs={**_TEXT, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a day, such as 2026-04-30"},
    )  # fmt: skip

    settled = forms.ChoiceField(
        label="Who leads, if it is not as the map says", required=False,
        choices=[("", "As the map says"), *side_words().items()],
        widget=forms.Select(attrs={"class": "nhsuk-select"}),
    )  # fmt: skip
    because = forms.CharField(
        label="Why it is settled so", required=False, max_length=500, widget=_area()
    )

    def __init__(self, *args: Any, functions: Mapping[str, FunctionLed], **more: Any) -> None:
        super().__init__(*args, **more)
        self._led = {key for key, one in functions.items() if one.has_lead}
        choices = [("", "None of them"), *((key, one.option) for key, one in functions.items())]
        self.fields["function"].choices = choices

    def clean_aim(self) -> str:
        """Take names out."""
        return without_names(str(self.cleaned_data["aim"]).strip())

    def clean_measure(self) -> str:
        """Take names out."""
        return without_names(str(self.cleaned_data["measure"]).strip())

    def clean_lead(self) -> str:
        """Refuse what reads as a person's name."""
        return _role(str(self.cleaned_data["lead"]).strip())

    def clean_because(self) -> str:
        """Take names out."""
        return without_names(str(self.cleaned_data["because"]).strip())

    def clean(self) -> dict[str, Any]:
        """Refuse an item that says who and until when, and not what."""
        given = dict(self.cleaned_data)
        if not given.get("aim") and any(given.get(one) for one in ("measure", "lead", "due")):
            self.add_error("aim", "Enter what is to be reached, or clear the item")
        if given.get("settled") and not given.get("because"):
            self.add_error(
                "because",
                "Enter why another side leads than the map says"
                if given.get("function") in self._led
                else "Enter why it is settled so: by the map nobody leads",
            )
        if given.get("because") and not given.get("settled"):
            self.add_error("settled", "Choose who leads, or clear why")
        return given


def items_formset(data: Any, items: list[PlanItem], functions: Mapping[str, FunctionLed]) -> Any:
    """The items of a plan as forms, with two empty ones after them.

    Parameters
    ----------
    data
        What was sent, or None.
    items
        The items as they stand.
    functions
        Those of the map that concern the trust, with who leads on each.
    """
    kind = forms.formset_factory(
        PlanItemForm, extra=_EMPTY_ROWS, max_num=_MOST_ITEMS, absolute_max=_MOST_ITEMS,
        validate_max=True,
    )  # fmt: skip
    fields = ("id", *FIELDS)
    initial = [{name: getattr(one, name) for name in fields} for one in items]
    return kind(data, initial=initial, form_kwargs={"functions": functions}, prefix="item")


def items_sent(formset: Any) -> list[PlanItem]:
    """The items that a formset was sent with."""
    sent = [one.cleaned_data for one in formset if one.cleaned_data.get("aim")]
    return [PlanItem(**one) for one in sent]


class SayingForm(forms.Form):
    """What a side says of a plan, or why it passes it back."""

    text = forms.CharField(
        label="What you say", max_length=2000, widget=_area(3),
        error_messages={"required": "Enter what you want to say"},
    )  # fmt: skip
    item = forms.ChoiceField(
        label="Of which item", required=False, widget=forms.Select(attrs={"class": "nhsuk-select"})
    )

    def __init__(self, items: Mapping[str, str], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "The plan as a whole"), *items.items()]
        self.fields["item"].choices = choices

    def clean_text(self) -> str:
        """Take names out."""
        return without_names(str(self.cleaned_data["text"]).strip())


class SigningForm(forms.Form):
    """The role in which somebody signs."""

    signed_as = forms.CharField(
        label="Your role",
        help_text="Such as chief executive; not a name. Nobody checks it.",
        max_length=100, widget=forms.TextInput(attrs=_TEXT),
        error_messages={"required": "Enter the role in which you sign"},
    )  # fmt: skip

    def clean_signed_as(self) -> str:
        """Refuse what reads as a person's name."""
        return _role(str(self.cleaned_data["signed_as"]).strip())
