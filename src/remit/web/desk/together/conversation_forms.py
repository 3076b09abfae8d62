"""The forms of conversations: the meeting itself, a point of its agenda, an action from it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.desk.forms import ActionForm
from remit.web.desk.together.fields import (
    OrganisationsField,
    ScreenedForm,
    choice,
    day,
    homes_of,
    line,
    lines,
    number,
)

_KINDS = (("oversight", "Oversight"), ("other", "Other"))
_TIMES = (("today", "Today’s performance"), ("tomorrow", "Tomorrow"))
_MOST_MINUTES = 1440


class ConversationForm(ScreenedForm):
    """A meeting of organisations."""

    as_given: ClassVar[frozenset[str]] = frozenset({"organisation", "kind"})

    title = line("What it is called", "Enter what it is called")
    parties = OrganisationsField("Who else takes part")
    held_on = day("Held on", hint="The day on which it was held, or is to be")
    kind = choice("Kind", _KINDS)
    summary = lines("What was said, in short")


class NewConversationForm(ConversationForm):
    """The same, with who calls it."""

    organisation = choice("Who calls it")

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["organisation"].choices = homes_of(person)
        self.order_fields(["title", "organisation"])


class AgendaForm(ScreenedForm):
    """A point of an agenda."""

    as_given: ClassVar[frozenset[str]] = frozenset({"time", "ask"})

    title = line("What it is about", "Enter what it is about")
    time = choice("About", _TIMES)
    minutes = number("Minutes", _MOST_MINUTES)
    ask = line("The number of the ask that it is about", most=100)

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self._person = person

    def clean_ask(self) -> str | None:
        """An ask that the person may see."""
        from remit.records.loading import model

        asked = str(self.cleaned_data["ask"]).strip()
        if not asked:
            return None
        if not visible(model("Ask").objects.filter(pk=asked), self._person).exists():
            raise forms.ValidationError(f"There is no ask “{asked}” that you may see")
        return asked


class ConversationActionForm(ActionForm):
    """An action that came of a conversation: whose, besides what every action has."""

    organisation = choice("Whose it is")

    def __init__(self, *given: Any, among: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        del self.fields["seen"]
        self.fields["organisation"].choices = among
        self.order_fields(["what", "organisation"])
