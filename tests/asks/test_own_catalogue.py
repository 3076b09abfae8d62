"""A catalogue and a glossary of one's own, as docs/asks-matching.md shows them."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from remit.asks.matching import match, read_asks
from remit.catalogue.own import in_force, own_files, read_own
from remit.cli.run import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "asks-matching.md"
ASKS = """\
ask_id,received_on,due_on,from_body,from_team,to_org_code,to_org_name,title,text
A1,2026-03-02,2026-03-20,NHSE region,Quality,ZA1,Larkshire Hospitals,Falls January,\
"What was your FPKBD in January 2026, number of falls please?"
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The examples of the page, and a list of one ask."""
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    texts = {
        "catalogue": next(one for one in blocks if "remit/catalogue/1" in one),
        "glossary": next(one for one in blocks if "remit/glossary/1" in one),
        "asks": ASKS,
    }
    paths = {name: tmp_path / f"{name}.txt" for name in texts}
    for name, text in texts.items():
        paths[name].write_text(text, encoding="utf-8")
    return paths


def first(folder: Path) -> dict[str, str]:
    with (folder / "answered.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))


def test_an_entry_of_ones_own_answers_and_is_told(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asks, out = str(files["asks"]), tmp_path / "out"
    assert run(["asks", "match", asks, "--out", str(out)]) == 0
    assert first(out)["publication"] != "our-falls"
    assert "of your own" not in capsys.readouterr().out
    own = ["--catalogue", str(files["catalogue"]), "--glossary", str(files["glossary"])]
    assert run(["asks", "match", asks, "--out", str(tmp_path / "own"), *own]) == 0
    said = capsys.readouterr().out
    assert "Entries of your own: our-falls added." in said
    assert "Short forms of your own: fpkbd." in said
    found = first(tmp_path / "own")
    assert (found["publication"], found["state"]) == ("our-falls", "sure")
    # They were in force for that run alone.
    assert own_files().catalogue == ()


def test_an_entry_with_the_identifier_of_remits_takes_its_place(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = files["catalogue"].read_text(encoding="utf-8").replace("id: our-falls", "id: naif")
    files["catalogue"].write_text(text, encoding="utf-8")
    command = ["asks", "match", str(files["asks"]), "--out", str(tmp_path / "out"), "--catalogue"]
    assert run([*command, str(files["catalogue"])]) == 0
    assert "naif in place of Remit's" in capsys.readouterr().out
    assert first(tmp_path / "out")["publication"] == "naif"


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("kind: publication", "kind: publicaton", "use one of 'publication'"),
        ("levels: [trust]", "levels: []", "what answers asks needs measures, and levels"),
        ("source:", "read_by: [nowhere]\n    source:", "the publications say when"),
        ("unit: count", "unit: count, metrics: [no.such]", "there is no metric 'no.such'"),
    ],
)
def test_a_faulty_entry_is_told_with_its_line(
    files: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    was: str,
    now: str,
    said: str,
) -> None:
    text = files["catalogue"].read_text(encoding="utf-8")
    assert was in text
    files["catalogue"].write_text(text.replace(was, now), encoding="utf-8")
    command = ["asks", "match", str(files["asks"]), "--out", str(tmp_path / "out"), "--catalogue"]
    assert run([*command, str(files["catalogue"])]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "line " in told
    assert not (tmp_path / "out").exists()


def test_other_processes_read_by_the_same_files(files: dict[str, Path]) -> None:
    asks = read_asks(files["asks"]).asks
    asks = [*asks, *(type(asks[0])(f"B{n}", "CQC", "ZA1", "Falls", "falls") for n in range(3))]
    with in_force(read_own([files["catalogue"]], [files["glossary"]])):
        alone, many = match(asks), match(asks, workers=2)
    assert alone == many
    assert alone.answers[0].publication == "our-falls"


@pytest.mark.parametrize("short", ['"("', '""', '"|"', '"…"'])
def test_a_short_form_that_finds_nothing_is_a_fault_of_its_file(
    short: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, asks = tmp_path / "short.yaml", tmp_path / "asks.csv"
    own.write_text(f"schema: remit/glossary/1\nsource: x\nmeans:\n  o:\n    {short}: a bracket\n")
    asks.write_text("ask_id,from_body,to_org_code,title\nA1,ICB,ZA1,Waits\n")
    out = str(tmp_path / "out")
    assert run(["asks", "match", str(asks), "--out", out, "--glossary", str(own)]) == 2
    said = capsys.readouterr()
    assert "short.yaml, line " in said.err
    assert "has no letter from A to Z and no digit" in said.err
    assert "Short forms of your own" not in said.out
