"""What a questionnaire, a measure of the shift and a cost may not say."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from remit.model.move import EVERY_SERVICE, CostLine, SharedResource
from remit.model.questionnaire import Questionnaire, Scale, SurveyItem
from remit.model.shift_measures import ShiftMeasure, ShiftMeasureFile

ITEM: dict[str, Any] = {"id": "a", "kind": "numeric", "wording": [{"text": "A"}]}
ASKED: dict[str, Any] = {
    "schema": "remit/questionnaire/1", "id": "q", "title": "Q", "source": "S",
    "waves": [{"id": "1"}], "items": [ITEM],
}  # fmt: skip
COUNTS = {"numerator": ["a.b"], "denominator": ["a.c"], "over_time": "sum"}
MEASURE: dict[str, Any] = {
    "id": "m", "name": "M", "side": "hospital", "horizon": "today", "towards": "lower",
    "definition": "D", "numerator": "N", "denominator": "D", "source": "S", "unit": "percent",
    "counts": COUNTS, "gate": {"least_periods": 1, "why": "W"},
}  # fmt: skip
SAME = [{"label": "Yes", "means": "agree"}, {"label": "No", "means": "disagree", "also": ["yes"]}]


@pytest.mark.parametrize(
    ("model", "data", "said"),
    [
        (Scale, {"answers": SAME}, "stands for two answers"),
        (SurveyItem, {**ITEM, "kind": "scale"}, "names its scale"),
        (SurveyItem, {**ITEM, "least": 2, "most": 1}, "least is greater than most"),
        (Questionnaire, {**ASKED, "items": [ITEM, ITEM]}, "items: a stands twice"),
        (Questionnaire, {**ASKED, "waves": [{"id": "1"}] * 2}, "waves: 1 stands twice"),
        (ShiftMeasure, {**MEASURE, "needs": "A file"}, "what it is made of"),
        (ShiftMeasure, {**MEASURE, "gate": None}, "what is read has a gate"),
        (ShiftMeasure, {**MEASURE, "per_people": True}, "or is held against people"),
        (ShiftMeasure, {**MEASURE, "need": "a.need"}, "a need weight is for"),
    ],
)
def test_what_contradicts_itself_is_refused(model: type[Any], data: Any, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(data)
    assert said in str(refused.value)


def test_what_agrees_with_itself_is_taken() -> None:
    assert Questionnaire.model_validate(ASKED).group("kind") is None
    assert ShiftMeasure.model_validate(MEASURE).is_read


def test_a_measure_is_declared_once() -> None:
    file = {"schema": "remit/shift-measures/1", "id": "f", "population": ["a.people"],
            "registered": "a.heads", "measures": [MEASURE, MEASURE]}  # fmt: skip
    with pytest.raises(ValidationError, match="declared twice"):
        ShiftMeasureFile.model_validate(file)


def test_costs_fit_their_kind() -> None:
    cost = {"name": "C", "service": "s", "kind": "variable", "pence": 100}
    for more, said in (
        ({"released_after_years": 2}, "fixed cost or an overhead"),
        ({"service": EVERY_SERVICE}, "only an overhead"),
        ({"kind": "semi_fixed"}, "has `whole` units"),
    ):
        with pytest.raises(ValidationError, match=said):
            CostLine.model_validate({**cost, **more})
    with pytest.raises(ValidationError):
        SharedResource.model_validate({"id": "r", "name": "R", "kind": "rota", "uses": {}})
