"""The pages of a survey as view models: its findings with links and charts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remit.model.questionnaire import Meaning, SurveyItem
from remit.pages.drawing.answer_bars import AnswerBar, middle_bars, share_bars
from remit.pages.drawing.charts import Chart
from remit.pages.drawing.opinion_bars import Opinion, opinion_bars
from remit.pages.frame.file_pages import FileLink, FilePage
from remit.surveys.asked import side_words
from remit.surveys.cuts import ALL
from remit.surveys.findings import SaidGroup, SaidItem, SaidSurvey, cut_name, rows_of
from remit.surveys.sentences import hours_sentence, share_sentence, share_words, ticks_sentence
from remit.surveys.writing import CountedSurvey
from remit.words.figures import trimmed_words
from remit.words.sentences import lowered

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A row of a table: what it is about, and what is said."""

    about: FileLink
    said: str
    change: str


@dataclass(frozen=True, slots=True)
class SurveyPart:
    """The items of one standing, such as those that changed."""

    id: str
    heading: str
    lines: tuple[SurveyLine, ...]


@dataclass(frozen=True, slots=True)
class SurveyCut:
    """A way in which an item is cut: its chart, if anything of it is shown, and its groups."""

    name: str
    chart: Chart | None
    groups: tuple[SaidGroup, ...]


@dataclass(frozen=True, slots=True)
class SurveyItemPage:
    """An item: its sentence, both wordings where it changed, and each cut."""

    page: FilePage
    of: SaidItem
    cuts: tuple[SurveyCut, ...]


_NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")


def item_pages(said: SaidSurvey) -> dict[str, FilePage]:
    """The page of each item by its identifier; one that is not asked any more has none.

    Identifiers are anybody's words: a page is named by what of them a file may be called, and
    names are told apart where a disk does not know small letters from capital ones.
    """
    found: dict[str, FilePage] = {}
    met: Counter[str] = Counter()
    for one in said.items:
        name = _NO_NAME.sub("-", one.id).strip("-") or "item"
        met[name.casefold()] += 1
        while met[name.casefold()] > 1:
            name += f"-{met[name.casefold()]}"
            met[name.casefold()] += 1
        path = "" if one.standing == "gone" else f"item/{name}.html"
        found[one.id] = FilePage(path, one.wording)
    return found


def survey_parts(said: SaidSurvey) -> list[SurveyPart]:
    """The first page: what changed and what did not, each with how many items.

    Examples
    --------
    >>> [part.heading for part in survey_parts(said)]  # doctest: +SKIP
    ['What changed (1)', 'What did not change beyond chance (3)']
    """
    pages = item_pages(said)
    return [
        SurveyPart(
            standing,
            f"{heading} ({len(items)})",
            tuple(
                SurveyLine(FileLink(one.wording, pages[one.id]), one.said, one.change)
                for one in items
            ),
        )
        for standing, heading, items in said.parts()
    ]


def item_views(found: CountedSurvey, said: SaidSurvey) -> Iterator[SurveyItemPage]:
    """The page of each item that is asked now.

    Examples
    --------
    >>> [one.of.wording for one in item_views(found, said)]  # doctest: +SKIP
    """
    pages = item_pages(said)
    declared = {one.id: one for one in found.read.questionnaire.items}
    for one in said.items:
        if one.standing != "gone":
            page = pages[one.id]
            cuts = tuple(_cuts(found, one, declared[one.id], Path(page.path).stem))
            yield SurveyItemPage(page, one, cuts)


def _cuts(found: CountedSurvey, said: SaidItem, item: SurveyItem, stem: str) -> Iterator[SurveyCut]:
    """Each way in which the item is cut, the whole first in its chart; or the whole alone."""
    rows = rows_of(found, item)
    cuts = list(dict.fromkeys(row["group_by"] for row in rows if row["group_by"] != ALL))
    for number, cut in enumerate(cuts or [ALL]):
        name = cut_name(found, cut)
        groups = tuple(one for one in said.groups if one.cut == cut)
        yield SurveyCut(name, _chart(f"{stem}-{number}", rows, cut, name, item), groups)


def _chart(
    chart_id: str, rows: Sequence[Row], cut: str, name: str, item: SurveyItem
) -> Chart | None:
    shown = [
        row
        for row in rows
        if row["group_by"] in {ALL, cut} and not row["suppressed"] and row["base"]
    ]
    if not shown:
        return None
    draw = {"scale": _opinions, "multi": _choices, "numeric": _middles}[item.kind]
    by = "" if cut == ALL else f" by {lowered(name)}"
    return draw(chart_id, f"{shown[0]['item']}{by}", shown, item)


def _opinions(chart_id: str, title: str, rows: Sequence[Row], item: SurveyItem) -> Chart:
    said = share_sentence(item, rows[0])
    finding = said if rows[0]["group_by"] == ALL else f"{_name(rows[0])}: {said}"
    return opinion_bars(
        chart_id, title, finding, [_opinion(row, item) for row in rows], item.polarity
    )


_MEANINGS: tuple[Meaning, ...] = ("agree", "neutral", "disagree")


def _opinion(row: Row, item: SurveyItem) -> Opinion:
    shares = [float(row[f"pct_{means}"]) for means in _MEANINGS]
    said = ", ".join(
        f"{share_words(share)} {side_words(item, means)}"
        for share, means in zip(shares, _MEANINGS, strict=True)
    )
    words = f"{_name(row)} (base {row['base']:,}): {said}"
    low, high = float(row["low"]), float(row["high"])
    return Opinion(words, shares[0], shares[1], shares[2], low, high)


def _choices(chart_id: str, title: str, rows: Sequence[Row], _: SurveyItem) -> Chart:
    """One bar an option and group; the options that most of all ticked come first."""
    every = [row for row in rows if row["group_by"] == rows[0]["group_by"]]
    order = {row["option"]: place for place, row in
             enumerate(sorted(every, key=lambda row: -row["n"]))}  # fmt: skip
    return share_bars(
        chart_id,
        title,
        ticks_sentence(every),
        [
            AnswerBar(
                f"{row['option']}: {_name(row)} (base {row['base']:,}) {share_words(row['pct'])}",
                0.0,
                *(float(row[key]) for key in ("pct", "low", "high")),
            )
            for row in sorted(rows, key=lambda row: order.get(row["option"], len(order)))
        ],
    )


def _middles(chart_id: str, title: str, rows: Sequence[Row], _: SurveyItem) -> Chart:
    said = hours_sentence(rows[0])
    finding = said if rows[0]["group_by"] == ALL else f"{_name(rows[0])}: {said}"
    return middle_bars(chart_id, title, finding, [_middle(row) for row in rows])


def _middle(row: Row) -> AnswerBar:
    low, middle, high = (float(row[key]) for key in ("lower_quartile", "median", "upper_quartile"))
    words = (
        f"{_name(row)} (base {row['base']:,}): {trimmed_words(middle, 1)}, middle half "
        f"{trimmed_words(low, 1)} to {trimmed_words(high, 1)}"
    )
    return AnswerBar(words, low, high, middle, middle)


def _name(row: Row) -> str:
    return "All" if row["group_by"] == ALL else str(row["group"])
