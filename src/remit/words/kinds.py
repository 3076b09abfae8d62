"""Kinds of organisation inside sentences."""

from __future__ import annotations

from collections.abc import Iterable

from remit.model.organisation import SubjectKind
from remit.words.sentences import listed


def kinds_in_words(kinds: Iterable[str | SubjectKind]) -> str:
    """Kinds as a list of words.

    >>> kinds_in_words(["acute", SubjectKind.AMBULANCE])
    'acute trusts and ambulance trusts'
    """
    return listed([f"{SubjectKind(kind).label.lower()}s" for kind in kinds])


def bodies_in_words(kinds: Iterable[SubjectKind]) -> str:
    """What organisations of these kinds are called together: trusts of every kind are trusts.

    >>> bodies_in_words([SubjectKind.ACUTE, SubjectKind.AMBULANCE, SubjectKind.ICB])
    'trusts and integrated care boards'
    """
    boards = kinds_in_words([SubjectKind.ICB])
    named = (boards if kind is SubjectKind.ICB else "trusts" for kind in kinds)
    return listed(sorted(dict.fromkeys(named), reverse=True))
