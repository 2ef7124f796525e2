"""The files that are imported: text to a task definition in the canonical form, by which alone two are equal. Refuses by file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from generator.adopt.commented import Bare, blank_comments
from generator.adopt.converted import Converted
from generator.adopt.forms import convert_file, parse_shown, refuse_part, resembles_template
from generator.build.merging import view_document
from generator.documents.coercing import coerce_document
from generator.documents.ordering import order_document
from generator.documents.parsing.document import parse_json
from generator.documents.parsing.scalars import to_value
from generator.documents.parsing.yaml import parse_yaml
from generator.documents.places import locate_problem
from generator.documents.recognizing import is_described, recognize_text, recognize_value, unwrap_node
from generator.documents.serializing import serialize_document
from generator.ecs.cloudformation import TAGS
from generator.ecs.lists import identity_of
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.ecs.shapes import read_only
from generator.model.findings import Finding, Level, Place, Source, find_lines, finding_at
from generator.model.nodes import Item, Keyed, ListNode, MapNode, Node, Scalar, Value
from generator.model.patterns import Pattern
from generator.model.records import Record
from generator.review.normalizing import COUNTING
from generator.rules import RULES
from generator.rules.validating import Validator

COMPOSE = Pattern(r"^services[ \t]*:(?=\s)", 8)
COMPOSED = "this is a Compose file: it lacks the family, the sizes and the roles of a task definition"
NO_COMPOSE = "write the task definition, or import the one that is registered: `aws ecs describe-task-definition`"

NOTHING: Mapping[str, str] = MappingProxyType({})


class Given(Record):
    """A file to import: its environment, its task and its text. `mark` is true if it began with a byte order mark.

    `part` names the task definition if the file may have several. `values` are given by hand for names in the file.
    """

    environment: str
    task: str
    source: Source
    mark: bool = False
    part: str = ""
    values: Mapping[str, str] = NOTHING


class LeftOut(Record):
    """Counts of parts that are missing in the canonical form of a file, such as members that only ECS sets, and empty lists.

    `terraform` counts arguments that only Terraform has.
    """

    read_only: int = 0
    nulls: int = 0
    empty: int = 0
    comments: int = 0
    commas: int = 0
    mark: int = 0
    described: int = 0
    terraform: int = 0


class Original(Record):
    """A task definition that was read: `value` as plain values in the canonical form, and `text` as an artifact has it.

    `source` is the text without comments, whose lines and columns are those of the file. `converted` is None for a file in
    the form of ECS. For other files, `document` has the places.
    """

    environment: str
    task: str
    source: Source
    value: Value
    text: str
    left_out: LeftOut
    document: MapNode
    part: str = ""
    converted: Converted | None = None


class Refused(Record):
    """A file that is no task definition, and why."""

    findings: tuple[Finding, ...]
    converted: Converted | None = None


def read_original(given: Given, *, exact: bool = False, allow: tuple[str, ...] = ()) -> Original | Refused:
    """Read one file. With `exact`, lists with nothing in them are kept."""
    read = read_nodes(given)
    if isinstance(read, Refused):
        return read
    node, source, left_out = read
    converted = convert_file(node, given.part, given.values)
    if converted is not None:
        if converted.node is None:
            return Refused(converted.findings, converted)
        left_out = left_out._replace(terraform=converted.left_out)
        made = type_original(given, source, converted.node, left_out, exact=exact, allow=allow)
        if isinstance(made, Refused):
            capital = isinstance(node, MapNode) and "Resources" in node.items
            findings = tuple(respell_help(each, capital=capital) for each in made.findings)
            return Refused(findings, converted)
        return made._replace(converted=converted)
    value = to_value(node)
    foreign = None if is_described(value) else recognize_value(value)
    if foreign is not None:
        finding = locate_problem(foreign, node, "error")[0]
        return Refused((finding._replace(help=finding.help and finding.help.replace("lint ", "import ")),))
    if not isinstance(node, MapNode):
        return Refused(view_document(node)[1])
    if given.part:
        return Refused((refuse_part(node, given.part),))
    left_out = left_out._replace(described=int(is_described(value)))
    return type_original(given, source, unwrap_node(node), left_out, exact=exact, allow=allow)


def read_nodes(given: Given) -> tuple[Node, Source, LeftOut] | Refused:
    """Parse a file: JSON with comments, or a template of CloudFormation in YAML."""
    mark = int(given.mark)
    if resembles_template(given.source.text):
        node, findings = parse_yaml(given.source, tags=TAGS)
        return Refused(findings) if node is None or findings else (node, given.source, LeftOut(mark=mark))
    shown = parse_shown(given.source)
    if shown is not None:
        return shown, given.source, LeftOut(mark=mark)
    bare = blank_comments(given.source.text)
    source = Source(given.source.path, bare.text)
    if not bare.text.strip():
        return Refused((report_nothing(given.source, bare),))
    node, findings = parse_json(source)
    if node is None:
        return Refused(tuple(explain(source, finding) for finding in findings))
    services = node.items.get("services") if isinstance(node, MapNode) else None
    if isinstance(node, MapNode) and isinstance(services, MapNode) and "containerDefinitions" not in node.items:
        return Refused((finding_at(node.keys["services"], "E301", COMPOSED, help=NO_COMPOSE),))
    if findings:
        return Refused(findings)
    return node, source, LeftOut(comments=bare.comments, commas=bare.commas, mark=mark)


def type_original(
    given: Given, source: Source, node: MapNode, left_out: LeftOut, *, exact: bool, allow: tuple[str, ...]
) -> Original | Refused:
    """Bring a parsed file into the canonical form."""
    stripper = Stripper(exact=exact)
    stripped = stripper.strip_root(node)
    foreign = (*find_foreign(stripped, [first_step()]), *find_unpaired(stripped))
    if foreign:
        return Refused(foreign)
    viewed, findings = view_document(stripped, allow=allow)
    if viewed is None or findings:
        return Refused(findings)
    typed, findings = coerce_document(viewed)
    if findings:
        return Refused(findings)
    document = order_document(typed)
    unshaped = tuple(find_unshaped(document, allow))
    if unshaped:
        return Refused(unshaped)
    left_out = left_out._replace(**stripper.counts)
    value, text = to_value(document), serialize_document(document)
    return Original(given.environment, given.task, source, value, text, left_out, document, given.part)


def respell_help(finding: Finding, *, capital: bool) -> Finding:
    """Remove the edits of a finding, which do not fit a file of another tool, and keep its help.

    With `capital`, a member in the help begins with a capital letter, as in CloudFormation.
    """
    help = finding.help
    if capital and help and finding.code == "E301" and help.startswith("write `"):
        help = f"write `{help[7].upper()}{help[8:]}"
    return finding._replace(help=help, edits=())


def report_nothing(source: Source, bare: Bare) -> Finding:
    """Report a file with nothing in it, or nothing but comments (E104)."""
    what = "has only comments in it" if bare.comments else "is empty"
    return finding_at(
        Place(source, 0, 0), "E104", f"this file {what}", help="remove it, or put a task definition into it"
    )


def explain(source: Source, finding: Finding) -> Finding:
    """Report for a text that is no JSON what it seems to be, where that is plain."""
    if finding.code != "E104" or finding.location is None:
        return finding
    compose = COMPOSE.search(source.text)
    if compose is not None:
        return finding_at(Place(source, *compose.span()), "E104", COMPOSED, help=NO_COMPOSE)
    at = find_lines(source.text)[finding.location.line - 1] + finding.location.column - 1
    guess = recognize_text(source.text, at)
    if guess is None:
        return finding
    help = guess.help.replace("lint ", "import ")
    return finding_at(Place(source, guess.start, guess.end), "E104", guess.message, help=help)


class Stripper:
    """One walk over one document that omits what says nothing, and counts it."""

    def __init__(self, *, exact: bool) -> None:
        self.exact = exact
        self.counts = {"read_only": 0, "nulls": 0, "empty": 0}

    def strip_root(self, node: MapNode) -> MapNode:
        """Omit what only ECS sets, then what any structure may have too much."""
        kept = {name: child for name, child in node.items.items() if name not in read_only()}
        self.counts["read_only"] += len(node.items) - len(kept)
        return self.strip_members(node._replace(items=kept), first_step())

    def strip(self, node: Node, step: Step) -> Node:
        if isinstance(node, MapNode):
            return self.strip_members(node, step)
        if isinstance(node, ListNode):
            items = tuple(self.strip(item, item_step(step.shape, "")) for item in node.items)
            return node._replace(items=items)
        return node

    def strip_members(self, node: MapNode, step: Step) -> MapNode:
        items = {}
        for name, child in node.items.items():
            below = member_step(step.shape, name)
            if isinstance(child, Scalar) and child.kind == "null":
                self.counts["nulls"] += 1
            elif (
                not self.exact
                and name not in step.shape.required
                and is_empty_list(child, below, (step.shape.name, name))
            ):
                self.counts["empty"] += 1
            else:
                items[name] = self.strip(child, below)
        return node._replace(items=items)


def find_unshaped(document: MapNode, allow: tuple[str, ...]) -> Iterator[Finding]:
    """Find what no task definition has by its shape, such as an empty key; rules are not asked, as what they say may stay."""
    off: dict[str, Level] = dict.fromkeys(RULES, "off")
    validator = Validator(off, allow=allow, least="error")
    for problem in validator.validate(to_value(document)):
        yield locate_problem(problem, document, "error")[0]


def find_foreign(node: Node, path: list[Step]) -> Iterator[Finding]:
    """Find what only templates have: a mapping in place of a list, and `$id`."""
    shape = path[-1].shape
    if isinstance(node, MapNode) and shape.type == "list":
        where = format_path(path)
        yield finding_at(node.place, "E302", f"`{where}` is a list, not a mapping", path=where)
    elif isinstance(node, MapNode):
        if "$id" in node.items and shape.type == "structure":
            yield finding_at(
                node.keys["$id"], "E301", "a task definition has no `$id`: only templates have", help="remove it"
            )
        for name, child in node.items.items():
            yield from find_foreign(child, [*path, member_step(shape, name)])
    elif isinstance(node, ListNode):
        for number, child in enumerate(node.items):
            yield from find_foreign(child, [*path, item_step(shape, str(number))])


def find_unpaired(document: MapNode) -> Iterator[Finding]:
    """Find containers and volumes that cannot be compared between environments."""
    yield from (
        finding
        for where, finding in find_nameless(document, [first_step()])
        if where in ("containerDefinitions", "volumes")
    )


def find_nameless(node: Node, path: list[Step]) -> Iterator[tuple[str, Finding]]:
    """Find items of lists without the member by which alone overlays can mean them, such as a container without `name` (E206)."""
    shape, row = path[-1].shape, path[-1].row
    if isinstance(node, MapNode):
        for name, child in node.items.items():
            yield from find_nameless(child, [*path, member_step(shape, name)])
    elif isinstance(node, (ListNode, Keyed)):
        for number, entry in enumerate(node.items):
            label, item = (entry.identity, entry.node) if isinstance(entry, Item) else (str(number), entry)
            members = item.items if isinstance(item, MapNode) else {}
            texts = {name: child.text for name, child in members.items() if isinstance(child, Scalar)}
            if row is not None and row.identity and identity_of(row, texts) is None:
                message = f"item {number} of `{format_path(path)}` has no identity"
                yield row.path, finding_at(item.place, "E206", message, help=f"give it `{row.identity[0]}`")
            yield from find_nameless(item, [*path, item_step(shape, label)])


def is_empty_list(node: Node, step: Step, member: tuple[str, str]) -> bool:
    """Whether a list has nothing in it and could as well be absent."""
    return isinstance(node, ListNode) and not node.items and step.shape.type == "list" and member not in COUNTING
