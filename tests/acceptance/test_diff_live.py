"""`taskdef diff` with registered revisions over HTTP: against sources, files and each other, by the names that environments share."""

from __future__ import annotations

import json

import pytest

from generator.model.nodes import Value
from tests.acceptance.running import BIN, Done, Ecs, Runner, add_worker, replace_line

TASK = "trading-bot-task"


pytestmark = pytest.mark.usefixtures("nowhere")


def aws(runner: Runner, *words: str) -> Value:
    """Run the AWS command line."""
    return json.loads(runner.demand(BIN / "aws", "ecs", *words))


def register(runner: Runner, environment: str) -> None:
    """Register what is rendered of an environment with the AWS command line."""
    file = f"file://rendered/{environment}/{TASK}.json"
    aws(runner, "register-task-definition", "--cli-input-json", file)


def change_tag(runner: Runner, old: str, new: str) -> None:
    """Change the tag of dev's image."""
    replace_line(runner.folder / "environments" / "dev.yaml", f"image_tag: {old}", f"image_tag: {new}")
    runner.demand("taskdef", "render", "dev")


@pytest.fixture
def registered(runner: Runner, ecs: Ecs) -> Runner:
    """Two revisions of dev, the older of which a service runs, and one of prod; dev's sources are a step further."""
    register(runner, "dev")
    change_tag(runner, "dev", "dev-2")
    register(runner, "dev")
    register(runner, "prod")
    aws(runner, "create-cluster", "--cluster-name", "live")
    aws(
        runner, "create-service", "--cluster", "live", "--service-name", "bot", "--task-definition", "trading-bot-dev:1"
    )
    change_tag(runner, "dev-2", "dev-3")
    return runner


NEWEST = f"  note: no service is set for `dev/{TASK}`: `trading-bot-dev:2` is the newest ACTIVE revision\n"
RUNS = "  note: the service `bot` in the cluster `live` runs `trading-bot-dev:1`\n"
SERVICE = ("--cluster", "live", "--service", "bot")


def tell(head: str, old: str, new: str, where: str = "", notes: str = "") -> Done:
    """Tell what is said of two tags of the image."""
    place = f"        {where}\n" if where else ""
    said = f"{head}: 1 field differs\n  container trading-bot\n    image tag {old} → {new}\n"
    return Done(1, said + place.replace("        ", "      ", 1) + notes, "")


def test_a_revision_is_compared_with_the_sources(registered: Runner) -> None:
    line = "environments/dev.yaml:6:14"
    assert registered.run("taskdef", "diff", "dev:live") == tell(
        f"{TASK}, dev:live (trading-bot-dev:2) → dev", "dev-2", "dev-3", line, NEWEST
    )
    assert registered.run("taskdef", "diff", "dev:live", *SERVICE) == tell(
        f"{TASK}, dev:live (trading-bot-dev:1) → dev", "dev", "dev-3", line, RUNS
    )
    assert registered.run("taskdef", "diff", "dev:live", "dev") == registered.run("taskdef", "diff", "dev:live")
    assert registered.run("taskdef", "diff", "dev", "dev:1") == tell(
        f"{TASK}, dev → trading-bot-dev:1", "dev-3", "dev", line
    )


def test_two_revisions_are_compared(registered: Runner) -> None:
    assert registered.run("taskdef", "diff", "dev:1", f"dev/{TASK}:2") == tell(
        f"{TASK}, trading-bot-dev:1 → trading-bot-dev:2", "dev", "dev-2"
    )
    assert registered.run("taskdef", "diff", "dev:1", "dev:live", *SERVICE) == Done(
        0, f"{TASK}, trading-bot-dev:1 → dev:live (trading-bot-dev:1): no difference\n{RUNS}", ""
    )


def test_a_file_is_compared_with_a_revision(registered: Runner) -> None:
    file = f"rendered/dev/{TASK}.json"
    assert registered.run("taskdef", "diff", file, "dev:1") == tell(
        f"{file} → trading-bot-dev:1", "dev-3", "dev", "environments/dev.yaml:6:14"
    )
    described = aws(registered, "describe-task-definition", "--task-definition", "trading-bot-dev:2")
    (registered.folder / "saved.json").write_text(json.dumps(described), encoding="utf-8")
    assert registered.run("taskdef", "diff", "dev:2", "saved.json").status == 0


def test_revisions_of_two_environments_are_compared_by_the_names_that_the_template_gives(registered: Runner) -> None:
    replace_line(registered.folder / "environments" / "dev.yaml", "image_tag: dev-3", "image_tag: dev-2")
    lines = registered.run("taskdef", "diff", "dev:2", "prod:1").out.splitlines()
    assert [line.strip() for line in lines] == [
        f"{TASK}, trading-bot-dev:2 → trading-bot-prod:1: 11 fields differ",
        "the task",
        "family: trading-bot-dev → trading-bot-prod",
        "cpu: 256 CPU units → 1024 CPU units",
        "memory: 512 MiB → 2048 MiB",
        "container trading-bot",
        "name: trading-bot-dev → trading-bot-prod",
        "image tag dev-2 → v1.0.0",
        "environment[ENVIRONMENT].value: development → production",
        "environment[LOG_LEVEL].value: DEBUG → INFO",
        "secrets[BYBIT_API_KEY].valueFrom secret trading-secrets-dev → trading-secrets-prod",
        "secrets[BYBIT_SECRET_KEY].valueFrom secret trading-secrets-dev → trading-secrets-prod",
        "secrets[DATABASE_PASSWORD].valueFrom secret trading-secrets-dev → trading-secrets-prod",
        "logConfiguration.options.awslogs-group: /ecs/trading-bot-dev → /ecs/trading-bot-prod",
    ]
    fields = [line for line in registered.run("taskdef", "diff", "dev", "prod").out.splitlines() if "→" in line]
    assert len([line for line in fields if "yaml" not in line]) == 1 + 11


def test_json_and_markdown_are_products(registered: Runner) -> None:
    report = json.loads(registered.run("taskdef", "diff", "dev:live", "--format", "json").out)
    (compared,) = report["comparisons"]
    assert (compared["left"], compared["right"], len(compared["changes"]), compared["notes"]) == (
        "dev:live (trading-bot-dev:2)",
        "dev",
        1,
        [NEWEST.removeprefix("  note: ").strip()],
    )
    written = registered.run("taskdef", "diff", "dev:live", "--format", "markdown").out
    assert "| `trading-bot` | `image` | `tag dev-2 → dev-3` |" in written


def test_all_tasks_of_an_environment_are_compared_with_what_runs(registered: Runner) -> None:
    folder = registered.folder / "templates"
    text = (folder / f"{TASK}.json.j2").read_text(encoding="utf-8")
    (folder / "other.json.j2").write_text(text.replace("trading-bot-{{ env }}", "other-{{ env }}"), encoding="utf-8")
    assert registered.run("taskdef", "diff", "dev:live").out.splitlines()[::6] == [
        "other: only in dev",
        "  note: no service is set for `dev/trading-bot-task`: `trading-bot-dev:2` is the newest ACTIVE revision",
    ]
    assert registered.run("taskdef", "diff", "dev:2").err == "error: `dev` has 2 tasks: name one, like `dev/other:2`\n"
    assert registered.run("taskdef", "diff", "dev:live", *SERVICE).err == (
        "error: `--service` is one service, and there are 2 tasks: name one\n"
    )
    assert registered.run("taskdef", "diff", f"dev/{TASK}:2").status == 1
    assert registered.run("taskdef", "diff", "dev:2", "--task", TASK).status == 1
    assert registered.run("taskdef", "diff", "dev:live", f"rendered/dev/{TASK}.json").err == (
        "error: `dev` has 2 tasks: name one, like `dev/other:live`\n"
    )


def test_sources_that_cannot_be_built_are_told(registered: Runner) -> None:
    overlay = registered.folder / "environments" / "dev.yaml"
    replace_line(overlay, "memory: 512", "memroy: 512")
    done = registered.run("taskdef", "diff", "dev:live")
    assert (done.status, done.out, done.err.splitlines()[0][:40]) == (2, "", "environments/dev.yaml:9:3: error[E301]: ")
    assert registered.run("taskdef", "diff", "dev:1", "dev:2").status == 1


REFUSED = {
    ("dev:latest", "dev"): "`latest` is not a revision of `dev`: that is a number, like `dev:3`, or `dev:live`",
    ("dve:3", "dev"): "there is no environment `dve`; did you mean `dev`? (there is `dev`, `prod`, `test`)",
    ("dev/tarding-bot-task:3", "dev"): (
        "there is no task `tarding-bot-task`; did you mean `trading-bot-task`? (there is `trading-bot-task`)"
    ),
    ("dev", "prod", "--cluster", "live"): (
        "options about AWS are for words like `prod:3` and `prod:live`, and none of these is one"
    ),
    ("dev:3", "dev", "--service", "bot"): ("`--cluster` and `--service` only go with words like `prod:live`"),
    ("dev:live", "--by-cause"): "`--by-cause` groups by the edits of a git range, like `main..`",
    ("dev:LIVE",): "`LIVE` is not a revision of `dev`: that is a number, like `dev:3`, or `dev:live`",
    ("dve:3",): (
        "compare `dve:3` with what? A single word is a git range, like `main..`, or a registered revision, like `prod:live`"
    ),
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_compared_exits_with_2(runner: Runner, words: tuple[str, ...]) -> None:
    assert runner.run("taskdef", "diff", *words) == Done(2, "", f"error: {REFUSED[words]}\n")


def test_a_revision_or_family_that_was_never_registered_is_told(registered: Runner) -> None:
    assert registered.run("taskdef", "diff", "dev:12") == Done(
        2, "", "error: there is no revision 12 of `trading-bot-dev`: 1 to 2 are ACTIVE\n"
    )
    assert registered.run("taskdef", "diff", "test:live").err.splitlines() == [
        "error: no revision of `trading-bot-test` was ever registered in account 123456789012, us-east-1; "
        "there is `trading-bot-dev`",
        f"  help: `taskdef register test/{TASK}` does",
    ]


def test_a_file_of_the_name_of_a_revision_is_one_with_a_folder(registered: Runner) -> None:
    (registered.folder / "dev:1").write_text('{"family": "x"}', encoding="utf-8")
    assert registered.run("taskdef", "diff", "./dev:1", "dev:1").out.startswith("./dev:1 → trading-bot-dev:1: ")


COMPARED = (
    ("diff", "dev:1", "dev:2"),
    ("diff", "dev:1", "dev:2", "--format", "json"),
    ("diff", "dev:1", "dev:2", "--format", "markdown"),
    ("revisions", "dev"),
    ("revisions", "dev", "--changes"),
    ("revisions", "dev", "--format", "json"),
    ("register", "dev", "--why", "--dry-run", "--allow-stale"),
    ("register", "dev", "--dry-run", "--allow-stale", "--format", "json"),
)


def test_what_one_field_keeps_secret_no_other_shows_where_revisions_are_compared(runner: Runner, ecs: Ecs) -> None:
    artifact = runner.folder / "rendered" / "dev" / f"{TASK}.json"
    document = json.loads(artifact.read_text(encoding="utf-8"))
    (first,) = document["containerDefinitions"]
    for password in ("correct-horse-battery", "another-horse-battery", "the-third-horse-battery"):
        given = [{"name": "DB_PASSWORD", "value": password}]
        changed = {
            **first,
            "environment": [*first["environment"], *given],
            "command": ["serve", f"--password {password}"],
        }
        artifact.write_text(json.dumps({**document, "containerDefinitions": [changed]}), encoding="utf-8")
        if not password.startswith("the-third"):
            register(runner, "dev")
    said = {words: runner.run("taskdef", *words) for words in COMPARED}
    assert {words: done.err for words, done in said.items() if "command" not in done.out + done.err} == {}
    assert [words for words, done in said.items() if "horse" in done.out + done.err] == []


def test_a_service_that_several_tasks_have_is_told_where_it_is_asked_for(registered: Runner) -> None:
    replace_line(
        registered.folder / "environments" / "dev.yaml",
        'aws: {account: "123456789012", region: us-east-1}',
        'aws: {account: "123456789012", region: us-east-1, cluster: live, service: bot}',
    )
    before = registered.run("taskdef", "diff", f"dev/{TASK}:1", f"dev/{TASK}:2")
    add_worker(registered)
    live = ("taskdef", "diff", f"dev/{TASK}:live", f"dev/{TASK}")
    assert registered.run("taskdef", "diff", f"dev/{TASK}:1", f"dev/{TASK}:2") == before
    assert registered.run(*live, *SERVICE).status == 1
    done = registered.run(*live)
    assert (done.status, "error[E133]: `aws.service` is one service" in done.err + done.out) == (2, True)
