"""From what likelihood on a match counts, refitted on what people of a register decided.

A threshold moves only where decisions that had no part in choosing it bear it out: its precision
on them is no lower than that of the one that comes with Remit, and it does better there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations

from remit.asks.register.decisions import decisions
from remit.asks.register.learning import accepted_names, next_number
from remit.asks.register.register import AskRegister
from remit.asks.register.thresholds import DecidedMatch, Fit, fitted
from remit.model.ask import AskDecision, AskRelation
from remit.model.errors import AskError

LEAST = 50
"""From so many decisions on a threshold is refitted."""
NAMES = ("sure_from", "related_threshold", "duplicate_threshold")


@dataclass(frozen=True, slots=True)
class LearntThresholdRow:
    """A threshold of this register, with what it was fitted on and how right it was there."""

    number: int
    name: str
    value: float
    shipped: float
    decisions: int
    before: float
    after: float
    low: float
    high: float
    fitted_on: date


def shipped() -> dict[str, float]:
    """The thresholds that come with Remit, by name.

    >>> sorted(shipped())
    ['duplicate_threshold', 'related_threshold', 'sure_from']
    """
    from remit.asks.matching.answered import load_answer_model
    from remit.asks.matching.pair_model import load_pair_model

    pairs = load_pair_model()
    return {
        "sure_from": load_answer_model().sure_from,
        "related_threshold": pairs.related_threshold,
        "duplicate_threshold": pairs.duplicate_threshold,
    }


def thresholds_learnt(register: AskRegister) -> list[LearntThresholdRow]:
    """The thresholds that were refitted, also those that have lapsed."""
    fields = tuple(LearntThresholdRow.__dataclass_fields__)
    rows = register.table("LearntThreshold").order_by("number").values_list(*fields)
    return [LearntThresholdRow(*row) for row in rows]


def thresholds_in_force(register: AskRegister) -> dict[str, float]:
    """Those that were fitted against what comes with Remit now."""
    found = thresholds_learnt(register)
    own = shipped() if found else {}
    return {one.name: one.value for one in found if own.get(one.name) == one.shipped}


def counted(register: AskRegister) -> dict[str, int]:
    """How many decisions bear on each threshold: asks that are answered, and pairs."""
    kept = decisions(register)
    pairs = _pairs(kept)
    related = sum(relation is not None for relation in pairs.values())
    return dict(zip(NAMES, (len(_answered(kept)), len(pairs), related), strict=True))


def refit(register: AskRegister, on: date) -> list[Fit]:
    """Refit each threshold of which there are decisions enough, and keep those that do better.

    One that does no better is as it comes with Remit again.
    """
    with register.all_or_nothing():
        fits = [fitted(name, shipped()[name], judged, LEAST) for name, judged in _judged(register)]
        for fit in fits:
            register.table("LearntThreshold").filter(name=fit.name).delete()
            if fit.is_kept:
                kept = {name: value for name, value in asdict(fit).items() if name in _KEPT}
                row = {"number": next_number(register), "fitted_on": on}
                register.append("LearntThreshold", [row | kept])
    return fits


def drop_threshold(register: AskRegister, number: int) -> str:
    """Take a threshold back: it is as it comes with Remit again; its name.

    Raises
    ------
    AskError
        If none of this number was refitted.
    """
    found = register.table("LearntThreshold").filter(number=number)
    with register.all_or_nothing():
        name = found.values_list("name", flat=True).first()
        if name is None:
            raise AskError(f"no threshold was refitted as {number}; see: remit asks learnt")
        found.delete()
    return str(name)


_KEPT = ("name", "value", "shipped", "decisions", "before", "after", "low", "high")


def _judged(register: AskRegister) -> Iterable[tuple[str, list[DecidedMatch]]]:
    """For each threshold what the models said of what was decided, and whether it was so."""
    from remit.asks.matching.judged import judged_answers, judged_pairs

    kept, asks, names = decisions(register), register.asks(), accepted_names(register)
    answers = _answered(kept)
    first = judged_answers([ask for ask in asks if ask.ask_id in answers], names)
    yield (
        "sure_from",
        [
            DecidedMatch(likely, found == answers[ask_id], ask_id)
            for ask_id, (found, likely) in first.items()
        ],
    )
    pairs = _pairs(kept)
    said = judged_pairs(asks, pairs.keys(), names)
    group = _groups(pairs)
    yield (
        "related_threshold",
        [
            DecidedMatch(said[pair].related, relation is not None, group[pair[0]])
            for pair, relation in pairs.items()
        ],
    )
    yield (
        "duplicate_threshold",
        [
            DecidedMatch(said[pair].duplicate, relation is AskRelation.DUPLICATE, group[pair[0]])
            for pair, relation in pairs.items()
            if relation is not None
        ],
    )


def _answered(kept: Sequence[AskDecision]) -> dict[str, str]:
    """Ask → the publication that answers it; of several decisions the last."""
    return {one.ask_ids[0]: one.publication for one in kept if one.publication}


def _pairs(kept: Sequence[AskDecision]) -> dict[tuple[str, str], AskRelation | None]:
    """Pair → how it relates, None where it is distinct; of several decisions the last."""
    found: dict[tuple[str, str], AskRelation | None] = {}
    for one in kept:
        if one.kind != "answered":
            for pair in combinations(sorted(one.ask_ids), 2):
                found[pair] = None if one.kind == "split" else one.relation
    return found


def _groups(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Ask → the first of all asks with which it hangs together: they are held out together."""
    head: dict[str, str] = {}

    def top(ask: str) -> str:
        while head.setdefault(ask, ask) != ask:
            head[ask] = head[head[ask]]
            ask = head[ask]
        return ask

    for a, b in pairs:
        first, second = sorted((top(a), top(b)))
        head[second] = first
    return {ask: top(ask) for ask in list(head)}
