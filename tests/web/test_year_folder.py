"""The folder of an assessment comes in and goes out the same; hostile ones and clashes are told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from remit.annual.folder import read_assessment
from remit.model.errors import RemitError
from remit.records.audit import SYSTEM, Event, change, create, verify
from remit.records.year.models import (
    YearAssessment,
    YearCheck,
    YearFile,
    YearFinding,
    YearLetter,
    YearReply,
    YearState,
)
from remit.web.running.year_folder import MOST_FILES, read_folder
from remit.web.running.year_in import YearTaken, bring_in
from remit.web.running.year_out import write_out
from tests.web.year_world import sample_year

pytestmark = pytest.mark.usefixtures("base")
REGION = Event(SYSTEM, "ZR1", "settle")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sample_year(tmp_path)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8", newline="")


def out(tmp_path: Path, name: str = "out") -> Path:
    place = tmp_path / "annual" / name  # beside last year's, which the assessment names
    write_out("2024-25", place)
    return place


def say(finding: str, text: str, **more: Any) -> Any:
    about = YearFinding.objects.get(name=finding)
    return create(Event("account-1", about.organisation, "comment"), YearReply, finding=about,
                  said_on="2025-07-01", says=text, **more)  # fmt: skip


# In and out the same ------------------------------------------------------------------------------


def test_what_comes_in_goes_out_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    (folder / "letters").mkdir()
    (folder / "letters" / "ZB1.md").write_bytes("Dear all,\r\n\r\nIt is so [ZB1-1]…\n".encode())
    (folder / "notes").mkdir()
    (folder / "notes" / "scan.bin").write_bytes(bytes(range(256)))
    (folder / "notes" / "empty.txt").write_bytes(b"")
    (folder / "marked.txt").write_bytes(b"\xef\xbb\xbfwith a mark\r\n")
    taken = bring_in(folder)
    assert (taken.owner, taken.year, taken.findings, taken.replies) == ("ZR1", "2024-25", 10, 2)
    assert taken.rejected == ()
    assert bytes_of(out(tmp_path)) == bytes_of(folder)
    read = read_assessment(tmp_path / "annual" / "out")
    assert len(read.findings) == YearFinding.objects.count() == taken.findings
    verify()


def test_the_same_folder_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    first = bring_in(folder)
    again = bring_in(folder)
    assert (first.written > 0, again.written, again.mark) == (True, 0, first.mark)
    whole = out(tmp_path)
    assert bring_in(whole).written == 0
    assert YearAssessment.objects.count() == YearState.objects.count() == 1
    assert YearFinding.objects.count() == 10


def test_a_dry_run_keeps_nothing(folder: Path) -> None:
    taken = bring_in(folder, dry_run=True)
    assert taken.written > 0
    assert not YearAssessment.objects.exists()
    assert not YearFile.objects.exists()


def test_files_and_drafts_stay_with_their_writer_in_the_audit_too(folder: Path) -> None:
    from django.apps import apps

    bring_in(folder)
    entries = apps.get_model("audit", "AuditEntry").objects
    parties = apps.get_model("audit", "AuditParty").objects

    def whose(**which: str) -> set[str]:
        numbers = entries.filter(**which).values("number")
        return set(parties.filter(entry__in=numbers).values_list("organisation", flat=True))

    assert whose(kind="year.YearFile") == whose(kind="year.YearLetter") == {"ZR1"}
    assert whose(kind="year.YearFinding", target="ZR1-2024-25-ZB1-1") == {"ZR1", "ZB1"}


# All of it is told --------------------------------------------------------------------------------


def test_what_is_not_taken_is_told_with_its_place(folder: Path, tmp_path: Path) -> None:
    edit(folder, "assessment.yaml", "icbs:\n", "icbs:\n  - {code: ZB3, name: Elsewhere}\n")
    edit(folder, "findings.yaml", "    icb: ZB2\n", "    icb: ZB3\n")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    taken = bring_in(folder)
    read = len(read_assessment(folder).findings)
    refused = [one for one in taken.rejected if "ZR1 has no part at ZB3" in one.reason]
    assert taken.findings + len(refused) == read
    assert refused[0].where.startswith("findings.yaml, line ")
    told = {one.where: one.reason for one in taken.rejected}
    assert told[".hidden"] == "what is hidden is no part of an assessment"
    assert "no finding ZB2-1 about ZB2 was taken" in told["replies.yaml, line 6"]
    assert taken.replies + 1 == len(read_assessment(folder).replies)
    kept = bytes_of(folder)
    del kept[".hidden"]
    assert bytes_of(out(tmp_path)) == kept, "what is not shown is kept in its file all the same"


@pytest.mark.parametrize(
    ("organisation", "region", "said"),
    [("QQ9", "ZR1", "QQ9"), ("", "", "it names no region"), ("", "XX9", "XX9")],
)
def test_who_writes_it_is_known(folder: Path, organisation: str, region: str, said: str) -> None:
    edit(folder, "assessment.yaml", "region: ZR1", f'region: "{region}"')
    with pytest.raises(RemitError, match=said):
        bring_in(folder, organisation=organisation)
    assert not YearAssessment.objects.exists()


# Changed on both sides ----------------------------------------------------------------------------


def changed(folder: Path, words: str = "The board led its partners well") -> None:
    edit(folder, "findings.yaml", "The board showed strong leadership of its partners", words)


def left_as_it_was(taken: YearTaken, *said: str) -> None:
    assert taken.clashes, taken
    assert taken.written == 0
    for one in said:
        assert any(one in told for told in taken.clashes), taken.clashes


def test_a_changed_folder_is_taken_only_from_where_it_began(folder: Path) -> None:
    mark = bring_in(folder).mark
    changed(folder)
    left_as_it_was(bring_in(folder), "findings.yaml: it differs")
    assert "strong leadership" in YearFinding.objects.get(name="ZB1-1").statement
    taken = bring_in(folder, since=mark)
    assert taken.clashes == ()
    assert "led its partners well" in YearFinding.objects.get(name="ZB1-1").statement
    with pytest.raises(RemitError, match="no state of this assessment has that mark"):
        bring_in(sample_year(folder.parent), since="nonsense")


def test_what_another_brought_in_meanwhile_is_told_and_kept(folder: Path, tmp_path: Path) -> None:
    other = sample_year(tmp_path / "other")
    mark = bring_in(folder).mark
    changed(folder)
    bring_in(folder, since=mark)
    changed(other, "The board listened to its partners")
    edit(other, "concerns.yaml", "in time.", "in good time.")
    left_as_it_was(
        bring_in(other, since=mark),
        "findings.yaml: it was changed here and in the folder",
        "concerns.yaml: it was changed in the folder",
    )
    assert "led its partners well" in YearFinding.objects.get(name="ZB1-1").statement


def test_replies_said_here_go_out_and_come_back_once(folder: Path, tmp_path: Path) -> None:
    bring_in(folder)
    reply = say("ZB1-1", '=HYPERLINK("x"), said in June')
    whole = out(tmp_path)
    before, after = bytes_of(folder), bytes_of(whole)
    table = after.pop("replies.csv").decode()
    assert before == after
    assert table.splitlines()[1].startswith("ZB1-1,ZB1,2025-07-01,\"'=HYPERLINK")
    assert [one.record.says for one in read_assessment(whole).replies][-1] == reply.says
    taken = bring_in(whole)
    assert taken.clashes == ()
    assert YearReply.objects.count() == 3
    reply.refresh_from_db()
    assert reply.place == "replies.csv, line 2"
    assert bytes_of(out(tmp_path, "again")) == bytes_of(whole)
    change(REGION, reply, outcome="accepted", reason="It is so")
    answered = out(tmp_path, "answered")
    assert [one.record.outcome for one in read_assessment(answered).replies][-1] == "accepted"
    assert bring_in(answered).clashes == ()
    verify()


def test_an_answer_here_and_another_in_the_folder_clash(folder: Path, tmp_path: Path) -> None:
    (folder / "replies.csv").write_text(
        "Finding;ICB;On;Says\nZB1-2;ZB1;2025-06-21;Wrong month\n", encoding="utf-8"
    )
    mark = bring_in(folder).mark
    reply = YearReply.objects.get(says="Wrong month")
    assert reply.outcome == "open"
    change(REGION, reply, outcome="accepted")
    with_answer = read_assessment(out(tmp_path)).replies
    assert [one.record.outcome for one in with_answer if one.record.says == "Wrong month"] == [
        "accepted"
    ]
    (folder / "replies.csv").write_text(
        "Finding;ICB;On;Says;Outcome;Reason\nZB1-2;ZB1;2025-06-21;Wrong month;refused;No\n",
        encoding="utf-8",
    )
    left_as_it_was(bring_in(folder, since=mark), "it is accepted here and refused in the folder")
    (folder / "replies.csv").unlink()
    left_as_it_was(bring_in(folder, since=mark), "it was answered here")
    reply.refresh_from_db()
    assert reply.outcome == "accepted"


def test_a_finding_that_something_hangs_on_is_not_taken_away(folder: Path) -> None:
    mark = bring_in(folder).mark
    found = YearFinding.objects.get(name="ZB2-5")
    create(Event("account-1", "ZB2", "check"), YearCheck, finding=found, digest=found.digest,
           checked_on="2025-07-01", checked_as="contributor")  # fmt: skip
    text = (folder / "findings.yaml").read_text(encoding="utf-8")
    start = text.index("  - id: ZB2-5")
    (folder / "findings.yaml").write_text(text[:start], encoding="utf-8")
    left_as_it_was(bring_in(folder, since=mark), "finding ZB2-5: the folder no longer has it")
    from remit.records.audit import remove

    remove(Event("account-1", "ZB2", "remove"), YearCheck.objects.get())
    assert bring_in(folder, since=mark).clashes == ()
    assert not YearFinding.objects.filter(name="ZB2-5").exists()
    verify()


def test_what_was_signed_is_not_changed(folder: Path) -> None:
    mark = bring_in(folder).mark
    letter = YearLetter.objects.get(organisation="ZB1")
    change(Event("account-1", "ZR1", "sign"), letter, is_signed=True, signed_on="2025-07-20",
           signed_as="signatory")  # fmt: skip
    changed(folder)
    left_as_it_was(bring_in(folder, since=mark), "ZB1-1: the letter to ZB1 was signed",
                   "letter to ZB1")  # fmt: skip
    edit(folder, "findings.yaml", "The board led its partners well",
         "The board showed strong leadership of its partners")  # fmt: skip
    (folder / "read-me.txt").write_text("for the file", encoding="utf-8")
    assert bring_in(folder, since=mark).clashes == ()


# Hostile folders ----------------------------------------------------------------------------------


def refused(folder: Path, said: str) -> None:
    with pytest.raises(RemitError, match=said):
        bring_in(folder)
    assert not YearAssessment.objects.exists()


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights there")
def test_links_and_pipes_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s", encoding="utf-8")
    (folder / "letters").mkdir()
    (folder / "letters" / "ZB1.md").symlink_to(tmp_path / "secret")
    refused(folder, r"ZB1\.md: this is a link")
    (folder / "letters" / "ZB1.md").unlink()
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    refused(folder, "up: this is a link")
    (folder / "up").unlink()
    os.mkfifo(folder / "pipe")
    refused(folder, "pipe: this is no file")


@pytest.mark.parametrize("key", ["year", "ladder"])
def test_a_year_of_ones_own_lies_in_the_folder(folder: Path, tmp_path: Path, key: str) -> None:
    from importlib import resources

    place = resources.files("remit") / "declarations" / "annual"
    name = {"year": "years/2024-25.yaml", "ladder": "ladders/phrases-1.yaml"}[key]
    text = place.joinpath(name).read_text(encoding="utf-8")
    (folder.parent / "own.yaml").write_text(text, encoding="utf-8")
    new = "year: ../own.yaml" if key == "year" else "year: 2024-25\nladder: ../own.yaml"
    edit(folder, "assessment.yaml", "year: 2024-25", new)
    refused(folder, f"{key}: ../own.yaml does not lie in the folder")
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    edit(folder, "assessment.yaml", "../own.yaml", "own.yaml")
    assert bring_in(folder).findings == 10
    assert bytes_of(out(tmp_path)) == bytes_of(folder)


def test_a_folder_that_is_too_large_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MOST_FILES.variable, "3")
    refused(folder, "it holds more than 3 files")
    monkeypatch.delenv(MOST_FILES.variable)
    monkeypatch.setenv("REMIT_LARGEST_YEAR", "100")
    refused(folder, "it holds more than 100 bytes")
    monkeypatch.delenv("REMIT_LARGEST_YEAR")
    monkeypatch.setenv("REMIT_LARGEST_TEXT", "50")
    refused(folder, "the file is")
    monkeypatch.delenv("REMIT_LARGEST_TEXT")
    (folder / "a" / "b" / "c" / "d").mkdir(parents=True)
    refused(folder, "folders lie deeper")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema: remit/annual-findings/1\nfindings: [", "findings.yaml"),
        ("schema: remit/annual-findings/1\nfindings:\n  - {id: F1}\n", "line 3"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "findings.yaml"),
        ("\udcff", "findings.yaml"),
        ("", "findings.yaml"),
    ],
)
def test_damaged_yaml_is_told_with_its_file(folder: Path, text: str, said: str) -> None:
    (folder / "findings.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    refused(folder, said)


def test_no_folder_and_a_name_that_cannot_be_kept_are_told(folder: Path, tmp_path: Path) -> None:
    refused(tmp_path / "nowhere", "there is no such folder")
    if os.name != "nt":
        (folder / "a\nb").write_text("x", encoding="utf-8")
        refused(folder, "cannot be kept")
        (folder / "a\nb").unlink()
        (folder / os.fsdecode(b"\xff\xfe")).write_text("x", encoding="utf-8")
        refused(folder, "cannot be kept")


def test_a_folder_goes_out_to_a_new_place_alone(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RemitError, match="there is none such; assessments here: none"):
        write_out("2024-25", tmp_path / "x")
    bring_in(folder)
    with pytest.raises(RemitError, match="there is none such; assessments here: ZR1 2024-25"):
        write_out("2023/24", tmp_path / "x")
    with pytest.raises(RemitError, match="this is there already"):
        write_out("2024/25", folder)
    assert write_out("2024/25", tmp_path / "x", "ZR1").files == len(bytes_of(folder))


def test_names_of_people_are_struck_from_rows_and_stay_in_the_files(
    folder: Path, tmp_path: Path
) -> None:
    edit(folder, "findings.yaml", "The reviewer would have put", "Mrs Joan Fletcher would have put")
    bring_in(folder)
    found = YearFinding.objects.get(name="ZB1-4")
    assert "Fletcher" not in found.dissent
    assert "Fletcher" in YearFile.objects.get(path="findings.yaml").content
    assert bytes_of(out(tmp_path)) == bytes_of(folder)
    assert sorted(read_folder(folder).files) == sorted(bytes_of(folder))
