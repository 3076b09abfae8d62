"""Whatever is declared: no penny is lost, nothing moves by itself, and all fixed cost stays."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from remit.model.move import Receiver, SharedResource
from remit.shift.move.change import cost_changes
from remit.shift.move.model import ServiceModel
from remit.shift.move.money import split
from remit.shift.move.plan import Levers, MovePlan
from remit.shift.move.result import run_move
from remit.shift.move.sharing import SHARING_RULES
from remit.shift.move.years import move_years
from tests.shift.move.models import cost, made_model, once, service, wards

PENCE = st.integers(0, 10**9)
SHARES = st.fractions(0, 1, max_denominator=1000)
LEVERS = st.builds(
    Levers, *(st.integers(low, high) for low, high in
              ((500, 1100), (500, 1000), (900, 1100), (800, 1500), (800, 1500)))
)  # fmt: skip


@st.composite
def models(draw: st.DrawFn, *, shared: bool = True) -> ServiceModel:
    """A trust of three services; the first is the one that moves."""
    names = ["a", "b", "c"]
    lines = []
    for name in names:
        used = draw(st.integers(1, 120))
        lines += [
            cost("Drugs", name, "variable", draw(PENCE)),
            cost("Wards", name, "semi_fixed", draw(PENCE), used=used,
                 whole=wards(draw(st.integers(1, 6)), draw(st.integers(1, 40)),
                             spread=draw(st.integers(0, 9)))),
            cost("Building", name, "fixed", draw(PENCE)),
            cost("Managers", name, "overhead", draw(PENCE)),
        ]  # fmt: skip
    lines.append(cost("Estates", "all", "overhead", draw(PENCE)))
    uses = {name: draw(st.integers(1, 900)) for name in names[: draw(st.integers(1, 3))]}
    theatre = SharedResource(
        id="t", name="Theatres", kind="theatres", pence=draw(PENCE), whole=wards(5, 400), uses=uses
    )
    receiver = Receiver(
        service="a", name="Team", pence_per_contact=draw(st.integers(0, 10**5)),
        contacts_per_hundred=draw(st.integers(1, 400)), fixed_pence=draw(PENCE),
        transition=(once(1, draw(PENCE)), once(2, draw(PENCE), "trust", "capital"),
                    once(3, draw(PENCE), "receiver")),
    )  # fmt: skip
    services = [
        service(name, draw(PENCE), activity=draw(st.integers(1, 10**5)),
                growth_per_thousand=draw(st.integers(0, 60)))
        for name in names
    ]  # fmt: skip
    return made_model(services, lines, (theatre,) if shared else (), (receiver,))


@settings(max_examples=60, deadline=None)
@given(models(), SHARES, st.integers(1, 10), st.booleans(), LEVERS)
def test_before_is_after_and_saved(
    model: ServiceModel, share: Fraction, year: int, growing: bool, levers: Levers
) -> None:
    changes = cost_changes(model, MovePlan("a", share, 5, growing), year, levers)
    assert sum(one.before for one in changes) == model.spent
    assert all(one.before == one.after + one.saved for one in changes)
    assert all(0 <= one.saved <= one.before for one in changes)
    assert all(0 <= one.units_closed <= one.units_before for one in changes)


@settings(max_examples=40, deadline=None)
@given(models(), st.booleans(), LEVERS, st.sampled_from(["activity", "block", "capitation"]))
def test_a_zero_move_changes_nothing(
    model: ServiceModel, growing: bool, levers: Levers, rule: str
) -> None:
    for one in move_years(model, MovePlan("a", Fraction(0), 3, growing), model.rules[rule], levers):
        assert (one.average, one.saved, one.stranded, one.income_lost) == (0, 0, 0, 0)
        assert (one.avoided, one.avoided_capital, one.receiver_cost, one.transition) == (0, 0, 0, 0)
        assert (one.trust_net, one.icb_net, one.receiver_net, one.cumulative) == (0, 0, 0, 0)
    found = run_move(model, "a", Fraction(0), 3, growing=growing, draws=1)
    assert all(one.margin_before == one.margin_after for one in found.services)


@settings(max_examples=40, deadline=None)
@given(models(shared=False))
def test_moving_everything_strands_all_fixed_cost(model: ServiceModel) -> None:
    """And nothing else: fixed cost, overhead, and the part of the trust's own that it bore."""
    changes = cost_changes(model, MovePlan("a", Fraction(1)), 1)
    stays = sum(
        one.pence for one in model.costs if one.service == "a" and one.kind in {"fixed", "overhead"}
    )
    bore = model.full_costs["a"] - sum(one.pence for one in model.costs if one.service == "a")
    assert sum(one.stranded for one in changes) == stays + bore
    own = [one for one in changes if one.service == "a" and one.kind in {"variable", "semi_fixed"}]
    assert all(one.after == 0 for one in own)


@settings(max_examples=40, deadline=None)
@given(models(), SHARES, st.integers(1, 5), st.booleans(), LEVERS)
def test_payments_between_the_three_cancel(
    model: ServiceModel, share: Fraction, years: int, growing: bool, levers: Levers
) -> None:
    """Under every rule the system is left with the same, year by year."""
    plan = MovePlan("a", share, years, growing)
    nets = {
        tuple(one.system_net for one in move_years(model, plan, rule, levers))
        for rule in model.rules.values()
    }
    strands = {
        tuple(one.stranded for one in move_years(model, plan, rule, levers))
        for rule in model.rules.values()
    }
    assert len(nets) == 1
    assert len(strands) == 1
    for one in move_years(model, plan, model.rules["block"], levers):
        spent = one.receiver_cost + one.transition + one.capital
        assert one.system_net == one.saved + one.avoided + one.avoided_capital - spent


@settings(max_examples=30, deadline=None)
@given(models(), SHARES, st.integers(1, 5))
def test_somebody_bears_every_penny(model: ServiceModel, share: Fraction, years: int) -> None:
    found = run_move(model, "a", share, years, draws=1)
    assert sum(model.full_costs.values()) == model.spent
    assert sum(one.cost_before for one in found.services) == model.spent
    assert sum(one.cost_after for one in found.services) == model.spent - found.moved.saved
    assert len(found.strands) == len(SHARING_RULES) * len(found.years)
    for one in found.strands:
        assert one.icb + one.trust + one.receiver == one.stranded
        assert one.stranded == found.years[one.year - 1].stranded


@settings(max_examples=40, deadline=None)
@given(models(), SHARES, SHARES)
def test_a_larger_move_saves_no_less(model: ServiceModel, one: Fraction, other: Fraction) -> None:
    less, more = sorted((one, other))
    saved = [
        [change.saved for change in cost_changes(model, MovePlan("a", share), 1)]
        for share in (less, more)
    ]
    assert all(a <= b for a, b in zip(*saved, strict=True))


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_a_sum_is_split_to_the_penny(pence: int, weights: list[int]) -> None:
    parts = split(pence, weights)
    assert sum(parts) == pence
    whole = sum(weights)
    for share, weight in zip(parts, weights, strict=True):
        if whole:
            assert abs(share * whole - pence * weight) < whole
