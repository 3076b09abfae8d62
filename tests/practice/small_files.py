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


PRACTICES = """schema: remit/practices/1
practices:
  - id: board-round
    name: Morning board round
    what: A quarter of an hour at ten each day on every ward.
    problem: Discharges wait for the afternoon.
    aim: More patients leave on the day they are ready
    metrics: [ae.four-hours]
    stage: spread
    who: acute
    evidence:
      - {what: Days of delay fell on the two wards that began, source: "Board paper, page 12"}
    cost: A quarter of an hour each day of senior staff
    contact: head of improvement
    source: Handbook of 2024
  - {id: hot-clinic, name: Hot clinic, what: A clinic of the same day, stage: idea}
"""
ADOPTED = """practice,code,since,until,stage,source
board-round,ZA1,2024-04-01,,spread,Board paper
board-round,ZA2,2024/25 Q3,,adopted,
board-round,ZA3,2024-05-01,2025-04,stopped,
board-round,ZA4,May 2025,,pilot,
board-round,ZA5,2025-06-01,,adopted,
"""
PEERS = "code,rank,peer\nZA1,1,ZA2\nZA1,2,ZA3\nZA6,1,ZA1\nZA6,2,ZA2\nZM1,1,ZA1\n"
AHEAD = """code,metric,periods,probability,shrunken,raw,lasting
ZA1,ae.four-hours,8,0.9,80,81,true
ZA6,ae.four-hours,8,0.7,80,81,true
ZA2,ae.four-hours,8,0.2,70,71,false
ZA5,sickness-absence.rate,8,0.9,4,4,true
"""


def write_register(folder: Path, practices: str = PRACTICES, adopted: str = ADOPTED) -> Path:
    """A register of fictional practices over fictional trusts; without a change it has no fault."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "practices.yaml").write_text(practices, encoding="utf-8")
    (folder / "adoptions.csv").write_text(adopted, encoding="utf-8")
    return folder
