"""Which containers and volumes of several environments are the same, and what they are called."""

from __future__ import annotations

from generator.adopt.pairing import MARK, pair_items
from generator.model.nodes import Value


def make(*containers: Value, **more: Value) -> Value:
    return {"family": "x", "containerDefinitions": [{"image": "i:1", **each} for each in containers], **more}


def identify(documents: dict[str, Value], member: str = "containerDefinitions") -> dict[str, list[str]]:
    """Give the identities of each environment."""
    return {
        env: [item[MARK] for item in document.get(member, ())]
        for env, document in pair_items(documents).documents.items()
    }


def test_items_of_one_name_are_the_same() -> None:
    assert identify({"dev": make({"name": "a"}, {"name": "b"}), "prod": make({"name": "b"}, {"name": "a"})}) == {
        "dev": ["a", "b"],
        "prod": ["b", "a"],
    }


def test_names_that_differ_by_the_environment_are_the_same() -> None:
    documents = {"dev": make({"name": "web-dev"}, {"name": "job"}), "prod": make({"name": "web"}, {"name": "job"})}
    assert identify(documents) == {"dev": ["web", "job"], "prod": ["web", "job"]}


def test_containers_of_one_repository_are_the_same() -> None:
    one = {"name": "alpha", "image": "r.io/acme/site:1"}, {"name": "job"}
    other = {"name": "omega", "image": "r.io/acme/site:2"}, {"name": "job"}
    assert identify({"dev": make(*one), "prod": make(*other)}) == {"dev": ["site", "job"], "prod": ["site", "job"]}


def test_containers_with_the_same_ports_are_the_same() -> None:
    ports = [{"containerPort": 80}]
    documents = {
        "dev": make({"name": "alpha", "image": "a:1", "portMappings": ports}, {"name": "job"}),
        "prod": make({"name": "omega", "image": "b:1", "portMappings": ports}, {"name": "job"}),
    }
    assert identify(documents)["dev"][0] == identify(documents)["prod"][0]


def test_two_that_only_stand_at_the_same_place_are_not_the_same() -> None:
    documents = {
        "dev": make({"name": "web"}, {"name": "proxy", "image": "tools/proxy:1"}),
        "prod": make({"name": "web"}, {"name": "router", "image": "aws/router:2"}),
    }
    assert identify(documents) == {"dev": ["web", "proxy"], "prod": ["web", "router"]}


def test_the_only_containers_are_the_same_and_are_named_by_the_family_where_nothing_else_is_in_common() -> None:
    documents = {"dev": make({"name": "alpha", "image": "a:1"}), "prod": make({"name": "omega", "image": "b:1"})}
    assert identify(documents) == {"dev": ["x"], "prod": ["x"]}


def test_references_name_identities() -> None:
    documents = {
        env: make(
            {"name": f"web-{env}", "dependsOn": [{"containerName": f"job-{env}", "condition": "START"}]},
            {"name": f"job-{env}", "mountPoints": [{"sourceVolume": f"data-{env}", "containerPath": "/x"}]},
            volumes=[{"name": f"data-{env}"}],
        )
        for env in ("dev", "prod")
    }
    for document in pair_items(documents).documents.values():
        one, other = document["containerDefinitions"]
        assert one["dependsOn"] == [{"containerName": "job", "condition": "START"}]
        assert other["mountPoints"] == [{"sourceVolume": "data", "containerPath": "/x"}]


def test_no_identity_is_the_name_of_another_item() -> None:
    documents = {"dev": make({"name": "web-dev"}, {"name": "web"}), "prod": make({"name": "web-prod"}, {"name": "web"})}
    found = identify(documents)
    assert found["dev"][1] == "web" and found["dev"][0] == found["prod"][0] != "web"


def test_two_that_are_left_over_are_the_same_if_half_of_their_variables_have_the_same_names() -> None:
    def give(*names: str) -> list[Value]:
        return [{"name": name, "value": "x"} for name in names]

    def pair(*names: str) -> list[str]:
        documents = {
            "dev": make({"name": "web"}, {"name": "alpha", "image": "a:1", "environment": give("A", "B")}),
            "prod": make({"name": "web"}, {"name": "omega", "image": "b:1", "environment": give(*names)}),
        }
        return [each[1] for each in identify(documents).values()]

    one, other = pair("B", "C")
    assert one == other
    assert pair("C", "D") == ["alpha", "omega"]


def test_the_identity_is_what_names_have_in_common_wherever_it_stands() -> None:
    documents = {"dev": make({"name": "parcels-dev"}), "production": make({"name": "acme-production-parcels"})}
    assert identify(documents) == {"dev": ["parcels"], "production": ["parcels"]}


def test_the_identity_of_names_without_signs_has_none() -> None:
    documents = {"dev": make({"name": "AcmeDevQuotes"}), "prd": make({"name": "AcmePrdQuotes"})}
    assert identify(documents) == {"dev": ["AcmeQuotes"], "prd": ["AcmeQuotes"]}
    documents = {"dev": make({"name": "acme_dev_quotes"}), "prd": make({"name": "acme_prd_quotes"})}
    assert identify(documents) == {"dev": ["acme-quotes"], "prd": ["acme-quotes"]}


def test_a_placeholder_for_the_image_is_no_identity() -> None:
    documents = {
        "dev": make({"name": "alpha", "image": "TBD"}, family="api-dev-task-def"),
        "prod": make({"name": "omega", "image": "TBD"}, family="old-api-task-def"),
    }
    assert identify(documents) == {"dev": ["api"], "prod": ["api"]}
