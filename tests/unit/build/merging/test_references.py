"""References to containers and volumes: by `$id` or by name in templates and overlays, by name in the artifact."""

from __future__ import annotations

import pytest

from generator.build.merging import merge_layer, resolve_references, view_document, view_patch
from generator.model.findings import Finding
from generator.model.nodes import Value
from tests.support import read_json, read_yaml, to_python


def build(template: str, patch: str = "{}") -> tuple[Value, tuple[Finding, ...]]:
    """Merge a patch into a template of three containers and a volume, of which `$id`s are the names elsewhere."""
    document, found = view_document(read_json(template))
    assert document is not None
    viewed, more = view_patch(read_yaml(patch))
    merged, merger = merge_layer(document, viewed)
    resolved, last = resolve_references(merged)
    missed = tuple(miss.finding for miss in merger.unmatched)
    return to_python(resolved), (*found, *more, *merger.findings, *missed, *last)


def template(members: str, others: str = "") -> str:
    return f"""{{
      "containerDefinitions": [
        {{"name": "web", {members}}},
        {{"$id": "db", "name": "db-prod"}},
        {{"$id": "log", "name": "log-prod"}}
      ],
      "volumes": [{{"$id": "data", "name": "data-prod"}}, {{"name": "tmp"}}]{others}
    }}"""


def web(members: str, patch: str = "{}") -> tuple[Value, tuple[Finding, ...]]:
    """What becomes of the members of the first container."""
    built, findings = build(template(members), f"containerDefinitions: {{web: {patch}}}")
    return {name: value for name, value in built["containerDefinitions"][0].items() if name != "name"}, findings


READ = {
    "depends on": (
        '"dependsOn": [{"containerName": "db", "condition": "START"}]',
        "{}",
        {"dependsOn": [{"containerName": "db-prod", "condition": "START"}]},
    ),
    "a name": (
        '"dependsOn": [{"containerName": "db-prod", "condition": "START"}]',
        "{}",
        {"dependsOn": [{"containerName": "db-prod", "condition": "START"}]},
    ),
    "a mapping": ('"dependsOn": {"db": "START"}', "{}", {"dependsOn": [{"containerName": "db-prod", "condition": "START"}]}),
    "volumes from": ('"volumesFrom": [{"sourceContainer": "db"}]', "{}", {"volumesFrom": [{"sourceContainer": "db-prod"}]}),
    "links": ('"links": ["db", "db:sql", "log-prod:l"]', "{}", {"links": ["db-prod", "db-prod:sql", "log-prod:l"]}),
    "a mount point": (
        '"mountPoints": [{"containerPath": "/a", "sourceVolume": "data"}, {"containerPath": "/b", "sourceVolume": "tmp"}]',
        "{}",
        {
            "mountPoints": [
                {"containerPath": "/a", "sourceVolume": "data-prod"},
                {"containerPath": "/b", "sourceVolume": "tmp"},
            ]
        },
    ),
    "what nobody has stays, for its rule": ('"links": ["dbs"]', "{}", {"links": ["dbs"]}),
    "other members are no references": ('"image": "db", "command": ["db"]', "{}", {"image": "db", "command": ["db"]}),
    "an overlay finds a name by its $id": (
        '"dependsOn": [{"containerName": "db-prod", "condition": "START"}]',
        "{dependsOn: {db: HEALTHY}}",
        {"dependsOn": [{"containerName": "db-prod", "condition": "HEALTHY"}]},
    ),
    "an overlay finds an $id by its name": (
        '"dependsOn": [{"containerName": "db", "condition": "START"}]',
        "{dependsOn: [{containerName: db-prod, condition: HEALTHY}]}",
        {"dependsOn": [{"containerName": "db-prod", "condition": "HEALTHY"}]},
    ),
    "an overlay deletes by $id": (
        '"dependsOn": [{"containerName": "db-prod", "condition": "START"}]',
        "{dependsOn: {db: null}}",
        {"dependsOn": []},
    ),
    "an overlay adds by $id": ("\"image\": \"a\"", "{dependsOn: {log: START}}", {
        "image": "a", "dependsOn": [{"containerName": "log-prod", "condition": "START"}]
    }),
    "an overlay names a volume by $id": (
        '"mountPoints": [{"containerPath": "/a", "sourceVolume": "tmp"}]',
        "{mountPoints: {/a: {sourceVolume: data}}}",
        {"mountPoints": [{"containerPath": "/a", "sourceVolume": "data-prod"}]},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("members", "patch", "expected"), READ.values(), ids=READ.keys())
def test_a_reference_becomes_the_name(members: str, patch: str, expected: Value) -> None:
    assert web(members, patch) == (expected, ())


def test_the_container_of_a_proxy_becomes_its_name() -> None:
    built, findings = build(template('"image": "a"', ', "proxyConfiguration": {"containerName": "log"}'))
    assert (built["proxyConfiguration"], findings) == ({"containerName": "log-prod"}, ())


def test_a_document_without_ids_stays_as_it_is() -> None:
    document, _ = view_document(read_json('{"containerDefinitions": [{"name": "a", "links": ["a"]}]}'))
    assert document is not None
    assert resolve_references(document) == (document, ())
    assert resolve_references(document)[0] is document


def test_a_container_by_both_of_its_names_stands_twice() -> None:
    members = '"dependsOn": [{"containerName": "db-prod", "condition": "START"}, {"containerName": "db", "condition": "START"}]'
    _, findings = web(members)
    assert [f"{finding.code} {finding.message}" for finding in findings] == [
        "E207 `db` is in `containerDefinitions[web].dependsOn` twice"
    ]


AMBIGUOUS = """{
  "containerDefinitions": [
    {"name": "web", %s},
    {"$id": "db", "name": "db-prod"},
    {"$id": "old", "name": "db"}
  ]
}"""


@pytest.mark.parametrize(
    ("members", "patch"),
    [
        ('"links": ["db"]', "{}"),
        ('"links": ["db:sql"]', "{}"),
        ('"dependsOn": [{"containerName": "db", "condition": "START"}]', "{}"),
        ('"dependsOn": [{"containerName": "db-prod", "condition": "START"}]', "{dependsOn: {db: HEALTHY}}"),
    ],
)
def test_a_text_that_may_mean_two_is_refused(members: str, patch: str) -> None:
    _, findings = build(AMBIGUOUS % members, f"containerDefinitions: {{web: {patch}}}")
    assert [f"{finding.code} {finding.message}" for finding in findings] == [
        "E214 `db` is the `$id` of one item and the name of another"
    ]


def test_a_name_that_is_an_id_elsewhere_means_one_where_nobody_refers_to_it() -> None:
    built, findings = build(AMBIGUOUS % '"links": ["old", "db-prod"]')
    assert findings == ()
    assert built["containerDefinitions"][0]["links"] == ["db", "db-prod"]
