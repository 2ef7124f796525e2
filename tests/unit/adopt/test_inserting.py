"""Entries that are put into overlays."""

from __future__ import annotations

import pytest

from generator.adopt.inserting import NoPlace, insert_tasks


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", "tasks:\n  web: null\n"),
        ("vars: {a: 1}", "vars: {a: 1}\ntasks:\n  web: null\n"),
        ("tasks:\n    a: null\n", "tasks:\n    web: null\n    a: null\n"),
        ("tasks: # all\n\n  # one\n  a: null\n", "tasks: # all\n  web: null\n\n  # one\n  a: null\n"),
        ("tasks:", "tasks:\n  web: null\n"),
    ],
)
def test_entries_are_inserted_and_no_other_byte_changes(text: str, made: str) -> None:
    assert insert_tasks(text, "environments/dev.yaml", {"web": None}) == made


@pytest.mark.parametrize("text", ["tasks: {a: null}\n", "{tasks: {}}\n", "vars: {}\ntasks: null\n"])
def test_tasks_on_one_line_are_left_alone(text: str) -> None:
    with pytest.raises(NoPlace, match="stands on one line"):
        insert_tasks(text, "environments/dev.yaml", {"web": None})
