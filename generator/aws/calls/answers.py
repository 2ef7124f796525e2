"""What AWS answers, held to botocore's models: one of another shape is refused, and nulls are omitted. Knows no operation.

botocore's parsers trust what they read: they raise whatever Python does of a text where a list should be, and take a page of HTML for an
answer without members. They drop members that their model does not know, so that what an answer says would depend on the installed
release. So this module stands between them and everybody who reads an answer.
"""

from __future__ import annotations

from datetime import UTC, datetime
from json import loads
from typing import TYPE_CHECKING

from botocore.parsers import ResponseParserError, create_parser

if TYPE_CHECKING:
    from botocore.model import Shape
    from botocore.session import Session

    from generator.model.nodes import Value

MISREAD = (AttributeError, LookupError, OverflowError, RuntimeError, TypeError, ValueError)
"""What botocore's parsers, and the calendar, raise of an answer that has another shape than the model."""

TYPES: dict[str, tuple[type, ...]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "double": (int, float),
    "boolean": (bool,),
    "timestamp": (datetime,),
}
"""How botocore gives the types that answers to us have, by its models; one that is not here is given on as it is."""

NESTING = ("structure", "map", "list")
"""The types that JSON writes as botocore gives them."""

UNKNOWN_MEMBER = "SDK_UNKNOWN_MEMBER"
"""What botocore gives in place of a member of a union that its model does not know."""

TYPE_NAME = "__type"
"""A key of JSON 1.1 that names a shape, and is no member."""


def make_session() -> Session:
    """Make a session of botocore whose clients give only answers that are of the model's shape, with all members that AWS sent."""
    from botocore.session import get_session

    session = get_session()
    session.register_component("response_parser_factory", CheckedParsers())
    return session


class CheckedParsers:
    """Stands in for botocore's factory of parsers, and makes the same, each with a check behind it."""

    def create_parser(self, protocol_name: str) -> CheckedParser:
        return CheckedParser(create_parser(protocol_name), protocol_name)


class CheckedParser:
    """A parser of botocore. What it cannot read, or reads as something else than the model has, is a ResponseParserError."""

    def __init__(self, parser: Value, protocol: str) -> None:
        self.parser = parser
        self.protocol = protocol

    def parse(self, response: Value, shape: Shape | None) -> Value:
        """Parse one HTTP response: `body`, `headers` and `status_code`."""
        failed = response["status_code"] >= 301
        try:
            said: Value = None
            if self.protocol == "json" and not failed and response["body"]:
                said = loads(response["body"])
                check_type(said, (dict,))
            parsed = self.parser.parse(response, shape)
            if failed:
                return {**parsed, "Error": clean_error(parsed.get("Error", {}))} if "Error" in parsed else parsed
            return parsed if shape is None else clean_value(parsed, shape, said)
        except MISREAD as error:
            raise ResponseParserError(f"{type(error).__name__}: {error}") from error


def clean_error(told: Value) -> Value:
    """Make texts of an error's code and message, which may be any JSON."""
    texts = {name: "" if told.get(name) is None else str(told[name]) for name in ("Code", "Message")}
    return {**told, **texts}


def clean_value(value: Value, shape: Shape, said: Value = None) -> Value:
    """Leave nulls out of lists and maps, as botocore does of structures, and bring times to UTC. Another type is a TypeError.

    `said` is the JSON that the value was read from, if it was: members that the shape does not have are taken from there. botocore
    reads a text or an object as a list of its letters or names (1.44.5), so the type of that JSON is checked too.
    """
    kind = shape.type_name
    if kind not in TYPES or getattr(shape, "is_document_type", False):
        return value
    check_type(value, TYPES[kind])
    if kind in NESTING and said is not None:
        check_type(said, TYPES[kind])
    if kind == "structure":
        return clean_structure(value, shape, said if isinstance(said, dict) else {})
    if kind == "map":
        items = said if isinstance(said, dict) else {}
        return {
            name: clean_value(each, shape.value, items.get(name)) for name, each in value.items() if each is not None
        }
    if kind == "list":
        each_said = said if isinstance(said, list) else [None] * len(value)
        pairs = zip(value, each_said, strict=True)
        return [clean_value(each, shape.member, words) for each, words in pairs if each is not None]
    return value.astimezone(UTC) if kind == "timestamp" else value


def clean_structure(value: Value, shape: Shape, said: Value) -> Value:
    """Clean the members that a model knows, and add those that it does not know as they were said."""
    cleaned: dict[str, Value] = {}
    known = {member.serialization.get("name", name) for name, member in shape.members.items()}
    for name, each in value.items():
        member = shape.members.get(name)
        if member is None:
            cleaned |= {} if name == UNKNOWN_MEMBER else {name: each}
        else:
            cleaned[name] = clean_value(each, member, said.get(member.serialization.get("name", name)))
    unknown = {name: drop_nulls(each) for name, each in said.items() if name not in known and each is not None}
    unknown.pop(TYPE_NAME, None)
    return {**unknown, **cleaned}


def drop_nulls(said: Value) -> Value:
    """Leave nulls out of JSON that no model knows."""
    if isinstance(said, dict):
        return {name: drop_nulls(each) for name, each in said.items() if each is not None}
    if isinstance(said, list):
        return [drop_nulls(each) for each in said if each is not None]
    return said


def check_type(value: Value, types: tuple[type, ...]) -> None:
    """Raise TypeError if a value is of none of these types; a boolean is no number."""
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise TypeError(f"{type(value).__name__} for {types[0].__name__}")
