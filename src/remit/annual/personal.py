"""Personal data in an assessment: what is imported is screened, what was written is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from remit.annual.folder import AnnualFolder
from remit.asks.intake.personal import Redactor, load_personal
from remit.asks.screening.suspects import Suspect, SuspectFinder


def words_like_names(folder: AnnualFolder) -> list[Suspect]:
    """Words of statements, quotations, views and replies that look like names of people.

    No list knows every name, and many places are names too: they are told and nothing is struck.
    """
    known = [one.name for one in folder.icbs.values()]
    known += [one.record.body for one in folder.evidence.values()]
    known += [one.record.name for one in folder.figures]
    vocabulary = _redactor().knowing(known).vocabulary
    return SuspectFinder(load_personal(), vocabulary).suspects(_texts(folder))


def screened(text: str, known: tuple[str, ...] = ()) -> str:
    """A text without personal data, as asks are kept.

    >>> screened("Priya said that plans came late")
    '[name] said that plans came late'
    """
    return _redactor().knowing(known).redact(text).text


@cache
def _redactor() -> Redactor:
    return Redactor(load_personal())


def _texts(folder: AnnualFolder) -> Iterator[tuple[str, str]]:
    for finding in folder.findings.values():
        one = finding.record
        for text in (one.statement, one.counter_answer, one.dissent, one.author, one.reviewer):
            yield one.id, text
    for item in folder.evidence.values():
        for text in (item.record.quotation, item.record.says):
            yield item.record.id, text
    for reply in folder.replies:
        for text in (reply.record.says, reply.record.reason):
            yield f"reply on {reply.record.finding}", text
    for code, letter in folder.letters.items():
        for statement in letter.statements:
            yield f"letter of {code}", statement.text
