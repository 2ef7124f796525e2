"""YAML text to nodes with their places. Types no scalar, and refuses what would make YAML guess, merge or run."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.documents.parsing.anchors import MAX_DEPTH, Anchors, TooDeep
from generator.documents.parsing.conflicts import report_conflict
from generator.documents.parsing.events import Events, is_empty, read_span
from generator.documents.parsing.yaml_faults import (
    EMPTY_HELP,
    find_bad_characters,
    find_directives,
    find_key_fault,
    find_swallowed_items,
    join_surrogates,
    make_empty,
    make_second_document,
)
from generator.model.findings import Finding, Place, Source, finding_at
from generator.model.gathering import FoundList, TooManyFindings
from generator.model.nodes import ListNode, MapNode, Node, Scalar

if TYPE_CHECKING:
    Loader = yaml.SafeLoader | yaml.CSafeLoader
    Parsed = tuple[Node | None, tuple[Finding, ...]]


NO_TAGS: Mapping[str, str] = MappingProxyType({})


class Disputed(Exception):
    """Here libyaml accepts what the pure parser may not."""


def parse_yaml(source: Source, *, loader: type[Loader] | None = None, tags: Mapping[str, str] = NO_TAGS) -> Parsed:
    """Parse one document. An empty one is None without a finding; a refused value is an empty plain scalar (`is_refused`).

    A value behind one of `tags` becomes a mapping with that value under the name that the tag stands for: `!Ref X` is `{Ref: X}`.
    """
    conflict = report_conflict(source)
    if conflict is not None:
        return None, (conflict,)
    refused = find_bad_characters(source)
    if refused:
        return None, refused
    fast: type[Loader] = loader if loader is not None else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # The pure parser knows no tab between tokens, libyaml does.
    if fast is not yaml.SafeLoader and "\t" not in source.text:
        try:
            root, findings = Composer(source, fast(source.text), tags).compose_document()
        except (yaml.YAMLError, Disputed):
            return parse_slowly(source, tags)
        if not findings:
            return root, ()
        if (
            findings[-1].code == "E109"
        ):  # where it ends, and the pure parser takes time in the square of the brackets that are open
            return None, sort_findings(findings)
    return parse_slowly(source, tags)


def parse_slowly(source: Source, tags: Mapping[str, str] = NO_TAGS) -> Parsed:
    """Parse with the pure parser, which everywhere decides what is wrong and where: so both give the same findings."""
    loader = yaml.SafeLoader(source.text)
    composer = Composer(source, loader, tags)
    try:
        root, findings = composer.compose_document()
    # Beside its own errors, the pure parser lets those of `chr` and `int` through for numbers out of range.
    except (yaml.MarkedYAMLError, ValueError, OverflowError) as error:
        from generator.documents.parsing.mistakes import explain_error  # only when there is something to report

        root, findings = None, explain_error(source, loader, error, composer.findings, composer.events.last)
    return root, sort_findings(findings)


def sort_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Bring findings into the order of their places."""
    return tuple(sorted(findings, key=lambda finding: finding.location[1:] if finding.location else (0, 0)))


def is_refused(node: Node) -> bool:
    """Whether a node stands in for a value that a finding already refuses. `""` is text, so nothing else looks like it."""
    return isinstance(node, Scalar) and node.kind == "plain" and not node.text


class Composer:
    """One walk over the events of one document, gathering findings."""

    def __init__(self, source: Source, loader: Loader, tags: Mapping[str, str] = NO_TAGS) -> None:
        self.source = source
        self.tags = tags
        self.findings: list[Finding] = FoundList()
        self.anchors = Anchors(source, self.findings)
        self.events = Events(source, self.findings, loader.get_event, tags)
        self.get_event = self.events.get_event
        self.pure = isinstance(loader, yaml.SafeLoader)

    def compose_document(self) -> Parsed:
        self.get_event()
        event = self.get_event()
        if isinstance(event, StreamEndEvent):
            return None, ()
        assert isinstance(event, DocumentStartEvent)
        if event.explicit:
            self.findings += find_directives(self.source, read_span(event)[1])
        event = self.get_event()
        try:
            root = None if is_empty(event) else self.compose_node(event, 0)
        except TooDeep as deep:
            return None, (*self.findings, deep.finding)
        except TooManyFindings:
            return None, tuple(self.findings)
        self.get_event()
        event = self.get_event()
        if isinstance(event, DocumentStartEvent):
            self.findings.append(make_second_document(self.source, read_span(event)[1]))
        return root, tuple(self.findings)

    def compose_node(self, event: Event, depth: int) -> Node:
        """Compose the node that starts with an event, which is not an empty scalar."""
        if self.tags and isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            name = self.tags.get(event.tag or "")
            if name is not None:
                return self.compose_tagged(event, name, depth)
        return self.compose_bare(event, depth)

    def compose_tagged(
        self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent, name: str, depth: int
    ) -> MapNode:
        """Compose a value behind a tag that stands for a name, as a mapping from that name."""
        node = self.compose_bare(event, depth)
        start = read_span(event)[0]
        place = Place(self.source, start, node.place.end)
        made = MapNode(place, {name: node}, {name: Place(self.source, start, max(start + 1, node.place.start))})
        if event.anchor:
            self.anchors.close_anchor(event.anchor, made)
        return made

    def compose_bare(self, event: Event, depth: int) -> Node:
        """Compose a node without its tag."""
        if isinstance(event, ScalarEvent):
            return self.compose_scalar(event)
        if isinstance(event, AliasEvent):
            return self.compose_alias(event, depth)
        assert isinstance(event, (MappingStartEvent, SequenceStartEvent))
        start = read_span(event)[0]
        if depth == MAX_DEPTH:
            raise TooDeep(Place(self.source, start, start + 1))
        if event.anchor:
            self.anchors.open_anchor(event.anchor, start)
        if event.anchor or event.tag:
            start = self.events.skip_properties(event, start)
        node = (
            self.compose_mapping(event, start, depth + 1)
            if isinstance(event, MappingStartEvent)
            else self.compose_sequence(event, start, depth + 1)
        )
        if event.anchor:
            self.anchors.close_anchor(event.anchor, node)
        return node

    def compose_alias(self, event: AliasEvent, depth: int) -> Node:
        start, end = read_span(event)
        self.events.end = end
        assert event.anchor is not None  # an alias is nothing but its name
        node = self.anchors.copy_anchor(event.anchor, Place(self.source, start, end), depth)
        return node if node is not None else self.events.refuse(start, end)

    def compose_scalar(self, event: ScalarEvent) -> Scalar:
        start, end = read_span(event)
        style = event.style
        if event.anchor:
            self.anchors.open_anchor(event.anchor, start)
        if event.anchor or event.tag:
            start = min(self.events.skip_properties(event, start), end)
        if style == "|" or style == ">":
            written = self.source.text[start:end]
            # libyaml takes `>2#` for `>2 #`.
            if not self.pure and "#" in written.partition("\n")[0]:
                raise Disputed
            end = start + len(written.rstrip())
        self.events.end = end
        self.events.last = (start, end)
        place = Place(self.source, start, end)
        text = event.value
        if not style:
            # In brackets, the pure parser ends a plain value at a `?`; libyaml takes it in.
            if "?" in text and not self.pure:
                raise Disputed
            if " - " in text:
                self.findings += find_swallowed_items(self.source, start, end)
        if style == '"' and not text.isascii():
            text = join_surrogates(text, place, self.findings)
        node = Scalar(place, "text" if style or event.tag else "plain", text)
        if event.anchor:
            self.anchors.close_anchor(event.anchor, node)
        return node

    def compose_sequence(self, event: SequenceStartEvent, start: int, depth: int) -> ListNode:
        items: list[Node] = []
        while not isinstance(child := self.get_event(), SequenceEndEvent):
            if is_empty(child):
                # Both parsers place an empty item right after its dash, unless it has an anchor.
                first, self.events.end = read_span(child)
                place = Place(self.source, min(first, self.events.end - 1), self.events.end)
                self.findings.append(finding_at(place, "E119", "this item has no value", help=EMPTY_HELP))
                items.append(self.stand_in(child, place.start, place.end))
            else:
                items.append(self.compose_node(child, depth))
        if event.flow_style:
            self.events.end = read_span(child)[1]
        return ListNode(Place(self.source, start, self.events.end), tuple(items))

    def compose_mapping(self, event: MappingStartEvent, start: int, depth: int) -> Node:
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        events = self.events
        while not isinstance(child := self.get_event(), MappingEndEvent):
            if isinstance(child, ScalarEvent) and not is_empty(child):
                key = self.compose_scalar(child)
            elif event.flow_style and events.opens_expression(child, start):
                return events.refuse_expression(start, 2)
            else:
                key = events.refuse_key(child)
            node = self.compose_value(key, depth)
            if is_refused(key):
                continue
            fault = find_key_fault(key, keys)
            if fault is None:
                items[key.text] = node
                keys[key.text] = key.place
            else:
                self.findings.append(fault)
        # A pair in a flow list, `[a: 1]`, has no braces of its own.
        if event.flow_style and self.source.text.startswith("{", start):
            events.end = read_span(child)[1]
        return MapNode(Place(self.source, start, events.end), items, keys)

    def compose_value(self, key: Scalar, depth: int) -> Node:
        """Compose the value of a key."""
        value = self.get_event()
        if not is_empty(value):
            return self.compose_node(value, depth)
        start, end = read_span(value)
        if end > start:  # it has an anchor
            self.events.end = end
        if not is_refused(key):
            self.findings.append(make_empty(key))
        return self.stand_in(value, key.place.start, key.place.end)

    def stand_in(self, event: Event, start: int, end: int) -> Scalar:
        """Stand in for an empty value, and for its anchor if it has one."""
        node = self.events.refuse(start, end)
        assert isinstance(event, ScalarEvent)
        if event.anchor:
            self.anchors.open_anchor(event.anchor, read_span(event)[0])
            self.anchors.close_anchor(event.anchor, node)
        return node
