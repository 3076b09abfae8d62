"""Comments by theme: suggested by words, decided by people, counted with their base."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
import xlsxwriter

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.run import run
from remit.surveys.themes.loading import load_codebook, ready_codebooks
from remit.surveys.themes.suggesting import Assistant
from tests.pages.html_pages import parse
from tests.surveys.commented import fill_in, table, themes

OVERSIGHT = Assistant(load_codebook("oversight"))


def found(text: str) -> set[str]:
    return {one.theme for one in OVERSIGHT.suggest(text)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The PAPERWORK never ends.", {"burden"}),
        ("Contracts are late and nobody knows who decides.", {"finance", "role-clarity"}),
        ("Our trains run late.", set()),
        ("Pa\u00adper\u200bwork \u202eevermore", {"burden"}),
        ("Pa\u0301perwork", {"burden"}),
        ("", set()),
    ],
)
def test_words_suggest_themes_several_or_none(text: str, wanted: set[str]) -> None:
    assert found(text) == wanted


def test_each_suggestion_names_its_words_and_its_cue() -> None:
    (burden,) = OVERSIGHT.suggest("It keeps staff away from patients.")
    assert burden.theme == "burden"
    assert burden.reasons[0].words == "keeps staff away from patients"
    assert "patient*" in burden.reasons[0].cue
    assert burden.says.startswith("burden: “keeps staff away from patients” (")


def test_the_examples_of_each_theme_suggest_it_and_are_few() -> None:
    for book in ready_codebooks().values():
        for theme in book.themes:
            for said in theme.examples:
                assert theme.id in {one.theme for one in Assistant(book).suggest(said)}, said


def test_each_comment_has_a_row_with_what_is_suggested_or_none(tmp_path: Path) -> None:
    assert themes(tmp_path) == DONE
    rows = {row["line"]: row for row in table(tmp_path, "suggestions")}
    # The comment n/a of line 10 says nothing and is none.
    assert list(rows) == ["2", "3", "4", "5", "11", "12"]
    assert rows["2"]["suggested"] == "burden"
    assert "“paperwork”" in rows["2"]["because"]
    assert rows["4"]["suggested"] == "none"
    assert rows["4"]["because"] == "no word of the codebook suggests a theme"
    assert rows["12"]["comment"] == "[name] of [organisation] Hospital shouts at us."
    assert rows["12"]["taken_out"] == "name 1; organisation 1"
    assert not any("P1" in row.values() for row in rows.values())


def test_a_theme_stands_with_its_base_and_interval_even_where_nobody_has_it(tmp_path: Path) -> None:
    assert themes(tmp_path, "--min-base", "0", "--by", "kind") == DONE
    rows = {(row["group"], row["theme"]): row for row in table(tmp_path, "counts")}
    nobody = rows["ambulance", "burden"]
    assert (nobody["base"], nobody["n"], nobody["pct"], nobody["low"]) == ("2", "0", "0.0", "0.0")
    # Wilson, 0 of 2: z² / (n + z²) = 3.8415 / 5.8415.
    assert float(nobody["high"]) == pytest.approx(65.76, abs=0.01)
    assert (rows["all", "behaviours"]["base"], rows["all", "behaviours"]["n"]) == ("6", "2")
    assert rows["all", "none"]["n"] == "1"


def test_small_groups_are_out_and_so_is_what_gives_them_away(tmp_path: Path) -> None:
    assert themes(tmp_path, "--min-base", "3", "--by", "kind") == DONE
    rows = [row for row in table(tmp_path, "counts") if row["theme"] == "burden"]
    assert [(row["group"], row["base"], bool(row["suppressed"])) for row in rows] == [
        ("all", "6", False), ("acute", "", True), ("ambulance", "", True),
    ]  # fmt: skip


def test_a_persons_codes_win_and_say_whose_they_are(tmp_path: Path) -> None:
    themes(tmp_path)
    codes = fill_in(tmp_path, "ann", {2: ("Money; role-clarity", ""), 3: ("none", "")})
    assert themes(tmp_path, "--codes", codes, "--min-base", "0", "--by", "kind") == DONE
    rows = [(r["line"], r["theme"], r["source"], r["suggested"]) for r in table(tmp_path, "themes")]
    assert rows[:3] == [
        ("2", "role-clarity", "ann", "false"), ("2", "finance", "ann", "false"),
        ("3", "none", "ann", "false"),
    ]  # fmt: skip
    assert ("4", "none", "suggestion", "true") in rows
    counts = {(row["group"], row["theme"]): row for row in table(tmp_path, "counts")}
    assert (counts["all", "finance"]["n"], counts["all", "finance"]["base_by_person"]) == ("2", "2")
    assert counts["all", "burden"]["n"] == "0"
    # Who codes on finds what is done.
    again = {row["line"]: row["codes"] for row in table(tmp_path, "suggestions")}
    assert (again["2"], again["3"], again["4"]) == ("role-clarity; finance", "none", "")


def test_most_coders_decide_and_of_two_the_first(tmp_path: Path) -> None:
    themes(tmp_path)
    said = {"ann": "burden", "ben": "finance", "cat": "finance; maturity"}
    files = [part for name, codes in said.items()
             for part in ("--codes", fill_in(tmp_path, name, {4: (codes, "")}))]  # fmt: skip
    themes(tmp_path, *files)
    row = next(row for row in table(tmp_path, "themes") if row["line"] == "4")
    assert (row["theme"], row["source"], row["agreed"]) == ("finance", "ann, ben, cat", "false")
    themes(tmp_path, *files[:4])
    assert [r["theme"] for r in table(tmp_path, "themes") if r["line"] == "4"] == ["burden"]


def test_codes_that_are_none_are_told_with_their_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    themes(tmp_path)
    codes = Path(
        fill_in(tmp_path, "ann", {2: ("burdn", ""), 3: ("none; burden", ""), 4: ("money", "maybe")})
    )
    text = codes.read_text(encoding="utf-8")
    codes.write_text(text.replace("Our trains", "Our buses"), encoding="utf-8")
    assert themes(tmp_path, "--codes", str(codes)) == DONE_WITH_FINDINGS
    told = [(row["line"], row["column"], row["reason"]) for row in table(tmp_path, "rejections")]
    assert told[0] == ("2", "codes", "this is no theme. Did you mean 'burden'?")
    assert told[1] == ("3", "codes", "none stands beside a theme")
    assert told[2][:2] == ("4", "comment")
    assert "ann.csv, line 2, codes: 'burdn'" in capsys.readouterr().out
    assert {row["source"] for row in table(tmp_path, "themes")} == {"suggestion"}


def test_what_a_coder_filled_in_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    themes(tmp_path)
    filled = Path(fill_in(tmp_path, "ann", {2: ("finance", "yes")}))
    mine = tmp_path / "out" / "suggestions.csv"
    mine.write_bytes(filled.read_bytes())
    assert themes(tmp_path) not in {DONE, DONE_WITH_FINDINGS}
    assert "a coder has filled this in" in capsys.readouterr().err
    assert mine.read_bytes() == filled.read_bytes()
    assert themes(tmp_path, "--codes", str(mine)) == DONE
    assert next(r["codes"] for r in table(tmp_path, "suggestions") if r["line"] == "2") == "finance"


def test_comments_to_which_the_words_were_fitted_stay_as_they_are_told() -> None:
    """Fitted: the documentation says how other comments fare."""
    lines = (Path(__file__).parent / "theme_cases.txt").read_text(encoding="utf-8").splitlines()
    cases = [line.split("|", 1) for line in lines if not line.startswith("#")]
    named = {"tone and behaviours": "behaviours"}
    hit = labelled = suggested = 0
    for labels, text in cases:
        wanted = {named.get(one, one.replace(" ", "-")) for one in labels.split(";")} - {"none"}
        hit, labelled = hit + len(wanted & found(text)), labelled + len(wanted)
        suggested += len(found(text))
    assert (len(cases), hit, labelled, suggested) == (111, 102, 102, 112)


ATTACKS = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "<script>alert(1)</script><img src=x onerror=alert(1)> paperwork",
    "\u202eparwerkpap\u202c of paperwork",
    'paperwork, "quoted"; and\r\nanother line',
    "bureaucracy " * 850,
    "a" * 10_000,
)


def test_comments_that_attack_are_texts_as_others_are(tmp_path: Path) -> None:
    rows = tuple(("acute", "chair", text) for text in ATTACKS)
    start = time.process_time()
    themes(tmp_path, rows=rows)
    codes = fill_in(tmp_path, "ann", dict.fromkeys(range(2, 8), ("", "yes")))
    assert themes(tmp_path, "--codes", codes, "--min-base", "0", rows=rows) == DONE
    assert time.process_time() - start < 20
    quotes = [row["quote"] for row in table(tmp_path, "quotes")]
    assert not any(quote.startswith(("=", "@", "+", "-")) for quote in quotes)
    assert not any(sign in quote for quote in quotes for sign in "\u202e\u202c")
    export, questionnaire = str(tmp_path / "said-2026.csv"), str(tmp_path / "said.yaml")
    asked = ["--questionnaire", questionnaire, "--codes", codes, "--min-base", "0"]
    assert run(["survey", "report", export, *asked, "--out", str(tmp_path / "pages")]) == DONE
    page = (tmp_path / "pages" / "comments.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "text",
    [
        "the icb and " * 900,
        "who " * 2_500,
        "same two " * 1_200,
        "a.b " * 2_500,
        "takes from " * 1_000,
    ],
)
def test_no_text_takes_the_assistant_long(text: str) -> None:
    start = time.process_time()
    OVERSIGHT.suggest(text)
    assert time.process_time() - start < 5


def test_the_page_has_themes_quotes_and_what_was_withheld(tmp_path: Path) -> None:
    themes(tmp_path)
    codes = fill_in(tmp_path, "ann", {2: ("burden", "yes"), 11: ("behaviours", "yes")})
    export, questionnaire = str(tmp_path / "said-2026.csv"), str(tmp_path / "said.yaml")
    asked = ["--questionnaire", questionnaire, "--codes", codes, "--min-base", "3"]
    assert run(["survey", "report", export, *asked, "--out", str(tmp_path / "pages")]) == DONE
    said = parse(tmp_path / "pages" / "comments.html").text("main")
    assert "Of the 6 comments of 2026 ann coded 2." in said
    assert "1 of 6, 17% (95% interval 3% to 56%)" in said  # Wilson, of the burden
    assert "The paperwork never ends.chair, acute" in said
    assert "We are bullied.ambulance" in said
    quoted, _, groups = said.partition("Kind of trust")
    assert "medical director" not in quoted
    assert "Not shown: finance director and medical director (the base is under 3)" in groups
    assert "not quoted: nobody chose it (4 comments)" in said
    beside = sorted(path.name for path in (tmp_path / "pages" / "data" / "comments").iterdir())
    assert beside == [
        "agreement.csv",
        "counts.csv",
        "datapackage.json",
        "quotes.csv",
        "rejections.csv",
        "withheld.csv",
    ]
    home = parse(tmp_path / "pages" / "index.html").text("main")
    assert "Comments by theme" in home


def report(folder: Path, *more: str) -> int:
    """Run the report on what stands in a folder, into ``pages``."""
    export, questionnaire = str(folder / "said-2026.csv"), str(folder / "said.yaml")
    asked = ["--questionnaire", questionnaire, "--min-base", "3", *more]
    return run(["survey", "report", export, *asked, "--out", str(folder / "pages")])


def test_codes_that_are_not_counted_stand_on_the_page_without_their_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    themes(tmp_path)
    codes = fill_in(tmp_path, "ann", {2: ("Priya's idea", ""), 3: ("burden", "")})
    assert report(tmp_path, "--codes", codes) == DONE_WITH_FINDINGS
    assert "Not every code is counted:" in capsys.readouterr().out
    said = parse(tmp_path / "pages" / "comments.html").text("main")
    assert "Codes that are not counted" in said
    assert "ann.csv, line 2: this is no theme." in said
    # Who refused to be counted is in no number of who coded.
    assert "Of the 6 comments of 2026 ann coded 1." in said
    beside = tmp_path / "pages" / "data" / "comments" / "rejections.csv"
    rows = list(csv.DictReader(beside.read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["file"], row["line"], row["column"]) for row in rows] == [
        ("ann.csv", "2", "codes")
    ]
    assert "value" not in rows[0]
    assert "Priya's idea" not in "".join(
        path.read_text("utf-8", "replace") for path in (tmp_path / "pages").rglob("*.*ml")
    )


def test_twenty_codes_that_are_not_counted_are_told_and_the_others_are_many(tmp_path: Path) -> None:
    rows = tuple(("acute", "chair", f"The paperwork takes {n} days.") for n in range(23))
    themes(tmp_path, rows=rows)
    codes = fill_in(tmp_path, "ann", dict.fromkeys(range(2, 25), ("xyzzy", "")))
    assert report(tmp_path, "--codes", codes) == DONE_WITH_FINDINGS
    said = parse(tmp_path / "pages" / "comments.html").text("main")
    assert said.count("this is no theme.") == 20
    assert "and 3 more, which stand in rejections.csv" in said


def test_the_base_of_comments_is_one_on_all_pages(tmp_path: Path) -> None:
    themes(tmp_path)
    assert report(tmp_path, "--codebook", "oversight") == DONE
    # Of twelve rows seven have words, and one of these says n/a.
    base = (
        "7 answers in words, of which 1 says that there is nothing to say; the base is the other "
        "6 comments."
    )
    assert base in parse(tmp_path / "pages" / "comments.html").text("main")
    assert base in parse(tmp_path / "pages" / "index.html").text("main")
    assert report(tmp_path) == DONE
    assert "7 answers in words." in parse(tmp_path / "pages" / "index.html").text("main")


def test_a_code_in_the_words_of_the_codebook_names_the_theme_that_is_meant(tmp_path: Path) -> None:
    themes(tmp_path)
    codes = fill_in(tmp_path, "ann", {2: ("paperwork", ""), 3: ("xyzzy", "")})
    assert themes(tmp_path, "--codes", codes) == DONE_WITH_FINDINGS
    assert [row["reason"] for row in table(tmp_path, "rejections")] == [
        "this is no theme. The codebook has it among the words of burden.",
        "this is no theme.",
    ]


def test_groups_that_are_not_shown_are_named_with_why(tmp_path: Path) -> None:
    rows = tuple(
        (kind, "chair", f"The paperwork takes {n} days.")
        for kind, many in (("acute", 9), ("community", 5), ("mental health", 4), ("ambulance", 2))
        for n in range(many)
    )
    themes(tmp_path, rows=rows)
    assert report(tmp_path, "--codebook", "oversight") == DONE
    said = parse(tmp_path / "pages" / "comments.html").text("main")
    assert "Not shown: ambulance (the base is under 3)." in said
    assert "Not shown: mental health (" in said
    heads = said.partition("Not shown: mental health")[2]
    assert "acute" in heads
    assert "community" in heads


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("sure: [Paper work]", "neither words in small letters"),
        ("sure: ['<bodies> ask']", "names the set 'bodies', that is not there"),
        ("sure: ['(a+)+b']", "neither words in small letters"),
        ("sure: ['..']", "begins with a gap"),
        ("sure: ['a & ']", "a part without words"),
    ],
)
def test_a_faulty_codebook_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str, said: str
) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "schema: remit/codebook/1\nid: mine\nversion: 1\ntitle: T\nsource: S\nthemes:\n"
        f"  - {{id: a, name: A, definition: D, is_not: N, examples: [E], {wrong}}}\n",
        encoding="utf-8",
    )
    assert themes(tmp_path, "--codebook", str(mine)) not in {DONE, DONE_WITH_FINDINGS}
    assert said in capsys.readouterr().err


def test_a_coder_may_work_in_a_workbook_and_part_codes_by_commas(tmp_path: Path) -> None:
    themes(tmp_path)
    coded = Path(fill_in(tmp_path, "ann", {2: ("Burden, MONEY", "yes"), 4: (" None ", "")}))
    with xlsxwriter.Workbook(tmp_path / "ann.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(csv.reader(coded.read_text(encoding="utf-8").splitlines())):
            sheet.write_row(number, 0, row)
    assert themes(tmp_path, "--codes", str(tmp_path / "ann.xlsx")) == DONE
    rows = [
        (row["line"], row["theme"]) for row in table(tmp_path, "themes") if "ann" in row["source"]
    ]
    assert rows == [("2", "burden"), ("2", "finance"), ("4", "none")]


def test_a_file_that_is_no_coding_says_what_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert themes(tmp_path, "--codes", str(tmp_path / "other.csv")) not in {
        DONE,
        DONE_WITH_FINDINGS,
    }
    assert "there is no column file, line, item, comment, codes" in capsys.readouterr().err


def test_who_says_that_there_is_nothing_to_say_is_no_base(tmp_path: Path) -> None:
    rows = (("acute", "chair", "N/A"), ("acute", "chair", " none. "), ("acute", "chair", "--"))
    assert themes(tmp_path, "--min-base", "0", rows=rows) == DONE
    assert table(tmp_path, "counts") == []
    told = {row["what"]: row["comments"] for row in table(tmp_path, "withheld")}
    assert told["no comment"] == "3"


def test_without_a_single_comment_the_questionnaire_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert themes(tmp_path, rows=(("acute", "chair", ""),)) not in {DONE, DONE_WITH_FINDINGS}
    assert "nobody wrote a comment" in capsys.readouterr().err


def test_a_codebook_that_is_not_there_names_the_ready_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert themes(tmp_path, "--codebook", "oversite") not in {DONE, DONE_WITH_FINDINGS}
    assert "there is oversight" in capsys.readouterr().err


def test_one_hint_alone_is_for_the_coder_and_in_no_count(tmp_path: Path) -> None:
    rows = (
        ("acute", "chair", "New faces at the table, new biscuits."),
        ("acute", "chair", "Inequalities."),
    )
    assert themes(tmp_path, "--min-base", "0", rows=rows) == DONE
    row = table(tmp_path, "suggestions")[1]
    assert (row["suggested"], row["perhaps"]) == ("none", "short-termism")
    counts = {row["theme"]: row["n"] for row in table(tmp_path, "counts") if row["group"] == "all"}
    assert counts["short-termism"] == "0"


def test_an_untouched_file_of_suggestions_is_read_again(tmp_path: Path) -> None:
    # Each is suggested by a cue with | between its words, and has another number of commas.
    said = "There are fewer returns now"
    rows = [("acute", "chair", said + ", well" * number) for number in range(6)]
    assert themes(tmp_path, rows=rows) == DONE
    assert all("|" in one["because"] for one in table(tmp_path, "suggestions"))
    again = str(tmp_path / "out/suggestions.csv")
    assert themes(tmp_path, "--codes", again, rows=rows) == DONE
    assert table(tmp_path, "rejections") == []
