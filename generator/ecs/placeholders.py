"""What is left in a text where nothing filled it in: how it looks, and in which members it matters. Judges no task definition.

What placeholders look like is seen in 418 task definitions of public repositories, linted in 2026-11. That ECS fills in none is in no
document; what it refuses shows it (aws/amazon-ecs-cli issue 37, aws-actions/amazon-ecs-render-task-definition issue 49).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from generator.model.patterns import Pattern
from generator.model.records import Record

Level = Literal["error", "note", "refused", "nothing"]
"""What a placeholder is in a member. One that is `refused` is an error if the text is refused as it is, and nothing else. A note becomes an
error there too."""

Reading = Literal["text", "name", "id", "region", "image", "program"]
"""How a text is read. In a `text` that only ECS and AWS read, anything that looks like a placeholder is one. A `name` may be any word, so
that only marks and words in capitals count. An `id` and a `region` have no capitals. An `image` has parts of its own. What a `program`
reads may have a syntax of its own, so that only what is plain counts."""


class Member(Record):
    """What a placeholder in a member is, how the member is read, and what is to be filled in."""

    level: Level
    reading: Reading = "text"
    wants: str = "the value"


REFERENCE = "the ARN of the secret, or the ARN or name of the parameter"
FILE_SYSTEM = "the id of the file system, `fs-` and hexadecimal digits, which EFS shows"
ACCESS_POINT = "the id of the access point, `fsap-` and hexadecimal digits, which EFS shows"
CONTAINERS, VOLUMES = "containerDefinitions[]", "volumes[]"
LOGGING, EFS, S3_FILES, FSX = (
    f"{CONTAINERS}.logConfiguration",
    f"{VOLUMES}.efsVolumeConfiguration",
    f"{VOLUMES}.s3filesVolumeConfiguration",
    f"{VOLUMES}.fsxWindowsFileServerVolumeConfiguration",
)

MEMBERS: Mapping[str, Member] = {
    "family": Member("error", "name", "the name of the family"),
    "executionRoleArn": Member("error", wants="the ARN of the role, which IAM shows"),
    "taskRoleArn": Member("error", wants="the ARN of the role, which IAM shows"),
    "tags[].value": Member("note", "program"),
    f"{CONTAINERS}.name": Member("error", "name", "the name of the container"),
    f"{CONTAINERS}.image": Member("error", "image", "the image"),
    f"{CONTAINERS}.user": Member("error", "name", "the user"),
    f"{CONTAINERS}.command[]": Member("nothing"),
    f"{CONTAINERS}.entryPoint[]": Member("nothing"),
    f"{CONTAINERS}.healthCheck.command[]": Member("nothing"),
    f"{CONTAINERS}.dockerLabels.*": Member("nothing"),
    f"{CONTAINERS}.workingDirectory": Member("note", "program"),
    f"{CONTAINERS}.environment[].value": Member("note", "program"),
    f"{CONTAINERS}.environmentFiles[].value": Member(
        "error", wants="the ARN of the file, `arn:aws:s3:::BUCKET/KEY.env`"
    ),
    f"{CONTAINERS}.mountPoints[].containerPath": Member("note", "program"),
    f"{CONTAINERS}.repositoryCredentials.credentialsParameter": Member("error", wants="the ARN of the secret"),
    f"{CONTAINERS}.secrets[].valueFrom": Member("error", wants=REFERENCE),
    f"{LOGGING}.secretOptions[].valueFrom": Member("error", wants=REFERENCE),
    f"{LOGGING}.options.awslogs-group": Member("error", wants="the name of the log group"),
    f"{LOGGING}.options.awslogs-region": Member("error", "region", "the region of the log group, such as `eu-west-1`"),
    f"{LOGGING}.options.awslogs-stream-prefix": Member("note", "program"),
    f"{VOLUMES}.host.sourcePath": Member("note", "program"),
    f"{EFS}.fileSystemId": Member("error", "id", FILE_SYSTEM),
    f"{EFS}.rootDirectory": Member("note", "program"),
    f"{EFS}.authorizationConfig.accessPointId": Member("error", "id", ACCESS_POINT),
    f"{S3_FILES}.fileSystemArn": Member("error", wants="the ARN of the file system"),
    f"{S3_FILES}.accessPointArn": Member("error", wants="the ARN of the access point"),
    f"{FSX}.fileSystemId": Member("error", "id", "the id of the file system, which FSx shows"),
    f"{FSX}.authorizationConfig.credentialsParameter": Member("error", wants="the ARN of the secret"),
}
"""By member, where it matters; `[]` is any item of a list, and `*` any key of a map without a row of its own."""

OTHER = Member("refused")
"""Of all other members."""

MARKS = r"""
    \$\{\{[^{}\n]*\}\} | \$\{[^{}\n]*\} | \$\([^()\n]*\) | \$[A-Za-z_]\w*           # GitHub, Terraform and shells
    | \{\{[^{}\n]*\}\} | \#\{[\w. -]+\}\#?                                           # Jinja, Azure and Octopus
    | <[^<>\n]+> | %\w+% | @\w+@ | \[[A-Z][A-Z0-9_ -]+\]                             # documents, Windows, Maven
    | (?<![A-Za-z0-9_])__[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*__(?![A-Za-z0-9_])
    """
PLAIN = r"""
    \$\{\{[^{}\n]*\}\} | \$\{[A-Za-z_]\w*\} | (?<![\w$\\^'"])\$[A-Z_][A-Z0-9_]*(?![\w(])
    | \{\{[ ]?[A-Z][A-Z0-9_]*[ ]?\}\} | \#\{[A-Z][A-Z0-9_.]*\}\#?
    | (?<![\w?\\])<[A-Z][A-Z0-9]*[A-Z0-9]*(?:[_ -][A-Z0-9]+)+> | (?<=[/@:=.-])<[A-Z][A-Z0-9]+>(?=[/@:.?]|\Z)
    | <(?i:your[_ -])[\w -]+>
    | (?<![A-Za-z0-9_])__[A-Z0-9]+(?:_[A-Z0-9]+)*__(?![A-Za-z0-9_])
    | \A(?: <[A-Za-z]\w*(?:[_ -]\w+)+> | <[A-Z][A-Z0-9]{2,}> | %[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+% | @[A-Z][A-Z0-9_]+@ )\Z
    """
"""Marks that no other syntax has: no default of a shell, no name with dots as of Spring, no pattern of SQL, no tag of HTML."""

CAPITALS = r"""
    (?<![A-Za-z0-9_-])[A-Z0-9_-]*PLACEHOLDER[A-Z0-9_-]* | (?<![A-Za-z0-9])PLACEHOLDER[A-Z0-9_-]*
    | (?<![A-Za-z0-9])(?:REPLACE|CHANGE|UPDATE|INSERT|FILL)(?:[_-]?(?:ME|IT|THIS|IN)|[_-](?:WITH|HERE))(?![A-Za-z0-9])[A-Z0-9_-]*
    | (?<![A-Za-z0-9])TO_BE_[A-Z]+ | (?<![A-Za-z0-9_-])YOUR[_-][A-Z0-9_-]+
    """
KINDS = (
    "access|account|api|app|aws|bucket|cluster|company|docker|dockerhub|domain|ecr|efs|execution|file|host|image|key|name|org|password"
    "|project|region|registry|repo|repository|role|secret|service|tag|task|token|user|username"
)
WORDS = rf"""
    (?: (?:image|tag|container)[_-]? )? place[_-]?holder (?: [_-]?(?:image|tag|value) )?
    | change[_ -]?(?:me|it|this) | replace[_ -]?(?:me|this) | replace[_-]with[\w-]+ | to[_ -]be[_ -](?:replaced|changed|filled|set)[\w-]*
    | fill[_ -]?me(?:[_ -]?in)? | your[_-](?:{KINDS})(?![a-z])[\w-]* | x{{4,}} | \w+_here
    | (?-i: [A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_ARN )
    """
"""What a text is as a whole."""

ANY_MARK = Pattern(MARKS, re.VERBOSE)
LEFT = Pattern(f"{MARKS}|{CAPITALS}", re.VERBOSE)
LEFT_PLAINLY = Pattern(f"{PLAIN}|(?<![ \\t])(?:{CAPITALS})(?![ \\t])", re.VERBOSE)
WORD = Pattern(WORDS, re.VERBOSE | re.IGNORECASE | re.ASCII)
REMINDER = Pattern(r"TODO|TBD|FIXME")
YOURS = Pattern(rf"(?<![A-Za-z0-9_.-])your[_-](?:{KINDS})(?![a-z])[\w-]*", re.ASCII)

ADDRESS = Pattern(
    r"\barn:(?!(?!aws)[a-z][a-z0-9-]*:)[^:/]*:[^:/]*:(?P<region>[^:/]*):(?P<account>[^:/]*):"
    r"|(?:\A|/)(?P<registry>[^./:]*)\.dkr[.-]ecr(?:-fips)?\.(?P<place>[^./:]*)\."
)
"""An ARN, or the host of a registry of ECR: the account has twelve digits in both. An ARN without its partition has other places."""

NO_ACCOUNT = Pattern(r"(?!aws\Z)[A-Za-z_ -]+|[0-9]*[xX*]+[0-9]*")
NO_REGION = Pattern(r"[A-Z][A-Z0-9_ -]*|(?i:[a-z_ -]*region[a-z_ -]*)|[a-z-]*[xX*]{2,}[a-z0-9-]*")
NO_ID = Pattern(r"(?:[a-z]+-)?(?:[A-Z][A-Z0-9_ -]*|[xX0*]*[xX*]{2}[xX0*]*|(?:[a-z]+-)*id)")
NO_SEGMENT = Pattern(
    r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|IMAGE|REPO|REPOSITORY|REGISTRY|OWNER|ORG|ORGANIZATION|USER|USERNAME|NAMESPACE|PROJECT|ACCOUNT"
    r"|TODO|TBD|FIXME|[xX]{4,}"
)
NO_TAG = Pattern(r"(?:[A-Z]+_)*(?:TAG|VERSION)|(?:GIT_|IMAGE_)?(?:COMMIT_)?SHA|BUILD_(?:NUMBER|ID)|[xX]{4,}")

WHOLE: Mapping[Reading, tuple[Pattern, ...]] = {"id": (NO_ID,), "region": (NO_ID, NO_REGION), "program": (REMINDER,)}
"""What else the whole of a text is, by how it is read."""

FILLING = "use a variable of the template, or the step that makes the file; ECS fills in nothing"

IDS = ("id", "region")
"""How texts are read that have no capitals."""

STAND_IN = Pattern(r"[A-Z]+(?:_[A-Z]+)+")

ACCOUNT = "the 12 digits of the account"
REGION = "the region, such as `eu-west-1`"

LONGEST = 4096
"""Characters of a text that are looked at."""


class Placeholder(Record):
    """A placeholder as it is written, and what belongs there where its place in the text tells."""

    text: str
    wants: str = ""


def find_placeholders(text: str, reading: Reading = "text") -> tuple[Placeholder, ...]:
    """Find the placeholders in a text, each once, in order."""
    text = text[:LONGEST]
    marks = LEFT_PLAINLY if reading == "program" else LEFT
    found = {match.start(): Placeholder(match[0]) for match in marks.finditer(text)}
    found |= {start: each for start, each in find_in_addresses(text) if start in found or not is_within(start, found)}
    if reading == "image":
        found |= {start: each for start, each in find_in_image(text) if not is_within(start, found)}
    elif not found:
        found = dict(enumerate(find_words(text, reading)))
    return tuple(dict.fromkeys(found[start] for start in sorted(found)))


def find_in_addresses(text: str) -> Iterator[tuple[int, Placeholder]]:
    """Find what stands for an account or a region in ARNs, and in the hosts of registries."""
    for match in ADDRESS.finditer(text) if "arn:" in text or "ecr" in text else ():
        for name, value in match.groupdict().items():
            if not value:
                continue
            account = name in ("account", "registry")
            if ANY_MARK.fullmatch(value) or (NO_ACCOUNT if account else NO_REGION).fullmatch(value):
                yield match.start(name), Placeholder(value, ACCOUNT if account else REGION)


def is_within(start: int, found: Mapping[int, Placeholder]) -> bool:
    """Whether a place lies in a placeholder that is known."""
    return any(first <= start < first + len(each.text) for first, each in found.items())


def find_words(text: str, reading: Reading) -> Iterator[Placeholder]:
    """Find a placeholder that is one for its words alone."""
    if reading == "name":
        return
    if any(pattern.fullmatch(text) for pattern in (WORD, *WHOLE.get(reading, ()))):
        yield Placeholder(text)
    elif reading != "program" and (your := YOURS.search(text)):
        yield Placeholder(your[0])


def find_in_image(image: str) -> Iterator[tuple[int, Placeholder]]:
    """Find what stands for a part of an image: Docker knows no repository with capitals, and a tag is no word for a tag."""
    name = image.partition("@")[0]
    last = name.rfind("/") + 1
    colon = name.find(":", last)
    end = colon if colon >= 0 else len(name)
    tag = name[end + 1 :]
    for segment in re.finditer(r"[^/]+", name[:end]):
        if NO_SEGMENT.fullmatch(segment[0]) or (segment.span() == (0, end) and WORD.fullmatch(segment[0])):
            yield segment.start(), Placeholder(segment[0])
    if NO_TAG.fullmatch(tag) or WORD.fullmatch(tag):
        yield end + 1, Placeholder(tag)
    for your in YOURS.finditer(name):
        yield your.start(), Placeholder(your[0])


def stands_for_secret(text: str) -> bool:
    """Whether a text under the name of a secret is none, but stands for it: as the name of a variable in capitals does."""
    return STAND_IN.fullmatch(text) is not None or find_placeholders(text, "program") == (Placeholder(text),)


@lru_cache(maxsize=1024)  # documents of a project are much alike
def find_member(path: tuple[str | int, ...]) -> Member:
    """Find what a placeholder is where a path leads."""
    spelt = "".join(["[]" if isinstance(part, int) else f".{part}" for part in path])[1:]
    return MEMBERS.get(spelt) or MEMBERS.get(f"{spelt.rpartition('.')[0]}.*") or OTHER


def match_mark(text: str, at: int) -> re.Match[str] | None:
    """Match a placeholder at a place in a text that has no members."""
    return ANY_MARK.compiled.match(text, at)


def state_placeholder(text: str) -> str:
    """Report for a placeholder what it is: in these words wherever one is found."""
    return f"`{text}` is a placeholder, and nothing was put in its place"


def help_with_placeholder(member: Member, left: Placeholder, *, refused: bool = False) -> str:
    """State what is still to be filled in, and what does it. No program does, where the text is `refused` before there is one."""
    if member.reading == "image" and not left.wants:
        return (
            "fill in the image: the render action does (lint with `--for render-action`), or a variable of the template"
        )
    unless = ", unless a program does that itself" if member.reading == "program" and not refused else ""
    return f"fill in {left.wants or member.wants}{unless}: {FILLING}"
