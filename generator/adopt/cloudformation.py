"""Converts a CloudFormation template to the task definition in it: chooses the resource, evaluates functions, spells members for ECS."""

from __future__ import annotations

from collections.abc import Mapping

from generator.adopt.converted import Converted, Found, choose_found, find_text, join_findings
from generator.adopt.intrinsics import Evaluator
from generator.ecs.cloudformation import READ_ONLY, RENAMED, RESOURCE
from generator.ecs.paths import Step, first_step, item_step, member_step
from generator.ecs.shapes import Shape
from generator.model.findings import Finding, Note, Place, finding_at
from generator.model.nodes import ListNode, MapNode, Node


def convert_template(template: MapNode, part: str, values: Mapping[str, str]) -> Converted:
    """Convert the task definition in a template. `part` names it if there are several."""
    resources = template.items["Resources"]
    assert isinstance(resources, MapNode)
    kept = [name for name, node in resources.items.items() if find_text(node, "Type") == RESOURCE]
    found = [Found(name, resources.keys[name]) for name in kept]
    chosen = choose_found(found, part, template.keys["Resources"], what="this template")
    if isinstance(chosen, Finding):
        return Converted(findings=(chosen,))
    resource = resources.items[kept[chosen]]
    assert isinstance(resource, MapNode)
    properties = resource.items.get("Properties")
    if not isinstance(properties, MapNode):
        message = f"`{kept[chosen]}` has no `Properties`"
        return Converted(findings=(finding_at(found[chosen].place, "E304", message),))
    properties = properties._replace(
        items={name: node for name, node in properties.items.items() if name not in READ_ONLY}
    )
    evaluator = Evaluator(template, values)
    evaluated = evaluator.evaluate(properties)
    used, wanted = frozenset(evaluator.used), frozenset(evaluator.wanted)
    if evaluator.findings or not isinstance(evaluated, MapNode):
        return Converted(None, join_findings(evaluator.findings), used, wanted)
    speller = Speller()
    spelt = speller.spell_members(evaluated, first_step())
    return Converted(None if speller.findings else spelt, tuple(speller.findings), used, wanted)


class Speller:
    """One walk over one task definition that spells members as ECS does, and gathers findings. The keys of maps are data and stay."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def spell(self, node: Node, step: Step) -> Node:
        if isinstance(node, MapNode) and step.shape.type == "structure":
            return self.spell_members(node, step)
        if isinstance(node, ListNode) and step.shape.type == "list":
            below = item_step(step.shape, "")
            return node._replace(items=tuple(self.spell(item, below) for item in node.items))
        return node

    def spell_members(self, node: MapNode, step: Step) -> MapNode:
        """Spell the members of a structure. A member unknown to ECS keeps its name, and is reported by that name later."""
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for key, child in node.items.items():
            name = find_member(step.shape, key) or key
            if name in items:
                first = Note(f"the first is in {keys[name].location}", keys[name].location)
                message = f"`{name}` is there twice, in two spellings"
                self.findings.append(finding_at(node.keys[key], "E106", message, notes=(first,), help="keep one"))
                continue
            items[name] = self.spell(child, member_step(step.shape, name))
            keys[name] = node.keys[key]
        return MapNode(node.place, items, keys)


def find_member(shape: Shape, key: str) -> str | None:
    """Find the member for a property, ignoring case."""
    folded = key.casefold()
    renamed = RENAMED.get((shape.name, folded))
    return renamed or next((name for name in shape.members if name.casefold() == folded), None)
