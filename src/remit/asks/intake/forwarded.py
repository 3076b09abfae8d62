"""Messages that are passed on within a text: who wrote them, when, and where each ends.

Mail programs write a few lines of a header before what is passed on (``From: … Sent: … To: …
Subject: …``), some with a line before it that says so. A reply quotes in the same form; which of
the two it is says the subject, the line before it, and what stands above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from remit.asks.intake.due_forms import date_in
from remit.asks.intake.mail_headers import Address

_MOST_BLOCKS = 20
_HEADER_LINES = 40
_LONGEST_LINE = 300
_A_GREETING = 3
"""Words above a message that say nothing by themselves: ``Dear all``, a name."""
_FIELDS = {
    "from": "from",
    "sent": "date",
    "date": "date",
    "to": "to",
    "cc": "to",
    "bcc": "to",
    "subject": "subject",
    "reply-to": "other",
    "importance": "other",
    "attachments": "other",
    "sensitivity": "other",
    "sender": "other",
}
_FIELD = re.compile(rf"^\**({'|'.join(_FIELDS)})\**\s*:\**\s*(.*)$", re.IGNORECASE)
_MARK = re.compile(
    r"^\W*(?:(?P<passed>begin forwarded message|forwarded message|forwarded by\b.{0,100})|"
    r"original (?:message|appointment))\W*$",
    re.IGNORECASE,
)
_LINE = re.compile(r"^[\s_=*-]{5,}$")
_QUOTE = re.compile(r"^(?:\s*>)+ ?")
_NO_MARKS = re.compile("^")
_WROTE = re.compile(
    r"^on\s+(?P<date>.{6,80}?\d.{0,40}?)[,\s]+(?P<from>[^,\d<>\n][^\d<>\n]{1,80}\s*<[^<>\s]{3,200}>)\s*"
    r"wrote:$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+'’&-]+@[\w-]+(?:\.[\w-]+)+")
_AROUND = re.compile(r"<[^<>]*>|\[mailto:[^\]]*\]|\[[^\]]*@[^\]]*\]", re.IGNORECASE)
_BRACKET = re.compile(r"\((?:external|by way of|on behalf of)[^()]*\)", re.IGNORECASE)
_PASSED = re.compile(r"^(?:fwd?|fw|wg|tr|vs)\s*:", re.IGNORECASE)
_ANSWERED = re.compile(r"^(?:re|aw|sv)\s*:", re.IGNORECASE)
_TAG = re.compile(r"^\s*(?:\[[^\]]{1,40}\]|external\s*:|caution\s*:)\s*", re.IGNORECASE)
_POINTS_BELOW = re.compile(
    r"\b(?:below|fyi|fya|for (?:your )?(?:action|info(?:rmation)?)|one for (?:you|us)|"
    r"forward(?:ed|ing)?|passing (?:this )?on|(?:as|been) (?:asked|received|requested)|"
    r"can you (?:pick|deal|help)|over to you)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PassedBlock:
    """A message within a text."""

    sender: Address
    """The display name and the address; each may be blank."""
    day: date | None
    subject: str
    body: str
    """Its own words, up to the next message within it."""
    said: bool
    """Whether a line before it says that it is passed on."""


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A text above the messages within it, and these from the outermost inwards."""

    above: str
    blocks: tuple[PassedBlock, ...]


def is_passed_on(subject: str) -> bool:
    """Whether a subject says, by its outermost sign, that a message is passed on.

    >>> is_passed_on("[EXTERNAL] FW: RTT"), is_passed_on("RE: FW: RTT")
    (True, False)
    """
    return _PASSED.match(_untagged(subject)) is not None


def is_answer(subject: str) -> bool:
    """Whether a subject says, by its outermost sign, that it is an answer.

    >>> is_answer("Re: RTT"), is_answer("RTT")
    (True, False)
    """
    return _ANSWERED.match(_untagged(subject)) is not None


def passes_on(subject: str, unfolded: Unfolded) -> bool:
    """Whether the first message within a text is passed on by it, and not answered.

    Parameters
    ----------
    subject
        Of the message around it.
    unfolded
        Its text.

    Examples
    --------
    >>> passes_on("FW: RTT", unfold("See below\\n\\nFrom: a@b.org\\nSent: today\\n\\nSend it."))
    True
    """
    if not unfolded.blocks:
        return False
    if is_passed_on(subject) or unfolded.blocks[0].said:
        return True
    first = unfolded.blocks[0]
    if is_answer(subject) or not (first.day and first.sender[1]):
        return False
    return len(unfolded.above.split()) <= _A_GREETING or points_below(unfolded.above)


def points_below(words: str) -> bool:
    """Whether a covering note points to what it brings.

    >>> points_below("Ann, one for you."), points_below("Thank you for this.")
    (True, False)
    """
    return _POINTS_BELOW.search(words[-400:]) is not None


def unfold(text: str) -> Unfolded:
    """A text as what stands above, and the messages within it."""
    written = text.splitlines()
    heads = _heads([_QUOTE.sub("", line) for line in written])
    if not heads:
        return Unfolded(text, ())
    ends = [head.mark for head in heads[1:]] + [len(written)]
    blocks = (
        PassedBlock(
            _sender(head.fields.get("from", "")),
            date_in(head.fields.get("date", "")),
            head.fields.get("subject", ""),
            _body(written, head, end),
            head.said,
        )
        for head, end in zip(heads, ends, strict=True)
    )
    return Unfolded("\n".join(written[: heads[0].mark]).strip(), tuple(blocks))


def _body(written: list[str], head: _Head, end: int) -> str:
    """The words below a header, without the marks of quotation that all of it has."""
    below = written[head.end : end]
    # A program that quotes what it passes on marks each line of it, its header or not.
    depth = min((_depth(line) for line in below if line.strip()), default=0)
    depth = max(depth, _depth(written[head.end - 1]))
    marks = re.compile(rf"^(?:\s*>){{0,{depth}}} ?") if depth else _NO_MARKS
    return "\n".join(marks.sub("", line) for line in below).strip()


def _depth(line: str) -> int:
    quoted = _QUOTE.match(line)
    return quoted[0].count(">") if quoted else 0


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines of a header within a text."""

    mark: int
    """The line at which the message begins, that which says so included."""
    end: int
    """The first line below the header."""
    fields: dict[str, str]
    said: bool


def _heads(lines: list[str]) -> list[_Head]:
    found: list[_Head] = []
    at = 0
    while at < len(lines) and len(found) < _MOST_BLOCKS:
        head = _head(lines, at, found[-1].end if found else 0)
        at = head.end if head else at + 1
        found += [head] if head else []
    return found


def _head(lines: list[str], at: int, least: int) -> _Head | None:
    """The header that begins at a line with its sender, or with what says that it follows."""
    if wrote := _wrote(lines, at):
        return wrote
    field = _FIELD.match(lines[at].strip())
    if field is None or field[1].lower() not in {"from", "date", "sent", "subject"}:
        return None
    fields, end = _fields(lines, at)
    if "from" not in fields or not {"date", "subject"} & set(fields):
        return None
    mark, said = _mark(lines, at, least)
    return _Head(mark, end, fields, said)


def _wrote(lines: list[str], at: int) -> _Head | None:
    """``On Monday, Nora Region <…> wrote:``, on a line or two."""
    if not lines[at].strip().lower().startswith("on "):
        return None
    for many in (1, 2):
        line = " ".join(" ".join(lines[at : at + many]).split())
        if len(line) < _LONGEST_LINE and (found := _WROTE.match(line)):
            return _Head(at, at + many, found.groupdict(), said=False)
    return None


def _fields(lines: list[str], at: int) -> tuple[dict[str, str], int]:
    """The fields of a header, and the line below it; blank lines may stand between fields."""
    fields: dict[str, str] = {}
    last, end = "", at
    for index in range(at, min(len(lines), at + _HEADER_LINES)):
        line = lines[index].strip()
        field = _FIELD.match(line)
        if field:
            last = _FIELDS[field[1].lower()]
            fields.setdefault(last, field[2].strip())
            end = index + 1
        elif not line:
            if not _goes_on(lines, index):
                break
        elif end == index and last == "to" and ("@" in line or ";" in line):
            end = index + 1
        else:
            break
    return fields, end


def _goes_on(lines: list[str], blank: int) -> bool:
    """Whether the line behind a blank one is a further field; not a header of another message."""
    following = lines[blank + 1].strip() if blank + 1 < len(lines) else ""
    field = _FIELD.match(following)
    return field is not None and field[1].lower() != "from"


def _mark(lines: list[str], at: int, least: int) -> tuple[int, bool]:
    """Where the lines begin that lead to a header, and whether they say that it is passed on."""
    begins, said = at, False
    for index in range(at - 1, max(least - 1, at - 5), -1):
        line = lines[index].strip()
        mark = _MARK.match(line)
        if mark or _LINE.match(line):
            begins = index
            said = said or bool(mark and mark["passed"])
        elif line:
            break
    return begins, said


def _sender(written: str) -> Address:
    address = _ADDRESS.search(written)
    name = _ADDRESS.sub("", _BRACKET.sub("", _AROUND.sub("", written)))
    return " ".join(name.strip(" \"'<>;,*").split()), address[0].lower() if address else ""


def _untagged(subject: str) -> str:
    bare = subject.strip()
    while (less := _TAG.sub("", bare, count=1)) != bare:
        bare = less
    return bare
