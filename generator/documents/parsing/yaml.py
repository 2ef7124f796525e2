"""YAML text to nodes with their places; the only home of PyYAML. Types no scalar, and refuses what would make YAML guess, merge or run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.model.findings import Finding, Note, Place, Source, did_you_mean, finding_at
from generator.model.nodes import Keyed, ListNode, MapNode, Node, Scalar

if TYPE_CHECKING:
    Loader = yaml.SafeLoader | yaml.CSafeLoader
    Parsed = tuple[Node | None, tuple[Finding, ...]]

MAX_DEPTH = 100
"""Collections in one another. Keeps every walk over nodes far from Python's recursion limit."""

MAX_COPIED = 10_000
"""Nodes that all aliases of a file together stand for."""

TEXT_TAG = "tag:yaml.org,2002:str"
EMPTY = '""'
EMPTY_HELP = 'write `null`, `{}`, `[]` or `""`'


class Anchor(NamedTuple):
    """An anchored node, None while it is still open: only then can an alias be inside what it names."""

    place: Place
    node: Node | None


class TooDeep(Exception):
    """The file is nested deeper than `MAX_DEPTH`; the finding is reported."""


class Disputed(Exception):
    """Here libyaml accepts what the pure parser may not."""


def parse_yaml(source: Source, *, loader: type[Loader] | None = None) -> Parsed:
    """Parse one document. An empty one is None without a finding; a refused value is an empty plain scalar (`is_refused`)."""
    refused = check_characters(source)
    if refused:
        return None, refused
    fast: type[Loader] = loader if loader is not None else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # The pure parser knows no tab between tokens, libyaml does.
    if fast is not yaml.SafeLoader and "\t" not in source.text:
        try:
            root, findings = Composer(source, fast(source.text)).compose_document()
        except (yaml.YAMLError, Disputed):
            return parse_slowly(source)
        if not findings:
            return root, ()
    return parse_slowly(source)


def parse_slowly(source: Source) -> Parsed:
    """Parse with the pure parser, which everywhere decides what is wrong and where: so both give the same findings."""
    loader = yaml.SafeLoader(source.text)
    composer = Composer(source, loader)
    try:
        root, findings = composer.compose_document()
    # Beside its own errors, the pure parser lets those of `chr` and `int` through for numbers out of range.
    except (yaml.MarkedYAMLError, ValueError, OverflowError) as error:
        from generator.documents.parsing.mistakes import explain_error  # only when there is something to report

        root, findings = None, explain_error(source, loader, error, composer.findings, composer.last)
    return root, tuple(sorted(findings, key=lambda finding: finding.location[1:] if finding.location else (0, 0)))


def is_refused(node: Node) -> bool:
    """Whether a node stands in for a value that a finding already refuses. `""` is text, so nothing else looks like it."""
    return isinstance(node, Scalar) and node.kind == "plain" and not node.text


def check_characters(source: Source) -> tuple[Finding, ...]:
    """Refuse, once each, characters that no reader can see or that YAML would fold into a space."""
    text = source.text
    bad = [character for character in set(text) if not is_allowed(character)]
    if not bad:
        return ()
    findings = []
    for start in sorted(text.index(character) for character in bad):
        character = text[start]
        surrogate = "\ud800" <= character <= "\udfff"
        message = f"the lone surrogate U+{ord(character):04X}" if surrogate else f"the character U+{ord(character):04X}"
        help = "delete it" if surrogate else f"delete it, or write `\\u{ord(character):04x}` in double quotes"
        place = Place(source, start, start + 1)
        findings.append(
            finding_at(place, "E108" if surrogate else "E111", f"{message} cannot stand in YAML", help=help)
        )
    return tuple(findings)


def is_allowed(character: str) -> bool:
    """Whether a character may stand as it is: what YAML calls printable, but no line end other than `\\n` and no mark."""
    if character < "\x7f":
        return character >= " " or character in "\n\t"
    return ("\xa0" <= character <= "\ud7ff" and character not in "\u2028\u2029") or (
        character >= "\ue000" and character not in "\ufeff\ufffe\uffff"
    )


class Composer:
    """One walk over the events of one document, gathering findings."""

    def __init__(self, source: Source, loader: Loader) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self.anchors: dict[str, Anchor] = {}
        self.copied = 0
        self.end = 0
        """Where the last thing that is no collection ended: block collections end with their last child, not where the next token is."""
        self.last = (0, 0)
        """The span of the last scalar, for who explains what follows it."""
        self.pure = isinstance(loader, yaml.SafeLoader)
        self.next_event = loader.get_event

    def get_event(self) -> Event:
        event = self.next_event()
        assert event is not None  # both parsers give None only after the end of the stream
        return event

    def report(self, place: Place, code: str, message: str, *notes: Note, help: str | None = None) -> None:
        self.findings.append(finding_at(place, code, message, notes=notes, help=help))

    def refuse(self, start: int, end: int) -> Scalar:
        """Stand in for a value that a finding refuses."""
        return Scalar(Place(self.source, start, end), "plain", "")

    def compose_document(self) -> Parsed:
        self.get_event()
        event = self.get_event()
        if isinstance(event, StreamEndEvent):
            return None, ()
        assert isinstance(event, DocumentStartEvent)
        if event.explicit:
            self.check_directives(read_span(event)[1])
        event = self.get_event()
        try:
            root = None if is_empty(event) else self.compose_node(event, 0)
        except TooDeep:
            return None, tuple(self.findings)
        self.get_event()
        event = self.get_event()
        if isinstance(event, DocumentStartEvent):
            end = read_span(event)[1]
            place = Place(self.source, end - 3, end)
            self.report(
                place, "E114", "a second document starts here", help="one file holds one document: delete the `---`"
            )
        return root, tuple(self.findings)

    def check_directives(self, end: int) -> None:
        """Report the directives before a document. The parsers skip those they do not know."""
        start = 0
        for line in self.source.text[:end].split("\n"):
            if line.startswith("%"):
                place = Place(self.source, start, start + len(line.rstrip()))
                self.report(place, "E111", "YAML directives are not supported", help="delete the line")
            start += len(line) + 1

    def compose_node(self, event: Event, depth: int) -> Node:
        """Compose the node that starts with an event, which is not an empty scalar."""
        if isinstance(event, ScalarEvent):
            return self.compose_scalar(event)
        if isinstance(event, AliasEvent):
            return self.copy_anchor(event, depth)
        assert isinstance(event, (MappingStartEvent, SequenceStartEvent))
        start = read_span(event)[0]
        if depth == MAX_DEPTH:
            self.report_depth(Place(self.source, start, start + 1))
        if event.anchor or event.tag:
            start = self.check_properties(event, start)
        node = (
            self.compose_mapping(event, start, depth + 1)
            if isinstance(event, MappingStartEvent)
            else self.compose_sequence(event, start, depth + 1)
        )
        if event.anchor:
            self.close_anchor(event.anchor, node)
        return node

    def compose_scalar(self, event: ScalarEvent) -> Scalar:
        start, end = read_span(event)
        style = event.style
        if event.anchor or event.tag:
            start = min(self.check_properties(event, start), end)
        if style == "|" or style == ">":
            written = self.source.text[start:end]
            # libyaml takes `>2#` for `>2 #`.
            if not self.pure and "#" in written.partition("\n")[0]:
                raise Disputed
            end = start + len(written.rstrip())
        self.end = end
        self.last = (start, end)
        text = event.value
        if not style:
            # In brackets, the pure parser ends a plain value at a `?`; libyaml takes it in.
            if "?" in text and not self.pure:
                raise Disputed
            if " - " in text:
                self.check_continuation(start, end)
        if style == '"' and not text.isascii():
            text = self.join_surrogates(text, start, end)
        node = Scalar(Place(self.source, start, end), "text" if style or event.tag else "plain", text)
        if event.anchor:
            self.close_anchor(event.anchor, node)
        return node

    def check_continuation(self, start: int, end: int) -> None:
        """Refuse a list item indented so far that YAML takes it for more of the plain value above."""
        offset = start
        for line in self.source.text[start:end].split("\n"):
            dash = line.lstrip(" ")
            if offset > start and dash.startswith("- "):
                first = offset + len(line) - len(dash)
                place = Place(self.source, first, offset + len(line))
                message = "this list item is indented like a part of the value above"
                self.report(place, "E111", message, help="align it with the items beside it")
            offset += len(line) + 1

    def compose_sequence(self, event: SequenceStartEvent, start: int, depth: int) -> ListNode:
        items: list[Node] = []
        while not isinstance(child := self.get_event(), SequenceEndEvent):
            if is_empty(child):
                # Both parsers place an empty item right after its dash, unless it has an anchor.
                first, self.end = read_span(child)
                place = Place(self.source, min(first, self.end - 1), self.end)
                self.report(place, "E119", "this item has no value", help=EMPTY_HELP)
                items.append(self.stand_in(child, place.start, place.end))
            else:
                items.append(self.compose_node(child, depth))
        if event.flow_style:
            self.end = read_span(child)[1]
        return ListNode(Place(self.source, start, self.end), tuple(items))

    def compose_mapping(self, event: MappingStartEvent, start: int, depth: int) -> Node:
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(child := self.get_event(), MappingEndEvent):
            if isinstance(child, ScalarEvent) and not is_empty(child):
                key = self.compose_scalar(child)
            elif event.flow_style and self.opens_expression(child, start):
                return self.refuse_expression(start, 2)
            else:
                key = self.refuse_key(child)
            value = self.get_event()
            if is_empty(value):
                start_of_value, end_of_value = read_span(value)
                if end_of_value > start_of_value:  # it has an anchor
                    self.end = end_of_value
                if not is_refused(key):
                    self.report_empty(key)
                node: Node = self.stand_in(value, key.place.start, key.place.end)
            else:
                node = self.compose_node(value, depth)
            if self.check_key(key, keys):
                items[key.text] = node
                keys[key.text] = key.place
        # A pair in a flow list, `[a: 1]`, has no braces of its own.
        if event.flow_style and self.source.text.startswith("{", start):
            self.end = read_span(child)[1]
        return MapNode(Place(self.source, start, self.end), items, keys)

    def report_empty(self, key: Scalar) -> None:
        """Report a key without a value, which may be one whose space after the colon was forgotten."""
        from generator.documents.parsing.mistakes import show_source

        shown = "***" if show_source(key.place) == "***" else key.text or EMPTY
        unspaced = re.match(r"([\w.-]+):(?!//)\S", key.text) if key.kind == "plain" else None
        help = f"put a space after `{unspaced[1]}:`" if unspaced else EMPTY_HELP
        self.report(key.place, "E119", f"`{shown}` has no value", help=help)

    def stand_in(self, event: Event, start: int, end: int) -> Scalar:
        """Stand in for an empty value, and for its anchor if it has one."""
        node = self.refuse(start, end)
        assert isinstance(event, ScalarEvent)
        if event.anchor:
            self.open_anchor(event.anchor, read_span(event)[0])
            self.close_anchor(event.anchor, node)
        return node

    def check_key(self, key: Scalar, keys: dict[str, Place]) -> bool:
        """Whether a key names a member; report it otherwise."""
        text, place = key.text, key.place
        if is_refused(key):
            return False
        if text in keys:
            other = keys[text].location
            note = Note(f"the other is in {other}", other)
            self.report(
                place, "E112", f"the key `{text}` stands twice in this mapping", note, help="keep one of the two"
            )
            return False
        if key.kind == "plain" and text == "<<":
            self.report(place, "E115", "the merge key `<<` is not supported", help="share settings with `extends`")
            return False
        if key.kind == "plain" and text == "null":
            self.report(place, "E111", "a key cannot be null", help="quote the key")
            return False
        return True

    def refuse_key(self, event: Event) -> Scalar:
        """Report a key that is no text, and skip it."""
        start, self.end = read_span(event)
        if self.opens_expression(event, start):
            return self.refuse_expression(start, 1)
        if isinstance(event, AliasEvent):
            message, help = "an alias cannot be a key", "write the key out"
        elif isinstance(event, ScalarEvent):
            message, help = "a key is missing here", "write the key, or quote the value"
        else:
            message = f"a key is text, not {'a mapping' if isinstance(event, MappingStartEvent) else 'a list'}"
            help = "quote the key"
            self.skip(1)
        line_end = self.source.text.find("\n", start)
        place = Place(self.source, start, self.end if line_end < 0 else min(self.end, line_end))
        self.report(place, "E111", message, help=help)
        return self.refuse(place.start, place.end)

    def opens_expression(self, event: Event, start: int) -> bool:
        """Whether a key that is itself a flow mapping is what YAML sees in an unquoted `{{ x }}` that starts there."""
        return isinstance(event, MappingStartEvent) and self.source.text.startswith("{{", start)

    def refuse_expression(self, start: int, levels: int) -> Scalar:
        """Report an unquoted `{{ x }}`, of which that many flow mappings are still open."""
        self.skip(levels)
        text = " ".join(self.source.text[start : self.end].split())
        place = Place(self.source, start, self.end)
        from generator.documents.parsing.mistakes import EXPRESSION_HELP

        self.report(place, "E117", f"`{text}` without quotes is no text in YAML", help=EXPRESSION_HELP)
        return self.refuse(start, self.end)

    def skip(self, levels: int) -> None:
        """Skip events until that many collections have ended."""
        while levels:
            event = self.get_event()
            if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                levels += 1
                if levels > MAX_DEPTH:  # the pure parser takes time in the square of the brackets that are open
                    start = read_span(event)[0]
                    self.report_depth(Place(self.source, start, start + 1))
            elif isinstance(event, CollectionEndEvent):
                levels -= 1
            self.end = max(self.end, read_span(event)[1])

    def check_properties(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent, start: int) -> int:
        """Open the node's anchor and check its tag. Return where the node itself starts."""
        text = self.source.text
        if event.anchor:
            self.open_anchor(event.anchor, start)
        end = read_span(event)[1]
        while start < end and text[start] in "&!#":
            first = start
            # A comment may stand between the properties and the node.
            stops = "\n" if text[first] == "#" else ">" if text.startswith("!<", first) else " \t\n,[]{}"
            while start < end and text[start] not in stops:
                start += 1
            start += stops == ">"
            if text[first] == "!" and (event.tag != TEXT_TAG or not isinstance(event, ScalarEvent)):
                from generator.documents.parsing.mistakes import show_source

                place = Place(self.source, first, start)
                help = "write the value without a tag, in quotes if it is text"
                self.report(place, "E113", f"the tag `{show_source(place)}` is not supported", help=help)
            while start < end and text[start] in " \t\n":
                start += 1
        return start

    def open_anchor(self, name: str, start: int) -> None:
        start = self.source.text.index(f"&{name}", start)
        place = Place(self.source, start, start + 1 + len(name))
        if name in self.anchors:
            other = self.anchors[name].place.location
            note = Note(f"the other is in {other}", other)
            self.report(
                place, "E111", f"the anchor `&{name}` stands twice in this file", note, help="give it another name"
            )
        self.anchors[name] = Anchor(place, None)

    def close_anchor(self, name: str, node: Node) -> None:
        self.anchors[name] = self.anchors[name]._replace(node=node)

    def copy_anchor(self, event: AliasEvent, depth: int) -> Node:
        """Take what an alias names. Nodes are immutable, so a copy may share them; their places stay the anchor's."""
        name = event.anchor
        assert name is not None  # an alias is nothing but its name
        start, self.end = read_span(event)
        place = Place(self.source, start, self.end)
        anchor = self.anchors.get(name)
        if anchor is None:
            from generator.documents.parsing.mistakes import show_source

            near = did_you_mean(name, list(self.anchors))
            help = f"write `*{near}`" if near else "quote the value, if it is text"
            self.report(place, "E111", f"the alias `{show_source(place)}` names no anchor above it", help=help)
        elif anchor.node is None:
            other = anchor.place.location
            note = Note(f"the anchor is in {other}", other)
            self.report(place, "E116", f"the alias `*{name}` stands inside what it names", note)
        elif self.copied <= MAX_COPIED:
            size, height = measure(anchor.node)
            if depth + height > MAX_DEPTH:
                self.report_depth(place)
            self.copied += size
            if self.copied <= MAX_COPIED:
                return anchor.node
            self.report(place, "E116", f"the aliases of this file stand for more than {MAX_COPIED} values")
        return self.refuse(start, self.end)

    def report_depth(self, place: Place) -> None:
        self.report(place, "E109", f"this is nested deeper than {MAX_DEPTH} levels")
        raise TooDeep

    def join_surrogates(self, text: str, start: int, end: int) -> str:
        """Join surrogate pairs escaped as in JSON (the pure parser leaves them apart, libyaml fails); report lone ones."""
        try:
            text.encode()
        except UnicodeEncodeError:
            try:
                return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            except UnicodeDecodeError:
                place = Place(self.source, start, end)
                self.report(place, "E108", "this text has a lone surrogate", help="write the character itself")
        return text


def read_span(event: Event) -> tuple[int, int]:
    """Where an event starts and ends, in characters with both parsers."""
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None
    return start.index, end.index


def is_empty(event: Event) -> bool:
    """Whether an event is that of a value left out."""
    return isinstance(event, ScalarEvent) and not event.value and not event.style and event.tag is None


def measure(node: Node) -> tuple[int, int]:
    """Count the nodes of a tree, and its collections in one another."""
    if isinstance(node, Scalar):
        return 1 + len(node.text) // 64, 0
    assert not isinstance(node, Keyed)  # YAML has none
    size, height = 1, 0
    for child in node.items.values() if isinstance(node, MapNode) else node.items:
        below = measure(child)
        size, height = size + below[0], max(height, below[1])
    return size, height + 1
