"""Pages of single values, and of the task definition as a whole."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"
WEB = "templates/web.json.j2"

BOTOCORE = "the service model of botocore 1.44.5"
PREFLIGHT = "badmintoncryer/cdk-preflight, `rules/ecs/"
QUERIES = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html"
REGISTER = "[RegisterTaskDefinition](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html)"
RETIRED = (
    "[Amazon Elastic Inference](https://docs.aws.amazon.com/cli/latest/reference/elastic-inference), "
    "and `ElasticInferenceAccelerators` of EC2 in botocore, which says that it is no longer available"
)
QUOTAS = "[Amazon ECS service quotas](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html)"

DASHED = """\
{
  "family": "web",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {"$id": "web", "name": "web-{{ stage }}", "image": "nginx:1.29", "memory": 256}
  ]
}
"""

ENVELOPE: dict[str, Page] = {
    "E307": Page(
        title="a text is empty or a number too small for the service model",
        text="""\
A few shapes of the service model have a least length or value: the key of a tag has one character at least, the GPU memory of
`nvidiaMps` is 1 or more. These bounds are the only ones that AWS's own clients check, so they belong to the shape; all other ranges
are E420.

An empty text often comes from a variable that this environment sets to nothing.""",
        case="E307-tag-without-a-key",
        source=f"{REGISTER}, {BOTOCORE}; the message is that of botocore's own check, which runs before anything is sent",
        aws="Invalid length for parameter tags[0].key, value: 0, valid min length: 1\n"
        "Invalid range for parameter containerDefinitions[0].resourceRequirements[0].sharingStrategy.nvidiaMps.memory, "
        "value: 0, valid min value: 1",
        passes={DEV: "vars:\n  team_tag: team\n"},
    ),
    "E401": Page(
        title="a member has a word that ECS does not know",
        text="""\
Members such as `networkMode`, `cpuArchitecture`, `logDriver`, `protocol` or `condition` take one of a few words, in exactly the case in
which the service model has them: `X86_64` and not `x86_64`, `FARGATE` and not `Fargate`, `awslogs` and not `AWSLogs`.

Neither botocore nor the AWS command line looks at these words; a wrong one is refused on registration.""",
        case="E401-architecture-as-docker-calls-it",
        source=f"{REGISTER}, the enumerations of {BOTOCORE}; that botocore's client sends any word was measured",
        passes={DEV: "patch:\n  runtimePlatform:\n    cpuArchitecture: X86_64\n"},
    ),
    "E403": Page(
        title="the task definition is longer than 65,536 bytes",
        text="""\
ECS accepts task definitions up to 64 KiB. It measures an internal form that is not public. `taskdef` measures the
shortest possible form, compact JSON in UTF-8 without the tags, so ECS may still refuse a document just below the
limit.

Long lists of variables are the usual cause. They can go into `environmentFiles`, or into one secret or parameter.""",
        case="E403-too-many-variables",
        source=f"{QUOTAS}; awsdocs/amazon-ecs-developer-guide pull request 149, which quotes the server",
        aws="Actual length: '66420'. Max allowed length is '65536' bytes.",
        passes={DEV: "vars:\n  redirects: 20\n"},
    ),
    "E404": Page(
        title="the list of tags is empty",
        text="""\
Most lists may be empty; `tags` may not. `describe-task-definition --include TAGS` and the JSON view of the console show an empty
list where there are no tags, so a document copied from there cannot be registered until the list is gone.""",
        case="E404-no-tag",
        source="hashicorp/terraform-provider-aws, `internal/service/ecs/task_definition.go`, which quotes the server",
        aws="Tags can not be empty.",
        passes={
            WEB: """\
{
  "family": "web",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29", "memory": 256}
  ]
}
"""
        },
    ),
    "E405": Page(
        title="ECS refuses the tags",
        text="""\
There may be 50 tags, each key once. A key has up to 128 characters and a value up to 256: letters and digits of any script, blanks, and
`_.:/=+-@`. Keys that begin with `aws:`, in any case, are AWS's own: CloudFormation, for one, sets such tags, and a description of the
task definition shows them, but nobody else may.""",
        case="E405-prefix-of-aws",
        source=f"{REGISTER}, members `tags`, `Tag.key` and `Tag.value`, {BOTOCORE}",
        passes={DEV: "patch:\n  tags:\n    stack: web\n"},
    ),
    "E407": Page(
        title="there is no container",
        text="""\
A task definition has at least one container. If a template writes containers in a loop or under a condition, an
environment may end up with none.""",
        case="E407-no-container",
        source=f"{PREFLIGHT}pf-ecs-container-definitions-empty`",
        aws="Container list cannot be empty",
        passes={
            WEB: """\
{
  "family": "web",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29"}
  ]
}
"""
        },
    ),
    "E409": Page(
        title="the task asks for Elastic Inference, which is retired",
        text="""\
AWS took no new customers for Elastic Inference from April 2023 on, and has retired it since. ECS refuses `inferenceAccelerators` for
every launch type, and on Fargate a container that asks for an accelerator in its `resourceRequirements`. Elsewhere such a container
registers and finds no accelerator: [W613](W613.md).

Use GPUs and Neuron devices instead, also in `resourceRequirements`. An empty list is fine.""",
        case="E409-accelerator",
        source=f"{PREFLIGHT}pf-ecs-fargate-inference-accelerator`; {RETIRED}",
        aws="Unsupported field 'inferenceAccelerators'.",
        passes={
            WEB: """\
{
  "family": "web",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {"name": "web", "image": "nginx:1.29", "memory": 256}
  ]
}
""",
            DEV: "patch: {}\n",
        },
    ),
    "E410": Page(
        title="ECS refuses the placement constraint",
        text=f"""\
A task definition has up to 10 placement constraints. Each has the type `memberOf` and an expression in the
[cluster query language]({QUERIES}): a subject, an operator, and usually a value, as in `attribute:ecs.instance-type =~ t3.*`.
Attributes of an instance begin with `attribute:`, built-in ones too.

Only certain mistakes are reported: an empty expression, brackets or quotes without their other half, a subject that
ECS does not know, a missing operator. `taskdef` does not check whether an instance has the attribute. Fargate accepts
no constraints: [E421](E421.md).""",
        case="E410-attribute-forgotten",
        source=f"[Cluster query language]({QUERIES}); {REGISTER}, member `placementConstraints`, {BOTOCORE}",
        applies="no `FARGATE` in `requiresCompatibilities`",
        passes={DEV: "vars:\n  where: attribute:ecs.instance-type =~ t3.*\n"},
    ),
    "E420": Page(
        title="a number is outside the range that ECS accepts",
        text="""\
| number | takes |
|---|---|
| `ephemeralStorage.sizeInGiB` | 21 to 200 |
| `healthCheck.interval` | 5 to 300 seconds |
| `healthCheck.timeout` | 2 to 60 seconds |
| `healthCheck.retries` | 1 to 10 |
| `healthCheck.startPeriod` | 0 to 300 seconds |
| `startTimeout`, `stopTimeout` | 2 seconds or more, on Fargate up to 120 |
| `restartPolicy.restartAttemptPeriod` | 60 to 1800 seconds |
| `linuxParameters.swappiness` | 0 to 100 |
| `portMappings[].hostPort` | 0 to 65535, where 0 is any |
| `transitEncryptionPort` of a volume | 1 to 65535 |
| `nvidiaMps.maxComputePercent` | 1 to 100 |

Every number is a whole number of 32 bits: -2147483648 to 2147483647. The AWS command line checks none of these
ranges; ECS refuses the number on registration.""",
        case="E420-interval-too-long",
        source=f"{PREFLIGHT}pf-ecs-healthcheck-interval-range`, `pf-ecs-ephemeral-storage-range`, "
        f"`pf-ecs-restart-policy-attempt-period-range` and others; radkawar/stackd, which quotes the server; {BOTOCORE}; "
        "the shape `integer` of the [Smithy](https://smithy.io/2.0/spec/simple-types.html) model, read 2026-11-29",
        aws="Health check interval must be less than or equal to the maximum allowed value 300 for container 'app'\n"
        "EphemeralStorage size should be at least 21\n"
        "EphemeralStorage size should be at most 200\n"
        "Granular start timeout on container 'x' must be at least 2 seconds.\n"
        "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.\n"
        "the 'restartAttemptPeriod' setting for container 'x' must be between 60 and 1800",
        passes={DEV: "patch:\n  containerDefinitions:\n    web:\n      healthCheck: {interval: 60}\n"},
    ),
    "E424": Page(
        title="a name has characters that ECS refuses",
        text="""\
The family, and the names of containers and volumes, are 1 to 255 letters, digits, `-` and `_`: no dots, slashes or blanks. The name of a
port mapping has up to 64 characters, lower-case letters, digits, `_` and `-`, and does not begin with `-`.

A `${…}` or `{{ … }}` that another tool was to fill in is [E517](E517.md).""",
        case="E424-dot-in-a-name",
        source="aws/amazon-ecs-cli issue 37; hashicorp/terraform-provider-aws issue 5950; "
        f"{PREFLIGHT}pf-ecs-taskdef-family`; {BOTOCORE}",
        aws="Family contains invalid characters.\nContainer.name contains invalid characters.",
        passes={DEV: "vars:\n  stage: dev\n", "templates/web.json.j2": DASHED},
    ),
    "E426": Page(
        title="a list has more items than ECS accepts",
        text="""\
| list | has up to |
|---|---|
| `containerDefinitions` | 10 containers |
| `environmentFiles` of a container | 10 files |
| `credentialSpecs` of a container | 1 credential spec |
| `portMappings` of a container | 100 with a `containerPortRange` |
| `restartPolicy.ignoredExitCodes` | 50 exit codes |

Split a larger task into two task definitions.""",
        case="E426-eleven-containers",
        source=f"aws/amazon-ecs-cli issue 184; {QUOTAS}; {PREFLIGHT}pf-ecs-environment-files-max`; {BOTOCORE}",
        aws="Too many containers.\nThe maximum number of environment files was exceeded. Specify ten or less and try again",
        passes={DEV: "vars:\n  workers: 3\n"},
    ),
    "W613": Page(
        title="a container asks for Elastic Inference, which is retired",
        text="""\
A container whose `resourceRequirements` have an item of the type `InferenceAccelerator` asks for Elastic Inference, which AWS has
retired. On Fargate, or beside `inferenceAccelerators`, ECS refuses it: [E409](E409.md).""",
        case="W613-accelerator-on-an-instance",
        source=f"{BOTOCORE}, `ResourceRequirement`; {RETIRED}",
        applies="no `FARGATE` in `requiresCompatibilities`",
        passes={DEV: "patch: {}\n"},
    ),
    "E470": Page(
        title="a name that ECS requires is missing",
        text="""\
The service model marks few members as required, so the client of AWS sends a container without `name`, a mount point without
`sourceVolume`, a volume or a variable without `name`, an item of `volumesFrom` without `sourceContainer` or a tag without `key`, and ECS
refuses them. An empty text is no name either, also where the model requires one: `containerName`, `fileSystemId`, a host's `hostname` and
`ipAddress`, the `hostPath` of a device and the `sourcePath` of a host.

Other rules report an item without `image` ([E440](E440.md)), `containerPort` ([E434](E434.md)) or `containerPath` ([E511](E511.md)), and a
blank name of a variable ([E442](E442.md)). In a project a template or overlay whose item has no identity fails earlier.""",
        case="E470-mount-of-no-volume",
        source="awsdocs/aws-cloudformation-user-guide pull request 612; thnery/terraform-aws-template issue 2; "
        "blinkist/terraform-aws-airship-ecs-service issue 46; aws/amazon-ecs-cli issue 11; Volume, VolumeFrom and Tag in botocore "
        "1.44.5; read 2026-11-29",
        aws="Container.name should not be null or empty.\nUnknown volume 'null'.\nhost.sourcePath should not be blank.",
        passes={
            "task-definition.json": """\
{
  "family": "web",
  "requiresCompatibilities": ["EC2"],
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "memory": 256,
      "mountPoints": [{"sourceVolume": "content", "containerPath": "/srv"}]
    }
  ],
  "volumes": [{"name": "content"}]
}
"""
        },
        run="taskdef lint task-definition.json",
    ),
    "W627": Page(
        title="an item lacks the member that gives it meaning",
        text="""\
A system control has a `namespace`, which is the parameter, and a `value`; a placement constraint has a `type`. The service model requires
none of them and no answer of ECS is known, but such an item sets nothing.""",
        case="W627-parameter-without-a-value",
        source="SystemControl and TaskDefinitionPlacementConstraint in botocore 1.44.5, read 2026-11-29",
        passes={
            "environments/dev.yaml": "patch:\n  containerDefinitions:\n    web:\n      systemControls: {net.core.somaxconn: '1024'}\n"
        },
    ),
}
