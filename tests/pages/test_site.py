"""Writing a site: whole or not at all, and never over something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.assessment.result.assessment import Assessment
from remit.pages import SiteError, build_site
from remit.pages.frame.folders import MARKER


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_report_counts_what_was_written(assessments: list[Assessment], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    out = tmp_path / "deep" / "site"
    report = build_site(
        assessments[-1:], out, progress=lambda done, whole: told.append((done, whole))
    )
    assert report.files == len(files_of(out))
    assert report.pages == len(list(out.rglob("*.html"))) == told[-1][0] == told[-1][1]
    assert report.periods == ("2025/26 Q4",)
    assert report.start.is_file()


def test_an_earlier_site_is_replaced_as_a_whole(
    assessments: list[Assessment], tmp_path: Path
) -> None:
    out = tmp_path / "site"
    build_site(assessments[:1], out)
    build_site(assessments[1:2], out)
    assert not (out / "2025-26-q1").exists()
    assert (out / "2025-26-q2" / "index.html").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_same_figures_make_the_same_site(assessments: list[Assessment], tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    build_site(assessments[:1], first)
    build_site(assessments[:1], second)
    assert files_of(first) == files_of(second)


def test_an_interruption_leaves_the_earlier_site(
    assessments: list[Assessment], tmp_path: Path
) -> None:
    out = tmp_path / "site"
    build_site(assessments[:1], out)
    before = files_of(out)

    def stop(done: int, whole: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_site(assessments[1:2], out, progress=stop)
    assert files_of(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_failed_move_puts_the_earlier_site_back(
    assessments: list[Assessment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    build_site(assessments[:1], out)
    before = files_of(out)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target == out and self.name != "former":
            raise OSError("the disk is full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(SiteError, match="the disk is full"):
        build_site(assessments[1:2], out)
    assert files_of(out) == before


def test_a_folder_of_something_else_is_left_alone(
    assessments: list[Assessment], tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SiteError, match="is no folder that Remit wrote"):
        build_site(assessments[:1], tmp_path)
    assert files_of(tmp_path) == {"thesis.txt": b"mine"}


def test_a_file_beside_the_pages_is_not_lost(assessments: list[Assessment], tmp_path: Path) -> None:
    out = tmp_path / "site"
    build_site(assessments[:1], out)
    mine = out / "2025-26-q1" / "mine.html"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(SiteError, match=r"did not write: 2025-26-q1/mine\.html; move it away"):
        build_site(assessments[1:2], out)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert (out / "2025-26-q1" / "index.html").is_file()


def test_a_file_is_not_overwritten(assessments: list[Assessment], tmp_path: Path) -> None:
    file = tmp_path / "site"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(SiteError, match="is a file"):
        build_site(assessments[:1], file)


def test_an_empty_folder_will_do(assessments: list[Assessment], tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    assert (build_site(assessments[:1], out).folder / MARKER).is_file()


def test_nothing_to_show_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="nothing to show"):
        build_site([], tmp_path / "site")


def test_two_assessments_of_one_period_are_refused(
    assessments: list[Assessment], tmp_path: Path
) -> None:
    with pytest.raises(SiteError, match=r"2025/26 Q1"):
        build_site([assessments[0], assessments[0]], tmp_path / "site")
