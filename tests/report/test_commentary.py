"""Comments and actions: read and checked, beside their metric, kept, and asked again."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from remit.exports.report_folder import write_report
from remit.model.errors import PublicationError
from remit.register import load_register
from remit.report import build_report
from remit.report.annotations import Annotations, read_annotations
from remit.report.building import Report
from remit.report.commentary_file import Commentary, read_commentary
from remit.report.commented import SaidOf
from remit.report.gathering import Boards, OwnWords
from remit.report.to_say import to_say
from tests.exports.reading import parts, sheets, table_of
from tests.report.stores import SEEN, WAITING, frame, seen

METRICS = {metric.id: metric for metric in (SEEN, WAITING)}
HEAD = "month,metric,organisation,what happened,action,owner,due,status\n"
CALM = [80.0, 81.0] * 6
SIGNAL = [*CALM, 60.0]


def comments(folder: Path, text: str, name: str = "comments.csv") -> Commentary:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_commentary([path], METRICS, load_register())


def report(
    said: Commentary | None = None,
    values: list[float] | None = None,
    period: str = "Jun 2025",
    code: str = "ZA1",
    boards: Boards | None = None,
    **more: Annotations,
) -> Report:
    figures = frame(seen("ZA1", values or SIGNAL))
    words = OwnWords(said or Commentary(), **more)
    asked = [SEEN, WAITING]
    return build_report(figures, code, period, metrics=asked, own_words=words, boards=boards)


def test_a_comment_stands_beside_its_metric(tmp_path: Path) -> None:
    said = comments(
        tmp_path,
        HEAD + "Jun 2025,made-up.seen-in-time,ZA1,The ward closed,Open it,Chief operating officer,"
        "30/09/2025,On track\n",
    )
    (one,) = report(said).view.own.lines[0].said_of.comments
    assert one.is_current
    assert one.question == ""
    assert one.sentences == (
        "What happened (Jun 2025): The ward closed",
        "Action: Open it (Chief operating officer, due 30 September 2025, on track).",
    )


def test_metric_and_organisation_can_be_named_and_a_month_left_out(tmp_path: Path) -> None:
    text = (
        "Metric,Organisation,What happened\n"
        "seen in time,Larkshire University Hospitals,The ward closed\n"
    )
    made = report(comments(tmp_path, text))
    (one,) = made.view.own.lines[0].said_of.comments
    assert one.comment.label == "Jun 2025"
    assert "1 comment without a month is taken as of Jun 2025." in made.spoken


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Jun 2025,made-up.seen,ZA1,x,,,,", "line 2: there is no metric 'made-up.seen'; nearest: "),
        ("Jun 2025,made-up.waiting,ZA11,x,,,,", "line 2: There is no organisation 'ZA11'"),
        ("Jun 2025,made-up.waiting,,x,,,,", "line 2: the organisation is missing"),
        ("June-ish,made-up.waiting,ZA1,x,,,,", "line 2: the month 'June-ish' is none"),
        ("Jun 2025,made-up.waiting,ZA1,x,y,,soon,", "line 2: due 'soon' is no date"),
        ("Jun 2025,made-up.waiting,ZA1,x,y,,31/02/2025,", "line 2: due '31/02/2025' is no date"),
        ("Jun 2025,made-up.waiting,ZA1,x,y,,1/6/3025,", "line 2: due '1/6/3025': the year must"),
        ("Jun 2025,made-up.waiting,ZA1,x,y,,,nearly", "line 2: the status 'nearly' is not allowed; "
         "use one of not started, on track, late, done, stopped"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_used_is_named_with_its_remedy(
    row: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(PublicationError) as fault:
        comments(tmp_path, HEAD + row + "\n")
    assert said in str(fault.value)


def test_all_faulty_lines_are_named_at_once(tmp_path: Path) -> None:
    rows = "Jun 2025,what,ZA1,x,,,,\nJun 2025,made-up.waiting,ZA1,x,,,,\nJun 2025,that,ZA1,x,,,,\n"
    with pytest.raises(PublicationError, match=r"2 lines cannot be used(.|\n)*line 2(.|\n)*line 4"):
        comments(tmp_path, HEAD + rows)


def test_a_file_without_a_column_is_refused_with_all_that_are_wanted(tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match=r"no column 'what happened'.*Write month, metric"):
        comments(tmp_path, "metric,organisation,comment\nmade-up.waiting,ZA1,x\n")


def test_a_heading_may_be_written_with_underscores(tmp_path: Path) -> None:
    text = "Metric,Organisation,What_Happened\nmade-up.waiting,ZA1,x\n"
    assert comments(tmp_path, text).comments[0].what_happened == "x"


def test_a_column_that_is_not_read_is_told(tmp_path: Path) -> None:
    text = "metric,organisation,what happened,RAG,empty\nmade-up.waiting,ZA1,x,red,\n"
    assert comments(tmp_path, text).notes == (
        "comments.csv: not read and not kept: the columns RAG.",
    )


def test_an_owner_that_looks_like_a_person_is_warned_of(tmp_path: Path) -> None:
    rows = (
        "Jun 2025,made-up.waiting,ZA1,x,y,Priya Sharma,,\n"
        "Jun 2025,made-up.seen-in-time,ZA1,x,y,Chief operating officer,,\n"
        "Jun 2025,made-up.seen-in-time,ZA1,z,w,Director of nursing,,\n"
    )
    (note,) = comments(tmp_path, HEAD + rows).notes
    assert note.startswith("comments.csv, line 2: the owner 'Priya Sharma' looks like a person’s")


def test_a_workbook_is_read_as_well(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "comments.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Comments")
        sheet.write_row(0, 0, ["Comments of June"])
        sheet.write_row(2, 0, ["Metric", "Organisation", "What happened", "Due", "Action"])
        sheet.write_row(
            3, 0, ["made-up.seen-in-time", "ZA1", "The ward closed", "Sep 2025", "Open"]
        )
    (one,) = read_commentary([path], METRICS, load_register()).comments
    assert (one.what_happened, one.line, str(one.due)) == ("The ward closed", 4, "2025-09-30")


def test_it_is_asked_whether_a_comment_still_holds_where_the_signal_has_changed(
    tmp_path: Path,
) -> None:
    text = HEAD + "Jun 2025,made-up.seen-in-time,ZA1,The ward closed,,,,\n"
    later = [*SIGNAL, 80.0]
    figures = frame(seen("ZA1", later, last=(2025, 7)))
    words = OwnWords(comments(tmp_path, text))
    view = build_report(figures, "ZA1", "Jul 2025", metrics=[SEEN], own_words=words).view
    (one,) = view.own.lines[0].said_of.comments
    assert not one.is_current
    assert one.question == (
        "Still true? In Jun 2025 it was a special cause, concern (low) and is common cause now."
    )


def test_a_comment_stays_with_the_figure_that_it_spoke_of(tmp_path: Path) -> None:
    """Written in July of June's figure, the newest then: July's, which came later, is another."""
    text = HEAD + "Jul 2025,made-up.seen-in-time,ZA1,The ward closed,,,,\n"
    out = tmp_path / "july"
    write_report(report(comments(tmp_path, text), period="Jul 2025"), out, ["pages"])
    kept = read_commentary([out / "commentary.csv"], METRICS, load_register())
    figures = frame(seen("ZA1", [*SIGNAL, 80.0, 81.0], last=(2025, 8)))
    words = OwnWords(kept)
    view = build_report(figures, "ZA1", "Aug 2025", metrics=[SEEN], own_words=words).view
    said = view.own.lines[0].said_of
    assert [note.words for note in said.notes] == ["1 (Jun 2025): The ward closed"]
    assert said.comments[0].question.startswith("Still true? In Jun 2025 it was a special cause")


def test_it_is_not_asked_where_the_signal_goes_on(tmp_path: Path) -> None:
    text = HEAD + "Jun 2025,made-up.seen-in-time,ZA1,The ward closed,,,,\n"
    figures = frame(seen("ZA1", [*SIGNAL, 60.0], last=(2025, 7)))
    words = OwnWords(comments(tmp_path, text))
    view = build_report(figures, "ZA1", "Jul 2025", metrics=[SEEN], own_words=words).view
    assert view.own.lines[0].said_of.comments[0].question == ""


def test_what_was_explained_stays_on_the_chart_as_a_numbered_note(tmp_path: Path) -> None:
    text = (
        HEAD + "Mar 2025,made-up.seen-in-time,ZA1,The ward closed,,,,\n"
        "Jun 2025,made-up.seen-in-time,ZA1,A second ward closed,,,,\n"
        "Jan 2019,made-up.seen-in-time,ZA1,Long before the chart,,,,\n"
    )
    notes = report(comments(tmp_path, text)).view.own.lines[0].said_of.notes
    assert [note.words for note in notes] == [
        "1 (Mar 2025): The ward closed",
        "2 (Jun 2025): A second ward closed",
    ]


def test_an_action_that_should_have_ended_is_overdue(tmp_path: Path) -> None:
    row = "Mar 2025,made-up.seen-in-time,ZA1,x,Open it,COO,{},{}\n"
    rows = [("1/5/2025", "on track"), ("1/5/2025", "done"), ("1/7/2025", "on track")]
    text = HEAD + "".join(row.format(*one) for one in rows)
    said = report(comments(tmp_path, text)).view.own.lines[0].said_of.comments
    assert [one.overdue for one in said] == [True, False, False]


def test_a_comment_of_who_is_no_member_is_told_and_kept(tmp_path: Path) -> None:
    text = HEAD + "Jun 2025,made-up.seen-in-time,ZA6,The ward closed,,,,\n"
    made = report(comments(tmp_path, text))
    (stray,) = made.view.strays
    assert "ZA6" in stray.why
    assert "no organisation of this report" in stray.why
    out = tmp_path / "report"
    write_report(made, out, ["pages"])
    kept = read_commentary([out / "commentary.csv"], METRICS, load_register())
    assert [one.what_happened for one in kept.comments] == ["The ward closed"]


def test_a_comment_of_a_later_month_is_kept_and_not_shown(tmp_path: Path) -> None:
    text = HEAD + "Jul 2025,made-up.seen-in-time,ZA1,Later,,,,\n"
    view = report(comments(tmp_path, text)).view
    assert view.own.lines[0].said_of.comments == ()
    assert view.strays[0].why == "It is of Jul 2025, after this report."


def test_what_is_kept_reads_the_same_again(tmp_path: Path) -> None:
    text = (
        HEAD + 'Jun 2025,made-up.seen-in-time,ZA1,"=Two lines,\nand a quote ""so""",Act,COO,'
        "2025-09-30,late\n"
    )
    said = comments(tmp_path, text)
    out = tmp_path / "report"
    write_report(report(said), out, ["pages"])
    again = read_commentary([out / "commentary.csv"], METRICS, load_register())
    assert again.comments[0].figure is not None
    read = [(o.month, o.what_happened, o.action, o.owner, o.due, o.status) for o in again.comments]
    assert read == [
        (o.month, o.what_happened, o.action, o.owner, o.due, o.status) for o in said.comments
    ]


def test_a_line_that_stands_in_two_files_is_taken_once(tmp_path: Path) -> None:
    text = HEAD + "Jun 2025,made-up.seen-in-time,ZA1,The ward closed,,,,\n"
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    assert len(read_commentary(paths, METRICS, load_register()).comments) == 1


def test_only_what_needs_a_word_is_asked_for(tmp_path: Path) -> None:
    assert [one.row[:3] for one in to_say(report().view)] == [
        ("Jun 2025", "made-up.seen-in-time", "ZA1")
    ]
    text = HEAD + "Jun 2025,made-up.seen-in-time,ZA1,The ward closed,,,,\n"
    assert to_say(report(comments(tmp_path, text)).view) == ()


def test_lines_that_say_nothing_yet_are_counted(tmp_path: Path) -> None:
    made = report(comments(tmp_path, HEAD + "Jun 2025,made-up.seen-in-time,ZA1,,,,,\n"))
    assert "1 line says nothing yet and is left out." in made.spoken


def test_all_media_have_the_comment_beside_its_metric(tmp_path: Path) -> None:
    text = HEAD + "Jun 2025,made-up.seen-in-time,ZA1,The ward closed,Open it,COO,,\n"
    out = tmp_path / "report"
    write_report(report(comments(tmp_path, text)), out)
    said = "What happened (Jun 2025): The ward closed"
    page = (out / "metrics" / "made-up-seen-in-time.html").read_text(encoding="utf-8")
    assert said in page
    assert "1 Jun 2025 The ward closed" in re.sub("<[^>]+>", "", page)
    slides = " ".join("".join(p.itertext()) for p in parts(out / "report.pptx", "slides/slide"))
    assert "The ward closed" in slides, "on a slide the month stands in a column of its own"
    assert "Open it (COO, no day given)." in slides
    document = "".join(parts(out / "report.docx", "word/document")[0].itertext())
    assert "The ward closed" in document
    (row,) = table_of(sheets(out / "report.xlsx")["commentary"], "Month")
    assert (row["What happened"], row["Action"], row["Note on the chart"]) == (
        "The ward closed",
        "Open it",
        1,
    )


def annotated(folder: Path, text: str, name: str = "note") -> Annotations:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return read_annotations(path, name, METRICS, load_register())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("series", "count"),
    [("ZA1", 1), ("made-up.seen-in-time", 1), ("ZA1 · made-up.seen-in-time", 1), ("", 1),
     ("ZA2", 0), ("ZA1 · made-up.waiting", 0), ("ZA1 · made-up.seen-in-time · everybody", 1)],
)  # fmt: skip
def test_a_note_is_of_the_series_that_it_names(series: str, count: int, tmp_path: Path) -> None:
    notes = annotated(tmp_path, f"date,note,series\n2025-03-14,New rota,{series}\n")
    line = report(annotations=notes).view.own.lines[0]
    assert len(line.said_of.notes) == count


@pytest.mark.parametrize(
    ("series", "said"),
    [
        ("ZA11", r"note\.csv, line 2: There is no organisation 'ZA11'"),
        (
            "ZA1 · made-up.sen",
            r"note\.csv, line 2: there is no metric 'made-up.sen'; nearest: made",
        ),
    ],
)
def test_an_unknown_series_is_named_with_its_line(series: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match=said):
        annotated(tmp_path, f"date,note,series\n2025-03-14,New rota,{series}\n")


def test_all_notes_that_cannot_be_used_are_named_at_once(tmp_path: Path) -> None:
    text = (
        "date,note,series\nsoon,New rota,ZA1\n2025-03-14,,ZA1\n2025-03-14,New rota,ZA11\n"
        "2025-03-15,New rota,made-up.sen\n2025-03-15,New rota,ZA1\n2025-03-15,=NA(),ZA1\n"
    )
    with pytest.raises(PublicationError) as refused:
        annotated(tmp_path, text)
    told = str(refused.value).splitlines()
    assert told[0].endswith("note.csv: 5 lines cannot be used, so none is")
    assert [line.split(":")[0].strip() for line in told[1:]] == [
        "line 2", "line 3", "line 4", "line 5", "line 7, note",
    ]  # fmt: skip


def test_a_note_that_stands_twice_is_taken_once_and_told(tmp_path: Path) -> None:
    """The same day, series and text, however day and series are written."""
    text = (
        "date,note,series\n2025-03-14,New rota,ZA1 · made-up.seen-in-time\n"
        "14/03/2025,New rota,ZA1·made-up.seen-in-time\n2025-03-14,New rota,ZA2\n"
        "2025-03-14,New ward,ZA1 · made-up.seen-in-time\n"
    )
    notes = annotated(tmp_path, text)
    made = report(annotations=notes).view
    assert "note.csv, line 3: it repeats line 2 and is taken once." in made.notes
    placed = "note.csv: notes that have a place on a chart of this report: 2 of 3."
    assert placed in made.notes
    assert [one.text for one in made.own.lines[0].said_of.notes] == ["New rota", "New ward"]


@pytest.mark.parametrize(
    ("months", "read_as"),
    [
        (["2001-02", "2001-03"], ["Feb 2001", "Mar 2001"]),
        (["2011-12", "2012-01"], ["Dec 2011", "Jan 2012"]),
        (["2001/02", "2002/03"], ["Mar 2002", "Mar 2003"]),
        (["2011-12", "2012-13"], ["Mar 2012", "Mar 2013"]),
        (["M2 2001-02", "Feb 2001-02"], ["May 2001", "Feb 2002"]),
    ],
)
def test_the_column_tells_whether_it_holds_months_or_years(
    months: list[str], read_as: list[str], tmp_path: Path
) -> None:
    lines = [f"{one},{SEEN.id},ZA1,It fell in {one},,,,\n" for one in months]
    made = comments(tmp_path, HEAD + "".join(lines))
    assert [one.label for one in made.comments] == read_as


def test_a_month_that_could_be_a_year_is_asked_about(tmp_path: Path) -> None:
    line = f"2001-02,{SEEN.id},ZA1,It fell,,,,\n"
    said = "line 2: the month '2001-02' could be a month or a year; write Feb 2001 or 2001/02"
    with pytest.raises(PublicationError, match=said):
        comments(tmp_path, HEAD + line)


@pytest.mark.parametrize("due", ["Mar 2026", "2026-03", "03/2026", "202603", "2025/26 Q4"])
def test_what_is_due_in_a_month_is_due_at_its_end(due: str, tmp_path: Path) -> None:
    line = f"Jun 2025,{SEEN.id},ZA1,It fell,Mend it,Chief,{due},\n"
    made = comments(tmp_path, HEAD + line)
    assert made.comments[0].due == date(2026, 3, 31)


def test_a_rebase_gives_new_limits_from_its_day_and_its_reason_is_said(tmp_path: Path) -> None:
    values = [60.0, 61.0] * 8 + [80.0, 81.0] * 8
    rebase = annotated(tmp_path, "date,reason,series\n2024-03-01,New ward,ZA1\n", "reason")
    made = report(values=values, rebases=rebase)
    line = made.view.own.lines[0]
    # 32 months end in June 2025; the 17th is March 2024, from which the mean is 80.5%.
    assert line.mean == pytest.approx(80.5)
    assert [one.reason for one in line.changes] == ["New ward"]
    placed = "reason.csv: re-basings that have a place on a chart of this report: 1 of 1."
    assert placed in made.view.notes
    assert report(values=values).view.own.lines[0].mean == pytest.approx(70.5)


def test_a_note_of_a_day_without_a_figure_is_told(tmp_path: Path) -> None:
    text = "date,note,series\n1999-01-01,Too early,ZA1\n2025-03-14,New rota,ZA1\n2030-05-02,Late,\n"
    notes = report(annotations=annotated(tmp_path, text)).view.notes
    assert "note.csv: notes that have a place on a chart of this report: 1 of 3." in notes
    lost = "note.csv: without a figure of that day in this report: 1 January 1999 and 2 May 2030."
    assert lost in notes


def test_an_action_is_overdue_on_the_day_of_the_board(tmp_path: Path) -> None:
    line = f"2025-06,{SEEN.id},ZA1,A ward closed,Reopen it,Chief,2025-07-10,on track\n"
    said = comments(tmp_path, HEAD + line)
    shown = report(said).view.own.lines[0].said_of.comments
    assert [one.overdue for one in shown] == [False]
    on = Boards(date(2025, 7, 16), date(2025, 8, 20))
    shown = report(said, boards=on).view.own.lines[0].said_of.comments
    assert [one.overdue for one in shown] == [True]


def test_comments_on_members_are_told_where_nobody_speaks_of_the_whole() -> None:
    assert SaidOf().silence == "no comment yet"
    assert SaidOf(on_members=3).silence == "no comment yet; 3 comments on members"
