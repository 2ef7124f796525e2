"""`taskdef rollback` against an AWS that remembers what a service ran: the revision it chooses, and what it shows first."""

from __future__ import annotations

import json

import pytest

from generator.model.nodes import Value
from generator.review.fingerprint import SCHEME
from tests.acceptance.recorded import Answer, Recorded, Refusal, Scenario, Step
from tests.acceptance.running import Done, Runner, add_worker, ask, replace_line
from tests.acceptance.scenes import (
    ACCOUNT,
    CLUSTER,
    ECS,
    EXPIRED,
    FAMILY,
    GOING_BACK,
    REGION,
    SERVICE,
    TASK,
    deployment,
    describe_service,
    name_arn,
    older,
    play_account,
    services,
)

NAME = f"dev/{TASK}"
ROLLBACK = ("taskdef", "rollback", "dev", "--interval", "0.1")
UPDATE, LOOK = "ecs:UpdateService", "ecs:DescribeServices"
COMMIT, OTHER = "5f1c9c067a3e4b579d0c2f7c51a8e0b4d1c2b3a4", "5f1c9c0600000000000000000000000000000000"

NOW = describe_service(deployment(5, 1, "COMPLETED"))


def remember(*numbers: int) -> Scenario:
    """What ECS remembers of successful deployments of these revisions, newest first."""
    arns = {f"{ECS}:service-revision/{CLUSTER}/{SERVICE}/{number:019}": number for number in numbers}
    found = [
        {"targetServiceRevisionArn": arn, "status": "SUCCESSFUL", "finishedAt": f"2026-11-{10 + number}T17:05:00Z"}
        for arn, number in arns.items()
    ]

    def describe(asked: Value) -> Answer:
        known = [(arn, arns[arn]) for arn in asked["serviceRevisionArns"]]
        return {
            "serviceRevisions": [
                {"serviceRevisionArn": arn, "taskDefinition": name_arn(number)} for arn, number in known
            ]
        }

    def list_page(asked: Value) -> Answer:
        start = int(asked.get("nextToken", 0))
        more = {"nextToken": str(start + 1)} if start + 1 < len(found) else {}
        return {"serviceDeployments": found[start : start + 1], **more}

    return {"ecs:ListServiceDeployments": list_page, "ecs:DescribeServiceRevisions": describe}


def play(
    target: int,
    *,
    now: Value = NOW,
    history: Scenario | None = None,
    tags: dict[int, dict[str, str]] | None = None,
    inactive: tuple[int, ...] = (),
) -> Scenario:
    """A service that is brought to a revision, and is steady there at the second look."""
    begun = describe_service(deployment(target, id="ecs-svc/9"), older(5))
    steady = describe_service(deployment(target, 1, "COMPLETED", id="ecs-svc/9"))
    return {
        **play_account(5, tags=tags, inactive=inactive),
        **(remember(5, 4, 3) if history is None else history),
        UPDATE: [{"service": begun}],
        LOOK: [Step(services(now), until=UPDATE), services(begun), services(steady)],
    }


def show(target: int, why: str) -> str:
    """What is shown before anything changes."""
    return (
        f"{NAME}: back to `{FAMILY}:{target}`, {why}\n"
        f"{FAMILY}:5 → {FAMILY}:{target}: 1 field differs\n"
        "  container trading-bot\n"
        f"    image tag dev-5 → dev-{target}\n"
    )


def insert(shown: str, said: str) -> str:
    """Put something behind the first line of what is shown."""
    first, rest = shown.split("\n", 1)
    return f"{first}\n{said}{rest}"


def tell(target: int) -> str:
    """What is told of the deployment."""
    return (
        f"{NAME}: ECS deploys `{FAMILY}:{target}` to `{SERVICE}` in `{CLUSTER}`\n"
        f"{NAME}: {FAMILY}:{target}: 0 of 1 running, 0 pending; {FAMILY}:5: 1 running\n"
        f"{NAME}: {FAMILY}:{target}: 1 of 1 running, 0 pending\n"
        "1 steady\n"
    )


def runs(target: int) -> str:
    return f"steady {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(target)}\n"


PLACED = f'aws: {{account: "{ACCOUNT}", region: {REGION}, cluster: {CLUSTER}, service: {SERVICE}}}'


@pytest.fixture
def aws(runner: Runner, recorded: Recorded) -> Recorded:
    """An AWS from a script, which programs started by `runner` talk to."""
    runner.environment.update(recorded.environment)
    return recorded


STEADY_AT = "which was steady at 2026-11-{}T17:05:00Z"


def test_a_service_goes_back_to_the_last_other_revision_that_was_steady(runner: Runner, aws: Recorded) -> None:
    aws.play(play(4))
    assert runner.run(*ROLLBACK) == Done(0, runs(4), show(4, STEADY_AT.format(14)) + tell(4))
    assert aws.list_calls(UPDATE) == [{"cluster": CLUSTER, "service": SERVICE, "taskDefinition": name_arn(4)}]


def test_what_somebody_deploys_meanwhile_was_not_compared(runner: Runner, aws: Recorded) -> None:
    scenario = play(4)
    meanwhile = describe_service(deployment(3, 1, "COMPLETED"))
    aws.play({**scenario, LOOK: [services(NOW), services(meanwhile)]})
    assert runner.run(*ROLLBACK) == Done(
        2,
        f"failed {NAME}: somebody has brought `{SERVICE}` from `{FAMILY}:5` to `{FAMILY}:3` in the meantime, so nothing was done\n"
        f"  help: `taskdef rollback {NAME} --to 4` compares it again\n",
        show(4, STEADY_AT.format(14)) + "1 failed\n",
    )


def test_a_revision_that_was_never_steady_is_passed_over(runner: Runner, aws: Recorded) -> None:
    aws.play(play(3, now=describe_service(deployment(5), older(4, 0, "FAILED")), history=remember(3, 2)))
    said = "note[passed-over]: skipped: `trading-bot-dev:4` was never steady: its deployment is FAILED\n"
    assert runner.run(*ROLLBACK) == Done(0, runs(3), insert(show(3, STEADY_AT.format(13)), said) + tell(3))


def test_a_revision_that_was_deregistered_is_passed_over(runner: Runner, aws: Recorded) -> None:
    aws.play(play(3, inactive=(4,)))
    said = "note[passed-over]: skipped: `trading-bot-dev:4` is INACTIVE, so ECS starts no task from it\n"
    assert runner.run(*ROLLBACK) == Done(0, runs(3), insert(show(3, STEADY_AT.format(13)), said) + tell(3))


def test_a_revision_that_was_passed_over_is_told_in_a_dry_run_and_in_json_once(runner: Runner, aws: Recorded) -> None:
    said = "skipped: `trading-bot-dev:4` is INACTIVE, so ECS starts no task from it"
    aws.play(play(3, inactive=(4,)))
    done = runner.run(*ROLLBACK, "--dry-run")
    assert (done.status, (done.out + done.err).count(said)) == (0, 1)
    aws.play(play(3, inactive=(4,)))
    report = json.loads(runner.run(*ROLLBACK, "--format", "json").out)
    assert [(each["code"], each["severity"], each["message"]) for each in report["findings"]] == [
        ("passed-over", "note", said)
    ]


def test_a_revision_of_another_family_is_passed_over(runner: Runner, aws: Recorded) -> None:
    scenario = play(3, history=remember(4, 3))
    describe = scenario["ecs:DescribeServiceRevisions"]
    assert callable(describe)

    def rename(asked: Value) -> Answer:
        answer = describe(asked)
        assert isinstance(answer, dict)
        answer["serviceRevisions"][0]["taskDefinition"] = f"{ECS}:task-definition/web:4"
        return answer

    aws.play({**scenario, "ecs:DescribeServiceRevisions": rename})
    done = runner.run(*ROLLBACK)
    assert (done.status, done.out) == (0, runs(3))
    assert "note[passed-over]: skipped: `web:4` is not in the family `trading-bot-dev`\n" in done.err


def test_where_only_another_family_was_steady_the_command_that_goes_there_is_told(
    runner: Runner, aws: Recorded
) -> None:
    scenario, other = play(4, history=remember(4)), f"{ECS}:task-definition/web:4"
    answer: Answer = {"serviceRevisions": [{"serviceRevisionArn": "x", "taskDefinition": other}]}
    listed: Answer = {"serviceDeployments": [{"targetServiceRevisionArn": "x", "finishedAt": "2026-11-14T17:05:00Z"}]}
    aws.play({**scenario, "ecs:DescribeServiceRevisions": [answer], "ecs:ListServiceDeployments": [listed]})
    assert runner.run(*ROLLBACK) == Done(
        2,
        "",
        f"error: no revision is left that `{SERVICE}` could go back to from `{FAMILY}:5`: `web:4` is not in the family `{FAMILY}`\n"
        f"  help: `aws ecs update-service --region {REGION} --cluster {CLUSTER} --service {SERVICE} --task-definition web:4` "
        "goes to the last one, which is of another family\n",
    )


def test_where_all_that_was_steady_is_passed_over_each_is_named(runner: Runner, aws: Recorded) -> None:
    now = describe_service(deployment(5), older(2, 0, "FAILED"))
    aws.play(play(4, now=now, inactive=(4, 3)))
    assert runner.run(*ROLLBACK) == Done(
        2,
        "",
        f"error: no revision is left that `{SERVICE}` could go back to from `{FAMILY}:5`: "
        f"`{FAMILY}:2` was never steady: its deployment is FAILED; "
        f"`{FAMILY}:4` is INACTIVE, so ECS starts no task from it; `{FAMILY}:3` is INACTIVE, so ECS starts no task from it\n"
        f"  help: `taskdef revisions {NAME}` lists them: name one with `--to`\n",
    )
    assert aws.list_calls(UPDATE) == []


def test_where_ecs_remembers_nothing_the_service_tells_what_it_had(runner: Runner, aws: Recorded) -> None:
    denied = Refusal("AccessDeniedException", "User ci is not authorized to perform: ecs:ListServiceDeployments")
    now = describe_service(deployment(5, pendingCount=1), older(4))
    for history in (remember(5), {"ecs:ListServiceDeployments": [denied]}):
        aws.play(play(4, now=now, history=history))
        done = runner.run(*ROLLBACK)
        assert (done.status, done.out) == (0, runs(4))
        assert done.err.startswith(show(4, "which the service had before"))


def test_where_nothing_tells_what_was_steady_nothing_is_guessed(runner: Runner, aws: Recorded) -> None:
    help = f"  help: `taskdef revisions {NAME}` lists them: name one with `--to`\n"
    aws.play(play(4, history=remember(5)))
    said = f"error: ECS remembers no revision of `{SERVICE}` that was steady before `{FAMILY}:5`\n"
    assert runner.run(*ROLLBACK) == Done(2, "", said + help)
    denied = Refusal("AccessDeniedException", "User ci is not authorized to perform: ecs:ListServiceDeployments")
    aws.play(play(4, history={"ecs:ListServiceDeployments": [denied]}))
    done = runner.run(*ROLLBACK)
    said = f"error: ECS does not report which revision of `{SERVICE}` was steady before `{FAMILY}:5`: "
    assert (done.status, done.err.startswith(said), done.err.endswith(help)) == (2, True, True)


def test_where_ecs_cannot_be_asked_what_was_steady_a_revision_can_be_named(runner: Runner, aws: Recorded) -> None:
    aws.play(play(4, history={"ecs:ListServiceDeployments": [Refusal("UnsupportedFeatureException", "not here")]}))
    said = "error: `ecs:ListServiceDeployments` failed: not here\n  help: name a revision with `--to`\n"
    assert runner.run(*ROLLBACK) == Done(2, "", said)
    assert runner.run(*ROLLBACK, "--to", "4").status == 0


def test_what_ecs_took_back_itself_is_not_taken_back_once_more(runner: Runner, aws: Recorded) -> None:
    aws.play(play(3, now=describe_service(deployment(4, 1, "COMPLETED", rolloutStateReason=GOING_BACK))))
    assert runner.run(*ROLLBACK) == Done(
        2,
        "",
        f"error: ECS has already rolled the last deployment back: `{SERVICE}` is on `{FAMILY}:4`\n"
        "  help: name a revision with `--to` to go back further\n",
    )


# Naming one.


TAGS = {
    1: {"taskdef:commit": OTHER},
    2: {"taskdef:commit": f"{COMMIT}-dirty", "taskdef:version": "v1.0.0-dirty"},
    3: {"taskdef:commit": COMMIT, "taskdef:version": "v1.0.0"},
    4: {"taskdef:commit": f"{'a' * 40}-dirty", "taskdef:version": "v1.0.0-2-gaaaaaaa"},
}
NAMED = {
    "number": ("2", 2, "as requested"),
    "name": (f"{FAMILY}:2", 2, "as requested"),
    "environment": ("dev:2", 2, "as requested"),
    "task of an environment": (f"{NAME}:2", 2, "as requested"),
    "ARN": (name_arn(1), 1, "as requested"),
    "tag": ("v1.0.0", 3, "registered from v1.0.0"),
    "commit": (COMMIT, 3, f"registered from {COMMIT[:12]}"),
    "beginning of a commit": (COMMIT[:10], 3, f"registered from {COMMIT[:12]}"),
    "commit of digits": ("1234567", 1, "registered from 123456700000"),
}


@pytest.mark.parametrize(("word", "target", "why"), NAMED.values(), ids=NAMED)
def test_a_revision_can_be_named_by(runner: Runner, aws: Recorded, word: str, target: int, why: str) -> None:
    tags = {**TAGS, 1: {"taskdef:commit": f"1234567{'0' * 33}"}} if word == "1234567" else TAGS
    aws.play(play(target, tags=tags))
    assert runner.run(*ROLLBACK, "--to", word) == Done(0, runs(target), show(target, why) + tell(target))


def commit_artifact(runner: Runner, image: str) -> str:
    """Commit an artifact of dev with another image, under the tag `v1.0.0`, and give the commit."""
    file = runner.folder / "rendered" / "dev" / f"{TASK}.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("trading-bot:dev", f"trading-bot:{image}"), encoding="utf-8")
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "x"), ("tag", "v1.0.0")):
        runner.demand("git", *words)
    file.write_text(text, encoding="utf-8")
    return runner.demand("git", "rev-parse", "HEAD").strip()


@pytest.mark.parametrize("word", ["v1.0.0", ""], ids=["version", "commit"])
def test_where_git_shows_what_a_revision_is_ecs_is_asked_for_no_more(runner: Runner, aws: Recorded, word: str) -> None:
    commit = commit_artifact(runner, "dev-3")
    aws.play(play(3, tags={**TAGS, 3: {"taskdef:commit": commit, "taskdef:version": "v1.0.0"}}))
    runner.demand(*ROLLBACK, "--to", word or commit, "--dry-run")
    asked = {call["taskDefinition"].rpartition(":")[2] for call in aws.list_calls("ecs:DescribeTaskDefinition")}
    assert asked == {"5", "4", "3"}


# Tags that another tool has copied.


COPIED = {
    "whose content was registered with other tags": ({4: {"taskdef:content": f"{SCHEME}-{'0' * 64}"}}, 3),
    "and git has what the commit was": ({3: {"taskdef:content": ""}, 4: {"taskdef:content": ""}}, 3),
}


@pytest.mark.parametrize(("content", "target"), COPIED.values(), ids=COPIED)
def test_a_revision_that_tags_were_copied_to(
    runner: Runner, aws: Recorded, content: dict[int, dict[str, str]], target: int
) -> None:
    commit = commit_artifact(runner, f"dev-{target}")
    own = {"taskdef:commit": commit, "taskdef:version": "v1.0.0"}
    aws.play(play(target, tags={number: {**own, **content.get(number, {})} for number in (4, 3)}))
    said = f"note[passed-over]: skipped: `{FAMILY}:4` has its tags, but other content\n"
    for word, mark in (("v1.0.0", "v1.0.0"), (commit[:10], commit[:12])):
        done = runner.run(*ROLLBACK, "--to", word, "--dry-run")
        assert (done.status, done.err.splitlines()[0], said in done.out + done.err) == (
            0,
            f"{NAME}: back to `{FAMILY}:{target}`, registered from {mark}",
            True,
        )


def test_a_tag_that_git_has_for_another_commit_is_not_believed(runner: Runner, aws: Recorded) -> None:
    commit = commit_artifact(runner, "dev-4")
    aws.play(play(4, tags={3: {"taskdef:commit": OTHER, "taskdef:version": "v1.0.0"}}))
    assert runner.run(*ROLLBACK, "--to", "v1.0.0") == Done(
        2,
        "",
        f"error: no active revision of `{FAMILY}` has the content registered from `v1.0.0`: `{FAMILY}:3` was registered when `v1.0.0` "
        f"was commit {OTHER[:12]}, and here that is {commit[:12]}\n"
        f"  help: name a number with `--to`, or check out `v1.0.0` and run `taskdef deploy {NAME}`\n",
    )
    aws.play(play(4, tags={4: {"taskdef:commit": commit}, 3: {"taskdef:commit": OTHER, "taskdef:version": "v1.0.0"}}))
    assert runner.run(*ROLLBACK, "--to", "v1.0.0", "--dry-run").err.startswith(f"{NAME}: back to `{FAMILY}:4`, ")


TWO = {"taskdef:commit": COMMIT, "taskdef:version": "v1.0.0"}
UNSURE = {
    "whose content nobody can check": (
        {4: {**TWO, "taskdef:content": ""}},
        (),
        f"no active revision of `{FAMILY}` has the content registered from `v1.0.0`: "
        f"`{FAMILY}:4` is tagged so, which cannot be verified here",
        f"name a number with `--to`, or check out `v1.0.0` and run `taskdef deploy {NAME}`",
    ),
    "that were copied from one that was deregistered": (
        {4: {**TWO, "taskdef:content": f"{SCHEME}-{'0' * 64}"}, 3: TWO},
        (3,),
        f"no active revision of `{FAMILY}` has the content registered from `v1.0.0`: `{FAMILY}:4` has its tags, but other content; "
        f"`{FAMILY}:3` is INACTIVE",
        f"name a number with `--to`, or check out `v1.0.0` and run `taskdef deploy {NAME}`",
    ),
    "that say the same of two contents": (
        {4: TWO, 3: TWO},
        (),
        f"`{FAMILY}:4`, `{FAMILY}:3` are all tagged as registered from `v1.0.0`, and differ: nothing here shows which one was",
        "name one of these numbers with `--to`",
    ),
}


@pytest.mark.parametrize(("tags", "inactive", "said", "help"), UNSURE.values(), ids=UNSURE)
def test_no_revision_is_chosen_by_tags(
    runner: Runner, aws: Recorded, tags: dict[int, dict[str, str]], inactive: tuple[int, ...], said: str, help: str
) -> None:
    aws.play(play(4, tags=tags, inactive=inactive))
    assert runner.run(*ROLLBACK, "--to", "v1.0.0") == Done(2, "", f"error: {said}\n  help: {help}\n")
    assert aws.list_calls(UPDATE) == []


def test_whoever_is_asked_is_told_what_differs_though_all_else_is_quiet(runner: Runner, aws: Recorded) -> None:
    (runner.folder / "taskdef.toml").write_text('confirm = ["dev"]\n', encoding="utf-8")
    for words in (("--quiet",), ()):
        aws.play(play(4))
        done = ask(runner, *ROLLBACK, *words, answer="n")
        assert done.err.count("    image tag dev-5 → dev-4\n") == 1
    assert aws.list_calls(UPDATE) == []


def test_a_revision_behind_the_environment_is_told_how_it_is_named(runner: Runner) -> None:
    assert runner.run("taskdef", "rollback", "dev:3") == Done(
        2, "", "error: name the revision of `dev` with `--to 3`\n"
    )


UNKNOWN = {
    "no such number": ("9", f"there is no revision `{FAMILY}:9`"),
    "another family": (
        "web:3",
        f"`web:3` is in no family of this project, and `{NAME}` is `{FAMILY}`\n"
        f"  help: `aws ecs update-service --region {REGION} --cluster {CLUSTER} --service {SERVICE} --task-definition web:3` "
        "brings the service there anyway",
    ),
    "another environment": (
        "prod:3",
        f"`prod:3` is a revision of `prod/{TASK}`, and `{NAME}` is `{FAMILY}`\n"
        f"  help: `taskdef rollback prod/{TASK} --to 3` brings its own service there",
    ),
    "the family of another environment": (
        "trading-bot-prod:3",
        f"`trading-bot-prod:3` is a revision of `prod/{TASK}`, and `{NAME}` is `{FAMILY}`\n"
        f"  help: `taskdef rollback prod/{TASK} --to 3` brings its own service there",
    ),
    "an ARN of another region": (
        name_arn(3).replace("us-east-1", "eu-west-1"),
        f"`{name_arn(3).replace('us-east-1', 'eu-west-1')}` is in another account or region than `{NAME}`, whose revision is {name_arn(3)}",
    ),
    "what runs": ("dev:live", "`live` is not a revision of `dev`: that is a number, like `dev:3`"),
    "a word for a number": ("dev:latest", "`latest` is not a revision of `dev`: that is a number, like `dev:3`"),
    "no such tag": ("v9", f"no active revision of `{FAMILY}` was registered from a commit or version `v9`"),
    "what is no digit of a number": (
        "²",
        f"no active revision of `{FAMILY}` was registered from a commit or version `²`",
    ),
    "two commits": ("5f1c9c06", f"`5f1c9c06` begins 2 commits: `{OTHER}`, `{COMMIT}`"),
    "what is not committed": (
        "aaaaaaaaaa",
        f"no active revision of `{FAMILY}` has the content registered from `aaaaaaaaaa`: "
        f"`{FAMILY}:4` was registered from uncommitted changes\n"
        f"  help: name a number with `--to`, or check out `aaaaaaaaaa` and run `taskdef deploy {NAME}`",
    ),
    "what is not active": ("4", f"`{FAMILY}:4` is INACTIVE: ECS starts no task from it"),
}


@pytest.mark.parametrize(("word", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_revision_that_cannot_be_found_or_used_is_refused(
    runner: Runner, aws: Recorded, word: str, said: str
) -> None:
    aws.play(play(4, tags=TAGS, inactive=(4,) if "INACTIVE" in said else ()))
    assert runner.run(*ROLLBACK, "--to", word) == Done(2, "", f"error: {said}\n")
    assert aws.list_calls(UPDATE) == []


# Guards.


def test_the_sources_need_not_be_in_order(runner: Runner, aws: Recorded) -> None:
    replace_line(runner.folder / "environments" / "dev.yaml", "log_level: DEBUG", "log_level: TRACE")
    aws.play(play(4))
    assert runner.run(*ROLLBACK).out == runs(4)


def test_nothing_need_be_committed(runner: Runner, aws: Recorded) -> None:
    (runner.folder / "rendered" / "dev" / f"{TASK}.json").unlink()
    aws.play(play(4))
    assert runner.run(*ROLLBACK) == Done(0, runs(4), show(4, STEADY_AT.format(14)) + tell(4))


def test_a_task_that_is_not_committed_is_one_of_several(runner: Runner, aws: Recorded) -> None:
    add_worker(runner)
    replace_line(runner.folder / "environments" / "dev.yaml", PLACED, PLACED.replace(SERVICE, f"{{{TASK}: {SERVICE}}}"))
    aws.play(play(4))
    assert runner.run(*ROLLBACK) == Done(2, "", f"error: `dev` has 2 tasks: name one, like `{NAME}`\n")
    assert runner.run("taskdef", "rollback", NAME, "--interval", "0.1").out == runs(4)


def test_a_service_that_several_tasks_have_is_told_where_none_is_named(runner: Runner, aws: Recorded) -> None:
    add_worker(runner)
    aws.play(play(4))
    command = ("taskdef", "rollback", NAME, "--interval", "0.1")
    done = runner.run(*command)
    assert (done.status, done.out.splitlines()[0], done.out.splitlines()[-1]) == (
        1,
        f"environments/dev.yaml:2:86: error[E133]: `aws.service` is one service, and `dev` would have `{TASK}` and `worker` run as it",
        "1 error: nothing was done",
    )
    assert aws.requests == []
    assert runner.run(*command, "--service", SERVICE).out == runs(4)


def test_a_service_whose_arn_is_of_another_cluster_is_left_alone(runner: Runner, aws: Recorded) -> None:
    arn = f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/other/{SERVICE}"
    replace_line(runner.folder / "environments" / "dev.yaml", PLACED, PLACED.replace(SERVICE, f"'{arn}'"))
    aws.play(play(4))
    for words in ((), ("--to", "4")):
        done = runner.run(*ROLLBACK, *words)
        message = f"error[E139]: `dev` names a service in the cluster `other`, and its cluster is `{CLUSTER}`\n"
        assert (done.status, message in done.out, aws.requests) == (1, True, [])


def test_what_the_service_runs_already_is_left_alone(runner: Runner, aws: Recorded) -> None:
    aws.play(play(5))
    done = runner.run(*ROLLBACK, "--to", "5")
    assert (done.status, done.out) == (0, f"unchanged {NAME}: `{SERVICE}` in `{CLUSTER}` runs {name_arn(5)} already\n")


def test_a_dry_run_shows_what_would_change(runner: Runner, aws: Recorded) -> None:
    aws.play(play(4))
    assert runner.run(*ROLLBACK, "--dry-run") == Done(
        0,
        f"would call ecs:UpdateService for `{SERVICE}` in `{CLUSTER}` with {name_arn(4)}\n",
        f"{show(4, STEADY_AT.format(14))}1 service would be changed\n",
    )
    assert aws.list_calls(UPDATE) == []


def test_production_is_asked_about_once_the_difference_is_shown(runner: Runner, aws: Recorded) -> None:
    (runner.folder / "taskdef.toml").write_text('confirm = ["dev"]\n', encoding="utf-8")
    aws.play(play(4))
    done = runner.run("taskdef", "rollback", "dev")
    assert (done.status, done.out, done.err) == (
        2,
        "",
        f"{show(4, STEADY_AT.format(14))}error: bring back `{FAMILY}:4` for `{NAME}` in account {ACCOUNT}? "
        "Nobody can be asked here: pass --yes to agree\n",
    )
    assert aws.list_calls(UPDATE) == []


def test_credentials_that_expire_meanwhile_leave_the_revision_to_wait_for(runner: Runner, aws: Recorded) -> None:
    scenario = play(4)
    begun = describe_service(deployment(4, id="ecs-svc/9"), older(5))
    aws.play({**scenario, LOOK: [Step(services(NOW), until=UPDATE), services(begun), EXPIRED]})
    assert runner.run(*ROLLBACK).out == (
        f"unwatched {NAME}: the AWS credentials have expired; the deployment of {name_arn(4)} continues\n"
        "  help: sign in again, for instance with `aws sso login`, or name another `--profile`; "
        f"then `taskdef rollback {NAME} --to 4` waits for it again\n"
    )


def test_json_has_the_difference(runner: Runner, aws: Recorded) -> None:
    aws.play(play(4))
    report = json.loads(runner.run(*ROLLBACK, "--format", "json").out)
    assert (report["command"], [each["action"] for each in report["deployments"]]) == ("rollback", ["steady"])
    assert [change["path"] for change in report["comparison"]["changes"]] == ["containerDefinitions[trading-bot].image"]


def test_a_number_is_one_of_the_own_family_though_the_service_runs_another(runner: Runner, aws: Recorded) -> None:
    other = f"{ECS}:task-definition/trading-bot-prod:5"
    scenario = play(3, now=describe_service({**deployment(5, 1, "COMPLETED"), "taskDefinition": other}))
    find = scenario["ecs:DescribeTaskDefinition"]
    assert callable(find)

    def describe(asked: Value) -> Answer:
        renamed = asked["taskDefinition"] == other
        answer = find({**asked, "taskDefinition": name_arn(5)} if renamed else asked)
        assert isinstance(answer, dict)
        if renamed:
            answer["taskDefinition"] |= {"family": "trading-bot-prod", "taskDefinitionArn": other}
        return answer

    aws.play({**scenario, "ecs:DescribeTaskDefinition": describe})
    done = runner.run(*ROLLBACK, "--to", "3")
    assert (done.status, done.out, done.err.splitlines()[0]) == (
        0,
        runs(3),
        f"{NAME}: back to `{FAMILY}:3`, as requested",
    )
    assert "  family: trading-bot-prod → trading-bot-dev" in done.err


def test_a_service_without_a_revision_is_not_brought_back(runner: Runner, aws: Recorded) -> None:
    now = describe_service()
    del now["taskDefinition"]
    aws.play(play(4, now=now))
    said = f"error: the service `{SERVICE}` in the cluster `{CLUSTER}` runs no revision\n"
    for words in ((), ("--to", "3")):
        assert runner.run(*ROLLBACK, *words) == Done(
            2, "", f"{said}  help: `taskdef deploy {NAME}` deploys what is committed\n"
        )


def test_an_empty_word_names_no_revision(runner: Runner, aws: Recorded) -> None:
    aws.play(play(4))
    done = runner.run("taskdef", "rollback", "dev", "--to", "")
    assert (done.status, done.err) == (2, "error: `--to` names no revision: it is empty\n")
    assert aws.list_calls(UPDATE) == []


def test_pages_without_an_end_are_refused(runner: Runner, aws: Recorded) -> None:
    """An answer that always names the same next page would be asked for until the time is over."""
    pages = {"serviceDeployments": [], "nextToken": "more"}
    aws.play(play(4, history={"ecs:ListServiceDeployments": lambda _: pages}))
    done = runner.run(*ROLLBACK)
    assert done.status == 2
    assert "the answer to `ecs:ListServiceDeployments` does not look like one from AWS" in done.err
    assert len(aws.list_calls("ecs:ListServiceDeployments")) == 2
