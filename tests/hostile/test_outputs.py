"""What strangers write is data: on the terminal, in tables, workbooks, documents and pages."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import etree

from remit.asks.intake.bounds import MOST_WORD
from remit.asks.intake.personal import Redactor, load_personal
from remit.cli.run import run
from remit.files.delimited import marked, unmarked
from remit.model.plain_text import cleaned, for_xml, on_one_line, shown, shown_on_one_line
from tests.hostile.nasty import BEYOND_UTF8, STEERING, TEXTS
from tests.hostile.readers import (
    all_files,
    csv_rows,
    office_text,
    page_text,
    sheet_texts,
    svg_text,
)
from tests.hostile.tries import Tries
from tests.publications.nof_files import HEADER, write

_RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_OUTCOMES = {0: "held", 1: "held", 2: "refused"}
_HEAD = (
    "ask_id", "received_on", "from_body", "to_org_code", "to_org_name", "title", "text",
    "hours_estimate",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "20000")
    for name in ("REMIT_ASKS", "REMIT_STORE", "REMIT_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)


def every(step: int) -> pytest.MarkDecorator:
    """Each text is a command of its own: every so many of them, and all in ``make evidence``."""
    whole = pytest.param(1, marks=pytest.mark.evidence, id="all")
    return pytest.mark.parametrize("step", [pytest.param(step, id="some"), whole])


@pytest.fixture(scope="module")
def _libraries() -> None:
    """Loading them takes long on a busy machine, and is no part of a try."""
    from remit.exports.workbook import quietly

    with quietly():
        for name in ("docx", "gptables", "pandas", "pptx"):
            import_module(name)


class Commands:
    """Runs commands in this process; each is a try, and what it says must steer no terminal."""

    def __init__(self, tries: Tries, capsys: pytest.CaptureFixture[str], kind: str) -> None:
        self._tries, self._capsys, self._kind = tries, capsys, kind

    def __call__(self, name: str, *arguments: object, codes: Sequence[int] = (0,)) -> str:
        """What a command said."""
        words = [str(one) for one in arguments]
        with self._tries.attempt(self._kind, f"{name}: {words[-1]!a}", seconds=self._seconds(name)):
            code = run(words)
            said = self._capsys.readouterr()
            assert code in codes, (words, code, said.out[-500:], said.err[-1500:])
            assert code in _OUTCOMES
            for stream in (said.out, said.err):
                assert not _RAW.search(stream), ascii(stream)[:500]
        return said.out if "--format" in words else said.out + said.err

    def _seconds(self, name: str) -> float:
        """A plan of a hundred asks is matched, and written as five kinds of file."""
        return 30 if name == "plan" else 10

    def data(self, name: str, *arguments: object, codes: Sequence[int] = (0,)) -> list[list[str]]:
        """The rows of a command's CSV."""
        return csv_rows(self(name, *arguments, "--format", "csv", codes=codes))


def quoted(rows: Sequence[Sequence[object]]) -> str:
    """Rows as any program writes them, with every control character as it is."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


def asks_file(path: Path, texts: Sequence[str]) -> Path:
    """A list of asks with a nasty title, text and name each."""
    rows = [
        (f"Q{n:03}", "2026-05-01", "CQC", "XQ1", text, text, f"{text} please", 2)
        for n, text in enumerate(texts)
    ]
    path.write_text(quoted([_HEAD, *rows]), encoding="utf-8")
    return path


def read_in(text: str) -> str:
    """As a reader takes a cell: stripped, and without the apostrophe before a formula."""
    return unmarked(text).strip()


def kept_title(text: str) -> str:
    """A title as it is kept: on one line, cut, composed, without signs that could part a name."""
    line = unicodedata.normalize("NFC", on_one_line(text))
    return re.sub("[\u200c\u200d]", "", line).strip()


def is_screened(text: str) -> bool:
    """Whether something of it is taken out as personal: an address, or what may be a name."""
    return bool(Redactor(load_personal()).redact(read_in(text)).removed)


def in_cell(text: str) -> str:
    """As a table of asks shows a title: on one line, and no longer than it is wide."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"


# Asks ------------------------------------------------------------------------------------------


@every(8)
def test_asks_are_shown_literally_and_written_harmlessly(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path, step: int
) -> None:
    remit = Commands(tries, capsys, "outputs: asks")
    remit("import", "asks", "import", asks_file(tmp_path / "asks.csv", TEXTS), "--yes")
    kept = {
        one["ask_id"]: one for one in json.loads(remit("list", "asks", "list", "--format", "json"))
    }
    assert len(kept) == len(TEXTS)
    for number, text in enumerate(TEXTS):
        title = kept[f"Q{number:03}"]["title"]
        shortened = max(map(len, text.split()), default=0) > MOST_WORD
        assert shortened or is_screened(text) or title == kept_title(read_in(text)[:1000]), ascii(
            text
        )
    table = remit("list", "asks", "list").splitlines()
    for one in kept.values():
        (line,) = [line for line in table if line.startswith(f"{one['ask_id']} ")]
        assert in_cell(one["title"]) in line
    rows = remit.data("list", "asks", "list")
    place = rows[0].index("title")
    assert [unmarked(row[place]) for row in rows[1:]] == [one["title"] for one in kept.values()]
    for ask_id, one in list(kept.items())[::step]:
        assert shown(one["title"]) in remit("show", "asks", "show", ask_id)
    remit("burden", "asks", "burden", "--by", "function", "--out", tmp_path / "burden")
    remit("doubles", "asks", "doubles")
    for path in all_files(tmp_path / "burden"):
        if path.suffix == ".csv":
            csv_rows(path.read_bytes().decode())


def test_a_list_that_was_exported_is_taken_in_as_it_was(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    remit = Commands(tries, capsys, "outputs: round trip")
    remit("import", "asks", "import", asks_file(tmp_path / "asks.csv", TEXTS), "--yes")
    exported = remit("list", "asks", "list", "--format", "csv")
    (tmp_path / "again.csv").write_bytes(exported.encode())
    other = ("--register", tmp_path / "other.duckdb")
    remit("import", "asks", "import", tmp_path / "again.csv", "--yes", *other)
    first = json.loads(remit("list", "asks", "list", "--format", "json"))
    second = json.loads(remit("list", "asks", "list", *other, "--format", "json"))
    pairs = [
        pair
        for pair in zip(first, second, strict=True)
        if not is_screened(" ".join((pair[0]["title"], pair[0]["text"])))
    ]
    assert len(pairs) > len(TEXTS) / 2
    assert [(a["title"], a["text"]) for a, _ in pairs] == [
        (b["title"], b["text"]) for _, b in pairs
    ]
    remit("match", "asks", "match", tmp_path / "again.csv", "--out", tmp_path / "matched")
    for path in all_files(tmp_path / "matched"):
        csv_rows(path.read_bytes().decode())


@every(10)
def test_typed_entries_are_cleaned_shown_and_written(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path, step: int
) -> None:
    remit = Commands(tries, capsys, "outputs: typed entries")
    texts = [text for text in TEXTS[::step] if not text.startswith("-")]
    remit("add", "asks", "add", "--id", "A-1", "--title", "beds", "--from-body", "CQC",
          "--to-org", "ZA1")  # fmt: skip
    for text in texts:
        remit("action", "asks", "actions", "add", "review of beds", "--what", text, "--owner",
              "chief nurse")  # fmt: skip
        remit("friction", "asks", "friction", "add", text, "--between", "CQC", "--between", "ICB")
        remit("risk", "asks", "risk", "add", "beds", "--what", text, "--holder", "chief nurse",
              "--share", "ZA1 | beds", "--share", "ZB1 | beds")  # fmt: skip
        remit("edit", "asks", "edit", "A-1", f"title={text}")
        title = json.loads(remit("show", "asks", "show", "A-1", "--format", "json"))[0]["title"]
        assert is_screened(text) or title == kept_title(text), ascii(text)
    for command, column in (("actions", "what"), ("friction", "what"), ("risk", "what")):
        found = json.loads(remit("list", "asks", command, "list", "--format", "json"))
        kept = [one[column].strip() for one in found]
        told = zip(texts, kept, strict=True)
        assert [
            t for t, said in told if in_cell(said) != in_cell(kept_title(t)) and not is_screened(t)
        ] == []
        rows = remit.data("list", "asks", command, "list")
        place = rows[0].index(column)
        assert [unmarked(row[place]).strip() for row in rows[1:]] == kept
        table = remit("list", "asks", command, "list")
        assert command == "risk" or [said for said in kept if in_cell(said) not in table] == []
    number, markup = next((n, t) for n, t in enumerate(texts, start=1) if t.startswith("["))
    assert markup in remit("risk", "asks", "risk", "show", f"RISK-{number}")


# The plan: page, spreadsheet, letter, CSV, JSON ------------------------------------------------


@pytest.mark.usefixtures("_libraries")
@every(3)
def test_a_plan_holds_every_title_and_none_of_it_lives(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path, step: int
) -> None:
    remit = Commands(tries, capsys, "outputs: plan")
    out = tmp_path / "plan"
    texts = TEXTS[::step]
    source = asks_file(tmp_path / "asks.csv", texts)
    remit("plan", "oversight", "plan", "xq1", "--asks", source, "--on", "2026-06-01", "--out", out)
    titles = [kept_title(read_in(text)[:1000]) for text in texts if not is_screened(text)]
    cells = sheet_texts(out / "plan.xlsx")
    letter = office_text(out / "letter.docx")
    page = page_text(out / "index.html")
    rows = csv_rows((out / "plan.csv").read_bytes().decode())
    place = rows[0].index("title")
    told = {unmarked(row[place]) for row in rows[1:]}
    content = (out / "plan.json").read_text(encoding="utf-8")
    assert not _RAW.search(content)
    read = {ask["title"] for one in json.loads(content)["functions"] for ask in one["asks"]}
    # The letter names one ask of those that merge.
    assert sum(title in letter for title in titles) > len(titles) / 3
    for title in titles:
        with tries.attempt("outputs: plan", f"title {title!a}"):
            assert title in read
            assert title in told
            assert title in cells
            assert title in page


# Control charts: terminal, CSV, pictures -------------------------------------------------------


def series_file(path: Path, names: Sequence[str]) -> Path:
    lines = [
        (name, f"2024-{month:02}-01", 10 + (month * 7 + n) % 5)
        for n, name in enumerate(names)
        for month in range(1, 13)
    ]
    path.write_text(quoted([("series", "date", "value"), *lines]), encoding="utf-8", newline="")
    return path


def test_series_are_shown_drawn_and_written(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    remit = Commands(tries, capsys, "outputs: charts")
    # A line of such a file is one record, so that no name has a line break.
    texts = {on_one_line(read_in(text)): text for text in TEXTS if not set(text) & set("\n\r")}
    names = list(texts)
    for start in range(0, len(names), 50):
        part = names[start : start + 50]
        source = series_file(tmp_path / "own.csv", [texts[name] for name in part])
        table = remit("spc", "spc", source, "--better", "lower", "--out", tmp_path / "charts")
        rows = csv_rows((tmp_path / "charts" / "series.csv").read_bytes().decode())
        assert {unmarked(row[0]) for row in rows[1:]} == set(part)
        csv_rows((tmp_path / "charts" / "points.csv").read_bytes().decode())
        assert [name for name in part if name not in table and len(name) < 500] == []
    for name in names[::3]:
        source = series_file(tmp_path / "one.csv", [texts[name]])
        remit("svg", "spc", source, "--better", "lower", "--svg", tmp_path / "chart.svg")
        said = " ".join(svg_text(tmp_path / "chart.svg").split())
        assert " ".join(name.split())[:40] in said


def test_a_chart_reads_the_names_that_it_wrote(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from remit.signals.own_file import read_own_file

    remit = Commands(tries, capsys, "outputs: charts")
    found = {on_one_line(text).strip() for text in TEXTS if not set(text) & set("\n\r")}
    names = sorted(found)[:50]
    source = series_file(tmp_path / "own.csv", [marked(name) for name in names])
    remit("spc", "spc", source, "--better", "lower", "--out", tmp_path / "charts")
    again = read_own_file(tmp_path / "charts" / "points.csv")
    assert sorted(again.points["series"].unique()) == names
    assert not again.rejections


# Published files -------------------------------------------------------------------------------

CODES = ("RYJ", "RRV", "R1K", "RJ1", "RJ7", "RQM")


def nof_file(path: Path, texts: Sequence[str]) -> Path:
    """Six trusts whose names, regions and metrics are nasty."""
    rows = []
    for place, (code, text) in enumerate(zip(CODES, texts, strict=False)):
        for metric, value, units, date in (
            ("OF0023", str(80 - place), "percent", "Jun-25"),
            ("OF1023", f"{1 + place / 2:.2f}", "score", "Jun-25"),
            ("OF5002", f"{1 + place / 2:.2f}", "score", "Q1 2025/26"),
            ("OF5003", str(1 + place // 2), "segment", "Q1 2025/26"),
            ("OF5004", "0", "flag", ""),
        ):
            rows.append(
                ("Q1 2025/26", text, "Acute trust", text, code, text, "Access to services", text,
                 metric, text, date, units, value, "60", "50", "70", str(place + 1))
            )  # fmt: skip
    return write(path, quoted(rows).split("\r\n")[:-1], HEADER)


def one_line_texts() -> Iterator[list[str]]:
    texts = [text for text in TEXTS if not set(text) & set("\n\r") and len(text) < 1000]
    return (texts[start : start + 6] for start in range(0, len(texts) - 5, 24))


def test_published_names_are_data(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    remit = Commands(tries, capsys, "outputs: published files")
    for number, texts in enumerate(one_line_texts()):
        source = nof_file(tmp_path / f"acute-{number}.csv", texts)
        out = tmp_path / f"out-{number}"
        remit("ingest", "ingest", source, "--store", tmp_path / f"s{number}.duckdb", codes=(0, 1))
        remit("assess", "assess", source, "--out", out, codes=(0, 1))
        for command in (("league",), ("explain", "RYJ"), ("assess", "--out", out)):
            remit(command[0], *command, source, codes=(0, 1))
        remit.data("league", "league", source, codes=(0, 1))
        for path in all_files(out):
            if path.suffix == ".csv":
                csv_rows(path.read_bytes().decode())
    site = tmp_path / "site"
    remit("site", "site", "build", source, "--out", site, codes=(0, 1))
    for path in all_files(site):
        if path.suffix == ".html":
            page_text(path)
    for name in ("standings", "figures"):
        rows = csv_rows((site / f"2025-26-q1/{name}.csv").read_bytes().decode())
        assert len(rows) > len(CODES)


def test_a_feed_of_nasty_names_is_a_feed(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What an earlier build held is read from its folder, and may have been written by anybody."""
    remit = Commands(tries, capsys, "outputs: feed")
    source = nof_file(tmp_path / "acute.csv", next(one_line_texts()))
    site = tmp_path / "site"
    remit("site", "site", "build", source, "--out", site, codes=(0, 1))
    data = site / "2025-26-q1/standings.json"
    told = json.loads(data.read_text(encoding="utf-8"))
    one = told["organisations"][0]
    told["organisations"] += [
        {**one, "code": f"Z{place}", "name": text} for place, text in enumerate(TEXTS)
    ]
    data.write_text(json.dumps(told), encoding="utf-8")
    remit("site", "site", "build", source, "--out", site, codes=(0, 1))
    feed = etree.parse(site / "feed.xml").getroot()
    titles = [one.text or "" for one in feed.iter("{http://www.w3.org/2005/Atom}title")]
    for place, text in enumerate(TEXTS):
        (title,) = [one for one in titles if f"(Z{place}) has no figures in 2025/26 Q1" in one]
        assert for_xml(text).split() == title.rpartition(f" (Z{place})")[0].split()


# Files of a user's own: declarations -----------------------------------------------------------


def in_yaml(text: str) -> str:
    """A text as a double-quoted scalar, with every control character as an escape."""
    return json.dumps(text)


AGREEMENT = """schema: remit/agreement/1
title: {text}
between: [{text}, "the other party"]
covers: [RYJ]
agreed_on: 2025-04-01
valid_from: 2025-04-01
document: {text}
entries:
  - body: nhse-region
    functions: [finance]
    relation: oversees
    leads: true
    says: {text}
"""
JUDGEMENTS = """schema: remit/judgements/1
framework: nof-2022-23
judged_by: {text}
"""


@every(5)
def test_agreements_are_data(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path, step: int
) -> None:
    remit = Commands(tries, capsys, "outputs: declarations")
    path = tmp_path / "own.yaml"
    for text in TEXTS[::step]:
        path.write_text(AGREEMENT.format(text=in_yaml(text)), encoding="utf-8")
        said = remit("check", "who", "check-agreement", path, codes=(0, 1, 2))
        if "in order" not in said:
            continue
        if text in TEXTS[::5]:
            told = remit("who", "who", "--function", "finance", "--to", "RYJ", "--on", "2026-01-01",
                         "--local", path)  # fmt: skip
            wanted = cleaned(text).split()
            assert " ".join(wanted)[:30] in " ".join(told.split())
            rows = remit.data("who", "who", "--function", "finance", "--to", "RYJ", "--on",
                              "2026-01-01", "--local", path)  # fmt: skip
            says = rows[0].index("says")
            assert cleaned(text) in [unmarked(row[says]) for row in rows]
    for text in TEXTS[::16]:
        path.write_text(AGREEMENT.format(text=in_yaml(text)), encoding="utf-8")
        out = tmp_path / f"pages-{TEXTS.index(text)}"
        remit("pages", "who", "pages", "--to", "RYJ", "--on", "2026-01-01", "--local", path,
              "--out", out, codes=(0, 1, 2))  # fmt: skip
        for page in all_files(out):
            if page.suffix == ".html":
                page_text(page)


@every(2)
@pytest.mark.parametrize("command", ["framework", "judgements", "capability", "metrics"])
def test_declarations_of_ones_own_are_data(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str, step: int
) -> None:
    """Each text of a template is made nasty, one try a text; faults are told without harm."""
    remit = Commands(tries, capsys, "outputs: declarations")
    made = {
        "framework": ("framework", "new"),
        "judgements": ("framework", "new-judgements", "nof-2022-23"),
        "capability": ("capability", "new", "nof-2025-26"),
    }
    checks = {
        "framework": ("framework", "check"),
        "judgements": ("framework", "check-judgements"),
        "capability": ("capability", "check"),
        "metrics": ("metrics", "--file"),
    }
    if command == "metrics":
        import remit as package

        text = (Path(package.__file__).parent / "declarations/metrics/ae.yaml").read_text("utf-8")
    else:
        text = remit("new", *made[command], codes=(0, 2))
    strings = list(re.finditer(r'(?<=: )"[^"\n]*"|(?<=name: )[^"\n#]+', text))[:12]
    for number, nasty in enumerate([*TEXTS, *BEYOND_UTF8][::step]):
        spot = strings[number % len(strings)] if strings else None
        body = text if spot is None else text[: spot.start()] + in_yaml(nasty) + text[spot.end() :]
        path = tmp_path / "own.yaml"
        path.write_text(body, encoding="utf-8")
        remit("check", *checks[command], path, codes=(0, 1, 2))


# Names of files and arguments ------------------------------------------------------------------


def names() -> list[str]:
    found = [text[:60].replace("/", "_") for text in (*TEXTS, *BEYOND_UTF8)]
    return [name for name in dict.fromkeys(found) if name not in {".", "..", ""}]


@every(7)
def test_names_of_files_are_data(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path, step: int
) -> None:
    remit = Commands(tries, capsys, "outputs: names of files")
    folder = tmp_path / "in"
    folder.mkdir()
    for name in names()[::step]:
        try:
            path = series_file(folder / f"{name}.csv", ["beds"])
        except (OSError, UnicodeEncodeError):
            continue
        said = remit("spc", "spc", path, "--better", "lower", "--out", tmp_path / "charts")
        assert shown_on_one_line(f"{name}.csv") in said, ascii(said)
        said = remit("ingest", "ingest", path, "--dry-run", codes=(2,))
        assert len(said.splitlines()) <= 2, said
        asks = asks_file(folder / f"{name}.csv", ["beds", ""])
        said = remit("import", "asks", "import", asks, "--yes", codes=(0, 1))
        assert "\n" not in name or shown_on_one_line(name) in said
        remit("match", "asks", "match", asks, "--out", tmp_path / "matched", codes=(0, 1))
        path.unlink(missing_ok=True)
    remit("imports", "asks", "imports")
    rows = remit.data("imports", "asks", "imports")
    assert {unmarked(row[rows[0].index("file_name")]) for row in rows[1:]} >= {"=1+1.csv"}


@pytest.mark.parametrize(
    "text", [*STEERING[:2], *BEYOND_UTF8, "[/red] beds", "=1+1", "beds\n=1"], ids=ascii
)
def test_arguments_are_data(
    tries: Tries, capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    remit = Commands(tries, capsys, "outputs: arguments")
    for arguments in (
        (text,), ("org", text), ("asks", "show", text), ("league", text), ("metrics", "show", text),
        ("framework", "show", text), ("who", "--to", text), ("league", "--period", text, "x.csv"),
        ("explain", text, "x.csv"), ("spc", text), ("asks", "list", "--register", text),
        ("fetch", text), ("league", "--format", text), ("asks", "match", text),
        ("asks", "actions", "done", text), ("site", "serve", text), ("metrics", "--search", text),
        ("org", "--icb", text), ("asks", "add", "--title", "x", "--received", text),
    ):  # fmt: skip
        remit(ascii(arguments[0]), *arguments, codes=(0, 1, 2))


def test_a_traceback_steers_nothing(
    tries: Tries, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from remit.cli import run as module

    def broken() -> object:
        raise RuntimeError("\x1b[31m [/red] \ud800")

    monkeypatch.setattr(module, "build_app", broken)
    monkeypatch.setenv("REMIT_TRACEBACK", "1")
    with tries.attempt("outputs: arguments", "traceback"):
        assert run([]) == 3
        said = capsys.readouterr().err
        assert not _RAW.search(said)
        assert "�[31m [/red] �" in said


# The board's report: pages, spreadsheet, slides, document --------------------------------------

_FOREIGN = {
    "name", "file_name", "publication", "why_it_matters", "source", "made_of", "sentence", "reason",
    "column", "url", "licence", "measure", "everybody", "gap", "text", "notes",
}  # fmt: skip


class Spoiled:
    """A report's view whose foreign texts begin with nasty ones, each original with its own."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = cycle(texts)
        self.given: dict[str, str] = {}

    def __call__(self, value: Any, name: str = "") -> Any:
        if isinstance(value, str):
            return self._text(value) if name in _FOREIGN and value else value
        if isinstance(value, tuple):
            return tuple(self(one, name) for one in value)
        if is_dataclass(value) and not isinstance(value, type):
            kept = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
            return replace(value, **{key: self(part, key) for key, part in kept.items()})
        return value

    def _text(self, value: str) -> str:
        if value not in self.given:
            self.given[value] = f"{next(self._texts)} {value}"
        return self.given[value]


@pytest.mark.usefixtures("_libraries")
@every(4)
def test_a_report_holds_its_names_and_none_of_them_lives(
    tries: Tries, tmp_path: Path, step: int
) -> None:
    from remit.exports import write_report
    from remit.exports.pack import FULL
    from remit.report import Report
    from tests.report.fictional import fictional_report

    texts = [text for text in (*TEXTS, *BEYOND_UTF8) if len(text) < 1000][::step]
    view = Spoiled(texts)(fictional_report())
    rows = pl.DataFrame({"file": [one for one in texts if one not in BEYOND_UTF8]})
    out = tmp_path / "out"
    with tries.attempt("outputs: report", f"{len(texts)} texts", seconds=30):
        write_report(Report(view, rows), out, pack=FULL)
    names = {line.metric.name for line in view.lines} | {view.body.name}
    found = {
        "xlsx": sheet_texts(out / "report.xlsx"),
        "docx": {office_text(out / "report.docx")},
        "pptx": {office_text(out / "report.pptx")},
        "html": {page_text(path) for path in all_files(out) if path.suffix == ".html"},
    }
    for name in names:
        for form, held in found.items():
            with tries.attempt("outputs: report", f"{form}: {name!a}"):
                words = " ".join(cleaned(name).split())
                assert any(words in " ".join(text.split()) for text in held), form
    for table in ("points.csv", "source-rows.csv"):
        csv_rows((out / table).read_bytes().decode())
