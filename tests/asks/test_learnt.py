"""What a register learns from decisions: names that a person accepts, thresholds that do better."""

from __future__ import annotations

import csv
import json
import time
from datetime import date
from pathlib import Path

import pytest
import yaml

from remit.asks import ImportOptions, import_file, open_register
from remit.asks.register.thresholds import DecidedMatch, fitted
from remit.catalogue import load_entries
from remit.catalogue.own import in_force, read_own
from remit.cli.run import run

LOG = """ask_id,from_body,to_org_code,title,text,received_on,due_on
A1,NHSE region,ZA1,Blue box numbers for April 2026,Please send the numbers.,2026-06-01,2026-06-20
A2,ICB,ZA1,Blue box numbers for May 2026,How many in May 2026.,2026-06-22,2026-07-20
A3,ICB,ZA1,Sickness absence rate for April 2026,The rate for the trust.,2026-06-02,2026-09-20
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REMIT_ASKS", raising=False)
    (tmp_path / "log.csv").write_text(LOG)
    assert remit("import", "log.csv", "--yes") == 0
    return tmp_path


def remit(*words: str) -> int:
    return run(["asks", *words])


def learnt(capsys: pytest.CaptureFixture[str], kind: str = "name") -> list[dict[str, object]]:
    capsys.readouterr()
    assert remit("learnt", "--format", "json") == 0
    return [row for row in json.loads(capsys.readouterr().out) if row["kind"] == kind]


def answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str, str]]:
    """The first publication for each ask, by the register's own match."""
    out = folder / f"out-{time.monotonic_ns()}"
    assert remit("doubles", "--out", str(out)) == 0
    capsys.readouterr()
    with (out / "answered.csv").open(encoding="utf-8") as file:
        return {
            row["ask_id"]: (row["publication"], row["confidence"], row["state"])
            for row in csv.DictReader(file)
            if row["rank"] == "1"
        }


def test_a_name_is_proposed_accepted_used_and_taken_back(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """ "Blue box" is this trust's own word for A&E; "numbers" and the month are no part of it."""
    before = answers(folder, capsys)
    assert before["A2"][0] != "ae"
    assert remit("decide", "A1", "--answered-by", "ae", "--by", "company secretary") == 0
    (name,) = learnt(capsys)
    assert (name["number"], name["of"], name["learnt"]) == (1, "ae", "blue box")
    assert (name["state"], name["decisions"]) == ("proposed", 1)
    assert answers(folder, capsys)["A2"] == before["A2"]  # nothing is used before it is accepted
    assert remit("learnt", "--accept", "1", "--dry-run") == 0
    assert learnt(capsys)[0]["state"] == "proposed"
    assert remit("learnt", "--accept", "1", "--on", "2026-07-01") == 0
    accepted = answers(folder, capsys)
    assert accepted["A2"][0] == "ae"
    assert accepted["A2"][2] in {"sure", "perhaps"}
    assert accepted["A3"] == before["A3"]  # who does not say it is read as before
    assert learnt(capsys)[0]["settled_on"] == "2026-07-01"
    assert remit("learnt", "--take-back", "1") == 0
    assert answers(folder, capsys)["A2"] == before["A2"]
    assert learnt(capsys)[0]["state"] == "proposed"
    assert remit("learnt", "--take-back", "1") == 2
    assert remit("learnt", "--decline", "1") == 0
    assert answers(folder, capsys)["A2"] == before["A2"]
    assert remit("learnt", "--accept", "9") == 2
    assert remit("learnt", "--accept", "1", "--decline", "1") == 2


def test_accepted_names_are_passed_on_as_a_catalogue_file(folder: Path) -> None:
    assert remit("learnt", "--out", "own.yaml") == 2  # nothing is accepted yet
    assert remit("decide", "A1", "--answered-by", "ae") == 0
    assert remit("learnt", "--accept", "1") == 0
    assert remit("learnt", "--out", "own.yaml", "--dry-run") == 0
    assert not (folder / "own.yaml").exists()
    assert remit("learnt", "--out", "own.yaml") == 0
    assert [one["id"] for one in yaml.safe_load((folder / "own.yaml").read_text())["entries"]] == [
        "ae"
    ]
    with in_force(read_own([folder / "own.yaml"])):
        own = load_entries()["ae"]
    assert own.spoken == (*load_entries()["ae"].spoken, "blue box")
    assert own.model_copy(update={"spoken": load_entries()["ae"].spoken}) == load_entries()["ae"]
    assert remit("learnt", "--out", "own.yaml") == 2  # nobody's work is replaced


def test_a_correction_takes_the_place_of_what_was_proposed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remit("decide", "A1", "--answered-by", "rtt") == 0
    assert remit("decide", "A1", "--answered-by", "ae") == 0
    assert [(row["number"], row["of"]) for row in learnt(capsys)] == [(2, "ae")]
    assert remit("decide", "A2", "--answered-by", "ae") == 0
    assert [(row["number"], row["decisions"]) for row in learnt(capsys)] == [(2, 2)]


@pytest.mark.parametrize(
    "gone",
    [
        ("decide", "--take-back", "1"),
        ("remove", "A1"),
        ("undo",),
        ("forget", "--older-than", "2026-06-02", "--also-open"),
    ],
)
def test_a_wording_goes_with_its_ask_and_its_decision(
    folder: Path, capsys: pytest.CaptureFixture[str], gone: tuple[str, ...]
) -> None:
    assert remit("decide", "A1", "--answered-by", "ae") == 0
    assert remit("learnt", "--accept", "1") == 0
    assert remit(*gone, *(["--yes"] if gone[0] in {"remove", "forget"} else [])) == 0
    assert learnt(capsys) == []
    assert b"blue box" not in (folder / "asks.sqlite").read_bytes()


def test_a_name_lives_as_long_as_one_of_its_asks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ask in ("A1", "A2"):
        assert remit("decide", ask, "--answered-by", "ae") == 0
    assert remit("learnt", "--accept", "1") == 0
    assert remit("remove", "A1", "--yes") == 0
    assert [(row["state"], row["decisions"]) for row in learnt(capsys)] == [("accepted", 1)]


def test_a_struck_word_takes_the_name_with_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remit("decide", "A1", "--answered-by", "ae") == 0
    assert remit("learnt", "--accept", "1") == 0
    with open_register(folder / "asks.sqlite") as register:
        from remit.asks.register import strike

        strike(register, ["Box"])
    assert learnt(capsys) == []


def test_no_name_of_a_person_markup_or_formula_is_proposed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "hostile.csv").write_text(
        "ask_id,from_body,to_org_code,title,text,received_on\n"
        "H1,CQC,ZA1,Priya Sharma: <b onmouseover=alert(1)>amber</b> corridor,x,2026-06-01\n"
        'H2,CQC,ZA1,"=HYPERLINK(""http://a.example"",""amber"")",x,2026-06-01\n'
        "H3,CQC,ZA1,Numbers for April 2026,x,2026-06-01\n"
        "H4,CQC,ZA1,priya.sharma@nhs.example amber 9434765919,x,2026-06-01\n"
    )
    with open_register(folder / "asks.sqlite") as register:
        import_file(register, folder / "hostile.csv", ImportOptions())
        there = [one for one in ("H1", "H2", "H3", "H4") if one in register.statuses()]
    assert "H1" in there
    assert "H3" in there
    for ask in there:
        assert remit("decide", ask, "--answered-by", "ae") == 0
    words = {str(row["learnt"]) for row in learnt(capsys)}
    assert "corridor" in words
    for word in " ".join(words).split():
        assert word in {"amber", "corridor"}, words


def test_an_entry_that_vanishes_is_told_and_stops_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remit("decide", "A1", "--answered-by", "ae") == 0
    assert remit("learnt", "--accept", "1") == 0
    with open_register(folder / "asks.sqlite") as register:
        register.table("LearntName").update(entry="our-own-return")
        register.table("Decision").update(publication="our-own-return")
    (name,) = learnt(capsys)
    assert "no such entry" in str(name["note"])
    assert remit("doubles") == 0
    assert "no 'our-own-return' any more" in capsys.readouterr().err
    assert answers(folder, capsys)["A1"][0] != "our-own-return"
    assert remit("learnt", "--refit") == 0
    assert remit("learnt", "--out", "own.yaml") == 2


def judged(right: int, wrong: int, likely: float, tag: str) -> list[DecidedMatch]:
    """Decisions of their own group each."""
    holds = [True] * right + [False] * wrong
    return [DecidedMatch(likely, one, f"{tag}{place:03}") for place, one in enumerate(holds)]


def test_a_threshold_moves_where_decisions_held_out_bear_it_out() -> None:
    """40 that hold at .90 and 20 that do not at .60: from .61 on, all 40 matches are right.

    Before, 40 of 60 were: 0.667. Wilson's lower bound of 40 of 40 is 40 / (40 + 1.96²) = 0.912.
    """
    fit = fitted(
        "related_threshold", 0.55, [*judged(40, 0, 0.9, "a"), *judged(0, 20, 0.6, "b")], 50
    )
    assert (fit.value, fit.decisions, fit.is_kept) == (0.61, 60, True)
    assert (fit.before, fit.after, fit.low, fit.high) == (0.667, 1.0, 0.912, 1.0)


def test_a_threshold_stays_where_decisions_do_not_bear_it_out() -> None:
    few = fitted("related_threshold", 0.55, judged(40, 9, 0.6, "a"), 50)
    assert (few.value, few.why_not) == (0.55, "49 decisions; it takes 50")
    all_right = fitted("related_threshold", 0.55, judged(60, 0, 0.9, "a"), 50)
    assert (all_right.value, all_right.before) == (0.55, 1.0)
    # Missed ones at .40 are found by a lower threshold, but wrong ones stand beside them.
    beside = [*judged(40, 0, 0.9, "a"), *judged(10, 30, 0.4, "b")]
    assert fitted("related_threshold", 0.55, beside, 50).value == 0.55
    # Without them it falls to .40, no further than it needs; what is out of reach stays so.
    assert (
        fitted("related_threshold", 0.55, [*beside[:40], *judged(15, 0, 0.4, "b")], 50).value == 0.4
    )
    far = [*beside[:40], *judged(15, 0, 0.2, "b")]
    assert fitted("related_threshold", 0.55, far, 50).value == 0.55
    # Decisions never say that nothing answers an ask: what is sure is not made easier by them.
    assert fitted("sure_from", 0.55, [*beside[:40], *judged(15, 0, 0.4, "b")], 50).value == 0.55


def test_ten_thousand_decisions_are_listed_and_refitted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of its own ask and trust; the first publication for waiting lists is right each time."""
    count = 10_000
    with open_register(folder / "asks.sqlite") as register, register.all_or_nothing():
        asks = [f"T{place}" for place in range(count)]
        base = {"from_body": "ICB", "text": "", "received_on": date(2026, 6, 1)}
        base |= {"title": "How many wait over 52 weeks on the RTT list, May 2026"}
        register.append("Ask", [
            base | {"ask_id": ask, "to_org_code": f"ZA{place}",
                    "key": f"row:{ask}"}
            for place, ask in enumerate(asks)
        ])  # fmt: skip
        numbers = range(1, count + 1)
        register.append("Decision", [
            {"number": number, "kind": "answered", "relation": "duplicate", "publication": "rtt",
             "coverage": "full"} for number in numbers
        ])  # fmt: skip
        register.append("DecisionAsk", [
            {"decision_id": number, "place": 1, "ask_id": ask}
            for number, ask in zip(numbers, asks, strict=True)
        ])  # fmt: skip
        register.append("LearntName", [
            {"number": number, "decision_id": number, "ask_id": ask, "entry": "rtt",
             "words": f"list{number} of ours", "state": "accepted"}
            for number, ask in zip(numbers, asks, strict=True)
        ])  # fmt: skip
    start = time.monotonic()
    assert len(learnt(capsys)) == count
    assert remit("learnt", "--refit", "--format", "json") == 0
    assert time.monotonic() - start < 120
    (sure, *_) = json.loads(capsys.readouterr().out)
    assert (sure["name"], sure["decisions"], sure["value"]) == ("sure_from", count, sure["shipped"])


def test_a_plain_file_is_matched_with_what_a_register_has_learnt(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remit("decide", "A1", "--answered-by", "ae") == 0
    assert remit("learnt", "--accept", "1") == 0
    (folder / "new.csv").write_text(LOG.splitlines()[0] + "\n" + LOG.splitlines()[2] + "\n")

    def first(*more: str) -> str:
        assert remit("match", "new.csv", "--out", "found", *more) == 0
        with (folder / "found" / "answered.csv").open(encoding="utf-8") as file:
            return next(row["publication"] for row in csv.DictReader(file) if row["rank"] == "1")

    assert first() != "ae"
    capsys.readouterr()
    assert first("--register", "asks.sqlite") == "ae"
    assert "Learnt by asks.sqlite: 1 spoken name and no thresholds." in capsys.readouterr().out
    assert remit("match", "new.csv", "--out", "found", "--register", "nowhere.sqlite") == 2
    assert not (folder / "nowhere.sqlite").exists()
