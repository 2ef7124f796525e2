"""W703, W704, W707: overrides that change nothing, that every environment repeats, and values of a template that none leaves standing."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterable, Iterator, Sequence, Set as AbstractSet
from itertools import chain

from generator.documents.parsing.overlay import fold_variables
from generator.documents.parsing.scalars import to_value
from generator.documents.variables import find_variables
from generator.ecs.lists import UNIONS
from generator.model.findings import Note, Place, Source
from generator.model.nodes import ListNode, MapNode, Node, Scalar
from generator.model.records import Record
from generator.review.environments.evidence import (
    Case,
    Claim,
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


class Idle(Record):
    """One value that changes nothing in one artifact: the turn of that, its environment and task, and what is there without it."""

    turn: int
    environment: str
    task: str
    path: str
    below: Node
    variable: bool


class Effects:
    """What written values do, by the places where they are written, seen artifact by artifact.

    Of a value that changes something is known at which paths, and whether it is that of a variable; of others all that may be told.
    """

    def __init__(self) -> None:
        self.pairs: dict[tuple[str, bool], tuple[str, bool]] = {}
        self.busy: dict[Place, tuple[tuple[str, bool], ...]] = {}
        self.idle: dict[Place, list[Idle]] = {}

    def see(self, effect: Effect) -> None:
        """Take what one value does in one artifact."""
        place, case, below = effect.node.place, effect.case, effect.below
        pair = self.pairs.setdefault((effect.path, effect.variable), (effect.path, effect.variable))
        if effect.idle and below is not None:
            idle = Idle(case.turn, case.environment, case.task, pair[0], below, effect.variable)
            self.idle.setdefault(place, []).append(idle)
        elif pair not in self.busy.get(place, ()):
            self.busy[place] = (*self.busy.get(place, ()), pair)

    def leave_out(self, names: frozenset[str]) -> None:
        """Omit the variables with these names."""
        for place, pairs in self.busy.items():
            if any(variable and path in names for path, variable in pairs):
                self.busy[place] = tuple(pair for pair in pairs if not (pair[1] and pair[0] in names))
        for place, found in self.idle.items():
            if any(each.variable and each.path in names for each in found):
                self.idle[place] = [each for each in found if not (each.variable and each.path in names)]

    def list_idle(self) -> dict[Place, list[Idle]]:
        """List the values that change nothing anywhere."""
        return {
            place: sorted(found, key=lambda each: each.turn)
            for place, found in self.idle.items()
            if found and not self.busy.get(place)
        }

    def has(self, place: Place, path: str, *, variable: bool) -> bool:
        """Whether a value at a place does anything, or nothing, at a path."""
        return (path, variable) in self.busy.get(place, ()) or any(
            each.path == path and each.variable == variable for each in self.idle.get(place, ())
        )


class Overrides:
    """The overrides of a project, seen task by task."""

    def __init__(self) -> None:
        self.effects = Effects()
        self.equal: list[Equal] = []
        self.replaced = Replaced()

    def see(self, group: Sequence[Case]) -> None:
        """Look at the overrides of one task."""
        units = [[case.units.find(stage.document) for stage in case.stages] for case in group]
        for case, own in zip(group, units, strict=True):
            for effect in (*list_patched(case, own), *list_set(case)):
                self.effects.see(effect)
        final = [own[-1] for own in units]
        if len(group) > 1:
            self.equal += find_equal(group, final)
        self.replaced.see(group, [own[0] for own in units], final)

    def find(self, unused: frozenset[str], told: frozenset[Place]) -> Iterator[Claim]:
        """Find what is wrong with overrides, one claim a cause: something else is told of the variables `unused` and the places `told`."""
        self.effects.leave_out(unused)
        idle = self.effects.list_idle()
        for place in sorted(idle.keys() - told, key=lambda place: (place.source.path, place.start)):
            yield claim_idle(place, idle[place])
        repeated: set[tuple[str, str]] = set()
        for each in self.equal:
            if each.is_repeated(self.effects, idle.keys() | told):
                claim = claim_repeated(each)
                repeated.add((each.task, claim.finding.path or ""))
                yield claim
        yield from self.replaced.find(repeated)


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


def list_set(case: Case) -> Iterator[Effect]:
    """List what each variable of each layer does."""
    folded = fold_variables(())
    for layer in case.plan.variables:
        over = fold_variables((folded, layer))
        for name, node in layer.items.items():
            below = folded.items.get(name)
            same = below is not None and repr(to_value(below)) == repr(to_value(over.items[name]))
            yield Effect(case, name, node, below, same, True)
        folded = over


# W703


def claim_idle(place: Place, effects: Sequence[Idle]) -> Claim:
    """Report a value that is the same without it."""
    path, below, variable = effects[0].path, effects[0].below, effects[0].variable
    message = f"`{path}` is {show_node(below)} without this override too"
    lower = {effect.below.place: None for effect in effects}
    notes = tuple(note_place("it is set in", each) for each in lower)
    finding = make_finding(
        place,
        "W703",
        message,
        path=None if variable else path,
        notes=notes,
        help="delete it, or run `taskdef check --fix`",
    )
    environments = tuple(dict.fromkeys(effect.environment for effect in effects))
    tasks = {effect.task for effect in effects}
    return Claim(finding, name_of(path), (place,), environments, (), tasks.pop() if len(tasks) == 1 else None, (place,))


def takes_image(case: Case, name: str) -> bool:
    """Whether an image is made with a variable."""
    return any(
        path.endswith("].image") and takes(case, node, name)
        for path, node in case.units.find(case.artifact.document).items()
    )


def takes(case: Case, node: Node, name: str) -> bool:
    return any(variable.name == name for variable in find_variables(node.place, case.artifact.variables))


def name_of(path: str) -> str:
    """Find the name in a path's last brackets, which is that of a variable; of a path without any, itself."""
    return path.rpartition("[")[2].partition("]")[0] if "[" in path else path


# W704


class Equal(Record):
    """A value that all environments of a task have, from more than one place; `image` says that an image is made with this variable."""

    task: str
    path: str
    environments: tuple[str, ...]
    nodes: tuple[Node, ...]
    variable: bool
    image: bool

    def is_repeated(self, effects: Effects, told: AbstractSet[Place]) -> bool:
        """Whether it is an override wherever it is set; nothing is said of the places of which something else is reported."""
        places = dict.fromkeys(node.place for node in self.nodes)
        return not self.image and not any(
            place in told or not effects.has(place, self.path, variable=self.variable) for place in places
        )


def find_equal(group: Sequence[Case], final: Sequence[dict[str, Node]]) -> Iterator[Equal]:
    """Find what each environment's own overlay may set to one and the same value.

    Images are omitted: a version goes from one environment to the next, and for a while all have the same.
    So are options of different log drivers: no template can have one for all.
    """
    task, environments = group[0].task, tuple(case.environment for case in group)
    for path, node in final[0].items():
        nodes = [each for units in final if (each := units.get(path)) is not None]
        if len(nodes) < len(group) or not is_set_apart(nodes) or path.endswith("].image"):
            continue
        if all(is_same(node, each) for each in nodes) and not is_switched(path, final):
            yield Equal(task, path, environments, tuple(nodes), False, False)
    variables = [case.artifact.variables.items for case in group]
    for name in variables[0]:
        nodes = [each for given in variables if (each := given.get(name)) is not None]
        if len(nodes) == len(group) and is_set_apart(nodes) and len({repr(to_value(each)) for each in nodes}) == 1:
            image = any(takes_image(case, name) for case in group)
            yield Equal(task, name, environments, tuple(nodes), True, image)


def is_set_apart(nodes: Sequence[Node]) -> bool:
    """Whether nodes are written in more than one place."""
    return any(node.place != nodes[0].place for node in nodes)


def is_switched(path: str, units: Sequence[dict[str, Node]]) -> bool:
    """Whether a value is an option of log drivers that differ, or of other things that do."""
    for drop, member in SWITCHED:
        structure, found, rest = path.partition(drop)
        if found and rest[:1] in (".", "["):
            kinds = [each.get(structure + member) for each in units]
            if len({kind.text for kind in kinds if isinstance(kind, Scalar)}) > 1:
                return True
    return False


def claim_repeated(equal: Equal) -> Claim:
    """Report equal values that overlays give in more than one place."""
    path, environments, variable = equal.path, equal.environments, equal.variable
    places = dict.fromkeys(node.place for node in equal.nodes)
    owners = dict(zip((node.place for node in reversed(equal.nodes)), reversed(environments), strict=True))
    place, *others = places
    finding = make_finding(
        place,
        "W704",
        f"`{path}` is {show_node(equal.nodes[0])} in every environment, and each sets it for itself",
        path=None if variable else path,
        notes=tuple(note_place(f"`{owners[other]}` sets it in", other) for other in others),
        help="set it once, in a parent that all extend" if variable else "set it once, in the template or in a parent",
    )
    return Claim(finding, name_of(path), tuple(places), environments, (), None if variable else equal.task)


# W707


class Use(Record):
    """A value of a template that an artifact has another value in place of, at `last`."""

    turn: int
    number: int
    environment: str
    task: str
    path: str
    last: Place


class Replaced:
    """The values of templates that no artifact has, seen task by task."""

    def __init__(self) -> None:
        self.uses: dict[Place, list[Use]] = {}
        self.kept: dict[Source, Spans] = {}

    def see(self, group: Sequence[Case], first: Sequence[dict[str, Node]], final: Sequence[dict[str, Node]]) -> None:
        """Look at what the artifacts of one task have of its templates."""
        uses: dict[Place, list[Use]] = {}
        kept: dict[Source, set[Place]] = {}
        for case, before, after in zip(group, first, final, strict=True):
            for number, (path, node) in enumerate(before.items()):
                last = after.get(path)
                if last is None or last.place == node.place or is_same(node, last):
                    kept.setdefault(node.place.source, set()).add(node.place)
                else:
                    use = Use(case.turn, number, case.environment, case.task, path, last.place)
                    uses.setdefault(node.place, []).append(use)
        for source, places in kept.items():
            self.kept.setdefault(source, Spans()).add(places)
        for place, found in uses.items():
            if place not in kept.get(place.source, ()):
                self.uses.setdefault(place, []).extend(found)

    def find(self, repeated: Container[tuple[str, str]]) -> Iterator[Claim]:
        """Find the values of templates in whose place every environment sets another."""
        groups = [(place, sorted(found)) for place, found in self.uses.items()]
        for place, uses in sorted(groups, key=lambda each: each[1][0][:2]):
            environments = tuple(dict.fromkeys(use.environment for use in uses))
            kept = place.source in self.kept and place in self.kept[place.source]
            if len(environments) > 1 and not kept and not any((use.task, use.path) in repeated for use in uses):
                yield claim_overridden(place, uses, environments)


class Spans:
    """Places in one source, in little memory: each task has some hundred."""

    def __init__(self) -> None:
        self.numbers = array("Q")

    def list_spans(self) -> Iterator[tuple[int, int]]:
        """List where they begin and end."""
        return zip(self.numbers[::2], self.numbers[1::2], strict=True)

    def add(self, places: Iterable[Place]) -> None:
        """Add places."""
        spans = {*self.list_spans(), *((place.start, place.end) for place in places)}
        self.numbers = array("Q", chain.from_iterable(spans))

    def __contains__(self, place: Place) -> bool:
        return (place.start, place.end) in self.list_spans()


def claim_overridden(place: Place, uses: Sequence[Use], environments: tuple[str, ...]) -> Claim:
    """Report a value of a template that no artifact has."""
    path = uses[0].path
    notes: dict[Place, Note] = {}
    for use in uses:
        notes.setdefault(use.last, note_place(f"`{use.environment}` has it from", use.last))
    tasks = {use.task for use in uses}
    finding = make_finding(
        place,
        "W707",
        f"no environment uses `{path}` of the template: each of {list_names(environments)} overrides it",
        path=path,
        notes=tuple(notes.values()),
        help="delete it, since no artifact has it",
    )
    task = tasks.pop() if len(tasks) == 1 else None
    return Claim(finding, name_of(path), (place,), environments, (), task)
