"""What becomes of asks and what that saves: by hand, and as properties."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.model.ask import Ask, AskAnswer, AskFriction, AskPair, AskRelation
from remit.model.errors import AskError
from remit.oversight import load_rules, make_plan
from remit.oversight.planned import Saved
from remit.oversight.words import hours_words, to_agree
from remit.remits import outside_subject
from tests.oversight.asks_by_hand import (
    BACTERIA,
    CODE,
    DAY,
    NAME,
    WAITS,
    ask,
    duplicates,
    fates,
    matched,
    plan,
)


def test_the_leads_ask_stays_and_the_icbs_same_ask_ends() -> None:
    asks = [ask("A", "ICB performance team", WAITS, 4, day=1), ask("B", "NHSE region", WAITS, 6)]
    made = plan(asks, duplicates("A", "B"))
    assert fates(made) == {"A": "end_led", "B": "stay"}
    # Of the four hours of A: 75% at least, 90% expected, all at most.
    assert made.saved == Saved(3.0, pytest.approx(3.6), 4.0)
    assert made.hours == Saved(10.0, 10.0, 10.0)
    performance = next(f for f in made.functions if f.asks)
    assert performance.function is not None
    assert performance.function.id == "operational-performance"


def test_two_teams_of_one_body_share_an_answer() -> None:
    made = plan(
        [ask("A", "NHSE region", WAITS), ask("B", "NHSE region", WAITS)], duplicates("A", "B")
    )
    assert fates(made) == {"A": "stay", "B": "merge"}
    assert made.saved == Saved(5.0, 7.5, 10.0)


def test_without_a_lead_the_others_merge_with_the_first() -> None:
    asks = [ask("A", "NHSE region", BACTERIA, day=2), ask("B", "ICB quality team", BACTERIA)]
    made = plan(asks, duplicates("A", "B"))
    assert fates(made) == {"A": "merge", "B": "stay"}
    assert any("Who leads on infection prevention" in point for point in to_agree(made))


def test_who_acts_by_law_keeps_its_ask_and_never_loses_it() -> None:
    asks = [ask("A", "NHSE region", BACTERIA, day=1), ask("B", "CQC", BACTERIA, day=5)]
    assert fates(plan(asks, duplicates("A", "B"))) == {"A": "merge", "B": "stay"}
    led = [ask("A", "NHSE region", "Provider licence self-certification"),
           ask("B", "CQC", "Provider licence self-certification")]  # fmt: skip
    assert fates(plan(led, duplicates("A", "B"))) == {"A": "stay", "B": "merge"}


def test_the_plan_cannot_end_what_others_ask() -> None:
    asks = [ask("A", "NHSE region", WAITS), ask("B", "provider collaborative", WAITS)]
    made = plan(asks, duplicates("A", "B"))
    assert fates(made) == {"A": "stay", "B": "merge"}
    assert "cannot end" in made.asks[1].fated.reason


def test_a_national_return_stays_and_serves_the_lead_and_the_others() -> None:
    asks = [
        ask("A", "NHSE region", WAITS, 4),
        ask("B", "ICB performance team", WAITS, 4),
        ask("C", "NHSE national team", WAITS, 4, day=9, channel="portal return"),
    ]
    made = plan(asks, duplicates("A", "B", "C"))
    assert fates(made) == {"A": "merge", "B": "end_led", "C": "stay"}
    # Half, three quarters or all of A's four hours; 75%, 90% or all of B's.
    assert made.saved == Saved(5.0, pytest.approx(6.6), 8.0)
    reasons = {one.ask.ask_id: one.fated.reason for one in made.asks}
    assert "a national return" in reasons["A"]
    assert "the same as C" in reasons["B"]
    without = [asks[0], asks[1], ask("C", "NHSE national team", WAITS, 4, day=9)]
    assert fates(plan(without, duplicates("A", "B", "C")))["C"] == "end_led"


def test_no_publication_and_no_lead_ends_a_national_return() -> None:
    national = ask("A", "NHSE national team", WAITS, channel="portal return")
    answer = AskAnswer("A", "RTT waiting times", 0.9, "full")
    made = plan([national], answers=[answer])
    assert fates(made) == {"A": "stay"}
    assert "through it" not in made.asks[0].fated.reason


def test_two_national_returns_of_two_bodies_both_stay_and_of_one_body_merge() -> None:
    asks = [ask("A", "NHSE national team", BACTERIA, channel="portal return"),
            ask("B", "UKHSA", BACTERIA, channel="national template")]  # fmt: skip
    assert fates(plan(asks, duplicates("A", "B"))) == {"A": "stay", "B": "stay"}
    asks[1] = ask("B", "NHSE national team", BACTERIA, channel="portal return", day=2)
    assert fates(plan(asks, duplicates("A", "B"))) == {"A": "stay", "B": "merge"}


@pytest.mark.parametrize(
    ("body", "channel", "title", "text", "collects"),
    [
        ("NHSE national team", "Portal return", WAITS, "", True),
        ("DHSC", "national template", WAITS, "", True),
        ("CQC", "portal", WAITS, "", True),
        ("NHSE national team", "email", "DM01 return: May", "", True),
        ("NHS England", "letter", WAITS, "Providers are required to enter it.", True),
        ("NHSE national team", "email", WAITS, "Many happy returns.", False),
        ("NHSE region", "portal return", WAITS, "", False),
        ("ICB performance team", "email", "Monthly return", "", False),
        ("Somebody", "portal return", WAITS, "", False),
    ],
)
def test_who_asks_and_how_make_a_national_collection(
    body: str, channel: str, title: str, text: str, collects: bool
) -> None:
    one = ask("A", body, title, channel=channel, text=text)
    assert load_rules().collects(one) is collects


def test_an_ask_that_a_publication_answers_ends() -> None:
    answer = AskAnswer("A", "RTT waiting times", 0.8, "full")
    made = plan([ask("A", "NHSE region", WAITS)], answers=[answer])
    assert fates(made) == {"A": "end_published"}
    assert made.asks[0].fated.reason == "RTT waiting times answers it"


@pytest.mark.parametrize(("coverage", "confidence"), [("part", 0.9), ("full", 0.4)])
def test_a_publication_in_part_or_unsure_ends_nothing(coverage: str, confidence: float) -> None:
    answer = AskAnswer("A", "RTT waiting times", confidence, coverage)
    assert fates(plan([ask("A", "NHSE region", WAITS)], answers=[answer])) == {"A": "stay"}


def test_duplicates_end_together_when_a_publication_answers_each() -> None:
    asks = [ask("A", "NHSE region", WAITS), ask("B", "NHSE region", WAITS)]
    answers = [AskAnswer(id_, "RTT waiting times", 0.8, "full") for id_ in ("A", "B")]
    made = plan(asks, duplicates("A", "B"), answers)
    assert fates(made) == {"A": "end_published", "B": "end_published"}
    answers[1] = AskAnswer("B", "RTT waiting times", 0.8, "part")
    assert fates(plan(asks, duplicates("A", "B"), answers)) == {"A": "stay", "B": "merge"}


def test_an_overlap_stays_and_is_named() -> None:
    asks = [ask("A", "NHSE region", WAITS), ask("B", "NHSE region", WAITS)]
    made = plan(asks, [AskPair("A", "B", AskRelation.OVERLAP, 0.7, "half alike")])
    assert fates(made) == {"A": "stay", "B": "stay"}
    assert "overlaps B" in made.asks[0].fated.reason


def test_unknown_hours_have_a_range_and_are_said() -> None:
    made = plan([ask("A", "NHSE region", WAITS, None), ask("B", "NHSE region", WAITS, 4)])
    unknown = next(one for one in made.asks if one.ask.ask_id == "A")
    assert not unknown.hours_known
    assert unknown.hours.low < unknown.hours.high
    assert any("1 of 2 asks have no hours" in note for note in made.notes)


def test_an_ask_that_no_function_fits_is_kept_apart() -> None:
    made = plan([ask("A", "Somebody", "Zzz qqq")])
    assert made.functions[-1].function is None
    assert fates(made) == {"A": "stay"}


def test_frictions_of_other_asks_are_left_out() -> None:
    asks = [ask("A", "NHSE region", WAITS)]
    kept = AskFriction("FR1", "Deadlines", ("ICB", "region"), DAY, ("A",))
    others = AskFriction("FR2", "Elsewhere", ("ICB", "region"), DAY, ("Z",))
    made = make_plan(asks, matched(asks), outside_subject(CODE, NAME), DAY, load_rules(),
                     frictions=[kept, others])  # fmt: skip
    assert made.frictions == (kept,)
    assert "Open friction: Deadlines" in to_agree(made)


def test_an_organisation_that_nobody_asks_is_refused() -> None:
    asks = [ask("A", "NHSE region", WAITS)]
    with pytest.raises(AskError, match="asks are there for: XQ1"):
        make_plan(asks, matched(asks), outside_subject("XQ2", "Other"), DAY, load_rules())


@pytest.mark.parametrize(
    ("label", "body"),
    [
        ("ICB finance", "icb"),
        ("NHSE region", "nhse-region"),
        ("NHSE national team", "nhse-national"),
        ("NHS England", "nhse-national"),
        ("local authority HOSC", "hosc"),
        ("CQC", "cqc"),
        ("local authority", "local-authority"),
        ("ICBs of the north", None),
        ("Somebody", None),
    ],
)
def test_the_names_of_askers_lead_to_bodies(label: str, body: str | None) -> None:
    found = load_rules().body_of(label)
    assert (found.id if found else None) == body


def test_hours_are_said_with_their_range() -> None:
    assert hours_words(Saved(1, 1, 1)) == "1 hour"
    assert hours_words(Saved(45, 70.25, 1200)) == "70.3 hours (45 to 1,200)"


BODIES = (
    "NHSE national team",
    "NHSE region",
    "ICB performance team",
    "CQC",
    "provider collaborative",
    "Somebody",
)
TITLES = (WAITS, BACTERIA, "Agency spend in May", "Zzz")
SOME_ASKS = st.lists(
    st.tuples(
        st.sampled_from(BODIES),
        st.sampled_from(TITLES),
        st.none() | st.floats(0, 100),
        st.integers(1, 28),
        st.sampled_from(("email", "portal return")),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(
    SOME_ASKS,
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=6),
    st.sets(st.integers(0, 7)),
)
def test_every_ask_has_one_fate_and_no_more_is_saved_than_asked(
    drawn: list[tuple[str, str, float | None, int, str]],
    same: set[tuple[int, int]],
    published: set[int],
) -> None:
    asks: list[Ask] = [
        ask(f"A{n}", body, title, hours, day, channel)
        for n, (body, title, hours, day, channel) in enumerate(drawn)
    ]
    pairs = [p for a, b in same if a < b < len(asks) for p in duplicates(f"A{a}", f"A{b}")]
    answers = [AskAnswer(f"A{n}", "A publication", 0.9, "full") for n in published if n < len(asks)]
    made = plan(asks, pairs, answers)
    assert sorted(one.ask.ask_id for one in made.asks) == sorted(one.ask_id for one in asks)
    assert made.count("stays") + made.count("merges") + made.count("ends") == len(asks)
    for one in made.asks:
        assert 0 <= one.saved.low <= one.saved.middle <= one.saved.high <= one.hours.high + 1e-9
    for clique in matched(asks, pairs).cliques([one.ask_id for one in asks]):
        kept = [fates(made)[id_] for id_ in clique].count("stay")
        given = [one for one in asks if one.ask_id in clique]
        returns = {one.from_body for one in given if load_rules().collects(one)}
        some_published = any(int(id_[1:]) in published for id_ in clique)
        assert kept == max(len(returns), 1) or (kept == 0 and some_published and not returns)
    for one in made.asks:
        if load_rules().collects(one.ask):
            assert one.fated.fate.words != "ends"


def test_the_day_is_the_day_of_the_remits() -> None:
    asks = [ask("A", "ICB performance team", WAITS), ask("B", "NHSE region", WAITS, day=2)]
    before = make_plan(asks, matched(asks, duplicates("A", "B")), outside_subject(CODE, NAME),
                       date(2024, 10, 1), load_rules())  # fmt: skip
    assert fates(before) == {"A": "stay", "B": "merge"}
