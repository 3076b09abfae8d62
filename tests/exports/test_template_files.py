"""Templates that cannot be used are refused with what to do; what is unsafe is not handed on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pptx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from remit.exports import write_document
from remit.exports.office_templates import read_template
from remit.exports.pack import PackAsked, pack_of
from remit.model.errors import AssessmentError
from tests.exports.masters import deck, document, plain, repack
from tests.report.fictional import fictional_report

ALL = ("pages", "pptx", "docx")
MAIN = b"presentationml.presentation.main+xml"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    return deck(tmp_path / "pack.pptx", plain)


def refused(*paths: Path) -> str:
    with pytest.raises(AssessmentError) as error:
        pack_of("short", 20, paths, formats=ALL)
    return str(error.value)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.odp"
    path.write_bytes(b"PK")
    assert "save it as .pptx or .docx" in refused(path)
    path = tmp_path / "pack.pptx"
    path.write_bytes(b"not a zip at all")
    assert "is no file of PowerPoint, or a damaged one" in refused(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    assert "take the password off" in refused(path)


def test_a_document_called_slides_is_named(tmp_path: Path) -> None:
    path = document(tmp_path / "board.docx").rename(tmp_path / "board.pptx")
    assert "is a document of Word" in refused(path)


@pytest.mark.parametrize(
    ("pattern", "before", "after", "said"),
    [
        ("presentation.xml$", b"</p:presentation>",
         b"<p:modifyVerifier/></p:presentation>", "take the protection off in PowerPoint"),
        ("slideMaster1.xml$", b"<p:sldMaster", b"<!DOCTYPE a [<!ENTITY b 'c'>]><p:sldMaster",
         "entities of its own"),
        ("presentation.xml$", b"http://schemas.openxmlformats.org/presentationml/2006/main",
         b"http://purl.oclc.org/ooxml/presentationml/main", "not as strict"),
        ("slideMaster1.xml$", b"<p:cSld>", b"<p:cSld", "is damaged"),
        ("slideLayout6.xml$", b"</p:sldLayout>", b"", "is damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_what_to_do(
    template: Path, pattern: str, before: bytes, after: bytes, said: str
) -> None:
    repack(template, {pattern: lambda xml: xml.replace(before, after)})
    assert said in refused(template)


def test_a_protected_document_is_refused(tmp_path: Path) -> None:
    path = document(tmp_path / "board.docx")
    lock = b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'
    repack(path, {"settings.xml$": lambda xml: xml.replace(b"</w:settings>", lock)})
    assert "take the protection off in Word" in refused(path)


def test_a_bomb_is_not_unpacked(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten parts of 30 kB are within the limit each, and together beyond it."""
    repack(template, {}, **{f"ppt/media/a{n}.bin": b"0" * 30_000 for n in range(10)})
    monkeypatch.setenv("REMIT_LARGEST_TEMPLATE", "200000")
    assert "REMIT_LARGEST_TEMPLATE" in refused(template)


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".potx", b"presentationml.template.main+xml"),
        (".ppsx", b"presentationml.slideshow.main+xml"),
    ],
)
def test_templates_and_shows_are_read_as_slides(template: Path, suffix: str, kind: bytes) -> None:
    repack(template, {"Content_Types": lambda xml: xml.replace(MAIN, kind)})
    path = template.rename(template.with_suffix(suffix))
    assert pptx.Presentation(read_template(path).stream()).slide_layouts


def test_macros_are_left_out_and_that_is_said(template: Path) -> None:
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/'
        b'vbaProject" Target="vbaProject.bin"/></Relationships>'
    )
    macro = b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    plain_type = b"application/vnd.openxmlformats-officedocument." + MAIN
    repack(
        template,
        {
            r"rels/presentation.xml.rels$": lambda xml: xml.replace(b"</Relationships>", relation),
            "Content_Types": lambda xml: xml.replace(plain_type, macro),
        },
        **{"ppt/vbaProject.bin": b"macro"},
    )
    read = read_template(template.rename(template.with_suffix(".pptm")))
    with zipfile.ZipFile(read.stream()) as archive:
        assert not [name for name in archive.namelist() if "vba" in name]
        assert b"vbaProject" not in archive.read("ppt/_rels/presentation.xml.rels")
        assert plain_type in archive.read("[Content_Types].xml")
    assert read.notes == ("The macros of pack.pptm are left out; what Remit writes has none.",)
    assert pptx.Presentation(read.stream()).slide_layouts


def test_slides_without_room_are_refused_with_what_is_left(tmp_path: Path) -> None:
    path = deck(tmp_path / "small.pptx", plain, 5, 3)
    assert "a finding needs 5.5 by 3.2" in refused(path)


def test_two_of_a_kind_and_one_that_is_not_written_are_refused(template: Path) -> None:
    assert "is for slides too; name one" in refused(template, template)
    with pytest.raises(AssessmentError, match="add pptx to it"):
        pack_of("short", 20, [template], formats=["pages"])
    with pytest.raises(AssessmentError, match="--length takes short or full; got 'long'"):
        pack_of("long", 20, [], formats=ALL)


@pytest.mark.parametrize("length", ["short", "full"])
def test_a_document_keeps_the_templates_paper_heads_and_controls(
    tmp_path: Path, length: str
) -> None:
    template = read_template(document(tmp_path / "board.docx", _control))
    out = tmp_path / "report.docx"
    asked = PackAsked("short" if length == "short" else "full", document=template)
    write_document(fictional_report(), out, asked)
    made = docx.Document(str(out))
    section = made.sections[0]
    assert section.page_width is not None
    assert round(section.page_width.cm, 1) == 21.0
    heads = [paragraph.text for paragraph in section.header.paragraphs]
    assert heads[0] == "ORGANISATION"
    assert any("fictional" in words for words in heads)
    assert "Jun 2025" in "".join(section.footer._element.itertext())
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert "OUR OWN WORDS" not in text
    width = (21 - 5) / 2.54
    for table in made.tables:
        wide = sum(column.width.inches for column in table.columns if column.width)
        assert wide <= width + 0.05


def _control(made: docx.document.Document) -> None:
    """A content control named "period" in the foot."""
    control = OxmlElement("w:sdt")
    properties, content = OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    tag = OxmlElement("w:tag")
    tag.set(qn("w:val"), "Period")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "Click here"
    properties.append(tag)
    run.append(text)
    content.append(run)
    control.extend([properties, content])
    made.sections[0].footer.paragraphs[0]._p.append(control)
