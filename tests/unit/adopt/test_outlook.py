"""What `render` and `check` will report after an import is found without another build."""

from __future__ import annotations

import json

from generator.adopt.outlook import choose_codes, count_between, count_in_project, find_refused
from generator.adopt.proving import Adopted, adopt_proven, make_project
from generator.adopt.reading import Given, Original, read_original
from generator.model.findings import Source
from generator.model.nodes import Value
from generator.model.project import Settings


def adopt(**sides: Value) -> Adopted:
    originals = []
    for env, members in sides.items():
        document = {"family": f"web-{env}", "containerDefinitions": [{"name": "web", "memory": 128, **members}]}
        original = read_original(Given(env, "web", Source(f"{env}.json", json.dumps(document))))
        assert isinstance(original, Original)
        originals.append(original)
    return adopt_proven(Settings(), originals)


def test_rules_that_refuse_an_artifact_are_named_by_environment() -> None:
    proof = adopt(dev={"image": "<IMAGE>"}, prod={"image": "web:1"}, qa={"image": "<IMAGE>"}).proof
    refused = find_refused(proof, Settings())
    assert refused["E517"].keys() == {"dev", "qa"}
    assert "`<IMAGE>` is a placeholder" in refused["E517"]["dev"]


def test_a_rule_that_refuses_once_another_is_off_is_named_too() -> None:
    proof = adopt(dev={"image": "<IMAGE>"}).proof
    assert find_refused(proof, Settings()).keys() == {"E517", "E425"}
    assert find_refused(proof, Settings(levels=(("E425", "off"),))) == {}


def test_a_placeholder_needs_no_line_where_the_rules_beneath_it_have_one() -> None:
    proof = adopt(dev={"image": "<IMAGE>"}).proof
    assert choose_codes(proof, Settings(), find_refused(proof, Settings())).keys() == {"E425"}
    options = {"awslogs-group": "/web", "awslogs-region": "REGION"}
    proof = adopt(dev={"image": "web", "logConfiguration": {"logDriver": "awslogs", "options": options}}).proof
    assert choose_codes(proof, Settings(), find_refused(proof, Settings())).keys() == {"E517"}


def test_a_rule_that_is_off_refuses_nothing() -> None:
    proof = adopt(dev={"image": "<IMAGE>"}, prod={"image": "<IMAGE>"}).proof
    settings = Settings(environment_levels=(("dev", (("E517", "off"),)),))
    assert [*find_refused(proof, settings)["E517"]] == ["prod"]
    assert find_refused(proof, Settings(levels=(("E517", "off"), ("E425", "off")))) == {}


def test_nothing_refuses_what_has_warnings_only() -> None:
    assert find_refused(adopt(dev={"image": "web"}, prod={"image": "web"}).proof, Settings()) == {}


def test_the_build_of_the_proof_gives_the_same_counts_as_another_build() -> None:
    group = {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/web-dev", "awslogs-region": "eu-west-1"}}
    adopted = adopt(
        dev={"image": "web:1", "logConfiguration": group}, prod={"image": "web:2", "logConfiguration": group}
    )
    sources, proof = adopted.sources, adopted.proof
    counts = count_between(proof.planned, proof.staged)
    assert dict(counts).keys() == {"W702"}
    assert count_in_project(make_project(Settings(), sources.templates, sources.overlays)) == counts


def test_what_does_not_build_has_no_counts() -> None:
    broken = make_project(Settings(), {"web": "{"}, {"dev": "vars: {}\n"})
    assert count_in_project(broken) == ()
