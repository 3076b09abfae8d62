"""The figures of a site as data: they follow their schemas, equal the pages, and lead to lines."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from remit.assessment.result.assessment import Assessment
from remit.words.figures import number_words, published_words
from tests.pages.html_pages import parse

LATEST = "2025-26-q4"


def data_of(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def latest_data(site: Path) -> Any:
    return data_of(site / LATEST / "standings.json")


def schema_faults(site: Path) -> tuple[list[str], set[str]]:
    """What does not follow its schema, and which schemas are used."""
    faults, used = [], set()
    for path in sorted(site.rglob("*.json")):
        held = data_of(path)
        if path.parent.name == "static" or path.name in {"datapackage.json", ".remit-site.json"}:
            continue
        used.add(held["schema"])
        schema = data_of(site / "static" / held["schema"])
        Draft202012Validator.check_schema(schema)
        faults += [
            f"{path.name}: {one.message[:200]}"
            for one in Draft202012Validator(
                schema, format_checker=Draft202012Validator.FORMAT_CHECKER
            ).iter_errors(held)
        ]
    return faults, used


def test_every_json_of_a_site_follows_its_schema(site: Path) -> None:
    faults, used = schema_faults(site)
    assert faults == []
    assert used == {"standings.schema.json", "site.schema.json", "explanation.schema.json"}


def test_the_site_names_its_periods_and_their_data(site: Path) -> None:
    told = data_of(site / "site.json")
    assert [one["period"] for one in told["periods"]] == [f"2025/26 Q{n}" for n in (1, 2, 3, 4)]
    assert all((site / one["standings"]).is_file() for one in told["periods"])


def test_standings_equal_the_page_of_the_league(site: Path, latest_data: Any) -> None:
    acute = [one for one in latest_data["organisations"] if one["kind"] == "acute"]
    page = parse(site / LATEST / "league" / "acute.html")
    rows = [
        tag for tag in page.all("tr") if "data-code" in tag.attributes and "id" in tag.attributes
    ]
    assert [tag.attributes["data-code"] for tag in rows] == [one["code"] for one in acute]
    for tag, one in zip(rows, acute, strict=True):
        words = tag.inside.split()
        assert str(one["rank"]) in words
        assert number_words(one["average_score"]) in words
        low, high = one["likely_rank"]
        assert (f"{low} to {high}" if low != high else str(low)) in " ".join(words)


def test_values_equal_the_page_of_a_trust(site: Path, latest_data: Any) -> None:
    one = next(one for one in latest_data["organisations"] if one["code"] == "ZA1")
    text = parse(site / LATEST / "trusts" / "ZA1.html").text("main")
    shown = [figure for figure in one["metrics"] if figure["score"] is not None]
    assert len(shown) > 15
    for figure in shown:
        assert published_words(figure["value"], figure["unit"]) in text, figure


def test_every_figure_leads_to_the_line_that_it_stands_in(
    assessments: list[Assessment], site: Path, latest_data: Any, tmp_path: Path
) -> None:
    names = {one["number"]: one["file"] for one in latest_data["sources"]}
    folder = site.parent / "files"
    lines = {name: rows_read(folder / name) for name in names.values()}
    looked = 0
    for one in latest_data["organisations"]:
        for figure in one["metrics"]:
            if figure["value"] is None:
                continue
            place = figure["value_from"]
            row = lines[names[place["file"]]][place["line"]]
            printed = row[place["column"]].replace("%", "").replace(",", "")
            assert float(printed) == pytest.approx(figure["value"], abs=0.006)
            looked += 1
        for told in one["published"].values():
            assert told["from"]["line"] > 1
    assert looked > 250


def rows_read(path: Path) -> dict[int, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        # No cell of these files breaks a line, so that a row is a line.
        return dict(enumerate(csv.DictReader(file), start=2))


def test_the_tables_are_those_of_the_data(site: Path, latest_data: Any) -> None:
    standings = rows_of(site / LATEST / "standings.csv")
    assert [one["org_code"] for one in standings] == [
        one["code"] for one in latest_data["organisations"]
    ]
    first, held = standings[0], latest_data["organisations"][0]
    assert (first["segment"], first["rank"]) == (str(held["segment"]), str(held["rank"]))
    assert first["file"].endswith(".csv")
    figures = rows_of(site / LATEST / "figures.csv")
    assert len(figures) == sum(len(one["metrics"]) for one in latest_data["organisations"])
    assert all(one["line"] for one in figures if one["value"])


def test_every_page_offers_the_data_of_its_period(site: Path) -> None:
    page = parse(site / LATEST / "league" / "acute.html")
    links = {tag.attributes["href"] for tag in page.all("a")}
    data = {f"../../{LATEST}/{name}" for name in ("standings.csv", "figures.csv", "standings.json")}
    assert {*data, "../../feed.xml"} <= links
    (feed,) = [tag for tag in page.all("link") if tag.attributes["rel"] == "alternate"]
    assert feed.attributes["href"] == "../../feed.xml"
    assert feed.attributes["type"] == "application/atom+xml"


DOCS = Path(__file__).resolve().parents[2] / "docs" / "data.md"


def named_in(schema: Any) -> set[str]:
    """The names of all fields that a schema has, however deep."""
    if isinstance(schema, list):
        return set().union(*map(named_in, schema))
    if not isinstance(schema, dict):
        return set()
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*map(named_in, schema.values()))


def test_the_documentation_names_every_schema_and_every_field(site: Path) -> None:
    text = re.sub(r"```.*?```", "", DOCS.read_text(encoding="utf-8"), flags=re.S)
    told = set(re.findall(r"`([^`]+)`", text))
    schemas = sorted((site / "static").glob("*.schema.json"))
    assert len(schemas) >= 4
    for path in schemas:
        assert f"static/{path.name}" in told
        assert named_in(data_of(path)) - told == set(), path.name
