"""Members stand as in the service model and lists as the table says, whatever order the sources have."""

from __future__ import annotations

import json

from generator.build.merging import view_document
from generator.documents.coercing import coerce_document
from generator.documents.ordering import order_document
from generator.documents.serializing import serialize_document
from tests.support import read_json


def order(text: str) -> str:
    document, _ = view_document(read_json(text))
    assert document is not None
    return serialize_document(order_document(coerce_document(document)[0]))


def test_everything_has_its_place() -> None:
    shuffled = {
        "tags": [{"value": "2", "key": "b"}, {"key": "a", "value": "1"}],
        "requiresCompatibilities": ["FARGATE", "EC2"],
        "cpu": "256",
        "family": "f",
        "containerDefinitions": [
            {
                "secrets": [{"valueFrom": "y", "name": "Y"}, {"name": "X", "valueFrom": "x"}],
                "portMappings": [
                    {"protocol": "udp", "containerPort": 9},
                    {"containerPort": 80},
                    {"containerPort": 9, "protocol": "tcp"},
                ],
                "linuxParameters": {"capabilities": {"drop": ["B", "A", "B"]}},
                "command": ["z", "a"],
                "dockerLabels": {"b": "1", "a": "2"},
                "image": "i",
                "name": "web",
            },
            {"name": "app", "image": "i"},
        ],
    }
    expected = {
        "family": "f",
        "containerDefinitions": [
            {
                "name": "web",
                "image": "i",
                "portMappings": [
                    {"containerPort": 9, "protocol": "tcp"},
                    {"containerPort": 9, "protocol": "udp"},
                    {"containerPort": 80},
                ],
                "command": ["z", "a"],
                "linuxParameters": {"capabilities": {"drop": ["A", "B"]}},
                "secrets": [{"name": "X", "valueFrom": "x"}, {"name": "Y", "valueFrom": "y"}],
                "dockerLabels": {"a": "2", "b": "1"},
            },
            {"name": "app", "image": "i"},
        ],
        "requiresCompatibilities": ["EC2", "FARGATE"],
        "cpu": "256",
        "tags": [{"key": "a", "value": "1"}, {"key": "b", "value": "2"}],
    }

    assert order(json.dumps(shuffled)) == json.dumps(expected, indent=2) + "\n"


def test_text_is_written_as_json_does_with_nothing_escaped_for_ascii() -> None:
    value = 'quote " backslash \\ newline \n tab \t bell \x07 emoji 😀 line separator \u2028 中'
    document = {"family": value, "containerDefinitions": []}

    assert order(json.dumps(document)) == json.dumps(document, indent=2, ensure_ascii=False) + "\n"
