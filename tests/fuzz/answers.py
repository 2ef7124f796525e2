"""Answers of AWS for a case: what an account says of our own project, changed in every way, and given to botocore by hand."""

from __future__ import annotations

import importlib.util
import io
import itertools
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from random import Random
from typing import NamedTuple
from urllib.parse import parse_qs

from generator.model.nodes import Value
from tests.fuzz.mutations import ODD_VALUES, change_value, list_spots
from tests.fuzz.seeds import Files

INSTALLED = all(importlib.util.find_spec(name) for name in ("boto3", "botocore"))
"""Whether the mode is there: it needs the extra `aws`."""

ACCOUNT, REGION, CLUSTER = "123456789012", "us-east-1", "trading-cluster"
TASK, NAME = "trading-bot-task", "trading-bot-dev"
ECS = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
SECRET = "Fz9qXw7Rk2"
"""A value that is registered under the name of a secret, and shown by nothing."""
PAIR: Value = {"name": "DB_PASSWORD", "value": SECRET}
SPELT = json.dumps(PAIR).encode()

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}

ODD_TEXTS = (
    "\x1b[31mred",
    "\r\x1b[2K",
    "\x00",
    "\u202e",
    "\ud800",
    "::error::x",
    "</script>",
    "x" * 5000,
    "\n" * 50,
    "\x07",
    "\x9b1m",
)
ODD_BODIES = (
    b"", b"{}", b"[]", b"null", b"nul", b"<html>", b"{", b'{"a":1}{', b"\xff\xfe", b'"x"', b"1", b"[" * 3000,
    b'{"a":' * 900 + b"1" + b"}" * 900,
)  # fmt: skip
ERRORS = (
    "AccessDeniedException", "ClientException", "ClusterNotFoundException", "ServiceNotFoundException", "InvalidParameterException",
    "ResourceNotFoundException", "ExpiredTokenException", "UnrecognizedClientException", "\x1b[31m", "", "x" * 400,
)  # fmt: skip
MOST_REQUESTS = 100
"""Requests of one run; more are without an end."""

LARGEST = 300_000
"""Bytes of an answer that is changed further."""

STATUSES = (400, 403, 404, 301, 204)


class Answer(NamedTuple):
    """What one operation is answered, each time: a status that nobody tries again after, and a body."""

    status: int
    body: bytes


Answers = tuple[tuple[str, Answer], ...]
"""Answers by the names of operations."""


def describe_service() -> Value:
    """Describe a service that is being brought to a revision whose tasks stop."""
    at = 1764000000
    common: Value = {"createdAt": at, "updatedAt": at, "launchType": "FARGATE", "desiredCount": 1, "pendingCount": 0}
    newer = {**common, "id": "ecs-svc/2", "status": "PRIMARY", "taskDefinition": f"{ECS}:task-definition/{NAME}:4"}
    older = {**common, "id": "ecs-svc/1", "status": "ACTIVE", "taskDefinition": f"{ECS}:task-definition/{NAME}:3"}
    return {
        "serviceArn": f"{ECS}:service/{CLUSTER}/{NAME}",
        "serviceName": NAME,
        "clusterArn": f"{ECS}:cluster/{CLUSTER}",
        "status": "ACTIVE",
        "desiredCount": 1,
        "runningCount": 1,
        "pendingCount": 0,
        "launchType": "FARGATE",
        "taskDefinition": newer["taskDefinition"],
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}},
        "deployments": [
            {**newer, "runningCount": 0, "failedTasks": 2, "rolloutState": "IN_PROGRESS", "rolloutStateReason": "in progress"},
            {**older, "runningCount": 1, "failedTasks": 0, "rolloutState": "COMPLETED"},
        ],
        "events": [{"id": "1", "createdAt": at, "message": f"(service {NAME}) was unable to place a task."}],
        "createdAt": at,
"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"]}},
        "loadBalancers": [{"targetGroupArn": "arn:aws:elasticloadbalancing:x", "containerName": NAME, "containerPort": 8080}],
    }  # fmt: skip


def describe_task() -> Value:
    """Describe a task of the service that stopped."""
    return {
        "taskArn": f"{ECS}:task/{CLUSTER}/{1:032x}",
        "clusterArn": f"{ECS}:cluster/{CLUSTER}",
        "taskDefinitionArn": f"{ECS}:task-definition/{NAME}:4",
        "group": f"service:{NAME}",
        "lastStatus": "STOPPED",
        "desiredStatus": "STOPPED",
        "stopCode": "EssentialContainerExited",
        "stoppedReason": "Essential container in task exited",
        "stoppedAt": 1764000000.5,
        "containers": [
            {"name": NAME, "lastStatus": "STOPPED", "exitCode": 137, "reason": "OutOfMemoryError: Container killed", "image": "a:1"}
        ],
    }  # fmt: skip


def make_account(files: Files) -> dict[str, Value]:
    """Make what an account says in which the project's task runs."""
    document = json.loads(files[f"rendered/dev/{TASK}.json"])
    document["containerDefinitions"][0].setdefault("environment", []).append(PAIR)
    arn = f"{ECS}:task-definition/{NAME}:4"
    read: Value = {"taskDefinitionArn": arn, "revision": 4, "status": "ACTIVE", "registeredAt": 1764000000.0}
    read |= {"registeredBy": f"arn:aws:iam::{ACCOUNT}:user/ci", "compatibilities": ["EC2", "FARGATE"]}
    described = {"taskDefinition": document | read, "tags": [{"key": "taskdef:commit", "value": "f" * 40}]}
    deployment = {"targetServiceRevisionArn": f"{ECS}:r/1", "status": "SUCCESSFUL", "finishedAt": 1764000000}
    cluster = {
        "clusterArn": f"{ECS}:cluster/{CLUSTER}",
        "clusterName": CLUSTER,
        "status": "ACTIVE",
        "capacityProviders": ["FARGATE"],
    }
    return {
        "GetCallerIdentity": {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/ci", "UserId": "AIDAEXAMPLE"},
        "DescribeTaskDefinition": described,
        "RegisterTaskDefinition": described,
        "DeregisterTaskDefinition": described,
        "ListTaskDefinitions": {"taskDefinitionArns": [f"{ECS}:task-definition/{NAME}:{n}" for n in (4, 3, 2, 1)]},
        "ListTasks": {"taskArns": [describe_task()["taskArn"]]},
        "DescribeTasks": {"tasks": [describe_task()], "failures": []},
        "DescribeServices": {"services": [describe_service()], "failures": []},
        "ListServices": {"serviceArns": [f"{ECS}:service/{CLUSTER}/{NAME}"]},
        "ListClusters": {"clusterArns": [f"{ECS}:cluster/{CLUSTER}"]},
        "DescribeClusters": {"clusters": [cluster], "failures": []},
        "ListServiceDeployments": {"serviceDeployments": [deployment]},
        "DescribeServiceDeployments": {"serviceDeployments": [deployment], "failures": []},
        "DescribeServiceRevisions": {"serviceRevisions": [{"serviceRevisionArn": f"{ECS}:r/1", "taskDefinition": arn}]},
        "GetParameters": {"Parameters": [{"Name": "/x", "Value": "y"}], "InvalidParameters": []},
        "DescribeLogGroups": {"logGroups": [{"logGroupName": "/ecs/trading-bot", "arn": "x"}]},
        "GetLogEvents": {"events": [{"message": "started", "timestamp": 1764000000000}]},
        "GetSecretValue": {"SecretString": "{}"},
        "DescribeSecret": {"ARN": "x", "Name": "y"},
        "DescribeImages": {"imageDetails": [{"imageTags": ["dev"], "imageDigest": "sha256:0"}]},
        "DescribeRepositories": {"repositories": [{"repositoryName": "trading-bot"}]},
    }


def draw_answers(files: Files, chance: Random) -> Answers:
    """Draw what each operation is answered: one to three of them otherwise than an account would."""
    account = make_account(files)
    answers = {name: Answer(200, json.dumps(value).encode()) for name, value in account.items()}
    for name in chance.sample(sorted(account), chance.choice((1, 1, 2, 3, 6))) + chance.choices(USUAL, k=2):
        way = chance.randrange(12)
        if way == 0:
            told = {"__type": chance.choice(ERRORS), "message": chance.choice(("", "no", *ODD_TEXTS))}
            answers[name] = Answer(chance.choice(STATUSES), json.dumps(told).encode())
        elif way == 1:
            answers[name] = Answer(200, chance.choice(ODD_BODIES))
        else:
            answers[name] = Answer(200, spell(change_answer(account[name], account, chance)))
    return tuple(sorted(answers.items()))


USUAL = ("DescribeTaskDefinition", "DescribeServices", "DescribeTasks", "ListTaskDefinitions", "RegisterTaskDefinition")
"""What most commands ask for."""


def change_answer(value: Value, account: Mapping[str, Value], chance: Random) -> Value:
    """Change some members of an answer."""
    value = json.loads(json.dumps(value))
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        spots = list_spots(value) if 0 < len(spell(value)) < LARGEST else []
        other = json.loads(json.dumps(account[chance.choice(sorted(account))]))
        if not spots:
            break
        if chance.random() < 0.4:
            value = change_value(value, other, chance)
            continue
        parent, key = chance.choice(spots)
        many = 2 if isinstance(parent[key], (dict, list)) else chance.choice((2, 500, 3000))
        many = min(many, 10 * LARGEST // (len(spell(parent[key])) or 1))
        odd = (*ODD_TEXTS, *ODD_VALUES, [parent[key]] * many, {"unknown": parent[key]}, chance.randint(-9, 9))
        parent[key] = chance.choice(odd)
        if isinstance(parent, dict):
            parent[chance.choice(("unknown", "\x1b[31m", "nextToken", ""))] = chance.choice((*ODD_TEXTS, *ODD_VALUES))
    return value


def spell(value: Value) -> bytes:
    """Write an answer; one that came to hold itself, or is too large, is nothing.

    It is written piece by piece: one that holds the same list thousands of times would be larger than the memory.
    """
    pieces, size = [], 0
    try:
        for piece in json.JSONEncoder(ensure_ascii=False).iterencode(value):
            pieces.append(piece)
            size += len(piece)
            if size >= 10 * LARGEST:
                return b""
    except (ValueError, RecursionError):
        return b""
    return "".join(pieces).encode("utf-8", "surrogatepass")


def shows_secret(answers: Answers, shown: str) -> bool:
    """Whether a secret is shown that stands in the answers nowhere but under its name."""
    bodies = [answer.body for _, answer in answers]
    paired = all(body.count(SECRET.encode()) == body.count(SPELT) for body in bodies)
    return paired and SECRET in shown


class EndlessError(BaseException):
    """A run asks again and again. No handler of the program takes it for an answer that failed."""


class Body(io.BytesIO):
    """A body as botocore reads it."""

    def stream(self, *_: Value, **__: Value) -> Iterator[bytes]:
        yield self.read()


@contextmanager
def answering(answers: Answers) -> Iterator[None]:
    """Let botocore get these answers in place of those of a server. Nothing is sent, and nobody waits."""
    import time

    from botocore import httpsession, loaders
    from botocore.awsrequest import AWSResponse, HeadersDict

    by_name = dict(answers)
    asked = itertools.count(1)

    def send(_: Value, request: Value) -> Value:
        if next(asked) > MOST_REQUESTS:
            raise EndlessError("requests have no end")
        name = name_operation(request)
        status, body = by_name.get(name, Answer(200, b"{}"))
        if name == "GetCallerIdentity":
            body = write_caller(body)
        headers = HeadersDict(
            {"content-type": "text/xml" if name == "GetCallerIdentity" else "application/x-amz-json-1.1"}
        )
        return AWSResponse(request.url, status, headers, Body(body))

    before = httpsession.URLLib3Session.send, time.sleep, loaders.create_loader
    environment, loader = dict(os.environ), load_models()
    httpsession.URLLib3Session.send, time.sleep, loaders.create_loader = send, lambda _: None, lambda _=None: loader
    os.environ.update(ENVIRONMENT)
    try:
        yield
    finally:
        httpsession.URLLib3Session.send, time.sleep, loaders.create_loader = before
        os.environ.clear()
        os.environ.update(environment)


@cache
def load_models() -> Value:
    """Make what reads botocore's models, once for all runs: it keeps them, and they take longer to read than a run."""
    from botocore import loaders

    return loaders.create_loader()


def name_operation(request: Value) -> str:
    """Name what is asked for: in a header, or in the body of the query protocol."""
    target = request.headers.get("X-Amz-Target", b"")
    if target:
        spelt: str = target.decode() if isinstance(target, bytes) else target
        return spelt.rpartition(".")[2]
    body: str = request.body if isinstance(request.body, str) else (request.body or b"").decode("utf-8", "replace")
    return parse_qs(body).get("Action", [""])[0]


def write_caller(body: bytes) -> bytes:
    """Write the answer of STS as XML, where it is one that has members."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(told, dict):
        return body
    members = "".join(f"<{key}>{value}</{key}>" for key, value in told.items())
    return f"<R><GetCallerIdentityResult>{members}</GetCallerIdentityResult></R>".encode("utf-8", "surrogatepass")


Words = tuple[str, ...]
WORDS: dict[str, Callable[[Random], Words]] = {
    "register": lambda chance: (*chance.choice((("dev",), ("dev", "prod"))), "--yes", *pick(chance, "--dry-run", "--force", "--why")),
    "revisions": lambda chance: ("dev", *pick(chance, "--changes", "--status=all", "--prune --keep=1 --dry-run")),
    "show": lambda chance: (chance.choice(("dev", "dev:3", "dev:live", NAME)),),
    "diff account": lambda chance: chance.choice((("dev:live",), ("dev:3", "dev"), ("dev:3", "dev:4"), ("dev:live", "--why"))),
    "deploy": lambda chance: ("dev", "--dry-run", "--yes", *pick(chance, "--force", "--rollback-on-failure")),
    "rollback": lambda chance: ("dev", "--dry-run", "--yes", *pick(chance, "--to=3")),
    "diagnose": lambda chance: chance.choice((("dev",), ("--cluster", CLUSTER, "--service", NAME), ("dev", "-v"))),
    "verify": lambda chance: ("dev", *pick(chance, "--secret-keys")),
    "run": lambda chance: ("dev", "--dry-run", "--yes"),
}  # fmt: skip
"""The commands that ask AWS, each with its words."""


def pick(chance: Random, *options: str) -> list[str]:
    return chance.choice(("", "", *options)).split()
