"""Which literal values stand under secret-looking names, in YAML, JSON and templates, whole or broken. Resolves no reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.model.secrets.credentials import find_credential, find_credential_spans, may_hold_credential

MASK = "***"

Span = tuple[int, int]

# What scanners take for the name of a secret: the deny list of Yelp/detect-secrets (plugins/keyword.py), the keywords of
# gitleaks' `generic-api-key`; read 2026-11. Words are compared after a name is cut at its joints.
ANYWHERE = (
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "SECRET",
    "CREDENTIAL",
    "ACCESSKEY",
    "APIKEY",
    "PRIVATEKEY",
    "CONNECTIONSTRING",
)
AT_THE_END = ("TOKEN", "PWD", "AUTHORIZATION", "DBPASS", "APITOKENS", "ACCESSTOKENS", "AUTHTOKENS")
LAST_WORD = ("AUTH", "BEARER", "CREDS", "DSN", "PASS")
KEY_OF = (
    "ACCOUNT", "APP", "APPLICATION", "AUTH", "CLIENT", "DATABASE", "DB", "DECRYPTION", "DEPLOY", "ENCRYPTION", "HMAC", "JWT",
    "LICENSE", "MASTER", "PRIV", "RSA", "SERVICE", "SESSION", "SHARED", "SIGNING", "SSH", "SSL", "STORAGE", "TLS", "WEBHOOK",
)  # fmt: skip
ABOUT = (
    "ALGORITHM", "ARN", "BUCKET", "COUNT", "DURATION", "ENABLED", "ENDPOINT", "EXPIRATION", "EXPIRES", "EXPIRY", "FILE", "FOLDER",
    "FORMAT", "HEADER", "HOST", "ISSUER", "LENGTH", "LIMIT", "MINUTES", "MODE", "NAME", "NAMES", "OPTIONS", "PARAMETER", "PATH",
    "POLICY", "PORT", "PREFIX", "PROVIDER", "REGION", "REQUIRED", "ROTATION", "SECONDS", "SPECS", "TIMEOUT", "TTL", "TYPE", "URI",
    "URL", "VERSION",
)  # fmt: skip
"""Last words of a name that speaks of a secret and does not hold it."""
MEMBERS = ("secrets", "repositoryCredentials")
"""Members of a task definition that only look like a secret's name."""

REFERRING = ("secrets", "secretOptions")
NAMING = (
    "tasks",
    "containerDefinitions",
    "volumes",
    "dependsOn",
    "extraHosts",
    "mountPoints",
    "volumesFrom",
    "ulimits",
)
"""Members in whose map form the keys name things of the task, such as a container called `auth`."""

HINT = re.compile(r"pass|secret|credential|creds|token|pwd|auth|key|dsn|connection|bearer", re.IGNORECASE)
JOINT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
NAME = re.compile(r"[A-Za-z_]\w*+")
STEP = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")

# Possessive throughout: none of these goes back over what it matched, so a scan takes time linear in the text.
LINE = re.compile(r"([ \t]*+)((?:-[ \t]++)*+)")
BLOCK_KEY = re.compile(
    r"""(?:"(?:[^"\\\n]++|\\.)*+"[ \t]*+|'[^'\n]*+'[ \t]*+|[^\s"'#{}\[\],&*!|>%@`:][^\n:]*+(?::(?!\s|\Z)[^\n:]*+)*+):(?=\s|\Z)"""
)
DECORATION = re.compile(r"(?:[&!][^\s,\[\]{}]*+[ \t]++)*+")
BLOCK_PLAIN = re.compile(r"(?:[^\s#]++|(?<![ \t])#|[ \t]++(?![\n#]|\Z))*+")
BLOCK_SCALAR = re.compile(r"[|>][-+0-9]*+[ \t]*+(?:#[^\n]*+)?(?=\n|\Z)")
FLOW_PLAIN = re.compile(
    r"""(?:[^\s,\[\]{}"':#]++|:(?![\s,\[\]{}"']|\Z)|(?<!\s)["'#]|[ \t]++(?![\s,\[\]{}:#"']|\Z))++"""
)
UNSPACED = re.compile(r"([A-Za-z_][\w.-]*+):(?=[^\s])")
COLON = re.compile(r"""\s*+:(?=[\s"'{}\[\],]|\Z)""")
QUOTED_COLON = re.compile(r"\s*+:")
QUOTED_STOP = {'"': re.compile(r'["\\\n]|\{[{%#]'), "'": re.compile(r"['\n]|\{[{%#]")}
TAG_OPEN = re.compile(r"\{[{%#]")
TAG_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
LOOSE = re.compile(
    r"""(?<![\w.-])([A-Za-z_][\w.-]*+)["']?[ \t]*+[:=][ \t]*+(?:"([^"\n]*+)"|'([^'\n]*+)'|([^\s"'{}\[\](),=]++))"""
)
CALL = re.compile(r"""\([ \t]*+["']([\w.-]++)["'][ \t]*+,[ \t]*+(?:"([^"\n]*+)"|'([^'\n]*+)')""")
STRING = re.compile(r""""([^"\n]++)"|'([^'\n]++)'""")
HELPER = re.compile(r"\b(?:secret|ssm)[ \t]*+\(")

GIVEN = re.compile(
    r"""\([ \t]*+(?:\w++[ \t]*+=[ \t]*+)?["']([\w.-]++)["'][ \t]*+,[ \t]*+(?:\w++[ \t]*+=[ \t]*+)?([A-Za-z_][\w.]*+)"""
)
"""A call that is given a name, and then something that has a name itself."""
ASSIGNED = re.compile(r"\{%[-+]?\s*+(?:set|with|(for))\b([^%]*+)")
REFERENCE = re.compile(r"""(?<![\w.'"|])[A-Za-z_]\w*+(?:\.\w++)*+""")
FILTER = re.compile(r"\|\s*+\w++")
WORDS = frozenset(["and", "aws", "else", "env", "false", "if", "in", "is", "loop", "none", "not", "or", "task", "true"])
"""Names in an expression that are none of a variable."""
PLAIN = ("name", "key", "value")
"""Members that do not say what they are of."""

ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")

DEEPEST = 200
"""Deeper than any parser here goes; what is below is scanned as if it stood there, in little time and memory."""


def is_secret_name(name: str) -> bool:
    """Whether scanners would take a name for that of a secret, however its words are joined."""
    if name in MEMBERS or not HINT.search(name):
        return False
    words = [word.rstrip("0123456789").upper() for word in JOINT.split(name)]
    words = [word for word in words if word]
    if not words or words[-1] in ABOUT:
        return False
    joined = "".join(words)
    if any(word in joined for word in ANYWHERE) or joined.endswith(AT_THE_END) or words[-1] in LAST_WORD:
        return True
    kind = joined.removesuffix("S").removesuffix("KEY")
    return kind != joined.removesuffix("S") and kind.endswith(KEY_OF)


def mask_value(path: str, text: str) -> str:
    """Give a value, or `***` if it looks like a credential, or the name or path of its field (as findings spell it) says so."""
    steps = [left or right for left, right in STEP.findall(path)]
    if steps[-1:] == ["value"]:
        steps.pop()
    if find_credential(text):
        return MASK
    if not steps or steps[-1] == "valueFrom":
        return text
    owner = steps[-2] if len(steps) > 1 else ""
    if owner in NAMING or not is_secret_name(steps[-1]) or is_reference(text, owner in REFERRING) or is_empty(text):
        return text
    return MASK


def hide_credentials(text: str) -> str:
    """Mask what looks like a credential by itself in a message: rules quote what is wrong."""
    if not may_hold_credential(text):
        return text
    for start, end in reversed(find_credential_spans(text)):
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
    text = text[: max(longest, found[-1][1] if found else 0)]
    for start, end in reversed(found):
        text = text[:start] + MASK + text[end:]
    return text


def is_reference(text: str, among_secrets: bool) -> bool:
    """Whether a value says where a secret lies rather than what it is."""
    return text.startswith("arn:") or (among_secrets and text.startswith("/"))


def is_empty(text: str) -> bool:
    """Whether a value can hold no secret: nothing, null, a boolean, an alias or the start of a directive."""
    return text in ("", "null", "~", "true", "false") or text.startswith("*")


@lru_cache(maxsize=4)  # every finding of a file asks for the same text
def find_secrets(text: str, names: frozenset[str] = frozenset()) -> tuple[Span, ...]:
    """Find credentials, and the literal values under secret-looking names, quotes left out: sorted spans that do not overlap.

    `names` are secret too, whatever they look like.
    References (`valueFrom`, ARNs, paths among `secrets`) and Jinja expressions are not among them. A text that is broken, as
    those with findings are, gives too many rather than too few. Takes time linear in the text.
    """
    found = find_credential_spans(text)
    if HINT.search(text) or "\\u" in text or any(name in text for name in names):  # a name may be written in escapes
        scan = Scan(text, names)
        scan.run()
        found += scan.found
    return tuple(join_spans(found))


def join_spans(found: list[Span]) -> list[Span]:
    """Sort spans, and make one of those that overlap."""
    spans: list[Span] = []
    for start, end in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif end > start:
            spans.append((start, end))
    return spans


@lru_cache(maxsize=1)  # every finding of a project asks for the same templates
def find_secret_names(templates: tuple[str, ...]) -> frozenset[str]:
    """Find the names that templates put under secret-looking names, by way of `set`, `with` and `for` too: their values are secrets.

    Of a member, it is the last name. Follows no macro, but for what is given to it together with a secret-looking name.
    """
    found: list[str] = []
    given: dict[str, list[str]] = {}
    for text in templates:
        if HINT.search(text):
            scan = Scan(text)
            scan.run()
            found += [name for start, end in scan.tags for name in list_references(text[start:end])]
        for match in ASSIGNED.finditer(text):
            targets, _, expression = match[2].partition(" in " if match[1] else "=")
            for name in NAME.findall(targets):
                given.setdefault(name, []).extend(list_references(expression))
    names: set[str] = set()
    while found:
        name = found.pop()
        if name not in names:
            names.add(name)
            found += given.get(name, ())
    return frozenset(names)


def list_references(expression: str) -> Iterator[str]:
    """List the names that an expression takes, each by its last part."""
    if not HELPER.search(expression):
        for match in REFERENCE.finditer(FILTER.sub("", STRING.sub("", expression))):
            name = match[0].rpartition(".")[2]
            if name not in WORDS and name not in PLAIN and not match[0].startswith("aws."):
                yield name


class Piece(NamedTuple):
    """A value as it stands in the text: its parts that are literal, what they say together, and the expressions among them."""

    parts: tuple[Span, ...]
    text: str
    tags: tuple[Span, ...] = ()


class Frame:
    """One mapping or list that is open: in which column it began (-1 in flow style), and what its keys have said so far."""

    __slots__ = ("column", "key", "named", "naming", "pending", "referring", "secret")

    def __init__(self, column: int, parent: Frame | None, *, secret: bool = False) -> None:
        key: str = parent.key if parent else ""
        self.column = column
        self.key: str = ""
        self.naming: bool = key in NAMING
        self.referring: bool = parent is not None and (parent.referring or key in REFERRING)
        self.secret = secret
        self.named = False
        self.pending: list[Piece] = []


class Scan:
    """One pass over one text. Follows brackets, indentation and dashes closely enough to know which `value` belongs to which `name`."""

    def __init__(self, text: str, names: frozenset[str] = frozenset()) -> None:
        self.text = text
        self.names = names
        self.found: list[Span] = []
        self.tags: list[Span] = []  # expressions that give secrets
        self.frames = [Frame(0, None)]
        self.flow = 0  # brackets that are open
        self.skipped = 0  # of these, the ones too deep to have a frame
        self.ahead: dict[str, int] = {}

    def run(self) -> None:
        at, size = 0, len(self.text)
        while at < size:
            at = self.scan_flow(at) if self.flow else self.scan_line(at)
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
        key = BLOCK_KEY.match(self.text, start)
        dashed = start > match.end(1)
        if dashed or key:
            while len(self.frames) > 1 and self.frames[-1].column > indent:
                self.close_frame()
            column = start - at
            if dashed or (column > self.frames[-1].column and self.frames[-1].key):
                self.open_frame(column)
        if key is None:
            if not dashed:
                self.mask_unspaced(start, self.find_line_end(start))
            return self.scan_value(start, indent)
        self.frames[-1].key = self.text[start : key.end() - 1].strip().strip("\"'")
        return self.scan_value(key.end(), start - at)

    def scan_value(self, at: int, indent: int) -> int:
        """Scan what a line has after its indentation, dashes and key: a scalar, a comment, or the start of brackets."""
        text = self.text
        at = self.skip_blanks(at)
        decoration = DECORATION.match(text, at)
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
        header = BLOCK_SCALAR.match(text, at)
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
            self.frames[-1].key = piece.text.removeprefix("- ")
            return colon.end()
        if not self.frames[-1].key and text[at] not in "\"'":
            self.mask_unspaced(at, end)
        self.add_value(piece)
        return end

    # Both.

    def open_frame(self, column: int) -> None:
        """Open a mapping or list under the key that was read last."""
        above = self.frames[-1]
        secret = above.secret or (not above.naming and self.is_secret(above.key))
        self.frames.append(Frame(column, above, secret=secret))

    def is_secret(self, name: str) -> bool:
        return name in self.names or is_secret_name(name)

    def take(self, piece: Piece) -> None:
        """Take a value for a secret."""
        self.found += piece.parts
        self.tags += piece.tags

    def mask_unspaced(self, at: int, end: int) -> None:
        """Mask what stands right behind the colon of a secret's name: a key whose space was forgotten is no key to YAML."""
        match = UNSPACED.match(self.text, at, end)
        if match and self.is_secret(match[1]) and not is_reference(self.text[match.end() : end], True):
            self.found.append((match.end(), end))

    def add_value(self, piece: Piece) -> None:
        """Decide about a value from the key before it, or keep it until the mapping's `name` is known."""
        frame = self.frames[-1]
        if frame.key in ("name", "key"):
            frame.named = frame.named or is_secret_name(piece.text)
        elif frame.key == "valueFrom" or is_empty(piece.text) or is_reference(piece.text, frame.referring):
            return
        elif frame.secret or (not frame.naming and self.is_secret(frame.key)):
            self.take(piece)
        elif frame.key == "value":
            frame.pending.append(piece)

    def close_frame(self) -> None:
        """Close a mapping: now it is known whether its `name` is that of a secret."""
        frame = self.frames.pop()
        for piece in frame.pending if frame.named else ():
            self.take(piece)

    def scan_tag(self, at: int) -> int:
        """Scan a Jinja tag that stands where a token would; an expression may be a value, or a part of one."""
        end = self.find_tag_end(at)
        if end < 0:
            return at + 2
        self.add_value(Piece(self.read_tag(at, end), " ", self.keep_expressions([(at, end)])))
        return end

    def read_tag(self, at: int, end: int) -> tuple[Span, ...]:
        """Mask what a tag itself sets under a secret's name, and give its literals: parts of the value it stands in."""
        mark = self.text[at : at + 2]
        self.scan_loosely(at + 2, end - 2, quoted=mark != "{#")
        if mark == "{#" or HELPER.search(self.text, at, end):
            return ()
        for match in CALL.finditer(self.text, at, end):
            if is_secret_name(match[1]):
                self.found.append(match.span(match.lastindex or 0))
        self.tags += [match.span(2) for match in GIVEN.finditer(self.text, at, end) if is_secret_name(match[1])]
        strings = (match.span(match.lastindex or 0) for match in STRING.finditer(self.text, at, end))
        return tuple(span for span in strings if self.text[span[0] - 2] != "[")

    def find_tag_end(self, at: int) -> int:
        """Find where a tag that opens here ends; -1 if another one opens before it is closed."""
        close = self.find_ahead(TAG_CLOSE[self.text[at : at + 2]], at + 2)
        following = self.find_ahead("", at + 2)
        return close + 2 if close >= 0 and not 0 <= following < close else -1

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
                    start = position = end
            else:
                parts.append((start, stop))
                said = self.text[at + 1 : stop]
                if quote == '"' and "\\u" in said:
                    said = ESCAPE.sub(lambda match: chr(int(match[1], 16)), said)
                return Piece(tuple(parts), said, self.keep_expressions(tags)), stop + (char == quote)

    def read_plain(self, at: int, end: int) -> Piece:
        """Read an unquoted scalar; its literal parts are those outside of Jinja tags."""
        parts: list[Span] = []
        tags: list[Span] = []
        start = position = at
        while match := TAG_OPEN.search(self.text, position, end):
            close = self.find_tag_end(match.start())
            position = match.end()
            if 0 < close <= end:
                parts += [(start, match.start()), *self.read_tag(match.start(), close)]
                tags.append((match.start(), close))
                start = position = close
        return Piece((*parts, (start, end)), self.text[at:end].strip(), self.keep_expressions(tags))

    def keep_expressions(self, tags: list[Span]) -> tuple[Span, ...]:
        return tuple(span for span in tags if self.text.startswith("{{", span[0]))

    def skip_blanks(self, at: int) -> int:
        while self.text.startswith((" ", "\t"), at):
            at += 1
        return at

    def find_line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end
