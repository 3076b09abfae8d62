"""Which things that sides said of a plan are answered: each on its own, by who settles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

REMARKS = frozenset({"comment", "correct"})
"""The acts that say something which is to be answered."""
ANSWERS = {"taken": "Taken", "not-taken": "Not taken"}
"""The kind of an answer → what it is called; one that is not taken needs words."""


VIEW_WORDS = {
    "comment": "Comment",
    "correct": "Correction of a fact",
    "dissent": "Dissent",
    "give-back": "Given back, because",
    "ask-again": "Asked again, because",
    "reviewed-on": "Review",
    "found-kept": "Review: kept",
    "found-partly": "Review: partly kept",
    "found-not": "Review: not kept",
}
"""The act by which something was said → what it is called."""


@dataclass(frozen=True, slots=True)
class ViewTold:
    """What a side said, of which version and item."""

    by: str
    kind: str
    version: int
    item: str
    text: str
    on: date | None
    shown: bool = True
    """Whether the other sides see it."""
    number: int = 0
    """By which an answer names it."""
    answer: str = ""
    """``taken`` or ``not-taken``; blank where there is none."""
    why: str = ""
    """The words of the answer."""

    @property
    def words(self) -> str:
        """What it is called."""
        return VIEW_WORDS.get(self.kind, self.kind)

    @property
    def is_remark(self) -> bool:
        """Whether it is to be answered."""
        return self.kind in REMARKS

    @property
    def answer_words(self) -> str:
        """What was answered and why; blank where nothing was."""
        told = ANSWERS.get(self.answer, "")
        return f"{told}: {self.why}" if told and self.why != told else told


def answer_to(number: int) -> str:
    """Of what an answer is, in the place where others name an item.

    >>> answer_to(12)
    'said-12'
    """
    return f"said-{number}"


def with_answers(views: Iterable[ViewTold]) -> tuple[ViewTold, ...]:
    """What was said, each remark with its newest answer; the answers are no remarks of their own.

    Parameters
    ----------
    views
        All that was said, oldest first, answers among it.

    Examples
    --------
    >>> with_answers([])
    ()
    """
    rows = list(views)
    newest = {one.item: one for one in rows if one.kind in ANSWERS}
    said = []
    for one in rows:
        if one.kind not in ANSWERS:
            answer = newest.get(answer_to(one.number)) if one.kind in REMARKS else None
            said.append(replace(one, answer=answer.kind, why=answer.text) if answer else one)
    return tuple(said)


def unanswered(views: Iterable[ViewTold]) -> tuple[ViewTold, ...]:
    """The comments and corrections of facts that were neither taken nor refused.

    A change of the item that they speak of is no answer: it may be another's wish.

    Parameters
    ----------
    views
        What was said, with the answers.

    Examples
    --------
    >>> unanswered([])
    ()
    """
    return tuple(one for one in views if one.kind in REMARKS and not one.answer)
