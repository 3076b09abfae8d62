"""Beside each ask of a list that is taken away: which others ask the same, as far as is seen."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from remit.records.loading import model
from remit.web.access.person import Person
from remit.web.access.roles import Permission
from remit.web.access.visibility import visible
from remit.web.desk.asked_twice import MOST_MATCHED, pairs_of
from remit.web.desk.pair_decisions import decided_pairs


def asked_twice_of(person: Person, rows: Any) -> dict[str, str]:
    """Identifier of an ask → the other asks that may ask the same, and who says so.

    Both of a pair are open asks of one organisation that the person may take away. Of more than
    300 such asks none is matched, and each says so.

    Parameters
    ----------
    person
        Who takes the list away.
    rows
        The asks of the list.
    """
    codes = rows.order_by().values("to_org_code").distinct()
    may = visible(model("Ask").objects.all(), person, Permission.EXPORT)
    may = may.filter(status="open", follow_up=False, to_org_code__in=codes)
    if may.count() > MOST_MATCHED:
        said = f"not matched: more than {MOST_MATCHED} asks are open"
        return dict.fromkeys(may.values_list("pk", flat=True), said)
    of_each: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in may:
        of_each[one.to_org_code][one.pk] = one
    found: dict[str, list[str]] = defaultdict(list)
    for code, asks in of_each.items():
        told = set()
        for pair in decided_pairs(person, asks, Permission.EXPORT):
            told.add(frozenset((pair.first.pk, pair.second.pk)))
            words = " and ".join(dict.fromkeys(side.words for side in pair.sides))
            _beside(found, pair.first.pk, pair.second.pk, f"decided: {words}")
        for shown in pairs_of(person, code, asks):
            if not shown.is_decided and frozenset((shown.first.pk, shown.second.pk)) not in told:
                _beside(found, shown.first.pk, shown.second.pk, "suggested")
    return {key: "; ".join(words) for key, words in found.items()}


def _beside(found: dict[str, list[str]], first: str, second: str, words: str) -> None:
    found[first].append(f"{second} ({words})")
    found[second].append(f"{first} ({words})")
