"""The declared words about names, in the form in which the rules ask for them."""

from __future__ import annotations

import re

from remit.asks.screening.spelling import folded
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind, phrases
from remit.asks.senders.cues import cue_pattern
from remit.model.intake import PersonalFile


class NameRules:
    """The declared words in the form in which the rules ask for them."""

    def __init__(self, words: PersonalFile) -> None:
        self.too = words.listed("words_too")
        self.seasons = words.listed("seasons")
        self.callings = words.listed("callings")
        self.flowers = words.listed("flowers")
        self.titles = words.listed("titles")
        self.soft_titles = words.listed("soft_titles")
        self.particles = words.listed("particles")
        self.verbs = words.listed("verbs")
        self.after_verbs = words.listed("after_verbs")
        self.plain = words.listed("plain_words")
        self.openers = words.listed("openers")
        self.roles = words.listed("roles")
        self.sure_verbs = words.listed("sure_verbs")
        self.tasks = words.listed("tasks")
        self.before_initials = words.listed("before_initials")
        self.inquiries = words.listed("inquiries")
        self.after_inquiries = words.listed("after_inquiries")
        self.bodies = words.listed("body_words")
        self.places = words.listed("place_words") | self.bodies
        self.low_places = words.listed("low_place_words")
        self.telling = words.listed("telling_words")
        self.before_places = words.listed("before_places")
        self.forenames = words.listed("forenames")
        self.marker = re.compile(
            rf"(?:{cue_pattern(words.markers).pattern}[:,]?\s{{1,2}}|[@]|\b(?:cc|fao|attn|cc'd)[:.]\s?)",
            re.IGNORECASE,
        )
        self.houses = words.listed("house_words")
        self.calls = words.listed("calls")
        self.initials_marker = re.compile(
            r"(?:@|\b(?:patient|pt|cc|bcc|fao|attn)\s|\b[a-z]{2,12}:\s?)\Z", re.IGNORECASE
        )
        self.strict_marker = re.compile(
            r"(?:@|\b(?:cc|bcc|fao|attn|attention|spoke to|spoke with|emailed|phoned|rang)"
            r"[:.,]?\s{0,2})\Z",
            re.IGNORECASE,
        )
        greetings = cue_pattern(words.greetings).pattern
        self.greeting = re.compile(rf"^[ \t>]*(?i:{greetings})(?:[ \t]+|,[ \t]*)", re.MULTILINE)
        offs = cue_pattern(words.sign_offs).pattern
        self.sign_off = re.compile(rf"(?:^|[.!?,;:\n][ \t]*|\s-\s)(?i:{offs})\s*[,.!\-–]?[ \t\n]+")
        self.phrase = cue_pattern(phrases())
        heads = (re.match(r"[^\W_]+(?:['’][^\W_]+)*", phrase) for phrase in phrases())
        self.phrase_heads = {folded(head.group().removesuffix("'s")) for head in heads if head}

    def could_be_given(self, base: str) -> bool:
        """Whether a word is among those that are given names too."""
        names = (self.too, self.seasons, self.forenames)
        return any(base in some or base.removesuffix("s") in some for some in names)

    def is_forename(self, token: Token) -> bool:
        """A word that is also a given name."""
        base = token.base
        return base in self.too or base in self.seasons or token.is_a(Kind.FORENAME)

    def may_be_surname(self, token: Token) -> bool:
        """A word that is also a family name, and no word for a body, a place or a role."""
        base = token.base
        if base in self.bodies or base in self.roles or base in self.low_places:
            return False
        return token.is_a(Kind.NAMED) or base in self.too
