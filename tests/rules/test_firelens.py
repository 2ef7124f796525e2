"""Routers of logs and those who use them: E459, E460, E514 and W633."""

from __future__ import annotations

import pytest

from generator.model.nodes import Value
from tests.rules.running import FARGATE, Said, document, ec2, fargate, say

APP: Value = {"name": "app", "image": "app:v1", "memory": 256, "logConfiguration": {"logDriver": "awsfirelens"}}
TASK: Value = {"family": "app"}
OPTIONS = "containerDefinitions[router].firelensConfiguration.options"


def route(**options: str) -> Value:
    """A container that routes logs; `_` in the name of an option stands for `-`."""
    given = {name.replace("_", "-"): text for name, text in options.items()}
    configuration = {"type": "fluentbit", **({"options": given} if given else {})}
    return {"name": "router", "image": "router:v1", "memory": 64, "firelensConfiguration": configuration}


@pytest.mark.parametrize(
    "value",
    [
        document(TASK, APP, route()),
        document(TASK, route(), APP, {**APP, "name": "job"}),
        document(TASK, {**APP, **route(), "name": "both"}),
        document(TASK, APP, {**route(), "firelensConfiguration": {}}),  # E304
        document(TASK, APP, route(enable_ecs_log_metadata="true")),
        document(TASK, APP, route(config_file_type="file", config_file_value="/etc/app.conf")),
        document(TASK, APP, route(config_file_type="s3", config_file_value="arn:aws:s3:::logs/app.conf")),
        document(TASK, APP, route(config_file_type="s3", config_file_value="arn:aws-us-gov:s3:::logs/a/b.conf")),
        document(TASK, APP, route(config_file_value="/etc/app.conf")),
        document(FARGATE, APP, route(config_file_type="s3", config_file_value="s3://logs/app.conf")),  # E421
        ec2(),
        fargate(),
        ec2({"logConfiguration": {}}),
    ],
)
def test_passes(value: Value) -> None:
    assert say(value, "E459", "E460") == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            document(TASK, APP, {**APP, "name": "job"}),
            Said(
                "E459",
                "containerDefinitions[app].logConfiguration.logDriver",
                "log driver `awsfirelens` sends logs to a container that routes them, and there is none",
                ("`containerDefinitions[job].logConfiguration.logDriver` is `awsfirelens` too",),
                "add a container with `firelensConfiguration`, or use another log driver",
            ),
        ),
        (
            document(TASK, {"name": "app", "image": "app:v1", "memory": 256}, route()),
            Said(
                "E459",
                "containerDefinitions[router].firelensConfiguration",
                "container `router` routes logs, and no container sends any with log driver `awsfirelens`",
                (),
                "use `awsfirelens` in a container, or remove `firelensConfiguration`",
            ),
        ),
        (
            document(TASK, APP, route(config_file_type="S3", config_file_value="arn:aws:s3:::logs/app.conf")),
            Said(
                "E460",
                f"{OPTIONS}.config-file-type",
                f"`{OPTIONS}.config-file-type` is neither `file` nor `s3`",
                (),
                "write `file` or `s3`",
            ),
        ),
        *(
            (
                document(TASK, APP, route(config_file_type="s3", config_file_value=text)),
                Said(
                    "E460",
                    f"{OPTIONS}.config-file-value",
                    f"`{OPTIONS}.config-file-value` is not the ARN of an object in S3",
                    (f"`{OPTIONS}.config-file-type` is `s3`",),
                    "write `arn:aws:s3:::BUCKET/KEY`",
                ),
            )
            for text in ("s3://logs/app.conf", "arn:aws:s3:::logs", "arn:aws:s3:::logs/", "/etc/app.conf", "")
        ),
    ],
)
def test_fails(value: Value, said: Said) -> None:
    assert say(value, "E459", "E460") == [said]


def test_nothing_is_said_of_what_may_only_be_misspelt() -> None:
    assert say(document(TASK, APP, {"name": "router", "image": "r:v1", "firelensConfig": {}}), "E459") == []
    assert say(document(TASK, {**APP, "logConfiguration": None, "logConfig": {}}, route()), "E459") == []


def send(kind: str = "fluentbit", config: Value | None = None, secret: str = "", **options: str) -> Value:
    """A task whose application sends its logs to a router; `_` in the name of an option stands for `-`."""
    given = {name.replace("_", "-").replace("AT-", "@"): text for name, text in options.items()}
    logging: Value = {"logDriver": "awsfirelens", **({"options": given} if given else {})}
    if secret:
        logging["secretOptions"] = [{"name": secret, "valueFrom": "/log/key"}]
    router = {**route(), "firelensConfiguration": {"type": kind, **({"options": config} if config else {})}}
    return document({**TASK, "executionRoleArn": "Ops"}, {**APP, "logConfiguration": logging}, router)


CONFIG = {"config-file-type": "file", "config-file-value": "/etc/app.conf"}
LOGGING = "containerDefinitions[app].logConfiguration"


@pytest.mark.parametrize(
    "value",
    [
        send(Name="cloudwatch", region="eu-west-1"),
        send(Name="datadog", secret="apikey"),
        send(secret="Name"),
        send("fluentd", AT_type="s3", s3_region="eu-west-1"),
        send(config=CONFIG),
        send("fluentd", config=CONFIG),
        send(config=CONFIG, exclude_pattern="health"),
        send(config=CONFIG, log_driver_buffer_limit="2097152"),
        send(config={"config-file-value": "/etc/app.conf"}),
        send(config=CONFIG, Name="cloudwatch"),
        send("Fluentbit"),  # E401
        document(TASK, APP),  # E459
        document(TASK, APP, {**route(), "firelensConfiguration": {}}),  # E304
        document(TASK, APP, route(), {**route(), "name": "second"}),  # which of them is not known
        document(TASK, route()),  # E459
        ec2({"logConfiguration": {"logDriver": "json-file"}}),
        fargate(),
    ],
)
def test_outputs_that_pass(value: Value) -> None:
    assert say(value, "E514", "W633") == []


def lacks(program: str, key: str) -> str:
    return f"the options of container `app` are those of an output of {program}, and no `{key}` names it"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            send(region="eu-west-1"),
            Said("E514", f"{LOGGING}.options", lacks("Fluent Bit", "Name"), (), "add `Name` to `options`"),
        ),
        (
            send(config=CONFIG, region="eu-west-1"),
            Said("E514", f"{LOGGING}.options", lacks("Fluent Bit", "Name"), (), "add `Name` to `options`"),
        ),
        (
            send(name="datadog", provider="ecs"),
            Said("E514", f"{LOGGING}.options.name", lacks("Fluent Bit", "Name"), (), "write `Name`"),
        ),
        (
            send("fluentd", Name="s3"),
            Said("E514", f"{LOGGING}.options", lacks("Fluentd", "@type"), (), "add `@type` to `options`"),
        ),
        (
            send(secret="apikey"),
            Said("E514", f"{LOGGING}.secretOptions", lacks("Fluent Bit", "Name"), (), "add `Name` to `options`"),
        ),
        *(
            (
                value,
                Said(
                    "W633",
                    f"{LOGGING}.logDriver",
                    f"the logs of container `app` have no output: its options have no `{key}`",
                    ("nor has the router a configuration of its own",),
                    f"add `{key}` to `options`, or `config-file-type` and `config-file-value` to those of the router",
                ),
            )
            for value, key in (
                (send(), "Name"),
                (send("fluentd"), "@type"),
                (send(include_pattern="error"), "Name"),
                (send(config={"enable-ecs-log-metadata": "true"}), "Name"),
            )
        ),
    ],
)
def test_outputs_that_fail(value: Value, said: Said) -> None:
    assert say(value, "E514", "W633") == [said]
