"""5,000 spoiled files: each gives a clear error, or a reading in which every row is accounted for.

The files are made from a seed, so that a failure can be had again: its message names the seed.
"""

from __future__ import annotations

import csv
import io
import math
import random
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
import typer

from remit.catalogue import load_metrics
from remit.cli.figures.ingest import ingest
from remit.model.errors import RemitError
from remit.model.observation import Status
from remit.model.organisation import TrustKind
from remit.publications.recognise import read_file
from remit.publications.rows.reading import Reading, ReadingContext
from remit.register import load_register
from remit.store import Store
from tests.fuzz.mutations import BOM, mutate

FILES = 5_000
CHUNKS = 25
EXCERPTS = 200
WHOLE_FILES = 30
THROUGH_THE_STORE = 100

REGISTER = load_register()
TRUSTS = [trust.code for trust in REGISTER.trusts(date(2025, 6, 30), TrustKind.ACUTE)]
HEADER = (
    "Quarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain,Metric_ID,"
    "Metric_description,Reporting_date,Units,Value,Median_value,Lower_quartile,Upper_quartile,Rank"
)
LEAGUE_HEADER = (
    "Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Reporting_date,Average_score,"
    "Likely_range_of_average_score,Segment,Trust_in_financial_deficit,Rank,Likely_range_of_rank"
)
METRICS = (
    ("OF0003", "Jun-25", "percent"),
    ("OF0048", "Jul 24 - Jun 25", "rate"),
    ("OF0048", "Jul 24 - Jun 25", "count"),
    ("OF0079", "2025/26 plan", "percent"),
    ("OF0106", "Jun-25", "percentage points"),
    ("OF1003", "Jun-25", "score"),
    ("OF5002", "Q1 2025/26", "score"),
    ("OF5000", "Q1 2025/26", "segment"),
    ("OF5004", "Q1 2025/26", "flag"),
)
AE_COUNTS = (
    "A&E attendances Type 1",
    "A&E attendances Type 2",
    "A&E attendances Other A&E Department",
    "Attendances over 4hrs Type 1",
    "Attendances over 4hrs Type 2",
    "Attendances over 4hrs Other Department",
    "Patients who have waited 4-12 hs from DTA to admission",
    "Patients who have waited 12+ hrs from DTA to admission",
    "Emergency admissions via A&E - Type 1",
    "Emergency admissions via A&E - Type 2",
    "Emergency admissions via A&E - Other A&E department",
    "Other emergency admissions",
)
LIMITED = {"score": "2.25", "segment": "2", "flag": "1"}


def trust_data(chance: random.Random, *, with_quarter: bool) -> bytes:
    """Some sixty rows as NHS England writes them."""
    rows = [
        f"Q1 2025/26,London,Acute trust,Acute - Large,{code},A Trust of Spoiled Files,Access,Care,"
        f"{metric},A description,{day},{unit},{LIMITED.get(unit) or chance.randrange(999) / 10},"
        "2.4,1.33,3.32,7.0"
        for metric, day, unit in METRICS
        for code in TRUSTS[:7]
    ]
    lines = [HEADER, *rows, ""]
    if not with_quarter:
        lines = [line.partition(",")[2] for line in lines]
    return BOM + "\n".join(lines).encode()


def league_table(chance: random.Random) -> bytes:
    rows = [
        f"London,Acute trust,Acute - Large,{code},A Trust of Spoiled Files,Q1 2025/26,"
        f"{1 + chance.randrange(300) / 100:.2f},1.10 to 2.90,2,Yes,{number},4 to 100"
        for number, code in enumerate(TRUSTS[:60], start=1)
    ]
    return BOM + "\n".join([LEAGUE_HEADER, *rows, ""]).encode()


def monthly(chance: random.Random) -> bytes:
    """A wide table of counts with England's total in the last row."""
    counts = [[chance.randrange(9_999) for _ in AE_COUNTS] for _ in range(60)]
    rows = [
        f"MSitAE-APRIL-2021,{code},NHS ENGLAND LONDON,A TRUST,{','.join(map(str, row))}"
        for code, row in zip(TRUSTS, counts, strict=False)
    ]
    total = ",".join(str(sum(column)) for column in zip(*counts, strict=True))
    header = f"Period,Org Code,Parent Org,Org name,{','.join(AE_COUNTS)}"
    return BOM + "\n".join([header, *rows, f"TOTAL,TOTAL ,TOTAL,TOTAL,{total}", ""]).encode()


def base_files(chance: random.Random) -> list[bytes]:
    return [
        trust_data(chance, with_quarter=True),
        trust_data(chance, with_quarter=False),
        league_table(chance),
        monthly(chance),
    ]


def excerpts(shared_data: Path, chance: random.Random) -> list[bytes]:
    """The published files, cut down to their header and some sixty of their rows."""
    found = []
    for path in sorted((shared_data / "nof").glob("*.csv")):
        header, *rows = path.read_bytes().split(b"\n")
        summary = [row for row in rows if b"OF5002" in row][:3]
        found.append(b"\n".join([header, *chance.sample(rows, 57), *summary]))
    return found


# What must hold ----------------------------------------------------------------------------------


def context() -> ReadingContext:
    return ReadingContext(REGISTER, load_metrics())


def rows_in(content: bytes) -> range:
    """How many rows below a header a file can have, counted without Remit's reading.

    At least the records of RFC 4180, in which a quoted cell may go over lines, and at most the
    lines: a stray mark makes no record. Blank ones, those of separators alone and titles over the
    header are none.
    """
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read(archive.namelist()[0])
    text = as_text(content)
    ends = "\n" if "\n" in text else "\r"
    separator = max(",;\t|", key=text[:2_000].count)
    lines = [line for line in text.split(ends) if _says_something(line, separator)]
    before = csv.field_size_limit(len(text) + 1)
    try:
        found = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=separator)
        records = sum(1 for cells in found if _says_something("".join(cells), separator))
    finally:
        csv.field_size_limit(before)  # of the whole process: other tests read longer cells
    headers = sum(map(_names_columns, lines))
    return range(min(records, len(lines)) - max(1, headers) - _titles(lines, separator), len(lines))


def _titles(lines: list[str], separator: str) -> int:
    """How many lines of few cells stand over the header, as titles and notes do."""
    headers = [place for place, line in enumerate(lines) if _names_columns(line)]
    above = lines[: headers[0]] if headers else []
    return sum(line.count(separator) < 3 for line in above)


def _names_columns(line: str) -> bool:
    return "Org Code" in line or "Trust_c" in line


def _says_something(line: str, separator: str) -> bool:
    return bool(line.replace(separator, "").replace('"', "").strip("\0").strip())


def as_text(content: bytes) -> str:
    """A file in UTF-16 if it says so, else in UTF-8."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if wide else "utf-8", errors="replace")


def lines_told(reading: Reading) -> int:
    """Lines that a reading calls notes, or the header again: they are told, and no rows."""
    told = (re.match(r"([0-9]+) lines? not read, (?:as it is|each) ", n) for n in reading.notes)
    return sum(int(found[1]) for found in told if found)


def check(path: Path) -> RemitError | Reading:
    try:
        reading = read_file(path, context())
    except RemitError as error:
        check_message(str(error), path)
        return error
    check_reading(reading, path)
    return reading


def check_message(said: str, path: Path) -> None:
    assert said.startswith(str(path))
    assert 10 < len(said) - len(str(path)) < 1_500
    assert "Error" not in said
    assert all(sign.isprintable() for sign in said), said


def check_reading(reading: Reading, path: Path) -> None:
    source, observations = reading.source, reading.observations
    assert source.rows_read + lines_told(reading) in rows_in(path.read_bytes())
    assert source.rows_read == source.rows_accepted + source.rows_rejected
    assert source.rows_rejected == len(reading.rejections)
    refused = [rejection.line for rejection in reading.rejections]
    assert len(set(refused)) == len(refused)
    for rejection in reading.rejections:
        assert rejection.file == path.name
        assert rejection.line >= 1
        assert 5 < len(rejection.reason) < 1_000
        assert len(rejection.value) <= 200
    accepted = set(observations["source_row"])
    assert not accepted & set(refused)
    assert len(accepted) <= source.rows_accepted
    if source.publication == "nof-trust-data":
        assert len(accepted) == observations.height == source.rows_accepted
    for name in ("org_code", "metric_id", "unit", "release", "scope", "period_start", "status"):
        assert observations[name].null_count() == 0, name
    for value, status in observations.select("value", "status").iter_rows():
        assert (value is not None) == (status == Status.REPORTED)
        assert value is None or math.isfinite(value)


def check_all(path: Path, chance: random.Random, bases: list[bytes], number: int) -> None:
    """Spoil so many files; every one that is not dealt with is named."""
    faults = []
    for place in range(number):
        what, content = mutate(chance, chance.choice(bases))
        path.write_bytes(content)
        try:
            check(path)
        except Exception as fault:
            faults.append(f"file {place}, {what}: {type(fault).__name__}: {fault}")
    assert not faults, "\n".join(faults)


# The files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_spoiled_files(chunk: int, tmp_path: Path) -> None:
    chance = random.Random(chunk)
    check_all(tmp_path / "spoiled.csv", chance, base_files(chance), FILES // CHUNKS)


@pytest.mark.conformance
def test_spoiled_excerpts_of_published_files(shared_data: Path, tmp_path: Path) -> None:
    chance = random.Random("excerpts")
    check_all(tmp_path / "spoiled.csv", chance, excerpts(shared_data, chance), EXCERPTS)


@pytest.mark.conformance
def test_spoiled_published_files(shared_data: Path, tmp_path: Path) -> None:
    chance = random.Random("whole files")
    bases = [path.read_bytes() for path in sorted((shared_data / "nof").glob("*.csv"))]
    check_all(tmp_path / "spoiled.csv", chance, bases, WHOLE_FILES)


@pytest.mark.parametrize("is_first", [True, False], ids=["the first line", "a later line"])
def test_a_line_of_100_megabytes(tmp_path: Path, is_first: bool) -> None:
    path = tmp_path / "spoiled.csv"
    start = b"" if is_first else trust_data(random.Random(0), with_quarter=True)
    path.write_bytes(start + b"x" * 100_000_000 + b"\n")
    assert "100,000,000 bytes long" in str(check(path))


@pytest.mark.parametrize("seed", ["store", "another store"])
def test_spoiled_files_leave_the_store_as_it_was(tmp_path: Path, seed: str) -> None:
    chance = random.Random(seed)
    bases = base_files(chance)
    store, path = tmp_path / "remit.duckdb", tmp_path / "spoiled.csv"
    path.write_bytes(bases[0])
    assert exit_code(path, store) == 0
    codes = []
    for number in range(THROUGH_THE_STORE):
        what, content = mutate(chance, chance.choice(bases))
        path.write_bytes(content)
        before = store.read_bytes()
        codes.append(exit_code(path, store))
        if codes[-1] == 2:
            assert store.read_bytes() == before, (number, what)
    assert min(codes.count(code) for code in (0, 1, 2)) > 5
    with Store.open(store, read_only=True) as opened:
        kept = opened.sources(all_vintages=True)
        assert sum(s.rows_rejected for s in kept) == len(opened.rejections())


def exit_code(path: Path, store: Path) -> int:
    """What the command line ends with; any other exception fails the test."""
    try:
        ingest([path], store=store, wait=0)
    except typer.Exit as end:
        return end.exit_code
    except RemitError:
        return 2
    return 0
