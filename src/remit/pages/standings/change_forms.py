"""What may be said of a change since the build before: a closed list of forms.

Each form has the condition under which it is true and its sentence; a test tries each.
"""

from __future__ import annotations

from dataclasses import dataclass

from remit.words.forms import SaidForm, first_said
from remit.words.sentences import count_words


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """What a sentence on a change rests on.

    Attributes
    ----------
    period
        The period of which it speaks.
    name
        The organisation or the metric; empty where it speaks of a whole period.
    before
        The quarter that it is held against; empty where that is the same period as it was in the
        build before.
    segment, segment_before
        Those of the organisation, where its segment changed.
    figure, figure_before
        The figure as it is and was printed, where one changed.
    figures
        How many figures changed.
    counts
        Who is in which segment, in words, of a period that is new; of a kind that comes or goes
        how many it has.
    judged, judged_before
        The framework by which the period is and was judged, where these differ.
    mode, mode_before
        Which scores it shows and showed, where these differ.
    """

    period: str = ""
    name: str = ""
    before: str = ""
    segment: int | None = None
    segment_before: int | None = None
    figure: str = ""
    figure_before: str = ""
    figures: int = 0
    counts: str = ""
    judged: str = ""
    judged_before: str = ""
    mode: str = ""
    mode_before: str = ""


ChangeForm = SaidForm[ChangeFacts]


def _moved(facts: ChangeFacts, way: int) -> bool:
    if facts.segment is None or facts.segment_before is None:
        return False
    return (facts.segment - facts.segment_before) * way > 0


def _segment(segment: int | None) -> str:
    return "no segment" if segment is None else f"segment {segment}"


def _was(segment: int | None) -> str:
    return f"where the earlier build had {_segment(segment)}"


PERIODS = (
    ChangeForm("no segment", lambda f: not f.counts,
               lambda f: f"{f.period} is new: no segment follows from its figures"),
    ChangeForm("new", lambda f: bool(f.counts), lambda f: f"{f.period} is new: {f.counts}"),
)  # fmt: skip
"""What is said of a period that is new in the pages."""

SEGMENTS = (
    ChangeForm("revised", lambda f: not f.before,
               lambda f: f"{f.name}: {_segment(f.segment)} in {f.period}, "
               f"{_was(f.segment_before)}"),
    ChangeForm("worse", lambda f: _moved(f, 1),
               lambda f: f"{f.name}: segment {f.segment} in {f.period}, worse than segment "
               f"{f.segment_before} in {f.before}"),
    ChangeForm("better", lambda f: _moved(f, -1),
               lambda f: f"{f.name}: segment {f.segment} in {f.period}, better than segment "
               f"{f.segment_before} in {f.before}"),
    ChangeForm("first or none", lambda f: f.segment != f.segment_before,
               lambda f: f"{f.name}: {_segment(f.segment)} in {f.period}, "
               f"{_segment(f.segment_before)} in {f.before}"),
)  # fmt: skip
"""What is said of a segment that is another than in the quarter, or in the build, before."""

FIGURES = (
    ChangeForm("one", lambda f: f.figures == 1,
               lambda f: f"{f.name} in {f.period}: {f.figure}, where the earlier build had "
               f"{f.figure_before}"),
    ChangeForm("several", lambda f: f.figures > 1,
               lambda f: f"{f.name}: {count_words(f.figures, 'figure')} of {f.period} revised"),
)  # fmt: skip
"""What is said of figures of a period that are others than in the build before."""

BEGUN = (
    ChangeForm("new quarter", lambda f: bool(f.before),
               lambda f: f"{f.name} has figures in {f.period}, and had none in {f.before}"),
    ChangeForm("new build", lambda f: not f.before,
               lambda f: f"{f.name} has figures in {f.period}, and had none in the earlier build"),
)  # fmt: skip
"""What is said of a metric or an organisation that has figures and had none."""

GONE = (
    ChangeForm("new quarter", lambda f: bool(f.before),
               lambda f: f"{f.name} has no figures in {f.period}; it had in {f.before}"),
    ChangeForm("new build", lambda f: not f.before,
               lambda f: f"{f.name} has no figures in {f.period}; it had in the earlier build"),
)  # fmt: skip
"""What is said of a metric or an organisation that has no figures any more."""

KINDS_BEGUN = (
    ChangeForm("new quarter", lambda f: bool(f.before),
               lambda f: f"{f.period} has {f.counts}; {f.before} had none"),
    ChangeForm("new build", lambda f: not f.before,
               lambda f: f"{f.period} has {f.counts}; the earlier build had none"),
)  # fmt: skip
"""What is said of a whole kind of organisation that has figures and had none."""

KINDS_GONE = (
    ChangeForm("new quarter", lambda f: bool(f.before),
               lambda f: f"{f.period} has no figures of {f.name}; {f.before} had {f.counts}"),
    ChangeForm("new build", lambda f: not f.before,
               lambda f: f"{f.period} has no figures of {f.name}; the earlier build had "
               f"{f.counts}"),
)  # fmt: skip
"""What is said of a whole kind that has no figures, be it any more or not yet."""

RULES = (
    ChangeForm("framework", lambda f: bool(f.judged_before),
               lambda f: f"{f.period} is judged by {f.judged}, in the earlier build by "
               f"{f.judged_before}"),
    ChangeForm("mode", lambda f: bool(f.mode_before),
               lambda f: f"{f.period} shows {f.mode} scores, the earlier build {f.mode_before} "
               "ones"),
    ChangeForm("rules", lambda _: True,
               lambda f: f"{f.period} is scored by rules that differ from the earlier build’s"),
)  # fmt: skip
"""What is said where a period is judged by other rules than in the build before."""


def said(forms: tuple[ChangeForm, ...], facts: ChangeFacts) -> str:
    """The words of the first form of a list that holds."""
    return first_said(forms, facts)
