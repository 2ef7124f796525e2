"""What we say of sizes, logs, ports and words is what cfn-lint says of them, but for a list of cases in which it is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest
from cfnlint.api import lint  # type: ignore[import-untyped]
from cfnlint.config import ManualArgs  # type: ignore[import-untyped]
from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER  # type: ignore[import-untyped]

from generator.adopt.cloudformation import find_member
from generator.ecs.cloudformation import READ_ONLY
from generator.ecs.fargate import GB, SIZES
from generator.ecs.shapes import Shape, shape, task_definition
from generator.model.nodes import Value
from generator.rules.validating import Validator
from tests.acceptance.running import ROOT
from tests.laws.strategies import find_ways

IRREGULAR = {
    "efsVolumeConfiguration": "EFSVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration": "FSxWindowsFileServerVolumeConfiguration",
    "s3filesVolumeConfiguration": "S3FilesVolumeConfiguration",
    "iam": "IAM",
}
"""Members whose name in CloudFormation is not theirs with a capital."""


class Topic(NamedTuple):
    """What both look at: documents by the name of the case, our codes for it, and cfn-lint's rules."""

    cases: Mapping[str, Value]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


def to_properties(value: Value, wanted: Shape) -> Value:
    """Spell a document as the properties of a resource of CloudFormation; keys of maps are data and stay."""
    if wanted.type == "structure":
        return {
            IRREGULAR.get(name, name[0].upper() + name[1:]): to_properties(child, shape(wanted.members[name]))
            for name, child in value.items()
        }
    if wanted.type == "list":
        return [to_properties(item, shape(wanted.member)) for item in value]
    return value


def ask_cfn_lint(topic: Topic) -> set[str]:
    """Name the cases that cfn-lint refuses, all asked in one template."""
    names = dict(zip((f"Case{number}" for number in range(len(topic.cases))), topic.cases, strict=True))
    resources = {
        key: {"Type": "AWS::ECS::TaskDefinition", "Properties": to_properties(topic.cases[name], task_definition())}
        for key, name in names.items()
    }
    matches = lint(json.dumps({"Resources": resources}), config=ManualArgs(regions=["us-east-1"]))
    assert [match.message for match in matches if match.rule.id.startswith("E0")] == [], "it could read the template"
    return {names[match.path[1]] for match in matches if match.rule.id in topic.theirs}


def ask_us(topic: Topic) -> set[str]:
    validator = Validator({})
    return {
        name
        for name, document in topic.cases.items()
        if any(problem.code in topic.ours for problem in validator.validate(document))
    }


def fargate(container: Value, **members: Value) -> Value:
    """A task definition for Fargate of one container."""
    document = {"family": "app", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256"}
    return {
        **document,
        "memory": "512",
        "containerDefinitions": [{"name": "app", "image": "app:v1", **container}],
        **members,
    }


def list_sizes() -> dict[str, Value]:
    """Every amount of CPU with every amount of memory that any has, and some that none has."""
    amounts = sorted({*(memory for row in SIZES.values() for memory in row), 500, 1536, 62 * GB, 121 * GB, 245 * GB})
    cpus = (*SIZES, 128, 257, 65536)
    return {f"{cpu} and {memory}": fargate({}, cpu=str(cpu), memory=str(memory)) for cpu in cpus for memory in amounts}


def list_spellings() -> dict[str, Value]:
    quarter = (".25 vCPU", "0.25 vCPU", ".25vcpu", "0.250 vCPU", "256 ", "0256", "0.25", "quarter")
    gigabyte = ("1 GB", "1GB", "1 gb", "1.0 GB", "0.5 GB", ".5 GB", "1024 MB", "1 GiB", "1,5 GB", "01 GB", "")
    cpus = {f"cpu {cpu}": fargate({}, cpu=cpu, memory="1024") for cpu in (*quarter, "")}
    memories = {f"memory {memory}": fargate({}, memory=memory) for memory in gigabyte}
    return {
        **cpus,
        **memories,
        "no cpu": {name: value for name, value in fargate({}).items() if name != "cpu"},
        "no memory": {name: value for name, value in fargate({}).items() if name != "memory"},
        "sizes of an instance": fargate({}, requiresCompatibilities=["EC2"], cpu="300", memory="700"),
    }


def list_constraints() -> dict[str, Value]:
    constraint = {"type": "memberOf", "expression": "attribute:ecs.os-type == linux"}
    return {
        "none": fargate({}),
        "an empty list": fargate({}, placementConstraints=[]),
        "one": fargate({}, placementConstraints=[constraint]),
        "one on EC2": fargate({}, placementConstraints=[constraint], requiresCompatibilities=["EC2"]),
    }


def list_modes() -> dict[str, Value]:
    modes = {f"mode {mode}": fargate({}, networkMode=mode) for mode in shape("NetworkMode").enum}
    return {**modes, "no mode": {name: value for name, value in fargate({}).items() if name != "networkMode"}}


def list_drivers() -> dict[str, Value]:
    options = {"awslogs-group": "/app", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "app"}
    return {
        f"{driver} on {launch}": fargate(
            {"logConfiguration": {"logDriver": driver, "options": options}}, requiresCompatibilities=[launch]
        )
        for driver in shape("LogDriver").enum
        for launch in ("FARGATE", "EC2")
    }


def list_options() -> dict[str, Value]:
    """Options of awslogs: each that is known, alone and beside the needed ones, and some that are not."""
    needed = {"awslogs-group": "/app", "awslogs-region": "eu-west-1"}
    others = {
        "awslogs-stream-prefix": "app",
        "awslogs-create-group": "true",
        "awslogs-datetime-format": "%H",
        "awslogs-multiline-pattern": "^x",
        "mode": "non-blocking",
        "max-buffer-size": "25m",
        "awslogs-endpoint": "https://logs.example.com",
        "awslogs-stream": "app",
        "awslogs-retention-in-days": "7",
        "Awslogs-Group": "/app",
        "tag": "app",
    }
    options = {
        "needed": needed,
        "no options": None,
        "empty options": {},
        "no group": {"awslogs-region": "eu-west-1"},
        "no region": {"awslogs-group": "/app"},
        **{f"with {name}": {**needed, name: value} for name, value in others.items()},
    }
    return {name: log(value) for name, value in options.items()}


def log(options: Value | None) -> Value:
    """A task definition for EC2 that logs to CloudWatch."""
    configuration = {"logDriver": "awslogs", **({} if options is None else {"options": options})}
    return fargate({"logConfiguration": configuration}, requiresCompatibilities=["EC2"])


def list_ports() -> dict[str, Value]:
    hosts: dict[str, Value] = {"none": {}, "0": {"hostPort": 0}, "same": {"hostPort": 80}, "other": {"hostPort": 8080}}
    return {
        f"{name} in {mode}": fargate(
            {"portMappings": [{"containerPort": 80, **host}]}, networkMode=mode, requiresCompatibilities=["EC2"]
        )
        for name, host in hosts.items()
        for mode in ("awsvpc", "bridge")
    }


def list_words() -> dict[str, Value]:
    """Every word of every enum where it belongs, one that is none, and one in another case."""
    return {
        f"{'.'.join(way)} {word}": build(task_definition(), way, word)
        for way in find_ways()
        for words in [find_enum(way)]
        for word in ([*words, "none-such", words[0].swapcase()] if words else [])
    }


def find_enum(way: tuple[str, ...]) -> tuple[str, ...]:
    wanted = task_definition()
    for name in way:
        child = shape(wanted.members[name])
        wanted = shape(child.member) if child.member else child
    return wanted.enum


def build(wanted: Shape, way: tuple[str, ...], word: str) -> Value:
    """Build the least value that has a word at the end of a way."""
    if wanted.type == "list":
        return [build(shape(wanted.member), way, word)]
    if wanted.type == "structure":
        names = {*wanted.required, *way[:1], *({"name"} if "name" in wanted.members else ())}
        return {
            name: build(
                shape(wanted.members[name]), way[1:] if name in way[:1] else (), word if name in way[:1] else ""
            )
            for name in wanted.members
            if name in names
        }
    if wanted.type in ("integer", "boolean"):
        return wanted.type == "boolean" or 1
    return word or (wanted.enum[0] if wanted.enum else "app")


TOPICS = {
    "sizes": Topic(list_sizes(), ("E402", "E411", "E412"), ("E3047", "E3048")),
    "spellings": Topic(list_spellings(), ("E402", "E411", "E412"), ("E3047", "E3048", "E3012")),
    "constraints": Topic(list_constraints(), ("E421",), ("E3048",)),
    "modes": Topic(list_modes(), ("E432",), ("E3048",)),
    "drivers": Topic(list_drivers(), ("E455",), ("E3048",)),
    "options": Topic(list_options(), ("E456", "E457"), ("E3046",)),
    "ports": Topic(list_ports(), ("E433",), ("E3053",)),
    "words": Topic(list_words(), ("E401",), ("E3030",)),
}

ANY_FRACTION = (
    "ECS takes any decimal number before the unit, botocore's `cpu` and `memory`; cfn-lint knows one spelling of each"
)
NO_EVIDENCE = "nobody has seen ECS refuse a leading zero, and a false alarm is worse than a miss"
NO_ENUM = "the enum is in botocore's model, and CloudFormation's resource has text there"
UNKNOWN = "botocore's model has this member and its enum, and CloudFormation's resource has not got it yet"

DISAGREEMENTS: dict[str, dict[str, str]] = {
    "spellings": {
        "cpu 0.25 vCPU": ANY_FRACTION,
        "cpu 0.250 vCPU": ANY_FRACTION,
        "cpu 0256": NO_EVIDENCE,
        "memory 1.0 GB": ANY_FRACTION,
        "memory .5 GB": ANY_FRACTION,
        "memory 01 GB": NO_EVIDENCE,
    },
    "constraints": {
        "an empty list": "describe-task-definition answers so for every task on Fargate, and ECS registers it again",
    },
    "ports": {
        "0 in awsvpc": "ECS takes 0 for the port of the container (hashicorp/terraform-provider-aws issue 3401)",
    },
    "words": {
        "containerDefinitions.logConfiguration.logDriver none-such": NO_ENUM,
        "containerDefinitions.logConfiguration.logDriver JSON-FILE": NO_ENUM,
        "trustedExecutionConfiguration.isolationMode none-such": UNKNOWN,
        "trustedExecutionConfiguration.isolationMode shared": UNKNOWN,
    },
}
"""By topic and case: why we are right and cfn-lint 1.58.0 is not. It has the sizes of 32 vCPU, which 1.51.0 had not."""


def find_disagreements(topic: Topic) -> Iterator[str]:
    ours, theirs = ask_us(topic), ask_cfn_lint(topic)
    assert ours and theirs and ours & theirs, "each refuses something, and something is refused by both"
    for name in topic.cases:
        if (name in ours) != (name in theirs):
            yield name


@pytest.mark.parametrize("name", TOPICS)
def test_cfn_lint_agrees_where_it_is_right(name: str) -> None:
    assert set(find_disagreements(TOPICS[name])) == DISAGREEMENTS.get(name, {}).keys()


# What the page on other tools says of CloudFormation.


RESOURCE = "AWS::ECS::TaskDefinition"


def find_others(wanted: Shape, schema: Value, root: Value, path: str = "") -> Iterator[str]:
    """Find the members that are no properties of the resource, spelt as there, and the properties that are no members."""
    if "$ref" in schema:
        schema = root["definitions"][schema["$ref"].rpartition("/")[2]]
    if wanted.type == "list":
        yield from find_others(shape(wanted.member), schema["items"], root, f"{path}[]")
    if wanted.type != "structure":
        return
    assert schema["additionalProperties"] is False, path
    members = {IRREGULAR.get(name, name[0].upper() + name[1:]): shape(each) for name, each in wanted.members.items()}
    yield from (f"{path}.{name}" for name in sorted(members.keys() ^ schema["properties"].keys()))
    for name in members.keys() & schema["properties"].keys():
        yield from find_others(members[name], schema["properties"][name], root, f"{path}.{name}")


def test_names_in_cloudformation_differ_by_more_than_a_capital_where_the_page_says_so() -> None:
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", RESOURCE).schema
    assert set(find_others(task_definition(), schema, schema)) == {
        ".TaskDefinitionArn",  # read-only
        ".TrustedExecutionConfiguration",
        ".ProxyConfiguration.Properties",
        ".ProxyConfiguration.ProxyConfigurationProperties",
        ".Volumes[].EFSVolumeConfiguration.FileSystemId",
        ".Volumes[].EFSVolumeConfiguration.FilesystemId",
    }
    properties = {f"/properties/{name}" for name in schema["properties"]}
    assert properties - {*schema["createOnlyProperties"]} == {"/properties/Tags", "/properties/TaskDefinitionArn"}


def test_an_artifact_as_it_is_has_no_property_of_cloudformation() -> None:
    document = json.loads((ROOT / "rendered" / "dev" / "trading-bot-task.json").read_text(encoding="utf-8"))
    resources = {"Task": {"Type": RESOURCE, "Properties": document}}
    matches = lint(json.dumps({"Resources": resources}), config=ManualArgs(regions=["us-east-1"]))
    assert {match.path[3] for match in matches if match.rule.id == "E3002"} == document.keys()
    assert all(match.message.startswith("Additional properties are not allowed (") for match in matches)


def list_strangers(schema: Value, whole: Value, current: Shape) -> Iterator[str]:
    """List the properties in cfn-lint's copy of the resource's schema that no member of ECS matches for an import."""
    if "$ref" in schema:
        schema = whole["definitions"][schema["$ref"].rpartition("/")[2]]
    if current.type == "list":
        yield from list_strangers(schema["items"], whole, shape(current.member))
    elif current.type == "structure":
        for name, below in schema["properties"].items():
            member = find_member(current, name)
            if member is None:
                yield name
            else:
                yield from list_strangers(below, whole, shape(current.members[member]))


def test_an_import_knows_every_property_of_the_resource() -> None:
    whole = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", "AWS::ECS::TaskDefinition").schema
    assert len(whole["properties"]) > 15
    assert set(list_strangers(whole, whole, task_definition())) == READ_ONLY
