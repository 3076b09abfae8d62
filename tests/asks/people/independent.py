"""The independent sets: what an import keeps of them, and which labelled pieces can still be read.

Whoever wrote them knew nothing of the rules. A piece can still be read if it stands whole in what
was kept of its mail, row or event, or if one of its words of three or more letters does that is no
common word; of numbers and addresses, if a group of six or more with a digit does. A word that also
stands innocently there does not count.
"""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from remit.asks import AskRegister, ImportOptions, import_file, open_register

HERE = Path(__file__).parent
SETS = {
    "independent_one": (46, 653),
    "independent_two": (30, 545),
    "independent_three": (1, 321),
}
"""How many pieces were kept of how many, at first sight."""
NUMBERS = frozenset(
    {"phone", "address", "postcode", "dob", "hospital number", "nhs number", "meeting id"}
    | {"passcode", "other"}
)
_NOT_IMPORTED = frozenset({"To", "Cc", "ATTENDEE"})
_NOT_LOOKED_AT = frozenset({"LOCATION", "DESCRIPTION", "attachment"})
_FUNCTION = frozenset("of and the to by for in on at vs a an is it".split())  # noqa: SIM905
COMMON = frozenset(
    """will mark may grace hope rose sue bill penny frank rich young king bishop brown cook woods
    joy dean dawn miles iris pat drew faith basil thyme autumn summers summer showers april june jan
    sandy shore stone slack crook conquest sole tone trace holly ivy bell boon force fry finch
    pickles gray grey grove green white black hill wood sunny duff askew martha heron reach noble
    the and old unit road row street lane yard terrace parade wharf walk flat floor house cell
    gasworks harbinger lapwing mulberry tamarind ropewalk weighbridge mews coastguard cordwainers
    chandlers sexton forge thatchers apartment wing windy brow close 3rd mrs miss mr ms dr prof
    professor rev dame sir cllr col madam mevr doc sister inspector hajiya obe msc van von den der
    ter dela mac bin ben ber bou dot bhai hanim nhs net example com org docx pdf xlsx csv txt edits
    recon notes comments jobplan mrn feb dec nov oct sep sept jun apr mar january february march
    july august september october november december dat lam min""".split()  # noqa: SIM905
)
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
    | {"ı": "i", "ħ": "h"}
)
_WORD = re.compile(r"[^\W_]+")
_SHORTEST, _LONG_GROUP, _LONG_NUMBER = 3, 6, 7


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled piece of a text, or a phrase that should stay."""

    key: tuple[str, str]
    """The file, and the row, the event or nothing."""
    place: str
    piece: str
    kind: str
    innocent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a mail, a row or an event."""

    whole: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Kept:
        """A text as it is compared."""
        return cls(" ".join(_folded(text).split()), frozenset(words_of(text)))


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.replace("\xa0", " ").casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)


def labels(which: str) -> list[Label]:
    """The labelled personal pieces of a set, but those of places that are not looked at."""
    return _labels(which, "labels.tsv", "piece")


def phrases(which: str) -> list[Label]:
    """The phrases of a set that should stay."""
    return _labels(which, "keep.tsv", "words")


def _labels(which: str, name: str, field: str) -> list[Label]:
    with (HERE / which / name).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        _label(row, field)
        for row in rows
        if row["place"].split(":")[-1] not in _NOT_IMPORTED | _NOT_LOOKED_AT
    ]


def _label(row: dict[str, str], field: str) -> Label:
    whole, _, place = row["place"].rpartition(":")
    innocent = (row.get("innocent_all") or "").split(";")
    allowed = frozenset(word.rpartition("=")[0] for word in innocent if word)
    return Label((row["file"], whole), place, row[field], row["kind"], allowed)


def can_be_read(label: Label, kept: Kept) -> bool:
    """Whether a piece, or a telling part of it, still stands in what was kept."""
    words = words_of(label.piece)
    free = [word in kept.words and word not in label.innocent for word in words]
    run = r"[\W_]+".join(map(re.escape, words))
    if any(free) and re.search(rf"(?<![^\W_]){run}(?![^\W_])", kept.whole):
        return True
    if label.kind in NUMBERS:
        if _number_stands(words, free, kept):
            return True
        if label.kind != "address":
            return False
    return _word_stands(label, kept)


def _number_stands(words: list[str], free: list[bool], kept: Kept) -> bool:
    joined = "".join(words)
    digits = any(map(str.isdigit, joined))
    if digits and len(joined) >= _LONG_NUMBER and joined in re.sub(r"[\W_]", "", kept.whole):
        return True
    group = any(
        stands and len(word) >= _LONG_GROUP and any(map(str.isdigit, word))
        for word, stands in zip(words, free, strict=True)
    )
    return group or (digits and len(words) > 1 and len(joined) >= _LONG_GROUP and all(free))


def _word_stands(label: Label, kept: Kept) -> bool:
    piece = label.piece.replace("%20", " ")
    if label.kind == "email":
        piece = re.split(r"\s*(?:@|\(at\)|\bat\b)\s*", piece)[0]
    for word in words_of(piece):
        bare = word.rstrip("0123456789") if label.kind == "email" else word
        if len(re.sub(r"\d", "", word)) < _SHORTEST or bare in COMMON:
            continue
        if not {word, bare} & label.innocent and {word, bare} & kept.words:
            return True
    return False


def is_lost(label: Label, kept: Kept) -> bool:
    """Whether a word of a phrase that should stay is gone."""
    words = words_of(label.piece)
    telling = [word for word in words if len(word) > 1 and word not in _FUNCTION] or words
    return not kept.words.issuperset(telling)


def kept_of_set(which: str, folder: Path) -> dict[tuple[str, str], Kept]:
    """What an import keeps of every mail, row and event of a set.

    Parameters
    ----------
    which
        ``independent_one`` or ``independent_two``.
    folder
        Where single events are written.
    """
    found: dict[tuple[str, str], str] = {}
    for mail in sorted((HERE / which / "mails").glob("*.eml")):
        found[f"mails/{mail.name}", ""] = " ".join(_imported(mail).values())
    for row, text in _imported(HERE / which / "log.csv").items():
        found["log.csv", row] = text
    for event in _events(HERE / which / "calendar.ics", folder):
        found["calendar.ics", event.stem] = " ".join(_imported(event).values())
    return {key: Kept.of(text) for key, text in found.items()}


def _imported(path: Path) -> dict[str, str]:
    options = ImportOptions(
        to_org="RYJ", first=datetime.date(2024, 1, 1), last=datetime.date(2026, 12, 31)
    )
    if path.suffix == ".csv":
        options = ImportOptions()
    with open_register(None) as register:
        report = import_file(register, path, options)
        found = _asks(register)
        found[""] = " ".join([*(str(r.value) for r in report.rejections), *_meetings(register)])
    return found


def _asks(register: AskRegister) -> dict[str, str]:
    found: dict[str, str] = {}
    for ask in register.asks(include_follow_ups=True):
        full = register.get(ask.ask_id)
        told = (ask.title, ask.text, ask.from_body, ask.from_team, ask.source, full.original)
        found[ask.ask_id] = " ".join(str(one) for one in (*told, ask.facets) if one)
    return found


def _meetings(register: AskRegister) -> list[str]:
    return [f"{one.title} {one.body} {one.why}" for one in register.meetings()]


def _events(calendar: Path, folder: Path) -> list[Path]:
    text = calendar.read_text(encoding="utf-8").replace("\r", "")
    found: list[Path] = []
    for event in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, re.DOTALL):
        uid = re.search(r"UID:(E\d\d)", event)
        assert uid is not None
        path = folder / f"{uid[1]}.ics"
        whole = f"BEGIN:VCALENDAR\nVERSION:2.0\n{event}\nEND:VCALENDAR\n"
        path.write_bytes(whole.replace("\n", "\r\n").encode())
        found.append(path)
    return found
