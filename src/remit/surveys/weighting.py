"""Weights: those of the export, one voice for each organisation, and raking to known numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from remit.model.errors import SurveyError
from remit.model.questionnaire import Weights, plain
from remit.surveys.reading.answers import Cut, Labels, Numbers, Voices
from remit.words.figures import number_words
from remit.words.sentences import listed

_ROUNDS, _NEAR = 1_000, 1e-10


def weights_of(voices: Voices, declared: Weights) -> Numbers | None:
    """The weights of one wave's respondents; None where every one counts as one.

    The weights of the export come first, then one voice is shared by the respondents of one
    organisation, then all are raked to the numbers that the questionnaire names.

    Raises
    ------
    SurveyError
        If what is needed is not in the export, or the numbers cannot be met.
    """
    weights = voices.weights
    if declared.one_voice_per:
        weights = one_voice(voices, weights)
    if declared.targets:
        start = np.ones(voices.count) if weights is None else weights
        weights = _raked(voices, start, declared.targets)
    return weights


def one_voice(voices: Voices, weights: Numbers | None = None) -> Numbers:
    """Weights by which the respondents of one organisation together count as one.

    Raises
    ------
    SurveyError
        If the export does not say for which organisation somebody speaks.
    """
    if voices.units is None:
        raise SurveyError(
            f"{voices.wave.id}: one voice for each organisation is asked for, and no column says "
            "for whom a respondent speaks; name it under respondent, unit"
        )
    own = np.ones(voices.count) if weights is None else weights
    known = voices.units.codes >= 0
    whole = np.bincount(voices.units.codes[known], weights=own[known])
    divisor = np.where(known, whole[voices.units.codes], 1.0)
    # An organisation whose voices all weigh nothing has none to share.
    shared = np.divide(own, divisor, out=np.zeros_like(own), where=divisor > 0)
    return np.where(known, shared, own)


def _raked(voices: Voices, start: Numbers, targets: Mapping[str, Mapping[str, float]]) -> Numbers:
    margins = []
    for name, numbers in targets.items():
        cut = voices.cuts.get(name)
        if cut is None:
            raise SurveyError(
                f"{voices.wave.id}: the weights have targets by {name}, and no column has it"
            )
        margins.append((cut.codes, _in_order(cut, numbers, voices.wave.id)))
    cuts = [voices.cuts[name] for name in targets]
    names = [[f"{cut.name} {label}" for label in cut.labels] for cut in cuts]
    try:
        return rake(start, margins, names)
    except SurveyError as error:
        raise SurveyError(f"{voices.wave.id}: {error}") from None


def _in_order(cut: Cut, numbers: Mapping[str, float], wave: str) -> Numbers:
    """The targets in the order of the labels; each label needs one, and each target somebody."""
    by_label = {plain(label): value for label, value in numbers.items()}
    lacking = [label for label in cut.labels if plain(label) not in by_label]
    nobody = set(by_label) - {plain(label) for label in cut.labels}
    if lacking:
        raise SurveyError(f"{wave}: no target is given for {cut.name} {listed(lacking)}")
    if nobody:
        raise SurveyError(
            f"{wave}: nobody answered for {cut.name} {listed(sorted(nobody))}, which has a target; "
            "join it with another value, and say so"
        )
    if (cut.codes < 0).any():
        raise SurveyError(
            f"{wave}: {int((cut.codes < 0).sum())} respondents do not say their {cut.name}, by "
            "which weights are raked; fill it in, or leave them out"
        )
    return np.array([by_label[plain(label)] for label in cut.labels])


def rake(
    start: Numbers,
    margins: Sequence[tuple[Labels, Numbers]],
    names: Sequence[Sequence[str]] = (),
) -> Numbers:
    """Weights whose sums by each margin are the targets (Deming and Stephan, 1940).

    Parameters
    ----------
    start
        The weights to begin with.
    margins
        For each margin the label of every respondent and the target of every label. Targets of
        different totals are scaled to those of the first margin.
    names
        What each label of each margin is called, for what cannot be met.

    Raises
    ------
    SurveyError
        If the targets cannot be met by any weights; it names the one that is furthest off.

    Examples
    --------
    >>> kinds = np.array([0, 0, 1], dtype=np.int32)
    >>> rake(np.ones(3), [(kinds, np.array([100.0, 50.0]))]).tolist()
    [50.0, 50.0, 50.0]
    """
    weights = start.astype(np.float64).copy()
    total = margins[0][1].sum()
    wanted = [(codes, target * (total / target.sum())) for codes, target in margins]
    called = names or [[str(n) for n in range(len(target))] for _, target in margins]
    for _ in range(_ROUNDS):
        for (codes, target), labels in zip(wanted, called, strict=True):
            held = np.bincount(codes, weights=weights, minlength=len(target))
            if (lacking := (held <= 0) & (target > 0)).any():
                raise SurveyError(
                    f"the target of {labels[int(np.argmax(lacking))]} cannot be met: all who "
                    "could meet it have no weight"
                )
            factor = np.divide(target, held, out=np.zeros(len(target)), where=held > 0)
            weights *= factor[codes]
        if all(_near(weights, codes, target) for codes, target in wanted):
            return weights
    raise SurveyError(
        "the targets of the weights contradict each other for who answered: "
        f"{_furthest(weights, wanted, called)}; join small values"
    )


def _furthest(
    weights: Numbers, wanted: Sequence[tuple[Labels, Numbers]], names: Sequence[Sequence[str]]
) -> str:
    """The target that is furthest off when rounds end, and how far."""
    off = []
    for (codes, target), labels in zip(wanted, names, strict=True):
        held = np.bincount(codes, weights=weights, minlength=len(target))
        off += [(abs(has - to), label, has, to)
                for has, to, label in zip(held, target, labels, strict=True)]  # fmt: skip
    _, label, has, to = max(off)
    return f"{label} comes to {number_words(has, 1)}, and its target is {number_words(to, 1)}"


def _near(weights: Numbers, codes: Labels, target: Numbers) -> bool:
    held = np.bincount(codes, weights=weights, minlength=len(target))
    return bool(np.allclose(held, target, rtol=_NEAR, atol=_NEAR * target.sum()))
