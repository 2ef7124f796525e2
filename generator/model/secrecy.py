"""The one account of secrets: what of a build or of some documents nobody is to see, made once, and handed to all that shows text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.model.findings import Edit, Excerpt, Finding, Place, Source, cut_excerpt, find_lines, find_shown_end
from generator.model.gathering import leave_out
from generator.model.nodes import Scalar
from generator.model.records import Record

if TYPE_CHECKING:
    from generator.model.secrets.spans import Span
    from generator.model.secrets.texts import Wanted


class HiddenStep(Record):
    """The end of a path that a secret is in, as an identity or a key: from `start` on, up to `end`."""

    text: str
    start: int
    end: int


class Known(Record):
    """What is known to be secret.

    `values` are values by where they are written, `texts` what is hidden wherever it stands, with nothing in it spelt otherwise, `names`
    variables, and `sources` the files that all this is written in. `steps` are ends of paths with a secret in them, however short that is.
    """

    values: frozenset[tuple[Place, str]] = frozenset()
    texts: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    sources: frozenset[Source] = frozenset()
    steps: frozenset[HiddenStep] = frozenset()


class Secrets:
    """What is secret by its name, by its place, by the variable that writes it, and by its text. Looked for when it is first asked for."""

    __slots__ = ("_find", "_known", "_paths", "_secret", "_spans", "_wanted", "_written")

    def __init__(self, find: Callable[[], Known] = Known) -> None:
        self._find = find
        self._known: Known | None = None
        self._wanted: Wanted | None = None
        self._paths: dict[str, Source] = {}
        self._written: dict[Source, list[tuple[Place, str]]] = {}
        self._spans: dict[Source, tuple[Span, ...]] = {}
        self._secret: dict[tuple[str, str], bool] = {}

    def look(self) -> Known:
        """Find what is known, once."""
        if self._known is None:
            known = self._find()
            self._paths = {source.path: source for source in known.sources}
            for place, text in known.values:
                self._written.setdefault(place.source, []).append((place, text))
            self._known = known  # last, as another thread may ask
        return self._known

    def join(self, *others: Secrets) -> Secrets:
        """Join what several accounts know."""
        return Secrets(lambda: join_known([each.look() for each in (self, *others)]))

    # Values.

    def hides(self, path: str, value: Scalar) -> bool:
        """Whether a value is not to be shown."""
        return (value.place, value.text) in self.look().values or self.hides_text(path, value.text)

    def hides_text(self, path: str, text: str) -> bool:
        """Whether a text is not to be shown at a path: it is a secret, or says one."""
        secret = self._secret.get((path, text))
        if secret is None:
            from generator.model.secrets.values import is_secret_value

            secret = self._secret[path, text] = is_secret_value(path, text) or self.says(text)
        return secret

    def mask(self, path: str, value: Scalar) -> str:
        """Give the text of a value, or `***`."""
        from generator.model.secrets.names import MASK

        return MASK if self.hides(path, value) else value.text

    def mask_text(self, path: str, text: str) -> str:
        """Give a text that stands at a path, or `***`."""
        from generator.model.secrets.names import MASK

        return MASK if self.hides_text(path, text) else text

    # Texts.

    def says(self, text: str) -> bool:
        """Whether a secret stands in a text, however it is spelt there."""
        return bool(self.find(text))

    def find(self, text: str) -> list[Span]:
        """Find the secrets in a text."""
        known = self.look()
        if not known.texts and not known.steps:
            return []
        from generator.model.secrets.spans import join_spans
        from generator.model.secrets.texts import Wanted, find_text

        wanted = self._wanted
        if wanted is None:
            wanted = self._wanted = Wanted(sorted(known.texts))
        steps = [(at + step.start, at + step.end) for step in known.steps for at, _ in find_text(text, step.text)]
        return join_spans([*wanted.find(text), *steps])

    def scrub(self, text: str) -> str:
        """Give a text for people with `***` for each secret in it."""
        from generator.model.secrets.scanning import replace_spans

        return replace_spans(text, self.find(text))

    # Sources.

    def cut(self, place: Place) -> Excerpt:
        """Cut a line out of its source, with `***` for each secret in it."""
        return cut_excerpt(place, self.find_spans(place.source))

    def find_spans(self, source: Source) -> tuple[Span, ...]:
        """Find everything secret in a source, once."""
        if source not in self._spans:
            from generator.model.secrets.scanning import scan_text
            from generator.model.secrets.spans import join_spans

            spans = [*scan_text(source.text, self.look().names).spans, *self.find(source.text)]
            written = [trim(place) for place, _ in self._written.get(source, ())]
            self._spans[source] = tuple(join_spans([*spans, *written]))
        return self._spans[source]

    def hide_all(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Hide what is secret in findings, and of those that are too many for their file everything."""
        return tuple([finding if finding.left_out else self.hide(finding) for finding in leave_out(findings)])

    def hide(self, finding: Finding) -> Finding:
        """Hide what is secret in a finding: in its excerpt, its path, and all that it says."""
        place, excerpt = self.find_place(finding), finding.excerpt
        if place is not None:
            excerpt = self.cut(place)
        elif excerpt is not None and self.says(excerpt.text):
            excerpt = None
        quoted = mask_quoted(place, self._written.get(place.source, ()), self.find_spans(place.source)) if place else {}
        spelt, path = finding.path or "", mask_end(finding.path or "", quoted)

        def clean(text: str) -> str:
            for each, shown in quoted.items():  # of any length, as it is what the finding is about
                text = text.replace(f"`{each}`", f"`{shown}`")
            return self.scrub(text.replace(spelt, path) if spelt else text)

        left = find_stand_in(finding)
        return finding._replace(
            excerpt=excerpt,
            message=left + clean(finding.message.removeprefix(left)),
            path=finding.path and clean(finding.path),
            notes=tuple(note._replace(text=clean(note.text)) for note in finding.notes),
            help=finding.help and clean(finding.help),
            edits=() if any(map(self.shows_secret, finding.edits)) else finding.edits,
            others=tuple(self.hide(other) for other in finding.others),
        )

    def shows_secret(self, edit: Edit) -> bool:
        """Whether an edit writes something secret, or anything at all in the place of it."""
        if not edit.text:
            return False
        start, end = edit.place.start, edit.place.end
        spans = self.find_spans(edit.place.source)
        return self.says(edit.text) or any(first < end and start < last for first, last in spans)

    def find_place(self, finding: Finding) -> Place | None:
        """Find the place that a finding underlines, in a source that is known."""
        location = finding.location
        if location is None or finding.excerpt is None:
            return None
        self.look()
        source = self._paths.get(location.file)
        starts = find_lines(source.text) if source is not None else ()
        if source is None or location.line > len(starts):  # another state of the file may have had more lines
            return None
        start = starts[location.line - 1] + location.column - 1
        return Place(source, start, find_shown_end(source, start, finding.excerpt.length))


def find_stand_in(finding: Finding) -> str:
    """Find the beginning of a message that quotes a placeholder, which is no secret; nothing where it may have one in it."""
    if finding.code not in OF_PLACEHOLDERS:
        return ""
    from generator.model.secrets.references import is_stand_in

    quoted = finding.message[1:].partition("`")[0]
    return f"`{quoted}`" if finding.message.startswith("`") and is_stand_in(quoted) else ""


def mask_key(secrets: Secrets, key: str, place: Place | None) -> str:
    """Give a key with `***` for each secret in it, as it is written or as it is known."""
    from generator.model.secrets.scanning import replace_spans

    start, end = (place.start, place.end) if place is not None else (0, 0)
    spans = secrets.find_spans(place.source) if place is not None else ()
    within = [
        (max(first, start) - start, min(last, end) - start) for first, last in spans if first < end and last > start
    ]
    if place is None or not within:
        return secrets.scrub(key)
    return replace_spans(place.source.text[start:end], within).strip(QUOTES)


def mask_end(path: str, quoted: Mapping[str, str]) -> str:
    """Mask what a path ends in if that is a secret, or a key with one in it."""
    from generator.model.secrets.nesting import MEMBER

    for each, shown in quoted.items():
        for end in (f"[{each}]", f".{each}", f"[{each}].name", f"[{each}].key"):
            if path.endswith(end) and not MEMBER.fullmatch(each):
                path = path.removesuffix(end) + end.replace(each, shown)
    return path


def mask_quoted(place: Place, written: Iterable[tuple[Place, str]], spans: Sequence[Span]) -> dict[str, str]:
    """Give the secrets that a place has in it, of any length, and all that it has; each with what is shown instead."""
    from generator.model.secrets.names import MASK
    from generator.model.secrets.scanning import replace_spans

    source, start, end = place
    found = {text: MASK for (_, first, last), text in written if first < end and last > start}
    at = max(bisect_left(spans, (start, start)) - 1, 0)
    within = [(first, last) for first, last in spans[at : bisect_left(spans, (end, 0))] if last > start]
    found |= {source.text[first:last]: MASK for first, last in within}
    inside = [(first - start, last - start) for first, last in within if first >= start and last <= end]
    if inside:
        whole = source.text[start:end]
        found[whole.strip(QUOTES)] = replace_spans(whole, inside).strip(QUOTES)
    return found


def join_known(each: Iterable[Known]) -> Known:
    """Join what is known of several builds or documents."""
    values, texts, names, sources, steps = zip(*each, strict=True)
    return Known(*(frozenset().union(*members) for members in (values, texts, names, sources, steps)))


def trim(place: Place) -> Span:
    """Give the span of what is literal at a place: nothing where a template has an expression, and no quotes."""
    text = place.source.text[place.start : place.end]
    if "{{" in text:
        return place.start, place.start
    bare = text.strip("\"' \t\n")
    start = place.start + text.find(bare)
    return start, start + len(bare)


OF_PLACEHOLDERS = ("E517", "W635")
"""Codes of findings that begin with a placeholder."""

QUOTES = "\"'"
"""What stands around a text in a source, and not in what is said of it."""

NO_SECRETS = Secrets()
"""The account of what has no secret."""
