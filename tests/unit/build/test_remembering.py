"""What an edit does not touch stays the very same artifact, and what it touches is built anew."""

from __future__ import annotations

import pytest

from generator.build.pipeline import build_planned
from generator.build.planning import Texts, plan_project
from generator.build.remembering import Memory, build_again
from generator.model.project import Project, Settings
from tests.support import NO_RULES, make_project

CONTAINER = '{"family": "f", "memory": "512", "containerDefinitions": [{"name": "app", "image": "%s"}]}'
INCLUDING = CONTAINER.replace("512", "{%% include '_memory.j2' %%}")

TEMPLATES = {
    "job.json.j2": CONTAINER % "job:{{ tag }}",
    "web.json.j2": INCLUDING % "web:{{ tag }}",
    "_memory.j2": "512",
}
OVERLAYS = {
    "_base.yaml": "vars: {tag: v1}\n",
    "dev.yaml": "extends: _base\n",
    "prod.yaml": "extends: _base\n",
    "prod/web.yaml": "patch: {cpu: 256}\n",
    "test.yaml": "vars: {tag: v2}\n",
}
ALL = {(environment, task) for environment in ("dev", "prod", "test") for task in ("job", "web")}


def edit(edited: dict[str, str | None], settings: Settings | None = None) -> Project:
    """The project with other texts in some files; None leaves a file out."""
    files = []
    for known in (TEMPLATES, OVERLAYS):
        kept = {name: text for name, text in edited.items() if name.endswith(".j2") == (known is TEMPLATES)}
        files.append({name: text for name, text in {**known, **kept}.items() if text is not None})
    return make_project(files[0], files[1], settings=settings)


def find_touched(*states: Project) -> set[tuple[str, str]]:
    """Build one state after the other; give what was built anew for the last."""
    memory, texts = Memory(), Texts()
    built = [build_again(plan_project(project, texts), memory) for project in states]
    assert not built[-1].failed
    known = {id(artifact.document) for each in built[:-1] for artifact in each.artifacts}
    again = {(each.environment, each.task) for each in built[-1].artifacts if id(each.document) not in known}
    assert [each.text for each in built[-1].artifacts] == [
        each.text for each in build_planned(plan_project(states[-1])).artifacts
    ]
    return again


@pytest.mark.parametrize(
    ("edited", "touched"),
    [
        ({}, set()),
        ({"dev.yaml": "extends: _base\nvars: {tag: v3}\n"}, {("dev", "job"), ("dev", "web")}),
        ({"dev.yaml": "extends: _base  # a comment\n"}, {("dev", "job"), ("dev", "web")}),
        ({"_base.yaml": "vars: {tag: v3}\n"}, ALL - {("test", "job"), ("test", "web")}),
        ({"prod/web.yaml": "patch: {cpu: 512}\n"}, {("prod", "web")}),
        ({"dev/job.yaml": "patch: {cpu: 512}\n"}, {("dev", "job")}),
        ({"job.json.j2": CONTAINER % "job:v9"}, {each for each in ALL if each[1] == "job"}),
        ({"_memory.j2": "1024"}, {each for each in ALL if each[1] == "web"}),
        ({"live.yaml": "extends: _base\n"}, {("live", "job"), ("live", "web")}),
        ({"test.yaml": None}, set()),
    ],
)
def test_an_edit_touches_what_comes_from_the_file(edited: dict[str, str | None], touched: set[tuple[str, str]]) -> None:
    assert find_touched(edit({}), edit(edited)) == touched


def test_settings_and_new_templates_touch_everything() -> None:
    assert find_touched(edit({}), edit({}, Settings(allow_members=("x",)))) == ALL
    assert find_touched(edit({}), edit({"_new.j2": "1"})) == ALL


def test_a_template_that_need_not_be_there_is_found_when_it_is() -> None:
    web = CONTAINER.replace("512", "{%% include '_a.j2' ignore missing %%}512") % "web:{{ tag }}"
    states = [edit({"web.json.j2": web}), edit({"web.json.j2": web, "_a.j2": "1"})]
    assert find_touched(*states) == ALL


def test_a_partial_that_an_expression_or_a_text_of_a_patch_names_touches_all_that_may_include_it() -> None:
    named = {"web.json.j2": (CONTAINER.replace("512", "{%% include '_' ~ task ~ '.j2' %%}") % "a:1"), "_web.j2": "512"}
    assert find_touched(edit({**named}), edit({**named, "_web.j2": "1024"})) == {
        each for each in ALL if each[1] == "web"
    }
    text = {"test.yaml": "vars: {tag: v2}\npatch: {memory: {$render: \"{% include '_b.j2' %}\"}}\n", "_b.j2": "512"}
    assert find_touched(edit({**text}), edit({**text, "_b.j2": "1024"})) == {("test", "job"), ("test", "web")}


def test_what_failed_is_forgotten() -> None:
    broken = edit({"web.json.j2": "{% if %}"})
    assert find_touched(edit({}), broken, edit({})) == {each for each in ALL if each[1] == "web"}


def test_a_patch_that_matched_in_what_is_remembered_is_no_miss() -> None:
    base = {"_base.yaml": "vars: {tag: v1}\npatch: {containerDefinitions: {side: {cpu: 8}}}\n"}
    web = CONTAINER.replace('[{"name"', '[{"name": "side", "image": "s:1"}, {"name"') % "web:{{ tag }}"
    assert find_touched(
        edit({**base, "web.json.j2": web}), edit({**base, "web.json.j2": web, "job.json.j2": CONTAINER % "j:2"})
    ) == {each for each in ALL if each[1] == "job"}


def test_a_suppression_that_was_needed_in_what_is_remembered_is_of_use() -> None:
    comment = "\n{# taskdef: ignore[W601] pinned elsewhere #}\n"
    web = INCLUDING.replace('"image"', f'{comment}"image"')
    rules = Settings(levels=(*(each for each in NO_RULES if each[0] not in ("W601", "W692")),))
    memory, texts = Memory(), Texts()

    def list_codes(image: str, job: str) -> list[str]:
        project = edit({"web.json.j2": web % image, "job.json.j2": CONTAINER % job})._replace(settings=rules)
        return [each.code for each in build_again(plan_project(project, texts), memory).findings]

    assert list_codes("web:latest", "job:v1") == []
    assert list_codes("web:latest", "job:v2") == []
    assert list_codes("web:v1", "job:v2") == ["W692"]
