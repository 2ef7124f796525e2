"""The roles of a task: the execution role is there where ECS needs it, and what stands for a role is one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.ecs.references import BARE_ROLE, ECR_IMAGE, ROLE_ARN
from generator.model.findings import HERE, Fact, Path, Problem
from generator.model.records import Record
from generator.rules.task import Task, name_container

WANTING = ("secrets", "secretOptions", "repositoryCredentials")
"""Members of a container, or of its log configuration, that ECS reads with the execution role."""


class Reason(Record):
    """What makes an execution role necessary, in words; `key` says that the member itself does, whatever its value.

    One of each kind is reported.
    """

    kind: str
    path: Path
    key: bool
    text: str


def check(task: Task) -> Iterator[Problem]:
    for member in ("taskRoleArn", "executionRoleArn"):
        role = task.document.get(member)
        if role == "":
            yield report_empty(task, member)
        elif role and not ROLE_ARN.fullmatch(role) and not BARE_ROLE.fullmatch(role):
            message = f"`{HERE}` is `{role}`, neither the ARN nor the name of a role"
            yield Problem(
                "E453",
                (member,),
                message,
                help="write `arn:aws:iam::ACCOUNT:role/NAME`, with the 12 digits of the account",
            )
    if "executionRoleArn" not in task.document:
        yield from check_need(task)


def report_empty(task: Task, member: str) -> Problem:
    """Refuse an empty text for a role, which ECS took for none until 2024-08 (fabfuel/ecs-deploy issue 231)."""
    reason = next(find_reasons(task), None) if member == "executionRoleArn" else None
    facts = (Fact(f"an execution role is needed for {reason.text}", reason.path),) if reason else ()
    help = "write the ARN or the name of a role" if reason else "remove it"
    return Problem("E453", (member,), f"`{HERE}` is empty, which is not a role", facts, help)


def check_need(task: Task) -> Iterator[Problem]:
    """Check that nothing needs an execution role; one finding, with a fact for each other kind of reason."""
    reasons: dict[str, Reason] = {}
    for reason in find_reasons(task):
        reasons.setdefault(reason.kind, reason)
    if reasons:
        first, *others = reasons.values()
        yield Problem(
            "E452",
            first.path,
            f"an execution role is needed for {first.text}, and there is no `executionRoleArn`",
            tuple(Fact(f"it is needed for {other.text} too", other.path) for other in others),
            "add `executionRoleArn`, the role with which ECS pulls images, reads secrets and writes logs",
            first.key,
            "executionRoleArn",
        )


def find_reasons(task: Task) -> Iterator[Reason]:
    for path, container in task.containers:
        logging = container.get("logConfiguration", {})
        for where, members in ((path, container), ((*path, "logConfiguration"), logging)):
            for member in WANTING:
                if members.get(member):
                    yield Reason(member, (*where, member), True, f"`{member}` of {name_container(container)}")
        if task.fargate:
            if logging.get("logDriver") == "awslogs":
                what = f"log driver `awslogs` of {name_container(container)} on Fargate"
                yield Reason("logs", (*path, "logConfiguration", "logDriver"), False, what)
            if ECR_IMAGE.match(container.get("image", "")):
                what = f"the ECR image of {name_container(container)} on Fargate"
                yield Reason("image", (*path, "image"), False, what)
