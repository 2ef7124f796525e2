"""Imports that are proven: variables and secrets with an empty name, which ECS refuses and files have, are imported as they are."""

from __future__ import annotations

import json

import pytest

from generator.adopt.proving import Adopted, adopt_proven
from generator.adopt.reading import Given, Original, read_original
from generator.model.findings import Source
from generator.model.nodes import Value
from generator.model.project import Settings

PARAMETERS = "arn:aws:ssm:eu-west-1:123456789012:parameter"


def adopt(**sides: Value) -> Adopted:
    originals = []
    for env, members in sides.items():
        document = {"family": "web", "containerDefinitions": [{"name": "web", "image": "web:1", **members}]}
        original = read_original(Given(env, "web", Source(f"{env}.json", json.dumps(document))))
        assert isinstance(original, Original)
        originals.append(original)
    return adopt_proven(Settings(), originals)


def make_secrets(env: str, *names: str) -> Value:
    return {"secrets": [{"name": name, "valueFrom": f"{PARAMETERS}/{env}/{name}"} for name in names]}


def test_a_secret_with_an_empty_name_stands_in_the_template() -> None:
    adopted = adopt(dev=make_secrets("dev", ""), prod=make_secrets("prod", ""))
    assert adopted.proof.holds and adopted.whole == ()
    assert """{"name": "", "valueFrom": "{{ ssm('/' ~ env ~ '/') }}"}""" in adopted.sources.templates["web"]


def test_it_stands_beside_the_loop_of_those_that_repeat_their_name() -> None:
    adopted = adopt(dev=make_secrets("dev", "", *"ABCD"), prod=make_secrets("prod", "", *"ABCD"))
    assert adopted.proof.holds and adopted.whole == ()
    assert '{%- for key in ["A", "B", "C", "D"] %}' in adopted.sources.templates["web"]


@pytest.mark.parametrize("member", ["secrets", "environment"])
def test_one_environment_alone_has_it_in_a_patch(member: str) -> None:
    pair = {"name": "", "value" if member == "environment" else "valueFrom": "x"}
    adopted = adopt(dev={member: [pair]}, prod={})
    assert adopted.proof.holds
    assert f"{member}:\n        $replace: [{{name: " in adopted.sources.overlays["dev"]
    assert [variable.name for variable in adopted.sources.variables] == []


def test_a_variable_without_a_value_in_one_environment_stays_one() -> None:
    pairs: dict[str, Value] = {env: [{"name": "URL", "value": "x"}] for env in ("dev", "qa")}
    adopted = adopt(
        **{env: {"environment": pair} for env, pair in pairs.items()}, prod={"environment": [{"name": "URL"}]}
    )
    assert adopted.proof.holds and adopted.whole == ()
    assert "URL:\n          value: null\n" in adopted.sources.overlays["prod"]
