"""What is registered and read back is unchanged by `taskdef register`'s own comparison, for all members."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import botocore.session
import pytest
from botocore.client import BaseClient
from hypothesis import HealthCheck, given, settings

from generator.aws.calls.clients import Clients
from generator.aws.calls.revisions import find_revision
from generator.build.planning import plan_project
from generator.commands.account.orders import view_committed
from generator.commands.account.registrations import compare_with
from generator.ecs.shapes import task_definition
from generator.model.account import Access, Revision
from generator.model.nodes import Value
from generator.model.project import Project, Settings
from generator.model.releases import Release
from generator.review.compare import Tracer, compare_pair, view_file
from generator.review.fingerprint import has_fingerprint, make_fingerprint
from tests.acceptance.running import BIN, Ecs, Runner
from tests.acceptance.test_moto_registers import LOST, is_refused_by_moto
from tests.laws.task_definitions import task_definitions
from tests.support import read_json

DRAWS, BY_HAND = 200, 6
"""Definitions that are registered by a client, and by the AWS command line, which takes a second for each."""

REGION = "eu-west-1"

FIXED = settings(
    max_examples=DRAWS, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
"""Always the same draws."""

DEFINITIONS = task_definitions().filter(lambda document: not is_refused_by_moto(document))


NO_SOURCES = plan_project(Project(Settings(), {}, {}, {}))


@pytest.fixture(scope="module")
def credentials(moto_url: str) -> Iterator[None]:
    """The environment that makes clients talk to moto."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in Ecs(moto_url).environment.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def clients(credentials: None) -> Clients:
    """Our own clients."""
    return Clients(Access(region=REGION))


@pytest.fixture(scope="module")
def client(credentials: None) -> BaseClient:
    """Somebody else's client."""
    return botocore.session.get_session().create_client("ecs", REGION)


def make_release(document: Value) -> Release:
    """Make the release of a definition that is committed."""
    committed = json.dumps(document).encode()
    side = view_committed("rendered/dev/app.json", committed, NO_SOURCES.texts)
    assert side is not None
    return Release("dev", "app", "rendered/dev/app.json", committed, side, document["family"], None)


def list_changed(revision: Revision, release: Release) -> set[str]:
    """List the members of the task in which a revision differs from a release.

    What a port of the host is by default depends on the network mode, so that it counts only where the mode is the same.
    """
    paths = {change.row.path for change in compare_with(revision, release, NO_SOURCES).changes}
    if "networkMode" in paths:
        paths = {path for path in paths if not path.endswith(".hostPort")}
    return {path.partition("[")[0].partition(".")[0] for path in paths}


def expect_lost(document: Value) -> set[str]:
    """Tell which members of a definition moto changes, and no other may differ."""
    lost = set()
    if document.get("enableFaultInjection"):  # `false` says no more than nothing
        lost.add("enableFaultInjection")
    if "trustedExecutionConfiguration" in document:
        lost.add("trustedExecutionConfiguration")
    launch = document.get("requiresCompatibilities", ["EC2"])
    if launch != ["EC2"] and document.get("networkMode") != "awsvpc":
        lost.add("networkMode")
    assert lost <= LOST.keys()
    return lost


def test_what_anybody_registered_is_unchanged(clients: Clients, client: BaseClient) -> None:
    seen: Counter[str] = Counter()

    @FIXED
    @given(DEFINITIONS)
    def register(document: Value) -> None:
        arn = client.register_task_definition(**document)["taskDefinition"]["taskDefinitionArn"]
        revision = find_revision(clients, arn)
        assert revision is not None
        lost = expect_lost(document)
        assert list_changed(revision, make_release(document)) == lost
        seen.update(["registered", *document, *(f"lost {member}" for member in lost)])

    register()

    assert seen["registered"] >= DRAWS
    assert {member for member in task_definition().members if not seen[member]} == {"inferenceAccelerators"}
    assert {name.removeprefix("lost ") for name in seen if name.startswith("lost ")} == LOST.keys()


def test_what_anybody_registered_has_the_fingerprint_that_was_made_of_it(clients: Clients, client: BaseClient) -> None:
    seen: Counter[bool] = Counter()

    @settings(FIXED, max_examples=60)
    @given(DEFINITIONS)
    def register(document: Value) -> None:
        arn = client.register_task_definition(**document)["taskDefinition"]["taskDefinitionArn"]
        revision = find_revision(clients, arn)
        assert revision is not None
        kept = not expect_lost(document)
        assert has_fingerprint(revision.document, make_fingerprint(make_release(document).side.document)) == kept
        seen[kept] += 1

    register()

    assert min(seen[True], seen[False]) > 3


def is_known_to_aws(document: Value) -> bool:
    """Whether the `aws` command line, which brings an older service model than botocore 1.44.5, knows all members."""
    return not any(name in json.dumps(document) for name in ("sharingStrategy", "trustedExecutionConfiguration"))


def test_what_the_aws_command_line_registered_and_describes_is_unchanged(
    runner: Runner, clients: Clients, ecs: Ecs
) -> None:
    documents: list[Value] = []

    @settings(FIXED, max_examples=BY_HAND)
    @given(DEFINITIONS.filter(is_known_to_aws))
    def draw(document: Value) -> None:
        documents.append(document)

    draw()
    runner.environment["AWS_DEFAULT_REGION"] = REGION
    for document in documents[:BY_HAND]:
        Path(runner.folder / "drawn.json").write_text(json.dumps(document), encoding="utf-8")
        aws = (BIN / "aws", "ecs")
        said = runner.demand(*aws, "register-task-definition", "--cli-input-json", "file://drawn.json")
        arn = json.loads(said)["taskDefinition"]["taskDefinitionArn"]
        revision = find_revision(clients, arn)
        assert revision is not None
        release = make_release(document)
        assert list_changed(revision, release) == expect_lost(document)
        described = runner.demand(*aws, "describe-task-definition", "--task-definition", arn, "--include", "TAGS")
        theirs = view_file("described.json", read_json(described, "described.json"))
        compared = compare_pair(theirs, release.side, Tracer())
        assert [each.row.path for each in compared.changes] == [
            each.row.path for each in compare_with(revision, release, NO_SOURCES).changes
        ]
    assert len(documents) >= BY_HAND


def test_what_is_no_default_is_a_change(clients: Clients, client: BaseClient) -> None:
    container = {"name": "app", "image": "app:v1", "memory": 128, "environment": [{"name": "A", "value": "1"}]}
    document: Value = {"family": "app", "containerDefinitions": [container]}
    arn = client.register_task_definition(**document)["taskDefinition"]["taskDefinitionArn"]
    revision = find_revision(clients, arn)
    assert revision is not None
    for member, value in {"cpu": 1, "essential": False, "environment": [], "memory": 129}.items():
        changed = {**document, "containerDefinitions": [{**container, member: value}]}
        assert list_changed(revision, make_release(changed)) == {"containerDefinitions"}, member
