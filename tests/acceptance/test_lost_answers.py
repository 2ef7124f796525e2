"""An answer about a change is lost: a second look tells whether it was made, and where that tells nothing, the first error stands."""

from __future__ import annotations

import pytest

from generator.aws.calls.clients import Clients
from generator.aws.calls.errors import AwsError
from generator.aws.calls.revisions import parse_document
from generator.aws.calls.services import find_service, read_service
from generator.commands.account.deliveries import Move, look_whether_begun
from generator.commands.account.registrations import look_whether_registered
from generator.model.comparison import Side
from generator.model.nodes import Value
from generator.model.releases import Registration, Release
from generator.model.tags import CONTENT_TAG, HASH_TAG
from generator.review.fingerprint import make_fingerprint
from tests.acceptance.recorded import Answer, Raw, Recorded, Refusal
from tests.acceptance.scenes import CLUSTER, FAMILY, REGION, SERVICE, deployment, describe_service, name_arn, older

LOST = AwsError("nobody answers", unreachable=True)
REFUSED = AwsError("not so", code="ClientException")
DENIED = Refusal("AccessDeniedException", "no")
PAGE = Raw(b"<!doctype html>")
BEFORE = describe_service(deployment(4, 1, "COMPLETED"))
BEGUN = describe_service(deployment(5), older(4))
MOVE = Move("dev/app", REGION, read_service(BEFORE), name_arn(5))
AGAIN = MOVE._replace(revision=name_arn(4))
FIRST = MOVE._replace(service=read_service({**BEFORE, "deployments": []}))


def describe(*found: Value) -> Answer:
    return {"services": list(found)}


@pytest.mark.parametrize("move", [MOVE, FIRST], ids=["after another", "the first"])
def test_a_deployment_that_is_there_has_begun(recorded: Recorded, clients: Clients, move: Move) -> None:
    recorded.play({"ecs:DescribeServices": [describe(BEGUN)]})
    assert look_whether_begun(clients, move, LOST) == find_service(clients, CLUSTER, SERVICE)


NOT_BEGUN: dict[str, tuple[Move, Answer]] = {
    "nobody may look": (MOVE, DENIED),
    "nobody can read it": (MOVE, PAGE),
    "no service": (MOVE, describe()),
    "no deployment": (MOVE, describe({**BEGUN, "deployments": []})),
    "another revision": (MOVE, describe(describe_service(deployment(6), older(4)))),
    "the same deployment": (AGAIN, describe(BEFORE)),
}


@pytest.mark.parametrize(("move", "answer"), NOT_BEGUN.values(), ids=NOT_BEGUN)
def test_a_deployment_that_is_not_there_failed_of_what_was_told_first(
    recorded: Recorded, clients: Clients, move: Move, answer: Answer
) -> None:
    recorded.play({"ecs:DescribeServices": [answer]})
    with pytest.raises(AwsError) as caught:
        look_whether_begun(clients, move, LOST)
    assert caught.value is LOST


def test_a_deployment_that_ecs_refuses_is_not_looked_for(recorded: Recorded, clients: Clients) -> None:
    recorded.play({"ecs:DescribeServices": [describe(BEGUN)]})
    with pytest.raises(AwsError) as caught:
        look_whether_begun(clients, MOVE, REFUSED)
    assert (caught.value, recorded.list_calls("ecs:DescribeServices")) == (REFUSED, [])


def tell_revision(number: int, digest: str, **members: Value) -> Answer:
    told = {"taskDefinitionArn": name_arn(number), "family": FAMILY, "revision": number, **members}
    return {"taskDefinition": told, "tags": [{"key": HASH_TAG, "value": digest}]}


DOCUMENT = parse_document({"taskDefinition": {"family": FAMILY}, "tags": []})
RELEASE = Release("dev", "app", "rendered/dev/app.json", b"{}", Side("dev", DOCUMENT), FAMILY, None)
PLANNED = Registration(RELEASE, "planned", None, tags=((HASH_TAG, "wanted"), (CONTENT_TAG, make_fingerprint(DOCUMENT))))


def test_a_revision_that_is_there_was_registered(recorded: Recorded, clients: Clients) -> None:
    recorded.play({"ecs:DescribeTaskDefinition": [tell_revision(4, "wanted"), tell_revision(5, "wanted")]})
    before = look_whether_registered(clients, PLANNED, LOST)
    assert before.number == 4
    assert look_whether_registered(clients, PLANNED._replace(revision=before), LOST).number == 5


NOT_REGISTERED: dict[str, Answer] = {
    "nobody may look": DENIED,
    "nobody can read it": PAGE,
    "no revision": Refusal("ClientException", "Unable to describe task definition."),
    "the one before": tell_revision(4, "wanted"),
    "the one of somebody else": tell_revision(5, "another"),
    "one of another content, with copied tags": tell_revision(5, "wanted", cpu="256"),
}


@pytest.mark.parametrize("answer", NOT_REGISTERED.values(), ids=NOT_REGISTERED)
def test_a_revision_that_is_not_there_failed_of_what_was_told_first(
    recorded: Recorded, clients: Clients, answer: Answer
) -> None:
    recorded.play({"ecs:DescribeTaskDefinition": [tell_revision(4, "wanted"), answer]})
    before = look_whether_registered(clients, PLANNED, LOST)
    with pytest.raises(AwsError) as caught:
        look_whether_registered(clients, PLANNED._replace(revision=before), LOST)
    assert caught.value is LOST


def test_a_revision_that_ecs_refuses_is_not_looked_for(recorded: Recorded, clients: Clients) -> None:
    recorded.play({"ecs:DescribeTaskDefinition": [tell_revision(5, "wanted")]})
    with pytest.raises(AwsError) as caught:
        look_whether_registered(clients, PLANNED, REFUSED)
    assert (caught.value, recorded.list_calls("ecs:DescribeTaskDefinition")) == (REFUSED, [])
