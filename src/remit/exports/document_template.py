"""An organisation's own template of a document: its paper, styles, heads and feet stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from remit.exports.office_templates import OfficeTemplate
from remit.exports.rooms import INCH
from remit.model.errors import AssessmentError
from remit.model.plain_text import for_xml
from remit.words.figures import number_words

LEAST_WIDTH = 4.5
"""The least width of the text, in inches, in which tables can be read."""

_NEEDED = ("Heading 1", "Heading 2", "Heading 3", "List Bullet")


def open_document_template(template: OfficeTemplate, *, keep: bool = False) -> Any:
    """The document of a template, without its own words or, if they are kept, with them.

    Parameters
    ----------
    template
        The template.
    keep
        Its words stay, before those of the report.

    Raises
    ------
    AssessmentError
        If it cannot be used; the message says what to do.
    """
    document = _opened(template)
    if not keep:
        _drop_words(document)
    _add_styles(document)
    width = text_width(document)
    if width < LEAST_WIDTH:
        raise AssessmentError(
            f"--template {template.path}: its last page has {number_words(max(width, 0), 1)} "
            f"inches between its margins; tables need {LEAST_WIDTH}. Make the margins smaller or "
            "the paper wider (Layout, Margins)"
        )
    return document


def _opened(template: OfficeTemplate) -> Any:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    damaged = (LxmlError, OpcError, KeyError, ValueError, AttributeError, IndexError, TypeError)
    try:
        document = Document(template.stream())
        section = document.sections[-1]
        sides = (section.page_width, section.page_height, list(document.styles))
    except (*damaged, AssertionError) as error:
        raise template.damaged(f"{type(error).__name__}: {error}") from None
    if not all(sides):
        raise template.damaged("its paper has no size")
    return document


def _drop_words(document: Any) -> None:
    """Take the words out; the last section stays, with its paper, head and foot."""
    body = document.element.body
    for element in list(body):
        if not element.tag.endswith("}sectPr"):
            body.remove(element)


def _add_styles(document: Any) -> None:
    """Styles that the report needs and the template lacks, on the ground of its plain one."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    known = {style.name.lower() for style in document.styles}
    if "normal" not in known:
        document.styles.add_style("Normal", WD_STYLE_TYPE.PARAGRAPH)
    for number, name in enumerate(_NEEDED, start=1):
        if name.lower() in known:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        if name.startswith("Heading"):
            style.font.bold, style.font.size = True, Pt(24 - 4 * number)


def text_width(document: Any) -> float:
    """The width of the text of the last section, in inches."""
    section = document.sections[-1]
    sides = (section.left_margin or 0, section.right_margin or 0, section.gutter or 0)
    return float((section.page_width - sum(sides)) / INCH)


def text_height(document: Any) -> float:
    """The height of the text of the last section, in inches."""
    section = document.sections[-1]
    return float(
        (section.page_height - abs(section.top_margin or 0) - abs(section.bottom_margin or 0))
        / INCH
    )


def fill_controls(document: Any, words: Mapping[str, str]) -> None:
    """Put words into content controls by their tag or title, in the text, heads and feet.

    Parameters
    ----------
    document
        A document of python-docx.
    words
        Name in lower case, such as ``organisation``, → what stands there.

    Examples
    --------
    ``fill_controls(document, {"title": "Integrated performance report"})``
    """
    for root in _roots(document):
        for control in _found(root, ".//w:sdt"):
            named = _found(control, "w:sdtPr/w:tag/@w:val | w:sdtPr/w:alias/@w:val")
            found = next((words[n.lower()] for n in map(str, named) if n.lower() in words), None)
            texts = _found(control, "w:sdtContent//w:t")
            if found is None or not texts:
                continue
            texts[0].text = for_xml(found)
            for other in texts[1:]:
                other.text = ""
            for hint in _found(control, "w:sdtPr/w:showingPlcHdr"):
                hint.getparent().remove(hint)


def _found(element: Any, path: str) -> list[Any]:
    """What stands under a path; elements without a class of their own know no prefixes."""
    from docx.oxml.ns import nsmap
    from lxml import etree

    return list(etree.XPath(path, namespaces={"w": nsmap["w"]})(element))


def heads_of(document: Any) -> Iterator[Any]:
    """The heads of pages that are shown: of the first page, of even ones, of all others."""
    even = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        yield section.header
        if section.different_first_page_header_footer:
            yield section.first_page_header
        if even:
            yield section.even_page_header


def _roots(document: Any) -> Iterator[Any]:
    yield document.element.body
    for section in document.sections:
        yield section.header._element
        yield section.footer._element
        if section.different_first_page_header_footer:
            yield section.first_page_header._element
            yield section.first_page_footer._element
