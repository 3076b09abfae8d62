"""CSV that no spreadsheet program runs and that reads back as it was."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.files.delimited import (
    csv_text,
    frame_csv,
    marked,
    read_csv,
    unmarked,
)
from remit.files.jsons import escaped, json_text
from remit.files.whole import write_whole

FORMULAS = [
    "=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x.example")',
    "=cmd|'/c calc'!A0", "  =1", '"=1', "'=1", "“=1”", "＝1", "＋A1", "－A1", "＠SUM(A1)",
    "\u00a0=1",
    "\u200b=1", "\ufeff=1", "-1+1", "+44 7700 900123", "-2+3+cmd|' /C calc'!A0", "--1",
    "-", "- none",
    "+", "-(1)", "-1;=1", "-1\n=2", "-.5.5", "-1,00", "@", "=", "\t", "\ta", "-e5", "+%", "-A1%",
]  # fmt: skip
HARMLESS = [
    "-3.2", "-3", "+44", "-1,000", "-1,234,567.89", "-.5", "-5%", "+1e-5", "-1.5E+10", "0012",
    "", " ",
    "A&E [type 1]", "1-2", "1+1", "a=b", "x@y", "'tis", "'-3", "–3", "−3", "O'Brien", "“quoted”",
]  # fmt: skip
TURNING = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("'=+-@\t\r\n \"＝12.,e%aA\ufeff;"),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters=TURNING),
    )
)
TABLES = st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_marked_and_reads_back(text: str) -> None:
    assert marked(text) == f"'{text}"
    assert unmarked(marked(text)) == text
    assert unmarked(marked(marked(text))) == marked(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_figures_and_words_are_not_touched(text: str) -> None:
    assert marked(text) == unmarked(text) == text


@given(TABLES)
def test_whatever_is_written_is_read(rows: list[list[str]]) -> None:
    assert read_csv(csv_text(rows[0], rows[1:])) == rows
    frame = pl.DataFrame({"a": [row[0] for row in rows], "b": [row[1] for row in rows]})
    assert read_csv(frame_csv(frame)) == [["a", "b"], *rows]


@given(st.lists(st.lists(st.text(), min_size=1, max_size=3), min_size=1))
def test_no_live_cell_and_no_control_character_is_ever_written(rows: list[list[str]]) -> None:
    text = csv_text(["head"], rows)
    assert not {sign for sign in text if ord(sign) < 32 or 127 <= ord(sign) < 160} - set("\t\r\n")
    assert not set(text) & set(TURNING)
    text.encode()
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert cell[:1] not in set("=@\t\r＝＠")
            if cell[:1] in set("+-＋－"):
                float(cell.rstrip("%").replace(",", ""))


def test_figures_stay_figures() -> None:
    rows = [(-3.2, -3, None, True, date(2025, 4, 30), ("a", "=b"), ["=a", "b"])]
    assert csv_text(["n"], rows) == "n\n-3.2,-3,,True,2025-04-30,a; =b,'=a; b\n"
    frame = pl.DataFrame(
        {"n": [-3.25, float("-inf")], "t": ["-3.25", "-x"], "d": [date(2025, 1, 2)] * 2}
    )
    assert frame_csv(frame) == "n,t,d\n-3.25,-3.25,2025-01-02\n-inf,'-x,2025-01-02\n"


def test_a_frame_of_words_of_a_kind_is_marked_too() -> None:
    words = pl.Series("=head", ["=1", "b", None], dtype=pl.Categorical)
    assert frame_csv(words.to_frame()) == "'=head\n'=1\nb\n\n"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "made.csv"
    write_whole(path, csv_text(["a"], [["=1"]]))
    assert path.read_bytes() == b"a\n'=1\n"
    write_whole(path, frame_csv(pl.DataFrame({"a": [-1]})))
    assert path.read_bytes() == b"a\n-1\n"
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "half \ud800")
    assert path.read_bytes() == b"a\n-1\n"
    assert [one.name for one in tmp_path.iterdir()] == ["made.csv"]


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "made.csv").mkdir()
    with pytest.raises(OSError, match=r"made\.csv"):
        write_whole(tmp_path / "made.csv", "x")
    assert [one.name for one in tmp_path.iterdir()] == ["made.csv"]


def test_json_steers_no_terminal_and_loses_nothing() -> None:
    import json

    content = {"a\x9b": "Łódź \x1b[31m \x7f \u202e \u2028 \ud83d", "n": [1.5, None]}
    text = json_text(content)
    assert "Łódź" in text
    assert not set(text) & set("\x1b\x7f\x9b\u202e\u2028\ud83d")
    assert json.loads(text) == content
    assert escaped('["\x9b"]') == '["\\u009b"]'
