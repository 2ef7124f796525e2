"""Log drivers and their options: E455, E456, E457, E458, E503 and W607."""

from __future__ import annotations

import pytest

from generator.ecs.logging import AWSLOGS_OPTIONS
from generator.model.nodes import Value
from tests.rules.running import CONTAINER, LOGS, Said, document, ec2, fargate, say

CODES = ("E455", "E456", "E457", "E458", "E503", "W607")
HERE = "containerDefinitions[app].logConfiguration"
TOKEN = [{"name": "splunk-token", "valueFrom": "token"}]


def log(driver: str = "awslogs", secret: Value | None = None, **options: str) -> Value:
    """A container with options of its log driver."""
    return {"logConfiguration": document({"logDriver": driver, "options": options or None, "secretOptions": secret})}


def awslogs(**options: str | None) -> Value:
    """A container with log driver `awslogs`, the given options put in; one that is None is left out."""
    return log(**document({**LOGS["options"], **options}))


@pytest.mark.parametrize(
    "value",
    [
        fargate(),
        fargate(log("splunk", **{"splunk-url": "https://logs", "splunk-token": "t"})),
        fargate(log("splunk", TOKEN, **{"splunk-url": "https://logs"})),
        fargate(log("awsfirelens")),
        fargate(log("awsfirelens", Name="syslog", mode="tls", Host="logs")),
        fargate({"logConfiguration": {}}),
        fargate({"logConfiguration": None}),
        *(ec2(log(driver)) for driver in ("fluentd", "gelf", "journald", "json-file", "syslog", "awsfirelens", "none")),
        ec2(log("json-file", **{"max-size": "10m", "mode": "non-blocking"})),
        ec2(log("json-file"), requiresCompatibilities=None),
        ec2(log("json-file"), requiresCompatibilities=["MANAGED_INSTANCES"]),
        ec2(log("none"), requiresCompatibilities=["MANAGED_INSTANCES"]),
        ec2(log("awsfirelens"), requiresCompatibilities=["MANAGED_INSTANCES"]),
        ec2(log("syslog"), requiresCompatibilities=["EXTERNAL"]),
        ec2(awslogs(**{"awslogs-stream-prefix": None})),
        ec2(awslogs(**{"awslogs-stream-prefix": None}), requiresCompatibilities=None),
        ec2(log(secret=[{"name": "awslogs-group", "valueFrom": "group"}], **{"awslogs-region": "eu-west-1"})),
        *(ec2(awslogs(mode=mode)) for mode in ("blocking", "non-blocking")),
        *(ec2(awslogs(**{"awslogs-create-group": text})) for text in ("false", "False", "0")),
        *(ec2(awslogs(**{"awslogs-group": group})) for group in ("app", "/aws/ecs/App_1.log#2-x", "g" * 512)),
        ec2(awslogs(**{"awslogs-datetime-format": "%Y", "max-buffer-size": "25m"})),
        ec2(awslogs(**{"awslogs-multiline-pattern": "^INFO"})),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, *CODES) == []


def find_one(code: str, member: str, message: str, notes: tuple[str, ...] = (), help: str | None = None) -> Said:
    """A finding at a member of the log configuration; `HERE` in the message is its path."""
    return Said(code, f"{HERE}.{member}", message.replace("HERE", f"`{HERE}.{member}`"), notes, help)


FARGATE_HAS = "use `awslogs`, `splunk` or `awsfirelens`"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            fargate(log("json-file")),
            find_one("E455", "logDriver", "HERE is `json-file`, which Fargate does not have", (), FARGATE_HAS),
        ),
        (
            ec2(log("syslog"), requiresCompatibilities=["MANAGED_INSTANCES"]),
            find_one(
                "E455",
                "logDriver",
                "HERE is `syslog`, which Managed Instances do not have",
                (),
                "use `awslogs`, `splunk`, `awsfirelens` or `json-file`",
            ),
        ),
        (
            fargate(log("none")),
            find_one("E455", "logDriver", "HERE is `none`, which Fargate does not have", (), FARGATE_HAS),
        ),
        (
            fargate(log("fluentd", mode="sometimes"), requiresCompatibilities=["EC2", "FARGATE"]),
            find_one("E455", "logDriver", "HERE is `fluentd`, which Fargate does not have", (), FARGATE_HAS),
        ),
        (
            fargate(awslogs(**{"awslogs-stream-prefix": None})),
            find_one(
                "E456",
                "logDriver",
                "log driver `awslogs` needs `awslogs-stream-prefix` on Fargate, and container `app` does not set it",
                (),
                "add `awslogs-stream-prefix` to `options`",
            ),
        ),
        (
            ec2(log()),
            find_one(
                "E456",
                "logDriver",
                "log driver `awslogs` needs `awslogs-group` and `awslogs-region`, and container `app` does not set them",
                (),
                "add `awslogs-group` and `awslogs-region` to `options`",
            ),
        ),
        (
            ec2(log("splunk", **{"splunk-url": "https://logs"})),
            find_one(
                "E456",
                "logDriver",
                "log driver `splunk` needs `splunk-token`, and container `app` does not set it",
                (),
                "add `splunk-token` to `options`",
            ),
        ),
        (
            fargate(awslogs(**{"awslogs-stream-prefix": None, "awslogs-stream-prefx": "app"})),
            find_one(
                "E457",
                "options.awslogs-stream-prefx",
                "log driver `awslogs` has no option `awslogs-stream-prefx`",
                (),
                "write `awslogs-stream-prefix`",
            ),
        ),
        (
            ec2(awslogs(tag="app")),
            find_one(
                "E457",
                "options.tag",
                "log driver `awslogs` has no option `tag`",
                (),
                f"the options are {', '.join(f'`{option}`' for option in AWSLOGS_OPTIONS)}",
            ),
        ),
        (
            ec2(awslogs(mode="Blocking")),
            find_one(
                "E458",
                "options.mode",
                "HERE is `Blocking`, and a log driver is either `blocking` or `non-blocking`",
                (),
                "write `blocking`",
            ),
        ),
        (
            ec2(log("json-file", mode="")),
            find_one("E458", "options.mode", "HERE is ``, and a log driver is either `blocking` or `non-blocking`"),
        ),
        (
            ec2(awslogs(**{"awslogs-create-group": "yes"})),
            find_one(
                "E458",
                "options.awslogs-create-group",
                "HERE is neither `true` nor `false`",
                (),
                "write `true` or `false`",
            ),
        ),
        (
            ec2(awslogs(**{"awslogs-datetime-format": "%Y", "awslogs-multiline-pattern": "^INFO"})),
            find_one(
                "E458",
                "options.awslogs-multiline-pattern",
                "log driver `awslogs` takes `awslogs-datetime-format` or `awslogs-multiline-pattern`, and both are there",
                (f"`{HERE}.options.awslogs-datetime-format` is the other one",),
                "keep one of them",
            ),
        ),
        *(
            (
                ec2(awslogs(**{"awslogs-group": group})),
                find_one(
                    "E503",
                    "options.awslogs-group",
                    f"HERE is `{shown}`, and a log group has 1 to 512 letters, digits, `.`, `-`, `_`, `/` and `#`",
                ),
            )
            for group, shown in (
                *((each, each) for each in ("/app dev", "", "größe", "app\n")),
                ("g" * 513, "… 513 characters, ca28df5b …"),
            )
        ),
        (
            ec2(awslogs(**{"awslogs-create-group": "true"})),
            find_one(
                "W607",
                "options.awslogs-create-group",
                "HERE needs `logs:CreateLogGroup`, which the policies that AWS offers for ECS do not grant",
                (),
                "grant it to the execution role, or create the log group beforehand",
            ),
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, *CODES) == [said]


def test_the_permission_is_noted_once() -> None:
    web = {**CONTAINER, **awslogs(**{"awslogs-create-group": "true"})}
    said = say(document({"family": "app"}, web, {**web, "name": "job"}), "W607")
    assert [(one.path, one.notes) for one in said] == [
        (
            f"{HERE}.options.awslogs-create-group",
            ("so does `containerDefinitions[job].logConfiguration.options.awslogs-create-group`",),
        )
    ]


def test_values_of_options_stay_untold() -> None:
    value = ec2(
        awslogs(
            **{
                "awslogs-create-group": "hunter2",
                "awslogs-multiline-pattern": "hunter2",
                "awslogs-datetime-format": "hunter2",
            }
        )
    )
    assert "hunter2" not in str(say(value, *CODES))


def test_nothing_is_said_of_options_that_may_only_be_misspelt() -> None:
    assert say(ec2({"logConfiguration": {"logDriver": "awslogs", "option": LOGS["options"]}}), "E456") == []
