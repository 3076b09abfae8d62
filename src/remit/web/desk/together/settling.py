"""Whether the sides agree that a friction is settled: who said so, who did not yet, who does not.

Nothing is stored beside the friction itself: what a side says stands below how it was settled, and
who said it, for whom and when, in the audit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from remit.records.audit import entries_for
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import PolicyRefusal
from remit.web.access.relations import name_of
from remit.web.desk.audit import names_of_accounts
from remit.web.desk.together.fields import ScreenedForm, choice, lines
from remit.web.desk.together.pages import one_seen, written_whole
from remit.web.desk.writing import change_record_for
from remit.words.sentences import listed

_ANSWERS = (("", "Choose"), ("agree", "It is settled"), ("not", "It is not settled"))


class SettledAnswerForm(ScreenedForm):
    """What another side says of it."""

    as_given = frozenset({"answer"})

    answer = choice("What you say", _ANSWERS)
    why = lines("Why, where it is not")

    def clean(self) -> dict[str, Any]:
        """Who says that it is not settled says why."""
        given = super().clean()
        if given.get("answer") == "not" and not given.get("why"):
            self.add_error("why", "Enter why it is not settled")
        return given


@dataclass(frozen=True, slots=True)
class SaidSettled:
    """A side's word that it is settled."""

    organisation: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Settling:
    """Which sides have said that a friction is settled, the first first, and which have not."""

    said: tuple[SaidSettled, ...]
    waits_for: tuple[str, ...]


def settling_of(friction: Any) -> Settling:
    """Who has said that a friction is settled, and whose word is missing.

    Parameters
    ----------
    friction
        One that the person may see.
    """
    return settlings_of([friction])[friction.pk]


def settlings_of(frictions: Sequence[Any]) -> dict[str, Settling]:
    """The same of several, by identifier; as many questions to the database as of one.

    Parameters
    ----------
    frictions
        Those that the person may see.
    """
    settled = {one.pk: one for one in frictions if one.settled_on is not None}
    found = {one.pk: Settling((), ()) for one in frictions}
    if not settled:
        return found
    rows = model("Friction").objects.filter(pk__in=settled)
    of_each = defaultdict[str, list[Any]](list)
    for entry in (entries := entries_for(rows)):
        of_each[entry.target].append(entry)
    names = names_of_accounts(entries)
    bodies = defaultdict[str, set[str]](set)
    sides = model("FrictionBody").objects.filter(friction__in=settled).exclude(organisation=None)
    for key, code in sides.values_list("friction", "organisation"):
        bodies[key].add(code)
    for key, one in settled.items():
        said = _said(of_each[key], names)
        missing = (bodies[key] or {one.organisation}) - {word.organisation for word in said}
        found[key] = Settling(said, tuple(sorted(missing)))
    return found


def _said(entries: list[Any], names: dict[Any, str]) -> tuple[SaidSettled, ...]:
    """The words of sides since it was last settled; the entries come the latest first."""
    told = list[SaidSettled]()
    for one in entries:
        if one.what in {"settle", "decide"}:
            told.append(SaidSettled(one.acting_for, names.get(one.who, ""), one.at))
        if one.what == "settle":
            break
    return tuple(reversed(told))


def settled_words(settling: Settling, name: Callable[[str], str]) -> str:
    """Who has said that it is settled and who has not; nothing where no word is missing.

    Parameters
    ----------
    settling
        What the sides have said.
    name
        Code → name.

    Examples
    --------
    >>> from datetime import UTC
    >>> said = SaidSettled("ZB1", "Owen Tarn", datetime(2026, 4, 1, tzinfo=UTC))
    >>> settled_words(Settling((said,), ("ZA1",)), str)
    'Settled by ZB1, not yet said by ZA1'
    """
    if not settling.waits_for:
        return ""
    codes = dict.fromkeys(one.organisation for one in settling.said)
    by = f"Settled by {listed([name(one) for one in codes])}" if codes else "Entered as settled"
    return f"{by}, not yet said by {listed([name(one) for one in settling.waits_for])}"


def answers_for(person: Person, settling: Settling) -> str:
    """For which side that has not said so yet a person may speak; nothing where for none."""
    return next(
        (one for one in settling.waits_for if permissions.user_can_speak_for(person, one)), ""
    )


@require_POST
@written_whole
def friction_answered(request: Any, friction_id: str) -> HttpResponse:
    """Say for another side that a friction is settled, or open it again with the reason.

    Raises
    ------
    PolicyRefusal
        If it is not settled, or the person is of no side whose word is missing.
    """
    person = request.person
    found = one_seen(request, model("Friction"), friction_id)
    permissions.check_write(person, found)
    if found.settled_on is None:
        raise PolicyRefusal("Nobody has said yet that it is settled.")
    side = answers_for(person, settling_of(found))
    if not side:
        raise PolicyRefusal("Your side has said so already, or you speak for none of its sides.")
    form = SettledAnswerForm(request.POST)
    if not form.is_valid():
        fault = next(iter(form.errors.values()))[0]
        raise PolicyRefusal(f"{fault}.")
    name, why = name_of(side, person.on), form.cleaned_data["why"]
    words = f": {why}" if why else ""
    if form.cleaned_data["answer"] == "agree":
        said = f"{found.settled_how or ''}\n{name} agrees{words}".strip()
        change_record_for(person, found, side, "decide", settled_how=said)
        messages.success(request, "Kept: it is settled for your side too.")
    else:
        said = f"{found.settled_how or ''}\n{name} does not agree{words}".strip()
        change_record_for(person, found, side, "open again", settled_how=said, settled_on=None)
        messages.success(request, "It is open again, with your reason.")
    return redirect("friction", friction_id=found.pk)
