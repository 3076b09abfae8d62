"""Documents on an organisation's own template: what it lacks is added, what it holds is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from remit.exports import write_document, write_slides
from remit.exports.office_templates import read_template
from remit.exports.pack import PackAsked
from remit.model.errors import AssessmentError
from tests.exports.masters import deck, document, plain, repack
from tests.report.fictional import fictional_report


def made(folder: Path, template: Path, *, keep: bool = False) -> Any:
    out = folder / "report.docx"
    asked = PackAsked("short", document=read_template(template), keep=keep)
    write_document(fictional_report(), out, asked)
    return docx.Document(str(out))


def test_margins_that_leave_no_room_for_tables_are_refused(tmp_path: Path) -> None:
    def narrow(own: Any) -> None:
        own.sections[0].left_margin = own.sections[0].right_margin = Cm(6)

    # 21 cm less 12 are 9 cm, 3.5 inches.
    with pytest.raises(AssessmentError, match=r"has 3\.5 inches between its margins; tables need"):
        made(tmp_path, document(tmp_path / "board.docx", narrow))


@pytest.mark.parametrize(
    ("pattern", "before", "after", "said"),
    [
        ("word/document.xml$", b"<w:body>", b"<w:body", "is damaged"),
        ("word/styles.xml$", b"</w:styles>", b"", "is damaged"),
        ("word/document.xml$", b'w:w="11906"', b"", "its paper has no size"),
    ],
)
def test_a_damaged_document_is_told_with_the_remedy(
    tmp_path: Path, pattern: str, before: bytes, after: bytes, said: str
) -> None:
    path = document(tmp_path / "board.docx")
    repack(path, {pattern: lambda xml: xml.replace(before, after)})
    with pytest.raises(AssessmentError) as error:
        made(tmp_path, path)
    assert said in str(error.value)
    assert "open it in Word, which mends it, and save it anew as .docx" in str(error.value)


def test_styles_that_a_template_lacks_are_made(tmp_path: Path) -> None:
    def bare(own: Any) -> None:
        for name in ("Heading 1", "Heading 2", "Heading 3", "List Bullet"):
            own.styles[name].element.getparent().remove(own.styles[name].element)

    found = made(tmp_path, document(tmp_path / "board.docx", bare))
    heading = found.styles["Heading 1"]
    assert heading.font.bold
    assert heading.font.size.pt == 20
    assert any(paragraph.style.name == "Heading 1" for paragraph in found.paragraphs)


def test_words_of_the_template_stay_where_they_are_asked_for(tmp_path: Path) -> None:
    path = document(tmp_path / "board.docx")
    texts = [paragraph.text for paragraph in made(tmp_path, path, keep=True).paragraphs]
    assert texts[0] == "OUR OWN WORDS"


def test_heads_of_first_and_even_pages_are_kept_and_say_sample(tmp_path: Path) -> None:
    def headed(own: Any) -> None:
        own.settings.odd_and_even_pages_header_footer = True
        section = own.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "FIRST"
        section.even_page_header.paragraphs[0].text = "EVEN"

    section = made(tmp_path, document(tmp_path / "board.docx", headed)).sections[0]
    for head, own in ((section.first_page_header, "FIRST"), (section.even_page_header, "EVEN")):
        words = [paragraph.text for paragraph in head.paragraphs]
        assert words[0] == own
        assert any("fictional" in line for line in words)


def test_controls_are_filled_by_name_and_others_left(tmp_path: Path) -> None:
    def controls(own: Any) -> None:
        for name, texts in (("Period", ["Click ", "here"]), ("Ours", ["Stays"]), ("Period", [])):
            own.sections[0].footer.paragraphs[0]._p.append(_control(name, texts))

    section = made(tmp_path, document(tmp_path / "board.docx", controls)).sections[0]
    words = "".join(section.footer._element.itertext())
    assert "Jun 2025" in words
    assert "Stays" in words
    assert "Click" not in words
    assert "here" not in words
    # The control without any text to fill is as it was.
    assert section.footer._element.xml.count("<w:showingPlcHdr") == 1


def _control(name: str, texts: list[str]) -> Any:
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    properties, tag = OxmlElement("w:sdtPr"), OxmlElement("w:tag")
    tag.set(qn("w:val"), name)
    properties.extend([tag, OxmlElement("w:showingPlcHdr")] if name == "Period" else [tag])
    for words in texts:
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = words
        run.append(text)
        content.append(run)
    control.extend([properties, content])
    return control


def test_slides_without_any_layout_are_refused(tmp_path: Path) -> None:
    def bare(own: Any) -> None:
        for layout in list(own.slide_layouts):
            own.slide_layouts.remove(layout)

    path = deck(tmp_path / "pack.pptx", bare)
    with pytest.raises(AssessmentError, match="has no layout of slides; in PowerPoint add one"):
        write_slides(fictional_report(), tmp_path / "out.pptx", _slides(path))


def test_sections_and_shows_of_the_templates_slides_go_with_them(tmp_path: Path) -> None:
    def shown(own: Any) -> None:
        own.slides.add_slide(own.slide_layouts[0])

    path = deck(tmp_path / "pack.pptx", shown)
    more = (
        b'<p:custShowLst><p:custShow name="Ours" id="0"><p:sldLst/></p:custShow></p:custShowLst>'
        b'<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
        b'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"/></p:ext></p:extLst>'
    )
    repack(path, {r"ppt/presentation\.xml$": lambda xml: _with_more(xml, more)})
    write_slides(fictional_report(), tmp_path / "out.pptx", _slides(path))
    root = pptx.Presentation(str(tmp_path / "out.pptx")).part._element
    assert "custShow" not in root.xml
    assert "sectionLst" not in root.xml


def _with_more(xml: bytes, more: bytes) -> bytes:
    """Put in the schema's order: the extensions that are there are replaced."""
    begin = xml.find(b"<p:extLst")
    kept = xml[:begin] if begin > 0 else xml.replace(b"</p:presentation>", b"")
    return kept + more + b"</p:presentation>"


def test_places_beside_the_slide_are_not_written_into(tmp_path: Path) -> None:
    def hidden(own: Any) -> None:
        for layout in own.slide_layouts:
            for shape in layout.placeholders:
                if shape.placeholder_format.type is not None and "TITLE" in str(
                    shape.placeholder_format.type
                ):
                    shape.left, shape.width = -own.slide_width, own.slide_width // 2
                    shape.top, shape.height = 0, own.slide_height // 6

    path = deck(tmp_path / "pack.pptx", hidden)
    write_slides(fictional_report(), tmp_path / "out.pptx", _slides(path))
    slides = pptx.Presentation(str(tmp_path / "out.pptx")).slides
    boxes = [s for slide in slides for s in slide.shapes if s.has_text_frame and s.text_frame.text]
    assert boxes
    assert all(shape.left is None or shape.left >= 0 for shape in boxes)
    assert any("Integrated performance report" in shape.text_frame.text for shape in boxes)


def _slides(path: Path) -> PackAsked:
    return PackAsked("short", slides=read_template(path))


def test_a_plain_template_of_slides_is_used_as_it_is(tmp_path: Path) -> None:
    path = deck(tmp_path / "pack.pptx", plain)
    write_slides(fictional_report(), tmp_path / "out.pptx", _slides(path))
    assert len(pptx.Presentation(str(tmp_path / "out.pptx")).slides) <= 12
