"""Search: every kind of record is found by its words, and by whoever may see it alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from remit.web.access.relations import NATIONAL
from tests.web.figure_stores import published_once
from tests.web.figures_world import add_figure, add_remark
from tests.web.planned import act, add_plan
from tests.web.queries import queries_of
from tests.web.together_world import (
    add_agreement,
    add_commitment,
    add_conversation,
    add_friction,
    add_point,
    add_risk,
)
from tests.web.world import SafeClient, World, add_action, add_ask

WORD = "Xylophone"
NOUNS = ("ask", "action", "plan", "conversation", "friction", "risk", "commitment", "agreement",
         "comment")  # fmt: skip


def fill(code: str, number: int = 1) -> None:
    """One of each kind with the word, of an organisation."""
    key = f"{code}-{number}"
    add_ask(f"ASKX-{key}", code, title=f"{WORD} return {key}")
    add_action(f"ACT-X-{key}", f"ASKX-{key}", what=f"Tune the {WORD} {key}")
    add_conversation(f"CON-X-{key}", code, title=f"{WORD} review {key}")
    add_friction(f"FR-X-{key}", code, what=f"Who pays the {WORD} {key}")
    add_risk(f"RISK-X-{key}", code, title=f"{WORD} breaks {key}")
    add_commitment(f"COM-X-{key}", code, aim=f"{WORD} for all {key}")
    add_agreement(f"AGR-X-{key}", code, title=f"{WORD} data {key}")
    add_remark(code, add_figure(code, digest=key), f"The {WORD} was late {key}")


def page_of(client: SafeClient, **given: Any) -> str:
    answer = client.get("/search/", given)
    assert answer.status_code == 200
    return str(answer.content.decode())


def counts(page: str) -> dict[str, int]:
    """Kind → how many, as the headings say."""
    heads = re.findall(r'<h2 id="(\w+)">(\w+) ', page)
    numbers = {"One": 1, "Two": 2, "Three": 3}
    return {noun: numbers.get(said) or int(said) for noun, said in heads}


def test_each_kind_is_found_and_leads_to_its_page(world: World) -> None:
    fill("ZA1")
    act(add_plan(), ("hand-over", "region"))
    client = world.client(("ZA1", "reader"))
    page = page_of(client, q=WORD.lower())
    assert "<h1>8 places with “xylophone”</h1>" in page
    assert counts(page) == {noun: 1 for noun in NOUNS if noun != "plan"}
    links = re.findall(r'<li><a href="(/[^"]+)">[^<]*Xylophone', page)
    assert len(links) == 8
    for link in links:
        assert client.get(link).status_code == 200, link
    assert counts(page_of(client, q="plan of year"))["plan"] == 1


def test_nothing_is_found_or_counted_that_is_not_to_be_seen(world: World) -> None:
    for code in ("ZA1", "ZA2", "ZA6"):
        fill(code)
    own = page_of(world.client(("ZA1", "signatory")), q=WORD)
    assert set(counts(own).values()) == {1}
    assert "ZA2" not in own.split("<h1>")[1]
    region = page_of(world.client(("ZR1", "reader")), q=WORD)
    assert set(counts(region).values()) == {3}
    for noun in counts(region):
        one = page_of(world.client(("ZA1", "signatory")), q=WORD, kind=noun)
        assert "ZA2" not in one.split("<h1>")[1], noun
        assert f"<h1>1 {noun} with “{WORD}”</h1>" in one
    nobody = page_of(world.client(), q=WORD)
    assert "Nothing that you may see holds this word." in nobody
    assert WORD not in nobody.split("</h1>")[1].split("<form")[0]


def test_a_draft_is_found_by_its_writer_alone(world: World) -> None:
    plan = add_plan('[{"id": "1", "aim": "Fewer trombones"}]')
    region, trust = world.client(("ZR1", "reader")), world.client(("ZA1", "signatory"))
    assert counts(page_of(region, q="trombones")) == {"plan": 1}
    assert counts(page_of(trust, q="trombones")) == {}
    act(plan, ("hand-over", "region"), ("comment", "icb", "The bassoon is missing"))
    assert counts(page_of(trust, q="trombones")) == {"plan": 1}
    # What the ICB says stays hidden until all views are in.
    assert counts(page_of(world.client(("ZB1", "reader")), q="bassoon")) == {"plan": 1}
    assert counts(page_of(trust, q="bassoon")) == {}
    assert counts(page_of(region, q="measure")) == {}  # a name in every text, and no word of it


def test_every_word_is_held_in_whatever_order_and_field(world: World) -> None:
    add_ask("ASK-W", "ZA1", title="Winter beds", from_body="NHSE finance")
    talk = add_conversation("CON-W", "ZA1", title="Quarterly review")
    add_point(talk, "Winter ambulances")
    client = world.client(("ZA1", "reader"))
    assert counts(page_of(client, q="finance   winter")) == {"ask": 1}
    assert counts(page_of(client, q="ambulances review")) == {"conversation": 1}
    assert counts(page_of(client, q="winter zebra")) == {}
    assert counts(page_of(client, q="ask-w")) == {"ask": 1}
    assert "all these words" in page_of(client, q="winter zebra")


@pytest.mark.parametrize("words", ["%", "_", "\\", "x" * 400, "' OR 1=1 --", "\x00", "<b>", "é "])
def test_odd_words_find_nothing_and_break_nothing(world: World, words: str) -> None:
    client = world.client(("ZA1", "reader"))
    for kind in ("", "ask", "figure", "organisation", "nonsense"):
        answer = client.get("/search/", {"q": words, "kind": kind})
        assert answer.status_code in {200, 400}
        assert "ASKZA1" not in answer.content.decode()
        assert "<b>" not in answer.content.decode()


def test_one_kind_is_shown_page_by_page(world: World) -> None:
    for number in range(60):
        add_ask(f"ASK-P{number:02}", "ZA1", title=f"{WORD} {number:02}")
    client = world.client(("ZA1", "reader"))
    page = page_of(client, q=WORD)
    assert "All 60 asks with these words" in page
    assert page.count("Xylophone ") == 10
    first = page_of(client, q=WORD, kind="ask")
    assert ("<h1>60 asks with" in first, "Page 1 of 2" in first) == (True, True)
    second = page_of(client, q=WORD, kind="ask", page=2)
    assert "Page 2 of 2" in second
    assert first.count("/asks/one/") == 50
    assert second.count("/asks/one/") == 10


def test_figures_of_one_s_own_are_found_by_the_metric(world: World) -> None:
    published_once()
    client = world.client(("ZA1", "reader"))
    page = page_of(client, q="four hours")
    links = re.findall(r'href="(/figures/of/ZA1/[^"]+)"', page)
    assert links
    assert client.get(links[0]).status_code == 200
    assert page_of(client, q="four hours", kind="figure").startswith("<!DOCTYPE html>")
    assert "/figures/of/" not in page_of(world.client((NATIONAL, "reader")), q="four hours")


def test_the_queries_do_not_grow_with_what_is_found(world: World) -> None:
    client = world.client(("ZR1", "reader"))
    fill("ZA1")
    addresses = [f"/search/?q={WORD}", *(f"/search/?q={WORD}&kind={n}" for n in ("ask", "comment"))]
    few = [queries_of(client, one) for one in addresses]
    for number in range(2, 14):
        fill("ZA2", number)
    assert [queries_of(client, one) for one in addresses] <= few
