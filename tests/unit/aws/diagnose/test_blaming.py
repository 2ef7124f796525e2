"""A diagnosis becomes a finding at the line of the sources; what these do not have, or have changed, is said."""

from __future__ import annotations

import pytest

from generator.aws.diagnose import Diagnosis, Evidence, diagnose
from generator.aws.diagnose.blaming import blame_line
from generator.aws.diagnose.moving import Way, move_path
from generator.build.described import view_described
from generator.build.pipeline import build_project
from generator.documents.parsing.scalars import to_value
from generator.model.account import Revision
from generator.model.findings import Finding, Path
from generator.model.nodes import Value
from generator.model.project import Artifact
from tests.stopping import IMAGE, state, stopped, unstarted
from tests.support import make_project, read_json

TEMPLATE = """\
{
  "family": "bot-{{ env }}",
  "containerDefinitions": [
    {"$id": "bot", "name": "bot-{{ env }}", "image": "bot:{{ tag }}", "portMappings": [{"containerPort": 8080}]}
  ]
}
"""
OVERLAY = "vars:\n  tag: v1\npatch:\n  memory: 512\n"
OOM = "OutOfMemoryError: Container killed due to memory usage"
PULL = "CannotPullContainerError: failed to resolve ref bot:v1: not found"
REGISTERED: Value = {
    "family": "bot-prod",
    "memory": "512",
    "containerDefinitions": [
        {
            "name": "bot-prod",
            "image": "bot:v1",
            "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
        }
    ],
}


def make_artifact(overlay: str = OVERLAY) -> Artifact:
    built = build_project(make_project({"bot.json.j2": TEMPLATE}, {"prod.yaml": overlay}))
    assert not built.failed, built.findings
    return built.artifacts[0]


def make_revision(document: Value) -> Revision:
    import json

    described = view_described(read_json(json.dumps(document), "")).document
    return Revision(
        "arn:aws:ecs:us-east-1:123456789012:task-definition/bot-prod:7", "bot-prod", 7, "ACTIVE", "", "", described
    )


def find(reason: str, *, exit_code: int | None = None, document: Value = REGISTERED) -> Diagnosis:
    task = stopped(state(exit_code, reason, "bot-prod")) if exit_code else unstarted("", reason, name="bot-prod")
    found = diagnose(Evidence(None, (task,), (), document))
    assert found is not None
    return found


def blame(
    reason: str, overlay: str | None = OVERLAY, *, exit_code: int | None = None, document: Value = REGISTERED
) -> Finding:
    artifact = None if overlay is None else make_artifact(overlay)
    revision = make_revision(document)
    return blame_line(
        find(reason, exit_code=exit_code, document=document), to_value(revision.document), revision, artifact
    )


def where(finding: Finding) -> str:
    return str(finding.location)


def test_a_value_of_the_overlay_is_found_there() -> None:
    finding = blame(OOM, exit_code=137)
    assert (where(finding), finding.severity, finding.path) == ("environments/prod.yaml:4:11", "error", "memory")
    assert finding.excerpt and finding.excerpt.text == "  memory: 512"
    assert finding.message == "container `bot-prod` was killed: the task used more than the 512 MiB of `memory`"


def test_a_variable_is_followed_to_the_overlay_and_a_container_has_its_identity() -> None:
    finding = blame(PULL)
    assert (where(finding), finding.path) == ("environments/prod.yaml:2:8", "containerDefinitions[bot].image")
    assert finding.message == "`containerDefinitions[bot].image` is `bot:v1`, and its registry has no such image"
    assert "the template uses `tag` in templates/bot.json.j2:4:54" in [note.text for note in finding.notes]


def test_without_sources_the_member_is_named_as_ecs_has_it() -> None:
    finding = blame(PULL, None)
    assert (finding.location, finding.excerpt, finding.path) == (None, None, "containerDefinitions[bot-prod].image")
    assert finding.message == "`containerDefinitions[bot-prod].image` is `bot:v1`, and its registry has no such image"


def test_what_has_changed_since_is_said() -> None:
    finding = blame(PULL, OVERLAY.replace("v1", "v2"))
    assert where(finding) == "environments/prod.yaml:2:8"
    assert (
        finding.notes[-1].text
        == "`bot-prod:7` has `bot:v1` there, and the project now renders `bot:v2`: it may be fixed already"
    )


def test_a_list_that_has_changed_since_is_not_spelt_out() -> None:
    document = {
        **REGISTERED,
        "containerDefinitions": [{**REGISTERED["containerDefinitions"][0], "entryPoint": ["run"]}],
    }
    overlay = OVERLAY + "  containerDefinitions:\n    bot:\n      entryPoint: [serve]\n"
    finding = blame("", overlay, exit_code=127, document=document)
    assert where(finding) == "environments/prod.yaml:7:19"
    assert (
        finding.notes[-1].text
        == "`bot-prod:7` has another value there than the project now renders: it may be fixed already"
    )


def test_what_the_sources_do_not_have_any_more_is_said_where_it_would_be() -> None:
    document = {
        **REGISTERED,
        "containerDefinitions": [{**REGISTERED["containerDefinitions"][0], "entryPoint": ["run"]}],
    }
    finding = blame("", exit_code=127, document=document)
    assert (where(finding), finding.path) == ("templates/bot.json.j2:4:5", "containerDefinitions[bot-prod].entryPoint")
    assert finding.notes[-1].text == "the sources no longer have this: it may be fixed already"


def test_what_is_missing_is_missing_beside_the_sources_and_may_be_there_by_now() -> None:
    document = {**REGISTERED, "requiresCompatibilities": ["FARGATE"]}
    overlay = OVERLAY + "  requiresCompatibilities: [FARGATE]\n"
    full = "CannotPullContainerError: write /x: no space left on device"
    finding = blame(full, overlay, document=document)
    assert (where(finding), finding.path) == ("templates/bot.json.j2:1:1", "ephemeralStorage")
    assert finding.message.startswith("`ephemeralStorage` is not set")
    finding = blame(full, overlay + "  ephemeralStorage: {sizeInGiB: 50}\n", document=document)
    assert where(finding) == "environments/prod.yaml:6:21"
    assert finding.notes[-1].text == "the sources have it now: it may be fixed already"


def test_what_no_line_mends_has_none() -> None:
    finding = blame("", exit_code=139)
    assert (finding.location, finding.path, finding.message) == (
        None,
        None,
        "container `bot-prod` crashed with exit code 139",
    )


def test_a_fact_about_what_the_sources_do_not_have_is_told_without_a_place() -> None:
    container = {**REGISTERED["containerDefinitions"][0], "memory": 256}
    document = {**REGISTERED, "containerDefinitions": [container]}
    overlay = "vars: {tag: v1}\npatch:\n  containerDefinitions:\n    bot:\n      memory: 256\n"
    finding = blame(OOM, overlay, exit_code=137, document=document)
    assert where(finding) == "environments/prod.yaml:5:15"
    assert finding.notes[0].text == "`memory` of the whole task is 512"


CONTAINERS = [{"name": "a", "image": "a"}, {"name": "b", "portMappings": [{"containerPort": 1}, {"containerPort": 2}]}]
OTHERS = [{"name": "b", "portMappings": [{"containerPort": 2, "protocol": "tcp"}]}, {"name": "a", "command": ["x"]}]


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ((), Way((), True)),
        (("containerDefinitions", 0), Way(("containerDefinitions", 1), True)),
        (("containerDefinitions", 0, "image"), Way(("containerDefinitions", 1), False)),
        (
            ("containerDefinitions", 1, "portMappings", 1, "containerPort"),
            Way(("containerDefinitions", 0, "portMappings", 0, "containerPort"), True),
        ),
        (("containerDefinitions", 1, "portMappings", 0), Way(("containerDefinitions", 0, "portMappings"), False)),
        (("cpu",), Way((), False)),
    ],
)
def test_items_are_found_by_their_identity(path: Path, way: Way) -> None:
    source = {"cpu": "256", "containerDefinitions": CONTAINERS}
    assert move_path(path, source, {"containerDefinitions": OTHERS}) == way


def test_nothing_secret_is_quoted() -> None:
    document = {
        **REGISTERED,
        "containerDefinitions": [
            {**REGISTERED["containerDefinitions"][0], "image": f"https://bot:hunter2hunter2@{IMAGE}"},
        ],
    }
    finding = blame(PULL, document=document)
    assert "hunter2" not in str(finding)
