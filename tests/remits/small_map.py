"""A small map of remits, in which every answer can be read off by eye."""

from __future__ import annotations

from datetime import date

from remit.catalogue import parse
from remit.remits.load import read_map
from remit.remits.remit_map import RemitMap

BASE = """
schema: remit/remits/1
known_until: 2026-06-30
sources:
  paper: {title: A paper, url: "https://example.org/paper", dated: 2024-01-01}
bodies:
  - {id: inspector, name: Inspectorate, short: Inspectorate, level: national}
  - {id: nhse-region, name: "NHS England, region", short: Region, level: region,
     register_type: region, proposed_end: {on: 2027-04-01, says: It would close, source: paper}}
  - {id: icb, name: Integrated care board, short: ICB, level: system, register_type: icb}
  - {id: trust-board, name: Trust board, short: Board, level: provider, register_type: trust}
  - {id: ministry, name: Ministry, short: Ministry, level: national}
functions:
  - {id: finance, name: Finance, about: Money., aliases: [money]}
  - {id: eprr, name: Emergency preparedness, about: Emergencies., aliases: [EPRR]}
  - {id: digital, name: Digital, about: Machines.}
entries:
  - {id: region-finance, body: nhse-region, functions: finance, subjects: trust icb,
     relation: oversees, leads: true, valid_from: 2024-04-01, source: paper, verified: true,
     says: Signs off plans}
  - {id: icb-finance, body: icb, functions: finance, subjects: trust, relation: oversees,
     valid_from: 2022-07-01, valid_to: 2025-03-31, source: paper, verified: true,
     says: Carries the pressure}
  - {id: inspector-finance, body: inspector, functions: finance, subjects: trust,
     relation: regulates, statutory: true, valid_from: 2022-07-01, legal_basis: An Act,
     says: Inspects}
  - {id: board-finance, body: trust-board, functions: finance, subjects: trust,
     relation: delivers, valid_from: 2022-07-01, says: Delivers}
  - {id: ambulance-eprr, body: icb, functions: eprr, subjects: ambulance_trust,
     relation: assures, valid_from: 2022-07-01, says: Assures ambulances}
  - {id: bill, body: ministry, functions: finance, subjects: trust, relation: oversees,
     leads: true, valid_from: 2027-04-01, status: proposed, source: paper, verified: true,
     says: Would oversee}
lines:
  - {body: trust-board, to: nhse-region, how: overseen, valid_from: 2022-07-01, says: Overseen}
duties:
  - {id: both, name: The joint duty, bodies: icb trust-board, valid_from: 2022-07-01,
     says: Weigh both, exceptions: One person's care}
overlaps:
  - {functions: finance, bodies: icb nhse-region, valid_from: 2024-04-01, valid_to: 2025-03-31,
     source: paper, verified: true, says: Both ask for the plan}
gaps:
  - {functions: eprr, bodies: icb, valid_from: 2025-01-01, source: paper, verified: true,
     says: The owner is not stated}
"""

DAY = date(2024, 10, 1)


def small_map(text: str = BASE) -> RemitMap:
    return read_map([parse(text, "small.yaml")])
