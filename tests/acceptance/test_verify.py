"""`taskdef verify` against an account on loopback: what is missing is told at its line, and nothing but reading is asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

import boto3
import pytest

from generator.ecs.demands import DEMANDS
from generator.model.nodes import Value
from tests.acceptance.recorded import Recorded, Refusal, Scenario
from tests.acceptance.running import ROOT, Ecs, Runner, replace_line

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/trading-bot:dev"
VALUE = "not-to-be-seen-anywhere"
KEYS = ("BYBIT_API_KEY", "BYBIT_SECRET_KEY", "DATABASE_PASSWORD")
PLACED = "aws: {account: '123456789012', region: us-east-1, cluster: main, service: bot}"
MORE = """\
  containerDefinitions:
    trading-bot:
      secrets: {CHAT: {valueFrom: /trading-bot/chat}}
      repositoryCredentials: {credentialsParameter: registry}
      environmentFiles: [{type: s3, value: "arn:aws:s3:::trading-bot/dev.env"}]
"""
"""What the trading bot of `dev` has in some tests besides what it has here."""


pytestmark = pytest.mark.usefixtures("nowhere")


def trust(service: str = "ecs-tasks.amazonaws.com") -> str:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def make_index(*architectures: str) -> str:
    """Make the manifest of an image for several platforms, with the attestation that builders add."""
    platforms = [{"architecture": each, "os": "linux"} for each in architectures]
    manifests = [
        {"mediaType": MANIFEST, "size": 1, "digest": f"sha256:{number:064}", "platform": platform}
        for number, platform in enumerate([*platforms, {"architecture": "unknown", "os": "unknown"}])
    ]
    return json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests})


class Account(NamedTuple):
    """An account on loopback."""

    url: str

    def get(self, service: str) -> Value:
        """Make a client of boto3."""
        return boto3.client(
            service,
            region_name="us-east-1",
            endpoint_url=self.url,
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )

    def put_image(self, manifest: str, media_type: str, tag: str = "dev") -> None:
        self.get("ecr").put_image(
            repositoryName="trading-bot", imageManifest=manifest, imageManifestMediaType=media_type, imageTag=tag
        )

    def make_target_groups(self, *types: str) -> dict[str, str]:
        """Make a target group of each type, called like it, and give their ARNs."""
        vpc = self.get("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        made = {
            each: self.get("elbv2").create_target_group(Name=each, Protocol="HTTP", Port=80, VpcId=vpc, TargetType=each)
            for each in types
        }
        return {name: answer["TargetGroups"][0]["TargetGroupArn"] for name, answer in made.items()}

    def put_secret(self, value: str) -> None:
        self.get("secretsmanager").put_secret_value(SecretId="trading-secrets-dev", SecretString=value)


@pytest.fixture
def account(ecs: Ecs, runner: Runner) -> Account:
    """An account in which everything is as the trading bot of `dev` needs it."""
    made = Account(ecs.url)
    for role in ("ECSTaskRole", "ECSExecutionRole"):
        made.get("iam").create_role(RoleName=role, AssumeRolePolicyDocument=trust())
    made.get("ecr").create_repository(repositoryName="trading-bot")
    made.put_image(make_index("amd64", "arm64"), INDEX)
    secrets = made.get("secretsmanager")
    secrets.create_secret(Name="trading-secrets-dev", SecretString=json.dumps(dict.fromkeys(KEYS, VALUE)))
    secrets.create_secret(Name="registry", SecretString=VALUE)
    made.get("ssm").put_parameter(Name="/trading-bot/chat", Value=VALUE, Type="SecureString")
    made.get("logs").create_log_group(logGroupName="/ecs/trading-bot-dev")
    made.get("s3").create_bucket(Bucket="trading-bot")
    made.get("s3").put_object(Bucket="trading-bot", Key="dev.env", Body=b"A=1\n")
    return made


def need_more(runner: Runner) -> None:
    """Let the trading bot of `dev` refer to one thing of each kind."""
    overlay = runner.folder / "environments" / "dev.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    runner.demand("taskdef", "render", "dev")


def read_things(out: str) -> dict[str, str]:
    """Read from JSON what became of each thing."""
    return {thing["name"]: thing["state"] for thing in json.loads(out)["things"]}


def test_everything_that_is_there_is_right(runner: Runner, account: Account) -> None:
    assert runner.run("taskdef", "verify", "dev") == (
        0,
        "ok       role ECSTaskRole\n"
        "ok       role ECSExecutionRole\n"
        f"ok       image {IMAGE} (for linux/amd64)\n"
        "ok       secret trading-secrets-dev\n"
        "skipped  key BYBIT_API_KEY of secret trading-secrets-dev (`--secret-keys` would look)\n"
        "skipped  key BYBIT_SECRET_KEY of secret trading-secrets-dev (`--secret-keys` would look)\n"
        "skipped  key DATABASE_PASSWORD of secret trading-secrets-dev (`--secret-keys` would look)\n"
        "ok       log group /ecs/trading-bot-dev\n"
        "5 checked: 5 right; 3 keys of secrets were not checked: `--secret-keys` does\n",
        "",
    )
    need_more(runner)
    done = runner.run("taskdef", "verify", "dev", "--secret-keys", "--strict")
    assert (done.status, done.out.splitlines()[-1]) == (0, "11 checked: 11 right")


def test_what_is_missing_is_told_at_its_line_and_all_at_once(runner: Runner, ecs: Ecs) -> None:
    done = runner.run("taskdef", "verify", "dev")
    assert done.err == ""
    assert (
        done.out
        == """\
environments/dev.yaml:6:14: error[image-missing]: there is no image for `containerDefinitions[trading-bot].image`: \
account 123456789012 in us-east-1 has no repository `trading-bot`
  6 |   image_tag: dev
    |              ^^^
  note: the template uses `image_tag` in templates/trading-bot-task.json.j2:12:16
  help: push the image, or name one that is there
templates/trading-bot-task.json.j2:4:18: error[role-missing]: `taskRoleArn` names role `ECSTaskRole`, \
and account 123456789012 has none of this name
  4 |   "taskRoleArn": "{{ role('ECSTaskRole') }}",
    |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  note: in dev
  help: create it, or name another role
templates/trading-bot-task.json.j2:5:23: error[role-missing]: `executionRoleArn` names role `ECSExecutionRole`, \
and account 123456789012 has none of this name
  5 |   "executionRoleArn": "{{ role('ECSExecutionRole') }}",
    |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  note: in dev
  help: create it, or name another role
templates/trading-bot-task.json.j2:21:44: error[secret-missing]: \
`containerDefinitions[trading-bot].secrets[BYBIT_API_KEY].valueFrom` names secret `trading-secrets-dev`, which is not in us-east-1
  21 |         {"name": "{{ key }}", "valueFrom": "{{ secret('trading-secrets-' ~ env, key=key) }}"},
     |                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  note: `containerDefinitions[trading-bot].secrets[BYBIT_SECRET_KEY].valueFrom` needs it too, \
set in templates/trading-bot-task.json.j2:21:44
  note: `containerDefinitions[trading-bot].secrets[DATABASE_PASSWORD].valueFrom` needs it too, \
set in templates/trading-bot-task.json.j2:21:44
  note: in dev
  help: create it, or name another secret
templates/trading-bot-task.json.j2:27:28: error[log-group-missing]: \
`containerDefinitions[trading-bot].logConfiguration.options.awslogs-group` is `/ecs/trading-bot-dev`, \
and us-east-1 has no such log group
  27 |           "awslogs-group": "/ecs/trading-bot-{{ env }}",
     |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  note: in dev
  help: create it, or set `awslogs-create-group` to `true`, which takes `logs:CreateLogGroup`
wrong    role ECSTaskRole (role-missing)
wrong    role ECSExecutionRole (role-missing)
wrong    image 123456789012.dkr.ecr.us-east-1.amazonaws.com/trading-bot:dev (image-missing)
wrong    secret trading-secrets-dev (secret-missing)
skipped  key BYBIT_API_KEY of secret trading-secrets-dev (`--secret-keys` would look)
skipped  key BYBIT_SECRET_KEY of secret trading-secrets-dev (`--secret-keys` would look)
skipped  key DATABASE_PASSWORD of secret trading-secrets-dev (`--secret-keys` would look)
wrong    log group /ecs/trading-bot-dev (log-group-missing)
5 checked: 5 wrong; 3 keys of secrets were not checked: `--secret-keys` does
"""
    )
    assert done.status == 1


TEMPLATE = "templates/trading-bot-task.json.j2"
BREAKS: dict[str, tuple[Callable[[Account], object], str, str]] = {
    "the task role": (
        lambda account: account.get("iam").delete_role(RoleName="ECSTaskRole"),
        f"{TEMPLATE}:4:18",
        "role-missing",
    ),
    "its trust": (
        lambda account: account.get("iam").update_assume_role_policy(
            RoleName="ECSExecutionRole", PolicyDocument=trust("ec2.amazonaws.com")
        ),
        f"{TEMPLATE}:5:23",
        "role-trust",
    ),
    "the tag": (
        lambda account: account.get("ecr").batch_delete_image(
            repositoryName="trading-bot", imageIds=[{"imageTag": "dev"}]
        ),
        "environments/dev.yaml:6:14",
        "image-missing",
    ),
    "the platform": (
        lambda account: account.put_image(make_index("arm64"), INDEX),
        "environments/dev.yaml:6:14",
        "image-platform",
    ),
    "the secret": (
        lambda account: account.get("secretsmanager").delete_secret(
            SecretId="trading-secrets-dev", ForceDeleteWithoutRecovery=True
        ),
        f"{TEMPLATE}:21:44",
        "secret-missing",
    ),
    "the secret, some day": (
        lambda account: account.get("secretsmanager").delete_secret(SecretId="trading-secrets-dev"),
        f"{TEMPLATE}:21:44",
        "secret-deleted",
    ),
    "a key of the secret": (
        lambda account: account.put_secret(json.dumps(dict.fromkeys(KEYS[:2], VALUE))),
        f"{TEMPLATE}:21:44",
        "secret-key-missing",
    ),
    "the secret of the registry": (
        lambda account: account.get("secretsmanager").delete_secret(SecretId="registry"),
        "environments/dev.yaml:13:53",
        "secret-deleted",
    ),
    "the parameter": (
        lambda account: account.get("ssm").delete_parameter(Name="/trading-bot/chat"),
        "environments/dev.yaml:12:35",
        "parameter-missing",
    ),
    "the log group": (
        lambda account: account.get("logs").delete_log_group(logGroupName="/ecs/trading-bot-dev"),
        f"{TEMPLATE}:27:28",
        "log-group-missing",
    ),
    "the environment file": (
        lambda account: account.get("s3").delete_object(Bucket="trading-bot", Key="dev.env"),
        "environments/dev.yaml:14:44",
        "environment-file-missing",
    ),
}


@pytest.mark.parametrize(("spoil", "where", "code"), BREAKS.values(), ids=BREAKS)
def test_each_thing_that_is_missing_is_found(
    runner: Runner, account: Account, spoil: Callable[[Account], object], where: str, code: str
) -> None:
    need_more(runner)
    spoil(account)
    done = runner.run("taskdef", "verify", "dev", "--secret-keys", "--quiet")
    findings = [line for line in done.out.splitlines() if "error[" in line]
    assert (done.status, [line.split(": ")[:2] for line in findings]) == (1, [[where, f"error[{code}]"]])


def test_an_image_with_one_manifest_does_not_say_for_which_platform_it_is(runner: Runner, account: Account) -> None:
    account.put_image(json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "config": {}, "layers": []}), MANIFEST)
    done = runner.run("taskdef", "verify", "dev", "--strict")
    said = f"ok       image {IMAGE} (for which platform is unknown: its one manifest does not name a platform)"
    assert (done.status, done.out.splitlines()[2]) == (0, said)


def test_a_log_group_whose_name_only_begins_so_is_another(runner: Runner, account: Account) -> None:
    account.get("logs").delete_log_group(logGroupName="/ecs/trading-bot-dev")
    account.get("logs").create_log_group(logGroupName="/ecs/trading-bot-dev-2")
    assert "error[log-group-missing]" in runner.run("taskdef", "verify", "dev").out


def test_more_parameters_than_one_request_takes_are_asked_for_in_several(runner: Runner, account: Account) -> None:
    overlay = runner.folder / "environments" / "dev.yaml"
    listed = ", ".join(f"S{number}: {{valueFrom: /bot/{number}}}" for number in range(23))
    text = f"  containerDefinitions: {{trading-bot: {{secrets: {{{listed}}}}}}}\n"
    overlay.write_text(overlay.read_text(encoding="utf-8") + text, encoding="utf-8")
    runner.demand("taskdef", "render", "dev")
    for number in range(22):
        account.get("ssm").put_parameter(Name=f"/bot/{number}", Value="x", Type="String")
    things = read_things(runner.run("taskdef", "verify", "dev", "--format", "json").out)
    assert {name: state for name, state in things.items() if name.startswith("parameter")} == {
        f"parameter /bot/{number}": "ok" if number < 22 else "wrong" for number in range(23)
    }


def test_a_file_system_and_an_access_point_are_looked_for(runner: Runner, account: Account) -> None:
    efs = account.get("efs")
    systems = [efs.create_file_system(CreationToken=token)["FileSystemId"] for token in ("a", "b")]
    point = efs.create_access_point(ClientToken="a", FileSystemId=systems[0])["AccessPointId"]
    overlay = runner.folder / "environments" / "dev.yaml"
    text = overlay.read_text(encoding="utf-8")
    for system, wrong in ((systems[0], []), (systems[1], ["access-point-elsewhere"])):
        configuration = (
            f"{{fileSystemId: {system}, transitEncryption: ENABLED, authorizationConfig: {{accessPointId: {point}}}}}"
        )
        volumes = f"  volumes: {{data: {{$add: true, efsVolumeConfiguration: {configuration}}}}}\n"
        mounts = "  containerDefinitions: {trading-bot: {mountPoints: [{sourceVolume: data, containerPath: /data}]}}\n"
        overlay.write_text(text + volumes + mounts, encoding="utf-8")
        runner.demand("taskdef", "render", "dev")
        report = json.loads(runner.run("taskdef", "verify", "dev", "--format", "json").out)
        assert [finding["code"] for finding in report["findings"]] == wrong
        assert {thing["kind"] for thing in report["things"]} >= {"file system", "access point"}


# Where it runs.


def test_a_cluster_and_a_service_are_looked_for(runner: Runner, account: Account) -> None:
    replace_line(
        runner.folder / "environments" / "dev.yaml", 'aws: {account: "123456789012", region: us-east-1}', PLACED
    )
    done = runner.run("taskdef", "verify", "dev")
    assert done.out.splitlines()[0] == (
        "environments/dev.yaml:2:60: error[cluster-missing]: us-east-1 has no cluster `main`"
    )
    ecs = account.get("ecs")
    ecs.create_cluster(clusterName="main")
    done = runner.run("taskdef", "verify", "dev")
    assert done.out.splitlines()[0] == (
        "environments/dev.yaml:2:75: error[service-missing]: cluster `main` has no service `bot`"
    )
    runner.demand("taskdef", "register", "dev")
    groups = account.make_target_groups("ip", "instance")
    for name, port, group in (("bot", 8080, "ip"), ("other", 80, "ip"), ("machines", 8080, "instance")):
        balanced = {"targetGroupArn": groups[group], "containerName": "trading-bot-dev", "containerPort": port}
        ecs.create_service(
            cluster="main",
            serviceName=name,
            taskDefinition="trading-bot-dev",
            loadBalancers=[balanced],
            launchType="FARGATE",
        )
    done = runner.run("taskdef", "verify", "dev")
    assert (done.status, done.out.splitlines()[-3:-1]) == (
        0,
        ["ok       cluster main", "ok       service bot of cluster main"],
    )
    done = runner.run("taskdef", "verify", "dev", "--service", "other", "--quiet")
    assert (done.status, done.out.splitlines()[0]) == (
        1,
        f"{TEMPLATE}:13:7: error[load-balancer-port]: service `other` gives port 80 of container `trading-bot-dev` "
        "to a load balancer, and the container does not map that port",
    )
    done = runner.run("taskdef", "verify", "dev", "--service", "machines", "--quiet")
    assert (done.status, done.out.splitlines()[0]) == (
        1,
        f"{TEMPLATE}:6:18: error[target-type]: target group `instance` of service `machines` is for targets of type `instance`, "
        "and `networkMode` is `awsvpc`",
    )


def test_one_service_is_not_for_several_tasks(runner: Runner, ecs: Ecs) -> None:
    done = runner.run("taskdef", "verify", "dev", "prod", "--service", "bot")
    assert (done.status, done.out, done.err) == (
        2,
        "",
        "error: `--service` is one service, and this is about several tasks: name one as ENV/TASK\n",
    )


# Before anything is asked.


def test_a_stale_artifact_is_only_a_warning_and_the_sources_are_verified(runner: Runner, account: Account) -> None:
    replace_line(runner.folder / "environments" / "dev.yaml", "image_tag: dev", "image_tag: dev-2")
    done = runner.run("taskdef", "verify", "dev")
    heads = [line.split(": ")[1] for line in done.out.splitlines() if "[" in line and line.startswith("environments")]
    assert (done.status, heads) == (1, ["warning[E801]", "error[image-missing]"])
    assert done.out.splitlines()[-1] == (
        "5 checked: 4 right, 1 wrong; 3 keys of secrets were not checked: `--secret-keys` does; 1 warning"
    )


def test_another_account_is_a_finding_and_nothing_is_looked_at(runner: Runner, ecs: Ecs) -> None:
    overlay = runner.folder / "environments" / "dev.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8").replace("123456789012", "999999999999"), encoding="utf-8")
    runner.demand("taskdef", "render", "dev")
    done = runner.run("taskdef", "verify", "dev")
    assert (done.status, done.out.splitlines()[0].split(": ")[:2], done.out.splitlines()[-1]) == (
        1,
        ["environments/dev.yaml:2:16", "error[wrong-account]"],
        "1 error: nothing was looked at",
    )


def test_an_error_in_the_sources_is_told_before_aws_is_asked(runner: Runner) -> None:
    replace_line(runner.folder / "environments" / "dev.yaml", "cpu: 256", "cpu: 255")
    done = runner.run("taskdef", "verify", "dev")
    assert (done.status, done.out.splitlines()[-1]) == (1, "1 error: nothing was looked at")


def test_no_credentials_are_an_error(runner: Runner) -> None:
    runner.environment["AWS_EC2_METADATA_DISABLED"] = "true"
    done = runner.run("taskdef", "verify", "dev")
    assert (done.status, done.out, done.err.splitlines()[0]) == (2, "", "error: there are no AWS credentials")


# Secrets stay secret.


@pytest.mark.parametrize("value", [json.dumps({"BYBIT_API_KEY": VALUE}), VALUE, json.dumps([VALUE]), f'{{"{VALUE}'])
def test_the_value_of_a_secret_is_never_shown(runner: Runner, account: Account, value: str) -> None:
    need_more(runner)
    account.put_secret(value)
    for words in ((), ("-v",), ("--format", "json"), ("--strict", "-q")):
        done = runner.run("taskdef", "verify", "dev", "--secret-keys", *words)
        assert (done.status, VALUE in done.out + done.err) == (1, False)
        assert "secret-key-missing" in done.out


# The document.


def read_blocks(language: str) -> list[str]:
    """Read the blocks of the document about the command that are in a language."""
    text = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_documents_screen_is_what_is_shown(runner: Runner, recorded: Recorded) -> None:
    runner.environment.update(recorded.environment)
    roles = answer_by_name(make_right()["iam:GetRole"])
    refusal = Refusal("AccessDenied", "User: ci may not", 403)
    recorded.play(
        make_scenario(
            iam_GetRole=lambda asked: refusal if asked["RoleName"] == "ECSExecutionRole" else roles(asked),
            ecr_DescribeImages=[Refusal("ImageNotFoundException", "not there")],
        )
    )
    (screen,) = read_blocks("console")
    assert f"$ taskdef verify dev\n{runner.run('taskdef', 'verify', 'dev').out}" == screen


def test_the_documents_policy_is_what_is_asked_for(account: Account) -> None:
    (text,) = read_blocks("json")
    calls = ROOT / "generator" / "aws" / "calls"
    source = "".join((calls / name).read_text(encoding="utf-8") for name in ("lookups.py", "needs.py"))
    services = {
        "ecr", "ecs", "iam", "logs", "s3", "secretsmanager", "ssm", "elasticfilesystem", "elasticloadbalancing",
    }  # fmt: skip
    asked = set(re.findall(r'"((?:BatchGet|Describe|Get|Head|List)[A-Z]\w+)"', source))
    actions = [action for statement in json.loads(text)["Statement"] for action in statement["Action"]]
    extra = {"s3:GetObject", "s3:ListBucket", "kms:Decrypt"}
    assert {action.partition(":")[2] for action in set(actions) - extra} == asked - {"HeadObject"}
    assert {action.partition(":")[0] for action in actions} - {"kms"} == services
    account.get("iam").create_policy(PolicyName="verify", PolicyDocument=text)  # refuses what is no policy


def test_the_document_has_every_code() -> None:
    text = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    source = (ROOT / "generator" / "aws" / "verify" / "judging.py").read_text(encoding="utf-8")
    (table,) = re.findall(r"^\| of \|.*?^$", text, re.MULTILINE | re.DOTALL)
    cells = [row.split("|")[3] for row in table.splitlines()]
    told = re.findall(r"`([a-z-]+)`", "".join(cells))
    assert sorted(told) == sorted(set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source)))


def test_the_document_has_every_demand_of_a_service() -> None:
    text = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    assert rows == [
        (
            code,
            ", ".join(f"`{member}`" for member in demand.members if member != "taskDefinition"),
            demand.asks,
            "refused" if demand.refused else "no task starts",
        )
        for code, demand in DEMANDS.items()
    ]


# What AWS is asked, and does not tell.


def make_right() -> dict[str, list[Value]]:
    """Make a scenario in which everything is right."""
    role = {"Path": "/", "RoleId": "AROAEXAMPLEEXAMPLE", "CreateDate": "2026-11-24T08:15:00Z"}
    policy = {"AssumeRolePolicyDocument": quote(trust())}
    digest = f"sha256:{1:064}"
    image = {"imageId": {"imageDigest": digest}, "imageManifest": make_index("amd64")}
    group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/bot/0123456789abcdef"
    balanced = {"targetGroupArn": group, "containerName": "trading-bot-dev", "containerPort": 8080}
    return {
        "sts:GetCallerIdentity": [
            {"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/ci", "UserId": "AIDA"}
        ],
        "ecr:DescribeImages": [{"imageDetails": [{"imageDigest": digest, "imageManifestMediaType": INDEX}]}],
        "ecr:BatchGetImage": [{"images": [image], "failures": []}],
        "secretsmanager:DescribeSecret": [{"Name": "x", "VersionIdsToStages": {f"{1:032}": ["AWSCURRENT"]}}],
        "secretsmanager:GetSecretValue": [{"SecretString": json.dumps(dict.fromkeys(KEYS, VALUE))}],
        "ssm:GetParameters": [{"Parameters": [{"Name": "/trading-bot/chat"}]}],
        "logs:DescribeLogGroups": [{"logGroups": [{"logGroupName": "/ecs/trading-bot-dev"}]}],
        "s3:HeadObject": [{"ContentLength": 4}],
        "ecs:DescribeClusters": [{"clusters": [{"clusterName": "main", "status": "ACTIVE"}], "failures": []}],
        "ecs:DescribeServices": [
            {"services": [{"serviceName": "bot", "status": "ACTIVE", "loadBalancers": [balanced]}], "failures": []}
        ],
        "elasticloadbalancing:DescribeTargetGroups": [
            {"TargetGroups": [{"TargetGroupArn": group, "TargetType": "ip"}]}
        ],
        "iam:GetRole": [
            {"Role": {**role, **policy, "RoleName": name, "Arn": f"arn:aws:iam::123456789012:role/{name}"}}
            for name in ("ECSTaskRole", "ECSExecutionRole")
        ],
    }


def make_scenario(**changes: Value) -> Scenario:
    """Make a scenario in which everything is right but what is said by operation, `iam_GetRole=…`."""
    right: dict[str, Value] = {**make_right()}
    right["iam:GetRole"] = answer_by_name(right["iam:GetRole"])
    return {**right, **{name.replace("_", ":"): answer for name, answer in changes.items()}}


def answer_by_name(answers: list[Value]) -> Callable[[Value], Value]:
    """Answer with the role that is asked for, as they are asked for at the same time."""
    by_name = {answer["Role"]["RoleName"]: answer for answer in answers}
    return lambda parameters: by_name[parameters["RoleName"]]


@pytest.fixture
def project(runner: Runner, recorded: Recorded) -> Runner:
    """A project that refers to one thing of each kind, in front of an account that is played."""
    replace_line(
        runner.folder / "environments" / "dev.yaml", 'aws: {account: "123456789012", region: us-east-1}', PLACED
    )
    need_more(runner)
    runner.environment.update(recorded.environment)
    return runner


READS = [
    "ecr:BatchGetImage",
    "ecr:DescribeImages",
    "ecs:DescribeClusters",
    "ecs:DescribeServices",
    "elasticloadbalancing:DescribeTargetGroups",
    "iam:GetRole",
    "iam:GetRole",
    "logs:DescribeLogGroups",
    "s3:HeadObject",
    "secretsmanager:DescribeSecret",
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameters",
    "sts:GetCallerIdentity",
]


def test_nothing_is_asked_but_reading_and_each_thing_once(project: Runner, recorded: Recorded) -> None:
    recorded.play(make_scenario())
    done = project.run("taskdef", "verify", "dev", "--secret-keys")
    assert (done.status, done.out.splitlines()[-1]) == (0, "13 checked: 13 right")
    assert sorted(request.operation for request in recorded.requests) == READS
    assert recorded.list_calls("ssm:GetParameters") == [{"Names": ["/trading-bot/chat"], "WithDecryption": False}]
    assert recorded.list_calls("ecr:BatchGetImage")[0]["imageIds"] == [{"imageDigest": f"sha256:{1:064}"}]


def test_no_value_is_read_unless_that_is_asked_for(project: Runner, recorded: Recorded) -> None:
    recorded.play(make_scenario())
    assert project.run("taskdef", "verify", "dev").status == 0
    assert recorded.list_calls("secretsmanager:GetSecretValue") == []


def test_what_several_environments_share_is_asked_for_once(project: Runner, recorded: Recorded) -> None:
    recorded.play(make_scenario())
    project.run("taskdef", "verify", "dev", "test", "prod")
    asked = [request.operation for request in recorded.requests]
    assert (asked.count("iam:GetRole"), asked.count("logs:DescribeLogGroups")) == (2, 3)


DENIED: dict[str, list[str]] = {
    "iam:GetRole": ["role ECSTaskRole", "role ECSExecutionRole"],
    "ecr:DescribeImages": [f"image {IMAGE}"],
    "ecr:BatchGetImage": [f"image {IMAGE}"],
    "secretsmanager:DescribeSecret": ["secret registry", "secret trading-secrets-dev"],
    "secretsmanager:GetSecretValue": [f"key {key} of secret trading-secrets-dev" for key in KEYS],
    "ssm:GetParameters": ["parameter /trading-bot/chat"],
    "logs:DescribeLogGroups": ["log group /ecs/trading-bot-dev"],
    "s3:HeadObject": ["environment file s3://trading-bot/dev.env"],
    "ecs:DescribeClusters": ["cluster main"],
    "ecs:DescribeServices": ["service bot of cluster main"],
    "elasticloadbalancing:DescribeTargetGroups": ["service bot of cluster main"],
}


@pytest.mark.parametrize("operation", DENIED)
def test_what_aws_denies_is_unknown_and_the_rest_is_looked_at(
    project: Runner, recorded: Recorded, operation: str
) -> None:
    code = "AccessDenied" if operation.startswith(("iam", "s3")) else "AccessDeniedException"
    refusal = [Refusal(code, "User: ci is not authorized to perform this", 403)]
    recorded.play(make_scenario(**{operation.replace(":", "_"): refusal}))
    done = project.run("taskdef", "verify", "dev", "--secret-keys", "--format", "json")
    report = json.loads(done.out)
    unknown = {thing["name"]: thing["remark"] for thing in report["things"] if thing["state"] == "unknown"}
    assert sorted(unknown) == sorted(DENIED[operation])
    assert all(remark.endswith(f"AWS denies `{operation}`") for remark in unknown.values())
    assert (done.status, report["summary"]["wrong"], report["summary"]["unknown"]) == (0, 0, len(unknown))
    assert {finding["severity"] for finding in report["findings"]} == {"note"}
    assert project.run("taskdef", "verify", "dev", "--secret-keys", "--strict").status == 1


def test_notes_say_what_aws_said(project: Runner, recorded: Recorded) -> None:
    recorded.play(make_scenario(logs_DescribeLogGroups=[Refusal("AccessDeniedException", "User: ci may not")]))
    assert "unknown  log group /ecs/trading-bot-dev (AWS denies `logs:DescribeLogGroups`)\n" in (
        project.run("taskdef", "verify", "dev").out
    )
    assert project.run("taskdef", "verify", "dev", "-v").out.splitlines()[:5] == [
        f"{TEMPLATE}:27:28: note[unknown]: log group /ecs/trading-bot-dev could not be checked: "
        "AWS denies `logs:DescribeLogGroups`: User: ci may not",
        '  27 |           "awslogs-group": "/ecs/trading-bot-{{ env }}",',
        "     |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "  note: in dev",
        "  help: the role or user needs `logs:DescribeLogGroups` in its policy",
    ]


def test_one_denied_parameter_does_not_hide_the_others(project: Runner, recorded: Recorded) -> None:
    overlay = project.folder / "environments" / "dev.yaml"
    secrets = "secrets: {CHAT: {valueFrom: /trading-bot/chat}, ROOM: {valueFrom: /other/room}}"
    replace_line(overlay, "secrets: {CHAT: {valueFrom: /trading-bot/chat}}", secrets)
    project.demand("taskdef", "render", "dev")

    def answer(parameters: Value) -> Value:
        if "/other/room" in parameters["Names"]:
            return Refusal("AccessDeniedException", "not on /other/room")
        return {"Parameters": []}

    recorded.play(make_scenario(ssm_GetParameters=answer))
    things = read_things(project.run("taskdef", "verify", "dev", "--format", "json").out)
    assert (things["parameter /trading-bot/chat"], things["parameter /other/room"]) == ("ok", "unknown")


def test_an_image_that_a_cache_rule_fetches_is_not_missing(project: Runner, recorded: Recorded) -> None:
    replace_line(project.folder / TEMPLATE, "\"image\": \"{{ ecr('trading-bot', tag=image_tag) }}\",",
                 "\"image\": \"{{ ecr('hub/trading-bot', tag=image_tag) }}\",")  # fmt: skip
    project.demand("taskdef", "render")
    missing = [Refusal("RepositoryNotFoundException", "not there")]
    rules = {"pullThroughCacheRules": [{"ecrRepositoryPrefix": "hub"}]}
    for answer, state in ((rules, "unknown"), ({"pullThroughCacheRules": []}, "wrong")):
        changes = {"ecr_DescribeImages": missing, "ecr_DescribePullThroughCacheRules": [answer]}
        recorded.play(make_scenario(**changes))
        things = read_things(project.run("taskdef", "verify", "dev", "--format", "json").out)
        assert things[f"image {IMAGE.replace('trading-bot', 'hub/trading-bot')}"] == state
        assert recorded.list_calls("ecr:BatchGetImage") == []


def test_a_version_without_a_stage_is_there(project: Runner, recorded: Recorded) -> None:
    version = f"{2:032}"
    arn = f"arn:aws:secretsmanager:us-east-1:123456789012:secret:other:::{version}"
    overlay = project.folder / "environments" / "dev.yaml"
    replace_line(overlay, "secrets: {CHAT: {valueFrom: /trading-bot/chat}}", f'secrets: {{A: {{valueFrom: "{arn}"}}}}')
    project.demand("taskdef", "render", "dev")
    listed = {"Versions": [{"VersionId": version}]}
    recorded.play(make_scenario(secretsmanager_ListSecretVersionIds=[listed]))
    things = read_things(project.run("taskdef", "verify", "dev", "--format", "json").out)
    assert things[f"version {version} of secret other"] == "ok"


@pytest.mark.parametrize("operation", ["sts:GetCallerIdentity", "iam:GetRole", "ssm:GetParameters"])
def test_expired_credentials_are_an_error_wherever_they_show(
    project: Runner, recorded: Recorded, operation: str
) -> None:
    code = "ExpiredTokenException" if operation.startswith("ssm") else "ExpiredToken"
    refusal = [Refusal(code, "The security token included in the request is expired")]
    recorded.play(make_scenario(**{operation.replace(":", "_"): refusal}))
    done = project.run("taskdef", "verify", "dev")
    assert (done.status, done.out, done.err.splitlines()[0]) == (2, "", "error: the AWS credentials have expired")
