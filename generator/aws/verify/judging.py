"""What follows from answers: whether a thing is as its reference needs it, and what to tell where it is not. Asks nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from generator.aws.demands import find_unmet
from generator.aws.verify.questions import (
    AccessPoint,
    Answer,
    Home,
    Image,
    Keys,
    Missing,
    Present,
    Reference,
    Role,
    Secret,
    Service,
    Unknown,
    Verdict,
)
from generator.aws.verify.trusting import PRINCIPAL, judge_trust
from generator.model.findings import HERE, Fact, Problem, did_you_mean
from generator.model.nodes import Value

T = TypeVar("T")

CONTROLLERS = {
    "CODE_DEPLOY": "CodeDeploy deploys it, and `taskdef deploy` cannot",
    "EXTERNAL": "a controller outside of ECS deploys it, and `taskdef deploy` cannot",
}
"""By what deploys a service instead of ECS: what there is to know about it."""

CURRENT = "AWSCURRENT"
"""The stage of a secret that is meant where none is named."""


def judge(reference: Reference, answer: Answer | None, document: Value, home: Home) -> Verdict:
    """Judge a reference by what AWS answered; None is that it was not worth asking, since something else is wrong already."""
    if reference.settled is not None:
        return reference.settled
    if answer is None:
        return Verdict("skipped", "there is nothing to look into")
    if isinstance(answer, Unknown):
        return leave_open(reference, answer)
    return JUDGES[reference.question.kind](reference, answer, document, home)


def leave_open(reference: Reference, answer: Unknown) -> Verdict:
    """State what AWS did not tell; beside it, for those who want to know, all that it said."""
    message = f"{reference.label} could not be checked: {answer.said or answer.reason}"
    return Verdict("unknown", answer.reason, (Problem("unknown", reference.path, message, help=answer.help),))


def report(reference: Reference, code: str, message: str, *facts: Fact, help: str | None = None) -> Verdict:
    return Verdict("wrong", code, (Problem(code, reference.path, message, facts, help),))


def expect(answer: Answer, kind: type[T]) -> T:
    """State what an answer is, which its question decides."""
    assert isinstance(answer, kind), answer
    return answer


def name_where(region: str, account: str = "") -> str:
    """State where something is not."""
    return f"account {account} in {region}" if account else region or "this region"


# Roles.


def judge_role(reference: Reference, answer: Answer, _: Value, home: Home) -> Verdict:
    name = reference.question.name
    if isinstance(answer, Missing):
        message = f"`{HERE}` names role `{name}`, and account {reference.question.account} has none of this name"
        return report(reference, "role-missing", message, help="create it, or name another role")
    role = expect(answer, Role)
    if not role.arn.endswith(reference.arn):
        message = f"`{HERE}` names role `{name}` by another path than it has"
        fact = Fact(f"it is `{role.arn}`")
        return report(reference, "role-path", message, fact, help=f"write `{role.arn}`")
    if role.policy is None:
        return Verdict("unknown", "its trust policy is no JSON")
    trust = judge_trust(role.policy, home)
    if not trust.given:
        message = f"`{HERE}` is role `{name}`, which `{PRINCIPAL}` may not assume"
        help = f"allow `{PRINCIPAL}` to do `sts:AssumeRole` in its trust policy"
        return report(reference, "role-trust", message, Fact(trust.reason), help=help)
    return Verdict("ok")


# Images.


def judge_image(reference: Reference, answer: Answer, document: Value, _: Home) -> Verdict:
    question, wanted = reference.question, reference.platform
    kind = "digest" if question.part.startswith("sha256:") else "tag"
    if isinstance(answer, Missing):
        lacks = f"repository `{question.name}` has no {kind} `{question.part}`"
        if answer.what == "repository":
            lacks = f"{name_where(question.region, question.account)} has no repository `{question.name}`"
        help = "push the image, or name one that is there"
        return report(reference, "image-missing", f"there is no image for `{HERE}`: {lacks}", help=help)
    image = expect(answer, Image)
    if image.archived:
        message = f"the image of `{HERE}` is archived, and cannot be pulled"
        return report(reference, "image-archived", message, help="restore it in ECR")
    if not wanted:
        return Verdict("ok")
    if image.denied is not None:
        return leave_open(reference, image.denied._replace(reason=f"it is there, but {image.denied.reason}"))
    if not image.platforms:
        return Verdict("ok", f"for which platform is unknown: {image.why}")
    if wanted in image.platforms:
        return Verdict("ok", f"for {wanted}")
    there = " and ".join(f"`{each}`" for each in image.platforms)
    message = f"the image of `{HERE}` is for {there}, and the task runs on `{wanted}`"
    help = f"build it for `{wanted}`, or change `runtimePlatform`"
    return report(reference, "image-platform", message, find_platform_fact(document), help=help)


def find_platform_fact(document: Value) -> Fact:
    """State what decides on the platform of a task."""
    platform = document.get("runtimePlatform", {})
    for member in ("cpuArchitecture", "operatingSystemFamily"):
        if member in platform:
            return Fact(f"`{HERE}` is `{platform[member]}`", ("runtimePlatform", member))
    return Fact("a task on Fargate without `runtimePlatform` runs on `linux/amd64`")


# Secrets and parameters.


def judge_secret(reference: Reference, answer: Answer, _: Value, __: Home) -> Verdict:
    named, version = f"secret `{reference.name}`", reference.question.part
    if isinstance(answer, Missing):
        message = f"`{HERE}` names {named}, which is not in {name_where(reference.question.region)}"
        return report(reference, "secret-missing", message, help="create it, or name another secret")
    secret = expect(answer, Secret)
    if secret.deleted_at:
        message = f"`{HERE}` names {named}, which is to be deleted on {secret.deleted_at[:10]} and cannot be read"
        return report(reference, "secret-deleted", message, help="restore it, or name another secret")
    versions = dict(secret.versions)
    if version:
        if version in versions:
            return Verdict("ok", "" if versions[version] else "no stage is left on it, so it may go any time")
        message = f"`{HERE}` asks for version `{version}` of {named}, which has none of this id"
        return report(reference, "secret-version-missing", message, help="name a stage instead, or a version it has")
    stages = [stage for held in versions.values() for stage in held]
    if (reference.stage or CURRENT) in stages:
        return Verdict("ok")
    if not stages:
        message = f"`{HERE}` names {named}, which has no value yet"
        return report(reference, "secret-version-missing", message, help="put a value into it")
    message = f"`{HERE}` asks for stage `{reference.stage or CURRENT}` of {named}, which no version of it has"
    fact = Fact(f"it has {', '.join(f'`{stage}`' for stage in stages)}")
    return report(reference, "secret-version-missing", message, fact, help="name a stage that it has")


def judge_keys(reference: Reference, answer: Answer, _: Value, __: Home) -> Verdict:
    named = f"secret `{reference.name}`"
    if isinstance(answer, Missing):
        return Verdict("skipped", "there is nothing to look into")
    names = expect(answer, Keys).names
    message = f"`{HERE}` asks for key `{reference.key}` of {named}"
    if names is None:
        message = f"{message}, whose value is no JSON object"
        help = "put a JSON object into it, or take the secret whole, without a key"
        return report(reference, "secret-key-missing", message, help=help)
    if reference.key in names:
        return Verdict("ok")
    near = did_you_mean(reference.key, names)
    facts = (Fact(f"it has `{near}`"),) if near else ()
    help = "add it to the secret, or ask for a key that is there"
    return report(reference, "secret-key-missing", f"{message}, which does not have it", *facts, help=help)


def judge_parameter(reference: Reference, answer: Answer, _: Value, __: Home) -> Verdict:
    if isinstance(answer, Missing):
        where = name_where(reference.question.region)
        message = f"`{HERE}` names parameter `{reference.name}`, which is not in {where}"
        return report(reference, "parameter-missing", message, help="create it, or name another parameter")
    return Verdict("ok")


# Logs, files, file systems.


def judge_log_group(reference: Reference, answer: Answer, _: Value, __: Home) -> Verdict:
    if isinstance(answer, Missing):
        where = name_where(reference.question.region)
        message = f"`{HERE}` is `{reference.name}`, and {where} has no such log group"
        help = "create it, or set `awslogs-create-group` to `true`, which takes `logs:CreateLogGroup`"
        return report(reference, "log-group-missing", message, help=help)
    return Verdict("ok")


def judge_file(reference: Reference, answer: Answer, _: Value, __: Home) -> Verdict:
    bucket, key = reference.question.name, reference.question.part
    if isinstance(answer, Missing):
        message = f"`{HERE}` names `{key}` in bucket `{bucket}`, which is not there"
        return report(reference, "environment-file-missing", message, help="put it there, or name another object")
    return Verdict("ok")


def judge_file_system(reference: Reference, answer: Answer, _: Value, __: Home) -> Verdict:
    if isinstance(answer, Missing):
        where = name_where(reference.question.region)
        message = f"`{HERE}` is `{reference.question.name}`, and {where} has no such file system"
        return report(reference, "file-system-missing", message, help="create it, or name another one")
    return Verdict("ok")


def judge_access_point(reference: Reference, answer: Answer, _: Value, __: Home) -> Verdict:
    point = reference.question.name
    if isinstance(answer, Missing):
        where = name_where(reference.question.region)
        message = f"`{HERE}` is `{point}`, and {where} has no such access point"
        return report(reference, "access-point-missing", message, help="create it, or name another one")
    system = expect(answer, AccessPoint).file_system
    if system != reference.name:
        message = (
            f"`{HERE}` is `{point}`, which leads into file system `{system}`, and the volume is `{reference.name}`"
        )
        return report(reference, "access-point-elsewhere", message, help="name both of the same file system")
    return Verdict("ok")


# Clusters and services.


def judge_cluster(reference: Reference, answer: Answer, _: Value, __: Home) -> Verdict:
    name = reference.question.name
    if isinstance(answer, Missing):
        where = name_where(reference.question.region)
        return report(
            reference, "cluster-missing", f"{where} has no cluster `{name}`", help="create it, or name another"
        )
    status = expect(answer, Present).status
    if status != "ACTIVE":
        message = f"cluster `{name}` is {status}, and tasks run in one that is ACTIVE"
        return report(reference, "cluster-inactive", message)
    return Verdict("ok")


def judge_service(reference: Reference, answer: Answer, document: Value, _: Home) -> Verdict:
    name, cluster = reference.question.name, reference.question.part
    if isinstance(answer, Missing):
        message = f"cluster `{cluster}` has no service `{name}`"
        return report(reference, "service-missing", message, help="create it, or name another")
    service = expect(answer, Service)
    if service.status != "ACTIVE":
        message = (
            f"service `{name}` in cluster `{cluster}` is {service.status}, and only one that is ACTIVE can be updated"
        )
        return report(reference, "service-inactive", message)
    problems = tuple(find_unmet(service.needs, document))
    if problems:
        return Verdict("wrong", problems[0].code, problems)
    if service.denied is not None:
        return leave_open(reference, service.denied._replace(reason=f"it is there, but {service.denied.reason}"))
    return Verdict("ok", CONTROLLERS.get(service.controller, ""))


JUDGES: dict[str, Callable[[Reference, Answer, Value, Home], Verdict]] = {
    "role": judge_role,
    "image": judge_image,
    "secret": judge_secret,
    "keys": judge_keys,
    "parameter": judge_parameter,
    "log group": judge_log_group,
    "environment file": judge_file,
    "file system": judge_file_system,
    "access point": judge_access_point,
    "cluster": judge_cluster,
    "service": judge_service,
}
"""Who judges which kind of thing."""
