"""An invented register of practices over the sample's trusts: what each is, and who has it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from remit.sample.spread import DOES_NOT, WORKS

_PRACTICES: Final = f"""\
schema: remit/practices/1
practices:
  - id: board-round
    name: {WORKS}
    what: A quarter of an hour each morning in which every ward says who can leave today.
    problem: Discharges wait for the afternoon, when transport and pharmacy are busiest.
    aim: Fewer days of delay
    metrics: [ae.four-hours]
    stage: spread
    who: acute
    evidence:
      - what: Days of delay fell on the two wards that began
        source: Sample board paper, page 12
    cost: A quarter of an hour each day of senior staff on each ward
    contact: head of improvement
    source: Invented for the sample
  - id: discharge-poster
    name: {DOES_NOT}
    what: A poster by each bed that says what has to be done before somebody can leave.
    aim: Fewer days of delay
    stage: adopted
    who: acute
    cost: Printing
    contact: head of communications
    source: Invented for the sample
  - id: hot-clinic
    name: Clinic of the same day
    what: Patients sent by their practice are seen the same day, without the emergency department.
    aim: Fewer attendances
    metrics: [ae.four-hours]
    stage: pilot
    who: acute
    contact: medical director
    source: Invented for the sample
"""
_ADOPTIONS: Final = """\
practice,code,since,until,stage,source
board-round,ZA1,2024-04-01,,spread,Sample board paper
board-round,ZA2,2024/25 Q3,,adopted,Sample board paper
board-round,ZA3,2024-05-01,2025-04,stopped,Sample board paper
board-round,ZA4,May 2025,,pilot,Sample letter
board-round,ZA5,2025-06-01,,adopted,Sample letter
board-round,ZA7,2025-09-01,,adopted,Sample letter
discharge-poster,ZA2,2025-04-01,,adopted,Sample letter
hot-clinic,ZA6,2026-01-05,,pilot,Sample letter
"""


def write_practice_register(folder: Path) -> Path:
    """Write the register into a folder, which is made if need be, and return it.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> sorted(one.name for one in write_practice_register(Path(mkdtemp())).iterdir())
    ['adoptions.csv', 'practices.yaml']
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "practices.yaml").write_text(_PRACTICES, encoding="utf-8")
    (folder / "adoptions.csv").write_text(_ADOPTIONS, encoding="utf-8")
    return folder
