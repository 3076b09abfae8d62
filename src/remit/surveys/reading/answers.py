"""Answers as small codes: what everything that counts a survey works on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from remit.model.questionnaire import Questionnaire, Scale, SurveyItem, Wave
from remit.surveys.reading.exports import Rejection

Codes = npt.NDArray[np.uint8]
Labels = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float64]
Ticks = npt.NDArray[np.bool_]

NOT_ASKED: Final = 0
BLANK: Final = 1
DONT_KNOW: Final = 2
INVALID: Final = 3
ANSWER: Final = 4
"""The code of a scale's first answer; the others follow in their order."""


@dataclass(frozen=True, slots=True)
class ScaleAnswers:
    """An item on a scale: one code a respondent."""

    item: SurveyItem
    wording: str
    scale: Scale
    codes: Codes


@dataclass(frozen=True, slots=True)
class MultiAnswers:
    """An item of which several answers may be ticked: respondents by options."""

    item: SurveyItem
    wording: str
    options: tuple[str, ...]
    ticked: Ticks
    codes: Codes
    """``ANSWER`` where something is ticked."""


@dataclass(frozen=True, slots=True)
class NumberAnswers:
    """An item with a number; ``codes`` say where there is one."""

    item: SurveyItem
    wording: str
    values: Numbers
    codes: Codes


@dataclass(frozen=True, slots=True)
class CommentAnswers:
    """What people wrote; an empty text where they wrote nothing."""

    item: SurveyItem
    wording: str
    texts: tuple[str, ...]


ItemAnswers = ScaleAnswers | MultiAnswers | NumberAnswers | CommentAnswers


@dataclass(frozen=True, slots=True)
class Cut:
    """A way to part the respondents: labels by number, −1 where none is given."""

    id: str
    name: str
    labels: tuple[str, ...]
    codes: Labels


@dataclass(frozen=True, slots=True)
class Voices:
    """All answers of one wave: each respondent once."""

    wave: Wave
    ids: tuple[str, ...]
    places: tuple[tuple[str, int], ...]
    """File and line of each respondent."""
    units: Cut | None
    weights: Numbers | None
    cuts: Mapping[str, Cut]
    items: Sequence[ItemAnswers]
    rows_read: int

    @property
    def count(self) -> int:
        """How many respondents there are."""
        return len(self.places)


@dataclass(slots=True)
class SurveyRead:
    """A survey as it was read: the waves in their order, and what is not counted."""

    questionnaire: Questionnaire
    waves: list[Voices] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fictional: bool = False
