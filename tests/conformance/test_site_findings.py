"""No title of the site is false: what pages print, held against the rows of the published files.

The files are read here with the standard library; the pages are read as a browser would.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from remit.api import merge, read_each
from remit.assessment.run import assess_all
from remit.pages.standings.site import build_site

FINAL, ADJUSTED, UNADJUSTED = "OF5005", "OF5000", "OF5003"
AVERAGE, DEFICIT = "OF5002", "OF5004"
READ = {FINAL, ADJUSTED, UNADJUSTED, AVERAGE, DEFICIT}


class Lede(HTMLParser):
    """The words of what stands above a page: its heading and its first finding."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.heading, self.lede = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        css = dict(attrs).get("class") or ""
        if tag == "h1" or "remit-lede" in css.split():
            self.inside = [tag]
        elif self.inside and tag == self.inside[-1]:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside:
            name = "heading" if self.inside[0] == "h1" else "lede"
            setattr(self, name, f"{getattr(self, name)} {data}")


def read(path: Path) -> tuple[str, str]:
    found = Lede()
    text = path.read_text(encoding="utf-8")
    # What stands above is near the beginning: no need to take all of a long page apart.
    found.feed(text[: text.index("remit-lede") + 4000])
    return " ".join(found.heading.split()), " ".join(found.lede.split())


@pytest.fixture(scope="module")
def files(shared_data: Path) -> list[Path]:
    return sorted((shared_data / "nof").glob("*.csv"))


@pytest.fixture(scope="module")
def site(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("said") / "site"
    build_site(assess_all(merge(read_each(files))), out)
    return out


Published = dict[str, dict[tuple[str, str], float]]
"""Quarter → trust and metric → value."""


@pytest.fixture(scope="module")
def published(files: list[Path]) -> Published:
    found: Published = {}
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [r for r in csv.DictReader(file) if r["Metric_ID"] in READ]
        dated = {row["Reporting_date"].strip() for row in rows} - {""}
        for row in rows:
            # A final segment may stand without a date, in a file of one quarter.
            quarter, year = (row["Reporting_date"].strip() or min(dated)).split()
            of = found.setdefault(f"{year} {quarter}", {})
            of[row["Trust_code"], row["Metric_ID"]] = float(row["Value"])
    return found


def segment(rows: dict[tuple[str, str], float], code: str) -> int | None:
    for metric in (FINAL, ADJUSTED):
        if (code, metric) in rows:
            return int(rows[code, metric])
    return None


TRUST = re.compile(
    r"Segment (?P<now>\d)(?:, set by a rule: its score alone gives segment (?P<alone>\d)"
    r"|, (?P<way>worse|better) than segment (?P<then>\d) in (?P<before>[\d/]+ Q\d)"
    r"|, where its score alone gives segment (?P<other>\d)"
    r"|, as in (?P<same>[\d/]+ Q\d))?\."
)
BOTH = re.compile(r"score alone gives segment (\d), and gave (\d) in ([\d/]+ Q\d)\.")
CLOSES = re.compile(
    r"That closes segments? \d(?:, \d)*(?: and \d)?(?:(, as it did in|; in) ([\d/]+ Q\d))?"
)


def test_what_stands_above_a_trust(site: Path, published: Published) -> None:
    counted: Counter[str] = Counter()
    for quarter, rows in published.items():
        folder = site / quarter.lower().replace("/", "-").replace(" ", "-") / "trusts"
        for page in sorted(folder.glob("*.html")):
            code, said = page.stem, read(page)[1]
            now = segment(rows, code)
            found = TRUST.match(said)
            assert found, (code, said)
            assert int(found["now"]) == now, (quarter, code, said)
            alone = rows.get((code, UNADJUSTED))
            if by_another := found["alone"] or found["other"]:
                assert int(by_another) == alone != now, (quarter, code, said)
                counted["rule"] += 1
            else:
                assert alone in {now, None}, (quarter, code, said)
            if found["then"]:
                then = segment(published[found["before"]], code)
                assert int(found["then"]) == then, said
                assert now is not None
                assert then is not None
                assert (now > then) == (found["way"] == "worse"), said
                counted[found["way"]] += 1
            if found["same"]:
                assert segment(published[found["same"]], code) == now, said
                counted["same"] += 1
            _average(said, rows, published, code)
            counted.update(_cause(said, rows, published, code))
    assert min(counted[name] for name in ("rule", "worse", "better", "same")) >= 3, counted
    assert min(counted[name] for name in ("score alone", "closes", "as before")) >= 1, counted


def _cause(
    said: str, rows: dict[tuple[str, str], float], every: Published, code: str
) -> Iterator[str]:
    """What a score alone gave in both quarters, and whether the deficit rule was so before."""
    if both := BOTH.search(said):
        assert int(both[1]) == rows[code, UNADJUSTED], said
        assert int(both[2]) == every[both[3]][code, UNADJUSTED], said
        yield "score alone"
    if closes := CLOSES.search(said):
        if "in deficit" in said:
            assert rows[code, DEFICIT] == 1, said
            yield "closes"
        if closes[1] == ", as it did in" and "in deficit" in said:
            assert every[closes[2]][code, DEFICIT] == 1, said
            yield "as before"
        if closes[1] == "; in" and "in deficit" in said:
            assert every[closes[2]].get((code, DEFICIT)) != 1, said
            yield "new rule"


def _average(said: str, rows: dict[tuple[str, str], float], every: Published, code: str) -> None:
    own = rows.get((code, AVERAGE))
    if moved := re.search(r"average score (worsened|improved) from ([\d.]+) to ([\d.]+)\.", said):
        assert float(moved[3]) == pytest.approx(own, abs=0.011), said
        assert (float(moved[3]) > float(moved[2])) == (moved[1] == "worsened")
        assert any(r.get((code, AVERAGE)) == pytest.approx(float(moved[2]), abs=0.011)
                   for r in every.values() if r is not rows)  # fmt: skip
    elif stood := re.search(r"average score (?:is|stayed at) ([\d.]+\d)", said):
        # The mean of the published scores; the published one may round once more.
        assert float(stood[1]) == pytest.approx(own, abs=0.011), said


MOVED = re.compile(
    r"(?:(?P<worse>\d+) of (?P<of>\d+) .*? stands? in a worse segment than in (?P<before>[\d/]+ "
    r"Q\d), (?P<better>\d+|none) in a better one)"
)


def test_what_stands_above_a_period(site: Path, published: Published) -> None:
    met = 0
    for quarter, rows in published.items():
        page = site / quarter.lower().replace("/", "-").replace(" ", "-") / "index.html"
        said = " ".join(read(page))
        codes = {code for code, _ in rows}
        found = MOVED.search(said)
        if not found:
            assert f"in {quarter}: " in said, said
            for one in range(1, 6):
                count = sum(segment(rows, code) == one for code in codes)
                assert (f"{count} in segment {one}" in said) == (count > 0), said
            continue
        before = published[found["before"]]
        both = [
            (segment(before, code), segment(rows, code))
            for code in codes
            if (code, AVERAGE) in rows
        ]
        pairs = [(then, now) for then, now in both if then is not None and now is not None]
        assert int(found["of"]) == len(pairs), said
        assert int(found["worse"]) == sum(now > then for then, now in pairs), said
        better = 0 if found["better"] == "none" else int(found["better"])
        assert better == sum(now < then for then, now in pairs), said
        met += 1
    assert met


WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def test_changes_that_rules_made_are_not_put_down_to_chance(
    site: Path, published: Published
) -> None:
    """A rule set the segment of the quarter before, or sets that of now: the rows say which."""
    counted: Counter[str] = Counter()
    for quarter, rows in published.items():
        said = " ".join(
            read(site / quarter.lower().replace("/", "-").replace(" ", "-") / "index.html")
        )
        found = MOVED.search(said)
        if not found:
            continue
        before = published[found["before"]]
        changed = by_rule = ended = 0
        for code in {code for code, metric in rows if metric == AVERAGE}:
            then, now = segment(before, code), segment(rows, code)
            if then is None or now is None or then == now:
                continue
            changed += 1
            if rows[code, UNADJUSTED] != now:
                by_rule += 1
            elif now < then != before[code, UNADJUSTED]:
                ended += 1
        rules = re.search(
            r"Of the (\d+) changes (?:(\w+) (?:is|are) set by a rule)?(?: and )?"
            r"(?:(\w+) follows? the end of a rule)?",
            said,
        )
        assert rules, said
        assert int(rules[1]) == changed, said
        assert WORDS.index(rules[2] or "none") == by_rule, said
        assert WORDS.index(rules[3] or "none") == ended, said
        counted["rule"] += by_rule
        counted["ended"] += ended
    assert min(counted["rule"], counted["ended"]) >= 1, counted


def test_what_stands_above_an_area(site: Path, published: Published) -> None:
    """The mean of all at hand, and on which side of it the area's own lies."""
    counted: Counter[str] = Counter()
    for quarter, rows in published.items():
        every = [value for (_, metric), value in rows.items() if metric == AVERAGE]
        folder = site / quarter.lower().replace("/", "-").replace(" ", "-") / "areas"
        for page in sorted(folder.glob("Q*.html")):
            said = read(page)[1]
            found = re.search(r"(average|has) ([\d.]+\d), (worse|better) than the ([\d.]+\d)", said)
            if found:
                assert float(found[4]) == pytest.approx(sum(every) / len(every), abs=0.006), said
                assert (float(found[2]) > float(found[4])) == (found[3] == "worse"), said
                counted[found[3]] += 1
    assert min(counted["worse"], counted["better"]) >= 5, counted
