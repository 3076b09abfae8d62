"""A register is held against what it must be: what counts is kept, and the rest is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from remit.catalogue.library import load_computed_metrics
from remit.model.organisation import Organisation, OrganisationType
from remit.model.period import Period, today
from remit.model.practice_records import Practice, PracticeAdoption, Who
from remit.practice.register.faults import FaultKind, RegisterFault
from remit.practice.register.holding import DatedAdoption, PracticeRegister, is_of, organisations
from remit.practice.register.reading import Place, RegisterRows, read_rows
from remit.practice.register.stages import load_stages
from remit.practice.since import since_written
from remit.practice.tables import organisation_code
from remit.register import load_register
from remit.words.days import day_words
from remit.words.nearest import did_you_mean
from remit.words.sentences import listed

WHO_WORDS: dict[Who, str] = {
    "trusts": "trusts",
    "acute": "acute trusts",
    "ambulance": "ambulance trusts",
    "mental_health_community": "mental health and community trusts",
    "icbs": "integrated care boards",
}


def read_register(path: Path, on: date | None = None) -> PracticeRegister:
    """Read a register and check all of it.

    Parameters
    ----------
    path
        A folder as ``remit practices new`` writes it, or one YAML file.
    on
        The day from which a day is one to come; today without it.

    Raises
    ------
    RemitError
        If it cannot be read at all.

    Examples
    --------
    >>> read_register(Path("practices")).accepted  # doctest: +SKIP
    12
    """
    return checked(read_rows(path), on or today())


def checked(rows: RegisterRows, on: date) -> PracticeRegister:
    """A register without what cannot be counted, and all that is wrong with it."""
    check = _Check(rows, on)
    check.practices()
    check.adoptions()
    check.without_adoption()
    ordered = sorted(check.faults, key=lambda one: (rows.files.index(one.file), one.line))
    return PracticeRegister(
        name=rows.path.name,
        files=rows.files,
        practices={name: one for name, (one, _) in check.known.items()},
        adoptions={name: tuple(found) for name, found in check.dated.items()},
        faults=tuple(ordered),
        rows=rows.adoptions_read,
        fictional=frozenset(check.fictional),
    )


@dataclass
class _Check:
    rows: RegisterRows
    on: date
    faults: list[RegisterFault] = field(default_factory=list)
    known: dict[str, tuple[Practice, Place]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    dated: dict[str, list[DatedAdoption]] = field(default_factory=dict)
    fictional: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.faults += self.rows.faults
        self.left_out |= {one.practice for one in self.faults if one.lost and not one.code}
        self._register = load_register()

    # Practices -----------------------------------------------------------------------------------

    def practices(self) -> None:
        metrics = load_computed_metrics()
        for one, place in self.rows.practices:
            say = _Teller(self.faults, one.id, "", place)
            if one.id in self.known:
                before = self.known[one.id][1]
                say("practice_twice", "id", one.id, f"it stands in {before.file}, line "
                    f"{before.line} too; give one of them another id", lost=True)  # fmt: skip
                continue
            self._stage(say, one.stage)
            for metric in one.metrics:
                if metric not in metrics:
                    near = did_you_mean(metric, metrics)
                    say("unknown_metric", "metrics", metric,
                        f"the catalogue has no such metric; say it under aim.{near}")  # fmt: skip
            for item in one.evidence:
                if not item.source:
                    say("no_source", "evidence", item.what,
                        "say where this can be looked up")  # fmt: skip
            if not self._is_area(one.within):
                self.left_out.add(one.id)
                say("unknown_code", "within", one.within, "this is no region and no ICB; the "
                    "practice is left out until it is mended", lost=True)  # fmt: skip
                continue
            kept = tuple(metric for metric in one.metrics if metric in metrics)
            self.known[one.id] = one.model_copy(update={"metrics": kept}), place

    def _is_area(self, code: str) -> bool:
        found = self._register.find(code)
        return not code or (found is not None and found.type is not OrganisationType.TRUST)

    def _stage(self, say: _Teller, stage: str) -> bool:
        stages = load_stages()
        if stage not in stages:
            told = f"use one of {listed(list(stages), 'or')}.{did_you_mean(stage, stages)}"
            say("unknown_stage", "stage", stage, told, lost=bool(say.code))
        return stage in stages

    def without_adoption(self) -> None:
        for name, (one, place) in self.known.items():
            stage = load_stages().get(one.stage)
            named = {each.practice for each, _ in self.rows.adoptions}
            if stage and stage.counts != "nothing" and name not in named:
                _Teller(self.faults, name, "", place)(
                    "without_adoption", "stage", one.stage, "add a row to adoptions.csv for each "
                    "organisation that has it, or set the stage to idea")  # fmt: skip

    # Adoptions -----------------------------------------------------------------------------------

    def adoptions(self) -> None:
        for one, _ in self.rows.adoptions:
            found = self._register.find(organisation_code(one.code))
            if found is not None and found.fictional:
                self.fictional.add(one.practice)
        if self.fictional:  # A sample whose other practices nobody has is a sample all the same.
            named = {one.practice for one, _ in self.rows.adoptions}
            self.fictional |= self.known.keys() - named
        for one, place in self.rows.adoptions:
            dated = self._dated(one, place)
            if dated is not None:
                self.dated.setdefault(one.practice, []).append(dated)

    def _dated(self, one: PracticeAdoption, place: Place) -> DatedAdoption | None:
        """The adoption if it can be counted; else what is wrong is told, all of it."""
        code = organisation_code(one.code)
        say = _Teller(self.faults, one.practice, code, place)
        practice = self._practice(say, one)
        fits = self._stage(say, one.stage)
        who = self._organisation(say, code)
        since, until = self._day(say, "since", one.since), self._day(say, "until", one.until)
        if since is None or (one.until and until is None) or not fits or who is None:
            return None
        if practice is None:
            return None
        dated = DatedAdoption(one, place, code, since, until)
        return dated if self._can_be(say, dated, practice, who) else None

    def _practice(self, say: _Teller, one: PracticeAdoption) -> Practice | None:
        if one.practice in self.known:
            practice = self.known[one.practice][0]
            if not one.source and not practice.source:
                say("no_source", "source", "", "say where this can be looked up, here or in the "
                    "practice's own source")  # fmt: skip
            return practice
        if one.practice not in self.left_out:
            near = did_you_mean(one.practice, self.known)
            say("unknown_practice", "practice", one.practice,
                f"describe it in practices.yaml, or correct the id.{near}", lost=True)  # fmt: skip
        return None

    def _organisation(self, say: _Teller, code: str) -> Organisation | None:
        found = self._register.find(code)
        if found is None:
            near = listed([f"{o.code} {o.name}" for o in self._register.nearest(code)], "or")
            say("unknown_code", "code", code, "no trust and no ICB has this code; nearest: "
                f"{near or 'none'}", lost=True)  # fmt: skip
        return found

    def _day(self, say: _Teller, key: str, text: str) -> Period | None:
        if key == "until" and not text:
            return None
        try:
            return since_written(text)
        except ValueError as error:
            say("no_day", key, text, str(error), lost=True)
            return None

    def _can_be(
        self, say: _Teller, one: DatedAdoption, practice: Practice, who: Organisation
    ) -> bool:
        """Whether the adoption goes together with its practice, its organisation and others."""
        self._open(say, one, who)
        if one.until is not None and one.until.end < one.since.start:
            said = f"it ends on {one.until.end}, before it begins on {one.since.start}"
            return say("since_after_until", "until", one.record.until, said, lost=True)
        if not is_of(who, practice.who) or who.fictional is not (practice.id in self.fictional):
            return say("not_for_it", "code", one.code, f"{who.name} is none of the "
                       f"{WHO_WORDS[practice.who]} that could have it; correct the code, or who "
                       "of the practice", lost=True)  # fmt: skip
        day = max(one.since.start, who.opened)
        inside = organisations(practice.who, practice.within, day, who.fictional)
        if practice.within and who.code not in {each.code for each in inside}:
            return say("not_for_it", "code", one.code, f"{who.name} was not within "
                       f"{practice.within} on {day}; correct one of them", lost=True)  # fmt: skip
        stage = load_stages()[one.record.stage]
        if stage.ends and one.until is None:
            return say("stopped_without_end", "until", "", "say until when, or give the stage it "
                       "has now", lost=True)  # fmt: skip
        if stage.counts != "nothing" and one.since.start > self.on:
            say("in_the_future", "since", one.record.since, "it counts from that day; until then "
                "its stage is idea")  # fmt: skip
        return self._once(say, one)

    def _open(self, say: _Teller, one: DatedAdoption, who: Organisation) -> None:
        if one.since.end < who.opened:
            opened = day_words(who.opened)
            say("not_open", "since", one.record.since, f"{who.name} opened on {opened}; it counts "
                "from then")  # fmt: skip
        if who.closed is not None and (one.until is None or one.until.end > who.closed):
            heirs = [f"{o.code} {o.name}" for o in self._register.current(who.code, self.on)]
            then = f"; if {listed(heirs, 'or')} has it now, write a row of its own" if heirs else ""
            say("not_open", "until", one.record.until, f"{who.name} closed on "
                f"{day_words(who.closed)}; say until when it had the practice{then}")  # fmt: skip

    def _once(self, say: _Teller, one: DatedAdoption) -> bool:
        for other in self.dated.get(one.record.practice, ()):
            if other.code == one.code and _overlap(one, other):
                return say("adoption_twice", "code", one.code, "it is said to have it in "
                           f"{other.place.file}, line {other.place.line} at the same time; end "
                           "one of them, or take one out", lost=True)  # fmt: skip
        return True


def _overlap(one: DatedAdoption, other: DatedAdoption) -> bool:
    return (other.until is None or one.since.start <= other.until.end) and (
        one.until is None or other.since.start <= one.until.end
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Notes faults of one record."""

    faults: list[RegisterFault]
    practice: str
    code: str
    place: Place

    def __call__(
        self, kind: FaultKind, key: str, value: str, message: str, *, lost: bool = False
    ) -> bool:
        """Note a fault; False, so that a check can end with it."""
        line = self.place.line_of([key])
        self.faults.append(
            RegisterFault(kind, self.practice, self.code, self.place.file, line, key, value,
                          message, lost)
        )  # fmt: skip
        return False
