"""What changed in items of several answers and of numbers, against figures worked out otherwise."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from scipy.stats import ttest_ind

from remit.cli.run import run
from tests.surveys.exports import BEFORE, BODIES, COLUMNS, HOURS, NOW, write_small, write_wave


def counted(before: Path, now: Path, questionnaire: Path, *more: str) -> Path:
    out = before.parent / "out"
    given = [str(before), str(now), "--questionnaire", str(questionnaire), *more]
    run(["survey", "tables", *given, "--by", "kind", "--out", str(out)])
    return out


def row(folder: Path, name: str, **wanted: str) -> dict[str, str]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    (found,) = [one for one in rows if all(one[key] == value for key, value in wanted.items())]
    return found


def test_a_share_of_ticks_is_held_against_the_wave_before(tmp_path: Path) -> None:
    out = counted(*write_small(tmp_path))
    found = row(out, "multi_changes.csv", option="The ICB", group="all")
    # 3 of 5 against 2 of 3: pooled 5/8, error √(15/64 × 8/15) = 0.35355, z = −0.18856, p = 0.8504.
    assert float(found["change"]) == pytest.approx(-6.6667, abs=1e-4)
    assert float(found["p"]) == pytest.approx(0.8504, abs=1e-4)
    assert (found["significant"], found["comparable"]) == ("false", "true")
    assert (found["base_now"], found["base_before"], found["item"]) == ("5", "3", BODIES)


def test_means_are_held_against_the_wave_before(tmp_path: Path) -> None:
    out = counted(*write_small(tmp_path))
    found = row(out, "numeric_changes.csv", group="all")
    assert (float(found["mean_now"]), found["item"]) == (20, HOURS)
    assert float(found["change"]) == pytest.approx(20 - 25 / 3)
    apart = ttest_ind([10, 20, 30], [12, 8, 5], equal_var=False).pvalue
    assert float(found["p"]) == pytest.approx(apart, abs=1e-12)
    single = row(out, "numeric_changes.csv", group="community")
    assert (single["p"], single["significant"], single["reason"][:7]) == ("", "false", "no test")
    nobody = row(out, "numeric_changes.csv", group="ambulance")
    assert (nobody["change"], nobody["reason"]) == ("", "nobody answered in 2026 and 2025")


def test_an_option_that_nobody_ticked_in_a_wave_is_not_said_to_have_been_answered_by_nobody(
    tmp_path: Path,
) -> None:
    before, now, questionnaire = write_small(tmp_path)
    text = questionnaire.read_text(encoding="utf-8")
    questionnaire.write_text(
        text.replace("    options: [The region, The ICB, The CQC]\n", ""), encoding="utf-8"
    )
    late = tuple((*one[:5], one[5].replace("The region", "The CQC"), *one[6:]) for one in NOW)
    write_wave(now, late)
    out = counted(before, now, questionnaire)
    found = row(out, "multi_changes.csv", option="The CQC", group="all")
    assert (found["reason"], found["p"]) == ("not ticked or not offered in 2025", "")
    found = row(out, "multi_changes.csv", option="The region", group="all")
    assert found["reason"] == "not ticked or not offered in 2026"
    # Ticked by others of the wave, so it was offered: none of two in this group is a share.
    found = row(out, "multi_changes.csv", option="The ICB", group="community")
    assert (found["reason"], found["pct_now"]) == ("", "0.0")


def test_a_small_base_in_either_wave_has_no_change_and_no_p(tmp_path: Path) -> None:
    out = counted(*write_small(tmp_path), "--min-base", "4")
    for name, more in (("multi_changes.csv", {"option": "The ICB"}), ("numeric_changes.csv", {})):
        found = row(out, name, group="all", **more)
        empty = ("change", "p", "p_adjusted", "significant", "base_now", "base_before")
        assert [found[one] for one in empty] == [""] * 6
        assert found["suppressed"] == "the base is under 4"


def test_other_words_are_no_trend(tmp_path: Path) -> None:
    before, now, questionnaire = write_small(tmp_path)
    other = {HOURS: "How many hours does your team spend?", BODIES: "Who asked you for data?"}
    write_wave(before, BEFORE, tuple(other.get(one, one) for one in COLUMNS))
    text = questionnaire.read_text(encoding="utf-8")
    for new, old in other.items():
        text = text.replace(f'[{{text: "{new}"}}]', f'[{{text: "{new}"}}, {{text: "{old}"}}]')
    questionnaire.write_text(text, encoding="utf-8")
    out = counted(before, now, questionnaire)
    for name, more in (("multi_changes.csv", {"option": "The ICB"}), ("numeric_changes.csv", {})):
        found = row(out, name, group="all", **more)
        assert (found["comparable"], found["change"], found["p"]) == ("false", "", "")
        assert "the wording changed" in found["reason"]
