"""Asks whose answer is published: up to three candidates for each, and how sure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from remit.asks.matching.answer_facts import Facts, facts_of, is_board, level_of, said_of
from remit.asks.matching.entry_reader import EntryMatch
from remit.asks.matching.frames import Frame
from remit.asks.matching.lexicon_files import lexicon_file
from remit.catalogue import load_entries
from remit.model.ask import AnswerState, AskAnswer
from remit.model.entry import CatalogueEntry
from remit.model.errors import DeclarationError
from remit.model.wants import AnswerModel
from remit.words.figures import data_number

ANSWER_FEATURES = (
    "score",
    "other_score",
    "beside_others",
    "beside_next",
    "measured",
    "left_out",
    "spoken",
    "numbers",
    "held",
    "numbers_in_title",
    "past",
    "period_said",
    "level",
)
INTERCEPT = "intercept"
CANDIDATES = 3
_WITHOUT_LEVEL = 0.85
"""What is left of the score of a publication that has no figures of the one who is asked about."""
_REPEATS = 0.9
"""The same where its figures stand in another publication first."""
_PART_LEFT_OUT = 0.5


@dataclass(frozen=True, slots=True)
class AnswerCandidate:
    """A publication for an ask, with what was checked and what the model is told."""

    entry: CatalogueEntry
    match: EntryMatch
    facts: Facts
    score: float


def answered(frames: Sequence[Frame], sure_from: float | None = None) -> list[AskAnswer]:
    """Up to three publications for every ask, best first; only ``sure`` ones answer it.

    Whether an ask is answered hangs on facts: whether a number is asked for, whether the
    publication has figures of the organisation and the length of period, whether the period is
    over. How sure it is comes from a small model on those facts and on how well the words fit.
    ``sure_from`` stands in for the model's own where a register has learnt another.
    """
    model = load_answer_model()
    if sure_from is not None:
        model = model.model_copy(update={"sure_from": sure_from})
    return [answer for frame in frames for answer in _of_ask(frame, model)]


def candidates(frame: Frame) -> list[AnswerCandidate]:
    """Up to three publications that an ask may be about, best first."""
    entries, board = load_entries(), is_board(frame)
    found: list[tuple[float, str, EntryMatch, bool | None]] = []
    for match in frame.entries:
        entry = entries.get(match.id)
        if entry is None or not entry.kind.answers:
            continue
        level = level_of(entry, match, board)
        score = match.score * (1.0 if level is not False else _WITHOUT_LEVEL)
        score *= _REPEATS if entry.repeats_others else 1.0
        found.append((-score, entry.id, match, level))
    found.sort(key=itemgetter(0, 1))
    return [
        AnswerCandidate(entries[id_], match, facts_of(frame, entries[id_], level), -score)
        for score, id_, match, level in found[:CANDIDATES]
    ]


def features_of(frame: Frame, found: Sequence[AnswerCandidate]) -> list[float]:
    """What the model is told of the best candidate; in the order of ``ANSWER_FEATURES``."""
    best, entries = found[0], load_entries()
    others = [one.score for one in frame.entries if not entries[one.id].kind.answers]
    other = max(others, default=0.0) + 1
    following = (found[1].score if len(found) > 1 else 0.0) + 1
    score = best.score + 1
    return [
        math.log(score),
        math.log(other),
        math.log(score / other),
        math.log(score / following),
        best.match.measured,
        best.match.left_out,
        best.match.spoken,
        float(frame.wants.numbers),
        float(frame.wants.held),
        float(frame.wants.numbers_in_title),
        {True: 1.0, False: -1.0, None: 0.0}[best.facts.period_over],
        float(bool(frame.spans)),
        float(best.facts.level is True),
    ]


@cache
def load_answer_model() -> AnswerModel:
    """The model of how sure an answer is.

    Raises
    ------
    DeclarationError
        If it has other features than those that are computed.
    """
    file = lexicon_file("remit/answer-model/1")
    model = file.validate(AnswerModel)
    if wrong := sorted(set(model.weights) ^ {*ANSWER_FEATURES, INTERCEPT}):
        raise DeclarationError(file.fault(["weights"], f"unknown or missing: {', '.join(wrong)}"))
    return model


def likelihood(features: Sequence[float], model: AnswerModel) -> float:
    """How likely the best candidate is to hold a number that is asked for."""
    weights = model.weights
    total = weights[INTERCEPT] + sum(
        weights[name] * value for name, value in zip(ANSWER_FEATURES, features, strict=True)
    )
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


def likely_first(frame: Frame, found: Sequence[AnswerCandidate], model: AnswerModel) -> float:
    """How likely the best candidate answers an ask; little where no number is asked for."""
    likely = likelihood(features_of(frame, found), model)
    return likely if found[0].facts.number_asked else min(likely, model.perhaps_from)


def _of_ask(frame: Frame, model: AnswerModel) -> Iterator[AskAnswer]:
    found = candidates(frame)
    if not found:
        return
    likely = likely_first(frame, found, model)
    for rank, one in enumerate(found, start=1):
        share = likely * one.score / found[0].score if rank > 1 else likely
        yield _answer(frame, one, rank, share, _state(rank, share, one.facts, model))


def _state(rank: int, likely: float, facts: Facts, model: AnswerModel) -> AnswerState:
    if rank == 1 and likely >= model.sure_from and facts.allow_sure:
        return AnswerState.SURE
    possible = likely >= model.perhaps_from and facts.number_asked
    return AnswerState.PERHAPS if possible else AnswerState.NO


def _answer(
    frame: Frame, one: AnswerCandidate, rank: int, likely: float, state: AnswerState
) -> AskAnswer:
    measure = one.entry.measures[one.match.measure].says if one.match.measure >= 0 else ""
    return AskAnswer(
        ask_id=frame.ask.ask_id,
        publication=one.entry.id,
        rank=rank,
        confidence=data_number(likely, 2),
        state=state,
        coverage=None if state is AnswerState.NO else _coverage(frame, one),
        reason="; ".join([f"nearest: {measure}", *said_of(one.facts, one.entry, frame)]),
        name=one.entry.name,
        measure=measure,
        out_on=one.facts.out_on,
        out_by_due=one.facts.out_by_due,
    )


def _coverage(frame: Frame, one: AnswerCandidate) -> str:
    """``full`` where nothing but numbers is wanted, and in no finer cut than is published.

    A trajectory, a plan or a list beside the numbers leaves part of an answer to be written.
    """
    wants = frame.wants
    beside = wants.held or wants.narrative or wants.finer
    rest = beside or one.match.left_out >= _PART_LEFT_OUT
    return "part" if rest else "full"
