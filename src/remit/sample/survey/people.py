"""Two waves of an oversight survey in the sample's region: nobody in it exists, nobody said it.

The answers are drawn with a fixed seed from shares that are declared here, by kind of trust. Some
oddities are there on purpose: a respondent who answers twice, an answer off the scale, a number
that stands for none, a kind in capitals, an item whose wording changed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

from remit.files.delimited import csv_text
from remit.sample.region import TRUSTS

SEED = 20_260_412
WAVES = ("sample-survey-2025.csv", "sample-survey-2026.csv")
QUESTIONNAIRE = "sample-survey.yaml"
ASKED = "sample-survey-asked.csv"
"""The organisations that were asked, those among them of which nobody answered."""

CODES = "sample-survey-codes.csv"
"""What two invented coders said of the comments of the later wave."""

_SILENT = (("ZAB", "acute"), ("ZC3", "mental health and community"), ("ZV3", "ambulance"))

_AGREE = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
_CHANGED = ("Increased", "Stayed the same", "Decreased")
_KINDS = {
    "acute": "acute",
    "mental_health_community": "mental health and community",
    "ambulance": "ambulance",
}
_ROLES = ("chair", "chief executive", "company secretary", "finance director", "medical director")
_BODIES = ("NHS England (region)", "NHS England (national team)", "Integrated care board", "CQC")

_HEAD = ("respondent_id", "trust_code", "trust_type", "role")
_SUPPORT = "Our ICB should help trusts to improve, and to learn from each other"
_COMFORT = "We are comfortable with our ICB overseeing our performance"
_TWICE = "We are asked for the same thing by our ICB and by NHS England"
_MILD = "Our board is well placed to govern the organisation"
_DIRECT = "Our board has every skill that it needs"
_BURDEN = (
    "Over the past year, has the work of being overseen increased, stayed the same or decreased?"
)
_ASKED = "Who made a request of you at short notice? Choose all that apply"
_HOURS = "How many hours a week does your executive team give to oversight?"
_SAY = "What would you change?"

_ITEMS: Mapping[str, tuple[Sequence[str], tuple[Sequence[int], Sequence[int]]]] = {
    _SUPPORT: (_AGREE, ((40, 46, 8, 4, 2), (38, 48, 8, 4, 2))),
    _COMFORT: (_AGREE, ((8, 34, 26, 20, 12), (5, 23, 22, 30, 20))),
    _TWICE: (_AGREE, ((22, 40, 22, 12, 4), (26, 44, 16, 10, 4))),
    "governance": (_AGREE, ((55, 44, 1, 0, 0), (34, 55, 6, 4, 1))),
    _BURDEN: (_CHANGED, ((52, 42, 6), (56, 39, 5))),
}
"""Each item: its answers, and their weights in the two waves."""


def write_people(folder: Path) -> tuple[Path, ...]:
    """Write both waves and their questionnaire into a folder, which is made if need be.

    Returns
    -------
    tuple of Path
        The earlier wave, the later one, and the questionnaire.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(WAVES):
        header = [*_HEAD, *(_heading(item, number) for item in _ITEMS), _ASKED, _HOURS, _SAY]
        text = csv_text(header, list(_rows(number)))
        (folder / name).write_text("\ufeff" + text, encoding="utf-8", newline="\r\n")
    (folder / ASKED).write_text(csv_text(_HEAD[1:3], list(_asked())), encoding="utf-8")
    header = ["file", "line", "item", "comment", "codes", "quote", "coder"]
    (folder / CODES).write_text(csv_text(header, list(_coded())), encoding="utf-8")
    text = _kept("questionnaire.yaml")
    (folder / QUESTIONNAIRE).write_text(text, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in (*WAVES, QUESTIONNAIRE))


def _kept(name: str) -> str:
    return resources.files("remit.sample.survey").joinpath(name).read_text(encoding="utf-8")


def _coded() -> Iterator[list[object]]:
    """The codes of both coders, each at the line of the export that it is about."""
    lines: dict[str, int] = {}
    for line, row in enumerate(_rows(1), start=2):
        lines.setdefault(row[0], line)
    for said in _kept("codes.txt").splitlines()[1:]:
        number, *codes, quote = said.split("|")
        place = [WAVES[1], lines[f"P26-{int(number):03}"], "change", ""]
        for coder, one in zip(("Ada", "Bo"), codes, strict=True):
            yield [*place, one, quote if coder == "Ada" else "", coder]


def _asked() -> Iterator[list[str]]:
    yield from ([one.code, _KINDS[one.kind.value]] for one in TRUSTS if 4 in one.quarters)
    yield from map(list, _SILENT)


def _heading(item: str, wave: int) -> str:
    return (_MILD, _DIRECT)[wave] if item == "governance" else item


def _rows(wave: int) -> Iterator[list[str]]:
    draw = random.Random(SEED + wave)  # noqa: S311 (invented people, no secret)
    say = _comments(wave)
    number = 0
    for trust in TRUSTS:
        if 4 not in trust.quarters:
            continue
        kind = _KINDS[trust.kind.value]
        for role in draw.sample(_ROLES, draw.choice((2, 3, 4))):
            number += 1
            answers = [_answer(draw, item, wave, kind) for item in _ITEMS]
            asked = [body for body in _BODIES if draw.random() < 0.55]
            hours = "" if draw.random() < 0.08 else str(round(draw.lognormvariate(3.1, 0.4)))
            row = [f"P{wave + 25}-{number:03}", trust.code, kind, role, *answers]
            row += [";".join(asked), hours, say.get(number, "")]
            yield from _oddly(row, wave, number)


def _answer(draw: random.Random, item: str, wave: int, kind: str) -> str:
    if draw.random() < 0.03:
        return draw.choice(("", "Don't know"))
    answers, weights = _ITEMS[item]
    if item == _COMFORT and wave and kind == "ambulance":
        return draw.choice(answers[2:])
    return draw.choices(answers, weights[wave])[0]


def _oddly(row: list[str], wave: int, number: int) -> Iterator[list[str]]:
    """A row, with what is wrong in the later wave on purpose."""
    if wave == 1 and number == 7:
        row = [*row[:2], row[2].upper(), *row[3:]]
    if wave == 1 and number == 11:
        row = [*row[:5], "It depends", *row[6:]]
    if wave == 1 and number == 13:
        row = [*row[:-2], "9999", row[-1]]
    yield row
    if wave == 1 and number == 20:
        yield row


def _comments(wave: int) -> dict[int, str]:
    """Number of the respondent → what they are made to say."""
    text = _kept("comments.txt")
    parts = [line.split("|", 2) for line in text.splitlines() if line and not line.startswith("#")]
    return {int(number): said for told, number, said in parts if int(told) == wave}
