"""Artifacts that face each other, and the line that each difference comes from."""

from __future__ import annotations

import pytest

from generator.build.pipeline import build_project
from generator.build.planning import plan_project
from generator.model.comparison import Review, Side
from generator.model.findings import Place
from generator.model.project import Project
from generator.review.compare import (
    Tracer,
    compare_environments,
    compare_pair,
    compare_projects,
    group_by_cause,
    view_file,
)
from tests.support import make_project, read_json, to_python

TEMPLATE = """\
{% if debug %}
{% set note = "x" %}
{% endif %}
{"family": "app-{{ env }}", "memory": "512", "containerDefinitions": [
  {"$id": "app", "name": "app-{{ env }}", "image": "app:{{ tag }}", "user": "u",
   "environment": [
     {% for name in names %}
     {"name": "{{ name }}", "value": "1"},
     {% endfor %}
     {"name": "FIXED", "value": "2"}]}]}
"""
BASE = "vars: {tag: v1, names: [A], debug: false}\npatch:\n  cpu: 256\n"
OVERLAYS = {
    "_base.yaml": BASE,
    "dev.yaml": "extends: _base\n",
    "prod.yaml": "extends: _base\nvars:\n  tag: v2\npatch:\n  cpu: 1 vCPU\n  containerDefinitions:\n    app: {user: null}\n",
}


def project(template: str = TEMPLATE, **overlays: str | None) -> Project:
    given = {**OVERLAYS, **{f"{name}.yaml": text for name, text in overlays.items()}}
    return make_project({"app.json.j2": template}, {name: text for name, text in given.items() if text is not None})


def spell(places: tuple[Place, ...]) -> list[str]:
    return [str(place.location) for place in places]


def tell(review: Review) -> list[tuple[str, list[str], list[str]]]:
    return [
        (change.row.path, spell(change.left), spell(change.right))
        for comparison in review.comparisons
        for change in comparison.changes
    ]


APP = "containerDefinitions[app]"


def test_a_difference_between_environments_names_the_lines_of_both() -> None:
    template = "templates/app.json.j2"
    assert tell(compare_environments(plan_project(project()), "dev", "prod")) == [
        ("family", [f"{template}:4:12"], [f"{template}:4:12"]),
        (f"{APP}.name", [f"{template}:5:26"], [f"{template}:5:26"]),
        (f"{APP}.image", ["environments/_base.yaml:1:13"], ["environments/prod.yaml:3:8"]),
        (f"{APP}.user", [f"{template}:5:77"], ["environments/prod.yaml:7:11"]),
        ("cpu", ["environments/_base.yaml:3:8"], ["environments/prod.yaml:5:8"]),
    ]


def test_both_sides_see_the_same() -> None:
    here, there = (
        compare_environments(plan_project(project()), "dev", "prod"),
        compare_environments(plan_project(project()), "prod", "dev"),
    )
    assert tell(here) == [(path, right, left) for path, left, right in tell(there)]
    assert compare_environments(plan_project(project()), "dev", "dev").comparisons[0].changes == ()


def test_a_task_of_one_environment_only_is_a_difference() -> None:
    changed = project(dev="extends: _base\ntasks: {app: null}\n")
    (comparison,) = compare_environments(plan_project(changed), "dev", "prod").comparisons
    assert (comparison.left, comparison.right, comparison.task, comparison.differs) == ("", "prod", "app", True)


def test_what_only_rules_find_wrong_is_compared() -> None:
    checked = project(dev="extends: _base\npatch: {requiresCompatibilities: [FARGATE]}\n")
    checked = checked._replace(settings=checked.settings._replace(levels=()))
    assert "E432" in [finding.code for finding in build_project(checked, environments=["dev"]).findings]
    review = compare_environments(plan_project(checked), "dev", "prod")
    assert (review.findings, len(review.comparisons)) == ((), 1)


def test_what_cannot_be_built_is_not_compared_and_told() -> None:
    review = compare_environments(plan_project(project(prod="extends: _base\npatch: {nonsense: 1}\n")), "dev", "prod")
    assert ([finding.code for finding in review.findings], review.comparisons) == (["E301"], ())


EDITS = {
    "a line of the template": (
        {"template": TEMPLATE.replace('"2"', '"3"')},
        {"templates/app.json.j2:10:6": ["dev", "prod"]},
    ),
    "a variable": ({"prod": OVERLAYS["prod.yaml"].replace("v2", "v3")}, {"environments/prod.yaml:3:3": ["prod"]}),
    "a variable that is overridden elsewhere": (
        {"_base": BASE.replace("v1", "v9")},
        {"environments/_base.yaml:1:1": ["dev"]},
    ),
    "an override taken out": (
        {"prod": OVERLAYS["prod.yaml"].replace("  cpu: 1 vCPU\n", "")},
        {"environments/prod.yaml:5:3": ["prod"]},
    ),
    "a removal": (
        {"dev": "extends: _base\npatch: {containerDefinitions: {app: {user: null}}}\n"},
        {"environments/dev.yaml:2:1": ["dev"]},
    ),
    "a removal taken out": (
        {"prod": OVERLAYS["prod.yaml"].replace("    app: {user: null}\n", "    app: {}\n")},
        {"environments/prod.yaml:7:5": ["prod"]},
    ),
    "what a loop goes through": (
        {"_base": BASE.replace("[A]", "[A, B]")},
        {"environments/_base.yaml:1:1": ["dev", "prod"]},
    ),
    "the loop itself": (
        {"template": TEMPLATE.replace("in names", 'in names + ["B"]')},
        {"templates/app.json.j2:7:6": ["dev", "prod"]},
    ),
    "a variable that becomes a secret": (
        {"_base": BASE + "  containerDefinitions:\n    app:\n      secrets:\n        FIXED: /app/fixed\n"},
        {"environments/_base.yaml:7:9": ["dev", "prod"]},
    ),
    "another parent": (
        {"dev": "extends: _other\n", "_other": BASE.replace("256", "512")},
        {"environments/_other.yaml:3:3": ["dev"]},
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_difference_is_traced_to_its_edit(name: str) -> None:
    edit, expected = EDITS[name]
    template = edit.get("template", TEMPLATE)
    new = project(template, **{key: text for key, text in edit.items() if key != "template"})
    review = compare_projects(project(), new, labels=("old", "new"))
    groups = group_by_cause(review.comparisons)
    assert {str(each.cause and each.cause.place.location): list(each.environments) for each in groups} == expected
    assert all(group.cause and group.cause.certain for group in groups)


def test_an_edit_that_cannot_be_named_is_not_made_up() -> None:
    template = TEMPLATE.replace('"user": "u"', '{% set user = aws.region %}"user": "{{ user }}"')
    dev, prod = "extends: _base\naws: {region: us-east-1}\n", OVERLAYS["prod.yaml"] + "aws: {region: us-east-1}\n"
    edited = dev.replace("us-east-1", "eu-west-1") + "vars:\n  other: x\n"
    old = project(template, dev=dev, prod=prod)
    new = project(template, dev=edited, prod=prod, _base="# a comment\n" + BASE)
    (group,) = group_by_cause(compare_projects(old, new, labels=("old", "new")).comparisons)
    assert group.cause is not None and not group.cause.certain


def test_an_environment_that_is_new_is_a_difference() -> None:
    review = compare_projects(project(), project(test="extends: _base\n"), labels=("old", "new"))
    assert [(each.environment, each.left, each.right) for each in review.comparisons if each.differs] == [
        ("test", "", "new")
    ]


DESCRIBED = """
{"taskDefinition": {"taskDefinitionArn": "x", "revision": 3, "status": "ACTIVE", "family": "app", "cpu": 256, "nonsense": 1,
  "containerDefinitions": [{"name": "a", "cpu": 0}], "requiresAttributes": [{"name": "x"}]}}
"""


def test_a_file_is_viewed_as_it_would_be_registered_with_all_that_it_says() -> None:
    side = view_file("live.json", read_json(DESCRIBED))
    assert (to_python(side.document), side.has_tags) == (
        {"family": "app", "cpu": "256", "nonsense": 1, "containerDefinitions": [{"name": "a", "cpu": 0}]},
        False,
    )


def test_tags_of_an_answer_without_tags_are_not_compared() -> None:
    plain = read_json('{"family": "app", "tags": [{"key": "a", "value": "b"}]}')
    described = view_file("live.json", read_json('{"taskDefinition": {"family": "app", "revision": 3}}'))
    compared = compare_pair(described, view_file("a.json", plain), Tracer())
    assert (compared.changes, len(compared.notes)) == ((), 1)
    assert compare_pair(Side("a", plain), described, Tracer()).changes == ()


def test_members_that_no_model_knows_are_compared_as_they_stand_and_named() -> None:
    old, new = (
        view_file(name, read_json(f'{{"family": "app", "newer": {{"a": {value}, "b": {value}}}, "cpu": "{value}"}}'))
        for name, value in (("old", 1), ("new", 2))
    )
    compared = compare_pair(old, new, Tracer())
    assert ([change.row.path for change in compared.changes], compared.notes) == (
        ["cpu", "newer.a", "newer.b"],
        ("`newer` is a member that taskdef does not know, so any other value counts as a difference",),
    )
    assert compare_pair(old, old, Tracer()).notes == ()


def test_the_only_edit_there_is_has_done_it() -> None:
    template = TEMPLATE.replace('"user": "u"', '"user": "{{ aws.region }}"')
    dev, prod = "extends: _base\naws: {region: us-east-1}\n", OVERLAYS["prod.yaml"] + "aws: {region: us-east-1}\n"
    old = project(template, dev=dev, prod=prod)
    new = project(template, dev=dev.replace("us-east-1", "eu-west-1"), prod=prod)
    (group,) = group_by_cause(compare_projects(old, new, labels=("old", "new")).comparisons)
    assert group.cause is not None and group.cause.certain
    assert str(group.cause.place.location) == "environments/dev.yaml:2:1"


def test_of_several_variables_those_that_differ_are_named() -> None:
    template = TEMPLATE.replace("app:{{ tag }}", "{{ names[0] }}:{{ tag }}")
    (image,) = (
        row
        for row in tell(compare_environments(plan_project(project(template)), "dev", "prod"))
        if row[0].endswith("image")
    )
    assert image[1:] == (["environments/_base.yaml:1:13"], ["environments/prod.yaml:3:8"])


def test_an_edit_of_the_region_is_named() -> None:
    template = TEMPLATE.replace('"user": "u"', '"user": "{{ aws.region }}"')
    base = BASE + "aws: {region: us-east-1}\n"
    edited = "# a comment\n" + base.replace("us-east-1", "eu-west-1")
    old, new = project(template, _base=base), project(template, _base=edited)
    (group,) = group_by_cause(compare_projects(old, new, labels=("old", "new")).comparisons)
    assert group.cause is not None and group.cause.certain
    assert str(group.cause.place.location) == "environments/_base.yaml:5:1"


MADE = """\
{% macro log(name, value) %}{"name": "{{ name }}", "value": "{{ value }}"},{% endmacro %}
{% set whole = registry ~ "/app" %}
{"family": "app", "taskRoleArn": "{{ role("app") }}", "memory": "512", "containerDefinitions": [
  {"name": "app", "image": "{{ ecr("app", tag="v1") }}",
   "secrets": [{"name": "S", "valueFrom": "{{ ssm("/app/s") }}"}],
   "environment": [
     {"name": "REGION", "value": "{{ aws.region }}"},
     {"name": "LITERAL", "value": "{{ 'aws.region' }}"},
     {"name": "SET", "value": "{{ whole }}"},
     {{ log("CALLED", given) }}
     {{ log("OTHER", "x") }}
     {% for pair in pairs %}
     {"name": "{{ pair.name }}", "value": "{{ pair.value }}-{{ tail }}"},
     {% endfor %}
     {% if debug %}
     {"name": "DEBUG", "value": "1"},
     {% endif %}
     {% include "_part.j2" %}
   ]}]}
"""
PART = '{% for given in parts %}{"name": "P{{ loop.index }}", "value": "{{ given }}"},{% endfor %}'
MADE_DEV = """\
aws: {account: "111111111111", region: eu-west-1}
vars:
  registry: one
  given: a
  pairs:
    - {name: A, value: 1}
  parts: [x, y]
  tail: same
  debug: false
"""
MADE_PROD = """\
aws:
  region: us-east-1
  account: "222222222222"
vars:
  registry: two
  given: b
  pairs: [{name: A, value: 2}, {name: B, value: 3}]
  parts: [x, z]
  tail: same
  debug: true
"""


def test_what_a_value_is_made_of_is_named_through_helpers_loops_macros_and_partials() -> None:
    made = make_project({"app.json.j2": MADE, "_part.j2": PART}, {"dev.yaml": MADE_DEV, "prod.yaml": MADE_PROD})
    dev, prod = "environments/dev.yaml", "environments/prod.yaml"
    accounts, regions = (f"{dev}:1:16", f"{prod}:3:12"), (f"{dev}:1:40", f"{prod}:2:11")
    assert tell(compare_environments(plan_project(made), "dev", "prod")) == [
        ("taskRoleArn", [accounts[0]], [accounts[1]]),
        (f"{APP}.image", [accounts[0], regions[0]], [accounts[1], regions[1]]),
        (f"{APP}.environment[A].value", [f"{dev}:6:5"], [f"{prod}:7:10"]),
        (f"{APP}.environment[CALLED].value", [f"{dev}:4:10"], [f"{prod}:6:10"]),
        (f"{APP}.environment[P2].value", [f"{dev}:7:10"], [f"{prod}:8:10"]),
        (f"{APP}.environment[REGION].value", [regions[0]], [regions[1]]),
        (f"{APP}.environment[SET].value", [f"{dev}:3:13"], [f"{prod}:5:13"]),
        (f"{APP}.environment[B].value", [f"{dev}:6:5"], [f"{prod}:7:10"]),
        (f"{APP}.environment[DEBUG].value", [f"{dev}:9:10"], [f"{prod}:10:10"]),
        (f"{APP}.secrets[S].valueFrom", [accounts[0], regions[0]], [accounts[1], regions[1]]),
    ]
    assert tell(compare_environments(plan_project(made), "prod", "dev"))[0] == (
        "taskRoleArn",
        [accounts[1]],
        [accounts[0]],
    )


def test_what_an_overlay_took_away_is_named_rather_than_what_stands_around_it() -> None:
    removed = "patch: {containerDefinitions: {app: {environment: {DEBUG: null}}}}\n"
    made = make_project(
        {"app.json.j2": MADE, "_part.j2": PART},
        {"dev.yaml": MADE_DEV.replace("false", "1") + removed, "prod.yaml": MADE_PROD},
    )
    told = {path: places for path, *places in tell(compare_environments(plan_project(made), "dev", "prod"))}
    assert told[f"{APP}.environment[DEBUG].value"] == [
        ["environments/dev.yaml:10:52"],
        ["templates/app.json.j2:16:33"],
    ]


def test_account_and_region_of_a_parent_are_named_there() -> None:
    made = make_project(
        {"app.json.j2": MADE, "_part.j2": PART},
        {
            "_live.yaml": MADE_PROD,
            "dev.yaml": MADE_DEV,
            "prod.yaml": 'extends: _live\naws: {account: "333333333333"}\n',
        },
    )
    told = {path: places for path, *places in tell(compare_environments(plan_project(made), "dev", "prod"))}
    assert told[f"{APP}.image"][1] == ["environments/prod.yaml:2:16", "environments/_live.yaml:2:11"]


def commit(made: Project) -> Project:
    """Name the sources of a project as those of a revision are."""
    templates, overlays = (
        {name: source._replace(path=f"HEAD:{source.path}") for name, source in sources.items()}
        for sources in (made.templates, made.overlays)
    )
    return made._replace(templates=templates, overlays=overlays)


def test_what_is_parsed_once_for_both_states_is_named_as_each_of_them_names_it() -> None:
    edited = "extends: _base\npatch: {containerDefinitions: {app: {user: root}}}\n"
    assert tell(compare_projects(commit(project()), project(dev=edited), labels=("HEAD", "the work tree"))) == [
        (f"{APP}.user", ["HEAD:templates/app.json.j2:5:77"], ["environments/dev.yaml:2:44"])
    ]


def test_an_error_in_both_states_is_told_of_each() -> None:
    broken = "extends: _base\npatch: {nonsense: 1}\n"
    review = compare_projects(commit(project(dev=broken)), project(dev=broken), labels=("HEAD", "the work tree"))
    assert [str(finding.location) for finding in review.findings] == [
        "HEAD:environments/dev.yaml:2:9",
        "environments/dev.yaml:2:9",
    ]
