"""Personal data are taken out of texts: names, signatures, greetings, addresses, numbers.

A name is known by where it stands, by the message's own headers, or by the declared list. What is
taken out is replaced by a word in square brackets, so that a reader sees that something was there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from remit.asks.senders.cues import cue_pattern
from remit.catalogue import declared
from remit.model.intake import PersonalFile

NAME = "[name]"

_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w/£.-])(?:\+\d{1,3}[\s.-]?(?:\(0\))?|\(?0)\d(?:[\s().-]{0,2}\d){7,11}(?!\w)"
    r"|\b(?:ext|extension)\.?\s*\d{3,6}\b",
    re.IGNORECASE,
)
_NHS_NUMBER = re.compile(r"(?<![\d-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d-])")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_QUOTED = re.compile(
    r"^\s*(?:-{2,}\s*(?:original|forwarded) (?:message|appointment)|_{10,}\s*$"
    r"|on .{6,80}\bwrote:\s*$|from:\s.*$|begin forwarded message)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\s*(?:from|to|cc|bcc|sent|date|subject|importance):", re.IGNORECASE)
_DELIMITER = re.compile(r"^\s*--\s*$")
_CAPITAL = r"(?:[OD]['’])?[A-Z][a-zà-ÿ]+(?:[-A-Z]+[a-zà-ÿ]+)?"
_INITIAL = r"(?:\s+[A-Z]\.?)?"
_AND = r"\s*(?:,|&|/|\band\b)\s*"
_TITLED = re.compile(
    rf"\b(?:Mrs|Mr|Ms|Miss|Dr|Prof(?:essor)?|Cllr|Sir|Dame|Lord|Lady)\.?\s+"
    rf"(?:{_CAPITAL}\s+){{0,2}}{_CAPITAL}"
)
_MOST_SIGNATURE_LINES = 12
_SIGN_OFF_WORDS = 6


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without personal data, and how many pieces were taken out of it."""

    text: str
    removed: int


class Redactor:
    """Takes personal data out of texts by the words of a declaration."""

    def __init__(self, words: PersonalFile) -> None:
        self._forenames = words.names
        self._roles = words.role_words
        self._offices = cue_pattern(words.offices)
        self._labels: dict[str, bool] = {}
        greetings = cue_pattern(words.greetings).pattern
        self._greeting = re.compile(
            rf"^(\s*(?i:{greetings})\s+)({_CAPITAL}(?:{_AND}{_CAPITAL})*)"
            r"(?=\s*(?:[,.!:;\-–]|$|\n))",
            re.MULTILINE,
        )
        self._sign_off = re.compile(rf"^\s*(?i:{cue_pattern(words.sign_offs).pattern})\b", re.M)
        self._trailing = re.compile(
            rf"((?i:{cue_pattern(words.sign_offs).pattern})\s*[,.!\-–]?\s+)"
            rf"({_CAPITAL}{_INITIAL}(?:\s+{_CAPITAL})?)(\s*[.!]?\s*)$"
        )

    def redact(self, text: str, names: Iterable[str] = ()) -> Redacted:
        """Take out names, signatures, addresses and numbers.

        Parameters
        ----------
        text
            What somebody wrote, without the messages that it quotes.
        names
            Names known from elsewhere, such as the sender's; each of their words is taken out,
            but of a shared mailbox's ("ICB performance team") none.
        """
        body, cut = self._without_signature(text)
        known = self._known(body, text, names)
        count = cut
        steps = ((_LINK, "[link]"), (_MAIL, "[address]"), (_NHS_NUMBER, "[number]"))
        for pattern, word in (*steps, (_PHONE, "[number]"), (_TITLED, NAME)):
            body, found = pattern.subn(word, body)
            count += found
        if known:
            body, found = _names_pattern(known).subn(NAME, body)
            count += found
        body = re.sub(rf"{re.escape(NAME)}(?:[ \t]+{re.escape(NAME)})+", NAME, body)
        return Redacted(body.strip(), count)

    def is_clean(self, label: str) -> bool:
        """Whether a short label, such as a body or a team, holds nothing personal."""
        if label not in self._labels:
            self._labels[label] = self.redact(label).text == label.strip()
        return self._labels[label]

    def _known(self, body: str, text: str, names: Iterable[str]) -> frozenset[str]:
        """The words that are names in this text, as they are written."""
        people = [name for name in names if not self._is_office(name)]
        found = {word for name in people for word in re.findall(_CAPITAL, name)}
        for _, greeted in self._greeting.findall(body):
            found |= set(re.findall(_CAPITAL, greeted))
        for line in text.splitlines():
            signed = self._trailing.search(line)
            if signed:
                found |= set(re.findall(_CAPITAL, signed.group(2)))
        found |= {w for w in re.findall(_CAPITAL, body) if w.lower() in self._forenames}
        found = {word for word in found if word.lower() not in self._roles}
        # A capital word right behind a forename is the family name.
        behind = (
            rf"\b(?:{'|'.join(map(re.escape, found))})[ \t]+({_CAPITAL})\b" if found else r"(?!)"
        )
        family = {w for w in re.findall(behind, text) if w.lower() not in self._roles}
        return frozenset(found | (family - _sentence_words(family, body)))

    def _is_office(self, name: str) -> bool:
        """Whether a display name is a shared mailbox's, and no person's."""
        return any(map(str.isdigit, name)) or self._offices.search(name) is not None

    def _without_signature(self, text: str) -> tuple[str, int]:
        """The text above its signature, and 1 if one was cut."""
        lines = text.splitlines()
        for index, line in enumerate(lines):
            if _DELIMITER.match(line):
                return "\n".join(lines[:index]), 1
            rest = [later for later in lines[index + 1 :] if later.strip()]
            ends = self._sign_off.match(line) and len(line.split()) <= _SIGN_OFF_WORDS
            if ends and index and len(rest) <= _MOST_SIGNATURE_LINES and _short(rest):
                return "\n".join(lines[:index]), 1
        return text, 0


def without_quotes(text: str) -> tuple[str, bool]:
    """A message without what it quotes of earlier ones, and whether it quoted any."""
    kept: list[str] = []
    lines = text.splitlines()
    quoted = False
    for index, line in enumerate(lines):
        if line.lstrip().startswith(">"):
            quoted = True
            continue
        if _QUOTED.match(line) and _begins_quote(lines, index):
            quoted = True
            break
        kept.append(line)
    return "\n".join(kept).strip(), quoted


def _begins_quote(lines: list[str], index: int) -> bool:
    """Whether a line that may head a quotation does: ``From:`` needs a second header below."""
    if not _HEADER.match(lines[index]):
        return True
    following = [line for line in lines[index + 1 : index + 5] if line.strip()]
    return any(_HEADER.match(line) for line in following)


def _short(lines: list[str]) -> bool:
    return all(len(line) <= 90 and not line.rstrip().endswith("?") for line in lines)


def _sentence_words(words: set[str], body: str) -> set[str]:
    """Those of the words that the text also writes small, so that they are no names."""
    return {word for word in words if re.search(rf"\b{re.escape(word.lower())}\b", body)}


def _names_pattern(names: frozenset[str]) -> re.Pattern[str]:
    parts = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w@.])(?:{parts})(?:['’]s)?(?![\w@])")


@cache
def load_personal(own: Path | None = None) -> PersonalFile:
    """The words by which names are found: Remit's, or a file of the user's own.

    Raises
    ------
    DeclarationError
        If the file is faulty; the message names file, line, key and remedy.
    """
    if own is not None:
        return declared.read(own).validate(PersonalFile)
    (file,) = declared.packaged("personal")
    return file.validate(PersonalFile)
