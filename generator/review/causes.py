"""Why two documents differ: where a value was written, what took it away, and which edit of the sources did it. Compares no documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from generator.documents.tree import find_node
from generator.documents.variables import EXPRESSION, LITERAL, find_variables
from generator.model.findings import Place, Source, find_lines
from generator.model.nodes import ListNode, MapNode, Node, Scalar
from generator.model.project import Project
from generator.model.records import Record
from generator.review.normalizing import is_filled_in

if TYPE_CHECKING:
    from generator.build.pipeline import Stage

from generator.model.comparison import Cause

LABEL = re.compile(r"\.?([^.\[\]]+)|\[([^\]]*)\]")
"""A step of a path as findings spell it."""

TAG = re.compile(
    r"\{%[-+]?\s*(?P<word>(?:end)?(?:for|if|macro|call|filter|with)|elif|else)\b(?:(?!%\}).)*%\}", re.DOTALL
)
"""A tag of a template that begins, splits or ends what is only there in some cases, or more than once."""

AWS_NAME = re.compile(r"(?<![\w.])(?:aws|role|ecr|secret|ssm)\b")
"""What in an expression takes the account or the region: `aws`, and the helpers."""

WORD = re.compile(r"(?<![\w.'\"])[A-Za-z_]\w*")

DROPPED_BY = {
    "environment": ("secrets",),
    "secrets": ("environment",),
    "options": ("logDriver", "type"),
    "secretOptions": ("logDriver",),
}
"""What in a patch takes a member away without naming it, by that member: the unions of `ecs.lists`, the other way round."""


Settings = Mapping[str, Node]
"""What an environment's templates are given, by name: variables, and the account and the region as `aws.account` and `aws.region`."""


def find_writers(node: Node, names: Sequence[str], own: Settings, other: Settings | None) -> tuple[Place, ...]:
    """Find where a value was written: where the `names` that it is made of are set, else in the template or overlay itself.

    Of several names those count that are something else on the `other` side.
    """
    if is_filled_in(node):
        return ()
    return find_unequal(node, names, own, other) or (node.place,)


def find_unequal(node: Node, names: Sequence[str], own: Settings, other: Settings | None) -> tuple[Place, ...]:
    """Find where those of some names are set that are something else on the other side.

    The account and the region count if they stand in the value, as they do not where a helper asks for one of them only, or if
    nothing else does.
    """
    unequal = {
        name: own[name]
        for name in names
        if name in own and (other is None or name not in other or not is_equal(own[name], other[name]))
    }
    text = node.text if isinstance(node, Scalar) and other is not None else ""
    chosen = [
        each.place
        for name, each in unequal.items()
        if not name.startswith("aws.") or (isinstance(each, Scalar) and each.text in text)
    ]
    return tuple(chosen or (each.place for each in unequal.values()))


def takes_aws(node: Node) -> bool:
    """Whether an expression at a value of a template takes the account or the region."""
    text = node.place.source.text[node.place.start : node.place.end]
    text = text[: text.rfind("}}") + 2] if "}}" in text else ""
    return any(AWS_NAME.search(LITERAL.sub("", each)) for each in EXPRESSION.findall(text))


def list_candidates(node: Node, variables: MapNode | None, aws: Sequence[Place] = ()) -> tuple[Place, ...]:
    """List every place whose edit may change a value, the nearest first: variables, the value, what it stands inside of.

    `aws` is where the account and the region are set.
    """
    if is_filled_in(node):
        return ()
    named = find_variables(node.place, variables) if variables is not None else ()
    around = find_conditions(node.place, variables) if variables is not None else ()
    given = aws if variables is not None and takes_aws(node) else ()
    return (*(each.place for each in named), node.place, *given, *around)


def find_conditions(place: Place, variables: MapNode) -> tuple[Place, ...]:
    """Find the tags of a template that a place stands inside of, innermost first, and the variables these name."""
    open_tags: list[list[re.Match[str]]] = []
    for tag in TAG.finditer(place.source.text, 0, place.start):
        word = tag["word"]
        if word in ("elif", "else"):
            open_tags[-1:] = [[*open_tags[-1], tag]] if open_tags else []
        elif not word.startswith("end"):
            open_tags.append([tag])
        elif open_tags:
            open_tags.pop()
    places = []
    for tag in (tag for tags in reversed(open_tags) for tag in reversed(tags)):
        names = dict.fromkeys(WORD.findall(tag[0]))
        places.append(Place(place.source, *tag.span()))
        places += [variables.items[name].place for name in names if name in variables.items]
    return tuple(places)


def is_equal(one: Node, other: Node) -> bool:
    """Whether two values of variables are the same, wherever they were written."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return one[1:] == other[1:]
    if isinstance(one, MapNode) and isinstance(other, MapNode):
        return one.items.keys() == other.items.keys() and all(
            is_equal(child, other.items[name]) for name, child in one.items.items()
        )
    if isinstance(one, ListNode) and isinstance(other, ListNode):
        return len(one.items) == len(other.items) and all(map(is_equal, one.items, other.items))
    return False


def find_removal(path: str, stages: Sequence[Stage]) -> Place | None:
    """Find what a layer says that took the value at a path away; None if no layer did."""
    for before, after in pairwise(stages):
        if after.layer is not None and find_node(before.document, path) and not find_node(after.document, path):
            ways = [follow_patch(after.layer.patch, names) for names in find_spellings(path)]
            return max(ways, key=lambda way: way[0])[1]
    return None


def find_spellings(path: str) -> list[tuple[str, ...]]:
    """List the ways into a patch that can take a path away: the path, and what drops it because both exclude each other."""
    names = tuple(member or identity for member, identity in LABEL.findall(path))
    drops = [
        (*names[:at], other, *names[at + 1 :]) for at, name in enumerate(names) for other in DROPPED_BY.get(name, ())
    ]
    return [names, *drops]


def follow_patch(patch: MapNode, names: tuple[str, ...]) -> tuple[int, Place]:
    """Follow names into a patch as far as they lead, in either form of its lists, and tell how far that is."""
    node: Node | None = patch
    place = patch.place
    for depth, name in enumerate(names):
        if isinstance(node, MapNode):
            key = next((each for each in (name, name.removesuffix("/tcp")) if each in node.items), None)
            if key is None:
                return depth, place
            place, node = node.keys[key], node.items[key]
        elif isinstance(node, ListNode):
            node = next((item for item in node.items if names_item(item, name)), None)
            if node is None:
                return depth, place
            place = node.place
        else:
            return depth, place
    return len(names), place


def names_item(item: Node, name: str) -> bool:
    """Whether an item of a list in a patch has a name among its members."""
    return isinstance(item, MapNode) and any(
        isinstance(child, Scalar) and child.text == name for child in item.items.values()
    )


# Edits.


class Hunk(Record):
    """Lines that follow each other and changed together, by the first of them."""

    name: str
    place: Place


class Edits:
    """What changed in the sources between two states of a project."""

    def __init__(self, left: Project, right: Project) -> None:
        self.changed: dict[Source, frozenset[int]] = {}
        self.hunks: list[Hunk] = []
        self.unchanged: dict[Source, Source] = {}
        for old, new in ((left.templates, right.templates), (left.overlays, right.overlays)):
            for name in sorted({**old, **new}):
                self.compare(name, old.get(name), new.get(name))

    def compare(self, name: str, old: Source | None, new: Source | None) -> None:
        """Note the lines of one file that changed, on both sides."""
        if old is not None and new is not None and old.text == new.text:
            self.unchanged[new] = old
            return
        from difflib import SequenceMatcher  # slow to import, and only needed for a range

        texts = [source.text.split("\n") if source else [] for source in (old, new)]
        lines: tuple[set[int], set[int]] = (set(), set())
        matcher = SequenceMatcher(a=texts[0], b=texts[1], autojunk=False)
        for tag, *span in matcher.get_opcodes():
            if tag == "equal":
                continue
            lines[0].update(range(span[0] + 1, span[1] + 1))
            lines[1].update(range(span[2] + 1, span[3] + 1))
            source, first = (new, span[2]) if span[3] > span[2] else (old, span[0])
            if source is not None:
                self.hunks.append(Hunk(name, take_line(source, first + 1)))
        for source, numbers in zip((old, new), lines, strict=True):
            if source is not None:
                self.changed[source] = frozenset(numbers)

    def restore(self, place: Place) -> Place:
        """Give a place of the left side the name that its file has there, where it was taken for the equal one of the right."""
        return place._replace(source=self.unchanged.get(place.source, place.source))

    def find_cause(self, candidates: Iterable[Place], environment: str, task: str) -> Cause | None:
        """Find the edit that a difference comes from: a changed line among the candidates, else the only edit it can come from.

        Where there are several of these, it is not certain; None if there is no candidate.
        """
        places = tuple(candidates)
        for place in places:
            for number in list_lines(place):
                if number in self.changed.get(place.source, ()):
                    return Cause(take_line(place.source, number))
        near = [hunk.place for hunk in self.hunks if concerns(hunk.name, environment, task)]
        if len(near) == 1:
            return Cause(near[0])
        return Cause(take_line(places[0].source, places[0].location.line), certain=False) if places else None


def concerns(name: str, environment: str, task: str) -> bool:
    """Whether a template or an overlay can have a say in an artifact."""
    base = name.rpartition("/")[2]
    return (
        base.startswith("_")
        or name.startswith("_")
        or name in (f"{task}.json.j2", f"{environment}.yaml", f"{environment}/{task}.yaml")
    )


def list_lines(place: Place) -> Iterator[int]:
    """Number the lines that a place spans."""
    first = place.location.line
    yield from range(first, first + place.source.text.count("\n", place.start, place.end) + 1)


def take_line(source: Source, number: int) -> Place:
    """Take a line of a source, without the blanks around it."""
    starts = find_lines(source.text)
    start = starts[number - 1]
    end = starts[number] - 1 if number < len(starts) else len(source.text)
    line = source.text[start:end]
    blank = len(line) - len(line.lstrip())
    return Place(source, start + blank, max(start + blank, start + len(line.rstrip())))
