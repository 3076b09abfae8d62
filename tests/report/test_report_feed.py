"""A report's own feed: what stands out and what is new, dated by figures, not by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from remit.pages.report.feed import report_feed
from remit.pages.report.site import write_report_pages
from remit.report.findings import all_findings
from tests.report.fictional import fictional_report

ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_finding_and_all_new_figures_are_entries_with_the_day_of_their_file() -> None:
    view = fictional_report()
    feed = report_feed(view)
    assert feed is not None
    found = [one for one in feed.changes if one.kind != "new figures"]
    assert {(one.organisation, one.title.split(": ", 1)[1]) for one in found} == {
        (view.body.code, one.sentence) for one in all_findings(view)
    }
    # The one file of the report was published on 10 July 2025.
    assert {one.updated for one in feed.changes} == {"2025-07-10"}
    assert [one.title for one in feed.changes if one.kind == "new figures"] == [
        "Invented A&E: figures of Jun 2025"
    ]


def test_where_the_day_is_not_known_it_is_that_of_the_figures() -> None:
    view = fictional_report()
    (source,) = view.sources
    feed = report_feed(replace(view, sources=(replace(source, published_on=None),)))
    assert feed is not None
    assert {one.updated for one in feed.changes} == {"2025-06-30"}


def test_made_again_it_has_the_same_entries_and_another_figure_is_another() -> None:
    view = fictional_report()
    first, again = report_feed(view), report_feed(replace(view, made_on=date(2026, 1, 1)))
    assert first == again
    line, *others = view.own.lines
    own = replace(view.own, lines=(replace(line, said="67.9%"), *others))
    revised = report_feed(replace(view, sections=(own, *view.members)))
    assert first is not None
    assert revised is not None
    before, after = ({one.id for one in feed.changes} for feed in (first, revised))
    assert len(after - before) == len(before - after) == 1


def test_the_pages_link_to_it_and_its_entries_to_pages(tmp_path: Path) -> None:
    write_report_pages(fictional_report(), tmp_path)
    page = (tmp_path / "organisations" / "ZA1.html").read_text(encoding="utf-8")
    assert 'type="application/atom+xml"' in page
    assert 'href="../feed.xml"' in page
    feed = ElementTree.fromstring((tmp_path / "feed.xml").read_text(encoding="utf-8"))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) > 1
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert (tmp_path / link.attrib["href"]).is_file()
