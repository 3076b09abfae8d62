"""Names of files and folders, in which names of people stand in any case and run together."""

from __future__ import annotations

import re

from remit.asks.screening.known import KnownNames
from remit.asks.screening.patterns import NAME
from remit.asks.screening.spelling import folded
from remit.asks.screening.vocabulary import Kind, Vocabulary

ENDINGS = (
    "docx?|docm|xlsx?|xlsm|xlsb|pdf|csv|tsv|pptx?|msg|eml|mbox|"
    "txt|rtf|zip|ics|ods|odt|png|jpe?g|html?|json|pst|one"
)
FILE = re.compile(
    rf"(?<![\w\\/.-])[^\s\\/:*?\"'<>|\[\]()]{{1,120}}\.(?:{ENDINGS})\b", re.IGNORECASE
)
PATH = re.compile(
    r"(?<![\w\\/])(?:file:/{1,3})?"
    r"(?:[A-Za-z]:[\\/]|\\\\|/(?:home|Users|mnt|var|tmp|Volumes|media)/)[^\s\"'<>|]{1,400}"
)
_OWNER = re.compile(r"((?:users|home|profiles|homes|personal)[\\/])([^\\/\s]+)", re.IGNORECASE)
_PIECE = re.compile(
    r"\[(?:name|number|address|link|date)\]|[A-Z]{2,}(?![a-zà-ÿ])|[^\W\d_a-z]?[^\W\d_A-Z]+|[^\W\d_]"
)
_SHORTEST = 3


class FileNames:
    """Takes the people out of names of files."""

    def __init__(self, vocabulary: Vocabulary, too: frozenset[str]) -> None:
        self._vocabulary = vocabulary
        self._too = too

    def without_people(self, name: str, known: KnownNames) -> str:
        """A file's name or a path: ``Report_JSmith_v2.docx`` → ``Report_[name]_v2.docx``."""
        name = _OWNER.sub(rf"\1{NAME}", name)
        stem, dot, ending = name.rpartition(".")
        if not dot or not ending.isalnum() or len(ending) > 5:
            stem, dot, ending = name, "", ""
        pieces = list(_PIECE.finditer(stem))
        out: list[str] = []
        end = 0
        for index, piece in enumerate(pieces):
            before = (
                pieces[index - 1].group()
                if index and pieces[index - 1].end() == piece.start()
                else ""
            )
            out.append(stem[end : piece.start()])
            screened = self._screened(piece.group(), before, known)
            after = pieces[index + 1].group() if index + 1 < len(pieces) else ""
            if len(after) == 1 and after.isupper() and self._is_family(screened):
                screened = NAME
            if screened == piece.group() and out[-2:-1] == [NAME] and self._is_family(screened):
                screened = NAME
            out.append(screened)
            end = piece.end()
        return _joined("".join([*out, stem[end:]])) + dot + ending

    def _is_family(self, piece: str) -> bool:
        """Whether a known word behind a name is a family name."""
        kind = self._vocabulary.kind(piece)
        common = kind & Kind.COMMON and not piece[0].isupper()
        return bool(kind & Kind.SURNAME) and not common and not kind & Kind.ACRONYM

    def _screened(self, piece: str, before: str, known: KnownNames) -> str:
        if piece.startswith("["):
            return piece
        base = folded(piece)
        kind = self._vocabulary.kind(piece)
        named = base in known.anywhere or (base in known.capital and piece[0].isupper())
        if len(before) == 1 and kind & Kind.SURNAME and piece[0].isupper():
            named = True
        if base in self._too and piece[:1].isupper() and piece[1:].islower():
            named = True
        unknown = not kind & Kind.KNOWN and len(base) >= _SHORTEST
        return NAME if named or unknown else piece


def _joined(text: str) -> str:
    """An initial before a name goes with it, and names beside each other are one."""
    text = re.sub(rf"(?<![^\W_])[^\W\d_](?=[. _-]?{re.escape(NAME)})[. _-]?", "", text)
    text = re.sub(rf"{re.escape(NAME)}(?:[ ._-]?{re.escape(NAME)})+", NAME, text)
    return re.sub(
        rf"({re.escape(NAME)})[ ._-]?(?:\d{{1,2}}(?=[ ._-]|$)|[A-Z](?![^\W_]))", r"\1", text
    )
