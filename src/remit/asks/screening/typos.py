"""Whether an unknown word is an ordinary word, written wrongly or put together."""

from __future__ import annotations

from functools import cache, lru_cache

from remit.asks.screening.lists import sorted_words
from remit.asks.screening.vocabulary import hand_words, is_declared

_SHORTEST, _LONG, _VERY_LONG, _LONGEST = 5, 7, 10, 30
_PREFIXES = ("un", "re", "non", "pre", "post", "de", "over", "under", "sub", "multi", "inter",
             "anti", "micro", "neuro", "tele", "out", "mis", "co", "cardio", "hyper", "hypo",
             "semi")  # fmt: skip
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ness", "able", "ful", "less", "ised")


@lru_cache(maxsize=20_000)
def is_plausible(base: str) -> bool:
    """Whether a word in small letters is a known word with a slip, or made of known ones.

    >>> is_plausible("seperately"), is_plausible("rutendo")
    (True, False)
    """
    if len(base) > _LONGEST:
        return False
    if _is_made(base):
        return True
    if len(base) < _SHORTEST:
        return False
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = 1 if len(base) < _LONG else 2
    near = process.extractOne(
        base, _frequent(len(base), base[0]), scorer=OSA.distance, score_cutoff=most
    )
    return near is not None and (near[1] < 2 or near[0][:2] == base[:2] or len(base) >= _VERY_LONG)


def _is_made(base: str) -> bool:
    """``rebased``, ``timepoints``, ``wardbased``."""
    for ending in _ENDINGS:
        stem = base.removesuffix(ending)
        if stem != base and len(stem) > 2 and (_is_word(stem) or _is_word(stem + "e")):
            return True
    for prefix in _PREFIXES:
        rest = base.removeprefix(prefix)
        if rest != base and len(rest) > 3 and _is_common(rest):
            return True
    return any(_is_common(base[:cut]) and _is_common(base[cut:]) for cut in range(4, len(base) - 3))


def _is_common(word: str) -> bool:
    return word in sorted_words("common") or is_declared(word)


def _is_word(word: str) -> bool:
    return word in sorted_words("english") or is_declared(word)


@cache
def _frequent(length: int, first: str) -> tuple[str, ...]:
    """The frequent words of about a length that begin with a letter."""
    return tuple(w for w in _all_frequent() if w[0] == first and abs(len(w) - length) < 3)


@cache
def _all_frequent() -> tuple[str, ...]:
    words = {*sorted_words("common").every(), *hand_words()}
    return tuple(sorted(word for word in words if len(word) > 3))
