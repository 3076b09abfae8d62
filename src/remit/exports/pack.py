"""How slides and document are to be: short or full, in whose look, with how many charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from remit.exports.choosing import CHARTS
from remit.exports.document_template import open_document_template
from remit.exports.office_templates import DOCUMENT, SLIDES, OfficeTemplate, read_template
from remit.exports.slide_master import template_master
from remit.model.errors import AssessmentError

Length = Literal["short", "full"]
LENGTHS: tuple[Length, ...] = ("short", "full")
MOST_SLIDES = 12
"""So many slides a short pack has at most, without those of a template that are kept."""


@dataclass(frozen=True, slots=True)
class PackAsked:
    """How slides and document are to be.

    Attributes
    ----------
    length
        ``short``: what matters, on at most 12 slides and some pages; ``full``: everything.
    charts
        How many charts of exceptions at most; a short pack has no more than five.
    slides, document
        Templates of the organisation's own.
    keep
        The template's own slides, or its document's own words, stay before those of the report.
    beside
        The other formats that are written: what a pack leaves out is named with where it is.
    """

    length: Length = "short"
    charts: int = CHARTS
    slides: OfficeTemplate | None = None
    document: OfficeTemplate | None = None
    keep: bool = False
    beside: tuple[str, ...] = ("pages", "xlsx")

    @property
    def is_short(self) -> bool:
        """Whether it is the short one."""
        return self.length == "short"


FULL = PackAsked("full")
SHORT = PackAsked()


def pack_of(
    length: str,
    charts: int,
    templates: Sequence[Path],
    *,
    keep: bool = False,
    formats: Sequence[str] = (),
) -> PackAsked:
    """A pack as a user asks for it, its templates read and checked.

    Parameters
    ----------
    length
        ``short`` or ``full``.
    charts
        How many charts of exceptions at most.
    templates
        At most one of slides and one of a document.
    keep
        Whether what stands in them stays.
    formats
        What is written.

    Raises
    ------
    AssessmentError
        If something of it cannot be done; the message says what to do.

    Examples
    --------
    ``pack_of("short", 20, [Path("pack.pptx")], formats=["pages", "pptx"])``
    """
    if length not in LENGTHS:
        raise AssessmentError(f"--length takes short or full; got {length!r}")
    if keep and not templates:
        raise AssessmentError("--keep-template goes with --template: it keeps what stands in it")
    if formats and not {"pptx", "docx"} & set(formats) and (length == "full" or charts != CHARTS):
        raise AssessmentError(
            "--length and --charts are of slides and document, which --formats leaves out; add "
            "pptx or docx to it, or leave them out"
        )
    read: dict[str, OfficeTemplate] = {}
    for path in templates:
        template = read_template(path)
        form = {SLIDES.noun: "pptx", DOCUMENT.noun: "docx"}[template.kind.noun]
        if form in read:
            raise AssessmentError(
                f"--template {path}: {read[form].path} is for {template.kind.noun} too; name one"
            )
        if form not in formats:
            raise AssessmentError(
                f"--template {path} is for {template.kind.noun}, which --formats leaves out; add "
                f"{form} to it"
            )
        _prove(template)
        read[form] = template
    found: Length = "short" if length == "short" else "full"
    beside = tuple(one for one in formats if one in {"pages", "xlsx"})
    return PackAsked(found, charts, read.get("pptx"), read.get("docx"), keep, beside)


def _prove(template: OfficeTemplate) -> None:
    """Open a template once before the report is made, so that a fault is told at once."""
    if template.kind is SLIDES:
        template_master(template)
    else:
        open_document_template(template)
