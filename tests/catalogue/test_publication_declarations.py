"""A slip in a publication's declaration is named by file, line and key, with what to do."""

from __future__ import annotations

import pytest

from remit.catalogue import check_publication, parse
from remit.model.errors import DeclarationError

IN_ORDER = """\
schema: remit/publication/1
id: beds
name: Beds
publisher: NHS England
landing_page: https://www.england.nhs.uk/statistics/
licence: Open Government Licence v3.0
organisation: {column: Code}
period: {column: Month}
columns:
  - {name: Code}
  - {name: Month}
  - {name: Sector}
words: {Sector: {Acute: acute}}
apart: [Sector]
marks: {"": not_submitted}
measures:
  - {column: Beds, metric: "beds.{Sector}", unit: count}
layouts:
  - {format: workbook, sheet: Beds, period: {above: "Period:"}}
no_links: the names of its files are not known
"""


def test_a_declaration_in_order_has_each_layout() -> None:
    first, workbook = check_publication(parse(IN_ORDER, "beds.yaml")).each_layout
    assert (first.format, workbook.format) == ("csv", "workbook")
    assert workbook.measures == first.measures
    assert workbook.model_dump()["period"]["above"] == "Period:"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "organisation: {column: Code}\n",
            "",
            "line 1, organisation: say in which column it stands: organisation: {column: …}",
        ),
        (
            "{column: Code}",
            "{column: Coda}",
            "line 7, organisation.column: no column 'Coda' is declared; nearest: Code",
        ),
        (
            "period: {column: Month}\n",
            "",
            "line 1, period: say where it stands, for instance period: {column: …}: column, "
            "columns, above, file_name or sheet_name",
        ),
        (
            "{column: Month}",
            "{column: Month, file_name: true}",
            "line 8, period: say one place of it: column, columns, above, file_name or sheet_name",
        ),
        (
            "{column: Month}",
            "{above: Period}",
            "line 8, period.above: a CSV file has nothing above its table; use column or file_name",
        ),
        (
            "{column: Month}",
            "{sheet_name: true}",
            "line 8, period.sheet_name: a CSV file has no sheets; use column or file_name",
        ),
        (
            "{column: Month}",
            "{column: Month, of: week}",
            "line 8, period.of: 'week' is not allowed; use one of 'any', 'month', 'day'",
        ),
        (
            "  - {name: Sector}",
            "  - {name: Sector}\n  - {name: org_code}",
            "line 9, columns: 'org_code' is a name of Remit's own; write it with a capital letter",
        ),
        (
            "- {name: Sector}",
            "- {name: Sektor}",
            "line 13, words.Sector: no column 'Sector' is declared; nearest: Sektor",
        ),
        (
            "apart: [Sector]",
            "apart: [side]",
            "line 14, apart.0: 'side' is neither under words nor told by_file_name; declared "
            "there: Sector, area",
        ),
        (
            "unit: count}",
            "unit: count, part_of: Bed}",
            "line 17, measures.0.part_of: no column 'Bed' is declared; nearest: Beds",
        ),
        (
            "beds.{Sector}",
            "beds.{sector}",
            "line 17, measures.0.metric: 'sector' is neither under words nor told by_file_name; "
            "declared there: Sector",
        ),
        (
            "marks:",
            "cuts: [{name: test, column: Test}]\nmarks:",
            "line 15, cuts.0.column: no column 'Test' is declared; nearest: ",
        ),
        (
            "marks:",
            "false_zeros: [{metrics: '(', beside: x, because: y}]\nmarks:",
            "line 15, false_zeros.0.metrics: '(' is no regular expression: ",
        ),
        (
            "marks:",
            "false_zeros: [{metrics: '.*', beside: bed, because: y}]\nmarks:",
            "line 15, false_zeros.0.beside: no measure is of it; nearest: beds.{Sector}",
        ),
        (
            'measures:\n  - {column: Beds, metric: "beds.{Sector}", unit: count}\n',
            "",
            "line 1, measures: name at least one column of figures, and the metric it is of",
        ),
        (
            'period: {above: "Period:"}}',
            "period: {column: When}}",
            "line 19, layouts.0.period.column: no column 'When' is declared; nearest: ",
        ),
        (
            "sheet: Beds",
            "sheets: Beds",
            "line 19, layouts.0.sheets: no such key; remove it or correct its spelling",
        ),
        (
            "no_links: the names of its files are not known\n",
            "",
            "line 1, no_links: say how its files are found (links), or here why they cannot be",
        ),
    ],
)
def test_a_slip_is_named_by_line_and_key(right: str, wrong: str, said: str) -> None:
    assert IN_ORDER.count(right) == 1
    with pytest.raises(DeclarationError) as error:
        check_publication(parse(IN_ORDER.replace(right, wrong), "beds.yaml"))
    assert f"beds.yaml, {said}" in str(error.value)
    assert str(error.value).count("beds.yaml, line") == 1


def test_a_publication_with_a_reader_of_its_own_need_not_say_what_a_plain_one_does() -> None:
    own = IN_ORDER.replace("organisation: {column: Code}\n", "reader: workforce\n")
    assert check_publication(parse(own, "beds.yaml")).organisation is None
