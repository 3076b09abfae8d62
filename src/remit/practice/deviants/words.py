"""What is said of deviants: who, how sure, what such a search can find, and what will not stay."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from remit.practice.deviants.result import Deviant, DeviantsFound, MetricSpread
from remit.words.figures import number_words, percent_words, trimmed_words
from remit.words.sentences import count_words, listed, sentence_case

NO_CAUSE: Final = (
    "Better than those alike for long is where to look, and no cause: how figures are recorded, "
    "and whom an organisation treats, can look the same."
)
CAN_FIND: Final = (
    "What such a search can find: of a tenth that is better by a whole standard deviation of one "
    "quarter, it finds about four of five in eight quarters; of one better by half as much, about "
    "one of seven. Who is not named may still be better."
)
HELP: Final = (
    "The converse says where to offer help and to look at the figures first; it is no judgement of "
    "an organisation, and no list to publish."
)
_NAMED = 8


def findings(found: DeviantsFound) -> Iterator[str]:
    """Sentences on all metrics, the finding first.

    Parameters
    ----------
    found
        The deviants.

    Examples
    --------
    >>> next(findings(found))  # doctest: +SKIP
    '3 of 24 organisations do lastingly better than their peers on at least one of 2 …'
    """
    yield claim(found)
    for one in found.metrics:
        yield metric_sentence(found, one)
    yield CAN_FIND
    yield NO_CAUSE
    yield from notes_of(found)


def claim(found: DeviantsFound) -> str:
    """How many are called lasting on something, of how many, and on how many metrics anybody is."""
    every = {one.code for one in found.deviants}
    named = {one.code for one in found.deviants if one.lasting}
    on = len({one.metric for one in found.deviants if one.lasting})
    if not named:
        return (
            f"None of {count_words(len(every), 'organisation')} does lastingly better than "
            f"{'its peers' if found.peers else 'the others'} on "
            f"{count_words(len(found.metrics), 'metric')}."
        )
    said = (
        f"{len(named)} of {count_words(len(every), 'organisation')} "
        f"{'does' if len(named) == 1 else 'do'} lastingly better than {_whom(found, len(named))}"
    )
    if len(found.metrics) == 1:
        return f"{said}."
    return (
        f"{said} on at least one of {len(found.metrics)} metrics; "
        f"on {len(found.metrics) - on or 'none'} of them nobody does."
    )


def _whom(found: DeviantsFound, count: int) -> str:
    whose = "its" if count == 1 else "their"
    return f"{whose} peers" if found.peers else "the others"


def metric_sentence(found: DeviantsFound, one: MetricSpread) -> str:
    """A metric: who is ahead for long, or that chance explains the spread, and what will stay.

    Parameters
    ----------
    found
        The deviants.
    one
        The metric.

    Examples
    --------
    >>> metric_sentence(found, found.metrics[0])  # doctest: +SKIP
    'Four hours: ZA4 (0.93). Of a lead in one period 61% is expected in another.'
    """
    if not one.differs:
        why = (
            "too few organisations or periods tell"
            if one.rare >= 1
            else f"chance explains how {count_words(one.organisations, 'organisation')} differ"
        )
        return f"{one.metric}: {why}, and nobody is named."
    named = sorted(
        (each for each in found.deviants if each.metric == one.metric and each.lasting),
        key=lambda each: -each.probability,
    )
    shown = listed([_named(each) for each in named[:_NAMED]])
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    who = f"{shown}{more}" if named else "nobody is ahead for long"
    return f"{one.metric}: {who}. {stays(one)}"


def _named(one: Deviant) -> str:
    return f"{one.code} ({number_words(one.probability, 2)})"


def stays(one: MetricSpread) -> str:
    """How much of a lead is expected to stay: regression to the mean, in a sentence.

    >>> stays(found.metrics[0])  # doctest: +SKIP
    'Of a lead in one period 61% is expected in another; the rest is chance that passes.'
    """
    return (
        f"Of a lead in one period {percent_words(one.stays)} is expected in another; the rest "
        "passes by itself (regression to the mean)."
    )


def notes_of(found: DeviantsFound) -> tuple[str, ...]:
    """What a reader should know of the figures, in sentences."""
    said = [*found.outcomes.notes, *found.notes]
    said += [f"{one.metric}: {one.note}" for one in found.metrics if one.note]
    return tuple(sentence_case(f"{one}.") for one in said)


def rule_words(found: DeviantsFound) -> str:
    """The rule by which somebody is called lasting, in a sentence."""
    rules = found.rules
    halves = ", ahead in both halves of them" if rules.both_halves else ""
    return (
        f"Lasting: over at least {rules.least_periods} periods{halves}, on a metric on which "
        f"organisations differ beyond chance, ahead by more than chance makes one of "
        f"{trimmed_words(1 / rules.error)} over all metrics, and with a probability of at least "
        f"{trimmed_words(rules.probability)} to be among the top "
        f"{percent_words(rules.top)}."
    )
