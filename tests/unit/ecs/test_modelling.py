"""A service model as botocore has it becomes the facts of a model; what is new to us is refused."""

from __future__ import annotations

import pytest

from generator.ecs.modelling import reduce_service
from generator.ecs.shapes import Model, Shape
from generator.model.nodes import Value

SERVICE: Value = {
    "operations": {
        "RegisterTaskDefinition": {"input": {"shape": "Request"}},
        "DescribeTaskDefinition": {"output": {"shape": "Answer"}},
    },
    "shapes": {
        "Answer": {"type": "structure", "members": {"taskDefinition": {"shape": "TaskDefinition"}}},
        "TaskDefinition": {
            "type": "structure",
            "members": {"revision": {"shape": "Integer"}, "family": {"shape": "String"}},
        },
        "Request": {
            "type": "structure",
            "required": ["family"],
            "members": {
                "family": {"shape": "String", "documentation": "<p>The name.</p>"},
                "words": {"shape": "Words"},
                "labels": {"shape": "Labels"},
                "inner": {"shape": "Request"},
                "count": {"shape": "Count"},
            },
        },
        "String": {"type": "string"},
        "Word": {"type": "string", "enum": ["one", "two"]},
        "Words": {"type": "list", "member": {"shape": "Word"}, "max": 3},
        "Labels": {"type": "map", "key": {"shape": "Key"}, "value": {"shape": "String"}},
        "Count": {"type": "integer", "min": 1},
        "Integer": {"type": "integer"},
    },
}


def test_shapes_are_those_below_the_request() -> None:
    facts = reduce_service(SERVICE, "9.9")
    assert (facts["botocore"], facts["input"], facts["read_only"]) == ("9.9", "Request", ["revision"])
    assert list(facts["shapes"]) == ["Count", "Labels", "Request", "String", "Word", "Words"]
    assert facts["shapes"]["Words"] == {"type": "list", "member": "Word", "max": 3}
    assert facts["shapes"]["Labels"] == {"type": "map", "value": "String"}
    assert facts["shapes"]["Request"]["required"] == ["family"]


def test_a_model_is_made_of_them() -> None:
    model = Model(reduce_service(SERVICE, "9.9"))
    assert model.task_definition.name == "Request"
    assert model.shape("Word") == Shape("Word", "string", {}, (), "", ("one", "two"), None, None, False)


def test_a_new_type_is_refused_and_not_guessed() -> None:
    shapes = {**SERVICE["shapes"], "Count": {"type": "double"}}
    with pytest.raises(ValueError, match="the model has a new type: Count is a double"):
        reduce_service({**SERVICE, "shapes": shapes}, "9.9")
