"""The report of a survey: its sentences are true, and what is small stays hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.cli.exit_codes import DONE
from remit.cli.run import run
from remit.model.questionnaire import SurveyItem
from remit.surveys.sentences import change_sentence, share_sentence
from tests.pages.html_pages import parse
from tests.surveys.exports import COLUMNS, HEARD, QUESTIONNAIRE, write_wave

CHANGE = {
    "comparable": True, "pct_now": 32.0, "pct_before": 52.0, "wave_before": "2025", "p": 0.01,
    "p_adjusted": 0.2, "group_by": "all", "base_before": 100, "suppressed": "",
}  # fmt: skip


def item(polarity: str) -> SurveyItem:
    said = {"id": "a", "kind": "scale", "scale": "agree-5", "polarity": polarity}
    return SurveyItem.model_validate({**said, "wording": [{"text": "A"}]})


@pytest.mark.parametrize(
    ("polarity", "news"),
    [("good", ", for the worse."), ("bad", ", for the better."), ("neither", "32%.")],
)
def test_a_fall_is_news_by_what_agreement_means(polarity: str, news: str) -> None:
    said = change_sentence(item(polarity), CHANGE)
    assert said.startswith("It fell from 52% of 100 in 2025 to 32%")
    assert said.endswith(news)


def test_fell_is_said_only_of_what_chance_does_not_explain() -> None:
    said = change_sentence(item("good"), {**CHANGE, "p": 0.2})
    assert said == "32% compared with 52% of 100 in 2025, not a significant change."
    # Of a group it counts after correction.
    assert "not a significant" in change_sentence(item("good"), {**CHANGE, "group_by": "kind"})


def test_a_change_is_read_as_one_and_nearly_none_is_not_none() -> None:
    near = {**CHANGE, "pct_now": 49.4, "pct_before": 49.1, "base_before": 200000}
    assert "rose from 49.1% of 200,000 in 2025 to 49.4%" in change_sentence(item("neither"), near)
    row = {"base": 300, "n_agree": 299, "pct_agree": 99.67, "low": 98.1, "high": 99.9}
    assert share_sentence(item("good"), {**row, "suppressed": ""}).startswith("99.7% agree (299")
    row = {"base": 300, "n_agree": 1, "pct_agree": 0.33, "low": 0.06, "high": 1.9}
    said = share_sentence(item("good"), {**row, "suppressed": ""})
    assert said == "0.3% agree (1 of 300; 95% interval 0.1% to 2%)."


def test_nobody_agreed_stands_with_its_base() -> None:
    row = {"base": 9, "n_agree": 0, "pct_agree": 0.0, "low": 0.0, "high": 29.9, "suppressed": ""}
    assert share_sentence(item("good"), row) == ("0% agree (0 of 9; 95% interval 0% to 30%).")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 40 acute trusts' voices 30 agreed and 10 do now; three of an ambulance trust never did."""
    folder = tmp_path_factory.mktemp("report")
    files = []
    for year, agreed in ((2025, 30), (2026, 10)):
        rows = [
            (str(n), f"ZA{n}", "acute", "Agree" if n < agreed else "Disagree", "", "", "", "")
            for n in range(40)
        ]
        rows += [(str(40 + n), "ZX1", "ambulance", "Disagree", "", "", "", "") for n in range(3)]
        files.append(str(write_wave(folder / f"people-{year}.csv", tuple(rows), COLUMNS)))
    (folder / "q.yaml").write_text(QUESTIONNAIRE, encoding="utf-8")
    out = folder / "out"
    asked = [*files, "--questionnaire", str(folder / "q.yaml"), "--out", str(out)]
    assert run(["survey", "report", *asked]) == DONE
    return out


def test_the_first_page_says_what_changed(pages: Path) -> None:
    said = parse(pages / "index.html").text("main")
    # 30 of 43 and 10 of 43.
    assert "It fell from 70% of 43 in 2025 to 23%, for the worse." in said
    assert "23% agree (10 of 43;" in said


def test_a_small_group_is_hidden_and_so_is_what_gives_it_away(pages: Path) -> None:
    said = parse(pages / "item" / "heard.html").text("main")
    assert "Not shown: the base is under 10." in said
    assert "could be worked out from the others" in said
    table = (pages / "data" / "items.csv").read_text(encoding="utf-8")
    (acute,) = [line for line in table.splitlines() if line.startswith(f"2026,{HEARD},kind,acute,")]
    assert ",10," not in acute
