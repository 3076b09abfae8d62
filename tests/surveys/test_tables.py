"""The tables of a survey, against figures worked out by hand."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS, WRONG_INPUT
from remit.cli.run import run
from tests.surveys.exports import BEFORE, BURDEN, COLUMNS, HEARD, NOW, write_small, write_wave


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("survey")
    before, now, questionnaire = write_small(folder)
    asked = ["survey", "tables", str(before), str(now), "--questionnaire", str(questionnaire)]
    assert run([*asked, "--by", "kind", "--out", str(folder / "out")]) == DONE_WITH_FINDINGS
    return folder / "out"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(folder: Path, name: str, **wanted: str) -> Mapping[str, str]:
    (found,) = [
        one for one in rows(folder, name) if all(one[key] == value for key, value in wanted.items())
    ]
    return found


def test_counts_and_shares_of_the_whole(written: Path) -> None:
    found = row(written, "items.csv", wave="2026", item=HEARD, group="all")
    counts = ("base", "n_agree", "n_neutral", "n_disagree", "dont_know", "blank", "invalid")
    # Six people: two agree, one neither, one disagrees, one does not know, one said "Perhaps".
    assert [found[name] for name in counts] == ["4", "2", "1", "1", "1", "0", "1"]
    assert float(found["pct_agree"]) == 50
    # Wilson by hand: centre (0.5 + 1.9208/4) / (1 + 3.8415/4) = 0.5; half 0.34996.
    assert float(found["low"]) == pytest.approx(15.00, abs=0.01)
    assert float(found["high"]) == pytest.approx(85.00, abs=0.01)


def test_spellings_of_one_group_are_one_group(written: Path) -> None:
    kinds = {one["group"] for one in rows(written, "items.csv") if one["group_by"] == "kind"}
    assert kinds == {"acute", "ambulance", "community"}
    acute = row(written, "items.csv", wave="2026", item=HEARD, group="acute")
    assert (acute["base"], acute["n_agree"], acute["n_disagree"]) == ("3", "2", "1")


def test_a_base_of_nobody_has_no_share(written: Path) -> None:
    found = row(written, "items.csv", wave="2026", item=HEARD, group="ambulance")
    assert (found["base"], found["pct_agree"], found["low"], found["dont_know"]) == (
        "0",
        "",
        "",
        "1",
    )


def test_zero_of_three_is_no_certainty(tmp_path: Path) -> None:
    before, _, questionnaire = write_small(tmp_path)
    none = tuple((*one[:3], "Disagree", *one[4:]) for one in BEFORE)
    write_wave(before, none)
    out = tmp_path / "out"
    run(["survey", "tables", str(before), "--questionnaire", str(questionnaire), "--out", str(out)])
    found = row(out, "items.csv", item=HEARD)
    assert (found["pct_agree"], found["low"]) == ("0.0", "0.0")
    # Wilson of 0 of 3: z² / (n + z²) = 3.8415 / 6.8415.
    assert float(found["high"]) == pytest.approx(56.15, abs=0.01)


def test_several_answers_and_numbers(written: Path) -> None:
    icb = row(written, "multi.csv", wave="2026", option="The ICB", group="all")
    assert (icb["n"], icb["base"], icb["blank"]) == ("3", "5", "1")
    assert row(written, "multi.csv", wave="2026", option="The CQC", group="all")["n"] == "0"
    hours = row(written, "numeric.csv", wave="2026", group="all")
    assert (hours["base"], hours["invalid"], hours["blank"]) == ("3", "2", "1")
    assert (float(hours["mean"]), float(hours["median"])) == (20, 20)


def test_what_changed_and_by_chance(written: Path) -> None:
    found = row(written, "changes.csv", item=HEARD, group="all")
    # 2 of 4 against 2 of 3: pooled 4/7, error √(12/49 × 7/12) = 0.37796, z = −0.44096, p = 0.659.
    assert float(found["change"]) == pytest.approx(-16.6667, abs=1e-4)
    assert float(found["p"]) == pytest.approx(0.6592, abs=1e-4)
    assert (found["significant"], found["comparable"]) == ("false", "true")
    ambulance = row(written, "changes.csv", item=HEARD, group="ambulance")
    assert (ambulance["comparable"], ambulance["change"]) == ("false", "")
    assert ambulance["reason"] == "nobody answered in 2026 and 2025"


def test_every_row_and_cell_that_is_not_counted_is_told(written: Path) -> None:
    told = {(one["line"], one["value"]) for one in rows(written, "rejections.csv")}
    assert told == {("7", "5"), ("8", "Perhaps"), ("4", "9999"), ("8", "about ten")}


def test_a_change_of_wording_is_not_compared_and_both_are_shown(tmp_path: Path) -> None:
    before, now, questionnaire = write_small(tmp_path)
    milder = "Our ICB usually listens to us"
    write_wave(before, BEFORE, tuple(milder if one == HEARD else one for one in COLUMNS))
    text = questionnaire.read_text(encoding="utf-8")
    two = f'wording: [{{text: "{HEARD}"}}, {{text: "{milder}"}}]'
    questionnaire.write_text(text.replace(f'wording: [{{text: "{HEARD}"}}]', two), encoding="utf-8")
    out = tmp_path / "out"
    asked = [str(before), str(now), "--questionnaire", str(questionnaire), "--out", str(out)]
    run(["survey", "tables", *asked])
    found = row(out, "changes.csv", item=HEARD)
    assert (found["comparable"], found["change"], found["p"]) == ("false", "", "")
    assert HEARD in found["reason"]
    assert milder in found["reason"]
    assert row(out, "changes.csv", item=BURDEN)["comparable"] == "true"


def test_a_draft_gives_the_same_counts(tmp_path: Path) -> None:
    before, now, _ = write_small(tmp_path)
    draft, out = tmp_path / "draft.yaml", tmp_path / "out"
    assert run(["survey", "new", str(before), str(now), "--out", str(draft)]) == DONE
    assert "guessed" in draft.read_text(encoding="utf-8")
    asked = [str(before), str(now), "--questionnaire", str(draft), "--out", str(out)]
    run(["survey", "tables", *asked, "--by", "kind"])
    found = row(out, "items.csv", wave="2026", item=HEARD, group="all")
    assert (found["base"], found["n_agree"], found["invalid"]) == ("4", "2", "1")
    hours = row(out, "numeric.csv", wave="2026", group="all")
    assert (hours["base"], float(hours["max"])) == ("3", 30)


def test_small_bases_are_not_shown_nor_worked_out(tmp_path: Path) -> None:
    _, now, questionnaire = write_small(tmp_path)
    out = tmp_path / "out"
    asked = [str(now), "--questionnaire", str(questionnaire), "--out", str(out), "--by", "kind"]
    run(["survey", "tables", *asked, "--min-base", "2"])
    found = {
        one["group"]: (one["base"], one["suppressed"])
        for one in rows(out, "items.csv")
        if one["item"] == HEARD
    }
    assert found["all"] == ("4", "")
    assert found["community"] == ("", "the base is under 2")
    # All less acute would give the one answer of community.
    assert found["acute"] == ("", "else a small base could be worked out from the others")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("id: hours", "id: heard"), "heard stands twice"),
        (
            lambda text: text.replace("scale: agree-5", "scale: agree-9"),
            "there is no scale agree-9",
        ),
        (lambda text: text.replace("kind: multi", "kind: many"), "is not allowed"),
        (
            lambda text: text.replace(HEARD, "Quite another").replace(BURDEN, "x"),
            "2 columns are not",
        ),
    ],
)
def test_a_wrong_questionnaire_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: object, said: str
) -> None:
    _, now, questionnaire = write_small(tmp_path)
    text = questionnaire.read_text(encoding="utf-8")
    questionnaire.write_text(change(text), encoding="utf-8")  # type: ignore[operator]
    code = run(["survey", "check", str(now), "--questionnaire", str(questionnaire)])
    assert code in {WRONG_INPUT, DONE_WITH_FINDINGS}
    told = capsys.readouterr()
    assert said in told.out + told.err


def test_an_order_of_rows_changes_nothing(written: Path, tmp_path: Path) -> None:
    _, now, questionnaire = write_small(tmp_path)
    # The second row of respondent 5 is dropped, so that any order keeps the same rows.
    once = tuple(one for place, one in enumerate(NOW) if place != 5)
    found = []
    for number, order in enumerate((once, once[::-1])):
        out = tmp_path / str(number)
        write_wave(now, order)
        asked = [str(now), "--questionnaire", str(questionnaire), "--out", str(out)]
        run(["survey", "tables", *asked, "--by", "kind"])
        found.append(
            [(out / name).read_text() for name in ("items.csv", "multi.csv", "numeric.csv")]
        )
    assert found[0] == found[1]
