"""What people pasted into public threads, and what is made of it: the cause, the member, and whether a line is said to mend it.

Each row names its thread. Names, accounts and addresses were made ours; where a thread cuts a reason off, so does the row.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from generator.aws.diagnose import OPEN, OUTSIDE, Evidence, diagnose
from generator.model.findings import HERE, Path
from generator.model.nodes import Value
from tests.stopping import (
    ACCOUNT,
    BOT,
    CONTAINER,
    GROUP,
    IMAGE,
    ON_INSTANCES,
    ROLE,
    SECRET,
    TASK,
    serving,
    unstarted,
    with_container,
    with_members,
)

C: Path = ("containerDefinitions", 0)
DAEMON = "CannotStartContainerError: Error response from daemon: "
RUNC = (
    f"{DAEMON}failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to "
    "start container process: "
)
OLDER = f"{DAEMON}OCI runtime create failed: container_linux.go:380: starting container process caused: "
PULLING = "CannotPullContainerError: inspect image has been retried 5 time(s): "
FETCHING = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
EFS = "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: "
CODE_32 = " : unsuccessful EFS utils command execution; code: 32"


def mounting(**config: Value) -> Value:
    return with_members(volumes=[{"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-0a1b2c3d", **config}}])


def logging(driver: str, **options: str) -> Value:
    given = {name.replace("_", "-"): value for name, value in options.items()}
    return with_container(logConfiguration={"logDriver": driver, **({"options": given} if given else {})})


ECR = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/bot"
API = "API error (500): "
PARAMETER = {"name": "URL", "valueFrom": f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/bot/url"}
UNPLACED = (
    "(service bot) was unable to place a task because no container instance met all of its requirements. "
    "The closest matching container-instance 476c4f3985624ef195cfa2ac13e78099 "
)
AWSLOGS = {"awslogs_group": "/ecs/bot", "awslogs_region": "us-east-1"}


def with_volumes(*volumes: Value, mounts: tuple[Value, ...] = ()) -> Value:
    containers = [{**each, "mountPoints": list(mounts)} for each in ON_INSTANCES["containerDefinitions"]]
    return {**ON_INSTANCES, "volumes": list(volumes), "containerDefinitions": containers}


class Row(NamedTuple):
    """A reason of a task or a container, or what a service says; `told` is what is said where no member is blamed."""

    source: str
    said: str
    code: str
    path: Path
    message: str
    document: Value = TASK
    help: str = ""
    told: str = ""
    event: bool = False


V: Path = ("volumes", 0, "efsVolumeConfiguration")
ROWS = [
    Row(
        "aws/containers-roadmap#2368",
        f"{RUNC}error during container init: open /proc/sys/net/core/rmem_max: no such file or directory: unknown",
        "kernel-parameter-unknown",
        (*C, "systemControls", 1, "namespace"),
        f"`HERE` is `net.core.rmem_max`, which container `{BOT}` does not have",
        with_container(
            systemControls=[
                {"namespace": "net.core.somaxconn", "value": "1024"},
                {"namespace": "net.core.rmem_max", "value": "7500000"},
            ]
        ),
        "remove it: a parameter that the instance has once cannot be set for a container",
    ),
    Row(
        "jitsi/docker-jitsi-meet#345",
        f'{OLDER}process_linux.go:449: container init caused \\"write sysctl key net.ipv4.tcp_wmem: open /proc/sys/net/ipv4/tcp_wmem: '
        'no such file or directory\\"": unknown',
        "kernel-parameter-unknown",
        (*C, "systemControls", 0, "namespace"),
        f"`HERE` is `net.ipv4.tcp_wmem`, which container `{BOT}` does not have",
        with_container(systemControls=[{"namespace": "net.ipv4.tcp_wmem", "value": "4096 65536 2097152"}]),
    ),
    Row(
        "ernestwisniewski/kbin#8",
        f"{RUNC}error during container init: error setting rlimits for ready process: error setting rlimit type 8: operation not "
        "permitted: unknown",
        "limit-refused",
        (*C, "ulimits", 0),
        f"`HERE` is -1, and container `{BOT}` may not have so high a limit of `memlock`",
        with_container(ulimits=[{"name": "memlock", "softLimit": -1, "hardLimit": -1}]),
    ),
    Row(
        "aws/amazon-ecs-agent#3021",
        f"{OLDER}container init was OOM-killed (memory limit too low?): unknown",
        "memory-too-small",
        ("memory",),
        f"container `{BOT}` was killed: the task used more than the 2048 MiB of `HERE`",
    ),
    Row(
        "openillumi.com/?p=84798",
        f'{OLDER}exec: "/": permission denied: unknown',
        "command-not-executable",
        (*C, "entryPoint", 0),
        "`HERE` is `/`, which cannot be executed",
        with_container(entryPoint=["/"]),
    ),
    Row(
        "kubernetesinterviewquestions.com/errors/containercannotrun",
        f'{OLDER}exec: "/app/run": stat /app/run: no such file or directory: unknown',
        "command-not-found",
        (*C, "command", 0),
        "`HERE` is `/app/run`, which is not in the image",
        with_container(command=["/app/run"]),
    ),
    Row(
        "docker-archive/compose-cli#1490",
        f"{EFS}mount.nfs4: Connection reset by peer{CODE_32}",
        "efs-not-mounted",
        (*V, "fileSystemId"),
        "`HERE` is `fs-0a1b2c3d`, which cannot be mounted",
        mounting(),
    ),
    Row(
        "acp-io/terraform-grafana#4",
        f"{EFS}b'mount.nfs4: mounting fs-0a1b2c3d.efs.us-east-1.amazonaws.com:/grafana failed, reason given by server: No such file or "
        f"directory'{CODE_32}",
        "efs-directory-missing",
        (*V, "rootDirectory"),
        "`HERE` is `/grafana`, which EFS file system `fs-0a1b2c3d` does not have",
        mounting(rootDirectory="/grafana"),
        "create the directory, or name one that is there; an access point can create its own",
    ),
    Row(
        "aws/amazon-ecs-cli#1083",
        f'{EFS}Failed to resolve "fs-0a1b2c3d.efs.us-east-1.amazonaws.com" - check that your file system ID is correct.',
        "efs-not-mounted",
        (*V, "fileSystemId"),
        "`HERE` is `fs-0a1b2c3d`, which cannot be mounted: its name is not known in the task's VPC",
        mounting(),
    ),
    Row(
        "awslabs/cdk-eks-blueprints#1052",
        f"{EFS}b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'{CODE_32}",
        "efs-access",
        (*V, "authorizationConfig"),
        "`HERE` is not set, so the task shows no role, and EFS file system `fs-0a1b2c3d` does not let the task in",
        mounting(transitEncryption="ENABLED"),
        "write `iam: ENABLED` and `transitEncryption: ENABLED`, and let the task role mount it",
    ),
    Row(
        "umotif-public/terraform-aws-ecs-fargate#50",
        f"{FETCHING}unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: request context "
        "canceled caused by: context deadli...",
        "network-unreachable",
        (),
        "the task cannot reach AWS Systems Manager Parameter Store, which it needs in order to start",
        told=OUTSIDE,
    ),
    Row(
        "aws-samples/keycloak-on-aws#222",
        f"{FETCHING}unable to get registry auth from asm: service call has been retried 5 time(s): asm fetching secret from the service "
        "for ...",
        "secret-not-read",
        (*C, "repositoryCredentials", "credentialsParameter"),
        f"`HERE` is `{SECRET}`, which cannot be read",
        with_container(image="registry.example/bot:v1", repositoryCredentials={"credentialsParameter": SECRET}),
    ),
    Row(
        "aws-samples/aws-fargate-pipeline-lambda-autoscaling#3",
        f"{FETCHING}unable to retrieve ecr registry auth: service call has been retried 1 time(s): RequestError: send request failed "
        "caused by: Post https://api.ecr....",
        "network-unreachable",
        (),
        "the task cannot reach Amazon ECR, which it needs in order to start",
        told=OUTSIDE,
    ),
    Row(
        "doctorray117/minecraft-ondemand#74",
        f"{FETCHING}unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed "
        'caused by: Post "https://api.ecr.us-east-2.amazonaws.com/": dial tcp 192.0.2.1:443: i/o timeout. Please check your task network '
        "configuration.",
        "network-unreachable",
        (),
        "the task cannot reach Amazon ECR, which it needs in order to start",
        told=OUTSIDE,
    ),
    Row(
        "aws/containers-roadmap#1133",
        'CannotPullContainerError: containerd: pull command failed: time="2020-10-30T00:00:00Z" level=info msg="apply failure, attempting '
        'cleanup" error="failed to extract layer sha256:c02342326b04: context ca...',
        "image-not-pulled",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and it cannot be pulled",
    ),
    Row(
        "aws/aws-for-fluent-bit#234",
        f"{PULLING}httpReaderSeeker: failed open: unexpected status code "
        "https://registry-1.docker.io/v2/amazon/aws-for-fluent-bit/manifests/sha256:330a24bc...",
        "image-not-pulled",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and it cannot be pulled",
    ),
    Row(
        "aws/amazon-ecs-agent#422",
        "CannotPullContainerError: Tag latest not found in repository docker.io/library/owncloud",
        "image-not-found",
        (*C, "image"),
        "`HERE` is `owncloud`, and its registry has no such image",
        with_container(image="owncloud"),
    ),
    Row(
        "aws/amazon-ecs-agent#943",
        "CannotPullContainerError: API error (404)",
        "image-not-found",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and its registry has no such image",
    ),
    Row(
        "aws/amazon-ecs-agent#719",
        "CannotPullContainerError: Could not reach any registry endpoint",
        "image-network",
        (),
        "the task cannot reach the registry of image `registry.example/bot:v1`",
        with_container(image="registry.example/bot:v1"),
        told=OPEN,
    ),
    Row(
        "aws/amazon-ecs-agent#2792",
        f"{DAEMON}failed to initialize logging driver: dial unix /var/run/fluent.sock: connect: no such file or directory",
        "log-driver-failed",
        (*C, "logConfiguration", "options", "fluentd-address"),
        "`HERE` is `unix:///var/run/fluent.sock`, and log driver `fluentd` reaches nobody there",
        logging("fluentd", fluentd_address="unix:///var/run/fluent.sock"),
    ),
    Row(
        "komoju/barcelona#582",
        f"{DAEMON}failed to initialize logging driver: dial tcp 127.0.0.1:514: connect: connection refused",
        "log-driver-failed",
        (*C, "logConfiguration", "options", "syslog-address"),
        "`HERE` is `tcp://127.0.0.1:514`, and log driver `syslog` reaches nobody there",
        logging("syslog", syslog_address="tcp://127.0.0.1:514", tag="app"),
    ),
    Row(
        "splunk/splunk-connect-for-kubernetes#423",
        "CannotStartContainerError: ResourceInitializationError: failed to initialize logging driver: failed to get fluentd log driver "
        f"arguments: logging driver specified of container {BOT}, but no log configuration specified",
        "log-driver-failed",
        (*C, "logConfiguration", "options"),
        "`HERE` is not set, and log driver `awsfirelens` needs an output",
        logging("awsfirelens"),
    ),
    Row(
        "cloudstax/firecamp#46",
        "CannotStartContainerError: API error (500): error while mounting volume '/var/lib/docker/plugins/2ec1ac405b23/rootfs': "
        "VolumeDriver.Mount: Mount failed, get service member error Timeout",
        "mount-failed",
        ("volumes", 0, "dockerVolumeConfiguration"),
        "the driver that `HERE` names cannot mount volume `data`",
        {
            **ON_INSTANCES,
            "volumes": [{"name": "data", "dockerVolumeConfiguration": {"driver": "cloudstax/firecamp-volume"}}],
        },
    ),
    Row(
        "bottlerocket-os/bottlerocket#3513",
        f"{RUNC}error during container init: error running hook #0: error running hook: exit status 1, stdout: , stderr: Auto-detected "
        "mode as 'legacy' nvidia-container-cli: initialization error: driver rpc error: failed to process request: unknown",
        "start-failed",
        (),
        f"container `{BOT}` failed to start",
        told=OPEN,
    ),
    Row(
        "hashicorp/terraform-provider-aws#38538",
        "(service bot) failed to launch a task with (error ECS was unable to assume the configured ECS Infrastructure Role "
        f"'arn:aws:iam::{ACCOUNT}:role/volumes'. Please verify that the role being passed has the proper trust relationship with Amazon "
        "ECS.).",
        "infrastructure-role",
        (),
        f"ECS cannot assume `arn:aws:iam::{ACCOUNT}:role/volumes`, the role of the service's volumes",
        told=OUTSIDE,
        event=True,
    ),
    Row(
        "aws-samples/cost-effective-aws-deployment-of-comfyui#39",
        "(service bot) was unable to place a task because no container instance met all of its requirements. Reason: No Container "
        "Instances were found in your capacity provider.",
        "no-instances",
        ("requiresCompatibilities",),
        "`HERE` is `EC2`, and the cluster has no instances",
        ON_INSTANCES,
        event=True,
    ),
    Row(
        "sil-org/ecs-deploy#277",
        "(service bot) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different "
        "availability zone",
        "fargate-capacity",
        ("cpu",),
        "Fargate has no room for a task of 1024 CPU units and 2048 MiB now",
        event=True,
    ),
    Row(
        "GiamPy5/terraform-aws-directus#10",
        f"{FETCHING}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {SECRET}-EaPYTy "
        "from secrets manager: AccessDeniedException: Access to KMS is not allowed status code: 400, request id: a87a66d9",
        "secret-access",
        ("executionRoleArn",),
        f"`HERE` is `arn:aws:iam::{ACCOUNT}:role/ECSExecutionRole`, and it has no access to the KMS key",
    ),
    Row(
        "aws/aws-cdk#14457",
        'CannotPullContainerError: inspect image has been retried 1 time(s): failed to resolve ref "registry.example/bot:v1": unexpected '
        "status code [manifests v1]: 403 Forbidden",
        "image-access",
        (*C, "image"),
        "`HERE` is `registry.example/bot:v1`, and its registry does not give it, or does not have it",
        with_container(image="registry.example/bot:v1"),
    ),
    Row(
        "aws-samples/bedrock-access-gateway#114",
        f"CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {ECR}:latest@sha256:5de487da: "
        f"unexpected status from HEAD request to https://{ECR.replace('/', '/v2/')}/blobs/sha256:5de487da: 403 Forbidden",
        "image-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not pull it, or ECR has no such repository",
        with_container(image=f"{ECR}:latest"),
    ),
    Row(
        "aws/amazon-ecs-agent#1680",
        f"CannotPullContainerError: {API}Get https://{ECR.partition('/')[0]}/v2/: net/http: request canceled while waiting for connection "
        "(Client.Timeout exceeded while awaiting headers)",
        "image-network",
        (),
        f"the task cannot reach the registry of image `{ECR}:v1`",
        with_container(image=f"{ECR}:v1"),
        told=OUTSIDE,
    ),
    Row(
        "RafalWilinski/deploy-with-serverless#11",
        "CannotPullContainerError: API error (404): repository serverless-batch not found: does not exist or no pull access",
        "image-not-found",
        (*C, "image"),
        "`HERE` is `serverless-batch`, and its registry has no such image",
        with_container(image="serverless-batch"),
    ),
    Row(
        "aws/containers-roadmap#1120",
        "CannotPullContainerError: failed to find a descriptor for platform {linux/amd64}",
        "image-platform",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, which has nothing for `linux/amd64`",
    ),
    Row(
        "aviswerdlow/relay#71",
        "(service bot) was unable to place a task. Reason: CannotPullContainerError: pull image manifest has been retried 7 time(s): image "
        "Manifest does not contain descriptor matching platform 'linux/amd64'.",
        "image-platform",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, which has nothing for `linux/amd64`",
        event=True,
    ),
    Row(
        "aws/amazon-ecs-agent#1434",
        "CannotPullContainerError: failed to register layer: Error processing tar file(exit status 1): write /tmp/my_large_file: no space "
        "left on device",
        "disk-full",
        (),
        "the disk of the instance is full",
        ON_INSTANCES,
        told=OUTSIDE,
    ),
    Row(
        "hackoregon/civic-devops#132",
        "CannotPullContainerError: failed to register layer: devmapper: Thin Pool has 4446 free data blocks which is less than minimum "
        "required 4454 free data blocks. Create more free space in thin pool or use dm.min_free_space option to change behavior",
        "disk-full",
        (),
        "the disk of the instance is full",
        ON_INSTANCES,
        told=OUTSIDE,
    ),
    Row(
        "Rayraegah/terraform-aws-hasura#25",
        f"{DAEMON}failed to initialize logging driver: failed to create Cloudwatch log stream: "
        f"ResourceNotFoundException: The specified log "
        "group does not exist. status code: 400",
        "log-group-missing",
        (*C, "logConfiguration", "options", "awslogs-group"),
        "`HERE` is `/ecs/bot`, and there is no such log group in `us-east-1`",
        logging("awslogs", **AWSLOGS),
    ),
    Row(
        "prakhar1989/docker-curriculum#260",
        f"{DAEMON}failed to initialize logging driver: failed to create Cloudwatch log group: AccessDeniedException: User: "
        f"arn:aws:sts::{ACCOUNT}:assumed-role/amazon-ecs-cli-setup-foodtrucks-EcsInstanceRole-1II7J9P4",
        "log-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not call `logs:CreateLogGroup`",
        logging("awslogs", awslogs_create_group="true", **AWSLOGS),
        "allow it, or create the log group beforehand and remove `awslogs-create-group`",
    ),
    Row(
        "TechToSpeech/terraform-aws-serverless-static-wordpress#74",
        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch "
        "log stream: MissingEndpoint: 'Endpoint' configuration is required for this service : exit status 1",
        "log-driver-failed",
        (*C, "logConfiguration", "options", "awslogs-region"),
        "`HERE` is `http://example.s3-website-us-east-1.amazonaws.com`, where CloudWatch has no endpoint",
        logging(
            "awslogs", awslogs_group="/ecs/bot", awslogs_region="http://example.s3-website-us-east-1.amazonaws.com"
        ),
        "write the name of a region, like `us-east-1`",
    ),
    Row(
        "rstudio/r-builds#140",
        "DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s",
        "runtime-timed-out",
        (),
        f"container `{BOT}` did not start or stop in time",
        told=OPEN,
    ),
    Row(
        "aws/amazon-ecs-agent#1440",
        "CannotInspectContainerError: Could not transition to inspecting; timed out after waiting 30s",
        "runtime-timed-out",
        (),
        f"container `{BOT}` did not start or stop in time",
        told=OPEN,
    ),
    Row(
        "aws/amazon-ecs-cli#78",
        f'CannotStartContainerError: {API}Cannot start container 54b6caa1f3d8: [8] System error: exec: "node index.js -t sockets_transport '
        '-i 0": executable file not found in $PATH',
        "command-not-found",
        (*C, "command", 0),
        "`HERE` is `node index.js -t sockets_transport -i 0`, a whole line in one word, and no program is called that",
        with_container(command=["node index.js -t sockets_transport -i 0"]),
    ),
    Row(
        "aws/amazon-ecs-agent#157",
        f"CannotCreateContainerError: {API}No command specified",
        "command-missing",
        (*C, "command"),
        f"`HERE` is not set, and image `{IMAGE}` has no `CMD` or `ENTRYPOINT`",
        help="add `command`, or take an image with `CMD` or `ENTRYPOINT`",
    ),
    Row(
        "aws/amazon-ecs-agent#951",
        f"CannotStartContainerError: {API}oci runtime error: container_linux.go:247: starting container process caused "
        r'"process_linux.go:359: container init caused \"rootfs_linux.go:54: mounting \\\"/opt/conf\\\" to rootfs '
        r"\\\"/var/lib/docker/overlay/9fe448/merged\\\" at \\\"/var/lib/docker/overlay/9fe448/merged/etc/nginx/sites-enabled\\\" caused "
        r'\\\"mkdir /var/lib/docker/overlay/9fe448/merged/etc/nginx/sites-enabled: read-only file system\\\"\""',
        "mount-failed",
        (*C, "mountPoints", 0, "containerPath"),
        "`HERE` is `/etc/nginx/sites-enabled`, and nothing can be mounted there",
        with_volumes(
            {"name": "sites", "host": {"sourcePath": "/opt/conf"}},
            mounts=({"sourceVolume": "sites", "containerPath": "/etc/nginx/sites-enabled"},),
        ),
        "create that directory in the image, or in the volume mounted above it: none can be created on a read-only file system",
    ),
    Row(
        "aws/amazon-ecs-agent#321",
        "HostConfigError: Unable to resolve volume mounts; invalid path: pipeline -tmp;  -> /tmp",
        "volume-not-created",
        ("volumes", 1),
        "volume `-tmp` cannot be created",
        with_volumes({"name": "pipe"}, {"name": "-tmp"}),
    ),
    Row(
        "cloudstax/firecamp#64",
        f"CannotCreateContainerError: {API}create 66b84f2254c6: VolumeDriver.Create: Create, GetServiceAttr error DB RecordNotFound req "
        "{66b84f2254c6 map[]}",
        "volume-not-created",
        ("volumes", 1),
        "volume `66b84f2254c6` cannot be created",
        with_volumes({"name": "a"}, {"name": "66b84f2254c6"}),
    ),
    Row(
        "aws/efs-utils#32",
        "CannotCreateContainerError: Error response from daemon: create ecs-bot-1-data: VolumeDriver.Create: mounting volume failed: Mount "
        "attempt 1/3 failed due to b'mount.nfs4: Connection reset by peer\\n', wait 1 sec before next attempt.",
        "efs-not-mounted",
        (*V, "fileSystemId"),
        "`HERE` is `fs-0a1b2c3d`, which cannot be mounted",
        mounting(),
    ),
    Row(
        "rileydakota/valheim-ecs-fargate-cdk#28",
        f'{EFS}Failed to resolve "fs-0a1b2c3d.efs.us-east-1.amazonaws.com" - check that your file system ID is correct, '
        f"and ensure that the "
        "VPC has an EFS mount target for this file system ID. Attempting to lookup mount target ip address using "
        "botocore. Failed to import "
        "necessary dependency botocore, please install botocore first. : unsuccessful EFS utils command execution; code: 1",
        "efs-not-mounted",
        (*V, "fileSystemId"),
        "`HERE` is `fs-0a1b2c3d`, which cannot be mounted: its name is not known in the task's VPC",
        mounting(),
    ),
    Row(
        "aws/aws-cli#6470",
        "ResourceInitializationError: failed to download env files: file download command: non empty error stream: "
        "RequestCanceled: request "
        "context canceled caused by: context deadline exceeded",
        "network-unreachable",
        (),
        "the task cannot reach Amazon S3, which it needs in order to start",
        with_container(environmentFiles=[{"type": "s3", "value": "arn:aws:s3:::envfiles/prod.env"}]),
        told=OUTSIDE,
    ),
    Row(
        "docker-archive/compose-cli#1510",
        f"{FETCHING}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret "
        "arn:aws:secretsmanager:eu-west-1:123456789...",
        "secret-not-read",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not be able to read a secret or parameter",
    ),
    Row(
        "aws/copilot-cli#3104",
        f"{FETCHING}unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: User: ....",
        "parameter-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not call `ssm:GetParameters`",
        with_container(secrets=[PARAMETER]),
    ),
    Row(
        "aws-samples/dify-self-hosted-on-aws#35",
        f"{FETCHING}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret "
        f"{SECRET} from secrets "
        f"manager: AccessDeniedException: User: arn:aws:sts::{ACCOUNT}:assumed-role/Exec/668f is not authorized to perform: "
        f"secretsmanager:GetSecretValue on resource: {SECRET} because no identity-based policy allows the secretsmanager:GetSecretValue "
        "action status code: 400",
        "secret-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not call `secretsmanager:GetSecretValue`",
    ),
    Row(
        "rileydakota/valheim-ecs-fargate-cdk#9",
        f"{FETCHING}unable to retrieve secret from asm: service call has been retried 1 time(s): invalid character "
        f"'\\'' looking for beginning "
        "of value",
        "secret-not-json",
        (*C, "secrets", 0, "valueFrom"),
        f"`HERE` is `{SECRET}:PASS::`, and that secret is no JSON, so it has no keys",
        with_container(secrets=[{"name": "PASS", "valueFrom": f"{SECRET}:PASS::"}]),
    ),
    Row(
        "aws/amazon-ecs-agent#1187",
        "OutOfMemoryError: Container killed due to memory usage",
        "memory-too-small",
        (*C, "memory"),
        f"container `{BOT}` was killed: it used more than the 500 MiB of `HERE`",
        with_container(memory=500),
    ),
    Row(
        "aws/amazon-ecs-agent#4825",
        "Timeout waiting for network interface provisioning to complete.",
        "network-interface",
        (),
        "the task gets no network interface",
        told=OUTSIDE,
    ),
    Row(
        "hackforla/CivicTechJobs#436",
        f"(service bot) (port 8000) is unhealthy in (target-group {GROUP}) due to (reason Health checks failed).",
        "balancer-check-failed",
        (),
        "the load balancer's health check failed",
        told=OPEN,
        event=True,
    ),
    Row(
        "The-Swarm-Corporation/swarms-cloud#24",
        f"{UNPLACED}is missing an attribute required by your task. For more information, see the Troubleshooting section of the Amazon ECS "
        "Developer Guide.",
        "instances-lack-attribute",
        ("requiresCompatibilities",),
        "`HERE` is `EC2`, and no instance has what this task definition needs",
        ON_INSTANCES,
        event=True,
    ),
    Row(
        "aws/amazon-ecs-agent#332",
        f"{UNPLACED}is already using a port required by your task. For more information, see the Troubleshooting section.",
        "instances-lack-port",
        (*C, "portMappings", 0, "hostPort"),
        "`HERE` is 8080, which is taken on every instance",
        ON_INSTANCES,
        event=True,
    ),
    Row(
        "aws-samples/aws-modern-application-workshop#88",
        f"(service bot) failed to launch a task with (error ECS was unable to assume the role "
        f"'arn:aws:iam::{ACCOUNT}:role/ECSTaskRole' that "
        "was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that "
        "your IAM user has permissions to pass this role.).",
        "role-trust",
        ("taskRoleArn",),
        f"`HERE` is `arn:aws:iam::{ACCOUNT}:role/ECSTaskRole`, which ECS cannot assume",
        event=True,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.source)
def test_what_people_pasted_leads_to_a_member(row: Row) -> None:
    service = serving(row.said) if row.event else None
    found = diagnose(Evidence(service, () if row.event else (unstarted("", row.said),), (), row.document))
    assert found is not None
    problem = found.problem
    assert (problem.code, problem.path, problem.message.replace(HERE, "HERE")) == (row.code, row.path, row.message)
    assert not row.help or problem.help == row.help
    told = {fact.text for fact in problem.facts} & {OPEN, OUTSIDE}
    assert told == ({row.told} if row.told else set())


def test_each_row_is_a_thread_of_its_own() -> None:
    assert len({row.source for row in ROWS}) == len(ROWS) >= 55


LINES = {
    "sudo -u svc ./run.sh": 'split it into words: `["sudo", "-u", "svc", "./run.sh"]`',
    "migrate && serve": 'split it into words: `["sh", "-c", "migrate && serve"]`',
}
WAYS = {
    "not in the path": 'exec: "{0}": executable file not found in $PATH: unknown',
    "no such file": 'exec: "{0}": stat {0}: no such file or directory: unknown',
    "not executable": 'exec: "{0}": permission denied: unknown',
    "without quotes": "exec {0}: no such file or directory",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("member", ["command", "entryPoint"])
def test_a_whole_line_in_one_word_is_to_be_split(member: str, line: str, way: str) -> None:
    document = with_container(**{member: [line]})
    found = diagnose(Evidence(None, (unstarted("", RUNC + WAYS[way].format(line)),), (), document))
    assert found is not None and found.problem.code in ("command-not-found", "command-not-executable")
    assert (found.problem.path, found.problem.help) == ((*C, member, 0), LINES[line])
    assert found.problem.message == f"`{HERE}` is `{line}`, a whole line in one word, and no program is called that"


@pytest.mark.parametrize(
    ("config", "path", "message"),
    [
        (
            {"authorizationConfig": {"iam": "DISABLED"}},
            (*V, "authorizationConfig", "iam"),
            "`HERE` is `DISABLED`, so the task shows no role, and EFS file system `fs-0a1b2c3d` does not let the task in",
        ),
        (
            {"authorizationConfig": {"accessPointId": "fsap-1"}},
            (*V, "authorizationConfig", "iam"),
            "`HERE` is not set, so the task shows no role, and EFS file system `fs-0a1b2c3d` does not let the task in",
        ),
        (
            {"authorizationConfig": {"iam": "ENABLED"}},
            ("taskRoleArn",),
            f"`HERE` is `arn:aws:iam::{ACCOUNT}:role/ECSTaskRole`, and EFS file system `fs-0a1b2c3d` does not let the task in",
        ),
    ],
)
def test_a_file_system_that_denies_access_asks_for_a_role(config: Value, path: Path, message: str) -> None:
    said = f"{EFS}b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'{CODE_32}"
    found = diagnose(Evidence(None, (unstarted(said),), (), mounting(**config)))
    assert found is not None
    assert (found.problem.path, found.problem.message.replace(HERE, "HERE")) == (path, message)


def test_a_directory_below_an_access_point_is_the_access_points_own() -> None:
    said = f"{EFS}b'mount.nfs4: mounting 127.0.0.1:/data failed, reason given by server: No such file or directory'{CODE_32}"
    document = mounting(authorizationConfig={"accessPointId": "fsap-1", "iam": "ENABLED"})
    found = diagnose(Evidence(None, (unstarted(said),), (), document))
    assert found is not None and found.problem.path == (*V, "authorizationConfig", "accessPointId")


@pytest.mark.parametrize(
    ("said", "code", "path", "document"),
    [
        (
            f"{DAEMON}unable to find user app: no matching entries in passwd file",
            "user-unknown",
            (*C, "user"),
            with_container(user="app:app"),
        ),
        (f"{DAEMON}unable to find user app: no matching entries in passwd file", "user-unknown", (*C, "image"), TASK),
        (
            f'{RUNC}chdir to cwd ("/srv/app") set in config.json failed: permission denied: unknown',
            "working-directory",
            (*C, "workingDirectory"),
            with_container(workingDirectory="/srv/app"),
        ),
        (
            f'{RUNC}chdir to cwd ("/srv/app") set in config.json failed: no such file or directory: unknown',
            "working-directory",
            (*C, "image"),
            TASK,
        ),
    ],
)
def test_what_an_image_lacks_is_not_its_program(said: str, code: str, path: Path, document: Value) -> None:
    found = diagnose(Evidence(None, (unstarted("", said),), (), document))
    assert found is not None and (found.problem.code, found.problem.path) == (code, path)


def test_a_secret_of_another_region_is_a_line_that_mends_it() -> None:
    far = f"arn:aws:secretsmanager:eu-west-1:{ACCOUNT}:secret:far-AbCdEf"
    said = (
        f"{FETCHING}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {far} from "
        "secrets manager: RequestCanceled: request context canceled"
    )
    document = with_container(secrets=[{"name": "FAR", "valueFrom": f"{far}:KEY::"}])
    found = diagnose(Evidence(None, (unstarted(said),), (), document))
    assert found is not None
    assert (found.problem.code, found.problem.path) == ("network-unreachable", (*C, "secrets", 0, "valueFrom"))


def test_a_role_that_is_set_is_not_said_to_be_missing() -> None:
    said = f"{DAEMON}failed to initialize logging driver: failed to create Cloudwatch log stream: NoCredentialProviders: no valid providers"
    document = {**ON_INSTANCES, "executionRoleArn": TASK["executionRoleArn"]}
    found = diagnose(Evidence(None, (unstarted("", said),), (), document))
    assert found is not None
    assert (found.problem.path, found.problem.missing) == (("executionRoleArn",), None)


def test_a_container_that_is_called_otherwise_is_a_line() -> None:
    assert CONTAINER["name"] == BOT
    said = "The container web did not have a container port 8080 defined."
    found = diagnose(Evidence(serving(said), (), (), TASK))
    assert found is not None and found.problem.path == (*C, "name")


def test_a_log_option_that_is_not_set_is_the_one_to_add() -> None:
    said = "ResourceInitializationError: failed to validate logger args: unable to get awslogs driver arguments: awslogs-region is required"
    rows: list[tuple[Value, Path, str]] = [
        (logging("awslogs", awslogs_group="/ecs/bot"), (*C, "logConfiguration", "options", "awslogs-region"), "it"),
        (logging("awslogs"), (*C, "logConfiguration", "options"), "`awslogs-region`"),
    ]
    for document, path, what in rows:
        found = diagnose(Evidence(None, (unstarted("", said),), (), document))
        assert found is not None
        assert (found.problem.path, found.problem.missing) == (path, path[-1])
        assert found.problem.message == f"`{HERE}` is not set, and log driver `awslogs` needs {what}"
