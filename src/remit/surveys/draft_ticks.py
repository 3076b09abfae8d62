"""Columns of ticks whose headings begin with one question, as ``Who asked you?: ICB``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remit.model.questionnaire import plain
from remit.surveys.reading.coding import is_tick
from remit.surveys.reading.exports import Export, Heading

_AFTER_QUESTION = re.compile(
    r"^(?P<question>\S.*?)(?:(?<=\?)\s*[:–—|-]\s*|\s+[–—|-]\s+|:\s+)(?P<option>\S.*)$", re.DOTALL
)


def ticks_below_questions(export: Export) -> list[Heading]:
    """The headings of an export; columns of ticks that share a question are its options.

    Statements on a scale that share one stay as they are: their heading is their wording.

    Examples
    --------
    >>> from remit.surveys.reading.exports import export_of
    >>> rows = [(1, ["id", "Who asked?: ICB", "Who asked?: CQC"]), (2, ["1", "1", "0"])]
    >>> [one.option for one in ticks_below_questions(export_of("a.csv", rows))]
    ['', 'ICB', 'CQC']
    """
    together: dict[str, list[Heading]] = {}
    for one in _parted(export):
        together.setdefault(plain(one.question), []).append(one)
    options = {
        one.place: one
        for several in together.values()
        if len(several) > 1 and all(_is_ticked(export, one) for one in several)
        for one in several
    }
    return [options.get(one.place, one) for one in export.headings]


def _parted(export: Export) -> Iterator[Heading]:
    for one in export.headings:
        found = None if one.option else _AFTER_QUESTION.match(one.question)
        if found:
            yield Heading(one.place, found["question"], found["option"], one.code)


def _is_ticked(export: Export, one: Heading) -> bool:
    """Whether there are ticks and nothing else in a column."""
    texts = export.cells.to_series(one.place).str.strip_chars().unique().to_list()
    return any(texts) and all(is_tick(text, one.option) for text in texts)
