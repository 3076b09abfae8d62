"""Declarations of strangers: a message with file and line, soon, whatever they hold."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from remit.catalogue import declared, load_framework, read_metrics
from remit.catalogue.strict_yaml import DEEPEST
from remit.model.errors import DeclarationError
from remit.signals.rule_sets import rule_set_model
from tests.hostile.tries import Tries

KIND = "yaml"
LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
MERGES = "m0: &m0 {a: 1, b: 2}\n" + "".join(
    f"m{n}: &m{n}\n  <<: [{', '.join([f'*m{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
HOSTILE: dict[str, tuple[str, int, str]] = {
    "deep lists": ("a: " + "[" * 100_000, 1, "deep"),
    "deep mappings": ("a: " + "{b: " * 100_000, 1, "deep"),
    "deep blocks": ("\n".join(" " * n + "a:" for n in range(1_000)), 41, "deep"),
    "deep dashes": ("- " * 100_000, 1, "deep"),
    "a thousand million laughs": (LAUGHS, 5, "values"),
    "merges of merges": (MERGES, 11, "values"),
    "very many values": ("- a\n" * 400_000, 100_000, "values"),
    "a list in itself": ("a: 1\nb: &x [1, *x]", 2, "stands within what it repeats"),
    "a mapping in itself": ("b: &x\n  c:\n    d: *x", 3, "stands within what it repeats"),
    "a merge with itself": ("b: &x\n  <<: *x", 2, "stands within what it repeats"),
    "no key": ("a: 1\n: x", 2, "a key is missing"),
    "a null key": ("a: 1\nnull: x", 2, "missing or null"),
    "a tilde": ("a: 1\n~: x", 2, "missing or null"),
    "a list as a key": ("a: 1\n? [a]\n: x", 2, "stands where a key should"),
    "a mapping as a key": ("a: 1\n? {a: b}\n: x", 2, "stands where a key should"),
    "an alias as a key": ("a: &l [1]\n? *l\n: x", 1, "stands where a key should"),
    "a truth as a key": ("a: 1\ntrue: x", 2, "is no word"),
    "a fraction as a key": ("a: 1\n1.5: x", 2, "is no word"),
    "a day as a key": ("a: 1\n2025-01-01: x", 2, "is no word"),
    "a key twice": ("a: 1\nb: 2\na: 3", 3, "stands on line 1 too"),
    "a key twice, deeper": ("a:\n  - {b: 1, c: 2, b: 3}", 2, "stands on line 2 too"),
    "a tab": ("a:\n\tb: 1", 2, "not valid YAML"),
    "python object": ("a: 1\nb: !!python/object:os.system {}", 2, "is not read"),
    "python call": ("b: !!python/object/apply:os.system ['true']", 1, "is not read"),
    "python name": ("b: !!python/name:os.system", 1, "is not read"),
    "binary": ("a: !!binary aGVsbG8=", 1, "is not read"),
    "set": ("a: !!set {b, c}", 1, "is not read"),
    "own tag": ("a: !mine x", 1, "is not read"),
    "bare tag": ("a: ! x", 1, "is not read"),
    "tag on a number": ("a: !!int abc", 1, "is not read"),
    "tag on a day": ("a: !!timestamp abc", 1, "is not read"),
    "no such day": ("a: 1\nb: 2025-99-99", 2, "is no day"),
    "no such hour": ("b: 2025-01-01 99:99:99", 1, "is no day"),
    "infinite": ("a: 1\nb: .inf", 2, "cannot be"),
    "less than infinite": ("b: -.inf", 1, "cannot be"),
    "not a number": ("b: .nan", 1, "cannot be"),
    "too large": ("b: 1.0e+999", 1, "cannot be"),
    "endless digits": ("a: 1\nb: " + "9" * 5_000, 2, "is no number"),
    "endless fraction": ("b: 0." + "9" * 5_000, 1, "is no number"),
    "unknown alias": ("a: 1\nb: *x", 2, "undefined alias"),
    "open bracket": ("a: [1, 2", 1, "not valid YAML"),
    "open quote": ('a: "b', 1, "not valid YAML"),
    "two documents": ("a: 1\n---\nb: 2", 2, "another document"),
    "a control character": ("a: 1\nb: \x01", 2, "control characters"),
    "an escape": ("a: 1\nb: \x1b[2J", 2, "control characters"),
    "a null character": ("a: 1\nb: \0", 2, "null character"),
    "a wrong directive": ("%YAML 9.9\n---\na: 1", 1, "not valid YAML"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_refused_with_its_line(name: str, tmp_path: Path, tries: Tries) -> None:
    text, line, words = HOSTILE[name]
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with tries.attempt(KIND, name) as refusal:
        declared.read(path)
    assert isinstance(refusal[0], DeclarationError)
    said = str(refusal[0])
    assert said.startswith(str(path))
    assert words in said.replace("that can be reckoned with", "cannot be")
    assert f"line {line}" in said or name in {"open bracket", "open quote"}
    assert len(said) < 600


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("not UTF-8", b"a: 1\nb: \xff", "line 2"),
        ("UTF-16", "a: 1".encode("utf-16"), "UTF-16"),
        ("half a sign", b"a: \xe2\x82", "line 1"),
        ("a hundred megabytes", b"a: " + b"x" * 100_000_000, "REMIT_LARGEST_TEXT"),
    ],
)
def test_what_is_no_text_is_refused(
    name: str, content: bytes, words: str, tmp_path: Path, tries: Tries
) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    with tries.attempt(KIND, name, seconds=10) as refusal:
        declared.read(path)
    assert words in str(refusal[0])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("on", "on"), ("yes", "yes"), ("True", "True"), ("true", True),
        ("010", "010"), ("0x10", "0x10"), ("0o17", "0o17"), ("0b11", "0b11"),
        ("1_000", "1_000"), ("1:30", "1:30"), ("12:30:45", "12:30:45"), ("1e3", "1e3"),
        ("12", 12), ("-3", -3), ("0", 0), ("1.50", 1.5), ("1.5e3", 1500.0), (".5", 0.5),
        ("", None), ("~", None), ("NO", "NO"), ("٣", "٣"), ("1.2.3", "1.2.3"),
    ],
)  # fmt: skip
def test_a_word_or_number_is_what_it_says(text: str, value: object, tries: Tries) -> None:
    with tries.attempt(KIND, f"scalar {text}") as refusal:
        found = declared.parse(f"a: {text}", "own.yaml").data["a"]
        assert (found, type(found)) == (value, type(value))
    assert not refusal


def test_an_alias_and_a_merge_still_do_what_they_say(tries: Tries) -> None:
    text = "a: &x {b: 1, c: 2}\nd: *x\ne:\n  <<: *x\n  c: 3"
    with tries.attempt(KIND, "honest alias") as refusal:
        data = declared.parse(text, "own.yaml").data
        assert data["d"] == {"b": 1, "c": 2}
        assert data["e"] == {"b": 1, "c": 3}
    assert not refusal
    assert declared.parse("[" * DEEPEST + "]" * DEEPEST, "own.yaml").data


def test_many_faults_and_long_values_make_a_short_message(tries: Tries) -> None:
    many = "\n".join(f"k{n}: {'x' * 40}" for n in range(20_000))
    for name, text in (("many", many), ("long", f"name: [{'x' * 1_000_000}]")):
        with tries.attempt(KIND, f"{name} faults", seconds=10) as refusal:
            declared.parse(text, "own.yaml").validate(rule_set_model())
        assert 20 < len(str(refusal[0])) < 20_000
        assert name == "long" or "more faults in own.yaml" in str(refusal[0])


ROOTS = ("", "[]", "a", "12", "[a, b]", "null", "{}", "metrics: 5", "metrics: [5]", "- - - a")


@pytest.mark.parametrize("root", ROOTS)
def test_a_file_of_another_shape_is_refused(root: str, tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(root, encoding="utf-8")
    for read in (read_metrics, lambda where: load_framework.__wrapped__(str(where))):
        with tries.attempt(KIND, f"root {root!r}") as refusal:
            read(path)
        assert refusal


_STRAY = (":", "- ", "[", "]", "{", "}", "&a ", "*a", "!x ", "\t", "|", ">", "'", '"', "#", "? ",
          "<<: ", "\n", "  ", "null: ", "%", "@", "`", "\u2028", "---\n", "...", ", ")  # fmt: skip


@pytest.mark.parametrize("chunk", range(4))
def test_spoiled_declarations_are_refused_or_read(chunk: int, tries: Tries) -> None:
    chance = random.Random(f"yaml {chunk}")
    own = declared.packaged("spc")[0].text
    base = own[:3_000].rpartition("\n")[0]
    for number in range(60):
        text = base
        for _ in range(chance.choice((1, 2, 5))):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(_STRAY) + text[at + chance.choice((0, 0, 1, 9)) :]
        with tries.attempt(KIND, f"spoiled {chunk}/{number}", seconds=10) as refusal:
            declared.parse(text, "own.yaml").validate(rule_set_model())
        assert not refusal or str(refusal[0]).startswith("own.yaml, line ")


def test_the_whole_command_names_file_and_line(tmp_path: Path, tries: Tries) -> None:
    path = tmp_path / "own.yaml"
    for name, text in (("null key", "a: 1\nnull: x"), ("laughs", LAUGHS)):
        path.write_text(text, encoding="utf-8")
        ran = tries.command(KIND, name, ["framework", "check", path], seconds=60)
        assert ran.code == 2
        assert "own.yaml, line" in ran.err
