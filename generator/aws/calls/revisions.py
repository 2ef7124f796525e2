"""Revisions of task definitions in an account: read, registered, deregistered. Compares nothing, and decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from json import dumps, loads
from time import sleep
from typing import TYPE_CHECKING

from generator.aws.calls.errors import AwsError, refuse_answer
from generator.build.described import view_described
from generator.documents.parsing.document import parse_json
from generator.model.account import Revision
from generator.model.findings import InputError, Source
from generator.model.nodes import MapNode, Value
from generator.model.tags import COMMIT_TAG, CONTENT_TAG, HASH_TAG, OWN_TAGS, VERSION_TAG

if TYPE_CHECKING:
    from generator.aws.calls.clients import Clients

ECS = "ecs"
MOST_TAGS = 50
"""Tags that a task definition can have. Source: the docstring of `RegisterTaskDefinition` in botocore 1.44.5."""

USABLE = ("ACTIVE", "")
"""The statuses of revisions from which ECS starts tasks; empty if it does not tell."""

AT_ONCE, PAUSE = 10, 1.0
"""Revisions that are deregistered without waiting, and seconds between any further two. ECS takes 20 at once and then one a second in an
account and region, registering included. Source: "Request throttling for the Amazon ECS API", read 2026-11-27."""


def find_revision(clients: Clients, name: str) -> Revision | None:
    """Find a revision by ARN or `family:3`, or the one that ECS gives for a family; None if there is none."""
    answer = describe_revision(clients, name)
    return None if answer is None else read_revision(answer)


def describe_revision(clients: Clients, name: str, *, region: str = "") -> Value | None:
    """Ask for a revision as ECS describes it; None if there is none."""
    try:
        answer = clients.call(ECS, "DescribeTaskDefinition", region=region, taskDefinition=name, include=["TAGS"])
    except AwsError as error:
        if (
            error.code == "ClientException" and not error.denied
        ):  # so ECS says of a family or revision that it does not know
            return None
        raise
    return answer if tells_revision(answer) else None


def write_described(answer: Value) -> str:
    """Write a described revision as the text of a file, with its tags except our own."""
    tags = [tag for tag in answer.get("tags", ()) if tag.get("key", "") not in OWN_TAGS]
    described = {**answer["taskDefinition"], **({"tags": tags} if tags else {})}
    return dumps(described, default=format_time, indent=2) + "\n"


def find_newest(clients: Clients, family: str) -> Revision | None:
    """Find the newest ACTIVE revision of a family. ECS is asked for this one, and some imitations give one that was deregistered."""
    newest = find_revision(clients, family)
    if newest is None or newest.status in USABLE:
        return newest
    return next(
        (each for each in iterate_revisions(clients, list_arns(clients, family)) if each.status in USABLE), None
    )


def list_arns(clients: Clients, family: str, *, status: str = "ACTIVE") -> list[str]:
    """List the ARNs of a family's revisions, newest first. `status` is ACTIVE, INACTIVE or DELETE_IN_PROGRESS."""
    arns = clients.list(
        ECS, "ListTaskDefinitions", "taskDefinitionArns", familyPrefix=family, status=status, sort="DESC"
    )
    own = [arn for arn in arns if name_family(arn) == family]
    return sorted(own, key=number_arn, reverse=True)


def name_family(arn: str) -> str:
    """Find the family of a revision's ARN."""
    return arn.rpartition("/")[2].rpartition(":")[0]


def number_arn(arn: str) -> int:
    """Find the number of a revision's ARN."""
    number = arn.rpartition(":")[2]
    return int(number) if number.isascii() and number.isdecimal() else 0


def register_revision(clients: Clients, committed: bytes, tags: dict[str, str]) -> Revision:
    """Register an artifact as it is committed, with tags of ours beside its own, and give what ECS made of it.

    A tag of its own with a key of ours is omitted: ECS refuses a key that comes twice.
    """
    parameters = loads(committed)
    for name in ("region", "self"):  # would be taken for where to go, and not be refused by anybody
        if name in parameters:
            raise InputError(f"`{name}` is not a member of a task definition, and cannot be registered")
    own = parameters.get("tags", [])
    if isinstance(own, list):  # else botocore refuses it
        theirs = [tag for tag in own if not (isinstance(tag, dict) and tag.get("key") in OWN_TAGS)]
        ours = list(tags.items())[: max(0, MOST_TAGS - len(theirs))]
        parameters["tags"] = [*theirs, *({"key": key, "value": value} for key, value in ours)]
    answer = clients.call(ECS, "RegisterTaskDefinition", **parameters)
    if not tells_revision(answer):
        operation = "ecs:RegisterTaskDefinition"
        raise AwsError(f"`{operation}` returned no revision", operation=operation, unreadable=True)
    return read_revision({**answer, "tags": answer.get("tags") or parameters["tags"]})


def deregister_revision(clients: Clients, arn: str) -> None:
    """Make a revision INACTIVE: nothing new can be started from it."""
    clients.call(ECS, "DeregisterTaskDefinition", taskDefinition=arn)


def deregister_revisions(clients: Clients, arns: Iterable[str]) -> Iterator[str]:
    """Deregister revisions no faster than ECS takes it, and give each as soon as it is done."""
    for count, arn in enumerate(arns):
        if count >= AT_ONCE:
            sleep(PAUSE)
        deregister_revision(clients, arn)
        yield arn


def list_families(clients: Clients) -> tuple[str, ...]:
    """List the families that have an ACTIVE revision."""
    return tuple(clients.list(ECS, "ListTaskDefinitionFamilies", "families", status="ACTIVE"))


def make_tags(digest: str, commit: str, version: str, fingerprint: str) -> dict[str, str]:
    """Make the tags that a revision gets, most important first; what is not known is omitted."""
    tags = {HASH_TAG: digest, COMMIT_TAG: commit, VERSION_TAG: version, CONTENT_TAG: fingerprint}
    return {key: value for key, value in tags.items() if value}


def tells_revision(answer: Value) -> bool:
    """Whether an answer says which revision it is about, without which nothing can be done with it."""
    return "taskDefinitionArn" in answer.get("taskDefinition", {})


def read_revision(answer: Value) -> Revision:
    """Read the answer of DescribeTaskDefinition or RegisterTaskDefinition; the ARN tells family and number too."""
    described = answer["taskDefinition"]
    tags = tuple((tag.get("key", ""), tag.get("value", "")) for tag in answer.get("tags", ()))
    kept = [{"key": key, "value": value} for key, value in tags if key not in OWN_TAGS]
    arn = described["taskDefinitionArn"]
    plain = {"taskDefinition": described, "tags": kept}
    return Revision(
        arn=arn,
        family=described.get("family") or name_family(arn),
        number=described.get("revision") or number_arn(arn),
        status=described.get("status", ""),
        registered_at=format_time(described.get("registeredAt")),
        registered_by=described.get("registeredBy", ""),
        document=parse_document(plain),
        tags=tags,
    )


def parse_document(plain: Value) -> MapNode:
    """Parse what ECS describes, in the way that files are. It comes from none, so its source has no path.

    What no file could have is an AwsError.
    """
    node, findings = parse_json(Source("", dumps(plain, default=format_time)))
    if not isinstance(node, MapNode) or findings:  # a number or text that JSON has, and no task definition
        raise refuse_answer("ecs:DescribeTaskDefinition")
    return view_described(node).document


def format_time(moment: Value) -> str:
    """Write a time as botocore gives it in UTC, to the second; empty if there is none.

    A member that botocore does not know yet stays as AWS sent it: a time is then a number of seconds.
    """
    if isinstance(moment, int | float) and not isinstance(moment, bool):
        try:
            moment = datetime.fromtimestamp(moment, UTC)
        except (OverflowError, ValueError, OSError):  # a number that no calendar has
            return ""
    if not isinstance(moment, datetime):
        return ""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iterate_revisions(clients: Clients, arns: Iterable[str]) -> Iterator[Revision]:
    """Describe revisions one after the other; one that is gone by then is omitted."""
    for arn in arns:
        revision = find_revision(clients, arn)
        if revision is not None:
            yield revision
