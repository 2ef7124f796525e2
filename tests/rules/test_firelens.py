"""Routers of logs and those who use them: E459 and E460."""

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
                "use `awsfirelens` in a container, or leave `firelensConfiguration` out",
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
