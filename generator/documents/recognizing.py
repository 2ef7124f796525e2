"""What a file from anywhere seems to be: a task definition, an answer of ECS that has one in it, or something else. Finds no fault."""

from __future__ import annotations

import re

from generator.ecs.placeholders import match_mark, state_placeholder
from generator.ecs.shapes import task_definition
from generator.model.findings import Problem
from generator.model.nodes import ListNode, MapNode, Value
from generator.model.patterns import Pattern
from generator.model.records import Record

HINTS = (b"containerDefinition", b"taskDefinition", b'"family"')
"""Of a file that has none of these nobody would say that it is a task definition."""

TRACE = Pattern(
    r"container_?definition|task_?definition|aws::ecs|\"family\"|\"image\"\s*+:|^family[ \t]*[:=]",
    re.IGNORECASE | re.MULTILINE,
)
"""What a text has that is a task definition in any form, or that somebody took for one."""

DESCRIBED = frozenset(("taskDefinition", "tags", "ResponseMetadata", "$metadata"))
"""What the answer of describe-task-definition and of register-task-definition holds, as clients of AWS print it."""

BLANK = Pattern(r"\s*")
TAG = Pattern(r"\{[{%#]")
YAML_LINE = Pattern(r"---(?=\s|$)|- |[\"']?[A-Za-z_][\w.-]*[\"']?[ \t]*:(?=\s|$)")
CLOUDFORMATION_LINE = Pattern(r"^[\"']?(?:AWSTemplateFormatVersion|Resources)[\"']?[ \t]*:(?=\s)", re.MULTILINE)
TERRAFORM_LINE = Pattern(r"(?:resource|module|data|variable|locals|terraform|provider)\b[^\n:]*\{")


class Guess(Record):
    """What a text seems to be: the span that shows it, what to say, and the one thing to do."""

    start: int
    end: int
    message: str
    help: str


def recognize_text(text: str, at: int) -> Guess | None:
    """Recognise a text that is no JSON from character `at` on."""
    blank = BLANK.match(text)
    first = blank.end() if blank else 0
    if first == len(text):
        return Guess(0, 0, "this file is empty", "put a task definition into it, or delete it")
    if at == first and text[first] not in "{[":
        return recognize_language(text, first)
    for start in (at - 1, at):
        tag = TAG.match(text, start) if start >= 0 else None
        if tag:
            message = f"this is a template, not JSON: `{tag[0]}` is outside all strings"
            return Guess(*tag.span(), message, "lint the rendered file")
    placeholder = match_mark(text, at)
    if placeholder:
        help = "lint the file that has the value"
        return Guess(*placeholder.span(), state_placeholder(placeholder[0]), help)
    return None


def recognize_language(text: str, first: int) -> Guess | None:
    """Recognise another language by how its text begins."""
    end = text.find("\n", first)
    line = text[first : end if end >= 0 else len(text)].rstrip()
    span = (first, first + len(line))
    if TAG.match(line):
        return Guess(
            first,
            first + 2,
            f"this is a template, not JSON: it begins with `{line[:2]}`",
            "lint the rendered file",
        )
    if CLOUDFORMATION_LINE.search(text):
        return Guess(*span, "this is a CloudFormation template, not a task definition in JSON", ASK_FOR_JSON)
    if TERRAFORM_LINE.match(line):
        return Guess(*span, "this is Terraform's language, not JSON", ASK_FOR_JSON)
    if YAML_LINE.match(line):
        return Guess(*span, "this is YAML, not JSON", "convert it to JSON")
    return None


NOT_JSON = "this is not a task definition: it is not JSON"
NO_FAMILY = "this is not a task definition: it has neither `family` nor `containerDefinitions`"
ASK_FOR_JSON = "lint the JSON that is registered"


def recognize_value(document: Value) -> Problem | None:
    """Recognise JSON that holds task definitions in another form than ECS registers them."""
    if isinstance(document, list):
        if document and all(isinstance(item, dict) and "image" in item for item in document):
            message = (
                "this is a list of containers, as Terraform's `container_definitions` has it, not a task definition"
            )
            return Problem("E302", (), message, help="put it under `containerDefinitions`, beside `family`")
        return None
    if not isinstance(document, dict) or "containerDefinitions" in document:
        return None
    if isinstance(document.get("Resources"), dict):
        message = "this is a CloudFormation template, not a task definition"
        return Problem("E301", ("Resources",), message, help=ASK_FOR_JSON, key=True)
    for member in ("Properties", "ContainerDefinitions"):
        if member in document and (member != "Properties" or "Type" in document):
            message = f"`{member}` is CloudFormation's, and ECS spells no member with a capital letter"
            return Problem("E301", (member,), message, help=ASK_FOR_JSON, key=True)
    return Problem("E304", (), NO_FAMILY, help=ASK_FOR_JSON) if document and is_foreign(document) else None


def is_foreign(document: dict[str, Value]) -> bool:
    """Whether none of the members of a document is one of a task definition, by any spelling, or one of which is known what it means."""
    from generator.ecs.elsewhere import TASK, find_meaning, find_owner  # only if something is wrong
    from generator.model.misspelling import find_misspelt

    members = tuple(task_definition().members)
    return not any(
        name in members or find_misspelt(name, members) or find_meaning(TASK, name) or find_owner(TASK, name)
        for name in [*document][:MOST_NAMES]
    )


MOST_NAMES = 100
"""So many members of a document are looked at: a task definition has fewer."""


def hints_at_task_definition(data: bytes) -> bool:
    """Whether the bytes of a file can be those of a task definition, from afar."""
    if any(hint in data for hint in HINTS):
        return True
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") and HINTS[0] in data.replace(b"\0", b"")


def is_something_else(text: str) -> bool:
    """Whether a text is no task definition in any form or language, broken ones included: it may be any file, and hold anything."""
    blank = BLANK.match(text)
    first = blank.end() if blank else 0
    if text[first : first + 1] not in ("{", "[") and recognize_language(text, first) is None:
        return True
    return TRACE.search(text) is None


def resembles_task_definition(document: Value) -> bool:
    """Whether a value is a task definition to all appearance, be it right or wrong."""
    if not isinstance(document, dict):
        return False
    if "containerDefinitions" in document or is_described(document):
        return True
    return "family" in document and any(name.lower().startswith("container") for name in document)


def is_described(document: Value) -> bool:
    """Whether a value is the answer of describe-task-definition, with the task definition in it."""
    return (
        isinstance(document, dict)
        and isinstance(document.get("taskDefinition"), dict)
        and DESCRIBED.issuperset(document)
    )


def unwrap_value(document: Value) -> Value:
    """Take a task definition out of the answer of describe-task-definition, which has the tags beside it."""
    inner, tags = document["taskDefinition"], document.get("tags")
    return {**inner, "tags": tags} if tags and isinstance(tags, list) and "tags" not in inner else inner


def unwrap_node(document: MapNode) -> MapNode:
    """Take a task definition out of the answer of describe-task-definition, which has the tags beside it."""
    inner = document.items.get("taskDefinition")
    if not isinstance(inner, MapNode) or not DESCRIBED.issuperset(document.items):
        return document
    tags = document.items.get("tags")
    if "tags" in inner.items or not isinstance(tags, ListNode) or not tags.items:
        return inner
    return inner._replace(items={**inner.items, "tags": tags}, keys={**inner.keys, "tags": document.keys["tags"]})
