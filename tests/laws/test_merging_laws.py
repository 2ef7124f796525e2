"""Laws of merging, over task definitions drawn from all shapes and patches drawn for them."""

from __future__ import annotations

import json
from copy import deepcopy

import yaml
from hypothesis import given, strategies as st

from generator.build.merging import merge_layer, view_document, view_patch
from generator.ecs.lists import MAPS, ROWS, UNIONS
from generator.ecs.shapes import task_definition
from generator.model.nodes import Value
from tests.laws.strategies import add_ids, documents, flatten, patches, write_maps
from tests.support import merge_texts, read_json, read_yaml

DRAWS = documents().flatmap(lambda document: st.tuples(st.just(document), patches(document)))


def to_yaml(patch: Value) -> str:
    return yaml.safe_dump(patch, allow_unicode=False, sort_keys=False, width=10_000)


def name_paths(patch: Value, path: str = "") -> set[str]:
    """The paths that a patch in map form names: its leaves, nulls and lists."""
    if not isinstance(patch, dict) or not patch:
        return {path}
    return {
        name
        for key, child in patch.items()
        for name in name_paths(child, f"{path}.{key}") | name_paths(child, f"{path}[{key}]")
    }


@given(documents())
def test_an_empty_overlay_changes_nothing(document: Value) -> None:
    alone, findings = merge_texts(document)

    assert findings == ()
    assert merge_texts(document, "{}") == (alone, ())


@given(documents().filter(lambda document: "InferenceAccelerator" not in str(document)))
def test_merging_a_document_with_itself_changes_nothing(document: Value) -> None:
    alone, _ = merge_texts(document)
    itself = {key: value for key, value in document.items() if value != []}

    merged, findings = merge_texts(document, to_yaml(itself))

    assert [finding.code for finding in findings if finding.severity == "error"] == []
    assert merged == alone


@given(documents(), st.booleans())
def test_a_template_may_write_named_lists_as_mappings(document: Value, named: bool) -> None:
    written = add_ids(document) if named else document

    merged, findings = merge_texts(write_maps(written))

    assert (merged, findings) == merge_texts(written)


@given(DRAWS)
def test_a_patch_merges_alike_into_either_form_of_a_template(drawn: tuple[Value, Value]) -> None:
    document, patch = drawn
    assert merge_texts(write_maps(document), to_yaml(patch)) == merge_texts(document, to_yaml(patch))


@given(DRAWS)
def test_a_path_that_no_layer_names_keeps_its_value(drawn: tuple[Value, Value]) -> None:
    document, patch = drawn
    before, findings = merge_texts(document)
    assert findings == ()

    after, findings = merge_texts(document, to_yaml(patch))

    assert [finding for finding in findings if finding.severity == "error"] == []
    named = name_paths(patch)
    old, new = (flatten(value, task_definition()) for value in (before, after))
    for path, value in old.items():
        touched = any(
            path == name or path.startswith((f"{name}.", f"{name}[")) or name.startswith((f"{path}.", f"{path}["))
            for name in named
        )
        if not touched and not drops_by_union(path, patch, named):
            assert new.get(path) == value, path


def drops_by_union(path: str, patch: Value, named: set[str]) -> bool:
    """Whether a patch sets the other side of a union that the path is one side of."""
    for one, other in (("environment", "secrets"), ("secrets", "environment")):
        if f".{one}[" in path or path.endswith(f".{one}"):
            container, _, rest = path.partition(f".{one}")
            identity = rest.partition("]")[0]
            return any(
                name.startswith(f"{container}.{other}{identity}]" if identity else f"{container}.{other}")
                for name in named
            )
    if path.startswith(".volumes["):
        volume = path.partition("]")[0] + "]"
        return any(name.startswith(f"{volume}.") and not name.startswith(f"{volume}.name") for name in named)
    for member, switch in (("logConfiguration", "logDriver"), ("firelensConfiguration", "type")):
        if f".{member}." in path:
            return f"{path.partition(f'.{member}.')[0]}.{member}.{switch}" in named
    return False


@given(DRAWS)
def test_inputs_are_untouched(drawn: tuple[Value, Value]) -> None:
    document, _ = view_document(read_json(json.dumps(drawn[0])))
    assert document is not None
    patch, _ = view_patch(read_yaml(to_yaml(drawn[1])))
    before = deepcopy((document, patch))

    merge_layer(document, patch)

    assert (document, patch) == before


@given(DRAWS)
def test_applying_a_patch_without_deletions_twice_is_applying_it_once(drawn: tuple[Value, Value]) -> None:
    document, patch = drawn
    text = to_yaml(settle(patch))

    once, findings = merge_texts(document, text)
    twice, _ = merge_texts(document, text, text)

    assert [finding for finding in findings if finding.severity == "error"] == []
    assert twice == once


def settle(patch: Value) -> Value:
    """Leave out deletions and additions of containers, which a second time find nothing to do."""
    if not isinstance(patch, dict):
        return patch
    return {
        key: settle(child)
        for key, child in patch.items()
        if child is not None
        and not (isinstance(child, dict) and "$add" in child)
        and not (isinstance(child, list) and any(isinstance(item, dict) and "$add" in item for item in child))
    }


@given(DRAWS)
def test_no_null_and_no_directive_reaches_an_artifact(drawn: tuple[Value, Value]) -> None:
    merged, _ = merge_texts(drawn[0], to_yaml(drawn[1]))

    def walk(value: Value) -> None:
        assert value is not None
        for key, child in value.items() if isinstance(value, dict) else ():
            assert not key.startswith("$")
            walk(child)
        for child in value if isinstance(value, list) else ():
            walk(child)

    walk(merged)


MEMBERS = sorted(
    {
        name
        for names in (ROWS, MAPS, ((union, member) for union, sides in UNIONS.items() for member in sides.members))
        for _, name in names
    }
)
KEYS = st.sampled_from(
    [
        *MEMBERS,
        "name",
        "app",
        "A",
        "cpu",
        "memory",
        "containerPort",
        "protocol",
        "hostPath",
        "value",
        "8080/tcp",
        "nothing",
    ]
) | st.sampled_from(["$replace", "$add", "$remove", "$prepend", "$append", "$id", "$nothing", "$$a"])
ANYTHING: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.sampled_from(["", "A", "app", "true", "8080", "null", "ten"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(
    st.dictionaries(KEYS, ANYTHING, max_size=5),
    st.dictionaries(KEYS, ANYTHING, max_size=5),
    st.dictionaries(KEYS, ANYTHING, max_size=5),
)
def test_any_template_and_patches_give_a_document_or_findings(template: Value, first: Value, second: Value) -> None:
    merged, findings = merge_texts(template, to_yaml(first), to_yaml(second), allow=("nothing",))

    assert merged is not None or any(finding.severity == "error" for finding in findings)


@given(documents(), st.dictionaries(KEYS, ANYTHING, max_size=5))
def test_any_patch_on_a_right_document_gives_a_document_or_findings(document: Value, patch: Value) -> None:
    merged, findings = merge_texts(document, to_yaml({"containerDefinitions": {"app": patch}, **patch}))

    assert merged is not None or any(finding.severity == "error" for finding in findings)
