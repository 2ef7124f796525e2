"""What AWS says and is asked, as bytes on the wire, by botocore's models: JSON 1.1, the query protocol's XML, S3's, and REST with JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

import botocore.session
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.parsers import create_parser
from botocore.validate import ParamValidator

from generator.model.nodes import Value

SERVICES = (
    "ecs",
    "logs",
    "ecr",
    "secretsmanager",
    "ssm",
    "sts",
    "iam",
    "s3",
    "elasticloadbalancing",
    "events",
    "scheduler",
)
MODELS = {"elasticloadbalancing": "elbv2"}
"""What botocore calls a service that is signed for by another name."""

SEGMENTS = {"Bucket": "{Bucket}", "Key": "{Key+}"}
REQUEST_ID = "5f1c9c06-7a3e-4b57-9d0c-2f7c51a8e0b4"

COMMON_ERRORS = (
    "AccessDenied",
    "AccessDeniedException",
    "ExpiredToken",
    "ExpiredTokenException",
    "InternalFailure",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "RequestExpired",
    "ServiceUnavailable",
    "SignatureDoesNotMatch",
    "Throttling",
    "ThrottlingException",
    "UnrecognizedClientException",
)
"""Errors that any operation may give, so no model names them.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html, and the same page of the others (2026-11-24)
"""


class Reply(NamedTuple):
    """One HTTP response."""

    status: int
    headers: dict[str, str]
    body: bytes


class Request(NamedTuple):
    """What was asked: `ecs:DescribeServices`, its parameters as they came, and who signed it for which region."""

    operation: str
    parameters: Value
    region: str = ""
    access_key: str = ""


@cache
def load_service(name: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(MODELS.get(name, name))


def find_operation(name: str) -> OperationModel:
    """Find an operation by what scenarios call it."""
    service, _, operation = name.partition(":")
    assert service in SERVICES, name
    return load_service(service).operation_model(operation)


# Answers.


def encode_answer(name: str, answer: Value) -> Reply:
    """Write an answer as its service does. One that is not of the operation's shape is refused, since AWS would never give it.

    Times are texts in ISO 8601.
    """
    operation = find_operation(name)
    shape = operation.output_shape
    if shape is None:
        assert answer == {}, f"{name} answers nothing"
        return Reply(200, {}, b"" if operation.service_model.protocol != "query" else encode_query(operation, {}))
    typed = type_value(answer, shape, name)
    report = ParamValidator().validate(typed, shape).generate_report()
    assert report == "", f"{name}: {report}"
    reply = encode_typed(operation, typed)
    response = {"body": reply.body, "headers": {"date": "", **reply.headers}, "status_code": reply.status}
    parsed = create_parser(operation.service_model.protocol).parse(response, shape)
    read = {key: value for key, value in parsed.items() if key in typed or value}  # headers of S3 make an empty map
    read.pop("ResponseMetadata", None)
    assert read == typed, f"{name} reads as {read}"
    return reply


def type_value(value: Value, shape: Shape, path: str) -> Value:
    """Turn texts into times where the shape wants these, and check what botocore's validator does not: enumerations."""
    if shape.type_name == "structure" and isinstance(value, dict):
        return {
            key: type_value(each, shape.members[key], f"{path}.{key}") if key in shape.members else each
            for key, each in value.items()
        }
    if shape.type_name == "list" and isinstance(value, list):
        return [type_value(each, shape.member, path) for each in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: type_value(each, shape.value, f"{path}.{key}") for key, each in value.items()}
    if shape.type_name == "timestamp":
        time = datetime.fromisoformat(value)
        assert time.tzinfo is not None, f"{path}: {value} has no offset"
        return time
    if shape.type_name == "string":
        assert not shape.enum or value in shape.enum, f"{path}: {value} is none of {', '.join(shape.enum)}"
    return value


def encode_typed(operation: OperationModel, answer: Value) -> Reply:
    """Write an answer that is of the operation's shape."""
    protocol = operation.service_model.protocol
    if protocol in ("json", "rest-json"):
        return Reply(
            200, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(answer, default=write_json).encode()
        )
    if protocol == "query":
        return Reply(200, {"Content-Type": "text/xml"}, encode_query(operation, answer))
    shape = operation.output_shape
    headers, rest = {}, {}
    for key, value in answer.items():
        member = shape.members[key]
        if member.serialization.get("location") == "header":
            headers[member.serialization["name"]] = write_header(value)
        else:
            rest[key] = value
    payload = shape.serialization.get("payload")
    if payload:
        return Reply(200, headers, rest.get(payload, b""))
    root = Element(shape.name)
    for key, value in rest.items():
        add_element(root, key, shape.members[key], value)
    return Reply(200, headers, tostring(root) if len(root) else b"")


def write_json(value: object) -> float | str:
    """Write what JSON has no type for."""
    if isinstance(value, datetime):
        return value.timestamp()
    assert isinstance(value, bytes)
    return base64.b64encode(value).decode()


def write_header(value: object) -> str:
    """Write a value of a header, as S3 does."""
    if isinstance(value, datetime):
        return value.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return str(value).lower() if isinstance(value, bool) else str(value)


def encode_query(operation: OperationModel, answer: Value) -> bytes:
    """Write an answer in the XML of the query protocol."""
    root = Element(f"{operation.name}Response", xmlns=operation.metadata["xmlNamespace"])
    shape = operation.output_shape
    if shape is not None:
        result = SubElement(root, shape.serialization["resultWrapper"])
        for key, value in answer.items():
            add_element(result, key, shape.members[key], value)
    SubElement(SubElement(root, "ResponseMetadata"), "RequestId").text = REQUEST_ID
    return bytes(tostring(root))


def add_element(parent: Element, name: str, shape: Shape, value: Value) -> None:
    """Add a value as XML; what does not read back as it was is found by `encode_answer`."""
    name = shape.serialization.get("name", name)
    if shape.type_name == "list" and shape.serialization.get("flattened"):
        for each in value:
            add_element(parent, name, shape.member, each)
        return
    element = SubElement(parent, name)
    if shape.type_name == "structure":
        for key, each in value.items():
            add_element(element, key, shape.members[key], each)
    elif shape.type_name == "list":
        for each in value:
            add_element(element, "member", shape.member, each)
    elif isinstance(value, datetime):
        element.text = value.strftime("%Y-%m-%dT%H:%M:%SZ")
    else:
        element.text = str(value).lower() if isinstance(value, bool) else str(value)


def encode_error(name: str, status: int, code: str, message: str) -> Reply:
    """Write an error as the service does; one that the operation cannot give is refused."""
    operation = find_operation(name)
    protocol = operation.service_model.protocol
    known = {*COMMON_ERRORS, *list_errors(operation)}
    if protocol in ("json", "rest-json"):
        assert code in known, f"{name} does not give {code}"
        body = json.dumps({"__type": code, "message": message}).encode()
        return Reply(status, {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": REQUEST_ID}, body)
    if protocol == "query":
        assert code in known, f"{name} does not give {code}"
        root = Element("ErrorResponse", xmlns=operation.metadata["xmlNamespace"])
        error = SubElement(root, "Error")
        SubElement(error, "Type").text = "Sender"
    else:  # S3's model names hardly any
        root = error = Element("Error")
    SubElement(error, "Code").text = code
    SubElement(error, "Message").text = message
    SubElement(root, "RequestId").text = REQUEST_ID
    body = b"" if operation.http["method"] == "HEAD" else tostring(root)
    return Reply(status, {"Content-Type": "text/xml"}, body)


def list_errors(operation: OperationModel) -> Iterator[str]:
    """List the codes that the model names for an operation."""
    for shape in operation.error_shapes:
        yield shape.error_code


# Requests.


def read_request(method: str, target: str, headers: dict[str, str], body: bytes) -> Request:
    """Tell what is asked; the service is the one that the request is signed for. Header names are in lower case."""
    scope = headers["authorization"].partition("Credential=")[2].partition(",")[0]
    access_key, _, region, signed, _ = scope.split("/")
    if signed == "s3":
        operation, parameters = read_path(method, target)
    elif signed == "scheduler":
        operation, parameters = read_schedules(target)
    elif "x-amz-target" in headers:
        operation, parameters = headers["x-amz-target"].rpartition(".")[2], json.loads(body or b"{}")
    else:
        parameters = dict(parse_qsl(body.decode(), keep_blank_values=True))
        operation = parameters.pop("Action")
        del parameters["Version"]
    return Request(f"{signed}:{operation}", parameters, region, access_key)


def read_schedules(target: str) -> tuple[str, Value]:
    """Tell what EventBridge Scheduler is asked: for the list of schedules, or for one."""
    split = urlsplit(target)
    name = unquote(split.path).removeprefix("/schedules").removeprefix("/")
    query = dict(parse_qsl(split.query, keep_blank_values=True))
    return ("GetSchedule", {"Name": name, **query}) if name else ("ListSchedules", query)


def read_path(method: str, target: str) -> tuple[str, Value]:
    """Tell what S3 is asked, in the style that has the bucket in the path."""
    split = urlsplit(target)
    bucket, _, key = unquote(split.path).removeprefix("/").partition("/")
    query = dict(parse_qsl(split.query, keep_blank_values=True))
    place = {"Bucket": bucket, "Key": key} if key else {"Bucket": bucket}
    found: dict[str, int] = {}
    for name in load_service("s3").operation_names:
        http = load_service("s3").operation_model(name).http
        path, _, more = http["requestUri"].partition("?")
        wanted = dict(parse_qsl(more, keep_blank_values=True))
        same = http["method"] == method and path == "/" + "/".join(SEGMENTS[each] for each in place)
        if same and wanted.items() <= query.items():
            found[name] = len(wanted)
    assert found, f"S3 has no operation for {method} {target}"
    return max(found, key=found.__getitem__), place | query
