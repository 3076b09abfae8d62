"""Small models whose figures are worked by hand: steps, sharing, years, rules, who is hurt."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from remit.model.move import MovedRange, PaymentRule, Receiver, SharedResource, WholeUnits
from remit.shift.move.change import cost_changes
from remit.shift.move.conditions import conditions, highest_price
from remit.shift.move.model import ServiceModel
from remit.shift.move.plan import Levers, MovePlan
from remit.shift.move.result import MoveResult, run_move
from remit.shift.move.standing import cross_subsidy
from remit.shift.move.steps import next_step
from remit.shift.move.units import chance_over, closed, needed
from remit.shift.move.words import move_claim, move_summary
from remit.shift.move.years import break_even_year, move_years, receiver_cost
from tests.shift.move.models import (
    SURE_RANGES,
    cost,
    made_model,
    once,
    service,
    template_model,
    wards,
)

FIFTH = Fraction(1, 5)


# The step ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mean", "spread", "safe", "wards_needed"),
    [
        (80, 0, 95, 4),  # 80 beds do not fit into three wards of 25
        (75, 0, 95, 3),  # 75 do, to the bed
        (76, 0, 95, 4),
        (67, 5, 95, 3),  # 67 + 1.645 × 5 × √0.67 = 73.7
        (69, 5, 95, 4),  # 69 + 1.645 × 5 × √0.69 = 75.8
        (69, 5, 50, 3),  # half of the days are enough
        (69, 5, 99, 4),
        (0, 5, 95, 0),
    ],
)
def test_wards_are_kept_for_the_safe_share_of_days(
    mean: int, spread: int, safe: int, wards_needed: int
) -> None:
    four = wards(4, spread=spread, safe_percent=safe)
    assert needed(four, Fraction(mean), Fraction(100)) == wards_needed


def test_a_mean_that_is_no_whole_number_opens_no_ward_by_rounding() -> None:
    """100 beds less a third three times over: exactly 0, not a bed too many."""
    third = Fraction(100) - 3 * Fraction(100, 3)
    assert needed(wards(4), third, Fraction(100)) == 0
    assert needed(wards(4), Fraction(100) * Fraction(3, 4), Fraction(100)) == 3


def test_a_spare_ward_is_no_saving_of_the_move() -> None:
    """Five wards stand, four are needed: at 25% three are, so the move closes one."""
    assert closed(wards(5), Fraction(100), Fraction(100)) == 0
    assert closed(wards(5), Fraction(75), Fraction(100)) == 1
    assert closed(wards(5), Fraction(0), Fraction(100)) == 5


def test_what_is_short_is_made_good_first() -> None:
    """Three wards stand, four are needed: the first 25 beds that leave close none."""
    assert closed(wards(3), Fraction(75), Fraction(100)) == 0
    assert closed(wards(3), Fraction(50), Fraction(100)) == 1


def test_the_chance_that_beds_run_out() -> None:
    """67.2 beds, deviation 5 × √0.8 = 4.47: 75 lie 1.744 deviations above, which 4.06% exceed."""
    four = WholeUnits(unit="ward", units=4, capacity=25, spread=5)
    mean = Fraction(84) * Fraction(4, 5)
    assert chance_over(four, mean, Fraction(84), 3) == pytest.approx(0.0406, abs=1e-4)
    assert chance_over(wards(4), Fraction(76), Fraction(100), 3) == 1.0
    assert chance_over(wards(4), Fraction(75), Fraction(100), 3) == 0.0


def test_the_next_step_is_found_to_a_tenth_of_a_per_cent(tmp_path: Path) -> None:
    beds = template_model(tmp_path, "beds")
    found = next_step(beds, MovePlan("beds", FIFTH))
    assert found is not None
    assert (found[0], found[1].stranded) == (Fraction(1, 4), 60_225_000)
    after = next_step(beds, MovePlan("beds", Fraction(1, 4)))
    assert after is not None
    assert after[0] == Fraction(1, 2)
    assert next_step(beds, MovePlan("beds", Fraction(1))) is None


def test_a_small_move_may_close_a_ward_and_strand_nothing() -> None:
    """26 beds need two wards of 25; 4% fewer, 24.96, need one: 50,000 saved for 4,000 moved."""
    model = made_model(
        [service("a", payment="block")],
        [cost("Wards", "a", "semi_fixed", 100_000, used=26, whole=wards(2))],
    )
    found = run_move(model, "a", Fraction(1, 25), 1, draws=1)
    assert (found.moved.saved, found.moved.stranded) == (50_000, -46_000)
    assert move_claim(found) == (
        "Once all has moved, Larkshire saves £500 a year, £460 more than what moves costs on "
        "average: nothing is stranded."
    )
    assert not [one for one in conditions(found) if "stranded every year" in one.what]
    for one in found.strands[:3]:
        assert one.icb + one.trust + one.receiver == -46_000


# What services share -------------------------------------------------------------------------


def two_services(**resource: object) -> ServiceModel:
    """Surgery and children share a rota of £900 by 2 to 1, and £300 of overhead by direct cost."""
    given = {"id": "rota", "name": "Rota", "kind": "rota", "pence": 90_000, "whole": wards(1, 500),
             "uses": {"surgery": 200, "children": 100}, "minimum_use": 260,
             "needed_by": ["children"], **resource}  # fmt: skip
    return made_model(
        [
            service("surgery", 200_000, minimum_activity=700),
            service("children", 100_000, payment="block"),
        ],
        [
            cost("Drugs", "surgery", "variable", 100_000),
            cost("Toys", "children", "variable", 40_000),
            cost("Ward", "children", "fixed", 10_000),
            cost("Estates", "all", "overhead", 30_000),
        ],
        (SharedResource.model_validate(given),),
    )


def test_the_rota_falls_on_who_stays() -> None:
    """Before: surgery 100,000 + 60,000 of the rota = 160,000; children 50,000 + 30,000 = 80,000;
    overhead 20,000 and 10,000. Half of surgery goes: 50,000 + 45,000 = 95,000 and
    50,000 + 45,000 = 95,000; overhead 15,000 each."""
    found = run_move(two_services(), "surgery", Fraction(1, 2), 1, draws=1)
    surgery, children = found.services
    assert (surgery.cost_before, children.cost_before) == (180_000, 90_000)
    assert (surgery.cost_after, children.cost_after) == (110_000, 110_000)
    assert (surgery.income_after, children.income_after) == (100_000, 100_000)
    assert (children.margin_before, children.margin_after) == (10_000, -10_000)
    # Half of 180,000 moves on average; 50,000 of drugs are saved.
    assert (found.moved.average, found.moved.saved, found.moved.stranded) == (
        90_000,
        50_000,
        40_000,
    )


def test_a_service_below_its_minimum_and_one_that_loses_its_rota_are_named() -> None:
    """500 of 1,000 cases stay, fewer than 700; the rota has 200 cases in all, fewer than 260."""
    surgery, children = run_move(two_services(), "surgery", Fraction(1, 2), 1, draws=1).services
    assert surgery.is_below
    assert not surgery.weakened
    assert (children.is_below, children.weakened) == (True, ("Rota",))
    mild = run_move(two_services(), "surgery", FIFTH, 1, draws=1)
    assert [one.is_below for one in mild.services] == [False, False]  # 800 cases; 260 on the rota
    said = [one.what for one in conditions(run_move(two_services(), "surgery", Fraction(1, 2), 1))]
    assert "Children goes on below its sustainable minimum: Rota would be used too little to be " \
        "kept going" in said  # fmt: skip
    assert "Surgery goes on below its sustainable minimum: it does 500 a year and needs 700" in said


def test_a_service_that_has_gone_is_not_below_its_minimum() -> None:
    surgery, children = run_move(two_services(), "surgery", Fraction(1), 1, draws=1).services
    assert not surgery.is_below
    assert children.is_below


def test_a_service_that_shares_nothing_is_left_alone() -> None:
    model = two_services(uses={"children": 100}, minimum_use=0)
    changes = {one.name: one for one in cost_changes(model, MovePlan("surgery", Fraction(1)), 1)}
    assert (changes["Rota"].saved, changes["Rota"].average) == (0, 0)


@pytest.mark.parametrize(
    ("margins", "paid"), [([300, -100, -50], 150), ([100, -400], 100), ([5, 6], 0), ([], 0)]
)
def test_cross_subsidy(margins: list[int], paid: int) -> None:
    assert cross_subsidy(margins) == paid


# Rules of payment ----------------------------------------------------------------------------


def one_service(rule: str = "activity", **more: object) -> ServiceModel:
    """£1,000 of income; £600 variable, £400 fixed; moving costs what is given."""
    given = {"service": "a", "name": "Team", **more}
    return made_model(
        [service("a", 100_000, kind="elective", payment=rule)],
        [cost("Drugs", "a", "variable", 60_000), cost("Building", "a", "fixed", 40_000)],
        receivers=(Receiver.model_validate(given),),
        rules=(
            PaymentRule(
                id="rebased", name="Rebased", says="Set anew.", source="Invented",
                variable_percent={"elective": 20, "urgent": 0, "outpatient": 0, "other": 0},
                rebased_after_years=2,
            ),
        ),
    )  # fmt: skip


def test_a_fixed_part_is_set_anew_after_some_years() -> None:
    """A fifth of 1,000 cases' income: 4,000 at once, the other 16,000 two years later."""
    years = run_move(one_service("rebased"), "a", FIFTH, 1, draws=1).years
    assert [one.income_lost for one in years[:4]] == [4_000, 4_000, 20_000, 20_000]
    assert len({one.stranded for one in years}) == 1


def test_the_trust_pays_the_receiver_under_capitation() -> None:
    """200 contacts at £3: the trust saves 12,000 and pays 60,000; by activity the ICB pays."""
    capitation = run_move(one_service("capitation", pence_per_contact=300), "a", FIFTH, 1, draws=1)
    activity = run_move(one_service("activity", pence_per_contact=300), "a", FIFTH, 1, draws=1)
    assert (capitation.moved.trust_net, capitation.moved.icb_net) == (-48_000, 0)
    assert (activity.moved.trust_net, activity.moved.icb_net) == (-8_000, -40_000)
    assert capitation.moved.system_net == activity.moved.system_net == -48_000


def test_aligned_payment_asks_the_kind_of_care() -> None:
    model = one_service("aligned")
    assert run_move(model, "a", FIFTH, 1, draws=1).moved.income_lost == 20_000
    urgent = made_model([service("a", 100_000, payment="aligned")],
                        [cost("Drugs", "a", "variable", 60_000)])  # fmt: skip
    assert run_move(urgent, "a", FIFTH, 1, draws=1).moved.income_lost == 0


# Years ---------------------------------------------------------------------------------------


def test_the_share_moves_in_equal_steps() -> None:
    years = run_move(one_service(), "a", FIFTH, 4, draws=1).years
    assert [one.share for one in years[:5]] == [
        Fraction(1, 20), Fraction(1, 10), Fraction(3, 20), FIFTH, FIFTH,
    ]  # fmt: skip
    assert [one.saved for one in years[:5]] == [3_000, 6_000, 9_000, 12_000, 12_000]


def test_a_fixed_cost_is_given_up_so_many_years_later() -> None:
    model = made_model(
        [service("a")], [cost("Lease", "a", "fixed", 50_000, released_after_years=3)]
    )
    years = run_move(model, "a", FIFTH, 2, draws=1).years
    assert [one.saved for one in years[:6]] == [0, 0, 0, 5_000, 10_000, 10_000]
    assert [one.stranded for one in years[:6]] == [5_000, 10_000, 10_000, 5_000, 0, 0]


def test_teams_are_whole_and_contacts_are_counted_up() -> None:
    """1,000 × 1/5 × 2.55 = 510 contacts: three teams of 200, each £50, £1 a contact, £9 fixed."""
    team = Receiver(service="a", name="Team", contacts_per_hundred=255, pence_per_contact=100,
                    team_contacts=200, team_pence=5_000, fixed_pence=900)  # fmt: skip
    assert receiver_cost(team, 510) == 51_000 + 15_000 + 900
    assert receiver_cost(team, 0) == 0
    model = made_model([service("a")], [cost("Drugs", "a", "variable", 1)], receivers=(team,))
    (first, *_) = run_move(model, "a", FIFTH, 1, draws=1).years
    assert (first.contacts, first.receiver_cost) == (510, 66_900)


def test_the_change_is_paid_by_whom_it_is_said_in_its_year() -> None:
    model = one_service(
        "block",
        transition=[
            once(1, 700, "trust"),
            once(2, 500, "icb", "capital"),
            once(3, 300, "receiver"),
        ],
    )
    first, second, third, *_ = run_move(model, "a", FIFTH, 1, draws=1).years
    assert (first.transition, first.capital, first.trust_net) == (700, 0, 12_000 - 700)
    assert (second.transition, second.capital, second.icb_net) == (0, 500, -500)
    assert (third.transition, third.receiver_net) == (300, -300)
    assert third.cumulative == 3 * 12_000 - 1_500


def test_break_even_is_the_first_year_that_stays() -> None:
    """12,000 a year is saved. 40,000 of change is back in year 4; a cost in year 5 undoes that."""
    plain = one_service("block", transition=[once(1, 40_000)])
    assert run_move(plain, "a", FIFTH, 1, draws=1).break_even == 4
    undone = one_service("block", transition=[once(1, 40_000), once(5, 30_000)])
    years = run_move(undone, "a", FIFTH, 1, draws=1).years
    assert [one.cumulative for one in years[3:6]] == [8_000, -10_000, 2_000]
    assert break_even_year(years) == 6
    never = one_service("block", pence_per_contact=100)
    assert run_move(never, "a", FIFTH, 1, draws=1).break_even is None


# New capacity --------------------------------------------------------------------------------


def test_a_move_stands_in_for_a_ward_that_would_be_built(tmp_path: Path) -> None:
    """Need grows by 5% a year; 20% of today's beds leave in the first year.

    Without the move 105, 110.3, 115.8, 121.6, 127.6 beds: wards 5, 5, 5, 5, 6. With it 85, 90.3,
    95.8, 101.6, 107.6: wards 4, 4, 4, 5, 5. So one ward less in years 1 to 3, none in year 4, one
    in year 5. Its £8m are saved in year 1, spent after all in year 4, saved again in year 5.
    """
    grown = ("payment: activity", "payment: block\n    growth_per_thousand: 50")
    beds = template_model(tmp_path, "beds", services=grown)
    found = run_move(beds, "beds", FIFTH, 1, growing=True, draws=1)
    million = 100_000_000
    assert [one.avoided for one in found.years[:5]] == [
        120_000_000, 120_000_000, 120_000_000, 0, 120_000_000,
    ]  # fmt: skip
    assert [one.avoided_capital for one in found.years[:5]] == [
        8 * million, 0, 0, -8 * million, 8 * million,
    ]  # fmt: skip
    assert [one.units_closed for one in found.years] == [0] * 10
    assert found.moved.trust_net == 32_120_000 + 120_000_000 + 8 * million
    stays = run_move(beds, "beds", FIFTH, 1, draws=1)
    assert {one.avoided for one in stays.years} == {0}


# How sure ------------------------------------------------------------------------------------


def test_without_any_range_every_draw_is_as_declared(tmp_path: Path) -> None:
    found = run_move(one_service("block"), "a", FIFTH, 2, draws=3)
    assert all(one.low == one.declared == one.high for one in found.odds.ranges)
    assert found.odds.within_five == 1.0


def test_the_same_seed_draws_the_same(tmp_path: Path) -> None:
    trust = template_model(tmp_path, "trust")
    one, same, other = (
        run_move(trust, "older-people", FIFTH, 5, draws=30, seed=seed).odds for seed in (7, 7, 8)
    )
    assert one == same
    assert one.ranges != other.ranges


def test_a_range_moves_what_it_is_about() -> None:
    """Half to all of what is planned leaves: between 6,000 and 12,000 is saved, and no more."""
    half = MovedRange(low=50, middle=75, high=100, why="Slow")
    ranges = SURE_RANGES.model_copy(update={"moved": half})
    model = one_service("block")
    model = made_model(list(model.services.values()), list(model.costs), ranges=ranges)
    odds = run_move(model, "a", FIFTH, 1, draws=400).odds
    saved = next(one for one in odds.ranges if (one.year, one.figure) == (1, "saved"))
    assert 6_000 < saved.low < 8_200
    assert 9_800 < saved.high < 12_000
    assert saved.declared == 12_000


def test_levers_do_what_they_say() -> None:
    model = one_service("activity", pence_per_contact=100, transition=[once(1, 1_000)])
    plan, rule = MovePlan("a", FIFTH), model.rules["activity"]
    levers = Levers(moved=500, released=800, receiver=1_100, transition=1_500)
    first = move_years(model, plan, rule, levers)[0]
    assert first.average == 10_000  # a tenth of 100,000 really moves
    assert first.saved == 4_800  # of 6,000 of drugs
    assert first.income_lost == 10_000
    assert (first.contacts, first.receiver_cost) == (200, 22_000)  # ready for all that was planned
    assert first.transition == 1_500


def unlikely_and_likely(tmp_path: Path) -> tuple[MoveResult, MoveResult]:
    dear = template_model(tmp_path / "dear", "trust")
    cheap = one_service("block", pence_per_contact=10, transition=[once(1, 10_000)])
    return (
        run_move(dear, "older-people", FIFTH, 5, draws=50),
        run_move(cheap, "a", FIFTH, 1, draws=50),
    )


def test_break_even_is_unlikely_unless_the_inputs_say_so(tmp_path: Path) -> None:
    dear, cheap = unlikely_and_likely(tmp_path)
    assert dear.odds.verdict == "unlikely"
    assert "Break-even within 5 years is unlikely (0% of 50 draws); as declared it does not come " \
        "within 10 years." in move_summary(dear)  # fmt: skip
    assert cheap.odds.verdict == "likely"
    assert any("is likely (100% of 50 draws); as declared it comes in year 1." in one
               for one in move_summary(cheap))  # fmt: skip


# What must be true ---------------------------------------------------------------------------


def test_the_highest_price_breaks_even_to_the_penny() -> None:
    """12,000 a year for 5 years less 10,000 is 50,000, over 1,000 contacts: 50p each."""
    model = one_service("block", pence_per_contact=80, transition=[once(1, 10_000)])
    found = run_move(model, "a", FIFTH, 1, draws=1)
    assert highest_price(found) == 50
    at_it = one_service("block", pence_per_contact=50, transition=[once(1, 10_000)])
    assert run_move(at_it, "a", FIFTH, 1, draws=1).years[4].cumulative == 0


def test_capital_stands_with_its_year_and_who_pays(tmp_path: Path) -> None:
    found = conditions(
        run_move(template_model(tmp_path, "trust"), "older-people", FIFTH, 5, draws=1)
    )
    (capital,) = (one for one in found if one.what.startswith("Capital"))
    assert (capital.what, capital.figure, capital.year, capital.state) == (
        "Capital, paid by the ICB: A base, vehicles and monitors", 90_000_000, 1, "open",
    )  # fmt: skip
    (ward,) = (one for one in found if one.unit == "ward")
    assert (ward.figure, ward.year, ward.state) == (1, 5, "open")


def test_where_no_ward_closes_the_page_says_how_much_would_have_to_move(tmp_path: Path) -> None:
    found = run_move(template_model(tmp_path, "beds"), "beds", FIFTH, 1, draws=1)
    first = conditions(found)[0]
    assert (first.figure, first.unit, first.state) == (250, "thousandths", "not met")
    assert "25% would have to move" in first.what


def test_nothing_that_moves_needs_nothing(tmp_path: Path) -> None:
    found = run_move(template_model(tmp_path, "beds"), "beds", Fraction(0), 1, draws=1)
    assert conditions(found) == ()
    assert move_claim(found) == "Nothing moves, so nothing is saved, stranded or lost."
    assert move_summary(found) == []


# Who could bear it ---------------------------------------------------------------------------


def test_three_rules_share_what_is_stranded() -> None:
    """8,000 is stranded; a fifth of the activity is with the receiver."""
    strands = run_move(one_service(), "a", FIFTH, 1, draws=1).strands[:3]
    assert [(one.rule, one.icb, one.trust, one.receiver) for one in strands] == [
        ("cost-based", 8_000, 0, 0),
        ("retail-minus", 0, 0, 8_000),
        ("asset-base", 0, 6_400, 1_600),
    ]
