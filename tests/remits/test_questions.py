"""Who holds a remit on a day: by hand, on a small map."""

from __future__ import annotations

from datetime import date

import pytest

from remit.model.errors import UnknownCode
from remit.register import load_register
from remit.remits import (
    RemitMapError,
    difference,
    find_subject,
    gaps,
    leader,
    load_map,
    outside_subject,
    overlaps,
    who,
    without_lead,
)
from remit.remits.holdings import Answer, everything
from tests.remits.small_map import DAY, small_map

MAP = small_map()
REGISTER = load_register()


def ask(function: str, subject: str, on: date = DAY, *, proposed: bool = False) -> Answer:
    found = find_subject(REGISTER, subject, on)
    return who(MAP, MAP.function(function), found, on, proposed=proposed)


def held(answer: Answer) -> list[str]:
    return [one.entry.id for one in answer.holdings]


def test_the_bodies_that_hold_a_remit_on_the_day_are_named_by_the_register() -> None:
    answer = ask("finance", "RYJ")
    assert held(answer) == ["inspector-finance", "region-finance", "icb-finance", "board-finance"]
    named = {one.body.id: one.named.code if one.named else None for one in answer.holdings}
    assert named == {"inspector": None, "nhse-region": "Y56", "icb": "QRV", "trust-board": "RYJ"}


def test_remits_end_with_their_last_day() -> None:
    assert "icb-finance" in held(ask("finance", "RYJ", date(2025, 3, 31)))
    assert "icb-finance" not in held(ask("finance", "RYJ", date(2025, 4, 1)))


@pytest.mark.parametrize(
    "name", ["ryj", "Imperial College Healthcare NHS Trust", "imperial college healthcare"]
)
def test_a_subject_is_found_by_code_or_name(name: str) -> None:
    assert find_subject(REGISTER, name, DAY).code == "RYJ"


def test_an_unknown_subject_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownCode, match="RYJ Imperial"):
        find_subject(REGISTER, "Imperial Colege", DAY)


def test_a_closed_organisation_is_refused_with_its_successor() -> None:
    with pytest.raises(RemitMapError, match="RW1"):
        find_subject(REGISTER, "R1C", date(2026, 6, 1))


def test_a_region_is_no_subject() -> None:
    with pytest.raises(RemitMapError, match="is a region"):
        find_subject(REGISTER, "Y56", DAY)


def test_a_day_before_the_map_is_refused() -> None:
    with pytest.raises(RemitMapError, match="begins on 2022-07-01"):
        ask("finance", "RYJ", date(2022, 6, 30))


def test_kinds_of_organisation_are_told_apart() -> None:
    assert held(ask("eprr", "RYJ")) == []
    assert held(ask("eprr", "ambulance trust")) == ["ambulance-eprr"]
    anybody = ask("eprr", "trust").holdings
    assert [one.only for one in anybody] == ["ambulance trusts only"]
    assert held(ask("finance", "icb")) == ["region-finance"]


def test_foundation_trusts_are_known_by_their_name() -> None:
    kinds = find_subject(REGISTER, "ZA1", DAY).kinds
    assert {kind.value for kind in kinds} == {"trust", "foundation_trust", "acute_trust"}


def test_an_organisation_of_a_file_is_taken_by_its_name_and_marked() -> None:
    outside = outside_subject("XQ1", "Nowhere Hospitals NHS Foundation Trust")
    assert not outside.known
    assert {kind.value for kind in outside.kinds} == {"trust", "foundation_trust", "acute_trust"}
    assert {k.value for k in outside_subject("XQ2", "Nowhere ICB").kinds} == {"icb"}
    assert "not on the register" in outside.note


def test_proposals_are_shown_only_when_asked_for_and_marked() -> None:
    assert "bill" not in held(ask("finance", "RYJ"))
    shown = ask("finance", "RYJ", proposed=True)
    marks = {one.entry.id: one.mark for one in shown.holdings}
    assert marks["bill"] == "proposed"
    assert leader(shown).holding is not None
    assert leader(shown).holding.entry.id == "region-finance"  # type: ignore[union-attr]
    notes = {one.entry.id: one.note for one in shown.holdings}
    assert "would end" in notes["region-finance"]


def test_a_cell_without_source_is_marked() -> None:
    marks = {one.entry.id: one.mark for one in ask("finance", "RYJ").holdings}
    assert marks["inspector-finance"] == "not verified"
    assert marks["region-finance"] == ""


def test_the_lead_is_named_or_alone_or_nobody() -> None:
    assert leader(ask("finance", "RYJ")).basis == "map"
    before = leader(ask("finance", "RYJ", date(2024, 3, 1)))
    assert (before.basis, len(before.candidates)) == ("none", 2)
    assert leader(ask("eprr", "ambulance trust")).basis == "alone"
    assert leader(ask("digital", "RYJ")).says == "the map names nobody that oversees"


def test_overlaps_are_the_pairs_that_oversee_documented_ones_first() -> None:
    found = overlaps(MAP, [ask("finance", "RYJ")])
    pairs = [(one.first.body.id, one.second.body.id) for one in found]
    assert pairs == [("nhse-region", "icb"), ("inspector", "nhse-region"), ("inspector", "icb")]
    assert [evidence.says for evidence in found[0].evidence] == ["Both ask for the plan"]
    assert found[1].evidence == ()


def test_gaps_are_unclear_owners_and_functions_that_nobody_holds() -> None:
    subject = find_subject(REGISTER, "trust", date(2025, 6, 1))
    found = gaps(MAP, everything(MAP, subject, date(2025, 6, 1)))
    assert [(gap.function.id, gap.kind) for gap in found] == [
        ("eprr", "unclear"),
        ("digital", "nobody"),
    ]


def test_two_that_oversee_without_a_lead_are_a_gap() -> None:
    found = gaps(MAP, [ask("finance", "RYJ", date(2024, 3, 1))])
    assert [gap.kind for gap in found] == ["no_lead"]


def test_the_difference_between_two_days_is_told_body_by_body() -> None:
    early = everything(MAP, find_subject(REGISTER, "RYJ", date(2024, 3, 1)), date(2024, 3, 1))
    late = everything(MAP, find_subject(REGISTER, "RYJ", date(2025, 6, 1)), date(2025, 6, 1))
    told = [(one.kind, one.body.id if one.body else None) for one in difference(early, late)]
    assert told == [("ended", "icb"), ("began", "nhse-region"), ("lead", "nhse-region")]
    assert difference(early, early) == []


def test_functions_and_bodies_go_by_other_names() -> None:
    assert MAP.function("Money").id == "finance"
    assert MAP.function("emergency").id == "eprr"
    assert MAP.body("ICB").id == "icb"
    with pytest.raises(UnknownCode, match="Near: Finance"):
        MAP.function("fnance")


def test_what_an_organisation_leads_on_itself_is_not_counted_as_led_by_nobody() -> None:
    """An ICB commissions primary care and makes its forward plan; the map names it as the lead."""
    day = date(2026, 5, 1)
    real = load_map()
    subject = find_subject(load_register(), "ZB1", day)
    answers = [who(real, one, subject, day) for one in real.functions.values()]
    own = {answer.function.id for answer in answers if leader(answer).itself}
    assert {"joint-forward-plan", "primary-care-services"} <= own
    assert not own & {one.id for one in without_lead(answers)}
    assert not own & {gap.function.id for gap in gaps(real, answers) if gap.kind == "no_lead"}
    trust = find_subject(load_register(), "ZA1", day)
    of_trust = [who(real, one, trust, day) for one in real.functions.values()]
    assert not any(leader(answer).itself for answer in of_trust)
