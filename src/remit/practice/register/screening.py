"""Texts of a register are kept without names of people: a contact is a role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from remit.asks.intake.personal import Redactor, load_personal
from remit.model.practice_records import Practice, PracticeAdoption

if TYPE_CHECKING:
    from pydantic import BaseModel

    RecordT = TypeVar("RecordT", bound=BaseModel)

_ADDRESS = re.compile(r"(https?://[^\s@]+)")
"""An address of a page, which a source may be; one with an @ in it is somebody's."""
_TEXTS = ("name", "what", "problem", "aim", "cost", "contact", "source")


class Screen:
    """Takes names, numbers and addresses of people out of texts, as asks are kept.

    Parameters
    ----------
    known
        Words that look like somebody's name and are none.

    Examples
    --------
    >>> Screen()("Priya, head of improvement"), Screen()("see https://www.england.nhs.uk/")
    ('[name], head of improvement', 'see https://www.england.nhs.uk/')
    """

    def __init__(self, known: Sequence[str] = ()) -> None:
        self._redactor = Redactor(load_personal()).knowing(known)

    def __call__(self, text: str) -> str:
        """The text without them."""
        pieces = _ADDRESS.split(text)
        return "".join(piece if at % 2 else self._between(piece) for at, piece in enumerate(pieces))

    def _between(self, piece: str) -> str:
        """What stands between two addresses, with the space that parts it from them."""
        words = piece.strip()
        return piece.replace(words, self._redactor.redact(words).text) if words else piece

    def record(self, found: RecordT) -> tuple[RecordT, list[tuple[str, str]]]:
        """A record without them, and the keys where there were some with what is kept."""
        changed = {}
        if isinstance(found, Practice | PracticeAdoption):
            texts = {key: getattr(found, key) for key in _TEXTS if hasattr(found, key)}
            changed = {key: kept for key, text in texts.items() if (kept := self(text)) != text}
        struck = [(key, str(kept)) for key, kept in changed.items()]
        update: dict[str, object] = dict(changed)
        if isinstance(found, Practice) and found.evidence:
            items = [
                one.model_copy(update={"what": self(one.what), "source": self(one.source)})
                for one in found.evidence
            ]
            pairs = zip(items, found.evidence, strict=True)
            struck += [("evidence", one.what) for one, was in pairs if one != was]
            update["evidence"] = tuple(items)
        return found.model_copy(update=update), struck
