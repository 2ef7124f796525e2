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
        ('"tasks":  # all\n    a: null\n', '"tasks":  # all\n    web: null\n    a: null\n'),
        ("# nothing yet\n", "# nothing yet\ntasks:\n  web: null\n"),
        ("tasks: {a: null}  # all\nvars: {}\n", "tasks: {web: null, a: null}  # all\nvars: {}\n"),
        ("tasks: {}\n", "tasks: {web: null}\n"),
        ("tasks: { a: null }\n", "tasks: {web: null, a: null }\n"),
        ("tasks: &t {  # all\n  a: null,\n}\n", "tasks: &t {web: null,  # all\n  a: null,\n}\n"),
        ("tasks:\n  {a: null}\n", "tasks:\n  {web: null, a: null}\n"),
        ("{vars: {a: 1}, tasks: {a: null}}\n", "{vars: {a: 1}, tasks: {web: null, a: null}}\n"),
        ("{vars: {a: 1}}\n", "{tasks: {web: null}, vars: {a: 1}}\n"),
        ("vars: {text: 'tasks:'}\n", "vars: {text: 'tasks:'}\ntasks:\n  web: null\n"),
    ],
)
def test_entries_are_inserted_and_no_other_byte_changes(text: str, made: str) -> None:
    assert insert_tasks(text, "environments/dev.yaml", {"web": None}) == made


def test_an_entry_with_values_stands_on_the_line_of_the_others() -> None:
    entry = {"vars": {"image_tag": "1.10", "hosts": ["a,b", "c"]}, "patch": {"cpu": "512"}}
    made = insert_tasks("tasks: {a: null}\n", "environments/dev.yaml", {"web": entry})
    assert made == 'tasks: {web: {vars: {image_tag: "1.10", hosts: ["a,b", c]}, patch: {cpu: 512}}, a: null}\n'


@pytest.mark.parametrize("text", ["vars: {}\ntasks: null\n", "vars: &v {}\ntasks: *v\n", "vars: {}\ntasks: [a]\n"])
def test_what_is_no_mapping_is_left_alone(text: str) -> None:
    with pytest.raises(NoPlace, match=r"^environments/dev.yaml:2: `tasks` is not a mapping"):
        insert_tasks(text, "environments/dev.yaml", {"web": None})
