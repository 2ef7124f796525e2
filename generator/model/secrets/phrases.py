"""Secrets inside of a value: options, assignments, headers, parameters of addresses, JSON within a text. Reads nothing around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from generator.model.patterns import Pattern
from generator.model.secrets.names import HINT, NOTHING, is_secret_name
from generator.model.secrets.references import is_arn, is_put_in

Span = tuple[int, int]

# All of them take a text as it is, and as JSON writes it: a backslash may stand before each quote. Possessive throughout, so that they
# never go back over what they matched.
HEAD = Pattern(
    r"""(?<![\w.$%-])-{0,2}+([A-Za-z_][\w.-]*+)(?:\[\w*+\])?+(\\*+["']?+)[ \t]*+"""
    r"""([:=])(?![:=])([ \t]*+)(?:\[[ \t]*+(?=\\*+["']))?+"""
)
SCHEME = Pattern(r"(?i:bearer|basic|token|digest|apikey)[ \t]++")
QUOTED = r"""\\*+'([^'\n]*+)'|((?:\{\{[^}\n]*+\}\})++|"""
BODIES = {
    "=": Pattern(QUOTED + r"""(?:[^\s"'`\\]|\\(?!\\*+["']))++)"""),
    ":": Pattern(QUOTED + r"""(?:[^\s"'`\\,{}\[\]]|\\(?!\\*+["']))++)"""),
    "\n": Pattern(QUOTED + r"""(?:[^\s"']|[ \t]++(?![\s#]))++)"""),
}
"""`NAME=value`, `--name=value`, `Name: value`, `\\"name\\": \\"value\\"`, in two parts; a value in quotes may have blanks.

What is not in quotes ends at a blank, in JSON before a comma too, and where a line begins with the name, with that line.
"""
QUOTE = Pattern(r'\\*+"')
QUOTE_OR_END = Pattern(r'\n|\\*+"')
IN_ADDRESS = Pattern(r"""://(?:\{\{[^}\n]*+\}\}|[^\s:/@"'{])*+:(\{\{[^}\n]*+\}\})@""")
BEARER = Pattern(r"""(?i:\bbearer)[ \t]++(?=[^\s"'\\]*\d)([\w.~+/=-]{8,}+)""")
SIGNATURE = Pattern(r"(?<=[?&])(?i:sig|signature|x-amz-signature|x-amz-credential)=([^\s&\"'\\<>{}]++)")
WORD = Pattern(r"""(?:\{\{[^}\n]*+\}\}|\\*+"[^"\n]*+"|\\*+'[^'\n]*+'|[^\s"'])++""")
OPTION = Pattern(r"--?+([A-Za-z][\w.-]*+)")
ENDS = frozenset((";", "|", "&", "&&", "||"))
MARKS = "\\\"'"

ATTACHED = {
    "mysql": "-p",
    "mysqldump": "-p",
    "mysqladmin": "-p",
    "mysqlimport": "-p",
    "mariadb": "-p",
    "mariadb-dump": "-p",
}
"""Programs that take a password behind an option, in one word."""
FOLLOWING = {
    "sshpass": "-p", "redis-cli": "-a", "mongo": "-p", "mongosh": "-p", "mongodump": "-p", "mongorestore": "-p", "ldapsearch": "-w",
    "docker": "-p", "podman": "-p", "az": "-p", "curl": "-u", "wget": "-u", "cqlsh": "-p", "sqlcmd": "-P", "rabbitmqadmin": "-p",
}  # fmt: skip
"""Programs that take it behind an option, in one word or as the next one; of `-u user:password` it is what is behind the colon."""
OF_USERS = re.compile(r"--(?:[a-z]+-)?(?:user|userpwd|userinfo|auth|login|basic-auth|credentials?)(?:=|$)")
"""Options with `user:password` behind them, as far as there is a colon; `--user` of `docker run` has a group there."""
OF_HEADERS = ("-H", "--header")
RUNNING = frozenset(("docker", "podman", "nerdctl", "kubectl", "compose"))
AT_LOGIN = frozenset(("docker", "podman", "az"))
"""Programs whose option means that only where they log in."""
SIGNS = ("=", ":", " ", "\n", "-")
"""Of these a text has at least one if it has more than a word."""


DEEPEST_INDENT = 80
HEADERS = ("authorization", "proxy-authorization", "api-key", "password", "passwd")
"""Names behind which a colon needs no blank, in lower case."""

PROGRAMS = (*ATTACHED, *FOLLOWING)


def may_say(text: str) -> bool:
    """Whether a text may give a secret without a name for it."""
    return "sig" in text or "Sig" in text or "user" in text or any([program in text for program in PROGRAMS])  # noqa: C419 - faster than a generator


def find_said(text: str) -> list[Span]:
    """Find the secrets that a text gives by a name in it."""
    return [span for span in find_phrases(text) if is_value(text[span[0] : span[1]])]


def find_phrases(text: str) -> list[Span]:
    """Find what stands where a text gives a secret: a variable or an expression too."""
    if is_arn(text) or not any([sign in text for sign in SIGNS]):  # noqa: C419 - faster than a generator
        return []
    named = HINT.search(text) is not None
    found = set(find_pairs(text)) if named else set()
    found |= {match.span(1) for pattern in (BEARER, SIGNATURE, IN_ADDRESS) for match in pattern.finditer(text)}
    if " " in text and (named or may_say(text)):
        found |= set(find_options(text))
    return sorted(found)


def find_pairs(text: str) -> Iterator[Span]:
    """Find values that stand behind a secret's name."""
    at = 0
    while head := HEAD.compiled.search(text, at):
        at = head.end()
        scheme = SCHEME.compiled.match(text, at)
        at = scheme.end() if scheme else at
        body = find_quoted(text, at) or find_body(text, head, at) if is_pair(head) else None
        if body is None:  # what is behind it may be a pair itself
            continue
        start, end = body
        at = max(at, end)
        yield start, end


def find_quoted(text: str, at: int) -> Span | None:
    """Find what stands in double quotes, up to one with as many backslashes before it: JSON inside of JSON has more of them."""
    opening = QUOTE.compiled.match(text, at)
    if opening is None:
        return None
    start, depth = opening.end(), len(opening[0])
    while closing := QUOTE_OR_END.compiled.search(text, opening.end()):
        if closing[0] == "\n":
            return None
        if len(closing[0]) == depth or (depth == 1 and len(closing[0]) % 2):
            return start, closing.end() - depth
        opening = closing
    return None


def find_body(text: str, head: re.Match[str], at: int) -> Span | None:
    """Find what stands in single quotes, or without any."""
    pattern = BODIES["\n" if head[3] == ":" and begins_line(text, head.start()) else head[3]]
    body = pattern.compiled.match(text, at)
    if body is None:
        return None
    start, end = body.span(body.lastindex or 0)
    if body[2] is not None and text[head.start() - 1 : head.start()] in ("?", "&"):
        end = min(cut for cut in (text.find("&", start, end), text.find("#", start, end), end) if cut >= 0)
    return start, start + len(text[start:end].rstrip("\\"))


def is_pair(head: re.Match[str]) -> bool:
    """Whether a secret's name and a mark are the beginning of a pair; a bare colon without a blank may be that of an image or an ARN."""
    name = head[1]
    plain = head[3] == "=" or head[2] or head[4] or name.lower() in HEADERS or name[:2] in ("X-", "x-")
    return bool(plain) and is_secret_name(name)


def begins_line(text: str, at: int) -> bool:
    """Whether a line of several begins here, but for blanks and a dash."""
    before = text[max(at - DEEPEST_INDENT, 0) : at]
    line = before.rpartition("\n")[2]
    return not line.strip(" \t-") and len(line) < min(at + 1, DEEPEST_INDENT) and "\n" in text


def find_options(text: str) -> Iterator[Span]:
    """Find values of options in a line for a shell, and in lines within its quotes."""
    spans = [match.span() for match in WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    for number, (start, end) in find_given(words):
        yield spans[number][0] + start, spans[number][0] + end
    for (start, _), word in zip(spans, words, strict=True):
        line = word.strip(MARKS)
        if " " in line and line != text:  # shorter each time, and without one more kind of quotes
            within = start + word.find(line)
            yield from ((within + first, within + last) for first, last in find_options(line))


def find_given(words: Sequence[str]) -> Iterator[tuple[int, Span]]:
    """Find among the words of a command those that are secrets, as the number of the word and the span in it."""
    program, login, option = "", False, ""
    running = not RUNNING.isdisjoint(words)
    for number, written in enumerate(words):
        word = written.strip(MARKS)
        start = written.find(word)
        span = (start, start + len(word))
        if option and not word.startswith("-"):
            span = span if option != "-u" else (start + word.find(":") + 1, span[1])
            if option != "-u" or has_password(word):
                yield number, span
        named = number > 0 and words[number - 1] in OF_HEADERS and is_header(word)
        option = word if named else ""
        if word in ENDS:
            program, login = "", False
        elif (name := word.rpartition("/")[2]) in ATTACHED or name in FOLLOWING:
            program = name
        elif word == "login":
            login = True
        elif match := OPTION.fullmatch(word):
            option = word if is_secret_name(match[1]) else option
            option = "-u" if OF_USERS.match(word) and not running else option
        elif OF_USERS.match(word) and has_password(word.partition("=")[2]) and not running:
            yield number, (start + word.find(":", word.find("=")) + 1, span[1])
        if program in ATTACHED and word.startswith(ATTACHED[program]) and len(word) > 2:
            yield number, (start + 2, span[1])
        elif program in FOLLOWING and word.startswith(FOLLOWING[program]) and (login or program not in AT_LOGIN):
            attached = word[2:]
            option = FOLLOWING[program] if not attached else option
            if attached and not (program in ("curl", "wget") and ":" not in attached):
                yield number, (start + 2 + (attached.find(":") + 1 if FOLLOWING[program] == "-u" else 0), span[1])


def is_header(word: str) -> bool:
    """Whether a word is the name of a header that has a secret, and nothing more."""
    return re.fullmatch(r"[\w-]+", word) is not None and is_secret_name(word)


def has_password(word: str) -> bool:
    """Whether a word is a user and a password rather than a user and a group, or one alone."""
    user, _, password = word.partition(":")
    return password not in ("", user) and not (user + password).isdigit()


def is_value(text: str) -> bool:
    """Whether a text can be a secret itself, and not what stands for one: a variable, an expression, a reference."""
    return not (text.lower() in NOTHING or is_put_in(text) or is_arn(text) or not text.strip("x*"))


def list_said(text: str) -> Iterator[str]:
    """List what a text says that is secret, also up to where a shell would end it, and what JSON in it comes to."""
    if text.lstrip()[:1] in ("{", "[") and HINT.search(text):
        yield from list_values(read_json(text))
    for start, end in find_said(text):
        said = text[start:end]
        yield said
        yield re.split(r"[;&|,)}\]]", said, maxsplit=1)[0]


def read_json(text: str) -> object:
    """Read JSON; None where it is none, or deeper than anybody reads."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def list_values(value: object, name: str = "") -> Iterator[str]:
    """List the texts in a value under secret-looking names, and those that its texts say."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from list_values(child, name or (key if is_secret_name(key) else ""))
    elif isinstance(value, list):
        for child in value:
            yield from list_values(child, name)
    elif isinstance(value, str):
        yield from (value,) if name else list_said(value)


def list_given(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """List the secrets among the words of a command, with the number of each."""
    words = tuple(words)
    for number, (start, end) in find_given(words):
        if is_value(words[number][start:end]):
            yield number, words[number][start:end]
