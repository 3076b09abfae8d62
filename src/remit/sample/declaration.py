"""The sample's organisations as a declaration of the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from remit.sample.region import (
    ICBS,
    MERGER,
    REGION_CODE,
    REGION_NAME,
    TRUSTS,
    SampleIcb,
    SampleTrust,
)

_HEAD = """\
# yaml-language-server: $schema=../schemas/organisations.schema.json
# Written by `python -m remit.sample`; change src/remit/sample/region.py instead.
# Everything here is invented.
schema: remit/organisations/1
fictional: true
sources:
  sample:
    title: "Remit's fictional sample"
    licence: MIT
"""


def declaration() -> str:
    """The text of ``declarations/organisations/sample.yaml``."""
    return _HEAD + "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "regions:"
    yield f"  - {{code: {REGION_CODE}, name: {REGION_NAME}, opened: 2019-04-01, source: sample}}"
    yield "icbs:"
    for icb in ICBS:
        yield from _icb(icb)
    yield "trusts:"
    for trust in sorted(TRUSTS, key=lambda trust: trust.code):
        yield from _trust(trust)


def _icb(icb: SampleIcb) -> Iterator[str]:
    yield f"  - {{code: {icb.code}, name: {icb.name}, opened: 2022-07-01,"
    yield f"     region: {REGION_CODE}, source: sample}}"


def _trust(trust: SampleTrust) -> Iterator[str]:
    yield f"  - code: {trust.code}"
    yield f'    name: "{trust.name}"'
    yield f"    kind: {trust.kind.value}"
    yield f"    subkind: {trust.subkind}"
    yield f"    opened: {trust.opened}"
    if 4 not in trust.quarters:
        yield f"    closed: {_last_day_before_the_merger()}"
        yield f"    succession: {{on: {MERGER}, to: {_heir()}}}"
    if trust.former_name:
        yield "    former_names:"
        yield f'      "{trust.former_name}": {_last_day_before_the_merger()}'
    yield f"    region: {REGION_CODE}"
    yield f"    lead_icb: {trust.icb}"
    yield f"    partner_icbs: {trust.icb}"
    yield "    source: sample"


def _last_day_before_the_merger() -> str:
    return str(MERGER - timedelta(days=1))


def _heir() -> str:
    """The trust that took a new name at the merger."""
    return next(trust.code for trust in TRUSTS if trust.former_name)
