"""Which literal values stand under secret-looking names, in YAML, JSON and templates, whole or broken. Resolves no reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from generator.model.patterns import Pattern
from generator.model.records import Record
from generator.model.secrets.commands import find_given, is_value
from generator.model.secrets.credentials import find_credential_spans, may_hold_credential
from generator.model.secrets.expressions import ends_in_quotes, find_blocks, find_literals, find_macros
from generator.model.secrets.harmless import is_harmless
from generator.model.secrets.names import (
    MASK,
    NAMING,
    OF_PAIRS,
    OF_THINGS,
    OPENING,
    POINTING,
    REFERRING,
    is_empty,
    is_file,
    is_reference,
    is_secret_name,
    may_name_secret,
)
from generator.model.secrets.nesting import (
    PLACES,
    TELLING,
    find_behind_name,
    find_place,
    holds_text,
    is_among_names,
    is_loose_name,
    is_name,
    is_place,
    is_thing,
    may_be_member,
)
from generator.model.secrets.phrases import find_phrases, find_said, may_say
from generator.model.secrets.references import may_point
from generator.model.secrets.spans import Span, join_overlapping, join_spans
from generator.model.secrets.texts import read_layer

NAME = Pattern(r"[A-Za-z_]\w*+")

# Possessive throughout: none of these goes back over what it matched, so a scan takes time linear in the text.
LINE = Pattern(r"([ \t]*+)((?:-[ \t]++)*+)")
DASH = Pattern(r"-[ \t]++")
BLOCK_KEY = Pattern(
    r"""(?:"(?:[^"\\\n]++|\\.)*+"[ \t]*+|'[^'\n]*+'[ \t]*+|[^\s"'#{}\[\],&*!|>%@`:][^\n:]*+(?::(?!\s|\Z)[^\n:]*+)*+):(?=\s|\Z)"""
)
DECORATION = Pattern(r"(?:[&!][^\s,\[\]{}]*+[ \t]++)*+")
ANCHOR = Pattern(r"&([^\s,\[\]{}]++)(?:[ \t]++|$)")
ALIAS = Pattern(r"\*([^\s,\[\]{}]++)$")
ALIASED = Pattern(r"\*([^\s,\[\]{}]++)")
BLOCK_PLAIN = Pattern(r"(?:[^\s#]++|(?<![ \t])#|[ \t]++(?![\n#]|\Z))*+")
BLOCK_SCALAR = Pattern(r"[|>][-+0-9]*+[ \t]*+(?:#[^\n]*+)?(?=\n|\Z)")
FLOW_PLAIN = Pattern(r"""(?:[^\s,\[\]{}"':#]++|:(?![\s,\[\]{}"']|\Z)|(?<!\s)["'#]|[ \t]++(?![\s,\[\]{}:#"']|\Z))++""")
UNSPACED = Pattern(r"([A-Za-z_][\w.-]*+):(?=[^\s])")
COLON = Pattern(r"""\s*+:(?=[\s"'{}\[\],]|\Z)""")
QUOTED_COLON = Pattern(r"\s*+:")
QUOTED_STOP = {'"': Pattern(r'["\\\n]|\{[{%#]'), "'": Pattern(r"['\n]|\{[{%#]")}
STATEMENT = "{%"
TAG_OPEN = Pattern(r"\{[{%#]")
TAG_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
LOOSE = Pattern(
    r"""(?<![\w.-])([A-Za-z_][\w.-]*+)["']?[ \t]*+[:=][ \t]*+"""
    r"""(?:"((?:[^"\\\n]++|\\.)*+)"|'((?:[^'\\\n]++|\\.)*+)'|([^\s"'{}\[\](),=]++)|"([^"\n]*+)"|'([^'\n]*+)')"""
)
CALL = Pattern(r"""\([ \t]*+["']([\w.-]++)["'][ \t]*+,[ \t]*+(?:"([^"\n]*+)"|'([^'\n]*+)')""")
STRING = Pattern(r""""((?:[^"\\\n]++|\\.)++)"|'((?:[^'\\\n]++|\\.)++)'""")
HELPER = Pattern(r"\b(?:secret|ssm)[ \t]*+\(")

GIVEN = Pattern(
    r"""\([ \t]*+(?:\w++[ \t]*+=[ \t]*+)?["']([\w.-]++)["'][ \t]*+,[ \t]*+(?:\w++[ \t]*+=[ \t]*+)?([A-Za-z_][\w.]*+)"""
)
"""A call that is given a name, and then something that has a name itself."""
ASSIGNED = Pattern(r"\{%[-+]?\s*+(?:set|with|(for))\b([^%]*+)")
REFERENCE = Pattern(r"""(?<![\w.'"|])[A-Za-z_]\w*+(?:\.\w++)*+""")
EXPRESSION = Pattern(r"\{\{((?:[^}]++|\}(?!\}))*+)\}\}")
JOINING = Pattern(r"[~+%]|\bjoin\b|\bformat\b")
FILTER = Pattern(r"\|\s*+\w++")
WORDS = frozenset(["and", "aws", "else", "env", "false", "if", "in", "is", "loop", "none", "not", "or", "task", "true"])
"""Names in an expression that are none of a variable."""
PLAIN = ("name", "key", "value")
"""Members that do not say what they are of."""

SHORT_WORD = Pattern(r"[a-z]{1,8}")
"""Such a word behind a secret's name in a list says something about it, or is the next one of several names."""

ESCAPE = Pattern(r"\\u([0-9A-Fa-f]{4})")

BRACKET = Pattern(r"""(?<![$\w{])(?!\{[{%#])[\[{](?=\s*+\\*+["'{\[\w])""")
ANY_QUOTE = Pattern(r"""(?<!\\)\\*+["']""")
NESTING = ("\\", "\n", "{", "[")
"""A text has at least one of these if another text is nested in it."""

FARTHEST = 3
"""Out of so many mappings and lists a value may belong to a name beside them."""

LONGEST_TAG = 1000
"""Up to so many characters it is looked whether what ends a tag stands in quotes in it."""

DEEPEST_TEXT = 8
"""Texts inside of texts, each with its own escapes, that are looked into."""

DEEPEST = 200
"""Deeper than any parser here goes; what is below is scanned as if it stood there, in little time and memory."""


def hide_credentials(text: str) -> str:
    """Mask what looks like a credential by itself in a message: rules quote what is wrong."""
    return replace_spans(text, find_credential_spans(text)) if may_hold_credential(text) else text


def replace_spans(text: str, spans: Sequence[Span]) -> str:
    """Put `***` in place of spans, which are sorted and do not overlap."""
    for start, end in reversed(spans):
        text = text[:start] + MASK + text[end:]
    return text


def hide_loosely(text: str, longest: int) -> str:
    """Mask in a line that a program wrote what looks like a credential, and what stands beside a secret-looking name.

    Of a long line its beginning is kept. As much again is looked through: a secret that is cut has lost what tells that it is one.
    """
    text = text[: 2 * longest]
    scan = Scan(text)
    scan.scan_loosely(0, len(text), quoted=False)
    found = [span for span in join_spans([*find_secrets(text), *scan.found]) if span[0] < longest]
    return replace_spans(text[: max(longest, found[-1][1] if found else 0)], found)


class Found(Record):
    """The secrets of a text, as sorted spans that do not overlap.

    `values` are the ones that nothing but a value can be, and `tags` the expressions that give one.
    """

    spans: tuple[Span, ...]
    values: tuple[Span, ...]
    tags: tuple[Span, ...]


def scan_text(text: str, names: frozenset[str] = frozenset()) -> Found:
    """Find credentials, and the literal values under secret-looking names, quotes omitted.

    `names` are secret too, whatever they look like. References (`valueFrom`, ARNs, paths among `secrets`) and Jinja expressions are not
    among them. A text that is broken, as those with findings are, gives too many rather than too few. Takes time linear in the text.
    """
    return scan_for(text, frozenset(name for name in names if name in text))


@lru_cache(
    maxsize=1 << 14
)  # every finding of a file asks for its text, and each run three times for all texts of a project
def scan_for(text: str, names: frozenset[str]) -> Found:
    """Scan a text, once; all of the names stand in it."""
    found = find_credential_spans(text)
    values = list(found)
    tags: list[Span] = []
    looked = may_name_secret(text) or "\\u" in text or may_say(text)  # a name may be written in escapes
    if names or (looked and not is_harmless(text)):
        scan = Scan(text, names)
        scan.run()
        found += scan.found
        values += scan.values
        tags = scan.tags
    return Found(tuple(join_spans(found)), tuple(join_spans(values)), tuple(tags))


def find_secrets(text: str) -> tuple[Span, ...]:
    """Find what in a text is secret by its name or its look."""
    return scan_text(text).spans


def find_inside(text: str) -> list[Span]:
    """Find the secrets that a value gives itself: by what it says, or as a file in a format that has names and values."""
    return join_overlapping(
        (*find_said(text), *(span for span in find_nested(text) if is_value(text[span[0] : span[1]])))
    )


def find_nested(text: str, depth: int = 0) -> list[Span]:
    """Find the secrets, and expressions that give one, in JSON and YAML inside of a text, and below escapes in that."""
    if depth == DEEPEST_TEXT or not any([mark in text for mark in NESTING]):  # noqa: C419 - faster than a generator
        return []
    if "\\" not in text and not may_name_secret(text):
        return []
    found: list[Span] = []
    opening = None if "\n" in text else BRACKET.search(text)
    begin = opening.start() if opening else 0
    quote = ANY_QUOTE.search(text, begin)
    escaped = quote[0].startswith("\\") if quote else "\\n" in text or "\\u" in text
    if not escaped and (opening or "\n" in text):
        scan = Scan(text, depth=depth + 1)
        scan.run_brackets(begin) if opening else scan.run()
        found += (*scan.found, *scan.tags)
    elif escaped:
        read = read_layer(text)
        inner = (*find_nested(read.text, depth + 1), *find_phrases(read.text))
        found += [read.find_written(start, end) for start, end in inner]
    return found


class Variables(Record):
    """The variables of templates that are secrets: `names` as overlays have them, of a member the last one; `uses` as expressions do."""

    names: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()


def find_secret_variables(templates: Iterable[str], known: Iterable[str] = ()) -> Variables:
    """Find the variables that are the whole value under a secret-looking name, by way of `set`, `with` and `for` too.

    `known` are secrets by what else is known of them. Follows no macro, but for what is given to it together with a secret-looking name.
    """
    found: list[str] = list(known)
    given: dict[str, list[str]] = {}
    taken: dict[str, set[str]] = {}
    for text in templates:
        found += [name for start, end in scan_text(text).tags for name in list_whole(text[start:end])]
        for match in ASSIGNED.finditer(text):
            targets, _, expression = match[2].partition(" in " if match[1] else "=")
            for name in NAME.findall(targets):
                given.setdefault(name, []).extend(list_whole(expression))
                taken.setdefault(name, set()).update(list_references(expression))
    passed: dict[str, None] = {}
    while found:
        reference = found.pop()
        if reference not in passed:
            passed[reference] = None
            found += given.get(name_last(reference), ())
    return Variables(frozenset(map(name_last, passed)), follow_uses(frozenset(passed), taken))


def follow_uses(uses: frozenset[str], taken: Mapping[str, set[str]]) -> frozenset[str]:
    """Add the names that templates make with a secret, and with these again."""
    while more := {name for name, references in taken.items() if name not in uses and takes_any(references, uses)}:
        uses |= more
    return uses


def takes_any(references: Iterable[str], uses: frozenset[str]) -> bool:
    """Whether one of some references is a secret, or a part of one."""
    return any(each in uses or each.partition(".")[0] in uses for each in references)


def uses_secret(text: str, uses: frozenset[str]) -> bool:
    """Whether an expression in a stretch of a template takes a secret."""
    if "{{" not in text or not any([use in text for use in uses]):  # noqa: C419 - faster than a generator
        return False
    return any(takes_any(list_references(expression), uses) for expression in EXPRESSION.findall(text))


def list_whole(expression: str) -> list[str]:
    """List the names that an expression may give as they are; one that joins several gives none of them."""
    references = list_references(expression)
    return [] if len(references) > 1 and JOINING.search(STRING.sub("", expression)) else references


def list_references(expression: str) -> list[str]:
    """List the names that an expression takes, with their members, and without the ones it calls."""
    if HELPER.search(expression):
        return []
    plain = FILTER.sub("", STRING.sub("", expression))
    found = []
    for match in REFERENCE.finditer(plain):
        name = match[0].rpartition(".")[0] if plain.startswith("(", match.end()) else match[0]
        if name and name not in WORDS and name_last(name) not in PLAIN and not name.startswith("aws."):
            found.append(name)
    return found


def name_last(reference: str) -> str:
    return reference.rpartition(".")[2]


def gives_quoted(tag: str) -> bool:
    """Whether a tag may have a text in quotes right after a sign that assigns a value."""
    packed = tag.replace(" ", "").replace("\t", "")
    return any([given in packed for given in ("='", '="', ":'", ':"')])  # noqa: C419 - faster than a generator


class Piece(Record):
    """A value as it stands in the text: its parts that are literal, what they say together, and the expressions that are all of it.

    One that is an `alias` has no parts of its own, but those of an anchor.
    """

    parts: tuple[Span, ...]
    text: str
    tags: tuple[Span, ...] = ()
    alias: str = ""


class Kept(Record):
    """A value that is not decided about: under which key it stands, and out of how many mappings and lists it came.

    One that is `paired` has a name of its own.
    """

    key: str
    piece: Piece
    level: int = 0
    paired: bool = False


class Frame:
    """One mapping or list that is open: in which column it began (-1 in flow style), and what its keys have said so far."""

    __slots__ = (
        "alike",
        "anchor",
        "column",
        "dashed",
        "kept",
        "key",
        "keys",
        "loose",
        "named",
        "naming",
        "opened",
        "place",
        "referring",
        "said",
        "secret",
        "under",
        "words",
    )

    def __init__(self, column: int, parent: Frame | None, *, secret: bool = False, dashed: bool = False) -> None:
        self.opened: str = parent.key if parent else ""
        self.column = column
        self.key: str = ""
        self.keys: set[str] = set()
        self.under: str = self.opened.lower() or (parent.under if parent else "")
        self.place: str = find_place(self.opened.lower(), parent.place if parent else "")
        self.naming: bool = self.opened in NAMING
        self.referring: bool = parent is not None and (parent.referring or self.opened in REFERRING)
        self.secret = secret
        self.dashed = dashed
        self.named = ""
        self.alike = ""
        self.anchor = ""
        self.said = ""  # a secret's name that is some value
        self.loose: set[str] = set()  # keys, in lower case, under which a secret's name has no value yet
        self.kept: list[Kept] = []
        nested = parent is not None and not self.opened and column < 0 and parent.column < 0
        self.words: list[tuple[str, Piece]] = parent.words if parent and nested else []

    def list_named(self) -> list[Kept]:
        """List the values that belong to the secret's name in this mapping: all of a pair, else what is called `value`."""
        pair = self.under in OF_PAIRS or (len(self.keys) <= 2 and OF_THINGS.isdisjoint(self.keys))
        if not self.named and not self.keys.isdisjoint(("name", "key")):
            return []
        item = not self.opened or self.dashed  # no map form, in which each key is a name
        if not self.named and not (self.alike and pair and ((item and self.place in PLACES) or "value" in self.keys)):
            return []
        others = [
            each
            for each in self.kept
            if not each.key.endswith("name") and each.key not in TELLING and (self.named or each.key != self.alike)
        ]
        return [each for each in others if pair or each.key == "value"]

    def list_second(self) -> list[Kept]:
        """List the second of two texts if the first is the name of a secret: a pair among others in JSON, which has no keys."""
        texts = [each.piece.text for each in self.kept if not each.key and not each.level]
        pair = len(texts) == len(self.kept) == 2 and not self.keys and is_name(texts[0])
        return self.kept[1:] if pair and not is_secret_name(texts[1]) and not SHORT_WORD.fullmatch(texts[1]) else []

    def list_loose(self) -> list[Kept]:
        """List the values that belong to a secret's name that stands in a list, or alone."""
        if not self.loose:
            return []
        alike = self.place in PLACES
        return [
            each
            for each in self.kept
            if not each.paired
            and each.piece.text != STATEMENT
            and (not each.key or each.level)
            and (alike or each.key in self.loose)
            and not is_among_names(each.piece.text, self.place)
        ]


class Scan:
    """One pass over one text. Follows brackets, indentation and dashes closely enough to know which `value` belongs to which `name`."""

    def __init__(self, text: str, names: frozenset[str] = frozenset(), depth: int = 0) -> None:
        self.text = text
        self.names = names
        self.depth = depth  # texts that it is a part of
        self.found: list[Span] = []
        self.values: list[Span] = []  # of these, the ones that are values of the text for certain
        self.tags: list[Span] = []  # expressions that give secrets
        self.frames = [Frame(0, None)]
        self.flow = 0  # brackets that are open
        self.skipped = 0  # of these, the ones too deep to have a frame
        self.ahead: dict[str, int] = {}
        self.anchors: dict[str, tuple[Piece, ...]] = {}
        self.anchor = ""  # one whose value comes next
        self.aliased = frozenset(ALIASED.findall(text)) if "&" in text and "*" in text else frozenset()
        self.macros = find_macros(text) if "macro" in text else {}

    def run(self) -> None:
        at, size = 0, len(self.text)
        for span in find_blocks(self.text, self.is_secret) if "{%" in self.text and "set" in self.text else ():
            self.found.append(span)
            self.values.append(span)
        while at < size:
            at = self.scan_flow(at) if self.flow else self.scan_line(at)
        while self.frames:
            self.close_frame()

    def run_brackets(self, at: int) -> None:
        """Scan only what is in brackets, from the first ones on."""
        while at < len(self.text):
            match = BRACKET.search(self.text, at)
            if match is None:
                break
            at = self.scan_flow(match.start())
        while self.frames:
            self.close_frame()

    # Block style: a line at a time.

    def scan_line(self, at: int) -> int:
        """Scan a line, or the rest of one, that is outside of all brackets, up to its end or the first bracket."""
        match = LINE.match(self.text, at)
        assert match is not None
        indent, start = match.end(1) - at, match.end()
        head = self.text[start : start + 1]
        if head in ("", "\n"):
            return start + 1
        if head == "#":
            return self.scan_comment(start)
        if head in "]},":
            self.frames[-1].key = ""
            return start + 1
        if head in "?:" and self.text[start + 1 : start + 2] in (
            " ",
            "\t",
        ):  # a key and its value on lines of their own
            if head == ":":
                return self.scan_value(start + 1, indent)
            end = self.find_line_end(start)
            self.frames[-1].key = self.text[start + 1 : end].strip().strip("\"'")
            return end + 1
        key = None if head in "{[" else BLOCK_KEY.match(self.text, start)
        if key and self.depth and head not in "\"'" and len(key[0].split()) > 1:  # a sentence, or a line for a shell
            key = None
        dashed = start > match.end(1)
        if dashed or key:
            self.open_line(at, match, indent)
        if key is None:
            if not dashed:
                self.mask_unspaced(start, self.find_line_end(start))
            return self.scan_value(start, indent)
        name = self.text[start : key.end() - 1].strip().strip("\"'")
        begin = self.text.find(name, start)
        self.read_key(name, Piece(((begin, begin + len(name)),), name))
        return self.scan_value(key.end(), start - at)

    def open_line(self, at: int, match: re.Match[str], indent: int) -> None:
        """Close what ends before a line with a key or a dash, and open what begins with it: of several dashes, a list in a list."""
        start = match.end()
        while len(self.frames) > 1 and self.frames[-1].column > indent:
            self.close_frame()
        for dash in DASH.finditer(self.text, match.start(2), start):
            if len(self.frames) < DEEPEST:
                self.open_frame(dash.end() - at, dashed=True)
        if not match[2] and indent > self.frames[-1].column and self.frames[-1].key:
            self.open_frame(indent)

    def scan_value(self, at: int, indent: int) -> int:
        """Scan what a line has after its indentation, dashes and key: a scalar, a comment, or the start of brackets."""
        text = self.text
        at = self.skip_blanks(at)
        decoration = DECORATION.match(text, at) if text.startswith(("&", "!"), at) else None
        anchor = ANCHOR.search(decoration[0]) if decoration else None
        self.name_anchor(anchor[1] if anchor else "")
        at = decoration.end() if decoration else at
        head = text[at : at + 1]
        if head in ("", "\n"):
            return at + 1
        if head == "#":
            return self.scan_comment(at)
        if head == "{" and TAG_OPEN.match(text, at):
            return self.scan_rest(self.scan_tag(at))
        if head in "{[":
            return self.scan_flow(at)
        if head in "\"'":
            piece, at = self.read_quoted(at)
            self.add_value(piece)
            return self.scan_rest(at)
        header = BLOCK_SCALAR.match(text, at) if head in "|>" else None
        if header:
            return self.scan_block_scalar(header.end() + 1, indent)
        match = BLOCK_PLAIN.match(text, at)
        end = match.end() if match else at
        self.add_value(self.read_plain(at, end))
        return self.scan_rest(end)

    def scan_rest(self, at: int) -> int:
        """Scan what follows a scalar on its line. What should not be there may be a part of it."""
        at = self.skip_blanks(at)
        head = self.text[at : at + 1]
        if head in ("", "\n"):
            return at + 1
        if head == "#":
            return self.scan_comment(at)
        if head in ",]}":
            self.frames[-1].key = ""
            return at + 1
        if head == "{":
            return at
        end = self.find_line_end(at)
        self.add_value(self.read_plain(at, end))
        return end + 1

    def scan_block_scalar(self, at: int, indent: int) -> int:
        """Scan the lines of a block scalar: those indented deeper than its key, and empty ones."""
        parts = []
        while at < len(self.text):
            start, end = self.skip_blanks(at), self.find_line_end(at)
            if start < end and start - at <= indent:
                break
            parts.append((start, end))
            at = end + 1
        self.add_value(Piece(tuple(parts), " "))
        return at

    # Flow style: a token at a time.

    def scan_flow(self, at: int) -> int:
        """Scan from a bracket, or from where the last call stopped, until all brackets are closed."""
        text, size = self.text, len(self.text)
        while at < size:
            char = text[at]
            if char in " \t\n":
                at += 1
            elif char in "{[":
                if char == "{" and TAG_OPEN.match(text, at):
                    at = self.scan_tag(at)
                else:
                    self.open_bracket()
                    at += 1
            elif char in "}]":
                at += 1
                self.close_bracket()
                if self.flow == 0:
                    return at
            elif char == ",":
                self.frames[-1].key = ""
                at += 1
            elif char == "#" and text[at - 1] in " \t\n":
                at = self.scan_comment(at)
            else:
                at = self.scan_flow_scalar(at)
        return at

    def open_bracket(self) -> None:
        self.flow += 1
        if len(self.frames) < DEEPEST:
            self.open_frame(-1)
        else:
            self.skipped += 1

    def close_bracket(self) -> None:
        self.flow -= 1
        if self.skipped:
            self.skipped -= 1
        else:
            self.close_frame()

    def scan_flow_scalar(self, at: int) -> int:
        """Scan a key with its colon, or a value."""
        text = self.text
        if text[at] in "\"'":
            piece, end = self.read_quoted(at)
        else:
            match = FLOW_PLAIN.match(text, at)
            if match is None:
                return at + 1
            end = match.end()
            piece = Piece(((at, end),), text[at:end])
        # JSON needs no space after the colon of a quoted key.
        colon = (QUOTED_COLON if text[at] in "\"'" else COLON).match(text, end)
        if colon:
            self.read_key(piece.text.removeprefix("- "), piece)
            return colon.end()
        if not self.frames[-1].key and text[at] not in "\"'":
            self.mask_unspaced(at, end)
        self.add_value(piece)
        return end

    # Both.

    def read_key(self, key: str, piece: Piece) -> None:
        """Read a key. Below the name of a secret in a place of pairs it may be that itself, and else have it behind the name."""
        frame = self.frames[-1]
        frame.key = key
        if is_place(frame.under):
            self.take_behind_name(piece, frame.under)
        if may_be_member(key) or is_empty(key) or frame.dashed or not frame.opened or frame.under == OPENING:
            return
        if is_place(frame.place):
            if frame.secret:
                self.take(piece)
            elif not is_place(frame.opened.lower()):
                frame.kept.append(Kept("", piece))

    def open_frame(self, column: int, *, dashed: bool = False) -> None:
        """Open a mapping or list under the key that was read last."""
        above = self.frames[-1]
        anchor, self.anchor = self.anchor, ""
        above.keys.add(above.key.lower())
        secret = above.secret or (not above.naming and self.is_secret(above.key))
        self.frames.append(Frame(column, above, secret=secret, dashed=dashed))
        self.frames[-1].anchor = anchor

    def is_secret(self, name: str) -> bool:
        return name in self.names or is_secret_name(name) or name.lower() == OPENING

    def take(self, piece: Piece) -> None:
        """Take a value for a secret."""
        pieces = [piece]
        while pieces:
            each = pieces.pop()
            self.found += each.parts
            self.values += each.parts
            self.tags += each.tags
            if each.alias:
                pieces += self.anchors[each.alias]
                self.anchors[each.alias] = ()

    def mask_unspaced(self, at: int, end: int) -> None:
        """Mask what stands right behind the colon of a secret's name: a key whose space was forgotten is no key to YAML."""
        match = UNSPACED.match(self.text, at, end) if self.text.find(":", at, end) > 0 else None
        if match and self.is_secret(match[1]) and not is_reference(self.text[match.end() : end], True):
            self.found.append((match.end(), end))

    def add_value(self, piece: Piece) -> None:
        """Decide about a value from the key before it, or keep it until the mapping's `name` is known."""
        frame, key = self.frames[-1], self.frames[-1].key.lower()
        piece = self.resolve(piece)
        if key:
            frame.keys.add(key)
        if key in TELLING and (key != "namespace" or frame.under == "systemcontrols"):
            frame.named = piece.text if is_secret_name(piece.text) else frame.named
            self.take_behind_name(piece, frame.under)
        elif (
            (key in POINTING and (piece.tags or may_point(piece.text)))
            or (is_empty(piece.text) and not piece.alias)
            or is_reference(piece.text, frame.referring)
            or is_file(frame.key, piece.text)
        ):
            return
        elif (
            key in POINTING
            or self.stands_for_secrets(frame, piece)
            or frame.secret
            or (not frame.naming and self.is_secret(frame.key))
        ):
            self.take(piece)
        else:
            self.keep(frame, key, piece)

    def name_anchor(self, name: str) -> None:
        """Take an anchor for that of the value that comes next."""
        self.anchor = name
        self.anchors |= {name: ()} if name else {}

    def resolve(self, piece: Piece) -> Piece:
        """Set an anchor apart from its value, and know an alias: a star in quotes is none, nor one before what no anchor has."""
        start = piece.parts[0][0] if len(piece.parts) == 1 else -1
        match = ANCHOR.match(piece.text) if start >= 0 and self.text.startswith("&", start) else None
        if match and match[1] in self.aliased:
            self.name_anchor(match[1])
            piece = Piece(((start + match.end(), piece.parts[0][1]),), piece.text[match.end() :], piece.tags)
        elif start >= 0 and self.text.startswith("*", start) and self.text[start - 1] not in "\"'":
            alias = ALIAS.match(piece.text)
            return Piece((), "", (), alias[1]) if alias and alias[1] in self.anchors else piece
        if self.anchor and piece.text:
            self.anchors[self.anchor] = (piece,)
            self.anchor = ""
        return piece

    def stands_for_secrets(self, frame: Frame, piece: Piece) -> bool:
        """Whether a text stands where `secrets` has pairs, or in one where the value lies elsewhere."""
        if is_name(piece.text) or piece.text == STATEMENT:
            return False
        if frame.key:
            given = frame.opened in REFERRING and not frame.dashed and frame.keys.isdisjoint(TELLING)  # the map form
            return frame.key in REFERRING or (
                frame.referring
                and (frame.key.lower() == "value" or (given and not piece.tags and not may_point(piece.text)))
            )
        return frame.opened in REFERRING

    def take_behind_name(self, piece: Piece, member: str) -> None:
        """Take what a text under a member has behind the name of a secret."""
        if piece.parts:
            start, end = piece.parts[0][0], piece.parts[-1][1]
            written = self.text[start:end]
            at = find_behind_name(written, member)
            if at >= 0:
                self.take_phrases(start, ((at, end - start),))
            elif written != piece.text and find_behind_name(piece.text, member) >= 0:  # written in escapes
                self.take(piece)

    def keep(self, frame: Frame, key: str, piece: Piece) -> None:
        """Keep a value until more is known, and take what it says itself."""
        if is_secret_name(piece.text):
            frame.said = piece.text
            if not key and is_loose_name(piece.text, frame.place):
                frame.loose.add("")
        if piece.text != STATEMENT and holds_text(key or frame.under, frame.under if key else ""):
            self.take_behind_name(piece, key or frame.under)
        if key and key != "value" and piece.text.isupper() and is_secret_name(piece.text):
            frame.alike = key
        frame.kept.append(Kept(key, piece))
        if not piece.parts:
            return
        start, end = piece.parts[0][0], piece.parts[-1][1]
        text = self.text[start:end]
        self.take_phrases(start, (*find_phrases(text), *find_nested(text, self.depth)))
        if not key or (not frame.opened and self.flow):
            holder = self.find_holder()
            holder.words.append(("" if key else holder.key, piece))

    def find_holder(self) -> Frame:
        """Find the mapping or bracket that holds the list of the current value: dashes open a list of their own for each."""
        number = -1
        while self.frames[number].dashed:
            outer = self.frames[number].opened
            number -= 1
            if outer:
                break
        return self.frames[number]

    def take_phrases(self, start: int, spans: Iterable[Span]) -> None:
        """Take what a value says that is secret: as a value, or where it is an expression as that."""
        for first, last in spans:
            span = (start + first, start + last)
            if self.text.startswith("{{", span[0]) and self.text.find("}}", *span) > 0:
                self.tags.append(span)
            elif is_value(self.text[span[0] : span[1]]):
                self.found.append(span)
                self.values.append(span)

    def close_frame(self) -> None:
        """Close a mapping: now it is known whether its `name` is that of a secret."""
        frame = self.frames.pop()
        nested = self.frames and self.frames[-1].words is frame.words
        for _, group in groupby([] if nested else frame.words, key=lambda each: each[0]):
            starts = [(piece.parts[0][0], piece.parts[-1][1]) for _, piece in group]
            for number, span in find_given([self.text[start:end] for start, end in starts]):
                self.take_phrases(starts[number][0], (span,))
        if frame.anchor:
            self.anchors[frame.anchor] = tuple(each.piece for each in frame.kept)
        taken = frame.list_named() or (frame.list_second() if nested and self.depth else [])
        for each in taken:
            if not is_file(frame.named, each.piece.text):
                self.take(each.piece)
        loose = [] if taken else frame.list_loose()
        for each in loose:
            self.take(each.piece)
        if self.frames:
            self.hand_on(frame, self.frames[-1], taken, loose)

    def hand_on(self, frame: Frame, above: Frame, taken: list[Kept], loose: list[Kept]) -> None:
        """Hand what is not decided about in a mapping or list to the one around it."""
        opened = frame.opened.lower()
        if not taken and not loose:
            paired = not frame.keys.isdisjoint(TELLING)
            above.kept += [
                Kept(opened, each.piece, each.level + 1, paired or each.paired)
                for each in frame.kept
                if each.level < FARTHEST
            ]
            alone = frame.loose or ((frame.named or frame.said) and not is_thing(frame.under) and len(frame.keys) == 1)
            if alone and (not frame.opened or frame.dashed or is_place(above.under)):
                above.loose.add(opened)
        if frame.said and opened in TELLING:
            above.named = frame.said
        above.said = above.said or frame.said

    def scan_tag(self, at: int) -> int:
        """Scan a Jinja tag that stands where a token would; an expression may be a value, or a part of one."""
        end = self.find_tag_end(at)
        if end < 0:
            return at + 2
        said = STATEMENT if self.text.startswith(STATEMENT, at) else " "
        self.add_value(Piece(self.read_tag(at, end), said, tuple(self.keep_whole([(at, end)], bare=True))))
        return end

    def read_tag(self, at: int, end: int) -> tuple[Span, ...]:
        """Mask what a tag itself sets under a secret's name, and give its literals: parts of the value it stands in."""
        mark = self.text[at : at + 2]
        self.scan_loosely(at + 2, end - 2, quoted=mark != "{#")
        literals = [] if mark == "{#" else find_literals(self.text, at + 2, end - 2, self.is_secret, self.macros)
        self.found += literals
        self.values += literals
        if mark == "{#" or HELPER.search(self.text, at, end):
            return ()
        if "(" in self.text[at:end] and may_name_secret(self.text[at:end]):
            calls = CALL.finditer(self.text, at, end)
            self.found += [match.span(match.lastindex or 0) for match in calls if is_secret_name(match[1])]
            self.tags += [match.span(2) for match in GIVEN.finditer(self.text, at, end) if is_secret_name(match[1])]
        strings = (match.span(match.lastindex or 0) for match in STRING.finditer(self.text, at, end))
        return tuple(span for span in strings if self.text[span[0] - 2] != "[")

    def find_tag_end(self, at: int) -> int:
        """Find where a tag that opens here ends; -1 if another one opens before it is closed."""
        mark = TAG_CLOSE[self.text[at : at + 2]]
        close = self.find_ahead(mark, at + 2)
        following = self.find_ahead("", at + 2)
        if close < 0 or 0 <= following < close:
            return -1
        if mark != "#}" and close - at < LONGEST_TAG and ends_in_quotes(self.text, at + 2, close):
            farther = self.text.find(mark, close + 2, close + LONGEST_TAG)
            close = farther if farther >= 0 and not ends_in_quotes(self.text, at + 2, farther) else close
        return close + 2

    def find_ahead(self, mark: str, at: int) -> int:
        """Find a mark, or with "" the start of a tag. Positions only grow, so nothing is searched twice."""
        known = self.ahead.get(mark, 0)
        if 0 <= known < at:
            match = None if mark else TAG_OPEN.search(self.text, at)
            known = self.text.find(mark, at) if mark else match.start() if match else -1
            self.ahead[mark] = known
        return known

    def scan_comment(self, at: int) -> int:
        """Scan a comment up to the next line: values that were commented out are still secret."""
        end = self.find_line_end(at)
        self.scan_loosely(at, end, quoted=False)
        return end + 1

    def scan_loosely(self, at: int, end: int, *, quoted: bool) -> None:
        """Mask `NAME = value` and `NAME: value`, without regard to what they stand in; only in quotes, if so told."""
        said = self.text[at:end]
        if not (self.names or may_name_secret(said)) or (quoted and not gives_quoted(said)):
            return
        for match in LOOSE.finditer(self.text, at, end):
            group = match.lastindex or 0
            if (quoted and group == 4) or is_empty(match[group]) or is_reference(match[group], True):
                continue
            if self.is_secret(match[1]):
                self.found.append(match.span(group))

    def read_quoted(self, at: int) -> tuple[Piece, int]:
        """Read a quoted scalar, at most to the end of its line; its literal parts are those outside of Jinja tags."""
        quote = self.text[at]
        parts: list[Span] = []
        tags: list[Span] = []
        bare = True
        start = position = at + 1
        while True:
            match = QUOTED_STOP[quote].search(self.text, position)
            stop = match.start() if match else len(self.text)
            char = self.text[stop : stop + 1]
            if char == "\\" or (self.text.startswith("''", stop) and quote == "'"):
                position = stop + 2
            elif char == "{":
                end = self.find_tag_end(stop)
                position = stop + 2
                if end > 0 and "\n" not in self.text[stop:end]:
                    parts += [(start, stop), *self.read_tag(stop, end)]
                    tags.append((stop, end))
                    bare = bare and not self.text[start:stop].strip()
                    start = position = end
            else:
                parts.append((start, stop))
                said = self.text[at + 1 : stop]
                if quote == '"' and "\\u" in said:
                    said = ESCAPE.sub(lambda match: chr(int(match[1], 16)), said)
                tags = self.keep_whole(tags, bare=bare and not self.text[start:stop].strip())
                return Piece(tuple(parts), said, tuple(tags)), stop + (char == quote)

    def read_plain(self, at: int, end: int) -> Piece:
        """Read an unquoted scalar; its literal parts are those outside of Jinja tags."""
        parts: list[Span] = []
        tags: list[Span] = []
        bare = True
        start = position = at
        while match := TAG_OPEN.search(self.text, position, end):
            close = self.find_tag_end(match.start())
            position = match.end()
            if 0 < close <= end:
                parts += [(start, match.start()), *self.read_tag(match.start(), close)]
                tags.append((match.start(), close))
                bare = bare and not self.text[start : match.start()].strip()
                start = position = close
        tags = self.keep_whole(tags, bare=bare and not self.text[start:end].strip())
        return Piece((*parts, (start, end)), self.text[at:end].strip(), tuple(tags))

    def keep_whole(self, tags: list[Span], *, bare: bool) -> list[Span]:
        """Keep the expressions that give a whole value: `bare` of text beside them, and none right behind another."""
        given = [span for span in tags if self.text.startswith("{{", span[0])]
        ends = {end for _, end in given}
        return [] if not bare or any(start in ends for start, _ in given) else given

    def skip_blanks(self, at: int) -> int:
        while self.text.startswith((" ", "\t"), at):
            at += 1
        return at

    def find_line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end
