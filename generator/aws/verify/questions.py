"""The nouns of verifying: what a document refers to, what AWS is asked about it, what it answers, and what follows. Has no behaviour."""

from __future__ import annotations

from typing import Literal, TypeAlias

from generator.model.findings import Path, Problem
from generator.model.needs import Needs
from generator.model.nodes import Value
from generator.model.records import Record

Kind = Literal[
    "role", "image", "secret", "keys", "parameter", "log group", "environment file",
    "file system", "access point", "cluster", "service",
]  # fmt: skip

State = Literal["ok", "wrong", "unknown", "skipped"]
"""What became of one thing. `skipped` is that nobody was to be asked: that is neither right nor unknown."""


class Home(Record):
    """The account and region that a release is for; empty if nobody says."""

    account: str
    region: str


class Question(Record):
    """What AWS is asked about one thing, however many documents refer to it. `name` is what AWS knows the thing by.

    `account` is the registry of an image. `part` is the tag or digest of an image, the version of a secret, the object in the bucket
    `name`, the cluster of a service. `stage` is that of the value whose keys are asked for.
    """

    kind: Kind
    name: str
    region: str = ""
    account: str = ""
    part: str = ""
    stage: str = ""


class Verdict(Record):
    """What is known of a reference, in a word, and `remark` why, in some; the problems are those of its document."""

    state: State
    remark: str = ""
    problems: tuple[Problem, ...] = ()


class Reference(Record):
    """One place of a document that names something in an account, or a setting of its overlay, where `setting` names that.

    `label` is what is looked at, in words. `settled` is the verdict where nobody is to be asked. `name` is the name of a secret, `stage`
    and `key` are what is wanted of it. `arn` is what ECS takes for the ARN of a role, and `platform` what an image has to run on, empty
    where it may be any.
    """

    label: str
    path: Path
    question: Question
    settled: Verdict | None = None
    setting: str = ""
    name: str = ""
    stage: str = ""
    key: str = ""
    arn: str = ""
    platform: str = ""


# Answers.


class Missing(Record):
    """AWS has no such thing; `what` is the part of it that is not there, where that is not plain."""

    what: str = ""


class Unknown(Record):
    """AWS did not tell: `reason` in a few words, `said` as it said it, and what would help."""

    reason: str
    said: str = ""
    help: str | None = None


class Present(Record):
    """It is there, and that is all there is to know. `status` is its state in the words of AWS."""

    status: str = ""


class Role(Record):
    """A role, and the policy that says who may assume it; None if that is no JSON."""

    arn: str
    policy: Value


class Image(Record):
    """An image. `platforms` are `OS/ARCHITECTURE`, none where they are not known: `why` explains it, or `denied`, if AWS did not tell."""

    platforms: tuple[str, ...] = ()
    why: str = ""
    archived: bool = False
    denied: Unknown | None = None


class Secret(Record):
    """A secret: the stages of each version, and from when on it is deleted, if it is."""

    versions: tuple[tuple[str, tuple[str, ...]], ...]
    deleted_at: str = ""


class Keys(Record):
    """The names in a secret that is a JSON object; None if it is none. No value is kept."""

    names: tuple[str, ...] | None


class AccessPoint(Record):
    """An access point, and the file system it leads into."""

    file_system: str


class Service(Record):
    """A service, and what it demands of its task definition. `controller` deploys it; `denied` is what AWS did not tell of the demands."""

    status: str
    needs: Needs
    controller: str = "ECS"
    denied: Unknown | None = None


Answer: TypeAlias = Missing | Unknown | Present | Role | Image | Secret | Keys | AccessPoint | Service
