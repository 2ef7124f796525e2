"""What is known of a project when its environments are compared: how each artifact came about, and what each task uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.build.layering import Plan
from generator.build.pipeline import Pair, Stage
from generator.build.planning import PlannedProject
from generator.build.rendering.uses import Uses, find_uses
from generator.documents.coercing import coerce_document
from generator.documents.sharing import MadeOfTemplates
from generator.ecs.lists import identity_members
from generator.ecs.paths import Step, first_step, item_step, member_step, spell_step
from generator.model.findings import Finding, Note, Place, finding_at
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar
from generator.model.project import TASK_SUFFIX, Artifact
from generator.model.records import Record

MOST_NOTES, MOST_NAMES = 4, 6
"""How many places and environments a finding names."""


class Units:
    """What overlays set at once in the documents of one task, which have most nodes in common: each node is looked at once.

    A node is known by its id, so the documents are to be kept as long as this is.
    """

    def __init__(self) -> None:
        self.known: dict[tuple[int, str], dict[str, Node]] = {}

    def find(self, document: MapNode) -> dict[str, Node]:
        """Find scalars, plain lists, and mappings with nothing in them, by path; not what an item is known by."""
        return self.find_below(document, first_step(), "")

    def find_below(
        self, node: MapNode | Keyed, above: Step, spelling: str, identity: frozenset[str] = frozenset()
    ) -> dict[str, Node]:
        """Find what is set at once below a path, without the members of an `identity`."""
        key = (id(node), spelling)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = {}
            for step, child, own in list_parts(node, above, identity):
                path = spelling + spell_step(step)
                if isinstance(child, (MapNode, Keyed)) and child.items:
                    found.update(self.find_below(child, step, path, own))
                else:
                    found[path.removeprefix(".")] = child
        return found


def list_parts(
    node: MapNode | Keyed, above: Step, identity: frozenset[str]
) -> Iterator[tuple[Step, Node, frozenset[str]]]:
    """List what is right below a node, without its `identity`: the step there, and the members that an item is known by."""
    if isinstance(node, Keyed):
        for item in node.items:
            own = frozenset(identity_members(above.row, item.node.items) if above.row is not None else ())
            yield item_step(above.shape, item.identity), item.node, own
    else:
        for name, child in node.items.items():
            if name not in identity:
                yield member_step(above.shape, name), child, frozenset()


class Case(Record):
    """One artifact and how it came about; scalars of `stages` have their types. `turn` is its place among all, by environment and task.

    `units` finds what overlays set at once, and has looked at other artifacts of the task.
    """

    plan: Plan
    stages: tuple[Stage, ...]
    artifact: Artifact
    turn: int
    units: Units

    @property
    def environment(self) -> str:
        return self.plan.environment

    @property
    def task(self) -> str:
        return self.plan.task


class Claim(Record):
    """A finding that settings and comments have not been asked about.

    `name` is that of the variable or file it is about. `places` are where a comment may admit it. `environments` are those it holds
    for, and `others` those that differ from them, if that is what it is about. `idle` are the values that it says are of no use.
    """

    finding: Finding
    name: str = ""
    places: tuple[Place, ...] = ()
    environments: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    task: str | None = None
    idle: tuple[Place, ...] = ()


def find_task_uses(planned: PlannedProject, plans: Sequence[Plan]) -> Uses:
    """Find what the template of one task names, and the texts that were rendered for its patches."""
    sources = planned.templates.sources
    uses = find_uses(sources, plans[0].task + TASK_SUFFIX)
    for text in dict.fromkeys(text for plan in plans for text in planned.list_texts(plan)):
        uses = uses.join(find_uses(sources, text))
    return uses


def type_stages(stages: Mapping[Pair, tuple[Stage, ...]], plans: Iterable[Plan]) -> dict[Pair, tuple[Stage, ...]]:
    """Give the scalars of every stage of one task their types: its stages and environments have most nodes in common."""
    typed: dict[Pair, tuple[Stage, ...]] = {}
    made = MadeOfTemplates()
    for plan in plans:
        pair = (plan.environment, plan.task)
        typed[pair] = tuple(
            [stage._replace(document=coerce_document(stage.document, made=made)[0]) for stage in stages[pair]]
        )
    return typed


def is_same(one: Node, other: Node) -> bool:
    """Whether two values with their types are equal."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return one[1:] == other[1:]
    if isinstance(one, ListNode) and isinstance(other, ListNode):
        pairs = zip(one.items, other.items, strict=False)
        return len(one.items) == len(other.items) and all(is_same(*pair) for pair in pairs)
    if isinstance(one, MapNode) and isinstance(other, MapNode):
        return one.items.keys() == other.items.keys() and all(
            is_same(node, other.items[name]) for name, node in one.items.items()
        )
    return isinstance(one, Keyed) and isinstance(other, Keyed) and not one.items and not other.items


def make_finding(
    place: Place,
    code: str,
    message: str,
    *,
    path: str | None = None,
    notes: tuple[Note, ...] = (),
    help: str | None = None,
) -> Finding:
    """Make a finding about a value."""
    return finding_at(place, code, message, path=path, notes=shorten_notes(notes), help=help)


def show_node(node: Node) -> str:
    """Show a value in a message: a scalar as it is, anything else by its kind. Secrets are masked when findings are gathered."""
    return f"`{node.text}`" if isinstance(node, Scalar) else "the same"


def note_place(text: str, place: Place) -> Note:
    """Make a note that ends in a place."""
    return Note(f"{text} {place.location}", place.location)


def shorten_notes(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Keep the first notes of many, and say how many more there are."""
    more = len(notes) - MOST_NOTES
    return (*notes[:MOST_NOTES], Note(f"and in {more} more places")) if more > 1 else tuple(notes)


def list_names(names: Sequence[str]) -> str:
    """Write names as a sentence has them: `dev`, `test` and `prod`."""
    more = len(names) - MOST_NAMES
    said = [f"`{name}`" for name in (names[:MOST_NAMES] if more > 1 else names)] + [f"{more} more"] * (more > 1)
    return " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
