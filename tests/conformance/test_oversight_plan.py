"""Plans from the labelled file of fictional asks: nothing is lost, nothing is saved twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.asks.matching import read_asks
from remit.oversight import Matched, Saved, load_rules, make_plan, match_asks
from remit.remits import outside_subject

DAY = date(2025, 4, 9)
"""A day on which none of the asks is past."""
PAST = date(2026, 6, 1)


@pytest.fixture(scope="module")
def matched(shared_data: Path) -> tuple[list, Matched]:  # type: ignore[type-arg]
    asks = list(read_asks(shared_data / "asks" / "asks.csv").asks)
    return asks, match_asks(asks)


@pytest.mark.parametrize("code", ["XA1", "XA2", "XA3", "XA4", "QX9"])
def test_each_ask_of_an_organisation_has_its_place(
    matched: tuple[list, Matched],  # type: ignore[type-arg]
    code: str,
) -> None:
    asks, found = matched
    own = [ask for ask in asks if ask.to_org_code == code]
    plan = make_plan(asks, found, outside_subject(code, own[0].to_org_name), DAY, load_rules())
    assert sorted(one.ask.ask_id for one in plan.asks) == sorted(ask.ask_id for ask in own)
    assert 0 < plan.proposed.low < plan.proposed.high < plan.hours.high
    assert plan.saved == Saved()
    without = [one for part in plan.functions if part.function is None for one in part.asks]
    assert len(without) <= len(own) / 10


def test_nearly_all_askers_are_bodies_of_the_map(
    matched: tuple[list, Matched],  # type: ignore[type-arg]
) -> None:
    rules = load_rules()
    assert {ask.from_body for ask in matched[0] if rules.body_of(ask.from_body) is None} == set()


def test_a_national_portal_return_outlives_the_emails_for_the_same(
    matched: tuple[list, Matched],  # type: ignore[type-arg]
) -> None:
    asks, found = matched
    rules = load_rules()
    plan = make_plan(asks, found, outside_subject("XA1", "Merrowdale NHS Trust"), DAY, rules)
    fates = {one.ask.ask_id: one.fated for one in plan.asks}
    assert fates["DA0004"].fate == "stay"
    assert fates["DA0001"].others == fates["DA0002"].others == ("DA0004",)
    ended = [one.ask.ask_id for one in plan.asks if one.fated.fate.words == "ends"]
    assert not any(rules.collects(ask) for ask in asks if ask.ask_id in ended)


def test_what_is_past_is_over_and_saves_nothing(
    matched: tuple[list, Matched],  # type: ignore[type-arg]
) -> None:
    asks, found = matched
    plan = make_plan(
        asks, found, outside_subject("XA1", "Merrowdale NHS Trust"), PAST, load_rules()
    )
    late = [one for one in plan.asks if one.ask.due_on and one.ask.due_on < PAST]
    once = [one for one in late if (one.ask.frequency or "once") == "once"]
    assert once
    assert {one.fated.fate for one in once} == {"over"}
    assert sum(one.would_save.high for one in once) == 0


def test_an_ask_can_end_by_a_publication_only_where_that_is_out_by_its_due_day(
    matched: tuple[list, Matched],  # type: ignore[type-arg]
) -> None:
    asks, found = matched
    rules = load_rules()
    codes = sorted({ask.to_org_code for ask in asks})
    plans = [make_plan(asks, found, outside_subject(one, one), DAY, rules) for one in codes]
    ending = [one for plan in plans for one in plan.asks
              if one.fated.fate in {"end_published", "end_part"}]  # fmt: skip
    assert ending
    for one in ending:
        assert one.answer is not None
        assert (one.answer.state, one.answer.out_by_due) == ("sure", True)
        assert bool(one.fated.stays) is (one.fated.fate == "end_part")
