"""Words that look like names and that a person has found to be none."""

from __future__ import annotations

from collections.abc import Collection

from remit.asks.register.register import AskRegister
from remit.records import now


def accept(register: AskRegister, words: Collection[str]) -> int:
    """Keep words as no names of persons, so that no list has them again; how many are new.

    >>> accept(register, ["Preston"])  # doctest: +SKIP
    1
    """
    wanted = {" ".join(word.split()).lower() for word in words if word.strip()}
    new = wanted - accepted(register)
    with register.all_or_nothing():
        for word in sorted(new):
            register.table("AcceptedWord").create(word=word, accepted_at=now())
    return len(new)


def accepted(register: AskRegister) -> frozenset[str]:
    """The words that were accepted, in small letters."""
    return frozenset(register.table("AcceptedWord").values_list("word", flat=True))
