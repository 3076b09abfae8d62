"""The sample's organisations as a declaration of the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from remit.sample.elsewhere import ALL_ICBS, ALL_TRUSTS, REST_TRUSTS, icb_of
from remit.sample.region import MERGER, TRUSTS, SampleIcb, SampleTrust

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
    for code, name in dict.fromkeys((icb.region_code, icb.region_name) for icb in ALL_ICBS):
        yield f"  - {{code: {code}, name: {name}, opened: 2019-04-01, source: sample}}"
    yield "icbs:"
    for icb in ALL_ICBS:
        yield from _icb(icb)
    yield "trusts:"
    for trust in sorted(ALL_TRUSTS, key=lambda trust: trust.code):
        yield from _trust(trust)


def _icb(icb: SampleIcb) -> Iterator[str]:
    yield f"  - {{code: {icb.code}, name: {icb.name}, opened: 2022-07-01,"
    yield f"     region: {icb.region_code}, source: sample}}"


def _trust(trust: SampleTrust) -> Iterator[str]:
    yield f"  - code: {trust.code}"
    yield f'    name: "{trust.name}"'
    if trust not in REST_TRUSTS:
        yield f"    kind: {trust.kind.value}"
        yield f"    subkind: {trust.subkind}"
    yield f"    opened: {trust.opened}"
    if 4 not in trust.quarters:
        yield f"    closed: {_last_day_before_the_merger()}"
        yield f"    succession: {{on: {MERGER}, to: {_heir()}}}"
    if trust.former_name:
        yield "    former_names:"
        yield f'      "{trust.former_name}": {_last_day_before_the_merger()}'
    yield f"    region: {icb_of(trust).region_code}"
    yield f"    lead_icb: {trust.icb}"
    yield f"    partner_icbs: {trust.icb}"
    yield "    source: sample"


def _last_day_before_the_merger() -> str:
    return str(MERGER - timedelta(days=1))


def _heir() -> str:
    """The trust that took a new name at the merger."""
    return next(trust.code for trust in TRUSTS if trust.former_name)
