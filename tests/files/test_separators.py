"""What parts the cells of a list: what Remit wrote it reads again, whatever stands in the cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remit.files.delimited import csv_text
from remit.files.records import named_records, separator_of_list

cells = st.text(st.sampled_from("ab |;,\t\"'\n="), max_size=12)
lists = st.integers(2, 5).flatmap(
    lambda many: st.lists(st.lists(cells, min_size=many, max_size=many), max_size=8)
)


@given(lists)
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    header = [f"name {number}" for number in range(len(rows[0]) if rows else 2)]
    text = csv_text(header, rows)
    assert separator_of_list(text) == ","


def test_pipes_in_most_cells_are_not_what_parts_them() -> None:
    rows = [("1", "burden: “fewer returns” (fewer|less .. return*)")] * 4
    assert separator_of_list(csv_text(("line", "because"), rows)) == ","


def test_rows_without_their_last_cells_are_parted_as_their_header() -> None:
    text = "id,heard,bodies,hours\n1,Agree,ICB;CQC\n2,Agree\n3,,ICB;CQC,4\n4,Agree,ICB;region\n"
    assert separator_of_list(text) == ","
    assert [row for _, row in named_records(text)][1] == {
        "id": "1", "heard": "Agree", "bodies": "ICB;CQC", "hours": ""
    }  # fmt: skip


def test_a_title_above_the_header_parts_nothing() -> None:
    text = "Survey of trusts, 2026\nid;heard\n1;Agree\n2;Agree\n"
    assert separator_of_list(text) == ";"
