"""Writes the ECS shapes of the installed botocore's service model into the package, and what its documentation demands into the tests.

What is in the shapes is `ecs.modelling`'s to say.
"""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path

import botocore
from botocore.loaders import Loader

from generator.ecs.modelling import reduce_service
from generator.model.nodes import Value

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "generator" / "ecs"
DEMANDS = ROOT / "tests" / "architecture" / "demands.json"
REFERENCE = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_{}.html"
ACTION = "RegisterTaskDefinition"

PARAGRAPH = re.compile(r"</?(?:p|li|ul|ol|note|important|dt|dd|dl|br)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
SENTENCE = re.compile(r"(?<=[.!?:;])\s+(?=[A-Z\d\"'])")
DEMANDING = re.compile(
    r"\b(?:must|only|required (?:when|if)|require[sd]?|(?:not|isn't|aren't|un)\s?supported|can't|cannot|(?:don't|doesn't) support"
    r"|not valid|not both|unless|need to|exactly one|at most|maximum of)\b",
    re.IGNORECASE,
)
"""Words by which documentation demands something. They are many, so that a sentence too many is in the list rather than one too few."""


def main() -> None:
    """Write the data files and say where."""
    for name, text in generate_data().items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"generator/ecs/{name}: from botocore {botocore.__version__}\n")
    DEMANDS.write_text(generate_demands(), encoding="utf-8", newline="\n")
    sys.stdout.write(f"tests/architecture/demands.json: from botocore {botocore.__version__}\n")


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


def generate_demands() -> str:
    """Generate the sentences that demand something, by the structure, or structure and member, that they are about."""
    service = Loader().load_service_model("ecs", "service-2")
    found: dict[str, list[str]] = {}
    for name in reduce_service(service, botocore.__version__)["shapes"]:
        shape = service["shapes"][name]
        members = {f"{name}.{member}": child for member, child in shape.get("members", {}).items()}
        for path, described in {name: shape, **members}.items():
            sentences = [text for text in split_sentences(described.get("documentation", "")) if DEMANDING.search(text)]
            if sentences:
                found[path] = sentences
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def split_sentences(documentation: str) -> list[str]:
    """Split documentation in HTML into its sentences, without tags."""
    paragraphs = html.unescape(TAG.sub("", PARAGRAPH.sub("\n", documentation))).split("\n")
    return [sentence for paragraph in paragraphs for sentence in SENTENCE.split(" ".join(paragraph.split()))]


def list_pages(facts: Value) -> dict[str, str]:
    """List the page of each structure in the API reference; the input itself is described on the page of its action."""
    structures = (name for name, shape in facts["shapes"].items() if shape["type"] == "structure")
    return {name: REFERENCE.format(ACTION if name == facts["input"] else name) for name in structures}


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
