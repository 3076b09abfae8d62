"""What became of last year's open concerns, dropped and unanswered ones too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from remit.annual.carrying import concerns_for, not_listed
from remit.annual.folder import AnnualFolder
from remit.annual.identifiers import unnamed
from remit.annual.screening import screened
from remit.annual.succession import heirs
from remit.model.annual_records import Concern

NOT_ANSWERED, TAKEN_OUT = "not answered", "taken out of the list"
_ALWAYS = ("closed", "continued")
_ORDER = (*_ALWAYS, "dropped", NOT_ANSWERED, TAKEN_OUT)


@dataclass(frozen=True, slots=True)
class ConcernAnswer:
    """A concern of last year under an ICB that has it now, and what became of it."""

    icb: str
    from_icb: str
    concern: str
    statement: str
    became: str
    """``closed``, ``continued``, ``dropped``, ``not answered`` or ``taken out of the list``."""
    finding: str
    reason: str

    @property
    def said(self) -> str:
        """What became of it in words: ``dropped: no reason is given``."""
        where = f" in {self.finding}" if self.finding and self.became in _ALWAYS else ""
        reason = self.reason.strip().rstrip(".")
        if self.became == "dropped":
            return f"dropped: {reason or 'no reason is given'}"
        return f"{self.became}{where}{f': {reason}' if reason else ''}"


def answers_by_icb(folder: AnnualFolder) -> dict[str, tuple[ConcernAnswer, ...]]:
    """The concerns of last year that each ICB has now, in the order of their identifiers.

    What an ICB that merged or was divided left open stands under each that has its work.

    Examples
    --------
    ``[one.said for one in answers_by_icb(read_assessment(Path("north")))["ZB1"]]``
    """
    found: dict[str, list[ConcernAnswer]] = {code: [] for code in folder.icbs}
    for placed in folder.concerns:
        for code in heirs(folder, placed.record.icb):
            became = placed.record.became or NOT_ANSWERED
            found[code].append(_answer(placed.record, code, became))
    names = tuple(one.name for one in folder.icbs.values())
    for one in not_listed(folder):
        # It stands in last year's folder alone, whose texts are as people wrote them.
        kept = one.model_copy(
            update={"id": unnamed(one.id), "statement": screened(one.statement, names)}
        )
        found[one.icb].append(_answer(kept, one.icb, TAKEN_OUT))
    return {
        code: tuple(sorted(mine, key=lambda one: (one.concern, one.from_icb)))
        for code, mine in found.items()
    }


def answers_between(last: AnnualFolder, now: AnnualFolder) -> list[ConcernAnswer]:
    """Last year's open concerns under the ICBs of this year, each with what became of it."""
    answers = {(one.record.id, one.record.icb): one.record for one in now.concerns}
    found = []
    for one in concerns_for(last, lambda code: heirs(now, code)):
        told = answers.get((one.id, one.icb)) or answers.get((one.id, one.from_icb))
        said = told or one
        answer = _answer(said, one.icb, said.became or NOT_ANSWERED)
        found.append(replace(answer, from_icb=one.from_icb, statement=one.statement))
    return found


def _answer(one: Concern, code: str, became: str) -> ConcernAnswer:
    former = one.icb if one.icb != code else one.from_icb
    return ConcernAnswer(code, former, one.id, one.statement, became, one.finding, one.reason)


def counts_of(answers: Sequence[ConcernAnswer]) -> str:
    """How many of some concerns became what.

    >>> counts_of([])
    'none'
    """
    told = [one.became for one in answers]
    said = [f"{told.count(name)} {name}" for name in _ORDER if name in told or name in _ALWAYS]
    return f"{', '.join(said)}, of {len(answers)}" if answers else "none"


def left_open(answers: Iterable[ConcernAnswer]) -> list[str]:
    """The concerns that no finding closes or continues, each with what became of it."""
    return [f"{one.concern}, {one.said}" for one in answers if one.became not in _ALWAYS]


def replies_in_words(outcomes: Sequence[str]) -> str:
    """How many replies of a round of factual accuracy had which outcome.

    >>> replies_in_words(["refused", "accepted", "accepted"])
    '2 accepted, 1 refused'
    """
    names = ("accepted", "corrected", "refused", "open")
    told = [f"{outcomes.count(name)} {name}" for name in names if name in outcomes]
    return ", ".join(told) or "none"
