"""`taskdef revisions` over HTTP: what there is, what uses it, and that pruning never takes what may be in use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from socket import socket
from time import monotonic

import boto3
import pytest

from generator.commands.revisions_prune import prune
from generator.model.account import Access
from generator.model.account_events import AccountEvent, Question
from generator.model.findings import InputError, WrongUsage
from generator.model.nodes import Value
from generator.model.result import Result
from generator.reports.forms import format_result
from generator.reports.progress import state_question
from tests.acceptance.recorded import Answer, Lost, Raw, Recorded, Refusal, Scenario, Step
from tests.acceptance.running import BIN, ROOT, Done, Ecs, Runner, interrupt, replace_line, take_out_account
from tests.acceptance.scenes import CALLER

TASK = "trading-bot-task"
ACCOUNT = "arn:aws:ecs:us-east-1:123456789012"
ARN = f"{ACCOUNT}:task-definition/trading-bot-dev"
LIVE, JOBS = f"{ACCOUNT}:cluster/live", f"{ACCOUNT}:cluster/jobs"
THROTTLED = Refusal("ThrottlingException", "Rate exceeded")
DENIED = Refusal("AccessDeniedException", "User: arn:aws:iam::123456789012:user/deployer is not authorized")


pytestmark = pytest.mark.usefixtures("nowhere")


def aws(runner: Runner, *words: str) -> Value:
    """Run the AWS command line."""
    return json.loads(runner.demand(BIN / "aws", "ecs", *words))


def register(runner: Runner, tag: str) -> None:
    """Change the tag of dev's image, and register it with the AWS command line."""
    file = runner.folder / "environments" / "dev.yaml"
    old = next(line.strip() for line in file.read_text(encoding="utf-8").splitlines() if "image_tag" in line)
    replace_line(file, old, f"image_tag: {tag}")
    runner.demand("taskdef", "render", "dev")
    aws(runner, "register-task-definition", "--cli-input-json", f"file://rendered/dev/{TASK}.json")


def commit(runner: Runner) -> str:
    """Commit everything, under a tag."""
    runner.demand("git", "init", "-q", "-b", "main")
    runner.demand("git", "add", "-A")
    runner.demand("git", "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-q", "-m", "x")
    runner.demand("git", "tag", "v1.0.0")
    return runner.demand("git", "rev-parse", "HEAD").strip()


def test_revisions_are_listed_newest_first_with_what_made_and_uses_them(runner: Runner, ecs: Ecs) -> None:
    head = commit(runner)[:8]
    runner.demand("taskdef", "register", "dev")
    register(runner, "dev-2")
    register(runner, "dev-3")
    runner.demand("taskdef", "register", "dev", "--force")
    aws(runner, "create-cluster", "--cluster-name", "live")
    aws(
        runner, "create-service", "--cluster", "live", "--service-name", "bot", "--task-definition", "trading-bot-dev:2"
    )
    listed = json.loads(runner.demand("taskdef", "revisions", "dev", "--format", "json"))
    (family,) = listed["families"]
    digests = [each["hash"][:8] if each["hash"] else "" for each in family["revisions"]]
    assert runner.run("taskdef", "revisions", "dev") == (
        0,
        f"dev/{TASK}: trading-bot-dev, newest first, and what uses it in all clusters\n"
        "revision  registered  by  commit                       hash       image tags  in use by\n"
        f"4         –           –   {head}-dirty v1.0.0-dirty  {digests[0]}*  dev-3       –\n"
        "  as trading-bot-dev:3\n"
        "3         –           –   –                            –*         dev-3       –\n"
        "  changes 1 field: image tag dev-2 → dev-3\n"
        "2         –           –   –                            –          dev-2       live/bot\n"
        "  changes 1 field: image tag dev → dev-2\n"
        f"1         –           –   {head} v1.0.0              {digests[3]}   dev         –\n"
        "* is the same as the committed artifact\n",
        "",
    )
    assert [each["uses"] for each in family["revisions"]] == [
        [],
        [],
        [{"cluster": "live", "service": "bot", "kind": "service", "tasks": 0}],
        [],
    ]
    assert [each["committed"] for each in family["revisions"]] == [True, True, False, False]
    assert [each["provenance"] for each in family["revisions"]] == ["confirmed", None, None, "confirmed"]
    assert [each["compared_with"] for each in family["revisions"]] == [
        "trading-bot-dev:3",
        "trading-bot-dev:2",
        "trading-bot-dev:1",
        None,
    ]


def test_tags_that_were_copied_are_marked(runner: Runner, ecs: Ecs) -> None:
    head = commit(runner)[:8]
    runner.demand("taskdef", "register", "dev")
    described = aws(runner, "describe-task-definition", "--task-definition", "trading-bot-dev", "--include", "TAGS")
    document = json.loads((runner.folder / "rendered" / "dev" / f"{TASK}.json").read_text(encoding="utf-8"))
    document["containerDefinitions"][0]["image"] = "hotfix:1"
    own = {tag["key"]: tag["value"] for tag in described["tags"]}
    digest = own["taskdef:hash"][:8]
    for tags in (own, {**own, "taskdef:commit": "0" * 40, "taskdef:content": "0-unknown"}):
        document["tags"] = [{"key": key, "value": value} for key, value in tags.items()]
        (runner.folder / "copy.json").write_text(json.dumps(document), encoding="utf-8")
        aws(runner, "register-task-definition", "--cli-input-json", "file://copy.json")
    assert runner.run("taskdef", "revisions", "dev").out == (
        f"dev/{TASK}: trading-bot-dev, newest first, and what uses it in all clusters\n"
        "revision  registered  by  commit            hash       image tags  in use by\n"
        f"3         –           –   00000000 v1.0.0?  {digest}?  1           –\n"
        "  as trading-bot-dev:2\n"
        f"2         –           –   {head} v1.0.0!  {digest}!  1           –\n"
        "  changes 1 field: image repository 123456789012.dkr.ecr.us-east-1.amazonaws.com/trading-bot → hotfix\n"
        f"1         –           –   {head} v1.0.0   {digest}*  dev         –\n"
        "* is the same as the committed artifact\n"
        "! marks tags that do not match the content: another tool copied them, or somebody set them\n"
        "? marks tags that cannot be verified here\n"
    )


def test_a_limit_says_how_many_older_ones_there_are(runner: Runner, ecs: Ecs) -> None:
    for tag in ("a", "b", "c"):
        register(runner, tag)
    lines = runner.demand("taskdef", "revisions", "dev", "--limit", "1", "--changes").splitlines()
    assert lines[2:] == [
        "3         –           –   –       –*    c           –",
        "  trading-bot-dev:2 → trading-bot-dev:3: 1 field differs",
        "    container trading-bot-dev",
        "      image tag b → c",
        "* is the same as the committed artifact",
        "2 older ones: `--limit` shows more",
    ]


def test_statuses_are_chosen(runner: Runner, ecs: Ecs) -> None:
    for tag in ("a", "b", "c"):
        register(runner, tag)
    aws(runner, "deregister-task-definition", "--task-definition", "trading-bot-dev:2")

    def list_numbers(*words: str) -> list[tuple[int, str]]:
        (family,) = json.loads(runner.demand("taskdef", "revisions", "dev", "--format", "json", *words))["families"]
        return [(each["revision"], each["status"]) for each in family["revisions"]]

    assert list_numbers() == [(3, "ACTIVE"), (1, "ACTIVE")]
    assert list_numbers("--status", "inactive") == [(2, "INACTIVE")]
    assert list_numbers("--status", "all") == [(3, "ACTIVE"), (2, "INACTIVE"), (1, "ACTIVE")]


def test_a_family_that_was_never_registered_is_told_with_what_is_near(runner: Runner, ecs: Ecs) -> None:
    said = "no revision of `trading-bot-dev` was ever registered in account 123456789012, us-east-1"
    assert runner.run("taskdef", "revisions", "dev") == (
        2,
        "",
        f"error: {said}\n  help: `taskdef register dev/{TASK}` does\n",
    )
    register(runner, "a")
    done = runner.run("taskdef", "revisions", "dev", "prod")
    assert (done.status, done.out.splitlines()[0], done.err) == (
        2,
        f"dev/{TASK}: trading-bot-dev, newest first, and what uses it in all clusters",
        f"error: {said.replace('-dev', '-prod')}; there is `trading-bot-dev`\n",
    )
    aws(runner, "deregister-task-definition", "--task-definition", "trading-bot-dev:1")
    assert runner.run("taskdef", "revisions", "dev").err == (
        "error: `trading-bot-dev` has no ACTIVE revision in account 123456789012, us-east-1: 1 is INACTIVE\n"
        f"  help: `taskdef show dev/{TASK}:1` shows the newest of these\n"
    )
    assert runner.run("taskdef", "revisions", "dev", "--status", "all").status == 0


STRAYS = {
    ("--prune",): "--prune needs --keep N: the number of newest revisions to keep",
    ("--keep", "3"): "--keep needs --prune",
    ("--yes",): "--yes needs --prune",
    ("--dry-run",): "--dry-run needs --prune",
    ("--allow-stale",): "--allow-stale needs --prune",
    ("--prune", "--keep", "3", "--limit", "5"): "--limit does not go with --prune",
    ("--prune", "--keep", "3", "--cluster", "live"): "--cluster does not go with --prune",
    ("--prune", "--keep", "0"): "invalid value for '--keep': 0 is not in the range x>=1",
}


@pytest.mark.parametrize("words", STRAYS)
def test_options_that_would_be_ignored_are_refused(runner: Runner, words: tuple[str, ...]) -> None:
    done = runner.run("taskdef", "revisions", "dev", *words)
    assert (done.status, done.out, done.err.splitlines()[0]) == (2, "", f"error: {STRAYS[words]}")


# Pruning, with moto.


def test_old_revisions_that_nothing_uses_go(runner: Runner, ecs: Ecs) -> None:
    with (runner.folder / "environments" / "dev.yaml").open("a", encoding="utf-8") as overlay:
        overlay.write("  containerDefinitions: {trading-bot: {memory: 512}}\n")  # moto runs no task without it
    for tag in ("a", "b", "c", "d", "e", "f"):
        register(runner, tag)
    for cluster in ("live", "jobs"):
        aws(runner, "create-cluster", "--cluster-name", cluster)
    aws(
        runner, "create-service", "--cluster", "jobs", "--service-name", "bot", "--task-definition", "trading-bot-dev:2"
    )
    subnet = json.loads(runner.demand(BIN / "aws", "ec2", "describe-subnets"))["Subnets"][0]["SubnetId"]
    network = f"awsvpcConfiguration={{subnets=[{subnet}],securityGroups=[]}}"
    task = ("--task-definition", "trading-bot-dev:3", "--launch-type", "FARGATE", "--network-configuration", network)
    aws(runner, "run-task", "--cluster", "live", *task)
    planned = [
        "deregister trading-bot-dev:4",
        "deregister trading-bot-dev:1",
        "keeps trading-bot-dev:3, in use by 1 task in live",
        "keeps trading-bot-dev:2, in use by jobs/bot",
    ]
    command = ("taskdef", "revisions", "dev", "--prune", "--keep", "2")
    dry = runner.run(*command, "--dry-run")
    assert (dry.status, dry.out.splitlines()) == (
        0,
        [f"would {planned[0]}", f"would {planned[1]}", *planned[2:]],
    )
    assert dry.err == "2 revisions would be deregistered, 2 in use\n"
    asked = runner.run(*command)
    assert (asked.status, asked.out, asked.err.splitlines()[4]) == (
        2,
        "",
        "error: deregister 2 revisions of `trading-bot-dev` in account 123456789012? Nobody can be asked here: pass --yes to agree",
    )
    assert len(ecs.list_revisions(runner)) == 6
    assert runner.run(*command, "--yes") == (
        0,
        f"deregistered {ARN}:1\nderegistered {ARN}:4\n",
        "".join(f"{line}\n" for line in (f"will {planned[0]}", f"will {planned[1]}", *planned[2:]))
        + "2 deregistered, 2 in use\n",
    )
    assert ecs.list_revisions(runner) == [f"trading-bot-dev:{number}" for number in (2, 3, 5, 6)]
    command = ("taskdef", "revisions", "dev", "--prune", "--keep", "3")  # moto's task has stopped meanwhile
    report = json.loads(runner.demand(*command, "--yes", "--format", "json"))
    (family,) = report["families"]
    assert (report["pruning"], family["going"], family["deregistered"]) == (True, [], [])
    assert [each["arn"] for each in family["kept"]] == [f"{ARN}:2"]


def test_what_starts_tasks_of_a_revision_keeps_it(runner: Runner, ecs: Ecs) -> None:
    for number in (1, 2, 3):
        register(runner, f"dev-{number}")
    cluster = aws(runner, "create-cluster", "--cluster-name", "live")["cluster"]["clusterArn"]
    arn = cluster.replace("cluster/live", "task-definition/trading-bot-dev")
    role = "arn:aws:iam::123456789012:role/starts"
    given = {"region_name": "us-east-1", "endpoint_url": ecs.url, "aws_access_key_id": "testing"}
    events, scheduler = (
        boto3.client(name, aws_secret_access_key="testing", **given) for name in ("events", "scheduler")
    )
    events.put_rule(Name="nightly", ScheduleExpression="rate(1 day)")
    target = {"Arn": cluster, "RoleArn": role, "EcsParameters": {"TaskDefinitionArn": f"{arn}:1"}}
    events.put_targets(Rule="nightly", Targets=[{"Id": "1", **target}])
    scheduler.create_schedule(
        Name="report",
        ScheduleExpression="rate(1 day)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={**target, "EcsParameters": {"TaskDefinitionArn": f"{arn}:2"}},
    )
    done = runner.run("taskdef", "revisions", "dev", "--prune", "--keep", "1", "--dry-run")
    assert (done.status, done.out) == (
        0,
        "keeps trading-bot-dev:2, in use by the schedule `default/report`\n"
        "keeps trading-bot-dev:1, in use by the rule `nightly`\n",
    )


def test_what_is_committed_account_and_region_have_to_be_right(runner: Runner, ecs: Ecs) -> None:
    for tag in ("a", "b"):
        register(runner, tag)
    overlay = runner.folder / "environments" / "dev.yaml"
    replace_line(overlay, "log_level: DEBUG", "log_level: TRACE")
    command = ("taskdef", "revisions", "dev", "--prune", "--keep", "1", "--yes")
    done = runner.run(*command)
    assert (done.status, done.out.split(": ")[1], done.out.splitlines()[-1]) == (
        1,
        "error[E801]",
        "1 error: nothing was done",
    )
    stale = (*command, "--allow-stale")
    replace_line(
        overlay,
        'aws: {account: "123456789012", region: us-east-1}',
        'aws: {account: "999999999999", region: us-east-1}',
    )
    done = runner.run(*stale)
    assert (done.status, "environments/dev.yaml:2:16: error[wrong-account]" in done.out) == (1, True)
    assert len(ecs.list_revisions(runner)) == 2
    replace_line(
        overlay,
        'aws: {account: "999999999999", region: us-east-1}',
        'aws: {account: "123456789012", region: us-east-1}',
    )
    assert runner.run(*stale).out == f"deregistered {ARN}:1\n"


# Pruning and listing, with what moto does not have.


def make_service(revision: int, **members: Value) -> Value:
    """Describe a service as ECS does."""
    return {
        "serviceArn": f"{ACCOUNT}:service/live/bot",
        "serviceName": "bot",
        "clusterArn": LIVE,
        "status": "ACTIVE",
        "taskDefinition": f"{ARN}:{revision}",
        "deployments": [{"id": "1", "status": "PRIMARY", "taskDefinition": f"{ARN}:{revision}"}],
        **members,
    }


def make_task(revision: int, status: str, group: str = "family:trading-bot-dev") -> Value:
    """Describe a task as ECS does."""
    return {
        "taskArn": f"{ACCOUNT}:task/live/{revision}",
        "clusterArn": LIVE,
        "taskDefinitionArn": f"{ARN}:{revision}",
        "lastStatus": status,
        "group": group,
    }


def describe_revision(parameters: Value) -> Answer:
    """Describe a revision of dev; the newest is 6."""
    number = int(parameters["taskDefinition"].rpartition(":")[2])
    document = json.loads((ROOT / "rendered" / "dev" / f"{TASK}.json").read_text(encoding="utf-8"))
    document["containerDefinitions"][0]["image"] = f"bot:v{number}"
    registered = {
        "taskDefinitionArn": f"{ARN}:{number}",
        "revision": number,
        "status": "ACTIVE",
        "registeredAt": f"2026-11-2{number}T08:15:00Z",
        "registeredBy": "arn:aws:sts::123456789012:assumed-role/ci/run-7",
    }
    return {"taskDefinition": {**document, **registered}, "tags": []}


def play(numbers: Iterator[int] | range = range(1, 7), **changes: Value) -> Scenario:
    """Make a scenario in which nothing is in use but for what is changed."""
    arns = [f"{ARN}:{number}" for number in numbers][::-1]
    services, tasks = changes.get("services", []), changes.get("tasks", [])
    return {
        "sts:GetCallerIdentity": [CALLER],
        "ecs:ListTaskDefinitions": lambda asked: {
            "taskDefinitionArns": arns if asked.get("status", "ACTIVE") == "ACTIVE" else []
        },
        "ecs:DescribeTaskDefinition": describe_revision,
        "ecs:ListClusters": changes.get("ListClusters", [{"clusterArns": [LIVE]}]),
        "ecs:ListServices": changes.get("ListServices", [{"serviceArns": [each["serviceArn"] for each in services]}]),
        "ecs:DescribeServices": changes.get("DescribeServices", [{"services": services, "failures": []}]),
        "ecs:ListTasks": changes.get("ListTasks", [{"taskArns": [each["taskArn"] for each in tasks]}]),
        "ecs:DescribeTasks": changes.get("DescribeTasks", [{"tasks": tasks, "failures": []}]),
        "ecs:DeregisterTaskDefinition": changes.get("DeregisterTaskDefinition", [{"taskDefinition": {}}]),
        "events:ListEventBuses": changes.get("ListEventBuses", [{"EventBuses": [{"Name": "default"}]}]),
        "events:ListRuleNamesByTarget": [{"RuleNames": list(changes.get("rules", ()))}],
        "events:ListTargetsByRule": lambda asked: {"Targets": [changes["rules"][asked["Rule"]]]},
        "scheduler:ListSchedules": changes.get(
            "ListSchedules",
            [
                {
                    "Schedules": [
                        {"Name": name, "GroupName": "jobs", "Target": {"Arn": target["Arn"]}}
                        for name, target in changes.get("schedules", {}).items()
                    ]
                }
            ],
        ),
        "scheduler:GetSchedule": lambda asked: {"Target": changes["schedules"][asked["Name"]]},
    }


def list_gone(recorded: Recorded) -> list[int]:
    """List the numbers of the revisions that were deregistered."""
    calls = recorded.list_calls("ecs:DeregisterTaskDefinition")
    return [int(call["taskDefinition"].rpartition(":")[2]) for call in calls]


def run(runner: Runner, recorded: Recorded, scenario: Scenario, *words: str) -> Done:
    """Run `taskdef revisions dev` while a scenario is played."""
    recorded.play(scenario)
    runner.environment.update(recorded.environment)
    return runner.run("taskdef", "revisions", "dev", *words)


PRUNE = ("--prune", "--keep", "1", "--yes")
USED = {
    "an older deployment": (
        {
            "services": [
                make_service(
                    6,
                    deployments=[
                        {"id": "1", "status": "PRIMARY", "taskDefinition": f"{ARN}:6"},
                        {"id": "2", "status": "ACTIVE", "taskDefinition": f"{ARN}:4"},
                    ],
                )
            ]
        },
        4,
        "live/bot (an older deployment)",
    ),
    "a task set of a controller outside of ECS": (
        {
            "services": [
                make_service(
                    6,
                    taskDefinition="",
                    deployments=[],
                    taskSets=[{"id": "1", "status": "ACTIVE", "taskDefinition": f"{ARN}:3"}],
                )
            ]
        },
        3,
        "live/bot (a task set)",
    ),
    "a service that is being deleted": ({"services": [make_service(5, status="DRAINING")]}, 5, "live/bot"),
    "a task that is about to run": ({"tasks": [make_task(2, "PROVISIONING")]}, 2, "1 task in live"),
    "a task of a service that no deployment has any more": (
        {"tasks": [make_task(2, "RUNNING", "service:bot")]},
        2,
        "live/bot (1 task)",
    ),
}


@pytest.mark.parametrize(("changes", "number", "said"), USED.values(), ids=USED)
def test_what_is_in_use_stays(runner: Runner, recorded: Recorded, changes: Value, number: int, said: str) -> None:
    done = run(runner, recorded, play(**changes), *PRUNE)
    assert (done.status, list_gone(recorded)) == (0, [each for each in range(1, 6) if each != number])
    assert f"keeps trading-bot-dev:{number}, in use by {said}\n" in done.err


def test_a_task_that_has_stopped_uses_nothing(runner: Runner, recorded: Recorded) -> None:
    run(runner, recorded, play(tasks=[make_task(2, "STOPPED")]), *PRUNE)
    assert list_gone(recorded) == [1, 2, 3, 4, 5]


def test_all_clusters_and_all_pages_are_looked_at(runner: Runner, recorded: Recorded) -> None:
    services = [f"{ACCOUNT}:service/live/bot-{number}" for number in range(25)]
    tasks = [f"{ACCOUNT}:task/live/{number}" for number in range(150)]

    def miss(arns: list[str]) -> Answer:
        return {"failures": [{"arn": arn, "reason": "MISSING"} for arn in arns]}

    scenario = play(
        ListClusters=[{"clusterArns": [LIVE], "nextToken": "x"}, {"clusterArns": [JOBS]}],
        ListServices=[{"serviceArns": services[:20], "nextToken": "x"}, {"serviceArns": services[20:]}],
        DescribeServices=lambda asked: miss(asked["services"]),
        ListTasks=[{"taskArns": tasks[:100], "nextToken": "x"}, {"taskArns": tasks[100:]}],
        DescribeTasks=lambda asked: miss(asked["tasks"]),
    )
    assert run(runner, recorded, scenario, "--prune", "--keep", "1", "--dry-run").status == 0
    asked = [(call["cluster"], call.get("nextToken")) for call in recorded.list_calls("ecs:ListServices")]
    assert asked == [(LIVE, None), (LIVE, "x"), (JOBS, None)]
    asked = [(call["cluster"], call["family"]) for call in recorded.list_calls("ecs:ListTasks")]
    assert asked == [(LIVE, "trading-bot-dev"), (LIVE, "trading-bot-dev"), (JOBS, "trading-bot-dev")]
    described = [len(call["services"]) for call in recorded.list_calls("ecs:DescribeServices")]
    assert described == [10, 10, 5, 5]  # the second cluster has the last page only
    assert [len(call["tasks"]) for call in recorded.list_calls("ecs:DescribeTasks")] == [100, 50, 50]


def start(number: int | None, **members: Value) -> Value:
    """Make the target of a rule or schedule, which names a revision by its number, or the family alone."""
    revision = f"{ARN}:{number}" if number else ARN
    return {"Arn": LIVE, **members, "EcsParameters": {"TaskDefinitionArn": revision}}


def test_what_a_rule_or_schedule_names_by_its_number_stays(runner: Runner, recorded: Recorded) -> None:
    role = {"RoleArn": "arn:aws:iam::123456789012:role/starts"}
    scenario = play(
        rules={"nightly": start(2, Id="1"), "hourly": start(None, Id="1")},
        schedules={"report": start(3, **role), "elsewhere": {**start(4, **role), "Arn": JOBS}},
    )
    done = run(runner, recorded, scenario, *PRUNE)
    assert (done.status, list_gone(recorded)) == (0, [1, 4, 5])
    assert "keeps trading-bot-dev:3, in use by the schedule `jobs/report`\n" in done.err
    assert "keeps trading-bot-dev:2, in use by the rule `nightly`\n" in done.err
    assert {call["groupName"] for call in recorded.list_calls("scheduler:GetSchedule")} == {"jobs"}


def test_it_is_said_first_that_schedules_are_denied(runner: Runner, recorded: Recorded) -> None:
    scenario = play(ListEventBuses=[DENIED], ListSchedules=[DENIED])
    done = run(runner, recorded, scenario, *PRUNE)
    said = [line.partition(" are not checked: ")[0] for line in done.err.splitlines() if "schedules-unknown" in line]
    assert said == [
        "warning[schedules-unknown]: rules of EventBridge that name a revision by its number",
        "warning[schedules-unknown]: schedules of EventBridge Scheduler that name a revision by its number",
    ]
    assert done.err.index("schedules-unknown") < done.err.index("deregister")
    assert (done.status, list_gone(recorded)) == (0, [1, 2, 3, 4, 5])
    done = run(runner, recorded, scenario, *PRUNE, "--strict")
    assert (done.status, list_gone(recorded)) == (1, [])


PAGE = b"<html><body>Not Found</body></html>"
ABSENT: dict[str, tuple[Answer, str]] = {
    "an operation that an emulator does not have": (
        Raw(b'{"__type": "UnknownOperationException", "message": "No such operation"}', status=400),
        "`{}` failed: No such operation",
    ),
    "a service that an emulator does not have": (
        Refusal("InternalFailure", "API for this service is not emulated", status=501),
        "`{}` failed: API for this service is not emulated",
    ),
    "a page that is not found": (Raw(PAGE, status=404), "`{}` failed: "),
    "a page": (Raw(PAGE), "the answer to `{}` does not look like one from AWS"),
    "no answer": (Lost(), "cannot reach AWS for `{}`: "),
}  # fmt: skip
"""By what is there instead of EventBridge and its Scheduler: what it answers, and what is said of an operation."""


@pytest.mark.parametrize(("answer", "said"), ABSENT.values(), ids=ABSENT)
def test_it_is_said_first_that_nobody_answers_for_schedules(
    runner: Runner, recorded: Recorded, answer: Answer, said: str
) -> None:
    done = run(runner, recorded, play(ListEventBuses=[answer], ListSchedules=[answer]), *PRUNE)
    check_unseen(done, [said.format(operation) for operation in ("events:ListEventBuses", "scheduler:ListSchedules")])
    assert list_gone(recorded) == [1, 2, 3, 4, 5]


def test_it_is_said_first_that_the_addresses_of_schedules_refuse_connections(
    runner: Runner, recorded: Recorded
) -> None:
    with socket() as closed:  # bound, and nobody listens
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        runner.environment.update(AWS_ENDPOINT_URL_EVENTBRIDGE=address, AWS_ENDPOINT_URL_SCHEDULER=address)
        done = run(runner, recorded, play(), *PRUNE)
    operations = ("events:ListEventBuses", "scheduler:ListSchedules")
    check_unseen(
        done,
        [f'cannot reach AWS for `{each}`: Could not connect to the endpoint URL: "{address}' for each in operations],
    )
    assert list_gone(recorded) == [1, 2, 3, 4, 5]


def test_an_answer_without_any_bus_says_nothing_of_rules(runner: Runner, recorded: Recorded) -> None:
    done = run(runner, recorded, play(ListEventBuses=[{"EventBuses": []}]), *PRUNE)
    warnings = [line for line in done.err.splitlines() if "schedules-unknown" in line]
    assert warnings == [
        "warning[schedules-unknown]: rules of EventBridge that name a revision by its number are not checked: "
        "the answer to `events:ListEventBuses` does not look like one from AWS"
    ]


def test_pages_of_buses_that_never_end_say_nothing_of_rules(runner: Runner, recorded: Recorded) -> None:
    buses = [{"EventBuses": [{"Name": "default"}], "NextToken": "again"}] * 3
    done = run(runner, recorded, play(ListEventBuses=buses), *PRUNE)
    warnings = [line for line in done.err.splitlines() if "schedules-unknown" in line]
    assert [line.endswith("`events:ListEventBuses` does not look like one from AWS") for line in warnings] == [True]


def test_pages_of_schedules_that_never_end_say_nothing_of_schedules(runner: Runner, recorded: Recorded) -> None:
    done = run(runner, recorded, play(ListSchedules=[{"Schedules": [], "NextToken": "again"}] * 3), *PRUNE)
    warnings = [line for line in done.err.splitlines() if "schedules-unknown" in line]
    assert warnings == [
        "warning[schedules-unknown]: schedules of EventBridge Scheduler that name a revision by its number are not checked: "
        "the answer to `scheduler:ListSchedules` does not look like one from AWS"
    ]


def check_unseen(done: Done, said: list[str]) -> None:
    """Check that pruning went on, once it was said that neither rules nor schedules were looked at, and why."""
    warnings = [line for line in done.err.splitlines() if "schedules-unknown" in line]
    kinds = ("rules of EventBridge", "schedules of EventBridge Scheduler")
    assert len(warnings) == len(kinds), done
    for line, kind, why in zip(warnings, kinds, said, strict=True):
        start = f"warning[schedules-unknown]: {kind} that name a revision by its number are not checked: {why}"
        assert line.startswith(start), (line, start)
    assert done.err.index("schedules-unknown") < done.err.index("deregister")
    assert (done.status, "Traceback" in done.err) == (0, False)


def test_nothing_is_pruned_once_credentials_have_expired(runner: Runner, recorded: Recorded) -> None:
    expired = Refusal("ExpiredTokenException", "The security token included in the request is expired")
    done = run(runner, recorded, play(ListSchedules=[expired]), *PRUNE)
    assert (done.status, done.err.partition(": ")[2].partition(",")[0], list_gone(recorded)) == (
        2,
        "nothing is pruned",
        [],
    )


HIDDEN: dict[str, Value] = {
    **{
        name: {name: [DENIED], **more}
        for name, more in {
            "ListClusters": {},
            "ListServices": {},
            "DescribeServices": {"services": [make_service(6)]},
            "ListTasks": {},
            "DescribeTasks": {"tasks": [make_task(6, "RUNNING")]},
        }.items()
    },
}


@pytest.mark.parametrize("name", HIDDEN)
def test_nothing_is_pruned_where_what_uses_it_may_not_be_asked(runner: Runner, recorded: Recorded, name: str) -> None:
    changes = HIDDEN[name]
    if "services" in changes:
        changes = {**changes, "ListServices": [{"serviceArns": [f"{ACCOUNT}:service/live/bot"]}]}
    if "tasks" in changes:
        changes = {**changes, "ListTasks": [{"taskArns": [f"{ACCOUNT}:task/live/6"]}]}
    done = run(runner, recorded, play(**changes), *PRUNE)
    assert done == (
        2,
        "",
        "error: nothing is pruned, since not everything that may use a revision could be checked: "
        f"AWS denies `ecs:{name}`: User: arn:aws:iam::123456789012:user/deployer is not authorized\n"
        f"  help: the role or user needs `ecs:{name}` in its policy\n",
    )
    assert list_gone(recorded) == []


def test_nothing_is_pruned_where_one_service_is_kept_from_us(runner: Runner, recorded: Recorded) -> None:
    failures = [{"arn": f"{ACCOUNT}:service/live/bot", "reason": "ACCESS_DENIED"}]
    scenario = play(services=[make_service(6)], DescribeServices=[{"services": [], "failures": failures}])
    done = run(runner, recorded, scenario, *PRUNE)
    assert (done.status, list_gone(recorded)) == (2, [])
    assert f"`ecs:DescribeServices` does not report on {ACCOUNT}:service/live/bot: ACCESS_DENIED" in done.err


def test_a_list_tells_what_it_could_not_look_at(runner: Runner, recorded: Recorded) -> None:
    done = run(runner, recorded, play(ListTasks=[DENIED]), "--limit", "1")
    assert done.status == 0
    assert done.out.splitlines() == [
        f"dev/{TASK}: trading-bot-dev, newest first, and what uses it in all clusters",
        "revision  registered        by        commit  hash  image tags  in use by",
        "6         2026-11-26 08:15  ci/run-7  –       –     v6          ?",
        "  changes 1 field: image tag v5 → v6",
        "5 older ones: `--limit` shows more",
    ]
    assert done.err.splitlines() == [
        "warning[unknown-use]: it is unknown what uses the revisions of `trading-bot-dev`: AWS denies `ecs:ListTasks`: "
        "User: arn:aws:iam::123456789012:user/deployer is not authorized",
        "  note: in dev",
        "  help: the role or user needs `ecs:ListTasks` in its policy",
        "1 warning",
    ]
    assert run(runner, recorded, play(ListTasks=[DENIED]), "--strict").status == 1


def test_nothing_is_pruned_strictly_where_the_overlay_does_not_say_which_account_it_is(
    runner: Runner, recorded: Recorded
) -> None:
    take_out_account(runner)
    done = run(runner, recorded, play(), *PRUNE, "--strict")
    assert (done.status, done.out.splitlines()[-1], list_gone(recorded)) == (
        1,
        "1 warning, and `--strict` was given: nothing was done",
        [],
    )
    done = run(runner, recorded, play(), *PRUNE)
    assert (done.status, list_gone(recorded)) == (0, [1, 2, 3, 4, 5]), done
    assert "warning[unknown-account]" in done.err


def test_a_cluster_that_there_is_not_is_told_once_and_by_its_name(runner: Runner, recorded: Recorded) -> None:
    for name in ("dev", "test"):
        replace_line(
            runner.folder / "environments" / f"{name}.yaml",
            'aws: {account: "123456789012", region: us-east-1}',
            'aws: {account: "123456789012", region: us-east-1, cluster: lvie}',
        )
    lost = Refusal("ClusterNotFoundException", "Cluster not found.")

    def list_family(asked: Value) -> Answer:
        return {"taskDefinitionArns": [f"{ACCOUNT}:task-definition/{asked['familyPrefix']}:6"]}

    recorded.play({**play(ListServices=[lost]), "ecs:ListTaskDefinitions": list_family})
    runner.environment.update(recorded.environment)
    done = runner.run("taskdef", "revisions", "dev", "test", "--limit", "1")
    assert (done.status, done.err.splitlines()) == (
        0,
        [
            "warning[unknown-use]: it is unknown what uses the revisions: there is no cluster `lvie` in us-east-1",
            "  note: in dev and test",
            "  help: `aws ecs list-clusters` lists them",
            "1 warning",
        ],
    )


def test_a_cluster_is_named_by_an_option_or_the_overlay(runner: Runner, recorded: Recorded) -> None:
    lost = Refusal("ClusterNotFoundException", "Cluster not found.")
    done = run(runner, recorded, play(ListServices=[lost]), "--cluster", "lvie")
    assert (done.status, done.err) == (
        2,
        "error: there is no cluster `lvie` in us-east-1; did you mean `live`? (there is `live`)\n",
    )
    replace_line(
        runner.folder / "environments" / "dev.yaml",
        'aws: {account: "123456789012", region: us-east-1}',
        'aws: {account: "123456789012", region: us-east-1, cluster: live}',
    )
    done = run(runner, recorded, play(services=[make_service(5)]))
    assert done.out.splitlines()[0].endswith("what uses it in the cluster live")
    assert done.out.splitlines()[4].split() == ["5", "2026-11-25", "08:15", "ci/run-7", "–", "–", "v5", "live/bot"]
    assert [call["cluster"] for call in recorded.list_calls("ecs:ListServices")] == ["live"]


def test_what_was_done_before_a_failure_is_told(runner: Runner, recorded: Recorded) -> None:
    scenario = play(DeregisterTaskDefinition=[{"taskDefinition": {}}, {"taskDefinition": {}}, DENIED])
    done = run(runner, recorded, scenario, *PRUNE)
    assert (done.status, done.out) == (2, f"deregistered {ARN}:1\nderegistered {ARN}:2\n")
    assert done.err.splitlines()[-2:] == [
        "error: AWS denies `ecs:DeregisterTaskDefinition`: User: arn:aws:iam::123456789012:user/deployer is not authorized; "
        "2 of 5 deregistered",
        "  help: the role or user needs `ecs:DeregisterTaskDefinition` in its policy",
    ]


def test_what_was_done_before_an_interrupt_is_told(runner: Runner, recorded: Recorded) -> None:
    slow = play(DeregisterTaskDefinition=[{"taskDefinition": {}}, Step(THROTTLED, seconds=600)])
    runner.environment.update(recorded.environment)
    for words in ((), ("--format", "json")):
        recorded.play(slow)
        done = interrupt(runner, "taskdef", "revisions", "dev", *PRUNE, *words, after="AWS throttles")
        assert done.status == 130
        if words:
            report = json.loads(done.out)
            assert (report["families"][0]["deregistered"], report["error"]["status"]) == ([f"{ARN}:1"], 130)
        else:
            assert done.out == f"deregistered {ARN}:1\n"
            assert done.err.splitlines()[-2:] == [
                "error: interrupted, perhaps after ECS received one more request; 1 of 5 deregistered",
                f"  help: `taskdef revisions dev/{TASK} --status all` shows which are gone",
            ]


def test_many_are_deregistered_no_faster_than_ecs_takes_it(runner: Runner, recorded: Recorded) -> None:
    begin = monotonic()
    run(runner, recorded, play(range(1, 14)), *PRUNE)
    assert (len(list_gone(recorded)), monotonic() - begin > 2) == (12, True)


# The question.


class Answered:
    """Answers a question, after what happens meanwhile."""

    def __init__(self, recorded: Recorded, scenario: Scenario | None = None, *, answer: bool = True) -> None:
        self.recorded = recorded
        self.scenario = scenario
        self.answer = answer
        self.questions: list[Question] = []

    def __call__(self, question: Question, before: Iterable[AccountEvent] = ()) -> bool:
        self.questions.append(question)
        if self.scenario is not None:
            self.recorded.play(self.scenario)
        return self.answer


def ask(runner: Runner, recorded: Recorded, answered: Answered, monkeypatch: pytest.MonkeyPatch) -> Result:
    """Prune in this process, so that something may happen before the answer."""
    for name, value in recorded.environment.items():
        monkeypatch.setenv(name, value)
    return prune(str(runner.folder), words=["dev"], keep=4, access=Access(), confirm=answered)


def test_a_person_is_asked_in_any_environment_and_a_no_ends_it(
    runner: Runner, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded.play(play())
    answered = Answered(recorded, answer=False)
    with pytest.raises(WrongUsage, match="nothing was done, since the answer was no"):
        ask(runner, recorded, answered, monkeypatch)
    (question,) = answered.questions
    assert state_question(question) == "deregister 2 revisions of `trading-bot-dev` in account 123456789012?"
    assert list_gone(recorded) == []


def test_nobody_is_asked_where_there_is_nothing_to_do(
    runner: Runner, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded.play(play(range(3, 7)))
    answered = Answered(recorded)
    result = ask(runner, recorded, answered, monkeypatch)
    assert (result.status, format_result(result).err, answered.questions) == (0, "nothing to prune\n", [])


def test_what_came_into_use_before_the_answer_stays(
    runner: Runner, recorded: Recorded, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded.play(play())
    later = play(services=[make_service(2)])
    result = ask(runner, recorded, Answered(recorded, later), monkeypatch)
    assert (list_gone(recorded), format_result(result).err) == ([1], "1 deregistered, 1 in use\n")
    recorded.play(play())
    with pytest.raises(InputError, match="nothing is pruned"):
        ask(runner, recorded, Answered(recorded, play(ListTasks=[DENIED])), monkeypatch)
    assert list_gone(recorded) == []
    recorded.play(play())
    with pytest.raises(
        InputError, match="nothing is pruned, because this has changed since the question: schedules of"
    ):
        ask(runner, recorded, Answered(recorded, play(ListSchedules=[DENIED])), monkeypatch)
    assert list_gone(recorded) == []
