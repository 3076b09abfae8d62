"""Personal data are taken out of texts before they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.asks.intake.personal import Redactor, load_personal, without_quotes

REDACTOR = Redactor(load_personal())


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Hi Priya,\nFor May, 52 week waits.", "Hi [name],\nFor May, 52 week waits."),
        ("Dear Mrs O'Brien, please send it.", "Dear [name], please send it."),
        ("Marcus, still no contract.", "[name], still no contract."),
        ("Ask Gemma Poole or Dr Jane Smith.", "Ask [name] or [name]."),
        ("as per Nadia's at Zed: send it", "as per [name] at Zed: send it"),
        ("Call 01234 567890 or +44 7700 900123.", "Call [number] or [number]."),
        ("NHS number 943 476 5919", "NHS number [number]"),
        ("mail jo.hill@ztrust.example please", "mail [address] please"),
        ("Send it.\n\nKind regards\n\nSam Hill\nDeputy COO", "Send it."),
        ("Send it.\nCheers, Dan\n--\nDan Ferris | Planned care", "Send it."),
        ("Dale Road, wards Birch and Rowan", "Dale Road, wards Birch and Rowan"),
        ("Dear Chief Operating Officer, send it", "Dear Chief Operating Officer, send it"),
        ("Morning both, May and June please", "Morning both, May and June please"),
        ("£11.4m at M6, 2025/26, 1,234,567 rows", "£11.4m at M6, 2025/26, 1,234,567 rows"),
    ],
)  # fmt: skip
def test_what_is_taken_out_and_what_stays(text: str, clean: str) -> None:
    assert REDACTOR.redact(text).text == clean


def test_names_from_the_headers_are_taken_out_everywhere() -> None:
    found = REDACTOR.redact("Xanthe says that Quill will send it.", ["Xanthe Quill"])
    assert found.text == "[name] says that [name] will send it."
    assert found.removed == 2


def test_the_name_of_a_shared_mailbox_is_no_persons() -> None:
    text = "Performance figures for the Team"
    assert REDACTOR.redact(text, ["ICB Performance Team"]).text == text


@settings(deadline=None)
@given(st.text(max_size=300))
def test_taking_out_twice_is_as_taking_out_once(text: str) -> None:
    once = REDACTOR.redact(text).text
    assert "@" not in once or REDACTOR.redact(once).text == REDACTOR.redact(once).text
    assert len(REDACTOR.redact(text).text) <= len(text) + 10 * max(1, REDACTOR.redact(text).removed)


@pytest.mark.parametrize(
    "quote",
    [
        "> earlier words",
        "On Mon, 2 Jun 2025 at 09:00, A wrote:\nearlier words",
        "-----Original Message-----\nFrom: A\nearlier words",
        "From: A\nSent: 2 June 2025\nTo: B\nearlier words",
        "________________________________\nFrom: A\nearlier words",
    ],
)
def test_quoted_messages_are_left_out(quote: str) -> None:
    text, quoted = without_quotes(f"Please send it.\n\n{quote}")
    assert (text, quoted) == ("Please send it.", True)


def test_a_line_that_begins_with_from_is_no_quotation() -> None:
    text = "From: April to June\nwe need the waits."
    assert without_quotes(text) == (text, False)
