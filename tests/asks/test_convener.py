"""Whose meeting it is, and whether the trust answers there."""

from __future__ import annotations

from pathlib import Path

import pytest

from remit.asks.calendar import Meeting
from remit.catalogue import declared
from remit.model.errors import DeclarationError
from remit.model.meeting import MeetingFile
from tests.asks.calendars import ICB, OWN, REGION, calendar_text, event, people, read

COUNCIL = "cllr@zshire-council.example"
PEER = "z@zpeer-nhs.example"
CQC = "i@cqc-fictional.example"
PA = f"pa@{OWN}"


def meeting(folder: Path, title: str, organiser: str | None, *others: str) -> Meeting:
    more = people(*others, organiser=organiser)
    # A second meeting, so that the trust is at more meetings than anyone else.
    own = event("DTSTART:20251013T090000Z", *people(), uid="own@ztrust.example")
    one = event("DTSTART:20251014T090000Z", "DURATION:PT1H", f"SUMMARY:{title}", *more)
    return read(folder, calendar_text(own, one)).meetings[1]


@pytest.mark.parametrize(
    ("title", "organiser", "others", "body", "oversight"),
    [
        ("Contract management board", ICB, [ICB], "ICB performance team", True),
        ("Efficiency check and challenge", ICB, [ICB], "ICB finance", True),
        ("Infection prevention assurance", ICB, [ICB], "ICB quality team", True),
        ("Population health learning session", ICB, [ICB], "ICB strategy team", False),
        ("Neighbourhood programme: each trust reports", ICB, [ICB], "ICB strategy team", True),
        ("Core standards review", ICB, [ICB], "ICB EPRR team", True),
        ("Catch up", REGION, [REGION], "NHSE region", True),
        ("Regional chief nurse forum", REGION, [REGION, PEER], "NHSE region", False),
        ("Webinar: the oversight framework", REGION, [REGION], "NHSE region", False),
        ("Engagement meeting", CQC, [CQC], "CQC", True),
        ("Joint Health Overview and Scrutiny Committee", COUNCIL, [COUNCIL],
         "local authority HOSC", True),
        ("Health and Wellbeing Board", COUNCIL, [COUNCIL], "local authority", False),
        ("Zshire Place Partnership", COUNCIL, [COUNCIL], "place partnership", False),
        ("Provider Collaborative Board", PEER, [PEER], "provider collaborative", False),
        ("Collaborative delivery review - each trust reports", PEER, [PEER, REGION],
         "provider collaborative", True),
        ("System Oversight & Assurance Group", ICB, [ICB, PEER], "system board", True),
        ("Integrated Care Board - meeting in public", ICB, [ICB, PEER], "system board", False),
        ("Mock CQC inspection", PA, [], "internal", False),
        ("Prep for the region's review", PA, [], "internal", False),
        ("Divisional performance reviews", PA, [], "internal", False),
        ("Quality Committee", PA, [ICB], "internal", False),
        ("CQC relationship meeting", PA, [CQC], "CQC", True),
        ("Healthwatch: feedback on discharge", None, [], "Healthwatch", True),
        ("Annual leave", None, [], "internal", False),
        ("Staff awards - performance by the choir", None, [], "internal", False),
    ],
)  # fmt: skip
def test_conveners(
    tmp_path: Path, title: str, organiser: str | None, others: list[str], body: str, oversight: bool
) -> None:
    found = meeting(tmp_path, title, organiser, *others)
    assert (found.body, found.is_oversight) == (body, oversight), found.why


def test_on_a_shared_domain_the_display_name_tells_the_body(tmp_path: Path) -> None:
    def at(name: str, address: str) -> str:
        return f'ATTENDEE;CN="{name}":mailto:{address}@nhs.net'

    one = event(
        "DTSTART:20251014T090000Z",
        "DURATION:PT1H",
        "SUMMARY:Month 6 review",
        'ORGANIZER;CN="BELL, Kim (NHS ZED ICB - QZZ)":mailto:kim.bell@nhs.net',
        at("BELL, Kim (NHS ZED ICB - QZZ)", "kim.bell"),
        at("HILL, Jo (ZED HOSPITALS NHS TRUST)", "jo.hill"),
        at("WOOD, Al (ZED HOSPITALS NHS TRUST)", "al.wood"),
    )
    own = event(
        "DTSTART:20251013T090000Z",
        at("HILL, Jo (ZED HOSPITALS NHS TRUST)", "jo.hill"),
        uid="own@ztrust.example",
    )
    found = read(tmp_path, calendar_text(own, one))
    assert found.own == "zed hospitals nhs trust"
    (_, review) = found.meetings
    assert (review.body, review.attendees, review.own_attendees) == ("ICB finance", 3, 2)


def test_an_invitation_as_outlook_exports_it(tmp_path: Path) -> None:
    one = event(
        'DTSTART;TZID="GMT Standard Time":20251014T100000',
        'DTEND;TZID="GMT Standard Time":20251014T110000',
        "SUMMARY;LANGUAGE=en-gb:NHSE region: Tier 2 review",
        'ORGANIZER;CN="Bell, Kim":invalid:nomail',
        f'ATTENDEE;CN="Hill, Jo";RSVP=TRUE:mailto:jo.hill@{OWN}',
        'ATTENDEE;CN="Wood, Al";RSVP=TRUE:invalid:nomail',
        'ATTENDEE;CN="Bell, Kim";RSVP=TRUE:invalid:nomail',
        r"DESCRIPTION:\n \n10:00 – 10:30 RTT\n________________\nMicrosoft Teams 10:30-11:00 x",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    )
    (found,) = read(tmp_path, calendar_text(one)).meetings
    assert (found.body, found.is_oversight) == ("NHSE region", True)
    assert (found.attendees, found.own_attendees, found.minutes_today) == (3, 1, 30)


def test_the_reason_names_the_words(tmp_path: Path) -> None:
    found = meeting(tmp_path, "Tier 2 escalation webinar", REGION, REGION)
    assert "NHSE region convenes it" in found.why
    assert "(webinar)" in found.why


def test_a_faulty_declaration_names_its_line() -> None:
    text = "schema: remit/meetings/1\ninternal: []\nprivate: []\nrooms: []\nkind: []\n"
    with pytest.raises(DeclarationError, match="line 5, kind: no such key"):
        declared.parse(text, "mine.yaml").validate(MeetingFile)
