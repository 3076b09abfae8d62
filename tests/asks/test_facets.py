"""Facets stand in for the text: what is found out is the same, and no sentence is kept."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from remit.asks import FunctionReader, load_burden
from remit.asks.matching import facets_of, kept_words, least, match
from remit.asks.matching.facets import kept_facets, notes, reading_version, retitled, without
from remit.asks.matching.frames import make_frames
from remit.catalogue import parse
from remit.model.ask import Ask
from remit.model.errors import AskError
from remit.model.intake import BurdenFile
from remit.oversight import load_rules
from tests.asks.without_texts import nothing_differs

HERE = Path(__file__).resolve().parent
OWN = sorted(HERE.glob("cases_*/asks.csv"))

ASK = Ask(
    "A1",
    "NHSE region",
    "ZA2",
    "Year waiters",
    "Hi all, please send how many waited over 52 weeks at Brackendale on 30 June, by specialty. "
    "This is a mandatory return. Many thanks",
    received_on=date(2025, 7, 8),
)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.parent.name)
def test_nothing_that_is_found_out_differs_without_the_texts(path: Path) -> None:
    nothing_differs(path)


def test_facets_hold_neither_order_nor_sentences() -> None:
    words = ASK.text.split()
    random.Random(4).shuffle(words)
    kept = json.loads(facets_of(ASK))
    for name in ("content", "title_content", "names", "returns"):
        assert kept[name] == sorted(set(kept[name]))
    written = facets_of(ASK) + kept_words(ASK.text)
    for two in zip(ASK.text.split(), ASK.text.split()[1:], strict=False):
        # Two words that stood together stand together only as a declared cue or by the alphabet.
        if " ".join(two).lower().strip(".,") != "mandatory return" and [*two] != sorted(two):
            assert " ".join(two) not in written
    assert kept["spans"] == [["2025-06-01", "2025-06-30", kept["spans"][0][2], True]]
    assert "thank" not in kept["content"]


def test_the_words_that_are_kept_are_sorted_and_each_once() -> None:
    assert kept_words("Zeta asks Bath's ward; Bath (St-Anne) as in 2025, tel 0117 4960000") == (
        "asks bath st-anne tel ward zeta"
    )
    assert kept_words(kept_words(ASK.text)) == kept_words(ASK.text)
    assert kept_words("") == ""


def test_words_that_stand_together_by_the_alphabet_are_no_cue() -> None:
    # "national" and "return" are neighbours once sorted, and nothing of the kind was said.
    ask = replace(ASK, text="A return to the national picture", title="Picture")
    national = replace(ask, from_body="NHSE national team")
    assert "national picture return" in least(ask).text
    assert not load_rules().collects(least(national))
    other = replace(ask, text="Is there a national one? No return of ours names it.", title="One")
    assert "national one" in least(other).text
    assert not load_rules().collects(replace(least(other), from_body="NHSE national team"))


def test_an_icb_asked_about_a_trust_in_the_text_is_matched_with_that_trust() -> None:
    trust = replace(ASK, ask_id="A2", to_org_name="Quillborough Hospitals NHS Trust")
    board = replace(
        ASK,
        ask_id="A3",
        to_org_code="QZZ",
        to_org_name="NHS Marlshire ICB",
        text="What is Quillborough's number of year waiters?",
    )
    frames = make_frames([least(trust), least(board)])
    assert [frame.subject for frame in frames] == ["ZA2", "ZA2"]
    # The words are what tells: without them the board itself is meant.
    blank = make_frames([least(trust), replace(least(board), text="")])
    assert blank[1].subject == "QZZ"


def test_facets_of_an_earlier_catalogue_are_used_and_told_of() -> None:
    kept = json.loads(facets_of(ASK))
    ask = replace(least(ASK), facets=json.dumps({**kept, "version": "0"}))
    (frame,), (now,) = make_frames([ask]), make_frames([ASK])
    # Entries may have gone or come since: they are read off the stems that are kept.
    assert frame.entries[0].id == now.entries[0].id == "rtt"
    assert frame.matters[0].id == now.matters[0].id
    (note,) = match([ask]).notes
    assert "1 asks" in note
    assert "earlier catalogue" in note
    assert "Import" in note
    # Where the text is there, it is read anew and there is nothing to tell.
    beside = replace(ASK, facets=json.dumps({"version": "0"}))
    assert make_frames([beside])[0].entries == now.entries
    assert not notes([beside])
    assert not notes([least(ASK), ASK])


def test_facets_that_were_made_before_there_was_a_catalogue_are_read_off_their_stems() -> None:
    kept = json.loads(facets_of(ASK))
    for name in ("entries", "matters", "wants", "leaning", "members"):
        kept.pop(name, None)
    first = {**kept, "version": "0", "terms": ["rtt"], "title_terms": ["rtt"]}
    ask = replace(least(ASK), facets=json.dumps(first))
    (frame,), (now,) = make_frames([ask]), make_frames([ASK])
    assert frame.entries[0].id == now.entries[0].id == "rtt"
    assert frame.content == now.content
    assert any("earlier catalogue" in note for note in match([ask]).notes)


def test_a_day_that_was_changed_afterwards_is_told_of() -> None:
    moved = replace(least(ASK), received_on=date(2026, 7, 8))
    (note,) = notes([moved])
    assert "day changed" in note
    assert make_frames([moved])[0].spans[0].end == date(2025, 6, 30)


def test_columns_still_count_after_the_text_is_gone() -> None:
    ask = replace(least(ASK), channel="site visit", period_from=date(2025, 4, 1))
    ask = replace(ask, period_to=date(2025, 9, 30), to_org_name="Brackendale NHS Trust")
    (frame,) = make_frames([ask])
    assert frame.spans[-1].said == "logged"
    assert "brackendale" in kept_facets(ask).names  # type: ignore[union-attr]
    assert "brackendale" not in frame.names


def test_words_struck_out_are_gone_from_the_facets() -> None:
    facets = facets_of(replace(ASK, title="Year waiters for Brackendales"))
    assert "brackendale" in facets
    struck = without(facets, ["Brackendale"])
    assert "brackendale" not in struck.lower()
    assert json.loads(struck)["entries"] == json.loads(facets)["entries"]


def test_a_new_title_takes_back_what_the_old_one_said() -> None:
    ask = replace(ASK, title="Sepsis on Thornwick in May 2024")
    kept = least(ask)
    renamed = replace(kept, title="Year waiters", facets=retitled(kept, "Year waiters"))
    facets = kept_facets(renamed)
    assert facets is not None
    assert "thornwick" not in renamed.facets  # type: ignore[operator]
    assert "sepsis" in kept_facets(kept).content  # type: ignore[union-attr]
    assert "sepsis" not in facets.content
    right = make_frames([replace(ask, title="Year waiters")])[0]
    found = make_frames([renamed])[0]
    assert found.title_content == right.title_content
    assert found.entries[0].id == right.entries[0].id == "rtt"
    assert (found.content, {*found.spans}) == (right.content, {*right.spans})
    assert retitled(ASK, "Another") is None


OWN_WORDS = """schema: remit/burden/1
enough: 3
by_channel: {}
otherwise: {low: 1, middle: 2, high: 3}
functions:
  - {id: quality, words: [specialty thanks, brackendale]}
  - {id: performance, words: [how many, by specialty]}
"""


def test_cues_of_ones_own_are_looked_up_as_single_words_and_it_is_said() -> None:
    own = parse(OWN_WORDS, "own.yaml").validate(BurdenFile)
    reader = FunctionReader(own)
    assert reader.of(ASK) == "performance"
    # "specialty thanks" stand side by side when sorted; only "brackendale" was said as a word.
    assert reader.of(least(ASK)) == "quality"
    assert any("more than one word" in note for note in notes([least(ASK)], own.functions))
    assert not notes([least(ASK)], load_burden().functions)


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", '{"entries": 5}', '{"version": "x", "spans": [["a", 1]]}', "[" * 9000]
)
def test_facets_that_were_tampered_with_are_told_by_name(broken: str) -> None:
    with pytest.raises(AskError, match="'A1' has facets that cannot be read"):
        match([replace(ASK, facets=broken)])


@pytest.mark.parametrize("day", [date.min, date.max])
def test_days_at_the_ends_of_the_calendar_stop_nothing(day: date) -> None:
    text = "last month, last week, the past year, Q1, 31 December 9999, 31/12/9999, w/e 2 January"
    ask = replace(ASK, text=text, received_on=day, period_from=day, period_to=day)
    assert match([ask]) == match([least(ask)])


def test_the_version_is_told_by_what_texts_are_read_by() -> None:
    assert kept_facets(least(ASK)).version == reading_version()  # type: ignore[union-attr]
    assert len(reading_version()) == 12
