"""References to secrets and parameters: `valueFrom` is spelt in a way from which a task can start. Suffixes are for `suffixes`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.references import PARAMETER_ARN, PARAMETER_NAME, SECRET_ARN, SECRET_PARTS, STAGES, USUAL_REFERENCE
from generator.model.findings import HERE, Change, Fact, Path, Problem
from generator.rules.task import Task, find_references

ARN_PARTS = 6
"""The parts between colons of the ARN of a parameter."""

SHAPES = "after `secret:` ECS accepts `NAME`, or `NAME:KEY:STAGE:VERSION`, where all but the name may be empty"


def check(task: Task) -> Iterator[Problem]:
    for path, container in task.containers:
        for where, text in find_references(path, container):
            if not USUAL_REFERENCE.fullmatch(text):
                yield from check_reference(where, text)


def check_reference(path: Path, text: str) -> Iterator[Problem]:
    parts = text.split(":")
    if parts[0] != "arn":
        if not PARAMETER_NAME.fullmatch(text):
            yield report_name(path, text)
    elif len(parts) > 2 and parts[2] == "secretsmanager":
        yield from check_secret(path, text, parts)
    elif not PARAMETER_ARN.fullmatch(text):
        yield report_arn(path, text, parts)
    elif len(parts) > ARN_PARTS:
        message = f"`{HERE}` names a version of a parameter, `{':'.join(parts[ARN_PARTS:])}`, and ECS reads the newest one only"
        newest = ":".join(parts[:ARN_PARTS])
        yield Problem("E510", path, message, help=f"write `{newest}`", change=Change("text", newest))


def check_secret(path: Path, text: str, parts: list[str]) -> Iterator[Problem]:
    """Check a reference to Secrets Manager."""
    if not SECRET_ARN.fullmatch(":".join(parts[:7])):
        message = f"`{HERE}` is `{text}`, which is not the ARN of a secret"
        yield Problem("E508", path, message, help="write `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME`")
    elif len(parts) not in SECRET_PARTS:
        whole = suggest_parts(parts)
        help, change = (f"write `{whole}`", Change("text", whole)) if whole else (None, None)
        yield Problem("E508", path, describe_parts(parts), (Fact(SHAPES),), help, change=change)
    elif len(parts) == 10 and parts[8] and parts[9]:
        message = (
            f"`{HERE}` names stage `{parts[8]}` and version `{parts[9]}` of a secret, but ECS accepts only one of them"
        )
        help = f"write `{':'.join([*parts[:9], ''])}`, or `{':'.join([*parts[:8], '', parts[9]])}`"
        yield Problem("E509", path, message, help=help)


def describe_parts(parts: list[str]) -> str:
    """Report for a reference with a wrong number of parts what it lacks."""
    name, key, *rest = parts[6:]
    if not any((key, *rest)):
        return f"`{HERE}` continues after the name of secret `{name}`, with nothing but colons"
    if len(rest) > 2:
        return f"`{HERE}` has {len(rest) + 2} parts after `secret:`, but ECS accepts 1 or 4"
    colons = "the last colon" if rest else "the two colons at the end"
    stage = rest[0] if not key else key if not rest and key in STAGES else ""
    what = f"stage `{stage}`" if stage else f"key `{key}`"
    return f"`{HERE}` names {what} of secret `{name}` without {colons}, and no task will start"


def suggest_parts(parts: list[str]) -> str | None:
    """Suggest the reference in full where it is plain what was meant."""
    key, *rest = parts[7:]
    if not any((key, *rest)):
        return ":".join(parts[:7])
    if not rest and key in STAGES:
        return f"{':'.join(parts[:7])}::{key}:"
    if any(rest[2:]):
        return None
    return ":".join((*parts[:7], *[*parts[7:], "", ""][:3]))


def report_name(path: Path, text: str) -> Problem:
    """Refuse the name of a parameter; it is not shown, since it may be the secret itself."""
    if not text:
        return Problem(
            "E454", path, f"`{HERE}` is empty", help="write the ARN of a secret, or the ARN or name of a parameter"
        )
    wrong = next(character for character in text if not PARAMETER_NAME.fullmatch(character))
    message = f"`{HERE}` has `{wrong}` in it, and the name of a parameter only letters, digits, `.`, `-`, `_` and `/`"
    if wrong != ":":
        return Problem("E454", path, message)
    if text.startswith(("aws:ssm:", "aws:secretsmanager:")):
        return Problem("E454", path, message, help="put `arn:` before it")
    if text.startswith("/") or text.rpartition(":")[2].isdecimal():
        newest = Fact("ECS reads the newest version of a parameter, even if a version or label is named")
        return Problem("E454", path, message, (newest,), "remove the colon and the text after it")
    fact = Fact("ECS reads text that is not an ARN as the name of a parameter, never of a secret")
    help = "write `arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME:KEY::` for a key of a secret"
    return Problem("E454", path, message, (fact,), help)


def report_arn(path: Path, text: str, parts: list[str]) -> Problem:
    """Refuse an ARN that is of no secret and no parameter."""
    if parts[1:2] in (["ssm"], ["secretsmanager"]):
        message = f"`{HERE}` has no partition after `arn:`, which is `aws` in most regions"
        return Problem("E510", path, message, help="put `aws:` after `arn:`", cause="partition")
    if len(parts) < 6 or parts[2] != "ssm":
        message = f"`{HERE}` is `{text}`, the ARN neither of a secret nor of a parameter"
        return Problem("E510", path, message)
    resource = ":".join(parts[5:])
    name = resource.removeprefix("parameter").lstrip("/:")
    arn = f"{':'.join(parts[:5])}:parameter/{name}"
    message = f"`{HERE}` is `{text}`, which is not the ARN of a parameter"
    if name and PARAMETER_ARN.fullmatch(arn):
        return Problem("E510", path, message, help=f"write `{arn}`", change=Change("text", arn))
    return Problem("E510", path, message, help="write `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME`")
