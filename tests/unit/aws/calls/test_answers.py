"""Whatever bytes an answer is, it comes out as botocore's model has it, or as one kind of failure."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from botocore.model import StructureShape
from botocore.parsers import ResponseParserError

from generator.aws.calls.answers import CheckedParsers, clean_value
from generator.model.nodes import Value
from tests.acceptance.wire import find_operation

OPERATION = "ecs:DescribeTaskDefinition"


def parse(body: bytes, status: int = 200, operation: str = OPERATION) -> Value:
    """Parse the body of an answer, without what is about the response."""
    model = find_operation(operation)
    response = {"body": body, "headers": {}, "status_code": status}
    parser = CheckedParsers().create_parser(model.service_model.protocol)
    parsed = parser.parse(response, model.output_shape)
    return {name: value for name, value in parsed.items() if name != "ResponseMetadata"}


def parse_services(service: Value) -> Value:
    """Parse an answer about one service."""
    return parse(json.dumps({"services": [service]}).encode(), operation="ecs:DescribeServices")["services"]


def wrap(**members: Value) -> bytes:
    return json.dumps({"taskDefinition": members}).encode()


UNREADABLE = {
    "a page": b"<!doctype html><title>Sign in</title>",
    "half an answer": wrap(family="web")[:-3],
    "a list": b"[]",
    "a text": b'"x"',
    "null": b"null",
    "no text": b"\xff\xfe{}",
    "a text for a structure": b'{"taskDefinition": "x"}',
    "a list for a structure": b'{"taskDefinition": []}',
    "a number for a text": wrap(family=3),
    "a text for a number": wrap(revision="3"),
    "a boolean for a number": wrap(revision=True),
    "a number for a list": wrap(volumes=3),
    "a text for a list of texts": wrap(requiresCompatibilities="EC2"),
    "a structure for a list of texts": wrap(requiresCompatibilities={"EC2": True}),
    "a text in a list of structures": wrap(volumes=["x"]),
    "a list for a map": wrap(containerDefinitions=[{"dockerLabels": ["x"]}]),
    "a structure in a map of texts": wrap(containerDefinitions=[{"dockerLabels": {"a": {}}}]),
    "no time": wrap(registeredAt="soon"),
    "a time out of the calendar": wrap(registeredAt=1e30),
    "a time out of the calendar in UTC": wrap(registeredAt="9999-12-31T23:59:59-12:00"),
    "a text for a boolean": wrap(containerDefinitions=[{"essential": "yes"}]),
    "a number that is too large": b'{"taskDefinition": {"revision": ' + b"9" * 5000 + b"}}",
    "brackets": b"[" * 100_000,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_answer_of_another_shape_is_one_kind_of_failure(name: str) -> None:
    with pytest.raises(ResponseParserError):
        parse(UNREADABLE[name])


def test_a_text_for_a_large_number_or_a_fraction_is_the_same_kind_of_failure() -> None:
    with pytest.raises(ResponseParserError):
        parse(b'{"logGroups": [{"storedBytes": "many"}]}', operation="logs:DescribeLogGroups")
    with pytest.raises(ResponseParserError):
        parse_services({"taskSets": [{"scale": {"value": "half"}}]})


@pytest.mark.parametrize("details", ["text", 1, [None, {"a": None}], {"a": [1, None]}])
def test_what_may_be_any_json_stays_as_it_is(details: Value) -> None:
    service = {"deploymentConfiguration": {"lifecycleHooks": [{"hookDetails": details}]}}
    assert parse_services(service) == [service]


@pytest.mark.parametrize("body", [b"<ErrorResponse>", b"[]", b"{}", b"\xff", b"<a><b/></a>"])
def test_no_xml_is_one_kind_of_failure(body: bytes) -> None:
    try:
        parsed = parse(body, operation="sts:GetCallerIdentity")
    except ResponseParserError:
        return
    assert parsed == {}


def test_nulls_are_left_out_wherever_they_stand() -> None:
    body = wrap(
        family="web",
        cpu=None,
        volumes=[None, {"name": "data", "host": None}],
        containerDefinitions=[{"command": ["a", None], "dockerLabels": {"a": "b", "c": None}}],
    )
    assert parse(body) == {
        "taskDefinition": {
            "family": "web",
            "volumes": [{"name": "data"}],
            "containerDefinitions": [{"command": ["a"], "dockerLabels": {"a": "b"}}],
        }
    }


def test_a_time_is_in_utc() -> None:
    at = parse(wrap(registeredAt="1970-01-01T02:00:00+02:00"))["taskDefinition"]["registeredAt"]
    assert (at, at.tzinfo) == (datetime(1970, 1, 1, tzinfo=UTC), UTC)


UNKNOWN: dict[str, Value] = {
    "a member of the answer": {"more": [1, {"a": "b"}], "taskDefinition": {}},
    "a member": {"taskDefinition": {"family": "web", "newMember": {"since": 1.5, "on": True}}},
    "a member of an item": {"taskDefinition": {"volumes": [{"name": "a"}, {"name": "b", "newVolume": {"id": "fs"}}]}},
    "a member below a member": {"taskDefinition": {"runtimePlatform": {"newMember": "x"}}},
}


@pytest.mark.parametrize("answer", UNKNOWN.values(), ids=UNKNOWN)
def test_what_the_installed_model_does_not_know_is_there_all_the_same(answer: Value) -> None:
    assert parse(json.dumps(answer).encode()) == answer


def test_a_member_that_a_union_does_not_know_is_there_as_it_was_said() -> None:
    union = StructureShape("Union", {"type": "structure", "union": True, "members": {}})
    value = {"SDK_UNKNOWN_MEMBER": {"name": "newKind"}}
    assert clean_value(value, union, {"newKind": {"a": 1}, "other": None}) == {"newKind": {"a": 1}}


def test_what_no_model_knows_has_no_nulls_and_no_name_of_a_shape() -> None:
    body = wrap(newMember={"a": None, "b": [None, {"c": None}]}, other=None, __type="TaskDefinition")
    assert parse(body) == {"taskDefinition": {"newMember": {"b": [{}]}}}


def test_nothing_said_is_nothing() -> None:
    assert parse(b"") == {}


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ({"__type": "a#ClientException", "message": "no"}, "ClientException", "no"),
        ({"__type": "ClientException", "message": None}, "ClientException", ""),
        ({"__type": "ClientException", "message": {"a": 1}}, "ClientException", "{'a': 1}"),
        ({}, "400", ""),
    ],
)
def test_an_error_has_texts(body: Value, code: str, message: str) -> None:
    assert parse(json.dumps(body).encode(), 400)["Error"] == {"Code": code, "Message": message}


@pytest.mark.parametrize("body", [b"[]", b'{"__type": 3}', b"\xff"])
def test_an_error_that_nobody_can_read_is_the_same_kind_of_failure(body: bytes) -> None:
    with pytest.raises(ResponseParserError):
        parse(body, 400)
