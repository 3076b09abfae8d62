"""A figure reads the same wherever it is printed, and nothing but ``words`` rounds for a reader."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import remit
from remit.cli.run import run
from remit.pages.standings.site import build_site
from remit.words.figures import number_words, published_words, value_words
from tests.publications.nof_files import row, write

# Two metrics, scored 2.35 and 3.00: the average is 2.675, which a binary float holds as 2.67499….
RULES = """
schema: remit/framework/1
id: by-hand
version: "1"
name: By hand
summary: For tests.
valid_from: 2025-04-01
sources: [{title: none}]
kinds: [acute]
coverage_minimum: 0.0001
domains: [{id: one, name: One}]
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: bands, bands: [{score: 2.35}]}}
  - {id: OF0082, domain: one, kinds: [acute], rule: {type: bands, bands: [{score: 3.0}]}}
segments:
  labels: {1: best, 2: good}
  cut_points: {basis: thresholds, thresholds: [2.7]}
"""
SOURCE = Path(remit.__file__).parent


@pytest.fixture
def judged(tmp_path: Path) -> list[str]:
    """Two trusts whose values are 2.675% and whose average scores are 2.675."""
    rows = [
        row("2.675", code=code, metric=metric)
        for code in ("RYJ", "RRV")
        for metric in ("OF0023", "OF0082")
    ]
    (tmp_path / "by-hand.yaml").write_text(RULES, encoding="utf-8")
    files = write(tmp_path / "acute.csv", rows)
    return [str(files), "--framework", str(tmp_path / "by-hand.yaml"), "--mode", "recomputed"]


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) in {0, 1}
    return capsys.readouterr().out


def test_a_score_reads_the_same_in_explain_league_and_page(
    judged: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    explained = said(capsys, "explain", "RYJ", *judged)
    league = said(capsys, "league", *judged)
    result = remit.assess(judged[0], judged[2], mode="recomputed", replicates=None)
    folder = build_site([result], tmp_path / "site").folder
    page = (folder / "2025-26-q1" / "trusts" / "RYJ.html").read_text(encoding="utf-8")
    for text in (explained, league, page):
        assert "2.68" in text
        assert "2.67" not in text.replace("2.675", "")
    assert "2.68%" in explained
    assert "2.68%" in page


def test_data_are_not_rounded_and_have_a_plain_minus(
    judged: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "assess", *judged, "--no-likely", "--out", str(tmp_path / "out"))
    with (tmp_path / "out" / "standing.csv").open(encoding="utf-8", newline="") as file:
        averages = {line["average_score"] for line in csv.DictReader(file)}
    assert averages == {"2.675"}


def test_a_chart_of_ones_own_figures_rounds_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.csv"
    lines = [f"a,2024-{month:02d}-01,-2.675" for month in range(1, 13)]
    own.write_text("\n".join(["series,date,value", *lines]) + "\n", encoding="utf-8")
    text = said(capsys, "spc", str(own), "--better", "higher")
    assert "−2.68" in text
    assert "2.67" not in text


def test_the_makers_of_figures_round_alike() -> None:
    assert (number_words(2.675), number_words(2.675, 1)) == ("2.68", "2.7")
    assert published_words(-2.675, "percent") == "−2.68%"
    assert (value_words(-2.65, "percent"), value_words(2.675, "")) == ("−2.7%", "2.68")


# Who may round or write decimals besides words/, and why. -----------------------------------------

ALLOWED = {
    "files/old_reader.py": "whole milliseconds of a duration in a workbook",
    "sample/": "the sample writes the figures that a publisher would have rounded",
    "assessment/movement/": "parts are apportioned in whole last digits before they are printed",
    "assessment/improvement/edges.py": "candidate values have the decimals of published ones",
    "assessment/improvement/levers.py": "candidate values have the decimals of published ones",
    "assessment/improvement/plausibility.py": "how many decimals values have is found out",
    "assessment/improvement/changes.py": "a count of a user's must be whole",
    "asks/intake/typed_hours.py": "hours are kept to four decimals, however they were written",
    "frames/columns.py": "frames lie below words; the bound it tells is a whole number",
    "signals/own/as_shown.py": "a percentage sheds the binary rest of its fraction",
    "model/target.py": "the vocabulary lies below words; a sum of points sheds its binary rest",
    "asks/matching/entry_reader.py": "scores are kept with an ask to three decimals",
    "asks/matching/matters.py": "scores are kept with an ask to three decimals",
    "asks/burden/burden.py": "whole minutes are shared out, and must sum",
    "asks/calendar/": "whole minutes are shared out, and must sum",
    "model/figure_limits.py": "the vocabulary lies below words; its limits are whole numbers",
    "pages/drawing/": "places in a drawing, in its own units",
    "pages/remits/picture.py": "places in a drawing, in its own units",
    "pages/frame/templates/parts.html.jinja": "the length of a bar in a drawing",
    "exports/slide_": "places on a slide, in its own units",
    "exports/finding_slides.py": "places on a slide, in its own units",
    "exports/rooms.py": "places on a slide, in its own units",
    "exports/native_charts.py": "the size of a picture, in its own units",
    "exports/chart_ends.py": "places in a chart, in its own units",
    "exports/document_charts.py": "the size of a picture, in its own units",
}
ROUNDS = re.compile(
    r"(?<![\w.])round\(|\.round\(|\|\s*round|strftime\(\"%[bB]|:%[bB] "
    r"|\{[^{}\"]*:[+,]*\.(?:\d|\{\w+\})[f%]\}"
)


def test_nothing_but_words_rounds_for_a_reader() -> None:
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*")):
        name = path.relative_to(SOURCE).as_posix()
        if path.suffix not in {".py", ".jinja"} or name.startswith("words/"):
            continue
        if hits := ROUNDS.findall(path.read_text(encoding="utf-8")):
            found[name] = hits
    unnamed = {n: hits for n, hits in found.items() if not n.startswith(tuple(ALLOWED))}
    assert unnamed == {}
    idle = [place for place in ALLOWED if not any(name.startswith(place) for name in found)]
    assert idle == []


@pytest.mark.parametrize(
    "line",
    [
        *('f"{x:.2f}"', 'f"{a.b:+.1f}%"', 'f"{share:.0%}"', 'f"{x:,.{n}f}"', "round(x, 2)"),
        *("column.round(2)", "{{ x | round(1) }}", 'f"{day:%B %Y}"', 'day.strftime("%b %Y")'),
    ],
)
def test_the_search_finds_what_rounds(line: str) -> None:
    assert ROUNDS.search(line)
    assert not ROUNDS.search("rounded(x, 2); self._round(); around(1); f'{x:g}'")


def test_one_is_counted_in_the_singular(
    judged: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = write(tmp_path / "one.csv", [row("2.675", code="RYJ")])
    arguments = [str(one), *judged[1:]]
    assert ": 1 organisation\n" in said(capsys, "assess", *arguments, "--no-likely")
    assert "The mean of 1 score." in said(capsys, "explain", "RYJ", *arguments)
