"""Secrets inside of a value: assignments, headers, addresses, elements of XML, lines for a shell. Reads nothing around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.model.patterns import Pattern
from generator.model.secrets.commands import MARKS, WATCHED, find_given, is_value
from generator.model.secrets.names import is_file, is_secret_name, may_name_secret
from generator.model.secrets.pieces import split_into_pieces
from generator.model.secrets.references import is_arn
from generator.model.secrets.spans import Span, join_overlapping

# All of them take a text as it is, and as JSON writes it: a backslash may stand before each quote. Possessive throughout, so that they
# never go back over what they matched.
HEAD = Pattern(
    r"""(?<![\w.$%-])-{0,2}+([A-Za-z_][\w.-]*+)(?:\[\w*+\])?+(\\*+["']?+\]?+)[ \t]*+"""
    r"""(:=(?!=)|=>|[:=](?![:=]))([ \t]*+)(?:\[[ \t]*+(?=\\*+["']))?+"""
)
SCHEME = Pattern(
    r"(?i:bearer|basic|token|digest|api-?key|genie-?key|splunk|bot|key|jwt|ssws|negotiate|discogs)\\*+(?:[ \t]|%20)++"
)
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
BEARER = Pattern(r"""(?i:\bbearer)[ \t]++(?=[^\s"'\\]*\d)([\w.~+/=-]{8,}+)""")
SIGNED = Pattern(
    r"""(?i:authorization)\\*+["']?+[ \t]*+[:=][ \t]*+\\*+["']?+(?i:AWS4-HMAC-SHA256|digest|hawk|oauth|sharedkey\w*+|hmac\w*+)[ \t]++"""
    r"""([^'\n]++)"""
)
"""What is behind a scheme that has parameters, up to the end of the header."""
COOKIE = Pattern(r"""(?i)\bcookie2?+:[ \t]*+([^"'\n\\]++)""")
SIGNATURE = Pattern(r"(?<=[?&])(?i:sig|signature|x-amz-signature|x-amz-credential)=([^\s&\"'\\<>{}]++)")
SHORT = Pattern(r"""(?<=[?&#])(?i:key|code|auth|k|pin|hash|otp|appid|hmac)=([^\s&#"'\\<>{}]++)""")
"""Parameters of an address that a secret may be in, if it looks like one."""
IN_ADDRESS = Pattern(r"""://(?:\{\{[^}\n]*+\}\}|[^\s:/@"'{])*+:(\{\{[^}\n]*+\}\})@""")
ALONE = Pattern(r"""\b(?:https?|nats|tls)://([^\s:/@"'?#{}$<>\\]{10,}+):?+(?:x-oauth-basic)?+@""")
"""A token in the place of a user."""
HOOK = Pattern(r"""\bhttps://([\w.-]++)(/[^\s"'\\<>{}]++)""")
HOOKS = (
    ("discord.com", "/api/webhooks/"), ("discordapp.com", "/api/webhooks/"), ("webhook.office.com", "/"), ("hooks.slack.com", "/"),
    ("outlook.office.com", "/webhook/"), ("hooks.zapier.com", "/hooks/"), ("api.telegram.org", "/bot"), ("api.telegram.org", "/file/bot"),
    ("maker.ifttt.com", "/trigger/"), ("eu1.make.com", "/"), ("eu2.make.com", "/"), ("us1.make.com", "/"), ("us2.make.com", "/"),
    ("events.pagerduty.com", "/integration/"), ("hc-ping.com", "/"), ("hooks.chime.aws", "/"), ("open.feishu.cn", "/open-apis/bot/"),
    ("open.larksuite.com", "/open-apis/bot/"), ("", "/hooks/"), ("", "/webhook/"),
)  # fmt: skip
"""Hosts and beginnings of paths of webhooks and bots: anyone who knows the rest may send."""
ORACLE = Pattern(r"(?i:jdbc:oracle:\w{1,9}+):[^\s/@]{1,99}+/([^\s@\"']{1,299}+)@")
GO = Pattern(r"(?<![\w.-])[\w.-]{1,99}+:([^\s@/\"']{1,299}+)@(?:tcp|unix)\(")
NO_SLASHES = Pattern(
    r"""(?i)(?<![\w.+-])(?:sips?|sftp|ftps?|scp|ssh|smtps?|imaps?|pop3s?|ldaps?|xmpp|amqps?|mqtts?|stuns?|turns?|https?|socks[45]h?|rediss?)"""
    r""":[^\s:/@"']{1,99}+:([^\s@/"']{1,299}+)@(?=[\w\[])"""
)
"""An address that needs no slashes, or has lost them."""
WHOLE_ADDRESS = Pattern(r"""\A[\w.+-]{1,99}+:([^\s:/@"']{1,299}+)@(?!sha\d)[\w.-]++:\d{2,5}+(?:/\S*+)?\Z""")
"""A user, a password, a host and a port, with no scheme before them."""
SQL = Pattern(
    r"""(?i)\b(?:identified[ \t]++(?:with[ \t]++\S++[ \t]++)?+(?:by|as)|password)(?:[ \t]*+for[ \t]++\S++)?+(?:[ \t]*+=)?+"""
    r"""(?:[ \t]*+password)?+(?:[ \t]++|[ \t]*+\([ \t]*+|(?<==))N?+\\*+['"]([^'"\n\\]++)"""
)
NETRC = Pattern(r"(?:\blogin\s++\S++\s++password|(?:\A|\n)[ \t]*+(?:requirepass|masterauth))[ \t\n]++(\S++)")
CALL = Pattern(r"""\([ \t]*+\\*+["']([\w.-]++)\\*+["'][ \t]*+,[ \t]*+\\*+["']([^"'\n\\]++)""")
"""A function that is given a name and a value; of a name of such a function it is the second value."""
CALLED = ("auth", "changeUserPassword", "login", "authenticate")
ELEMENT = Pattern(r"""<([A-Za-z_][\w.:-]*+)(?:\s[^<>]*+)?+>(?:<!\[CDATA\[)?+([^<>]++)>?+</""")
NAMED = Pattern(r"""\b(?i:name|key|id)=\\*+["']([\w.:-]++)\\*+["']([^<>]*+)(?:>([^<>]++)</)?+""")
GIVEN = Pattern(r"""\b(?i:value)=\\*+["']([^"'<>\n\\]++)""")
WORD = Pattern(
    r"""[;|]++|&&|(?:\{\{[^}\n]*+\}\}|\\++(?:"[^"\n]*+"|'[^'\n]*+')?+|"[^"\n]*+"|'[^'\n]*+'|[^\s"';|&\\]|&(?!&))++"""
)
SIGNS = ("=", ":", " ", "\n", "-", "<")
"""Of these a text has at least one if it has more than a word."""


WITHOUT_NAME = ("sig", "Sig", "user", "@", "?", "https://", "entified", "ENTIFIED")
SPLIT = Pattern(r"[^\w.+-]++")
ONLY_WORDS = bytes(byte if chr(byte).isalnum() or chr(byte) in "_.+-" else ord(" ") for byte in range(256))

DEEPEST_INDENT = 80
HEADERS = ("authorization", "proxy-authorization", "api-key", "password", "passwd")
"""Names behind which a colon needs no blank, in lower case."""

HELD = (
    (("okie", "OKIE"), COOKIE),
    (("uthorization", "UTHORIZATION"), SIGNED),
    (("}}@",), IN_ADDRESS),
    (("oracle",), ORACLE),
    (("@tcp(", "@unix("), GO),
    (("@",), NO_SLASHES),
    (("@",), WHOLE_ADDRESS),
    (("entified", "ENTIFIED", *[word + mark for word in ("assword", "ASSWORD") for mark in " \t=("]), SQL),
    (("login", "requirepass", "masterauth"), NETRC),
    (("earer", "EARER"), BEARER),
)
"""Patterns of secrets by their position. Each has signs: a text without any of them cannot match."""


def may_say(text: str) -> bool:
    """Report whether a text may give a secret without a name for it."""
    if any([sign in text for sign in WITHOUT_NAME]):  # noqa: C419 - faster than a generator
        return True
    return any(not WATCHED.isdisjoint(split_words(piece)) for piece in split_into_pieces(text))


def split_words(text: str) -> list[str]:
    """Split a text into words, as in names of programs. ASCII is split by bytes, which takes a tenth of the time."""
    if text.isascii():
        return text.encode().translate(ONLY_WORDS).decode().split()
    return SPLIT.compiled.split(text)


def find_said(text: str) -> list[Span]:
    """Find the secrets that a text gives by a name in it."""
    return join_overlapping([span for span in find_phrases(text) if is_value(text[span[0] : span[1]])])


def find_phrases(text: str) -> list[Span]:
    """Find what stands where a text gives a secret: a variable or an expression too."""
    if is_arn(text) or not any([sign in text for sign in SIGNS]):  # noqa: C419 - faster than a generator
        return []
    named = may_name_secret(text)
    found = {*find_elements(text), *find_calls(text)} if named else set()
    if named and ("=" in text or ":" in text):
        found |= set(find_pairs(text))
    for signs, pattern in HELD:
        if any([sign in text for sign in signs]):  # noqa: C419
            found |= {match.span(1) for match in pattern.finditer(text)}
    if "://" in text or "?" in text:
        found |= set(find_addressed(text))
    if " " in text and (named or may_say(text)):
        found |= set(find_lines(text))
    return sorted(found)


def find_calls(text: str) -> Iterator[Span]:
    """Find what functions are given behind a secret's name, or as the second value where they are to prove who somebody is."""
    for match in CALL.finditer(text) if "(" in text else ():
        if is_secret_name(match[1]) or text.endswith(CALLED, 0, match.start()):
            yield match.span(2)


def find_addressed(text: str) -> Iterator[Span]:
    """Find what addresses of the web hold without a secret's name: in place of a user, among parameters, at a webhook."""
    if "=" in text:
        yield from (match.span(1) for match in SIGNATURE.finditer(text))
        yield from (match.span(1) for match in SHORT.finditer(text) if looks_random(match[1]))
    if "@" in text:
        yield from (match.span(1) for match in ALONE.finditer(text) if has_digit(match[1]))
    for match in HOOK.finditer(text) if "https://" in text else ():
        for host, path in HOOKS:
            behind = len(match[2]) - len(path)
            if (
                match[1].endswith(host)
                and match[2].startswith(path)
                and behind >= (1 if host else 20)
                and (host or has_digit(match[2]))
            ):
                yield match.start(2) + len(path), match.end(2)
                break


def has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def looks_random(text: str) -> bool:
    """Whether a text is none that anybody would call something by: long enough, with a digit or many letters in it."""
    return len(text) >= 6 and (
        len(text) >= 20 or (has_digit(text) and not text.replace("-", "").replace(".", "").isdigit())
    )


def find_elements(text: str) -> Iterator[Span]:
    """Find what XML has under a secret's name: in an element of that name, or in one that is given it as an attribute."""
    if "<" not in text or ">" not in text:
        return
    yield from (match.span(2) for match in ELEMENT.finditer(text) if is_secret_name(match[1]))
    for match in NAMED.finditer(text):
        if is_secret_name(match[1]):
            given = GIVEN.compiled.search(text, *match.span(2))
            yield from (span for span in (given.span(1) if given else (0, 0), match.span(3)) if span[1] > span[0])


def find_pairs(text: str) -> Iterator[Span]:
    """Find values that stand behind a secret's name."""
    at = 0
    while head := HEAD.compiled.search(text, at):
        at = head.end()
        scheme = SCHEME.compiled.match(text, at)
        at = scheme.end() if scheme else at
        body = find_quoted(text, at) or find_body(text, head, at) if is_pair(head) else None
        if body is None or is_file(head[1], text[body[0] : body[1]]):  # what is behind it may be a pair itself
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
    mark = "=" if "=" in head[3] else ":"
    pattern = BODIES["\n" if mark == ":" and begins_line(text, head.start()) else mark]
    body = pattern.compiled.match(text, at)
    if body is None:
        return None
    start, end = body.span(body.lastindex or 0)
    if body[2] is not None and text[head.start() - 1 : head.start()] in ("?", "&", "#"):
        end = min(cut for cut in (text.find("&", start, end), text.find("#", start, end), end) if cut >= 0)
    return start, start + len(text[start:end].rstrip("\\"))


def is_pair(head: re.Match[str]) -> bool:
    """Whether a secret's name and a mark are the beginning of a pair; a bare colon without a blank may be that of an image or an ARN."""
    name = head[1]
    plain = "=" in head[3] or head[2] or head[4] or name.lower() in HEADERS or name[:2] in ("X-", "x-")
    return bool(plain) and is_secret_name(name)


def begins_line(text: str, at: int) -> bool:
    """Whether a line of several begins here, but for blanks and a dash."""
    before = text[max(at - DEEPEST_INDENT, 0) : at]
    line = before.rpartition("\n")[2]
    return not line.strip(" \t-") and len(line) < min(at + 1, DEEPEST_INDENT) and "\n" in text


def find_lines(text: str) -> Iterator[Span]:
    """Find values of options in a line for a shell, and in lines within its quotes."""
    spans = [match.span() for match in WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    for number, (start, end) in find_given(words):
        yield spans[number][0] + start, spans[number][0] + end
    for (start, _), word in zip(spans, words, strict=True):
        line = word.strip(MARKS)
        if " " in line and line != text:  # shorter each time, and without one more kind of quotes
            within = start + word.find(line)
            yield from ((within + first, within + last) for first, last in find_lines(line))


def list_given(words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """List the secrets among the words of a command, with the number of each."""
    words = tuple(words)
    for number, (start, end) in find_given(words):
        if is_value(words[number][start:end]):
            yield number, words[number][start:end]
