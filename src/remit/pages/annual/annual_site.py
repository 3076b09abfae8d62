"""The pages of an annual assessment: letters with their findings, and the roll-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from remit.annual.answers import ConcernAnswer, counts_of, left_open
from remit.annual.drafts import draft_words
from remit.annual.folder import AnnualFolder
from remit.annual.letter import AnnualLetter
from remit.annual.rollup import RollUp
from remit.pages.annual.annual_view import (
    annual_home,
    finding_views,
    findings_page,
    inequality_part,
    letter_page,
)
from remit.pages.frame.file_pages import FilePage
from remit.pages.frame.rendering import Site
from remit.pages.frame.small_sites import PageMade, write_small_site

HOME = FilePage("index.html", "Annual assessments")
SUMMARY = FilePage("index.html", "Summary")
_TABLES = ("findings.csv", "counts.csv", "two-years.csv", "concerns.csv")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")


def write_letter_pages(folder: AnnualFolder, letters: Sequence[AnnualLetter], out: Path) -> int:
    """Write letters as pages, and say how many pages there are.

    Parameters
    ----------
    folder
        The assessment.
    letters
        Letters of it.
    out
        An empty or missing folder; the documents are to stand in it beside the pages.

    Examples
    --------
    >>> write_letter_pages(folder, letters_of(folder, ["ZB1"]), Path("out"))  # doctest: +SKIP
    4
    """
    codes = [one.code for one in letters]
    home = annual_home(folder, letters)
    pages: list[PageMade] = [(HOME, "annual_home", {"view": home, "files": _files(codes)})]
    for one in letters:
        given = {"letter": one, "draft": draft_words(one.faults)}
        pages.append((letter_page(one.code), "annual_letter", given))
    pages += _beside(folder, {one.code: one.answers for one in letters})
    named = {"home": HOME, "method": HOME, "sources": HOME, "accessibility": ACCESSIBILITY}
    files = [page for _, page in _files(codes)]
    return write_small_site(
        _site(folder), pages, out, menu=(HOME,), named=named, files=files, assessed=folder,
        findings_page=findings_page,
    )  # fmt: skip


def write_rollup_pages(rolled: RollUp, out: Path) -> int:
    """Write the roll-up as pages, each sentence with the finding that it is.

    Parameters
    ----------
    rolled
        The roll-up.
    out
        An empty or missing folder.

    Examples
    --------
    >>> write_rollup_pages(roll_up(read_assessment(Path("north"))), Path("out"))  # doctest: +SKIP
    7
    """
    folder = rolled.folder
    tables = [(name, FilePage(name)) for name in _TABLES]
    concerns = [
        (folder.icbs[code].name, counts_of(told), left_open(told))
        for code, told in rolled.answers.items()
    ]
    tables.append(("Summary as text", FilePage("summary.txt")))
    pages: list[PageMade] = [
        (SUMMARY, "annual_rollup", {"rolled": rolled, "files": tables, "concerns": concerns}),
        *_beside(folder, rolled.answers),
    ]
    named = {"home": SUMMARY, "method": SUMMARY, "sources": SUMMARY, "accessibility": ACCESSIBILITY}
    files = [page for _, page in tables]
    return write_small_site(
        _site(folder), pages, out, menu=(SUMMARY,), named=named, files=files, assessed=folder,
        findings_page=findings_page,
    )  # fmt: skip


def _beside(folder: AnnualFolder, answers: Mapping[str, Sequence[ConcernAnswer]]) -> list[PageMade]:
    """What both sites have: the findings of each ICB, and the accessibility statement."""
    return [
        *(
            (
                findings_page(code),
                "annual_findings",
                {
                    "icb": folder.icbs[code],
                    "views": list(finding_views(folder, code)),
                    "inequality": inequality_part(folder, code),
                    "answers": told,
                    "counts": counts_of(told),
                },
            )
            for code, told in answers.items()
        ),
        (ACCESSIBILITY, "annual_accessibility", {}),
    ]


def _files(codes: list[str]) -> list[tuple[str, FilePage]]:
    told = [(f"Letter of {code} (Word)", FilePage(f"word/{code}.docx")) for code in codes]
    told += [(f"Letter of {code} (text to edit)", FilePage(f"{code}.txt")) for code in codes]
    tables = [("Replies", "replies.csv"), ("Sentences", "sentences.csv"), ("Faults", "faults.csv")]
    return [*told, *((words, FilePage(name)) for words, name in tables)]


def _site(folder: AnnualFolder) -> Site:
    return Site((), folder.head.fictional, version("remit"), own=True)
