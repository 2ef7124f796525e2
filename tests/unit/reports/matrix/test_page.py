"""The data of the page: what nobody would see in it is spelt out."""

from __future__ import annotations

import json

from generator.model.findings import Excerpt, Finding, Location, Note, Place, Source
from generator.model.origins import Origin, Step
from generator.reports.matrix.page import describe_page, escape_excerpt
from generator.review.matrix import Cell, Row, Table

HOSTILE = "\x1b[31m\u202e\x07"
SPELT = "\\x1b[31m\\u202e\\x07"


def test_control_characters_are_spelt_out_wherever_they_stand() -> None:
    location = Location(HOSTILE, 1, 1)
    cell = Cell(HOSTILE, HOSTILE, 0, Place(Source("a", ""), 0, 0))
    table = Table("web", ("dev",), (Row(HOSTILE, HOSTILE, (cell,)),))
    step = Step("change", HOSTILE, location, Excerpt(HOSTILE, 1, 1), inner=(Step("change", HOSTILE, location),))
    origins = {("dev", "web"): {HOSTILE: Origin(HOSTILE, HOSTILE, location, steps=(step,))}}
    finding = Finding("E401", "error", HOSTILE, location, notes=(Note(HOSTILE, location),), help=HOSTILE, path=HOSTILE)
    finding = finding._replace(environments=("dev",))
    written = json.dumps(describe_page((table,), origins, (finding,), whole=True), ensure_ascii=False)
    assert written.isprintable()
    assert written.count(json.dumps(SPELT)[1:-1]) == 11


def test_the_same_part_of_a_line_is_underlined() -> None:
    excerpt = escape_excerpt(Excerpt("\x1ba\x07b\x00c", 3, 2))
    assert excerpt == Excerpt("\\x1ba\\x07b\\x00c", 6, 5)
    assert escape_excerpt(Excerpt("abc", 4, 1)) == Excerpt("abc", 4, 1)
