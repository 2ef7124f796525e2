"""What YAML allows and an overlay does not: owns the words for it, and its place. Reads texts and spans; walks no events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model.findings import Finding, Note, Place, Source, finding_at

if TYPE_CHECKING:
    from generator.model.nodes import Scalar

EMPTY = '""'
EMPTY_HELP = 'write `null`, `{}`, `[]` or `""`'


def find_bad_characters(source: Source) -> tuple[Finding, ...]:
    """Find, once each, characters that no reader can see or that YAML would fold into a space."""
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


def find_directives(source: Source, end: int) -> Iterator[Finding]:
    """Find the directives before a document. The parsers skip those they do not know."""
    start = 0
    for line in source.text[:end].split("\n"):
        if line.startswith("%"):
            place = Place(source, start, start + len(line.rstrip()))
            yield finding_at(place, "E111", "YAML directives are not supported", help="delete the line")
        start += len(line) + 1


def make_second_document(source: Source, end: int) -> Finding:
    help = "one file holds one document: delete the `---`"
    return finding_at(Place(source, end - 3, end), "E114", "a second document starts here", help=help)


def find_swallowed_items(source: Source, start: int, end: int) -> Iterator[Finding]:
    """Find list items indented so far that YAML takes them for more of the plain value above."""
    offset = start
    for line in source.text[start:end].split("\n"):
        dash = line.lstrip(" ")
        if offset > start and dash.startswith("- "):
            place = Place(source, offset + len(line) - len(dash), offset + len(line))
            message = "this list item is indented like a part of the value above"
            yield finding_at(place, "E111", message, help="align it with the items beside it")
        offset += len(line) + 1


def make_empty(key: Scalar) -> Finding:
    """Make the finding of a key without a value, which may be one whose space after the colon was forgotten."""
    from generator.documents.parsing.mistakes import show_source

    shown = "***" if show_source(key.place) == "***" else key.text or EMPTY
    unspaced = re.match(r"([\w.-]+):(?!//)\S", key.text) if key.kind == "plain" else None
    help = f"put a space after `{unspaced[1]}:`" if unspaced else EMPTY_HELP
    return finding_at(key.place, "E119", f"`{shown}` has no value", help=help)


def find_key_fault(key: Scalar, keys: dict[str, Place]) -> Finding | None:
    """Find why a key names no member of a mapping that has some already."""
    text, place = key.text, key.place
    if text in keys:
        other = keys[text].location
        message, note = f"the key `{text}` is in this mapping twice", Note(f"the other is in {other}", other)
        return finding_at(place, "E112", message, notes=(note,), help="keep one of the two")
    if key.kind == "plain" and text == "<<":
        return finding_at(place, "E115", "the merge key `<<` is not supported", help="share settings with `extends`")
    if key.kind == "plain" and text == "null":
        return finding_at(place, "E111", "a key cannot be null", help="quote the key")
    return None


def make_bad_tag(place: Place) -> Finding:
    from generator.documents.parsing.mistakes import show_source

    help = "write the value without a tag, in quotes if it is text"
    return finding_at(place, "E113", f"the tag `{show_source(place)}` is not supported", help=help)


def join_surrogates(text: str, place: Place, findings: list[Finding]) -> str:
    """Join surrogate pairs escaped as in JSON (the pure parser leaves them apart, libyaml fails); report lone ones."""
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            message, help = "this text has a lone surrogate", "write the character itself"
            findings.append(finding_at(place, "E108", message, help=help))
    return text
