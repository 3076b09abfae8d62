"""The standing words of a letter, filled for one ICB."""

from __future__ import annotations

from collections.abc import Iterator

from remit.annual.folder import AnnualFolder
from remit.model.fictional import sample_sentence
from remit.words.sentences import listed, lowered


def fillings(folder: AnnualFolder, code: str) -> dict[str, str]:
    """What stands in the braces of a template, for one ICB."""
    year = folder.year
    asked = [one for one in year.views if one.valid_from <= year.ends]
    asked = [one for one in asked if one.valid_to is None or one.valid_to >= year.starts]
    bodies = [lowered(one.body) for one in asked]
    return {
        "icb": folder.icbs[code].name,
        "year": year.name,
        "issuer": year.issuer,
        "law": year.law[0].section,
        "bodies": listed(bodies) if bodies else "local partners",
    }


def title_of(folder: AnnualFolder, code: str) -> str:
    """The title of a letter."""
    return f"Annual assessment {folder.year.name}: {folder.icbs[code].name}"


def filled(text: str, words: dict[str, str]) -> str:
    """A text with the words for its braces."""
    for name, said in words.items():
        text = text.replace(f"{{{name}}}", said)
    return text


def standing_sentences(folder: AnnualFolder, code: str) -> Iterator[str]:
    """All sentences of a letter that rest on no finding."""
    words, template = fillings(folder, code), folder.year.template
    yield title_of(folder, code)
    yield sample_sentence()
    for text in (
        template.salutation,
        *template.opening,
        template.under_no_finding,
        *template.closing,
        template.signature,
    ):
        yield filled(text, words)
