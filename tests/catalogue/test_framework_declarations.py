"""Frameworks are data: checked on load, told apart by what scores and what only words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.catalogue import (
    check_framework,
    load_framework,
    load_metrics,
    packaged_frameworks,
    parse,
)
from remit.catalogue.schemas import SCHEMAS, schema_text
from remit.catalogue.templates import framework_template
from remit.model.errors import DeclarationError, UnknownCode

PACKAGED = Path(__file__).parents[2] / "src" / "remit" / "declarations"
NOF = (PACKAGED / "frameworks" / "nof-2025-26.yaml").read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if part in line)


def test_the_packaged_frameworks_are_in_order() -> None:
    assert "nof-2025-26" in packaged_frameworks()
    loaded = load_framework("nof-2025-26")
    assert len(loaded.framework.domains) == 5
    assert set(loaded.metrics) == {metric.id for metric in loaded.framework.metrics}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    domain: people\n", "    domain: peple\n", "no domain 'peple'; use one of access"),
        ("    ties: published_rank\n", "    ties: random\n", "use one of 'value' or"),
        ("aggregation:\n", "aggregatoin:\n", "no such key"),
        ("    rule: {type: ranked}\n", "    rule: {type: rankd}\n", "'rankd' is not allowed"),
        ("id: OF0023\n", "id: OF9923\n", "no metric 'OF9923' in the catalogue; nearest: OF0023"),
        ("      flag: OF5004\n", "      flag: OF5904\n", "no flag 'OF5904'"),
        ("valid_from: 2025-04-01\n", "", "this key is required and is missing"),
        ("coverage_minimum: 0.95\n", "coverage_minimum: 95\n", "less than or equal to 1"),
        ("members: [OF0020, OF0048,", "members: [OF0021, OF0048,", "'OF0021' is not scored here"),
        ("      rows: OF0079\n", "      rows: OF0080\n", "look-ups cannot be chained"),
    ],
)
def test_a_fault_is_told_with_file_line_key_and_remedy(old: str, new: str, said: str) -> None:
    assert old in NOF
    text = NOF.replace(old, new, 1)
    with pytest.raises(DeclarationError) as caught:
        check_framework(parse(text, "mine.yaml"))
    message = str(caught.value)
    assert said in message
    assert "mine.yaml, line " in message
    if new:
        expected = line_of(text, new.strip().split("[")[0])
        assert f"line {expected}," in message


def test_all_faults_are_told_at_once() -> None:
    text = NOF.replace("domain: people", "domain: peple").replace("id: OF0023", "id: OF9923")
    with pytest.raises(DeclarationError) as caught:
        check_framework(parse(text, "mine.yaml"))
    assert len(str(caught.value).splitlines()) == 3


def test_what_is_no_yaml_is_told_with_its_line() -> None:
    with pytest.raises(DeclarationError, match=r"mine\.yaml, line 3: this is not valid YAML"):
        parse("a: 1\nb: [1, 2\nc: 3: 4", "mine.yaml")


def test_words_such_as_no_and_on_stay_words() -> None:
    assert parse("a: no\nb: on\nc: true\nd: NO", "x").data == {
        "a": "no",
        "b": "on",
        "c": True,
        "d": "NO",
    }


@pytest.mark.parametrize(
    ("old", "new", "scores", "words"),
    [
        ("name: NHS Oversight Framework 2025/26", "name: Another name", False, True),
        ('title: "NHS England, NHS Oversight', 'title: "NHSE, NHS Oversight', False, True),
        ("at_least: 80", "at_least: 81", True, False),
        ("quantile_method: higher", "quantile_method: lower", True, False),
        ("verified: false\n    note: Only one", "verified: true\n    note: Only one", False, True),
    ],
)
def test_two_hashes_tell_scoring_from_wording(
    old: str, new: str, scores: bool, words: bool
) -> None:
    before = check_framework(parse(NOF, "a.yaml")).hashes
    assert old in NOF
    after = check_framework(parse(NOF.replace(old, new, 1), "b.yaml")).hashes
    assert (before.scoring != after.scoring) is scores
    assert (before.wording != after.wording) is words


def test_a_comment_changes_neither_hash() -> None:
    before = check_framework(parse(NOF, "a.yaml")).hashes
    assert check_framework(parse("# a remark\n" + NOF, "b.yaml")).hashes == before


def test_an_unknown_framework_names_the_known_ones() -> None:
    with pytest.raises(UnknownCode, match="nof-2025-26"):
        load_framework("nof-2031")


def test_a_framework_of_the_users_own_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(NOF.replace("id: nof-2025-26", "id: mine"), encoding="utf-8")
    assert load_framework(str(path)).framework.id == "mine"


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_published_json_schema_is_that_of_the_code(name: str) -> None:
    path = PACKAGED / "schemas" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(name), (
        f"write it anew: remit framework schema {name} --out {path.name}"
    )


def test_every_metric_says_why_it_matters_and_which_way_is_better() -> None:
    for metric in load_metrics().metrics.values():
        assert metric.why_it_matters.endswith(".")
        assert metric.better in {"higher", "lower", "neutral"}
        assert metric.source


@pytest.mark.parametrize("key", ["standard: {at_least: 78}", "thresholds: [2.0, 2.4, 2.8]"])
def test_an_example_of_the_template_works_when_its_mark_is_taken_away(key: str) -> None:
    text = framework_template("our-own", date(2025, 4, 1))
    assert key in text
    metric = text.index("  # - id: ae.four-hours")
    end = text.index("  - id: OF0005", metric)
    text = text[:metric] + text[metric:end].replace("  # ", "  ") + text[end:]
    quartiles = text[text.index("  cut_points:\n") : text.index("  # or, in place")]
    text = text.replace(quartiles, "").replace("  # cut_points:", "  cut_points:")
    loaded = check_framework(parse(text, "our-own.yaml"))
    assert loaded.framework.segments.cut_points.thresholds == (2.0, 2.4, 2.8)
    assert loaded.metrics["ae.four-hours"].is_computed
