"""Declared exceptions in settings: what is read, and what is refused at its place."""

from __future__ import annotations

import pytest

from generator.documents.parsing.settings import parse_settings
from generator.model.findings import Source
from generator.rules import RULES

CODES = "W701, W702, W703, W704, W705, W706, W707, E709, E710, W711"
WHOLE = '[[exceptions]]\ncode = "W701"\nname = "A"\nreason = "so it is"\n'


def parse(text: str) -> tuple[list[tuple[object, ...]], list[tuple[str, str, str | None]]]:
    """Parse settings: exceptions as (code, name, path, environments, reason, line), and what is wrong."""
    settings, findings = parse_settings(Source("taskdef.toml", text), None, rules=tuple(RULES))
    assert all(finding.code == "E131" for finding in findings)
    read: list[tuple[object, ...]] = [(*each[:5], each.place.location.line) for each in settings.exceptions]
    return read, [(str(finding.location), finding.message, finding.help) for finding in findings]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("exceptions = []\n", []),
        (WHOLE, [("W701", "A", "", (), "so it is", 1)]),
        (
            f'{WHOLE}\n[[exceptions]]\ncode = "W702"\npath = "family"\nenvironments = ["dev"]\nreason = "one"\n',
            [("W701", "A", "", (), "so it is", 1), ("W702", "", "family", ("dev",), "one", 6)],
        ),
        (
            'exceptions = [{code = "W706", name = "_x.j2", reason = "soon"}]\n',
            [("W706", "_x.j2", "", (), "soon", 1)],
        ),
    ],
)
def test_exceptions_are_read(text: str, wanted: list[tuple[object, ...]]) -> None:
    assert parse(text) == (wanted, [])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("exceptions = 1\n", ("taskdef.toml:1:1", "`exceptions` is a list of tables, not a number", "write each below `[[exceptions]]`")),
        (WHOLE.replace("so it is", " "), ("taskdef.toml:1:1", "this exception has no reason", "write it as `reason`")),
        (WHOLE.replace("reason", "raeson"), ("taskdef.toml:4:1", "an exception has no `raeson`", "write `reason`")),
        (WHOLE.replace("W701", "W601"), ("taskdef.toml:2:8", "`W601` is not a rule between environments", "write `W701`")),
        (WHOLE.replace("W701", "W708"), ("taskdef.toml:2:8", "`W708` is not a rule between environments", "write `W707`")),
        (WHOLE.replace('"W701"', "7"), ("taskdef.toml:2:8", "`code` is a text, not a number", None)),
        (WHOLE.replace('code = "W701"\n', ""), ("taskdef.toml:1:1", "this exception names no `code`", f"write one of {CODES}")),
        (
            WHOLE.replace('name = "A"\n', ""),
            (
                "taskdef.toml:1:1",
                "this exception has neither `name` nor `path`",
                "set one; to admit all differences, turn the rule off under `rules`",
            ),
        ),
        (WHOLE + 'environments = "dev"\n', ("taskdef.toml:5:16", "`environments` is a list of names, not a text", None)),
        (WHOLE + "environments = [1]\n", ("taskdef.toml:5:16", "`environments` is a list of names, one of these is not text", None)),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(text: str, wanted: tuple[str, str, str | None]) -> None:
    assert parse(text) == ([], [wanted])
