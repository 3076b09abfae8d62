"""What kind of word a word is: English, of health care, a name, or more than one of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from remit.asks.screening.lists import sorted_words
from remit.asks.screening.spelling import folded, is_latin
from remit.catalogue import declared
from remit.model.intake import VocabularyFile

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_POSSESSIVE = re.compile(r"['’](?:s|S|m|d|ll|re|ve|LL|RE|VE)?$|n['’]t$")
# Ends of international names of medicines, of words of medicine, and of counties.
_MEDICAL = re.compile(
    r"(?:mab|tinib|cillin|mycin|micin|statin|sartan|azole|uracil|gliptin|gliflozin|glutide|xaban|parin|"
    r"oxetine|cycline|floxacin|triptan|dipine|thiazide|ology|ectomy|oscopy|otomy|ostomy|plasty|itis|aemia|opathy|"
    r"ography|typing|oscopies|ectomies|ologist|ologists|shire|shires)$"
)
_CAPITALISED = re.compile(r"[A-Z][\w'’]*(?:[ -](?:(?:of|and|the|for) ){0,2}&? ?[A-Z][\w'’]*){1,6}")
_NOT_ASKED = {"codebooks", "personal", "schemas"}
_LONGEST_ACRONYM = 5
_SHORTEST_PART = 3


class Kind:
    """What is known of a word, as bits of a number; a word can be of several kinds."""

    UNKNOWN = 0
    KNOWN = 1
    """English, of Remit's vocabulary, or an acronym: no person by itself."""
    FORENAME = 2
    SURNAME = 4
    NAMED = FORENAME | SURNAME
    COMMON = 8
    """Among the frequent words of English."""
    DECLARED = 16
    """In Remit's vocabulary."""
    ACRONYM = 32


class Vocabulary:
    """Tells the kind of a word.

    Parameters
    ----------
    more
        Words that are known besides, such as those of the organisations of a file.
    """

    def __init__(self, more: Iterable[str] = ()) -> None:
        more = tuple(more)
        self.acronyms = _acronyms(more)
        """The first letters of the names of the organisations of a file."""
        self._more = frozenset(folded(w) for text in more for w in WORD.findall(text))
        self._kinds: dict[str, int] = {}
        self.looks: dict[str, tuple[str, int, bool, bool]] = {}
        """Spelling → folded, kind, whether it has a capital, whether it is possessive."""

    def knowing(self, more: Iterable[str]) -> Vocabulary:
        """This vocabulary with further words."""
        return Vocabulary([*self._more, *more])

    def kind(self, word: str) -> int:
        """The kind of a word as it is written; its possessive ending counts for nothing."""
        found = self._kinds.get(word)
        if found is None:
            found = self._kinds[word] = self._looked_up(_POSSESSIVE.sub("", word))
        return found

    def _looked_up(self, word: str) -> int:
        base = folded(word)
        if base.isascii() and base.isdigit():  # The long lists have no numbers.
            known = base in self._more or base in hand_words() or base in _declared_words()
            return Kind.KNOWN | Kind.DECLARED if known else Kind.UNKNOWN
        kind = Kind.UNKNOWN
        for name, flag in _NAMES:
            if base in sorted_words(name):
                kind |= flag
        if base in self._more or base in hand_words():
            return kind | Kind.KNOWN | Kind.DECLARED
        if not is_latin(word):
            return kind
        if base in _declared_words() and (
            not kind & Kind.FORENAME or base in sorted_words("towns")
        ):
            return kind | Kind.KNOWN | Kind.DECLARED
        if base in sorted_words("english") or base in sorted_words("towns"):
            return kind | Kind.KNOWN
        return kind | self._made_up(word, base, kind)

    def _made_up(self, word: str, base: str, kind: int) -> int:
        """Acronyms, plurals of known words, and words put together of English ones."""
        if _is_acronym(word, kind):
            return Kind.KNOWN | Kind.ACRONYM
        plural = base.removesuffix("s")
        if plural != base and len(plural) > 1 and plural in _declared_words() | hand_words():
            return Kind.KNOWN | Kind.DECLARED
        if len(base) > _LONGEST_ACRONYM and not kind and _MEDICAL.search(base):
            return Kind.KNOWN
        parts = _CAMEL.findall(word)
        last = parts[-1:]
        if last and len(last[0]) > 1 and last[0].isupper():  # CareCERT
            parts = parts[:-1] if len(parts) > 1 else []
        if (
            parts
            and "".join(parts) != word.lower()
            and parts != [word]
            and all(map(_is_part, parts))
        ):
            return Kind.KNOWN
        return Kind.UNKNOWN


def _is_acronym(word: str, kind: int) -> bool:
    letters = word.removesuffix("s") if len(word) > 2 else word
    capitals = sum(map(str.isupper, letters))
    if not 1 < len(letters) <= _LONGEST_ACRONYM or capitals < 2 or not letters[0].isupper():
        return False
    named = kind & Kind.NAMED
    if capitals == len(letters):
        return len(letters) < _LONGEST_ACRONYM or not named
    return not named and not letters.startswith(("Mc", "Mac", "De", "Di", "La", "Le", "Fitz"))


def _is_part(part: str) -> bool:
    return len(part) >= _SHORTEST_PART and part.lower() in sorted_words("english")


_NAMES = (
    ("forenames", Kind.FORENAME),
    ("surnames", Kind.SURNAME),
    ("common", Kind.COMMON | Kind.KNOWN),
)


@cache
def _files() -> tuple[VocabularyFile, ...]:
    return tuple(file.validate(VocabularyFile) for file in declared.packaged("vocabulary"))


@cache
def hand_words() -> frozenset[str]:
    """The words of the vocabulary's own file, in small letters."""
    listed = (words for file in _files() for words in file.words.values())
    return frozenset(folded(_POSSESSIVE.sub("", word)) for w in listed for word in w.split())


@cache
def code_prefixes() -> frozenset[str]:
    """What the codes of collections, guidance and data sets begin with: ``KH``, ``DCB``."""
    return frozenset(code for file in _files() for code in file.codes.split())


@cache
def acronyms_of_bodies() -> frozenset[str]:
    """The first letters of the names of bodies: ``UHL`` for University Hospitals of Leicester."""
    return _acronyms(_texts("organisations", "remits", "publications"))


def _acronyms(texts: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for text in texts:
        for name in _CAPITALISED.findall(text):
            letters = "".join(word[0] for word in re.findall(r"[A-Z][\w'’]*", name))
            found.update(letters[:size] for size in (3, len(letters)) if len(letters) > 2)
    return frozenset(found)


def is_declared(word: str) -> bool:
    """Whether a word stands in Remit's vocabulary or in any of its declarations."""
    base = folded(word)
    return base in hand_words() or base in _declared_words()


@cache
def phrases() -> tuple[str, ...]:
    """Phrases of which a word could be a name by itself: ``James Paget``, ``Milton Keynes``."""
    told = [p for file in _files() for some in file.phrases.values() for p in some]
    return (*told, *sorted_words("towns").several())


@cache
def _declared_words() -> frozenset[str]:
    """The words of all declarations: metrics, bodies, organisations, publications, glossary."""
    return frozenset(
        folded(_POSSESSIVE.sub("", word)) for text in _texts() for word in set(WORD.findall(text))
    )


def _texts(*wanted: str) -> Iterator[str]:
    """The texts of the declarations, or of some folders of them."""
    root = resources.files("remit") / "declarations"
    for folder in root.iterdir():
        if wanted and folder.name not in wanted:
            continue
        if folder.is_dir() and folder.name not in _NOT_ASKED:
            for file in folder.iterdir():
                if file.name.endswith(".yaml"):
                    yield file.read_text(encoding="utf-8")
