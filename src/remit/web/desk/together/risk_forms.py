"""The forms of shared risks."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from remit.web.access.person import Person
from remit.web.desk.together.fields import (
    OrganisationsField,
    ScreenedForm,
    choice,
    day,
    homes_of,
    line,
    lines,
    past_day,
)
from remit.web.desk.together.scales import load_scales


def score(label: str) -> forms.TypedChoiceField:
    """A score of the declared scale; it may be left out."""
    scale = load_scales().risk
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        help_text=f"Likelihood times impact, each from 1 to {scale.steps}",
        choices=[("", "Not scored"), *((n, f"{n}: {scale.band(n)}") for n in scale.scores)],
    )


class RiskForm(ScreenedForm):
    """A risk that crosses organisations."""

    roles: ClassVar[frozenset[str]] = frozenset({"holder"})

    title = line("The risk in a few words", "Enter the risk in a few words")
    what = lines("What may happen, and why", "Enter what may happen, and why")
    holder = line("The role that holds it", "Enter the role that holds it",
                  hint="A role, such as chief nurse; not a name", most=100)  # fmt: skip
    others = OrganisationsField("Who else has a share in it", least=1)
    raised_on = past_day("Raised on", "Enter the day on which it was raised")
    review_on = day("To be looked at again on")
    score_before = score("Score before anything is done")
    score_after = score("Score with what is done")


class NewRiskForm(RiskForm):
    """The same, with whose risk it is."""

    organisation = choice("Which organisation holds it")

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["organisation"].choices = homes_of(person)
        self.order_fields(["title", "what", "organisation"])


class ShareForm(ScreenedForm):
    """One organisation's share in a risk, and what it does about it."""

    share = lines("What its share is", "Enter what its share is")
    percent = forms.FloatField(
        label="How large, as a percentage",
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "nhsuk-input", "step": "any"}),
        help_text="For each organisation, or for none",
    )
    mitigation = lines("What it does about it")
