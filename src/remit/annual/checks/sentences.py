"""Every sentence of a letter rests on a finding about that ICB, or is one of the standing ones."""

from __future__ import annotations

from collections.abc import Iterator

from remit.annual.bank import Bank
from remit.annual.checks.faults import AnnualFault
from remit.annual.letters import LetterText, Statement, alike, standing_words
from remit.annual.standing import standing_sentences
from remit.words.nearest import did_you_mean


def without_finding(bank: Bank) -> Iterator[AnnualFault]:
    """Statements of letters that name no finding, or one that is not there."""
    for code, letter in bank.folder.letters.items():
        standing = standing_words(standing_sentences(bank.folder, code))
        headings = standing_words(one.name for one in bank.folder.year.headings)
        for statement in letter.statements:
            if alike(statement.text) not in standing | headings:
                yield from _of_statement(bank, code, letter, statement)


def _of_statement(
    bank: Bank, code: str, letter: LetterText, statement: Statement
) -> Iterator[AnnualFault]:
    where = f"{letter.file}, line {statement.line}"
    said = f"“{_short(statement.text)}”"
    if not statement.findings:
        yield AnnualFault(
            "sentence_without_finding", code, "", where,
            f"{said} names no finding. Put it in square brackets after the sentence, or after "
            "each part that a semicolon joins; or take the sentence out.",
        )  # fmt: skip
    for name in statement.findings:
        found = bank.folder.findings.get(name)
        if found is None:
            near = did_you_mean(name, bank.folder.findings)
            yield AnnualFault(
                "sentence_without_finding", code, name, where,
                f"{said} names {name}, and there is no such finding.{near}",
            )  # fmt: skip
        elif found.record.icb != code:
            yield AnnualFault(
                "sentence_without_finding", code, name, where,
                f"{said} names {name}, which is about {found.record.icb}.",
            )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117].rstrip()}…"
