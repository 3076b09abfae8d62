"""Native charts in a document.

python-docx draws none, but a chart is the same part in a document as on a slide. So it is drawn
on a slide that nobody sees, and its part and the workbook within it are taken over.
"""

from __future__ import annotations

from typing import Any

from remit.exports.native_charts import add_chart, alternative_text
from remit.exports.slide_look import PLAIN, SlideLook
from remit.model.plain_text import for_xml
from remit.report.view import ReportLine

_EMU_A_CM = 360000
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_INLINE = """
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
    xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    distT="0" distB="0" distL="0" distR="0">
  <wp:extent cx="{width}" cy="{height}"/>
  <wp:docPr id="{number}" name="Chart {number}"/>
  <wp:cNvGraphicFramePr/>
  <a:graphic>
    <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
      <c:chart r:id="{relation}"/>
    </a:graphicData>
  </a:graphic>
</wp:inline>
"""


class ChartMaker:
    """Puts charts into one document.

    Parameters
    ----------
    document
        The document of python-docx.
    look
        Fonts and colours.
    """

    def __init__(self, document: Any, look: SlideLook = PLAIN) -> None:
        from pptx import Presentation

        self._look = look
        self._document = document
        self._count = 0
        deck = Presentation()
        self._unseen = deck.slides.add_slide(deck.slide_layouts[6])

    def add(self, paragraph: Any, line: ReportLine, rules: str, size: tuple[float, float]) -> None:
        """Put a line's control chart into a paragraph; ``size`` is width and height in cm."""
        from docx.oxml import parse_xml

        self._count += 1
        width, height = (round(cm * _EMU_A_CM) for cm in size)
        related = self._part(line, (0, 0, width, height))
        xml = _INLINE.format(width=width, height=height, number=self._count, relation=related)
        inline = parse_xml(xml)
        inline.docPr.set("descr", for_xml(alternative_text(line, rules)))
        paragraph.add_run()._r.add_drawing(inline)

    def _part(self, line: ReportLine, place: tuple[int, int, int, int]) -> str:
        """The chart as a part of the document; the identifier of the relation to it."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        xml, workbook = self._drawn(line, place)
        package = self._document.part.package
        book = Part(
            PackURI(f"/word/embeddings/chart{self._count}.xlsx"), _WORKBOOK, workbook, package
        )
        chart = Part(PackURI(f"/word/charts/chart{self._count}.xml"), _CHART, xml, package)
        # The chart's XML names its workbook by the first identifier that there is.
        found = chart.relate_to(book, f"{_RELATION}/package")
        chart._blob = xml.replace(b"__workbook__", found.encode())
        related: str = self._document.part.relate_to(chart, f"{_RELATION}/chart")
        return related

    def _drawn(self, line: ReportLine, place: tuple[int, int, int, int]) -> tuple[bytes, bytes]:
        """The chart's XML, with a mark in the place of its workbook's name, and the workbook."""
        frame = add_chart(self._unseen.shapes, line, place, 9, self._look)
        part = frame.chart.part
        workbook = part.chart_workbook.xlsx_part.blob
        external = part._element.find(f"{{{part._element.nsmap['c']}}}externalData")
        external.set(f"{{{_RELATION}}}id", "__workbook__")
        return part.blob, workbook
