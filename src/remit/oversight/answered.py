"""Which things that sides said of a plan are answered: each on its own, by who settles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.oversight.plan_told import ViewTold

REMARKS = frozenset({"comment", "correct"})
"""The acts that say something which is to be answered."""
ANSWERS = {"taken": "Taken", "not-taken": "Not taken"}
"""The kind of an answer → what it is called; one that is not taken needs words."""


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
