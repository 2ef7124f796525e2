"""What `check --fix` removes of an overlay: values that change nothing, and what is empty without them. All else stays, comments too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator.documents.parsing.comments import find_comments
from generator.documents.parsing.yaml import parse_yaml
from generator.ecs.lists import identity_members
from generator.ecs.paths import Step, first_step, item_step, member_step
from generator.model.findings import Place, Source
from generator.model.nodes import ListNode, MapNode, Node
from generator.model.records import Record

ANCHORED = re.compile(r"(?:^|[\s,:\[{-])[&*][^\s,\]}]")
"""An anchor or an alias: what goes with it may be meant elsewhere."""

EXCEPTION = "taskdef:"

COMMENT_BEHIND = re.compile(r"((?:[ \t]*+\n)*+)([ \t]*+)(#[^\n]*+)(?:\n|\Z)")
"""The next line that is not empty, if it is a comment."""


class Pruned(Record):
    """An overlay's text without some values, and those that are still in it, since more would go with them."""

    text: str
    left: tuple[Place, ...]


def prune_overlay(source: Source, idle: frozenset[Place]) -> Pruned:
    """Take values out of the text of an overlay, with their keys, comments behind them, and mappings and lists that had nothing else.

    Every other comment stays where it is, if need be on a line of its own.
    """
    root, findings = parse_yaml(source)
    if findings or not isinstance(root, MapNode):
        return Pruned(source.text, tuple(idle))
    pruner = Pruner(source, frozenset((place.start, place.end) for place in idle))
    pruner.visit(root, pruner.step_into_overlay, root=True)
    text, at = [], 0
    for start, end, kept in sorted(pruner.cuts):
        text += [source.text[at:start], kept]
        at = max(at, end)
    text.append(source.text[at:])
    taken = pruner.taken
    return Pruned("".join(text), tuple(place for place in idle if (place.start, place.end) not in taken))


class OverlayEntry(Record):
    """A member of a mapping or an item of a list: where it begins, its key included, and its value. `owns` says it identifies its item."""

    start: int
    node: Node
    below: Descend | None
    owns: bool = False


Descend = Callable[[Node], Iterator[OverlayEntry]]
"""Lists the entries of a node that something can be removed from."""


class Cut(Record):
    """What goes out of a text, and the comments that stay in its place."""

    start: int
    end: int
    kept: str = ""


class Pruner:
    """One walk over one overlay, gathering what to cut out of its text."""

    def __init__(self, source: Source, idle: frozenset[tuple[int, int]]) -> None:
        self.source = source
        self.idle = idle
        self.comments = find_comments(source)
        self.ends: dict[tuple[int, int], int] = {}
        self.cuts: list[Cut] = []
        self.taken: set[tuple[int, int]] = set()

    def visit(self, node: Node, descend: Descend | None, *, root: bool = False) -> bool:
        """Gather what goes from a node; whether it goes itself, since nothing else is in it."""
        span = (node.place.start, node.place.end)
        if span in self.idle:
            self.ends[span] = find_end(node)
            return True
        entries = list(descend(node)) if descend is not None else []
        gone = [entry for entry in entries if not entry.owns and self.visit(entry.node, entry.below)]
        if not gone:
            return False
        if len(gone) == sum(not entry.owns for entry in entries) and not root:
            return True
        self.cut(node, entries, gone)
        return False

    def cut(self, node: Node, entries: list[OverlayEntry], gone: list[OverlayEntry]) -> None:
        """Cut entries out of a mapping or list in which others stay."""
        flow = self.source.text[node.place.start] in "{["
        spans = self.span_flow(entries, gone) if flow else [self.span_block(entry) for entry in gone]
        for span, entry in zip(spans, gone, strict=True):
            if span is None or self.is_anchored(span) or self.is_excepted(span):
                continue
            if flow and "#" in self.source.text[slice(*span)]:
                continue
            idle = self.list_idle(entry.node)
            self.cuts.append(Cut(*span) if flow else self.keep_comments(span, entry, idle))
            self.taken |= idle

    def is_anchored(self, span: tuple[int, int]) -> bool:
        """Whether there is an anchor or an alias in some text, comments aside."""
        at, end = span
        for place in self.comments:
            if at <= place.start < end:
                if ANCHORED.search(self.source.text[at : place.start]):
                    return True
                at = place.end
        return ANCHORED.search(self.source.text[at:end]) is not None

    def is_excepted(self, span: tuple[int, int]) -> bool:
        """Whether a comment in or above some lines makes an exception of what is found there: it would be of other lines then."""
        text, at = self.source.text, span[0]
        if EXCEPTION in text[slice(*span)]:
            return True
        for place in reversed(self.comments):
            if place.end <= at:
                if text[place.end : at].strip() or not self.stands_alone(place):
                    return False
                if EXCEPTION in text[place.start : place.end]:
                    return True
                at = place.start
        return False

    def stands_alone(self, comment: Place) -> bool:
        """Whether a comment has a line of its own."""
        text = self.source.text
        return not text[text.rfind("\n", 0, comment.start) + 1 : comment.start].strip()

    def keep_comments(self, span: tuple[int, int], entry: OverlayEntry, idle: set[tuple[int, int]]) -> Cut:
        """Keep the comments in some lines, but for those behind a value that goes.

        None is indented deeper than what they were in: a text in the lines above would take it for its own.
        """
        text, (start, end) = self.source.text, span
        indent = text[start : entry.start]
        kept = []
        for place in self.comments:
            if not start <= place.start < end:
                continue
            line = text.rfind("\n", 0, place.start) + 1
            if self.stands_alone(place):
                kept.append(f"{text[line : place.start][: len(indent)]}{text[place.start : place.end]}\n")
            elif not any(each[0] < place.start and self.ends.get(each, each[1]) > line for each in idle):
                kept.append(f"{indent}{text[place.start : place.end]}\n")
        while (match := COMMENT_BEHIND.match(text, end)) and len(match[2]) > len(indent):
            kept.append(f"{match[1]}{indent}{match[3]}\n")
            end = match.end()
        return Cut(start, end, "".join(kept))

    def list_idle(self, node: Node) -> set[tuple[int, int]]:
        start, end = node.place.start, find_end(node)
        return {span for span in self.idle if start <= span[0] and span[1] <= max(end, node.place.end)}

    def span_block(self, entry: OverlayEntry) -> tuple[int, int] | None:
        """Span the lines of an entry; none where something else begins on its first."""
        text = self.source.text
        start = text.rfind("\n", 0, entry.start) + 1
        if text[start : entry.start].strip():
            return None
        last = find_end(entry.node)
        if text[last - 1] == "\n":  # of a block scalar
            return start, last
        end = text.find("\n", last)
        return start, len(text) if end < 0 else end + 1

    def span_flow(self, entries: list[OverlayEntry], gone: list[OverlayEntry]) -> list[tuple[int, int] | None]:
        """Span entries with the comma that goes with each."""
        stay = [number for number, entry in enumerate(entries) if entry not in gone]
        last = stay[-1] if stay else -1
        spans: list[tuple[int, int] | None] = []
        for number, entry in enumerate(entries):
            if entry not in gone:
                continue
            if number < last:
                spans.append((entry.start, entries[number + 1].start))
            else:
                spans.append((find_end(entries[number - 1].node), find_end(entry.node)))
        return spans

    # The ways down

    def step_into_overlay(self, node: Node) -> Iterator[OverlayEntry]:
        for name, child, start in list_members(node):
            ways: dict[str, Descend] = {"vars": self.step_into_variables, "tasks": self.step_into_tasks}
            ways |= {"patch": self.make_step((first_step(),))}
            yield OverlayEntry(start, child, ways.get(name))

    def step_into_tasks(self, node: Node) -> Iterator[OverlayEntry]:
        for _, child, start in list_members(node):
            yield OverlayEntry(start, child, self.step_into_overlay)

    def step_into_variables(self, node: Node) -> Iterator[OverlayEntry]:
        for _, child, start in list_members(node):
            yield OverlayEntry(start, child, None)

    def make_step(self, path: tuple[Step, ...]) -> Descend:
        """Make the way into a patch at a path."""

        def step(node: Node) -> Iterator[OverlayEntry]:
            above = path[-1]
            named = above.row is not None and bool(above.row.identity)
            if isinstance(node, MapNode):
                for name, child, start in list_members(node):
                    next_step = item_step(above.shape, name) if named else member_step(above.shape, name)
                    yield OverlayEntry(start, child, self.make_step((*path, next_step)))
            elif isinstance(node, ListNode) and named:
                for child in node.items:
                    yield OverlayEntry(self.find_dash(child.place.start), child, self.make_item_step(path))

        return step

    def make_item_step(self, path: tuple[Step, ...]) -> Descend:
        """Make the way into an item in the list form: what it is known by goes only with the item."""

        def step(node: Node) -> Iterator[OverlayEntry]:
            above = path[-1]
            if isinstance(node, MapNode) and above.row is not None:
                own = identity_members(above.row, node.items)
                for name, child, start in list_members(node):
                    below = member_step(item_step(above.shape, "").shape, name)
                    yield OverlayEntry(start, child, self.make_step((*path, below)), name in own)

        return step

    def find_dash(self, start: int) -> int:
        """Find the dash in front of an item of a block list; an item of a flow list has none."""
        before = self.source.text[:start].rstrip(" ")
        return len(before) - 1 if before.endswith("-") else start


def list_members(node: Node) -> Iterator[tuple[str, Node, int]]:
    if isinstance(node, MapNode):
        for name, child in node.items.items():
            yield name, child, node.keys[name].start


def find_end(node: Node) -> int:
    """Find where a node's text ends: a block mapping or list is said to end where the next thing begins."""
    text = node.place.source.text
    if isinstance(node, MapNode) and text[node.place.start] != "{" and node.items:
        return max(find_end(child) for child in node.items.values())
    if isinstance(node, ListNode) and text[node.place.start] != "[" and node.items:
        return max(find_end(child) for child in node.items)
    return node.place.end
