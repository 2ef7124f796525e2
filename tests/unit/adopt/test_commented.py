"""Comments and commas before brackets are blanked out, and every other character stays where it is."""

from __future__ import annotations

import pytest

from generator.adopt.commented import Bare, blank_comments


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ('{"a": 1}', Bare('{"a": 1}', 0, 0)),
        ('{"a": 1,}', Bare('{"a": 1 }', 0, 1)),
        ("[1, // one\n]", Bare("[1        \n]", 1, 1)),
        ('{"a": "// no", /* yes */ "b": "/* no */"}', Bare('{"a": "// no",           "b": "/* no */"}', 1, 0)),
        ('{"a": ",]"}', Bare('{"a": ",]"}', 0, 0)),
        ("/* a\nb */ {}", Bare("    \n     {}", 1, 0)),
        ('{"a\\"": 1,\n}', Bare('{"a\\"": 1 \n}', 0, 1)),
        ("/* open", Bare("       ", 1, 0)),
        ('"open // x', Bare('"open // x', 0, 0)),
    ],
)
def test_comments_are_blanked_out(text: str, bare: Bare) -> None:
    assert blank_comments(text) == bare
    assert len(bare.text) == len(text)
