"""What a survey finds, item by item: the sentences that pages, spreadsheet and document share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from remit.model.questionnaire import SurveyItem
from remit.surveys.cuts import ALL
from remit.surveys.reading.answers import CommentAnswers, Voices
from remit.surveys.sentences import (
    change_sentence,
    hours_sentence,
    is_change,
    others_sentence,
    share_sentence,
    share_words,
    ticks_sentence,
)
from remit.surveys.writing import CountedSurvey
from remit.words.sentences import count_words

Row = Mapping[str, Any]
Standing = Literal["changed", "same", "broken", "first", "counted", "gone"]
TABLE_OF = {"scale": "items", "multi": "multi", "numeric": "numeric"}
"""The table in which items of a kind stand."""
HEADINGS: dict[Standing, str] = {
    "changed": "What changed",
    "same": "What did not change beyond chance",
    "broken": "What cannot be compared",
    "first": "What people say",
    "counted": "Numbers and choices",
    "gone": "What is not asked any more",
}
"""The heading under which items of a standing are told, in this order."""


@dataclass(frozen=True, slots=True)
class SaidGroup:
    """What one group says of an item."""

    cut: str
    by: str
    group: str
    said: str
    change: str
    others: str
    """Whether it differs from all other groups."""


@dataclass(frozen=True, slots=True)
class SaidItem:
    """What is said of an item: of the whole, then of each group."""

    id: str
    kind: str
    wording: str
    standing: Standing
    said: str
    change: str
    groups: tuple[SaidGroup, ...]


@dataclass(frozen=True, slots=True)
class SaidSurvey:
    """All that is told of a survey, in sentences."""

    title: str
    about: str
    claim: str
    leads: str
    items: tuple[SaidItem, ...]
    comments: tuple[str, ...]

    def parts(self) -> Iterator[tuple[Standing, str, tuple[SaidItem, ...]]]:
        """The items by their standing, with heading; those that there are."""
        for standing, heading in HEADINGS.items():
            items = tuple(one for one in self.items if one.standing == standing)
            if items:
                yield standing, heading, items


def survey_findings(found: CountedSurvey, comments: Sequence[str] | None = None) -> SaidSurvey:
    """Say what a survey finds.

    ``comments`` are the lines on answers in words, where they are sorted by theme.

    Examples
    --------
    >>> survey_findings(found).claim  # doctest: +SKIP
    '1 of the 4 items that can be compared changed beyond chance; 3 did not.'
    """
    items = (*_asked_now(found), *_gone(found))
    now = found.read.waves[-1]
    return SaidSurvey(
        title=found.read.questionnaire.title,
        about=f"{now.wave.id} · {who_words(now)}",
        claim=_claim(found, [one.standing for one in items]),
        leads=least_base_words(found.min_base),
        items=items,
        comments=tuple(_comments(now) if comments is None else comments),
    )


def who_words(voices: Voices) -> str:
    """Who answered in a wave: how many, for how many organisations, of how many asked."""
    said = count_words(voices.count, "respondent")
    if voices.units is not None:
        said += f" of {count_words(len(voices.units.labels), 'organisation')}"
    sent = voices.wave.sent_to
    if not sent:
        return said
    return f"{said}, {share_words(100 * voices.count / sent)} of the {sent:,} asked"


def least_base_words(least: int) -> str:
    """What is not shown for want of a base."""
    if not least:
        return "All groups are shown, however small: look at the base."
    return (
        f"Groups of fewer than {least} answers are not shown, and neither is what would give them "
        "away."
    )


def _claim(found: CountedSurvey, standings: Sequence[Standing]) -> str:
    if len(found.read.waves) < 2:
        return "There is one wave, so nothing is compared."
    changed, same = standings.count("changed"), standings.count("same")
    broken = standings.count("broken")
    compared = changed + same
    beside = f" {count_words(broken, 'item')} cannot be compared." if broken else ""
    if not compared:
        return "Nothing can be compared with the wave before."
    items = count_words(compared, "item")
    if not changed:
        return f"None of the {items} that can be compared changed beyond chance.{beside}"
    rest = f"; {same} did not" if same else ""
    return f"{changed} of the {items} that can be compared changed beyond chance{rest}.{beside}"


def _asked_now(found: CountedSurvey) -> Iterator[SaidItem]:
    now = found.read.waves[-1]
    there = {one.item.id for one in now.items}
    for item in found.read.questionnaire.items:
        if item.kind in TABLE_OF and item.id in there:
            yield _said(found, item, now.wave.id)


def _said(found: CountedSurvey, item: SurveyItem, wave: str) -> SaidItem:
    rows = rows_of(found, item, wave)
    changes = _changes(found, item)
    others = _against_others(found, item, wave)
    said = [_group(found, item, part, changes, others) for part in _by_group(rows)]
    (whole,) = (one for one in said if one.cut == ALL)
    change = changes.get((ALL, ALL))
    return SaidItem(
        id=item.id,
        kind=item.kind,
        wording=str(rows[0]["item"]),
        standing=_standing(item, change),
        said=whole.said,
        change=whole.change,
        groups=tuple(one for one in said if one.cut != ALL),
    )


def rows_of(found: CountedSurvey, item: SurveyItem, wave: str = "") -> list[dict[str, Any]]:
    """The rows of an item in its table, of one wave or of the last."""
    table = found.frames[TABLE_OF[item.kind]]
    of = wave or found.read.waves[-1].wave.id
    return table.filter((pl.col("wave") == of) & (pl.col("item_id") == item.id)).to_dicts()


def _changes(found: CountedSurvey, item: SurveyItem) -> dict[tuple[str, str], Row]:
    rows = found.frames["changes"].filter(pl.col("item_id") == item.id).to_dicts()
    return {(row["group_by"], row["group"]): row for row in rows}


def _against_others(
    found: CountedSurvey, item: SurveyItem, wave: str
) -> dict[tuple[str, str], Row]:
    table = found.frames["groups"]
    rows = table.filter((pl.col("wave") == wave) & (pl.col("item_id") == item.id)).to_dicts()
    return {(row["group_by"], row["group"]): row for row in rows}


def _by_group(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of each group: one, or one for each option."""
    parts: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        parts.setdefault((row["group_by"], row["group"]), []).append(row)
    yield from parts.values()


def _group(
    found: CountedSurvey,
    item: SurveyItem,
    rows: Sequence[Row],
    changes: Mapping[tuple[str, str], Row],
    others: Mapping[tuple[str, str], Row],
) -> SaidGroup:
    first = rows[0]
    change = changes.get((first["group_by"], first["group"]))
    apart = others.get((first["group_by"], first["group"]))
    return SaidGroup(
        cut=first["group_by"],
        by=cut_name(found, first["group_by"]),
        group=first["group"],
        said=_sentence(item, rows),
        change=change_sentence(item, change) if change else "",
        others=others_sentence(apart) if apart else "",
    )


def cut_name(found: CountedSurvey, cut: str) -> str:
    """The name of a group, or of several that are crossed; the whole is all."""
    groups = (found.read.questionnaire.group(name) for name in cut.split(" × "))
    return " × ".join(one.name for one in groups if one) or cut


def _sentence(item: SurveyItem, rows: Sequence[Row]) -> str:
    if item.kind == "multi":
        return ticks_sentence(rows)
    return hours_sentence(rows[0]) if item.kind == "numeric" else share_sentence(item, rows[0])


def _standing(item: SurveyItem, change: Row | None) -> Standing:
    if item.kind != "scale":
        return "counted"
    if change is None:
        return "first"
    if change["suppressed"] or not change["comparable"]:
        return "broken"
    return "changed" if is_change(change) else "same"


def _gone(found: CountedSurvey) -> Iterator[SaidItem]:
    """Items of the wave before that are not in the last one."""
    if len(found.read.waves) < 2:
        return
    before, now = found.read.waves[-2:]
    still = {one.item.id for one in now.items}
    for one in before.items:
        if one.item.id not in still and one.item.kind in TABLE_OF:
            rows = rows_of(found, one.item, before.wave.id)
            whole = [row for row in rows if row["group_by"] == ALL]
            said = f"In {before.wave.id}: {_sentence(one.item, whole)}"
            change = f"Not asked in {now.wave.id}."
            yield SaidItem(one.item.id, one.item.kind, one.wording, "gone", said, change, ())


def _comments(now: Voices) -> Iterator[str]:
    told = [one for one in now.items if isinstance(one, CommentAnswers)]
    for one in told:
        count = count_words(sum(bool(text.strip()) for text in one.texts), "answer")
        yield f"“{one.wording}” {count} in words."
