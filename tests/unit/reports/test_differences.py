"""Comparisons as text, Markdown and JSON: what is shown of a field, and what is not."""

from __future__ import annotations

import json
import re

import pytest

from generator.model.comparison import Comparison, Review
from generator.model.nodes import Value
from generator.model.secrecy import NO_SECRETS
from generator.reports.differences import markdown, text
from generator.reports.differences.json import format_review
from generator.reports.differences.values import describe_row, show_part
from generator.review.compare import Tracer, compare_pair, group_by_cause, view_file
from tests.support import read_json

ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret"
DIGEST = "sha256:" + "a" * 64


def compare(left: Value, right: Value) -> Comparison:
    sides = [
        view_file(name, read_json(json.dumps(value), name)) for name, value in (("a.json", left), ("b.json", right))
    ]
    return compare_pair(sides[0], sides[1], Tracer())


def container(**members: Value) -> Value:
    return {"containerDefinitions": [{"name": "app", **members}]}


def secret(value: str) -> Value:
    return container(secrets=[{"name": "KEY", "valueFrom": value}])


def variable(name: str, value: str) -> Value:
    return container(environment=[{"name": name, "value": value}])


SHOWN = {
    "a size of a task": ({"cpu": "256"}, {"cpu": "1 vCPU"}, ["256 CPU units → 1024 CPU units"]),
    "memory": (container(memory=64), container(memory=128), ["64 MiB → 128 MiB"]),
    "a default": (container(), container(cpu=128), ["0 CPU units by default → 128 CPU units"]),
    "nothing": ({}, {"family": "f"}, ["– → f"]),
    "empty text": (variable("A", ""), variable("A", "x"), ['"" → x']),
    "a command": (container(command=["a b"]), container(command=["a", "b"]), ['["a b"] → ["a", "b"]']),
    "a tag": (container(image="r:5000/a:1"), container(image="r:5000/a:2"), ["tag 1 → 2"]),
    "a repository and a digest": (
        container(image="a:1"),
        container(image=f"b:1@{DIGEST}"),
        ["repository a → b", f"digest – → {DIGEST}"],
    ),
    "a key of a secret": (secret(f"{ARN}:a:x::"), secret(f"{ARN}:a:y::"), ["key x → y"]),
    "another secret of another account": (
        secret(f"{ARN}:a:x::"),
        secret(f"{ARN}:b:x::".replace("123456789012", "210987654321")),
        ["account 123456789012 → 210987654321", "secret a → b"],
    ),
    "a secret for a parameter": (secret("/app/key"), secret(f"{ARN}:a:x::"), ["/app/key → secret a, key x"]),
    "a secret-looking value": (
        variable("DB_PASSWORD", "hunter2"),
        variable("DB_PASSWORD", "hunter3"),
        ["another value, which is secret"],
    ),
    "a secret-looking value that is new": (container(), variable("DB_PASSWORD", "hunter2"), ["– → ***"]),
    "a credential in a command": (
        container(command=["x"]),
        container(command=["x", "AKIAIOSFODNN7EXAMPLX"]),
        ['["x"] → ***'],
    ),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_field_is_shown_by_what_it_means(name: str) -> None:
    left, right, expected = SHOWN[name]
    (change,) = compare(left, right).changes
    assert [show_part(part) for part in describe_row(change.row, NO_SECRETS)] == expected


LEFT = {
    "family": "f",
    "cpu": "256",
    **container(image="app:1", environment=[{"name": "DB_PASSWORD", "value": "hunter2"}]),
}
RIGHT = {
    "family": "f",
    "cpu": "512",
    **container(image="app:2", environment=[{"name": "DB_PASSWORD", "value": "hunter3"}]),
}

TEXT = """\
a.json → b.json: 3 fields differ
  the task
    cpu: 256 CPU units → 512 CPU units
      a.json:1:24 → b.json:1:24
  container app
    image tag 1 → 2
      a.json:1:81 → b.json:1:81
    environment[DB_PASSWORD].value: another value, which is secret
      a.json:1:139 → b.json:1:139
"""


def test_text_is_by_container_with_the_places_of_both_sides() -> None:
    assert text.format_comparisons([compare(LEFT, RIGHT)]) == TEXT
    assert text.format_comparisons([compare(LEFT, LEFT)]) == "a.json → b.json: no difference\n"


def test_text_has_one_line_for_all_that_is_equal() -> None:
    same, other = compare(LEFT, LEFT), compare(LEFT, RIGHT)
    tasks = [each._replace(task=name) for name, each in (("a", same), ("b", other), ("c", same), ("d", same))]
    different = f"b, {TEXT}"
    assert text.format_comparisons(tasks) == f"{different}\n3 tasks, a.json → b.json: no difference\n"
    assert text.format_comparisons(tasks[:2]) == f"a, a.json → b.json: no difference\n\n{different}"
    artifacts = [each._replace(environment="dev") for each in tasks]
    assert text.format_comparisons(artifacts) == (f"dev/{different}\n3 artifacts, a.json → b.json: no difference\n")
    noted = [tasks[0], tasks[2]._replace(notes=("tags were not compared",))]
    assert text.format_comparisons(noted) == (
        "a, a.json → b.json: no difference\n\nc, a.json → b.json: no difference\n  note: tags were not compared\n"
    )


def test_no_form_shows_a_secret() -> None:
    comparisons = (compare(LEFT, RIGHT),)
    said = text.format_comparisons(comparisons) + markdown.format_comparisons(comparisons)
    said += format_review(Review(comparisons, by_cause=True), 1)
    assert "hunter" not in said


def test_no_field_shows_what_another_keeps_secret() -> None:
    left, right = (
        container(
            image=f"app:{password}",
            user=f"x {password}",
            command=["serve", f"--password={password}"],
            environment=[{"name": "DB_PASSWORD", "value": password}, {"name": "PLAIN", "value": f"say {password}"}],
        )
        for password in ("correct-horse-battery", "another-horse-battery")
    )
    comparisons = (compare(left, right),)
    groups = group_by_cause(comparisons)
    written = (
        text.format_comparisons(comparisons),
        text.format_groups(groups),
        markdown.format_comparisons(comparisons),
        markdown.format_groups(groups),
        format_review(Review(comparisons, by_cause=True), 1),
    )
    assert [each for each in written if "horse" in each] == []
    fields = ("command:", "environment[DB_PASSWORD].value:", "environment[PLAIN].value:", "image tag", "user:")
    said = [line for line in written[0].splitlines() if line.endswith("another value, which is secret")]
    assert sorted(said) == [f"    {field} another value, which is secret" for field in fields]


MARKDOWN = """\
**`a.json → b.json: 1 field differs`**

| container | field | change | where |
|---|---|---|---|
| `app` | `image` | `tag 1 → 2` | `a.json:1:52 → b.json:1:52` |
"""


def test_markdown_is_a_table() -> None:
    assert markdown.format_comparisons((compare(container(image="app:1"), container(image="app:2")),)) == MARKDOWN
    assert markdown.format_comparisons((compare({}, {}),)) == "No differences.\n"


def test_a_long_table_is_collapsed() -> None:
    many = container(environment=[{"name": f"A{number}", "value": "x"} for number in range(markdown.LONG + 1)])
    written = markdown.format_comparisons((compare(container(), many),))
    assert written.startswith(
        "<details>\n<summary><code>a.json → b.json: 13 fields differ</code></summary>\n\n| container |"
    )
    assert written.endswith("|\n\n</details>\n")


HOSTILE = [
    "a|b",
    "a\\|b",
    "</code><script>",
    "@everyone",
    "[x](javascript:1)",
    "`x`",
    "a``b",
    "a\nb",
    "<!-- ",
    "![x](y)",
    "https://x.example",
    "www.x.example",
    "somebody@x.example",
    "#123",
    "0123456789abcdef0123456789abcdef01234567",
    "\u202e",
]

PLAIN = re.compile(r"<summary><code>[^<]*</code></summary>|</?details>|<br>|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
"""What stands in a comparison as Markdown beside our own words: spans of code, and a title in a block of HTML."""


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_code_that_leaves_no_cell(value: str) -> None:
    written = markdown.format_comparisons((compare(container(user="x"), container(user=value)),))
    row = written.splitlines()[-1]
    assert row.isprintable()
    assert PLAIN.sub("", row) == "|  |  |  |  |"
    assert len(re.split(r"(?<!\\)\|", row)) == 6


@pytest.mark.parametrize("value", HOSTILE)
def test_no_name_leaves_its_title(value: str) -> None:
    named = compare(container(), container(user="x"))._replace(environment=value, task=value, right=value)
    only = named._replace(left="", changes=())
    many = container(environment=[{"name": f"A{number}", "value": "x"} for number in range(markdown.LONG + 1)])
    long = compare(container(), many)._replace(task=value)
    written = markdown.format_comparisons((only, long)) + markdown.format_comparisons((named,))
    said = {PLAIN.sub("", line) for line in written.splitlines()}
    table = {"| container | field | change | where |", "|---|---|---|---|", "|  |  |  |  |"}
    assert said == {"", "### ", "****", *table}


def test_what_is_too_long_for_a_comment_is_counted() -> None:
    big = container(environment=[{"name": f"A{number}", "value": "x" * 200} for number in range(250)])
    same = compare({"family": "a"}, {"family": "b"})
    written = markdown.format_comparisons(
        (same._replace(environment="a"), compare(container(), big)._replace(environment="b"))
    )
    assert len(written) < markdown.LIMIT and written.endswith("\n\n1 section more, too long to be shown here.\n")


def test_json_has_both_sides_and_the_parts() -> None:
    report = json.loads(format_review(Review((compare(container(image="app:1"), container(image="app:2")),)), 1))
    assert report == {
        "version": 1,
        "command": "diff",
        "comparisons": [
            {
                "environment": None,
                "task": None,
                "left": "a.json",
                "right": "b.json",
                "differs": True,
                "notes": [],
                "changes": [
                    {
                        "path": "containerDefinitions[app].image",
                        "container": "app",
                        "left": {
                            "text": "app:1",
                            "default": False,
                            "locations": [{"file": "a.json", "line": 1, "column": 52}],
                        },
                        "right": {
                            "text": "app:2",
                            "default": False,
                            "locations": [{"file": "b.json", "line": 1, "column": 52}],
                        },
                        "parts": [{"name": "tag", "left": "1", "right": "2"}],
                        "cause": None,
                    }
                ],
                "assumed": [],
                "parent": None,
            }
        ],
        "findings": [],
        "summary": {"fields": 1, "status": 1},
    }
