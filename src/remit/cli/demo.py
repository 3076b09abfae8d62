"""``remit demo``: the whole way from files to pages, on the fictional sample."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.model.errors import StoreError

if TYPE_CHECKING:
    from remit.assessment.result import Assessment
    from remit.pages.site import SiteReport
    from remit.sample import SampleFiles
    from remit.store import IngestReport


def demo(
    out: Annotated[
        Path, typer.Option("--out", help="The folder to write to; made if it is missing.")
    ] = Path("demo"),
) -> None:
    """Make a site from the fictional sample: write its files, ingest, assess, build.

    The sample is an invented region with two systems and twenty trusts; a few of its rows are
    wrong on purpose.
    """
    from remit.sample import write_sample

    _clear_earlier_demo(out / "remit.duckdb")
    typer.echo(f"Writing the fictional sample to {out / 'files'}")
    files = write_sample(out / "files")
    typer.echo(f"Reading {len(files.paths)} files into {out / 'remit.duckdb'}")
    _tell_rows(_ingest(files, out / "remit.duckdb"))
    assessments = _assess(out / "remit.duckdb")
    report = _build(assessments, out / "site")
    typer.echo(f"Built {report.pages} pages")
    typer.echo(f"The site lies in {out / 'site'}. To look at it: remit site serve {out / 'site'}")


def _ingest(files: SampleFiles, path: Path) -> IngestReport:
    from remit.api import read_each
    from remit.store import Store

    readings = [
        reading
        for file in files.paths
        for reading in read_each([file], published_on=files.published_on(file))
    ]
    with Store.open(path) as store:
        return store.ingest(readings)


def _clear_earlier_demo(path: Path) -> None:
    """Begin anew, but never at the cost of a store that holds anything but the sample.

    Raises
    ------
    StoreError
        If it does.
    """
    from remit.store import Store

    if not path.exists():
        return
    with Store.open(path, read_only=True) as store:
        names = [source.file_name for source in store.sources(all_vintages=True)]
    if not all(name.startswith("sample-") for name in names):
        raise StoreError(
            f"{path}: this store holds other files than the sample; name another folder with --out"
        )
    path.unlink()


def _tell_rows(report: IngestReport) -> None:
    typer.echo(
        f"  rows read {report.rows_read:,} = accepted {report.rows_accepted:,} "
        f"+ rejected {report.rows_rejected:,} (the sample has them wrong on purpose)"
    )


def _assess(path: Path) -> list[Assessment]:
    from remit.assessment.run import assess_all
    from remit.store import Store

    with Store.open(path, read_only=True) as store:
        figures = store.figures()
    assessments = assess_all(figures)
    for one in assessments:
        typer.echo(f"Assessing {one.period.label}: {one.standing.height} trusts")
    return assessments


def _build(assessments: list[Assessment], out: Path) -> SiteReport:
    from remit.pages.site import build_site

    return build_site(assessments, out)
