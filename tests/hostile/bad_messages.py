"""Messages that somebody has made on purpose, and good ones to stand around them."""

from __future__ import annotations

SEPARATOR = b"From someone@zicb-icb.example Mon Jun  2 09:00:00 2025\n"


def headers(number: int, *more: bytes, subject: bytes = b"") -> bytes:
    lines = [
        b"From: ICB performance team <performance@zicb-icb.example>",
        b"To: Trust inbox <inbox@ztrust.example>",
        b"Date: Mon, 02 Jun 2025 10:00:00 +0000",
        b"Message-ID: <%d@zicb-icb.example>" % number,
        b"Subject: " + (subject or b"Waiting list figures %d" % number),
    ]
    names = {line.partition(b":")[0].lower() for line in more}
    return b"\n".join([x for x in lines if x.partition(b":")[0].lower() not in names] + [*more])


def good(number: int) -> bytes:
    text = b"Please send the number of patients waiting over 52 weeks, list %d, by 12 June 2025."
    return headers(number) + b"\n\n" + text % number + b"\n"


def mailbox(*messages: bytes) -> bytes:
    return b"\n".join(SEPARATOR + message + b"\n" for message in messages)


def nested(depth: int) -> bytes:
    """Parts within parts, each of which is opened and never closed."""
    begin = b"Content-Type: multipart/mixed; boundary=b%06d\n\n--b%06d\n"
    opened = b"".join(begin % (level, level) for level in range(depth))
    return opened + b"Content-Type: text/plain\n\nPlease send it.\n"


def with_part(kind: bytes, body: bytes, *more: bytes) -> bytes:
    return headers(9, b"Content-Type: " + kind, *more) + b"\n\n" + body


def html(body: bytes) -> bytes:
    return with_part(b"text/html; charset=utf-8", body)


def encoded(charset: bytes, size: int) -> bytes:
    return b"=?" + charset + b"?q?" + b"a" * size + b"?="


TEXT = b"Please send the report."

# Name → the message, and what of it must be there: title, text (None: anything).
MESSAGES: dict[str, tuple[bytes, str | None, str | None]] = {
    "year 9999999999": (
        headers(9, b"Date: Mon, 02 Jun 9999999999 10:00:00 +0000") + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "a sender of brackets": (
        headers(9, b"From: " + b"(" * 5_000) + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "a recipient of brackets": (
        headers(9, b"To: " + b"(" * 200_000) + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "groups within groups": (
        headers(9, b"From: " + b"a:" * 5_000 + b" x@y.example") + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "open quotation marks": (
        headers(9, b"From: " + b'"' * 99_999, b"To: " + b'"\\' * 99_999) + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "open angles": (headers(9, b"From: " + b"<" * 99_999) + b"\n\n" + TEXT, None, None),
    "brackets of routes": (headers(9, b"From: <" + b"@a," * 50_000) + b"\n\n" + TEXT, None, None),
    "100 nested parts": (headers(9) + b"\n" + nested(100), "Waiting list figures 9", None),
    "1,000 nested parts": (headers(9) + b"\n" + nested(1_000), "Waiting list figures 9", None),
    "100,000 nested parts": (headers(9) + b"\n" + nested(100_000), "Waiting list figures 9", None),
    "parts of one boundary": (
        headers(9) + b"\n" + (b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 20_000),
        "Waiting list figures 9",
        None,
    ),
    "20,000 empty parts": (
        with_part(b"multipart/mixed; boundary=x", b"--x\n\n" * 20_000),
        "Waiting list figures 9",
        None,
    ),
    "a million false boundaries": (
        with_part(b"multipart/mixed; boundary=x", b"--xy" * 1_000_000),
        "Waiting list figures 9",
        None,
    ),
    "a word of 300 KB": (
        headers(9) + b"\n\nPlease send " + b"x" * 300_000 + b" soon.",
        "Waiting list figures 9",
        None,
    ),
    "a word of 300 KB in the title": (
        headers(9, subject=b"x" * 300_000) + b"\n\n" + TEXT,
        None,
        "Please send the report.",
    ),
    "60,000 open marks": (html(b"<p" * 60_000 + b">Please send the report."), None, None),
    "60,000 open angles": (html(b"<" * 60_000 + b"p>Please send the report."), None, None),
    "60,000 open styles": (html(b"<style>" * 60_000 + TEXT), None, "Please send the report."),
    "60,000 open divisions": (html(b"<div " * 60_000 + b">" + TEXT), None, None),
    "60,000 open quotations": (html(b"<blockquote>" * 60_000 + TEXT), None, None),
    "60,000 open comments": (html(b"<!--" * 60_000 + TEXT), None, None),
    "60,000 tables": (
        html(b"<table><tr><td>" * 60_000 + TEXT),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "vast numbers of letters": (html(b"&#" + b"9" * 9_999 + b";" + TEXT), None, None),
    "2 MB of idna": (
        headers(9, subject=encoded(b"idna", 2_000_000)) + b"\n\n" + TEXT,
        None,
        "Please send the report.",
    ),
    "2 MB of punycode": (
        headers(9, subject=encoded(b"punycode", 2_000_000)) + b"\n\n" + TEXT,
        None,
        "Please send the report.",
    ),
    "a body in idna": (
        with_part(b"text/plain; charset=idna", b"a" * 400_000),
        "Waiting list figures 9",
        None,
    ),
    "a body in punycode": (
        with_part(b"text/plain; charset=punycode", b"a-" * 400_000),
        "Waiting list figures 9",
        None,
    ),
    "100,000 encoded words": (
        headers(9, subject=b" ".join([encoded(b"utf-8", 3)] * 100_000)) + b"\n\n" + TEXT,
        None,
        "Please send the report.",
    ),
    "open encoded words": (
        headers(9, subject=b"=?utf-8?q?" * 100_000) + b"\n\n" + TEXT,
        None,
        "Please send the report.",
    ),
    "10,000 headers": (
        headers(9, *(b"X-%d: y" % n for n in range(10_000))) + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "a header of 1 MB": (
        headers(9, b"X-Long: " + b"y" * 1_000_000) + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "a header of 100,000 lines": (
        headers(9, b"X-Long: y" + b"\n y" * 100_000) + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "a kind of semicolons": (
        with_part(b"text/plain" + b';"' * 200_000, TEXT),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "50,000 recipients": (
        headers(9, b"To: " + b", ".join(b"P %d <p%d@a.example>" % (n, n) for n in range(50_000)))
        + b"\n\n"
        + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "prefixes without end": (
        headers(9, subject=b"Re: " * 50_000 + b"Beds") + b"\n\n" + TEXT,
        None,
        "Please send the report.",
    ),
    "a zone of +9999": (
        headers(9, b"Date: Mon, 02 Jun 2025 10:00:00 +9999") + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "the year 0": (
        headers(9, b"Date: Mon, 02 Jun 0000 10:00:00 +0000") + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "the year 1, west": (
        headers(9, b"Date: 1 Jan 0001 00:00:00 +1400") + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "a day of 5,000 digits": (
        headers(9, b"Date: " + b"9" * 5_000 + b" Jun 2025 10:00:00") + b"\n\n" + TEXT,
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "broken base64": (
        with_part(b"text/plain", b"UGxlYXNl\x00%%%IHNlbmQ", b"Content-Transfer-Encoding: base64"),
        "Waiting list figures 9",
        None,
    ),
    "broken quoted-printable": (
        with_part(
            b"text/plain",
            b"Please =ZZ= send=\n it.=",
            b"Content-Transfer-Encoding: quoted-printable",
        ),
        "Waiting list figures 9",
        None,
    ),
    "an unknown packing": (
        with_part(b"text/plain", TEXT, b"Content-Transfer-Encoding: zip-of-mine"),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "an unknown encoding": (
        with_part(b"text/plain; charset=../../etc/passwd", TEXT),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "an encoding with a null": (
        with_part(b'text/plain; charset="a\x00b"', TEXT),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "an encoding that inflates": (
        with_part(b"text/plain; charset=zlib_codec", TEXT),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "a lying boundary": (
        with_part(b"multipart/mixed; boundary=never", TEXT),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "no boundary": (
        with_part(b"multipart/mixed", TEXT),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "a boundary of 100 KB": (
        with_part(b"multipart/mixed; boundary=" + b"b" * 100_000, TEXT),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "parts cut in the middle": (
        with_part(b"multipart/mixed; boundary=x", b"--x\nContent-Type: text/plain\n\n" + TEXT),
        "Waiting list figures 9",
        "Please send the report.",
    ),
    "a null in the title": (
        headers(9, subject=b"Bed\x00s \x1b[2J \x0b now") + b"\n\n" + TEXT,
        None,
        "Please send the report.",
    ),
    "raw letters in the headers": (
        headers(9, subject="Café list – naïve".encode()) + b"\n\n" + TEXT,
        "Café list – naïve",
        "Please send the report.",
    ),
    "raw Windows letters in the headers": (
        headers(9, subject="Café waits".encode("cp1252")) + b"\n\n" + TEXT,
        "Café waits",
        "Please send the report.",
    ),
    "an encoded word cut short": (
        headers(9, subject=b"=?utf-8?b?Q2Fm?= =?utf-8?b?w6k?=") + b"\n\n" + TEXT,
        "Café",
        "Please send the report.",
    ),
    "an encoded word of a wrong length": (
        headers(9, subject=b"=?utf-8?b?QmVkcw?=") + b"\n\n" + TEXT,
        "Beds",
        "Please send the report.",
    ),
    "messages within messages": (
        headers(9) + b"\n" + b"Content-Type: message/rfc822\n\n" * 20_000 + TEXT,
        "Waiting list figures 9",
        None,
    ),
    "only HTML": (html(b"<p>Please send<br>the report.</p>"), None, "Please send\nthe report."),
    "styles, scripts and comments": (
        html(
            b"<style>p {a > b}</style><script>if (a<b) x()</script><!-- a > b -->"
            b"<p title='x'>Please send the report.</p>"
        ),
        None,
        "Please send the report.",
    ),
    "nothing but blanks": (headers(9) + b"\n\n" + b" " * 300_000, "Waiting list figures 9", ""),
    "lines without end": (
        headers(9) + b"\n\n" + b"a\n" * 200_000,
        "Waiting list figures 9",
        None,
    ),
    "tabs and feeds": (
        headers(9) + b"\n\nPlease send" + b"\t\x0c" * 100_000 + b"it.",
        "Waiting list figures 9",
        "Please send it.",
    ),
    "dates without end": (
        headers(9) + b"\n\n" + b"by due before return by 1 " * 4_000,
        "Waiting list figures 9",
        None,
    ),
    "nothing but a subject": (headers(9), "Waiting list figures 9", ""),
}
