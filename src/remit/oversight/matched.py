"""What the matcher says of some asks: which are the same, which overlap, which are published."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from remit.asks.matching.frames import Frame, make_frames
from remit.model.ask import Ask, AskAnswer, AskDecision, AskPair, AskRelation, AskSeries
from remit.model.learnt import NOTHING_LEARNT, Learnt


@dataclass(frozen=True, slots=True)
class Matched:
    """Asks taken apart, the pairs among them, and what publications answer."""

    frames: tuple[Frame, ...]
    pairs: tuple[AskPair, ...]
    answers: tuple[AskAnswer, ...]
    series: tuple[AskSeries, ...] = ()
    notes: tuple[str, ...] = ()
    """What is to be told of asks that are known by their facets only."""

    def cliques(self, ids: Sequence[str]) -> list[tuple[str, ...]]:
        """Groups of two or more, among some asks, that are duplicates of each other."""
        head = {id_: id_ for id_ in ids}

        def top(id_: str) -> str:
            while head[id_] != id_:
                head[id_] = head[head[id_]]
                id_ = head[id_]
            return id_

        for pair in self.pairs:
            known = pair.ask_a in head and pair.ask_b in head
            if known and pair.is_sure_duplicate:
                head[top(pair.ask_b)] = top(pair.ask_a)
        groups: dict[str, list[str]] = {}
        for id_ in ids:
            groups.setdefault(top(id_), []).append(id_)
        return [tuple(group) for group in groups.values() if len(group) > 1]

    def elsewhere(self, ask_id: str, ids: Collection[str]) -> list[str]:
        """Duplicates of an ask that others received: ``DA0029 of QX9``; ``ids`` are one's own."""
        recipients = {frame.ask.ask_id: frame.ask.to_org_code for frame in self.frames}
        same = [
            pair.ask_b if pair.ask_a == ask_id else pair.ask_a
            for pair in self.pairs
            if pair.is_sure_duplicate and ask_id in {pair.ask_a, pair.ask_b}
        ]
        return [f"{id_} of {recipients[id_]}" for id_ in sorted(same) if id_ not in ids]

    def is_decided(self, ask_id: str, others: Collection[str]) -> bool:
        """Whether a person decided that an ask is the same as one of some others."""
        return any(
            pair.decided_by == "person"
            and pair.relation is AskRelation.DUPLICATE
            and ask_id in {pair.ask_a, pair.ask_b}
            and not {pair.ask_a, pair.ask_b}.isdisjoint(set(others) - {ask_id})
            for pair in self.pairs
        )

    def series_of(self, ask_id: str) -> str:
        """The series that an ask is one of; empty where it is of none."""
        return next((one.series_id for one in self.series if ask_id in one.ask_ids), "")

    def is_repeated(self, ask_id: str, ids: Collection[str]) -> bool:
        """Whether a later ask of the same series is among some asks."""
        return any(
            later in ids
            for one in self.series
            if ask_id in one.ask_ids
            for later in one.ask_ids[one.ask_ids.index(ask_id) + 1 :]
        )

    def overlapping(self, ask_id: str) -> dict[str, str]:
        """The asks that overlap one or may be the same, with the reason in words."""
        return {
            (pair.ask_b if pair.ask_a == ask_id else pair.ask_a): pair.reason
            for pair in self.pairs
            if not pair.is_sure_duplicate and ask_id in {pair.ask_a, pair.ask_b}
        }


def match_asks(
    asks: Sequence[Ask],
    decisions: Sequence[AskDecision] = (),
    learnt: Learnt = NOTHING_LEARNT,
) -> Matched:
    """Match the asks of a file or a register, with what people decided about them.

    Parameters
    ----------
    asks, decisions
        The asks, and what was decided.
    learnt
        What a register has learnt from decisions.

    Examples
    --------
    >>> match_asks([]).answers
    ()
    """
    from remit.asks.matching import match
    from remit.asks.matching.learnt_names import learnt_names

    found = match(asks, decisions, learnt=learnt)
    return Matched(
        tuple(make_frames(asks, names=learnt_names(learnt.names))),
        tuple(found.pairs),
        tuple(found.answers),
        tuple(found.series),
        found.notes,
    )
