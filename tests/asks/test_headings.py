"""How people head their lists, and what the columns of a list look like: guessed, shown, told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from remit.asks import ImportOptions, import_file, open_register
from remit.asks.intake.headings import offers, unit_of
from remit.asks.intake.mapping import choose_mapping, header_score
from remit.asks.register.files import UnsureMapping

HEADINGS = {
    "received_on": "Date rec’d; Rec'd; Date Recd.; Came in; When received; Date in (email); Logged",
    "due_on": "Deadline; Needed by when; When due; Date for response; To be back by; Return date; "
    "Response required by",
    "from_body": "Who from; From whom; Who is asking?; Received from; Requestor (org); "
    "Asked by whom",
    "channel": "Came via; How it came in; Received via; Route in",
    "title": "What they want; What's wanted; Nature of request; Email subject; "
    "Information requested",
    "frequency": "Regular?; One-off / regular; Recurring (Y/N); Frequency of return",
    "hours_estimate": "Hrs (est); Effort (days); Time spent (mins); Est. hours; Person-days; "
    "Hours (approx.)",
    "ask_id": "Ref no.; Log no; Our ref",
}


@pytest.mark.parametrize(
    ("column", "heading"),
    [(column, one) for column, of in HEADINGS.items() for one in of.split("; ")],
)
def test_headings_as_people_write_them(column: str, heading: str) -> None:
    assert [one.column for one in offers(heading)][:1] == [column]


@pytest.mark.parametrize(
    "heading",
    [
        *("RAG", "Status", "Owner", "Date closed", "Date sent back", "Response sent", "Days open"),
        *("Effort (WTE)", "Effort (£ cost)", "Hours left"),
        *("Priority", "Exec lead", "Request type", "Comments", "Date of reply", "Assigned to"),
    ],
)
def test_what_speaks_of_our_own_work_is_no_column_of_an_ask(heading: str) -> None:
    assert offers(heading) == ()
    mapping = choose_mapping(["Request", heading], rows=[["Falls by ward", "02/06/2025"]])
    assert mapping.unused == (heading,)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Effort (days)", "days"),
        ("Person-days", "days"),
        ("Mins", "minutes"),
        ("Effort (weeks)", "weeks"),
        ("Time taken, minutes", "minutes"),
        ("Hrs (est)", "hours"),
        ("Hours (in days of work)", "hours"),
        ("Effort", "hours"),
    ],
)
def test_the_unit_of_a_heading(heading: str, unit: str) -> None:
    assert unit_of(heading) == unit


def test_a_guess_has_to_fit_what_stands_below() -> None:
    # Days below "From" and "To" are the period that is asked about.
    mapping = choose_mapping(
        ["Request", "From", "To", "Requested by"],
        rows=[["Falls", "01/04/2025", "30/04/2025", "CQC"]],
    )
    assert dict(mapping.columns) == {
        "Request": "title",
        "From": "period_from",
        "To": "period_to",
        "Requested by": "from_body",
    }
    names = choose_mapping(["Received by", "Request"], rows=[["Jo", "Falls"], ["Kim", "RTT"]])
    assert "Received by" in names.unused


def test_columns_whose_headings_say_nothing_go_by_their_look() -> None:
    header = ["No", "When", "Wot", "Whom", "Back", "How long", "Thru"]
    rows = [
        ["1", "02/06/2025", "Send the falls by ward", "CQC", "13/06/2025", "2 hrs", "e-mail"],
        ["2", "3/6/25", "Sickness absence rates", "NHSE region", "20 June 2025", "1 day", "Teams"],
    ]  # fmt: skip
    mapping = choose_mapping(header, rows=rows, knows=lambda text: text in {"CQC", "NHSE region"})
    assert dict(mapping.columns) == {
        "No": "ask_id",
        "When": "received_on",
        "Wot": "title",
        "Whom": "from_body",
        "Back": "due_on",
        "How long": "hours_estimate",
        "Thru": "channel",
    }
    assert "Back = due_on (by the look of its cells)" in mapping.lines


def _asks(text: str) -> bool:
    return text in {"CQC", "NHSE region", "NWL"}


def test_bodies_that_ask_are_senders_and_no_recipients() -> None:
    rows = [["Kim Bell", "CQC", "Falls", "JB"], ["Ann Poe", "NHSE region", "RTT", "JB"]]
    mapping = choose_mapping(
        ["Requestor", "Organisation", "Request", "Owner"], rows=rows, knows=_asks
    )
    assert mapping.columns["Organisation"] == "from_body"
    assert mapping.unused == ("Requestor", "Owner")
    trusts = [["CQC", "ZA1", "Falls"], ["NWL", "ZA1", "RTT"]]
    mapping = choose_mapping(["Requestor", "Organisation", "Request"], rows=trusts, knows=_asks)
    assert mapping.columns["Requestor"] == "from_body"
    assert mapping.columns["Organisation"] == "to_org_name"


def test_the_answers_of_a_form_on_the_web() -> None:
    mapping = choose_mapping(
        ["Id", "Start time", "Name", "Which organisation is asking?",
         "What information is requested?", "When is it needed by?",
         "How many hours will it take (estimate)?"],
        rows=[["1", "6/2/25 8:00:05", "Kim Bell", "CQC", "Falls with harm", "6/13/2025", "2"]],
        knows=_asks,
    )  # fmt: skip
    assert list(mapping.columns.values()) == [
        *("ask_id", "received_on", "from_body", "title", "due_on", "hours_estimate")
    ]
    assert mapping.unused == ("Name",)


def test_bare_numbers_below_a_strange_heading_are_no_hours() -> None:
    mapping = choose_mapping(["Request", "Score"], rows=[["Falls by ward", "3"], ["RTT", "12"]])
    assert mapping.unused == ("Score",)


@pytest.mark.parametrize(
    ("cells", "is_header"),
    [
        (["Date rec’d", "Who from", "What they want"], True),
        (["Came via", "Needed by when"], True),
        (["Requests received by the trust, 2025/26"], False),
        (["02/06/2025", "NHSE region team", "Weekly return needed by Friday"], False),
        (["Code", "Meaning"], False),
    ],
)
def test_which_row_can_be_a_header(cells: Sequence[str], is_header: bool) -> None:
    assert bool(header_score(cells)) is is_header


def _file(folder: Path, text: str) -> Path:
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_guess_is_shown_and_one_word_confirms_or_drops_it(tmp_path: Path) -> None:
    path = _file(tmp_path, "Date rec’d,Who,What they want\n02/06/2025,Kim Bell,Falls by ward\n")
    with open_register(None) as register:
        with pytest.raises(UnsureMapping) as caught:
            import_file(register, path, ImportOptions(to_org="ZA1"), confirmed=False)
        said = str(caught.value)
        assert "Who = from_body (by words in its heading)" in said
        assert "'HEADING=' for none" in said
        given = {"Who": ""}
        report = import_file(
            register, path, ImportOptions(to_org="ZA1", mapping=given), confirmed=False
        )
        assert "columns that were not taken in: Who" in report.notes
        assert "no column says who asks; all are kept as unknown" in report.notes
        (one,) = register.asks()
        assert (one.from_body, one.title) == ("unknown", "Falls by ward")


def test_a_confirmed_guess_is_told_as_well(tmp_path: Path) -> None:
    path = _file(tmp_path, "Date rec’d,Came via,What they want\n02/06/2025,E-Mail,Falls\n")
    with open_register(None) as register:
        report = import_file(register, path, ImportOptions(to_org="ZA1"), confirmed=True)
        assert (
            "columns guessed: Date rec’d = received_on; Came via = channel (by words in its "
            "heading); What they want = title (by words in its heading)"
        ) in report.notes
        (one,) = register.asks()
        assert one.channel == "email"


def test_a_list_without_a_header_goes_by_the_letters_of_its_columns(tmp_path: Path) -> None:
    text = "02/06/2025,CQC,Falls by ward for May\n03/06/2025,NHSE region,RTT numbers please\n"
    with open_register(None) as register:
        report = import_file(register, _file(tmp_path, text), ImportOptions(to_org="ZA1"))
        assert report.accepted == 2
        assert "column B = from_body (by the look of its cells)" in report.notes[0]
        assert [one.from_body for one in register.asks()] == ["CQC", "NHSE region"]
        # No headings are nothing by which a mapping could be remembered.
        with pytest.raises(UnsureMapping):
            import_file(register, _file(tmp_path, text), confirmed=False)


def test_bare_numbers_are_what_the_heading_counts(tmp_path: Path) -> None:
    rows = "CQC,Falls,2\nCQC,RTT,0.5\nCQC,Beds,3 hrs\nCQC,Beds again,half\n,Total,3.4\n"
    with open_register(None) as register:
        path = _file(tmp_path, f"From,Request,Effort (days)\n{rows}")
        report = import_file(register, path, ImportOptions(to_org="ZA1"))
        # A working day is declared to have 7.5 hours.
        hours = {one.title: one.hours_estimate for one in register.asks()}
        assert hours == {"Falls": 15.0, "RTT": 3.75, "Beds": 3.0, "Beds again": 3.75}
        assert any("days of 7.5 hours, as the heading says" in note for note in report.notes)
