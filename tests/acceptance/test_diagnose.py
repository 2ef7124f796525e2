"""`taskdef diagnose` against an AWS that plays what goes wrong: for each cause the line it points to, and the whole screen of some."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest

from generator.aws.diagnose import OPEN, OUTSIDE
from generator.model.nodes import Value
from tests.acceptance.recorded import Answer, Recorded, Refusal, Scenario, Steps
from tests.acceptance.running import ROOT, Done, Runner, add_worker
from tests.acceptance.scenes import (
    ACCOUNT,
    CALLER,
    CLUSTER,
    ECS,
    EXPIRED,
    FAMILY,
    REGION,
    SERVICE,
    TASK,
    deployment,
    describe_service,
    event,
    name_arn,
    services,
    stopped,
)

DIAGNOSE = ("taskdef", "diagnose", "dev", "--cluster", CLUSTER, "--service", SERVICE)
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/trading-bot:dev"
SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:trading-secrets-dev"
ROLE = f"arn:aws:iam::{ACCOUNT}:role"
GROUP = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/bot/1c38bf81f6e9e283"
BALANCERS = [{"targetGroupArn": GROUP, "containerName": FAMILY, "containerPort": 8080}]
EXITED, CODE = "Essential container in task exited", "EssentialContainerExited"
PULL = "CannotPullContainerError: pull image manifest has been retried 5 time(s): "
FETCH = (
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
    "unable to retrieve secret from asm: service call has been retried 1 time(s): "
)
RUNC = (
    "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim "
    "task: OCI runtime create failed: runc create failed: unable to start container process: "
)
OVERLAY, TEMPLATE = "environments/dev.yaml", f"templates/{TASK}.json.j2"
PREPARED = describe_service(deployment(4, 0), loadBalancers=BALANCERS)


def find_line(text: str, file: str = TEMPLATE) -> int:
    """Find the number of the one line of a file of this project that has a text."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines, 1) if text in line]
    assert len(found) == 1, (text, found)
    return found[0]


def end(reason: str, code: str = "TaskFailedToStart", *containers: Value, number: int = 1) -> Value:
    """A task of the service that stopped, and how its containers ended."""
    described = [{"name": FAMILY, "lastStatus": "STOPPED", **each} for each in containers or ({},)]
    return {**stopped(number, 4, reason, code), "containers": described}


def exited(code: int, reason: str = "", number: int = 1) -> Value:
    """A task whose one container ended with an exit code."""
    return end(EXITED, CODE, {"exitCode": code, **({"reason": reason} if reason else {})}, number=number)


def unstarted(reason: str, said: str = "") -> Value:
    """A task that did not start: AWS says why of it, or of its container."""
    return end(reason, "TaskFailedToStart", {"reason": said} if said else {})


def unhealthy(reason: str, health: str = "UNKNOWN") -> Value:
    """A task that its service stopped for its health."""
    return end(reason, "ServiceSchedulerInitiated", {"exitCode": 137, "healthStatus": health})


class Case(NamedTuple):
    """What AWS says, what is added to overlay and revision, and the line, column and code that come of it."""

    code: str
    where: str
    tasks: tuple[Value, ...] = ()
    events: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    patch: str = ""
    members: Value = None
    container: Value = None


LOGGING = "awslogs-group"
CASES: dict[str, Case] = {
    "out of memory": Case(
        "memory-too-small",
        f"{OVERLAY}:9:11",
        (exited(137, "OutOfMemoryError: Container killed due to memory usage"),),
    ),
    "a health check": Case(
        "health-check-failed",
        f"{TEMPLATE}:{find_line('CMD-SHELL')}:20",
        (unhealthy("Task failed container health checks", "UNHEALTHY"),),
    ),
    "no such tag": Case(
        "image-not-found", f"{OVERLAY}:6:14", (unstarted(f"{PULL}failed to resolve ref {IMAGE}: not found"),)
    ),
    "no such tag, told by the service": Case(
        "image-not-found",
        f"{OVERLAY}:6:14",
        events=(f"was unable to place a task. Reason: {PULL}failed to resolve ref {IMAGE}: not found.",),
    ),
    "an image that may not be pulled": Case(
        "image-access",
        f"{TEMPLATE}:{find_line('executionRoleArn')}:23",
        (
            unstarted(
                f"CannotPullContainerError: pull access denied for {IMAGE}: denied: User: arn:aws:sts::{ACCOUNT}:assumed-role/x/1 is "
                f"not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:{REGION}:{ACCOUNT}:repository/trading-bot"
            ),
        ),
    ),
    "no way to the registry": Case(
        "image-network",
        "",
        (unstarted(f'{PULL}failed to do request: Head "https://{IMAGE}": dial tcp 192.0.2.1:443: i/o timeout'),),
    ),
    "too many pulls": Case(
        "image-rate-limit",
        f"{OVERLAY}:6:14",
        (
            unstarted(
                "CannotPullContainerError: toomanyrequests: You have reached your unauthenticated pull rate limit."
            ),
        ),
    ),
    "another processor, told by the registry": Case(
        "image-platform",
        f"{OVERLAY}:6:14",
        (unstarted(f"{PULL}image Manifest does not contain descriptor matching platform 'linux/amd64'"),),
    ),
    "another processor, told by the log": Case(
        "image-platform", f"{OVERLAY}:6:14", (exited(255),), log=("exec /usr/local/bin/python: exec format error",)
    ),
    "another processor, where one is set": Case(
        "image-platform",
        f"{OVERLAY}:10:38",
        (unstarted(f"{PULL}image Manifest does not contain descriptor matching platform 'linux/arm64'"),),
        patch="  runtimePlatform: {cpuArchitecture: ARM64}\n",
        members={"runtimePlatform": {"cpuArchitecture": "ARM64"}},
    ),
    "no such secret": Case(
        "secret-missing",
        f"{TEMPLATE}:{find_line('valueFrom')}:44",
        (
            unstarted(
                f"{FETCH}failed to fetch secret {SECRET} from secrets manager: ResourceNotFoundException: Secrets Manager can't find "
                "the specified secret."
            ),
        ),
    ),
    "no such key": Case(
        "secret-key-missing",
        f"{TEMPLATE}:{find_line('valueFrom')}:44",
        (unstarted(f"{FETCH}retrieved secret from Secrets Manager did not contain json key BYBIT_SECRET_KEY"),),
    ),
    "a secret that may not be read": Case(
        "secret-access",
        f"{TEMPLATE}:{find_line('executionRoleArn')}:23",
        (
            unstarted(
                f"{FETCH}failed to fetch secret {SECRET} from secrets manager: api error AccessDeniedException: User: x is not "
                f"authorized to perform: secretsmanager:GetSecretValue on resource: {SECRET}-Ab12Cd because no identity-based policy"
            ),
        ),
    ),
    "no such parameter": Case(
        "parameter-missing",
        f"{OVERLAY}:13:23",
        (
            unstarted(
                "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable "
                "to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /bot/url"
            ),
        ),
        patch="  containerDefinitions:\n    trading-bot:\n      secrets:\n        DATABASE_URL: /bot/url\n",
        container={"secrets": [{"name": "DATABASE_URL", "valueFrom": "/bot/url"}]},
    ),
    "no way to Secrets Manager": Case(
        "network-unreachable",
        "",
        (
            unstarted(
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a "
                "connection issue between the task and AWS Secrets Manager. Check your task network configuration."
            ),
        ),
    ),
    "a role that ECS cannot assume": Case(
        "role-trust",
        f"{TEMPLATE}:{find_line('taskRoleArn')}:18",
        events=(
            f"failed to launch a task with (error ECS was unable to assume the role '{ROLE}/ECSTaskRole' that was provided for this "
            "task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user "
            "has permissions to pass this role.).",
        ),
    ),
    "no such log group": Case(
        "log-group-missing",
        f"{TEMPLATE}:{find_line(LOGGING)}:28",
        (
            unstarted(
                "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create "
                "Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1"
            ),
        ),
    ),
    "a file system that is not mounted": Case(
        "efs-not-mounted",
        f"{OVERLAY}:11:63",
        (
            unstarted(
                'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "'
                'fs-0e4a39a0.efs.us-east-1.amazonaws.com" - check that your file system ID is correct'
            ),
        ),
        patch="  volumes:\n    data: {$add: true, efsVolumeConfiguration: {fileSystemId: fs-0e4a39a0}}\n",
        members={"volumes": [{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-0e4a39a0"}}]},
    ),
    "no address left": Case(
        "network-interface",
        "",
        (
            unstarted(
                "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet "
                "'subnet-1': InsufficientFreeAddressesInSubnet"
            ),
        ),
    ),
    "a disk that is full": Case(
        "disk-full",
        f"{OVERLAY}:10:33",
        (exited(1),),
        log=("OSError: [Errno 28] No space left on device: '/tmp/candles'",),
        patch="  ephemeralStorage: {sizeInGiB: 30}\n",
        members={"ephemeralStorage": {"sizeInGiB": 30}},
    ),
    "a command that is not there": Case(
        "command-not-found",
        f"{OVERLAY}:12:17",
        (unstarted("Task failed to start", RUNC + 'exec: "trade": executable file not found in $PATH: unknown'),),
        patch="  containerDefinitions:\n    trading-bot:\n      command: [trade, --live]\n",
        container={"command": ["trade", "--live"]},
    ),
    "a program that cannot be executed": Case(
        "command-not-executable",
        f"{OVERLAY}:6:14",
        (unstarted("Task failed to start", RUNC + 'exec: "/run.sh": permission denied: unknown'),),
    ),
    "a dependency that failed": Case(
        "dependency-failed",
        f"{OVERLAY}:12:28",
        (
            end(
                "Task failed to start",
                "TaskFailedToStart",
                {
                    "exitCode": 143,
                    "reason": "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
                    f"[migrate(bot:v1) (STOPPED->RUNNING) - Exit: 1] for target [{FAMILY}(bot:v1) (NONE->RUNNING)] as "
                    "dependency did not exit successfully.",
                },
                {"name": "migrate", "exitCode": 1},
            ),
        ),
        log=("relation trades already exists",),
        patch="  containerDefinitions:\n    trading-bot:\n      dependsOn: {migrate: SUCCESS}\n"
        "    migrate: {$add: true, image: migrate:v1, essential: false}\n",
        container={"dependsOn": [{"containerName": "migrate", "condition": "SUCCESS"}]},
    ),
    "a segmentation fault": Case("program-crashed", "", (exited(139),)),
    "an error of the program": Case("container-failed", "", (exited(1),), log=("KeyError: 'DATABASE_URL'",)),
    "a program that is done": Case(
        "container-finished",
        f"{OVERLAY}:12:16",
        (exited(0),),
        patch="  containerDefinitions:\n    trading-bot:\n      command: [trade, --once]\n",
        container={"command": ["trade", "--once"]},
    ),
    "a load balancer without an answer": Case(
        "balancer-check-failed",
        f"{TEMPLATE}:{find_line('containerPort')}:42",
        (unhealthy(f"Task failed ELB health checks in (target-group {GROUP})"),),
    ),
    "a program that listens elsewhere": Case(
        "port-mismatch",
        f"{TEMPLATE}:{find_line('containerPort')}:42",
        (unhealthy(f"Task failed ELB health checks in (target-group {GROUP})"),),
        log=("Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)",),
    ),
    "no room on Fargate": Case(
        "fargate-capacity",
        f"{OVERLAY}:8:8",
        events=(
            "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different "
            "availability zone.",
        ),
    ),
    "no instances": Case(
        "no-instances",
        f"{TEMPLATE}:{find_line('requiresCompatibilities')}:30",
        events=(
            "was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances "
            "were found in your cluster.",
        ),
    ),
    "Spot": Case(
        "spot-interrupted", "", (end("Your Spot Task was interrupted.", "SpotInterruption", {"exitCode": 137}),)
    ),
}


def play(case: Case) -> dict[str, Steps]:
    """An account in which this went wrong."""
    document = json.loads((ROOT / "rendered" / "dev" / f"{TASK}.json").read_text(encoding="utf-8"))
    document |= case.members or {}
    first = document["containerDefinitions"][0]
    secrets = first["secrets"]
    first |= case.container or {}
    if "secrets" in (case.container or {}):
        first["secrets"] = secrets + case.container["secrets"]
    if "dependsOn" in first:
        document["containerDefinitions"].append({"name": "migrate", "image": "migrate:v1", "essential": False})
    arns = [task["taskArn"] for task in case.tasks]
    events = tuple(event(number, message, "2026-11-24T08:20:00Z") for number, message in enumerate(case.events))

    def describe(asked: Value) -> Answer:
        assert asked["taskDefinition"] == name_arn(4)
        return {"taskDefinition": {**document, "taskDefinitionArn": name_arn(4), "revision": 4, "status": "ACTIVE"}}

    def read(asked: Value) -> Answer:
        if not case.log:
            return Refusal("ResourceNotFoundException", "The specified log stream does not exist.")
        return {"events": [{"timestamp": 1, "message": line} for line in case.log]}

    return {
        "sts:GetCallerIdentity": [CALLER],
        "ecs:DescribeServices": [services({**PREPARED, "events": list(events)})],
        "ecs:ListTasks": [{"taskArns": arns}],
        "ecs:DescribeTasks": [{"tasks": list(case.tasks), "failures": []}],
        "ecs:DescribeTaskDefinition": describe,
        "logs:GetLogEvents": read,
    }


@pytest.fixture
def aws(runner: Runner, recorded: Recorded) -> Recorded:
    """An AWS from a script, which programs started by `runner` talk to."""
    runner.environment.update(recorded.environment)
    return recorded


def extend(runner: Runner, patch: str) -> None:
    """Add lines to the overlay of dev, whose last section is its patch."""
    overlay = runner.folder / "environments" / "dev.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8") + patch, encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_a_cause_points_to_its_line(name: str, runner: Runner, aws: Recorded) -> None:
    case = CASES[name]
    aws.play(play(case))
    extend(runner, case.patch)
    done = runner.run(*DIAGNOSE)
    head = done.out.partition(f"error[{case.code}]: ")
    assert (done.status, head[0], bool(head[1])) == (1, f"{case.where}: " if case.where else "", True), done
    assert ((OPEN in done.out) or (OUTSIDE in done.out)) == (not case.where)
    assert "it may be fixed already" not in done.out


# Screens.

CRASH = Case(
    "container-failed",
    "",
    (exited(1), exited(1, number=2), exited(0, number=3)),
    log=("connecting", "DATABASE_PASSWORD=hunter2hunter2", "KeyError: 'DATABASE_URL'"),
)
NEWEST = f"{2:032x}"


def task_arn(number: int = 1) -> str:
    return f"{ECS}:task/{CLUSTER}/{number:032x}"


TROUBLES = {
    "does-not-start": CASES["no such tag"],
    "out-of-memory": CASES["out of memory"]._replace(log=("loading 5 years of candles",)),
    "unhealthy": CASES["a health check"]._replace(log=("Server listening on port 3000",)),
}
"""The three troubles of those who run tasks; their screens stand in docs/diagnoses.md too."""


@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_has_its_screen(name: str, runner: Runner, aws: Recorded, rewrite_golden: bool) -> None:
    aws.play(play(TROUBLES[name]))
    screen = ROOT / "tests" / "acceptance" / "screens" / f"{name}.txt"
    done = runner.run(*DIAGNOSE)
    if rewrite_golden:
        screen.write_text(done.out, encoding="utf-8")
    assert done == Done(1, screen.read_text(encoding="utf-8"), "")


def test_several_tasks_are_weighed_and_their_log_is_masked(runner: Runner, aws: Recorded) -> None:
    aws.play(play(CRASH))
    done = runner.run(*DIAGNOSE)
    assert done.status == 1
    assert "note: 2 of the last 3 failed tasks have this cause\n" in done.out
    assert "    connecting\n    DATABASE_***\n    KeyError: 'DATABASE_URL'\n" in done.out
    assert aws.list_calls("logs:GetLogEvents")[1] == {
        "logGroupName": f"/ecs/{FAMILY}",
        "logStreamName": f"ecs/{FAMILY}/{NEWEST}",
        "limit": 50,
        "startFromHead": False,
    }


def test_a_secret_of_the_task_definition_is_masked_wherever_a_program_writes_it(runner: Runner, aws: Recorded) -> None:
    given = {"name": "SESSION_TOKEN", "value": "correct-horse-battery"}
    log = (
        "login with correct-horse-battery (Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5) failed",
        "x" * 150 + "correct-horse-battery" + "x" * 150,
    )
    aws.play(play(CRASH._replace(log=log, container={"environment": [given]})))
    for command in (DIAGNOSE, (*DIAGNOSE[:2], *DIAGNOSE[3:]), (*DIAGNOSE, "--format", "json")):
        said = runner.run(*command)
        assert said.status == 1
        assert "login with *** (***) failed" in said.out
        assert "horse" not in said.out


def test_programs_are_told_the_same(runner: Runner, aws: Recorded) -> None:
    aws.play(play(CASES["out of memory"]._replace(log=("loading",))))
    said = json.loads(runner.run(*DIAGNOSE, "--format", "json").out)
    assert (said["version"], said["command"], said["summary"]) == (1, "diagnose", {"status": 1})
    (finding,) = said["findings"]
    assert (finding["code"], finding["severity"], finding["path"]) == ("memory-too-small", "error", "memory")
    assert finding["location"] == {"file": OVERLAY, "line": 9, "column": 11}
    assert (finding["environments"], finding["task"]) == (["dev"], TASK)
    assert said["examined"] == [
        {
            "environment": "dev",
            "task": TASK,
            "cluster": CLUSTER,
            "service": SERVICE,
            "stopped_tasks": 1,
            "cause": "memory-too-small",
            "evidence": {
                "revision": name_arn(4),
                "task": task_arn(),
                "stopped_at": "2026-11-24T08:15:10Z",
                "stop_code": CODE,
                "container": FAMILY,
                "exit_code": 137,
                "said": ["OutOfMemoryError: Container killed due to memory usage"],
                "log": {
                    "group": f"/ecs/{FAMILY}",
                    "stream": f"ecs/{FAMILY}/{1:032x}",
                    "lines": ["loading"],
                    "missing": None,
                },
                "failed": 1,
                "alike": 1,
            },
        }
    ]


# What is looked at.


def test_the_service_may_stand_in_the_overlay(runner: Runner, aws: Recorded) -> None:
    aws.play(play(CASES["out of memory"]))
    assert runner.run("taskdef", "diagnose", f"dev/{TASK}").status == 1
    (asked,) = aws.list_calls("ecs:DescribeServices")
    overlay = (ROOT / OVERLAY).read_text(encoding="utf-8")
    assert f"cluster: {asked['cluster']}, service: {asked['services'][0]}" in overlay


def test_one_task_by_its_arn_needs_no_project(runner: Runner, aws: Recorded) -> None:
    aws.play(play(CASES["out of memory"]))
    done = runner.run("taskdef", "diagnose", "--task", task_arn(), "--project", str(runner.folder / "nowhere"))
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith(
        f"error[memory-too-small]: container `{FAMILY}` was killed: the task used more than the 512 MiB of `memory`\n"
    )
    assert aws.list_calls("ecs:DescribeTasks") == [{"cluster": CLUSTER, "tasks": [task_arn()]}]
    assert aws.list_calls("ecs:ListTasks") == []


def test_an_arn_says_which_region_it_is_in(runner: Runner, aws: Recorded) -> None:
    aws.play({"ecs:DescribeTasks": [{"tasks": [], "failures": [{"reason": "MISSING"}]}]})
    arn = task_arn().replace(REGION, "eu-west-1")
    done = runner.run("taskdef", "diagnose", "--task", arn)
    assert done == Done(
        2,
        "",
        f"error: ECS knows no task `{arn}` in the cluster `{CLUSTER}`\n"
        "  help: ECS forgets a task an hour after it stopped: name one that stopped since\n",
    )
    assert [each.region for each in aws.requests] == ["eu-west-1"]


def test_an_arn_of_another_region_than_the_environments_is_told_as_such(runner: Runner, aws: Recorded) -> None:
    aws.play({"sts:GetCallerIdentity": [CALLER]})
    arn = task_arn().replace(REGION, "eu-west-1")
    done = runner.run("taskdef", "diagnose", "dev", "--task", arn)
    assert done.status == 2
    assert done.out == (
        f"{OVERLAY}:2:40: error[wrong-region]: `dev` is in region {REGION}, and this is eu-west-1\n"
        f'  2 | aws: {{account: "{ACCOUNT}", region: {REGION}, cluster: {CLUSTER}, service: {SERVICE}}}\n'
        "    |                                        ^^^^^^^^^\n"
        "  note: the ARN of the task sets it\n"
        f"  help: remove `dev`, or name a task that is in {REGION}\n"
        "1 error: nothing was looked at\n"
    )


def test_a_service_alone_needs_no_project(runner: Runner, aws: Recorded) -> None:
    aws.play(play(CASES["no such key"]))
    done = runner.run(*DIAGNOSE[:2], *DIAGNOSE[3:], "--project", "nowhere")
    assert done.status == 1
    assert done.out.startswith(
        "error[secret-key-missing]: `containerDefinitions[trading-bot-dev].secrets[BYBIT_SECRET_KEY].valueFrom` is "
    )


def test_without_a_service_the_tasks_of_the_family_are_looked_at(runner: Runner, aws: Recorded) -> None:
    overlay = runner.folder / "environments" / "dev.yaml"
    text = overlay.read_text(encoding="utf-8")
    overlay.write_text(text.replace(", service: trading-bot-dev", ""), encoding="utf-8")
    task = {**exited(1), "group": f"family:{FAMILY}"}
    aws.play(play(CASES["out of memory"]._replace(tasks=(task,))))
    assert runner.run("taskdef", "diagnose", "dev").out.startswith("error[container-failed]: ")
    assert aws.list_calls("ecs:ListTasks") == [
        {"cluster": "trading-cluster", "family": FAMILY, "desiredStatus": "STOPPED"}
    ]
    aws.play({"sts:GetCallerIdentity": [CALLER], "ecs:ListTasks": [{"taskArns": []}]})
    assert runner.run("taskdef", "diagnose", "dev") == Done(
        0, f"dev/{TASK}: no task of `{FAMILY}` in `trading-cluster` failed in the last hour\n", ""
    )


# Nothing wrong, and what is not so any more.


def test_nothing_wrong_is_told_as_such(runner: Runner, aws: Recorded) -> None:
    healthy = describe_service(deployment(4, 1, "COMPLETED"), events=(event(1, "has reached a steady state."),))
    scaled = end("Scaling activity initiated by (deployment ecs-svc/4)", "ServiceSchedulerInitiated", {"exitCode": 137})
    aws.play(play(Case("", "", (scaled,))) | {"ecs:DescribeServices": [services(healthy)]})
    assert runner.run(*DIAGNOSE) == Done(
        0, f"dev/{TASK}: service `{SERVICE}` in `{CLUSTER}` runs 1 of 1 tasks, and none failed in the last hour\n", ""
    )
    assert runner.run("taskdef", "diagnose", "--task", task_arn()) == Done(
        0, f"task `{task_arn()}` did not fail: Scaling activity initiated by (deployment ecs-svc/4)\n", ""
    )


def test_a_deployment_that_failed_is_told_when_its_tasks_are_forgotten(runner: Runner, aws: Recorded) -> None:
    failed = deployment(5, 0, "FAILED", rolloutStateReason="ECS deployment circuit breaker: tasks failed to start.")
    failed |= {"status": "INACTIVE", "id": "ecs-svc/5"}
    healthy = describe_service(deployment(4, 1, "COMPLETED"), failed)
    aws.play(play(Case("", "")) | {"ecs:DescribeServices": [services(healthy)]})
    assert runner.run(*DIAGNOSE).out.endswith(
        "none failed in the last hour; the deployment of `trading-bot-dev:5` failed: ECS deployment circuit breaker: tasks failed to "
        "start.\n"
    )


def test_nothing_secret_is_told_of_a_service_of_which_nothing_failed(runner: Runner, aws: Recorded) -> None:
    token, given = "ghp_" + "1a" * 18, {"name": "SESSION_TOKEN", "value": "correct-horse-battery"}
    said = f"was told {token} and {given['value']}."
    failed = deployment(5, 0, "FAILED", rolloutStateReason=said) | {"status": "INACTIVE", "id": "ecs-svc/5"}
    waiting = describe_service(deployment(4, 0), failed, events=(event(1, said),))
    played = play(Case("", "", container={"environment": [given]}))
    aws.play(played | {"ecs:DescribeServices": [services(waiting)]})
    assert runner.run(*DIAGNOSE).out.endswith(
        f"none failed in the last hour: (service {SERVICE}) was told *** and ***.; the deployment of `trading-bot-dev:5` failed: "
        "was told *** and ***.\n"
    )


def test_a_task_that_runs_has_not_failed(runner: Runner, aws: Recorded) -> None:
    running = {**exited(1), "lastStatus": "RUNNING"}
    aws.play(play(Case("", "", (running,))))
    done = runner.run("taskdef", "diagnose", "--task", task_arn())
    assert done == Done(0, f"task `{task_arn()}` has not failed: it is RUNNING\n", "")


def test_what_the_sources_do_not_say_any_more_is_told(runner: Runner, aws: Recorded) -> None:
    aws.play(play(CASES["out of memory"]))
    overlay = runner.folder / "environments" / "dev.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8").replace("memory: 512", "memory: 1 GB"), encoding="utf-8")
    done = runner.run(*DIAGNOSE)
    assert done.out.startswith(
        f"{OVERLAY}:9:11: error[memory-too-small]: container `{FAMILY}` was killed: the task used more than the 512 "
    )
    assert (
        f"  note: `{FAMILY}:4` has `512` there, and the project now renders `1024`: it may be fixed already\n"
        in done.out
    )
    aws.play(play(CASES["a command that is not there"]))
    done = runner.run(*DIAGNOSE)
    assert done.out.startswith(f"{TEMPLATE}:9:5: error[command-not-found]: ")
    assert "  note: the sources no longer have this: it may be fixed already\n" in done.out


def test_sources_that_a_rule_refuses_give_a_line_all_the_same(runner: Runner, aws: Recorded) -> None:
    setting = {"namespace": "net.core.rmem_max", "value": "7500000"}  # which is E515, too
    said = f"{RUNC}error during container init: open /proc/sys/net/core/rmem_max: no such file or directory: unknown"
    aws.play(play(Case("", "", (unstarted("", said),), container={"systemControls": [setting]})))
    template = runner.folder / TEMPLATE
    lines = template.read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines) if '"image":' in line)
    lines.insert(number, f'      "systemControls": [{json.dumps(setting)}],')
    template.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = runner.run(*DIAGNOSE)
    assert (done.status, done.out.startswith(f"{TEMPLATE}:{number + 1}:40: error[kernel-parameter-unknown]: ")) == (
        1,
        True,
    ), done
    assert "  note: the sources have errors: run `taskdef check dev`\n" in done.out
    assert runner.run("taskdef", "check", "dev").out.startswith(f"{TEMPLATE}:{number + 1}:40: error[E515]: ")


def test_sources_with_a_mistake_give_no_line_and_say_so(runner: Runner, aws: Recorded) -> None:
    aws.play(play(CASES["out of memory"]))
    extend(runner, "  nonsense: 1\n")
    done = runner.run(*DIAGNOSE)
    assert (done.status, done.out.partition("\n")[0][:24]) == (1, "error[memory-too-small]:")
    assert "  note: no line is named, since the sources have errors: run `taskdef check dev`\n" in done.out


def test_a_service_that_several_tasks_have_is_told_and_the_tasks_of_the_family_are_looked_at(
    runner: Runner, aws: Recorded
) -> None:
    add_worker(runner)
    scenario = play(CASES["out of memory"])
    aws.play(scenario)
    done = runner.run("taskdef", "diagnose", f"dev/{TASK}")
    assert (done.status, "error[memory-too-small]" in done.out) == (1, True)
    assert f"{OVERLAY}:2:86: warning[E133]: `aws.service` is one service" in done.err
    assert aws.list_calls("ecs:DescribeServices") == []
    aws.play(scenario)
    report = json.loads(runner.run("taskdef", "diagnose", f"dev/{TASK}", "--format", "json").out)
    assert [each["code"] for each in report["findings"]] == ["memory-too-small", "E133"]
    aws.play(scenario)
    assert "E133" not in str(runner.run("taskdef", "diagnose", f"dev/{TASK}", "--service", SERVICE))


# What AWS does not tell.


def test_logs_that_may_not_be_read_are_told_and_no_error(runner: Runner, aws: Recorded) -> None:
    denied = Refusal("AccessDeniedException", "User: x is not authorized to perform: logs:GetLogEvents")
    aws.play(play(CASES["an error of the program"]) | {"logs:GetLogEvents": [denied]})
    done = runner.run(*DIAGNOSE)
    assert done.status == 1
    assert done.out.endswith(
        ": none, AWS denies `logs:GetLogEvents`: User: x is not authorized to perform: logs:GetLogEvents\n"
    )


def test_a_log_group_that_is_not_there_is_told_and_no_error(runner: Runner, aws: Recorded) -> None:
    missing = Refusal("ResourceNotFoundException", "The specified log group does not exist.")
    aws.play(play(CASES["an error of the program"]) | {"logs:GetLogEvents": [missing]})
    assert runner.run(*DIAGNOSE).out.endswith(f"of `/ecs/{FAMILY}`): none, there is no such log group\n")


def test_a_revision_that_may_not_be_read_is_replaced_by_what_the_sources_give(runner: Runner, aws: Recorded) -> None:
    denied = Refusal("AccessDeniedException", "User: x is not authorized to perform: ecs:DescribeTaskDefinition")
    aws.play(play(CASES["out of memory"]) | {"ecs:DescribeTaskDefinition": [denied]})
    done = runner.run(*DIAGNOSE)
    assert done.out.startswith(f"{OVERLAY}:9:11: error[memory-too-small]: ")
    assert "  note: what the tasks ran is not known: AWS denies `ecs:DescribeTaskDefinition`" in done.out


REFUSALS: dict[str, tuple[tuple[str, ...], Scenario, str]] = {
    "no cluster": (
        DIAGNOSE,
        {
            "sts:GetCallerIdentity": [CALLER],
            "ecs:DescribeServices": [Refusal("ClusterNotFoundException", "Cluster not found.")],
        },
        f"error: there is no cluster `{CLUSTER}` in {REGION}\n  help: `aws ecs list-clusters` lists them\n",
    ),
    "no service": (
        DIAGNOSE,
        {
            "sts:GetCallerIdentity": [CALLER],
            "ecs:DescribeServices": [{"services": [], "failures": [{"reason": "MISSING"}]}],
        },
        f"error: there is no service `{SERVICE}` in the cluster `{CLUSTER}`\n  help: `aws ecs list-services` lists them\n",
    ),
    "credentials that have expired": (
        DIAGNOSE,
        {"sts:GetCallerIdentity": [CALLER], "ecs:DescribeServices": [EXPIRED]},
        "error: the AWS credentials have expired\n"
        "  help: sign in again, for instance with `aws sso login`, or name another `--profile`\n",
    ),
    "nothing named": (
        ("taskdef", "diagnose"),
        {},
        "error: name what to diagnose: an environment, `--task ARN`, or `--cluster` and `--service`\n",
    ),
    "no such environment": (
        ("taskdef", "diagnose", "prd"),
        {},
        "error: there is no environment `prd`; did you mean `prod`? (there is `dev`, `prod`, `test`)\n",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_keeps_a_diagnosis_from_being_made_is_told(name: str, runner: Runner, aws: Recorded) -> None:
    command, scenario, said = REFUSALS[name]
    aws.play(scenario)
    done = runner.run(*command)
    assert (done.status, done.out) == (2, "")
    assert done.err.endswith(said)


def test_all_that_is_asked_is_a_question(runner: Runner, aws: Recorded) -> None:
    aws.play(play(CRASH))
    runner.run(*DIAGNOSE)
    asked = {each.operation.partition(":")[2] for each in aws.requests}
    assert {name for name in asked if not name.startswith(("Describe", "Get", "List"))} == set()
