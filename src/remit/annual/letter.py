"""The letter of an ICB: as people wrote it, or a first one from the findings by the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from remit.annual.answers import ConcernAnswer, answers_by_icb
from remit.annual.checks.faults import AnnualFault
from remit.annual.drafts import Place, faults_of, mark_of, note_lines, places_of
from remit.annual.folder import AnnualFolder
from remit.annual.letters import LetterText, Statement, read_letter, standing_words
from remit.annual.sentences import pieces_of, sentences_of, without_marks
from remit.annual.standing import filled, filled_sentences, fillings, standing_sentences
from remit.model.annual_records import AnnualFinding


@dataclass(frozen=True)
class AnnualLetter:
    """A letter, whether it is a first one that nobody has edited, and what is wrong with it."""

    code: str
    name: str
    is_first: bool
    text: LetterText
    faults: tuple[AnnualFault, ...] = ()
    """All faults of it and of the findings that it rests on; with one it is a draft."""
    answers: tuple[ConcernAnswer, ...] = ()
    """What became of last year's concerns about the ICB."""
    standing: frozenset[str] = frozenset()
    """Its standing sentences, as they are compared."""

    @cached_property
    def _places(self) -> Mapping[Place, tuple[int, ...]]:
        return places_of(self.text, self.faults)

    def mark(self, block: int, statement: int = 0) -> str:
        """What stands beside a statement, or a heading, for its faults; blank for none."""
        return mark_of(self.faults, self._places.get((block, statement), ()))

    def faults_at(self, block: int, statement: int) -> list[AnnualFault]:
        """The faults of a statement."""
        return [self.faults[n - 1] for n in self._places.get((block, statement), ())]


def letter_of(folder: AnnualFolder, code: str, faults: Sequence[AnnualFault] = ()) -> AnnualLetter:
    """The letter of an ICB.

    Parameters
    ----------
    folder
        The assessment.
    code
        The ICB.
    faults
        What a check of the assessment found.

    Examples
    --------
    ``letter_of(read_assessment(Path("north")), "ZB1").is_first``
    """
    (letter,) = letters_of(folder, [code], faults)
    return letter


def letters_of(
    folder: AnnualFolder, codes: Iterable[str], faults: Sequence[AnnualFault] = ()
) -> list[AnnualLetter]:
    """The letters of some ICBs.

    Parameters
    ----------
    folder, codes
        The assessment, and the ICBs.
    faults
        What a check of the assessment found: a letter with faults is a draft.

    Examples
    --------
    ``letters_of(folder, folder.icbs, check_assessment(folder))``
    """
    answers = answers_by_icb(folder)
    found = []
    for code in codes:
        is_first = code not in folder.letters
        text = read_letter(first_letter(folder, code), f"{code}.txt") if is_first else None
        found.append(
            AnnualLetter(
                code, folder.icbs[code].name, is_first, text or folder.letters[code],
                faults_of(folder, faults, code), answers[code],
                standing_words(standing_sentences(folder, code)),
            )
        )  # fmt: skip
    return found


def first_letter(folder: AnnualFolder, code: str) -> str:
    """A letter from the findings, by the template of the year: text to edit, with its marks."""
    words, template = fillings(folder, code), folder.year.template
    blocks = [filled(template.salutation, words)]
    blocks.append(" ".join(filled_sentences(template.opening, words)))
    for heading in folder.year.headings:
        blocks.append(f"## {heading.name}")
        mine = [one for one in findings_of(folder, code) if one.heading == heading.id]
        blocks += [marked(one) for one in mine] or [template.under_no_finding]
    blocks.append("## What comes next")
    blocks.append(" ".join(filled_sentences(template.closing, words)))
    blocks.append(filled(template.signature, words))
    return "\n\n".join(filter(None, blocks)) + "\n"


def findings_of(folder: AnnualFolder, code: str) -> Sequence[AnnualFinding]:
    """The findings about an ICB by heading and identifier, in whatever order the file has them."""
    order = {one.id: place for place, one in enumerate(folder.year.headings)}
    mine = [one.record for one in folder.of_icb(code)]
    return sorted(mine, key=lambda one: (order[one.heading], one.id))


def marked(finding: AnnualFinding) -> str:
    """The statement of a finding with its mark after each part that needs one."""
    return " ".join(_marked(one, finding.id) for _, one in sentences_of(finding.statement))


def _marked(sentence: str, name: str) -> str:
    parts = [without_marks(one) for one in pieces_of(sentence)]
    return "; ".join(_with_mark(part, name) for part in parts)


def _with_mark(part: str, name: str) -> str:
    words = part.rstrip(" .")
    end = part[len(words) :].strip()
    return f"{words} [{name}]{end}"


def letter_text(letter: AnnualLetter) -> str:
    """A letter as text to edit, each sentence with its marks; a draft with its faults on top."""
    parts: list[str] = ["\n".join(note_lines(letter.faults))] if letter.faults else []
    before = ""
    for index, block in enumerate(letter.text.blocks):
        said = "".join(
            _noted(_said(one), letter.mark(index, place)) + one.joint
            for place, one in enumerate(block.statements)
        ).strip() or _noted(block.text, letter.mark(index))
        start = {"heading": "## ", "item": "- "}.get(block.kind, "")
        gap = "\n" if block.kind == before == "item" else "\n\n"
        parts.append(f"{gap if parts else ''}{start}{said}")
        before = block.kind
    return "".join(parts) + "\n"


def _noted(text: str, mark: str) -> str:
    return f"{text} {mark}" if mark else text


def _said(one: Statement) -> str:
    names = ", ".join(one.findings)
    return _with_mark(one.text, names) if names and not one.lead_in else one.text
