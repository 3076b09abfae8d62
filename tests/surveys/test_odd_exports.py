"""Exports as people have them: what looks like an answer and is none, and the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from remit.catalogue import declared
from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS, WRONG_INPUT
from remit.cli.run import run
from remit.model.questionnaire import Questionnaire

HEARD, HOURS = "I am heard by our ICB", "Hours a week"
ANSWERS = ("Strongly agree", "Agree", "Disagree", "Neither agree nor disagree")
QUESTIONNAIRE = f"""\
schema: remit/questionnaire/1
id: odd
title: Odd
source: Invented for tests
waves: [{{id: "2026"}}]
respondent: {{id: [id]}}
items:
  - {{id: heard, kind: scale, scale: agree-5, wording: [{{text: "{HEARD}"}}]}}
  - {{id: hours, kind: numeric, wording: [{{text: "{HOURS}"}}]}}
"""


def tables(folder: Path, rows: Sequence[Sequence[str]], code: int = DONE) -> Path:
    """The tables of an export with these rows, parted by semicolons."""
    lines = [";".join(row) for row in (("id", HEARD, HOURS), *rows)]
    (folder / "odd-2026.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "q.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    asked = ["survey", "tables", str(folder / "odd-2026.csv")]
    out = folder / "out"
    given = ["--questionnaire", str(folder / "q.yaml"), "--out", str(out)]
    assert run([*asked, *given]) == code
    return out


@pytest.mark.parametrize(
    ("texts", "mean"),
    [
        (("12,5", "7,5"), 10.0),
        (("1.250,5", "49,5"), 650.0),
        # Where one of a column has decimals after a comma, so has 1,250.
        (("1,250", "2,75"), 2.0),
        (("1,250", "750"), 1000.0),
        (("1,250.5", "49.5"), 650.0),
        (("€ 12,5", "7,5 hours"), 10.0),
    ],
)
def test_decimals_after_a_comma_are_decimals(
    tmp_path: Path, texts: tuple[str, str], mean: float
) -> None:
    rows = [(str(n), "Agree", text) for n, text in enumerate(texts)]
    found = pl.read_csv(tables(tmp_path, rows) / "numeric.csv")
    assert found["mean"].item() == mean


@pytest.mark.parametrize("text", ["12,34,5", "1,25,000", "12,5,5", "1.2.3,4"])
def test_what_is_no_number_in_any_writing_is_told(tmp_path: Path, text: str) -> None:
    out = tables(tmp_path, [("1", "Agree", text), ("2", "Agree", "3")], DONE_WITH_FINDINGS)
    assert pl.read_csv(out / "numeric.csv")["base"].item() == 1
    assert pl.read_csv(out / "rejections.csv")["value"].to_list() == [text]


@pytest.mark.parametrize(
    "last",
    [
        ("Total", "2", "30"), ("Total responses: 2", "", ""), ("Grand total", "", "30"),
        ("Exported on 1 April 2026", "", ""), ("Source: the survey team", "", ""),
        ("Average", "", "15"), ("n = 2", "", ""), ("Totals", "", "30"),
    ],
)  # fmt: skip
def test_a_sum_or_a_note_below_the_rows_is_no_respondent(
    tmp_path: Path, last: tuple[str, ...]
) -> None:
    rows = [("1", "Agree", "10"), ("2", "Disagree", "20")]
    out = tables(tmp_path, [*rows, last], DONE_WITH_FINDINGS)
    (told,) = pl.read_csv(out / "rejections.csv").to_dicts()
    assert (told["line"], told["reason"]) == (4, "this is a sum or a note, and no respondent")
    assert pl.read_csv(out / "items.csv")["blank"].item() == 0


def test_a_respondent_who_gave_a_number_alone_is_kept(tmp_path: Path) -> None:
    rows = [("1", "Agree", "10"), ("2", "", "")]
    found = pl.read_csv(tables(tmp_path, rows) / "items.csv")
    assert (found["base"].item(), found["blank"].item()) == (1, 1)


def drafted(folder: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Questionnaire:
    """The questionnaire that is drafted from an export."""
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (heads, *rows)) + "\n"
    (folder / "wave-2026.csv").write_text(text, encoding="utf-8")
    asked = ["survey", "new", str(folder / "wave-2026.csv"), "--out", str(folder / "q.yaml")]
    assert run(asked) == DONE
    return declared.read(folder / "q.yaml").validate(Questionnaire)


def test_an_export_without_a_respondent_has_tables_and_pages(tmp_path: Path) -> None:
    out = tables(tmp_path, [])
    assert pl.read_csv(out / "items.csv")["base"].to_list() == [0]
    asked = [str(tmp_path / "odd-2026.csv"), "--questionnaire", str(tmp_path / "q.yaml")]
    assert run(["survey", "report", *asked, "--out", str(tmp_path / "pages")]) == DONE
    said = (tmp_path / "pages" / "item" / "heard.html").read_text(encoding="utf-8")
    assert "Not shown: the base is under 10." in said


@pytest.mark.parametrize("own", ["../../evil", "/evil", "a/b", "..", "co n", "é", "a.b", "HEARD "])
def test_the_page_of_an_item_lies_in_its_folder_whatever_its_identifier(
    tmp_path: Path, own: str
) -> None:
    text = QUESTIONNAIRE.replace("id: hours", f"id: {own!r}")
    (tmp_path / "odd-2026.csv").write_text(f"id,{HEARD},{HOURS}\n1,Agree,3\n", encoding="utf-8")
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    asked = [str(tmp_path / "odd-2026.csv"), "--questionnaire", str(tmp_path / "q.yaml")]
    out = tmp_path / "at" / "out"
    given = ["--min-base", "0", "--out", str(out)]
    assert run(["survey", "report", *asked, *given]) == DONE
    pages = [path for path in tmp_path.rglob("*.html") if path.parent != out]
    assert {path.parent for path in pages} == {out / "item"}
    assert len({path.name.casefold() for path in pages}) == 2
    home = (out / "index.html").read_text(encoding="utf-8")
    assert all(f'href="item/{path.name}"' in home for path in pages)


WHO = "4. Who asked you for data?"


@pytest.mark.parametrize(
    ("between", "yes", "no"),
    [(": ", "1", "0"), (" - ", "", ""), (" – ", "Yes", "No"), (" | ", "1", ""), (":", "", "")],
)
def test_columns_of_one_question_are_one_item(
    tmp_path: Path, between: str, yes: str, no: str
) -> None:
    heads = ["UserNo", "UserID", f"2. {HEARD}", f"{WHO}{between}ICB", f"{WHO}{between}CQC"]
    rows = [
        (str(n), str(90 + n), ANSWERS[n % 4], no if n % 2 else yes or "ICB",
         no if n % 3 else yes or "CQC")
        for n in range(12)
    ]  # fmt: skip
    found = drafted(tmp_path, heads, rows)
    assert [(one.kind, one.options) for one in found.items] == [
        ("scale", ()), ("multi", ("ICB", "CQC")),
    ]  # fmt: skip
    assert found.respondent.id == ("UserNo",)
    assert "UserID" in found.beside
    out = tmp_path / "out"
    assert run(["survey", "tables", str(tmp_path / "wave-2026.csv"), "--questionnaire",
                str(tmp_path / "q.yaml"), "--out", str(out)]) == DONE  # fmt: skip
    counts = pl.read_csv(out / "multi.csv")
    # Every second row, and every third one.
    assert counts["n"].to_list() == [6, 4]


def test_statements_below_one_question_keep_their_whole_wording(tmp_path: Path) -> None:
    asked = "To what extent do you agree or disagree: "
    heads = ["id", f"{asked}we are heard", f"{asked}we are helped"]
    rows = [(str(n), ANSWERS[n % 4], ANSWERS[n % 3]) for n in range(12)]
    found = drafted(tmp_path, heads, rows)
    assert [one.wording[0].text for one in found.items] == heads[1:]


def test_a_question_that_begins_as_another_is_no_option_of_it(tmp_path: Path) -> None:
    (tmp_path / "odd-2026.csv").write_text("id,Who asked me\n1,ICB\n", encoding="utf-8")
    item = "  - {id: who, kind: multi, wording: [{text: Who asked}]}\n"
    text = QUESTIONNAIRE.partition("  - {id: heard")[0] + item
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    asked = [str(tmp_path / "odd-2026.csv"), "--questionnaire", str(tmp_path / "q.yaml")]
    assert run(["survey", "check", *asked]) == WRONG_INPUT


def test_codes_without_words_are_drafted_as_a_scale_to_be_filled_in(tmp_path: Path) -> None:
    heads = ["id", "kind", "heard", "trust_code"]
    rows = [(str(n), f"A{n % 2 + 1}", f"A{n % 5 + 1}", f"ZA{n % 4}") for n in range(20)]
    found = drafted(tmp_path, heads, rows)
    (item,) = found.items
    assert (item.kind, item.scale) == ("scale", "codes-a1-to-a5")
    sides = [one.means for one in found.scales["codes-a1-to-a5"].answers]
    assert sides == ["agree", "agree", "neutral", "disagree", "disagree"]
    assert [one.id for one in found.groups] == ["kind"]
    assert "give each its label" in (tmp_path / "q.yaml").read_text(encoding="utf-8")
    asked = [str(tmp_path / "wave-2026.csv"), "--questionnaire", str(tmp_path / "q.yaml")]
    assert run(["survey", "tables", *asked, "--out", str(tmp_path / "out")]) == DONE
    # A1 and A2 are eight of twenty.
    assert pl.read_csv(tmp_path / "out" / "items.csv")["pct_agree"].to_list() == [40.0]


def test_what_the_tool_says_of_itself_is_no_item(tmp_path: Path) -> None:
    heads = ["Response ID", "Finished", "What is your trust’s code?", HEARD]
    rows = [(f"R{n}", ("True", "False")[n == 3], f"ZA{n % 5}", ANSWERS[n % 4]) for n in range(12)]
    found = drafted(tmp_path, heads, rows)
    assert [one.wording[0].text for one in found.items] == [HEARD]
    assert found.respondent.unit == ("What is your trust’s code?",)
    assert found.beside == ("Finished",)


@pytest.mark.parametrize(
    "heading",
    ["Organisation", "Your organisation", "Employer", "Trust name", "Name of your trust",
     "Which organisation do you work for?", "What is the name of your organisation?"],
)  # fmt: skip
def test_the_organisation_is_found_by_its_heading(tmp_path: Path, heading: str) -> None:
    heads = ["id", heading, "Type of organisation", "Role", HEARD]
    rows = [(str(n), ("Elm Vale", "Larkshire", "Sandholm")[n % 3], ("Acute", "Ambulance")[n % 2],
             ("Chair", "Director")[n % 2], ANSWERS[n % 4]) for n in range(24)]  # fmt: skip
    found = drafted(tmp_path, heads, rows)
    assert found.respondent.unit == (heading,)
    assert [one.name for one in found.groups] == ["Type of organisation", "Role"]
    (line,) = [one for one in (tmp_path / "q.yaml").read_text(encoding="utf-8").splitlines()
               if one.startswith("  unit:")]  # fmt: skip
    assert "guessed by the heading" in line


@pytest.mark.parametrize(
    "cells", [("ZA1", "ZA2", "ZB3"), ("Elm Vale NHS Trust", "Larkshire ICB", "Sandholm Hospitals")]
)
def test_the_organisation_is_found_by_what_its_cells_look_like(
    tmp_path: Path, cells: tuple[str, ...]
) -> None:
    heads = ["id", "Answering for", "Kind", HEARD]
    rows = [(str(n), cells[n % 3], ("Acute", "Ambulance")[n % 2], ANSWERS[n % 4])
            for n in range(24)]  # fmt: skip
    found = drafted(tmp_path, heads, rows)
    assert found.respondent.unit == ("Answering for",)
    assert [one.id for one in found.groups] == ["kind"]
    assert "guessed: its cells look like organisations" in (tmp_path / "q.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Role", ("CEO", "CFO", "COO")),
        ("Group", ("Acute", "Community", "Ambulance")),
        ("What is your organisation type?", ("Acute", "Community", "Ambulance")),
    ],
)
def test_what_is_no_organisation_is_not_taken_for_one(
    tmp_path: Path, heading: str, cells: tuple[str, ...]
) -> None:
    rows = [(str(n), cells[n % 3], ANSWERS[n % 4]) for n in range(24)]
    found = drafted(tmp_path, ["id", heading, HEARD], rows)
    assert found.respondent.unit == ()
    assert len(found.groups) == 1
    text = (tmp_path / "q.yaml").read_text(encoding="utf-8")
    assert "unit: []  # no column looks like their organisation" in text


def test_the_name_beside_the_code_of_an_organisation_is_no_group(tmp_path: Path) -> None:
    heads = ["id", "Trust name", "Trust code", "ICB", HEARD]
    names = ("Elm Vale", "Larkshire", "Sandholm", "Ashby")
    rows = [(str(n), names[n % 4], f"ZA{n % 4}", ("North", "South")[n % 2], ANSWERS[n % 3])
            for n in range(24)]  # fmt: skip
    found = drafted(tmp_path, heads, rows)
    assert found.respondent.unit == ("Trust code",)
    assert "Trust name" in found.beside
    assert [one.name for one in found.groups] == ["Icb"]
    asked = [str(tmp_path / "wave-2026.csv"), "--questionnaire", str(tmp_path / "q.yaml")]
    assert run(["survey", "check", *asked]) == DONE


def test_that_agreement_is_neither_good_nor_bad_is_a_guess(tmp_path: Path) -> None:
    drafted(tmp_path, ["id", HEARD], [(str(n), ANSWERS[n % 4]) for n in range(12)])
    text = (tmp_path / "q.yaml").read_text(encoding="utf-8")
    assert "polarity: neither  # guessed" in text
