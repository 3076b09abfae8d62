"""A new file is put in its place whole, and never over one that is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from remit.files.new_file import clear_drafts, draft_of, names_of, put_new, write_new_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_new_file(path, "theirs")
    assert path.read_text(encoding="utf-8") == "mine"
    assert names(tmp_path) == ["mine.yaml"]


def test_what_cannot_be_written_leaves_no_beginning_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_new_file(tmp_path / "new.yaml", "a" * 100_000 + "\ud800")
    assert names(tmp_path) == []
    write_new_file(tmp_path / "new.yaml", "whole\n")
    assert (tmp_path / "new.yaml").read_bytes() == b"whole\n"
    assert names(tmp_path) == ["new.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="hard links need a privilege there")
def test_the_name_of_a_draft_counts_for_none_and_goes(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    draft = draft_of(path)
    draft.write_bytes(b"whole")
    put_new(draft, path)
    assert draft.exists()
    assert names_of(path) == 1
    assert names(tmp_path) == ["kept.sqlite"]
    os.link(path, tmp_path / "second.sqlite")
    assert names_of(path) == 2


def test_only_old_drafts_are_cleared(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    young, old = draft_of(path), draft_of(path)
    for draft in (young, old):
        draft.touch()
    os.utime(old, (0, 0))
    clear_drafts(path)
    assert names(tmp_path) == [young.name]
