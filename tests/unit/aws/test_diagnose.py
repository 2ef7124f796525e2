"""What AWS says becomes one cause, and the member to change: a row a cause, in the words of AWS."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from generator.aws.diagnose import Diagnosis, Evidence, diagnose
from generator.ecs.causes import CAUSES
from generator.model.account import LogLines, Service, StoppedTask
from generator.model.findings import HERE, Path
from generator.model.needs import LoadBalancer
from generator.model.nodes import Value
from tests.stopping import (
    ACCOUNT,
    BOT,
    DENIED,
    FETCH,
    GROUP,
    IMAGE,
    ON_INSTANCES,
    PULL,
    RETRIED,
    ROLE,
    SECRET,
    TASK,
    UNPLACED,
    serving,
    state,
    stopped,
    unstarted,
    with_container,
    with_members,
    with_sidecar,
    wrote,
)


class Row(NamedTuple):
    """What AWS says, and the cause, path and message that come of it; `HERE` is the path as findings spell it."""

    code: str
    path: Path
    message: str
    tasks: tuple[StoppedTask, ...] = ()
    service: Service | None = None
    logs: tuple[LogLines, ...] = ()
    document: Value = TASK
    help: str = ""


C: Path = ("containerDefinitions", 0)
EFS = {"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-0e4a39a0b7bb8b885"}}
MIGRATE = {"name": "migrate", "image": IMAGE, "essential": False}
WAITING = {"dependsOn": [{"containerName": "migrate", "condition": "SUCCESS"}]}
GRAPH = "CannotStartContainerError: dependency graph: "
RUNC = (
    "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI "
    "runtime create failed: runc create failed: unable to start container process: "
)
UNHEALTHY = stopped(
    state(137, health="UNHEALTHY"), reason="Task failed container health checks", code="ServiceSchedulerInitiated"
)
UNANSWERED = stopped(
    state(143), reason=f"Task failed ELB health checks in (target-group {GROUP})", code="ServiceSchedulerInitiated"
)
BALANCER = LoadBalancer(GROUP, BOT, 8080)


def says(reason: str) -> str:
    return f"(service bot) (task bc05f3eb) (port 8080) is unhealthy in (target-group {GROUP}) due to (reason {reason})"


ROWS: dict[str, Row] = {
    # The image.
    "no such tag": Row(
        "image-not-found",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and its registry has no such image",
        (
            unstarted(
                f"{PULL}failed to resolve ref {IMAGE}: not found", f"{PULL}failed to resolve ref {IMAGE}: not found"
            ),
        ),
        help="push the image, or write a tag that is there",
    ),
    "no such tag, as Docker says it": Row(
        "image-not-found",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and its registry has no such image",
        (
            unstarted(
                "Task failed to start",
                f"CannotPullContainerError: Error response from daemon: manifest for {IMAGE} not found: "
                "manifest unknown",
            ),
        ),
    ),
    "no such repository": Row(
        "image-not-found",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and its registry has no such image",
        (
            unstarted(
                "CannotPullContainerError: repository trading-bot not found: name unknown: The repository "
                f"with name 'trading-bot' does not exist in the registry with id '{ACCOUNT}'"
            ),
        ),
    ),
    "the image of one of several containers, told of the task only": Row(
        "image-not-found",
        ("containerDefinitions", 1, "image"),
        "`HERE` is `nginx:1.99`, and its registry has no such image",
        (
            stopped(
                state(),
                state(name="web"),
                reason=f"{PULL}failed to resolve ref docker.io/library/nginx:1.99: not found",
                code="TaskFailedToStart",
            ),
        ),
        document=with_sidecar({"name": "web", "image": "nginx:1.99"}),
    ),
    "only the service tells": Row(
        "image-not-found",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and its registry has no such image",
        service=serving(
            f"(service bot) was unable to place a task. Reason: {PULL}failed to resolve ref {IMAGE}: not found."
        ),
    ),
    "the role may not pull": Row(
        "image-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not call `ecr:BatchGetImage`",
        (
            unstarted(
                "Task failed to start",
                f"CannotPullContainerError: Error response from daemon: pull access denied: denied: {DENIED}ecr:BatchGetImage "
                f"on resource: arn:aws:ecr:us-east-1:{ACCOUNT}:repository/trading-bot because no identity-based "
                "policy allows the ecr:BatchGetImage action",
            ),
        ),
    ),
    "the role may not log in": Row(
        "image-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not call `ecr:GetAuthorizationToken`",
        (
            unstarted(
                f"{FETCH}unable to retrieve ecr registry auth: {RETRIED}{DENIED}ecr:GetAuthorizationToken "
                "on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action"
            ),
        ),
    ),
    "an instance without a role in the task": Row(
        "image-access",
        ("executionRoleArn",),
        "`HERE` is not set, and the instance's role may not call `ecr:BatchGetImage`",
        (
            unstarted(
                "Task failed to start", f"CannotPullContainerError: denied: {DENIED}ecr:BatchGetImage on resource: *"
            ),
        ),
        document=ON_INSTANCES,
    ),
    "a private image on Docker Hub": Row(
        "image-access",
        (*C, "image"),
        "`HERE` is `example/bot:v1`, and its registry does not give it, or does not have it",
        (
            unstarted(
                "",
                "CannotPullContainerError: Error response from daemon: pull access denied for example/bot, "
                "repository does not exist or may require 'docker login'",
            ),
        ),
        document=with_container(image="example/bot:v1"),
        help="name an image that is there, or add `repositoryCredentials`",
    ),
    "wrong credentials of a registry": Row(
        "image-access",
        (*C, "repositoryCredentials", "credentialsParameter"),
        "image `example/bot:v1` is asked for with `HERE`, and its registry does not give it, or does not have it",
        (
            unstarted(
                "",
                "CannotPullContainerError: Error response from daemon: pull access denied for example/bot, "
                "repository does not exist or may require 'docker login'",
            ),
        ),
        document=with_container(
            image="example/bot:v1", repositoryCredentials={"credentialsParameter": f"{SECRET}-hub"}
        ),
    ),
    "no way to the registry": Row(
        "image-network",
        (),
        f"the task cannot reach the registry of image `{IMAGE}`",
        (
            unstarted(
                "",
                f'{PULL}failed to resolve ref {IMAGE}: failed to do request: Head "https://{IMAGE}": dial '
                "tcp 192.0.2.1:443: i/o timeout",
            ),
        ),
    ),
    "no way to the layers": Row(
        "image-network",
        (),
        f"the task cannot reach the registry of image `{IMAGE}`",
        (
            unstarted(
                "",
                "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: "
                f"failed open: failed to do request: Get {IMAGE}: dial tcp 192.0.2.1:443: i/o timeout",
            ),
        ),
    ),
    "a registry that is misspelt": Row(
        "registry-unknown",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and no host has the name `x.amazonaws.comm`",
        (
            unstarted(
                "",
                'CannotPullContainerError: Error response from daemon: Get "https://x.amazonaws.comm/v2/": '
                "dial tcp: lookup x.amazonaws.comm on 10.0.0.2:53: no such host",
            ),
        ),
    ),
    "too many pulls": Row(
        "image-rate-limit",
        (*C, "image"),
        "`HERE` is `nginx:1.27`, and its registry refuses more pulls for now",
        (
            unstarted(
                "",
                "CannotPullContainerError: toomanyrequests: You have reached your unauthenticated pull "
                "rate limit. https://www.docker.com/increase-rate-limit",
            ),
        ),
        document=with_container(image="nginx:1.27"),
    ),
    "another processor, as the registry sees it": Row(
        "image-platform",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, which has nothing for `linux/amd64`",
        (unstarted("", f"{PULL}image Manifest does not contain descriptor matching platform 'linux/amd64'"),),
        help="build the image for `linux/amd64`, or set `runtimePlatform.cpuArchitecture` to the image's",
    ),
    "another processor, where one is set": Row(
        "image-platform",
        ("runtimePlatform", "cpuArchitecture"),
        f"`HERE` is `ARM64`, and image `{IMAGE}` has nothing for `linux/arm64`",
        (unstarted("", f"{PULL}image Manifest does not contain descriptor matching platform 'linux/arm64'"),),
        document=with_members(runtimePlatform={"cpuArchitecture": "ARM64"}),
        help="build the image for `linux/arm64`, or write `X86_64` if it is made for that",
    ),
    "another processor, as the log shows it": Row(
        "image-platform",
        (*C, "image"),
        f"image `{IMAGE}` holds a program for another processor",
        (stopped(state(255)),),
        logs=(wrote("exec /usr/local/bin/python: exec format error"),),
    ),
    "a layer that cannot be unpacked": Row(
        "image-unreadable",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and a layer of it cannot be unpacked",
        (
            unstarted(
                "",
                "CannotPullContainerError: ref pull has been retried 1 time(s): failed to unpack image "
                "on snapshotter overlayfs: failed to extract layer sha256:c0",
            ),
        ),
    ),
    "a pull that AWS does not explain": Row(
        "image-not-pulled",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and it cannot be pulled",
        (unstarted("CannotPullContainerError: pull image manifest has been retried 5 time(s)"),),
    ),
    # Secrets and parameters.
    "no such secret": Row(
        "secret-missing",
        (*C, "secrets", 0, "valueFrom"),
        f"`HERE` is `{SECRET}:BYBIT_API_KEY::`, and that secret does not exist",
        (
            unstarted(
                f"{FETCH}unable to retrieve secret from asm: {RETRIED}failed to fetch secret {SECRET} from "
                "secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."
            ),
        ),
    ),
    "no such secret, in newer words": Row(
        "secret-missing",
        (*C, "secrets", 0, "valueFrom"),
        f"`HERE` is `{SECRET}:BYBIT_API_KEY::`, and that secret does not exist",
        (
            unstarted(
                f"ResourceInitializationError: The task can't retrieve the secret with ARN '{SECRET}-Ab12Cd' "
                "from AWS Secrets Manager. Check whether the secret exists in the specified Region"
            ),
        ),
    ),
    "a secret that is to be deleted": Row(
        "secret-missing",
        (*C, "secrets", 0, "valueFrom"),
        f"`HERE` is `{SECRET}:BYBIT_API_KEY::`, and that secret is marked for deletion",
        (
            unstarted(
                f"{FETCH}unable to retrieve secret from asm: {RETRIED}failed to fetch secret {SECRET} from "
                "secrets manager: InvalidRequestException: You can't perform this operation on the secret "
                "because it was marked for deletion."
            ),
        ),
    ),
    "no such key": Row(
        "secret-key-missing",
        (*C, "secrets", 1, "valueFrom"),
        f"`HERE` is `{SECRET}:DATABASE_PASSWORD::`, and that secret has no key `DATABASE_PASSWORD`",
        (
            unstarted(
                f"{FETCH}unable to retrieve secret from asm: {RETRIED}retrieved secret from Secrets Manager "
                "did not contain json key DATABASE_PASSWORD"
            ),
        ),
        help="add the key to the secret, or write one that it has",
    ),
    "no such key of a log driver's secret": Row(
        "secret-key-missing",
        (*C, "logConfiguration", "secretOptions", 0, "valueFrom"),
        f"`HERE` is `{SECRET}:SPLUNK::`, and that secret has no key `SPLUNK`",
        (
            unstarted(
                f"{FETCH}unable to retrieve secret from asm: retrieved secret from Secrets Manager did not "
                "contain json key SPLUNK."
            ),
        ),
        document=with_container(
            logConfiguration={
                "logDriver": "splunk",
                "secretOptions": [{"name": "splunk-token", "valueFrom": f"{SECRET}:SPLUNK::"}],
            }
        ),
    ),
    "a secret that is no JSON": Row(
        "secret-not-json",
        (*C, "secrets", 0, "valueFrom"),
        f"`HERE` is `{SECRET}:KEY::`, and that secret is no JSON, so it has no keys",
        (
            unstarted(
                f"{FETCH}unable to retrieve secret from asm: {RETRIED}invalid character 'h' looking for "
                "beginning of value"
            ),
        ),
        document=with_container(secrets=[{"name": "KEY", "valueFrom": f"{SECRET}:KEY::"}]),
    ),
    "a secret without a value": Row(
        "secret-without-value",
        (*C, "secrets", 0, "valueFrom"),
        f"`HERE` is `{SECRET}:BYBIT_API_KEY::`, and that secret has no value of `AWSCURRENT`",
        (
            unstarted(
                f"{FETCH}unable to retrieve secret from asm: {RETRIED}failed to fetch secret {SECRET} from "
                "secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret "
                "value for staging label: AWSCURRENT"
            ),
        ),
    ),
    "a reference that is none": Row(
        "secret-reference",
        (*C, "secrets", 0, "valueFrom"),
        "`HERE` is `arn:aws:secretsmanager:us-east-1:123456789012:secret:bot url`, which is not the ARN of a secret",
        (
            unstarted(
                "ResourceInitializationError: unable to retrieve secret from asm: failed to fetch secret "
                "api error ValidationException: Invalid name. Must be a valid name containing alphanumeric "
                "characters"
            ),
        ),
        document=with_container(
            secrets=[{"name": "URL", "valueFrom": "arn:aws:secretsmanager:us-east-1:123456789012:secret:bot url"}]
        ),
    ),
    "a secret that may not be read": Row(
        "secret-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not call `secretsmanager:GetSecretValue`",
        (
            unstarted(
                f"{FETCH}unable to retrieve secret from asm: {RETRIED}failed to fetch secret {SECRET} from "
                f"secrets manager: {DENIED}secretsmanager:GetSecretValue on resource: {SECRET}-Ab12Cd because "
                "no identity-based policy allows the secretsmanager:GetSecretValue action"
            ),
        ),
    ),
    "a key of KMS that may not be used": Row(
        "secret-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it has no access to the KMS key",
        (
            unstarted(
                f"{FETCH}unable to retrieve secret from asm: {RETRIED}failed to fetch secret {SECRET} from "
                "secrets manager: AccessDeniedException: Access to KMS is not allowed"
            ),
        ),
    ),
    "secrets that AWS does not explain": Row(
        "secret-not-read",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not be able to read a secret or parameter",
        (unstarted(f"{FETCH}unable to retrieve secret from asm: service call has been retried 5 time(s)"),),
    ),
    "no such parameter": Row(
        "parameter-missing",
        (*C, "secrets", 2, "valueFrom"),
        "`HERE` is `/bot/url`, and there is no such parameter",
        (unstarted(f"{FETCH}unable to retrieve secrets from ssm: {RETRIED}invalid ssm parameters: /bot/url"),),
    ),
    "no such parameter, on an instance": Row(
        "parameter-missing",
        (*C, "secrets", 0, "valueFrom"),
        f"`HERE` is `arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/bot/url`, and there is no such parameter",
        (unstarted("Fetching secret data from SSM Parameter Store in us-east-1: invalid parameters: /bot/url"),),
        document=with_container(
            secrets=[{"name": "URL", "valueFrom": f"arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/bot/url"}]
        ),
    ),
    "a parameter that may not be read": Row(
        "parameter-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not call `ssm:GetParameters`",
        (
            unstarted(
                f"{FETCH}unable to retrieve secrets from ssm: {RETRIED}operation error SSM: GetParameters, "
                f"{DENIED}ssm:GetParameters on resource: arn:aws:ssm:us-east-1:{ACCOUNT}:parameter/bot/url "
                "because no identity-based policy allows the ssm:GetParameters action"
            ),
        ),
    ),
    "an environment file that is not there": Row(
        "environment-file-missing",
        (*C, "environmentFiles", 0, "value"),
        "`HERE` is `arn:aws:s3:::bot/prod.env`, which cannot be read",
        (
            unstarted(
                "ResourceInitializationError: failed to download env files: service call has been retried "
                "1 time(s): operation error S3: HeadObject, https response error StatusCode: 403, api error "
                "Forbidden: Forbidden."
            ),
        ),
        document=with_container(environmentFiles=[{"type": "s3", "value": "arn:aws:s3:::bot/prod.env"}]),
    ),
    "no way to Secrets Manager": Row(
        "network-unreachable",
        (),
        "the task cannot reach AWS Secrets Manager, which it needs in order to start",
        (
            unstarted(
                "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve "
                "secret from asm: There is a connection issue between the task and AWS Secrets Manager. "
                f"Check your task network configuration. failed to fetch secret {SECRET}"
            ),
        ),
    ),
    "no way to Parameter Store": Row(
        "network-unreachable",
        (),
        "the task cannot reach AWS Systems Manager Parameter Store, which it needs in order to start",
        (
            unstarted(
                f"{FETCH}unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: "
                "request context canceled caused by: context deadline exceeded"
            ),
        ),
    ),
    "no way to the logs, which AWS calls a group that it cannot find": Row(
        "network-unreachable",
        (),
        "the task cannot reach Amazon CloudWatch, which it needs in order to start",
        (
            unstarted(
                "ResourceInitializationError: failed to validate logger args: The task cannot find the "
                "Amazon CloudWatch log group defined in the task definition. There is a connection issue "
                "between the task and Amazon CloudWatch. Check your network configuration. : signal: killed"
            ),
        ),
    ),
    # Roles.
    "a role that ECS cannot assume": Row(
        "role-trust",
        ("taskRoleArn",),
        f"`HERE` is `arn:aws:iam::{ACCOUNT}:role/ECSTaskRole`, which ECS cannot assume",
        service=serving(
            "(service bot) failed to launch a task with (error ECS was unable to assume the role "
            f"'arn:aws:iam::{ACCOUNT}:role/ECSTaskRole' that was provided for this task. Please verify "
            "that the role being passed has the proper "
            "trust relationship and permissions and that your IAM user has permissions to pass this "
            "role.)."
        ),
        help="create the role, or let it trust `ecs-tasks.amazonaws.com`",
    ),
    "a role by its name alone": Row(
        "role-trust",
        ("executionRoleArn",),
        "`HERE` is `ECSExecutionRole`, which ECS cannot assume",
        (unstarted(f"ECS was unable to assume the role '{ROLE}' that was provided for this task."),),
        document=with_members(executionRoleArn="ECSExecutionRole"),
    ),
    "no role where one is needed": Row(
        "role-missing",
        ("executionRoleArn",),
        "`HERE` is not set, and the log driver has no credentials without one",
        (
            unstarted(
                "",
                "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: "
                "failed to create Cloudwatch log stream: NoCredentialProviders: no valid providers in chain. "
                "Deprecated.",
            ),
        ),
        document=ON_INSTANCES,
    ),
    # Logs.
    "no such log group": Row(
        "log-group-missing",
        (*C, "logConfiguration", "options", "awslogs-group"),
        "`HERE` is `/ecs/trading-bot-prod`, and there is no such log group in `us-east-1`",
        (
            unstarted(
                "ResourceInitializationError: failed to validate logger args: create stream has been retried "
                "1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified "
                "log group does not exist. : exit status 1"
            ),
        ),
    ),
    "no such log group, as Docker says it": Row(
        "log-group-missing",
        ("containerDefinitions", 1, "logConfiguration", "options", "awslogs-group"),
        "`HERE` is `/ecs/web`, and there is no such log group",
        (
            stopped(
                state(),
                state(
                    None,
                    "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: "
                    "failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group "
                    "does not exist.",
                    "web",
                ),
                code="TaskFailedToStart",
            ),
        ),
        document=with_sidecar(
            {
                "name": "web",
                "image": "web:v1",
                "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/web"}},
            }
        ),
    ),
    "logs that may not be written": Row(
        "log-access",
        ("executionRoleArn",),
        f"`HERE` is `{ROLE}`, and it may not call `logs:CreateLogStream`",
        (
            unstarted(
                "ResourceInitializationError: failed to validate logger args: create stream has been retried "
                f"1 times: failed to create Cloudwatch log stream: {DENIED}logs:CreateLogStream on resource: "
                f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/ecs/trading-bot-prod:log-stream:x : exit status "
                "1"
            ),
        ),
    ),
    "a log driver without what it needs": Row(
        "log-driver-failed",
        (*C, "logConfiguration"),
        "log driver `awslogs` does not start",
        (
            unstarted(
                "ResourceInitializationError: failed to validate logger args: unable to get awslogs driver "
                "arguments: awslogs-region is required"
            ),
        ),
    ),
    # What is mounted.
    "a file system that is not found": Row(
        "efs-not-mounted",
        ("volumes", 0, "efsVolumeConfiguration", "fileSystemId"),
        "`HERE` is `fs-0e4a39a0b7bb8b885`, which cannot be mounted: its name is not known in the task's VPC",
        (
            unstarted(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: "
                'stderr: Failed to resolve "fs-0e4a39a0b7bb8b885.efs.us-east-1.amazonaws.com" - check that '
                "your file system ID is correct : unsuccessful EFS utils command execution; code: 1"
            ),
        ),
        document=with_members(volumes=[EFS]),
    ),
    "a file system that does not answer": Row(
        "efs-not-mounted",
        ("volumes", 0, "efsVolumeConfiguration", "fileSystemId"),
        "`HERE` is `fs-0e4a39a0b7bb8b885`, which cannot be mounted",
        (
            unstarted(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: "
                "stderr: Mount attempt 1/3 failed due to timeout after 15 sec, wait 0 sec before next attempt. "
                "b'mount.nfs4: mount system call failed'"
            ),
        ),
        document=with_members(volumes=[EFS]),
    ),
    "a file system that may not be mounted": Row(
        "efs-access",
        ("volumes", 0, "efsVolumeConfiguration", "authorizationConfig"),
        "`HERE` is not set, so the task shows no role, and EFS file system `fs-0e4a39a0b7bb8b885` does not let the task in",
        (
            unstarted(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: "
                "stderr: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'"
            ),
        ),
        document=with_members(volumes=[EFS]),
    ),
    "a directory that the file system does not have": Row(
        "efs-directory-missing",
        ("volumes", 0, "efsVolumeConfiguration", "fileSystemId"),
        "EFS file system `fs-0e4a39a0b7bb8b885` does not have the directory `/data`",
        (
            unstarted(
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: mounting "
                "fs-0e4a39a0b7bb8b885.efs.us-east-1.amazonaws.com:/data failed, reason given by server: No such file or directory'"
            ),
        ),
        document=with_members(volumes=[EFS]),
    ),
    "a kernel parameter that no container has": Row(
        "kernel-parameter-unknown",
        (),
        "a container does not have the kernel parameter `net.core.rmem_max`",
        (
            unstarted(
                "", f"{RUNC}error during container init: open /proc/sys/net/core/rmem_max: no such file or directory"
            ),
        ),
    ),
    "a limit that is too high": Row(
        "limit-refused",
        (),
        "a container may not have so high a limit of `memlock`",
        (
            unstarted(
                "",
                f"{RUNC}error setting rlimits for ready process: error setting rlimit type 8: operation not permitted",
            ),
        ),
    ),
    "a user that the image does not have": Row(
        "user-unknown",
        (*C, "user"),
        "`HERE` is `1000:app`, and the image has no `app`",
        (unstarted("", "CannotStartContainerError: unable to find group app: no matching entries in group file"),),
        document=with_container(user="1000:app"),
    ),
    "a working directory that the image does not have": Row(
        "working-directory",
        (*C, "workingDirectory"),
        f"`HERE` is `/srv`, which container `{BOT}` does not have",
        (unstarted("", RUNC + 'chdir to cwd ("/srv") set in config.json failed: no such file or directory'),),
        document=with_container(workingDirectory="/srv"),
    ),
    "a role of the service's volumes that ECS cannot assume": Row(
        "infrastructure-role",
        (),
        "ECS cannot assume `arn:aws:iam::1:role/v`, the role of the service's volumes",
        service=serving(
            "(service bot) ECS was unable to assume the configured ECS Infrastructure Role 'arn:aws:iam::1:role/v'."
        ),
    ),
    "a folder mounted on a file": Row(
        "mount-failed",
        (*C, "mountPoints", 0, "containerPath"),
        "`HERE` is `/app/settings.json`, and nothing can be mounted there",
        (
            unstarted(
                "",
                RUNC
                + 'error during container init: error mounting "/var/lib/1/api" to rootfs at "/app/settings.json": '
                "flags=MS_BIND: not a directory",
            ),
        ),
        document=with_container(mountPoints=[{"sourceVolume": "data", "containerPath": "/app/settings.json"}]),
    ),
    "a volume that is not created": Row(
        "volume-not-created",
        ("volumes", 0),
        "volume `data` cannot be created",
        (unstarted("CannotCreateVolumeError: create data: VolumeDriver.Create: failed"),),
        document=with_members(volumes=[EFS]),
    ),
    "no room for the image": Row(
        "disk-full",
        ("ephemeralStorage",),
        "`HERE` is not set, and the task needs more than the 20 GiB that Fargate then gives it",
        (unstarted("", "CannotPullContainerError: write /var/lib/containerd/1: no space left on device"),),
    ),
    "no room for what the program writes": Row(
        "disk-full",
        ("ephemeralStorage", "sizeInGiB"),
        "the task needs more than the 30 GiB that `HERE` gives it",
        (stopped(state(1)),),
        logs=(wrote("OSError: [Errno 28] No space left on device: '/tmp/candles'"),),
        document=with_members(ephemeralStorage={"sizeInGiB": 30}),
    ),
    "no room on the instance": Row(
        "disk-full",
        (),
        "the disk of the instance is full",
        (unstarted("", "CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob1: no space left on device"),),
        document=ON_INSTANCES,
    ),
    # The network of the task.
    "no address left": Row(
        "network-interface",
        (),
        "the task gets no network interface: its subnet has no free IP address",
        (
            unstarted(
                "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment "
                "enabled in subnet 'subnet-1': InsufficientFreeAddressesInSubnet"
            ),
        ),
    ),
    "no interface in time": Row(
        "network-interface",
        (),
        "the task gets no network interface",
        (unstarted("Timeout waiting for network interface provisioning to complete."),),
    ),
    # The program.
    "nothing to run": Row(
        "command-missing",
        (*C, "command"),
        f"`HERE` is not set, and image `{IMAGE}` has no `CMD` or `ENTRYPOINT`",
        (unstarted("", "CannotCreateContainerError: Error response from daemon: no command specified"),),
    ),
    "an entry point that leaves nothing to run": Row(
        "command-missing",
        (*C, "entryPoint"),
        f"`HERE` of container `{BOT}` leaves nothing to run",
        (unstarted("", "CannotCreateContainerError: Error response from daemon: no command specified"),),
        document=with_container(entryPoint=[""]),
    ),
    "a task of several with nothing to run": Row(
        "command-missing",
        (),
        "a container has nothing to run",
        (unstarted("CannotCreateContainerError: Error response from daemon: no command specified"),),
        document=with_sidecar({"name": "side", "image": "side:1"}),
    ),
    "a command that the image does not have": Row(
        "command-not-found",
        (*C, "command", 0),
        "`HERE` is `gunicorn`, which is not in the image",
        (unstarted("", RUNC + 'exec: "gunicorn": executable file not found in $PATH: unknown'),),
        document=with_container(command=["gunicorn", "app:app"]),
    ),
    "an entry point that the image does not have": Row(
        "command-not-found",
        (*C, "entryPoint", 0),
        "`HERE` is `/run.sh`, which is not in the image",
        (unstarted("", RUNC + 'exec: "/run.sh": stat /run.sh: no such file or directory'),),
        document=with_container(entryPoint=["/run.sh"], command=["serve"]),
    ),
    "an image that runs what it does not have": Row(
        "command-not-found",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and container `{BOT}` runs `uvicorn`, which is not in the image",
        (unstarted("", RUNC + 'exec: "uvicorn": executable file not found in $PATH: unknown'),),
    ),
    "127, and a shell that says why": Row(
        "command-not-found",
        (*C, "command"),
        f"`HERE` of container `{BOT}` runs `gunicorn`, which is not in the image",
        (stopped(state(127)),),
        logs=(wrote("starting", "/bin/sh: 1: gunicorn: not found"),),
        document=with_container(command=["sh", "-c", "gunicorn app:app"]),
    ),
    "126": Row(
        "command-not-executable",
        (*C, "entryPoint", 0),
        "`HERE` is `/run.sh`, which cannot be executed",
        (stopped(state(126)),),
        logs=(wrote("/bin/sh: /run.sh: Permission denied"),),
        document=with_container(entryPoint=["/run.sh"]),
    ),
    "a file that may not be executed": Row(
        "command-not-executable",
        (*C, "image"),
        f"`HERE` is `{IMAGE}`, and container `{BOT}` runs `/entrypoint.sh`, which cannot be executed",
        (unstarted("", RUNC + 'exec: "/entrypoint.sh": permission denied: unknown'),),
    ),
    "a container that waits for one that failed": Row(
        "dependency-failed",
        (*C, "dependsOn", 0, "condition"),
        f"container `{BOT}` waits for container `migrate` until it is `SUCCESS`, which ended with exit code 1",
        (
            stopped(
                state(
                    143,
                    f"{GRAPH}failed to resolve container ordering dependency [migrate(bot:v1) (STOPPED->RUNNING)] "
                    f"for target [{BOT}(bot:v1) (NONE->RUNNING)] as dependency did not exit successfully.",
                ),
                state(1, "", "migrate"),
                code="TaskFailedToStart",
            ),
        ),
        document=with_sidecar(MIGRATE, **WAITING),
    ),
    "a container that waits too long": Row(
        "dependency-timed-out",
        ("containerDefinitions", 1, "startTimeout"),
        f"container `{BOT}` waits for container `migrate` to be `SUCCESS`, and that takes longer "
        "than the 30 seconds of `HERE`",
        (
            unstarted(
                "",
                f"{GRAPH}container ordering dependency [migrate(bot:v1) (RUNNING->RUNNING)] for target [{BOT}(bot:v1) "
                "(NONE->RUNNING)] has timed out.",
            ),
        ),
        document=with_sidecar({**MIGRATE, "startTimeout": 30}, **WAITING),
    ),
    "a port that is taken": Row(
        "port-in-use",
        (*C, "portMappings"),
        f"container `{BOT}` needs a port that another program uses",
        (stopped(state(1)),),
        logs=(wrote("Error: listen EADDRINUSE: address already in use :::8080"),),
    ),
    "a heap that is full": Row(
        "heap-too-small",
        (*C, "environment", 0, "value"),
        f"the heap that `HERE` gives container `{BOT}` is full",
        (stopped(state(134)),),
        logs=(wrote("FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory"),),
        document=with_container(environment=[{"name": "NODE_OPTIONS", "value": "--max-old-space-size=256"}]),
    ),
    "a heap that is full where no memory is set": Row(
        "heap-too-small",
        (*C, "memory"),
        f"the heap of container `{BOT}` is full, and `HERE` is not set",
        (stopped(state(1)),),
        logs=(wrote("java.lang.OutOfMemoryError: Java heap space"),),
        document=with_members(memory=None),
    ),
    # While it runs.
    "out of memory on Fargate": Row(
        "memory-too-small",
        ("memory",),
        f"container `{BOT}` was killed: the task used more than the 2048 MiB of `HERE`",
        (stopped(state(137, "OutOfMemoryError: Container killed due to memory usage")),),
        help="write `3 GB`, or make it use less",
    ),
    "out of memory, of the container's own": Row(
        "memory-too-small",
        (*C, "memory"),
        f"container `{BOT}` was killed: it used more than the 512 MiB of `HERE`",
        (stopped(state(137, "OutOfMemoryError: Container killed due to memory usage")),),
        document=with_container(memory=512),
    ),
    "out of memory, and there is no larger size": Row(
        "memory-too-small",
        ("memory",),
        f"container `{BOT}` was killed: the task used more than the 2048 MiB of `HERE`",
        (stopped(state(137, "OutOfMemoryError: Container killed due to memory usage")),),
        document=with_members(cpu="256"),
        help="with 256 CPU units there is no more memory: write 512 for `cpu` too",
    ),
    "killed, and nobody stopped the task": Row(
        "memory-too-small",
        ("memory",),
        f"container `{BOT}` was killed: the task used more than the 2048 MiB of `HERE`",
        (stopped(state(137)),),
    ),
    "a segmentation fault": Row(
        "program-crashed", (), f"container `{BOT}` crashed with exit code 139", (stopped(state(139)),)
    ),
    "ended with an error": Row(
        "container-failed", (), f"container `{BOT}` ended with exit code 1", (stopped(state(1)),)
    ),
    "ended well, alone": Row(
        "container-finished",
        (*C, "command"),
        f"container `{BOT}` ended with exit code 0, and the task with it, since it is essential",
        (stopped(state(0)),),
        document=with_container(command=["bot", "--once"]),
        help="keep the program in the foreground: a task of a service is to run on",
    ),
    "ended well, beside others": Row(
        "container-finished",
        ("containerDefinitions", 1, "essential"),
        "container `migrate` ended with exit code 0, and the task with it, since it is essential",
        (stopped(state(143), state(0, name="migrate")),),
        document=with_sidecar({**MIGRATE, "essential": True}),
        help="keep the program in the foreground, or set `essential: false` for a container that may end",
    ),
    "terminated, and nobody stopped the task": Row(
        "container-terminated",
        (),
        f"container `{BOT}` ended with exit code 143, and nobody stopped its task",
        (stopped(state(143)),),
    ),
    "stopped, and AWS does not report how": Row(
        "container-stopped", (), "an essential container stopped, and AWS does not report how", (stopped(state()),)
    ),
    # Health.
    "a health check that fails": Row(
        "health-check-failed",
        (*C, "healthCheck", "command"),
        f"container `{BOT}` is unhealthy: `HERE` fails, or takes too long",
        (UNHEALTHY,),
        help="let the command succeed in the container, or give the program a longer `startPeriod`",
    ),
    "a health check of another port": Row(
        "health-check-failed",
        (*C, "healthCheck", "command"),
        f"container `{BOT}` is unhealthy: `HERE` fails, or takes too long",
        (UNHEALTHY,),
        logs=(wrote("Server listening on port 3000"),),
        help="ask port 3000, or let the program listen on the port that is asked",
    ),
    "a load balancer that gets no answer": Row(
        "balancer-check-failed",
        (*C, "portMappings", 0, "containerPort"),
        f"the load balancer gets no healthy answer from `HERE` of container `{BOT}`",
        (UNANSWERED,),
        service=serving(says("Request timed out"), balancer=BALANCER, at="2026-11-24T08:14:00Z"),
    ),
    "a load balancer that gets a wrong answer": Row(
        "balancer-check-failed",
        (),
        f"the load balancer gets a wrong answer from port 8080 of container `{BOT}`",
        (UNANSWERED,),
        service=serving(
            says("Health checks failed with these codes: [404]"), balancer=BALANCER, at="2026-11-24T08:14:00Z"
        ),
    ),
    "a load balancer that asks an unmapped port": Row(
        "port-mismatch",
        (*C, "portMappings", 0, "containerPort"),
        "`HERE` is 8080, and the load balancer asks port 80",
        (UNANSWERED,),
        service=serving(balancer=LoadBalancer(GROUP, BOT, 80)),
    ),
    "a program that listens elsewhere": Row(
        "port-mismatch",
        (*C, "portMappings", 0, "containerPort"),
        f"the load balancer asks `HERE`, and container `{BOT}` does not listen there",
        (UNANSWERED,),
        service=serving(balancer=BALANCER),
        logs=(wrote("Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)"),),
        help="write 8000, for the service too, or let the program listen on 8080",
    ),
    "a container that the service knows by another name": Row(
        "port-mismatch",
        (*C, "name"),
        "the service gives its load balancer container `bot`, which this task definition does not have",
        service=serving(
            "(service bot) The container bot does not exist in the task definition.",
            balancer=LoadBalancer(GROUP, "bot", 8080),
        ),
    ),
    "no target group": Row(
        "target-group-missing",
        (),
        "the target group that the service names does not exist",
        service=serving(
            f"(service bot) task set (ecs-svc/1) (task bc05f3eb) is not healthy in target-group ({GROUP}) "
            "due to TARGET GROUP IS NOT FOUND"
        ),
    ),
    # Where it is to run.
    "no room on Fargate": Row(
        "fargate-capacity",
        ("cpu",),
        "Fargate has no room for a task of 1024 CPU units and 2048 MiB now",
        service=serving(
            "(service bot) was unable to place a task. Reason: Capacity is unavailable at this time. "
            "Please try again later or in a different availability zone."
        ),
    ),
    "an error that AWS has where a zone is without Fargate": Row(
        "zone-unsupported",
        (),
        "AWS reports an internal error, as it does for a subnet in a zone without Fargate",
        service=serving("(service bot) was unable to place a task. Reason: Internal error."),
    ),
    "a quota": Row(
        "quota-reached",
        ("cpu",),
        "the account has reached its limit of vCPUs on Fargate",
        service=serving(
            "(service bot) was unable to place a task. Reason: You’ve reached the limit on the number "
            "of vCPUs you can run concurrently"
        ),
    ),
    "a size above the quota": Row(
        "quota-reached",
        ("memory",),
        "`HERE` is 2048, and the account may not run so large a task",
        service=serving(
            "(service bot) was unable to place a task. Reason: The requested MEMORY configuration is above your limit."
        ),
    ),
    "too little memory on instances": Row(
        "instances-lack-memory",
        (*C, "memory"),
        "`HERE` is 512, and no instance has so many MiB of memory left",
        service=serving(UNPLACED + "has insufficient memory available."),
        document=ON_INSTANCES,
    ),
    "too little memory, told of a task": Row(
        "instances-lack-memory",
        ("memory",),
        "`HERE` is 2048, and no instance has so many MiB of memory left",
        (stopped(reason="TaskFailedToStart: RESOURCE:MEMORY", code="TaskFailedToStart"),),
    ),
    "too little CPU on instances": Row(
        "instances-lack-cpu",
        (*C, "cpu"),
        "`HERE` is 256, and no instance has so many CPU units left",
        service=serving(UNPLACED + "has insufficient CPU units available."),
        document=ON_INSTANCES,
    ),
    "a port taken on instances": Row(
        "instances-lack-port",
        (*C, "portMappings", 0, "hostPort"),
        "`HERE` is 8080, which is taken on every instance",
        service=serving(UNPLACED + "is already using a port required by your task."),
        document=ON_INSTANCES,
    ),
    "no interface on instances": Row(
        "instances-lack-interface",
        ("networkMode",),
        "`HERE` is `awsvpc`, and no instance has a network interface left",
        service=serving(UNPLACED + 'encountered error "RESOURCE:ENI".'),
        document=with_members(requiresCompatibilities=["EC2"]),
    ),
    "no GPU on instances": Row(
        "instances-lack-gpu",
        (*C, "resourceRequirements", 0, "value"),
        "`HERE` is 2, and no instance has so many GPUs left",
        (stopped(reason="TaskFailedToStart: RESOURCE:GPU", code="TaskFailedToStart"),),
        document=with_container(resourceRequirements=[{"type": "GPU", "value": "2"}]),
    ),
    "an attribute that no instance has": Row(
        "instances-lack-attribute",
        ("requiresCompatibilities",),
        "`HERE` is `EC2`, and no instance has what this task definition needs",
        service=serving(UNPLACED + "is missing an attribute required by your task."),
        document=ON_INSTANCES,
    ),
    "a constraint that no instance meets": Row(
        "placement-constraint",
        ("placementConstraints", 0, "expression"),
        "`HERE` is `attribute:tier == live`, and no instance meets it",
        service=serving(UNPLACED + 'encountered error "MemberOf placement constraint unsatisfied."'),
        document=with_members(placementConstraints=[{"type": "memberOf", "expression": "attribute:tier == live"}]),
    ),
    "no instances at all": Row(
        "no-instances",
        ("requiresCompatibilities",),
        "`HERE` is `EC2`, and the cluster has no instances",
        service=serving(
            "(service bot) was unable to place a task because no container instance met all of its "
            "requirements. Reason: No Container Instances were found in your cluster."
        ),
        document=ON_INSTANCES,
    ),
    "no instance, for whatever reason": Row(
        "instances-lack-something",
        ("requiresCompatibilities",),
        "`HERE` is `EC2`, and no instance takes the task",
        service=serving(
            "(service bot) was unable to place a task because no container instance met all of its requirements."
        ),
        document=ON_INSTANCES,
    ),
    "an agent that is gone": Row(
        "agent-disconnected",
        (),
        "ECS does not reach the agent of the instance that would take the task",
        service=serving(UNPLACED + 'encountered error "AGENT".'),
    ),
    "a service that may do nothing": Row(
        "deployment-settings",
        (),
        "the service may neither stop a task nor start one more",
        service=serving(
            "(service bot) was unable to stop or start tasks during a deployment because of the service "
            "deployment configuration. Update the minimumHealthyPercent or maximumPercent value and "
            "try again."
        ),
    ),
    # The machine.
    "Spot": Row(
        "spot-interrupted",
        (),
        "AWS took back the Spot capacity that the task ran on",
        (stopped(state(137), reason="Your Spot Task was interrupted.", code="SpotInterruption"),),
    ),
    "an instance that was stopped": Row(
        "host-stopped",
        (),
        "the machine that the task ran on was stopped",
        (
            stopped(
                state(137),
                reason="Host EC2 (instance i-0123456789abcdef0) stopped/terminated.",
                code="TerminationNotice",
            ),
        ),
    ),
    "a machine that AWS finds unwell": Row(
        "host-stopped",
        (),
        "the machine that the task ran on was stopped",
        (stopped(state(), reason="", code="InfrastructureHealth"),),
    ),
    # Where a category is all there is.
    "too slow": Row(
        "runtime-timed-out",
        (),
        f"container `{BOT}` did not start or stop in time",
        (unstarted("", "ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m"),),
    ),
    "a start that AWS explains in words nobody knows": Row(
        "start-failed", (), "the task failed to start", (unstarted("The moon was in the wrong house"),)
    ),
}


def give(row: Row) -> Diagnosis | None:
    return diagnose(Evidence(row.service, row.tasks, row.logs, row.document))


@pytest.mark.parametrize("name", ROWS)
def test_what_aws_says_leads_to_a_member(name: str) -> None:
    row = ROWS[name]
    found = give(row)
    assert found is not None
    problem = found.problem
    assert (problem.code, problem.path, problem.message.replace(HERE, "HERE")) == (row.code, row.path, row.message)
    assert problem.help
    assert not row.help or problem.help == row.help


@pytest.mark.parametrize("name", ROWS)
def test_paths_lead_to_what_is_there_or_say_that_it_is_missing(name: str) -> None:
    found = give(ROWS[name])
    assert found is not None
    for path, missing in (
        (found.problem.path, found.problem.missing),
        *((fact.path or (), None) for fact in found.problem.facts),
    ):
        node: Value = ROWS[name].document
        for part in path[:-1] if missing and path[-1:] == (missing,) else path:
            node = node[part]


def test_every_cause_has_a_row() -> None:
    assert {row.code for row in ROWS.values()} == set(CAUSES)
