"""A list that comes again with better columns completes what is there, and replaces nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.asks import AskRegister, ImportOptions, import_file, open_register
from remit.asks.register import undo

HEADER = "Received,Request,Who from,Due,Hours,Details"
FALLS = "02/06/2025,Falls by ward,CQC,13/06/2025,2,May only"
WAITS = "03/06/2025,52 week waits,NHSE region,20/06/2025,4,By specialty"
UNREAD = {"Due": "", "Hours": "", "Details": ""}
"""As if nobody had found these columns."""
READ = {"Due": "due_on", "Hours": "hours_estimate", "Details": "text"}


def write(folder: Path, *rows: str, header: str = HEADER, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


def of(register: AskRegister) -> dict[str, tuple[str, date | None, float | None, str]]:
    return {one.title: (one.from_body, one.due_on, one.hours_estimate, one.text)
            for one in register.asks()}  # fmt: skip


def test_columns_that_were_not_read_are_filled_in(tmp_path: Path) -> None:
    path = write(tmp_path, FALLS, WAITS)
    with open_register(None) as register:
        import_file(register, path, ImportOptions(to_org="ZA1", mapping=UNREAD))
        assert of(register)["Falls by ward"] == ("CQC", None, None, "")
        again = import_file(register, path, ImportOptions(to_org="ZA1", mapping=READ))
        assert (again.accepted, again.repeated) == (0, 2)
        assert any(
            "2 asks were there already and are completed: due_on (2), text (2), "
            "hours_estimate (2); what stood there is as it was" in note
            for note in again.notes
        )
        assert of(register) == {
            "Falls by ward": ("CQC", date(2025, 6, 13), 2.0, "may only"),
            "52 week waits": ("NHSE region", date(2025, 6, 20), 4.0, "specialty"),
        }
        third = import_file(register, path, ImportOptions(to_org="ZA1"))
        assert (third.accepted, third.repeated) == (0, 2)
        assert not any("completed" in note for note in third.notes)


def test_what_stands_there_or_was_set_by_a_person_is_left(tmp_path: Path) -> None:
    with open_register(None) as register:
        path = write(tmp_path, FALLS, WAITS)
        import_file(register, path, ImportOptions(to_org="ZA1", mapping=UNREAD))
        (falls, waits) = (one.ask_id for one in register.asks())
        register.edit(falls, {"due_on": date(2025, 6, 30), "hours_estimate": 9.0})
        register.edit(waits, {"hours_estimate": 1.0})
        register.edit(waits, {"hours_estimate": None})
        report = import_file(register, path, ImportOptions(to_org="ZA1", mapping=READ))
        assert not any("differ" in note for note in report.notes)
        assert of(register)["Falls by ward"] == ("CQC", date(2025, 6, 30), 9.0, "may only")
        # It was set to blank by somebody, and stays so.
        assert of(register)["52 week waits"][2] is None


def test_a_column_by_which_a_row_is_known_may_come_later(tmp_path: Path) -> None:
    with open_register(None) as register:
        path = write(tmp_path, FALLS, WAITS)
        unread = {"Received": "", "Who from": ""}
        import_file(register, path, ImportOptions(to_org="ZA1", mapping=unread))
        assert {one.received_on for one in register.asks()} == {None}
        again = import_file(
            register,
            path,
            ImportOptions(
                to_org="ZA1", mapping={"Received": "received_on", "Who from": "from_body"}
            ),
        )
        assert (again.accepted, again.repeated, len(again.rejections)) == (0, 2, 0)
        assert {one.received_on for one in register.asks()} == {date(2025, 6, 2), date(2025, 6, 3)}
        assert [one.from_body for one in register.asks()] == ["CQC", "NHSE region"]


def test_undo_takes_back_what_was_filled_in(tmp_path: Path) -> None:
    with open_register(None) as register:
        path = write(tmp_path, FALLS, WAITS)
        import_file(register, path, ImportOptions(to_org="ZA1", mapping=UNREAD))
        before = of(register)
        import_file(register, path, ImportOptions(to_org="ZA1", mapping=READ))
        (falls, _) = (one.ask_id for one in register.asks())
        register.edit(falls, {"hours_estimate": 9.0})
        undo(register)
        after = of(register)
        assert after["52 week waits"] == before["52 week waits"]
        # Somebody has changed it since: that stays.
        assert after["Falls by ward"] == ("CQC", None, 9.0, "")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Two bodies that ask the same; another day; another period of a weekly return.
        ("02/06/2025,Waits,CQC,,,", "02/06/2025,Waits,NHSE region,,,"),
        ("02/06/2025,Waits,CQC,,,", "09/06/2025,Waits,CQC,,,"),
        (",Waits,CQC,,,", ",Waits,NHSE region,,,"),
        ("02/06/2025,Waits,CQC,,,for May", "02/06/2025,Waits,CQC,,,for June"),
        (",Waits,CQC,,,", "02/06/2025,Waits,CQC,,,"),
    ],
)
def test_another_files_ask_is_another_one(tmp_path: Path, first: str, second: str) -> None:
    with open_register(None) as register:
        options = ImportOptions(to_org="ZA1")
        import_file(register, write(tmp_path, first), options)
        report = import_file(register, write(tmp_path, second, name="other.csv"), options)
        assert (report.accepted, report.repeated) == (1, 0)
        assert len(register.asks()) == 2


def test_a_better_copy_under_another_name_completes_too(tmp_path: Path) -> None:
    with open_register(None) as register:
        plain = write(tmp_path, "02/06/2025,Falls,CQC", header="Received,Request,From")
        import_file(register, plain, ImportOptions(to_org="ZA1"))
        better = write(
            tmp_path,
            "02/06/2025,Falls,CQC,13/06/2025,email",
            "04/06/2025,Falls,CQC,16/06/2025,email",
            header="Received,Request,From,Due,Came via",
            name="log v2.csv",
        )
        report = import_file(register, better, ImportOptions(to_org="ZA1"))
        assert (report.accepted, report.repeated) == (1, 1)
        assert sorted(str(one.due_on) for one in register.asks()) == ["2025-06-13", "2025-06-16"]
        assert {one.channel for one in register.asks()} == {"email"}
