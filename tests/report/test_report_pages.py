"""The pages of a report: what they say, and that every link leads somewhere."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from remit.pages.drawing.charts import ValueScale
from remit.pages.report.chart import report_chart
from remit.pages.report.metric_page import inside_words, metric_view
from remit.pages.report.site import write_report_pages
from remit.report.balance import aims
from remit.report.view import Icon, ReportBody, ReportView
from tests.report.fictional import BELOW, fictional_report


@pytest.fixture(scope="module")
def view() -> ReportView:
    return fictional_report()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, view: ReportView) -> Path:
    found = tmp_path_factory.mktemp("pages") / "report"
    found.mkdir()
    write_report_pages(view, found)
    return found


class Reader(HTMLParser):
    """Collects links, anchors and the words of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.words = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.anchors.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_how_far_the_pages_are_is_told(tmp_path: Path, view: ReportView) -> None:
    told: list[tuple[int, int]] = []
    number = write_report_pages(view, tmp_path, progress=lambda *done: told.append(done))
    assert told == [(done, number) for done in range(1, number + 1)]
    assert number == len(list(tmp_path.rglob("*.html")))


def test_every_link_leads_to_a_page_and_a_place_on_it(folder: Path) -> None:
    pages = {page.resolve(): Reader(page) for page in folder.rglob("*.html")}
    assert len(pages) > 10
    for page, read in pages.items():
        assert len(read.anchors) == len(set(read.anchors)), page
        for link in read.links:
            path, _, place = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target in pages or (target.suffix != ".html" and target.is_file()), (page, link)
            assert not place or place in pages[target].anchors, (page, link)


def test_a_metric_page_begins_with_its_finding_and_names_who_stands_out(folder: Path) -> None:
    text = (folder / "metrics" / "ae-within-4-hours.html").read_text(encoding="utf-8")
    assert "<h1>68.0% in Jun 2025: worse than chance explains</h1>" in text
    words = " ".join(Reader(folder / "metrics" / "ae-within-4-hours.html").words.split())
    assert (
        "Inside it, Larkshire University Hospitals and Quillborough Hospitals are worse than "
        "chance explains." in words
    )


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ((), ""),
        (
            ("common_cause", "common_cause"),
            "None of its 2 members is better or worse than chance explains.",
        ),
        (
            ("common_cause", "too_few", "no_verdict"),
            "One of its members is neither better nor worse than chance explains; of 2 more it "
            "cannot be told.",
        ),
        (
            ("common_cause", "common_cause", "too_few"),
            "None of 2 of its members is better or worse than chance explains; of 1 more it "
            "cannot be told.",
        ),
        (
            ("too_few", "no_verdict"),
            "Whether one of its 2 members is better or worse than chance explains, cannot be told.",
        ),
        (
            ("too_few",),
            "Whether the one member is better or worse than chance explains, cannot be told.",
        ),
        (
            ("common_cause",),
            "The one member with figures is neither better nor worse than chance explains.",
        ),
        (
            ("improvement_high", "concern_low"),
            "Inside it, T0 is better and T1 is worse than chance explains.",
        ),
        (
            ("concern_low", "concern_high", "concern_low", "concern_low"),
            "Inside it, 4 members are worse than chance explains.",
        ),
    ],
)
def test_who_stands_out_inside_is_named_or_counted(
    view: ReportView, codes: tuple[str, ...], said: str
) -> None:
    line = view.own.lines[0]
    members = [
        replace(
            line,
            body=ReportBody(f"T{place}", f"T{place}", "Acute trust"),
            variation=Icon(code, ""),
        )
        for place, code in enumerate(codes)
    ]
    assert inside_words(members) == said


def test_the_figures_of_a_metric_lie_beside_its_page_in_three_forms(
    folder: Path, view: ReportView
) -> None:
    beside = folder / "metrics"
    made = json.loads((beside / "ae-within-4-hours.json").read_text(encoding="utf-8"))
    schema = json.loads((folder / "static" / made["schema"]).read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(made)
    assert [one["organisation"] for one in made["series"]] == ["ZB1", "ZA1", "ZA2"]
    last = made["series"][0]["points"][-1]
    assert (last["period"], last["value"]) == ("Jun 2025", 68.0)
    rows = (beside / "ae-within-4-hours.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 1 + 3 * 24
    assert rows[24].startswith("ZB1,NHS Larkshire and Quillborough")
    picture = ElementTree.fromstring((beside / "ae-within-4-hours.svg").read_text(encoding="utf-8"))
    title = picture.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert (title.text or "").startswith("68.0% in Jun 2025: worse than chance explains")


def test_every_page_of_a_fictional_report_says_so(folder: Path) -> None:
    for page in folder.rglob("*.html"):
        assert "fictional" in Reader(page).words, page


def test_the_first_page_gives_today_and_tomorrow_the_same_room(
    folder: Path, view: ReportView
) -> None:
    text = (folder / "index.html").read_text(encoding="utf-8")
    for name, heading in (("today", "Today’s care"), ("tomorrow", "Tomorrow’s health")):
        assert re.search(rf'id="summary-{name}"><th [^>]+>{heading}<', text)
    assert view.balance.sentence in text


def test_icons_can_be_copied_as_words(folder: Path) -> None:
    words = Reader(folder / "index.html").words
    for said in ("concern", "will not meet", "usual", "by chance", "below the usual range"):
        assert said in words


def test_a_matrix_of_organisations_says_what_is_not_held(tmp_path: Path) -> None:
    made = fictional_report()
    short = replace(made.sections[2], lines=made.sections[2].lines[:1])
    write_report_pages(replace(made, sections=(*made.sections[:2], short)), tmp_path)
    words = Reader(tmp_path / "organisations" / "index.html").words
    assert words.count("not held") == 2


def test_a_long_list_of_metrics_without_a_figure_stands_on_one_page_alone(tmp_path: Path) -> None:
    write_report_pages(replace(fictional_report(), missing=()), tmp_path)
    found = [
        page.name
        for page in tmp_path.rglob("*.html")
        if "Virtual ward beds for 100,000 people" in Reader(page).words
    ]
    assert found == ["missing.html"]


def test_what_people_say_stands_beside_the_finding(folder: Path) -> None:
    words = " ".join(Reader(folder / "index.html").words.split())
    finding = words[words.index("What matters") : words.index("The whole in nine cells")]
    for said in (
        "What happened Two wards closed for repairs",
        "Chief operating officer, by 31 May 2025. overdue",
        "Still true? In Mar 2025 it was common cause",
    ):
        assert said in finding


def test_a_figure_names_its_file_line_and_column(folder: Path) -> None:
    words = " ".join(Reader(folder / "metrics" / "ae-within-4-hours.html").words.split())
    assert "File 1, line 7, column Total" in words
    sources = (folder / "sources.html").read_text(encoding="utf-8")
    assert 'id="file-1"' in sources
    assert "ab" * 32 in sources


def test_what_is_late_and_what_is_missing_are_said(folder: Path) -> None:
    assert re.search(r"Jun 2025\s+late", Reader(folder / "index.html").words)
    assert "No file in the store gives it" in Reader(folder / "missing.html").words


def test_a_report_without_members_groups_or_gaps_can_be_shown(tmp_path: Path) -> None:
    write_report_pages(fictional_report(members=0), tmp_path)
    assert "Organisations" not in Reader(tmp_path / "index.html").words


def test_a_chart_says_its_finding_and_its_rules(view: ReportView) -> None:
    chart = report_chart(view.own.lines[0], view.rules, "chart")
    assert chart.finding == BELOW
    assert "Rules: mdc-nhsr (Making Data Count)." in chart.legend
    shapes = [dot.shape for dot in chart.wide.dots]
    assert shapes.count("triangle") == 7
    assert shapes.count("circle") == 17
    assert [(note.sign, note.when) for note in chart.notes] == [("1", "Mar 2025")]


def test_a_chart_is_drawn_for_each_width_with_the_same_points(view: ReportView) -> None:
    chart = report_chart(view.own.lines[0], view.rules, "chart")
    assert [(one.look.width, len(one.dots)) for one in chart.drawings] == [
        (750, 24),
        (343, 24),
        (288, 24),
    ]


def test_a_gap_breaks_the_path_of_a_chart(view: ReportView) -> None:
    line = view.own.lines[0]
    points = list(line.points)
    points[5] = replace(points[5], value=None)
    drawn = report_chart(replace(line, points=tuple(points)), view.rules, "chart").wide
    assert sum(len(path) - 1 for path in drawn.paths) == 23 - 2
    assert len(drawn.dots) == 23


def test_a_chart_of_one_point_can_be_drawn(view: ReportView) -> None:
    line = view.own.lines[0]
    drawn = report_chart(replace(line, points=line.points[-1:]), view.rules, "chart")
    assert len(drawn.wide.dots) == 1


@pytest.mark.parametrize("top", [1.0, 2.5, 10.0, 25.0, 0.3, 1200.0])
def test_the_labels_of_a_scale_are_the_values_they_stand_at(top: float) -> None:
    for value, words in ValueScale([0.0, top], 0, 100).ticks():
        assert float(words.replace(",", "")) == pytest.approx(value)


def test_what_is_not_there_is_said_in_plain_words(tmp_path: Path) -> None:
    made = fictional_report()
    own = made.own.lines
    few = replace(own[1], mean=None, lower=None, upper=None)
    sections = tuple(replace(section, lines=(few,)) for section in made.sections)
    folder = tmp_path / "plain"
    folder.mkdir()
    write_report_pages(replace(made, sections=sections, aims=aims((few,))), folder)
    home = (folder / "index.html").read_text(encoding="utf-8")
    assert "too few figures" in home
    assert "No metric" in home
    for page in folder.rglob("*.html"):
        assert ">None<" not in page.read_text(encoding="utf-8"), page


def test_the_whole_report_is_there_as_data_and_says_what_its_pages_say(
    folder: Path, view: ReportView
) -> None:
    made = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    schema = json.loads((folder / "static" / made["schema"]).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    checker = Draft202012Validator.FORMAT_CHECKER
    Draft202012Validator(schema, format_checker=checker).validate(made)
    home = Reader(folder / "index.html").words
    assert made["lead"] in home
    for one in made["lines"]:
        page = f"metrics/{one['metric'].replace('.', '-')}.html"
        words = Reader(folder / page).words
        assert one["said"] in words
        assert one["sentence"] in words
        places = {(place["file"], place["line"]) for place in one["from"]}
        assert places, one["id"]
        assert {file for file, _ in places} <= {file["number"] for file in made["sources"]}
    hot = [one for one in made["nine_cells"] if one["needs_attention"]]
    assert [(one["metric"], one["assurance"], one["own"], one["members"]) for one in hot] == [
        ("ae.within-4-hours", "fails", True, []),
        (
            "ae.within-4-hours",
            "fails",
            False,
            ["Larkshire University Hospitals", "Quillborough Hospitals"],
        ),
    ]


def test_a_member_on_a_small_base_says_so_and_leaves_the_scale_of_the_others(
    view: ReportView,
) -> None:
    """Two members with the same figures, and in the second report one with 0 of 1 of old."""
    own, first, second = view.sections
    line = second.lines[0]
    points = tuple(replace(one, value=0.0, numerator=0.0, denominator=1.0) for one in line.points)
    few = replace(line, points=points, value=0.0, said="0.0%", period="Apr 2024")
    sections = (own, first, replace(second, lines=(few, *second.lines[1:])))
    before = metric_view(view, line.metric)
    after = metric_view(replace(view, sections=sections), line.metric)
    assert [one.note for one in before.small] == ["", ""]
    assert before.small_heading == "2 organisations inside it, on one scale"
    assert [one.note for one in after.small] == [
        "",
        "Apr 2024; 0 of 1, a small base, on a scale of its own",
    ]
    assert after.small[0].mark == before.small[0].mark, "the others keep their scale"
    assert after.rows[2].dated == "Apr 2024; 0 of 1, a small base"


def test_members_that_all_have_a_small_base_share_their_scale(view: ReportView) -> None:
    own, *members = view.sections
    few = [
        replace(
            part,
            lines=tuple(
                replace(
                    line,
                    points=tuple(
                        replace(one, numerator=7.0, denominator=10.0) for one in line.points
                    ),
                )
                for line in part.lines
            ),
        )
        for part in members
    ]
    found = metric_view(replace(view, sections=(own, *few)), own.lines[0].metric)
    assert [one.note for one in found.small] == ["7 of 10, a small base"] * 2


def test_every_point_of_every_chart_says_what_its_row_in_the_table_says(view: ReportView) -> None:
    charted = 0
    for line in view.lines:
        held = [point for point in line.points if point.value is not None]
        dots = report_chart(line, view.rules, "chart").wide.dots
        assert len(dots) == len(held)
        for point, dot in zip(held, dots, strict=True):
            charted += 1
            assert dot.words.startswith(f"{point.label}: ")
            assert dot.words.endswith(", usual") == (not point.rule)
            assert (f"({point.named})" in dot.words) == bool(point.named)
            assert ("an earlier signal, ended" in dot.words) == point.ended
    assert charted > 200
