"""Matching asks: duplicates, overlaps, series and decisions on small fictional files."""

from __future__ import annotations

from datetime import date

import pytest

from remit.asks.matching import match
from remit.model.ask import Ask, AskDecision, AskRelation
from remit.model.errors import AskError

QUILL = {"to_org_code": "ZA2", "to_org_name": "Quillborough Hospitals NHS Trust"}
LARK = {"to_org_code": "ZA1", "to_org_name": "Larkshire University Hospitals NHS Foundation Trust"}


def ask(ask_id: str, title: str, text: str, **more: object) -> Ask:
    given = {"from_body": "NHSE region", "received_on": date(2025, 7, 8), **QUILL, **more}
    return Ask(ask_id=ask_id, title=title, text=text, **given)  # type: ignore[arg-type]


LONG_WAITS = ask(
    "A1",
    "Patients over one year",
    "How many patients at Quillborough were waiting more than 52 weeks at 30 June, by specialty?",
)
SAME_WAITS = ask(
    "A2", "52ww June", "Need your June month end 52ww by TFC pls.", from_body="ICB performance team"
)
OTHER_TRUST = ask(
    "A3",
    "52ww June",
    "Need your June month end 52ww by TFC pls.",
    **LARK | {"from_body": "ICB performance team"},
)
OTHER_MONTH = ask(
    "A4",
    "52 week waiters May",
    "Patients waiting more than 52 weeks at 31 May, by specialty",
    from_body="provider collaborative",
)
OTHER_QUESTION = ask(
    "A5",
    "RTT recovery plan",
    "Send a board approved plan to clear long waits by March 2026, with weekly milestones.",
)


def relations(*asks: Ask, decisions: tuple[AskDecision, ...] = ()) -> dict[tuple[str, str], str]:
    return {(pair.ask_a, pair.ask_b): pair.relation.value for pair in match(asks, decisions).pairs}


def test_the_same_matter_subject_and_period_is_a_duplicate_whatever_the_words() -> None:
    assert relations(LONG_WAITS, SAME_WAITS) == {("A1", "A2"): "duplicate"}


def test_another_trust_is_never_related_however_alike_the_words() -> None:
    assert relations(SAME_WAITS, OTHER_TRUST) == {}


def test_another_month_overlaps_and_is_carried_across_the_duplicates() -> None:
    assert relations(LONG_WAITS, SAME_WAITS, OTHER_MONTH) == {
        ("A1", "A2"): "duplicate",
        ("A1", "A4"): "overlap",
        ("A2", "A4"): "overlap",
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("patients over 6 weeks for MRI", "patients over 6 weeks for echo"),
        ("vacancy rate of registered nurses", "vacancy rate of consultants"),
        ("patients over 52 weeks", "patients over 65 weeks"),
        ("cases of MRSA", "cases of C. difficile"),
    ],
)
def test_different_members_of_one_sort_are_distinct(one: str, other: str) -> None:
    wording = "Please send the number of {} at the end of June."
    first = ask("A1", one, wording.format(one))
    second = ask("A2", other, wording.format(other), from_body="ICB performance team")
    same = ask("A3", one, wording.format(one), from_body="ICB performance team")
    assert relations(first, second) == {}
    assert relations(first, same) == {("A1", "A3"): "duplicate"}


def test_periods_that_the_texts_name_go_before_the_logged_ones() -> None:
    logged = {"period_from": date(2025, 5, 1), "period_to": date(2025, 6, 30)}
    wording = "How many ambulance handovers took over 60 minutes {}?"
    days = ask("A1", "Handovers", wording.format("from 2 June to 15 June"), **logged)
    months = ask("A2", "Handovers", wording.format("in May and June"), from_body="CQC", **logged)
    assert relations(days, months) == {("A1", "A2"): "overlap"}
    assert "same period" not in match([days, months]).pairs[0].reason


def test_a_month_number_and_the_end_of_that_month_are_one_period() -> None:
    spend = "Agency spend {} against plan, and forecast outturn."
    first = ask("A1", "Agency spend", spend.format("year to date at month 3"))
    second = ask("A2", "Agency", spend.format("to the end of June"), from_body="ICB finance team")
    assert relations(first, second) == {("A1", "A2"): "duplicate"}


def test_two_teams_that_send_one_letter_for_each_month_are_a_series() -> None:
    letter = (
        "Please send the agency spend against plan by staff group at the end of {}, with shifts "
        "above the price cap, off-framework bookings, the main reasons for variance and forecast."
    )
    first = ask("A1", "Agency spend", letter.format("May"), from_team="Finance")
    second = ask(
        "A2",
        "Agency spend",
        letter.format("June"),
        from_team="Workforce",
        received_on=date(2025, 7, 28),
    )
    assert relations(first, second) == {}


def test_another_question_about_the_matter_is_distinct() -> None:
    assert ("A1", "A5") not in relations(LONG_WAITS, SAME_WAITS, OTHER_QUESTION)


def test_the_reason_names_matter_period_senders_and_wording() -> None:
    (pair,) = match([LONG_WAITS, SAME_WAITS]).pairs
    for part in (
        "Referral to Treatment",
        "Jun 2025",
        "NHSE region and ICB performance team",
        "wording 0.",
    ):
        assert part in pair.reason
    assert pair.reason.endswith("same period")


def test_a_return_each_month_is_a_series_not_an_overlap() -> None:
    returns = [
        ask(
            f"M{month}",
            f"Infection return {name}",
            f"Upload C. diff and MRSA numbers for {name} with the usual template.",
            received_on=date(2025, month + 1, 5),
            from_body="ICB quality team",
            from_team="Infection prevention",
            frequency="monthly",
        )
        for month, name in ((5, "May"), (6, "June"), (7, "July"))
    ]
    found = match(returns)
    assert found.pairs == ()
    assert [series.ask_ids for series in found.series] == [("M5", "M6", "M7")]


def test_an_icb_asked_about_a_trust_is_matched_with_the_trust() -> None:
    board = {"to_org_code": "ZB1", "to_org_name": "NHS Larkshire and Thorn Integrated Care Board"}
    passed_on = ask(
        "B1",
        "Overdue eye follow-ups",
        "Please account for glaucoma patients at Quillborough past their review date at end June.",
        **board,
    )
    direct = ask(
        "B2",
        "Ophthalmology follow ups",
        "No. of eye clinic f/ups overdue past target date at end of June, glaucoma shown apart.",
        from_body="ICB quality team",
    )
    own = ask("B3", "ICB running costs", "What did the ICB spend on its own staff?", **board)
    found = match([passed_on, direct, own])
    assert [(p.ask_a, p.ask_b, p.relation.value) for p in found.pairs] == [
        ("B1", "B2", "duplicate")
    ]
    assert found.subjects == {"B1": "ZA2", "B2": "ZA2", "B3": "ZB1"}


def test_two_trusts_of_one_town_stay_apart() -> None:
    hospitals = {"to_org_code": "ZA7", "to_org_name": "Thornby Teaching Hospitals NHS Trust"}
    community = {"to_org_code": "ZA8", "to_org_name": "Thornby Community Healthcare NHS Trust"}
    text = "Sickness rate for June by staff group, with reasons."
    asks = [ask(f"T{n}", "Sickness", text, **hospitals) for n in range(4)]
    other = ask("T9", "Sickness", text, from_body="ICB people team", **community)
    assert match([*asks, other]).subjects["T9"] == "ZA8"


def decide(kind: str, *ids: str, relation: AskRelation = AskRelation.DUPLICATE) -> AskDecision:
    return AskDecision(kind, ids, relation)


def test_a_split_holds_and_so_does_not_come_back_through_a_third_ask() -> None:
    third = ask(
        "A6",
        "Year waiters",
        "Count over 52 weeks at the end of June please, by specialty.",
        from_body="CQC",
    )
    found = relations(LONG_WAITS, SAME_WAITS, third, decisions=(decide("split", "A1", "A2"),))
    assert ("A1", "A2") not in found
    assert list(found.values()).count("duplicate") <= 1


def test_a_merge_joins_what_the_matcher_does_not() -> None:
    found = match([LONG_WAITS, OTHER_QUESTION], [decide("merge", "A1", "A5")])
    (pair,) = found.pairs
    assert (pair.relation.value, pair.confidence, pair.decided_by) == ("duplicate", 1.0, "person")
    assert pair.reason.startswith("decided by a person")


def test_confirming_an_overlap_keeps_two_asks_from_being_duplicates() -> None:
    decision = decide("confirm", "A1", "A2", relation=AskRelation.OVERLAP)
    assert relations(LONG_WAITS, SAME_WAITS, decisions=(decision,)) == {("A1", "A2"): "overlap"}


def test_a_decision_about_an_unknown_ask_is_an_error() -> None:
    with pytest.raises(AskError, match="A99"):
        match([LONG_WAITS], [decide("split", "A1", "A99")])


def test_an_unknown_kind_of_decision_is_an_error() -> None:
    with pytest.raises(AskError, match="confirm, split, merge or answered"):
        match([LONG_WAITS, SAME_WAITS], [decide("join", "A1", "A2")])


def test_an_identifier_may_not_stand_twice() -> None:
    with pytest.raises(AskError, match="stands twice"):
        match([LONG_WAITS, LONG_WAITS])


def test_no_asks_are_no_trouble() -> None:
    found = match([])
    assert (found.pairs, found.answers, found.horizons) == ((), (), ())


def test_one_ask_without_dates_or_known_words_is_no_trouble() -> None:
    odd = Ask("X1", "somebody", "ZA1", "", "zzz qqq")
    found = match([odd])
    assert [(one.ask_id, one.horizon.value, one.aim) for one in found.horizons] == [
        ("X1", "today", "none")
    ]


def test_several_processes_find_the_same() -> None:
    asks = [LONG_WAITS, SAME_WAITS, OTHER_TRUST, OTHER_MONTH, OTHER_QUESTION]
    assert match(asks, workers=2) == match(asks)


def test_the_order_of_the_file_does_not_matter() -> None:
    asks = [LONG_WAITS, SAME_WAITS, OTHER_TRUST, OTHER_MONTH, OTHER_QUESTION]
    assert match(asks).pairs == match(asks[::-1]).pairs


@pytest.mark.parametrize(
    ("title", "text", "publication"),
    [
        ("DM01 June", "MRI and CT over 6 weeks at end June", "dm01"),
        ("EIP", "EIP 2 week % for June", "mhsds"),
        ("C. diff Q1", "HOHA and COHA against threshold", "hcai"),
        ("Sickness", "Absence rate for June by staff group", "sickness"),
        ("UCR", "2 hour UCR performance and referrals June", "ucr"),
    ],
)
def test_asks_for_published_numbers_are_surely_answered(
    title: str, text: str, publication: str
) -> None:
    first, *others = match([ask("P1", title, text)]).answers
    assert (first.publication, first.rank, first.state) == (publication, 1, "sure")
    assert [one.rank for one in others] == [2, 3]
    assert all(one.state != "sure" and one.confidence <= first.confidence for one in others)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("MRI bids", "Expressions of interest for a replacement MRI scanner, one page with costs"),
        ("RTT validation", "How was the waiting list validated and what is the removal rate?"),
        ("Long waits by deprivation", "52 week waits at end June cut by IMD quintile"),
        ("Sickness policy", "Send the sickness policy and procedure"),
        ("RTT plan", "Plan to cut 52 week waits between now and March 2027"),
    ],
)
def test_asks_for_what_is_not_published_are_never_sure(title: str, text: str) -> None:
    found = match([ask("P1", title, text)]).answers
    assert len(found) == 3
    assert "sure" not in {one.state for one in found}


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        # Only a policy is wanted: no number, so nothing that is published.
        ("Sickness policy", "Send the sickness policy and procedure", "no number is asked for"),
        # The ask came on 8 July 2025; March 2026 was not over.
        ("DM01", "Echo over 6 weeks in March 2026, number", "the period was not over"),
        # The waiting list is counted once a month, at its end.
        ("52ww", "How many were waiting over 52 weeks as at 11 June?", "a shorter period"),
        # Corridor care is published from May 2026 on.
        ("Corridors", "Number of patients in corridor care in May 2025?", "begin on 1 May 2026"),
        # Smoking at delivery is published for boards and not for trusts.
        ("SATOD", "Percentage of women known to smoke at delivery, Q1", "no figures of a trust"),
    ],
)
def test_the_fact_that_speaks_against_a_publication_is_its_reason(
    title: str, text: str, said: str
) -> None:
    first = match([ask("P1", title, text)]).answers[0]
    assert first.state != "sure"
    assert said in first.reason


def test_what_is_not_verified_is_never_sure() -> None:
    """The survey of friends and family is in the catalogue with a source that nobody has seen."""
    text = "FFT response rate and score for June, number of responses."
    first = match([ask("P1", "FFT", text)]).answers[0]
    assert first.publication == "fft"
    assert first.state == "perhaps"
    assert "not verified" in first.reason


def test_an_answer_tells_whether_it_comes_before_the_due_day() -> None:
    """June's waiting list comes 45 days after 30 June, about 14 August."""
    text = "How many patients were waiting over 52 weeks at 30 June?"
    for due, in_time in (
        (date(2025, 8, 1), False),
        (date(2025, 8, 15), None),
        (date(2025, 9, 1), True),
        (None, None),
    ):
        first = match([ask("P1", "52ww", text, due_on=due)]).answers[0]
        assert (first.out_on, first.out_by_due) == (date(2025, 8, 14), in_time)


@pytest.mark.parametrize(
    ("title", "text", "horizon", "aim"),
    [
        ("A&E", "4 hour performance last week", "today", "none"),
        ("CIP M3", "savings against plan", "today", "productivity and value"),
        (
            "Stop smoking",
            "inpatient smokers seen by the tobacco team",
            "tomorrow",
            "population health",
        ),
        (
            "Green plan",
            "carbon baseline and net zero lead",
            "tomorrow",
            "social and economic development",
        ),
        ("Core20PLUS5", "your annual progress report", "tomorrow", "inequalities"),
        ("Staff survey", "engagement score", "both", "none"),
    ],
)
def test_horizon_and_aim(title: str, text: str, horizon: str, aim: str) -> None:
    (one,) = match([ask("H1", title, text)]).horizons
    assert (one.horizon.value, one.aim) == (horizon, aim)


def test_duplicates_share_their_horizon() -> None:
    first = ask("H1", "Smoking", "Inpatient smokers identified April to June, seen, quit.")
    second = ask(
        "H2",
        "Service data",
        "Smokers picked up Apr-Jun, seen by advisers, quit at 4 wks",
        from_body="ICB strategy team",
    )
    found = match([first, second])
    assert [pair.relation.value for pair in found.pairs] == ["duplicate"]
    assert len({(one.horizon, one.aim) for one in found.horizons}) == 1


def test_a_trajectory_beside_the_numbers_of_a_past_month_leaves_part_of_an_answer() -> None:
    both = ask("A1", "DM01 echo", "Echo breaches over 6 weeks at end May and your trajectory.")
    alone = ask("A2", "DM01 echo", "Echo breaches over 6 weeks at end May.")
    found = {one.ask_id: one for one in match([both, alone]).answers if one.rank == 1}
    assert (found["A1"].publication, found["A1"].coverage) == ("dm01", "part")
    assert (found["A2"].publication, found["A2"].coverage) == ("dm01", "full")
