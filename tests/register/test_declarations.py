"""A user's own declaration files: what they may say, and how faults are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from remit.model.errors import DeclarationError
from remit.model.organisation import Membership
from remit.register import load_register

HEAD = """\
sources:
  own: {title: Our own list, as_of: 2026-01-01}
"""


def file_with(folder: Path, body: str, head: str = HEAD) -> Path:
    path = folder / "mine.yaml"
    path.write_text(head + body, encoding="utf-8")
    return path


def trust(*keys: str, code: str = "X1X") -> str:
    own = ["code: " + code, "name: An Example NHS Trust", "opened: 2020-01-01", "source: own"]
    given = {key.partition(":")[0] for key in keys}
    kept = [key for key in own if key.partition(":")[0] not in given]
    return "trusts:\n  - {" + ", ".join([*kept, *keys]) + "}\n"


def faults_of(folder: Path, body: str, head: str = HEAD) -> str:
    with pytest.raises(DeclarationError) as caught:
        load_register(extra=[file_with(folder, body, head)])
    return str(caught.value)


def memberships(folder: Path, key: str) -> tuple[Membership, ...]:
    register = load_register(extra=[file_with(folder, trust(key))])
    return register.get("X1X").lead_icbs


def test_an_added_file_stands_beside_the_packaged_ones(tmp_path: Path) -> None:
    register = load_register(extra=[file_with(tmp_path, trust("lead_icb: QHM", "region: Y63"))])
    day = date(2025, 6, 30)
    assert "X1X" in [o.code for o in register.members("QHM", day)]
    assert register.get("X1X").source == "Our own list, 2026-01-01"
    assert len(register.trusts(day)) == 206
    assert "X1X" not in load_register().codes


def test_a_bare_membership_holds_while_both_are_open(tmp_path: Path) -> None:
    assert memberships(tmp_path, "lead_icb: [QMJ, Z9B2Z]") == (
        Membership("QMJ", date(2022, 7, 1), date(2026, 3, 31)),
        Membership("Z9B2Z", date(2026, 4, 1), None),
    )


def test_a_membership_may_be_dated(tmp_path: Path) -> None:
    key = "lead_icb: {QRV: 2022-07-01/2024-12-31, QMJ: 2025-01-01}"
    assert memberships(tmp_path, key) == (
        Membership("QRV", date(2022, 7, 1), date(2024, 12, 31)),
        Membership("QMJ", date(2025, 1, 1), date(2026, 3, 31)),
    )


def test_fictional_organisations_keep_to_themselves(tmp_path: Path) -> None:
    body = "regions:\n  - {code: ZZ1, name: Nowhere, opened: 2020-01-01, source: own}\n"
    path = file_with(tmp_path, body + trust("region: ZZ1"), "fictional: true\n" + HEAD)
    register = load_register(extra=[path])
    day = date(2025, 6, 30)
    assert "ZZ1" not in [o.code for o in register.regions()]
    assert "ZZ1" in [o.code for o in register.regions(fictional=True)]
    assert "X1X" in [o.code for o in register.trusts(day, fictional=True)]
    assert "X1X" not in [o.code for o in register.trusts(day)]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("kind: acutes", "line 4, trusts.0.kind: 'acutes' is not allowed; use one of 'acute'"),
        ("code: x 1", "line 4, trusts.0.code: string should match pattern"),
        ("opened: soon", "line 4, trusts.0.opened"),
        ("beds: 12", "line 4, trusts.0.beds: no such key"),
        ("source: theirs", "line 4, trusts.0.source: no source 'theirs'; use one of own"),
        ("source: []", "line 4, trusts.0.source"),
        ("closed: 2019-01-01", "closed on 2019-01-01, before it opened on 2020-01-01"),
        ("code: RYJ", "RYJ is declared twice; see organisations/trusts.yaml, line "),
        ("lead_icb: QHN", "lead_icb.QHN: no organisation 'QHN' in any file; nearest: Q"),
        ("lead_icb: Y63", "is declared as region, not as icb"),
        ("region: QHM", "is declared as icb, not as region"),
        ("lead_icb: [QHM, QF7]", "belongs to QF7 and to QHM on 2022-07-01; one at a time"),
        ("lead_icb: {QHM: July}", "'July' of QHM is no span of days; write 2022-07-01"),
        ("lead_icb: {QHM: 2022-07-01/x}", "is no span of days"),
        ("lead_icb: {QHM: 2021-01-01}", "goes beyond the life of one of the two"),
        ("lead_icb: {QMJ: 2022-07-01/2026-05-01}", "goes beyond the life of one of the two"),
        ("lead_icb: {QHM: 2024-01-01/2023-01-01}", "would end before it begins"),
        ("succession: {on: 2026-01-01, to: RYJ}", "must be closed, on 2026-01-01 at the latest"),
    ],
)
def test_a_fault_names_file_line_key_and_remedy(tmp_path: Path, key: str, said: str) -> None:
    told = faults_of(tmp_path, trust(key))
    assert told.startswith(f"{tmp_path / 'mine.yaml'}, line 4")
    assert said in told


@pytest.mark.parametrize(
    ("successor", "said"),
    [
        ("RYX1", "no organisation 'RYX1' in any file"),
        ("QHM", "is declared as icb, not as trust"),
        ("R1C", "R1C is not open on 2025-01-01"),
    ],
)
def test_a_successor_must_be_a_trust_that_is_open_then(
    tmp_path: Path, successor: str, said: str
) -> None:
    keys = "closed: 2024-12-31", f"succession: {{on: 2025-01-01, to: {successor}}}"
    assert said in faults_of(tmp_path, trust(*keys))


def test_fictional_and_real_must_not_refer_to_each_other(tmp_path: Path) -> None:
    told = faults_of(tmp_path, trust("lead_icb: QHM"), "fictional: true\n" + HEAD)
    assert "fictional and real organisations must not refer to each other" in told


def test_all_faults_are_told_up_to_a_limit(tmp_path: Path) -> None:
    entries = [
        trust("lead_icb: NONE", code=f"X{n:02}").removeprefix("trusts:\n") for n in range(30)
    ]
    told = faults_of(tmp_path, "trusts:\n" + "".join(entries)).splitlines()
    assert len(told) == 21
    assert told[-1] == "and 10 more"


def test_a_file_without_sources_is_refused(tmp_path: Path) -> None:
    told = faults_of(tmp_path, trust(), head="")
    assert "sources: this key is required and is missing" in told
