"""The forms of conversations: the meeting itself, a point of its agenda, an action from it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms

from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.desk.forms import ActionForm
from remit.web.desk.together.fields import (
    OrganisationField,
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


class PointForm(ScreenedForm):
    """A point of an agenda as it is entered with the conversation, and what came of it."""

    as_given: ClassVar[frozenset[str]] = frozenset({"time", "whose"})
    roles: ClassVar[frozenset[str]] = frozenset({"owner"})

    title = line("What it is about")
    time = choice("Of which time", _TIMES, required=False)
    minutes = number("Minutes", _MOST_MINUTES)
    outcome = lines("What came of it")
    what = lines("An action from it", most=500)
    owner = line("Who owns the action", hint="A role, such as chief nurse; not a name", most=100)
    whose = OrganisationField(
        "Of which organisation the action is", required=False,
        hint="One that takes part: a name, a part of it, or a code. Blank for who calls it",
    )  # fmt: skip
    due_on = day("The action is due")

    def __init__(self, *given: Any, among: Collection[str] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["whose"].among = among

    def has_changed(self) -> bool:
        """Whether anything was typed; the choice of a time, which is always sent, is nothing."""
        return any(name != "time" for name in self.changed_data)

    def clean(self) -> dict[str, Any]:
        """A point has a title, and an action an owner."""
        given = super().clean()
        if self.has_changed() and not given.get("title") and "title" not in self.errors:
            self.add_error("title", "Enter what the point is about")
        if given.get("what") and not given.get("owner") and "owner" not in self.errors:
            self.add_error("owner", "Enter the role that owns the action")
        if not given.get("what") and (given.get("owner") or given.get("due_on")):
            self.add_error("what", "Enter what is to be done")
        return given


class AgendaForm(ScreenedForm):
    """A point of an agenda."""

    as_given: ClassVar[frozenset[str]] = frozenset({"time", "ask"})

    title = line("What it is about", "Enter what it is about")
    time = choice("Of which time", _TIMES)
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

    organisation = choice("Of which organisation")

    def __init__(self, *given: Any, among: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        del self.fields["seen"]
        self.fields["organisation"].choices = among
        self.order_fields(["what", "organisation"])
