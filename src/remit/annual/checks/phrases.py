"""A phrase claims no more than its evidence shows; the same evidence has the same word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from remit.annual.bank import Bank, Weighed
from remit.annual.checks.faults import AnnualFault
from remit.annual.ladders import Used, lacking, phrases_in, rung_of
from remit.annual.letters import by_icb
from remit.annual.rows import PlacedRecord
from remit.model.annual import Rung
from remit.model.annual_records import AnnualFinding
from remit.words.sentences import lowered


def above_evidence(bank: Bank) -> Iterator[AnnualFault]:
    """Phrases, of findings and in texts, whose rung needs what the evidence does not show."""
    ladder = bank.folder.ladder
    for placed in bank.folder.findings.values():
        one = placed.record
        rung = rung_of(ladder, one.phrase)
        if rung is None:
            known_phrases = ", ".join(rung.phrases[0] for rung in ladder.rungs)
            yield AnnualFault(
                "phrase_above_evidence", one.icb, one.id, placed.where,
                f"“{one.phrase}” stands on no rung of the ladder, so no evidence can bear it out. "
                f"Use a phrase of the ladder, such as: {known_phrases}.",
            )  # fmt: skip
            continue
        yield from _fault(bank, one, Used(one.phrase, rung), placed.where, one.icb)
        for used in _other_rungs(bank, one, one.statement, rung):
            yield from _fault(bank, one, used, placed.where, one.icb)
    for code, letter, statement in by_icb(bank.folder.letters):
        where = f"{letter.file}, line {statement.line}"
        for name in statement.findings:
            found = bank.folder.findings.get(name)
            rung = rung_of(ladder, found.record.phrase) if found else None
            if found and rung:
                for used in _other_rungs(bank, found.record, statement.text, rung):
                    for fault in _fault(bank, found.record, used, where, code):
                        yield replace(fault, said=statement.text)


def _other_rungs(bank: Bank, finding: AnnualFinding, text: str, rung: Rung) -> Iterator[Used]:
    """Phrases of a text that claim more than the rung of its finding, each rung once."""
    seen = {rung.id}
    for used in phrases_in(bank.folder.ladder, text):
        praise = used.rung.direction == "strength"
        if used.rung.id not in seen and (praise or finding.direction != "strength"):
            seen.add(used.rung.id)
            yield used


def _fault(
    bank: Bank, finding: AnnualFinding, used: Used, where: str, icb: str
) -> Iterator[AnnualFault]:
    missing = lacking(bank.folder.ladder, used.rung, finding, bank)
    if missing:
        needs = "; ".join(lowered(one.says.rstrip(".")) for one in missing)
        yield AnnualFault(
            "phrase_above_evidence", icb, finding.id, where,
            f"“{used.phrase}” ({used.rung.id}) claims more than the evidence of {finding.id} "
            f"shows. Not shown: {needs}.",
        )  # fmt: skip


def differing_words(bank: Bank) -> Iterator[AnnualFault]:
    """Findings of two ICBs under one heading that rest on the same evidence and differ in rung."""
    told = [
        (placed, rung, bank.weighed(placed.record))
        for placed in bank.folder.findings.values()
        if (rung := rung_of(bank.folder.ladder, placed.record.phrase))
    ]
    for (one, rung, mine), (other, another, theirs) in combinations(told, 2):
        first, second = one.record, other.record
        if (
            first.icb == second.icb
            or first.heading != second.heading
            or rung.id == another.id
            or first.differs_because.strip()
            or second.differs_because.strip()
            or not _same(bank, mine, theirs)
        ):
            continue
        yield _differ(one, other)
        yield _differ(other, one)


def _differ(one: PlacedRecord[AnnualFinding], other: PlacedRecord[AnnualFinding]) -> AnnualFault:
    mine, theirs = one.record, other.record
    return AnnualFault(
        "words_differ", mine.icb, mine.id, one.where,
        f"The same evidence is “{mine.phrase}” for {mine.icb} ({mine.id}) and “{theirs.phrase}” "
        f"for {theirs.icb} ({theirs.id}, {other.where}). Use words of one rung, or say in "
        "`differs_because` why they differ.",
    )  # fmt: skip


def _same(bank: Bank, mine: Sequence[Weighed], theirs: Sequence[Weighed]) -> bool:
    """Whether two findings rest on the same evidence, item by item."""
    if not mine or len(mine) != len(theirs):
        return False
    left = list(theirs)
    for one in mine:
        twin = next((other for other in left if _alike(bank, one, other)), None)
        if twin is None:
            return False
        left.remove(twin)
    return True


def _alike(bank: Bank, one: Weighed, other: Weighed) -> bool:
    a, b = one.evidence, other.evidence
    if a.id == b.id:
        return True
    if a.kind != b.kind or one.counter != other.counter or one.speaks != other.speaks:
        return False
    if a.kind == "figure":
        return _plain(a.metric, a.cut) == _plain(b.metric, b.cut) and _near(bank, one, other)
    if a.kind == "passage":
        return _plain(a.file, a.page, a.quotation) == _plain(b.file, b.page, b.quotation)
    return _plain(a.body, a.on, a.says, a.finding) == _plain(b.body, b.on, b.says, b.finding)


def _plain(*texts: str) -> tuple[str, ...]:
    return tuple(" ".join(text.split()).casefold().strip(" .") for text in texts)


def _near(bank: Bank, one: Weighed, other: Weighed) -> bool:
    """Whether two figures are of one period and differ by no more than the ladder says."""
    first, second = bank.period(one.evidence), bank.period(other.evidence)
    if first is None or second is None:
        return False
    if (first.start, first.end) != (second.start, second.end):
        return False
    a, b = bank.number(one.evidence), bank.number(other.evidence)
    if a is None or b is None:
        return False
    within = bank.folder.ladder.same_evidence.within_percent / 100
    return abs(a - b) <= within * max(abs(a), abs(b)) + 1e-12
