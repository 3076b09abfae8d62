"""The forms of what is said of findings, and of what answers them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.desk.together.fields import ScreenedForm, choice, day, line, lines
from remit.web.desk.year.standing import OUTCOMES


class ReplyForm(ScreenedForm):
    """What is wrong with a finding."""

    says = lines(
        "What is wrong with it",
        "Enter what is wrong with it",
        hint="Facts, with where they can be read. Roles and no names",
        most=1000,
    )


class AnswerForm(ScreenedForm):
    """What came of a reply."""

    as_given: ClassVar[frozenset[str]] = frozenset({"outcome"})

    outcome = choice("What came of it", OUTCOMES.items())
    reason = lines("Why", hint="Needed where it is refused", most=1000)

    def clean(self) -> dict[str, Any]:
        """A reply that is refused has a reason."""
        given = super().clean()
        if given.get("outcome") == "refused" and not given.get("reason"):
            self.add_error("reason", "Enter why it is refused")
        return given


class PracticeActionForm(ScreenedForm):
    """An action: what, whose, by when."""

    roles: ClassVar[frozenset[str]] = frozenset({"owner"})

    what = lines("What is to be done", "Enter what is to be done", most=500)
    owner = line("Who owns it", "Enter the role that owns it",
                 hint="A role, such as chief operating officer; not a name", most=100)  # fmt: skip
    due_on = day("Due")


class CopyForm(PracticeActionForm):
    """The same, with whose it is: an organisation of the person's own."""

    as_given: ClassVar[frozenset[str]] = frozenset({"organisation"})

    organisation = choice("Whose action it is")

    def __init__(self, *given: Any, homes: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["organisation"].choices = homes
        self.order_fields(["organisation"])


class FindingActionForm(PracticeActionForm):
    """An action that is there already, by its number, or a new one."""

    as_given: ClassVar[frozenset[str]] = frozenset({"number"})

    number = line("The number of an action that is there already", hint="Such as ACT-3; else leave "
                  "it blank and say the new one below", most=100)  # fmt: skip

    def __init__(self, *given: Any, person: Person, organisation: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self._person, self._organisation = person, organisation
        self.order_fields(["number"])
        if self.data.get("number", "").strip():
            for name in ("what", "owner"):
                self.fields[name].required = False

    def clean_number(self) -> str:
        """One of the organisation's that the person may see."""
        number = str(self.cleaned_data["number"]).strip()
        if number:
            rows = model("Action").objects.filter(pk=number, organisation=self._organisation)
            if not visible(rows, self._person).exists():
                raise forms.ValidationError(
                    f"{self._organisation} has no action “{number}” that you may see"
                )
        return number
