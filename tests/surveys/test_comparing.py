"""Two waves of a questionnaire: a trend is drawn only where the words are the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS, WRONG_INPUT
from remit.cli.run import run
from remit.sample import write_people
from remit.surveys.loading import load_questionnaire, load_scales, ready_questionnaires
from tests.surveys.exports import BURDEN, HEARD, QUESTIONNAIRE


def asked(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_a_milder_wording_is_no_trend(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    *_, questionnaire = write_people(tmp_path)
    assert run(["survey", "compare", str(questionnaire), "--format", "json"]) == DONE_WITH_FINDINGS
    found = {one["item"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["governance"]["verdict"] == "wording"
    assert "well placed" in found["governance"]["before"]
    assert "every skill" in found["governance"]["now"]
    assert [name for name, one in found.items() if not one["comparable"]] == ["governance"]


def test_new_gone_and_other_answers_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = asked(tmp_path, "a.yaml", QUESTIONNAIRE)
    text = QUESTIONNAIRE.replace("id: heard", "id: listens").replace(HEARD, f"{HEARD} today")
    text = text.replace("scale: change-3", "scale: change-5")
    now = asked(tmp_path, "b.yaml", text)
    run(["survey", "compare", before, now, "--format", "json"])
    found = {one["item"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["heard"]["verdict"] == "gone"
    assert found["listens"]["verdict"] == "new"
    assert "perhaps it is heard" in found["listens"]["says"]
    assert (found["burden"]["verdict"], found["burden"]["before"]) == ("scale", BURDEN)


def test_an_item_of_another_name_and_the_same_words_is_the_same(tmp_path: Path) -> None:
    before = asked(tmp_path, "a.yaml", QUESTIONNAIRE)
    now = asked(tmp_path, "b.yaml", QUESTIONNAIRE.replace("id: heard", "id: listens"))
    assert run(["survey", "compare", before, now]) == DONE


def test_one_wave_alone_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["survey", "compare", "trusts-on-oversight"]) == WRONG_INPUT
    assert "two waves" in capsys.readouterr().err


@pytest.mark.parametrize("name", list(ready_questionnaires()))
def test_a_ready_questionnaire_says_of_each_scale_item_what_is_good_news(name: str) -> None:
    found = load_questionnaire(name)
    scales = [one for one in found.items if one.kind == "scale"]
    assert len(scales) >= 5
    for item in scales:
        assert item.polarity != "neither"
        assert item.scale in load_scales()
