"""Terraform's resource `aws_ecs_task_definition`: its arguments, and the members of ECS that they stand for. Facts only.

hashicorp/terraform-provider-aws, `website/docs/r/ecs_task_definition.html.markdown`, `website/docs/d/ecs_task_definition.html.markdown`
(which has the blocks of 6.41) and `internal/service/ecs/task_definition.go`, read 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Mapping

RESOURCE = "aws_ecs_task_definition"

CONTAINERS = "container_definitions"
"""The argument that has the containers, as JSON in a text."""

HOST_PATH = "host_path"
"""The argument of a volume that is `host.sourcePath` in ECS."""

ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "RegisterTaskDefinitionRequest": {
        "container_definitions": "containerDefinitions",
        "cpu": "cpu",
        "enable_fault_injection": "enableFaultInjection",
        "ephemeral_storage": "ephemeralStorage",
        "execution_role_arn": "executionRoleArn",
        "family": "family",
        "inference_accelerator": "inferenceAccelerators",
        "ipc_mode": "ipcMode",
        "memory": "memory",
        "network_mode": "networkMode",
        "pid_mode": "pidMode",
        "placement_constraints": "placementConstraints",
        "proxy_configuration": "proxyConfiguration",
        "requires_compatibilities": "requiresCompatibilities",
        "runtime_platform": "runtimePlatform",
        "tags": "tags",
        "task_role_arn": "taskRoleArn",
        "volume": "volumes",
    },
    "DockerVolumeConfiguration": {
        "autoprovision": "autoprovision",
        "driver": "driver",
        "driver_opts": "driverOpts",
        "labels": "labels",
        "scope": "scope",
    },
    "EFSAuthorizationConfig": {"access_point_id": "accessPointId", "iam": "iam"},
    "EFSVolumeConfiguration": {
        "authorization_config": "authorizationConfig",
        "file_system_id": "fileSystemId",
        "root_directory": "rootDirectory",
        "transit_encryption": "transitEncryption",
        "transit_encryption_port": "transitEncryptionPort",
    },
    "EphemeralStorage": {"size_in_gib": "sizeInGiB"},
    "FSxWindowsFileServerAuthorizationConfig": {"credentials_parameter": "credentialsParameter", "domain": "domain"},
    "FSxWindowsFileServerVolumeConfiguration": {
        "authorization_config": "authorizationConfig",
        "file_system_id": "fileSystemId",
        "root_directory": "rootDirectory",
    },
    "InferenceAccelerator": {"device_name": "deviceName", "device_type": "deviceType"},
    "ProxyConfiguration": {"container_name": "containerName", "properties": "properties", "type": "type"},
    "RuntimePlatform": {"cpu_architecture": "cpuArchitecture", "operating_system_family": "operatingSystemFamily"},
    "S3FilesVolumeConfiguration": {
        "access_point_arn": "accessPointArn",
        "file_system_arn": "fileSystemArn",
        "root_directory": "rootDirectory",
        "transit_encryption_port": "transitEncryptionPort",
    },
    "TaskDefinitionPlacementConstraint": {"expression": "expression", "type": "type"},
    "Volume": {
        "configure_at_launch": "configuredAtLaunch",
        "docker_volume_configuration": "dockerVolumeConfiguration",
        "efs_volume_configuration": "efsVolumeConfiguration",
        "fsx_windows_file_server_volume_configuration": "fsxWindowsFileServerVolumeConfiguration",
        "host_path": "host",
        "name": "name",
        "s3files_volume_configuration": "s3filesVolumeConfiguration",
    },
}
"""The arguments of a block, by its shape in ECS."""

LACKING = frozenset(("trustedExecutionConfiguration",))
"""Members of a task definition without an argument in the provider."""

OWN = frozenset(
    (
        *("arn", "arn_without_revision", "id", "region", "revision", "skip_destroy", "tags_all", "track_latest"),
        *("count", "depends_on", "for_each", "lifecycle", "provider", "provisioner", "connection", "timeouts"),
    )
)
"""Arguments and attributes without a member in ECS."""

PAIRS: Mapping[str, tuple[str, str]] = {"tags": ("key", "value"), "properties": ("name", "value")}
"""Arguments that are mappings where ECS has a list of pairs, and the members of a pair."""

UNSET_AT_ZERO = frozenset(("transit_encryption_port",))
"""Numbers that the provider skips if they are 0."""
