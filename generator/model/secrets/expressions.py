"""Which texts in the tags of a template are secrets: by what they are assigned to, given to, or stand in for. Evaluates nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile

from generator.model.patterns import Pattern
from generator.model.records import Record
from generator.model.secrets.commands import find_given, is_value
from generator.model.secrets.names import JOINT
from generator.model.secrets.nesting import TELLING, is_among_names, is_loose_name
from generator.model.secrets.spans import Span

Macros = Mapping[str, tuple[str, ...]]
"""The parameters of macros, by the macros' names."""

TOKEN = Pattern(
    r"""("(?:[^"\\]++|\\(?s:.))*+"?|'(?:[^'\\]++|\\(?s:.))*+'?)"""
    r"|([A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)*+)|([(\[{])|([)\]}])|(,)|([=!<>]=|[=:|~+%])|((?<![\w.])\d{4,}+(?![\w.]))"
)
TEXT, WORD, OPEN, CLOSE, COMMA, SIGN, NUMBER = range(1, 8)
MACRO = Pattern(r"\{%[-+]?+\s*+macro\s++(\w++)\s*+\(")
SET_BLOCK = Pattern(r"\{%[-+]?+\s*+(?:set\s++([\w.]++)\s*+(?:\||[-+]?%\})|(endset)\b)")
ANY_TAG = Pattern(r"\{\{(?:[^}]++|\}(?!\}))*+\}\}|\{%(?:[^%]++|%(?!\}))*+%\}")
LONGEST = 2000
"""Characters of a list of parameters that are read."""
LOOKING_UP = ("secret", "ssm")
"""Helpers that are given the name of a secret, and give a reference to it."""
FETCHING = ("include", "from", "import", "extends")
"""Statements whose text is the name of a template."""
SPLITTING = frozenset(("~", "+", "%"))
COMPARING = frozenset(("==", "!=", "in", "is", "not", "eq", "ne", "equalto", "sameas"))
"""What may stand between a secret and the text or the list that it is compared with."""
ASKING = frozenset(("startswith", "endswith", "removeprefix", "removesuffix", "find", "index", "count"))
"""Methods that compare a part of a text."""
BRANCHES = frozenset(("if", "else", "and", "or", "in"))
NO_NAMES = BRANCHES | {"not", "is", "defined", "none", "true", "false"}
CHANGING = frozenset(
    ("replace", "format", "join", "split", "map", "select", "selectattr", "reject", "rejectattr", "indent", "truncate", "trim", "strftime")
)  # fmt: skip
"""Filters whose arguments say how a value is changed; those of others may be a value."""
DEEPEST = 20
"""Out of so many brackets a text may be a part of a value."""


class Token(Record):
    """A word, a text in quotes or a sign of an expression, and where it stands."""

    kind: int
    text: str
    start: int
    end: int


class Text(Record):
    """A text in quotes: where it stands, without these, and what it is."""

    span: Span
    said: str


class Group:
    """One bracket that is open, or a whole tag: what stands in it, up to the last comma and before.

    `mark` is the bracket, `sub` for one behind a name. `known` says that all in it is secret, `muted` that nothing is.
    """

    __slots__ = (
        "among", "branch", "callee", "compared", "count", "filters", "given", "key", "known", "led", "mark", "muted", "named", "passed",
        "refers", "texts",
    )  # fmt: skip

    def __init__(self, mark: str, callee: str = "", *, known: bool = False, muted: bool = False) -> None:
        self.mark = mark
        self.callee = callee
        self.known = known and not muted
        self.muted = muted
        self.filters = False
        self.compared = False  # the last operand is the name of a secret, and what comes next is compared with it
        self.among: list[Text] = []  # the text before, if it is compared with what comes next
        self.count = 0  # commas so far
        self.led = False  # an item before was the name of a secret, or all of it is compared with one
        self.named = False  # what is given as `name` is one
        self.given: list[tuple[str, list[Text]]] = []
        self.passed: list[Text] = []
        self.start_item()

    def start_item(self) -> None:
        self.key = ""
        self.texts: list[Text] = []
        self.refers = False
        self.branch = ""


class Reader:
    """One pass over one tag."""

    def __init__(self, text: str, is_secret: Callable[[str], bool], macros: Macros) -> None:
        self.text = text
        self.is_secret = is_secret
        self.macros = macros
        self.found: list[Text] = []
        self.groups = [Group("")]

    def read(self, start: int, end: int) -> list[Text]:
        """Read what is between the marks of a tag; give the texts that are secrets."""
        tokens = [
            Token(match.lastindex or 0, match[0], *match.span()) for match in TOKEN.finditer(self.text, start, end)
        ]
        if tokens and tokens[0].text in FETCHING:
            return []
        self.groups[0].known = self.sets_secret(tokens)
        nothing = Token(0, "", -1, -1)
        for number, token in enumerate(tokens):
            group = self.groups[-1]
            before = tokens[number - 1] if number else nothing
            behind = tokens[number + 1] if number + 1 < len(tokens) else nothing
            if token.kind == TEXT:
                self.read_text(group, token, before, behind)
            elif token.kind == WORD:
                self.read_word(group, token.text, before.text, behind.text)
            elif token.kind == OPEN:
                self.open(group, token, before, tokens[number - 2].text if number > 1 else "")
            elif token.kind == CLOSE and len(self.groups) > 1:
                self.close()
            elif token.kind == NUMBER and self.is_known(group):
                self.take(group, [Text((token.start, token.end), token.text)])
            elif token.kind == COMMA:
                self.end_item(group)
                group.count += 1
            elif token.text in SPLITTING:
                self.end_operand(group)
            if token.kind in (COMMA, SIGN) and token.text not in ("|", *COMPARING):
                group.compared = False
        while self.groups:
            self.close()
        return self.found

    def sets_secret(self, tokens: list[Token]) -> bool:
        """Whether a tag assigns to the name of a secret: of several names at once, any may get any value."""
        if not tokens or tokens[0].text != "set":
            return False
        words = takewhile(lambda token: token.text != "=" and token.kind != TEXT, tokens[1:])
        return any(token.kind == WORD and self.is_secret(name_last(token.text)) for token in words)

    def read_text(self, group: Group, token: Token, before: Token, behind: Token) -> None:
        closed = len(token.text) > 1 and token.text.endswith(token.text[0])
        text = Text((token.start + 1, token.end - closed), token.text[1 : len(token.text) - closed])
        group.among = [text] if behind.text in COMPARING else []
        if group.mark == "{" and behind.text == ":" and not group.key:
            group.key = text.said
        elif group.mark == "sub":
            self.groups[-2].refers |= self.is_secret(text.said)
            self.groups[-2].compared = is_compound(text.said) and self.is_secret(text.said)
        elif before.text in COMPARING and group.compared:
            self.take(group, [text])
        elif group.branch != "if":
            group.texts.append(text)

    def read_word(self, group: Group, word: str, before: str, behind: str) -> None:
        if word not in COMPARING and before != "|":
            group.compared = is_compound(name_last(word)) and self.is_secret(name_last(word))
            if group.compared and before in COMPARING:
                self.take(group, group.among)
            group.among = []
        if behind == "=" and not group.key and group.mark in ("", "("):
            group.key = word
        elif word in BRANCHES:
            if word in ("and", "in"):
                self.end_operand(group)
            group.branch = group.branch if group.branch == "if" and word != "else" else word
        elif before not in ("|", "is") and behind != "(" and word not in NO_NAMES and group.branch != "if":
            group.refers |= self.is_secret(name_last(word))

    def open(self, group: Group, token: Token, before: Token, farther: str) -> None:
        """Open a bracket: of a call, a subscript, or a value."""
        mark, callee = token.text, ""
        if before.end == token.start and before.kind in (WORD, CLOSE):
            callee = name_last(before.text) if before.kind == WORD else ""
            mark = "sub" if mark == "[" else mark
        compared = mark != "sub" and group.compared and (before.text in COMPARING or callee in COMPARING)
        owner = name_last(before.text.rpartition(".")[0]) if callee in ASKING else ""
        compared = compared or (is_compound(owner) and self.is_secret(owner))
        known = mark != "sub" and self.is_known(group)
        opened = Group(mark, callee, known=known, muted=group.muted or callee in LOOKING_UP)
        opened.led = compared
        opened.filters = farther == "|" and callee not in CHANGING
        self.groups.append(opened)

    def is_known(self, group: Group) -> bool:
        """Whether all that comes next in a group is secret by what it is given to."""
        if group.known or (group.key and group.key not in TELLING and self.is_secret(group.key)):
            return not group.muted
        params = self.macros.get(group.callee, ()) if group.mark == "(" else ()
        return not group.key and group.count < len(params) and self.is_secret(params[group.count])

    def end_operand(self, group: Group) -> None:
        """End a part of a value that is joined of several: a text that is joined to a secret is none for that."""
        texts, group.texts = group.texts, []
        group.given.append((group.key, texts))
        if self.is_known(group) or group.refers:
            self.take(group, texts)
        group.refers = False

    def end_item(self, group: Group) -> None:
        """End an item of a list, an argument, or an entry."""
        texts = group.texts
        if self.is_known(group) or group.refers:
            self.take(group, texts)
        elif group.led and not group.key:
            among = "environment" if group.callee else ""
            self.take(group, [each for each in texts if not is_among_names(each.said, among)])
        elif len(texts) == 1 and not group.key and group.mark in ("(", "["):
            group.led |= self.is_secret(texts[0].said) if group.callee else is_loose_name(texts[0].said, "")
        group.named |= group.key in TELLING and any(self.is_secret(each.said) for each in texts)
        if group.key not in TELLING:
            group.given.append((group.key, texts))
        group.passed += texts
        group.start_item()

    def close(self) -> None:
        """Close a bracket, and hand its texts to the value that it is a part of."""
        group = self.groups.pop()
        refers = group.refers
        self.end_item(group)
        if group.named:
            few = len({key for key, _ in group.given if key}) < 2
            self.take(group, [each for key, texts in group.given if key and (few or key == "value") for each in texts])
        if group.mark == "[":
            for number, (start, end) in find_given([each.said for each in group.passed]):
                first, said = group.passed[number].span[0], group.passed[number].said[start:end]
                self.take(group, [Text((first + start, first + end), said)] if is_value(said) else [])
        if self.groups and len(self.groups) < DEEPEST and not group.muted:
            above = self.groups[-1]
            above.compared |= group.compared and group.mark == "(" and not group.callee
            if group.filters or not group.callee:
                above.texts += group.passed if above.branch != "if" else ()
            above.refers |= refers and group.mark == "(" and not group.callee

    def take(self, group: Group, texts: list[Text]) -> None:
        self.found += () if group.muted else texts


def find_literals(
    text: str, start: int, end: int, is_secret: Callable[[str], bool], macros: Macros | None = None
) -> list[Span]:
    """Find the texts between the marks of a tag that are secrets, their quotes omitted. Takes time linear in them."""
    reader = Reader(text, is_secret, macros or {})
    return [each.span for each in reader.read(start, end)]


def find_macros(text: str) -> dict[str, tuple[str, ...]]:
    """Find the macros of a template, with the names of their parameters."""
    found = {}
    for match in MACRO.finditer(text):
        params, depth, fresh = [], 0, True
        for token in TOKEN.finditer(text, match.end(), match.end() + LONGEST):
            kind = token.lastindex
            if kind == CLOSE and depth == 0:
                break
            depth += (kind == OPEN) - (kind == CLOSE)
            if kind == WORD and fresh and depth == 0:
                params.append(token[0])
            fresh = kind == COMMA and depth == 0
        found[match[1]] = tuple(params)
    return found


def find_blocks(text: str, is_secret: Callable[[str], bool]) -> Iterator[Span]:
    """Find what stands between `{% set … %}` and `{% endset %}` under the name of a secret, without the tags in it.

    A block that is never closed is one up to the end of its line.
    """
    opened: list[int] = []
    secret = 0  # of these
    for match in SET_BLOCK.finditer(text):
        if match[1]:
            close = text.find("%}", match.end() - 2)
            opened.append(close + 2 if close >= 0 and is_secret(name_last(match[1])) else -1)
            secret += opened[-1] >= 0
        elif opened:
            start = opened.pop()
            secret -= start >= 0
            if start >= 0 and not secret:
                for tag in ANY_TAG.finditer(text, start, match.start()):
                    yield start, tag.start()
                    start = tag.end()
                yield start, match.start()
    for start in opened:
        end = text.find("\n", start)
        if start >= 0:
            yield start, end if end >= 0 else len(text)


def list_calls(text: str, macros: Macros, is_secret: Callable[[str], bool]) -> Iterator[Span]:
    """List the texts that are given to macros for parameters that are secrets."""
    secret = {name: params for name, params in macros.items() if any(map(is_secret, params))}
    if secret and any(name in text for name in secret):
        for tag in ANY_TAG.finditer(text):
            yield from find_literals(text, tag.start() + 2, tag.end() - 2, is_secret, secret)


def is_compound(name: str) -> bool:
    """Whether a name has several words: one like `auth` is compared with what is no secret."""
    return len(JOINT.compiled.split(name)) > 1


def name_last(reference: str) -> str:
    return reference.rpartition(".")[2]


def ends_in_quotes(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a tag ends within a text in quotes, so that the tag goes on."""
    if text.find('"', start, end) < 0 and text.find("'", start, end) < 0:
        return False
    texts = [match[0] for match in TOKEN.finditer(text, start, end) if match.lastindex == TEXT]
    return bool(texts) and not is_closed(texts[-1])


def is_closed(quoted: str) -> bool:
    """Whether a text in quotes ends with its opening quote, and that one is not escaped."""
    said = quoted[1:-1]
    escaped = (len(said) - len(said.rstrip("\\"))) % 2
    return len(quoted) > 1 and quoted[0] == quoted[-1] and not escaped
