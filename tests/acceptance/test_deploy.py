"""`taskdef deploy` against an AWS that plays slow, failing and throttled deployments: the whole screen of each."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess

import pytest

from generator.model.nodes import Value
from tests.acceptance.recorded import Answer, Lost, Recorded, Refusal, Scenario, Step
from tests.acceptance.running import Done, Runner, ask, interrupt, replace_line
from tests.acceptance.scenes import (
    ACCOUNT,
    CLUSTER,
    ECS,
    EXPIRED,
    FAMILY,
    GOING_BACK,
    PULL,
    SERVICE,
    STARTING,
    TASK,
    THROTTLED,
    deployment,
    describe_service,
    event,
    name_arn,
    older,
    play_account,
    services,
    stopped,
)

NAME = f"dev/{TASK}"
DEPLOY = ("taskdef", "deploy", "dev", "--interval", "0.1")
AGAIN = f"`taskdef deploy {NAME}` waits for it again"
BACK = f"`taskdef rollback {NAME}` rolls it back"
UPDATE, LOOK = "ecs:UpdateService", "ecs:DescribeServices"

WAS = event(1, "has reached a steady state.")
BEGUN_EVENT = event(2, "has started 1 tasks: (task 2c0e).")
BEFORE = describe_service(deployment(4, 1, "COMPLETED"), events=(WAS,))
BEGUN = describe_service(deployment(5), older(4), events=(WAS,))
PENDING = describe_service(deployment(5, pendingCount=1), older(4), events=(BEGUN_EVENT, WAS))
STEADY_EVENT = event(3, "has reached a steady state.", "2026-11-24T08:16:40Z")
STEADY = describe_service(deployment(5, 1, "COMPLETED"), events=(STEADY_EVENT, BEGUN_EVENT, WAS))

EXITED = "Essential container in task exited"
TOKEN = "ghp_" + "1a" * 18
REGISTERED = f"registered {NAME} as {name_arn(5)}\n{NAME}: ECS deploys `{FAMILY}:5` to `{SERVICE}` in `{CLUSTER}`\n"
FIRST = (
    f"{NAME}: 08:15:02Z (service {SERVICE}) has started 1 tasks: (task 2c0e).\n"
    f"{NAME}: {FAMILY}:5: 0 of 1 running, 1 pending; {FAMILY}:4: 1 running\n"
)
THROUGH = (
    f"{NAME}: 08:16:40Z (service {SERVICE}) has reached a steady state.\n"
    f"{NAME}: {FAMILY}:5: 1 of 1 running, 0 pending\n"
    "1 steady\n"
)


@pytest.fixture
def aws(runner: Runner, recorded: Recorded) -> Recorded:
    """An AWS from a script, which programs started by `runner` talk to."""
    runner.environment.update(recorded.environment)
    return recorded


def play(*looks: Value, before: Value = BEFORE, begun: Value = BEGUN) -> Scenario:
    """A deployment of a new revision: what the service is before, and then at one look after the other."""
    steps = [each if isinstance(each, Step | Refusal) else services(each) for each in looks]
    return {
        **play_account(),
        UPDATE: [{"service": begun}],
        LOOK: [Step(services(before), until=UPDATE), *steps],
    }


def play_stops(scenario: Scenario, *tasks: Value) -> Scenario:
    """The same with tasks that have stopped, each seen at a look later than the one before."""
    arns = [task["taskArn"] for task in tasks]
    return {
        **scenario,
        "ecs:ListTasks": [{"taskArns": arns[:number]} for number in range(len(arns) + 1)],
        "ecs:DescribeTasks": lambda asked: {"tasks": [task for task in tasks if task["taskArn"] in asked["tasks"]]},
    }


def test_a_new_revision_is_registered_and_deployed_and_waited_for(runner: Runner, aws: Recorded) -> None:
    aws.play(play(BEGUN, PENDING, PENDING, STEADY))
    assert runner.run(*DEPLOY) == Done(
        0,
        f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n",
        f"{REGISTERED}{NAME}: {FAMILY}:5: 0 of 1 running, 0 pending; {FAMILY}:4: 1 running\n{FIRST}{THROUGH}",
    )
    assert aws.list_calls(UPDATE) == [{"cluster": CLUSTER, "service": SERVICE, "taskDefinition": name_arn(5)}]


def test_options_may_say_which_service_it_is(runner: Runner, aws: Recorded) -> None:
    aws.play(play(PENDING))
    done = runner.run(*DEPLOY, "--cluster", "blue", "--service", "green", "--region", "us-east-1", "--timeout", "0.1")
    assert aws.list_calls(LOOK)[0] == {"cluster": "blue", "services": ["green"]}
    words = f"{NAME} --cluster blue --service green --region us-east-1"
    assert done.out.splitlines()[1] == (
        f"  help: `taskdef deploy {words}` waits for it again, `taskdef rollback {words}` rolls it back"
    )


SHARED = f"`dev` and `test` have one service: `{SERVICE}` in the cluster `{CLUSTER}` of account {ACCOUNT}, us-east-1"
DECLARED = '[[exceptions]]\ncode = "E709"\nname = "trading-bot-dev"\nreason = "by day and by night"\n'


@pytest.mark.parametrize(
    "words", [("deploy", "dev"), ("deploy", "test"), ("rollback", "dev", "--to", "3")], ids=" ".join
)
def test_a_service_that_another_environment_names_too_is_left_alone(
    runner: Runner, aws: Recorded, words: tuple[str, ...]
) -> None:
    overlay = runner.folder / "environments" / "test.yaml"
    text = overlay.read_text(encoding="utf-8")
    overlay.write_text(text.replace("service: trading-bot-test", f"service: {SERVICE}"), encoding="utf-8")
    aws.play(play())
    done = runner.run("taskdef", *words)
    assert (done.status, f"error[E709]: {SHARED}\n" in done.out, aws.requests) == (1, True, []), done
    assert runner.run("taskdef", "deploy", "prod", "--dry-run").status == 1  # of another family, and no rival
    assert "E709" not in runner.run("taskdef", "deploy", "prod", "--dry-run").out
    (runner.folder / "taskdef.toml").write_text(DECLARED, encoding="utf-8")
    assert "E709" not in runner.run("taskdef", *words, "--dry-run").out
    (runner.folder / "taskdef.toml").unlink()
    assert "E709" not in runner.run("taskdef", *words, "--dry-run", "--service", SERVICE).out


ELSEWHERE = {
    "a cluster of another region": (
        ("--cluster", f"arn:aws:ecs:eu-west-1:{ACCOUNT}:cluster/{CLUSTER}"),
        f"the cluster `arn:aws:ecs:eu-west-1:{ACCOUNT}:cluster/{CLUSTER}` is in the region `eu-west-1`, and `{NAME}` is in `us-east-1`",
    ),
    "a service of another account": (
        ("--service", f"arn:aws:ecs:us-east-1:999999999999:service/{CLUSTER}/{SERVICE}"),
        f"the service `arn:aws:ecs:us-east-1:999999999999:service/{CLUSTER}/{SERVICE}` is in the account `999999999999`, and `{NAME}` "
        f"is in `{ACCOUNT}`",
    ),
    "a service of another cluster": (
        ("--service", f"arn:aws:ecs:us-east-1:{ACCOUNT}:service/other/{SERVICE}"),
        f"the service `arn:aws:ecs:us-east-1:{ACCOUNT}:service/other/{SERVICE}` is in the cluster `other`, and `{NAME}` is in `{CLUSTER}`",
    ),
}


@pytest.mark.parametrize("command", ["deploy", "rollback", "run"])
@pytest.mark.parametrize(("options", "said"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_an_option_that_names_another_place_is_refused_before_aws_is_asked(
    runner: Runner, aws: Recorded, command: str, options: tuple[str, ...], said: str
) -> None:
    aws.play(play())
    done = runner.run("taskdef", command, "dev", *options)
    assert (done.status, f"error[elsewhere]: {said}\n" in done.out, aws.requests) == (1, True, []), done


def test_a_circuit_breaker_that_goes_back_is_a_failure_though_the_service_is_steady(
    runner: Runner, aws: Recorded
) -> None:
    failed = older(5, 0, "FAILED", rolloutStateReason=STARTING, failedTasks=3)
    events = (event(4, "rolling back to deployment ecs-svc/4.", "2026-11-24T08:17:10Z"), BEGUN_EVENT, WAS)
    steady = describe_service(deployment(4, 1, "COMPLETED", rolloutStateReason=GOING_BACK), events=events)
    aws.play(play(PENDING, describe_service(deployment(4, 1, rolloutStateReason=GOING_BACK), failed, events=events)))
    gone_back = f"{NAME}: 08:17:10Z (service {SERVICE}) rolling back to deployment ecs-svc/4.\n"
    assert runner.run(*DEPLOY) == Done(
        1,
        f"failed {NAME}: {STARTING} ECS rolls back to `{FAMILY}:4`\n",
        f"{REGISTERED}{FIRST}{gone_back}"
        f"{NAME}: {FAMILY}:5: 0 of 0 running, 0 pending, 3 failed; {FAMILY}:4: 1 running\n1 failed\n",
    )
    aws.play(play(PENDING, steady))
    assert runner.run(*DEPLOY) == Done(
        1,
        f"failed {NAME}: ECS rolls it back: (service {SERVICE}) rolling back to deployment ecs-svc/4.\n",
        f"{REGISTERED}{FIRST}{gone_back}{NAME}: {FAMILY}:4: 1 running\n1 failed\n",
    )


def test_a_service_that_never_becomes_steady_is_given_up(runner: Runner, aws: Recorded) -> None:
    aws.play(play(PENDING))
    assert runner.run(*DEPLOY, "--timeout", "0.5") == Done(
        1,
        f"failed {NAME}: not steady after 0.5 s: {FAMILY}:5: 0 of 1 running, 1 pending; {FAMILY}:4: 1 running\n"
        f"  help: {AGAIN}, {BACK}\n",
        f"{REGISTERED}{FIRST}1 failed\n",
    )


def test_a_deployment_that_clearly_fails_is_not_waited_for_and_the_line_is_named(runner: Runner, aws: Recorded) -> None:
    aws.play(play_stops(play(PENDING), stopped(1, 5, PULL), stopped(2, 5, PULL)))
    task = "{:032x}".format
    assert runner.run(*DEPLOY) == Done(
        1,
        f"failed {NAME}: 2 tasks stopped in the same way, and none is running: {PULL}\n  help: {BACK}\n"
        "environments/dev.yaml:6:14: error[image-not-found]: `containerDefinitions[trading-bot].image` is "
        f"`{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/trading-bot:dev`, and its registry has no such image\n"
        "  6 |   image_tag: dev\n"
        "    |              ^^^\n"
        f"  note: AWS reports for task `{task(2)}`, 2026-11-24T08:15:20Z: {PULL}\n"
        "  note: 2 of the last 2 failed tasks have this cause\n"
        f"  note: the template uses `image_tag` in templates/{TASK}.json.j2:12:16\n"
        "  help: push the image, or write a tag that is there\n",
        f"{REGISTERED}{FIRST}"
        f"{NAME}: 08:15:10Z task {task(1)} stopped: {PULL}\n"
        f"{NAME}: 08:15:20Z task {task(2)} stopped: {PULL}\n"
        "1 failed\n",
    )


def test_a_program_that_ends_shows_what_it_wrote_last(runner: Runner, aws: Recorded) -> None:
    words = ("Essential container in task exited", "EssentialContainerExited")
    log: Scenario = {"logs:GetLogEvents": [{"events": [{"message": "no such table: orders"}]}]}
    ends = [stopped(number, 5, *words, exitCode=1) for number in (1, 2)]
    aws.play({**play_stops(play(PENDING), *ends), **log})
    out = runner.run(*DEPLOY).out.splitlines()
    assert (out[0], out[2], out[-1]) == (
        f"failed {NAME}: 2 tasks stopped in the same way, and none is running: {words[0]} (`{FAMILY}` exited with 1)",
        f"error[container-failed]: container `{FAMILY}` ended with exit code 1",
        "    no such table: orders",
    )


def test_who_may_not_look_at_tasks_is_told_and_waits_on(runner: Runner, aws: Recorded) -> None:
    denied = Refusal("AccessDeniedException", "User ci is not authorized to perform: ecs:ListTasks")
    said = "AWS denies `ecs:ListTasks`: User ci is not authorized to perform: ecs:ListTasks"
    aws.play({**play(PENDING, PENDING, STEADY), "ecs:ListTasks": [denied]})
    assert runner.run(*DEPLOY) == Done(
        0,
        f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n",
        f"{REGISTERED}{NAME}: {said}; still looking\n{FIRST}{THROUGH}",
    )
    assert len(aws.list_calls("ecs:ListTasks")) == 1
    aws.play({**play(PENDING), "ecs:ListTasks": [denied]})
    assert runner.run(*DEPLOY, "--timeout", "0.3").err.splitlines()[-2:] == [
        f"{NAME}: why it failed is not known: {said}",
        "1 failed",
    ]


def test_throttling_for_thirty_seconds_is_sat_out(runner: Runner, aws: Recorded) -> None:
    aws.play(play(PENDING, Step(THROTTLED, seconds=30), STEADY), speed=20)
    done = runner.run(*DEPLOY)
    throttled = re.compile(r"AWS throttles `ecs:DescribeServices`: trying again \(\d+ of 12 attempts made\)\n")
    assert len(throttled.findall(done.err)) >= 1
    assert Done(done.status, done.out, throttled.sub("", done.err)) == Done(
        0, f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n", f"{REGISTERED}{FIRST}{THROUGH}"
    )


def test_a_look_that_fails_for_longer_than_it_is_tried_does_not_end_the_wait(runner: Runner, aws: Recorded) -> None:
    broken = Refusal("ServiceUnavailable", "Service Unavailable", 400)
    aws.play(play(PENDING, Step(broken, times=3), STEADY))
    done = runner.run(*DEPLOY)
    trouble = f"{NAME}: `ecs:DescribeServices` failed: Service Unavailable; still looking\n"
    assert (done.status, done.err) == (0, f"{REGISTERED}{FIRST}{trouble}{THROUGH}")


@pytest.mark.parametrize(
    "signals", [(signal.SIGINT,), (signal.SIGTERM,), (signal.SIGINT, signal.SIGTERM), (signal.SIGTERM, signal.SIGTERM)]
)
def test_an_interrupt_says_that_the_deployment_goes_on(
    runner: Runner, aws: Recorded, signals: tuple[signal.Signals, ...]
) -> None:
    aws.play(play(PENDING))
    assert interrupt(runner, *DEPLOY, after="0 of 1 running", signals=signals) == Done(
        130,
        f"unwatched {NAME}: interrupted; the deployment of {name_arn(5)} continues\n  help: {AGAIN}, {BACK}\n",
        f"{REGISTERED}{FIRST}1 unwatched\n",
    )


def test_credentials_that_expire_meanwhile_do_not_end_the_deployment(runner: Runner, aws: Recorded) -> None:
    aws.play(play(PENDING, EXPIRED))
    assert runner.run(*DEPLOY) == Done(
        2,
        f"unwatched {NAME}: the AWS credentials have expired; the deployment of {name_arn(5)} continues\n"
        "  help: sign in again, for instance with `aws sso login`, or name another `--profile`; "
        f"then {AGAIN}\n",
        f"{REGISTERED}{FIRST}1 unwatched\n",
    )


def test_a_deployment_that_may_not_be_begun_is_not_one_that_failed(runner: Runner, aws: Recorded) -> None:
    denied = Refusal("AccessDeniedException", "User ci is not authorized to perform: ecs:UpdateService")
    aws.play({**play(PENDING), UPDATE: [denied]})
    assert runner.run(*DEPLOY) == Done(
        2,
        f"failed {NAME}: AWS denies `ecs:UpdateService`: User ci is not authorized to perform: ecs:UpdateService\n"
        "  help: the role or user needs `ecs:UpdateService` in its policy\n",
        f"registered {NAME} as {name_arn(5)}\n1 failed\n",
    )


def test_what_was_registered_is_told_though_no_service_is_changed(runner: Runner, aws: Recorded) -> None:
    denied = Refusal("AccessDeniedException", "no")
    account = play_account()
    register = account["ecs:RegisterTaskDefinition"]
    assert callable(register)

    def answer(asked: Value) -> Answer:
        return denied if asked["family"] != FAMILY else register(asked)

    def look(asked: Value) -> Value:
        (name,) = asked["services"]
        return services({**BEFORE, "serviceName": name, "serviceArn": f"{ECS}:service/{CLUSTER}/{name}"})

    scenario = {**account, "ecs:RegisterTaskDefinition": answer, LOOK: look}
    aws.play(scenario)
    done = runner.run("taskdef", "deploy", "dev", "test", "--previous-family", FAMILY, "--quiet")
    message = f"`test/{TASK}` was not registered: AWS denies `ecs:RegisterTaskDefinition`: no"
    help = "the role or user needs `ecs:RegisterTaskDefinition` in its policy"
    assert done == Done(
        2,
        f"registered {NAME} as {name_arn(5)}\n",
        f"error: {message}; no service was changed\n  help: {help}\n",
    )
    aws.play(scenario)
    done = runner.run("taskdef", "deploy", "dev", "test", "--previous-family", FAMILY, "--quiet", "--format", "json")
    report = json.loads(done.out)
    assert (done.status, done.err, report["error"]) == (2, "", {"message": message, "status": 2, "help": help})
    assert [each["arn"] for each in report["releases"]] == [name_arn(5)]


def test_an_interrupt_of_the_search_for_the_reason_leaves_the_result(runner: Runner, aws: Recorded) -> None:
    failing = describe_service(deployment(5, failedTasks=3), older(4), events=(WAS,))
    aws.play(play(failing, Step(THROTTLED, seconds=600)))
    assert interrupt(runner, *DEPLOY, after="AWS throttles") == Done(
        130,
        f"failed {NAME}: 3 tasks failed in a row, and none is running\n  help: {BACK}\n",
        f"{REGISTERED}{NAME}: {FAMILY}:5: 0 of 1 running, 0 pending, 3 failed; {FAMILY}:4: 1 running\n"
        "AWS throttles `ecs:DescribeServices`: trying again (1 of 12 attempts made)\n"
        f"{NAME}: interrupted: `taskdef diagnose {NAME}` finds why it failed\n1 failed\n",
    )


# Taking back.


def play_taking_back(*looks: Value) -> Scenario:
    """A deployment that fails for good, and what the service is once it has been updated again."""
    failed = describe_service(deployment(5, 0, "FAILED", rolloutStateReason=STARTING), older(4), events=(WAS,))
    again = describe_service(deployment(4, id="ecs-svc/6"), older(5, 0, "FAILED"), events=(WAS,))
    return {
        **play_account(),
        UPDATE: [{"service": BEGUN}, {"service": again}],
        LOOK: [
            Step(services(BEFORE), until=UPDATE),
            Step(services(failed), until=UPDATE),
            *(services(each) for each in looks),
        ],
    }


def test_a_service_is_taken_back_to_what_it_had_before(runner: Runner, aws: Recorded) -> None:
    aws.play(play_taking_back(describe_service(deployment(4, 1, "COMPLETED", id="ecs-svc/6"), events=(WAS,))))
    assert runner.run(*DEPLOY, "--rollback-on-failure") == Done(
        1,
        f"failed {NAME}: {STARTING}\n  taken back: `{SERVICE}` in `{CLUSTER}` runs {name_arn(4)} again\n",
        f"{REGISTERED}{NAME}: {FAMILY}:5: 0 of 1 running, 0 pending; {FAMILY}:4: 1 running\n"
        f"{NAME}: ECS deploys `{FAMILY}:4` to `{SERVICE}` in `{CLUSTER}`\n"
        f"{NAME}: {FAMILY}:4: 1 of 1 running, 0 pending\n"
        "1 failed\n",
    )
    assert [call["taskDefinition"] for call in aws.list_calls(UPDATE)] == [name_arn(5), name_arn(4)]


def test_a_service_is_taken_back_to_what_somebody_brought_it_to_meanwhile(runner: Runner, aws: Recorded) -> None:
    failed = describe_service(deployment(5, 0, "FAILED", rolloutStateReason=STARTING), older(3))
    again = describe_service(deployment(3, id="ecs-svc/6"), older(5, 0, "FAILED"))
    looks = [
        services(BEFORE),
        Step(services(describe_service(deployment(3, 1, "COMPLETED"))), until=UPDATE),
        Step(services(failed), until=UPDATE),
        services(describe_service(deployment(3, 1, "COMPLETED", id="ecs-svc/6"))),
    ]
    aws.play({**play_account(), UPDATE: [{"service": BEGUN}, {"service": again}], LOOK: looks})
    done = runner.run(*DEPLOY, "--rollback-on-failure")
    assert (done.status, done.out.splitlines()[1]) == (
        1,
        f"  taken back: `{SERVICE}` in `{CLUSTER}` runs {name_arn(3)} again",
    )


def test_a_service_that_cannot_be_taken_back_says_so(runner: Runner, aws: Recorded) -> None:
    aws.play(play_taking_back(describe_service(deployment(4, id="ecs-svc/6"), events=(WAS,))))
    done = runner.run(*DEPLOY, "--rollback-on-failure", "--timeout", "0.3")
    assert (done.status, done.out) == (
        1,
        f"failed {NAME}: {STARTING}\n"
        f"  not taken back: on the way to `{FAMILY}:4`: not steady after 0.3 s: {FAMILY}:4: 0 of 1 running, 0 pending\n"
        f"  help: `taskdef rollback {NAME} --to 4` waits for it again\n",
    )


def test_a_service_whose_way_back_is_refused_says_so(runner: Runner, aws: Recorded) -> None:
    refused = Refusal("AccessDeniedException", "User ci is not authorized to perform: ecs:UpdateService")
    aws.play({**play_taking_back(), UPDATE: [{"service": BEGUN}, refused]})
    done = runner.run(*DEPLOY, "--rollback-on-failure")
    first, second, third = done.out.splitlines()
    assert (done.status, first, third) == (
        1,
        f"failed {NAME}: {STARTING}",
        f"  help: `taskdef rollback {NAME}` rolls it back",
    )
    assert second.startswith(
        "  not taken back: AWS denies `ecs:UpdateService`: User ci is not authorized to perform: ecs:UpdateService"
    )


def test_what_ecs_takes_back_itself_is_only_waited_for(runner: Runner, aws: Recorded) -> None:
    failed = older(5, 0, "FAILED", rolloutStateReason=STARTING)
    event_back = event(4, "rolling back to deployment ecs-svc/4.", "2026-11-24T08:17:10Z")
    events = (event_back, WAS)
    back = describe_service(deployment(4, 0, rolloutStateReason=GOING_BACK), failed, events=events)
    done = event(5, "(deployment ecs-svc/4) deployment completed.", "2026-11-24T08:18:00Z")
    steady = describe_service(deployment(4, 1, "COMPLETED", rolloutStateReason=GOING_BACK), events=(done, *events))
    aws.play(play(back, back, steady))
    ran = runner.run(*DEPLOY, "--rollback-on-failure")
    assert (ran.status, ran.out) == (
        1,
        f"failed {NAME}: {STARTING} ECS rolls back to `{FAMILY}:4`\n"
        f"  taken back: `{SERVICE}` in `{CLUSTER}` runs {name_arn(4)} again\n",
    )
    assert len(aws.list_calls(UPDATE)) == 1


def test_an_interrupt_while_a_service_is_taken_back_says_which_deployment_goes_on(
    runner: Runner, aws: Recorded
) -> None:
    aws.play(play_taking_back(describe_service(deployment(4, id="ecs-svc/6"), events=(WAS,))))
    done = interrupt(runner, *DEPLOY, "--rollback-on-failure", after=f"{FAMILY}:4: 0 of 1 running")
    assert (done.status, done.out, done.err.splitlines()[-2:]) == (
        130,
        f"failed {NAME}: {STARTING}\n  not taken back: interrupted on the way to `{FAMILY}:4`\n"
        f"  help: `taskdef rollback {NAME} --to 4` waits for it again\n",
        [f"{NAME}: {FAMILY}:4: 0 of 1 running, 0 pending", "1 failed"],
    )


def test_what_somebody_else_deploys_meanwhile_is_left_alone(runner: Runner, aws: Recorded) -> None:
    aws.play(play(PENDING, describe_service(deployment(6), older(5), events=(WAS,))))
    done = runner.run(*DEPLOY, "--rollback-on-failure")
    assert (done.status, done.out) == (
        1,
        f"failed {NAME}: another deployment, of `{FAMILY}:6`, took its place\n"
        "  not taken back: somebody else is deploying to it\n",
    )
    assert len(aws.list_calls(UPDATE)) == 1


def test_a_first_deployment_has_nothing_to_be_taken_back_to(runner: Runner, aws: Recorded) -> None:
    new = describe_service(deployment(5, failedTasks=3))
    aws.play({**play_account(5, same=True), LOOK: [services(new)]})
    assert runner.run(*DEPLOY, "--rollback-on-failure").out == (
        f"failed {NAME}: 3 tasks failed in a row, and none is running\n  not taken back: it had no revision before\n"
    )


# Nothing, or something else, to do.


def test_a_service_that_runs_what_is_committed_is_left_alone(runner: Runner, aws: Recorded) -> None:
    aws.play({**play_account(5, same=True), LOOK: [services(STEADY)]})
    assert runner.run(*DEPLOY) == Done(
        0, f"unchanged {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)} already\n", "1 unchanged\n"
    )


def test_a_service_that_somebody_takes_elsewhere_meanwhile_is_not_unchanged(runner: Runner, aws: Recorded) -> None:
    elsewhere = describe_service(deployment(4, 1, "COMPLETED", id="ecs-svc/6"))
    looks = [services(STEADY), Step(services(elsewhere), until=UPDATE), services(STEADY)]
    aws.play({**play_account(5, same=True), UPDATE: [{"service": BEGUN}], LOOK: looks})
    assert runner.run(*DEPLOY).out == f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n"


@pytest.mark.parametrize(
    ("then", "reason"),
    [
        (services(), f"the service `{SERVICE}` no longer exists"),
        (services({**BEFORE, "status": "DRAINING"}), f"the service `{SERVICE}` is DRAINING now"),
    ],
)
def test_a_service_that_is_deleted_meanwhile_gets_no_deployment(
    runner: Runner, aws: Recorded, then: Value, reason: str
) -> None:
    aws.play({**play_account(), LOOK: [services(BEFORE), then]})
    done = runner.run(*DEPLOY)
    assert (done.status, done.out) == (2, f"failed {NAME}: {reason}\n")


def test_a_deployment_that_is_on_its_way_is_waited_for(runner: Runner, aws: Recorded) -> None:
    aws.play({**play_account(5, same=True), LOOK: [Step(services(PENDING), times=3), services(STEADY)]})
    assert runner.run(*DEPLOY) == Done(
        0,
        f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n",
        f"{NAME}: `{SERVICE}` is already moving to `{FAMILY}:5`\n" + FIRST.splitlines(keepends=True)[1] + THROUGH,
    )
    assert aws.list_calls(UPDATE, "ecs:RegisterTaskDefinition") == []


@pytest.mark.parametrize(
    ("before", "words"), [(STEADY, ("--force",)), (describe_service(deployment(5, 0, "FAILED")), ())]
)
def test_what_runs_or_failed_already_is_deployed_anew(
    runner: Runner, aws: Recorded, before: Value, words: tuple[str, ...]
) -> None:
    anew = describe_service(deployment(5, 1, id="ecs-svc/6"), older(5))
    through = describe_service(deployment(5, 1, "COMPLETED", id="ecs-svc/6"))
    aws.play(
        {
            **play_account(5, same=True),
            UPDATE: [{"service": anew}],
            LOOK: [Step(services(before), until=UPDATE), services(anew), services(through)],
        }
    )
    done = runner.run(*DEPLOY, *words)
    assert (done.status, done.err.splitlines()[0]) == (
        0,
        f"{NAME}: ECS deploys `{FAMILY}:5` anew to `{SERVICE}` in `{CLUSTER}`",
    )
    assert aws.list_calls(UPDATE) == [
        {"cluster": CLUSTER, "service": SERVICE, "taskDefinition": name_arn(5), "forceNewDeployment": True}
    ]


def test_a_deployment_without_an_id_is_waited_for_too(runner: Runner, aws: Recorded) -> None:
    looks = [json.loads(json.dumps(each)) for each in (BEGUN, PENDING, STEADY, BEFORE)]
    for each in (each for look in looks for each in look["deployments"]):
        del each["id"]
    begun, pending, steady, before = looks
    aws.play(play(begun, pending, steady, before=before, begun=begun))
    assert runner.run(*DEPLOY).out == f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n"


def test_nobody_has_to_wait(runner: Runner, aws: Recorded) -> None:
    aws.play(play(PENDING))
    assert runner.run("taskdef", "deploy", "dev", "--no-wait") == Done(
        0,
        f"started {NAME}: `{SERVICE}` in `{CLUSTER}` goes to {name_arn(5)}, without waiting\n",
        f"{REGISTERED}1 started\n",
    )


def test_a_dry_run_says_what_would_be_called(runner: Runner, aws: Recorded) -> None:
    aws.play(play(BEFORE))
    done = runner.run(*DEPLOY, "--dry-run")
    assert (done.status, done.err) == (0, "1 service would be changed\n")
    first, second = done.out.splitlines()
    assert first.startswith(
        f"would call ecs:RegisterTaskDefinition for `{FAMILY}` with rendered/{NAME}.json and the tags "
    )
    assert second == f"would call ecs:UpdateService for `{SERVICE}` in `{CLUSTER}` with that revision"
    assert aws.list_calls(UPDATE, "ecs:RegisterTaskDefinition") == []


def test_a_service_that_runs_another_family_may_be_the_wrong_one(runner: Runner, aws: Recorded) -> None:
    web = name_arn(4).replace(FAMILY, "web")
    aws.play(play(PENDING, before={**describe_service(deployment(4, 1, "COMPLETED", taskDefinition=web))}))
    done = runner.run(*DEPLOY)
    place = OVERLAY.index(SERVICE)
    lines = done.out.splitlines()
    assert (done.status, lines[0], lines[-2], lines[-1]) == (
        1,
        f"environments/dev.yaml:2:{place + 1}: error[other-family]: the service `{SERVICE}` runs `web:4`, and `{NAME}` is `{FAMILY}`",
        "  help: name the service of `dev`; if its family was renamed, pass `--previous-family web`, or set `aws.previous_family`",
        "1 error: nothing was done",
    )
    assert aws.list_calls(UPDATE, "ecs:RegisterTaskDefinition") == []


def test_what_there_is_to_be_careful_about_is_told_before_anything_changes(runner: Runner, aws: Recorded) -> None:
    web = name_arn(4).replace(FAMILY, "web")
    aws.play(play(STEADY, before=describe_service(deployment(4, 1, "COMPLETED", taskDefinition=web))))
    overlay = runner.folder / "environments/dev.yaml"
    text = overlay.read_text(encoding="utf-8")
    changed = text.replace("service: ", "previous_family: web, service: ").replace("DEBUG", "INFO")
    overlay.write_text(changed, encoding="utf-8")
    done = runner.run(*DEPLOY, "--allow-stale")
    lines = done.err.splitlines()
    (warned,) = [number for number, line in enumerate(lines) if "warning[E801]" in line]
    assert (done.status, warned, lines[-1]) == (0, 0, "1 steady; 1 warning")


def test_a_family_that_was_renamed_is_allowed_by_name(runner: Runner, aws: Recorded) -> None:
    web = name_arn(4).replace(FAMILY, "web")
    for allowed, status in (("web", 0), ("web-2", 1)):
        aws.play(play(STEADY, before=describe_service(deployment(4, 1, "COMPLETED", taskDefinition=web))))
        done = runner.run(*DEPLOY, "--previous-family", allowed)
        assert (done.status, "other-family" in done.out) == (status, status == 1)


def test_whoever_is_asked_is_told_what_the_service_will_run_in_place_of_what(runner: Runner, aws: Recorded) -> None:
    (runner.folder / "taskdef.toml").write_text('confirm = ["dev"]\n', encoding="utf-8")
    aws.play({**play_account(5, same=True), LOOK: [services(BEFORE)]})
    done = ask(runner, *DEPLOY, answer="n")
    assert done.err.splitlines() == [
        f"{NAME}, {FAMILY}:4 → rendered/{NAME}.json: 1 field differs",
        "  container trading-bot",
        "    image tag dev-4 → dev",
        "      environments/dev.yaml:6:14",
        f"deploy `{NAME}` in account {ACCOUNT}? [y/N]: error: nothing was done, since the answer was no",
    ]


def test_a_lost_answer_does_not_keep_a_deployment_from_being_watched(runner: Runner, aws: Recorded) -> None:
    aws.play({**play(BEGUN, STEADY), UPDATE: [Lost()]})
    assert runner.run(*DEPLOY).out == f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n"
    assert len(aws.list_calls(UPDATE)) == 1
    aws.play({**play(BEFORE), UPDATE: [Lost()]})
    done = runner.run(*DEPLOY)
    assert (done.status, done.out.split(":")[1]) == (2, " cannot reach AWS for `ecs")


def test_the_command_that_waits_again_takes_what_is_stale_too(runner: Runner, aws: Recorded) -> None:
    replace_line(runner.folder / "environments" / "dev.yaml", "log_level: DEBUG", "log_level: TRACE")
    aws.play(play(PENDING))
    done = runner.run(*DEPLOY, "--allow-stale", "--timeout", "0.1")
    assert f"`taskdef deploy {NAME} --allow-stale` waits for it again" in done.out


def test_a_service_that_runs_nothing_says_so(runner: Runner, aws: Recorded) -> None:
    idle = describe_service(deployment(5, 0, "COMPLETED", desiredCount=0), desiredCount=0)
    aws.play({**play_account(5, same=True), LOOK: [services(idle)]})
    assert runner.run(*DEPLOY).out == (
        f"unchanged {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)} already; "
        "its desired count is 0, so no task runs\n"
    )


def test_a_dry_run_tells_apart_what_is_only_waited_for(runner: Runner, aws: Recorded) -> None:
    aws.play({**play_account(5, same=True), LOOK: [services(PENDING)]})
    done = runner.run(*DEPLOY, "--dry-run")
    assert (done.out, done.err) == (
        f"would wait for `{SERVICE}` in `{CLUSTER}`, which is already moving to {name_arn(5)}\n",
        "1 service would be waited for\n",
    )


def test_a_deployment_begins_though_nobody_reads_what_is_told(runner: Runner, aws: Recorded) -> None:
    aws.play(play(BEGUN, PENDING, STEADY))
    done = runner.run("bash", "-c", f"{' '.join(DEPLOY)} 2> >(true)")
    assert (done.status, done.out) == (0, f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n")
    assert len(aws.list_calls(UPDATE)) == 1


def test_production_is_asked_about_before_anything_changes(runner: Runner, aws: Recorded) -> None:
    aws.play(
        play(describe_service(serviceName="trading-bot-prod"), before=describe_service(serviceName="trading-bot-prod"))
    )
    done = runner.run("taskdef", "deploy", "prod", "--previous-family", FAMILY)
    question = f"deploy `prod/{TASK}` in account {ACCOUNT}?"
    assert (done.status, done.out, done.err.splitlines()[-1]) == (
        2,
        "",
        f"error: {question} Nobody can be asked here: pass --yes to agree",
    )
    assert aws.list_calls(UPDATE, "ecs:RegisterTaskDefinition") == []


def test_json_tells_what_became_of_each(runner: Runner, aws: Recorded) -> None:
    aws.play(play_stops(play(PENDING), stopped(1, 5, PULL), stopped(2, 5, PULL)))
    done = runner.run(*DEPLOY, "--format", "json", "--quiet")
    report = json.loads(done.out)
    assert (done.status, done.err, report["command"], report["summary"]) == (1, "", "deploy", {"status": 1})
    assert [(each["code"], each["location"]["line"]) for each in report["findings"]] == [("image-not-found", 6)]
    assert [each["cause"] for each in report["examined"]] == ["image-not-found"]
    assert [each["action"] for each in report["releases"]] == ["registered"]
    (told,) = report["deployments"]
    assert [each["reason"] for each in told.pop("stopped")] == [PULL, PULL]
    assert told == {
        "environment": "dev",
        "task": TASK,
        "cluster": CLUSTER,
        "service": SERVICE,
        "action": "failed",
        "arn": name_arn(5),
        "reason": f"2 tasks stopped in the same way, and none is running: {PULL}",
        "help": BACK,
        "begun": True,
        "taken_back_to": None,
        "not_taken_back": None,
        "course": None,
    }


def test_what_the_artifact_keeps_secret_is_masked_in_what_ecs_says(runner: Runner, aws: Recorded) -> None:
    overlay = runner.folder / "environments" / "dev.yaml"
    given = "  containerDefinitions: {trading-bot: {environment: {SESSION_TOKEN: correct-horse-battery}}}\n"
    overlay.write_text(overlay.read_text(encoding="utf-8") + given, encoding="utf-8")
    assert runner.run("taskdef", "render", "dev").status == 0
    said = "got correct-horse-battery"
    broken = describe_service(deployment(5, 0, "FAILED", rolloutStateReason=said), events=(event(7, said), WAS))
    aws.play(play_stops(play(PENDING, PENDING, broken), stopped(1, 5, said)))
    done = runner.run(*DEPLOY)
    assert (done.status, done.out.splitlines()[0]) == (1, f"failed {NAME}: got ***")
    assert "horse" not in done.out + done.err
    refused = Refusal("InvalidParameterException", f"{said} is not valid")
    aws.play({**play(PENDING), UPDATE: [refused]})
    assert "failed: got *** is not valid" in runner.run(*DEPLOY).out
    aws.play({**play(PENDING), "ecs:RegisterTaskDefinition": [refused]})
    assert "failed: got *** is not valid" in runner.run(*DEPLOY).err
    for line in (f"08:15:02Z (service {SERVICE}) got ***", f"08:15:10Z task {1:032x} stopped: got ***"):
        assert f"{NAME}: {line}\n" in done.err


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("kind", ["stopped", "failed"])
def test_what_looks_like_a_credential_is_masked_in_what_ecs_says(
    runner: Runner, aws: Recorded, kind: str, form: str
) -> None:
    events = (event(2, f"was told {TOKEN}."), WAS)
    if kind == "stopped":
        going = describe_service(deployment(5), older(4), events=events)
        container = {"name": FAMILY, "lastStatus": "STOPPED", "exitCode": 1, "reason": f"at {TOKEN}"}
        ends = [{**stopped(number, 5, f"{EXITED}, {TOKEN}"), "containers": [container]} for number in (1, 2)]
        aws.play({**play_stops(play(going), *ends), "logs:GetLogEvents": [{"events": []}]})
        said = f"2 tasks stopped in the same way, and none is running: {EXITED}, *** (`{FAMILY}` exited with 1, at ***)"
    else:
        aws.play(
            play(describe_service(deployment(5, 0, "FAILED", rolloutStateReason=f"refused {TOKEN}."), events=events))
        )
        said = "refused ***."
    done = runner.run(*DEPLOY, "--format", form)
    assert (done.status, TOKEN in done.out + done.err, said in done.out) == (1, False, True)
    assert f"{NAME}: 08:15:02Z (service {SERVICE}) was told ***.\n" in done.err


# What is refused.


OVERLAY = f'aws: {{account: "{ACCOUNT}", region: us-east-1, cluster: {CLUSTER}, service: {SERVICE}}}'
REFUSED: dict[str, tuple[Value, str, str, str]] = {
    "CodeDeploy": (
        services(describe_service(deploymentController={"type": "CODE_DEPLOY"})),
        SERVICE,
        f"foreign-controller]: the service `{SERVICE}` is deployed by CodeDeploy, and ECS lets nobody else change its revision",
        "  help: `taskdef register` registers the revision; the rest is up to that controller\n",
    ),
    "a controller of its own": (
        services(describe_service(deploymentController={"type": "EXTERNAL"})),
        SERVICE,
        f"foreign-controller]: the service `{SERVICE}` is deployed by a controller outside of ECS, and ECS lets nobody else "
        "change its revision",
        "  help: `taskdef register` registers the revision; the rest is up to that controller\n",
    ),
    "no service": (
        {"services": [], "failures": [{"arn": "arn", "reason": "MISSING"}]},
        SERVICE,
        f"no-service]: there is no service `{SERVICE}` in the cluster `{CLUSTER}`",
        "",
    ),
    "a service that was deleted": (
        services(describe_service(deployment(4), status="INACTIVE")),
        SERVICE,
        f"no-service]: there is no service `{SERVICE}` in the cluster `{CLUSTER}`",
        "",
    ),
    "a service that is being deleted": (
        services(describe_service(deployment(4), status="DRAINING")),
        SERVICE,
        f"ending-service]: the service `{SERVICE}` is DRAINING: it no longer accepts deployments",
        "",
    ),
    "no cluster": (
        Refusal("ClusterNotFoundException", "Cluster not found."),
        CLUSTER,
        f"no-cluster]: there is no cluster `{CLUSTER}` in us-east-1",
        "",
    ),
}


@pytest.mark.parametrize(("answer", "setting", "said", "help"), REFUSED.values(), ids=REFUSED)
def test_a_service_that_cannot_be_deployed_to_is_refused(
    runner: Runner, aws: Recorded, answer: Value, setting: str, said: str, help: str
) -> None:
    aws.play({**play_account(), LOOK: [answer]})
    place = OVERLAY.index(setting)
    assert runner.run(*DEPLOY) == Done(
        1,
        f"environments/dev.yaml:2:{place + 1}: error[{said}\n"
        f"  2 | {OVERLAY}\n    | {' ' * place}{'^' * len(setting)}\n"
        f"{help}1 error: nothing was done\n",
        "",
    )
    assert aws.list_calls(UPDATE, "ecs:RegisterTaskDefinition") == []


def test_a_service_that_nobody_names_is_not_guessed(runner: Runner, aws: Recorded) -> None:
    overlay = runner.folder / "environments" / "dev.yaml"
    replace_line(overlay, OVERLAY, OVERLAY.replace(f", cluster: {CLUSTER}, service: {SERVICE}", ""))
    aws.play({})
    assert runner.run("taskdef", "deploy", "dev") == Done(
        1,
        f"error[unknown-cluster]: no cluster is set for `{NAME}`\n"
        "  note: in dev\n  help: set `aws.cluster` in the overlay of `dev`, or pass `--cluster`\n"
        f"error[unknown-service]: no service is set for `{NAME}`\n"
        "  note: in dev\n  help: set `aws.service` in the overlay of `dev`, or pass `--service`\n"
        "2 errors: nothing was done\n",
        "",
    )
    assert aws.requests == []


def test_one_service_is_not_for_two_tasks(runner: Runner, aws: Recorded) -> None:
    aws.play({})
    assert runner.run("taskdef", "deploy", "dev", "test", "--service", SERVICE) == Done(
        2, "", f"error: `--service` is one service, and there are 2 tasks: `{NAME}`, `test/{TASK}`\n"
    )
    overlay = runner.folder / "environments" / "test.yaml"
    overlay.write_text(
        overlay.read_text(encoding="utf-8").replace("trading-bot-test}", f"{SERVICE}}}"), encoding="utf-8"
    )
    text = overlay.read_text(encoding="utf-8")
    overlay.write_text(text.replace(CLUSTER, f"{ECS}:cluster/{CLUSTER}"), encoding="utf-8")  # is the same
    aws.play(play(PENDING))
    done = runner.run("taskdef", "deploy", "dev", "test")
    assert (done.status, [line for line in done.out.splitlines() if "error[" in line]) == (
        1,
        [
            f"environments/test.yaml:2:129: error[E709]: {SHARED}",
        ],
    )
    (runner.folder / "taskdef.toml").write_text(DECLARED, encoding="utf-8")
    done = runner.run("taskdef", "deploy", "dev", "test")
    assert (done.status, [line for line in done.out.splitlines() if "error[" in line]) == (
        1,
        [
            f"environments/dev.yaml:2:86: error[shared-service]: `{NAME}` goes to the service `{SERVICE}`, "
            f"and so does `test/{TASK}`",
            f"environments/test.yaml:2:129: error[shared-service]: `test/{TASK}` goes to the service `{SERVICE}`, "
            f"and so does `{NAME}`",
        ],
    )
    assert aws.list_calls(UPDATE, "ecs:RegisterTaskDefinition") == []


# Tasks that no service runs.

CRON = {"family": "cron", "containerDefinitions": [{"name": "cron", "image": "cron:1", "memory": 64}]}
CRON_ARN = f"{ECS}:task-definition/cron:1"


def add_cron(runner: Runner) -> None:
    """Add a task to `dev` that no service runs."""
    (runner.folder / "templates" / "cron.json.j2").write_text(json.dumps(CRON), encoding="utf-8")
    overlay = runner.folder / "environments" / "dev.yaml"
    replace_line(overlay, OVERLAY, OVERLAY.replace(SERVICE, f"{{{TASK}: {SERVICE}, cron: null}}"))
    runner.demand("taskdef", "render", "dev")


def play_cron(scenario: Scenario) -> Scenario:
    """The same with a family of which nothing is registered yet."""
    answers = {name: scenario[name] for name in ("ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition")}

    def describe(asked: Value) -> Answer:
        if asked["taskDefinition"].startswith("cron"):
            return Refusal("ClientException", "Unable to describe task definition.")
        return answers["ecs:DescribeTaskDefinition"](asked)  # type: ignore[operator]  # a function there

    def register(asked: Value) -> Answer:
        if asked["family"] == "cron":
            return {"taskDefinition": {**CRON, "taskDefinitionArn": CRON_ARN, "revision": 1, "status": "ACTIVE"}}
        return answers["ecs:RegisterTaskDefinition"](asked)  # type: ignore[operator]  # a function there

    return {**scenario, "ecs:DescribeTaskDefinition": describe, "ecs:RegisterTaskDefinition": register}


def test_a_task_that_no_service_runs_is_registered_with_the_others(runner: Runner, aws: Recorded) -> None:
    add_cron(runner)
    aws.play(play_cron(play(STEADY)))
    done = runner.run(*DEPLOY)
    assert (done.status, done.out) == (0, f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n")
    assert "note[no-service-runs]: no service runs `dev/cron`, so it is only registered\n" in done.err
    assert f"registered dev/cron as {CRON_ARN}\n" in done.err
    assert [each["service"] for each in aws.list_calls(UPDATE)] == [SERVICE]


def test_a_task_that_no_service_runs_is_not_deployed_by_itself(runner: Runner, aws: Recorded) -> None:
    add_cron(runner)
    for command in ("deploy", "rollback"):
        aws.play(play_cron(play(STEADY)))
        done = runner.run("taskdef", command, "dev/cron")
        lines = done.out.splitlines()
        assert (done.status, lines[0].partition("error")[2], lines[-2:]) == (
            1,
            "[no-service-runs]: no service runs `dev/cron`, so there is nothing to deploy",
            [
                "  help: `taskdef register dev/cron` registers it, then name the revision where the task is started; "
                "if a service runs it, name the service there, or pass `--service`",
                "1 error: nothing was done",
            ],
        )
        assert aws.list_calls(UPDATE, "ecs:RegisterTaskDefinition") == []


# Several at once.


def test_several_are_deployed_at_once_with_one_status_each(runner: Runner, aws: Recorded) -> None:
    updated: set[str] = set()
    failing = describe_service(deployment(6, failedTasks=3), older(4))
    begun = {SERVICE: BEGUN, "trading-bot-test": failing}

    def call(service: Value, name: str) -> Value:
        return {**service, "serviceName": name, "serviceArn": f"{ECS}:service/{CLUSTER}/{name}"}

    def look(asked: Value) -> Value:
        (name,) = asked["services"]
        both = len(updated) == 2
        now = BEFORE if name not in updated else STEADY if both and name == SERVICE else begun[name]
        return services(call(now, name))

    def update(asked: Value) -> Value:
        updated.add(asked["service"])
        return {"service": call(begun[asked["service"]], asked["service"])}

    account = play_account(5, same=True)
    describe = account["ecs:DescribeTaskDefinition"]
    assert callable(describe)
    aws.play(
        {
            **account,
            # both families have the same revisions here: what is committed for dev, and is registered for test
            "ecs:DescribeTaskDefinition": lambda asked: describe(
                {**asked, "taskDefinition": asked["taskDefinition"].replace("-test", "-dev")}
            ),
            LOOK: look,
            UPDATE: update,
        }
    )
    done = runner.run("taskdef", "deploy", "dev", "test", "--previous-family", FAMILY, "--interval", "0.1")
    assert (done.status, done.out, done.err.splitlines()[-1]) == (
        1,
        f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n"
        f"failed test/{TASK}: 3 tasks failed in a row, and none is running\n"
        f"  help: `taskdef rollback test/{TASK}` rolls it back\n",
        "1 steady, 1 failed",
    )


# On a terminal.


def test_a_terminal_shows_one_line_that_is_drawn_again(runner: Runner, aws: Recorded) -> None:
    aws.play(play(BEGUN, PENDING, STEADY))
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        DEPLOY, cwd=runner.folder, env=runner.environment, stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as process:
        os.close(theirs)
        out, _ = process.communicate(timeout=60)
    seen = b""
    while chunk := read_terminal(ours):
        seen += chunk
    os.close(ours)
    assert (process.returncode, out) == (0, f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)}\n")
    text = re.sub(r"^(\x1b\[1A\x1b\[J)?\d+:\d\d ", r"\1CLOCK ", seen.decode().replace("\r\n", "\n"), flags=re.MULTILINE)
    assert replay(text) == (
        f"{REGISTERED}{FIRST.splitlines()[0]}\n{THROUGH.splitlines()[0]}\n"
        f"CLOCK {NAME}: {FAMILY}:5: 1 of 1 running, 0 pending\n1 steady\n"
    )
    assert f"\x1b[1A\x1b[JCLOCK {NAME}: {FAMILY}:5: 0 of 1 running, 1 pending"[:79] in text


def read_terminal(descriptor: int) -> bytes:
    """Read what a terminal was sent; its other end is closed already, which Linux tells as an error."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def replay(text: str) -> str:
    """Do what a terminal does with our two controls: up a line, and clear from there."""
    lines = [""]
    for part in re.split(r"(\x1b\[\d+A\x1b\[J|\n)", text):
        if part == "\n":
            lines.append("")
        elif part.startswith("\x1b["):
            lines = [*lines[: -1 - int(part[2 : part.index("A")])], ""]
        else:
            lines[-1] += part
    return "\n".join(lines)


def test_nothing_is_taken_back_where_nobody_waits(runner: Runner, aws: Recorded) -> None:
    done = runner.run("taskdef", "deploy", "dev", "--no-wait", "--rollback-on-failure")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        "error: --rollback-on-failure and --no-wait exclude each other",
    )


@pytest.mark.parametrize("command", ["deploy", "rollback"])
@pytest.mark.parametrize("option", ["--timeout", "--interval"])
def test_how_long_is_waited_does_not_matter_where_nobody_waits(runner: Runner, command: str, option: str) -> None:
    done = runner.run("taskdef", command, "dev", "--no-wait", option, "5")
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        f"error: {option} and --no-wait exclude each other",
    )


@pytest.mark.parametrize("command", ["deploy", "rollback"])
@pytest.mark.parametrize("option", ["--timeout", "--interval"])
@pytest.mark.parametrize("text", ["nan", "inf", "1e300"])
def test_a_wait_has_an_end(runner: Runner, command: str, option: str, text: str) -> None:
    done = runner.run("taskdef", command, "dev", option, text)
    assert (done.status, done.err.splitlines()[0]) == (
        2,
        f"error: invalid value for '{option}': {text} is not a number of seconds to wait for",
    )
