"""The full extract of waiting times: a row a provider, commissioner, part and function."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from remit.publications.rows.reading import Reading
from remit.store import Store

from .workbook_files import accounted, differences, read, values, write_workbook

WHO = [
    "Period", "Provider Parent Org Code", "Provider Parent Name", "Provider Org Code",
    "Provider Org Name", "Commissioner Parent Org Code", "Commissioner Parent Name",
    "Commissioner Org Code", "Commissioner Org Name", "RTT Part Type", "RTT Part Description",
    "Treatment Function Code", "Treatment Function Name",
]  # fmt: skip
TOTALS = ["Total", "Patients with unknown clock start date", "Total All"]
PARTS = {
    "Part_1A": "Admitted",
    "Part_1B": "Not admitted",
    "Part_2": "Incomplete Pathways",
    "Part_2A": "With DTA",
    "Part_3": "New",
}


def weeks(last: int = 104) -> list[str]:
    closed = [f"Gt {low:02} To {low + 1:02} Weeks SUM 1" for low in range(last)]
    return [*closed, f"Gt {last:02} Weeks SUM 1"]


def row(
    counts: Mapping[int, int | str],
    *,
    part: str = "Part_2",
    function: str = "C_100",
    commissioner: str = "01A",
    provider: str = "ZA1",
    icb: str = "ZB1",
    unknown: int = 0,
    last: int = 104,
    total: int | None = None,
) -> dict[str, str]:
    """A row; ``counts`` says how many have waited from so many weeks on."""
    known = sum(number for number in counts.values() if isinstance(number, int))
    name = {"C_100": "General Surgery Service", "C_110": "Trauma, and Orthopaedics",
            "C_999": "Total"}[function]  # fmt: skip
    who = ["RTT-March-2026", icb, "AN ICB", provider, "LARKSHIRE, AND REST", "ZB2", "X",
           commissioner, "SUB ICB", part, PARTS[part], function, name]  # fmt: skip
    bands = {weeks(last)[low]: str(number) for low, number in counts.items()}
    whole = known + unknown if total is None else total
    sums = [str(known or ""), str(unknown or ""), str(whole)]
    return dict(zip([*WHO, *TOTALS], [*who, *sums], strict=True)) | bands


def extract(
    path: Path, rows: Sequence[Mapping[str, str]], *, last: int = 104, header: Sequence[str] = ()
) -> Path:
    named = list(header) or [*WHO, *weeks(last), *TOTALS]
    text = io.StringIO()
    writer = csv.DictWriter(text, named, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("20260331-RTT-MARCH-2026-full-extract.csv", text.getvalue())
    else:
        path.write_text(text.getvalue(), encoding="utf-8")
    return path


SMALL = [
    row({2: 10, 20: 5, 60: 1}),
    row({2: 20, 20: 10, 104: 2}, commissioner="02B"),
    row({1: 4, 77: 3}, function="C_110"),
    row({1: 4, 2: 10, 20: 5, 60: 1, 77: 3}, function="C_999"),
    row({2: 20, 20: 10, 104: 2}, function="C_999", commissioner="02B"),
    row({2: 7}, part="Part_2A"),
    row({3: 6}, part="Part_1A", unknown=1),
    row({}, part="Part_3", total=9),
]


def of(reading: Reading, metric: str) -> dict[str | None, float | None]:
    mine = reading.observations.filter(metric_id=metric, org_code="ZA1")
    return dict(mine.select("cut", "value").iter_rows())


def test_only_part_2_is_the_list_and_commissioners_are_added_up(tmp_path: Path) -> None:
    reading = read(extract(tmp_path / "full.zip", SMALL))
    assert accounted(reading)
    assert (reading.source.rows_read, reading.rejections, reading.notes) == (8, (), ())
    # 23 of one commissioner's total and 32 of the other's; bands 1, 2 | 20 | 60, 77 | 104.
    assert values(reading, "ZA1") == {
        "rtt.incomplete-pathways": 55,
        "rtt.within-18-weeks": 34,
        "rtt.over-52-weeks": 6,
        "rtt.over-65-weeks": 5,
        "rtt.over-78-weeks": 2,
        "rtt.over-104-weeks": 2,
        "rtt.incomplete-with-decision-to-admit": 7,
        "rtt.completed-admitted": 7,
        "rtt.new-periods": 9,
    }
    assert of(reading, "rtt.incomplete-pathways") == {
        "treatment function: General Surgery Service": 48,
        "treatment function: Trauma, and Orthopaedics": 7,
        None: 55,
    }
    assert differences(reading) == {}


def test_a_total_that_is_not_the_sum_of_its_functions_is_told(tmp_path: Path) -> None:
    rows = [row({2: 10}), row({2: 5}, function="C_110"), row({2: 14}, function="C_999")]
    reading = read(extract(tmp_path / "full.csv", rows))
    assert values(reading, "ZA1")["rtt.incomplete-pathways"] == 14, "as printed"
    assert differences(reading) == {
        "ZA1 · rtt.incomplete-pathways · Mar 2026": -1.0,
        "ZA1 · rtt.within-18-weeks · Mar 2026": -1.0,
    }


def test_a_total_that_is_not_printed_is_made_of_its_parts(tmp_path: Path) -> None:
    rows = [row({2: 10}), row({2: 5}, function="C_110"), row({30: 1}, commissioner="02B")]
    reading = read(extract(tmp_path / "full.csv", rows))
    whole = reading.observations.filter(metric_id="rtt.incomplete-pathways", scope="Mar 2026")
    assert whole.select("value", "cut", "source_row", "source_column").rows() == [
        (16.0, None, 2, "Total All (sum of 2 parts)")
    ]


def test_the_icb_that_the_file_names_is_kept_and_an_area_of_earlier_years_is_not(
    tmp_path: Path,
) -> None:
    rows = [
        row({2: 10}, function="C_999"),
        row({2: 8}, function="C_999", provider="ZA5", icb="Q72"),
        # Two commissioners' rows that name two ICBs for one provider: it is under neither.
        row({2: 1}, function="C_999", provider="NT3", icb="ZB1"),
        row({2: 1}, function="C_999", provider="NT3", icb="ZB2", commissioner="02B"),
    ]
    reading = read(extract(tmp_path / "full.csv", rows))
    found = reading.observations.filter(metric_id="rtt.incomplete-pathways")
    named = {"ZA1": "ZB1", "ZA5": None, "NT3": None}
    assert dict(found.select("org_code", "member_of").iter_rows()) == named
    with Store.in_memory() as store:
        store.ingest([reading])
        kept = store.counts(["rtt.incomplete-pathways"])
    assert dict(kept.select("org_code", "member_of").iter_rows()) == named


def test_a_last_band_from_52_weeks_on_says_nothing_of_65(tmp_path: Path) -> None:
    rows = [row({2: 10, 52: 3}, function="C_999", last=52)]
    reading = read(extract(tmp_path / "before-2021.csv", rows, last=52))
    assert values(reading, "ZA1") == {
        "rtt.incomplete-pathways": 13,
        "rtt.within-18-weeks": 10,
        "rtt.over-52-weeks": 3,
    }


def test_columns_in_another_order_in_other_case_and_one_more_change_nothing(
    tmp_path: Path,
) -> None:
    header = [*TOTALS, "A new column", *reversed([*WHO, *weeks()])]
    rows = [{**one, "A new column": "5"} for one in SMALL]
    path = extract(tmp_path / "full.csv", rows, header=header)
    first, rest = path.read_text().split("\n", 1)
    path.write_text(first.lower().replace(" ", "  ") + "\n" + rest)
    plain, turned = read(extract(tmp_path / "plain.csv", SMALL)), read(path)
    assert values(turned, "ZA1") == values(plain, "ZA1")
    assert turned.notes == ("1 column not read (no declaration names it): a new column",)


@pytest.mark.parametrize(
    ("bad", "why"),
    [("twelve", "no figure"), ("-3", "no figure"), ("1.2.3", "no figure"), ("#N/A", "an error")],
)
def test_a_week_that_is_no_count_refuses_its_row_and_is_named(
    bad: str, why: str, tmp_path: Path
) -> None:
    rows = [row({2: 10, 5: bad}, function="C_999", total=12), row({2: 8}, provider="ZA5")]
    reading = read(extract(tmp_path / "full.csv", rows))
    ((line, column, value, reason),) = [
        (r.line, r.column, r.value, r.reason) for r in reading.rejections
    ]
    assert (line, column, value) == (2, "Gt 05 To 06 Weeks SUM 1", bad)
    assert why in reason
    assert accounted(reading)


def test_a_row_that_repeats_another_of_its_commissioner_is_refused(tmp_path: Path) -> None:
    rows = [row({2: 10}, function="C_999"), row({2: 10}, function="C_999")]
    reading = read(extract(tmp_path / "full.csv", rows))
    assert [(r.line, r.reason) for r in reading.rejections] == [(3, "the row repeats line 2")]
    assert values(reading, "ZA1")["rtt.incomplete-pathways"] == 10


def test_a_part_that_is_not_declared_is_refused(tmp_path: Path) -> None:
    rows = [row({2: 10}, function="C_999") | {"RTT Part Type": "Part_9"}]
    (refused,) = read(extract(tmp_path / "full.csv", rows)).rejections
    assert (refused.column, refused.value) == ("RTT Part Type", "Part_9")


# Before October 2017 -----------------------------------------------------------------------------

OLD_WHO = ["Year", "Period Name", *WHO[1:9], "RTT Part Name", "RTT Part Description"]
ABOVE = "RTT extract,,\n\n"


def old(names: Sequence[str], month: str, year: str) -> str:
    """A file of the older era: lines above the header, the month in two columns."""
    new = row({2: 10, 20: 5, 52: 3}, last=52)
    total = row({2: 10, 20: 5, 52: 3}, last=52, function="C_999")
    text = io.StringIO(newline="")
    header = [*OLD_WHO, *names, *weeks(52), *TOTALS]
    writer = csv.DictWriter(text, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for one in (new, total):
        function = [one["Treatment Function Code"], one["Treatment Function Name"]]
        named = dict(zip(names, function, strict=True))
        part = one["RTT Part Type"]
        more = {"Year": year, "Period Name": month, "RTT Part Name": part}
        writer.writerow({**one, **more, **named})
    return text.getvalue()


@pytest.mark.parametrize(
    "names",
    [
        ("Treatment Function Code", "Treatment Function Name"),
        ("Treatment Function Name", "Treatment Function Description"),
    ],
    ids=["code and name", "name and description"],
)
@pytest.mark.parametrize(
    ("month", "year", "label"),
    [
        ("JULY", "2016-17", "Jul 2016"),
        ("January", "2015/16", "Jan 2016"),
        ("RTT-April", "2017-18", "Apr 2017"),
    ],
)
@pytest.mark.parametrize("above", ["", ABOVE, '"A title, with a comma"\nPublished: late\n'])
def test_the_older_era_has_lines_above_its_header_and_other_names(
    names: tuple[str, str], month: str, year: str, label: str, above: str, tmp_path: Path
) -> None:
    path = tmp_path / "full.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("18wksRTT - Monthly EXTRACTS.csv", above + old(names, month, year))
    reading = read(path)
    assert accounted(reading)
    assert (reading.source.rows_read, reading.rejections, reading.notes) == (2, (), ())
    assert values(reading, "ZA1", label) == {
        "rtt.incomplete-pathways": 18,
        "rtt.within-18-weeks": 10,
        "rtt.over-52-weeks": 3,
    }
    assert of(reading, "rtt.incomplete-pathways") == {
        "treatment function: General Surgery Service": 18,
        None: 18,
    }


# A large file ------------------------------------------------------------------------------------


def many(providers: int = 80, commissioners: int = 14) -> list[dict[str, str]]:
    """Rows of which each differs; some names are quoted, for they hold a comma."""
    return [
        row(
            {number % 18: number, 18 + number % 30: 2, 65 + number % 40: number % 3},
            provider=f"N{one:02}X",
            commissioner=f"{number:02}A",
            function=function,
            part=part,
        )
        for one in range(providers)
        for number in range(1, commissioners + 1)
        for function in ("C_100", "C_110")
        for part in ("Part_2", "Part_2A")
    ]


def test_a_large_file_is_read_as_a_small_one_is(tmp_path: Path) -> None:
    rows = many()
    path = extract(tmp_path / "large.csv", rows)
    assert path.stat().st_size > 1_000_000, "so large that it is read in pieces"
    reading = read(path)
    assert accounted(reading)
    assert (reading.source.rows_read, reading.rejections, reading.notes) == (len(rows), (), ())
    wanted: dict[str, float] = defaultdict(float)
    late: dict[str, float] = defaultdict(float)
    for one in rows:
        if one["RTT Part Type"] == "Part_2":
            wanted[one["Provider Org Code"]] += int(one["Total All"])
            over = [one[name] for name in weeks()[52:] if name in one]
            late[one["Provider Org Code"]] += sum(map(int, over))
    whole = reading.observations.filter(scope="Mar 2026")
    for metric, by_provider in (("incomplete-pathways", wanted), ("over-52-weeks", late)):
        found = whole.filter(metric_id=f"rtt.{metric}")
        assert dict(found.select("org_code", "value").iter_rows()) == by_provider
    lines = path.read_text().split("\n")
    some = reading.observations.filter(metric_id="rtt.incomplete-pathways").sample(40, seed=1)
    for line, code in some.select("source_row", "org_code").iter_rows():
        assert code in lines[line - 1]


@pytest.mark.parametrize(
    ("sound", "spoiled"),
    [
        (",N07X,", ",N07X,one more,"),
        (",N07X,", ","),
    ],
    ids=["too long", "too short"],
)
def test_a_spoiled_line_of_a_large_file_is_told(sound: str, spoiled: str, tmp_path: Path) -> None:
    path = extract(tmp_path / "large.csv", many())
    text = path.read_text()
    path.write_text(text.replace(sound, spoiled, 1))
    reading = read(path)
    assert accounted(reading)
    line = text[: text.index(sound)].count("\n") + 1
    assert [rejection.line for rejection in reading.rejections] == [line]


def test_blank_lines_in_a_large_file_are_passed_over_and_lines_counted(tmp_path: Path) -> None:
    rows = many()
    path = extract(tmp_path / "large.csv", rows)
    head, first, *rest = path.read_text().split("\n")
    path.write_text("\r\n".join([head, "", first, ",,,", *rest]))
    reading = read(path)
    found = reading.observations.filter(metric_id="rtt.incomplete-pathways")
    assert found["source_row"].min() == 3
    assert accounted(reading)


def test_a_bad_week_in_a_large_file_refuses_its_row(tmp_path: Path) -> None:
    rows = many()
    rows[700] = {**rows[700], weeks()[40]: "many"}
    reading = read(extract(tmp_path / "large.csv", rows))
    assert [(r.line, r.column, r.value) for r in reading.rejections] == [(702, weeks()[40], "many")]


# The workbooks of the other parts ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "column", "metric"),
    [
        ("completed admitted pathways.", "Total number of completed pathways (all)",
         "completed-admitted"),
        ("completed non-admitted pathways.", "Total number of completed pathways (all)",
         "completed-not-admitted"),
        ("new RTT periods", "Number of new RTT clock starts during the month", "new-periods"),
    ],
)  # fmt: skip
def test_the_workbook_of_another_part_is_a_vintage_of_that_part(
    title: str, column: str, metric: str, tmp_path: Path
) -> None:
    summary = f"Monthly Referral to Treatment (RTT) waiting times for {title}"
    header = ["", "Region Code", "Provider Code", "Provider Name", "Treatment Function Code"]
    sheet = [
        ["", "Title:", "Consultant-led referral to treatment"],
        ["", "Summary:", summary],
        ["", "Period:", "March 2026"],
        [*header, "Treatment Function", ">0-1", column],
        ["", "ZR1", "ZA1", "Larkshire", "C_100", "General Surgery Service", 1, 30],
        ["", "ZR1", "ZA1", "Larkshire", "C_999", "Total", 1, 30],
    ]
    reading = read(write_workbook(tmp_path / "Provider.xlsx", {"Provider": sheet}))
    assert values(reading, "ZA1", "Mar 2026") == {f"rtt.{metric}": 30}
    of_full = read(extract(tmp_path / "full.csv", [
        row({2: 5}, part=part, function=function)
        for part in ("Part_1A", "Part_1B", "Part_3") for function in ("C_100", "C_999")
    ]))  # fmt: skip
    assert set(reading.source.scopes) < set(of_full.source.scopes)


# Beside the others of its family -----------------------------------------------------------------


def test_the_workbook_and_a_third_partys_extract_do_not_hide_the_other_parts(
    tmp_path: Path,
) -> None:
    sheet = [
        ["Period:", "March 2026"],
        ["Provider Code", "Treatment Function", "Total number of incomplete pathways",
         "Total within 18 weeks", "Total 52 plus weeks"],
        ["ZA1", "Total", 55, 34, 6],
    ]  # fmt: skip
    copy = (
        "provider_code,treatment_function,total_incomplete_pathways,total_within_18_weeks,"
        "total_52_plus,reporting_month\nZA1,Total,999,1,1,2026-03-01\n"
    )
    (tmp_path / "z-copy.csv").write_text(copy)
    files = [
        extract(tmp_path / "full.zip", SMALL),
        write_workbook(tmp_path / "Incomplete-Provider.xlsx", {"Provider": sheet}),
        tmp_path / "z-copy.csv",
    ]
    with Store.in_memory() as store:
        store.ingest([read(path) for path in files])
        mine = store.observations(publication="rtt")
    whole = {
        metric: value
        for metric, cut, value in mine.select("metric_id", "cut", "value").iter_rows()
        if cut is None
    }
    assert whole["rtt.incomplete-pathways"] == 55
    assert whole["rtt.completed-admitted"] == 7
    assert whole["rtt.new-periods"] == 9
