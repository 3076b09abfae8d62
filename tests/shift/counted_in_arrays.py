"""What an engine counts, counted in arrays: the worlds' records become the same whole numbers.

The engine's way takes a second of a processor, this a twentieth. All that follows is the
estimator's own, :func:`remit.shift.effect.result.judged`; a test holds both ways to the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from remit.shift.effect.asked import Asked, as_day
from remit.shift.effect.codes import Codes
from remit.shift.effect.counted import Counted
from remit.shift.effect.estimate import COURSE_SUMS
from remit.shift.effect.features import HALF
from remit.shift.effect.looks import LATER, NEVER, Looks, plan_looks
from remit.shift.effect.recording import quarters_seen
from remit.shift.effect.strata import APART, BESIDE, COURSE, STRATUM, SUMS, WHY
from tests.shift.worlds import NAMES, SERVICE, Coded

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_ALMOST_ONE = 1.02


class Arrays:
    """The records of a run as numbers, in the order that the estimator's codes have.

    Parameters
    ----------
    coded
        Records that are there.
    asked
        The question.
    """

    def __init__(self, coded: Coded, asked: Asked) -> None:
        # By their days, so that those of a span of time lie together.
        days = coded.columns["date"]
        order = np.argsort((days - days.min()).astype(np.uint16), kind="stable")
        held = {name: one[order] for name, one in coded.columns.items()}
        self.asked = asked
        self.person = held["patient"].astype(np.int64)
        self.size = int(self.person.max()) + 1
        self.day = held["date"].astype(np.int64)
        self.use = held[asked.outcome].astype(np.int64)
        self.served = held["service"] == NAMES["service"].index(SERVICE)
        in_hospital = held["setting"] == NAMES["setting"].index("hospital")
        self.hospital = in_hospital & ~self.served
        self.elsewhere = ~in_hospital & ~self.served
        self.service = held["service"]
        self.start = asked.quarter(0)
        self.provider, self.providers = _ranked(held["provider"], "provider", self.hospital)
        self.cluster, self.clusters = _ranked(held["cluster"], "cluster")
        self.pod = held["pod"]
        self.setting = held["setting"]
        worth = "bed_days" if asked.outcome == "cost_pence" else "cost_pence"
        self.worth, self.need, self.amount = (
            held[one].astype(np.int64) for one in (worth, "need_thousandths", "quantity")
        )
        self.fifth = held["deprivation_fifth"].astype(np.int64)
        self._ages(held["age_band"])
        self.says_deaths = "died_on" in held
        self._died(held)

    def _ages(self, bands: npt.NDArray[Any]) -> None:
        first = [int("".join(c for c in name[:3] if c.isdigit())) for name in NAMES["age_band"]]
        cuts = self.asked.rules.cuts.age
        codes = np.array([sum(age >= cut for cut in cuts) for age in first])
        self.age = codes[bands]
        seen = sorted(NAMES["age_band"][one] for one in _present(bands))
        table = {"age_band": seen, "age_code": [codes[NAMES["age_band"].index(s)] for s in seen]}
        self.ages = pl.DataFrame(table, schema={"age_band": pl.String, "age_code": pl.Int64})

    def _died(self, held: Any) -> None:
        self.died = np.full(self.size, NEVER)
        if self.says_deaths:
            said = held["died_on"].astype(np.int64)
            within = (said >= self.day.min()) & (said <= self.day.max())
            self.died[self.person[within]] = said[within]

    def codes(self) -> Codes:
        """What :func:`remit.shift.effect.codes.read_codes` finds."""
        first, last = int(self.day.min()), int(self.day.max())
        days = pl.date_range(as_day(first), as_day(last), "1d", eager=True).alias("date")
        pods = [NAMES["pod"][one] for one in _present(self.pod[self.hospital])]
        emergencies = tuple(one for one in sorted(pods) if one in self.asked.rules.emergency_pods)
        self.entry = np.full(self.size, NEVER)
        np.minimum.at(self.entry, self.person[self.served], self.day[self.served])
        entered = np.unique(self.entry[self.entry < NEVER], return_counts=True)
        return Codes(
            first=first,
            last=last,
            calendar=pl.DataFrame([days, pl.Series("day", np.arange(first, last + 1))]),
            clusters=self._homes(),
            providers=_named(self.providers, "provider"),
            ages=self.ages,
            pods=emergencies or tuple(sorted(pods)),
            all_pods=not emergencies,
            entries=pl.DataFrame({"day": entered[0], "people": entered[1]}),
            services=_named(NAMES["service"], "service"),
            people=int(np.count_nonzero(np.bincount(self.person))),
            one_a_quarter=self._one_a_quarter(),
        )

    def _homes(self) -> pl.DataFrame:
        mine = self.hospital & (self.day < self.start)
        wide = len(self.providers) + 1
        pairs = np.bincount(self.cluster[mine] * wide + self.provider[mine])
        table = np.zeros((len(self.clusters) + 1) * wide, dtype=np.int64)
        table[: len(pairs)] = pairs
        by_cluster = table.reshape(-1, wide)[1:]
        self.home = np.concatenate(
            [[0], np.where(by_cluster.any(axis=1), by_cluster.argmax(axis=1), 0)]
        )
        return _named(self.clusters, "cluster").with_columns(home=pl.Series(self.home[1:]))

    def _one_a_quarter(self) -> bool:
        first = self.asked.quarter(-1)
        used = self.hospital & (self.day >= first) & (self.day < self.start) & (self.use > 0)
        people = int(np.count_nonzero(np.bincount(self.person[used])))
        return bool(used.any()) and int(used.sum()) <= people * _ALMOST_ONE


def counted_in_arrays(coded: Coded, asked: Asked) -> tuple[Counted, Rows]:
    """All that the engine counts, and the looks behind it."""
    arrays = Arrays(coded, asked)
    codes = arrays.codes()
    rows = Rows(arrays, codes, plan_looks(codes, asked))
    cells = rows.cells()
    return (
        Counted(codes, cells, _recorded(arrays, codes), rows.begun(), arrays.says_deaths),
        rows,
    )


class Rows:
    """One row a look, as :func:`remit.shift.effect.features.features` gives them.

    Parameters
    ----------
    arrays
        The records.
    codes
        What stands in them.
    looks
        On which days people are looked at.
    """

    def __init__(self, arrays: Arrays, codes: Codes, looks: Looks) -> None:
        self._a, self._codes, self._asked = arrays, codes, arrays.asked
        self._who()
        self._quarters()
        emergencies = [NAMES["pod"].index(one) for one in codes.pods]
        self._sick = np.isin(arrays.pod, emergencies) & arrays.hospital
        parts = [self._look(row, looks) for row in looks.quarters.sort("look").to_dicts()]
        self.held: dict[str, Ints] = {
            name: np.concatenate([part[name] for part in parts]) for name in parts[0]
        }
        self._bands()

    def _who(self) -> None:
        a = self._a
        known = ~a.served & (a.day < a.start)
        person, day = a.person[known], a.day[known]
        latest = np.full(a.size, -1)
        packed = ((day * 65_536 + a.cluster[known]) * 16 + a.age[known]) * 8 + a.fifth[known]
        np.maximum.at(latest, person, packed)
        self._known = latest >= 0
        held = np.where(latest < 0, 0, latest)
        self._cluster, self._age, self._fifth = held // 128 % 65_536, held // 8 % 16, held % 8
        sums = np.bincount(person, day, a.size).astype(np.int64)
        self._place = sums % self._asked.rules.places_of_days
        self._here = np.bincount(a.person, minlength=a.size) > 0

    def _quarters(self) -> None:
        """Use and times of use, of hospitals, by person and quarter: the first is two years ago."""
        a, asked = self._a, self._asked
        self._begins = np.array([asked.quarter(n) for n in range(-8, asked.entry_quarters + 1)])
        at = np.searchsorted(self._begins, a.day, side="right") - 1
        wide = len(self._begins)
        inside = a.hospital & (at >= 0)
        key = a.person[inside] * wide + at[inside]
        use, size = a.use[inside], a.size * wide
        self._use = np.bincount(key, use, size).astype(np.int64).reshape(-1, wide)
        self._times = np.bincount(key, use > 0, size).astype(np.int64).reshape(-1, wide)

    def _look(self, row: dict[str, int], looks: Looks) -> dict[str, Ints]:
        a, look = self._a, row["look"]
        q0, after = row["q0"], row["next"]
        index = self._days(look, looks)
        mine = (a.entry >= q0) & (a.entry < after)
        arm = mine.astype(np.int64)
        later = (a.entry != NEVER) & (a.entry > index) & (index >= 0) & ~mine
        arm[later] = LATER
        others = (a.entry == NEVER) & self._here
        index = np.where(mine, a.entry, np.where(others | later, index, -1))
        seen = np.full(a.size, -1)
        before = ~a.served & (a.day < q0)
        np.maximum.at(seen, a.person[before], a.day[before])
        which = np.flatnonzero(index >= 0)
        rules = self._asked.rules
        due = np.minimum(index + rules.follow_up_days, self._codes.last)
        end = np.minimum(a.died, due)
        long_enough = due - index >= rules.least_follow_up_days
        known = self._known & (seen >= row["m4"])
        alive = a.died >= index
        able = known & long_enough & alive
        people = {
            "patient": np.arange(a.size), "look": np.full(a.size, look), "index": index,
            "arm": arm, "cluster_code": self._cluster, "age": self._age, "fifth": self._fifth,
            "died": a.died, "q0": np.full(a.size, q0),
            "due": due, "end": end, "able": able, "unknown": ~known,
            "short": known & ~long_enough, "dead": known & long_enough & ~alive,
            "seen": seen >= row["m1"],
        }  # fmt: skip
        used = self._uses(row, np.where(able, index, -1), end)
        return {name: held[which].astype(np.int64) for name, held in (people | used).items()}

    def _days(self, look: int, looks: Looks) -> Ints:
        days = np.full(self._asked.rules.places_of_days, -1)
        mine = looks.places.filter(pl.col("look") == look)
        days[mine["place"].to_numpy()] = mine["index"].to_numpy()
        return np.asarray(days[self._place])

    def _uses(self, row: dict[str, int], index: Ints, end: Ints) -> dict[str, Ints]:
        a, n = self._a, self._a.size
        look, q0 = row["look"], row["q0"]
        able = index >= 0
        at = look + 8
        found = {f"u{k}": self._use[:, at - k] for k in (1, 2, 3, 4)}
        found |= {f"c{k}": self._times[:, at - k] for k in (1, 2, 3, 4)}
        found["earlier"] = self._use[:, at - 8 : at - 4].sum(axis=1)
        found["at_start"] = self._use[:, :4].sum(axis=1)
        found = {name: np.where(able, held, 0) for name, held in found.items()}
        # Only what lies about a look: from 120 days before the quarter on.
        person, day, use, stay, sick = self._part(q0 - 120, None, able)
        since = day - index[person]
        after = (since > 0) & (day <= end[person])
        found["first"] = _summed(n, person[after & (since <= HALF)])
        found["final"] = _summed(n, person[(since > HALF) & (day > self._codes.last - HALF)])
        person, use, sick, since, after = (one[stay] for one in (person, use, sick, since, after))
        stayed, planned = use > 0, ~sick
        ago, month_ago = (-since)[since < 0], (since < 0) & (since >= -30)
        recent = sick[since < 0] * (ago <= self._asked.rules.emergency_days)
        found |= {
            "later": _summed(n, person[after], use[after]),
            "emergencies": _summed(n, person[since < 0], recent),
            "fresh": _summed(n, person[month_ago & ~planned]),
            "on_day": _summed(n, person[since == 0]),
            "near": _summed(n, person[after & (since <= 30)]),
            "far": _summed(n, person[after & (since > 30)]),
            "stays_later": _summed(n, person[after & stayed]),
            "planned_later": _summed(n, person[after & stayed & planned]),
            "operated": _summed(n, person[month_ago & stayed & planned]),
        }
        found |= self._course(row, index)
        found |= self._apart(row, index, end)
        place = np.full(n, -1)
        person, day, _, stay, _ = self._part(None, q0, able)
        provider = a.provider[: np.searchsorted(a.day, q0)][self._mine][stay]
        np.maximum.at(place, person[stay], day[stay] * 65_536 + provider)
        home = self.home_of(self._cluster)
        found["area"] = np.where(able & (place >= 0), place % 65_536, home)
        return found

    def _part(self, first: int | None, end: int | None, able: Flags) -> tuple[Ints, ...]:
        """Records of some days, of those who are looked at, that are not of the service."""
        a = self._a
        lo = 0 if first is None else int(np.searchsorted(a.day, first))
        hi = len(a.day) if end is None else int(np.searchsorted(a.day, end))
        self._mine = able[a.person[lo:hi]] & ~a.served[lo:hi]
        columns = (a.person, a.day, a.use, a.hospital, self._sick)
        return tuple(one[lo:hi][self._mine] for one in columns)

    def _course(self, row: dict[str, int], index: Ints) -> dict[str, Ints]:
        """When hospital care was had before the matched year, until the day, and after it."""
        n, m8 = self._a.size, row["m8"]
        able = index >= 0
        person, day, use, stay, sick = self._part(m8, row["m4"], able)
        found = {"known": _summed(n, person)}
        found["known_early"] = _summed(n, person[day < row["m6"]])
        used = stay & (use > 0)
        found["stays_earlier"] = _summed(n, person[used])
        found["planned_earlier"] = _summed(n, person[used & ~sick])
        early, days_early = person[used], day[used] - m8
        person, day, use, stay, _ = self._part(row["q0"], None, able)
        used = stay & (use > 0)
        person, day = person[used], day[used]
        mine = index[person]
        before = (
            np.concatenate([early, person[day < mine]]),
            np.concatenate([days_early, day[day < mine] - m8]),
        )
        since = (person[day > mine], (day - mine)[day > mine])
        for span, (who, days) in (("before", before), ("since", since)):
            held = (_summed(n, who), _summed(n, who, days), _summed(n, who, days**2))
            found |= {f"{name}_{span}": one for name, one in zip(COURSE_SUMS, held, strict=True)}
        return found

    def _apart(self, row: dict[str, int], index: Ints, end: Ints) -> dict[str, Ints]:
        """What strata leave apart: just before entry, usual hospital, and outside hospitals."""
        n, m4, q0 = self._a.size, row["m4"], row["q0"]
        person, day, use, stay, sick = self._part(row["m8"], None, index >= 0)
        lo = int(np.searchsorted(self._a.day, row["m8"]))
        used = stay & (use > 0)
        after = (day > index[person]) & (day <= end[person])
        earlier = day < m4
        home = self.home_of(self._cluster)[person]
        usual = used & (self._a.provider[lo:][self._mine] == home)
        year = ~earlier & (day < q0)
        beside = self._beside(row, person, used, sick, (earlier, year))
        return beside | {
            "planned_gap": _summed(n, person[used & ~sick & (day >= q0) & (day < index[person])]),
            "usual_earlier": _summed(n, person[usual & earlier]),
            "usual_later": _summed(n, person[usual & after]),
            "beside_earlier": _summed(n, person[~stay & earlier]),
            "beside_later": _summed(n, person[~stay & after]),
        }

    def _beside(
        self, row: dict[str, int], person: Ints, used: Flags, sick: Ints, when: tuple[Flags, Flags]
    ) -> dict[str, Ints]:
        """What else records of the two years before the quarter of entry say."""
        a, n, lo = self._a, self._a.size, int(np.searchsorted(self._a.day, row["m8"]))
        worth, need, setting, stay, amount, fifth = (
            one[lo:][self._mine]
            for one in (a.worth, a.need, a.setting, a.hospital, a.amount, a.fifth)
        )
        found = {"planned_year": _summed(n, person[used & ~sick & when[1]])}
        found["beside_year"] = _summed(n, person[~stay & when[1]])
        for name, then in zip(("earlier", "year"), when, strict=True):
            found[f"worth_{name}"] = _summed(n, person[used & then], worth[used & then])
            found[f"need_{name}"] = _summed(n, person[then], need[then])
            found[f"told_{name}"] = _summed(n, person[then])
            found[f"visits_{name}"] = _summed(n, person[then & stay & ~used])
            found[f"amount_{name}"] = _summed(n, person[then & ~stay], amount[then & ~stay])
            found[f"fifths_{name}"] = _summed(n, person[then], fifth[then])
            found[f"seen_{name}"] = _summed(n, person[then & (fifth > 0)])
            for kind in ("primary", "mental_health", "community"):
                its = then & ~stay & (setting == NAMES["setting"].index(kind))
                found[f"{kind.split('_')[0]}_{name}"] = _summed(n, person[its])
        return found

    def home_of(self, cluster: Ints) -> Ints:
        return np.asarray(self._a.home[cluster])

    def _bands(self) -> None:
        h, cuts = self.held, self._asked.rules.cuts
        unit = self._asked.rules.units[self._asked.outcome] if self._codes.one_a_quarter else 1
        kind = "u" if self._codes.one_a_quarter else "c"

        def banded(cuts: tuple[int, ...], *quarters: int) -> Ints:
            used = np.sum([h[f"{kind}{one}"] for one in quarters], axis=0)
            return _band(used, tuple(cut * unit for cut in cuts))

        h["last_quarter"] = banded(cuts.last_quarter, 1)
        h["quarter_before"] = banded(cuts.quarter_before, 2)
        h["rest_of_year"] = banded(cuts.rest_of_year, 3, 4)
        h["whole_year"] = banded(cuts.whole_year, 1, 2, 3, 4)
        h["emergencies"] = _band(h["emergencies"], cuts.emergencies)
        alive = h["died"] > h["due"]
        h["people"] = np.ones(len(alive), dtype=np.int64)
        h["days"] = h["end"] - h["index"]
        h["stays_dying"] = np.where(alive, 0, h["stays_later"])
        h["days_dying"] = np.where(alive, 0, h["days"])
        h["year"] = h["u1"] + h["u2"] + h["u3"] + h["u4"]
        year = h["c1"] + h["c2"] + h["c3"] + h["c4"]
        h["stays_year"], h["gap"] = year, h["index"] - h["q0"]
        h["stays_year_known"] = np.where(h["known"] > 0, year, 0)
        for when in ("earlier", "later"):
            h[f"urgent_{when}"] = h[f"stays_{when}"] - h[f"planned_{when}"]
        h["operated"] = h["operated"] > 0
        h["follows"] = (h["able"] == 1) & (h["fresh"] > 0)
        h["alive"] = alive
        for one in ("first", "final"):
            h[one] = (h["died"] > self._codes.last) & (h[one] > 0)
        for one in ("known_early", "known"):
            h[one] = h[one] > 0
        for one in COURSE[3:]:
            h[one] = np.where(h["died"] > self._codes.last, h[one], 0)
        for one in ("near", "far"):
            h[one] = np.where(alive, h[one], 0)

    def cells(self) -> pl.DataFrame:
        """What :func:`remit.shift.effect.strata.strata_cells` gives, sorted as an engine does."""
        able = self.held["able"] == 1
        keys = {one: np.where(able, self.held[one], -1) for one in (*STRATUM, *APART)}
        keys |= {one: self.held[one] for one in ("cluster_code", "arm")}
        packed = np.zeros(len(able), dtype=np.int64)
        for held in keys.values():
            packed = packed * (int(held.max()) + 2) + held + 1
        _, first, place = np.unique(packed, return_index=True, return_inverse=True)
        sums = {
            one: np.bincount(place, self.held[one], len(first)).astype(np.int64)
            for one in (*SUMS, *WHY, *BESIDE)
        }
        return pl.DataFrame({name: held[first] for name, held in keys.items()} | sums)

    def controls(self, strata: pl.DataFrame) -> int:
        """How many people without the service are in the strata that are kept."""
        mine = (self.held["able"] == 1) & (self.held["arm"] == 0)
        names = ("patient", *STRATUM)
        people = pl.DataFrame({one: self.held[one][mine] for one in names})
        kept = strata.filter("kept").select(STRATUM)
        return people.join(kept, on=STRATUM, how="semi")["patient"].n_unique()

    def begun(self) -> pl.DataFrame:
        """What :func:`remit.shift.effect.begun.begun_services` gives."""
        a, rules = self._a, self._asked.rules
        able = self.held["able"] == 1
        names = ("patient", "index", "end", "arm")
        person, index, end, arm = (self.held[one][able] for one in names)
        rows = []
        for code in _present(a.service[a.elsewhere]):
            mine = a.elsewhere & (a.service == code)
            first = np.full(a.size, NEVER * 10)
            np.minimum.at(first, a.person[mine], a.day[mine])
            since = first[person] - index
            about = (since >= -rules.begun_days_before) & (since <= rules.begun_days_after)
            within = (since >= -rules.follow_up_days) & (about | (since <= end - index))
            each = [(one, arm == one) for one in (0, 1, LATER)]
            counts = [(one, int((about & w).sum()), int((within & w).sum())) for one, w in each]
            rows += [(NAMES["service"][code], *told) for told in counts if told[-1]]
        schema = {"service": pl.String, **dict.fromkeys(("arm", "looks", "within"), pl.Int64)}
        return pl.DataFrame(rows, schema=schema, orient="row").sort("service", "arm")


def _recorded(a: Arrays, codes: Codes) -> pl.DataFrame:
    numbers = quarters_seen(codes, a.asked)
    begins = np.array([a.asked.quarter(n) for n in numbers])
    mine = a.hospital & (a.entry[a.person] == NEVER)
    mine &= (a.day >= begins[0]) & (a.day < a.asked.quarter(numbers[-1] + 1))
    window = np.searchsorted(begins, a.day[mine], side="right") - 1
    counts = np.bincount(a.provider[mine] * len(numbers) + window)
    there = np.flatnonzero(counts)
    return pl.DataFrame(
        {
            "provider_code": there // len(numbers),
            "window": there % len(numbers),
            "records": counts[there],
        }
    )


def _summed(size: int, person: Ints, what: Ints | None = None) -> Ints:
    """How many records each person has, or the sum of what stands in them."""
    return np.asarray(np.bincount(person, what, size).astype(np.int64))


def _present(held: npt.NDArray[Any]) -> Ints:
    """Which small numbers are there, in order."""
    return np.flatnonzero(np.bincount(held))


def _ranked(
    held: npt.NDArray[Any], column: str, which: Flags | None = None
) -> tuple[Ints, list[str]]:
    """Codes from 1 on in the order of names, 0 where a name is not among those of *which*."""
    names = NAMES[column]
    present = _present(held if which is None else held[which])
    ordered = sorted(names[one] for one in present)
    codes = np.zeros(len(names), dtype=np.int64)
    for number, name in enumerate(ordered):
        codes[names.index(name)] = number + 1
    return codes[held], ordered


def _named(names: list[str], column: str) -> pl.DataFrame:
    codes = pl.Series(f"{column}_code", range(1, len(names) + 1), dtype=pl.Int64)
    return pl.DataFrame([pl.Series(column, names), codes])


def _band(value: Ints, cuts: tuple[int, ...]) -> Ints:
    return np.sum([value >= cut for cut in cuts], axis=0).astype(np.int64)
