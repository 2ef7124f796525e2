"""`taskdef show` over HTTP: a registered revision as the file that it could be registered from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.model.nodes import Value
from tests.acceptance.recorded import Answer, Recorded, Refusal, Scenario
from tests.acceptance.running import BIN, ROOT, Done, Ecs, Runner, add_worker, replace_line
from tests.acceptance.scenes import CALLER

TASK = "trading-bot-task"
ACCOUNT = "arn:aws:ecs:us-east-1:123456789012"
ARN = f"{ACCOUNT}:task-definition/trading-bot-dev"
UNKNOWN = Refusal("ClientException", "Unable to describe task definition.")


pytestmark = pytest.mark.usefixtures("nowhere")


def aws(runner: Runner, *words: str) -> Value:
    """Run the AWS command line."""
    return json.loads(runner.demand(BIN / "aws", "ecs", *words))


def test_what_is_shown_can_be_registered_and_is_the_same(runner: Runner, ecs: Ecs) -> None:
    aws(
        runner,
        "register-task-definition",
        "--cli-input-json",
        f"file://rendered/dev/{TASK}.json",
        "--tags",
        "key=team,value=x",
    )
    done = runner.run("taskdef", "show", "dev")
    assert (done.status, done.err) == (0, f"{ARN}:1, ACTIVE\n  registered at no known time\n  tags team=x\n")
    (runner.folder / "shown.json").write_text(done.out, encoding="utf-8")
    again = aws(runner, "register-task-definition", "--cli-input-json", "file://shown.json")
    assert again["taskDefinition"]["revision"] == 2
    assert runner.run("taskdef", "show", "dev:2").out == done.out
    assert runner.demand("taskdef", "diff", "shown.json", "dev:1") == "shown.json → trading-bot-dev:1: no difference\n"
    assert done.out.splitlines()[:4] == [
        "{",
        '  "family": "trading-bot-dev",',
        '  "taskRoleArn": "arn:aws:iam::123456789012:role/ECSTaskRole",',
        '  "executionRoleArn": "arn:aws:iam::123456789012:role/ECSExecutionRole",',
    ]
    read_only = {"taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt"}
    assert not read_only & json.loads(done.out).keys()


def test_our_own_tags_stand_beside_and_not_in_what_is_shown(runner: Runner, ecs: Ecs) -> None:
    runner.demand("taskdef", "register", "dev")
    done = runner.run("taskdef", "show", "dev")
    assert "taskdef:" not in done.out
    assert done.err.splitlines()[2].startswith("  from content ")
    assert done.err.splitlines()[2].endswith(", the same as the committed artifact")
    assert runner.run("taskdef", "show", "dev", "-q").err == ""
    report = json.loads(runner.demand("taskdef", "show", f"dev/{TASK}:1", "--format", "json"))
    assert report["document"] == json.loads(done.out)
    assert {
        name: report[name] for name in ("version", "command", "arn", "revision", "status", "committed", "masked")
    } == {
        "version": 1,
        "command": "show",
        "arn": f"{ARN}:1",
        "revision": 1,
        "status": "ACTIVE",
        "committed": True,
        "masked": [],
    }


def test_secrets_are_masked_unless_they_are_asked_for(runner: Runner, ecs: Ecs) -> None:
    document = json.loads((ROOT / "rendered" / "dev" / f"{TASK}.json").read_text(encoding="utf-8"))
    document["containerDefinitions"][0]["environment"].append({"name": "DB_PASSWORD", "value": "correct-horse-battery"})
    (runner.folder / "secret.json").write_text(json.dumps(document), encoding="utf-8")
    aws(runner, "register-task-definition", "--cli-input-json", "file://secret.json")
    done = runner.run("taskdef", "show", "dev:1")
    assert ("correct-horse" in done.out + done.err, '"value": "***"' in done.out) == (False, True)
    assert done.err.splitlines()[-1] == (
        "  1 value masked, so do not register this text: `--unmasked` shows the values"
    )
    report = json.loads(runner.demand("taskdef", "show", "dev:1", "--format", "json"))
    assert report["masked"] == ["containerDefinitions[trading-bot-dev].environment[DB_PASSWORD].value"]
    assert "correct-horse" not in json.dumps(report)
    done = runner.run("taskdef", "show", "dev:1", "--unmasked")
    assert ("correct-horse-battery" in done.out, "masked" in done.err) == (True, False)
    assert "correct-horse" not in runner.demand("taskdef", "revisions", "dev", "--changes", "--format", "json")


def test_a_revision_that_there_is_not_is_told_with_those_that_there_are(runner: Runner, ecs: Ecs) -> None:
    for _ in range(3):
        runner.demand("taskdef", "register", "dev", "--force")
    aws(runner, "deregister-task-definition", "--task-definition", "trading-bot-dev:2")
    assert runner.run("taskdef", "show", "dev:12") == (
        2,
        "",
        "error: there is no revision 12 of `trading-bot-dev`: 1 and 3 are ACTIVE, 2 is INACTIVE\n",
    )
    assert runner.run("taskdef", "show", "dev:2").err.splitlines()[0] == f"{ARN}:2, INACTIVE"
    assert runner.run("taskdef", "show", "prod:3").err.splitlines()[0] == (
        "error: no revision of `trading-bot-prod` was ever registered in account 123456789012, us-east-1; "
        "there is `trading-bot-dev`"
    )
    assert runner.run("taskdef", "show", "dev:latest").err == (
        "error: `latest` is not a revision of `dev`: that is a number, like `dev:3`, or `dev:live`\n"
    )
    assert (
        runner.run("taskdef", "show", "dve:3")
        .err.splitlines()[0]
        .startswith("error: there is no environment `dve`; did you mean `dev`?")
    )


def test_a_service_that_several_tasks_have_is_told_where_it_is_asked_for(runner: Runner, recorded: Recorded) -> None:
    replace_line(
        runner.folder / "environments" / "dev.yaml",
        'aws: {account: "123456789012", region: us-east-1}',
        'aws: {account: "123456789012", region: us-east-1, cluster: live, service: bot}',
    )
    add_worker(runner)
    services = [make_service(taskDefinition=f"{ARN}:5")]
    assert show(runner, recorded, services, f"dev/{TASK}").status == 0
    named = ("--cluster", "live", "--service", "bot")
    assert show(runner, recorded, services, f"dev/{TASK}:live", *named).status == 0
    done = show(runner, recorded, services, f"dev/{TASK}:live")
    assert (done.status, done.out.splitlines()[0].partition(": `")[0], done.out.splitlines()[-1]) == (
        1,
        "environments/dev.yaml:2:75: error[E133]",
        "1 error: nothing was done",
    )


def test_live_is_what_the_service_runs(runner: Runner, ecs: Ecs) -> None:
    for _ in range(2):
        runner.demand("taskdef", "register", "dev", "--force")
    aws(runner, "create-cluster", "--cluster-name", "live")
    aws(
        runner, "create-service", "--cluster", "live", "--service-name", "bot", "--task-definition", "trading-bot-dev:1"
    )
    assert runner.run("taskdef", "show", "dev:live").err.splitlines()[::3] == [
        f"{ARN}:2, ACTIVE",
        f"  no service is set for `dev/{TASK}`: `trading-bot-dev:2` is the newest ACTIVE revision",
    ]
    named = runner.run("taskdef", "show", "dev:live", "--cluster", "live", "--service", "bot")
    assert named.err.splitlines()[::3] == [
        f"{ARN}:1, ACTIVE",
        "  the service `bot` in the cluster `live` runs `trading-bot-dev:1`",
    ]
    assert runner.run("taskdef", "show", "dev:live", "--service", "bot") == (
        2,
        "",
        "error: no cluster is set for the service `bot`\n"
        "  help: set `aws.cluster` in the overlay of `dev`, or pass `--cluster`\n",
    )
    assert runner.run("taskdef", "show", "dev:live", "--cluster", "live", "--service", "bto").err == (
        "error: there is no service `bto` in the cluster `live`; did you mean `bot`? (there is `bot`)\n"
    )
    replace_line(
        runner.folder / "environments" / "dev.yaml",
        'aws: {account: "123456789012", region: us-east-1}',
        'aws: {account: "123456789012", region: us-east-1, cluster: live, service: bot}',
    )
    assert runner.run("taskdef", "show", "dev:live") == named


def test_a_revision_is_named_by_its_family_too(runner: Runner, ecs: Ecs) -> None:
    for _ in range(2):
        runner.demand("taskdef", "register", "dev", "--force")
    assert runner.run("taskdef", "show", "trading-bot-dev:1") == runner.run("taskdef", "show", "dev:1")
    assert runner.run("taskdef", "show", "trading-bot-dev:live").err.splitlines()[0] == f"{ARN}:2, ACTIVE"
    assert runner.run("taskdef", "show", "trading-bot:1").err.startswith("error: there is no environment `trading-bot`")
    assert runner.run("taskdef", "diff", "trading-bot-dev:1", "dev:2").out == (
        f"{TASK}, trading-bot-dev:1 → trading-bot-dev:2: no difference\n"
    )


def test_a_family_of_two_environments_does_not_say_which(runner: Runner) -> None:
    file = runner.folder / "rendered" / "prod" / f"{TASK}.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"family": "trading-bot-prod"', '"family": "trading-bot-dev"'), encoding="utf-8")
    said = f"error: `trading-bot-dev` is the family of `dev/{TASK}`, `prod/{TASK}`: name one, like `dev/{TASK}:3`\n"
    assert runner.run("taskdef", "show", "trading-bot-dev:3") == (2, "", said)
    assert runner.run("taskdef", "diff", "trading-bot-dev:3", "dev") == (2, "", said)


def retag(runner: Runner, image: str) -> None:
    """Register a revision of another image with all tags of the newest, as other tools do."""
    described = aws(runner, "describe-task-definition", "--task-definition", "trading-bot-dev", "--include", "TAGS")
    document = json.loads((runner.folder / "rendered" / "dev" / f"{TASK}.json").read_text(encoding="utf-8"))
    document["containerDefinitions"][0]["image"] = image
    document["tags"] = described["tags"]
    (runner.folder / "copy.json").write_text(json.dumps(document), encoding="utf-8")
    aws(runner, "register-task-definition", "--cli-input-json", "file://copy.json")


def test_tags_that_were_copied_are_not_believed(runner: Runner, ecs: Ecs) -> None:
    runner.demand("taskdef", "register", "dev")
    retag(runner, "hotfix:1")
    facts = runner.run("taskdef", "show", "dev:2").err.splitlines()
    assert (facts[2].startswith("  not from content "), facts[2].partition(", ")[2]) == (
        True,
        "though its tags name it: the content differs",
    )
    first, second = (
        json.loads(runner.demand("taskdef", "show", f"dev:{number}", "--format", "json")) for number in (1, 2)
    )
    assert [(each["committed"], each["provenance"]) for each in (first, second)] == [
        (True, "confirmed"),
        (False, "contradicted"),
    ]
    assert first["hash"] == second["hash"]


def test_what_is_committed_is_known_by_its_content(runner: Runner, ecs: Ecs) -> None:
    aws(runner, "register-task-definition", "--cli-input-json", f"file://rendered/dev/{TASK}.json")
    assert runner.run("taskdef", "show", "dev").err.splitlines()[-1] == "  the same as the committed artifact"


# What moto does not have.


def describe(parameters: Value) -> Answer:
    """Describe a revision of whatever family is asked for."""
    family, _, number = parameters["taskDefinition"].rpartition("/")[2].partition(":")
    document = json.loads((ROOT / "rendered" / "dev" / f"{TASK}.json").read_text(encoding="utf-8"))
    registered = {
        "family": family,
        "taskDefinitionArn": f"{ACCOUNT}:task-definition/{family}:{number or 9}",
        "revision": int(number or 9),
        "status": "ACTIVE",
        "registeredAt": "2026-11-24T08:15:00Z",
        "registeredBy": "arn:aws:sts::123456789012:assumed-role/ci/run-7",
        "compatibilities": ["EC2", "FARGATE"],
        "requiresAttributes": [{"name": "com.amazonaws.ecs.capability.ecr-auth"}],
    }
    return {"taskDefinition": {**document, **registered}, "tags": [{"key": "team", "value": "x"}]}


def show(runner: Runner, recorded: Recorded, services: list[Value], *words: str, **changes: Value) -> Done:
    """Show `dev:live` while a service is described."""
    scenario: Scenario = {
        "sts:GetCallerIdentity": [CALLER],
        "ecs:DescribeTaskDefinition": changes.get("describe", describe),
        "ecs:DescribeServices": [{"services": services, "failures": []}],
        "ecs:ListServices": [{"serviceArns": [f"{ACCOUNT}:service/live/web"]}],
        "ecs:ListTaskDefinitions": changes.get("list", [{"taskDefinitionArns": []}]),
        "ecs:ListTaskDefinitionFamilies": changes.get("families", [{"families": []}]),
    }
    recorded.play(scenario)
    runner.environment.update(recorded.environment)
    return runner.run("taskdef", "show", *(words or ("dev:live", "--cluster", "live", "--service", "bot")))


def make_service(**members: Value) -> Value:
    return {"serviceName": "bot", "clusterArn": f"{ACCOUNT}:cluster/live", "status": "ACTIVE", **members}


RUNNING: dict[str, tuple[Value, str]] = {
    "during a deployment, what the service is brought to": (
        make_service(
            taskDefinition=f"{ARN}:5",
            deployments=[
                {"id": "2", "status": "PRIMARY", "taskDefinition": f"{ARN}:5"},
                {"id": "1", "status": "ACTIVE", "taskDefinition": f"{ARN}:4"},
            ],
        ),
        "the service `bot` in the cluster `live` runs `trading-bot-dev:5`",
    ),
    "of a controller outside of ECS, the primary task set": (
        make_service(
            taskSets=[
                {"id": "1", "status": "ACTIVE", "taskDefinition": f"{ARN}:4"},
                {"id": "2", "status": "PRIMARY", "taskDefinition": f"{ARN}:5"},
            ]
        ),
        "the service `bot` in the cluster `live` runs `trading-bot-dev:5`",
    ),
    "of another family, with what is odd about it": (
        make_service(taskDefinition=f"{ACCOUNT}:task-definition/other:3"),
        "the service `bot` in the cluster `live` runs `other:3`, "
        f"though the family of `dev/{TASK}` is `trading-bot-dev`",
    ),
}


@pytest.mark.parametrize(("service", "said"), RUNNING.values(), ids=RUNNING)
def test_live_is(runner: Runner, recorded: Recorded, service: Value, said: str) -> None:
    done = show(runner, recorded, [service])
    assert (done.status, done.err.splitlines()[1:]) == (
        0,
        [
            "  registered 2026-11-24T08:15:00Z by arn:aws:sts::123456789012:assumed-role/ci/run-7",
            "  tags team=x",
            f"  {said}",
        ],
    )
    assert {"compatibilities", "requiresAttributes", "registeredBy"} & json.loads(done.out).keys() == set()


def test_a_service_that_is_gone_is_none(runner: Runner, recorded: Recorded) -> None:
    assert show(runner, recorded, [make_service(status="INACTIVE", taskDefinition=f"{ARN}:5")]).err == (
        "error: there is no service `bot` in the cluster `live` (there is `web`)\n"
    )
    assert show(runner, recorded, [make_service()]).err == (
        "error: the service `bot` in the cluster `live` runs no revision\n"
    )


def test_a_family_that_nobody_may_look_for_is_told_all_the_same(runner: Runner, recorded: Recorded) -> None:
    denied = [Refusal("AccessDeniedException", "no")]
    assert show(runner, recorded, [], "dev", describe=[UNKNOWN], families=denied).err == (
        "error: no revision of `trading-bot-dev` was ever registered in account 123456789012, us-east-1\n"
        f"  help: `taskdef register dev/{TASK}` does\n"
    )


# Where nobody may look: another account or region may well have a service of the same name.

READING = {
    "show": ("dev",),
    "revisions": ("dev",),
    "diff": ("dev:3",),
    "diff of all": ("dev:live", "test"),
    "diagnose": ("dev", "--cluster", "live"),
}


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize(
    ("setting", "words", "environment", "why"),
    [
        (
            "account 999999999999, and this is 123456789012",
            (),
            {},
            "the caller is `arn:aws:iam::123456789012:user/deployer`",
        ),
        (
            "region us-east-1, and this is eu-west-1",
            ("--region", "eu-west-1"),
            {},
            "the option `--region` sets it",
        ),
        ("region us-east-1, and this is eu-west-1", (), {"AWS_REGION": "eu-west-1"}, "`AWS_REGION` sets it"),
        (
            "region us-east-1, and this is eu-west-1",
            (),
            {"AWS_DEFAULT_REGION": "eu-west-1"},
            "`AWS_DEFAULT_REGION` sets it",
        ),
    ],
)
def test_nothing_is_said_of_another_account_or_region(
    runner: Runner,
    recorded: Recorded,
    name: str,
    setting: str,
    words: tuple[str, ...],
    environment: dict[str, str],
    why: str,
) -> None:
    recorded.play({"sts:GetCallerIdentity": [CALLER]})
    runner.environment.update(recorded.environment | environment)
    overlay = runner.folder / "environments" / "dev.yaml"
    if "account" in setting:
        replace_line(
            overlay,
            'aws: {account: "123456789012", region: us-east-1}',
            'aws: {account: "999999999999", region: us-east-1}',
        )
    done = runner.run("taskdef", name.partition(" ")[0], *READING[name], *words)
    said = done.out + done.err
    assert (done.status, f"]: `dev` is in {setting}\n" in said, f"  note: {why}\n" in said) == (
        1 if name in ("show", "revisions") else 2,
        True,
        True,
    ), done
    assert {request.operation for request in recorded.requests} == {"sts:GetCallerIdentity"}


def test_the_region_of_a_profile_is_told_as_its(runner: Runner, recorded: Recorded, tmp_path: Path) -> None:
    recorded.play({"sts:GetCallerIdentity": [CALLER]})
    runner.environment.update(recorded.environment)
    del runner.environment["AWS_DEFAULT_REGION"]
    config = tmp_path / "config"
    config.write_text(
        "[profile live]\nregion = eu-west-1\naws_access_key_id = testing\naws_secret_access_key = testing\n",
        encoding="utf-8",
    )
    runner.environment["AWS_CONFIG_FILE"] = str(config)
    done = runner.run("taskdef", "show", "dev", "--profile", "live")
    assert (done.status, "  note: the profile `live` sets it\n" in done.out) == (1, True), done


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_a_terminal_would_obey_is_spelt_out(runner: Runner, ecs: Ecs, form: str) -> None:
    unseen = "a\x7fb\x85c\u202ed"
    artifact = runner.folder / "rendered" / "dev" / f"{TASK}.json"
    document = json.loads(artifact.read_text(encoding="utf-8"))
    document["containerDefinitions"][0]["environment"] = [{"name": "TITLE", "value": unseen}]
    artifact.write_text(json.dumps(document), encoding="utf-8")
    runner.demand("taskdef", "register", "dev", "--allow-stale")
    out = runner.run("taskdef", "show", "dev", "--format", form).out
    assert r'"a\u007fb\u0085c\u202ed"' in out
    assert out.replace("\n", "").isprintable()
    shown = json.loads(out)["document"] if form == "json" else json.loads(out)
    assert shown["containerDefinitions"][0]["environment"] == [{"name": "TITLE", "value": unseen}]
