"""Identifiers without names of people, the same wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from remit.annual.folder import AnnualFolder
from remit.annual.letters import LetterBlock, LetterText
from remit.annual.rows import PlacedRecord
from remit.annual.screening import people_redactor

if TYPE_CHECKING:
    from pydantic import BaseModel

_DIGIT = re.compile(r"[0-9]")
_STRUCK = re.compile(r"\[name\](?:[._-]?\[name\])*")


def unnamed(name: str) -> str:
    """An identifier in which ``name`` stands for the name of a person.

    >>> [unnamed(one) for one in ("ZB1-waits-1", "View-of-Amit-Patel")]
    ['ZB1-waits-1', 'View-of-name']
    """
    # Most differ in their numbers alone, and a number makes no name.
    return name if _holds_no_name(_DIGIT.sub("1", name)) else _struck(name)


@lru_cache(maxsize=10_000)
def _holds_no_name(form: str) -> bool:
    return _struck(form) == form


def _struck(name: str) -> str:
    told = _STRUCK.sub("name", people_redactor().redact(name).text)
    # What looks like a number of a person is none in an identifier.
    return name if "[" in told else told


class NewIdentifiers:
    """What identifiers are called where they are passed on; each stays one of its own.

    Parameters
    ----------
    names
        The identifiers of an assessment that may hold names of people.
    """

    def __init__(self, names: Iterable[str]) -> None:
        asked = list(names)
        taken = set(asked)
        self.changed: dict[str, str] = {}
        for name in asked:
            if (new := unnamed(name)) != name:
                number = 1
                while (one := new if number == 1 else f"{new}-{number}") in taken:
                    number += 1
                taken.add(one)
                self.changed[name] = one

    def of(self, name: str) -> str:
        """What one is called; also one that nothing bears."""
        return self.changed.get(name) or (unnamed(name) if name else "")

    def within(self, text: str) -> str:
        """A text in which those that are changed are called so; several stand apart by signs."""
        for old in sorted(self.changed, key=len, reverse=True):
            if old in text:
                text = re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", self.changed[old], text)
        return text

    def folder(self, folder: AnnualFolder) -> AnnualFolder:
        """An assessment whose findings, evidence and concerns are called so."""
        return replace(
            folder,
            evidence=self._keyed(folder.evidence, "finding"),
            findings=self._keyed(folder.findings, "evidence", "counter"),
            concerns=tuple(self._record(one, "id", "finding") for one in folder.concerns),
            replies=tuple(self._record(one, "finding") for one in folder.replies),
            letters={code: self._letter(one) for code, one in folder.letters.items()},
        )

    def _keyed(self, records: Mapping[str, PlacedRecord[Any]], *keys: str) -> dict[str, Any]:
        """Records by what they are called; evidence that is shown nowhere keeps its name."""
        found = {}
        for name, placed in records.items():
            one = self._record(placed, *keys)
            if new := self.changed.get(name):
                one = replace(one, record=one.record.model_copy(update={"id": new}))
            found[new or name] = one
        return found

    def _record(self, placed: PlacedRecord[Any], *keys: str) -> PlacedRecord[Any]:
        record: BaseModel = placed.record
        told = {}
        for key in keys:
            held = getattr(record, key)
            new = self.of(held) if isinstance(held, str) else tuple(map(self.of, held))
            if held and new != held:
                told[key] = new
        return replace(placed, record=record.model_copy(update=told)) if told else placed

    def _letter(self, letter: LetterText) -> LetterText:
        return replace(letter, blocks=tuple(map(self._block, letter.blocks)))

    def _block(self, block: LetterBlock) -> LetterBlock:
        said = tuple(
            replace(one, findings=tuple(map(self.of, one.findings))) for one in block.statements
        )
        return replace(block, text=self.within(block.text), statements=said)
