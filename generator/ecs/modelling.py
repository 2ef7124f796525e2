"""A service model of botocore, as its `service-2.json` has it, reduced to what a `Model` is made of. Refuses a type it does not know."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.nodes import Value

TYPES = frozenset(("structure", "list", "map", "string", "integer", "boolean"))


def reduce_service(service: Value, version: str) -> Value:
    """Reduce the service model of ECS, of a botocore of this version, to facts. A ValueError says what is new to us."""
    register = service["operations"]["RegisterTaskDefinition"]["input"]["shape"]
    answer = service["operations"]["DescribeTaskDefinition"]["output"]["shape"]
    described = service["shapes"][answer]["members"]["taskDefinition"]["shape"]
    known = service["shapes"][register]["members"]
    shapes = dict(walk_shapes(service["shapes"], {"shape": register}, set()))
    return {
        "botocore": version,
        "input": register,
        "read_only": [member for member in service["shapes"][described]["members"] if member not in known],
        "shapes": {name: shapes[name] for name in sorted(shapes)},
    }


def walk_shapes(shapes: Value, reference: Value, seen: set[str]) -> Iterator[tuple[str, Value]]:
    """Yield a shape and every shape below it once, keys of maps omitted since they are always strings."""
    name = reference["shape"]
    if name in seen:
        return
    seen.add(name)
    shape = {**shapes[name], **reference}  # anyone who refers to a shape may add to what it says
    yield name, describe_shape(name, shape)
    below = [*shape.get("members", {}).values(), *(shape[part] for part in ("member", "value") if part in shape)]
    for child in below:
        yield from walk_shapes(shapes, child, seen)


def describe_shape(name: str, shape: Value) -> Value:
    """Reduce a shape to what it asks of values; a type that was never seen is an error, never a guess."""
    type = shape["type"]
    if type not in TYPES:
        raise ValueError(f"the model has a new type: {name} is a {type}")
    facts = {"type": type}
    if type == "structure":
        facts["members"] = {member: child["shape"] for member, child in shape["members"].items()}
        facts |= {"required": list(shape["required"])} if shape.get("required") else {}
    elif type == "list":
        facts["member"] = shape["member"]["shape"]
    elif type == "map":
        facts["value"] = shape["value"]["shape"]
    elif type == "string" and shape.get("enum"):
        facts["enum"] = list(shape["enum"])
    return facts | {key: shape[key] for key in ("min", "max", "union") if key in shape}
