"""Small files of organisations and of how they do, for tests that only need some."""

from __future__ import annotations

from pathlib import Path

METHOD = """schema: remit/peer-method/1
id: ours
title: Ours
source: our own
verified: false
peers: 3
characteristics: [{column: Beds, weight: 2}, {column: Older, name: share aged 75 and over}]
"""


def write_practice(folder: Path) -> None:
    """A method, twelve organisations, and four quarters of a metric on which the first is ahead."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ours.yaml").write_text(METHOD, encoding="utf-8")
    who = [f"ZA{at}" for at in range(1, 13)]
    alike = [f"{code},{200 + 37 * at % 101},{20 + 7 * at % 13}" for at, code in enumerate(who)]
    (folder / "alike.csv").write_text("\n".join(["code,Beds,Older", *alike, ""]), encoding="utf-8")
    rows = []
    for at, code in enumerate(who):
        for quarter in (1, 2, 3, 4):
            seen = 600 + (53 * at + 31 * quarter) % 37 + 150 * (at == 0)
            rows.append(f"{code},Four hours,2025/26 Q{quarter},,{seen},1000,higher")
    head = "code,metric,period,value,numerator,denominator,better"
    (folder / "quarters.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
