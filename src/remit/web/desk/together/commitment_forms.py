"""The forms of commitments and of what is tied to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.desk.together.fields import (
    OrganisationsField,
    ScreenedForm,
    choice,
    day,
    homes_of,
    line,
    lines,
)
from remit.web.desk.together.ties import TIED, metric_names
from remit.words.nearest import did_you_mean

_KINDS = (("ask", "An ask"), ("action", "An action"), ("metric", "A figure"))


def _declared(given: str) -> str:
    """The identifier of a metric, if it is one."""
    if given and given not in metric_names():
        near = did_you_mean(given, list(metric_names()))
        raise forms.ValidationError(f"There is no metric “{given[:80]}”.{near}")
    return given


class CommitmentForm(ScreenedForm):
    """An aim of a strategy, with its measure and its day."""

    as_given: ClassVar[frozenset[str]] = frozenset({"organisation", "metric"})

    strategy = line("The strategy", "Enter the strategy",
                    hint="Such as five-year strategy or joint forward plan")  # fmt: skip
    aim = lines("The aim", "Enter the aim", most=500)
    metric = line("Its measure, if it is a metric", hint="The metric’s identifier", most=100)
    measure = line("Its measure in words, if it is no metric")
    due_on = day("By when")
    parties = OrganisationsField("Whom else it binds")

    def clean_metric(self) -> str:
        """A declared metric, or none."""
        return _declared(str(self.cleaned_data["metric"]).strip())


class NewCommitmentForm(CommitmentForm):
    """The same, with whose strategy it is."""

    organisation = choice("Whose strategy it is")

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["organisation"].choices = homes_of(person)
        self.order_fields(["organisation"])


class TieForm(ScreenedForm):
    """What serves a commitment."""

    as_given: ClassVar[frozenset[str]] = frozenset({"kind", "target"})

    kind = choice("What serves it", _KINDS)
    target = line("Its number", "Enter its number", most=100,
                  hint="Such as A05, ACT-3, or a metric’s identifier")  # fmt: skip

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self._person = person

    def clean_target(self) -> str:
        """One that the person may see, or a declared metric."""
        target, kind = str(self.cleaned_data["target"]).strip(), self.cleaned_data.get("kind")
        if kind == "metric":
            return _declared(target)
        if kind in TIED:
            rows = model(TIED[kind][0]).objects.filter(pk=target)
            if not visible(rows, self._person).exists():
                raise forms.ValidationError(f"There is no {kind} “{target}” that you may see")
        return target
