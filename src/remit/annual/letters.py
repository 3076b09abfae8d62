"""A letter as people edit it: blocks of text, parted into statements, each with its findings.

A finding stands in square brackets after what it bears out: ``… leads its partners well [F1].``
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from remit.annual.sentences import MARK, parts_of, sentences_of
from remit.files.limits import TEXT_BYTES
from remit.files.reading import is_folder, is_named, read_bytes, read_text
from remit.model.errors import AnnualError
from remit.model.plain_text import cleaned

LETTERS = "letters"
ANNEX = "Findings and their evidence"
"""The heading of what Remit puts behind a letter; it is no part of the letter."""
NOTE = "⚠"
"""Begins what Remit notes on a draft, a line or a mark in brackets; it is no part of the letter."""
_NOTES = re.compile(rf"^[ \t>]*{NOTE}.*$|[ \t]*\[{NOTE}[^\[\]]*\]", re.MULTILINE)
_TEXTS = (".md", ".txt", ".markdown")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s|$)|\s*(\*\*|__)[^*_]+\1\s*:?\s*$|\s*[-=*_]{3,}\s*$")
_BULLET = re.compile(r"\s*(?:[-*+•·‣◦–—▪]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+")
_RULE = re.compile(r"[\s|:-]+$")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_LINK = re.compile(r"\[([^\[\]]+)\]\(#?[^()\s]*\)")
_END = re.compile(r"[.!?…](?:[\"'”’)\]]|\s)*$")
_SHORT = 8
"""Words of a line without a full stop that may be a heading, an address or a signature."""
_SAYS = frozenset(
    ("is", "are", "was", "were", "has", "have", "had", "must", "should", "will", "would", "can",
     "could", "does", "do", "did", "need", "needs")
)  # fmt: skip
_SALUTATION = re.compile(r"(?:dear|yours|cc|from|to|date|our ref|copy)\b[^.!?]*[,:]?.*$", re.I)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence, or one part of it, says, and the findings that it names."""

    text: str
    findings: tuple[str, ...]
    line: int
    lead_in: bool = False
    """Whether it leads into a list, whose findings it bears."""
    joint: str = " "
    """What stands between it and what follows in its block."""


@dataclass(frozen=True, slots=True)
class LetterBlock:
    """A heading, an item of a list or a paragraph; one that says nothing has no statements."""

    kind: str
    text: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter: its blocks in their order."""

    file: str
    blocks: tuple[LetterBlock, ...]

    @property
    def statements(self) -> Iterator[Statement]:
        """What all its blocks say."""
        for block in self.blocks:
            yield from block.statements


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    text: str
    kind: str


def read_letters(folder: Path, codes: Sequence[str]) -> dict[str, LetterText]:
    """The letters of a folder, by the code of the ICB that a file's name holds.

    Raises
    ------
    AnnualError
        If two letters are of one ICB, ``letters`` is no folder, or a file cannot be read.
    """
    found: dict[str, LetterText] = {}
    place = folder / LETTERS
    if is_named(place) and not is_folder(place):
        raise AnnualError(f"{place}: this is no folder; letters lie in a folder of that name")
    for path in sorted(place.iterdir()) if is_folder(place) else ():
        if path.suffix.lower() not in {*_TEXTS, ".docx"} or path.name.startswith(("~", ".")):
            continue
        parts = re.split(r"[^A-Z0-9]+", path.stem.upper())
        for code in codes:
            if code in parts:
                if code in found:
                    raise AnnualError(f"{path}: {found[code].file} is a letter of {code} as well")
                found[code] = read_letter(_text(path), f"{LETTERS}/{path.name}")
    return {code: found[code] for code in codes if code in found}


def _text(path: Path) -> str:
    if path.suffix.lower() != ".docx":
        return read_text(path, error=AnnualError)
    from remit.files.documents import DocumentError, read_document

    content = read_bytes(path, limit=TEXT_BYTES, error=AnnualError)
    try:
        whole = read_document(content, "docx").text
    except DocumentError as fault:
        raise AnnualError(f"{path}: {fault}") from None
    lines = whole.split("\n")
    return "\n\n".join(lines[: lines.index(ANNEX)] if ANNEX in lines else lines)


def read_letter(text: str, file: str = "letter.md") -> LetterText:
    """The statements of a letter.

    Parameters
    ----------
    text
        Markdown or plain text: paragraphs, lists and headings.
    file
        The name that faults bear.

    Examples
    --------
    >>> letter = read_letter("## Value for money\\n\\nIt met its plan [F1]. Costs fell.")
    >>> [(one.text, one.findings) for one in letter.statements]
    [('It met its plan.', ('F1',)), ('Costs fell.', ())]
    """
    # Line by line, so that a fault names the line that an editor shows.
    text = "\n".join(" ".join(cleaned(line).split("\n")) for line in text.split("\n"))
    plain = _COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text)
    blocks = list(_blocks(_NOTES.sub("", plain).split("\n")))
    return LetterText(file, tuple(_with_lists(blocks)))


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """Headings, items of lists, rows of tables, and paragraphs, whose lines are joined."""
    held: list[str] = []
    start, kind = 0, "paragraph"

    def ended() -> Iterator[_Block]:
        if held:
            yield _Block(start, "\n".join(held), kind)
            held.clear()

    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip().lstrip("> ") if raw.lstrip().startswith(">") else raw.rstrip()
        bullet = _BULLET.match(line)
        if not line.strip() or _HEADING.match(line):
            yield from ended()
            kind = "paragraph"
            if line.strip() and not _RULE.match(line):
                yield _Block(number, line.strip("#*_ :"), "heading")
        elif line.lstrip().startswith("|"):
            yield from ended()
            if not _RULE.match(line):
                yield _Block(number, line.strip("| ").replace("|", " "), "item")
        elif bullet:
            yield from ended()
            held.append(line[bullet.end() :])
            start, kind = number, "item"
        else:
            if not held:
                start = number
            held.append(line.strip())
    yield from ended()


def _with_lists(blocks: Sequence[_Block]) -> Iterator[LetterBlock]:
    """The blocks with their statements; one that leads into a list bears the list's findings."""
    said = [list(_statements(block)) for block in blocks]
    for place, (block, statements) in enumerate(zip(blocks, said, strict=True)):
        last = statements[-1] if statements else None
        if last and last.text.endswith(":") and not last.findings:
            items = _below(blocks, said, place + 1)
            names = dict.fromkeys(name for one in items for name in one.findings)
            statements[-1] = Statement(last.text, tuple(names), last.line, lead_in=True)
        yield LetterBlock(block.kind, " ".join(_plain(block.text).split()), tuple(statements))


def _plain(text: str) -> str:
    """Words without the signs of Markdown."""
    return _EMPHASIS.sub("", _LINK.sub(r"[\1]", text))


def _below(
    blocks: Sequence[_Block], said: Sequence[list[Statement]], place: int
) -> Iterator[Statement]:
    """The items of a list; from a file of Word, which does not tell them, the next paragraph."""
    if place < len(blocks) and blocks[place].kind == "paragraph":
        yield from said[place]
    while place < len(blocks) and blocks[place].kind == "item":
        yield from said[place]
        place += 1


def _statements(block: _Block) -> Iterator[Statement]:
    if block.kind == "heading":
        return
    text = _plain(block.text)
    if block.kind == "paragraph" and _says_nothing(text):
        return
    for offset, sentence in _settled(list(sentences_of(text))):
        line = block.line + text.count("\n", 0, offset)
        parts = [one for one in parts_of(" ".join(sentence.split())) if one[0]]
        for place, (words, names) in enumerate(parts, start=1):
            yield Statement(words, names, line, joint="; " if place < len(parts) else " ")


def _says_nothing(text: str) -> bool:
    """Whether a paragraph is a heading, an address, a salutation or a signature."""
    lines = text.split("\n")
    if MARK.search(text):
        return False
    if len(lines) == 1 and _SALUTATION.match(text) and len(text.split()) <= _SHORT:
        return True
    for line in lines:
        words = line.lower().split()
        bare = {word.strip(",;:()") for word in words}
        if _END.search(line) or line.endswith(":") or len(words) > _SHORT or bare & _SAYS:
            return False
    return True


def _settled(sentences: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Marks that stand after a full stop go to the sentence before it."""
    leads = bool(sentences) and bool(MARK.match(sentences[0][1]))
    texts = [text for _, text in sentences]
    if not leads:
        for before, after in pairwise(range(len(texts))):
            while found := MARK.match(texts[after]):
                texts[before] = f"{texts[before]} {found.group().strip()}"
                texts[after] = texts[after][found.end() :].lstrip()
    for (offset, _), text in zip(sentences, texts, strict=True):
        if text.strip():
            yield offset, text


def standing_words(sentences: Iterable[str]) -> frozenset[str]:
    """Sentences as they are compared."""
    return frozenset(map(alike, sentences))


def alike(text: str) -> str:
    """A sentence as it is compared: without case, and with one blank between words.

    >>> alike("Thank  You. ")
    'thank you'
    """
    return " ".join(text.split()).casefold().strip(" .!?:;,")


def by_icb(letters: Mapping[str, LetterText]) -> Iterator[tuple[str, LetterText, Statement]]:
    """Each statement of each letter."""
    for code, letter in letters.items():
        for statement in letter.statements:
            yield code, letter, statement
