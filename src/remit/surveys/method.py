"""How a survey was made and counted, in sentences: who answered, weights, design effect, limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from remit.surveys.between import SMALL_BASE
from remit.surveys.cuts import ALL
from remit.surveys.findings import least_base_words, who_words
from remit.surveys.intervals import SIGNIFICANT
from remit.surveys.reading.answers import ScaleAnswers, Voices
from remit.surveys.responses import response_lines
from remit.surveys.writing import CountedSurvey
from remit.words.figures import number_words, trimmed_words
from remit.words.sentences import count_words, listed, lowered, sentence_case


@dataclass(frozen=True, slots=True)
class MethodPart:
    """A part of the method note: its heading, and what it says."""

    heading: str
    lines: tuple[str, ...]


METHOD_CLAIM = (
    "Every share stands beside its base and its interval; a change is called one only where chance "
    "does not explain it."
)
"""The method in one sentence."""


def method_note(found: CountedSurvey) -> list[MethodPart]:
    """The method note, part by part.

    Examples
    --------
    >>> [part.heading for part in method_note(found)]  # doctest: +SKIP
    ['Who answered', 'How shares are counted', 'Weights', 'What is left out', 'Limits']
    """
    parts = {
        "Who answered, and who did not": _who(found),
        "How shares are counted": _counting(found),
        "Weights and several voices of one organisation": _weights(found),
        "What is left out": _left_out(found),
        "Limits": _limits(found),
    }
    return [MethodPart(heading, tuple(lines)) for heading, lines in parts.items()]


def _who(found: CountedSurvey) -> Iterator[str]:
    read = found.read
    for voices in read.waves:
        yield f"{voices.wave.id}: {who_words(voices)}{_circumstances(voices)}."
    if "responses" in found.frames:
        names = {one.id: one.name for one in read.questionnaire.groups}
        yield from response_lines(found.frames["responses"], names)
        return
    yield "By kind of respondent it is not told who did not answer: no file says who was asked."
    unknown = [one.wave.id for one in read.waves if not one.wave.sent_to]
    if unknown:
        yield (
            f"How many were asked in {listed(unknown)} is not declared (sent_to), so that there is "
            "no response rate."
        )


def _circumstances(voices: Voices) -> str:
    wave = voices.wave
    said = [
        f"asked in {wave.fieldwork}" if wave.fieldwork else "",
        f"mode: {lowered(wave.mode)}" if wave.mode else "",
        f"asked by {wave.owner}" if wave.owner else "",
    ]
    return "".join(f"; {one}" for one in said if one)


def _counting(found: CountedSurvey) -> Iterator[str]:
    yield (
        "The base is who gave an answer of the scale; who does not know, said nothing or said "
        "something else is in no share."
    )
    inside = [
        one.wording
        for one in found.read.waves[-1].items
        if isinstance(one, ScaleAnswers) and one.scale.dont_know_in_base
    ]
    if inside:
        yield f"Of these items who does not know is in the base: {listed(inside)}."
    yield (
        "Intervals are Wilson's, at 95%. They tell of chance alone, and not of who did not answer."
    )
    yield (
        f"The whole is held against the wave before by the test of two shares at "
        f"{trimmed_words(100 * SIGNIFICANT)}%; groups are corrected for how many are compared "
        "(Benjamini and Hochberg)."
    )
    yield (
        "Each group is held against all others by Rao and Scott's test, with weights and clusters, "
        "corrected for all groups of a cut over all items (Holm). A base under "
        f"{SMALL_BASE} on either side is said to be small."
    )
    yield (
        "Where the wording or the scale changed, nothing is compared, and both wordings are shown."
    )
    yield least_base_words(found.min_base)


def _weights(found: CountedSurvey) -> Iterator[str]:
    weights = found.read.questionnaire.weights
    ways = [
        "the weights of the export" if weights.column else "",
        "one voice for each organisation" if weights.one_voice_per else "",
        f"raking to known numbers by {listed(list(weights.targets))}" if weights.targets else "",
    ]
    used = [one for one in ways if one]
    if used:
        yield f"Weighted figures have {listed(used)}."
        yield "Shares in sentences and charts are unweighted."
    else:
        yield "No weights are declared: every respondent counts as one."
    yield from _design_effects(found)


def _design_effects(found: CountedSurvey) -> Iterator[str]:
    """How much wider the interval of the whole is for weights and several voices."""
    now = found.read.waves[-1]
    shown = pl.col("design_effect").is_not_null()
    whole = found.frames["weighted"].filter(
        (pl.col("wave") == now.wave.id) & (pl.col("group_by") == ALL) & shown
    )
    if not whole.height:
        return
    low, middle, high = (
        number_words(whole["design_effect"].quantile(one, "linear"), 1) for one in (0.0, 0.5, 1.0)
    )
    several = (
        "Respondents of one organisation are taken together (a cluster). "
        if now.units is not None
        else "No column says for whom a respondent speaks, so that each counts for themselves. "
    )
    yield (
        f"{several}The design effect in {now.wave.id} is {middle} for the middle item of "
        f"{whole.height}, from {low} to {high}: the variance of a share against that of a simple "
        "random sample of the same base."
    )


def _left_out(found: CountedSurvey) -> Iterator[str]:
    rows = left_out(found)
    if not rows:
        yield "No row and no cell of the exports is left out."
    for reason, count in rows:
        yield f"{count_words(count, 'row or cell', 'rows and cells')}: {reason}."


def left_out(found: CountedSurvey) -> list[tuple[str, int]]:
    """The reasons for which rows and cells are not counted, each with how many."""
    counts: dict[str, int] = {}
    for one in found.read.rejections:
        # A reason may name the line of another row, which tells nobody but its owner anything.
        reason = one.reason.partition(" (line ")[0]
        counts[reason] = counts.get(reason, 0) + 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _limits(found: CountedSurvey) -> Iterator[str]:
    read = found.read
    yield "Who did not answer may think otherwise; no interval tells by how much."
    if "responses" not in found.frames and not any(one.wave.sent_to for one in read.waves):
        yield "Where nobody knows who was asked, answers are those of who chose to give them."
    if len(read.waves) > 1:
        yield (
            "Waves are not the same people: a change may be one of who answered. That the same "
            "person answers twice in two waves is not counted in."
        )
    modes = {one.wave.mode for one in read.waves if one.wave.mode}
    owners = {one.wave.owner for one in read.waves if one.wave.owner}
    for what, said in (("mode", modes), ("owner", owners)):
        if len(said) > 1:
            yield sentence_case(
                f"the {what} of the survey changed between waves ({listed(sorted(said))}), which "
                "may move answers by itself."
            )
