"""Control charts: nothing collides, nothing leaves its frame, and no title is false."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.pages.drawing.charts import Text
from remit.pages.drawing.control.apart import moved_apart
from remit.pages.drawing.control.drawn import LOOKS, Caption, DrawnNote, SpcDrawing
from remit.pages.drawing.control.maker import draw_spc
from remit.pages.drawing.marks.mark import text_width
from remit.signals.headline import TARGETS, USUAL, SeriesFacts, headline_of
from remit.signals.icons import COMMON_CAUSE, CONCERN, IMPROVEMENT
from remit.signals.points import Point

PLACES = st.lists(st.floats(-500, 900), min_size=1, max_size=12)


@given(PLACES, st.floats(1, 30))
def test_labels_are_moved_apart_in_their_order_and_stay_between_the_ends(
    wanted: list[float], gap: float
) -> None:
    places = moved_apart(wanted, gap, 0.0, 400.0)
    assert all(-1e-6 <= place <= 400.0 + 1e-6 for place in places)
    least = min(gap, 400.0 / max(len(wanted) - 1, 1))
    assert all(b - a >= least - 1e-6 for a, b in pairwise(sorted(places)))
    for (a, x), (b, y) in combinations(zip(wanted, places, strict=True), 2):
        assert a == b or (a < b) == (x < y)


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert moved_apart([10.0, 40.0, 90.0], 16.0, 0.0, 100.0) == [10.0, 40.0, 90.0]
    # Two at 50 need 16 between them: each gives way by half of it.
    assert moved_apart([50.0, 50.0], 16.0, 0.0, 100.0) == [42.0, 58.0]


def month(place: int) -> tuple[date, date]:
    return date(2021 + place // 12, place % 12 + 1, 1), date(2021 + place // 12, place % 12 + 1, 28)


@st.composite
def series(draw: st.DrawFn, scales: tuple[float, ...]) -> tuple[Point, ...]:
    count = draw(st.integers(1, 60))
    scale = draw(st.sampled_from(scales))
    with_limits = draw(st.booleans()) and count >= 3
    aims = [draw(st.none() | st.floats(0, 3)) for _ in range(2)]
    step = draw(st.integers(0, count))
    made = []
    for place in range(count):
        value = (
            draw(st.none() | st.floats(0, 1)) if 0 < place < count - 1 else draw(st.floats(0, 1))
        )
        start, end = month(place)
        aim = aims[place >= step]
        made.append(
            Point(
                label=f"{start:%b %Y}",
                start=start,
                end=end,
                value=None if value is None else value * scale,
                mean=0.5 * scale if with_limits else None,
                lower=0.2 * scale if with_limits else None,
                upper=0.8 * scale if with_limits else None,
                target=None if aim is None else round(aim * scale, 2 if scale <= 100 else 0),
                kind=draw(st.sampled_from([COMMON_CAUSE, CONCERN, IMPROVEMENT])),
            )
        )
    return tuple(made)


def boxes(drawing: SpcDrawing) -> list[tuple[float, float, float, float]]:
    """Left, right, top and bottom of each text and each sign at its widest."""
    return [
        *map(_box, drawing.texts),
        *((one.x - 9, one.x + 9, one.y - 9, one.y + 9) for one in drawing.badges),
    ]


def _box(text: Text) -> tuple[float, float, float, float]:
    large = 1.2 if text.css == "spc-latest" else 1.0
    wide = text_width(text.words) * large
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
    return left, left + wide, text.y - 11, text.y + 3


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(
        st.tuples(st.just("percent"), series((1.0, 100.0))),
        st.tuples(st.just("count"), series((100.0, 4e6))),
        st.tuples(st.just("ratio"), series((0.01, 1.0))),
    ),
    st.lists(st.integers(0, 59), max_size=9),
)
def test_no_text_collides_with_another_and_none_leaves_the_frame(
    drawn: tuple[str, tuple[Point, ...]], noted: list[int]
) -> None:
    unit, points = drawn
    notes = tuple(
        DrawnNote(number, month(place)[0], "", "Something happened")
        for number, place in enumerate(noted, start=1)
        if place < len(points)
    )
    caption = Caption("c", "title", "finding", "rules", "label", unit, notes=notes)
    for drawing in draw_spc(points, caption).drawings:
        look = drawing.look
        found = boxes(drawing)
        for left, right, top, bottom in found:
            assert left >= -0.5, (look.name, drawing.texts)
            assert right <= look.width + 0.5, (look.name, drawing.texts)
            assert top >= -2
            assert bottom <= look.height
        for one, other in combinations(found, 2):
            apart = one[1] <= other[0] or other[1] <= one[0]
            assert apart or one[3] <= other[2] or other[3] <= one[2], (look.name, one, other)


def test_every_drawing_has_the_same_words_for_its_name() -> None:
    start, end = month(0)
    point = Point("Jan 2021", start, end, 5.0)
    chart = draw_spc([point], Caption("c", "t", "It is 5.", "r", "l", about="Elm"))
    assert [one.look for one in chart.pictures] == [look.name for look in LOOKS]
    assert all('aria-label="Elm. It is 5."' in one.svg for one in chart.pictures)


def facts(**more: object) -> SeriesFacts:
    start, end = month(0)
    last = Point("Jan 2021", start, end, 50.0, mean=50.0, lower=40.0, upper=60.0)
    given = {
        "value": "50.0%", "when": "in Jan 2021", "last": last, "variation": "common_cause",
        "assurance": "no_target", "target": "at least 45%",
    }  # fmt: skip
    return SeriesFacts(**(given | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "50.0% in Jan 2021: within its usual range"),
        (
            {"assurance": "pass"},
            "50.0% in Jan 2021: within its usual range; as things are, it will meet the target of "
            "at least 45%",
        ),
        (
            {"assurance": "inconsistent", "met": 5, "of": 12},
            "50.0% in Jan 2021: within its usual range; chance decides whether it meets the target "
            "of at least 45%",
        ),
        # It met it each time: chance has not decided anything yet, and no title says so.
        (
            {"assurance": "inconsistent", "met": 12, "of": 12, "meets_now": True},
            "50.0% in Jan 2021: within its usual range; it meets the target of at least 45%, as "
            "did all of the last 12 figures",
        ),
        # The latest is one of those counted: of one alone it would read as if another had too.
        (
            {"assurance": "mixed_lately", "met": 1, "of": 12, "meets_now": True},
            "50.0% in Jan 2021: within its usual range; it meets the target of at least 45%, "
            "alone of the last 12 figures",
        ),
        (
            {"assurance": "mixed_lately", "met": 11, "of": 12},
            "50.0% in Jan 2021: within its usual range; it misses the target of at least 45%, "
            "alone of the last 12 figures",
        ),
        # The target has changed since the figure: it is said which it is now.
        (
            {"assurance": "missed_lately", "met": 2, "of": 12, "since": "at least 50%"},
            "50.0% in Jan 2021: within its usual range; it misses the target of at least "
            "45% (now at least 50%), as did 10 of the last 12 figures",
        ),
        (
            {"assurance": "fail", "since": "no target"},
            "50.0% in Jan 2021: within its usual range; as things were then, it would not meet "
            "the target of at least 45% (now no target)",
        ),
        # A figure of months ago tells nothing of how things are.
        (
            {"assurance": "fail", "is_old": True},
            "50.0% in Jan 2021: within its usual range; as things were then, it would not meet "
            "the target of at least 45%",
        ),
        (
            {"assurance": "missed_lately", "variation": "concern_low", "met": 1, "of": 12},
            "50.0% in Jan 2021: worse than chance explains; it misses the target of at least 45%, "
            "as did 11 of the last 12 figures",
        ),
        (
            {"variation": "too_few", "few": "7 months held", "assurance": "missed"},
            "50.0% in Jan 2021: only 7 months held, so change cannot be told from chance; it "
            "does not meet the target of at least 45%",
        ),
        (
            {"assurance": "no_target", "year_missed": True},
            "50.0% in Jan 2021: within its usual range; its goal for the year was missed",
        ),
    ],
)
def test_a_title_says_what_is_concluded(given: dict[str, object], said: str) -> None:
    assert headline_of(facts(**given)) == said


def test_every_form_of_a_title_is_said_of_something_that_the_rules_conclude() -> None:
    """No form is dead, and each code of an icon has one."""
    from remit.report.icon_words import ASSURANCES, VARIATIONS

    silent = {"no_target", "no_verdict"}
    for code in VARIATIONS:
        assert any(form.holds(facts(variation=code)) for form in USUAL), code
    for code in ASSURANCES.keys() - silent:
        assert any(form.holds(facts(assurance=code, met=1, of=2)) for form in TARGETS), code
