"""The pages of a survey as view models: what changed and what did not, then each item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from remit.model.questionnaire import SurveyItem
from remit.pages.drawing.charts import Chart
from remit.pages.drawing.opinion_bars import Opinion, opinion_bars
from remit.pages.frame.file_pages import FileLink, FilePage
from remit.surveys.reading.answers import CommentAnswers, Voices
from remit.surveys.sentences import change_sentence, hours_sentence, is_change, share_sentence
from remit.surveys.tables import ALL
from remit.surveys.writing import CountedSurvey
from remit.words.figures import percent_words
from remit.words.sentences import count_words

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A row of a table: what it is about, and what is said."""

    about: FileLink
    said: str
    change: str


@dataclass(frozen=True, slots=True)
class SurveyHome:
    """The first page."""

    title: str
    about: str
    claim: str
    leads: str
    changed: tuple[SurveyLine, ...]
    same: tuple[SurveyLine, ...]
    broken: tuple[SurveyLine, ...]
    others: tuple[SurveyLine, ...]


@dataclass(frozen=True, slots=True)
class SurveyItemPage:
    """An item: its sentence, both wordings where it changed, and each group."""

    page: FilePage
    heading: str
    said: str
    change: str
    charts: tuple[Chart, ...]
    groups: tuple[SurveyLine, ...]


def item_page(item: SurveyItem) -> FilePage:
    """The page of an item."""
    return FilePage(f"item/{item.id}.html", item.wording[-1].text)


def survey_home(found: CountedSurvey) -> SurveyHome:
    """The first page: what changed and what did not.

    Examples
    --------
    >>> survey_home(found).claim  # doctest: +SKIP
    '1 of 4 items changed by more than chance explains.'
    """
    now = found.read.waves[-1]
    changes = _changes(found)
    lines = {item.id: _line(found, item, changes.get(item.id)) for item in _asked(found, now)}
    compared = {name: row for name, row in changes.items() if name in lines and row["comparable"]}
    changed = [name for name, row in compared.items() if is_change(row)]
    broken = [name for name, row in changes.items() if name in lines and not row["comparable"]]
    others = [_number_line(found, item) for item in _numbers(found, now)]
    same = [name for name in lines if name not in {*changed, *broken}]
    asked = found.read.questionnaire
    return SurveyHome(
        title=asked.title,
        about=f"{now.wave.id} · {_who(now)}",
        claim=_claim(len(changed), len(compared), found),
        leads=_leads(found),
        changed=tuple(lines[name] for name in changed),
        same=tuple(lines[name] for name in same),
        broken=tuple(lines[name] for name in broken),
        others=tuple(others),
    )


def _who(voices: Voices) -> str:
    said = count_words(voices.count, "respondent")
    if voices.units is not None:
        said += f" of {count_words(len(voices.units.labels), 'organisation')}"
    sent = voices.wave.sent_to
    return f"{said}, {percent_words(voices.count / sent)} of the {sent} asked" if sent else said


def _claim(changed: int, compared: int, found: CountedSurvey) -> str:
    if len(found.read.waves) < 2:
        return "There is one wave, so nothing is compared."
    if not compared:
        return "Nothing can be compared with the wave before."
    if not changed:
        return f"None of the {compared} items that can be compared changed beyond chance."
    return f"{changed} of the {compared} items that can be compared changed beyond chance."


def _leads(found: CountedSurvey) -> str:
    if found.min_base:
        return (
            f"Groups of fewer than {found.min_base} answers are not shown, and neither is what "
            "would give them away."
        )
    return "All groups are shown, however small: look at the base."


def _changes(found: CountedSurvey) -> dict[str, Row]:
    whole = found.frames["changes"].filter(pl.col("group_by") == ALL)
    return {row["item_id"]: row for row in whole.to_dicts()}


def _asked(found: CountedSurvey, now: Voices) -> list[SurveyItem]:
    there = {one.item.id for one in now.items}
    items = found.read.questionnaire.items
    return [one for one in items if one.kind == "scale" and one.id in there]


def _numbers(found: CountedSurvey, now: Voices) -> list[SurveyItem]:
    there = {one.item.id for one in now.items}
    items = found.read.questionnaire.items
    return [one for one in items if one.kind == "numeric" and one.id in there]


def _rows(found: CountedSurvey, table: str, item: SurveyItem) -> list[dict[str, Any]]:
    wave = found.read.waves[-1].wave.id
    return (
        found.frames[table]
        .filter((pl.col("wave") == wave) & (pl.col("item_id") == item.id))
        .to_dicts()
    )


def _line(found: CountedSurvey, item: SurveyItem, change: Row | None) -> SurveyLine:
    (whole,) = (row for row in _rows(found, "items", item) if row["group_by"] == ALL)
    link = FileLink(whole["item"], item_page(item))
    said = change_sentence(item, change) if change else ""
    return SurveyLine(link, share_sentence(item, whole), said)


def _number_line(found: CountedSurvey, item: SurveyItem) -> SurveyLine:
    (whole,) = (row for row in _rows(found, "numeric", item) if row["group_by"] == ALL)
    return SurveyLine(FileLink(whole["item"], FilePage("")), hours_sentence(whole), "")


def item_views(found: CountedSurvey) -> Iterator[SurveyItemPage]:
    """The page of each item on a scale.

    Examples
    --------
    >>> [one.heading for one in item_views(found)]  # doctest: +SKIP
    """
    whole = _changes(found)
    for item in _asked(found, found.read.waves[-1]):
        rows = _rows(found, "items", item)
        line = _line(found, item, whole.get(item.id))
        yield SurveyItemPage(
            page=item_page(item),
            heading=line.about.text,
            said=line.said,
            change=line.change,
            charts=tuple(_charts(found, item, rows)),
            groups=tuple(_groups(found, item, rows)),
        )


def _charts(found: CountedSurvey, item: SurveyItem, rows: list[dict[str, Any]]) -> Iterator[Chart]:
    cuts = list(dict.fromkeys(row["group_by"] for row in rows if row["group_by"] != ALL))
    whole = [row for row in rows if row["group_by"] == ALL]
    for number, cut in enumerate(cuts or [ALL]):
        parts = [*whole, *(row for row in rows if row["group_by"] == cut != ALL)]
        shown = [row for row in parts if not row["suppressed"] and row["base"]]
        if not shown:
            continue
        group = found.read.questionnaire.group(cut)
        name = f" by {group.name.lower()}" if group else ""
        yield opinion_bars(
            f"{item.id}-{number}",
            f"{whole[0]['item']}{name}",
            share_sentence(item, whole[0]),
            [_opinion(row) for row in shown],
            item.polarity,
        )


def _opinion(row: Row) -> Opinion:
    name = "All" if row["group_by"] == ALL else str(row["group"])
    shares = [float(row[key]) for key in ("pct_agree", "pct_neutral", "pct_disagree")]
    agree, neutral, disagree = (percent_words(one / 100) for one in shares)
    words = f"{name} (base {row['base']}): {agree}, {neutral} neither, {disagree} not"
    low, high = float(row["low"]), float(row["high"])
    return Opinion(words, shares[0], shares[1], shares[2], low, high)


def _groups(
    found: CountedSurvey, item: SurveyItem, rows: list[dict[str, Any]]
) -> Iterator[SurveyLine]:
    changes = found.frames["changes"].filter(pl.col("item_id") == item.id)
    by_group = {(row["group_by"], row["group"]): row for row in changes.to_dicts()}
    for row in rows:
        if row["group_by"] != ALL:
            change = by_group.get((row["group_by"], row["group"]))
            said = change_sentence(item, change) if change and change["comparable"] else ""
            yield SurveyLine(FileLink(row["group"], FilePage("")), share_sentence(item, row), said)


def comment_counts(found: CountedSurvey) -> list[tuple[str, str]]:
    """Each question for words, and how many wrote something."""
    now = found.read.waves[-1]
    told = [one for one in now.items if isinstance(one, CommentAnswers)]
    return [(one.wording, count_words(sum(map(bool, one.texts)), "comment")) for one in told]
