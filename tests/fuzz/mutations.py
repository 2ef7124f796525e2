"""Changes to one file: of its bytes, of its tokens, and of its structure. Whatever is chosen comes from the `Random` that is given."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random

import yaml

from generator.model.nodes import Value
from tests.fuzz.seeds import Seeds
from tests.worst import compose

TOKEN = re.compile(r"\{[{%#]-?|-?[}%#]\}|\"(?:[^\"\\\n]|\\.)*\"|\w+|\s+|.", re.DOTALL)
LONGEST = 20_000
"""Bytes of a file: what is longer is cut."""
MOST_SPOTS = 500

ODD_BYTES = (
    b"\x00", b"\x1b[31m", b"\x7f", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\t", b"\xe2\x80\xae", b"\xe2\x80\xa8",
    b"\xc2\x85", b"\xf0\x9f\x98\x80", b"::error::", b"]]>", b"</script>", b"%0A", b"\\ud800", b"`|<b>", b"\xcc\x81",
)  # fmt: skip
ODD_TOKENS = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "[", "]", ":", ",", '"', "'", "\n", "  ", "-", "- ", "|", ">", "&a", "*a", "&a *a",
    "<<:", "!!python/object:os", "!x", "---", "...", "?", "%", "~", "null", "true", "yes", "NaN", "1e999", "-0", "0x1F", "1_000", "9" * 30,
    "9" * 5000, "$replace", "$remove", "$prepend", "$append", "$add", "$id", "$render", "$render: '{{ env }}'",
    "{{ env }}", "{{ x }}", "{% include 'web.json.j2' %}",
    "{% import '_x.j2' as x %}", "{% for i in range(9) %}", "{% endfor %}", "{% if x %}", "{% endif %}", "{% set x = 1 %}",
    "{% macro m() %}", "{% endmacro %}", "{{ m() }}", "{% raw %}", "{% endraw %}", "{{ self }}", "{{ loop }}", "{{ [m] }}",
    "# taskdef: ignore[W601] x", "{# taskdef: ignore[E4] #}", "extends: dev", "vars:", "patch:", "tasks:", "allow:", "aws:",
    "${X}", "$${X}", "arn:aws:iam::123456789012:role/x", "PASSWORD", "2026-11-29", "=1+1", "\\", "\\u0000", "[[exceptions]]", "[rules]",
)  # fmt: skip
ODD_VALUES: tuple[Value, ...] = (
    None, True, False, 0, -1, 1, 65536, 10**30, -(10**30), 0.5, 1e300, float("nan"), float("inf"), "", " ", "x", "\x00", "a" * 300,
    "\x1b[1m", "\u202e", "\ud800", "$replace", "123", "true", "null", "{{ env }}", [], {},
    [None], [[]], {"": None}, {"$id": "x"}, {"$replace": []},
    {"$remove": True}, {"$render": "{{ env }}"}, {"$render": "x"}, {"$render": {"$render": "{{ env }}"}},
    {"name": "x"}, {"name": "x", "value": 1}, [{"name": "a"}, {"name": "a"}],
)  # fmt: skip


def mutate(data: bytes, kind: str, seeds: Seeds, chance: Random) -> bytes:
    """Change a file once or a few times."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        data = chance.choice(CHANGES[kind])(data, seeds.texts[kind], chance)[:LONGEST]
    return data


Change = Callable[[bytes, tuple[bytes, ...], Random], bytes]


def change_bytes(data: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    """Change, drop, repeat or add some bytes, or take some from another file."""
    start = chance.randint(0, len(data))
    end = min(len(data), start + chance.choice((0, 1, 1, 2, 8, 60)))
    other = chance.choice(others)
    at = chance.randint(0, len(other))
    new = chance.choice(
        (
            b"",
            bytes([chance.randrange(256)]),
            chance.choice(ODD_BYTES),
            chance.choice(ODD_BYTES) * chance.choice((2, 50)),
            data[start:end] * 2,
            other[at : at + chance.choice((5, 40, 200))],
        )
    )
    return data[:start] + new + data[end:]


def change_tokens(data: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    """Drop, repeat, swap or add tokens, or take one from another file."""
    tokens = TOKEN.findall(read_text(data)) or [""]
    other = TOKEN.findall(read_text(chance.choice(others))) or [""]
    at, to = (chance.randrange(len(tokens)) for _ in range(2))
    way = chance.randrange(7)
    if way == 0:
        del tokens[at : at + chance.choice((1, 1, 2, 5))]
    elif way == 1:
        tokens.insert(at, tokens[to])
    elif way == 2:
        tokens[at], tokens[to] = tokens[to], tokens[at]
    elif way == 3:
        tokens[at] = chance.choice(ODD_TOKENS)
    elif way == 4:
        tokens.insert(at, chance.choice(ODD_TOKENS))
    elif way == 5:
        tokens[at] = chance.choice(other)
    else:
        tokens.insert(at, chance.choice("[{(\"'- ") * chance.choice((3, 30, 300, 3000)))
    return write_text("".join(tokens))


def change_lines(data: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    """Drop, repeat, move or indent lines, or take some from another file."""
    lines = data.splitlines(keepends=True) or [b""]
    other = chance.choice(others).splitlines(keepends=True) or [b""]
    at, to = (chance.randrange(len(lines)) for _ in range(2))
    way = chance.randrange(5)
    if way == 0:
        del lines[at : at + chance.choice((1, 1, 3))]
    elif way == 1:
        lines[at:at] = lines[to : to + chance.choice((1, 3))] * chance.choice((1, 1, 120))
    elif way == 2:
        lines.insert(at, lines.pop(to))
    elif way == 3:
        lines[at] = chance.choice((b"  ", b"\t", b" ")) + lines[at]
    else:
        lines[at:at] = other[to % len(other) :][: chance.choice((1, 4))]
    return b"".join(lines)


def change_expression(data: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    """Put an expression made of any filters, tests, methods and operators into a template, bare or in place of a text."""
    text = read_text(data)
    spots = [match.span() for match in re.finditer(r"\{\{.*?\}\}|\"[^\"\n]*\"", text)] or [(0, 0)]
    start, end = chance.choice(spots)
    expression = compose(chance, chance.choice((0, 1, 1, 2, 3)))
    whole = f"{{{{ {expression} }}}}"
    loop = f"{{% for x in {expression} %}}{{{{ x }}}}{{% endfor %}}"
    new = chance.choice(
        (whole, f'"{whole}"', loop, f"{{% set x = {expression} %}}", f"{{% if {expression} %}}1{{% endif %}}")
    )
    return write_text(text[:start] + new + text[end:])


def change_json(data: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    """Change the structure of a JSON text; one that is none has its tokens changed."""
    try:
        value, other = json.loads(data), json.loads(chance.choice(others))
        changed = change_value(value, other, chance)
        return json.dumps(changed, indent=chance.choice((None, 2)), ensure_ascii=chance.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )
    except (ValueError, RecursionError):
        return change_tokens(data, others, chance)


def change_yaml(data: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    """Change the structure of an overlay; parts that are taken twice become anchors."""
    try:
        value, other = yaml.safe_load(data), yaml.safe_load(chance.choice(others))
        changed = change_value(value, other, chance)
        return write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False))
    except (ValueError, yaml.YAMLError, RecursionError, TypeError):
        return change_tokens(data, others, chance)


def change_render(data: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    """Put `$render` in place of values of an overlay, with an expression made of anything; all of them may be one by aliases."""
    try:
        value = yaml.safe_load(data)
        spots = list_spots(value)
        text = f"{{{{ {compose(chance, chance.choice((0, 0, 1, 2, 3)))} }}}}"
        directive = {
            "$render": chance.choice((text, f"x{text}", f"{text}{text}", f"{{% if {text[3:-3]} %}}1{{% endif %}}"))
        }
        for parent, key in chance.sample(spots, min(len(spots), chance.choice((1, 1, 2, 5, 40)))):
            own = isinstance(parent[key], str) and chance.random() < 0.5
            parent[key] = {"$render": f"{parent[key]}{{{{ env }}}}"} if own else directive
        return write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))
    except (ValueError, yaml.YAMLError, RecursionError, TypeError):
        return change_tokens(data, others, chance)


def change_value(value: Value, other: Value, chance: Random) -> Value:
    """Change one value in a value: drop, repeat, retype, rename or replace it, or take it from another one."""
    spots = list_spots(value)
    if not spots:
        return chance.choice((*ODD_VALUES, other))
    parent, key = chance.choice(spots)
    way = chance.randrange(9)
    if way == 0:
        del parent[key]
    elif way == 1:
        parent[key] = chance.choice(ODD_VALUES)
    elif way == 2:
        parent[key] = retype(parent[key])
    elif way == 3:
        parent[key] = chance.choice([(spot[0])[spot[1]] for spot in spots])
    elif way == 4:
        taken = list_spots(other)
        parent[key] = other if not taken else (lambda spot: spot[0][spot[1]])(chance.choice(taken))
    elif way == 5:
        parent[key] = nest(parent[key], chance)
    elif isinstance(parent, list):
        parent.insert(key, parent[key])
        parent *= chance.choice((1, 1, 60)) if len(parent) < MOST_SPOTS else 1
    else:
        changed = str(key)
        name = chance.choice((changed[:-1], changed + "s", changed.swapcase(), "$" + changed, "", "\x1b", "x" * 300))
        parent[name if way > 6 else changed + "2"] = parent[key]
    return value


def list_spots(value: Value) -> list[tuple[Value, Value]]:
    """List where values stand in a value, as their parents and keys: not all of them, since aliases may multiply."""
    spots: list[tuple[Value, Value]] = []
    waiting = [value]
    while waiting and len(spots) < MOST_SPOTS:
        parent = waiting.pop()
        keys = list(parent) if isinstance(parent, dict) else range(len(parent)) if isinstance(parent, list) else ()
        spots += [(parent, key) for key in keys]
        waiting += [parent[key] for key in keys]
    return spots[:MOST_SPOTS]


def retype(value: Value) -> Value:
    """Give what somebody may have meant by a value, in another type."""
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdecimal() and len(value) < 4000 else [value]
    if isinstance(value, list):
        return value[0] if value else {}
    if isinstance(value, dict):
        return [{"name": name, "value": inner} for name, inner in value.items()]
    return str(value)


def nest(value: Value, chance: Random) -> Value:
    """Put a value deep into lists or mappings."""
    listed = chance.random() < 0.5
    for _ in range(chance.choice((1, 1, 20, 120, 400))):
        value = [value] if listed else {"a": value}
    return value


def read_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def write_text(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape" if all(not "\ud800" <= c <= "\udc7f" for c in text) else "replace")


CHANGES: dict[str, tuple[Change, ...]] = {
    "template": (
        change_bytes,
        change_tokens,
        change_tokens,
        change_lines,
        change_expression,
        change_expression,
        change_json,
    ),
    "overlay": (
        change_bytes,
        change_tokens,
        change_tokens,
        change_lines,
        change_yaml,
        change_yaml,
        change_yaml,
        change_render,
    ),
    "settings": (change_bytes, change_tokens, change_tokens, change_lines),
    "json": (change_bytes, change_tokens, change_lines, change_json, change_json, change_json),
}
