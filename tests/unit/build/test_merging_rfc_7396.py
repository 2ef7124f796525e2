"""The fifteen examples of RFC 7396, appendix A: which we answer alike, and which we refuse, and why."""

from __future__ import annotations

import json

import pytest

from generator.model.nodes import Value
from tests.support import merge_texts

SAME = "same result"
EXAMPLES = (
    ('{"a":"b"}', '{"a":"c"}', SAME, ""),
    ('{"a":"b"}', '{"b":"c"}', SAME, ""),
    ('{"a":"b"}', '{"a":null}', SAME, ""),
    ('{"a":"b","b":"c"}', '{"a":null}', SAME, ""),
    ('{"a":["b"]}', '{"a":"c"}', "E203", "a list stays a list"),
    ('{"a":"c"}', '{"a":["b"]}', "E203", "text stays text"),
    ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', "E202", "there is no `c` to delete"),
    ('{"a":[{"b":"c"}]}', '{"a":[1]}', SAME, ""),
    ('["a","b"]', '["c","d"]', SAME, ""),
    ('{"a":"b"}', '["c"]', "E203", "a mapping stays a mapping"),
    ('{"a":"foo"}', "null", SAME, ""),
    ('{"a":"foo"}', '"bar"', "E203", "a mapping stays a mapping"),
    ('{"e":null}', '{"a":1}', "E306", "ECS accepts null for no member"),
    ("[1,2]", '{"a":"b","c":null}', "E203", "a list stays a list"),
    ("{}", '{"a":{"bb":{"ccc":null}}}', "E202", "there is no `ccc` to delete"),
)


def merge_patch(target: Value, patch: Value) -> Value:
    """RFC 7396, section 2, as it stands there."""
    if not isinstance(patch, dict):
        return patch
    target = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            target.pop(name, None)
        else:
            target[name] = merge_patch(target.get(name), value)
    return target


@pytest.mark.parametrize(("original", "patch", "verdict", "reason"), EXAMPLES)
def test_example_gives_the_same_or_is_refused(original: str, patch: str, verdict: str, reason: str) -> None:
    """Each example stands under a member without a shape, so that only the kinds of its values decide."""
    template = {"family": "app", "future": json.loads(original)}

    merged, findings = merge_texts(template, f"future: {patch}", allow=("future",))

    if verdict == SAME:
        assert (merged, findings) == (merge_patch(template, {"future": json.loads(patch)}), ())
    else:
        assert [finding.code for finding in findings] == [verdict]


@pytest.mark.parametrize(("original", "patch"), [(row[0], row[1]) for row in EXAMPLES[:4]])
def test_example_that_fits_a_string_map_gives_the_same(original: str, patch: str) -> None:
    template = {"containerDefinitions": [{"name": "app", "dockerLabels": json.loads(original)}]}

    merged, findings = merge_texts(template, f"containerDefinitions: {{app: {{dockerLabels: {patch}}}}}")

    labels = merge_patch(json.loads(original), json.loads(patch))
    assert (merged, findings) == ({"containerDefinitions": [{"name": "app", "dockerLabels": labels}]}, ())
