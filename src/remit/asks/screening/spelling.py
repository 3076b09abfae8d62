"""Words as they are compared: small letters, no accents, no apostrophes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ł": "l", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word in small letters, without accents and apostrophes: ``O'Dálaigh`` → ``odalaigh``."""
    if word.isascii():
        return word.lower().replace("'", "")
    apart = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.translate(_LETTERS).replace("’", "").replace("'", "").replace("ʼ", "")


def composed(text: str) -> str:
    """A text whose accents are part of their letters, without invisible characters."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


@lru_cache(maxsize=20_000)
def is_latin(word: str) -> bool:
    """Whether a word is written in Latin letters."""
    return word.isascii() or all(
        unicodedata.name(letter, "").startswith(("LATIN", "COMBINING", "MODIFIER", "DIGIT"))
        or not letter.isalnum()
        for letter in word
    )


def count_of(words: Iterable[str], text: str) -> int:
    """How often any of the words, or of several together, stands whole in a text, in any case."""
    wanted = [re.escape(composed(word.strip())) for word in words if word.strip()]
    if not wanted:
        return 0
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", re.IGNORECASE)
    return sum(1 for _ in pattern.finditer(composed(text)))
