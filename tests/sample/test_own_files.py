"""What the fictional board says: read without a slip, by people who are roles, and used."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from remit.catalogue import load_computed_metrics
from remit.register import load_register
from remit.report.annotations import read_annotations
from remit.report.commentary_file import Commentary, read_commentary
from remit.report.peers import read_peers
from remit.report.unpublished_file import read_unpublished
from remit.sample import write_own_files
from remit.sample.own_files import PREVIEWED, UNPUBLISHED, own_options
from remit.signals.trajectories import read_trajectories

METRICS, REGISTER = load_computed_metrics(), load_register()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_own_files(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def commentary(files: dict[str, Path]) -> Commentary:
    return read_commentary([files["commentary"]], METRICS, REGISTER)


def test_there_is_a_file_for_each_option(files: dict[str, Path]) -> None:
    (folder,) = {path.parent for path in files.values()}
    options = own_options(folder)
    assert dict(zip(options[::2], map(Path, options[1::2]), strict=True)) == {
        f"--{option}": path for option, path in files.items() if option != UNPUBLISHED
    }


def test_comments_are_of_three_months(commentary: Commentary) -> None:
    months = Counter(comment.label for comment in commentary.comments)
    assert months == {"Jan 2026": 3, "Feb 2026": 3, "Mar 2026": 4}


def test_no_owner_looks_like_a_person_and_nothing_is_left_out(commentary: Commentary) -> None:
    assert commentary.told == ()


def test_one_action_is_overdue_at_the_end_of_march(commentary: Commentary) -> None:
    (late,) = [
        (one.org_code, one.due, one.status)
        for one in commentary.comments
        if one.is_overdue(date(2026, 3, 31)) and one.label == "Feb 2026"
    ]
    assert late == ("ZB1", date(2026, 3, 15), "late")


def test_plans_are_of_a_system_and_its_trusts(files: dict[str, Path]) -> None:
    plans = read_trajectories(files["trajectories"], METRICS, REGISTER)
    assert len(plans.figures) == 7 * 12
    assert {one.org_code for one in plans.figures} == {"ZB1", "ZA1", "ZA2", "ZA3", "ZA4"}
    (quillborough,) = [
        one.value
        for one in plans.figures
        if (one.org_code, one.metric_id, one.month) == ("ZA2", "ae.four-hours", date(2025, 11, 1))
    ]
    assert quillborough == 77


def test_notes_and_re_basings_are_of_what_is_known(files: dict[str, Path]) -> None:
    notes = read_annotations(files["annotations"], "note", METRICS, REGISTER)
    rebases = read_annotations(files["rebase"], "reason", METRICS, REGISTER)
    assert [one.org_code for one in notes.items] == ["ZA8", "ZB1", "ZA4", "ZC1"]
    assert [(one.on, one.org_code) for one in rebases.items] == [(date(2025, 4, 1), "ZA3")]


def test_peers_are_of_the_other_system(files: dict[str, Path]) -> None:
    peers = read_peers(str(files["peers"]), REGISTER)
    assert peers[0] == "ZB2"
    leads = [REGISTER.lead_icb(code, date(2026, 3, 31)) for code in peers[1:]]
    assert {one.code for one in leads if one} == {"ZB2"}


def test_what_is_not_published_yet_is_read_without_a_slip(files: dict[str, Path]) -> None:
    read = read_unpublished(files[UNPUBLISHED], PREVIEWED)
    assert read.unused == ()
    assert [(one.metric, one.change.value, one.base) for one in read.figures][:3] == [
        ("OF0013", 75.1, 6305),
        ("OF0023", 58.9, None),
        ("OF0079", 0, 450_000_000),
    ]
