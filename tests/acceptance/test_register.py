"""`taskdef register` against an ECS on loopback: what is committed becomes a revision once, and the AWS command line sees the same."""

from __future__ import annotations

import json
import os
import shutil
from hashlib import sha256

import pytest

from generator.model.nodes import Value
from generator.review.compare import view_file
from generator.review.fingerprint import make_fingerprint
from tests.acceptance.recorded import Recorded
from tests.acceptance.running import BIN, ROOT, Done, Ecs, Runner, ask, replace_line, take_out_account
from tests.acceptance.scenes import deployment, describe_service, play_account, services
from tests.support import read_json

TASK = "trading-bot-task"
ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition"
FILLED = (
    "  filled in by ECS, and in this comparison: containerDefinitions[trading-bot].portMappings[8080/tcp].hostPort = 8080, "
    "containerDefinitions[trading-bot].cpu = 0, containerDefinitions[trading-bot].essential = true"
)


def describe(runner: Runner, name: str) -> Value:
    """Ask the AWS command line for a revision, with its tags."""
    said = runner.demand(BIN / "aws", "ecs", "describe-task-definition", "--task-definition", name, "--include", "TAGS")
    return json.loads(said)


def test_an_environment_is_registered_once(runner: Runner, ecs: Ecs) -> None:
    assert runner.run("taskdef", "register", "dev") == (
        0,
        f"registered dev/{TASK} as {ARN}/trading-bot-dev:1\n",
        "1 registered\n",
    )
    assert runner.run("taskdef", "register", "dev", "--why") == (
        0,
        f"unchanged dev/{TASK} as {ARN}/trading-bot-dev:1\n"
        f"  dev/{TASK}, trading-bot-dev:1 → rendered/dev/{TASK}.json: no difference\n{FILLED}\n",
        "1 unchanged\n",
    )
    assert ecs.list_revisions(runner) == ["trading-bot-dev:1"]


def test_another_tag_of_the_image_makes_one_new_revision(runner: Runner, ecs: Ecs) -> None:
    runner.demand("taskdef", "register", "dev")
    replace_line(runner.folder / "environments" / "dev.yaml", "image_tag: dev", "image_tag: dev-2")
    runner.demand("taskdef", "render")
    assert runner.run("taskdef", "register", "dev", "--why").out.splitlines() == [
        f"registered dev/{TASK} as {ARN}/trading-bot-dev:2",
        f"  dev/{TASK}, trading-bot-dev:1 → rendered/dev/{TASK}.json: 1 field differs",
        "    container trading-bot",
        "      image tag dev → dev-2",
        "        environments/dev.yaml:6:14",
        FILLED,
    ]
    assert runner.run("taskdef", "register", "dev").err == "1 unchanged\n"


def test_what_the_aws_command_line_registered_is_unchanged(runner: Runner, ecs: Ecs) -> None:
    file = f"file://rendered/dev/{TASK}.json"
    runner.demand(BIN / "aws", "ecs", "register-task-definition", "--cli-input-json", file)
    assert runner.run("taskdef", "register", "dev").out == f"unchanged dev/{TASK} as {ARN}/trading-bot-dev:1\n"
    assert runner.run("taskdef", "register", "dev", "--force").out == (
        f"registered dev/{TASK} as {ARN}/trading-bot-dev:2\n"
    )


def find_content(runner: Runner) -> str:
    """Make the fingerprint of dev's artifact."""
    path = runner.folder / "rendered" / "dev" / f"{TASK}.json"
    return make_fingerprint(view_file("", read_json(path.read_text(encoding="utf-8"))).document)


def test_what_was_deregistered_is_registered_again(runner: Runner, ecs: Ecs) -> None:
    for _ in range(2):
        runner.demand("taskdef", "register", "dev", "--force")
    aws = (BIN / "aws", "ecs", "deregister-task-definition", "--task-definition")
    runner.demand(*aws, "trading-bot-dev:2")
    assert runner.run("taskdef", "register", "dev").out == f"unchanged dev/{TASK} as {ARN}/trading-bot-dev:1\n"
    runner.demand(*aws, "trading-bot-dev:1")
    assert runner.run("taskdef", "register", "dev", "--why").out == (
        f"registered dev/{TASK} as {ARN}/trading-bot-dev:3\n  `trading-bot-dev` has no active revision\n"
    )


def test_a_revision_is_tagged_with_its_content_and_commit(runner: Runner, ecs: Ecs) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com"]
    runner.demand("git", "init", "-q", "-b", "main")
    runner.demand("git", "add", "-A")
    runner.demand(*git, "commit", "-q", "-m", "x")
    runner.demand(*git, "tag", "v1.0.0")
    commit = runner.demand("git", "rev-parse", "HEAD").strip()
    digest = sha256((ROOT / "rendered" / "dev" / f"{TASK}.json").read_bytes()).hexdigest()
    runner.demand("taskdef", "register", "dev")
    assert describe(runner, "trading-bot-dev")["tags"] == [
        {"key": "taskdef:hash", "value": digest},
        {"key": "taskdef:commit", "value": commit},
        {"key": "taskdef:version", "value": "v1.0.0"},
        {"key": "taskdef:content", "value": find_content(runner)},
    ]
    replace_line(runner.folder / "environments" / "dev.yaml", "image_tag: dev", "image_tag: dev-2")
    runner.demand("taskdef", "render")
    said = (
        f"warning[uncommitted]: `rendered/dev/{TASK}.json` differs from commit {commit[:12]}, "
        f"so its revision is tagged `{commit[:12]}…-dirty`\n"
        "  help: commit it first, so that the revision names the commit that it comes from\n"
    )
    done = runner.run("taskdef", "register", "dev", "--strict")
    assert (done.status, done.out) == (1, f"{said}1 warning, and `--strict` was given: nothing was done\n")
    assert runner.run("taskdef", "register", "dev").err == f"{said}1 registered; 1 warning\n"
    assert runner.run("taskdef", "register", "dev", "--strict").err == "1 unchanged\n"
    tags = {tag["key"]: tag["value"] for tag in describe(runner, "trading-bot-dev")["tags"]}
    assert (tags["taskdef:commit"], tags["taskdef:version"]) == (f"{commit}-dirty", "v1.0.0-dirty")


def test_files_that_look_like_a_repository_give_no_tag(runner: Runner, recorded: Recorded) -> None:
    recorded.play(play_account())
    runner.environment.update(recorded.environment)
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.com")
    outer = runner._replace(folder=runner.folder.parent)
    for words in (("init", "-q"), ("add", "project"), ("commit", "-q", "-m", "x")):
        outer.demand(*git, *words)
    commit = outer.demand("git", "rev-parse", "HEAD").strip()
    outer.demand("git", "init", "-q", "--bare", "project")
    inside = (*git, "--git-dir=.", "--work-tree=.")
    for words in (("add", "rendered"), ("commit", "-q", "-m", "a stranger's"), ("tag", "v9.9.9")):
        runner.demand(*inside, *words)
    dry = ("taskdef", "register", "dev", "--dry-run", "--format", "json")
    tags = json.loads(runner.demand(*dry))["releases"][0]["tags"]
    assert (tags["taskdef:commit"], "taskdef:version" in tags) == (commit, False)
    shutil.rmtree(outer.folder / ".git")
    done = runner.run("taskdef", "register", "dev", "--strict")
    warned = "warning[unknown-commit]: the commit is not known, so the revision is tagged with its hash alone: "
    said = f"`{runner.folder}` looks like a bare repository, and files of a project are never taken for one"
    assert (done.status, done.out.splitlines()[0]) == (1, f"{warned}{said}")


@pytest.mark.parametrize("command", ["register", "deploy"])
def test_a_commit_that_git_does_not_tell_is_a_warning(runner: Runner, recorded: Recorded, command: str) -> None:
    recorded.play(
        {**play_account(), "ecs:DescribeServices": [services(describe_service(deployment(4, 1, "COMPLETED")))]}
    )
    runner.environment.update(recorded.environment)
    warned = "warning[unknown-commit]: the commit is not known, so the revision is tagged with its hash alone: "
    strict, dry = ("taskdef", command, "dev", "--strict"), ("taskdef", command, "dev", "--dry-run")
    assert "unknown-commit" not in str(runner.run(*dry))
    runner.demand("git", "init", "-q")
    assert "unknown-commit" not in str(runner.run(*dry))
    runner.environment["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"
    assert runner.run(*strict) == Done(
        1,
        f"{warned}detected dubious ownership in repository at '{runner.folder}'\n"
        f"  help: `git config --global --add safe.directory {runner.folder}` lets git read it\n"
        "1 warning, and `--strict` was given: nothing was done\n",
        "",
    )
    runner.environment["PATH"] = runner.environment["PATH"].partition(os.pathsep)[0]
    done = runner.run(*strict)
    assert (done.status, done.out.splitlines()[0]) == (1, f"{warned}cannot run git: no such file or directory")
    assert runner.run(*dry).err.startswith(warned)
    assert {"ecs:RegisterTaskDefinition", "ecs:UpdateService"}.isdisjoint(each.operation for each in recorded.requests)


def test_nothing_is_said_of_a_commit_where_nothing_is_registered(runner: Runner, recorded: Recorded) -> None:
    recorded.play(play_account(same=True))
    runner.environment.update(recorded.environment)
    runner.demand("git", "init", "-q")
    runner.environment["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"
    assert runner.run("taskdef", "register", "dev", "--strict").err == "1 unchanged\n"


def test_the_colours_of_a_difference_are_obeyed(runner: Runner, ecs: Ecs) -> None:
    runner.demand("taskdef", "register", "dev")
    for words in (("--dry-run",), ()):
        done = runner.run("taskdef", "register", "dev", "--why", "--force", "--color", "always", *words)
        assert "  \x1b[1m" in done.out
        assert "\\x1b" not in done.out


def test_a_dry_run_registers_nothing(runner: Runner, ecs: Ecs) -> None:
    done = runner.run("taskdef", "register", "dev", "prod", "--dry-run")
    digest = sha256((ROOT / "rendered" / "dev" / f"{TASK}.json").read_bytes()).hexdigest()
    assert done.out.splitlines()[0] == (
        f"would call ecs:RegisterTaskDefinition for `trading-bot-dev` with rendered/dev/{TASK}.json "
        f"and the tags taskdef:hash={digest}, taskdef:content={find_content(runner)}"
    )
    assert (done.status, done.err, ecs.list_revisions(runner)) == (0, "2 revisions would be registered\n", [])


def test_production_is_asked_about(runner: Runner, ecs: Ecs) -> None:
    done = runner.run("taskdef", "register", "dev", "prod")
    assert (done.status, done.out, ecs.list_revisions(runner)) == (2, "", [])
    assert done.err.splitlines()[0] == (
        f"error: register `prod/{TASK}` in account 123456789012? Nobody can be asked here: pass --yes to agree"
    )
    assert runner.run("taskdef", "register", "prod", "--yes").status == 0
    assert runner.run("taskdef", "register", "prod").status == 0  # nothing would change, so nobody is asked


def test_whoever_is_asked_is_told_what_changes(runner: Runner, ecs: Ecs) -> None:
    runner.demand("taskdef", "register", "prod", "--yes")
    replace_line(runner.folder / "environments" / "prod.yaml", "image_tag: v1.0.0", "image_tag: v1.0.1")
    runner.demand("taskdef", "render")
    for words in (["init", "--quiet"], ["add", "environments"], ["commit", "--quiet", "-m", "tag"]):
        runner.demand("git", "-c", "user.name=ci", "-c", "user.email=ci@example.com", *words)
    done = ask(runner, "taskdef", "register", "prod", answer="n")
    assert (done.status, done.out, ecs.list_revisions(runner)) == (2, "", ["trading-bot-prod:1"])
    warned, help, *lines = done.err.splitlines()
    assert warned.startswith(f"warning[uncommitted]: `rendered/prod/{TASK}.json` differs from commit ")
    assert help == "  help: commit it first, so that the revision names the commit that it comes from"
    assert lines == [
        f"prod/{TASK}, trading-bot-prod:1 → rendered/prod/{TASK}.json: 1 field differs",
        "  container trading-bot",
        "    image tag v1.0.0 → v1.0.1",
        "      environments/prod.yaml:6:14",
        f"register `prod/{TASK}` in account 123456789012? [y/N]: error: nothing was done, since the answer was no",
    ]


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_cannot_be_written_to_stdout_is_not_lost(runner: Runner, ecs: Ecs, form: str) -> None:
    done = runner.run("sh", "-c", f"taskdef register dev --format {form} >/dev/full")
    assert (done.status, done.out, done.err.splitlines()[-1]) == (
        2,
        "",
        "error: cannot write to stdout: no space left on device",
    )
    told = done.err.rpartition("error: ")[0]
    arn = json.loads(told)["releases"][0]["arn"] if form == "json" else told.split()[-1]
    assert arn == f"{ARN}/trading-bot-dev:1"


def test_a_stale_artifact_is_not_registered(runner: Runner, ecs: Ecs) -> None:
    replace_line(runner.folder / "environments" / "dev.yaml", "log_level: DEBUG", "log_level: TRACE")
    done = runner.run("taskdef", "register", "dev")
    path = "containerDefinitions[trading-bot].environment[LOG_LEVEL].value"
    assert (done.status, done.out.splitlines()) == (
        1,
        [
            f"environments/dev.yaml:5:14: error[E801]: `{path}` is `DEBUG` in `rendered/dev/{TASK}.json`, but renders to `TRACE`",
            "  5 |   log_level: TRACE",
            "    |              ^^^^^",
            f"  note: the template uses `log_level` in templates/{TASK}.json.j2:16:40",
            "  help: run `taskdef render dev`",
            "1 error: nothing was done",
        ],
    )
    assert ecs.list_revisions(runner) == []
    report = json.loads(runner.run("taskdef", "register", "dev", "--format", "json").out)
    assert (report["releases"], [each["code"] for each in report["findings"]]) == ([], ["E801"])
    done = runner.run("taskdef", "register", "dev", "--allow-stale")
    assert (done.status, "warning[E801]" in done.err) == (0, True)
    sent = describe(runner, "trading-bot-dev")["taskDefinition"]["containerDefinitions"][0]["environment"]
    assert {"name": "LOG_LEVEL", "value": "DEBUG"} in sent


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("123456789012", "999999999999", "wrong-account", "environments/dev.yaml:2:16"),
        ("us-east-1", "eu-west-1", "wrong-region", "environments/dev.yaml:2:40"),
    ],
)
def test_another_account_or_region_than_the_environments_is_refused(
    runner: Runner, ecs: Ecs, old: str, new: str, code: str, where: str
) -> None:
    overlay = runner.folder / "environments" / "dev.yaml"
    overlay.write_text(overlay.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    runner.demand("taskdef", "render")
    done = runner.run("taskdef", "register", "dev")
    assert (done.status, done.out.split(": ")[:2], ecs.list_revisions(runner)) == (1, [where, f"error[{code}]"], [])


def test_json_tells_each_release(runner: Runner, ecs: Ecs) -> None:
    report = json.loads(runner.demand("taskdef", "register", "dev", "--format", "json"))
    (release,) = report["releases"]
    assert (report["version"], report["command"], report["dry_run"], report["findings"]) == (1, "register", False, [])
    assert {name: release[name] for name in ("environment", "task", "family", "action", "arn", "revision")} == {
        "environment": "dev",
        "task": TASK,
        "family": "trading-bot-dev",
        "action": "registered",
        "arn": f"{ARN}/trading-bot-dev:1",
        "revision": 1,
    }
    (release,) = json.loads(runner.demand("taskdef", "register", "dev", "--format", "json"))["releases"]
    assert (release["action"], release["differences"]) == ("unchanged", [])


def test_an_overlay_that_does_not_name_its_account_is_a_warning_that_fails_where_that_is_wanted(
    runner: Runner, ecs: Ecs
) -> None:
    take_out_account(runner)
    said = (
        "warning[unknown-account]: `dev` sets no account, so any account is accepted\n"
        "  note: in dev\n"
        "  help: set `aws.account` in its overlay\n"
    )
    assert runner.run("taskdef", "register", "dev", "--strict") == (
        1,
        f"{said}1 warning, and `--strict` was given: nothing was done\n",
        "",
    )
    assert ecs.list_revisions(runner) == []
    done = runner.run("taskdef", "register", "dev")
    assert (done.status, done.err) == (0, f"{said}1 registered; 1 warning\n")


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION"])
def test_the_region_of_the_environment_counts(runner: Runner, ecs: Ecs, name: str) -> None:
    runner.environment[name] = "eu-west-1"
    done = runner.run("taskdef", "register", "dev")
    assert (done.status, "error[wrong-region]: `dev` is in region us-east-1, and this is eu-west-1" in done.out) == (
        1,
        True,
    )
    assert runner.run("taskdef", "register", "dev", "--region", "us-east-1").status == 0


def test_the_region_of_one_environment_is_not_that_of_another(runner: Runner, ecs: Ecs) -> None:
    del runner.environment["AWS_DEFAULT_REGION"]
    overlay = runner.folder / "environments" / "test.yaml"
    text = overlay.read_text(encoding="utf-8")
    assert text.count("region: us-east-1, ") == 1
    overlay.write_text(text.replace("region: us-east-1, ", ""), encoding="utf-8")
    command = ("taskdef", "register", "dev", "test", "--allow-stale")
    done = runner.run(*command)
    assert (done.status, done.out.splitlines()[-4:]) == (
        1,
        [
            "error[unknown-region]: no region is set for `test`",
            "  note: in test",
            "  help: set `aws.region` in its overlay, or pass `--region`",
            "1 error and 1 warning: nothing was done",
        ],
    )
    assert runner.run(*command, "--region", "us-east-1").status == 0


def test_a_member_that_is_none_does_not_say_where_to_register(runner: Runner, ecs: Ecs) -> None:
    artifact = runner.folder / "rendered" / "dev" / f"{TASK}.json"
    document = json.loads(artifact.read_text(encoding="utf-8")) | {"region": "eu-west-1"}
    artifact.write_text(json.dumps(document), encoding="utf-8")
    done = runner.run("taskdef", "register", "dev", "--allow-stale")
    assert (done.status, done.err.splitlines()[-1]) == (
        2,
        f"error: `dev/{TASK}` was not registered: `region` is not a member of a task definition, and cannot be registered",
    )
    assert ecs.list_revisions(runner) == []


def test_tags_of_ours_are_ours_whatever_a_template_says(runner: Runner, ecs: Ecs) -> None:
    overlay = runner.folder / "environments" / "dev.yaml"
    with overlay.open("a", encoding="utf-8") as file:
        file.write('  tags: [{key: "taskdef:commit", value: mine}, {key: team, value: x}]\n')
    line = len(overlay.read_text(encoding="utf-8").splitlines())
    runner.demand("taskdef", "render", "dev")
    said = f"environments/dev.yaml:{line}:10: warning[own-tag]: `taskdef register` sets the tag `taskdef:commit` itself"
    digest = sha256((runner.folder / "rendered" / "dev" / f"{TASK}.json").read_bytes()).hexdigest()
    for action in ("registered", "unchanged"):
        done = runner.run("taskdef", "register", "dev")
        assert (done.status, done.out) == (0, f"{action} dev/{TASK} as {ARN}/trading-bot-dev:1\n")
        assert done.err.splitlines()[0] == f"{said}, so the value here is not used"
    assert describe(runner, "trading-bot-dev")["tags"] == [
        {"key": "team", "value": "x"},
        {"key": "taskdef:hash", "value": digest},
        {"key": "taskdef:content", "value": find_content(runner)},
    ]
    done = runner.run("taskdef", "register", "dev", "--strict")
    assert (done.status, done.out.splitlines()[0]) == (
        1,
        f"{said}, so the value here is not used",
    )


UNREADABLE = {
    "is missing": (None, "error[E803]: `{path}` is missing"),
    "is no JSON": (b"{", "{path}:1:1: error[E807]: `{path}` is not a task definition"),
    "is no object": (b"[]", "{path}:1:1: error[E807]: `{path}` is not a task definition"),
    "has a key twice": (
        b'{"family": "a", "family": "a"}',
        "{path}:1:1: error[E807]: `{path}` is not a task definition",
    ),
    "is not UTF-8": (b'{"family": "\xff"}', "error[E807]: `{path}` is not UTF-8: byte 12 is 0xff"),
}


@pytest.mark.parametrize(("committed", "said"), UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("sources", ["right", "wrong"])
def test_a_stale_artifact_is_not_taken_where_it(
    runner: Runner, ecs: Ecs, committed: bytes | None, said: str, sources: str
) -> None:
    if sources == "wrong":
        replace_line(runner.folder / "environments" / "dev.yaml", "log_level: DEBUG", "log_levle: DEBUG")
    artifact = runner.folder / "rendered" / "dev" / f"{TASK}.json"
    artifact.unlink()
    if committed is not None:
        artifact.write_bytes(committed)
    done = runner.run("taskdef", "register", "dev", "--allow-stale")
    assert (done.status, done.err) == (1, "")
    assert said.format(path=f"rendered/dev/{TASK}.json") in done.out.splitlines()
    assert ecs.list_revisions(runner) == []


def test_an_overlay_that_cannot_be_read_does_not_say_where_to_register(runner: Runner, ecs: Ecs) -> None:
    replace_line(runner.folder / "environments" / "dev.yaml", "log_level: DEBUG", "log_level: [")
    for words in (("dev",), ("dev", "test", "--yes")):
        done = runner.run("taskdef", "register", *words, "--allow-stale")
        assert (done.status, "error[" in done.out, done.err) == (1, True, "")
    assert ecs.list_revisions(runner) == []


@pytest.mark.parametrize("tags", [None, 5, "a", {"a": "b"}, [5]])
def test_tags_of_the_wrong_type_are_refused(runner: Runner, ecs: Ecs, tags: Value) -> None:
    artifact = runner.folder / "rendered" / "dev" / f"{TASK}.json"
    document = json.loads(artifact.read_text(encoding="utf-8")) | {"tags": tags}
    artifact.write_text(json.dumps(document), encoding="utf-8")
    done = runner.run("taskdef", "register", "dev", "--allow-stale")
    assert (done.status, "Invalid type for parameter tags" in done.err) == (2, True)
    assert ecs.list_revisions(runner) == []


def test_a_value_that_is_refused_is_not_shown(runner: Runner, ecs: Ecs) -> None:
    artifact = runner.folder / "rendered" / "dev" / f"{TASK}.json"
    document = json.loads(artifact.read_text(encoding="utf-8"))
    document["containerDefinitions"][0]["environment"].append({"name": "DB_PASSWORD", "value": 918273645546})
    artifact.write_text(json.dumps(document), encoding="utf-8")
    done = runner.run("taskdef", "register", "dev", "--allow-stale")
    assert (done.status, "918273645546" in done.out + done.err) == (2, False)
    assert "Invalid type for parameter containerDefinitions[0].environment[3].value, type: <class 'int'>" in done.err
