"""W702: values that mention another environment than the one they are for, by its name, account or region."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from generator.documents.places import name_taker
from generator.documents.variables import find_variables
from generator.ecs.mentions import KINDS, MODE, MODES, SYNONYMS, WORDS
from generator.model.findings import Note, Place
from generator.model.nodes import Scalar
from generator.model.records import Record
from generator.review.environments.evidence import (
    Case,
    Claim,
    list_names,
    make_finding,
    note_place,
)

IDENTITY = re.compile(r"\[([^\]]*)\]")
REGION = re.compile(r"\b[a-z]{2,4}-(?:[a-z]{2,4}-)?(?:north|south|east|west|central)+-\d[a-z]?\b")
TOP_LEVEL = re.compile(r"(?<=[\w-])\.[a-z]{2,}(?=[:/?#]|$)")
"""The last label of a host: `.dev` and `.test` are domains of the Internet."""
DEVICE = re.compile(r"(?<![\w.-])/dev/(?:null|zero|full|u?random|std(?:in|out|err)|fd|tty|shm|log)\b")
"""A device of the operating system, which is not of the environment `dev`."""
JOINT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
BLANK = re.compile(r"[^A-Za-z0-9]+")
FORMS = {word: min(forms) for forms in SYNONYMS for word in forms}
"""One form for all words of an environment."""


class Mention(Record):
    """What was found in a value, as lower case words, and the environment it belongs to."""

    words: tuple[str, ...]
    owner: str
    fact: str


def find_mentions(group: Sequence[Case], ancestors: Mapping[str, tuple[str, ...]]) -> Iterator[Claim]:
    """Find the values of one task that speak of another environment of it; the same place in several makes one claim.

    `ancestors` are the overlays that an environment extends, which are its own.
    """
    claims: dict[tuple[Place, str, str], list[tuple[Case, Mention, Scalar, tuple[Place, ...]]]] = {}
    for case in group:
        others = [other for other in group if other.environment not in (case.environment, *ancestors[case.environment])]
        names = list_environments(case, others)
        for path, node in case.units.find(case.artifact.document).items():
            mention = find_mention(path, node, case, others, names) if isinstance(node, Scalar) else None
            if mention is not None and isinstance(node, Scalar):
                places = place_mention(node, case, mention)
                claims.setdefault((places[0], path, mention.owner), []).append((case, mention, node, places))
    for (_, path, owner), found in claims.items():
        yield make_claim(group[0].task, path, found, next(case for case in group if case.environment == owner))


def make_claim(
    task: str, path: str, found: list[tuple[Case, Mention, Scalar, tuple[Place, ...]]], owner: Case
) -> Claim:
    _, mention, _, places = found[0]
    environments = tuple(case.environment for case, _, _, _ in found)
    message = f"the {name_kind(path)} `{path}` of {list_names(environments)} mentions {mention.fact}"
    notes = [note_place(f"the {name_taker(place)} uses it in", place) for place in places[1:]]
    there = owner.units.find(owner.artifact.document).get(path)
    if isinstance(there, Scalar):
        place = place_mention(there, owner, mention)[0]
        if place != places[0]:
            notes.append(note_place(f"`{owner.environment}` sets it in", place))
        else:
            notes.append(Note(f"`{owner.environment}` has it from here too"))
    help = f"write the value that belongs to {list_names(environments)}, or declare an exception in the settings"
    finding = make_finding(places[0], "W702", message, path=path, notes=tuple(notes), help=help)
    finding = finding._replace(cause=name_mention(path, places[0], found, owner))
    words = IDENTITY.findall(path)
    return Claim(finding, words[-1] if words else "", places, environments, (), task)


def name_mention(
    path: str, place: Place, found: list[tuple[Case, Mention, Scalar, tuple[Place, ...]]], owner: Case
) -> str:
    """Name the cause of a mention: the line that brings it to some environments; of a role that is written out, its ARN wherever it is."""
    _, mention, node, places = found[0]
    written = name_kind(path) == "role" and len(places) == 1
    where = node.text if written else f"{place.source.path}\n{place.start}"
    return "\n".join((owner.environment, mention.fact, where, *(case.environment for case, _, _, _ in found)))


@lru_cache(maxsize=4096)
def name_kind(path: str) -> str:
    """State what is at a path; empty for what is not looked at."""
    return KINDS.get(IDENTITY.sub("[]", path), "")


class Names(Record):
    """The names that count in one environment, longer ones first and its own before others; others begin with the words `foreign`.

    `spellings` are all ways to write these words: a text without any mentions no other environment.
    """

    names: tuple[tuple[tuple[str, ...], str], ...]
    foreign: frozenset[str]
    spellings: tuple[str, ...]


def list_environments(case: Case, others: Sequence[Case]) -> Names:
    """List the names of environments for the values of one; the owner of its own is empty. Words of another kind are no names."""
    own = split_name(case.environment)
    names = [(own, ""), *(((word,), "") for word in own)]
    for other in others:
        name = split_name(other.environment)
        if len(name) > 1 or (name[0] not in WORDS and len(name[0]) > 1):
            names.append((name, other.environment))
    names.sort(key=lambda each: (-len(each[0]), each[1] != ""))
    foreign = frozenset(name[0] for name, owner in names if owner)
    return Names(tuple(names), foreign, (*foreign, *(word for word, form in FORMS.items() if form in foreign)))


def find_mention(path: str, node: Scalar, case: Case, others: Sequence[Case], names: Names) -> Mention | None:
    """Find what of another environment a value speaks of, if it is one that is looked at."""
    kind = name_kind(path)
    if not kind or node.kind != "text":
        return None
    name = IDENTITY.findall(path)[-1] if kind == "variable" else ""
    if name in MODES or name.endswith(MODE):
        return None
    return find_name(kind, node.text, names) or find_whereabouts(kind, node.text, case, others)


def find_name(kind: str, text: str, names: Names) -> Mention | None:
    """Find the name of another environment as whole words, longer names first, so that `prod` is not found in `prod-eu`."""
    lower = text.lower()
    if not any([word in lower for word in names.spellings]):  # noqa: C419 - faster than a generator
        return None
    text = REGION.sub(" ", text)
    if kind in ("variable", "image"):
        text = TOP_LEVEL.sub(" ", DEVICE.sub(" ", text))
    written = [word.lower() for word in (BLANK if kind == "variable" else JOINT).split(text) if word]
    words = [FORMS.get(word, word) for word in written]
    if names.foreign.isdisjoint(words):
        return None
    for name, owner in names.names:
        while (start := find_words(words, name)) is not None:
            if owner:
                return Mention(tuple(written[start : start + len(name)]), owner, f"`{owner}`")
            words[start : start + len(name)] = ["/"] * len(name)
    return None


def split_name(name: str) -> tuple[str, ...]:
    words = (word.lower() for word in BLANK.split(name) if word)
    return tuple(FORMS.get(word, word) for word in words)


def find_words(words: list[str], name: tuple[str, ...]) -> int | None:
    """Find where a name stands among words."""
    size = len(name)
    if name[0] not in words:
        return None
    return next((start for start in range(len(words) - size + 1) if tuple(words[start : start + size]) == name), None)


def find_whereabouts(kind: str, text: str, case: Case, others: Sequence[Case]) -> Mention | None:
    """Find another environment's account or region in the values of the application; W611 and W612 look at all else."""
    if kind not in ("variable", "file"):
        return None
    for member in ("account", "region"):
        own = case.plan.aws.get(member, "")
        for other in others:
            foreign = other.plan.aws.get(member, "")
            if (
                own
                and foreign
                and foreign != own
                and foreign in text
                and re.search(rf"(?<![\w-]){re.escape(foreign)}(?![\w-])", text)
            ):
                return Mention((foreign,), other.environment, f"the {member} of `{other.environment}`, {foreign}")
    return None


def place_mention(node: Scalar, case: Case, mention: Mention) -> tuple[Place, ...]:
    """Find where a value is written, the line to edit first: the variable that brings the mention, where the template takes one."""
    for variable in find_variables(node.place, case.artifact.variables):
        value = case.artifact.variables.items[variable.name]
        if isinstance(value, Scalar) and all(word in value.text.lower() for word in mention.words):
            return variable.place, node.place
    return (node.place,)
