"""A published survey: pages, spreadsheet and document say the same, and only what is true."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

import docx
import pytest

from remit.cli.exit_codes import DONE_WITH_FINDINGS
from remit.cli.run import run
from tests.exports.reading import sheets, table_of
from tests.pages.html_pages import parse
from tests.surveys.exports import COLUMNS, HEARD, QUESTIONNAIRE, write_wave

OLD, NEW = "Our board is well placed", "Our board has every skill"
GONE = "Our region is of help"
MORE = f"""\
  - id: board
    kind: scale
    scale: agree-5
    polarity: good
    wording:
      - {{text: "{OLD}", waves: ["2025"]}}
      - {{text: "{NEW}", waves: ["2026"]}}
  - {{id: gone, kind: scale, scale: agree-5, wording: [{{text: "{GONE}", waves: ["2025"]}}]}}
"""
BODIES = ("The region;The ICB", "The ICB", "", "The region")


def rows(agreed: int) -> Iterable[tuple[str, ...]]:
    """40 voices of acute trusts, 12 of community, 3 of an ambulance trust; all but these named."""
    for n in range(55):
        kind = "acute" if n < 40 else "community" if n < 52 else "ambulance"
        heard = "Perhaps" if n == 39 else "Agree" if n < agreed else "Disagree"
        yield (str(n), f"ZA{n // 2}", kind, heard, "Increased", BODIES[n % 4], str(n), "Ask once",
               "Agree", "Agree")  # fmt: skip


def published(folder: Path, years: dict[int, int], *more: str) -> Path:
    """Pages of waves of which so many agreed that they are heard."""
    files = []
    for year, agreed in years.items():
        heads = (*COLUMNS, *((OLD, GONE) if year == 2025 else (NEW, "Unused")))
        path = folder / f"people-{year}.csv"
        files.append(str(write_wave(path, tuple(rows(agreed)), heads)))
    (folder / "q.yaml").write_text(QUESTIONNAIRE + MORE, encoding="utf-8")
    out = folder / "out"
    assert run(["survey", "report", *files, "--questionnaire", str(folder / "q.yaml"),
                "--out", str(out), *more]) == DONE_WITH_FINDINGS  # fmt: skip
    return out


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("two"), {2025: 30, 2026: 10})


def page(out: Path, name: str) -> str:
    return " ".join(parse(out / name).text("main").split())


def document(out: Path) -> list[str]:
    told = docx.Document(str(out / "survey.docx"))
    cells = [cell.text for table in told.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in told.paragraphs), *cells]


def test_pages_spreadsheet_and_document_say_the_same(out: Path) -> None:
    home, told = page(out, "index.html"), document(out)
    findings = table_of(sheets(out / "survey.xlsx")["findings"], "Item")
    assert len(findings) == 6
    for row in findings:
        for words in (row["Item"], row["Now"], *({row["Before"]} - {"[z]"})):
            assert words in home
            assert words in told
    # 30 of 54 and 10 of 54: who answered Perhaps is in no base.
    assert "It fell from 56% of 54 in 2025 to 19%, for the worse." in home
    (claim,) = [row[0] for row in sheets(out / "survey.xlsx")["cover"] if "beyond" in str(row[0])]
    assert claim == (
        "1 of the 2 items that can be compared changed beyond chance; 1 did not. 1 item cannot be "
        "compared."
    )
    assert claim in home
    assert any(words.startswith(claim) for words in told)


def test_changed_wordings_are_both_shown_and_no_trend_is_drawn(out: Path) -> None:
    said = f"No comparison: the wording changed: 2025 “{OLD}”, 2026 “{NEW}”."
    for text in (page(out, "index.html"), page(out, "item/board.html"), " ".join(document(out))):
        assert said in text
    assert f"“{OLD}”" in page(out, "questionnaire.html")
    assert "5 of 7 items can be compared." in page(out, "questionnaire.html")


def test_an_item_that_is_not_asked_any_more_is_told(out: Path) -> None:
    home = page(out, "index.html")
    assert "What is not asked any more (1)" in home
    assert "In 2025: 100% agree (55 of 55; 95% interval 93% to 100%). Not asked in 2026." in home


def test_what_is_suppressed_is_marked_and_holds_no_figure(out: Path) -> None:
    items = table_of(sheets(out / "survey.xlsx")["items"], "Wave")
    small = [row for row in items if row["Group"] == "ambulance"]
    assert len(small) == 7
    figures = ("Base", "Agree (%)", "Interval from (%)", "Disagree", "Don’t know", "Blank")
    assert {row[name] for row in small for name in figures} == {"[c]"}
    assert "Not shown: the base is under 10." in " ".join(document(out))


def test_a_base_stands_beside_each_share_and_shares_are_those_of_the_tables(out: Path) -> None:
    book = sheets(out / "survey.xlsx")
    whole = [row for row in table_of(book["items"], "Wave") if row["Group"] == "all"]
    (heard,) = (row for row in whole if (row["Wave"], row["Item"]) == ("2026", HEARD))
    # 10 of 54 are 18.52%; Wilson: 10.4% to 30.8%.
    names = ("Base", "Agree (%)", "Interval from (%)", "Interval to (%)", "Agree")
    assert [heard[name] for name in names] == [54, 18.5, 10.4, 30.8, 10]
    (change,) = [row for row in table_of(book["changes"], "Item")
                 if row["Item"] == HEARD and row["Group"] == "all"]  # fmt: skip
    assert list(change)[3:10] == ["Wave", "Base now", "Now (%)", "Wave before", "Base before",
                                  "Before (%)", "Change (points)"]  # fmt: skip
    assert change["Change (points)"] == -37.0


def test_one_table_a_sheet_with_cover_contents_and_notes(out: Path) -> None:
    book = sheets(out / "survey.xlsx")
    assert list(book)[:4] == ["cover", "contents", "notes", "findings"]
    assert [row[0] for row in book["contents"]][3:] == list(book)[3:]
    with zipfile.ZipFile(out / "survey.xlsx") as file:
        tables = [name for name in file.namelist() if name.startswith("xl/tables/")]
    assert len(tables) == len(book) - 1


def test_choices_and_numbers_have_pages_with_charts(out: Path) -> None:
    # Of 55: 14, 14, 14 and 13 of the four kinds; who ticked nothing is in no base.
    said = "Of 41 respondents who ticked anything: The ICB 68% and The region 66%."
    assert said in page(out, "item/bodies.html")
    assert (out / "item" / "bodies.html").read_text(encoding="utf-8").count("<svg") >= 1
    # 0 to 54: the median is 27.
    assert "Half of the 55 who gave a number said 27 or less" in page(out, "item/hours.html")
    assert "remit-chart" in (out / "item" / "hours.html").read_text(encoding="utf-8")


def test_what_somebody_wrote_where_it_fits_no_scale_is_not_published(out: Path) -> None:
    assert "Perhaps" not in (out / "data" / "rejections.csv").read_text(encoding="utf-8")
    cells = {str(cell) for sheet in sheets(out / "survey.xlsx").values() for row in sheet
             for cell in row}  # fmt: skip
    assert not any("Perhaps" in cell or "Ask once" in cell for cell in cells)
    assert "2 rows and cells: this is no answer of the scale." in page(out, "method.html")


def test_every_file_is_linked_from_the_first_page(out: Path) -> None:
    text = (out / "index.html").read_text(encoding="utf-8")
    for name in ("survey.xlsx", "survey.docx", "data/items.csv", "data/changes.csv"):
        assert f'href="{name}"' in text
        assert (out / name).is_file()


def test_one_wave_is_compared_with_nothing_and_equal_input_gives_equal_bytes(
    tmp_path: Path,
) -> None:
    made = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        made.append(published(tmp_path / name, {2026: 10}))
    home = page(made[0], "index.html")
    assert "There is one wave, so nothing is compared." in home
    assert "What people say (3)" in home
    assert "did not change" not in home
    files = [path.relative_to(made[0]) for path in made[0].rglob("*") if path.is_file()]
    different = [str(name) for name in files
                 if (made[0] / name).read_bytes() != (made[1] / name).read_bytes()]  # fmt: skip
    assert different == []
    for name in ("survey.xlsx", "survey.docx"):
        with zipfile.ZipFile(made[0] / name) as file:
            assert {one.date_time[0] for one in file.infolist()} == {1980}


def test_each_group_stands_against_the_others(tmp_path: Path) -> None:
    out = published(tmp_path, {2026: 10}, "--min-base", "0")
    # 10 of 39 against none of 15: Pearson 54 × 150² ÷ (39 × 15 × 10 × 44) = 4.72. Over the three
    # cells with anybody in them (10, 29, 15) a voice counts 54 ÷ cell less 1, with its sign: 4.40,
    # −2.86, 2.60. Trusts of two who say the same count twice: 5, 14 and 7 pairs, 0, 1 and 1 alone.
    # (20 × 4.40² + 57 × 2.86² + 29 × 2.60²) × 28/27 ÷ 54² = 0.3734; a simple sample has
    # (5.4 + 1.86 + 3.6) ÷ 54 = 0.2012. The effect is 1.857, F = 2.54 with 1 and 27: p = 0.1225.
    # Corrected for three kinds of trust on three items.
    said = "26% against 0% of 15, not a significant difference (small base: under 30)."
    text = page(out, "item/heard.html")
    assert "Against the others" in text
    assert said in text
    assert said in document(out)
    rows = table_of(sheets(out / "survey.xlsx")["groups"], "Wave")
    (acute,) = [row for row in rows if (row["Group"], row["Item"]) == ("acute", HEARD)]
    names = ("Base", "Agree (%)", "Base of all others", "All others (%)", "Difference (points)",
             "Comparisons", "Significant")  # fmt: skip
    assert [acute[name] for name in names] == [39, 25.6, 15, 0, 25.6, 9, "no"]
    assert acute["p"] == pytest.approx(0.1225, abs=0.0001)
