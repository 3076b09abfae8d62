"""What screening takes out, by kinds; and the command that lists what it may have missed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from remit.asks.intake.personal import Redactor, load_personal, quoted_people
from remit.asks.screening.suspects import SuspectFinder
from remit.cli.run import run

REDACTOR = Redactor(load_personal())


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Åsa Lindström, Łukasz and Ó Súilleabháin", "[name], [name] and [name]"),
        ("J. Okonkwo; Okonkwo J; K.S. Iyer", "[name]; [name]; [name]"),
        ("Mr R J Featherstonehaugh rang", "[name] rang"),
        ("van der Berg, ap Rhys, Fatima bint Khalid", "[name], [name], [name]"),
        ("KELLY, Siobhan to send", "[name], [name] to send"),
        ("cc: tunde, @kwabena", "cc: [name], @[name]"),
        ("Mark asked; will you mark it by May?", "[name] asked; will you mark it by May?"),
        ("Will you send the May 2025 return?", "Will you send the May 2025 return?"),
        ("Hope Hospital, Heather ward, Price cap", "Hope Hospital, Heather ward, Price cap"),
        ("Frank Young and Grace Hall agreed", "[name] and [name] agreed"),
        ("Γιώργος, 李小龙 and Олена", "[name], [name] and [name]"),
        ("DOB 3/4/1961, born on 5 May 1949", "DOB [date], born on [date]"),
        ("MRN 7720184; NI no. JR449012B", "MRN [number]; NI no. [number]"),
        ("at 14 Acacia Road, LS1 4AP", "at [address], [address]"),
        ("ID: Meeting ID 374 029 118 pin 4471", "ID: Meeting ID [number] pin [number]"),
        ("jo.bloggs (at) nhs.net", "[address]"),
        ("Report_JSmith_v2.docx", "Report_[name]_v2.docx"),
        (r"C:\Users\jsmith\RTT.xlsx", r"C:\Users\[name]\RTT.xlsx"),
        ("RTT 18 weeks, 2024/25, RJ1, QVV, M25", "RTT 18 weeks, 2024/25, RJ1, QVV, M25"),
        ("A&E type 1 at Wye Valley, St Helens", "A&E type 1 at Wye Valley, St Helens"),
        ("Merrow General Hospital and Merrow", "Merrow General Hospital and Merrow"),
    ],
)  # fmt: skip
def test_kinds_of_personal_data(text: str, clean: str) -> None:
    assert REDACTOR.redact(text).text == clean


@pytest.mark.parametrize("form", ["siân", "SIAN", "Sian", "Siân's", "kÖster", "koster"])
def test_a_name_of_a_header_goes_in_any_case_with_or_without_accents(form: str) -> None:
    found = REDACTOR.redact(f"so {form} sends it", ["Siân Köster <skoster@nhs.net>"])
    assert found.text == "so [name] sends it"


def test_the_title_learns_from_the_text() -> None:
    title, text = REDACTOR.redact_pair("Re Hope", "Hi Hope,\nwaits please", ())
    assert (title.text, text.text) == ("Re [name]", "Hi [name],\nwaits please")


@pytest.mark.parametrize(
    ("label", "clean"),
    [
        ("Siobhan Kelly", False), ("siobhan kelly", False), ("Kelly, S", False),
        ("Grace Hall", False),
        ("HR - Mark", False), ("ICB (Priya)", False), ("a.b@nhs.net", False), ("Will", False),
        ("Merrow Council", True), ("Planned care", True), ("Healthwatch", True), ("Finance", True),
        ("Cancer Alliance", True), ("Place partnership", True), ("GIRFT", True), ("Ofsted", True),
    ],
)  # fmt: skip
def test_bodies_and_teams_that_are_shaped_like_a_person(label: str, clean: bool) -> None:
    assert REDACTOR.is_clean(label) is clean


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Mail from Siobhan Kelly.eml", "Mail from [name].eml"),
        ("okafor-asks.csv", "[name]-asks.csv"),
        ("RTT return RYJ v2.xlsx", "RTT return RYJ v2.xlsx"),
        ("inbox.mbox", "inbox.mbox"),
        ("1fwd.eml", "1fwd.eml"),
        ("asks_bak.csv", "asks_bak.csv"),
        ("fwd Okafor.eml", "fwd [name].eml"),
    ],
)
def test_names_of_files(name: str, kept: str) -> None:
    assert REDACTOR.file_name(name) == kept


def test_people_of_quoted_headers_are_known() -> None:
    text = "as Oyelaran said\n\nFrom: Oyelaran, Bisi\nSent: 3 May\nTo: Jo Hill; Sam Poole\nold"
    assert quoted_people(text) == ["Oyelaran, Bisi", "Jo Hill", " Sam Poole"]
    assert quoted_people("On 3 June 2025, Bisi Oyelaran wrote:\n> old") == ["Bisi Oyelaran"]
    assert quoted_people("From: April to June") == []


def test_suspects_are_what_was_kept_and_looks_like_a_name() -> None:
    finder = SuspectFinder(load_personal(), REDACTOR.vocabulary)
    found = finder.suspects([("ask 1", "Grace too, waits"), ("ask 2", "qzelko of grace")])
    assert [(one.word, one.where, one.places) for one in found] == [
        ("Grace", "ask 1", 1),
        ("qzelko", "ask 2", 1),
    ]
    assert finder.suspects([("ask 3", "RTT waits by specialty for [name]")]) == []


def test_what_is_listed_can_be_struck_out_for_good(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, register = tmp_path / "Grace Okafor.csv", tmp_path / "asks.sqlite"
    source.write_text(
        "title,text,from_body,from_team,to_org_code,received_on\n"
        "Waits of occupency,Waits by specialty,Siobhan Kelly,Kelly,RYJ,2025-06-03\n"
        "Waits,Waits,CQC,,RYJ,ask Okafor\n",
        encoding="utf-8",
    )

    def remit(*words: str) -> tuple[int, str, str]:
        code = run(["asks", *words, "--register", str(register)])
        said = capsys.readouterr()
        return code, said.out, said.err

    assert "1 kept word looks like a name" in remit("import", str(source), "--yes")[1]
    assert "occupency" in remit("screen")[1]
    _, out, err = remit("list", "--format", "csv")
    assert "see remit asks screen" in err
    assert "Kelly" not in out
    struck = ("screen", "--strike", "occupency")
    assert "Nothing was struck" in remit(*struck, "--dry-run")[1]
    assert "occupency" in remit("list", "--format", "csv")[1]
    assert remit(*struck, "--yes")[0] == 0
    left = b"".join(file.read_bytes() for file in tmp_path.glob("asks.sqlite*")).lower()
    for word in (b"occupency", b"okafor", b"kelly", b"siobhan"):
        assert word not in left
    assert "remit asks screen" not in remit("list", "--format", "csv")[2]


@pytest.mark.parametrize(
    "text", ["at 11 January", "w/e 11 Jan", "week of 1-1 reviews", "Uptake in Wolds and Marsh"]
)
def test_days_and_pairs_of_places_are_no_people(text: str) -> None:
    assert REDACTOR.redact(text).text == text


def test_a_word_that_somebody_accepted_as_no_person_is_listed_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def remit(*words: str) -> tuple[int, str, str]:
        code = run(["asks", *words, "--register", str(tmp_path / "asks.sqlite")])
        said = capsys.readouterr()
        return code, said.out, said.err

    remit(
        "add",
        "--title",
        "Counts of occupency and dischrage",
        "--from-body",
        "CQC",
        "--to-org",
        "RYJ",
    )
    assert "dischrage" in remit("screen")[1]
    assert "Nothing was kept" in remit("screen", "--accept", "occupency", "--dry-run")[1]
    assert "occupency" in remit("screen")[1]
    code, out, _ = remit("screen", "--accept", "Occupency", "--accept", "dischrage")
    assert code == 0
    assert "Accepted as no person: Occupency, dischrage" in out
    assert "occupency" not in remit("screen")[1]
    assert "remit asks screen" not in remit("list", "--format", "csv")[2]
    remit("add", "--title", "Counts of trollys", "--from-body", "CQC", "--to-org", "RYJ")
    assert "trollys" in remit("screen")[1]
    assert "see remit asks screen" in remit("list", "--format", "csv")[2]


@pytest.mark.timed
def test_a_word_of_any_length_is_judged_at_once() -> None:
    """No part of a long word is looked up by itself."""
    redactor = Redactor(load_personal())
    began = time.process_time()
    for text in ("z" * 300_000, "a1" * 150_000, "A/" * 30_000, "pw for the " * 8_000):
        redactor.redact(text)
    assert time.process_time() - began < 4
