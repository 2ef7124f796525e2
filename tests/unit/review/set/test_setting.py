"""Values set in overlays: the text before, what is set, and the text afterwards; and what is refused, and why."""

from __future__ import annotations

import pytest

from generator.model.edits import Assignment
from generator.model.findings import InputError, WrongUsage
from generator.model.project import Project
from generator.review.set.setting import Setter
from tests.support import make_project

TEMPLATE = """\
{% set own = "x" %}
{
  "family": "web-{{ env }}",
  "memory": "512",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "web:{{ tag | default('none') }}",
      "essential": true,
      "command": ["{{ own }}"{% if db is defined %}, "{{ db.host }}"{% endif %}],
      "environment": [{"name": "LEVEL", "value": "INFO"}],
      "dockerLabels": {"a.b": "c"}
    },
    {"name": "log", "image": "log:v1", "essential": false}
  ]
}
"""
CONTAINER = "containerDefinitions[web]"


def make(prod: str, **others: str) -> Project:
    files = {"prod.yaml": prod} | {name.replace("__", "/") + ".yaml": text for name, text in others.items()}
    return make_project({"web.json.j2": TEMPLATE}, files)


def set_value(project: Project, name: str, text: str | None, **options: object) -> Setter:
    setter = Setter(project, "prod", **options)  # type: ignore[arg-type]  # as given
    setter.assign(Assignment(name, text))
    return setter


VALUES = [
    # quotes and types stay
    ("vars: {tag: v1}\n", "tag", "v2", "vars: {tag: v2}\n"),
    ('vars: {tag: "v1"}\n', "tag", "v2", 'vars: {tag: "v2"}\n'),
    ("vars:\n  tag: 'v1'  # pinned\n", "tag", "it's", "vars:\n  tag: 'it''s'  # pinned\n"),
    ("vars:\n  tag: 'v1'\n", "tag", "a\nb", 'vars:\n  tag: "a\\nb"\n'),
    ("vars: {tag: 3}\n", "tag", "4", "vars: {tag: 4}\n"),
    ("vars: {tag: 3}\n", "tag", "v4", "vars: {tag: v4}\n"),
    ("vars: {tag: true}\n", "tag", "false", "vars: {tag: false}\n"),
    ("vars: {tag: v1}\n", "tag", "4", 'vars: {tag: "4"}\n'),
    ("vars: {tag: v1}\n", "tag", "true", 'vars: {tag: "true"}\n'),
    ("vars: {tag: null}\n", "tag", "v1", "vars: {tag: v1}\n"),
    # what YAML would read otherwise is quoted
    *(
        ("vars: {tag: v1}\n", "tag", text, f"vars: {{tag: {written}}}\n")
        for text, written in [
            ("yes", '"yes"'), ("1e3", '"1e3"'), ("0123", '"0123"'), ("null", '"null"'), ("~", '"~"'), ("", '""'),
            ("2024-01-01", '"2024-01-01"'), ("a: b", '"a: b"'), ("#", '"#"'), ("a #b", '"a #b"'), ("blank ", '"blank "'),
            (" blank", '" blank"'), ("a, b", '"a, b"'), ("[a]", '"[a]"'), ("*a", '"*a"'), ("&a", '"&a"'), ("- a", '"- a"'),
            ("1.10", '"1.10"'), ("12:30", '"12:30"'), ('"', '"\\""'), ("\t", '"\\t"'), ("é", "é"), ("a=b", "a=b"),
        ]
    ),
    # where it stands
    ("vars: {db: {host: a, port: 1}}\n", "db.host", "b", "vars: {db: {host: b, port: 1}}\n"),
    ("vars:\n  tag: >-\n    a\n    b\n  x: 1\n", "tag", "c", "vars:\n  tag: c\n  x: 1\n"),
    ("vars:\n  tag: |\n    a\n\n  x: 1\n", "tag", "c", "vars:\n  tag: c\n\n  x: 1\n"),
    ("vars:\n  tag: a\n    b\n", "tag", "c", "vars:\n  tag: c\n"),
    ("vars:\n  tag: !!str 1\n", "tag", "2", 'vars:\n  tag: !!str "2"\n'),
    ("vars: {tag: &a v1}\n", "tag", "v2", "vars: {tag: &a v2}\n"),
    ("tasks: {web: {vars: {tag: v1}}}\n", "tag", "v2", "tasks: {web: {vars: {tag: v2}}}\n"),
    ("vars: {tag: v1}", "tag", "v2", "vars: {tag: v2}"),
    # new entries
    ("", "tag", "v1", "vars:\n  tag: v1\n"),
    ("# prod", "tag", "v1", "# prod\nvars:\n  tag: v1"),
    ("# prod\n", "tag", "v1", "# prod\nvars:\n  tag: v1\n"),
    ("---\n", "tag", "v1", "---\nvars:\n  tag: v1\n"),
    ("vars: {}\n", "tag", "v1", "vars: {tag: v1}\n"),
    ("vars: { }\n", "tag", "v1", "vars: {tag: v1 }\n"),
    ("vars: {x: 1}  # flow\n", "tag", "v1", "vars: {x: 1, tag: v1}  # flow\n"),
    ("vars: {x: 1,}\n", "tag", "v1", "vars: {x: 1, tag: v1}\n"),
    ("vars: {\n  x: 1\n}\n", "tag", "v1", "vars: {\n  x: 1,\n  tag: v1\n}\n"),
    ("vars: {\n  x: 1,  # one\n}\n", "tag", "v1", "vars: {\n  x: 1,  # one\n  tag: v1,\n}\n"),
    ("vars: {\n  x: 1  # one\n}\n", "tag", "v1", "vars: {\n  x: 1,  # one\n  tag: v1\n}\n"),
    ("vars:\n    x: 1  # one\n\n# two\n", "tag", "v1", "vars:\n    x: 1  # one\n    tag: v1\n\n# two\n"),
    ("vars:\n    x: 1", "tag", "v1", "vars:\n    x: 1\n    tag: v1"),
    ("vars:\n  x: |+\n    a\n\n", "tag", "v1", "vars:\n  tag: v1\n  x: |+\n    a\n\n"),
    ("vars:\n  x: &a 1\n  y: *a\n", "tag", "v1", "vars:\n  x: &a 1\n  y: *a\n  tag: v1\n"),
    ("vars: {x: &a 1, y: *a}\n", "tag", "v1", "vars: {x: &a 1, y: *a, tag: v1}\n"),
    ("patch: {cpu: 256}\n", "tag", "v1", "patch: {cpu: 256}\nvars:\n  tag: v1\n"),
    ("vars: {x: 1}\npatch: {}\n", "db.host", "a", "vars: {x: 1, db: {host: a}}\npatch: {}\n"),
    ("extends: _base\ntasks: {}\n", "tag", "v1", "extends: _base\nvars:\n  tag: v1\ntasks: {}\n"),
    ("{vars: {x: 1}}\n", "tag", "v1", "{vars: {x: 1, tag: v1}}\n"),
    ("vars:\n    x: {y: 1}\n", "db.host", "a", "vars:\n    x: {y: 1}\n    db:\n        host: a\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "value", "wanted"), VALUES)
def test_a_variable_is_set_and_no_other_byte_changes(text: str, name: str, value: str, wanted: str) -> None:
    setter = set_value(make(text, _base="{}\n"), name, value)
    assert setter.project.overlays["prod.yaml"].text == wanted


MEMBERS = [
    ("patch: {cpu: 256}\n", "cpu", "512", "patch: {cpu: 512}\n"),
    ("patch: {memory: 2 GB}\n", "memory", "4096", "patch: {memory: 4096}\n"),
    ('patch: {cpu: "256"}\n', "cpu", "512", 'patch: {cpu: "512"}\n'),
    ("patch: {}\n", "cpu", "0.5 vCPU", "patch: {cpu: 0.5 vCPU}\n"),
    (
        "patch:\n  containerDefinitions:\n    web: {environment: {LEVEL: DEBUG}}\n",
        f"{CONTAINER}.environment[LEVEL]", "8080",
        'patch:\n  containerDefinitions:\n    web: {environment: {LEVEL: "8080"}}\n',
    ),
    (
        "patch:\n  containerDefinitions:\n    web: {environment: {LEVEL: {value: DEBUG}}}\n",
        f"{CONTAINER}.environment[LEVEL].value", "WARN",
        "patch:\n  containerDefinitions:\n    web: {environment: {LEVEL: {value: WARN}}}\n",
    ),
    (
        "patch:\n  containerDefinitions:\n    - name: web\n      environment:\n        - {name: LEVEL, value: DEBUG}\n",
        f"{CONTAINER}.environment[LEVEL]", "WARN",
        "patch:\n  containerDefinitions:\n    - name: web\n      environment:\n        - {name: LEVEL, value: WARN}\n",
    ),
    (
        "patch:\n  containerDefinitions:\n    - name: web\n      environment:\n        - {name: A, value: a}  # a\n",
        f"{CONTAINER}.environment[NEW]", "1",
        "patch:\n  containerDefinitions:\n    - name: web\n      environment:\n        - {name: A, value: a}  # a\n"
        '        - {name: NEW, value: "1"}\n',
    ),
    (
        "patch:\n  containerDefinitions:\n  - name: web\n    cpu: 1\n",
        "containerDefinitions[log].cpu", "2",
        "patch:\n  containerDefinitions:\n  - name: web\n    cpu: 1\n  - name: log\n    cpu: 2\n",
    ),
    (
        "patch: {containerDefinitions: [{name: web, cpu: 1}]}\n",
        "containerDefinitions[log].cpu", "2",
        "patch: {containerDefinitions: [{name: web, cpu: 1}, {name: log, cpu: 2}]}\n",
    ),
    (
        "patch: {containerDefinitions: {web: {environment: {LEVEL: null}}}}\n",
        f"{CONTAINER}.environment[LEVEL]", "WARN",
        "patch: {containerDefinitions: {web: {environment: {LEVEL: WARN}}}}\n",
    ),
    (
        "patch: {containerDefinitions: {web: {environment: {$replace: [{name: A, value: a}]}}}}\n",
        f"{CONTAINER}.environment[NEW]", "x",
        "patch: {containerDefinitions: {web: {environment: {$replace: [{name: A, value: a}, {name: NEW, value: x}]}}}}\n",
    ),
    (
        "patch: {containerDefinitions: {web: {portMappings: {8080: {hostPort: 1}}}}}\n",
        f"{CONTAINER}.portMappings[8080/tcp].hostPort", "2",
        "patch: {containerDefinitions: {web: {portMappings: {8080: {hostPort: 2}}}}}\n",
    ),
    (
        "patch:\n  containerDefinitions:\n    web:\n      cpu: 1\n",
        f"{CONTAINER}.portMappings[9090].hostPort", "1",
        "patch:\n  containerDefinitions:\n    web:\n      cpu: 1\n      portMappings:\n        9090/tcp:\n          hostPort: 1\n",
    ),
    (
        "patch: {containerDefinitions: {web: {dockerLabels: {x: y}}}}\n",
        f"{CONTAINER}.dockerLabels[$x.y]", "z",
        "patch: {containerDefinitions: {web: {dockerLabels: {x: y, $$x.y: z}}}}\n",
    ),
    ("", f"{CONTAINER}.readonlyRootFilesystem", "true",
     "patch:\n  containerDefinitions:\n    web:\n      readonlyRootFilesystem: true\n"),
    ("", "tags[team]", "yes", 'patch:\n  tags:\n    team: "yes"\n'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "value", "wanted"), MEMBERS)
def test_a_member_is_set_in_the_form_that_the_patch_has(text: str, name: str, value: str, wanted: str) -> None:
    project = make(text)
    setter = set_value(project, name, value, override=True)
    assert setter.project.overlays["prod.yaml"].text == wanted


REFUSED = [
    ("vars: {a: &a v1, tag: *a}\n", "tag", "environments/prod.yaml:1:18 has an alias here"),
    (
        "vars: {tag: &a v1, b: *a}\n",
        "tag",
        "environments/prod.yaml:1:16 has an anchor, and an alias uses the value elsewhere, too",
    ),
    ("vars: {tag: {a: 1}}\n", "tag", "environments/prod.yaml:1:13 has a mapping here"),
    ("vars: {tag: [a]}\n", "tag", "environments/prod.yaml:1:13 has a list here"),
    ("vars: {tag: v1}\n", "tag.a", "environments/prod.yaml:1:13 has one value here, and nothing is below it"),
    (
        "patch: {containerDefinitions: {web: {image: {$render: 'web:{{ env }}'}}}}\n",
        f"{CONTAINER}.image",
        "environments/prod.yaml:1:46 sets it with `$render`",
    ),
]


@pytest.mark.parametrize(("text", "name", "why"), REFUSED)
def test_what_is_no_value_of_its_own_is_refused_with_its_place(text: str, name: str, why: str) -> None:
    with pytest.raises(InputError, match="cannot be set") as error:
        set_value(make(text), name, "v2")
    assert str(error.value).endswith(why)


def test_nothing_is_set_in_a_container_that_is_deleted() -> None:
    with pytest.raises(WrongUsage, match="no task definition has a member"):
        set_value(make("patch: {containerDefinitions: {log: null}}\n"), "containerDefinitions[log].cpu", "1")


UNKNOWN = [
    ("tga", "no template uses a variable `tga`, and no task definition has a member `tga`; did you mean `tag`?"),
    (
        "LEVEL",
        "no template uses a variable `LEVEL`, and no task definition has a member `LEVEL`; "
        f"there is `{CONTAINER}.environment[LEVEL]`",
    ),
    ("aws.region", "`aws.region` is not a value that can be set by name: edit the overlay"),
    ("containerDefinitions", "`containerDefinitions` is a list, and `set` takes single values: edit the file to change it"),
    (
        "containerDefinitions.web",
        f"`containerDefinitions` in `containerDefinitions.web` is a list: write the name of an item, `{CONTAINER}`",
    ),
    (f"{CONTAINER}", f"`{CONTAINER}` is a mapping, and `set` takes single values: name one of its values"),
    (f"{CONTAINER}.name", f"`{CONTAINER}.name` is the name of the item in overlays, and cannot be changed there"),
    (f"{CONTAINER}.command[0]", f"`command` in `{CONTAINER}.command[0]` is a plain list, and `set` takes single values: edit the file"),
    ("cpu.x", "`cpu` in `cpu.x` is one value, and nothing is below it"),
    ("a[", "`a[` is not a path: write it as `taskdef explain` does"),
    ("vars.a-b", "`a-b` cannot be the name of a variable"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "why"), UNKNOWN)
def test_a_name_that_means_no_value_is_refused(name: str, why: str) -> None:
    with pytest.raises(WrongUsage) as error:
        set_value(make("vars: {tag: v1}\n"), name, "x")
    assert str(error.value) == why


def test_what_the_template_sets_is_refused_with_its_line() -> None:
    project = make("vars: {tag: v1}\n")
    with pytest.raises(InputError) as error:
        set_value(project, "memory", "1024")
    assert str(error.value) == "`memory` is set by the template, in templates/web.json.j2:4:13, for all environments"
    with pytest.raises(InputError) as error:
        set_value(project, f"{CONTAINER}.image", "web:v2")
    assert str(error.value).endswith("in templates/web.json.j2:8:16, from `tag`")
    with pytest.raises(InputError) as error:
        set_value(project, "own", "y")
    message = "`own` is set by the template, in templates/web.json.j2:1:1, so a variable in an overlay has no effect"
    assert str(error.value) == message


def test_what_a_parent_sets_is_overridden_in_the_environments_own_file() -> None:
    parent = "vars: {tag: v1, db: {host: a, port: 1}}\npatch: {cpu: 256}\n"
    for name, value, wanted in (
        ("tag", "v2", "extends: _base\nvars:\n  tag: v2\n"),
        ("db.port", "2", "extends: _base\nvars:\n  db:\n    port: 2\n"),
        ("cpu", "512", "extends: _base\npatch:\n  cpu: 512\n"),
        ("tag", "v1", "extends: _base\n"),
    ):
        setter = set_value(make("extends: _base\n", _base=parent), name, value)
        assert setter.project.overlays["prod.yaml"].text == wanted
        assert setter.project.overlays["_base.yaml"].text == parent


KINDS = [
    ("db", "`db` is a mapping, in environments/_base.yaml:1:12"),
    ("db.host.x", "`db.host.x` cannot be set: environments/_base.yaml:1:19 has a plain value"),
    ("db.list", "`db.list` is a list, in environments/_base.yaml:1:28"),
    ("db.list.x", "`db.list.x` cannot be set: environments/_base.yaml:1:28 has a list"),
]


@pytest.mark.parametrize(("name", "why"), KINDS)
def test_what_a_parent_gives_as_a_mapping_or_a_list_is_not_replaced_by_a_value(name: str, why: str) -> None:
    project = make("extends: _base\n", _base="vars: {db: {host: a, list: [1]}}\n")
    with pytest.raises(InputError) as error:
        set_value(project, name, "x")
    assert str(error.value) == why


def test_an_item_that_stands_twice_is_not_set() -> None:
    hosts = "[{hostname: a, ipAddress: 10.0.0.1}, {hostname: a, ipAddress: 10.0.0.2}]"
    text = f"patch: {{containerDefinitions: {{web: {{extraHosts: {{$replace: {hosts}}}}}}}}}\n"
    with pytest.raises(InputError, match="has it twice"):
        set_value(make(text), f"{CONTAINER}.extraHosts[a]", "10.0.0.3")


def test_another_file_is_edited_if_it_is_named_unless_a_later_layer_has_the_last_word() -> None:
    project = make(
        "extends: _base\nvars: {tag: v3}\n", _base="vars: {tag: v1}\npatch: {cpu: 256}\n", dev="extends: _base\n"
    )
    setter = set_value(project, "cpu", "512", file="_base.yaml")
    assert setter.project.overlays["_base.yaml"].text == "vars: {tag: v1}\npatch: {cpu: 512}\n"
    assert setter.list_reached() == ("dev", "prod")
    with pytest.raises(InputError) as error:
        set_value(project, "tag", "v2", file="_base.yaml")
    assert str(error.value) == (
        "`tag` in `environments/_base.yaml` would change nothing in `prod`: environments/prod.yaml:2:13 overrides it"
    )


DELETED = [
    ("vars:\n  tag: v1  # pinned\n  x: 1\n", "tag", "vars:\n  x: 1\n"),
    ("vars: {x: 1, tag: v1}\n", "tag", "vars: {x: 1}\n"),
    ("# prod\nvars: {tag: v1}\n", "tag", "# prod\n"),
    ("vars: {tag: {a: 1}, x: 1}\n", "tag", "vars: {x: 1}\n"),
    ("patch:\n  cpu: 1\n  memory: 2 GB\n", "cpu", "patch:\n  memory: 2 GB\n"),
    (
        "patch: {cpu: 1, containerDefinitions: {web: {environment: {LEVEL: null}}}}\n",
        f"{CONTAINER}.environment[LEVEL]",
        "patch: {cpu: 1}\n",
    ),
]


@pytest.mark.parametrize(("text", "name", "wanted"), DELETED)
def test_a_value_is_removed_with_its_key_and_what_is_empty_without_it(text: str, name: str, wanted: str) -> None:
    assert set_value(make(text), name, None).project.overlays["prod.yaml"].text == wanted


def test_only_what_the_file_sets_is_removed() -> None:
    project = make("extends: _base\n", _base="vars: {tag: v1}\n")
    with pytest.raises(InputError) as error:
        set_value(project, "tag", None)
    assert str(error.value) == (
        "`environments/prod.yaml` does not set `tag`: it is set in environments/_base.yaml:1:13"
    )
    assert error.value.help == "remove it there with `--in environments/_base.yaml`"
    setter = set_value(project, "tag", None, file="_base.yaml")
    assert setter.project.overlays["_base.yaml"].text == ""


def test_a_member_that_the_settings_admit_is_told_apart_from_a_variable() -> None:
    project = make("vars: {tag: v1}\npatch: {tag: v2}\n")
    project = project._replace(settings=project.settings._replace(allow_members=("tag",)))
    with pytest.raises(WrongUsage, match=r"^`tag` is a variable and a member: write `vars.tag` or `patch.tag`"):
        set_value(project, "tag", "v3")
