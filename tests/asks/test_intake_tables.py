"""Lists of asks: columns guessed and remembered, every row accounted for, imports repeatable."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from remit.asks import ImportOptions, import_file, open_register
from remit.asks.register import imports, rejections
from remit.asks.register.files import UnsureMapping
from remit.model.errors import AskError

HEADER = "Ref,Date in,Requested by,Trust code,Subject,Details,Hours,How often"
ROWS = [
    "1,02/06/2025,NHSE Region,za1,RTT waits,52 week waits at end May,2.5,Once",
    "2,2025-06-03,kim@zicb-icb.example,ZA1,CIP tracker,Month 2 please,,monthly",
    "3,03/06/2025,Xanthe from the Zed Forum,ZA1,Falls,Falls in May,1,",
]


def write(folder: Path, *rows: str, header: str = HEADER, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def test_a_users_own_list_is_read_with_guessed_columns(tmp_path: Path) -> None:
    with open_register(None) as register:
        report = import_file(register, write(tmp_path, *ROWS))
        first, second, _ = register.asks()
    assert (report.rows_read, report.accepted, len(report.rejections)) == (3, 3, 0)
    assert (first.ask_id, first.received_on, first.from_body) == (
        "1",
        date(2025, 6, 2),
        "NHSE region",
    )
    assert (first.to_org_code, first.hours_estimate, first.frequency) == ("ZA1", 2.5, "once")
    assert (second.from_body, second.hours_estimate) == ("ICB finance", None)
    assert (second.source, second.source_row) == ("log.csv", 3)


def test_a_guess_is_refused_until_confirmed_and_then_remembered(tmp_path: Path) -> None:
    path = write(tmp_path, *ROWS)
    with open_register(tmp_path / "asks.sqlite") as register:
        with pytest.raises(UnsureMapping, match="Date in = received_on") as caught:
            import_file(register, path, confirmed=False)
        assert "--yes" in str(caught.value)
        import_file(register, path, confirmed=True)
    later = write(tmp_path, "9,04/06/2025,CQC,ZA1,PIR,Send it,1,once", name="july.csv")
    with open_register(tmp_path / "asks.sqlite") as register:
        assert import_file(register, later, confirmed=False).accepted == 1


def test_headings_can_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a,b,ZA1", header="Wot,Hoo,Where")
    given = {"Wot": "text", "Hoo": "from_body", "Where": "to_org_code"}
    with open_register(None) as register:
        with pytest.raises(AskError, match="--mapping"):
            import_file(register, path)
        assert import_file(register, path, ImportOptions(mapping=given)).accepted == 1
        with pytest.raises(AskError, match="no column of asks; nearest"):
            import_file(register, path, ImportOptions(mapping={**given, "Wot": "texts"}))


def test_each_row_is_accepted_or_rejected_with_place_and_reason(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "1,31/02/2025,CQC,ZA1,A,a,1,",
        "2,01/02/2025,CQC,ZA1,A,a,many,",
        "3,01/02/2025,CQC,ZA1,,,1,",
        '4,01/02/2025,CQC,ZA1,"two\nlines",a,1,',
        "5,01/02/2025,CQC,,A,a,1,",
        "6,01/02/2025,CQC,ZA1,A,a,1,,,extra",
    )
    with open_register(None) as register:
        report = import_file(register, path)
        kept = rejections(register)
    assert [(r.line, r.column) for r in report.rejections] == [
        (4, "text"),
        (7, "to_org_code"),
        (8, ""),
    ]
    assert report.accepted + len(report.rejections) == report.rows_read == 6
    assert len(kept) == 3
    # A day or hours that cannot be read leave the ask without them, and are named.
    assert report.unread == 2
    assert any("line 2, received_on left blank" in n and "30/06/2025" in n for n in report.notes)
    assert any("line 3, hours_estimate left blank" in note for note in report.notes)


def test_the_same_ask_is_not_taken_twice_even_from_a_grown_file(tmp_path: Path) -> None:
    with open_register(None) as register:
        import_file(register, write(tmp_path, *ROWS))
        again = import_file(register, write(tmp_path, *ROWS, name="copy.csv"))
        grown = import_file(register, write(tmp_path, *ROWS, "4,,CQC,ZA1,New,new,,"))
        assert (again.accepted, again.repeated) == (0, 3)
        assert (grown.accepted, grown.repeated) == (1, 3)
        assert len(imports(register)) == 2


def test_rows_without_a_number_that_are_alike_are_two_asks(tmp_path: Path) -> None:
    rows = ["CQC,ZA1,RTT,same words"] * 2
    with open_register(None) as register:
        report = import_file(
            register, write(tmp_path, *rows, header="from_body,to_org_code,title,text")
        )
        assert report.accepted == 2
        assert len({ask.ask_id for ask in register.asks()}) == 2


def test_an_identifier_with_other_words_is_no_repetition(tmp_path: Path) -> None:
    with open_register(None) as register:
        import_file(register, write(tmp_path, ROWS[0]))
        changed = ROWS[0].replace("end May", "end June")
        report = import_file(register, write(tmp_path, changed))
    (fault,) = report.rejections
    assert (fault.line, fault.column) == (2, "ask_id")


def test_addresses_and_names_are_not_kept_unless_the_text_is_asked_for(tmp_path: Path) -> None:
    sender, text = "Kim Bell <kim@zicb-icb.example>", "Hi Jo, send it. Ring 01234 567890"
    row = f'7,02/06/2025,{sender},ZA1,For Priya,"{text}",,'
    with open_register(None) as register:
        import_file(register, write(tmp_path, row))
        found = register.get("7")
    assert (found.ask.title, found.ask.text) == ("For [name]", "name number ring send")
    assert (found.ask.from_body, found.original) == ("ICB performance team", None)
    with open_register(None) as register:
        import_file(register, write(tmp_path, row), ImportOptions(keep_text=True))
        whole = register.get("7")
    assert whole.original == "Hi Jo, send it. Ring 01234 567890"
    assert whole.ask.text == "Hi [name], send it. Ring [number]"


def test_a_workbook_with_a_title_above_its_header(tmp_path: Path) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Log of asks, fictional"])
        sheet.write_row(2, 0, ["Date received", "From", "To org code", "Request", "Hours"])
        sheet.write_datetime(3, 0, datetime(2025, 6, 2))
        sheet.write_row(3, 1, ["CQC", "ZA1", "Send the falls", 3])
    with open_register(None) as register:
        report = import_file(register, path)
        (ask,) = register.asks()
    assert (report.kind, report.accepted) == ("xlsx", 1)
    assert (ask.received_on, ask.hours_estimate, ask.source_row) == (date(2025, 6, 2), 3.0, 4)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_encodings_and_semicolons(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "log.csv"
    text = "from_body;to_org_code;title\nCQC;ZA1;Café – £2m\n"
    path.write_bytes(text.encode(encoding))
    with open_register(None) as register:
        import_file(register, path)
        assert register.asks()[0].title == "Café – £2m"


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with open_register(None) as register:
        with pytest.raises(AskError, match="cannot be read"):
            import_file(register, tmp_path / "none.csv")
        (tmp_path / "x.pdf").write_bytes(b"%PDF")
        with pytest.raises(AskError, match="this kind of file is not read"):
            import_file(register, tmp_path / "x.pdf")
        (tmp_path / "x.xlsx").write_bytes(b"no workbook")
        with pytest.raises(AskError, match="workbook cannot be read"):
            import_file(register, tmp_path / "x.xlsx")
        (tmp_path / "x.csv").write_bytes(b"a,b\x00\n")
        with pytest.raises(AskError, match="no text"):
            import_file(register, tmp_path / "x.csv")
