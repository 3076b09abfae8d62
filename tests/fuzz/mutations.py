"""Ways in which a published file arrives spoiled. Each takes a chance and the file's bytes."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]

BOM = b"\xef\xbb\xbf"

CELLS = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+1+2",
    "-",
    "*",
    "**",
    "",
    " ",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "-1e308",
    "1e-400",
    "9" * 400,
    "12%",
    "12 %",
    "%",
    "1,234.5",
    "1.234,5",
    "0x1F",
    "1_000",
    "٣٫٥",
    "１２",
    "½",
    "1\u00a0234",
    "−3",
    "--3",
    "5.",
    ".5",
    "true",
    "NULL",
    "#N/A",
    "#DIV/0!",
    "<script>alert(1)</script>",
    "\x1b[2J",
    "\u202e12",
    "\ufeff3",
    "\x0c",
    "\x85",
    "\u2028",
    '"',
    '""',
    '"5"',
    '5"5"',
    "'5'",
    "a" * 140_000,
    '"' + "a" * 140_000 + '"',
    "Q9 2025/26",
    "Q1 2025/27",
    "2025/26 Q1",
    "Jun-99",
    "Month 13 2025/26",
    "32 Jan 2025",
    "Sept-25",
    "R0A",
    "r0a",
    "ZZZ",
    "G6V2S",
    "OF0082",
    "of0082",
    "OF9999",
    "segment",
    "score",
    "flag",
    "percent",
    "Acute trust",
    "Ambulance trust",
    "1 to 2",
    "2 to 1",
    "1 - 2 - 3",
    "Yes",
)


def lines_of(content: bytes) -> list[bytes]:
    return content.split(b"\n")


def joined(lines: list[bytes]) -> bytes:
    return b"\n".join(lines)


def body_line(chance: random.Random, lines: list[bytes]) -> int:
    return chance.randrange(1, len(lines)) if len(lines) > 1 else 0


def as_text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


# Bytes -------------------------------------------------------------------------------------------


def cut_at_any_byte(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def cut_at_the_front(chance: random.Random, content: bytes) -> bytes:
    return content[chance.randrange(len(content) + 1) :]


def flip_bytes(chance: random.Random, content: bytes) -> bytes:
    out = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 50))):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def flip_a_bit(chance: random.Random, content: bytes) -> bytes:
    out = bytearray(content)
    if out:
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def insert_bytes(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content) + 1)
    stray = chance.choice(
        (b"\x00", b"\xff", b"\xfe\xff", b'"', b"\r", b"\n", b",", b"\x1a", BOM, b"\xe2\x80")
    )
    return content[:place] + stray * chance.choice((1, 1, 3, 1000)) + content[place:]


def drop_a_stretch(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.randrange(1, 400) :]


def repeat_a_stretch(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content) + 1)
    stretch = content[start : start + chance.randrange(1, 2_000)]
    return content[:start] + stretch + content[start:]


def only_noise(chance: random.Random, _: bytes) -> bytes:
    return chance.randbytes(chance.choice((1, 10, 1_000, 20_000)))


# Encodings and line ends -------------------------------------------------------------------------


def another_encoding(chance: random.Random, content: bytes) -> bytes:
    name = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-7"))
    return as_text(content).replace("Trust ", "Trúst ").encode(name, "replace")


def one_line_in_cp1252(chance: random.Random, content: bytes) -> bytes:
    lines = lines_of(content)
    place = chance.randrange(len(lines))
    lines[place] = lines[place].replace(b"a", b"\xe9", 1)
    return joined(lines)


def other_line_ends(chance: random.Random, content: bytes) -> bytes:
    plain = content.replace(b"\r\n", b"\n")
    return plain.replace(
        b"\n", chance.choice((b"\r", b"\r\n", b"\n\r", b"\r\r\n", b"\n\n", b"\x85"))
    )


def mixed_line_ends(chance: random.Random, content: bytes) -> bytes:
    ends = (b"\r", b"\r\n", b"\n")
    return b"".join(line + chance.choice(ends) for line in lines_of(content))


def more_boms(chance: random.Random, content: bytes) -> bytes:
    lines = lines_of(content)
    lines[chance.randrange(len(lines))] = BOM + lines[0]
    return BOM + joined(lines)


def no_bom(_: random.Random, content: bytes) -> bytes:
    return content.removeprefix(BOM)


def blank_lines(chance: random.Random, content: bytes) -> bytes:
    lines = lines_of(content)
    for _ in range(chance.randrange(1, 20)):
        blank = chance.choice((b"", b"   ", b"\t", b",,,,,,,,,,,,,,,,", b"\r"))
        lines.insert(chance.randrange(len(lines) + 1), blank)
    return joined(lines)


# Columns and rows --------------------------------------------------------------------------------


def _header(content: bytes) -> tuple[list[str], list[bytes]]:
    lines = lines_of(content)
    return as_text(lines[0]).split(","), lines[1:]


def _with_header(names: list[str], rest: list[bytes]) -> bytes:
    return joined([",".join(names).encode(), *rest])


def rename_a_column(chance: random.Random, content: bytes) -> bytes:
    names, rest = _header(content)
    names[chance.randrange(len(names))] = chance.choice(
        ("", "Figure", "value ", "VALUE", "=1", "é")
    )
    return _with_header(names, rest)


def swap_two_columns(chance: random.Random, content: bytes) -> bytes:
    names, rest = _header(content)
    one, other = chance.randrange(len(names)), chance.randrange(len(names))
    names[one], names[other] = names[other], names[one]
    return _with_header(names, rest)


def duplicate_a_column(chance: random.Random, content: bytes) -> bytes:
    names, rest = _header(content)
    names.append(chance.choice(names))
    return _with_header(names, [line + b",1" if line else line for line in rest])


def drop_a_column(chance: random.Random, content: bytes) -> bytes:
    lines = [as_text(line).split(",") for line in lines_of(content)]
    place = chance.randrange(len(lines[0]))
    return "\n".join(",".join(c[:place] + c[place + 1 :]) for c in lines).encode()


def drop_a_name(chance: random.Random, content: bytes) -> bytes:
    names, rest = _header(content)
    names.pop(chance.randrange(len(names)))
    return _with_header(names, rest)


def drop_the_header(_: random.Random, content: bytes) -> bytes:
    return joined(lines_of(content)[1:])


def only_the_header(chance: random.Random, content: bytes) -> bytes:
    return lines_of(content)[0] + chance.choice((b"", b"\n", b"\r\n\r\n"))


def another_separator(chance: random.Random, content: bytes) -> bytes:
    return content.replace(b",", chance.choice((b";", b"\t", b"|", b", ", b",,")))


def shuffle_rows(chance: random.Random, content: bytes) -> bytes:
    lines = lines_of(content)
    rest = lines[1:]
    chance.shuffle(rest)
    return joined([lines[0], *rest])


def repeat_rows(chance: random.Random, content: bytes) -> bytes:
    lines = lines_of(content)
    for _ in range(chance.randrange(1, 10)):
        lines.insert(body_line(chance, lines), lines[body_line(chance, lines)])
    return joined(lines)


def contradict_rows(chance: random.Random, content: bytes) -> bytes:
    lines = lines_of(content)
    place = body_line(chance, lines)
    return joined([*lines, *[lines[place].replace(b"2", digit) for digit in (b"1", b"3", b"4")]])


def append_the_file_to_itself(_: random.Random, content: bytes) -> bytes:
    return content + content


def lengthen_a_line(chance: random.Random, content: bytes) -> bytes:
    lines = lines_of(content)
    lines[chance.randrange(len(lines))] += b"," * chance.choice((1, 2, 1_000, 200_000))
    return joined(lines)


def shorten_a_line(chance: random.Random, content: bytes) -> bytes:
    lines = lines_of(content)
    place = chance.randrange(len(lines))
    lines[place] = lines[place][: chance.randrange(len(lines[place]) + 1)]
    return joined(lines)


# Cells -------------------------------------------------------------------------------------------


def odd_cells(chance: random.Random, content: bytes) -> bytes:
    lines = lines_of(content)
    for _ in range(chance.choice((1, 3, 10))):
        place = body_line(chance, lines)
        cells = as_text(lines[place]).split(",")
        cells[chance.randrange(len(cells))] = chance.choice(CELLS)
        lines[place] = ",".join(cells).encode()
    return joined(lines)


def one_column_odd(chance: random.Random, content: bytes) -> bytes:
    """The same odd text in a whole column."""
    lines = lines_of(content)
    column, odd = chance.randrange(len(lines[0].split(b","))), chance.choice(CELLS)
    out = [lines[0]]
    for line in lines[1:]:
        cells = as_text(line).split(",")
        if column < len(cells):
            cells[column] = odd
        out.append(",".join(cells).encode())
    return joined(out)


def quote_cells(chance: random.Random, content: bytes) -> bytes:
    """Every cell quoted, now and then with a comma, a quote or a line end within."""
    inside = chance.choice(("", "", ",", '""', '"', "\r"))
    lines = [as_text(line).split(",") for line in lines_of(content)]
    return "\n".join(",".join(f'"{cell}{inside}"' for cell in line) for line in lines).encode()


# Other things posing as CSV ----------------------------------------------------------------------


def posing(chance: random.Random, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("data.csv", content)
    return chance.choice(
        (
            packed.getvalue(),
            b"\x1f\x8b" + content,
            b"%PDF-1.7\n" + content,
            b"PAR1" + content,
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + content,
            b"<!DOCTYPE html><html><body>Not found</body></html>",
            b'{"error": "not found"}',
            b"",
            b"\n\n\n",
            BOM,
            b"\x00" * 5_000,
            b'"' * 999,
            b"," * 999,
        )
    )


MUTATIONS: tuple[Mutation, ...] = (
    cut_at_any_byte,
    cut_at_the_front,
    flip_bytes,
    flip_a_bit,
    insert_bytes,
    drop_a_stretch,
    repeat_a_stretch,
    only_noise,
    another_encoding,
    one_line_in_cp1252,
    other_line_ends,
    mixed_line_ends,
    more_boms,
    no_bom,
    blank_lines,
    rename_a_column,
    swap_two_columns,
    duplicate_a_column,
    drop_a_column,
    drop_a_name,
    drop_the_header,
    only_the_header,
    another_separator,
    shuffle_rows,
    repeat_rows,
    contradict_rows,
    append_the_file_to_itself,
    lengthen_a_line,
    shorten_a_line,
    odd_cells,
    odd_cells,
    odd_cells,
    one_column_odd,
    quote_cells,
    posing,
)


def mutate(chance: random.Random, content: bytes) -> tuple[str, bytes]:
    """One to three mutations, one after the other, and their names."""
    names = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        mutation = chance.choice(MUTATIONS)
        names.append(mutation.__name__)
        content = mutation(chance, content)
    return " + ".join(names), content
