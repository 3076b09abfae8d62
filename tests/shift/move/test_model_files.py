"""The folder of tables: what is written adds up and explains itself; each fault has its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from remit.catalogue.templates import MOVE_TEMPLATES, move_template
from remit.cli.run import run
from remit.model import move as tables
from remit.model.errors import DeclarationError
from remit.shift.move.reading import packaged_rules, read_model
from tests.shift.move.models import template_model, written

OWN_RULE = """\
schema: remit/payment/1
rules:
  - id: half
    name: Half by activity
    says: Half follows activity.
    variable_percent: {elective: 50, urgent: 50, outpatient: 50, other: 50}
    source: Our contract
"""
EXPLAINED = {
    "move.yaml": ("MoveFile", "MoveRanges"),
    "services.yaml": ("ServiceLine",),
    "costs.yaml": ("CostLine", "WholeUnits"),
    "resources.yaml": ("SharedResource",),
    "receivers.yaml": ("Receiver", "OneOff"),
}
"""By file of the template, the models whose keys it explains."""
SAYS_ITSELF = {"schema_", "id", "name", "service", "why", "prices"}


@pytest.mark.parametrize("template", MOVE_TEMPLATES)
def test_a_template_is_in_order_and_adds_up(tmp_path: Path, template: str) -> None:
    model = template_model(tmp_path, template)
    assert model.spent == model.trust.total_cost_pence
    assert model.trust.fictional
    incomes = sum(one.income_pence for one in model.services.values())
    assert incomes == model.trust.total_income_pence
    assert sum(model.full_costs.values()) == model.spent


@pytest.mark.parametrize(
    ("file", "model"), [(file, model) for file, models in EXPLAINED.items() for model in models]
)
def test_every_key_stands_in_the_template_with_its_remark(file: str, model: str) -> None:
    text = move_template("trust")[file]
    kind: type[BaseModel] = getattr(tables, model)
    for key in set(kind.model_fields) - SAYS_ITSELF:
        above = ["", *text.splitlines()]
        stands = [place for place, line in enumerate(above) if re.search(rf"\b{key}:", line)]
        remarks = [above[at] for at in stands if "#" in above[at]]
        remarks += [above[at - 1] for at in stands if above[at - 1].lstrip().startswith("#")]
        assert remarks, (file, key)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("services", "payment: activity", "payment: blok",
         r"services\.yaml, line 10, services\.0\.payment: 'blok' is declared nowhere Did you mean "
         r"'block'\?"),
        ("services", "kind: urgent", "kind: emergency", r"services\.yaml, line 6, .*'emergency'"),
        ("services", "803000000 ", "8030000.00 ", r"services\.yaml, line 9, .*income_pence"),
        ("services", "803000000 ", "8,030,000 ", r"services\.yaml, line 9, .*income_pence"),
        ("services", "803000000 ", "-1 ", r"services\.yaml, line 9, .*income_pence"),
        ("services", "- id: beds", "- id: all", r"services\.yaml, line 4, .*'all' is taken"),
        ("costs", "service: beds, kind: variable", "service: bed, kind: variable",
         r"costs\.yaml, line 5, costs\.0\.service: 'bed' is declared nowhere"),
        ("costs", "kind: fixed", "kind: semi_fixed", r"costs\.yaml, line \d+, .*`whole` units"),
        ("costs", "used: 100", "usd: 100", r"costs\.yaml, line 10, costs\.1\.usd: no such key"),
        ("costs", "    used: 100                     # every bed is in use, every day\n", "",
         r"costs\.yaml, line \d+, .*say in `used`"),
        ("costs", "160600000", "160600001",
         r"move\.yaml, line \d+, total_cost_pence: the tables come to 803,000,001 pence, \+1"),
        ("receivers", "service: beds", "service: ward", r"receivers\.yaml, line 4, .*'ward' is"),
        ("receivers", "pence_per_contact: 15000", "team_contacts: 5",
         r"receivers\.yaml, line \d+, .*belong together"),
        ("move", "low: 70, middle: 100", "low: 70, middle: 60",
         r"move\.yaml, line \d+, ranges\.moved: .*in this order"),
        ("resources", "resources: []",
         "resources: [{id: t, name: T, kind: rota, pence: 1, whole: {unit: rota, units: 1, "
         "capacity: 1}, uses: {bds: 1}}]",
         r"resources\.yaml, line \d+, resources\.0\.uses.*'bds' is declared nowhere"),
    ],
)  # fmt: skip
def test_a_fault_is_told_by_file_line_and_key(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    with pytest.raises(DeclarationError, match=told):
        template_model(tmp_path, "beds", **{file: (old, new)})


def test_a_service_that_stands_twice_is_told_by_its_second_line(tmp_path: Path) -> None:
    folder = written(tmp_path, "beds")
    services = folder / "services.yaml"
    text = services.read_text(encoding="utf-8")
    services.write_text(text + text.partition("services:\n")[2], encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"line 11, services\.1\.id: 'beds' is taken"):
        read_model(folder)


def test_a_rule_of_ones_own_is_beside_those_of_remit(tmp_path: Path) -> None:
    folder = written(tmp_path, "beds", services=("payment: activity", "payment: half"))
    (folder / "payment.yaml").write_text(OWN_RULE, encoding="utf-8")
    assert {one.id for one in packaged_rules()} < set(read_model(folder).rules)
    (folder / "payment.yaml").write_text(OWN_RULE.replace("half", "block"), encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"payment\.yaml, line 3, .*'block' is taken"):
        read_model(folder)


def test_a_rule_says_what_of_every_kind_of_care_follows_activity(tmp_path: Path) -> None:
    folder = written(tmp_path, "beds")
    lacking = OWN_RULE.replace(", other: 50", "")
    (folder / "payment.yaml").write_text(lacking, encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"payment\.yaml, line 6, .*also other"):
        read_model(folder)


def test_every_rule_of_remit_has_a_source_and_says_whether_it_was_checked() -> None:
    rules = {one.id: one for one in packaged_rules()}
    assert set(rules) == {"activity", "aligned", "urgent-80-20", "block", "capitation"}
    assert all(one.source for one in rules.values())
    assert [name for name, one in rules.items() if one.verified] == ["activity", "block"]


def test_a_missing_file_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="no such folder; begin with: remit move new"):
        read_model(tmp_path / "nowhere")
    folder = written(tmp_path / "model", "beds")
    (folder / "costs.yaml").unlink()
    with pytest.raises(DeclarationError, match=r"costs\.yaml: there is no such file"):
        read_model(folder)


def test_new_writes_over_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["move", "new", str(tmp_path / "mine")]) == 0
    kept = tmp_path / "mine" / "costs.yaml"
    kept.write_text("mine", encoding="utf-8")
    (tmp_path / "mine" / "move.yaml").unlink()
    assert run(["move", "new", str(tmp_path / "mine")]) == 2
    assert "costs.yaml: this file exists" in capsys.readouterr().err
    assert kept.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "mine" / "move.yaml").exists()
    assert run(["move", "new", str(kept)]) == 2
    assert run(["move", "new", str(tmp_path / "x"), "--template", "hospital"]) == 2
    assert "trust" in capsys.readouterr().err


def test_check_says_what_a_reader_should_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "model", "trust")
    assert run(["move", "check", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Sample data" in said
    assert "It spends £60,900,000 a year and earns £61,100,000." in said
    assert "Nobody takes over: Paediatrics." in said
    assert "not verified: Aligned payment" in said
    services = folder / "services.yaml"
    broken = services.read_text(encoding="utf-8").replace("payment: block", "payment: blk")
    services.write_text(broken, encoding="utf-8")
    assert run(["move", "check", str(folder)]) == 2
    assert "Did you mean 'block'?" in capsys.readouterr().err


def test_the_templates_are_read_by_any_reader_of_yaml() -> None:
    for template in MOVE_TEMPLATES:
        for text in move_template(template).values():
            assert yaml.safe_load(text)["schema"].startswith("remit/move")
