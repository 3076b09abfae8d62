"""How long and how much memory matching asks takes, and how it grows.

    python benchmarks/asks.py [--asks 100000]

Made-up asks: organisations that each get some 40 a month, in the words of the catalogue. Prints
seconds, the processors' own seconds and peak memory of 10,000 and 100,000 asks, the exponent of the
growth between them, and at 5,000 the ratio to comparing all pairs by TF-IDF. Each size runs in a
process of its own. The processors' seconds say more where a machine has other work to do.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta

from remit.asks.matching import match
from remit.catalogue import load_entries
from remit.model.ask import Ask

A_MONTH = 40
MONTHS = 10
BODIES = ("NHSE region", "NHSE national team", "ICB quality team", "ICB finance", "CQC")
OPENINGS = ("Please send", "Could you let us have", "We need", "Kindly set out", "Can I get")
PERIODS = ("at the end of {}", "for {}", "in {}", "for the quarter to {}")
CUTS = (
    "by specialty",
    "by ward",
    "by site",
    "with reasons",
    "against plan",
    "and the actions taken",
)
FILLERS = ("for the board", "ahead of our meeting", "as discussed", "for the system pack", "again")
LONGER = (
    "We know this lands alongside other returns and are sorry for the short notice given.",
    "A spreadsheet will do, and there is no need for any words to go with it this time.",
    "If the numbers have changed since the last submission tell us what has moved and why.",
    "Colleagues in the region have been asked about it by the national team twice this week.",
)


def made_up(number: int, seed: int = 1) -> list[Ask]:
    """Asks of as many organisations as the number needs; a tenth are asked twice over."""
    rng = random.Random(seed)
    entries = load_entries().values()
    matters = [(one.name, said) for one in entries for said in (m.says for m in one.measures)]
    asks: list[Ask] = []
    while len(asks) < number:
        org = len(asks) // (A_MONTH * MONTHS)
        received = date(2025, 4, 1) + timedelta(days=rng.randrange(MONTHS * 30))
        matter = rng.choice(matters)
        for again in range(2 if rng.random() < 0.1 else 1):
            asks.append(_ask(len(asks), org, received + timedelta(days=again * 3), matter, rng))
    return asks[:number]


def _ask(number: int, org: int, received: date, matter: tuple[str, str], rng: random.Random) -> Ask:
    title, phrase = matter
    month = (received.replace(day=1) - timedelta(days=1)).strftime("%B")
    text = " ".join(
        (
            rng.choice(OPENINGS),
            phrase,
            rng.choice(PERIODS).format(month),
            rng.choice(CUTS),
            rng.choice(CUTS),
            rng.choice(FILLERS),
            *rng.choices(LONGER, k=2),
            f"reference w{rng.randrange(4000)}",
        )
    )
    body = rng.choice(BODIES)
    return Ask(
        f"B{number:07d}",
        body,
        f"Z{org:04d}",
        title,
        f"{text}.",
        received,
        None,
        f"Team {rng.randrange(4)}",
        f"Org{org} Hospitals NHS Trust",
        "email",
    )


def run_one(number: int) -> None:
    """Time one size in this process and print it for the parent."""
    asks = made_up(number)
    began, spent = time.perf_counter(), _spent()
    found = match(asks, workers=2 if number >= 20_000 else 1)
    seconds = time.perf_counter() - began
    print(f"{seconds:.2f} {_peak():.0f} {len(found.pairs)} {_spent() - spent:.2f}")


def _spent() -> float:
    """Seconds of processors that this process and its children took."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def _peak() -> float:
    """Megabytes of this process at its largest, and twice its largest child."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + 2 * child) / 1024


def run_all_pairs(number: int) -> None:
    """The plain way: TF-IDF of words and every pair compared."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    asks = made_up(number)
    began, spent = time.perf_counter(), _spent()
    rows = TfidfVectorizer(ngram_range=(1, 2)).fit_transform([ask.words for ask in asks])
    alike = (rows @ rows.T).toarray()
    pairs = int((np.triu(alike, 1) >= 0.4).sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - began
    print(f"{seconds:.2f} {peak:.0f} {pairs} {_spent() - spent:.2f}")


def _apart(kind: str, number: int) -> tuple[float, float, int, float]:
    command = [sys.executable, __file__, f"--{kind}", str(number)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(said[0]), float(said[1]), int(said[2]), float(said[3])


def main() -> None:
    """Run the sizes and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asks", type=int, default=100_000)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--plain", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        return run_one(given.one)
    if given.plain:
        return run_all_pairs(given.plain)
    sizes = (5_000, given.asks // 10, given.asks)
    results = {size: _apart("one", size) for size in sizes}
    plain = _apart("plain", 5_000)
    for size, (seconds, memory, pairs, spent) in results.items():
        own = f"{spent:.2f} s of processors"
        print(f"{size:>8,} asks: {seconds:6.2f} s ({own}), {memory:6.0f} MB, {pairs:,} pairs")
    growth = math.log10(results[sizes[2]][3] / results[sizes[1]][3])
    print(f"growth of processors' seconds from {sizes[1]:,} to {sizes[2]:,}: n^{growth:.2f}")
    ratio = results[5_000][3] / plain[3]
    print(f"all pairs by TF-IDF at 5,000: {plain[0]:.2f} s, {plain[1]:.0f} MB; ratio {ratio:.2f}")
    return None


if __name__ == "__main__":
    main()
