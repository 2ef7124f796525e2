"""The events of one YAML document, and values that are refused by skipping their events. Makes no nodes but what stands in for these."""

from __future__ import annotations

from collections.abc import Callable, Collection

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from generator.documents.parsing.anchors import MAX_DEPTH, TooDeep
from generator.documents.parsing.yaml_faults import make_bad_tag
from generator.model.findings import Finding, Place, Source, finding_at
from generator.model.nodes import Scalar

TEXT_TAG = "tag:yaml.org,2002:str"


class Events:
    """The events that are still to come."""

    __slots__ = ("end", "findings", "last", "next_event", "source", "tags")

    def __init__(
        self,
        source: Source,
        findings: list[Finding],
        next_event: Callable[[], Event | None],
        tags: Collection[str] = (),
    ) -> None:
        self.source = source
        self.tags = tags
        self.findings = findings
        self.next_event = next_event
        self.end = 0
        """Where the last thing that is no collection ended: block collections end with their last child, not where the next token is."""
        self.last = (0, 0)
        """The span of the last scalar, for who explains what follows it."""

    def get_event(self) -> Event:
        event = self.next_event()
        assert event is not None  # both parsers give None only after the end of the stream
        return event

    def refuse(self, start: int, end: int) -> Scalar:
        """Stand in for a value that a finding refuses."""
        return Scalar(Place(self.source, start, end), "plain", "")

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
        self.findings.append(finding_at(place, "E111", message, help=help))
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

        message = f"`{text}` without quotes is not text in YAML"
        self.findings.append(finding_at(place, "E117", message, help=EXPRESSION_HELP))
        return self.refuse(start, self.end)

    def skip_properties(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent, start: int) -> int:
        """Find where a node starts behind its anchor and its tag, which is reported if YAML would type the node by it."""
        text = self.source.text
        end = read_span(event)[1]
        while start < end and text[start] in "&!#":
            first = start
            # A comment may stand between the properties and the node.
            stops = "\n" if text[first] == "#" else ">" if text.startswith("!<", first) else " \t\n,[]{}"
            while start < end and text[start] not in stops:
                start += 1
            start += stops == ">"
            plain = event.tag in self.tags or (event.tag == TEXT_TAG and isinstance(event, ScalarEvent))
            if text[first] == "!" and not plain:
                self.findings.append(make_bad_tag(Place(self.source, first, start)))
            while start < end and text[start] in " \t\n":
                start += 1
        return start

    def skip(self, levels: int) -> None:
        """Skip events until that many collections have ended."""
        while levels:
            event = self.get_event()
            if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                levels += 1
                if levels > MAX_DEPTH:  # the pure parser takes time in the square of the brackets that are open
                    start = read_span(event)[0]
                    raise TooDeep(Place(self.source, start, start + 1))
            elif isinstance(event, CollectionEndEvent):
                levels -= 1
            self.end = max(self.end, read_span(event)[1])


def read_span(event: Event) -> tuple[int, int]:
    """Where an event starts and ends, in characters with both parsers."""
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None
    return start.index, end.index


def is_empty(event: Event) -> bool:
    """Whether an event is that of a value omitted."""
    return isinstance(event, ScalarEvent) and not event.value and not event.style and event.tag is None
