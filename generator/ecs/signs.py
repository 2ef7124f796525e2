"""The words by which AWS, and programs in their logs, tell why a task stopped, as data: patterns, each with words it was made for.

Sources, read 2026-11-24. Pages of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/: "Amazon ECS stopped tasks error messages"
(stopped-task-error-codes.html) and the pages of its categories (task_cannot_pull_image, resource-initialization-error,
resource-not-found-error, failed-to-start-error, cannot-start-container, cannot-create-volume, out-of-memory, spot-interruption-errors,
container-runtime-timeout-error), "Amazon ECS service event messages" (service-event-messages.html), "API failure reasons"
(api_failures_messages.html), "Task retirement" (task-maintenance.html). Texts that AWS does not list are from aws/amazon-ecs-agent:
`ecs-agent/api/errors/error_messages.go`, `agent/asm/asm.go`, `agent/engine/dependencygraph/graph.go` and pull request 3218; from
badmintoncryer/cdk-preflight, which ran `pf-ecs-service-lb-container-…` against ECS in 2026-09; and from people who pasted what their tasks
said, for which aws/containers-roadmap issue 2379, aws/amazon-ecs-agent issues 385 and 2350, hashicorp/terraform-provider-aws issue 8596
and public run books on GitHub were read, and from the threads that `tests/unit/aws/diagnose` names. Names, accounts and addresses in
the examples are made up.
"""

from __future__ import annotations

import re

from generator.model.patterns import Pattern
from generator.model.records import Record


class Sign(Record):
    """Words that tell a cause. `examples` are such texts, as AWS or a program writes them; groups of the pattern name what it is about."""

    cause: str
    pattern: Pattern
    examples: tuple[str, ...]


def sign(cause: str, pattern: str, *examples: str) -> Sign:
    return Sign(cause, Pattern(pattern, re.IGNORECASE), examples)


ARN = r"(?P<arn>arn:[^\s'\",]+?)(?=[:.,]?(?:[\s'\"]|\Z))"
UNREACHABLE = (
    r"(?:i/o timeout|context deadline exceeded|request cancell?ed|context cancell?ed|TLS handshake timeout|connection refused"
    r"|connection reset by peer|network is unreachable|There is a connection issue|Check your (?:task )?network configuration"
    r"|failed open: failed to do request|Could not reach any registry endpoint|RequestError: send request failed)"
)
START = (
    "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: "
    "OCI runtime create failed: runc create failed: unable to start container process: "
)
SECRETS = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
UNPLACED = (
    "(service web) was unable to place a task because no container instance met all of its requirements. "
    "The closest matching (container-instance 3f4de1c5) "
)

SAID: tuple[Sign, ...] = (
    # The image.
    sign(
        "image-platform",
        r"does not contain descriptor matching platform '(?P<platform>[\w/.-]+)'",
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching "
        "platform 'linux/amd64'",
    ),
    sign(
        "image-platform",
        r"(?:no matching manifest for|failed to find a descriptor for platform) \{?(?P<platform>\w+/\w+)",
        "CannotPullContainerError: no matching manifest for linux/arm64/v8 in the manifest list entries",
        "CannotPullContainerError: failed to find a descriptor for platform {linux/amd64}",
    ),
    sign("image-platform", r"exec format error", START + 'exec: "/app/run": exec format error'),
    sign(
        "image-rate-limit",
        r"toomanyrequests|CannotPull.*too many requests|pull rate limit",
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): httpReadSeeker: failed open: unexpected status code "
        "https://registry-1.docker.io/v2/library/nginx/manifests/1.27: 429 Too Many Requests - Server message: toomanyrequests: You have "
        "reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
    ),
    sign(
        "disk-full",
        r"no space left on device|Thin Pool has \d+ free data blocks",
        "CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device",
    ),
    # What is mounted or read by a network of its own; before what cannot be reached, of which it has words too.
    sign(
        "log-driver-failed",
        r"failed to initialize logging driver: .*?dial (?:tcp|udp|unix) (?P<address>\S+?): "
        r"|logging driver specified of container (?P<container>[\w-]+), but no log configuration specified",
        "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: dial tcp 127.0.0.1:514: connect: "
        "connection refused",
    ),
    sign(
        "registry-unknown",
        r"CannotPull.*?lookup (?P<host>[\w.-]+)(?: on [\d.:]+)?: no such host",
        "CannotPullContainerError: Error response from daemon: Get "
        '"https://111122223333.dkr.ecr.us-east-1.amazonaws.comm/v2/": dial tcp: '
        "lookup 111122223333.dkr.ecr.us-east-1.amazonaws.comm on 10.0.0.2:53: no such host",
    ),
    sign(
        "image-network",
        rf"CannotPull.*{UNREACHABLE}",
        "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/library/nginx:1.27: "
        'failed to do request: Head "https://registry-1.docker.io/v2/library/nginx/manifests/1.27": dial tcp 192.0.2.13:443: i/o timeout',
        "CannotPullContainerError: The task cannot pull 111122223333.dkr.ecr.us-east-1.amazonaws.com/web:v1 from "
        "the Amazon ECR repository "
        "111122223333.dkr.ecr.us-east-1.amazonaws.com/web. There is a connection issue between the task and Amazon ECR. Check your task "
        "network configuration.",
    ),
    sign(
        "image-access",
        r"not authorized to perform: (?P<action>ecr(?:-public)?:\w+)(?: on resource: " + ARN + ")?",
        "CannotPullContainerError: Check if image exists and role 'exec' has permissions to pull images from Amazon "
        "ECR. Error response from "
        "daemon: pull access denied for 111122223333.dkr.ecr.us-east-1.amazonaws.com/web, repository does not exist "
        "or may require 'docker "
        "login': denied: User: arn:aws:sts::111122223333:assumed-role/exec/xyz is not authorized to perform: "
        "ecr:BatchGetImage on resource: "
        "arn:aws:ecr:us-east-1:111122223333:repository/web because no identity-based policy allows the ecr:BatchGetImage action",
    ),
    sign(
        "image-access",
        r"pull access denied(?: for (?P<image>[^\s,]+))?|requested access to the resource is denied|no basic auth credentials"
        r"|CannotPull.*?(?:insufficient_scope|unauthorized: )"
        r"|CannotPull.*?(?:403 Forbidden|401 Unauthorized|authorization token has expired"
        r"|role (?:\S+ )?has (?:the )?permissions to pull)",
        "CannotPullContainerError: Error response from daemon: pull access denied for example/private, repository does not exist or may "
        "require 'docker login': denied: requested access to the resource is denied",
    ),
    sign(
        "image-not-found",
        r"(?:failed to resolve ref(?:erence)?|manifest for|repository) ['\"]?(?P<image>[^\s'\"]+?)['\"]?:? (?:\S+: )?not found"
        r"|Tag (?P<tag>\S+) not found in repository (?P<repository>\S+)|CannotPull.*API error \(404\)"
        r"|manifest unknown|name unknown|CannotPull.*404 Not Found|\brepository with name '[^']+' does not exist",
        "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref "
        "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:v9: not found",
        "CannotPullContainerError: Error response from daemon: manifest for "
        "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:v9 not found: "
        "manifest unknown: Requested image not found",
    ),
    sign(
        "image-unreadable",
        r"failed to unpack image|failed to extract layer(?! \S+: context)|no processor for media-type",
        "CannotPullContainerError: ref pull has been retried 1 time(s): failed to unpack image on snapshotter "
        "overlayfs: failed to extract "
        "layer sha256:c02342326b04: failed to get stream processor for application/vnd.in-toto+json: no processor "
        "for media-type: unknown",
    ),
    sign(
        "image-not-pulled",
        r"CannotPull(?:ECR)?Container",
        "CannotPullContainerError: pull image manifest has been retried 5 time(s)",
    ),
    sign(
        "efs-directory-missing",
        r"mount\.nfs4: mounting [^\s:]+:(?P<directory>\S+) failed, reason given by server: No such file or directory",
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: mounting "
        "fs-0e4a39a0b7bb8b885.efs.us-east-1.amazonaws.com:/data failed, reason given by server: No such file or directory' : "
        "unsuccessful EFS utils command execution; code: 32",
    ),
    sign(
        "efs-access",
        r"mount\.nfs4: access denied by server|failed to invoke EFS utils.*(?:AccessDenied|access denied)",
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: access denied by "
        "server while mounting 127.0.0.1:/' : unsuccessful EFS utils command execution; code: 32",
    ),
    sign(
        "efs-not-mounted",
        r"failed to invoke EFS utils|mount\.nfs4",
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "
        '"fs-0e4a39a0b7bb8b885.efs.us-east-1.amazonaws.com" - check that your file system ID is correct, and ensure '
        "that the VPC has an EFS "
        "mount target for this file system ID. : unsuccessful EFS utils command execution; code: 1",
    ),
    sign(
        "mount-failed",
        r"mounting \\*\"(?P<source>[^\"\\]+)\\*\" to rootfs (?:\\*\"[^\"\\]+\\*\" )?"
        r"at \\*\"(?:/var/lib/docker/[^\"\\]*?/(?:merged|rootfs))?(?P<target>/[^\"\\]*)"
        r"|bind source path does not exist: (?P<host>\S+)|error while mounting volume '(?P<volume>[^']+)'",
        START.removesuffix(": ")
        + ': error during container init: error mounting "/var/lib/volumes/1/api" to rootfs at "/app/settings.json": '
        "flags=MS_RDONLY|MS_BIND: not a directory",
    ),
    sign(
        "volume-not-created",
        r"CannotCreateVolumeError|VolumeDriver\.Create|HostConfigError: Unable to resolve volume mounts",
        "CannotCreateVolumeError: create scratch: VolumeDriver.Create: failed to create the volume",
    ),
    # What is fetched before a container starts.
    sign(
        "environment-file-missing",
        r"failed to download env files(?!.*(?:context deadline|RequestCancel|i/o timeout))",
        "ResourceInitializationError: failed to download env files: service call has been retried 1 time(s): "
        "operation error S3: HeadObject, "
        "https response error StatusCode: 403, api error Forbidden: Forbidden.",
    ),
    sign(
        "network-unreachable",
        rf"(?:ResourceInitializationError|unable to (?:pull|retrieve)|failed to download).*?(?:{UNREACHABLE}|: no such host)"
        r"(?: between the task and (?P<service>(?:Amazon|AWS) [\w ]+?)(?=[.:,]|\Z))?",
        "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: "
        "There is a connection issue "
        "between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret arn:aws:secretsmanager:"
        "us-east-1:111122223333:secret:web-Ab12Cd from secrets manager: operation error Secrets Manager: "
        "GetSecretValue, https response error "
        "StatusCode: 0, RequestID: , canceled, context deadline exceeded",
    ),
    sign(
        "secret-access",
        r"not authorized to perform: (?P<action>secretsmanager:\w+|kms:\w+)(?: on resource: " + ARN + ")?",
        SECRETS
        + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:"
        "us-east-1:111122223333:secret:web-Ab12Cd from secrets manager: operation error Secrets Manager: "
        "GetSecretValue, https response error "
        "StatusCode: 400, RequestID: d45b80b7, api error AccessDeniedException: User: "
        "arn:aws:sts::111122223333:assumed-role/exec/668f97 is "
        "not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:111122223333:secret:"
        "web-Ab12Cd because no identity-based policy allows the secretsmanager:GetSecretValue action",
    ),
    sign(
        "secret-access",
        r"(?:secret " + ARN + r".*?)?(?P<action>Access to KMS) is not allowed",
        SECRETS
        + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:"
        "us-east-1:111122223333:secret:web-Ab12Cd from secrets manager: AccessDeniedException: Access to KMS is not allowed",
    ),
    sign(
        "parameter-access",
        r"not authorized to perform: (?P<action>ssm:\w+)(?: on resource: " + ARN + ")?",
        SECRETS
        + "unable to retrieve secrets from ssm: service call has been retried 1 time(s): operation error SSM: GetParameters, https "
        "response error StatusCode: 400, RequestID: 119b9aff, api error AccessDeniedException: User: "
        "arn:aws:sts::111122223333:assumed-role/"
        "exec/17cbd2 is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:us-east-1:111122223333:parameter/web/url "
        "because no identity-based policy allows the ssm:GetParameters action",
    ),
    sign(
        "secret-access",
        r"from asm.*?(?:secret " + ARN + r".*?)?AccessDenied",
        SECRETS
        + "unable to retrieve secret from asm: service call has been retried 1 time(s): AccessDeniedException: User: ....",
    ),
    sign(
        "parameter-access",
        r"from ssm.*?AccessDenied",
        SECRETS
        + "unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: User: ....",
    ),
    sign(
        "secret-key-missing",
        r"did not contain json key (?P<key>\S+?)\.?(?=\s|\Z)",
        SECRETS
        + "unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not "
        "contain json key DATABASE_URL",
    ),
    sign(
        "secret-not-json",
        r"(?:from asm|Secrets Manager).*?(?:invalid character .{1,8}? (?:looking for|after)"
        r"|unexpected end of JSON input|cannot unmarshal)",
        SECRETS
        + "unable to retrieve secret from asm: service call has been retried 1 time(s): invalid character 'h' looking for beginning of "
        "value",
    ),
    sign(
        "secret-without-value",
        r"(?:secret "
        + ARN
        + r".*?)?can't find the specified secret value for (?:staging label|VersionId): (?P<version>[\w-]+)",
        SECRETS
        + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:"
        "us-east-1:111122223333:secret:web-Ab12Cd from secrets manager: ResourceNotFoundException: Secrets Manager "
        "can't find the specified "
        "secret value for staging label: AWSCURRENT",
    ),
    sign(
        "secret-missing",
        r"secret (?:with ARN '?)?"
        + ARN
        + r".*?(?:can't find the specified secret|marked for deletion|Check (?:whether|that) the secret)"
        r"|can't find the specified secret|marked for deletion",
        SECRETS
        + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:"
        "us-east-1:111122223333:secret:web-Ab12Cd from secrets manager: ResourceNotFoundException: Secrets Manager "
        "can't find the specified "
        "secret.",
        "ResourceInitializationError: The task can't retrieve the secret with ARN 'arn:aws:secretsmanager:us-east-1:111122223333:secret:"
        "web-Ab12Cd' from AWS Secrets Manager. Check whether the secret exists in the specified Region",
    ),
    sign(
        "secret-reference",
        r"(?:secret (?:with value )?"
        + ARN
        + r".*?)?(?:ValidationException: Invalid name|invalid ARN format|unexpected ARN format)",
        "ResourceInitializationError: unable to retrieve secret from asm: failed to fetch secret "
        "arn:aws:secretsmanager:us-east-1:111122223333:"
        "secret:web/url-Ab12Cd api error ValidationException: Invalid name. Must be a valid name containing "
        "alphanumeric characters, or any "
        "of the following: -/_+=.@!",
    ),
    sign(
        "parameter-missing",
        r"invalid (?:ssm )?parameters: (?P<name>[^\s,;]+)",
        SECRETS
        + "unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /web/url",
        "Fetching secret data from SSM Parameter Store in us-east-1: invalid parameters: /web/url",
    ),
    sign(
        "secret-not-read",
        r"unable to retrieve secrets? from (?:asm|ssm)|unable to get registry auth from asm|fetching secret data from",
        SECRETS + "unable to retrieve secret from asm: service call has been retried 5 time(s)",
    ),
    # Roles.
    sign(
        "infrastructure-role",
        r"unable to assume the configured ECS Infrastructure Role '(?P<arn>[^']+)'",
        "(service web) failed to launch a task with (error ECS was unable to assume the configured ECS Infrastructure Role "
        "'arn:aws:iam::111122223333:role/volumes'. Please verify that the role being passed has the proper trust relationship with "
        "Amazon ECS.).",
    ),
    sign(
        "role-trust",
        r"unable to assume the role '(?P<arn>[^']+)'|IAM trust relationship has been misconfigured",
        "(service web) failed to launch a task with (error ECS was unable to assume the role "
        "'arn:aws:iam::111122223333:role/web' that was "
        "provided for this task. Please verify that the role being passed has the proper trust relationship and "
        "permissions and that your IAM "
        "user has permissions to pass this role.).",
    ),
    sign(
        "role-missing",
        r"to have execution role ARN to support (?P<purpose>[\w ]+)|NoCredentialProviders",
        "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to "
        "create Cloudwatch log stream: "
        "NoCredentialProviders: no valid providers in chain. Deprecated.",
    ),
    # Logs.
    sign(
        "log-group-missing",
        r"log ?group does not exist(?:: (?P<group>[\w./#-]+))?",
        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
        "failed to create Cloudwatch log "
        "stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1",
        "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to "
        "create Cloudwatch log stream: "
        "ResourceNotFoundException: The specified log group does not exist.",
    ),
    sign(
        "log-access",
        r"not authorized to perform: (?P<action>logs:\w+)(?: on resource: " + ARN + ")?",
        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
        "failed to create Cloudwatch log "
        "group: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/exec/1d2f is not authorized to perform: "
        "logs:CreateLogGroup on resource: arn:aws:logs:us-east-1:111122223333:log-group:/ecs/web:log-stream: "
        "because no identity-based policy "
        "allows the logs:CreateLogGroup action : exit status 1",
    ),
    sign(
        "log-access",
        r"failed to create Cloudwatch log (?:group|stream): AccessDenied",
        "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log "
        "group: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/instance",
    ),
    sign(
        "log-driver-failed",
        r"(?P<option>awslogs-[a-z-]+) is required",
        "ResourceInitializationError: failed to validate logger args: unable to get awslogs driver arguments: awslogs-region is required",
    ),
    sign(
        "log-driver-failed",
        r"failed to (?:validate logger args|initialize logging driver)|error setting log driver",
        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch "
        "log stream: MissingEndpoint: 'Endpoint' configuration is required for this service",
    ),
    # The network of the task.
    sign(
        "network-interface",
        r"network interface provisioning|attempting to (?:create|attach|tag) (?:the )?network interface|InsufficientFreeAddresses"
        r"|failed to configure ENI",
        "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in "
        "subnet 'subnet-0a1b2c3d': "
        "InsufficientFreeAddressesInSubnet",
        "Timeout waiting for network interface provisioning to complete.",
    ),
    # The program.
    sign(
        "dependency-timed-out",
        r"container ordering dependency \[(?P<needed>[\w-]+).*? for target \[(?P<waiting>[\w-]+).*has timed out",
        "CannotStartContainerError: dependency graph: container ordering dependency [db(postgres:17) (RUNNING->RUNNING)] for target "
        "[web(web:v1) (NONE->RUNNING)] has timed out.",
    ),
    sign(
        "dependency-failed",
        r"container ordering dependency \[(?P<needed>[\w-]+).*? for target \[(?P<waiting>[\w-]+)",
        "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency "
        "[migrate(web:v1) (STOPPED->RUNNING) - "
        "Exit: 1] for target [web(web:v1) (NONE->RUNNING)] as dependency did not exit successfully.",
    ),
    # What a container cannot have, before what its program lacks, of which it has words too.
    sign(
        "kernel-parameter-unknown",
        r"open /proc/sys/(?P<parameter>[\w./-]+): (?:no such file or directory|permission denied|read-only file system)"
        r"|sysctl \W?(?P<key>[\w.-]+)\W? (?:is not in a separate kernel namespace|not allowed)",
        START.removesuffix(": ")
        + ": error during container init: open /proc/sys/net/core/rmem_max: no such file or directory",
    ),
    sign(
        "limit-refused",
        r"error setting rlimit type (?P<limit>\d+)",
        START.removesuffix(": ")
        + ": error during container init: error setting rlimits for ready process: error setting rlimit type 8: operation not permitted",
    ),
    sign(
        "user-unknown",
        r"unable to find (?:user|group) (?P<user>\S+?): no matching entries in (?:passwd|group) file",
        "CannotStartContainerError: Error response from daemon: unable to find user app: no matching entries in passwd file",
    ),
    sign(
        "working-directory",
        r"chdir to cwd \(\\?\"(?P<directory>[^\"\\]+)\\?\"\) set in config\.json failed",
        START.removesuffix(": ") + ': chdir to cwd ("/srv/app") set in config.json failed: permission denied',
    ),
    sign(
        "command-missing",
        r"\bno command specified|\bargs must not be empty",
        "CannotCreateContainerError: API error (500): No command specified",
    ),
    sign(
        "command-not-found",
        r"exec: \\?\"(?P<program>[^\"\\]+)\\?\": (?:executable file not found|(?:stat [^:]+: )?no such file or directory)"
        r"|(?:^|[\s:])(?:stat|exec) (?P<file>[^:\"]+): no such file or directory",
        START + 'exec: "gunicorn": executable file not found in $PATH: unknown',
    ),
    sign(
        "command-not-executable",
        r"exec: \\?\"(?P<program>[^\"\\]+)\\?\": permission denied|(?:^|[\s:])exec (?P<file>[^:\"]+): permission denied",
        START + 'exec: "/app/run.sh": permission denied: unknown',
    ),
    sign(
        "port-in-use",
        r"address already in use|port is already allocated",
        "CannotStartContainerError: Error response from daemon: driver failed programming external connectivity on "
        "endpoint ecs-web-1: Bind "
        "for 0.0.0.0:8080 failed: port is already allocated",
    ),
    # While it runs.
    sign(
        "memory-too-small",
        r"OutOfMemoryError|OOMKilled|OOM-killed",
        "OutOfMemoryError: Container killed due to memory usage",
    ),
    sign(
        "health-check-failed",
        r"failed container health checks",
        "Task failed container health checks",
        "(service web) (task bc05f3eb9ebb465a9ab1f472b1a4d287) failed container health checks.",
    ),
    sign(
        "target-group-missing",
        r"target group is not found",
        "(service web) task set (ecs-svc/1) (task bc05f3eb) is not healthy in target-group (arn:aws:elasticloadbalancing:us-east-1:"
        "111122223333:targetgroup/web/1c38) due to TARGET GROUP IS NOT FOUND",
    ),
    sign(
        "balancer-check-failed",
        r"failed ELB health checks|unhealthy in \((?:target-group|elb) [^)]+\)(?: due to \(reason (?P<reason>[^)]+)\))?",
        "Task failed ELB health checks in (target-group "
        "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1c38bf81f6e9e283)",
        "(service web) (task bc05f3eb) (port 8080) is unhealthy in (target-group arn:aws:elasticloadbalancing:us-east-1:111122223333:"
        "targetgroup/web/1c38bf81f6e9e283) due to (reason Health checks failed with these codes: [404])",
    ),
    sign(
        "port-mismatch",
        r"The container (?P<container>[\w-]+) (?:does not exist in the task definition"
        r"|did not have a container port (?P<port>\d+) defined)",
        "The container web did not have a container port 8080 defined.",
    ),
    # The machine.
    sign("spot-interrupted", r"Spot Task was interrupted", "Your Spot Task was interrupted."),
    sign(
        "host-stopped",
        r"Host EC2 \(instance|deregistration forced by user|performing maintenance on the underlying infrastructure"
        r"|instance is in DRAINING state",
        "Host EC2 (instance i-0123456789abcdef0) stopped/terminated.",
    ),
    # Where it is to run.
    sign(
        "fargate-capacity",
        r"capacity is unavailable at this time",
        "(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try again "
        "later or in a different "
        "availability zone.",
    ),
    sign(
        "zone-unsupported",
        r"unable to place a task\. Reason: Internal error",
        "(service web) was unable to place a task. Reason: Internal error.",
    ),
    sign(
        "quota-reached",
        r"reached the limit on the number of (?P<what>\w+) you can run|requested (?P<member>CPU"
        r"|MEMORY) configuration is above your limit",
        "(service web) was unable to place a task. Reason: You’ve reached the limit on the number of vCPUs you can run concurrently",
    ),
    sign(
        "instances-lack-memory",
        r"insufficient memory available|RESOURCE:MEMORY",
        UNPLACED
        + "has insufficient memory available. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
        "TaskFailedToStart: RESOURCE:MEMORY",
    ),
    sign(
        "instances-lack-cpu",
        r"insufficient CPU units available|RESOURCE:CPU",
        UNPLACED + "has insufficient CPU units available.",
    ),
    sign(
        "instances-lack-port",
        r"already using a port required by your task|RESOURCE:PORTS",
        UNPLACED + "is already using a port required by your task.",
    ),
    sign("instances-lack-interface", r"RESOURCE:ENI", UNPLACED + 'encountered error "RESOURCE:ENI".'),
    sign("instances-lack-gpu", r"RESOURCE:GPU", "TaskFailedToStart: RESOURCE:GPU"),
    sign(
        "instances-lack-attribute",
        r"missing an attribute required by your task|TaskFailedToStart: ATTRIBUTE",
        UNPLACED + "is missing an attribute required by your task.",
    ),
    sign(
        "placement-constraint",
        r"MemberOf placement constraint unsatisfied",
        UNPLACED + 'encountered error "MemberOf placement constraint unsatisfied."',
    ),
    sign(
        "no-instances",
        r"No Container Instances were found|NO ACTIVE INSTANCES|EMPTY CAPACITY PROVIDER",
        "(service web) was unable to place a task because no container instance met all of its requirements. "
        "Reason: No Container Instances "
        "were found in your cluster.",
    ),
    sign(
        "agent-disconnected",
        r"encountered error \"AGENT\"|TaskFailedToStart: AGENT|waiting for Amazon ECS Agent to start",
        UNPLACED + 'encountered error "AGENT".',
    ),
    sign(
        "instances-lack-something",
        r"no container instance met all of its requirements|because the resources could not be found",
        "(service web) was unable to place a task because no container instance met all of its requirements.",
    ),
    sign(
        "deployment-settings",
        r"because of the service deployment configuration",
        "(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the "
        "minimumHealthyPercent or maximumPercent value and try again.",
    ),
    # Where a category is all there is.
    sign(
        "runtime-timed-out",
        r"(?:ContainerRuntime|Docker)TimeoutError|Could not transition to \w+; timed out",
        "ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m",
        "CannotInspectContainerError: Could not transition to inspecting; timed out after waiting 30s",
    ),
    sign(
        "start-failed",
        r"Cannot(?:Start|Create|Inspect)ContainerError|HostConfigError|ContainerRuntimeError|ResourceInitializationError|^InternalError",
        "CannotStartContainerError: failed to get container status",
    ),
)
"""Messages of AWS, in reasons and events: the first that matches a text tells its cause, so what is special stands before what is not."""

CONSEQUENCES = ("dependency-failed", "dependency-timed-out", "start-failed", "image-not-pulled", "secret-not-read")
"""Causes that only stand where no other is reported: they follow from it, or are the category alone."""

UNPLACEABLE = (
    "agent-disconnected",
    "deployment-settings",
    "fargate-capacity",
    "infrastructure-role",
    "instances-lack-attribute",
    "instances-lack-cpu",
    "instances-lack-gpu",
    "instances-lack-interface",
    "instances-lack-memory",
    "instances-lack-port",
    "instances-lack-something",
    "no-instances",
    "placement-constraint",
    "port-mismatch",
    "quota-reached",
    "role-trust",
    "target-group-missing",
    "zone-unsupported",
)
"""Causes for which no task comes into being: only the service tells of them."""

WRITTEN: tuple[Sign, ...] = (
    sign("image-platform", r"exec format error", "exec /usr/local/bin/docker-entrypoint.sh: exec format error"),
    sign("disk-full", r"no space left on device|ENOSPC", "OSError: [Errno 28] No space left on device"),
    sign(
        "heap-too-small",
        r"JavaScript heap out of memory|java\.lang\.OutOfMemoryError: (?:Java heap space|GC overhead|Metaspace)",
        "FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory",
    ),
    sign(
        "port-in-use", r"EADDRINUSE|address already in use", "Error: listen EADDRINUSE: address already in use :::8080"
    ),
    sign(
        "command-not-found",
        r"^exec (?P<program>[^:]+): no such file or directory",
        "exec /docker-entrypoint.sh: no such file or directory",
    ),
    sign(
        "command-not-executable",
        r"^exec (?P<program>[^:]+): permission denied",
        "exec /docker-entrypoint.sh: permission denied",
    ),
)
"""What a container that failed writes last, where that says more than its exit code."""

NOT_FOUND = Pattern(r"(?:^|[\s:])(?P<program>[\w./-]+): (?:command )?not found")
NOT_EXECUTABLE = Pattern(r"(?:^|[\s:])(?P<program>[\w./-]+): permission denied", re.IGNORECASE)
"""What a shell says of a program beside the exit codes 127 and 126."""

LISTENING = Pattern(
    r"\b(?:listen\w*|running|serving|started|bound|available)\b.*?"
    r"(?:https?://[^\s/:]+:|(?:0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\]|::|\*):|\bports?\b(?:\(s\))?\W{0,4})(?P<port>\d{2,5})(?![\d:.])",
    re.IGNORECASE,
)
"""What servers write when they are up: the port they listen on."""
