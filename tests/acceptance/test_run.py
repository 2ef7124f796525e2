"""`taskdef run` against an AWS that plays tasks which end well, fail, never start, or go on: the whole screen of each."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Callable
from time import monotonic, sleep

import pytest

from generator.model.nodes import Value
from tests.acceptance.recorded import Answer, Lost, Recorded, Refusal, Scenario, Step
from tests.acceptance.running import Done, Runner, add_worker, ask, interrupt, replace_line
from tests.acceptance.scenes import (
    ACCOUNT,
    CLUSTER,
    ECS,
    EXPIRED,
    FAMILY,
    PULL,
    REGION,
    TASK,
    deployment,
    describe_service,
    name_arn,
    play_account,
    services,
)
from tests.support import answer_interrupts

NAME = f"dev/{TASK}"
ID = f"{7:032x}"
ARN = f"{ECS}:task/{CLUSTER}/{ID}"
RUN = ("taskdef", "run", "dev", "--interval", "0.1")
NETWORK = {"subnets": ["subnet-0a1b2c3d"], "securityGroups": ["sg-0a1b2c3d"], "assignPublicIp": "ENABLED"}
SERVED = services(
    describe_service(
        deployment(4, 1, "COMPLETED"), networkConfiguration={"awsvpcConfiguration": NETWORK}, platformVersion="1.4.0"
    )
)
START, LOOK, LOG = "ecs:RunTask", "ecs:DescribeTasks", "logs:GetLogEvents"
STOP_HELP = (
    f"`aws ecs stop-task --cluster {CLUSTER} --task {ARN} --region {REGION}` stops it, "
    f"`taskdef diagnose {NAME} --task {ARN}` shows its state"
)
BEGUN = f"registered {NAME} as {name_arn(5)}\n{NAME}: ECS runs `{FAMILY}:5` in `{CLUSTER}` as task {ID}\n"
SEEN = f"{NAME}: task {ID} is "
NO_STREAM = Refusal("ResourceNotFoundException", "The specified log stream does not exist.")


@pytest.fixture
def aws(runner: Runner, recorded: Recorded) -> Recorded:
    """An AWS from a script, which programs started by `runner` talk to."""
    runner.environment.update(recorded.environment)
    return recorded


def task(status: str, *containers: Value, **members: Value) -> Answer:
    """The answer of DescribeTasks about our task; without containers its only one has the task's status."""
    states = list(containers) or [container(lastStatus=status)]
    told = {"taskArn": ARN, "clusterArn": f"{ECS}:cluster/{CLUSTER}", "taskDefinitionArn": name_arn(5)}
    return {
        "tasks": [{**told, "group": f"family:{FAMILY}", "lastStatus": status, "containers": states, **members}],
        "failures": [],
    }


def container(name: str = FAMILY, **members: Value) -> Value:
    """One container of a task, which is stopped."""
    return {"name": name, "lastStatus": "STOPPED", **members}


def ended(*containers: Value, code: str = "EssentialContainerExited", reason: str = "", **members: Value) -> Answer:
    """The task as it is when it has stopped."""
    said = {"stopCode": code, "stoppedReason": reason or "Essential container in task exited"}
    return task("STOPPED", *containers, stoppedAt="2026-11-24T08:16:00Z", **said, **members)


def page(token: str, *lines: str) -> Answer:
    """A page of a log, each line a second after the one before."""
    events = [{"timestamp": 1000 * number, "message": line} for number, line in enumerate(lines)]
    return {"events": events, "nextForwardToken": token, "nextBackwardToken": "b/0"}


WELL = ended(container(exitCode=0))


def play(*looks: Answer, log: tuple[Answer, ...] = (page("f/0"),), start: Answer | None = None) -> Scenario:
    """A task that is started, and then looked at."""
    return {
        **play_account(),
        "ecs:DescribeServices": [SERVED],
        START: [start or {"tasks": [{"taskArn": ARN, "lastStatus": "PROVISIONING"}], "failures": []}],
        LOOK: list(looks or (WELL,)),
        LOG: list(log),
    }


def test_a_task_is_run_in_the_network_of_its_service_and_its_log_is_shown(runner: Runner, aws: Recorded) -> None:
    log = (NO_STREAM, page("f/1", "starting", "\x1b[31mred\ttab"), page("f/1"), page("f/2", "done"), page("f/2"))
    aws.play(play({"tasks": [], "failures": []}, task("PENDING"), task("RUNNING"), task("RUNNING"), WELL, log=log))
    assert runner.run(*RUN) == Done(
        0,
        "starting\n\\x1b[31mred\ttab\ndone\n",
        f"{BEGUN}{SEEN}PENDING\n{SEEN}RUNNING\n{SEEN}STOPPED\n"
        f"  {FAMILY} (essential): exited with 0\n"
        f"succeeded {NAME}: task {ID} of {FAMILY}:5 in `{CLUSTER}`\n",
    )
    (asked,) = aws.list_calls(START)
    token = asked.pop("clientToken")
    assert asked == {
        "cluster": CLUSTER,
        "taskDefinition": name_arn(5),
        "count": 1,
        "networkConfiguration": {"awsvpcConfiguration": NETWORK},
        "launchType": "FARGATE",
        "platformVersion": "1.4.0",
        "propagateTags": "TASK_DEFINITION",
        "startedBy": f"taskdef-{token}",
    }
    first, second, *_ = aws.list_calls(LOG)
    stream = {"logGroupName": f"/ecs/{FAMILY}", "logStreamName": f"ecs/{FAMILY}/{ID}", "startFromHead": True}
    assert (first, second) == (stream, stream)
    assert aws.list_calls(LOG)[2] == {**stream, "nextToken": "f/1"}


def test_a_command_and_variables_are_for_the_container_and_secrets_in_them_for_nobody(
    runner: Runner, aws: Recorded
) -> None:
    aws.play(play(log=(page("f/1", "connecting with correct-horse-9"), page("f/1"))))
    words = ("--set-env", "DB_PASSWORD=correct-horse-9", "--set-env", "MODE=once", "--", "migrate", "--to", "7 b")
    done = runner.run(*RUN, *words)
    assert (done.status, done.out) == (0, "connecting with ***\n")
    environment = [{"name": "DB_PASSWORD", "value": "correct-horse-9"}, {"name": "MODE", "value": "once"}]
    assert aws.list_calls(START)[0]["overrides"] == {
        "containerOverrides": [{"name": FAMILY, "command": ["migrate", "--to", "7 b"], "environment": environment}]
    }
    done = runner.run(*RUN, "--dry-run", *words)
    assert done.out.splitlines()[-1] == (
        f"would call ecs:RunTask for `{FAMILY}:5` in `{CLUSTER}` on FARGATE, platform version 1.4.0, subnets subnet-0a1b2c3d, "
        f"security groups sg-0a1b2c3d, public IP ENABLED; `{FAMILY}` runs `migrate --to '7 b'`; `{FAMILY}` has DB_PASSWORD=*** MODE=once"
    )
    assert len(aws.list_calls(START)) == 1
    for form in (("--dry-run",), ()):
        said = runner.run(*RUN, *form, "--format", "json", *words)
        assert "correct-horse" not in said.out + said.err
        (ran,) = json.loads(said.out)["runs"]
        assert ran["override"]["environment"] == {"DB_PASSWORD": "***", "MODE": "once"}


def test_a_dry_run_changes_nothing(runner: Runner, aws: Recorded) -> None:
    aws.play(play())
    done = runner.run(*RUN, "--dry-run")
    assert (done.status, len(done.out.splitlines())) == (0, 2), done
    assert done.out.startswith(f"would call ecs:RegisterTaskDefinition for `{FAMILY}` with rendered/dev/{TASK}.json")
    assert aws.list_calls(START, "ecs:RegisterTaskDefinition") == []


def test_an_essential_container_that_fails_is_diagnosed(runner: Runner, aws: Recorded) -> None:
    failed = ended(container(exitCode=3))
    aws.play(play(task("RUNNING"), failed, log=(page("f/1", "no such table"), page("f/1"))))
    done = runner.run(*RUN, "--", "migrate")
    assert (done.status, done.out) == (1, "no such table\n")
    assert f"  {FAMILY} (essential): exited with 3\n" in done.err
    assert "error[container-failed]" in done.err
    assert f"  note: `taskdef run` gave `{FAMILY}` another command\n" in done.err
    assert done.err.endswith(f"error: failed {NAME}: `{FAMILY}` exited with 3 (task {ID})\n")
    assert runner.run(*RUN, "-q").err.splitlines()[-1] == f"error: failed {NAME}: `{FAMILY}` exited with 3 (task {ID})"
    assert runner.run(*RUN, "--exit-code", FAMILY).status == 3
    (report,) = json.loads(runner.run(*RUN, "--format", "json").out)["runs"]
    assert report["action"] == "failed"
    assert report["containers"] == [{"name": FAMILY, "essential": True, "exit_code": 3, "reason": None}]


def test_a_task_that_never_starts_is_diagnosed_at_the_line(runner: Runner, aws: Recorded) -> None:
    aws.play(play(task("PENDING"), ended(container(reason=PULL), code="TaskFailedToStart", reason=PULL)))
    done = runner.run(*RUN)
    assert done.status == 1
    assert "environments/dev.yaml:6:14: error[image-not-found]" in done.err
    assert f"error: failed {NAME}: no essential container ran: {PULL} (task {ID})\n" in done.err
    assert aws.list_calls(LOG) == []  # what never ran wrote nothing
    assert runner.run(*RUN, "--exit-code", FAMILY).status == 1


UNPLACED = {
    "RESOURCE:MEMORY": "instances-lack-memory",
    "RESOURCE:CPU": "instances-lack-cpu",
    "RESOURCE:ENI": "instances-lack-interface",
    "AGENT": "agent-disconnected",
    "ATTRIBUTE": "instances-lack-attribute",
    "MISSING": "",
    "LOCATION": "",
}


@pytest.mark.parametrize("reason", UNPLACED)
def test_a_task_that_ecs_does_not_start_is_explained(runner: Runner, aws: Recorded, reason: str) -> None:
    aws.play(play(start={"tasks": [], "failures": [{"arn": f"{ECS}:container-instance/1", "reason": reason}]}))
    done = runner.run(*RUN)
    assert (done.status, done.out) == (2, "")
    assert f"error: refused {NAME}: ECS did not start it: {reason}" in done.err
    assert ("error[" in done.err) == bool(UNPLACED[reason])
    assert UNPLACED[reason] in done.err
    assert aws.list_calls(LOOK) == []
    if reason == "RESOURCE:MEMORY":
        assert "environments/dev.yaml:9:11: error[instances-lack-memory]: `memory` is 512" in done.err


def test_an_error_of_run_task_that_names_a_cause_is_explained(runner: Runner, aws: Recorded) -> None:
    aws.play(play(start=Refusal("InvalidParameterException", "No Container Instances were found in your cluster.")))
    done = runner.run(*RUN)
    assert done.status == 2
    assert "error[no-instances]" in done.err
    assert "No Container Instances were found in your cluster" in done.err


def test_a_denied_start_names_what_is_denied(runner: Runner, aws: Recorded) -> None:
    said = f"User: arn:aws:iam::{ACCOUNT}:user/ci is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/x"
    aws.play(play(start=Refusal("AccessDeniedException", said)))
    done = runner.run(*RUN)
    assert done.status == 2
    assert f"error: refused {NAME}: AWS denies `iam:PassRole`" in done.err


def add_sidecar(runner: Runner, *, essential: bool, more: str = "") -> None:
    """Give dev a second container."""
    overlay = runner.folder / "environments" / "dev.yaml"
    word = "true" if essential else "false"
    lines = (
        f"  containerDefinitions:\n    side: {{$add: true, image: 'side:1.0', memory: 64, essential: {word}{more}}}\n"
    )
    overlay.write_text(overlay.read_text(encoding="utf-8") + lines, encoding="utf-8")
    runner.demand("taskdef", "render", "dev")


def test_a_container_that_is_not_essential_does_not_fail_the_run(runner: Runner, aws: Recorded) -> None:
    add_sidecar(runner, essential=False)
    both = ended(container(exitCode=0), container("side", exitCode=1))
    aws.play(
        play(
            task("RUNNING", container(lastStatus="RUNNING"), container("side", lastStatus="RUNNING")),
            both,
            log=(page("f/1", "one"), page("f/1")),
        )
    )
    done = runner.run(*RUN)
    assert (done.status, done.out) == (0, f"{FAMILY} | one\n")
    assert f"{NAME}: the log of `side` cannot be shown: it has no log driver\n" in done.err
    assert done.err.count("cannot be shown") == 1
    assert f"  {FAMILY} (essential): exited with 0\n  side (not essential): exited with 1\n" in done.err
    assert runner.run(*RUN, "--exit-code", "side").status == 1
    refused = runner.run(*RUN, "--", "migrate")
    assert refused == Done(2, "", f"error: name one with `--container`: `{FAMILY}`, `side`\n")


def test_an_essential_container_that_is_stopped_since_another_ended_fails_the_run_with_a_help(
    runner: Runner, aws: Recorded
) -> None:
    add_sidecar(runner, essential=True)
    both = ended(container(exitCode=0), container("side", exitCode=143))
    aws.play(play(both))
    done = runner.run(*RUN)
    assert done.status == 1
    assert done.err.endswith(
        f"error: failed {NAME}: `side` exited with 143 (task {ID})\n"
        f"  help: `{FAMILY}` ended with 0, and ECS may have stopped the others for that: `--exit-code {FAMILY}` uses its exit code alone\n"
    )
    assert runner.run(*RUN, "--exit-code", FAMILY).status == 0


def test_a_task_that_somebody_stops_has_not_succeeded(runner: Runner, aws: Recorded) -> None:
    aws.play(play(ended(container(exitCode=0), code="UserInitiated", reason="Task stopped by user")))
    done = runner.run(*RUN)
    assert done.status == 1
    assert f"error: failed {NAME}: it was stopped before it was done: Task stopped by user (task {ID})\n" in done.err


def test_a_log_that_is_denied_is_said_once(runner: Runner, aws: Recorded) -> None:
    denied = Refusal(
        "AccessDeniedException",
        f"User: u is not authorized to perform: logs:GetLogEvents on resource: arn:aws:logs:{REGION}:{ACCOUNT}:log-group:x",
    )
    aws.play({**play(task("RUNNING"), task("RUNNING"), WELL), LOG: lambda _: denied})
    done = runner.run(*RUN)
    assert (done.status, done.out) == (0, "")
    assert done.err.count("cannot be shown: AWS denies `logs:GetLogEvents`") == 1
    assert len(aws.list_calls(LOG)) == 1


def test_a_stream_that_never_comes_is_said_at_the_end(runner: Runner, aws: Recorded) -> None:
    aws.play(play(log=(NO_STREAM,)))
    done = runner.run(*RUN)
    assert (done.status, done.out) == (0, "")
    assert f"{NAME}: the log of `{FAMILY}` cannot be shown: there is no such stream\n" in done.err
    assert len(aws.list_calls(LOG)) == 5


def test_a_lost_answer_makes_no_second_task(runner: Runner, aws: Recorded) -> None:
    begun = {"tasks": [{"taskArn": ARN, "lastStatus": "PROVISIONING"}], "failures": []}
    aws.play({**play(), START: [Lost(), begun]})
    done = runner.run(*RUN)
    assert done.status == 0
    assert len({each["clientToken"] for each in aws.list_calls(START)}) == 1
    assert len(aws.list_calls(START)) == 2


def test_a_task_whose_start_nobody_answered_is_found_by_who_started_it(runner: Runner, aws: Recorded) -> None:
    aws.play({**play(), START: [Lost()], "ecs:ListTasks": [{"taskArns": [ARN]}]})
    done = runner.run(*RUN)
    assert done.status == 0, done
    token = aws.list_calls(START)[0]["clientToken"]
    # ECS takes `startedBy` as the only filter.
    assert aws.list_calls("ecs:ListTasks") == [{"cluster": CLUSTER, "startedBy": f"taskdef-{token}"}]


def test_a_task_that_has_stopped_before_anybody_looked_is_found_in_its_family(runner: Runner, aws: Recorded) -> None:
    started: list[str] = []
    others = [f"{ECS}:task/{CLUSTER}/{number:032x}" for number in range(100, 220)]

    def listed(asked: Value) -> Answer:
        started.extend([asked["startedBy"]] if "startedBy" in asked else [])
        return {"taskArns": [*others, ARN] if asked.get("desiredStatus") == "STOPPED" else []}

    def described(asked: Value) -> Answer:
        assert len(asked["tasks"]) <= 100
        assert isinstance(WELL, dict)
        found = [{"taskArn": arn, "startedBy": "somebody"} for arn in asked["tasks"] if arn != ARN]
        own = [{**each, "startedBy": started[0]} for each in WELL["tasks"] if ARN in asked["tasks"]]
        return {"tasks": [*found, *own], "failures": []}

    aws.play({**play(), START: [Lost()], "ecs:ListTasks": listed, LOOK: described})
    done = runner.run(*RUN)
    assert (done.status, done.err.splitlines()[-1]) == (
        0,
        f"succeeded {NAME}: task {ID} of {FAMILY}:5 in `{CLUSTER}`",
    ), done
    assert aws.list_calls("ecs:ListTasks")[1] == {"cluster": CLUSTER, "family": FAMILY, "desiredStatus": "STOPPED"}


def test_a_task_that_nobody_can_find_may_have_been_started(runner: Runner, aws: Recorded) -> None:
    answers: tuple[Answer, ...] = ({"taskArns": []}, Refusal("AccessDeniedException", "no"))
    for found in answers:
        aws.play({**play(), START: [Lost()], "ecs:ListTasks": [found]})
        done = runner.run(*RUN)
        token = aws.list_calls(START)[0]["clientToken"]
        assert done.status == 2
        assert "; it may have been started\n" in done.err
        assert done.err.endswith(
            f"  help: `aws ecs list-tasks --cluster {CLUSTER} --started-by taskdef-{token} --region {REGION}` "
            "shows whether it was started\n"
        )


# What goes wrong meanwhile.


DENIED_LOOK = Refusal("AccessDeniedException", "User: u is not authorized to perform: ecs:DescribeTasks")


def test_a_look_that_is_denied_ends_the_watching_and_says_what_to_allow(runner: Runner, aws: Recorded) -> None:
    aws.play(play(task("RUNNING"), DENIED_LOOK))
    done = runner.run(*RUN)
    assert done == Done(
        2,
        "",
        f"{BEGUN}{SEEN}RUNNING\n"
        f"error: unwatched {NAME}: AWS denies `ecs:DescribeTasks`: User: u is not authorized to perform: ecs:DescribeTasks (task {ID})\n"
        "  help: the role or user needs `ecs:DescribeTasks` in its policy\n",
    )


def test_credentials_that_expire_end_the_watching_and_not_the_task(runner: Runner, aws: Recorded) -> None:
    said = (
        f"error: unwatched {NAME}: the AWS credentials have expired (task {ID})\n"
        "  help: sign in again, for instance with `aws sso login`, or name another `--profile`\n"
    )
    for scenario in (play(task("RUNNING"), EXPIRED), play(task("RUNNING"), WELL, log=(EXPIRED,))):
        aws.play(scenario)
        assert runner.run(*RUN) == Done(2, "", f"{BEGUN}{SEEN}RUNNING\n{said}")
        assert aws.list_calls("ecs:StopTask") == []


def test_a_revision_that_is_not_registered_is_not_run(runner: Runner, aws: Recorded) -> None:
    refused = Refusal("ClientException", "Container.image should not be null or empty.")
    aws.play({**play(), "ecs:RegisterTaskDefinition": [refused]})
    message = (
        f"`{NAME}` was not registered: `ecs:RegisterTaskDefinition` failed: Container.image should not be null or empty"
    )
    assert runner.run(*RUN) == Done(2, "", f"error: {message}; no task was started\n")
    report = json.loads(runner.run(*RUN, "--format", "json").out)
    assert (report["error"]["message"], report["summary"]["status"]) == (message, 2)
    assert aws.list_calls(START) == []


def test_where_nobody_can_tell_why_it_failed_it_has_failed(runner: Runner, aws: Recorded) -> None:
    aws.play(play(ended(container(exitCode=3)), EXPIRED))
    done = runner.run(*RUN)
    assert (done.status, done.out) == (1, "")
    assert f"{NAME}: why it failed is not known: the AWS credentials have expired\n" in done.err
    assert done.err.splitlines()[-1].startswith(f"error: failed {NAME}: `{FAMILY}` exited with 3")


def interrupt_while(runner: Runner, aws: Recorded, operation: str, times: int) -> Done:
    """Run a task, and press Ctrl-C once an operation was called so many times."""
    with subprocess.Popen(
        RUN,
        cwd=runner.folder,
        env=runner.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=answer_interrupts,
    ) as process:
        end = monotonic() + 60
        while len(aws.list_calls(operation)) < times and monotonic() < end:
            sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    return Done(process.returncode, out, err)


def answer_late(*answers: Answer, late: int) -> Callable[[Value], Answer]:
    """Give one answer after the other, one of them after some seconds."""
    calls = iter(range(len(answers)))

    def give(_: Value) -> Answer:
        number = next(calls)
        sleep(3 if number == late else 0)
        return answers[number]

    return give


def test_an_interrupt_while_it_is_started_says_how_to_find_it(runner: Runner, aws: Recorded) -> None:
    begun: Answer = {"tasks": [{"taskArn": ARN, "lastStatus": "PROVISIONING"}], "failures": []}
    aws.play({**play(), START: answer_late(begun, late=0)})
    done = interrupt_while(runner, aws, START, 1)
    token = aws.list_calls(START)[0]["clientToken"]
    assert done == Done(
        130,
        "",
        f"registered {NAME} as {name_arn(5)}\n"
        f"error: unwatched {NAME}: interrupted while it was being started, perhaps before ECS received it\n"
        f"  help: `aws ecs list-tasks --cluster {CLUSTER} --started-by taskdef-{token} --region {REGION}` shows whether it was started\n",
    )


def test_an_interrupt_while_a_failure_is_examined_leaves_the_failure(runner: Runner, aws: Recorded) -> None:
    failed = ended(container(exitCode=3))
    aws.play({**play(), LOOK: answer_late(failed, failed, late=1)})
    done = interrupt_while(runner, aws, LOOK, 2)
    assert done.status == 130
    assert f"{NAME}: interrupted: `taskdef diagnose {NAME}` finds why it failed\n" in done.err
    assert done.err.splitlines()[-1].startswith(f"error: failed {NAME}: `{FAMILY}` exited with 3")


# The log.


def test_a_log_without_an_end_does_not_keep_a_run_from_its_end(runner: Runner, aws: Recorded) -> None:
    def write(asked: Value) -> Answer:
        return page(f"f/{int(asked.get('nextToken', 'f/0')[2:]) + 1}", "again")

    aws.play({**play(), LOG: write})
    done = runner.run(*RUN)
    assert (done.status, done.err.splitlines()[-1]) == (0, f"succeeded {NAME}: task {ID} of {FAMILY}:5 in `{CLUSTER}`")
    assert done.out.splitlines() == ["again"] * 500 == ["again"] * len(aws.list_calls(LOG))


def test_one_stream_that_never_comes_is_said_beside_one_that_does(runner: Runner, aws: Recorded) -> None:
    logging = (
        "{logDriver: awslogs, options: {awslogs-group: /ecs/x, awslogs-region: us-east-1, awslogs-stream-prefix: ecs}}"
    )
    add_sidecar(runner, essential=False, more=f", logConfiguration: {logging}")

    def read(asked: Value) -> Answer:
        return (
            NO_STREAM
            if "/side/" in asked["logStreamName"]
            else page("f/0", *(() if "nextToken" in asked else ("one",)))
        )

    aws.play({**play(ended(container(exitCode=0), container("side", exitCode=0))), LOG: read})
    done = runner.run(*RUN)
    assert (done.status, done.out) == (0, f"{FAMILY} | one\n")
    assert f"{NAME}: the log of `side` cannot be shown: there is no such stream\n" in done.err
    assert done.err.count("cannot be shown") == 1


def test_a_private_key_over_several_lines_of_a_log_is_masked(runner: Runner, aws: Recorded) -> None:
    lines = (
        "-----BEGIN PRIVATE KEY-----",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
        "Zm9yIHRlc3RzIG9ubHksIG5vIGtleSBh",
        "-----END PRIVATE KEY-----",
    )
    aws.play(play(log=(page("f/1", "before", *lines, "after"), page("f/1"))))
    done = runner.run(*RUN)
    assert done.status == 0
    assert (done.out.splitlines()[0], done.out.splitlines()[-1]) == ("before", "after")
    assert not any(line in done.out + done.err for line in lines[1:3])


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_the_task_running_and_says_how_to_stop_it(
    runner: Runner, aws: Recorded, sent: signal.Signals
) -> None:
    aws.play(play(task("RUNNING")))
    done = interrupt(runner, *RUN, after="is RUNNING", signals=(sent,))
    assert done == Done(
        130,
        "",
        f"{BEGUN}{SEEN}RUNNING\nerror: unwatched {NAME}: interrupted; the task continues (task {ID})\n  help: {STOP_HELP}\n",
    )


def test_an_interrupt_can_stop_the_task(runner: Runner, aws: Recorded) -> None:
    aws.play({**play(task("RUNNING")), "ecs:StopTask": [{"task": {"taskArn": ARN}}]})
    done = interrupt(runner, *RUN, "--stop-on-interrupt", after="is RUNNING")
    assert (done.status, done.err.splitlines()[-1]) == (
        130,
        f"error: unwatched {NAME}: interrupted; ECS is stopping it (task {ID})",
    )
    assert aws.list_calls("ecs:StopTask") == [
        {"cluster": CLUSTER, "task": ARN, "reason": "taskdef run was interrupted"}
    ]
    aws.play({**play(task("RUNNING")), "ecs:StopTask": [Refusal("InvalidParameterException", "no")]})
    done = interrupt(runner, *RUN, "--stop-on-interrupt", after="is RUNNING")
    assert done.status == 130
    assert "interrupted, and it was not stopped: `ecs:StopTask` failed: no; the task continues" in done.err
    assert done.err.endswith(f"  help: {STOP_HELP}\n")


def test_time_that_is_over_is_no_end(runner: Runner, aws: Recorded) -> None:
    aws.play(play(task("RUNNING")))
    done = runner.run(*RUN, "--timeout", "0.2")
    assert done.status == 2
    assert done.err.endswith(
        f"error: unwatched {NAME}: not done after 0.2 s; the task continues (task {ID})\n  help: {STOP_HELP}\n"
    )


def test_nobody_has_to_wait(runner: Runner, aws: Recorded) -> None:
    aws.play(play())
    done = runner.run("taskdef", "run", "dev", "--no-wait")
    said = f"started {NAME}: task {ID} of {FAMILY}:5 in `{CLUSTER}`, without waiting\n"
    assert done == Done(0, "", f"{BEGUN}{said}")
    assert aws.list_calls(LOOK) == []
    done = runner.run("taskdef", "run", "dev", "--no-wait", "--exit-code", FAMILY)
    assert (done.status, "--exit-code and --no-wait exclude each other" in done.err) == (2, True)


def test_a_look_that_fails_is_told_and_made_again(runner: Runner, aws: Recorded) -> None:
    broken = Step(Refusal("ServerException", "oops", 500), times=13)
    aws.play({**play(), LOOK: [task("RUNNING"), broken, WELL]})
    done = runner.run(*RUN)
    assert done.status == 0
    assert f"{NAME}: `ecs:DescribeTasks` failed: oops; still looking\n" in done.err


def test_a_task_that_ecs_forgets_is_said_to_be_gone(runner: Runner, aws: Recorded) -> None:
    aws.play(play(task("RUNNING"), {"tasks": [], "failures": []}))
    done = runner.run(*RUN)
    assert (done.status, done.err.splitlines()[-1]) == (
        2,
        f"error: unwatched {NAME}: ECS no longer knows the task (task {ID})",
    )


def test_an_overlay_may_say_where_tasks_run(runner: Runner, aws: Recorded) -> None:
    replace_line(
        runner.folder / "environments" / "dev.yaml",
        f'aws: {{account: "{ACCOUNT}", region: us-east-1, cluster: trading-cluster, service: trading-bot-dev}}',
        f'aws: {{account: "{ACCOUNT}", region: us-east-1, cluster: trading-cluster, run: {{subnets: [subnet-11111111, subnet-22222222], '
        "security_groups: sg-33333333, assign_public_ip: false, capacity_provider: FARGATE_SPOT, platform_version: 1.4.0}}",
    )
    aws.play(play())
    assert runner.run(*RUN).status == 0
    (asked,) = aws.list_calls(START)
    vpc = {
        "subnets": ["subnet-11111111", "subnet-22222222"],
        "securityGroups": ["sg-33333333"],
        "assignPublicIp": "DISABLED",
    }
    assert asked["networkConfiguration"] == {"awsvpcConfiguration": vpc}
    assert asked["capacityProviderStrategy"] == [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
    assert (asked["platformVersion"], "launchType" in asked) == ("1.4.0", False)
    assert aws.list_calls("ecs:DescribeServices") == []
    assert runner.run(*RUN, "--subnets", "subnet-44444444", "--public-ip", "--launch-type", "FARGATE").status == 0
    asked = aws.list_calls(START)[1]
    assert asked["networkConfiguration"]["awsvpcConfiguration"] == {
        "subnets": ["subnet-44444444"],
        "securityGroups": ["sg-33333333"],
        "assignPublicIp": "ENABLED",
    }
    assert (asked["launchType"], "capacityProviderStrategy" in asked) == ("FARGATE", False)


@pytest.mark.usefixtures("nowhere")
def test_a_task_that_nobody_places_is_refused_with_what_to_write(runner: Runner, aws: Recorded) -> None:
    aws.play(play())
    done = runner.run(*RUN)
    assert (done.status, "error[unknown-cluster]" in done.out, aws.requests) == (1, True, [])
    assert runner.run(*RUN, "--cluster", CLUSTER) == Done(
        1,
        f"error[unknown-subnets]: no subnets are set for `{NAME}`\n"
        "  note: in dev\n"
        "  help: set `aws.run` with `subnets` in the overlay of `dev`, or pass `--subnets` or `--like ENV/TASK`\n"
        "1 error: nothing was done\n",
        "",
    )
    assert aws.list_calls(START) == []


@pytest.mark.usefixtures("nowhere")
def test_a_task_runs_like_another(runner: Runner, aws: Recorded) -> None:
    overlay = runner.folder / "environments" / "test.yaml"
    text = overlay.read_text(encoding="utf-8")
    overlay.write_text(
        text.replace("region: us-east-1", f"region: us-east-1, cluster: {CLUSTER}, service: web"), encoding="utf-8"
    )
    aws.play(play())
    done = runner.run(*RUN, "--cluster", "jobs", "--like", "test")
    assert done.status == 0, done
    assert aws.list_calls("ecs:DescribeServices") == [{"cluster": CLUSTER, "services": ["web"]}]
    (asked,) = aws.list_calls(START)
    assert (asked["cluster"], asked["networkConfiguration"]) == ("jobs", {"awsvpcConfiguration": NETWORK})
    done = runner.run(*RUN, "--cluster", "jobs", "--like", "prod")
    assert (done.status, len(aws.list_calls(START))) == (2, 1)
    assert done.err == "error: the overlay names no service for `prod`: set `aws.cluster` and `aws.service`\n"


def test_a_service_or_cluster_that_is_not_there_is_refused(runner: Runner, aws: Recorded) -> None:
    aws.play({**play(), "ecs:DescribeServices": [services()]})
    done = runner.run(*RUN)
    assert (done.status, "error[no-service]" in done.out, aws.list_calls(START)) == (1, True, [])
    aws.play({**play(), "ecs:DescribeServices": [Refusal("ClusterNotFoundException", "Cluster not found.")]})
    done = runner.run(*RUN)
    assert (done.status, "error[no-cluster]" in done.out, aws.list_calls(START)) == (1, True, [])


def test_a_production_like_environment_is_asked_about(runner: Runner, aws: Recorded) -> None:
    (runner.folder / "taskdef.toml").write_text('confirm = ["dev"]\n', encoding="utf-8")
    project = runner.folder / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    if "[tool.taskdef" in text:
        project.write_text(text.partition("[tool.taskdef")[0], encoding="utf-8")
    aws.play(play())
    done = runner.run(*RUN)
    assert (done.status, aws.list_calls(START, "ecs:RegisterTaskDefinition")) == (2, [])
    assert done.err.endswith("Nobody can be asked here: pass --yes to agree\n")
    done = ask(runner, *RUN, "--", "migrate", answer="n")
    assert (done.status, aws.list_calls(START)) == (2, [])
    assert f"; `{FAMILY}` runs `migrate`\nrun `{NAME}` in account {ACCOUNT}? [y/N]" in done.err
    assert ask(runner, *RUN, answer="y").status == 0
    assert runner.run(*RUN, "--yes").status == 0


def test_an_artifact_that_is_not_what_the_sources_give_is_not_run(runner: Runner, aws: Recorded) -> None:
    replace_line(runner.folder / "environments" / "dev.yaml", "image_tag: dev", "image_tag: other")
    aws.play(play())
    done = runner.run(*RUN)
    assert (done.status, aws.list_calls(START), "error[E801]" in done.out) == (1, [], True)
    assert runner.run(*RUN, "--allow-stale").status == 0


def test_another_account_is_refused(runner: Runner, aws: Recorded) -> None:
    stranger = {"Account": "999999999999", "Arn": "arn:aws:iam::999999999999:user/ci", "UserId": "AIDAEXAMPLE"}
    aws.play({**play(), "sts:GetCallerIdentity": [stranger]})
    done = runner.run(*RUN)
    assert (done.status, aws.list_calls(START), "error[wrong-account]" in done.out) == (1, [], True)


WRONG = {
    ("--set-env", "SECRET"): "`--set-env` takes NAME=VALUE",
    ("--container", "x", "--", "a"): f"`--container` is `x`, and there is `{FAMILY}`",
    ("--container", FAMILY): "`--container` needs a command, `-- COMMAND`, or `--set-env`",
    ("--exit-code", "x"): f"`--exit-code` is `x`, and there is `{FAMILY}`",
    ("--subnets", "web"): "`--subnets` is the id of a subnet, or a list of up to 16, not `web`",
    ("--launch-type", "fargate"): "`--launch-type` is `EC2`, `EXTERNAL` or `FARGATE`, not `fargate`",
    ("--launch-type", "EC2", "--capacity-provider", "a"): (
        "`--launch-type` and `--capacity-provider` exclude each other: a task takes one of them"
    ),
    ("--set-env", f"A={'x' * 8192}"): (
        f"the command and the variables take {8192 + 76 + len(FAMILY)} characters as JSON, but ECS accepts 8192: "
        "commit what is long, or let the task read it"
    ),
}


@pytest.mark.parametrize("words", WRONG, ids=[" ".join(words)[:40] for words in WRONG])
def test_words_that_ecs_would_not_take_are_refused_offline(
    runner: Runner, aws: Recorded, words: tuple[str, ...]
) -> None:
    aws.play(play())
    assert runner.run(*RUN, *words) == Done(2, "", f"error: {WRONG[words]}\n")
    assert aws.requests == []


def test_a_word_too_many_is_no_command(runner: Runner, aws: Recorded) -> None:
    aws.play(play())
    done = runner.run(*RUN, "migrate")
    assert (done.status, aws.requests) == (2, [])
    assert "got unexpected extra argument (migrate)" in done.err


def test_a_reader_that_goes_away_does_not_end_the_watching(runner: Runner, aws: Recorded) -> None:
    lines = tuple(f"line {number}" for number in range(20))
    aws.play(
        play(
            task("RUNNING"),
            task("RUNNING"),
            WELL,
            log=(page("f/1", *lines), page("f/1"), page("f/2", *lines), page("f/2")),
        )
    )
    with subprocess.Popen(
        RUN, cwd=runner.folder, env=runner.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        said = process.stderr.read()
    assert (process.returncode, said.splitlines()[-1]) == (
        0,
        f"succeeded {NAME}: task {ID} of {FAMILY}:5 in `{CLUSTER}`",
    )


# What is refused before anything starts.


def place(runner: Runner, environment: str, settings: str, patch: str = "") -> None:
    """Let an overlay say something else under `aws`, and add lines to its patch."""
    overlay = runner.folder / "environments" / f"{environment}.yaml"
    lines = overlay.read_text(encoding="utf-8").splitlines()
    lines = [f"aws: {{{settings}}}" if line.startswith("aws:") else line for line in lines]
    overlay.write_text("\n".join(lines) + f"\n{patch}", encoding="utf-8")


HOME = f'account: "{ACCOUNT}", region: {REGION}'
LIKE = {
    "no environment": ("nothing", None, "no environment `nothing`"),
    "an environment of several tasks": (
        "both",
        f"{HOME}, cluster: live, service: null",
        "`--like` names one task, and `both` has 2: write `both/TASK`",
    ),
    "another account": (
        "test",
        f'account: "999999999999", region: {REGION}, cluster: live, service: web',
        f"`test` is in 999999999999, and `{NAME}` in {ACCOUNT}: its network is another",
    ),
    "another region": (
        "test",
        f'account: "{ACCOUNT}", region: eu-west-1, cluster: live, service: web',
        f"`test` is in eu-west-1, and `{NAME}` in {REGION}: its network is another",
    ),
    "no account": (
        "test",
        f"region: {REGION}, cluster: live, service: web",
        f"`test` is in no account, and `{NAME}` in {ACCOUNT}: its network is another",
    ),
    "no cluster": (
        "test",
        f"{HOME}, service: web",
        "the overlay names no service for `test`: set `aws.cluster` and `aws.service`",
    ),
    "no service": (
        "test",
        f"{HOME}, cluster: live",
        "the overlay names no service for `test`: set `aws.cluster` and `aws.service`",
    ),
    "nobody's task": (
        "test",
        f"{HOME}, cluster: live, service: null",
        "the overlay names no service for `test`: set `aws.cluster` and `aws.service`",
    ),
}
"""By what is wrong: the word of `--like`, what that overlay says under `aws`, and the error."""


@pytest.mark.parametrize(("word", "settings", "said"), LIKE.values(), ids=LIKE)
def test_a_task_that_another_cannot_run_like_is_refused(
    runner: Runner, aws: Recorded, word: str, settings: str | None, said: str
) -> None:
    if word == "both":
        (runner.folder / "environments" / "both.yaml").write_text(f"aws: {{{settings}}}\n", encoding="utf-8")
        (runner.folder / "templates" / "side.json.j2").write_text('{"family": "side"}\n', encoding="utf-8")
        (runner.folder / "environments" / "dev.yaml").write_text(
            (runner.folder / "environments" / "dev.yaml").read_text(encoding="utf-8") + "tasks: {side: null}\n",
            encoding="utf-8",
        )
    elif settings:
        place(runner, word, settings)
    aws.play(play())
    done = runner.run(*RUN, "--like", word, "--allow-stale")
    assert (done.status, done.out, said in done.err) == (2, "", True), done
    assert aws.list_calls(START, "ecs:RegisterTaskDefinition", "ecs:DescribeServices") == []


def test_a_service_to_run_like_that_is_not_there_is_refused(runner: Runner, aws: Recorded) -> None:
    aws.play({**play(), "ecs:DescribeServices": [services()]})
    done = runner.run(*RUN, "--like", "test")
    said = (
        "error[no-service]: there is no service `trading-bot-test` in the cluster `trading-cluster`, "
        f"whose network `{NAME}` would use"
    )
    assert (done.status, said in done.out, aws.list_calls(START)) == (1, True, []), done
    gone = services(describe_service(status="INACTIVE"))
    aws.play({**play(), "ecs:DescribeServices": [gone]})
    assert said in runner.run(*RUN, "--like", "test").out
    denied = Refusal("AccessDeniedException", "User: x is not authorized to perform: ecs:DescribeServices")
    aws.play({**play(), "ecs:DescribeServices": [denied]})
    done = runner.run(*RUN, "--like", "test")
    assert (done.status, done.out, aws.list_calls(START)) == (2, "", [])
    assert done.err.startswith("error: AWS denies `ecs:DescribeServices`: ")


def test_an_environment_of_several_tasks_is_not_run(runner: Runner, aws: Recorded) -> None:
    add_worker(runner)
    place(runner, "dev", f"{HOME}, cluster: live, service: {{{TASK}: bot, worker: null}}")
    runner.demand("taskdef", "render", "dev")
    aws.play(play())
    said = f"error: `run` runs one task, and `dev` has 2: `{NAME}`, `dev/worker`\n"
    assert (runner.run(*RUN)[:2], runner.run(*RUN).err.endswith(said)) == ((2, ""), True)
    assert aws.requests == []


UNFIT = {
    "subnets without a network of its own": (
        "  networkMode: bridge\n  requiresCompatibilities: [EC2]\n",
        ("--subnets", "subnet-11111111"),
        2,
        f"error: `{NAME}` has the network mode `bridge`, so it has no subnets or security groups",
    ),
    "another launch type": (
        "",
        ("--launch-type", "EC2"),
        1,
        f"error[wrong-launch-type]: `{NAME}` is to run on EC2, and its task definition is for FARGATE",
    ),
    "managed instances without a provider": (
        "  requiresCompatibilities: [MANAGED_INSTANCES]\n",
        (),
        1,
        f"error[unknown-capacity-provider]: `{NAME}` runs on managed instances, and no capacity provider is set",
    ),
    "a volume that nobody configures": (
        "  volumes: [{name: data, configuredAtLaunch: true, $add: true}]\n"
        "  containerDefinitions: {trading-bot: {mountPoints: [{sourceVolume: data, containerPath: /data}]}}\n",
        (),
        1,
        f"error[unknown-volume]: the volume `data` of `{NAME}` is configured at launch, and no service configures it",
    ),
}
"""By what does not fit: lines of the patch, options, the exit status, and what is said."""


@pytest.mark.parametrize(("patch", "words", "status", "said"), UNFIT.values(), ids=UNFIT)
def test_what_does_not_fit_the_task_definition_is_refused(
    runner: Runner, aws: Recorded, patch: str, words: tuple[str, ...], status: int, said: str
) -> None:
    place(
        runner,
        "dev",
        f"{HOME}, cluster: {CLUSTER}, run: {{subnets: subnet-22222222}}" if not words else f"{HOME}, cluster: live",
        patch,
    )
    runner.demand("taskdef", "render", "dev")
    aws.play(play())
    done = runner.run(*RUN, *words)
    assert (done.status, said in done.out + done.err) == (status, True), done
    assert aws.list_calls(START, "ecs:RegisterTaskDefinition") == []
