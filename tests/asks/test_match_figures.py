"""Answers ready to send: the figure, its period and its source, or why there is none."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from remit.asks.matching import ReadyAnswer, answers, match
from remit.catalogue import load_computed_metrics, load_entries, load_publications
from remit.model.ask import Ask


def figures(*rows: tuple[str, str, float]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "org_code": "ZA1",
                "metric_id": measure,
                "period_label": period,
                "value": value,
                "status": "reported",
                "source_row": line,
                "source_column": measure,
            }
            for line, (measure, period, value) in enumerate(rows, start=2)
        ]
    )


def ask(text: str) -> Ask:
    return Ask("A1", "NHSE region", "ZA1", "Sickness", text, date(2025, 9, 8))


@pytest.fixture(scope="module")
def held() -> pl.DataFrame:
    metric = load_computed_metrics()["sickness-absence.rate"]
    (days,), (all_days,) = metric.numerator, metric.denominator
    return figures(
        (days, "May 2025", 300.0),
        (all_days, "May 2025", 6000.0),
        (days, "Jun 2025", 330.0),
        (all_days, "Jun 2025", 6000.0),
    )


def one(found: list[ReadyAnswer]) -> ReadyAnswer:
    (answer,) = found
    return answer


def test_the_figure_of_the_period_that_was_asked_for(held: pl.DataFrame) -> None:
    answer = one(answers([ask("Sickness rate for May by staff group please.")], held))
    assert (answer.publication, answer.metric_id) == (
        "sickness",
        "sickness-absence.rate",
    )
    assert (answer.period_label, answer.numerator, answer.value) == ("May 2025", 300.0, 5.0)


def test_without_a_period_the_last_published(held: pl.DataFrame) -> None:
    answer = one(answers([ask("Sickness absence rate please.")], held))
    assert (answer.period_label, answer.value) == ("Jun 2025", 5.5)


def test_no_figure_is_ever_made_up(held: pl.DataFrame) -> None:
    answer = one(answers([ask("Sickness rate for August please.")], held))
    assert (answer.value, answer.status) == (None, "none")
    assert answer.why_not == "no figure of this period is held"


def test_what_nobody_publishes_has_no_answer(held: pl.DataFrame) -> None:
    text = Ask("A2", "CQC", "ZA1", "Ligatures", "Send the ligature risk assessment of Birch ward.")
    assert answers([text], held) == []


def test_a_figure_is_to_be_checked_before_it_is_sent(held: pl.DataFrame) -> None:
    answer = one(answers([ask("Sickness rate for May by staff group please.")], held))
    assert answer.check == "to check"
    absent = one(answers([ask("Sickness rate for August please.")], held))
    assert absent.check == ""


def test_what_is_only_perhaps_published_gets_no_figure(held: pl.DataFrame) -> None:
    """No number of a sickness rate is asked for."""
    perhaps = ask("How is sickness going, and what has your wellbeing team done about it?")
    (first, *_) = match([perhaps]).answers
    assert first.state != "sure"
    assert answers([perhaps], held) == []


def test_every_publication_that_remit_reads_has_an_entry() -> None:
    read_by = {name for entry in load_entries().values() for name in entry.read_by}
    published = {one.id for one in load_publications() if one.landing_page.startswith("http")}
    assert published == read_by
    # What is not published answers no ask: the results of a survey of one's own.
    assert {one.id for one in load_publications()} - published == {"survey-results"}


def test_no_figure_stands_under_two_measures_of_an_entry() -> None:
    known = load_computed_metrics()
    for entry in load_entries().values():
        named = [metric for measure in entry.measures for metric in measure.metrics]
        assert len(named) == len(set(named)), entry.id
        assert set(named) <= known.keys()


@pytest.mark.parametrize(
    ("title", "text", "wanted"),
    [
        (
            "52 week waits",
            "How many patients were waiting over 52 weeks at the end of June 2025?",
            {"rtt.over-52-weeks-count", "rtt.over-52-weeks-share"},
        ),
        (
            "18 weeks",
            "What percentage of patients were waiting within 18 weeks at the end of June 2025?",
            {"rtt.within-18-weeks-share"},
        ),
        (
            "Cat 2 response",
            "Category 2 response times, mean and 90th centile, in June 2025.",
            {"ambulance.mean-response-c2"},
        ),
        (
            "Hear and treat",
            "Hear and treat rate of calls, June 2025.",
            {"ambulance.hear-and-treat"},
        ),
        (
            "Ambulance category response times",
            "Ambulance response times, mean and 90th centile, in June 2025.",
            {f"ambulance.mean-response-c{number}" for number in (1, 2, 3, 4)},
        ),
    ],
)
def test_only_metrics_that_are_asked_for_are_made_ready(
    title: str, text: str, wanted: set[str], held: pl.DataFrame
) -> None:
    found = answers([Ask("A1", "NHSE region", "ZA1", title, text, date(2025, 9, 8))], held)
    assert {one.metric_id for one in found} == wanted
