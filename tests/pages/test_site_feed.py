"""The feed of what changed since the build before: true sentences, once each, valid Atom."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from remit.assessment.result.assessment import Assessment
from remit.cli.run import run
from remit.pages import SiteError, build_site

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
Q1 = "2025-26-q1"


def entries(site: Path) -> list[dict[str, str]]:
    root = etree.parse(site / "feed.xml").getroot()
    return [
        {
            "kind": one.find(f"{ATOM}category").get("term"),
            "title": one.findtext(f"{ATOM}title"),
            "path": one.find(f"{ATOM}link").get("href"),
            "more": one.findtext(f"{ATOM}summary"),
        }
        for one in root.iter(f"{ATOM}entry")
    ]


def titles(site: Path, kind: str) -> list[str]:
    return [one["title"] for one in entries(site) if one["kind"] == kind]


def valid(site: Path) -> None:
    """By the rules of RFC 4287 for a feed and its entries."""
    root = etree.parse(site / "feed.xml").getroot()
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert [one.get("href") for one in root.findall(f"{ATOM}link[@rel='self']")] == ["feed.xml"]
    told = [root, *root.findall(f"{ATOM}entry")]
    for one in told:
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1
        assert one.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert MOMENT.fullmatch(one.findtext(f"{ATOM}updated"))
        assert len(one.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert (site / one.find(f"{ATOM}link[@rel='alternate']").get("href")).is_file()
    ids = [one.findtext(f"{ATOM}id") for one in told]
    assert len(set(ids)) == len(ids)
    assert root.findtext(f"{ATOM}updated") == max(one.findtext(f"{ATOM}updated") for one in told)


def was(site: Path, change: Callable[[Any], None], period: str = Q1) -> None:
    """Make an earlier build one that held something else."""
    path = site / period / "standings.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    change(held)
    path.write_text(json.dumps(held), encoding="utf-8")


def of(held: Any, code: str) -> Any:
    return next(one for one in held["organisations"] if one["code"] == code)


def figure(held: Any, code: str, metric: str) -> Any:
    return next(one for one in of(held, code)["metrics"] if one["metric"] == metric)


@pytest.fixture
def first(assessments: list[Assessment], tmp_path: Path) -> Path:
    return build_site(assessments[:1], tmp_path / "site").folder


def test_the_first_build_says_that_it_is_the_first(first: Path) -> None:
    valid(first)
    (one,) = entries(first)
    assert one["title"] == "First build: 20 organisations in 2025/26 Q1."


def test_the_same_figures_add_nothing(first: Path, assessments: list[Assessment]) -> None:
    before = (first / "feed.xml").read_bytes(), (first / "site.json").read_bytes()
    build_site(assessments[:1], first)
    assert ((first / "feed.xml").read_bytes(), (first / "site.json").read_bytes()) == before


def test_a_new_quarter_tells_whose_segment_changed_and_who_left(
    first: Path, assessments: list[Assessment]
) -> None:
    build_site(assessments[:3], first)
    valid(first)
    assert titles(first, "first build") == ["First build: 20 organisations in 2025/26 Q1."]
    new = titles(first, "new quarter")
    assert [one.partition(":")[0] for one in new] == ["2025/26 Q3 is new", "2025/26 Q2 is new"]
    segments = {}
    for results in assessments[:2]:
        for code, name, segment in results.standing.select(
            "org_code", "org_name", "final_segment"
        ).iter_rows():
            segments.setdefault((code, name), []).append(segment)
    moved = {key: pair for key, pair in segments.items() if len(set(pair)) == 2}
    assert moved
    for (code, name), (before, now) in moved.items():
        way = "worse" if now > before else "better"
        assert (
            f"{name} ({code}): segment {now} in 2025/26 Q2, {way} than segment {before} in "
            "2025/26 Q1."
        ) in titles(first, "segment")
    gone = set(assessments[1].standing["org_code"]) - set(assessments[2].standing["org_code"])
    told = titles(first, "organisation withdrawn")
    assert len(told) == len(gone) == 1
    assert f"({gone.pop()}) has no figures in 2025/26 Q3; it had in 2025/26 Q2." in told[0]


def test_what_is_revised_is_told_with_both_figures(
    first: Path, assessments: list[Assessment]
) -> None:
    def other(held: Any) -> None:
        figure(held, "ZA1", "OF0003")["value"] += 1.5
        figure(held, "ZA2", "OF0003")["value"] = None
        figure(held, "ZA2", "OF0014")["value"] += 0.0001
        figure(held, "ZA3", "OF0003")["value"] *= 1 + 1e-12

    now = json.loads((first / Q1 / "standings.json").read_text(encoding="utf-8"))
    mine, theirs = figure(now, "ZA1", "OF0003")["value"], figure(now, "ZA2", "OF0014")["value"]
    held_name = next(one["name"] for one in now["metrics"] if one["id"] == "OF0003")
    was(first, other)
    build_site(assessments[:1], first)
    valid(first)
    one, two = sorted(
        (one for one in entries(first) if one["kind"] == "figures revised"),
        key=lambda one: one["path"],
    )
    assert one["path"] == f"{Q1}/trusts/ZA1.html"
    assert one["title"].endswith(
        f"(ZA1): {held_name} in 2025/26 Q1: {mine:g}%, where the earlier build had {mine + 1.5:g}%."
    )
    assert two["title"].endswith("(ZA2): 2 figures of 2025/26 Q1 revised.")
    assert "(was not held)" in two["more"]
    assert f"{theirs:g}% (was {theirs + 0.0001:g}%)" in two["more"]


def test_a_segment_that_is_revised_and_who_came_and_went(
    first: Path, assessments: list[Assessment]
) -> None:
    def other(held: Any) -> None:
        of(held, "ZA1")["segment"] = 4
        held["organisations"].remove(of(held, "ZA2"))
        held["organisations"].append({**of(held, "ZA3"), "code": "ZZ9", "name": "Former <Trust>"})
        for one in held["organisations"]:
            one["metrics"] = [f for f in one["metrics"] if f["metric"] != "OF0003"]

    segment = assessments[0].record("ZA1")["final_segment"]
    was(first, other)
    build_site(assessments[:1], first)
    valid(first)
    (revised,) = titles(first, "segment")
    assert revised.endswith(
        f"(ZA1): segment {segment} in 2025/26 Q1, where the earlier build had segment 4."
    )
    assert titles(first, "organisation withdrawn") == [
        "Former <Trust> (ZZ9) has no figures in 2025/26 Q1; it had in the earlier build."
    ]
    (came,) = titles(first, "organisation new")
    assert came.endswith("(ZA2) has figures in 2025/26 Q1, and had none in the earlier build.")
    assert len(titles(first, "metric new")) == 1


def test_a_kind_that_is_not_out_yet_is_told_once(
    first: Path, assessments: list[Assessment]
) -> None:
    """The sample has 10 acute trusts, 2 ambulance trusts and 8 others in its first quarter."""

    def other(held: Any) -> None:
        for one in held["organisations"]:
            if one["kind"] == "ambulance":
                one["kind"] = "icb"
        held["organisations"] = [o for o in held["organisations"] if o["kind"] != "acute"]

    was(first, other)
    build_site(assessments[:1], first)
    valid(first)
    assert sorted(titles(first, "organisation new")) == [
        "2025/26 Q1 has 10 acute trusts; the earlier build had none.",
        "2025/26 Q1 has 2 ambulance trusts; the earlier build had none.",
    ]
    assert titles(first, "organisation withdrawn") == [
        "2025/26 Q1 has no figures of integrated care boards; the earlier build had 2 integrated "
        "care boards."
    ]
    assert titles(first, "metric new") == titles(first, "metric withdrawn") == []


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        (
            "mode",
            "recomputed",
            "2025/26 Q1 shows published scores, the earlier build recomputed ones.",
        ),
        (
            "framework",
            {"id": "other", "name": "Another", "hashes": {"scoring": "0", "wording": "0"}},
            "2025/26 Q1 is judged by NHS Oversight Framework 2025/26, in the earlier build by "
            "Another.",
        ),
        (
            "framework",
            {"id": "nof-2025-26", "name": "x", "hashes": {"scoring": "0", "wording": "0"}},
            "2025/26 Q1 is scored by rules that differ from the earlier build’s.",
        ),
    ],
)
def test_other_rules_are_told(
    first: Path, assessments: list[Assessment], key: str, value: Any, says: str
) -> None:
    was(first, lambda held: held.update({key: value}))
    build_site(assessments[:1], first)
    assert titles(first, "rules") == [says]
    assert titles(first, "segment") == titles(first, "figures revised") == []


def test_a_quarter_that_is_left_out_is_told(first: Path, assessments: list[Assessment]) -> None:
    build_site(assessments[1:2], first)
    valid(first)
    assert titles(first, "quarter withdrawn") == ["2025/26 Q1 is no longer in these pages."]


def test_an_earlier_build_that_cannot_be_read_is_no_earlier_build(
    first: Path, assessments: list[Assessment]
) -> None:
    (first / "site.json").write_text('{"periods": [{"period": 7}]}', encoding="utf-8")
    build_site(assessments[:1], first)
    assert [one["kind"] for one in entries(first)] == ["first build"]


def told(first: Path, change: Callable[[Any], None]) -> None:
    """Make an earlier build one that told something else."""
    data = json.loads((first / "site.json").read_text(encoding="utf-8"))
    change(data)
    (first / "site.json").write_text(json.dumps(data), encoding="utf-8")


def test_an_earlier_build_that_told_nothing_is_no_earlier_build(
    first: Path, assessments: list[Assessment]
) -> None:
    told(first, lambda data: data.update(changes=[]))
    build_site(assessments[:1], first)
    assert [one["kind"] for one in entries(first)] == ["first build"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("path", "javascript:alert(1)"),
        ("path", "https://remit.example/index.html"),
        ("path", "//remit.example/index.html"),
        ("path", "../index.html"),
        ("path", "/index.html"),
        ("path", "index.html?x=1"),
        ("path", "site.exe"),
        ("updated", "2999-01-01"),
    ],
)
def test_what_an_altered_earlier_build_told_is_not_handed_on(
    first: Path, assessments: list[Assessment], name: str, value: str
) -> None:
    """Such an entry is left out; with it alone there is no earlier build."""
    before = (first / "feed.xml").read_bytes()

    def altered(data: Any) -> None:
        data["changes"].append({**data["changes"][0], "about": "other", name: value})

    told(first, altered)
    build_site(assessments[:1], first)
    assert (first / "feed.xml").read_bytes() == before


def test_a_change_that_happens_again_is_told_again(
    first: Path, assessments: list[Assessment]
) -> None:
    """Between the builds somebody puts the segment back, so that it changes three times."""
    for times in (1, 2, 3):
        was(first, lambda held: of(held, "ZA1").update(segment=4))
        build_site(assessments[:1], first)
        valid(first)
        assert len(titles(first, "segment")) == times


def test_another_folder_is_held_against(
    first: Path, assessments: list[Assessment], tmp_path: Path
) -> None:
    was(first, lambda held: of(held, "ZA1").update(segment=4))
    build_site(assessments[:1], tmp_path / "new", since=first)
    assert len(titles(tmp_path / "new", "segment")) == 1
    assert len(titles(first, "segment")) == 0
    with pytest.raises(SiteError, match="no site of Remit's with data"):
        build_site(assessments[:1], tmp_path / "new", since=tmp_path / "none")


def test_the_command_refuses_a_folder_without_a_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from remit.sample import write_sample

    files = [str(path) for path in write_sample(tmp_path / "files").paths]
    out = str(tmp_path / "site")
    assert run(["site", "build", *files, "--since", str(tmp_path), "--out", out]) == 2
    assert "no site of Remit's with data" in capsys.readouterr().err
