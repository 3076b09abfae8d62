"""The letter of an ICB: as people wrote it, or a first one from the findings by the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.annual.folder import AnnualFolder
from remit.annual.letters import LetterText, Statement, read_letter
from remit.annual.sentences import pieces_of, sentences_of, without_marks
from remit.annual.standing import filled, fillings
from remit.model.annual_records import AnnualFinding


@dataclass(frozen=True, slots=True)
class AnnualLetter:
    """A letter, and whether it is a first one that nobody has edited."""

    code: str
    name: str
    is_first: bool
    text: LetterText


def letter_of(folder: AnnualFolder, code: str) -> AnnualLetter:
    """The letter of an ICB.

    Parameters
    ----------
    folder
        The assessment.
    code
        The ICB.

    Examples
    --------
    ``letter_of(read_assessment(Path("north")), "ZB1").is_first``
    """
    name = folder.icbs[code].name
    if code in folder.letters:
        return AnnualLetter(code, name, False, folder.letters[code])
    return AnnualLetter(code, name, True, read_letter(first_letter(folder, code), f"{code}.txt"))


def first_letter(folder: AnnualFolder, code: str) -> str:
    """A letter from the findings, by the template of the year: text to edit, with its marks."""
    words, template = fillings(folder, code), folder.year.template
    blocks = [filled(template.salutation, words)]
    blocks.append(" ".join(filled(one, words) for one in template.opening))
    for heading in folder.year.headings:
        blocks.append(f"## {heading.name}")
        mine = [one for one in findings_of(folder, code) if one.heading == heading.id]
        blocks += [marked(one) for one in mine] or [template.under_no_finding]
    blocks.append("## What comes next")
    blocks.append(" ".join(filled(one, words) for one in template.closing))
    blocks.append(filled(template.signature, words))
    return "\n\n".join(blocks) + "\n"


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
    """A letter as text to edit, each sentence with its marks."""
    parts: list[str] = []
    before = ""
    for block in letter.text.blocks:
        said = "".join(_said(one) + one.joint for one in block.statements).strip() or block.text
        start = {"heading": "## ", "item": "- "}.get(block.kind, "")
        gap = "\n" if block.kind == before == "item" else "\n\n"
        parts.append(f"{gap if parts else ''}{start}{said}")
        before = block.kind
    return "".join(parts) + "\n"


def _said(one: Statement) -> str:
    names = ", ".join(one.findings)
    return _with_mark(one.text, names) if names and not one.lead_in else one.text
