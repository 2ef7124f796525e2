"""Names that belong elsewhere: members of a service, and the words of other tools for what ECS calls otherwise. Data and look-up only.

Sources, read 2026-11-29: members of services and of runs are those of CreateService and RunTask in the ECS service model of botocore
1.44.5 that RegisterTaskDefinition does not have; words of Compose are those of its specification
(https://github.com/compose-spec/compose-spec/blob/main/05-services.md); words of Kubernetes those of `PodSpec` and `Container`
(https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/). CloudFormation's capitals
(https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html) and Terraform's underscores
(https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_task_definition) need no rows: they are other spellings of
the same names. What a word means here is a decision of this project, 2026-11-29.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model.records import Record

TASK = "RegisterTaskDefinitionRequest"
CONTAINER = "ContainerDefinition"


class Meaning(Record):
    """What a word stands for: the member of the same structure that means the same where the value fits, and what to do else."""

    member: str | None
    help: str


SERVICE = frozenset(
    (
        "availabilityZoneRebalancing", "capacityProviderStrategy", "clientToken", "cluster", "deploymentConfiguration",
        "deploymentController", "desiredCount", "enableECSManagedTags", "enableExecuteCommand", "gatewayConnectors",
        "healthCheckGracePeriodSeconds", "launchType", "loadBalancers", "monitoring", "networkConfiguration", "placementStrategy",
        "platformVersion", "propagateTags", "role", "schedulingStrategy", "serviceConnectConfiguration", "serviceName",
        "serviceRegistries", "taskDefinition", "volumeConfigurations", "vpcLatticeConfigurations",
    )
)  # fmt: skip
"""Members of a service that no task definition has."""

RUN = frozenset(("count", "group", "overrides", "referenceId", "startedBy"))
"""Members of RunTask that neither a service nor a task definition has."""

HAND_OVER: Mapping[str, str] = {
    "launchType": "a task definition has `requiresCompatibilities`",
    "platformVersion": "a task definition has `runtimePlatform`",
    "networkConfiguration": "a task definition has `networkMode` alone",
    "volumeConfigurations": "a volume that it configures has `configuredAtLaunch`",
    "role": "a task definition has `taskRoleArn` and `executionRoleArn`",
}
"""What a task definition has instead, where people look for that."""

PORTS = 'write `portMappings`: `[{"containerPort": …}]`'
VARIABLES = 'write `environment`: `[{"name": …, "value": …}]`'
MOUNTS = 'write `mountPoints`: `[{"sourceVolume": …, "containerPath": …}]`'
LEFT_OUT = "ECS has nothing like it: remove it"

WORDS: Mapping[str, Mapping[str, Meaning]] = {
    TASK: {
        "containers": Meaning("containerDefinitions", "its name here is `containerDefinitions`"),
        "services": Meaning("containerDefinitions", "write each as an item of `containerDefinitions`, under its `name`"),
        "initContainers": Meaning(None, "write each under `containerDefinitions`, `essential` false; others depend on it with `SUCCESS`"),
        "serviceAccountName": Meaning(None, "ECS has `taskRoleArn` for that, the role of what runs in the task"),
        "roleArn": Meaning(None, "write `taskRoleArn` for the role of the application, `executionRoleArn` for that of ECS"),
        "volumeMounts": Meaning(None, "it belongs to a container, as `mountPoints`"),
        "version": Meaning(None, "delete it: ECS counts revisions itself"),
        "networks": Meaning(None, "ECS has `networkMode`; subnets and security groups are the service's"),
        "platform": Meaning("runtimePlatform", "write `runtimePlatform`, a mapping with `cpuArchitecture` and `operatingSystemFamily`"),
        "cpuArchitecture": Meaning(None, "it belongs in `runtimePlatform`"),
        "cpus": Meaning(None, "write `cpu`, in units (1024 for one CPU)"),
        "mem_limit": Meaning(None, "write `memory`, in MiB"),
        "memoryLimit": Meaning(None, "write `memory`, in MiB"),
        "limits": Meaning(None, "write `memory`, in MiB, and `cpu`, in units (1024 for one CPU)"),
        "resources": Meaning(None, "write `memory`, in MiB, and `cpu`, in units (1024 for one CPU)"),
    },
    CONTAINER: {
        "ports": Meaning(None, PORTS),
        "port": Meaning(None, PORTS),
        "expose": Meaning(None, PORTS),
        "depends_on": Meaning("dependsOn", "write `dependsOn`: `[{\"containerName\": …, \"condition\": …}]`"),
        "env": Meaning("environment", VARIABLES + ", and what is secret under `secrets`"),
        "envVars": Meaning("environment", VARIABLES),
        "environmentVariables": Meaning("environment", VARIABLES),
        "env_file": Meaning("environmentFiles", 'write `environmentFiles`, with the ARN of a file in S3: `[{"type": "s3", "value": …}]`'),
        "envFrom": Meaning(None, "write `environmentFiles`, or each variable under `environment` or `secrets`"),
        "args": Meaning("command", "write `command` for arguments, a list, and `entryPoint` for the program"),
        "volumes": Meaning(None, MOUNTS + "; volumes themselves stand beside `family`"),
        "volumeMounts": Meaning("mountPoints", MOUNTS),
        "mounts": Meaning("mountPoints", MOUNTS),
        "limits": Meaning(None, "write `memory`, in MiB, and `cpu`, in units (1024 for one CPU)"),
        "requests": Meaning(None, "write `memoryReservation`, in MiB, and `cpu`, in units (1024 for one CPU)"),
        "resources": Meaning(None, "write `memory` and `memoryReservation`, in MiB, and `cpu`, in units (1024 for one CPU)"),
        "deploy": Meaning(None, "write `memory` and `cpu` in the container; the number of tasks is the service's"),
        "replicas": Meaning(None, "the number of tasks is the service's, as `desiredCount`"),
        "cpus": Meaning(None, "write `cpu`, in units (1024 for one CPU)"),
        "mem_limit": Meaning(None, "write `memory`, a number of MiB"),
        "mem_reservation": Meaning(None, "write `memoryReservation`, a number of MiB"),
        "memoryLimit": Meaning(None, "write `memory`, a number of MiB"),
        "container_name": Meaning("name", "its name here is `name`"),
        "imageUri": Meaning("image", "its name here is `image`"),
        "working_dir": Meaning("workingDirectory", "its name here is `workingDirectory`, a text"),
        "workingDir": Meaning("workingDirectory", "its name here is `workingDirectory`, a text"),
        "entrypoint": Meaning("entryPoint", "write `entryPoint`, a list"),
        "restart": Meaning(None, "write `restartPolicy`: `{\"enabled\": true}`"),
        "cap_add": Meaning(None, "write it as `add` in `linuxParameters.capabilities`"),
        "cap_drop": Meaning(None, "write it as `drop` in `linuxParameters.capabilities`"),
        "securityContext": Meaning(None, "write `user`, `privileged`, `readonlyRootFilesystem` and `linuxParameters.capabilities`"),
        "security_opt": Meaning("dockerSecurityOptions", "write `dockerSecurityOptions`, a list"),
        "read_only": Meaning("readonlyRootFilesystem", "write `readonlyRootFilesystem`, which is `true` or `false`"),
        "readonly": Meaning("readonlyRootFilesystem", "write `readonlyRootFilesystem`, which is `true` or `false`"),
        "stdin_open": Meaning("interactive", "write `interactive`, which is `true` or `false`"),
        "stdin": Meaning("interactive", "write `interactive`, which is `true` or `false`"),
        "tty": Meaning("pseudoTerminal", "write `pseudoTerminal`, which is `true` or `false`"),
        "stop_grace_period": Meaning("stopTimeout", "write `stopTimeout`, a number of seconds"),
        "terminationGracePeriodSeconds": Meaning("stopTimeout", "write `stopTimeout`, a number of seconds"),
        "labels": Meaning("dockerLabels", "write `dockerLabels`, a mapping"),
        "logging": Meaning("logConfiguration", "write `logConfiguration`, with `logDriver` and `options`"),
        "logConfig": Meaning("logConfiguration", "write `logConfiguration`, with `logDriver` and `options`"),
        "sysctls": Meaning("systemControls", "write `systemControls`: `[{\"namespace\": …, \"value\": …}]`"),
        "init": Meaning(None, "write it as `initProcessEnabled` in `linuxParameters`"),
        "shm_size": Meaning(None, "write it as `sharedMemorySize`, a number of MiB, in `linuxParameters`"),
        "extra_hosts": Meaning("extraHosts", "write `extraHosts`: `[{\"hostname\": …, \"ipAddress\": …}]`"),
        "dns": Meaning("dnsServers", "write `dnsServers`, a list"),
        "dns_search": Meaning("dnsSearchDomains", "write `dnsSearchDomains`, a list"),
        "livenessProbe": Meaning(None, "write `healthCheck`, whose `command` runs in the container"),
        "readinessProbe": Meaning(None, "write `healthCheck`, whose `command` runs in the container"),
        "startupProbe": Meaning(None, "write `healthCheck`, with `startPeriod`"),
        "lifecycle": Meaning(None, LEFT_OUT),
        "imagePullPolicy": Meaning(None, LEFT_OUT),
        "imagePullSecrets": Meaning(None, "write `repositoryCredentials`: `{\"credentialsParameter\": …}`"),
        "build": Meaning(None, "ECS builds no image: push one, and name it as `image`"),
        "networks": Meaning(None, "ECS has `networkMode` beside `family`"),
        "platform": Meaning(None, "write `runtimePlatform` beside `family`"),
        "secretOptions": Meaning(None, "write `secrets` for variables of the container; `secretOptions` are those of `logConfiguration`"),
    },
    "KeyValuePair": {
        "valueFrom": Meaning(None, "move the item to `secrets`: `environment` has values themselves, and ECS looks up none"),
        "key": Meaning("name", "its name here is `name`"),
        "Key": Meaning("name", "its name here is `name`"),
    },
    "Secret": {
        "value": Meaning(None, "a secret is named by its ARN, as `valueFrom`; what is no secret goes to `environment`"),
        "key": Meaning(None, "name the key at the end of `valueFrom`: `ARN:KEY::`"),
        "secretArn": Meaning("valueFrom", "its name here is `valueFrom`"),
        "arn": Meaning("valueFrom", "its name here is `valueFrom`"),
    },
    "PortMapping": {
        "port": Meaning("containerPort", "its name here is `containerPort`, a number"),
        "target": Meaning("containerPort", "its name here is `containerPort`, a number"),
        "published": Meaning("hostPort", "its name here is `hostPort`, a number"),
    },
    "MountPoint": {
        "name": Meaning("sourceVolume", "its name here is `sourceVolume`"),
        "source": Meaning("sourceVolume", "its name here is `sourceVolume`, the name of a volume beside `family`"),
        "mountPath": Meaning("containerPath", "its name here is `containerPath`"),
        "target": Meaning("containerPath", "its name here is `containerPath`"),
    },
    "HealthCheck": {
        "test": Meaning("command", "write `command`, a list that begins with `CMD` or `CMD-SHELL`"),
    },
    "LogConfiguration": {
        "driver": Meaning("logDriver", "its name here is `logDriver`"),
        "secrets": Meaning("secretOptions", "its name here is `secretOptions`"),
    },
    "ContainerDependency": {
        "name": Meaning("containerName", "its name here is `containerName`"),
        "container": Meaning("containerName", "its name here is `containerName`"),
    },
    "Ulimit": {
        "soft": Meaning("softLimit", "its name here is `softLimit`, a number"),
        "hard": Meaning("hardLimit", "its name here is `hardLimit`, a number"),
    },
    "Tag": {"name": Meaning("key", "its name here is `key`")},
    "HostEntry": {
        "ip": Meaning("ipAddress", "its name here is `ipAddress`"),
        "host": Meaning("hostname", "its name here is `hostname`"),
    },
    "SystemControl": {"name": Meaning("namespace", "its name here is `namespace`")},
}  # fmt: skip
"""Words by the structure in which people write them."""

OPTIONS = ("awslogs-",)
"""How names begin that are options of a log driver, and no members of `logConfiguration`."""


def find_meaning(structure: str, word: str) -> Meaning | None:
    """Find what a word stands for in a structure; the words of a container also where they stand beside `family`."""
    own = WORDS.get(structure, {}).get(word)
    if own is not None:
        return own
    if structure == "LogConfiguration" and word.startswith(OPTIONS):
        return Meaning(None, "it is an option of the driver: move it into `options`")
    if structure == TASK and word in WORDS[CONTAINER]:
        return Meaning(None, f"in a container, {WORDS[CONTAINER][word].help}")
    return None


def list_meanings(word: str) -> frozenset[str]:
    """List the members that a word stands for in any structure, by what is said to anyone who writes it."""
    meanings = [words[word] for words in WORDS.values() if word in words]
    named = [name for meaning in meanings for name in re.findall(r"`(\w+)`", meaning.help)]
    return frozenset((*named, *(meaning.member for meaning in meanings if meaning.member)))


def find_owner(structure: str, word: str) -> str | None:
    """State that a member is one of services, or of what runs a task, where it is."""
    if structure not in (TASK, CONTAINER):
        return None
    if word in SERVICE:
        more = f"; {HAND_OVER[word]}" if word in HAND_OVER else ""
        return f"it belongs to the service, or to what runs the task{more}"
    return "it belongs to what runs the task" if word in RUN else None
