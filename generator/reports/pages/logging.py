"""Pages of log drivers, their options and their routers."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"

API = "[LogConfiguration](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html)"
AWSLOGS = "[the awslogs log driver](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html)"
FIRELENS = "[FireLens](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html)"
FARGATE = "`FARGATE` in `requiresCompatibilities`"


def give(options: str) -> dict[str, str | None]:
    """The overlay of a case with options of the log driver, as YAML in one line."""
    return {DEV: f"patch:\n  containerDefinitions:\n    web:\n      logConfiguration:\n        options: {options}\n"}


LOGGING: dict[str, Page] = {
    "E455": Page(
        title="Fargate or Managed Instances do not have this log driver",
        text="""\
On Fargate the log drivers are `awslogs`, `splunk` and `awsfirelens`, on Managed Instances `json-file` too; every other needs a Docker that
you run yourself. To send logs to
Fluentd, Loki, Datadog and the like from Fargate, use `awsfirelens` and a container that routes them.""",
        case="E455-json-file-on-fargate",
        source=f"badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-fargate-log-driver-unsupported`; {API}",
        aws="json-file is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]",
        applies="`FARGATE` or `MANAGED_INSTANCES` in `requiresCompatibilities`",
        passes={DEV: "patch: {}\n"},
    ),
    "E456": Page(
        title="a log driver lacks a required option",
        text="""\
`awslogs` needs `awslogs-group` and `awslogs-region`, and on Fargate also `awslogs-stream-prefix`. `splunk` needs
`splunk-url` and `splunk-token`. Any of them may be in `secretOptions`; the token of Splunk should be.

The finding is at the driver, which needs the option. If the option is only misspelt, [E457](E457.md) is reported alone.""",
        case="E456-no-stream-prefix",
        source="klothoplatform/klotho issue 892; hashicorp/terraform-provider-aws issue 8596; badmintoncryer/cdk-preflight, "
        f"`rules/ecs/pf-ecs-awslogs-missing-group` and `pf-ecs-awslogs-fargate-missing-stream-prefix`; {AWSLOGS}",
        aws="Log driver awslogs requires options: awslogs-region, awslogs-group\n"
        "Fargate requires log configuration options to include awslogs-stream-prefix\n"
        "Log driver splunk requires options: splunk-token",
        applies="log drivers `awslogs` and `splunk`; the prefix, `FARGATE` in `requiresCompatibilities`",
        passes=give("{awslogs-stream-prefix: web-dev}"),
    ),
    "E457": Page(
        title="awslogs has no such option",
        text="""\
ECS knows the options of `awslogs` and refuses all others, those that Docker's driver has beyond them included, such as
`awslogs-endpoint`. How long logs are kept is a setting of the log group, not of the driver. The options of other drivers are not looked
at.""",
        case="E457-retention-of-the-log-group",
        source=f"cfn-lint, `logging_configuration.json`; public code that quotes the server; {AWSLOGS}",
        aws="Log driver awslogs disallows options: awslogs-endpoint",
        applies="log driver `awslogs`",
        passes=give("{}"),
    ),
    "E458": Page(
        title="an option of a log driver has an invalid value",
        text="""\
- `mode` is `blocking` or `non-blocking`. Without it, it is `non-blocking` since 2025-06-25, unless the account has another default. With
  `awsfirelens` the options are those of a plugin, so it is not looked at.
- `awslogs-create-group` is `true` or `false`; Docker also reads `1`, `0`, `t` and the like.
- `awslogs-datetime-format` and `awslogs-multiline-pattern` both define where a message begins, so set only one.""",
        case="E458-mode-misspelt",
        source=f"LogConfiguration, member `options`, in botocore 1.44.5; moby/moby, `daemon/logger`; {API}",
        passes=give("{mode: non-blocking}"),
    ),
    "E459": Page(
        title="awsfirelens without a router, or a router without awsfirelens",
        text="""\
With log driver `awsfirelens` a container sends its logs to another one of the same task, which has `firelensConfiguration` and routes
them. ECS refuses either without the other.

An overlay that changes the log driver of the only such container usually has to delete the router.""",
        case="E459-nobody-routes-the-logs",
        source=f"badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-awsfirelens-without-router`; fabfuel/ecs-deploy issue 164; {FIRELENS}",
        aws="When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified\n"
        "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver",
        passes={
            DEV: """\
patch:
  containerDefinitions:
    web:
      logConfiguration:
        $replace: true
        logDriver: awsfirelens
        options: {Name: stdout}
    router:
      $add: true
      image: amazon/aws-for-fluent-bit:2.34.0
      essential: true
      firelensConfiguration: {type: fluentbit}
"""
        },
    ),
    "E460": Page(
        title="ECS cannot find the configuration of a router",
        text="""\
`config-file-type` of a router is `file`, for a path in its image, or `s3`; with `s3`, `config-file-value` is the ARN of an object,
`arn:aws:s3:::bucket/path`, not a URL. On Fargate there is `file` only, which is [E421](E421.md).""",
        case="E460-url-of-the-configuration",
        source=f"FirelensConfiguration, member `options`, in botocore 1.44.5; aws/aws-sdk issue 311, which quotes the server; {FIRELENS}",
        aws="Invalid arn syntax.",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    router:\n      firelensConfiguration:\n"
            "        options: {config-file-value: arn:aws:s3:::web-logs/fluent.conf}\n"
        },
    ),
    "E503": Page(
        title="no log group can have this name",
        text="""\
The name of a log group has 1 to 512 letters, digits, `.`, `-`, `_`, `/` and `#`. ECS registers any name, but the task
does not start. Usually it has a blank, or a placeholder that was never filled in.""",
        case="E503-blank-in-the-log-group",
        source="[CreateLogGroup](https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html); "
        "cfn-lint, format of `AWS::Logs::LogGroup`",
        applies="log driver `awslogs`",
        passes=give("{awslogs-group: /web/dev}"),
    ),
    "W606": Page(
        title="a container on Fargate without logs",
        text="""\
On an instance, a container without `logConfiguration` uses the log driver of its Docker. On Fargate its output is
lost, including the last lines before it stops. A container with `firelensConfiguration` is exempt: it routes the logs
of others, and often has none.""",
        case="W606-no-logs",
        source=f"a count over public task definitions, where 40 files have none; {API}",
        applies=FARGATE,
        passes={DEV: "patch: {}\n"},
    ),
    "W607": Page(
        title="a task that creates its log group needs a permission for it",
        text="""\
With `awslogs-create-group: "true"` the log group is created when a task starts. That needs `logs:CreateLogGroup`, which neither
`AmazonECSTaskExecutionRolePolicy` nor the policy for instances has. Without it the task starts only if the log group is there already.

Since `taskdef` cannot see the permissions of the role, this is a note: `-v` shows it, once for each task definition.""",
        case="W607-log-group-created-by-the-task",
        source=f"{AWSLOGS}; a count over public task definitions, where 131 of 418 have it",
        aws="ResourceInitializationError: failed to validate logger args",
        applies="log driver `awslogs`",
        passes={DEV: "patch: {}\n"},
    ),
    "W619": Page(
        title="a setting has no effect because of another one",
        text="""\
- `max-buffer-size` is the size of the buffer of mode `non-blocking`; with `mode: blocking` there is none. Without `mode` it does
  something, as `non-blocking` is the default since 2025-06-25.
- `swappiness` sets how much a container swaps; without `maxSwap` ECS ignores it. On Fargate and on Windows it is an error anyway.""",
        case="W619-buffer-of-a-mode-without-one",
        source="LogConfiguration, member `options`, and LinuxParameters, member `swappiness`, in botocore 1.44.5",
        passes=give("{mode: non-blocking, max-buffer-size: 25m}"),
    ),
    "E514": Page(
        title="a container has options for an output, but does not name the output",
        text="""\
What a container with log driver `awsfirelens` has as `options` becomes the section of an output in the configuration of the router. The
option that says which output is `Name` for a router of the type `fluentbit` and `@type` for `fluentd`, spelt exactly so. Without it the
agent makes no configuration, and the task does not start.

`include-pattern`, `exclude-pattern` and `log-driver-buffer-limit` are not options of an output.""",
        case="E514-name-of-the-output-in-lower-case",
        source=f"{FIRELENS}; aws/amazon-ecs-agent, `agent/taskresource/firelens/firelensconfig_unix.go`; "
        "aws-samples/amazon-ecs-firelens-examples issue 12; read 2026-11-29",
        aws="missing output key Name which is required for firelens configuration of type fluentbit",
        applies="log driver `awsfirelens`, and one container with `firelensConfiguration`",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      logConfiguration:\n"
            "        options: {Name: cloudwatch, region: eu-west-1}\n"
        },
    ),
    "W633": Page(
        title="the logs of a container have no output",
        text="""\
With log driver `awsfirelens` and no option that says which output, the configuration of the router has none for this container. That is
right where the router has a configuration of its own (`config-file-type` and `config-file-value`), or its image brings one along, which
cannot be seen here. Else the logs are lost, and with some versions of Fargate the task did not start.""",
        case="W633-logs-without-an-output",
        source=f"{FIRELENS}; aws/amazon-ecs-agent, `agent/taskresource/firelens/firelensconfig_unix.go`; "
        "aws-samples/amazon-ecs-firelens-examples issue 35; read 2026-11-29",
        applies="log driver `awsfirelens`, and one container with `firelensConfiguration`",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      logConfiguration:\n"
            "        options: {Name: cloudwatch, region: eu-west-1}\n"
        },
    ),
}
