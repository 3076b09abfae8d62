"""Two questionnaires held against each other: what can be a trend, and what cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.fuzz import token_sort_ratio

from remit.model.questionnaire import Questionnaire, SurveyItem, plain

Verdict = Literal["same", "wording", "scale", "new", "gone"]
_ALIKE = 60
"""From so many hundredths alike on, a new wording is named beside one that is gone."""


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """What became of an item from one questionnaire, or wave, to the next."""

    item: str
    verdict: Verdict
    before: str
    now: str
    comparable: bool
    says: str


def compare_questionnaires(
    before: Questionnaire, now: Questionnaire, waves: tuple[str, str] = ("", "")
) -> list[ItemDifference]:
    """Hold the items of two questionnaires, or of two waves of one, against each other.

    Parameters
    ----------
    before, now
        The questionnaires; the same one twice where it holds both waves.
    waves
        The wave of each whose wording counts; by default the last that an item names.

    Returns
    -------
    list
        One row an item: a trend may be drawn only where ``comparable`` is true.

    Examples
    --------
    >>> from remit.surveys import load_questionnaire
    >>> asked = load_questionnaire("demo/people/sample-survey.yaml")
    >>> found = compare_questionnaires(asked, asked, ("2025", "2026"))
    >>> [one.item for one in found if not one.comparable]
    ['governance']
    """
    old = {one.id: one for one in before.items if _wording(one, waves[0])}
    new = {one.id: one for one in now.items if _wording(one, waves[1])}
    old_by_words = {plain(_wording(one, waves[0])): name for name, one in old.items()}
    rows, met = [], set()
    for name, item in new.items():
        said = _wording(item, waves[1])
        earlier = name if name in old else old_by_words.get(plain(said), "")
        if not earlier:
            rows.append(ItemDifference(name, "new", "", said, False, "not asked before"))
            continue
        met.add(earlier)
        rows.append(_held(name, old[earlier], item, waves))
    gone = [one for name, one in old.items() if name not in met]
    rows += [
        ItemDifference(one.id, "gone", _wording(one, waves[0]), "", False, "not asked any more")
        for one in gone
    ]
    return [*_with_kin(rows)]


def _held(name: str, old: SurveyItem, new: SurveyItem, waves: Sequence[str]) -> ItemDifference:
    before, now = _wording(old, waves[0]), _wording(new, waves[1])
    if plain(before) != plain(now):
        says = "the wording changed: no trend is drawn, and both wordings are shown"
        return ItemDifference(name, "wording", before, now, False, says)
    if (old.kind, old.scale) != (new.kind, new.scale):
        says = f"the answers changed from {old.scale or old.kind} to {new.scale or new.kind}"
        return ItemDifference(name, "scale", before, now, False, says)
    return ItemDifference(name, "same", before, now, True, "asked in the same words")


def _wording(item: SurveyItem, wave: str) -> str:
    """How an item was worded in a wave; empty where it was not asked."""
    if not wave:
        return item.wording[-1].text
    return next((one.text for one in item.wording if not one.waves or wave in one.waves), "")


def _with_kin(rows: Sequence[ItemDifference]) -> Iterator[ItemDifference]:
    """New items with the item that is gone and much like them, if there is one."""
    gone = [one for one in rows if one.verdict == "gone"]
    for row in rows:
        alike = [(token_sort_ratio(plain(row.now), plain(one.before)), one.item) for one in gone]
        best = max(alike, default=(0.0, ""))
        if row.verdict == "new" and best[0] >= _ALIKE:
            says = f"{row.says}; perhaps it is {best[1]}, worded otherwise"
            yield ItemDifference(row.item, "new", "", row.now, False, says)
        else:
            yield row
