"""Packs on an organisation's own master: places filled, nothing overflows, nothing is left over."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pptx
import pytest

from remit.exports import write_slides
from remit.exports.office_templates import read_template
from remit.exports.pack import PackAsked
from remit.exports.rooms import Room, room_of
from remit.exports.slide_master import kind_of
from remit.report.view import ReportView
from tests.exports.masters import LOGO, MASTERS, deck
from tests.exports.rendered import PrintedPage, need_office, rendered
from tests.report.fictional import fictional_report

FULL_TOO = ("4:3", "logo and band", "title at the side")
SEEN = ("logo and band", "upright", "capitals", "own layout for findings", "4:3")
"""Masters that are rendered: each other in its paper, letters, or places."""


@pytest.fixture(scope="module")
def view() -> ReportView:
    return fictional_report(members=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


def pack(folder: Path, view: ReportView, name: str, length: Any = "short") -> Path:
    """The slides of a report on a template."""
    build, size = MASTERS[name]
    stem = name.replace(" ", "-").replace(":", "-")
    path = folder / f"{stem}-{length}.pptx"
    if not path.exists():
        template = deck(folder / f"{stem}.potx.pptx", build, *size)
        write_slides(view, path, PackAsked(length, slides=read_template(template)))
    return path


def rooms(slide: Any) -> list[tuple[Any, Room]]:
    found = [(shape, room_of(shape)) for shape in slide.shapes]
    return [(shape, room) for shape, room in found if room is not None]


def _is_foot(shape: Any) -> bool:
    return kind_of(shape) in {"ftr", "dt", "sldNum"}


def words_of(shape: Any) -> str:
    if shape.has_table:
        return " ".join(cell.text for row in shape.table.rows for cell in row.cells)
    return shape.text_frame.text if shape.has_text_frame else ""


@pytest.mark.parametrize(
    ("name", "length"),
    [*((name, "short") for name in MASTERS), *((name, "full") for name in FULL_TOO)],
)
def test_every_part_has_a_room_of_its_own(
    folder: Path, view: ReportView, name: str, length: str
) -> None:
    """Parts are on the slide, none upon another or a logo; titles are all different."""
    made = pptx.Presentation(str(pack(folder, view, name, length)))
    whole = Room(0, 0, made.slide_width / 914400, made.slide_height / 914400)
    titles = [slide.shapes.title.text for slide in made.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    logos = [room_of(s) for s in made.slide_master.shapes if not s.is_placeholder]
    for number, slide in enumerate(made.slides, start=1):
        placed = rooms(slide)
        for shape, room in placed:
            assert room.left >= -0.01, (number, shape.name)
            assert room.top >= -0.01, (number, shape.name)
            assert room.right <= whole.right + 0.01, (number, shape.name)
            assert room.bottom <= whole.bottom + 0.01, (number, shape.name, room)
            # Where the footers stand is the organisation's own choice.
            for logo in [] if shape.is_placeholder and _is_foot(shape) else filter(None, logos):
                assert not room.meets(logo), (number, shape.name, words_of(shape)[:60])
        for (one, here), (other, there) in combinations(placed, 2):
            assert not here.meets(there), (number, words_of(one)[:60], words_of(other)[:60])
        for shape in slide.placeholders:
            assert words_of(shape).strip(), f"{number}: {shape.name} asks for words"


@pytest.mark.parametrize("name", MASTERS)
def test_a_short_pack_has_at_most_twelve_slides_each_marked(
    folder: Path, view: ReportView, name: str
) -> None:
    made = pptx.Presentation(str(pack(folder, view, name)))
    assert len(made.slides) <= 12
    for slide in made.slides:
        assert any("fictional" in words_of(shape) for shape in slide.shapes)


@pytest.mark.parametrize("name", MASTERS)
def test_letters_can_be_read(folder: Path, view: ReportView, name: str) -> None:
    made = pptx.Presentation(str(pack(folder, view, name)))
    for slide in made.slides:
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
            sizes = [run.font.size.pt for f in frames for p in f.paragraphs for run in p.runs
                     if run.font.size]  # fmt: skip
            assert min(sizes, default=11) >= 11, (shape.name, words_of(shape))


def test_own_slides_are_dropped_or_kept_as_told(folder: Path, view: ReportView) -> None:
    build, size = MASTERS["logo and band"]
    template = read_template(deck(folder / "own.pptx", build, *size))
    write_slides(view, folder / "dropped.pptx", PackAsked(slides=template))
    write_slides(view, folder / "kept.pptx", PackAsked(slides=template, keep=True))
    dropped, kept = (
        [slide.shapes.title.text for slide in pptx.Presentation(str(folder / name)).slides]
        for name in ("dropped.pptx", "kept.pptx")
    )
    assert "OUR OWN COVER" not in dropped
    assert kept == ["OUR OWN COVER", *dropped]


def test_colours_and_fonts_are_the_themes(folder: Path, view: ReportView) -> None:
    """No font is named, and charts and tables name colours by their place in the theme."""
    made = pptx.Presentation(str(pack(folder, view, "logo and band")))
    charts = [s.chart for slide in made.slides for s in slide.shapes if s.has_chart]
    assert charts
    for chart in charts:
        line = chart.plots[0].series[0].format.line.color
        assert line.theme_color is not None
        assert chart.font.name is None
    for slide in made.slides:
        for shape in slide.shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else []:
                assert all(run.font.name is None for run in paragraph.runs)


def test_places_of_a_layout_for_findings_are_filled_by_their_names(
    folder: Path, view: ReportView
) -> None:
    made = pptx.Presentation(str(pack(folder, view, "own layout for findings")))
    on_it = [s for s in made.slides if s.slide_layout.name == "Board finding"]
    assert len(on_it) == 2
    for slide in on_it:
        by_index = {s.placeholder_format.idx: s.text_frame.text for s in slide.placeholders}
        assert by_index[23].startswith("What happened")
        assert by_index[24].startswith("What is done")
        assert by_index[25].startswith("What the board is asked")
        (chart,) = [s for s in slide.shapes if s.has_chart]
        assert room_of(chart).top == pytest.approx(2.1, abs=0.01)  # type: ignore[union-attr]
        assert chart._element.nvGraphicFramePr.cNvPr.get("descr")


def test_rendered_nothing_is_cut_and_nothing_overlaps(folder: Path, view: ReportView) -> None:
    """Every word of a shape stands within it, and no two words stand on each other."""
    need_office()
    names = [(name, "short") for name in SEEN]
    files = [pack(folder, view, name, length) for name, length in names]
    plain = folder / "plain.pptx"
    write_slides(view, plain)
    files.append(plain)
    for path, pages in zip(files, rendered(files, folder), strict=True):
        made = pptx.Presentation(str(path))
        assert len(pages) == len(made.slides)
        for number, (slide, page) in enumerate(zip(made.slides, pages, strict=True), start=1):
            where = f"{path.stem}, slide {number}"
            _all_within(slide, page, where)
            _none_on_another(page, where)


def _all_within(slide: Any, page: PrintedPage, where: str) -> None:
    for shape, room in rooms(slide):
        wanted = Counter(words_of(shape).upper().replace("‹#›", "").split())
        inside = Counter(
            word.text.upper()
            for word in page.words
            if room.left - 0.02 <= (word.left + word.right) / 2 <= room.right + 0.02
            and room.top - 0.02 <= word.top
            and word.bottom <= room.bottom + 0.04
        )
        # A word longer than its cell is torn; its letters are there all the same.
        lost = "".join(sorted((wanted - inside).elements()))
        more = "".join((inside - wanted).elements())
        assert not lost or Counter(lost) <= Counter(more), (where, shape.name, lost, room)


def _none_on_another(page: PrintedPage, where: str) -> None:
    for one, other in combinations(page.words, 2):
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        least = min(one.bottom - one.top, other.bottom - other.top)
        on_it = across > 0.03 and down > 0.45 * least
        assert not on_it, (where, one, other)


def test_a_logo_is_there_to_be_met() -> None:
    """The masters of these tests do have what slides could stand on."""
    made = pptx.Presentation()
    MASTERS["logo and band"][0](made)
    assert any(s.has_text_frame and s.text_frame.text == LOGO for s in made.slide_master.shapes)
