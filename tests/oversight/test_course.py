"""The course of a plan: every state has one owner, and no acts lead out of the table."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from remit.model.plan_course import PlanCourse
from remit.oversight import (
    Actor,
    ActRefused,
    PlanStanding,
    after,
    begun,
    changed_words,
    load_course,
    open_acts,
    sees_text,
    sees_view,
    state_of,
)

PARTS = ("region", "icb", "trust")
BOTH = frozenset({"write", "sign"})
STATES = [one.id for one in load_course().states]
ACTS = sorted({act.id for state in load_course().states for act in state.acts})
PEOPLE = {
    "region chief": Actor("region chief", {"region": BOTH}),
    "icb chief": Actor("icb chief", {"icb": BOTH}),
    "trust chief": Actor("trust chief", {"trust": BOTH}),
    "trust secretary": Actor("trust secretary", {"trust": frozenset({"write"})}),
    "on two boards": Actor("on two boards", {"icb": BOTH, "trust": BOTH}),
    "reader": Actor("reader", {}),
}
CHIEF = {part: PEOPLE[f"{part} chief"] for part in PARTS}
TO_SIGNATURE = (
    ("hand-over", "region"), ("hand-in", "icb"), ("hand-in", "trust"),
    ("put-to-signature", "region"),
)  # fmt: skip
ALL_SIGN = (("sign", "trust"), ("sign", "icb"), ("sign", "region"))


def walked(standing: PlanStanding, *steps: tuple[str, str]) -> PlanStanding:
    for act, part in steps:
        standing = after(standing, act, part, CHIEF[part])
    return standing


def test_each_state_has_exactly_one_owner_and_the_three_own_all() -> None:
    owned = {part: {one.id for one in load_course().states if one.owner == part} for part in PARTS}
    assert set.union(*owned.values()) == set(STATES)
    assert all(not owned[one] & owned[two] for one, two in combinations(PARTS, 2))


def test_only_the_owner_writes_passes_on_and_signs_in_any_state() -> None:
    for name, part in product(STATES, PARTS):
        for act in open_acts(PlanStanding(name, begun("a").versions), part, CHIEF[part]):
            assert act.does in {"view", "back"} or part == state_of(name).owner


def test_the_owner_can_pass_on_from_every_state_but_the_last() -> None:
    for name in STATES:
        owner = state_of(name).owner
        acts = open_acts(PlanStanding(name, begun("a").versions), owner, CHIEF[owner])
        assert any(act.to for act in acts), name


def test_three_people_bring_a_draft_into_force_and_to_its_review() -> None:
    signed = walked(begun("Fewer asks."), *TO_SIGNATURE, *ALL_SIGN)
    assert signed.state == "in-force"
    assert [(one.part, one.person) for one in signed.version.signed] == [
        ("trust", "trust chief"), ("icb", "icb chief"), ("region", "region chief"),
    ]  # fmt: skip
    assert walked(signed, ("review", "region")).state == "reviewed"


def test_a_change_after_signing_is_a_new_version_that_nobody_has_signed() -> None:
    signed = walked(begun("By March."), *TO_SIGNATURE, *ALL_SIGN, ("change", "region"))
    with pytest.raises(ActRefused, match="signed already"):
        walked(signed, ("put-to-signature", "region"))
    changed = after(signed, "write", "region", CHIEF["region"], "By June.")
    assert changed.versions[0] == signed.version
    assert (changed.version.text, changed.version.signed) == ("By June.", ())
    assert walked(changed, ("put-to-signature", "region"), *ALL_SIGN).state == "in-force"


def test_a_draft_that_nobody_else_saw_is_written_over() -> None:
    saved = after(begun("First."), "write", "region", CHIEF["region"], "Second.")
    assert [one.text for one in saved.versions] == ["Second."]


def test_who_passed_it_on_calls_it_back_until_the_next_side_has_acted() -> None:
    handed = walked(begun("Fewer asks."), ("hand-over", "region"))
    back = walked(handed, ("call-back", "region"))
    assert (back.state, back.version.fixed) == ("draft", True), "what was shown stays shown"
    with_trust = walked(handed, ("hand-in", "icb"))
    assert walked(with_trust, ("call-back", "icb")).state == "comment"
    waits = walked(begun("a"), *TO_SIGNATURE)
    assert walked(waits, ("call-back", "region")).state == "settle"
    for standing, part in ((with_trust, "region"), (walked(waits, ("sign", "trust")), "region")):
        with pytest.raises(ActRefused, match=r"is for|nobody can do this"):
            walked(standing, ("call-back", part))


@pytest.mark.parametrize(
    ("act", "part", "person", "says"),
    [
        ("sign", "trust", "trust secretary", "do not let you sign for this side"),
        ("sign", "trust", "icb chief", "do not let you sign for this side"),
        ("sign", "icb", "icb chief", "is for: Trust"),
        ("write", "region", "region chief", "nobody can do this"),
    ],
)
def test_who_may_not_is_told_why(act: str, part: str, person: str, says: str) -> None:
    waits = walked(begun("a"), *TO_SIGNATURE)
    with pytest.raises(ActRefused, match=says):
        after(waits, act, part, PEOPLE[person])


def test_a_person_of_two_boards_signs_for_one_of_them() -> None:
    waits = walked(begun("a"), *TO_SIGNATURE)
    once = after(waits, "sign", "trust", PEOPLE["on two boards"])
    with pytest.raises(ActRefused, match="signed this version already, for another side"):
        after(once, "sign", "icb", PEOPLE["on two boards"])


def seers(standing: PlanStanding) -> list[str]:
    return [part for part in PARTS if sees_text(standing, part)]


def test_a_text_is_the_regions_alone_until_it_is_passed_on() -> None:
    draft = begun("a")
    assert seers(draft) == ["region"]
    assert seers(walked(draft, TO_SIGNATURE[0])) == list(PARTS)
    settled = walked(draft, *TO_SIGNATURE[:3])
    assert seers(settled) == list(PARTS), "what was handed over before stays seen"
    rewritten = after(settled, "write", "region", CHIEF["region"], "b")
    assert seers(rewritten) == ["region"]
    assert seers(walked(rewritten, TO_SIGNATURE[3])) == list(PARTS)


def test_views_are_hidden_until_all_are_in() -> None:
    hidden = {"draft", "comment", "check"}
    for name, part, other in product(STATES, PARTS, PARTS):
        assert sees_view(name, part, of=other) == (part == other or name not in hidden)


def test_to_write_takes_a_text() -> None:
    with pytest.raises(ActRefused, match="takes a text"):
        after(begun("a"), "write", "region", CHIEF["region"])


STEP = st.tuples(
    st.sampled_from(ACTS),
    st.sampled_from(PARTS),
    st.sampled_from(sorted(PEOPLE)),
    st.text("ab", min_size=1),
)


@given(st.lists(STEP, max_size=60), st.booleans())
def test_no_sequence_of_acts_breaks_the_rules(
    steps: list[tuple[str, str, str, str]], is_far: bool
) -> None:
    standing = begun("a")
    if is_far:
        standing = walked(standing, *TO_SIGNATURE)
    for name, part, person, text in steps:
        before, actor = standing, PEOPLE[person]
        is_open = name in {act.id for act in open_acts(before, part, actor)}
        try:
            standing = after(before, name, part, actor, text)
        except ActRefused:
            assert not is_open
            continue
        assert is_open
        assert standing.state in STATES
        assert part in actor.may
        # What was passed on or signed stays as it was, but for signatures that come to it.
        for old, new in zip(before.versions, standing.versions, strict=False):
            assert not (old.fixed or old.signed) or old.text == new.text
            assert new.signed[: len(old.signed)] == old.signed or not old.fixed
        assert len(standing.versions) >= len(before.versions)
        for version in standing.versions:
            for signed in version.signed:
                assert "sign" in PEOPLE[signed.person].may[signed.part]
            assert len({one.part for one in version.signed}) == len(version.signed)
            assert len({one.person for one in version.signed}) == len(version.signed)
        if state_of(standing.state).in_force:
            assert {one.part for one in standing.version.signed} == set(PARTS)


def course_with(**changes: object) -> dict[str, object]:
    act = {"id": "pass", "by": ["a"], "needs": "write", "does": "pass", "to": "two", "name": "Pass"}
    one = {
        "id": "one", "name": "One", "owner": "a", "says": "One.",
        "views_shown": False, "acts": [act | changes.pop("act", {})],  # type: ignore[operator]
    }  # fmt: skip
    back = {"id": "back", "by": ["b"], "needs": "sign", "does": "sign", "to": "one", "name": "Back"}
    two = one | {"id": "two", "owner": "b", "acts": [back]}
    return {
        "schema": "remit/plan-course/1", "source": "A test", "first": "one",
        "parts": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        "states": [one | changes, two],
    }  # fmt: skip


def test_a_sound_course_is_taken() -> None:
    assert PlanCourse.model_validate(course_with()).first == "one"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"owner": "c"}, "one: owner says c; allowed: a, b"),
        ({"id": "two"}, "a state is declared once"),
        ({"act": {"to": "three"}}, "to says three"),
        ({"act": {"to": ""}}, "passes or signs leads to a state"),
        ({"act": {"by": ["a", "b"]}}, "the owner alone"),
        ({"act": {"does": "sign"}}, "takes the permission to sign"),
        ({"act": {"does": "back"}}, "calls it back"),
        ({"act": {"to": "one"}}, "no act leads to two"),
    ],
)
def test_a_course_with_a_fault_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        PlanCourse.model_validate(course_with(**changes))


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_both_versions_can_be_had_again_from_the_changed_words(before: str, now: str) -> None:
    runs = changed_words(before, now)
    assert "".join(run.text for run in runs if run.kind != "new") == before
    assert "".join(run.text for run in runs if run.kind != "gone") == now
    assert all(run.text for run in runs)
    assert all(run.kind == "kept" for run in runs) or before != now
