"""Odd samples: counted with what can be said of them, or refused with the reason."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.cli.exit_codes import DONE, WRONG_INPUT
from remit.cli.run import run
from tests.surveys.exports import COLUMNS, HEARD, write_small, write_wave

Rows = list[tuple[str, str, str, str]]


def counted(folder: Path, people: Rows, weights: str = "") -> Path:
    """A survey of people (organisation, kind, answer, weight), as tables and as pages."""
    _, now, questionnaire = write_small(folder)
    rows = tuple((str(n), unit, kind, said, "", "", "", "", own)
                 for n, (unit, kind, said, own) in enumerate(people))  # fmt: skip
    write_wave(now, rows, (*COLUMNS, "weight"))
    text = questionnaire.read_text(encoding="utf-8")
    questionnaire.write_text(text + (f"weights: {weights}\n" if weights else ""), encoding="utf-8")
    asked = [str(now), "--questionnaire", str(questionnaire), "--by", "kind"]
    pages = ["survey", "report", *asked, "--min-base", "0", "--out", str(folder / "pages")]
    assert run(["survey", "tables", *asked, "--out", str(folder / "out")]) == DONE
    assert run(pages) == DONE
    return folder / "out"


def row(folder: Path, name: str, group: str = "all") -> dict[str, str]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        (found,) = [one for one in csv.DictReader(file)
                    if one["item"] == HEARD and one.get("group", group) == group]  # fmt: skip
    return found


def test_every_answer_dont_know_has_no_share_and_is_no_zero(tmp_path: Path) -> None:
    out = counted(tmp_path, [(f"ZA{n}", "acute", "Don’t know", "1") for n in range(12)])
    found = row(out, "items")
    assert [found[name] for name in ("base", "pct_agree", "low", "high", "dont_know")] == [
        "0", "", "", "", "12",
    ]  # fmt: skip
    assert [row(out, "weighted")[name] for name in ("base", "pct_agree", "se")] == ["0", "", ""]
    assert row(out, "overall")["p"] == ""


def test_one_organisation_with_two_hundred_voices_has_a_share_and_no_error(tmp_path: Path) -> None:
    said = ["Agree"] * 80 + ["Disagree"] * 120
    out = counted(tmp_path, [("ZA1", "acute", one, "1") for one in said])
    found = row(out, "weighted")
    # One cluster cannot tell how organisations differ: no interval, and no claim of surety.
    assert (found["base"], found["organisations"], found["pct_agree"]) == ("200", "1", "40.0")
    assert (found["low"], found["high"], found["se"]) == ("", "", "")


def test_one_of_many_organisations_does_not_count_for_all(tmp_path: Path) -> None:
    crowd = [("ZA1", "acute", "Agree", "1")] * 200
    others = [(f"ZA{n}", "community", "Disagree", "1") for n in range(2, 12)]
    out = counted(tmp_path, [*crowd, *others], "{one_voice_per: unit}")
    # Eleven organisations, one of which agrees, with two hundred voices.
    assert float(row(out, "weighted")["pct_agree"]) == pytest.approx(100 / 11)


def test_weights_of_zero_are_in_no_weighted_share(tmp_path: Path) -> None:
    people = [("ZA1", "acute", "Agree", "0"), ("ZA2", "acute", "Agree", "2"),
              ("ZA3", "acute", "Disagree", "2"), ("ZA4", "acute", "Disagree", "4")]  # fmt: skip
    out = counted(tmp_path, people, "{column: [weight]}")
    assert (row(out, "items")["base"], row(out, "items")["pct_agree"]) == ("4", "50.0")
    found = row(out, "weighted")
    assert (found["base"], found["organisations"], found["pct_agree"]) == ("3", "3", "25.0")


def test_an_organisation_whose_weights_are_all_zero_has_no_voice(tmp_path: Path) -> None:
    people = [("ZA1", "acute", "Agree", "0"), ("ZA1", "acute", "Agree", "0"),
              ("ZA2", "acute", "Agree", "1"), ("ZA3", "acute", "Disagree", "1")]  # fmt: skip
    out = counted(tmp_path, people, "{column: [weight], one_voice_per: unit}")
    assert (row(out, "weighted")["base"], row(out, "weighted")["pct_agree"]) == ("2", "50.0")


def test_an_organisation_that_left_all_blank_is_in_no_base(tmp_path: Path) -> None:
    people = [("ZA1", "acute", "", "1"), ("ZA1", "acute", "", "1"), ("ZA2", "acute", "Agree", "1"),
              ("ZA3", "acute", "Disagree", "1")]  # fmt: skip
    found = row(counted(tmp_path, people), "weighted")
    assert (found["base"], found["organisations"], found["pct_agree"]) == ("2", "2", "50.0")


def test_a_population_without_a_type_that_answered_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, now, questionnaire = write_small(tmp_path)
    text = questionnaire.read_text(encoding="utf-8")
    targets = "{targets: {kind: {acute: 3, ambulance: 1}}}"
    questionnaire.write_text(f"{text}weights: {targets}\n", encoding="utf-8")
    asked = [str(now), "--questionnaire", str(questionnaire), "--out", str(tmp_path / "out")]
    assert run(["survey", "tables", *asked]) == WRONG_INPUT
    assert "2026: no target is given for Kind of trust community" in capsys.readouterr().err


def test_none_of_nine_is_up_to_thirty_per_cent(tmp_path: Path) -> None:
    none = [(f"ZA{n}", "ambulance", "Disagree", "1") for n in range(9)]
    some = [(f"ZA{n}", "acute", "Agree", "1") for n in range(10, 30)]
    out = counted(tmp_path, [*none, *some])
    found = row(out, "items", "ambulance")
    assert (found["pct_agree"], found["low"], found["base"]) == ("0.0", "0.0", "9")
    # z² / (9 + z²) = 3.8415 / 12.8415.
    assert float(found["high"]) == pytest.approx(29.91, abs=0.01)
    assert float(row(out, "weighted", "ambulance")["high"]) > 29.91


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        (
            "{kind: {acute: 10, community: 0}, side: {x: 1, y: 9}}",
            "the target of side y cannot be met",
        ),
        (
            "{kind: {acute: 10, community: 90}, side: {x: 90, y: 10}}",
            "Kind of trust community comes to 10.0, and its target is 90.0",
        ),
    ],
)
def test_the_target_that_cannot_be_met_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], targets: str, said: str
) -> None:
    _, now, questionnaire = write_small(tmp_path)
    people = [("acute", "x"), ("acute", "x"), ("community", "y")]
    rows = tuple((str(n), f"ZA{n}", kind, "Agree", "", "", "", "", side)
                 for n, (kind, side) in enumerate(people))  # fmt: skip
    write_wave(now, rows, (*COLUMNS, "side"))
    groups = "  - {id: side, name: side, columns: [side]}\nitems:"
    text = questionnaire.read_text(encoding="utf-8").replace("items:", groups, 1)
    questionnaire.write_text(f"{text}weights: {{targets: {targets}}}\n", encoding="utf-8")
    asked = [str(now), "--questionnaire", str(questionnaire), "--out", str(tmp_path / "out")]
    assert run(["survey", "tables", *asked]) == WRONG_INPUT
    told = capsys.readouterr().err
    assert said in told
    assert "2026" in told
