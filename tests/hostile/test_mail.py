"""Messages that somebody has made on purpose, among good ones: none stops another."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from remit.asks.intake import bounds
from remit.asks.intake.candidate import Candidate, FileRead
from remit.asks.intake.deadlines import due_day
from remit.asks.intake.html_text import plain_of
from remit.asks.intake.mail import read_mail
from remit.asks.intake.mail_files import parse
from remit.asks.intake.mail_headers import decoded_words
from remit.asks.intake.personal import Redactor, load_personal
from remit.asks.intake.tables import Reduction
from remit.asks.senders import load_senders
from tests.fuzz import mutations
from tests.hostile.bad_messages import (
    MESSAGES,
    SEPARATOR,
    good,
    headers,
    html,
    mailbox,
    nested,
    with_part,
)
from tests.hostile.growth import assert_linear, of_processor
from tests.hostile.tries import Tries

KIND = "mailbox"
SECONDS = 2.0


@pytest.fixture(scope="module")
def reduction() -> Reduction:
    made = Reduction(load_senders(), Redactor(load_personal()), to_org="ZA1")
    read_mail(Path("warm.mbox"), mailbox(good(1)), made, None)  # word lists are read once
    return made


@pytest.fixture
def among_good(reduction: Reduction, tries: Tries) -> Callable[[str, bytes], FileRead]:
    """Reads a message between two good ones, which must come through whole."""

    def read(name: str, bad: bytes) -> FileRead:
        content = mailbox(good(1), bad, good(2))
        with tries.attempt(KIND, name) as refusal, of_processor(SECONDS):
            found = read_mail(Path("inbox.mbox"), content, reduction, None)
        assert not refusal
        assert_good(found, first=1, last=2)
        assert found.rows_read == 3, name
        return found

    return read


def assert_good(found: FileRead, first: int, last: int) -> None:
    assert_is_good(found.candidates[0], first)
    assert_is_good(found.candidates[-1], last)


def assert_is_good(candidate: Candidate, number: int) -> None:
    assert candidate.title == f"Waiting list figures {number}"
    said = f"Please send the number of patients waiting over 52 weeks, list {number},"
    assert candidate.text == f"{said} by 12 June 2025."
    assert (str(candidate.received_on), str(candidate.due_on)) == ("2025-06-02", "2025-06-12")
    assert candidate.from_body == "ICB performance team"


@pytest.mark.parametrize("name", MESSAGES)
def test_a_bad_message_ends_as_itself(
    among_good: Callable[[str, bytes], FileRead], name: str
) -> None:
    message, title, text = MESSAGES[name]
    found = among_good(name, message)
    assert len(found.candidates) == 3, found.rejections
    bad = found.candidates[1]
    assert title is None or bad.title == title
    assert text is None or bad.text == text
    assert len(bad.text) <= bounds.MOST_TEXT + 1


REJECTED: dict[str, bytes] = {
    "no headers": b"no headers here\n\nat all",
    "nothing": b"\n",
    "noise": random.Random(1).randbytes(5_000).replace(b"\n", b"x"),
    "nulls": b"\x00" * 10_000,
    "an automatic reply": headers(9, b"Auto-Submitted: auto-replied") + b"\n\nI am away.",
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_is_no_message_is_rejected_with_its_place(
    among_good: Callable[[str, bytes], FileRead], name: str
) -> None:
    found = among_good(name, REJECTED[name])
    (rejection,) = found.rejections
    assert rejection.line == mailbox(good(1)).count(b"\n") + 2
    assert rejection.reason


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a word of 300 KB", "a word of more than 1,000 characters is shortened"),
        ("lines without end", "the text is cut at 100,000 characters"),
        ("1,000 nested parts", "parts within parts are read 20 deep"),
        ("10,000 headers", "only 1,000 headers are looked at"),
        ("a header of 1 MB", "a header is cut, for it is too long"),
        ("a lying boundary", "its parts cannot be told apart, and are read as one text"),
        ("an unknown packing", "the text is packed in a way that is not known"),
        ("20,000 empty parts", "only 1,000 parts are looked at"),
    ],
)
def test_what_is_left_out_is_told(
    among_good: Callable[[str, bytes], FileRead], name: str, said: str
) -> None:
    found = among_good(f"{name}, told", MESSAGES[name][0])
    place = mailbox(good(1)).count(b"\n") + 2
    assert any(note.startswith(f"line {place}: ") and said in note for note in found.notes)


def test_lines_that_begin_with_from_are_no_separators(
    among_good: Callable[[str, bytes], FileRead],
) -> None:
    text = b"Dear all,\n\nFrom April to June 2025 send the list.\n\nFrom: what we have\n>From us"
    bad = headers(9) + b"\n\n" + text
    found = among_good("From in a body", bad)
    assert found.candidates[1].text.endswith("From us")
    assert "From April to June 2025 send the list." in found.candidates[1].text


def _mutated(count: int) -> Iterator[tuple[str, bytes]]:
    """Spoiled copies of messages of many kinds, each with the way in which it was spoiled."""
    ways = [
        mutations.cut_at_any_byte,
        mutations.cut_at_the_front,
        mutations.flip_bytes,
        mutations.flip_a_bit,
        mutations.insert_bytes,
        mutations.drop_a_stretch,
        mutations.repeat_a_stretch,
        mutations.only_noise,
        mutations.another_encoding,
    ]
    picture = base64.encodebytes(bytes(range(256)) * 4)
    kinds = [
        good(9),
        html(b"<html><head><style>p{}</style></head><body><p>Please <b>send</b> it</p></body>"),
        with_part(
            b"multipart/mixed; boundary=x",
            b"--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain"
            b"\n\nPlease send it.\n--y\nContent-Type: text/html\n\n<p>Please send it.</p>\n--y--\n"
            b"--x\nContent-Type: image/png; name*=utf-8''%C3%A9.png\nContent-Disposition: "
            b"attachment\nContent-Transfer-Encoding: base64\n\n" + picture + b"--x--\n",
        ),
        headers(9, b"From: =?utf-8?Q?Bell=2C_Kim?= <k@zicb-icb.example>")
        + b"\nContent-Transfer-Encoding: quoted-printable\n\nPlease=20send =E2=82=AC 5=\n now.",
    ]
    for seed in range(count):
        chance = random.Random(seed)
        way, message = chance.choice(ways), chance.choice(kinds)
        # A separator that the spoiling makes is not to be told from one that was sent.
        yield f"{way.__name__} {seed}", way(chance, message).replace(b"From ", b"Form ")


def test_spoiled_messages_among_good_ones(
    among_good: Callable[[str, bytes], FileRead],
) -> None:
    for name, message in _mutated(300):
        among_good(name, message)


@pytest.mark.evidence
def test_many_spoiled_messages(among_good: Callable[[str, bytes], FileRead]) -> None:
    for name, message in _mutated(3_000):
        among_good(name, message)


DAY = date(2025, 6, 2)


@pytest.mark.evidence
def test_a_mailbox_of_200_mb(tmp_path: Path, tries: Tries) -> None:
    """It is held once; a message takes no more room than it has."""
    path = tmp_path / "inbox.mbox"
    letters = base64.encodebytes(random.Random(1).randbytes(370_000))
    with path.open("wb") as handle:
        for number in range(400):
            kind = b"multipart/mixed; boundary=x"
            text = b"--x\n\nPlease send list %d.\n--x\nContent-Disposition: attachment\n" % number
            body = text + b"Content-Transfer-Encoding: base64\n\n" + letters + b"--x--\n"
            handle.write(SEPARATOR + headers(number, b"Content-Type: " + kind) + b"\n\n" + body)
            handle.write(b"\n")
    arguments = ["asks", "import", path, "--to-org", "ZA1", "--dry-run"]
    ran = tries.command(KIND, "200 MB", arguments, seconds=240, megabytes=900, folder=tmp_path)
    assert "read 400; accepted 400" in ran.out
    assert "400 attachments counted" in ran.out


GROWING: dict[str, Callable[[int], object]] = {
    "open marks": lambda n: plain_of("<p" * n),
    "open angles": lambda n: plain_of("<" * n),
    "spaced angles": lambda n: plain_of("< " * n),
    "open styles": lambda n: plain_of("<style>" * n),
    "closed styles": lambda n: plain_of("<style></style>" * n),
    "open quotations": lambda n: plain_of("<blockquote>" * n),
    "comments": lambda n: plain_of("<!-- -->" * n),
    "open comments": lambda n: plain_of("<!--" * n + "-->"),
    "blanks in HTML": lambda n: plain_of(" " * n),
    "signs": lambda n: plain_of("&#" * n),
    "encoded words": lambda n: decoded_words("=?utf-8?q?a?= " * n),
    "open encoded words": lambda n: decoded_words("=?utf-8?q?" * n),
    "signs of encoded words": lambda n: decoded_words("=?" * n),
    "nested parts": lambda n: parse(headers(9) + b"\n" + nested(n)),
    "blanks": lambda n: bounds.tamed(" " * n),
    "one word": lambda n: bounds.tamed("x" * n),
    "recipients": lambda n: parse(headers(9, b"To: " + b"a@b.example," * n) + b"\n\nx").addresses(
        "To"
    ),
    "deadlines": lambda n: due_day("by 1 " * n, None) or due_day("by 1" + " " * n, DAY),
    "deadlines of letters": lambda n: due_day("by 1 jan" + "a" * n + " by 2 feb" * n, DAY),
}
SIZE = 20_000


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_length_alone(tries: Tries, name: str) -> None:
    with tries.attempt("linear patterns of mail", name):
        assert_linear(GROWING[name], SIZE)
