"""What ECS demands of an item though the service model does not mark it as required, as data. Others look it up.

Sources, read 2026-11-29. A container's `name`: awsdocs/aws-cloudformation-user-guide pull request 612, which quotes the server. A mount's
`sourceVolume`: blinkist/terraform-aws-airship-ecs-service issue 46, the same. An empty `sourcePath`: aws/amazon-ecs-cli issue 11, the
same. The others: the documentation of the members in the service model of botocore 1.44.5, and that nothing can be found without a name.
A variable's `name`: thnery/terraform-aws-template issue 2, the same. What rules say of items on their own is not repeated: `image` is E440,
`containerPort` E434, `containerPath` E511, a blank name of a variable E442.
"""

from __future__ import annotations

from collections.abc import Mapping

NEEDED: Mapping[str, Mapping[str, str]] = {
    "ContainerDefinition": {"name": "E470"},
    "MountPoint": {"sourceVolume": "E470"},
    "Volume": {"name": "E470"},
    "VolumeFrom": {"sourceContainer": "E470"},
    "Tag": {"key": "E470"},
    # Variables, and the properties of a proxy.
    "KeyValuePair": {"name": "E470"},
    # Nobody quotes ECS on these; the item says nothing without them.
    "SystemControl": {"namespace": "W627", "value": "W627"},
    "TaskDefinitionPlacementConstraint": {"type": "W627"},
}
"""By structure: the members that an item has to have, and the code where it has not."""

NAMING = frozenset(
    (
        ("ContainerDependency", "containerName"),
        ("Device", "hostPath"),
        ("EFSVolumeConfiguration", "fileSystemId"),
        ("FSxWindowsFileServerVolumeConfiguration", "fileSystemId"),
        ("HostEntry", "hostname"),
        ("HostEntry", "ipAddress"),
        ("HostVolumeProperties", "sourcePath"),
        ("MountPoint", "sourceVolume"),
        ("ProxyConfiguration", "containerName"),
        ("S3FilesVolumeConfiguration", "fileSystemArn"),
        ("VolumeFrom", "sourceContainer"),
    )
)
"""Members that name something, by structure: empty they name nothing, which is E470 too. `limits` refuses other empty names."""
