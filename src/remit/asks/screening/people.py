"""Finds the words of a text that are people: unknown words with a capital, and names by context.

Each rule is a small function of the text as read and of a word's place; they are tried in turn until
nothing more is found, since a name tells of the words beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from remit.asks.screening.known import KnownNames
from remit.asks.screening.spelling import folded, is_latin
from remit.asks.screening.tokens import Token, tokens_of
from remit.asks.screening.vocabulary import Kind, Vocabulary, phrases
from remit.asks.senders.cues import cue_pattern
from remit.model.intake import PersonalFile

NAMED = Kind.FORENAME | Kind.SURNAME
_SWEEPS = 3
_SHORTEST_LOW, _SHORTEST_ODD = 4, 3
_LONGEST_INITIALS = 3
_SHORT_CAPITALS = 4
_LAST_LINES = 6
_MOST_GREETED = 60
_ARTICLES = frozenset("the a an this that our your their its each no any his her my of".split(" "))
_DATE_BEFORE = frozenset(
    "in by from for since until till to during of and between before".split(" ")
)
_UNSURE_FIRST = frozenset({"will", "may", "mark", "can"})
_LIST_GAP = re.compile(r"\s?[,/&+;]\s?")
_INITIAL_GAP = re.compile(r"\.? ?|, ")
_NOT_INITIALS = frozenset("AI")


class NameRules:
    """The declared words in the form in which the rules ask for them."""

    def __init__(self, words: PersonalFile) -> None:
        self.too = words.listed("words_too")
        self.seasons = words.listed("seasons")
        self.flowers = words.listed("flowers")
        self.titles = words.listed("titles")
        self.soft_titles = words.listed("soft_titles")
        self.particles = words.listed("particles")
        self.verbs = words.listed("verbs")
        self.after_verbs = words.listed("after_verbs")
        self.plain = words.listed("plain_words")
        self.openers = words.listed("openers")
        self.roles = words.role_words
        self.bodies = words.listed("body_words")
        self.places = words.listed("place_words") | self.bodies
        self.low_places = words.listed("low_place_words")
        self.telling = words.listed("telling_words")
        self.before_places = words.listed("before_places")
        self.forenames = words.names
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
            r"(?:@|\b(?:cc|bcc|fao|attn|attention|spoke to|spoke with|emailed|phoned|rang)[:.,]?\s{0,2})\Z",
            re.IGNORECASE,
        )
        greetings = cue_pattern(words.greetings).pattern
        self.greeting = re.compile(rf"^[ \t>]*(?i:{greetings})(?:[ \t]+|,[ \t]*)", re.MULTILINE)
        offs = cue_pattern(words.sign_offs).pattern
        self.sign_off = re.compile(rf"(?:^|[.!?,;:\n][ \t]*|\s-\s)(?i:{offs})\s*[,.!\-–]?[ \t\n]+")
        self.phrase = cue_pattern(phrases())
        heads = (re.match(r"[^\W_]+(?:['’][^\W_]+)*", phrase) for phrase in phrases())
        self.phrase_heads = {folded(head.group().removesuffix("'s")) for head in heads if head}

    def is_forename(self, token: Token) -> bool:
        """A word that is also a given name."""
        base = token.base
        return base in self.too or base in self.seasons or token.is_a(Kind.FORENAME)

    def may_be_surname(self, token: Token) -> bool:
        """A word that is also a family name, and no word for a body, a place or a role."""
        base = token.base
        if base in self.bodies or base in self.roles or base in self.low_places:
            return False
        return token.is_a(NAMED) or base in self.too


class Reading:
    """One text while it is searched for people."""

    def __init__(
        self, text: str, rules: NameRules, vocabulary: Vocabulary, known: KnownNames
    ) -> None:
        self.text = text
        self.rules = rules
        self.known = known
        self.tokens = tokens_of(text, vocabulary)
        self.guarded = self._in_phrases()
        self.places = set(known.places)
        self.named: set[str] = set()

    def spans(self) -> list[tuple[int, int]]:
        """Where people stand, in order, neighbours made one."""
        if not self._has_candidates():
            return []
        self._take_unknown()
        self._take_greeted()
        self._take_signed()
        for _ in range(_SWEEPS):
            if not self._sweep():
                break
        self._take_named_again()
        self._take_small_parts()
        return self._joined()

    def tell(self, known: KnownNames) -> None:
        """Add what this text has shown to what is known when the next is read."""
        known.capital |= self.named
        known.places |= self.places - known.anywhere - known.capital
        known.wards = self.speaks_of_wards

    def _has_candidates(self) -> bool:
        if any(t.capital or not t.known for t in self.tokens):
            return True
        cues = (self.rules.marker, self.rules.greeting, self.rules.sign_off)
        return any(cue.search(self.text) for cue in cues)

    # What is looked at

    def at(self, index: int) -> Token | None:
        """The word at a place, or None beyond the ends."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def before(self, index: int) -> Token | None:
        """The word before, if only blanks part the two."""
        return self.at(index - 1) if self.tokens[index].beside else None

    def after(self, index: int) -> Token | None:
        """The word behind, if only blanks part the two."""
        found = self.at(index + 1)
        return found if found is not None and found.beside else None

    def _in_phrases(self) -> frozenset[int]:
        guarded: set[int] = set()
        if not self.rules.phrase_heads.intersection(t.base for t in self.tokens):
            return frozenset()
        for match in self.rules.phrase.finditer(self.text):
            guarded.update(range(*match.span()))
        return frozenset(guarded)

    def is_guarded(self, token: Token) -> bool:
        """Whether a word stands in a phrase that is no person."""
        return token.start in self.guarded

    @cached_property
    def marked(self) -> frozenset[int]:
        """Places right behind a marker such as ``cc:`` or ``spoke to``."""
        return frozenset(m.end() for m in self.rules.marker.finditer(self.text))

    @cached_property
    def speaks_of_wards(self) -> bool:
        return self.known.wards or re.search(r"\bwards?\b", self.text, re.I) is not None

    # Unknown words

    def _take_unknown(self) -> None:
        for index, token in enumerate(self.tokens):
            if token.placeholder or self.is_guarded(token):
                continue
            if self._is_place(index):
                self.places.add(token.base)
        for index, token in enumerate(self.tokens):
            if not token.placeholder and not self.is_guarded(token):
                token.taken = self._is_unknown_name(index, token)

    def _is_unknown_name(self, index: int, token: Token) -> bool:
        if token.base in self.known.anywhere:
            return True
        if self._are_initials(token):
            return True
        if token.base in self.known.capital:
            return token.capital and not self._stays_word(index, token) and not self._is_verb(token)
        if any(map(str.isdigit, token.word)):
            return token.base.rstrip("0123456789") in self.known.anywhere
        if token.known or len(token.word) == 1:
            return False
        if token.base in self.rules.flowers and self._is_ward(index):
            return False
        if not is_latin(token.word):
            return True
        if token.capital:
            return not self._is_spared(index, token)
        return self._is_low_name(index, token)

    def _are_initials(self, token: Token) -> bool:
        """Letters that stand for a person: of somebody in the headers, or behind a marker."""
        if not token.word.isupper() or not 1 < len(token.word) <= _LONGEST_INITIALS:
            return False
        if token.is_a(Kind.DECLARED) or (token.known and not token.is_a(Kind.ACRONYM)):
            return False
        if token.word in self.known.initials:
            return True
        strict = self.rules.initials_marker.search(self.text, max(0, token.start - 16), token.start)
        return token.start in self.marked and strict is not None

    def _is_ward(self, index: int) -> bool:
        """Whether a flower or tree is a ward: the text speaks of wards, or of another tree."""
        if self.speaks_of_wards:
            return True
        near = (self.at(index + step) for step in (-2, -1, 1, 2))
        return any(
            t is not None and t.base in self.rules.flowers and not self.rules.is_forename(t)
            for t in near
        )

    def _is_low_name(self, index: int, token: Token) -> bool:
        """A name in small letters: known by its accents, as a given name, or by what marks it."""
        if not token.word.isascii() and len(token.word) >= _SHORTEST_ODD:
            return True
        if len(token.base) >= _SHORTEST_LOW and (
            token.is_a(Kind.FORENAME) or token.base in self.rules.forenames
        ):
            return True
        if len(token.base) < _SHORTEST_ODD:
            return False
        return token.start in self.marked or self._particle_marked(index, token)

    def _particle_marked(self, index: int, token: Token) -> bool:
        before = self.before(index)
        return (
            before is not None
            and before.start in self.marked
            and token.beside
            and before.base in self.rules.particles
        )

    def _is_spared(self, index: int, token: Token) -> bool:
        if token.base in self.places and not token.is_a(Kind.FORENAME):
            return True
        return self._is_place(index)

    def _is_place(self, index: int) -> bool:
        """Whether an unknown word is part of the name of a place: ``Merrow General Hospital``."""
        token = self.tokens[index]
        if token.known or not token.capital:
            return False
        if token.base in self.known.anywhere or token.base in self.known.capital:
            return False
        if self._behind_a_person(index):
            return False
        if self._names_a_house(index) or self._is_saint(index):
            return True
        if token.is_a(Kind.FORENAME):
            return False
        return (
            self._leads_to_place(index)
            or self._follows_place_word(index)
            or self._is_where(index, token)
        )

    def _names_a_house(self, index: int) -> bool:
        """``Jarvis Building``, and ``the Carter review``: what all call by a name."""
        before, after = self.before(index), self.after(index)
        if after is None:
            return False
        if after.base in self.rules.houses and (after.capital or after.base in _WARDS):
            return True
        the = before is not None and before.base == "the"
        return the and after.base in self.rules.telling and self.tokens[index].is_a(Kind.SURNAME)

    def _is_saint(self, index: int) -> bool:
        """``St John's``: a church, a hospital or a town."""
        before = self.before(index) or (
            self.at(index - 1) if self.tokens[index].gap == ". " else None
        )
        return before is not None and before.capital and before.base in {"st", "saint"}

    def _is_where(self, index: int, token: Token) -> bool:
        """``at Larkfield``, ``in Holmeshire``: where something is, if no list has it as a name."""
        before, after = self.before(index), self.after(index)
        if before is None or before.base not in {"at", "in", "near", "across"} or before.capital:
            return False
        if token.is_a(NAMED) or token.possessive or token.start in self.marked:
            return False
        return after is None or not after.capital or after.known

    def _behind_a_person(self, index: int) -> bool:
        before = self.before(index)
        if before is None:
            return False
        titles = self.rules.titles | self.rules.soft_titles
        if before.base in titles - self.rules.before_places or before.is_initial:
            return True
        return before.capital and before.is_a(Kind.FORENAME) and not before.known

    def _leads_to_place(self, index: int) -> bool:
        rules, token = self.rules, self.tokens[index]
        ahead = index + 1
        while (found := self.at(ahead)) is not None and found.gap in {" ", "-", " & "}:
            if found.base in rules.places and found.capital:
                return True
            if found.base in rules.low_places or found.base in rules.telling:
                sure = ahead == index + 1 and not token.is_a(Kind.SURNAME)
                the = self.before(index)
                return sure and (
                    found.base in rules.low_places or (the is not None and the.base == "the")
                )
            if not found.capital or found.is_a(Kind.FORENAME) or ahead > index + 3:
                return False
            ahead += 1
        return False

    def _follows_place_word(self, index: int) -> bool:
        before = self.before(index)
        if before is None or not before.capital or before.base not in self.rules.before_places:
            return False
        return not self.tokens[index].is_a(Kind.SURNAME) or before.base in {"st", "saint", "port"}

    # Greetings and sign-offs

    def _take_greeted(self) -> None:
        for match in self.rules.greeting.finditer(self.text):
            for index in self._indexes(match.end(), match.end() + _MOST_GREETED):
                token = self.tokens[index]
                if token.start > match.end() and not self._goes_on(token):
                    break
                if token.base == "and":
                    continue
                if not self._greeted(index, token):
                    break
                self._take(token)

    def _goes_on(self, token: Token) -> bool:
        return token.beside or _LIST_GAP.fullmatch(token.gap) is not None or token.gap == "-"

    def _greeted(self, index: int, token: Token) -> bool:
        if token.placeholder or token.base in self.rules.roles or token.base in self.rules.bodies:
            return token.taken
        named = self.rules.is_forename(token) or token.is_a(Kind.SURNAME)
        if token.capital:
            return not token.known or (named and not self._heads_words(index))
        return not token.known or (token.base in self.rules.too and self._stands_alone(index))

    def _heads_words(self, index: int) -> bool:
        """Whether a plain word goes on as no name does: ``Dear Price review group``."""
        token, after = self.tokens[index], self.after(index)
        if after is None or token.base in self.rules.too:
            return False
        return after.known and not after.is_a(NAMED)

    def _stands_alone(self, index: int) -> bool:
        after = self.at(index + 1)
        return after is None or not after.beside

    def _take_signed(self) -> None:
        """Who signs in the line of the sign-off or behind it: ``Thanks, Hope``, ``ta, SK``."""
        for match in self.rules.sign_off.finditer(self.text):
            places = list(self._indexes(match.end(), match.end() + _MOST_GREETED))
            line = self._to_line_end(places)
            if 0 < len(line) <= _LONGEST_INITIALS:
                for index in line:
                    self._take_signer(index, alone=len(line) == 1)

    def _take_signer(self, index: int, *, alone: bool) -> None:
        token = self.tokens[index]
        if token.placeholder or token.base in self.rules.roles | self.rules.bodies:
            return
        initials = token.word.isupper() and len(token.word) <= _LONGEST_INITIALS
        if initials and token.kind & Kind.DECLARED:
            initials = False
        if self.rules.is_forename(token) or not token.known or (initials and alone):
            if token.capital or alone:
                self._take(token)

    def _to_line_end(self, places: list[int]) -> list[int]:
        """The places up to the end of their line, none if the line goes on for longer."""
        line: list[int] = []
        for index in places:
            token = self.tokens[index]
            if line and "\n" in token.gap:
                break
            if line and not token.beside and token.gap not in {"-", "."}:
                return []
            line.append(index)
        return line

    def _indexes(self, start: int, end: int) -> range:
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    # Known words that are names here

    def _sweep(self) -> bool:
        found = False
        for index in self._open:
            token = self.tokens[index]
            if token.taken or self.is_guarded(token):
                continue
            if token.capital and token.known and len(token.word) > 1:
                if self._is_name_here(index, token):
                    self._take(token)
                    found = True
            elif not token.capital and self._is_low_part(index, token):
                token.taken = found = True
        return found

    @cached_property
    def _open(self) -> list[int]:
        """The words that could turn out to be names by what stands beside them."""
        return [
            index
            for index, t in enumerate(self.tokens)
            if not t.placeholder
            and (t.capital or not t.known or t.kind & NAMED or t.base in self.rules.too)
        ]

    def _take(self, token: Token) -> None:
        token.taken = True
        if token.capital and token.base in self.rules.too:
            self.named.add(token.base)

    def _is_low_part(self, index: int, token: Token) -> bool:
        """The rest of a name in small letters: ``siobhan kelly``, ``Seo-yeon``."""
        before = self.at(index - 1)
        if self._is_low_given(index, token) or self._in_low_list(index, token):
            return True
        if before is None or not before.taken or len(token.word) < _SHORTEST_ODD:
            return False
        if token.gap == "-":
            return not token.known
        if not token.beside or before.capital:
            return False
        if not token.known or (token.is_a(Kind.SURNAME) and not token.is_a(Kind.COMMON)):
            return True
        after = self.at(index + 1)
        joined = after is not None and after.gap == "-" and not after.known
        return joined and token.is_a(Kind.SURNAME)

    def _in_low_list(self, index: int, token: Token) -> bool:
        """``xiaoling / mark`` at the head of a title: names in small letters that stand together."""
        before, after = self.at(index - 1), self.at(index + 1)
        behind = before is not None and before.taken and _TOGETHER.fullmatch(token.gap)
        ahead = after is not None and _TOGETHER.fullmatch(after.gap)
        if not token.known and len(token.base) >= _SHORTEST_LOW:
            return bool(behind) or (index == 0 and bool(ahead))
        return bool(behind) and token.base in self.rules.too

    def _is_low_given(self, index: int, token: Token) -> bool:
        """A given name that is a word, in small letters: ``cc mark``, ``from grace holloway``."""
        if token.base not in self.rules.too or token.possessive:
            return False
        after = self.after(index)
        family = after is not None and after.is_a(Kind.SURNAME) and not after.is_a(Kind.COMMON)
        family = family and after is not None and not after.capital
        if family and after is not None and (not after.known or token.start in self.marked):
            return token.base not in _UNSURE_FIRST - {"mark"} or token.start in self.marked
        if token.start not in self.marked:
            return False
        strict = self.rules.strict_marker.search(self.text, max(0, token.start - 12), token.start)
        return strict is not None or token.base not in self.rules.plain - {"mark"}

    def _is_name_here(self, index: int, token: Token) -> bool:
        rules = self.rules
        if token.base in rules.roles or token.base in rules.bodies:
            return False
        if token.is_a(Kind.ACRONYM):
            return self._is_name_in_capitals(index, token)
        if (
            token.is_a(Kind.DECLARED)
            and token.word.isupper()
            and len(token.word) <= _SHORT_CAPITALS
        ):
            return False
        if self._after_title(index, token) or self._in_compound(index, token):
            return True
        if not rules.may_be_surname(token) and token.base not in rules.seasons:
            return False
        if self._stays_word(index, token):
            return False
        return (
            self._beside_name(index, token)
            or self._beside_initial(index, token)
            or self._in_list(index, token)
            or self._after_marker(index, token)
            or self._acts(index, token)
            or self._with_surname(index, token)
            or self._stands_as_name(index, token)
        )

    def _is_name_in_capitals(self, index: int, token: Token) -> bool:
        """``KHAN, [name]``, ``cc IYER``, ``ADE asked``: a short name that might be an acronym."""
        if not token.is_a(NAMED) or len(token.word) < _SHORTEST_ODD:
            return False
        before, after = self.at(index - 1), self.at(index + 1)
        if before is not None and before.taken and token.gap in {" ", ", "} and before.capital:
            return len(token.word) >= _SHORTEST_LOW
        if after is not None and after.taken and after.capital and after.gap in {" ", ", "}:
            return len(token.word) >= _SHORTEST_LOW
        if token.start in self.marked and len(token.word) >= _SHORTEST_LOW:
            return True
        return after is not None and after.beside and after.base in _SPOKEN

    def _stays_word(self, index: int, token: Token) -> bool:
        """Whether a word that could be a name is plainly none: ``May 2025``, ``Hope Hospital``."""
        rules, after, before = self.rules, self.after(index), self.before(index)
        if after is not None:
            if after.base in rules.places and (after.capital or after.base in rules.low_places):
                return before is None or not before.taken
            if token.base in rules.seasons and after.word[0].isdigit():
                return True
            if token.opens and after.base in rules.openers and token.base in rules.too:
                return True
            if after.base in rules.telling and token.is_a(Kind.DECLARED):
                return True
        return (
            before is not None
            and before.capital
            and before.base in rules.before_places
            and before.base not in rules.titles
        )

    def _after_title(self, index: int, token: Token) -> bool:
        rules, before = self.rules, self.at(index - 1)
        if before is None or token.gap.strip(" .") or "\n" in token.gap:
            return False
        if before.base in rules.soft_titles and before.capital:
            return rules.is_forename(token) or token.is_a(Kind.SURNAME)
        if before.base not in rules.titles or not before.capital:
            return False
        return token.base not in rules.places

    def _in_compound(self, index: int, token: Token) -> bool:
        before, after = self.at(index - 1), self.at(index + 1)
        joined_before = token.gap == "-" and before is not None and before.taken and before.capital
        joined_after = after is not None and after.gap == "-" and after.taken and after.capital
        return joined_before or joined_after

    def _beside_name(self, index: int, token: Token) -> bool:
        rules, before, after = self.rules, self.before(index), self.after(index)
        if token.gap in {".", "_"}:
            before = self.at(index - 1)
        if before is not None and before.taken and before.capital and not before.possessive:
            return not self._heads_title(index)
        if after is None or not after.taken or not after.capital or token.possessive:
            return False
        if not rules.is_forename(token):
            return False
        if token.base in rules.seasons:
            led = self.before(index)
            return led is None or led.base not in _DATE_BEFORE
        return not (token.opens and token.base in _UNSURE_FIRST) or self._subject(index + 1)

    def _subject(self, index: int) -> bool:
        """Whether a name is followed as a subject is, or by nothing."""
        after = self.after(index)
        return after is None or after.base in self.rules.verbs | self.rules.after_verbs

    def _heads_title(self, index: int) -> bool:
        """Whether a plain word begins a title behind a name: ``Priya Price Review Lead``."""
        token, after = self.tokens[index], self.after(index)
        if token.base in self.rules.too or after is None or not after.capital:
            return False
        return token.is_a(Kind.COMMON) and after.known and not after.is_initial

    def _beside_initial(self, index: int, token: Token) -> bool:
        before, after = self.at(index - 1), self.at(index + 1)
        if before is not None and before.is_initial:
            if token.gap in {". ", "."}:
                return True
            if token.beside and self._is_free_initial(index - 1):
                return token.base not in self.rules.places
        if after is None or not after.is_initial or after.gap not in {" ", ", "}:
            return False
        return self.text[after.end : after.end + 1] == "."

    def _is_free_initial(self, index: int) -> bool:
        """Whether a single capital is no letter of a thing: ``Ward B``, ``Category C``."""
        token, before = self.tokens[index], self.before(index)
        if token.word in _NOT_INITIALS:
            return False
        return (
            before is None
            or not before.capital
            or not before.known
            or before.is_initial
            or (before.base in self.rules.titles or before.taken)
        )

    def _in_list(self, index: int, token: Token) -> bool:
        """One of several people: ``Grace and [name]``, ``[name], Mark``, ``Young, [name]``."""
        rules, before, after = self.rules, self.at(index - 1), self.at(index + 1)
        if token.base in rules.seasons:
            return False
        if self._surname_first(index, token):
            return True
        rare = token.is_a(NAMED) and not token.is_a(Kind.COMMON | Kind.DECLARED)
        if not rare and token.base not in rules.too | rules.forenames:
            return False
        if before is not None and before.taken and _LIST_GAP.fullmatch(token.gap):
            return True
        if after is not None and after.taken and _LIST_GAP.fullmatch(after.gap):
            return not token.opens or token.base not in rules.plain
        two_before, two_after = self.at(index - 2), self.at(index + 2)
        joins = {"and", "or"}
        if before is not None and before.base in joins and two_before is not None:
            if two_before.taken and before.beside and token.beside:
                return True
        return (
            after is not None
            and after.base in joins
            and after.beside
            and two_after is not None
            and two_after.taken
            and two_after.beside
        )

    def _surname_first(self, index: int, token: Token) -> bool:
        after = self.at(index + 1)
        if after is None or after.gap != ", " or not after.capital or not token.opens:
            return False
        if not token.is_a(Kind.SURNAME) or token.is_a(Kind.DECLARED):
            return False
        given = after.taken and after.is_a(Kind.FORENAME)
        return given or (after.base in self.rules.too and not self._goes_further(index + 1))

    def _goes_further(self, index: int) -> bool:
        after = self.after(index)
        return after is not None and not after.capital

    def _after_marker(self, index: int, token: Token) -> bool:
        if token.start not in self.marked or token.base in self.rules.seasons:
            return False
        if token.base in self.rules.too:
            return True
        after = self.after(index)
        heads = after is not None and after.known and not after.is_a(NAMED)
        return token.is_a(NAMED) and not (heads and token.is_a(Kind.COMMON | Kind.DECLARED))

    def _acts(self, index: int, token: Token) -> bool:
        rules, after = self.rules, self.after(index)
        if after is None or after.capital or token.base in rules.seasons:
            return token.base in rules.seasons and after is not None and after.base in _SPOKEN
        if after.base in rules.verbs:
            return token.base in rules.too or (
                token.is_a(Kind.SURNAME) and not token.is_a(Kind.DECLARED) and after.base in _SPOKEN
            )
        if after.base in rules.after_verbs and token.base in rules.too:
            return not token.opens or token.base not in rules.plain or token.base == "mark"
        return False

    def _with_surname(self, index: int, token: Token) -> bool:
        """A given name that is a word, before a family name that is one: ``Frank Young``."""
        rules, before, after = self.rules, self.before(index), self.after(index)
        if before is not None and before.capital and before.known and not before.taken:
            return False
        after = self._dotted(index) or after
        if token.base not in rules.too or after is None or not after.capital or after.placeholder:
            return False
        return rules.may_be_surname(after) and not self._goes_on_with_capitals(index + 1)

    def _dotted(self, index: int) -> Token | None:
        """The word behind a point without a blank: ``Grace.Holloway``."""
        after = self.at(index + 1)
        return after if after is not None and after.gap in {".", "_"} else None

    def _goes_on_with_capitals(self, index: int) -> bool:
        after = self.after(index)
        return after is not None and after.capital and after.known

    def _stands_as_name(self, index: int, token: Token) -> bool:
        """A given name that is a word, where only a name has a capital."""
        rules, before, after = self.rules, self.before(index), self.after(index)
        if token.base not in rules.too:
            return False
        if token.word.isupper() and len(token.word) > 1:
            return False
        if token.base in rules.flowers and self._is_ward(index):
            return False
        if before is not None and before.base in _ARTICLES:
            return False
        if token.opens:
            return self._is_addressed(index, token) or self._is_alone_in_line(index)
        beside = [t for t in (before, after) if t is not None]
        if any(t.capital and t.known and not t.taken and len(t.word) > 1 for t in beside):
            calls = before is not None and before.opens and before.base in rules.calls
            return calls and not (after is not None and after.capital)
        return True

    def _is_addressed(self, index: int, token: Token) -> bool:
        """``Grace, please send it``; ``Mark - thanks``; ``Hope's email``."""
        if token.possessive:
            return token.base not in self.rules.seasons
        after = self.at(index + 1)
        if after is None:
            return False
        if after.base in {"in", "from", "at"} and after.beside:
            where = self.after(index + 1)
            return where is not None and where.capital
        if after.gap == " (":
            return True
        if after.capital:
            return False
        line_begins = index == 0 or "\n" in token.gap
        return line_begins and re.match(r"\s?[,!–—]|\s-\s", after.gap) is not None

    def _is_alone_in_line(self, index: int) -> bool:
        after = self.at(index + 1)
        alone = after is None or "\n" in after.gap
        last = self.tokens[index].start >= self._last_lines
        return alone and last and "\n" in self.tokens[index].gap

    @cached_property
    def _last_lines(self) -> int:
        """Where the last lines begin, in which a name alone is a signature."""
        place = len(self.text)
        for _ in range(_LAST_LINES):
            place = self.text.rfind("\n", 0, place)
            if place < 0:
                return 0
        return place

    # What belongs to a name

    def _take_named_again(self) -> None:
        """A word that was a name once in this text is one wherever else it has a capital."""
        for index, token in enumerate(self.tokens):
            again = token.base in self.named and token.capital and not token.taken
            if again and not self.is_guarded(token) and not self._stays_word(index, token):
                token.taken = not self._is_verb(token)

    def _is_verb(self, token: Token) -> bool:
        """Whether a word that is also a name only has its capital from the sentence."""
        return token.opens and token.base in self.rules.plain and not token.possessive

    def _take_small_parts(self) -> None:
        """Initials, particles and titles beside a name."""
        small = self.rules.titles | self.rules.particles
        places = [i for i, t in enumerate(self.tokens) if len(t.word) == 1 or t.base in small]
        for index in [*reversed(places), *places]:
            token = self.tokens[index]
            if not token.taken and self._is_small_part(index, token):
                token.taken = True

    def _is_small_part(self, index: int, token: Token) -> bool:
        after, before = self.at(index + 1), self.at(index - 1)
        leads = after is not None and after.taken and "\n" not in after.gap
        if token.is_initial:
            if self._are_dotted_initials(index):
                return True
            if leads and after is not None and after.gap in {" ", ". ", "."}:
                return token.word not in _NOT_INITIALS or after.gap != " "
            return self._is_last_initial(index, token, before)
        if leads and after is not None and after.gap in {" ", "-", ". ", "'", "’"}:
            if token.base in self.rules.titles:
                return token.capital and after.gap != "-"
            if token.base in self.rules.particles:
                sure = token.base not in _COMMON_PARTICLES or token.capital
                return sure or (before is not None and before.taken)
        return False

    def _are_dotted_initials(self, index: int) -> bool:
        """``J.S.`` behind a marker such as ``patient``, or of somebody in the headers."""
        first, second = self.tokens[index], self.at(index + 1)
        if second is None or not second.is_initial or second.gap not in {".", ". "}:
            before = self.at(index - 1)
            return (
                first.gap in {".", ". "}
                and before is not None
                and before.is_initial
                and before.taken
            )
        if first.word + second.word in self.known.initials:
            return True
        marker = self.rules.initials_marker.search(self.text, max(0, first.start - 16), first.start)
        return first.start in self.marked and marker is not None

    def _is_last_initial(self, index: int, token: Token, before: Token | None) -> bool:
        if before is None or not before.taken or before.possessive:
            return False
        if token.gap not in {" ", ", ", ".", ". "} or (before.placeholder and token.gap == ". "):
            return False
        after = self.after(index)
        return token.word not in _NOT_INITIALS or after is None

    def _joined(self) -> list[tuple[int, int]]:
        """Where people stand; what was taken out before is passed over, unless a name joins it."""
        spans: list[tuple[int, int]] = []
        for token in self.tokens:
            if not token.taken:
                continue
            end = token.end
            if token.is_initial and self.text[end : end + 1] == "." and self._keeps_no_dot(end):
                end += 1
            joins = (
                spans
                and spans[-1][1] <= token.start
                and _JOIN.fullmatch(self.text, spans[-1][1], token.start)
            )
            if joins:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((token.start, end))
        return spans

    def _keeps_no_dot(self, end: int) -> bool:
        """Whether the point behind an initial is the initial's, and ends no sentence."""
        return _POINT.match(self.text, end) is not None


_COMMON_PARTICLES = frozenset({"do", "o", "le", "so", "zu", "el"})
_WARDS = frozenset({"ward", "wards"})
_TOGETHER = re.compile(r"\s?[/&+]\s?")
_POINT = re.compile(r"\.(?:\s{0,3}[a-z\d,;:)/|]|\s?[A-Z]|$)")
_JOIN = re.compile(r"[ \t\u00a0]{1,3}|-|\.[ ]?|['’]|")
_SPOKEN = frozenset(
    "asked asks said says wants wanted wrote told emailed rang phoned confirmed agreed mentioned replied chased"
    " suggested reckons thinks".split(" ")
)
