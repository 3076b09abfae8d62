"""Build Remit's register of organisations from the files of ODS, ONS and NHS England.

Run it when a new set of files is out, then read the difference before you commit it::

    python tools/build_organisations.py --etr etr.csv --partners icb-partners.xlsx \\
        --nof nof-acute.csv --nof nof-mental-health.csv --trusts trusts-2026.csv \\
        --icbs icbs-2026.csv --lookup icb-2026-lookup.csv --former-lookup icb-2023-lookup.csv \\
        --monthly ae-april-2021.csv --monthly sickness-2024-04.csv

The same files give the same output, byte for byte. What no column says is in
``organisations_by_hand.yaml`` beside this script.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import json
import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from remit.catalogue.declared import read

Row = dict[str, str]
Entry = dict[str, Any]

KINDS = {
    "Acute trust": "acute",
    "Mental health and community trust": "mental_health_community",
    "Ambulance trust": "ambulance",
}
KEYS = (
    "code", "name", "kind", "subkind", "ons_code", "former_ons_codes", "opened", "closed",
    "region", "lead_icb", "partner_icbs", "succession", "aliases", "former_names", "site",
    "source", "note",
)  # fmt: skip
HOSPITAL = re.compile(r"(?:HOSPITALS?|INFIRMARY|MEDICAL CENTRE)(?: OF [A-Z]+)?$")
SMALL_WORDS = {"AND", "OF", "THE", "FOR", "ON", "UPON", "UNDER", "IN"}


@dataclass(frozen=True)
class Inputs:
    """What was read, before anything is put together."""

    etr: dict[str, list[str]]
    lead: dict[str, Row]
    partners: dict[str, set[str]]
    partner_icbs: dict[str, Row]
    nof: dict[str, list[Row]]
    trusts: dict[str, Row]
    icbs: dict[str, Row]
    places: list[Row]
    former_places: list[Row]
    printed: dict[str, dict[str, date]]
    hand: dict[str, Any]

    @property
    def by_hand(self) -> dict[str, Entry]:
        """The entries that are written by hand, by code."""
        entries: dict[str, Entry] = self.hand["organisations"]
        return entries


# Reading ----------------------------------------------------------------------------------------


def read_csv(path: Path) -> list[Row]:
    """Rows of a CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_etr(path: Path) -> dict[str, list[str]]:
    """Rows of the ODS report, which has no header, by code."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[0]: row for row in csv.reader(file) if row}


def read_sheet(path: Path, sheet: str) -> Iterator[Row]:
    """Rows of a sheet below the line that begins with ``NHS England Region``."""
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()
    start = next(i for i, row in enumerate(rows) if row[0] == "NHS England Region")
    header = [str(cell) for cell in rows[start]]
    for row in rows[start + 1 :]:
        yield dict(zip(header, map(str, row), strict=False))


def read_nof(paths: Iterable[Path]) -> dict[str, list[Row]]:
    """The different descriptions of each trust in the NOF files, in the files' order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for path in paths:
        for row in read_csv(path):
            said = {key: row[key] for key in ("Trust_type", "Trust_subtype", "Trust_name")}
            if said not in found[row["Trust_code"]]:
                found[row["Trust_code"]].append(said)
    return found


def read_partners(
    rows: Iterable[Row], misprints: list[Row]
) -> tuple[dict[str, set[str]], dict[str, Row]]:
    """Partner ICBs of each trust, and the row that describes each ICB."""
    meant = {(m["icb"], m["name"], m["printed"]): m["meant"] for m in misprints}
    partners: dict[str, set[str]] = defaultdict(set)
    icbs: dict[str, Row] = {}
    for row in rows:
        icb, name, code = row["ODS ICB Code"], row["NHS Trusts"], row["ODS Trust Code"]
        icbs.setdefault(icb, row)
        if code:
            partners[meant.get((icb, name, code), code)].add(icb)
    return partners, icbs


def read_monthly(paths: Iterable[Path]) -> dict[str, dict[str, date]]:
    """The names that monthly files print for each code, with the last month of each name."""
    found: dict[str, dict[str, date]] = defaultdict(dict)
    for path in paths:
        for row in read_csv(path):
            said = {key.strip().lower().replace("_", " "): value for key, value in row.items()}
            last = last_of_month(said.get("period") or said["date"])
            if last and (printed := said["org name"].strip()):
                name = printed.upper().replace("NATIONAL HEALTH SERVICE", "NHS")
                known = found[said["org code"].strip()]
                known[name] = max(known.get(name, last), last)
    return found


def last_of_month(printed: str) -> date | None:
    """The last day of the month in ``MSitAE-APRIL-2021`` or ``30/04/2024``; of a total, none."""
    if day := re.fullmatch(r"\d\d/(\d\d)/(\d{4})", printed):
        month, year = int(day[1]), int(day[2])
    elif named := re.search(r"-([A-Z]+)-(\d{4})$", printed.upper()):
        month, year = list(calendar.month_name).index(named[1].capitalize()), int(named[2])
    else:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def read_all(args: argparse.Namespace) -> Inputs:
    """Read every file named on the command line."""
    hand = read(args.by_hand).data
    partners, partner_icbs = read_partners(
        read_sheet(args.partners, "ICB Partners"), hand["misprinted_partners"]
    )
    lead = read_sheet(args.partners, "ICB Financial Apportionment")
    return Inputs(
        etr=read_etr(args.etr),
        lead={row["ODS Trust Code"]: row for row in lead},
        partners=partners,
        partner_icbs=partner_icbs,
        nof=read_nof(args.nof),
        trusts={row["ods_code"]: row for row in read_csv(args.trusts)},
        icbs={row["ods_code"]: row for row in read_csv(args.icbs)},
        places=read_csv(args.lookup),
        former_places=read_csv(args.former_lookup),
        printed=read_monthly(args.monthly),
        hand=hand,
    )


# Words ------------------------------------------------------------------------------------------


def folded(name: str) -> str:
    """A name without case, punctuation, ``The`` and ``and``, for comparison."""
    return re.sub(r"[^A-Z0-9]", "", re.sub(r"\b(?:THE|AND)\b", "", name.upper()))


def stem(name: str) -> str:
    """A folded name without its legal form."""
    return re.sub(r"(NHS)?(FOUNDATION)?TRUST$|INTEGRATEDCAREBOARD$|ICB$", "", folded(name))


def proper_case(capitals: str) -> str:
    """A name that ODS prints in capitals, with small words small and NHS large."""
    words = capitals.split()
    return " ".join(_cased(word, first=index == 0) for index, word in enumerate(words))


def _cased(word: str, *, first: bool) -> str:
    if word == "NHS":
        return word
    if word in SMALL_WORDS and not first:
        return word.lower()
    return "-".join(part.capitalize() for part in word.split("-"))


def a_day(printed: str) -> date | None:
    """A day that ODS writes as ``20250630``; blank is none."""
    return date.fromisoformat(printed) if printed else None


def first_printed(names: Iterable[str], like: str) -> str | None:
    """The first of some proper-case names that says the same as a name in capitals."""
    return next((name for name in names if folded(name) == folded(like)), None)


# Regions and ICBs -------------------------------------------------------------------------------


def regions(inputs: Inputs) -> list[Entry]:
    """The seven regions, from the ONS look-ups."""
    former = {row["NHSER23CDH"]: row["NHSER23CD"] for row in inputs.former_places}
    now = {row["NHSER26CDH"]: row for row in inputs.places}
    return [
        with_hand(
            inputs,
            {
                "code": code,
                "name": row["NHSER26NM"],
                "ons_code": row["NHSER26CD"],
                "former_ons_codes": different(former[code], row["NHSER26CD"]),
                "opened": inputs.hand["regions_opened"],
                "source": ["ons-2023", "ons-2026"],
            },
        )
        for code, row in sorted(now.items())
    ]


def different(former: str, now: str) -> list[str]:
    """A former code, where it differs from the present one."""
    return [former] if former != now else []


def successors(inputs: Inputs) -> dict[str, list[str]]:
    """ICBs that follow each closed ICB."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, row in sorted(inputs.icbs.items()):
        for former in filter(None, row["predecessor_codes"].split(";")):
            found[former].append(code)
    return found


def icbs(inputs: Inputs) -> list[Entry]:
    """The ICBs of 2022 and those of 2026."""
    new = [code for code, row in inputs.icbs.items() if row["merger_date"]]
    return [icb(inputs, code) for code in sorted({*inputs.partner_icbs, *new})]


def icb(inputs: Inputs, code: str) -> Entry:
    """One ICB with its region, its ONS codes and, if it closed, its successors."""
    now = {row["ICB26CDH"]: row for row in inputs.places}.get(code)
    before = inputs.partner_icbs.get(code)
    former = former_icb(inputs, before["ICB Name"]) if before else None
    entry: Entry = {"code": code, "aliases": icb_aliases(inputs, code)}
    if former:
        entry |= {"name": former["ICB23NM"], "ons_code": former["ICB23CD"]}
        entry |= {"opened": inputs.hand["icbs_opened"], "region": former["NHSER23CDH"]}
        entry["source"] = ["ons-2023", "partners"]
    if now:
        codes = different(entry.get("ons_code", now["ICB26CD"]), now["ICB26CD"])
        entry |= {"name": now["ICB26NM"], "ons_code": now["ICB26CD"], "former_ons_codes": codes}
        entry |= {"region": now["NHSER26CDH"]}
        entry["source"] = [*entry.get("source", []), "ons-2026", "list-2026"]
        entry.setdefault("opened", a_day(inputs.icbs[code]["merger_date"]))
    else:
        entry |= icb_end(inputs, code)
    return with_hand(inputs, entry)


def former_icb(inputs: Inputs, name: str) -> Row:
    """The ONS row of an ICB of 2022, found by its name."""
    return next(row for row in inputs.former_places if folded(row["ICB23NM"]) == folded(name))


def icb_end(inputs: Inputs, code: str) -> Entry:
    """When an ICB closed and what followed."""
    following = successors(inputs)[code]
    on = a_day(inputs.icbs[following[0]]["merger_date"])
    assert on is not None
    source = ["ons-2023", "partners", "list-2026"]
    return {
        "closed": on - timedelta(days=1),
        "succession": {"on": on, "to": following},
        "source": source,
    }


def icb_aliases(inputs: Inputs, code: str) -> list[str]:
    """The short name of an ICB, and the other names that the list gives."""
    if code in inputs.icbs:
        row = inputs.icbs[code]
        return [row["name"], *filter(None, row["alt_names"].split(";"))]
    name = former_icb(inputs, inputs.partner_icbs[code]["ICB Name"])["ICB23NM"]
    return [name.removeprefix("NHS ").replace("Integrated Care Board", "ICB")]


# Trusts -----------------------------------------------------------------------------------------


def trusts(inputs: Inputs) -> list[Entry]:
    """Every trust in England that any of the files knows."""
    english = {code for code, row in inputs.etr.items() if row[2]}
    hand = {code for code, entry in inputs.by_hand.items() if "name" in entry}
    codes = sorted({*english, *inputs.lead, *inputs.nof, *inputs.trusts, *hand})
    entries = [trust(inputs, code) for code in codes]
    drop_borrowed_aliases(entries)
    return entries


def trust(inputs: Inputs, code: str) -> Entry:
    """One trust; what is written by hand comes last and wins."""
    entry: Entry = {"code": code, "name": trust_name(inputs, code), "source": []}
    entry |= life(inputs, code)
    entry |= kind(inputs, code)
    entry |= belonging(inputs, code, entry)
    entry["aliases"] = trust_aliases(inputs, code)
    entry["former_names"] = former_names(inputs, code)
    entry["site"] = site(inputs, code)
    entry["source"] = trust_sources(inputs, code)
    return with_hand(inputs, entry)


def trust_sources(inputs: Inputs, code: str) -> list[str]:
    """The short names of the files that know a trust."""
    former = {
        code for row in inputs.trusts.values() for code in row["predecessor_codes"].split(";")
    }
    known = {
        "etr": code in inputs.etr,
        "list-2026": code in inputs.trusts or code in former,
        "nof": code in inputs.nof,
        "partners": code in inputs.lead,
        "monthly": len(former_names(inputs, code)) > len(snapshot_name(inputs, code)),
    }
    return [source for source, has in known.items() if has]


def printed_names(inputs: Inputs, code: str) -> list[str]:
    """Names of a trust in proper case, the best first."""
    row = inputs.trusts.get(code)
    current = [row["name"], *filter(None, row["alt_names"].split(";"))] if row else []
    nof = [said["Trust_name"] for said in inputs.nof.get(code, [])]
    lead = [inputs.lead[code]["NHS Trusts"]] if code in inputs.lead else []
    return [*current, *nof, *lead]


def trust_name(inputs: Inputs, code: str) -> str:
    """The latest name of a trust, in proper case."""
    names = printed_names(inputs, code)
    if code in inputs.trusts or code not in inputs.etr:
        return names[0] if names else str(inputs.by_hand[code]["name"])
    official = inputs.etr[code][1]
    return first_printed(names, official) or proper_case(official)


def life(inputs: Inputs, code: str) -> Entry:
    """When a trust opened, closed and what followed."""
    entry: Entry = {}
    if code in inputs.etr:
        entry["opened"] = a_day(inputs.etr[code][10])
        entry["closed"] = a_day(inputs.etr[code][11])
    for following, row in sorted(inputs.trusts.items()):
        if code in row["predecessor_codes"].split(";"):
            on = a_day(row["merger_date"])
            assert on is not None
            entry["closed"] = entry["closed"] or on - timedelta(days=1)
            entry["succession"] = {"on": on, "to": following}
    by_hand = inputs.by_hand.get(code, {})
    return entry | {key: by_hand[key] for key in ("opened", "closed") if key in by_hand}


def kind(inputs: Inputs, code: str) -> Entry:
    """Kind and subkind, from the latest description that a source gives."""
    if said := inputs.nof.get(code):
        return {"kind": KINDS[said[-1]["Trust_type"]], "subkind": said[-1]["Trust_subtype"]}
    if inputs.trusts.get(code, {}).get("type") == "Ambulance Trusts":
        return {"kind": "ambulance", "subkind": "Ambulance"}
    return {}


def belonging(inputs: Inputs, code: str, entry: Entry) -> Entry:
    """Region, lead ICB and partner ICBs of a trust."""
    closed = entry.get("closed") or date.max
    found: Entry = {}
    if code in inputs.lead:
        row = inputs.lead[code]
        region = row["NHS England Region"]
        found["region"] = region[region.index("(") + 1 : -1]
        found["lead_icb"] = with_successor(inputs, row["ODS ICB Code"], closed)
    elif code in inputs.etr and closed >= inputs.hand["regions_opened"]:
        found["region"] = inputs.etr[code][2]
    found["partner_icbs"] = sorted(inputs.partners.get(code, ()))
    return found


def with_successor(inputs: Inputs, icb_code: str, closed: date) -> list[str]:
    """A lead ICB and the one that followed it, where one alone did and the trust saw it."""
    following = successors(inputs).get(icb_code, [])
    if len(following) != 1:
        return [icb_code]
    on = a_day(inputs.icbs[following[0]]["merger_date"])
    return [icb_code, *following] if on and closed >= on else [icb_code]


def trust_aliases(inputs: Inputs, code: str) -> list[str]:
    """Other names that the files print, without those that say no more than the name."""
    name = trust_name(inputs, code)
    said = {folded(name), stem(name)}
    aliases: list[str] = []
    for alias in printed_names(inputs, code):
        if folded(alias) not in said:
            aliases.append(alias)
            said |= {folded(alias), stem(alias)}
    return aliases


def site(inputs: Inputs, code: str) -> str | None:
    """The hospital in the registered address of a trust, if one stands there."""
    address = inputs.etr[code][4:8] if code in inputs.etr else []
    found = [line for line in address if HOSPITAL.search(line)]
    return proper_case(found[0]).removeprefix("The ") if found else None


def drop_borrowed_aliases(entries: list[Entry]) -> None:
    """Drop aliases that are another trust's name, or that several trusts claim."""
    names = {key: e["code"] for e in entries for key in (folded(e["name"]), stem(e["name"]))}
    claims: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for alias in entry["aliases"]:
            claims[folded(alias)].add(entry["code"])
    heirs = {e["code"]: set(as_list(e["succession"]["to"])) for e in entries if e.get("succession")}
    for entry in entries:
        entry["aliases"] = [
            alias
            for alias in entry["aliases"]
            if inherited(claims[folded(alias)], heirs)
            and names.get(folded(alias), entry["code"]) == entry["code"]
            and names.get(stem(alias), entry["code"]) == entry["code"]
        ]


def inherited(claimants: set[str], heirs: dict[str, set[str]]) -> bool:
    """Whether one trust alone has an alias, but for those whose work passed to it."""
    return sum(not heirs.get(code, set()) & claimants for code in claimants) == 1


def former_names(inputs: Inputs, code: str) -> dict[str, date]:
    """Names that the trust had, and the last day that each is known to have held."""
    found = snapshot_name(inputs, code)
    said = {folded(name) for name in (trust_name(inputs, code), *found)}
    for name, until in inputs.printed.get(code, {}).items():
        if folded(name) not in said:
            found[first_printed(printed_names(inputs, code), name) or proper_case(name)] = until
    return found


def snapshot_name(inputs: Inputs, code: str) -> dict[str, date]:
    """The name in the ODS snapshot, where the trust has another now, and the day it held until."""
    row, official = inputs.trusts.get(code), inputs.etr.get(code)
    if not row or not official or folded(row["name"]) == folded(official[1]):
        return {}
    snapshot: date = inputs.hand["sources"]["etr"]["as_of"]
    merged = a_day(row["merger_date"])
    until = merged - timedelta(days=1) if merged and merged > snapshot else snapshot
    name = first_printed(printed_names(inputs, code), official[1])
    return {name or proper_case(official[1]): until}


def with_hand(inputs: Inputs, entry: Entry) -> Entry:
    """An entry with what is written by hand about it; sources and aliases are added up."""
    hand = dict(inputs.by_hand.get(entry["code"], {}))
    for key in ("source", "aliases", "former_ons_codes"):
        both = [*as_list(entry.get(key)), *as_list(hand.pop(key, None))]
        entry[key] = list(dict.fromkeys(both))
    return entry | hand


def as_list(value: Any) -> list[Any]:
    """None, one or several, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


# Writing ----------------------------------------------------------------------------------------


def write(path: Path, key: str, entries: list[Entry], inputs: Inputs) -> None:
    """Write one declaration file."""
    used = {source for entry in entries for source in as_list(entry["source"])}
    sources = {name: said for name, said in inputs.hand["sources"].items() if name in used}
    lines = [
        "# yaml-language-server: $schema=../schemas/organisations.schema.json",
        "# Built by tools/build_organisations.py; correct organisations_by_hand.yaml beside it.",
        "schema: remit/organisations/1",
        "sources:",
    ]
    for name, said in sources.items():
        lines.append(f"  {name}:")
        lines += [f"    {word}: {scalar(value)}" for word, value in said.items()]
    lines.append(f"{key}:")
    lines += [line for entry in entries for line in entry_lines(entry)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def entry_lines(entry: Entry) -> Iterator[str]:
    """One organisation in YAML's flow style, broken at a hundred characters."""
    said = entry | {"source": " ".join(entry["source"])}
    parts = [f"{key}: {flow(said[key])}" for key in KEYS if said.get(key) not in (None, [], {})]
    line = "  - {" + parts[0]
    for part in parts[1:]:
        if len(line) + len(part) + 3 > 100:
            yield line + ","
            *whole, line = textwrap.wrap(
                part,
                99,
                initial_indent="     ",
                subsequent_indent="     ",
                break_on_hyphens=False,
                break_long_words=False,
            )
            yield from whole
        else:
            line += ", " + part
    yield line + "}"


def flow(value: Any) -> str:
    """A value in flow style; a list of one is written as the one."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return flow(value[0]) if len(value) == 1 else "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """A scalar, quoted only where YAML would misread it."""
    text = str(value)
    plain = isinstance(value, date) or re.fullmatch(r"[A-Za-z](?:[\w '/()&.:-]*[\w)])?", text)
    return text if plain and ": " not in text else json.dumps(text, ensure_ascii=False)


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--etr", type=Path, required=True, help="ODS report etr, without header")
    parser.add_argument("--partners", type=Path, required=True, help="ODS ICB partners workbook")
    parser.add_argument("--nof", type=Path, action="append", required=True, help="NOF data file")
    parser.add_argument("--trusts", type=Path, required=True, help="list of current trusts")
    parser.add_argument("--icbs", type=Path, required=True, help="list of current ICBs")
    parser.add_argument("--lookup", type=Path, required=True, help="ONS look-up of 2026")
    parser.add_argument("--former-lookup", type=Path, required=True, help="ONS look-up of 2023")
    parser.add_argument(
        "--monthly", type=Path, action="append", required=True, help="monthly file with names"
    )
    parser.add_argument("--by-hand", type=Path, default=here / "organisations_by_hand.yaml")
    default = here.parent / "src" / "remit" / "declarations" / "organisations"
    parser.add_argument("--out", type=Path, default=default, help="folder to write into")
    return parser.parse_args()


def main() -> None:
    """Build the three files."""
    args = arguments()
    inputs = read_all(args)
    for key, entries in {
        "regions": regions(inputs),
        "icbs": icbs(inputs),
        "trusts": trusts(inputs),
    }.items():
        write(args.out / f"{key}.yaml", key, entries, inputs)
        print(f"{key}.yaml: {len(entries)} entries")


if __name__ == "__main__":
    main()
