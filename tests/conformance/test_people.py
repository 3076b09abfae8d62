"""What screening takes out of the labelled asks, and whether matching does as well without it."""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from remit.asks.intake.personal import Redactor, load_personal, without_quotes
from remit.asks.matching import match, read_asks
from remit.model.ask import Ask
from tests.asks.people.sets import said, wilson

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ROOM = ("given", "former_heldout")

# Every word that goes from the 368 asks, judged by hand: who is asked, who asks, who is spoken of.
PEOPLE = frozenset(
    """Dan Tom Gwen Jo Sian Lowri Ruth Priya Ferris Colin Marcus Bev Fiona Neil Gemma Paul Steph
    Imran Amrit Ellen Yusuf Koroma Wes Shabnam Penhallow Nadia Poole Loxley Fran Harvinder Rachel
    Helen Allardyce Sandiford Lena Imogen Oyelaran Geraint Lindqvist""".split()  # noqa: SIM905
)
TITLES = frozenset({"Ms", "Mr", "Mrs", "Dr", "Prof"})
# Lines of signatures that go as a whole.
SIGNATURES = {"Planned", "care", "manager", "Northmoor", "ICB", "I", "work", "Mon", "Thurs"} | {
    *("Sent", "from", "my", "iPhone", "Cheers", "Thanks", "Ta")
}

# Numbers of a regulator's enquiry and of a case, which lead to a person.
NUMBERS = Counter(["ENQ1", "0044821", "24", "118", "2024", "0817"])


def tell(line: str) -> None:
    """Say a count in the output of the run."""
    sys.stdout.write(line + "\n")


def asks_of(folder: Path) -> list[Ask]:
    return list(read_asks(folder / "asks.csv").asks)


def screened(asks: list[Ask]) -> list[Ask]:
    base = Redactor(load_personal())
    names = {name for ask in asks for name in (ask.to_org_name or "", ask.from_body)}
    redactor = base.knowing({name for name in names if base.is_clean_body(name)})
    found = []
    for ask in asks:
        title, text = redactor.redact_pair(ask.title, without_quotes(ask.text)[0])
        found.append(replace(ask, title=title.text, text=text.text))
    return found


@pytest.fixture(scope="module", params=ROOM)
def folder(request: pytest.FixtureRequest, shared_data: Path) -> Path:
    return shared_data / "asks_v2" / str(request.param)


def lost_words(asks: list[Ask]) -> tuple[Counter[str], int]:
    lost: Counter[str] = Counter()
    total = 0
    for before, after in zip(asks, screened(asks), strict=True):
        for name in ("title", "text"):
            written = without_quotes(getattr(before, name))[0]
            words = Counter(_WORD.findall(written))
            total += sum(words.values())
            lost += words - Counter(_WORD.findall(getattr(after, name)))
    return lost, total


def test_no_name_of_a_body_a_place_a_metric_or_a_publication_is_lost(folder: Path) -> None:
    lost, total = lost_words(asks_of(folder))
    wrong = Counter(
        {
            word: count
            for word, count in lost.items()
            if re.sub(r"['’]s$", "", word) not in PEOPLE | TITLES | SIGNATURES
        }
    )
    wrong -= NUMBERS
    tell(said(f"fitted, {folder.name}: words wrongly taken out", wrong.total(), total))
    assert lost["Dan"] + lost["Priya"] + lost["Gwen"] > 0, "people are taken out"
    assert wrong == {}


def scores(folder: Path, asks: list[Ask]) -> dict[str, tuple[int, int]]:
    """What the matcher's own measures come to: right ones, and of how many."""
    found = match(asks)
    pairs = rows(folder / "asks_pairs.csv")
    duplicates = {(r["ask_a"], r["ask_b"]) for r in pairs if r["relation"] == "duplicate"}
    together = {(r["ask_a"], r["ask_b"]) for r in pairs}
    said_twice = {(p.ask_a, p.ask_b) for p in found.pairs if p.relation == "duplicate"}
    said_all = {(p.ask_a, p.ask_b) for p in found.pairs}
    horizons = {r["ask_id"]: r["horizon"] for r in rows(folder / "asks_horizon.csv")}
    right = sum(horizons.get(one.ask_id) == one.horizon for one in found.horizons)
    return {
        "duplicates found": (len(said_twice & duplicates), len(duplicates)),
        "duplicates right": (len(said_twice & duplicates), len(said_twice)),
        "pairs found": (len(said_all & together), len(together)),
        "pairs right": (len(said_all & together), len(said_all)),
        "horizons": (right, len(horizons)),
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_matching_does_no_worse_on_screened_asks(folder: Path) -> None:
    asks = asks_of(folder)
    whole, without = scores(folder, asks), scores(folder, screened(asks))
    for name, (right, of) in whole.items():
        right_without, of_without = without[name]
        tell(f"{folder.name}, {name}: {right} of {of} as written; "
              f"{right_without} of {of_without} screened")  # fmt: skip
        low, _ = wilson(right, of)
        assert right_without / of_without >= max(low, right / of - 0.01)
