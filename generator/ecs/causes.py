"""Why a task stopped or did not start, as data: what is wrong, the line it points to, what to do. How each is known is for `signs`.

Sources: the pages that `signs` and `stops` name, read 2026-11-24. Which member is to change is a decision of this product: it is the one
that the text is about, or else the one whose change takes the cause away.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.records import Record

NONE = "none: no line of a task definition fixes it"
UNKNOWN = "unknown: AWS does not report enough"
"""What stands for a line: only what is certain is said to be fixed by none."""


class Cause(Record):
    """One cause: what is wrong, the line of the task definition it points to, and the one thing to do."""

    title: str
    line: str
    help: str


CAUSES: Mapping[str, Cause] = {
    # The image.
    "image-not-found": Cause(
        "the registry does not have the image", "`image`", "push the image, or write a tag that is there"
    ),
    "image-access": Cause(
        "the image may not be pulled",
        "`executionRoleArn`; for another registry than ECR `repositoryCredentials`, or `image`",
        "attach the policy `AmazonECSTaskExecutionRolePolicy` to the execution role, or let it read the repository",
    ),
    "image-network": Cause(
        "the task cannot reach the registry",
        "none for ECR; `image` for another registry",
        "give the service's subnets a way out: a NAT gateway, a public IP address, or endpoints for ECR and S3",
    ),
    "image-rate-limit": Cause(
        "the registry refuses more pulls for now",
        "`repositoryCredentials`, or `image`",
        "pull with `repositoryCredentials`, or from a copy of the image in ECR",
    ),
    "image-platform": Cause(
        "the image is made for another processor",
        "`runtimePlatform.cpuArchitecture`, or `image` where that is not set",
        "build the image for the task's platform, or set `runtimePlatform.cpuArchitecture` to the image's",
    ),
    "image-unreadable": Cause(
        "a layer of the image cannot be unpacked", "`image`", "rebuild the image without attestations, and push it"
    ),
    "image-not-pulled": Cause(
        "the image cannot be pulled, and AWS does not report why", "`image`", "check that its registry has the image"
    ),
    "registry-unknown": Cause(
        "no host has the name of the registry",
        "`image`",
        "correct the name of the registry, or let the VPC resolve names",
    ),
    # What is fetched before a container starts.
    "secret-missing": Cause(
        "Secrets Manager does not have the secret", "`valueFrom`", "create the secret in that region, or name another"
    ),
    "secret-key-missing": Cause(
        "the secret has no such key", "`valueFrom`", "add the key to the secret, or write one that it has"
    ),
    "secret-not-json": Cause(
        "the secret is no JSON, so it has no keys",
        "`valueFrom`",
        "remove the key from the reference, or store a JSON object in the secret",
    ),
    "secret-without-value": Cause(
        "the secret has no value of that stage or version", "`valueFrom`", "store a value in the secret"
    ),
    "secret-reference": Cause(
        "the reference is not the ARN of a secret",
        "`valueFrom`",
        "write `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY::`",
    ),
    "secret-access": Cause(
        "the execution role may not read the secret",
        "`executionRoleArn`",
        "allow the role `secretsmanager:GetSecretValue` on the secret, and `kms:Decrypt` on its key if it is your own",
    ),
    "secret-not-read": Cause(
        "the secrets cannot be read, and AWS does not report why",
        "`executionRoleArn`",
        "check that the secrets exist and that the execution role may read them",
    ),
    "parameter-missing": Cause(
        "Parameter Store does not have the parameter",
        "`valueFrom`",
        "create the parameter in that region, or name another",
    ),
    "parameter-access": Cause(
        "the execution role may not read the parameter",
        "`executionRoleArn`",
        "allow the role `ssm:GetParameters` on the parameter, and `kms:Decrypt` on its key if it is your own",
    ),
    "environment-file-missing": Cause(
        "an environment file cannot be read from S3",
        "`environmentFiles[].value`",
        "upload the file, and allow the execution role `s3:GetObject` and `s3:GetBucketLocation`",
    ),
    "network-unreachable": Cause(
        "the task cannot reach an AWS service that it needs in order to start",
        "`valueFrom` where that is in another region; else none",
        "give the service's subnets a way out, or an endpoint for that AWS service whose security group takes port 443",
    ),
    # Roles.
    "role-trust": Cause(
        "ECS cannot assume a role of the task",
        "`taskRoleArn` or `executionRoleArn`",
        "create the role, or let it trust `ecs-tasks.amazonaws.com`",
    ),
    "role-missing": Cause(
        "the task has no execution role and needs one", "`executionRoleArn`", "add `executionRoleArn`"
    ),
    # Logs.
    "log-group-missing": Cause(
        "the log group does not exist",
        "`logConfiguration.options.awslogs-group`",
        "create the log group in that region, or name one that is there",
    ),
    "log-access": Cause(
        "the execution role may not write logs",
        "`executionRoleArn`; for `logs:CreateLogGroup` `awslogs-create-group`",
        "allow the role `logs:CreateLogStream` and `logs:PutLogEvents`",
    ),
    "log-driver-failed": Cause(
        "the log driver does not start",
        "`logConfiguration`, or one of its options",
        "correct the options that the reason is about",
    ),
    # What is mounted.
    "efs-not-mounted": Cause(
        "the EFS file system cannot be mounted",
        "`efsVolumeConfiguration`",
        "give the file system a mount target in the task's zone, and let its security group take port 2049 from the task",
    ),
    "efs-directory-missing": Cause(
        "the EFS file system does not have the directory",
        "`efsVolumeConfiguration.rootDirectory`",
        "create the directory, or name one that is there; an access point can create its own",
    ),
    "efs-access": Cause(
        "the EFS file system does not let the task in",
        "`efsVolumeConfiguration.authorizationConfig.iam`, or `taskRoleArn` where that is `ENABLED`",
        "let the policy of the file system and that of the task role allow `elasticfilesystem:ClientMount`",
    ),
    "mount-failed": Cause(
        "a mount point cannot be mounted",
        "`mountPoints[].containerPath`",
        "mount a folder on a folder, and a file on a file",
    ),
    "volume-not-created": Cause("a volume cannot be created", "`volumes`", "correct what the reason names"),
    "disk-full": Cause(
        "the disk is full",
        "`ephemeralStorage` on Fargate",
        "give the task more `ephemeralStorage`, or make the image smaller",
    ),
    # The network of the task.
    "network-interface": Cause(
        "the task gets no network interface",
        NONE,
        "let the service use subnets with free IP addresses, or fewer tasks",
    ),
    # The program.
    "command-missing": Cause(
        "neither the task definition nor the image sets a command",
        "`command`",
        "add `command`, or take an image with `CMD` or `ENTRYPOINT`",
    ),
    "command-not-found": Cause(
        "the program is not in the image",
        "`entryPoint` or `command`, or `image` where neither is set",
        "write a program that the image has, by its whole path",
    ),
    "command-not-executable": Cause(
        "the program cannot be executed",
        "`entryPoint` or `command`, or `image` where neither is set",
        "make the file executable in the image: `chmod +x`",
    ),
    "kernel-parameter-unknown": Cause(
        "a container does not have the kernel parameter",
        "`systemControls[].namespace`",
        "remove it: a parameter that the instance has once cannot be set for a container",
    ),
    "limit-refused": Cause(
        "a container may not have so high a limit", "`ulimits`", "write a limit that is no higher than the host's"
    ),
    "user-unknown": Cause(
        "the image does not have the user",
        "`user`, or `image` where that is not set",
        "name a user that the image has, or a number",
    ),
    "working-directory": Cause(
        "the image does not have the working directory, or its user may not enter it",
        "`workingDirectory`, or `image` where that is not set",
        "name a directory that the image has, and that its user may enter",
    ),
    "dependency-failed": Cause(
        "a container waits for one that failed", "`dependsOn`", "find out why the other one failed, in its log"
    ),
    "dependency-timed-out": Cause(
        "a container waits too long for another",
        "`startTimeout` of the other one, or `dependsOn`",
        "give the other container a longer `startTimeout`",
    ),
    "port-in-use": Cause(
        "two programs need the same port",
        "`portMappings`",
        "let one of the containers listen on another port: in `awsvpc` and `host` they share one network",
    ),
    "heap-too-small": Cause(
        "the program's own heap is full, and not the container's memory",
        "the variable or command that sets the heap, or `memory`",
        "let the heap grow with the container's memory: `--max-old-space-size`, `-XX:MaxRAMPercentage`",
    ),
    "memory-too-small": Cause(
        "the container takes more memory than it may",
        "`memory` of the container, or of the task",
        "give it more memory",
    ),
    "program-crashed": Cause(
        "the program crashed", UNKNOWN, "read the last lines of the log, and fix the program, or use an older image"
    ),
    "container-failed": Cause("the program ended with an error", UNKNOWN, "read the last lines of the log"),
    "container-finished": Cause(
        "an essential container ended, and the task with it",
        "`essential`, or `command`",
        "keep the program in the foreground, or set `essential: false` for a container that may end",
    ),
    "container-terminated": Cause(
        "the program was asked to end, and not by ECS",
        UNKNOWN,
        "find out what in the container sends SIGTERM: a process manager, a limit of its own",
    ),
    "container-stopped": Cause(
        "an essential container stopped, and AWS does not report how", UNKNOWN, "read the last lines of the log"
    ),
    # Health.
    "health-check-failed": Cause(
        "the container's health check fails",
        "`healthCheck.command`",
        "let the command succeed in the container, or give the program a longer `startPeriod`",
    ),
    "balancer-check-failed": Cause(
        "the load balancer's health check fails",
        "`portMappings[].containerPort` where nobody answers; not known where the answer is a wrong one",
        "let the program answer on that port in time, let its security group take it, or give the service a grace period",
    ),
    "port-mismatch": Cause(
        "the load balancer asks another port than the container's",
        "`portMappings[].containerPort`",
        "map the port that the service gives to the load balancer, and listen on it",
    ),
    "target-group-missing": Cause(
        "the target group of the service does not exist",
        NONE,
        "create the service again with a target group that exists",
    ),
    "infrastructure-role": Cause(
        "ECS cannot assume the role by which it gives the service's tasks their volumes",
        NONE,
        "let the role that the service names for its volumes trust `ecs.amazonaws.com`",
    ),
    # Where it is to run.
    "fargate-capacity": Cause(
        "Fargate has no room for the task now",
        "`cpu`",
        "try again later, add subnets in other zones, or ask for less `cpu` and `memory`",
    ),
    "zone-unsupported": Cause(
        "Fargate is not in a zone of the service's subnets, as far as AWS reports",
        NONE,
        "let the service use subnets in zones that have Fargate",
    ),
    "quota-reached": Cause(
        "the account may not run more",
        "`cpu` or `memory`",
        "raise the quota of Fargate, or ask for less `cpu` and `memory`",
    ),
    "instances-lack-memory": Cause(
        "no instance has so much memory left", "`memory`, or `memoryReservation`", "ask for less, or add instances"
    ),
    "instances-lack-cpu": Cause("no instance has so much CPU left", "`cpu`", "ask for less, or add instances"),
    "instances-lack-port": Cause(
        "the port is taken on every instance",
        "`portMappings[].hostPort`",
        "remove `hostPort` to get a free port",
    ),
    "instances-lack-interface": Cause(
        "no instance has a network interface left",
        "`networkMode`",
        "add instances, or turn on `awsvpcTrunking` for the account",
    ),
    "instances-lack-gpu": Cause(
        "no instance has so many GPUs left", "`resourceRequirements`", "add instances with GPUs"
    ),
    "instances-lack-attribute": Cause(
        "no instance has what the task definition needs",
        "`requiresCompatibilities`",
        "compare `requiresAttributes` of the revision with the attributes of the instances",
    ),
    "instances-lack-something": Cause(
        "no instance takes the task", "`requiresCompatibilities`", "add instances that are large enough"
    ),
    "placement-constraint": Cause(
        "no instance meets the placement constraint",
        "`placementConstraints`",
        "loosen the constraint, or add instances",
    ),
    "no-instances": Cause(
        "the cluster has no instances",
        "`requiresCompatibilities`",
        "add instances to the cluster, or run the service on Fargate",
    ),
    "agent-disconnected": Cause("the agent of the instance is disconnected", NONE, "restart the agent on the instance"),
    "deployment-settings": Cause(
        "the service may neither stop nor start a task",
        NONE,
        "let `minimumHealthyPercent` of the service be lower, or `maximumPercent` higher",
    ),
    # The machine.
    "spot-interrupted": Cause(
        "AWS took the Spot capacity back", NONE, "run some tasks on `FARGATE` beside `FARGATE_SPOT`"
    ),
    "host-stopped": Cause("the machine under the task went away", NONE, "run more than one task"),
    # Where a category is all there is.
    "runtime-timed-out": Cause(
        "the container did not start or stop in time", UNKNOWN, "try again; make the image smaller if it happens again"
    ),
    "start-failed": Cause("the task failed to start", UNKNOWN, "read the reason that AWS gives"),
}
"""By the code that a finding has."""
