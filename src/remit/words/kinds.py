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
