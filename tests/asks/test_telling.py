"""A long list tells how far it is; a short one does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from remit.asks.register import open_register
from remit.asks.register.files import ImportOptions, import_file


@pytest.mark.parametrize(
    ("rows", "steps"), [(2_000, []), (2_001, [500, 1_000, 1_500, 2_000, 2_001])]
)
def test_only_a_long_list_tells_how_far_it_is(tmp_path: Path, rows: int, steps: list[int]) -> None:
    said: dict[str, list[tuple[int, int]]] = {}

    def tell(what: str) -> Callable[[int, int], None]:
        return lambda done, whole: said.setdefault(what, []).append((done, whole))

    path = tmp_path / "list.csv"
    lines = (f"R{at},2025-05-01,CQC,ZA1,Return {at},Send it" for at in range(rows))
    path.write_text("ask_id,received_on,from_body,to_org_code,title,text\n" + "\n".join(lines))
    with open_register(tmp_path / "asks.register") as register:
        report = import_file(register, path, ImportOptions(tell=tell))
    assert report.accepted == rows
    told = [(done, rows) for done in steps]
    assert said == ({"rows read": told, "asks reduced to their words": told} if steps else {})
