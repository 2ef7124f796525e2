"""The section `aws` of an overlay: account, region, cluster, services. Knows their shapes, and not which exist."""

from __future__ import annotations

import re

from generator.documents.parsing.sections import Reader, describe
from generator.documents.parsing.yaml import is_refused
from generator.model.findings import Change, Place
from generator.model.nodes import ListNode, MapNode, Scalar, is_yaml_null

AWS_KEYS = ("account", "region", "cluster", "service", "previous_family", "run")


def read_aws(reader: Reader, root: MapNode) -> dict[str, Scalar]:
    """Read account and region, both as text, whatever they look like."""
    section = reader.read_section(root, "aws", "aws")
    if section is None:
        return {}
    reader.check_keys(section, AWS_KEYS, "`aws`")
    found: dict[str, Scalar] = {}
    for key, wanted, check in (
        ("account", "12 digits", is_account),
        ("region", "the name of a region", is_region),
    ):
        node = section.items.get(key)
        if node is None or is_refused(node):
            continue
        if isinstance(node, Scalar) and check(node.text):
            found[key] = node
            continue
        written = f"`{node.text}`" if isinstance(node, Scalar) else describe(node)
        help, change = None, None
        if key == "region" and isinstance(node, Scalar) and is_region(node.text[:-1]):
            help = f"`{node.text}` is an availability zone: write `{node.text[:-1]}`"
            change = Change("text", node.text[:-1])
        reader.report(node.place, "E125", f"`aws.{key}` is {wanted}, not {written}", help, change)
    return found


def read_cluster(reader: Reader, root: MapNode) -> Scalar | None:
    """Read the cluster that services of the environment run on."""
    section = root.items.get("aws")
    return read_name(reader, section, "cluster", "aws.cluster") if isinstance(section, MapNode) else None


def read_services(reader: Reader, root: MapNode) -> tuple[dict[str, Scalar], dict[str, Place]]:
    """Read the services that tasks run as, by task: the one of the only task is under the empty name, and no key names it."""
    section = root.items.get("aws")
    services = section.items.get("service") if isinstance(section, MapNode) else None
    if isinstance(services, MapNode):
        read = {task: read_name(reader, services, task, f"aws.service.{task}") for task in services.items}
    else:
        read = {"": read_name(reader, section, "service", "aws.service")} if isinstance(section, MapNode) else {}
    named = {task: name for task, name in read.items() if name is not None}
    return named, services.keys if isinstance(services, MapNode) else {}


def read_previous_families(reader: Reader, root: MapNode) -> tuple[Scalar, ...]:
    """Read the family, or the list of families, that services may run until they are deployed to."""
    section = root.items.get("aws")
    node = section.items.get("previous_family") if isinstance(section, MapNode) else None
    if node is None or is_refused(node):
        return ()
    items = node.items if isinstance(node, ListNode) else (node,)
    for item in items:
        if not (isinstance(item, Scalar) and is_family(item.text)) or is_yaml_null(item):
            written = f"`{item.text}`" if isinstance(item, Scalar) else describe(item)
            reader.report(
                item.place, "E125", f"`aws.previous_family` is the name of a family, or a list of these, not {written}"
            )
            return ()
    return tuple(item for item in items if isinstance(item, Scalar))


def read_run(reader: Reader, root: MapNode) -> dict[str, tuple[Scalar, ...]]:
    """Read where and how tasks are started that no service runs."""
    section = root.items.get("aws")
    if not isinstance(section, MapNode) or "run" not in section.items:
        return {}
    from generator.documents.parsing import run_section  # only if an overlay has one

    return run_section.read_run(reader, section)


def read_name(reader: Reader, parent: MapNode, key: str, path: str) -> Scalar | None:
    """Read the name or ARN of a cluster or service, or a null where there is none."""
    node = parent.items.get(key)
    if node is None or is_refused(node):
        return None
    kind = "cluster" if path == "aws.cluster" else "service"
    if isinstance(node, Scalar) and (is_yaml_null(node) or is_name(node.text, kind)):
        return node
    written = f"`{node.text}`" if isinstance(node, Scalar) else describe(node)
    reader.report(node.place, "E125", f"`{path}` is the name of a {kind}, or its ARN, not {written}")
    return None


def is_account(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdecimal()


def is_region(text: str) -> bool:
    """Whether a text has the shape of a region (`us-east-1`, `us-gov-west-1`, `eusc-de-east-1`); which ones exist is AWS's to say."""
    return re.fullmatch(r"[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}", text) is not None


def is_family(text: str) -> bool:
    """Whether a text can name a family. Source: the docstring of RegisterTaskDefinition in botocore 1.44.5."""
    return re.fullmatch(r"[\w-]{1,255}", text, re.ASCII) is not None


def is_name(text: str, kind: str) -> bool:
    """Whether a text can name a cluster or service. Source: the docstrings of CreateCluster and CreateService in botocore 1.44.5."""
    rest = "cluster/" if kind == "cluster" else r"service/(?:[\w-]+/)?"
    return (
        re.fullmatch(rf"(?:arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{{12}}:{rest})?[\w-]{{1,255}}", text, re.ASCII)
        is not None
    )
