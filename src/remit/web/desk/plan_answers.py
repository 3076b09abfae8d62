"""The answers to what was said of a plan: taken or not, beside the remark, where it is settled."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.asks.register.typed import without_names
from remit.oversight.answered import ANSWERS, ViewTold, answer_to
from remit.oversight.plan_told import PlanTold
from remit.oversight.shared_plan import SaidOfPlan


class RemarkAnswerForm(forms.Form):
    """Whether a remark is taken; one that is not needs a few words why."""

    answer = forms.ChoiceField(
        label="Answer", required=False, choices=[("", "None yet"), *ANSWERS.items()],
        widget=forms.Select(attrs={"class": "nhsuk-select"}),
    )  # fmt: skip
    why = forms.CharField(
        label="Why", required=False, max_length=300,
        widget=forms.TextInput(attrs={"class": "nhsuk-input"}),
    )  # fmt: skip

    def clean_why(self) -> str:
        """Take names out."""
        return without_names(str(self.cleaned_data["why"]).strip())

    def clean(self) -> dict[str, Any]:
        """Refuse words without an answer, and a refusal without words."""
        given = dict(self.cleaned_data)
        if given.get("answer") == "not-taken" and not given.get("why"):
            self.add_error("why", "Enter why it is not taken")
        if given.get("why") and "answer" in given and not given["answer"]:
            self.add_error("answer", "Choose whether it is taken, or clear why")
        return given


def answer_forms(told: PlanTold, data: Any = None) -> dict[int, RemarkAnswerForm]:
    """The number of each remark that was shown to the writer's side → the form that answers it.

    Who sits on two boards sees what the other side has not handed in yet, too; that waits.

    Parameters
    ----------
    told
        The plan as who settles sees it.
    data
        What was sent, or None. A remark of which nothing was sent keeps its answer.
    """
    return {
        one.number: RemarkAnswerForm(
            data if data is not None and f"{answer_to(one.number)}-answer" in data else None,
            prefix=answer_to(one.number),
            initial={"answer": one.answer, "why": "" if _is_bare(one) else one.why},
        )
        for one in told.views
        if one.is_remark and one.shown
    }


def _is_bare(said: ViewTold) -> bool:
    """Whether it is taken without a word: what is kept then is the answer's own name."""
    return said.answer == "taken" and said.why == ANSWERS["taken"]


def answers_sent(answers: dict[int, RemarkAnswerForm]) -> list[SaidOfPlan]:
    """What was answered anew or otherwise than before; a blank takes no answer back."""
    return [
        SaidOfPlan(
            form.cleaned_data["answer"],
            form.cleaned_data["why"] or ANSWERS[form.cleaned_data["answer"]],
            answer_to(number),
        )
        for number, form in answers.items()
        if form.is_bound and form.has_changed() and form.cleaned_data["answer"]
    ]
