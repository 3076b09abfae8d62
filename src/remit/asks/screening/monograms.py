"""Letters for a person in any writing: ``J.S.B.``, ``PvtH``, ``rk``, and those of people known."""

from __future__ import annotations

import re

from remit.asks.screening.parts import SmallParts
from remit.asks.screening.tokens import Token
from remit.asks.screening.vocabulary import Kind, acronyms_of_bodies, is_declared

_LETTER = re.compile(r"[^\W\d_]|[OoDd]['’][^\W\d_]")
_PARTICLED = re.compile(r"[A-Z](?:v|d|t|l|vd|vt|vdn|dl|de|di|du|el|al|ap|bin|ibn)[A-Z]{1,2}")
_LIST = re.compile(r"\.?\s?(?:[,/&+]|//)\s?|\.?\sand\s")
_FEWEST, _MOST = 2, 3
_NO_PERSON = frozenset(
    """us uk eu un ps nb it hr am pm ad bc id tv pc qa vs ie eg hq po ft sq qs wk wks hr hrs yr yrs
    mth mths qtr pt pts pw pa kg mg ml km mi min mins sec secs eod cop cob eob mon tue tues wed thu
    thur thurs fri sat sun jan feb mar apr may jun jul aug sep sept oct nov dec fy ytd tbc tba tbd
    asap fyi re etc ppt pdf xls csv med wef nos msg dob nhs ok hm xx xxx mcg iu ltd plc cm mm gp
    ref refs fwd fw pls plz thx rpt est max dr mr mrs ms prof st""".split()  # noqa: SIM905
)
_LEADS = frozenset(
    """cc bcc per pp fao attn thx thanks ta regards rgds cheers from by via bw initials tell ask
    signed""".split()  # noqa: SIM905
)
_FULL_NAME = re.compile(r"[ \u00a0]{1,2}|-|['’]")


class Monograms(SmallParts):
    """Takes letters that stand for a person."""

    def _take_monograms(self) -> None:
        self._learn_people()
        short = [i for i, t in enumerate(self.tokens) if len(t.word) <= 2 * _MOST]
        runs = [run for i in short if (run := self._dotted_run(i))]
        for run in runs:
            if self._are_a_person(run):
                self._take_run(run)
        for index in short:
            token = self.tokens[index]
            if not token.taken and not self.is_guarded(token) and self._is_monogram(index, token):
                token.taken = True
        for run in (*runs, *reversed(runs)):
            if self._are_listed(run):
                self._take_run(run)
        for index in (*short, *reversed(short)):
            if self._stands_in_list(index):
                self.tokens[index].taken = True

    def _take_run(self, run: range) -> None:
        for index in run:
            self.tokens[index].taken = True

    def _learn_people(self) -> None:
        """The words and the initials of everybody who was found with more than one name."""
        for run in self._people():
            letters = "".join(token.word[0] for token in run)
            if _FEWEST <= len(letters) <= _MOST + 1:
                self.known.initials.update({letters.upper(), (letters[0] + letters[-1]).upper()})
            for token in run:
                plain = token.is_a(Kind.DECLARED) or token.base in self.rules.seasons
                if token.capital and len(token.base) >= _MOST and not plain:
                    self.named.add(token.base)

    def _people(self) -> list[list[Token]]:
        """Names of more than one word, as their words."""
        found: list[list[Token]] = []
        run: list[Token] = []
        barred = self.rules.titles | self.rules.roles
        for token in self.tokens:
            part = token.taken and not token.placeholder and token.base not in barred
            if run and not (part and _FULL_NAME.fullmatch(token.gap)):
                found.append(run)
                run = []
            if part:
                run.append(token)
        return [some for some in [*found, run] if len(some) >= _FEWEST]

    def _dotted_run(self, index: int) -> range | None:
        """The letters with points between them that begin at a place."""
        before = self.at(index - 1)
        if not self._is_letter(index) or (
            before is not None and self.tokens[index].gap == "." and self._is_letter(index - 1)
        ):
            return None
        end = index + 1
        while end < len(self.tokens) and self.tokens[end].gap == "." and self._is_letter(end):
            end += 1
        closed = self.text[self.tokens[end - 1].end : self.tokens[end - 1].end + 1] == "."
        long_enough = _FEWEST <= end - index <= _MOST + 1
        return range(index, end) if long_enough and (closed or end - index > _FEWEST) else None

    def _is_letter(self, index: int) -> bool:
        token = self.tokens[index]
        return token.capital and _LETTER.fullmatch(token.word) is not None

    def _are_a_person(self, run: range) -> bool:
        """Whether letters with points are no abbreviation in English or in health care."""
        joined = self._joined_letters(run)
        if joined in self.known.initials:
            return True
        if (
            len(joined) > _MOST
            or joined.lower() in _NO_PERSON
            or is_declared(joined)
            or joined in acronyms_of_bodies()
        ):
            return False
        return not self.vocabulary.kind(joined.lower()) & Kind.KNOWN

    def _joined_letters(self, run: range) -> str:
        return "".join(self.tokens[i].word.replace("'", "").replace("’", "") for i in run).upper()

    def _are_listed(self, run: range) -> bool:
        """``Z.K., P.O'D.``: letters beside those of another person."""
        first, behind = self.tokens[run[0]], self.at(run[-1] + 1)
        before = self.at(run[0] - 1)
        led = before is not None and before.taken and _LIST.fullmatch(first.gap)
        leads = behind is not None and behind.taken and _LIST.fullmatch(behind.gap)
        return bool(led or leads)

    def _is_monogram(self, index: int, token: Token) -> bool:
        word = token.word
        if not word.isalpha() or not _FEWEST <= len(word) <= _MOST + 2:
            return False
        if _PARTICLED.fullmatch(word):
            return not is_declared(word)
        if word.islower():
            return len(word) <= _MOST and self._is_low_monogram(index, token)
        if len(word) > _MOST or not word.isupper():
            return (
                word.upper() in self.known.initials
                and sum(map(str.isupper, word)) > 1
                and (not word.isupper() and not is_declared(word))
            )
        return word in self.known.initials and self._could_be(token)

    def _is_low_monogram(self, index: int, token: Token) -> bool:
        """``rk`` as the last line, ``cc kr``, ``- jm``."""
        if token.known or token.base in _NO_PERSON or is_declared(token.base):
            return False
        before, after = self.at(index - 1), self.at(index + 1)
        ends = after is None or "\n" in after.gap or after.gap.strip()[:1] in {",", ")", ".", ";"}
        if token.gap == "/" and before is not None and before.taken and len(before.word) <= _MOST:
            return True
        if token.word.upper() in self.known.initials:
            return ends or token.gap.strip(" ") in {"(", "-", "–", "/"}
        if before is None or not ends:
            return False
        if "\n" in token.gap or token.gap.rstrip().endswith((" -", "–", "—")):
            return after is None
        led = before.base in _LEADS | self.rules.before_initials
        return led and (token.beside or token.gap == ": ")

    def _stands_in_list(self, index: int) -> bool:
        """``Z.K., MWJ``, ``[name]/AL``: letters beside letters that were taken."""
        token = self.tokens[index]
        if token.taken or not _FEWEST <= len(token.word) <= _MOST or not self._could_be(token):
            return False
        for other, gap in ((self.at(index - 1), token.gap), self._next(index)):
            if other is None or not other.taken or other.placeholder:
                continue
            letters = len(other.word) <= _MOST + 1 and sum(map(str.isupper, other.word)) > 0
            if letters and _LIST.fullmatch(gap):
                return True
        return False

    def _next(self, index: int) -> tuple[Token | None, str]:
        after = self.at(index + 1)
        return after, after.gap if after is not None else ""
