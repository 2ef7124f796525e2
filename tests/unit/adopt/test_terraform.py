"""Files of Terraform: states and plans as `terraform show -json` prints them, and configurations in JSON."""

from __future__ import annotations

import json

import pytest

from generator.adopt.interpolations import Stretch, split_text
from generator.adopt.reading import Given, Original, Refused, read_original
from generator.model.findings import Source
from generator.model.nodes import Value

CONTAINERS = [{"name": "web", "image": "web:1", "memory": 128, "command": ["echo", 'é "x"\n', "\U0001f600"]}]
ARGUMENTS: Value = {
    "family": "web", "container_definitions": json.dumps(CONTAINERS), "cpu": "256", "ipc_mode": "", "pid_mode": None,
    "arn": "arn:x", "id": "web", "revision": 3, "tags_all": {"team": "shop"}, "skip_destroy": False, "track_latest": False,
    "enable_fault_injection": True, "requires_compatibilities": ["EC2"], "task_role_arn": "",
    "ephemeral_storage": [{"size_in_gib": 30}], "runtime_platform": [], "placement_constraints": [{"type": "memberOf", "expression": "x"}],
    "proxy_configuration": [{"type": "APPMESH", "container_name": "web", "properties": {"AppPorts": "80"}}],
    "tags": {"team": "shop"},
    "volume": [
        {"name": "a", "host_path": "/a", "configure_at_launch": False, "docker_volume_configuration": [], "efs_volume_configuration": []},
        {"name": "b", "host_path": "", "efs_volume_configuration": [
            {"file_system_id": "fs-1", "root_directory": "/", "transit_encryption": "ENABLED", "transit_encryption_port": 0,
             "authorization_config": [{"access_point_id": "", "iam": "ENABLED"}]}]},
        {"name": "c", "host_path": None, "docker_volume_configuration": [
            {"scope": "task", "autoprovision": False, "driver": "local", "driver_opts": {}, "labels": {"Team": ""}}]},
    ],
}  # fmt: skip
MADE: Value = {
    "family": "web",
    "containerDefinitions": CONTAINERS,
    "volumes": [
        {"name": "a", "host": {"sourcePath": "/a"}, "configuredAtLaunch": False},
        {
            "name": "b",
            "efsVolumeConfiguration": {
                "fileSystemId": "fs-1",
                "rootDirectory": "/",
                "transitEncryption": "ENABLED",
                "authorizationConfig": {"iam": "ENABLED"},
            },
        },
        {"name": "c", "dockerVolumeConfiguration": {"scope": "task", "driver": "local", "labels": {"Team": ""}}},
    ],
    "placementConstraints": [{"type": "memberOf", "expression": "x"}],
    "requiresCompatibilities": ["EC2"],
    "cpu": "256",
    "tags": [{"key": "team", "value": "shop"}],
    "proxyConfiguration": {
        "type": "APPMESH",
        "containerName": "web",
        "properties": [{"name": "AppPorts", "value": "80"}],
    },
    "ephemeralStorage": {"sizeInGiB": 30},
    "enableFaultInjection": True,
}


def make_resource(address: str, values: Value, **more: Value) -> Value:
    resource = {"address": address, "mode": "managed", "type": "aws_ecs_task_definition", "name": "web"}
    return {**resource, "values": values, "sensitive_values": {}, **more}


def make_state(*resources: Value, **more: Value) -> Value:
    return {"format_version": "1.0", "values": {"root_module": {"resources": list(resources)}}, **more}


def make_configuration(**arguments: Value) -> Value:
    return {"resource": {"aws_ecs_task_definition": {"web": {"family": "web", **arguments}}}}


def read(document: Value, part: str = "", **values: str) -> Original | Refused:
    source = Source("web.json", json.dumps(document, indent=1))
    return read_original(Given("prod", "web", source, part=part, values=values))


def list_refused(read: Original | Refused) -> list[tuple[str, str, str | None]]:
    assert isinstance(read, Refused)
    return [(each.code, each.message, each.help) for each in read.findings]


@pytest.mark.parametrize(
    "document",
    [
        make_state(make_resource("aws_ecs_task_definition.web", ARGUMENTS)),
        {"format_version": "1.2", "planned_values": make_state(make_resource("aws_ecs_task_definition.web", ARGUMENTS))["values"]},
        {"format_version": "1.0", "values": {"root_module": {"child_modules": [
            {"address": "module.web", "resources": [{"mode": "data", "type": "aws_ecs_task_definition", "values": {}},
                                                   make_resource("module.web.aws_ecs_task_definition.this", ARGUMENTS)]}]}}},
        make_configuration(**ARGUMENTS),
        {"resource": [{"aws_ecs_task_definition": [{"web": [ARGUMENTS]}]}, {"aws_sns_topic": {"x": {}}}]},
    ],
    ids=["state", "plan", "module", "configuration", "lists of blocks"],
)  # fmt: skip
def test_arguments_become_members_and_absent_values_are_left_out(document: Value) -> None:
    original = read(document)
    assert isinstance(original, Original), original
    assert original.value == MADE
    assert original.left_out.terraform == 6


@pytest.mark.parametrize(
    ("document", "part", "values", "said"),
    [
        (make_state(), "", {}, ("E138", "this state has no task definition", None)),
        (make_state(make_resource("a.b", {"family": "web"})), "", {},
         ("E137", "this state has no value for `container_definitions` of `a.b`", None)),
        (make_state(make_resource("a.b", ARGUMENTS), make_resource("a.c", ARGUMENTS)), "", {},
         ("E138", "this state has 2 task definitions", "name one: `--env ENV=web.json#a.b`")),
        (make_state(make_resource("a.b", {**ARGUMENTS, "colour": "red"})), "", {},
         ("E301", "Terraform has no argument `colour` here", "remove it")),
        (make_state(make_resource("a.b", {**ARGUMENTS, "network_mod": "x"})), "", {},
         ("E301", "Terraform has no argument `network_mod` here", "use `network_mode`")),
        (make_configuration(dynamic={"volume": {}}), "", {}, ("E137", "this configuration has no value for `container_definitions` of "
         "`aws_ecs_task_definition.web`", None)),
        (make_configuration(container_definitions=[]), "", {}, ("E302", "`container_definitions` is JSON in a text, not a list", None)),
        (make_configuration(container_definitions="[]", dynamic={}), "", {},
         ("E301", "Terraform generates a `dynamic` block", "import the output of `terraform show -json`")),
        (make_configuration(container_definitions="[]", runtime_platform=[{}, {}]), "", {},
         ("E302", "`runtime_platform` is one block, not a list", None)),
        (make_configuration(container_definitions="${file(\"a\")}"), "", {},
         ("E137", "`${file(…)}` calls a function, which only Terraform evaluates",
          "import the output of `terraform show -json`, which has the value")),
        (make_configuration(container_definitions="${var.a == 1 ? 2 : 3}"), "", {},
         ("E137", "`${var.a == 1 ? 2 : 3}` is an expression, which only Terraform evaluates",
          "import the output of `terraform show -json`, which has the value")),
        (make_configuration(container_definitions="%{ if true }[]%{ endif }"), "", {},
         ("E137", "`%{…}` is a directive, which only Terraform evaluates",
          "import the output of `terraform show -json`, which has the value")),
        (make_configuration(container_definitions="[]", cpu="${var.cpu}") | {"variable": {"cpu": {"default": 512}}}, "", {},
         ("E137", "`var.cpu` is known to Terraform only: `512` is its default", "give its value: `--set var.cpu=512`")),
        (make_configuration(container_definitions="[]", cpu="${var.cpu}")
         | {"variable": {"cpu": {"default": "x", "sensitive": True}}}, "", {},
         ("E137", "`var.cpu` is known to Terraform only", "give its value: `--set var.cpu=…`")),
        ({"version": 4, "lineage": "x", "resources": []}, "", {},
         ("E301", "this is a state file, whose form is internal to Terraform", "import the output of `terraform show -json` for it")),
        ({"family": "web", "containerDefinitions": []}, "web", {},
         ("E138", "this file is one task definition, and has none called `web`", "remove `#web`")),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused(
    document: Value, part: str, values: dict[str, str], said: tuple[str, str, str | None]
) -> None:
    assert list_refused(read(document, part, **values))[0] == said


def test_what_a_plan_does_not_know_yet_is_named() -> None:
    changes = [
        {
            "address": "aws_ecs_task_definition.web",
            "type": "aws_ecs_task_definition",
            "change": {
                "after_unknown": {"arn": True, "family": False, "task_role_arn": True, "volume": [{"name": True}]}
            },
        }
    ]
    plan = make_state(make_resource("aws_ecs_task_definition.web", ARGUMENTS), resource_changes=changes)
    assert [said for _, said, _ in list_refused(read(plan))] == [
        "`task_role_arn` of `aws_ecs_task_definition.web` is known after apply",
        "`volume` of `aws_ecs_task_definition.web` is known after apply",
    ]


def test_what_terraform_calls_sensitive_is_named_and_taken() -> None:
    marks = {"container_definitions": True, "tags": {}, "tags_all": {}, "volume": [{}]}
    original = read(make_state(make_resource("a.b", ARGUMENTS, sensitive_values=marks)))
    assert isinstance(original, Original) and original.converted is not None
    assert original.converted.sensitive == ("container_definitions",)


def test_one_of_several_is_named_by_its_address_or_name() -> None:
    first, second = (
        make_resource(f"module.{name}.aws_ecs_task_definition.this", {**ARGUMENTS, "family": name}) for name in "ab"
    )
    state = make_state(first, second)
    original = read(state, "module.b.aws_ecs_task_definition.this")
    assert isinstance(original, Original) and original.value["family"] == "b"
    assert list_refused(read(state, "this"))[0][0] == "E138"
    only = read(make_configuration(**ARGUMENTS), "web")
    assert isinstance(only, Original)


def test_expressions_take_given_values_and_escapes_stand_for_themselves() -> None:
    text = '[{"name": "web", "image": "${var.image}", "user": "$${x} %%{y} ${ data.aws_user.x[0].id }"}]'
    configuration = make_configuration(container_definitions=text, tags={"team": "a-${local.team}"}, host_path=None)
    del configuration["resource"]["aws_ecs_task_definition"]["web"]["host_path"]
    values = {"var.image": "web:2", "local.team": "shop", "data.aws_user.x[0].id": "7"}
    original = read(configuration, **values)
    assert isinstance(original, Original) and original.converted is not None
    assert original.value["containerDefinitions"] == [{"name": "web", "image": "web:2", "user": "${x} %{y} 7"}]
    assert original.value["tags"] == [{"key": "team", "value": "a-shop"}]
    assert original.converted.used == frozenset(values)


def test_places_in_containers_are_those_of_the_text() -> None:
    text = '[{"name": "w\\u00e9b", "image": "web:1", "memori": 1}]'
    source = Source("web.tf.json", json.dumps(make_configuration(container_definitions=text)))
    refused = read_original(Given("prod", "web", source))
    assert isinstance(refused, Refused)
    (finding,) = refused.findings
    assert finding.location is not None and finding.excerpt is not None
    assert source.text[finding.location.column - 1 :].startswith('\\"memori\\"')
    assert finding.message == "`containerDefinitions[wéb]` has no member `memori`"


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("", []),
        ("a", [Stretch(0, 1, "a")]),
        ("a${b}c", [Stretch(0, 1, "a"), Stretch(1, 5, "", "${b}"), Stretch(5, 6, "c")]),
        ('${f("}")}', [Stretch(0, 9, "", '${f("}")}')]),
        ("${ {a = 1} }", [Stretch(0, 12, "", "${ {a = 1} }")]),
        ("$${a}", [Stretch(0, 3, "${"), Stretch(3, 5, "a}")]),
        ("${a", [Stretch(0, 3, "", "${a")]),
    ],
)
def test_expressions_are_found_with_their_ends(text: str, stretches: list[Stretch]) -> None:
    assert list(split_text(text)) == stretches


def test_a_name_that_several_have_is_refused_with_their_addresses() -> None:
    state = make_state(*(make_resource(f"module.{each}.aws_ecs_task_definition.web", ARGUMENTS) for each in "ab"))
    help = "name one: `--env ENV=web.json#module.a.aws_ecs_task_definition.web`"
    assert list_refused(read(state, "web")) == [("E138", "this state has 2 task definitions called `web`", help)]


DEEP = 300


def nest_modules(module: Value) -> Value:
    for _ in range(DEEP):
        module = {"child_modules": [module]}
    return module


def nest_tags() -> Value:
    tags: Value = {}
    for _ in range(DEEP):
        tags = {"a": [tags]}
    return {**ARGUMENTS, "tags": tags}


@pytest.mark.parametrize(
    "module",
    [
        nest_modules({"resources": [make_resource("a.b", ARGUMENTS)]}),
        {"resources": [make_resource("a.b", nest_tags())]},
    ],
    ids=["modules", "values"],
)
def test_a_state_that_is_nested_too_deeply_is_refused(module: Value) -> None:
    state = {"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": module}}
    assert list_refused(read(state)) == [("E104", "this nests deeper than 100 levels", None)]
