"""What one render prints, as pieces; how much it has done for them; and what it reports. Owns what a printed value becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jinja2.runtime import Undefined

from generator.build.rendering.bounds import MOST_LEVELS, MOST_STEPS, MOST_TEXT, Meter, check_size
from generator.build.rendering.values import (
    Filtered,
    Fragment,
    JsonText,
    MisfitError,
    RawText,
    make_value,
    simplify_value,
    write_json,
    write_source,
    write_text,
)
from generator.build.rendering.weights import measure_value
from generator.model.findings import Finding, Place, finding_at
from generator.model.nodes import NO_VALUE, Piece, Value


class Output:
    """The output of one render at a time. Compiled templates call `emit`, `emit_filtered`, `concat` and `join_text`."""

    __slots__ = ("findings", "meter", "most")

    def __init__(self, most: int = MOST_STEPS) -> None:
        self.most = most
        self.start()

    def start(self) -> None:
        """Forget the last render."""
        self.meter = Meter(self.most)
        self.findings: dict[tuple[str, Place | None, str], Finding] = {}

    def report(self, finding: Finding, place: Place | None) -> None:
        """Keep a finding, once a place."""
        self.findings.setdefault((finding.code, place, finding.message), finding)

    def emit(self, value: Value, place: Place) -> tuple[Piece, ...]:
        """Make the pieces of what an expression gave."""
        if isinstance(value, Fragment):
            return value._pieces
        if isinstance(value, RawText):
            return (Piece(place, str(value), NO_VALUE),)
        if isinstance(value, JsonText):
            return (Piece(place, "", value),)
        if isinstance(value, Undefined):
            str(value)
            return ()
        try:
            before = self.meter.steps
            plain = simplify_value(value, self.meter)
            check_size(self.meter.steps - before, place)
            return (Piece(place, "", plain),)
        except MisfitError as error:
            self.report(finding_at(place, "E103", str(error), help=error.help), place)
            return ()

    def emit_filtered(self, apply: Callable[[Value], Value], body: Fragment, place: Place) -> tuple[Piece, ...]:
        """Make the piece of a `{% filter %}` tag: which of its two forms it has is known when it is assembled."""
        inside = apply(str(body))
        if isinstance(inside, RawText):
            return body._pieces
        source = write_source(body._pieces)
        self.meter.spend(len(source))
        outside = apply(source)
        text = str(outside) if isinstance(outside, str) else write_json(simplify_value(outside, self.meter))
        if not isinstance(inside, JsonText):
            inside = simplify_value(inside, self.meter)
        elif isinstance(outside, JsonText):
            text = write_json(outside._value) if not isinstance(outside._value, str) else str(outside)
        return (make_value(place, Filtered(inside, text)),)

    def gather(self, parts: Iterable[Value]) -> tuple[Piece, ...]:
        """Put the output of a template, a macro or a block together."""
        pieces: list[Piece] = []
        size = 0
        for part in parts:
            new: tuple[Piece, ...] = part._pieces if isinstance(part, Fragment) else part
            for piece in new:
                value = piece.value
                size += (
                    len(value)
                    if isinstance(value, str)
                    else len(piece.text) + 1
                    if value is NO_VALUE
                    else measure(value)
                )
            pieces += new
            check_size(size, new[0].place if new else None)
        self.meter.spend(size)
        return tuple(pieces)

    def concat(self, parts: Iterable[Value]) -> Fragment:
        return Fragment(self.gather(parts))

    def join_text(self, parts: tuple[Value, ...]) -> str:
        """Do the operator `~`."""
        for part in parts:
            if isinstance(part, int):
                self.meter.take(part.bit_length() // 3)
        texts = [write_text(part) for part in parts]
        self.meter.spend(sum(map(len, texts)))
        return "".join(texts)


def measure(value: Value) -> int:
    """Count the characters of a printed value that is no text, and its members."""
    if isinstance(value, Filtered):
        return len(value.outside) + measure(value.inside)
    return measure_value(value, MOST_TEXT, MOST_LEVELS, whole=True)[0]
