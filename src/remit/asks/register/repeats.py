"""What a file says otherwise of asks that the register has already: it is told, and not taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from remit.asks.register.batches import batched
from remit.asks.register.completing import edited_by_people
from remit.asks.register.keys import sealed_key
from remit.asks.register.register import AskRegister
from remit.records import plain

if TYPE_CHECKING:
    from remit.asks.intake.candidate import Candidate, FileRead
    from remit.model.observation import Rejection

_HELD_AGAINST = (
    *("to_org_code", "to_org_name", "from_body", "from_team", "channel", "received_on", "due_on"),
    *("period_from", "period_to", "frequency", "hours_estimate"),
)
"""Texts are not among them: of these no more is kept than their words."""


def differing(register: AskRegister, again: Mapping[str, Candidate]) -> list[str]:
    """A note on what is there already and differs from the register; none where nothing does.

    What somebody has edited since is no difference of the file.

    Parameters
    ----------
    register
        The open register.
    again
        Sealed key → what came once more.

    Examples
    --------
    >>> differing(register, {})  # doctest: +SKIP
    []
    """
    found = [names for names in _differences(register, again) if names]
    if not found:
        return []
    named = ", ".join(name for name in _HELD_AGAINST if any(name in names for names in found))
    differs = "1 is there already, but differs" if len(found) == 1 else (
        f"{len(found)} are there already, but differ")  # fmt: skip
    return [
        f"{differs} in: {named}; nothing of it was changed. To replace: remit asks undo, then "
        "import again (undo takes back the last import); or change one with remit asks edit"
    ]


def _differences(register: AskRegister, again: Mapping[str, Candidate]) -> Iterator[list[str]]:
    edited = edited_by_people(register)
    for keys in batched(list(again)):
        rows = register.table("Ask").filter(key__in=keys)
        for key, ask_id, *values in rows.values_list("key", "ask_id", *_HELD_AGAINST):
            yield [
                name
                for name, kept in zip(_HELD_AGAINST, values, strict=True)
                if plain(getattr(again[key], name)) != kept and (ask_id, name) not in edited
            ]


def told_if_there(register: AskRegister, read: FileRead) -> Sequence[Rejection]:
    """The rejected rows of a file; one that the register has already says so."""
    sealed = {place: sealed_key(register, key) for place, key in read.rejected_keys.items()}
    kept: dict[str, str] = {}
    for keys in batched(list(sealed.values())):
        kept |= dict(register.table("Ask").filter(key__in=keys).values_list("key", "ask_id"))
    return [
        replace(one, reason=f"{one.reason} (the register has this row already, as {there})")
        if (there := kept.get(sealed.get((one.file, one.line), "")))
        else one
        for one in read.rejections
    ]
