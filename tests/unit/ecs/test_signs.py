"""The words by which causes are known: each is told by its own examples, and every cause has what it needs."""

from __future__ import annotations

import pytest
from botocore.loaders import Loader

from generator.aws.diagnose.index import BLAMES
from generator.aws.diagnose.judging import read_text
from generator.ecs.causes import CAUSES
from generator.ecs.signs import CONSEQUENCES, LISTENING, SAID, UNPLACEABLE, WRITTEN
from generator.ecs.stops import ASKED_FOR, EXITS, FAILED, STOP_CODES

TOLD = [(sign.cause, text, table) for table in (SAID, WRITTEN) for sign in table for text in sign.examples]


@pytest.mark.parametrize(("cause", "text", "table"), TOLD, ids=[text[:60] for _, text, _ in TOLD])
def test_what_aws_says_tells_its_cause_and_no_other(cause: str, text: str, table: object) -> None:
    found = read_text(text, "", SAID if table is SAID else WRITTEN)
    assert found and found.cause == cause


SEEN = {
    "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a "
    "connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, "
    "exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post "
    '"https://api.ecr.us-east-1.amazonaws.com/": dial tcp 192.0.2.1:443: i/o timeout': "network-unreachable",
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets "
    "from ssm: service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadline exceeded. "
    "Please check your task network configuration.": "network-unreachable",
    "ResourceInitializationError: failed to download env files: file download command: non-empty error stream: RequestCanceled: request "
    "context cancelled caused by: context deadline exceeded": "network-unreachable",
    "ResourceInitializationError: failed to validate logger args: create stream has been retried "
    "1 times: failed to create Cloudwatch log": ("log-driver-failed"),
    "ResourceInitializationError: failed to configure ENI: failed to setup regular eni: netplugin "
    "failed with no error message": ("network-interface"),
    "Unexpected EC2 error while attempting to tag the network interface: TagPolicyViolation": "network-interface",
    "CannotPullContainerError: Error response from daemon: Get https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/: net/http: request "
    "canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)": "image-network",
    "CannotPullContainerError: context canceled": "image-network",
    "CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions "
    "to pull images from the registry.": ("image-access"),
    "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref docker.io/example/private:v1: pull "
    "access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed": (
        "image-access"
    ),
    "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code "
    "https://111122223333.dkr.ecr.us-east-1.amazonaws.com/v2/web/blobs/sha256:c0: 403 Forbidden": "image-access",
    "CannotPullContainerError: inspect image has been retried 1 time(s): httpReaderSeeker: failed open: unexpected status code "
    "https://ghcr.io/v2/example/web/manifests/v9: 404 Not Found": "image-not-found",
    "CannotPullContainerError: failed to resolve ref docker.io/example/web:latest": "image-not-pulled",
    "Fetching secret data from AWS Secrets Manager in region us-east-1: secret "
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:web-Ab12Cd: "
    "ResourceNotFoundException: Secrets Manager can't find the specified secret.": "secret-missing",
    "Fetching secret data from AWS Secrets Manager in region us-east-1: secret "
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:web-Ab12Cd: "
    "AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/8637 is not authorized to perform: "
    "secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:111122223333:secret:web-Ab12Cd": "secret-access",
    "CannotStartContainerError: Error response from daemon: OCI runtime create failed: container_linux.go:380: starting container process "
    'caused: exec: "python": executable file not found in $PATH': "command-not-found",
    "CannotStartContainerError: Error response from daemon: failed to create task for container: OCI "
    "runtime create failed: unable to start "
    "container process: container init was OOM-killed (memory limit too low?)": "memory-too-small",
    "(service web) (instance i-0a1b) (port 32875) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:"
    "targetgroup/web/1) due to (reason Health checks failed with these codes: [400])": "balancer-check-failed",
    "Task failed ELB health checks in (elb web)": "balancer-check-failed",
    "service web task d430f634 failed container health checks.": "health-check-failed",
    "(service web) was unable to place a task because the resources could not be found.": "instances-lack-something",
    "(service web) was unable to reach steady state. Reason: No Container Instances were found "
    "in your capacity provider.": "no-instances",
    "(service web) was unable to place a task. Reason: The requested CPU configuration is above "
    "your limit.": "quota-reached",
}


@pytest.mark.parametrize("text", SEEN, ids=lambda text: text[:60])
def test_what_people_pasted_is_told_too(text: str) -> None:
    found = read_text(text, "")
    assert found and found.cause == SEEN[text]


def test_every_cause_is_known_by_something_and_blamed_on_something() -> None:
    known = {sign.cause for sign in (*SAID, *WRITTEN)} | {exit.cause for exit in EXITS.values()}
    known |= {FAILED, *STOP_CODES.values()}
    assert sorted(known) == sorted(CAUSES) == sorted(BLAMES)
    assert set(CONSEQUENCES) | set(UNPLACEABLE) <= set(CAUSES)


def test_stop_codes_are_those_of_the_service_model() -> None:
    model = Loader().load_service_model("ecs", "service-2")
    assert sorted((*STOP_CODES, *ASKED_FOR)) == sorted(model["shapes"]["TaskStopCode"]["enum"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Essential container in task exited",
        "Scaling activity initiated by (deployment ecs-svc/8646900195280463695)",
        "Task stopped by user",
        "(service web) has started 1 tasks: (task 22450d8cbf7b4648ac0837b9a710e807).",
        "(service web) has stopped 1 running tasks: (task 22450d8cbf7b4648ac0837b9a710e807).",
        "(service web) registered 1 targets in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1)",
        "(service web) (deployment ecs-svc/1) deployment completed.",
        "(service web) (deployment ecs-svc/1) deployment failed: tasks failed to start.",
        "(service web) rolling back to deployment ecs-svc/1.",
        "(service web) has reached a steady state.",
        "(service web) has begun draining connections on 1 tasks.",
        "(service web) is unable to consistently start tasks successfully.",
    ],
)
def test_what_is_no_cause_has_no_sign(text: str) -> None:
    assert read_text(text, "") is None


@pytest.mark.parametrize(
    ("line", "ports"),
    [
        ("Server listening on port 3000", [3000]),
        ("[info] Listening at: http://0.0.0.0:8000 (1)", [8000]),
        ("Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)", [8000]),
        ("Tomcat started on port(s): 8080 (http) with context path ''", [8080]),
        ("listening on [::]:9090", [9090]),
        ("INFO started at 10:30:22", []),
        ("started in 2.345 seconds", []),
        ("running migrations 0012", []),
        ("connecting to postgres://db:5432/app", []),
    ],
)
def test_servers_say_which_port_they_listen_on(line: str, ports: list[int]) -> None:
    assert [int(match["port"]) for match in LISTENING.finditer(line)] == ports
