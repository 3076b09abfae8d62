"""A local agreement over the map: what it adds, what it ends, and what it cannot end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.model.errors import DeclarationError
from remit.register import load_register
from remit.remits import (
    Agreement,
    agreement_template,
    find_subject,
    leader,
    load_map,
    outside_subject,
    read_agreement,
    who,
)
from remit.remits.holdings import Answer
from tests.remits.small_map import DAY, small_map

TEXT = """
schema: remit/agreement/1
title: Our memorandum
between: [the ICB, the region]
covers: [ZA1]
agreed_on: 2024-05-01
valid_from: 2024-06-01
valid_to: 2025-12-31
document: in the drawer
entries:
  - {body: icb, functions: finance, relation: oversees, stops: true, says: The region does it}
  - {body: inspector, functions: finance, relation: regulates, stops: true, says: Not possible}
  - {body: icb, functions: digital, relation: convenes, leads: true, says: The ICB leads}
"""


def agreement(tmp_path: Path, text: str = TEXT) -> Agreement:
    path = tmp_path / "memorandum.yaml"
    path.write_text(text, encoding="utf-8")
    return read_agreement(path, small_map(), load_register())


def ask(function: str, agreed: Agreement, code: str = "ZA1", on: date = DAY) -> Answer:
    remits = small_map()
    subject = find_subject(load_register(), code, on)
    return who(remits, remits.function(function), subject, on, agreements=[agreed])


def test_an_agreement_ends_what_it_can_and_says_so(tmp_path: Path) -> None:
    answer = ask("finance", agreement(tmp_path))
    assert [one.entry.id for one in answer.ended] == ["icb-finance"]
    assert "icb-finance" not in {one.entry.id for one in answer.holdings}
    assert answer.ended[0].note == "ended by “Our memorandum”"


def test_an_agreement_cannot_end_a_duty_by_law(tmp_path: Path) -> None:
    agreed = agreement(tmp_path)
    kept = next(h for h in ask("finance", agreed).holdings if h.body.id == "inspector")
    assert "duty by law and stays" in kept.note
    assert any("by law" in note and "line " in note for note in agreed.notes)


def test_an_agreement_names_a_lead(tmp_path: Path) -> None:
    found = leader(ask("digital", agreement(tmp_path)))
    assert (found.basis, found.holding.body.id) == ("agreement", "icb")  # type: ignore[union-attr]


def test_the_lead_of_an_agreement_takes_the_place_of_the_maps(tmp_path: Path) -> None:
    text = TEXT.replace("digital, relation: convenes", "finance, relation: assures")
    found = leader(ask("finance", agreement(tmp_path, text)))
    assert found.holding is not None
    assert (found.holding.body.id, found.holding.mark) == ("icb", "local agreement")


def test_an_agreement_holds_for_whom_and_when_it_says(tmp_path: Path) -> None:
    agreed = agreement(tmp_path)
    for code, on in (("ZA2", DAY), ("ZA1", date(2024, 5, 31)), ("ZA1", date(2026, 1, 1))):
        assert ask("finance", agreed, code, on).ended == ()


def test_an_agreement_of_an_icb_covers_its_trusts_and_organisations_of_a_file(
    tmp_path: Path,
) -> None:
    by_icb = agreement(tmp_path, TEXT.replace("[ZA1]", "[ZB1]"))
    assert ask("finance", by_icb).ended
    by_code = agreement(tmp_path, TEXT.replace("[ZA1]", "[XQ9]"))
    assert by_code.applies(outside_subject("XQ9", "Nowhere NHS Trust"), DAY)
    assert any("XQ9 is not on the register" in note for note in by_code.notes)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("body: inspector", "body: inspecter", r"memorandum.yaml, line 12, .*inspector"),
        ("functions: digital", "functions: digitale", r"line 13, entries.2.functions.*digital"),
        ("relation: convenes, leads: true", "relation: delivers, leads: true", "does not go with"),
        ("stops: true, says: The", "stops: true, leads: true, says: The", "cannot stop and lead"),
        ("document: in the drawer\n", "", "document: this key is required"),
        ("valid_to: 2025-12-31", "valid_to: 2023-12-31", "lies before"),
    ],
)  # fmt: skip
def test_a_faulty_agreement_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(DeclarationError, match=said):
        agreement(tmp_path, TEXT.replace(old, new))


def test_the_template_names_each_place_to_fill_in_and_applies_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text(agreement_template("Ours", "ZA1", date(2026, 1, 1)), encoding="utf-8")
    read = read_agreement(path, load_map(), load_register())
    assert (read.title, read.content.entries) == ("Ours", ())
    told = "\n".join(read.notes)
    for key in ("between.0", "between.1", "document", "entries"):
        assert f", {key}: " in told


def test_the_template_filled_in_with_its_examples_is_in_order(tmp_path: Path) -> None:
    text = agreement_template("Ours", "ZA1", date(2026, 1, 1)).replace("FILL IN ", "")
    head, examples = text.split("entries: []\n")
    lines = [line.removeprefix("# ") for line in examples.splitlines()]
    path = tmp_path / "new.yaml"
    path.write_text("\n".join([f"{head}entries:", *lines, ""]), encoding="utf-8")
    read = read_agreement(path, load_map(), load_register())
    assert (len(read.content.entries), read.notes) == (2, ())


@pytest.mark.parametrize(
    ("code", "on", "said"),
    [
        ("ZA1", DAY, ""),
        ("ZA2", DAY, "covers ZA1, not ZA2: nothing of it applies here."),
        ("trust", DAY, "covers ZA1, not any trust: nothing of it applies here."),
        ("ZA1", date(2026, 1, 1), "holds from 2024-06-01 to 2025-12-31, not on 2026-01-01: "
         "nothing of it applies here."),
    ],
)  # fmt: skip
def test_an_agreement_that_does_not_apply_says_why(
    tmp_path: Path, code: str, on: date, said: str
) -> None:
    agreed = agreement(tmp_path)
    why = agreed.why_not(find_subject(load_register(), code, on), on)
    assert why == (f"{agreed.path} {said}" if said else "")
    notes = ask("finance", agreed, code, on).notes
    assert [note for note in notes if "nothing of it applies" in note] == ([why] if said else [])
