"""What `taskdef register` says when AWS does not do what it is asked: the whole screen for each."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from generator.model.nodes import Value
from tests.acceptance.recorded import Answer, Lost, Recorded, Refusal, Scenario, Step
from tests.acceptance.running import Done, Ecs, Runner, interrupt
from tests.acceptance.scenes import CALLER

TASK = "trading-bot-task"
ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/trading-bot-dev:1"
UNKNOWN = Refusal("ClientException", "Unable to describe task definition.")
BUSY = Refusal(
    "ClientException",
    "Too many concurrent attempts to create a new revision of the specified family. Please try again later.",
)
THROTTLED = Refusal("ThrottlingException", "Rate exceeded")


def make_revision(parameters: Value) -> Answer:
    """Answer as ECS does to what is registered."""
    told = {name: value for name, value in parameters.items() if name != "tags"}
    return {"taskDefinition": {**told, "taskDefinitionArn": ARN, "revision": 1, "status": "ACTIVE"}}


REGISTERED = make_revision({"family": "trading-bot-dev", "containerDefinitions": []})


def register(runner: Runner, recorded: Recorded, scenario: Scenario, *words: str, speed: float = 1) -> Done:
    """Register dev while a scenario is played."""
    recorded.play(scenario, speed=speed)
    runner.environment.update(recorded.environment)
    return runner.run("taskdef", "register", "dev", *words)


def play(**changes: list[Answer | Step]) -> Scenario:
    """Make a scenario in which all goes well but for what is changed."""
    return {
        "sts:GetCallerIdentity": changes.get("caller", [CALLER]),
        "ecs:DescribeTaskDefinition": changes.get("describe", [UNKNOWN]),
        "ecs:RegisterTaskDefinition": changes.get("register", [REGISTERED]),
    }


def test_expired_credentials_are_told_as_such(runner: Runner, recorded: Recorded) -> None:
    expired = Refusal("ExpiredToken", "The security token included in the request is expired", 403)
    assert register(runner, recorded, play(caller=[expired])) == (
        2,
        "",
        "error: the AWS credentials have expired\n"
        "  help: sign in again, for instance with `aws sso login`, or name another `--profile`\n",
    )


def test_credentials_of_another_account_are_refused_at_the_line_of_the_account(
    runner: Runner, recorded: Recorded
) -> None:
    other = {**CALLER, "Account": "999999999999", "Arn": "arn:aws:iam::999999999999:user/deployer"}
    assert register(runner, recorded, play(caller=[other])) == (
        1,
        "environments/dev.yaml:2:16: error[wrong-account]: `dev` is in account 123456789012, and this is 999999999999\n"
        '  2 | aws: {account: "123456789012", region: us-east-1, cluster: trading-cluster, service: trading-bot-dev}\n'
        "    |                ^^^^^^^^^^^^^^\n"
        "  note: the caller is `arn:aws:iam::999999999999:user/deployer`\n"
        "  help: use the credentials of that account\n"
        "1 error: nothing was done\n",
        "",
    )
    assert recorded.list_calls("ecs:RegisterTaskDefinition") == []


@pytest.mark.parametrize("account", ["dev", "1234567890123", "[{'name': 'DB_PASSWORD', 'value': 'not-to-be-shown'}]"])
def test_an_account_that_is_none_is_no_answer(runner: Runner, recorded: Recorded, account: str) -> None:
    assert register(runner, recorded, play(caller=[{**CALLER, "Account": account}])) == (
        2,
        "",
        "error: the answer to `sts:GetCallerIdentity` does not look like one from AWS\n"
        "  help: check `--endpoint-url`, or the proxy in between\n",
    )


def test_what_the_caller_may_not_do_is_named(runner: Runner, recorded: Recorded) -> None:
    said = "User: arn:aws:iam::123456789012:user/deployer is not authorized to perform: ecs:RegisterTaskDefinition"
    assert register(runner, recorded, play(register=[Refusal("AccessDeniedException", said)])) == (
        2,
        "",
        f"error: `dev/{TASK}` was not registered: AWS denies `ecs:RegisterTaskDefinition`: {said}\n"
        "  help: the role or user needs `ecs:RegisterTaskDefinition` in its policy\n",
    )


def test_throttling_for_thirty_seconds_is_waited_out(runner: Runner, recorded: Recorded) -> None:
    scenario = play(register=[Step(THROTTLED, seconds=30), REGISTERED])
    done = register(runner, recorded, scenario, speed=20)
    lines = done.err.splitlines()
    assert (done.status, done.out, lines[-1]) == (0, f"registered dev/{TASK} as {ARN}\n", "1 registered")
    assert lines[0] == "AWS throttles `ecs:RegisterTaskDefinition`: trying again (1 of 12 attempts made)"
    assert len(recorded.list_calls("ecs:RegisterTaskDefinition")) == len(lines)


def test_a_caller_that_registers_the_same_family_is_waited_for(runner: Runner, recorded: Recorded) -> None:
    assert register(runner, recorded, play(register=[BUSY, BUSY, REGISTERED])) == (
        0,
        f"registered dev/{TASK} as {ARN}\n",
        "another caller is registering this family: trying again (1 of 12 attempts made)\n"
        "another caller is registering this family: trying again (2 of 12 attempts made)\n"
        "1 registered\n",
    )


def test_what_ecs_refuses_is_told_in_its_words(runner: Runner, recorded: Recorded) -> None:
    refused = Refusal("ClientException", "No Fargate configuration exists for given values.")
    assert register(runner, recorded, play(register=[refused])).err == (
        f"error: `dev/{TASK}` was not registered: `ecs:RegisterTaskDefinition` failed: No Fargate configuration exists for given values\n"
    )


def test_what_was_registered_before_a_failure_is_told(runner: Runner, recorded: Recorded) -> None:
    scenario = play(register=[REGISTERED, Refusal("AccessDeniedException", "no")])
    assert register(runner, recorded, scenario, "test") == (
        2,
        f"registered dev/{TASK} as {ARN}\n",
        f"1 registered\nerror: `test/{TASK}` was not registered: AWS denies `ecs:RegisterTaskDefinition`: no\n"
        "  help: the role or user needs `ecs:RegisterTaskDefinition` in its policy\n",
    )
    done = register(runner, recorded, scenario, "test", "--format", "json")
    report = json.loads(done.out)
    assert (done.status, done.err, [each["arn"] for each in report["releases"]]) == (2, "", [ARN])
    assert report["error"] == {
        "message": f"`test/{TASK}` was not registered: AWS denies `ecs:RegisterTaskDefinition`: no",
        "status": 2,
        "help": "the role or user needs `ecs:RegisterTaskDefinition` in its policy",
    }


def test_what_was_registered_before_an_artifact_is_refused_is_told(runner: Runner, recorded: Recorded) -> None:
    artifact = runner.folder / "rendered" / "test" / f"{TASK}.json"
    artifact.write_text(
        json.dumps(json.loads(artifact.read_text(encoding="utf-8")) | {"region": "x"}), encoding="utf-8"
    )
    done = register(runner, recorded, play(), "test", "--allow-stale", "--format", "json")
    report = json.loads(done.out)
    assert (done.status, [each["arn"] for each in report["releases"]], report["error"]["message"]) == (
        2,
        [ARN],
        f"`test/{TASK}` was not registered: `region` is not a member of a task definition, and cannot be registered",
    )


@pytest.mark.parametrize("there", ["ours", "a copy of our tags", "nothing"])
def test_a_lost_answer_makes_no_second_revision(runner: Runner, recorded: Recorded, there: str) -> None:
    artifact = (runner.folder / "rendered" / "dev" / f"{TASK}.json").read_bytes()
    tags = [{"key": "taskdef:hash", "value": sha256(artifact).hexdigest()}]
    document, known = json.loads(artifact), there == "ours"
    document["containerDefinitions"][0]["image"] += "" if known else "-hotfix"
    made = make_revision(document)
    assert isinstance(made, dict)
    found: Answer = UNKNOWN if there == "nothing" else {**made, "tags": tags}
    scenario = play(describe=[Step(UNKNOWN, until="ecs:RegisterTaskDefinition"), found], register=[Lost()])
    done = register(runner, recorded, scenario)
    if known:
        assert done == (0, f"registered dev/{TASK} as {ARN}\n", "1 registered\n")
    else:
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(
            f"error: `dev/{TASK}` may have been registered: cannot reach AWS for `ecs:RegisterTaskDefinition`: "
        )
        assert done.err.endswith(f"  help: `taskdef revisions dev/{TASK}` shows whether it is there\n")
    assert len(recorded.list_calls("ecs:RegisterTaskDefinition")) == 1


def test_what_was_registered_before_an_interrupt_is_told(runner: Runner, recorded: Recorded) -> None:
    recorded.play(play(register=[REGISTERED, Step(THROTTLED, seconds=600)]))
    runner.environment.update(recorded.environment)
    command = ("taskdef", "register", "dev", "test")
    done = interrupt(runner, *command, after="AWS throttles")
    assert (done.status, done.out, done.err.splitlines()[1:]) == (
        130,
        f"registered dev/{TASK} as {ARN}\n",
        [
            "1 registered",
            f"error: interrupted while `test/{TASK}` was being registered, perhaps before ECS received it",
            f"  help: `taskdef revisions test/{TASK}` shows whether it is there",
        ],
    )
    recorded.play(play(register=[REGISTERED, Step(THROTTLED, seconds=600)]))
    done = interrupt(runner, *command, "--format", "json", after="AWS throttles")
    report = json.loads(done.out)
    assert (done.status, [each["arn"] for each in report["releases"]], report["summary"]) == (
        130,
        [ARN],
        {"status": 130},
    )


def test_an_address_without_a_server_is_told(runner: Runner, recorded: Recorded) -> None:
    with Recorded() as gone:
        url = gone.url
    runner.environment.update(recorded.environment)
    done = runner.run("taskdef", "register", "dev", "--endpoint-url", url)
    assert (done.status, done.err.partition(": Could")[0]) == (
        2,
        "error: cannot reach AWS for `sts:GetCallerIdentity`",
    )


def test_a_question_that_nobody_answers_is_not_asked_for_ever(runner: Runner, recorded: Recorded) -> None:
    done = register(runner, recorded, play(describe=[Lost()]))
    assert (done.status, done.err.partition(": Connection")[0]) == (
        2,
        "error: cannot reach AWS for `ecs:DescribeTaskDefinition`",
    )
    assert len(recorded.list_calls("ecs:DescribeTaskDefinition")) == 4


class Page(BaseHTTPRequestHandler):
    """What a proxy shows to whoever has not signed in."""

    def do_POST(self) -> None:
        body = b"<!doctype html><title>Sign in</title>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing on stderr."""


def test_an_answer_that_is_none_of_aws_is_told(runner: Runner) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        runner.environment.update(Ecs(f"http://127.0.0.1:{server.server_port}").environment)
        done = runner.run("taskdef", "register", "dev")
        server.shutdown()
    assert done == Done(
        2,
        "",
        "error: the answer to `sts:GetCallerIdentity` does not look like one from AWS\n"
        "  help: check `--endpoint-url`, or the proxy in between\n",
    )


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("dev/", "`dev/` names no task: remove the slash to mean all of `dev`"),
        ("dev:3", "`dev:3` names revision 3, and this command takes `dev` without one"),
    ],
)
def test_a_word_that_is_no_task_is_refused(runner: Runner, word: str, said: str) -> None:
    assert runner.run("taskdef", "register", word) == Done(2, "", f"error: {said}\n")


@pytest.mark.parametrize(
    ("word", "value", "said"),
    [
        ("--profile", "nobody", "error: the config profile (nobody) could not be found"),
        (
            "--endpoint-url",
            "nowhere",
            "error: `nowhere` is not a valid address, and the option `--endpoint-url` sets it: "
            "Invalid endpoint: nowhere",
        ),
    ],
)
def test_an_option_that_leads_nowhere_is_refused(
    runner: Runner, recorded: Recorded, word: str, value: str, said: str
) -> None:
    runner.environment.update(recorded.environment)
    done = runner.run("taskdef", "register", "dev", word, value)
    assert (done.status, done.err.splitlines()[0]) == (2, said)


def test_without_credentials_it_is_said_how_to_get_some(runner: Runner, recorded: Recorded) -> None:
    runner.environment.update({"AWS_ENDPOINT_URL": recorded.url, "AWS_EC2_METADATA_DISABLED": "true"})
    assert runner.run("taskdef", "register", "dev") == (
        2,
        "",
        "error: there are no AWS credentials\n"
        "  help: sign in again, for instance with `aws sso login`, or name another `--profile`\n",
    )


@pytest.mark.parametrize("words", [("register", "dev"), ("import", "--env", "dev=trading-bot-dev:1", "--task", "copy")])
def test_without_the_extra_it_is_said_what_to_install(runner: Runner, words: tuple[str, ...]) -> None:
    program = "import sys; sys.modules['boto3'] = None; from generator.__main__ import main; main()"
    command: list[str | Path] = [sys.executable, "-c", program, *words]
    environment = {**runner.environment, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(command, cwd=runner.folder, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (
        2,
        "error: this command needs boto3, which is not installed (boto3)\n"
        "  help: install the extra `aws`: `pip install '.[aws]'` in a clone of taskdef\n",
    )


def test_what_aws_denies_is_named_and_not_what_was_asked(runner: Runner, recorded: Recorded) -> None:
    scp = "arn:aws:organizations::444455556666:policy/o-exampleorg/service_control_policy/p-example1"
    said = (
        "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecs:TagResource on resource: "
        "arn:aws:ecs:us-east-1:123456789012:task-definition/trading-bot-dev:* with an explicit deny in a service control policy: "
    )
    assert register(runner, recorded, play(register=[Refusal("AccessDeniedException", f"{said}{scp}")])).err == (
        f"error: `dev/{TASK}` was not registered: AWS denies `ecs:TagResource`, which `ecs:RegisterTaskDefinition` needs: {said}{scp}\n"
        f"  help: a service control policy of the organization (`{scp}`) denies `ecs:TagResource` on "
        "`arn:aws:ecs:us-east-1:123456789012:task-definition/trading-bot-dev:*`, and nothing that allows it helps: only the "
        "organization's management account can change that\n"
    )


def test_a_client_exception_that_denies_is_no_family_without_revisions(runner: Runner, recorded: Recorded) -> None:
    said = "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecs:DescribeTaskDefinition"
    done = register(runner, recorded, {**play(), "ecs:DescribeTaskDefinition": [Refusal("ClientException", said)]})
    assert (done.status, recorded.list_calls("ecs:RegisterTaskDefinition")) == (2, [])
    assert f"AWS denies `ecs:DescribeTaskDefinition`: {said}" in done.err


SIGNED = "[profile signed]\nlogin_session = arn:aws:iam::123456789012:user/ci\nregion = us-east-1\n"
WITHOUT = "import sys; sys.modules['awscrt'] = None; "


@pytest.mark.parametrize(
    ("prelude", "said", "help"),
    [
        (
            WITHOUT,
            "error: these credentials need a library that is not installed: Using the login credential provider requires an",
            '  help: `pip install "botocore[crt]"`, or install the extra `aws` of taskdef again',
        ),
        (
            "",
            "error: no AWS credentials: Error loading login session token",
            "  help: sign in again with `aws login`, or",
        ),
    ],
    ids=["without crt", "with the extra"],
)
def test_a_profile_made_by_aws_login_takes_what_the_extra_has(
    runner: Runner, prelude: str, said: str, help: str
) -> None:
    (runner.folder / "config").write_text(SIGNED, encoding="utf-8")
    program = f"{prelude}from generator.__main__ import main; main()"
    command: list[str | Path] = [sys.executable, "-c", program, "register", "dev", "--profile", "signed"]
    more = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "AWS_CONFIG_FILE": str(runner.folder / "config")}
    done = runner._replace(environment=runner.environment | more).run(*command)
    lines = done.err.splitlines()
    assert (done.status, lines[0].startswith(said), lines[1].startswith(help)) == (2, True, True), done
