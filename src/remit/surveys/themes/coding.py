"""The codes that people gave: read back from their files; they always win over a suggestion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from remit.model.codebook import NO_THEME, Codebook
from remit.model.errors import SurveyError
from remit.model.questionnaire import plain
from remit.surveys.reading.exports import Export, Rejection, read_export
from remit.surveys.themes.comments import CommentKey, SurveyComment
from remit.surveys.themes.cues import sentences_of
from remit.surveys.themes.suggesting import Assistant
from remit.words.nearest import did_you_mean
from remit.words.sentences import listed

SUGGESTION = "suggestion"
"""Who gave the codes that nobody gave."""

_NEEDED = ("file", "line", "item", "comment", "codes")
_YES = frozenset({"yes", "y", "x", "1", "true", "quote", "✓"})
_NO = frozenset({"", "no", "n", "0", "false"})
_PARTED = re.compile(r"[;,\n|]")


@dataclass(frozen=True, slots=True)
class GivenCodes:
    """What one coder said of one comment."""

    coder: str
    themes: frozenset[str]


@dataclass(slots=True)
class Coding:
    """All codes that people gave, the comments chosen as quotes, and what was not taken."""

    coders: list[str] = field(default_factory=list)
    by_comment: dict[CommentKey, list[GivenCodes]] = field(default_factory=dict)
    quotes: dict[CommentKey, list[str]] = field(default_factory=dict)
    """Comment → who chose it as a quote."""
    rejections: list[Rejection] = field(default_factory=list)

    def of_coder(self, coder: str) -> dict[CommentKey, frozenset[str]]:
        """The codes of one coder."""
        return {
            key: one.themes
            for key, some in self.by_comment.items()
            for one in some
            if one.coder == coder
        }


@dataclass(frozen=True, slots=True)
class FinalCodes:
    """The themes of a comment, who gave them, and whether all coders said the same."""

    themes: frozenset[str]
    source: str
    agreed: bool


def read_codings(
    paths: Sequence[Path], comments: Iterable[SurveyComment], codebook: Codebook
) -> Coding:
    """The codes in some files, as ``remit survey themes`` wrote them for coders.

    Parameters
    ----------
    paths
        CSV or workbooks; the coder is the name of the file, or stands in a column ``coder``.
    comments
        The comments that may be coded.
    codebook
        Its themes; a code is an identifier or a name, several are parted by semicolons.

    Raises
    ------
    SurveyError
        If a file cannot be read or lacks a column.
    """
    known = {one.key: one for one in comments}
    coding = Coding()
    for path in paths:
        _read_one(read_export(path), path.stem, known, codebook, coding)
    return coding


def _read_one(
    export: Export,
    stem: str,
    known: Mapping[CommentKey, SurveyComment],
    codebook: Codebook,
    coding: Coding,
) -> None:
    at = {plain(one.said): one.place for one in export.headings}
    lacking = [name for name in _NEEDED if name not in at]
    if lacking:
        raise SurveyError(
            f"{export.file}: there is no column {', '.join(lacking)}; take suggestions.csv of "
            "`remit survey themes`, and fill in its column codes"
        )
    coding.rejections += export.rejections
    for row, line in zip(export.cells.iter_rows(), export.lines, strict=True):
        cells = {name: str(row[place] or "").strip() for name, place in at.items()}
        coder = cells.get("coder") or stem
        for column, value, reason in _taken(cells, coder, known, codebook, coding):
            coding.rejections.append(Rejection(export.file, line, column, value, reason))


def _taken(
    cells: Mapping[str, str],
    coder: str,
    known: Mapping[CommentKey, SurveyComment],
    codebook: Codebook,
    coding: Coding,
) -> Iterator[tuple[str, str, str]]:
    """Take the codes of a row; what is wrong comes back as column, value and reason."""
    chosen = plain(cells.get("quote", ""))
    if not cells["codes"] and chosen in _NO:
        return
    said = cells["line"].removesuffix(".0")
    key = cells["file"], int(said) if said.isdecimal() else 0, cells["item"]
    comment = known.get(key)
    if comment is None:
        yield "line", cells["line"], "there is no comment at this file, line and item"
        return
    # Who keeps no comments beside their codes may leave the column blank.
    if cells["comment"] and sentences_of(cells["comment"]) != sentences_of(comment.text):
        reason = "the comment at this place is another one than the one that was coded"
        yield "comment", cells["comment"][:200], reason
        return
    themes, wrong = _themes(cells["codes"], codebook)
    yield from (("codes", one, reason) for one, reason in wrong)
    if themes is not None and not wrong:
        yield from _added(coding, key, GivenCodes(coder, themes))
    if chosen in _YES:
        coding.quotes.setdefault(key, []).append(coder)
    elif chosen not in _NO:
        yield "quote", cells["quote"], "say yes where the comment may be a quote, else leave it"


def _added(coding: Coding, key: CommentKey, given: GivenCodes) -> Iterator[tuple[str, str, str]]:
    told = coding.by_comment.setdefault(key, [])
    if any(one.coder == given.coder for one in told):
        reason = f"{given.coder} coded this comment already; the first codes are kept"
        yield "codes", "; ".join(sorted(given.themes)), reason
        return
    told.append(given)
    if given.coder not in coding.coders:
        coding.coders.append(given.coder)


def _themes(said: str, codebook: Codebook) -> tuple[frozenset[str] | None, list[tuple[str, str]]]:
    """The themes in a cell, None where it is blank; and each code that is none."""
    parts = [one.strip() for one in _PARTED.split(said) if one.strip()]
    if not parts:
        return None, []
    found: set[str] = set()
    wrong: list[tuple[str, str]] = []
    for part in parts:
        theme = codebook.theme(part)
        if theme is not None:
            found.add(theme.id)
        elif plain(part) != NO_THEME:
            wrong.append((part, f"this is no theme.{_meant(part, codebook)}"))
    if found and any(plain(part) == NO_THEME for part in parts):
        wrong.append((said, f"{NO_THEME} stands beside a theme"))
    return frozenset(found), wrong


def _meant(said: str, codebook: Codebook) -> str:
    """Which theme was perhaps meant: one whose words it is, else one that is written much alike."""
    by_words = [one.theme for one in Assistant(codebook).any_hint(said)]
    if by_words:
        return f" The codebook has it among the words of {listed(by_words, 'or')}."
    return did_you_mean(said, [one.id for one in codebook.themes])


def final_codes(comment: SurveyComment, suggested: frozenset[str], coding: Coding) -> FinalCodes:
    """The themes of a comment: those of most of its coders, or what is suggested.

    Where as many coders are for a theme as against it, the one whose file was named first decides.

    Parameters
    ----------
    comment
        The comment.
    suggested
        The themes that its words suggest.
    coding
        What people said.

    Examples
    --------
    >>> final_codes(comment, frozenset({"burden"}), Coding()).source  # doctest: +SKIP
    'suggestion'
    """
    given = coding.by_comment.get(comment.key)
    if not given:
        return FinalCodes(suggested, SUGGESTION, True)
    first = min(given, key=lambda one: coding.coders.index(one.coder))
    votes = Counter(theme for one in given for theme in one.themes)
    kept = {
        theme
        for theme, many in votes.items()
        if many * 2 > len(given) or (many * 2 == len(given) and theme in first.themes)
    }
    agreed = len({one.themes for one in given}) == 1
    return FinalCodes(frozenset(kept), ", ".join(one.coder for one in given), agreed)
