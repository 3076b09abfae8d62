"""The sample's organisations: on the register, marked as fictional, and nobody's double."""

from __future__ import annotations

import csv
import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from remit.model.organisation import TRUST_KINDS, Organisation, TrustKind
from remit.register import load_register
from remit.sample.__main__ import main
from remit.sample.declaration import declaration
from remit.sample.elsewhere import ALL_ICBS, ALL_TRUSTS, REST_CODE, REST_TRUSTS
from remit.sample.region import ICBS, REGION_CODE, TRUSTS, trusts_in

REGISTER = load_register()
ORDINARY = frozenset(
    {"acute", "ambulance", "board", "care", "coast", "community", "district", "eye", "foundation"}
    | {"general", "health", "healthcare", "heart", "hospital", "hospitals", "infirmary"}
    | {"integrated", "isle", "isles", "mental", "partnership", "queen", "royal", "service"}
    | {"teaching", "trust", "university", "valley"}
)
"""Words that any trust's name may have."""


def sample_codes() -> set[str]:
    inside = (icb.code for icb in ALL_ICBS), (trust.code for trust in ALL_TRUSTS)
    return {REGION_CODE, REST_CODE, *inside[0], *inside[1]}


def real() -> list[Organisation]:
    return [one for code in REGISTER.codes if not (one := REGISTER.get(code)).fictional]


def test_the_register_holds_what_the_generator_says() -> None:
    file = resources.files("remit") / "declarations" / "organisations" / "sample.yaml"
    assert file.read_text(encoding="utf-8") == declaration(), "run: python -m remit.sample"


def test_the_generator_writes_into_the_folder_of_the_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "declarations" / "organisations").mkdir(parents=True)
    monkeypatch.setattr("remit.sample.__main__.resources.files", lambda _: tmp_path)
    main()
    written = tmp_path / "declarations" / "organisations" / "sample.yaml"
    assert written.read_text(encoding="utf-8") == declaration()


def test_every_organisation_is_marked_as_fictional() -> None:
    assert {code for code in REGISTER.codes if REGISTER.get(code).fictional} == sample_codes()


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_the_register_has_the_trusts_of_each_quarter(quarter: int) -> None:
    last_day = [date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31)]
    on = last_day[quarter - 1]
    found = [trust for kind in TRUST_KINDS for trust in REGISTER.trusts(on, kind, fictional=True)]
    assert {trust.code for trust in found} == {trust.code for trust in trusts_in(quarter)}
    for trust in trusts_in(quarter):
        assert REGISTER.get(trust.code).name_on(last_day[quarter - 1]) == trust.name_in(quarter)


def test_all_kinds_are_there() -> None:
    kinds = [trust.kind for trust in TRUSTS]
    assert {kind: kinds.count(kind) for kind in TRUST_KINDS} == {
        TrustKind.ACUTE: 10,
        TrustKind.MENTAL_HEALTH_COMMUNITY: 8,
        TrustKind.AMBULANCE: 2,
    }
    assert {trust.icb for trust in TRUSTS} == {icb.code for icb in ICBS}


def test_no_framework_judges_the_rest_of_the_invented_england() -> None:
    """Of no kind, they are in no count of those whom a framework is to judge."""
    on = date(2026, 3, 31)
    rest = {trust.code for trust in REST_TRUSTS}
    assert {REGISTER.get(code).kind for code in rest} == {None}
    assert {one.code for code in rest if (one := REGISTER.region(code, on))} == {REST_CODE}
    assert rest <= {trust.code for trust in REGISTER.trusts(on, fictional=True)}


def test_one_trust_merges_into_another_in_october() -> None:
    assert REGISTER.current("ZC3", date(2025, 9, 30)) == [REGISTER.get("ZC3")]
    assert REGISTER.current("ZC3", date(2025, 10, 1)) == [REGISTER.get("ZC1")]


def test_no_code_or_name_is_that_of_a_real_organisation() -> None:
    names = {
        name.lower()
        for one in real()
        for name in (one.name, *one.aliases, *(former.name for former in one.former_names))
    }
    for code in sample_codes():
        one = REGISTER.get(code)
        invented = {one.name, *(former.name for former in one.former_names)}
        assert not {name.lower() for name in invented} & names


def test_the_places_of_the_sample_are_in_no_real_name() -> None:
    words = {
        word
        for one in real()
        for name in (one.name, *one.aliases)
        for word in re.findall(r"[a-z]{4,}", name.lower())
    }
    invented = {
        word
        for code in sample_codes()
        for word in re.findall(r"[a-z]{4,}", REGISTER.get(code).name.lower())
    }
    assert invented & words <= ORDINARY


@pytest.mark.conformance
def test_no_published_list_of_organisations_has_the_codes(shared_data: Path) -> None:
    for path in sorted((shared_data / "ods").glob("*.csv")):
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            cells = {cell.strip() for row in csv.reader(file) for cell in row}
        assert not cells & sample_codes(), path.name
