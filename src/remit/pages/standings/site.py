"""Write all pages into a folder, whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from remit.assessment.result.assessment import Assessment
from remit.assessment.result.outputs import package_of
from remit.files.datapackage import DATAPACKAGE, package_text
from remit.files.outputs import fresh_folder
from remit.files.whole import write_whole
from remit.pages.frame.folders import (
    SiteError,
    add_what_all_have,
    check_folder,
    note_files,
    write_page,
)
from remit.pages.frame.links import PageLinks
from remit.pages.frame.rendering import Site, render
from remit.pages.frame.search import write_index
from remit.pages.standings.compare_view import MOST
from remit.pages.standings.findable import findable
from remit.pages.standings.held import HeldBuild, held_build
from remit.pages.standings.plan import plan
from remit.pages.standings.planned import Planned
from remit.pages.standings.results import Results
from remit.pages.standings.standings_files import data_pages, write_data

if TYPE_CHECKING:
    from remit.assessment.improvement.route import Routes
    from remit.pages.standings.monthly import Monthly

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was written.

    ``pages`` counts HTML pages, ``files`` everything.
    """

    folder: Path
    pages: int
    files: int
    periods: tuple[str, ...]
    organisations: int
    seconds: float

    @property
    def start(self) -> Path:
        """The first page."""
        return self.folder / "index.html"


def build_site(
    assessments: Sequence[Assessment],
    out: Path,
    *,
    routes: Mapping[str, Mapping[str, Routes]] | None = None,
    compare: Sequence[str] = (),
    since: Path | None = None,
    monthly: Monthly | None = None,
    progress: Progress | None = None,
) -> SiteReport:
    """Write a static site.

    The pages are written into a temporary folder beside ``out``, which then takes its place; an
    interruption leaves the former site as it was.

    Parameters
    ----------
    assessments
        One or more assessments, one a period.
    out
        The folder; it may be missing, empty, or a site of Remit's.
    routes
        Period → organisation → what it would take to reach the next better segment, as
        ``routes_one_better`` finds it; without them the pages tell the command that does.
    compare
        Codes of two to six organisations of a kind that stand side by side on its page before
        the reader chooses others; else the first four of the league table.
    since
        The folder of an earlier site that the feed holds this one against; without it the one
        that ``out`` has.
    monthly
        What is held month by month (``monthly_of``), for the pages of the latest period.
    progress
        Called with the number of pages done and the number of all.

    Raises
    ------
    SiteError
        If there is no assessment, if two are of one period, if ``out`` holds something else, or
        if ``since`` holds no site with data.
    """
    began = time.monotonic()
    ordered = sorted(assessments, key=lambda a: a.period.start)
    _check(ordered, out)
    _check_compared(ordered, compare)
    periods = _results(ordered, routes or {}, tuple(compare), monthly)
    planned = plan(periods)
    out = out.resolve()
    former = _former(out, since)
    try:
        with fresh_folder(out) as fresh:
            _write_all(periods, planned, fresh, former, progress)
            note_files(fresh)
            files = sum(1 for path in fresh.rglob("*") if path.is_file())
    except OSError as error:
        raise SiteError(f"{out}: the site cannot be written: {error.strerror or error}") from None
    return SiteReport(
        folder=out,
        pages=len(planned),
        files=files,
        periods=tuple(results.period for results in periods),
        organisations=len({code for results in periods for code in results.standings}),
        seconds=time.monotonic() - began,
    )


def _results(
    ordered: Sequence[Assessment],
    routes: Mapping[str, Mapping[str, Routes]],
    compare: tuple[str, ...],
    monthly: Monthly | None,
) -> list[Results]:
    *former, last = ordered
    made = [Results(one, routes.get(one.period.label), compare) for one in former]
    return [*made, Results(last, routes.get(last.period.label), compare, monthly)]


def _check(assessments: Sequence[Assessment], out: Path) -> None:
    labels = [assessment.period.label for assessment in assessments]
    if not labels:
        raise SiteError("there is nothing to show: no period was assessed")
    if twice := sorted({label for label in labels if labels.count(label) > 1}):
        raise SiteError(f"two assessments are of one period ({', '.join(twice)}); give one of each")
    check_folder(out)


def _check_compared(assessments: Sequence[Assessment], compare: Sequence[str]) -> None:
    kinds = dict(assessments[-1].standing.select("org_code", "kind").iter_rows())
    if unknown := [code for code in compare if code not in kinds]:
        raise SiteError(f"{', '.join(unknown)} cannot be compared: no such code in the last period")
    if compare and (len(set(compare)) != len(compare) or not 2 <= len(compare) <= MOST):
        raise SiteError(f"name two to {MOST} organisations to compare, each once")
    if len({kinds[code] for code in compare}) > 1:
        raise SiteError(f"{', '.join(compare)} are of different kinds, which are not compared")


def _former(out: Path, since: Path | None) -> HeldBuild | None:
    found = held_build(since or out)
    if since and found is None:
        raise SiteError(f"{since}: this is no site of Remit's with data that can be compared")
    return found


def _write_all(
    periods: Sequence[Results],
    planned: Sequence[Planned],
    folder: Path,
    former: HeldBuild | None,
    progress: Progress | None,
) -> None:
    beside = data_pages(periods)
    links = PageLinks([*(page for item in planned for page in item.pages), *beside])
    site = Site(
        periods=tuple(results.period for results in periods),
        fictional=any(results.fictional for results in periods),
        version=version("remit"),
    )
    for done, item in enumerate(planned, start=1):
        _write_one(site, links, item, folder)
        if progress:
            progress(done, len(planned))
    add_what_all_have(folder, site.periods)
    write_index(folder, findable(periods))
    write_data(folder, periods, former)
    tables = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.csv"))
    }
    package = package_of("site", *(results.assessment for results in periods))
    package = replace(package, beside=[page.path for page in beside if page.path not in tables])
    write_whole(folder / DATAPACKAGE, package_text(package, tables))


def _write_one(site: Site, links: PageLinks, item: Planned, folder: Path) -> None:
    view = item.view()
    write_page(folder, item.page.path, render(site, links, item.page, view))
    if item.beside:
        page, make = item.beside
        write_page(folder, page.path, make(view))
