"""Closed lists of what may be said: each form has its words and the condition that makes them true.

Whoever has such a list says the first form that holds. A test can try every form on all cases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Facts = TypeVar("Facts")


@dataclass(frozen=True)  # a generic class with slots cannot be frozen in Python 3.11
class SaidForm(Generic[Facts]):
    """A form of what may be said: when it holds, and its words.

    Examples
    --------
    >>> SaidForm[int]("none", lambda count: not count, lambda _: "nobody").says(0)
    'nobody'
    """

    name: str
    holds: Callable[[Facts], bool]
    says: Callable[[Facts], str]


def first_said(forms: Sequence[SaidForm[Facts]], facts: Facts) -> str:
    """The words of the first form that holds; nothing where none does.

    Examples
    --------
    >>> none = SaidForm[int]("none", lambda count: not count, lambda _: "nobody")
    >>> some = SaidForm[int]("some", lambda _: True, lambda count: f"{count} people")
    >>> first_said((none, some), 3)
    '3 people'
    """
    return next((form.says(facts) for form in forms if form.holds(facts)), "")
