"""Families of task definitions, one for each environment: a valid one, changed in each environment as people and tools change them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from random import Random
from typing import Any

from generator.ecs.shapes import Shape, shape, task_definition
from generator.model.nodes import Value

ENVIRONMENTS = ("dev", "prod", "staging", "qa", "uat", "eu-prod", "PROD", "test_2", "production", "d")
TEXTS = (
    "", " ", "x", "DEBUG", "true", "null", "512", "007", "1e3", "0x1F", "1.10", "12:30", "2026-11-29", "~", "- a", "a: b", "a #b",
    "{{ env }}", "{{X}}", "{% raw %}", "{#", "{", "}}", "${ENV}", "<IMAGE>", "$replace", "$$x", "$(id)", "'\"\\", "é ü 名", "\u2028",
    "a\nb", "tab\there", "\x01", "arn:aws:iam::123456789012:role/dev-role", "it's", "😀", "@x", "*x", "&x", "!x", "%x", "`x`", "|", ">",
)  # fmt: skip
"""What is hard to write in JSON, Jinja or YAML."""


def make_family(random: Random, base: Value, count: int, changes: int) -> dict[str, Value]:
    """Make a family: the base with the environment's name in it, then changed."""
    family = {}
    envs = random.sample(ENVIRONMENTS, count)
    spread = random.random() < 0.7
    for env in envs:
        document = copy.deepcopy(base)
        if spread:
            name_environment(random, document, env, random.choice(("{}-{}", "{1}-{0}", "{}_{}", "{}")))
        for _ in range(random.randint(0, changes)):
            random.choice(CHANGES)(random, document, env)
        family[env] = document
    return family


def name_environment(random: Random, document: Value, env: str, form: str) -> None:
    """Put the environment's name into the family and some names, and let references follow."""
    document["family"] = form.format(document["family"], env)[:255]
    for container in document.get("containerDefinitions", ()):
        if len(container["name"]) % 2:
            rename(document, container, form.format(container["name"], env))
    for text in ("taskRoleArn", "executionRoleArn"):
        if text in document and random.random() < 0.5:
            document[text] = form.format(document[text], env)


def rename(document: Value, container: Value, name: str) -> None:
    """Give a container another name wherever it stands."""
    old, container["name"] = container["name"], name
    for other in document["containerDefinitions"]:
        for member, key in (("dependsOn", "containerName"), ("volumesFrom", "sourceContainer")):
            for each in other.get(member, ()):
                if each.get(key) == old:
                    each[key] = name
        if "links" in other:
            other["links"] = [name + link[len(old) :] if link.split(":")[0] == old else link for link in other["links"]]
    proxy = document.get("proxyConfiguration", {})
    if proxy.get("containerName") == old:
        proxy["containerName"] = name


def list_spots(value: Value, current: Shape) -> list[tuple[Any, Any, Shape]]:
    """List every scalar: what holds it, its key there, and its shape."""
    found: list[tuple[Any, Any, Shape]] = []
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        below = shape(current.members[str(key)] if current.type == "structure" else current.member)
        if isinstance(child, (dict, list)):
            found += list_spots(child, below)
        else:
            found.append((value, key, below))
    return found


def change_scalar(random: Random, document: Value, env: str) -> None:
    """Change one scalar to another of its type."""
    spots = list_spots(document, task_definition())
    holder, key, current = random.choice(spots)
    if current.type == "integer":
        holder[key] = random.choice((0, 1, 128, 8080, 99999))
    elif current.type == "boolean":
        holder[key] = not holder[key]
    elif holder is not document or key not in ("cpu", "memory"):
        given = holder[key]
        made = random.choice((*TEXTS, env, f"x-{env}-y", f"{given}-{env}", f"{env}.{given}", env.upper()))
        known = key == "name" and not {"value", "valueFrom"} & {*holder}  # nothing names such an item by an empty text
        holder[key] = made or (given if known else "")


def drop_member(random: Random, document: Value, env: str) -> None:
    """Leave out a member that is not required, or an item."""
    holder = random.choice([document, *document.get("containerDefinitions", ())])
    keys = [
        key for key in holder if key not in ("name", "image", "family", "containerDefinitions", "value", "valueFrom")
    ]
    if keys:
        key = random.choice(keys)
        if isinstance(holder[key], list) and len(holder[key]) > 1 and random.random() < 0.7:
            holder[key].pop(random.randrange(len(holder[key])))
        else:
            del holder[key]


def add_variable(random: Random, document: Value, env: str) -> None:
    """Add a variable or a secret to a container."""
    for container in document.get("containerDefinitions", ())[: random.randint(1, 2)]:
        names = {each["name"] for member in ("environment", "secrets") for each in container.get(member, ())}
        name = random.choice(
            ("", "LOG_LEVEL", "PORT", "A", "A_2", "STAGE", "$x", "x y", f"{env.upper()}_X", "null", "{{x}}")
        )
        if name in names:
            continue
        if random.random() < 0.3:
            arn = f"arn:aws:secretsmanager:eu-west-1:123456789012:secret:{random.choice(('app', env))}-{name}:{name}::"
            container.setdefault("secrets", []).append({"name": name, "valueFrom": arn})
        else:
            value = random.choice((*TEXTS, env, "production", "8080", f"http://{env}.example.com"))
            container.setdefault("environment", []).append({"name": name, "value": value})


def shuffle_list(random: Random, document: Value, env: str) -> None:
    """Give a list another order."""
    holder = random.choice([document, *document.get("containerDefinitions", ())])
    lists = [value for value in holder.values() if isinstance(value, list) and len(value) > 1]
    if lists:
        random.shuffle(random.choice(lists))


def add_container(random: Random, document: Value, env: str) -> None:
    """Add a copy of a container under another name, at any place."""
    containers = document["containerDefinitions"]
    made = copy.deepcopy(random.choice(containers))
    made["name"] = random.choice(("sidecar", f"proxy-{env}", "agent", f"{env}-x", "x"))
    if all(each["name"] != made["name"] for each in containers):
        containers.insert(random.randint(0, len(containers)), made)


def drop_container(random: Random, document: Value, env: str) -> None:
    """Leave out a container."""
    containers = document["containerDefinitions"]
    if len(containers) > 1:
        containers.pop(random.randrange(len(containers)))


def rename_container(random: Random, document: Value, env: str) -> None:
    """Give a container another name."""
    container = random.choice(document["containerDefinitions"])
    name = random.choice((f"{container['name']}-{env}", "renamed", env, f"{env}-app", "x"))
    if all(each["name"] != name for each in document["containerDefinitions"]):
        rename(document, container, name)


def empty_list(random: Random, document: Value, env: str) -> None:
    """Empty a list that may be absent."""
    holder = random.choice([document, *document["containerDefinitions"]])
    member = (
        random.choice(("volumes", "placementConstraints"))
        if holder is document
        else random.choice(
            (
                "environment",
                "secrets",
                "command",
                "entryPoint",
                "mountPoints",
                "links",
                "ulimits",
                "portMappings",
                "dependsOn",
            )
        )
    )
    holder[member] = []


def change_driver(random: Random, document: Value, env: str) -> None:
    """Log another way."""
    container = random.choice(document["containerDefinitions"])
    container["logConfiguration"] = random.choice(
        (
            {"logDriver": "awslogs", "options": {"awslogs-group": f"/ecs/{env}", "awslogs-region": "eu-west-1"}},
            {"logDriver": "json-file"},
            {"logDriver": "splunk", "options": {"splunk-url": "https://x"}, "secretOptions": []},
            {"logDriver": "awsfirelens", "options": {}},
        )
    )


def change_volume(random: Random, document: Value, env: str) -> None:
    """Add a volume, or make one of another kind."""
    volumes = document.setdefault("volumes", [])
    kind: Value = random.choice(
        (
            {},
            {"host": {}},
            {"host": {"sourcePath": f"/{env}"}},
            {"efsVolumeConfiguration": {"fileSystemId": f"fs-{env}"}},
        )
    )
    if volumes and random.random() < 0.5:
        at = random.randrange(len(volumes))
        volumes[at] = {"name": volumes[at]["name"], **kind}
    elif all(each["name"] not in ("data", f"data-{env}") for each in volumes):
        volumes.append({"name": random.choice(("data", f"data-{env}")), **kind})


def change_port(random: Random, document: Value, env: str) -> None:
    """Publish another port."""
    container = random.choice(document["containerDefinitions"])
    port = random.choice((80, 8080, 9000))
    container["portMappings"] = random.choice(
        (
            [{"containerPort": port}],
            [{"containerPort": port, "protocol": "tcp"}, {"containerPort": port, "protocol": "udp"}],
            [{"containerPort": port, "hostPort": port, "protocol": "tcp"}],
            [{"containerPortRange": "80-90"}],
        )
    )


CHANGES: tuple[Callable[[Random, Value, str], None], ...] = (
    change_scalar, change_scalar, change_scalar, change_scalar, drop_member, add_variable, add_variable, shuffle_list, add_container,
    drop_container, rename_container, empty_list, change_driver, change_volume, change_port,
)  # fmt: skip


def write_family(family: dict[str, Value]) -> dict[str, str]:
    """Write each document as a file."""
    return {env: json.dumps(document, indent=2) for env, document in family.items()}
