"""Converts files of Terraform to the task definition in them: the output of `terraform show -json`, and configurations in JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.adopt.arguments import Translator
from generator.adopt.converted import Converted, Found, choose_found, find_text, is_absent, join_findings
from generator.adopt.interpolations import Interpolator
from generator.documents.parsing.anchors import MAX_DEPTH
from generator.ecs.terraform import ARGUMENTS, CONTAINERS, RESOURCE
from generator.model.findings import Finding, Path, Place, finding_at
from generator.model.nodes import ListNode, MapNode, Node, Scalar, Value
from generator.model.records import Record

ROOT = "RegisterTaskDefinitionRequest"


class Resource(Record):
    """A task definition in a file: its address, its arguments, and the names of the sensitive and the unknown ones."""

    address: str
    place: Place
    arguments: MapNode
    sensitive: tuple[str, ...] = ()
    unknown: tuple[tuple[str, Place], ...] = ()


def is_shown(node: MapNode) -> bool:
    """Whether a file is the output of `terraform show -json`."""
    return "format_version" in node.items and not {"values", "planned_values", "terraform_version"}.isdisjoint(
        node.items
    )


def is_configuration(node: MapNode) -> bool:
    """Whether a file is a configuration of Terraform in JSON, with resources."""
    return isinstance(node.items.get("resource"), (MapNode, ListNode))


def refuse_state(node: MapNode) -> Converted | None:
    """Refuse a state file from the disk: its form is internal to Terraform."""
    if "lineage" not in node.items or "resources" not in node.items:
        return None
    message = "this is a state file, whose form is internal to Terraform"
    help = "import the output of `terraform show -json` for it"
    return Converted(findings=(finding_at(node.keys["resources"], "E301", message, help=help),))


def list_ways(value: Value) -> Iterator[Path]:
    """List the paths to all values about task definitions in the output of `terraform show -json`."""
    if isinstance(value, dict):
        yield from ((name,) for name in value)
        for section in ("values", "planned_values"):
            part = value.get(section)
            if isinstance(part, dict):
                yield from list_ways_below(part.get("root_module"), (section, "root_module"))
        yield from list_resource_ways(value.get("resource_changes"), ("resource_changes",))


def list_ways_below(module: Value, path: Path) -> Iterator[Path]:
    """List the paths to the task definitions of a module and its child modules. Raises ValueError if these are nested too deeply."""
    check_depth(path)
    if isinstance(module, dict):
        yield from list_resource_ways(module.get("resources"), (*path, "resources"))
        children = module.get("child_modules")
        for at, child in enumerate(children if isinstance(children, list) else ()):
            yield from list_ways_below(child, (*path, "child_modules", at))


def list_resource_ways(resources: Value, path: Path) -> Iterator[Path]:
    """List the paths to all values of task definitions in a list of resources."""
    for at, each in enumerate(resources if isinstance(resources, list) else ()):
        if isinstance(each, dict) and each.get("type") == RESOURCE:
            yield from list_leaves(each, (*path, at))


def list_leaves(value: Value, path: Path) -> Iterator[Path]:
    """List the paths to all scalars in a value, and to empty mappings and lists. Raises ValueError if these are nested too deeply."""
    check_depth(path)
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [each for name, child in children for each in list_leaves(child, (*path, name))]
    yield from below or [path]


def check_depth(path: Path) -> None:
    if len(path) > MAX_DEPTH:
        raise ValueError("nested too deeply")


def convert_shown(node: MapNode, part: str) -> Converted:
    """Convert the task definition in a state or plan. `part` is its address if there are several."""
    section = "planned_values" if "planned_values" in node.items else "values"
    values = node.items.get(section)
    changes = {find_text(each, "address"): each for each in list_items(node.items.get("resource_changes"))}
    root = values.items.get("root_module") if isinstance(values, MapNode) else None
    resources = list(list_shown(root, changes))
    what = "this plan" if section == "planned_values" else "this state"
    found = [Found(each.address, each.place) for each in resources]
    chosen = choose_found(found, part, node.keys.get(section, node.place), what=what)
    if isinstance(chosen, Finding):
        return Converted(findings=(chosen,))
    return convert_resource(resources[chosen], None, what)


def list_shown(module: Node | None, changes: Mapping[str | None, Node]) -> Iterator[Resource]:
    """List the task definitions of a module and its child modules."""
    if not isinstance(module, MapNode):
        return
    for each in list_items(module.items.get("resources")):
        arguments = each.items.get("values")
        if find_text(each, "type") != RESOURCE or find_text(each, "mode") != "managed":
            continue
        address = find_text(each, "address") or ""
        place = each.items["address"].place if "address" in each.items else each.place
        given = arguments if isinstance(arguments, MapNode) else MapNode(each.place, {}, {})
        change = changes.get(address)
        after = change.items.get("change") if isinstance(change, MapNode) else None
        unknown = list_marked(after.items.get("after_unknown") if isinstance(after, MapNode) else None)
        sensitive = tuple(name for name, _ in list_marked(each.items.get("sensitive_values")))
        yield Resource(address, place, given, sensitive, unknown)
    for child in list_items(module.items.get("child_modules")):
        yield from list_shown(child, changes)


def list_items(node: Node | None) -> tuple[MapNode, ...]:
    """List the mappings in a list."""
    return tuple(item for item in node.items if isinstance(item, MapNode)) if isinstance(node, ListNode) else ()


def list_marked(node: Node | None) -> tuple[tuple[str, Place], ...]:
    """List the arguments that `true` marks, in whole or in part, and that have a member in ECS."""
    if not isinstance(node, MapNode):
        return ()
    known = ARGUMENTS[ROOT]
    return tuple((name, node.keys[name]) for name, mark in node.items.items() if name in known and is_marked(mark))


def is_marked(node: Node) -> bool:
    if isinstance(node, MapNode):
        return any(is_marked(child) for child in node.items.values())
    if isinstance(node, ListNode):
        return any(is_marked(child) for child in node.items)
    return isinstance(node, Scalar) and node.kind == "boolean" and node.text == "true"


def convert_configuration(node: MapNode, part: str, values: Mapping[str, str]) -> Converted:
    """Convert the task definition in a configuration, with values that are given by hand for its expressions."""
    resources = [
        Resource(f"{RESOURCE}.{name}", types.keys[name], block)
        for kinds in list_blocks(node.items["resource"])
        for types in list_blocks(kinds.items.get(RESOURCE))
        for name, named in types.items.items()
        for block in list_blocks(named)
    ]
    found = [Found(each.address, each.place) for each in resources]
    chosen = choose_found(found, part, node.keys["resource"], what="this configuration")
    if isinstance(chosen, Finding):
        return Converted(findings=(chosen,))
    interpolator = Interpolator(values, dict(list_defaults(node.items.get("variable"))))
    return convert_resource(resources[chosen], interpolator, "this configuration")


def list_blocks(node: Node | None) -> tuple[MapNode, ...]:
    """List the blocks of one kind: one mapping, or a list of them."""
    return (node,) if isinstance(node, MapNode) else list_items(node)


def list_defaults(node: Node | None) -> Iterator[tuple[str, str]]:
    """List the variables whose default is a single value, unless they are sensitive."""
    for variables in list_blocks(node):
        for name, named in variables.items.items():
            for block in list_blocks(named):
                default = block.items.get("default")
                if isinstance(default, Scalar) and default.kind != "null" and find_text(block, "sensitive") != "true":
                    yield f"var.{name}", default.text


def convert_resource(resource: Resource, interpolator: Interpolator | None, what: str) -> Converted:
    """Translate the arguments of a resource. An argument that Terraform does not know yet is reported by name (E137)."""
    missing = [
        finding_at(
            place,
            "E137",
            f"`{name}` of `{resource.address}` is known after apply",
            help="apply the plan, and import the output of `terraform show -json` for the state",
        )
        for name, place in resource.unknown
    ]
    if not missing and is_absent(resource.arguments.items.get(CONTAINERS)):
        message = f"{what} has no value for `{CONTAINERS}` of `{resource.address}`"
        missing = [finding_at(resource.place, "E137", message)]
    translator = Translator(interpolator)
    node = translator.translate_root(resource.arguments)
    findings = (*translator.findings, *(interpolator.findings if interpolator else ()))
    names = (interpolator.used, interpolator.wanted) if interpolator else ((), ())
    every = join_findings(missing or findings)
    used, wanted = (frozenset(each) for each in names)
    made = Converted(None if every else node, every, used, wanted, translator.left_out)
    return made._replace(sensitive=resource.sensitive)
