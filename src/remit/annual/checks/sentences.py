"""Every sentence of a letter rests on a finding about that ICB, or is one of the standing ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remit.annual.bank import Bank
from remit.annual.checks.faults import AnnualFault
from remit.annual.letters import Statement, alike, standing_words
from remit.annual.standing import standing_sentences, unrecorded_sentences
from remit.words.nearest import did_you_mean

_UNRECORDED = (
    "is a standing sentence that the records do not bear out: they hold no such view, reply, day "
    "or concern. Record it, or take the sentence out."
)
_BARE = (
    "names no finding. Put it in square brackets after the sentence, or after each part that a "
    "semicolon joins; or take the sentence out."
)


def without_finding(bank: Bank) -> Iterator[AnnualFault]:
    """Statements of letters that name no finding, or one that is not there."""
    unrecorded = unrecorded_sentences(bank.folder)
    for code, letter in bank.folder.letters.items():
        standing = standing_words(standing_sentences(bank.folder, code))
        headings = standing_words(one.name for one in bank.folder.year.headings)
        for statement in letter.statements:
            if alike(statement.text) not in standing | headings:
                for why, name in _of_statement(bank, code, statement, unrecorded):
                    yield AnnualFault(
                        "sentence_without_finding", code, name,
                        f"{letter.file}, line {statement.line}",
                        f"“{_short(statement.text)}” {why}", statement.text,
                    )  # fmt: skip


def _of_statement(
    bank: Bank, code: str, statement: Statement, unrecorded: re.Pattern[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with a statement, and the finding that it names."""
    if not statement.findings:
        yield (_UNRECORDED if unrecorded.fullmatch(alike(statement.text)) else _BARE), ""
    for name in statement.findings:
        found = bank.folder.findings.get(name)
        if found is None:
            near = did_you_mean(name, bank.folder.findings)
            yield f"names {name}, and there is no such finding.{near}", name
        elif found.record.icb != code:
            yield f"names {name}, which is about {found.record.icb}.", name


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117].rstrip()}…"
