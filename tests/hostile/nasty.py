"""Texts that strangers may write: formulas, markup, control characters, and what only looks so.

Their words are small and plain, so that no rule on names of people takes any of them out.
"""

from __future__ import annotations

FORMULAS = (
    "=1+1", "+a1 beds", "-a1 beds", "@sum(a1)", "=a1&b1", '=hyperlink("http://x.example","beds")',
    "=cmd|'/c calc'!a0", "-2+3+cmd|' /c calc'!a0", '=dde("cmd","/c calc","a1")', "  =1+1 beds",
    '"=1+1" beds', "'=1+1 beds", "＝1+1 beds", "＋1+beds", "＠sum(beds)", "\u00a0=beds",
    "=1+1;=2+2",
    "- beds that are closed", "+ beds that are open", "--beds", '=importxml("http://x.example","//a")',
    "beds\n=1+1", "=rept(1,9)", "-beds", "%0a=1+1 beds", "=1+1,=2+2",
)  # fmt: skip
MARKUP = (
    "beds [type 1]", "beds [type 2]", "[/red] beds", "[red]beds", "[bold]beds[/bold]", "[/]",
    "[link=http://x.example]beds[/link]", "beds [[x]]", r"beds \[red]", ":smile: beds", "[beds",
    "[beds](http://x.example)", "[a](http://x.example) and [b](http://y.example)", "$$beds$$",
    "$$ beds", "<script>alert(1)</script> beds", '"><img src=x onerror=alert(1)> beds',
    "</title><svg onload=alert(1)> beds", "<!-- beds -->", "]]> beds", "&lt;beds&gt;",
    "&#x41; beds",
    "&amp; beds", "<!DOCTYPE x [<!ENTITY e 'beds'>]> &e;", "{{7*7}} beds", "{% raw %} beds",
    "{{ ''.__class__ }} beds", "${7*7} beds", "#{7*7} beds", "%s %d {0} beds", "beds {x}",
    "javascript:alert(1) beds", "' or '1'='1 beds", "'; drop table ask; -- beds", "_x0041_ beds",
    "{ MERGEFIELD beds }", '{ ddeauto c:\\\\x "beds" }', "file:///etc/passwd beds",
)  # fmt: skip
STEERING = (
    "beds \x1b[31mred\x1b[0m", "\x1b]8;;http://x.example\x1b\\beds\x1b]8;;\x1b\\",
    "\x1b]0;x\x07beds",
    "beds\x0bon a new line", "beds\x0cpage", "beds\x07bell", "be\x08ds", "beds\x7f", "\x9b31mbeds",
    "beds\x85next", "beds\u2028next", "beds\u2029next", "beds\u202esdeb", "beds\u2066x\u2069",
    "be\u200bds", "\ufeffbeds", "beds\ufffe", "\x1bc beds", "beds\rover", "be\u00adds",
    "beds\x1f", "beds \x1b[2J\x1b[H", "beds\ttab", "beds\x1b",
)  # fmt: skip
ODD = (
    "beds 🏥👩‍⚕️ 🏴", "אסאס beds", "الأسرّة beds", "床位 beds", "be\u0301ds " + "\u0301" * 50,
    "beds " + "very " * 400, "b" * 3_000, 'a "quoted" bed', "beds, with, commas",
    "beds; with; more",
    "beds\n\nin three\nlines", "0012 beds", "1e5 beds", "true beds", "null beds", "nan beds",
    "#n/a beds",
    "*", "...", "beds 'n' all", "beds | of | all", "beds `x` beds", "\\beds\\n", "../../beds", "~",
)  # fmt: skip
TEXTS = (*FORMULAS, *MARKUP, *STEERING, *ODD)
BEYOND_UTF8 = ("half \ud83d of beds", "beds \udcff")
"""Halves of surrogate pairs, which come in by escapes in YAML and JSON and by names of files."""
