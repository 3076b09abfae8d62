"""The control chart of a line of a report, as marks for a page."""

from __future__ import annotations

from remit.pages.drawing.charts import Chart
from remit.pages.drawing.control.drawn import Caption, DrawnNote, SpcChart
from remit.pages.drawing.control.maker import draw_spc
from remit.pages.drawing.funnel_chart import draw_funnel
from remit.report.compared import PeerFunnel
from remit.report.view import ReportLine, RuleCard


def report_chart(line: ReportLine, rules: RuleCard, chart_id: str) -> SpcChart:
    """The control chart of a line that has points.

    Parameters
    ----------
    line
        The line.
    rules
        The rule set, which is printed beneath.
    chart_id
        Unique on its page.
    """
    about = f"{line.metric.name}, {line.body.name}{', ' + line.cut if line.cut else ''}"
    notes = tuple(DrawnNote(one.number, one.on, one.label, one.text) for one in line.said_of.notes)
    caption = Caption(
        chart_id,
        line.headline or line.sentence,
        line.sentence,
        rules.name,
        rules.id,
        line.metric.unit,
        line.changes,
        asked=line.asked,
        notes=notes,
        about=about,
        better=line.metric.better,
        planned=line.plan_said,
        plan_place=line.plan_place,
    )
    return draw_spc(line.points, caption)


def peers_chart(funnel: PeerFunnel) -> Chart:
    """The funnel plot of a metric among peers of one kind."""
    name = f"{funnel.metric.name}: {funnel.noun}, {funnel.period}"
    return draw_funnel(funnel.made, name, label="name", chart_id=funnel.id)
