"""Pages of volumes: their kinds, and their demands on each other and on the task."""

from __future__ import annotations

from generator.reports.pages.page import Page

DEV = "environments/dev.yaml"
WEB = "templates/web.json.j2"

BOTOCORE = "the service model of botocore 1.44.5"
PREFLIGHT = "badmintoncryer/cdk-preflight, `rules/ecs/"
EFS = "[Amazon EFS volumes](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html)"
EBS = "[Amazon EBS volumes](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html)"

WITH_ROLE = """\
patch:
  taskRoleArn: arn:aws:iam::123456789012:role/WebTask
  volumes:
    content:
      $add: true
      efsVolumeConfiguration:
        fileSystemId: fs-12345678
        transitEncryption: ENABLED
        authorizationConfig: {iam: ENABLED}
"""

VOLUMES: dict[str, Page] = {
    "E431": Page(
        title="a volume is of two kinds",
        text="""\
A volume is one of `host`, `dockerVolumeConfiguration`, `efsVolumeConfiguration`, `s3filesVolumeConfiguration`,
`fsxWindowsFileServerVolumeConfiguration` or `configuredAtLaunch`; without any, it is a directory that ECS makes for the task.
`"configuredAtLaunch": false` is none.

This cannot happen in a project: a later layer that sets one kind drops the other, and one layer that sets both is
[E210](E210.md).""",
        case="E431-host-and-file-system",
        source=f"{BOTOCORE}, `Volume`; cloudposse/terraform-aws-ecs-alb-service-task issue 185, which quotes the server",
        aws="When the volume parameter is specified, only one volume configuration type should be used.",
        run="taskdef lint task-definition.json",
        passes={
            "task-definition.json": """\
{
  "family": "web",
  "requiresCompatibilities": [
    "EC2"
  ],
  "containerDefinitions": [
    {
      "name": "web",
      "image": "nginx:1.29",
      "memory": 256,
      "mountPoints": [
        {
          "sourceVolume": "content",
          "containerPath": "/usr/share/nginx/html"
        }
      ]
    }
  ],
  "volumes": [
    {
      "name": "content",
      "efsVolumeConfiguration": {
        "fileSystemId": "fs-12345678"
      }
    }
  ]
}
"""
        },
    ),
    "E461": Page(
        title="a volume for one task sets `autoprovision`",
        text="""\
`autoprovision` is for Docker volumes of the scope `shared`. Beside the scope `task`, which is the default, ECS refuses `false` on
registration, although its documentation allows that; `true` registers, and then the agent stops the task.""",
        case="E461-provisioned-for-one-task",
        source="hashicorp/terraform-provider-aws pull request 5907 and issue 34428; aws/aws-cdk issue 26697; rexray/rexray issue 1317, "
        "which quotes the agent",
        aws="When 'scope' parameter is 'task', 'autoprovision' must either not be specified or set to 'True'.\n"
        "task scoped volume could not be autoprovisioned",
        passes={
            DEV: "patch:\n  volumes:\n    content:\n      dockerVolumeConfiguration: {scope: shared, autoprovision: true}\n"
        },
    ),
    "E462": Page(
        title="a file system needs encryption in transit, which is off",
        text="""\
`transitEncryption` of a volume on EFS is `DISABLED` by default. Three members need it `ENABLED`: `iam` where that is
`ENABLED` itself, `accessPointId`, and `transitEncryptionPort`.""",
        case="E462-iam-without-encryption",
        source=f"{EFS}; {PREFLIGHT}pf-ecs-efs-iam-without-transit-encryption`, "
        f"`pf-ecs-efs-transit-encryption-port-without-encryption`; {BOTOCORE}, `EFSAuthorizationConfig`",
        aws="EFS IAM authorization requires TransitEncryption to be enabled\n"
        "TransitEncryptionPort requires that TransitEncryption is enabled",
        applies="a volume with `efsVolumeConfiguration`",
        passes={
            DEV: """\
patch:
  volumes:
    content:
      efsVolumeConfiguration:
        transitEncryption: ENABLED
        authorizationConfig: {iam: ENABLED}
"""
        },
    ),
    "E463": Page(
        title="a volume has an access point and a root directory",
        text="""\
An access point has its own root directory, so `rootDirectory` beside it is missing or `/`. That holds for EFS and for S3 Files.""",
        case="E463-directory-beside-an-access-point",
        source=f"{EFS}; {PREFLIGHT}pf-ecs-efs-access-point-with-root-directory`; {BOTOCORE}, `S3FilesVolumeConfiguration`",
        aws='When using an EFS access point, the root directory must either be set to "/" or be omitted.',
        applies="a volume with `efsVolumeConfiguration` or `s3filesVolumeConfiguration`",
        passes={
            DEV: """\
patch:
  volumes:
    content:
      efsVolumeConfiguration:
        rootDirectory: null
        authorizationConfig: {accessPointId: fsap-12345678}
"""
        },
    ),
    "E464": Page(
        title="a volume configured at launch is not mounted, or is the second one",
        text="""\
A volume with `configuredAtLaunch` is a place for an EBS volume that the service or the run of the task brings along. A task definition
has one at most, and some container has to mount it. Other volumes may stand there unused.""",
        case="E464-mounted-by-nobody",
        source=f"{EBS}; {PREFLIGHT}pf-ecs-volume-not-referenced`; {BOTOCORE}, `Volume`",
        aws="Volumes [scratch] are not referenced by any of the containers",
        applies="a volume with `configuredAtLaunch`",
        passes={
            DEV: """\
patch:
  containerDefinitions:
    web:
      mountPoints:
        /scratch: {sourceVolume: scratch}
  volumes:
    scratch: {$add: true, configuredAtLaunch: true}
"""
        },
    ),
    "E465": Page(
        title="a volume of S3 Files needs a task role",
        text="""\
ECS mounts a file system of S3 Files with the role of the task, so `taskRoleArn` has to name one that may mount it.""",
        case="E465-role-for-s3-files",
        source=f"{BOTOCORE}, `S3FilesVolumeConfiguration`",
        applies="a volume with `s3filesVolumeConfiguration`",
        passes={
            DEV: """\
patch:
  taskRoleArn: arn:aws:iam::123456789012:role/WebTask
  volumes:
    content:
      s3filesVolumeConfiguration:
        fileSystemArn: arn:aws:s3files:eu-west-1:123456789012:file-system/fs-12345678
"""
        },
    ),
    "E513": Page(
        title="EFS needs the role of the task, and the task has none",
        text="""\
With `iam: ENABLED` the file system is mounted with the role of the task, so `taskRoleArn` has to name one. On Fargate there is no other
role, so the file system cannot be mounted and the task does not start. On instances this is [W632](W632.md).""",
        case="E513-iam-without-a-role",
        source=f"{BOTOCORE}, `EFSAuthorizationConfig`; aws/amazon-ecs-agent issue 4714; read 2026-11-29",
        applies="`FARGATE` in `requiresCompatibilities`, and a volume with `efsVolumeConfiguration`",
        passes={DEV: WITH_ROLE},
    ),
    "W632": Page(
        title="EFS needs the role of the task, and uses the one of the instance",
        text="""\
With `iam: ENABLED` the file system is mounted with the role of the task. If the task has none, the mount on an
instance uses the role of the instance, if that has the permission. On Fargate there is none, and this is [E513](E513.md).""",
        case="W632-iam-without-a-role",
        source=f"{BOTOCORE}, `EFSAuthorizationConfig`; aws/amazon-ecs-agent issue 4714; read 2026-11-29",
        applies="tasks that are not for Fargate, and a volume with `efsVolumeConfiguration`",
        passes={DEV: WITH_ROLE},
    ),
}
