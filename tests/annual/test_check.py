"""``remit annual check``: every planted fault is found, and clean letters have none."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remit.annual.checks import KINDS
from remit.cli.run import run
from tests.annual.region import Region, clean_region

YEARS = ("2022-23", "2023-24", "2024-25", "2025-26")


def faults(folder: Path, out: Path) -> list[dict[str, str]]:
    """The faults that the command writes; its exit code says whether there are some."""
    code = run(["annual", "check", str(folder), "--out", str(out)])
    with (out / "faults.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert code == (1 if found else 0)
    return found


def planted(tmp_path: Path, plant: Callable[[Region], Any], seed: int = 7) -> list[dict[str, str]]:
    region = clean_region(seed)
    plant(region)
    return faults(region.write(tmp_path / "region"), tmp_path / "out")


def clean(seeds: range, tmp_path: Path) -> list[tuple[int, str, dict[str, str]]]:
    found = []
    for seed in seeds:
        year = YEARS[seed % len(YEARS)]
        place = tmp_path / str(seed)
        folder = clean_region(seed, year).write(place / "region", as_csv=seed % 3 == 0)
        found += [(seed, year, one) for one in faults(folder, place / "out")]
    return found


def test_clean_letters_have_no_fault(tmp_path: Path) -> None:
    """Eight regions of five ICBs: 40 letters."""
    assert clean(range(8), tmp_path) == []


@pytest.mark.evidence
def test_two_hundred_clean_letters_have_no_fault(tmp_path: Path) -> None:
    assert clean(range(100, 140), tmp_path) == []


def first(region: Region, code: str = "ZB2", **wanted: Any) -> dict[str, Any]:
    """A finding of an ICB with some properties."""
    return next(
        one
        for one in region.findings
        if one["icb"] == code and all(one.get(key) == value for key, value in wanted.items())
    )


def _duty(region: Region) -> None:
    for one in region.findings:
        if one["icb"] == "ZB2":
            one["duties"] = [name for name in one["duties"] if name != "research"]


def _heading(region: Region) -> None:
    for one in region.findings:
        if one["icb"] == "ZB2" and one["heading"] == "social-value":
            one["heading"] = "leadership-governance"


def _figure(region: Region) -> None:
    row = next(one for one in region.figures if one["icb"] == "ZB2")
    row["value"] = repr(float(row["value"]) * 1.1)


def _outside(region: Region) -> None:
    next(one for one in region.evidence if one["icb"] == "ZB2" and one["kind"] == "figure")[
        "period"
    ] = "Q4 2023/24"


def _phrase(region: Region) -> None:
    one = first(region)
    one |= {"direction": "strength", "phrase": "outstanding practice"}
    one["evidence"] = one["evidence"][-1:]
    region.item(one["evidence"][0])["speaks"] = "for"
    one["no_figure_because"] = "none is published"


def _concern(region: Region) -> None:
    row = next(one for one in region.concerns if one["icb"] == "ZB2" and one["became"] == "dropped")
    del row["became"], row["reason"]


def _words(region: Region) -> None:
    one, other = first(region, "ZB1", heading="social-value"), first(region, heading="social-value")
    for finding, direction, phrase in (
        (one, "concern", "further action is needed"),
        (other, "concern", "serious concerns"),
    ):
        finding |= {"direction": direction, "phrase": phrase, "statement": "It is as it is."}
    other["evidence"] = []
    for name in one["evidence"]:
        region.item(name)["speaks"] = "against"
        region.evidence.append({**region.item(name), "id": f"{name}-2", "icb": "ZB2"})
        other["evidence"].append(f"{name}-2")
    for code, finding in (("ZB1", one), ("ZB2", other)):
        region.letters[code] = [f"It is as it is [{finding['id']}]."]


def _source(region: Region) -> None:
    next(one for one in region.evidence if one["icb"] == "ZB2" and one["kind"] == "view")["on"] = ""


def _sentence(region: Region) -> None:
    region.letters["ZB2"].append("Costs rose more than in any other year.")


PLANTS = {
    "duty_uncovered": _duty,
    "heading_uncovered": _heading,
    "figure_differs": _figure,
    "figure_outside_year": _outside,
    "phrase_above_evidence": _phrase,
    "concern_dropped": _concern,
    "words_differ": _words,
    "no_source": _source,
    "sentence_without_finding": _sentence,
}


@pytest.mark.parametrize("kind", PLANTS)
def test_a_planted_fault_is_found_and_nothing_else(kind: str, tmp_path: Path) -> None:
    found = planted(tmp_path, PLANTS[kind])
    assert {one["kind"] for one in found} == {kind}
    assert {one["icb"] for one in found} == ({"ZB1", "ZB2"} if kind == "words_differ" else {"ZB2"})
    assert all(one["where"] and one["message"] for one in found)


def test_there_is_a_plant_for_every_kind() -> None:
    assert list(PLANTS) == list(KINDS)
