"""Words that are names because they stand where only a person stands."""

from __future__ import annotations

import re
from functools import cached_property

from remit.asks.screening.initials import Initials
from remit.asks.screening.lists import sorted_words
from remit.asks.screening.tokens import Token
from remit.asks.screening.typos import is_plausible
from remit.asks.screening.vocabulary import Kind, is_declared

_SPEECH = frozenset(
    {"says", "said", "asks", "asked", "wrote", "writes", "thinks", "thought", "reckons", "wants"}
)
_SURE_CALLS = frozenset(
    {
        "ask",
        "tell",
        "remind",
        "thank",
        "thx",
        "ring",
        "phone",
        "text",
        "poke",
        "nudge",
        "ping",
        "told",
    }
)
_SHORTEST, _SHORTEST_LOW, _LONG_SLIP, _MOST_TITLED = 3, 4, 7, 4
_NO_PERSON_BEHIND = frozenset(
    {
        "the",
        "a",
        "an",
        "this",
        "that",
        "our",
        "your",
        "their",
        "its",
        "of",
        "in",
        "at",
        "on",
        "from",
    }
    | {"for", "near", "across", "to", "between", "and", "or", "by", "under", "over", "into", "each"}
    | {"no", "new", "all", "any", "per", "as", "than", "versus", "vs", "using", "on"}
)
_HAS = frozenset(
    {"the", "a", "got", "my", "your", "our", "left", "gone", "asked", "agreed", "said", "sent"}
    | {"retired", "resigned", "emailed", "offered", "promised"}
)
_STATES = frozenset(
    {
        "off",
        "away",
        "back",
        "covering",
        "leading",
        "chasing",
        "happy",
        "asking",
        "sick",
        "ill",
        "keen",
    }
    | {"joining", "attending", "unable", "busy", "aware", "here", "retiring", "leaving", "worried"}
)
_MEDICAL_ENDS = ("coccus", "cocci", "bacter", "virus", "osis", "itis", "oma", "aemia", "emia",
                 "gram", "graphy", "scopy", "logy", "ics",
                 "ism", "ine", "ide", "ate", "one", "ase", "ium",
                 "tion", "ment", "ing", "ness", "ity")  # fmt: skip
_SOFT = frozenset({"lord", "lady"})
_KISS = re.compile(r"x{1,4}", re.IGNORECASE)


class Positions(Initials):
    """Takes words in the place of a person."""

    def _take_in_place(self) -> None:
        """All words that stand where a person stands."""
        self._take_initials()
        for index in self._telling:
            token = self.tokens[index]
            if token.taken or self.is_guarded(token):
                continue
            if not token.capital:
                token.taken = self._is_low_person(index, token)
            elif self._is_person_here(index, token):
                self._take(token)
        self._take_pairs()

    @cached_property
    def _telling(self) -> list[int]:
        """Words with a capital, and unknown ones: the others are no persons by themselves."""
        return [
            index
            for index, t in enumerate(self.tokens)
            if (t.capital or not t.known) and not t.placeholder
        ]

    def _is_person_here(self, index: int, token: Token) -> bool:
        if len(token.word) < _SHORTEST or token.word.isupper() or not token.word.isalpha():
            return False
        if (
            self._led_by_title(index, token)
            or self._is_copied(index, token)
            or self._is_listed_surname(index)
        ):
            return True
        if not self._could_be_person(token) or self._stays_word(index, token):
            return False
        if self._is_place_here(index):
            return False
        return (
            self._is_spoken_of(index)
            or self._is_subject(index, token)
            or self._signs_alone(index, token)
            or self._is_rare(index, token)
            or self._is_full_name(index, token)
            or self._is_told(index)
        )

    def _is_copied(self, index: int, token: Token) -> bool:
        """``cc Ocean``, ``contact is Winter Snow``: any word behind a marker that is no role."""
        rules, after = self.rules, self.after(index)
        barred = rules.roles | rules.places | rules.before_places | rules.titles
        if token.base in barred or token.is_a(Kind.ACRONYM):
            return False
        if after is not None and after.capital:
            ends = self.after(index + 1)
            family = after.is_a(Kind.SURNAME) and not after.is_a(Kind.DECLARED)
            whole = ends is None or not ends.capital
            fits = family and whole and after.base not in barred and token.word[1:].islower()
            return fits and token.start in self.marked
        if token.is_a(Kind.DECLARED) or token.opens:
            return False
        strict = rules.strict_marker.search(self.text, max(0, token.start - 12), token.start)
        return strict is not None and token.start in self.marked

    def _could_be_person(self, token: Token) -> bool:
        """A word that is no role, no body, no place, no month, and not of health care."""
        rules = self.rules
        if token.base in rules.roles or token.base in rules.places or token.base in rules.seasons:
            return False
        if not token.known or token.base in self.places or token.base in rules.flowers:
            return False
        if token.is_a(Kind.DECLARED | Kind.ACRONYM) or not token.word[1:].islower():
            return False
        plural = token.base.removesuffix("s")
        if token.base in sorted_words("towns") or (plural != token.base and is_declared(plural)):
            return False
        return token.is_a(Kind.NAMED) or not token.is_a(Kind.COMMON)

    def _is_place_here(self, index: int) -> bool:
        after, before = self.after(index), self.before(index)
        rules = self.rules
        if after is not None and after.base in rules.low_places | rules.telling:
            return True
        return before is not None and before.capital and before.base in rules.before_places

    def _alone(self, index: int) -> bool:
        """Whether no other capital stands beside it."""
        before, after = self.before(index), self.after(index)
        led = before is not None and before.capital and not before.opens and not before.taken
        follows = after is not None and after.capital and not after.taken
        return not led and not follows

    def _is_spoken_of(self, index: int) -> bool:
        """``says Tone``, ``ask Trace``, ``thx Sue``."""
        before = self.before(index)
        if before is None or not self._alone(index):
            return False
        return before.base in _SURE_CALLS or (before.base in _SPEECH and not before.opens)

    def _is_subject(self, index: int, token: Token) -> bool:
        """``Tone said``, ``Tuppence and I``, ``Trace to chase``."""
        after, then = self.after(index), self.at(index + 2)
        if after is None or after.capital:
            return False
        if after.base in {"and", "or"} and then is not None and then.word in {"I", "me", "myself"}:
            return True
        if not self._alone(index):
            return False
        if after.base in self.rules.sure_verbs or self._is_told(index):
            return True
        acts = after.base in {"to", "will", "can", "has"} and then is not None and then.beside
        given = not token.opens or token.base in self.rules.too or token.is_a(Kind.FORENAME)
        return acts and then is not None and then.base in self.rules.tasks and given

    def _is_told(self, index: int) -> bool:
        """``Heath has the sheet``, ``Ros is off``: what is said of persons only."""
        after, then = self.after(index), self.at(index + 2)
        if after is None or then is None or not then.beside:
            return False
        if after.base == "has":
            return then.base in _HAS
        return after.base in {"is", "was"} and then.base in _STATES

    def _signs_alone(self, index: int, token: Token) -> bool:
        """``Trace x``: a name, or two, in one of the last lines."""
        if "\n" not in token.gap or token.start < self._last_lines:
            return False
        after = self.at(index + 1)
        if after is not None and after.beside and _KISS.fullmatch(after.word):
            return True
        ends = after is None or "\n" in after.gap
        return ends and token.is_a(Kind.NAMED)

    def _is_rare(self, index: int, token: Token) -> bool:
        """A rare word with a capital amid a sentence, alone: ``Tuppence``, ``chair: Prunella``."""
        if token.is_a(Kind.COMMON) or not self._alone(index) or len(token.base) <= _SHORTEST:
            return False
        before = self.before(index)
        if token.start in self.marked:
            return True
        if before is not None and before.base in _NO_PERSON_BEHIND:
            return before.base == "and" and before.beside and self._follows_name(index - 1)
        if token.base.endswith(_MEDICAL_ENDS):
            return False
        if not token.opens:
            return before is not None
        after = self.at(index + 1)
        return token.gap in {": ", " ("} and (after is None or not after.beside)

    def _is_listed_surname(self, index: int) -> bool:
        """``Wood J, Stone K, Field M``: family names with an initial, one behind the other."""
        if not self._has_last_initial(index):
            return False
        ahead, behind = self.at(index + 2), self.at(index - 1)
        parted = {", ", "; "}
        goes_on = ahead is not None and ahead.gap in parted and self._has_last_initial(index + 2)
        comes = behind is not None and behind.is_initial and self.tokens[index].gap in parted
        return goes_on or (comes and index > 1)

    def _has_last_initial(self, index: int) -> bool:
        token, after = self.at(index), self.after(index)
        if token is None or after is None or not after.is_initial or not token.capital:
            return False
        return token.is_a(Kind.SURNAME) and token.base not in self.rules.places

    def _follows_name(self, index: int) -> bool:
        before = self.before(index)
        return before is not None and before.taken

    def _is_full_name(self, index: int, token: Token) -> bool:
        """``Prunella Dashwood``: a rare word and a name that was found."""
        if token.is_a(Kind.COMMON):
            return False
        after = self.after(index)
        return after is not None and after.taken and after.capital and not after.placeholder

    def _led_by_title(self, index: int, token: Token) -> bool:
        """Whether a title stands before it, with nothing but initials and names between."""
        rules = self.rules
        if token.base in rules.places or token.base in rules.roles:
            return False
        first, place = True, index
        for _ in range(_MOST_TITLED):
            before = self.at(place - 1)
            if before is None or self.tokens[place].gap not in {" ", ". ", ".", "-"}:
                return False
            if (
                before.base in rules.titles
                and before.capital
                and before.base not in {"lord", "lady"}
            ):
                return self._may_follow(index, token, first=first)
            if not before.is_initial and not (before.taken and before.capital):
                return False
            first = first and before.is_initial
            place -= 1
        return False

    def _may_follow(self, index: int, token: Token, *, first: bool) -> bool:
        if not first and self._is_followed_by_verb(index):
            return not token.is_a(Kind.DECLARED)
        if first:
            return token.is_a(Kind.NAMED) or not token.is_a(Kind.DECLARED)
        return token.is_a(Kind.NAMED) and not token.is_a(Kind.DECLARED & ~Kind.COMMON)

    def _is_followed_by_verb(self, index: int) -> bool:
        after = self.after(index)
        acts = (
            self.rules.verbs | self.rules.after_verbs | self.rules.sure_verbs | {"chairs", "leads"}
        )
        return after is not None and after.base in acts

    def _take_pairs(self) -> None:
        """``Iris and Dawn start``, ``Kendal Ashton will come``, ``[name], April Showers, Jan``."""
        for index in self._telling:
            if not self.tokens[index].capital:
                continue
            if self._is_pair(index):
                self._take(self.tokens[index])
                self._take(self.tokens[index + 2])
            elif self._is_whole_name(index):
                self._take(self.tokens[index])
                self._take(self.tokens[index + 1])
            elif self._is_month_in_list(index):
                self.tokens[index].taken = True

    def _is_pair(self, index: int) -> bool:
        first, joint, second = (self.at(index + step) for step in range(3))
        if first is None or joint is None or second is None:
            return False
        if joint.base not in {"and"} or not joint.beside or not second.beside:
            return False
        if not (first.capital and second.capital) or first.taken or second.taken:
            return False
        rules, after = self.rules, self.after(index + 2)
        if not all(t.base in rules.too and t.base not in rules.seasons for t in (first, second)):
            return False
        if first.base in rules.flowers and second.base in rules.flowers:
            return False
        return after is None or not (after.capital or after.base in rules.low_places)

    def _is_whole_name(self, index: int) -> bool:
        """Two words that are both names, of which something is said as of a person."""
        first, second, after, then = (self.at(index + step) for step in range(4))
        if first is None or second is None or after is None or not after.beside:
            return False
        if not (first.capital and second.capital and second.beside) or after.capital:
            return False
        if first.taken or second.taken or not self._may_pair(first, second):
            return False
        before = self.before(index)
        if before is not None and before.capital and not before.opens:
            return False
        if after.base in self.rules.sure_verbs or self._is_told(index + 1):
            return True
        acts = after.base in {"will", "to", "can", "has"} and then is not None
        return acts and then is not None and then.base in self.rules.tasks

    def _may_pair(self, first: Token, second: Token) -> bool:
        rules = self.rules
        if any(len(t.word) < _SHORTEST or t.word.isupper() for t in (first, second)):
            return False
        barred = rules.places | rules.roles | rules.before_places | rules.titles
        if first.base in barred or second.base in barred:
            return False
        return first.is_a(Kind.NAMED) and second.is_a(Kind.NAMED)

    def _is_month_in_list(self, index: int) -> bool:
        """``: June, April Showers, Jan``: months between names are names."""
        token, before, after = self.tokens[index], self.at(index - 1), self.at(index + 1)
        if token.base not in self.rules.seasons or token.taken or not token.capital:
            return False
        if before is None or not before.taken or token.gap != ", " or "\n" in before.gap:
            return False
        if before.gap.strip() not in {":", ",", "("} and before.base not in self.rules.seasons:
            found = self.at(index - 2)
            if found is None or not found.taken or found.base not in self.rules.seasons:
                return False
        if after is None or after.gap.lstrip(" ")[:1] in {",", ")", "\n"}:
            return True
        return after.capital and after.is_a(Kind.NAMED) and not after.is_a(Kind.DECLARED)

    def _is_low_person(self, index: int, token: Token) -> bool:
        """An unknown word in small letters that is no slip of a known one."""
        if token.known or len(token.base) < _SHORTEST or not token.word.islower():
            return False
        if not token.base.isalpha():
            return False
        if token.is_a(Kind.FORENAME) and len(token.base) > _SHORTEST:
            return True
        if self._low_subject(index) and len(token.base) < _LONG_SLIP:
            return True
        return len(token.base) >= _SHORTEST_LOW and not is_plausible(token.base)

    def _low_subject(self, index: int) -> bool:
        after, before = self.after(index), self.before(index)
        if after is not None and (after.base in self.rules.sure_verbs or self._is_told(index)):
            return True
        return before is not None and before.base in _SURE_CALLS
