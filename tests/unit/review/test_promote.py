"""What gives the version of an image in one environment, so that it can be given that of another."""

from __future__ import annotations

import pytest

from generator.model.findings import InputError
from generator.model.project import Project
from generator.review.promote import Version, assign_all, find_given, find_moves, refuse_environment_tag, split_version
from generator.review.set.setting import Setter
from tests.support import make_project

DIGESTS = [f"sha256:{letter * 64}" for letter in "ab"]
OF_DIGEST = [f"vars: {{digest: '{digest}'}}\n" for digest in DIGESTS]


def make(image: str, test: str, prod: str, **others: str) -> Project:
    container = f'{{"name": "web", "image": {image}}}'
    template = f'{{"family": "web-{{{{ env }}}}", "memory": "512", "containerDefinitions": [{container}]}}\n'
    files = {"test.yaml": test, "prod.yaml": prod} | {f"{name}.yaml": text for name, text in others.items()}
    return make_project({"web.json.j2": template}, files)


def promote(project: Project) -> str:
    """Give prod the versions of test, and give its overlay."""
    origin, setter = Setter(project, "test").look, Setter(project, "prod")
    tasks = tuple(setter.look.plans)
    given = [each for move in find_moves(origin, setter.look, tasks) for each in find_given(origin, setter.look, move)]
    assign_all(setter, given)
    return setter.project.overlays["prod.yaml"].text


IMAGE = '"r.io/{{ env }}/web:{{ tag }}"'
GIVEN = [
    # a variable is the tag, wherever it is set
    (IMAGE, "vars: {tag: v2}\n", "vars: {tag: v1}\n", "vars: {tag: v2}\n"),
    (IMAGE, "vars: {tag: 1.10}\n", "vars: {tag: v1}\n", 'vars: {tag: "1.10"}\n'),
    (IMAGE, "vars: {tag: '12'}\n", "extends: _base\n", 'extends: _base\nvars:\n  tag: "12"\n'),
    (IMAGE, "vars: {tag: v1}\n", "vars: {tag: v1}\n", "vars: {tag: v1}\n"),
    ('"web:{{ web.tag }}"', "vars: {web: {tag: v2}}\n", "vars: {web: {tag: v1, x: v1}}\n", "vars: {web: {tag: v2, x: v1}}\n"),
    ('"web:{{ tag | default(\'v0\') }}"', "vars: {tag: v2}\n", "", "vars:\n  tag: v2\n"),
    ('"web@{{ digest }}"', OF_DIGEST[1], OF_DIGEST[0], OF_DIGEST[1]),
    # several variables of one value: the one that test has the tag in
    (
        '"web:{{ tag }}{{ \'\' if level else \'\' }}"', "vars: {tag: v2, level: x}\n", "vars: {tag: v1, level: v1}\n",
        "vars: {tag: v2, level: v1}\n",
    ),
    # a variable is the whole image, or its end
    ('"{{ image }}"', "vars: {image: 't/web:v2'}\n", "vars: {image: 'p/web:v1'}\n", "vars: {image: 'p/web:v2'}\n"),
    ('"r.io/{{ image }}"', "vars: {image: 'web:v2'}\n", "vars: {image: 'web:v1'}\n", "vars: {image: 'web:v2'}\n"),
    ('"{{ image }}"', f"vars: {{image: 'web@{DIGESTS[0]}'}}\n", "vars: {image: 'web:v1'}\n", f"vars: {{image: 'web@{DIGESTS[0]}'}}\n"),
    # the patch has the image, or a text that is rendered
    (
        IMAGE, "vars: {tag: v2}\n",
        "vars: {tag: x}\npatch: {containerDefinitions: {web: {image: 'q.io:5000/web:v1'}}}\n",
        "vars: {tag: x}\npatch: {containerDefinitions: {web: {image: 'q.io:5000/web:v2'}}}\n",
    ),
    (
        IMAGE, "vars: {tag: v2}\n",
        "vars: {tag: v1}\npatch: {containerDefinitions: {web: {image: {$render: 'q.io/web:{{ tag }}'}}}}\n",
        "vars: {tag: v2}\npatch: {containerDefinitions: {web: {image: {$render: 'q.io/web:{{ tag }}'}}}}\n",
    ),
    # templates that pass the tag on
    ('"{% set now = tag %}web:{{ now }}"', "vars: {tag: v2}\n", "vars: {tag: v1}\n", "vars: {tag: v2}\n"),
    ('{% macro of(t) %}"web:{{ t }}"{% endmacro %}{{ of(tag) }}', "vars: {tag: v2}\n", "vars: {tag: v1}\n", "vars: {tag: v2}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("image", "test", "prod", "wanted"), GIVEN)
def test_the_version_is_set_where_the_other_environment_has_it(image: str, test: str, prod: str, wanted: str) -> None:
    assert promote(make(image, test, prod, _base="vars: {tag: v1}\n")) == wanted


def test_a_version_that_is_put_together_is_refused() -> None:
    project = make('"web:{{ major }}.{{ minor }}"', "vars: {major: 2, minor: 1}\n", "vars: {major: 1, minor: 4}\n")
    with pytest.raises(InputError) as error:
        promote(project)
    place = "templates/web.json.j2:1:96"
    assert str(error.value) == f"no single variable sets the version of container `web`, which is written in {place}"
    assert error.value.help == "name the values to promote, as `taskdef explain` names them"


def test_each_task_gets_its_own_version() -> None:
    template = (
        '{"family": "%s-{{ env }}", "memory": "512", "containerDefinitions": [{"name": "a", "image": "a:{{ tag }}"}]}\n'
    )
    templates = {f"{name}.json.j2": template % name for name in ("api", "web")}
    test = "vars: {tag: v2}\ntasks: {web: {vars: {tag: v3}}}\n"
    assert promote(make_project(templates, {"test.yaml": test, "prod.yaml": "vars: {tag: v1}\n"})) == (
        "vars: {tag: v1}\ntasks:\n  api:\n    vars:\n      tag: v2\n  web:\n    vars:\n      tag: v3\n"
    )
    prod = "tasks: {api: {vars: {tag: v0}}, web: {vars: {tag: v1}}}\n"
    assert promote(make_project(templates, {"test.yaml": "vars: {tag: v2}\n", "prod.yaml": prod})) == (
        "tasks: {api: {vars: {tag: v2}}, web: {vars: {tag: v2}}}\n"
    )


@pytest.mark.parametrize(
    ("image", "repository", "version"),
    [
        ("web", "web", Version("", "")),
        ("web:v1", "web", Version("v1", "")),
        ("r.io:5000/web", "r.io:5000/web", Version("", "")),
        ("r.io:5000/web:v1@sha256:0", "r.io:5000/web", Version("v1", "sha256:0")),
    ],
)
def test_an_image_is_split_into_what_it_is_of_and_its_version(image: str, repository: str, version: Version) -> None:
    assert split_version(image) == (repository, version)
    assert repository + version.text == image


def test_the_name_of_an_environment_is_no_version() -> None:
    refuse_environment_tag("v1", "web", ("test", "prod"))
    with pytest.raises(InputError, match="the name of an environment, not a version"):
        refuse_environment_tag("test", "web", ("test", "prod"))
