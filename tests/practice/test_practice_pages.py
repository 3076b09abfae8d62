"""``remit practices pages``: who does better is named, and nobody as worse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from remit.cli.run import run
from tests.practice.small_files import write_practice


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice")
    write_practice(folder)
    asked = ["--method", f"{folder}/ours.yaml", "--alike", f"{folder}/alike.csv"]
    out = f"{folder}/out"
    figures = ["--figures", f"{folder}/quarters.csv", "--out", out]
    assert run(["practices", "pages", *asked, *figures]) == 0
    return folder / "out"


def words(path: Path) -> str:
    text = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8").partition("<main")[2])
    return " ".join(text.split())


def test_the_first_page_says_who_does_better_and_links_to_both(site: Path) -> None:
    said = words(site / "index.html")
    assert "1 of 12 organisations does lastingly better than its peers." in said
    page = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="metric/four-hours.html"' in page
    assert 'href="organisation/za12.html"' in page


def test_a_metric_names_who_is_ahead_and_nobody_else(site: Path) -> None:
    said = words(site / "metric" / "four-hours.html")
    assert set(re.findall(r"\bZA\d+\b", said)) == {"ZA1"}


def test_an_organisation_sees_which_of_its_peers_does_better(site: Path) -> None:
    pages = [words(path) for path in sorted((site / "organisation").iterdir())]
    with_better = [said for said in pages if "Peers that do better for long" in said]
    assert 0 < len(with_better) < 12
    assert all("ZA1 Four hours" in said for said in with_better)
    assert all("In what alike and unlike" in said for said in pages)


def test_the_tables_stand_beside_and_the_method_says_its_source(site: Path) -> None:
    assert (site / "peers" / "peers.csv").is_file()
    assert (site / "deviants" / "deviants.csv").is_file()
    assert not (site / "deviants" / "converse.csv").exists()
    said = words(site / "method.html")
    assert "our own" in said
    assert "regression to the mean" in said


def test_a_list_has_no_charts_and_metrics_need_a_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_practice(tmp_path)
    pairs = "procode,peer\n" + "".join(f"ZA{at},ZA{at % 12 + 1}\n" for at in range(1, 13))
    (tmp_path / "list.csv").write_text(pairs, encoding="utf-8")
    asked = ["--method", "ons-neighbours", "--alike", f"{tmp_path}/list.csv"]
    figures = ["--figures", f"{tmp_path}/quarters.csv", "--out", f"{tmp_path}/out"]
    assert run(["practices", "pages", *asked, *figures]) == 0
    assert "firmness not known" in words(tmp_path / "out" / "organisation" / "za1.html")
    assert run(["practices", "pages", *asked, *figures, "--metric", "ae.four-hours"]) == 2
    assert "--metric goes with a store" in " ".join(capsys.readouterr().err.split())
