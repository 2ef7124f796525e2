"""How CloudFormation spells a task definition and its functions. Facts only: nothing is evaluated here.

AWS CloudFormation Template Reference, "AWS::ECS::TaskDefinition" and "Intrinsic function reference" (2026-11-30).
"""

from __future__ import annotations

from collections.abc import Mapping

RESOURCE = "AWS::ECS::TaskDefinition"

NO_VALUE = "AWS::NoValue"
"""The pseudo parameter that removes the property it is given to."""

PSEUDO = "AWS::"
"""The prefix of pseudo parameters."""

RENAMED: Mapping[tuple[str, str], str] = {("ProxyConfiguration", "proxyconfigurationproperties"): "properties"}
"""Properties whose names differ from the members of ECS by more than case, by their shape. The names are in lower case."""

READ_ONLY = frozenset(("TaskDefinitionArn",))
"""Attributes of the resource that no template sets."""

EVALUATED = ("Fn::GetAtt", "Fn::ImportValue", "Fn::Join", "Fn::Sub")

REFUSED: Mapping[str, str] = {
    "Fn::And": "is for conditions",
    "Fn::Base64": "encodes a text when the stack is created",
    "Fn::Cidr": "computes addresses when the stack is created",
    "Fn::Contains": "is for rules",
    "Fn::EachMemberEquals": "is for rules",
    "Fn::EachMemberIn": "is for rules",
    "Fn::Equals": "is for conditions",
    "Fn::FindInMap": "looks a value up in `Mappings` when the stack is created",
    "Fn::GetAZs": "asks for the zones of a region when the stack is created",
    "Fn::If": "chooses by a condition when the stack is created",
    "Fn::Length": "counts items when the stack is created",
    "Fn::Not": "is for conditions",
    "Fn::Or": "is for conditions",
    "Fn::RefAll": "is for rules",
    "Fn::Select": "chooses an item when the stack is created",
    "Fn::Split": "splits a text when the stack is created",
    "Fn::ToJsonString": "writes JSON when the stack is created",
    "Fn::Transform": "runs a macro when the stack is created",
    "Fn::ValueOf": "is for rules",
    "Fn::ValueOfAll": "is for rules",
}
"""Functions whose value is not computed here, and why."""

TAGS: Mapping[str, str] = {"!Ref": "Ref", "!Condition": "Condition"} | {
    f"!{name[4:]}": name for name in (*EVALUATED, *REFUSED)
}
"""The short forms of functions in YAML, and the names they stand for."""


def is_function(name: str) -> bool:
    """Whether a mapping with this single key is a call of a function."""
    return name == "Ref" or name.startswith("Fn::")


def is_list_type(type: str) -> bool:
    """Whether a type of parameters is a list of texts, separated by commas."""
    return (
        type == "CommaDelimitedList"
        or type.startswith(("List<", "AWS::SSM::Parameter::Value<List<"))
        or (type == "AWS::SSM::Parameter::Value<CommaDelimitedList>")
    )
