"""``remit web sharing``: agreements that widen or narrow who sees whose records."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from remit.cli.run import run
from remit.records.audit import entries_for
from remit.web.people.models import SharingAgreement
from tests.web.instance import set_up
from tests.web.world import World, add_ask

Said = Callable[..., tuple[int, str, str]]
JOINT = ("--title", "Joint board", "--source", "Minutes of the joint board (sample)")


@pytest.fixture
def sharing(base: None, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run ``remit web sharing`` with some words; its exit code, and what it printed."""

    def typed(what: str, *words: object) -> tuple[int, str, str]:
        code = run(["web", "sharing", what, str(set_up().folder), *map(str, words)])
        told = capsys.readouterr()
        return code, told.out, told.err

    return typed


def test_an_agreement_opens_records_until_it_ends(sharing: Said, world: World) -> None:
    add_ask("SHUT", "ZA2", title="Plan for a ward")
    reader = world.client(("ZA1", "reader"))
    assert reader.get("/asks/one/SHUT/").status_code == 404
    code, out, _ = sharing("add", "ZA1", "ZA2", "--widens", *JOINT)
    made = SharingAgreement.objects.get()
    assert (code, out.startswith(f"Agreement {made.pk}: ZA1 sees the records of ZA2")) == (0, True)
    assert reader.get("/asks/one/SHUT/").status_code == 200
    assert "ZA1 sees ZA2" in sharing("list")[1]
    assert sharing("end", made.pk)[:2] == (0, f"Ended agreement {made.pk}, “Joint board”\n")
    assert reader.get("/asks/one/SHUT/").status_code == 404
    assert [one.what for one in entries_for(made)] == ["withdraw", "grant"]
    code, _, err = sharing("end", made.pk)
    assert (code, f"Agreement {made.pk} ended on " in err) == (2, True)


def test_an_agreement_keeps_records_apart(sharing: Said, world: World) -> None:
    add_ask("OWN", "ZA1")
    lead = world.client(("ZB1", "contributor"))
    assert lead.get("/asks/one/OWN/").status_code == 200
    assert sharing("add", "ZB1", "ZA1", "--narrows", *JOINT)[0] == 0
    assert lead.get("/asks/one/OWN/").status_code == 404
    assert "does not see" in sharing("list")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ZA1", "ZA22", "--widens", *JOINT), "no organisation 'ZA22' is on the register"),
        (("ZA1", "ZA1", "--narrows", *JOINT), "always sees its own"),
        (("ZA1", "ZA2", "--widens", *JOINT[:2], "--source", " "), "--source has no value"),
        (("ZA1", "ZA2", "--widens", "--title", "", *JOINT[2:]), "--title has no value"),
        (("ZA1", "ZA2", *JOINT), "--widens"),
        (("ZA1", "ZA2", "--widens", *JOINT, "--from", "2026-05-01", "--until", "2026-05-01"),
         "would end on 2026-05-01"),
    ],
)  # fmt: skip
def test_an_agreement_that_cannot_be(sharing: Said, words: tuple[str, ...], told: str) -> None:
    code, _, err = sharing("add", *words)
    assert (code, told in err) == (2, True)
    assert not SharingAgreement.objects.exists()
    assert "There is no agreement" in sharing("list")[1]


def test_one_that_says_the_same_at_that_time_is_not_kept_twice(sharing: Said) -> None:
    days = ("--from", "2026-04-01", "--until", "2026-05-01")
    assert sharing("add", "ZA1", "ZA2", "--widens", *JOINT, *days)[0] == 0
    code, _, err = sharing("add", "ZA1", "ZA2", "--widens", *JOINT, "--from", "2026-04-30")
    assert (code, "says so already; end it first" in err) == (2, True)
    assert sharing("add", "ZA1", "ZA2", "--widens", *JOINT, "--from", "2026-05-01")[0] == 0
    assert sharing("add", "ZA2", "ZA1", "--widens", *JOINT, *days)[0] == 0
    assert sharing("end", 999)[0] == 2
