"""What becomes of asks and what that saves: by hand, and as properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.asks.matching.frames import make_frames
from remit.model.ask import AnswerState, Ask, AskFriction, AskPair, AskRelation, AskSeries
from remit.model.errors import AskError
from remit.oversight import load_rules, make_plan
from remit.oversight.planned import PlanHours, Saved
from remit.oversight.words import FATES, asked_words, saved_words, summary, to_agree
from remit.remits import outside_subject
from tests.oversight.asks_by_hand import (
    BACTERIA,
    CODE,
    DAY,
    NAME,
    WAITS,
    answer,
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
    # Of the four hours of A: 75% at least, all at most; none before a person has confirmed it.
    assert made.proposed == Saved(3.0, 4.0)
    assert made.saved == Saved()
    assert made.hours == PlanHours(10.0, 10.0, 10.0)
    performance = next(f for f in made.functions if f.asks)
    assert performance.function is not None
    assert performance.function.id == "operational-performance"


def test_two_teams_of_one_body_share_an_answer() -> None:
    made = plan(
        [ask("A", "NHSE region", WAITS), ask("B", "NHSE region", WAITS)], duplicates("A", "B")
    )
    assert fates(made) == {"A": "stay", "B": "merge"}
    assert made.proposed == Saved(5.0, 10.0)


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
    # Half or all of A's four hours; 75% or all of B's.
    assert made.proposed == Saved(5.0, 8.0)
    reasons = {one.ask.ask_id: one.fated.reason for one in made.asks}
    assert "a national return" in reasons["A"]
    assert "the same as C" in reasons["B"]
    without = [asks[0], asks[1], ask("C", "NHSE national team", WAITS, 4, day=9)]
    assert fates(plan(without, duplicates("A", "B", "C")))["C"] == "end_led"


def test_no_publication_and_no_lead_ends_a_national_return() -> None:
    national = ask("A", "NHSE national team", WAITS, channel="portal return")
    made = plan([national], answers=[answer("A")])
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
        ("MHRA", "letter", "Blood compliance return", "", True),
        ("NHSCFA", "portal", "Counter fraud requirements", "", True),
        ("HM Coroner", "letter", "Return of statements", "", False),
    ],
)
def test_who_asks_and_how_make_a_national_collection(
    body: str, channel: str, title: str, text: str, collects: bool
) -> None:
    one = ask("A", body, title, channel=channel, text=text)
    assert load_rules().collects(one) is collects


@pytest.mark.parametrize(
    ("title", "team", "function"),
    [
        ("Maternity safety actions: evidence for the board", "", "maternity"),
        ("Neonatal cot capacity this week", "", "maternity"),
        ("Unsupported systems and multi-factor authentication", "", "cyber"),
        ("Freedom to Speak Up cases in the quarter", "", "speaking-up"),
        ("Breast screening uptake", "", "vaccination-screening"),
        ("Monthly update", "Maternity", "maternity"),
        ("Monthly update", "Cyber security", "cyber"),
        ("Patients waiting over 52 weeks", "Maternity", "maternity"),
        ("Falls with harm", "", "quality-safety"),
    ],
)
def test_asks_on_functions_of_their_own_are_put_to_them(
    title: str, team: str, function: str
) -> None:
    (frame,) = make_frames([replace(ask("A", "NHSE region", title), from_team=team)])
    assert load_rules().function_of(frame) == function


def test_an_ask_that_a_publication_answers_can_end() -> None:
    made = plan([ask("A", "NHSE region", WAITS)], answers=[answer("A")])
    assert fates(made) == {"A": "end_published"}
    assert made.asks[0].fated.reason == "RTT waiting times answers it"
    assert made.asks[0].words == "can end"


@pytest.mark.parametrize(
    "more",
    [
        {"state": AnswerState.PERHAPS},
        {"state": AnswerState.NO, "coverage": None},
        {"out_by_due": False},
        {"out_by_due": None},
    ],
)
def test_what_is_not_sure_or_not_out_by_the_due_day_ends_nothing(more: dict[str, object]) -> None:
    made = plan([ask("A", "NHSE region", WAITS)], answers=[answer("A", **more)])
    assert fates(made) == {"A": "stay"}
    assert made.proposed == Saved()


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("And the harm reviews for them.", ("harm reviews",)),
        ("Send the numbers and your recovery plan.", ("recovery plan",)),
        ("What is driving it? Themes and lessons please.", ("What is driving it", "Themes")),
        ("Shown weekly.", ("figures by week",)),
        ("And a short note on each week.", ("short note on each week",)),
        ("Daily please.", ("figures by day",)),
        ("We need DM01 as well.", ("DM01",)),
        ("Plus how many cancer waits over 62 days.", ("Cancer Waiting Times",)),
        ("And the list of patients.", ("list of patients",)),
        ("How many of them are children?", ()),
        ("Numbers only, no narrative needed.", ()),
        ("Send them to the planning board.", ()),
        ("Please send it to us by Friday.", ()),
    ],
)
def test_what_a_publication_does_not_have_stays_by_name(text: str, stays: tuple[str, ...]) -> None:
    made = plan([ask("A", "NHSE region", WAITS, text=text)], answers=[answer("A")])
    (one,) = made.asks
    assert one.fated.stays[: len(stays)] == stays
    assert fates(made) == {"A": "end_part" if stays else "end_published"}
    if stays:
        assert one.fated.reason.startswith(f"{stays[0]}")
        assert "pathways over 52 weeks: published in RTT waiting times" in one.fated.reason
        assert one.fated.reason.endswith("about 14 June 2026")
        # A tenth to a half of ten hours.
        assert made.proposed == Saved(1.0, 5.0)
        assert one.words == "can end in part"


def test_an_answer_in_part_without_a_name_leaves_the_rest() -> None:
    made = plan([ask("A", "NHSE region", WAITS)], answers=[answer("A", coverage="part")])
    assert fates(made) == {"A": "end_part"}
    assert made.asks[0].fated.reason.startswith("what else it asks stays; ")


def test_what_others_ask_in_part_stays_with_the_published_figure_named() -> None:
    other = ask("A", "provider collaborative", WAITS, text="And the harm reviews for them.")
    made = plan([other], answers=[answer("A")])
    assert fates(made) == {"A": "stay"}
    assert "harm reviews stay; pathways over 52 weeks" in made.asks[0].fated.reason
    assert "cannot end" in made.asks[0].fated.reason


def test_hours_count_once_a_person_has_confirmed_the_answer() -> None:
    asks = [ask("A", "NHSE region", WAITS), ask("B", "NHSE region", BACTERIA)]
    answers = [answer("A", decided_by="person"), answer("B")]
    made = plan(asks, answers=answers)
    assert {one.ask.ask_id: one.words for one in made.asks} == {"A": "ends", "B": "can end"}
    # Half to all of ten hours each.
    assert (made.saved, made.proposed) == (Saved(5.0, 10.0), Saved(5.0, 10.0))
    assert "Confirmed: 1, which saves 5 to 10 hours." in summary(made)
    assert "The one proposal that is left would save 5 to 10 hours more." in summary(made)


def test_hours_count_once_a_person_has_confirmed_the_pair() -> None:
    asks = [ask("A", "ICB performance team", WAITS, 4, day=1), ask("B", "NHSE region", WAITS, 6)]
    (pair,) = duplicates("A", "B")
    made = plan(asks, [replace(pair, decided_by="person")])
    assert (made.saved, made.proposed) == (Saved(3.0, 4.0), Saved())
    assert [one.words for one in made.asks] == ["ends", "stays"]
    assert "Confirmed: 1, which saves 3 to 4 hours." in summary(made)


@pytest.mark.parametrize(
    ("out_by_due", "fate"), [(True, "end_published"), (None, "end_published"), (False, "stay")]
)
def test_what_a_person_says_is_answered_whole_leaves_no_rest(
    out_by_due: bool | None, fate: str
) -> None:
    one = ask("A", "NHSE region", WAITS, text="And the harm reviews for them.")
    said = answer("A", decided_by="person", out_by_due=out_by_due)
    assert fates(plan([one], answers=[said])) == {"A": fate}


@pytest.mark.parametrize(
    ("due", "often", "fate"),
    [
        ("2026-05-31", "once", "over"),
        ("2026-06-01", "once", "end_published"),
        ("2026-05-31", "monthly", "end_published"),
        ("2026-05-31", "", "over"),
        (None, "once", "end_published"),
    ],
)
def test_what_is_past_saves_nothing(due: str | None, often: str, fate: str) -> None:
    day = date.fromisoformat(due) if due else None
    one = replace(ask("A", "NHSE region", WAITS), due_on=day, frequency=often)
    made = plan([one], answers=[answer("A", decided_by="person")])
    assert fates(made) == {"A": fate}
    assert (made.saved == Saved()) is (fate == "over")


def test_what_was_answered_saves_nothing_and_still_serves_others() -> None:
    asks = [ask("A", "NHSE region", WAITS), ask("B", "NHSE region", WAITS, day=2)]
    made = plan(asks, duplicates("A", "B"), closed=("A",))
    assert fates(made) == {"A": "over", "B": "merge"}
    assert made.asks[0].fated.reason == "it was answered: nothing is left to save"
    assert made.proposed == Saved(5.0, 10.0)


def test_an_earlier_ask_of_a_return_is_over_and_the_latest_is_not() -> None:
    first = replace(ask("A", "NHSE region", WAITS), due_on=date(2026, 4, 10), frequency="monthly")
    last = replace(first, ask_id="B", due_on=date(2026, 5, 10))
    found = replace(
        matched([first, last], None, [answer("A"), answer("B")]),
        series=(AskSeries("S", ("A", "B")),),
    )
    made = make_plan([first, last], found, outside_subject(CODE, NAME), DAY, load_rules())
    assert fates(made) == {"A": "over", "B": "end_published"}


def test_duplicates_end_together_when_a_publication_answers_each() -> None:
    asks = [ask("A", "NHSE region", WAITS), ask("B", "NHSE region", WAITS)]
    made = plan(asks, duplicates("A", "B"), [answer("A"), answer("B")])
    assert fates(made) == {"A": "end_published", "B": "end_published"}
    in_part = [answer("A"), answer("B", coverage="part")]
    assert fates(plan(asks, duplicates("A", "B"), in_part)) == {"A": "end_part", "B": "merge"}


def test_a_duplicate_ends_by_its_own_due_day_and_its_own_sureness() -> None:
    """B is due before the figures come, C is not sure itself: neither ends with A."""
    asks = [ask(id_, "NHSE region", WAITS) for id_ in ("A", "B", "C")]
    answers = [answer("A"), answer("B", out_by_due=False)]
    made = plan(asks, duplicates("A", "B", "C"), answers)
    assert fates(made) == {"A": "end_published", "B": "merge", "C": "merge"}


def test_the_column_of_teams_goes_before_all_words() -> None:
    asks = [replace(ask("A", "NHSE region", WAITS), from_team="Finance"),
            ask("B", "ICB performance team", WAITS), ask("C", "NHSE region", WAITS, day=3),
            replace(ask("D", "NHSE region", BACTERIA), from_team="Somebody")]  # fmt: skip
    made = plan(asks, duplicates("A", "B", "C"))
    of = {one.ask.ask_id: part.function.id for part in made.functions if part.function
          for one in part.asks}  # fmt: skip
    assert of == {"A": "finance", "B": "finance", "C": "finance", "D": "infection-prevention"}


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


def test_hours_are_said_as_a_range_that_holds_them() -> None:
    """Rounded outwards: to half hours up to 5, hours up to 20, fives up to 100, then tens."""
    assert saved_words(Saved()) == "no hours"
    assert saved_words(Saved(1, 1)) == "1 hour"
    assert saved_words(Saved(3.6, 4.0)) == "3.5 to 4 hours"
    assert saved_words(Saved(45.2, 71)) == "45 to 75 hours"
    assert saved_words(Saved(118, 1231)) == "110 to 1,250 hours"
    assert asked_words(PlanHours(7.25, 7.25, 7.25)) == "7.3 hours"


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
    answers = [answer(f"A{n}") for n in sorted(published) if n < len(asks)]
    made = plan(asks, pairs, answers)
    assert sorted(one.ask.ask_id for one in made.asks) == sorted(one.ask_id for one in asks)
    assert sum(made.count(fate) for fate in FATES) == len(asks)
    assert made.saved == Saved()
    for one in made.asks:
        assert 0 <= one.would_save.low <= one.would_save.high <= one.hours.high + 1e-9
    for clique in matched(asks, pairs).cliques([one.ask_id for one in asks]):
        kept = sum(fates(made)[id_] in {"stay", "end_part"} for id_ in clique)
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
