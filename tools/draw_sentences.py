"""Draw sentences at random from real reports and a real site, with the figures beside.

Usage: ``.venv/bin/python tools/draw_sentences.py --store STORE --seed 1 --count 60 > drawn.md``

STORE is what ``remit ingest`` made of published files. The seed chooses the organisations and the
sentences; the same seed, store and code give the same list. Each sentence is printed with where it
stands and with the series, limits, targets and comparisons that a person needs to say whether it
is true, and whether a lay member of a board would read it rightly. Nothing is fetched.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from drawn_blocks import Block, document_blocks, page_blocks, slide_blocks
from drawn_figures import report_figures, site_figures

from remit.assessment.run import assess_all
from remit.catalogue import framework_in_force, load_computed_metrics, load_framework
from remit.cli.options import gather_figures
from remit.exports.report_folder import write_report
from remit.pages.standings.results import Results
from remit.pages.standings.site import build_site
from remit.register import load_register
from remit.report import build_report
from remit.store import Store

BOARDS, TRUSTS, REGIONS = 2, 2, 1
"""So many ICBs, trusts and regions have a report made."""

METRICS = 40
"""So many metrics, drawn too, are in each report."""

PAGES = 12
"""So many pages of a kind are read, drawn from all there are."""

_TRACE = re.compile(
    r"\bline \d|, lines \d|^File \d|^The figures of |^[^.:]+ · [^.:]+$|^(?:Then: |With .*: )?remit "
)

OFTEN = 4
"""What stands on more pages than this, and names no figure, is help and no finding."""

Page = tuple[Path, str, str]

_REPORT_KINDS = {"metrics": "metric", "organisations": "organisation"}
_SITE_KINDS = {"trusts": "trust", "league": "league", "areas": "area", "metrics": "metric"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence that can be drawn, and how its figures are found."""

    sentence: str
    block: Block
    kind: str
    figures: Callable[[], list[str]]


def bodies(random: Random, on: date) -> list[str]:
    """The organisations of which reports are made: ICBs, trusts, a region."""
    register = load_register()
    trusts = [one.code for one in register.trusts(on)]
    boards = [one.code for one in register.icbs(on)]
    regions = sorted({r.code for code in boards if (r := register.region(code, on))})
    return [
        *random.sample(sorted(boards), BOARDS),
        *random.sample(sorted(trusts), TRUSTS),
        *random.sample(regions, REGIONS),
    ]


def some(pages: Iterable[Path], folder: Path, kinds: dict[str, str], random: Random) -> list[Page]:
    """Some of the pages of each kind, each with its path and kind."""
    piles: dict[str, list[Page]] = defaultdict(list)
    for page in sorted(pages):
        path = page.relative_to(folder).as_posix()
        kind = next((kinds[one] for one in path.split("/") if one in kinds), "")
        if kind or path.endswith("index.html"):
            piles[kind or "home"].append((page, path, kind or "home"))
    return [one for pile in piles.values() for one in random.sample(pile, min(PAGES, len(pile)))]


def of_report(held: object, code: str, folder: Path, random: Random) -> Iterator[Drawn]:
    """The sentences of the report of an organisation on some metrics, in all its forms."""
    known = list(load_computed_metrics().values())
    metrics = sorted(random.sample(range(len(known)), METRICS))
    report = build_report(held, code, metrics=[known[place] for place in metrics])
    write_report(report, folder, ("pages", "pptx", "docx"))
    blocks = [*slide_blocks(folder / "report.pptx", f"{code} report.pptx"),
              *document_blocks(folder / "report.docx", f"{code} report.docx")]  # fmt: skip
    for page, path, kind in some(folder.rglob("*.html"), folder, _REPORT_KINDS, random):
        blocks += page_blocks(page.read_text(encoding="utf-8"), f"{code} {path}", kind)
    for block in blocks:
        for sentence in block.sentences:
            yield Drawn(
                sentence, block, f"report {block.kind}",
                lambda b=block, s=sentence: report_figures(b, s, report.view),  # type: ignore[misc]
            )  # fmt: skip


def of_site(store: Path, folder: Path, random: Random) -> Iterator[Drawn]:
    """The sentences of some pages of the site of the framework in force in the latest quarter."""
    quarters = gather_figures(None, store, None).releases()
    from remit.assessment.scoring.inputs import quarter_named

    loaded = load_framework(framework_in_force(quarter_named(max(quarters))))
    assessments = assess_all(gather_figures(None, store, None, None, loaded), loaded)
    periods = [Results(one) for one in assessments]
    build_site(assessments, folder)
    for page, path, kind in some(folder.rglob("*.html"), folder, _SITE_KINDS, random):
        for block in page_blocks(page.read_text(encoding="utf-8"), f"site {path}", kind):
            for sentence in block.sentences:
                yield Drawn(
                    sentence, block, f"site {kind}",
                    lambda b=block, s=sentence: site_figures(b, s, periods),  # type: ignore[misc]
                )  # fmt: skip


def draw(every: Sequence[Drawn], count: int, random: Random) -> list[Drawn]:
    """So many, the kinds of page in turn; no sentence twice, and no help that all pages have."""
    pages: dict[str, set[str]] = defaultdict(set)
    for one in every:
        pages[one.sentence].add(one.block.place.partition("#")[0])
    by_kind: dict[str, dict[str, Drawn]] = defaultdict(dict)
    for one in every:
        is_help = len(pages[one.sentence]) > OFTEN and not any(c.isdigit() for c in one.sentence)
        if not is_help and not _TRACE.search(one.sentence):
            by_kind[one.kind].setdefault(one.sentence, one)
    piles = {kind: list(found.values()) for kind, found in sorted(by_kind.items())}
    for pile in piles.values():
        random.shuffle(pile)
    drawn: list[Drawn] = []
    taken: set[str] = set()
    while len(drawn) < count and any(piles.values()):
        for pile in piles.values():
            while pile and pile[-1].sentence in taken:
                pile.pop()
            if pile and len(drawn) < count:
                drawn.append(pile.pop())
                taken.add(drawn[-1].sentence)
    return drawn


def printed(drawn: Sequence[Drawn], seed: int, codes: Sequence[str]) -> Iterator[str]:
    """The list as Markdown."""
    kinds = Counter(one.kind for one in drawn)
    yield f"# {len(drawn)} sentences, seed {seed}"
    yield ""
    yield f"Reports of {', '.join(codes)}, and the site of all trusts. "
    yield "; ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) + "."
    for number, one in enumerate(drawn, start=1):
        yield f"\n## {number}. {one.sentence}\n"
        yield f"Where: {one.kind}, {one.block.place}\n"
        if one.block.text != one.sentence:
            yield f"It stands in: {one.block.text[:900]}\n"
        elif one.block.around and one.block.around != one.block.text:
            yield f"Around it: {one.block.around[:600]}\n"
        yield "Figures:\n"
        yield from (f"- {row.strip()}" if row[0] != " " else f"  - {row.strip()}"
                    for row in one.figures())  # fmt: skip


def main(words: Sequence[str] | None = None) -> int:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--on", type=date.fromisoformat, default=date(2026, 3, 31),
                        help="the day on which organisations are open")  # fmt: skip
    parser.add_argument("--orgs", default="", help="codes with commas, instead of drawn ones")
    asked = parser.parse_args(words)
    random = Random(asked.seed)
    codes = [c for c in asked.orgs.split(",") if c] or bodies(random, asked.on)
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(asked.store, read_only=True) as held:
            every = [
                one for code in codes for one in of_report(held, code, Path(folder) / code, random)
            ]
        every += of_site(asked.store, Path(folder) / "site", random)
        for line in printed(draw(every, asked.count, random), asked.seed, codes):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
