"""The sample's assessment of a year, with what invented people say of it, and its practices."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from remit.records.audit import SYSTEM, Event, change, create


def fill_year(today: date) -> None:
    """Bring the sample's year and its register of practices into a demonstration.

    Parameters
    ----------
    today
        The day from which the days of what is said are counted.
    """
    from remit.sample import write_assessed, write_practice_register
    from remit.web.running.practices_in import bring_practices
    from remit.web.running.year_in import bring_in

    with tempfile.TemporaryDirectory() as place:
        bring_in(write_assessed(Path(place) / "annual").now)
        write_practice_register(Path(place) / "register")
        bring_practices(Path(place) / "register", "ZR1")
    _say(today)


def _say(today: date) -> None:
    from remit.records.year.models import YearCheck, YearFinding, YearLetter, YearReply, YearTie

    def finding(name: str) -> Any:
        return YearFinding.objects.get(name=name)

    right = finding("ZB1-1")
    create(_event("ZB1", "check"), YearCheck, finding=right, digest=right.digest,
           checked_on=today - timedelta(days=6), checked_as="contributor")  # fmt: skip
    create(_event("ZB1", "comment"), YearReply, finding=finding("ZB1-3"),
           said_on=(today - timedelta(days=4)).isoformat(),
           says="The figure is that of all services; our own was lower.")  # fmt: skip
    create(_event("ZB1", "add"), YearTie, finding=finding("ZB1-4"), action_id="ACT-102")
    letter = YearLetter.objects.get(organisation="ZB2")
    change(_event("ZR1", "sign"), letter, is_signed=True, signed_on=today - timedelta(days=3),
           signed_as="signatory")  # fmt: skip


def _event(whose: str, verb: str) -> Event:
    return Event(SYSTEM, whose, verb, why="the sample")
