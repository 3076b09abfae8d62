"""What may be kept of a foreign text, and what a screen may show of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.model.plain_text import cleaned, for_xml, on_one_line, shown, shown_on_one_line

TRICKY = "\x1b[]8;\\\x07m31\u200d\u200c\u202eé\U0001f3f4\U000e0067\U000e007f\r\n\x0b\x85a "
TEXTS = st.text(alphabet=st.one_of(st.sampled_from(TRICKY), st.characters()))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("May sickness rate", "May sickness rate"),
        ("Zoë’s £5 – 中文 שלום", "Zoë’s £5 – 中文 שלום"),
        ("one\x0btwo\x0cthree", "one\ntwo\nthree"),
        ("one\r\ntwo\rthree\x85four\u2028five\u2029six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("tab\tstays", "tab\tstays"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x.example\x1b\\click\x1b]8;;\x1b\\", "click"),
        ("\x1b]0;title\x07words", "words"),
        ("\x1b]0;never ended", "]0;never ended"),
        ("\x1bcase", "case"),
        ("nul\x00 bell\x07 back\x08space del\x7f csi\x9b", "nul bell backspace del csi"),
        ("safe\u202egpj.exe\u2066x\u2069", "safegpj.exex"),
        ("in\u200bvisi\u00adble\ufeff", "invisible"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("no \ufffe character", "no \ufffd character"),
        ("family 👩‍👩‍👧", "family 👩‍👩‍👧"),
        ("a\u200db", "ab"),
        ("می‌خواهم", "می‌خواهم"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("hid\U000e0068\U000e0069den", "hidden"),
    ],
)
def test_a_text_is_kept_without_what_steers(text: str, kept: str) -> None:
    assert cleaned(text) == kept


@given(TEXTS)
def test_cleaning_is_done_once_and_leaves_nothing(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    once.encode()
    assert not any(ord(sign) < 32 and sign not in "\t\n" for sign in once)
    assert not set(once) & set("\x7f\x85\x9b\u2028\u2029\u202e\u2066\u200b\ufeff")


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_letters_figures_and_signs_stay_as_they_are(text: str) -> None:
    assert cleaned(text) == text == shown(text) == for_xml(text)


def test_a_heading_is_one_line() -> None:
    assert on_one_line("May\x0b sickness \n\trate\n") == "May sickness rate"
    assert on_one_line("two  blanks stay ") == "two  blanks stay"


@given(TEXTS)
def test_a_screen_shows_each_sign_or_a_mark_in_its_place(text: str) -> None:
    said = shown(text)
    assert len(said) == len(text)
    assert all(new in {old, "\ufffd"} for old, new in zip(text, said, strict=True))
    assert not set(said) & set("\x1b\x9b\r\x07\x08\u202e\u2028")
    said.encode()
    assert not set(shown_on_one_line(text)) & set("\n\t")


@pytest.mark.timed
@pytest.mark.parametrize("text", ["\x1b[" + "0;" * 150_000, "\x1b]" * 150_000, "\u200d" * 300_000])
def test_a_long_text_takes_no_long_time(text: str) -> None:
    begun = time.perf_counter()
    cleaned(text)
    shown(text)
    assert time.perf_counter() - begun < 2
