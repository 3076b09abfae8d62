"""The pages of an annual assessment: letters with their findings, and the roll-up."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from remit.annual.folder import AnnualFolder
from remit.annual.rollup import RollUp
from remit.pages.annual.annual_view import (
    annual_home,
    finding_views,
    findings_page,
    letter_page,
    letter_view,
)
from remit.pages.frame.file_pages import FilePage
from remit.pages.frame.rendering import Site
from remit.pages.frame.small_sites import PageMade, write_small_site

HOME = FilePage("index.html", "Annual assessments")
SUMMARY = FilePage("index.html", "Summary")
ACCESSIBILITY = FilePage("accessibility.html", "Accessibility statement")


def write_letter_pages(folder: AnnualFolder, codes: list[str], out: Path) -> int:
    """Write the letters of some ICBs as pages, and say how many pages there are.

    Parameters
    ----------
    folder
        The assessment.
    codes
        The ICBs.
    out
        An empty or missing folder; the documents are to stand in it beside the pages.

    Examples
    --------
    >>> write_letter_pages(read_assessment(Path("north")), ["ZB1"], Path("out"))  # doctest: +SKIP
    4
    """
    home = annual_home(folder)
    pages: list[PageMade] = [(HOME, "annual_home", {"view": home, "files": _files(codes)})]
    for code in codes:
        letter = letter_view(folder, code)
        pages.append((letter_page(code), "annual_letter", {"letter": letter}))
    pages += _beside(folder, codes)
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
    tables = [(name, FilePage(name)) for name in ("findings.csv", "counts.csv", "two-years.csv")]
    tables.append(("Summary as text", FilePage("summary.txt")))
    pages: list[PageMade] = [
        (SUMMARY, "annual_rollup", {"rolled": rolled, "files": tables}),
        *_beside(folder, list(folder.icbs)),
    ]
    named = {"home": SUMMARY, "method": SUMMARY, "sources": SUMMARY, "accessibility": ACCESSIBILITY}
    files = [page for _, page in tables]
    return write_small_site(
        _site(folder), pages, out, menu=(SUMMARY,), named=named, files=files, assessed=folder,
        findings_page=findings_page,
    )  # fmt: skip


def _beside(folder: AnnualFolder, codes: list[str]) -> list[PageMade]:
    """What both sites have: the findings of each ICB, and the accessibility statement."""
    return [
        *(
            (
                findings_page(code),
                "annual_findings",
                {"icb": folder.icbs[code], "views": list(finding_views(folder, code))},
            )
            for code in codes
        ),
        (ACCESSIBILITY, "annual_accessibility", {}),
    ]


def _files(codes: list[str]) -> list[tuple[str, FilePage]]:
    told = [(f"Letter of {code} (Word)", FilePage(f"word/{code}.docx")) for code in codes]
    told += [(f"Letter of {code} (text to edit)", FilePage(f"{code}.txt")) for code in codes]
    return [*told, ("Replies", FilePage("replies.csv")), ("Sentences", FilePage("sentences.csv"))]


def _site(folder: AnnualFolder) -> Site:
    return Site((), folder.head.fictional, version("remit"))
