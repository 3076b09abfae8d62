"""Which organisations a page of comparison opens on, where nobody has chosen: peers of each other.

The best of a kind are often specialists, with whom nobody is compared. So it opens on the largest
group of one type of the register, or else of one ICB, and on some of it from the best to the worst.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.model.organisation import TrustKind
from remit.pages.standings.results import Results, TrustStanding
from remit.words.names import kind_words

FIRST = 4
"""On so many it opens."""


@dataclass(frozen=True, slots=True)
class FirstCompared:
    """The codes on which it opens, and why on these."""

    codes: tuple[str, ...]
    why: str


def first_compared(results: Results, kind: TrustKind) -> FirstCompared:
    """On whom it opens.

    Parameters
    ----------
    results
        The period; those with an average score, in the order of the league.
    kind
        The kind.

    Examples
    --------
    ``first_compared(results, TrustKind.ACUTE).codes``
    """
    scored = [one for one in results.by_kind[kind] if one.average_score is not None]
    name, members = _peers(results, scored, kind)
    chosen = _spread(members)
    if len(chosen) == len(members):
        how = f"{len(members)}" if len(members) < len(scored) else "all"
        return FirstCompared(chosen, f"To begin with: {how} {name}.")
    return FirstCompared(
        chosen,
        f"To begin with: {len(chosen)} of the {len(members)} {name}, spread from the best average "
        "score among them to the worst.",
    )


def _peers(
    results: Results, scored: Sequence[TrustStanding], kind: TrustKind
) -> tuple[str, list[TrustStanding]]:
    """The largest group of a type, else of an ICB, that has enough; else all of the kind."""
    words = kind_words(kind)
    types = _grouped({one.org_code: _type(results, one) for one in scored}, scored)
    areas = _grouped({one.org_code: one.icb_code or "" for one in scored}, scored)
    key, members = _largest(types)
    if len(members) >= FIRST:
        return f"{words} of the type “{key}”, the largest group of one type", members
    key, members = _largest(areas)
    if len(members) >= FIRST:
        return f"{words} in {_area(results, key)}, which has the most of them", members
    return f"{words} with an average score", list(scored)


def _largest(groups: Mapping[str, list[TrustStanding]]) -> tuple[str, list[TrustStanding]]:
    return max(groups.items(), key=lambda group: len(group[1]), default=("", []))


def _grouped(
    keys: Mapping[str, str], scored: Sequence[TrustStanding]
) -> dict[str, list[TrustStanding]]:
    """Standings by a key, those without one left out; by the key's order."""
    found: dict[str, list[TrustStanding]] = {key: [] for key in sorted(set(keys.values())) if key}
    for one in scored:
        if key := keys[one.org_code]:
            found[key].append(one)
    return found


def _type(results: Results, one: TrustStanding) -> str:
    organisation = results.organisation(one.org_code)
    return (organisation.subkind or "") if organisation else ""


def _area(results: Results, code: str) -> str:
    area = results.area_link(code)
    return area.text if area else code


def _spread(members: Sequence[TrustStanding]) -> tuple[str, ...]:
    """Some from the first to the last, at even steps."""
    last = len(members) - 1
    if last < FIRST:
        return tuple(one.org_code for one in members[:FIRST])
    steps = FIRST - 1
    places = ((2 * step * last + steps) // (2 * steps) for step in range(FIRST))
    return tuple(members[place].org_code for place in places)
