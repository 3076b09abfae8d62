"""Practices of others in the instance, and the commands that bring them and the year in."""

from __future__ import annotations

from pathlib import Path

from remit.records.audit import verify
from remit.records.loading import model
from remit.records.year.models import SharedAdoption, SharedPractice
from remit.sample import write_practice_register
from remit.web.running.practices_in import bring_practices
from tests.web.instance import set_up
from tests.web.queries import queries_of
from tests.web.test_desk import page_of
from tests.web.test_running import Said, said
from tests.web.world import World
from tests.web.year_world import put, sample_year

__all__ = ["said"]


def register(place: Path) -> Path:
    write_practice_register(place / "register")
    return place / "register"


def test_a_practice_is_found_read_and_copied_as_an_action(world: World, tmp_path: Path) -> None:
    taken = bring_practices(register(tmp_path), "ZR1")
    assert taken.practices == SharedPractice.objects.count() > 2
    assert taken.adoptions == SharedAdoption.objects.count() > 2
    trust = world.client(("ZA2", "contributor"))
    text = page_of(trust, "/practices/", q="every ward says")
    assert "1 practice with “every ward says” to learn from" in text
    assert "/practices/one/ZR1-board-round/" in text
    assert "No practice fits" in page_of(trust, "/practices/", q="astrology")
    assert "ZR1-board-round" not in page_of(trust, "/practices/", stage="pilot")
    one = page_of(trust, "/practices/one/ZR1-board-round/")
    assert "Days of delay fell on the two wards that began (Sample board paper, page 12)" in one
    assert "practices.yaml, line 3" in one
    copy = "/practices/one/ZR1-board-round/copy/"
    assert "Take over “" in page_of(trust, copy)
    given = {"organisation": "ZA2", "what": "Try it on two wards", "owner": "chief nurse"}
    assert trust.post(copy, {**given, "organisation": "ZA1"}).status_code == 400
    assert trust.post(copy, {**given, "owner": "Mary Smith"}).status_code == 400
    made = trust.post(copy, given)
    action = model("Action").objects.get(what="Try it on two wards")
    assert made["Location"] == f"/actions/one/{action.pk}/"
    assert (action.organisation, action.owner) == ("ZA2", "chief nurse")
    assert "Practice ZR1-board-round" in page_of(trust, made["Location"])
    assert world.client(("ZA2", "reader")).get(copy).status_code == 403
    assert trust.get("/practices/one/nothing/").status_code == 404
    verify()


def test_a_register_takes_the_place_of_the_same_one_before(base: None, tmp_path: Path) -> None:
    place = register(tmp_path)
    first = bring_practices(place, "ZR1")
    assert bring_practices(place, "ZR1").written == 0
    file = place / "practices.yaml"
    text = file.read_text(encoding="utf-8")
    start = text.index("  - id: discharge-poster")
    end = text.index("  - id: hot-clinic")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    taken = bring_practices(place, "ZR1", dry_run=True)
    assert SharedPractice.objects.count() == first.practices
    assert taken.written > 0
    taken = bring_practices(place, "ZR1")
    assert SharedPractice.objects.count() == first.practices - 1
    assert taken.rejected, "adoptions of a practice that is nowhere"
    assert "adoptions.csv, line " in taken.rejected[0].where
    assert bring_practices(place, "ZB1").written > 0
    assert SharedPractice.objects.filter(organisation="ZB1").count() == first.practices - 1
    verify()


def test_lists_of_practices_ask_the_database_no_more_often_with_more(world: World) -> None:
    def add(number: int) -> None:
        one = put(
            SharedPractice, "ZR1", practice_id=f"P{number}", organisation="ZR1",
            name=f"p{number}", title="Round", what="It", stage="spread", place="p",
        )  # fmt: skip
        put(SharedAdoption, "ZR1", practice=one, organisation="ZA1", stage="spread", place="a")

    client = world.client(("ZA1", "reader"))
    add(0)
    few = queries_of(client, "/practices/")
    for number in range(1, 9):
        add(number)
    assert queries_of(client, "/practices/") == few


# Commands -----------------------------------------------------------------------------------------


def test_the_commands_say_what_came_of_it(said: Said, tmp_path: Path) -> None:
    web, folder = set_up().folder, sample_year(tmp_path)
    code, out, _ = said("annual", "import", web, folder, "--dry-run")
    assert (code, "Nothing was kept" in out) == (0, True)
    code, out, _ = said("annual", "import", web, folder)
    assert code == 0
    assert "ZR1, 2024-25: 6 files, 10 findings, 2 replies and 2 letters." in out
    assert "nothing was changed" in said("annual", "import", web, folder)[1]
    (folder / ".x").write_text("x", encoding="utf-8")
    code, out, _ = said("annual", "import", web, folder)
    assert (code, "1 part was not taken:\n  .x: what is hidden" in out) == (1, True)
    (folder / "note.txt").write_text("x", encoding="utf-8")
    code, out, err = said("annual", "import", web, folder)
    assert (code, "note.txt: it is in the folder and not here" in err) == (1, True)
    assert "add --since" in err
    code, out, _ = said("annual", "export", web, "2024-25", tmp_path / "out")
    assert (code, "6 files in" in out) == (0, True)
    code, _, err = said("annual", "export", web, "2024-25", tmp_path / "out")
    assert (code, "this is there already" in err) == (2, True)
    code, out, _ = said("practices", web, register(tmp_path), "--organisation", "ZR1")
    assert (code, "at /practices/" in out) == (0, True)
    again = said("practices", web, register(tmp_path), "--organisation", "ZR1")
    assert "nothing was changed" in again[1]
    code, _, err = said("practices", web, register(tmp_path), "--organisation", "nobody")
    assert (code, "no organisation 'nobody'" in err) == (2, True)


def test_what_stays_in_the_instance_is_said(said: Said, tmp_path: Path) -> None:
    from remit.web.running.demo import fill_demo

    fill_demo()
    code, out, _ = said("annual", "export", set_up().folder, "2024/25", tmp_path / "out")
    assert code == 0
    assert "replies.csv has 1 reply that the instance holds and the folder did not" in out
    assert "1 check of facts, 1 tied action and 1 signature" in out
