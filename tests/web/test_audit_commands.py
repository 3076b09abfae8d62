"""``remit web audit``: verified, handed out, erased, disposed of, held."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from remit.cli.run import run
from remit.records.audit import SYSTEM, Event, change, entries_for, verify
from remit.records.audit.guard import door
from remit.records.loading import model
from remit.web.running.checking import faults
from tests.web.instance import set_up
from tests.web.world import World, add_action, add_ask

Said = Callable[..., tuple[int, str, str]]
NAME = "Helena Quillfeather"


@pytest.fixture
def audit(base: None, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run ``remit web audit`` with some words; its exit code, and what it printed."""

    def typed(what: str, *words: object) -> tuple[int, str, str]:
        code = run(["web", "audit", what, str(set_up().folder), *map(str, words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return typed


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))


def anchor_of(out: str) -> str:
    return out.split("Anchor: ")[1].strip()


def test_a_whole_chain_is_told_with_an_anchor_that_a_later_look_is_held_to(audit: Said) -> None:
    add_ask("A1", "ZA1")
    code, out, _ = audit("verify")
    assert code == 0
    assert "The chain is whole: 1 entry\nEvery record stands as its entries say\n" in out
    noted = anchor_of(out)
    add_ask("A2", "ZA1")
    code, out, _ = audit("verify", "--anchor", noted)
    assert (code, "2 entries" in out) == (0, True)
    other = f"1:{'0' * 64}"
    code, out, _ = audit("verify", "--anchor", other)
    assert (code, "broken at entry 1: it is another than the one that was noted" in out) == (
        1,
        True,
    )
    code, out, _ = audit("verify", "--anchor", f"9:{'0' * 64}")
    assert (code, "it is missing, with all up to entry 9" in out) == (1, True)
    for odd in ("9", "x:y", f"-1:{'0' * 64}", f"²:{'0' * 64}"):
        code, _, err = audit("verify", "--anchor", odd)
        assert (code, "is no anchor" in err) == (2, True)


def test_a_record_that_was_written_past_the_door_is_told(audit: Said) -> None:
    add_ask("A1", "ZA1", title="As it was asked")
    with door("default"), connection.cursor() as cursor:
        cursor.execute("UPDATE records_ask SET title = 'Other' WHERE ask_id = 'A1'")
    code, out, _ = audit("verify")
    assert (code, "ask A1: other than its entries say: title" in out) == (1, True)


def test_the_part_of_an_organisation_and_of_a_person(
    audit: Said, world: World, tmp_path: Path
) -> None:
    account = world.account(("ZA1", "contributor"))
    mine, theirs = add_ask("MINE", "ZA1"), add_ask("THEIRS", "ZA6")
    change(Event(f"account-{account.pk}", "ZA1", "edit"), mine, title="=1+1")
    change(Event(SYSTEM, "ZA6", "edit"), theirs, title=f"Ask {NAME.upper()}")

    code, out, _ = audit("part", tmp_path / "foi", "--organisation", "ZA1")
    assert (code, "Look through what is personal" in out) == (0, True)
    rows = rows_of(tmp_path / "foi" / "audit.csv")
    assert {row["target"] for row in rows} >= {"MINE"}
    assert "THEIRS" not in {row["target"] for row in rows}
    assert not any(row["after"].startswith("=") for row in rows)

    code, _, _ = audit("part", tmp_path / "sar", "--person", account.email, "--word", NAME)
    rows = rows_of(tmp_path / "sar" / "audit.csv")
    assert (code, {"MINE", "THEIRS"} <= {row["target"] for row in rows}) == (0, True)
    assert audit("part", tmp_path / "x", "--organisation", "QQQ")[0] == 2
    assert audit("part", tmp_path / "x")[0] == 2
    assert audit("part", tmp_path / "x", "--person", "nobody@x.example")[0] == 2
    assert not (tmp_path / "x").exists()


def test_words_are_erased_and_the_chain_stays_whole(audit: Said) -> None:
    ask = add_ask("A1", "ZA1", title=f"Ask {NAME}")
    change(Event(SYSTEM, "ZA1", "edit"), ask, title=f"Ask {NAME} again", text=NAME)
    code, out, _ = audit("erase", "ask", "A1", "title", "text", "--why", "a name")
    assert (code, "The bytes go with: remit web audit wipe" in out) == (0, True)
    stands = model("Ask").objects.get(pk="A1")
    assert (stands.title, stands.text) == (None, None)
    assert NAME not in str([one.values for one in entries_for(stands)])
    assert verify().holds
    code, out, _ = audit("verify")
    assert (code, "of them erased" in out) == (0, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ask", "A9", "title"), "There is no ask A9"),
        (("askk", "A1", "title"), "nearest: ask"),
        (("ask", "A1", "titel"), "'titel' is no field of it; nearest: title"),
        (("ask", "A1", "due_on"), "due_on holds no words"),
        (("ask", "A1", "ask_id"), "ask_id holds no words"),
        (("agendaitem", "x", "text"), "There is no agendaitem x"),
    ],
)
def test_what_cannot_be_erased(audit: Said, words: tuple[str, ...], told: str) -> None:
    add_ask("A1", "ZA1")
    code, _, err = audit("erase", *words, "--why", "a name")
    assert (code, told in err) == (2, True)


def test_a_record_is_disposed_of_only_on_a_word_and_never_under_a_hold(audit: Said) -> None:
    add_ask("A1", "ZA1")
    add_action("ACT-1", "A1")
    assert "nothing was done" in audit("dispose", "action", "ACT-1", "--why", "its time is over")[1]
    assert model("Action").objects.exists()
    code, out, _ = audit("hold", "ZA1", "--why", "inquiry", "--record", "action", "ACT-1")
    assert code == 0
    number = out.split()[2]
    code, _, err = audit("dispose", "action", "ACT-1", "--why", "over", "--yes")
    assert (code, "is under a legal hold of ZA1" in err) == (2, True)
    assert "action ACT-1" in audit("holds")[1]
    assert audit("lift", number, "--why", "inquiry is over")[0] == 0
    assert audit("lift", number, "--why", "again")[0] == 2
    assert audit("lift", 999, "--why", "none")[0] == 2
    assert audit("dispose", "action", "ACT-1", "--why", "over", "--yes")[0] == 0
    assert not model("Action").objects.exists()
    assert verify().holds


def test_a_hold_on_an_organisation_holds_all_of_its_records(audit: Said) -> None:
    assert audit("holds")[1] == "There is no legal hold\n"
    add_ask("A1", "ZA1")
    assert "all records of ZA1" in audit("hold", "ZA1", "--why", "inquiry")[1]
    code, _, err = audit("erase", "ask", "A1", "title", "--why", "a name")
    assert (code, "legal hold" in err) == (2, True)


def test_what_has_been_kept_long_enough_is_proposed(audit: Said) -> None:
    add_ask("A1", "ZA1")
    assert audit("due")[2] == ""
    assert audit("due")[1] == "No record has been kept as long as is declared\n"
    code, out, _ = audit("due", "--day", "2099-01-01")
    assert (code, "A1" in out) == (0, True)
    assert model("Ask").objects.filter(pk="A1").exists()


def test_bytes_that_still_stand_are_told_until_they_are_wiped(audit: Said) -> None:
    add_ask("A1", "ZA1", title=NAME)
    told = "still hold what was erased"
    assert not any(told in one for one in faults())
    audit("erase", "ask", "A1", "title", "--why", "a name")
    assert any(told in one for one in faults())


def test_every_audited_record_of_the_application_has_a_class_of_retention() -> None:
    from django.apps import apps

    from remit.records.audit import is_audited, retention_of

    kinds = [kind for kind in apps.get_models() if is_audited(kind)]
    assert len(kinds) > 20
    for kind in kinds:
        assert retention_of(kind).months > 0
