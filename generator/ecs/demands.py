"""What a service demands of its task definition, as data: the member of the service, its demand, and ECS's message without it.

Sources stand in each row. The service model is that of botocore 1.44.5; ECS's messages are quoted from the public
threads that are named.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.records import Record

MODEL = "the service model of botocore 1.44.5"
READ = "2026-11-29"


class Demand(Record):
    """One demand: `members` of a service, or of its primary deployment, ask the task definition for something.

    `said` is what ECS answers where it is not met, empty if no thread quotes it. `refused` is that ECS takes no such update; else
    it takes it, and no task starts.
    """

    members: tuple[str, ...]
    asks: str
    said: str
    source: str
    read: str = READ
    refused: bool = True


DEMANDS: Mapping[str, Demand] = {
    "load-balancer-container": Demand(
        ("loadBalancers",),
        "a container of the name that the load balancer has",
        "The container Frontend does not exist in the task definition.",
        f"aws/amazon-ecs-agent issue 1276; `LoadBalancer.containerName` in {MODEL}",
    ),
    "load-balancer-port": Demand(
        ("loadBalancers",),
        "a mapping of the port that the load balancer has",
        "The container app did not have a container port 80 defined.",
        "pulumi/pulumi-awsx issue 1172",
    ),
    "load-balancer-port-twice": Demand(
        ("loadBalancers",),
        "one mapping of that port, and not one for TCP and one for UDP",
        "Container port 53 is used in more than one port mapping for container coredns-mysql",
        "terraform-aws-modules/terraform-aws-ecs issue 89",
    ),
    "load-balancer-host-port": Demand(
        ("loadBalancers",),
        "a fixed `hostPort` of that port, where the load balancer is a Classic Load Balancer",
        "A host port mapping for the container port 80 is required.",
        "aws/aws-sdk-js issue 1397",
    ),
    "load-balancer-classic": Demand(
        ("loadBalancers",),
        "another network mode than `awsvpc`, where the load balancer is a Classic Load Balancer",
        "",
        f"`CreateServiceRequest.loadBalancers` in {MODEL}",
    ),
    "target-type": Demand(
        ("loadBalancers",),
        "`awsvpc` where the target group is for `ip`, any other network mode where it is for `instance`",
        "The provided target group … has target type ip, which is incompatible with the bridge network mode specified in the task "
        "definition.",
        "hashicorp/terraform-provider-aws issues 12252 and 11723",
    ),
    "service-launch-type": Demand(
        ("launchType", "capacityProviderStrategy"),
        "what Fargate takes on Fargate, what external instances take there; ECS lists `EC2` in `compatibilities` of all"
        " (fabfuel/ecs-deploy issue 50), so that EC2 and its capacity providers ask for nothing",
        "Task definition does not support launch_type FARGATE.",
        "aws/aws-cli issue 3983",
    ),
    "service-network": Demand(
        ("networkConfiguration",),
        "`awsvpc` where the service has a network configuration, another network mode where it has none",
        "Network Configuration is not valid for the given networkMode of this task definition. / "
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        "aws-actions/amazon-ecs-deploy-task-definition issues 616 and 802",
    ),
    "service-connect-port": Demand(
        ("serviceConnectConfiguration",),
        "a port mapping of each `portName`",
        "",
        f"`ServiceConnectService.portName` in {MODEL}",
    ),
    "service-connect-protocol": Demand(
        ("serviceConnectConfiguration", "taskDefinition"),
        "the `appProtocol` and `protocol` that the port has in what the service runs",
        "The following config cannot be changed for a SC service. Previous config: ScServiceStableConfig(applicationProtocol=null, "
        "transportProtocol=tcp, …), current config: ScServiceStableConfig(applicationProtocol=http2, transportProtocol=tcp, …)",
        f"aws/containers-roadmap issue 2378; `PortMapping.appProtocol` in {MODEL}",
    ),
    "registry-container": Demand(
        ("serviceRegistries",),
        "a container of the name that the service registry has",
        "",
        f"`ServiceRegistry.containerName` in {MODEL}",
    ),
    "registry-port": Demand(
        ("serviceRegistries",),
        "a mapping of the port that the service registry has",
        "",
        f"`ServiceRegistry.containerPort` in {MODEL}; hashicorp/terraform-provider-aws issue 4874",
    ),
    "registry-network": Demand(
        ("serviceRegistries",),
        "`awsvpc`, unless the service registry names a container and its port",
        "When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the "
        "task definition.",
        "techservicesillinois/terraform-aws-ecs-service issue 16",
    ),
    "vpc-lattice-port": Demand(
        ("vpcLatticeConfigurations",),
        "a port mapping of each `portName`",
        "",
        f"`VpcLatticeConfiguration.portName` in {MODEL}",
    ),
    "service-volume": Demand(
        ("volumeConfigurations",),
        "a volume with `configuredAtLaunch` of each name that the service configures. Names of S3 Files volumes, which ECS answers too"
        " (hashicorp/terraform-provider-aws issue 48945), are none of these: they come without `managedEBSVolume`",
        "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
        "hashicorp/terraform-provider-aws pull request 49185",
    ),
    "volume-not-configured": Demand(
        ("volumeConfigurations",),
        "no volume with `configuredAtLaunch` that the service does not configure",
        "",
        f"`Volume.configuredAtLaunch` in {MODEL}",
        refused=False,
    ),
    "service-platform-version": Demand(
        ("platformVersion",),
        "nothing that a later version of the Fargate platform has",
        "PlatformTaskDefinitionIncompatibilityException: One or more of the requested capabilities are not supported.",
        "ansible-collections/community.aws issue 136",
    ),
    "service-platform-family": Demand(
        ("platformFamily",),
        "the operating system that the service was created for: no update changes it",
        "",
        f"`Service.platformFamily` in {MODEL}; aws/containers-roadmap issues 2312 and 2733",
        refused=False,
    ),
    "execute-command-role": Demand(
        ("enableExecuteCommand",),
        "a `taskRoleArn`",
        "The service couldn't be updated because a valid taskRoleArn is not being used. Specify a valid task role in your task definition "
        "and try again.",
        "aws/aws-toolkit-jetbrains issue 3649",
    ),
}
"""By code: what a service demands."""

UNDEMANDING: Mapping[str, str] = {
    "serviceArn": "a name", "serviceName": "a name", "clusterArn": "a name", "roleArn": "who calls the load balancer",
    "status": "a state", "rolloutState": "a state", "rolloutStateReason": "a state", "id": "a name",
    "desiredCount": "a number of tasks", "runningCount": "a number of tasks", "pendingCount": "a number of tasks",
    "failedTasks": "a number of tasks",
    "deploymentConfiguration": "how tasks are replaced, whatever they are",
    "deploymentController": "who may change the revision, even if unchanged: `deploy` refuses a service that another deploys",
    "taskSets": "of services that another controller deploys",
    "deployments": "what has the members below", "events": "a log", "createdAt": "a time", "updatedAt": "a time",
    "createdBy": "a name", "currentServiceDeployment": "a name", "currentServiceRevisions": "names",
    "placementConstraints": "where tasks are placed: none of these refuses an update",
    "placementStrategy": "where tasks are placed: none of these refuses an update",
    "healthCheckGracePeriodSeconds": "a time that is unused where there is no health check",
    "schedulingStrategy": "how many tasks there are; Fargate refuses `DAEMON` when the service is created",
    "tags": "names", "enableECSManagedTags": "names", "propagateTags": "names",
    "availabilityZoneRebalancing": "where tasks are placed",
    "resourceManagementType": "who manages the service: ECS for an Express service, else the customer",
    "serviceConnectResources": "what Service Connect made",
    "fargateEphemeralStorage": "the key of the storage that Fargate gives",
}  # fmt: skip
"""By member of a service or of a deployment: why it demands nothing. Source: the service model of botocore 1.44.5, read 2026-11-29."""

EARLIER_PLATFORM = (1, 4, 0)
"""The version of the Fargate platform for Linux from which on it has everything. Source: `support.LATER`."""

ON_FARGATE = frozenset(("FARGATE", "FARGATE_SPOT"))
"""Capacity providers of Fargate. Source: `CapacityProviderStrategyItem` in botocore 1.44.5."""

TARGET_TYPES = {True: "ip", False: "instance"}
"""What a target group is for, by whether tasks have the network mode `awsvpc`."""
