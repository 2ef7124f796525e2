"""What is there in an account, asked a thing at a time and several at once. Only reads, keeps no value of a secret, and judges nothing.

What AWS denies, throttles to the end or cannot be reached for is an answer: unknown. Only anyone who cannot ask at all gets an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from json import loads
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.aws.calls.errors import THROTTLED, UNKNOWN, AwsError
from generator.aws.calls.needs import find_protocols, find_target_types, read_needs
from generator.aws.calls.revisions import format_time
from generator.aws.verify.questions import (
    AccessPoint,
    Answer,
    Image,
    Keys,
    Missing,
    Present,
    Question,
    Role,
    Secret,
    Service,
    Unknown,
)
from generator.model.nodes import Value

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients

AT_ONCE = 8
"""Requests that are under way at the same time; fewer than the connections that botocore keeps, which are 10."""

MOST_PARAMETERS = 10
"""Parameters that one request can ask for. Source: the model of `GetParameters` in botocore 1.44.5."""

MOST_VERSIONS = 100
"""Versions that one request lists, and about as many as a secret can have. Source: the quotas of Secrets Manager, read 2026-11-26."""

ABSENT = frozenset(
    (
        "404", "AccessPointNotFound", "FileSystemNotFound", "ImageNotFoundException", "NoSuchBucket", "NoSuchEntity", "NoSuchKey",
        "ResourceNotFoundException",
    )
)  # fmt: skip
"""Error codes by which AWS says that a thing is not there; the first is what S3 says to a HEAD, which has no body."""

FORBIDDEN = "403"
"""What S3 says to a HEAD that is denied."""

INDEXES = ("application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json")
"""Manifests that name a platform for each image in them. Any other leaves that to a file of its own, its configuration."""

ROOT = "ROOT"
"""The prefix of a pull-through cache rule that is for all repositories."""

Asked = list[tuple[Question, Answer]]


def ask_all(clients: Clients, questions: Iterable[Question]) -> dict[Question, Answer]:
    """Ask about each of some things once, several at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = pool.map(lambda job: job(), list_jobs(clients, list(dict.fromkeys(questions))))
        return {question: answer for answers in asked for question, answer in answers}


def list_jobs(clients: Clients, questions: list[Question]) -> Iterator[Callable[[], Asked]]:
    """List what there is to do, each for one thing; parameters are asked for by the ten."""
    by_region: dict[str, list[Question]] = {}
    for question in questions:
        if question.kind == "parameter":
            by_region.setdefault(question.region, []).append(question)
        else:
            yield partial(ask, clients, question)
    for together in by_region.values():
        for start in range(0, len(together), MOST_PARAMETERS):
            yield partial(find_parameters, clients, together[start : start + MOST_PARAMETERS])


def ask(clients: Clients, question: Question) -> Asked:
    """Ask about one thing."""
    try:
        return [(question, LOOKUPS[question.kind](clients, question))]
    except AwsError as error:
        return [(question, Missing() if error.code in ABSENT else leave_open(error))]


def leave_open(error: AwsError) -> Unknown:
    """Take a failure for an answer, unless it would be that of every other request too."""
    if error.expired or error.absent or error.code in UNKNOWN:
        raise error
    told = (state_reason(error), str(error), error.help or "")
    reason, said, help = map(name_actions, told)
    return Unknown(reason, said, help or None)


def name_actions(text: str) -> str:
    """Call operations as IAM does."""
    return text.replace("`efs:", "`elasticfilesystem:").replace("`elbv2:", "`elasticloadbalancing:")


def state_reason(error: AwsError) -> str:
    """Say in a few words why AWS did not tell."""
    if error.denied:
        return f"AWS denies `{error.operation}`"
    if error.code in THROTTLED:
        return f"AWS throttles `{error.operation}`"
    return str(error)


# IAM.


def find_role(clients: Clients, question: Question) -> Answer:
    role = clients.call("iam", "GetRole", RoleName=question.name).get("Role", {})
    if "Arn" not in role:
        return Unknown("IAM does not report its ARN")
    return Role(role["Arn"], read_policy(role.get("AssumeRolePolicyDocument")))


def read_policy(given: Value) -> Value:
    """Read a policy: botocore has taken it apart, or it is JSON in the encoding of addresses, as IAM sends it."""
    if not isinstance(given, str):
        return given
    try:
        return loads(unquote(given))
    except ValueError:
        return None


# ECR.


def find_image(clients: Clients, question: Question) -> Answer:
    """Find an image, and which platforms it is for.

    It is described first: BatchGetImage counts as a pull and makes a pull-through cache fetch what it does not have. Asked by digest,
    for what is there, it does not.
    """
    call = partial(
        clients.call, "ecr", region=question.region, registryId=question.account, repositoryName=question.name
    )
    kind = "imageDigest" if question.part.startswith("sha256:") else "imageTag"
    try:
        details = call("DescribeImages", imageIds=[{kind: question.part}]).get("imageDetails", [])
    except AwsError as error:
        if error.code == "RepositoryNotFoundException":
            return find_cache_rule(clients, question) or Missing("repository")
        if error.code == "ImageNotFoundException":
            return find_cache_rule(clients, question) or Missing()
        raise
    if not details:
        return Missing()
    if details[0].get("imageStatus") == "ARCHIVED":
        return Image(archived=True)
    digest = details[0].get("imageDigest")
    if details[0].get("imageManifestMediaType") not in INDEXES or not digest:
        return Image(why="its one manifest does not name a platform")
    try:
        answer = call("BatchGetImage", imageIds=[{"imageDigest": digest}], acceptedMediaTypes=[*INDEXES])
    except AwsError as error:
        return Image(denied=leave_open(error))
    images = answer.get("images", ())
    return Image(
        read_platforms(images[0].get("imageManifest", "")) if images else (), "its index does not name a platform"
    )


def read_platforms(manifest: str) -> tuple[str, ...]:
    """Read the platforms of an index; what is for none, like attestations, says `unknown`."""
    try:
        listed = loads(manifest)["manifests"]
        platforms = [each["platform"] for each in listed if "platform" in each]
        named = [f"{platform['os']}/{platform['architecture']}" for platform in platforms]
    except (ValueError, KeyError, TypeError):
        return ()
    return tuple(dict.fromkeys(each for each in named if "unknown" not in each))


def find_cache_rule(clients: Clients, question: Question) -> Unknown | None:
    """Find the rule by which ECR fetches an image that it does not have from another registry, when it is pulled.

    Such repositories have a prefix; that one without is for a rule of the root is too rare to ask each time.
    """
    if "/" not in question.name:
        return None
    try:
        rules = clients.list(
            "ecr",
            "DescribePullThroughCacheRules",
            "pullThroughCacheRules",
            region=question.region,
            registryId=question.account,
        )
    except AwsError as error:
        leave_open(error)
        return None
    for rule in rules:
        prefix = rule.get("ecrRepositoryPrefix", "")
        if prefix == ROOT or question.name.startswith(f"{prefix}/"):
            return Unknown(f"it is not in ECR yet, and pull-through cache rule `{prefix}` may fetch it")
    return None


# Secrets Manager and Systems Manager.


def find_secret(clients: Clients, question: Question) -> Answer:
    """Find a secret and its versions; those that have no stage any more are listed elsewhere, and may go any time."""
    call = partial(clients.call, "secretsmanager", region=question.region, SecretId=question.name)
    described = call("DescribeSecret")
    versions = {version: tuple(stages) for version, stages in (described.get("VersionIdsToStages") or {}).items()}
    if question.part and question.part not in versions:
        listed = call("ListSecretVersionIds", IncludeDeprecated=True, MaxResults=MOST_VERSIONS).get("Versions", ())
        versions = {each.get("VersionId", ""): tuple(each.get("VersionStages", ())) for each in listed}
    return Secret(tuple(versions.items()), format_time(described.get("DeletedDate")))


def find_keys(clients: Clients, question: Question) -> Answer:
    """Find the names in a secret that is a JSON object. Its value goes no further than this function."""
    which = {"VersionId": question.part, "VersionStage": question.stage}
    given = {name: value for name, value in which.items() if value}
    answer = clients.call("secretsmanager", "GetSecretValue", region=question.region, SecretId=question.name, **given)
    try:
        value = loads(answer.get("SecretString", ""))
    except (ValueError, RecursionError):
        return Keys(None)
    return Keys(tuple(value) if isinstance(value, dict) else None)


def find_parameters(clients: Clients, questions: list[Question]) -> Asked:
    """Find which of some parameters of a region there are, as ECS asks for them, but without having them decrypted.

    Where one of them is denied, so are all; then each is asked for alone.
    """
    names = [question.name for question in questions]
    region = questions[0].region
    try:
        answer = clients.call("ssm", "GetParameters", region=region, Names=names, WithDecryption=False)
    except AwsError as error:
        if error.denied and len(questions) > 1:
            return [each for question in questions for each in find_parameters(clients, [question])]
        unknown = leave_open(error)
        return [(question, unknown) for question in questions]
    absent = frozenset(answer.get("InvalidParameters", ()))
    return [(question, Missing() if question.name in absent else Present()) for question in questions]


# Logs, S3, EFS.


def find_log_group(clients: Clients, question: Question) -> Answer:
    """Find a log group. They come in the order of their names, so that of this name is among the first that begin with it."""
    answer = clients.call("logs", "DescribeLogGroups", region=question.region, logGroupNamePrefix=question.name)
    names = [group.get("logGroupName") for group in answer.get("logGroups", ())]
    return Present() if question.name in names else Missing()


def find_object(clients: Clients, question: Question) -> Answer:
    """Find an object. Anyone who may not list the bucket is denied what is not there too."""
    try:
        clients.call("s3", "HeadObject", Bucket=question.name, Key=question.part)
    except AwsError as error:
        if error.code == FORBIDDEN:
            help = "this needs `s3:GetObject`, and `s3:ListBucket` to tell a missing object from a denied one"
            return Unknown(f"AWS denies `{error.operation}`", help=help)
        raise
    return Present()


def find_file_system(clients: Clients, question: Question) -> Answer:
    clients.call("efs", "DescribeFileSystems", region=question.region, FileSystemId=question.name)
    return Present()


def find_access_point(clients: Clients, question: Question) -> Answer:
    answer = clients.call("efs", "DescribeAccessPoints", region=question.region, AccessPointId=question.name)
    points = answer.get("AccessPoints", [])
    return AccessPoint(points[0].get("FileSystemId", "")) if points else Missing()


# ECS.


def find_cluster(clients: Clients, question: Question) -> Answer:
    clusters = clients.call("ecs", "DescribeClusters", region=question.region, clusters=[question.name]).get("clusters")
    return Present(clusters[0].get("status", "")) if clusters else Missing()


def find_service(clients: Clients, question: Question) -> Answer:
    """Find a service. That there is no such cluster is for the cluster's own question to tell."""
    try:
        answer = clients.call(
            "ecs", "DescribeServices", region=question.region, cluster=question.part, services=[question.name]
        )
    except AwsError as error:
        if error.code == "ClusterNotFoundException":
            return Unknown(f"there is no cluster `{question.part}`")
        raise
    if not answer.get("services"):
        return Missing()
    service = answer["services"][0]
    needs, denied = read_needs(service, question.name), None
    for complete in (partial(find_protocols, revision=service.get("taskDefinition", "")), find_target_types):
        try:
            needs = complete(clients, needs=needs, region=question.region)
        except AwsError as error:
            denied = leave_open(error)
    controller = (service.get("deploymentController") or {}).get("type", "ECS")
    return Service(service.get("status", ""), needs, controller, denied)


LOOKUPS: dict[str, Callable[[Clients, Question], Answer]] = {
    "role": find_role,
    "image": find_image,
    "secret": find_secret,
    "keys": find_keys,
    "log group": find_log_group,
    "environment file": find_object,
    "file system": find_file_system,
    "access point": find_access_point,
    "cluster": find_cluster,
    "service": find_service,
}
"""What finds which kind of thing; parameters are found together."""
