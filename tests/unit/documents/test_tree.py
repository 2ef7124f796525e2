"""The values of documents by their paths, the same for a merged document and for the artifact it becomes."""

from __future__ import annotations

import pytest

from generator.build.merging import view_document
from generator.documents.tree import find_node, list_leaves
from generator.model.comparison import name_container
from generator.model.nodes import Scalar
from tests.support import read_json

TEXT = """
{"family": "app", "requiresCompatibilities": ["EC2"], "volumes": [{"name": "v", "host": {}}], "tags": [],
 "containerDefinitions": [{"name": "a.b", "dockerLabels": {"x.y": "1"}, "portMappings": [{"containerPort": 80}], "command": ["a", "b"]}]}
"""
PATHS = [
    "family",
    "requiresCompatibilities[0]",
    "volumes[v].name",
    "volumes[v].host",
    "tags",
    "containerDefinitions[a.b].name",
    "containerDefinitions[a.b].dockerLabels[x.y]",
    "containerDefinitions[a.b].portMappings[80/tcp].containerPort",
    "containerDefinitions[a.b].command[0]",
    "containerDefinitions[a.b].command[1]",
]


def test_leaves_of_a_parsed_and_of_a_viewed_document_have_the_same_paths() -> None:
    parsed = read_json(TEXT)
    viewed, findings = view_document(parsed)

    assert viewed is not None and findings == ()
    assert [leaf.path for leaf in list_leaves(parsed)] == PATHS
    assert [leaf.path for leaf in list_leaves(viewed)] == PATHS


@pytest.mark.parametrize("path", PATHS)
def test_a_leaf_is_found_by_its_path(path: str) -> None:
    document = read_json(TEXT)
    (leaf,) = [leaf for leaf in list_leaves(document) if leaf.path == path]
    assert find_node(document, path) is leaf.node


def test_what_is_not_there_is_not_found() -> None:
    document = read_json(TEXT)
    assert find_node(document, "containerDefinitions[a]") is None
    assert isinstance(find_node(document, "containerDefinitions[a.b].name"), Scalar)


def test_a_path_tells_its_container() -> None:
    assert [name_container(path) for path in (PATHS[0], PATHS[5])] == ["", "a.b"]
