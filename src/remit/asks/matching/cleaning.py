"""Take away what is no part of an ask: signatures, greetings, confidentiality notices."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from remit.asks.matching.lexicon_files import lexicon_file
from remit.asks.matching.tokens import stem, tokens
from remit.model.lexicon import WordingFile


@dataclass(frozen=True, slots=True)
class WordingRules:
    """The declaration of wording in the form that is used."""

    drop: re.Pattern[str]
    phrases: tuple[str, ...]
    sentences: re.Pattern[str]
    signature: re.Pattern[str]
    greeting: re.Pattern[str]
    told: Callable[[str], str]
    """A word → its stem, words of like meaning made one; blank where it tells nothing."""
    form: frozenset[str]
    """The stems of words that tell how something is asked, and nothing of what."""

    def clean(self, text: str) -> str:
        """A text without greetings, signature and lines that tell nothing of the matter."""
        kept: list[str] = []
        for line in text.splitlines():
            if self.signature.search(line):
                break
            lower = line.lower()
            if self.drop.match(lower) or any(phrase in lower for phrase in self.phrases):
                continue
            kept.append(self.greeting.sub(" ", line, count=1))
        text = "\n".join(kept)
        return self.sentences.sub(" ", text) if self.sentences.pattern else text

    def content(self, words: list[str]) -> list[str]:
        """The stems of words that tell something, words of like meaning made one."""
        return [root for root in map(self.told, words) if root]


def _teller(stop: frozenset[str], same: dict[str, str]) -> Callable[[str], str]:
    @lru_cache(maxsize=200_000)
    def told(word: str) -> str:
        root = stem(word)
        tells = len(root) > 1 and root not in stop and not root.isdigit()
        return same.get(root, root) if tells else ""

    return told


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def load_wording() -> WordingRules:
    """The wording that comes with Remit."""
    content = lexicon_file("remit/wording/1").validate(WordingFile)
    same: dict[str, str] = {}
    for words in content.same_words:
        stems = [stem(token) for word in words for token in tokens(word)]
        head = same.get(stems[0], stems[0])
        same |= {word: same.get(word, head) for word in stems}
    told = _teller(frozenset(stem(word) for word in content.stop_words.split()), same)
    return WordingRules(
        drop=_any_of(content.drop_lines),
        phrases=tuple(phrase.lower() for phrase in content.drop_phrases),
        sentences=_any_of(content.drop_sentences),
        signature=re.compile(content.signature),
        greeting=re.compile(content.greetings, re.IGNORECASE),
        told=told,
        form=frozenset(map(told, content.form_words.split())),
    )
