"""The items of a shared plan: kept as text, numbered, and held against the version before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.oversight.plan_items import PlanItem, changed_items, items_of, numbered, text_of
from remit.oversight.plan_leads import functions_for, told_items

WORDS = st.text(max_size=12)
ITEM = st.builds(
    PlanItem, st.integers(1, 9).map(str), WORDS, WORDS, WORDS, WORDS, st.none() | st.dates()
)
ITEMS = st.lists(ITEM, max_size=5, unique_by=lambda one: one.id)
ON = date(2026, 4, 1)


@given(ITEMS)
def test_items_come_back_from_their_text(items: list[PlanItem]) -> None:
    assert items_of(text_of(items)) == tuple(items)


@given(ITEMS, ITEMS)
def test_each_item_that_differs_is_told_and_no_other(
    old: list[PlanItem], new: list[PlanItem]
) -> None:
    before, after = ({one.id: one for one in items} for items in (old, new))
    found = {one.id: one.kind for one in changed_items(text_of(old), text_of(new))}
    wanted = {}
    for name in before | after:
        if before.get(name) != after.get(name):
            both = name in before and name in after
            wanted[name] = "changed" if both else "new" if name in after else "gone"
    assert found == wanted


@given(ITEMS, st.lists(st.integers(1, 20).map(str)))
def test_a_number_is_never_given_twice(items: list[PlanItem], known: list[str]) -> None:
    blank = [replace(one, id="") for one in items[:2]]
    made = [one.id for one in numbered([*blank, *items[2:]], known)]
    assert len(set(made)) == len(made)
    assert not set(made[: len(blank)]) & set(known)


@pytest.mark.parametrize("text", ["By March.", '{"id": "1"}', "12"])
def test_words_that_are_no_list_are_one_item(text: str) -> None:
    assert items_of(text) == (PlanItem("1", text),)
    assert items_of("  ") == ()


def test_a_change_is_told_in_words_and_a_function_by_its_name() -> None:
    old = PlanItem("1", "Fewer", function="finance", due=date(2026, 3, 1))
    new = replace(old, function="quality-safety", due=date(2026, 6, 1))
    (change,) = changed_items(text_of([old]), text_of([new]), functions_for("ZA1", ON))
    told = {words: [run.text for run in runs] for words, runs in change.fields}
    assert set(told) == {"Function", "Due"}
    assert "Finance" in told["Function"]
    assert "March" in told["Due"]


def test_who_leads_comes_from_the_map() -> None:
    items = [PlanItem("1", "a", function="finance"), PlanItem("2", "b", function="none such")]
    finance, unknown = told_items(items, "ZA1", ON)
    assert "Larkshire and Quillborough" in finance.leads or "Northfold" in finance.leads
    assert (unknown.function, unknown.leads) == ("none such", "")
    assert functions_for("ZA1", date(1990, 1, 1)) == {}
