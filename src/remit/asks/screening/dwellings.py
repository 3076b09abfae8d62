"""Where somebody lives, without a number of a house: by its name, its street, its postcode."""

from __future__ import annotations

import re

_HOMES = (
    r"(?:House|Cottage|Cottages|Lodge|Farm|Farmhouse|Barn|Villa|Villas|Court|Mansions|Manor|Hall|"
    r"Mill|Bungalow|"
    r"Croft|Vicarage|Rectory|Grange|Cabin|Chalet|Towers?|Heights|"
    r"Caravan Park|View|Forge|Stables|Gables)"
)
_STREETS = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Cl|Drive|Dr|Crescent|Cres|Terrace|Gardens|Gdns|Grove|Place|"
    r"Square|Way|Mews|Hill|Row|Walk|Rise|Parade|Yard|Green|View|Bank|Vale|Brow|Mount|Gate|Wharf|Quay|Fold|Side|"
    r"Meadows?|Heights|Croft|Court|End|Bottom|Bottoms|Fields?|Ropewalk|Passage|Alley|Wynd|Gill|Ginnel|Path|Approach|Reach)"
)
_WORD = r"[A-Z][\w'’]{1,30}"
_ONE = r"(?:[A-Z]\w{1,15}(?:way|gate|walk|side|bank|field|fields|market|croft|ings|garth))"
_STREET = rf"(?:(?:{_WORD} ){{1,3}}{_STREETS}|{_ONE}|The {_WORD})\b"
_NO_HOME = (
    r"(?! ?(?:Ward|Unit|Clinic|Hospital|Infirmary|Surgery|Practice|Centre|Site|Health|Medical|"
    r"School|Hospice|ward|unit|clinic|hospital|surgery|practice|centre|site|health)\b)"
)
_QUOTED = r"[\"“'‘][A-Z][\w'’ -]{2,40}[\"”'’]"
_HOME = rf"(?:{_QUOTED}|(?:[Tt]he )?(?:{_WORD} ){{1,3}}{_HOMES}\b)"
_TOWN = rf"(?:, ?{_WORD}(?: {_WORD}){{0,2}})"
_DWELLINGS = (
    # A house with a name, and the street that it stands in
    re.compile(rf"{_HOME}, ?(?:\d{{1,4}}[a-zA-Z]? )?{_STREET}{_NO_HOME}"),
    re.compile(rf"{_HOME}, ?\d{{1,4}}[a-zA-Z]? {_WORD}(?: {_WORD}){{0,2}}{_NO_HOME}"),
    # What stands before a postcode or an address that was taken out
    re.compile(
        rf"(?:{_HOME}, ?)?(?<![\w.,/])\d{{1,4}}[a-zA-Z]?,? {_WORD}(?: {_WORD}){{0,3}}{_NO_HOME}"
        rf"{_TOWN}{{0,2}}(?=,? \[address\])"
    ),
    re.compile(rf"(?:{_HOME}|(?<!\w){_STREET}{_NO_HOME})(?={_TOWN}{{0,2}},? \[address\])"),
    # Where somebody is said to live
    re.compile(
        rf"(?:(?<=lives at )|(?<=lives in )|(?<=living at )|(?<=living in )|"
        rf"(?<=lived at )|(?<=resident at )|"
        rf"(?<=resident of )|(?<=resides at )|(?<=address is )|(?<=address: )|(?<=Address: )|"
        rf"(?<=home at )|(?<=I am at )|(?<=stays at )|(?<=house at ))"
        rf"(?:{_HOME}|{_STREET}){_NO_HOME}"
    ),
    re.compile(rf"(?<=\[address\], ){_STREET}{_NO_HOME}|(?<=\[address\] ){_STREET}{_NO_HOME}"),
)
_AREAS = (
    r"(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|"
    r"L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)"
)
_POSTCODE = re.compile(
    rf"(?<![\w/-])(?:{_AREAS} ?\d[A-Z\d]?[ -]{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}})(?![\w/-])",
    re.IGNORECASE,
)
_NO_END = re.compile(r"\d(?:st|nd|rd|th|hr)$|2ww$|\dHR$|2WW$|2Ww$")


_HINTS = (
    "[address]", '"', "“", "‘", "House,", "Cottage", "Lodge,", "Farm,", "Barn,", "Villa", "Court,",
    "Hall,", "Manor,", "Mill,", "Grange,", "View,", "Heights,", "Forge,", "Croft,", "Bungalow",
    "Vicarage", "Rectory", "lives ", "lived ", "living at", "living in", "resid", "address",
    "home at", "I am at", "stays at", "house at", "Mansions", "Tower", "Stables", "Gables",
)  # fmt: skip


def may_name_homes(text: str) -> bool:
    """Whether a text has anything at which an address could be known."""
    return any(hint in text for hint in _HINTS)


def dwelling_spans(text: str) -> list[tuple[int, int]]:
    """Where addresses stand that have no number of a house."""
    return [m.span() for pattern in _DWELLINGS for m in pattern.finditer(text)]


def postcode_spans(text: str) -> list[tuple[int, int]]:
    """Where postcodes stand, however they are written: ``PE21 8ZZ``, ``pe218zz``, ``PE 21-8ZZ``."""
    return [m.span() for m in _POSTCODE.finditer(text) if _is_postcode(m.group())]


def _is_postcode(text: str) -> bool:
    if _NO_END.search(text):
        return False
    apart = re.fullmatch(r"[A-Za-z]{1,2}\d[A-Za-z\d]? {1,2}\d[A-Za-z]{2}", text) is not None
    return apart or text.isupper() or (text.islower() and len(text) > 5)
