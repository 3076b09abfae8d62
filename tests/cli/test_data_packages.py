"""Every folder of tables says what is in it: a Data Package that frictionless accepts."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frictionless import Package, validate
from jsonschema import Draft202012Validator

from remit.catalogue.outputs import known_outputs, load_output
from remit.cli.run import run
from remit.files.datapackage import Package as DataPackage
from remit.files.datapackage import PackageSource
from remit.files.outputs import write_files
from remit.sample import (
    write_activity,
    write_correspondence,
    write_monthly,
    write_people,
    write_returns,
    write_sample,
    write_spread,
    write_staff_survey,
)
from tests.annual.region import clean_region
from tests.practice.small_files import AHEAD, PEERS, write_practice, write_register

COMMANDS = {
    "annual-check": "annual check {annual} --out {out}",
    "annual-letter": "annual letter {assessed}/now --icb ZB1 --out {out}",
    "annual-rollup": "annual rollup {assessed}/now --last-year {assessed}/last --out {out}",
    "annual-compare": "annual compare {assessed}/last {assessed}/now --out {out}",
    "assessment": "assess {files} --period '2025/26 Q3' --out {out}",
    "movement": "movement ZA2 {files} --from '2025/26 Q2' --to '2025/26 Q3' --out {out}",
    "sensitivity": "sensitivity {files} --period '2025/26 Q3' --sample 64 --out {out}",
    "charts": "spc --store {store} --metric ae.four-hours --org ZA2 --out {out}",
    "matches": "asks match {asks}/sample-asks.csv --store {store} --out {out}",
    "burden": "asks burden --register {register} --out {out}",
    "calendar": "asks calendar {asks}/sample-diary.ics {winter} --out {out}",
    "report": "report ZB1 --period 'Mar 2026' --store {store} --out {out} --commentary {said}",
    "plan": "oversight plan ZA1 --asks {asks}/sample-asks.csv --on 2026-03-31 --out {out}",
    "shift-published": "shift published --store {store} --out {out}",
    "site": "site build {files} --out {out}",
    "shift-effect": "shift effect {activity} --service 'Care at Home Team' "
    "--from 2024-04-01 --out {out}",
    "move": "move run {move} --service emergency-surgery --years 2 --draws 3 --out {out}",
    "practices-effect": "practices effect --input {spread}/sample-figures.csv "
    "--adoption {spread}/sample-adoption.csv --practice 'Morning board round' --out {out}",
    "practices-check": "practices check {practices} --on 2026-03-31 --out {out}",
    "practices-spread": "practices spread {practices} --on 2026-03-31 "
    "--peers {practices}/peers.csv --deviants {practices}/deviants.csv --out {out}",
    "shift-records": "shift records {activity} --out {out}",
    "shift-decomposition": "shift decompose {activity} --populations {populations} {spring} "
    "--out {out}",
    "shift-neighbourhood": "shift neighbourhood {returns}/returns "
    "--places {returns}/sample-places.txt --out {out}",
    "survey": "survey tables {people}/sample-survey-2025.csv {people}/sample-survey-2026.csv "
    "--questionnaire {people}/sample-survey.yaml --by trust_type --min-base 8 "
    "--asked {people}/sample-survey-asked.csv --out {out}",
    "survey-themes": "survey themes {people}/sample-survey-2026.csv "
    "--questionnaire {people}/sample-survey.yaml --out {out}",
    "staff-survey": "survey staff {people}/sample-staff-survey.xlsx --out {out}",
    "peers": "peers --method {alike}/ours.yaml --input {alike}/alike.csv --out {out}",
    "deviants": "deviants --input {alike}/quarters.csv --converse --out {out}",
    "who": "who pages --to ZA1 --to ZB1 --out {out}",
}
WITHIN = {"staff-survey": "data"}
"""Where a command builds pages, and its tables stand beside them."""
WINTER = "--from 2026-01-01 --to 2026-03-31"
SPRING = "--from '2022/23 Q1' --to '2025/26 Q1'"
OGL = "Open Government Licence v3.0"
LONGEST_FIELD = 131_072
"""What the csv module takes of itself; frictionless changes that for the whole process."""
OF_PAGES = r"[^/]+/trusts/\w+\.json|static/[\w-]+\.schema\.json"
NO_DATA = {"datapackage.json", ".remit-site.json"}
NO_TABLES = {".html", ".css", ".js", ".svg", ".txt"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample's files, a store and a register of them."""
    folder = tmp_path_factory.mktemp("sample")
    places = {name: folder / name for name in ("files", "asks", "people", "store", "register")}
    write_sample(places["files"])
    write_correspondence(places["asks"])
    write_people(places["people"])
    write_staff_survey(places["people"])
    activity = write_activity(folder / "activity")
    places |= {"activity": activity.records, "populations": activity.populations}
    places["returns"] = folder / "returns"
    write_returns(places["returns"])
    monthly = [file.path for file in write_monthly(folder / "monthly") if "AE" in file.path.name]
    files = [*map(str, monthly), str(places["files"])]
    assert run(["ingest", *files, "--store", str(places["store"])]) == 1
    places["said"] = folder / "comments.csv"
    places["said"].write_text(
        "metric,organisation,what happened,due\nae.four-hours,ZB1,A ward closed,30/06/2026\n",
        encoding="utf-8",
    )
    places["annual"] = folder / "annual"
    places["assessed"] = folder / "assessed"
    clean_region(2, "2024-25").write(folder / "assessed" / "now")
    clean_region(1, "2023-24").write(folder / "assessed" / "last")
    assessed = ["--year", "2024-25", "--region", "ZR1"]
    assert run(["annual", "new", str(places["annual"]), *assessed]) == 0
    places["spread"] = folder / "spread"
    write_spread(places["spread"])
    places["move"] = folder / "move"
    assert run(["move", "new", str(places["move"])]) == 0
    places["alike"] = folder / "alike"
    write_practice(places["alike"])
    places["practices"] = write_register(folder / "practices")
    (places["practices"] / "peers.csv").write_text(PEERS, encoding="utf-8")
    (places["practices"] / "deviants.csv").write_text(AHEAD, encoding="utf-8")
    asks = str(places["asks"] / "sample-asks.csv")
    assert run(["asks", "import", asks, "--register", str(places["register"]), "--yes"]) == 1
    return places


@pytest.fixture(scope="module")
def written(sample: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What each command writes, by the identifier of its declaration."""
    folders = {}
    for name, command in COMMANDS.items():
        folders[name] = tmp_path_factory.mktemp(name) / "out"
        places = {key: str(path) for key, path in sample.items()}
        filled = command.format(**places, winter=WINTER, spring=SPRING, out=folders[name])
        arguments = shlex.split(filled)
        assert run(arguments) in {0, 1}, command
        folders[name] /= WITHIN.get(name, ".")
    return folders


def descriptor(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def columns(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@pytest.fixture(autouse=True)
def _the_limit_stays() -> Iterator[None]:
    yield
    csv.field_size_limit(LONGEST_FIELD)


def test_every_json_of_pages_follows_the_schema_that_it_names(written: dict[str, Path]) -> None:
    used = set()
    for name in ("site", "report", "who"):
        folder = written[name]
        for path in sorted(folder.rglob("*.json")):
            if path.name in NO_DATA or path.parent.name == "static":
                continue
            held = json.loads(path.read_text(encoding="utf-8"))
            schema = json.loads((folder / "static" / held["schema"]).read_text(encoding="utf-8"))
            checker = Draft202012Validator.FORMAT_CHECKER
            found = Draft202012Validator(schema, format_checker=checker).iter_errors(held)
            assert [one.message[:200] for one in found] == [], path.name
            used.add(held["schema"])
    assert used == {path.name for path in (written["site"] / "static").glob("*.schema.json")}


def test_every_declared_folder_is_written_by_a_command_here() -> None:
    assert set(COMMANDS) == set(known_outputs())


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_frictionless_accepts_description_and_data(written: dict[str, Path], name: str) -> None:
    report = validate(str(written[name] / "datapackage.json"))
    wrong = [(task.name, error.message) for task in report.tasks for error in task.errors]
    assert ([error.message for error in report.errors], wrong) == ([], [])
    assert report.stats["tasks"] >= 2


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_file_and_every_column_is_told(written: dict[str, Path], name: str) -> None:
    folder = written[name]
    told = {one["path"]: one for one in descriptor(folder)["resources"]}
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in NO_TABLES and path.name != ".remit-site.json"
    }
    # What a page gives of itself says the same as a table of the folder, or tells its form.
    of_pages = {one for one in there if re.fullmatch(OF_PAGES, one)}
    assert set(told) == there - of_pages - {"datapackage.json"}
    for path, resource in told.items():
        if path.endswith(".csv"):
            fields = resource["schema"]["fields"]
            assert [field["name"] for field in fields] == columns(folder / path)
            for field in fields:
                assert field["type"] != "any", (path, field)
                assert field["description"]
                assert field.get("unit") or field["type"] not in {"number", "integer"}, field


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_nothing_is_declared_that_is_not_written(written: dict[str, Path], name: str) -> None:
    """But for columns that only some frameworks have."""
    sometimes = {"judged_by", "judged_on", "own_score", "system_score", "system_weight"}
    told = {Path(one["path"]): one for one in descriptor(written[name])["resources"]}
    for key, file in load_output(name).files.items():
        found = [
            one for path, one in told.items() if key in {path.stem, path.name, path.parent.name}
        ]
        assert found, key
        names = {
            field["name"] for one in found for field in one.get("schema", {}).get("fields", ())
        }
        patterns = set(file.columns) - sometimes
        assert [p for p in patterns if not any(re.fullmatch(p, column) for column in names)] == []


def test_sources_and_licence_are_those_of_the_files(written: dict[str, Path]) -> None:
    told = descriptor(written["assessment"])
    run_record = json.loads((written["assessment"] / "run.json").read_text(encoding="utf-8"))
    assert [one["sha256"] for one in told["sources"]] == [
        one["sha256"] for one in run_record["sources"]
    ]
    (licence,) = told["licenses"]
    assert licence["name"] == "MIT"
    assert told["description"].startswith("Sample data: all of it is fictional.")
    assert "licenses" not in descriptor(written["matches"])


@pytest.mark.parametrize("form", ["parquet", "json"])
def test_other_formats_are_described_too(
    sample: dict[str, Path], tmp_path: Path, form: str
) -> None:
    files, out = str(sample["files"]), tmp_path / "out"
    run(["assess", files, "--period", "2025/26 Q3", "--format", form, "--out", str(out)])
    told = descriptor(out)
    assert list(Package.metadata_validate(told)) == []
    standing = next(one for one in told["resources"] if one["path"] == f"standing.{form}")
    read = pl.read_parquet if form == "parquet" else pl.read_json
    fields = [field["name"] for field in standing["schema"]["fields"]]
    assert fields == read(out / f"standing.{form}").columns


def test_a_published_file_is_named_with_its_licence(tmp_path: Path) -> None:
    source = PackageSource(
        "ae.csv", "A&E", "https://www.england.nhs.uk/", "0" * 64, date(2026, 1, 8), OGL
    )
    package = DataPackage(load_output("calendar"), [source])
    (made,) = write_files(tmp_path, {}, package=package)
    told = json.loads(made.read_text(encoding="utf-8"))
    assert told["licenses"][0]["name"] == "OGL-UK-3.0"
    assert told["sources"] == [
        {
            "title": "ae.csv: A&E",
            "path": "https://www.england.nhs.uk/",
            "sha256": "0" * 64,
            "published": "2026-01-08",
            "licence": OGL,
        }
    ]
