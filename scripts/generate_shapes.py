"""Writes the ECS shapes of the installed botocore's service model into the package; what is in them is `ecs.modelling`'s to say."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import botocore
from botocore.loaders import Loader

from generator.ecs.modelling import reduce_service
from generator.model.nodes import Value

TARGET = Path(__file__).resolve().parent.parent / "generator" / "ecs"
REFERENCE = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_{}.html"
ACTION = "RegisterTaskDefinition"


def main() -> None:
    """Write both data files and say where."""
    for name, text in generate_data().items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"generator/ecs/{name}: from botocore {botocore.__version__}\n")


def generate_data() -> dict[str, str]:
    """Generate the text of each data file, by file name."""
    facts = reduce_service(Loader().load_service_model("ecs", "service-2"), botocore.__version__)
    lines = ",\n".join(f"{_dump(name)}: {_dump(shape)}" for name, shape in facts["shapes"].items())
    return {
        "shapes.json": (
            f'{{"botocore": {_dump(facts["botocore"])},\n"input": {_dump(facts["input"])},\n'
            f'"read_only": {_dump(facts["read_only"])},\n"shapes": {{\n{lines}\n}}}}\n'
        ),
        "documentation.json": json.dumps(list_pages(facts), indent=0, ensure_ascii=False) + "\n",
    }


def list_pages(facts: Value) -> dict[str, str]:
    """List the page of each structure in the API reference; the input itself is described on the page of its action."""
    structures = (name for name, shape in facts["shapes"].items() if shape["type"] == "structure")
    return {name: REFERENCE.format(ACTION if name == facts["input"] else name) for name in structures}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
