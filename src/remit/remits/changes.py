"""What changed between two days: remits that began, ended, or changed their leader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from remit.model.remit import Body, Function
from remit.remits.findings import leader
from remit.remits.holdings import Answer, Holding
from remit.remits.subjects import SubjectOf


@dataclass(frozen=True, slots=True)
class Change:
    """One remit that is other than it was.

    ``before`` and ``after`` are the remits on the two days; one is missing where the body began or
    ended. ``kind`` is ``began``, ``ended``, ``changed`` (other relation, lead or basis) or ``lead``
    (another body leads).
    """

    function: Function
    kind: Literal["began", "ended", "changed", "lead"]
    body: Body | None
    before: Holding | None
    after: Holding | None
    says: str


def difference(before: Sequence[Answer], after: Sequence[Answer]) -> list[Change]:
    """What changed between the answers of two days, function by function.

    Parameters
    ----------
    before, after
        The answers for the same functions, from :func:`remit.remits.holdings.everything`.
    """
    later = {answer.function.id: answer for answer in after}
    changes: list[Change] = []
    for answer in before:
        changes += _function_changes(answer, later[answer.function.id])
    return changes


def neighbours_changed(before: SubjectOf, after: SubjectOf) -> list[str]:
    """Sentences on a region or an ICB that is another one on the second day."""
    said = []
    for key, words in (("region", "region"), ("icb", "ICB")):
        old, new = before.around.get(key), after.around.get(key)
        if old and new and old.code != new.code:
            said.append(f"Its {words} was {old.code} ({old.name}) and is {new.code} ({new.name}).")
    return said


def _function_changes(before: Answer, after: Answer) -> list[Change]:
    held, holds = _by_body(before), _by_body(after)
    found: list[Change] = []
    for body_id in dict.fromkeys([*held, *holds]):
        found += _body_changes(before.function, held.get(body_id, []), holds.get(body_id, []))
    return [*found, *_lead_change(before, after)]


def _by_body(answer: Answer) -> dict[str, list[Holding]]:
    found: dict[str, list[Holding]] = {}
    for one in answer.holdings:
        found.setdefault(one.body.id, []).append(one)
    return found


def _body_changes(function: Function, was: list[Holding], now: list[Holding]) -> list[Change]:
    """The changes of one body; a remit that gives way to another is told as one change."""
    gone = [one for one in was if one.entry.id not in {other.entry.id for other in now}]
    come = [one for one in now if one.entry.id not in {other.entry.id for other in was}]
    changes = []
    while gone and come:
        old, new = gone.pop(0), come.pop(0)
        said = f"{_words(old)} → {_words(new)}"
        changes.append(Change(function, "changed", new.body, old, new, said))
    changes += [Change(function, "ended", one.body, one, None, _words(one)) for one in gone]
    changes += [Change(function, "began", one.body, None, one, _words(one)) for one in come]
    return changes


def _words(one: Holding) -> str:
    lead = ", leads" if one.leads else ""
    return f"{one.entry.relation.words}{lead}: {one.entry.says}"


def _lead_change(before: Answer, after: Answer) -> list[Change]:
    old, new = leader(before).holding, leader(after).holding
    if (old.body.id if old else None) == (new.body.id if new else None):
        return []
    names = [one.body.name if one else "nobody" for one in (old, new)]
    body = new.body if new else None
    return [Change(before.function, "lead", body, old, new, f"lead: {names[0]} → {names[1]}")]
