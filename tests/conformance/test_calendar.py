"""A calendar as labelled by hand: occurrences, hours, people, oversight, today and tomorrow."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from remit.asks.calendar import Meeting, read_calendar, tally


@pytest.fixture(scope="module")
def labelled(shared_data: Path) -> tuple[list[dict[str, str]], dict[str, Meeting], dict[str, Any]]:
    folder = shared_data / "asks"
    expected = json.loads((folder / "calendar_expected.json").read_text())
    window = expected["window"]
    first, last = (date.fromisoformat(window[key]) for key in ("start", "end"))
    found = read_calendar(folder / "calendar.ics", first, last, zone_name=window["timezone"])
    with (folder / "calendar_occurrences.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["counted"] == "yes"]
    meetings = {f"{m.uid} {m.start.isoformat()}": m for m in found.meetings}
    return rows, meetings, {"expected": expected, "got": tally(found)}


Labelled = tuple[list[dict[str, str]], dict[str, Meeting], dict[str, Any]]


def test_occurrences_lengths_and_people_are_exactly_as_labelled(labelled: Labelled) -> None:
    rows, meetings, _ = labelled
    expected = {
        f"{row['uid']} {row['start_local']}": (
            float(row["minutes"]),
            int(row["n_attendees"]),
            int(row["n_attendees_trust"]),
        )
        for row in rows
    }
    assert {
        key: (m.minutes, m.attendees, m.own_attendees) for key, m in meetings.items()
    } == expected


def test_hours_and_person_hours_in_total_are_exactly_as_labelled(labelled: Labelled) -> None:
    _, _, tallies = labelled
    names = [name for name in tallies["expected"]["totals"] if not name.startswith("minutes")]
    assert len(names) == 5
    for name in names:
        assert tallies["got"]["totals"][name] == tallies["expected"]["totals"][name], name
    assert tallies["got"]["by_month"] == tallies["expected"]["by_month"]


def test_oversight_is_told_for_nine_in_ten(labelled: Labelled) -> None:
    rows, meetings, _ = labelled
    right = [
        meetings[f"{row['uid']} {row['start_local']}"].is_oversight
        == (row["is_oversight"] == "true")
        for row in rows
    ]
    assert sum(right) / len(right) >= 0.90


def test_minutes_of_today_and_tomorrow_are_right_for_most(labelled: Labelled) -> None:
    rows, meetings, _ = labelled
    right = 0
    for row in rows:
        found = meetings[f"{row['uid']} {row['start_local']}"]
        expected = (int(row["minutes_today"]), int(row["minutes_tomorrow"]))
        right += (found.minutes_today, found.minutes_tomorrow) == expected
    assert right / len(rows) >= 0.85


@pytest.fixture(scope="module")
def second(shared_data: Path) -> tuple[list[dict[str, str]], dict[str, Meeting]]:
    """A calendar whose labels the words were not set on."""
    folder = shared_data / "asks_v2" / "former_heldout"
    window = json.loads((folder / "calendar_expected.json").read_text())["window"]
    first, last = (date.fromisoformat(window[key]) for key in ("start", "end"))
    found = read_calendar(folder / "calendar.ics", first, last, zone_name=window["timezone"])
    with (folder / "calendar_occurrences.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["counted"] == "yes"]
    return rows, {f"{m.uid} {m.start.isoformat()}": m for m in found.meetings}


def test_events_of_another_calendar_are_right_as_a_whole_for_most(
    second: tuple[list[dict[str, str]], dict[str, Meeting]],
) -> None:
    rows, meetings = second
    oversight: dict[str, bool] = {}
    minutes: dict[str, bool] = {}
    for row in rows:
        found, uid = meetings[f"{row['uid']} {row['start_local']}"], row["uid"]
        told = found.is_oversight == (row["is_oversight"] == "true")
        wanted = (int(row["minutes_today"]), int(row["minutes_tomorrow"]))
        right = (found.minutes_today, found.minutes_tomorrow) == wanted
        oversight[uid] = oversight.get(uid, True) and told
        minutes[uid] = minutes.get(uid, True) and right
    assert len(minutes) == 44
    assert sum(oversight.values()) / 44 >= 0.90
    assert sum(minutes.values()) / 44 >= 0.85


def test_bodies_are_told(labelled: Labelled) -> None:
    rows, meetings, _ = labelled
    right = [meetings[f"{row['uid']} {row['start_local']}"].body == row["body"] for row in rows]
    assert sum(right) / len(right) >= 0.90
