"""What the register answers, against facts checked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.model.errors import UnknownCode
from remit.model.organisation import Organisation, OrganisationType, TrustKind
from remit.register import Register, load_register

JUNE_2025 = date(2025, 6, 30)
MERGER = date(2026, 4, 1)
DAY_BEFORE = MERGER - timedelta(days=1)

REGISTER = load_register()
REAL_CODES = sorted(code for code in REGISTER.codes if not REGISTER.get(code).fictional)
CODES = st.sampled_from(REAL_CODES)
DAYS = st.dates(date(2022, 7, 1), date(2026, 10, 31))


def codes(organisations: list[Organisation]) -> list[str]:
    return [organisation.code for organisation in organisations]


@pytest.fixture(scope="module")
def register() -> Register:
    return REGISTER


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (TrustKind.ACUTE, 134),
        (TrustKind.MENTAL_HEALTH_COMMUNITY, 61),
        (TrustKind.AMBULANCE, 10),
        (None, 205),
    ],
)
def test_the_ranking_population_of_2025_26(
    register: Register, kind: TrustKind | None, count: int
) -> None:
    assert len(register.trusts(JUNE_2025, kind)) == count


def test_ambulance_trusts_leave_out_the_isle_of_wight(register: Register) -> None:
    ambulance = codes(register.trusts(JUNE_2025, TrustKind.AMBULANCE))
    assert ambulance == ["RRU", "RX6", "RX7", "RX8", "RX9", "RYA", "RYC", "RYD", "RYE", "RYF"]
    assert register.get("R1F").kind is TrustKind.ACUTE


def test_there_are_seven_regions(register: Register) -> None:
    assert codes(register.regions()) == ["Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63"]


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2022, 6, 30), 0), (date(2022, 7, 1), 42), (DAY_BEFORE, 42), (MERGER, 36)],
)
def test_icbs_are_42_until_the_mergers_and_36_after(
    register: Register, day: date, count: int
) -> None:
    assert len(register.icbs(day)) == count


@pytest.mark.parametrize(
    ("closed", "successors"),
    [
        ("QMJ", ["Z9B2Z"]),
        ("QRV", ["Z9B2Z"]),
        ("QU9", ["S0E4D"]),
        ("QNQ", ["QRL", "S0E4D", "S9B9J"]),
        ("QJG", ["D7T5G", "T6Y0W"]),
    ],
)
def test_successors_of_merged_icbs(register: Register, closed: str, successors: list[str]) -> None:
    assert codes(register.successors(closed)) == successors
    assert register.get(closed).closed == DAY_BEFORE


@pytest.mark.parametrize(
    ("new", "predecessors"),
    [
        ("S1Y5D", ["QHG", "QM7", "QUE"]),
        ("D7T5G", ["QH8", "QJG", "QM7"]),
        ("T6Y0W", ["QJG", "QMM"]),
        ("Z9B2Z", ["QMJ", "QRV"]),
        ("S0E4D", ["QNQ", "QU9"]),
        ("S9B9J", ["QNQ", "QNX", "QXU"]),
    ],
)
def test_predecessors_of_the_icbs_of_2026(
    register: Register, new: str, predecessors: list[str]
) -> None:
    assert codes(register.predecessors(new)) == predecessors
    assert register.get(new).opened == MERGER


@pytest.mark.parametrize(
    ("trust", "day", "icb"),
    [
        ("RYJ", JUNE_2025, "QRV"),
        ("RYJ", DAY_BEFORE, "QRV"),
        ("RYJ", MERGER, "Z9B2Z"),
        ("RAL", JUNE_2025, "QMJ"),
        ("RAL", MERGER, "Z9B2Z"),
        ("R0B", MERGER, "QHM"),
        # The postcode lies in one ICB and the apportionment is to another.
        ("RPY", JUNE_2025, "QWE"),
        ("RWX", JUNE_2025, "QU9"),
        ("RWX", MERGER, "S0E4D"),
        # West Suffolk lies in the Suffolk part of a divided ICB.
        ("RGR", JUNE_2025, "QJG"),
        ("RGR", MERGER, "T6Y0W"),
    ],
)
def test_lead_icb_is_dated(register: Register, trust: str, day: date, icb: str) -> None:
    lead = register.lead_icb(trust, day)
    assert lead is not None
    assert lead.code == icb
    assert trust in codes(register.members(icb, day))


@pytest.mark.parametrize("trust", ["RDE", "RDU", "RQW", "RYC"])
def test_a_lead_that_no_source_gives_is_left_out_and_noted(register: Register, trust: str) -> None:
    assert register.lead_icb(trust, DAY_BEFORE) is not None
    assert register.lead_icb(trust, MERGER) is None
    assert "not known" in register.get(trust).note


@pytest.mark.parametrize(
    ("code", "region"),
    [("RYJ", "Y56"), ("RPG", "Y56"), ("R0B", "Y63"), ("QHM", "Y63"), ("Y63", "Y63")],
)
def test_region_of_a_trust_an_icb_and_a_region(register: Register, code: str, region: str) -> None:
    found = register.region(code, JUNE_2025)
    assert found is not None
    assert found.code == region


def test_members_of_an_icb_and_of_a_region(register: Register) -> None:
    icb = codes(register.members("QHM", JUNE_2025))
    assert icb == ["R0B", "RNN", "RR7", "RTD", "RTF", "RTR", "RVW", "RX3", "RX4", "RX6", "RXP"]
    region = register.members("Y63", JUNE_2025)
    icbs = [o.code for o in region if o.type is OrganisationType.ICB]
    assert icbs == ["QF7", "QHM", "QOQ", "QWO"]
    assert set(icb) <= set(codes(region))


def test_partner_icbs_correct_a_misprint_of_the_source(register: Register) -> None:
    """The workbook prints South Central Ambulance's code beside Central London Community."""
    assert codes(register.partner_icbs("RYX", JUNE_2025)) == ["QM7", "QMJ", "QRV", "QWE"]
    assert "QM7" not in codes(register.partner_icbs("RYE", JUNE_2025))


def test_partners_end_with_the_icb_whose_constitution_named_them(register: Register) -> None:
    assert codes(register.partner_icbs("RYJ", DAY_BEFORE)) == ["QRV"]
    assert register.partner_icbs("RYJ", MERGER) == []


@pytest.mark.parametrize(
    ("former", "last_day", "successor"),
    [
        ("RA4", date(2023, 3, 31), "RH5"),
        ("RVY", date(2023, 6, 30), "RBN"),
        ("R1C", date(2024, 9, 30), "RW1"),
        ("RY9", date(2024, 10, 31), "RAX"),
        ("RRP", date(2024, 10, 31), "G6V2S"),
        ("TAF", date(2024, 10, 31), "G6V2S"),
        ("RAP", date(2024, 12, 31), "RAL"),
        ("RNK", date(2026, 3, 31), "G6V2S"),
        ("RY2", date(2026, 3, 31), "RWW"),
        ("RYV", date(2026, 3, 31), "RY3"),
        ("RVJ", date(2026, 6, 30), "RA7"),
    ],
)
def test_mergers_of_trusts(register: Register, former: str, last_day: date, successor: str) -> None:
    after = last_day + timedelta(days=1)
    assert codes(register.current(former, last_day)) == [former]
    assert codes(register.current(former, after)) == [successor]
    assert codes(register.successors(former)) == [successor]
    assert former in codes(register.predecessors(successor))


def test_current_is_empty_before_the_opening_and_after_an_end_without_successor(
    register: Register,
) -> None:
    assert register.current("Z9B2Z", JUNE_2025) == []
    assert register.current("RYK", JUNE_2025) == []


def test_a_name_is_that_of_the_day(register: Register) -> None:
    trust = register.get("RWW")
    former = "Warrington and Halton Teaching Hospitals NHS Foundation Trust"
    assert trust.name_on(DAY_BEFORE) == former
    assert trust.name_on(MERGER) == "North Cheshire and Mersey NHS Foundation Trust"


@pytest.mark.parametrize(
    ("ons_code", "icb"),
    [("E54000050", "QHM"), ("E54000067", "QRL"), ("E54000042", "QRL"), ("E54000053", "QNX")],
)
def test_present_and_former_ons_codes_lead_to_the_icb(
    register: Register, ons_code: str, icb: str
) -> None:
    found = register.find_by_ons_code(ons_code)
    assert found is not None
    assert found.code == icb


def test_an_unknown_code_is_told_with_the_nearest_ones(register: Register) -> None:
    assert register.find("RYX1") is None
    with pytest.raises(UnknownCode, match=r"'RYX1'.*RYX Central London Community Healthcare"):
        register.get("RYX1")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ryj", "RYJ"),
        ("Imperial College", "RYJ"),
        ("UHBW", "RA7"),
        ("Norfolk Community Health and Care", "RY3"),
        ("frimley icb", "QNQ"),
        ("east of england", "Y61"),
    ],
)
def test_nearest_looks_at_codes_names_former_names_and_aliases(
    register: Register, text: str, code: str
) -> None:
    assert code in codes(register.nearest(text))


def test_the_packaged_register_is_read_once() -> None:
    assert load_register() is load_register()


@given(code=CODES, day=DAYS)
def test_at_most_one_lead_and_one_region_on_any_day(code: str, day: date) -> None:
    organisation = REGISTER.get(code)
    assert sum(held.holds(day) for held in organisation.lead_icbs) <= 1
    assert sum(held.holds(day) for held in organisation.regions) <= 1


@given(code=CODES, day=DAYS)
def test_nobody_belongs_to_the_closed_or_from_beyond_its_own_life(code: str, day: date) -> None:
    organisation = REGISTER.get(code)
    parents = [REGISTER.lead_icb(code, day), *REGISTER.partner_icbs(code, day)]
    held = [parent for parent in parents if parent]
    assert all(parent.exists(day) for parent in held)
    assert organisation.exists(day) or not held


@given(code=CODES, day=DAYS)
def test_lead_and_members_mirror_each_other(code: str, day: date) -> None:
    lead = REGISTER.lead_icb(code, day)
    leaders = [i.code for i in REGISTER.icbs(day) if code in codes(REGISTER.members(i.code, day))]
    assert leaders == ([lead.code] if lead else [])


@given(code=CODES, day=DAYS)
def test_a_lead_lies_in_the_region_of_its_trust(code: str, day: date) -> None:
    lead = REGISTER.lead_icb(code, day)
    if lead:
        assert REGISTER.region(lead.code, day) == REGISTER.region(code, day)


@given(day=DAYS)
def test_every_trust_of_a_known_kind_has_a_lead_unless_its_note_says_why(day: date) -> None:
    without = [t for t in REGISTER.trusts(day) if not REGISTER.lead_icb(t.code, day)]
    assert all("Lead ICB" in t.note or "no ICB" in t.note for t in without)


@given(code=CODES, day=DAYS)
def test_what_follows_a_closed_organisation_is_open(code: str, day: date) -> None:
    assert all(organisation.exists(day) for organisation in REGISTER.current(code, day))


def test_every_closed_icb_has_successors_from_the_next_day() -> None:
    closed = [
        o for o in map(REGISTER.get, REAL_CODES) if o.type is OrganisationType.ICB and o.closed
    ]
    assert len(closed) == 12
    for icb in closed:
        assert icb.succession is not None
        assert icb.succession.on == MERGER
        assert all(new.exists(MERGER) for new in REGISTER.successors(icb.code))


def test_every_organisation_names_its_source() -> None:
    assert all(REGISTER.get(code).source for code in REAL_CODES)
