"""The results of a survey as evidence of an annual assessment, and in the report of a board."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest
import yaml

from remit.cli.run import run
from remit.sample import write_people
from remit.store import Store

QUESTIONNAIRE = {
    "schema": "remit/questionnaire/1",
    "id": "ours",
    "title": "How are we doing?",
    "source": "Invented for a test",
    "fictional": True,
    "about": {"organisation": "ZB1"},
    "respondent": {"id": ["number"]},
    "waves": [{"id": "2024", "period": "2023/24"}, {"id": "2025", "period": "2024/25"}],
    "items": [
        {
            "id": "comfort",
            "kind": "scale",
            "scale": "agree-5",
            "metric": "survey.comfort-with-icb",
            "wording": [{"text": "We are comfortable"}],
        }
    ],
}


def exports(
    folder: Path, *agree: int, of: int = 60, heading: str = "We are comfortable"
) -> list[str]:
    """A wave a number of those who agree, from 2024 on; all others disagree."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for year, count in enumerate(agree, start=2024):
        path = folder / f"answers-{year}.csv"
        answers = ["Agree"] * count + ["Disagree"] * (of - count)
        rows = [f"P{number},{answer}" for number, answer in enumerate(answers)]
        path.write_text("\n".join([f"number,{heading}", *rows]) + "\n", encoding="utf-8")
        paths.append(str(path))
    return paths


def results(
    folder: Path, files: list[str], asked: dict[str, object] | None = None, *, min_base: int = 10
) -> list[dict[str, str]]:
    path = folder / "ours.yaml"
    path.write_text(yaml.safe_dump(asked or QUESTIONNAIRE), encoding="utf-8")
    out = folder / "tables"
    said = ["--questionnaire", str(path), "--min-base", str(min_base), "--out", str(out)]
    assert run(["survey", "tables", *files, *said]) == 0
    with (out / "survey-results.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stored(folder: Path, store: Path) -> Path:
    assert run(["ingest", str(folder / "tables/survey-results.csv"), "--store", str(store)]) == 0
    return store


def test_a_body_has_a_row_a_year_with_base_interval_and_chance(tmp_path: Path) -> None:
    """40 of 60 and 15 of 60: z is 25 ÷ √(60 × 2 × 55/120 × 65/120) = 4.58, p under 0.00001."""
    before, now = results(tmp_path, exports(tmp_path, 40, 15))
    assert [before[name] for name in ("Organisation", "Period", "Base", "Agree")] == [
        "ZB1", "2023/24", "60", "40",
    ]  # fmt: skip
    assert before["P adjusted"] == "none before"
    assert (now["Period"], now["Percent agree"], now["Survey wave"]) == ("2024/25", "25.0", "2025")
    assert float(now["Low"]) == pytest.approx(15.78, abs=0.01)
    assert float(now["High"]) == pytest.approx(37.23, abs=0.01)
    assert 1e-6 < float(now["P adjusted"]) < 1e-5


def test_what_the_survey_found_changed_is_proposed_and_bears_a_letter(tmp_path: Path) -> None:
    results(tmp_path, exports(tmp_path, 40, 15))
    store = stored(tmp_path, tmp_path / "store.duckdb")
    year = tmp_path / "year"
    asked = ["--year", "2024-25", "--icb", "ZB1", "--store", str(store)]
    assert run(["annual", "new", str(year), *asked]) == 0
    with (year / "figures.csv").open(encoding="utf-8", newline="") as file:
        (figure,) = csv.DictReader(file)
    assert (figure["metric"], figure["value"], figure["base"], figure["signal"]) == (
        "survey.comfort-with-icb", "25.0", "60.0", "worsened",
    )  # fmt: skip
    assert (figure["source_file"], figure["source_line"]) == ("survey-results.csv", "3")
    assert figure["vintage"]
    (item,) = yaml.safe_load((year / "evidence.yaml").read_text(encoding="utf-8"))["evidence"]
    assert (item["icb"], item["speaks"], item["value"]) == (["ZB1"], "against", "25")
    assert item["says"].startswith("leadership-governance: Trusts comfortable with their ICB")
    finding = {
        "id": "F1", "icb": "ZB1", "heading": "leadership-governance", "direction": "concern",
        "statement": "25% of respondents were comfortable with how it oversees them.",
        "phrase": "concerns", "evidence": [item["id"]], "author": "Assessor", "reviewer": "Lead",
    }  # fmt: skip
    text = yaml.safe_dump({"schema": "remit/annual-findings/1", "findings": [finding]})
    (year / "findings.yaml").write_text(text, encoding="utf-8")
    assert run(["annual", "check", str(year), "--out", str(tmp_path / "faults")]) == 1
    with (tmp_path / "faults/faults.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    assert not kinds & {"figure_differs", "figure_outside_year", "no_source"}


@pytest.mark.parametrize(
    ("agree", "signal"), [((30, 28), "none"), ((15, 40), "improved"), ((15,), "not charted")]
)
def test_a_change_is_what_the_survey_tested(
    tmp_path: Path, agree: tuple[int, ...], signal: str
) -> None:
    files = exports(tmp_path, *agree) if len(agree) > 1 else exports(tmp_path, 1, 15)[1:]
    results(tmp_path, files)
    store = stored(tmp_path, tmp_path / "store.duckdb")
    asked = ["--year", "2024-25", "--icb", "ZB1", "--store", str(store)]
    assert run(["annual", "new", str(tmp_path / "year"), *asked]) == 0
    with (tmp_path / "year/figures.csv").open(encoding="utf-8", newline="") as file:
        assert [row["signal"] for row in csv.DictReader(file)] == [signal]


def test_a_board_report_has_it_with_its_base_beside_the_other_icb(tmp_path: Path) -> None:
    write_people(tmp_path)
    waves = [str(tmp_path / f"sample-survey-{year}.csv") for year in (2025, 2026)]
    said = ["--questionnaire", str(tmp_path / "sample-survey.yaml"), "--out"]
    assert run(["survey", "tables", *waves, *said, str(tmp_path / "tables")]) == 1
    store = stored(tmp_path, tmp_path / "store.duckdb")
    out = tmp_path / "report"
    asked = ["--period", "Mar 2026", "--store", str(store), "--formats", "pages"]
    assert run(["report", "ZB1", *asked, "--out", str(out)]) == 0
    page = (out / "metrics/survey-comfort-with-icb.html").read_text(encoding="utf-8")
    rows = pl.read_csv(tmp_path / "tables/survey-results.csv", infer_schema=False)
    (own,) = rows.filter(
        Organisation="ZB1", Period="2025/26", Metric="survey.comfort-with-icb"
    ).to_dicts()
    assert f"{own['Agree']} of {own['Base']}, a small base" in page
    assert "2 ICBs together" in page
    told = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert "survey.icb-is-mature" not in json.dumps(told), "no figure of it is held, none is missed"


def test_a_small_base_stays_hidden_in_the_store(tmp_path: Path) -> None:
    (row,) = results(tmp_path, exports(tmp_path, 0, 3, of=9)[1:])
    assert [row[name] for name in ("Base", "Agree", "Percent agree", "Low")] == ["*"] * 4
    assert row["Reason"] == "the base is under 10"
    with Store.open(stored(tmp_path, tmp_path / "store.duckdb")) as store:
        assert set(store.observations()["status"]) == {"suppressed"}


def test_a_wave_of_another_wording_is_not_in_the_series(tmp_path: Path) -> None:
    wording = [
        {"text": "We are comfortable", "waves": ["2025"]},
        {"text": "We are usually comfortable", "waves": ["2024"]},
    ]
    asked = {**QUESTIONNAIRE, "items": [{**QUESTIONNAIRE["items"][0], "wording": wording}]}  # type: ignore[index]
    milder = exports(tmp_path / "before", 40, heading="We are usually comfortable")
    rows = results(tmp_path, [*milder, exports(tmp_path, 40, 15)[1]], asked)
    assert [row["Period"] for row in rows] == ["2024/25"]


def test_surveys_of_two_icbs_stand_side_by_side(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    for code in ("ZB1", "ZB2"):
        folder = tmp_path / code
        results(folder, exports(folder, 40, 15), {**QUESTIONNAIRE, "about": {"organisation": code}})
        stored(folder, store)
    with Store.open(store) as held:
        counts = held.observations(metrics=["survey.comfort-with-icb-agree"])
    assert counts.sort("org_code")["org_code"].to_list() == ["ZB1", "ZB1", "ZB2", "ZB2"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"items": [{**QUESTIONNAIRE["items"][0], "metric": "survey.comfort"}]},  # type: ignore[index]
            "is none that an item on a scale can be",
        ),
        ({"groups": [{"id": "icb", "name": "ICB"}]}, "say where a group stands"),
        ({"about": {}}, "say whom it is about"),
    ],
)
def test_what_is_not_declared_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, object], said: str
) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(yaml.safe_dump({**QUESTIONNAIRE, **change}), encoding="utf-8")
    asked = ["--questionnaire", str(path), "--out", str(tmp_path / "tables")]
    assert run(["survey", "tables", *exports(tmp_path, 40, 15), *asked]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"waves": [{"id": "2024"}, {"id": "2025"}]},
            "2024: the questionnaire does not say of which year it is (waves, period: "
            '"2025/26"), so it has no figures for a store',
        ),
        (
            {
                "about": {"group": "icb"},
                "groups": [{"id": "icb", "name": "ICB", "by_register": "icb"}],
            },
            "2024: which organisation a respondent speaks for is not known, so it has no group icb",
        ),
    ],
)
def test_what_is_lacking_for_a_store_is_told_and_the_tables_are_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, object], said: str
) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text(yaml.safe_dump({**QUESTIONNAIRE, **change}), encoding="utf-8")
    out = tmp_path / "tables"
    asked = ["--questionnaire", str(path), "--out", str(out)]
    assert run(["survey", "tables", *exports(tmp_path, 40, 15), *asked]) == 0
    assert said in capsys.readouterr().out
    assert pl.read_csv(out / "items.csv").height == 2
    assert not (out / "survey-results.csv").exists()


def test_without_whom_it_is_about_no_file_is_written(tmp_path: Path) -> None:
    asked = {name: one for name, one in QUESTIONNAIRE.items() if name != "about"}
    path = tmp_path / "ours.yaml"
    path.write_text(yaml.safe_dump(asked), encoding="utf-8")
    out = tmp_path / "tables"
    said = ["--questionnaire", str(path), "--out", str(out)]
    assert run(["survey", "tables", *exports(tmp_path, 40, 15), *said]) == 0
    assert (out / "items.csv").exists()
    assert not (out / "survey-results.csv").exists()
