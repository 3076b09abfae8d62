"""Comments as quotes: chosen by a person, without people, and beside them who as many others are.

A quote carries role and kind of organisation where enough respondents of the wave share both. Else
it carries one of the two, or neither. What it does not carry tells something too: who is told as
"a medical director" is one of those whose role and kind are rare together. So the number that is
asked for must be there among these, and a quote that cannot have it is withheld. Where nothing
tells the organisation, all who share a role and a kind may be of one: then it carries neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from remit.model.questionnaire import Respondent
from remit.surveys.reading.answers import SurveyRead, Voices
from remit.surveys.themes.comments import SurveyComment

RARE = "too few respondents of the wave could have said it"
NO_UNIT = "no column tells the organisations, and all alike may be of one"
LITTLE = "too little is left without what tells of people"
_LEFT = 3
"""Words that must be left, and as many times as many as were taken out."""


@dataclass(frozen=True, slots=True)
class SaidBy:
    """What a quote says of who said it; both empty where it says nothing."""

    role: str
    kind: str
    alike: int
    """How many respondents of the wave it could be."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote that may be printed."""

    comment: SurveyComment
    said_by: SaidBy
    chosen_by: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A comment that was chosen as a quote and is none, and why."""

    comment: SurveyComment
    reason: str


_NEITHER = ((False, False),)
_ALL = ((True, True), (True, False), (False, True), *_NEITHER)
"""Whether a quote takes role and kind, in the order in which it is tried."""


def bearings(voices: Voices, asked: Respondent) -> list[SaidBy | None]:
    """What a quote of each respondent of a wave may say of them; None where it may not be at all.

    Parameters
    ----------
    voices
        The respondents of the wave.
    asked
        Which groups are role and kind, and how many must be alike.
    """
    roles = _labels(voices, asked.role)
    kinds = _labels(voices, asked.kind)
    unit = voices.units.codes.tolist() if voices.units else [-1] * voices.count
    found: list[SaidBy | None] = [None] * voices.count
    open_ones = list(range(voices.count))
    for takes_role, takes_kind in _ALL if voices.units else _NEITHER:
        said = {
            one: (roles[one] if takes_role else "", kinds[one] if takes_kind else "")
            for one in open_ones
        }
        many = Counter(said.values())
        # As many of one organisation tell which one it is; a blank cell is not another one.
        known = {(pair, unit[one]) for one, pair in said.items() if unit[one] >= 0}
        units = Counter(pair for pair, _ in known)
        for one, pair in said.items():
            told = (not takes_role or pair[0]) and (not takes_kind or pair[1])
            several = units[pair] > 1 or voices.units is None
            if told and many[pair] >= asked.alike and several:
                found[one] = SaidBy(*pair, many[pair])
        open_ones = [one for one in open_ones if found[one] is None]
    return found


def _labels(voices: Voices, group: str) -> Sequence[str]:
    cut = voices.cuts.get(group)
    if cut is None:
        return [""] * voices.count
    return [cut.labels[code] if code >= 0 else "" for code in cut.codes]


def quotes_of(
    read: SurveyRead,
    comments: Sequence[SurveyComment],
    chosen: Mapping[tuple[str, int, str], list[str]],
) -> Iterator[Quote | Withheld]:
    """The comments that were chosen, each as a quote or with the reason why it is none.

    Parameters
    ----------
    read
        The answers.
    comments
        The comments of all waves.
    chosen
        SurveyComment → who chose it.
    """
    asked = read.questionnaire.respondent
    allowed = {voices.wave.id: bearings(voices, asked) for voices in read.waves}
    for comment in comments:
        if comment.key not in chosen:
            continue
        bearing = allowed[comment.wave][comment.place]
        if bearing is None:
            yield Withheld(comment, RARE)
        elif _says_little(comment):
            yield Withheld(comment, LITTLE)
        else:
            yield Quote(comment, bearing, ", ".join(chosen[comment.key]))


def _says_little(comment: SurveyComment) -> bool:
    taken = sum(comment.published.taken.values())
    words = [word for word in comment.text.split() if "[" not in word]
    return bool(taken) and len(words) < _LEFT * taken
