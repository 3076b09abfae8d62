"""``remit practices report``: the pages of a register say who has what, and whether it did good."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.sample.spread import WORKS, write_spread
from tests.practice.small_files import ADOPTED, AHEAD, PEERS, PRACTICES, write_register

ON = ["--on", "2026-03-31"]
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two practices, peers, who is ahead, and what became of one practice."""
    folder = tmp_path_factory.mktemp("register")
    write_register(folder / "register")
    (folder / "peers.csv").write_text(PEERS, encoding="utf-8")
    (folder / "deviants.csv").write_text(AHEAD, encoding="utf-8")
    files = write_spread(folder)
    asked = ["--input", str(files.figures), "--adoption", str(files.adoption)]
    effect = ["--practice", WORKS, "--out", str(folder / "effect")]
    assert run(["practices", "effect", *asked, *effect]) == 0
    beside = ["--peers", str(folder / "peers.csv"), "--deviants", str(folder / "deviants.csv")]
    beside += ["--effect", str(folder / "effect")]
    out = ["--out", str(folder / "pages")]
    assert run(["practices", "report", str(folder / "register"), *ON, *beside, *out]) == 0
    return folder


def words(path: Path) -> str:
    text = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8").partition("<main")[2])
    return " ".join(text.split())


def section(path: Path, place: str) -> str:
    """The words from one heading to the next."""
    page = path.read_text(encoding="utf-8").partition(f'<h2 id="{place}">')[2]
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<h2")[0]).split())


def test_the_first_page_says_what_has_spread_furthest_and_what_did_good(made: Path) -> None:
    said = words(made / "pages" / "index.html")
    assert (
        "2 practices. Morning board round has spread furthest: 3 of 10 acute trusts (30%)." in said
    )
    assert "figures changed: Days of delay for each 100 stays" in said
    assert re.search(r"Hot clinic Idea none of \d+ trusts not looked at", said)
    page = (made / "pages" / "index.html").read_text(encoding="utf-8")
    assert 'href="practice/board-round.html"' in page
    assert 'href="data/curve.csv"' in page
    assert "fictional" in page


def test_a_practice_has_its_curve_its_boards_its_peers_and_who_is_ahead(made: Path) -> None:
    path = made / "pages" / "practice" / "board-round.html"
    said = words(path)
    assert "3 of 10 acute trusts (30%) have Morning board round." in said
    assert "It was first taken up on 1 April 2024. As many had it a year before." in said
    # 2024/25 Q1: ZA1 and, until April 2025, ZA3; ZA2 from Q3 on; ZA5 from June 2025 on, ZA3 ended.
    curve = re.findall(r"(\d{4}/\d\d Q\d) (\d) (\d) 10\b", section(path, "course"))
    assert curve[:3] == [
        ("2024/25 Q1", "2", "0"),
        ("2024/25 Q2", "2", "0"),
        ("2024/25 Q3", "3", "0"),
    ]
    assert curve[-1] == ("2025/26 Q4", "3", "1")
    where = section(path, "where")
    assert re.search(r"ZB1 .*? 3 5\b", where)
    assert re.search(r"ZB2 .*? 0 5\b", where)
    assert re.search(r"ZA6 .*? no 2 of 2 ZA1 .* and ZA2 ", section(path, "peers"))
    ahead = section(path, "ahead")
    assert "Of 2 organisations that do better for long on what it should move, 1 has it" in ahead
    assert "A&amp;E: admitted, transferred or discharged within four hours 0.90 yes" in ahead
    assert "no proof of cause" in said
    assert 'id="map"' not in path.read_text(encoding="utf-8")  # the sample has no outlines


def test_the_effect_is_drawn_with_intervals_before_and_after(made: Path) -> None:
    path = made / "pages" / "practice" / "board-round.html"
    answer = json.loads((made / "effect" / "effect.json").read_text(encoding="utf-8"))
    part = section(path, "effect-1")
    for told in (answer["finding"], answer["looks_before"], answer["caution"]):
        assert " ".join(told.split()) in part
    page = path.read_text(encoding="utf-8")
    chart = page.partition('id="effect-1-chart-figure"')[2].partition("</svg>")[0]
    moments = len((made / "effect" / "course.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert chart.count("<circle") == chart.count('<line class="median"') == moments == 20
    # The upright line stands between the last period before adoption and the first with it.
    (upright,) = (float(x) for x in re.findall(r'<line class="standard" x1="([\d.]+)%', chart))
    across = [float(x) for x in re.findall(r'<circle class="own" cx="([\d.]+)%', chart)]
    assert sum(x < upright for x in across) == 12
    assert part.count(" to ") >= moments


def test_a_map_shows_boards_whose_outline_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invented boards have no outline and real ones no invented figure, so two are lent one."""
    ring = ((0, 0), (4, 0), (4, 3))
    monkeypatch.setattr("remit.pages.practice.practice_map.outline_on", lambda *_: (ring,))
    register = write_register(tmp_path / "register")
    assert run(["practices", "report", str(register), *ON, "--out", f"{tmp_path}/pages"]) == 0
    path = tmp_path / "pages" / "practice" / "board-round.html"
    assert "Map of boards: in 1 of 2 somebody has Morning board round." in section(path, "map")
    page = path.read_text(encoding="utf-8")
    # Of ZB1 three of five have it, more than half and not all; of ZB2 nobody.
    assert re.search(r'<use href="#shape-ZB1" class="band-3"', page)
    assert re.search(r'<use href="#shape-ZB2" class="band-1"', page)


def test_faults_are_told_and_end_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = write_register(
        tmp_path / "register", adopted=ADOPTED + "board-round,ZZ9,2024,,spread,\n"
    )
    assert run(["practices", "report", str(register), *ON, "--out", f"{tmp_path}/pages"]) == 1
    assert "fault" in words(tmp_path / "pages" / "index.html")
    assert (tmp_path / "pages" / "data" / "faults.csv").is_file()
    assert "faults.csv" in capsys.readouterr().out


def test_an_answer_of_another_practice_is_refused_with_the_nearest(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["practices", "report", str(made / "register"), "--out", f"{tmp_path}/pages"]
    other = tmp_path / "other"
    other.mkdir()
    answer = json.loads((made / "effect" / "effect.json").read_text(encoding="utf-8"))
    answer["practice"] = "Morning board rounds"
    (other / "effect.json").write_text(json.dumps(answer), encoding="utf-8")
    (other / "course.csv").write_text("period,months,effect,low,high,adopters\n", encoding="utf-8")
    assert run([*asked, "--effect", str(other)]) == 2
    assert "nearest: morning board round" in capsys.readouterr().err
    assert not (tmp_path / "pages").exists()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "[" * 5000, '{"untold": [{}]}', '{"untold": 3}', "\x00"]
)
def test_a_folder_that_is_no_answer_is_told(
    text: str, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "effect.json").write_text(text, encoding="utf-8")
    asked = ["practices", "report", str(made / "register"), "--out", f"{tmp_path}/pages"]
    assert run([*asked, "--effect", str(tmp_path)]) == 2
    assert "effect.json" in capsys.readouterr().err


def test_what_people_typed_is_text_and_no_markup(tmp_path: Path) -> None:
    hostile = PRACTICES.replace("A quarter of an hour at ten", HOSTILE)
    hostile = hostile.replace("name: Hot clinic", f'name: "{HOSTILE}"')
    register = write_register(tmp_path / "register", hostile)
    run(["practices", "report", str(register), *ON, "--out", f"{tmp_path}/pages"])
    pages = sorted((tmp_path / "pages").rglob("*.html"))
    assert len(pages) == 5
    assert all("<script>alert" not in one.read_text(encoding="utf-8") for one in pages)
