"""What AWS answers, held to botocore's models: one of another shape is refused, and nulls are left out. Knows no operation.

botocore's parsers trust what they read: they raise whatever Python does of a text where a list should be, and take a page of HTML for an
answer without members. So this module stands between them and everybody who reads an answer.
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


def make_session() -> Session:
    """Make a session of botocore whose clients give only answers that are of the model's shape."""
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
            if self.protocol == "json" and not failed and response["body"]:
                check_type(loads(response["body"]), (dict,))
            parsed = self.parser.parse(response, shape)
            if failed:
                return {**parsed, "Error": clean_error(parsed.get("Error", {}))} if "Error" in parsed else parsed
            return parsed if shape is None else clean_value(parsed, shape)
        except MISREAD as error:
            raise ResponseParserError(f"{type(error).__name__}: {error}") from error


def clean_error(told: Value) -> Value:
    """Make texts of an error's code and message, which may be any JSON."""
    texts = {name: "" if told.get(name) is None else str(told[name]) for name in ("Code", "Message")}
    return {**told, **texts}


def clean_value(value: Value, shape: Shape) -> Value:
    """Leave nulls out of lists and maps, as botocore does of structures, and bring times to UTC. Another type is a TypeError."""
    kind = shape.type_name
    if kind not in TYPES or getattr(shape, "is_document_type", False):
        return value
    check_type(value, TYPES[kind])
    if kind == "structure":
        members = shape.members
        return {name: clean_value(each, members[name]) if name in members else each for name, each in value.items()}
    if kind == "map":
        return {name: clean_value(each, shape.value) for name, each in value.items() if each is not None}
    if kind == "list":
        return [clean_value(each, shape.member) for each in value if each is not None]
    return value.astimezone(UTC) if kind == "timestamp" else value


def check_type(value: Value, types: tuple[type, ...]) -> None:
    """Raise TypeError if a value is of none of these types; a boolean is no number."""
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise TypeError(f"{type(value).__name__} for {types[0].__name__}")
