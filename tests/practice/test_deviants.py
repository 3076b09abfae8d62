"""``remit deviants``: what is read, what is worked out by hand, and who is called lasting."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from remit.cli.run import run
from remit.practice.deviants.memory import correlation_of, inflation
from remit.practice.deviants.outcomes import periods_in_order
from remit.practice.deviants.result import find_deviants
from tests.practice.leagues import figures, named, outcomes, planted

HEAD = "code,metric,period,value,numerator,denominator,better\n"
QUARTERS = [f"{year}/{year - 1999} Q{number}" for year in (2023, 2024) for number in (1, 2, 3, 4)]


def table(ahead: float = 8.0, better: str = "higher", count: int = 30) -> str:
    """Thirty organisations with 1,000 cases a quarter; two are ahead by some per cent."""
    rng = np.random.default_rng(5)
    lines = [HEAD]
    for at in range(count):
        share = 0.7 + (ahead / 100 if at < 2 else 0) * (1 if better == "higher" else -1)
        for quarter in QUARTERS:
            seen = int(rng.binomial(1000, share))
            lines.append(f"ZA{at:02},Four hours,{quarter},{seen / 10},{seen},1000,{better}\n")
    return "".join(lines)


def deviants(folder: Path, text: str, *more: str) -> tuple[int, list[dict[str, str]]]:
    """The code of the command, and the rows of ``deviants.csv``."""
    (folder / "in.csv").write_text(text, encoding="utf-8")
    arguments = ["--input", str(folder / "in.csv"), "--out", str(folder / "out"), *more]
    code = run(["deviants", *arguments])
    return code, rows(folder / "out" / "deviants.csv") if code < 2 else []


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_who_is_ahead_in_every_quarter_is_named_and_nobody_else(
    better: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = deviants(tmp_path, table(better=better))
    assert code == 0
    assert [row["code"] for row in found if row["lasting"] == "true"] == ["ZA00", "ZA01"]
    (first,) = (row for row in found if row["code"] == "ZA00")
    seen = [float(line.split(",")[4]) for line in table(better=better).splitlines()[1:9]]
    assert float(first["raw"]) == pytest.approx(100 * sum(seen) / 8000)
    # What is likely lies between what was seen and what the others do.
    low, high = sorted((70.0, float(first["raw"])))
    assert low < float(first["shrunken"]) < high + 0.3
    assert float(first["probability"]) > 0.99
    said = " ".join(capsys.readouterr().out.split())
    assert "2 of 30 organisations do lastingly better than the others" in said
    assert "regression to the mean" in said
    assert "no cause" in said


def test_who_is_ahead_on_one_metric_is_not_said_to_be_on_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = table(ahead=0).replace(",Four hours,", ",Seen in time,").splitlines()[1:]
    deviants(tmp_path, "\n".join([table().rstrip(), *other]) + "\n")
    said = " ".join(capsys.readouterr().out.split())
    assert "better than the others on at least one of 2 metrics; on 1 of them nobody does." in said


def test_probabilities_sum_to_a_tenth_of_all_and_without_difference_all_have_the_same(
    tmp_path: Path,
) -> None:
    _, found = deviants(tmp_path, table())
    assert sum(float(row["probability"]) for row in found) == pytest.approx(3, abs=1e-4)
    _, same = deviants(tmp_path, table(ahead=0))
    assert {row["lasting"] for row in same} == {"false"}


def test_one_quarter_far_ahead_is_not_lasting(tmp_path: Path) -> None:
    lines = table(ahead=0).splitlines(keepends=True)
    lines[1] = f"ZA00,Four hours,{QUARTERS[0]},99.0,990,1000,higher\n"
    _, found = deviants(tmp_path, "".join(lines))
    assert [row["lasting"] for row in found if row["code"] == "ZA00"] == ["false"]


def test_one_period_alone_names_nobody(tmp_path: Path) -> None:
    lines = [line for line in table().splitlines(keepends=True) if QUARTERS[0] in line]
    code, found = deviants(tmp_path, HEAD + "".join(lines))
    assert code == 0
    assert {row["lasting"] for row in found} == {"false"}
    assert {row["periods"] for row in found} == {"1"}


def test_to_be_better_than_all_is_not_to_be_better_than_those_alike(tmp_path: Path) -> None:
    # The first ten are alike and ten per cent better than the rest: none is ahead of its peers.
    rng = np.random.default_rng(8)
    lines = [HEAD]
    for at in range(40):
        for quarter in QUARTERS:
            seen = int(rng.binomial(1000, 0.8 if at < 10 else 0.7))
            lines.append(f"ZA{at:02},Four hours,{quarter},,{seen},1000,higher\n")
    groups = [range(10), range(10, 40)]
    pairs = [f"ZA{a:02},{b},ZA{b:02}" for group in groups for a in group for b in group if a != b]
    (tmp_path / "peers.csv").write_text("code,rank,peer\n" + "\n".join(pairs), encoding="utf-8")
    _, alone = deviants(tmp_path, "".join(lines))
    assert sum(row["lasting"] == "true" for row in alone) >= 3
    _, alike = deviants(tmp_path, "".join(lines), "--peers", str(tmp_path / "peers.csv"))
    assert sum(row["lasting"] == "true" for row in alike) == 0


def test_the_converse_is_written_only_where_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deviants(tmp_path, table(better="lower"))
    assert not (tmp_path / "out" / "converse.csv").exists()
    capsys.readouterr()
    deviants(tmp_path, table().replace("higher", "lower"), "--converse")
    worse = [row["code"] for row in rows(tmp_path / "out/converse.csv") if row["lasting"] == "true"]
    assert worse == ["ZA00", "ZA01"]
    assert "no judgement of an organisation" in " ".join(capsys.readouterr().out.split())


def test_a_lead_that_passes_is_told_beside_it(tmp_path: Path) -> None:
    deviants(tmp_path, table())
    (metric,) = rows(tmp_path / "out" / "metrics.csv")
    # Two of 30 ahead by 8: the variance of true differences is near 64 × 28 / 900 = 1.99 …
    true = float(metric["true_deviation"]) ** 2
    assert true == pytest.approx(64 * 2 * 28 / 30**2, rel=0.35)
    # … and that of counting 1,000 near 70.5%, 100² × 0.705 × 0.295 / 1000 = 2.08.
    assert float(metric["passing_deviation"]) ** 2 == pytest.approx(2.08, rel=0.1)
    assert float(metric["lead_that_stays"]) == pytest.approx(true / (true + 2.08), rel=0.1)
    assert float(metric["dispersion"]) == pytest.approx(1, abs=0.15)


def test_the_balance_counts_what_is_ahead_and_what_is_behind(tmp_path: Path) -> None:
    second = table().replace("Four hours", "Cancer").replace("higher", "lower")
    (tmp_path / "out").mkdir()
    deviants(tmp_path, table() + second.replace(HEAD.replace("higher", "lower"), ""))
    found = {row["code"]: row for row in rows(tmp_path / "out" / "balance.csv")}
    assert (found["ZA00"]["lasting_on"], found["ZA00"]["behind"]) == ("Four hours", "1")
    assert found["ZA00"]["bright"] == "false"


REJECTED = [
    ("ZA00,Four hours,Q9,1,1,2,better", "better"),
    (",Four hours,2025/26 Q1,1,1,2,higher", "code"),
    ("ZA00,Four hours,2025/26 Q1,many,1,2,higher", "value"),
    ("ZA00,Four hours,2025/26 Q1,1,-1,2,higher", "numerator"),
]


@pytest.mark.parametrize(("line", "column"), REJECTED)
def test_a_row_that_is_no_figure_is_rejected_with_its_line(
    line: str, column: str, tmp_path: Path
) -> None:
    code, _ = deviants(tmp_path, table() + line + "\n")
    (told,) = rows(tmp_path / "out" / "rejections.csv")
    assert (code, told["line"], told["column"]) == (1, "242", column)


def test_the_same_figure_twice_is_taken_once_and_two_that_differ_not_at_all(
    tmp_path: Path,
) -> None:
    first = table().splitlines(keepends=True)[1]
    assert deviants(tmp_path, table() + first)[0] == 1
    (told,) = rows(tmp_path / "out" / "rejections.csv")
    assert (told["line"], told["reason"]) == ("242", "the same row stands on line 2")
    code, found = deviants(tmp_path, table() + first.replace(",1000,", ",1001,"))
    assert (code, found[0]["periods"]) == (1, "7")
    assert [row["line"] for row in rows(tmp_path / "out" / "rejections.csv")] == ["2", "242"]


def test_a_blank_value_is_made_of_its_counts_and_a_gap_is_no_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = table().splitlines(keepends=True)
    lines[1] = f"ZA00,Four hours,{QUARTERS[0]},*,,,higher\n"
    _, found = deviants(tmp_path, "".join(lines))
    assert (found[0]["periods"], found[1]["periods"]) == ("7", "8")
    assert float(found[0]["raw"]) > 70
    assert "1 rows have no figure" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,period,value,better\nZA1,1,2,higher\n", "no column metric"),
        (HEAD + "ZA1,m,1,2,,,higher\nZA2,m,1,2,,,lower\n", "differs from row to row"),
        (HEAD + "ZA1,m,1,2,,,neutral\n", "no figure that can be used"),
        (HEAD, "no row below a header"),
    ],
)
def test_what_cannot_be_used_is_told(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deviants(tmp_path, text)[0] == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_a_value_that_is_not_its_counts_is_used_without_them(tmp_path: Path) -> None:
    lines = [line.rsplit(",", 3) for line in table().splitlines()[1:]]
    text = HEAD + "\n".join(f"{head},7,9,{better}" for head, _, _, better in lines)
    _, found = deviants(tmp_path, text)
    (metric,) = rows(tmp_path / "out" / "metrics.csv")
    assert "counts are not used" in metric["note"]
    assert metric["dispersion"] == ""
    assert [row["code"] for row in found if row["lasting"] == "true"] == ["ZA00", "ZA01"]


@pytest.mark.parametrize(
    ("labels", "places"),
    [
        (["2025/26 Q1", "2024/25 Q3", "2024/25 Q4"], [2, 0, 1]),
        (["2025-06", "2025-04", "2025-07", "2025-09"], [2, 0, 3, 5]),
        (["2025-06-01", "2025-04-01", "2025-05-01"], [2, 0, 1]),
        (["10", "9", "7"], [3, 2, 0]),
        (["Round 10", "Round 9"], [1, 0]),
        (["2023", "2025", "2024"], [0, 2, 1]),
    ],
)
def test_periods_stand_in_time_with_gaps(labels: list[str], places: list[int]) -> None:
    order, _ = periods_in_order(labels)
    assert [order[one] for one in labels] == places


def test_memory_is_found_and_makes_a_mean_less_sure() -> None:
    rng = np.random.default_rng(4)
    passing = rng.normal(size=(400, 8))
    for at in range(1, 8):
        passing[:, at] = 0.6 * passing[:, at - 1] + 0.8 * passing[:, at]
    rest = passing - passing.mean(axis=1, keepdims=True)
    have = np.ones(rest.shape, dtype=bool)
    assert correlation_of(rest, have, (4, 0.5)) == pytest.approx(0.6, abs=0.06)
    # Of two that are alike by a half the mean has (1 + ½) / 2 of the variance, not ½.
    assert inflation(0.5, 2) == 1.5
    assert correlation_of(rest[:, :2], have[:, :2], (4, 0.5)) == 0.5


def test_a_planted_tenth_is_found_and_few_others_are_named() -> None:
    """One standard deviation of a quarter over eight quarters; an oracle finds four of five."""
    found, others = [], []
    for seed in range(12):
        rng = np.random.default_rng([seed, 991])
        better = planted(rng, 200)
        league = figures(rng, "plain", 200, 8) + better[:, None]
        who = named(find_deviants(outcomes([league])), 200)
        found.append(who[better].mean())
        others.append(who[~better].mean())
    assert np.mean(found) >= 0.70
    assert np.mean(others) <= 0.05


def test_without_true_differences_hardly_anybody_is_named_on_many_metrics() -> None:
    rng = np.random.default_rng(992)
    league = [figures(rng, "plain", 60, 8) for _ in range(20)]
    assert named(find_deviants(outcomes(league)), 60).mean() <= 0.05


def test_the_others_stay_unnamed_where_the_same_tenth_is_better_on_many_metrics() -> None:
    rng = np.random.default_rng(993)
    better = planted(rng, 100)
    league = [figures(rng, "plain", 100, 8) + better[:, None] for _ in range(20)]
    who = named(find_deviants(outcomes(league)), 100)
    assert who[better].mean() >= 0.9
    assert who[~better].mean() <= 0.05


def test_a_few_of_almost_no_cases_do_not_hide_that_figures_waver_beyond_counting(
    tmp_path: Path,
) -> None:
    # Forty with 2,000 cases waver by 0.03 beyond counting (0.0102); twenty have three cases each.
    rng = np.random.default_rng(11)
    lines = [HEAD]
    for at in range(60):
        cases = 2000 if at < 40 else 3
        for quarter in QUARTERS:
            seen = int(rng.binomial(cases, np.clip(0.7 + 0.03 * rng.normal(), 0, 1)))
            lines.append(f"ZA{at:02},Cancer,{quarter},,{seen},{cases},higher\n")
    deviants(tmp_path, "".join(lines))
    (metric,) = rows(tmp_path / "out" / "metrics.csv")
    # Of the usual, larger one: (3² + 1.02²) / 1.02² = 9.6, in per cent.
    assert float(metric["dispersion"]) == pytest.approx(9.6, rel=0.2)
    assert float(metric["passing_deviation"]) == pytest.approx(0.0317, rel=0.15)


FLAT = {
    "all the same": (lambda at: 70.0 + 0 * at, 0),
    # The two largest of twenty are a tenth of them, in every period.
    "each its own for ever": (lambda at: 60 + at / 7, 2),
}


@pytest.mark.parametrize("what", FLAT)
def test_figures_that_never_waver_are_in_order(what: str, tmp_path: Path) -> None:
    value, expected = FLAT[what]
    lines = [f"ZA{at:02},Waits,{quarter},{value(at)},,,higher"
             for at in range(20) for quarter in QUARTERS]  # fmt: skip
    code, found = deviants(tmp_path, HEAD + "\n".join(lines))
    assert code == 0
    assert sum(row["lasting"] == "true" for row in found) == expected
    assert float(found[19]["shrunken"]) == pytest.approx(value(19), abs=0.02)


def test_one_period_tells_nobody_apart(tmp_path: Path) -> None:
    lines = [f"ZA{at:02},Waits,2025/26 Q1,{60 + at},,,higher" for at in range(20)]
    _, found = deviants(tmp_path, HEAD + "\n".join(lines))
    assert {row["probability"] for row in found} == {"0.1"}


def test_a_monthly_metric_is_as_it_is_without_a_quarterly_one_beside(tmp_path: Path) -> None:
    months = [f"2024-{at:02}" for at in range(4, 13)]
    rng = np.random.default_rng(6)
    monthly = "\n".join(f"ZA{at:02},Monthly,{month},{rng.normal()},,,higher"
                         for at in range(15) for month in months)  # fmt: skip
    deviants(tmp_path, HEAD + monthly)
    (alone,) = rows(tmp_path / "out" / "metrics.csv")
    deviants(tmp_path, table() + monthly)
    beside = rows(tmp_path / "out" / "metrics.csv")
    assert [row["correlation"] for row in beside if row["metric"] == "Monthly"] == [
        alone["correlation"]
    ]


def test_who_has_no_peer_with_figures_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = "\n".join(f"ZA{at:02},ZA{at + 1:02}" for at in range(28))
    (tmp_path / "peers.csv").write_text("code,peer\n" + pairs, encoding="utf-8")
    deviants(tmp_path, table(), "--peers", str(tmp_path / "peers.csv"))
    said = " ".join(capsys.readouterr().out.split())
    assert "Held against all, as no peer of theirs has figures: ZA28, ZA29." in said
