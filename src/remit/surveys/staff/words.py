"""What the scores of the Staff Survey say, in sentences that are true of them."""

from __future__ import annotations

from collections.abc import Sequence

from remit.model.organisation import TRUST_KINDS
from remit.surveys.between import SMALL_BASE
from remit.surveys.staff.groups import ALL, ICB, KIND, StaffGroup
from remit.surveys.staff.scores import StaffSurvey
from remit.words.days import day_words
from remit.words.figures import number_words, signed_words
from remit.words.names import kind_words, short_icb_name, short_trust_name
from remit.words.sentences import count_words, listed, range_words

_PLACES = 2


def score_of_ten(score: float | None) -> str:
    """A score as it is told: two decimals, as the publisher's own pages have.

    >>> score_of_ten(6.8631)
    '6.86'
    """
    return number_words(score, _PLACES)


def base_words(group: StaffGroup) -> str:
    """On how much a figure rests: ``8,639 responses in 2 trusts``."""
    small = ", a small base" if group.trusts and group.responses < SMALL_BASE else ""
    said = count_words(group.responses, "response")
    return f"{said} in {count_words(len(group.trusts), 'trust')}{small}"


def group_range(group: StaffGroup) -> str:
    """The lowest and highest trust of a group, or why there is no range."""
    low, high = group.lowest, group.highest
    if low is None or high is None:
        return "no trust has a score"
    if low is high:
        return group.note
    return range_words(
        f"{score_of_ten(low.score)} ({short_trust_name(low.name)})",
        f"{score_of_ten(high.score)} ({short_trust_name(high.name)})",
    )


def staff_claim(survey: StaffSurvey, metric: str, groups: Sequence[StaffGroup]) -> str:
    """The finding: how high, and how far kinds and ICBs lie apart."""
    (whole,) = [one for one in groups if one.group_by == ALL]
    name = survey.metrics[metric].name.partition(": ")[2] or survey.metrics[metric].name
    said = f"{name[0].upper()}{name[1:]} was {score_of_ten(whole.score)} out of 10 in {survey.year}"
    apart = [
        _apart(words, [one for one in groups if one.group_by == by])
        for words, by in (("kinds of trust", KIND), ("ICBs", ICB))
    ]
    told = "; ".join(one for one in apart if one)
    return f"{said}: {base_words(whole)}.{f' {told[0].upper()}{told[1:]}.' if told else ''}"


def _apart(words: str, groups: Sequence[StaffGroup]) -> str:
    """``ICBs lie from 6.30 (Mid and South Essex) to 7.17 (…)``; nothing of fewer than two."""
    scored = sorted(
        ((one.score, _named(one)) for one in groups if one.score is not None),
        key=lambda one: one[0],
    )
    if len(scored) < 2:
        return ""
    (low, least), (high, most) = scored[0], scored[-1]
    return f"{words} lie from {score_of_ten(low)} ({least}) to {score_of_ten(high)} ({most})"


def _named(group: StaffGroup) -> str:
    """A group inside a sentence: several trusts of a kind, or a short ICB."""
    kind = next((one for one in TRUST_KINDS if one.value == group.group), None)
    return kind_words(kind) if kind else short_icb_name(group.name)


def staff_leads(groups: Sequence[StaffGroup]) -> str:
    """How far trusts of one ICB lie apart, beside how far ICBs do."""
    icbs = [one for one in groups if one.group_by == ICB and one.score is not None]
    scores = [one.score for one in icbs if one.score is not None]
    if len(scores) < 2:
        return ""
    between = max(scores) - min(scores)
    wide = [one for one in icbs if (_inside(one) or 0.0) > between]
    return (
        f"In {len(wide)} of {count_words(len(icbs), 'ICB')} the trusts lie further apart than the "
        f"ICBs do ({score_of_ten(between)})."
    )


def _inside(group: StaffGroup) -> float | None:
    low, high = group.lowest, group.highest
    if low is None or high is None or low.score is None or high.score is None:
        return None
    return high.score - low.score


def kinds_words(group: StaffGroup) -> str:
    """A score beside what the group's kinds of trust would give: ``−0.63 against 6.93``."""
    if group.score is None or group.as_its_kinds is None:
        return "–"
    apart = signed_words(group.score - group.as_its_kinds, _PLACES)
    return f"{apart} against {score_of_ten(group.as_its_kinds)}"


def kinds_sentence(group: StaffGroup) -> str:
    """The same as a sentence; empty where there is no score."""
    if group.score is None or group.as_its_kinds is None:
        return ""
    apart, given = group.score - group.as_its_kinds, score_of_ten(group.as_its_kinds)
    if score_of_ten(abs(apart)) == score_of_ten(0.0):
        return f"That is what its kinds of trust would give, {given}."
    side = "above" if apart > 0 else "below"
    return f"That is {score_of_ten(abs(apart))} {side} what its kinds of trust would give, {given}."


def without_words(group: StaffGroup) -> str:
    """Who belongs to a group and has no score."""
    if not group.without:
        return ""
    has = "has" if len(group.without) == 1 else "have"
    return f"{listed(list(group.without))} {has} no score."


def staff_method(survey: StaffSurvey) -> list[tuple[str, tuple[str, ...]]]:
    """The method in parts: a heading, and its sentences."""
    others = {one.code: one.whose for one in survey.scores}
    trusts = sum(whose == "trust" for whose in others.values())
    own = sum(whose == "icb_staff" for whose in others.values())
    rest = len(others) - trusts - own
    return [
        (
            "What is joined",
            (
                "An ICB's score is the mean of its trusts' scores, each weighted by its responses: "
                "each response counts once, whoever the employer is. It is not what the "
                "publisher would print for the ICB, which weights by occupation.",
                "The plain mean, each trust one voice, stands beside it in groups.csv.",
                f"ICB and kind of trust are those of the register on {day_words(survey.on)}. A "
                "trust that had closed by then stands under the ICB of who has its work.",
                "“As its kinds” is the score if each trust scored as all trusts of its kind "
                "do together: kinds differ, and an ICB may look low or high for its kinds alone.",
            ),
        ),
        (
            "Who is in",
            (
                f"{count_words(trusts, 'trust')}, with every response that the file counts.",
                f"The own staff of {count_words(own, 'ICB')} and "
                f"{count_words(rest, 'other organisation')} (support units, social enterprises) "
                "stand in organisations.csv and in no group.",
            ),
        ),
        (
            "How sure",
            (
                "The file prints no spread of answers, so no score has an interval here. Its base "
                "stands beside each.",
                f"A base under {SMALL_BASE} is marked as small; a group of one trust has no range.",
                "A score of fewer than 10 responses is not shown by the publisher, and stays so.",
                "No year is held against another: the publisher weights earlier years again with "
                "each new one, and the file of one year does not compare with that of the last.",
            ),
        ),
        (
            "Sources",
            tuple(
                f"{one.publication_name}: {one.file_name}, {one.licence}." for one in survey.sources
            ),
        ),
    ]
