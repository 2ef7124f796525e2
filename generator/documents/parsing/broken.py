"""Text that is no JSON: owns the words for what is wrong, and the smallest place of it. Raises what it finds, and goes no further."""

from __future__ import annotations

from typing import NoReturn

from generator.documents.parsing.assembly import BLANK, Assembly
from generator.model.findings import Finding, Note, finding_at
from generator.model.patterns import Pattern

CONTROLS = {"\n": ("a line break", "\\n"), "\t": ("a tab", "\\t"), "\r": ("a carriage return", "\\r")}
PYTHON_LITERALS = {"True": "true", "False": "false", "None": "null"}
PUNCTUATION = frozenset(",:[]{}" + BLANK)
WORD = Pattern(r'[^ \t\n\r,:{}\[\]"\x00]+')


class BrokenError(Exception):
    """The text is no JSON from here on."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def fail(text: Assembly, start: int, end: int, message: str, help: str | None = None, *notes: Note) -> NoReturn:
    """Fail at a span of the text."""
    place = text.find_span(start, end) if text.pieces else text.origin
    raise BrokenError(finding_at(place, "E104", message, notes=notes, help=help))


def fail_word(text: Assembly, at: int, word: str) -> NoReturn:
    """Fail at a word that is no value."""
    end = at + len(word)
    if word in PYTHON_LITERALS:
        fail(text, at, end, f"`{word}` is not JSON", f"write `{PYTHON_LITERALS[word]}`")
    if word[0] in "'‘’“”`":
        fail(text, at, at + 1, "JSON needs straight double quotes around text", 'use `"`')
    fail(text, at, end, f"`{shorten(word)}` is not JSON", "put text in double quotes")


def fail_key(text: Assembly, at: int, opening: int) -> NoReturn:
    """Fail at what stands where a key is expected."""
    if at >= len(text.text):
        fail_open(text, opening)
    word = WORD.match(text.text, at)
    if word is None:
        fail_missing(text, at, "a key")
    fail(text, at, word.end(), f"the key `{shorten(word.group())}` has no double quotes", 'use `"`')


def fail_open(text: Assembly, opening: int) -> NoReturn:
    fail(text, opening, opening + 1, f"`{text.text[opening]}` is never closed")


def fail_item(text: Assembly, end: int, at: int, opening: int, closing: str) -> NoReturn:
    """Fail at what follows an item that ends at `end`, and is neither a comma nor the bracket that closes."""
    char = text.text[at : at + 1]
    if not char:
        fail_open(text, opening)
    if char in "]}":
        note = Note(f"`{text.text[opening]}` was opened here", text.find_span(opening, opening + 1).location)
        fail(text, at, at + 1, f"`{char}` is here, where `{closing}` is expected", None, note)
    check_punctuation(text, at)
    if char != ":" and not text.touches_value(at):
        fail_comma(text, end - 1, at)
    fail_separator(text, at, f"`,` or `{closing}`")


def fail_comma(text: Assembly, before: int, at: int) -> NoReturn:
    """Fail at the end of a value that another one follows: in a loop the next one comes no later in the template."""
    end, following = text.find_character(before), text.find_character(at)
    looped = end.source is following.source and following.start <= end.start
    help = "add it: a `,` before `]` or `}` is accepted, so loops need no `loop.last`" if looped else None
    fail(text, before, before + 1, "a `,` is missing after this value", help)


def fail_missing(text: Assembly, at: int, what: str) -> NoReturn:
    if at >= len(text.text):
        end = len(text.text.rstrip(BLANK))
        if end == 0:
            fail(text, 0, 0, "there is no JSON here")
        fail(text, end - 1, end, f"{what} is missing at the end")
    fail(text, at, at + 1, f"{what} is missing before `{text.text[at]}`")


def fail_separator(text: Assembly, at: int, expected: str) -> NoReturn:
    """Fail at what stands where punctuation is expected."""
    check_punctuation(text, at)
    if at >= len(text.text):
        end = len(text.text.rstrip(BLANK))
        fail(text, end - 1, end, f"{expected} is missing at the end")
    if text.touches_value(at):
        help = "print both inside one string, or put a `,` between them"
        fail(text, at, at + 1, "two values are side by side, without a `,` between them", help)
    word = WORD.match(text.text, at)
    found = f"`{shorten(word.group() if word else text.text[at])}`"
    fail(text, at, at + 1, f"{expected} is expected, not {'a value that is printed' if at in text.values else found}")


def check_punctuation(text: Assembly, at: int) -> None:
    """Refuse punctuation that an expression printed, here or right before."""
    before = len(text.text[:at].rstrip(BLANK)) - 1
    for position in (at, before):
        printed = text.values.get(position)
        if printed is None or not isinstance(printed.value, str) or not PUNCTUATION.issuperset(printed.value):
            continue
        shown = printed.value.strip()
        message = (
            f"`{shown}` is printed as text, not as punctuation" if shown else "empty text is printed between values"
        )
        help = "write the `,` in the template: one before `]` or `}` is accepted, so loops need no `loop.last`"
        raise BrokenError(finding_at(printed.place, "E103", message, help=help))


def fail_string(text: Assembly, opening: int, at: int) -> NoReturn:
    """Fail at a character that may not stand in a string, or at the end of the text inside one."""
    char = text.text[at : at + 1]
    if not char:
        fail(text, opening, opening + 1, "a string is never closed")
    if char == "\n":
        fail(text, opening, at, "a string has a line break", 'close the string with `"`, or write `\\n`')
    name, escape = CONTROLS.get(char, (f"the control character U+{ord(char):04X}", f"\\u{ord(char):04x}"))
    fail(text, at, at + 1, f"a string has {name}", f"write `{escape}`")


def fail_escape(text: Assembly, at: int) -> NoReturn:
    """Fail at a backslash that begins no escape."""
    char = text.text[at + 1 : at + 2]
    help = "write `\\\\` for a backslash"
    if char == "u":
        fail(text, at, at + 2, "`\\u` is not followed by four hexadecimal digits", help)
    shown = char if char > " " else ""
    fail(text, at, at + 1 + len(shown), f"`\\{shown}` is not a JSON escape", help)


def shorten(word: str) -> str:
    return word if len(word) <= 40 else word[:39] + "…"
