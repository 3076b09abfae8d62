"""Published figures inside the application, what is said of them, and what changed since."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from remit.catalogue import load_computed_metrics
from remit.records.audit import entries_for, verify
from remit.records.loading import model
from remit.records.talk.models import FigureTie, FrozenFigure, Remark, RemarkMention
from remit.register import load_register
from remit.report import build_report
from remit.report.commentary_file import read_commentary
from remit.report.gathering import OwnWords
from remit.web.access.relations import NATIONAL, name_of
from remit.web.figures.held import figure_of, figures_of
from remit.web.figures.publishing import publish
from remit.web.running.accounts import add_account, give_role
from remit.web.running.demo_figures import comment_on_figures
from tests.web.figure_stores import as_published, as_revised, store_of
from tests.web.figures_world import METRIC, add_figure, add_remark, add_tie
from tests.web.instance import set_up
from tests.web.world import SafeClient, World, add_action, add_ask

INSTANCE = set_up().folder
OF = f"/figures/of/ZA1/{METRIC}/"


@pytest.fixture
def first(world: World) -> World:
    """Figures as they were first published."""
    publish(INSTANCE, store_of(as_published), with_site=False)
    return world


def revise() -> None:
    publish(INSTANCE, store_of(as_revised), with_site=False)


def page_of(client: SafeClient, address: str, **given: str) -> str:
    answer = client.get(address, given)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def say(client: SafeClient, address: str = OF, period: str = "", **given: Any) -> Any:
    """Fill in the form of a figure and send it, as a browser would."""
    place = f"{address}say/?period={period}"
    page = page_of(client, place)
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    return client.post(place, {"seen": seen[1], **given}, follow=True)


def test_the_foot_of_each_page_names_the_release_of_remit(first: World) -> None:
    client = first.client(("ZA1", "contributor"))
    for path in ("/figures/", "/figures/of/ZA1/", "/plans/", "/asks/"):
        said = f"Remit {metadata.version('remit')} is independent"
        assert said in client.get(path).content.decode(), path


def test_figures_are_for_all_who_are_signed_in_and_talk_is_not(first: World) -> None:
    add_remark("ZA1", add_figure("ZA1"), "The ward on level 4 was closed")
    stranger, own = first.client(), first.client(("ZA1", "reader"))
    for client in (stranger, own):
        assert "within" in page_of(client, "/figures/of/ZA1/").lower()
        page_of(client, OF)
        page_of(client, "/figures/")
    assert "level 4" in page_of(own, OF)
    assert "level 4" not in page_of(stranger, OF)
    assert "Why not I?" in page_of(stranger, OF)
    assert "Comment, or enter an action" not in page_of(own, OF), "a reader enters nothing"


def test_a_comment_keeps_the_figure_as_it_was_and_tells_when_it_is_revised(first: World) -> None:
    version, before = changed_figure()
    client = first.client((before.organisation, "contributor"))
    address = f"/figures/of/{before.organisation}/{METRIC}/"
    said = say(client, address, before.period, text="Two nights without a doctor").content.decode()
    assert f"It is kept, with the figure as it stands: {before.words}." in said
    assert f"is as it was, {before.words}" in said
    frozen = FrozenFigure.objects.get()
    assert (frozen.value, frozen.numerator, frozen.denominator, frozen.period) == (
        before.value, before.numerator, before.denominator, before.period,
    )  # fmt: skip
    assert (frozen.version, frozen.known_until.isoformat()) == (version.name, version.known_until)
    assert before.rows[0].file in frozen.rows
    revise()
    after = figure_of(INSTANCE, before.organisation, METRIC, before.period)[1]
    assert after is not None
    assert after.value != before.value
    page = page_of(client, f"/figures/said/{frozen.pk}/")
    assert "was revised from" in page
    assert "What reads otherwise" in page
    assert "revised since" in page_of(client, address)
    say(client, address, before.period, text="So it was better than thought")
    assert FrozenFigure.objects.count() == 2, "the revised one is another figure"
    assert {one.what for one in entries_for(frozen)} == {"add"}
    assert verify("default").entries > 0


def changed_figure() -> tuple[Any, Any]:
    """A figure of the first store that the revised one has otherwise."""
    for code in ("ZA1", "ZA2", "ZA3", "ZA4", "ZA5", "ZA6", "ZA7", "ZA8", "ZA9"):
        _, held = figures_of(INSTANCE, code)
        then = {one.period: one.value for one in held.get(METRIC, ())}
        revise()
        now = {one.period: one.value for one in figures_of(INSTANCE, code)[1].get(METRIC, ())}
        publish(INSTANCE, store_of(as_published), with_site=False)
        for period, value in then.items():
            if value is not None and now.get(period) != value:
                found = figure_of(INSTANCE, code, METRIC, period)
                assert found[1] is not None
                return found
    raise AssertionError("the sample revises no figure")


def test_the_same_figure_is_kept_once(first: World) -> None:
    client = first.client(("ZA1", "contributor"))
    for text in ("One thing", "Another thing"):
        assert text in say(client, text=text).content.decode()
    assert (FrozenFigure.objects.count(), Remark.objects.count()) == (1, 2)


def test_a_figure_that_changed_while_one_wrote_is_shown_and_nothing_is_lost(first: World) -> None:
    client = first.client(("ZA1", "contributor"))
    answer = client.post(f"{OF}say/", {"seen": "of-before", "text": "A ward was closed"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Figures were published while you wrote" in page
    assert "A ward was closed" in page
    assert not Remark.objects.exists()


def test_an_action_hangs_on_a_figure_with_or_without_a_comment(first: World) -> None:
    client = first.client(("ZA1", "contributor"))
    due = (first.today + timedelta(days=9)).isoformat()
    given = {"action": "Open the second triage room", "owner": "chief nurse", "due_on": due}
    page = say(client, text="Triage is slow", **given).content.decode()
    assert "Open the second triage room" in page
    say(client, action="Ask for two doctors", owner="medical director")
    made = list(model("Action").objects.exclude(conversation=None).order_by("pk"))
    assert [one.organisation for one in made] == ["ZA1", "ZA1"]
    assert {tie.remark_id is None for tie in FigureTie.objects.all()} == {True, False}
    assert "Came from" in page_of(client, f"/actions/one/{made[0].pk}/")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Enter what happened, or an action"),
        ({"action": "Send it"}, "Enter the role that owns the action"),
        ({"owner": "chief nurse"}, "Enter the action that has this owner"),
        ({"action": "Send it", "owner": "Priya Sharma"}, "reads as a person"),
        ({"text": "=1+1"}, "formula"),
        ({"text": "#N/A"}, "spreadsheet"),
        ({"text": "x" * 4001}, "4000"),
        ({"text": "It is so", "roles": "signatory:ZB3"}, "not one of the available"),
        ({"text": "It is so", "due_on": "soon"}, "Enter a day"),
    ],
)
def test_what_cannot_be_kept_is_told(first: World, given: dict[str, str], said: str) -> None:
    client = first.client(("ZA1", "contributor"))
    answer = say(client, **given)
    assert answer.status_code == 400
    assert said in answer.content.decode().replace("&#x27;", "'")
    assert not Remark.objects.exists()
    assert not FrozenFigure.objects.exists()


def test_a_comment_is_for_roles_that_see_it_and_for_nobody_else(first: World) -> None:
    first.account(("ZB1", "signatory"))
    first.account(("ZB2", "signatory"))
    client = first.client(("ZA1", "contributor"))
    page = page_of(client, f"{OF}say/")
    assert 'value="ZB1:signatory"' in page
    assert "ZB2:signatory" not in page, "it does not see the trust"
    refused = say(client, text="Look here", roles="ZB2:signatory")
    assert refused.status_code == 400
    say(client, text="Look here", roles="ZB1:signatory")
    say(client, text="And nobody in particular")
    mention = RemarkMention.objects.get()
    assert (mention.organisation, mention.role) == ("ZB1", "signatory")
    board = first.client(("ZB1", "signatory"))
    mine = page_of(board, "/comments/", mine="1")
    assert "Look here" in mine
    assert "in particular" not in mine
    assert "2 comments, 1 for your role" in page_of(board, "/comments/")
    # A role at one organisation and another role at the next are never joined.
    joined = first.client(("ZB1", "reader"), ("ZA1", "signatory"))
    assert "Look here" not in page_of(joined, "/comments/", mine="1")


@pytest.mark.parametrize(("kind", "key"), [("ask", "ASKZA1"), ("action", "ACT-ZA1")])
def test_comments_stand_on_asks_and_actions(first: World, kind: str, key: str) -> None:
    client = first.client(("ZB1", "contributor"))
    answer = client.post(f"/comments/{kind}/{key}/", {"text": "Ask for\r\nless"}, follow=True)
    page = answer.content.decode()
    assert "Your comment is kept." in page
    assert "Ask for\nless" in page
    remark = Remark.objects.get()
    assert (remark.organisation, remark.said_for, remark.text) == ("ZA1", "ZB1", "Ask for\nless")
    assert "Ask for" in page_of(first.client(("ZA1", "reader")), "/comments/")
    assert client.post(f"/comments/{kind}/{key}/", {"text": " "}).status_code == 400
    reader = first.client(("ZA1", "reader"))
    assert reader.post(f"/comments/{kind}/{key}/", {"text": "x"}).status_code == 403
    other = first.client(("ZA2", "contributor"))
    assert other.post(f"/comments/{kind}/{key}/", {"text": "x"}).status_code == 404


def test_who_asked_sees_no_form_where_they_may_not_comment(first: World) -> None:
    add_ask("FROM", "ZA2", from_org_code="ZA1")
    client = first.client(("ZA1", "contributor"))
    assert "What you want to say" not in page_of(client, "/asks/one/FROM/")
    assert client.post("/comments/ask/FROM/", {"text": "x"}).status_code == 404


def test_a_metric_of_a_framework_is_spoken_of_as_well(first: World) -> None:
    publish(INSTANCE, store_of(as_published, quarter=True), with_site=False)
    _, held = figures_of(INSTANCE, "ZA1")
    metric = next(m for m, points in held.items() if not points[-1].is_counted and points[-1].value)
    client = first.client(("ZA1", "contributor"))
    assert "As published for a framework" in page_of(client, "/figures/of/ZA1/")
    say(client, f"/figures/of/ZA1/{metric}/", text="As the framework has it")
    frozen = FrozenFigure.objects.get()
    assert not frozen.is_counted
    assert "Value" in frozen.rows
    page = page_of(client, "/comments/")
    assert "1 comment on figures that no report has stands here alone" in page
    assert "As the framework" not in page_of(client, "/comments/board.csv")
    publish(INSTANCE, store_of(as_published), with_site=False)
    assert "is not published any more" in page_of(client, f"/figures/said/{frozen.pk}/")


@pytest.mark.parametrize(
    "address",
    ["/figures/of/NOBODY/", "/figures/of/ZA1/no.metric/", f"{OF}?period=Mar+1950",
     f"/figures/of/NOBODY/{METRIC}/", "/figures/said/987654/", "/figures/report/ZB3/index.html",
     "/figures/report/a.b/index.html", "/figures/pages/../about.json", "/figures/pages/%2e%2e/x",
     "/figures/pages/nothing.html", "/figures/pages/.remit-site.json"],
)  # fmt: skip
def test_what_is_not_there_is_not_there(first: World, address: str) -> None:
    assert first.client(("ZA1", "reader")).get(address).status_code in {302, 404}


def test_an_organisation_without_figures_says_so(first: World) -> None:
    assert "no figures are published here" in page_of(first.client(), "/figures/of/R0A/")


def test_without_a_publication_the_pages_say_so(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "REMIT_FOLDER", str(tmp_path))
    client = world.client(("ZA1", "contributor"))
    assert "No figures are published here yet" in page_of(client, "/figures/")
    for address in ("/figures/of/ZA1/", OF, f"{OF}say/", "/figures/pages/index.html"):
        assert client.get(address).status_code == 404
    frozen = add_figure("ZA1")
    assert "not published" in page_of(client, f"/figures/said/{frozen.pk}/")


# The pages that were made -------------------------------------------------------------------------


def test_the_pages_that_were_made_are_served_to_who_is_signed_in(world: World) -> None:
    publish(INSTANCE, store_of(as_published, quarter=True), reports=["ZA1"])
    client = world.client()
    first = client.get("/figures/pages/index.html")
    assert first.status_code == 200
    assert 'href="/figures/"' in first.content.decode()
    assert first["Cache-Control"] == "private, no-cache"
    assert "'unsafe" not in first["Content-Security-Policy"]
    again = client.get("/figures/pages/index.html", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    trust = page_of(client, "/figures/pages/2025-26-q1/trusts/ZA1.html")
    assert 'href="/figures/of/ZA1/"' in trust
    assert client.get("/figures/pages/static/remit.css")["Content-Type"].startswith("text/css")
    picture = client.get("/figures/pages/static/favicon.svg")
    assert "sandbox" in picture["Content-Security-Policy"]
    table = client.get("/figures/pages/2025-26-q1/standings.csv")
    assert table["Content-Disposition"].startswith("attachment")
    moved = client.get("/figures/pages/2025-26-q1")
    assert (moved.status_code, moved["Location"]) == (302, "/figures/pages/2025-26-q1/")
    report = page_of(client, "/figures/report/ZA1/index.html")
    assert 'aria-label="The application"' in report
    assert "Report of" in page_of(client, "/figures/")
    assert SafeClient().get("/figures/pages/index.html").status_code == 302
    for file in (INSTANCE / "figures").glob("*/site/**/*.html"):
        assert 'aria-label="The application"' in file.read_text(encoding="utf-8"), file


# The file of a board's report ---------------------------------------------------------------------


def test_the_file_of_comments_is_what_a_report_reads(first: World, tmp_path: Path) -> None:
    client = first.client(("ZA1", "contributor"))
    late = (first.today - timedelta(days=3)).isoformat()
    say(client, text="Flow was slow,\r\nas “beds” were full; see 4", action="Open 6 beds",
        owner="chief operating officer", due_on=late)  # fmt: skip
    say(client, period="Dec 2025", text="- Norovirus, twice")
    say(client, period="Jan 2026", action="Ask for two doctors", owner="medical director")
    done = FigureTie.objects.order_by("pk").last().action
    client.post("/actions/done/", {"id": [done.pk]})
    add_remark("ZA2", add_figure("ZA2"), "A stranger's")
    add_tie(add_figure("ZA1", digest="other", metric="of.none", is_counted=False), "ACT-OTHER")
    answer = client.get("/comments/board.csv", {"organisation": "ZA1"})
    assert answer["Content-Disposition"] == 'attachment; filename="commentary.csv"'
    path = tmp_path / "commentary.csv"
    path.write_bytes(answer.content)
    read = read_commentary([path], load_computed_metrics(), load_register())
    assert read.notes == ()
    assert sorted(
        (c.org_code, c.metric_id, c.label, c.what_happened, c.action, c.owner, c.due, c.status,
         c.figure[2] if c.figure else "")
        for c in read.comments
    ) == [
        ("ZA1", METRIC, "Dec 2025", "- Norovirus, twice", "", "", None, "", "Dec 2025"),
        ("ZA1", METRIC, "Jan 2026", "", "Ask for two doctors", "medical director", None, "done",
         "Jan 2026"),
        ("ZA1", METRIC, "Mar 2026", "Flow was slow,\nas “beds” were full; see 4", "Open 6 beds",
         "chief operating officer", date.fromisoformat(late), "late", "Mar 2026"),
    ]  # fmt: skip
    from remit.store import Store

    with Store.open(store_of(as_published), read_only=True) as store:
        metrics = [load_computed_metrics()[METRIC]]
        made = build_report(store, "ZA1", "Mar 2026", metrics=metrics, own_words=OwnWords(read))
    assert made.view.strays == ()
    assert len(made.view.comments) == 3


def test_filters_of_the_file_are_those_of_the_list(first: World) -> None:
    figure = add_figure("ZA1")
    add_remark("ZA1", figure, "Beds were full")
    add_tie(figure, "ACT-T", what="More beds")
    add_tie(figure, "ACT-U", add_remark("ZA1", figure, "Doctors were few"), what="More doctors")
    client = first.client(("ZB1", "reader"))
    rows = list(csv.DictReader(io.StringIO(client.get("/comments/board.csv").content.decode())))
    assert {(r["what happened"], r["action"]) for r in rows} == {
        ("Beds were full", ""), ("", "More beds"), ("Doctors were few", "More doctors"),
    }  # fmt: skip
    some = client.get("/comments/board.csv", {"q": "doctors"}).content.decode()
    assert "Doctors were few" in some
    assert "Beds" not in some
    assert "More beds" not in some
    none = client.get("/comments/board.csv", {"organisation": "ZA2"}).content.decode()
    assert none.count("\n") == 1


# The demonstration --------------------------------------------------------------------------------


def test_invented_people_speak_of_figures_once(first: World) -> None:
    assert comment_on_figures() == 0, "nobody is there"
    for address, code, role in (("juno.marsh", "ZA1", "signatory"), ("owen.tarn", "ZB1", "reader"),
                                ("amara.bell", "ZR1", "reader")):  # fmt: skip
        add_account(f"{address}@remit.example", address)
        give_role(f"{address}@remit.example", code, role, first.today)
    revise()
    assert comment_on_figures() == 3
    assert comment_on_figures() == 0, "somebody spoke already"
    page = page_of(first.client(("ZA6", "reader")), f"/figures/of/ZA6/{METRIC}/")
    assert "revised since" in page
    assert "amara.bell (ZR1)" in page


# Lists do not grow in queries -----------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/comments/", "/figures/", "/figures/of/ZA1/", OF, "/comments/board.csv", "ask"]
)
def test_no_number_of_queries_grows_with_comments(first: World, address: str) -> None:
    place = "/asks/one/ASKZA1/" if address == "ask" else address
    client = first.client(("ZA1", "signatory"))

    def asked() -> int:
        page_of(client, place)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page_of(client, place)
        return len(caught)

    add_more(1)
    few = asked()
    add_more(20)
    assert asked() <= few


def add_more(count: int) -> None:
    begun = Remark.objects.count()
    ask = model("Ask").objects.get(pk="ASKZA1")
    for number in range(begun, begun + count):
        figure = add_figure("ZA1", digest=f"more-{number}", period="Mar 2026")
        remark = add_remark("ZA1", figure, f"Said {number}")
        add_remark("ZA1", None, f"Of it {number}", ask=ask)
        add_tie(figure, f"ACT-M{number}", remark)
    if not model("Action").objects.filter(pk="ACT-LAST").exists():
        add_action("ACT-LAST", "ASKZA1")


def test_a_demonstration_names_no_real_organisation(first: World) -> None:
    client = first.client((NATIONAL, "reader"))
    real, invented = name_of("RR8", first.today), name_of("ZA1", first.today)
    for address in ("/organisations/", "/figures/"):
        assert real in page_of(client, address), address
        with override_settings(REMIT_IS_DEMO=True):
            page = page_of(client, address)
        assert real not in page, address
        assert invented in page, address
