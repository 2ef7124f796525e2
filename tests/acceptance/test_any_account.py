"""The same against any AWS: moto always, and besides it what `TASKDEF_TEST_AWS` says, LocalStack's address or `aws` for the real one.

With it, credentials and region are the caller's own, from the usual variables. A family of its own is registered, and deregistered again;
no cluster, service or task is touched, and nothing costs anything.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from uuid import uuid4

import boto3
import pytest

from tests.acceptance.running import Ecs, Runner

GIVEN = os.environ.get("TASKDEF_TEST_AWS", "")
TEMPLATE = """\
{
  "family": "taskdef-test-{{ name }}",
  "networkMode": "bridge",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [{
    "name": "app", "image": "public.ecr.aws/docker/library/busybox:{{ tag }}", "memory": 32,
    "environment": [{"name": "B", "value": "2"}, {"name": "A", "value": ""}],
    "portMappings": [{"containerPort": 8080}], "command": [], "links": [], "healthCheck": {"command": ["CMD", "true"]},
    "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}], "dockerLabels": {"x.y": "z"}
  }],
  "volumes": [{"name": "data"}]
}
"""


def choose_session(runner: Runner, *, given: bool) -> boto3.session.Session:
    """Make a session of the account to test in, and let programs started by `runner` have the same."""
    if not given:
        keys = {name: runner.environment[name.upper()] for name in ("aws_access_key_id", "aws_secret_access_key")}
        return boto3.session.Session(region_name=runner.environment["AWS_DEFAULT_REGION"], **keys)
    for name in [name for name in runner.environment if name.startswith("AWS_")]:
        del runner.environment[name]
    own = {name: value for name, value in os.environ.items() if name.startswith("AWS_") or name == "HOME"}
    runner.environment.update(own | ({} if GIVEN == "aws" else {"AWS_ENDPOINT_URL": GIVEN}))
    return boto3.session.Session()


@pytest.fixture(params=["moto", "given"] if GIVEN else ["moto"])
def family(request: pytest.FixtureRequest, runner: Runner, ecs: Ecs) -> Iterator[str]:
    """A family that nobody has, in a project that is made for the account of the caller; nothing of it stays registered."""
    session = choose_session(runner, given=request.param == "given")
    url = runner.environment.get("AWS_ENDPOINT_URL")
    account = session.client("sts", endpoint_url=url).get_caller_identity()["Account"]
    name = uuid4().hex[:12]
    for folder in ("templates", "environments", "rendered"):
        shutil.rmtree(runner.folder / folder)
    (runner.folder / "templates").mkdir()
    (runner.folder / "templates" / "app.json.j2").write_text(TEMPLATE, encoding="utf-8")
    (runner.folder / "environments").mkdir()
    overlay = f"aws: {{account: '{account}', region: {session.region_name}}}\nvars: {{name: {name}, tag: '1'}}\n"
    (runner.folder / "environments" / "dev.yaml").write_text(overlay, encoding="utf-8")
    runner.demand("taskdef", "render", "--quiet")
    yield f"taskdef-test-{name}"
    client = session.client("ecs", endpoint_url=url)
    for arn in client.list_task_definitions(familyPrefix=f"taskdef-test-{name}")["taskDefinitionArns"]:
        client.deregister_task_definition(taskDefinition=arn)


def test_a_family_is_registered_listed_shown_and_pruned(runner: Runner, family: str) -> None:
    arn = runner.demand("taskdef", "register", "dev").split()[-1]
    assert arn.rpartition("/")[2] == f"{family}:1"
    assert runner.run("taskdef", "register", "dev", "--why").err == "1 unchanged\n"
    overlay = runner.folder / "environments" / "dev.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8").replace("tag: '1'", "tag: '1.37'"), encoding="utf-8")
    runner.demand("taskdef", "render", "--quiet")
    assert runner.run("taskdef", "diff", "dev:live").status == 1
    assert runner.demand("taskdef", "register", "dev").split()[-1].rpartition("/")[2] == f"{family}:2"
    assert runner.run("taskdef", "diff", "dev:live").status == 0
    shown = json.loads(runner.demand("taskdef", "show", "dev:1"))
    assert (shown["family"], shown["containerDefinitions"][0]["image"].rpartition(":")[2]) == (family, "1")
    listed = json.loads(runner.demand("taskdef", "revisions", "dev", "--format", "json"))
    assert [each["revision"] for each in listed["families"][0]["revisions"]] == [2, 1]
    pruned = runner.run("taskdef", "revisions", "dev", "--prune", "--keep", "1", "--yes")
    assert (pruned.status, pruned.out.split()[-1]) == (0, arn)
