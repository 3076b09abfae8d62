"""Before publication, on the sample: each edge that is told is borne out by a fresh assessment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from remit.assessment.improvement.changes import Change
from remit.assessment.improvement.preview import Preview, preview
from remit.assessment.improvement.preview_words import preview_words
from remit.cli.run import run
from remit.frames.figures import Figures
from remit.report.unpublished_file import read_unpublished
from remit.sample import SampleFiles, write_own_files
from remit.sample.own_files import PREVIEWED, UNPUBLISHED

PERIOD = "2025/26 Q4"
HAIR = 1e-4


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_own_files(tmp_path_factory.mktemp("own"))[UNPUBLISHED]


@pytest.fixture(scope="module")
def found(figures: Figures, own: Path) -> Preview:
    read = read_unpublished(own, PREVIEWED)
    return preview(figures, PREVIEWED, read.figures, file_name=own.name, replicates=200)


def test_the_last_published_quarter_is_taken(found: Preview) -> None:
    assert found.to_dict()["against"] == PERIOD


def test_each_edge_is_borne_out(figures: Figures, own: Path, found: Preview) -> None:
    """A hair before it the segment is as it was; at it, or a hair beyond, it is the other."""
    given = read_unpublished(own, PREVIEWED).figures
    for edge in found.edges[:5]:
        way = 1 if edge.at > edge.value or edge.beyond == "above" else -1
        before = edge.at if edge.beyond else edge.at - way * HAIR
        after = edge.at + way * HAIR if edge.beyond else edge.at
        segments = []
        for value in (before, after):
            line = next((one for one in given if one.metric == edge.metric_id), given[0])
            moved = Change(edge.metric_id, value)
            others = [one for one in given if one.metric != edge.metric_id]
            told = type(line)(line.line, edge.metric_id, moved)
            tried = preview(figures, PREVIEWED, [*others, told], replicates=100)
            assert tried.unused == ()
            segments.append(tried.standing["final_segment"])
        assert segments == [edge.segment, edge.segment_there], edge.metric_id


def test_nothing_is_kept_and_unused_lines_are_findings(
    sample: SampleFiles, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "remit.duckdb"
    q4 = [str(path) for path in sample.published if "q4-2025-26" in path.name]
    run(["ingest", *q4, "--store", str(store)])
    before = store.read_bytes()
    file = tmp_path / "own.csv"
    file.write_text("metric,value\nOF0013,75.1\nOF9999,1\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["preview", "za4", str(file), "--store", str(store), "--replicates", "100"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "Sample data" in said
    assert "1 figure of own.csv, which nobody has published" in said
    assert "Not used: line 3 (OF9999)" in said
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("#N/A", "line 2: the cell holds an error of a spreadsheet"),
        ("n/a", "line 2: 'n/a' is no number"),
        ("", "line 2: the value is missing"),
        ("(1.2)", "line 2: '(1.2)' is no number; write -1.2"),
        ("Yes", "line 2: 'Yes' is no number; a flag such as OF5004 is 1 (yes) or 0 (no)"),
    ],
)
def test_where_no_line_holds_a_figure_each_is_told_with_its_reason(
    sample: SampleFiles, tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str, said: str
) -> None:
    q4 = [str(path) for path in sample.published if "q4-2025-26" in path.name]
    file = tmp_path / "own.csv"
    file.write_text(f"metric,value\nOF0079,{value}\n", encoding="utf-8")
    assert run(["preview", "ZA4", str(file), *q4]) == 2
    assert said in capsys.readouterr().err


def test_an_organisation_is_previewed_in_the_last_quarter_of_its_own(
    figures: Figures, own: Path
) -> None:
    """The others have a fourth quarter; its own last is the third."""
    later = (pl.col("release") == PERIOD) & (pl.col("org_code") == PREVIEWED)
    earlier = replace(figures, observations=figures.observations.filter(~later))
    read = read_unpublished(own, PREVIEWED)
    found = preview(earlier, PREVIEWED, read.figures, replicates=100)
    assert found.to_dict()["against"] == "2025/26 Q3"


def test_the_lines_of_others_are_told_together(figures: Figures, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    lines = [f"OF0013,{code},75.1" for code in ("ZA1", "ZA2", "ZA3", "ZA5", "ZA4")]
    path.write_text("\n".join(["metric,code,value", *lines, "OF9999,ZA4,1"]), encoding="utf-8")
    read = read_unpublished(path, PREVIEWED)
    found = preview(figures, PREVIEWED, read.figures, unread=read.unused, replicates=100)
    said = [one for one in preview_words(found) if one.startswith("Not used")]
    assert said[0] == "Not used: 4 lines of other organisations, from line 2 on."
    assert said[1].startswith("Not used: line 7 (OF9999): ")
    assert len(said) == 2
