"""Words are struck out wherever free text is kept, and every free text is handed out."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from remit.asks import ImportOptions, RiskShare, import_file, open_register
from remit.asks.register import (
    AskRegister,
    accept,
    add_action,
    add_friction,
    add_risk,
    decide,
    kept_words,
    settle,
    strike,
)
from remit.asks.register.striking import free_text
from remit.records.loading import all_models

WORD = "quokkaword"
EVERYWHERE = {
    "Ask": ("passed_on_by", "due_said",
            "title", "text", "original", "from_body", "from_team", "to_org_name", "answer",
            "source", "channel", "frequency", "to_org_code"),
    "Change": ("before", "after"),
    "Rejection": ("file", "column", "value", "reason"),
    "Import": ("file_name",),
    "Meeting": ("body", "title", "why", "to_org_code"),
    "Decision": ("decided_by", "note"),
    "Action": ("conversation", "what", "owner"),
    "Friction": ("what", "settled_how"),
    "FrictionBody": ("body",),
    "Risk": ("title", "what", "holder"),
    "RiskShare": ("organisation", "share", "mitigation"),
    "AcceptedWord": ("word",),
}  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> AskRegister:
    """Every table with a row."""
    found = open_register(None)
    (tmp_path / "a.csv").write_text(
        "ask_id,from_body,to_org_code,title,text,received_on\nA1,CQC,ZA1,Falls,By ward,2025-06-01\n"
        "A2,CQC,ZA1,RTT,By ward,2025-06-01\nA3,CQC,ZA1,,,2025-06-01\n"
    )
    import_file(found, tmp_path / "a.csv", ImportOptions(keep_text=True))
    found.edit("A1", {"title": "Falls again"})
    found.table("Meeting").create(
        key="k", brought_by_id=1, to_org_code="ZA1", day=date(2025, 1, 1), starts_at="2025-01-01",
        series="s", is_oversight=True, minutes=1, attendees=1, own_attendees=1, minutes_today=1,
        minutes_tomorrow=1,
    )  # fmt: skip
    decide(found, "merge", ["A1", "A2"], note="why")
    add_action(found, "review of June", "go on", "chair")
    add_friction(found, "what", ["CQC", "ICB"], date(2025, 1, 1))
    settle(found, "FR-1", "so", date(2025, 6, 1))
    shares = [RiskShare("ZA1", "beds", "lounge"), RiskShare("ZB1", "crews")]
    add_risk(found, "title", "what", "ICB, chair", shares, raised_on=date(2025, 1, 1))
    accept(found, ["Preston"])
    return found


@pytest.mark.parametrize(("table", "field"), [(t, f) for t, fs in EVERYWHERE.items() for f in fs])
def test_a_word_is_struck_in_every_free_text(register: AskRegister, table: str, field: str) -> None:
    key = register.table(table).values_list("pk", flat=True).first()
    register.table(table).filter(pk=key).update(**{field: f"Of {WORD.upper()}, and {WORD}s"})
    assert (f"{table} {key}, {field}", f"Of {WORD.upper()}, and {WORD}s") in set(
        kept_words(register)
    )
    assert strike(register, [WORD.capitalize()]) == 1
    (text,) = register.table(table).filter(pk=key).values_list(field, flat=True)
    assert text.startswith("Of [name], and ")
    assert strike(register, [WORD]) == 0


def test_no_free_text_is_left_out() -> None:
    """Every column of words is either struck in or said to be none that anybody writes freely."""
    found = free_text()
    struck = {(name, field) for name, fields in found.items() for field in fields}
    assert struck == {(n, f) for n, fs in EVERYWHERE.items() for f in fs} | {
        ("Ask", "facets"), ("Mapping", "columns"),
    }  # fmt: skip
    assert {model.__name__ for model in all_models()} - set(found) == {
        "Register", "Numbering", "DecisionAsk", "FrictionAsk",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("word", "text", "left"),
    [
        ("Siân", "Siân and Sian, SIÂN", "[name] and Sian, [name]"),
        ("Sian", "Siân and Sian", "Siân and [name]"),
        ("José", unicodedata.normalize("NFD", "an José b"), "an [name] b"),
        (
            "Jose",
            unicodedata.normalize("NFD", "an José b"),
            unicodedata.normalize("NFD", "an José b"),
        ),
        ("Ó Súilleabháin", "of Ó SÚILLEABHÁIN.", "of [name]."),
        ("Okonkwo", "Okonkwos, Okonkwo-Bell, OKONKWO's", "Okonkwos, [name]-Bell, [name]'s"),
        ("name", "[name] and name", "[name] and [name]"),
        ("a.b", "axb a.b", "axb [name]"),
        ("x", "[x] y", "[x] y"),
    ],
)
def test_whole_words_in_any_case_with_their_accents(word: str, text: str, left: str) -> None:
    with open_register(None) as register:
        decide_on = register.table("Decision")
        decide_on.create(number=1, kind="merge", relation="overlap", note=text)
        strike(register, [word])
        assert register.table("Decision").get().note == left


def test_facets_and_sorted_words_lose_it_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "ask_id,from_body,to_org_code,title,text,received_on\n"
        "A1,CQC,ZA1,Falls of wobblings,The wobblings by ward and wobblings again,2025-06-01\n"
    )
    with open_register(None) as register:
        import_file(register, tmp_path / "a.csv")
        ask = register.asks()[0]
        assert "wobbl" in (ask.facets or "")
        assert "wobblings" in ask.text
        strike(register, ["Wobblings"])
        ask = register.asks()[0]
        assert "wobbl" not in f"{ask.title} {ask.text} {ask.facets}".lower()
        assert "ward" in ask.text
        from remit.asks.matching import match

        assert not match([ask], []).pairs


def test_a_mapping_with_a_struck_heading_is_dropped(register: AskRegister) -> None:
    register.table("Mapping").update_or_create(
        fingerprint="f",
        defaults={"columns": '{"text": "Asks of Siân"}', "kept_at": "2025-01-01T00:00:00Z"},
    )
    assert strike(register, ["Siân"]) == 1
    assert not register.table("Mapping").filter(fingerprint="f").exists()


def test_nothing_is_struck_by_nothing(register: AskRegister) -> None:
    before = list(kept_words(register))
    assert strike(register, ["", "  "]) == 0
    assert strike(register, []) == 0
    assert list(kept_words(register)) == before
