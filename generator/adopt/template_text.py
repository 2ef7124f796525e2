"""A factored task as the text of its template, in the order of an artifact: one line for an item of a list, and for a short list."""

from __future__ import annotations

from collections.abc import Iterator
from json.encoder import encode_basestring

from generator.adopt.expressions import Expression, Slot, quote
from generator.adopt.naming import LOOP
from generator.ecs.paths import Step, item_step, member_step
from generator.model.nodes import Value
from generator.model.patterns import Pattern

WIDTH = 100
"""Characters of a line that has more than one value."""

LEAST_LOOP = 4
"""Secrets that repeat their own name, from which on they are written as a loop."""

FOREIGN = Pattern(r"\{\{[^{}]{0,200}+\}\}|\{[%#][^{}]{0,200}+\}|\{(?=[{%#])|\{\Z")
"""What Jinja would take for its own: the tags of other tools, and a brace before an expression."""

CALL = Pattern(r"\{\{ .*? \}\}")


def write_template(document: Value, step: Step) -> str:
    """Write a template."""
    return write_block(document, step, 0) + "\n"


def write_block(value: Value, step: Step, depth: int) -> str:
    """Write a value over several lines where it is a structure, or does not fit on one."""
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, dict):
        members = (
            f"{inner}{encode_key(key)}: {write_member(child, member_step(step.shape, key), depth + 1, key)}"
            for key, child in value.items()
        )
        text = ",\n".join(members)
        return f"{{\n{text}\n{outer}}}" if value else "{}"
    if isinstance(value, list):
        rows = [*list_rows(value, step, depth + 1)]
        return "[\n" + "\n".join(f"{inner}{row}" for row in rows).removesuffix(",") + f"\n{outer}]" if rows else "[]"
    return write_flat(value)


def write_member(value: Value, step: Step, depth: int, key: str) -> str:
    """Write the value of a member: a list on one line if it fits there."""
    if isinstance(value, list) and not is_container_list(step):
        flat = write_flat(value)
        loops = find_loops(value) if step.row is not None and step.row.shorthand == "valueFrom" else {}
        if not loops and 2 * depth + len(key) + len(flat) + 5 <= WIDTH and (len(value) < 2 or not has_mapping(value)):
            return flat
    return write_block(value, step, depth)


def has_mapping(items: list[Value]) -> bool:
    return any(isinstance(item, dict) for item in items)


def is_container_list(step: Step) -> bool:
    return step.row is not None and step.row.path == "containerDefinitions"


def list_rows(items: list[Value], step: Step, depth: int) -> Iterator[str]:
    """List the lines of a list, each with its comma: an item on one line, but a container on many; secrets in loops come last."""
    if is_container_list(step):
        yield from (write_block(item, item_step(step.shape, ""), depth) + "," for item in items)
        return
    loops = find_loops(items) if step.row is not None and step.row.shorthand == "valueFrom" else {}
    looped = {name for names in loops.values() for name in names}
    yield from (write_flat(item) + "," for item in items if name_item(item) not in looped)
    indent = "\n" + "  " * depth
    for pattern, names in loops.items():
        keys = ", ".join(encode_key(name) for name in names)
        yield f"{{%- for {LOOP} in [{keys}] %}}{indent}{pattern},{indent}{{%- endfor %}}"


def find_loops(items: list[Value]) -> dict[str, list[str]]:
    """Find the secrets that repeat their own name by one pattern: the names, by the item as a loop has it."""
    patterns: dict[str, list[str]] = {}
    for item in items:
        name = name_item(item)
        if name is None or set(item) != {"name", "valueFrom"} or not name.isascii() or '"' in name or "\\" in name:
            continue
        pattern = repeat_name(write_flat(item["valueFrom"]), name)
        if pattern is not None:
            row = f'{{"name": "{{{{ {LOOP} }}}}", "valueFrom": {pattern}}}'
            patterns.setdefault(row, []).append(name)
    return {row: names for row, names in patterns.items() if len(names) >= LEAST_LOOP}


def name_item(item: Value) -> str | None:
    """Find the name of an item, where it is the same everywhere."""
    name = item.get("name") if isinstance(item, dict) else None
    if not isinstance(name, Expression) or len(name.parts) != 1:
        return None
    part = name.parts[0]
    return part if isinstance(part, str) else None


def repeat_name(text: str, name: str) -> str | None:
    """Write a value with a loop's key in place of a name that stands in it once; None if it does not."""
    if not name or text.count(name) != 1:
        return None
    at = text.index(name)
    end = at + len(name)
    call = next((match for match in CALL.finditer(text) if match.start() < at < match.end()), None)
    if call is None:
        return f"{text[:at]}{{{{ {LOOP} }}}}{text[end:]}" if text[at - 1 : at] not in ("", "{") else None
    before, after = text[:at], text[end:]
    if not after.startswith("'"):
        return None
    if before.endswith("'"):
        return f"{before[:-1]}{LOOP}{after[1:]}"
    return f"{before}' ~ {LOOP}{after[1:]}"


def write_flat(value: Value) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{encode_key(key)}: {write_flat(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write_flat, value)) + "]"
    if isinstance(value, Expression):
        written = "".join(write_part(part) for part in join_texts(value))
        return f'"{written}"' if value.kind == "text" else written
    return encode_key(str(value))


def join_texts(expression: Expression) -> list[str | Slot]:
    """Join texts that stand beside each other."""
    joined: list[str | Slot] = []
    for part in expression.parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return joined


def write_part(part: str | Slot) -> str:
    """Write text or an expression inside of double quotes."""
    if isinstance(part, Slot):
        return f"{{{{ {part.code} }}}}"
    pieces = split_foreign(part)
    return "".join(f"{{{{ {quote(text)} }}}}" if foreign else encode_basestring(text)[1:-1] for text, foreign in pieces)


def write_rendered(text: str) -> str:
    """Write a text so that rendering gives it as it is."""
    return "".join(f"{{{{ {quote(each)} }}}}" if foreign else each for each, foreign in split_foreign(text))


def split_foreign(text: str) -> Iterator[tuple[str, bool]]:
    """Split a text into stretches: whether Jinja would take each for its own."""
    at = 0
    for match in FOREIGN.finditer(text):
        yield from ((text[at : match.start()], False), (match.group(), True))
        at = match.end()
    yield text[at:], False


def encode_key(text: str) -> str:
    """Write a key or a text in double quotes, as a template has it."""
    return f'"{write_part(text)}"'
