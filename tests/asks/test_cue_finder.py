"""Cues of several lists found in one reading: the same as a search for each list by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remit.asks.senders.cues import CueFinder, cue_pattern
from remit.catalogue import load_glossary

LISTS = {
    "plan": ("recovery plan", "plan", "bid*", "year-end"),
    "number": ("how many", "number of", "don't know"),
    "wait": ("52 week*", "waiting list", "wait*"),
    "none": (),
}
PIECES = st.sampled_from(
    [
        *("recovery", "plan", "Plan", "bids", "BID", "year", "end", "how", "many", "HOW MANY"),
        *(
            "number",
            "of",
            "don’t",
            "know",
            "52",
            "weeks",
            "waiting",
            "list",
            "waitinglist",
            "52week",
        ),
        *(" ", "  ", "-", "–", ".", ", ", "_", "é", "ſ", "’"),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_a_finder_finds_what_a_search_for_each_list_finds(text: str) -> None:
    searched = {
        name: {cue.lower() for cue in cue_pattern(cues).findall(text)}
        for name, cues in LISTS.items()
    }
    assert CueFinder(LISTS).found(text) == {
        name: found for name, found in searched.items() if found
    }


def test_lists_are_found_by_themselves() -> None:
    found = CueFinder(LISTS).found("How many bids, and a recovery-plan for 52-week waits?")
    assert found == {"number": {"how many"}, "plan": {"bids", "recovery-plan"},
                     "wait": {"52-week", "waits"}}  # fmt: skip


def test_short_forms_with_a_sign_before_and_a_plural_are_spelled_out() -> None:
    glossary = load_glossary()
    assert glossary.spelled_out("Any #NOF?") == glossary.spelled_out("FNOFs") != []
    assert glossary.spelled_out("a NOF, then") == []
    assert glossary.spelled_out("FFTs due") == glossary.spelled_out("FFT due") != []
    assert glossary.spelled_out("SHIFFT and FFTX") == []
