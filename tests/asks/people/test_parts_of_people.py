"""Halves of names, letters and numbers that stand for a person, and what looks like them."""

from __future__ import annotations

import pytest

from remit.asks.intake.personal import Redactor, load_personal

GONE = {
    "Mother Crystal Okonkwo rang": "Mother [name] rang",
    "SNOD Unity Akpan-Reese thanks them": "SNOD [name] thanks them",
    "Report by volunteer Mrs Victoria Sponge-Hall.": "Report by volunteer [name].",
    "Park Ji-woo will dial in": "[name] will dial in",
    "signed by Earl Butler. The list of Butler's": "signed by [name]. The list of [name]",
    "Would you tell Lily whether it is so?": "Would you tell [name] whether it is so?",
    "1:1 with Pip": "1:1 with [name]",
    "PC 14772 Hallam came": "PC [number] [name] came",
    "the review for J.S.B. please": "the review for [name] please",
    "Pts: Z.K., MWJ in Harrow": "Pts: [name], [name] in Harrow",
    "Present: all\nPvtH": "Present: all\n[name]",
    "Will chase. - kt": "Will chase. - [name]",
    "owner: kp": "owner: [name]",
    "prisoner A9911ZZ moved": "prisoner [number] moved",
    "Ref HSSIB-INT-5528": "Ref [number]",
    "keysafe C5529Y": "keysafe [number]",
    "see audit_kr.xlsx": "see audit_[name].xlsx",
}
STAYS = (
    "Darzi-led and Kirkup-style reviews",
    "R.T.T. waits, e.g. in the U.K.",
    "RTT - ED/AMU waits per wk; by fri",
    "Heather Wood Community Hospital and Stoke Mandeville",
    "troponin by ward",
    "12HR and 52WW, COVID-19, DCB0129, KPI-12 and ERIC-2024-25",
    "Rota for June and July; Summer plan",
    "Consultant Job Plans and Patient Safety Officer",
    "Chair Report and Director Update",
)


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    """Remit's own words."""
    return Redactor(load_personal())


@pytest.mark.parametrize("text", GONE)
def test_each_part_of_a_person_goes(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text).text == GONE[text]


@pytest.mark.parametrize("text", STAYS)
def test_what_only_looks_like_a_part_of_a_person_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text).text == text


def test_a_person_of_the_headers_goes_everywhere(redactor: Redactor) -> None:
    names = ["Miller Quested <m.quested@nhs.net>", "Rowan Ash <r.ash@nhs.net>"]
    title, text = redactor.redact_pair("QUESTED TO SIGN", "Notes; Ash for it, as Quested's", names)
    assert (title.text, text.text) == ("[name] TO SIGN", "Notes; [name] for it, as [name]")


def test_a_person_of_the_title_goes_in_the_text(redactor: Redactor) -> None:
    title, text = redactor.redact_pair("Call with Coral Okonkwo", "The sheet of Coral")
    assert (title.text, text.text) == ("Call with [name]", "The sheet of [name]")
