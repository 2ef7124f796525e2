"""Overlay files: what their sections may be, and where each mistake in them is told."""

from __future__ import annotations

import pytest

from generator.documents.parsing.overlay import fold_variables, parse_overlay, parse_task_overlay
from generator.documents.parsing.scalars import to_value
from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Finding, Source
from generator.model.nodes import MapNode, Value
from generator.model.project import Overlay, TaskOverlay

RESERVED = frozenset({"env", "task", "aws", "secret"})

ROOT = "put members of the task definition under `patch`, and variables under `vars`"
VARS = "set a variable under `vars` and use it in the template"
RENDER = "write `{$render: TEXT}` in place of the text to render it"


def read(text: str) -> tuple[Overlay | None, tuple[Finding, ...]]:
    return parse_overlay(Source("environments/dev.yaml", text), "dev", RESERVED)


def tell(findings: tuple[Finding, ...]) -> list[tuple[str, int, int, str, str | None]]:
    """Tell findings as (code, line, column, message, help)."""
    return [
        (finding.code, finding.location.line, finding.location.column, finding.message, finding.help)
        for finding in findings
        if finding.location is not None
    ]


def show_task(task: TaskOverlay | None) -> Value:
    return task and (task.variables and to_value(task.variables), task.patch and to_value(task.patch))


def show(overlay: Overlay | None) -> Value:
    """Show what an overlay says as plain values."""
    assert overlay is not None
    return {
        "extends": overlay.extends and overlay.extends.text,
        "aws": {key: node.text for key, node in overlay.aws.items()},
        "cluster": overlay.cluster and overlay.cluster.text,
        "services": {task: node.text for task, node in overlay.services.items()},
        "vars": overlay.variables and to_value(overlay.variables),
        "patch": overlay.patch and to_value(overlay.patch),
        "tasks": {name: show_task(task) for name, task in overlay.tasks.items()},
    }


NOTHING: Value = {"extends": None, "aws": {}, "cluster": None, "services": {}, "vars": None, "patch": None, "tasks": {}}


@pytest.mark.parametrize(
    ("section", "cluster", "services"),
    [
        ("{cluster: live, service: web}", "live", {"": "web"}),
        ("{service: {web: web-1, log: 12}}", None, {"web": "web-1", "log": "12"}),
        (
            "{cluster: 'arn:aws:ecs:eu-west-1:123456789012:cluster/live', "
            "service: 'arn:aws:ecs:eu-west-1:123456789012:service/live/web'}",
            "arn:aws:ecs:eu-west-1:123456789012:cluster/live",
            {"": "arn:aws:ecs:eu-west-1:123456789012:service/live/web"},
        ),
    ],
)
def test_an_overlay_says_where_tasks_run(section: str, cluster: str | None, services: dict[str, str]) -> None:
    overlay, findings = read(f"aws: {section}\n")
    assert (show(overlay), findings) == ({**NOTHING, "cluster": cluster, "services": services}, ())


def test_an_overlay_has_its_sections() -> None:
    overlay, findings = read("""\
extends: _common
aws: {account: 012345670123, region: us-gov-west-1}
vars: {environment: production, replicas: 2, version: 1.10, nested: {a: NO}}
patch: {cpu: 1024, memory: 2 GB}
tasks:
  trading-bot-task:
    vars: {log_level: DEBUG}
    patch: {memory: 4 GB}
  web: {}
  debug-tools: null
""")
    assert findings == () and overlay is not None
    assert show(overlay) == {
        "extends": "_common",
        "aws": {"account": "012345670123", "region": "us-gov-west-1"},
        "cluster": None,
        "services": {},
        "vars": {"environment": "production", "replicas": 2, "version": "1.10", "nested": {"a": "NO"}},
        "patch": {"cpu": 1024, "memory": "2 GB"},
        "tasks": {
            "trading-bot-task": ({"log_level": "DEBUG"}, {"memory": "4 GB"}),
            "web": (None, None),
            "debug-tools": None,
        },
    }
    assert (overlay.name, overlay.source.path) == ("dev", "environments/dev.yaml")
    assert {name: str(place.location) for name, place in overlay.task_keys.items()} == {
        "trading-bot-task": "environments/dev.yaml:6:3",
        "web": "environments/dev.yaml:9:3",
        "debug-tools": "environments/dev.yaml:10:3",
    }


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "{}\n"])
def test_an_empty_file_is_an_empty_overlay(text: str) -> None:
    overlay, findings = read(text)
    assert (show(overlay), findings) == (NOTHING, ())


def test_empty_sections_are_fine() -> None:
    overlay, findings = read("aws: {}\nvars: {}\npatch: {}\ntasks: {}\n")
    assert (show(overlay), findings) == ({**NOTHING, "vars": {}, "patch": {}}, ())


REFUSED: dict[str, tuple[Value, list[tuple[str, int, int, str, str | None]]]] = {
    "patches: {}\nvar: {x: 1}\ncpu: 256\n": (
        NOTHING,
        [
            ("E121", 1, 1, "an overlay has no key `patches`", "write `patch`"),
            ("E121", 2, 1, "an overlay has no key `var`", "write `vars`"),
            ("E121", 3, 1, "an overlay has no key `cpu`", ROOT),
        ],
    ),
    "aws: {acount: '123456789012', zone: x}\n": (
        NOTHING,
        [
            ("E121", 1, 7, "`aws` has no key `acount`", "write `account`"),
            ("E121", 1, 31, "`aws` has no key `zone`", "its keys are `account`, `region`, `cluster`, `service`, `previous_family`, `run`"),
        ],
    ),
    "aws: {cluster: [a], service: a b}\n": (
        NOTHING,
        [
            ("E125", 1, 16, "`aws.cluster` is the name of a cluster, or its ARN, not a list", None),
            ("E125", 1, 30, "`aws.service` is the name of a service, or its ARN, not `a b`", None),
        ],
    ),
    "aws: {cluster: '', service: {web: a/b, log: log-1}}\n": (
        {**NOTHING, "services": {"log": "log-1"}},
        [
            ("E125", 1, 16, "`aws.cluster` is the name of a cluster, or its ARN, not ``", None),
            ("E125", 1, 35, "`aws.service.web` is the name of a service, or its ARN, not `a/b`", None),
        ],
    ),
    "aws: {previous_family: [web, a b]}\n": (
        NOTHING,
        [("E125", 1, 30, "`aws.previous_family` is the name of a family, or a list of these, not `a b`", None)],
    ),
    "aws: {previous_family: {web: b}}\n": (
        NOTHING,
        [("E125", 1, 24, "`aws.previous_family` is the name of a family, or a list of these, not a mapping", None)],
    ),
    "aws: {run: {subnet: x, subnets: [subnet-0a1b2c3d, web], security_groups: [], launch_type: fargate}}\n": (
        NOTHING,
        [
            ("E121", 1, 13, "`aws.run` has no key `subnet`", "write `subnets`"),
            ("E125", 1, 51, "`aws.run.subnets` is the id of a subnet, or a list of up to 16, not `web`", None),
            ("E125", 1, 74, "`aws.run.security_groups` is the id of a security group, or a list of up to 5, not a list of 0", None),
            ("E125", 1, 91, "`aws.run.launch_type` is `EC2`, `EXTERNAL` or `FARGATE`, not `fargate`", None),
        ],
    ),
    "aws: {run: {launch_type: EC2, capacity_provider: a, platform_version: [1.4.0], assign_public_ip: null}}\n": (
        NOTHING,
        [
            ("E125", 1, 31, "`aws.run` has `launch_type` too, and a task runs by one of both", None),
            ("E125", 1, 71, "`aws.run.platform_version` is `LATEST`, or three numbers such as `1.4.0`, not a list", None),
            ("E125", 1, 98, "`aws.run.assign_public_ip` is `true` or `false`, not `null`", None),
        ],
    ),
    "aws: {run: subnet-0a1b2c3d}\n": (
        NOTHING,
        [("E122", 1, 12, "`aws.run` is a mapping, not `subnet-0a1b2c3d`", None)],
    ),
    "tasks:\n  web: {pach: {}, cpu: 1}\n": (
        {**NOTHING, "tasks": {"web": (None, None)}},
        [
            ("E121", 2, 9, "`tasks.web` has no key `pach`", "write `patch`"),
            ("E121", 2, 19, "`tasks.web` has no key `cpu`", ROOT),
        ],
    ),
    "extends: [a, b]\nvars: [x]\npatch: 5\ntasks: web\naws: null\n": (
        NOTHING,
        [
            ("E122", 1, 10, "`extends` is the name of an overlay, not a list", "name one parent, which may extend another"),
            ("E122", 2, 7, "`vars` is a mapping, not a list", None),
            ("E122", 3, 8, "`patch` is a mapping, not `5`", None),
            ("E122", 4, 8, "`tasks` is a mapping, not `web`", None),
            ("E122", 5, 6, "`aws` is a mapping, not `null`", "delete the line"),
        ],
    ),
    "extends: null\nvars: 'x'\ntasks: {a: [], b: ~, c: {vars: 1}}\n": (
        {**NOTHING, "tasks": {"a": (None, None), "b": (None, None), "c": (None, None)}},
        [
            ("E122", 1, 10, "`extends` is the name of an overlay, not `null`", "delete the line"),
            ("E122", 2, 7, "`vars` is a mapping, not text", None),
            ("E122", 3, 12, "`tasks.a` is a mapping or null, not a list", "to switch the task off, write `null`"),
            ("E122", 3, 19, "`tasks.b` is a mapping or null, not `~`", "to switch the task off, write `null`"),
            ("E122", 3, 32, "`tasks.c.vars` is a mapping, not `1`", None),
        ],
    ),
    "vars:\n  password:hunter2\n  user:x\n": (
        NOTHING,
        [("E122", 2, 3, "`vars` is a mapping, not a plain value", "put a space after `password:`")],
    ),
    "vars: {env: 1, log-level: 2, if: 3, ok: 4, a.b.c: 5}\n": (
        {**NOTHING, "vars": {"ok": 4}},
        [
            ("E123", 1, 8, "the variable name `env` is reserved", "give the variable another name"),
            ("E123", 1, 16, "`log-level` cannot be the name of a variable", "write `log_level`"),
            ("E123", 1, 30, "`if` cannot be the name of a variable", "give the variable another name"),
            ("E123", 1, 44, "`a.b.c` cannot be the name of a variable", "write `a_b_c`"),
        ],
    ),
    "tasks: {web: {vars: {task: 1}}}\n": (
        {**NOTHING, "tasks": {"web": ({}, None)}},
        [("E123", 1, 22, "the variable name `task` is reserved", "give the variable another name")],
    ),
    "aws: {account: 12345, region: us_east_1}\n": (
        NOTHING,
        [
            ("E125", 1, 16, "`aws.account` is 12 digits, not `12345`", None),
            ("E125", 1, 31, "`aws.region` is the name of a region, not `us_east_1`", None),
        ],
    ),
    "aws: {account: [1], region: eu-west-1b}\n": (
        NOTHING,
        [
            ("E125", 1, 16, "`aws.account` is 12 digits, not a list", None),
            (
                "E125",
                1,
                29,
                "`aws.region` is the name of a region, not `eu-west-1b`",
                "`eu-west-1b` is an availability zone: write `eu-west-1`",
            ),
        ],
    ),
    "aws: {account: null, region: {}}\n": (
        NOTHING,
        [
            ("E125", 1, 16, "`aws.account` is 12 digits, not `null`", None),
            ("E125", 1, 30, "`aws.region` is the name of a region, not a mapping", None),
        ],
    ),
    "patch:\n  a: app-{{ env }}\n  b: ['{% if x %}', \"{{ y }}\"]\n  '{{ k }}': 1\n  c: '{{.Name}}/{{ .ID }}'\n": (
        {
            **NOTHING,
            "patch": {"a": "app-{{ env }}", "b": ["{% if x %}", "{{ y }}"], "{{ k }}": 1, "c": "{{.Name}}/{{ .ID }}"},
        },
        [
            ("W118", 2, 10, "`{{ env }}` stays as it is without `$render`", RENDER),
            ("W118", 3, 8, "`{% if x %}` stays as it is without `$render`", RENDER),
            ("W118", 3, 22, "`{{ y }}` stays as it is without `$render`", RENDER),
            ("W118", 4, 4, "`{{ k }}` stays as it is, since keys are not rendered", VARS),
        ],
    ),
    "vars: {a: &a ['{{ x }}']}\ntasks: {web: {patch: {b: *a, c: *a}}}\n": (
        {**NOTHING, "vars": {"a": ["{{ x }}"]}, "tasks": {"web": (None, {"b": ["{{ x }}"], "c": ["{{ x }}"]})}},
        [("W118", 1, 16, "`{{ x }}` stays as it is without `$render`", RENDER)],
    ),
    # One cause, one message: what the YAML parser refused is of no wrong kind.
    "extends:\naws:\nvars:\npatch: {{ x }}\ntasks:\n  web:\n": (
        {**NOTHING, "tasks": {"web": (None, None)}},
        [
            *(("E119", i, 1, f"`{key}` has no value", 'write `null`, `{}`, `[]` or `""`')
              for i, key in enumerate(("extends", "aws", "vars"), 1)),
            (
                "E117", 4, 8, "`{{ x }}` without quotes is not text in YAML",
                'to render it in a patch, write `{$render: "{{ … }}"}`; to mean the text, quote it',
            ),
            ("E119", 6, 3, "`web` has no value", 'write `null`, `{}`, `[]` or `""`'),
        ],
    ),
    # Findings come in the order of the file, whoever finds them.
    "patch: 5\nvars: {env: 1, env: 2}\ncpu: 1\n": (
        {**NOTHING, "vars": {}},
        [
            ("E122", 1, 8, "`patch` is a mapping, not `5`", None),
            ("E123", 2, 8, "the variable name `env` is reserved", "give the variable another name"),
            ("E112", 2, 16, "the key `env` is in this mapping twice", "keep one of the two"),
            ("E121", 3, 1, "an overlay has no key `cpu`", ROOT),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_a_mistake_is_told_at_its_place_and_the_rest_is_read(text: str) -> None:
    overlay, findings = read(text)
    assert (show(overlay), tell(findings)) == REFUSED[text]


def test_a_warning_is_no_error() -> None:
    assert [finding.severity for finding in read("patch: {a: '{{ x }}'}\n")[1]] == ["warning"]


KEYS = "its keys are `extends`, `aws`, `vars`, `patch`, `tasks`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n", ("E122", 1, 1, "an overlay is a mapping, not a list", KEYS)),
        ("'x'\n", ("E122", 1, 1, "an overlay is a mapping, not text", KEYS)),
        ("cpu:256\nmemory:512\n", ("E122", 1, 1, "an overlay is a mapping, not a plain value", "put a space after `cpu:`")),
        ("vars: {a: 1\n", ("E111", 1, 7, "`{` is not closed", "add the `}`")),
    ],
)  # fmt: skip
def test_a_file_that_is_no_mapping_is_no_overlay(text: str, expected: tuple[str, int, int, str, str]) -> None:
    overlay, findings = read(text)
    assert (overlay, tell(findings)) == (None, [expected])


def test_a_file_of_one_task_has_variables_and_a_patch() -> None:
    source = Source("environments/dev/web.yaml", "vars: {a: 1}\npatch: {cpu: 256}\n")
    task, findings = parse_task_overlay(source, RESERVED)
    assert (show_task(task), findings) == (({"a": 1}, {"cpu": 256}), ())
    assert parse_task_overlay(Source("environments/dev/web.yaml", ""), RESERVED) == (TaskOverlay(None, None), ())


def test_a_file_of_one_task_has_nothing_else() -> None:
    source = Source("environments/dev/web.yaml", "extends: x\npath: {}\nvars: {aws: 1}\npatch: {a: '{{ x }}'}\n")
    task, findings = parse_task_overlay(source, RESERVED)
    assert show_task(task) == ({}, {"a": "{{ x }}"})
    assert tell(findings) == [
        ("E121", 1, 1, "an overlay has no key `extends`", ROOT),
        ("E121", 2, 1, "an overlay has no key `path`", "write `patch`"),
        ("E123", 3, 8, "the variable name `aws` is reserved", "give the variable another name"),
        ("W118", 4, 13, "`{{ x }}` stays as it is without `$render`", RENDER),
    ]
    assert parse_task_overlay(Source("environments/dev/web.yaml", "[]"), RESERVED)[0] is None


def fold(*texts: str) -> MapNode:
    layers = []
    for index, text in enumerate(texts):
        node, findings = parse_yaml(Source(f"environments/{index}.yaml", text))
        assert isinstance(node, MapNode) and findings == ()
        layers.append(node)
    return fold_variables(layers)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], {}),
        (["a: 1"], {"a": 1}),
        (["a: 1\nb: 2", "b: 3\nc: 4"], {"a": 1, "b": 3, "c": 4}),
        (["a: {x: 1, y: {z: 2}}", "a: {y: {w: 3}}", "a: {x: 4}"], {"a": {"x": 4, "y": {"z": 2, "w": 3}}}),
        (["a: [1, 2]", "a: [3]"], {"a": [3]}),
        (["a: 1\nb: {c: 1}", "a: null\nb: {c: null}"], {"a": None, "b": {"c": None}}),
        (["a: null", "a: 1"], {"a": 1}),
        (["a: {b: 1}", "a: 2"], {"a": 2}),
        (["a: 2", "a: {b: 1}"], {"a": {"b": 1}}),
        (["a: [1]", "a: {b: 1}"], {"a": {"b": 1}}),
        (["a: {b: 1}", "a: {}"], {"a": {"b": 1}}),
    ],
)
def test_later_variables_win_and_mappings_merge(texts: list[str], expected: Value) -> None:
    assert to_value(fold(*texts)) == expected


def test_folded_variables_know_where_they_were_last_set() -> None:
    folded = fold("a: {x: 1, y: 2}\nb: 3", "\na: {y: 4}")
    assert list(folded.items) == ["a", "b"]
    assert {key: str(place.location) for key, place in folded.keys.items()} == {
        "a": "environments/1.yaml:2:1",
        "b": "environments/0.yaml:2:1",
    }
    inner = folded.items["a"]
    assert isinstance(inner, MapNode)
    assert {key: str(node.place.location) for key, node in inner.items.items()} == {
        "x": "environments/0.yaml:1:8",
        "y": "environments/1.yaml:2:8",
    }


def test_folding_changes_no_layer() -> None:
    node, _ = parse_yaml(Source("environments/0.yaml", "a: {x: 1}"))
    other, _ = parse_yaml(Source("environments/1.yaml", "a: {y: 1}"))
    assert isinstance(node, MapNode) and isinstance(other, MapNode)
    fold_variables([node, other])
    assert (to_value(node), to_value(other)) == ({"a": {"x": 1}}, {"a": {"y": 1}})
