"""The sample's returns: what is odd about them is found, and nothing else."""

from __future__ import annotations

from pathlib import Path

from remit.sample import write_returns
from remit.shift.neighbourhood.checks import differences
from remit.shift.neighbourhood.rates import rates_of
from remit.shift.neighbourhood.returns import read_returns


def test_what_is_odd_is_found_and_nothing_else(tmp_path: Path) -> None:
    files = write_returns(tmp_path)
    places = files.places.read_text(encoding="utf-8").split("\n")[:-1]
    read = read_returns(sorted(files.returns.iterdir()), places=places)
    assert [(one.place, one.template) for one in read.returns] == [
        ("Larkshire North", "1.2"),
        ("Larkshire South", "0.2 (draft)"),
    ]
    assert [one.file for one in read.rejections] == ["sample-return-third.xlsx"]
    assert [cell.written for cell in read.cells if cell.note] == ["<6"]
    rates = rates_of(read)
    for one in read.returns:
        own = [rate for rate in rates if rate.place == one.place]
        assert list(differences(one, own)) == []


def test_the_same_sample_is_the_same_file(tmp_path: Path) -> None:
    first, second = (write_returns(tmp_path / name).returns for name in ("a", "b"))
    for one, other in zip(sorted(first.iterdir()), sorted(second.iterdir()), strict=True):
        assert one.read_bytes() == other.read_bytes()
