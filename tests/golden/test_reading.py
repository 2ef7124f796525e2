"""Every expected artifact is read alike by each reader of JSON, and its places too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.documents.parsing.document import parse_json
from generator.documents.parsing.scalars import to_value
from generator.documents.parsing.values import parse_along, parse_value
from generator.model.findings import Source
from tests.support import compare_places

ARTIFACTS = sorted(Path(__file__).parent.glob("*/expected/*/*.json"))


def test_there_are_artifacts() -> None:
    assert len(ARTIFACTS) >= 25


@pytest.mark.parametrize("file", ARTIFACTS, ids=lambda file: file.name)
def test_every_golden_artifact_is_read_alike(file: Path) -> None:
    source = Source(file.name, file.read_text(encoding="utf-8"))
    node, _ = parse_json(source)
    assert node is not None
    assert parse_value(source.text) == to_value(node) == json.loads(source.text)
    compare_places(node, parse_along(source, [("containerDefinitions", 0, "environment", 0), ("volumes", 0)]))
