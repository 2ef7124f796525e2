"""Pages of members that launch types, platform versions or operating systems lack."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"

DOCS = "https://docs.aws.amazon.com/AmazonECS/latest"
GUIDE = "awsdocs/amazon-ecs-developer-guide, `doc_source/"

PLATFORMS: dict[str, Page] = {
    "E421": Page(
        title="Fargate does not support this",
        text="""\
Fargate gives a task a machine of its own that nobody else sees, so nothing of a host can be used:

| member | on Fargate |
|---|---|
| `pidMode` | `task` only |
| `ipcMode`, `placementConstraints` | no |
| `privileged`, `dockerSecurityOptions` | no |
| `resourceRequirements` | no `GPU` |
| `linuxParameters` | no `devices`, `sharedMemorySize`, `maxSwap`, `swappiness`; `tmpfs` since January 2026 |
| `capabilities` | `SYS_PTRACE` is the one to `add`; any may be dropped |
| `volumes` | no `host.sourcePath`, no Docker volume, no FSx; an empty `host` is fine |
| `firelensConfiguration` | no configuration from S3 |

Empty values and `false` are accepted, as describe-task-definition returns them. What depends on the network mode is [E422](E422.md) and
[E432](E432.md), log drivers are [E455](E455.md). On Windows, [E423](E423.md) is reported instead of both.""",
        case="E421-privileged-on-fargate",
        source="[Task definition differences for Fargate](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
        "fargate-tasks-services.html); the docstrings of botocore 1.44.5; badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-fargate-*`; "
        "the message on FireLens is that of an emulator",
        aws="""\
Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.
Fargate compatible task definitions do not support ipcMode.
Fargate compatible task definitions do not support constraints
Fargate requires that the 'privileged' setting be 'false'
Fargate compatible task definitions do not support dockerSecurityOptions
Tasks using the Fargate launch type do not support GPU resource requirements
Fargate launch type does not support FirelensConfiguration config file from 's3'
Fargate compatible task definitions do not support devices
Fargate compatible task definitions do not support sharedMemorySize
Fargate compatible task definitions do not support maxSwap
NET_ADMIN is not allowed on Fargate.
Fargate compatible task definitions do not support sourcePath
Fargate compatible task definitions do not support dockerVolumeConfiguration""",
        applies="`FARGATE` in `requiresCompatibilities`",
        passes={DEV: "patch: {}\n"},
    ),
    "E423": Page(
        title="Windows does not support this",
        text="""\
Containers with Windows have no `linuxParameters`, `ulimits`, `privileged`, `readonlyRootFilesystem`, `systemControls`, `links`,
`dnsServers`, `dnsSearchDomains`, `extraHosts`, `disableNetworking` or `firelensConfiguration`; their tasks no `pidMode`, `ipcMode`,
`proxyConfiguration`, volume of EFS or network mode `host` or `none`. Of `user` only the two accounts that every image for Windows has
are let through, `ContainerAdministrator` and `ContainerUser`: with one of Linux the container does not start.

Docker volumes have the driver `local`. Some of this ECS refuses, some of it fails at the start. Empty values and `false` are accepted.""",
        case="E423-limits-on-windows",
        source=f"the docstrings of botocore 1.44.5; {GUIDE}windows_task_definitions.md` and `AWS_Fargate.md`; "
        "aws/aws-cdk issue 34560 for `user`; [task networking]"
        "(https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html), read 2026-11-29",
        applies="an `operatingSystemFamily` of Windows",
        passes={DEV: "patch: {}\n"},
    ),
    "E466": Page(
        title="Fargate does not run this operating system",
        text="""\
Fargate runs Linux and Windows Server 2019 and 2022, each as Core and Full; Windows Server 2025 is accepted, since it
is in the service model and no page excludes it. Windows Server 2016, 2004 and 20H2 there are on instances only.

The image has to be made for the same release of Windows.""",
        case="E466-windows-that-fargate-does-not-run",
        source=f"{GUIDE}AWS_Fargate.md` and `task_definition_parameters.md`; "
        "[Windows platform versions](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-windows-fargate.html); "
        "OSFamily in botocore 1.44.5",
        applies="`FARGATE` in `requiresCompatibilities`",
        passes={DEV: "patch:\n  runtimePlatform: {operatingSystemFamily: WINDOWS_SERVER_2019_FULL}\n"},
    ),
    "E467": Page(
        title="there is no Windows on ARM",
        text="""\
`ARM64` is for Linux, on instances and on Fargate. Containers with Windows run on `X86_64`, which is also what a task has without
`cpuArchitecture`.""",
        case="E467-windows-on-arm",
        source=f"RuntimePlatform in botocore 1.44.5; {GUIDE}ecs-arm64.md` and `AWS_Fargate.md`",
        applies="an `operatingSystemFamily` of Windows",
        passes={DEV: "patch: {}\n"},
    ),
    "E468": Page(
        title="a task cannot be isolated this way",
        text="""\
`trustedExecutionConfiguration` sets how a task is isolated from others on its instance. Only Managed Instances support it, so beside it
`requiresCompatibilities` names `MANAGED_INSTANCES` and nothing else. With the mode `CONFIDENTIAL_SANDBOX` an `attestationPolicy` is
required, in base64.""",
        case="E468-confidential-without-a-policy",
        source="TrustedExecutionConfiguration in botocore 1.44.5, read 2026-11-29; [TrustedExecutionConfiguration]"
        "(https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TrustedExecutionConfiguration.html)",
        applies="a task with `trustedExecutionConfiguration`",
        passes={
            DEV: "patch:\n  trustedExecutionConfiguration: {isolationMode: CONFIDENTIAL_SANDBOX, attestationPolicy: eyJ2ZXJzaW9uIjogMX0=}\n"
        },
    ),
    "E469": Page(
        title="a container cannot have GPUs or Neuron devices this way",
        text="""\
An item of `resourceRequirements` with the type `GPU` has either a `value`, the number of GPUs for this container alone (or `ALL`), or a
`sharingStrategy`. All containers of a task that ask for a GPU do so in the same way. An item with the type `NeuronDevice` has the value
`ALL` and no `sharingStrategy`; one container of a task can have it, and only Managed Instances support it.

In a project a later layer that sets `value` drops the `sharingStrategy` of the layers below, and the other way round.""",
        case="E469-one-of-two-containers-shares-its-gpu",
        source="ResourceRequirement in botocore 1.44.5, read 2026-11-29; [ResourceRequirement]"
        "(https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html)",
        applies="a container with `resourceRequirements`",
        passes={
            DEV: "patch:\n  containerDefinitions:\n    web:\n      resourceRequirements: {GPU: 1}\n"
            "    model:\n      resourceRequirements: {GPU: 1}\n"
        },
    ),
    "E471": Page(
        title="external instances do not support this",
        text="""\
An external instance, of ECS Anywhere, is in no VPC. So for `EXTERNAL` in `requiresCompatibilities` there is

| member | on external instances |
|---|---|
| `networkMode` | `bridge`, `host` or `none` |
| `proxyConfiguration` | no |
| `volumes` | no EFS, and no volume that is configured at launch, which is one of EBS |
| `resourceRequirements` | `GPU` with a `value`, no `sharingStrategy` |

What only other launch types have is refused too: `ephemeralStorage` ([E417](E417.md)), `trustedExecutionConfiguration` ([E468](E468.md)),
Neuron devices ([E469](E469.md)).""",
        case="E471-network-interface-for-an-external-instance",
        source=f'[ECS Anywhere]({DOCS}/developerguide/ecs-anywhere.html), "Considerations"; aws/aws-cdk, `ExternalTaskDefinition`; '
        f"[volumes of EBS]({DOCS}/developerguide/ebs-volumes.html); "
        "ResourceRequirement in botocore 1.44.5; read 2026-11-29",
        applies="`EXTERNAL` in `requiresCompatibilities`",
        passes={DEV: "patch:\n  networkMode: host\n"},
    ),
    "W622": Page(
        title="the task needs a later platform version of Fargate",
        text="""\
`LATEST` has been version 1.4.0 for Linux since 2021, so there is nothing to do unless a service, or what calls `run-task`, names an older
one. From 1.4.0 on there are 8 vCPU and more, ARM, `pidMode`, ephemeral storage that is extended, environment files, system controls, the
capability `SYS_PTRACE`, volumes of EFS, and references to one key or version of a secret.

There is one note for a task definition, with each reason once. Windows has platform versions of its own.""",
        case="W622-a-size-of-a-later-platform",
        source="RegisterTaskDefinition, EnvironmentFile, SystemControl and LinuxParameters in botocore 1.44.5; "
        f"{GUIDE}task-cpu-memory-error.md`, `ecs-arm64.md` and `secrets-envvar-secrets-manager.md`",
        applies="`FARGATE` in `requiresCompatibilities`, Linux",
        passes={DEV: "patch:\n  cpu: 4 vCPU\n  memory: 16 GB\n  ephemeralStorage: null\n"},
    ),
    "W623": Page(
        title="no launch type to check for",
        text="""\
ECS checks a task definition for the launch types in `requiresCompatibilities`. Without any it registers what none of them can run, and the
failure moves to the service, or to `run-task`. So do the checks here: what only Fargate or only instances refuse is not looked for.""",
        case="W623-no-launch-type",
        source="RegisterTaskDefinition, member `requiresCompatibilities`, in botocore 1.44.5; oranmoshai/ecsServiceRestart issue 2",
        aws="Task definition does not support launch_type FARGATE.",
        passes={DEV: "patch:\n  requiresCompatibilities: [EC2]\n"},
    ),
    "W628": Page(
        title="there is no network mode `bridge` here",
        text="""\
The network of Docker that is called `bridge` is one of Linux. On Windows the default is `nat`, which a task has without `networkMode`; the
other mode is `awsvpc`. Managed Instances have `awsvpc`, `host` and `none`. No answer of ECS is known, so this is a
warning. For Windows on external instances AWS itself writes `bridge`, and nothing is reported.""",
        case="W628-bridge-on-windows",
        source=f"[task networking]({DOCS}/developerguide/task-networking.html); RegisterTaskDefinition, member `networkMode`, in botocore "
        f"1.44.5; [ManagedInstancesNetworkConfiguration]({DOCS}/APIReference/API_ManagedInstancesNetworkConfiguration.html); "
        f"[external instances]({DOCS}/developerguide/ecs-anywhere-runtask.html); read 2026-11-29",
        applies="an `operatingSystemFamily` of Windows, or `MANAGED_INSTANCES` in `requiresCompatibilities`",
        passes={DEV: "patch: {}\n"},
    ),
    "W629": Page(
        title="fault injection is on where no faults are injected",
        text="""\
`enableFaultInjection` lets the containers of a task ask the agent for delays and losses on their network. That works with the network
modes `awsvpc` and `host`, and not on Windows. Without `networkMode` a task on instances of Linux has `bridge`.""",
        case="W629-faults-on-a-bridge",
        source=f"[fault injection]({DOCS}/developerguide/fault-injection.html); aws/aws-cdk pull request "
        "32598; aws/amazon-ecs-agent pull request 4302; read 2026-11-29",
        applies="a task with `enableFaultInjection`",
        passes={DEV: "patch:\n  enableFaultInjection: true\n  networkMode: awsvpc\n"},
    ),
}
