"""Answers ready to send: the figure, its period and its source, or why there is none."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from remit.asks.matching import ReadyAnswer, answers
from remit.asks.matching.answered import load_answering
from remit.catalogue import load_computed_metrics, load_publications
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
        "NHS sickness absence rates",
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


def test_declared_metrics_and_readers_exist() -> None:
    metrics = load_computed_metrics()
    publications = {publication.id for publication in load_publications()}
    for publication in load_answering().publications:
        assert publication.reader is None or publication.reader in publications
        for rule in publication.answers:
            assert rule.metrics.keys() <= set(rule.terms)
            assert {m for named in rule.metrics.values() for m in named} <= metrics.keys()
