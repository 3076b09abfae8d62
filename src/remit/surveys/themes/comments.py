"""The comments of a survey: each with its place in the export, and safe to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from remit.asks.intake.personal import load_personal
from remit.asks.screening.publishing import PublicScreen, Published
from remit.model.codebook import Codebook
from remit.model.questionnaire import plain
from remit.register.load import load_register
from remit.surveys.reading.answers import CommentAnswers, SurveyRead, Voices

CommentKey = tuple[str, int, str]
"""File, line and item: what tells a comment."""


@dataclass(frozen=True, slots=True)
class SurveyComment:
    """One comment: where it stands, what it says without what tells of people, who wrote it."""

    wave: str
    item: str
    wording: str
    file: str
    line: int
    published: Published
    groups: Mapping[str, str]
    """Group of the questionnaire → value; the respondent's number is in none."""
    place: int
    """The respondent among those of the wave."""

    @property
    def key(self) -> CommentKey:
        """File, line and item."""
        return self.file, self.line, self.item

    @property
    def text(self) -> str:
        """What it says, without what tells of people."""
        return self.published.text


@dataclass(frozen=True, slots=True)
class CommentsRead:
    """The comments of a survey, and how many cells said that there is nothing to say."""

    comments: tuple[SurveyComment, ...]
    unsaid: Mapping[tuple[str, str], int]
    """Wave and item → how many."""

    @property
    def nothing(self) -> int:
        """How many of all."""
        return sum(self.unsaid.values())


def comments_of(read: SurveyRead, codebook: Codebook) -> CommentsRead:
    """All comments of all waves, in the order of the export.

    Parameters
    ----------
    read
        The answers.
    codebook
        What counts as saying nothing stands in it.
    """
    screen = _screen(read)
    unsaid = {plain(one) for one in codebook.nothing}
    found: list[SurveyComment] = []
    nothing: Counter[tuple[str, str]] = Counter()
    for voices in read.waves:
        for answers in voices.items:
            if isinstance(answers, CommentAnswers):
                for one in _each(voices, answers, screen):
                    if plain(one.text) in unsaid or not any(map(str.isalnum, one.text)):
                        nothing[voices.wave.id, answers.item.id] += 1
                    else:
                        found.append(one)
    return CommentsRead(tuple(found), nothing)


def _each(voices: Voices, answers: CommentAnswers, screen: PublicScreen) -> Iterator[SurveyComment]:
    for place, text in enumerate(answers.texts):
        if not text.strip():
            continue
        file, line = voices.places[place]
        groups = {
            name: cut.labels[cut.codes[place]] if cut.codes[place] >= 0 else ""
            for name, cut in voices.cuts.items()
        }
        published = screen.screen(text.strip())
        yield SurveyComment(
            voices.wave.id, answers.item.id, answers.wording, file, line, published, groups, place
        )


def _screen(read: SurveyRead) -> PublicScreen:
    """What knows the register's organisations, and those of the export with its places."""
    asked = read.questionnaire.respondent
    register = load_register()
    names = [register.get(code).name for code in sorted(register.codes)]
    units = [one for voices in read.waves if voices.units for one in voices.units.labels]
    places = [
        label
        for voices in read.waves
        for name, cut in voices.cuts.items()
        if name not in {asked.role, asked.kind}
        for label in cut.labels
    ]
    return PublicScreen(load_personal(), [*names, *units], [*places, *units])
