"""What an ask narrows itself to, and a publication leaves out or has not, is never sure."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from remit.asks.matching import least, match, read_asks
from remit.catalogue.own import in_force, read_own
from remit.model.ask import Ask, AskAnswer, AskDecision

SETS = Path(__file__).parent / "near_misses"
GAP = Ask(
    "A1",
    "CQC",
    "ZA1",
    "Pay gap",
    "Mean and median pay gap at 31 March 2024, and women in each pay quarter.",
    date(2026, 1, 12),
    to_org_name="Larkshire University Hospitals NHS Foundation Trust",
)


def first(ask: Ask, *decisions: AskDecision) -> AskAnswer:
    return next(one for one in match([ask], decisions).answers if one.rank == 1)


@pytest.mark.parametrize(("name", "wrong", "right"), [("first", 0, 17), ("second", 3, 17)])
def test_what_is_not_published_is_seldom_sure(name: str, wrong: int, right: int) -> None:
    with (SETS / name / "asks_answers.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["ask_id"]: row for row in csv.DictReader(file)}
    found = match(read_asks(SETS / name / "asks.csv").asks).answers
    sure = [labels[one.ask_id] | {"said": one.publication} for one in found if one.state == "sure"]
    assert sum(row["answer"] == "no" for row in sure) <= wrong
    assert sum(row["said"] == row["publications"] for row in sure) >= right


def test_what_an_entry_leaves_out_is_told() -> None:
    assert first(GAP).state == "sure"
    narrowed = first(replace(GAP, text=GAP.text.replace("pay gap", "ethnicity pay gap")))
    assert (narrowed.publication, narrowed.state) == ("gender-pay-gap", "perhaps")
    assert "it leaves out ethnicity pay gap" in narrowed.reason


def test_a_word_of_other_entries_in_the_title_is_told() -> None:
    narrowed = first(replace(GAP, title="Pay gap of trainee doctors on locum cover"))
    assert narrowed.state == "perhaps"
    assert "of which this one has nothing" in narrowed.reason


def test_a_short_form_that_nobody_declared_is_told() -> None:
    narrowed = first(replace(GAP, title="Pay gap, ZQX grades"))
    assert narrowed.state == "perhaps"
    assert "the title says 'ZQX'" in narrowed.reason
    # Capitals that say how or when one asks are none, and a title may be all in capitals.
    for title in ("REMINDER: pay gap", "URGENT pay gap", "PAY GAP ZQX", "Pay gap MARCH"):
        assert first(replace(GAP, title=title)).state == "sure", title


def test_words_of_asking_and_the_recipients_own_narrow_nothing() -> None:
    for title in ("Larkshire pay gap: quarterly figures", "Pay gap, 31 March, monthly return"):
        assert first(replace(GAP, title=title)).state == "sure", title


def test_it_is_the_same_without_the_text() -> None:
    ask = replace(GAP, title="Disability pay gap")
    assert first(least(ask)) == first(ask)
    assert first(ask).state == "perhaps"


def test_a_person_may_say_that_it_answers_all_the_same() -> None:
    ask = replace(GAP, title="Disability pay gap")
    said = AskDecision("answered", ("A1",), publication="gender-pay-gap", coverage="part")
    assert first(ask, said).state == "sure"


def test_an_entry_of_ones_own_can_leave_things_out(tmp_path: Path) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text(
        "schema: remit/catalogue/1\nfield: Our own\nentries:\n"
        "  - id: our-falls\n    name: Board dashboard of falls\n    publisher: Larkshire\n"
        "    kind: publication\n    spoken: [falls, inpatient falls]\n"
        '    measures:\n      - {says: "falls for each 1,000 bed days", unit: count}\n'
        "    excludes: [falls at home]\n"
        "    levels: [trust]\n    cadence: monthly\n    lag: {days: 20, seen: true}\n"
        '    source: "https://example.org/board-papers"\n',
        encoding="utf-8",
    )
    ask = replace(GAP, title="Falls", text="How many falls for each 1,000 bed days in October?")
    with in_force(read_own([own])):
        plain = first(ask)
        home = first(replace(ask, text=f"{ask.text} And falls at home?"))
    assert (plain.publication, plain.state) == ("our-falls", "sure")
    assert (home.publication, home.state) == ("our-falls", "perhaps")
    assert "it leaves out falls at home" in home.reason
