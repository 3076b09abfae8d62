"""The forms in which people keep their comments: workbooks with errors, sheets, separators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from remit.exports.report_folder import write_report
from remit.model.errors import PublicationError
from remit.register import load_register
from remit.report import build_report
from remit.report.annotations import read_annotations
from remit.report.commentary_file import Commentary, read_commentary
from remit.report.commented import CommentShown
from remit.report.gathering import OwnWords
from remit.report.peers import read_peers
from tests.report.stores import SEEN, WAITING, frame, seen

METRICS = {metric.id: metric for metric in (SEEN, WAITING)}
HEAD = ("month", "metric", "organisation", "what happened", "action")
LINE = ("Jun 2025", "made-up.seen-in-time", "ZA1", "The ward closed", "Open it")
Rows = Sequence[Sequence[str]]


def book(path: Path, sheets: Mapping[str, Rows], hidden: str = "") -> Path:
    """A workbook; a cell that begins with ``=`` is a formula, whose value is an error."""
    with xlsxwriter.Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, text in enumerate(row):
                    if text.startswith("="):
                        sheet.write_formula(place, column, text, None, "#N/A")
                    else:
                        sheet.write(place, column, text)
            if name == hidden:
                sheet.hide()
    return path


def read(*paths: Path) -> Commentary:
    return read_commentary(paths, METRICS, load_register())


@pytest.mark.parametrize("column", ["month", "metric", "organisation", "what happened", "action"])
def test_an_error_of_a_workbook_is_no_word(column: str, tmp_path: Path) -> None:
    line = ["=NA()" if name == column else text for name, text in zip(HEAD, LINE, strict=True)]
    path = book(tmp_path / "c.xlsx", {"Comments": [HEAD, LINE, line]})
    with pytest.raises(PublicationError) as fault:
        read(path)
    assert f"line 3: {column}: the cell holds an error of a spreadsheet" in str(fault.value)


@pytest.mark.parametrize(
    "text",
    [
        "#N/A", "#n/a", "#REF!", "#SPILL!", "Err:502", "=NA()", '"=IF(A1,""x"",""y"")"', "'=A1",
        "=A1+B1", "=1+1", "=Sheet1!B2", "=A1*2", "='Sheet 1'!A1", "=SUM(A1)+1", "=$A$1:$B$2",
        '"=IF(A1,1,2)&""x"""', "+A1", "-SUM(A1:A3)", "@SUM(A1)", "=A:A", "=Rate/100",
        "'=[Book1.xlsx]Sheet1!A1", "=((A1+B1)*100)/2", "{=SUM(A1)}", "#DIV/0!; #REF!", "#N/A #N/A",
        "####", "=Table1[Ward]",
    ],
)  # fmt: skip
def test_an_error_or_a_formula_in_text_is_no_word(text: str, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(f"{','.join(HEAD)}\nJun 2025,made-up.waiting,ZA1,{text},\n", encoding="utf-8")
    with pytest.raises(PublicationError, match=r"line 2: what happened: the cell holds"):
        read(path)


@pytest.mark.parametrize("text", [
    "n/a", "# of beds fell", "E", "-12% on plan", "Error in returns", "= no change", "-", "=",
    "+3 beds opened", "=> moved", "=same as May", "== no change ==", "+3", "-5", "#", "=covid-19",
    "=> A1 reopened", "= 12 (no change)", "+/- 3", "-A4 ward closed", "@matron", "was #REF! in May",
    "= as before (see May)", "=moved to A1 and B2",
])  # fmt: skip
def test_words_that_are_like_an_error_are_words(text: str, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(f"{','.join(HEAD)}\nJun 2025,made-up.waiting,ZA1,{text},\n", encoding="utf-8")
    assert read(path).comments[0].what_happened == text


@pytest.mark.parametrize("text", ["#REF!", "=A1+B1", "####"])
def test_an_error_is_no_note_on_a_chart(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(f"date,note\n2025-06-01,{text}\n", encoding="utf-8")
    with pytest.raises(PublicationError, match=r"line 2, note: the cell holds .*; write what"):
        read_annotations(path, "note", METRICS, load_register())


def test_a_sheet_a_month_is_read_as_one(tmp_path: Path) -> None:
    july = ("Jul 2025", "made-up.seen-in-time", "ZA2", "It opened", "")
    figures = [("date", "value"), ("2025-01-01", "5"), ("2025-02-01", "6")]
    sheets = {"June": [HEAD, LINE], "Figures": figures, "July": [HEAD, july]}
    said = read(book(tmp_path / "c.xlsx", sheets))
    assert [(one.file, one.line, one.what_happened) for one in said.comments] == [
        ("c.xlsx, sheet 'June'", 2, "The ward closed"),
        ("c.xlsx, sheet 'July'", 2, "It opened"),
    ]
    assert any("read the sheets 'June' and 'July', not Figures" in note for note in said.notes)


def test_a_fault_on_the_second_sheet_is_named_with_it(tmp_path: Path) -> None:
    sheets = {"June": [HEAD, LINE], "July": [HEAD, (*LINE[:3], "=NA()", "")]}
    with pytest.raises(PublicationError, match=r"sheet 'July', line 2: what happened: "):
        read(book(tmp_path / "c.xlsx", sheets))


def test_a_hidden_sheet_is_told_and_not_read(tmp_path: Path) -> None:
    sheets = {"June": [HEAD, LINE], "May": [HEAD, ("May 2025", *LINE[1:])]}
    said = read(book(tmp_path / "c.xlsx", sheets, hidden="May"))
    assert [one.label for one in said.comments] == ["Jun 2025"]
    assert "c.xlsx: read the sheet 'June', not May (hidden)." in said.notes


def test_a_workbook_without_the_columns_is_told_which(tmp_path: Path) -> None:
    path = book(tmp_path / "c.xlsx", {"Comments": [("metric", "comment"), ("x", "y")]})
    with pytest.raises(PublicationError, match="no sheet has the columns metric, org"):
        read(path)


def test_headings_with_underscores_do_in_a_workbook_too(tmp_path: Path) -> None:
    path = book(tmp_path / "c.xlsx", {"C": [[name.replace(" ", "_") for name in HEAD], LINE]})
    assert read(path).comments[0].action == "Open it"


def test_two_sheets_of_peers_are_refused_with_what_can_be_done(tmp_path: Path) -> None:
    path = book(tmp_path / "p.xlsx", {"A": [["code"], ["ZA1"]], "B": [["code"], ["ZA2"]]})
    with pytest.raises(PublicationError) as fault:
        read_peers(str(path), load_register())
    assert "--sheet" not in str(fault.value)
    assert "hide the others in Excel" in str(fault.value)


@pytest.mark.parametrize("heading", ["org_code", "Organisation code", "peer", "Organisation"])
def test_peers_of_a_workbook_stand_under_each_of_their_headings(
    heading: str, tmp_path: Path
) -> None:
    path = book(tmp_path / "p.xlsx", {"Peers": [[heading], ["ZA1"], ["ZA2"]]})
    assert read_peers(str(path), load_register()) == ("ZA1", "ZA2")


# What is kept from month to month -----------------------------------------------------------------

ALL = "month,metric,organisation,what happened,action,owner,due,status\n"
SEEN_OF = "made-up.seen-in-time,ZA1"


def of_text(folder: Path, *lines: str, encoding: str = "utf-8", separator: str = ",") -> Commentary:
    path = folder / "c.csv"
    text = (ALL + "".join(f"{line}\n" for line in lines)).replace(",", separator)
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return read(path)


def shown(said: Commentary, period: str) -> dict[str, CommentShown]:
    """The comments on a report of ZA1, by what happened."""
    figures = frame(seen("ZA1", [80.0, 81.0] * 7, last=(2025, 8)))
    words = OwnWords(said)
    view = build_report(figures, "ZA1", period, metrics=[SEEN], own_words=words).view
    return {one.comment.what_happened: one for one in view.own.lines[0].said_of.comments}


@pytest.mark.parametrize("action", ["Open it", "open  it."])
def test_an_action_that_is_told_anew_is_no_longer_what_it_was(action: str, tmp_path: Path) -> None:
    found = shown(
        of_text(
            tmp_path,
            f"Jun 2025,{SEEN_OF},It closed,Open it,COO,2025-07-15,on track",
            f"Jul 2025,{SEEN_OF},It opened,{action},COO,2025-07-15,done",
        ),
        "Aug 2025",
    )
    first = found["It closed"]
    assert not first.overdue
    assert not first.is_open
    assert first.after == "Told anew in Jul 2025."
    assert not found["It opened"].is_open


def test_another_action_leaves_the_first_overdue(tmp_path: Path) -> None:
    found = shown(
        of_text(
            tmp_path,
            f"Jun 2025,{SEEN_OF},It closed,Open it,COO,2025-07-15,on track",
            f"Jul 2025,{SEEN_OF},It opened,Thank all,COO,2025-07-15,done",
        ),
        "Aug 2025",
    )
    assert found["It closed"].overdue


def test_what_is_done_is_not_overdue_when_its_day_has_passed(tmp_path: Path) -> None:
    line = f"Jun 2025,{SEEN_OF},It closed,Open it,COO,2025-07-15,Done"
    assert not shown(of_text(tmp_path, line), "Aug 2025")["It closed"].overdue


def test_owner_due_and_status_of_nothing_are_not_lost_in_silence(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="line 2: there is neither what happened nor an act"):
        of_text(tmp_path, f"Jun 2025,{SEEN_OF},,,COO,2025-07-15,late")
    said = of_text(tmp_path, f"Jun 2025,{SEEN_OF},It closed,,Chief nurse,,late")
    assert said.notes == (
        "c.csv, line 2: owner, due and status without an action are kept and not shown.",
    )


def test_a_line_that_stands_twice_is_told(tmp_path: Path) -> None:
    line = f"Jun 2025,{SEEN_OF},It closed,,,,"
    said = of_text(tmp_path, line, line)
    assert len(said.comments) == 1
    assert said.notes == ("c.csv, line 3: it repeats line 2 and is taken once.",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_is_read_as_programs_save_it(encoding: str, separator: str, tmp_path: Path) -> None:
    line = f"Jun 2025,{SEEN_OF},Café – closed,Open it,COO,15/07/2025,on track"
    (one,) = of_text(tmp_path, line, encoding=encoding, separator=separator).comments
    assert (one.what_happened, str(one.due)) == ("Café – closed", "2025-07-15")


def test_an_action_that_stands_twice_in_a_month_with_another_day_is_told(tmp_path: Path) -> None:
    line = f"Jun 2025,{SEEN_OF},It closed,Open it,COO,2025-07-15,"
    said = of_text(tmp_path, f"{line}on track", f"{line}done")
    assert said.notes == (
        "c.csv, lines 2 and 3: the same action of one month twice; both are shown, remove the one "
        "that no longer holds.",
    )


def test_comments_that_are_kept_and_not_used_are_told(tmp_path: Path) -> None:
    out = tmp_path / "report"
    words = OwnWords(of_text(tmp_path, f"Jun 2025,{SEEN_OF},It closed,,,,"))
    figures = frame(seen("ZA1", [80.0, 81.0] * 7))
    first = build_report(figures, "ZA1", "Jun 2025", metrics=[SEEN], own_words=words)
    assert write_report(first, out, ["pages"]).told == ()
    again = write_report(build_report(figures, "ZA1", "Jun 2025", metrics=[SEEN]), out, ["pages"])
    assert again.told == (
        f"{out / 'commentary.csv'} is kept, and is not in this report; give it with --commentary.",
    )
