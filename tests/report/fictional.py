"""A report of invented figures on organisations of the sample, made by hand."""

from __future__ import annotations

import calendar
from datetime import date

from remit.catalogue.releases import Release
from remit.report.balance import aims, balance
from remit.report.commented import ChartNote, Comment, CommentShown, SaidOf, StrayComment
from remit.report.compared import AreaFigure, PeerFigure, PeerGroup, StandsBeside
from remit.report.icon_words import ASSURANCES, VARIATIONS
from remit.report.view import (
    CutRow,
    CutTable,
    Icon,
    MetricCard,
    Missing,
    ReportBody,
    ReportLine,
    ReportSection,
    ReportSource,
    ReportView,
    RuleCard,
    Trace,
)
from remit.signals.points import Point

ICB = ReportBody("ZB1", "NHS Larkshire and Quillborough Integrated Care Board", "ICB")
TRUSTS = (
    ReportBody("ZA1", "Larkshire University Hospitals NHS Foundation Trust", "Acute trust"),
    ReportBody("ZA2", "Quillborough Hospitals NHS Trust", "Acute trust"),
)
METRICS = (
    MetricCard(
        id="ae.within-4-hours",
        name="A&E: seen, treated and left within 4 hours",
        unit="percent",
        better="higher",
        aim="none",
        horizon="today",
        setting="hospital",
        why_it_matters="Long waits in A&E harm people.",
        source="Invented",
        made_of="A&E attendances within 4 hours, divided by all attendances, times 100",
    ),
    MetricCard(
        id="community.over-52-weeks",
        name="Community waits of over 52 weeks",
        unit="count",
        better="lower",
        aim="population_health",
        horizon="tomorrow",
        setting="community",
        why_it_matters="Children wait longest.",
        source="Invented",
        made_of="People on community waiting lists for over 52 weeks",
    ),
    MetricCard(
        id="beds.occupied",
        name="General and acute beds that are occupied",
        unit="percent",
        better="lower",
        aim="productivity",
        horizon="today",
        setting="hospital",
        why_it_matters="A full hospital cannot admit.",
        source="Invented",
        made_of="Occupied beds, divided by available beds, times 100",
    ),
)
ABSENT = MetricCard(
    id="virtual.wards",
    name="Virtual ward beds for 100,000 people",
    unit="rate per 100,000",
    better="higher",
    aim="none",
    horizon="tomorrow",
    setting="home",
    why_it_matters="Care at home keeps people out of hospital.",
    source="Invented",
)


def month_points(
    values: list[float], mean: float, reach: float, kind: str = "common_cause"
) -> tuple[Point, ...]:
    """Months to June 2025; the last seven are of ``kind``."""
    points = []
    for back, value in zip(range(len(values) - 1, -1, -1), values, strict=True):
        year, month = divmod(2025 * 12 + 5 - back, 12)
        start = date(year, month + 1, 1)
        own = kind if back < 7 else "common_cause"
        points.append(
            Point(
                label=f"{calendar.month_abbr[month + 1]} {year}",
                start=start,
                end=date(year, month + 1, calendar.monthrange(year, month + 1)[1]),
                value=value,
                numerator=value * 10,
                denominator=1000.0,
                mean=mean,
                lower=mean - reach,
                upper=mean + reach,
                target=78.0,
                kind=own,
                rule="shift_below_mean" if own != "common_cause" else "",
                side=-1 if own != "common_cause" else 0,
                named="run below the mean" if own != "common_cause" else "",
            )
        )
    return tuple(points)


def _kind(variation: str) -> str:
    """The kind of a point whose icon has this code."""
    cause = variation if variation.startswith("neutral") else variation.partition("_")[0]
    return "common_cause" if cause == "common" else f"special_cause_{cause}"


BESIDE = StandsBeside(
    (
        AreaFigure(
            "england", "All of the fictional sample", 71.2, "71.2%", "as printed", "Printed."
        ),
        AreaFigure(
            "region", "Northfold (fictional)", 70.4, "70.4%", "11 trusts together", "11 trusts."
        ),
    ),
    PeerGroup(
        "acute trusts",
        (
            PeerFigure(
                ReportBody(
                    "ZA6", "Gullhaven Teaching Hospitals NHS Foundation Trust", "Acute trust"
                ),
                73.4,
                "73.4%",
                "within_limits",
            ),
            PeerFigure(
                ReportBody("ZA7", "Thistlemoor Royal Infirmary NHS Trust", "Acute trust"),
                None,
                "not held for Jun 2025; newest 70.1% in Apr 2025",
            ),
        ),
        median=73.4,
        median_said="73.4%",
        place=2,
        verdict="worse_than_outer",
    ),
)


SAID = SaidOf(
    (
        CommentShown(
            Comment(
                "ZB1",
                "ae.within-4-hours",
                "A&E: seen, treated and left within 4 hours",
                (date(2025, 3, 1), date(2025, 3, 31), "Mar 2025"),
                "Two wards closed for repairs after the flood, and the unit next door took its "
                "patients, which filled its corridors for most of the month",
                "Reopen the first of the wards, and agree with the council who pays for the other",
                "Chief operating officer",
                date(2025, 5, 31),
                "late",
                file="comments.csv",
                line=2,
            ),
            is_current=False,
            question="Still true? In Mar 2025 it was common cause and is a special cause now.",
            note=1,
            overdue=True,
        ),
    ),
    (ChartNote(1, date(2025, 3, 1), "Mar 2025", "Two wards closed for repairs after the flood"),),
)


def line(
    body: ReportBody,
    metric: MetricCard,
    variation: str,
    assurance: str,
    sentence: str,
    late: str = "",
) -> ReportLine:
    """A line with a series of 24 months."""
    values = [74.0 + (step % 3) for step in range(17)] + [68.0 + (step % 2) for step in range(7)]
    points = month_points(values, 73.1, 4.8, _kind(variation))
    last = points[-1]
    return ReportLine(
        id=f"{metric.id.replace('.', '-')}-{body.code.lower()}",
        metric=metric,
        body=body,
        cut="",
        period=last.label,
        value=last.value,
        said="68.0%",
        target=78.0 if assurance != "no_target" else None,
        target_said="at least 78%" if assurance != "no_target" else "no target",
        variation=Icon(variation, VARIATIONS[variation]),
        assurance=Icon(assurance, ASSURANCES[assurance]),
        mean=last.mean,
        lower=last.lower,
        upper=last.upper,
        n_points=len(points),
        sentence=sentence,
        headline=HEADLINE if sentence == BELOW else "",
        late=late,
        points=points,
        compared=BESIDE,
        said_of=SAID,
        traces=(
            Trace(body.code, "ae.attendances-all", last.label, 1000.0, "reported", 1, 7, "Total"),
            Trace(body.code, "ae.within-4-hours", last.label, 680.0, "reported", 1, 7, "Within"),
        ),
    )


HEADLINE = "68.0% in Jun 2025: worse than chance explains"
BELOW = (
    "68.0% in Jun 2025. It has been below its process mean of 73.1% for 7 months: special cause."
)
USUAL = "68.0% in Jun 2025, within its limits: no special cause."


def fictional_report(members: int = 2) -> ReportView:
    """A report on an ICB of the sample and its first trusts."""
    four_hours, waits, beds = METRICS
    sections = [
        ReportSection(
            body,
            (
                line(body, four_hours, "concern_low", "fail", BELOW),
                line(body, beds, "common_cause", "inconsistent", USUAL),
                line(body, waits, "improvement_low", "no_target", BELOW, late="Jul is due"),
            ),
        )
        for body in (ICB, *TRUSTS[:members])
    ]
    own = sections[0].lines
    return ReportView(
        body=ICB,
        period="Jun 2025",
        as_at=None,
        made_on=date(2025, 8, 1),
        fictional=True,
        rules=RuleCard("mdc-nhsr", "Making Data Count", ("Shift: 7 points on one side.",), "NHS"),
        sections=tuple(sections),
        balance=balance((*METRICS, ABSENT), own),
        aims=aims(own),
        cuts=(_cut_table(waits),),
        missing=(
            Missing(ICB, ABSENT, "Jun 2025", "none", "No file in the store gives it for this ICB."),
        ),
        sources=(
            ReportSource(
                1,
                "invented.csv",
                "Invented A&E",
                date(2025, 7, 10),
                "ab" * 32,
                "MIT",
                "",
                9,
                9,
                0,
                "Jun 2025",
            ),
        ),
        notes=("All of it is invented.",),
        strays=(
            StrayComment(
                SAID.comments[0].comment, "No figure of this metric is held for it in this report."
            ),
        ),
        next_board=date(2025, 9, 5),
        releases=(
            Release(
                "Invented A&E",
                "Jul 2025",
                date(2025, 8, 10),
                False,
                "what is usual; not checked against the calendar of releases",
                (METRICS[0].name,),
            ),
        ),
    )


def _cut_table(metric: MetricCard) -> CutTable:
    rows = tuple(
        CutRow(
            cut,
            said,
            float(said),
            gap,
            Icon("too_few", VARIATIONS["too_few"]),
            (Trace("ZB1", "community.over-52", "Jun 2025", float(said), "reported", 1, 8, cut),),
        )
        for cut, said, gap in (("Children", "412", "73% of all"), ("Adults", "152", "27% of all"))
    )
    return CutTable(
        id="waits-age",
        metric=metric,
        body=ICB,
        dimension="age",
        period="Jun 2025",
        everybody="564",
        rows=rows,
        sentence="Children are 73% of those who wait.",
    )
