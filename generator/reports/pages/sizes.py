"""Pages of the sizes of tasks and containers."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"

SIZES: dict[str, Page] = {
    "E402": Page(
        title="Fargate has no such size",
        text="""\
Fargate runs a task in one of a few sizes: each amount of CPU goes with its own amounts of memory, from 256 CPU units with 512 MiB to
32 vCPU with 60, 120 or 244 GB. On Windows there are 1, 2 and 4 vCPU only.

An overlay that changes one of the two sizes usually has to change the other.""",
        case="E402-memory-of-another-size",
        source="[Task CPU and memory](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html); "
        "towardsthecloud/aws-cdk-examples issue 1; badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-fargate-windows-cpu-under-1vcpu`",
        aws="No Fargate configuration exists for given values: 512 CPU, 512 memory. See the Amazon ECS documentation for the valid values.",
        applies="`FARGATE` in `requiresCompatibilities`",
        passes={DEV: "patch:\n  cpu: 1024\n  memory: 2 GB\n"},
    ),
    "E411": Page(
        title="Fargate needs a size for the whole task",
        text="""\
On Fargate, `cpu` and `memory` of the task decide its size and its cost; ECS takes neither from the containers. In the
containers both are optional.

The finding is at `FARGATE`, since that is what makes the two necessary. With `EC2` alone both are optional.""",
        case="E411-no-memory-for-the-task",
        source="RegisterTaskDefinition, members `cpu` and `memory`, in botocore 1.44.5; mongodb/terraform-aws-ecs-task-definition issue 38",
        aws="Fargate requires that 'cpu' be defined at the task level.\nFargate requires that 'memory' be defined at the task level.",
        applies="`FARGATE` in `requiresCompatibilities`",
        passes={DEV: "patch:\n  cpu: 1 vCPU\n  memory: 2 GB\n"},
    ),
    "E412": Page(
        title="ECS cannot read a size",
        text="""\
The size of a task is text: CPU units (`512`) or vCPUs (`0.5 vCPU`), MiB (`1024`) or GB (`1 GB`). The blank is optional;
no other unit is accepted, and a fraction has to come to whole CPU units or MiB. Artifacts always have plain numbers, as
ECS stores them.

Outside of Fargate `cpu` goes from 128 to 196608 CPU units, 0.125 to 192 vCPU, so a `2` that was meant as two vCPUs is refused. Which sizes
Fargate has is [E402](E402.md).""",
        case="E412-vcpu-as-a-number",
        source="RegisterTaskDefinition, members `cpu` and `memory`, in botocore 1.44.5; oranmoshai/ecsServiceRestart issue 2",
        aws="Invalid 'cpu' setting for task.",
        applies="any launch type; the range, `EC2` or `EXTERNAL` without `FARGATE` in `requiresCompatibilities`",
        passes={DEV: "patch:\n  cpu: 2 vCPU\n"},
    ),
    "E413": Page(
        title="neither the container nor the task has memory",
        text="""\
Without `memory` of the task, ECS places it by the demands of its containers, so each of them needs `memory`, the limit at which it is
stopped, or `memoryReservation`, what is kept free for it, or both. An amount of 0 is as good as none.""",
        case="E413-container-without-memory",
        source="badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-container-memory-required`; sil-org/ecs-deploy issue 59; "
        "aws/aws-cdk pull request 26027, where the task's memory is enough",
        aws="Invalid setting for container 'log'. At least one of 'memory' or 'memoryReservation' must be specified.",
        applies="no `FARGATE` in `requiresCompatibilities`, where it is [E411](E411.md)",
        passes={DEV: "patch:\n  containerDefinitions:\n    log: {memory: 64}\n"},
    ),
    "E414": Page(
        title="a container reserves more memory than it may use",
        text="""\
`memory` is the limit at which a container is stopped, `memoryReservation` what is kept free for it. The documentation
requires the limit to be greater; ECS accepts equal values, and so does this rule.

An overlay that lowers the limit usually has to lower the reservation.""",
        case="E414-reservation-above-the-limit",
        source="badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-container-memory-reservation`; "
        "awsdocs/amazon-ecs-developer-guide pull request 242",
        aws="Invalid setting for container 'web'. 'memory' must be greater than or equal to 'memoryReservation'.",
        passes={DEV: "patch:\n  containerDefinitions:\n    web: {memory: 128, memoryReservation: 64}\n"},
    ),
    "E415": Page(
        title="a container may use more memory than the task has",
        text="""\
The limit of each container has to fit into the memory of the task; it may be all of it. On Fargate a single container needs no limit of its
own: without one it has what the task has, in every environment.""",
        case="E415-container-above-the-task",
        source="badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-container-memory-over-task`; pulumi/pulumi-awsx issue 1220",
        aws="The 'memory' setting for container 'web' is greater than for the task.",
        applies="task definitions with `memory` of the task",
        passes={
            DEV: "patch:\n  cpu: 256\n  memory: 512\n  containerDefinitions:\n    web: {memory: 512}\n",
        },
    ),
    "E416": Page(
        title="the containers ask for more CPU than the task has",
        text="""\
The sum of `cpu` of all containers has to fit into the `cpu` of the task; it may be equal. A container with no `cpu`,
or 0, shares the rest.""",
        case="E416-containers-ask-for-more-cpu",
        source="badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-fargate-container-cpu-over-task`; klothoplatform/klotho issue 892",
        aws="The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
        applies="task definitions with `cpu` of the task",
        passes={DEV: "patch:\n  containerDefinitions:\n    web: {cpu: 256}\n    log: {cpu: 256}\n"},
    ),
    "E417": Page(
        title="only Fargate has ephemeral storage that can be extended",
        text="""\
`ephemeralStorage` makes the disk that Fargate gives a task larger than 20 GiB. On an instance containers share the disk of the instance,
whose size the task cannot choose.

A task definition for both `EC2` and `FARGATE` may have it.""",
        case="E417-storage-of-fargate-on-an-instance",
        source="badmintoncryer/cdk-preflight, `rules/ecs/pf-ecs-fargate-ephemeral-storage-ec2`",
        aws="Tasks using the EC2 launch type do not support EphemeralStorage",
        applies="`EC2` or `EXTERNAL` without `FARGATE` in `requiresCompatibilities`",
        passes={DEV: "patch: {}\n"},
    ),
    "E501": Page(
        title="a container has less memory than Docker allows",
        text="""\
ECS registers any amount, but Docker creates no container with a limit or a reservation of less than 6 MiB; before Docker 20.10 the least
was 4 MiB. Such a number nearly always means GB: in a container both members count MiB and take no unit, unlike `memory` of
the task.""",
        case="E501-gigabytes-for-mebibytes",
        source="ContainerDefinition, members `memory` and `memoryReservation`, in botocore 1.44.5; moby/moby pull request 41168; "
        "awsdocs/amazon-ecs-developer-guide pull request 185, which quotes the message",
        aws="CannotCreateContainerError: Error response from daemon: Minimum memory reservation allowed is 6MB",
        passes={DEV: "patch:\n  containerDefinitions:\n    web: {memory: 2048}\n"},
    ),
    "W614": Page(
        title="the containers together use more memory than the task has",
        text="""\
A container reserves its `memoryReservation`, or its `memory` where it has no reservation. The documentation requires
all reservations together to fit into the memory of the task; no refusal by ECS is known, so this is a warning. It is
also reported if the reservations fit, but the limits together do not: a container can then be stopped for lack of
memory below its own limit.

One container above the task is [E415](E415.md), and the sum is not reported.""",
        case="W614-all-containers-together",
        source="ContainerDefinition, member `memory`, in botocore 1.44.5",
        applies="task definitions with `memory` of the task",
        passes={DEV: "patch:\n  containerDefinitions:\n    log: {memoryReservation: 256}\n"},
    ),
    "W621": Page(
        title="Fargate may not extend the storage of Windows",
        text="""\
AWS describes `ephemeralStorage` for Linux, from platform version 1.4.0 on, and lists configurable ephemeral storage among what Windows on
Fargate does not have; the CloudFormation reference admits it for Windows from platform version 1.0.0 on. Try it before you rely on it.""",
        case="W621-storage-for-windows",
        source="RegisterTaskDefinition, member `ephemeralStorage`, in botocore 1.44.5; awsdocs/amazon-ecs-developer-guide, "
        "`doc_source/AWS_Fargate.md`; [EphemeralStorage](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"
        "aws-properties-ecs-taskdefinition-ephemeralstorage.html)",
        applies="`FARGATE` in `requiresCompatibilities` and an `operatingSystemFamily` of Windows",
        passes={DEV: "patch: {}\n"},
    ),
}
