"""The line to change where what a container is given before it starts cannot be had: secrets, parameters, files, roles."""

from __future__ import annotations

from collections.abc import Iterator

from generator.aws.diagnose.case import Blame, Case
from generator.aws.diagnose.images import blame_role
from generator.ecs.references import SUFFIX
from generator.model.findings import HERE, Fact, Path
from generator.model.nodes import Value

REGION = 3
KEY = 7
"""Where the region and the key of a secret stand among the parts of a reference."""


def list_references(document: Value) -> Iterator[tuple[Path, str]]:
    """List what refers to secrets and parameters: for variables, for log drivers, for registries."""
    for index, container in enumerate(document.get("containerDefinitions", ())):
        place: Path = ("containerDefinitions", index)
        logging = container.get("logConfiguration", {})
        for path, secrets in (
            ((*place, "secrets"), container.get("secrets", ())),
            ((*place, "logConfiguration", "secretOptions"), logging.get("secretOptions", ())),
        ):
            for number, secret in enumerate(secrets):
                if "valueFrom" in secret:
                    yield (*path, number, "valueFrom"), secret["valueFrom"]
        if registry := container.get("repositoryCredentials", {}).get("credentialsParameter"):
            yield (*place, "repositoryCredentials", "credentialsParameter"), registry


def find_reference(case: Case, arn: str = "", key: str = "") -> tuple[Path, str]:
    """Find the reference that a reason is about: by the secret or parameter it names, or by the key; the only one, where none is named."""
    references = list(list_references(case.document))
    for path, text in references:
        parts = text.split(":")
        if key and key in parts[KEY : KEY + 1] and (not arn or refers_to(text, arn)):
            return path, text
    if not key:
        named = [(path, text) for path, text in references if arn and refers_to(text, arn)]
        if named or len(references) == 1:
            return (named or references)[0]
    return (), arn


def refers_to(text: str, said: str) -> bool:
    """Whether a reference means what AWS names, whatever key follows and however it is spelt."""
    one, other = name_resource(text), name_resource(said)
    return one == other or cut_suffix(one) == other or one == cut_suffix(other)


def name_resource(text: str) -> str:
    """Name the secret or parameter that a text refers to: a secret by its ARN, a parameter by its name."""
    if ":parameter/" in text or not text.startswith("arn:"):
        return text.rpartition(":parameter")[2].lstrip("/")
    return ":".join(text.split(":")[:KEY])


def cut_suffix(arn: str) -> str:
    """Cut off what Secrets Manager adds to the name of a secret."""
    found = SUFFIX.search(arn) if ":secret:" in arn else None
    return arn[: found.start()] if found else arn


def blame_secret(case: Case) -> Blame:
    path, text = find_reference(case, case.find_detail("arn"))
    state = "is marked for deletion" if "marked for deletion" in case.failure.said else "does not exist"
    return Blame(path, f"{spell(path, text, 'a secret')}, and that secret {state}")


def blame_key(case: Case) -> Blame:
    """Blame the reference to a key; the reason names the key, but not the secret."""
    key = case.find_detail("key")
    path, text = find_reference(case, key=key)
    if not path:
        return Blame((), f"a secret has no key `{key}`, and this task definition asks for none of that name")
    return Blame(path, f"`{HERE}` is `{text}`, and that secret has no key `{key}`")


def blame_text(case: Case) -> Blame:
    """Blame the reference with a key to a secret that is no JSON, as far as there is only one with a key."""
    keyed = [(path, text) for path, text in list_references(case.document) if any(text.split(":")[KEY : KEY + 1])]
    path, text = keyed[0] if len(keyed) == 1 else ((), "")
    if not path:
        facts = tuple(Fact(f"`{HERE}` asks for a key", where) for where, _ in keyed)
        return Blame((), "a secret of which a key is asked for is no JSON", facts)
    return Blame(path, f"`{HERE}` is `{text}`, and that secret is no JSON, so it has no keys")


def blame_version(case: Case) -> Blame:
    path, text = find_reference(case, case.find_detail("arn"))
    version = case.find_detail("version")
    return Blame(path, f"{spell(path, text, 'a secret')}, and that secret has no value of `{version}`")


def blame_form(case: Case) -> Blame:
    path, text = find_reference(case, case.find_detail("arn"))
    return Blame(path, f"{spell(path, text, 'a secret')}, which is not the ARN of a secret")


def blame_parameter(case: Case) -> Blame:
    name = case.find_detail("name")
    path, text = find_reference(case, name)
    return Blame(path, f"{spell(path, text, 'a parameter')}, and there is no such parameter")


def blame_permission(case: Case) -> Blame:
    """Blame the execution role, and say what refers to that which it may not read."""
    action, arn = case.find_detail("action"), case.find_detail("arn")
    path, text = find_reference(case, arn) if arn else ((), "")
    facts = (Fact(f"`{HERE}` is `{text}`", path),) if path else ()
    action = action or (
        "ssm:GetParameters" if case.failure.cause == "parameter-access" else "secretsmanager:GetSecretValue"
    )
    what = "has no access to the KMS key" if action == "Access to KMS" else f"may not call `{action}`"
    return blame_role(case, what, facts)


def blame_unread(case: Case) -> Blame:
    """Blame the credentials of a registry where the reason is about them, and else the role."""
    registries = [(path, text) for path, text in list_references(case.document) if path[-1] == "credentialsParameter"]
    if "registry auth from asm" in case.failure.said and len(registries) == 1:
        path, text = registries[0]
        return Blame(path, f"`{HERE}` is `{text}`, which cannot be read", help=HELP_REGISTRY)
    return blame_role(case, "may not be able to read a secret or parameter", ())


def blame_file(case: Case) -> Blame:
    """Blame the environment file, if there is only one."""
    files: list[tuple[Path, str]] = [
        (("containerDefinitions", index, "environmentFiles", number, "value"), file["value"])
        for index, container in enumerate(case.document.get("containerDefinitions", ()))
        for number, file in enumerate(container.get("environmentFiles", ()))
        if "value" in file
    ]
    if not files:
        return Blame((), "an environment file cannot be read from S3")
    path, text = files[0]
    facts = tuple(Fact(f"or `{HERE}`", other) for other, _ in files[1:])
    return Blame(path, f"`{HERE}` is `{text}`, which cannot be read", facts)


def blame_service(case: Case) -> Blame:
    """Blame nothing here: the task cannot reach an AWS service."""
    said = case.failure.said
    found = find_elsewhere(case)
    if found:
        path, text, region = found
        message = f"`{HERE}` is `{text}`, in another region than the task, and the task cannot reach {region}"
        return Blame(path, message, help="name the copy in the task's own region, or give its subnets a way there")
    stores = {
        "from asm": "AWS Secrets Manager",
        "from ssm": "AWS Systems Manager Parameter Store",
        "env files": "Amazon S3",
        "ecr registry auth": "Amazon ECR",
        "logger args": "Amazon CloudWatch",
    }
    named = next((name for words, name in stores.items() if words in said), "an AWS service")
    what = f"the task cannot reach {case.find_detail('service') or named}, which it needs in order to start"
    return Blame((), what, outside=True)


def find_elsewhere(case: Case) -> tuple[Path, str, str] | None:
    """Find the secret or parameter that the reason names and that is in another region than the task."""
    task = case.failure.task
    own = task.arn.split(":")[REGION] if task and task.arn.count(":") > REGION else ""
    for path, text in list_references(case.document):
        parts = text.split(":")
        named = text.startswith("arn:") and ":".join(parts[:KEY]) in case.failure.said
        if own and named and parts[REGION] != own:
            return path, text, parts[REGION]
    return None


def blame_trust(case: Case) -> Blame:
    """Blame the role that ECS cannot assume: the one whose ARN it names."""
    arn = case.find_detail("arn")
    document = case.document
    roles = [each for each in ("taskRoleArn", "executionRoleArn") if each in document]
    same = [each for each in roles if is_role(document[each], arn)]
    if not same:
        what = f"role `{arn}`" if arn else "a role of the task"
        return Blame((), f"ECS cannot assume {what}", tuple(Fact(f"`{HERE}` is set", (each,)) for each in roles))
    facts = tuple(Fact(f"so is `{HERE}`", (each,)) for each in same[1:])
    return Blame((same[0],), f"`{HERE}` is `{document[same[0]]}`, which ECS cannot assume", facts)


def is_role(written: str, arn: str) -> bool:
    """Whether a role is meant, which may be written by its name alone."""
    return written == arn or (not written.startswith("arn:") and arn.endswith(f":role/{written.lstrip('/')}"))


HELP_REGISTRY = (
    "check that the secret exists, that the execution role may read it, and that the task reaches Secrets Manager"
)


def blame_absent_role(case: Case) -> Blame:
    purpose = case.find_detail("purpose")
    role = case.document.get("executionRoleArn")
    if role and not purpose:
        help = "on instances, let the agent use it: `ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true`"
        return Blame(
            ("executionRoleArn",), f"`{HERE}` is `{role}`, and the log driver has no credentials from it", help=help
        )
    what = f"`{purpose}` of Fargate needs one" if purpose else "the log driver has no credentials without one"
    return Blame(("executionRoleArn",), f"`{HERE}` is not set, and {what}", missing="executionRoleArn")


def spell(path: Path, text: str, noun: str) -> str:
    return f"`{HERE}` is `{text}`" if path else f"{noun} is `{text}`" if text else f"{noun} is asked for"
