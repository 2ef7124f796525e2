"""Functions of CloudFormation, evaluated with values that are given by hand. A missing value is reported by line (E137)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.adopt.converted import find_text, is_null
from generator.adopt.supplied import ask_for
from generator.build.rendering.bounds import MOST_TEXT
from generator.ecs.cloudformation import NO_VALUE, PSEUDO, REFUSED, is_function, is_list_type
from generator.model.findings import Finding, Place, finding_at
from generator.model.nodes import ListNode, MapNode, Node, Scalar
from generator.model.patterns import Pattern

SLOT = Pattern(r"\$\{(!?)([^{}]*)\}")
"""A placeholder of `Fn::Sub`: `${Name}`; `${!Name}` stands for the text `${Name}`."""

DYNAMIC = Pattern(r"\{\{resolve:[^{}]*\}\}")
"""A dynamic reference, which CloudFormation replaces by a secret or parameter."""

NULLS = ("null", "Null", "NULL", "~")
"""Null in YAML without quotes."""

COPY = "in a copy of the file, write the value that the stack has"


class Bound:
    """The text that all functions of a template make together. Beyond 1 MiB, texts are empty, and that is reported once (E109)."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        self.size = 0

    def take(self, text: str, place: Place) -> str:
        """Count a text that a function makes, and return it within the bound."""
        before, self.size = self.size, self.size + len(text)
        if before <= MOST_TEXT < self.size:
            message = "the functions of this template produce more than 1 MiB of text"
            self.findings.append(finding_at(place, "E109", message))
        return text if self.size <= MOST_TEXT else ""


class Evaluator:
    """One walk over one resource of a template that gathers findings and the names it needs."""

    def __init__(self, template: MapNode, values: Mapping[str, str]) -> None:
        self.template = template
        self.values = values
        self.findings: list[Finding] = []
        self.used: set[str] = set()
        self.wanted: set[str] = set()
        self.bound = Bound(self.findings).take

    def evaluate(self, node: Node) -> Node:
        """Evaluate all functions in a node."""
        if isinstance(node, Scalar):
            return self.evaluate_scalar(node)
        if isinstance(node, MapNode):
            if len(node.items) == 1 and is_function(next(iter(node.items))):
                return self.call(node)
            return node._replace(items={name: self.evaluate(child) for name, child in node.items.items()})
        assert isinstance(node, ListNode)
        items = ((item, self.evaluate(item)) for item in node.items)
        kept = (made for item, made in items if isinstance(item, Scalar) or not is_null(made))
        return node._replace(items=tuple(kept))

    def evaluate_scalar(self, scalar: Scalar) -> Scalar:
        """Evaluate a literal: only null in YAML and dynamic references change."""
        if scalar.kind == "plain" and scalar.text in NULLS:
            return scalar._replace(kind="null")
        if "{{resolve:" not in scalar.text:
            return scalar

        def resolve(match: re.Match[str]) -> str:
            what = f"`{match[0]}` is a dynamic reference: CloudFormation puts its value there"
            return self.find_value(match[0], find_inside(scalar.place, match[0]), what)

        return scalar._replace(kind="text", text=DYNAMIC.sub(resolve, scalar.text))

    def call(self, node: MapNode) -> Node:
        """Evaluate the call of a function."""
        ((name, given),) = node.items.items()
        if name == "Ref":
            return self.refer(node, given)
        if name == "Fn::GetAtt":
            return self.get_attribute(node, given)
        if name == "Fn::ImportValue":
            export = self.evaluate_text(given)
            what = f"`{export}` is an export of another stack"
            return make_text(node.place, self.find_value(export, node.place, what) if export else "")
        if name == "Fn::Sub":
            return self.substitute(node, given)
        if name == "Fn::Join":
            return self.join(node, given)
        why = REFUSED.get(name, "is not evaluated here")
        self.refuse(node.place, f"`{name}` {why}", f"{COPY} in place of `{name}`")
        return make_text(node.place, "")

    def refuse(self, place: Place, message: str, help: str) -> None:
        self.findings.append(finding_at(place, "E137", message, help=help))

    def find_value(self, name: str, place: Place, what: str, default: str | None = None) -> str:
        """Find the value that is given for a name. Reports E137 if there is none."""
        if name in self.values:
            self.used.add(name)
            return self.bound(self.values[name], place)
        self.wanted.add(name)
        asked = ask_for(name, default)
        self.refuse(place, f"{what}{asked.default}", asked.help)
        return ""

    def refer(self, node: MapNode, given: Node) -> Node:
        """Evaluate `Ref` to a parameter, a resource or a pseudo parameter."""
        name = given.text if isinstance(given, Scalar) else ""
        if name == NO_VALUE:
            return Scalar(node.place, "null", "null")
        value = self.find_named(name, node.place)
        if is_list_type(find_text(self.template, "Parameters", name, "Type") or ""):
            return ListNode(node.place, tuple(make_text(node.place, each.strip()) for each in value.split(",")))
        return make_text(node.place, value)

    def find_named(self, name: str, place: Place) -> str:
        """Find the value of a name. If there is none, the finding describes the thing with that name."""
        parameters, resources = (self.template.items.get(section) for section in ("Parameters", "Resources"))
        if name.startswith(PSEUDO):
            return self.find_value(name, place, f"`{name}` is known to CloudFormation only")
        if "." in name or (isinstance(resources, MapNode) and name in resources.items):
            return self.find_value(name, place, f"`{name}` is known only after the stack is created")
        if isinstance(parameters, MapNode) and name in parameters.items:
            hidden = find_text(parameters, name, "NoEcho") in ("true", "True")
            default = None if hidden else find_text(parameters, name, "Default")
            return self.find_value(name, place, f"`{name}` is a parameter of the template", default)
        return self.find_value(name, place, f"`{name}` is neither a parameter nor a resource of this template")

    def get_attribute(self, node: MapNode, given: Node) -> Node:
        """Evaluate `Fn::GetAtt`, whose argument is `Name.Attribute` or a list of both."""
        if isinstance(given, ListNode):
            name = ".".join(self.evaluate_text(item) for item in given.items)
        else:
            name = given.text if isinstance(given, Scalar) else ""
        if "." not in name:
            self.refuse(node.place, "`Fn::GetAtt` takes the name of a resource and of an attribute", COPY)
            return make_text(node.place, "")
        return make_text(node.place, self.find_named(name, node.place))

    def substitute(self, node: MapNode, given: Node) -> Node:
        """Evaluate `Fn::Sub`, whose argument is a text, or a list of a text and a mapping of values."""
        own: dict[str, Node] = {}
        if isinstance(given, ListNode) and len(given.items) == 2 and isinstance(given.items[1], MapNode):
            own, given = given.items[1].items, given.items[0]
        if not isinstance(given, Scalar):
            self.refuse(node.place, "`Fn::Sub` takes a text, or a list of a text and a mapping", COPY)
            return make_text(node.place, "")
        place, texts = given.place, dict[str, str]()

        def replace(match: re.Match[str]) -> str:
            name = match[2].strip()
            if match[1]:
                return f"${{{match[2]}}}"
            if name not in own:
                return self.find_named(name, find_inside(place, match[0]))
            if name not in texts:
                texts[name] = self.evaluate_text(own[name])
            return self.bound(texts[name], node.place)

        made = Scalar(place, "text", SLOT.sub(replace, given.text))
        return self.evaluate_scalar(made)._replace(place=node.place)

    def join(self, node: MapNode, given: Node) -> Node:
        """Evaluate `Fn::Join`, whose argument is a delimiter and a list."""
        if isinstance(given, ListNode) and len(given.items) == 2:
            delimiter, items = given.items[0], self.evaluate(given.items[1])
            if isinstance(delimiter, Scalar) and isinstance(items, ListNode):
                parts: list[str] = []
                for item in items.items:
                    parts.append(self.bound(delimiter.text, node.place) if parts else "")
                    parts.append(self.bound(self.evaluate_text(item), node.place))
                return make_text(node.place, "".join(parts))
        self.refuse(node.place, "`Fn::Join` takes a delimiter and a list of texts", COPY)
        return make_text(node.place, "")

    def evaluate_text(self, node: Node) -> str:
        """Evaluate a node that must be a text."""
        made = self.evaluate(node)
        if isinstance(made, Scalar):
            return made.text
        self.refuse(node.place, "this must be a text", COPY)
        return ""


def make_text(place: Place, text: str) -> Scalar:
    return Scalar(place, "text", text)


def find_inside(place: Place, text: str) -> Place:
    """Find a text within a place. Returns the whole place if the text is written with escapes."""
    start = place.source.text.find(text, place.start, place.end)
    return Place(place.source, start, start + len(text)) if start >= 0 else place
