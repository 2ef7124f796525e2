"""What is left in a text where nothing filled it in: how it looks, and in which members it matters. Judges no task definition.

What placeholders look like is seen in 418 task definitions of public repositories, linted in 2026-11. That ECS fills in none is in no
document; what it refuses shows it (aws/amazon-ecs-cli issue 37, aws-actions/amazon-ecs-render-task-definition issue 49).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, TypeAlias

from generator.model.nodes import Value
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

STAND_IN = Pattern(r"[A-Z]+(?:_[A-Z]+)+")

ACCOUNT = "the 12 digits of the account"
REGION = "the region, such as `eu-west-1`"

MARK_TRACES = ("$", "<", "%", "@", "{", "[", "__")
CAPITAL_TRACES = frozenset(
    (
        b"IMAGE", b"REPO", b"REPOSITORY", b"REGISTRY", b"OWNER", b"ORG", b"ORGANIZATION", b"USER", b"USERNAME", b"NAMESPACE", b"PROJECT",
        b"ACCOUNT", b"TAG", b"VERSION", b"SHA", b"BUILD", b"TO", b"TODO", b"TBD", b"FIXME",
        *[word + behind for word in (b"UPDATE", b"INSERT") for behind in (b"", b"ME", b"IT", b"THIS", b"IN")],
    )
)  # fmt: skip
"""Words in capitals, without other letters right beside them."""

ONLY_CAPITALS = bytes(byte if byte in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ" else ord(" ") for byte in range(256))
"""Replaces all other bytes by blanks: this finds words in capitals in a tenth of the time of a regular expression."""

JOINED_TRACES = Pattern(r"_(?<=[A-Z0-9_]_)[A-Z0-9_]*+(?=[/:@\n]|\Z)")
"""Words in capitals that are joined, at the end of a part of an image, or of a text. Here and below the look back comes last: it is
quicker to find a character and look around than to look around everywhere."""
ADDRESS_TRACES = Pattern(r"arn:(?<=\barn:)(?!aws[a-z-]*:[a-z0-9-]*:(?:[a-z]+-[a-z-]+-[0-9]+)?:(?:[0-9]{12}|aws)?:)")
"""An ARN without account or region."""

WORD_TRACES = ("place", "to_be", "to-be", "to be", "change", "fill", "your", "xx", "**", "account", "region", "_here")
"""Every text with a placeholder has one of all these traces. Those in this tuple may be in capitals too."""

USUAL_ID = Pattern(r"fs(?:ap)?-[0-9a-f]++|[a-wyz]{2}-(?:gov-)?[a-wyz]++-[0-9]")
"""The ids of file systems and regions in AWS's form, without a part to fill in."""

IDS = ("id", "region")
"""How texts are read that have no capitals."""

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


DEEPEST = 12
"""Levels of a document that are looked into; ECS has about ten."""


def has_traces(text: str, reading: Reading = "text") -> bool:
    """Whether there may be a placeholder in a text, or in one of its lines: most have none, and need no closer look."""
    if reading in IDS:
        if USUAL_ID.fullmatch(text):
            return False
        if text != text.lower() or text.endswith("id") or "*" in text:
            return True
    if any([trace in text for trace in MARK_TRACES]):  # noqa: C419 - faster than a generator
        return True
    lower = text.lower()
    return any([trace in lower for trace in WORD_TRACES]) or has_parts(text)  # noqa: C419


def has_parts(text: str) -> bool:
    """Whether there may be a placeholder among the parts of an image, an address or a name in a text."""
    return (
        not CAPITAL_TRACES.isdisjoint(text.encode("utf-8", "surrogatepass").translate(ONLY_CAPITALS).split())
        or any([not begins_arn(text, match.start()) for match in JOINED_TRACES.finditer(text)])  # noqa: C419
        or ADDRESS_TRACES.search(text) is not None
        or any([not ends_in_account(before) for before in text.split(".dkr")[:-1]])  # noqa: C419
    )


def begins_arn(text: str, at: int) -> bool:
    """Whether the line around an offset begins like an ARN, in which words in capitals are names."""
    return text.startswith("arn:", text.rfind("\n", 0, at) + 1)


def ends_in_account(before: str) -> bool:
    """Whether the host of a registry begins with an account. `before` is the text before the first dot of the host."""
    return before[-12:].isdecimal() and len(before[-12:]) == 12 and before[-13:-12] in ("", "/", "\n")


def may_have_placeholders(document: Value) -> bool:
    """Whether there may be a placeholder in a document with which nothing is wrong, in a member where it matters."""
    texts: list[str] = []
    ids: list[str] = []
    collect_texts(document, grow_tree(), texts, ids)
    return any_has_traces(texts, ids)


def any_has_traces(texts: Iterable[str], ids: Iterable[str] = ()) -> bool:
    """Whether one of several texts may have a placeholder. They are searched together, and equal ones only once."""
    return has_traces("\n".join(dict.fromkeys(texts))) or any([has_traces(text, "id") for text in ids])  # noqa: C419


Tree: TypeAlias = "dict[str, Tree | Reading]"
"""Members by their names, with those below them, or how a text is read."""


@lru_cache(maxsize=1)
def grow_tree() -> Tree:
    """Make a tree of the members in which placeholders matter."""
    tree: Tree = {}
    for name, member in MEMBERS.items():
        *above, last = name.replace("[]", ".[]").split(".")
        place = tree
        for part in above:
            below = place.setdefault(part, {})
            assert isinstance(below, dict), "what has members is no text"
            place = below
        if member.level != "nothing":
            place[last] = member.reading
    return tree


def collect_texts(value: Value, tree: Tree, texts: list[str], ids: list[str]) -> None:
    """Collect the texts of members out of a document that has the right shape, those that are read as ids apart."""
    for name, below in tree.items():
        if name not in value:
            continue
        child = value[name]
        if isinstance(below, str):
            (ids if below in IDS else texts).append(child)
        elif (items := below.get("[]")) is None:
            collect_texts(child, below, texts, ids)
        elif isinstance(items, dict) and len(items) == 1:
            (leaf,) = items
            texts += [item[leaf] for item in child if leaf in item]
        else:
            assert isinstance(items, dict), "items of lists of texts mean nothing"
            for item in child:
                collect_texts(item, items, texts, ids)


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
    """Say of a placeholder what it is: in these words wherever one is found."""
    return f"`{text}` is a placeholder, and nothing was put in its place"


def help_with_placeholder(member: Member, left: Placeholder, *, refused: bool = False) -> str:
    """Say what is still to be filled in, and what does it. No program does, where the text is `refused` before there is one."""
    if member.reading == "image" and not left.wants:
        return (
            "fill in the image: the render action does (lint with `--for render-action`), or a variable of the template"
        )
    unless = ", unless a program does that itself" if member.reading == "program" and not refused else ""
    return f"fill in {left.wants or member.wants}{unless}: {FILLING}"
