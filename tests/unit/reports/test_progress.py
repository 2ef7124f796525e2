"""What a command that asks AWS tells and asks while it runs, as lines."""

from __future__ import annotations

import json

import pytest

from generator.model.account import Revision, ServiceEvent, StoppedTask, Use
from generator.model.account_events import (
    AccountEvent,
    CauseSkipped,
    CauseUnknown,
    ChangePlanned,
    DeploymentBegun,
    DeploymentFound,
    DestinationChosen,
    FamilyBusy,
    LineWritten,
    LogUntold,
    LookFailed,
    ProgressMade,
    PruningPlanned,
    Question,
    RegistrationDone,
    RequestThrottled,
    RevisionGone,
    RunPlanned,
    ServiceNews,
    TaskSeen,
    TaskStarted,
    TimePassed,
    WarningFound,
)
from generator.model.comparison import Assumed, Side
from generator.model.findings import Finding
from generator.model.nodes import Value
from generator.model.releases import Filled, Pruned, Registration, Release
from generator.model.rollouts import Progress, TaskCounts
from generator.model.runs import Override, Run, RunSettings
from generator.reports.progress import list_lines, state_question
from generator.review.compare import Tracer, compare_pair, view_file
from tests.support import read_json

ARN = "arn:aws:ecs:us-east-1:123456789012:task-definition/bot"


def view(cpu: str, password: str) -> Side:
    document: Value = {
        "family": "bot",
        "cpu": cpu,
        "containerDefinitions": [
            {"name": "bot", "image": "bot:1", "environment": [{"name": "DB_PASSWORD", "value": password}]}
        ],
    }
    return view_file(f"bot of {cpu}", read_json(json.dumps(document), ""))


OLD, NEW = view("256", "correct-horse"), view("512", "battery-staple")
COMPARISON = compare_pair(OLD, NEW, Tracer())
RELEASE = Release("dev", "bot", "rendered/dev/bot.json", b"", NEW, "bot", None)
PLANNED = Registration(RELEASE, "planned", None, tags=(("taskdef:hash", "a1"),))
REVISION = Revision(f"{ARN}:5", "bot", 5, "ACTIVE", "", "", NEW.document)
DONE = Registration(RELEASE, "registered", REVISION, COMPARISON, (Filled("cpu", "0"),), (), (Assumed("pidMode", '""'),))
CHANGE = (
    "bot of 256 → bot of 512: 2 fields differ",
    "  the task",
    "    cpu: 256 CPU units → 512 CPU units",
    "  container bot",
    "    environment[DB_PASSWORD].value: another value, which is secret",
)
USE = Use(f"{ARN}:4", "service", "live", "bot")

TOLD: list[tuple[AccountEvent, tuple[str, ...]]] = [
    (RequestThrottled("ecs:\x1bX", 2, 12), ("AWS throttles `ecs:\\x1bX`: trying again (2 of 12 attempts made)",)),
    (RequestThrottled("ecs:X", 2, 12), ("AWS throttles `ecs:X`: trying again (2 of 12 attempts made)",)),
    (FamilyBusy(3, 12), ("another caller is registering this family: trying again (3 of 12 attempts made)",)),
    (
        WarningFound(Finding("unknown-region", "warning", "a\x1b[2J", help="b")),
        ("warning[unknown-region]: a\\x1b[2J", "  help: b"),
    ),
    (ChangePlanned(COMPARISON), CHANGE),
    (
        RegistrationDone(PLANNED),
        ("would call ecs:RegisterTaskDefinition for `bot` with rendered/dev/bot.json and the tags taskdef:hash=a1",),
    ),
    (RegistrationDone(DONE), (f"registered dev/bot as {ARN}:5",)),
    (
        RegistrationDone(DONE, explained=True),
        (
            f"registered dev/bot as {ARN}:5",
            *(f"  {line}" for line in CHANGE),
            "  filled in by ECS, and in this comparison: cpu = 0",
            '  counted as not set, without proof from ECS: pidMode = ""',
        ),
    ),
    (
        PruningPlanned(Pruned(RELEASE, "us-east-1", (f"{ARN}:1",), ((f"{ARN}:4", (USE,)),))),
        ("will deregister bot:1", "keeps bot:4, in use by live/bot"),
    ),
    (RevisionGone(f"{ARN}:1"), (f"deregistered {ARN}:1",)),
    (DestinationChosen("dev/bot", "bot:4", "named"), ("dev/bot: back to `bot:4`, as requested",)),
    (DestinationChosen("dev/bot", "bot:4", "before"), ("dev/bot: back to `bot:4`, which the service had before",)),
    (
        DestinationChosen("dev/bot", "bot:4", "steady", "2026-11-24T08:15:02Z"),
        ("dev/bot: back to `bot:4`, which was steady at 2026-11-24T08:15:02Z",),
    ),
    (
        DestinationChosen("dev/bot", "bot:4", "registered", "1.2.0"),
        ("dev/bot: back to `bot:4`, registered from 1.2.0",),
    ),
    (DeploymentFound("dev/bot", "svc", "bot:5"), ("dev/bot: `svc` is already moving to `bot:5`",)),
    (DeploymentBegun("dev/bot", "svc", "live", "bot:5"), ("dev/bot: ECS deploys `bot:5` to `svc` in `live`",)),
    (
        DeploymentBegun("dev/bot", "svc", "live", "bot:5", anew=True),
        ("dev/bot: ECS deploys `bot:5` anew to `svc` in `live`",),
    ),
    (
        ServiceNews("dev/bot", ServiceEvent("e1", "2026-11-24T08:15:02Z", "started\x07")),
        ("dev/bot: 08:15:02Z started\\x07",),
    ),
    (ServiceNews("dev/bot", ServiceEvent("e1", "", "started")), ("dev/bot: started",)),
    (
        ServiceNews("dev/bot", StoppedTask("task/1", ARN, "", "2026-11-24T08:15:02Z", "", "UserInitiated", "", ())),
        ("dev/bot: 08:15:02Z task 1 stopped: UserInitiated",),
    ),
    (
        ProgressMade("dev/bot", Progress(TaskCounts(f"{ARN}:5", 0, 1, 1))),
        ("dev/bot: bot:5: 0 of 1 running, 1 pending",),
    ),
    (ProgressMade("dev/bot", Progress()), ("dev/bot: ",)),
    (LookFailed("dev/bot", "cannot reach AWS"), ("dev/bot: cannot reach AWS; still looking",)),
    (CauseUnknown("dev/bot", "denied"), ("dev/bot: why it failed is not known: denied",)),
    (CauseSkipped("dev/bot"), ("dev/bot: interrupted: `taskdef diagnose dev/bot` finds why it failed",)),
    (
        RunPlanned(Run("dev/bot", "live", f"{ARN}:5", "planned", RunSettings(), Override("bot", ("a", "b\x1b")))),
        ("would call ecs:RunTask for `bot:5` in `live`; `bot` runs `a 'b\\x1b'`",),
    ),
    (TaskStarted("dev/bot", "task/live/1", "live", f"{ARN}:5"), ("dev/bot: ECS runs `bot:5` in `live` as task 1",)),
    (TaskSeen("dev/bot", "task/live/1", "RUNNING"), ("dev/bot: task 1 is RUNNING",)),
    (LineWritten("dev/bot", "", "a\tb\x1b[2J"), ("a\tb\\x1b[2J",)),
    (LineWritten("dev/bot", "side", ""), ("side | ",)),
    (LogUntold("dev/bot", "bot", "denied"), ("dev/bot: the log of `bot` cannot be shown: denied",)),
    (TimePassed(), ()),
]


@pytest.mark.parametrize(("event", "lines"), TOLD, ids=lambda value: type(value).__name__)
def test_an_event_is_told_in_lines(event: AccountEvent, lines: tuple[str, ...]) -> None:
    assert tuple(list_lines(event)) == lines


def test_only_what_was_registered_has_colour() -> None:
    coloured = [event for event, lines in TOLD if tuple(list_lines(event, color=True)) != lines]
    assert coloured == [RegistrationDone(DONE, explained=True)]


ASKED = {
    Question("register", ("prod/bot",)): "register `prod/bot`?",
    Question("deploy", ("prod/a", "prod/b"), ("1", "2")): "deploy `prod/a`, `prod/b` in account 1, 2?",
    Question("bring back", ("prod/bot",), ("1",), "bot:4"): "bring back `bot:4` for `prod/bot` in account 1?",
    Question("deregister", ("bot",), revisions=1): "deregister 1 revision of `bot`?",
    Question("deregister", ("bot", "web"), ("1",), revisions=3): "deregister 3 revisions of `bot`, `web` in account 1?",
}


@pytest.mark.parametrize(("question", "words"), ASKED.items(), ids=ASKED.values())
def test_a_question_is_asked_in_words(question: Question, words: str) -> None:
    assert state_question(question) == words
