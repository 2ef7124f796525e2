"""Laws of taking values out of an overlay: what is left is that overlay without them, and no comment of its own line is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given, strategies as st

from generator.documents.parsing.comments import find_comments
from generator.documents.parsing.yaml import parse_yaml
from generator.model.findings import Place, Source
from generator.model.nodes import ListNode, MapNode, Node, Scalar, Value
from generator.review.environments.pruning import prune_overlay
from tests.laws.strategies import documents, dump_yaml, patches


@st.composite
def overlays(draw: st.DrawFn) -> Source:
    """An overlay with comments between its lines, indented anyhow, and behind some of them."""
    document = documents(("containerDefinitions", "name"))
    patch = draw(st.one_of(document, document.flatmap(patches)))
    variables = draw(st.dictionaries(st.sampled_from("abc"), st.sampled_from(["1", "x # y", "&a"])))
    text = draw(st.sampled_from([dump_yaml, dump_texts_as_blocks]))({"vars": variables, "patch": patch})
    lines = text.split("\n")
    for number in sorted(draw(st.sets(st.integers(0, len(lines) - 1), max_size=12)), reverse=True):
        alone = [*lines[:number], f"{' ' * draw(st.integers(0, 12))}# {number}", *lines[number:]]
        behind = [*lines[:number], f"{lines[number]}  # {number}", *lines[number + 1 :]]
        commented = draw(st.sampled_from([alone, behind]))
        if is_same(lines, commented):  # and not inside of a text of many lines
            lines = commented
    return Source("environments/dev.yaml", "\n".join(lines))


def dump_texts_as_blocks(value: Value) -> str:
    """Write a value as YAML, with every third text of letters as a block."""
    lines = []
    for number, line in enumerate(dump_yaml(value).split("\n")):
        key, colon, text = line.partition(": ")
        if colon and text.isalnum() and not number % 3:
            lines += [f"{key}: |", f"{' ' * (len(key) - len(key.lstrip(' -')) + 1)}{text}"]
        else:
            lines.append(line)
    return "\n".join(lines)


def is_same(lines: list[str], commented: list[str]) -> bool:
    roots = [parse_yaml(Source("", "\n".join(each)))[0] for each in (lines, commented)]
    values = [list(list_values(root)) if root else None for root in roots]
    return values[0] == values[1] and len(find_comments(Source("", "\n".join(commented)))) > len(
        find_comments(Source("", "\n".join(lines)))
    )


@given(overlays(), st.data())
def test_what_is_left_is_the_overlay_without_some_values_and_with_every_line_of_comment(
    source: Source, data: st.DataObject
) -> None:
    root, findings = parse_yaml(source)
    assert root is not None and not findings
    values = list(list_values(root))
    scalars = list(list_scalars(root))
    kept = data.draw(st.sets(st.sampled_from(scalars), max_size=4)) if scalars else ()
    idle = {*scalars}.difference(kept)

    pruned = prune_overlay(source, frozenset(idle))

    left, findings = parse_yaml(source._replace(text=pruned.text))
    assert not findings
    assert not Counter(list_values(left) if left else ()) - Counter(values)
    assert not count_comments(source) - count_comments(source._replace(text=pruned.text))


def list_scalars(node: Node) -> Iterator[Place]:
    """List where the scalars of a node are."""
    if isinstance(node, Scalar):
        yield node.place
    elif isinstance(node, (MapNode, ListNode)):
        for child in node.items.values() if isinstance(node, MapNode) else node.items:
            yield from list_scalars(child)


def list_values(node: Node, path: str = "") -> Iterator[tuple[str, str]]:
    """List the values of a node, each by the names that lead to it."""
    if isinstance(node, Scalar):
        yield path, node.text
    elif isinstance(node, MapNode):
        for name, child in node.items.items():
            yield from list_values(child, f"{path}.{name}")
    elif isinstance(node, ListNode):
        for child in node.items:
            yield from list_values(child, f"{path}[]")


def count_comments(source: Source) -> Counter[str]:
    """Count the comments that have a line of their own, each by its text."""
    lines = source.text.split("\n")
    places = [(place, lines[place.location.line - 1]) for place in find_comments(source)]
    return Counter(line.strip() for place, line in places if line.lstrip().startswith("#"))
