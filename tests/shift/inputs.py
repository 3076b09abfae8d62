"""Small files that the commands of ``remit shift`` take, for tests of all commands."""

from __future__ import annotations

from pathlib import Path

from tests.shift.decomposition.records import write_people, write_records
from tests.shift.neighbourhood.filled import PLACES, write_return


def write_shift(folder: Path) -> Path:
    """Records, populations, a return and the places that there are."""
    folder.mkdir(parents=True)
    write_records(folder)
    write_people(folder)
    write_return(folder / "return.xlsx")
    (folder / "places").write_text("\n".join(PLACES), encoding="utf-8")
    return folder
