"""One of a kind is told as one: ``1 acute trust``, ``1 day``; with small counts, everywhere."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from remit.exports.report_folder import write_report
from remit.report import build_report
from remit.sample import write_sample
from tests.contracts.test_every_framework import run
from tests.report.stores import SEEN, WAITING, frame, seen

BESIDE = re.compile(r"(?<![\w.,:/–−+-])1 ([a-z]{2,}s)\b")
VERBS = frozenset({"is", "has", "does", "was", "meets", "ends", "scores", "speaks", "says", "less"})
FURTHER = re.compile(
    r"(?<![\w.,:/–−+-])1 (?:[a-z]+ ){1,3}"
    r"(?:trusts|boards|organisations|peers|regions|bodies|metrics|figures|points|rows|files|lines)\b"
)


def several_of_one(text: str) -> list[str]:
    """Where a text says ``1`` and then the plural."""
    beside = [one for one in BESIDE.finditer(text) if one[1] not in VERBS]
    further = [
        one
        for one in FURTHER.finditer(text)
        if not {"of", "and", "with", "in", "on"} & set(one[0].split())
    ]
    return [text[max(0, one.start() - 40) : one.end() + 20] for one in (*beside, *further)]


def words_of(page: Path) -> str:
    html = re.sub(r"<(script|style)\b.*?</\1>", "", page.read_text("utf-8"), flags=re.DOTALL)
    return unescape(re.sub("<[^>]+>", " | ", html))


@pytest.mark.parametrize("text", ["Peers (1 integrated care boards)", "a wait of 1 days", "1 rows"])
def test_the_test_finds_several_of_one(text: str) -> None:
    assert several_of_one(text)


@pytest.mark.parametrize(
    "text", ["1 trust misses", "1 of 9 trusts", "11 days", "0.1 days", "1 is less", "1 day is"]
)
def test_the_test_lets_one_pass(text: str) -> None:
    assert not several_of_one(text)


@pytest.mark.parametrize(("code", "peers"), [("ZA1", "ZA2"), ("ZB1", "ZB2"), ("ZA1", "ZA3")])
def test_a_report_with_one_peer_says_one(code: str, peers: str, tmp_path: Path) -> None:
    parts = [seen(one, [80.0, 81.0] * 7) for one in ("ZA1", "ZA2")]
    made = build_report(
        frame(*parts), code, "Jun 2025", metrics=[SEEN, WAITING], peers=(peers,)
    )  # fmt: skip
    write_report(made, tmp_path / "report", ["pages"])
    for page in (tmp_path / "report").rglob("*.html"):
        assert several_of_one(words_of(page)) == [], page


def test_commands_and_pages_of_the_sample_say_one(tmp_path: Path) -> None:
    files = list(write_sample(tmp_path / "files").paths)
    at = ("--period", "2025/26 Q1")
    asked = {"assess": (), "league": (), "explain": ("ZA8",), "system": ("ZB1",)}
    said = {name: run(name, *more, *files, *at).output for name, more in asked.items()}
    site = tmp_path / "site"
    run("site", "build", "--out", site, *files, *at)
    pages = {str(page.relative_to(site)): words_of(page) for page in site.rglob("*.html")}
    assert len(pages) > 50
    # Discharge of one trust takes one day: it is there to be said.
    assert any("1 day |" in " ".join(text.split()) for text in pages.values())
    faults = {name: several_of_one(text) for name, text in (said | pages).items()}
    assert {name: found for name, found in faults.items() if found} == {}
