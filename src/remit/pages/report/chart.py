"""The control chart of a line of a report, as marks for a page."""

from __future__ import annotations

from remit.pages.drawing.chart_looks import ON_A_PAGE
from remit.pages.drawing.charts import Chart
from remit.pages.drawing.funnel_chart import draw_funnel
from remit.pages.drawing.spc_chart import Caption, DrawnNote, draw_spc
from remit.report.compared import PeerFunnel
from remit.report.view import ReportLine, RuleCard


def report_chart(line: ReportLine, rules: RuleCard, chart_id: str) -> Chart:
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
    title = f"{line.metric.name}, {line.body.name}{', ' + line.cut if line.cut else ''}"
    unit = line.metric.unit
    notes = tuple(DrawnNote(one.number, one.on, one.words) for one in line.said_of.notes)
    caption = Caption(
        chart_id,
        title,
        line.sentence,
        rules.name,
        rules.id,
        unit,
        line.changes,
        asked=line.asked,
        notes=notes,
    )
    return draw_spc(line.points, caption, ON_A_PAGE)


def peers_chart(funnel: PeerFunnel) -> Chart:
    """The funnel plot of a metric among peers of one kind."""
    name = f"{funnel.metric.name}: {funnel.noun}, {funnel.period}"
    return draw_funnel(funnel.made, name, label="name", chart_id=funnel.id)
