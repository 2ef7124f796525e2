"""Which names are the same but for a word of their environment, and what is compared because of that."""

from __future__ import annotations

import json

import pytest

from generator.build.merging import view_document
from generator.build.planning import plan_project
from generator.documents.coercing import coerce_document
from generator.model.comparison import Side
from generator.model.nodes import MapNode, Node, Value
from generator.review.compare import Tracer, build_for_comparison, compare_environments, compare_pair, make_side
from generator.review.pairing import Wording, find_wording, pair_names
from tests.support import make_project, read_json, to_python

PAIRED: dict[str, tuple[str, str]] = {
    "at the end": ("web-staging", "web-prod"),
    "at the beginning": ("stg-web", "prod-web"),
    "in the middle": ("shop-dev-web", "shop-production-web"),
    "in camel case": ("webStaging", "webProd"),
    "in capitals": ("DEV_URL", "PROD_URL"),
    "with underlines": ("web_test", "web_live"),
    "with dots": ("web.qa", "web.uat"),
    "nothing else": ("dev", "prod"),
    "two words for one": ("web-pre-prod", "web-prod"),
    "one written together": ("web-preprod", "web-prod"),
    "no production": ("web-non-prod", "web-prod"),
    "with a number of its own": ("web2-dev", "web2-prod"),
    "twice": ("dev-web-dev", "prod-web-prod"),
    "a sandbox": ("web-sandbox", "web-demo"),
}


@pytest.mark.parametrize(("left", "right"), PAIRED.values(), ids=PAIRED)
def test_names_that_differ_by_the_environment_are_a_pair(left: str, right: str) -> None:
    assert pair_names([left, "other"], ["log", right], Wording()) == {right: left}
    assert pair_names([right], [left], Wording()) == {left: right}


APART: dict[str, tuple[list[str], list[str]]] = {
    "another thing": (["web-dev"], ["api-prod"]),
    "other signs between": (["web-dev"], ["web_prod"]),
    "without the word": (["web-dev"], ["web"]),
    "a word that only begins so": (["web-device"], ["web-product"]),
    "two on the left": (["web-dev", "web-test"], ["web-prod"]),
    "two on the right": (["web-dev"], ["web-prod", "web-live"]),
    "one that both have, and another": (["web-dev", "web-prod"], ["web-prod"]),
    "both have both": (["web-dev", "web-prod"], ["web-prod", "web-dev"]),
    "other numbers": (["web1-dev"], ["web2-prod"]),
    "words of no environment": (["web-blue"], ["web-green"]),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("lefts", "rights"), APART.values(), ids=APART)
def test_other_names_are_no_pair(lefts: list[str], rights: list[str]) -> None:
    assert pair_names(lefts, rights, Wording()) == {}


WORDS: dict[str, tuple[str, str, tuple[set[str], set[str]]]] = {
    "families": ("shop-acme", "shop-globex", ({"acme"}, {"globex"})),
    "files": ("tasks/acme/web.json", "tasks/globex/web.json", ({"acme"}, {"globex"})),
    "two words": ("shop-eu-blue", "shop-us-green", ({"eu", "blue"}, {"us", "green"})),
    "nothing in common": ("web", "api", (set(), set())),
    "more words": ("shop", "shop-acme", (set(), set())),
    "the same": ("shop", "shop", (set(), set())),
}


@pytest.mark.parametrize(("left", "right", "words"), WORDS.values(), ids=WORDS)
def test_words_in_which_names_of_the_sides_differ_count(
    left: str, right: str, words: tuple[set[str], set[str]]
) -> None:
    assert find_wording([(left, right)]) == Wording(frozenset(words[0]), frozenset(words[1]))


def test_such_a_word_counts_on_its_own_side_only() -> None:
    wording = find_wording([("shop-acme", "shop-globex")])
    assert pair_names(["web-acme"], ["web-globex"], wording) == {"web-globex": "web-acme"}
    assert pair_names(["web-globex"], ["web-acme"], wording) == {}


# Whole task definitions.


def view(text: str) -> MapNode:
    viewed, findings = view_document(read_json(text))
    assert viewed is not None and findings == ()
    return coerce_document(viewed)[0]


def show(node: Node | None) -> Value:
    return None if node is None else to_python(node)


def compare(left: Value, right: Value) -> dict[str, tuple[Value, Value]]:
    """What differs between two files, by path."""
    sides = [
        Side(name, view(json.dumps(value)), file=view("{}").place.source) for name, value in (("l", left), ("r", right))
    ]
    compared = compare_pair(sides[0], sides[1], Tracer())
    return {change.row.path: (show(change.row.left), show(change.row.right)) for change in compared.changes}


def shop(word: str, image: str = "shop:1") -> Value:
    """A task definition all of whose names have a word in them."""
    return {
        "family": "shop",
        "volumes": [{"name": f"{word}-data", "host": {"sourcePath": "/a"}}],
        "proxyConfiguration": {"containerName": f"proxy-{word}", "type": "APPMESH"},
        "containerDefinitions": [
            {
                "name": f"web-{word}",
                "image": image,
                "links": [f"proxy-{word}:p", f"log-{word}"],
                "dependsOn": [{"containerName": f"proxy-{word}", "condition": "START"}],
                "mountPoints": [{"sourceVolume": f"{word}-data", "containerPath": "/data"}],
                "environment": [{"name": f"{word.upper()}_URL", "value": "u"}, {"name": "A", "value": "1"}],
            },
            {"name": f"proxy-{word}", "image": "proxy:1", "volumesFrom": [{"sourceContainer": f"web-{word}"}]},
            {"name": f"log-{word}", "image": "log:1"},
        ],
    }


NAMES = {
    "volumes[dev-data].name": ("dev-data", "prod-data"),
    "containerDefinitions[web-dev].name": ("web-dev", "web-prod"),
    "containerDefinitions[web-dev].environment[DEV_URL].name": ("DEV_URL", "PROD_URL"),
    "containerDefinitions[proxy-dev].name": ("proxy-dev", "proxy-prod"),
    "containerDefinitions[log-dev].name": ("log-dev", "log-prod"),
}


def test_pairs_differ_in_their_names_and_what_refers_to_them_follows() -> None:
    assert compare(shop("dev"), shop("prod")) == NAMES
    image = {"containerDefinitions[web-dev].image": ("shop:1", "shop:2")}
    assert compare(shop("dev"), shop("prod", "shop:2")) == {**NAMES, **image}


def test_a_reference_to_another_container_is_a_difference() -> None:
    left, right = shop("dev"), shop("prod")
    right["proxyConfiguration"]["containerName"] = "log-prod"
    right["containerDefinitions"][0]["links"] = ["log-prod"]
    assert compare(left, right) == {
        **NAMES,
        "proxyConfiguration.containerName": ("proxy-dev", "log-prod"),
        "containerDefinitions[web-dev].links": (["log-dev", "proxy-dev:p"], ["log-prod"]),
    }


def test_a_container_that_two_could_be_is_removed_and_added() -> None:
    left = {"containerDefinitions": [{"name": "web-dev", "image": "a"}]}
    right = {"containerDefinitions": [{"name": "web-prod", "image": "a"}, {"name": "web-live", "image": "b"}]}
    assert compare(left, right) == {
        "containerDefinitions[web-dev].image": ("a", None),
        "containerDefinitions[web-prod].image": (None, "a"),
        "containerDefinitions[web-live].image": (None, "b"),
    }


TEMPLATE = """{"family": "shop", "containerDefinitions": [
  {"name": "web-{{ env }}", "image": "shop:1", "user": "u",
   "dependsOn": [{"containerName": "log-{{ env }}", "condition": "START"}]},
  {"name": "log-{{ env }}", "image": "log:1"}]}"""
WEB, LOG = "containerDefinitions[web-dev]", "containerDefinitions[log-dev]"


def test_built_environments_without_ids_are_compared_alike_and_lines_are_found() -> None:
    patch = "patch:\n  containerDefinitions:\n    web-prod: {user: null}\n"
    planned = plan_project(make_project({"shop.json.j2": TEMPLATE}, {"dev.yaml": "", "prod.yaml": patch}))
    (compared,) = compare_environments(planned, "dev", "prod").comparisons
    found = {
        each.row.path: (show(each.row.left), show(each.row.right), [str(place.location) for place in each.right])
        for each in compared.changes
    }
    assert found == {
        f"{WEB}.name": ("web-dev", "web-prod", ["templates/shop.json.j2:2:12"]),
        f"{WEB}.user": ("u", None, ["environments/prod.yaml:3:16"]),
        f"{LOG}.name": ("log-dev", "log-prod", ["templates/shop.json.j2:4:12"]),
    }


def test_a_file_calls_its_containers_as_the_sources_do() -> None:
    template = TEMPLATE.replace('{"name"', '{"$id": "app", "name"', 1)
    planned = plan_project(make_project({"shop.json.j2": template}, {"prod.yaml": ""}))
    (artifact,) = build_for_comparison(planned, ["prod"], None).artifacts
    built = make_side(planned.project, artifact, "prod")
    file = Side("old.json", view(json.dumps({"containerDefinitions": [{"name": "web-dev", "image": "shop:0"}]})))
    for compared in (compare_pair(file, built, Tracer(planned)), compare_pair(built, file, Tracer(planned))):
        paths = [each.row.path for each in compared.changes]
        assert {"containerDefinitions[app].name", "containerDefinitions[app].image"} < {*paths}
        assert not any("web-dev" in path for path in paths)
