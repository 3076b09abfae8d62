"""What is published of a text: nobody's name, no body's, no place, and no post that one holds."""

from __future__ import annotations

import time

import pytest

from remit.asks.intake.personal import load_personal
from remit.asks.screening.publishing import PublicScreen
from remit.asks.screening.vocabulary import is_declared

KNOWN = (
    "Larkshire University Hospitals NHS Foundation Trust",
    "Ottermere and St Cedd's NHS Foundation Trust",
    "NHS Quillborough and Fenby Integrated Care Board",
    "Royal Wexmoor Eye Hospital NHS Foundation Trust",
)
SCREEN = PublicScreen(load_personal(), KNOWN, ["North Vale region"])


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Priya Nair told us.", "[name] told us."),
        ("We asked Dr K. Patel and Gemma Poole.", "We asked [name] and [name]."),
        ("Helped by Elm Vale Hospital.", "Helped by [organisation] Hospital."),
        (
            "At Wendlebury Ambulance Service we wait.",
            "At [organisation] Ambulance Service we wait.",
        ),
        ("Priya Nair at the ICB set it up.", "[name] at the ICB set it up."),
        ("Priya Nair of Elm Vale Hospital shouts.", "[name] of [organisation] Hospital shouts."),
        ("Larkshire is slow, and Fenby too.", "[organisation] is slow, and [organisation] too."),
        ("I work at the Royal Wexmoor.", "I work at the [organisation]."),
        ("St Cedd's and St Cedd’s asked.", "[organisation] and [organisation] asked."),
        ("Our patients wait in Leeds.", "Our patients wait in [place]."),
        ("the manchester icb and leeds trust", "the [organisation] icb and [organisation] trust"),
        ("The North Vale region is kind.", "The [place] is kind."),
        ("Kent differs from Greater Manchester.", "[place] differs from [place]."),
        ("Ring 07700 900123 or jo.hill@nhs.net.", "Ring [number] or [address]."),
        ("NHS number 943 476 5919.", "NHS number [number]."),
        ("The regional director shouted.", "The [post] shouted."),
        ("The ICB's director of performance left.", "The ICB's [post] left."),
        ("As chief executive I mind.", "As [post] I mind."),
        ("The third director of flow and beds in a year.", "The [post] in a year."),
        ("NHS Tarn and Vale asked.", "[organisation] asked."),
    ],
)
def test_what_tells_of_somebody_goes(text: str, published: str) -> None:
    assert SCREEN.screen(text).text == published


@pytest.mark.parametrize(
    "text",
    [
        "NHS England, the CQC and NHS Resolution ask for the same thing.",
        "Most hospitals and every ICB agree. Multiple ICBs ask.",
        "The Integrated Care Board and the Foundation Trust disagree.",
        "Mental Health Trusts are forgotten. Community Services are invisible.",
        "Chief executives need time. A medical director would know.",
        "Reading the data takes hours. March was worse than May.",
        "RTT, UEC, CIP and RSP are all we hear. Will it change?",
        "Care Quality Commission visits were better. Trust between us grew.",
        "Good people work in hard places.",
    ],
)
def test_what_tells_of_nobody_stays(text: str) -> None:
    found = SCREEN.screen(text)
    assert (found.text, dict(found.taken), found.is_whole) == (text, {}, True)


def test_what_was_taken_is_counted_by_kind() -> None:
    found = SCREEN.screen("Priya Nair and Gemma Poole of Elm Vale Hospital in Leeds. [name] says.")
    # What the person wrote in brackets themselves was not taken out.
    assert found.says == "name 2; organisation 1; place 1"


def test_signs_that_turn_or_hide_writing_are_taken_out() -> None:
    assert SCREEN.screen("\u202eevil\u202c pa\u200bper\x00work").text == "evil paperwork"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "A" * 10_000,
        "St " * 3_400,
        "and of the " * 900,
        "The chief " * 1_000,
        "NHS Elm and " * 800,
        "[name] " * 1_400,
        "the a b " * 1_200 + "director",
        "0" * 10_000,
        "Elm-Vale's-" * 900,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    SCREEN.screen(text)
    assert time.process_time() - start < 5


def test_words_of_a_codebook_make_no_name_a_known_word() -> None:
    # "micromanag*" and "firefight*" are cues: stems, and words that people use of people.
    assert not is_declared("firefight")
    assert not is_declared("naughty")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("ask Bev Tranter, she knows", "Tranter"),
        ("Thornbury General is on its knees", "Thornbury"),
        ("At Copsehill we have three ICBs", "Copsehill"),
        ("Jo and Nish from the regional team are great", "Nish"),
        ("the Bramblewick and Hale alliance is a good forum", "Bramblewick"),
        ("mrs o'driscoll in governance was rude", "driscoll"),
        ("Fenwick's emails arrive at midnight", "Fenwick"),
        ("Dr Singh's team at Hollybank", "Hollybank"),
        ("Look at what the Penrose Trust did", "Penrose"),
        ("NHS Ashdown ICB merged with NHS Wealden ICB", "Wealden"),
        ("T. Abara (improvement director) visited", "Abara"),
        ("patient 9434765919 was mentioned in a call", "9434765919"),
    ],
)
def test_names_go_that_no_rule_was_made_for(text: str, own: str) -> None:
    assert own.casefold() not in SCREEN.screen(text).text.casefold()
