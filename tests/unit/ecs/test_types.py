"""How a value of another type is written right, and whether that is an edit."""

from __future__ import annotations

import pytest

from generator.ecs.members import Advice
from generator.ecs.shapes import bundled, shape
from generator.ecs.types import advise_type
from generator.model.findings import Change
from generator.model.nodes import Value

LIST = 'write a list: `["…"]`'
ITSELF = "write the list itself, without quotes around it"


@pytest.mark.parametrize(
    ("value", "wanted", "advice"),
    [
        (80, "String", Advice("put it in double quotes", Change("quote"))),
        (True, "String", Advice("put it in double quotes", Change("quote"))),
        ("512", "BoxedInteger", Advice("write it without quotes", Change("write", "512"))),
        ("0512", "BoxedInteger", Advice("write it without quotes", Change("write", "512"))),
        ("5" * 5000, "BoxedInteger", Advice("write it without quotes")),
        ("512 MB", "BoxedInteger", Advice(None)),
        ("true", "BoxedBoolean", Advice("write it without quotes", Change("write", "true"))),
        ("yes", "BoxedBoolean", Advice(None)),
        ("nginx", "StringList", Advice(LIST, Change("write", '["nginx"]'))),
        ("FARGATE", "CompatibilityList", Advice(LIST, Change("write", '["FARGATE"]'))),
        ("nginx -g", "StringList", Advice(LIST)),
        ("$START", "StringList", Advice(LIST)),
        ('["a", "b"]', "StringList", Advice(ITSELF, Change("write", '["a", "b"]'))),
        ('[{"name": "a"}]', "ContainerDefinitions", Advice(ITSELF, Change("write", '[{"name": "a"}]'))),
        ("web", "ContainerDefinitions", Advice('write a list of mappings: `[{"name": …}]`')),
        ("[NaN]", "ContainerDefinitions", Advice('write a list of mappings: `[{"name": …}]`')),
        ("80", "PortMappingList", Advice('write a list of mappings: `[{"containerPort": …}]`')),
        (
            '{"a": "b"}',
            "DockerLabelsMap",
            Advice("write the mapping itself, without quotes around it", Change("write", '{"a": "b"}')),
        ),
        ("a=b", "DockerLabelsMap", Advice("write a mapping: `{…}`")),
        (5, "StringList", Advice(None)),
    ],
)
def test_what_is_certain_is_an_edit(value: Value, wanted: str, advice: Advice) -> None:
    assert advise_type(value, shape(wanted), bundled()) == advice
