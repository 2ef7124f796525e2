"""What a task definition refers to in an account, whom a trust policy lets in, and what follows from the answers of AWS."""

from __future__ import annotations

import pytest

from generator.aws.verify.judging import judge
from generator.aws.verify.questions import (
    AccessPoint,
    Answer,
    Home,
    Image,
    Keys,
    Missing,
    Present,
    Question,
    Reference,
    Role,
    Secret,
    Service,
    Unknown,
    Verdict,
)
from generator.aws.verify.referring import list_references, refer_to_service
from generator.aws.verify.things import Counts, Judged, Thing, Use, count_things, gather_things, share_problems
from generator.aws.verify.trusting import Trust, judge_trust
from generator.model.findings import HERE, Fact, Problem
from generator.model.needs import LoadBalancer, Needs
from generator.model.nodes import Value

HOME = Home("123456789012", "us-east-1")
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret"
ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
DIGEST = "sha256:" + "0" * 64
C = ("containerDefinitions", 0)


def container(**members: Value) -> Value:
    """A task definition on Fargate with one container, and nothing that it refers to but what is given."""
    return {"requiresCompatibilities": ["FARGATE"], "containerDefinitions": [{"name": "app", **members}]}


def logs(**options: str) -> Value:
    return {"logDriver": "awslogs", "options": {name.replace("_", "-"): value for name, value in options.items()}}


def ask(document: Value) -> list[tuple[str, Question]]:
    """List what is looked at, and what is asked."""
    return [(each.label, each.question) for each in list_references(document, HOME, keys=True)]


# References.


REFERENCES: dict[str, tuple[Value, list[tuple[str, Question]]]] = {
    "nothing": (container(), []),
    "a role by its name": (
        {"taskRoleArn": "App"},
        [("role App", Question("role", "App", account="123456789012"))],
    ),
    "a role by an ARN with a path": (
        {"executionRoleArn": "arn:aws:iam::123456789012:role/ecs/App"},
        [("role App", Question("role", "App", account="123456789012"))],
    ),
    "an image by its tag": (
        container(image=f"{ECR}/shop/app:v1"),
        [(f"image {ECR}/shop/app:v1", Question("image", "shop/app", "us-east-1", "123456789012", "v1"))],
    ),
    "an image without a tag": (
        container(image=f"{ECR}/app"),
        [(f"image {ECR}/app", Question("image", "app", "us-east-1", "123456789012", "latest"))],
    ),
    "an image by its digest, whatever its tag": (
        container(image=f"{ECR}/app:v1@{DIGEST}"),
        [(f"image {ECR}/app:v1@{DIGEST}", Question("image", "app", "us-east-1", "123456789012", DIGEST))],
    ),
    "an image of another account and region": (
        container(image="210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn/app:v1"),
        [
            (
                "image 210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn/app:v1",
                Question("image", "app", "cn-north-1", "210987654321", "v1"),
            )
        ],
    ),
    "an image at a dual-stack host": (
        container(image="123456789012.dkr-ecr.us-east-1.on.aws/app:v1"),
        [
            (
                "image 123456789012.dkr-ecr.us-east-1.on.aws/app:v1",
                Question("image", "app", "us-east-1", "123456789012", "v1"),
            )
        ],
    ),
    "a whole secret": (
        container(secrets=[{"name": "A", "valueFrom": f"{SECRET}:app-AbCdEf"}]),
        [("secret app-AbCdEf", Question("secret", f"{SECRET}:app-AbCdEf", "us-east-1"))],
    ),
    "a key of a stage of a secret": (
        container(secrets=[{"name": "A", "valueFrom": f"{SECRET}:app:key:AWSPREVIOUS:"}]),
        [
            ("stage AWSPREVIOUS of secret app", Question("secret", f"{SECRET}:app", "us-east-1")),
            (
                "key key of stage AWSPREVIOUS of secret app",
                Question("keys", f"{SECRET}:app", "us-east-1", stage="AWSPREVIOUS"),
            ),
        ],
    ),
    "a version of a secret, for a log driver": (
        container(
            logConfiguration={
                "logDriver": "splunk",
                "secretOptions": [{"name": "splunk-token", "valueFrom": f"{SECRET}:app:::1a2b"}],
            }
        ),
        [("version 1a2b of secret app", Question("secret", f"{SECRET}:app", "us-east-1", part="1a2b"))],
    ),
    "a secret in another region": (
        container(secrets=[{"name": "A", "valueFrom": f"{SECRET.replace('us-east-1', 'eu-west-1')}:app"}]),
        [
            (
                "secret app in eu-west-1",
                Question("secret", f"{SECRET.replace('us-east-1', 'eu-west-1')}:app", "eu-west-1"),
            )
        ],
    ),
    "the secret of a registry, by name and ARN": (
        {
            "containerDefinitions": [
                {"repositoryCredentials": {"credentialsParameter": "registry"}},
                {"repositoryCredentials": {"credentialsParameter": f"{SECRET}:registry"}},
            ]
        },
        [
            ("secret registry", Question("secret", "registry", "us-east-1")),
            ("secret registry", Question("secret", f"{SECRET}:registry", "us-east-1")),
        ],
    ),
    "parameters by name and ARN": (
        container(
            secrets=[
                {"name": "A", "valueFrom": "/app/a"},
                {"name": "B", "valueFrom": "arn:aws:ssm:eu-west-1:123456789012:parameter/app/b"},
            ]
        ),
        [
            ("parameter /app/a", Question("parameter", "/app/a", "us-east-1")),
            (
                "parameter /app/b in eu-west-1",
                Question("parameter", "arn:aws:ssm:eu-west-1:123456789012:parameter/app/b", "eu-west-1"),
            ),
        ],
    ),
    "a log group": (
        container(logConfiguration=logs(awslogs_group="/ecs/app", awslogs_region="eu-west-1")),
        [("log group /ecs/app in eu-west-1", Question("log group", "/ecs/app", "eu-west-1"))],
    ),
    "the log group of another driver": (
        container(logConfiguration={"logDriver": "splunk", "options": {"awslogs-group": "a"}}),
        [],
    ),
    "an environment file": (
        container(environmentFiles=[{"type": "s3", "value": "arn:aws:s3:::bucket/a/prod.env"}]),
        [("environment file s3://bucket/a/prod.env", Question("environment file", "bucket", part="a/prod.env"))],
    ),
    "a file system and an access point": (
        {
            "volumes": [
                {
                    "name": "data",
                    "efsVolumeConfiguration": {
                        "fileSystemId": "fs-1",
                        "authorizationConfig": {"accessPointId": "fsap-1"},
                    },
                }
            ]
        },
        [
            ("file system fs-1", Question("file system", "fs-1", "us-east-1")),
            ("access point fsap-1", Question("access point", "fsap-1", "us-east-1")),
        ],
    ),
    "what is misspelt, which rules tell": (
        {
            "taskRoleArn": "arn:aws:iam::1:role/App",
            **container(
                secrets=[{"name": "A", "valueFrom": "a:b"}],
                environmentFiles=[{"type": "s3", "value": "s3://bucket/prod.env"}],
            ),
        },
        [],
    ),
}


@pytest.mark.parametrize(("document", "asked"), REFERENCES.values(), ids=REFERENCES)
def test_references_are_listed_with_what_aws_is_asked(document: Value, asked: list[tuple[str, Question]]) -> None:
    assert ask(document) == asked


SETTLED: dict[str, tuple[Value, str, str]] = {
    "a role of another account": (
        {"taskRoleArn": "arn:aws:iam::210987654321:role/App"},
        "unknown",
        "it is in account 210987654321",
    ),
    "an image on Docker Hub": (container(image="nginx:1.27"), "unknown", "its registry is not in ECR"),
    "an image of a public registry": (
        container(image="public.ecr.aws/nginx/nginx:1.27"),
        "unknown",
        "its registry is not in ECR",
    ),
    "a log group that the task makes": (
        container(logConfiguration=logs(awslogs_group="/ecs/app", awslogs_create_group="true")),
        "skipped",
        "the task makes it",
    ),
}


@pytest.mark.parametrize(("document", "state", "remark"), SETTLED.values(), ids=SETTLED)
def test_some_references_are_settled_without_asking(document: Value, state: str, remark: str) -> None:
    (reference,) = list_references(document, HOME)
    verdict = judge(reference, None, document, HOME)
    assert (verdict.state, verdict.remark) == (state, remark)


def test_keys_are_looked_at_where_that_is_asked_for() -> None:
    document = container(secrets=[{"name": "A", "valueFrom": f"{SECRET}:app:key::"}])
    (_, key), (_, asked) = list_references(document, HOME), list_references(document, HOME, keys=True)
    assert (key.settled, asked.settled) == (Verdict("skipped", "`--secret-keys` would look"), None)


def test_a_reference_knows_its_path() -> None:
    document = {
        "taskRoleArn": "App",
        **container(
            image=f"{ECR}/app:v1",
            secrets=[{"name": "A", "valueFrom": "/a"}, {"name": "B", "valueFrom": f"{SECRET}:app:b::"}],
            logConfiguration=logs(awslogs_group="/ecs/app"),
        ),
    }
    assert [each.path for each in list_references(document, HOME)] == [
        ("taskRoleArn",),
        (*C, "image"),
        (*C, "secrets", 0, "valueFrom"),
        (*C, "secrets", 1, "valueFrom"),
        (*C, "secrets", 1, "valueFrom"),
        (*C, "logConfiguration", "options", "awslogs-group"),
    ]


@pytest.mark.parametrize(
    ("members", "platform"),
    [
        ({}, "linux/amd64"),
        ({"runtimePlatform": {"cpuArchitecture": "ARM64"}}, "linux/arm64"),
        ({"runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"}}, "linux/amd64"),
        ({"runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}}, "windows/amd64"),
        ({"requiresCompatibilities": ["EC2"]}, ""),
        ({"requiresCompatibilities": ["EC2"], "runtimePlatform": {"cpuArchitecture": "ARM64"}}, "linux/arm64"),
    ],
)
def test_the_platform_of_an_image_is_that_of_its_task(members: Value, platform: str) -> None:
    (image,) = list_references({**container(image=f"{ECR}/app:v1"), **members}, HOME)
    assert image.platform == platform


@pytest.mark.parametrize(
    ("cluster", "service", "asked"),
    [
        ("", "", []),
        ("main", "", [Question("cluster", "main", "us-east-1")]),
        (
            "main",
            "app",
            [Question("cluster", "main", "us-east-1"), Question("service", "app", "us-east-1", part="main")],
        ),
        (
            "",
            "app",
            [Question("cluster", "default", "us-east-1"), Question("service", "app", "us-east-1", part="default")],
        ),
    ],
)
def test_a_cluster_and_a_service_are_asked_about_where_they_are_known(
    cluster: str, service: str, asked: list[Question]
) -> None:
    assert [each.question for each in refer_to_service(cluster, service, HOME)] == asked


# Trust.


def allow(service: Value = "ecs-tasks.amazonaws.com", **members: Value) -> Value:
    return {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole", **members}


TRUSTING: dict[str, Value] = {
    "ECS alone": allow(),
    "ECS among others": allow(["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]),
    "several actions": allow(Action=["sts:TagSession", "sts:AssumeRole"]),
    "an action with a star": allow(Action="sts:Assume*"),
    "every action": allow(Action="*"),
    "an action in another case": allow(Action="STS:assumerole"),
    "everybody": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"},
    "several statements": [allow("ec2.amazonaws.com"), allow()],
    "the account": allow(Condition={"StringEquals": {"aws:SourceAccount": "123456789012"}}),
    "the account among others": allow(Condition={"StringLike": {"AWS:SourceAccount": ["21*", "1234*"]}}),
    "ECS of the account": allow(Condition={"ArnLike": {"aws:SourceArn": "arn:aws:ecs:us-east-1:123456789012:*"}}),
    "ECS of any account": allow(Condition={"ArnLike": {"aws:SourceArn": "arn:aws:ecs:*:*:*"}}),
    "a condition nobody can judge": allow(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}),
    "a denial of others": [allow(), allow("ec2.amazonaws.com", Effect="Deny")],
    "a denial under a condition": [allow(), allow(Effect="Deny", Condition={"Bool": {"aws:SecureTransport": "false"}})],
    "all but one action": {"Effect": "Allow", "Principal": {"Service": "*"}, "NotAction": "sts:TagSession"},
}


@pytest.mark.parametrize("statement", TRUSTING.values(), ids=TRUSTING)
def test_a_policy_lets_ecs_assume_the_role(statement: Value) -> None:
    assert judge_trust({"Statement": statement}, HOME) == Trust(True)


NOBODY = "its trust policy lets nobody assume it"
DISTRUSTING: dict[str, tuple[Value, str]] = {
    "no statement": ([], NOBODY),
    "another service": (allow("ec2.amazonaws.com"), "its trust policy lets `ec2.amazonaws.com` assume it"),
    "the service that is not for tasks": (
        allow(["ecs.amazonaws.com", "ec2.amazonaws.com"]),
        "its trust policy lets `ecs.amazonaws.com`, `ec2.amazonaws.com` assume it",
    ),
    "an account": (
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "sts:AssumeRole"},
        "its trust policy lets `arn:aws:iam::123456789012:root` assume it",
    ),
    "another action": (allow(Action="sts:TagSession"), NOBODY),
    "a denial": ([allow(), allow(Effect="Deny")], "its trust policy denies that"),
    "a condition for another account": (
        allow(Condition={"StringEquals": {"aws:SourceAccount": "210987654321"}}),
        "its trust policy has a condition: `aws:SourceAccount` has to be `210987654321`, and this is account 123456789012",
    ),
    "a condition for another region": (
        allow(Condition={"ArnLike": {"aws:SourceArn": "arn:aws:ecs:eu-west-1:123456789012:*"}}),
        "its trust policy has a condition: `aws:SourceArn` has to be like `arn:aws:ecs:eu-west-1:123456789012:*`",
    ),
    "what is no policy": ("?", NOBODY),
}


@pytest.mark.parametrize(("statement", "reason"), DISTRUSTING.values(), ids=DISTRUSTING)
def test_a_policy_does_not_let_ecs_assume_the_role(statement: Value, reason: str) -> None:
    assert judge_trust({"Statement": statement}, HOME) == Trust(False, reason)


# Verdicts.


ROLE = {"taskRoleArn": "arn:aws:iam::123456789012:role/App"}
TRUSTED = {"Statement": allow()}
IMAGE = container(image=f"{ECR}/app:v1")
ARM = {**IMAGE, "runtimePlatform": {"cpuArchitecture": "ARM64"}}
CURRENT = Secret((("1", ("AWSCURRENT",)), ("2", ("AWSPREVIOUS",)), ("3", ())))
EFS = {"efsVolumeConfiguration": {"fileSystemId": "fs-1", "authorizationConfig": {"accessPointId": "fsap-1"}}}


def secret(parts: str = "") -> Value:
    return container(secrets=[{"name": "A", "valueFrom": f"{SECRET}:app{parts}"}])


RIGHT: dict[str, tuple[Value, Answer, str]] = {
    "a role": (ROLE, Role("arn:aws:iam::123456789012:role/App", TRUSTED), ""),
    "a role by its name": ({"taskRoleArn": "App"}, Role("arn:aws:iam::123456789012:role/App", TRUSTED), ""),
    "an image of the platform": (IMAGE, Image(("linux/arm64", "linux/amd64")), "for linux/amd64"),
    "an image of another platform": (ARM, Image(("linux/arm64", "linux/amd64")), "for linux/arm64"),
    "an image that does not say": (
        IMAGE,
        Image(why="it has one manifest"),
        "for which platform is unknown: it has one manifest",
    ),
    "an image for any platform": ({**IMAGE, "requiresCompatibilities": ["EC2"]}, Image(("linux/arm64",)), ""),
    "a secret": (secret(), CURRENT, ""),
    "a stage": (secret("::AWSPREVIOUS:"), CURRENT, ""),
    "a version": (secret(":::2"), CURRENT, ""),
    "a version without a stage": (secret(":::3"), CURRENT, "no stage is left on it, so it may go any time"),
    "a parameter": (container(secrets=[{"name": "A", "valueFrom": "/a"}]), Present(), ""),
    "a log group": (container(logConfiguration=logs(awslogs_group="/ecs/app")), Present(), ""),
}


@pytest.mark.parametrize(("document", "answer", "remark"), RIGHT.values(), ids=RIGHT)
def test_what_is_there_is_right(document: Value, answer: Answer, remark: str) -> None:
    (reference,) = list_references(document, HOME)
    assert judge(reference, answer, document, HOME) == Verdict("ok", remark)


def tell(code: str, path: tuple[str | int, ...], message: str, help: str, *facts: Fact) -> Problem:
    return Problem(code, path, message, facts, help)


VALUE = (*C, "secrets", 0, "valueFrom")
WRONG: dict[str, tuple[Value, Answer, Problem]] = {
    "no role": (
        ROLE,
        Missing(),
        tell(
            "role-missing",
            ("taskRoleArn",),
            f"`{HERE}` names role `App`, and account 123456789012 has none of this name",
            "create it, or name another role",
        ),
    ),
    "a role elsewhere": (
        ROLE,
        Role("arn:aws:iam::123456789012:role/ecs/App", TRUSTED),
        tell(
            "role-path",
            ("taskRoleArn",),
            f"`{HERE}` names role `App` by another path than it has",
            "write `arn:aws:iam::123456789012:role/ecs/App`",
            Fact("it is `arn:aws:iam::123456789012:role/ecs/App`"),
        ),
    ),
    "a role for others": (
        ROLE,
        Role("arn:aws:iam::123456789012:role/App", {"Statement": []}),
        tell(
            "role-trust",
            ("taskRoleArn",),
            f"`{HERE}` is role `App`, which `ecs-tasks.amazonaws.com` may not assume",
            "allow `ecs-tasks.amazonaws.com` to do `sts:AssumeRole` in its trust policy",
            Fact(NOBODY),
        ),
    ),
    "no repository": (
        IMAGE,
        Missing("repository"),
        tell(
            "image-missing",
            (*C, "image"),
            f"there is no image for `{HERE}`: account 123456789012 in us-east-1 has no repository `app`",
            "push the image, or name one that is there",
        ),
    ),
    "no tag": (
        IMAGE,
        Missing(),
        tell(
            "image-missing",
            (*C, "image"),
            f"there is no image for `{HERE}`: repository `app` has no tag `v1`",
            "push the image, or name one that is there",
        ),
    ),
    "another platform": (
        IMAGE,
        Image(("linux/arm64",)),
        tell(
            "image-platform",
            (*C, "image"),
            f"the image of `{HERE}` is for `linux/arm64`, and the task runs on `linux/amd64`",
            "build it for `linux/amd64`, or change `runtimePlatform`",
            Fact("a task on Fargate without `runtimePlatform` runs on `linux/amd64`"),
        ),
    ),
    "another platform than is written": (
        ARM,
        Image(("linux/amd64", "linux/386")),
        tell(
            "image-platform",
            (*C, "image"),
            f"the image of `{HERE}` is for `linux/amd64` and `linux/386`, and the task runs on `linux/arm64`",
            "build it for `linux/arm64`, or change `runtimePlatform`",
            Fact(f"`{HERE}` is `ARM64`", ("runtimePlatform", "cpuArchitecture")),
        ),
    ),
    "an archived image": (
        IMAGE,
        Image(archived=True),
        tell(
            "image-archived",
            (*C, "image"),
            f"the image of `{HERE}` is archived, and cannot be pulled",
            "restore it in ECR",
        ),
    ),
    "no secret": (
        secret(),
        Missing(),
        tell(
            "secret-missing",
            VALUE,
            f"`{HERE}` names secret `app`, which is not in us-east-1",
            "create it, or name another secret",
        ),
    ),
    "a deleted secret": (
        secret(),
        Secret(CURRENT.versions, "2026-12-24T08:15:00Z"),
        tell(
            "secret-deleted",
            VALUE,
            f"`{HERE}` names secret `app`, which is to be deleted on 2026-12-24 and cannot be read",
            "restore it, or name another secret",
        ),
    ),
    "a secret without a value": (
        secret(),
        Secret(()),
        tell(
            "secret-version-missing",
            VALUE,
            f"`{HERE}` names secret `app`, which has no value yet",
            "put a value into it",
        ),
    ),
    "no such stage": (
        secret("::LIVE:"),
        CURRENT,
        tell(
            "secret-version-missing",
            VALUE,
            f"`{HERE}` asks for stage `LIVE` of secret `app`, which no version of it has",
            "name a stage that it has",
            Fact("it has `AWSCURRENT`, `AWSPREVIOUS`"),
        ),
    ),
    "no such version": (
        secret(":::4"),
        CURRENT,
        tell(
            "secret-version-missing",
            VALUE,
            f"`{HERE}` asks for version `4` of secret `app`, which has none of this id",
            "name a stage instead, or a version it has",
        ),
    ),
    "no parameter": (
        container(secrets=[{"name": "A", "valueFrom": "/a"}]),
        Missing(),
        tell(
            "parameter-missing",
            VALUE,
            f"`{HERE}` names parameter `/a`, which is not in us-east-1",
            "create it, or name another parameter",
        ),
    ),
    "no log group": (
        container(logConfiguration=logs(awslogs_group="/ecs/app")),
        Missing(),
        tell(
            "log-group-missing",
            (*C, "logConfiguration", "options", "awslogs-group"),
            f"`{HERE}` is `/ecs/app`, and us-east-1 has no such log group",
            "create it, or set `awslogs-create-group` to `true`, which takes `logs:CreateLogGroup`",
        ),
    ),
    "no environment file": (
        container(environmentFiles=[{"type": "s3", "value": "arn:aws:s3:::bucket/prod.env"}]),
        Missing(),
        tell(
            "environment-file-missing",
            (*C, "environmentFiles", 0, "value"),
            f"`{HERE}` names `prod.env` in bucket `bucket`, which is not there",
            "put it there, or name another object",
        ),
    ),
    "no file system": (
        {"volumes": [{"efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]},
        Missing(),
        tell(
            "file-system-missing",
            ("volumes", 0, "efsVolumeConfiguration", "fileSystemId"),
            f"`{HERE}` is `fs-1`, and us-east-1 has no such file system",
            "create it, or name another one",
        ),
    ),
}


@pytest.mark.parametrize(("document", "answer", "problem"), WRONG.values(), ids=WRONG)
def test_what_is_not_as_it_is_needed_is_told(document: Value, answer: Answer, problem: Problem) -> None:
    (reference,) = list_references(document, HOME)
    assert judge(reference, answer, document, HOME) == Verdict("wrong", problem.code, (problem,))


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Keys(("key", "other")), Verdict("ok")),
        (Missing(), Verdict("skipped", "there is nothing to look into")),
        (None, Verdict("skipped", "there is nothing to look into")),
        (
            Keys(("keys",)),
            Verdict(
                "wrong",
                "secret-key-missing",
                (
                    tell(
                        "secret-key-missing",
                        VALUE,
                        f"`{HERE}` asks for key `key` of secret `app`, which does not have it",
                        "add it to the secret, or ask for a key that is there",
                        Fact("it has `keys`"),
                    ),
                ),
            ),
        ),
        (
            Keys(None),
            Verdict(
                "wrong",
                "secret-key-missing",
                (
                    tell(
                        "secret-key-missing",
                        VALUE,
                        f"`{HERE}` asks for key `key` of secret `app`, whose value is no JSON object",
                        "put a JSON object into it, or take the secret whole, without a key",
                    ),
                ),
            ),
        ),
    ],
)
def test_a_key_is_looked_for_in_a_secret(answer: Answer | None, verdict: Verdict) -> None:
    document = secret(":key::")
    _, key = list_references(document, HOME, keys=True)
    assert judge(key, answer, document, HOME) == verdict


@pytest.mark.parametrize(
    ("answer", "state", "remark"),
    [
        (AccessPoint("fs-1"), "ok", ""),
        (AccessPoint("fs-2"), "wrong", "access-point-elsewhere"),
        (Missing(), "wrong", "access-point-missing"),
    ],
)
def test_an_access_point_leads_into_the_file_system(answer: Answer, state: str, remark: str) -> None:
    document = {"volumes": [EFS]}
    _, point = list_references(document, HOME)
    verdict = judge(point, answer, document, HOME)
    assert (verdict.state, verdict.remark) == (state, remark)


RANGES = [{"containerPortRange": "9000-9010"}, {"containerPortRange": "²-³"}]  # digits that are no number


def balance(*balancers: LoadBalancer) -> Needs:
    """What a service demands that only has load balancers."""
    return Needs("web", load_balancers=balancers)


PORTS = container(portMappings=[{"containerPort": 80}, *RANGES])


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Service("ACTIVE", balance()), []),
        (Service("ACTIVE", balance(LoadBalancer("a", "app", 80), LoadBalancer("b", "app", 9005))), []),
        (Missing(), [((), "cluster `main` has no service `web`")]),
        (
            Service("DRAINING", balance()),
            [((), "service `web` in cluster `main` is DRAINING, and only one that is ACTIVE can be updated")],
        ),
        (
            Service("ACTIVE", balance(LoadBalancer("a", "web", 80))),
            [
                (
                    (*C, "name"),
                    "service `web` gives port 80 of container `web` to a load balancer, and there is no such container",
                )
            ],
        ),
        (
            Service("ACTIVE", balance(LoadBalancer("a", "app", 81), LoadBalancer("b", "app", 82))),
            [
                (
                    (*C, "portMappings"),
                    f"service `web` gives port {port} of container `app` to a load balancer, and the container does not map that port",
                )
                for port in (81, 82)
            ],
        ),
    ],
)
def test_a_service_fits_the_task(answer: Answer, told: list[tuple[tuple[str | int, ...], str]]) -> None:
    _, service = refer_to_service("main", "web", HOME)
    verdict = judge(service, answer, PORTS, HOME)
    assert [(problem.path, problem.message) for problem in verdict.problems] == told
    assert verdict.state == ("wrong" if told else "ok")


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Present("ACTIVE"), "ok"),
        (Present("INACTIVE"), "cluster `main` is INACTIVE, and tasks run in one that is ACTIVE"),
        (Missing(), "us-east-1 has no cluster `main`"),
    ],
)
def test_a_cluster_is_active(answer: Answer, verdict: str) -> None:
    (cluster,) = refer_to_service("main", "", HOME)
    judged = judge(cluster, answer, {}, HOME)
    assert (judged.problems[0].message if judged.problems else judged.state) == verdict


UNKNOWN = Unknown("AWS denies `x:Y`", "AWS denies `x:Y`: no way", "ask for it")


def test_what_aws_does_not_tell_is_unknown() -> None:
    (reference,) = list_references(ROLE, HOME)
    note = Problem(
        "unknown", ("taskRoleArn",), "role App could not be checked: AWS denies `x:Y`: no way", (), "ask for it"
    )
    assert judge(reference, UNKNOWN, ROLE, HOME) == Verdict("unknown", "AWS denies `x:Y`", (note,))
    assert judge(reference, Role("arn:aws:iam::123456789012:role/App", None), ROLE, HOME).state == "unknown"


def test_an_image_whose_manifest_is_denied_is_there() -> None:
    (reference,) = list_references(IMAGE, HOME)
    verdict = judge(reference, Image(denied=UNKNOWN), IMAGE, HOME)
    assert (verdict.state, verdict.remark) == ("unknown", "it is there, but AWS denies `x:Y`")


# Things.


def test_a_thing_has_its_worst_state_and_all_its_uses() -> None:
    role = Reference("role App", ("taskRoleArn",), Question("role", "App"))
    wrong = Verdict("wrong", "role-trust", (Problem("role-trust", ("taskRoleArn",), "m"),))
    judged = [
        Judged("dev", "app", role, Verdict("ok")),
        Judged("prod", "app", role._replace(path=("executionRoleArn",)), wrong),
        Judged("prod", "app", role, Verdict("ok")),
    ]
    things = gather_things(judged)
    uses = (Use("dev", "app"), Use("prod", "app"))
    assert things == (Thing("role", "role App", "wrong", "role-trust", uses),)
    assert count_things(things, keys=False) == Counts(0, 1, 0, 0)


def test_what_several_places_need_is_told_once() -> None:
    reference = Reference("secret app", (), Question("secret", "app"))
    problems = [Problem("secret-missing", (name,), "m") for name in "abcdef"]
    judged = [Judged("dev", "app", reference, Verdict("wrong", "", (problem,))) for problem in problems]
    (told,) = share_problems(judged)
    facts = tuple(Fact(f"`{HERE}` needs it too", (name,)) for name in "bcd")
    assert told.problem == Problem("secret-missing", ("a",), "m", (*facts, Fact("so do 2 more")))
    assert told.severity == "error"


def test_what_is_unknown_is_only_a_note() -> None:
    (reference,) = list_references(ROLE, HOME)
    (told,) = share_problems([Judged("dev", "app", reference, judge(reference, UNKNOWN, ROLE, HOME))])
    assert told.severity == "note"
