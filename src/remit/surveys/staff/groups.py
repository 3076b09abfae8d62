"""Trusts joined by ICB and by kind: mean by responses, range, who is in and who lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final

from remit.model.organisation import TRUST_KINDS
from remit.surveys.between import SMALL_BASE
from remit.surveys.staff.scores import StaffScore, StaffSurvey
from remit.words.sentences import lowered, sentence_case

ALL: Final = "all"
KIND: Final = "kind"
SUBKIND: Final = "kind in detail"
ICB: Final = "icb"
ICB_AND_KIND: Final = "icb and kind"
NOT_KNOWN: Final = "not known"
ONE_TRUST: Final = "one trust: no range"


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """The trusts of a group on one metric.

    ``score`` is the mean of their scores, each weighted by its responses; ``mean_of_trusts`` gives
    each trust one voice. ``as_its_kinds`` is what ``score`` would be if each trust scored as its
    kind does in all trusts together. ``hidden`` are trusts that belong to the group on the
    register's day and have no score.
    """

    metric: str
    group_by: str
    group: str
    name: str
    score: float | None
    responses: int
    trusts: tuple[StaffScore, ...]
    mean_of_trusts: float | None
    as_its_kinds: float | None
    hidden: tuple[StaffScore, ...]

    @property
    def without(self) -> tuple[str, ...]:
        """The codes of those who belong to it and have no score."""
        return tuple(one.code for one in self.hidden)

    @property
    def lowest(self) -> StaffScore | None:
        """The trust with the lowest score."""
        return min(self.trusts, key=_height, default=None)

    @property
    def highest(self) -> StaffScore | None:
        """The trust with the highest score."""
        return max(self.trusts, key=_height, default=None)

    @property
    def note(self) -> str:
        """What is to be known of a figure that rests on little."""
        said = []
        if len(self.trusts) == 1:
            said.append(ONE_TRUST)
        if self.trusts and self.responses < SMALL_BASE:
            said.append(f"small base: under {SMALL_BASE} responses")
        return "; ".join(said)


def _height(one: StaffScore) -> float:
    return one.score if one.score is not None else float("nan")


def staff_groups(survey: StaffSurvey, metric: str) -> list[StaffGroup]:
    """All trusts, each kind, each ICB, and each kind within an ICB, on one metric.

    Parameters
    ----------
    survey
        The scores.
    metric
        A metric of the survey.

    Examples
    --------
    >>> [one.group for one in staff_groups(survey, ENGAGEMENT)][:2]  # doctest: +SKIP
    ['all', 'acute']
    """
    held = survey.of(metric)
    there: dict[_Key, list[StaffScore]] = {}
    lacking: dict[_Key, list[StaffScore]] = {}
    for one in (*held, *_absent(survey, metric, held)):
        for key in _groups_of(one, survey):
            there.setdefault(key, [])
            if one.score is None:
                lacking.setdefault(key, []).append(one)
            else:
                there[key].append(one)
    kinds = {key.group: _mean(members) for key, members in there.items() if key.group_by == KIND}
    return [
        StaffGroup(
            metric,
            key.group_by,
            key.group,
            key.name,
            _mean(members),
            sum(one.responses or 0 for one in members),
            tuple(members),
            _over(members, lambda one: (one.score, 1)),
            _over(members, lambda one: (kinds.get(_kind(one)), one.responses or 0)),
            tuple(lacking.get(key, ())),
        )
        for key, members in sorted(there.items(), key=lambda item: item[0].order)
    ]


@dataclass(frozen=True, slots=True)
class _Key:
    """A group: what trusts are grouped by, its code and its name, and where it stands."""

    group_by: str
    group: str
    name: str
    place: int = 0

    @property
    def order(self) -> tuple[int, int, str]:
        """All first, then kinds in the order of the house, and the rest by code."""
        return (_ORDER.index(self.group_by), self.place, self.group)


_ORDER = (ALL, KIND, SUBKIND, ICB, ICB_AND_KIND)


def _groups_of(one: StaffScore, survey: StaffSurvey) -> Iterator[_Key]:
    kind = _kind(one)
    label = one.kind.label if one.kind else sentence_case(f"kind {NOT_KNOWN}")
    place = TRUST_KINDS.index(one.kind) if one.kind else len(TRUST_KINDS)
    yield _Key(ALL, ALL, "All trusts")
    yield _Key(KIND, kind, label, place)
    yield _Key(SUBKIND, one.subkind or NOT_KNOWN, one.subkind or sentence_case(NOT_KNOWN))
    if one.icb:
        name = survey.icb_name(one.icb)
        yield _Key(ICB, one.icb, name)
        yield _Key(ICB_AND_KIND, f"{one.icb} / {kind}", f"{name}: {lowered(label)}")


def _kind(one: StaffScore) -> str:
    return one.kind.value if one.kind else NOT_KNOWN


def _mean(members: Iterable[StaffScore]) -> float | None:
    """The mean of scores, each weighted by its responses."""
    return _over(members, lambda one: (one.score, one.responses or 0))


def _over(
    members: Iterable[StaffScore], told: Callable[[StaffScore], tuple[float | None, int]]
) -> float | None:
    """A weighted mean; None where nothing has weight, or something has no value."""
    pairs = [told(one) for one in members]
    whole = sum(weight for _, weight in pairs)
    if not whole or any(value is None for value, _ in pairs):
        return None
    return fsum((value or 0.0) * weight for value, weight in pairs) / whole


def _absent(survey: StaffSurvey, metric: str, held: Sequence[StaffScore]) -> Iterator[StaffScore]:
    """Trusts open on the register's day of which, and of whose predecessors, there is no row."""
    codes, register = {one.code for one in held}, survey.register
    for trust in register.trusts(survey.on, fictional=survey.fictional):
        before = {one.code for one in register.predecessors(trust.code)}
        if trust.code in codes or before & codes:
            continue
        icb = register.lead_icb(trust.code, survey.on)
        yield StaffScore(
            metric, trust.code, trust.name_on(survey.on), "trust", trust.kind,
            trust.subkind or "", icb.code if icb else "", None, None, "not_submitted", "", None, "",
        )  # fmt: skip
