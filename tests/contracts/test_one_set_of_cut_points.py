"""A quarter has one set of cut points: every command and page prints it, and how it came about."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from remit.sample import write_sample
from tests.contracts.test_every_framework import run

PERIOD, TRUST = "2025/26 Q2", "ZA4"
AT = ["--period", PERIOD]
SHOWN = re.compile(r"\d\.\d{4} \| \d\.\d{4} \| \d\.\d{4}")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return list(write_sample(tmp_path_factory.mktemp("cut-points")).paths)


def texts_of_pages(site: Path) -> dict[str, str]:
    """The text of each page that speaks of where segments are cut."""
    said = re.compile("cut points are held|Segments are cut")
    pages = {
        page.stem: unescape(re.sub("<[^>]+>", "", page.read_text(encoding="utf-8")))
        for page in site.rglob("*.html")
    }
    return {name: text for name, text in pages.items() if said.search(text)}


def plain(text: str) -> str:
    """A text in small letters on one line."""
    return " ".join(text.lower().split())


def everything_printed(files: list[Path], site: Path, *how: str) -> dict[str, str]:
    """What commands and pages say of the cut points of a quarter, by who says it."""
    mode = list(how) if how[:1] == ("--mode",) else []
    said = {
        "assess": run("assess", *files, *AT, *how),
        "explain": run("explain", TRUST, *files, *AT, *how),
        "sensitivity": run("sensitivity", *files, *AT, *how, "--cuts", "held", "--sample", 64),
        "league": run("league", *files, *AT, *how),
    }
    if not mode:
        said["route"] = run("route", TRUST, "--to-segment", 1, *files, *AT, *how)
        said["what-if"] = run("what-if", TRUST, "OF0079=0.5", *files, *AT, *how)
    built = run("site", "build", "--out", site, *files, *AT, *how)
    assert built.exit_code in {0, 1}, built.output
    return {name: result.output for name, result in said.items()} | texts_of_pages(site)


@pytest.mark.parametrize(
    ("how", "origin"),
    [
        ((), "midway between the published segments of "),
        (("--mode", "recomputed"), "quartiles of the average scores of "),
        (("--cut-points", "2.05,2.32,2.6"), "given by the user"),
    ],
)
def test_one_set_is_printed_with_one_origin(
    files: list[Path], tmp_path: Path, how: tuple[str, ...], origin: str
) -> None:
    printed = everything_printed(files, tmp_path / "site", *how)
    assert {"assess", "explain", TRUST, "method"} <= set(printed)
    sets = {name: set(SHOWN.findall(text)) for name, text in printed.items()}
    assert len(set.union(*sets.values())) == 1, sets
    assert not [name for name, found in sets.items() if not found]
    assert not [
        name for name, text in printed.items() if origin not in text.replace("\n", " ").lower()
    ]


def test_the_average_lies_where_the_cut_points_put_it(files: list[Path]) -> None:
    told = run("explain", TRUST, *files, *AT).output
    first, second, third = (float(cut) for cut in SHOWN.findall(told)[0].split(" | "))
    average = float(re.findall(r"Average metric score: (\d\.\d\d)", told)[0])
    segment = int(re.findall(r"Segment before overrides: Segment (\d)", told)[0])
    assert segment == 1 + sum(average > cut for cut in (first, second, third))
    assert "By the cut points below it would be" not in told
