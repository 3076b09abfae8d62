"""Clean assessments of a fictional region, with wording that varies; nothing in them is a fault.

It knows the form of the folder and the words of the ladder, and nothing of how a check reads them.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

CODES = ("ZB1", "ZB2", "ZB3", "ZB4", "ZB5")
NAMES = {
    "ZB1": "NHS Larkshire and Quillborough Integrated Care Board",
    "ZB2": "NHS Gullhaven and Thistlemoor Integrated Care Board",
    "ZB3": "NHS Wexmoor Integrated Care Board",
    "ZB4": "NHS Saddlewick Integrated Care Board",
    "ZB5": "NHS Hopthorpe Integrated Care Board",
}
HEADINGS = {
    "2022-23": ("system-leadership", "population-health", "inequality", "value-for-money",
                "social-economic", "statutory-functions", "guidance"),
    "2023-24": ("system-leadership", "population-health", "inequality", "value-for-money",
                "social-economic"),
    "2024-25": ("leadership-governance", "population-health", "inequality", "value-for-money",
                "social-value"),
    "2025-26": ("leadership-governance", "population-health", "inequality", "value-for-money",
                "social-value"),
}  # fmt: skip
NAMED = {
    "system-leadership": "System leadership",
    "leadership-governance": "System leadership and governance",
    "population-health": "Population health and healthcare",
    "inequality": "Inequality",
    "value-for-money": "Value for money",
    "social-economic": "Broader social and economic development",
    "social-value": "Social value",
    "statutory-functions": "Statutory functions",
    "guidance": "Delivery of guidance",
}
MEASURED = {"population-health", "inequality", "value-for-money"}
DUTIES = ("quality", "inequalities", "advice", "wider-effect", "research", "public-involvement",
          "finance", "local-strategies")  # fmt: skip
METRICS = {
    "population-health": (
        ("ae.four-hours", "A&E patients seen within 4 hours", "percent", (61.0, 84.0)),
        ("dm01.six-weeks", "people waiting over 6 weeks for a test", "percent", (11.0, 34.0)),
        ("beds.lost", "bed days lost to late discharge", "days", (1200.0, 64000.0)),
    ),
    "inequality": (
        ("vaccination.gap", "the vaccination gap between the most and least deprived fifths",
         "percentage points", (3.0, 19.0)),
        ("checks.learning", "people aged 14 and over on the register with a health check",
         "percent", (58.0, 83.0)),
    ),
    "value-for-money": (
        ("finance.deficit", "the deficit of the system", "£", (1_200_000.0, 48_000_000.0)),
        ("productivity.growth", "growth in productivity", "percent", (0.6, 4.2)),
    ),
}  # fmt: skip
PHRASES = {
    ("strength", "strong"): ("strong leadership", "strong system working", "strong governance",
                             "well regarded", "strong partnership working"),
    ("mixed", "progress"): ("making progress", "some progress", "good progress",
                            "noted for progress"),
    ("concern", "improvement-needed"): ("improvement is required", "further action is needed",
                                        "needs to improve"),
    ("concern", "significant-concern"): ("significant challenges", "significant concerns"),
}  # fmt: skip
CLAIMS = {
    "strong": (
        "Partners told us of {phrase} across the {n} places",
        "We saw {phrase}, and those outstanding actions that audit had named were closed",
        "Its work with all {n} local authorities shows {phrase}",
    ),
    "progress": (
        "The board is {phrase} towards its plan, and much is left to do",
        "We found {phrase}, not yet outstanding in any part of it",
        "Since 2019 there has been {phrase}, strongly felt in some neighbourhoods",
    ),
    "improvement-needed": (
        "In this part of its work {phrase}, as the board itself has said",
        "The route for under-18s is where {phrase}",
        "{phrase} in how s.14Z59 duties are reported",
    ),
    "significant-concern": (
        "There are {phrase} that the board has to resolve with 3 of its 4 trusts",
        "Our visit on 14 February left us with {phrase}",
    ),
}
PROGRESS = {"making progress": "The board is making progress towards its plan",
            "noted for progress": "The board is noted for progress on its plan"}  # fmt: skip
FIGURED = (
    "{name}: {value} in {period}",
    "In {period} {name} stood at {value}",
    "We note {value} for {name} ({period})",
    "For {name} the figure was {value}, measured over {period}",
)
DOCUMENTS = ("annual report", "joint forward plan", "board paper", "annual governance statement")
BODIES = ("Larkshire Health and Wellbeing Board", "Gullhaven Health and Wellbeing Board",
          "Wexmoor integrated care partnership")  # fmt: skip


@dataclass
class Region:
    """An assessment that is written as a folder; tests change it before that."""

    year: str
    seed: int
    evidence: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    concerns: list[dict[str, Any]] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)
    letters: dict[str, list[str]] = field(default_factory=dict)
    icbs: list[dict[str, Any]] = field(default_factory=list)
    head: dict[str, Any] = field(default_factory=dict)

    def finding(self, name: str) -> dict[str, Any]:
        return next(one for one in self.findings if one["id"] == name)

    def item(self, name: str) -> dict[str, Any]:
        return next(one for one in self.evidence if one["id"] == name)

    def write(self, folder: Path, *, as_csv: bool = False) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        head = {
            "schema": "remit/annual-assessment/1",
            "year": self.year,
            "region": "ZR1",
            "fictional": True,
            "icbs": self.icbs,
            **self.head,
        }
        _yaml(folder / "assessment.yaml", head)
        _table(folder / "figures.csv", self.figures)
        for name in ("evidence", "findings", "concerns", "replies"):
            rows = getattr(self, name)
            if as_csv:
                _table(folder / f"{name}.csv", rows)
            else:
                _yaml(folder / f"{name}.yaml", {"schema": f"remit/annual-{name}/1", name: rows})
        for code, blocks in self.letters.items():
            path = folder / "letters" / f"{code}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
        return folder


def clean_region(seed: int, year: str = "2024-25") -> Region:
    """Five ICBs of a fictional region, each with findings, evidence and a letter."""
    draw = random.Random(f"{seed} {year}")
    region = Region(year, seed)
    region.icbs = [{"code": code, "name": NAMES[code]} for code in CODES]
    for code in CODES:
        _Writer(region, code, draw).write()
    return region


class _Writer:
    """Writes one ICB's part."""

    def __init__(self, region: Region, code: str, draw: random.Random) -> None:
        self.region, self.code, self.draw = region, code, draw
        self.start = int(region.year[:4])

    def write(self) -> None:
        headings = HEADINGS[self.region.year]
        duties = list(DUTIES)
        self.draw.shuffle(duties)
        blocks = [self.draw.choice(("Dear Chair and Chief Executive,", "Dear Chair,"))]
        blocks += self._standing()
        for place, heading in enumerate(headings):
            share = duties[place :: len(headings)]
            found = [self._finding(heading, share, 1)]
            if self.draw.random() < 0.6:
                found.append(self._finding(heading, self.draw.sample(DUTIES, 2), 2))
            blocks.append(self._heading(heading))
            blocks += self._said(found)
        self._concern()
        blocks.append("Regional director\nNHS England")
        self.region.letters[self.code] = blocks

    def _standing(self) -> list[str]:
        shown = f"{self.start}/{(self.start + 1) % 100:02d}"
        name = NAMES[self.code]
        first = f"This letter is the annual assessment of {name} for {shown}."
        return [f"{first} This assessment is narrative and has no score or rank."]

    def _heading(self, heading: str) -> str:
        name = NAMED[heading]
        return self.draw.choice((f"## {name}", f"**{name}**", f"### {name} ###", name))

    def _finding(self, heading: str, duties: Sequence[str], number: int) -> dict[str, Any]:
        (direction, rung), phrases = self.draw.choice(list(PHRASES.items()))
        phrase = self.draw.choice(phrases)
        name = f"{self.code}-{heading}-{number}"
        speaks = "against" if direction == "concern" else "for"
        items, figure = [], None
        if heading in MEASURED:
            figure = self._figure(f"{name}-f", heading, speaks)
            items.append(figure)
        items.append(self._passage(f"{name}-p", speaks))
        items.append(self._view(f"{name}-v", speaks))
        claim = self.draw.choice(CLAIMS[rung]).format(phrase=phrase, n=self.draw.randint(2, 9))
        if rung == "progress" and phrase in PROGRESS:
            claim = PROGRESS[phrase]
        finding = {
            "id": name,
            "icb": self.code,
            "heading": heading,
            "duties": list(duties),
            "statement": claim[0].upper() + claim[1:] + ".",
            "direction": direction,
            "phrase": phrase,
            "evidence": [one["id"] for one in items],
            "author": "regional assessment lead",
            "reviewer": "regional director",
        }
        if self.draw.random() < 0.2:
            finding["dissent"] = "The reviewer would have weighed the plan more."
        self.region.findings.append(finding)
        finding["_figure"] = figure
        return finding

    def _figure(self, name: str, heading: str, speaks: str) -> dict[str, Any]:
        metric, title, unit, (low, high) = self.draw.choice(METRICS[heading])
        period, start, end = self._period()
        stored = self._stored(metric, start, end)
        if stored is None:
            stored = self.draw.uniform(low, high)
            self.region.figures.append({
                "icb": self.code, "metric": metric, "name": title, "unit": unit, "cut": "",
                "period_start": start, "period_end": end, "value": repr(stored),
                "signal": self.draw.choice(("", "none")), "source_file": f"{metric}.csv",
                "source_line": self.draw.randint(2, 900), "vintage": "2025-06-12",
            })  # fmt: skip
        item = {
            "id": name, "kind": "figure", "icb": self.code, "speaks": speaks, "metric": metric,
            "period": period, "value": _value(stored, unit, self.draw),
            "unit": unit,
        }  # fmt: skip
        self.region.evidence.append(item)
        return {**item, "_stored": stored, "_title": title}

    def _stored(self, metric: str, start: str, end: str) -> float | None:
        """A store holds one figure of an ICB, a metric and a period."""
        wanted = (self.code, metric, start, end)
        keys = ("icb", "metric", "period_start", "period_end")
        for one in self.region.figures:
            if tuple(one[key] for key in keys) == wanted:
                return float(one["value"])
        return None

    def _period(self) -> tuple[str, str, str]:
        y, z = self.start, self.start + 1
        late = f"{y}/{z % 100:02d}"
        march = (f"{z}-03-01", f"{z}-03-31")
        fourth = (f"{z}-01-01", f"{z}-03-31")
        forms = [
            (f"Q4 {late}", *fourth), (f"{late} Q4", *fourth), ("Q4", *fourth),
            (f"Jan {z} to Mar {z}", *fourth), (f"March {z}", *march), (f"Mar-{z % 100}", *march),
            (f"{z}-03", *march), (f"Mar {z}", *march),
        ]  # fmt: skip
        if y != 2022:
            year = (f"{y}-04-01", f"{z}-03-31")
            forms += [(late, *year), (f"{y}-{z % 100}", *year), (f"Apr {y} to Mar {z}", *year)]
        return self.draw.choice(forms)

    def _passage(self, name: str, speaks: str) -> dict[str, Any]:
        item = {
            "id": name, "kind": "passage", "icb": self.code, "speaks": speaks,
            "document": self.draw.choice(DOCUMENTS), "file": f"{self.code.lower()}-paper.pdf",
            "page": self.draw.randint(1, 120),
            "quotation": f"The board agreed {self.draw.randint(3, 40)} actions and reviewed them "
            f"at its meeting of {self.draw.randint(1, 28)} November.",
        }  # fmt: skip
        self.region.evidence.append(item)
        return item

    def _view(self, name: str, speaks: str) -> dict[str, Any]:
        item = {
            "id": name, "kind": "view", "icb": self.code, "speaks": speaks,
            "body": self.draw.choice(BODIES), "on": f"{self.start + 1}-0{self.draw.randint(4, 6)}-"
            f"1{self.draw.randint(0, 9)}",
            "says": self.draw.choice(("Meetings were of use.", "Plans reached us late.")),
        }  # fmt: skip
        self.region.evidence.append(item)
        return item

    def _said(self, found: Sequence[dict[str, Any]]) -> list[str]:
        """Sentences for some findings, in one of the forms in which letters have them."""
        parts: list[str] = []
        for finding in found:
            mark = f"[{finding['id']}]"
            parts.append(f"{finding['statement'].rstrip('.')} {mark}")
            figure = finding.pop("_figure")
            if figure and self.draw.random() < 0.8:
                value = _value(figure["_stored"], figure["unit"], self.draw)
                said = self.draw.choice(FIGURED).format(
                    name=figure["_title"], value=value, period=self._spoken(figure["period"])
                )
                parts.append(f"{said[0].upper()}{said[1:]} {mark}")
        form = self.draw.choice(("plain", "after", "bullets", "semicolons", "numbered"))
        if form == "bullets":
            return [self.draw.choice(("We found:", "In short:")) + "\n\n"
                    + "\n".join(f"- {one}" for one in parts)]  # fmt: skip
        if form == "numbered":
            return ["\n".join(f"{n}. {one}." for n, one in enumerate(parts, start=1))]
        if form == "semicolons":
            return ["; ".join([parts[0], *(one[0].lower() + one[1:] for one in parts[1:])]) + "."]
        if form == "after":
            return [" ".join(one.replace(" [", ". [", 1) for one in parts)]
        return [_wrapped(". ".join(parts) + ".")]

    def _spoken(self, period: str) -> str:
        y, z = self.start, self.start + 1
        if "Q4" in period or period.startswith("Jan"):
            return self.draw.choice((f"Q4 of {y}/{z % 100:02d}", "the fourth quarter", "Q4"))
        if period.startswith(("Mar", f"{z}-03")):
            return self.draw.choice((f"March {z}", "March"))
        return self.draw.choice((f"{y}/{z % 100:02d}", "the year"))

    def _concern(self) -> None:
        mine = [one for one in self.region.findings if one["icb"] == self.code]
        for number, became in enumerate(("continued", "closed", "dropped"), start=1):
            row = {
                "id": f"C-{self.code}-{number}", "icb": self.code, "year": "the year before",
                "heading": self.draw.choice(HEADINGS[self.region.year]),
                "statement": "Waits for tests were long.", "became": became,
            }  # fmt: skip
            if became == "continued":
                concerns = [one for one in mine if one["direction"] != "strength"]
                if not concerns:
                    continue
                row["finding"] = self.draw.choice(concerns)["id"]
            elif became == "closed":
                row["finding"] = self.draw.choice(mine)["id"]
            else:
                row["reason"] = "The service passed to another board on 1 July."
            self.region.concerns.append(row)


def _value(stored: float, unit: str, draw: random.Random) -> str:
    """A figure as somebody might write it, rounded to some place."""
    if unit == "percent":
        places = draw.choice((0, 1, 1, 2))
        return f"{stored:.{places}f}" + draw.choice(("%", " per cent", " percent"))
    if unit == "percentage points":
        return f"{stored:.1f}" + draw.choice((" percentage points", " points"))
    if unit == "£":
        return draw.choice(
            (f"£{stored / 1e6:.1f}m", f"£{stored / 1e6:.1f} million", f"£{stored:,.0f}")
        )
    return draw.choice((f"{stored:,.0f} days", f"{stored:.0f} days"))


def _wrapped(text: str) -> str:
    words, lines, line = text.split(" "), [], ""
    for word in words:
        if len(line) + len(word) > 90:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def _yaml(path: Path, content: Mapping[str, Any]) -> None:
    text = yaml.safe_dump(_plain(content), sort_keys=False, allow_unicode=True)
    path.write_text(text, encoding="utf-8")


def _plain(content: Any) -> Any:
    if isinstance(content, Mapping):
        return {key: _plain(one) for key, one in content.items() if not key.startswith("_")}
    return [_plain(one) for one in content] if isinstance(content, list) else content


def _table(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    names = list(dict.fromkeys(key for row in rows for key in row if not key.startswith("_")))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            cells = [row.get(name, "") for name in names]
            writer.writerow(["; ".join(one) if isinstance(one, list) else one for one in cells])
