"""The UIDs of events as they may be written: some programs make them of somebody's address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from remit.asks.intake.personal import Redactor
from remit.asks.screening.vocabulary import Kind

_JOINTS = re.compile(r"[\s._/\\@+,;:=|()<>{}\[\]\"-]+")
_LIKE_ADDRESSES = re.compile(r"[^\W\d_][.\s][^\W\d_]")
_CODE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_DIGITS = "0123456789"
_LONG = 7
"""Letters of a word that is no abbreviation: ``perf-rev`` is no person, ``bramwellina-zoot`` is."""


class Uids:
    """Tells which UIDs could name somebody.

    Parameters
    ----------
    redactor
        What knows words from names.
    addresses
        The addresses of those who are invited to any event of the file.

    Examples
    --------
    >>> from remit.asks.intake.personal import load_personal
    >>> uids = Uids(Redactor(load_personal()))
    >>> uids.written("perf-rev@merrow.example")
    'perf-rev@merrow.example'
    >>> uids.written("fenellana.gorringeby-1@nhs.net")[:4]
    'uid-'
    """

    def __init__(self, redactor: Redactor, addresses: Iterable[str] = ()) -> None:
        self._redactor = redactor
        self._invited = {_bare(address) for address in addresses}
        self._known: dict[str, str] = {}

    def written(self, uid: str) -> str:
        """A UID as it is, or a digest in its place; always the same one for a UID."""
        if uid not in self._known:
            self._known[uid] = digest_of(uid) if self._could_name(uid) else uid
        return self._known[uid]

    def _could_name(self, uid: str) -> bool:
        if _bare(uid) in self._invited and not self._redactor.is_clean(_bare(uid).title()):
            return True
        local = _CODE.sub("", _local(uid))
        words = [word for part in _JOINTS.split(local) if (word := _word(part))]
        if len(words) < 2 or self._redactor.is_clean(" ".join(words)):
            return False
        # Dashes join abbreviations too, so that there one word must be a name, or long.
        return bool(_LIKE_ADDRESSES.search(local)) or any(map(self._is_name, words))

    def _is_name(self, word: str) -> bool:
        if self._redactor.vocabulary.kind(word) & Kind.FORENAME:
            return True
        return len(word) >= _LONG and not self._redactor.is_clean(word)


def digest_of(uid: str) -> str:
    """What stands in the place of a UID."""
    return f"uid-{hashlib.sha256(uid.encode()).hexdigest()[:24]}"


def _local(address: str) -> str:
    """What stands before the last @, or all where there is none."""
    return address.rpartition("@")[0] or address


def _bare(address: str) -> str:
    """The part of an address before the @, without what tells it from others of one name."""
    return _local(address.lower()).rstrip(f"{_DIGITS}-_.+")


def _word(part: str) -> str:
    """A part of letters, written as a name; what has digits before its end is a code."""
    bare = part.strip(_DIGITS) if part[:1].isalpha() else part
    return part.rstrip(_DIGITS).title() if bare.replace("'", "").replace("’", "").isalpha() else ""
