"""Answers that leave out what AWS may leave out, and proxies and imitations do, mean what nothing means, and are no bug of ours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.aws.calls.clients import Caller, Clients
from generator.aws.calls.errors import AwsError
from generator.aws.calls.lookups import ask_all
from generator.aws.calls.revisions import find_revision, list_arns, register_revision
from generator.aws.calls.services import find_service, list_steady, list_stopped, read_service, update_service
from generator.aws.calls.tasks import Scope, find_task, list_of_family
from generator.aws.calls.usage import find_running, list_clusters, list_services, list_uses
from generator.aws.verify.questions import Kind, Missing, Question
from generator.model.account import Service
from generator.model.findings import InputError
from generator.model.nodes import Value
from tests.acceptance.recorded import Recorded
from tests.acceptance.scenes import CLUSTER, ECS, FAMILY, REGION, SERVICE, deployment, describe_service, name_arn

TASK = f"{ECS}:task/{CLUSTER}/1a2b"
OPERATIONS = (
    "DescribeClusters", "DescribeServiceRevisions", "DescribeServices", "DescribeTaskDefinition", "DescribeTasks", "ListClusters",
    "ListServiceDeployments", "ListServices", "ListTaskDefinitions", "ListTasks", "RegisterTaskDefinition", "UpdateService",
)  # fmt: skip
NOTHING: Value = {"sts:GetCallerIdentity": [{}]} | {f"ecs:{operation}": [{}] for operation in OPERATIONS}


@pytest.fixture
def clients(recorded: Recorded, clients: Clients) -> Clients:
    """Our own clients, of an AWS that says nothing in all its answers."""
    recorded.play(NOTHING)
    return clients


def make_service() -> Service:
    return read_service(describe_service(deployment(4, 1, "COMPLETED")))


EMPTY: dict[str, tuple[Callable[[Clients], object], object]] = {
    "nobody": (lambda clients: clients.find_caller(), Caller("", "")),
    "no service": (lambda clients: find_service(clients, CLUSTER, SERVICE), None),
    "no service that runs something": (lambda clients: find_running(clients, CLUSTER, SERVICE), None),
    "no services": (lambda clients: list_services(clients, CLUSTER), ()),
    "no clusters": (list_clusters, ()),
    "no uses": (lambda clients: list_uses(clients, [CLUSTER], [FAMILY]), ()),
    "no stopped tasks": (lambda clients: list_stopped(clients, make_service()), ()),
    "no stopped tasks of a family": (lambda clients: list_of_family(clients, Scope(CLUSTER, family=FAMILY)), ()),
    "no steady revisions": (lambda clients: list_steady(clients, make_service()), ()),
    "no revisions": (lambda clients: list_arns(clients, FAMILY), []),
    "no revision": (lambda clients: find_revision(clients, FAMILY), None),
    "a service as it was": (lambda clients: update_service(clients, make_service(), name_arn(5)), make_service()),
}


@pytest.mark.parametrize(("ask", "meaning"), EMPTY.values(), ids=EMPTY)
def test_an_answer_without_anything_means(clients: Clients, ask: Callable[[Clients], object], meaning: object) -> None:
    assert ask(clients) == meaning


def test_an_answer_without_tasks_is_of_no_task(clients: Clients) -> None:
    with pytest.raises(InputError, match=f"ECS knows no task `{TASK}` in the cluster `{CLUSTER}`"):
        find_task(clients, Scope(CLUSTER, task=TASK))


def test_what_was_registered_is_not_known_where_ecs_does_not_tell(clients: Clients) -> None:
    with pytest.raises(AwsError, match="`ecs:RegisterTaskDefinition` returned no revision"):
        register_revision(clients, b'{"family": "app", "containerDefinitions": []}', {})


def test_a_task_definition_without_an_arn_is_no_revision(recorded: Recorded, clients: Clients) -> None:
    told: Value = {"taskDefinition": {"family": FAMILY, "revision": 3}}
    recorded.play({**NOTHING, "ecs:DescribeTaskDefinition": [told], "ecs:RegisterTaskDefinition": [told]})
    assert find_revision(clients, FAMILY) is None
    with pytest.raises(AwsError, match="`ecs:RegisterTaskDefinition` returned no revision"):
        register_revision(clients, b'{"family": "app", "containerDefinitions": []}', {})


@pytest.mark.parametrize("kind", ["cluster", "service"])
def test_an_answer_without_things_is_of_none(clients: Clients, kind: Kind) -> None:
    question = Question(kind, SERVICE, region=REGION, part=CLUSTER)
    assert ask_all(clients, [question]) == {question: Missing()}


def test_what_does_not_say_more_than_that_it_is_there_is_read_too(recorded: Recorded, clients: Clients) -> None:
    told: Value = {
        **NOTHING,
        "ecs:DescribeServices": [{"services": [{"taskSets": [{"status": "PRIMARY"}]}]}],
        "ecs:DescribeTasks": [{"tasks": [{"lastStatus": "STOPPED"}]}],
        "ecs:DescribeTaskDefinition": [{"taskDefinition": {"taskDefinitionArn": name_arn(3)}, "tags": [{}]}],
        "ecs:ListServiceDeployments": [{"serviceDeployments": [{"status": "SUCCESSFUL"}]}],
        "ecs:ListTasks": [{"taskArns": [TASK]}],
    }
    recorded.play(told)
    service = find_service(clients, CLUSTER, SERVICE)
    assert service is not None
    assert (service.cluster, service.name, service.revision) == (CLUSTER, SERVICE, "")
    assert find_running(clients, CLUSTER, SERVICE) == ""
    assert list_steady(clients, make_service()) == ()
    assert [each.arn for each in list_stopped(clients, make_service())] == [""]
    assert [each.arn for each in find_task(clients, Scope(CLUSTER, task=TASK))[1]] == [TASK]
    revision = find_revision(clients, FAMILY)
    assert revision is not None
    assert (revision.name, revision.status, revision.tags) == (f"{FAMILY}:3", "", (("", ""),))


def test_a_deployment_whose_revision_nobody_tells_was_steady_with_none(recorded: Recorded, clients: Clients) -> None:
    arn = f"{ECS}:service-revision/{CLUSTER}/{SERVICE}/1"
    told: Value = {
        "ecs:ListServiceDeployments": [{"serviceDeployments": [{"targetServiceRevisionArn": arn}]}],
        "ecs:DescribeServiceRevisions": [{"serviceRevisions": [{"serviceRevisionArn": arn}]}],
    }
    recorded.play({**NOTHING, **told})
    assert list_steady(clients, make_service()) == ()


@pytest.mark.parametrize(
    ("listed", "described", "said"),
    [
        ("ecs:ListServices", "ecs:DescribeServices", f"{ECS}:service/{CLUSTER}/{SERVICE}"),
        ("ecs:ListTasks", "ecs:DescribeTasks", TASK),
    ],
)
def test_what_is_listed_and_not_described_may_be_in_use(
    recorded: Recorded, clients: Clients, listed: str, described: str, said: str
) -> None:
    member = "serviceArns" if listed.endswith("Services") else "taskArns"
    recorded.play({**NOTHING, listed: [{member: [said]}]})
    with pytest.raises(AwsError, match=f"`{described}` does not report on {said}"):
        list_uses(clients, [CLUSTER], [FAMILY])


def test_a_task_that_may_run_any_revision_keeps_all_uses_unknown(recorded: Recorded, clients: Clients) -> None:
    told: Value = {"ecs:ListTasks": [{"taskArns": [TASK]}], "ecs:DescribeTasks": [{"tasks": [{"taskArn": TASK}]}]}
    recorded.play({**NOTHING, **told})
    with pytest.raises(AwsError, match=f"`ecs:DescribeTasks` does not report what {TASK} runs"):
        list_uses(clients, [CLUSTER], [FAMILY])
