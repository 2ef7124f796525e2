"""Which things in an account a task definition refers to, each with its path. Judges no spelling: that is for the rules."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws.verify.questions import Home, Question, Reference, Verdict
from generator.ecs.logging import TRUE
from generator.ecs.references import (
    BARE_ROLE,
    ECR_PARTS,
    OBJECT_ARN,
    PARAMETER_ARN,
    PARAMETER_NAME,
    ROLE_ARN,
    SECRET_ARN,
)
from generator.model.findings import Path, Problem
from generator.model.nodes import Value
from generator.rules.images import split_tag
from generator.rules.task import Task, find_references, read_task

ARCHITECTURES = {"X86_64": "amd64", "ARM64": "arm64"}
"""What ECS and what images call the same processor."""

DEFAULT_CLUSTER = "default"
"""Source: the members of `DescribeServices` in botocore 1.44.5."""

NO_KEYS = Verdict("skipped", "`--secret-keys` would look")
MADE_BY_TASK = Verdict("skipped", "the task makes it")


def list_references(document: Value, home: Home, *, keys: bool = False) -> tuple[Reference, ...]:
    """List what a document refers to, in its order. With `keys` the keys of secrets are to be looked at too."""
    task = read_task(document)
    owned = (each for path, container in task.containers for each in find_own(task, path, container, home, keys=keys))
    return (*find_roles(task, home), *owned, *find_file_systems(task, home))


def find_own(task: Task, path: Path, container: Value, home: Home, *, keys: bool) -> Iterator[Reference]:
    """Find what one container refers to."""
    if container.get("image"):
        yield refer_to_image((*path, "image"), container["image"], find_platform(task))
    yield from find_registry_secret(path, container, home)
    for where, text in find_references(path, container):
        yield from find_secret(where, text, home, keys=keys)
    yield from find_log_group(path, container, home)
    for index, file in enumerate(container.get("environmentFiles", ())):
        yield from find_object((*path, "environmentFiles", index, "value"), file.get("value", ""))


def name_place(region: str, home: Home) -> str:
    """Name the region of a thing where it is not the environment's own."""
    return f" in {region}" if region != home.region else ""


# Roles.


def find_roles(task: Task, home: Home) -> Iterator[Reference]:
    """Find the roles of a task. A bare name is one of the account's own."""
    for member in ("taskRoleArn", "executionRoleArn"):
        text = task.document.get(member) or ""
        if ROLE_ARN.fullmatch(text):
            account = text.split(":")[4]
            name = text.rpartition("/")[2]
            settled = None
            if home.account and account != home.account:
                settled = settle((member,), f"role `{name}`", f"it is in account {account}")
            yield Reference(f"role {name}", (member,), Question("role", name, account=account), settled, arn=text)
        elif BARE_ROLE.fullmatch(text):
            name = text.rpartition("/")[2]
            arn = f":role/{text.lstrip('/')}"
            yield Reference(f"role {name}", (member,), Question("role", name, account=home.account), arn=arn)


def settle(path: Path, what: str, reason: str) -> Verdict:
    """Report that something cannot be looked at; beside it a note, for those who want to know."""
    message = f"{what} could not be checked: {reason}"
    return Verdict("unknown", reason, (Problem("unknown", path, message),))


# Images.


def refer_to_image(path: Path, image: str, platform: str) -> Reference:
    """Refer to an image. Only ECR is asked; others would take credentials, or count pulls."""
    name, _, digest = image.partition("@")
    repository, tag = split_tag(name)
    parts = ECR_PARTS.fullmatch(repository)
    if parts is None:
        settled = settle(path, f"image `{image}`", "its registry is not in ECR")
        return Reference(f"image {image}", path, Question("image", image), settled)
    account, region, repository = parts.groups()
    question = Question("image", repository, region, account, digest or tag or "latest")
    return Reference(f"image {image}", path, question, platform=platform)


def find_platform(task: Task) -> str:
    """Find what the images of a task have to run on: empty if it may be anything, as on machines that nobody names."""
    platform = task.document.get("runtimePlatform", {})
    architecture, family = platform.get("cpuArchitecture"), platform.get("operatingSystemFamily", "")
    if not task.fargate and not architecture:
        return ""
    system = "windows" if family.startswith("WINDOWS") else "linux"
    return f"{system}/{ARCHITECTURES.get(architecture or 'X86_64', '')}"


# Secrets and parameters.


def find_registry_secret(path: Path, container: Value, home: Home) -> Iterator[Reference]:
    """Find the secret with which a private registry is opened: an ARN, or the name of a secret in the same region."""
    text = container.get("repositoryCredentials", {}).get("credentialsParameter") or ""
    if text and (not text.startswith("arn:") or SECRET_ARN.fullmatch(text)):
        where = (*path, "repositoryCredentials", "credentialsParameter")
        yield from refer_to_secret(where, text, ("", "", ""), home, keys=False)


def find_secret(path: Path, text: str, home: Home, *, keys: bool) -> Iterator[Reference]:
    """Find what a `valueFrom` names: a secret, a key of it, or a parameter, whose bare name is one in the same region."""
    parts = text.split(":")
    secret = ":".join(parts[:7])
    if SECRET_ARN.fullmatch(secret):
        key, stage, version = (*parts[7:], "", "", "")[:3]
        yield from refer_to_secret(path, secret, (key, stage, version), home, keys=keys)
    elif PARAMETER_ARN.fullmatch(text):
        name = text.partition(":parameter")[2]
        label = f"parameter {name}{name_place(parts[3], home)}"
        yield Reference(label, path, Question("parameter", text, parts[3]), name=name)
    elif PARAMETER_NAME.fullmatch(text):
        yield Reference(f"parameter {text}", path, Question("parameter", text, home.region), name=text)


def refer_to_secret(
    path: Path, secret: str, parts: tuple[str, str, str], home: Home, *, keys: bool
) -> Iterator[Reference]:
    """Refer to a secret, to one version of it, and to a key in that."""
    key, stage, version = parts
    arn = secret.split(":")
    name, region = (arn[6], arn[3]) if len(arn) == 7 else (secret, home.region)
    wanted = f"version {version} of " if version else f"stage {stage} of " if stage else ""
    label = f"{wanted}secret {name}{name_place(region, home)}"
    question = Question("secret", secret, region, part=version)
    yield Reference(label, path, question, name=name, stage=stage)
    if key:
        inside = question._replace(kind="keys", stage=stage)
        settled = None if keys else NO_KEYS
        yield Reference(f"key {key} of {label}", path, inside, settled, name=name, stage=stage, key=key)


# Logs, files, file systems.


def find_log_group(path: Path, container: Value, home: Home) -> Iterator[Reference]:
    """Find the log group of a container. One that a secret names is not known."""
    logging = container.get("logConfiguration", {})
    options = logging.get("options", {})
    group = options.get("awslogs-group")
    if logging.get("logDriver") != "awslogs" or not group:
        return
    region = options.get("awslogs-region") or home.region
    settled = MADE_BY_TASK if options.get("awslogs-create-group") in TRUE else None
    where = (*path, "logConfiguration", "options", "awslogs-group")
    label = f"log group {group}{name_place(region, home)}"
    yield Reference(label, where, Question("log group", group, region), settled, name=group)


def find_object(path: Path, text: str) -> Iterator[Reference]:
    """Find an object in S3."""
    if OBJECT_ARN.fullmatch(text):
        bucket, _, key = text.split(":", 5)[5].partition("/")
        label = f"environment file s3://{bucket}/{key}"
        yield Reference(label, path, Question("environment file", bucket, part=key))


def find_file_systems(task: Task, home: Home) -> Iterator[Reference]:
    """Find the file systems in EFS that a task mounts, and the access points it takes into them."""
    for path, volume in task.volumes:
        efs = volume.get("efsVolumeConfiguration", {})
        system, point = efs.get("fileSystemId"), efs.get("authorizationConfig", {}).get("accessPointId")
        where = (*path, "efsVolumeConfiguration")
        if system:
            question = Question("file system", system, home.region)
            yield Reference(f"file system {system}", (*where, "fileSystemId"), question, name=system)
        if point:
            question = Question("access point", point, home.region)
            inner = (*where, "authorizationConfig", "accessPointId")
            yield Reference(f"access point {point}", inner, question, name=system or "")


# Where a task runs.


def refer_to_service(cluster: str, service: str, home: Home) -> Iterator[Reference]:
    """Refer to the cluster and service that a task is for, as far as these are known. ECS has a cluster for who names none."""
    if service and not cluster:
        cluster = DEFAULT_CLUSTER
    if cluster:
        yield Reference(f"cluster {cluster}", (), Question("cluster", cluster, home.region), setting="cluster")
    if service:
        question = Question("service", service, home.region, part=cluster)
        yield Reference(f"service {service} of cluster {cluster}", (), question, setting="service")
