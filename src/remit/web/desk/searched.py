"""What search looks into: of each kind the fields, and how a thing that was found is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.visibility import visible
from remit.web.desk.together.ties import metric_name
from remit.words.days import day_words

_LONGEST = 200
_MOST_WORDS = 8
_ITEM_KEYS = ("id", "aim", "measure", "function", "lead", "due", "null")
"""What stands in the text of each version of a plan, whatever is written there."""
Told = tuple[str, str, str | None, str]
"""The words of a thing, its address, whose it is, and what else is said of it."""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A thing that was found."""

    words: str
    address: str
    organisation: str
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """A kind of record that is looked into."""

    noun: str
    kind: str
    """The model."""
    fields: tuple[str, ...]
    order: tuple[Any, ...]
    tell: Callable[[Any], Told]
    parts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Parts whose words are looked into as well: model, the field that names the whole, fields."""
    beside: tuple[str, ...] = ()
    """What is read with it."""

    def rows(self, words: str, person: Person) -> Any:
        """Those that the person may see and that hold each of some words, in their order."""
        every = model(self.kind).objects
        # The words first: few hold them, and of these alone it is then asked whether they are seen.
        holding = every.filter(self._holding(words, person)).values("pk")
        wanted = visible(every.filter(pk__in=holding), person)
        return wanted.select_related(*self.beside).order_by(*self.order)

    def _holding(self, words: str, person: Person) -> Q:
        each = words.split()[:_MOST_WORDS]
        return reduce(and_, (self._with(word, person) for word in each), Q())

    def _with(self, word: str, person: Person) -> Q:
        conditions = [Q(**{f"{name}__icontains": word}) for name in self.fields]
        key = model(self.kind)._meta.pk
        if key.get_internal_type() == "TextField":
            conditions.append(Q(pk__iexact=word))
        for name, path, fields in self.parts:
            if name == "together.PlanVersion" and any(word.lower() in one for one in _ITEM_KEYS):
                continue
            held = reduce(or_, (Q(**{f"{one}__icontains": word}) for one in fields))
            # A part may be its writer's alone while its whole is seen by all, as a draft is.
            rows = visible(model(name).objects.filter(held), person)
            conditions.append(Q(pk__in=rows.values(path)))
        return reduce(or_, conditions)

    def told(self, row: Any) -> FoundLine:
        """A row as a line of the results."""
        words, address, whose, besides = self.tell(row)
        short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        return FoundLine(short, address, whose or "", besides)


def _ask(one: Any) -> Told:
    due = f"due {day_words(one.due_on)}" if one.due_on else "no day due"
    said = "closed" if one.status == "closed" else due
    return one.title or f"Ask {one.pk}", reverse("ask", args=[one.pk]), one.to_org_code, said


def _action(one: Any) -> Told:
    due = f"due {day_words(one.due_on)}" if one.due_on else "no day due"
    said = "done" if one.done_on else due
    return one.what, reverse("action", args=[one.pk]), one.organisation, f"{one.owner}, {said}"


def _plan(one: Any) -> Told:
    from remit.oversight import state_of

    said = f"{one.period}, {state_of(one.status).name.lower()}"
    return one.title, reverse("plan", args=[one.pk]), one.organisation, said


def _conversation(one: Any) -> Told:
    said = day_words(one.held_on) if one.held_on else "no day"
    return one.title, reverse("conversation", args=[one.pk]), one.organisation, said


def _friction(one: Any) -> Told:
    said = f"raised {day_words(one.raised_on)}" + (", settled" if one.settled_on else "")
    return one.what, reverse("friction", args=[one.pk]), one.organisation, said


def _risk(one: Any) -> Told:
    said = one.holder + (", closed" if one.closed_on else "")
    return one.title, reverse("risk", args=[one.pk]), one.organisation, said


def _commitment(one: Any) -> Told:
    measured = metric_name(one.metric) if one.metric else ""
    said = f"{one.strategy}, {measured}" if measured else one.strategy
    return one.aim, reverse("commitment", args=[one.pk]), one.organisation, said


def _agreement(one: Any) -> Told:
    said = f"from {day_words(one.agreed_on)}" if one.agreed_on else ""
    return one.title, reverse("agreement", args=[one.pk]), one.organisation, said


def _comment(one: Any) -> Told:
    said = day_words(one.said_at.date())
    if one.figure_id:
        address = reverse("figure_said", args=[one.figure_id])
        return one.text, address, one.organisation, f"on {one.figure.metric_name}, {said}"
    kind, key = ("ask", one.ask_id) if one.ask_id else ("action", one.action_id)
    return one.text, reverse(kind, args=[key]), one.organisation, f"on {kind} {key}, {said}"


def _finding(one: Any) -> Told:
    said = f"{one.heading}, {one.year_name}" + ("" if one.is_shown else ", a draft")
    return one.statement, reverse("finding", args=[one.pk]), one.organisation, said


def _letter(one: Any) -> Told:
    said = f"signed {day_words(one.signed_on)}" if one.is_signed else "not signed"
    return one.title, reverse("year_letter", args=[one.pk]), one.organisation, said


_NEWEST = F("received_on").desc(nulls_last=True)
_DUE = F("due_on").asc(nulls_last=True)
SEARCHED: tuple[Searched, ...] = (
    Searched("ask", "Ask", ("title", "from_body", "from_team"), (_NEWEST, "pk"), _ask),
    Searched("action", "Action", ("what", "owner"), (_DUE, "pk"), _action),
    Searched(
        "plan", "together.Plan", ("title", "period"), ("pk",), _plan,
        parts=(("together.PlanVersion", "plan", ("text",)),
               ("together.PlanView", "version__plan", ("text",))),
    ),
    Searched(
        "conversation", "together.Conversation", ("title", "summary"),
        (F("held_on").desc(nulls_first=True), "pk"), _conversation,
        parts=(("together.AgendaItem", "conversation", ("title",)),),
    ),
    Searched(
        "friction", "Friction", ("what", "settled_how"),
        (F("settled_on").desc(nulls_first=True), "raised_on", "pk"), _friction,
    ),
    Searched(
        "risk", "Risk", ("title", "what", "holder"),
        (F("closed_on").desc(nulls_first=True), "raised_on", "pk"), _risk,
        parts=(("RiskShare", "risk", ("share", "mitigation")),),
    ),
    Searched(
        "commitment", "together.Commitment", ("aim", "strategy", "measure"), (_DUE, "pk"),
        _commitment,
    ),
    Searched(
        "agreement", "together.Agreement", ("title", "text"),
        (F("agreed_on").desc(nulls_first=True), "pk"), _agreement,
    ),
    Searched(
        "finding", "year.YearFinding", ("statement", "heading", "counter_answer", "dissent"),
        ("-year_name", "organisation", "number", "pk"), _finding,
        parts=(("year.YearReply", "finding", ("says", "reason")),),
    ),
    Searched(
        "letter", "year.YearLetter", ("title", "text"), ("organisation", "-pk"), _letter,
    ),
    Searched(
        "comment", "talk.Remark", ("text",), ("-said_at", "-pk"), _comment, beside=("figure",),
    ),
)  # fmt: skip
"""All kinds of records that are looked into, as they stand on the page."""
