"""Misplaced and misspelt members in every structure: a help that is an edit is obeyed, and names the member that was meant.

A help without an edit never says to write another name, since who obeys it would not hear of the mistake again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import pytest

from generator.build.pipeline import build_project
from generator.documents.editing import apply_edits
from generator.ecs import members
from generator.ecs.elsewhere import RUN, SERVICE, WORDS
from generator.ecs.shapes import Shape, bundled, shape, task_definition
from generator.model.findings import Finding, Source
from generator.model.nodes import Value
from generator.review.lint import Linter
from tests.support import make_project

LINTER = Linter({})
SHAPES = ("E301", "E302", "E303", "E305", "E306", "E401")
WRITE = re.compile(r"write `(\w+)`")
OPPOSITES = (
    "enableNetworking",
    "nonessential",
    "unprivileged",
    "sizeInMiB",
    "minComputePercent",
    "memoryGB",
    "container",
)
VALUES: tuple[Value, ...] = ("x", 5, True, ["x"], {"a": "b"}, [{"name": "A", "value": "b"}])


class Structure(NamedTuple):
    """A structure of a task definition, and what makes a whole document of a value of it."""

    shape: Shape
    wrap: Callable[[Value], Value]


def sample(wanted: Shape) -> Value:
    """Make a value of a shape, of what is required and one member at least."""
    if wanted.type == "structure":
        names = wanted.required or tuple(wanted.members)[:1]
        return {name: sample(shape(wanted.members[name])) for name in names}
    if wanted.type == "list":
        return [sample(shape(wanted.member))]
    text = wanted.enum[0] if wanted.enum else "x"
    return {"map": {"a": "b"}, "string": text, "integer": max(wanted.minimum or 5, 5), "boolean": True}[wanted.type]


def walk(current: Shape, wrap: Callable[[Value], Value]) -> Iterator[Structure]:
    """Walk every structure there is, with the documents around it."""
    if current.type == "list":
        yield from walk(shape(current.member), lambda value: wrap([value]))
    if current.type != "structure":
        return
    yield Structure(current, wrap)
    base = {} if current.union else sample(current)
    for name, child in current.members.items():
        yield from walk(shape(child), wrap_member(wrap, base, name))


def wrap_member(wrap: Callable[[Value], Value], base: Value, name: str) -> Callable[[Value], Value]:
    """Make the function that puts a value under a member."""
    return lambda value: wrap({**base, name: value})


@cache
def list_structures() -> dict[str, Structure]:
    found: dict[str, Structure] = {}
    for each in walk(task_definition(), lambda value: value):
        found.setdefault(each.shape.name, each)
    return found


def list_members() -> dict[str, Shape]:
    """List the members of all structures, by name, with one shape of each."""
    return {name: shape(child) for each in list_structures().values() for name, child in each.shape.members.items()}


def misspell(name: str) -> Iterator[str]:
    """Misspell a name: in other cases and marks, and with one mistake each in its middle."""
    half = len(name) // 2
    yield name[0].upper() + name[1:]
    yield re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    yield name + "s"
    yield name[:half] + name[half + 1 :]
    yield name[:half] + name[half] + name[half:]
    yield name[: half - 1] + name[half] + name[half - 1] + name[half + 1 :]


def write_down(structure: Structure, key: str, value: Value, origin: str = "") -> Source:
    """Write a document with a member that its structure does not have, in the place of the one that is meant."""
    base = {} if structure.shape.union else sample(structure.shape)
    base.pop(origin, None)
    return Source("web.json", json.dumps(structure.wrap({**base, key: value}), indent=1))


def find(source: Source, key: str) -> Finding:
    """Find what is said of a member that there is not."""
    (found,) = [
        each
        for each in LINTER.look(source, sure=True) or ()
        if each.code == "E301" and each.message.endswith(f"member `{key}`")
    ]
    return found


def check(structure: Structure, source: Source, key: str, *, strict: bool) -> str | None:
    """Obey the help for a member where it is an edit; give the name that it says, if any."""
    found = find(source, key)
    said = WRITE.fullmatch(found.help or "")
    assert bool(said) is bool(found.edits)
    if said is None:
        return None
    mended = source._replace(text=apply_edits(source.text, found.edits))
    before, after = (
        {(each.code, each.message) for each in LINTER.look(each, sure=True) or () if each.code in SHAPES}
        for each in (source, mended)
    )
    assert (found.code, found.message) not in after
    assert (key, said[1], after - before if strict else set()) == (key, said[1], set())
    assert said[1] in structure.shape.members
    return said[1]


@pytest.mark.parametrize("name", list_structures())
def test_a_misspelt_member_becomes_what_was_meant(name: str) -> None:
    structure = list_structures()[name]
    known = {
        *structure.shape.members,
        *list_members(),
        *WORDS.get(name, {}),
        "ContainerDefinitions",
    }  # one is all of CloudFormation
    found = []
    for member, child in structure.shape.members.items():
        for key in dict.fromkeys(misspell(member)):
            if key not in known and not key.startswith(member[:1] * 2):
                said = check(structure, write_down(structure, key, sample(shape(child)), member), key, strict=True)
                assert said in (member, None)
                found.append(said)
    assert len(found) > len(structure.shape.members)
    assert found.count(None) <= len(found) // 4


@pytest.mark.parametrize("name", list_structures())
def test_a_misspelt_member_with_a_value_of_another_form_is_no_edit_to_a_new_mistake(name: str) -> None:
    structure = list_structures()[name]
    for member in structure.shape.members:
        key = member + "z"
        for value in VALUES:
            said = check(
                structure, write_down(structure, key, value, member), key, strict=not isinstance(value, dict | list)
            )
            assert said in (member, None)


@pytest.mark.parametrize("name", list_structures())
def test_a_name_that_belongs_elsewhere_becomes_nothing_but_what_a_table_says(name: str) -> None:
    structure = list_structures()[name]
    words = {*list_members(), *SERVICE, *RUN, *OPPOSITES, *(word for each in WORDS.values() for word in each)}
    edits = set()
    for word in sorted(words - structure.shape.members.keys()):
        own = list_members().get(word)
        for value in (sample(own) if own else "x", ["x"]):
            advice = members.advise_member(word, members.Structure(structure.shape, {word: value}, bundled()))
            assert WRITE.fullmatch(advice.help or "") is None or advice.change
            if advice.change:
                edits.add((word, check(structure, write_down(structure, word, value), word, strict=False)))
    wrong = {(word, said) for word, said in edits if said and not is_meant(name, word, said)}
    assert wrong == set()


def is_meant(structure: str, word: str, said: str) -> bool:
    """Whether a table says that a word stands for a member, or the word is another spelling of it."""
    meaning = WORDS.get(structure, {}).get(word)
    return meaning.member == said if meaning else word.replace("_", "").casefold() == said.casefold()


CONTAINER = [name for name in shape("ContainerDefinition").members if name not in ("name", "image")]


@pytest.mark.parametrize("member", CONTAINER)
@pytest.mark.parametrize("file", ["template", "overlay"])
def test_a_misspelt_member_of_a_template_or_an_overlay_is_mended_where_it_stands(member: str, file: str) -> None:
    key = member[:-2] + member[-1]
    wrong = {key: sample(shape(shape("ContainerDefinition").members[member]))}
    there = wrong if file == "template" else {}
    document = {
        "family": "web",
        "memory": "512",
        "containerDefinitions": [{"name": "web", "image": "nginx:1.29", **there}],
    }
    patch = "" if there else f"patch:\n  containerDefinitions:\n    web:\n      {key}: {json.dumps(wrong[key])}\n"
    sources = {"template": json.dumps(document), "overlay": patch}
    (found,) = [each for each in build(**sources) if each.code == "E301"]
    if found.edits:
        sources[file] = apply_edits(sources[file], found.edits)
        assert f"{member}" in sources[file]
        assert {each.code for each in build(**sources)} & {"E301", "E104", "E111", "E203"} == set()
    assert bool(found.edits) is (found.help == f"write `{member}`")


def build(*, template: str, overlay: str) -> tuple[Finding, ...]:
    return build_project(make_project({"web.json.j2": template}, {"dev.yaml": overlay})).findings


REFERENCES = ("environment", "valueFrom"), ("secrets", "value")


@pytest.mark.parametrize(("member", "key"), REFERENCES)
@pytest.mark.parametrize("value", VALUES)
def test_a_reference_never_becomes_a_value_nor_a_value_a_reference(member: str, key: str, value: Value) -> None:
    item = {"name": "DB_PASSWORD", key: value}
    text = json.dumps(
        {"family": "web", "containerDefinitions": [{"name": "web", "image": "nginx:1.29", member: [item]}]}
    )
    found = find(Source("web.json", text), key)
    assert (found.edits, WRITE.search(found.help or "")) == ((), None)
