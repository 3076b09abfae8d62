"""What somebody wrote as it may be published: without people, and without what tells of them.

An ask needs the names of its bodies and places, and keeps them. A quote that is to tell nobody
apart loses them too: names of organisations, places, and posts that one person holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from remit.asks.screening.lists import sorted_words
from remit.asks.screening.patterns import ADDRESS, DATE, LINK, NAME, NUMBER
from remit.asks.screening.redactor import Redactor
from remit.asks.screening.spelling import folded
from remit.asks.screening.tokens import Token, tokens_of
from remit.asks.screening.vocabulary import Kind, Vocabulary, hand_words
from remit.model.intake import PersonalFile
from remit.model.plain_text import cleaned

ORGANISATION, PLACE, POST = "[organisation]", "[place]", "[post]"
KINDS: Mapping[str, str] = {
    NAME: "name", NUMBER: "number", ADDRESS: "address", LINK: "link", DATE: "date",
    ORGANISATION: "organisation", PLACE: "place", POST: "post",
}  # fmt: skip
"""What stands in a text for what was taken out → what it was."""

_PLACEHOLDER = re.compile("|".join(map(re.escape, KINDS)))
_JOINERS = frozenset({"and", "of", "the", "for", "upon", "on", "in", "le", "de", "with"})
_SIMPLE_GAP = re.compile(r"[ \t]{1,3}|[ \t]?&[ \t]?|-|['’] ?|\. ?")
_AGAIN = re.compile(
    rf"(?P<one>{'|'.join(map(re.escape, (NAME, ORGANISATION, PLACE)))})"
    rf"(?:[ ,&-]{{1,3}}(?:{'|'.join(map(re.escape, (NAME, ORGANISATION, PLACE)))}))+"
)
_LONGEST_PLACE, _SHORTEST_NAME = 4, 4
_OF = r"(?:\s+of\s+[\w-]{1,30}(?:\s+and\s+[\w-]{1,30})?)?"
"""``director of performance and delivery``: what the post is for goes with it."""

_POST_GAP = r"(?:\s+[\w'’&-]{1,30}){0,2}?\s+"


@dataclass(frozen=True, slots=True)
class Published:
    """A text that may be published, and how many pieces of each kind were taken out of it."""

    text: str
    taken: Mapping[str, int]

    @property
    def says(self) -> str:
        """What was taken out: ``name 2; place 1``."""
        return "; ".join(f"{kind} {self.taken[kind]}" for kind in sorted(self.taken))

    @property
    def is_whole(self) -> bool:
        """Whether nothing was taken out."""
        return not self.taken


class PublicScreen:
    """Takes out of a text whatever may tell a person apart.

    Parameters
    ----------
    words
        The declared words about names (``load_personal``).
    organisations
        Names of organisations that are known, with or without what all of them bear.
    places
        Further texts that are taken out where they stand, such as the regions of a survey.

    Examples
    --------
    >>> from remit.asks.intake.personal import load_personal
    >>> screen = PublicScreen(load_personal())
    >>> screen.screen("Priya Nair at Elm Vale Hospital told the regional director.").text
    '[name] at [organisation] Hospital told the [post].'
    """

    def __init__(
        self,
        words: PersonalFile,
        organisations: Iterable[str] = (),
        places: Iterable[str] = (),
    ) -> None:
        self._redactor = Redactor(words)
        self._vocabulary = Vocabulary()
        self._at_large = words.listed("bodies_at_large")
        self._tails = words.listed("body_tails")
        self._national = words.listed("behind_nhs")
        self._inquiries = words.listed("inquiries")
        self._telling = words.listed("telling_words")
        self._areas = frozenset(folded(one) for one in (*words.areas, *places) if one.strip())
        organisations = tuple(organisations)
        self._initials = Vocabulary(organisations).acronyms
        proper = sorted({part for name in organisations for part in self._proper(name)})
        self._own = frozenset(folded(one) for one in proper if " " not in one)
        self._known = _phrases(proper)
        before = "|".join(sorted(map(re.escape, words.listed("before_places"))))
        self._beside = re.compile(
            rf"\b(?i:{before})\s((?:{re.escape(ORGANISATION)}|{re.escape(PLACE)}))"
        )
        self._posts = frozenset(words.posts)
        self._post = _post_pattern(words)
        self._texts: dict[str, Published] = {}

    def screen(self, text: str) -> Published:
        """A text without people, organisations, places, numbers and posts."""
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = self._screened(text)
        return found

    def _screened(self, text: str) -> Published:
        # Organisations go first where the register names them: they look like people too.
        kept = self._known.sub(ORGANISATION, cleaned(text)) if self._known else cleaned(text)
        pieces = re.split(f"({re.escape(ORGANISATION)})", kept)
        kept = "".join(
            piece if piece == ORGANISATION else _redacted(self._redactor, piece) for piece in pieces
        )
        kept = self._without_bodies(kept)
        kept = self._post.sub(_post_replaced, kept)
        kept = self._beside.sub(r"\1", _AGAIN.sub(_joined, kept))
        taken = Counter(KINDS[found] for found in _PLACEHOLDER.findall(kept))
        given = Counter(KINDS[found] for found in _PLACEHOLDER.findall(text))
        return Published(kept, dict(taken - given))

    def _proper(self, name: str) -> Iterator[str]:
        """What is a name's own, whole and in parts: ``Barts`` of ``Barts Health NHS Trust``."""
        words = name.replace(",", " ").split()
        while words and self._is_at_large(words[-1]):
            words.pop()
        while words and self._is_at_large(words[0]):
            words.pop(0)
        whole = " ".join(words)
        for only in (whole, *re.split(r"\s(?:and|&)\s", whole), " ".join(words[:2]), *words[:1]):
            bare = " " not in only and "'" not in only and "’" not in only
            plain = bare and self._vocabulary.kind(only) & Kind.COMMON
            joined = folded(only.split(" ")[-1]) in _JOINERS
            if len(only) >= _SHORTEST_NAME and not plain and not joined:
                yield only

    def _is_at_large(self, word: str) -> bool:
        base = folded(word.strip("()'’"))
        return base in self._at_large or base in self._tails or base in _JOINERS

    def _without_bodies(self, text: str) -> str:
        tokens = tokens_of(text, self._vocabulary)
        spans = [*self._bodies(tokens), *self._after_nhs(tokens), *self._places(tokens)]
        pieces: list[str] = []
        end = 0
        for start, stop, word in sorted(spans):
            if start >= end:
                pieces += [text[end:start], word]
                end = stop
        return "".join([*pieces, text[end:]])

    def _bodies(self, tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
        """``Elm Vale`` of ``Elm Vale Hospital``: what leads to a word for a body."""
        for index, tail in enumerate(tokens):
            if tail.base not in self._tails or not _SIMPLE_GAP.fullmatch(tail.gap):
                continue
            run = self._run_before(tokens, index)
            while run and (
                not self._names(run[0], alone=len(run) == 1) or self._is_a_person_of(run)
            ):
                run.pop(0)
            while run and not self._names(run[-1], alone=len(run) == 1):
                run.pop()
            if run:
                yield run[0].start, run[-1].end, ORGANISATION

    @staticmethod
    def _is_a_person_of(run: list[Token]) -> bool:
        """``[name] of Elm Vale Hospital``: who is there, and no part of what it is called."""
        return len(run) > 1 and run[0].placeholder and run[1].base in _JOINERS

    def _run_before(self, tokens: list[Token], index: int) -> list[Token]:
        run: list[Token] = []
        for place in range(index - 1, max(-1, index - 9), -1):
            token = tokens[place]
            led = place + 1 < index and tokens[place + 1].capital
            low = token.base in _JOINERS and (led or token.base != "the")
            town = place == index - 1 and self._is_town(token)
            if not (token.capital or token.placeholder or low or town):
                break
            run.insert(0, token)
            if not _SIMPLE_GAP.fullmatch(token.gap):
                break
        return run

    def _names(self, token: Token, *, alone: bool) -> bool:
        """Whether a word makes the name of a body its own, and is no word that all share."""
        if token.placeholder or (not token.capital and self._is_town(token)):
            return True
        if not token.capital or self._is_at_large(token.word):
            return False
        plain = token.is_a(Kind.COMMON) or token.is_a(Kind.ACRONYM) or token.base in hand_words()
        return not (plain and alone) or not (token.opens or token.word.isupper())

    def _is_town(self, token: Token) -> bool:
        """``leeds`` of ``leeds trust``: a town or a body's own word, in small letters too."""
        base = token.base
        if self._is_at_large(base) or base in sorted_words("common"):
            return False
        return base in sorted_words("towns") or base in self._own or base in self._areas

    def _after_nhs(self, tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
        """``NHS Elm and Vale``: what follows the three letters and is no national body."""
        for index, token in enumerate(tokens[:-1]):
            after = tokens[index + 1]
            if token.word != "NHS" or not after.capital or not after.beside:
                continue
            if after.base in self._national or self._is_at_large(after.word):
                continue
            end = index + 1
            while end + 1 < len(tokens) and self._goes_on(tokens, end + 1):
                end += 1
            yield after.start, tokens[end].end, ORGANISATION

    def _goes_on(self, tokens: list[Token], index: int) -> bool:
        token = tokens[index]
        if not _SIMPLE_GAP.fullmatch(token.gap):
            return False
        if token.base in _JOINERS:
            return index + 1 < len(tokens) and tokens[index + 1].capital
        return token.capital and not self._is_at_large(token.word)

    def _places(self, tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
        for index, token in enumerate(tokens):
            if token.word.isupper() and self._are_initials(token):
                yield token.start, token.end, ORGANISATION
                continue
            for size in range(_LONGEST_PLACE, 0, -1):
                part = tokens[index : index + size]
                if len(part) == size and self._is_place(part):
                    yield token.start, part[-1].end, PLACE
                    break

    def _are_initials(self, token: Token) -> bool:
        """``UHL``: the first letters of a body's name, and of no other thing that is known."""
        return token.word in self._initials and not (
            self._is_at_large(token.word) or token.base in hand_words() or token.base in self._posts
        )

    def _is_place(self, part: list[Token]) -> bool:
        first = part[0]
        if any(token.placeholder for token in part):
            return False
        if any(not _SIMPLE_GAP.fullmatch(token.gap) for token in part[1:]):
            return False
        said = " ".join(token.base for token in part)
        if len(part) > 1:
            return said in self._areas or (first.capital and said in sorted_words("towns"))
        return self._is_single_place(first)

    def _is_single_place(self, token: Token) -> bool:
        base = token.base
        common = token.is_a(Kind.COMMON) or base in hand_words() or self._is_at_large(token.word)
        if base in self._areas:
            return token.capital or not common
        if base in sorted_words("towns"):
            english = common or base in sorted_words("english")
            return (
                token.capital and not (token.opens and english) and not token.word.isupper()
            ) or (not token.capital and not english)
        # What is neither English nor of health care, and was taken for a place by those who look
        # for people.
        return token.capital and not token.known and base not in self._inquiries


def _redacted(redactor: Redactor, piece: str) -> str:
    """A piece of a text without people; the blanks at its ends stay."""
    bare = piece.strip()
    if not bare:
        return piece
    start = piece.index(bare)
    return piece[:start] + redactor.redact(bare).text + piece[start + len(bare) :]


def _joined(found: re.Match[str]) -> str:
    """Several beside each other are one; a name is a person's, whatever stands beside it."""
    all_of = found.group()
    return next(one for one in (NAME, ORGANISATION, PLACE) if one in all_of)


def _phrases(names: Iterable[str]) -> re.Pattern[str] | None:
    said = sorted(set(names), key=lambda one: (-len(one), one))
    if not said:
        return None
    either = "|".join(re.escape(one).replace("'", "['’]").replace(r"\ ", r"\s") for one in said)
    return re.compile(rf"(?<!\w)(?:{either})(?:['’]s)?(?!\w)")


def _post_pattern(words: PersonalFile) -> re.Pattern[str]:
    posts = "|".join(sorted(map(_as_pattern, words.posts), key=len, reverse=True)) or r"(?!)"
    before = "|".join(map(_as_pattern, words.before_posts)) or r"(?!)"
    return re.compile(
        rf"(?P<led>\b(?:{before}){_POST_GAP}|\b(?:{before})\s+)(?P<post>(?:{posts}){_OF})(?![\w'’-])",
        re.IGNORECASE,
    )


def _as_pattern(said: str) -> str:
    return re.escape(said).replace(r"\*", r"[\w-]{1,30}").replace(r"\ ", r"\s+")


def _post_replaced(found: re.Match[str]) -> str:
    return f"{found['led']}{POST}"


def without_placeholders(text: str) -> str:
    """What is left of a screened text: its own words alone.

    >>> without_placeholders("[name] of [organisation] trust asked")
    '  of   trust asked'
    """
    return _PLACEHOLDER.sub(" ", text)
