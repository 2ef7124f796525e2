"""Every scalar gets the type of its ECS shape from its source text, or is refused; nothing is guessed."""

from __future__ import annotations

import pytest

from generator.build.merging import merge_layer, view_document, view_patch
from generator.documents.coercing import coerce_document
from generator.model.nodes import Value
from tests.support import read_json, read_yaml, to_python

TEXTS = [
    "NO",
    "yes",
    "0755",
    "1.10",
    "12:30:45",
    "012345670123",
    "123e4567",
    "0x1F",
    "~",
    "Null",
    "TRUE",
    ".5",
    "1_000",
    "5",
]


def coerce_yaml(text: str) -> tuple[Value, list[str]]:
    """Coerce a patch on a task definition with one container `app`."""
    document, _ = view_document(read_json('{"family": "f", "containerDefinitions": [{"name": "app", "image": "i"}]}'))
    assert document is not None
    patch, findings = view_patch(read_yaml(text))
    assert findings == ()
    coerced, found = coerce_document(merge_layer(document, patch)[0])
    return to_python(coerced), [f"{finding.code} {finding.message} | {finding.help}" for finding in found]


@pytest.mark.parametrize("text", TEXTS)
def test_text_stays_as_written(text: str) -> None:
    coerced, findings = coerce_yaml(f"containerDefinitions: {{app: {{environment: {{A: {text}}}}}}}")

    assert findings == []
    assert coerced["containerDefinitions"][0]["environment"] == [{"name": "A", "value": text}]


INTEGERS = {"0": 0, "5": 5, '"5"': 5, "65536": 65536, "-1": -1}


@pytest.mark.parametrize(("text", "number"), INTEGERS.items())
def test_digits_are_a_whole_number(text: str, number: int) -> None:
    coerced, findings = coerce_yaml(f"containerDefinitions: {{app: {{cpu: {text}}}}}")

    assert (coerced["containerDefinitions"][0]["cpu"], findings) == (number, [])


@pytest.mark.parametrize("text", ["0755", "1.0", "1e3", "0x1F", "1_000", "ten", "true", '""', "+5", "٣", "-", "-0"])
def test_anything_else_is_no_whole_number(text: str) -> None:
    bare = text.strip('"')
    assert coerce_yaml(f"containerDefinitions: {{app: {{cpu: {text}}}}}")[1] == [
        f"E303 `containerDefinitions[app].cpu` is a whole number, and `{bare}` is not"
        " | write decimal digits only, without a leading zero, sign or unit"
    ]


def test_only_true_and_false_are_booleans() -> None:
    for text, value in {"true": True, "false": False, '"true"': True}.items():
        coerced, findings = coerce_yaml(f"containerDefinitions: {{app: {{essential: {text}}}}}")
        assert (coerced["containerDefinitions"][0]["essential"], findings) == (value, [])


@pytest.mark.parametrize(
    ("text", "help"),
    {
        "yes": "write `true`",
        "on": "write `true`",
        "True": "write `true`",
        "NO": "write `false`",
        "0": "write `false`",
        "x": None,
    }.items(),
)
def test_other_words_are_no_booleans(text: str, help: str | None) -> None:
    assert coerce_yaml(f"containerDefinitions: {{app: {{essential: {text}}}}}")[1] == [
        f"E303 `containerDefinitions[app].essential` is `true` or `false`, and `{text}` is neither | {help}"
    ]


SIZES = {
    "cpu: 256": "256",
    "cpu: 0.25 vCPU": "256",
    "cpu: .5 vcpu": "512",
    "cpu: 1vCPU": "1024",
    "cpu: 1.0 VCPU": "1024",
    "memory: 512": "512",
    "memory: 1 GB": "1024",
    "memory: 0.5GB": "512",
    "memory: 2 gb": "2048",
    "memory: 1 GiB": "1 GiB",
    "cpu: 1 GB": "1 GB",
    "cpu: fast": "fast",
}


@pytest.mark.parametrize(("text", "size"), SIZES.items())
def test_task_sizes_with_a_unit_become_units_and_mib(text: str, size: str) -> None:
    coerced, findings = coerce_yaml(text)

    assert (coerced[text.partition(":")[0]], findings) == (size, [])


def test_a_fraction_of_a_unit_is_refused() -> None:
    assert coerce_yaml("cpu: 0.0001 vCPU")[1] == ["E303 `0.0001 vCPU` is not a whole number of CPU units | None"]


def test_container_memory_has_no_unit() -> None:
    assert coerce_yaml("containerDefinitions: {app: {memory: 1 GB}}")[1] == [
        "E303 `containerDefinitions[app].memory` is a whole number, and `1 GB` is not"
        " | write decimal digits only, without a leading zero, sign or unit"
    ]


TEMPLATES = {
    '{"cpu": 256}': ("256", []),
    '{"cpu": 0.10}': ("0.10", []),
    '{"cpu": 1e3}': (None, ["E303 `cpu` is text, and `1e3` is not"]),
    '{"cpu": true}': (None, ["E303 `cpu` is text, and `true` is not"]),
    '{"cpu": null}': (None, ["E306 a template cannot set null: no member in ECS accepts it"]),
    '{"cpu": []}': (None, ["E302 `cpu` takes text, not a list"]),
    '{"cpu": {}}': (None, ["E302 `cpu` takes text, not a mapping"]),
    '{"tags": "x"}': (None, ["E302 `tags` takes a list, not text"]),
    '{"runtimePlatform": 5}': (None, ["E302 `runtimePlatform` takes a mapping, not a number"]),
}


@pytest.mark.parametrize(("template", "expected"), TEMPLATES.items())
def test_json_of_a_template_becomes_text_only_where_nothing_is_lost(
    template: str, expected: tuple[Value, list[str]]
) -> None:
    document, _ = view_document(read_json(template))
    assert document is not None
    coerced, findings = coerce_document(document)

    messages = [f"{finding.code} {finding.message}" for finding in findings if finding.code != "E304"]
    assert (to_python(coerced).get("cpu") if not messages else None, messages) == expected


def test_required_members_are_named_together() -> None:
    document, _ = view_document(read_json('{"containerDefinitions": [{"name": "a", "secrets": [{"name": "S"}]}]}'))
    assert document is not None

    assert [f"{finding.code} {finding.message}" for finding in coerce_document(document)[1]] == [
        "E304 the task definition has no `family`, which ECS requires",
        "E304 `containerDefinitions[a].secrets[S]` has no `valueFrom`, which ECS requires",
    ]
