"""Laws of coercion: a scalar keeps its text or is refused, and what is coerced once stays as it is."""

from __future__ import annotations

import json
import re

from hypothesis import given, strategies as st

from generator.build.merging import merge_layer, view_document, view_patch
from generator.documents.coercing import coerce_document
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar
from tests.support import read_json, read_yaml, to_python

PLAIN = st.from_regex(r"[A-Za-z0-9.+_~-]{1,12}", fullmatch=True).filter(
    lambda text: text not in ("null", "-", "---", "...")
)
BASE = '{"family": "f", "containerDefinitions": [{"name": "app", "image": "i"}]}'


def coerce_patch(patch: str) -> tuple[MapNode, list[str]]:
    document, _ = view_document(read_json(BASE))
    assert document is not None
    viewed, findings = view_patch(read_yaml(patch))
    assert findings == ()
    coerced, found = coerce_document(merge_layer(document, viewed)[0])
    return coerced, [finding.code for finding in found]


@given(PLAIN)
def test_text_is_what_was_written(text: str) -> None:
    coerced, codes = coerce_patch(f"containerDefinitions: {{app: {{environment: {{A: {text}}}}}}}")

    assert codes == []
    assert to_python(coerced)["containerDefinitions"][0]["environment"] == [{"name": "A", "value": text}]


@given(PLAIN)
def test_a_whole_number_is_written_as_json_writes_it_or_refused(text: str) -> None:
    coerced, codes = coerce_patch(f"containerDefinitions: {{app: {{cpu: {text}}}}}")

    if re.fullmatch(r"0|-?[1-9][0-9]*", text):
        assert (to_python(coerced)["containerDefinitions"][0]["cpu"], codes) == (int(text), [])
    else:
        assert codes == ["E303"]


@given(PLAIN)
def test_a_boolean_is_true_or_false_or_refused(text: str) -> None:
    coerced, codes = coerce_patch(f"containerDefinitions: {{app: {{essential: {text}}}}}")

    if text in ("true", "false"):
        assert (to_python(coerced)["containerDefinitions"][0]["essential"], codes) == (json.loads(text), [])
    else:
        assert codes == ["E303"]


@given(PLAIN, PLAIN)
def test_coercing_twice_is_coercing_once(cpu: str, value: str) -> None:
    coerced, _ = coerce_patch(f"cpu: {cpu}\ncontainerDefinitions: {{app: {{environment: {{A: {value}}}}}}}")

    assert coerce_document(coerced)[0] == coerced
    assert list_kinds(coerced) <= {"text", "number", "boolean"}


def list_kinds(node: Node) -> set[str]:
    if isinstance(node, Scalar):
        return {node.kind}
    children: list[Node] = [*node.items.values()] if isinstance(node, MapNode) else []
    if isinstance(node, Keyed):
        children = [item.node for item in node.items]
    if isinstance(node, ListNode):
        children = [*node.items]
    return {kind for child in children for kind in list_kinds(child)}
