"""Texts that are not read closely come out as if they had been."""

from __future__ import annotations

import random

import pytest

from remit.asks.intake.personal import load_personal
from remit.asks.screening import Redactor
from remit.asks.screening.quiet import QuietTexts

_PIECES = (
    "Please send the RTT return for 12 and 2025/26 by ward to wards towards A a I the The Board "
    "North Young Grace mark will Dr Ms Mr. Hi Dear Thanks, best with regards cc cc: fao per via "
    "action: patient spoke to asked said wants ABC CQC's QX9 x1234 ext 4432 flat 3 12 High Street "
    "LS1 4AP ls1 QQ 12 34 56 C passcode zebra9 dob 12/3/1970 meeting id 123 456 943 476 5919 "
    "0113 496 0000 +44 at (at) nhs.net dot www.x.uk /home/jo/x report.xlsx : . , / & -- - ( ) "
    "code key pin no 1:1 w/ 's jo@nhs.net Okonkwo priya 52ww 2nd 1234 / 26"
)
PIECES = _PIECES.split()
QUIET = (
    "Please send the RTT return for 2025 and say what was done.",
    "The board wants 12 of the 18 week breaches by specialty.",
    "Return 3: falls with harm by ward",
)
LOUD = (
    "Dr Thanks, the plan",
    "Hi 12345, the plan",
    "1234 & more",
    "call x1234 about the plan",
    "The plan by Okonkwo",
    "code 9434765919",
    "waits at trust.net please",
)


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    """Remit's own words."""
    return Redactor(load_personal())


@pytest.mark.parametrize("text", QUIET)
def test_a_text_of_known_words_and_numbers_is_quiet(redactor: Redactor, text: str) -> None:
    assert redactor._quiet.is_quiet(text)
    assert redactor.redact(text).text == text


@pytest.mark.parametrize("text", LOUD)
def test_whatever_could_be_personal_is_read_closely(redactor: Redactor, text: str) -> None:
    assert not redactor._quiet.is_quiet(text)


def test_a_quiet_text_comes_out_as_if_it_were_read_closely(
    redactor: Redactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(9)
    pairs = [
        tuple(" ".join(chance.choices(PIECES, k=chance.randint(1, 8))) for _ in range(2))
        for _ in range(1_500)
    ]
    pairs += [(text, other) for text in QUIET for other in (*QUIET, *LOUD)]
    quick = [redactor.redact_pair(*pair) for pair in pairs]
    quiet = sum(redactor._quiet.is_quiet(text) for pair in pairs for text in pair)
    monkeypatch.setattr(QuietTexts, "is_quiet", lambda *_: False)
    assert quick == [Redactor(load_personal()).redact_pair(*pair) for pair in pairs]
    assert quiet > 150


def test_names_of_files_that_differ_in_digits_are_told_alike(redactor: Redactor) -> None:
    assert redactor.file_name("B12") == redactor.file_name("B12") == "B12"
    assert redactor.file_name("B99") == "B99"
    assert redactor.file_name("JSmith_12.docx") == "[name].docx"
    assert redactor.file_name("JSmith_13.docx") == "[name].docx"
    assert redactor.file_name("01134960000") == "[number]"
    assert redactor.file_name("11134960000") == "[number]"
    assert redactor.file_name("log 1113.csv") == "log 1113.csv"
