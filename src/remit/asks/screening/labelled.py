"""What stands behind a label and is nobody else's business: passcodes, logins, case numbers."""

from __future__ import annotations

import re

from remit.asks.screening.codes import is_plain_word

_STOP = frozenset(
    """sent will to the see as same below above separately tbc tba required follow follows
    following not is in na on by for from and or please needed reset resets changed change expired
    locked available via with what has have be if was are no yes none before when given provided
    shared attached protected policy policies rates rate rules details due your our a an""".split()  # noqa: SIM905
)
_HINTS = (
    "pass", "pw", "p/w", "psw", "pin", "key", "code", "wifi", "wi-fi", "user", "log", "otp",
    "account", "network", "smart", "uuid", "badge", "handle", "screen name",
)  # fmt: skip
_SEP = (
    r"\s{0,3}(?:for (?:the |this |that |our )?\w{1,15}(?: \w{1,15})? (?=is\b)|"
    r"for (?:the |this |that |our )?\w{1,15}(?=[:=]))?"
    r"(?:(?:no|nr|number|id|is now|is|was|to)\b\.?)?[ \t]{0,3}(?:[:=>#]|[-–—](?=\s)|,)?"
)
_PASS = re.compile(
    r"\b(?P<label>pass ?(?:code|word|phrase|key)s?|pwd|pswd|passwd|psw|p/w|pw|pass|pin(?: code)?|"
    r"(?:door|gate|entry|unlock|release|activation|backup|reset|visitor|reception|barrier|"
    r"key ?safe|safe|alarm|lock|locker|access|security|host|meeting|conference|"
    r"room|wi-?fi|network|join(?:ing)?|participant|guest|building|keypad|cabinet|otp|"
    r"verification|one.time) "
    r"(?:pass ?)?(?:codes?|keys?|pin)|wi-?fi(?= ?[:=])|"
    r"(?:wpa2?|network|encryption) key|passkey|otp)\b"
    rf"(?P<sep>{_SEP})[ \t]{{0,3}}\n?[ \t]{{0,3}}"
    r"(?P<value>[\"“'‘][^\"”'’\n]{2,60}[\"”'’]|[^\s,;()\[\]]{3,64})",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?:^|[,;.(\n]|\d|\])[ \t]{0,3}(?P<label>code|key)\s{0,2}[:=]\s{0,3}"
    r"(?P<value>(?=[^\s,;]{0,20}\d)[^\s,;()]{4,40})",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"\bkey\s{1,2}(?P<value>(?=[\w-]{0,30}\d)(?=[\w-]{0,30}[a-z])[\w-]{6,40})", re.IGNORECASE
)
_LOGIN = re.compile(
    r"\b(?P<label>user(?: ?names?)?|user ?ids?|log-?(?:in|on)(?: name| id)?s?|"
    r"log (?:in|on) (?:name|id)|"
    r"account name|network id|"
    r"smart ?card(?: id)?|uuid|badge|ad account|screen name|handle)\b"
    rf"(?P<sep>{_SEP})[ \t]{{0,3}}(?P<value>[^\s,;()\[\]]{{3,64}})",
    re.IGNORECASE,
)
_CASE = re.compile(
    r"\b(?:datix|steis|st?eis|ulysses|inphase|lfpse|case|complaint|claim|incident|inquest|coroner|"
    r"referral|ubrn|booking|ticket|job|inc|ref|reference|"
    r"safeguarding|sar|dol|tribunal|licen[cs]e|visa|dbs|crb|passport|payroll|staff|employee|"
    r"emp|esr|assignment|post|badge|locker|smartcard|personnel|gmc|nmc|hcpc|gdc|gphc|gpc|goc|mps|"
    r"mdu|ni|nino|hosp|hospital|patient|mrn|prn|crn|unit|episode|spell|pathway|sample|specimen|lab|"
    r"account|acct|member(?:ship)?|policy|sort code|iban|cert(?:ificate)?)\b\.?"
    r"(?:[ ](?:no|nr|num|number|id|ref|reference|pin|code)s?\b\.?)?[ \t]{0,2}[:=#]?[ \t]{0,2}"
    r"(?P<value>[A-Za-z]{0,5}[-/]?\d[\dA-Za-z]{0,11}(?:[-/][\dA-Za-z]{1,10}){0,3})(?![\w])",
    re.IGNORECASE,
)
_BY_CAR = re.compile(
    r"\b(?:(?:car|van|vehicle|bike|lorry|taxi|motor\w{0,5}) ?"
    r"(?:reg\w{0,10}|plates?|no\.?|number)?s?|"
    r"regs?(?:istrations?)?(?: (?:no|number|plate)s?)?|(?:number |private )?plates?|"
    r"vrn|vrm)\b[:. ]{1,3}(?:is )?"
    r"(?P<value>(?=[a-z\d ]{0,7}\d)(?=[a-z\d ]{0,7}[a-z])"
    r"(?:[a-z]{1,3} ?\d{1,4}(?: ?[a-z]{1,3})?|\d{1,4} ?[a-z]{1,3}))\b",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d{4}|\d[/-]\d|\d{3}(?=[A-Za-z/-])|[/-]\d{3}")
_CASE_NUMBER = 3


def may_hold_secrets(text: str) -> bool:
    """Whether a text has anything that could be a label of a secret."""
    low = text.lower()
    return any(hint in low for hint in _HINTS)


def secret_spans(text: str) -> list[tuple[int, int]]:
    """Where the values behind labels of secrets, logins, cases and cars stand."""
    found: list[tuple[int, int]] = []
    if may_hold_secrets(text):
        found += [m.span("value") for m in _PASS.finditer(text) if _is_secret(m)]
        found += [m.span("value") for m in _CODE.finditer(text) if not is_plain_word(m["value"])]
        found += [m.span("value") for m in _KEY.finditer(text)]
        found += [m.span("value") for m in _LOGIN.finditer(text) if _is_login(m)]
    if _LONG_NUMBER.search(text):
        found += [m.span("value") for m in _CASE.finditer(text) if _is_case(m["value"])]
    found += [m.span("value") for m in _BY_CAR.finditer(text) if not _is_year(m["value"])]
    return found


def _is_secret(match: re.Match[str]) -> bool:
    value, told = match["value"].strip("\"“”'‘’.!?"), match["sep"]
    if value.startswith("[") or value.lower() in _STOP or len(value) < 3:
        return False
    marked = any(mark in told for mark in ":=>#-–—") or "\n" in match.group()
    digits = any(map(str.isdigit, value))
    if match["label"].lower() in {"pass", "pin"} and not marked:
        return (digits and not re.fullmatch(r"[\d.]+%?", value)) or value.isdigit()
    if marked:
        return digits or not is_plain_word(value) or "\n" not in match.group()
    odd = digits or not value.isalpha() or not (value.islower() or value.istitle())
    if re.search(r"\b(?:is|was)\b", told):
        return odd or not is_plain_word(value) or _ends(match)
    return odd and value.lower() not in _STOP and not is_plain_word(value)


def _ends(match: re.Match[str]) -> bool:
    """Whether nothing follows but the end of the sentence."""
    return not match.string[match.end() : match.end() + 2].strip(" .,;)\n")


def _is_login(match: re.Match[str]) -> bool:
    value = match["value"].strip(".")
    if value.startswith("[") or value.lower() in _STOP or _is_year(value):
        return False
    if any(map(str.isdigit, value)) or re.search(r"\w[._]\w", value):
        return True
    return not is_plain_word(value) and not value.isupper()


def _is_case(value: str) -> bool:
    """Whether a value is a number of a case and neither a count nor a year nor a known code."""
    digits = sum(map(str.isdigit, value))
    if _is_year(value) or digits < _CASE_NUMBER or is_plain_word(value):
        return False
    if value.isdigit():
        return digits > _CASE_NUMBER + 1
    return digits > _CASE_NUMBER or "/" in value or "-" in value


def _is_year(value: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d{2}(?:[-/](?:\d{2}|(?:19|20)\d{2})){0,2}", value) is not None
