"""Traces of placeholders: whether there may be one in a text, for the price of a few searches. Most have none, and need no closer look."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import TypeAlias

from generator.ecs.placeholders import IDS, MEMBERS, Reading
from generator.model.nodes import Value
from generator.model.patterns import Pattern
from generator.model.records import Record

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

HOST_TRACES = Pattern(r"\.dkr(?!(?<=[/\n][0-9]{12}\.dkr)[.-]ecr(?:-fips)?\.[a-z]+-[a-z-]+-[0-9]+\.)")
"""The host of a registry without account or region."""

TRACES = (
    "$",
    "<",
    "%",
    "@",
    "{",
    "[",
    "__",
    "place",
    "to_be",
    "to-be",
    "to be",
    "change",
    "fill",
    "your",
    "xx",
    "_here",
)
"""Every text with a placeholder has one of all these traces. These may be in capitals too."""

ID_TRACES = ("**", "region")
"""Traces in an id beside those of all texts."""

USUAL_ID = Pattern(r"fs(?:ap)?-[0-9a-f]++|[a-wyz]{2}-(?:gov-)?[a-wyz]++-[0-9]")
"""The ids of file systems and regions in AWS's form, without a part to fill in."""


def has_traces(text: str, reading: Reading = "text") -> bool:
    """Whether there may be a placeholder in a text, or in one of its lines: most have none, and need no closer look."""
    lower = text.lower()
    if reading in IDS:
        if USUAL_ID.fullmatch(text):
            return False
        if text != lower or text.endswith("id") or any(trace in lower for trace in ID_TRACES):
            return True
    return any([trace in lower for trace in TRACES]) or has_parts("\n" + text)  # noqa: C419 - faster than a generator


def has_parts(text: str) -> bool:
    """Whether there may be a placeholder among the parts of an image, an address or a name in lines behind an empty one."""
    return (
        not CAPITAL_TRACES.isdisjoint(text.encode("utf-8", "surrogatepass").translate(ONLY_CAPITALS).split())
        or ADDRESS_TRACES.search(text) is not None
        or HOST_TRACES.search(text) is not None
        or any(not begins_arn(text, match.start()) for match in JOINED_TRACES.finditer(text))
    )


def begins_arn(text: str, at: int) -> bool:
    """Whether the line around an offset begins like an ARN, in which words in capitals are names."""
    return text.startswith("arn:", text.rfind("\n", 0, at) + 1)


def any_has_traces(texts: Collection[str], ids: Iterable[str] = ()) -> bool:
    """Whether one of several texts may have a placeholder. They are searched together."""
    return (bool(texts) and has_traces("\n".join(texts))) or any(has_traces(text, "id") for text in ids)


class Branch(Record):
    """Members in which placeholders matter: texts, members of the items of a list, and what is to be looked into."""

    texts: tuple[str, ...]
    ids: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, Branch], ...]
    below: tuple[tuple[str, Branch], ...]


Leaf: TypeAlias = tuple[tuple[str, ...], Reading]
"""The rest of a path, and how the text is read to which it leads."""


@lru_cache(maxsize=1)
def grow_tree(leave: tuple[str, ...] = ()) -> Branch:
    """Make a tree of the members in which placeholders matter, but for those in `leave`."""
    return grow_branch(
        [
            (tuple(name.replace("[]", ".[]").split(".")), member.reading)
            for name, member in MEMBERS.items()
            if member.level != "nothing" and name not in leave
        ]
    )


def grow_branch(leaves: list[Leaf]) -> Branch:
    """Make a branch of what some paths lead to. Where one member of the items of a list matters, that is a column."""
    beyond: dict[str, list[Leaf]] = {}
    for (first, *rest), reading in leaves:
        beyond.setdefault(first, []).append((tuple(rest), reading))
    texts: list[str] = []
    ids: list[str] = []
    columns: list[tuple[str, str]] = []
    lists: list[tuple[str, Branch]] = []
    below: list[tuple[str, Branch]] = []
    for name, inner in beyond.items():
        path, reading = inner[0]
        if not path:
            (ids if reading in IDS else texts).append(name)
        elif path[0] != "[]":
            below.append((name, grow_branch(inner)))
        elif len(inner) == 1:
            columns.append((name, path[1]))
        else:
            lists.append((name, grow_branch([(path[1:], reading) for path, reading in inner])))
    return Branch(tuple(texts), tuple(ids), tuple(columns), tuple(lists), tuple(below))


def collect_texts(value: Value, branch: Branch, texts: list[str], ids: list[str]) -> None:
    """Collect the texts of members out of a document that has the right shape, those that are read as ids apart.

    Plain loops: a comprehension is a call before Python 3.12, and most of these collect one text or none.
    """
    own_texts, own_ids, columns, lists, below = branch
    for name in own_texts:
        if name in value:
            texts.append(value[name])  # noqa: PERF401 - see above
    for name in own_ids:
        if name in value:
            ids.append(value[name])  # noqa: PERF401
    for name, member in columns:
        if name in value:
            texts += [item[member] for item in value[name] if member in item]
    for name, items in lists:
        if name in value:
            for item in value[name]:
                collect_texts(item, items, texts, ids)
    for name, inner in below:
        if name in value:
            collect_texts(value[name], inner, texts, ids)
