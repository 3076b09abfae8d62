"""Who decided whether two asks are one: for whom, when, and whether the sides differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from remit.records.audit import Event, remove
from remit.records.loading import model
from remit.web.access import permissions
from remit.web.access.person import Person
from remit.web.access.policies import PolicyRefusal
from remit.web.access.relations import name_of
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.words.days import day_words

SAME, APART, OVERLAP = "they ask the same", "they do not ask the same", "they overlap"
_KINDS = ("confirm", "merge", "split")
_NOT_YOURS = "Your side decided nothing of these two that could be taken back."


@dataclass(frozen=True, slots=True)
class SideDecided:
    """What one organisation decided of a pair, the last time."""

    numbers: tuple[int, ...]
    """All of its decisions on the pair."""
    words: str
    organisation: str
    name: str
    role: str
    on: date | None
    note: str
    is_mine: bool
    """Whether the reader's side decided it, and may take it back."""

    @property
    def told(self) -> str:
        """Who decided what, and when."""
        day = f", {day_words(self.on)}" if self.on else ""
        role = f" ({self.role})" if self.role else ""
        note = f": {self.note}" if self.note else ""
        return f"{self.name}{role}{day}: {self.words}{note}"


@dataclass(frozen=True, slots=True)
class PairDecided:
    """Two asks with what each side decided of them."""

    first: Any
    second: Any
    sides: tuple[SideDecided, ...]
    may_decide: bool

    @property
    def differ(self) -> bool:
        """Whether one decided otherwise than another."""
        return len({one.words for one in self.sides}) > 1

    @property
    def mine(self) -> str:
        """What the reader's side decided; blank if it did not."""
        return next((one.words for one in self.sides if one.is_mine), "")


def decided_pairs(
    person: Person, rows: dict[str, Any], permission: Permission = Permission.READ
) -> list[PairDecided]:
    """The pairs among some asks of which somebody decided, oldest first.

    Parameters
    ----------
    person
        Who looks.
    rows
        The asks by their numbers, as far as the person sees them.
    permission
        What they are to do with what was decided: see it, or take it away.
    """
    pairs = _pairs(person, rows, permission)
    numbers = [one.pk for some in pairs.values() for one in some]
    whom = _for_whom(numbers)
    homes = person.at_home(Permission.WRITE)
    some = model("Ask").objects.filter(pk__in=list(rows))
    mine = set(visible(some, person, Permission.WRITE).values_list("pk", flat=True))
    found = []
    for pair, taken in pairs.items():
        first, second = sorted(pair)
        by_side: dict[str, list[Any]] = defaultdict(list)
        for one in taken:
            by_side[whom.get(one.pk, "")].append(one)
        sides = [_side(code, some, person.on, code in homes) for code, some in by_side.items()]
        found.append(PairDecided(rows[first], rows[second], tuple(sides), pair <= mine))
    return found


def _pairs(
    person: Person, rows: dict[str, Any], permission: Permission
) -> dict[frozenset[str], list[Any]]:
    """Two asks → the decisions on just these two."""
    all_of_them = model("Decision").objects.filter(kind__in=_KINDS, named__ask__in=list(rows))
    taken = visible(all_of_them, person, permission).distinct().order_by("number")
    named: dict[int, set[str]] = defaultdict(set)
    parts = model("DecisionAsk").objects.filter(decision__in=[one.pk for one in taken])
    for number, ask in visible(parts, person, permission).values_list("decision_id", "ask_id"):
        named[number].add(ask)
    pairs: dict[frozenset[str], list[Any]] = defaultdict(list)
    for one in taken:
        pair = frozenset(named[one.pk])
        if len(pair) == 2 and pair <= set(rows):
            pairs[pair].append(one)
    return pairs


def _for_whom(numbers: list[int]) -> dict[int, str]:
    """Number of a decision → the organisation for which it was taken, by its entry."""
    from remit.records.audit.models import AuditEntry

    kind = model("Decision")._meta.label
    of_them = AuditEntry.objects.filter(kind=kind, target__in=[str(one) for one in numbers])
    return {int(target): code for target, code in of_them.order_by("-number")
            .values_list("target", "acting_for")}  # fmt: skip


def _side(code: str, taken: list[Any], on: date, is_mine: bool) -> SideDecided:
    last = taken[-1]
    words = APART if last.kind == "split" else OVERLAP if last.relation == "overlap" else SAME
    return SideDecided(
        tuple(one.pk for one in taken), words, code, name_of(code, on) if code else "Not kept who",
        last.decided_by or "", last.decided_on, last.note or "", is_mine,
    )  # fmt: skip


def others_words(pair: PairDecided) -> str:
    """After a decision of the reader's side: who decided otherwise; blank if nobody did.

    Parameters
    ----------
    pair
        The pair as it stands then.
    """
    others = [one for one in pair.sides if not one.is_mine and one.words != pair.mine]
    if not pair.mine or not others:
        return ""
    return f" Others decided otherwise, and both stand: {'; '.join(one.told for one in others)}."


def take_back_pair(person: Person, pairs: Iterable[PairDecided], ids: set[str]) -> None:
    """Take back what the person's side decided of two asks.

    Parameters
    ----------
    person
        Who takes it back.
    pairs
        What was decided, as they see it.
    ids
        The two asks.

    Raises
    ------
    PolicyRefusal
        If their side decided nothing of them.
    """
    pair = next((one for one in pairs if {one.first.pk, one.second.pk} == ids), None)
    own = [one for one in pair.sides if one.is_mine] if pair else []
    if pair is None or not own:
        raise PolicyRefusal(_NOT_YOURS)
    for one in (pair.first, pair.second):
        permissions.check_write(person, one)
    with transaction.atomic():
        for side in own:
            event = Event(f"account-{person.account.pk}", side.organisation, "undo")
            kept = model("Decision").objects.filter(pk__in=side.numbers).order_by("-number")
            for decision in visible(kept, person):
                remove(event, decision)
