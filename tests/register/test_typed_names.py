"""Organisations as people type them, and names on their day."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from remit.model.errors import UnknownCode
from remit.register import Register, load_register

REGISTER = load_register()
IN_2024, IN_2026 = date(2024, 10, 1), date(2026, 10, 1)

# The register below is invented, so that what is tested is the way of finding and not the data.
INVENTED = """
schema: remit/organisations/1
fictional: true
sources: {made: {title: Invented for a test}}
regions:
  - {code: ZT0, name: Eastmarch and Westmarch, ons_code: E49000001,
     opened: 2019-04-01, source: made}
icbs:
  - {code: ZT1,
     name: "NHS Hampshire, Oldmoor and Saltfleet Integrated Care Board",
     opened: 2022-07-01, region: ZT0, source: made}
trusts:
  - {code: ZT2, name: Saltfleet and Oldmoor University Hospitals NHS Foundation Trust,
     site: Queen Maud Hospital, opened: 2010-04-01, source: made}
  - {code: ZT3, name: Oldmoor Infirmary NHS Trust, aliases: [OIT, Harbour Road],
     opened: 2005-04-01, closed: 2024-12-31, succession: {on: 2025-01-01, to: ZT4}, source: made}
  - {code: ZT4, name: Tidewater Care NHS Foundation Trust, aliases: [OIT, Tidewater],
     former_names: {"St. Bertram's Healthcare NHS Trust": 2024-12-31}, opened: 2000-04-01,
     source: made}
  - {code: ZT5, name: South Stonebridge Ambulance Service NHS Trust, opened: 2006-07-01,
     source: made}
"""


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Register:
    path = tmp_path_factory.mktemp("register") / "invented.yaml"
    path.write_text(INVENTED, encoding="utf-8")
    return load_register([Path(path)])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ZT2", "ZT2"),
        (" zt2 ", "ZT2"),
        ("E49000001", "ZT0"),
        ("Saltfleet & Oldmoor University Hospitals", "ZT2"),
        ("SALTFLEET AND OLDMOOR UNIVERSITY HOSPITALS NHS FOUNDATION TRUST", "ZT2"),
        ("St Bertrams Healthcare", "ZT4"),
        ("St. Bertram’s Healthcare NHS Trust", "ZT4"),  # as Word writes it
        ("Tidewater", "ZT4"),
        ("NHS Hampshire, Oldmoor & Saltfleet ICB", "ZT1"),
    ],
)
def test_a_whole_name_is_answered(invented: Register, typed: str, code: str) -> None:
    assert invented.named(typed).code == code


@pytest.mark.parametrize(
    "typed", ["Saltfleet", "SOUH", "Queen Maud Hospital", "Oldmoor", "Bertram", "", "ZT9"]
)
def test_nothing_is_guessed(invented: Register, typed: str) -> None:
    with pytest.raises(UnknownCode):
        invented.named(typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("SOUH", "ZT2"),  # the first letters
        ("SaltOld", "ZT2"),  # beginnings
        ("S&O", "ZT2"),
        ("Queen Maud", "ZT2"),  # the hospital of its address
        ("QMH Saltfleet", "ZT2"),
        ("Saltfleat Hospitals", "ZT2"),  # a slip
        ("SSAST", "ZT5"),
        ("Hants and Oldmoor ICB", "ZT1"),  # a county as it is shortened
        ("HOS ICB", "ZT1"),
        ("St Bertram", "ZT4"),
        ("Oldmoor Infirmary", "ZT3"),
        ("Oldmoor Infirmary", "ZT4"),  # who has its work now stands beside it
    ],
)
def test_what_people_type_is_among_the_nearest_three(
    invented: Register, typed: str, code: str
) -> None:
    assert code in [one.code for one in invented.nearest(typed)]


def test_a_name_of_a_predecessor_is_its_own_while_it_was_open(invented: Register) -> None:
    assert invented.named("OIT", date(2024, 12, 31)).code == "ZT3"
    assert invented.named("OIT", date(2025, 1, 1)).code == "ZT4"


def test_a_short_name_of_a_closed_trust_may_mean_who_came_after(invented: Register) -> None:
    assert invented.named("Oldmoor Infirmary", date(2024, 12, 31)).code == "ZT3"
    assert invented.named("Oldmoor Infirmary NHS Trust", date(2025, 1, 1)).code == "ZT3"
    assert invented.named("ZT3", date(2025, 1, 1)).code == "ZT3"
    with pytest.raises(UnknownCode, match=r"name of ZT3 .*closed.* passed to ZT4 .*give the code"):
        invented.named("Oldmoor Infirmary", date(2025, 1, 1))


def test_a_name_that_two_have_is_refused_with_both(tmp_path: Path) -> None:
    path = tmp_path / "two.yaml"
    path.write_text(INVENTED.replace("site: Queen Maud Hospital", "aliases: Tidewater"), "utf-8")
    with pytest.raises(UnknownCode, match=r"ZT2 .* and of ZT4 .*give the code"):
        load_register([path]).named("Tidewater")


def test_what_is_like_nothing_offers_nothing() -> None:
    with pytest.raises(UnknownCode, match="Nearest: none"):
        REGISTER.named("qqqq jjjj")


@pytest.mark.parametrize("typed", ["Larkshire", "ZA1", "Quillborough Hosps"])
def test_the_sample_is_offered_for_its_own_names_only(typed: str) -> None:
    assert all(one.fictional for one in REGISTER.nearest(typed, 1))
    assert not any(one.fictional for one in REGISTER.nearest("London"))


@pytest.mark.parametrize(
    ("typed", "in_2024", "in_2026"),
    [("NBT", "RVJ", "RA7"), ("HRCH", "RY9", "RAX"), ("Tavistock", "RNK", "G6V2S")],
)
def test_names_that_passed_to_a_successor_carry_dates(
    typed: str, in_2024: str, in_2026: str
) -> None:
    assert REGISTER.named(typed, IN_2024).code == in_2024
    assert REGISTER.named(typed, IN_2026).code == in_2026


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("RAX", date(2023, 6, 15), "Kingston Hospital NHS Foundation Trust"),
        ("RAX", date(2025, 6, 15), "Kingston and Richmond NHS Foundation Trust"),
        ("RH8", date(2022, 3, 15), "Royal Devon and Exeter NHS Foundation Trust"),
        ("RM3", date(2021, 9, 15), "Salford Royal NHS Foundation Trust"),
    ],
)
def test_a_trust_has_the_name_of_the_day(code: str, day: date, name: str) -> None:
    assert REGISTER.get(code).name_on(day) == name


def test_a_legal_form_says_which_type_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "both.yaml"
    path.write_text(INVENTED.replace("aliases: [OIT, Tidewater]", "aliases: Eastmarch"), "utf-8")
    both = path.read_text("utf-8").replace(
        "NHS Hampshire, Oldmoor and Saltfleet Integrated Care Board", "NHS Eastmarch ICB"
    )
    path.write_text(both, "utf-8")
    register = load_register([path])
    assert register.named("Eastmarch ICB").code == "ZT1"
    assert register.named("Eastmarch NHS Trust").code == "ZT4"
    with pytest.raises(UnknownCode, match=r"ZT1 .* and of ZT4"):
        register.named("Eastmarch")


SHARED = """
schema: remit/organisations/1
sources: {made: {title: Invented for a test}}
regions:
  - {code: ZU0, name: Marchland, opened: 2019-04-01, source: made}
icbs:
  - {code: ZU1, name: NHS Upper and Lower Marchland Integrated Care Board,
     opened: 2022-07-01, closed: 2026-03-31, region: ZU0, source: made}
trusts:
  - {code: ZU2, name: Upper and Lower Marchland NHS Foundation Trust, aliases: [ULM, Fen Lane],
     former_names: {Fenland Hospitals NHS Trust: 2024-06-30}, opened: 2010-04-01, source: made}
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Register:
    path = tmp_path_factory.mktemp("register") / "shared.yaml"
    path.write_text(SHARED, encoding="utf-8")
    return load_register([path])


@pytest.mark.parametrize("on", [date(2025, 1, 1), date(2026, 11, 1)])
def test_initials_of_a_trust_and_a_board_are_asked_about(shared: Register, on: date) -> None:
    with pytest.raises(UnknownCode, match=r"'ULM' is a name of ZU2 .* and of ZU1 .*give the code"):
        shared.named("ULM", on)
    assert shared.named("Fen Lane", on).code == "ZU2"


def test_what_is_nearest_has_its_name_of_the_day(shared: Register) -> None:
    with pytest.raises(UnknownCode, match="ZU2 Fenland Hospitals NHS Trust"):
        shared.named("Fen Lne", date(2024, 1, 1))
    with pytest.raises(UnknownCode, match="ZU2 Upper and Lower Marchland NHS Foundation Trust"):
        shared.named("Fen Lne", date(2025, 1, 1))


def test_a_hundred_names_that_were_typed_unseen_are_among_three_and_none_is_another() -> None:
    """Written from the register's and the publisher's names; all were found at first sight."""
    with (Path(__file__).parent / "typed_by_hand.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 100
    lost, wrong = [], []
    for row in rows:
        on = date.fromisoformat(row["on"]) if row["on"] else IN_2026
        try:
            answered = REGISTER.named(row["typed"], on).code
        except UnknownCode:
            answered = None
        near = [one.code for one in REGISTER.nearest(row["typed"])]
        wrong += [row] if answered not in (None, row["code"]) else []
        lost += [row] if row["code"] not in (answered, *near) else []
    assert (lost, wrong) == ([], [])
