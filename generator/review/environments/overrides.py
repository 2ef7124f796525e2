"""W703, W704, W707: overrides that change nothing, that every environment repeats, and values of a template that none leaves standing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.documents.parsing.overlay import fold_variables
from generator.documents.parsing.scalars import to_value
from generator.documents.variables import find_variables
from generator.ecs.lists import UNIONS
from generator.model.findings import Note, Place
from generator.model.nodes import ListNode, MapNode, Node, Scalar
from generator.model.project import Project
from generator.model.records import Record
from generator.review.environments.evidence import (
    Case,
    Claim,
    Evidence,
    find_units,
    is_same,
    list_names,
    make_finding,
    note_place,
    show_node,
)

SWITCHED = tuple(
    (f".{drop}", f".{union.members[0]}") for union in UNIONS.values() if union.kind == "switch" for drop in union.drops
)
"""Members whose content belongs to what another member beside them says, like `options` to `logDriver`."""


class Effect(Record):
    """What one written value does in one artifact: `below` is what is there without it, if anything is."""

    case: Case
    path: str
    node: Node
    below: Node | None
    idle: bool
    variable: bool


def find_overrides(evidence: Evidence, unused: frozenset[str], told: frozenset[Place]) -> Iterator[Claim]:
    """Find what is wrong with overrides, one claim a cause: something else is told of the variables `unused` and the places `told`."""
    units = {id(case): [find_units(stage.document) for stage in case.stages] for case in evidence.cases}
    effects: dict[Place, list[Effect]] = {}
    for case in evidence.cases:
        for effect in (*list_patched(case, units[id(case)]), *list_set(case, unused)):
            effects.setdefault(effect.node.place, []).append(effect)
    idle = {place for place, found in effects.items() if all(effect.idle for effect in found)}
    for place in sorted(idle - told, key=lambda place: (place.source.path, place.start)):
        yield claim_idle(place, effects[place], evidence.project)
    final = {id(case): units[id(case)][-1] for case in evidence.cases}
    repeated: set[tuple[str, str]] = set()
    for task, group in evidence.group_by_task():
        for claim in find_repeated(evidence.project, task, group, final, effects, idle | told):
            repeated.add((task, claim.finding.path or ""))
            yield claim
    yield from find_overridden(evidence, units, final, repeated)


def list_patched(case: Case, units: list[dict[str, Node]]) -> Iterator[Effect]:
    """List what each value of each patch does."""
    for number, stage in enumerate(case.stages[1:], 1):
        assert stage.layer is not None
        written = frozenset(list_written(stage.layer.patch))
        before, after = units[number - 1], units[number]
        for path, node in after.items():
            if node.place in written:
                below = before.get(path)
                if below is not None and below.place == node.place:  # an anchor's value, which a layer before set
                    continue
                same = below is not None and is_same(below, node)
                yield Effect(case, path, node, below, same, False)


def list_written(node: Node) -> Iterator[Place]:
    """List where a patch writes values; nothing in what is taken whole or edited by a directive is an override of its own."""
    if not isinstance(node, MapNode) or not node.items:
        yield node.place
    if isinstance(node, ListNode):
        for child in node.items:
            yield from list_written(child)
    elif isinstance(node, MapNode) and not any(is_directive(key) for key in node.items):
        for child in node.items.values():
            yield from list_written(child)


def is_directive(key: str) -> bool:
    return key.startswith("$") and not key.startswith("$$")


def list_set(case: Case, unused: frozenset[str]) -> Iterator[Effect]:
    """List what each variable of each layer does."""
    folded = fold_variables(())
    for layer in case.plan.variables:
        over = fold_variables((folded, layer))
        for name, node in layer.items.items():
            below = folded.items.get(name)
            if name not in unused:
                same = below is not None and repr(to_value(below)) == repr(to_value(over.items[name]))
                yield Effect(case, name, node, below, same, True)
        folded = over


# W703


def claim_idle(place: Place, effects: list[Effect], project: Project) -> Claim:
    """Report a value that is the same without it."""
    path, below = effects[0].path, effects[0].below
    assert below is not None
    message = f"`{path}` is {show_node(below)} without this override too"
    lower = {effect.below.place: None for effect in effects if effect.below is not None}
    notes = tuple(note_place("it is set in", each) for each in lower)
    finding = make_finding(
        place,
        "W703",
        message,
        path=None if effects[0].variable else path,
        notes=notes,
        help="delete it, or run `taskdef check --fix`",
    )
    environments = tuple(dict.fromkeys(effect.case.environment for effect in effects))
    return Claim(finding, name_of(path), (place,), environments, (), find_task(effects), (place,))


def takes_image(case: Case, name: str) -> bool:
    """Whether an image is made with a variable."""
    return any(
        path.endswith("].image") and takes(case, node, name)
        for path, node in find_units(case.artifact.document).items()
    )


def takes(case: Case, node: Node, name: str) -> bool:
    return any(variable.name == name for variable in find_variables(node.place, case.artifact.variables))


def name_of(path: str) -> str:
    """Tell the name in a path's last brackets, which is that of a variable; of a path without any, itself."""
    return path.rpartition("[")[2].partition("]")[0] if "[" in path else path


def find_task(effects: list[Effect]) -> str | None:
    tasks = {effect.case.task for effect in effects}
    return tasks.pop() if len(tasks) == 1 else None


# W704


def find_repeated(
    project: Project,
    task: str,
    group: tuple[Case, ...],
    final: dict[int, dict[str, Node]],
    effects: dict[Place, list[Effect]],
    told: set[Place],
) -> Iterator[Claim]:
    """Find what each environment's own overlay sets to one and the same value.

    Images are left out: a version goes from one environment to the next, and for a while all have the same.
    So are options of different log drivers: no template can have one for all.
    """
    first = group[0]
    for path, node in final[id(first)].items():
        nodes = [final[id(case)].get(path) for case in group]
        there = [each for each in nodes if each is not None]
        if path.endswith("].image") or is_switched(path, [final[id(case)] for case in group]):
            continue
        if len(there) == len(group) and all(is_same(node, each) for each in there):
            yield from claim_repeated(project, task, path, group, there, effects, told, variable=False)
    variables = [case.artifact.variables.items for case in group]
    for name in first.artifact.variables.items:
        if all(name in each for each in variables):
            values = {repr(to_value(each[name])) for each in variables}
            if len(values) == 1:
                yield from claim_repeated(
                    project, task, name, group, [each[name] for each in variables], effects, told, variable=True
                )


def is_switched(path: str, units: list[dict[str, Node]]) -> bool:
    """Whether a value is an option of log drivers that differ, or of other things that do."""
    for drop, member in SWITCHED:
        structure, found, rest = path.partition(drop)
        if found and rest[:1] in (".", "["):
            kinds = [each.get(structure + member) for each in units]
            if len({kind.text for kind in kinds if isinstance(kind, Scalar)}) > 1:
                return True
    return False


def claim_repeated(
    project: Project,
    task: str,
    path: str,
    group: tuple[Case, ...],
    nodes: list[Node],
    effects: dict[Place, list[Effect]],
    told: set[Place],
    *,
    variable: bool,
) -> Iterator[Claim]:
    """Report equal values that overlays give in more than one place."""
    places = dict.fromkeys(node.place for node in nodes)
    if len(places) < 2 or any(
        place in told or not any(each.path == path and each.variable == variable for each in effects.get(place, ()))
        for place in places
    ):
        return
    if variable and any(takes_image(case, path) for case in group):
        return
    environments = tuple(case.environment for case in group)
    owners = dict(zip((node.place for node in reversed(nodes)), reversed(environments), strict=True))
    place, *others = places
    finding = make_finding(
        place,
        "W704",
        f"`{path}` is {show_node(nodes[0])} in every environment, and each sets it for itself",
        path=None if variable else path,
        notes=tuple(note_place(f"`{owners[other]}` sets it in", other) for other in others),
        help="set it once, in a parent that all extend" if variable else "set it once, in the template or in a parent",
    )
    yield Claim(finding, name_of(path), tuple(places), environments, (), None if variable else task)


# W707


def find_overridden(
    evidence: Evidence,
    units: dict[int, list[dict[str, Node]]],
    final: dict[int, dict[str, Node]],
    repeated: set[tuple[str, str]],
) -> Iterator[Claim]:
    """Find the values of templates in whose place every environment sets another."""
    found: dict[Place, list[tuple[Case, str, Node, Node | None]]] = {}
    for case in evidence.cases:
        for path, node in units[id(case)][0].items():
            found.setdefault(node.place, []).append((case, path, node, final[id(case)].get(path)))
    for place, uses in found.items():
        environments = tuple(dict.fromkeys(case.environment for case, _, _, _ in uses))
        dead = all(last is not None and last.place != place and not is_same(node, last) for _, _, node, last in uses)
        if len(environments) < 2 or not dead or any((case.task, path) in repeated for case, path, _, _ in uses):
            continue
        path, node = uses[0][1:3]
        notes: dict[Place, Note] = {}
        for case, _, _, last in uses:
            if last is not None:
                notes.setdefault(last.place, note_place(f"`{case.environment}` has it from", last.place))
        tasks = {case.task for case, _, _, _ in uses}
        finding = make_finding(
            place,
            "W707",
            f"no environment uses `{path}` of the template: each of {list_names(environments)} overrides it",
            path=path,
            notes=tuple(notes.values()),
            help="delete it, since no artifact has it",
        )
        task = tasks.pop() if len(tasks) == 1 else None
        yield Claim(finding, name_of(path), (place,), environments, (), task)
