"""The places and paths of values in a document: turns a problem into a finding. Decides no severity."""

from __future__ import annotations

import re

from generator.documents.changing import is_yaml, make_edits, remove_member
from generator.documents.tree import list_children
from generator.documents.variables import Variable, find_variables
from generator.ecs.lists import identity_of
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.model.comparison import name_container
from generator.model.findings import (
    CONTAINER,
    HERE,
    PARENT,
    Edit,
    Fact,
    Finding,
    Note,
    Path,
    Place,
    Problem,
    Severity,
    finding_at,
    name_cause,
)
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar
from generator.model.records import Record

TAG = re.compile(r"\{\{.*?\}\}", re.DOTALL)
"""The source that prints a value."""


class Spot(Record):
    """The target of a path: its place, its spelling and that of the structure around it.

    `place` is where the value was written: in the overlay if the template only passes a variable on. `written` has
    every place that a reader may consider, including the template's expression; `variables` are those that the
    expression names. `value` is the text of a scalar.
    """

    place: Place
    spelling: str
    parent: str
    written: tuple[Place, ...]
    variables: tuple[Variable, ...] = ()
    value: str = ""


def find_spot(document: Node, path: Path, *, key: bool = False, variables: MapNode | None = None) -> Spot:
    """Follow a path from a document's root, as far as it leads; with `key`, to the key that its last value stands under."""
    steps: list[Step] = [first_step()]
    place, node = document.place, document
    for index, part in enumerate(path):
        step, child = take_step(node, part, steps[-1])
        steps.append(step)
        if child is None:
            break
        last = key and index == len(path) - 1
        place = node.keys.get(str(part), child.place) if last and isinstance(node, MapNode) else child.place
        node = child
    spelling, parent = format_path(steps), format_path(steps[:-1])
    if key or not isinstance(node, Scalar):
        return Spot(place, spelling, parent, (place,), value=str(path[-1]) if key and path else "")
    named = find_given(node, variables) if variables is not None else ()
    if len(named) == 1:
        return Spot(named[0].place, spelling, parent, (named[0].place, place), named, node.text)
    return Spot(place, spelling, parent, (place, *(variable.place for variable in named)), named, node.text)


def read_source(place: Place) -> str:
    """Read the text that was written at a place."""
    return place.source.text[place.start : place.end]


def find_given(node: Scalar, variables: MapNode) -> tuple[Variable, ...]:
    """Find the variables of a value; none for the text of a patch, which still has its expression."""
    return () if "{{" in node.text and is_yaml(node.place) else find_variables(node.place, variables)


def take_step(node: Node, part: str | int, above: Step) -> tuple[Step, Node | None]:
    """Step from a node into a member or item; None if there is none."""
    if isinstance(part, str):
        child = node.items.get(part) if isinstance(node, MapNode) else None
        return member_step(above.shape, part), child
    if isinstance(node, Keyed) and part < len(node.items):
        item = node.items[part]
        return item_step(above.shape, item.identity), item.node
    if isinstance(node, ListNode) and part < len(node.items):
        child = node.items[part]
        return item_step(above.shape, spell_item(child, part, above)), child
    return item_step(above.shape, str(part)), None


def spell_item(item: Node, index: int, above: Step) -> str:
    """Spell an item of a list as in overlays: by its identity, if it has one."""
    if above.row is None or not above.row.identity or not isinstance(item, MapNode):
        return str(index)
    texts = {name: node.text for name, node in item.items.items() if isinstance(node, Scalar)}
    return identity_of(above.row, texts) or str(index)


STEP = re.compile(r"\[([^\]]*)\]|\.?([^.\[\]]+)")


class PathReader:
    """Reads paths of one document as they are spelt, such as `containerDefinitions[web].image`. Each list is gone through once."""

    def __init__(self, document: Node) -> None:
        self.document = document
        self.numbers: dict[int, dict[str, int]] = {}

    def read(self, spelling: str) -> Path:
        """Read a path: items by their number, as far as they are there."""
        path: list[str | int] = []
        node: Node | None = self.document
        above = first_step()
        for match in STEP.finditer(spelling):
            label, name = match.groups()
            part = name if label is None else self.find_number(node, label, above)
            above, node = take_step(node, part, above) if node is not None else (above, None)
            path.append(part)
        return tuple(path)

    def find_number(self, node: Node | None, label: str, above: Step) -> str | int:
        """Find the number of the item that a label in brackets stands for."""
        if not isinstance(node, (Keyed, ListNode)):
            return label
        if id(node) not in self.numbers:
            labels = (
                [item.identity for item in node.items]
                if isinstance(node, Keyed)
                else [spell_item(item, index, above) for index, item in enumerate(node.items)]
            )
            self.numbers[id(node)] = {each: number for number, each in reversed([*enumerate(labels)])}
        return self.numbers[id(node)].get(label, label)


def locate_problem(
    problem: Problem,
    document: Node,
    severity: Severity,
    variables: MapNode | None = None,
    *,
    harmless: bool = False,
) -> tuple[Finding, tuple[Place, ...]]:
    """Make a finding of a problem; beside it every place where a reader may look for what it is about.

    What is missing is missing beside a value in the template, anyone who gives that value, and what the template itself says is there, as a
    placeholder beside a variable. `harmless` says that no name on the way to it looks like a secret's.
    """
    spot = spot_problem(problem, document, variables)
    notes = [locate_fact(fact, document, variables) for fact in problem.facts]
    if len(spot.variables) == 1:
        notes.append(note_taking(spot.variables[0].name, spot.written[-1]))
    else:
        notes += [
            Note(f"the {name_taker(spot.place)} uses `{each.name}`, set in {each.place.location}", each.place.location)
            for each in spot.variables
        ]
    finding = finding_at(
        spot.place,
        problem.code,
        spell(problem.message, spot),
        path=spot.spelling or None,
        notes=tuple(notes),
        help=problem.help and spell(problem.help, spot),
        severity=severity,
        harmless=harmless,
        edits=find_edits(problem, document, spot),
        cause=find_cause(problem, spot),
    )
    return finding, spot.written


def spot_problem(problem: Problem, document: Node, variables: MapNode | None) -> Spot:
    """Find the place of a problem: at the variable of the value, or in the template if the cause is there."""
    if problem.missing is None:
        spot = find_spot(document, problem.path, key=problem.key, variables=variables)
        # What a variable prints may look like the tag that prints it.
        written = TAG.sub("", read_source(spot.written[-1 if len(spot.variables) == 1 else 0]))
        if not (spot.variables and problem.cause and problem.cause in written):
            return spot
    return find_spot(document, problem.path, key=problem.key)


def find_cause(problem: Problem, spot: Spot) -> str:
    """Find the cause of a problem: what it gives as that, in its file; else the value that was written at one place.

    A line of a template in a loop, or a variable that many lines take, is written once, however many values come of it.
    """
    if problem.cause is not None:
        return f"{spot.place.source.path}\n{problem.cause}"
    value = spot.value if problem.missing is None else ""
    return name_cause(spot.place, value, problem.message, problem.help)


def find_edits(problem: Problem, document: Node, spot: Spot) -> tuple[Edit, ...]:
    """Find the edits that the help of a problem stands for: where it was written, and where no variable gives it."""
    if problem.change is None or spot.variables:
        return ()
    if problem.change.kind == "remove":
        return remove_member(document, problem.path)
    return make_edits(problem.change, spot.place)


def follow_variable(finding: Finding, node: Node, variables: MapNode) -> Finding:
    """Move a finding about a scalar to the one variable that the template passes on there; any other stays."""
    named = find_given(node, variables) if isinstance(node, Scalar) else ()
    if not isinstance(node, Scalar) or len(named) != 1:
        return finding
    note = note_taking(named[0].name, node.place)
    return finding_at(
        named[0].place,
        finding.code,
        finding.message,
        path=finding.path,
        notes=(*finding.notes, note),
        help=finding.help,
        severity=finding.severity,
        cause=name_cause(named[0].place, node.text, *forget_path(finding)),
    )


def note_taking(name: str, place: Place) -> Note:
    """Note where a variable is used."""
    return Note(f"the {name_taker(place)} uses `{name}` in {place.location}", place.location)


def name_taker(place: Place) -> str:
    """Name the user of a variable at a place: a template, or a patch."""
    return "patch" if is_yaml(place) else "template"


def forget_path(finding: Finding) -> tuple[str, str | None]:
    """Return the message and the help of a finding without its path."""
    spelt = f"`{finding.path}`"
    return finding.message.replace(spelt, ""), finding.help and finding.help.replace(spelt, "")


def locate_fact(fact: Fact, document: Node, variables: MapNode | None) -> Note:
    """Make a note of a fact, with the place of the value it is about."""
    if fact.path is None:
        return Note(fact.text)
    spot = find_spot(document, fact.path, variables=variables)
    location = spot.place.location
    return Note(f"{spell(fact.text, spot)}, set in {location}", location)


def spell(text: str, spot: Spot) -> str:
    """Put the spelt paths into a message."""
    text = text.replace(HERE, spot.spelling).replace(PARENT, spot.parent)
    return text.replace(CONTAINER, name_container(spot.spelling)) if CONTAINER in text else text


def find_path(document: MapNode, committed: MapNode, line: int) -> str | None:
    """Find the value on a line of the committed artifact, by the paths of the newly rendered document.

    None if the line has no value of its own. A container is known by its `$id`, which the file does not have.
    """
    return find_on_line(committed, document, (first_step(),), line)


def find_on_line(node: Node, known: Node | None, steps: tuple[Step, ...], line: int) -> str | None:
    start, end = (count_line(node.place, offset) for offset in (node.place.start, node.place.end - 1))
    if not start <= line <= end:
        return None
    if line == start or isinstance(node, Scalar):
        return format_path(steps)
    for key, step, child in list_parts(node, known, steps[-1]):
        first = count_line(key, key.start) if key is not None else None
        found = find_on_line(child, take_known(known, step, steps[-1]), (*steps, step), line)
        if found is not None or first == line:
            return found or format_path((*steps, step))
    return format_path(steps)


def list_parts(node: Node, known: Node | None, above: Step) -> list[tuple[Place | None, Step, Node]]:
    """List the children of a node of a parsed file: the key's place, the step as in the sources, and the node."""
    if isinstance(node, MapNode):
        return [(node.keys[name], member_step(above.shape, name), child) for name, child in node.items.items()]
    if not isinstance(node, ListNode):
        return []
    ids: dict[str, str] = {}
    for item in known.items if isinstance(known, Keyed) else ():
        own = identify(item.node, above)
        ids.setdefault(own, item.identity) if own else None
    parts: list[tuple[Place | None, Step, Node]] = []
    for index, child in enumerate(node.items):
        own = identify(child, above) if isinstance(child, MapNode) else None
        parts.append((None, item_step(above.shape, ids.get(own or "", own) or str(index)), child))
    return parts


def identify(item: MapNode, above: Step) -> str | None:
    """Find the identity that an item's own members give it."""
    if above.row is None or not above.row.identity:
        return None
    return identity_of(above.row, {key: each.text for key, each in item.items.items() if isinstance(each, Scalar)})


def take_known(known: Node | None, step: Step, above: Step) -> Node | None:
    """Take the same step in the newly rendered document."""
    if known is None:
        return None
    return next((child for each, child in list_children(known, above) if each.label == step.label), None)


def count_line(place: Place, offset: int) -> int:
    return Place(place.source, max(offset, 0), max(offset, 0)).location.line
