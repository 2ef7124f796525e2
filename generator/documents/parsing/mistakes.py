"""What is wrong with text that is not YAML, in our words and at the user's place. Reads the pure parser's errors only; parses nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.model.findings import Finding, Note, Place, Source, finding_at
from generator.model.records import Record

if TYPE_CHECKING:
    import yaml

EXPRESSION = re.compile(r"(?:^|[:,\[{-])[ \t]*(\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\{\{|\{%)", re.MULTILINE)
"""What looks like Jinja where a value starts."""

EXPRESSION_HELP = 'to render it in a patch, write `{$render: "{{ … }}"}`; to mean the text, quote it'


class Fault(Record):
    """An error as the pure parser states it: offsets of where it stopped and of what it was reading then."""

    text: str
    problem: str
    context: str
    at: int
    begun: int

    @property
    def line_start(self) -> int:
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """The part of the line before the error."""
        return self.text[self.line_start : self.at]

    @property
    def line_end(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end


class Mistake(Record):
    """What to report: a span, a message, and one thing to do."""

    start: int
    end: int
    message: str
    help: str | None = None
    code: str = "E111"
    opened: int | None = None


def explain_error(
    source: Source, loader: yaml.SafeLoader, error: Exception, found: list[Finding], last: tuple[int, int]
) -> tuple[Finding, ...]:
    """Add the error that ended the parse to what was found before it, of one cause only one.

    `last` is the span of the last scalar before the error.
    """
    fault = read_fault(source, loader, error)
    mistake = find_expression(fault) or find_mistake(fault, loader, last)
    start = min(mistake.start, max(len(source.text) - 1, 0))
    place = Place(source, start, max(mistake.end, start + 1))
    lines = (Place(source, fault.at, fault.at).location.line, place.location.line)
    beside = [finding for finding in found if finding.location and finding.location.line in lines]
    # An unquoted expression is why its line goes wrong; a value omitted or an unknown alias only shows that it does.
    if any(finding.code == "E117" for finding in beside):
        return tuple(found)
    notes: tuple[Note, ...] = ()
    if mistake.opened is not None:
        opened = Place(source, mistake.opened, mistake.opened + 1).location
        notes = (Note(f"the quote opens in {opened}", opened),)
    message = mistake.message.replace("{}", show_source(place)) if mistake.code == "E113" else mistake.message
    kept = [finding for finding in found if finding not in beside or finding.code not in ("E111", "E119")]
    return (*kept, finding_at(place, mistake.code, message, notes=notes, help=mistake.help))


def show_source(place: Place) -> str:
    """Show what is written at a place, unless it may be a secret: a password can start like a tag or an alias."""
    from generator.model.secrets.scanning import find_secrets  # only when there is something to report

    secrets = find_secrets(place.source.text)
    masked = any(start < place.end and place.start < end for start, end in secrets)
    return "***" if masked else place.source.text[place.start : place.end]


def read_fault(source: Source, loader: yaml.SafeLoader, error: Exception) -> Fault:
    """Read problem, context and offsets out of an error; errors of `chr` and `int` carry none of them."""
    import yaml

    text = source.text
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        at = error.problem_mark.index
        begun = error.context_mark.index if error.context_mark is not None else at
        return Fault(text, error.problem or "", error.context or "", at, begun)
    at = loader.index
    escape = text.startswith("\\U", at - 2)
    return Fault(text, "out of range" if escape else "", "", at, at - 2 if escape else at)


def find_expression(fault: Fault) -> Mistake | None:
    """Find unquoted Jinja on the lines of the error, which YAML reads as flow mappings."""
    # A block collection may have begun anywhere above; everything else that goes wrong begins near.
    begun = fault.at if "block" in fault.context else fault.begun
    start = fault.text.rfind("\n", 0, begun) + 1
    for match in EXPRESSION.finditer(fault.text, start, fault.line_end):
        first, end = match.span(1)
        line = fault.text[fault.text.rfind("\n", 0, first) + 1 : first]
        if line.count('"') % 2 == 0 and line.count("'") % 2 == 0 and not re.search(r"(^|\s)#", line):
            return Mistake(first, end, f"`{match[1]}` without quotes is not text in YAML", EXPRESSION_HELP, "E117")
    return None


def find_mistake(fault: Fault, loader: yaml.SafeLoader, last: tuple[int, int]) -> Mistake:
    """Classify an error by what the parser says; what is none of the common ones is told as it is."""
    problem, at, begun, text = fault.problem, fault.at, fault.begun, fault.text
    character = text[at : at + 1]
    if "cannot start any token" in problem:
        return find_bad_start(fault)
    if "find expected ':'" in problem:
        return find_missing_colon(fault)
    if problem.startswith("mapping values"):
        return find_second_colon(fault)
    if problem.startswith("sequence entries") and ":" in fault.before:
        return Mistake(at, at + 1, "a list cannot start on the line of its key", "put the `-` on the next line")
    if fault.context == "while scanning a quoted scalar":
        return Mistake(begun, begun + 1, f"the quote `{text[begun]}` is not closed")
    if problem.startswith("found unknown escape"):
        return find_unknown_escape(fault)
    if problem.startswith("expected escape"):
        kind = text[at - 1]
        count = {"x": 2, "u": 4, "U": 8}[kind]
        return Mistake(
            at - 2, at, f"`\\{kind}` takes {count} hexadecimal digits", "in single quotes, `\\` is just a `\\`"
        )
    if problem == "out of range":
        return Mistake(begun, at + 8, f"`{text[begun : at + 8]}` is not a character")
    if fault.context in ("while scanning an alias", "while scanning an anchor"):
        return Mistake(begun, at, f"a plain value cannot start with `{text[begun]}`", "quote the value")
    if "tag" in fault.context or "tag" in problem:
        return find_bad_tag(fault)
    if fault.context == "while scanning a block scalar":
        return Mistake(begun, at, f"`{text[begun]}` starts a block of text on the next line", "quote the value")
    if "directive" in fault.context or "directive" in problem or "YAML document" in problem:
        start = fault.line_start
        return Mistake(start, fault.line_end, "YAML directives are not supported", "delete the line")
    if "flow" in fault.context:
        return find_open_bracket(fault, loader)
    if problem.startswith("expected"):
        return find_misplaced(fault, last)
    if problem.startswith("mapping keys"):
        return Mistake(at, at + 1, "a plain value cannot start with `?`", "quote the value")
    return Mistake(at, at + 1, f"`{character}` does not fit here" if character.strip() else "this is not YAML")


def find_bad_start(fault: Fault) -> Mistake:
    """A character that starts no value: a tab, `@`, a backtick, `%`."""
    at, character = fault.at, fault.text[fault.at]
    if character != "\t":
        # A backtick cannot be shown between backticks.
        shown = "a backtick" if character == "`" else f"`{character}`"
        return Mistake(at, at + 1, f"a plain value cannot start with {shown}", "quote the value")
    if fault.before.strip():
        return Mistake(at, at + 1, "a tab cannot separate tokens", "write a space")
    return Mistake(at, at + 1, "a tab cannot indent a line", "indent with spaces")


def find_missing_colon(fault: Fault) -> Mistake:
    """A line that should be `key: value` and has no colon, or no space after it."""
    start = fault.begun
    end = fault.text.find("\n", start)
    line = fault.text[start : end if end >= 0 else len(fault.text)].split(" #")[0].rstrip()
    name, colon, value = line.partition(":")
    if colon and value and not value.startswith(" "):
        return Mistake(start, start + len(line), "there is no space after the colon", f"put a space after `{name}:`")
    return Mistake(start, start + len(line), "there is no colon after this key", "write `key: value`")


def find_second_colon(fault: Fault) -> Mistake:
    """`: ` where no key can be: inside a plain value, or after a line that is indented too far."""
    at = fault.at
    if re.search(r":\s", fault.before):
        return Mistake(at, at + 1, "outside quotes, a value cannot contain `: `", "quote the whole value")
    start = fault.line_start + len(fault.before) - len(fault.before.lstrip())
    before = fault.text[: fault.line_start].rstrip()
    above = before.rpartition("\n")[2]
    joined = re.match(r"( *)([\w.-]+):(?!//)\S", above)
    if joined and len(joined[1]) == start - fault.line_start:
        first = len(before) - len(above) + len(joined[1])
        return Mistake(first, len(before), "there is no space after the colon", f"put a space after `{joined[2]}:`")
    return Mistake(
        start, at, "this key is indented like a part of the value above", "indent it like the keys beside it"
    )


def find_unknown_escape(fault: Fault) -> Mistake:
    at = fault.at
    shown = fault.text[at - 1 : at + 1].rstrip("\n")
    return Mistake(
        at - 1, at + 1, f"`{shown}` is not an escape in double quotes", "in single quotes, `\\` is just a `\\`"
    )


def find_bad_tag(fault: Fault) -> Mistake:
    """A tag that cannot even be read; it would not be supported either."""
    start = fault.begun if fault.text.startswith("!", fault.begun) else fault.at
    match = re.compile(r"[^\s,\[\]{}]+").match(fault.text, start)
    help = "write the value without a tag, in quotes if it is text"
    return Mistake(start, match.end() if match else start + 1, "the tag `{}` is not supported", help, "E113")


def find_open_bracket(fault: Fault, loader: yaml.SafeLoader) -> Mistake:
    """A list or mapping in brackets that is never closed, or lacks a comma or an item."""
    at, text = fault.at, fault.text
    opened = loader.marks[-1].index
    bracket = text[opened]
    close = "]" if bracket == "[" else "}"
    below = "\n" in text[opened:at] and indentation(text, at) <= indentation(text, opened)
    if at == len(text) or (below and text[at] not in "]}"):
        return Mistake(opened, opened + 1, f"`{bracket}` is not closed", f"add the `{close}`")
    if text[at] == "?":
        return Mistake(at, at + 1, "outside quotes, a value in brackets cannot contain `?`", "quote the value")
    if "expected the node content" in fault.problem:
        return Mistake(at, at + 1, f"a value is missing before `{text[at]}`")
    return Mistake(at, at + 1, f"`,` or `{close}` is missing before this")


def indentation(text: str, offset: int) -> int:
    """Count the spaces that the line of an offset starts with."""
    line = text[text.rfind("\n", 0, offset) + 1 :]
    return len(line) - len(line.lstrip(" "))


def find_misplaced(fault: Fault, last: tuple[int, int]) -> Mistake:
    """Something that fits no collection open at its indentation, or follows a value on its line."""
    at, text = fault.at, fault.text
    found = fault.problem.rpartition("found ")[2].strip("'")
    directive = re.search(r"^%.*", text[:at], re.MULTILINE) if "document start" in fault.problem else None
    if directive:
        return Mistake(*directive.span(), "YAML directives are not supported", "delete the line")
    if found in ("]", "}"):
        return Mistake(at, at + 1, f"`{found}` closes nothing", "quote the value, if it is text")
    if found == "," and "node" in fault.context:
        return Mistake(at, at + 1, "a plain value cannot start with `,`", "quote the value")
    if found == ":":
        return Mistake(at, at + 1, "a key is missing here", "write the key, or quote the value")
    if found == "-":
        return Mistake(at, at + 1, "a list item is among keys", "indent it below its key")
    if found == "?":
        return Mistake(at, fault.line_end, "a key is among list items", "align it with the keys it belongs to")
    if text[: fault.line_start].rstrip().rpartition("\n")[2].startswith("..."):
        help = "one file holds one document: delete the `...`"
        return Mistake(at, at + 1, "a second document starts here", help, "E114")
    if found.endswith("start>"):
        message = "this line is indented like none of the lines it can belong to"
        return Mistake(at, fault.line_end, message, "align it with the lines beside it")
    quote = text[last[1] - 1 : last[1]]
    if quote in ("'", '"') and not text[last[1] : at].strip(" "):
        inside = "''" if quote == "'" else '\\"'
        return Mistake(
            at,
            at + 1,
            f"text follows the closing quote `{quote}`",
            f"inside the quotes, write `{inside}`",
            opened=last[0],
        )
    return Mistake(at, at + 1, "text follows the end of a value", "quote the whole value")
