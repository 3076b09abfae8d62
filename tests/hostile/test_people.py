"""Attacks on the screening of personal data: laws that hold for any text, and long texts."""

from __future__ import annotations

import random
import re
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from remit.asks.intake.personal import Redactor, load_personal, quoted_people, without_quotes
from remit.asks.screening.patterns import PLACEHOLDERS
from remit.asks.screening.spelling import folded
from remit.asks.screening.vocabulary import Kind
from tests.hostile.tries import Tries

REDACTOR = Redactor(load_personal())
KIND = "personal data"
PIECES = (
    "Grace", "Will", "May 2025", "hi", "Hi", "Dear", "Thanks", "cc:", "@",
    "[name]", "[number]", "J.",
    "J", "Okafor", "okafor", "Preston", "Trust", "the", "asked", "and", ",",
    "/", "-", "\n", "\n\n",
    "Regards", "07700 900123", "LS1 4AP", "a@b.nhs.uk", "C:\\Users\\x\\y.doc",
    "MRN 12345", "St",
    "Hospital", "van", "der", "O'Neill", "Mr", "Ш", "李", "e\u0301", "'s", "(",
    ")", ".", "DOB 1/2/60",
    "Report_JSmith_v2.docx", "passcode: x9", "From: A", "ward", "Heather",
    "RTT", "Ní", "--",
)  # fmt: skip
NAMES = st.sampled_from(
    [
        *("Nkemdilim", "Thirunavukkarasu", "Gwenllian", "Ghiță", "Sørensen", "Björk", "Uí Bhriain"),
        *("MacQuarrie", "Nguyễn", "Abdul-Hakeem", "O'Driscoll", "Ekwueme", "Żółkiewska", "Öztürk"),
    ]
)
TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
)


def placeholders(text: str) -> int:
    return sum(text.count(word) for word in PLACEHOLDERS)


@settings(deadline=None, max_examples=150)
@given(TEXT)
@example("Mr:Mr AO TRUST")
@example("B St Aaaa")
@example("Dr;Dr AO TRUST")
@example("Prof: Prof QX HOSPITAL")
@example("Ms/Ms AO Clinic")
def test_screening_what_is_screened_changes_nothing(text: str) -> None:
    once = REDACTOR.redact(text)
    again = REDACTOR.redact(once.text)
    assert again.text == once.text
    assert again.removed == 0


@settings(deadline=None, max_examples=100)
@given(NAMES, st.sampled_from(["", "x ", "the waits of ", "\n"]), st.integers(0, 6))
def test_no_name_of_a_header_is_kept_in_any_case(name: str, before: str, form: int) -> None:
    bare = unicodedata.normalize("NFKD", name)
    written = (
        name, name.upper(), name.lower(), name.title(), f"{name}'s",
        unicodedata.normalize("NFD", name),
        "".join(c for c in bare if not unicodedata.combining(c)),
    )[form]  # fmt: skip
    found = REDACTOR.redact(f"{before}{written} sends waits", [f"{name} <x@nhs.net>"])
    left = {folded(word) for word in re.findall(r"[^\W\d_]+", found.text)}
    assert left <= {"x", "the", "waits", "of", "sends", "name"}
    assert found.removed >= 1


@settings(deadline=None, max_examples=150)
@given(st.text("abcdefghijklmnoprstuwyzé", min_size=4, max_size=12), st.integers(0, 3))
def test_names_of_addresses_are_taken_out_of_the_text(local: str, form: int) -> None:
    word = f"qx{local}"
    address = (
        (word, f"{word}.smith", f"j.{word}", f"{word}2")[form].encode("ascii", "ignore").decode()
    )
    bare = re.sub(r"[^a-z]", "", word.encode("ascii", "ignore").decode())
    found = REDACTOR.redact(f"so {bare} sends it", [f"<{address}@nhs.net>"])
    assert found.text == "so [name] sends it"


VOCABULARY = (
    "RTT", "GIRFT", "SDEC", "waits", "Trust", "Darzi", "Norfolk", "Clatterbridge", "apixaban",
    "CQC",
    "diagnostics", "SystmOne", "Monday", "September", "NHSmail", "Cheshire", "Merseyside", "Ofsted",
    "Oversight", "LeDeR", "Talking", "Therapies", "Harrogate", "Papworth", "Waveney", "CAMHS", "Q3",
)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12), st.sampled_from(" ,\n/"))
def test_no_word_of_the_vocabulary_is_taken_out(words: list[str], between: str) -> None:
    text = between.join(words)
    assert REDACTOR.redact(text).text == text
    assert all(REDACTOR.vocabulary.kind(word) & Kind.KNOWN for word in words if word.isalpha())


@settings(deadline=None, max_examples=100)
@given(TEXT)
def test_as_many_pieces_are_counted_as_were_taken_out(text: str) -> None:
    found = REDACTOR.redact(text)
    assert found.removed >= placeholders(found.text) - placeholders(text)
    assert (found.removed == 0) <= (placeholders(found.text) <= placeholders(text))


def test_each_name_and_number_counts_once() -> None:
    found = REDACTOR.redact(
        "Okafor rang 07700 900123; then Gwenllian Prys-Jones wrote to a@b.nhs.uk"
    )
    assert found.text == "[name] rang [number]; then [name] wrote to [address]"
    assert found.removed == 4


LONG = {
    "capitals": "Okonkwo ", "greetings": "hi a\n", "one word": "a",
    "at signs": "a@", "points": "a.",
    "digits": "0 ", "digits together": "0", "brackets": "(",
    "initials": "J. ", "sign-offs": "thanks\n",
    "names alone": "Grace\n", "hyphens": "Ab-", "paths": "C:\\",
    "markers": "cc: ", "birth": "born ",
    "passcodes": "passcode ", "meetings": "meeting id ",
    "blanks": " ", "lines": "\n", "headers": "From: x\n",
    "streets": "12 Ab ", "placeholders": "[name]",
    "places": "Xyz Abc General ", "files": "a.docx",
    "marks": "e\u0300\u0301", "scripts": "नमस्ते ",
    "lists": "Young, Frank, ", "accents": "é",
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
def test_a_long_text_takes_no_longer_for_its_shape(name: str, tries: Tries) -> None:
    piece = LONG[name]
    size = 40_000
    text = (piece * (size // len(piece) + 1))[:size]
    with tries.attempt(KIND, f"40 KB of {name}", seconds=10) as refusal:
        took = time.process_time()
        quoted_people(text)
        without_quotes(text)
        REDACTOR.redact(text, ["Jo Hill <jo.hill@nhs.net>"])
        REDACTOR.file_name(text)
        took = time.process_time() - took
    assert not refusal
    assert took < 2, f"{name}: {took:.2f} s"


@pytest.mark.evidence
@pytest.mark.parametrize("name", LONG)
def test_three_hundred_kilobytes(name: str, tries: Tries) -> None:
    piece = LONG[name]
    text = (piece * (300_000 // len(piece) + 1))[:300_000]
    with tries.attempt(KIND, f"300 KB of {name}", seconds=10) as refusal:
        REDACTOR.redact(text, ["Jo Hill <jo.hill@nhs.net>"])
    assert not refusal


def test_many_texts_of_chance(tries: Tries) -> None:
    chance = random.Random(9)
    for number in range(150):
        text = " ".join(chance.choices(PIECES, k=chance.randrange(1, 120)))
        with tries.attempt(KIND, f"text of chance {number}", seconds=5) as refusal:
            found = REDACTOR.redact(text, ["Okafor, Grace <g.okafor@nhs.net>"])
        assert not refusal
        assert "okafor" not in found.text.lower()
        assert "900123" not in found.text
