"""What is known of a project when its environments are compared: how each artifact came about, and what each task uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.build.layering import Plan
from generator.build.pipeline import Pair, Stage, StagedBuild
from generator.build.planning import PlannedProject
from generator.build.rendering.uses import Uses, find_uses
from generator.documents.coercing import coerce_document
from generator.documents.sharing import MadeOfTemplates
from generator.ecs.lists import identity_members
from generator.ecs.paths import Step, first_step, format_path, item_step, member_step
from generator.model.findings import Finding, Note, Place, finding_at
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar
from generator.model.project import TASK_SUFFIX, Artifact, Project
from generator.model.records import Record

MOST_NOTES, MOST_NAMES = 4, 6
"""How many places and environments a finding names."""


class Case(Record):
    """One artifact and how it came about; scalars of `stages` have their types."""

    plan: Plan
    stages: tuple[Stage, ...]
    artifact: Artifact

    @property
    def environment(self) -> str:
        return self.plan.environment

    @property
    def task(self) -> str:
        return self.plan.task


class Evidence(Record):
    """All that the rules between environments look at."""

    planned: PlannedProject
    cases: tuple[Case, ...]
    uses: dict[str, Uses]
    ancestors: dict[str, tuple[str, ...]]

    @property
    def project(self) -> Project:
        return self.planned.project

    def group_by_task(self) -> Iterator[tuple[str, tuple[Case, ...]]]:
        """Give the cases of each task that more than one environment has."""
        groups: dict[str, list[Case]] = {task: [] for task in self.project.tasks}
        for case in self.cases:
            groups[case.task].append(case)
        yield from ((task, tuple(group)) for task, group in groups.items() if len(group) > 1)


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


def gather_evidence(planned: PlannedProject, staged: StagedBuild) -> Evidence:
    """Gather how every artifact of a build without an error came about, with the types of scalars in every stage."""
    project = planned.project
    built = {(artifact.environment, artifact.task): artifact for artifact in staged.build.artifacts}
    plans = planned.list_plans(project.environments, project.tasks)
    typed = type_stages(staged, plans)
    cases = [Case(plan, typed[pair], built[pair]) for plan in plans for pair in [(plan.environment, plan.task)]]
    sources = planned.templates.sources
    uses = {task: find_uses(sources, task + TASK_SUFFIX) for task in project.tasks}
    for case in cases:
        for text in planned.list_texts(case.plan):
            uses[case.task] = uses[case.task].join(find_uses(sources, text))
    ancestors = {
        name: tuple(overlay.name for overlay in planned.find_chain(name).overlays[:-1]) for name in project.environments
    }
    return Evidence(planned, tuple(cases), uses, ancestors)


def type_stages(staged: StagedBuild, plans: Iterable[Plan]) -> dict[Pair, tuple[Stage, ...]]:
    """Give the scalars of every stage their types: task by task, as its stages and environments have most nodes in common."""
    typed: dict[Pair, tuple[Stage, ...]] = {}
    made, task = MadeOfTemplates(), ""
    for plan in sorted(plans, key=lambda plan: plan.task):
        if plan.task != task:
            made, task = MadeOfTemplates(), plan.task
        pair = (plan.environment, plan.task)
        typed[pair] = tuple(
            [stage._replace(document=coerce_document(stage.document, made=made)[0]) for stage in staged.stages[pair]]
        )
    return typed


def find_units(document: MapNode) -> dict[str, Node]:
    """Find what an overlay sets at once, by path: scalars, plain lists, and mappings with nothing in them; not what an item is known by."""
    return {format_path(path): node for path, node in walk_units(document, (first_step(),), frozenset())}


def walk_units(node: Node, path: tuple[Step, ...], known: frozenset[str]) -> Iterator[tuple[tuple[Step, ...], Node]]:
    above = path[-1]
    if isinstance(node, Keyed) and node.items:
        for item in node.items:
            own = frozenset(identity_members(above.row, item.node.items) if above.row is not None else ())
            yield from walk_units(item.node, (*path, item_step(above.shape, item.identity)), own)
    elif isinstance(node, MapNode) and node.items:
        for name, child in node.items.items():
            if name not in known:
                yield from walk_units(child, (*path, member_step(above.shape, name)), frozenset())
    else:
        yield path, node


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
