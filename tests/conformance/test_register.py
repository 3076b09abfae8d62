"""The register against the published files of ODS, ONS and NHS England."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from calendar import month_name
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from remit.model.organisation import TrustKind
from remit.publications.readers.ods import Differs, compare_with_ods, read_ods
from remit.register import load_register

pytestmark = pytest.mark.conformance

JUNE_2025 = date(2025, 6, 30)
LISTED = date(2026, 8, 22)
SNAPSHOT = date(2025, 11, 1)
NOF_ACUTE = "nof/nhs-oversight-framework-acute-trust-data.csv"
NOF_MENTAL_HEALTH = (
    "nof/nhs-oversight-framework-mental-health-and-community-trust-data-q1-q3-25-26.csv"
)
DIVIDED = {"QM7", "QNQ", "QJG"}

ROOT = Path(__file__).resolve().parents[2]
REGISTER = load_register()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheet(shared_data: Path, name: str, first: int) -> list[list[object]]:
    workbook = CalamineWorkbook.from_path(str(shared_data / "ods/icb-partners.xlsx"))
    return [list(row) for row in workbook.get_sheet_by_name(name).to_python()[first:]]


@pytest.mark.parametrize(
    ("file", "kind", "count"),
    [(NOF_ACUTE, TrustKind.ACUTE, 134), (NOF_MENTAL_HEALTH, TrustKind.MENTAL_HEALTH_COMMUNITY, 61)],
)
def test_the_nof_files_hold_the_trusts_of_that_kind(
    shared_data: Path, file: str, kind: TrustKind, count: int
) -> None:
    published = {row["Trust_code"] for row in rows(shared_data / file)}
    known = {trust.code for trust in REGISTER.trusts(JUNE_2025, kind)}
    assert len(published) == count
    assert published == known


def test_subkinds_are_those_that_the_nof_files_print(shared_data: Path) -> None:
    printed: dict[str, set[str]] = defaultdict(set)
    for file in (NOF_ACUTE, NOF_MENTAL_HEALTH):
        for row in rows(shared_data / file):
            printed[row["Trust_code"]].add(row["Trust_subtype"])
    for code, subkinds in printed.items():
        assert REGISTER.get(code).subkind in subkinds
    assert [code for code, subkinds in printed.items() if len(subkinds) > 1] == ["G6V2S"]


def test_regions_are_those_of_the_nof_files(shared_data: Path) -> None:
    for file in (NOF_ACUTE, NOF_MENTAL_HEALTH):
        for row in rows(shared_data / file):
            region = REGISTER.region(row["Trust_code"], JUNE_2025)
            assert region is not None
            assert row["Region"] in {region.name, *region.aliases}


def test_the_list_of_2026_is_the_list_of_open_trusts(shared_data: Path) -> None:
    listed = {row["ods_code"]: row for row in rows(shared_data / "ods/trusts_current_2026.csv")}
    known = {trust.code: trust for trust in REGISTER.trusts(LISTED)}
    assert set(listed) == set(known)
    assert {c: row["name"] for c, row in listed.items()} == {c: t.name for c, t in known.items()}


def test_ambulance_trusts_are_those_of_the_list(shared_data: Path) -> None:
    listed = rows(shared_data / "ods/trusts_current_2026.csv")
    ambulance = {row["ods_code"] for row in listed if row["type"] == "Ambulance Trusts"}
    assert ambulance == {t.code for t in REGISTER.trusts(JUNE_2025, TrustKind.AMBULANCE)}


def test_the_36_icbs_of_2026_with_their_predecessors(shared_data: Path) -> None:
    listed = {row["ods_code"]: row for row in rows(shared_data / "ods/icbs_current_2026.csv")}
    assert set(listed) == {icb.code for icb in REGISTER.icbs(LISTED)}
    for code, row in listed.items():
        former = set(filter(None, row["predecessor_codes"].split(";")))
        # The list names whom most of an area went to; other sources say where parts of it went.
        parts = {icb.code for icb in REGISTER.predecessors(code)
                 if icb.succession and code in dict(icb.succession.parts)}  # fmt: skip
        assert {icb.code for icb in REGISTER.predecessors(code)} == former | parts
        assert not parts & former


def test_names_ons_codes_and_regions_of_the_36(shared_data: Path) -> None:
    path = shared_data / "ods/ons_sicbl26_icb26_nhser26_lookup.csv"
    for row in rows(path):
        icb = REGISTER.get(row["ICB26CDH"])
        region = REGISTER.region(icb.code, LISTED)
        assert (icb.name, icb.ons_code) == (row["ICB26NM"], row["ICB26CD"])
        assert region is not None
        assert (region.code, region.ons_code) == (row["NHSER26CDH"], row["NHSER26CD"])


def test_names_ons_codes_and_regions_of_the_42(shared_data: Path) -> None:
    published = rows(shared_data / "ods/subICSLocations.csv")
    found = [REGISTER.find_by_ons_code(row["ICB23CD"]) for row in published]
    assert {icb.code for icb in found if icb} == {icb.code for icb in REGISTER.icbs(JUNE_2025)}
    for row, icb in zip(published, found, strict=True):
        assert icb is not None
        assert icb.name == row["ICB23NM"]
        region = REGISTER.region(icb.code, JUNE_2025)
        assert region is not None
        assert region.code == row["NHSER23CDH"]


def test_lead_icbs_are_the_financial_apportionment(shared_data: Path) -> None:
    apportioned = sheet(shared_data, "ICB Financial Apportionment", 4)
    assert len(apportioned) == 206
    for region, icb, _, _, trust in apportioned:
        day = min(JUNE_2025, REGISTER.get(str(trust)).closed or JUNE_2025)
        lead, own = REGISTER.lead_icb(str(trust), day), REGISTER.region(str(trust), day)
        assert lead is not None
        assert own is not None
        assert (lead.code, f"({own.code})") == (icb, str(region)[-5:])


def test_after_the_mergers_the_lead_is_the_one_successor(shared_data: Path) -> None:
    for _, icb, _, _, trust in sheet(shared_data, "ICB Financial Apportionment", 4):
        if REGISTER.get(str(trust)).exists(LISTED) and icb not in DIVIDED:
            lead = REGISTER.lead_icb(str(trust), LISTED)
            assert lead is not None
            assert [lead] == REGISTER.current(str(icb), LISTED)


def test_partner_icbs_are_those_of_the_workbook(shared_data: Path) -> None:
    partners: dict[str, set[str]] = defaultdict(set)
    for row in sheet(shared_data, "ICB Partners", 5):
        if row[9]:
            partners[str(row[9])].add(str(row[1]))
    # Central London Community Healthcare stands beside the code of another trust.
    partners["RYE"].remove("QM7")
    partners["RYX"].add("QM7")
    assert sum(map(len, partners.values())) == 270
    for trust, icbs in partners.items():
        day = min(JUNE_2025, REGISTER.get(trust).closed or JUNE_2025)
        assert {icb.code for icb in REGISTER.partner_icbs(trust, day)} == icbs


def test_every_row_of_the_ods_file_is_accounted_for(shared_data: Path) -> None:
    path = shared_data / "ods/etr_trust_addresses.csv"
    file = read_ods(path)
    assert file.rows_read == len(path.read_text(encoding="utf-8").splitlines()) == 273
    assert file.rejections == ()


def test_the_register_differs_from_ods_only_where_it_should(shared_data: Path) -> None:
    """ODS maps by postcode, and leaves the three care trusts to another file."""
    file = read_ods(shared_data / "ods/etr_trust_addresses.csv")
    found: dict[Differs, list[str]] = defaultdict(list)
    for difference in compare_with_ods(REGISTER, file.rows, SNAPSHOT):
        found[difference.what].append(difference.code)
    assert dict(found) == {
        Differs.ICB: [
            "RAN",
            "RPG",
            "RPY",
            "RRU",
            "RV3",
            "RVN",
            "RWX",
            "RX7",
            "RX9",
            "RYC",
            "RYD",
            "RYE",
            "RYF",
        ],
        Differs.REGION: ["RPG"],
        Differs.NOT_IN_FILE: ["TAD", "TAH", "TAJ"],
    }


def test_regions_hold_for_the_monthly_emergency_care_files(shared_data: Path) -> None:
    """The files of April 2021 to March 2025 name each provider's region."""
    seen = 0
    for path in sorted((shared_data / "ae").glob("*.csv")):
        for row in rows(path):
            region = region_of(row["Org Code"], row["Period"])
            if region:
                seen += 1
                assert row["Parent Org"].strip() == f"NHS ENGLAND {region.upper()}"
    assert seen > 5_000


def region_of(code: str, period: str) -> str | None:
    """The region of a trust in the month of a file (``MSitAE-MARCH-2025``)."""
    months = "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER"
    _, _, when = period.partition("-")
    month, _, year = when.partition("-")
    organisation = REGISTER.find(code)
    if organisation is None or month not in months.split():
        return None
    day = date(int(year), months.split().index(month) + 1, 1)
    region = REGISTER.region(code, day)
    return region.name if region else None


def test_the_declarations_are_what_the_build_makes_of_the_files(
    shared_data: Path, tmp_path: Path
) -> None:
    ods = shared_data / "ods"
    nof = [f"--nof={shared_data / file}" for file in (NOF_ACUTE, NOF_MENTAL_HEALTH)]
    files = {
        "etr": "etr_trust_addresses.csv",
        "partners": "icb-partners.xlsx",
        "trusts": "trusts_current_2026.csv",
        "icbs": "icbs_current_2026.csv",
        "lookup": "ons_sicbl26_icb26_nhser26_lookup.csv",
        "former-lookup": "subICSLocations.csv",
    }
    given = [f"--{name}={ods / file}" for name, file in files.items()]
    monthly = sorted([*shared_data.glob("ae/*.csv"), *shared_data.glob("sickness/*.csv")])
    given += [f"--monthly={file}" for file in monthly]
    script = ROOT / "tools" / "build_organisations.py"
    subprocess.run(
        [sys.executable, str(script), *given, *nof, f"--out={tmp_path}"],
        check=True,
        capture_output=True,
    )
    for name in ("regions.yaml", "icbs.yaml", "trusts.yaml"):
        packaged = ROOT / "src" / "remit" / "declarations" / "organisations" / name
        assert (tmp_path / name).read_bytes() == packaged.read_bytes()


def test_every_name_is_that_which_the_monthly_file_of_the_day_prints(shared_data: Path) -> None:
    told, wrong = 0, []
    for path in sorted(shared_data.glob("ae/*.csv")):
        for row in rows(path):
            found = REGISTER.find(row["Org Code"].strip())
            named = re.search(r"-([A-Z]+)-(\d{4})$", row["Period"].upper())
            if found is None or named is None:
                continue
            day = date(int(named[2]), list(month_name).index(named[1].capitalize()), 15)
            told += 1
            if _letters(found.name_on(day)) != _letters(row["Org name"]):
                wrong.append((found.code, day, row["Org name"], found.name_on(day)))
    assert wrong == []
    assert told > 5_000


def _letters(name: str) -> str:
    """A name without case, punctuation and small words, and with NHS written short."""
    plain = name.upper().replace("NATIONAL HEALTH SERVICE", "NHS")
    return re.sub(r"\b(?:THE|AND)\b|[^A-Z]", "", plain)
