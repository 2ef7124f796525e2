"""A file is ours if it is a task definition that is the same, byte for byte, when it is written anew."""

from __future__ import annotations

import pytest

from generator.build.planning import plan_project
from generator.review.extras import is_ours
from tests.support import make_project

OURS = """\
{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "environment": [
        {
          "name": "A",
          "value": "é"
        },
        {
          "name": "B",
          "value": "2"
        }
      ]
    }
  ],
  "memory": "512"
}
"""


def judge(data: bytes) -> bool:
    project = make_project({}, {})
    planned = plan_project(project._replace(artifacts={"dev/web.json": data}))
    return is_ours(planned, "rendered/dev/web.json")


def test_a_task_definition_as_we_write_it_is_ours() -> None:
    assert judge(OURS.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("  ", "\t"),
        ('"512"', "512"),
        ("}\n", "}"),
        ('"A"', '"C"'),
        ("é", "\\u00e9"),
        ("containerDefinitions", "containers"),
        ('"family"', '"unknown": 1,\n  "family"'),
        ('"memory": "512"', '"memory": "512",\n  "unknown": 1'),
        ('"memory": "512"', '"memory": "512",\n  "cpu": null'),
        ("{", "["),
    ],
)
def test_a_file_that_differs_by_a_byte_from_what_we_write_is_not_ours(old: str, new: str) -> None:
    changed = OURS.replace(old, new)
    assert changed != OURS
    assert not judge(changed.encode())


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]\n", b"{}\n", b'{\n  "name": "web"\n}\n'])
def test_what_is_no_task_definition_is_not_ours(data: bytes) -> None:
    assert not judge(data)
