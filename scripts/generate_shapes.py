"""Writes the ECS shapes of the installed botocore's service model into the package; refuses a type it does not know."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore
import botocore.session
from botocore.model import ListShape, MapShape, OperationModel, Shape, StringShape, StructureShape

TARGET = Path(__file__).resolve().parent.parent / "generator" / "taskdef"
REFERENCE = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_{}.html"
TYPES = {"structure", "list", "map", "string", "integer", "boolean"}


def main() -> None:
    """Write both data files and say where."""
    for name, text in generate_data().items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"generator/taskdef/{name}: from botocore {botocore.__version__}\n")


def generate_data() -> dict[str, str]:
    """Generate the text of each data file, by file name."""
    service = botocore.session.get_session().get_service_model("ecs")
    register = service.operation_model("RegisterTaskDefinition")
    described = service.operation_model("DescribeTaskDefinition").output_shape.members["taskDefinition"]
    shapes = {shape.name: shape for shape in walk_shapes(register.input_shape)}
    lines = ",\n".join(f"{_dump(name)}: {_dump(describe_shape(shapes[name]))}" for name in sorted(shapes))
    read_only = [member for member in described.members if member not in register.input_shape.members]
    return {
        "shapes.json": (
            f'{{"botocore": {_dump(botocore.__version__)},\n"input": {_dump(register.input_shape.name)},\n'
            f'"read_only": {_dump(read_only)},\n"shapes": {{\n{lines}\n}}}}\n'
        ),
        "documentation.json": json.dumps(list_pages(register, shapes), indent=0, ensure_ascii=False) + "\n",
    }


def walk_shapes(shape: Shape, seen: set[str] | None = None) -> Iterator[Shape]:
    """Yield a shape and every shape below it once, keys of maps left out since they are always strings."""
    seen = set() if seen is None else seen
    if shape.name in seen:
        return
    seen.add(shape.name)
    yield shape
    match shape:
        case StructureShape():
            for member in shape.members.values():
                yield from walk_shapes(member, seen)
        case ListShape():
            yield from walk_shapes(shape.member, seen)
        case MapShape():
            yield from walk_shapes(shape.value, seen)


def describe_shape(shape: Shape) -> dict[str, Any]:
    """Reduce a shape to what rendering needs; a type it has never seen is an error, never a guess."""
    if shape.type_name not in TYPES:
        raise ValueError(f"the model has a new type: {shape.name} is a {shape.type_name}")
    facts: dict[str, Any] = {"type": shape.type_name}
    match shape:
        case StructureShape():
            facts["members"] = {name: member.name for name, member in shape.members.items()}
            facts |= {"required": list(shape.required_members)} if shape.required_members else {}
        case ListShape():
            facts["member"] = shape.member.name
        case MapShape():
            facts["value"] = shape.value.name
        case StringShape() if shape.enum:
            facts["enum"] = list(shape.enum)
    return facts | {key: shape.metadata[key] for key in ("min", "max", "union") if key in shape.metadata}


def list_pages(register: OperationModel, shapes: dict[str, Shape]) -> dict[str, str]:
    """List the page of each structure in the API reference; the input itself is described on the page of its action."""
    structures = sorted(name for name, shape in shapes.items() if isinstance(shape, StructureShape))
    return {name: REFERENCE.format(register.name if name == register.input_shape.name else name) for name in structures}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
