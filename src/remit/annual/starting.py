"""A new folder for a year's assessment: files with every key explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources

import yaml

from remit.annual.frozen import FIGURE_COLUMNS
from remit.annual.years import load_ladder
from remit.files.delimited import records_csv
from remit.model.annual import AnnualHeading, AnnualYear
from remit.model.annual_records import AssessedIcb, Concern, Evidence, FrozenFigure

LETTERS_READ_ME = "letters/read-me.txt"


def new_files(
    year: AnnualYear,
    icbs: Sequence[AssessedIcb],
    *,
    region: str = "",
    fictional: bool = False,
    last_year: str = "",
    concerns: Sequence[Concern] = (),
    evidence: Sequence[Evidence] = (),
    figures: Sequence[FrozenFigure] = (),
) -> dict[str, str]:
    """The files of a new assessment: name → text.

    Parameters
    ----------
    year, icbs, region
        What is assessed.
    fictional
        Whether that is said on every output.
    last_year
        The folder of last year's assessment, as it is found from the new one.
    concerns, evidence, figures
        What is proposed: last year's open concerns, figures that changed beyond chance as
        evidence, and all figures of the year as they were frozen.

    Examples
    --------
    >>> from remit.annual.years import load_year
    >>> icb = AssessedIcb(code="ZB1", name="NHS Larkshire Integrated Care Board")
    >>> sorted(new_files(load_year("2024-25"), [icb]))[:2]
    ['assessment.yaml', 'concerns.yaml']
    """
    words = {**_words(year, icbs), "REGION": region}
    words["FICTIONAL"] = f"{'' if fictional else '# '}fictional: true  # said on every output"
    names = ("assessment", "evidence", "findings", "concerns", "replies")
    files = {f"{name}.yaml": _filled(f"{name}.yaml", words) for name in names}
    for name, records in (("concerns", concerns), ("evidence", evidence)):
        listed = [one.model_dump(mode="json", exclude_defaults=True) for one in records]
        text = files[f"{name}.yaml"].replace(f"@{name.upper()}@", _as_yaml(listed))
        files[f"{name}.yaml"] = text
    if last_year:
        head = files["assessment.yaml"]
        old = next(line for line in head.splitlines() if line.startswith("# last_year"))
        told = "  # its open concerns must be answered"
        files["assessment.yaml"] = head.replace(old, f"last_year: {last_year}{told}")
    rows = [one.model_dump() for one in figures]
    files["figures.csv"] = records_csv(rows, FIGURE_COLUMNS)
    files[LETTERS_READ_ME] = _filled("letters.txt", words)
    return files


def _words(year: AnnualYear, icbs: Sequence[AssessedIcb]) -> dict[str, str]:
    ladder = load_ladder(year.ladder)
    listed = [f"  - {{code: {one.code}, name: {_quoted(one.name)}{_former(one)}}}" for one in icbs]
    return {
        "YEARNAME": year.name,
        "YEAR": year.id,
        "ICBS": "\n".join(listed),
        "HEADINGS": "\n".join(map(_heading, year.headings)),
        "HEADING": year.headings[0].id,
        "DUTIES": "\n".join(f"#   {one.id:<24} {one.name}" for one in year.duties),
        "DUTY": year.duties[0].id,
        "PHRASES": "\n".join(
            f"#   {one.id:<24} {', '.join((*one.phrases, *one.also))}" for one in ladder.rungs
        ),
        "ICB": icbs[0].code,
    }


def _heading(one: AnnualHeading) -> str:
    figure = "; a heading of performance: its findings hold a figure" if one.performance else ""
    return f"#   {one.id:<24} {one.name}{figure}"


def _former(one: AssessedIcb) -> str:
    if one.predecessors is None:
        return ""
    return f", predecessors: [{', '.join(one.predecessors)}]"


def _quoted(text: str) -> str:
    return yaml.safe_dump(text, default_style='"', width=10_000).strip()


def _as_yaml(rows: Sequence[Mapping[str, object]]) -> str:
    if not rows:
        return "[]"
    told = yaml.safe_dump(list(rows), sort_keys=False, allow_unicode=True, width=96)
    return "\n" + "".join(f"  {line}\n" for line in told.splitlines()).rstrip("\n")


def _filled(name: str, words: Mapping[str, str]) -> str:
    place = resources.files("remit") / "declarations" / "templates" / "annual" / name
    text = place.read_text(encoding="utf-8")
    for word, said in words.items():
        text = text.replace(f"@{word}@", said)
    return text
