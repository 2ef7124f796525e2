"""One task definition in the forms that other tools have: templates of CloudFormation, states, plans and configurations of Terraform."""

from __future__ import annotations

import json
from random import Random

from generator.ecs.shapes import Shape, shape, task_definition
from generator.ecs.terraform import ARGUMENTS, LACKING, PAIRS
from generator.model.nodes import Value

SPELLINGS = {"efsVolumeConfiguration": "EFSVolumeConfiguration", "fileSystemId": "FilesystemId", "iam": "IAM"}
"""Members whose property of CloudFormation is more than a capital letter."""


def drop_unsaid(document: Value) -> Value:
    """Leave out of a task definition what Terraform has no word for: empty texts, and members with nothing in them."""
    made = {key: value for key, value in document.items() if value not in ("", [], {})}
    for volume in made.get("volumes", ()):
        for key in [key for key, value in volume.items() if value in ("", {})]:
            del volume[key]
        for key, value in volume.items():
            if isinstance(value, dict):
                volume[key] = {
                    name: given for name, given in value.items() if given not in ("", {}, 0) or given is False
                }
        docker = volume.get("dockerVolumeConfiguration", {})
        if docker.get("scope") == "task" and docker.get("autoprovision") is False:
            del docker["autoprovision"]
    return made


def write_templates(document: Value, random: Random) -> list[Value]:
    """Write a task definition as templates of CloudFormation: in JSON, and in YAML with functions that give no value of their own."""
    properties = capitalize(document, task_definition())
    resources = {"Web": {"Type": "AWS::ECS::TaskDefinition", "Properties": properties}}
    return [{"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}, write_yaml(properties, random)]


def capitalize(value: Value, current: Shape) -> Value:
    """Spell members as CloudFormation does."""
    if current.type == "structure":
        return {
            spell_property(key, current): capitalize(child, shape(current.members[key])) for key, child in value.items()
        }
    if current.type == "list":
        return [capitalize(child, shape(current.member)) for child in value]
    return value


def spell_property(key: str, current: Shape) -> str:
    """Spell one property."""
    if (current.name, key) == ("ProxyConfiguration", "properties"):
        return "ProxyConfigurationProperties"
    return SPELLINGS.get(key) or key[0].upper() + key[1:]


def write_yaml(properties: Value, random: Random) -> str:
    """Write a template in YAML, one member a line, its values in JSON. Texts may be joined of parts."""
    lines = ["Resources:", "  Web:", "    Type: AWS::ECS::TaskDefinition", "    Properties:"]
    for key, value in properties.items():
        written = json.dumps(value)
        if isinstance(value, str) and len(value) > 1 and random.random() < 0.5:
            at = random.randrange(1, len(value))
            written = f'!Join ["", {json.dumps([value[:at], value[at:]])}]'
        elif isinstance(value, str) and random.random() < 0.5:
            written = f"!Sub {json.dumps(value.replace('${', '${!'))}"
        lines.append(f"      {key}: {written}")
    return "\n".join(lines) + "\n"


def write_terraform(document: Value) -> list[Value]:
    """Write a task definition as a state, a plan and a configuration of Terraform; none if the provider lacks a member of it."""
    if not LACKING.isdisjoint(document):
        return []
    arguments = translate(document, task_definition())
    resource = {
        "address": "aws_ecs_task_definition.web",
        "mode": "managed",
        "type": "aws_ecs_task_definition",
        "name": "web",
    }
    module = {"resources": [{**resource, "values": {**arguments, "arn": "x", "tags_all": {}}, "sensitive_values": {}}]}
    escaped = escape(arguments)
    return [
        {"format_version": "1.0", "values": {"root_module": module}},
        {"format_version": "1.2", "planned_values": {"root_module": {"child_modules": [module]}}},
        {"resource": {"aws_ecs_task_definition": {"web": escaped}}},
    ]


def translate(value: Value, current: Shape) -> Value:
    """Spell members as Terraform does, blocks as lists."""
    made: dict[str, Value] = {}
    names = {member: argument for argument, member in ARGUMENTS[current.name].items()}
    for key, child in value.items():
        name, below = names[key], shape(current.members[key])
        if name == "container_definitions":
            made[name] = json.dumps(child)
        elif name == "host_path":
            made[name] = child["sourcePath"]
        elif name in PAIRS:
            first, second = PAIRS[name]
            made[name] = {pair[first]: pair[second] for pair in child}
        elif below.type == "structure":
            made[name] = [translate(child, below)]
        elif below.type == "list" and below.member in ARGUMENTS:
            made[name] = [translate(each, shape(below.member)) for each in child]
        else:
            made[name] = child
    return made


def escape(value: Value) -> Value:
    """Write what would be expressions as texts."""
    if isinstance(value, str):
        return value.replace("${", "$${").replace("%{", "%%{")
    if isinstance(value, dict):
        return {key: escape(child) for key, child in value.items()}
    return [escape(child) for child in value] if isinstance(value, list) else value
