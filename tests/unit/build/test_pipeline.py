"""What a build gathers over tasks and environments that no single artifact can decide."""

from __future__ import annotations

import json

import pytest

from generator.build.pipeline import build_project, trace
from generator.build.planning import plan_project
from generator.model.events import ArtifactDone, Event
from generator.model.findings import Location, finding_at
from generator.model.nodes import Value
from generator.model.project import Build, Settings
from tests.support import make_project, to_python

APP = '{"family": "app", "containerDefinitions": [{"name": "app", "image": "app:1"}]}'
WEB = (
    '{"family": "web", "containerDefinitions": [{"name": "web", "image": "web:1"}, {"name": "proxy", "image": "p:1"}]}'
)


def tell(built: Build) -> list[tuple[str, str, tuple[str, ...], str | None]]:
    """The findings of a build by code, place, environments and task."""
    return [(finding.code, str(finding.location), finding.environments, finding.task) for finding in built.findings]


def list_paths(built: Build) -> list[str]:
    return [artifact.path for artifact in built.artifacts]


def read(built: Build, environment: str = "dev", task: str = "app") -> Value:
    """The one artifact of an environment and task, as JSON says."""
    (text,) = (each.text for each in built.artifacts if (each.environment, each.task) == (environment, task))
    return json.loads(text)


# What is built.

TWO_BY_TWO = make_project(
    {"app.json.j2": APP, "web.json.j2": WEB}, {"dev.yaml": "", "prod.yaml": "extends: _base", "_base.yaml": ""}
)
SELECTIONS: dict[str, tuple[tuple[str, ...], str | None, list[str]]] = {
    "one environment": (("prod",), None, ["rendered/prod/app.json", "rendered/prod/web.json"]),
    "one task": ((), "web", ["rendered/dev/web.json", "rendered/prod/web.json"]),
    "both": (("dev",), "app", ["rendered/dev/app.json"]),
    "environments in the order given": (("prod", "dev"), "app", ["rendered/prod/app.json", "rendered/dev/app.json"]),
}


@pytest.mark.parametrize(("environments", "task", "paths"), SELECTIONS.values(), ids=SELECTIONS)
def test_selection_is_what_is_built_and_planned(
    environments: tuple[str, ...], task: str | None, paths: list[str]
) -> None:
    built = build_project(TWO_BY_TWO, environments=environments, task=task)

    assert (list_paths(built), list(built.planned), built.findings) == (paths, paths, ())


@pytest.mark.parametrize(
    ("environments", "task"), [(("qa",), None), (("dev", "qa"), None), (("_base",), None), ((), "job"), (("dev",), "a")]
)
def test_unknown_environment_or_task_is_a_key_error(environments: tuple[str, ...], task: str | None) -> None:
    with pytest.raises(KeyError):
        build_project(TWO_BY_TWO, environments=environments, task=task)


def test_artifacts_lie_where_the_settings_say() -> None:
    project = make_project({"app.json.j2": APP}, {"dev.yaml": ""}, settings=Settings(rendered="out/ecs"))

    assert list_paths(build_project(project)) == ["out/ecs/dev/app.json"]


def test_progress_hears_of_every_artifact_that_was_planned() -> None:
    project = make_project({"app.json.j2": APP, "bad.json.j2": "{"}, {"dev.yaml": ""})
    heard: list[Event] = []

    build_project(project, on_event=heard.append)

    assert heard == [ArtifactDone("rendered/dev/app.json"), ArtifactDone("rendered/dev/bad.json")]


def test_what_failed_is_planned_and_no_artifact() -> None:
    built = build_project(make_project({"app.json.j2": APP, "bad.json.j2": "{"}, {"dev.yaml": ""}))

    assert (list_paths(built), built.planned) == (
        ["rendered/dev/app.json"],
        ("rendered/dev/app.json", "rendered/dev/bad.json"),
    )
    assert built.failed


def test_artifact_knows_its_document_and_variables() -> None:
    built = build_project(make_project({"app.json.j2": APP}, {"dev.yaml": "vars: {a: 1}"}))

    (artifact,) = built.artifacts
    assert (artifact.environment, artifact.task) == ("dev", "app")
    assert list(artifact.document.items) == ["family", "containerDefinitions"]
    assert artifact.variables.items["a"].place.location == Location("environments/dev.yaml", 1, 11)


# Variables.

PRINTING = '{"family": "{{ x }}", "containerDefinitions": [], "tags": [{"key": "t", "value": {{ y | default("-") }}}]}'


def test_variables_given_to_a_build_stand_above_every_layer() -> None:
    project = make_project(
        {"app.json.j2": PRINTING},
        {"dev.yaml": "vars: {x: low}\ntasks: {app: {vars: {x: middle}}}", "dev/app.yaml": "vars: {x: high}"},
    )

    assert read(build_project(project))["family"] == "high"
    assert read(build_project(project, variables={"x": "given", "y": 5})) == {
        "family": "given",
        "containerDefinitions": [],
        "tags": [{"key": "t", "value": "5"}],
    }


def test_templates_see_environment_task_and_aws() -> None:
    template = '{"family": "{{ env }}-{{ task }}-{{ aws.region }}", "containerDefinitions": []}'
    overlays = {"_base.yaml": "aws: {region: us-east-1}", "dev.yaml": "extends: _base"}

    assert read(build_project(make_project({"app.json.j2": template}, overlays)))["family"] == "dev-app-us-east-1"


def test_mappings_in_vars_fold_key_by_key_and_everything_else_replaces() -> None:
    template = '{"family": "a", "containerDefinitions": [{"name": "a", "image": "a", "dockerLabels": {{ m }}, "command": {{ l }}}]}'
    overlays = {
        "_base.yaml": "vars: {m: {a: one, b: two}, l: [x, y]}",
        "dev.yaml": "extends: _base\nvars: {m: {b: three}, l: [z]}",
    }

    (container,) = read(build_project(make_project({"app.json.j2": template}, overlays)))["containerDefinitions"]

    assert (container["dockerLabels"], container["command"]) == ({"a": "one", "b": "three"}, ["z"])


# Misses: what a patch names and a document does not have.


def miss(overlays: dict[str, str], **chosen: Value) -> list[tuple[str, str, tuple[str, ...], str | None]]:
    """The findings of a build of the tasks app (container app) and web (containers web and proxy)."""
    return tell(build_project(make_project({"app.json.j2": APP, "web.json.j2": WEB}, overlays), **chosen))


PROXY = "patch:\n  containerDefinitions:\n    proxy: {cpu: 64}\n"
NOBODY = "patch:\n  containerDefinitions:\n    nobody: {cpu: 64}\n"
ELSEWHERE: dict[str, tuple[dict[str, str], dict[str, Value]]] = {
    "another task": ({"dev.yaml": PROXY}, {}),
    "another task, not selected": ({"dev.yaml": PROXY}, {"task": "app"}),
    "another environment": (
        {"_all.yaml": PROXY, "dev.yaml": "extends: _all\ntasks: {web: null}", "prod.yaml": "extends: _all"},
        {},
    ),
    "another environment, not selected": (
        {"_all.yaml": PROXY, "dev.yaml": "extends: _all\ntasks: {web: null}", "prod.yaml": "extends: _all"},
        {"environments": ["dev"]},
    ),
    "an heir of the one selected": (
        {"dev.yaml": PROXY + "tasks: {web: null}", "prod.yaml": "extends: dev\ntasks: {web: {}}"},
        {"environments": ["dev"]},
    ),
    "a deletion": (
        {"dev.yaml": "patch:\n  containerDefinitions: {proxy: null}\n  cpu: 256", "prod.yaml": ""},
        {"task": "app"},
    ),
    "a removal from a list": (
        {
            "_mid.yaml": "patch: {requiresCompatibilities: [EC2, FARGATE]}",
            "prod.yaml": "extends: _mid\npatch: {requiresCompatibilities: {$remove: [EC2]}}",
        },
        {"environments": ["prod"]},
    ),
}


@pytest.mark.parametrize(("overlays", "chosen"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_matches_somewhere_the_patch_reaches_is_no_error(
    overlays: dict[str, str], chosen: dict[str, Value]
) -> None:
    assert miss(overlays, **chosen) == []


NOWHERE: dict[str, tuple[dict[str, str], dict[str, Value], list[tuple[str, str, tuple[str, ...], str | None]]]] = {
    "in no task": (
        {"dev.yaml": NOBODY},
        {},
        [("E201", "environments/dev.yaml:3:5", ("dev",), None)],
    ),
    "in no task of no environment": (
        {"_all.yaml": NOBODY, "dev.yaml": "extends: _all", "prod.yaml": "extends: _all"},
        {},
        [("E201", "environments/_all.yaml:3:5", ("dev", "prod"), None)],
    ),
    "seen from one environment": (
        {"_all.yaml": NOBODY, "dev.yaml": "extends: _all", "prod.yaml": "extends: _all"},
        {"environments": ["prod"]},
        [("E201", "environments/_all.yaml:3:5", ("prod",), None)],
    ),
    "seen from one task": (
        {"dev.yaml": NOBODY},
        {"task": "web"},
        [("E201", "environments/dev.yaml:3:5", ("dev",), "web")],
    ),
    "in the only task it is for": (
        {"dev.yaml": "tasks:\n  app:\n    patch:\n      containerDefinitions:\n        proxy: {cpu: 64}\n"},
        {},
        [("E201", "environments/dev.yaml:5:9", ("dev",), "app")],
    ),
    "while the same words of another file match": (
        {"dev.yaml": PROXY, "prod.yaml": PROXY + "tasks: {web: null}"},
        {},
        [("E201", "environments/prod.yaml:3:5", ("prod",), "app")],
    ),
    "deleted": (
        {"dev.yaml": "patch:\n  cpu: null\n  containerDefinitions: {nobody: null}\n"},
        {},
        [
            ("E202", "environments/dev.yaml:2:3", ("dev",), None),
            ("E202", "environments/dev.yaml:3:26", ("dev",), None),
        ],
    ),
}


@pytest.mark.parametrize(("overlays", "chosen", "told"), NOWHERE.values(), ids=NOWHERE)
def test_what_matches_nowhere_is_one_error_that_names_all(
    overlays: dict[str, str],
    chosen: dict[str, Value],
    told: list[tuple[str, str, tuple[str, ...], str | None]],
) -> None:
    assert miss(overlays, **chosen) == told


def test_what_matches_nowhere_is_told_with_the_facts_of_the_task_that_has_a_near_name() -> None:
    overlays = {"dev.yaml": "patch:\n  containerDefinitions:\n    proxi: {cpu: 64}\n"}
    (finding,) = build_project(make_project({"app.json.j2": APP, "web.json.j2": WEB}, overlays)).findings

    assert finding.message == "`containerDefinitions` has no `proxi`"
    assert [note.text for note in finding.notes] == ["in `web` it has `web`, `proxy`"]
    assert finding.help == "write `proxy`"


def test_miss_of_an_environment_that_is_not_selected_is_not_told() -> None:
    assert miss({"dev.yaml": NOBODY, "prod.yaml": ""}, environments=["prod"]) == []


def test_finding_of_an_environment_that_was_only_asked_for_a_match_is_not_told() -> None:
    overlays = {
        "_all.yaml": PROXY,
        "dev.yaml": "extends: _all\ntasks: {web: null}",
        "prod.yaml": "extends: _all\npatch: {cpuu: 1}",
    }

    assert miss(overlays, environments=["dev"]) == []


def test_artifact_of_a_task_with_a_miss_is_not_among_the_artifacts() -> None:
    overlays = {"dev.yaml": "tasks:\n  app: {patch: {containerDefinitions: {nobody: {cpu: 64}}}}\n"}
    built = build_project(make_project({"app.json.j2": APP, "web.json.j2": WEB}, overlays))

    assert list_paths(built) == ["rendered/dev/web.json"]


# Findings.


def test_findings_of_all_environments_come_in_one_build_in_order_of_place() -> None:
    overlays = {
        "dev.yaml": "patch: {cpuu: 1}\n",
        "prod.yaml": "patch: {cpu: [1]}\n",
        "qa.yaml": "vras: {}\n",
        "test.yaml": "vars: {a: 1, a: 2}\n",
    }
    built = build_project(make_project({"app.json.j2": APP, "bad.json.j2": '{"family": {{ oops }}}'}, overlays))

    assert tell(built) == [
        ("E301", "environments/dev.yaml:1:9", ("dev",), None),
        ("E302", "environments/prod.yaml:1:14", ("prod",), None),
        ("E121", "environments/qa.yaml:1:1", ("qa",), None),
        ("E112", "environments/test.yaml:1:14", ("test",), None),
        ("E102", "templates/bad.json.j2:1:15", ("dev", "prod"), "bad"),
    ]
    assert built.artifacts == ()


def test_finding_that_comes_up_for_several_artifacts_is_one() -> None:
    overlays = {"_all.yaml": "patch: {cpuu: 1}", "dev.yaml": "extends: _all", "prod.yaml": "extends: _all"}

    assert tell(build_project(make_project({"app.json.j2": APP, "web.json.j2": WEB}, overlays))) == [
        ("E301", "environments/_all.yaml:1:9", ("dev", "prod"), None)
    ]


def test_what_is_reported_is_in_the_order_of_environments_whatever_is_built_first() -> None:
    partial = APP.replace("{", '{ {% if wrong %}"cpux": 1,{% endif %}', 1)
    templates = {
        "app.json.j2": '{% include "_app.j2" %}',
        "web.json.j2": '{% include "_app.j2" %}',
        "_app.j2": partial,
    }
    overlays = {
        "dev.yaml": "tasks: {web: {vars: {wrong: true}}}\nvars: {wrong: false}",
        "prod.yaml": "tasks: {app: {vars: {wrong: true}}}\nvars: {wrong: false}",
    }

    assert tell(build_project(make_project(templates, overlays))) == [
        ("E301", "templates/_app.j2:1:17", ("dev", "prod"), None)
    ]


def test_error_in_one_environment_hides_no_artifact_of_another() -> None:
    built = build_project(make_project({"app.json.j2": APP}, {"dev.yaml": "patch: {cpu: [1]}", "prod.yaml": ""}))

    assert list_paths(built) == ["rendered/prod/app.json"]
    assert built.failed


def test_broken_parent_is_told_once_and_its_heirs_are_not_planned() -> None:
    overlays = {"_all.yaml": "vars: [", "dev.yaml": "extends: _all", "prod.yaml": "extends: _all", "qa.yaml": ""}
    built = build_project(make_project({"app.json.j2": APP}, overlays))

    assert [code for code, *_ in tell(built)] == ["E111"]
    assert built.planned == ("rendered/qa/app.json",)


def test_findings_of_the_project_are_findings_of_the_build() -> None:
    project = make_project({"app.json.j2": APP}, {"dev.yaml": ""})
    finding = finding_at(None, "W805", "`rendered/x` is no artifact")

    assert build_project(project._replace(findings=(finding,))).findings == (finding,)


def test_warning_fails_no_artifact() -> None:
    built = build_project(make_project({"app.json.j2": APP}, {"dev.yaml": 'patch: {family: "{{ env }}"}'}))

    assert tell(built) == [("W118", "environments/dev.yaml:1:18", ("dev",), None)]
    assert (list_paths(built), built.failed) == (["rendered/dev/app.json"], False)


UNREACHED = {
    "a folder of no environment": (
        {"dev.yaml": "", "dve/app.yaml": ""},
        ("E126", "environments/dve/app.yaml:1:1", "there is no environment `dve` for this file"),
    ),
    "a file of no task": (
        {"dev.yaml": "", "dev/appp.yaml": ""},
        ("E126", "environments/dev/appp.yaml:1:1", "there is no task `appp` for this file"),
    ),
    "a parent of nobody": (
        {"dev.yaml": "", "_live.yaml": ""},
        ("E128", "environments/_live.yaml:1:1", "no environment extends `_live`"),
    ),
    "an entry of no task": (
        {"dev.yaml": "tasks: {appp: {}}"},
        ("E126", "environments/dev.yaml:1:9", "there is no task `appp`"),
    ),
}


@pytest.mark.parametrize(("overlays", "told"), UNREACHED.values(), ids=UNREACHED)
def test_overlay_that_nothing_reads_is_told(overlays: dict[str, str], told: tuple[str, str, str]) -> None:
    built = build_project(make_project({"app.json.j2": APP}, overlays))

    assert [(finding.code, str(finding.location), finding.message) for finding in built.findings] == [told]


def test_overlays_that_nothing_reads_are_told_by_a_build_of_everything_only() -> None:
    project = make_project({"app.json.j2": APP}, {"dev.yaml": "", "dev/appp.yaml": "", "_live.yaml": ""})

    assert build_project(project, environments=["dev"]).findings == ()


def test_admitted_members_are_those_of_the_settings() -> None:
    overlays = {"dev.yaml": "patch: {warmPool: 2}"}
    admitting = make_project({"app.json.j2": APP}, overlays, settings=Settings(allow_members=("warmPool",)))

    assert read(build_project(admitting))["warmPool"] == 2
    assert tell(build_project(make_project({"app.json.j2": APP}, overlays)))[0][0] == "E301"


WIDE = "patch: {containerDefinitions: {proxy: {cpu: 1}}}"


@pytest.mark.parametrize(
    ("templates", "overlays", "told"),
    [
        ({"app.json.j2": APP, "web.json.j2": "{"}, {"dev.yaml": WIDE}, ["E104"]),
        ({"app.json.j2": APP}, {"_wide.yaml": WIDE, "dev.yaml": "extends: _wide", "qa.yaml": "vars: 5"}, ["E122"]),
        ({"app.json.j2": APP}, {"dev.yaml": WIDE, "qa.yaml": "vars: 5"}, ["E201", "E122"]),
    ],
    ids=["a task is broken", "an environment is broken that may extend it", "another environment is broken"],
)
def test_miss_is_told_unless_what_it_is_meant_for_may_be_what_is_broken(
    templates: dict[str, str], overlays: dict[str, str], told: list[str]
) -> None:
    assert [finding.code for finding in build_project(make_project(templates, overlays)).findings] == told


# Stages.


def test_a_trace_keeps_the_document_after_each_layer() -> None:
    overlays = {
        "_base.yaml": "patch: {cpu: 256}\n",
        "dev.yaml": "extends: _base\npatch: {cpu: 512}\ntasks: {app: {patch: {memory: 1024}}}\n",
        "none.yaml": "tasks: {app: null}\n",
    }
    project = make_project({"app.json.j2": APP}, overlays)

    planned = plan_project(project)
    traced = trace(planned, "dev", "app")

    assert traced is not None and traced.artifact is not None and traced.findings == ()
    assert [(stage.layer and (stage.layer.overlay, stage.layer.task)) for stage in traced.stages] == [
        None,
        ("_base", None),
        ("dev", None),
        ("dev", "app"),
    ]
    sizes = [[to_python(stage.document).get(name) for name in ("cpu", "memory")] for stage in traced.stages]
    assert sizes == [[None, None], ["256", None], ["512", None], ["512", "1024"]]
    assert build_project(project, environments=["dev"]).artifacts == (traced.artifact,)
    assert trace(planned, "none", "app") is None
    with pytest.raises(KeyError, match="stage"):
        trace(planned, "stage", "app")


# Everything in one run.

UNFINISHED = """{
  "family": "app",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "tagz": [],
  "containerDefinitions": [
    {"name": "app", "image": "app:1", "readonly": true, "secrets": {"A": "/a"}, "environment": {"A": "b"}, "stopTimeout": "x"}
  ]
}"""


def build_with_rules(template: str, overlay: str = "") -> list[str]:
    built = build_project(make_project({"app.json.j2": template}, {"dev.yaml": overlay}, rules=True))
    assert built.artifacts == ()
    return [finding.code for finding in built.findings if finding.severity == "error"]


def test_what_is_missing_is_reported_beside_what_else_is_wrong() -> None:
    assert build_with_rules(UNFINISHED) == ["E411", "E301", "E301", "E452", "E210", "E303"]


def test_what_an_overlay_gives_is_checked_beside_what_is_wrong_in_the_template() -> None:
    overlay = "patch: {containerDefinitions: {app: {startTimeout: 1000, cpu: x}}}"
    assert build_with_rules(UNFINISHED, overlay) == ["E420", "E303", "E411", "E301", "E301", "E452", "E210", "E303"]


@pytest.mark.parametrize(
    ("mistake", "codes"),
    [
        ('"tagz": []', ["E301", "E411"]),
        ('"memroy": "512"', ["E301"]),
        ('"memory": ["512"]', ["E302"]),
        ('"pidMode": "tsk"', ["E401", "E411"]),
    ],
)
def test_only_what_a_mistake_may_explain_is_not_missing(mistake: str, codes: list[str]) -> None:
    members = '"family": "app", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256"'
    template = f'{{{members}, {mistake}, "containerDefinitions": [{{"name": "app", "image": "app:1"}}]}}'
    assert sorted(build_with_rules(template)) == codes


def test_a_consequence_of_a_list_that_cannot_be_merged_is_not_reported() -> None:
    template = APP.replace(
        '"image": "app:1"', '"image": "app:1", "memory": 64, "environment": [{"name": "A"}, {"name": "A"}]'
    )
    assert build_with_rules(template) == ["E207"]


@pytest.mark.parametrize(
    "template", ["{{ nobody }}", "{%", '{"family": ', "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n"]
)
def test_patches_are_checked_though_the_template_cannot_be_rendered(template: str) -> None:
    overlay = """\
        patch:
          memroy: 5
          memory: [5]
          runtimePlatform: {$merge: true}
          networkMode: null
          containerDefinitions:
            app: {privileged: maybe, environment: {A: 1}}
    """
    codes = build_with_rules(template, overlay)
    assert sorted(code for code in codes if code not in ("E101", "E102", "E104", "E135")) == [
        "E204",
        "E301",
        "E302",
        "E303",
    ]
