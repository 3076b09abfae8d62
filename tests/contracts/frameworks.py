"""Little frameworks of every shape, and those that come with Remit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from remit.catalogue import packaged_frameworks

PERIOD, BEFORE = "2025/26 Q2", "2025/26 Q1"

HEAD = """
schema: remit/framework/1
id: {name}
version: "1"
name: Framework {name}
summary: For tests.
valid_from: 2025-04-01
sources: [{{title: none}}]
kinds: [{kinds}]
domains: [{{id: waits, name: Waits}}, {{id: staff, name: Staff}}]
metrics:
"""
WAITS = """
  - id: OF0023
    domain: waits
    kinds: [acute]
    rule: {type: bands, bands: [{at_least: 65, score: 1}, {at_least: 60, score: 2}, {score: 4}]}
"""
STAFF = "  - {{id: OF0082, domain: staff, kinds: [{kinds}], rule: {{type: ranked}}{more}}}\n"
SURVEY = "  - {{id: OF0061, domain: staff, kinds: [{kinds}], rule: {{type: ranked}}}}\n"
TAKEN = "  - {{id: OF0067, domain: staff, kinds: [{kinds}], rule: {{type: published}}}}\n"
CUT = """
segments:
  labels: {{1: Well, 2: Fair, 3: Poor, 4: Worst}}
  cut_points: {cuts}
"""
ACUTE, MENTAL, AMBULANCE = "acute", "mental_health_community", "ambulance"
TRUSTS = f"{ACUTE}, {MENTAL}, {AMBULANCE}"


@dataclass(frozen=True)
class Little:
    """A framework of a few lines: whom it judges, by which metrics, and how it cuts."""

    name: str
    kinds: str
    metrics: str
    cuts: str = "{basis: thresholds, thresholds: [1.5, 2.5, 3.5]}"
    more: str = ""

    @property
    def text(self) -> str:
        """The declaration."""
        head = HEAD.format(name=self.name, kinds=self.kinds)
        return head + self.metrics + CUT.format(cuts=self.cuts) + self.more


def _staff(kinds: str, population: str = "") -> str:
    more = f", population: [{population}]" if population else ""
    return STAFF.format(kinds=kinds, more=more)


def _quartiles(population: str) -> str:
    return f"{{basis: quartiles, population: [{population}]}}"


LITTLE = (
    Little("two-metrics", ACUTE, WAITS + _staff(ACUTE), _quartiles(ACUTE)),
    Little("acute-ranked-among-all", ACUTE, WAITS + _staff(ACUTE, TRUSTS), _quartiles(ACUTE)),
    Little("acute-of-metrics-for-all", ACUTE, WAITS + _staff(TRUSTS, TRUSTS), _quartiles(ACUTE)),
    Little("acute-cut-among-all", ACUTE, _staff(TRUSTS, TRUSTS), _quartiles(TRUSTS)),
    Little("all-cut-among-acute", TRUSTS, _staff(TRUSTS, TRUSTS), _quartiles(ACUTE)),
    Little("acute-and-mental", f"{ACUTE}, {MENTAL}", _staff(f"{ACUTE}, {MENTAL}")),
    Little("acute-and-ambulance", f"{ACUTE}, {AMBULANCE}", _staff(f"{ACUTE}, {AMBULANCE}", TRUSTS)),
    Little("mental-and-ambulance", f"{MENTAL}, {AMBULANCE}", _staff(f"{MENTAL}, {AMBULANCE}")),
    Little("mental-alone", MENTAL, _staff(MENTAL), _quartiles(MENTAL)),
    Little("ambulance-alone", AMBULANCE, SURVEY.format(kinds=AMBULANCE), _quartiles(AMBULANCE)),
    Little("all-by-kind", TRUSTS, SURVEY.format(kinds=TRUSTS), _quartiles(TRUSTS)),
    Little("icbs-beside-acute", f"{ACUTE}, icb", _staff(f"{ACUTE}, icb", ACUTE)),
    Little("scores-as-published", MENTAL, TAKEN.format(kinds=TRUSTS)),
    Little(
        "one-league",
        f"{ACUTE}, {MENTAL}",
        _staff(f"{ACUTE}, {MENTAL}", TRUSTS),
        _quartiles(TRUSTS),
        "league: {within: all, by: [average_score]}\n",
    ),
)


def every_framework(folder: Path) -> dict[str, str]:
    """Name → what ``--framework`` takes; the little ones are written into a folder."""
    found = {name: name for name in packaged_frameworks()}
    for little in LITTLE:
        path = folder / f"{little.name}.yaml"
        path.write_text(little.text, encoding="utf-8")
        found[little.name] = str(path)
    return found


NAMES = (*packaged_frameworks(), *(little.name for little in LITTLE))
