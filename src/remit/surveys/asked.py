"""What was asked, item by item: wordings by wave, answers, polarity, routing; and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remit.model.questionnaire import Meaning, Questionnaire, SurveyItem
from remit.surveys.comparing import ItemDifference, compare_questionnaires
from remit.surveys.loading import load_scales
from remit.surveys.reading.answers import SurveyRead
from remit.words.sentences import listed, sentence_case

_NEWS = {
    "good": "agreement is good news",
    "bad": "agreement is bad news",
    "neither": "agreement is neither good nor bad news",
}
_SIDES: dict[str, dict[Meaning, str]] = {
    "agree": {"agree": "agree", "neutral": "neither", "disagree": "disagree"},
    "increased": {"agree": "increased", "neutral": "the same", "disagree": "decreased"},
    "yes": {"agree": "yes", "neutral": "neither", "disagree": "no"},
}


@dataclass(frozen=True, slots=True)
class AskedWording:
    """How an item is worded, and in which waves."""

    waves: str
    text: str


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item as a reader of the questionnaire is told of it."""

    id: str
    wordings: tuple[AskedWording, ...]
    answers: str
    news: str
    routing: str

    @property
    def now(self) -> str:
        """Its last wording."""
        return self.wordings[-1].text

    @property
    def lines(self) -> list[str]:
        """Its answers, polarity and routing as sentences."""
        said = filter(None, (self.answers, self.news, self.routing))
        return [f"{sentence_case(one)}." for one in said]


def asked_items(asked: Questionnaire) -> list[AskedItem]:
    """The items of a questionnaire in their order.

    Examples
    --------
    >>> from remit.surveys import load_questionnaire
    >>> items = asked_items(load_questionnaire("demo/people/sample-survey.yaml"))
    >>> [one.waves for one in items[3].wordings], items[2].news
    (['2025', '2026'], 'agreement is bad news')
    """
    return [
        AskedItem(
            item.id,
            tuple(
                AskedWording(", ".join(one.waves) or "every wave", one.text) for one in item.wording
            ),
            _answers(asked, item),
            _NEWS[item.polarity] if item.kind == "scale" else "",
            _routing(asked, item),
        )
        for item in asked.items
    ]


def _answers(asked: Questionnaire, item: SurveyItem) -> str:
    if item.kind == "comment":
        return "words of one's own"
    if item.kind == "multi":
        options = "; ".join(item.options)
        return f"any of: {options}" if options else "any of several options"
    if item.kind == "numeric":
        ends = [
            f"from {item.least:g}" if item.least is not None else "",
            f"to {item.most:g}" if item.most is not None else "",
        ]
        return " ".join(["a number", *filter(None, ends)])
    scale = asked.scales.get(item.scale) or load_scales().get(item.scale)
    if scale is None:
        return item.scale
    sides: dict[str, list[str]] = {}
    for one in scale.answers:
        sides.setdefault(side_words(item, one.means), []).append(one.label)
    told = [f"{listed(labels)} ({side})" for side, labels in sides.items()]
    unknown = "; don’t know is in the base" if scale.dont_know_in_base else ""
    return f"{'; '.join(told)}{unknown}"


def side_words(item: SurveyItem, means: Meaning) -> str:
    """The side of a scale on which an answer counts, as it is said of an item.

    >>> said = {"id": "a", "kind": "scale", "scale": "change-3", "says": "increased"}
    >>> side_words(SurveyItem(**said, wording=({"text": "A"},)), "disagree")
    'decreased'
    """
    return _SIDES[item.says][means]


def _routing(asked: Questionnaire, item: SurveyItem) -> str:
    if item.routing is None:
        return ""
    before = {one.id: one.wording[-1].text for one in asked.items}
    question = before.get(item.routing.item, item.routing.item)
    return f"asked of who answered {listed(list(item.routing.answers), 'or')} to “{question}”"


def asked_differences(read: SurveyRead) -> list[ItemDifference]:
    """What became of each item from the wave before to the last one; nothing of a single wave."""
    if len(read.waves) < 2:
        return []
    before, now = (one.wave.id for one in read.waves[-2:])
    return compare_questionnaires(read.questionnaire, read.questionnaire, (before, now))


def group_lines(asked: Questionnaire) -> Iterator[str]:
    """The groups by which results are cut, with their values where they are declared."""
    for group in asked.groups:
        values = f": {', '.join(group.values)}" if group.values else ""
        yield f"{group.name}{values}"
