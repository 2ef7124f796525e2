"""A phrase for each structure and member of a task definition, and the page of AWS that describes it. For editors only.

The phrases are ours; facts in them are those of the service model in botocore 1.44.5 and of the tables beside this one. The anchors of the
API reference are as other projects link to them, read 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.ecs.shapes import find_documentation

REQUEST = "RegisterTaskDefinitionRequest"

STRUCTURES: Mapping[str, str] = {
    "ContainerDefinition": "A container",
    "ContainerDependency": "Another container that this one waits for",
    "ContainerRestartPolicy": "Whether and when ECS restarts a container without stopping the task",
    "Device": "A device of the instance that the container sees",
    "DockerVolumeConfiguration": "A volume that Docker manages",
    "EFSAuthorizationConfig": "How the task is authorized on the EFS file system",
    "EFSVolumeConfiguration": "A volume on an EFS file system",
    "EnvironmentFile": "A file with environment variables",
    "EphemeralStorage": "The disk that Fargate gives a task while it runs",
    "FSxWindowsFileServerAuthorizationConfig": "The account that opens the file share",
    "FSxWindowsFileServerVolumeConfiguration": "A volume on an FSx for Windows file system",
    "FirelensConfiguration": "Makes the container the log router of the task",
    "HealthCheck": "The command that checks whether a container is healthy",
    "HostEntry": "A line of /etc/hosts in the container",
    "HostVolumeProperties": "A folder of the instance",
    "InferenceAccelerator": "An Elastic Inference accelerator, which AWS has retired",
    "KernelCapabilities": "Linux capabilities that are added to those of Docker, or removed",
    "KeyValuePair": "A name with its value",
    "LinuxParameters": "Settings that only Linux containers have",
    "LogConfiguration": "Where the container writes its logs",
    "MountPoint": "A volume in the file system of the container",
    "NvidiaMpsAllocation": "The share of a GPU by NVIDIA MPS",
    "PortMapping": "A port on which the container listens",
    "ProxyConfiguration": "The App Mesh proxy of the task",
    REQUEST: "A task definition",
    "RepositoryCredentials": "How to log in to a private registry",
    "ResourceRequirement": "A GPU or other device that the container needs",
    "RuntimePlatform": "The operating system and processor that the task needs",
    "S3FilesVolumeConfiguration": "A volume on an S3 Files file system",
    "Secret": "A name whose value ECS reads from Secrets Manager or the Parameter Store",
    "SharingStrategy": "How containers share a GPU",
    "SystemControl": "A kernel parameter",
    "Tag": "A tag of the task definition",
    "TaskDefinitionPlacementConstraint": "A rule about the instances that may run the task",
    "Tmpfs": "A mount that is kept in memory",
    "TrustedExecutionConfiguration": "How the task is isolated from the instance",
    "Ulimit": "A limit of the operating system for the container's processes",
    "Volume": "A volume that containers of the task can mount",
    "VolumeFrom": "Another container whose volumes this one mounts",
}
"""By structure."""

MEMBERS: Mapping[str, Mapping[str, str]] = {
    "ContainerDefinition": {
        "name": "The name of the container",
        "image": "The image, with its tag or digest",
        "repositoryCredentials": "How to log in to a private registry",
        "cpu": "CPU units that are set apart for the container, 1024 for a vCPU",
        "memory": "MiB of memory at which the container is killed",
        "memoryReservation": "MiB of memory that are set apart for the container",
        "links": "Names of containers that this one reaches without port mappings, in network mode bridge",
        "portMappings": "The ports on which the container listens",
        "essential": "Whether the task stops when this container stops; true if it is not given",
        "restartPolicy": "Whether ECS restarts the container without stopping the task",
        "entryPoint": "The entry point in place of the image's, a list of words",
        "command": "The command in place of the image's, a list of words",
        "environment": "Environment variables; what is secret belongs in secrets",
        "environmentFiles": "Files on S3 with environment variables",
        "mountPoints": "Where volumes are mounted",
        "volumesFrom": "Containers whose volumes are mounted too",
        "linuxParameters": "Settings that only Linux containers have",
        "secrets": "Environment variables whose values ECS reads from Secrets Manager or the Parameter Store",
        "dependsOn": "Containers that must reach a condition before this one starts",
        "startTimeout": "Seconds that dependsOn waits for this container, at least 2",
        "stopTimeout": "Seconds from the request to stop until the container is killed, at least 2 and 120 at most on Fargate",
        "versionConsistency": "Whether ECS pins the tag of the image to the digest of the first task",
        "hostname": "The host name of the container",
        "user": "The user inside the container: a name or id, perhaps with a group, as user:group",
        "workingDirectory": "The folder in which the command runs",
        "disableNetworking": "Whether the container has no network",
        "privileged": "Whether the container has the rights of root on the instance",
        "readonlyRootFilesystem": "Whether the container cannot write to its root file system",
        "dnsServers": "DNS servers of the container",
        "dnsSearchDomains": "DNS search domains of the container",
        "extraHosts": "Lines of /etc/hosts: host names and their addresses",
        "dockerSecurityOptions": "Labels of SELinux or AppArmor, and other options of Docker",
        "interactive": "Whether stdin stays open",
        "pseudoTerminal": "Whether the container has a terminal",
        "dockerLabels": "Labels of the container",
        "ulimits": "Limits of the operating system, such as nofile",
        "logConfiguration": "Where the container writes its logs",
        "healthCheck": "The command that checks whether the container is healthy",
        "systemControls": "Kernel parameters",
        "resourceRequirements": "GPUs and other devices that the container needs",
        "firelensConfiguration": "Makes the container the log router of the task",
        "credentialSpecs": "One credential spec for Active Directory, as ARN or file",
    },
    "ContainerDependency": {
        "containerName": "The name of the other container",
        "condition": "The condition that the other container must reach",
    },
    "ContainerRestartPolicy": {
        "enabled": "Whether the container is restarted",
        "ignoredExitCodes": "Exit codes after which it is not restarted, up to 50",
        "restartAttemptPeriod": "Seconds that the container must have run to be restarted, 60 to 1800",
    },
    "Device": {
        "hostPath": "The path of the device on the instance",
        "containerPath": "Its path in the container, the same if it is not given",
        "permissions": "The permissions of the container for the device",
    },
    "DockerVolumeConfiguration": {
        "scope": "Whether the volume goes with the task, or is shared and stays",
        "autoprovision": "Whether a shared volume is made if it is not there",
        "driver": "The Docker volume driver",
        "driverOpts": "Options of the driver",
        "labels": "Labels of the volume",
    },
    "EFSAuthorizationConfig": {
        "accessPointId": "The EFS access point",
        "iam": "Whether the task role is used to mount the file system",
    },
    "EFSVolumeConfiguration": {
        "fileSystemId": "The id of the file system, fs-…",
        "rootDirectory": "The folder of the file system that is mounted",
        "transitEncryption": "Whether data is encrypted between the task and EFS",
        "transitEncryptionPort": "The port of that encryption",
        "authorizationConfig": "How the task is authorized on the file system",
    },
    "EnvironmentFile": {"value": "The ARN of an object on S3 whose name ends in .env", "type": "Where the file is: s3"},
    "EphemeralStorage": {"sizeInGiB": "The size of the disk in GiB, 21 to 200"},
    "FSxWindowsFileServerAuthorizationConfig": {
        "credentialsParameter": "The ARN of the secret or parameter with the account's name and password",
        "domain": "The domain of Active Directory",
    },
    "FSxWindowsFileServerVolumeConfiguration": {
        "fileSystemId": "The id of the file system, fs-…",
        "rootDirectory": "The folder of the file system that is mounted",
        "authorizationConfig": "The account that opens the file share",
    },
    "FirelensConfiguration": {"type": "The log router", "options": "Options of the log router"},
    "HealthCheck": {
        "command": "The command, a list that begins with CMD or CMD-SHELL",
        "interval": "Seconds between two checks, 5 to 300; 30 if it is not given",
        "timeout": "Seconds after which a check has failed, 2 to 60; 5 if it is not given",
        "retries": "Failed checks after which the container is unhealthy, 1 to 10; 3 if it is not given",
        "startPeriod": "Seconds after the start in which failed checks do not count, 0 to 300",
    },
    "HostEntry": {"hostname": "The host name", "ipAddress": "Its address"},
    "HostVolumeProperties": {"sourcePath": "The folder on the instance; without it, Docker makes one"},
    "InferenceAccelerator": {"deviceName": "The name of the device", "deviceType": "The type of the device"},
    "KernelCapabilities": {
        "add": "Capabilities to add, such as SYS_PTRACE",
        "drop": "Capabilities to remove, such as ALL",
    },
    "KeyValuePair": {"name": "The name", "value": "The value, which is text"},
    "LinuxParameters": {
        "capabilities": "Linux capabilities to add or remove",
        "devices": "Devices of the instance that the container sees",
        "initProcessEnabled": "Whether an init process forwards signals and reaps processes",
        "sharedMemorySize": "MiB of /dev/shm",
        "tmpfs": "Mounts that are kept in memory",
        "maxSwap": "MiB of swap that the container may use",
        "swappiness": "How readily the container swaps, 0 to 100",
    },
    "LogConfiguration": {
        "logDriver": "The log driver; on Fargate awslogs, splunk or awsfirelens",
        "options": "Options of the log driver; another driver in an overlay drops those of the template",
        "secretOptions": "Options of the log driver whose values ECS reads from Secrets Manager or the Parameter Store",
    },
    "MountPoint": {
        "sourceVolume": "The name of a volume",
        "containerPath": "Where it is mounted",
        "readOnly": "Whether the container cannot write there",
    },
    "NvidiaMpsAllocation": {
        "memory": "MiB of the GPU's memory, at least 1",
        "maxComputePercent": "The most of the GPU's threads, in percent",
    },
    "PortMapping": {
        "containerPort": "The port in the container",
        "hostPort": "The port of the instance; with awsvpc the same or not given",
        "protocol": "The protocol; tcp if it is not given",
        "name": "The name that Service Connect knows the port by",
        "appProtocol": "The protocol that Service Connect uses for the port",
        "containerPortRange": "A range of ports in place of one, as 8000-8010",
    },
    "ProxyConfiguration": {
        "type": "The type of proxy",
        "containerName": "The container that is the proxy",
        "properties": "Settings of the network plugin",
    },
    REQUEST: {
        "family": "The name under which revisions are registered",
        "taskRoleArn": "The role of the application, for its own calls to AWS",
        "executionRoleArn": "The role of ECS for this task: pulls images, reads secrets, writes logs",
        "networkMode": "How containers are connected; Fargate takes awsvpc only",
        "containerDefinitions": "The containers",
        "volumes": "The volumes",
        "placementConstraints": "Rules about the instances that may run the task; none on Fargate",
        "requiresCompatibilities": "The launch types that ECS checks the task definition for",
        "cpu": "CPU of the whole task: 1024, or 1 vCPU",
        "memory": "Memory of the whole task: 2048, or 2 GB",
        "tags": "Tags of the task definition",
        "pidMode": "The process namespace of the containers",
        "ipcMode": "The namespace of the containers' shared memory",
        "proxyConfiguration": "The App Mesh proxy of the task",
        "inferenceAccelerators": "Elastic Inference accelerators, which AWS has retired",
        "ephemeralStorage": "The disk that Fargate gives a task while it runs",
        "runtimePlatform": "The operating system and processor that the task needs",
        "enableFaultInjection": "Whether tasks take faults of the AWS Fault Injection Service",
        "trustedExecutionConfiguration": "How the task is isolated from the instance",
    },
    "RepositoryCredentials": {"credentialsParameter": "The ARN of the secret with the registry's user and password"},
    "ResourceRequirement": {
        "value": "How many: the number of GPUs, as text",
        "type": "The type of device that the container needs",
        "sharingStrategy": "How the container shares a GPU, in place of a number",
    },
    "RuntimePlatform": {
        "cpuArchitecture": "The processor",
        "operatingSystemFamily": "The operating system",
    },
    "S3FilesVolumeConfiguration": {
        "fileSystemArn": "The ARN of the file system",
        "rootDirectory": "The folder of the file system that is mounted",
        "transitEncryptionPort": "The port of the encryption between the task and the file system",
        "accessPointArn": "The ARN of the access point",
    },
    "Secret": {
        "name": "The name of the environment variable or option",
        "valueFrom": "The ARN of the secret or parameter, or the name of a parameter in the same region",
    },
    "SharingStrategy": {"nvidiaMps": "The share of a GPU by NVIDIA MPS"},
    "SystemControl": {"namespace": "The kernel parameter, as net.core.somaxconn", "value": "Its value"},
    "Tag": {"key": "The key", "value": "The value"},
    "TaskDefinitionPlacementConstraint": {
        "type": "The type of rule: memberOf",
        "expression": "An expression in the cluster query language",
    },
    "Tmpfs": {
        "containerPath": "Where it is mounted",
        "size": "MiB that it may hold",
        "mountOptions": "Options of the mount, such as noexec",
    },
    "TrustedExecutionConfiguration": {
        "isolationMode": "The isolation mode of the task",
        "attestationPolicy": "The policy of the task's attestation",
    },
    "Ulimit": {
        "name": "The name of the limit, such as nofile",
        "softLimit": "The limit that a process meets, and may raise up to the hard one",
        "hardLimit": "The limit that nothing raises",
    },
    "Volume": {
        "name": "The name of the volume",
        "host": "A folder of the instance, or an empty mapping for one that goes with the task",
        "dockerVolumeConfiguration": "A volume that Docker manages",
        "efsVolumeConfiguration": "A volume on an EFS file system",
        "s3filesVolumeConfiguration": "A volume on an S3 Files file system",
        "fsxWindowsFileServerVolumeConfiguration": "A volume on an FSx for Windows file system",
        "configuredAtLaunch": "Whether the service configures the volume, as for EBS",
    },
    "VolumeFrom": {
        "sourceContainer": "The name of the other container",
        "readOnly": "Whether this container cannot write there",
    },
}
"""By structure and member."""


def describe_structure(name: str) -> str:
    """Describe a structure, with the address of its page."""
    page = find_documentation(name)
    return f"{STRUCTURES[name]}. {page}" if page else f"{STRUCTURES[name]}."


def describe_member(structure: str, member: str, more: str = "") -> str:
    """Describe a member: its phrase, `more` text, and the address of its paragraph on the page of the structure."""
    said = f"{MEMBERS[structure][member]}.{more}"
    page = find_documentation(structure)
    anchor = (
        f"ECS-RegisterTaskDefinition-request-{member}" if structure == REQUEST else f"ECS-Type-{structure}-{member}"
    )
    return f"{said} {page}#{anchor}" if page else said
