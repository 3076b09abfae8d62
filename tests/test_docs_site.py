"""The documentation as a web site: whole, without a broken link, and all from its own folder."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

import remit

ROOT = Path(__file__).resolve().parent.parent
LOADED = "//script/@src | //img/@src | //iframe/@src | //link[not(@rel='canonical')]/@href"


def build(out: Path, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    script = ROOT / "tools" / "docs_site.py"
    return subprocess.run(
        [sys.executable, str(script), "--root", str(root), "--out", str(out)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("docs")
    done = build(out)
    assert done.returncode == 0, done.stderr
    return out / "docs"


def entries(part: Any) -> Iterator[str]:
    """Every page of the navigation, whatever heading it stands under."""
    if isinstance(part, str):
        yield part
        return
    for inner in part.values() if isinstance(part, dict) else part:
        yield from entries(inner)


def test_the_navigation_has_every_page_once() -> None:
    """By its own name, or with the folder that the navigation names."""
    navigation = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    named = sorted(entries(navigation))
    folders = {name for name in named if name.endswith("/")}
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    written = [path.relative_to(ROOT).as_posix() for path in documents]
    alone = [page for page in written if f"{page.rpartition('/')[0]}/" not in folders]
    assert named == sorted([*alone, *folders])


def test_the_site_is_built(site: Path) -> None:
    for name in ("index.html", "CONTRIBUTING.html", "docs/quick-start.html", "LICENSE"):
        assert (site / name).is_file()


def test_a_broken_link_or_anchor_or_a_page_outside_the_navigation_stops_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for path in [*ROOT.glob("*.md"), ROOT / "mkdocs.yml", ROOT / "LICENSE"]:
        shutil.copy(path, tmp_path)
    (tmp_path / "docs" / "lonely.md").write_text("# Lonely\n", encoding="utf-8")
    with (tmp_path / "docs" / "spc.md").open("a", encoding="utf-8") as page:
        page.write(
            "\n[gone](gone.md) [no such part](method.md#no-such-part) [folder](decisions/)\n"
        )
    done = build(tmp_path / "out", tmp_path)
    assert done.returncode == 1
    assert "docs/lonely.md" in done.stderr
    assert "gone.md" in done.stderr
    assert "#no-such-part" in done.stderr
    assert "'decisions/'" in done.stderr


def test_the_reference_has_every_public_name_with_its_example(site: Path) -> None:
    page = html.parse(str(site / "docs" / "api" / "remit.html"))
    titles = [title.text_content() for title in page.xpath("//article//h2")]
    for name in remit.__all__:
        assert any(re.search(rf"\b{name}\b", title) for title in titles), name
    shown = page.getroot().text_content()
    assert shown.count("Examples:") >= len(remit.__all__)
    assert ":func:" not in shown


def test_every_room_has_its_page(site: Path) -> None:
    rooms = {path.parent.name for path in (ROOT / "src" / "remit").glob("*/__init__.py")}
    pages = {path.stem for path in (site / "docs" / "api").glob("remit.*.html")}
    assert pages == {f"remit.{name}" for name in rooms}


def test_a_room_whose_modules_are_used_one_by_one_names_them(site: Path) -> None:
    page = html.parse(str(site / "docs" / "api" / "remit.files.html"))
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//article//tbody/tr")]
    (whole,) = (row for row in rows if row[0] == "remit.files.delimited")
    assert "csv_text" in whole[2]


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 50
    for path in pages:
        loaded = html.parse(str(path)).xpath(LOADED)
        assert [address for address in loaded if re.match(r"(\w+:)?//", address)] == [], path.name
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?(https?:)?//|@import", sheet.read_text("utf-8")), sheet
