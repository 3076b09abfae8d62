"""A letter with faults is a draft: which faults are its own, and beside which words they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from remit.annual.checks.faults import MARKS, AnnualFault
from remit.annual.folder import AnnualFolder
from remit.annual.letters import NOTE, LetterText, Statement, alike
from remit.model.plain_text import on_one_line
from remit.words.sentences import count_words

Place = tuple[int, int]
"""Which block of a letter, and which of its statements; a heading has the first alone."""


def faults_of(
    folder: AnnualFolder, faults: Iterable[AnnualFault], code: str
) -> tuple[AnnualFault, ...]:
    """The faults of the letter to an ICB: its own, and those of evidence that it rests on.

    Parameters
    ----------
    folder
        The assessment.
    faults
        All that a check found.
    code
        The ICB.

    Examples
    --------
    ``faults_of(folder, check_assessment(folder), "ZB1")``
    """
    return tuple(one for one in faults if code in _whom(folder, one))


def _whom(folder: AnnualFolder, fault: AnnualFault) -> set[str]:
    found = {fault.icb}
    for name in fault.finding.split("; "):
        if name in folder.findings:
            found.add(folder.findings[name].record.icb)
    # What is said of the region and cited nowhere is a matter for each of its letters.
    return found if found & set(folder.icbs) else set(folder.icbs)


def places_of(letter: LetterText, faults: Sequence[AnnualFault]) -> Mapping[Place, tuple[int, ...]]:
    """The numbers of faults, counted from one, that stand beside each place of a letter."""
    found: dict[Place, tuple[int, ...]] = {}
    for number, fault in enumerate(faults, start=1):
        for place in _where(letter, fault):
            found[place] = (*found.get(place, ()), number)
    return found


def _where(letter: LetterText, fault: AnnualFault) -> list[Place]:
    if fault.said:
        return [
            place
            for place, text, line in _texts(letter)
            if alike(text) == alike(fault.said)
            and (line is None or fault.where == f"{letter.file}, line {line}")
        ]
    names = set(fault.finding.split("; ")) - {""}
    return [place for place, one in _statements(letter) if names & set(one.findings)][:1]


def _texts(letter: LetterText) -> Iterator[tuple[Place, str, int | None]]:
    for index, block in enumerate(letter.blocks):
        if block.kind == "heading":
            yield (index, 0), block.text, None
    for place, one in _statements(letter):
        yield place, one.text, one.line


def _statements(letter: LetterText) -> Iterator[tuple[Place, Statement]]:
    for index, block in enumerate(letter.blocks):
        for number, one in enumerate(block.statements):
            yield (index, number), one


def mark_of(faults: Sequence[AnnualFault], numbers: Sequence[int]) -> str:
    """What stands beside a place for some faults; blank for none.

    >>> mark_of([AnnualFault("no_source", "ZB1", "F1", "findings.yaml, line 3", "…")], [1])
    '[⚠ 1: no source]'
    """
    told = "; ".join(f"{number}: {MARKS[faults[number - 1].kind]}" for number in numbers)
    return f"[{NOTE} {told}]" if told else ""


def draft_words(faults: Sequence[AnnualFault] | int) -> str:
    """What a draft says of itself; blank where there is no fault.

    >>> draft_words(2)
    'Draft: 2 faults are to be mended before this is sent.'
    """
    count = faults if isinstance(faults, int) else len(faults)
    if not count:
        return ""
    verb = "is" if count == 1 else "are"
    return f"Draft: {count_words(count, 'fault')} {verb} to be mended before this is sent."


def note_lines(faults: Sequence[AnnualFault]) -> list[str]:
    """The lines on top of a draft: that it is one, and each fault with its number."""
    if not faults:
        return []
    told = [
        f"{NOTE} {number}. {one.where}: {on_one_line(one.message)}"
        for number, one in enumerate(faults, start=1)
    ]
    return [f"{NOTE} {draft_words(faults)}", *told]
